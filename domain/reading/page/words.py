"""The signs of a page as words: by the gaps between them, and what is typed into the fields of a form."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from domain.reading.page.signs import Field, Glyph


class Word(NamedTuple):
    """Glyphs without a gap. `is_apart`: a gap stands before it where other words have a space, as between two cells."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    is_bold: bool = False
    is_apart: bool = False

    @property
    def across(self) -> float:
        """Its middle, from the left."""
        return (self.left + self.right) / 2

    @property
    def down(self) -> float:
        """The middle of its small letters, from the top."""
        return self.baseline - 0.3 * self.size


# The gap between words, as a share of the size of the type.
_WORD_GAP = 0.18
_BIG = 30.0


def words_of(glyphs: Sequence[Glyph]) -> list[Word]:
    """Glyphs that run to the right, as words, line by line."""
    words: list[Word] = []
    # What is printed big, maybe across the rest, stands on lines of its own.
    for is_big in (False, True):
        rows: list[list[Glyph]] = []
        for one in sorted(
            (one for one in glyphs if one.turn == 0 and (one.size >= _BIG) == is_big), key=lambda one: one.baseline
        ):
            if rows and one.baseline - rows[-1][0].baseline < 0.12 * one.size:
                rows[-1].append(one)
            else:
                rows.append([one])
        words += [word for row in rows for word in _words_of_row(sorted(row, key=lambda one: (one.left, one.right)))]
    # Where words are parted by gaps alone, a gap says nothing.
    spaces = sum(one.text.isspace() for one in glyphs)
    if 2 * spaces < len(words) - spaces or sum(word.is_apart for word in words) > spaces:
        return [word._replace(is_apart=False) for word in words]
    return words


def _words_of_row(row: Sequence[Glyph]) -> list[Word]:
    words: list[Word] = []
    begun: list[Glyph] = []
    spaced = True

    def end() -> None:
        nonlocal spaced
        if not begun:
            return
        gap = begun[0].left - words[-1].right if words else 99.0
        words.append(
            Word(
                "".join(one.text for one in begun),
                begun[0].left,
                min(one.top for one in begun),
                max(one.right for one in begun),
                max(one.bottom for one in begun),
                begun[0].baseline,
                max(one.size for one in begun),
                sum(one.is_bold for one in begun) * 2 > len(begun),
                not spaced and 0.22 * begun[0].size < gap < 90,
            )
        )
        begun.clear()
        spaced = False

    for one in row:
        if one.text.isspace():
            end()
            spaced = True
            continue
        if begun:
            last = begun[-1]
            if last.text == one.text and abs(one.left - last.left) < 0.12 * one.size:
                # Drawn twice, so as to look bold.
                begun[-1] = last._replace(is_bold=True, right=max(last.right, one.right))
                continue
            gap = one.left - last.right
            if gap > _WORD_GAP * min(one.size, last.size) or abs(one.size - last.size) > 0.25 * last.size:
                end()
        begun.append(one)
    end()
    return words


def turned_texts(glyphs: Sequence[Glyph]) -> list[Word]:
    """What runs in another direction, each run as one word: sideways headings of columns, watermarks across the page."""
    runs: list[list[Glyph]] = []
    for one in glyphs:
        if one.turn == 0:
            continue
        if runs and runs[-1][-1].turn == one.turn and _is_near(runs[-1][-1], one):
            runs[-1].append(one)
        elif not one.text.isspace():
            runs.append([one])
    words = []
    for run in runs:
        text = " ".join("".join(one.text for one in run).split())
        if text:
            box = (
                min(one.left for one in run),
                min(one.top for one in run),
                max(one.right for one in run),
                max(one.bottom for one in run),
            )
            words.append(Word(text, *box, box[3], run[0].size, all(one.is_bold for one in run)))
    return words


def _is_near(one: Glyph, other: Glyph) -> bool:
    across, down = (
        max(one.left, other.left) - min(one.right, other.right),
        max(one.top, other.top) - min(one.bottom, other.bottom),
    )
    return max(across, down) < 0.6 * one.size


def typed_words(fields: Sequence[Field], words: Sequence[Word]) -> list[Word]:
    """What is typed into the form, as words where it is drawn."""
    made: list[Word] = []
    usual = median([word.size for word in words] or [9.0])
    for one in fields:
        if one.is_marked is not None:
            continue
        lines = [line.strip() for line in one.text.split("\n") if line.strip()]
        high = one.bottom - one.top
        size = min(max(high / max(len(lines), 1) / 1.3, 4.0), usual)
        beside = (
            [word for word in words if word.top - 1 <= (one.top + one.bottom) / 2 <= word.bottom + 1] if len(lines) == 1 else []
        )
        if beside:
            size = min(beside, key=lambda word: abs(word.across - one.left)).size
        for number, line in enumerate(lines):
            baseline = (
                one.top + (number + 1) * high / len(lines) - 0.3 * size
                if high < 30 * len(lines)
                else one.top + (number + 1) * 1.2 * size
            )
            if beside:
                baseline = min((word.baseline for word in beside), key=lambda at: abs(at - baseline))
            left = one.left + 2
            for word in line.split():
                wide = (one.right - one.left - 2) * len(word) / max(len(line), 1)
                wide = min(wide, 0.55 * size * len(word))
                made.append(Word(word, left, baseline - 0.8 * size, left + wide, baseline + 0.2 * size, baseline, size))
                left += wide + 0.25 * size
    return made
