"""When an unanswered question is asked again (DOMAIN section 3): four ladders, one policy, one way to count."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.calendar import NO_CALENDAR, SchoolCalendar, add_follow_up_days
from domain.refusal import Invalid
from domain.wall_clock import NINE, instant, local_date

MOST_OFFSETS = 6
LARGEST_OFFSET = 365


class PolicyInvalid(Invalid, ValueError):
    """A follow-up policy that is not 1 to 6 rising numbers of days."""


class Ladder(NamedTuple):
    """The titles of the rungs: the first asks again, the last proposes to escalate, however many stand between."""

    first: str
    middle: str
    last: str


LADDERS: Mapping[str, Ladder] = {
    "team": Ladder(
        "Ask the team again",
        "Ask once more, copy the LEA representative",
        "No answer from the team: escalate?",
    ),
    "teacher": Ladder(
        "Ask the teacher again",
        "Ask once more, copy the case manager",
        "No answer from the teacher: write to the team?",
    ),
    "meeting": Ladder(
        "Has the meeting been set?",
        "Offer new dates, copy the LEA representative",
        "No meeting: escalate?",
    ),
    "policy": Ladder(
        "Has the written policy come?",
        "Ask again, copy the special education director",
        "No policy shown: escalate?",
    ),
}


@dataclass(frozen=True)
class Policy:
    """On which follow-up days a practice asks again, and at what wall time. Raises PolicyInvalid."""

    offsets: tuple[int, ...] = (3, 7, 10)
    at: time = NINE

    def __post_init__(self) -> None:
        whole = all(type(days) is int and 1 <= days <= LARGEST_OFFSET for days in self.offsets)
        if not (whole and 1 <= len(self.offsets) <= MOST_OFFSETS and list(self.offsets) == sorted({*self.offsets})):
            sentence = f"A follow-up policy is 1 to {MOST_OFFSETS} rising whole numbers from 1 to {LARGEST_OFFSET}."
            raise PolicyInvalid(sentence, [{"pointer": "/follow_up_policy", "detail": sentence}])


@dataclass(frozen=True)
class FollowUp:
    """A reminder to be: its stable key, its title, which names no child, and its instant in UTC."""

    key: str
    title: str
    due_at: datetime


DEFAULT_POLICY = Policy()


def plan(
    ladder: str,
    occurred_at: datetime,
    zone: ZoneInfo,
    calendar: SchoolCalendar = NO_CALENDAR,
    state_holidays: Collection[date] = (),
    policy: Policy = DEFAULT_POLICY,
) -> tuple[FollowUp, ...]:
    """The follow-ups of what was sent at the instant `occurred_at`: one rung for each offset of the policy, in order.

    Day 0 is the local date of `occurred_at` in `zone`; what is already past is planned all the same. Raises NoSuchDay
    for a calendar that never opens.
    """
    return tuple(
        FollowUp(f"follow_up_{rung}", title, after(days, occurred_at, zone, calendar, state_holidays, policy.at))
        for rung, (days, title) in enumerate(zip(policy.offsets, _titles(ladder, len(policy.offsets)), strict=True), 1)
    )


def after(
    days: int,
    from_instant: datetime,
    zone: ZoneInfo,
    calendar: SchoolCalendar = NO_CALENDAR,
    state_holidays: Collection[date] = (),
    at: time = NINE,
) -> datetime:
    """The instant, in UTC, of wall time `at` on the `days`-th follow-up day after the local date of `from_instant`."""
    return instant(add_follow_up_days(local_date(from_instant, zone), days, calendar, state_holidays), at, zone)


def title(ladder: str, key: str, rungs: int) -> str:
    """What the rung with this key says on a ladder of so many rungs."""
    return _titles(ladder, rungs)[min(int(key.rpartition("_")[2]), rungs) - 1]


def _titles(ladder: str, rungs: int) -> list[str]:
    first, middle, last = LADDERS[ladder]
    asking = [first, *[middle] * rungs]
    return [*asking[: rungs - 1], last]
