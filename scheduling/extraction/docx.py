"""A DOCX taken apart: paragraphs and tables in the order of the document, as a reader of the finished text sees them.

What Word does not show, or shows as gone, does not count: deleted and moved-away text of tracked changes, hidden text, text
struck through (which in an IEP says "no longer"), the prompts of empty form fields, comments and footnotes.
"""

import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.file_type import FileRefused, checked_archive, main_part, related_parts
from domain.reading import boxes
from domain.reading.block import CHECKED, UNCHECKED, Block, Cell, Line, Pages, Row, Source
from domain.reading.unreadable import Unreadable
from scheduling.extraction.xml import Element, parsed

MOST_BYTES_OF_TEXT = 60 * 2**20
MOST_BLOCKS = 40_000
_TAB = "    "
_TWIPS_PER_CHARACTER = 120
_OFF = ("0", "false", "off", "none")
# What only holds others, for paragraphs as for runs.
_WRAPPERS = frozenset(
    ("w:ins", "w:moveTo", "w:customXml", "w:smartTag", "w:hyperlink", "w:fldSimple", "w:dir", "w:bdo", "w:sdtContent")
)


def taken_apart(content: bytes) -> Pages:
    """Raises `Unreadable`, also for what `domain.file_type` refuses."""
    try:
        archive, _ = checked_archive(content)
    except FileRefused as why:
        raise Unreadable(str(why), "password" if why.reason == "encrypted" else "unreadable") from None
    with archive:
        parts = _Parts(archive)
        return _Document(parts).pages()


class _Parts:
    """The parts of the archive, read within a limit that no declared size can lie about."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive, self.left = archive, MOST_BYTES_OF_TEXT
        self.names = archive.namelist()
        self.main = main_part(archive, "docx") or "word/document.xml"

    def xml(self, name: str) -> Element | None:
        """The part, or None when there is none of this name."""
        if name not in self.names:
            return None
        try:
            with self.archive.open(name) as part:
                content = part.read(self.left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as why:
            raise Unreadable("This document is damaged: a part of it cannot be unpacked.") from why
        self.left -= len(content)
        if self.left < 0:
            raise Unreadable("This document holds too much text.")
        return parsed(content)

    def of_main(self, kind: str) -> Element | None:
        """The part of this kind ("styles") that the main part relates to, or that has its usual name."""
        return self.xml(next(iter(related_parts(self.archive, self.main, kind)), f"word/{kind}.xml"))

    def like(self, pattern: str) -> list[Element]:
        """All parts whose name is like this."""
        found = (self.xml(name) for name in sorted(self.names) if re.fullmatch(pattern, name))
        return [part for part in found if part is not None]


@dataclass
class _Style:
    parent: str = ""
    outline: int | None = None
    bold: bool | None = None
    hidden: bool | None = None
    numbering: tuple[str, int] | None = None
    indent: int | None = None


@dataclass
class _Level:
    format: str
    text: str
    font: str
    start: int
    indent: int | None


class _Paragraph:
    """What a paragraph says, piece by piece; a line ends at each newline."""

    def __init__(self) -> None:
        self.pieces: list[tuple[str, bool]] = []
        # What is anchored in it: the contents of text boxes.
        self.boxed: list[Element] = []

    def add(self, text: str, is_bold: bool) -> None:
        """So much more of it."""
        if text:
            self.pieces.append((text, is_bold))

    def has_text(self) -> bool:
        """Whether there is anything to see."""
        return any(text.strip() for text, _ in self.pieces)

    def lines(self) -> list[tuple[str, bool]]:
        """Its lines, and whether all of each is bold."""
        lines: list[tuple[str, bool]] = []
        text, is_bold = "", True
        for piece, bold in self.pieces:
            for position, part in enumerate(piece.split("\n")):
                if position:
                    lines.append((_plain(text), is_bold))
                    text, is_bold = "", True
                text += part
                is_bold = is_bold and (bold or not part.strip(_NOT_LETTERS))
        lines.append((_plain(text), is_bold and bool(text.strip(_NOT_LETTERS))))
        return lines


# What is no letter, and so neither bold nor not.
_NOT_LETTERS = " \t\u00a0.,:;-–—" + CHECKED + UNCHECKED
_SPACES = {ord(space): " " for space in "\t\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"} | {
    ord(sign): None for sign in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f"
}


def _plain(text: str) -> str:
    # Two spaces are a slip, or what is left around words that are gone; more are meant as a gap.
    return re.sub(r"(?<=\S)  (?=\S)", " ", text.translate(_SPACES)).rstrip()


class _Document:
    def __init__(self, parts: _Parts) -> None:
        self.parts = parts
        self.styles, self.default_style = _styles(parts.of_main("styles"))
        self.lists = _numbering(parts.of_main("numbering"))
        self.counters: dict[str, list[int | None]] = defaultdict(lambda: [None] * 9)
        self.tables = 0
        self.watermarks: list[str] = []
        # Open fields, innermost last: whether its result has begun.
        self.fields: list[bool] = []

    def pages(self) -> Pages:
        """The whole document."""
        root = self.parts.xml(self.parts.main)
        body = None if root is None else root.child("w:body")
        if body is None:
            raise Unreadable("This document is damaged: it has no body.")
        blocks: list[Block] = []
        number = 0
        for block in _flat(body, ("w:p", "w:tbl")):
            number += 1
            if block.name == "w:p":
                blocks += self._lines(block, Source(None, number))
            else:
                rows = self._table(block, number)
                number += max(len(_rows_of(block)) - 1, 0)
                blocks += rows
            if len(blocks) > MOST_BLOCKS:
                raise Unreadable("This document holds too much text.")
        margins = list(dict.fromkeys((*self.watermarks, *self._margins())))
        return Pages(boxes.in_blocks(blocks), margins)

    def _margins(self) -> Iterator[str]:
        for part in self.parts.like(r"word/(?:header|footer)\d*\.xml"):
            self.watermarks = []
            lines = [line for one in _descendants(part, "w:p") for line in self._lines(one, Source(None, 0), nested=False)]
            texts = [line.text for line in lines if isinstance(line, Line)]
            yield from (*self.watermarks, *texts)

    def _style(self, name: str) -> _Style:
        """The style with all that it inherits."""
        found, seen = _Style(), set[str]()
        while name in self.styles and name not in seen:
            seen.add(name)
            one = self.styles[name]
            found = _Style(
                one.parent,
                one.outline if found.outline is None else found.outline,
                one.bold if found.bold is None else found.bold,
                one.hidden if found.hidden is None else found.hidden,
                one.numbering if found.numbering is None else found.numbering,
                one.indent if found.indent is None else found.indent,
            )
            name = one.parent
        return found

    def _lines(self, paragraph: Element, source: Source, *, nested: bool = True) -> list[Block]:
        """The paragraph's lines, and after them what its text boxes hold."""
        properties = paragraph.child("w:pPr") or Element("w:pPr", {})
        style = self._style(properties.value("w:pStyle") or self.default_style)
        read = _Paragraph()
        self._inline(paragraph, read, bool(style.bold), hidden=bool(style.hidden))
        level = self._level(properties, style)
        indent = _indent(properties, level, style)
        marker, box = self._marker(properties, style, level) if read.has_text() else ("", "")
        heading = _heading(properties, style)
        blocks: list[Block] = []
        for position, (text, is_bold) in enumerate(read.lines()):
            shown = text.strip()
            if not shown:
                continue
            first = position == 0
            blocks.append(
                Line(
                    text=f"{box} {shown}" if box and first else shown,
                    source=source,
                    heading=heading if heading is not None else None if is_bold else 0,
                    is_bold=is_bold,
                    indent=indent + (len(text) - len(text.lstrip())),
                    marker=marker if first else "",
                )
            )
        if nested:
            for content in read.boxed:
                for block in _flat(content, ("w:p", "w:tbl")):
                    blocks += (
                        self._lines(block, source) if block.name == "w:p" else self._table(block, source.line, same_line=True)
                    )
        return blocks

    def _inline(self, parent: Element, into: "_Paragraph", bold: bool, *, hidden: bool = False) -> None:
        for one in parent.children:
            name = one.name
            if name == "w:r":
                self._run(one, into, bold, hidden)
            elif name in _WRAPPERS:
                self._inline(one, into, bold, hidden=hidden)
            elif name == "w:sdt":
                self._control(one, into, bold, hidden)
            elif name == "mc:AlternateContent":
                self._inline(_chosen(one), into, bold, hidden=hidden)
            elif name == "m:r":
                into.add("".join(part.text for part in one.children if part.name == "m:t"), bold)
            elif name.startswith("m:") and name != "m:rPr":
                self._inline(one, into, bold, hidden=hidden)

    def _control(self, control: Element, into: "_Paragraph", bold: bool, hidden: bool) -> None:
        properties = control.child("w:sdtPr") or Element("w:sdtPr", {})
        box = properties.child("w14:checkbox")
        content = control.child("w:sdtContent")
        if box is not None:
            state = box.child("w14:checked")
            is_checked = state is not None and state.attributes.get("w14:val", "1") not in _OFF
            into.add(CHECKED if is_checked else UNCHECKED, bold)
        elif content is not None and not _is_on(properties.child("w:showingPlcHdr")):
            self._inline(content, into, bold, hidden=hidden)

    def _run(self, run: Element, into: "_Paragraph", bold: bool, hidden: bool) -> None:
        properties = run.child("w:rPr") or Element("w:rPr", {})
        style = self._style(properties.value("w:rStyle") or "")
        bold = _toggled(properties, "w:b", bold if style.bold is None else style.bold)
        hidden = _toggled(properties, "w:vanish", hidden if style.hidden is None else style.hidden)
        gone = hidden or _toggled(properties, "w:strike", False) or _toggled(properties, "w:dstrike", False)
        fonts = properties.child("w:rFonts")
        font = "" if fonts is None else fonts.attributes.get("w:ascii") or fonts.attributes.get("w:hAnsi") or ""
        for one in run.children:
            name = one.name
            if name == "w:fldChar":
                self._field(one, into, bold, gone)
            elif (self.fields and not self.fields[-1]) or (gone and name not in ("w:br", "w:cr")):
                continue
            elif name == "w:t":
                into.add(_in_font(one.text, font), bold)
            elif name in ("w:tab", "w:ptab"):
                into.add(_TAB, bold)
            elif name == "w:br":
                into.add("" if one.attributes.get("w:type") in ("page", "column") else "\n", bold)
            elif name == "w:cr":
                into.add("\n", bold)
            elif name == "w:noBreakHyphen":
                into.add("-", bold)
            elif name == "w:sym":
                code = one.attributes.get("w:char", "")
                drawn = (
                    boxes.symbol(one.attributes.get("w:font", ""), int(code, 16))
                    if re.fullmatch("[0-9A-Fa-f]{1,5}", code)
                    else ""
                )
                into.add("" if drawn is None else drawn, bold)
            elif name in ("w:drawing", "w:pict", "w:object", "mc:AlternateContent"):
                drawing = _chosen(one) if name == "mc:AlternateContent" else one
                into.boxed += _descendants(drawing, "w:txbxContent")
                self.watermarks += [
                    said for path in _descendants(drawing, "v:textpath") if (said := path.attributes.get("string", "").strip())
                ]

    def _field(self, mark: Element, into: "_Paragraph", bold: bool, gone: bool) -> None:
        kind = mark.attributes.get("w:fldCharType")
        if kind == "begin":
            self.fields.append(False)
            box, choices = mark.at("w:ffData", "w:checkBox"), mark.at("w:ffData", "w:ddList")
            if box is not None and not gone:
                state = box.child("w:checked") or box.child("w:default")
                into.add(CHECKED if _is_on(state) else UNCHECKED, bold)
            elif choices is not None and not gone:
                entries = [one.attributes.get("w:val", "") for one in choices.children if one.name == "w:listEntry"]
                chosen = choices.value("w:result") or choices.value("w:default") or ""
                if chosen.isdigit() and int(chosen) < len(entries):
                    into.add(entries[int(chosen)], bold)
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _level(self, properties: Element, style: _Style) -> "tuple[str, int, _Level] | None":
        """The list that the paragraph belongs to, and its level in it."""
        number, depth = properties.value("w:numPr", "w:numId"), properties.value("w:numPr", "w:ilvl")
        if number is None and style.numbering is not None:
            number = style.numbering[0]
            depth = depth or str(style.numbering[1])
        levels = self.lists.get(number or "0")
        at = int(depth) if depth and depth.isdigit() else 0
        if levels is None or at not in levels[1]:
            return None
        return levels[0], at, levels[1][at]

    def _marker(self, properties: Element, style: _Style, found: "tuple[str, int, _Level] | None") -> tuple[str, str]:
        """The marker of the list, and the box where the list draws one instead."""
        if found is None:
            return "", ""
        numbering, at, level = found
        if level.format == "bullet":
            drawn = "".join(_in_font(level.text, level.font))
            drawn = boxes.with_boxes(drawn, boxes.Style(squares=False)).strip()
            return ("", drawn) if drawn in (CHECKED, UNCHECKED) and level.font else (drawn or "•", "")
        counters = self.counters[numbering]
        before = counters[at]
        counters[at] = level.start if before is None else before + 1
        counters[at + 1 :] = [None] * (8 - at)
        levels = self.lists_by_abstract(numbering)

        def counted(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            count = counters[which]
            one = levels.get(which, level)
            return _counted(one.start if count is None else count, one.format)

        return re.sub(r"%([1-9])", counted, level.text).strip(), ""

    def lists_by_abstract(self, numbering: str) -> "dict[int, _Level]":
        """The levels of a numbering."""
        return next((levels for name, levels in self.lists.values() if name == numbering), {})

    def _table(self, table: Element, number: int, *, same_line: bool = False) -> list[Block]:
        """Its rows. A table of one cell is a frame around its text."""
        rows = _rows_of(table)
        frame = rows[0] if len(rows) == 1 else None
        if frame is not None and len(cells := _cells_of(frame)) == 1:
            return self._inside(cells[0], Source(None, number))
        self.tables += 1
        this = self.tables
        blocks: list[Block] = []
        # The cell that goes on downwards, by its column.
        above: dict[int, tuple[int, int, str]] = {}
        headings = True
        for offset, row in enumerate(rows):
            source = Source(None, number if same_line else number + offset)
            properties = row.child("w:trPr") or Element("w:trPr", {})
            if properties.child("w:del") is not None:
                continue
            headings = headings and _is_on(properties.child("w:tblHeader"))
            cells = _cells_of(row)
            if any(next(_flat(cell, ("w:tbl",)), None) is not None for cell in cells):
                # It lays out tables: each cell's text, and what stands in it, one after the other.
                for cell in cells:
                    blocks += self._inside(cell, source)
                continue
            column = _number(properties.value("w:gridBefore"), 0)
            made: list[Cell] = []
            for cell in cells:
                width = min(max(_number(cell.value("w:tcPr", "w:gridSpan"), 1), 1), 200)
                merge = cell.at("w:tcPr", "w:vMerge")
                is_gone = cell.at("w:tcPr", "w:cellDel") is not None
                if merge is not None and merge.attributes.get("w:val", "continue") != "restart" and column in above:
                    made.append(self._continued(blocks, above[column], column, width))
                else:
                    above.pop(column, None)
                    text, is_bold = ("", False) if is_gone else self._cell(cell, source)
                    if merge is not None:
                        above[column] = (len(blocks), len(made), text)
                    made.append(Cell(text, column, width, is_bold))
                column += width
            blocks.append(Row(made, this, source, is_heading=headings))
        return blocks

    def _inside(self, cell: Element, source: Source) -> list[Block]:
        """What stands in a cell, as if it stood on the page."""
        found: list[Block] = []
        for block in _flat(cell, ("w:p", "w:tbl")):
            found += self._lines(block, source) if block.name == "w:p" else self._table(block, source.line, same_line=True)
        return found

    def _continued(self, blocks: list[Block], begun: tuple[int, int, str], column: int, width: int) -> Cell:
        """The cell that goes on from above; the one above is told that it is a row longer."""
        at, position, text = begun
        row = blocks[at]
        assert isinstance(row, Row)
        cells = list(row.cells)
        cells[position] = replace(cells[position], rows=cells[position].rows + 1)
        blocks[at] = replace(row, cells=cells)
        return Cell(text, column, width, cells[position].is_bold, is_from_above=True)

    def _cell(self, cell: Element, source: Source) -> tuple[str, bool]:
        """The cell's text and whether all of it is bold. What its text boxes hold is part of it."""
        lines = [one for one in self._inside(cell, source) if isinstance(one, Line)]
        return "\n".join(one.text for one in lines), bool(lines) and all(one.is_bold for one in lines)


def _flat(parent: Element, names: Sequence[str]) -> Iterator[Element]:
    """Children of these names, also those that controls, tracked changes and the like hold."""
    for one in parent.children:
        if one.name in names:
            yield one
        elif one.name in _WRAPPERS:
            yield from _flat(one, names)
        elif one.name == "w:sdt":
            content = one.child("w:sdtContent")
            properties = one.child("w:sdtPr")
            if content is not None and not (properties is not None and _is_on(properties.child("w:showingPlcHdr"))):
                yield from _flat(_with_box(content, properties), names)
        elif one.name == "mc:AlternateContent":
            yield from _flat(_chosen(one), names)


def _with_box(content: Element, properties: Element | None) -> Element:
    """A control that is a whole paragraph or cell: its box says what its state says, not what the file happens to draw."""
    box = None if properties is None else properties.child("w14:checkbox")
    if box is None:
        return content
    state = box.child("w14:checked")
    is_checked = state is not None and state.attributes.get("w14:val", "1") not in _OFF
    texts = list(_descendants(content, "w:t"))
    for position, text in enumerate(texts):
        text.text = (CHECKED if is_checked else UNCHECKED) if position == 0 else ""
    return content


def _rows_of(table: Element) -> list[Element]:
    return list(_flat(table, ("w:tr",)))


def _cells_of(row: Element) -> list[Element]:
    return list(_flat(row, ("w:tc",)))


def _descendants(parent: Element, name: str) -> list[Element]:
    """All of this name below, the outermost of each branch, each alternative once."""
    found: list[Element] = []
    waiting = [parent]
    while waiting:
        one = waiting.pop()
        if one.name == name and one is not parent:
            found.append(one)
        elif one.name == "mc:AlternateContent":
            waiting.append(_chosen(one))
        else:
            waiting += reversed(one.children)
    return found


def _chosen(alternatives: Element) -> Element:
    """One of several ways to say the same: the first that says anything."""
    ways = [one for one in alternatives.children if one.name in ("mc:Choice", "mc:Fallback")]
    for way in ways:
        if _descendants(way, "w:t") or _descendants(way, "v:textpath"):
            return way
    return ways[0] if ways else alternatives


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.attributes.get("w:val", "1") not in _OFF


def _toggled(properties: Element, name: str, otherwise: bool) -> bool:
    switch = properties.child(name)
    return otherwise if switch is None else _is_on(switch)


def _number(said: str | None, otherwise: int) -> int:
    try:
        return int(said or otherwise)
    except ValueError:
        return otherwise


def _in_font(text: str, font: str) -> str:
    """The text as the font draws it: a font of symbols draws others than the letters that it is given."""
    if not font or not text or boxes.symbol(font, ord("A")) is None:
        return text
    drawn = (boxes.symbol(font, ord(letter)) if not letter.isspace() else letter for letter in text)
    return "".join(letter if one is None else one for one, letter in zip(drawn, text, strict=True))


def _heading(properties: Element, style: _Style) -> int | None:
    own = properties.value("w:outlineLvl")
    level = _number(own, 9) if own is not None else style.outline
    return level + 1 if level is not None and level < 9 else None


_LEVELS = {"title": 0, "subtitle": 1, **{f"heading {level}": level - 1 for level in range(1, 10)}}


def _indent(properties: Element, level: "tuple[str, int, _Level] | None", style: _Style) -> int:
    own = properties.child("w:ind")
    twips = None
    if own is not None:
        said = own.attributes.get("w:left") or own.attributes.get("w:start")
        twips = None if said is None else _number(said, 0)
    if twips is None and level is not None:
        twips = level[2].indent
    if twips is None:
        twips = style.indent
    return max(round((twips or 0) / _TWIPS_PER_CHARACTER), 0)


def _styles(root: Element | None) -> tuple[dict[str, _Style], str]:
    """The styles by their ids, and the one of paragraphs that name none."""
    styles: dict[str, _Style] = {}
    default = ""
    for one in root.children if root is not None else ():
        if one.name != "w:style":
            continue
        key = one.attributes.get("w:styleId", "")
        if one.attributes.get("w:default") in ("1", "true") and one.attributes.get("w:type") == "paragraph":
            default = key
        paragraph, run = one.child("w:pPr") or Element("", {}), one.child("w:rPr") or Element("", {})
        outline, number = paragraph.value("w:outlineLvl"), paragraph.value("w:numPr", "w:numId")
        indent = paragraph.child("w:ind")
        left = None if indent is None else indent.attributes.get("w:left") or indent.attributes.get("w:start")
        bold, hidden = run.child("w:b"), run.child("w:vanish")
        styles[key] = _Style(
            parent=one.value("w:basedOn") or "",
            outline=_LEVELS.get((one.value("w:name") or "").lower(), None if outline is None else _number(outline, 9)),
            bold=None if bold is None else _is_on(bold),
            hidden=None if hidden is None else _is_on(hidden),
            numbering=None if number is None else (number, _number(paragraph.value("w:numPr", "w:ilvl"), 0)),
            indent=None if left is None else _number(left, 0),
        )
    return styles, default


def _numbering(root: Element | None) -> dict[str, tuple[str, dict[int, _Level]]]:
    """The lists by their ids: which numbering counts them, and its levels."""
    abstract: dict[str, dict[int, _Level]] = {}
    lists: dict[str, tuple[str, dict[int, _Level]]] = {}
    for one in root.children if root is not None else ():
        if one.name == "w:abstractNum":
            levels: dict[int, _Level] = {}
            for level in one.children:
                at = _number(level.attributes.get("w:ilvl"), 0) if level.name == "w:lvl" else 9
                if at < 9:
                    levels[at] = _level(level)
            abstract[one.attributes.get("w:abstractNumId", "")] = levels
    for one in root.children if root is not None else ():
        if one.name == "w:num":
            key, of = one.attributes.get("w:numId", ""), one.value("w:abstractNumId") or ""
            levels = dict(abstract.get(of, {}))
            counted = of
            for change in one.children:
                if change.name != "w:lvlOverride":
                    continue
                # A list that starts anew counts on its own.
                counted = f"{of} {key}"
                at = _number(change.attributes.get("w:ilvl"), 0)
                own, start = change.child("w:lvl"), change.value("w:startOverride")
                if own is not None:
                    levels[at] = _level(own)
                if start is not None and at in levels:
                    levels[at] = replace(levels[at], start=_number(start, 1))
            lists[key] = (counted, levels)
    return lists


def _level(level: Element) -> _Level:
    fonts, indent = level.at("w:rPr", "w:rFonts"), level.at("w:pPr", "w:ind")
    left = None if indent is None else indent.attributes.get("w:left") or indent.attributes.get("w:start")
    return _Level(
        format=level.value("w:numFmt") or "decimal",
        text=level.value("w:lvlText") or "",
        font="" if fonts is None else fonts.attributes.get("w:ascii") or fonts.attributes.get("w:hAnsi") or "",
        start=_number(level.value("w:start"), 1),
        indent=None if left is None else _number(left, 0),
    )


_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def _counted(count: int, form: str) -> str:
    """The count as the list writes it."""
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 % 5 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        roman = ""
        for worth, letters in _ROMAN:
            roman += letters * (count // worth)
            count %= worth
        return roman if form == "lowerRoman" else roman.upper()
    return "" if form == "none" else str(count)
