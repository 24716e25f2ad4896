"""How much consultations may take: of a host's day, week or month, and of a season of the practice."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from domain.calendar import Period
from domain.host import Host, dates_around
from domain.seconds import FOR_EVER, NEVER, ends_of


@dataclass(frozen=True)
class Limit:
    """How much of a host's day, week from Monday, or month bookings may take; None: as many as there are, or as long.

    Every booking counts, of whatever type, where it starts. A day, week or month goes from when its first date begins to
    when its last is over, each by the host's clock of that date; where zones meet, a booking may count in two.
    """

    per: Literal["day", "week", "month"]
    most_bookings: int | None = None
    most_minutes: int | None = None

    @property
    def rule(self) -> str:
        return {"day": "daily_limit", "week": "weekly_limit", "month": "monthly_limit"}[self.per]

    def full(self, host: Host, minutes: int) -> Iterator[tuple[int, int]]:
        """From when to when there is no room for another booking of so many `minutes`."""
        if not self._leaves_room(0, minutes * 60):
            yield NEVER, FOR_EVER
        bookings: Counter[tuple[int, int]] = Counter()
        seconds: Counter[tuple[int, int]] = Counter()
        for begins, ends, span in host.taken:
            if span.counts:
                for period in self._periods(host, begins):
                    bookings[period] += 1
                    seconds[period] += ends - begins
        for period in bookings:
            if not self._leaves_room(bookings[period], seconds[period] + minutes * 60):
                yield period

    def _leaves_room(self, bookings: int, seconds: int) -> bool:
        """Whether there may be one more than so many `bookings`, and so many `seconds` of them with it."""
        few = self.most_bookings is None or bookings < self.most_bookings
        return few and (self.most_minutes is None or seconds <= self.most_minutes * 60)

    def _periods(self, host: Host, second: int) -> set[tuple[int, int]]:
        """The days, weeks or months that hold `second`, as when they begin and are over."""
        dates = (self._dates(day) for day in dates_around(second, second))
        periods = {(host.ends_of(first)[0], host.ends_of(last)[1]) for first, last in dates}
        return {period for period in periods if period[0] <= second < period[1]}

    def _dates(self, day: date) -> tuple[date, date]:
        """The first and the last date of the day, week or month of `day`."""
        if self.per == "month":
            return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
        monday = day - timedelta(days=day.weekday())
        return (day, day) if self.per == "day" else (monday, monday + timedelta(days=6))


@dataclass(frozen=True)
class SeasonCap(Period):
    """At `most` so many bookings of a type, of all hosts together, start on these dates of `zone`."""

    most: int
    zone: ZoneInfo

    @property
    def ends(self) -> tuple[int, int]:
        """When the season begins and when it is over."""
        return ends_of(self.from_on, self.zone)[0], ends_of(self.to_on, self.zone)[1]

    def is_full(self, hosts: Iterable[Host]) -> bool:
        begins, ends = self.ends
        starts = (start for host in hosts for start, _, span in host.taken if span.same_type)
        return sum(begins <= start < ends for start in starts) >= self.most
