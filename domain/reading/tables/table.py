"""A table as it is read: its rows and cells, and what each column holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from domain.reading.block import Cell, Row, Source
from domain.reading.form.label import Label
from domain.reading.form.marks import is_empty
from domain.reading.form.topic import Topic
from domain.reading.promise.draft import Draft


@dataclass
class Line:
    """A row of cells that are not all empty."""

    cells: list[Cell]
    source: Source
    is_heading: bool = False

    @property
    def filled(self) -> list[Cell]:
        """Its cells that somebody filled in."""
        return [cell for cell in self.cells if not is_empty(cell.text)]

    @property
    def own(self) -> list[Cell]:
        """Those that do not stand in the row above already."""
        return [cell for cell in self.filled if not cell.is_from_above]

    @property
    def quote(self) -> str:
        """Its words, cell by cell."""
        return " | ".join(" ".join(cell.text.split()) for cell in self.cells if cell.text.strip() and not cell.is_from_above)


@dataclass
class Column:
    """What the cells from `first` to `last` hold."""

    first: int
    last: int
    label: Label
    is_guessed: bool = False


@dataclass
class Layout:
    """The columns of a table, remembered: a table may go on after other lines, without its heading."""

    columns: list[Column] = field(default_factory=list)
    width: int = 0
    is_amended: bool = False
    # Every cell holds promises of its own ("In class | On tests").
    is_lists: bool = False

    def of(self, cell: Cell) -> Column | None:
        """The column in which most of a cell stands."""
        end = cell.column + cell.columns - 1
        best, most = None, 0
        for column in self.columns:
            common = min(end, column.last) - max(cell.column, column.first) + 1
            if common > most:
                best, most = column, common
        return best

    def roles(self) -> set[str]:
        """What its columns hold."""
        return {column.label.role for column in self.columns}


@dataclass
class Table:
    """What is read of one table. `in_lines`: cells that are prose go back to be read as lines."""

    rows: Sequence[Row]
    topic: Topic | None
    layout: Layout | None
    in_lines: Callable[[str, Source, Topic | None], list[Draft]]
    is_amendment: bool = False
    setting: str = ""
    mode: str = ""
    drafts: list[Draft] = field(default_factory=list)
    left_at: Topic | None = None
    layout_left: Layout | None = None


def line_of(row: Row) -> Line:
    """A row of the document as it is read."""
    return Line([replace(cell, text=cell.text.strip()) for cell in row.cells], row.source, row.is_heading)


def said_alone(line: Line) -> str | None:
    """The text of a row that says but one thing, at its beginning."""
    filled = line.own
    if len(filled) != 1 or (len(line.filled) > 1 and not line.filled[0].is_from_above):
        return None
    return filled[0].text


def is_all_in(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the spans are most of a text."""
    return bool(spans) and sum(end - start for start, end in spans) >= 0.75 * len(text.strip())
