"""Tables whose labels stand at the left, or in pairs with their values; and those in which each row is a section."""

import re
from collections.abc import Sequence

from domain.dates import written_dates
from domain.reading.block import Cell, Source
from domain.reading.form.heading import topic_of
from domain.reading.form.home_made import is_of_child, meant
from domain.reading.form.label import (
    AMOUNT,
    DATES,
    END,
    GOAL_PART,
    IGNORED,
    MODE,
    NAME,
    NO,
    PROVIDER,
    SETTING,
    START,
    SUBJECT,
    TYPE,
    YES,
    Label,
    is_all_label,
    label_of,
)
from domain.reading.form.marks import is_mark, yes_or_no
from domain.reading.form.topic import GOAL, Topic
from domain.reading.tables.headings import is_heading, is_value
from domain.reading.tables.parted import INNER
from domain.reading.tables.record import Field
from domain.reading.tables.table import Line


def is_about_child(line: Line) -> bool:
    """Whether a row tells of the child or of the plan's dates: "Pupil | ... | Birth date | ..."."""
    filled = line.filled
    inner = [INNER.match(cell.text) for cell in filled]
    if len(filled) > 1 and inner[0] and is_of_child(inner[0].group(1)) and all(inner):
        return True
    return (
        len(filled) > 1
        and not line.is_heading
        and (len(filled) % 2 == 0 or written_dates(filled[1].text) != [])
        and is_of_child(filled[0].text)
        and all(is_of_child(cell.text) or not label_of(cell.text) or not is_all_label(cell.text) for cell in filled[2::2])
        and not (label_of(filled[1].text) and is_all_label(filled[1].text))
    )


def asked_and_described(lines: Sequence[Line]) -> str:
    """A question with its boxes, and below it what is described: as lines; "" when it is no such table."""
    if len(lines) < 2 or any(len(line.filled) > 2 for line in lines) or len(lines[0].filled) != 2:
        return ""
    first, second = lines[0].filled
    if not (first.text.rstrip().endswith("?") or topic_of(first.text)) or yes_or_no(f"? {second.text}")[0] is None:
        return ""
    if not all(
        re.match(r"\W*(?:if yes|please|describe|specify|explain|type|details?)\b", line.filled[0].text, re.IGNORECASE)
        for line in lines[1:]
    ):
        return ""
    rest = [": ".join(cell.text.rstrip(" :") for cell in line.filled) for line in lines[1:]]
    return "\n".join([f"{first.text} {second.text}", *rest])


def sections_at_left(lines: Sequence[Line]) -> list[tuple[Source, Topic, str, str]] | None:
    """The rows of a table in which each is a section of the plan; None when it is no such table.

    Its labels are those that a school made up, or the headings of a form; one label says what follows is no promise.
    """
    if len(lines) < 2 or any(not 1 <= len(line.filled) <= 2 or line.filled[0].column for line in lines):
        return None
    pairs = [line for line in lines if len(line.filled) == 2]
    if len(pairs) < 2 or len(pairs) < 0.7 * len(lines):
        return None
    topics = [meant(line.filled[0].text) if len(line.filled[0].text) < 120 else None for line in lines]
    labels = [label_of(line.filled[0].text) for line in lines]
    fields = sum(
        bool(label and label.role in (AMOUNT, SETTING, PROVIDER, START, END, DATES, MODE) and is_all_label(line.filled[0].text))
        for label, line in zip(labels, lines, strict=True)
    )
    known = [topic for topic in topics if topic]
    promised = {topic for topic in known if topic.kinds}
    if fields > 1 or len(promised) < 2 or len(known) < 0.6 * len(lines):
        return None
    if any(is_mark(line.filled[1].text) for line in pairs):
        return None
    out: list[tuple[Source, Topic, str, str]] = []
    for line, topic in zip(lines, topics, strict=True):
        name = line.filled[0].text
        text = line.filled[1].text if len(line.filled) == 2 else ""
        out.append((line.source, topic or Topic(()), name, text))
    return out


def labels_at_left(lines: Sequence[Line]) -> list[list[Field]] | None:
    """The records of a table whose labels stand at the left, or in pairs with their values; None when it is no such table."""
    if len(lines) > 1 and is_heading(lines[0], first=True) and not _are_labels(lines):
        return None
    one_label = _are_labels(lines)
    paired = [_pairs(line, one_label=one_label) for line in lines]
    known = sum(pair is not None for pair in paired)
    if known < max(2, 0.7 * len(lines)) and not (len(lines) == 1 and known == 1 and len(lines[0].filled) >= 4):
        return None
    roles = [label.role for pair in paired if pair for label, _ in pair[0]]
    useful = {role for role in roles if role in (NAME, AMOUNT, SETTING, PROVIDER, START, END, DATES, MODE, GOAL_PART, TYPE)}
    goals = [label for pair in paired if pair for label, _ in pair[0] if label.role == NAME and label.kinds == (GOAL,)]
    if goals and known > 1:
        useful |= {NAME, GOAL_PART}
    if len(useful) < 2 or (NAME not in useful and TYPE not in useful and not ({GOAL_PART} & useful)):
        return None
    records: list[list[Field]] = []
    columns = max((len(pair[0][0][1]) for pair in paired if pair and len(pair[0]) == 1), default=1)
    if columns > 1 and all(len(pair[0]) == 1 for pair in paired if pair):
        for at in range(columns):
            record = [
                (pair[0][0][0], pair[0][0][1][at], line.source, line.quote)
                for pair, line in zip(paired, lines, strict=True)
                if pair and at < len(pair[0][0][1])
            ]
            records.append(record)
        return records
    current: list[Field] = []
    seen: set[str] = set()
    for pair, line in zip(paired, lines, strict=True):
        if pair is None:
            continue
        for label, values in pair[0]:
            is_new_record = (label.role == NAME and NAME in seen and label.strength >= 5) or (
                label.text.lower() in seen and label.role != IGNORED
            )
            if is_new_record and current:
                records.append(current)
                current, seen = [], set()
            seen |= {label.role, label.text.lower()}
            current.append((label, " ; ".join(values), line.source, line.quote))
    if current:
        records.append(current)
    return records


def _are_labels(lines: Sequence[Line]) -> bool:
    """Whether the first column holds nothing but labels of fields, each another."""
    roles = [
        label.role if (label := label_of(line.filled[0].text)) and is_all_label(line.filled[0].text) else None for line in lines
    ]
    texts = {line.filled[0].text.lower() for line in lines}
    return (
        len(lines) > 2
        and len(texts) == len(lines)
        and None not in roles
        and len({role for role in roles if role in (NAME, AMOUNT, SETTING, PROVIDER, START, END, DATES, MODE)}) > 1
        and all(line.filled[0].column == 0 for line in lines)
    )


def _pairs(line: Line, *, one_label: bool = False) -> tuple[list[tuple[Label, list[str]]], int] | None:
    """A row as labels with what stands beside each."""
    cells = [cell for cell in line.cells if cell.text.strip()]
    if not cells:
        return None
    first = label_of(cells[0].text)
    if (
        first
        and first.role in (SUBJECT, GOAL_PART, YES, NO)
        and not cells[0].text.rstrip().endswith(":")
        and not (first.role == GOAL_PART and is_all_label(cells[0].text))
    ):
        return None
    if first and first.role == NAME and not is_all_label(cells[0].text) and not cells[0].text.rstrip().endswith(":"):
        return None
    if not first or (is_value(cells[0].text) and not cells[0].text.rstrip().endswith(":")) or len(cells[0].text) > 90:
        return None
    out: list[tuple[Label, list[str]]] = []
    at = 0
    every = line.cells
    while at < len(every):
        cell = every[at]
        label = label_of(cell.text) if cell.text.strip() else None
        is_label = label is not None and (
            at == 0
            or cell.text.rstrip().endswith(":")
            or (cell.is_bold and not is_value(cell.text))
            or (len(every) % 2 == 0 and at % 2 == 0 and not is_value(cell.text))
        )
        if is_label and label:
            values: list[str] = []
            at += 1
            while at < len(every):
                other = every[at]
                other_label = label_of(other.text) if other.text.strip() else None
                if (
                    not one_label
                    and values
                    and other_label
                    and (
                        other.text.rstrip().endswith(":")
                        or other.is_bold
                        or (
                            len(every) % 2 == 0
                            and at % 2 == 0
                            and not is_value(other.text)
                            and len(every) > 2
                            and label_of(every[0].text) is not None
                            and _even_labels(every)
                        )
                    )
                ):
                    break
                values.append(other.text)
                at += 1
            out.append((label, values))
        else:
            at += 1
    return (out, len(cells)) if out else None


def _even_labels(cells: Sequence[Cell]) -> bool:
    """Whether every second cell is a label."""
    return all(not cell.text.strip() or (label_of(cell.text) is not None and not is_value(cell.text)) for cell in cells[::2])
