"""Lines that begin with a label: a heading with its text, or a field of a form."""

import re
from collections.abc import Sequence

from domain.frequency import frequencies
from domain.reading.form.heading import is_all_heading, topic_of
from domain.reading.form.home_made import meant
from domain.reading.form.label import AREA, GOAL_PART, IGNORED, NAME, Label, is_all_label, is_category, label_of
from domain.reading.form.marks import is_none
from domain.reading.form.plain import plain
from domain.reading.form.topic import ACCOMMODATION, GOAL, MODIFICATION, NOTHING, PAST, SERVICE, Topic
from domain.reading.passages import Passage
from domain.reading.sections.changes import CHANGES, read_change, read_changes
from domain.reading.sections.fields import CARD_ROLES, FIELD_ROLES
from domain.reading.sections.goal_words import GOAL_LABEL
from domain.reading.sections.items import read_items, style
from domain.reading.sections.quote import as_written
from domain.reading.sections.reader import Reader
from domain.reading.tables.record import fill

_CHOSEN = re.compile(
    r"^\W*(?:(?:those |the ones |what (?:we|the team) )?(?:selected|chosen|chose|agreed(?: (?:on|to|upon))?|accepted"
    r"|adopted|approved|decided(?: on)?)"
    r"|to be (?:provided|used)|we will use|in use)(?: (?:by the team|for this iep|this year|options?))?\W*$",
    re.IGNORECASE,
)
_CRITERIA = re.compile(r"^(?:criteri|mastery|level of|target|accuracy)", re.IGNORECASE)


def read_fields(reader: Reader, passage: Passage, lead: str, fields: Sequence[tuple[Label, str, int]]) -> bool:
    """A line that begins with a label; True when it has been dealt with."""
    text = passage.text
    match = re.match(r"^([^:\n]{2,110}?):(?:\s+|$)(.*)$", text, re.DOTALL)
    if not fields and not match:
        return False
    if read_goal_part(reader, passage, lead, fields):
        return True
    if match and _CHOSEN.match(match.group(1)) and reader.topic and reader.topic.kinds:
        # After "Considered: ..." what was taken.
        reader.flush()
        reader.skips = None
        if match.group(2).strip():
            read_items(reader, passage, match.group(2), match.start(2), reader.inline or reader.topic)
        return True
    if match:
        before, value = match.group(1).strip(), match.group(2).strip()
        if reader.is_amendment and (
            read_change(reader, passage, before, value)
            or (CHANGES.search(text[: match.end(1) + 1]) and read_changes(reader, passage))
        ):
            return True
        topic = topic_of(before)
        if (
            topic
            and topic.kinds == (SERVICE,)
            and reader.topic
            and SERVICE in reader.topic.kinds
            and frequencies(value)
            and not re.search(r"\bservices\b|special education|^sdi\b|designed instruction|\bgoals?\b", plain(before))
            and len(fields) < 2
        ) or (
            topic
            and topic.kinds == (SERVICE,)
            and reader.topic
            and SERVICE in reader.topic.kinds
            and re.match(r"^\d[^,;]{2,40}(?:[,;]|$)", value)
            and (first := frequencies(value))
            and first[0].start == 0
            and not re.search(r"\bof\b", value[: first[0].end + 4])
            and len(fields) < 2
        ):
            # "Adapted physical education: 30 minutes ...": a service, not a heading.
            return False
        is_goal = bool(GOAL_LABEL.match(before)) and topic is not None and topic.kinds == (GOAL,)
        if (
            topic is None
            and value
            and reader.topic
            and reader.topic.kinds
            and (asked := meant(before))
            and asked.is_past
            and not label_of(before)
            and not frequencies(value)
        ):
            # "What we tried and dropped: timers": one line, and the section goes on.
            reader.flush()
            reader.skips, reader.skips_with = PAST, ""
            return True
        label = label_of(before)
        is_field = label is not None and label.role in FIELD_ROLES and is_all_label(before)
        if (
            topic
            and (
                is_all_heading(before)
                or is_goal
                or (
                    not topic.kinds
                    and len(before.split()) <= 8
                    and not (reader.topic and reader.topic.kinds and not topic.is_part and not topic.is_past and passage.marker)
                )
            )
            and not (is_field and not topic.is_past)
        ):
            is_name = (
                topic.kinds == (SERVICE,)
                and re.fullmatch(
                    r"(?:(?:special education|related|type of|name of) )?(?:services?|programs?)(?: type| name| \d+)?",
                    plain(before),
                )
                is not None
            )
            if not is_name or (
                not (len(fields) > 1)
                and not reader.card
                and not re.fullmatch(r"(?:\w+ )?service(?: type| name| \d+)?", plain(before))
            ):
                read_headed(reader, passage, before, value, topic, text.find(value) if value else len(text))
                return True
    if not fields:
        return False
    useful = [one for one in fields if one[0].role in CARD_ROLES]
    if not lead and not reader.card and len(fields) > 1 and all(label.role in (IGNORED, AREA) for label, *_ in fields):
        return True
    names = [one for one in useful if one[0].role == NAME]
    if not names and not reader.card and not reader.awaits and not (reader.name_above and not lead):
        if lead and len(useful) and reader.topic and reader.topic.kinds and fields[0][0].role in FIELD_ROLES:
            # "Speech therapy   Frequency: 2x weekly   Location: ..."
            reader.flush()
            name = Label(NAME, "", kinds=reader.topic.kinds, strength=5)
            reader.card.append((name, lead.strip(" ,;–—-"), passage.source, as_written(passage)))
        elif (
            len(reader.drafts) > reader.since
            and not lead
            and reader.topic
            and reader.topic.kinds
            and useful
            and useful[0][0].role in FIELD_ROLES
            and reader.drafts[-1].topic.kinds
            and reader.is_near(passage)
            and not (is_category(useful[0][0].text) and set(reader.topic.kinds) & {ACCOMMODATION, MODIFICATION})
        ):
            for label, value, _ in useful:
                fill(reader.drafts[-1], label, value)
            reader.drafts[-1].is_row = reader.drafts[-1].is_row or bool(reader.drafts[-1].amounts)
            return True
        else:
            return False
    if not names and not reader.card and reader.name_above and reader.topic and useful and useful[0][0].role in FIELD_ROLES:
        reader.card.append(
            (Label(NAME, "", kinds=reader.topic.kinds, strength=5), reader.name_above, passage.source, reader.name_above)
        )
    if names and not reader.topic_allows(names[0][0]):
        return bool(reader.skips) or False
    for index, (label, value, _) in enumerate(useful):
        starts_new = label.role == NAME and any(each.role == NAME for each, *_ in reader.card) and not (label.strength < 5)
        repeats = (
            label.role in FIELD_ROLES
            and any(each.text.lower() == label.text.lower() for each, *_ in reader.card)
            and index == 0
        )
        if starts_new or (repeats and label.role == NAME):
            reader.flush()
        if index == 0 and lead and not reader.card and label.role != NAME and reader.topic:
            reader.card.append(
                (Label(NAME, "", kinds=reader.topic.kinds, strength=5), lead, passage.source, as_written(passage))
            )
        if not value.strip() and index == len(useful) - 1 and label.role != IGNORED:
            reader.awaits = label
            if label.role == NAME:
                reader.flush()
            continue
        reader.card.append((label, value, passage.source, as_written(passage)))
    return True


def read_goal_part(reader: Reader, passage: Passage, lead: str, fields: Sequence[tuple[Label, str, int]]) -> bool:
    """A goal that the form takes apart: "Condition: ...", "Behavior: ...", "Criteria: ..."."""
    if not fields or lead or fields[0][0].role != GOAL_PART or not reader.topic or GOAL not in reader.topic.kinds:
        return False
    has_begun = any(label.role == GOAL_PART for label, *_ in reader.card)
    if reader.skips is not None or (not has_begun and _CRITERIA.match(fields[0][0].text)):
        return False
    reader.awaits = None
    reader.card += [
        (label, value, passage.source, as_written(passage)) for label, value, _ in fields if value and label.role in CARD_ROLES
    ]
    return True


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
        if passage.marker and reader.topic and reader.topic.kinds and value:
            return
        if topic.is_past and value and reader.topic and reader.topic.kinds and (passage.heading or 0) == 0:
            # One line about what was not chosen; the section goes on.
            reader.skips, reader.skips_with, reader.skips_all = topic, "", False
            return
        reader.enter(topic, (passage.heading, passage.is_bold, False), before)
        return
    reader.skips = None
    if is_goal and reader.topic and GOAL in reader.topic.kinds:
        if not value:
            reader.awaits = Label(NAME, before, kinds=(GOAL,), strength=10)
            return
        read_items(reader, passage, value, at, Topic((GOAL,)))
        return
    if (
        reader.topic
        and len(reader.topic.kinds) > 1
        and len(topic.kinds) == 1
        and topic.kinds[0] in reader.topic.kinds
        and value
    ):
        reader.inline = None
        read_items(reader, passage, value, at, topic)
        reader.inline = topic
        return
    reader.enter(topic, (passage.heading, passage.is_bold, False), before)
    if value:
        if topic.said == "transportation" and not re.search(r"transport|\bbus", value, re.IGNORECASE) and not is_none(value):
            value = f"{before}: {value}"
        read_items(reader, passage, value, at, topic)
