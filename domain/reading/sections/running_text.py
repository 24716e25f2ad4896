"""A passage of running text: what it is is decided here, from the heading to the sentence."""

import re

from domain.reading.form.heading import topic_of
from domain.reading.form.home_made import is_of_child
from domain.reading.form.label import NAME, label_of
from domain.reading.form.marks import after_yes, has_box
from domain.reading.form.topic import GOAL
from domain.reading.passages import Passage
from domain.reading.sections.answers import read_answer, read_yes_no_columns
from domain.reading.sections.changes import read_changes
from domain.reading.sections.fields import FIELD_ROLES, are_all_labels, fields_in
from domain.reading.sections.goal_words import GOAL_LABEL
from domain.reading.sections.headings import read_heading
from domain.reading.sections.items import read_items, style
from domain.reading.sections.labelled import read_labelled
from domain.reading.sections.reader import Reader
from domain.reading.sections.sentences import sentences
from domain.reading.sections.ticked import read_boxes


def read_passage(reader: Reader, passage: Passage) -> None:
    """A heading changes where the reader is; all else may hold promises."""
    text = passage.text
    if not re.search(r"\w", text):
        return
    if reader.inline_above >= 0 and passage.indent <= reader.inline_above:
        reader.inline, reader.inline_above = None, -1
    if read_heading(reader, passage):
        return
    if has_box(text) and (read_yes_no_columns(reader, passage) or read_boxes(reader, passage)):
        return
    if (rest := after_yes(text)) and reader.kinds and (reader.pending or not reader.card):
        if reader.pending:
            name, topic, _ = reader.pending
            reader.pending = None
            if topic.said == "transportation" and not re.search(r"transport", rest, re.IGNORECASE):
                rest = f"{name}: {rest}"
            read_items(reader, passage, rest, 0, topic, is_checked=True)
        elif len(reader.drafts) > reader.since and reader.is_near(passage):
            reader.drafts[-1].detail = reader.drafts[-1].detail or rest
        else:
            read_items(reader, passage, rest, 0, reader.topic, is_checked=True)
        return
    if read_several(reader, passage):
        return
    if said := re.match(r"^(.{5,160}\?)\s*:?\s*(yes|no)\b[\s.,:;–—-]*(.*)$", text, re.IGNORECASE | re.DOTALL):
        read_answer(reader, passage, said.group(1), said.group(2).lower() == "yes", said.group(3), said.start(3))
        return
    if heads := re.match(r"^(.{3,80}?)\s{2,}(yes|no)\s{1,}(yes|no)\s*$", text, re.IGNORECASE):
        # A table without lines: "Accommodations    Yes    No".
        reader.yes_no = (heads.group(2).lower(), heads.group(3).lower())
        above = topic_of(heads.group(1))
        if above and above != reader.topic:
            reader.enter(above, (passage.heading, passage.is_bold, False), heads.group(1))
        return
    if are_all_labels(text):
        return
    lead, fields = fields_in(text)
    if read_labelled(reader, passage, lead, fields):
        return
    if reader.card and not reader.card_is_goal():
        reader.flush()
    if reader.awaits:
        label, reader.awaits = reader.awaits, None
        if label.role == NAME or label.role in FIELD_ROLES:
            reader.hold(label, text, passage)
            return
    if reader.skips is not None:
        # What stands below "Baseline:" or "Objectives:" belongs to it, until the section's own items go on.
        goes_on = passage.marker and style(passage.marker) in (reader.skips_with, reader.item_style)
        is_goal = not passage.marker and GOAL in reader.kinds
        if not goes_on and not (is_goal and not reader.skips_all and reader.names_child(text)):
            return
        reader.skips = None
    if reader.is_amendment and read_changes(reader, passage):
        return
    read_items(reader, passage, text, 0, reader.inline or reader.topic)


def read_several(reader: Reader, passage: Passage) -> bool:
    """A line of several headings, each with its words: "Transportation: none. Extended school year: not needed."."""
    parts = list(sentences(passage.text)) if passage.text.count(":") > 1 else []
    found = [re.match(r"^([A-Z][\w/'’ -]{2,50}):\s+(?=\S)", part) for _, part in parts]
    labels = [match.group(1) for match in found if match]
    if len(parts) < 2 or len(labels) < len(parts) or any(GOAL_LABEL.match(label) for label in labels):
        return False
    topics = [topic_of(label) for label in labels]
    if not any(topics) or not all(topic or is_of_child(label) for topic, label in zip(topics, labels, strict=True)):
        return False
    if any((field := label_of(label)) and field.role in FIELD_ROLES for label in labels):
        return False
    for (at, part), topic in zip(parts, topics, strict=True):
        if topic and topic.kinds:
            read_passage(reader, passage.part(at, part))
    return True
