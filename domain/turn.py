"""Whose turn it is to hold a consultation: round robin by weight, week by week."""

from bisect import bisect_right
from uuid import UUID

from domain.host import Host, dates_around

_WEEK = 7 * 24 * 60 * 60


class Share:
    """What a host has of the bookings, in the weeks from one second to another; a week begins on Monday by their clock.

    In a week everybody takes a round of as many bookings as they weigh before anybody begins another. Within a round
    whoever has least of all bookings, by weight, comes first. So weights are kept, be the bookings of a week few or many,
    and a new host, who has nothing yet, is no more than a round ahead.
    """

    def __init__(self, host: Host, minutes: int, first: int, last: int) -> None:
        """`minutes` is how long the booking that is to be given lasts."""
        self._id, self._round = host.id, host.weight * minutes * 60
        self._weeks = [host.ends_of(day)[0] for day in dates_around(first - _WEEK, last + _WEEK) if day.weekday() == 0]
        self._seconds = [0] * (len(self._weeks) + 1)
        for begins, ends, span in host.taken:
            if span.counts:
                self._seconds[bisect_right(self._weeks, begins)] += ends - begins
        self._all = sum(self._seconds) / host.weight

    def turn(self, second: int) -> tuple[int, float, UUID]:
        """The smaller, the sooner; it stays so until the week is over."""
        return self._seconds[bisect_right(self._weeks, second)] // self._round, self._all, self._id

    def week_ends(self, second: int) -> int:
        return self._weeks[bisect_right(self._weeks, second)]
