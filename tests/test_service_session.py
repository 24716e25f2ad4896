"""The service log, entry by entry: what was given of a support and what was not, kept as it was recorded."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.cast import Practice, Refused, Staff
from tests.walks import each

SPEECH = {"kind": "service", "text": "Speech-language therapy.", "minutes": 30, "times": 2, "per": "week"}


def promised(who: Staff, case: Any | None = None, *services: Any) -> list[Any]:
    """The services of an IEP in force, the first of them speech unless others are named."""
    case = case or who.opens_a_case()
    version = who.puts_in_force(who.drafts_an_iep(case, provisions=list(services) or [SPEECH]))
    return sorted(who.provisions_of(version), key=lambda row: str(row["id"]))


def logged(who: Staff, provision: Any, outcome: str = "delivered", held_on: str = "2026-09-15", **more: Any) -> Any:
    return who.post("/service-sessions", said(provision, outcome, held_on, **more))


def said(provision: Any, outcome: str = "delivered", held_on: str = "2026-09-15", **more: Any) -> dict[str, Any]:
    return {"provision_id": provision["id"], "outcome": outcome, "held_on": held_on, **more}


def wrong(answer: TestResponse) -> dict[str, str]:
    assert answer.status_code == 422, answer.get_json()
    return {error["pointer"]: error["detail"] for error in answer.get_json()["errors"]}


def refused(who: Staff, provision: Any, *outcome: str, **more: Any) -> set[str]:
    return set(wrong(who.ask("POST", "/service-sessions", said(provision, *outcome, **more))))


def test_what_was_given_is_kept_with_who_says_so(sam: Staff, ana: Staff) -> None:
    [speech] = promised(ana)
    entry = logged(sam, speech, provider="Terry Thompson", starts_at="09:30", group_size=3)
    assert (entry["minutes"], entry["source"], entry["recorded_by_id"]) == (30, "practice", sam.id)
    assert ana.get(f"/service-sessions/{entry['id']}") == entry
    missed = logged(ana, speech, "missed", minutes=20, missed_by="school", reason="Assembly.", source="parent")
    assert (missed["minutes"], missed["missed_by"], missed["source"]) == (20, "school", "parent")
    for method in ("PATCH", "DELETE"):
        assert ana.ask(method, f"/service-sessions/{entry['id']}", {"minutes": 20}).status_code == 405


def test_what_cannot_be_is_refused_at_its_place(ana: Staff) -> None:
    goal = {"kind": "goal", "text": "Sasha reads a page."}
    speech, goal = promised(ana, None, SPEECH, goal)
    assert refused(ana, goal) == {"/minutes"}
    assert logged(ana, goal, minutes=15)["minutes"] == 15
    assert refused(ana, speech, held_on="2027-10-07") == {"/held_on"}
    assert refused(ana, speech, missed_by="school") == {"/missed_by"}
    assert refused(ana, speech, "made_up", makes_up_for_id=speech["id"]) == {"/makes_up_for_id"}
    assert refused(ana, speech, minutes=1441, starts_at="25:00", group_size=0) == {"/minutes", "/starts_at", "/group_size"}


def test_a_log_may_be_there_before_its_iep_is_in_force_and_reach_ahead(ana: Staff) -> None:
    [speech] = ana.provisions_of(ana.drafts_an_iep(ana.opens_a_case(), provisions=[SPEECH]))
    assert logged(ana, speech, held_on="2027-10-06")["provision_id"] == speech["id"]
    assert ana.ask("DELETE", f"/provisions/{speech['id']}").status_code == 409


def test_what_is_made_up_names_what_was_missed(ana: Staff) -> None:
    case = ana.opens_a_case()
    speech, reading = promised(ana, case, SPEECH, {**SPEECH, "text": "Reading."})
    missed, given = logged(ana, speech, "missed"), logged(ana, speech)
    made_up = logged(ana, speech, "made_up", "2026-09-22", makes_up_for_id=missed["id"])
    assert made_up["makes_up_for_id"] == missed["id"]
    assert refused(ana, speech, "made_up", makes_up_for_id=given["id"]) == {"/makes_up_for_id"}
    assert refused(ana, reading, "made_up", makes_up_for_id=missed["id"]) == {"/makes_up_for_id"}
    ahead = {"held_on": "2026-09-11", "makes_up_for_id": missed["id"]}
    assert refused(ana, speech, "made_up", **ahead) == {"/makes_up_for_id"}
    assert logged(ana, speech, "made_up", **ahead, reason="Given ahead, before the trip.")["held_on"] == "2026-09-11"
    logged(ana, speech, "student_absent", corrects_id=missed["id"])
    assert refused(ana, speech, "made_up", makes_up_for_id=missed["id"]) == {"/makes_up_for_id"}


def test_a_make_up_under_the_next_version_is_of_the_same_support(ana: Staff) -> None:
    case = ana.opens_a_case()
    [speech] = promised(ana, case)
    missed = logged(ana, speech, "missed")
    next_version = ana.post(
        "/iep-versions",
        {"student_id": case["student_id"], "effective_from": "2026-09-20", "based_on_id": speech["iep_version_id"]},
    )
    [carried] = ana.provisions_of(ana.puts_in_force(next_version))
    made_up = logged(ana, carried, "made_up", "2026-09-22", makes_up_for_id=missed["id"])
    assert made_up["provision_id"] != missed["provision_id"]


def test_a_correction_is_a_new_entry_that_keeps_what_it_does_not_say_anew(ana: Staff) -> None:
    [speech] = promised(ana)
    first = logged(ana, speech, "missed", minutes=20, missed_by="provider", reason="Sick.", provider="Terry", source="school")
    second = logged(ana, speech, "student_absent", reason=None, corrects_id=first["id"])
    assert {name: second[name] for name in ("minutes", "missed_by", "reason", "provider", "source", "corrects_id")} == {
        "minutes": 20,
        "missed_by": None,
        "reason": None,
        "provider": "Terry",
        "source": "school",
        "corrects_id": first["id"],
    }
    kept = ana.get(f"/service-sessions/{first['id']}")
    assert (kept["outcome"], kept["corrected_by_id"]) == ("missed", second["id"])
    again = ana.ask("POST", "/service-sessions", said(speech, corrects_id=first["id"]))
    assert (again.status_code, again.get_json()["corrected_by_id"]) == (409, second["id"])


def test_of_two_who_correct_the_same_at_once_one_is_heard(ana: Staff, sam: Staff) -> None:
    [speech] = promised(ana)
    for _ in range(4):
        entry = logged(ana, speech)
        body = said(speech, minutes=25, corrects_id=entry["id"])
        asked = ("POST", "/service-sessions", body)
        with ThreadPoolExecutor(4) as pool:
            answers = [pool.submit(who.ask, *asked) for who in (ana, sam, ana, sam)]
        assert sorted(answer.result().status_code for answer in answers) == [201, 409, 409, 409]


def test_what_is_withdrawn_stays_and_does_not_count(ana: Staff, sam: Staff) -> None:
    [speech] = promised(ana)
    first = logged(ana, speech)
    second = logged(ana, speech, minutes=25, corrects_id=first["id"])
    place = f"/service-sessions/{second['id']}/withdraw"
    assert sam.ask("POST", place, {"because": "It was 30."}).status_code == 403
    assert set(wrong(ana.ask("POST", place, {}))) == {"/because"}
    assert ana.ask("POST", place, {"because": "x"}, If_Match='"v7"').status_code == 412
    gone = ana.post(place, {"because": "It was 30."})
    assert (gone["withdrawn_because"], gone["withdrawn_by_id"]) == ("It was 30.", ana.id)
    assert ana.ask("POST", place, {"because": "Again."}).status_code == 409
    assert ana.get(f"/service-sessions/{first['id']}")["corrected_by_id"] is None
    logged(ana, speech, minutes=28, corrects_id=first["id"])
    assert ana.ask("POST", "/service-sessions", said(speech, corrects_id=second["id"])).status_code == 409


def test_of_a_chain_of_corrections_the_newest_alone_is_withdrawn(ana: Staff) -> None:
    [speech] = promised(ana)
    first = logged(ana, speech, minutes=10)
    second = logged(ana, speech, minutes=20, corrects_id=first["id"])
    third = logged(ana, speech, minutes=25, corrects_id=second["id"])

    def withdrawn(entry: Any) -> TestResponse:
        return ana.ask("POST", f"/service-sessions/{entry['id']}/withdraw", {"because": "Wrong."})

    def counts() -> int:
        day = f"/provisions/{speech['id']}/delivery?from=2026-09-15&to=2026-09-15"
        return int(ana.get(day)["logged"]["delivered"]["minutes"])

    for older, newer in ((first, second), (second, third)):
        answer = withdrawn(older)
        assert (answer.status_code, answer.get_json()["corrected_by_id"]) == (409, newer["id"])
    assert counts() == 25
    # Of two who correct it and withdraw it at once, one is heard.
    body = said(speech, minutes=28, corrects_id=third["id"])
    with ThreadPoolExecutor(2) as pool:
        asked = pool.submit(ana.ask, "POST", "/service-sessions", body), pool.submit(withdrawn, third)
    statuses = [one.result().status_code for one in asked]
    assert statuses in ([201, 409], [409, 200])
    assert counts() == (28 if statuses[0] == 201 else 20)


def test_they_are_found_by_support_child_outcome_source_and_day(ana: Staff) -> None:
    case = ana.opens_a_case()
    speech, reading = promised(ana, case, SPEECH, {**SPEECH, "text": "Reading."})
    early, late = logged(ana, speech), logged(ana, reading, "missed", "2026-09-22", source="school")

    def found(query: str) -> list[str]:
        return [row["id"] for row in ana.everything(f"/service-sessions?{query}")]

    assert found(f"student_id={case['student_id']}") == [late["id"], early["id"]]
    for query in (f"provision_id={reading['id']}", "outcome=missed", "source=school", "from=2026-09-16"):
        assert found(query) == [late["id"]], query
    assert found("to=2026-09-15&from=2026-09-15") == [early["id"]]


@each("field", ["provision_id", "makes_up_for_id", "corrects_id", "document_id"])
def test_nothing_of_another_practice_is_part_of_it(ana: Staff, lakeside: Practice, field: str) -> None:
    case, stranger = ana.opens_a_case(), lakeside.ana
    [speech], [theirs] = promised(ana, case), promised(stranger)
    missed = logged(ana, speech, "missed")
    ids = {"provision_id": speech["id"], "document_id": ana.uploads(case)["id"]}
    named = {field: ids.get(field, missed["id"])}
    answer = stranger.ask("POST", "/service-sessions", {**said(theirs, "made_up"), **named})
    unknown = stranger.ask("POST", "/service-sessions", {**said(theirs, "made_up"), field: stranger.id})
    assert wrong(answer) == wrong(unknown) == {f"/{field}": "There is nothing with this id."}
    assert stranger.ask("GET", f"/service-sessions/{missed['id']}").status_code == 404
    assert stranger.ask("POST", f"/service-sessions/{missed['id']}/withdraw", {"because": "x"}).status_code == 404
    assert [row["id"] for row in stranger.everything("/service-sessions")] == []


def test_nothing_of_another_child_is_part_of_it(ana: Staff) -> None:
    other = ana.opens_a_case()
    [speech], [theirs] = promised(ana), promised(ana, other)
    missed, document = logged(ana, theirs, "missed"), ana.uploads(other)
    assert refused(ana, speech, "made_up", makes_up_for_id=missed["id"]) == {"/makes_up_for_id"}
    assert refused(ana, speech, corrects_id=missed["id"]) == {"/corrects_id"}
    assert refused(ana, speech, document_id=document["id"]) == {"/document_id"}


# Many at once.


def month(provision: Any, **more: Any) -> list[dict[str, Any]]:
    return [said(provision, held_on=f"2026-09-{day:02}", reference=f"visit-{day}", **more) for day in range(8, 28)]


def test_a_batch_is_recorded_whole_or_not_at_all(ana: Staff) -> None:
    [speech] = promised(ana)
    items = [*month(speech), said(speech, "missed", minutes=0), said(speech, held_on="2027-10-30")]
    answer = ana.ask("POST", "/service-sessions/batch", {"items": items[:-2] + items[-1:]})
    assert set(wrong(answer)) == {"/items/20/held_on"}
    assert set(wrong(ana.ask("POST", "/service-sessions/batch", {"items": items}))) == {"/items/20/minutes"}
    assert ana.everything("/service-sessions") == []
    done = ana.post("/service-sessions/batch", {"items": items[:-2]})
    assert (done["recorded"], done["known"]) == (20, 0)
    assert [row["held_on"] for row in done["items"]] == [item["held_on"] for item in items[:-2]]


def test_the_same_batch_sent_twice_is_recorded_once(ana: Staff) -> None:
    [speech] = promised(ana)
    first = ana.post("/service-sessions/batch", {"items": month(speech)})
    again = ana.post("/service-sessions/batch", {"items": [*month(speech), said(speech, held_on="2026-09-30", reference="n")]})
    assert (again["recorded"], again["known"]) == (1, 20)
    assert [row["id"] for row in again["items"][:20]] == [row["id"] for row in first["items"]]
    other = ana.ask("POST", "/service-sessions/batch", {"items": month(speech, minutes=20)[:1]})
    assert set(wrong(other)) == {"/items/0/reference"}
    twice = ana.ask("POST", "/service-sessions/batch", {"items": [*month(speech)[:1], *month(speech)[:1]]})
    assert set(wrong(twice)) == {"/items/1/reference"}
    # What somebody withdrew is not brought back by who sends it every night.
    ana.post(f"/service-sessions/{first['items'][0]['id']}/withdraw", {"because": "Another child's."})
    assert ana.post("/service-sessions/batch", {"items": month(speech)})["known"] == 20
    keyed = {"Idempotency_Key": "the batch of this night"}
    plain = {"items": [said(speech)]}
    assert ana.post("/service-sessions/batch", plain, **keyed) == ana.post("/service-sessions/batch", plain, **keyed)
    assert len(ana.everything("/service-sessions?from=2026-09-15&to=2026-09-15")) == 2


def test_of_batches_that_come_at_once_each_entry_is_recorded_once(ana: Staff) -> None:
    [speech] = promised(ana)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: ana.post("/service-sessions/batch", {"items": month(speech)}), range(4)))
    assert sorted(one["recorded"] for one in done) == [0, 0, 0, 20]
    assert len(ana.everything("/service-sessions")) == 20


def test_a_batch_has_at_most_five_hundred(ana: Staff) -> None:
    [speech] = promised(ana)
    items = [said(speech, starts_at=f"{number // 60:02}:{number % 60:02}") for number in range(501)]
    with pytest.raises(Refused, match="/items"):
        ana.post("/service-sessions/batch", {"items": items})
    assert ana.post("/service-sessions/batch", {"items": items[:500]})["recorded"] == 500
