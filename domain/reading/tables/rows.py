"""A row below the heading of a table: the drafts that it makes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.frequency import frequencies
from domain.reading.block import Cell
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
from domain.reading.tables.table import Column, Layout, Line, Table

_SUM = re.compile(
    r"^\W*(?:total|totals|sum|subtotal|grand total|all services|minutes in (?:a|the) week|total (?:min|minutes|hours"
    r"|time)\b.{0,60})\W*$",
    re.IGNORECASE,
)
_OBJECTIVE = re.compile(r"^\W*(?:obj(?:ective)?|benchmark|baseline|short[- ]term|sto)\b", re.IGNORECASE)


@dataclass
class _Row:
    """A row below labels: its cells, what each column holds, and what stands above it."""

    table: Table
    line: Line
    layout: Layout
    topic: Topic | None
    pairs: list[tuple[Cell, Column]]
    # Whether it is ticked; None where there is nothing to tick.
    is_ticked: bool | None = None

    def drafts(self, above: Draft | None) -> list[Draft]:
        """A draft for each name in it; without a name, one more amount of the last."""
        if self._is_left_out() or (self.layout.is_amended and not self._is_of_new_plan()):
            return []
        self.is_ticked = is_chosen(self.pairs)
        if self.is_ticked is False:
            return []
        names = [(cell, column) for cell, column in self.pairs if column.label.role == NAME]
        given = [(cell, column) for cell, column in names if not is_none(cell.text) and not is_instruction(cell.text)]
        if not given:
            return self._more_of(above, [cell for cell, _ in names]) if above else []
        if not kinds_apart(given):
            given = [max(given, key=lambda one: one[1].label.strength)]
        return [
            draft
            for cell, column in given
            if not (cell.is_from_above and is_group(cell, self.line))
            for draft in self._named(cell, column, is_alone=len(given) == 1)
        ]

    def _is_left_out(self) -> bool:
        """Whether the row itself says that it is no promise: a sum, an example, what was not agreed on."""
        first = self.line.filled[0].text
        if _SUM.match(plain(first) or first) or is_example(first):
            return True
        for cell, column in self.pairs:
            role = column.label.role
            if role == STATUS and is_not_agreed(cell.text):
                return True
            if role == TYPE and (found := topic_of(cell.text)) and found.is_past:
                return True
            says_none = role == DETAIL and is_none(cell.text) and not is_empty(cell.text)
            if says_none and len([c for c, _ in self.pairs if not is_empty(c.text)]) <= 3:
                return True
        return False

    def _is_of_new_plan(self) -> bool:
        """Whether the new plan still promises it; where it says "as before", the words of the old one are read."""
        kept = [cell for cell, column in self.pairs if is_new(column.label.text) and column.label.role in (NAME, MIXED)]
        if all(is_none(cell.text) or GOES.match(cell.text) for cell in kept):
            return False
        if any(AS_BEFORE.match(cell.text) for cell in kept):
            if self.table.is_amendment:
                return False
            old = next((cell for cell, column in self.pairs if is_old(column.label.text)), None)
            self.pairs = [
                (old if old and AS_BEFORE.match(cell.text) and is_new(column.label.text) else cell, column)
                for cell, column in self.pairs
            ]
        return True

    def _more_of(self, above: Draft, names: Sequence[Cell]) -> list[Draft]:
        """A row without a name, and with an amount: another of the promise above."""
        says_none = any(is_none(cell.text) and not is_empty(cell.text) for cell in names)
        if says_none or not any(c.label.role == AMOUNT and re.search(r"\d", cell.text) for cell, c in self.pairs):
            return []
        draft = Draft(above.topic, above.name, self.line.source, self.line.quote, is_row=True, sureness=GUESSED)
        self._fill(draft)
        return [draft]

    def _named(self, cell: Cell, column: Column, *, is_alone: bool) -> list[Draft]:
        """The drafts of one cell with names."""
        kinds = kinds_of(column.label, self.topic, self.pairs)
        if not kinds or (kinds == (GOAL,) and (len(cell.text.split()) < 4 or re.fullmatch(r"[\d\s,;&and#.]*", cell.text))):
            return []
        above = self.topic or column.label.topic
        topic = Topic(kinds, above.said if above else "")
        if has_box(cell.text) and kinds != (GOAL,):
            names = self._ticked_names(cell)
            if names is None:
                return self.table.in_lines(cell.text, self.line.source, topic)
        else:
            names = names_in(cell.text, kinds, self.pairs, is_alone=is_alone)
        out: list[Draft] = []
        for at, name in enumerate(names):
            name = unfilled(name).strip()
            if (kinds == (GOAL,) and _OBJECTIVE.match(name)) or _SUM.match(name):
                continue
            if is_none(name) or (is_instruction(name) and len(self.line.own) == 1) or is_example(name):
                continue
            draft = Draft(
                topic,
                name,
                self.line.source,
                self.line.quote,
                is_row=not self.layout.is_amended,
                sureness=self._sureness(column),
            )
            self._fill(draft, at if len(names) > 1 else None, len(names), cell)
            if kinds == (SERVICE,) and self._is_only_printed(draft):
                continue
            if kinds == (GOAL,):
                draft.name = self._with_criteria(name, cell)
            out.append(draft)
        return out

    def _ticked_names(self, cell: Cell) -> list[str] | None:
        """The names whose boxes are ticked; None where the boxes answer a question."""
        own = list(boxes(cell.text))
        lead = before_boxes(cell.text)
        is_answered = any(is_answer(each.label) for each in own)
        ticked = [each.label for each in own if each.is_checked]
        if lead and all(len(each.label.split()) <= 3 for each in own) and not is_answered and own[0].start > len(lead):
            # "Occupational therapy ☐ direct ☒ consult".
            return [", ".join([lead.strip(" :"), *ticked])]
        return None if is_answered and (len(own) > 1 or len(self.line.own) == 1) else ticked

    def _is_only_printed(self, draft: Draft) -> bool:
        """A form prints the names of services; those nobody filled in are none."""
        is_bare = self.is_ticked is None and len(self.line.own) == 1 and not frequencies(draft.name)
        return is_bare and AMOUNT in self.layout.roles() and not says_more(draft)

    def _with_criteria(self, name: str, cell: Cell) -> str:
        """A goal with how well the child will do it, which stands in a column of its own."""
        criteria = [
            other.text.strip()
            for other, column in self.pairs
            if column.label.role == GOAL_PART
            and other is not cell
            and not is_none(other.text)
            and CRITERION.match(plain(column.label.text))
            and not other.is_from_above
        ]
        return ", ".join([name.rstrip(" .,;"), *(each for each in criteria if each.lower() not in name.lower())])

    def _sureness(self, column: Column) -> float:
        """How surely its place was understood."""
        if any(c.is_guessed for c in self.layout.columns):
            return GUESSED
        if self.topic and self.topic.kinds:
            return SURE if len(self.topic.kinds) == 1 or column.label.kinds else LIKELY
        return LIKELY if self.topic is None else GUESSED

    def _fill(self, draft: Draft, at: int | None = None, of: int = 1, name_cell: Cell | None = None) -> None:
        """Put the other cells into the draft; of lists side by side, to the second name the second of each."""
        for cell, column in self.pairs:
            if cell is name_cell or column.label.role == NAME:
                continue
            text = unfilled(cell.text)
            if at is not None:
                parts = [part for part in text.split("\n") if part.strip()]
                if len(parts) == of:
                    text = parts[at]
            fill(draft, column.label, text)
        draft.take_from_above(self.table.setting, self.table.mode)


def read_row(table: Table, line: Line, layout: Layout, topic: Topic | None, above: Draft | None) -> list[Draft]:
    """The drafts of a row; `above`: the last draft, whose name a row without one has."""
    if topic and topic.is_past:
        return []
    names_more = any(column.label.kinds == (ACCOMMODATION,) and column.label.strength >= 8 for column in layout.columns)
    if topic and not topic.kinds and not layout.is_amended and not names_more:
        return []
    if layout.is_lists:
        return [draft for cell in line.own for draft in table.in_lines(as_list(cell.text), line.source, topic)]
    pairs = [(cell, column) for cell in line.cells if (column := layout.of(cell))]
    return _Row(table, line, layout, topic, pairs).drafts(above)


def add_to(draft: Draft, layout: Layout, line: Line) -> None:
    """More fields of the promise above, below a heading of their own."""
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
    """Each line of a cell as an item of a list."""
    return "\n".join(part if re.match(r"\s*(?:[•●▪■☒☐–-]|\d)", part) else f"• {part}" for part in text.split("\n"))
