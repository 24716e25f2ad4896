"""Days of school, counted without walking through them."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import date
from itertools import accumulate

# From one day to another, both included, as ordinals; in order, none over another.
Spans = Sequence[tuple[int, int]]
EVERY_DAY: Spans = [(date.min.toordinal(), date.max.toordinal())]


def spans(periods: Collection[tuple[date, date]]) -> Spans:
    return [(first.toordinal(), last.toordinal()) for first, last in periods]


def without(inside: Spans, closed: Spans) -> Spans:
    """What is left of the one where the other is taken out."""
    ends = [EVERY_DAY[0][0] - 1, *(last for _, last in closed)]
    starts = [*(first for first, _ in closed), EVERY_DAY[0][1] + 1]
    between = [(last + 1, first - 1) for last, first in zip(ends, starts, strict=True) if first - last > 1]
    return common(inside, between)


def common(one: Spans, other: Spans) -> Spans:
    """What lies in both."""
    found, here, there = [], 0, 0
    while here < len(one) and there < len(other):
        first, last = max(one[here][0], other[there][0]), min(one[here][1], other[there][1])
        if first <= last:
            found.append((first, last))
        if one[here][1] < other[there][1]:
            here += 1
        else:
            there += 1
    return found


class Days:
    """Those days of some spans that fall on certain weekdays (Monday is 0)."""

    def __init__(self, weekdays: Collection[int], inside: Spans) -> None:
        # Of the first days of a week, how many count: the first day of all was a Monday.
        self._of_week = list(accumulate((weekday in weekdays for weekday in range(7)), initial=0))
        self._starts = [first for first, _ in inside]
        self._before = list(accumulate((self._until(last) - self._until(first - 1) for first, last in inside), initial=0))
        self._inside = inside

    def count(self, first: date, last: date) -> int:
        """How many there are from the one day to the other, both included; none if that is no span."""
        return 0 if last < first else self._all_until(last.toordinal()) - self._all_until(first.toordinal() - 1)

    def _all_until(self, day: int) -> int:
        place = bisect_right(self._starts, day) - 1
        if place < 0:
            return 0
        first, last = self._inside[place]
        return self._before[place] + self._until(min(day, last)) - self._until(first - 1)

    def _until(self, day: int) -> int:
        weeks, rest = divmod(day, 7)
        return weeks * self._of_week[7] + self._of_week[rest]
