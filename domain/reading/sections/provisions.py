"""From a document taken apart to what it promises: section by section, as its headings say."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from domain.reading.about.child import Child
from domain.reading.about.kind import AMENDMENT
from domain.reading.block import CHECKED, Line, Pages, Row
from domain.reading.form.no_promise import is_no_promise
from domain.reading.form.topic import GOAL
from domain.reading.passages import passages
from domain.reading.promise.draft import Draft
from domain.reading.promise.provisions import provisions
from domain.reading.result import ReadProvision
from domain.reading.sections.headings import LEGEND
from domain.reading.sections.in_tables import read_table
from domain.reading.sections.lines import read_passage
from domain.reading.sections.reader import Reader

_FIVE_DAYS = re.compile(rf"\bcycle\b[^.]{{0,20}}{CHECKED} ?(?:5|five)[- ]days?\b", re.IGNORECASE)


def read_blocks(reader: Reader, blocks: Sequence[Line | Row]) -> list[Draft]:
    """The drafts of all blocks."""
    reader.is_five_day = any(isinstance(block, Line) and _FIVE_DAYS.search(block.text) for block in blocks)
    for is_table, group in groupby(blocks, key=lambda block: (block.table,) if isinstance(block, Row) else ()):
        stretch = list(group)
        if is_table:
            read_table(reader, [block for block in stretch if isinstance(block, Row)])
        else:
            lines = [
                replace(block, text=LEGEND.sub("", block.text)) if LEGEND.search(block.text) else block
                for block in stretch
                if isinstance(block, Line)
            ]
            for passage in passages(lines, wraps=reader.wraps):
                read_passage(reader, passage)
    reader.close()
    return reader.drafts


def read_provisions(pages: Pages, child: Child, kind: str, *, wraps: bool = True) -> list[ReadProvision]:
    """Every promise of the document, each once."""
    lines = [block.text for block in pages.blocks if isinstance(block, Line) and len(block.text) > 20]
    is_shouted = len(lines) > 5 and sum(line.isupper() for line in lines) > 0.6 * len(lines)
    reader = Reader(child, kind == AMENDMENT, wraps, is_shouted)
    out: list[ReadProvision] = []
    seen: set[object] = set()
    for draft in read_blocks(reader, pages.blocks):
        for each in provisions(draft, child):
            if not each.minutes and not each.starts_on and is_no_promise(each.kind, each.text):
                continue
            if each.kind != GOAL:
                each = replace(each, source=replace(each.source, quote=child.initialled(each.source.quote)))
            key = (
                each.kind,
                each.text.lower(),
                each.minutes,
                each.times,
                each.per,
                each.setting,
                each.provider_role,
                each.starts_on,
                each.ends_on,
            )
            if key not in seen:
                seen.add(key)
                out.append(each)
    return out
