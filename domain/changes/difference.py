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
