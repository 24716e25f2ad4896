"""A table from its first row to its last: a draft of a promise for each row that is filled in.

A heading says which column holds what; where there is none, what the column holds. Labels may stand above, at the left,
or within each cell.
"""

import re

from domain.reading.block import Source
from domain.reading.form.heading import is_all_heading, topic_of
from domain.reading.form.label import AMOUNT, DATES, END, MODE, NAME, PROVIDER, SETTING, START, Label, label_of
from domain.reading.form.marks import has_box, is_empty, is_mark, is_none
from domain.reading.form.old_and_new import is_new
from domain.reading.form.topic import ACCOMMODATION, MODIFICATION, SERVICE, Topic
from domain.reading.promise.draft import HOME_MADE, Draft
from domain.reading.tables.at_left import asked_and_described, is_about_child, labels_at_left, sections_at_left
from domain.reading.tables.columns import guessed
from domain.reading.tables.headings import heading_rows, is_heading
from domain.reading.tables.parted import unfolded, ungapped
from domain.reading.tables.record import record_draft, said_of_all
from domain.reading.tables.rows import add_to, as_list, is_rest_of, read_row
from domain.reading.tables.table import Line, Table, line_of, said_alone


def read_rows(table: Table) -> list[Draft]:
    lines = [line for line in map(line_of, table.rows) if line.filled]
    table.left_at = table.topic
    if not lines:
        return table.drafts
    if (
        len(lines) > 1
        and len(lines[0].filled) > 1
        and all(cell.is_bold for cell in lines[0].filled)
        and not any(cell.is_bold for line in lines[1:] for cell in line.filled if len(line.own) > 1)
    ):
        lines[0].is_heading = True
    lines = [line for line in ungapped(lines) if not is_about_child(line)]
    lines = unfolded(lines)
    if asked := asked_and_described(lines):
        return table.in_lines(asked, lines[0].source, table.topic)
    if sections := sections_at_left(lines):
        for source, topic, name, text in sections:
            read_section(table, source, topic, name, text)
        return table.drafts
    if not lines:
        return table.drafts
    later = next(
        (at for at, line in enumerate(lines) if at and len(line.filled) > 2 and is_heading(line, first=True)), len(lines)
    )
    if 1 < later < len(lines) and (at_left := labels_at_left(lines[:later])):
        # Labels at the left, and below them a table with its heading.
        read_records(table, at_left)
        lines = lines[later - (said_alone(lines[later - 1]) is not None) :]
    elif at_left := labels_at_left(lines):
        read_records(table, at_left)
        return table.drafts
    read_columns(table, lines)
    return table.drafts


def read_records(table: Table, records: list[list[tuple[Label, str, Source, str]]]) -> None:
    for record in records:
        draft = record_draft(record, table.topic, table.setting, table.mode)
        if draft:
            table.drafts.append(draft)


def read_section(table: Table, source: Source, topic: Topic, name: str, text: str) -> None:
    """A row that is a section of its own: what it is about at the left, what is promised at the right."""
    if not topic.kinds or is_none(text) or is_empty(text):
        return
    if topic.said == "transportation" and not re.search(r"transport|\bbus\b|\bvan\b", text, re.IGNORECASE):
        text = f"{name.rstrip(' :?')}: {text}"
    found = table.in_lines(as_list(text) if set(topic.kinds) & {ACCOMMODATION, MODIFICATION} else text, source, topic)
    if topic_of(name) is None or not is_all_heading(name):
        # Told by the words of a label that no form has.
        for draft in found:
            draft.sureness = min(draft.sureness, HOME_MADE)
    table.drafts += found


def read_columns(table: Table, lines: list[Line]) -> None:
    topic = table.topic
    inherited: Draft | None = None
    layout = table.layout
    index = 0
    seen_heading = False
    open_record: Draft | None = None
    guessed_at: int | None = None
    below_heading = False
    while index < len(lines):
        line = lines[index]
        heading = heading_rows(table, lines, index, first=not seen_heading and not (table.layout and table.layout.columns))
        if heading and not (layout and layout.is_amended and not line.is_heading):
            new_layout, index = heading
            is_rest = (
                open_record is not None
                and NAME not in new_layout.roles()
                and bool(new_layout.roles() & {AMOUNT, SETTING, PROVIDER, START, END, DATES, MODE})
            )
            layout = new_layout
            seen_heading = True
            if (
                (about := topic_of(line.filled[0].text))
                and about.is_past
                and not any(is_new(cell.text) or (label_of(cell.text) or Label("", "")).role == NAME for cell in line.filled)
            ):
                # "Not accepted | Reason"
                topic = about
            if is_rest and open_record and index < len(lines):
                add_to(table, open_record, layout, lines[index])
                index += 1
            elif not is_rest:
                open_record = None
            continue
        is_boxed = len(line.own) > 1 and all(has_box(cell.text) and not is_mark(cell.text) for cell in line.own)
        if is_boxed and (below_heading or not (layout and NAME in layout.roles())):
            # A list of boxes in columns.
            for cell in line.own:
                table.drafts += table.in_lines(cell.text, line.source, topic)
            index += 1
            continue
        single = said_alone(line)
        if single is not None:
            found = topic_of(single)
            if (
                found
                and (
                    is_all_heading(single)
                    or (
                        len(single.split()) <= 9
                        and (
                            line.cells[0].columns > 1
                            or len(line.cells) == 1
                            or line.own[0].is_bold
                            or single.rstrip().endswith(":")
                        )
                    )
                )
                and not re.search(r"\bwill\b", single)
            ):
                topic = found
                table.left_at = topic
                below_heading = True
                take_heading(table, single, found)
                index += 1
                inherited = None
                continue
            if len(line.own) == 1 and (not layout or not layout.columns or line.cells[0].columns > 1 or len(line.cells) == 1):
                # A row that is one cell: a sentence, a list, an area of goals.
                table.drafts += table.in_lines(line.filled[0].text, line.source, topic)
                index += 1
                continue
        if layout is None or not layout.columns:
            if guessed_at is None:
                layout = guessed(table, lines[index:], topic)
                guessed_at = index
            if layout is None or not layout.columns:
                if len(line.own) == 2 and _is_label_of_line(line.own[0].text):
                    text = f"{line.own[0].text.rstrip(' :')}: {line.own[1].text}"
                    table.drafts += table.in_lines(text, line.source, topic)
                    index += 1
                    layout = None
                    continue
                for cell in line.own:
                    table.drafts += table.in_lines(cell.text, line.source, topic)
                index += 1
                layout = None
                continue
        below_heading = False
        if inherited and table.drafts and inherited is table.drafts[-1] and is_rest_of(inherited, line):
            inherited.name = f"{inherited.name} {' '.join(line.own[0].text.split())}"
            inherited.quote = f"{inherited.quote} {' '.join(line.own[0].text.split())}"
            index += 1
            continue
        made = read_row(table, line, layout, topic, inherited)
        table.drafts += made
        inherited = made[-1] if made else inherited
        open_record = made[-1] if len(made) == 1 else None
        index += 1
    table.layout_left = layout


def take_heading(table: Table, text: str, topic: Topic) -> None:
    """What a row that is a heading says of the services below it."""
    table.setting, table.mode = said_of_all(text) if SERVICE in topic.kinds else ("", "")


def _is_label_of_line(text: str) -> bool:
    """Whether the first of two cells says what the second is."""
    said = text.strip().rstrip(":")
    return len(said) < 60 and (text.rstrip().endswith(":") or (topic_of(said) is not None and is_all_heading(said)))
