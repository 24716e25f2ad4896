"""Proceedings: steps, what a complaint must say, and the deadlines that follow by themselves."""

from typing import Any

from tests.cast import Practice, Staff

STATE_COMPLAINT = {
    "statement": "The services of the IEP were not given as written (34 CFR 300.323(c)).",
    "facts": "No reader on 2026-09-14, 09-21 and 09-28; the log is attached.",
    "signature": "Petra Petrov",
    "contact": "petra@example.org",
    "child_name": "Sasha Petrov",
    "child_address": "1 Alder Road, Alder Creek",
    "school": "Alder Creek Elementary",
    "problem": "Tests without the reader that the IEP promises.",
    "proposed_resolution": "A reader for every test, and the three tests again.",
    "copy_to_school": True,
}
DUE_PROCESS = {
    **{name: STATE_COMPLAINT[name] for name in ("child_name", "child_address", "school", "problem", "proposed_resolution")},
    "facts": STATE_COMPLAINT["facts"],
    "copy_to_other_party": True,
    "copy_to_state": True,
}


def plans(staff: Staff, case: Any, kind: str = "state_complaint", **more: Any) -> Any:
    complaint = {"state_complaint": STATE_COMPLAINT, "due_process": DUE_PROCESS}.get(kind, {})
    return staff.post("/proceedings", {"case_id": case["id"], "kind": kind, "complaint": complaint, **more})


def takes(staff: Staff, step: str, proceeding: Any, occurred_on: str, **facts: Any) -> Any:
    return staff.post(f"/proceedings/{proceeding['id']}/steps", {"step": step, "occurred_on": occurred_on, **facts})


def corrects(staff: Staff, concern: Any, noticed_on: str) -> Any:
    return staff.post(f"/concerns/{concern['id']}/correct", {"noticed_on": noticed_on, "reason": "The log has it."})


def runs(staff: Staff, concern: Any) -> list[Any]:
    return staff.everything(f"/deadlines?concern_id={concern['id']}&status=upcoming")


def days(proceeding: Any) -> dict[str, tuple[str | None, str]]:
    return {one["rule"]: (one["due_on"], one["status"]) for one in proceeding["deadlines"]}


def names(proceeding: Any) -> list[str]:
    return [step["name"] for step in proceeding["next_steps"]]


def test_a_refusal_ends_in_a_state_complaint_whose_days_follow(riverside: Practice) -> None:
    ana = riverside.ana
    case = ana.opens_a_case()
    concern = ana.opens_a_concern(case, noticed_on="2026-09-14")
    planned = plans(ana, case, concern_id=concern["id"])
    assert (planned["state"], planned["facts"], planned["missing"]) == (
        "planned",
        {"since_on": "2026-09-14", "follows_concern": True},
        [],
    )
    assert days(planned) == {"state_complaint_limit": ("2027-09-14", "upcoming")}
    assert names(planned) == ["file", "drop", "correct_date"]
    file = planned["next_steps"][0]
    assert "receives it" in file["guidance"]
    assert [field["name"] for field in file["fields"] if field["required"]] == ["occurred_on"]

    takes(ana, "file", planned, "2026-10-01", sent_by="Certified mail")
    received = takes(ana, "receive", planned, "2026-10-05", reference="26-061")
    assert (received["state"], received["filed_on"], received["reference"]) == ("received", "2026-10-01", "26-061")
    assert days(received) == {
        "state_complaint_limit": ("2027-09-14", "met"),
        "state_complaint_decision": ("2026-12-04", "upcoming"),
    }
    limit, decision = sorted(received["deadlines"], key=lambda one: one["rule"], reverse=True)
    assert (limit["met_on"], limit["concern_id"]) == ("2026-10-05", concern["id"])
    assert {one["state"] for one in ana.reminders(concern_id=concern["id"]) if one["title"].startswith("Last day")} == {"done"}
    assert [one["due_at"] for one in ana.get(f"/deadlines/{decision['id']}")["reminders"]] == [
        "2026-11-20T17:00:00Z",
        "2026-12-01T17:00:00Z",
    ]
    extended = takes(ana, "extend", planned, "2026-10-05", to_on="2026-12-18", because="exceptional_circumstances")
    assert days(extended)["state_complaint_decision"] == ("2026-12-18", "upcoming")
    assert extended["changed"][0]["rule"] == "state_complaint_decision"
    assert {"field": "due_on", "before": "2026-12-04", "after": "2026-12-18"} in extended["changed"][0]["differences"]

    riverside.clock.move(days=60)
    ana = riverside.signs_in(ana.email)
    decided = takes(ana, "decide", planned, "2026-12-02", finding="partly_found", corrective_action="A reader from Monday on.")
    assert (decided["outcome"], days(decided)["noncompliance_correction"]) == ("partly_found", ("2027-12-02", "upcoming"))
    assert days(decided)["state_complaint_decision"] == ("2026-12-18", "met")
    takes(ana, "correct", planned, "2026-12-04", what_was_done="The aide reads.")
    ended = takes(ana, "end", planned, "2026-12-04", how_it_ended="The reader is there in every test.")
    assert (ended["state"], ended["outcome"], ended["ended_on"]) == ("ended", "partly_found", "2026-12-04")
    assert {status for _, status in days(ended).values()} == {"met"}
    assert [row["step"] for row in ended["history"]] == ["file", "receive", "extend", "decide", "correct", "end"]
    assert names(ended) == ["reopen"]
    assert [one["state"] for one in ana.reminders(case_id=case["id"]) if "decision" in one["title"].lower()] == ["done", "done"]


def test_a_complaint_that_lacks_parts_is_not_filed_unless_it_says_why(ana: Staff) -> None:
    case = ana.opens_a_case()
    planned = plans(ana, case, complaint={"statement": "A requirement was not met.", "is_homeless": True})
    lacking = [part["part"] for part in planned["missing"]]
    assert lacking == [
        *("facts", "signature", "contact", "child_name", "school", "homeless_contact", "problem", "proposed_resolution"),
        "copy_to_school",
    ]
    place, file = f"/proceedings/{planned['id']}", {"step": "file", "occurred_on": "2026-10-05"}
    refused = ana.ask("POST", f"{place}/steps", file)
    assert (refused.status_code, refused.get_json()["type"]) == (422, "/problems/validation")
    assert [error["pointer"] for error in refused.get_json()["errors"]] == [f"/complaint/{name}" for name in lacking]
    assert "34 CFR 300.153(b)(4)(iii)" in refused.get_json()["errors"][5]["detail"]
    ana.patch(place, {"complaint": {**STATE_COMPLAINT, "is_homeless": None, "proposed_resolution": None}})
    assert [part["part"] for part in ana.get(place)["missing"]] == ["proposed_resolution"]
    filed = ana.post(f"{place}/steps", {**file, "incomplete_because": "Nobody knows yet what would help."})
    assert (filed["state"], filed["history"][0]["facts"]) == (
        "filed",
        {"incomplete_because": "Nobody knows yet what would help."},
    )
    kept = ana.ask("PATCH", place, {"complaint": {"facts": None, "school": "Another school"}})
    assert (kept.status_code, kept.get_json()["type"]) == (409, "/problems/immutable")
    added = ana.patch(place, {"complaint": {"facts": STATE_COMPLAINT["facts"], "proposed_resolution": "A reader."}})
    assert (added["missing"], added["complaint"]["facts"]) == ([], STATE_COMPLAINT["facts"])
    for said, pointer in (({"filed_on": "2026-10-09"}, "/filed_on"), ({"since_on": "2026-10-06"}, "/since_on")):
        answer = ana.ask("POST", "/proceedings", {"case_id": case["id"], "kind": "mediation", **said})
        assert [error["pointer"] for error in answer.get_json()["errors"]] == [pointer]
    late = plans(ana, case, filed_on="2026-10-01")
    assert (late["state"], late["filed_on"]) == ("filed", "2026-10-01")
    never = ana.ask("POST", "/proceedings", {"case_id": case["id"], "kind": "due_process", "filed_on": "2026-10-01"})
    assert (never.status_code, len(never.get_json()["errors"])) == (422, 8)
    assert len(ana.get(f"/proceedings?case_id={case['id']}")["items"]) == 2


def test_a_step_that_is_not_listed_is_refused_with_those_that_are(ana: Staff) -> None:
    planned = plans(ana, ana.opens_a_case())
    place = f"/proceedings/{planned['id']}/steps"
    refused = ana.ask("POST", place, {"step": "decide", "occurred_on": "2026-10-05", "finding": "nothing_found"})
    assert (refused.status_code, refused.get_json()["type"]) == (409, "/problems/step-not-allowed")
    assert refused.get_json()["allowed"] == ["file", "drop", "correct_date"]
    for said, pointer in (
        ({"step": "file", "occurred_on": "2026-10-06"}, "/occurred_on"),
        ({"step": "file", "occurred_on": "2026-10-05", "finding": "nothing_found"}, "/finding"),
        ({"step": "file"}, "/occurred_on"),
        ({"step": "wish", "occurred_on": "2026-10-05"}, "/step"),
    ):
        answer = ana.ask("POST", place, said)
        assert (answer.status_code, [error["pointer"] for error in answer.get_json()["errors"]]) == (422, [pointer])
    assert ana.get(f"/proceedings/{planned['id']}")["history"] == []


def test_in_due_process_what_was_agreed_moves_the_decision_and_an_agreement_stops_it(ana: Staff) -> None:
    planned = plans(ana, ana.opens_a_case(), "due_process", since_on="2026-03-02")
    assert "current placement" in planned["next_steps"][0]["guidance"]
    takes(ana, "file", planned, "2026-09-01")
    received = takes(ana, "receive", planned, "2026-09-03")
    assert days(received)["hearing_decision"] == ("2026-11-17", "upcoming")
    assert days(received)["resolution_meeting"] == ("2026-09-18", "past_due")
    waived = takes(ana, "waive_resolution_meeting", planned, "2026-09-10")
    assert days(waived)["hearing_decision"] == ("2026-10-25", "upcoming")
    assert days(waived)["resolution_meeting"] == (None, "waived")
    assert days(waived)["resolution_period"] == ("2026-10-03", "not_running")
    early = ana.ask(
        "POST",
        f"/proceedings/{planned['id']}/steps",
        {"step": "amend", "occurred_on": "2026-09-01", "allowed_by": "other_party"},
    )
    assert {error["pointer"] for error in early.get_json()["errors"]} == {"/what_changed"}
    amended = takes(ana, "amend", planned, "2026-09-21", allowed_by="hearing_officer", what_changed="A second issue.")
    assert days(amended)["hearing_decision"] == ("2026-12-05", "upcoming")
    assert days(amended)["resolution_period"] == ("2026-10-21", "upcoming")
    signed = {"terms": "A reader from Monday on.", "signed_by_parent": "Petra", "signed_by_agency": "Robin Reyes"}
    settled = takes(ana, "sign_resolution_agreement", planned, "2026-10-02", **signed)
    assert (settled["outcome"], days(settled)["settlement_void"]) == ("settled", ("2026-10-07", "upcoming"))
    assert days(settled)["hearing_decision"] == ("2026-12-05", "not_running")
    assert days(settled)["resolution_period"] == ("2026-10-21", "met")
    void = takes(ana, "void_agreement", planned, "2026-10-05", voided_by="parent")
    assert (void["outcome"], void["state"], days(void)["settlement_void"][1]) == (None, "resolution", "not_running")
    assert days(void)["hearing_decision"] == ("2026-12-05", "upcoming")
    assert days(void)["resolution_period"] == ("2026-10-21", "upcoming")


def test_the_familys_own_limit_runs_on_where_a_proceeding_was_given_up(ana: Staff) -> None:
    case = ana.opens_a_case()
    concern = ana.opens_a_concern(case, noticed_on="2026-09-14")
    for kind, steps, given_up in (
        ("state_complaint", ("file", "receive"), "withdraw"),
        ("state_complaint", ("file",), "dismiss"),
        ("due_process", ("file", "receive"), "withdraw"),
        ("due_process", (), "drop"),
    ):
        planned = plans(ana, case, kind, concern_id=concern["id"])
        rule = f"{kind}_limit"
        for step in steps:
            taken = takes(ana, step, planned, "2026-10-02")
        if steps == ("file", "receive"):
            assert days(taken)[rule][1] == "met"
        before = takes(ana, given_up, planned, "2026-10-05", reason="The family wishes it.")
        assert {name for name, (_, status) in days(before).items() if status == "upcoming"} == {rule}, (kind, given_up)
        [limit] = [one for one in before["deadlines"] if one["rule"] == rule]
        shown = ana.get(f"/deadlines/{limit['id']}")
        assert [one["state"] for one in shown["reminders"]] == ["scheduled", "scheduled"]
    # One limit of each kind: the later proceeding's took the place of the earlier one's, and keeps it.
    kinds = ["due_process_limit", "state_complaint_limit"]
    assert sorted(one["rule"] for one in runs(ana, concern)) == kinds
    given_up = ana.everything(f"/proceedings?concern_id={concern['id']}")
    for one in given_up:
        takes(ana, "correct_date", one, "2026-10-05", what="since_on", on="2026-09-21", reason="The letter has it.")
    assert sorted(one["rule"] for one in runs(ana, concern)) == kinds
    corrects(ana, concern, "2026-09-07")
    assert sorted((one["rule"], one["event_on"]) for one in runs(ana, concern)) == [(kind, "2026-09-07") for kind in kinds]
    assert ana.post(f"/deadlines/{limit['id']}/waive", {"waived_on": "2026-10-05"})["status"] == "waived"


def test_an_end_that_was_entered_by_mistake_is_taken_back_and_its_deadlines_run_again(ana: Staff) -> None:
    case = ana.opens_a_case()
    planned = plans(ana, case, since_on="2026-09-14")
    takes(ana, "file", planned, "2026-10-01")
    before = takes(ana, "receive", planned, "2026-10-02")
    reminded = [one["due_at"] for one in ana.reminders(case_id=case["id"], state="scheduled")]
    refused = ana.ask("POST", f"/proceedings/{planned['id']}/steps", {"step": "reopen", "occurred_on": "2026-10-05"})
    assert (refused.status_code, refused.get_json()["type"]) == (409, "/problems/step-not-allowed"), "nothing has ended"

    withdrawn = takes(ana, "withdraw", planned, "2026-10-05", reason="The family wishes it.")
    assert days(withdrawn) == {
        "state_complaint_limit": ("2027-09-14", "upcoming"),
        "state_complaint_decision": ("2026-12-01", "not_running"),
    }
    assert names(withdrawn) == ["reopen", "correct_date"]
    for said, pointer in (
        ({"occurred_on": "2026-10-05"}, "/reason"),
        ({"occurred_on": "2026-10-04", "reason": "x"}, "/occurred_on"),
    ):
        refused = ana.ask("POST", f"/proceedings/{planned['id']}/steps", {"step": "reopen", **said})
        assert [error["pointer"] for error in refused.get_json()["errors"]] == [pointer]
    back = takes(ana, "reopen", planned, "2026-10-05", reason="It was another family's.")
    assert (
        days(back)
        == days(before)
        == {
            "state_complaint_limit": ("2027-09-14", "met"),
            "state_complaint_decision": ("2026-12-01", "upcoming"),
        }
    )
    shown = ("state", "outcome", "ended_on", "filed_on", "facts", "next_steps")
    assert {name: back[name] for name in shown} == {name: before[name] for name in shown}
    assert [one["due_at"] for one in ana.reminders(case_id=case["id"], state="scheduled")] == reminded
    assert [(row["step"], row["from_state"], row["to_state"]) for row in back["history"][2:]] == [
        ("withdraw", "received", "ended"),
        ("reopen", "ended", "received"),
    ]
    told = ana.everything(f"/cases/{case['id']}/timeline?kind=proceeding_step")
    assert {event["what"] for event in told} == {"file", "receive", "withdraw", "reopen"}
    # What was decided is what it was, however it was ended since.
    takes(ana, "decide", planned, "2026-10-05", finding="partly_found")
    assert takes(ana, "end", planned, "2026-10-05", how_it_ended="All is in place.")["outcome"] == "partly_found"
    again = takes(ana, "reopen", planned, "2026-10-05", reason="The aide has left: nothing is in place.")
    assert (again["state"], again["outcome"], again["ended_on"]) == ("decided", "partly_found", None)
    assert days(again)["noncompliance_correction"] == ("2027-10-05", "upcoming")


def test_an_earlier_fact_moves_the_limit_of_what_was_given_up_too(ana: Staff) -> None:
    case = ana.opens_a_case()
    concern = ana.opens_a_concern(case, noticed_on="2026-09-14")
    planned = plans(ana, case, concern_id=concern["id"])
    takes(ana, "drop", planned, "2026-10-05", reason="Not now.")
    seen = {"case_id": case["id"], "concern_id": concern["id"], "source": "parent", "observed_on": "2026-09-07"}
    ana.post("/observations", {**seen, "text": "No reader in the first test."})
    dropped = ana.get(f"/proceedings/{planned['id']}")
    assert (dropped["state"], days(dropped)) == ("ended", {"state_complaint_limit": ("2027-09-07", "upcoming")})
    wrong = {"step": "correct_date", "occurred_on": "2026-10-05", "reason": "x", "what": "filed_on", "on": "2026-10-01"}
    answer = ana.ask("POST", f"/proceedings/{planned['id']}/steps", wrong)
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/what")


def test_a_limit_counts_from_what_its_concern_knows_whatever_became_of_its_proceeding(ana: Staff) -> None:
    """Red where only proceedings with an open limit follow: what is met, waived or ended may run again."""
    case = ana.opens_a_case()
    before, after = (("2026-10-02", "file"), ("2026-10-02", "receive")), (("2026-10-05", "withdraw"),)
    for steps, waived, back, status in (
        (before, False, after, "upcoming"),
        (before, False, (), "met"),
        ((*before[:1], ("2026-10-02", "settle")), False, (("2026-10-05", "reopen"),), "upcoming"),
        ((*before, *after), False, (("2026-10-05", "reopen"),), "met"),
        (before[:1], True, (), "upcoming"),
    ):
        concern = ana.opens_a_concern(case, noticed_on="2026-09-14")
        planned = plans(ana, case, concern_id=concern["id"])
        for day, step in steps:
            taken = takes(ana, step, planned, day, **{"settle": {"terms": "x"}, "withdraw": {"reason": "x"}}.get(step, {}))
        limit = f"/deadlines/{taken['deadlines'][0]['id']}/waive"
        if waived:
            ana.post(limit, {"waived_on": "2026-10-05"})
        corrects(ana, concern, "2026-03-02")
        for day, step in back:
            takes(ana, step, planned, day, reason="x")
        if waived:
            ana.post(limit, {"waived_on": None})
        shown = ana.get(f"/proceedings/{planned['id']}")
        assert days(shown)["state_complaint_limit"] == ("2027-03-02", status), steps
        told = [row["facts"] for row in shown["history"] if row["step"] == "correct_date"]
        assert told == [{"what": "since_on", "on": "2026-03-02", "reason": "The day was put right."}]


def test_what_was_not_met_after_all_in_a_proceeding_that_ended_runs_no_more_and_stops_nobody(ana: Staff) -> None:
    case = ana.opens_a_case()
    concern = ana.opens_a_concern(case, noticed_on="2026-09-14")
    planned = plans(ana, case, concern_id=concern["id"])
    takes(ana, "file", planned, "2026-10-01")
    takes(ana, "receive", planned, "2026-10-02")
    [_, limit] = takes(ana, "settle", planned, "2026-10-02", terms="A reader in every test.")["deadlines"]
    assert ana.get(f"/deadlines/{limit['id']}")["status"] == "met"
    assert ana.post(f"/deadlines/{limit['id']}/meet", {"met_on": None})["status"] == "not_running"
    seen = {"case_id": case["id"], "concern_id": concern["id"], "source": "parent", "observed_on": "2026-09-07"}
    ana.post("/observations", {**seen, "text": "No reader in the first test."})
    assert corrects(ana, concern, "2026-09-01")["notices"] == []


def test_a_day_that_was_said_for_a_proceeding_itself_moves_to_no_later_one(ana: Staff) -> None:
    """Red where two days that happen to be equal are taken for one."""
    case = ana.opens_a_case()
    concern = ana.opens_a_concern(case, noticed_on="2026-09-14")
    said = plans(ana, case, concern_id=concern["id"], since_on="2026-09-14")
    put_right = plans(ana, case, concern_id=concern["id"])
    takes(ana, "correct_date", put_right, "2026-10-05", what="since_on", on="2026-09-14", reason="The school's own letter.")
    assert corrects(ana, concern, "2026-09-28")["notices"] == []
    for one in (said, put_right):
        assert days(ana.get(f"/proceedings/{one['id']}")) == {"state_complaint_limit": ("2027-09-14", "upcoming")}


def test_what_was_filed_is_about_nothing_later(ana: Staff) -> None:
    case = ana.opens_a_case()
    concern = ana.opens_a_concern(case, noticed_on="2026-09-14")
    planned = plans(ana, case, concern_id=concern["id"])
    takes(ana, "file", planned, "2026-09-28")
    later = {"step": "correct_date", "occurred_on": "2026-10-05", "what": "since_on", "on": "2026-09-29", "reason": "x"}
    refused = ana.ask("POST", f"/proceedings/{planned['id']}/steps", later)
    assert (refused.status_code, refused.get_json()["errors"]) == (
        422,
        [{"pointer": "/on", "detail": "filed_on would lie before since_on."}],
    )
    # The day of the concern is put right all the same.
    corrected = corrects(ana, concern, "2026-09-29")
    assert corrected["limits"]["since_on"] == "2026-09-29"
    assert [notice["detail"] for notice in corrected["notices"]] == [
        "Last day for a state complaint: counts as before, from what was filed on 2026-09-28, which is earlier."
    ]
    assert days(ana.get(f"/proceedings/{planned['id']}")) == {"state_complaint_limit": ("2027-09-14", "upcoming")}


def test_what_somebody_said_of_a_limit_stays_when_a_step_meets_it(ana: Staff) -> None:
    case = ana.opens_a_case()
    for verb, said, status in (
        ("meet", {"met_on": "2026-10-01"}, ("2026-10-01", None, "met")),
        ("waive", {"waived_on": "2026-10-01"}, (None, "2026-10-01", "waived")),
    ):
        planned = plans(ana, case, since_on="2026-09-14")
        place = f"/deadlines/{planned['deadlines'][0]['id']}"
        ana.post(f"{place}/{verb}", said)
        takes(ana, "file", planned, "2026-10-01")
        takes(ana, "receive", planned, "2026-10-02")
        takes(ana, "settle", planned, "2026-10-02", terms="x")
        takes(ana, "reopen", planned, "2026-10-05", reason="x")
        limit = ana.get(place)
        assert (limit["met_on"], limit["waived_on"], limit["status"]) == status
        takes(ana, "withdraw", planned, "2026-10-05", reason="x")
        assert ana.get(place)["status"] == {"meet": "upcoming", "waive": "waived"}[verb]


def test_a_deadline_of_a_proceeding_follows_its_steps_and_can_be_overridden(ana: Staff) -> None:
    planned = plans(ana, ana.opens_a_case(), "due_process")
    takes(ana, "file", planned, "2026-10-01")
    received = takes(ana, "receive", planned, "2026-10-02")
    [period] = [one for one in received["deadlines"] if one["rule"] == "resolution_period"]
    place = f"/deadlines/{period['id']}"
    assert ana.ask("POST", f"{place}/recount", {"event_on": "2026-10-03"}).get_json()["errors"][0]["pointer"] == "/event_on"
    waiting = ana.ask("POST", f"{place}/recount", {"inputs": {"parent_absent": True}})
    assert waiting.get_json()["errors"][0]["pointer"] == "/inputs/parent_absent"
    ana.post(f"{place}/override", {"override_on": "2026-11-03", "reason": "The officer's order."})
    right = takes(
        ana, "correct_date", planned, "2026-10-05", what="received_on", on="2026-10-05", reason="The receipt says so."
    )
    [moved] = [one for one in right["deadlines"] if one["rule"] == "resolution_period"]
    assert (moved["due_on"], moved["answer"]["due_on"]) == ("2026-11-03", "2026-11-04")
    absent = takes(ana, "parent_is_absent", planned, "2026-10-05")
    assert [one["answer"]["reason"] for one in absent["deadlines"] if one["rule"] == "resolution_period"] == ["paused"]


def test_mediation_is_confidential_and_has_no_clock(ana: Staff) -> None:
    case = ana.opens_a_case()
    planned = plans(ana, case, "mediation", since_on="2026-09-14")
    assert (planned["missing"], planned["deadlines"]) == ([], [])
    assert "no time limit" in planned["next_steps"][0]["guidance"]
    takes(ana, "request", planned, "2026-10-01", issues="Who reads.", wished_dates=["2026-10-20"])
    accepted = takes(ana, "agree_to_mediate", planned, "2026-10-02", mediator="Mira Moore")
    assert any("confidential" in step["guidance"] for step in accepted["next_steps"])
    takes(ana, "hold_session", planned, "2026-10-05")
    ended = takes(ana, "no_agreement", planned, "2026-10-05")
    assert (ended["state"], ended["outcome"], ended["ended_on"]) == ("ended", "no_agreement", "2026-10-05")


def test_what_does_not_go_together_is_refused(ana: Staff, lakeside: Practice) -> None:
    case, other = ana.opens_a_case(), ana.opens_a_case()
    for said, pointer in (
        ({"kind": "mediation", "is_expedited": True}, "/is_expedited"),
        ({"kind": "state_complaint", "filed_by": "school"}, "/filed_by"),
        ({"kind": "mediation", "concern_id": ana.opens_a_concern(other)["id"]}, "/concern_id"),
        ({"kind": "mediation", "incomplete_because": "It was late."}, "/incomplete_because"),
        ({"kind": "due_process", "complaint": {"wish": "Flies."}}, "/complaint/wish"),
    ):
        answer = ana.ask("POST", "/proceedings", {"case_id": case["id"], **said})
        assert (answer.status_code, [error["pointer"] for error in answer.get_json()["errors"]]) == (422, [pointer])
    planned = plans(ana, case)
    place, file = f"/proceedings/{planned['id']}", {"step": "file", "occurred_on": "2026-10-05"}
    for method, path, body in (("GET", place, None), ("PATCH", place, {"reference": "1"}), ("POST", f"{place}/steps", file)):
        assert lakeside.ana.ask(method, path, body).status_code == 404
    theirs = lakeside.ana.uploads(lakeside.ana.opens_a_case())
    stray = ana.ask("POST", f"{place}/steps", {**file, "document_ids": [theirs["id"]]})
    assert (stray.status_code, stray.get_json()["errors"][0]["pointer"]) == (422, "/document_ids/0")
    ours, mine = ana.uploads(other), ana.uploads(case)
    second = ana.ask("POST", f"{place}/steps", {**file, "document_ids": [mine["id"], ours["id"]]})
    assert (second.status_code, second.get_json()["errors"][0]["pointer"]) == (422, "/document_ids/1")
    assert ana.post(f"{place}/steps", {**file, "document_ids": [mine["id"]]})["history"][0]["facts"]["document_ids"] == [
        mine["id"]
    ]


def test_a_concern_that_is_escalated_has_its_limits_and_its_proceeding(ana: Staff) -> None:
    case = ana.opens_a_case()
    concern = ana.opens_a_concern(case, noticed_on="2026-09-14")
    assert concern["limits"]["since_on"] == "2026-09-14"
    seen = {"case_id": case["id"], "concern_id": concern["id"], "source": "parent", "observed_on": "2026-09-07"}
    first = ana.post("/observations", {**seen, "text": "No reader in the first test."})
    limits = ana.get(f"/concerns/{concern['id']}")["limits"]
    assert (limits["since_on"], limits["state_complaint_limit"]["due_on"]) == ("2026-09-07", "2027-09-07")
    # Labor Day of 2027 falls on the 6th, and the 7th of September 2028 is a Thursday.
    assert limits["state_complaint_limit"]["act_by"] == "2027-09-07"
    assert limits["due_process_limit"]["due_on"] == limits["due_process_limit"]["act_by"] == "2028-09-07"
    assert any("check with counsel" in said for said in limits["due_process_limit"]["notices"])
    # What was corrected does not count.
    ana.post("/observations", {**seen, "observed_on": "2026-09-21", "text": "It was later.", "corrects_id": first["id"]})
    assert ana.get(f"/concerns/{concern['id']}")["limits"]["since_on"] == "2026-09-14"

    decided = {"client_decided_on": "2026-10-05", "reason": "No answer.", "skip_reason": "The parent decided."}
    ana.takes("escalate", concern, route="mediation", **decided)
    [mediation] = ana.get(f"/proceedings?concern_id={concern['id']}")["items"]
    assert (mediation["kind"], mediation["state"]) == ("mediation", "planned")
    ana.takes("change_route", concern, route="state_complaint", client_decided_on="2026-10-05")
    complaint, dropped = ana.get(f"/proceedings?concern_id={concern['id']}")["items"]
    assert (complaint["kind"], complaint["state"], dropped["outcome"]) == ("state_complaint", "planned", "not_pursued")
    [limit] = ana.get(f"/deadlines?proceeding_id={complaint['id']}")["items"]
    assert (limit["rule"], limit["due_on"], limit["concern_id"]) == ("state_complaint_limit", "2027-09-14", concern["id"])
    ana.takes("change_route", concern, route="state_complaint", client_decided_on="2026-10-05")
    assert len(ana.get(f"/proceedings?concern_id={concern['id']}")["items"]) == 2
