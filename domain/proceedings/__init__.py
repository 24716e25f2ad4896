"""Mediation, state complaint and due process as one table: states, steps with what each asks for, and the clocks that follow.

A proceeding is a state and its facts, which are dates and answers by name. A step adds facts; which deadlines run, from which
day and with which inputs, is read off the facts and never set by hand. 34 CFR 300.151-153 (state complaint), .506
(mediation), .507-.518 (due process), .532-.533 (expedited).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from domain import fact
from domain.proceedings.clocks import CLOCKS, governed, running
from domain.proceedings.complaint import PARTS, YES_OR_NO_PARTS, ComplaintIncomplete, missing, must_be_complete, parts
from domain.proceedings.due_process import DUE_PROCESS
from domain.proceedings.mediation import MEDIATION
from domain.proceedings.row import (
    ENDED,
    FILED_BY,
    FOLLOWS_CONCERN,
    KINDS,
    OUTCOMES,
    PLANNED,
    SINCE,
    STATES,
    STOOD,
    WHERE_IT_STOOD,
    Outcome,
    Part,
    Proceeding,
    Running,
    Step,
)
from domain.proceedings.state_complaint import STATE_COMPLAINT
from domain.refusal import FieldError
from domain.step import CORRECT, SAME, FactsInvalid, StepNotAllowed

__all__ = [
    "CLOCKS",
    "CORRECT",
    "ENDED",
    "FILED_BY",
    "FOLLOWS_CONCERN",
    "KINDS",
    "OUTCOMES",
    "PARTS",
    "PLANNED",
    "SINCE",
    "STATES",
    "STEPS",
    "STEP_NAMES",
    "TO_COME",
    "WHERE_IT_STOOD",
    "YES_OR_NO_PARTS",
    "ComplaintIncomplete",
    "Outcome",
    "Part",
    "Proceeding",
    "Running",
    "Step",
    "governed",
    "missing",
    "next_steps",
    "parts",
    "running",
    "take",
]

# Of two days the earlier one; and days that may lie in the future when they are said.
IN_ORDER = (
    *((SINCE, "filed_on"), ("filed_on", "received_on"), ("received_on", "decided_on"), ("decided_on", "corrected_on")),
    *(("decided_on", "review_requested_on"), ("review_requested_on", "review_decided_on")),
    ("hearing_first_on", "hearing_last_on"),
)
TO_COME = ("hearing_first_on", "hearing_last_on")


def next_steps(proceeding: Proceeding) -> tuple[Step, ...]:
    """What may be done now, in the table's order."""
    return tuple(step for step in STEPS[proceeding.kind].values() if step.is_allowed(proceeding))


def take(proceeding: Proceeding, step_name: str, given: Mapping[str, object]) -> Outcome:
    """What the step brings about, with facts as JSON values. Raises StepNotAllowed, ComplaintIncomplete or FactsInvalid."""
    step = STEPS[proceeding.kind].get(step_name)
    if step is None or not step.is_allowed(proceeding):
        allowed = [offered.name for offered in next_steps(proceeding)]
        sentence = f"The step {step_name} is not allowed while it is {proceeding.state}; allowed are {', '.join(allowed)}."
        raise StepNotAllowed(sentence, state=proceeding.state, allowed=allowed)
    said = fact.tidy(step.fields, given)
    errors = list(fact.errors(step.fields, said))
    if not errors:
        errors += _out_of_order(step, proceeding, said)
    if errors:
        raise FactsInvalid(f"The step {step_name} cannot be taken with what was given.", errors)
    if step.files and proceeding.filed_by == "parent" and not said.get("incomplete_because"):
        must_be_complete(proceeding.kind, proceeding.complaint)
    state, outcome = _leads_to(step, proceeding, said)
    return Outcome(state, _facts_after(step, proceeding, said), said, outcome)


def _leads_to(step: Step, proceeding: Proceeding, said: Mapping[str, object]) -> tuple[str, str | None]:
    """The state and the outcome after the step."""
    if step.to == WHERE_IT_STOOD:
        stood: Any = proceeding.facts[STOOD]
        return str(stood["state"]), stood["outcome"]
    outcome = None if step.takes_outcome_back else proceeding.outcome
    found = said.get(step.outcome_from) if step.outcome_from else step.outcome
    return proceeding.state if step.to == SAME else step.to, str(found) if found else outcome


def _facts_after(step: Step, proceeding: Proceeding, said: Mapping[str, object]) -> dict[str, object]:
    facts = {name: value for name, value in proceeding.facts.items() if name not in step.forgets}
    facts.update({name: said[name] for name in step.keeps if name in said})
    facts.update(step.sets)
    if step.marks:
        facts[step.marks] = said["occurred_on"]
    if step.name == CORRECT:
        facts[str(said["what"])] = said["on"]
        if said["what"] == SINCE:
            facts = {name: value for name, value in facts.items() if name not in FOLLOWS_CONCERN}
    if step.to == ENDED:
        facts[STOOD] = {"state": proceeding.state, "outcome": proceeding.outcome}
    if step.extends:
        facts[step.extends] = {"to_on": said["to_on"], "because": said.get("because", "party_request")}
    return facts


def _out_of_order(step: Step, proceeding: Proceeding, said: Mapping[str, object]) -> Iterator[FieldError]:
    """Dates in the wrong order: nothing is received before it is filed."""
    for name in step.after:
        before = proceeding.facts.get(name)
        # Dates in this form are in order as their letters are.
        if isinstance(before, str) and step.name != CORRECT and str(said["occurred_on"]) < before:
            yield {"pointer": "/occurred_on", "detail": f"This lies before {name}, {before}."}
            return
    first, last = said.get("hearing_first_on"), said.get("hearing_last_on")
    if first and last and str(last) < str(first):
        yield {"pointer": "/hearing_last_on", "detail": "It ends before it begins."}
    if step.name == CORRECT:
        yield from _wrongly_corrected(proceeding, str(said["what"]), str(said["on"]))


def _wrongly_corrected(proceeding: Proceeding, what: str, on: str) -> Iterator[FieldError]:
    if proceeding.state == ENDED and what != "since_on":
        yield {
            "pointer": "/what",
            "detail": "It has ended, and counts from this day no more: reopen it, if that was a mistake.",
        }
    elif what != "since_on" and what not in proceeding.facts:
        yield {"pointer": "/what", "detail": "No such day was said yet."}
    facts = {**proceeding.facts, what: on}
    for earlier, later in IN_ORDER:
        if what in (earlier, later) and earlier in facts and later in facts and str(facts[later]) < str(facts[earlier]):
            yield {"pointer": "/on", "detail": f"{later} would lie before {earlier}."}


def _by_name(steps: Sequence[Step]) -> Mapping[str, Step]:
    return {step.name: step for step in steps}


STEPS: Mapping[str, Mapping[str, Step]] = {
    "mediation": _by_name(MEDIATION),
    "state_complaint": _by_name(STATE_COMPLAINT),
    "due_process": _by_name(DUE_PROCESS),
}
STEP_NAMES = tuple(dict.fromkeys(name for steps in STEPS.values() for name in steps))
