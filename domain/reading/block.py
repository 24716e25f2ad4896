"""What a document consists of once a library has taken it apart: lines and rows of tables, in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass

CHECKED, UNCHECKED = "☒", "☐"


@dataclass(frozen=True)
class Source:
    """Where something stands: the page (PDF, from 1) and the line, from 1; in DOCX the block (paragraph or table row)."""

    page: int | None
    line: int


@dataclass(frozen=True)
class Line:
    """A line or paragraph of running text. Every box is `CHECKED` or `UNCHECKED`, however the document drew it.

    `heading`: 1 for a title, 2 and more for what stands below; 0 for text; None when the document does not say.
    `indent`: from the left edge of its column, in characters or their like. `is_bold`: all of it.
    """

    text: str
    source: Source
    heading: int | None = None
    is_bold: bool = False
    indent: int = 0
    # A bullet or number of a list that the document draws outside of the text ("•", "1.").
    marker: str = ""
    # The document wrapped: this is the rest of the line above.
    continues: bool = False
    # The line as it stands where `text` says it differently ("(x) yes" for "☒ yes").
    raw: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text (lines parted by newlines), its first column from 0, and over how many it goes."""

    text: str
    column: int
    columns: int = 1
    is_bold: bool = False
    # Over how many rows it goes. Each later one has it again, as one that stands above: part of its meaning, not of its words.
    rows: int = 1
    is_from_above: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table. Rows of one table have the same `table`, also when it goes on over pages."""

    cells: Sequence[Cell]
    table: int
    source: Source
    # The document itself says that it is the heading of the table.
    is_heading: bool = False


Block = Line | Row


@dataclass(frozen=True)
class Pages:
    """A document taken apart. Headers, footers, page numbers and watermarks that repeat are not among the blocks.

    `margins`: what was left out because it repeats, each text once: a watermark may say DRAFT, a header whose IEP it is.
    `without_text`: the pages (from 1) that hold a picture and no text. `count`: pages, or 0 where there are none (DOCX, TXT).
    """

    blocks: Sequence[Block]
    margins: Sequence[str] = ()
    without_text: Sequence[int] = ()
    count: int = 0
