"""Words of a page as printed lines: which stand on one line, where a wide gap parts them, and whether a line goes on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.listed import listed
from domain.reading.block import CHECKED, UNCHECKED
from domain.reading.boxes import EMPTY, MARKS
from domain.reading.page.words import Word

WIDE = "    "
_WIDE_GAP = 1.0
_BULLET = re.compile(r"(?:[•●○◦▪■□–—➢➔◆❖*·‣⁃-]|\(?(?:\d{1,2}|[a-zA-Z])[.)])(?=\s|$)")
BOX_SIGNS = frozenset(MARKS + EMPTY + "■●○√")


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
            is_box = bool(phrases) and phrases[-1].words[-1].text in BOX_SIGNS
            widest = 0.22 if word.is_apart and not is_box else _WIDE_GAP
            near = phrases and gap <= widest * max(word.size, phrases[-1].words[-1].size)
            # A bullet or number stands apart from its item, but is no column.
            if near or (phrases and _is_marker(phrases) and word.left - phrases[-1].right < 5 * word.size):
                phrases[-1].words.append(word)
            else:
                phrases.append(Phrase([word]))
        lines.append(line_of(phrases))
    return lines


def line_of(phrases: list[Phrase]) -> Printed:
    """Phrases that stand beside one another, as a line of the size of its biggest words."""
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


def is_cut(upper: Printed, lower: Printed, edge: float) -> bool:
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
    return text[-1:] in tuple(",/&–(") or text.rsplit(None, 1)[-1].lower() in JOINING


JOINING = listed(
    """
    a an the of in on at for to and or with by from per each every as is are be his her their its than that which when
    """
)
