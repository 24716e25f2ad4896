"""A host of consultations: when they are open, by the clock of each date, and what of their time is taken."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.calendar import Period
from domain.seconds import DAY, MIDNIGHT, at_or_after, at_or_before, ends_of, moment, opening, since_midnight

# From when to when on one date, in seconds of its clock since midnight.
Hours = tuple[int, int]


@dataclass(frozen=True)
class WeeklyHours:
    """Hours on one weekday (0 is Monday) in the host's wall time; an `end` of 00:00 is the midnight that ends the day.

    Each stands by itself: no meeting runs from one into another. Raises ValueError when they end before they start.
    """

    weekday: int
    start: time
    end: time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError("A weekday is 0 (Monday) to 6 (Sunday).")
        if self.end <= self.start and self.end != MIDNIGHT:
            raise ValueError("Hours end after they start, or at 00:00, the end of the day.")


@dataclass(frozen=True)
class Travel(Period):
    """Dates on which a host lives by the clock of another zone."""

    timezone: ZoneInfo


# Not frozen: a search makes a thousand of these, and would spend three times as long on it.
@dataclass(slots=True)
class Span:
    """Time that is taken, from an aware instant to a later one, with the buffers it asks for around itself.

    A span that `counts` is a booking: limits and round robin count it, and seasons do if it is of the `same_type`. `rule`
    is its name when a time is explained: busy, held, time_off, external_calendar. Raises ValueError for an empty span.
    """

    starts_at: datetime
    ends_at: datetime
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    counts: bool = False
    rule: str = "busy"
    same_type: bool = False

    def __post_init__(self) -> None:
        if self.ends_at <= self.starts_at:
            raise ValueError("A span ends after it starts.")


@dataclass(frozen=True)
class Host:
    """Who can hold a consultation, when, and what of their time is taken.

    A date is what the host's clock shows on that date: the clock of `timezone`, or of a travel. Its hours are the first
    that there are of: `overrides` (empty: a day off); none on one of the `holidays`; `summer_weekly`, outside of the
    `terms`; `weekly`. Without terms it is always term. Raises ValueError for a weight below 1.
    """

    id: UUID
    timezone: ZoneInfo
    weekly: tuple[WeeklyHours, ...]
    busy: tuple[Span, ...] = ()
    overrides: Mapping[date, tuple[tuple[time, time], ...]] = field(default_factory=dict)
    weight: int = 1
    summer_weekly: tuple[WeeklyHours, ...] | None = None
    terms: tuple[Period, ...] = ()
    holidays: frozenset[date] = frozenset()
    travels: tuple[Travel, ...] = ()

    def __post_init__(self) -> None:
        if self.weight < 1:
            raise ValueError("A host has a weight of 1 or more.")

    def ends_of(self, day: date) -> tuple[int, int]:
        """When `day` begins and when it is over, by the clock of that date.

        Where zones meet, the next date may have begun before, or begin later: a time can have two dates, or none.
        """
        return ends_of(day, self._zone_on(day))

    @cached_property
    def taken(self) -> list[tuple[int, int, Span]]:
        """What is busy: the seconds at which each span begins and ends, and the span."""
        return [(at_or_before(span.starts_at), at_or_after(span.ends_at), span) for span in self.busy]

    def today(self, now: datetime) -> date:
        """The last date that has begun."""
        second = at_or_before(now)
        return max(day for day in dates_around(second, second) if self.ends_of(day)[0] <= second)

    def openings(self, since: int, until: int) -> Iterator[tuple[int, int]]:
        """All hours from `since` to `until`, and some around them."""
        for day in dates_around(since, until):
            for start, end in self.hours(day):
                yield opening(day, start, end, self._zone_on(day))

    def openings_on(self, day: date, hours: Sequence[Hours]) -> list[tuple[int, int]]:
        """When `hours` begin and end on `day`."""
        zone = self._zone_on(day)
        return [opening(day, start, end, zone) for start, end in hours]

    def hours(self, day: date) -> Sequence[Hours]:
        """The hours that hold on `day`."""
        if (override := self.overrides.get(day)) is not None:
            return [_hours(start, end) for start, end in override]
        return () if day in self.holidays else self.usual_hours(day)

    def usual_hours(self, day: date) -> Sequence[Hours]:
        """The hours that `day` would have, were it no holiday and had it none of its own."""
        in_term = self.summer_weekly is None or not self.terms or any(day in term for term in self.terms)
        return (self._in_term if in_term else self._in_summer)[day.weekday()]

    def _zone_on(self, day: date) -> ZoneInfo:
        for travel in self.travels:
            if day in travel:
                return travel.timezone
        return self.timezone

    @cached_property
    def _in_term(self) -> Sequence[Sequence[Hours]]:
        return _by_weekday(self.weekly)

    @cached_property
    def _in_summer(self) -> Sequence[Sequence[Hours]]:
        return _by_weekday(self.summer_weekly or ())


def dates_around(since: int, until: int) -> Iterator[date]:
    """Every date that some clock on earth shows from `since` to `until`: none is a day from UTC."""
    first, last = moment(since).toordinal() - 1, moment(until).toordinal() + 1
    return map(date.fromordinal, range(first, last + 1))


def _by_weekday(week: Sequence[WeeklyHours]) -> Sequence[Sequence[Hours]]:
    return [[_hours(each.start, each.end) for each in week if each.weekday == weekday] for weekday in range(7)]


def _hours(start: time, end: time) -> Hours:
    return since_midnight(start), since_midnight(end) or DAY
