"""What a promise owes in minutes, by the calendar alone: no log changes it (34 CFR 300.320(a)(7); how it is counted is ours).

For every period p that meets a window: N are the weekdays of the calendar in p, D those of them in no closure, W those of D in
the window, in the promise's dates and in a school year. Owed is minutes x min(times, k x D) x W / D with k = times / N rounded
up, the sessions a day that it takes; nothing where D is 0. The fractions of all periods are added, so windows add up; who shows
a sum rounds it once.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from fractions import Fraction
from functools import cached_property
from math import floor

from domain.calendar import Period, SchoolCalendar, federal_holidays, joined
from domain.delivery.days import EVERY_DAY, Days, common, spans, without
from domain.wall_clock import LAST_YEAR

NOT_QUANTIFIED, GRADING_PERIODS_MISSING = "not_quantified", "grading_periods_missing"
REASONS = (NOT_QUANTIFIED, GRADING_PERIODS_MISSING)
BY_GRADING_PERIOD = ("quarter", "trimester", "semester")


@dataclass(frozen=True)
class Promised:
    """Minutes of a session, how many of them in a period (left out, one), and the first and last day; without a last one it
    goes on."""

    minutes: int | None
    times: int | None
    per: str | None
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class PeriodOwed:
    """What is owed of a period in a window: `n`, `d`, `w` are counts of days, `k` the sessions a day that it takes."""

    from_on: date
    to_on: date
    n: int
    d: int
    w: int
    k: int
    # What the whole period comes to.
    minutes: int

    @property
    def owed(self) -> Fraction:
        return Fraction(self.minutes * self.w, self.d) if self.d else Fraction(0)


class Owing:
    """A promise by a calendar. Where its version was not in force, from `from_on` to `to_on`, it owes nothing; its periods are
    those of its own dates all the same, so that what an amendment carries over owes what it owed."""

    def __init__(
        self, promised: Promised, calendar: SchoolCalendar, *, from_on: date = date.min, to_on: date = date.max
    ) -> None:
        self.promised, self.calendar = promised, calendar
        self.from_on = max(promised.starts_on, from_on)
        self.to_on = min(promised.ends_on or date.max, to_on)

    def __contains__(self, day: date) -> bool:
        return self.from_on <= day <= self.to_on

    @property
    def reason(self) -> str | None:
        """Why nothing can be owed in minutes."""
        if self.promised.minutes is None or self.promised.per is None:
            return NOT_QUANTIFIED
        if self.promised.per in BY_GRADING_PERIOD and not self.calendar.grading_periods:
            return GRADING_PERIODS_MISSING
        return None

    @cached_property
    def is_extended_year(self) -> bool:
        """All of its dates lie outside of the school years that were entered: extended school year services, which no school
        year bounds and federal holidays close."""
        first, last = self.promised.starts_on, self.promised.ends_on or date.max
        years = self.calendar.school_years
        return bool(years) and not any(year.from_on <= last and first <= year.to_on for year in years)

    def meets(self, window: Period) -> bool:
        return max(self.from_on, window.from_on) <= min(self.to_on, window.to_on)

    def within(self, window: Period) -> Period | None:
        """The days of a window on which it is promised, as far as the calendar was entered."""
        first, last = max(self.from_on, window.from_on), min(self.to_on, window.to_on)
        if self._years:
            first, last = max(first, self._years[0][0]), min(last, self._years[-1][1])
        return Period(first, last) if first <= last else None

    def owed(self, window: Period) -> Fraction | None:
        """In minutes, exactly; None has a `reason`."""
        if self.reason:
            return None
        # By denominator, of which there are few: whole numbers add up much faster.
        parts: dict[int, int] = defaultdict(int)
        for period in self.periods(window):
            parts[period.d] += period.minutes * period.w
        return sum((Fraction(minutes, d) for d, minutes in parts.items() if d), Fraction(0))

    def periods(self, window: Period) -> Iterator[PeriodOwed]:
        """Period by period, in order: those that meet the window, the dates of the promise, and the calendar as far as it was
        entered."""
        promised = self.within(window)
        if self.reason or promised is None:
            return
        first, last = promised.from_on, promised.to_on
        weekdays, open_days = self._of_school_years if self.promised.per not in _WHOLE else self._of_all_days
        minutes, times = self.promised.minutes or 0, self.promised.times or 1
        for period in self._met_by(first, last):
            n, d = (days.count(period.from_on, period.to_on) for days in (weekdays, open_days))
            w = self._of_school_years[1].count(max(first, period.from_on), min(last, period.to_on))
            k = -(-times // n) if n else 0
            yield PeriodOwed(period.from_on, period.to_on, n, d, w, k, minutes * min(times, k * d))

    @cached_property
    def _years(self) -> list[tuple[date, date]]:
        return [] if self.is_extended_year else joined(self.calendar.school_years)

    @cached_property
    def _closed(self) -> list[tuple[date, date]]:
        closures: list[Period] = list(self.calendar.closures)
        if self.is_extended_year:
            last = (self.promised.ends_on or date(LAST_YEAR, 12, 31)).year
            for year in range(self.promised.starts_on.year - 1, last + 2):
                closures += [Period(day, day) for day in federal_holidays(year)]
        return joined(closures)

    @cached_property
    def _of_all_days(self) -> tuple[Days, Days]:
        """The weekdays of the calendar, and those of them in no closure."""
        weekdays = self.calendar.weekdays
        return Days(weekdays, EVERY_DAY), Days(weekdays, without(EVERY_DAY, spans(self._closed)))

    @cached_property
    def _of_school_years(self) -> tuple[Days, Days]:
        """The same, in a school year; without one entered there are no bounds."""
        weekdays, years = self.calendar.weekdays, spans(self._years) if self._years else EVERY_DAY
        return Days(weekdays, years), Days(weekdays, common(years, without(EVERY_DAY, spans(self._closed))))

    def _met_by(self, first: date, last: date) -> Iterator[Period]:
        """Those that meet a span of days, in order."""
        per = self.promised.per
        if per in BY_GRADING_PERIOD:
            met = (one for one in self.calendar.grading_periods if one.from_on <= last and first <= one.to_on)
            yield from sorted(met, key=lambda one: (one.from_on, one.to_on))
        elif per == "year" and self.promised.ends_on is not None:
            yield Period(self.promised.starts_on, self.promised.ends_on)
        elif per == "year":
            yield from _years_from(self.promised.starts_on, first, last)
        elif per == "month":
            yield from months(first, last)
        else:
            length = _LENGTHS[per or ""]
            since = first if length == 1 else _monday(self.promised.starts_on if per == "two_weeks" else first)
            yield from _blocks(since, length, first, last)


# Periods that are counted whole, whether in a school year or not; and how many days those have that are always as long.
_WHOLE = ("day", "week", "two_weeks", "month")
_LENGTHS = {"day": 1, "week": 7, "two_weeks": 14}


def rounded(minutes: Fraction) -> int:
    """To whole minutes, half up."""
    return floor(minutes + Fraction(1, 2))


def weeks(first: date, last: date) -> Iterator[Period]:
    """From Monday to Sunday, those that meet a span of days."""
    return _blocks(_monday(first), 7, first, last)


def months(first: date, last: date) -> Iterator[Period]:
    """Calendar months, those that meet a span of days."""
    month = first.replace(day=1)
    while month <= last:
        after = _first_of_next_month(month)
        yield Period(month, after - timedelta(days=1) if after else date.max)
        if after is None:
            return
        month = after


def _first_of_next_month(month: date) -> date | None:
    if (month.year, month.month) == (MAXYEAR, 12):
        return None
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _blocks(since: date, length: int, first: date, last: date) -> Iterator[Period]:
    start = since + timedelta(days=(first - since).days // length * length)
    while start <= last:
        yield Period(start, start + timedelta(days=length - 1))
        start += timedelta(days=length)


def _years_from(since: date, first: date, last: date) -> Iterator[Period]:
    """Of a promise of a year whose end nobody has said: year after year from its first day, as long as it goes on."""
    number = max(0, first.year - since.year - 1)
    while (start := _years_on(since, number)) <= last:
        period = Period(start, _years_on(since, number + 1) - timedelta(days=1))
        if period.to_on >= first:
            yield period
        number += 1


def _years_on(day: date, years: int) -> date:
    """The same date so many years on; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
