"""Pages in reading order become the blocks of a document: what repeats is left out, what goes on over pages is one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from domain.reading import boxes, typewritten
from domain.reading.block import Block, Cell, Line, Pages, Row, Source, hyphenated, joined
from domain.reading.layout import (
    CUT,
    HYPHENATED,
    Item,
    Laid,
    Prepared,
    Printed,
    Table,
    TableRow,
    TextLine,
    begins_item,
    is_wrapped,
    laid,
    prepared,
    printed_lines,
    reads_on,
)
from domain.reading.page import Sheet, Word

_POINTS_PER_CHARACTER = 5.0
# On a page that is a picture: a stamp, or the number of the page.
_FEW_LETTERS = 12


def taken_apart(sheets: Sequence[Sheet]) -> Pages:
    """The blocks of all pages."""
    if typed := typewritten.taken_apart(sheets):
        return typed
    drafts = [prepared(sheet) for sheet in sheets]
    margins, kept, above_text = _without_margins(drafts)
    without = [
        page.sheet.number
        for page, words in zip(drafts, kept, strict=True)
        if page.sheet.has_picture and sum(len(word.text) for word in words) < _FEW_LETTERS
    ]
    pages = [laid(page, words) for page, words in zip(drafts, kept, strict=True)]
    margins += [word.text for page in pages for word in page.turned]
    body = _body_size(pages)
    for page, count in zip(pages, above_text, strict=True):
        _numbered(page, count)
    levels = _levels(pages, body)
    words = _words(pages)
    blocks: list[Block] = []
    tables = _Tables(levels)
    above: TextLine | None = None
    for page in pages:
        for item in page.items:
            if isinstance(item, TextLine):
                goes_on = above is not None and _goes_on(above, item)
                blocks.append(_line(page.number, item, levels, goes_on))
                above = item
            else:
                above = None
                tables.add(page.number, item, blocks)
    return Pages(boxes.in_blocks(_mended(blocks, words)), list(dict.fromkeys(margins)), without, len(sheets))


def _goes_on(above: TextLine, line: TextLine) -> bool:
    """Whether the line is the rest of the one above, also over a page or column."""
    upper, lower = above.printed, line.printed
    if lower.baseline > upper.baseline:
        if (
            abs(above.left - line.left) > 60
            or lower.left > upper.left + 60
            or lower.baseline - upper.baseline > 1.7 * upper.size
        ):
            return False
        wide = above.right - above.left
        if upper.text.endswith("-") and lower.text[:1].islower() and upper.text[-2:-1].isalpha():
            return True
        reads = (
            lower.text[:1].islower()
            and not upper.text.endswith((".", ":", ";", "!", "?"))
            and upper.right > above.left + 0.7 * wide
        )
        same = abs(upper.size - lower.size) < 0.12 * upper.size
        return is_wrapped(upper, lower, above.right) or (reads and same and not begins_item(lower.text))
    moved = replace(lower, baseline=upper.baseline + 1.2 * upper.size)
    return (
        is_wrapped(upper, moved, above.right)
        and not upper.text.endswith((".", "!", "?", ":"))
        and (lower.text[:1].islower() or upper.text[-1:] in (",", "-", "–"))
    )


class _Tables:
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
                    blocks.append(_line(page, item, self.levels, False))

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


def _numbered(page: Laid, count: int) -> None:
    """Numbers the printed lines of the page in reading order, after so many above them."""

    def number(items: Sequence[Item]) -> None:
        nonlocal count
        for item in items:
            if isinstance(item, TextLine):
                count += 1
                item.number = count
                continue
            for at, row in enumerate(item.rows):
                row.number = count + 1
                count += (
                    max((len(cell.lines) for cell in row.cells if not cell.is_from_above and cell.rows == 1), default=1) or 1
                )
                number(item.inner.get(at, ()))

    number(page.items)


def _line(page: int, item: TextLine, levels: dict[float, int], goes_on: bool) -> Line:
    printed = item.printed
    level = levels.get(_rounded(printed.size))
    return Line(
        boxes.without_leaders(printed.text),
        Source(page, item.number),
        heading=level if level is not None else None if printed.is_bold else 0,
        is_bold=printed.is_bold,
        indent=max(round((printed.left - item.left) / _POINTS_PER_CHARACTER), 0),
        continues=goes_on,
    )


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _lines_of(item: Item) -> list[Printed]:
    if isinstance(item, TextLine):
        return [item.printed]
    return [line for row in item.rows for cell in row.cells if not cell.is_from_above for line in cell.lines]


def _body_size(pages: Sequence[Laid]) -> float:
    """The size that most of the text has."""
    counts: Counter[float] = Counter()
    for page in pages:
        for item in page.items:
            for line in _lines_of(item):
                counts[_rounded(line.size)] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 10.0


def _levels(pages: Sequence[Laid], body: float) -> dict[float, int]:
    """Sizes bigger than the text's, in tables and outside of them, as levels of headings."""
    counts: Counter[float] = Counter()
    for page in pages:
        for item in page.items:
            if isinstance(item, TextLine):
                counts[_rounded(item.printed.size)] += len(item.printed.text)
    running = max(counts, key=lambda size: (counts[size], -size), default=body)
    bigger = sorted((size for size in counts if size > 1.07 * max(body, running)), reverse=True)
    return {size: min(at, 4) for at, size in enumerate(bigger, start=1)}


_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


def _words(pages: Sequence[Laid]) -> Counter[str]:
    """The words of the document, and how often each is there."""
    words: Counter[str] = Counter()
    for page in pages:
        for item in page.items:
            for line in _lines_of(item):
                words.update(_WORD.findall(line.text.lower()))
    return words


def _whole(text: str, words: Counter[str]) -> str:
    """The text with the words whole that the page broke."""
    if CUT not in text and HYPHENATED not in text:
        return text
    parts = re.split(f"([{CUT}{HYPHENATED}])", text)
    made = parts[0]
    for sign, part in zip(parts[1::2], parts[2::2], strict=True):
        if sign == HYPHENATED:
            made = joined([hyphenated(made, part, words), part])
            continue
        first, second = _LETTERS.findall(made.lower())[-1:] or [""], _LETTERS.findall(part.lower())[:1] or [""]
        made += part if _is_one_word(first[0], second[0], words) else " " + part
    return made


_LETTERS = re.compile(r"[a-z]+")
# Words that a line of a narrow cell may begin with, and so no second halves.
_OWN = frozenset(
    (
        *(
            "a",
            "an",
            "and",
            "as",
            "at",
            "by",
            "for",
            "from",
            "in",
            "of",
            "on",
            "or",
            "per",
            "the",
            "to",
            "via",
            "with",
            "when",
            "day",
        ),
        *(
            "aide",
            "area",
            "areas",
            "class",
            "classes",
            "classroom",
            "classrooms",
            "center",
            "content",
            "date",
            "dates",
            "daily",
        ),
        *(
            "direct",
            "education",
            "environment",
            "group",
            "hour",
            "hours",
            "indirect",
            "instruction",
            "lab",
            "language",
            "level",
        ),
        *(
            "math",
            "mathematics",
            "min",
            "minutes",
            "month",
            "monthly",
            "needs",
            "nurse",
            "office",
            "only",
            "pathologist",
            "plan",
        ),
        *(
            "program",
            "provider",
            "reading",
            "room",
            "school",
            "science",
            "service",
            "services",
            "session",
            "sessions",
            "setting",
        ),
        *(
            "skills",
            "social",
            "special",
            "specialist",
            "staff",
            "strategies",
            "student",
            "studies",
            "support",
            "supports",
            "teacher",
        ),
        *(
            "teachers",
            "team",
            "test",
            "tests",
            "therapist",
            "therapy",
            "time",
            "times",
            "training",
            "use",
            "week",
            "weekly",
            "work",
        ),
        *(
            "worker",
            "writing",
            "year",
            "yearly",
            "individual",
            "general",
            "additional",
            "assistant",
            "psychologist",
            "counselor",
        ),
    )
)


def _is_one_word(first: str, second: str, words: Counter[str]) -> bool:
    """Whether the two are halves of a word. Each was counted once where it stands."""
    whole = first + second
    if whole in words or (len(second) < 3 and second not in _OWN):
        return True
    if any(whole.endswith(ending) and len(second) < len(ending) for ending in _ENDINGS):
        return True
    if second in _OWN or words[second] > 1:
        return False
    return len(second) < 4 or (len(second) < 7 and first not in _OWN and words[first] < 2)


_ENDINGS = ("tion", "tions", "sion", "ment", "ments", "ness", "ance", "ence", "able", "ible", "ical", "ally", "ities", "ative")


def _mended(blocks: list[Block], words: Counter[str]) -> list[Block]:
    """The blocks with the words whole that the pages broke."""
    for at, one in enumerate(blocks):
        if isinstance(one, Row):
            blocks[at] = replace(one, cells=[replace(cell, text=_whole(cell.text, words)) for cell in one.cells])
        elif at + 1 < len(blocks):
            below = blocks[at + 1]
            if isinstance(below, Line) and below.continues:
                blocks[at] = replace(one, text=hyphenated(one.text, below.text, words))
    return blocks


_EDGE = 0.11
_PAGE_NUMBER = re.compile(r"(?:page\s*)?#(?:\s*(?:of|/)\s*#)?|[-–—|\s]*#[-–—|\s]*|.*\bpage\s*#.*")


def _pattern(text: str) -> str:
    """The text without its numbers, which change from page to page."""
    return " ".join(re.sub(r"\d+", "#", text).split()).lower()


def _without_margins(pages: Sequence[Prepared]) -> tuple[list[str], list[list[Word]], list[int]]:
    """What repeats at the edges of the pages, each text once; the words that are left; how many lines stood above them."""
    left_out: list[str] = []
    lines: list[list[Printed]] = []
    for page in pages:
        watermarks = _watermarks(page)
        left_out += [word.text for word in watermarks]
        held = {id(word) for word in watermarks}
        lines.append(printed_lines([word for word in page.words if id(word) not in held]))
    above = [0] * len(pages)
    for is_foot in (False, True):
        # How often which text stands on which height, in steps that overlap.
        seen: Counter[tuple[str, int]] = Counter()
        for page, here in zip(pages, lines, strict=True):
            seen.update({(_pattern(line.text), _step(line, page, is_foot) + shift) for line in here for shift in (-1, 0, 1)})

        def repeats(line: Printed, page: Prepared, is_foot: bool = is_foot, seen: Counter[tuple[str, int]] = seen) -> int:
            return seen[_pattern(line.text), _step(line, page, is_foot)]

        for at, page in enumerate(pages):
            here = lines[at]
            while here:
                line = here[-1] if is_foot else here[0]
                alone = is_foot and len(pages) == 1 and len(here) > 1 and _is_lone_foot(line, here[-2], page)
                if not alone and not _is_margin(line, page, len(pages), repeats(line, page), is_foot):
                    break
                if not all(2 * repeats(one, page) > len(pages) for one in _of_one_table(line, page, here)):
                    break
                left_out.append(line.text)
                here.pop(-1 if is_foot else 0)
                above[at] += not is_foot
    by_pattern: dict[str, str] = {}
    for text in left_out:
        by_pattern.setdefault(_pattern(text), text)
    kept = [[word for line in here for phrase in line.phrases for word in phrase.words] for here in lines]
    return list(by_pattern.values()), kept, above


def _is_margin(line: Printed, page: Prepared, count: int, repeats: int, is_foot: bool) -> bool:
    """Whether the outermost line is a head or foot."""
    height = page.sheet.height
    away = height - line.bottom if is_foot else line.top
    said = _pattern(line.text)
    # A lone page number is one on a single page too.
    if (away < 0.08 * height and len(said) < 60 and _PAGE_NUMBER.fullmatch(said)) or re.fullmatch(
        r"\W*page #(?: of #)?\W*", said
    ):
        return True
    often = repeats > 1 and repeats * 2 >= count - (count > 2)
    far = count > 2 and repeats >= count - 1 and away < 0.2 * height
    return often and (away < _EDGE * height or far)


def _is_lone_foot(line: Printed, above: Printed, page: Prepared) -> bool:
    """Whether the last line of the only page is a foot: it has nothing to repeat, but stands far below the rest."""
    height = page.sheet.height
    is_small = line.size <= 1.02 * above.size and not line.is_bold
    return is_small and height - line.bottom < 0.08 * height and line.top - above.bottom > 3 * line.size


def _of_one_table(line: Printed, page: Prepared, lines: Sequence[Printed]) -> list[Printed]:
    """The lines of the ruled table that the line stands in: a table goes as a whole or stays."""
    middle = (line.top + line.bottom) / 2
    for grid in page.grids:
        if grid.top < middle < grid.bottom and line.right > grid.left and line.left < grid.right:
            return [one for one in lines if grid.top < (one.top + one.bottom) / 2 < grid.bottom]
    return []


def _step(line: Printed, page: Prepared, is_foot: bool) -> int:
    return round((page.sheet.height - line.bottom if is_foot else line.top) / 8)


def _watermarks(page: Prepared) -> list[Word]:
    """Big words that lie upon other text."""
    sizes = sorted(word.size for word in page.words)
    usual = sizes[len(sizes) // 2] if sizes else 10.0
    return [
        word
        for word in page.words
        if word.size >= max(30, 2.6 * usual)
        and any(
            other.size < 0.6 * word.size
            and min(word.right, other.right) > max(word.left, other.left)
            and word.top + 0.2 * word.size < other.down < word.baseline
            for other in page.words
        )
    ]
