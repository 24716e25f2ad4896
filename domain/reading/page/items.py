"""What a page consists of in reading order: lines of text, and tables with their cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from domain.reading.broken_words import CUT, HYPHENATED
from domain.reading.form.label import label_of
from domain.reading.page.lines import JOINING, Printed, begins_item, is_cut, is_wrapped, reads_on


@dataclass
class TextLine:
    """A line of running text on the page, and the frame that it was set in."""

    printed: Printed
    left: float
    right: float
    number: int = 0

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.printed.top

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.printed.bottom


_ENDS = (".", ":", ";", "!", "?")


@dataclass
class TableCell:
    """A cell's lines, its place in the table, and whether all of it is bold."""

    lines: list[Printed]
    column: int
    columns: int = 1
    rows: int = 1
    left: float = 0.0
    right: float = 0.0
    is_from_above: bool = False
    sideways: str = ""
    is_sideways_bold: bool = False

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return self.is_sideways_bold if not self.lines else all(one.is_bold for one in self.lines)

    @property
    def text(self) -> str:
        """Its lines, joined where the page only wrapped them."""
        said = cell_text(self.lines, self.left, self.right)
        return f"{self.sideways}\n{said}".strip() if self.sideways else said


def cell_text(lines: Sequence[Printed], left: float, right: float) -> str:
    """The lines of a cell, joined where they are only wrapped."""
    if not lines:
        return ""
    padding = max(min(line.left for line in lines) - left, 1.0)
    edge = right - min(padding, 8.0)
    text = lines[0].text
    # "General" above "education class": no list begins its first item alone with a capital. A label stands above its value.
    is_one = (
        text[:1].isupper()
        and not text.isupper()
        and label_of(text) is None
        and all(one.text[:1].islower() and not begins_item(one.text) and one.is_bold == lines[0].is_bold for one in lines[1:])
    )
    for upper, lower in pairwise(lines):
        first = lower.phrases[0].words[0].text
        if is_cut(upper, lower, edge):
            text += ("" if first[0].isdigit() else CUT) + lower.text
            continue
        goes_on = (
            is_wrapped(upper, lower, edge)
            or (is_one and not upper.text.endswith(_ENDS))
            or ((reads_on(upper.text) or first in JOINING) and not begins_item(lower.text))
            or (
                first[:1].islower()
                and not begins_item(lower.text)
                and not upper.text.endswith(_ENDS)
                and upper.right > left + 0.6 * (right - left)
            )
        )
        hyphen = goes_on and text.endswith("-") and text[-2:-1].isalpha() and first[0].isalpha()
        text += (HYPHENATED if hyphen else " " if goes_on else "\n") + lower.text
    return text


@dataclass
class TableRow:
    """A row of a table on the page."""

    cells: list[TableCell]
    top: float
    bottom: float
    number: int = 0


@dataclass
class Table:
    """A table on the page; `inner`: what stands inside of one of its rows and is a table of its own."""

    rows: list[TableRow]
    left: float
    right: float
    top: float
    bottom: float
    edges: list[float]
    is_ruled: bool
    inner: dict[int, list["Item"]] = field(default_factory=dict)


Item = TextLine | Table
