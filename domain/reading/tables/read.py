"""A table from its first row to its last: a draft of a promise for each row that is filled in.

A heading says which column holds what; where there is none, what the column holds. Labels may stand above, at the left,
or within each cell.
"""

import re
from dataclasses import dataclass

from domain.reading.block import Source
from domain.reading.form.heading import is_all_heading, topic_of
from domain.reading.form.label import AMOUNT, DATES, END, MODE, NAME, PROVIDER, SETTING, START, label_of
from domain.reading.form.marks import has_box, is_empty, is_mark, is_none
from domain.reading.form.old_and_new import is_new
from domain.reading.form.topic import ACCOMMODATION, MODIFICATION, SERVICE, Topic
from domain.reading.promise.draft import HOME_MADE, Draft
from domain.reading.tables.at_left import asked_and_described, is_about_child, labels_at_left, sections_at_left
from domain.reading.tables.columns import guessed
from domain.reading.tables.headings import heading_rows, is_heading
from domain.reading.tables.parted import unfolded, ungapped
from domain.reading.tables.record import Field, record_draft, said_of_all
from domain.reading.tables.rows import add_to, as_list, is_rest_of, read_row
from domain.reading.tables.table import Layout, Line, Table, line_of, said_alone


def read_rows(table: Table) -> list[Draft]:
    """The drafts of a table, by the way in which it is laid out."""
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
            _read_section(table, source, topic, name, text)
        return table.drafts
    if not lines:
        return table.drafts
    later = next(
        (at for at, line in enumerate(lines) if at and len(line.filled) > 2 and is_heading(line, first=True)), len(lines)
    )
    if 1 < later < len(lines) and (at_left := labels_at_left(lines[:later])):
        # Labels at the left, and below them a table with its heading.
        _read_records(table, at_left)
        lines = lines[later - (said_alone(lines[later - 1]) is not None) :]
    elif at_left := labels_at_left(lines):
        _read_records(table, at_left)
        return table.drafts
    _Descent(table, lines, table.topic, table.layout).to_the_end()
    return table.drafts


def _read_records(table: Table, records: list[list[Field]]) -> None:
    for record in records:
        draft = record_draft(record, table.topic, table.setting, table.mode)
        if draft:
            table.drafts.append(draft)


def _read_section(table: Table, source: Source, topic: Topic, name: str, text: str) -> None:
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


@dataclass
class _Descent:
    """The way down a table with labels above: what holds for the next row."""

    table: Table
    lines: list[Line]
    topic: Topic | None
    layout: Layout | None
    at: int = 0
    # The last draft, whose name a row without one has; and one whose fields go on below another heading.
    above: Draft | None = None
    unended: Draft | None = None
    has_heading: bool = False
    is_below_heading: bool = False
    was_guessed: bool = False

    def to_the_end(self) -> None:
        """Every row; the layout is left for a table that goes on elsewhere."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if self._enter_heading(line):
                continue
            self.at += 1
            if not (self._read_boxes(line) or self._read_alone(line) or self._read_without_columns(line)):
                self._read_row(line)
        self.table.layout_left = self.layout

    def _enter_heading(self, line: Line) -> bool:
        first = not self.has_heading and not (self.table.layout and self.table.layout.columns)
        heading = heading_rows(self.table, self.lines, self.at, first=first)
        if not heading or (self.layout and self.layout.is_amended and not line.is_heading):
            return False
        self.layout, self.at = heading
        self.has_heading = True
        about = topic_of(line.filled[0].text)
        labels = [(cell.text, label_of(cell.text)) for cell in line.filled] if about and about.is_past else []
        if labels and not any(is_new(text) or (label and label.role == NAME) for text, label in labels):
            # "Not accepted | Reason"
            self.topic = about
        roles = self.layout.roles()
        if NAME in roles or not roles & {AMOUNT, SETTING, PROVIDER, START, END, DATES, MODE}:
            self.unended = None
        elif self.unended and self.at < len(self.lines):
            add_to(self.unended, self.layout, self.lines[self.at])
            self.at += 1
        return True

    def _read_boxes(self, line: Line) -> bool:
        """A list of boxes in columns."""
        is_boxed = len(line.own) > 1 and all(has_box(cell.text) and not is_mark(cell.text) for cell in line.own)
        if not is_boxed or not (self.is_below_heading or not (self.layout and NAME in self.layout.roles())):
            return False
        self._read_cells(line)
        return True

    def _read_alone(self, line: Line) -> bool:
        """A row that says but one thing: a heading of the rows below, a sentence, a list, an area of goals."""
        alone = said_alone(line)
        if alone is None:
            return False
        is_one_cell = line.cells[0].columns > 1 or len(line.cells) == 1
        topic = topic_of(alone)
        is_apart = is_one_cell or line.own[0].is_bold or alone.rstrip().endswith(":")
        is_title = is_all_heading(alone) or (len(alone.split()) <= 9 and is_apart)
        if topic and is_title and not re.search(r"\bwill\b", alone):
            self.topic = self.table.left_at = topic
            self.table.setting, self.table.mode = said_of_all(alone) if SERVICE in topic.kinds else ("", "")
            self.is_below_heading, self.above = True, None
            return True
        if len(line.own) == 1 and (not self.layout or not self.layout.columns or is_one_cell):
            self.table.drafts += self.table.in_lines(line.filled[0].text, line.source, self.topic)
            return True
        return False

    def _read_without_columns(self, line: Line) -> bool:
        """A row of a table whose columns nothing tells: cell by cell."""
        if self.layout is not None and self.layout.columns:
            return False
        if not self.was_guessed:
            self.layout = guessed(self.lines[self.at - 1 :], self.topic)
            self.was_guessed = True
        if self.layout is not None and self.layout.columns:
            return False
        self.layout = None
        if len(line.own) == 2 and _is_label_of_line(line.own[0].text):
            text = f"{line.own[0].text.rstrip(' :')}: {line.own[1].text}"
            self.table.drafts += self.table.in_lines(text, line.source, self.topic)
        else:
            self._read_cells(line)
        return True

    def _read_cells(self, line: Line) -> None:
        for cell in line.own:
            self.table.drafts += self.table.in_lines(cell.text, line.source, self.topic)

    def _read_row(self, line: Line) -> None:
        assert self.layout is not None
        self.is_below_heading = False
        drafts = self.table.drafts
        if self.above and drafts and self.above is drafts[-1] and is_rest_of(self.above, line):
            rest = " ".join(line.own[0].text.split())
            self.above.name = f"{self.above.name} {rest}"
            self.above.quote = f"{self.above.quote} {rest}"
            return
        made = read_row(self.table, line, self.layout, self.topic, self.above)
        drafts += made
        self.above = made[-1] if made else self.above
        self.unended = made[-1] if len(made) == 1 else None


def _is_label_of_line(text: str) -> bool:
    """Whether the first of two cells says what the second is."""
    said = text.strip().rstrip(":")
    return len(said) < 60 and (text.rstrip().endswith(":") or (topic_of(said) is not None and is_all_heading(said)))
