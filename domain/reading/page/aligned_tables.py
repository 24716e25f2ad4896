"""Tables without vertical lines: a stretch whose phrases stand below one another."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from domain.reading.block import CHECKED, UNCHECKED
from domain.reading.form.heading import topic_of
from domain.reading.form.label import is_all_label
from domain.reading.page.items import Item, Table, TableCell, TableRow
from domain.reading.page.lines import BOX_SIGNS, Phrase, Printed, begins_item, is_cut, is_wrapped, line_of, reads_on
from domain.reading.page.signs import Rule
from domain.reading.page.stretches import Stretch
from domain.vocabulary import all_services


def aligned_table(block: Stretch, loose: Sequence[Rule]) -> tuple[list[Item], int] | None:
    """The block as a table without vertical lines; None when it is none."""
    if any(isinstance(one, Table) for one in block.elements):
        return None
    elements = [one for one in block.elements if isinstance(one, Printed)]
    block = _with_more_gaps(block, elements)
    sides = [block.sides(one) for one in elements]
    names = _names_of_two_rows(elements, sides)
    several = [at for at, side in enumerate(sides) if sum(1 for one in side if one) > 1 and at not in block.spanning]
    if not several or not _looks_like_table(block, elements, sides, several):
        return None
    # What stands below the last full line belongs to it only where it is the rest of a cell.
    end = several[-1] + 1
    usual = min((lower.baseline - upper.baseline for upper, lower in pairwise(elements)), default=0.0)
    while end < len(elements):
        step = elements[end].baseline - elements[end - 1].baseline
        first = next(one for one in sides[end] if one)[0].text
        if step > 1.3 * max(usual, elements[end].size) or (sides[end][0] and not first[:1].islower()):
            break
        end += 1
    elements, sides = elements[:end], sides[:end]
    count = len(block.gaps) + 1
    lefts = [min((one[column][0].left for one in sides if one[column]), default=0.0) for column in range(count)]
    rights = [
        max((one[column][-1].right for at, one in enumerate(sides) if one[column] and at not in block.spanning), default=0.0)
        for column in range(count)
    ]
    for column in range(count - 1):
        rights[column] = max(rights[column], lefts[column + 1] - 14)
    rows: list[TableRow] = []
    lines: list[list[Printed]] = []
    shared = False

    def close() -> None:
        if lines and any(lines):
            cells = [
                TableCell(cell, column, left=lefts[column], right=rights[column], is_from_above=shared and column == 0)
                for column, cell in enumerate(lines)
            ]
            tops = [line for cell in lines for line in cell]
            rows.append(TableRow(cells, min(line.top for line in tops), max(line.bottom for line in tops)))

    ruled = _ruled_between(elements, loose)
    for at, (element, side) in enumerate(zip(elements, sides, strict=True)):
        if at in names:
            continue
        if at in block.spanning:
            close()
            lines = []
            cell = TableCell([element], 0, count, left=lefts[0], right=rights[-1])
            rows.append(TableRow([cell], element.top, element.bottom))
            continue
        parts = [line_of(one) if one else None for one in side]
        shares_name = at + 1 in names or at - 1 in names
        if not lines or (
            at in ruled or shares_name or _is_row_of_its_own(lines, parts)
            if len(ruled) > 1
            else at in ruled or shares_name or _begins_row(lines, parts, rights, element, elements[at - 1], usual)
        ):
            close()
            lines = [[] for _ in range(count)]
            shared = at - 1 in names
        if shares_name:
            # The name stands between the rows, since it is that of both.
            name = at + 1 if at + 1 in names else at - 1
            lines[0].append(line_of(sides[name][0]))
        for column, part in enumerate(parts):
            if part is not None:
                lines[column].append(part)
    close()
    edges = list(lefts)
    table = Table(rows, lefts[0], rights[-1], elements[0].top, elements[-1].bottom, edges, is_ruled=False)
    return [table], end


def _with_more_gaps(block: Stretch, elements: Sequence[Printed]) -> Stretch:
    """The block with a column parted again where most of its lines leave one more gap: the heading over both hid it."""
    gaps = list(block.gaps)
    sides = [block.sides(one) for at, one in enumerate(elements) if at not in block.spanning]
    for column in range(len(block.gaps) + 1):
        here = [side[column] for side in sides if side[column]]
        parted = [phrases for phrases in here if len(phrases) == 2]
        if len(parted) < 3 or any(len(phrases) > 2 for phrases in here) or len(parted) < 0.7 * (len(here) - 1):
            continue
        left, right = max(one[0].right for one in parted), min(one[1].left for one in parted)
        is_form = any(":" in phrase.text or phrase.text[0] in BOX_SIGNS for one in parted for phrase in one)
        if right - left > 3 and not is_form:
            gaps.append((left, right))
    return block if len(gaps) == len(block.gaps) else Stretch(block.elements, sorted(gaps), block.spanning)


def _names_of_two_rows(elements: Sequence[Printed], sides: Sequence[Sequence[Sequence[Phrase]]]) -> set[int]:
    """Lines with a first cell alone, set half a line below a row without one and half a line above another."""
    found: set[int] = set()
    for at in range(1, len(elements) - 1):
        above, one, below = sides[at - 1], sides[at], sides[at + 1]
        if not one[0] or any(one[1:]) or above[0] or below[0] or at - 1 in found:
            continue
        upper, lower = [column for column, side in enumerate(above) if side], [n for n, side in enumerate(below) if side]
        near = elements[at + 1].baseline - elements[at - 1].baseline
        if upper == lower and len(upper) > 1 and near > 1.1 * elements[at].size and near < 3.4 * elements[at].size:
            step = (elements[at].baseline - elements[at - 1].baseline) / near
            if 0.35 < step < 0.65 and near < 2 * elements[at].size:
                found.add(at)
    return found


def _ruled_between(elements: Sequence[Printed], loose: Sequence[Rule]) -> set[int]:
    """Before which lines a ruled line stands that is as long as half of them."""
    left, right = min(one.left for one in elements), max(one.right for one in elements)
    found: set[int] = set()
    for at in range(1, len(elements)):
        upper, lower = elements[at - 1].baseline, elements[at].baseline - 0.5 * elements[at].size
        here = [rule for rule in loose if upper - 1 < rule.top < lower + 1 and rule.right > left and rule.left < right]
        if sum(rule.right - rule.left for rule in here) > 0.5 * (right - left):
            found.add(at)
    return found


def _begins_row(
    lines: Sequence[Sequence[Printed]],
    parts: Sequence[Printed | None],
    rights: Sequence[float],
    element: Printed,
    above: Printed,
    usual: float,
) -> bool:
    """Whether a line of an aligned table is a row of its own, and no more of the row above."""
    if element.baseline - above.baseline > 1.3 * max(usual, 1.02 * element.size):
        return True
    if element.is_bold != above.is_bold:
        return True
    filled = [column for column, part in enumerate(parts) if part is not None]
    before = [column for column, held in enumerate(lines) if held]
    if (
        len(filled) > 1
        and filled[0] == 0
        and len(filled) >= len(before)
        and not any(part.text[:1].islower() for part in parts if part)
    ):
        # Each of its cells begins as a cell does; unless words are cut, it is a row.
        return not any(part and lines[at] and is_cut(lines[at][-1], part, rights[at]) for at, part in enumerate(parts))
    if filled == [0] and len(before) > 1 and (first := parts[0]) and not first.text[:1].islower() and first.text.count(" ") > 3:
        return True
    if filled == [0] and len(before) > 1 and parts[0] and _sorts_rows(" ".join(line.text for line in lines[0]), parts[0].text):
        return True
    rest = 0.0
    for column, part in enumerate(parts):
        upper = lines[column][-1] if lines[column] else None
        if part is None:
            continue
        if upper is not None and _is_value_of_its_own(lines[column][0].text, part.text):
            return True
        if upper is not None and (
            (part.text[:1].islower() and not begins_item(part.text)) or is_cut(upper, part, rights[column])
        ):
            rest += 1
        elif upper is not None and is_wrapped(upper, part, rights[column]):
            rest += 0.5
        elif column > 0 and parts[0] is None and upper is None:
            rest += 0.25
        else:
            rest -= 1
    return rest <= 0


def _sorts_rows(upper: str, lower: str) -> bool:
    """Whether a first cell alone is a heading of the rows below: the one above is a service without it."""
    return (topic_of(lower) is not None or is_all_label(lower)) and lower[:1].isupper() and bool(all_services(upper))


def _is_row_of_its_own(lines: Sequence[Sequence[Printed]], parts: Sequence[Printed | None]) -> bool:
    """Whether rules that part more than rows hide one: it has a name, and a date or number below another."""
    if parts[0] is None or not lines[0] or parts[0].text[:1].islower():
        return False
    pairs = [(held[0].text, part.text) for held, part in zip(lines[1:], parts[1:], strict=True) if held and part]
    return any(_DATE_OR_MARK.match(upper) and _DATE_OR_MARK.match(lower) for upper, lower in pairs)


_DATE_OR_MARK = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,4}$|[xX✓☒☐]$")


def _is_value_of_its_own(upper: str, lower: str) -> bool:
    """Whether a line below another in a cell is surely of the next row: a date below a date, capitals below small letters."""
    if _DATE_OR_MARK.match(lower) and not reads_on(upper):
        return _DATE_OR_MARK.match(upper) is not None or not upper[:1].isdigit()
    return len(lower) > 6 and lower.isupper() and not upper.isupper() and any(char.islower() for char in upper)


def _looks_like_table(
    block: Stretch, elements: Sequence[Printed], sides: Sequence[Sequence[Sequence[Phrase]]], several: Sequence[int]
) -> bool:
    """Whether the gaps are those of a table: enough full lines, aligned, and no form of labels with their values."""
    count = len(block.gaps) + 1
    has_heading = elements[0].is_bold and not all(elements[at].is_bold for at in several)
    if len(several) < (2 if count > 2 or has_heading else 3):
        return False
    phrases = [phrase.text for at in several for side in sides[at] for phrase in side]
    # Labels with their values, and boxes with their labels, are a form. A box alone is a cell.
    labelled = sum(":" in text or (len(text) > 1 and (CHECKED in text or UNCHECKED in text)) for text in phrases)
    if labelled * 2 >= len(phrases) and not has_heading:
        return False
    if sum(sides[at][0][0].text.endswith(":") for at in several if sides[at][0]) * 2 > len(several):
        return False
    aligned = 0
    for column in range(count):
        here = [sides[at][column] for at in several if sides[at][column]]
        if len(here) < 2:
            continue
        for places in (
            [one[0].left for one in here],
            [one[-1].right for one in here],
            [(one[0].left + one[-1].right) / 2 for one in here],
        ):
            middle = median(places)
            if sum(abs(place - middle) < 4 for place in places) >= 0.6 * len(places):
                aligned += 1
                break
    return aligned * 3 >= count * 2
