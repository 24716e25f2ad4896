"""Lines and tables of a page in reading order: columns one after the other, and aligned text as tables."""

from collections.abc import Sequence
from itertools import pairwise

from domain.reading.block import CHECKED, UNCHECKED
from domain.reading.page.aligned_tables import aligned_table
from domain.reading.page.items import Item, Table, TextLine
from domain.reading.page.lines import Printed, begins_item, is_wrapped, line_of
from domain.reading.page.signs import Rule
from domain.reading.page.stretches import Element, Stretch, stretch_at

_MOST_DEPTH = 4


def flow(lines: Sequence[Printed], tables: Sequence[Table], loose: Sequence[Rule], depth: int) -> list[Item]:
    """Lines and tables in reading order: columns one after the other, and aligned text as tables."""
    elements: list[Element] = sorted([*lines, *tables], key=lambda one: one.top)
    left = min((one.left for one in lines), default=0.0)
    right = max((one.right for one in lines), default=0.0)
    items: list[Item] = []
    at = tried = 0
    while at < len(elements):
        block = stretch_at(elements, at) if depth < _MOST_DEPTH and at >= tried else None
        read = None if block is None else _columns(block, loose, depth) or aligned_table(block, loose)
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


def _columns(block: Stretch, loose: Sequence[Rule], depth: int) -> tuple[list[Item], int] | None:
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
                lines[column].append(line_of(side))
    if not any(tables) and not _are_columns(lines, together):
        return None
    items: list[Item] = []
    for column in range(count):
        items += flow(lines[column], tables[column], loose, depth + 1)
    return items, end


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
