"""The agenda: what is due, whose it is, and what nobody has planned anything for."""

from typing import Any

from tests.cast import Practice, Staff
from tests.conftest import Clock


def told(agenda: Any) -> list[tuple[str, str]]:
    return [(item["kind"], item["title"]) for item in agenda["items"]]


def test_the_agenda_is_in_order_and_each_item_says_why(riverside: Practice, ana: Staff, clock: Clock) -> None:
    asked = ana.opens_a_case(title="Reading")
    ana.asks_the_team(asked)
    bare = ana.opens_a_case(title="Nobody's turn")
    watched = ana.opens_a_case(title="Watched")
    ana.post("/check-ins", {"case_id": watched["id"], "party": "teacher", "every": "week", "weekday": "friday"})
    clock.move(days=4, hours=-1)  # Friday, eight o'clock: the first rung was due on Thursday at nine
    agenda = ana.get("/agenda")
    assert (agenda["today"], agenda["until"], agenda["is_complete"]) == ("2026-10-09", "2026-10-15", True)
    assert told(agenda) == [
        ("reminder", "Ask the team again"),
        ("case", "Nobody's turn"),
        ("reminder", "Check in with the teacher"),
        ("reminder", "Ask once more, copy the LEA representative"),
    ]
    overdue, nothing, check_in, later = agenda["items"]
    assert overdue["is_overdue"]
    assert overdue["reason"] == ("Asked on 2026-10-05, and no answer is recorded. Due since 2026-10-08, 1 day ago.")
    assert (nothing["id"], nothing["at"], nothing["assignee_id"]) == (bare["id"], None, ana.id)
    assert nothing["reason"].startswith("Nothing is planned here")
    assert check_in["reason"] == "A check-in of every week. Due today."
    assert later["reason"].endswith("Due in 6 days.")
    assert "not legal advice" in agenda["notice"]
    # Of today alone: what comes next week is left out.
    assert len(ana.get("/agenda?days=1")["items"]) == 3


def test_for_oneself_a_colleague_or_the_practice(riverside: Practice, lakeside: Practice, ana: Staff) -> None:
    sam, olga = riverside.sam, riverside.olga
    case = ana.opens_a_case(title="Ana's")
    sam.opens_a_case(title="Sam's")
    lakeside.ana.opens_a_case(title="Elsewhere")
    given = {"case_id": case["id"], "title": "Call back", "due_at": "2026-10-05T15:00:00Z", "assignee_id": sam.id}
    ana.post("/reminders", given)
    assert told(ana.get("/agenda")) == []  # something is planned in the case, for Sam
    assert told(ana.get(f"/agenda?for={sam.id}")) == [("reminder", "Call back"), ("case", "Sam's")]
    assert told(sam.get("/agenda?for=me")) == told(ana.get(f"/agenda?for={sam.id}"))
    assert told(olga.get("/agenda?for=practice")) == [("reminder", "Call back"), ("case", "Sam's")]
    for wrong in (f"for={lakeside.ana.id}", "for=everybody", "days=0", "days=61", "limit=5"):
        assert ana.ask("GET", f"/agenda?{wrong}").status_code == 422


def test_deadlines_consultations_and_concerns_with_nothing_planned_are_on_it(
    riverside: Practice, ana: Staff, clock: Clock
) -> None:
    case = ana.opens_a_case()
    kept = {"case_id": case["id"], "rule": "annual_review", "event_on": "2025-10-08", "event": "iep_reviewed"}
    deadline = ana.post("/deadlines", kept)
    concern = ana.opens_a_concern(case)
    [planned] = ana.reminders(concern_id=concern["id"])
    ana.post(f"/reminders/{planned['id']}/cancel", {"reason": "Done on the phone."})
    for reminder in ana.reminders(deadline_id=deadline["id"], state="scheduled"):
        ana.post(f"/reminders/{reminder['id']}/complete", {})
    riverside.olga.opens_consultations(hosts=(ana,))
    riverside.visitor().books("2026-10-07T17:00:00Z")
    found = ana.get("/agenda")["items"]
    assert [(item["kind"], item["on"] or item["at"]) for item in found if item["kind"] != "reminder"] == [
        ("concern", None),
        ("booking", "2026-10-07T17:00:00Z"),
        ("deadline", "2026-10-08"),
    ]
    assert found[0]["concern_id"] == concern["id"]
    last = next(item for item in found if item["kind"] == "deadline")
    assert "counted from 2025-10-08" in last["reason"]
    assert "300.324" in last["reason"]
    general = "General information, not legal advice. Rules differ by state and change. Check with counsel."
    assert {(item["kind"], item["general"]) for item in found} == {
        *(("concern", None), ("booking", None), ("deadline", general)),
    }
    [unsure] = last["notices"]
    assert (
        unsure
        == "Counted by federal law only, as the student's state was not known. States set other limits: recount once it is."
    )
    ana.post(f"/deadlines/{deadline['id']}/meet", {"met_on": "2026-10-05"})
    assert "deadline" not in [item["kind"] for item in ana.get("/agenda")["items"]]
    # A reminder of one says the same, and nothing in doubt where the law of a state is known.
    riverside.olga.patch("/practice", {"state": "OR"})
    ana.post("/deadlines", {"case_id": case["id"], "rule": "initial_iep_meeting", "event_on": "2026-09-08"})
    near = [item for item in ana.get("/agenda")["items"] if "Meeting to write" in item["title"]]
    assert [(item["kind"], item["notices"], item["general"]) for item in near] == [
        *(("reminder", [], general), ("deadline", [], general)),
    ]
    # In a case on hold or closed nobody waits for a next step.
    ana.ask("PATCH", f"/cases/{case['id']}", {"state": "on_hold"})
    assert "concern" not in [item["kind"] for item in ana.get("/agenda")["items"]]
