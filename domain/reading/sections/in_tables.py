"""A table in a section: read as one, cell by cell, or as part of what stands above it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from domain.dates import written_dates
from domain.frequency import frequencies
from domain.reading.block import CHECKED, UNCHECKED, Line, Row, Source
from domain.reading.form.heading import topic_of
from domain.reading.form.label import AMOUNT, NAME, label_of
from domain.reading.form.marks import boxes, has_box, is_answer, is_empty, is_none
from domain.reading.form.topic import ACCOMMODATION, MODIFICATION, SERVICE, SUPPORT, Topic
from domain.reading.passages import Passage, passages
from domain.reading.promise.draft import LIKELY, Draft
from domain.reading.sections.fields import FIELD_ROLES, fields_in
from domain.reading.sections.labelled import read_labelled
from domain.reading.sections.reader import Reader
from domain.reading.sections.running_text import read_passage
from domain.reading.tables.read import read_rows
from domain.reading.tables.record import Field
from domain.reading.tables.table import Layout, Table


def read_table(reader: Reader, rows: Sequence[Row]) -> None:
    """The promises of a table, by the section that it stands in and the tables above it."""
    if read_card(reader, rows):
        return
    reader.flush()
    rows = without_check_lists(reader, _with_meant_headings(rows, reader.topic, reader.is_five_day))
    if not rows:
        return
    known = reader.layouts.get(rows[0].table)
    layout = known[0] if known else None
    topic = reader.topic
    if known and known[1] is not None and reader.section.topic is None:
        topic = known[1]
    if (
        layout is None
        and reader.last_layout
        and reader.last_layout.width == max(cell.column + cell.columns for cell in rows[0].cells)
    ):
        layout = reader.last_layout
    table = Table(
        rows, topic, layout, partial(lines_in_cell, reader), reader.is_amendment, reader.section.setting, reader.section.mode
    )
    found = read_rows(table)
    if table.layout_left is not None:
        reader.layouts[rows[0].table] = (table.layout_left, table.left_at)
        reader.last_layout = table.layout_left
    reader.add(found)
    if table.left_at is not None and table.left_at is not topic and table.left_at.kinds:
        reader.layouts[rows[0].table] = (table.layout_left or Layout(), table.left_at)


def without_check_lists(reader: Reader, rows: Sequence[Row]) -> Sequence[Row]:
    """Cells that are lists of boxes, or of promises that name their kind, below a heading of such: read one by one."""
    kinds: dict[int, Topic] = {}
    for cell in rows[0].cells:
        topic = None if has_box(cell.text) or len(cell.text) > 110 else topic_of(cell.text)
        if topic and topic.kinds and set(topic.kinds) <= {ACCOMMODATION, MODIFICATION, SUPPORT}:
            kinds[cell.column] = topic
    if not kinds or reader.is_amendment or (reader.topic and reader.topic.is_past):
        return rows
    found: list[Draft] = []
    left: list[Row] = []
    for row in rows[1:]:
        is_list = False
        for cell in row.cells:
            topic = kinds.get(cell.column)
            if topic is None or cell.is_from_above:
                continue
            listed = _check_list(cell.text) if len(rows[0].cells) <= 4 else None
            if listed is None and not any(written_dates(each.text) for each in row.cells):
                listed = _kinds_named(cell.text, topic)
            if listed is None:
                continue
            is_list = True
            found += [
                Draft(each, words, row.source, words, is_row=True, sureness=LIKELY)
                for each, words in ((one or topic, said) for one, said in listed)
                if not is_none(words) and not is_empty(words)
            ]
        if not is_list:
            left.append(row)
    if len(left) == len(rows) - 1:
        return rows
    reader.add(found)
    has_more = any(len([cell for cell in row.cells if not is_none(cell.text)]) > 1 for row in left if row.cells)
    return [rows[0], *left] if has_more else []


def read_card(reader: Reader, rows: Sequence[Row]) -> bool:
    """Whether a table is but a part of what is said of one service: its name in a frame, or more of its fields."""
    filled = [[cell for cell in row.cells if cell.text.strip()] for row in rows]
    if len(rows) == 1 and len(filled[0]) == 1 and "\n" not in filled[0][0].text and reader.kinds:
        text = filled[0][0].text
        lead, fields = fields_in(text)
        if not lead and fields and fields[0][0].role == NAME and fields[0][1] and not has_box(text):
            return read_labelled(reader, Passage(text, [(0, rows[0].source, text)]), lead, fields)
    if not reader.card:
        return False
    fields_of: list[Field] = []
    for row, cells in zip(rows, filled, strict=True):
        label = label_of(cells[0].text) if len(cells) == 2 else None
        if not label or label.role not in FIELD_ROLES or not cells[0].text.rstrip().endswith(":"):
            return False
        fields_of.append((label, cells[1].text, row.source, " | ".join(cell.text for cell in cells)))
    reader.card += fields_of
    return True


def lines_in_cell(reader: Reader, text: str, source: Source, topic: Topic | None) -> list[Draft]:
    """A cell of prose, read as lines of its own."""
    inner = Reader(reader.child, reader.is_amendment, wraps=False)
    inner.section = replace(reader.section, topic=topic)
    lines = [Line(part, source) for part in text.split("\n") if part.strip()]
    for passage in passages(lines, wraps=False):
        read_passage(inner, passage)
    inner.close()
    if inner.section.topic is not topic and inner.section.topic is not None:
        reader.section = replace(reader.section, topic=inner.section.topic)
    return inner.drafts


def _with_meant_headings(rows: Sequence[Row], topic: Topic | None, is_five_day: bool) -> Sequence[Row]:
    """The rows with two headings said as they are meant: "per cycle" of five days, and a first column that holds the names of
    services below "Anticipated frequency and duration", which stands for the whole table."""
    head = [
        replace(cell, text=re.sub(r"\bper cycle\b", "per week", cell.text, flags=re.IGNORECASE)) if is_five_day else cell
        for cell in rows[0].cells
    ]
    label = label_of(head[0].text) if head and topic and topic.kinds == (SERVICE,) and len(head) > 3 else None
    if label and label.role == AMOUNT:
        firsts = [row.cells[0].text for row in rows[1:] if row.cells and row.cells[0].column == 0 and row.cells[0].text.strip()]
        if firsts and not any(re.search(r"\d", text) or frequencies(text) for text in firsts):
            head[0] = replace(head[0], text="Service")
    return [replace(rows[0], cells=head), *rows[1:]]


def _check_list(text: str) -> list[tuple[Topic | None, str]] | None:
    """What is checked in a cell of several boxes, each before its words; None when the cell is no such list."""
    own = list(boxes(text))
    lead = text[: own[0].start].rstrip(f" {CHECKED}{UNCHECKED}") if own else ""
    if len(own) < 2 or any(is_answer(each.label) or frequencies(each.label) for each in own) or text.rstrip()[-1:] in "☒☐":
        return None
    if lead.strip() and not lead.rstrip().endswith(":"):
        return None
    said = (re.sub(r"^other\s*:\s*", "", " ".join(each.label.split()), flags=re.IGNORECASE) for each in own if each.is_checked)
    return [(None, words.strip(" ,;")) for words in said]


_NAMES_ITS_KIND = re.compile(r"(?:^|(?<=\s))(accommodation|modification|support)s?:\s+", re.IGNORECASE)


def _kinds_named(text: str, topic: Topic) -> list[tuple[Topic | None, str]] | None:
    """ "Accommodation: graph paper  Modification: fewer problems" in one cell; None where the cell names no kind."""
    marks = list(_NAMES_ITS_KIND.finditer(text))
    if not marks or text[: marks[0].start()].strip() or len(topic.kinds) < 2 or has_box(text):
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [
        (Topic((mark.group(1).lower(),)), " ".join(text[mark.end() : end].split()).strip(" ,;"))
        for mark, end in zip(marks, ends, strict=True)
    ]
