"""Lines of a table of blanks as its rows: where one begins, and what is the rest of the one above."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.reading.broken_words import joined
from domain.reading.form.heading import is_all_heading, topic_of
from domain.reading.form.label import is_all_label, label_of
from domain.reading.page.lines import reads_on
from domain.reading.text.aligned_columns import VALUE, InColumns
from domain.vocabulary import all_services

# A value that goes on in the line below.
_HALF = re.compile(r"(?:\w (?:every|per|a|each|times|x)|\w ?[/–-])$", re.IGNORECASE)
SUM = re.compile(r"\W*(?:sub|grand )?-?total\b", re.IGNORECASE)


@dataclass
class GridCell:
    """A cell: its text, its first column and over how many it goes; `is_from_above`: said once for several rows."""

    text: str
    column: int
    columns: int = 1
    is_from_above: bool = False


@dataclass
class GridRow:
    """A row, and in which line it begins."""

    line: int
    cells: list[GridCell]
    is_heading: bool = False


@dataclass
class _Open:
    """A row that is not at its end yet."""

    line: int
    parts: list[list[str]]
    indent: int = 0
    # How many lines of it there are, and in which of them each column stood last.
    height: int = 1
    last: list[int] = field(default_factory=list)


def rows_of(laid: Sequence[InColumns], widths: Sequence[int]) -> list[GridRow]:
    """Lines as rows: one begins where a value stands, or a first cell that is not the rest of the one above."""
    count = len(widths)
    valued = [
        column
        for column in range(1, count)
        if (here := [one.cells[column] for one in laid if one.cells[column]])
        and sum(VALUE.match(cell) is not None for cell in here) * 2 >= len(here)
    ]
    rows: list[GridRow] = []
    row: _Open | None = None

    def close() -> None:
        if row is not None:
            rows.append(GridRow(row.line, [GridCell(joined(part), column) for column, part in enumerate(row.parts)]))

    for at, one in enumerate(laid):
        below = laid[at + 1] if at + 1 < len(laid) else None
        if one.across:
            close()
            row = None
            rows.append(GridRow(one.line, [GridCell(one.across, 0, count)]))
            continue
        kind = "row" if row is None else _kind(one, row, valued, widths, below)
        if kind == "rest" and row is not None:
            row.height += 1
            for column in one.filled:
                row.parts[column].append(one.cells[column])
                row.last[column] = row.height
            continue
        close()
        above = row
        row = _Open(
            one.line, [[cell] if cell else [] for cell in one.cells], one.indent, 1, [1 if cell else 0 for cell in one.cells]
        )
        if kind == "heading":
            close()
            row = None
        elif kind == "more" and above is not None:
            cells = [GridCell(cell, column) for column, cell in enumerate(one.cells)]
            cells[0] = GridCell(joined(above.parts[0]), 0, is_from_above=True)
            rows.append(GridRow(one.line, cells))
            row = None
    close()
    return rows


def _kind(one: InColumns, row: _Open, valued: Sequence[int], widths: Sequence[int], below: InColumns | None) -> str:
    """What a line is below a row: the rest of it, another row, one more of the same name, or a heading."""
    values = [column for column in valued if VALUE.match(one.cells[column]) and not _is_half(row, column)]
    first = one.cells[0]
    if not first:
        if any(SUM.match(cell) for cell in one.cells):
            return "row"
        doubled = [column for column in values if row.parts[column]]
        return "more" if doubled and len(doubled) == len(values) and row.parts[0] else "rest"
    upper = joined(row.parts[0])
    goes_on = bool(row.parts[0]) and row.last[0] == row.height and (first[:1].islower() or reads_on(upper))
    if values and not (goes_on and first[:1].islower()):
        return "row"
    if goes_on:
        return "rest"
    if one.is_apart:
        return "row"
    if one.filled == [0]:
        # What stands further out than the rows sorts them.
        if row.parts[0] and one.indent < row.indent and below is not None:
            return "heading"
        return _alone(first, upper, row, widths[0], below)
    if not valued:
        # No column tells: the first cell begins a row where its neighbours begin as cells do, or the one above had room.
        small = any(one.cells[column][:1].islower() for column in one.filled)
        return "rest" if small and len(one.filled) < len(widths) else "row"
    needed = [column for column in valued if row.parts[column]]
    fits = row.last[0] == row.height and _would_not_fit(row.parts[0][-1], first, widths[0]) if row.parts[0] else False
    return "rest" if needed and fits and len(one.filled) < len(widths) else "row"


def _is_half(row: _Open, column: int) -> bool:
    return bool(row.parts[column]) and (_HALF.search(row.parts[column][-1]) is not None or reads_on(row.parts[column][-1]))


def _alone(first: str, upper: str, row: _Open, width: int, below: InColumns | None) -> str:
    """What a first cell alone is."""
    is_below_first = bool(row.parts[0]) and row.last[0] == row.height
    sorts = (topic_of(first) is not None or is_all_label(first) or label_of(first) is not None) and below is not None
    if not is_below_first:
        return "heading" if sorts or below is None or len(below.filled) > 1 else "row"
    fits = not _would_not_fit(row.parts[0][-1], first, width)
    if sorts and below is not None and below.cells[0] and (fits or all_services(upper)):
        return "heading"
    if not fits:
        return "rest"
    if below is None or not below.cells[0] or not (is_all_heading(first) or first.isupper()):
        return "rest" if below is None and not first[:1].isupper() else "row" if len(first.split()) > 1 else "rest"
    return "heading"


def _would_not_fit(upper: str, lower: str, width: int) -> bool:
    return len(upper) + 1 + len(lower.split(None, 1)[0]) > width
