"""Deadlines that are kept: counted, moved, overridden, met; and the reminders before them."""

from typing import Any

from tests.cast import Practice, Staff, text_of

GENERAL = "General information, not legal advice. Rules differ by state and change. Check with counsel."
FEDERAL_ONLY = "Counted by federal law only, as the student's state was not known. States set other limits: recount once it is."


def keeps(staff: Staff, case: Any, **more: Any) -> Any:
    """An annual review, counted from the meeting of last March."""
    return staff.post("/deadlines", {"case_id": case["id"], "rule": "annual_review", "event_on": "2026-03-02", **more})


def warnings(deadline: Any) -> list[tuple[str, str, str]]:
    return [(one["key"], one["due_at"], one["state"]) for one in deadline["reminders"]]


def pointers(answer: Any) -> list[str]:
    return [error["pointer"] for error in answer.get_json()["errors"]]


def test_a_deadline_shows_rule_event_sum_and_law_and_warns_in_time(ana: Staff) -> None:
    case = ana.opens_a_case()
    kept = keeps(ana, case)
    assert (kept["due_on"], kept["status"], kept["act_by"], kept["assignee_id"]) == ("2027-03-02", "upcoming", None, ana.id)
    said = kept["answer"]
    assert (said["sum"], said["citation"]) == ("2026-03-02 + 1 year = 2027-03-02", "34 CFR 300.324(b)(1)(i)")
    assert all(said[name] for name in ("label", "event_in_words", "source", "status", "checked_on"))
    assert said["general"] == kept["general"] == GENERAL
    # 09:00 in Los Angeles, 60 and 30 days ahead; daylight saving time is over by then.
    assert warnings(kept) == [
        ("before_60", "2027-01-01T17:00:00Z", "scheduled"),
        ("before_30", "2027-01-31T17:00:00Z", "scheduled"),
    ]
    assert {one["title"] for one in kept["reminders"]} == {f"{said['label']}: due on 2027-03-02"}
    assert ana.get(f"/deadlines/{kept['id']}") == kept


def test_deadlines_come_in_the_order_of_their_days_whatever_day_they_have(ana: Staff, sam: Staff) -> None:
    case = ana.opens_a_case()
    review = keeps(ana, case)
    watched = sam.post("/deadlines", {"case_id": case["id"], "rule": "iee_response", "event_on": "2026-09-28"})
    none = sam.post(
        "/deadlines",
        {
            "case_id": case["id"],
            "rule": "resolution_period",
            "event_on": "2026-09-28",
            "inputs": {"parent_absent": True},
        },
    )
    past = sam.post("/deadlines", {"case_id": case["id"], "rule": "initial_iep_meeting", "event_on": "2026-08-31"})
    assert (watched["due_on"], watched["watch_on"], watched["status"]) == (None, "2026-10-13", "upcoming")
    assert (none["status"], past["status"], past["due_on"], past["reminders"]) == ("paused", "past_due", "2026-09-30", [])
    listed = ana.everything(f"/deadlines?case_id={case['id']}")
    assert [row["id"] for row in listed] == [past["id"], watched["id"], review["id"], none["id"]]
    page = ana.get(f"/deadlines?case_id={case['id']}&limit=3")
    rest = ana.get(f"/deadlines?case_id={case['id']}&limit=3&cursor={page['next_cursor']}")
    assert [row["id"] for row in (*page["items"], *rest["items"])] == [row["id"] for row in listed]
    for query, found in (
        ("status=past_due", [past]),
        ("status=paused", [none]),
        ("due_before=2026-10-13", [past]),
        ("due_after=2026-10-13&due_before=2028-01-01", [review]),
        ("rule=iee_response", [watched]),
    ):
        assert [row["id"] for row in ana.get(f"/deadlines?{query}")["items"]] == [row["id"] for row in found], query


def test_a_status_is_of_today_where_the_practice_is(riverside: Practice) -> None:
    ana, case = riverside.ana, riverside.ana.opens_a_case()
    kept = ana.post("/deadlines", {"case_id": case["id"], "rule": "due_process_limit", "event_on": "2024-10-20"})
    # The 20th of October 2026 is a Tuesday; the family acts by it.
    assert (kept["due_on"], kept["act_by"], kept["status"]) == ("2026-10-20", "2026-10-20", "upcoming")
    assert [one["title"] for one in kept["reminders"]] == ["Last day for a due process complaint: act by 2026-10-20"] * 2
    place, seen = f"/deadlines/{kept['id']}", []
    # 23:30 of the 19th, 00:30 and 23:30 of the 20th, 00:30 of the 21st in Los Angeles; tokens live for a quarter of an hour.
    for hours in (14 * 24 + 14.5, 1, 23, 1):
        riverside.clock.move(hours=hours)
        seen.append(riverside.signs_in(ana.email).get(place)["status"])
    assert seen == ["upcoming", "due", "due", "past_due"]


def test_an_override_keeps_what_was_counted_and_who_and_why_and_moves_the_reminders(ana: Staff, olga: Staff) -> None:
    kept = keeps(ana, ana.opens_a_case())
    place = f"/deadlines/{kept['id']}/override"
    assert pointers(ana.ask("POST", place, {"override_on": "2027-02-26"})) == ["/reason"]
    over = ana.post(place, {"override_on": "2027-02-26", "reason": "The district meets then."})
    assert (over["due_on"], over["answer"]["due_on"], over["override_on"]) == ("2027-02-26", "2027-03-02", "2027-02-26")
    assert (over["overridden_by_id"], over["override_reason"]) == (ana.id, "The district meets then.")
    assert over["overridden_at"] == "2026-10-05T16:00:00Z"
    assert [due for _, due, _ in warnings(over)] == ["2026-12-28T17:00:00Z", "2027-01-27T17:00:00Z"]
    assert len(ana.reminders(case_id=kept["case_id"])) == 2
    back = ana.post(place, {"override_on": None})
    assert (back["due_on"], back["override_on"], back["overridden_by_id"]) == ("2027-03-02", None, None)
    assert warnings(back) == warnings(kept)
    family = keeps(ana, {"id": kept["case_id"]}, rule="due_process_limit", event_on="2026-09-14")
    # A Sunday: the family acts by the Friday before.
    theirs = ana.post(f"/deadlines/{family['id']}/override", {"override_on": "2027-09-12", "reason": "Counsel says so."})
    assert (theirs["due_on"], theirs["act_by"]) == ("2027-09-12", "2027-09-10")
    entries = olga.entries(row_id=kept["id"])
    assert [(one["action"], one["staff_id"]) for one in entries] == [("update", ana.id), ("update", ana.id), ("create", ana.id)]
    assert "override_on" in entries[1]["fields"]


def test_another_date_in_place_of_the_laws_is_set_by_an_advocate_or_an_owner(sam: Staff, ana: Staff, olga: Staff) -> None:
    kept = keeps(sam, sam.opens_a_case())
    place, said = f"/deadlines/{kept['id']}/override", {"override_on": "2027-02-26", "reason": "The district meets then."}
    refused = sam.ask("POST", place, said)
    assert (refused.status_code, refused.get_json()["type"]) == (403, "/problems/forbidden")
    assert sam.get(f"/deadlines/{kept['id']}") == kept
    assert ana.post(place, said)["due_on"] == "2027-02-26"
    assert sam.ask("POST", place, {"override_on": None}).status_code == 403, "nor takes one back"
    assert sam.ask("POST", place.replace("override", "waive"), {"waived_on": "2026-10-02"}).status_code == 403
    assert olga.post(place, {"override_on": None})["due_on"] == "2027-03-02"
    # What happened, everybody says, and what is counted from it.
    assert sam.post(f"/deadlines/{kept['id']}/meet", {"met_on": "2026-10-02"})["status"] == "met"


def test_it_says_so_where_nobody_knows_the_state_whose_law_holds(ana: Staff, olga: Staff) -> None:
    student = ana.adds_a_student()
    case = ana.post("/cases", {"client_id": student["client_ids"][0], "student_id": student["id"], "title": "Reading"})
    kept = keeps(ana, case, rule="initial_evaluation", event_on="2026-09-01")
    assert (kept["state"], kept["answer"]["notices"][0]) == (None, FEDERAL_ONLY)
    [listed] = ana.get(f"/deadlines?case_id={case['id']}")["items"]
    assert listed["answer"]["notices"][0] == FEDERAL_ONLY
    concern = ana.opens_a_concern(case)
    assert FEDERAL_ONLY in concern["limits"]["due_process_limit"]["notices"]
    # The practice's state is as good a guess as the child's school gives; the child's own comes first.
    olga.patch("/practice", {"state": "OR"})
    assert FEDERAL_ONLY not in ana.get(f"/concerns/{concern['id']}")["limits"]["due_process_limit"]["notices"]
    ana.patch(f"/students/{student['id']}", {"state": "NY"})
    known = ana.post(f"/deadlines/{kept['id']}/recount", {"accept": True})
    assert ({"field": "state", "before": None, "after": "NY"}) in known["differences"]
    assert FEDERAL_ONLY not in known["deadline"]["answer"]["notices"]


def test_under_every_reminder_of_a_deadline_stands_that_it_is_no_advice(ana: Staff) -> None:
    case = ana.opens_a_case()
    kept = keeps(ana, case)
    ana.post("/reminders", {"case_id": case["id"], "title": "Call back", "due_at": "2026-10-06T16:00:00Z"})
    found = ana.reminders(case_id=case["id"])
    assert [(one["deadline_id"], one["general"]) for one in found] == [(None, None), *[(kept["id"], GENERAL)] * 2]
    assert {one["general"] for one in kept["reminders"]} == {GENERAL}
    place = f"/reminders/{kept['reminders'][0]['id']}"
    assert ana.get(place)["general"] == ana.post(f"{place}/complete")["general"] == GENERAL


def test_a_recount_shows_the_difference_and_keeps_it_only_when_accepted(ana: Staff) -> None:
    kept = keeps(ana, ana.opens_a_case())
    place = f"/deadlines/{kept['id']}/recount"
    shown = ana.post(place, {"event_on": "2026-03-09"})
    assert (shown["accepted"], shown["before"]["due_on"], shown["after"]["due_on"]) == (False, "2027-03-02", "2027-03-09")
    assert {"field": "due_on", "before": "2027-03-02", "after": "2027-03-09"} in shown["differences"]
    assert ana.get(f"/deadlines/{kept['id']}") == kept
    taken = ana.post(place, {"event_on": "2026-03-09", "accept": True})
    assert (taken["deadline"]["due_on"], taken["deadline"]["event_on"]) == ("2027-03-09", "2026-03-09")
    assert [due for _, due, _ in warnings(taken["deadline"])] == ["2027-01-08T17:00:00Z", "2027-02-07T17:00:00Z"]
    assert ana.post(place, {})["differences"] == []
    assert pointers(ana.ask("POST", place, {"inputs": {"waived_on": "2026-03-09"}})) == ["/inputs/waived_on"]


def test_what_is_accepted_is_what_was_seen(ana: Staff, olga: Staff) -> None:
    case = ana.opens_a_case()
    asked = {"case_id": case["id"], "rule": "manifestation_determination", "event_on": "2026-10-01"}
    kept = ana.post("/deadlines", asked)
    place = f"/deadlines/{kept['id']}/recount"
    shown = ana.post(place, {"inputs": {}})
    olga.patch("/practice", {"school_calendar": {"school_years": [{"from": "2025-08-17", "to": "2026-10-09"}]}})
    refused = ana.ask("POST", place, {"accept": True, "seen": shown["seen"]})
    assert (refused.status_code, refused.get_json()["type"]) == (409, "/problems/conflict")
    assert ana.get(f"/deadlines/{kept['id']}") == kept
    again = ana.post(place, {"accept": True, "seen": ana.post(place, {})["seen"]})
    assert (again["accepted"], again["deadline"]["due_on"], again["after"]["reason"]) == (True, None, "calendar_missing")
    [told] = [one for one in again["deadline"]["reminders"] if one["state"] == "scheduled"]
    assert "the next school year is in the calendar" in told["title"]


def test_what_was_set_and_taken_back_stays_on_record_with_who_and_why(ana: Staff, olga: Staff) -> None:
    kept = keeps(ana, ana.opens_a_case())
    place = f"/deadlines/{kept['id']}"
    ana.post(f"{place}/override", {"override_on": "2027-02-26", "reason": "The district meets then."})
    olga.post(f"{place}/override", {"override_on": None})
    ana.post(f"{place}/meet", {"met_on": "2026-10-02", "note": "They met."})
    olga.post(f"{place}/meet", {"met_on": None})
    said = [(one["what"], one["before"], one["after"], one["reason"], one["by_id"]) for one in ana.get(place)["history"]]
    assert said == [
        ("override_on", None, "2027-02-26", "The district meets then.", ana.id),
        ("override_on", "2027-02-26", None, None, olga.id),
        ("met_on", None, "2026-10-02", "They met.", ana.id),
        ("met_on", "2026-10-02", None, None, olga.id),
    ]
    assert pointers(ana.ask("POST", f"{place}/meet", {"met_on": "2026-03-01"})) == ["/met_on"]
    early = {"override_on": "2026-03-01", "reason": "A slip."}
    assert pointers(ana.ask("POST", f"{place}/override", early)) == ["/override_on"]
    late = keeps(ana, {"id": kept["case_id"]}, event_on="2025-09-01")
    met = ana.post(f"/deadlines/{late['id']}/meet", {"met_on": "2026-09-15"})
    assert (met["status"], met["due_on"], met["is_late"], late["is_late"]) == ("met", "2026-09-01", True, False)


def test_what_was_met_is_chased_no_more_unless_that_is_taken_back(ana: Staff) -> None:
    kept = keeps(ana, ana.opens_a_case())
    place = f"/deadlines/{kept['id']}"
    assert pointers(ana.ask("POST", f"{place}/meet", {"met_on": "2026-10-06"})) == ["/met_on"]
    met = ana.post(f"{place}/meet", {"met_on": "2026-10-02", "note": "They met early."})
    assert (met["status"], met["met_on"], met["note"]) == ("met", "2026-10-02", "They met early.")
    assert {(one["state"], one["reason"]) for one in met["reminders"]} == {("done", "deadline_settled")}
    assert ana.ask("POST", f"{place}/waive", {"waived_on": "2026-10-02"}).get_json()["type"] == "/problems/conflict"
    again = ana.post(f"{place}/meet", {"met_on": None})
    assert (again["status"], warnings(again)) == ("upcoming", warnings(kept))
    assert ana.post(f"{place}/waive", {"waived_on": "2026-10-02"})["status"] == "waived"


def test_a_warning_that_somebody_has_seen_to_stays_so_until_the_day_moves(ana: Staff) -> None:
    kept = keeps(ana, ana.opens_a_case())
    first, second = kept["reminders"]
    ana.post(f"/reminders/{first['id']}/complete", {})
    later = ana.patch(f"/deadlines/{kept['id']}", {"note": "Asked for dates."})
    assert [state for _, _, state in warnings(later)] == ["done", "scheduled"]
    moved = ana.post(f"/deadlines/{kept['id']}/override", {"override_on": "2027-02-26", "reason": "They meet then."})
    assert [(one["id"], one["state"]) for one in moved["reminders"]] == [
        (first["id"], "scheduled"),
        (second["id"], "scheduled"),
    ]


def test_what_is_recorded_late_is_said_once_and_what_is_past_not_at_all(riverside: Practice) -> None:
    ana = riverside.ana
    kept = ana.post("/deadlines", {"case_id": ana.opens_a_case()["id"], "rule": "records_access", "event_on": "2026-08-22"})
    assert (kept["due_on"], [key for key, _, _ in warnings(kept)]) == ("2026-10-06", ["before_3"])
    riverside.works()
    [mail] = riverside.sink.to(ana.email)[-1:]
    assert "due on 2026-10-06" in mail["Subject"]
    assert "Sasha" not in str(mail)
    assert GENERAL in " ".join(text_of(mail).split())


def test_the_childs_own_state_calendar_and_birth_count(ana: Staff, olga: Staff) -> None:
    olga.patch("/practice", {"state": "OR"})
    student = ana.adds_a_student(state="TX", birth_date="2013-05-04")
    opened = {"client_id": student["client_ids"][0], "student_id": student["id"], "title": "Transition"}
    case = ana.post("/cases", opened)
    plan = ana.post("/deadlines", {"case_id": case["id"], "rule": "transition_plan"})
    assert (plan["due_on"], plan["event_on"], plan["state"]) == ("2027-05-04", "2013-05-04", "TX")
    assert plan["answer"]["state_row"]["citation"] == "TEC 29.0111"
    ana.patch(f"/students/{student['id']}", {"state": "OR"})
    assert ana.get(f"/deadlines/{plan['id']}")["due_on"] == "2027-05-04"
    shown = ana.post(f"/deadlines/{plan['id']}/recount", {})
    assert (shown["after"]["due_on"], shown["after"]["state"]) == ("2029-05-04", "OR")
    ana.patch(f"/students/{student['id']}", {"birth_date": "2013-06-04"})
    born = ana.post(f"/deadlines/{plan['id']}/recount", {"accept": True})
    assert (born["after"]["event_on"], born["deadline"]["due_on"]) == ("2013-06-04", "2029-06-04")
    nobody_knows = ana.ask("POST", "/deadlines", {"case_id": ana.opens_a_case()["id"], "rule": "third_birthday_iep"})
    assert pointers(nobody_knows) == ["/event_on"]


def test_a_deadline_is_of_one_case(ana: Staff, lakeside: Practice) -> None:
    case, other = ana.opens_a_case(), ana.opens_a_case()
    concern = ana.opens_a_concern(other)
    body = {"case_id": case["id"], "rule": "annual_review", "event_on": "2026-03-02"}
    assert pointers(ana.ask("POST", "/deadlines", {**body, "concern_id": concern["id"]})) == ["/concern_id"]
    assert pointers(lakeside.ana.ask("POST", "/deadlines", body)) == ["/case_id"]
    kept = keeps(ana, case)
    place = f"/deadlines/{kept['id']}"
    for method, path, said in (
        ("GET", place, None),
        ("PATCH", place, {"note": "Ours."}),
        ("POST", f"{place}/recount", {}),
        ("POST", f"{place}/override", {"override_on": None}),
        ("POST", f"{place}/meet", {"met_on": None}),
    ):
        assert lakeside.ana.ask(method, path, said).status_code == 404
    assert lakeside.ana.get("/deadlines")["items"] == []


def test_whoever_takes_over_a_case_takes_over_its_deadlines(ana: Staff, sam: Staff, olga: Staff) -> None:
    case = ana.opens_a_case()
    kept = keeps(ana, case)
    ana.patch(f"/cases/{case['id']}", {"advocate_id": sam.id})
    assert ana.get(f"/deadlines/{kept['id']}")["assignee_id"] == sam.id
    assert olga.delete(f"/staff/{sam.id}?hand_over_to={ana.id}")["deadlines"] == 1
    shown = ana.get(f"/deadlines/{kept['id']}")
    assert {shown["assignee_id"], *(one["assignee_id"] for one in shown["reminders"])} == {ana.id}
