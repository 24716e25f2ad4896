"""Plain text taken apart: its lines, and the tables that pipes, tabs or aligned columns draw in it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from domain.file_type import decoded
from domain.reading import boxes
from domain.reading.block import CHECKED, UNCHECKED, Block, Cell, Line, Pages, Row, Source, hyphenated, joined
from domain.reading.document import Unreadable
from domain.reading.layout import CUT, HYPHENATED, Printed, Table, TextLine, flow, is_wrapped, printed_lines
from domain.reading.page import Rule, Word

MOST_LINES = 10_000
_MOST_OF_ONE = 400
# A sign is so wide and a line so high, in the units of a printed page.
_WIDE, _HIGH, _SIZE = 5.0, 12.0, 8.0
_TOKEN = re.compile(r"\[ {0,4}[xX✓✔√]? {0,4}\]|\( {1,4}[xX✓✔√]? {0,4}\)|\S+")
_RULE = re.compile(r"[\s\-=_*~+|#.:·•─━═│┃║┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬—–]*")
_DRAWN = str.maketrans("│┃║─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬", "|||---" + "+" * 18)
_GAP = re.compile(r" {2,}")
# A heading inside of a rule.
_BETWEEN_RULES = re.compile(r"[-=*_~]{3,} *([^-=*_~ ][^=*_~]{0,78}[^-=*_~ ]) *[-=*_~]{3,}")
_MARKED_UP = re.compile(r"(#{1,6}) +(\S.*)")
_ITEM = re.compile(
    rf"(?:[-*•●○◦▪·–+>]\s|[{CHECKED}{UNCHECKED}]|\(?(?:\d{{1,3}}(?:\.\d{{1,2}})*|[a-zA-Z]|[ivxIVX]{{1,4}})[.)](?=\s)|[A-Z]\w{{0,3}}\d{{1,2}}[.):])"
)
_LABEL = re.compile(r"[A-Z][\w /&'()-]{0,40}:(?=\s|$)")
_PAGE_NUMBER = re.compile(
    r"\bpage\s*\d{1,3}\b|\bp(?:g|\.)\.? ?\d{1,3}\b|^\W*\d{1,3}\W*$|\b\d{1,3} (?:of|/) \d{1,3}\W*$", re.IGNORECASE
)
_ENDS = (".", "!", "?", ":", ";")


class _Written(NamedTuple):
    """A line of the file: its number from 1, its text without tabs, how it stands there, and if a page begins with it."""

    number: int
    text: str
    raw: str
    begins_page: bool

    @property
    def indent(self) -> int:
        """Its leading blanks."""
        return len(self.text) - len(self.text.lstrip())


def taken_apart(content: bytes) -> Pages:
    """The text's blocks. Raises `Unreadable`."""
    text = decoded(content)
    if text is None:
        raise Unreadable("This is no text.")
    return of_text(text)


def of_text(text: str) -> Pages:
    """The blocks of a text."""
    lines = _lines(text)
    if len(lines) > MOST_LINES:
        raise Unreadable(f"This text has more than {MOST_LINES} lines.")
    margins = _margins(lines)
    kept = [line for line in lines if line.number not in margins]
    marks = boxes.style(line.text for line in kept)
    blocks = _Blocks(kept, marks).blocks()
    texts = list(dict.fromkeys(" ".join(line.text.split()) for line in lines if line.number in margins and line.text.strip()))
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower()))
    for at, (one, below) in enumerate(pairwise(blocks)):
        if isinstance(one, Line) and isinstance(below, Line) and below.continues:
            said = hyphenated(one.text, below.text, words)
            if said != one.text:
                blocks[at] = replace(one, text=said, raw=one.raw or one.text)
    return Pages(boxes.in_blocks(blocks), texts)


def _lines(text: str) -> list[_Written]:
    lines: list[_Written] = []
    # Short leaders are such only among long ones.
    short = boxes.leaders_in(text) > 2
    for number, line in enumerate(re.split("\r\n|\n|\r", text), start=1):
        begins_page = "\f" in line
        plain = re.sub("[\u200b-\u200f\u2060\ufeff\u00ad]", "", line.replace("\f", "")).replace("\u00a0", " ").translate(_DRAWN)
        plain = plain.expandtabs(8).rstrip()
        said = plain if _is_rule(plain) else boxes.without_leaders(plain, short)
        lines.append(_Written(number, said, plain.strip(), begins_page))
    return lines


def _without_digits(text: str) -> str:
    return " ".join(re.sub(r"\d+", "#", text).split()).lower()


def _margins(lines: Sequence[_Written]) -> set[int]:
    """The numbers of lines that are heads and feet of pages: by form feeds, or around the lines that count the pages."""
    found: set[int] = set()
    breaks = [at for at, line in enumerate(lines) if line.begins_page]
    if not breaks:
        counted = [
            at for at, line in enumerate(lines) if len(line.text.strip()) < 120 and _PAGE_NUMBER.search(line.text.strip())
        ]
        alike = Counter(_without_digits(lines[at].text) for at in counted)
        feet = [
            at
            for at in counted
            if alike[_without_digits(lines[at].text)] > 1
            or re.fullmatch(r"\W*page\s*\d+( of \d+)?\W*", lines[at].text.strip().lower())
        ]
        found.update(lines[at].number for at in feet)
        held = set(feet)
        # What stands beside a page's number on more than one page goes with it.
        beside: Counter[str] = Counter()
        near: dict[int, list[int]] = {}
        for at in feet:
            near[at] = [
                one for one in range(max(at - 4, 0), min(at + 5, len(lines))) if one not in held and lines[one].text.strip()
            ]
        beside.update(_without_digits(lines[one].text) for one in {one for ones in near.values() for one in ones})
        for at in feet:
            found.update(
                lines[one].number
                for one in near[at]
                if beside[_without_digits(lines[one].text)] > max(1, len(feet) // 2) and not _is_rule(lines[one].text)
            )
        return found
    edges = [0, *[at for at in breaks if at > 0], len(lines)]
    pages = [
        [line for line in lines[begin:end] if line.text.strip() and not _is_rule(line.text)] for begin, end in pairwise(edges)
    ]
    pages = [page for page in pages if page]
    for outermost in ([page[:4] for page in pages], [page[::-1][:4] for page in pages]):
        alike = Counter(text for lines in outermost for text in {_without_digits(line.text) for line in lines})
        for lines in outermost:
            for line in lines:
                repeats = alike[_without_digits(line.text)]
                if repeats < 2 or repeats * 2 < len(pages):
                    break
                found.add(line.number)
    return found


def _is_rule(text: str) -> bool:
    stripped = text.strip()
    return (
        len(stripped) > 2
        and _RULE.fullmatch(stripped) is not None
        and boxes.with_boxes(stripped, boxes.Style()).strip("|").strip() != CHECKED
    )


class _Blocks:
    """Reads the lines from the top: tables with pipes, and between them text that may be aligned."""

    def __init__(self, lines: Sequence[_Written], marks: boxes.Style) -> None:
        self.lines, self.marks = lines, marks
        self.made: list[Block] = []
        self.tables = 0
        self.width = _width(lines)

    def blocks(self) -> list[Block]:
        """All of them."""
        at = begin = 0
        while at < len(self.lines):
            end = self._piped(at) if "|" in self.lines[at].text else None
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
            if _is_rule(line.text):
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

    def _line(self, at: int) -> None:
        line = self.lines[at]
        text, heading = line.text.strip(), self._underlined(at)
        between = _BETWEEN_RULES.fullmatch(text)
        if between:
            heading, text = 2, between[1]
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

    def _piped(self, begin: int) -> tuple[int, int] | None:
        """A table whose columns are parted by |: where it ends, and how many rows it made."""
        at = begin
        rows: list[tuple[int, list[str]]] = []
        ruled: list[int] = []
        while at < len(self.lines):
            line = self.lines[at]
            text = line.text.strip()
            if text and _is_rule(text):
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
        merged = _merged_rows(rows, inner)
        self.tables += 1
        for position, (number, parts) in enumerate(merged):
            cells = [Cell(text, column) for column, text in enumerate(parts)]
            self.made.append(Row(cells, self.tables, Source(None, number), is_heading=bool(inner) and position == 0))
        return at, len(merged)


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


def _width(lines: Sequence[_Written]) -> int:
    """How wide the text is set: what nine of ten of its long lines keep within."""
    lengths = sorted(
        len(line.text)
        for line in lines
        if len(line.text) > 40 and not _is_rule(line.text) and "|" not in line.text and not _GAP.search(line.text.strip())
    )
    return lengths[min(len(lengths) * 9 // 10, len(lengths) - 1)] if lengths else 80
