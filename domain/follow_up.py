"""When an unanswered question is asked again (DOMAIN section 3): four ladders, one policy, one way to count."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from domain.calendar import NO_CALENDAR, WEEKDAYS, SchoolCalendar, add_days, is_follow_up_day
from domain.refusal import Invalid
from domain.wall_clock import NINE, instant, local_date

MOST_OFFSETS = 6
LARGEST_OFFSET = 365
# Who gets the mail of a reminder: who has to act; the owners of the practice too; everybody in it.
TELLS = ("responsible", "responsible_and_owners", "everybody")


class PolicyInvalid(Invalid, ValueError):
    """A follow-up policy that nobody could follow; it says where."""

    def __init__(self, detail: str, field: str = "") -> None:
        super().__init__(detail, [{"pointer": f"/follow_up_policy{field}", "detail": detail}])


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
    """On which follow-up days to ask again, at what wall time, who is told, and when to propose to escalate.

    `quiet_days` are weekdays, from Monday, which is 0, on which nothing is due: it moves to the next follow-up day that is not
    quiet. What is due on day `escalates_after` or later proposes; None: the last rung does. Raises PolicyInvalid.
    """

    offsets: tuple[int, ...] = (3, 7, 10)
    at: time = NINE
    quiet_days: frozenset[int] = frozenset()
    tells: str = "responsible"
    escalates_after: int | None = None

    def __post_init__(self) -> None:
        if not (
            all(_is_number_of_days(days) for days in self.offsets)
            and 1 <= len(self.offsets) <= MOST_OFFSETS
            and list(self.offsets) == sorted({*self.offsets})
        ):
            raise PolicyInvalid(f"A follow-up policy is 1 to {MOST_OFFSETS} rising whole numbers from 1 to {LARGEST_OFFSET}.")
        if set(range(5)) <= self.quiet_days:
            raise PolicyInvalid("One day from Monday to Friday has to be left on which something may be due.", "/quiet_days")
        if self.tells not in TELLS:
            raise PolicyInvalid(f"Told is one of {', '.join(TELLS)}.", "/tells")
        if self.escalates_after is not None and not _is_number_of_days(self.escalates_after):
            detail = f"The day from which to propose is a whole number from 1 to {LARGEST_OFFSET}, or null."
            raise PolicyInvalid(detail, "/escalates_after_days")

    @property
    def rungs(self) -> tuple[tuple[int, bool], ...]:
        """The days of the ladder, in order, and whether it proposes to escalate on each.

        Where all offsets lie before the day from which to propose, that day is one more: else nobody ever would.
        """
        proposes_from = self.offsets[-1] if self.escalates_after is None else self.escalates_after
        days = self.offsets if proposes_from <= self.offsets[-1] else (*self.offsets, proposes_from)
        return tuple((day, day >= proposes_from) for day in days)

    def but(self, override: Mapping[str, Any] | None) -> "Policy":
        """The policy with what an override, as it is kept, says otherwise: `{offsets_days?, quiet_days?, tells?,
        escalates_after_days?}`. What it does not name stays."""
        said: dict[str, Any] = {_FIELDS[name]: value for name, value in (override or {}).items()}
        if "offsets" in said:
            said["offsets"] = tuple(said["offsets"])
        if "quiet_days" in said:
            said["quiet_days"] = weekdays(said["quiet_days"])
        return replace(self, **said)

    def allows(self, day: date, calendar: SchoolCalendar = NO_CALENDAR, state_holidays: Collection[date] = ()) -> bool:
        """Whether something may be due on `day`: a follow-up day that is not quiet."""
        return day.weekday() not in self.quiet_days and is_follow_up_day(day, calendar, state_holidays)


_FIELDS = {
    "offsets_days": "offsets",
    "quiet_days": "quiet_days",
    "tells": "tells",
    "escalates_after_days": "escalates_after",
}


def policy_of(practice: Policy, *overrides: Mapping[str, Any] | None) -> Policy:
    """The policy that holds: the practice's, in what the case says the case's, in what the communication says its own."""
    policy = practice
    for override in overrides:
        policy = policy.but(override)
    return policy


def weekdays(names: Collection[str]) -> frozenset[int]:
    """Weekdays by their English names, counted from Monday, which is 0."""
    return frozenset(WEEKDAYS.index(name) for name in names)


def _is_number_of_days(value: object) -> bool:
    return type(value) is int and 1 <= value <= LARGEST_OFFSET


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
    """The follow-ups of what was sent at the instant `occurred_at`: one rung for each day of the policy, in order.

    Day 0 is the local date of `occurred_at` in `zone`; what is already past is planned all the same. Two rungs that a quiet
    day would bring together stay a day apart. Raises NoSuchDay for a calendar that never opens.
    """
    follow_ups: list[FollowUp] = []
    start = local_date(occurred_at, zone)
    day = before = start
    counted = 0
    for rung, (days, proposes) in enumerate(policy.rungs, 1):
        # From the rung before, so that a long ladder is not counted again for each.
        day, counted = add_days(day, days - counted, lambda one: is_follow_up_day(one, calendar, state_holidays)), days
        before = _first_allowed(day, before, policy, calendar, state_holidays)
        follow_ups.append(FollowUp(f"follow_up_{rung}", _title(ladder, rung, proposes), instant(before, policy.at, zone)))
    return tuple(follow_ups)


def after(
    days: int,
    from_instant: datetime,
    zone: ZoneInfo,
    calendar: SchoolCalendar = NO_CALENDAR,
    state_holidays: Collection[date] = (),
    policy: Policy = DEFAULT_POLICY,
) -> datetime:
    """The instant, in UTC, of the policy's wall time on the `days`-th follow-up day after the local date of `from_instant`,
    or on the first thereafter that is not quiet."""
    start = local_date(from_instant, zone)
    day = add_days(start, days, lambda one: is_follow_up_day(one, calendar, state_holidays))
    return instant(_first_allowed(day, start, policy, calendar, state_holidays), policy.at, zone)


def moved_title(title: str, ladder: str, to: str) -> str:
    """What a rung says on another ladder; a title that is none of its ladder's stays."""
    known = LADDERS[ladder]
    return LADDERS[to][known.index(title)] if title in known else title


def _first_allowed(day: date, before: date, policy: Policy, calendar: SchoolCalendar, state_holidays: Collection[date]) -> date:
    """The first day from `day` on, and behind `before`, on which something may be due."""
    if day > before and (not policy.quiet_days or policy.allows(day, calendar, state_holidays)):
        return day
    return add_days(max(day - timedelta(days=1), before), 1, lambda one: policy.allows(one, calendar, state_holidays))


def _title(ladder: str, rung: int, proposes: bool) -> str:
    first, middle, last = LADDERS[ladder]
    return last if proposes else first if rung == 1 else middle
