"""Which days count: business days (34 CFR 300.11(b)), school days (300.11(c)) and our own follow-up days."""

import re
from bisect import bisect_right
from calendar import monthcalendar
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple, cast

from domain.refusal import Invalid, Refusal
from domain.wall_clock import FIRST_YEAR, LAST_YEAR

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CLOSURE_KINDS = ("closed", "no_students")
MOST_PERIODS = 1_000


class CalendarInvalid(Invalid, ValueError):
    """The school calendar that was entered cannot be read."""


class NoSuchDay(Refusal):
    """The count found no day from 1900 to 2199: the calendar leaves too few days open."""


@dataclass(frozen=True)
class Period:
    """From one date to another, both included."""

    from_on: date
    to_on: date

    def __contains__(self, day: date) -> bool:
        return self.from_on <= day <= self.to_on


@dataclass(frozen=True)
class Closure(Period):
    """Days without children: `closed` when nobody is there, `no_students` when staff are at work."""

    kind: str = "closed"


@dataclass(frozen=True)
class SchoolCalendar:
    """When a school is open; without school years there are no bounds. `weekdays` count from Monday, which is 0."""

    weekdays: frozenset[int] = frozenset(range(5))
    school_years: tuple[Period, ...] = ()
    closures: tuple[Closure, ...] = ()
    grading_periods: tuple[Period, ...] = ()

    @classmethod
    def parse(cls, form: Mapping[str, object] | None) -> "SchoolCalendar":
        """The calendar from its JSON form; empty or None is Monday to Friday without bounds.

        `{weekdays, school_years: [{from, to}], closures: [{from, to, kind?}], grading_periods: [{from, to}]}`, dates as
        YYYY-MM-DD, ends included. Raises CalendarInvalid with the place and the reason.
        """
        form = {} if form is None else form
        if not isinstance(form, Mapping):
            raise _invalid("", "A school calendar is an object.")
        for name in form:
            if name not in _READERS:
                raise _invalid(f"/{name}", f"A school calendar has {', '.join(_READERS)}; nothing else.")
        read = {name: _READERS[name](f"/{name}", value) for name, value in form.items() if value is not None}
        return cls(**read)  # type: ignore[arg-type]

    def school_year_of(self, day: date) -> Period | None:
        """The school year that `day` lies in; of several, the one that began last."""
        around = [year for year in self.school_years if day in year]
        return max(around, key=lambda year: year.from_on, default=None)

    def is_closed(self, day: date) -> bool:
        """Whether nobody is there on `day`: a closure of kind `closed`."""
        return _covers(self._closed, day)

    def has_students(self, day: date) -> bool:
        """Whether no closure of either kind holds `day`; weekdays and school years are not looked at."""
        return not _covers(self._without_students, day)

    @cached_property
    def _closed(self) -> list[tuple[date, date]]:
        return joined(closure for closure in self.closures if closure.kind == "closed")

    @cached_property
    def _without_students(self) -> list[tuple[date, date]]:
        return joined(self.closures)


class EndsBeforeItBegins(Invalid):
    """A span whose last day lies before its first."""


def must_be_in_order(first: date | None, last: date | None, pointer: str) -> None:
    """Raises `EndsBeforeItBegins` at `pointer` unless `last` is `first` or later; an open end is fine."""
    if first is not None and last is not None and last < first:
        detail = "It ends before it begins."
        raise EndsBeforeItBegins(detail, [{"pointer": pointer, "detail": detail}])


NO_CALENDAR = SchoolCalendar()


@lru_cache(maxsize=LAST_YEAR - FIRST_YEAR + 3)
def federal_holidays(year: int) -> frozenset[date]:
    """The federal holidays of 5 U.S.C. 6103(a) that fall in `year`, in today's places, each from the year it was made.

    One on a Saturday makes the Friday before a holiday too, one on a Sunday the Monday after: 31 December of the year
    before a New Year's Day on a Saturday is one.
    """
    return frozenset(day for around in (year, year + 1) for day in _observed(around) if day.year == year)


def is_business_day(day: date, state_holidays: Collection[date] = ()) -> bool:
    """Monday to Friday, except federal and state holidays; school breaks count (34 CFR 300.11(b))."""
    return day.weekday() < 5 and day not in federal_holidays(day.year) and day not in state_holidays


def is_follow_up_day(day: date, calendar: SchoolCalendar = NO_CALENDAR, state_holidays: Collection[date] = ()) -> bool:
    """A business day on which somebody can answer: none `closed`. Days of staff alone and summer count."""
    return is_business_day(day, state_holidays) and not calendar.is_closed(day)


def is_school_day(day: date, calendar: SchoolCalendar) -> bool:
    """A day on which children attend, half days too (34 CFR 300.11(c)); federal holidays are open unless listed."""
    in_school_year = not calendar.school_years or any(day in year for year in calendar.school_years)
    return in_school_year and day.weekday() in calendar.weekdays and calendar.has_students(day)


def add_business_days(start: date, days: int, state_holidays: Collection[date] = ()) -> date:
    """The date `days` business days after `start`, or before it when negative; `start` is day 0 and 0 gives it back.

    Raises NoSuchDay when the count leaves 1900 to 2199.
    """
    return add_days(start, days, lambda day: is_business_day(day, state_holidays))


def add_follow_up_days(
    start: date, days: int, calendar: SchoolCalendar = NO_CALENDAR, state_holidays: Collection[date] = ()
) -> date:
    """The date `days` follow-up days after `start`, counted as `add_business_days` counts, and raising as it does."""
    return add_days(start, days, lambda day: is_follow_up_day(day, calendar, state_holidays))


def add_days(start: date, days: int, counts: Callable[[date], bool]) -> date:
    """The `days`-th day after `start` (before it when negative) for which `counts` says yes.

    Raises NoSuchDay when there is none from 1900 to 2199, so that no calendar can make a count run for ever.
    """
    day, left, step = start, abs(days), timedelta(days=1 if days > 0 else -1)
    while left:
        day += step
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise NoSuchDay(f"{days} such days from {start} are not to be found from {FIRST_YEAR} to {LAST_YEAR}.")
        left -= counts(day)
    return day


class _Holiday(NamedTuple):
    """A fixed `day` of the month, or the `nth` `weekday` of it (-1 is the last)."""

    month: int
    day: int = 0
    nth: int = 0
    weekday: int = 0
    since: int = FIRST_YEAR

    def of(self, year: int) -> date:
        if self.day:
            return date(year, self.month, self.day)
        days = [day for week in monthcalendar(year, self.month) if (day := week[self.weekday])]
        return date(year, self.month, days[self.nth if self.nth < 0 else self.nth - 1])


_MONDAY, _THURSDAY = 0, 3
_FEDERAL_HOLIDAYS = (
    _Holiday(month=1, day=1),  # New Year's Day
    _Holiday(month=1, nth=3, weekday=_MONDAY, since=1986),  # Birthday of Martin Luther King, Jr.
    _Holiday(month=2, nth=3, weekday=_MONDAY),  # Washington's Birthday
    _Holiday(month=5, nth=-1, weekday=_MONDAY),  # Memorial Day
    _Holiday(month=6, day=19, since=2021),  # Juneteenth National Independence Day
    _Holiday(month=7, day=4),  # Independence Day
    _Holiday(month=9, nth=1, weekday=_MONDAY),  # Labor Day
    _Holiday(month=10, nth=2, weekday=_MONDAY),  # Columbus Day
    _Holiday(month=11, day=11),  # Veterans Day
    _Holiday(month=11, nth=4, weekday=_THURSDAY),  # Thanksgiving Day
    _Holiday(month=12, day=25),  # Christmas Day
)
_SHIFTS: Mapping[int, int] = {5: -1, 6: 1}  # Saturday: the day before; Sunday: the day after


def _observed(year: int) -> Iterable[date]:
    for holiday in _FEDERAL_HOLIDAYS:
        if holiday.since <= year:
            day = holiday.of(year)
            yield from {day, day + timedelta(days=_SHIFTS.get(day.weekday(), 0))}


def joined(periods: Iterable[Period]) -> list[tuple[date, date]]:
    """The periods in order, overlaps joined, so that a look-up is one bisection however many were entered."""
    found: list[tuple[date, date]] = []
    for period in sorted(periods, key=lambda period: period.from_on):
        if found and period.from_on <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], period.to_on))
        else:
            found.append((period.from_on, period.to_on))
    return found


def _covers(joined: list[tuple[date, date]], day: date) -> bool:
    place = bisect_right(joined, (day, date.max))
    return place > 0 and day <= joined[place - 1][1]


def _invalid(pointer: str, detail: str) -> CalendarInvalid:
    return CalendarInvalid(f"The school calendar cannot be read: {detail}", [{"pointer": pointer, "detail": detail}])


def _weekdays(pointer: str, value: object) -> frozenset[int]:
    names = _list(pointer, value, len(WEEKDAYS))
    if not names or not all(name in WEEKDAYS for name in names):
        raise _invalid(pointer, f"Weekdays are one or more of {', '.join(WEEKDAYS)}.")
    return frozenset(WEEKDAYS.index(cast(str, name)) for name in names)


def _periods(pointer: str, value: object) -> tuple[Period, ...]:
    periods = enumerate(_list(pointer, value, MOST_PERIODS))
    return tuple(Period(*_ends(f"{pointer}/{row}", period, ("from", "to"))) for row, period in periods)


def _closures(pointer: str, value: object) -> tuple[Closure, ...]:
    closures = enumerate(_list(pointer, value, MOST_PERIODS))
    return tuple(_closure(f"{pointer}/{row}", closure) for row, closure in closures)


def _closure(pointer: str, value: object) -> Closure:
    ends = _ends(pointer, value, ("from", "to", "kind"))
    kind = cast(Mapping[str, object], value).get("kind", "closed")
    if kind not in CLOSURE_KINDS:
        raise _invalid(f"{pointer}/kind", f"The kind of a closure is {' or '.join(CLOSURE_KINDS)}.")
    return Closure(*ends, kind=kind)


def _ends(pointer: str, value: object, allowed: tuple[str, ...]) -> tuple[date, date]:
    if not isinstance(value, Mapping) or not {"from", "to"} <= value.keys() <= set(allowed):
        raise _invalid(pointer, f"A period is an object with {', '.join(allowed)}.")
    first, last = _date(f"{pointer}/from", value["from"]), _date(f"{pointer}/to", value["to"])
    if last < first:
        raise _invalid(f"{pointer}/to", f"It ends on {last}, before it begins on {first}.")
    return first, last


def _date(pointer: str, value: object) -> date:
    try:
        # fromisoformat alone takes 20260908 and 2026-W10-1 too.
        day = date.fromisoformat(value) if isinstance(value, str) and re.fullmatch(r"[0-9-]{10}", value) else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _invalid(pointer, f"A date is written YYYY-MM-DD, from {FIRST_YEAR} to {LAST_YEAR}.")
    return day


def _list(pointer: str, value: object, most: int) -> list[object]:
    if not isinstance(value, (list, tuple)) or len(value) > most:
        raise _invalid(pointer, f"This is a list of at most {most}.")
    return list(value)


_READERS: Mapping[str, Callable[[str, object], object]] = {
    "weekdays": _weekdays,
    "school_years": _periods,
    "closures": _closures,
    "grading_periods": _periods,
}
