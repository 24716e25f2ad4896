"""Plain text taken apart: its lines, and the tables that pipes, tabs or aligned columns draw in it."""

import re
from dataclasses import replace
from itertools import pairwise

from domain.file_type import decoded
from domain.reading import boxes
from domain.reading.block import Line, Pages
from domain.reading.broken_words import hyphenated
from domain.reading.text.blocks import TextBlocks
from domain.reading.text.margins import margins_of, without_page_ends
from domain.reading.text.written import unframed, written_lines
from domain.reading.unreadable import Unreadable

MOST_LINES = 10_000


def taken_apart(content: bytes) -> Pages:
    """The text's blocks. Raises `Unreadable`."""
    text = decoded(content)
    if text is None:
        raise Unreadable("This is no text.")
    return of_text(text)


def of_text(text: str) -> Pages:
    """The blocks of a text."""
    lines = written_lines(text)
    if len(lines) > MOST_LINES:
        raise Unreadable(f"This text has more than {MOST_LINES} lines.")
    margins = margins_of(lines)
    kept = unframed(without_page_ends(lines, margins))
    marks = boxes.style(line.text for line in kept)
    blocks = TextBlocks(kept, marks).blocks()
    texts = list(dict.fromkeys(" ".join(line.text.split()) for line in lines if line.number in margins and line.text.strip()))
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower()))
    for at, (one, below) in enumerate(pairwise(blocks)):
        if isinstance(one, Line) and isinstance(below, Line) and below.continues:
            said = hyphenated(one.text, below.text, words)
            if said != one.text:
                blocks[at] = replace(one, text=said, raw=one.raw or one.text)
    return Pages(boxes.in_blocks(blocks), texts)
