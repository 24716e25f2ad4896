"""A service log held against what is owed: what was delivered, what is short, and by what (DOMAIN section 7; ours)."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from domain.calendar import Period
from domain.delivery.owed import Owing, months, rounded, weeks

# Minutes of these were given.
GIVEN = ("delivered", "partial", "made_up")
OUTCOMES = (*GIVEN, "missed", "student_absent", "school_closed")


@dataclass(frozen=True)
class Entry:
    """A line of the log. `minutes` were given; of what was not given, they had been planned."""

    on: date
    minutes: int
    outcome: str
    source: str = "practice"
    id: UUID | None = None
    # What the log says beside it.
    text: str | None = None


@dataclass(frozen=True)
class ShortBy:
    """What is short, split: never more than is left, so that "missed" is never overstated."""

    student_absent: int
    missed: int
    unaccounted: int


@dataclass(frozen=True)
class Logged:
    entries: int
    minutes: int


@dataclass(frozen=True)
class Sums:
    """A window in whole minutes. `owed`, `short` and `short_by` are None where there is a `reason`.

    `delivered` holds what was `made_up`; `outside` are minutes given on days on which nothing was promised, and count for
    nothing; `logged` is what the log says of the other days, by outcome.
    """

    from_on: date
    to_on: date
    owed: int | None
    delivered: int
    made_up: int
    short: int | None
    short_by: ShortBy | None
    outside: int
    reason: str | None
    logged: Mapping[str, Logged]


class Support:
    """One support through the versions of an IEP, each of which promises it in its own time; and its log."""

    def __init__(self, versions: Sequence[Owing], entries: Iterable[Entry]) -> None:
        self.versions = versions
        self.entries = sorted(entries, key=lambda entry: entry.on)
        self._days = [entry.on for entry in self.entries]
        self._promised = {day for day in set(self._days) if any(day in version for version in versions)}

    def logged(self, window: Period) -> Sequence[Entry]:
        return self.entries[bisect_left(self._days, window.from_on) : bisect_right(self._days, window.to_on)]

    def met_by(self, window: Period) -> list[Owing]:
        """The versions that promise it in a window; where none does, the last of all says what can be said."""
        return [version for version in self.versions if version.meets(window)] or list(self.versions[-1:])

    def sums(self, window: Period) -> Sums:
        """Of the whole window: a make-up counts in the week in which it is given."""
        versions, entries = self.met_by(window), self.logged(window)
        reason = next((version.reason for version in versions if version.reason), None)
        owed = None if reason else rounded(sum((version.owed(window) or Fraction(0) for version in versions), Fraction(0)))
        counted = [entry for entry in entries if entry.on in self._promised]
        by_outcome = _by_outcome(counted)
        delivered = sum(by_outcome[outcome].minutes for outcome in GIVEN)
        short = None if owed is None else max(0, owed - delivered)
        return Sums(
            from_on=window.from_on,
            to_on=window.to_on,
            owed=owed,
            delivered=delivered,
            made_up=by_outcome["made_up"].minutes,
            short=short,
            short_by=None if short is None else _split(short, by_outcome),
            outside=sum(entry.minutes for entry in entries if entry.outcome in GIVEN) - delivered,
            reason=reason,
            logged=by_outcome,
        )

    def by_week(self, window: Period) -> list[Sums]:
        """Each week, Monday to Sunday, as if it were asked for alone: a week in which more was given than was owed is short of
        nothing, so what all of them are short may be more than the window is."""
        return [self.sums(week) for week in self._parts(weeks, window)]

    def by_month(self, window: Period) -> list[Sums]:
        """Each calendar month in the same way."""
        return [self.sums(month) for month in self._parts(months, window)]

    def _parts(self, split: Callable[[date, date], Iterator[Period]], window: Period) -> Iterator[Period]:
        """The parts of a window, from the first to the last day of it on which something is promised or logged."""
        days = [entry.on for entry in self.logged(window)]
        for version in self.versions:
            if promised := version.within(window):
                days += [promised.from_on, promised.to_on]
        for part in split(min(days), max(days)) if days else ():
            yield Period(max(part.from_on, window.from_on), min(part.to_on, window.to_on))


def _by_outcome(entries: Iterable[Entry]) -> dict[str, Logged]:
    minutes: dict[str, list[int]] = {outcome: [] for outcome in OUTCOMES}
    for entry in entries:
        minutes[entry.outcome].append(entry.minutes)
    return {outcome: Logged(len(given), sum(given)) for outcome, given in minutes.items()}


def _split(short: int, logged: Mapping[str, Logged]) -> ShortBy:
    absent = min(short, logged["student_absent"].minutes)
    missed = min(short - absent, logged["missed"].minutes)
    return ShortBy(absent, missed, short - absent - missed)
