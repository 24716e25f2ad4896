"""Pages in reading order become the blocks of a document: what repeats is left out, what goes on over pages is one."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from domain.reading import boxes
from domain.reading.block import Block, Line, Pages, Row
from domain.reading.broken_words import hyphenated, made_whole
from domain.reading.page.items import TextLine
from domain.reading.page.laid import Laid, laid
from domain.reading.page.prepared import prepared
from domain.reading.page.signs import Sheet
from domain.reading.pages import typewritten
from domain.reading.pages.continued_tables import Tables
from domain.reading.pages.margins import without_margins
from domain.reading.pages.text_lines import body_size, continues, levels_of, lines_of, number_lines, text_line

# On a page that is a picture: a stamp, or the number of the page.
_FEW_LETTERS = 12


def taken_apart(sheets: Sequence[Sheet]) -> Pages:
    """The blocks of all pages."""
    if typed := typewritten.taken_apart(sheets):
        return typed
    drafts = [prepared(sheet) for sheet in sheets]
    margins, kept, above_text = without_margins(drafts)
    without = [
        page.sheet.number
        for page, words in zip(drafts, kept, strict=True)
        if page.sheet.has_picture and sum(len(word.text) for word in words) < _FEW_LETTERS
    ]
    pages = [laid(page, words) for page, words in zip(drafts, kept, strict=True)]
    margins += [word.text for page in pages for word in page.turned]
    body = body_size(pages)
    for page, count in zip(pages, above_text, strict=True):
        number_lines(page, count)
    levels = levels_of(pages, body)
    words = _words(pages)
    blocks: list[Block] = []
    tables = Tables(levels)
    above: TextLine | None = None
    for page in pages:
        for item in page.items:
            if isinstance(item, TextLine):
                goes_on = above is not None and continues(above, item)
                blocks.append(text_line(page.number, item, levels, goes_on))
                above = item
            else:
                above = None
                tables.add(page.number, item, blocks)
    return Pages(boxes.in_blocks(_mended(blocks, words)), list(dict.fromkeys(margins)), without, len(sheets))


_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


def _words(pages: Sequence[Laid]) -> Counter[str]:
    """The words of the document, and how often each is there."""
    words: Counter[str] = Counter()
    for page in pages:
        for item in page.items:
            for line in lines_of(item):
                words.update(_WORD.findall(line.text.lower()))
    return words


def _mended(blocks: list[Block], words: Counter[str]) -> list[Block]:
    """The blocks with the words whole that the pages broke."""
    for at, one in enumerate(blocks):
        if isinstance(one, Row):
            blocks[at] = replace(one, cells=[replace(cell, text=made_whole(cell.text, words)) for cell in one.cells])
        elif at + 1 < len(blocks):
            below = blocks[at + 1]
            if isinstance(below, Line) and below.continues:
                blocks[at] = replace(one, text=hyphenated(one.text, below.text, words))
    return blocks
