"""Observations: evidence with its source and weight; a correction is a new one."""

from typing import Any
from uuid import uuid4

from tests.cast import Practice, Staff
from tests.written_media import mp3, of_a_phone


def observed(who: Staff, case: Any, **more: Any) -> Any:
    said = {"source": "teacher", "author": "Terry Thompson", "observed_on": "2026-10-02", "text": "There was no reader."}
    return who.post("/observations", {"case_id": case["id"], **said, **more})


def refused(who: Staff, case: Any, **more: Any) -> dict[str, str]:
    said = {"case_id": case["id"], "source": "parent", "observed_on": "2026-10-02", "text": "x", **more}
    answer = who.ask("POST", "/observations", said)
    assert answer.status_code == 422, answer.get_json()
    return {error["pointer"]: error["detail"] for error in answer.get_json()["errors"]}


def test_what_it_weighs_follows_from_whose_words_it_is(ana: Staff) -> None:
    case = ana.opens_a_case()
    answers = [{"question": "Who read it to you?", "answer": "Nobody."}]
    assert observed(ana, case)["weight"] == "first_hand"
    assert observed(ana, case, source="document")["weight"] == "record"
    assert observed(ana, case, source="child")["weight"] == "second_hand", "retold"
    assert observed(ana, case, source="child", is_verbatim=True)["weight"] == "first_hand"
    heard = observed(ana, case, source="child", text=None, answers=answers)
    assert (heard["weight"], heard["text"], heard["answers"]) == ("first_hand", "Who read it to you? – Nobody.", answers)
    assert observed(ana, case, weight="second_hand")["weight"] == "second_hand"
    assert set(refused(ana, case, weight="record")) == {"/weight"}
    assert observed(ana, case, weight="record", document_id=ana.uploads(case)["id"])["weight"] == "record"


def test_a_correction_is_a_new_row_that_the_old_one_names(ana: Staff) -> None:
    case = ana.opens_a_case()
    concern = ana.opens_a_concern(case)
    wrong = observed(ana, case, concern_id=concern["id"])
    right = observed(ana, case, text="There was no reader in science.", corrects_id=wrong["id"])
    assert (right["corrects_id"], right["concern_id"]) == (wrong["id"], concern["id"])
    kept = ana.get(f"/observations/{wrong['id']}")
    assert (kept["text"], kept["corrected_by_id"]) == (wrong["text"], right["id"])
    listed = {row["id"]: row["corrected_by_id"] for row in ana.everything(f"/observations?case_id={case['id']}")}
    assert listed == {wrong["id"]: right["id"], right["id"]: None}
    again = ana.ask("POST", "/observations", {**_said(wrong), "corrects_id": wrong["id"]})
    assert (again.status_code, again.get_json()["corrected_by_id"]) == (409, right["id"])
    for method in ("PATCH", "DELETE"):
        assert ana.ask(method, f"/observations/{wrong['id']}", {"text": "x"}).status_code == 405


def test_a_correction_keeps_what_it_does_not_say_anew(ana: Staff) -> None:
    case = ana.opens_a_case()
    told = observed(ana, case, source="parent", weight="second_hand", is_confidential=True, is_verbatim=True)
    kept = ("author", "weight", "is_confidential", "is_verbatim")
    right = ana.post("/observations", {**_said(told), "text": "No reader in science.", "corrects_id": told["id"]})
    assert [right[name] for name in kept] == [told[name] for name in kept]
    said = {"weight": "first_hand", "is_confidential": False, "author": "Petra Petrov"}
    last = ana.post("/observations", {**_said(told), **said, "corrects_id": right["id"]})
    assert {name: last[name] for name in said} == said
    retold = ana.post("/observations", {**_said(observed(ana, case)), "source": "child"})
    own = ana.post("/observations", {**_said(retold), "is_verbatim": True, "corrects_id": retold["id"]})
    assert (retold["weight"], own["weight"]) == ("second_hand", "first_hand"), "what follows from the source follows anew"


def _said(row: Any) -> dict[str, Any]:
    return {name: row[name] for name in ("case_id", "source", "observed_on", "text")}


def test_they_are_found_by_source_weight_support_and_day(ana: Staff) -> None:
    case = ana.opens_a_case()
    [provision] = ana.provisions_of(ana.drafts_an_iep(case))
    early = observed(ana, case, observed_on="2026-09-30")
    late = observed(ana, case, observed_on="2026-10-02", source="parent", provision_id=provision["id"])

    def found(query: str) -> list[str]:
        return [row["id"] for row in ana.everything(f"/observations?case_id={case['id']}&{query}")]

    assert found("from=2026-10-01") == found("source=parent") == found(f"provision_id={provision['id']}") == [late["id"]]
    assert found("to=2026-09-30") == [early["id"]]
    assert found("from=2026-09-30&to=2026-10-02&weight=first_hand") == [late["id"], early["id"]]


def test_nothing_of_another_child_or_practice_is_part_of_it(ana: Staff, lakeside: Practice) -> None:
    case, other = ana.opens_a_case(), ana.opens_a_case()
    theirs = ana.provisions_of(ana.drafts_an_iep(other))[0]["id"]
    concern, document, row = ana.opens_a_concern(other), ana.uploads(other), observed(ana, other)
    assert set(refused(ana, case, provision_id=theirs)) == {"/provision_id"}
    assert set(refused(ana, case, concern_id=concern["id"])) == {"/concern_id"}
    assert set(refused(ana, case, document_id=document["id"])) == {"/document_id"}
    assert set(refused(ana, case, corrects_id=row["id"])) == {"/corrects_id"}
    assert set(refused(ana, case, text=" ")) == {"/text"}
    stranger = lakeside.ana
    assert stranger.ask("GET", f"/observations/{row['id']}").status_code == 404
    assert set(refused(stranger, stranger.opens_a_case(), corrects_id=row["id"])) == {"/corrects_id"}
    assert stranger.everything("/observations") == []


def test_an_assistant_records_what_was_observed(sam: Staff, ana: Staff) -> None:
    assert observed(sam, ana.opens_a_case())["recorded_by_id"] == sam.id


def test_pictures_and_sounds_are_attached_to_it(ana: Staff, lakeside: Practice) -> None:
    case, other = ana.opens_a_case(), ana.opens_a_case()
    photo, memo = ana.uploads(case, of_a_phone(), "work.jpg", kind="other"), ana.uploads(case, mp3(), "memo.mp3", kind="other")
    seen = observed(ana, case, document_ids=[memo["id"], photo["id"]])
    assert seen["document_ids"] == [memo["id"], photo["id"]]
    assert ana.get(f"/observations/{seen['id']}") == seen
    plain = observed(ana, case)
    listed = {row["id"]: row["document_ids"] for row in ana.everything(f"/observations?case_id={case['id']}")}
    assert listed == {seen["id"]: [memo["id"], photo["id"]], plain["id"]: []}
    foreign = lakeside.olga.uploads(lakeside.olga.opens_a_case())
    assert set(refused(ana, case, document_ids=[photo["id"], foreign["id"]])) == {"/document_ids/1"}
    assert set(refused(ana, case, document_ids=[ana.uploads(other)["id"]])) == {"/document_ids/0"}
    assert set(refused(ana, case, document_ids=[photo["id"], photo["id"]])) == {"/document_ids/1"}
    assert set(refused(ana, case, document_ids=[str(uuid4()) for _ in range(21)])) == {"/document_ids"}


def test_a_correction_keeps_what_was_attached_unless_it_says_otherwise(ana: Staff) -> None:
    case = ana.opens_a_case()
    photo, memo = ana.uploads(case, of_a_phone(), "work.jpg", kind="other"), ana.uploads(case, mp3(), "memo.mp3", kind="other")
    seen = observed(ana, case, document_ids=[photo["id"]])
    kept = observed(ana, case, text="No reader in science.", corrects_id=seen["id"])
    assert kept["document_ids"] == [photo["id"]]
    others = observed(ana, case, document_ids=[memo["id"]], corrects_id=kept["id"])
    assert others["document_ids"] == [memo["id"]]
    none = observed(ana, case, document_ids=[], corrects_id=others["id"])
    assert none["document_ids"] == []
    assert [ana.get(f"/observations/{row['id']}")["document_ids"] for row in (seen, kept, others, none)] == [
        [photo["id"]],
        [photo["id"]],
        [memo["id"]],
        [],
    ]


def test_a_document_on_which_an_observation_rests_stays(ana: Staff) -> None:
    case = ana.opens_a_case()
    photo, paper, free = (ana.uploads(case, of_a_phone((size, 48)), f"{size}.jpg", kind="other") for size in (40, 50, 60))
    observed(ana, case, document_ids=[photo["id"]])
    observed(ana, case, document_id=paper["id"])
    for document in (photo, paper):
        answer = ana.ask("DELETE", f"/documents/{document['id']}")
        assert answer.status_code == 409
        assert answer.get_json()["detail"] == "An observation rests on this document: it stays."
        assert ana.ask("GET", f"/documents/{document['id']}/content").status_code == 200
    assert ana.ask("DELETE", f"/documents/{free['id']}").status_code == 204
