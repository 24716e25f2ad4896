"""The question, understood: the rule, the row that holds, and the facts; or everything that is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.deadline_rules import Row, Rule, rows_for
from domain.deadlines.days import Days
from domain.deadlines.inputs import LONGEST_TEXT, invalid, read, term
from domain.refusal import FieldError

MAJORITY = 18
FILED_BY = "parent"
# Inputs that move or stop a count; they lie behind what it is counted from.
MOVING = ("restarts", "stops", "sets", "extends", "moves")
THE_IEP_IN_EFFECT = ("iep_effective_from", "iep_effective_to")


@dataclass(frozen=True)
class Asked:
    """What a date is asked by: the row of a rule, the day of the event, the facts, and the days that count."""

    rule: Rule
    row: Row
    on: date
    state: str | None
    facts: Mapping[str, Any]
    days: Days

    @property
    def by(self) -> str | None:
        """Who has to act: whoever did not file, where the rule is an answer to a complaint."""
        return "parent" if self.rule.answers_filer and self.facts.get("filed_by") == "school" else self.rule.by

    @property
    def extension_is_refused(self) -> bool:
        """Whether an extension was said on a ground that the row does not list."""
        extension = self.facts.get("extension")
        return extension is not None and extension.get("because") not in self.rule.grounds_of(self.row)

    def without_what_moves(self) -> "Asked":
        """The same without the inputs that move or stop the date; a state's own way of counting is none of them."""
        moving = {one.name for one in self.rule.inputs_of(self.row) if one.effect in MOVING}
        return replace(self, facts={name: value for name, value in self.facts.items() if name not in moving})


def understood(rule: Rule, on: date, event: str | None, state: str | None, said: Mapping[str, object], days: Days) -> Asked:
    """The question with its row and its facts. Raises `domain.refusal.Invalid` with all that is wrong."""
    row = _row(rule, on, event, state, said)
    facts, errors = read(rule.inputs_of(row), said)
    names = {one.name for one in rule.inputs}
    defaults = {name: value for name, value in (("age_of_majority", MAJORITY), ("filed_by", FILED_BY)) if name in names}
    asked = Asked(rule, row, on, state, {**defaults, **facts}, days)
    errors += _contradictions(asked)
    if errors:
        raise invalid(errors)
    return asked


def _row(rule: Rule, on: date, event: str | None, state: str | None, said: Mapping[str, object]) -> Row:
    narrowing = {name: term(value) for name, value in said.items() if isinstance(value, str) and len(value) <= LONGEST_TEXT}
    rows = rows_for(rule.key, state, on, narrowing)
    if not rows:
        where = ", ".join(dict.fromkeys(row.state or "" for row in rule.state_rows))
        raise invalid([{"pointer": "/state", "detail": f"This rule stands only in the law of states: {where}."}])
    if event is None:
        return rows[0]
    found = next((row for row in rows if row.event == event), None)
    if found is None:
        where = f" in {state}" if rows[0].state else ""
        events = " or ".join(row.event for row in rows)
        raise invalid([{"pointer": "/event", "detail": f"This rule is counted{where} from {events}."}])
    return found


def _contradictions(asked: Asked) -> Iterator[FieldError]:
    """Dates that cannot all be true."""
    row, facts, on = asked.row, asked.facts, asked.on
    before = f"This lies before the event, {on}."
    for one in asked.rule.inputs_of(row):
        value = facts.get(one.name)
        is_behind = one.effect in MOVING and row.offset > 0 and one.name not in THE_IEP_IN_EFFECT
        if is_behind and isinstance(value, date) and value < on:
            yield {"pointer": f"/inputs/{one.name}", "detail": before}
    if facts.get("transfer", {}).get("agreed_on", on) < on:
        yield {"pointer": "/inputs/transfer/agreed_on", "detail": before}
    if "extension" in facts and not asked.extension_is_refused:
        to_on = facts["extension"].get("to_on")
        if to_on is None or to_on < on:
            yield {
                "pointer": "/inputs/extension/to_on",
                "detail": "To which date was it extended?" if to_on is None else before,
            }
    if facts.get("referred_on", on) > on:
        yield {"pointer": "/inputs/referred_on", "detail": f"This lies after the consent, {on}."}
    given = [name for name in THE_IEP_IN_EFFECT if name in facts]
    if len(given) == 1:
        [missing] = {*THE_IEP_IN_EFFECT} - {*given}
        yield {"pointer": f"/inputs/{missing}", "detail": "The first and the last day of an IEP go together."}
    elif given and facts["iep_effective_to"] < facts["iep_effective_from"]:
        yield {"pointer": "/inputs/iep_effective_to", "detail": "It ends before it begins."}
