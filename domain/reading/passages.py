"""Lines put together again to what was written as one: a heading, an item of a list, a paragraph."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from domain.reading.block import CHECKED, UNCHECKED, Line, Source
from domain.reading.broken_words import joined
from domain.reading.form.heading import is_all_heading, topic_of
from domain.reading.form.label import is_all_label, label_of

_MARKER = re.compile(
    r"^\s*(?P<marker>[•●▪◦‣∙·○■□▸►➢➤✦*–—-]|\(?\d{1,2}(?:\.\d{1,2}){0,2}[.)]|\(\d{1,2}\)|\d{1,2}[a-z][.)]|\(?[a-zA-Z][.)]|\([a-z]\)"
    r"|\(?[ivxIVX]{1,5}[.)]|Q\d{1,2}[.:)]?|#\s?\d{1,2}[.:)]?|0\d(?=\s))\s+(?=\S)"
)
_BOX_START = re.compile(rf"^\s*[{CHECKED}{UNCHECKED}]")
_LABEL_START = re.compile(r"^\s*[A-Z(#][\w /&'’()#.,-]{1,60}:(?:\s|$)")
_FIELDS = re.compile(r" [–—|/-] |\t")
_IS_ROW = re.compile(r"^[A-Z][^:]{2,60}:\s|\d ?(?:min|hr|hour|x\b)", re.IGNORECASE)
_OPEN_END = re.compile(
    r"(?:[,;:(/–—-]|\b(?:the|a|an|of|in|on|at|by|to|for|from|with|and|or|per|each|every|is|are|will|his|her|their"
    r"|special|general|regular|school))$",
    re.IGNORECASE,
)
_WIDE = re.compile(r"\s{3,}")
_GAPPED = re.compile(r"^([A-Z][^:]{1,50}?)\s{3,}(\S.*)$", re.DOTALL)
_SORTED = re.compile(r"[A-Z][\w/-]*(?: [\w/&-]+){0,2}:\s")
_ENDS = re.compile(r"[.!?:;]['\"”’)]?\s*$")
# Nobody writes more in one go; what is longer is cut.
LONGEST_LINE, LONGEST_PASSAGE = 6000, 12000
_WIDEST = re.compile(r"[ \t]{9,}")
_LEADERS = re.compile(r"\s?(?:\.{3,}|…{2,}|(?:\. ){3,})(?:\s|$)")
_RULES = re.compile(r"^\s*[-=–—~*#]{2,}\s+|\s+[-=–—~*#]{2,}\s*$")
_BLANKS = re.compile(r"_{2,}")


@dataclass
class Passage:
    """Words that belong together. `pieces` say where in `text` each line begins, and hold its words as they stand."""

    text: str
    pieces: list[tuple[int, Source, str]] = field(default_factory=list)
    heading: int | None = None
    is_bold: bool = False
    indent: int = 0
    marker: str = ""
    # A blank line stands above it.
    is_apart: bool = False

    @property
    def source(self) -> Source:
        """Where it begins."""
        return self.pieces[0][1]

    def source_at(self, position: int) -> Source:
        """Where the character at a position of the text stands."""
        starts = [start for start, _, _ in self.pieces]
        return self.pieces[max(0, bisect_right(starts, position) - 1)][1]

    @property
    def is_heading(self) -> bool:
        """Whether the document itself says that it is a heading."""
        return (self.heading or 0) > 0

    @property
    def as_written(self) -> str:
        """The words as they stand in the document."""
        return " ".join(" ".join(raw for _, _, raw in self.pieces).split()).removeprefix("• ")

    def quote(self, start: int, words: str) -> str:
        """The words from a position of the text on, as they stand there."""
        if words not in self.text:
            return self.as_written if len(self.text) < 2 * len(words) + 80 else words
        end = min(len(self.text), start + len(words) + 1)
        said = self.text[start:end].strip()
        if len(said) >= 0.9 * len(self.text):
            return self.as_written
        return said or words

    def part(self, start: int, words: str) -> "Passage":
        """A part of it as a passage of its own."""
        return Passage(words, [(0, self.source_at(start), words)], None, False, self.indent, self.marker)

    def in_other_words(self, words: str, marker: str) -> "Passage":
        """The same place of the document, which says by its boxes or changes what is not written so."""
        return Passage(words, [(0, self.source, self.as_written)], marker=marker)


def unfilled(text: str) -> str:
    """The text without the lines to write on: "_30_" is 30."""
    text = _WIDEST.sub("        ", text[:LONGEST_LINE])
    text = _LEADERS.sub(": ", _BLANKS.sub("  ", text)).replace("×", "x")
    text = re.sub(r":\s{0,3}:", ":", _RULES.sub("", text))
    return re.sub(r"(?<![A-Za-z0-9])_(?=\S)|(?<=\S)_(?![A-Za-z0-9])", "", text)


def with_colon(text: str) -> str:
    """A label that a wide gap parts from its value ("Goal 1    Ada will ...") with a colon."""
    found = _GAPPED.match(text)
    if not found or len(_WIDE.split(text.strip())) > 2:
        return text
    label = found.group(1)
    is_label = (is_all_label(label) and label_of(label)) or (is_all_heading(label) and topic_of(label))
    value = found.group(2)
    if not is_label or (is_all_label(value) and label_of(value)) or value[:1] in (CHECKED, UNCHECKED):
        return text
    return f"{label}: {value}"


def passages(lines: Sequence[Line], *, wraps: bool = True) -> Iterator[Passage]:
    """The lines of a stretch without tables, put together; `wraps`: a line is what fits, not what was written as one."""
    width = max((len(line.text) + line.indent for line in lines), default=0)
    current: Passage | None = None
    previous: Line | None = None
    for line in _single(lines):
        if not line.text.strip(" _"):
            if current:
                yield current
            current = previous = None
            continue
        if wraps and current and previous and _goes_on(current, previous, line, width):
            _append(current, line)
        else:
            if current:
                yield current
            current = _begun(line)
            current.is_apart = wraps and (
                previous is None or (line.source.page == previous.source.page and line.source.line - previous.source.line > 1)
            )
        previous = line
    if current:
        yield current


def _single(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        if "\n" not in line.text:
            yield line
            continue
        for index, part in enumerate(line.text.split("\n")):
            yield Line(part, line.source, line.heading, line.is_bold, line.indent, line.marker if not index else "", False, "")


def _begun(line: Line) -> Passage:
    text = with_colon(unfilled(line.text.rstrip()))
    marker = line.marker
    found = _MARKER.match(text)
    if found and not marker:
        marker, text = found.group("marker"), text[found.end() :]
    text = text.strip()
    return Passage(text, [(0, line.source, (line.raw or line.text).strip())], line.heading, line.is_bold, line.indent, marker)


def _append(passage: Passage, line: Line) -> None:
    text = unfilled(line.text).strip()
    if not text or len(passage.text) > LONGEST_PASSAGE:
        return
    whole = joined([passage.text, text])
    passage.pieces.append((max(0, len(whole) - len(text)), line.source, (line.raw or line.text).strip()))
    passage.text = whole
    passage.is_bold = passage.is_bold and line.is_bold


def _goes_on(passage: Passage, previous: Line, line: Line, width: int) -> bool:
    """Whether a line is the rest of the one above."""
    if previous.source.page != line.source.page and not line.continues:
        return not _ENDS.search(previous.text) and line.text.lstrip()[:1].islower() and not line.marker
    if line.marker or _MARKER.match(line.text) or _BOX_START.match(line.text):
        return False
    if (line.heading or 0) != (previous.heading or 0):
        return False
    if line.heading and previous.heading:
        return line.continues
    if line.is_bold != previous.is_bold and not line.continues:
        return False
    text = with_colon(unfilled(line.text).strip())
    if line.indent <= passage.indent and _SORTED.match(text):
        return False
    asked = re.split(f"[{CHECKED}{UNCHECKED}]", text, maxsplit=1)[0].strip(" :?")
    if asked != text and text[:1].isupper() and len(asked) < 80 and topic_of(asked) and not line.continues:
        # "Extended School Year  ☒ no ☐ yes" below another line of boxes.
        return False
    if text[:1].isupper() and len(_FIELDS.findall(text)) > 1 and len(_FIELDS.findall(passage.text)) > 1:
        # "Speech - 30 min - speech room" below a line like it.
        return False
    if passage.text.isupper() and len(passage.text) > 8 and not text.isupper() and not _OPEN_END.search(passage.text):
        return False
    if _RULES.search(previous.text.strip()) and not _RULES.search(line.text.strip()):
        return False
    if (
        line.continues
        and line.indent <= passage.indent
        and text[:1].isupper()
        and _IS_ROW.search(passage.text)
        and not _OPEN_END.search(passage.text)
    ):
        # A list whose items say how much: the next one begins here, though it would not have fitted above.
        return False
    if line.continues:
        return not _is_label(text)
    if line.source == previous.source:
        # Line breaks that somebody typed.
        return False
    if line.source.line - previous.source.line > 1 and line.source.page is None:
        return False
    if previous.text.rstrip().endswith(":") and len(previous.text) < 60:
        return False
    if _is_label(text) or (topic_of(text) and is_all_heading(text)):
        return False
    if passage.text.endswith("?") or (topic_of(passage.text) and is_all_heading(passage.text)):
        return False
    is_deeper = line.indent > passage.indent
    if (
        _OPEN_END.search(passage.text)
        and not passage.text.endswith((":", ";"))
        and (is_deeper or line.indent == passage.indent)
    ):
        return True
    if passage.marker or _BOX_START.match(passage.text):
        is_full = len(previous.text.rstrip()) + previous.indent > 0.5 * width or _OPEN_END.search(passage.text)
        return (is_deeper and bool(is_full or not text[:1].isupper())) or (
            text[:1].islower() and not _ENDS.search(previous.text)
        )
    if text[:1].islower() and not _ENDS.search(previous.text):
        return len(previous.text.strip()) > 0.4 * width
    return (
        len(previous.text.rstrip()) + previous.indent > 0.75 * width
        and len(previous.text) > 50
        and line.indent <= previous.indent + 1
    )


def _is_label(text: str) -> bool:
    match = _LABEL_START.match(text)
    if not match:
        return False
    said = match.group(0).strip().rstrip(":")
    topic = topic_of(said)
    return bool(label_of(said) and is_all_label(said)) or bool(
        topic and (is_all_heading(said) or (not topic.kinds and len(said.split()) <= 8))
    )
