"""Where two records of one support do not go together: both are shown, and nobody is said to be right (ours).

- What somebody said on a day is about that day; what was heard at a check-in, about its week up to that day, Monday to Sunday.
- "No" does not go together with each session of those days that the log calls given; "partly", where all that the log has is
  given in full, or nothing is; "yes", where the log has sessions and none of them is given.
- Two sources of the log do not go together where one has a session of a day as given and the other not, where they differ in
  the minutes given, or in why nothing was. Where they agree on minutes given, both are counted, which is shown too.

What says neither yes, partly nor no is beside it: words are for people to weigh.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, groupby
from uuid import UUID

from domain.delivery.log import GIVEN, Entry

LOG_SAYS_GIVEN, LOG_SAYS_NOT_GIVEN = "log_says_given", "log_says_not_given"
SOURCES_DIFFER, BOTH_COUNTED = "sources_differ", "both_sources_counted"
KINDS = (LOG_SAYS_GIVEN, LOG_SAYS_NOT_GIVEN, SOURCES_DIFFER, BOTH_COUNTED)
IN_WORDS = {
    LOG_SAYS_GIVEN: "The log has it as given; it was said otherwise.",
    LOG_SAYS_NOT_GIVEN: "The log does not have it as given; it was said otherwise.",
    SOURCES_DIFFER: "Two sources of the log say different things about this day.",
    BOTH_COUNTED: "Two sources of the log have minutes on this day, and both are counted.",
}
_IN_FULL = ("delivered", "made_up")


@dataclass(frozen=True)
class Said:
    """What somebody said of whether a support is provided: `yes`, `partly` or `no`."""

    on: date
    is_happening: str
    source: str
    text: str
    id: UUID | None = None
    # At a check-in, which asks about the week.
    is_of_week: bool = False

    @property
    def since(self) -> date:
        return self.on - timedelta(days=self.on.weekday()) if self.is_of_week else self.on


@dataclass(frozen=True)
class Contradiction:
    """The rows of the log, and what was said, that do not go together. `on` is the day of the log."""

    kind: str
    on: date
    log: tuple[Entry, ...]
    said: Said | None = None

    @property
    def in_words(self) -> str:
        return IN_WORDS[self.kind]


def contradictions(entries: Iterable[Entry], said: Iterable[Said]) -> list[Contradiction]:
    """All of them, by the day of the log."""
    log = sorted(entries, key=lambda entry: (entry.on, str(entry.id)))
    days = [entry.on for entry in log]
    found = [
        one
        for saying in said
        for one in _with_log(saying, log[bisect_left(days, saying.since) : bisect_right(days, saying.on)])
    ]
    found += [one for _, of_day in groupby(log, lambda entry: entry.on) for one in _between_sources(list(of_day))]
    return sorted(found, key=_place)


def _place(one: Contradiction) -> tuple[object, ...]:
    said = (one.said.on, str(one.said.id)) if one.said else (one.on, "")
    return one.on, KINDS.index(one.kind), [str(entry.id) for entry in one.log], said


def _with_log(said: Said, log: Sequence[Entry]) -> Iterator[Contradiction]:
    given = [entry for entry in log if entry.outcome in GIVEN]
    denied = said.is_happening == "no" or (said.is_happening == "partly" and all(entry.outcome in _IN_FULL for entry in log))
    if denied:
        yield from (Contradiction(LOG_SAYS_GIVEN, entry.on, (entry,), said) for entry in given)
    if said.is_happening != "no" and not given:
        yield from (Contradiction(LOG_SAYS_NOT_GIVEN, entry.on, (entry,), said) for entry in log)


def _between_sources(of_day: Sequence[Entry]) -> Iterator[Contradiction]:
    by_source: dict[str, list[Entry]] = {}
    for entry in of_day:
        by_source.setdefault(entry.source, []).append(entry)
    for one, other in combinations(by_source.values(), 2):
        mine, theirs = _minutes_given(one), _minutes_given(other)
        if mine != theirs or (not mine and _outcomes(one) != _outcomes(other)):
            yield Contradiction(SOURCES_DIFFER, one[0].on, (*one, *other))
        elif mine:
            yield Contradiction(BOTH_COUNTED, one[0].on, (*one, *other))


def _minutes_given(entries: Iterable[Entry]) -> int:
    return sum(entry.minutes for entry in entries if entry.outcome in GIVEN)


def _outcomes(entries: Iterable[Entry]) -> set[str]:
    return {entry.outcome for entry in entries}
