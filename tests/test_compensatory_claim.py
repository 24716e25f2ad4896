"""Minutes that a family has asked back: as they asked for them, summed beside what was delivered, and worked out by nobody."""

from typing import Any

from tests.cast import Practice, Staff

SPEECH = {"kind": "service", "text": "Speech therapy", "minutes": 30, "times": 2, "per": "week"}


def in_force(ana: Staff) -> tuple[Any, Any]:
    case = ana.opens_a_case()
    version = ana.drafts_an_iep(case, provisions=[SPEECH])
    ana.puts_in_force(version)
    [speech] = ana.provisions_of(version)
    return case, speech


def test_what_was_claimed_is_kept_with_its_writing_and_summed_until_it_is_withdrawn(ana: Staff, sam: Staff) -> None:
    case, speech = in_force(ana)
    asked = ana.tells(case, "We ask for the minutes of September.", channel="letter")
    said = {"case_id": case["id"], "provision_id": speech["id"], "minutes": 240, "claimed_on": "2026-10-02"}
    said |= {"from": "2026-09-08", "to": "2026-09-30", "communication_id": asked["id"], "note": "In the letter."}
    claim = sam.post("/compensatory-claims", said)
    assert {name: claim[name] for name in said} == said
    more = ana.post("/compensatory-claims", {**said, "minutes": 60, "note": None, "communication_id": None})
    student, provision = f"/students/{case['student_id']}/delivery", f"/provisions/{speech['id']}/delivery"
    assert ana.get(student)["claimed"] == ana.get(provision)["claimed"] == 300
    assert [row["minutes"] for row in ana.get(f"/compensatory-claims?case_id={case['id']}")["items"]] == [60, 240]
    path = f"/compensatory-claims/{more['id']}/withdraw"
    assert sam.ask("POST", path, {"because": "They took it back."}).status_code == 403
    taken_back = ana.post(path, {"because": "They took it back."})
    assert (taken_back["withdrawn_because"], taken_back["withdrawn_by_id"]) == ("They took it back.", ana.id)
    assert ana.ask("POST", path, {"because": "Again."}).status_code == 409
    assert ana.get(f"/compensatory-claims/{more['id']}")["withdrawn_at"]
    assert ana.get(student)["claimed"] == ana.get(provision)["claimed"] == 240


def test_files_of_children_are_never_mixed(ana: Staff, lakeside: Practice) -> None:
    case, speech = in_force(ana)
    other, others = in_force(ana)
    said = {"case_id": case["id"], "provision_id": speech["id"], "minutes": 30, "claimed_on": "2026-10-02"}
    letter = ana.post("/letters", {"case_id": other["id"], "template": "thank_you"})
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"provision_id": others["id"]}, "/provision_id"),
        ({"letter_id": letter["id"]}, "/letter_id"),
        ({"claimed_on": "2026-10-06"}, "/claimed_on"),
        ({"from": "2026-10-02", "to": "2026-10-01"}, "/to"),
        ({"minutes": 0}, "/minutes"),
    ]
    for said_wrongly, pointer in wrong:
        answer = ana.ask("POST", "/compensatory-claims", {**said, **said_wrongly})
        assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, pointer)
    answer = lakeside.ana.ask("POST", "/compensatory-claims", said)
    assert answer.status_code == 422
    claim = ana.post("/compensatory-claims", said)
    assert lakeside.ana.ask("GET", f"/compensatory-claims/{claim['id']}").status_code == 404
    withdrawn = lakeside.ana.ask("POST", f"/compensatory-claims/{claim['id']}/withdraw", {"because": "Not theirs."})
    assert withdrawn.status_code == 404
