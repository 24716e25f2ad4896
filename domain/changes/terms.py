"""What a promise says, taken apart: how much, how surely, by whom, to how many, of what and where.

Each rule takes its words out of the text; what is left are the things themselves, by the small words that lead to them.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from domain.changes.figure import Figure
from domain.changes.person import NOBODY, Person
from domain.changes.things import Thing
from domain.frequency import Frequency


@dataclass(frozen=True)
class Terms:
    """The words of a promise, read."""

    plain: str
    amounts: tuple[Frequency, ...] = ()
    hedges: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    often: int | None = None
    # How near: consultation alone 0, not said 2, with consultation besides 3, direct 4, both 6.
    contact: int = 2
    # 100 for one child alone down to 0 for a class; None when it is not said.
    ratio: Fraction | None = None
    person: Person = NOBODY
    # In a goal: 0 when alone, then as much as is given; None when it is not said.
    help: int | None = None
    figures: tuple[Figure, ...] = ()
    what: frozenset[Thing] = frozenset()
    scope: frozenset[Thing] = frozenset()
    place: frozenset[str] = frozenset()
    means: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    measure: frozenset[str] = frozenset()
    # Words beside a number, which says it already.
    counted: frozenset[str] = frozenset()
    ors: int = 0
    # When it is done, in minutes from the lesson or the event; before it is negative.
    moment: Fraction | None = None
    is_moment_exact: bool = False
    is_extended_year: bool = False
    is_school_year: bool = False
    part_of_year: str = ""
    negations: int = 0
    is_only: bool = False
    # To and from, before and after.
    is_both_ways: bool = False
    # Where, also where the place is of its scope.
    places: frozenset[Thing] = frozenset()
    due: tuple[date, ...] = ()
    # For pairing: the words with how much each says.
    weights: tuple[tuple[str, int], ...] = ()
    # The same wherever they stand.
    bag: tuple[tuple[str, int], ...] = ()
    # As it was read, for the words as they stand in it.
    whole: str = ""
    subjects: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Opening:
    """What is read first: as much as an unchanged promise needs."""

    plain: str
    text: str
    whole: str
    amounts: tuple[Frequency, ...]
    due: tuple[date, ...]
    hedges: frozenset[str]
