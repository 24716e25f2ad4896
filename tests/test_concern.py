"""Concerns: led through the playbook, each step on record."""

from tests.cast import Practice, Staff
from tests.conftest import Clock

ASKED = {
    "asked_on": "2026-10-05",
    "asked_by": "parent",
    "answers": [{"question": "Who read the test to you?", "answer": "Nobody."}],
    "supports_suspicion": "yes",
}


def verified(ana: Staff, case: object) -> object:
    version = ana.drafts_an_iep(case)
    [provision] = ana.provisions_of(version)
    concern = ana.opens_a_concern(case, provision_id=provision["id"])
    ana.takes("ask_child", concern, **ASKED)
    ana.takes("read_wording", concern, provision_id=provision["id"], is_clear="no")
    return ana.takes("verify", concern, finding="A reader is promised; there was none.")


def test_a_concern_shows_what_to_do_next_and_what_was_done(ana: Staff) -> None:
    concern = ana.opens_a_concern(ana.opens_a_case())
    assert concern["state"] == "suspected"
    assert concern["history"] == []
    ask = next(step for step in concern["next_steps"] if step["name"] == "ask_child")
    assert "no leading questions, no blame" in ask["guidance"]
    assert {field["name"]: field["required"] for field in ask["fields"]}["asked_on"] is True
    assert [row["title"] for row in ana.reminders(concern_id=concern["id"])] == ["Ask the child, and read the wording"]

    after = ana.takes("ask_child", concern, **ASKED, note="At bedtime.")
    [step] = after["history"]
    assert (step["step"], step["from_state"], step["to_state"], step["by_id"]) == (
        "ask_child",
        "suspected",
        "suspected",
        ana.id,
    )
    assert step["facts"]["answers"] == ASKED["answers"]
    assert step["note"] == "At bedtime."


def test_a_step_that_is_not_allowed_names_those_that_are(ana: Staff) -> None:
    concern = ana.opens_a_concern(ana.opens_a_case())
    answer = ana.ask("POST", f"/concerns/{concern['id']}/steps", {"step": "check_in"})
    problem = answer.get_json()
    assert (answer.status_code, problem["type"]) == (409, "/problems/step-not-allowed")
    assert problem["state"] == "suspected"
    assert set(problem["allowed"]) == {step["name"] for step in concern["next_steps"]}


def test_a_step_out_of_turn_needs_its_reason(ana: Staff) -> None:
    concern = ana.opens_a_concern(ana.opens_a_case())
    hasty = ana.ask("POST", f"/concerns/{concern['id']}/steps", {"step": "verify", "finding": "No reader."})
    assert hasty.status_code == 422
    assert [error["pointer"] for error in hasty.get_json()["errors"]] == ["/skip_reason"]
    taken = ana.takes("verify", concern, finding="No reader.", skip_reason="The teacher told us herself.")
    assert (taken["state"], taken["history"][0]["skip_reason"]) == ("verified", "The teacher told us herself.")


def test_what_a_step_asks_for_is_checked_with_pointers(ana: Staff) -> None:
    concern = ana.opens_a_concern(ana.opens_a_case())
    said = {"step": "ask_child", **ASKED, "asked_by": "principal", "answers": [{"question": "Who?"}], "mood": "cheerful"}
    answer = ana.ask("POST", f"/concerns/{concern['id']}/steps", said)
    assert answer.status_code == 422
    assert {error["pointer"] for error in answer.get_json()["errors"]} == {"/asked_by", "/answers/0/answer", "/mood"}
    assert ana.get(f"/concerns/{concern['id']}")["history"] == []


def test_a_misunderstanding_is_cleared_with_the_team_and_monitored(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    concern = verified(ana, case)
    assert [row["title"] for row in ana.reminders(concern_id=concern["id"], state="scheduled")] == ["Talk to the teacher"]

    talked = {"channel": "phone", "direction": "outbound", "party": "teacher", "summary": "Asked.", "awaiting_reply": True}
    at = {"occurred_at": clock().isoformat()}
    after = ana.takes(
        "talk_to_teacher",
        concern,
        communication={**talked, **at},
        our_understanding="A reader in every subject.",
        why_we_ask="Science.",
    )
    assert [row["title"] for row in after["settled"]] == ["Talk to the teacher"]
    assert after["planned"][-1]["title"] == "No answer from the teacher: write to the team?"

    named = ana.takes("name_cause", concern, cause="misunderstanding", teacher_said="I thought reading lessons only.")
    assert named["state"] == "misunderstanding"
    assert {row["ladder"] for row in named["settled"]} == {"teacher"}

    wrote = {"channel": "email", "direction": "outbound", "party": "team", "summary": "Who reads?", "awaiting_reply": True}
    contacted = ana.takes("contact_team", concern, communication={**wrote, **at}, asks_for="clarify")
    assert [row["title"] for row in contacted["settled"]] == ["Write to the team"]
    assert len(contacted["planned"]) == 3

    agreed = ana.takes(
        "agree_fix",
        concern,
        fix="amendment",
        effective_on="2026-10-12",
        agreed_by_parent_on="2026-10-05",
        agreed_by_agency_on="2026-10-05",
        agreed_with="Robin Reyes",
    )
    assert {row["ladder"] for row in agreed["settled"]} == {"team"}
    assert [row["title"] for row in agreed["planned"]] == ["Confirm the agreement in writing", "Has the amended IEP come?"]

    confirmed = {"channel": "letter", "direction": "outbound", "party": "team", "summary": "Thank you."}
    ana.takes("confirm_in_writing", concern, communication={**confirmed, **at})
    ana.takes("start_monitoring", concern, look_for="A reader in science.", check_ins=[{"party": "child", "every": "week"}])
    done = ana.takes(
        "resolve",
        concern,
        outcome="The aide reads.",
        resolved_on="2026-11-02",
        every_teacher_has_copy="yes",
        each_knows_their_part="yes",
        each_has_what_they_need="yes",
    )
    assert done["state"] == "resolved"
    assert [step["step"] for step in done["history"]] == [
        *("ask_child", "read_wording", "verify", "talk_to_teacher", "name_cause", "contact_team", "agree_fix"),
        *("confirm_in_writing", "start_monitoring", "resolve"),
    ]
    still_open = [row["title"] for row in ana.reminders(concern_id=concern["id"], state="scheduled")]
    assert still_open == ["Quiet check: is it still happening?"]


def test_a_communication_recorded_before_gets_no_second_ladder(ana: Staff) -> None:
    case = ana.opens_a_case()
    concern = verified(ana, case)
    asked = ana.asks_the_team(case, concern_id=concern["id"])
    taken = ana.takes(
        "contact_team", concern, communication_id=asked["id"], asks_for="clarify", skip_reason="The teacher is away."
    )
    assert taken["planned"] == []
    assert len(ana.reminders(communication_id=asked["id"], state="scheduled")) == 3


def test_a_step_takes_a_communication_with_whom_it_is_about(ana: Staff) -> None:
    case = ana.opens_a_case()
    concern = verified(ana, case)
    with_team = ana.asks_the_team(case)
    answer = ana.ask(
        "POST",
        f"/concerns/{concern['id']}/steps",
        {"step": "talk_to_teacher", "communication_id": with_team["id"], "our_understanding": "x", "why_we_ask": "y"},
    )
    assert answer.get_json()["errors"][0]["pointer"] == "/communication_id"


def test_a_closed_concern_can_be_opened_again_with_its_history(ana: Staff) -> None:
    concern = ana.opens_a_concern(ana.opens_a_case())
    ana.takes("close", concern, reason="moved", note="The family moved.")
    again = ana.takes("reopen", concern, reason="They came back.", noticed_on="2026-10-05")
    assert again["state"] == "suspected"
    assert [step["step"] for step in again["history"]] == ["close", "reopen"]


def test_a_concern_is_about_a_support_of_the_same_child(ana: Staff) -> None:
    case, other = ana.opens_a_case(), ana.opens_a_case()
    [theirs] = ana.provisions_of(ana.drafts_an_iep(other))
    said = {"kind": "not_provided", "what_happened": "x", "noticed_on": "2026-10-02", "provision_id": theirs["id"]}
    answer = ana.ask("POST", "/concerns", {"case_id": case["id"], **said})
    assert answer.get_json()["errors"] == [
        {"pointer": "/provision_id", "detail": "This belongs to the IEP of another student."}
    ]
    concern = ana.opens_a_concern(case)
    read = {"step": "read_wording", "provision_id": theirs["id"], "is_clear": "no"}
    assert ana.ask("POST", f"/concerns/{concern['id']}/steps", read).status_code == 422


def test_a_step_cannot_name_what_is_not_there(ana: Staff) -> None:
    concern = ana.opens_a_concern(ana.opens_a_case())
    nothing = "0192f0c1-2345-7abc-8def-0123456789ab"
    for said, pointer in (
        ({"step": "read_wording", "provision_id": nothing, "is_clear": "no"}, "/provision_id"),
        ({"step": "add_evidence", "document_ids": [nothing]}, "/document_ids/0"),
        ({"step": "talk_to_teacher", "communication_id": nothing, "our_understanding": "x"}, "/communication_id"),
        # What is there and of another kind is not there: here, the concern itself.
        ({"step": "add_evidence", "document_ids": [concern["id"]]}, "/document_ids/0"),
        ({"step": "talk_to_teacher", "communication_id": concern["id"], "our_understanding": "x"}, "/communication_id"),
        ({"step": "receive_policy", "document_id": concern["id"]}, "/document_id"),
    ):
        answer = ana.ask("POST", f"/concerns/{concern['id']}/steps", said)
        assert answer.get_json()["errors"] == [{"pointer": pointer, "detail": "There is nothing with this id."}]


def test_an_answer_that_comes_with_a_step_settles_its_question(ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    concern = ana.opens_a_concern(case)
    asked = ana.asks_the_team(case, concern_id=concern["id"], party="teacher")
    heard = {"direction": "inbound", "channel": "email", "party": "teacher", "summary": "I will.", "in_reply_to": asked["id"]}
    taken = ana.takes(
        "talk_to_teacher",
        concern,
        communication={**heard, "occurred_at": clock().isoformat()},
        our_understanding="A reader.",
        why_we_ask="Science.",
        skip_reason="She wrote first.",
    )
    assert {row["key"] for row in taken["settled"]} >= {"follow_up_1", "follow_up_2", "follow_up_3"}
    assert ana.reminders(communication_id=asked["id"], state="scheduled") == []


def test_a_question_asked_before_becomes_part_of_the_concern_and_of_its_ladder(ana: Staff) -> None:
    case = ana.opens_a_case()
    concern = verified(ana, case)
    asked = ana.asks_the_team(case)
    ana.takes("contact_team", concern, communication_id=asked["id"], asks_for="clarify", skip_reason="In a hurry.")
    request = ana.asks_the_team(case, "Please set a meeting.")
    called = ana.takes("call_team_meeting", concern, communication_id=request["id"], agenda="The reader.")
    assert {row["ladder"] for row in called["settled"]} == {"team"}
    chasing = ana.reminders(concern_id=concern["id"], communication_id=request["id"], state="scheduled")
    assert [row["title"] for row in chasing] == [
        "Has the meeting been set?",
        "Offer new dates, copy the LEA representative",
        "No meeting: escalate?",
    ]
    ana.takes("close", concern, reason="moved", note="They moved.")
    assert ana.reminders(case_id=case["id"], state="scheduled") == []


def test_a_step_refuses_what_belongs_to_another_concern_or_was_not_said_by_us(ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    concern, other = verified(ana, case), ana.opens_a_concern(case)
    theirs = ana.asks_the_team(case, concern_id=other["id"])
    heard = ana.hears(theirs)
    for communication, detail in (
        (theirs, "This belongs to another concern."),
        (ana.tells(case, direction="inbound"), "This step takes what we said, not what we heard."),
    ):
        said = {"step": "contact_team", "communication_id": communication["id"], "asks_for": "amend", "skip_reason": "x"}
        answer = ana.ask("POST", f"/concerns/{concern['id']}/steps", said)
        assert answer.get_json()["errors"] == [{"pointer": "/communication_id", "detail": detail}]
    called = {"step": "call_team_meeting", "agenda": "The reader.", "skip_reason": "Urgent."}
    to_the_parent = {**called, "communication_id": ana.tells(case, party="client")["id"]}
    answer = ana.ask("POST", f"/concerns/{concern['id']}/steps", to_the_parent)
    assert answer.get_json()["errors"][0]["detail"] == "This step takes a communication with the team."
    ana.takes(**called, concern=concern, communication_id=ana.tells(case)["id"])
    by_phone = {"step": "confirm_in_writing", "communication_id": ana.tells(case, channel="phone")["id"]}
    answer = ana.ask("POST", f"/concerns/{concern['id']}/steps", by_phone)
    assert answer.get_json()["errors"][0]["detail"].startswith("This step takes what we wrote")
    assert heard["reminders"]


def test_a_suspicion_that_is_recorded_late_counts_from_when_it_arose(ana: Staff) -> None:
    case = ana.opens_a_case()
    concern = ana.opens_a_concern(case, occurred_at="2026-09-21T10:00:00-07:00")
    assert concern["occurred_at"] == "2026-09-21T17:00:00Z"
    assert ana.reminders(concern_id=concern["id"])[0]["due_at"] == "2026-09-24T16:00:00Z"
    assert ana.everything(f"/cases/{case['id']}/timeline")[0]["kind"] == "concern"


def test_a_date_at_the_end_of_the_calendar_is_refused_and_not_a_fault_of_ours(ana: Staff) -> None:
    case = ana.opens_a_case()
    said = {"direction": "outbound", "channel": "email", "party": "team", "summary": "x", "awaiting_reply": True}
    late = ana.ask("POST", "/communications", {"case_id": case["id"], **said, "occurred_at": "2199-12-31T00:00:00Z"})
    assert (late.status_code, late.get_json()["type"]) == (422, "/problems/validation")


def test_every_example_of_a_step_can_be_sent_where_its_step_is_taken(ana: Staff) -> None:
    steps = ana.app.extensions["openapi"]["paths"]["/api/v1/concerns/{concern_id}/steps"]["post"]
    examples = steps["requestBody"]["content"]["application/json"]["examples"]
    case = ana.opens_a_case()
    [provision] = ana.provisions_of(ana.drafts_an_iep(case))
    real = {"provision_id": provision["id"], "owner_id": ana.adds_a_team_member(case)["id"]}
    refused = {}
    for name, example in examples.items():
        concern = ana.opens_a_concern(case)
        said = {field: real.get(field, value) for field, value in example["value"].items()}
        answer = ana.ask("POST", f"/concerns/{concern['id']}/steps", said)
        # Where a step is not for a suspicion, the playbook says so; what was sent is never what is wrong.
        if answer.status_code not in (201, 409):
            refused[name] = answer.get_json()
    assert refused == {}
    assert len(examples) == 22


def observed(ana: Staff, concern: object, **more: object) -> object:
    said = {"source": "parent", "observed_on": "2026-09-28", "text": "No reader.", "case_id": concern["case_id"]}
    return ana.post("/observations", {**said, **more})


def test_what_the_child_said_is_an_observation_in_the_childs_words(ana: Staff) -> None:
    concern = ana.opens_a_concern(ana.opens_a_case())
    asked = ana.takes("ask_child", concern, **ASKED)
    made = ana.get(f"/observations/{asked['history'][0]['facts']['observation_id']}")
    assert (made["source"], made["is_verbatim"], made["weight"]) == ("child", True, "first_hand")
    assert (made["answers"], made["observed_on"], made["concern_id"]) == (ASKED["answers"], "2026-10-05", concern["id"])


def test_the_child_is_asked_what_fits_the_support(ana: Staff) -> None:
    case = ana.opens_a_case()
    [provision] = ana.provisions_of(ana.drafts_an_iep(case, "Extended time on tests."))
    prompts = {
        step["name"]: step["prompts"]
        for concern in (ana.opens_a_concern(case, provision_id=provision["id"]),)
        for step in concern["next_steps"]
    }
    assert prompts["ask_child"][0] == "Do you always have time to finish your work?"
    assert prompts["talk_to_teacher"][0].startswith("Thank you")
    general = next(step for step in ana.opens_a_concern(case)["next_steps"] if step["name"] == "ask_child")
    assert general["prompts"] == ["Does it happen every day?", "What would help more?"]


def test_what_the_wording_check_found_stays_as_it_was_at_that_moment(ana: Staff) -> None:
    case = ana.opens_a_case()
    [provision] = ana.provisions_of(ana.drafts_an_iep(case, "Sasha may use a reader as needed."))
    concern = ana.opens_a_concern(case, provision_id=provision["id"])
    read = ana.takes("read_wording", concern, provision_id=provision["id"], is_clear="yes")
    assert [notice["pointer"] for notice in read["notices"]] == ["/is_clear"]
    ana.patch(f"/provisions/{provision['id']}", {"text": "An aide reads every test to Sasha."})
    kept = ana.get(f"/concerns/{concern['id']}")["history"][0]["facts"]["wording"]
    assert kept["text"] == "Sasha may use a reader as needed."
    assert {"may use", "as needed"} <= {finding["term"] for finding in kept["findings"]}


def test_evidence_is_looked_up_and_is_of_the_same_case(ana: Staff) -> None:
    case = ana.opens_a_case()
    concern, other = ana.opens_a_concern(case), ana.opens_a_concern(ana.opens_a_case())
    document, mine, theirs = ana.uploads(case), observed(ana, concern), observed(ana, other)
    taken = ana.takes("add_evidence", concern, observation_ids=[mine["id"]], document_ids=[document["id"]])
    assert taken["history"][0]["facts"] == {"observation_ids": [mine["id"]], "document_ids": [document["id"]]}
    answer = ana.ask(
        "POST",
        f"/concerns/{concern['id']}/steps",
        {"step": "add_evidence", "observation_ids": [mine["id"], theirs["id"]]},
    )
    assert answer.get_json()["errors"] == [{"pointer": "/observation_ids/1", "detail": "This belongs to another case."}]
    assert "add_evidence" in {step["name"] for step in taken["next_steps"]}


def test_what_another_told_is_a_lead_and_no_ground(ana: Staff) -> None:
    concern = ana.opens_a_concern(ana.opens_a_case())
    told = observed(ana, concern, weight="second_hand", concern_id=concern["id"])
    verify = {"step": "verify", "finding": "No reader.", "skip_reason": "A classmate's mother said so."}
    for named in ({}, {"observation_ids": [told["id"]]}):
        answer = ana.ask("POST", f"/concerns/{concern['id']}/steps", {**verify, **named})
        assert [error["pointer"] for error in answer.get_json()["errors"]] == ["/observation_ids"]
    seen = observed(ana, concern)
    less = {"corrects_id": seen["id"], "weight": "second_hand"}
    corrected = observed(ana, concern, **less)
    answer = ana.ask("POST", f"/concerns/{concern['id']}/steps", {**verify, "observation_ids": [seen["id"]]})
    assert answer.status_code == 422, "its correction is what stands"
    seen = observed(ana, concern, corrects_id=corrected["id"], weight="first_hand")
    assert ana.takes(**verify, concern=concern, observation_ids=[told["id"], seen["id"]])["state"] == "verified"


def test_a_lead_or_what_was_said_in_mediation_is_no_ground_however_it_came_in(ana: Staff) -> None:
    case = ana.opens_a_case()
    verify = {"step": "verify", "finding": "No reader.", "skip_reason": "x"}
    attached, confidential = ana.opens_a_concern(case), ana.opens_a_concern(case)
    ana.takes("add_evidence", attached, observation_ids=[observed(ana, attached, weight="second_hand")["id"]])
    observed(ana, confidential, concern_id=confidential["id"], is_confidential=True)
    for concern in (attached, confidential):
        answer = ana.ask("POST", f"/concerns/{concern['id']}/steps", verify)
        assert [error["pointer"] for error in answer.get_json()["errors"]] == ["/observation_ids"]


def test_what_is_attached_as_evidence_moves_the_limits(ana: Staff) -> None:
    case = ana.opens_a_case()
    concern, other = ana.opens_a_concern(case), ana.opens_a_concern(case)
    decided = {"route": "state_complaint", "client_decided_on": "2026-10-05", "reason": "x", "skip_reason": "x"}
    made = ana.takes("escalate", concern, **decided)["history"][0]["facts"]["proceeding_id"]
    early = observed(ana, concern, observed_on="2026-09-10")
    taken = ana.takes("add_evidence", concern, observation_ids=[early["id"]])
    assert taken["limits"]["since_on"] == "2026-09-10"
    [deadline] = ana.get(f"/proceedings/{made}")["deadlines"]
    assert (deadline["event_on"], deadline["due_on"]) == ("2026-09-10", "2027-09-10")
    [notice] = taken["notices"]
    assert notice["pointer"] == "/observation_ids"
    assert notice["detail"].endswith("2027-10-02 became 2027-09-10.")
    earlier = observed(ana, concern, corrects_id=early["id"], observed_on="2026-09-03")
    assert earlier["concern_id"] == concern["id"]
    assert ana.get(f"/concerns/{concern['id']}")["limits"]["since_on"] == "2026-09-03"
    assert ana.get(f"/proceedings/{made}")["deadlines"][0]["due_on"] == "2027-09-03"
    assert ana.get(f"/concerns/{other['id']}")["limits"]["since_on"] == "2026-10-02"


def test_when_it_was_noticed_is_put_right_and_the_limits_count_from_there(
    ana: Staff, sam: Staff, olga: Staff, clock: Clock
) -> None:
    case = ana.opens_a_case()
    concern = ana.opens_a_concern(case, noticed_on="2026-09-14")
    planned = ana.post("/proceedings", {"case_id": case["id"], "kind": "state_complaint", "concern_id": concern["id"]})
    own = ana.post("/proceedings", {**_about(concern), "kind": "due_process", "since_on": "2026-09-01"})
    place = f"/concerns/{concern['id']}/correct"
    for said, pointer in (
        ({"noticed_on": "2026-09-21"}, "/reason"),
        ({"noticed_on": "2026-09-21", "reason": "  "}, "/reason"),
        ({"noticed_on": "2026-10-06", "reason": "A slip."}, "/noticed_on"),
        ({"noticed_on": "2026-09-14", "reason": "A slip."}, "/noticed_on"),
    ):
        answer = ana.ask("POST", place, said)
        assert (answer.status_code, [error["pointer"] for error in answer.get_json()["errors"]]) == (422, [pointer])

    clock.move(minutes=1)
    right = {"noticed_on": "2026-09-21", "reason": "The log has it a week later."}
    assert sam.ask("POST", place, right).status_code == 403, "a limit may move to a later day"
    by_hand = {**_about(concern), "rule": "state_complaint_limit", "event": "violation_occurred", "event_on": "2026-09-14"}
    kept = ana.post("/deadlines", by_hand)
    later = olga.post(place, right)
    assert (later["noticed_on"], later["limits"]["since_on"]) == ("2026-09-21", "2026-09-21")
    assert later["limits"]["state_complaint_limit"]["due_on"] == "2027-09-21"
    assert [notice["detail"] for notice in later["notices"]] == [
        "Last day for a state complaint: 2027-09-14 became 2027-09-21.",
        "Last day for a state complaint: one that is kept by hand counts from 2026-09-14 still. Recount it.",
    ]
    ana.post(f"/deadlines/{kept['id']}/waive", {"waived_on": "2026-10-05"})
    [row] = later["history"]
    assert (row["step"], row["by_id"], row["from_state"], row["to_state"]) == (
        "correct_date",
        olga.id,
        "suspected",
        "suspected",
    )
    assert row["facts"] == {
        "noticed_on": "2026-09-21",
        "instead_of": "2026-09-14",
        "reason": "The log has it a week later.",
    }
    clock.move(minutes=1)
    earlier = ana.post(place, {"noticed_on": "2026-08-31", "reason": "The parent's calendar has it."})
    assert earlier["limits"]["due_process_limit"]["due_on"] == "2028-08-31"
    # One said for a proceeding by itself moves to what is earlier, and never to what is later.
    due = {
        one["rule"]: (one["due_on"], [warning["title"][-10:] for warning in ana.get(f"/deadlines/{one['id']}")["reminders"]])
        for one in ana.get(f"/deadlines?concern_id={concern['id']}&status=upcoming")["items"]
    }
    assert due == {
        "state_complaint_limit": ("2027-08-31", ["2027-08-31"] * 2),
        "due_process_limit": ("2028-08-31", ["2028-08-31"] * 2),
    }
    assert [row["facts"]["on"] for row in ana.get(f"/proceedings/{planned['id']}")["history"]] == ["2026-09-21", "2026-08-31"]
    assert [row["facts"]["on"] for row in ana.get(f"/proceedings/{own['id']}")["history"]] == ["2026-08-31"]
    told = [event["detail"] for event in ana.everything(f"/cases/{case['id']}/timeline?kind=concern_step")]
    assert told == [
        "2026-09-14 → 2026-09-21: The log has it a week later.",
        "2026-09-21 → 2026-08-31: The parent's calendar has it.",
    ]
    # What was filed in time stays so; and what is on record besides still counts.
    ana.takes("add_evidence", concern, observation_ids=[observed(ana, concern, observed_on="2026-08-24")["id"]])
    last = ana.post(place, {"noticed_on": "2026-09-28", "reason": "The calendar was another child's."})
    assert (last["limits"]["since_on"], last["notices"]) == ("2026-08-24", [])


def _about(concern: object) -> object:
    return {"case_id": concern["case_id"], "concern_id": concern["id"]}


def test_the_tasks_of_a_meeting_are_due_on_their_dates(ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    concern = verified(ana, case)
    request = ana.asks_the_team(case, "Please set a meeting.")
    ana.takes("call_team_meeting", concern, communication_id=request["id"], agenda="The reader.", skip_reason="Urgent.")
    clock.move(days=7)
    held = ana.takes(
        "hold_team_meeting",
        concern,
        held_on="2026-10-12",
        attendees=["Terry Thompson", "Petra Petrov"],
        excusals=[{"member": "The SLP", "area_discussed": "yes", "parent_consent_on": "2026-10-09"}],
        what_was_said="The principal orders a reader.",
        outcome="agreed",
        decisions=["A reader from November on."],
        tasks=[{"what": "Order the reader", "owner": "Terry Thompson", "by_on": "2026-10-19"}],
    )
    assert [notice["pointer"] for notice in held["notices"]] == ["/excusals/0/written_input_on"]
    [task] = [row for row in held["planned"] if row["title"] == "A task of the meeting is due"]
    assert (task["due_at"], task["note"]) == ("2026-10-19T16:00:00Z", "Order the reader (Terry Thompson)")


def test_the_ledger_of_copies_is_shown_against_the_answers(ana: Staff) -> None:
    case = ana.opens_a_case()
    ana.adds_a_team_member(case)
    ana.puts_in_force(ana.drafts_an_iep(case))
    concern = ana.opens_a_concern(case)
    ana.takes("escalate", concern, route="mediation", client_decided_on="2026-10-05", reason="x", skip_reason="x")
    yes = dict.fromkeys(("every_teacher_has_copy", "each_knows_their_part", "each_has_what_they_need"), "yes")
    done = ana.takes("resolve", concern, outcome="A reader is there.", resolved_on="2026-10-05", **yes)
    assert [notice["pointer"] for notice in done["notices"]] == ["/every_teacher_has_copy", "/each_knows_their_part"]
    assert "Terry Thompson" in done["notices"][0]["detail"]


def test_an_escalation_has_its_proceeding_and_its_limits(ana: Staff) -> None:
    concern = ana.opens_a_concern(ana.opens_a_case())
    early = observed(ana, concern, concern_id=concern["id"])
    limits = ana.get(f"/concerns/{concern['id']}")["limits"]
    assert limits["since_on"] == early["observed_on"] == "2026-09-28"
    assert limits["state_complaint_limit"]["due_on"] == "2027-09-28"
    decided = {"client_decided_on": "2026-10-05", "reason": "No answer."}
    escalated = ana.takes("escalate", concern, route="state_complaint", **decided, skip_reason="The year runs out.")
    first = ana.get(f"/proceedings/{escalated['history'][0]['facts']['proceeding_id']}")
    assert (first["kind"], first["concern_id"]) == ("state_complaint", concern["id"])
    changed = ana.takes("change_route", concern, route="mediation", client_decided_on="2026-10-06")
    assert ana.get(f"/proceedings/{changed['history'][-1]['facts']['proceeding_id']}")["kind"] == "mediation"
