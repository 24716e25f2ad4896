"""Rows whose cells hold more than one: columns that no line parts, labels above their values."""

import re
from dataclasses import replace

from domain.reading.block import Cell
from domain.reading.form.label import label_of
from domain.reading.form.marks import has_box
from domain.reading.tables.table import Line

_GAP = re.compile(r" {3,}")


def ungapped(lines: list[Line]) -> list[Line]:
    """Columns that were taken for one, since no line parts them: their cells, headings too, hold wide gaps."""
    most: dict[int, int] = {}
    for line in lines:
        for cell in line.filled:
            if cell.columns == 1 and "\n" not in cell.text:
                most[cell.column] = max(most.get(cell.column, 1), len(_GAP.split(cell.text.strip())))
    gapped = [line for line in lines if len(line.own) > 1 and any(_GAP.search(cell.text.strip()) for cell in line.own)]
    for column in list(most):
        split = [_GAP.split(cell.text.strip()) for line in gapped for cell in line.filled if cell.column == column]
        # The heading says how many there are.
        heads = [len(parts) for parts in split if len(parts) > 1 and all(label_of(part) for part in parts)]
        most[column] = heads[0] if heads and sum(len(parts) >= heads[0] for parts in split) > 0.4 * len(split) else 1
    if not any(count > 1 for count in most.values()):
        return lines
    starts: dict[int, int] = {}
    at = 0
    for column in range(max(cell.column + cell.columns for line in lines for cell in line.cells) + 1):
        starts[column] = at
        at += most.get(column, 1)
    out: list[Line] = []
    for line in lines:
        cells: list[Cell] = []
        for cell in line.cells:
            parts = _GAP.split(cell.text.strip())
            first, end = starts[cell.column], starts[cell.column + cell.columns]
            if cell.columns == 1 and len(parts) >= end - first > 1:
                parts = [*parts[: end - first - 1], "    ".join(parts[end - first - 1 :])]
                cells += [replace(cell, text=part, column=first + index) for index, part in enumerate(parts)]
            else:
                cells.append(replace(cell, column=first, columns=end - first))
        out.append(Line(cells, line.source, line.is_heading))
    return out


INNER = re.compile(r"^\s*([A-Z(#][^:\n]{1,70}?)\s*(?::|\n)\s*(\S[\s\S]*)$")


def unfolded(lines: list[Line]) -> list[Line]:
    """Cells that each hold a label and its value ("Service:\\nSpeech") become a row of labels and a row of values."""
    out: list[Line] = []
    for line in lines:
        filled = line.filled
        found = [
            match
            for cell in filled
            if (match := INNER.match(cell.text)) and label_of(match.group(1)) and not has_box(match.group(1))
        ]
        if len(filled) > 1 and len(found) == len(filled) and not line.is_heading:
            labels, values = [], []
            for cell in line.cells:
                match = INNER.match(cell.text)
                labels.append(replace(cell, text=match.group(1) if match else ""))
                values.append(replace(cell, text=match.group(2) if match else ""))
            out += [Line(labels, line.source, True), Line(values, line.source)]
        else:
            out.append(line)
    return out
