"""What a printed page draws: signs, ruled lines, small shapes and the fields of a form.

Coordinates are points from the top left corner of the page, y downwards.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Glyph(NamedTuple):
    """A sign of text. `turn`: in degrees against the way in which the page is read."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    is_bold: bool = False
    turn: int = 0


class Rule(NamedTuple):
    """A straight line along one of the axes."""

    left: float
    top: float
    right: float
    bottom: float


class Shape(NamedTuple):
    """Something small that is drawn: a square or circle (`is_box`), or what may be a mark inside one.

    What is white is neither filled nor stroked.
    """

    left: float
    top: float
    right: float
    bottom: float
    is_box: bool
    is_filled: bool
    is_stroked: bool


class Field(NamedTuple):
    """A field of a form: a box that is marked or not, or (`is_marked` None) a text."""

    left: float
    top: float
    right: float
    bottom: float
    is_marked: bool | None
    text: str = ""


class Sheet(NamedTuple):
    """All that a page draws."""

    number: int
    width: float
    height: float
    glyphs: Sequence[Glyph] = ()
    rules: Sequence[Rule] = ()
    shapes: Sequence[Shape] = ()
    fields: Sequence[Field] = ()
    has_picture: bool = False
