"""A sentence with its weak words marked, and a rewrite with its blanks: in pieces, as pages show them."""

import re
from collections.abc import Iterable
from typing import NamedTuple

# What somebody has to fill in, such as [who, by name or role]; an empty box is none.
_BLANK = re.compile(r"\[[^\[\]]{3,}\]")


class Piece(NamedTuple):
    """A part of a text; `mark` numbers those that stand out, from 1."""

    text: str
    mark: int = 0


def marked(text: str, spans: Iterable[tuple[int, int]]) -> list[Piece]:
    """The text with these spans marked, which do not overlap and come in order."""
    pieces, at = [], 0
    for number, (start, end) in enumerate(spans, 1):
        pieces += [Piece(text[at:start]), Piece(text[start:end], number)]
        at = end
    return [piece for piece in (*pieces, Piece(text[at:])) if piece.text]


def with_blanks(text: str) -> list[Piece]:
    """The text with its blanks marked."""
    return marked(text, (blank.span() for blank in _BLANK.finditer(text)))
