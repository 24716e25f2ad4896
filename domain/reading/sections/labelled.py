"""Lines that begin with a label: a heading with its text, or a field of a form."""

import re

from domain.frequency import frequencies
from domain.reading.form.heading import is_all_heading, topic_of
from domain.reading.form.home_made import meant
from domain.reading.form.label import is_all_label, label_of
from domain.reading.form.marks import is_none
from domain.reading.form.plain import plain
from domain.reading.form.topic import GOAL, NOTHING, PAST, SERVICE, Topic
from domain.reading.passages import Passage
from domain.reading.sections.cards import read_fields, read_goal_part
from domain.reading.sections.changes import CHANGES, read_change, read_changes
from domain.reading.sections.fields import FIELD_ROLES, Fields
from domain.reading.sections.goal_words import GOAL_LABEL
from domain.reading.sections.items import read_items, style
from domain.reading.sections.reader import Reader

_CHOSEN = re.compile(
    r"^\W*(?:(?:those |the ones |what (?:we|the team) )?(?:selected|chosen|chose|agreed(?: (?:on|to|upon))?|accepted"
    r"|adopted|approved|decided(?: on)?)"
    r"|to be (?:provided|used)|we will use|in use)(?: (?:by the team|for this iep|this year|options?))?\W*$",
    re.IGNORECASE,
)
# "Related services", "Service type 2": the name of a service stands behind it, or all of them below it.
_NAMES_SERVICES = re.compile(r"(?:(?:special education|related|type of|name of) )?(?:services?|programs?)(?: type| name| \d+)?")
_NAMES_ONE_SERVICE = re.compile(r"(?:\w+ )?service(?: type| name| \d+)?")
_IS_SECTION = re.compile(r"\bservices\b|special education|^sdi\b|designed instruction|\bgoals?\b")


def read_labelled(reader: Reader, passage: Passage, lead: str, fields: Fields) -> bool:
    """A line that begins with a label; True when it has been dealt with."""
    match = re.match(r"^([^:\n]{2,110}?):(?:\s+|$)(.*)$", passage.text, re.DOTALL)
    if not fields and not match:
        return False
    if read_goal_part(reader, passage, lead, fields):
        return True
    if match and (is_read := _read_label(reader, passage, match, fields)) is not None:
        return is_read
    return bool(fields) and read_fields(reader, passage, lead, fields)


def _read_label(reader: Reader, passage: Passage, match: re.Match[str], fields: Fields) -> bool | None:
    """A label as a heading with its text; False where it is the name of a service, None where it may be a field."""
    before, value = match.group(1).strip(), match.group(2).strip()
    if _CHOSEN.match(match.group(1)) and reader.kinds:
        # After "Considered: ..." what was taken.
        reader.flush()
        reader.skips = None
        if value:
            read_items(reader, passage, match.group(2), match.start(2), reader.inline or reader.topic)
        return True
    if reader.is_amendment and (
        read_change(reader, passage, before, value)
        or (CHANGES.search(passage.text[: match.end(1) + 1]) and read_changes(reader, passage))
    ):
        return True
    topic = topic_of(before)
    is_of_services = topic is not None and topic.kinds == (SERVICE,)
    if is_of_services and SERVICE in reader.kinds and len(fields) < 2 and _is_amount_of(before, value):
        # "Adapted physical education: 30 minutes ...": a service, not a heading.
        return False
    if topic is None:
        asked = meant(before) if value and reader.kinds else None
        if not asked or not asked.is_past or label_of(before) or frequencies(value):
            return None
        # "What we tried and dropped: timers": one line, and the section goes on.
        reader.flush()
        reader.skips, reader.skips_with = PAST, ""
        return True
    if not _is_heading(reader, passage, before, topic):
        return None
    said = plain(before)
    is_name = is_of_services and _NAMES_SERVICES.fullmatch(said) is not None
    if is_name and (len(fields) > 1 or reader.card or _NAMES_ONE_SERVICE.fullmatch(said)):
        return None
    read_headed(reader, passage, before, value, topic, passage.text.find(value) if value else len(passage.text))
    return True


def _is_amount_of(name: str, value: str) -> bool:
    """Whether a value is the amount of what stands before it."""
    found = frequencies(value)
    if not found:
        return False
    if not _IS_SECTION.search(plain(name)):
        return True
    is_alone = re.match(r"^\d[^,;]{2,40}(?:[,;]|$)", value) and found[0].start == 0
    return bool(is_alone) and not re.search(r"\bof\b", value[: found[0].end + 4])


def _is_heading(reader: Reader, passage: Passage, before: str, topic: Topic) -> bool:
    """Whether a label announces a section, a goal, or what is no promise."""
    label = label_of(before)
    if label and label.role in FIELD_ROLES and is_all_label(before) and not topic.is_past:
        return False
    if is_all_heading(before) or (topic.kinds == (GOAL,) and GOAL_LABEL.match(before)):
        return True
    is_item = bool(reader.kinds and passage.marker) and not topic.is_part and not topic.is_past
    return not topic.kinds and len(before.split()) <= 8 and not is_item


def read_headed(reader: Reader, passage: Passage, before: str, value: str, topic: Topic, at: int) -> None:
    """A heading with its text in the same line."""
    is_goal = topic.kinds == (GOAL,)
    reader.flush()
    if topic.is_part:
        reader.skips_all = not value
        reader.skips, reader.skips_with = (
            topic,
            style(passage.marker) if passage.marker and not re.search(r"\d", before) else "",
        )
        if reader.topic is None:
            reader.section.topic = NOTHING
        reader.awaits = None
        return
    if not topic.kinds:
        if passage.marker and reader.kinds and value:
            return
        if topic.is_past and value and reader.kinds and not passage.is_heading:
            # One line about what was not chosen; the section goes on.
            reader.skips, reader.skips_with, reader.skips_all = topic, "", False
            return
        reader.enter(topic, (passage.heading, passage.is_bold, False), before)
        return
    reader.skips = None
    if is_goal and GOAL in reader.kinds:
        if not value:
            reader.await_goal(before)
            return
        read_items(reader, passage, value, at, Topic((GOAL,)))
        return
    if reader.topic and len(reader.kinds) > 1 and len(topic.kinds) == 1 and topic.kinds[0] in reader.kinds and value:
        reader.inline = None
        read_items(reader, passage, value, at, topic)
        reader.inline = topic
        return
    reader.enter(topic, (passage.heading, passage.is_bold, False), before)
    if value:
        if topic.said == "transportation" and not re.search(r"transport|\bbus", value, re.IGNORECASE) and not is_none(value):
            value = f"{before}: {value}"
        read_items(reader, passage, value, at, topic)
