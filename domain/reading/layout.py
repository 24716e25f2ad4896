"""The reading order of a page: printed lines, columns of text, tables ruled and aligned."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from domain.reading.block import CHECKED, UNCHECKED
from domain.reading.boxes import EMPTY, MARKS
from domain.reading.labels import is_all_label, label_of, topic_of
from domain.reading.page import Glyph, Rule, Sheet, Word, turned_texts, typed_words, with_marks, words_of
from domain.reading.ruled import Box, Grid, grids_of
from domain.vocabulary import all_services

WIDE = "    "
_WIDE_GAP = 1.0
_BULLET = re.compile(r"(?:[•●○◦▪■□–—➢➔◆❖*·‣⁃-]|\(?(?:\d{1,2}|[a-zA-Z])[.)])(?=\s|$)")
_BOX_SIGNS = frozenset(MARKS + EMPTY + "■●○√")
_ENDS = (".", ":", ";", "!", "?")


@dataclass
class Phrase:
    """Words of one line with no wide gap between them."""

    words: list[Word]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1].right

    @property
    def text(self) -> str:
        """Its words."""
        text = self.words[0].text
        for last, word in pairwise(self.words):
            box = word.text in (CHECKED, UNCHECKED) or last.text in (CHECKED, UNCHECKED)
            apart = box or word.left - last.right > 0.1 * min(word.size, last.size) or word.left < last.left
            text += (" " if apart else "") + word.text
        return text


@dataclass
class Printed:
    """A printed line: its phrases from the left."""

    phrases: list[Phrase]
    top: float
    bottom: float
    baseline: float
    size: float
    is_bold: bool

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.phrases[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.phrases[-1].right

    @property
    def text(self) -> str:
        """Its phrases, with the gaps between them."""
        return WIDE.join(one.text for one in self.phrases)


@dataclass
class TextLine:
    """A line of running text on the page, and the frame that it was set in."""

    printed: Printed
    left: float
    right: float
    number: int = 0

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.printed.top

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.printed.bottom


@dataclass
class TableCell:
    """A cell's lines, its place in the table, and whether all of it is bold."""

    lines: list[Printed]
    column: int
    columns: int = 1
    rows: int = 1
    left: float = 0.0
    right: float = 0.0
    is_from_above: bool = False
    sideways: str = ""
    is_sideways_bold: bool = False

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return self.is_sideways_bold if not self.lines else all(one.is_bold for one in self.lines)

    @property
    def text(self) -> str:
        """Its lines, joined where the page only wrapped them."""
        said = cell_text(self.lines, self.left, self.right)
        return f"{self.sideways}\n{said}".strip() if self.sideways else said


@dataclass
class TableRow:
    """A row of a table on the page."""

    cells: list[TableCell]
    top: float
    bottom: float
    number: int = 0


@dataclass
class Table:
    """A table on the page; `inner`: what stands inside of one of its rows and is a table of its own."""

    rows: list[TableRow]
    left: float
    right: float
    top: float
    bottom: float
    edges: list[float]
    is_ruled: bool
    inner: dict[int, list["Item"]] = field(default_factory=dict)


Item = TextLine | Table


@dataclass
class Laid:
    """A page in reading order, and what runs across it or along its edge."""

    number: int
    width: float
    height: float
    items: list[Item]
    turned: list[Word]
    has_picture: bool


@dataclass
class Prepared:
    """A page before its words are put in order: what is drawn as a box is a word, what is ruled a grid."""

    sheet: Sheet
    words: list[Word]
    rules: list[Rule]
    turned: list[Word]
    grids: list[Grid]


def prepared(sheet: Sheet) -> Prepared:
    """The page's words and ruled tables. A grid of one cell is a frame around text, and none."""
    printed = words_of(_without_struck(sheet.glyphs, [rule for rule in sheet.rules if rule.right - rule.left > 3]))
    words, rules = with_marks(sheet, [*printed, *typed_words(sheet.fields, printed)])
    words, dashes = _without_dashes(words)
    rules = [*rules, *dashes]
    grids = [grid for grid in grids_of(rules) if len(grid.cells) > 1 and not _is_of_fields(grid, sheet)]
    return Prepared(sheet, words, rules, turned_texts(sheet.glyphs), grids)


def _without_struck(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> list[Glyph]:
    """The signs without those that a line is drawn through: they are what no longer holds."""
    across = sorted((rule.top, rule.left, rule.right) for rule in rules if rule.bottom - rule.top < 1)
    heights = [top for top, _, _ in across]
    kept: list[Glyph] = []
    for one in glyphs:
        begin, end = bisect_left(heights, one.baseline - 0.42 * one.size), bisect_right(heights, one.baseline - 0.16 * one.size)
        middle = (one.left + one.right) / 2
        if begin == end or one.turn or not any(left <= middle <= right for _, left, right in across[begin:end]):
            kept.append(one)
    return kept


def _without_dashes(words: Sequence[Word]) -> tuple[list[Word], list[Rule]]:
    """The words, and as rules the lines that are drawn with dashes."""
    kept: list[Word] = []
    rules: list[Rule] = []
    for line in printed_lines(words):
        here = [word for phrase in line.phrases for word in phrase.words]
        if all(set(word.text) <= set("-=–—_") for word in here) and sum(len(word.text) for word in here) > 8:
            rules += [Rule(word.left, word.down, word.right, word.down) for word in here if word.text[0] != "_"]
        else:
            kept += here
    return kept, rules


def _is_of_fields(grid: Grid, sheet: Sheet) -> bool:
    """Whether the lines are the frames of the form's own fields, one below another."""
    fields = [one for one in sheet.fields if one.is_marked is None and grid.left - 3 < one.left and one.right < grid.right + 3]
    inside = sum(grid.top - 3 < one.top and one.bottom < grid.bottom + 3 for one in fields)
    return max(cell.columns for cell in grid.cells) == len(grid.edges) - 1 == 1 and inside > 0


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


def printed_lines(words: Sequence[Word]) -> list[Printed]:
    """Words as printed lines, from the top."""
    rows: list[list[Word]] = []
    base = size = 0.0
    for word in sorted(words, key=lambda one: one.baseline):
        if rows and word.baseline - base < 0.42 * max(size, word.size):
            rows[-1].append(word)
            if word.size > size:
                base, size = word.baseline, word.size
        else:
            rows.append([word])
            base, size = word.baseline, word.size
    lines: list[Printed] = []
    for row in rows:
        row.sort(key=lambda one: one.left)
        phrases: list[Phrase] = []
        for word in row:
            gap = word.left - phrases[-1].right if phrases else 0.0
            is_box = bool(phrases) and phrases[-1].words[-1].text in _BOX_SIGNS
            widest = 0.22 if word.is_apart and not is_box else _WIDE_GAP
            near = phrases and gap <= widest * max(word.size, phrases[-1].words[-1].size)
            # A bullet or number stands apart from its item, but is no column.
            if near or (phrases and _is_marker(phrases) and word.left - phrases[-1].right < 5 * word.size):
                phrases[-1].words.append(word)
            else:
                phrases.append(Phrase([word]))
        letters = [word for word in row if any(sign.isalnum() for sign in word.text)]
        main = max(letters or row, key=lambda one: (one.size, -one.baseline))
        lines.append(
            Printed(
                phrases,
                min(one.top for one in row),
                max(one.bottom for one in row),
                main.baseline,
                main.size,
                bool(letters) and all(one.is_bold for one in letters),
            )
        )
    return lines


def _is_marker(phrases: Sequence[Phrase]) -> bool:
    """Whether the last phrase is a bullet, or a number at the beginning of the line."""
    words = phrases[-1].words
    if len(words) > 1 or _BULLET.fullmatch(words[0].text) is None:
        return False
    return len(phrases) == 1 or words[0].text[0] in "•●○◦▪■➢➔◆❖·‣⁃"


def begins_item(text: str) -> bool:
    """Whether a line begins with a box, a bullet or a number."""
    return text[:1] in (CHECKED, UNCHECKED) or _BULLET.match(text) is not None


def is_wrapped(upper: Printed, lower: Printed, right: float) -> bool:
    """Whether the page broke the line only since the next word did not fit before `right`."""
    last, first = upper.phrases[-1].words[-1], lower.phrases[0].words[0]
    if begins_item(lower.text) or (first.is_bold and not last.is_bold):
        return False
    if abs(upper.size - lower.size) > 0.12 * upper.size or lower.baseline - upper.baseline > 2.1 * upper.size:
        return False
    return upper.right + 0.22 * upper.size + (first.right - first.left) > right


def cell_text(lines: Sequence[Printed], left: float, right: float) -> str:
    """The lines of a cell, joined where they are only wrapped."""
    if not lines:
        return ""
    padding = max(min(line.left for line in lines) - left, 1.0)
    edge = right - min(padding, 8.0)
    text = lines[0].text
    # "General" above "education class": no list begins its first item alone with a capital. A label stands above its value.
    is_one = (
        text[:1].isupper()
        and not text.isupper()
        and label_of(text) is None
        and all(one.text[:1].islower() and not begins_item(one.text) and one.is_bold == lines[0].is_bold for one in lines[1:])
    )
    for upper, lower in pairwise(lines):
        first = lower.phrases[0].words[0].text
        if _is_cut(upper, lower, edge):
            text += ("" if first[0].isdigit() else CUT) + lower.text
            continue
        goes_on = (
            is_wrapped(upper, lower, edge)
            or (is_one and not upper.text.endswith(_ENDS))
            or ((reads_on(upper.text) or first in _JOINING) and not begins_item(lower.text))
            or (
                first[:1].islower()
                and not begins_item(lower.text)
                and not upper.text.endswith(_ENDS)
                and upper.right > left + 0.6 * (right - left)
            )
        )
        hyphen = goes_on and text.endswith("-") and text[-2:-1].isalpha() and first[0].isalpha()
        text += (HYPHENATED if hyphen else " " if goes_on else "\n") + lower.text
    return text


# Where a word was broken: anywhere, and behind a hyphen. The words of the whole document say which it is.
CUT, HYPHENATED = "\x02", "\x03"


def _is_cut(upper: Printed, lower: Printed, edge: float) -> bool:
    """Whether a word was too long for its cell, and so was broken anywhere."""
    said, rest = upper.text, lower.text
    if " " in said or upper.is_bold != lower.is_bold:
        return False
    if rest[0].isdigit():
        return _HALF_DATE.search(said) is not None and re.fullmatch(r"\d{1,4}", rest) is not None
    letter = (upper.right - upper.left) / len(said)
    return said[-1].isalpha() and rest[0].islower() and upper.right + 1.1 * letter > edge


_HALF_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{0,3}$")


def reads_on(text: str) -> bool:
    """Whether a text cannot end here."""
    return text[-1:] in tuple(",/&–(") or text.rsplit(None, 1)[-1].lower() in _JOINING


_JOINING = frozenset(
    (
        *(
            "a",
            "an",
            "the",
            "of",
            "in",
            "on",
            "at",
            "for",
            "to",
            "and",
            "or",
            "with",
            "by",
            "from",
            "per",
            "each",
            "every",
            "as",
        ),
        *("is", "are", "be", "his", "her", "their", "its", "than", "that", "which", "when"),
    )
)


def _inside(word: Word, box: Box | Grid) -> bool:
    return box.left - 1 <= word.across <= box.right + 1 and box.top - 1 <= word.down <= box.bottom + 1


def _in_order(
    words: Sequence[Word], grids: Sequence[Grid], loose: Sequence[Rule], turned: list[Word], depth: int
) -> list[Item]:
    """Words and ruled tables in reading order."""
    tables: list[Table] = []
    free = list(words)
    by_area = sorted(grids, key=lambda grid: (grid.right - grid.left) * (grid.bottom - grid.top))
    held: dict[int, list[Word]] = {}
    for grid in by_area:
        held[id(grid)] = [word for word in free if _inside(word, grid)]
        free = [word for word in free if not _inside(word, grid)]
    made: dict[int, Table] = {}
    for grid in by_area:
        made[id(grid)] = _ruled(grid, held[id(grid)], turned, loose, depth)
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


def _ruled(grid: Grid, words: Sequence[Word], turned: list[Word], loose: Sequence[Rule], depth: int) -> Table:
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
            if _inside(word, cell):
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


_Element = Printed | Table
_Span = tuple[float, float]
_MOST_DEPTH = 4
_MOST_OF_A_BLOCK = 300


def flow(lines: Sequence[Printed], tables: Sequence[Table], loose: Sequence[Rule], depth: int) -> list[Item]:
    """Lines and tables in reading order: columns one after the other, and aligned text as tables."""
    elements: list[_Element] = sorted([*lines, *tables], key=lambda one: one.top)
    left = min((one.left for one in lines), default=0.0)
    right = max((one.right for one in lines), default=0.0)
    items: list[Item] = []
    at = tried = 0
    while at < len(elements):
        block = _block(elements, at) if depth < _MOST_DEPTH and at >= tried else None
        read = None if block is None else _columns(block, loose, depth) or _aligned(block, loose)
        if block is not None and read is not None:
            items += read[0]
            at += read[1]
            continue
        # A long block that is neither is not asked again for each of its lines.
        tried = max(tried, at + 1 + (0 if block is None else len(block.elements) // 8))
        one = elements[at]
        items.append(TextLine(one, left, right) if isinstance(one, Printed) else one)
        at += 1
    return items


@dataclass
class _Block:
    """Elements below one another that leave the same gaps free; `spanning` are the lines that cross some of them."""

    elements: list[_Element]
    gaps: list[_Span]
    spanning: set[int]

    def column_of(self, left: float, right: float) -> int:
        """Between which gaps something stands."""
        middle = (left + right) / 2
        return sum(1 for begin, end in self.gaps if middle > (begin + end) / 2)

    def sides(self, element: _Element) -> list[list[Phrase]]:
        """The phrases of a line by column."""
        sides: list[list[Phrase]] = [[] for _ in range(len(self.gaps) + 1)]
        if isinstance(element, Printed):
            for phrase in element.phrases:
                sides[self.column_of(phrase.left, phrase.right)].append(phrase)
        return sides


def _taken(element: _Element) -> list[_Span]:
    if isinstance(element, Table):
        return [(element.left, element.right)]
    return [(phrase.left, phrase.right) for phrase in element.phrases]


def _size(element: _Element) -> float:
    return element.size if isinstance(element, Printed) else 10.0


def _parts_blocks(elements: Sequence[_Element], at: int, here: int) -> bool:
    """Whether this line is the heading of what stands below, and not of some rows of one table."""
    one = elements[here]
    # Without bold type, what stands after a blank line is one as well.
    is_apart = one.top - max(each.bottom for each in elements[at:here]) > 0.9 * _size(one)
    if not isinstance(one, Printed) or len(one.phrases) > 1 or not (one.is_bold or is_apart):
        return False
    above = [each for each in elements[at:here] if isinstance(each, Printed) and len(each.phrases) > 1]
    if above and one.size > 1.07 * max(each.size for each in above):
        return True
    below = next(
        (each for each in elements[here + 1 : here + 6] if not isinstance(each, Printed) or len(each.phrases) > 1), None
    )
    if not isinstance(below, Printed):
        return below is not None
    usual = Counter(len(each.phrases) for each in above).most_common(1)
    return bool(usual) and (below.is_bold or not one.is_bold) and len(below.phrases) != usual[0][0]


def _is_bold(element: _Element) -> bool:
    return isinstance(element, Printed) and element.is_bold


def _left_free(gaps: Sequence[_Span], taken: Sequence[_Span], least: float) -> list[_Span]:
    """What of each gap the element leaves free: the widest piece, where it is wide enough."""
    left: list[_Span] = []
    for gap in gaps:
        pieces = [gap]
        for begin, end in taken:
            pieces = [
                piece
                for low, high in pieces
                for piece in ((low, min(high, begin)), (max(low, end), high))
                if piece[1] > piece[0]
            ]
        widest = max(pieces, key=lambda piece: piece[1] - piece[0], default=None)
        if widest is not None and widest[1] - widest[0] >= least:
            left.append(widest)
    return left


def _block(elements: Sequence[_Element], at: int) -> _Block | None:
    """The longest run of elements from here that leaves the gaps of its beginning free."""
    first = elements[at]
    taken, end = sorted(_taken(first)), at + 1
    if len(taken) == 1:
        if end >= len(elements) or elements[end].top > first.bottom - 0.2 * _size(first):
            return None
        taken, end = sorted([*taken, *_taken(elements[end])]), end + 1
    gaps = [(before[1], after[0]) for before, after in pairwise(taken) if after[0] - before[1] > 0.22 * _size(first)]
    if not gaps:
        return None
    several = 1
    spanning: set[int] = set()
    bottom = max(one.bottom for one in elements[at:end])
    while end < min(len(elements), at + _MOST_OF_A_BLOCK):
        one = elements[end]
        if one.top - bottom > 2.2 * min(_size(one), _size(first)):
            break
        if end > at + 1 and _parts_blocks(elements, at, end):
            break
        # A heading over all columns begins another table, and so does a row of many more.
        if several > 1 and len(_taken(one)) > len(gaps) + 2:
            break
        # Labels with their values above a table are no row of it.
        if _is_of_labels(first) and len(_taken(one)) > len(gaps) + 1 and not _is_of_labels(one):
            break
        if several > 1 and len(_taken(one)) > len(gaps) and _is_bold(one) and not _is_bold(elements[end - 1]):
            break
        now = _left_free(gaps, _taken(one), max(3.0, 0.3 * _size(one)))
        if len(now) < len(gaps):
            if _spans(elements, end, gaps):
                spanning.add(end - at)
            elif not now or several > 1:
                break
            else:
                gaps = now
        else:
            gaps = now
        several += len(_taken(one)) > 1
        bottom = max(bottom, one.bottom)
        end += 1
    while spanning and end - 1 - at in spanning:
        end -= 1
        spanning.discard(end - at)
    return _Block(list(elements[at:end]), gaps, spanning)


def _is_of_labels(element: _Element) -> bool:
    """Whether a line holds labels with their values."""
    phrases = element.phrases if isinstance(element, Printed) else []
    return len(phrases) > 1 and sum(":" in phrase.text for phrase in phrases) * 2 >= len(phrases)


def _spans(elements: Sequence[_Element], at: int, gaps: Sequence[_Span]) -> bool:
    """Whether this is a line across columns that go on below it."""
    one = elements[at]
    if not isinstance(one, Printed) or len(one.phrases) > 1 or at + 1 >= len(elements):
        return False
    below = elements[at + 1]
    if not isinstance(below, Printed) or len(below.phrases) < 2 or below.top - one.bottom > 1.5 * one.size:
        return False
    return len(_left_free(gaps, _taken(below), max(3.0, 0.3 * below.size))) == len(gaps)


def _columns(block: _Block, loose: Sequence[Rule], depth: int) -> tuple[list[Item], int] | None:
    """The block as columns of text that are read one after the other; None when it is none."""
    end = min(block.spanning, default=len(block.elements))
    elements = block.elements[:end]
    count = len(block.gaps) + 1
    if count > 4:
        return None
    lines: list[list[Printed]] = [[] for _ in range(count)]
    tables: list[list[Table]] = [[] for _ in range(count)]
    together = 0
    for one in elements:
        if isinstance(one, Table):
            tables[block.column_of(one.left, one.right)].append(one)
            continue
        sides = block.sides(one)
        together += sum(1 for side in sides if side) > 1
        for column, side in enumerate(sides):
            if side:
                lines[column].append(_part(one, side))
    if not any(tables) and not _are_columns(lines, together):
        return None
    items: list[Item] = []
    for column in range(count):
        items += flow(lines[column], tables[column], loose, depth + 1)
    return items, end


def _part(line: Printed, phrases: list[Phrase]) -> Printed:
    words = [word for phrase in phrases for word in phrase.words]
    letters = [word for word in words if any(sign.isalnum() for sign in word.text)]
    main = max(letters or words, key=lambda one: (one.size, -one.baseline))
    return Printed(
        phrases,
        min(one.top for one in words),
        max(one.bottom for one in words),
        main.baseline,
        main.size,
        bool(letters) and all(one.is_bold for one in letters),
    )


def _are_columns(lines: Sequence[Sequence[Printed]], together: int) -> bool:
    """Whether these are columns of text, and not those of a table."""
    if min(len(column) for column in lines) < 2:
        return False
    # Lists side by side: whose items wrap, or with a heading each.
    heads = [next((at for at, line in enumerate(column) if begins_item(line.text)), 0) for column in lines]
    are_heads = all(":" not in line.text for column, head in zip(lines, heads, strict=True) for line in column[:head])
    if max(heads) < 3 and are_heads and all(_is_list(column[head:]) for column, head in zip(lines, heads, strict=True)):
        is_boxed = all(column[head].text[0] in (CHECKED, UNCHECKED) for column, head in zip(lines, heads, strict=True))
        wraps = any(not begins_item(line.text) for column, head in zip(lines, heads, strict=True) for line in column[head:])
        return not is_boxed or wraps or min(heads) > 0
    shortest = min(len(column) for column in lines)
    if shortest > 3 and together < 0.5 * shortest:
        return True
    starts = [_starts(column) for column in lines]
    if all(len(one) > 1 for one in starts):
        shared = set.intersection(*({round(at / 3) for at in one} for one in starts))
        if len(shared) >= 0.7 * min(len(one) for one in starts):
            return False
    for column in lines:
        right = max(line.right for line in column)
        wrapped = sum(is_wrapped(upper, lower, right) for upper, lower in pairwise(column))
        if wrapped < 0.45 * (len(column) - 1) or sum(len(line.text) for line in column) < 20 * len(column):
            return False
        if shortest < 4 and sum(line.text[:1].islower() for line in column) < 0.3 * len(column):
            return False
    return True


def _is_list(lines: Sequence[Printed]) -> bool:
    """Whether these are items below one another, and the rest of their lines."""
    items = [line for line in lines if begins_item(line.text)]
    if len(items) < 2 or items[0] is not lines[0] or sum(abs(one.left - items[0].left) < 4 for one in items) < 0.7 * len(items):
        return False
    right = max(line.right for line in lines)
    return all(
        begins_item(lower.text)
        or (lower.left > items[0].left and (lower.text[:1].islower() or is_wrapped(upper, lower, right)))
        for upper, lower in pairwise(lines)
    )


def _starts(lines: Sequence[Printed]) -> list[float]:
    """Where paragraphs begin: after more room than between lines."""
    steps = [lower.baseline - upper.baseline for upper, lower in pairwise(lines)]
    usual = min((step for step in steps if step > 0.8 * lines[0].size), default=0.0)
    return [lower.baseline for step, lower in zip(steps, lines[1:], strict=True) if step > 1.25 * usual]


def _aligned(block: _Block, loose: Sequence[Rule]) -> tuple[list[Item], int] | None:
    """The block as a table without vertical lines; None when it is none."""
    if any(isinstance(one, Table) for one in block.elements):
        return None
    elements = [one for one in block.elements if isinstance(one, Printed)]
    block = _with_more_gaps(block, elements)
    sides = [block.sides(one) for one in elements]
    names = _names_of_two_rows(elements, sides)
    several = [at for at, side in enumerate(sides) if sum(1 for one in side if one) > 1 and at not in block.spanning]
    if not several or not _looks_like_table(block, elements, sides, several):
        return None
    # What stands below the last full line belongs to it only where it is the rest of a cell.
    end = several[-1] + 1
    usual = min((lower.baseline - upper.baseline for upper, lower in pairwise(elements)), default=0.0)
    while end < len(elements):
        step = elements[end].baseline - elements[end - 1].baseline
        first = next(one for one in sides[end] if one)[0].text
        if step > 1.3 * max(usual, elements[end].size) or (sides[end][0] and not first[:1].islower()):
            break
        end += 1
    elements, sides = elements[:end], sides[:end]
    count = len(block.gaps) + 1
    lefts = [min((one[column][0].left for one in sides if one[column]), default=0.0) for column in range(count)]
    rights = [
        max((one[column][-1].right for at, one in enumerate(sides) if one[column] and at not in block.spanning), default=0.0)
        for column in range(count)
    ]
    for column in range(count - 1):
        rights[column] = max(rights[column], lefts[column + 1] - 14)
    rows: list[TableRow] = []
    lines: list[list[Printed]] = []
    shared = False

    def close() -> None:
        if lines and any(lines):
            cells = [
                TableCell(cell, column, left=lefts[column], right=rights[column], is_from_above=shared and column == 0)
                for column, cell in enumerate(lines)
            ]
            tops = [line for cell in lines for line in cell]
            rows.append(TableRow(cells, min(line.top for line in tops), max(line.bottom for line in tops)))

    ruled = _ruled_between(elements, loose)
    for at, (element, side) in enumerate(zip(elements, sides, strict=True)):
        if at in names:
            continue
        if at in block.spanning:
            close()
            lines = []
            cell = TableCell([element], 0, count, left=lefts[0], right=rights[-1])
            rows.append(TableRow([cell], element.top, element.bottom))
            continue
        parts = [_part(element, one) if one else None for one in side]
        shares_name = at + 1 in names or at - 1 in names
        if not lines or (
            at in ruled or shares_name or _is_row_of_its_own(lines, parts)
            if len(ruled) > 1
            else at in ruled or shares_name or _begins_row(lines, parts, rights, element, elements[at - 1], usual)
        ):
            close()
            lines = [[] for _ in range(count)]
            shared = at - 1 in names
        if shares_name:
            # The name stands between the rows, since it is that of both.
            name = at + 1 if at + 1 in names else at - 1
            lines[0].append(_part(elements[name], sides[name][0]))
        for column, part in enumerate(parts):
            if part is not None:
                lines[column].append(part)
    close()
    edges = list(lefts)
    table = Table(rows, lefts[0], rights[-1], elements[0].top, elements[-1].bottom, edges, is_ruled=False)
    return [table], end


def _with_more_gaps(block: _Block, elements: Sequence[Printed]) -> _Block:
    """The block with a column parted again where most of its lines leave one more gap: the heading over both hid it."""
    gaps = list(block.gaps)
    sides = [block.sides(one) for at, one in enumerate(elements) if at not in block.spanning]
    for column in range(len(block.gaps) + 1):
        here = [side[column] for side in sides if side[column]]
        parted = [phrases for phrases in here if len(phrases) == 2]
        if len(parted) < 3 or any(len(phrases) > 2 for phrases in here) or len(parted) < 0.7 * (len(here) - 1):
            continue
        left, right = max(one[0].right for one in parted), min(one[1].left for one in parted)
        is_form = any(":" in phrase.text or phrase.text[0] in _BOX_SIGNS for one in parted for phrase in one)
        if right - left > 3 and not is_form:
            gaps.append((left, right))
    return block if len(gaps) == len(block.gaps) else _Block(block.elements, sorted(gaps), block.spanning)


def _names_of_two_rows(elements: Sequence[Printed], sides: Sequence[Sequence[Sequence[Phrase]]]) -> set[int]:
    """Lines with a first cell alone, set half a line below a row without one and half a line above another."""
    found: set[int] = set()
    for at in range(1, len(elements) - 1):
        above, one, below = sides[at - 1], sides[at], sides[at + 1]
        if not one[0] or any(one[1:]) or above[0] or below[0] or at - 1 in found:
            continue
        upper, lower = [column for column, side in enumerate(above) if side], [n for n, side in enumerate(below) if side]
        near = elements[at + 1].baseline - elements[at - 1].baseline
        if upper == lower and len(upper) > 1 and near > 1.1 * elements[at].size and near < 3.4 * elements[at].size:
            step = (elements[at].baseline - elements[at - 1].baseline) / near
            if 0.35 < step < 0.65 and near < 2 * elements[at].size:
                found.add(at)
    return found


def _ruled_between(elements: Sequence[Printed], loose: Sequence[Rule]) -> set[int]:
    """Before which lines a ruled line stands that is as long as half of them."""
    left, right = min(one.left for one in elements), max(one.right for one in elements)
    found: set[int] = set()
    for at in range(1, len(elements)):
        upper, lower = elements[at - 1].baseline, elements[at].baseline - 0.5 * elements[at].size
        here = [rule for rule in loose if upper - 1 < rule.top < lower + 1 and rule.right > left and rule.left < right]
        if sum(rule.right - rule.left for rule in here) > 0.5 * (right - left):
            found.add(at)
    return found


def _begins_row(
    lines: Sequence[Sequence[Printed]],
    parts: Sequence[Printed | None],
    rights: Sequence[float],
    element: Printed,
    above: Printed,
    usual: float,
) -> bool:
    """Whether a line of an aligned table is a row of its own, and no more of the row above."""
    if element.baseline - above.baseline > 1.3 * max(usual, 1.02 * element.size):
        return True
    if element.is_bold != above.is_bold:
        return True
    filled = [column for column, part in enumerate(parts) if part is not None]
    before = [column for column, held in enumerate(lines) if held]
    if (
        len(filled) > 1
        and filled[0] == 0
        and len(filled) >= len(before)
        and not any(part.text[:1].islower() for part in parts if part)
    ):
        # Each of its cells begins as a cell does; unless words are cut, it is a row.
        return not any(part and lines[at] and _is_cut(lines[at][-1], part, rights[at]) for at, part in enumerate(parts))
    if filled == [0] and len(before) > 1 and (first := parts[0]) and not first.text[:1].islower() and first.text.count(" ") > 3:
        return True
    if filled == [0] and len(before) > 1 and parts[0] and _sorts_rows(" ".join(line.text for line in lines[0]), parts[0].text):
        return True
    rest = 0.0
    for column, part in enumerate(parts):
        upper = lines[column][-1] if lines[column] else None
        if part is None:
            continue
        if upper is not None and _is_value_of_its_own(lines[column][0].text, part.text):
            return True
        if upper is not None and (
            (part.text[:1].islower() and not begins_item(part.text)) or _is_cut(upper, part, rights[column])
        ):
            rest += 1
        elif upper is not None and is_wrapped(upper, part, rights[column]):
            rest += 0.5
        elif column > 0 and parts[0] is None and upper is None:
            rest += 0.25
        else:
            rest -= 1
    return rest <= 0


def _sorts_rows(upper: str, lower: str) -> bool:
    """Whether a first cell alone is a heading of the rows below: the one above is a service without it."""
    return (topic_of(lower) is not None or is_all_label(lower)) and lower[:1].isupper() and bool(all_services(upper))


def _is_row_of_its_own(lines: Sequence[Sequence[Printed]], parts: Sequence[Printed | None]) -> bool:
    """Whether rules that part more than rows hide one: it has a name, and a date or number below another."""
    if parts[0] is None or not lines[0] or parts[0].text[:1].islower():
        return False
    pairs = [(held[0].text, part.text) for held, part in zip(lines[1:], parts[1:], strict=True) if held and part]
    return any(_DATE_OR_MARK.match(upper) and _DATE_OR_MARK.match(lower) for upper, lower in pairs)


_DATE_OR_MARK = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,4}$|[xX✓☒☐]$")


def _is_value_of_its_own(upper: str, lower: str) -> bool:
    """Whether a line below another in a cell is surely of the next row: a date below a date, capitals below small letters."""
    if _DATE_OR_MARK.match(lower) and not reads_on(upper):
        return _DATE_OR_MARK.match(upper) is not None or not upper[:1].isdigit()
    return len(lower) > 6 and lower.isupper() and not upper.isupper() and any(char.islower() for char in upper)


def _looks_like_table(
    block: _Block, elements: Sequence[Printed], sides: Sequence[Sequence[Sequence[Phrase]]], several: Sequence[int]
) -> bool:
    """Whether the gaps are those of a table: enough full lines, aligned, and no form of labels with their values."""
    count = len(block.gaps) + 1
    has_heading = elements[0].is_bold and not all(elements[at].is_bold for at in several)
    if len(several) < (2 if count > 2 or has_heading else 3):
        return False
    phrases = [phrase.text for at in several for side in sides[at] for phrase in side]
    # Labels with their values, and boxes with their labels, are a form. A box alone is a cell.
    labelled = sum(":" in text or (len(text) > 1 and (CHECKED in text or UNCHECKED in text)) for text in phrases)
    if labelled * 2 >= len(phrases) and not has_heading:
        return False
    if sum(sides[at][0][0].text.endswith(":") for at in several if sides[at][0]) * 2 > len(several):
        return False
    aligned = 0
    for column in range(count):
        here = [sides[at][column] for at in several if sides[at][column]]
        if len(here) < 2:
            continue
        for places in (
            [one[0].left for one in here],
            [one[-1].right for one in here],
            [(one[0].left + one[-1].right) / 2 for one in here],
        ):
            middle = median(places)
            if sum(abs(place - middle) < 4 for place in places) >= 0.6 * len(places):
                aligned += 1
                break
    return aligned * 3 >= count * 2
