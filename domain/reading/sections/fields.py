"""Labels with their values within a line."""

import re
from dataclasses import replace

from domain.reading.form.label import (
    AMOUNT,
    AREA,
    DATES,
    DETAIL,
    END,
    GOAL_PART,
    IGNORED,
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
    is_all_label,
    label_of,
)

CARD_ROLES = frozenset(
    (NAME, AMOUNT, SETTING, PROVIDER, START, END, DATES, MODE, TYPE, MIXED, DETAIL, IGNORED, GOAL_PART, AREA, STATUS)
)
FIELD_ROLES = frozenset((AMOUNT, SETTING, PROVIDER, START, END, DATES, MODE, MIXED, TYPE))
_COLON = re.compile(r":(?=\s|$|_)")


# Each label with its value, and where it begins.
Fields = list[tuple[Label, str, int]]


def fields_in(text: str) -> tuple[str, Fields]:
    """What stands before the first known label of a line, and each label with its value and place."""
    found: list[tuple[Label, int, int]] = []
    floor = 0
    for match in _COLON.finditer(text):
        before = text[floor : match.start()]
        gap = max(before.rfind("    "), before.rfind(";"), before.rfind("|"), before.rfind("☒"), before.rfind("☐"))
        if gap >= 0:
            before = before[gap + 1 :]
        words = list(re.finditer(r"\S+", before))[-7:]
        for index, word in enumerate(words):
            candidate = before[word.start() :].strip()
            if not candidate[:1].isupper() and not (index == 0 and not found and len(words) < 4) and candidate[:1] not in "#(":
                continue
            label = label_of(candidate) if is_all_label(candidate) else None
            if label and label.role == SUBJECT and label.mode:
                # "Direct: 30 min/wk   Consult: 15 min/mo".
                label = replace(label, role=AMOUNT)
            if label and label.role in CARD_ROLES and not (label.role == IGNORED and len(candidate.split()) > 4):
                start = match.start() - len(before) + word.start()
                found.append((label, start, match.end()))
                floor = match.end()
                break
    if not found:
        return "", []
    out: Fields = []
    for index, (label, start, end) in enumerate(found):
        until = found[index + 1][1] if index + 1 < len(found) else len(text)
        out.append((label, text[end:until].strip(" ;|\t"), start))
    return text[: found[0][1]].strip(), out


def are_all_labels(text: str) -> bool:
    """The heading of a table that nobody filled in: "Service    Minutes    Provider"."""
    parts = [part for part in re.split(r"\s{3,}", text.strip()) if part]
    return len(parts) > 2 and all(label_of(part) is not None and len(part) < 60 for part in parts)
