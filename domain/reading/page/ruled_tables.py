"""Ruled tables: the words in the cells of a grid."""

from collections.abc import Sequence

from domain.reading.broken_words import CUT
from domain.reading.page.flow import flow
from domain.reading.page.grids import Box, Grid
from domain.reading.page.items import Item, Table, TableCell, TableRow, TextLine
from domain.reading.page.lines import printed_lines
from domain.reading.page.signs import Rule
from domain.reading.page.words import Word


def is_inside(word: Word, box: Box | Grid) -> bool:
    """Whether a word stands in a cell or a table."""
    return box.left - 1 <= word.across <= box.right + 1 and box.top - 1 <= word.down <= box.bottom + 1


def ruled_table(grid: Grid, words: Sequence[Word], turned: list[Word], loose: Sequence[Rule], depth: int) -> Table:
    """The rows of a ruled table."""
    by_cell: dict[int, list[Word]] = {}
    # Cells by their upper edge: most words are in one of the few that begin above them.
    cells = sorted(enumerate(grid.cells), key=lambda one: one[1].top)
    begin = 0
    for word in sorted(words, key=lambda one: one.down):
        while begin < len(cells) and cells[begin][1].bottom + 1 < word.down:
            begin += 1
        for at, cell in cells[begin:]:
            if cell.top - 1 > word.down:
                break
            if is_inside(word, cell):
                by_cell.setdefault(at, []).append(word)
                break
    sideways: dict[int, list[Word]] = {}
    for word in list(turned):
        for at, cell in enumerate(grid.cells):
            across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
            fits = word.right - word.left < cell.right - cell.left + 4 and word.bottom - word.top < cell.bottom - cell.top + 4
            if fits and cell.left <= across <= cell.right and cell.top <= down <= cell.bottom:
                sideways.setdefault(at, []).append(word)
                turned.remove(word)
                break
    rows: dict[int, TableRow] = {}
    for at, cell in enumerate(grid.cells):
        made = TableCell(
            printed_lines(by_cell.get(at, [])),
            cell.column,
            cell.columns,
            cell.rows,
            cell.left,
            cell.right,
            sideways=_beside(sideways.get(at, [])),
            is_sideways_bold=bool(sideways.get(at)) and all(word.is_bold for word in sideways[at]),
        )
        for row in range(cell.row, cell.row + cell.rows):
            here = rows.setdefault(row, TableRow([], cell.top, cell.bottom))
            if row == cell.row:
                here.cells.append(made)
                here.top, here.bottom = max(here.top, cell.top), cell.bottom
            else:
                here.cells.append(
                    TableCell(
                        made.lines,
                        made.column,
                        made.columns,
                        1,
                        made.left,
                        made.right,
                        True,
                        made.sideways,
                        made.is_sideways_bold,
                    )
                )
    kept: list[TableRow] = []
    inner: dict[int, list[Item]] = {}
    for _, row_of in sorted(rows.items()):
        row_of.cells.sort(key=lambda one: one.column)
        if not any(cell.text and not cell.is_from_above for cell in row_of.cells):
            continue
        for part in row_of.cells:
            if not part.is_from_above and sum(len(line.phrases) > 1 for line in part.lines) > 2:
                items = flow(part.lines, [], loose, depth + 1)
                first = next((at for at, one in enumerate(items) if isinstance(one, Table)), len(items))
                if first < len(items):
                    # A table without lines, in a cell of one with lines.
                    part.lines = [one.printed for one in items[:first] if isinstance(one, TextLine)]
                    inner.setdefault(len(kept), []).extend(items[first:])
        kept.append(row_of)
    return Table(kept, grid.left, grid.right, grid.top, grid.bottom, list(grid.edges), True, inner)


def _beside(runs: Sequence[Word]) -> str:
    """Lines that run upwards, from the left."""
    text = ""
    for word in sorted(runs, key=lambda one: one.left):
        text += (CUT if text and text[-1].isalpha() and word.text[0].islower() else " " if text else "") + word.text
    return text
