"""The blocks of a text: tables with pipes, tabs or blanks, and between them lines as if they were printed."""

import re
from collections import Counter
from collections.abc import Sequence

from domain.reading import boxes
from domain.reading.block import CHECKED, UNCHECKED, Block, Cell, Line, Row, Source
from domain.reading.broken_words import CUT, HYPHENATED, joined
from domain.reading.form.heading import is_all_heading, topic_of
from domain.reading.page.flow import flow
from domain.reading.page.items import Table, TextLine
from domain.reading.page.lines import Printed, is_wrapped, printed_lines, reads_on
from domain.reading.page.signs import Rule
from domain.reading.page.words import Word
from domain.reading.text.aligned import Grid, grid_at, is_heading
from domain.reading.text.written import Written, is_rule

_MOST_OF_ONE = 400
# A sign is so wide and a line so high, in the units of a printed page.
_WIDE, _HIGH, _SIZE = 5.0, 12.0, 8.0
_TOKEN = re.compile(r"\[ {0,4}[xX✓✔√]? {0,4}\]|\( {1,4}[xX✓✔√]? {0,4}\)|\S+")
_GAP = re.compile(r" {2,}")
# A rule around a heading, or before and behind it.
_RULE_BEFORE, _RULE_BEHIND = re.compile(r"(?:[-=*_~#]{2,}) *(?=[^\s\-=*_~#])"), re.compile(r"[-=*_~#]{2,}$")
_MARKED_UP = re.compile(r"(#{1,6}) +(\S.*)")
_ITEM = re.compile(
    rf"(?:[-*•●○◦▪·–+>]\s|[{CHECKED}{UNCHECKED}]|\(?(?:\d{{1,3}}(?:\.\d{{1,2}})*|[a-zA-Z]|[ivxIVX]{{1,4}})[.)](?=\s)|[A-Z]\w{{0,3}}\d{{1,2}}[.):])"
)
_BULLETED = re.compile(r"[-*•●○▪·–] \S|\d{1,2}[.)] \S")
_LABEL = re.compile(r"[A-Z][\w /&'()-]{0,40}:(?=\s|$)")
_ENDS = (".", "!", "?", ":", ";")


class TextBlocks:
    """Reads the lines from the top: tables with pipes, and between them text that may be aligned."""

    def __init__(self, lines: Sequence[Written], marks: boxes.Style) -> None:
        self.lines, self.marks = lines, marks
        self.texts = [line.text for line in lines]
        self.made: list[Block] = []
        self.tables = 0
        self.width = _width(lines)

    def blocks(self) -> list[Block]:
        """All of them."""
        at = begin = 0
        while at < len(self.lines):
            end = self._piped(at) if "|" in self.lines[at].text else None
            if end is None and self.lines[at].tabbed:
                end = self._tabbed(at)
            if end is None and self.lines[at].text.strip() and (at == begin or not self.lines[at - 1].text.strip()):
                grid = grid_at(self.texts, at)
                if grid:
                    self._laid(begin, grid.begin)
                    self._of_grid(grid)
                    at = begin = grid.end
                    continue
                if (stop := self._side_by_side(at)) is not None:
                    self._laid(begin, at)
                    self._laid(at, stop)
                    at = begin = stop
                    continue
            if end is None:
                at += 1
                continue
            rows = self.made[-end[1] :]
            del self.made[-end[1] :]
            self._laid(begin, at)
            self.made += rows
            at = begin = end[0]
        self._laid(begin, len(self.lines))
        return self.made

    def _laid(self, begin: int, end: int) -> None:
        """The lines from here to there, in parts that end with a blank line, or are too long for one table."""
        at = begin
        while begin < end:
            at += 1
            long = at - begin
            if at == end or long == _MOST_OF_ONE or (long > _MOST_OF_ONE // 4 and not self.lines[at - 1].text.strip()):
                self._printed(begin, at)
                begin = at

    def _printed(self, begin: int, end: int) -> None:
        """The lines from here to there, as if they were printed."""
        printed: list[Printed] = []
        rules: list[Rule] = []
        for at in range(begin, end):
            line = self.lines[at]
            if is_rule(line.text):
                middle = at * _HIGH - 0.4 * _SIZE + 0.5 * _HIGH
                rules += [Rule(m.start() * _WIDE, middle, m.end() * _WIDE, middle) for m in re.finditer(r"\S+", line.text)]
            elif line.text.strip():
                printed += printed_lines(self._words(at))
        for item in flow(printed, [], rules, 0):
            if isinstance(item, Table):
                self._of_table(item)
                continue
            at = round(item.printed.baseline / _HIGH)
            if len(item.printed.text.split()) == len(self.lines[at].text.split()) or item.printed.text == self._said(at):
                self._line(at)
            else:
                self._of_column(item, at)

    def _words(self, at: int) -> list[Word]:
        words = []
        for token in _TOKEN.finditer(self.lines[at].text):
            said = boxes.with_boxes(token[0], self.marks)
            if self.marks.blanks and re.fullmatch("_{1,6}", said):
                said = UNCHECKED
            left, right, baseline = token.start() * _WIDE, token.end() * _WIDE, at * _HIGH
            words.append(Word(said, left, baseline - 0.8 * _SIZE, right, baseline + 0.2 * _SIZE, baseline, _SIZE))
        return words

    def _said(self, at: int) -> str:
        return printed_lines(self._words(at))[0].text

    def _of_column(self, item: TextLine, at: int) -> None:
        """A part of a line, where text stands in columns."""
        last = self.made[-1] if self.made else None
        goes_on = (
            isinstance(last, Line)
            and self.column is not None
            and abs(self.column.left - item.left) < 1
            and (is_wrapped(self.column.printed, item.printed, item.right) or _is_rest(self.column.printed, item.printed))
        )
        indent = round((item.printed.left - item.left) / _WIDE)
        self.made.append(Line(item.printed.text, Source(None, self.lines[at].number), indent=indent, continues=goes_on))
        self.column = item

    column: TextLine | None = None

    def _of_table(self, table: Table) -> None:
        self.tables += 1
        for row in table.rows:
            number = self.lines[min(round(line.baseline / _HIGH) for cell in row.cells for line in cell.lines)].number
            cells = [Cell(_plain(cell.text), cell.column, cell.columns) for cell in row.cells]
            self.made.append(Row(cells, self.tables, Source(None, number)))

    def _side_by_side(self, begin: int) -> int | None:
        """Where a paragraph of two lists side by side ends: what stands above it would hide that it is one."""
        end = begin
        while end < len(self.lines) and self.lines[end].text.strip() and "|" not in self.lines[end].text:
            end += 1
        second = [parts[1] for one in self.texts[begin:end] if len(parts := _GAP.split(one.strip())) == 2]
        return end if sum(_BULLETED.match(part) is not None for part in second) > 1 else None

    def _of_grid(self, grid: Grid) -> None:
        """A table of aligned columns; one with the same heading as the last, goes on."""
        goes_on = self.heading == grid.heading
        self.tables += not goes_on
        self.heading, self.column = grid.heading, None
        for row in grid.rows:
            if row.is_heading and goes_on:
                continue
            cells = [Cell(cell.text, cell.column, cell.columns, is_from_above=cell.is_from_above) for cell in row.cells]
            self.made.append(Row(cells, self.tables, Source(None, self.lines[row.line].number), row.is_heading))

    heading: list[str] | None = None

    def _line(self, at: int) -> None:
        line = self.lines[at]
        text, heading = line.text.strip(), self._underlined(at)
        between = _between_rules(text)
        if between:
            heading, text = 2, between
        marked_up = _MARKED_UP.match(text)
        if marked_up:
            heading, text = len(marked_up[1]), marked_up[2].rstrip("# ")
        is_bold = len(text) > 4 and text.startswith("**") and text.endswith("**") and "**" not in text[2:-2]
        if is_bold:
            text = text[2:-2].strip()
        goes_on = not marked_up and not heading and self._goes_on(at)
        raw = line.raw if text != line.raw else ""
        self.made.append(Line(text, Source(None, line.number), heading, is_bold, line.indent, continues=goes_on, raw=raw))
        self.column = None

    def _underlined(self, at: int) -> int | None:
        """The level that a rule as long as the line right above makes it."""
        below = self.lines[at + 1].text.strip() if at + 1 < len(self.lines) else ""
        if (
            len(below) < 3
            or len(set(below)) > 1
            or below[0] not in "=-~_*"
            or abs(len(below) - len(self.lines[at].text.strip())) > 3
        ):
            return None
        return 1 if below[0] == "=" else 2

    def _goes_on(self, at: int) -> bool:
        """Whether the line is the rest of the one above: the next word did not fit, or the sentence is not at its end."""
        last = self.made[-1] if self.made else None
        line = self.lines[at]
        if at == 0 or not isinstance(last, Line) or last.source.line != self.lines[at - 1].number or last.heading:
            return False
        text, above = boxes.with_boxes(line.text.strip(), self.marks), self.lines[at - 1].text
        if _ITEM.match(text) or _LABEL.match(text) or (text.isupper() and above.isupper() and line.indent > 3):
            return False
        is_full = len(above) + 1 + len(text.split(None, 1)[0]) > self.width
        return is_full or (text[:1].islower() and not above.endswith(_ENDS) and len(above) > 0.6 * self.width)

    def _of_text_columns(self, rows: Sequence[tuple[int, list[str]]]) -> int:
        """Columns that are each headed by what a section is called, and no table: one after the other; how many lines."""
        count = len(rows[0][1])
        topics = [topic_of(part) for part in rows[0][1]]
        kinds = {topic.kinds for topic in topics if topic and topic.kinds}
        if count < 2 or len(kinds) < count or len(rows) < 3 or not all(is_all_heading(part) for part in rows[0][1]):
            return 0
        made = len(self.made)
        for column in range(count):
            above = ""
            for number, parts in rows:
                text = parts[column] if column < len(parts) else ""
                goes_on = bool(above) and bool(text) and not _begins_anew(above, text)
                if text:
                    heading = 2 if number == rows[0][0] else None
                    self.made.append(Line(text, Source(None, number), heading, continues=goes_on))
                above = "" if number == rows[0][0] else text
        return len(self.made) - made

    def _tabbed(self, begin: int) -> tuple[int, int] | None:
        """A table whose columns are parted by one tab each, below a heading: where it ends, and how many rows it made."""
        at = begin
        rows: list[tuple[int, list[str]]] = []
        while at < len(self.lines) and self.lines[at].tabbed:
            rows.append((self.lines[at].number, [part.strip() for part in self.lines[at].tabbed.split("\t")]))
            at += 1
        count = len(rows[0][1])
        heading = [part for part in rows[0][1] if part]
        if len(rows) < 2 or len(heading) < count or any(part.endswith(":") for part in heading):
            return None
        if not is_heading(heading) or any(len(parts) > count for _, parts in rows):
            return None
        self.tables += 1
        for position, (number, parts) in enumerate(rows):
            cells = [Cell(text, column) for column, text in enumerate([*parts, *[""] * (count - len(parts))])]
            self.made.append(Row(cells, self.tables, Source(None, number), is_heading=position == 0))
        return at, len(rows)

    def _piped(self, begin: int) -> tuple[int, int] | None:
        """A table whose columns are parted by |: where it ends, and how many rows it made."""
        at = begin
        rows: list[tuple[int, list[str]]] = []
        ruled: list[int] = []
        while at < len(self.lines):
            line = self.lines[at]
            text = line.text.strip()
            if text and is_rule(text):
                ruled.append(len(rows))
            elif "|" in text and not text.startswith("#"):
                parts = (text[1:] if text.startswith("|") else text).removesuffix("|").split("|")
                rows.append((line.number, [part.strip() for part in parts]))
            else:
                break
            at += 1
        counts = Counter(len(parts) for _, parts in rows)
        if len(rows) < 2 or (most := counts.most_common(1)[0])[0] < 2 or most[1] * 2 < len(rows):
            return None
        inner = [one for one in ruled if 0 < one < len(rows)]
        if len(inner) < 2 and (made := self._of_text_columns(rows)):
            return at, made
        merged = _merged_rows(rows, inner)
        self.tables += 1
        for position, (number, parts) in enumerate(merged):
            # One cell alone goes over all of them.
            wide = most[0] if len(parts) == 1 else 1
            cells = [Cell(text, column, wide) for column, text in enumerate(parts)]
            self.made.append(Row(cells, self.tables, Source(None, number), is_heading=bool(inner) and position == 0))
        return at, len(merged)


def _begins_anew(upper: str, lower: str) -> bool:
    """Whether a line of a column is no rest of the one above."""
    return _ITEM.match(lower) is not None or not (lower[:1].islower() or reads_on(upper))


def _between_rules(text: str) -> str | None:
    """The heading in "---- GOALS ----", "== GOALS =======" or "GOALS -----------"."""
    before, behind = _RULE_BEFORE.match(text), _RULE_BEHIND.search(text)
    if behind is None:
        return None
    inner = text[before.end() if before else 0 : behind.start()].strip()
    rules = text.replace(inner, "", 1).replace(" ", "")
    is_parted = (before and len(rules) > 3) or (text[behind.start() - 1] == " " and len(rules) > 7)
    if not is_parted or len(set(rules)) > 1 or not 1 < len(inner) < 80 or ":" in inner or not inner[0].isalnum():
        return None
    return None if rules[0] == "_" and not before else None if "**" in rules and len(rules) < 5 else inner


def _plain(text: str) -> str:
    """The text of a cell without the signs for broken words: nothing breaks a word here."""
    return text.replace(CUT, " ").replace(HYPHENATED, "")


def _is_rest(upper: Printed, lower: Printed) -> bool:
    return lower.text[:1].islower() and not upper.text.endswith(_ENDS) and lower.baseline - upper.baseline < 1.5 * _HIGH


def _merged_rows(rows: Sequence[tuple[int, list[str]]], inner: Sequence[int]) -> list[tuple[int, list[str]]]:
    """Lines of a table as its rows: by the rules between them where there are enough, else by empty first cells."""
    merged: list[tuple[int, list[list[str]]]] = []
    by_rules = len(inner) > 1
    for position, (number, parts) in enumerate(rows):
        filled = sum(bool(part) for part in parts)
        goes_on = position > 0 and (
            position not in inner
            if by_rules
            else position not in inner and not parts[0] and filled < len(parts) / 2 + 0.5 and filled > 0
        )
        if goes_on and merged:
            held = merged[-1][1]
            for column, part in enumerate(parts):
                if column < len(held):
                    held[column].append(part)
                else:
                    held.append([part])
        else:
            merged.append((number, [[part] for part in parts]))
    return [(number, [joined(part) for part in parts]) for number, parts in merged]


def _width(lines: Sequence[Written]) -> int:
    """How wide the text is set: what nine of ten of its long lines keep within."""
    lengths = sorted(
        len(line.text)
        for line in lines
        if len(line.text) > 40 and not is_rule(line.text) and "|" not in line.text and not _GAP.search(line.text.strip())
    )
    return lengths[min(len(lengths) * 9 // 10, len(lengths) - 1)] if lengths else 80
