"""What was promised and what was given: a provision's delivery and a student's, over versions, calendars and logs."""

import time
from typing import Any

import psycopg

from tests.cast import Practice, Staff
from tests.contracts.conftest import on_record

CALENDAR = {
    "school_years": [{"from": "2026-09-08", "to": "2027-06-18"}],
    "closures": [
        {"from": "2026-10-12", "to": "2026-10-12"},
        {"from": "2026-11-11", "to": "2026-11-11"},
        {"from": "2026-11-26", "to": "2026-11-27"},
        {"from": "2026-12-21", "to": "2027-01-01"},
        {"from": "2027-04-05", "to": "2027-04-09"},
    ],
    "grading_periods": [{"from": "2026-09-08", "to": "2026-11-13"}],
}
SPAN = {"starts_on": "2026-09-08", "ends_on": "2027-06-18"}
SPEECH = {"kind": "service", "text": "Speech therapy", "minutes": 30, "times": 2, "per": "week", **SPAN}
DAILY = {"kind": "service", "text": "Reading, direct", "minutes": 30, "times": 5, "per": "week", **SPAN}
CONSULT = {"kind": "service", "text": "Consult, OT to the teacher", "minutes": 15, "times": 1, "per": "month", **SPAN}
READER = {"kind": "accommodation", "text": "A reader for all tests."}


def promised(practice: Practice, *provisions: dict[str, Any], **more: Any) -> tuple[Any, list[Any]]:
    """A case, and the provisions of its IEP in force, in the order in which they were said."""
    practice.olga.patch("/practice", {"school_calendar": CALENDAR})
    case = practice.ana.opens_a_case()
    version = practice.ana.drafts_an_iep(case, provisions=provisions or [SPEECH], **more)
    practice.ana.puts_in_force(version)
    return case, sorted(practice.ana.provisions_of(version), key=lambda row: row["id"])


def logs(staff: Staff, provision: Any, held_on: str, outcome: str = "delivered", **more: Any) -> Any:
    return staff.post("/service-sessions", {"provision_id": provision["id"], "held_on": held_on, "outcome": outcome, **more})


def delivery(staff: Staff, provision: Any, first: str | None = None, last: str | None = None) -> Any:
    asked = "&".join(f"{name}={day}" for name, day in (("from", first), ("to", last)) if day)
    return staff.get(f"/provisions/{provision['id']}/delivery" + (f"?{asked}" if asked else ""))


WEEK = ("2026-10-12", "2026-10-18")


def test_the_worked_week_with_its_log(riverside: Practice) -> None:
    ana = riverside.ana
    _, [speech, reading] = promised(riverside, SPEECH, DAILY)
    logs(ana, speech, "2026-10-13")
    logs(ana, speech, "2026-10-15", "student_absent")
    found = delivery(ana, speech, *WEEK)
    assert (found["owed"], found["delivered"], found["short"]) == (60, 30, 30)
    assert found["short_by"] == {"student_absent": 30, "missed": 0, "unaccounted": 0}
    [period] = found["periods"]
    assert (period["from"], period["to"], period["n"], period["d"], period["w"]) == (*WEEK, 5, 4, 4)
    assert (period["owed"], period["owed_exactly"], period["provision_id"]) == (60.0, "60", speech["id"])
    assert "30 minutes, 2 times per week" in found["rule"]
    logs(ana, reading, "2026-10-13", minutes=60)
    logs(ana, reading, "2026-10-14", "partial", minutes=20)
    logs(ana, reading, "2026-10-14", "missed", minutes=10)
    found = delivery(ana, reading, *WEEK)
    assert (found["owed"], found["delivered"], found["short"]) == (120, 80, 40)
    assert found["short_by"] == {"student_absent": 0, "missed": 10, "unaccounted": 30}


def test_without_a_window_it_is_the_span_up_to_today(riverside: Practice) -> None:
    _, [speech] = promised(riverside)
    found = delivery(riverside.ana, speech)
    assert (found["from"], found["to"], found["ends_in_future"]) == ("2026-09-08", "2026-10-05", False)
    assert found["owed"] == 48 + 3 * 60 + 12
    assert "No whole window was asked for" in found["notes"][0]
    ahead = delivery(riverside.ana, speech, "2026-09-08", "2027-06-18")
    assert ahead["ends_in_future"]
    assert any("runs past today" in note for note in ahead["notes"])
    assert len(ahead["by_month"]) == 10
    assert sum(month["owed"] for month in ahead["by_month"]) in range(ahead["owed"] - 5, ahead["owed"] + 6)


def test_what_does_not_count_of_a_log(riverside: Practice) -> None:
    ana = riverside.ana
    _, [speech] = promised(riverside)
    wrong = logs(ana, speech, "2026-09-29")
    ana.post(f"/service-sessions/{wrong['id']}/withdraw", {"because": "Another child's."})
    said = logs(ana, speech, "2026-10-01")
    logs(ana, speech, "2026-10-01", "missed", minutes=30, corrects_id=said["id"])
    logs(ana, speech, "2026-09-04")
    found = delivery(ana, speech, "2026-09-01", "2026-10-04")
    assert (found["delivered"], found["outside"], found["short_by"]["missed"]) == (0, 30, 30)
    assert found["logged"]["missed"] == {"entries": 1, "minutes": 30}


def test_an_amendment_changes_the_minutes_from_its_day_on(riverside: Practice) -> None:
    ana = riverside.ana
    case, [speech] = promised(riverside)
    draft = ana.drafts_an_iep(
        case,
        effective_from="2026-10-21",
        amended_on="2026-10-19",
        agreed_by=[{"name": "Petra Petrov", "party": "parent"}, {"name": "Terry Thompson", "party": "agency"}],
        provisions=[{**SPEECH, "minutes": 45}],
    )
    [proposed] = ana.provisions_of(draft)
    week = ("2026-10-19", "2026-10-25")
    assert delivery(ana, speech, *week)["owed"] == 60, "a draft changes nothing"
    asked = delivery(ana, proposed, *week)
    assert asked["owed"] == 24 + 54
    assert any("as if it were put in force" in note for note in asked["notes"])
    ana.puts_in_force(draft)
    logs(ana, speech, "2026-10-20")
    logs(ana, speech, "2026-10-22", minutes=45)
    for provision in (speech, proposed):
        found = delivery(ana, provision, *week)
        assert (found["owed"], found["delivered"], found["short"]) == (78, 75, 3)
        first, second = found["versions"]
        assert (first["number"], first["to"], first["owed"], first["delivered"], first["minutes"]) == (
            1,
            "2026-10-20",
            24,
            30,
            30,
        )
        assert (second["number"], second["from"], second["owed"], second["delivered"]) == (2, "2026-10-21", 54, 45)
        assert [period["w"] for period in found["periods"]] == [2, 3]
        assert any("Several versions" in note for note in found["notes"])
    assert delivery(ana, speech, "2026-10-26", "2026-11-01")["owed"] == 90


def test_what_the_next_version_promises_no_more_is_owed_until_the_day_before(riverside: Practice) -> None:
    ana = riverside.ana
    case, [speech] = promised(riverside)
    ana.puts_in_force(ana.drafts_an_iep(case, effective_from="2026-10-21", provisions=[READER]))
    found = delivery(ana, speech, "2026-10-19", "2026-10-25")
    assert found["owed"] == 24
    logs(ana, speech, "2026-10-22")
    assert delivery(ana, speech, "2026-10-19", "2026-10-25")["outside"] == 30


BARE = {"kind": "service", "text": "Speech therapy", "minutes": 30, "times": 2, "per": "week"}


def test_a_version_that_takes_anothers_place_from_its_first_day_owes_all_of_it(riverside: Practice) -> None:
    ana = riverside.ana
    case, [speech] = promised(riverside)
    ana.puts_in_force(ana.drafts_an_iep(case, effective_from="2026-09-08", provisions=[{**SPEECH, "minutes": 45}]))
    found = delivery(ana, speech, *WEEK)
    assert (found["owed"], [part["number"] for part in found["versions"]]) == (90, [2])
    ana.puts_in_force(ana.drafts_an_iep(case, effective_from="2026-10-14", provisions=[{**SPEECH, "minutes": 60}]))
    ana.puts_in_force(ana.drafts_an_iep(case, effective_from="2026-10-01", provisions=[{**SPEECH, "minutes": 20}]))
    found = delivery(ana, speech, "2026-09-28", "2026-10-18")
    assert [(part["number"], part["from"], part["to"], part["owed"]) for part in found["versions"]] == [
        (2, "2026-09-28", "2026-09-30", 54),
        (4, "2026-10-01", "2026-10-18", 96),
    ], "what was put in force later and is in effect earlier leaves nothing of what came between"
    assert found["owed"] == 150


def test_dates_that_a_provision_does_not_name_are_its_versions(riverside: Practice) -> None:
    ana = riverside.ana
    _, [speech] = promised(riverside, BARE, effective_from="2026-09-16", effective_to="2026-09-24")
    found = delivery(ana, speech, "2026-09-01", "2026-10-31")
    assert found["owed"] == 36 + 48
    logs(ana, speech, "2026-09-25")
    assert delivery(ana, speech, "2026-09-01", "2026-10-31")["outside"] == 30


def test_the_first_version_may_promise_from_an_earlier_day_and_an_amendment_does_not_reach_back(riverside: Practice) -> None:
    ana = riverside.ana
    case, [speech] = promised(riverside, SPEECH, effective_from="2026-10-19")
    assert delivery(ana, speech, "2026-09-14", "2026-09-20")["owed"] == 60
    counseling = {**SPEECH, "text": "Counseling by the school psychologist", "minutes": 20}
    later = ana.drafts_an_iep(case, effective_from="2026-10-26", provisions=[SPEECH, counseling])
    ana.puts_in_force(later)
    added = next(row for row in ana.provisions_of(later) if row["minutes"] == 20)
    assert delivery(ana, added, "2026-10-12", "2026-11-01")["owed"] == 40


def test_the_calendar_of_the_childs_district_counts(riverside: Practice) -> None:
    ana, olga = riverside.ana, riverside.olga
    case, [speech] = promised(riverside, DAILY)
    district = olga.post("/school-calendars", {"name": "Alder Creek", "calendar": {"weekdays": ["tuesday", "thursday"]}})
    ana.patch(f"/students/{case['student_id']}", {"school_calendar_id": district["id"]})
    found = delivery(ana, speech, *WEEK)
    assert (found["owed"], found["school_calendar_id"], found["periods"][0]["k"]) == (150, district["id"], 3)


def test_what_owes_no_minutes_says_why_and_is_summed(riverside: Practice) -> None:
    ana = riverside.ana
    _, [reader, quarterly] = promised(riverside, READER, {**SPEECH, "per": "quarter", "text": "Counseling"})
    logs(ana, reader, "2026-10-01", minutes=40)
    found = delivery(ana, reader, "2026-10-01", "2026-10-02")
    assert (found["owed"], found["short"], found["short_by"], found["reason"]) == (None, None, None, "not_quantified")
    assert found["delivered"] == 40
    riverside.olga.patch("/practice", {"school_calendar": {**CALENDAR, "grading_periods": []}})
    assert delivery(ana, quarterly, "2026-10-01", "2026-10-02")["reason"] == "grading_periods_missing"


def test_everything_that_is_promised_to_a_student(riverside: Practice, lakeside: Practice) -> None:
    ana = riverside.ana
    case, [speech, reading, consult, reader] = promised(riverside, SPEECH, DAILY, CONSULT, READER)
    logs(ana, speech, "2026-10-13", minutes=90)
    logs(ana, reading, "2026-10-14", "missed")
    logs(ana, consult, "2026-10-15", minutes=10)
    path = f"/students/{case['student_id']}/delivery"
    found = ana.get(f"{path}?from={WEEK[0]}&to={WEEK[1]}")
    by_text = {one["text"]: one for one in found["supports"]}
    assert [one["contact"] for one in found["supports"]] == ["direct", "direct", "direct", "consult"]
    assert (by_text[speech["text"]]["owed"], by_text[speech["text"]]["short"]) == (60, 0)
    assert by_text[reader["text"]]["reason"] == "not_quantified"
    direct, owed = found["direct"], by_text[consult["text"]]["owed"]
    assert (direct["supports"], direct["uncounted"], direct["owed"], direct["delivered"]) == (3, 1, 180, 90)
    assert (direct["short"], direct["short_by"]["missed"]) == (120, 30), "more of one makes up for no other"
    assert (found["consult"]["owed"], found["consult"]["short"]) == (owed, 0)
    assert lakeside.ana.ask("GET", path).status_code == 404
    assert lakeside.ana.ask("GET", f"/provisions/{speech['id']}/delivery").status_code == 404
    usual = ana.get(path)
    assert (usual["from"], usual["to"]) == ("2026-09-08", "2026-10-05")


def test_a_student_without_an_iep_is_promised_nothing(riverside: Practice) -> None:
    case = riverside.ana.opens_a_case()
    riverside.ana.drafts_an_iep(case, provisions=[SPEECH])
    found = riverside.ana.get(f"/students/{case['student_id']}/delivery")
    assert (found["supports"], found["direct"]["owed"]) == ([], 0)


def test_a_window_is_in_order_and_made_of_dates(riverside: Practice) -> None:
    _, [speech] = promised(riverside)
    for query, pointer in (
        ("from=2026-10-02&to=2026-10-01", "/to"),
        ("from=2026-13-01", "/from"),
        ("since=2026-10-01", "/since"),
    ):
        answer = riverside.ana.ask("GET", f"/provisions/{speech['id']}/delivery?{query}")
        assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, pointer)
    ever = delivery(riverside.ana, speech, "2018-01-01", "2037-12-31")
    assert len(ever["periods"]) == 41


# What does not go together is shown.


def told(case: Any, provision: Any, **more: Any) -> dict[str, Any]:
    said = {"case_id": case["id"], "provision_id": provision["id"], "source": "child", "observed_on": "2026-09-29"}
    return {**said, "text": "We had an assembly.", "is_verbatim": True, **more}


def test_the_log_says_delivered_and_the_child_says_not(riverside: Practice) -> None:
    ana = riverside.ana
    case, [speech] = promised(riverside)
    session = logs(ana, speech, "2026-09-29", source="school")
    seen = ana.post("/observations", told(case, speech, is_happening="no"))
    found = delivery(ana, speech)
    [one] = found["contradictions"]
    assert (one["kind"], one["on"]) == ("log_says_given", "2026-09-29")
    [row] = one["log"]
    assert (row["service_session_id"], row["outcome"], row["source"]) == (session["id"], "delivered", "school")
    assert (one["said"]["observation_id"], one["said"]["is_happening"]) == (seen["id"], "no")
    assert one["said"]["text"] == "We had an assembly."
    assert found["delivered"] == 30, "it is shown, and decides nothing"
    [support] = ana.get(f"/students/{case['student_id']}/delivery")["supports"]
    assert support["contradictions"] == found["contradictions"]
    assert delivery(ana, speech, "2026-09-30", "2026-10-02")["contradictions"] == []
    ana.post("/observations", told(case, speech, is_happening="yes", corrects_id=seen["id"]))
    assert delivery(ana, speech)["contradictions"] == []


def test_what_was_said_in_mediation_is_held_against_nothing(riverside: Practice) -> None:
    ana = riverside.ana
    case, [speech] = promised(riverside)
    logs(ana, speech, "2026-09-29")
    ana.post("/observations", told(case, speech, is_happening="no", is_confidential=True))
    found = delivery(ana, speech)
    assert (found["contradictions"], found["beside"]) == ([], [])


def test_the_child_who_is_asked_for_a_concern_and_a_check_in_of_the_week(riverside: Practice) -> None:
    ana = riverside.ana
    case, [speech] = promised(riverside)
    logs(ana, speech, "2026-09-29")
    concern = ana.opens_a_concern(case, provision_id=speech["id"])
    asked = [{"question": "Did you see speech today?", "answer": "No, we had an assembly."}]
    ana.takes("ask_child", concern, asked_on="2026-09-29", asked_by="parent", answers=asked, supports_suspicion="yes")
    check_in = ana.post(
        "/check-ins", {"case_id": case["id"], "provision_id": speech["id"], "party": "teacher", "every": "week"}
    )
    ana.post(f"/check-ins/{check_in['id']}/record", {"checked_on": "2026-10-02", "is_happening": "no"})
    found = delivery(ana, speech)["contradictions"]
    assert [(one["said"]["source"], one["said"]["is_of_week"], one["said"]["on"]) for one in found] == [
        ("child", False, "2026-09-29"),
        ("teacher", True, "2026-10-02"),
    ]
    shown = ana.get(f"/concerns/{concern['id']}")["contradictions"]
    assert shown == found


def test_words_alone_stand_beside_the_log_of_their_day(riverside: Practice) -> None:
    ana = riverside.ana
    case, [speech] = promised(riverside)
    session = logs(ana, speech, "2026-09-29")
    seen = ana.post("/observations", told(case, speech))
    ana.post("/observations", told(case, speech, observed_on="2026-09-30"))
    found = delivery(ana, speech)
    assert found["contradictions"] == []
    [beside] = found["beside"]
    assert beside["said"]["observation_id"] == seen["id"]
    assert [row["service_session_id"] for row in beside["log"]] == [session["id"]]


def test_two_sources_of_one_day(riverside: Practice) -> None:
    ana = riverside.ana
    _, [speech] = promised(riverside)
    rows = [logs(ana, speech, "2026-09-29", source="school"), logs(ana, speech, "2026-09-29", "missed", source="parent")]
    [one] = delivery(ana, speech)["contradictions"]
    assert (one["kind"], one["said"]) == ("sources_differ", None)
    assert {row["service_session_id"] for row in one["log"]} == {row["id"] for row in rows}
    assert any("More than one source" in note for note in delivery(ana, speech)["notes"])


# A missed session is a dated fact of its concern.


def test_a_missed_session_moves_the_limits_of_its_concern(riverside: Practice) -> None:
    ana, sam = riverside.ana, riverside.sam
    case, [speech] = promised(riverside)
    ana.patch(f"/students/{case['student_id']}", {"state": "OR"})
    concern = ana.opens_a_concern(case, provision_id=speech["id"], noticed_on="2026-10-02")
    complaint = ana.post("/proceedings", {"case_id": case["id"], "concern_id": concern["id"], "kind": "state_complaint"})

    def limits() -> tuple[str, str]:
        since = ana.get(f"/concerns/{concern['id']}")["limits"]["since_on"]
        [kept] = [
            row for row in ana.get(f"/proceedings/{complaint['id']}")["deadlines"] if row["rule"] == "state_complaint_limit"
        ]
        return since, kept["due_on"]

    assert limits() == ("2026-10-02", "2027-10-02")
    logs(sam, speech, "2026-09-22", "student_absent")
    assert limits()[0] == "2026-10-02", "an absence is no miss"
    missed = logs(sam, speech, "2026-09-24", "missed")
    assert limits() == ("2026-09-24", "2027-09-24")
    absent = {"provision_id": speech["id"], "held_on": "2026-09-24", "outcome": "student_absent", "corrects_id": missed["id"]}
    for asked in (("/service-sessions", absent), ("/service-sessions/batch", {"items": [absent]})):
        refused = sam.ask("POST", *asked)
        assert (refused.status_code, "2026-09-24" in refused.get_json()["detail"]) == (403, True)
        assert limits() == ("2026-09-24", "2027-09-24"), "no assistant moves a limit to a later day"
    ana.post("/service-sessions", absent)
    assert limits() == ("2026-10-02", "2027-10-02")
    again = logs(ana, speech, "2026-09-25", "missed")
    assert limits() == ("2026-09-25", "2027-09-25")
    ana.post(f"/service-sessions/{again['id']}/withdraw", {"because": "Another child's."})
    assert limits() == ("2026-10-02", "2027-10-02")


def test_no_window_is_longer_than_anybody_was_at_school(riverside: Practice) -> None:
    """A promise of a day with no end listed 60,000 periods."""
    ana = riverside.ana
    daily = {"kind": "service", "text": "Reading", "minutes": 5, "times": 1, "per": "day"}
    case, [reading] = promised(riverside, daily, effective_to=None)
    for path in (f"/provisions/{reading['id']}/delivery", f"/students/{case['student_id']}/delivery"):
        for asked, pointer in (
            ("from=2026-09-08&to=2196-09-08", "/to"),
            ("to=9999-12-31", "/to"),
            ("from=1900-01-01", "/from"),
        ):
            answer = ana.ask("GET", f"{path}?{asked}")
            assert answer.status_code == 422, asked
            assert [error["pointer"] for error in answer.get_json()["errors"]] == [pointer]
        assert ana.get(f"{path}?from=2026-09-08&to=2046-09-08")["to"] == "2046-09-08"


def test_a_long_log_is_counted_at_once(riverside: Practice, past_all_doors: psycopg.Connection) -> None:
    """Also before the database has looked at what just came in: it took 6 seconds, and more than its time for 5,000 entries."""
    ana = riverside.ana
    case, [speech] = promised(riverside)
    logged = logs(ana, speech, "2026-09-29")
    past_all_doors.execute("analyze service_sessions")
    past_all_doors.execute(
        "insert into service_sessions select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid()))).*"
        " from service_sessions one, generate_series(1, 6000) where one.id = %s",
        [logged["id"]],
    )
    logs(ana, speech, "2026-09-29", minutes=10, corrects_id=logged["id"])
    window = "delivery?from=2026-09-29&to=2026-09-29"
    began = time.monotonic()
    assert ana.get(f"/provisions/{speech['id']}/{window}")["delivered"] == 6000 * 30 + 10
    assert ana.get(f"/students/{case['student_id']}/{window}")["supports"][0]["delivered"] == 6000 * 30 + 10
    assert time.monotonic() - began < 4
    past_all_doors.execute("analyze service_sessions")


def test_what_a_student_was_promised_costs_the_same_however_much_it_is(riverside: Practice) -> None:
    ana = riverside.ana
    case, [speech, *_] = promised(riverside, SPEECH)
    path = f"/students/{case['student_id']}/delivery"
    ana.get(path)
    with on_record() as little:
        ana.get(path)
    lines = [{**SPEECH, "text": f"Service {number}"} for number in range(12)]
    ana.puts_in_force(ana.drafts_an_iep(case, effective_from="2026-09-21", provisions=lines))
    logs(ana, speech, "2026-09-29")
    with on_record() as much:
        assert len(ana.get(path)["supports"]) == 13
    assert (len(much.statements), much.trips) == (len(little.statements), little.trips)
