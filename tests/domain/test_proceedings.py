"""The table of proceedings: every step leads somewhere, every clock counts, and what a complaint must say is asked for."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain import proceedings
from domain.deadline_rules import RULES
from domain.deadlines import check
from domain.proceedings import CLOCKS, ENDED, KINDS, PARTS, STATES, STEPS, WHERE_IT_STOOD, ComplaintIncomplete, Proceeding
from domain.refusal import Refusal
from domain.step import SAME, FactsInvalid

# What our own words never say (we show dates and shares, and claim nothing).
NEVER = ("violat", "illegal", "you must", "failed", "you will win")
COMPLETE = {
    "state_complaint": {
        **dict.fromkeys(("statement", "facts", "signature", "contact", "child_name", "child_address", "school"), "Said."),
        "problem": "Said.",
        "proposed_resolution": "Said.",
        "copy_to_school": True,
    },
    "due_process": {
        **dict.fromkeys(("child_name", "child_address", "school", "problem", "proposed_resolution", "facts"), "Said."),
        "copy_to_other_party": True,
        "copy_to_state": True,
    },
    "mediation": {},
}


def after(kind: str, *steps: tuple[str, str] | tuple[str, str, dict[str, Any]], **more: Any) -> Proceeding:
    """A proceeding after these steps: name, day, and what else they say."""
    standing = Proceeding(kind, complaint=COMPLETE[kind], **more)
    for name, day, *rest in steps:
        said: dict[str, Any] = {**required(kind, name), **(rest[0] if rest else {})}
        outcome = proceedings.take(standing, name, {**said, "occurred_on": day})
        standing = replace(standing, state=outcome.state, facts=outcome.facts, outcome=outcome.outcome)
    return standing


def required(kind: str, step: str) -> dict[str, Any]:
    """Something for all that a step requires."""
    plain: dict[str, Any] = {"text": "Said.", "date": "2026-12-01", "text_list": ["Petra"]}
    asked = [field for field in STEPS[kind][step].fields if field.required]
    return {field.name: field.choices[0] if field.type == "choice" else plain[field.type] for field in asked}


def due(standing: Proceeding) -> dict[str, str | None]:
    """The date of each deadline that runs, or why it has none."""
    found = {}
    for one in proceedings.running(standing):
        answer = check(one.rule, one.event_on, inputs=one.inputs)
        day = answer.due_on or answer.earliest_on
        found[one.rule] = day.isoformat() if day else answer.reason
    return found


def met(standing: Proceeding) -> dict[str, date]:
    return {one.rule: one.met_on for one in proceedings.running(standing) if one.met_on}


@pytest.mark.parametrize("kind", KINDS)
def test_every_step_leads_from_states_of_its_kind_and_every_state_leads_to_an_end(kind: str) -> None:
    leads = {state: set() for state in STATES}  # type: dict[str, set[str]]
    for step in STEPS[kind].values():
        for state in step.states:
            # An end that was a mistake leads back: it is looked at by itself.
            if step.to != WHERE_IT_STOOD:
                leads[state].add(state if step.to == SAME else step.to)
    reached, new = {"planned"}, {"planned"}
    while new:
        new = {to for state in new for to in leads[state]} - reached
        reached |= new
    assert ENDED in reached
    for state in reached - {ENDED}:
        goes, more = {state}, {state}
        while more:
            more = {to for one in more for to in leads[one]} - goes
            goes |= more
        assert ENDED in goes, state
    assert not leads[ENDED]


@pytest.mark.parametrize("kind", KINDS)
def test_every_clock_is_a_rule_counted_from_a_fact_that_some_step_makes(kind: str) -> None:
    made = {"since_on", "extension", "review_extension"}
    for step in STEPS[kind].values():
        made |= {step.marks or "", *step.keeps, *step.sets}
    for clock in CLOCKS[kind]:
        assert {*clock.counts_from, *clock.inputs.values(), *clock.met_by} <= made, clock.rule
        assert clock.rule in RULES
        taken = {one.name for row in RULES[clock.rule].rows for one in RULES[clock.rule].inputs_of(row)}
        assert set(clock.governs) <= taken
        assert set(clock.states) <= set(STATES)


@pytest.mark.parametrize("kind", KINDS)
def test_guidance_says_something_and_claims_nothing(kind: str) -> None:
    for step in STEPS[kind].values():
        words = " ".join((step.guidance, *(field.label for field in step.fields))).lower()
        assert len(step.guidance) > 20
        assert not [word for word in NEVER if word in words], step.name


def test_any_step_with_what_it_requires_is_taken_or_refused_in_words() -> None:
    for kind in KINDS:
        for expedited in (False, True):
            for state in STATES:
                standing = Proceeding(kind, state, expedited, complaint=COMPLETE[kind], facts={"filed_on": "2026-10-01"})
                for name in STEPS[kind]:
                    said = {**required(kind, name), "occurred_on": "2026-12-01"}
                    try:
                        lands = proceedings.take(standing, name, said).state
                    except Refusal as refused:
                        lands = state if str(refused) else "nowhere"
                    assert lands in STATES


def test_a_state_complaint_has_sixty_days_from_its_receipt_and_a_year_for_what_was_found() -> None:
    standing = after("state_complaint", ("file", "2026-10-01"), ("receive", "2026-10-05"), facts={"since_on": "2026-09-14"})
    assert due(standing) == {"state_complaint_limit": "2027-09-14", "state_complaint_decision": "2026-12-04"}
    assert met(standing) == {"state_complaint_limit": date(2026, 10, 5)}
    extended = after(
        "state_complaint",
        ("file", "2026-10-01"),
        ("receive", "2026-10-05"),
        ("extend", "2026-11-20", {"to_on": "2026-12-18", "because": "mediation_agreed"}),
    )
    assert due(extended)["state_complaint_decision"] == "2026-12-18"
    for finding, runs in (("noncompliance_found", True), ("partly_found", True), ("nothing_found", False)):
        decided = after(
            "state_complaint", ("file", "2026-10-01"), ("receive", "2026-10-05"), ("decide", "2026-12-02", {"finding": finding})
        )
        assert due(decided).get("noncompliance_correction") == ("2027-12-02" if runs else None)
        assert met(decided)["state_complaint_decision"] == date(2026, 12, 2)


def test_the_days_of_due_process_follow_its_steps() -> None:
    filed = (("file", "2026-10-01"), ("receive", "2026-10-05"))
    standing = after("due_process", *filed)
    assert due(standing) == {
        "due_process_response": "2026-10-15",
        "sufficiency_challenge": "2026-10-20",
        "resolution_meeting": "2026-10-20",
        "resolution_default": "2026-10-21",
        "resolution_period": "2026-11-04",
        "hearing_decision": "2026-12-19",
    }
    waived = due(after("due_process", *filed, ("waive_resolution_meeting", "2026-10-09")))
    assert (waived["resolution_meeting"], waived["hearing_decision"]) == ("waived", "2026-11-23")
    assert "resolution_period" not in waived
    none_possible = after(
        "due_process", *filed, ("hold_resolution_meeting", "2026-10-14"), ("agree_that_none_is_possible", "2026-10-20")
    )
    assert due(none_possible)["hearing_decision"] == "2026-12-04"
    assert met(none_possible)["resolution_meeting"] == date(2026, 10, 14)
    amended = after("due_process", *filed, ("hold_resolution_meeting", "2026-10-14"), ("amend", "2026-10-26"))
    assert (due(amended)["resolution_meeting"], due(amended)["hearing_decision"]) == ("2026-11-10", "2027-01-09")
    assert met(amended) == {}
    absent = after("due_process", *filed, ("parent_is_absent", "2026-10-14"))
    assert due(absent)["resolution_period"] == "paused"
    assert due(after("due_process", *filed, ("challenge_sufficiency", "2026-10-12")))["sufficiency_ruling"] == "2026-10-17"
    heard = after("due_process", *filed, ("set_hearing", "2026-11-10", {"hearing_first_on": "2026-12-01"}))
    # Thanksgiving is no business day.
    assert (due(heard)["evidence_disclosure"], due(heard)["complaint_amendment"]) == ("2026-11-23", "2026-11-26")


def test_a_resolution_agreement_can_be_voided_for_three_business_days_and_then_it_goes_on() -> None:
    filed = (("file", "2026-10-01"), ("receive", "2026-10-05"))
    settled = after("due_process", *filed, ("sign_resolution_agreement", "2026-10-14"))
    assert due(settled)["settlement_void"] == "2026-10-19"
    assert "hearing_decision" not in due(settled)
    void = after("due_process", *filed, ("sign_resolution_agreement", "2026-10-14"), ("void_agreement", "2026-10-16"))
    assert (due(void)["hearing_decision"], "settlement_void" in due(void)) == ("2026-12-19", False)
    mediated = after("due_process", *filed, ("mediate_instead", "2026-10-12"), ("sign_resolution_agreement", "2026-10-14"))
    assert "settlement_void" not in due(mediated), "what mediation agrees on has no such days"


def test_an_expedited_complaint_has_clocks_of_its_own() -> None:
    filed = (("file", "2026-10-01"), ("receive", "2026-10-02"))
    standing = after("due_process", *filed, is_expedited=True)
    assert due(standing) == {
        "expedited_hearing": "2026-10-29",
        "expedited_resolution_meeting": "2026-10-09",
        "expedited_resolution_period": "2026-10-17",
    }
    held = after("due_process", *filed, ("hold_hearing", "2026-10-21"), is_expedited=True)
    assert due(held)["expedited_decision"] == "2026-11-04"
    offered = [step.name for step in proceedings.next_steps(standing)]
    assert not {"amend", "challenge_sufficiency", "extend_decision"} & set(offered)


def test_the_days_for_a_civil_action_stop_while_the_state_reviews_and_count_from_its_decision() -> None:
    steps = (("file", "2026-10-01"), ("receive", "2026-10-05"), ("decide", "2026-12-01"))
    assert due(after("due_process", *steps))["civil_action"] == "2027-03-01"
    review = after("due_process", *steps, ("request_review", "2026-12-10"))
    assert (due(review)["state_review_decision"], "civil_action" in due(review)) == ("2027-01-09", False)
    decided = after("due_process", *steps, ("request_review", "2026-12-10"), ("decide_review", "2027-01-05"))
    assert due(decided)["civil_action"] == "2027-04-05"


def test_what_the_school_files_is_answered_by_the_parent_and_has_no_resolution_period() -> None:
    filed = (("file", "2026-10-01"), ("receive", "2026-10-05"))
    standing = after("due_process", *filed, filed_by="school")
    assert set(due(standing)) == {"due_process_response", "sufficiency_challenge", "hearing_decision"}
    assert due(standing)["hearing_decision"] == "ask_counsel"
    [response] = [one for one in proceedings.running(standing) if one.rule == "due_process_response"]
    assert check(response.rule, response.event_on, inputs=response.inputs).by == "parent"


def test_a_day_that_was_wrong_is_put_right_and_all_that_counts_from_it_follows() -> None:
    filed = (("file", "2026-10-01"), ("receive", "2026-10-05"))
    right = after("state_complaint", *filed, ("correct_date", "2026-10-20", {"what": "received_on", "on": "2026-10-07"}))
    assert due(right)["state_complaint_decision"] == "2026-12-06"
    with pytest.raises(FactsInvalid) as refused:
        after("state_complaint", *filed, ("correct_date", "2026-10-20", {"what": "decided_on", "on": "2026-10-07"}))
    assert refused.value.extra["errors"] == [{"pointer": "/what", "detail": "No such day was said yet."}]


def test_every_end_can_be_taken_back_and_leaves_nothing_of_itself() -> None:
    filed = (("file", "2026-10-01"), ("receive", "2026-10-05"))
    tried = {}
    for kind, before in (
        *(("mediation", steps) for steps in ((), (("request", "2026-10-01"), ("agree_to_mediate", "2026-10-02")))),
        *(("state_complaint", steps) for steps in ((), filed, (*filed, ("decide", "2026-10-06")))),
        *(("due_process", steps) for steps in ((), filed, (*filed, ("decide", "2026-10-06")))),
        ("due_process", (*filed, ("sign_resolution_agreement", "2026-10-06"))),
    ):
        standing = after(kind, *before, facts={"since_on": "2026-09-14"})
        for step in proceedings.next_steps(standing):
            if step.to == ENDED:
                ended = after(kind, *before, (step.name, "2026-10-08"), facts={"since_on": "2026-09-14"})
                assert ended.outcome, step.name
                [reopen] = [one.name for one in proceedings.next_steps(ended) if one.name != "correct_date"]
                back = proceedings.take(ended, reopen, {"occurred_on": "2026-10-09", "reason": "It was another case."})
                assert (back.state, back.outcome, back.facts) == (standing.state, standing.outcome, standing.facts)
                tried[kind, standing.state, step.name] = True
    assert len(tried) == 16, sorted(tried)


def test_of_what_was_given_up_only_the_day_that_its_limit_counts_from_is_put_right() -> None:
    gone = after("due_process", ("file", "2026-10-01"), ("withdraw", "2026-10-05"), facts={"since_on": "2026-09-14"})
    earlier = proceedings.take(
        gone, "correct_date", {"what": "since_on", "on": "2026-09-07", "reason": "The log.", "occurred_on": "2026-10-06"}
    )
    assert due(replace(gone, facts=earlier.facts)) == {"due_process_limit": "2028-09-07"}
    with pytest.raises(FactsInvalid) as refused:
        proceedings.take(
            gone, "correct_date", {"what": "filed_on", "on": "2026-09-30", "reason": "The log.", "occurred_on": "2026-10-06"}
        )
    assert refused.value.extra["errors"][0]["pointer"] == "/what"  # type: ignore[index]
    settled = after("due_process", ("file", "2026-10-01"), ("settle", "2026-10-05"))
    assert [step.name for step in proceedings.next_steps(settled)] == ["reopen"]


def test_nothing_is_received_before_it_is_filed() -> None:
    with pytest.raises(FactsInvalid) as refused:
        after("state_complaint", ("file", "2026-10-05"), ("receive", "2026-10-04"))
    assert refused.value.extra["errors"][0]["pointer"] == "/occurred_on"  # type: ignore[index]


@pytest.mark.parametrize("kind", ["state_complaint", "due_process"])
def test_each_part_that_a_complaint_lacks_is_named_with_its_paragraph(kind: str) -> None:
    for part in proceedings.parts(kind, {}):
        complaint = {name: said for name, said in COMPLETE[kind].items() if name != part.name}
        assert [one.name for one in proceedings.missing(kind, complaint)] == [part.name]
        with pytest.raises(ComplaintIncomplete) as refused:
            proceedings.take(Proceeding(kind, complaint=complaint), "file", {"occurred_on": "2026-10-05"})
        errors: Any = refused.value.extra["errors"]
        [error] = errors
        assert error["pointer"] == f"/complaint/{part.name}"
        assert part.citation in error["detail"]
        why = {"occurred_on": "2026-10-05", "incomplete_because": "It was sent by the parent before we came."}
        assert proceedings.take(Proceeding(kind, complaint=complaint), "file", why).state == "filed"
    assert proceedings.missing(kind, {**COMPLETE[kind], "school": "  "})[0].name == "school"


def test_a_homeless_child_has_a_contact_in_place_of_an_address_and_a_systemic_complaint_names_no_child() -> None:
    for kind in ("state_complaint", "due_process"):
        names = {part.name for part in proceedings.parts(kind, {"is_homeless": True})}
        assert "homeless_contact" in names
        assert "child_address" not in names
    systemic = {part.name for part in proceedings.parts("state_complaint", {"is_systemic": True})}
    assert systemic == {"statement", "facts", "signature", "contact", "copy_to_school"}
    assert all(part.citation.startswith("34 CFR 300.") for parts in PARTS.values() for part in parts)
