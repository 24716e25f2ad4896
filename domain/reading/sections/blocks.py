"""The blocks of a document in their order, to a draft of each promise: section by section, as its headings say."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from domain.reading.about.child import Child
from domain.reading.block import CHECKED, Block, Line, Row
from domain.reading.passages import passages
from domain.reading.promise.draft import Draft
from domain.reading.sections.headings import LEGEND
from domain.reading.sections.in_tables import read_table
from domain.reading.sections.reader import Reader
from domain.reading.sections.running_text import read_passage

_FIVE_DAYS = re.compile(rf"\bcycle\b[^.]{{0,20}}{CHECKED} ?(?:5|five)[- ]days?\b", re.IGNORECASE)


def drafts_in(blocks: Sequence[Block], child: Child, *, is_amendment: bool, wraps: bool) -> list[Draft]:
    """Every promise of the document, as it was found; `wraps`: a line is what fits, not what was written as one."""
    lines = [block.text for block in blocks if isinstance(block, Line)]
    long = [line for line in lines if len(line) > 20]
    reader = Reader(
        child,
        is_amendment,
        wraps,
        is_shouted=len(long) > 5 and sum(line.isupper() for line in long) > 0.6 * len(long),
        is_five_day=any(_FIVE_DAYS.search(line) for line in lines),
    )
    for is_table, group in groupby(blocks, key=lambda block: (block.table,) if isinstance(block, Row) else ()):
        stretch = list(group)
        if is_table:
            read_table(reader, [block for block in stretch if isinstance(block, Row)])
            continue
        without_legends = [replace(block, text=LEGEND.sub("", block.text)) for block in stretch if isinstance(block, Line)]
        for passage in passages(without_legends, wraps=wraps):
            read_passage(reader, passage)
    reader.close()
    return reader.drafts
