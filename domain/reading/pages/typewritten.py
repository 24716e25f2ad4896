"""Pages in a type of which all signs are as wide, and nothing drawn: they are a text with blanks, and are read as one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from domain.reading.block import Block, Line, Pages, Source
from domain.reading.page.lines import WIDE
from domain.reading.page.signs import Glyph, Sheet
from domain.reading.text.plain_text import of_text
from domain.reading.unreadable import Unreadable

# Not behind a sentence or the number of an item.
_GAP = re.compile(r"(?<=[^\s.!?)\]•*]) {2,}(?=\S)")
_FEWEST, _MOST_COLUMNS = 150, 300


def taken_apart(sheets: Sequence[Sheet]) -> Pages | None:
    """The blocks of such pages; None where these are none."""
    pitch = _pitch(sheets)
    if pitch is None:
        return None
    left = min(one.left for sheet in sheets for one in sheet.glyphs)
    lines: list[str] = []
    # Of each line of the text: its page, its number there, and whether all of it is bold.
    places: list[tuple[int, int, bool]] = []
    for sheet in sheets:
        printed = _printed(sheet.glyphs)
        usual = _usual_step(printed)
        for at, line in enumerate(printed):
            if at:
                step = (line[0].baseline - printed[at - 1][0].baseline) / usual
                blank = min(3, round(step) - 1) if step > 1.35 else 0
                lines += [""] * blank
                places += [(sheet.number, at, False)] * blank
            text = _typed(line, left, pitch)
            if text is None:
                return None
            lines.append("\f" + text if not at and lines else text)
            places.append((sheet.number, at + 1, all(one.is_bold for one in line)))
    try:
        found = of_text("\n".join(lines))
    except Unreadable:
        return None
    blocks: list[Block] = []
    for block in found.blocks:
        page, number, is_bold = places[block.source.line - 1]
        source = Source(page, number)
        if isinstance(block, Line):
            # As on any page: a wide gap is as wide as another.
            text = _GAP.sub(WIDE, block.text)
            raw = block.raw or (block.text if text != block.text else "")
            blocks.append(replace(block, text=text, source=source, is_bold=block.is_bold or is_bold, raw=raw))
        else:
            blocks.append(replace(block, source=source))
    return Pages(blocks, found.margins, (), len(sheets))


def _pitch(sheets: Sequence[Sheet]) -> float | None:
    """How wide each sign is, where all are as wide, in one size."""
    glyphs = [one for sheet in sheets for one in sheet.glyphs]
    if len(glyphs) < _FEWEST or any(sheet.rules or sheet.shapes or sheet.fields or sheet.has_picture for sheet in sheets):
        return None
    wide, count = Counter(round(one.right - one.left, 1) for one in glyphs if not one.turn).most_common(1)[0]
    near = [one.right - one.left for one in glyphs if abs(one.right - one.left - wide) < 0.15]
    sizes = Counter(round(one.size, 1) for one in glyphs).most_common(1)[0][1]
    if count == 0 or wide <= 0 or len(near) < 0.98 * len(glyphs) or sizes < 0.98 * len(glyphs):
        return None
    return sum(near) / len(near)


def _printed(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    lines: list[list[Glyph]] = []
    for one in sorted((one for one in glyphs if one.text.strip() and not one.turn), key=lambda one: one.baseline):
        if lines and one.baseline - lines[-1][0].baseline < 0.4 * one.size:
            lines[-1].append(one)
        else:
            lines.append([one])
    return lines


def _usual_step(lines: Sequence[Sequence[Glyph]]) -> float:
    steps = [lower[0].baseline - upper[0].baseline for upper, lower in pairwise(lines)]
    wide = sorted(step for step in steps if step > 0)
    return wide[len(wide) // 4] if wide else 1.0


def _typed(line: Sequence[Glyph], left: float, pitch: float) -> str | None:
    """The line with its blanks; None where two signs would stand in one place."""
    placed: dict[int, str] = {}
    for one in sorted(line, key=lambda one: one.left):
        at = round((one.left - left) / pitch)
        if placed.get(at, one.text) != one.text or at > _MOST_COLUMNS:
            return None
        placed[at] = one.text
    return "".join(placed.get(at, " ") for at in range(max(placed) + 1))
