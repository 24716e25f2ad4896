"""A page in reading order: head, ruled tables, what flows between them, foot."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.reading.page.flow import flow
from domain.reading.page.grids import Grid
from domain.reading.page.items import Item, Table, TextLine
from domain.reading.page.lines import Printed, printed_lines
from domain.reading.page.prepared import Prepared
from domain.reading.page.ruled_tables import is_inside, ruled_table
from domain.reading.page.signs import Rule
from domain.reading.page.words import Word


@dataclass
class Laid:
    """A page in reading order, and what runs across it or along its edge."""

    number: int
    width: float
    height: float
    items: list[Item]
    turned: list[Word]
    has_picture: bool


# The share of a page's height in which a head or foot stands apart from the text.
_EDGE = 0.09


def laid(page: Prepared, words: Sequence[Word]) -> Laid:
    """The page in reading order, with so many of its words."""
    sheet = page.sheet
    lines = printed_lines(words)
    head = _apart([line.top for line in lines], [line.bottom for line in lines], lines, _EDGE * sheet.height)
    upside = lines[::-1]
    foot = _apart(
        [sheet.height - line.bottom for line in upside],
        [sheet.height - line.top for line in upside],
        upside,
        _EDGE * sheet.height,
    )
    if head + foot >= len(lines):
        head = foot = 0
    edge = {id(word) for line in [*lines[:head], *upside[:foot]] for phrase in line.phrases for word in phrase.words}
    loose = [rule for rule in page.rules if rule.bottom - rule.top < 1]
    turned = list(page.turned)
    left, right = min((line.left for line in lines), default=0.0), max((line.right for line in lines), default=0.0)
    items: list[Item] = [TextLine(line, left, right) for line in lines[:head]]
    items += _in_order([word for word in words if id(word) not in edge], page.grids, loose, turned, 0)
    items += [TextLine(line, left, right) for line in upside[:foot][::-1]]
    return Laid(sheet.number, sheet.width, sheet.height, items, turned, sheet.has_picture)


def _apart(tops: Sequence[float], bottoms: Sequence[float], lines: Sequence[Printed], edge: float) -> int:
    """How many lines at the edge stand apart from the rest."""
    for at in range(min(4, len(lines) - 1)):
        if bottoms[at] > edge:
            return 0
        if tops[at + 1] - bottoms[at] > 1.4 * lines[at].size:
            return at + 1
    return 0


def _in_order(
    words: Sequence[Word], grids: Sequence[Grid], loose: Sequence[Rule], turned: list[Word], depth: int
) -> list[Item]:
    """Words and ruled tables in reading order."""
    tables: list[Table] = []
    free = list(words)
    by_area = sorted(grids, key=lambda grid: (grid.right - grid.left) * (grid.bottom - grid.top))
    held: dict[int, list[Word]] = {}
    for grid in by_area:
        held[id(grid)] = [word for word in free if is_inside(word, grid)]
        free = [word for word in free if not is_inside(word, grid)]
    made: dict[int, Table] = {}
    for grid in by_area:
        made[id(grid)] = ruled_table(grid, held[id(grid)], turned, loose, depth)
        tables.append(made[id(grid)])
    for position, grid in enumerate(by_area):
        inside = made[id(grid)]
        for outer in by_area[position + 1 :]:
            if (
                outer.left - 1 <= grid.left
                and grid.right <= outer.right + 1
                and outer.top - 1 <= grid.top
                and grid.bottom <= outer.bottom + 1
            ):
                around = made[id(outer)]
                row = max((at for at, one in enumerate(around.rows) if one.top <= grid.top + 2), default=0)
                around.inner.setdefault(row, []).append(inside)
                tables.remove(inside)
                break
    return flow(printed_lines(free), [table for table in tables if table.rows], loose, depth)
