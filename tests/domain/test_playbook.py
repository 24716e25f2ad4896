"""The playbook, told as an advocate would: what may be done, what it asks for, what it plans and settles."""

from contextlib import suppress
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.playbook import (
    CAUSES,
    OPEN_STATES,
    OPENING,
    STATES,
    STEPS,
    FactsInvalid,
    SkipReasonMissing,
    StepNotAllowed,
    is_open,
    next_steps,
    start,
    take,
)
from tests.walks import each

AN_ID = "01936f2e-7c1a-7000-8000-000000000001"
EXAMPLES = {
    "text": "Extra time in math",
    "date": "2026-11-24",
    "instant": "2026-11-24T10:00:00-06:00",
    "uuid": AN_ID,
    "text_list": ["Ms. Rivera"],
    "date_list": ["2026-12-01"],
    "uuid_list": [AN_ID],
}
CHILD_AND_WORDING = ("ask_child", "read_wording")
EVERYTHING = tuple(STEPS)


def answers(fields, **chosen):
    """Every question that is asked, answered with an example or with what was chosen."""
    facts = dict(chosen)
    for field in fields:
        if field.name not in facts and field.is_asked(facts):
            facts[field.name] = example(field)
    return facts


def example(field):
    if field.type == "objects":
        return [answers(field.fields)]
    return field.choices[0] if field.choices else EXAMPLES[field.type]


def taken(state, step, done=EVERYTHING, **chosen):
    return take(state, step, answers(STEPS[step].fields, **chosen), done)


def refused(state, step, facts, done=EVERYTHING):
    with pytest.raises(FactsInvalid) as refusal:
        take(state, step, facts, done)
    return {error["pointer"]: error["detail"] for error in refusal.value.extra["errors"]}


def keys(outcome):
    return [plan.key for plan in outcome.plans]


def test_a_suspicion_that_is_right_goes_from_the_child_to_the_teacher_the_team_and_a_quiet_end():
    state = start(answers(OPENING.fields)).state
    road = [
        ("ask_child", "suspected", {}),
        ("read_wording", "suspected", {}),
        ("verify", "verified", {}),
        ("talk_to_teacher", "teacher_contacted", {}),
        ("name_cause", "missing_resource", {"cause": "missing_resource"}),
        ("contact_team", "team_contacted", {}),
        ("agree_fix", "agreed", {"fix": "resource"}),
        ("confirm_in_writing", "agreed", {}),
        ("start_monitoring", "monitoring", {}),
        ("check_in", "monitoring", {}),
        ("resolve", "resolved", {}),
    ]
    done = []
    for step, stands, chosen in road:
        outcome = taken(state, step, done, **chosen)
        assert (outcome.state, outcome.skipped) == (stands, False)
        state, done = outcome.state, [*done, step]


def test_a_refusal_goes_by_a_meeting_and_the_written_policy_to_the_route_the_parent_chose():
    state = "refusal"
    for step, stands in [
        ("call_team_meeting", "team_meeting"),
        ("hold_team_meeting", "team_meeting"),
        ("request_policy", "policy_requested"),
        ("receive_policy", "policy_requested"),
        ("escalate", "escalated"),
        ("change_route", "escalated"),
        ("resolve", "resolved"),
    ]:
        outcome = taken(state, step)
        assert (outcome.state, outcome.skipped) == (stands, False)
        state = outcome.state


def test_opening_a_concern_plans_to_ask_the_child():
    [plan] = start(answers(OPENING.fields)).plans
    assert (plan.key, plan.title, plan.after) == ("ask_the_child", "Ask the child, and read the wording", 3)
    due = plan.follow_up(datetime(2026, 11, 24, 16, tzinfo=UTC), ZoneInfo("America/Chicago")).due_at
    assert due == datetime(2026, 11, 30, 15, tzinfo=UTC)


def test_to_verify_without_the_child_and_the_wording_one_says_why():
    facts = {"finding": "Time and a half was promised; the bell ends the test."}
    for done in [(), ("ask_child",), ("read_wording",)]:
        with pytest.raises(SkipReasonMissing):
            take("suspected", "verify", facts, done)
    explained = take("suspected", "verify", facts | {"skip_reason": "The teacher told us so herself."})
    assert (explained.state, explained.skipped) == ("verified", True)
    assert not take("suspected", "verify", facts, CHILD_AND_WORDING).skipped


def test_to_watch_before_it_is_confirmed_in_writing_one_says_why():
    facts = answers(STEPS["start_monitoring"].fields)
    with pytest.raises(SkipReasonMissing):
        take("agreed", "start_monitoring", facts)
    assert take("agreed", "start_monitoring", facts, ["confirm_in_writing"]).state == "monitoring"


def test_a_step_out_of_turn_lists_all_that_is_missing_at_once():
    assert set(refused("suspected", "talk_to_teacher", {"our_understanding": " "})) == {
        "/communication_id",
        "/our_understanding",
        "/why_we_ask",
        "/skip_reason",
    }


def test_a_step_that_is_not_listed_names_those_that_are():
    with pytest.raises(StepNotAllowed) as refusal:
        take("closed", "resolve", {})
    assert refusal.value.extra == {"state": "closed", "allowed": ["add_evidence", "reopen"]}
    with pytest.raises(StepNotAllowed):
        take("suspected", "sue_them", {})


def test_the_steps_in_turn_come_first_and_each_says_whether_a_reason_is_needed():
    steps = next_steps("suspected", CHILD_AND_WORDING)
    assert [step.name for step in steps] == [
        "ask_child",
        "read_wording",
        "verify",
        "find_unfounded",
        "add_evidence",
        "withdraw",
        "close",
        "talk_to_teacher",
        "contact_team",
        "escalate",
    ]
    assert [step.name for step in steps if step.needs_skip_reason] == ["talk_to_teacher", "contact_team", "escalate"]
    assert next(step for step in next_steps("suspected") if step.name == "verify").needs_skip_reason


def test_a_missing_resource_is_asked_what_is_needed_and_a_misunderstanding_is_not():
    said = {"cause": "missing_resource", "teacher_said": "Nobody has a quiet room at two."}
    assert refused("teacher_contacted", "name_cause", said) == {"/needs": "This is required."}
    space = {"needs": [{"kind": "space", "what": "A quiet room"}]}
    assert take("teacher_contacted", "name_cause", said | space).state == "missing_resource"
    assert set(refused("teacher_contacted", "name_cause", said | space | {"cause": "misunderstanding"})) == {"/needs"}
    wrong = {"needs": [{"kind": "money"}, "a room", {"kind": "space", "what": "A room", "why": "noise"}]}
    assert set(refused("teacher_contacted", "name_cause", said | wrong)) == {
        "/needs/0/kind",
        "/needs/0/what",
        "/needs/1",
        "/needs/2/why",
    }


def test_a_promised_resource_is_looked_for_on_its_day_and_an_amendment_after_five():
    resource = taken("team_contacted", "agree_fix", fix="resource", by_on="2026-12-24")
    assert [(plan.key, plan.after, plan.on) for plan in resource.plans] == [
        ("confirm_the_agreement", 1, None),
        ("is_the_promise_kept", 0, date(2026, 12, 24)),
    ]
    due = resource.plans[1].follow_up(datetime(2026, 11, 24, tzinfo=UTC), ZoneInfo("America/Chicago"))
    assert due.due_at == datetime(2026, 12, 24, 15, tzinfo=UTC)
    amendment = taken("team_contacted", "agree_fix", fix="amendment")
    assert keys(amendment) == ["confirm_the_agreement", "has_the_amendment_come"]
    assert keys(taken("team_contacted", "agree_fix", fix="clarification")) == ["confirm_the_agreement"]


def test_a_meeting_that_was_called_settles_the_asking_of_the_team_and_starts_its_own_ladder():
    outcome = taken("team_contacted", "call_team_meeting")
    assert outcome.ladder == "meeting"
    assert outcome.settles.covers("follow_up_2", "team")
    assert not outcome.settles.covers("follow_up_2", "teacher")
    assert not outcome.settles.covers("is_it_happening")


def test_an_agreement_settles_every_ladder_but_no_reminder_of_its_own():
    settles = taken("team_contacted", "agree_fix").settles
    assert all(settles.covers("follow_up_1", ladder) for ladder in ("team", "teacher", "meeting", "policy"))
    assert not settles.covers("write_to_the_team")
    assert taken("monitoring", "resolve").settles.covers("write_to_the_team")


def test_what_does_not_work_goes_back_to_the_team_and_is_chased_if_it_was_written():
    facts = {"what_happens": "No reader on Fridays", "since_on": "2026-11-20"}
    assert take("monitoring", "report_not_working", facts).ladder is None
    written = take("monitoring", "report_not_working", facts | {"communication_id": AN_ID})
    assert (written.state, written.ladder) == ("team_contacted", "team")


def test_a_reopened_concern_gets_the_reminder_of_where_it_stands():
    for state, stands, reminder in [
        ("unfounded", "suspected", "ask_the_child"),
        ("closed", "suspected", "ask_the_child"),
        ("resolved", "verified", "talk_to_the_teacher"),
    ]:
        outcome = take(state, "reopen", {"reason": "It began again.", "noticed_on": "2026-11-20"})
        assert (outcome.state, keys(outcome)) == (stands, [reminder])


def test_evidence_is_welcome_in_every_state_if_there_is_any():
    for state in STATES:
        assert take(state, "add_evidence", {"document_ids": [AN_ID]}).state == state
    assert set(refused("closed", "add_evidence", {"observation_ids": []})) == {"/observation_ids", "/document_ids"}


def test_closing_takes_a_sentence_and_one_of_the_known_reasons():
    assert set(refused("verified", "close", {"reason": "bored"})) == {"/reason", "/note"}


@each(
    ("facts", "pointer"),
    [
        ({"occurred_at": "2026-11-24T10:00:00"}, "/occurred_at"),
        ({"occurred_at": "2026-11-24"}, "/occurred_at"),
        ({"occurred_at": "0001-01-01T00:00:00+23:00"}, "/occurred_at"),
        ({"occurred_at": "2026-11-24t10:00:00z"}, "/occurred_at"),
        ({"occurred_at": 1}, "/occurred_at"),
        ({"note": "nul \x00"}, "/note"),
        ({"note": "half a pair \ud800"}, "/note"),
        ({"note": "x" * 10_001}, "/note"),
        ({"note": ["a list"]}, "/note"),
        ({"document_ids": ["not an id"]}, "/document_ids/0"),
        ({"document_ids": [AN_ID] * 101}, "/document_ids"),
        ({"finding": True}, "/finding"),
        ({"finding": None}, "/finding"),
        ({"a/b~c": 1}, "/a~1b~0c"),
        ({"cause": "refusal"}, "/cause"),
    ],
)
def test_what_cannot_be_taken_is_said_by_its_place(facts, pointer):
    assert set(refused("suspected", "verify", {"finding": "So it is."} | facts)) == {pointer}


@each("day", ["20261124", "2026-W10-1", "2026-02-30", "1899-12-31", "2201-01-01", "today", 20261124])
def test_a_date_is_written_one_way(day):
    facts = answers(STEPS["check_in"].fields, checked_on=day)
    assert set(refused("monitoring", "check_in", facts)) == {"/checked_on"}


@each("at", ["2026-11-24T10:00:00Z", "2026-11-24T10:00:00.123456789-06:00"])
def test_an_instant_says_its_offset(at):
    assert take("closed", "add_evidence", {"occurred_at": at, "document_ids": [AN_ID]}).facts["occurred_at"] == at


def test_one_where_a_list_is_asked_is_a_list_of_one():
    outcome = taken("agreed", "start_monitoring", check_ins={"party": "teacher", "every": "week"})
    assert outcome.facts["check_ins"] == [{"party": "teacher", "every": "week"}]


@given(some.sampled_from(STATES), some.data())
def test_every_step_on_offer_can_be_taken_with_its_own_form_and_leads_to_a_known_state(state, data):
    done = data.draw(some.lists(some.sampled_from(list(STEPS))))
    offered = data.draw(some.sampled_from(next_steps(state, done)))
    required = answers([field for field in offered.fields if field.required])
    if offered.name == "add_evidence":
        required["document_ids"] = [AN_ID]
    for facts in (required, answers(offered.fields)):
        outcome = take(state, offered.name, facts, done)
        assert outcome.state in STATES
        assert outcome.skipped == offered.needs_skip_reason
        assert len(set(keys(outcome))) == len(keys(outcome))


@given(some.sampled_from(STATES), some.sampled_from(list(STEPS)))
def test_what_is_not_on_offer_is_refused(state, step):
    if step not in {offered.name for offered in next_steps(state)}:
        with pytest.raises(StepNotAllowed):
            taken(state, step)


@given(
    some.sampled_from(STATES),
    some.sampled_from(list(STEPS)),
    some.dictionaries(
        some.sampled_from(sorted({field.name for step in STEPS.values() for field in step.fields})) | some.text(),
        some.recursive(
            some.none() | some.booleans() | some.integers() | some.text(),
            lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
        ),
    ),
)
def test_no_answer_however_odd_is_anything_but_taken_or_refused(state, step, facts):
    with suppress(StepNotAllowed, FactsInvalid):
        take(state, step, facts)


def test_the_table_is_whole():
    assert len(STEPS) == 23
    assert len(STATES) == 16
    assert {state for state in STATES if not is_open(state)} == {"unfounded", "resolved", "closed"}
    named = {state for step in STEPS.values() for state in (*step.states, *step.skip_states)}
    assert named == set(STATES)
    planned = {row.key for step in (OPENING, *STEPS.values()) for row in step.reminders}
    assert {key for step in STEPS.values() for key in step.settles.keys} <= planned
    for step in STEPS.values():
        assert not set(step.states) & set(step.skip_states), step.name
        assert set(step.expects) <= set(STEPS)
        assert step.guidance.endswith((".", ")"))
        assert all(field.label for field in step.fields)


def test_every_open_concern_can_be_asked_about_withdrawn_closed_and_escalated():
    for state in OPEN_STATES:
        names = {step.name for step in next_steps(state)}
        assert {"ask_child", "read_wording", "add_evidence", "withdraw", "close"} <= names
        assert ("escalate" in names) == (state != "escalated")


def test_a_cause_can_be_named_anew():
    for cause in CAUSES:
        assert taken("misunderstanding", "name_cause", cause=cause).state == cause


def test_what_was_confirmed_is_the_agreement_of_that_time():
    facts = answers(STEPS["start_monitoring"].fields)
    again = ["agree_fix", "confirm_in_writing", "start_monitoring", "report_not_working", "agree_fix"]
    with pytest.raises(SkipReasonMissing):
        take("agreed", "start_monitoring", facts, again)
    assert not take("agreed", "start_monitoring", facts, [*again, "confirm_in_writing"]).skipped


def test_each_task_of_a_meeting_has_a_reminder_on_its_date_that_names_no_child():
    task = {"what": "Order the reader for Sasha", "owner": "Terry Thompson"}
    tasks = [{**task, "by_on": "2026-12-01"}, {**task, "by_on": "2026-12-08"}]
    outcome = taken("team_meeting", "hold_team_meeting", tasks=tasks)
    planned = [(plan.title, plan.on, plan.note) for plan in outcome.plans if plan.on]
    assert planned == [
        ("A task of the meeting is due", date(2026, 12, 1), "Order the reader for Sasha (Terry Thompson)"),
        ("A task of the meeting is due", date(2026, 12, 8), "Order the reader for Sasha (Terry Thompson)"),
    ]
    assert keys(taken("team_meeting", "hold_team_meeting", tasks=[])) == ["confirm_the_meeting"]


def test_what_is_missing_may_have_a_name_and_a_date():
    said = {"cause": "missing_resource", "teacher_said": "There is no reader."}
    needs = [{"kind": "staffing", "what": "A reader", "who": "The principal", "by_on": "2026-12-01"}]
    assert take("teacher_contacted", "name_cause", said | {"needs": needs}).state == "missing_resource"
