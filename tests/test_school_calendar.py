"""School calendars of districts: students name theirs, and deadlines count by it."""

from typing import Any

from tests.cast import Practice, Staff

CALENDAR = {
    "school_years": [{"from": "2026-09-08", "to": "2027-06-18"}],
    "closures": [{"from": "2026-10-12", "to": "2026-10-16"}],
}


def adds_a_calendar(staff: Staff, **more: Any) -> Any:
    return staff.post("/school-calendars", {"name": "Alder Creek 2026-27", "state": "MI", "calendar": CALENDAR, **more})


def case_of(staff: Staff, **more: Any) -> Any:
    student = staff.adds_a_student(**more)
    opened = {"client_id": student["client_ids"][0], "student_id": student["id"], "title": "Evaluation"}
    return staff.post("/cases", opened)


def test_deadlines_count_by_the_calendar_of_the_childs_district_else_by_the_practices(ana: Staff, olga: Staff) -> None:
    olga.patch("/practice", {"state": "MI", "school_calendar": {"school_years": CALENDAR["school_years"]}})
    district = adds_a_calendar(ana)
    rule = {"rule": "evaluation_request_response", "event_on": "2026-10-05"}
    ours = ana.post("/deadlines", {"case_id": case_of(ana)["id"], **rule})
    theirs = ana.post("/deadlines", {"case_id": case_of(ana, school_calendar_id=district["id"])["id"], **rule})
    # Ten school days; the district is closed for a week.
    assert (ours["due_on"], theirs["due_on"]) == ("2026-10-19", "2026-10-26")


def test_a_calendar_that_changes_moves_nothing_by_itself(ana: Staff) -> None:
    district = adds_a_calendar(ana)
    case = case_of(ana, school_calendar_id=district["id"], state="MI")
    kept = ana.post("/deadlines", {"case_id": case["id"], "rule": "evaluation_request_response", "event_on": "2026-10-05"})
    ana.patch(f"/school-calendars/{district['id']}", {"calendar": {**CALENDAR, "closures": []}})
    assert ana.get(f"/deadlines/{kept['id']}")["due_on"] == "2026-10-26"
    shown = ana.post(f"/deadlines/{kept['id']}/recount", {})
    assert {"field": "due_on", "before": "2026-10-26", "after": "2026-10-19"} in shown["differences"]
    taken = ana.post(f"/deadlines/{kept['id']}/recount", {"accept": True})["deadline"]
    assert taken["due_on"] == "2026-10-19"
    assert {one["title"].rpartition(" ")[2] for one in taken["reminders"]} == {"2026-10-19"}


def test_a_calendar_that_cannot_be_read_is_refused_and_one_in_use_stays(ana: Staff) -> None:
    backwards = {"school_years": [{"from": "2027-06-18", "to": "2026-09-08"}]}
    answer = ana.ask("POST", "/school-calendars", {"name": "Backwards", "calendar": backwards})
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/calendar")
    district = adds_a_calendar(ana)
    student = ana.adds_a_student(school_calendar_id=district["id"])
    place = f"/school-calendars/{district['id']}"
    assert ana.ask("DELETE", place).get_json()["type"] == "/problems/conflict"
    ana.patch(f"/students/{student['id']}", {"school_calendar_id": None})
    assert ana.ask("DELETE", place).status_code == 204
    assert ana.ask("GET", place).status_code == 404


def test_a_calendar_is_its_practices_alone(ana: Staff, lakeside: Practice) -> None:
    district = adds_a_calendar(ana)
    student = lakeside.ana.adds_a_student()
    place, named = f"/school-calendars/{district['id']}", {"school_calendar_id": district["id"]}
    assert lakeside.ana.ask("GET", place).status_code == 404
    assert lakeside.ana.ask("DELETE", place).status_code == 404
    answer = lakeside.ana.ask("PATCH", f"/students/{student['id']}", named)
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/school_calendar_id")
    assert lakeside.ana.get("/school-calendars")["items"] == []
