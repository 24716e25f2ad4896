"""One thing in which two promises differ."""

from dataclasses import dataclass
from datetime import timedelta

# Dates that keep their distance from the first day of their version so nearly are the same.
LEEWAY = timedelta(days=14)


@dataclass(frozen=True)
class Difference:
    """One thing that differs: 1 better, -1 worse, 0 neither; the fields that say so, and what is read aloud."""

    sign: int
    fields: tuple[str, ...]
    reason: str
    # The stems that are gone and that are new, where the words of the texts say it best.
    lost: frozenset[str] = frozenset()
    gained: frozenset[str] = frozenset()
    # A place that is newly said, or no longer: beside something worse or better it does not count.
    is_place: bool = False
