"""Lines with check boxes: only what is marked is read."""

import re
from collections.abc import Sequence

from domain.frequency import frequencies
from domain.reading.block import CHECKED, UNCHECKED
from domain.reading.form.heading import is_all_heading, topic_of
from domain.reading.form.label import MODE, NAME, PROVIDER, Label, a_name, label_of
from domain.reading.form.marks import Boxed, answer, boxes, is_answer, is_none, with_choices
from domain.reading.form.topic import NOTHING, SERVICE, SUPPORT
from domain.reading.passages import Passage
from domain.reading.promise.who_and_where import ROLE_NOUN
from domain.reading.sections.answers import read_answer
from domain.reading.sections.fields import FIELD_ROLES, Fields, fields_in
from domain.reading.sections.items import read_items
from domain.reading.sections.labelled import read_labelled
from domain.reading.sections.reader import Reader
from domain.reading.tables.record import Field, record_draft
from domain.vocabulary import all_roles, all_services

MODE_OR_PLACE = re.compile(
    r"^(?:ind(?:iv(?:idual(?:ly)?)?)?|gr(?:ou)?p|small group|sec(?:ondary)? transition|direct|indirect|consult(?:ation"
    r"|ative)?|collaborative|integrated|push[- ]?in|pull[- ]?out|1:1)\W*$",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"\b(?:does not|do not|is not|are not|not) (?:\w+ )?(?:require|required|need|needed|eligible|applicable|receive"
    r"|qualify)\b|^\W*no\b.{0,60}\b(?:needed|required|necessary|recommended)\b|^\W*none\b",
    re.IGNORECASE,
)


def read_boxes(reader: Reader, passage: Passage) -> bool:
    """A line with boxes; False where it has to be read as another line is."""
    text = passage.text
    lead, fields = fields_in(text)
    names = [one for one in fields if one[0].role == NAME]
    if len(fields) > 1 and (names or reader.card) and any(label.role in FIELD_ROLES for label, *_ in fields):
        return read_labelled(reader, passage, lead, fields)
    own = list(boxes(text))
    if len(own) == 1 and fields and text[:1] in (CHECKED, UNCHECKED) and not is_answer(own[0].label):
        # "☒ Speech therapy   Frequency: 2x/week   Location: ...".
        return read_boxed_fields(reader, passage, own[0].is_checked, lead, fields)
    if reader.card and all(MODE_OR_PLACE.match(each.label) for each in own):
        words = ", ".join(each.label for each in own if each.is_checked)
        reader.hold(Label(MODE, "mode"), words, passage)
        return True
    if reader.card and own and all(_is_role(each.label) for each in own) and text[:1] in (CHECKED, UNCHECKED):
        # Who gives it, chosen from a list.
        words = ", ".join(each.label for each in own if each.is_checked)
        if words:
            reader.hold(Label(PROVIDER, "provider"), words, passage)
        return True
    if read_opening(reader, passage, own):
        return True
    found = answer(text)
    if found:
        return read_answer(reader, passage, found.lead, found.said, found.rest, found.rest_at)
    first = next(boxes(text), None)
    if first is None:
        return False
    before = text[: text.find(next(char for char in text if char in "☒☐☑□"))].strip()
    topic = (
        topic_of(before.rstrip(":")) if before and (is_all_heading(before.rstrip(":")) or before.endswith((":", "?"))) else None
    )
    current = reader.inline or reader.topic
    if before and topic and (is_all_heading(before.rstrip(":")) or before.endswith((":", "?"))):
        if topic.is_part:
            return True
        reader.flush()
        if topic.kinds or not topic.is_past:
            reader.enter(topic, (passage.heading, passage.is_bold, False), before)
        current = topic
    elif before.endswith(":") and (label := label_of(before)) and label.role in FIELD_ROLES and (reader.card or reader.drafts):
        return read_labelled(reader, passage, lead, fields)
    if reader.card:
        reader.flush()
    if reader.skips is not None and current is reader.topic:
        if reader.skips_all or not reader.skips.is_past:
            return True
        reader.skips = None
    if (
        before
        and not topic
        and set(current.kinds if current else ()) & {SERVICE, SUPPORT}
        and (frequencies(before) or re.search(r":\s+\S", before))
    ):
        words = with_choices(text)
        read_items(reader, passage.in_other_words(words, passage.marker), words, 0, current)
        return True
    if current is None or not current.kinds:
        return True
    checked = [each for each in boxes(text) if each.is_checked]
    if not checked:
        return True
    if len(checked) == 1 and before and not topic and not before.endswith(":") and len(before.split()) > 2 and not own[0].label:
        read_items(reader, passage, before, 0, current, is_checked=True)
        return True
    for each in checked:
        label_text = each.label.strip(" ,;")
        if (
            not label_text
            or _NEGATIVE.search(label_text)
            or is_none(label_text)
            or (is_answer(label_text) and len(label_text) < 14)
        ):
            continue
        if current.said == "transportation" and not re.search(r"transport|\bbus\b", label_text, re.IGNORECASE):
            label_text = f"transportation: {label_text}"
        label_text = re.sub(
            r"^other\s*[:(]?\s*(?:specify|describe|please specify)?\)?\s*:?\s*", "", label_text, flags=re.IGNORECASE
        )
        if current.kinds == (SERVICE,) and not topic and before and not (all_services(label_text) or frequencies(label_text)):
            continue
        topic_in = topic_of(label_text)
        if topic_in and is_all_heading(label_text) and not topic_in.kinds:
            continue
        read_items(reader, passage, label_text, each.start, current, is_checked=True)
    return True


def read_opening(reader: Reader, passage: Passage, own: Sequence[Boxed]) -> bool:
    """A box whose words announce a list: "☒ takes the test with these accommodations:"."""
    if len(own) != 1 or not own[0].label.endswith(":") or passage.text[:1] not in (CHECKED, UNCHECKED):
        return False
    topic = topic_of(own[0].label)
    if not topic or not topic.kinds:
        return False
    reader.flush()
    reader.inline, reader.inline_above = topic if own[0].is_checked else NOTHING, passage.indent
    reader.skips = None
    if reader.topic is None:
        reader.section.topic = NOTHING
    return True


def read_boxed_fields(reader: Reader, passage: Passage, is_checked: bool, lead: str, fields: Fields) -> bool:
    """A box before a service and its fields; always dealt with."""
    reader.flush()
    name = lead.lstrip(f"{CHECKED}{UNCHECKED} ").strip(" ,;:–—-")
    topic = topic_of(name)
    current = topic if topic and topic.kinds and is_all_heading(name) else reader.topic
    if not is_checked or current is None or not current.kinds or is_none(name):
        return True
    card: list[Field] = [(a_name(current.kinds), name, passage.source, passage.as_written)]
    card += [(label, value, passage.source, passage.as_written) for label, value, _ in fields]
    draft = record_draft(card, current, reader.section.setting, reader.section.mode)
    if draft:
        reader.add([draft])
    return True


def _is_role(text: str) -> bool:
    """Whether words are nothing but who gives a service."""
    said = text.strip(" .:")
    found = all_roles(said)
    is_named = bool(found) and sum(end - start for _, start, end in found) >= 0.6 * len(said)
    return len(said.split()) <= 6 and (is_named or bool(ROLE_NOUN.search(said)))
