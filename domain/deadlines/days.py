"""Days counted by the law's units, and what was left out on the way, in words.

A count of school days that leaves what the calendar knows has no end: it says so instead of guessing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import islice

from domain.calendar import NoSuchDay, Period, SchoolCalendar, add_business_days, add_days, federal_holidays, is_business_day
from domain.wall_clock import FIRST_YEAR, LAST_YEAR

ONE = timedelta(days=1)
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
# Between two school years lies a summer. Longer than this, a school year lies there that nobody entered (ours).
LONGEST_SUMMER = timedelta(days=124)
# A closure of more weekdays than this is a long break (Cal. Ed. Code 56344: in excess of five schooldays).
LONG_BREAK = 5


class CalendarMissing(Exception):
    """The count runs past what the school calendar knows."""


class OutOfRange(Exception):
    """The count leaves the years from FIRST_YEAR to LAST_YEAR."""


Span = tuple[date, date]


@dataclass(frozen=True)
class Days:
    """What a count goes by: a school calendar, and the state holidays that were entered."""

    calendar: SchoolCalendar
    state_holidays: Collection[date] = field(default=frozenset())

    def plus(self, start: date, number: int, unit: str, adjust: Collection[str] = ()) -> date:
        """The date `number` units after `start`, or before it when negative. Raises CalendarMissing, OutOfRange.

        `adjust` says when calendar days do not run: outside the school years, and with `long_breaks` in long closures too.
        """
        try:
            if unit == "y":
                return _years(start, number)
            if unit == "b":
                return add_business_days(start, number, self.state_holidays)
            if unit == "w":
                return add_days(start, number, lambda day: day.weekday() < 5)
            if unit == "s":
                return nth(self.school_days(start, 1 if number > 0 else -1), abs(number), start)
            if adjust and number > 0:
                long_breaks = self._long_breaks if "long_breaks" in adjust else ()
                return nth(self._open_days(start, 1, long_breaks), number, start)
            return _within(start + timedelta(days=number))
        except (NoSuchDay, OverflowError):
            raise OutOfRange from None

    def school_days(self, start: date, step: int = 1) -> Iterator[date]:
        """The school days after `start`, or before it, one after the other. Raises CalendarMissing where none is known."""
        weekdays = self.calendar.weekdays
        return (day for day in self._open_days(start, step, self._closed) if day.weekday() in weekdays)

    def school_days_between(self, first: date, last: date, most: int) -> int:
        """How many school days lie from `first` to `last`, both included; counted no further than `most`."""
        return sum(day <= last for day in islice(self._school_days_from(first), most))

    def school_days_in(self, periods: Iterable[Period]) -> Iterator[date]:
        """The school days inside the periods, in order, each once."""
        for first, last in joined(periods):
            for day in self._school_days_from(first):
                if day > last:
                    break
                yield day

    def is_school_day(self, day: date) -> bool:
        return next(self._school_days_from(day), None) == day

    def next_school_year(self, day: date) -> Period:
        """The school year that begins next after `day`. Raises CalendarMissing where a year between was not entered."""
        later = [year for year in self.calendar.school_years if year.from_on > day]
        found = min(later, key=lambda year: year.from_on, default=None)
        if found is None or found.from_on - day > LONGEST_SUMMER:
            raise CalendarMissing
        return found

    def last_business_day(self, day: date) -> date:
        """`day`, if it is a business day, or the last one before it. Raises OutOfRange."""
        return day if is_business_day(day, self.state_holidays) else self.plus(day, -1, "b")

    @cached_property
    def school_years(self) -> Sequence[Span]:
        return joined(self.calendar.school_years)

    def left_out(self, first: date, last: date, unit: str, adjust: Collection[str]) -> tuple[str, ...]:
        """What a count from `first` to `last`, both included, left out; weekends go without saying."""
        if unit == "b":
            return tuple(self._holidays(first, last))
        if unit == "s":
            spans: Iterable[Span] = joined((*self.calendar.closures, *(Period(*span) for span in self._outside)))
        else:
            long_breaks = [Period(*span) for span in self._long_breaks] if "long_breaks" in adjust else []
            spans = joined((*long_breaks, *(Period(*span) for span in self._outside))) if adjust else ()
        clipped = [(max(begin, first), min(end, last)) for begin, end in spans if begin <= last and end >= first]
        return tuple(f"{begin}" if begin == end else f"{begin} to {end}" for begin, end in clipped)

    @cached_property
    def _closed(self) -> Sequence[Span]:
        return joined(self.calendar.closures)

    @cached_property
    def _outside(self) -> Sequence[Span]:
        """All that is known to lie outside the school years: before, between and behind them; nothing where none is entered."""
        years = self.school_years
        if not years:
            return ()
        begins = [FIRST_DAY, *(_after(last) for _, last in years)]
        ends = [*(_before(first) for first, _ in years), LAST_DAY]
        return [(begin, end) for begin, end in zip(begins, ends, strict=True) if begin <= end]

    @cached_property
    def _long_breaks(self) -> Sequence[Span]:
        """The closures of more than LONG_BREAK weekdays, each from its first day to the day before school resumes."""
        return joined(
            Period(closure.from_on, _before(self._resumes(closure.to_on)))
            for closure in self.calendar.closures
            if weekdays_in(closure.from_on, closure.to_on) > LONG_BREAK
        )

    def _resumes(self, day: date) -> date:
        """The next school day after `day`, or, where none is known, the end of all."""
        try:
            return next(self.school_days(day))
        except CalendarMissing:
            return LAST_DAY + ONE

    def _open_days(self, start: date, step: int, closed: Sequence[Span]) -> Iterator[date]:
        """The days after `start`, or before it, inside the school years and none of the `closed` spans."""
        forward, day, years = step > 0, start, self.school_years
        while True:
            day = day + ONE if forward else day - ONE
            if not FIRST_DAY <= day <= LAST_DAY:
                raise CalendarMissing
            if years and not _around(years, day):
                day = self._next_school_year(day, forward)
            around = _around(closed, day)
            if around is None:
                yield day
            else:
                day = around[1] if forward else around[0]

    def _school_days_from(self, day: date) -> Iterator[date]:
        """The school days from `day` on, itself included; they end where no more are known."""
        try:
            yield from self.school_days(day - ONE)
        except CalendarMissing:
            return

    def _next_school_year(self, day: date, forward: bool) -> date:
        """Where the school year begins (ends, backward) that is next to `day`, which lies in none or at an edge."""
        years = self.school_years
        if forward:
            place = bisect_right(years, (day, LAST_DAY))
            if place == len(years):
                raise CalendarMissing
            edge = years[place][0]
        else:
            place = bisect_left(years, (day, FIRST_DAY)) - 1
            if place < 0:
                raise CalendarMissing
            edge = years[place][1]
        if abs(edge - day) > LONGEST_SUMMER:
            raise CalendarMissing
        return edge

    def _holidays(self, first: date, last: date) -> Iterator[str]:
        for year in range(first.year, last.year + 1):
            federal = federal_holidays(year)
            own = {day for day in self.state_holidays if day.year == year}
            for day in sorted(federal | own):
                if first <= day <= last and day.weekday() < 5:
                    yield f"{day} ({'federal' if day in federal else 'state'} holiday)"


def nth(days: Iterator[date], number: int, start: date) -> date:
    """The `number`-th of the days; `start` itself for none. Raises CalendarMissing where they end before."""
    if not number:
        return start
    found = next(islice(days, number - 1, None), None)
    if found is None:
        raise CalendarMissing
    return found


def weekdays_in(first: date, last: date) -> int:
    """How many of the days from `first` to `last` are Monday to Friday."""
    weeks, rest = divmod((last - first).days + 1, 7)
    return weeks * 5 + sum((first.weekday() + day) % 7 < 5 for day in range(rest))


def joined(periods: Iterable[Period]) -> Sequence[Span]:
    """The periods in order, those that overlap or touch made one."""
    found: list[Span] = []
    for first, last in sorted((period.from_on, period.to_on) for period in periods):
        if found and first <= _after(found[-1][1]):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _years(start: date, number: int) -> date:
    year = start.year + number
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutOfRange
    try:
        return start.replace(year=year)
    except ValueError:
        # 29 February: forward it is the 28th, looking back 1 March, so that both agree.
        return date(year, 2, 28) if number > 0 else date(year, 3, 1)


def _around(spans: Sequence[Span], day: date) -> Span | None:
    place = bisect_right(spans, (day, LAST_DAY)) - 1
    return spans[place] if place >= 0 and day <= spans[place][1] else None


def _within(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise OutOfRange
    return day


def _after(day: date) -> date:
    return day + ONE


def _before(day: date) -> date:
    return day - ONE
