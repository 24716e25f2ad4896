"""A row below the heading of a table: the drafts that it makes."""

import re

from domain.frequency import frequencies
from domain.reading.form.heading import topic_of
from domain.reading.form.label import AMOUNT, DETAIL, GOAL_PART, MIXED, NAME, STATUS, TYPE, is_not_agreed
from domain.reading.form.marks import before_boxes, boxes, has_box, is_answer, is_empty, is_example, is_instruction, is_none
from domain.reading.form.old_and_new import is_new, is_old
from domain.reading.form.plain import plain
from domain.reading.form.topic import ACCOMMODATION, GOAL, SERVICE, Topic
from domain.reading.passages import unfilled
from domain.reading.promise.draft import GUESSED, LIKELY, SURE, Draft
from domain.reading.tables.amended import AS_BEFORE, GOES
from domain.reading.tables.names import is_chosen, is_group, kinds_apart, kinds_of, names_in
from domain.reading.tables.record import CRITERION, fill, says_more
from domain.reading.tables.table import Column, Layout, Line, Table, Words

_SUM = re.compile(
    r"^\W*(?:total|totals|sum|subtotal|grand total|all services|minutes in (?:a|the) week|total (?:min|minutes|hours"
    r"|time)\b.{0,60})\W*$",
    re.IGNORECASE,
)
_OBJECTIVE = re.compile(r"^\W*(?:obj(?:ective)?|benchmark|baseline|short[- ]term|sto)\b", re.IGNORECASE)


def read_row(table: Table, line: Line, layout: Layout, topic: Topic | None, inherited: Draft | None) -> list[Draft]:
    if topic and topic.is_past:
        return []
    names_more = any(column.label.kinds == (ACCOMMODATION,) and column.label.strength >= 8 for column in layout.columns)
    if topic and not topic.kinds and not layout.is_amended and not names_more:
        return []
    if layout.is_lists:
        return [draft for cell in line.own for draft in table.in_lines(as_list(cell.text), line.source, topic)]
    first = line.filled[0].text
    if _SUM.match(plain(first) or first) or is_example(first):
        return []
    pairs = [(cell, column) for cell in line.cells if (column := layout.of(cell))]
    for cell, column in pairs:
        if column.label.role == STATUS and is_not_agreed(cell.text):
            return []
        if column.label.role == TYPE and (found := topic_of(cell.text)) and found.is_past:
            return []
        if (
            column.label.role == DETAIL
            and is_none(cell.text)
            and not is_empty(cell.text)
            and len([c for c, _ in pairs if not is_empty(c.text)]) <= 3
        ):
            return []
    if layout.is_amended:
        kept = [(cell, column) for cell, column in pairs if is_new(column.label.text) and column.label.role in (NAME, MIXED)]
        if not kept or all(is_none(cell.text) or GOES.match(cell.text) for cell, _ in kept):
            return []
        if any(AS_BEFORE.match(cell.text) for cell, _ in kept):
            if table.is_amendment:
                return []
            pairs = [
                (old if old and AS_BEFORE.match(cell.text) and is_new(column.label.text) else cell, column)
                for cell, column in pairs
                for old in [next((each for each, c in pairs if is_old(c.label.text)), None)]
            ]
    names = [(cell, column) for cell, column in pairs if column.label.role == NAME]
    marked = is_chosen(pairs)
    if marked is False:
        return []
    drafts: list[Draft] = []
    given = [(cell, column) for cell, column in names if not is_none(cell.text) and not is_instruction(cell.text)]
    if not given:
        if (
            inherited
            and not any(is_none(cell.text) and not is_empty(cell.text) for cell, _ in names)
            and any(c.label.role == AMOUNT and re.search(r"\d", cell.text) for cell, c in pairs)
        ):
            given_name = inherited.name
            draft = Draft(inherited.topic, given_name, line.source, line.quote, is_row=True, sureness=GUESSED)
            fill_row(table, draft, pairs, marked)
            return [draft]
        return []
    apart = kinds_apart(given, topic)
    if not apart:
        given = [max(given, key=lambda one: one[1].label.strength)]
    for cell, column in given:
        if cell.is_from_above and is_group(cell, column, line):
            continue
        drafts += named(table, cell, column, line, pairs, topic, marked, layout, is_alone=len(given) == 1)
    return drafts


def named(
    table: Table,
    cell: Words,
    column: Column,
    line: Line,
    pairs: list[tuple[Words, Column]],
    topic: Topic | None,
    marked: bool | None,
    layout: Layout,
    *,
    is_alone: bool,
) -> list[Draft]:
    kinds = kinds_of(column.label, topic, pairs)
    if not kinds:
        return []
    own_topic = Topic(kinds, topic.said if topic else (column.label.topic.said if column.label.topic else ""))
    if kinds == (GOAL,) and (len(cell.text.split()) < 4 or re.fullmatch(r"[\d\s,;&and#.]*", cell.text)):
        return []
    if has_box(cell.text) and kinds != (GOAL,):
        own = list(boxes(cell.text))
        lead = before_boxes(cell.text)
        if (
            lead
            and all(len(each.label.split()) <= 3 for each in own)
            and not any(is_answer(each.label) for each in own)
            and own[0].start > len(lead)
        ):
            # "Occupational therapy ☐ direct ☒ consult".
            names = [", ".join([lead.strip(" :"), *(each.label for each in own if each.is_checked)])]
        elif (len(own) > 1 or len(line.own) == 1) and any(is_answer(each.label) for each in own):
            return table.in_lines(cell.text, line.source, own_topic)
        else:
            names = [each.label for each in own if each.is_checked]
    else:
        names = names_in(cell.text, kinds, pairs, is_alone=is_alone)
    out: list[Draft] = []
    is_service = SERVICE in kinds and len(kinds) == 1
    for at, name in enumerate(names):
        name = unfilled(name).strip()
        if (kinds == (GOAL,) and _OBJECTIVE.match(name)) or _SUM.match(name):
            continue
        if is_none(name) or (is_instruction(name) and len(line.own) == 1) or is_example(name):
            continue
        draft = Draft(
            own_topic,
            name,
            line.source,
            line.quote,
            is_row=not layout.is_amended,
            sureness=sureness(table, layout, topic, column),
        )
        fill_row(table, draft, pairs, marked, at if len(names) > 1 else None, len(names), cell)
        if (
            is_service
            and AMOUNT in layout.roles()
            and not says_more(draft)
            and marked is None
            and len(line.own) == 1
            and not frequencies(name)
        ):
            # A form prints the names of services; those nobody filled in are none.
            continue
        if kinds == (GOAL,):
            extra = [
                other.text
                for other, c in pairs
                if c.label.role == GOAL_PART
                and other is not cell
                and not is_none(other.text)
                and CRITERION.match(plain(c.label.text))
                and not other.is_from_above
            ]
            draft.name = ", ".join(
                [name.rstrip(" .,;"), *(each.strip() for each in extra if each.strip().lower() not in name.lower())]
            )
        out.append(draft)
    return out


def sureness(table: Table, layout: Layout, topic: Topic | None, column: Column) -> float:
    if any(c.is_guessed for c in layout.columns):
        return GUESSED
    if topic and topic.kinds:
        return SURE if len(topic.kinds) == 1 or column.label.kinds else LIKELY
    return LIKELY if topic is None else GUESSED


def fill_row(
    table: Table,
    draft: Draft,
    pairs: list[tuple[Words, Column]],
    marked: bool | None,
    at: int | None = None,
    of: int = 1,
    name_cell: Words | None = None,
) -> None:
    for cell, column in pairs:
        if cell is name_cell or column.label.role == NAME:
            continue
        text = unfilled(cell.text)
        if at is not None:
            # Lists side by side: the second name has the second amount.
            parts = [part for part in text.split("\n") if part.strip()]
            if len(parts) == of:
                text = parts[at]
        fill(draft, column.label, text)
    if table.setting and not draft.setting:
        draft.setting = table.setting
    if table.mode and not any(table.mode in mode for mode in draft.modes):
        draft.modes.append(table.mode)


def add_to(table: Table, draft: Draft, layout: Layout, line: Line) -> None:
    for cell in line.filled:
        column = layout.of(cell)
        if column:
            fill(draft, column.label, cell.text)
    draft.quote = f"{draft.quote} | {line.quote}"


def is_rest_of(draft: Draft, line: Line) -> bool:
    """Whether a row is only the rest of the name above, which did not fit."""
    if len(line.own) != 1 or re.search(r"[.!?:;]\W*$", draft.name) or has_box(line.own[0].text):
        return False
    text = line.own[0].text.strip()
    is_of_one_case = text[:1].islower() or (text.isupper() and draft.name.isupper() and line.own[0].column > 0)
    return is_of_one_case and not topic_of(text) and not _OBJECTIVE.match(text)


def as_list(text: str) -> str:
    return "\n".join(part if re.match(r"\s*(?:[•●▪■☒☐–-]|\d)", part) else f"• {part}" for part in text.split("\n"))
