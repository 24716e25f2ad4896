"""The rungs of the follow-up policy, asked for as the law's deadlines are; no law, but the same kind of answer."""

import re
from collections.abc import Mapping
from datetime import date, time
from zoneinfo import ZoneInfo

from domain.calendar import NoSuchDay, add_follow_up_days
from domain.deadline_rules import EVENTS, UNITS
from domain.deadlines.answer import Answer
from domain.deadlines.days import Days
from domain.deadlines.inputs import invalid, read
from domain.deadlines.notices import NO_STATE_HOLIDAYS
from domain.follow_up import Policy, plan
from domain.refusal import FieldError
from domain.wall_clock import instant, local_date

SENT = "sent"
# Of its day, in every zone.
NOON = time(12)
OUR_POLICY = "the practice's follow-up policy; no law"
_RUNG = re.compile(r"follow_up_([1-9])", re.ASCII)


def rung_of(rule: str) -> int | None:
    """Which rung a rule names, counted from 1; None where it is a rule of the law, or none."""
    found = _RUNG.fullmatch(rule)
    return int(found[1]) if found else None


def follow_up(
    rung: int,
    on: date,
    event: str | None,
    said: Mapping[str, object],
    days: Days,
    zone: ZoneInfo,
    policy: Policy,
) -> Answer:
    """So many follow-up days after the day on which something was sent. Raises `domain.refusal.Invalid`."""
    _, errors = read((), said)
    rungs = policy.rungs
    if rung > len(rungs):
        errors.append(FieldError(pointer="/rule", detail=f"The follow-up policy has {len(rungs)} rungs."))
    if event not in (None, SENT):
        errors.append(FieldError(pointer="/event", detail=f"This rule is counted from {SENT}."))
    if errors:
        raise invalid(errors)
    number, _ = rungs[rung - 1]
    counted = f"{on} + {number} {UNITS['f'][number != 1]}"
    due, due_at, reason = None, None, None
    try:
        day = add_follow_up_days(on, number, days.calendar, days.state_holidays)
        # As it is planned: on no quiet day, and on no day of the rung before.
        planned = plan("team", instant(on, NOON, zone), zone, days.calendar, days.state_holidays, policy)
        due_at = planned[rung - 1].due_at
        due = local_date(due_at, zone)
        counted += f" = {day}" + (f", moved to {due}, which is not quiet" if due != day else "")
        counted += f"; {policy.at:%H:%M} in {zone.key} = {due_at:%Y-%m-%dT%H:%M:%SZ}"
    except NoSuchDay:
        reason = "calendar_missing"
        counted += ": this calendar does not have so many"
    return Answer(
        rule=f"follow_up_{rung}",
        label=f"Follow-up {rung} of {len(rungs)}",
        by=None,
        event=SENT,
        event_in_words=EVENTS[SENT],
        event_on=on,
        state=None,
        due_on=due,
        reason=reason,
        act_by=None,
        earliest_on=None,
        watch_on=None,
        ordinary_due_on=None,
        may_be_later=False,
        may_be_later_because=None,
        refused=None,
        due_at=due_at,
        inputs={},
        sum=counted,
        citation=None,
        source=OUR_POLICY,
        status=None,
        checked_on=None,
        state_row=None,
        notices=() if days.state_holidays else (NO_STATE_HOLIDAYS,),
    )
