"""Ruled lines of a page as tables: which cells they enclose."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from domain.reading.page.signs import Rule

# How far apart lines may be that are meant to meet.
_NEAR = 2.5
_MOST_LINES = 1_500


class Box(NamedTuple):
    """A cell: where it is, its first row and column from 0, and over how many it goes."""

    left: float
    top: float
    right: float
    bottom: float
    row: int
    column: int
    rows: int = 1
    columns: int = 1


class Grid(NamedTuple):
    """A table's cells, and all that they cover."""

    left: float
    top: float
    right: float
    bottom: float
    cells: Sequence[Box]
    # The edges of its columns, from the left.
    edges: Sequence[float]


class _Line(NamedTuple):
    at: float
    begin: float
    end: float


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that the rules draw, each with at least two cells, and frames of one cell; from the top."""
    across = _merged([_Line(one.top, one.left, one.right) for one in rules if one.bottom - one.top < 1 < one.right - one.left])
    upright = _merged(
        [_Line(one.left, one.top, one.bottom) for one in rules if one.right - one.left < 1 < one.bottom - one.top]
    )
    if not across or not upright or len(across) + len(upright) > _MOST_LINES:
        return []
    grids = [grid for group in _connected(across, upright) if (grid := _grid(*group)) is not None]
    return sorted(grids, key=lambda grid: (grid.top, grid.left))


def _merged(lines: Sequence[_Line]) -> list[_Line]:
    """Pieces of one line as one line."""
    merged: list[_Line] = []
    by_place: list[list[_Line]] = []
    for one in sorted(lines):
        if by_place and one.at - by_place[-1][0].at < 1.6:
            by_place[-1].append(one)
        else:
            by_place.append([one])
    for group in by_place:
        group.sort(key=lambda one: one.begin)
        at = sum(one.at for one in group) / len(group)
        begin, end = group[0].begin, group[0].end
        for one in group[1:]:
            if one.begin > end + _NEAR:
                merged.append(_Line(at, begin, end))
                begin, end = one.begin, one.end
            end = max(end, one.end)
        merged.append(_Line(at, begin, end))
    return merged


def _connected(across: Sequence[_Line], upright: Sequence[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Groups of lines that meet one another."""
    parent = list(range(len(across) + len(upright)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for i, line in enumerate(across):
        for j, other in enumerate(upright, start=len(across)):
            meets = line.begin - _NEAR <= other.at <= line.end + _NEAR and other.begin - _NEAR <= line.at <= other.end + _NEAR
            if meets and root(i) != root(j):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[_Line], list[_Line]]] = defaultdict(lambda: ([], []))
    for i, line in enumerate((*across, *upright)):
        groups[root(i)][i >= len(across)].append(line)
    return [group for group in groups.values() if len(group[0]) > 1 and len(group[1]) > 0]


def _places(values: Sequence[float]) -> list[float]:
    places: list[float] = []
    for one in sorted(values):
        if not places or one - places[-1] > 2 * _NEAR:
            places.append(one)
    return places


def _grid(across: list[_Line], upright: list[_Line]) -> Grid | None:
    """The cells between the lines. Where a side of the table is open, the ends of its lines are its edge."""
    columns = _places([*(one.at for one in upright), *_open_ends([one.at for one in upright], across)])
    rows = _places([*(one.at for one in across), *_open_ends([one.at for one in across], upright)])
    wide, high = len(columns) - 1, len(rows) - 1
    if wide < 1 or high < 1 or wide * high > 20_000:
        return None
    parent = list(range(wide * high))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    walls, floors = _walls(upright, columns, rows), _walls(across, rows, columns)
    for row in range(high):
        for column in range(wide):
            this = row * wide + column
            if column + 1 < wide and (column + 1, row) not in walls:
                parent[root(this + 1)] = root(this)
            if row + 1 < high and (row + 1, column) not in floors:
                parent[root(this + wide)] = root(this)
    members: dict[int, list[int]] = defaultdict(list)
    for one in range(wide * high):
        members[root(one)].append(one)
    cells: list[Box] = []
    for group in members.values():
        at_rows, at_columns = [one // wide for one in group], [one % wide for one in group]
        top, bottom, left, right = min(at_rows), max(at_rows) + 1, min(at_columns), max(at_columns) + 1
        cells.append(Box(columns[left], rows[top], columns[right], rows[bottom], top, left, bottom - top, right - left))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(columns[0], rows[0], columns[-1], rows[-1], cells, columns)


def _open_ends(places: Sequence[float], lines: Sequence[_Line]) -> list[float]:
    """Where lines end that reach far beyond the outermost crossing one."""
    ends: list[float] = []
    begin, end = min(one.begin for one in lines), max(one.end for one in lines)
    if begin < min(places) - 15:
        ends.append(begin)
    if end > max(places) + 15:
        ends.append(end)
    return ends


def _walls(lines: Sequence[_Line], places: Sequence[float], crossing: Sequence[float]) -> set[tuple[int, int]]:
    """Which stretches of which places have a line along them."""
    walls: set[tuple[int, int]] = set()
    for line in lines:
        for at, place in enumerate(places):
            if abs(place - line.at) <= 2 * _NEAR:
                for stretch, (begin, end) in enumerate(pairwise(crossing)):
                    if line.begin - _NEAR <= (begin + end) / 2 <= line.end + _NEAR:
                        walls.add((at, stretch))
    return walls
