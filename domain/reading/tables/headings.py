"""Rows that are the heading of a table, and the columns that they give."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.dates import written_dates
from domain.frequency import frequencies
from domain.reading.block import Cell
from domain.reading.form.heading import is_all_heading
from domain.reading.form.label import (
    AREA,
    DETAIL,
    GOAL_PART,
    IGNORED,
    PROVIDER,
    SETTING,
    SUBJECT,
    Label,
    is_all_label,
    label_of,
)
from domain.reading.form.marks import has_box, is_empty, is_mark
from domain.reading.form.old_and_new import is_new, is_old
from domain.reading.passages import unfilled
from domain.reading.tables.amended import amended
from domain.reading.tables.columns import are_lists, by_content, settled
from domain.reading.tables.table import Column, Layout, Line, Table
from domain.vocabulary import all_roles, all_settings


@dataclass(frozen=True)
class _Head:
    """A cell of a heading, with what stands above it; `lowest`: its own words."""

    first: int
    last: int
    text: str
    lowest: str


def is_heading(line: Line, *, first: bool) -> bool:
    """Whether a row says what the columns below it hold."""
    filled = line.filled
    if len(filled) < 2:
        return False
    labels = [label_of(unfilled(cell.text)) or _long_label(cell.text) for cell in filled]
    known = [label for label in labels if label]
    if any(
        (written_dates(cell.text) and not (is_old(cell.text) or is_new(cell.text)))
        or (is_mark(cell.text) and len(cell.text) < 3)
        for cell in filled
    ):
        return False
    if any(has_box(cell.text) or re.fullmatch(r"\W*\d+\W*", cell.text) for cell in filled):
        return False
    if sum(cell.text.rstrip().endswith(":") for cell in filled) >= max(1, len(filled) - 1) and not line.is_heading:
        return False
    # "Special education teacher", "general education setting" are what a column holds.
    values = sum(is_value(cell.text) for cell in filled)
    strong = [label for label in known if label.role not in (SUBJECT, GOAL_PART, AREA, DETAIL)]
    if len(known) == len(filled) > 2 and first:
        strong = known
    if (
        first
        and len(known) == len(filled)
        and not line.cells[0].text.strip()
        and all(label.mode or label.setting for label in known)
    ):
        # "      | Direct | Indirect": the names stand below the empty corner.
        strong = known
    if line.is_heading:
        return bool(known) and values <= len(filled) / 2 and (len(known) >= len(filled) / 2 or first)
    if values:
        return False
    numbers = sum(bool(frequencies(cell.text)) and not label for cell, label in zip(filled, labels, strict=True))
    if numbers:
        return False
    if first:
        return len(known) >= 0.6 * len(filled) and bool(strong) and all(len(cell.text) < 160 for cell in filled)
    worded = sum(is_all_label(cell.text) or is_all_heading(cell.text) or cell.text.isupper() for cell in filled)
    if not all(cell.is_bold for cell in filled) and 2 * worded < len(filled):
        return False
    is_apart = len({label.role for label in strong}) >= min(2, len(filled)) or all(cell.is_bold for cell in filled)
    return len(known) == len(filled) and is_apart and all(len(cell.text) < 90 for cell in filled)


def is_value(text: str) -> bool:
    """Whether words that may be a label are what a column holds: "special education teacher"."""
    said = text.strip()
    lower = said.lower()
    if (
        lower in ("teacher", "provider", "staff", "home", "classroom", "class", "school", "community", "other")
        or label_of(said) is None
    ):
        return False
    label = label_of(said)
    if (
        label
        and label.role in (PROVIDER, SETTING)
        and lower in ("location", "setting", "place", "where", "position", "title", "personnel")
    ):
        return False
    for found in (all_roles(said), all_settings(said)):
        if found and found[0][1] == 0 and found[-1][2] >= len(said.rstrip(".")) and label and label.role in (PROVIDER, SETTING):
            return True
    return False


def _below(heads: Sequence[_Head], cells: Sequence[Cell]) -> list[_Head]:
    """The heads of a second row, each with the one above that spans it."""
    merged: list[_Head] = []
    for cell in cells:
        above = next((head for head in heads if head.first <= cell.column <= head.last), None)
        said = above.text if above else ""
        if above is None or cell.is_from_above or is_empty(said) or cell.text == said:
            said = cell.text
        elif not is_empty(cell.text):
            said = f"{said} {cell.text}" if above.last > above.first else f"{said} ({cell.text})"
        merged.append(_Head(cell.column, cell.column + cell.columns - 1, said, cell.text))
    covered = {column for head in merged for column in range(head.first, head.last + 1)}
    merged += [head for head in heads if not covered & set(range(head.first, head.last + 1))]
    return sorted(merged, key=lambda head: head.first)


def _goes_on(line: Line, heads: Sequence[_Head]) -> bool:
    """Whether a row is the second of a heading: labels below a cell that spans them."""
    spanning = [head for head in heads if head.last > head.first]
    if (
        line.is_heading
        and len(line.filled) > 1
        and all(not is_value(cell.text) and not written_dates(cell.text) for cell in line.own)
    ):
        return True
    if (
        any(cell.is_from_above for cell in line.filled)
        and line.own
        and all(label_of(cell.text) or len(cell.text) < 25 for cell in line.own)
        and spanning
    ):
        return not any(written_dates(cell.text) or is_mark(cell.text) or re.search(r"\d", cell.text) for cell in line.own)
    below = [cell for cell in line.filled if any(head.first <= cell.column <= head.last for head in spanning)]
    if not spanning or len(below) < 2:
        return False
    return all(
        label_of(cell.text) and not written_dates(cell.text) and not is_mark(cell.text) and not is_value(cell.text)
        for cell in line.filled
    )


def _long_label(text: str) -> Label | None:
    """A heading that explains itself: "ANNUAL GOALS What the student will be expected to achieve"."""
    first = text.strip().split("\n")[0]
    if len(first) < len(text.strip()) and (label := label_of(first)):
        return label
    capitals = re.match(r"^((?:[A-Z][A-Z/&()'’-]+[\s,]+){0,8}[A-Z][A-Z/&()'’-]+S?)\s+(?=[A-Z][a-z]|\()", text.strip())
    if capitals and (label := label_of(capitals.group(1))):
        return label
    before = re.split(r"[.:?(]\s", text.strip(), maxsplit=1)[0]
    return label_of(before) if len(before) < len(text.strip()) else None


def heading_rows(table: Table, lines: list[Line], index: int, *, first: bool) -> tuple[Layout, int] | None:
    """The layout that headings from here on give, and the row after them."""
    line = lines[index]
    if not is_heading(line, first=first):
        return None
    heads = [_Head(cell.column, cell.column + cell.columns - 1, cell.text, cell.text) for cell in line.cells]
    following = index + 1
    while following < len(lines) and following <= index + 3 and _goes_on(lines[following], heads):
        heads = _below(heads, lines[following].cells)
        following += 1
    out: list[Column] = []
    for head in heads:
        text = unfilled(head.text)
        label = label_of(text) or _long_label(text) or label_of(head.lowest)
        label = label or Label(IGNORED if text.strip() else SUBJECT, text.strip(), strength=-1)
        out.append(Column(head.first, head.last, label))
    by_content(out, lines[following:])
    if are_lists(table, out, lines[following:]):
        return Layout(out, max(column.last for column in out) + 1, is_lists=True), following
    layout = Layout(settled(out, table.topic, lines[following:]), max(column.last for column in out) + 1)
    if table.is_amendment or any(is_old(c.label.text) for c in out):
        layout = amended(layout, table.topic)
    return layout, following
