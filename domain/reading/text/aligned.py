"""Tables that a text draws with blanks alone: columns below a heading, or below dashes that show how wide each is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.reading.broken_words import joined
from domain.reading.form.label import is_all_label, label_of
from domain.reading.page.lines import reads_on
from domain.reading.text.aligned_columns import (
    MOST_OF_HEADING,
    MOST_OF_TABLE,
    InColumns,
    Span,
    has_value,
    in_columns,
    is_drawn,
    is_form,
    is_of_dashes,
    is_sub_heading,
    next_part,
    phrases_in,
)
from domain.reading.text.aligned_rows import SUM, GridCell, GridRow, rows_of

_ITEM = re.compile(r"\(?\w{1,3}[.)](?:\s|$)|[-*•●○▪·–>☒☐](?:\s|$)")


@dataclass
class Grid:
    """A table: its first line, the one behind its last, its rows, and where its columns stand."""

    begin: int
    end: int
    rows: list[GridRow]
    columns: list[Span]

    @property
    def heading(self) -> list[str]:
        """What stands above its columns."""
        return [cell.text for row in self.rows if row.is_heading for cell in row.cells]


def grid_at(lines: Sequence[str], begin: int) -> Grid | None:
    """The table in the paragraph that begins here, if there is one."""
    end = begin
    while end < len(lines) and lines[end].strip() and "|" not in lines[end] and end - begin < MOST_OF_TABLE:
        end += 1
    for at in range(begin, end):
        if is_of_dashes(lines[at]) and (found := _below_dashes(lines, begin, at, end)):
            return found
    return _below_heading(lines, begin, end)


def is_heading(names: Sequence[str]) -> bool:
    """Whether these are the names of columns: half of them known, one at most empty, none an item, a value or a sentence."""
    named = [name for name in names if name]
    if any(
        name[0] in "$½¼¾⅓" or name[0].isdigit() or _ITEM.match(name) or len(name) > 70 or name.endswith(".") for name in named
    ):
        return False
    known = sum(label_of(name) is not None for name in named)
    return known > 1 and known * 2 >= len(named) and len(named) + 1 >= len(names)


def _below_dashes(lines: Sequence[str], begin: int, at: int, end: int) -> Grid | None:
    runs = [(one.start(), one.end()) for one in re.finditer(r"\S+", lines[at])]
    top = at
    while top > begin and at - top < MOST_OF_HEADING and _is_heading_line(lines, top - 1, at, runs):
        top -= 1
    if top == at:
        return None
    heads = [in_columns(one, lines[one], runs) for one in range(top, at)]
    laid: list[InColumns] = []
    here, last = at + 1, at + 1
    while here < end:
        if is_drawn(lines[here]):
            # The next table's dashes: its heading stands above them.
            if is_of_dashes(lines[here]) and laid and not SUM.match(lines[here - 1]):
                again = [one.cells for one in laid[-len(heads) :]] == [one.cells for one in heads]
                if again:
                    del laid[-len(heads) :]
                while not again and laid and laid[-1].line >= last and _is_heading_line(lines, laid[-1].line, here, runs):
                    if here - laid[-1].line > MOST_OF_HEADING or has_value(laid[-1]):
                        break
                    laid.pop()
                here = laid[-1].line + 1 if laid else at + 1
                break
            here += 1
            continue
        one = in_columns(here, lines[here], runs)
        if one.across and not is_sub_heading(lines, here, end, runs):
            break
        laid.append(one)
        here += 1
    stop = here
    while laid and (more := next_part(lines, stop, runs)) is not None:
        laid += more
        stop = more[-1].line + 1
    if not laid:
        return None
    names = [joined([head.cells[column] for head in heads if head.cells[column]]) for column in range(len(runs))]
    rows = [GridRow(top, [GridCell(name, column) for column, name in enumerate(names)], is_heading=True)]
    widths = [right - left for left, right in runs]
    return Grid(top, stop, [*rows, *rows_of(laid, widths)], runs)


def _is_heading_line(lines: Sequence[str], at: int, dashes: int, runs: Sequence[Span]) -> bool:
    """Whether a line above the dashes is part of the heading, and no title above the table."""
    text = lines[at]
    if not text.strip() or is_drawn(text):
        return False
    one = in_columns(at, text, runs)
    if one.across or any(cell.endswith(".") and " " in cell for cell in one.cells):
        return False
    return len(one.filled) > 1 or one.filled != [0] or at + 1 == dashes or reads_on(one.cells[0])


def _below_heading(lines: Sequence[str], begin: int, end: int) -> Grid | None:
    top = begin
    while top < end and (len(phrases_in(lines[top])) < 2 or is_form(lines[top]) or is_drawn(lines[top])):
        top += 1
    # A heading may begin with a line above one of its columns alone.
    held: list[int] = []
    for at in range(top, end):
        if is_form(lines[at]):
            break
        if not is_drawn(lines[at]):
            held.append(at)
    several = [at for at in held if len(phrases_in(lines[at])) > 1]
    if len(several) < 2:
        return None
    columns = _columns([lines[at] for at in several])
    if columns is None:
        return None
    rule = next((at for at in range(top + 1, min(top + MOST_OF_HEADING, end)) if is_drawn(lines[at])), None)
    while top > begin and not is_drawn(lines[top - 1]) and top - begin > 0:
        above = in_columns(top - 1, lines[top - 1], columns)
        left = len(lines[top - 1]) - len(lines[top - 1].lstrip())
        if above.across or not above.filled or above.filled == [0] or left < columns[1][0]:
            break
        top -= 1
        held.insert(0, top)
    laid: list[InColumns] = []
    stop = held[-1] + 1
    for at in held:
        one = in_columns(at, lines[at], columns)
        if one.across and not (len(laid) > 1 and is_sub_heading(lines, at, end, columns)):
            stop = at
            break
        laid.append(one)
    heads = [one for one in laid if rule is not None and one.line < rule] or _heads(laid)
    body = laid[len(heads) :]
    names = [joined([head.cells[column] for head in heads if head.cells[column]]) for column in range(len(columns))]
    if not is_heading(names) or not body or not any(len(one.filled) > 1 for one in body):
        return None
    while (more := next_part(lines, stop, columns)) is not None:
        body += more
        stop = more[-1].line + 1
    rows = [GridRow(heads[0].line, [GridCell(name, column) for column, name in enumerate(names)], is_heading=True)]
    widths = [
        max(
            [len(one.cells[column]) for one in [*heads, *body] if not one.across],
            default=0,
        )
        for column in range(len(columns))
    ]
    return Grid(heads[0].line, stop, [*rows, *rows_of(body, widths)], columns)


def _columns(lines: Sequence[str]) -> list[Span] | None:
    """Where columns stand: what is parted by two blanks or more in all lines, and by a gap in half of them."""
    width = max(len(line) for line in lines)
    if width > 400:
        return None
    taken = [False] * width
    gaps = [0] * width
    for line in lines:
        phrases = phrases_in(line)
        for left, right, _ in phrases:
            for at in range(left, right):
                taken[at] = True
        for (_, right, _), (left, _, _) in pairwise(phrases):
            for at in range(right, left):
                gaps[at] += 1
    columns: list[Span] = []
    at = next((at for at in range(width) if taken[at]), width)
    begin = at
    while at < width:
        if taken[at]:
            at += 1
            continue
        end = at
        while end < width and not taken[end]:
            end += 1
        if end - at > 1 and max(gaps[at:end]) * 2 >= len(lines):
            columns.append((begin, at))
            begin = end
        at = end
    columns.append((begin, width))
    return columns if len(columns) > 1 else None


def _heads(laid: Sequence[InColumns]) -> list[InColumns]:
    """The lines of a heading that no rule ends: the first, and what goes on below it before the first value."""
    heads = [laid[0]]
    first = next((at for at, one in enumerate(laid) if has_value(one)), 0)
    for at in range(1, min(first, MOST_OF_HEADING)):
        one = laid[at]
        known = sum(label_of(cell) is not None or is_all_label(cell) for cell in one.cells if cell)
        if one.across or known < len(one.filled) or (one.filled == [0] and heads[0].cells[0]):
            break
        heads.append(one)
    return heads
