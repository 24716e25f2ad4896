"""Which column holds what: by its heading, by what stands in it, and in the light of the others."""

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.dates import written_dates
from domain.frequency import frequencies
from domain.reading.form.heading import is_all_heading, topic_of
from domain.reading.form.label import (
    AMOUNT,
    AREA,
    DATES,
    DETAIL,
    END,
    GOAL_PART,
    IGNORED,
    NAME,
    PROVIDER,
    SETTING,
    START,
    SUBJECT,
    TYPE,
    Label,
    is_all_label,
    is_category,
    setting_of,
)
from domain.reading.form.marks import has_box, is_mark, is_none
from domain.reading.form.plain import plain
from domain.reading.form.topic import GOAL, SERVICE, Topic
from domain.reading.tables.record import CRITERION
from domain.reading.tables.table import Column, Layout, Line, Table, is_all_in
from domain.vocabulary import all_roles, all_settings


def by_content(columns: list[Column], lines: Sequence[Line]) -> None:
    """Columns whose heading leaves it open, by what they hold: ticks, or amounts."""
    for column in columns:
        role = column.label.role
        if role not in (SUBJECT, IGNORED, DETAIL) and not (role == SETTING and len(columns) > 3):
            continue
        texts: list[str] = []
        for line in lines[:60]:
            if len(line.own) < 2:
                continue
            texts += [
                cell.text for cell in line.filled if column.first <= cell.column <= column.last and not cell.is_from_above
            ]
        if role == SUBJECT and texts and not any(is_mark(text) or has_box(text) for text in texts):
            if sum(
                bool(frequencies(text)) or bool(re.fullmatch(r"\W*\d{1,4}\W*", text)) or is_none(text) for text in texts
            ) > 0.6 * len(texts):
                label = column.label
                column.label = replace(
                    label, role=AMOUNT, setting=setting_of(label.text) or ("" if label.mode else plain(label.text))
                )
            elif not column.label.text and column is not columns[0]:
                column.label = replace(column.label, role=IGNORED)
        elif (
            role == IGNORED
            and column.label.strength < 0
            and texts
            and all(is_mark(text) for text in texts)
            and any(other.label.role == SUBJECT and other.label.text for other in columns)
        ):
            # One more subject or test, of a name that nobody knows.
            column.label = replace(column.label, role=SUBJECT)
        elif role == SUBJECT and not texts and not column.label.text:
            column.label = replace(column.label, role=IGNORED)
        elif (
            role == SETTING
            and texts
            and sum(bool(frequencies(text)) or bool(re.fullmatch(r"\W*\d{1,4}\W*", text)) for text in texts) > 0.6 * len(texts)
        ):
            column.label = replace(column.label, role=AMOUNT, setting=setting_of(column.label.text))


def settled(columns: list[Column], topic: Topic | None, lines: Sequence[Line] = ()) -> list[Column]:
    """Columns in the light of each other: "Type" beside a service is no name; the name must be somewhere."""
    names = [column for column in columns if column.label.role == NAME]
    details = [column for column in columns if column.label.role == DETAIL]
    if not names and details and any(_sorts_kinds(column, lines) for column in columns if column.label.role == TYPE):
        # "Type | Description": the type is "accommodation", "related service", what is promised stands beside it.
        details[0].label = replace(details[0].label, role=NAME, kinds=topic.kinds if topic else (), strength=6)
    elif not names:
        for role in (TYPE, AREA, GOAL_PART, SUBJECT, DETAIL, IGNORED):
            found = [column for column in columns if column.label.role == role]
            if role == IGNORED:
                found = [column for column in found if column.label.strength < 0 and column.label.text]
            if role == GOAL_PART:
                found = [column for column in found if not CRITERION.match(plain(column.label.text))]
            if role == SUBJECT:
                found = [column for column in found if column.first == min(c.first for c in columns)]
            if found:
                kinds = found[0].label.kinds or (topic.kinds if topic else ())
                found[0].label = replace(found[0].label, role=NAME, kinds=kinds, strength=4, mode="")
                break
    elif len(names) > 1:
        best = max(names, key=lambda one: one.label.strength)
        for column in names:
            is_apart = column.label.kinds and best.label.kinds and column.label.kinds != best.label.kinds
            if column is not best and not is_apart:
                role = (
                    AREA
                    if re.search(r"area|domain|subject|need|category|type|skill|focus", plain(column.label.text))
                    else DETAIL
                )
                column.label = replace(column.label, role=role)
    settings = [column for column in columns if column.label.role == SETTING]
    if len(settings) > 1:
        for column in settings:
            if re.search(r"class|subject", plain(column.label.text)) and column is not settings[0]:
                column.label = replace(column.label, role=IGNORED)
    outside = re.compile(r"^(?:outside|out of|in) it$")
    first_place = next(
        (column.label.setting for column in columns if column.label.setting and not outside.match(column.label.setting)), ""
    )
    for column in columns:
        if outside.match(column.label.setting) and first_place:
            lead = "outside the " if column.label.setting.startswith("out") else ""
            column.label = replace(column.label, setting=lead + first_place)
    return columns


def _sorts_kinds(column: Column, lines: Sequence[Line]) -> bool:
    """Whether a column says of each row which kind of promise it is."""
    texts = [cell.text for line in lines[:40] for cell in line.filled if cell.column == column.first]
    return bool(texts) and sum(topic_of(text) is not None and is_all_heading(text) for text in texts) > 0.6 * len(texts)


def are_lists(table: Table, columns: Sequence[Column], lines: Sequence[Line]) -> bool:
    """Whether the columns are places or kinds of work, and the cells below what is promised for each."""
    if not table.topic or not table.topic.kinds or set(table.topic.kinds) & {SERVICE, GOAL} or len(columns) < 2:
        return False
    if any(column.label.role not in (SUBJECT, SETTING, IGNORED, AREA, GOAL_PART) or column.label.topic for column in columns):
        return False
    cells = [cell for line in lines[:30] for cell in line.filled]
    if any(is_mark(cell.text) or written_dates(cell.text) for cell in cells):
        return False
    places = [
        cell
        for cell in cells
        if is_all_in(cell.text, [(start, end) for _, start, end in all_settings(cell.text)]) or is_all_label(cell.text)
    ]
    return bool(cells) and len(places) < 0.4 * len(cells)


def guessed(lines: Sequence[Line], topic: Topic | None) -> Layout | None:
    """Columns by what they hold, where no heading says it."""
    if not topic or not topic.kinds:
        return None
    rows = [line for line in lines[:40] if len(line.filled) > 1]
    if not rows:
        return None
    width = max(cell.column + cell.columns for line in rows for cell in line.cells)
    columns: list[Column] = []
    has_name = has_start = False
    lefts = [line.filled[0] for line in rows if line.filled[0].column == 0]
    sorts = width > 1 and bool(lefts) and all(cell.text.rstrip().endswith(":") or is_category(cell.text) for cell in lefts)
    for at in range(width):
        if at == 0 and sorts:
            columns.append(Column(0, 0, Label(AREA if topic.kinds == (SERVICE,) else IGNORED, ""), is_guessed=True))
            continue
        texts = [cell.text for line in rows for cell in line.filled if cell.column == at]
        if not texts:
            continue
        role = _role_by_content(texts)
        if role == START and has_start:
            role = END
        has_start = has_start or role == START
        if role == NAME and has_name:
            role = DETAIL if topic.kinds != (SERVICE,) else IGNORED
        has_name = has_name or role == NAME
        kinds = topic.kinds if role == NAME else ()
        columns.append(Column(at, at, Label(role, "", kinds=kinds, strength=3), is_guessed=True))
    if not has_name or len({column.label.role for column in columns}) < 2:
        return None
    return Layout(columns, width)


def _role_by_content(texts: Sequence[str]) -> str:
    count = len(texts)
    if sum(bool(written_dates(text)) for text in texts) > 0.6 * count:
        return DATES if sum(len(written_dates(text)) > 1 for text in texts) > 0.5 * count else START
    if (
        sum(bool(frequencies(text)) for text in texts) > 0.5 * count
        and sum(len(text.split()) < 12 for text in texts) > 0.6 * count
    ):
        return AMOUNT
    if sum(is_all_in(text, [(start, end) for _, start, end in all_roles(text)]) for text in texts) > 0.5 * count:
        return PROVIDER
    if sum(is_all_in(text, [(start, end) for _, start, end in all_settings(text)]) for text in texts) > 0.5 * count:
        return SETTING
    if all(re.fullmatch(r"[#\d.,\s]*", text) for text in texts):
        return IGNORED
    return NAME
