"""Tables of pages as rows: one that goes on over the next page is one, and its heading is given once."""

from collections.abc import Sequence
from dataclasses import replace

from domain.reading.block import Block, Cell, Line, Row, Source
from domain.reading.broken_words import joined
from domain.reading.page.items import Item, Table, TableRow
from domain.reading.page.lines import begins_item, reads_on
from domain.reading.pages.text_lines import text_line


class Tables:
    """Numbers the tables; one that goes on over the next page keeps its number, and its heading is given once."""

    def __init__(self, levels: dict[float, int]) -> None:
        self.count = 0
        self.levels = levels
        self.last: tuple[int, Table, int, list[str]] | None = None
        # How many lines of text stand between the last table and the end of `blocks`.
        self.at = 0

    def add(self, page: int, table: Table, blocks: list[Block]) -> None:
        """The rows of a table on a page."""
        rows = list(table.rows)
        first = [cell.text for cell in rows[0].cells]
        number = self.count + 1
        goes_on = False
        if self.last is not None and self.at == len(blocks):
            last_page, last, last_number, heading = self.last
            if page == last_page + 1 and _same_columns(last, table):
                goes_on, number = True, last_number
                if len(rows) > 1 and [cell.text for cell in rows[0].cells] == heading:
                    rows = rows[1:]
                if rows and _is_rest(last, rows[0]):
                    self._joined(blocks, rows[0])
                    rows = rows[1:]
                first = heading
        self.count = max(self.count, number)
        has_heading = not goes_on and len(rows) > 1 and _is_heading(table)
        for position, row in enumerate(rows):
            inner = table.inner.get(table.rows.index(row), ())
            if inner:
                self._spread(page, row, inner, blocks)
                continue
            cells = [
                Cell(cell.text, cell.column, cell.columns, cell.is_bold, cell.rows, cell.is_from_above) for cell in row.cells
            ]
            blocks.append(Row(cells, number, Source(page, row.number), is_heading=has_heading and position == 0))
        self.last, self.at = (page, table, number, first), len(blocks)

    def _spread(self, page: int, row: TableRow, inner: Sequence[Item], blocks: list[Block]) -> None:
        """A row that lays out tables side by side: each cell's text, and what stands in it, one after the other."""
        for cell in row.cells:
            if not cell.is_from_above:
                for text in filter(None, cell.text.split("\n")):
                    blocks.append(Line(text, Source(page, row.number), None if cell.is_bold else 0, cell.is_bold))
            here = [one for one in inner if cell.left - 2 <= _left(one) < cell.right]
            for item in sorted(here, key=lambda one: one.top):
                if isinstance(item, Table):
                    self.add(page, item, blocks)
                else:
                    blocks.append(text_line(page, item, self.levels, False))

    def _joined(self, blocks: list[Block], rest: TableRow) -> None:
        """A row that the end of the page cut in two."""
        row = blocks[-1]
        assert isinstance(row, Row)
        more = {cell.column: cell for cell in rest.cells}
        cells = []
        for cell in row.cells:
            other = more.get(cell.column)
            text = cell.text if other is None or not other.text else _with_rest(cell.text, other.text)
            cells.append(replace(cell, text=text))
        blocks[-1] = replace(row, cells=cells)


def _left(item: Item) -> float:
    return item.left if isinstance(item, Table) else item.printed.left


def _with_rest(text: str, rest: str) -> str:
    if not text:
        return rest
    return text + "\n" + rest if begins_item(rest) else joined([text, rest])


def _same_columns(one: Table, other: Table) -> bool:
    """Whether the table on the next page has the columns of the last one."""
    if one.is_ruled != other.is_ruled or not one.edges or len(one.edges) != len(other.edges):
        return False
    return all(abs(edge - same) < 6 for edge, same in zip(one.edges, other.edges, strict=True))


def _is_heading(table: Table) -> bool:
    """Whether the first row is set apart by its type."""
    first, others = table.rows[0], table.rows[1:]
    filled = [cell for cell in first.cells if cell.text]
    if len(filled) < 2 or not all(cell.is_bold for cell in filled):
        return False
    return any(cell.text and not cell.is_bold for row in others for cell in row.cells)


def _is_rest(table: Table, row: TableRow) -> bool:
    """Whether the first row of the next page is the rest of the last one of this page."""
    last = table.rows[-1]
    begun = {cell.column: cell for cell in last.cells if cell.text}
    filled = [cell for cell in row.cells if cell.text and not cell.is_from_above]
    if not filled or any(cell.is_bold for cell in filled):
        return False
    if any(cell.column not in begun for cell in filled):
        return False
    if len(filled) == len([cell for cell in row.cells if cell.columns == 1]) and not all(
        cell.text[0].islower() for cell in filled
    ):
        return False
    first = min(filled, key=lambda cell: cell.column)
    goes_on = sum(_reads_on(begun[cell.column].text, cell.text) for cell in filled)
    return goes_on * 2 > len(filled) or (first.column > 0 and goes_on > 0)


def _reads_on(text: str, rest: str) -> bool:
    """Whether the one can be the rest of the other."""
    if begins_item(rest):
        return False
    return rest[0].islower() or (not text.endswith((".", "!", "?", ":")) and reads_on(text))
