"""The law's clocks: when something is due, by which sum, by which law, and what may make it otherwise.

`check` answers for one rule of `domain.deadline_rules`, and for the rungs of the follow-up policy. Where the law is silent it
never answers later than the law for the family; whatever is in doubt stands in the notices and moves nothing.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from domain.calendar import NO_CALENDAR, SchoolCalendar
from domain.deadline_rules import EVENTS, RULES, STATES
from domain.deadlines.answer import CONFIRM, FEDERAL_ONLY, GENERAL, REASONS, REFUSED, Answer, row_as_json
from domain.deadlines.asked import Asked, understood
from domain.deadlines.days import Days, OutOfRange
from domain.deadlines.follow_ups import follow_up, rung_of
from domain.deadlines.inputs import Wrong, invalid, plain, read_calendar, read_date, read_dates, read_zone
from domain.deadlines.notices import notices
from domain.deadlines.outcome import Outcome, outcome
from domain.follow_up import DEFAULT_POLICY, Policy
from domain.refusal import FieldError

__all__ = ["CONFIRM", "FEDERAL_ONLY", "GENERAL", "REASONS", "REFUSED", "Answer", "check", "row_as_json"]

NO_INPUTS: Mapping[str, object] = {}
UTC = ZoneInfo("UTC")


def check(
    rule: str,
    event_on: date | str,
    event: str | None = None,
    state: str | None = None,
    inputs: Mapping[str, object] = NO_INPUTS,
    *,
    calendar: SchoolCalendar = NO_CALENDAR,
    state_holidays: Collection[date] = (),
    zone: ZoneInfo = UTC,
    policy: Policy = DEFAULT_POLICY,
) -> Answer:
    """The deadline of a rule, counted from the day of its event.

    `inputs` are dates and other values as JSON or Python has them; `calendar`, `state_holidays` and `timezone` among them take
    the place of the arguments. Without `state` the federal rows hold. Raises `domain.refusal.Invalid` with every pointer.
    """
    errors: list[FieldError] = []

    def taken(value: object, reader: Callable[[object], Any], pointer: str, otherwise: Any = None) -> Any:
        try:
            return otherwise if value is None and pointer != "/event_on" else reader(value)
        except Wrong as wrong:
            errors.append({"pointer": pointer + wrong.pointer, "detail": str(wrong)})
            return otherwise

    said = dict(inputs)
    on = taken(event_on, read_date, "/event_on")
    calendar = taken(said.pop("calendar", None), read_calendar, "/inputs/calendar", calendar)
    state_holidays = taken(said.pop("state_holidays", None), read_dates, "/inputs/state_holidays", state_holidays)
    zone = taken(said.pop("timezone", None), read_zone, "/inputs/timezone", zone)
    rung = rung_of(rule)
    if rung is None and rule not in RULES:
        errors.append({"pointer": "/rule", "detail": "There is no such rule."})
    if state is not None and state not in STATES:
        errors.append({"pointer": "/state", "detail": "This is no state, written with two capital letters."})
    if errors:
        raise invalid(errors)
    days = Days(calendar, frozenset(state_holidays))
    if rung is not None:
        return follow_up(rung, on, event, said, days, zone, policy)
    asked = understood(RULES[rule], on, event, state, said, days)
    try:
        return _answer(asked)
    except OutOfRange:
        raise invalid([{"pointer": "/event_on", "detail": "The count leaves the years 1900 to 2199."}]) from None


def _answer(asked: Asked) -> Answer:
    found, unmoved = outcome(asked), asked.without_what_moves()
    ordinary = found if unmoved.facts == asked.facts else outcome(unmoved)
    rule, row, is_due = asked.rule, asked.row, asked.row.gives == "due_on"
    act_by = _act_by(asked, found) if is_due else None
    if ordinary.day and ordinary.day != found.day and not set(ordinary.count.sums) <= set(found.count.sums):
        found.count.sums.append(f"without what moved or stopped it: {'; '.join(ordinary.count.sums)}")
    because = [text for text in (rule.may_be_later, row.may_be_later, _exception(asked.facts)) if text]
    return Answer(
        rule=rule.key,
        label=rule.label,
        by=asked.by,
        event=row.event,
        event_in_words=EVENTS[row.event],
        event_on=asked.on,
        state=asked.state,
        due_on=found.day if is_due else None,
        reason="standard" if row.gives == "watch_on" else found.reason,
        act_by=act_by,
        earliest_on=found.day if row.gives == "earliest_on" else None,
        watch_on=found.day if row.gives == "watch_on" else None,
        ordinary_due_on=ordinary.day if is_due and ordinary.day != found.day else None,
        may_be_later=bool(because),
        may_be_later_because="; ".join(because) or None,
        refused=REFUSED if asked.extension_is_refused else None,
        due_at=None,
        inputs={name: plain(value) for name, value in asked.facts.items()},
        sum="; ".join(found.count.sums),
        citation=row.citation,
        source=row.source,
        status=row.status,
        checked_on=row.checked_on,
        state_row=row if row.state else None,
        notes=(*rule.notes, *row.notes),
        notices=notices(asked, found, act_by),
    )


def _act_by(asked: Asked, found: Outcome) -> date | None:
    """The last day on which the family can be sure: a business day; and business days ahead are first counted as weekdays."""
    if found.day is None or asked.by not in ("parent", "both"):
        return None
    sure, row, count = found.day, asked.row, found.count
    if row.unit == "b" and row.offset > 0:
        sure = asked.days.plus(asked.on, row.offset, "w")
        count.sums.append(f"to be sure: {asked.on} + {row.offset} weekdays = {sure}")
    last = asked.days.last_business_day(sure)
    count.units.add("b")
    return count.says(f"act by {last}" + ("" if last == sure else f", the last business day before {sure}"), last)


def _exception(facts: Mapping[str, Any]) -> str | None:
    return f"34 CFR 300.511(f): {facts['exception'].replace('_', ' ')}" if "exception" in facts else None
