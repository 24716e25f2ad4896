"""Labels with their values become one draft."""

import re
from collections.abc import Iterable

from domain.dates import written_dates
from domain.frequency import frequencies
from domain.reading.block import Source
from domain.reading.form.heading import is_all_heading, topic_of
from domain.reading.form.label import (
    AMOUNT,
    AREA,
    DATES,
    DETAIL,
    END,
    GOAL_PART,
    MIXED,
    MODE,
    NAME,
    PROVIDER,
    SETTING,
    START,
    STATUS,
    SUBJECT,
    TYPE,
    Label,
    is_not_agreed,
)
from domain.reading.form.marks import is_empty, is_mark, is_none, yes_or_no
from domain.reading.form.plain import plain
from domain.reading.form.topic import ACCOMMODATION, GOAL, MODIFICATION, SERVICE, SUPPORT, Topic
from domain.reading.passages import unfilled
from domain.reading.promise.draft import GUESSED, LIKELY, SURE, Draft
from domain.reading.promise.kind import own_kind
from domain.reading.promise.who_and_where import place_in
from domain.reading.promise.wording import WAY

CRITERION = re.compile(
    r"^(?:criteri|measurable criteri|(?:level of )?(?:mastery|proficiency|accuracy|attainment)|target|to what|how well"
    r"|extent|degree|measure of success)",
    re.IGNORECASE,
)
Field = tuple[Label, str, Source, str]


def record_draft(record: Iterable[Field], topic: Topic | None, setting: str = "", mode: str = "") -> Draft | None:
    """The promise of labels with their values; None when nobody filled it in, or it is none."""
    fields = [(label, unfilled(text).strip(), source, quote) for label, text, source, quote in record]
    names = [one for one in fields if one[0].role == NAME and not is_none(one[1])]
    if any(label.role == STATUS and is_not_agreed(text) for label, text, _, _ in fields):
        return None
    if topic and topic.is_past:
        return None
    kinds_of_goal = any(label.role == GOAL_PART for label, *_ in fields)
    if not names:
        other = [one for one in fields if one[0].role in (TYPE, AREA) and not is_none(one[1])]
        parts = [one for one in fields if one[0].role == GOAL_PART and not is_none(one[1])]
        if len(parts) >= 2 and (topic is None or GOAL in topic.kinds):
            source, quote = parts[0][2], " ".join(dict.fromkeys(one[3] for one in parts))
            return Draft(
                Topic((GOAL,)), ", ".join(one[1].strip(" .,") for one in parts), source, quote, is_row=True, sureness=LIKELY
            )
        if not other or (topic and topic.kinds == (GOAL,)):
            return None
        names = other[:1]
    name = max(names, key=lambda one: one[0].strength)
    kinds = name[0].kinds
    if topic and topic.kinds:
        kinds = (
            topic.kinds
            if not kinds or (len(topic.kinds) == 1 and kinds not in ((ACCOMMODATION,), (MODIFICATION,), (GOAL,), (SUPPORT,)))
            else kinds
        )
    elif topic and not topic.kinds and not kinds:
        return None
    if not kinds:
        return None
    _, text = own_kind(name[1])
    quote = " | ".join(dict.fromkeys(one[3] for one in fields if one[3]))
    draft = Draft(
        Topic(kinds, topic.said if topic else ""),
        text,
        name[2],
        quote,
        is_row=True,
        sureness=SURE if topic and topic.kinds else LIKELY,
    )
    for label, value, _, _ in fields:
        if value is not name[1] and label.role != NAME:
            fill(draft, label, value)
    if kinds == (GOAL,) and kinds_of_goal:
        parts_text = [
            one[1].strip(" .,")
            for one in fields
            if one[0].role == GOAL_PART
            and not is_none(one[1])
            and CRITERION.match(plain(one[0].text))
            and one[1].lower() not in text.lower()
        ]
        draft.name = ", ".join([text.rstrip(" .,"), *parts_text])
    if kinds == (SERVICE,) and not says_more(draft) and not frequencies(text):
        draft.sureness = GUESSED
    draft.take_from_above(setting, mode)
    return draft


def fill(draft: Draft, label: Label, text: str) -> None:
    """Put a cell into the draft, by what its label says."""
    role = label.role
    if is_empty(text):
        return
    if role == AMOUNT:
        if written_dates(text) and not frequencies(text):
            draft.dates = draft.dates or text
        else:
            draft.amounts.append((label, text))
            if len(written_dates(text)) > 1:
                draft.dates = draft.dates or text
    elif role == MIXED:
        draft.mixed = f"{draft.mixed}; {text}" if draft.mixed else text
    elif role == SETTING:
        draft.setting = draft.setting or text
    elif role == PROVIDER:
        draft.provider = draft.provider or text
    elif role == START:
        if written_dates(text):
            draft.starts = draft.starts or text
        elif frequencies(text):
            draft.amounts.append((None, text))
    elif role == END:
        if written_dates(text):
            draft.ends = draft.ends or text
        elif [each for each in frequencies(text) if each.minutes or each.times] and not draft.amounts:
            draft.amounts.append((None, text))
    elif role == DATES:
        if written_dates(text):
            draft.dates = draft.dates or text
        elif frequencies(text):
            draft.amounts.append((None, text))
    elif role == MODE:
        draft.modes.append(text)
    elif role == SUBJECT:
        if is_mark(text) or yes_or_no(text)[0]:
            (draft.modes if label.mode else draft.subjects).append(label.mode or label.text)
    elif role == AREA:
        draft.area = draft.area or text
    elif role == DETAIL:
        draft.detail = draft.detail or text
    elif role == TYPE:
        _typed(draft, text)


def _typed(draft: Draft, text: str) -> None:
    found = topic_of(text)
    if found and len(found.kinds) == 1 and found.kinds[0] != SERVICE:
        draft.topic = Topic(found.kinds, found.said)
    elif found and found.kinds == (SERVICE,) and is_all_heading(text):
        # "Related service" is what kind of a row it is, and no part of its words.
        return
    elif WAY.search(text) or text.strip().lower() in ("i", "g", "d", "c", "i/g"):
        draft.modes.append(text)
    elif not is_none(text) and len(text.split()) <= 8:
        draft.area = draft.area or text


def says_more(draft: Draft) -> bool:
    """Whether anything besides the name was filled in."""
    return bool(
        draft.amounts
        or draft.setting
        or draft.provider
        or draft.starts
        or draft.ends
        or draft.dates
        or draft.mixed
        or draft.subjects
    )


def said_of_all(text: str) -> tuple[str, str]:
    """The place and the way that a heading names for all that stands below it."""
    setting = mode = ""
    if other := re.search(r"\bin (other settings?)\b", text, re.IGNORECASE):
        setting = other.group(1).lower()
    elif whole := re.search(
        r"\b(?:in|inside|within) (?:the |a )?((?:general|special|regular|separate)\b[\w /-]{3,70}\b(?:setting|classroom"
        r"|environment|class)s?)\s*$",
        text,
        re.IGNORECASE,
    ):
        setting = whole.group(1)
    elif re.search(r"\b(?:in|outside|inside|within)\b", text, re.IGNORECASE):
        setting = place_in(text) or ""
    if found := re.search(r"\b(indirect|direct)\b", text, re.IGNORECASE) or re.search(
        r"\b(consult(?:ation)?)\b", text, re.IGNORECASE
    ):
        mode = found.group(1).lower()
    return setting, mode
