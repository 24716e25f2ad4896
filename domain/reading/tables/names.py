"""What a row promises by name: of which kind, one or several, and whether it is ticked."""

import re
from collections.abc import Sequence
from itertools import pairwise

from domain.dates import written_dates
from domain.reading.block import Cell
from domain.reading.form.heading import is_all_heading, topic_of
from domain.reading.form.label import AMOUNT, NO, SUBJECT, TYPE, YES, Label
from domain.reading.form.marks import boxes, has_box, is_answer, is_empty, is_mark, is_no_mark, is_none, yes_or_no
from domain.reading.form.topic import ACCOMMODATION, GOAL, MODIFICATION, SERVICE, SUPPORT, Topic
from domain.reading.tables.table import Column, Line


def kinds_apart(given: Sequence[tuple[Cell, Column]]) -> bool:
    """Whether the columns with names are promises each of their own ("Accommodations | Modifications")."""
    if len(given) < 2:
        return False
    kinds = [column.label.kinds for _, column in given]
    return (
        all(len(each) == 1 for each in kinds)
        and len(set(kinds)) == len(kinds)
        and not (
            (GOAL,) in kinds
            and len(kinds) > 1
            and (SERVICE,) in kinds
            and all(len(cell.text.split()) < 4 for cell, c in given if c.label.kinds == (GOAL,))
        )
    )


def kinds_of(label: Label, topic: Topic | None, pairs: Sequence[tuple[Cell, Column]]) -> tuple[str, ...]:
    """Of which kind the name is: the heading of the section decides, a column where it says more."""
    for cell, column in pairs:
        if (
            column.label.role == TYPE
            and (found := topic_of(cell.text))
            and found.kinds
            and (found.kinds != (SERVICE,) or not topic or len(topic.kinds) != 1)
        ):
            return found.kinds
    section = topic.kinds if topic else ()
    own = label.kinds
    if not section:
        return own
    if not own or (len(section) == 1 and own not in ((ACCOMMODATION,), (MODIFICATION,), (GOAL,)) and section != (GOAL,)):
        return section
    if own == section:
        return section
    if own == (SUPPORT,) and SUPPORT in section and not re.search(r"personnel|staff|teacher|aid", label.text, re.IGNORECASE):
        return section
    both = tuple(kind for kind in own if kind in section)
    is_own = len(own) == 1 and (own in ((ACCOMMODATION,), (MODIFICATION,), (GOAL,)) or section == (GOAL,))
    return both or (own if is_own else section)


def is_group(cell: Cell, line: Line) -> bool:
    """Whether a merged cell names the rows beside it, and is no promise itself."""
    return (
        len([other for other in line.own if not is_empty(other.text)]) > 1
        and bool(topic_of(cell.text))
        and is_all_heading(cell.text)
    )


_UNENDED = re.compile(
    r"(?:[,;:(/–—-]|\b(?:the|a|an|of|in|on|at|by|to|for|from|with|and|or|per|each|every|is|are|will|his|her|their))$",
    re.IGNORECASE,
)


def names_in(text: str, kinds: tuple[str, ...], pairs: Sequence[tuple[Cell, Column]], *, is_alone: bool) -> list[str]:
    """The names in a cell: of a list one by one."""
    parts = [
        re.sub(r"^\s*(?:[•●▪◦‣∙·■►➢*–—-]|\d{1,2}[.)]|\(?[a-z][.)])\s+", "", part).strip()
        for part in text.split("\n")
        if part.strip()
    ]
    bullets = sum(bool(re.match(r"^\s*(?:[•●▪◦‣∙·■►➢*–—-]|\d{1,2}[.)]|\(?[a-z][.)])\s+", part)) for part in text.split("\n"))
    if len(parts) < 2:
        inner = re.split(r"\s+[•●▪■►➢]\s+", re.sub(r"^\s*[•●▪■►➢]\s+", "", text))
        if len(inner) > 1:
            return inner
        if kinds[0] in (ACCOMMODATION, MODIFICATION, SUPPORT) and len(kinds) == 1 and ";" in text and not written_dates(text):
            return [part for part in (each.strip() for each in text.split(";")) if part]
        return [re.sub(r"^\s*\d{1,2}[.)]\s+(?=[A-Z])", "", " ".join(text.split()))]
    if bullets >= len(parts) - 1:
        return parts
    if kinds == (GOAL,):
        return [" ".join(parts)]
    if SERVICE in kinds and len(kinds) == 1:
        same = any(
            column.label.role == AMOUNT and len([part for part in cell.text.split("\n") if part.strip()]) == len(parts)
            for cell, column in pairs
        )
        return parts if same and not any(part.startswith("(") for part in parts[1:]) else [" ".join(parts)]
    if any(part[:1].islower() and _UNENDED.search(before) for before, part in pairwise(parts)):
        return [" ".join(parts)]
    return parts


def is_chosen(pairs: Sequence[tuple[Cell, Column]]) -> bool | None:
    """Whether a row is ticked; None where it has nothing to tick."""
    is_refused = is_only_considered = False
    answers: list[bool] = []
    subjects: list[bool] = []
    for cell, column in pairs:
        role, text = column.label.role, cell.text
        if role == YES:
            said, _ = yes_or_no(text) if has_box(text) and any(is_answer(each.label) for each in boxes(text)) else (None, "")
            answers.append(
                said
                if said is not None
                else is_mark(text)
                or (has_box(text) and any(each.is_checked for each in boxes(text)))
                or (not has_box(text) and not is_no_mark(text) and not is_none(text))
            )
        elif role == NO and (is_mark(text) or (has_box(text) and any(each.is_checked for each in boxes(text)))):
            is_refused = is_refused or not re.search(
                r"\b(?:request|consider|discuss|tried|used)", column.label.text, re.IGNORECASE
            )
            is_only_considered = True
        elif role == SUBJECT:
            subjects.append(is_mark(text) or bool(has_box(text) and any(each.is_checked for each in boxes(text))))
    if is_refused:
        return False
    if answers:
        return any(answers)
    if is_only_considered:
        return False
    if subjects:
        return any(subjects)
    return None
