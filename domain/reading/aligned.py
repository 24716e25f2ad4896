"""Tables that a text draws with blanks alone: columns below a heading, or below dashes that show how wide each is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from domain.reading.block import joined
from domain.reading.labels import is_all_heading, is_all_label, label_of, topic_of
from domain.reading.layout import reads_on
from domain.vocabulary import all_services

_PHRASE = re.compile(r"\S+(?: \S+)*")
_RUN = re.compile(r"-{2,}|={2,}|_{3,}|~{2,}|─{2,}")
_MOST_OF_HEADING, _MOST_OF_TABLE = 4, 400
# What stands in a cell as a value of its own, and never as the rest of a wrapped text.
_VALUE = re.compile(
    r"[$]?[\d½¼¾⅓]|[xX✓✔√☒☐]$|\[[ xX✓]?\]$|\([ xX]\)$|[-–—]{1,3}$|n/?a$|none$|as needed|daily|weekly|monthly|quarterly|yearly"
    r"|annually|once\b|twice\b|yes$|no$",
    re.IGNORECASE,
)
_BOXED = re.compile(r"(?:\[[ xX✓]{0,3}\]|\([ xX✓]?\)|[☒☐]|\b_[xX]?_+)\s*\w")
_ITEM = re.compile(r"\(?\w{1,3}[.)](?:\s|$)|[-*•●○▪·–>☒☐](?:\s|$)")
_SUM = re.compile(r"\W*(?:sub|grand )?-?total\b", re.IGNORECASE)
# A value that goes on in the line below.
_HALF = re.compile(r"(?:\w (?:every|per|a|each|times|x)|\w ?[/–-])$", re.IGNORECASE)

Span = tuple[int, int]


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


@dataclass
class _Laid:
    """A line of a table: what stands in each column, or across them."""

    line: int
    cells: list[str]
    across: str = ""
    is_apart: bool = False
    # How far from the edge it begins.
    indent: int = 0

    @property
    def filled(self) -> list[int]:
        """The columns in which something stands."""
        return [at for at, cell in enumerate(self.cells) if cell]


@dataclass
class _Open:
    """A row that is not at its end yet."""

    line: int
    parts: list[list[str]]
    indent: int = 0
    # How many lines of it there are, and in which of them each column stood last.
    height: int = 1
    last: list[int] = field(default_factory=list)


def grid_at(lines: Sequence[str], begin: int) -> Grid | None:
    """The table in the paragraph that begins here, if there is one."""
    end = begin
    while end < len(lines) and lines[end].strip() and "|" not in lines[end] and end - begin < _MOST_OF_TABLE:
        end += 1
    for at in range(begin, end):
        if _is_of_dashes(lines[at]) and (found := _below_dashes(lines, begin, at, end)):
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


def _phrases(text: str) -> list[tuple[int, int, str]]:
    return [(one.start(), one.end(), one[0]) for one in _PHRASE.finditer(text)]


def _is_of_dashes(text: str) -> bool:
    """Whether a line shows with dashes how wide each column is."""
    runs = text.split()
    return len(runs) > 1 and all(run[0] in "-=_~" and len(set(run)) == 1 for run in runs) and max(map(len, runs)) > 2


def _is_rule(text: str) -> bool:
    return len(text.strip()) > 2 and not any(sign.isalnum() for sign in text) and _RUN.search(text) is not None


# --- Columns below dashes ---------------------------------------------------------------------------------------------


def _below_dashes(lines: Sequence[str], begin: int, at: int, end: int) -> Grid | None:
    runs = [(one.start(), one.end()) for one in re.finditer(r"\S+", lines[at])]
    top = at
    while top > begin and at - top < _MOST_OF_HEADING and _is_heading_line(lines, top - 1, at, runs):
        top -= 1
    if top == at:
        return None
    heads = [_in_columns(one, lines[one], runs) for one in range(top, at)]
    laid: list[_Laid] = []
    here, last = at + 1, at + 1
    while here < end:
        if _is_rule(lines[here]):
            # The next table's dashes: its heading stands above them.
            if _is_of_dashes(lines[here]) and laid and not _SUM.match(lines[here - 1]):
                again = [one.cells for one in laid[-len(heads) :]] == [one.cells for one in heads]
                if again:
                    del laid[-len(heads) :]
                while not again and laid and laid[-1].line >= last and _is_heading_line(lines, laid[-1].line, here, runs):
                    if here - laid[-1].line > _MOST_OF_HEADING or _has_value(laid[-1]):
                        break
                    laid.pop()
                here = laid[-1].line + 1 if laid else at + 1
                break
            here += 1
            continue
        one = _in_columns(here, lines[here], runs)
        if one.across and not _is_sub_heading(lines, here, end, runs):
            break
        laid.append(one)
        here += 1
    stop = here
    while laid and (more := _next_part(lines, stop, runs)) is not None:
        laid += more
        stop = more[-1].line + 1
    if not laid:
        return None
    names = [joined([head.cells[column] for head in heads if head.cells[column]]) for column in range(len(runs))]
    rows = [GridRow(top, [GridCell(name, column) for column, name in enumerate(names)], is_heading=True)]
    widths = [right - left for left, right in runs]
    return Grid(top, stop, [*rows, *_rows(laid, widths)], runs)


def _is_heading_line(lines: Sequence[str], at: int, dashes: int, runs: Sequence[Span]) -> bool:
    """Whether a line above the dashes is part of the heading, and no title above the table."""
    text = lines[at]
    if not text.strip() or _is_rule(text):
        return False
    one = _in_columns(at, text, runs)
    if one.across or any(cell.endswith(".") and " " in cell for cell in one.cells):
        return False
    return len(one.filled) > 1 or one.filled != [0] or at + 1 == dashes or reads_on(one.cells[0])


def _in_columns(line: int, text: str, columns: Sequence[Span]) -> _Laid:
    """What of a line stands in which column; across, where words go on over the room between them."""
    cells: list[list[str]] = [[] for _ in columns]
    phrases = _phrases(text)
    across = 0
    indent = phrases[0][0] if phrases else 0
    for left, right, said in phrases:
        touched = [at for at in range(len(columns)) if _shared(left, right, columns, at) > 0]
        if len(touched) < 2:
            cells[touched[0] if touched else 0].append(said)
            continue
        # One blank may part two cells that are both full.
        place = left
        split: dict[int, list[str]] = {}
        is_split = False
        for word in said.split(" "):
            _, column = max((_shared(place, place + len(word), columns, at), -at) for at in touched)
            is_split = is_split or (place == columns[-column][0] and column < 0)
            split.setdefault(-column, []).append(word)
            place += len(word) + 1
        if len(split) > 1 and (not is_split or len(phrases) == 1):
            across += 1
            cells[touched[0]].append(said)
            continue
        for column, words in split.items():
            cells[column].append(" ".join(words))
    return _Laid(line, [" ".join(cell) for cell in cells], text.strip() if across and len(phrases) == 1 else "", indent=indent)


def _shared(left: int, right: int, columns: Sequence[Span], at: int) -> int:
    """How much of a stretch stands in a column, which reaches to the next one."""
    end = columns[at + 1][0] if at + 1 < len(columns) else right
    return min(right, end) - max(left, columns[at][0] if at else 0)


def _is_sub_heading(lines: Sequence[str], at: int, end: int, columns: Sequence[Span]) -> bool:
    """Whether a line across the columns stands above a row of them, and reads as no sentence."""
    text = lines[at].strip()
    if at + 1 >= end or text.endswith((".", ",")) or len(text) > 90:
        return False
    below = _in_columns(at + 1, lines[at + 1], columns)
    return not below.across and len(below.filled) > 1


def _next_part(lines: Sequence[str], at: int, columns: Sequence[Span]) -> list[_Laid] | None:
    """The lines behind a blank one that are rows of the same table."""
    begin = at
    while begin < len(lines) and begin - at < 2 and not lines[begin].strip():
        begin += 1
    if begin == at or begin >= len(lines) or not lines[begin].strip() or _is_rule(lines[begin]):
        return None
    found: list[_Laid] = []
    while begin < len(lines) and lines[begin].strip() and len(found) < _MOST_OF_TABLE:
        one = _in_columns(begin, lines[begin], columns)
        if one.across or _is_rule(lines[begin]):
            return None
        if not found:
            places = [left for left, _, _ in _phrases(lines[begin])]
            stands = sum(any(abs(place - left) < 2 for left, _ in columns) for place in places)
            known = sum(label_of(cell) is not None and is_all_label(cell) for cell in one.cells if cell)
            is_row = len(one.filled) > 2 or (len(one.filled) > 1 and len(columns) < 4)
            if not is_row or stands * 3 < len(places) * 2 or known > 1 or not one.cells[0] or _is_form(lines[begin]):
                return None
            one.is_apart = True
        found.append(one)
        begin += 1
    return found


def _is_form(text: str) -> bool:
    """Whether a line holds labels with their values, or boxes with their labels."""
    phrases = _phrases(text)
    marked = sum(":" in said[:-1] or said.endswith(":") for _, _, said in phrases)
    return marked * 2 >= len(phrases) or len(_BOXED.findall(text)) > 1


# --- Columns below a heading ------------------------------------------------------------------------------------------


def _below_heading(lines: Sequence[str], begin: int, end: int) -> Grid | None:
    top = begin
    while top < end and (len(_phrases(lines[top])) < 2 or _is_form(lines[top]) or _is_rule(lines[top])):
        top += 1
    # A heading may begin with a line above one of its columns alone.
    held: list[int] = []
    for at in range(top, end):
        if _is_form(lines[at]):
            break
        if not _is_rule(lines[at]):
            held.append(at)
    several = [at for at in held if len(_phrases(lines[at])) > 1]
    if len(several) < 2:
        return None
    columns = _columns([lines[at] for at in several])
    if columns is None:
        return None
    rule = next((at for at in range(top + 1, min(top + _MOST_OF_HEADING, end)) if _is_rule(lines[at])), None)
    while top > begin and not _is_rule(lines[top - 1]) and top - begin > 0:
        above = _in_columns(top - 1, lines[top - 1], columns)
        left = len(lines[top - 1]) - len(lines[top - 1].lstrip())
        if above.across or not above.filled or above.filled == [0] or left < columns[1][0]:
            break
        top -= 1
        held.insert(0, top)
    laid: list[_Laid] = []
    stop = held[-1] + 1
    for at in held:
        one = _in_columns(at, lines[at], columns)
        if one.across and not (len(laid) > 1 and _is_sub_heading(lines, at, end, columns)):
            stop = at
            break
        laid.append(one)
    heads = [one for one in laid if rule is not None and one.line < rule] or _heads(laid)
    body = laid[len(heads) :]
    names = [joined([head.cells[column] for head in heads if head.cells[column]]) for column in range(len(columns))]
    if not is_heading(names) or not body or not any(len(one.filled) > 1 for one in body):
        return None
    while (more := _next_part(lines, stop, columns)) is not None:
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
    return Grid(heads[0].line, stop, [*rows, *_rows(body, widths)], columns)


def _columns(lines: Sequence[str]) -> list[Span] | None:
    """Where columns stand: what is parted by two blanks or more in all lines, and by a gap in half of them."""
    width = max(len(line) for line in lines)
    if width > 400:
        return None
    taken = [False] * width
    gaps = [0] * width
    for line in lines:
        phrases = _phrases(line)
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


def _heads(laid: Sequence[_Laid]) -> list[_Laid]:
    """The lines of a heading that no rule ends: the first, and what goes on below it before the first value."""
    heads = [laid[0]]
    first = next((at for at, one in enumerate(laid) if _has_value(one)), 0)
    for at in range(1, min(first, _MOST_OF_HEADING)):
        one = laid[at]
        known = sum(label_of(cell) is not None or is_all_label(cell) for cell in one.cells if cell)
        if one.across or known < len(one.filled) or (one.filled == [0] and heads[0].cells[0]):
            break
        heads.append(one)
    return heads


def _has_value(one: _Laid) -> bool:
    return any(_VALUE.match(cell) for cell in one.cells[1:] if cell)


# --- Rows -------------------------------------------------------------------------------------------------------------


def _rows(laid: Sequence[_Laid], widths: Sequence[int]) -> list[GridRow]:
    """Lines as rows: one begins where a value stands, or a first cell that is not the rest of the one above."""
    count = len(widths)
    valued = [
        column
        for column in range(1, count)
        if (here := [one.cells[column] for one in laid if one.cells[column]])
        and sum(_VALUE.match(cell) is not None for cell in here) * 2 >= len(here)
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


def _kind(one: _Laid, row: _Open, valued: Sequence[int], widths: Sequence[int], below: _Laid | None) -> str:
    """What a line is below a row: the rest of it, another row, one more of the same name, or a heading."""
    values = [column for column in valued if _VALUE.match(one.cells[column]) and not _is_half(row, column)]
    first = one.cells[0]
    if not first:
        if any(_SUM.match(cell) for cell in one.cells):
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


def _alone(first: str, upper: str, row: _Open, width: int, below: _Laid | None) -> str:
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
