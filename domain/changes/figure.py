"""A number of a promise, and what it counts."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Figure:
    """A number and what it counts. `better`: 1 when more of it is better, -1 when less is; a second value settles a tie."""

    key: str
    value: Fraction
    better: int
    more: Fraction = Fraction(0)
    said: str = ""
    # "Up to" so much.
    is_ceiling: bool = False


# "Up to", "no more than", whatever the words.
AT_MOST = "≤"


SHARE = "§"
