"""Fields of a form, line by line: gathered on a card until the next promise begins."""

import re

from domain.reading.form.label import AREA, GOAL_PART, IGNORED, NAME, is_category
from domain.reading.form.topic import ACCOMMODATION, GOAL, MODIFICATION
from domain.reading.passages import Passage
from domain.reading.sections.fields import CARD_ROLES, FIELD_ROLES, Fields
from domain.reading.sections.reader import Reader
from domain.reading.tables.record import fill

_CRITERIA = re.compile(r"^(?:criteri|mastery|level of|target|accuracy)", re.IGNORECASE)


def read_fields(reader: Reader, passage: Passage, lead: str, fields: Fields) -> bool:
    """A line of fields of a form, after `lead`; whether they say something of a promise."""
    useful = [one for one in fields if one[0].role in CARD_ROLES]
    if not lead and not reader.card and len(fields) > 1 and all(label.role in (IGNORED, AREA) for label, *_ in fields):
        return True
    names = [one for one in useful if one[0].role == NAME]
    is_of_field = bool(useful) and useful[0][0].role in FIELD_ROLES
    if not names and not reader.card and not reader.awaits and not (reader.name_above and not lead):
        if not (lead and useful and reader.kinds and fields[0][0].role in FIELD_ROLES):
            return is_of_field and not lead and _says_more_of_last(reader, passage, useful)
        # "Speech therapy   Frequency: 2x weekly   Location: ..."
        reader.flush()
        reader.hold_name(lead.strip(" ,;–—-"), passage)
    if not names and not reader.card and reader.name_above and reader.topic and is_of_field:
        reader.hold_name(reader.name_above, passage, reader.name_above)
    if names and not reader.topic_allows():
        return reader.skips is not None
    for index, (label, value, _) in enumerate(useful):
        is_name = label.role == NAME
        if is_name and label.strength >= 5 and any(each.role == NAME for each, *_ in reader.card):
            reader.flush()
        if index == 0 and lead and not reader.card and not is_name and reader.topic:
            reader.hold_name(lead, passage)
        if not value.strip() and index == len(useful) - 1 and label.role != IGNORED:
            reader.awaits = label
            if is_name:
                reader.flush()
            continue
        reader.hold(label, value, passage)
    return True


def _says_more_of_last(reader: Reader, passage: Passage, fields: Fields) -> bool:
    """Whether the fields are those of the last promise, which is given them."""
    if len(reader.drafts) <= reader.since or not reader.kinds:
        return False
    last = reader.drafts[-1]
    is_sorting = is_category(fields[0][0].text) and set(reader.kinds) & {ACCOMMODATION, MODIFICATION}
    if not last.topic.kinds or not reader.is_near(passage) or is_sorting:
        return False
    for label, value, _ in fields:
        fill(last, label, value)
    last.is_row = last.is_row or bool(last.amounts)
    return True


def read_goal_part(reader: Reader, passage: Passage, lead: str, fields: Fields) -> bool:
    """A goal that the form takes apart: "Condition: ...", "Behavior: ...", "Criteria: ..."."""
    if not fields or lead or fields[0][0].role != GOAL_PART or GOAL not in reader.kinds:
        return False
    has_begun = any(label.role == GOAL_PART for label, *_ in reader.card)
    if reader.skips is not None or (not has_begun and _CRITERIA.match(fields[0][0].text)):
        return False
    reader.awaits = None
    reader.card += [
        (label, value, passage.source, passage.as_written) for label, value, _ in fields if value and label.role in CARD_ROLES
    ]
    return True
