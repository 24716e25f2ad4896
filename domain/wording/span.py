"""What a finding is: words from and to, and the category that they fall into."""

from collections.abc import Callable
from typing import NamedTuple

from domain.wording.context import Statement

CATEGORIES = (
    "conditional",
    "permissive",
    "vague_frequency",
    "vague_amount",
    "vague_support",
    "subjective_standard",
    "discretionary",
    "unnamed_person",
    "open_ended",
    "intent_only",
)


(CONDITIONAL, PERMISSIVE, FREQUENCY, AMOUNT, SUPPORT, SUBJECTIVE, DISCRETIONARY, UNNAMED, OPEN, INTENT) = CATEGORIES


class Span(NamedTuple):
    """Words `first` to `end` (half-open) and the category that they fall into."""

    category: str
    first: int
    end: int


Rule = Callable[[Statement, int], "Span | None"]
