"""The six elements of a statement: whether it says each of them clearly, vaguely or not at all.

A vague sign outweighs a clear one. What the words do not say is missing; nothing is taken for granted. Findings decide first:
each makes that element vague which it leaves open.
"""

from collections.abc import Sequence

from domain.wording.context import Statement
from domain.wording.how import how
from domain.wording.span import Span
from domain.wording.weighed import CLEAR, ELEMENTS, MISSING, NOT_APPLICABLE, VAGUE, Weighed
from domain.wording.what import what
from domain.wording.when import when
from domain.wording.where import where
from domain.wording.who import who
from domain.wording.why import why

__all__ = ["CLEAR", "ELEMENTS", "MISSING", "NOT_APPLICABLE", "VAGUE", "elements"]


def elements(statement: Statement, found: Sequence[Span]) -> dict[str, str]:
    """The six elements of the statement, given its findings."""
    weighed = Weighed(statement, found)
    return {
        "who": who(weighed),
        "what": what(weighed),
        "where": where(weighed),
        "when": when(weighed),
        "how": how(weighed),
        "why": why(weighed),
    }
