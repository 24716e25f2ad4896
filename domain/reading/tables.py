"""Tables: which column holds what, and a draft of a promise for each row that is filled in.

A heading says it; where there is none, what the column holds. Labels may stand above, at the left, or within each cell.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from domain.dates import written_dates
from domain.frequency import frequencies
from domain.reading.block import Row, Source
from domain.reading.labels import (
    ACCOMMODATION,
    AMOUNT,
    AREA,
    DATES,
    DETAIL,
    END,
    GOAL,
    GOAL_PART,
    IGNORED,
    MIXED,
    MODE,
    MODIFICATION,
    NAME,
    NO,
    PROVIDER,
    SERVICE,
    SETTING,
    START,
    STATUS,
    SUBJECT,
    SUPPORT,
    TYPE,
    YES,
    Label,
    Topic,
    is_all_heading,
    is_all_label,
    is_category,
    is_new,
    is_not_agreed,
    is_old,
    label_of,
    plain,
    topic_of,
)
from domain.reading.labels import (
    setting_of as _setting_of,
)
from domain.reading.marks import (
    before_boxes,
    boxes,
    has_box,
    is_answer,
    is_empty,
    is_example,
    is_instruction,
    is_mark,
    is_no_mark,
    is_none,
    yes_or_no,
)
from domain.reading.passages import unfilled
from domain.reading.plain_words import is_of_child, meant
from domain.reading.promise import MODE as WAY
from domain.reading.promise import Draft, fill_phrase_setting, own_kind
from domain.vocabulary import all_roles, all_settings

_SUM = re.compile(
    r"^\W*(?:total|totals|sum|subtotal|grand total|all services|minutes in (?:a|the) week|total (?:min|minutes|hours"
    r"|time)\b.{0,60})\W*$",
    re.IGNORECASE,
)
_INNER = re.compile(r"^\s*([A-Z(#][^:\n]{1,70}?)\s*(?::|\n)\s*(\S[\s\S]*)$")
_CRITERION = re.compile(
    r"^(?:criteri|measurable criteri|(?:level of )?(?:mastery|proficiency|accuracy|attainment)|target|to what|how well"
    r"|extent|degree|measure of success)",
    re.IGNORECASE,
)
SURE, LIKELY, HOME_MADE, GUESSED = 0.93, 0.82, 0.75, 0.6


@dataclass
class Words:
    """A cell with its place: column, width, whether it stands above and only goes on here."""

    text: str
    column: int
    columns: int = 1
    is_from_above: bool = False
    rows: int = 1
    is_bold: bool = False


@dataclass
class Line:
    """A row of cells that are not all empty."""

    cells: list[Words]
    source: Source
    is_heading: bool = False

    @property
    def filled(self) -> list[Words]:
        return [cell for cell in self.cells if not is_empty(cell.text)]

    @property
    def own(self) -> list[Words]:
        return [cell for cell in self.filled if not cell.is_from_above]

    @property
    def quote(self) -> str:
        return " | ".join(" ".join(cell.text.split()) for cell in self.cells if cell.text.strip() and not cell.is_from_above)


@dataclass
class Column:
    """What the cells from `first` to `last` hold."""

    first: int
    last: int
    label: Label
    is_guessed: bool = False


@dataclass
class Layout:
    """The columns of a table, remembered: a table may go on after other lines, without its heading."""

    columns: list[Column] = field(default_factory=list)
    width: int = 0
    is_amended: bool = False
    # Every cell holds promises of its own ("In class | On tests").
    is_lists: bool = False

    def of(self, cell: Words) -> Column | None:
        end = cell.column + cell.columns - 1
        best, most = None, 0
        for column in self.columns:
            common = min(end, column.last) - max(cell.column, column.first) + 1
            if common > most:
                best, most = column, common
        return best

    def roles(self) -> set[str]:
        return {column.label.role for column in self.columns}


@dataclass(frozen=True)
class _Head:
    """A cell of a heading, with what stands above it; `lowest`: its own words."""

    first: int
    last: int
    text: str
    lowest: str


@dataclass
class Table:
    """What is read of one table. `in_lines`: cells that are prose go back to be read as lines."""

    rows: Sequence[Row]
    topic: Topic | None
    layout: Layout | None
    in_lines: Callable[[str, Source, Topic | None], list[Draft]]
    is_amendment: bool = False
    setting: str = ""
    mode: str = ""
    drafts: list[Draft] = field(default_factory=list)
    left_at: Topic | None = None
    layout_left: Layout | None = None

    def read(self) -> list[Draft]:
        lines = [line for line in map(_line, self.rows) if line.filled]
        self.left_at = self.topic
        if not lines:
            return self.drafts
        if (
            len(lines) > 1
            and len(lines[0].filled) > 1
            and all(cell.is_bold for cell in lines[0].filled)
            and not any(cell.is_bold for line in lines[1:] for cell in line.filled if len(line.own) > 1)
        ):
            lines[0].is_heading = True
        lines = [line for line in _ungapped(lines) if not _is_about_child(line)]
        lines = _unfolded(lines)
        if asked := _asked_and_described(lines):
            return self.in_lines(asked, lines[0].source, self.topic)
        if sections := _sections_at_left(lines):
            for source, topic, name, text in sections:
                self._section(source, topic, name, text)
            return self.drafts
        if not lines:
            return self.drafts
        later = next(
            (at for at, line in enumerate(lines) if at and len(line.filled) > 2 and _is_heading(line, first=True)), len(lines)
        )
        if 1 < later < len(lines) and (at_left := _labels_at_left(lines[:later])):
            # Labels at the left, and below them a table with its heading.
            self._records(at_left)
            lines = lines[later - (_single(lines[later - 1]) is not None) :]
        elif at_left := _labels_at_left(lines):
            self._records(at_left)
            return self.drafts
        self._by_columns(lines)
        return self.drafts

    # --- Labels at the left, or in pairs ------------------------------------------------------------------------------

    def _records(self, records: list[list[tuple[Label, str, Source, str]]]) -> None:
        for record in records:
            draft = record_draft(record, self.topic, self.setting, self.mode)
            if draft:
                if isinstance(draft, Topic):
                    continue
                self.drafts.append(draft)

    def _section(self, source: Source, topic: Topic, name: str, text: str) -> None:
        """A row that is a section of its own: what it is about at the left, what is promised at the right."""
        if not topic.kinds or is_none(text) or is_empty(text):
            return
        if topic.said == "transportation" and not re.search(r"transport|\bbus\b|\bvan\b", text, re.IGNORECASE):
            text = f"{name.rstrip(' :?')}: {text}"
        found = self.in_lines(_as_list(text) if set(topic.kinds) & {ACCOMMODATION, MODIFICATION} else text, source, topic)
        if topic_of(name) is None or not is_all_heading(name):
            # Told by the words of a label that no form has.
            for draft in found:
                draft.sureness = min(draft.sureness, HOME_MADE)
        self.drafts += found

    # --- Labels above -------------------------------------------------------------------------------------------------

    def _by_columns(self, lines: list[Line]) -> None:
        topic = self.topic
        inherited: Draft | None = None
        layout = self.layout
        index = 0
        seen_heading = False
        open_record: Draft | None = None
        guessed_at: int | None = None
        below_heading = False
        while index < len(lines):
            line = lines[index]
            heading = self._heading_rows(lines, index, first=not seen_heading and not (self.layout and self.layout.columns))
            if heading and not (layout and layout.is_amended and not line.is_heading):
                new_layout, index = heading
                is_rest = (
                    open_record is not None
                    and NAME not in new_layout.roles()
                    and bool(new_layout.roles() & {AMOUNT, SETTING, PROVIDER, START, END, DATES, MODE})
                )
                layout = new_layout
                seen_heading = True
                if (
                    (about := topic_of(line.filled[0].text))
                    and about.is_past
                    and not any(
                        is_new(cell.text) or (label_of(cell.text) or Label("", "")).role == NAME for cell in line.filled
                    )
                ):
                    # "Not accepted | Reason"
                    topic = about
                if is_rest and open_record and index < len(lines):
                    self._add_to(open_record, layout, lines[index])
                    index += 1
                elif not is_rest:
                    open_record = None
                continue
            is_boxed = len(line.own) > 1 and all(has_box(cell.text) and not is_mark(cell.text) for cell in line.own)
            if is_boxed and (below_heading or not (layout and NAME in layout.roles())):
                # A list of boxes in columns.
                for cell in line.own:
                    self.drafts += self.in_lines(cell.text, line.source, topic)
                index += 1
                continue
            single = _single(line)
            if single is not None:
                found = topic_of(single)
                if (
                    found
                    and (
                        is_all_heading(single)
                        or (
                            len(single.split()) <= 9
                            and (
                                line.cells[0].columns > 1
                                or len(line.cells) == 1
                                or line.own[0].is_bold
                                or single.rstrip().endswith(":")
                            )
                        )
                    )
                    and not re.search(r"\bwill\b", single)
                ):
                    topic = found
                    self.left_at = topic
                    below_heading = True
                    self._take_heading(single, found)
                    index += 1
                    inherited = None
                    continue
                if self._spans(line) and (
                    not layout or not layout.columns or line.cells[0].columns > 1 or len(line.cells) == 1
                ):
                    # A row that is one cell: a sentence, a list, an area of goals.
                    self.drafts += self.in_lines(line.filled[0].text, line.source, topic)
                    index += 1
                    continue
            if layout is None or not layout.columns:
                if guessed_at is None:
                    layout = self._guessed(lines[index:], topic)
                    guessed_at = index
                if layout is None or not layout.columns:
                    if len(line.own) == 2 and _is_label_of_line(line.own[0].text):
                        text = f"{line.own[0].text.rstrip(' :')}: {line.own[1].text}"
                        self.drafts += self.in_lines(text, line.source, topic)
                        index += 1
                        layout = None
                        continue
                    for cell in line.own:
                        self.drafts += self.in_lines(cell.text, line.source, topic)
                    index += 1
                    layout = None
                    continue
            below_heading = False
            if inherited and self.drafts and inherited is self.drafts[-1] and _is_rest_of(inherited, line):
                inherited.name = f"{inherited.name} {' '.join(line.own[0].text.split())}"
                inherited.quote = f"{inherited.quote} {' '.join(line.own[0].text.split())}"
                index += 1
                continue
            made = self._row(line, layout, topic, inherited)
            self.drafts += made
            inherited = made[-1] if made else inherited
            open_record = made[-1] if len(made) == 1 else None
            index += 1
        self.layout_left = layout

    def _take_heading(self, text: str, topic: Topic) -> None:
        """What a row that is a heading says of the services below it."""
        self.setting, self.mode = said_of_all(text) if SERVICE in topic.kinds else ("", "")

    @staticmethod
    def _spans(line: Line) -> bool:
        return len(line.own) == 1

    def _heading_rows(self, lines: list[Line], index: int, *, first: bool) -> tuple[Layout, int] | None:
        """The layout that headings from here on give, and the row after them."""
        line = lines[index]
        if not _is_heading(line, first=first):
            return None
        heads = [_Head(cell.column, cell.column + cell.columns - 1, cell.text, cell.text) for cell in line.cells]
        following = index + 1
        while following < len(lines) and following <= index + 3 and _goes_on(lines[following], heads):
            heads = _below(heads, lines[following].cells)
            following += 1
        out: list[Column] = []
        for head in heads:
            text = unfilled(head.text)
            label = label_of(text) or _long_label(text) or label_of(head.lowest)
            label = label or Label(IGNORED if text.strip() else SUBJECT, text.strip(), strength=-1)
            out.append(Column(head.first, head.last, label))
        _by_content(out, lines[following:])
        if self._are_lists(out, lines[following:]):
            return Layout(out, max(column.last for column in out) + 1, is_lists=True), following
        layout = Layout(_settled(out, self.topic, lines[following:]), max(column.last for column in out) + 1)
        if self.is_amendment or any(is_old(c.label.text) for c in out):
            layout = _amended(layout, self.topic)
        return layout, following

    def _are_lists(self, columns: Sequence[Column], lines: Sequence[Line]) -> bool:
        """Whether the columns are places or kinds of work, and the cells below what is promised for each."""
        if not self.topic or not self.topic.kinds or set(self.topic.kinds) & {SERVICE, GOAL} or len(columns) < 2:
            return False
        if any(
            column.label.role not in (SUBJECT, SETTING, IGNORED, AREA, GOAL_PART) or column.label.topic for column in columns
        ):
            return False
        cells = [cell for line in lines[:30] for cell in line.filled]
        if any(is_mark(cell.text) or written_dates(cell.text) for cell in cells):
            return False
        places = [
            cell
            for cell in cells
            if _is_all(cell.text, [(start, end) for _, start, end in all_settings(cell.text)]) or is_all_label(cell.text)
        ]
        return bool(cells) and len(places) < 0.4 * len(cells)

    def _guessed(self, lines: Sequence[Line], topic: Topic | None) -> Layout | None:
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

    def _add_to(self, draft: Draft, layout: Layout, line: Line) -> None:
        for cell in line.filled:
            column = layout.of(cell)
            if column:
                fill(draft, column.label, cell.text)
        draft.quote = f"{draft.quote} | {line.quote}"

    def _row(self, line: Line, layout: Layout, topic: Topic | None, inherited: Draft | None) -> list[Draft]:
        if topic and topic.is_past:
            return []
        names_more = any(column.label.kinds == (ACCOMMODATION,) and column.label.strength >= 8 for column in layout.columns)
        if topic and not topic.kinds and not layout.is_amended and not names_more:
            return []
        if layout.is_lists:
            return [draft for cell in line.own for draft in self.in_lines(_as_list(cell.text), line.source, topic)]
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
            kept = [
                (cell, column) for cell, column in pairs if is_new(column.label.text) and column.label.role in (NAME, MIXED)
            ]
            if not kept or all(is_none(cell.text) or _GOES.match(cell.text) for cell, _ in kept):
                return []
            if any(_AS_BEFORE.match(cell.text) for cell, _ in kept):
                if self.is_amendment:
                    return []
                pairs = [
                    (old if old and _AS_BEFORE.match(cell.text) and is_new(column.label.text) else cell, column)
                    for cell, column in pairs
                    for old in [next((each for each, c in pairs if is_old(c.label.text)), None)]
                ]
        names = [(cell, column) for cell, column in pairs if column.label.role == NAME]
        marked = _is_chosen(pairs)
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
                self._fill(draft, pairs, marked)
                return [draft]
            return []
        apart = _kinds_apart(given, topic)
        if not apart:
            given = [max(given, key=lambda one: one[1].label.strength)]
        for cell, column in given:
            if cell.is_from_above and _is_group(cell, column, line):
                continue
            drafts += self._named(cell, column, line, pairs, topic, marked, layout, is_alone=len(given) == 1)
        return drafts

    def _named(
        self,
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
        kinds = _kinds(column.label, topic, pairs)
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
                return self.in_lines(cell.text, line.source, own_topic)
            else:
                names = [each.label for each in own if each.is_checked]
        else:
            names = _items(cell.text, kinds, pairs, is_alone=is_alone)
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
                sureness=self._sureness(layout, topic, column),
            )
            self._fill(draft, pairs, marked, at if len(names) > 1 else None, len(names), cell)
            if (
                is_service
                and AMOUNT in layout.roles()
                and not _says_more(draft)
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
                    and _CRITERION.match(plain(c.label.text))
                    and not other.is_from_above
                ]
                draft.name = ", ".join(
                    [name.rstrip(" .,;"), *(each.strip() for each in extra if each.strip().lower() not in name.lower())]
                )
            out.append(draft)
        return out

    def _sureness(self, layout: Layout, topic: Topic | None, column: Column) -> float:
        if any(c.is_guessed for c in layout.columns):
            return GUESSED
        if topic and topic.kinds:
            return SURE if len(topic.kinds) == 1 or column.label.kinds else LIKELY
        return LIKELY if topic is None else GUESSED

    def _fill(
        self,
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
        if self.setting and not draft.setting:
            draft.setting = self.setting
        if self.mode and not any(self.mode in mode for mode in draft.modes):
            draft.modes.append(self.mode)


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
        setting = fill_phrase_setting(text)
    if found := re.search(r"\b(indirect|direct)\b", text, re.IGNORECASE) or re.search(
        r"\b(consult(?:ation)?)\b", text, re.IGNORECASE
    ):
        mode = found.group(1).lower()
    return setting, mode


def fill(draft: Draft, label: Label, text: str) -> None:
    """Put a cell into the draft, by what its label says."""
    role = label.role
    if is_empty(text):
        return
    if role == AMOUNT:
        if written_dates(text) and not frequencies(text):
            _dated(draft, text)
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
            _dated(draft, text)
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


def _dated(draft: Draft, text: str) -> None:
    draft.dates = draft.dates or text


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


def _says_more(draft: Draft) -> bool:
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


# --- Rows -------------------------------------------------------------------------------------------------------------


def _line(row: Row) -> Line:
    cells = [
        Words(cell.text.strip(), cell.column, cell.columns, cell.is_from_above, cell.rows, cell.is_bold) for cell in row.cells
    ]
    return Line(cells, row.source, row.is_heading)


def _single(line: Line) -> str | None:
    """The text of a row that says but one thing, at its beginning."""
    filled = line.own
    if len(filled) != 1 or (len(line.filled) > 1 and not line.filled[0].is_from_above):
        return None
    return filled[0].text


def _is_heading(line: Line, *, first: bool) -> bool:
    filled = line.filled
    if len(filled) < 2:
        return False
    labels = [label_of(unfilled(cell.text)) or _long_label(cell.text) for cell in filled]
    known = [label for label in labels if label]
    if any(
        (written_dates(cell.text) and not (is_old(cell.text) or is_new(cell.text)))
        or (is_mark(cell.text) and len(cell.text) < 3)
        for cell in filled
    ):
        return False
    if any(has_box(cell.text) or re.fullmatch(r"\W*\d+\W*", cell.text) for cell in filled):
        return False
    if sum(cell.text.rstrip().endswith(":") for cell in filled) >= max(1, len(filled) - 1) and not line.is_heading:
        return False
    # "Special education teacher", "general education setting" are what a column holds.
    values = sum(_is_value(cell.text) for cell in filled)
    strong = [label for label in known if label.role not in (SUBJECT, GOAL_PART, AREA, DETAIL)]
    if len(known) == len(filled) > 2 and first:
        strong = known
    if (
        first
        and len(known) == len(filled)
        and not line.cells[0].text.strip()
        and all(label.mode or label.setting for label in known)
    ):
        # "      | Direct | Indirect": the names stand below the empty corner.
        strong = known
    if line.is_heading:
        return bool(known) and values <= len(filled) / 2 and (len(known) >= len(filled) / 2 or first)
    if values:
        return False
    numbers = sum(bool(frequencies(cell.text)) and not label for cell, label in zip(filled, labels, strict=True))
    if numbers:
        return False
    if first:
        return len(known) >= 0.6 * len(filled) and bool(strong) and all(len(cell.text) < 160 for cell in filled)
    worded = sum(is_all_label(cell.text) or is_all_heading(cell.text) or cell.text.isupper() for cell in filled)
    if not all(cell.is_bold for cell in filled) and 2 * worded < len(filled):
        return False
    is_apart = len({label.role for label in strong}) >= min(2, len(filled)) or all(cell.is_bold for cell in filled)
    return len(known) == len(filled) and is_apart and all(len(cell.text) < 90 for cell in filled)


def _is_value(text: str) -> bool:
    said = text.strip()
    lower = said.lower()
    if (
        lower in ("teacher", "provider", "staff", "home", "classroom", "class", "school", "community", "other")
        or label_of(said) is None
    ):
        return False
    label = label_of(said)
    if (
        label
        and label.role in (PROVIDER, SETTING)
        and lower in ("location", "setting", "place", "where", "position", "title", "personnel")
    ):
        return False
    for found in (all_roles(said), all_settings(said)):
        if found and found[0][1] == 0 and found[-1][2] >= len(said.rstrip(".")) and label and label.role in (PROVIDER, SETTING):
            return True
    return False


def _below(heads: Sequence[_Head], cells: Sequence[Words]) -> list[_Head]:
    """The heads of a second row, each with the one above that spans it."""
    merged: list[_Head] = []
    for cell in cells:
        above = next((head for head in heads if head.first <= cell.column <= head.last), None)
        said = above.text if above else ""
        if above is None or cell.is_from_above or is_empty(said) or cell.text == said:
            said = cell.text
        elif not is_empty(cell.text):
            said = f"{said} {cell.text}" if above.last > above.first else f"{said} ({cell.text})"
        merged.append(_Head(cell.column, cell.column + cell.columns - 1, said, cell.text))
    covered = {column for head in merged for column in range(head.first, head.last + 1)}
    merged += [head for head in heads if not covered & set(range(head.first, head.last + 1))]
    return sorted(merged, key=lambda head: head.first)


def _goes_on(line: Line, heads: Sequence[_Head]) -> bool:
    """Whether a row is the second of a heading: labels below a cell that spans them."""
    spanning = [head for head in heads if head.last > head.first]
    if (
        line.is_heading
        and len(line.filled) > 1
        and all(not _is_value(cell.text) and not written_dates(cell.text) for cell in line.own)
    ):
        return True
    if (
        any(cell.is_from_above for cell in line.filled)
        and line.own
        and all(label_of(cell.text) or len(cell.text) < 25 for cell in line.own)
        and spanning
    ):
        return not any(written_dates(cell.text) or is_mark(cell.text) or re.search(r"\d", cell.text) for cell in line.own)
    below = [cell for cell in line.filled if any(head.first <= cell.column <= head.last for head in spanning)]
    if not spanning or len(below) < 2:
        return False
    return all(
        label_of(cell.text) and not written_dates(cell.text) and not is_mark(cell.text) and not _is_value(cell.text)
        for cell in line.filled
    )


def _long_label(text: str) -> Label | None:
    """A heading that explains itself: "ANNUAL GOALS What the student will be expected to achieve"."""
    first = text.strip().split("\n")[0]
    if len(first) < len(text.strip()) and (label := label_of(first)):
        return label
    capitals = re.match(r"^((?:[A-Z][A-Z/&()'’-]+[\s,]+){0,8}[A-Z][A-Z/&()'’-]+S?)\s+(?=[A-Z][a-z]|\()", text.strip())
    if capitals and (label := label_of(capitals.group(1))):
        return label
    before = re.split(r"[.:?(]\s", text.strip(), maxsplit=1)[0]
    return label_of(before) if len(before) < len(text.strip()) else None


def _by_content(columns: list[Column], lines: Sequence[Line]) -> None:
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
                    label, role=AMOUNT, setting=_setting_of(label.text) or ("" if label.mode else plain(label.text))
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
            column.label = replace(column.label, role=AMOUNT, setting=_setting_of(column.label.text))


def _settled(columns: list[Column], topic: Topic | None, lines: Sequence[Line] = ()) -> list[Column]:
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
                found = [column for column in found if not _CRITERION.match(plain(column.label.text))]
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


# Of what is in the column for the new plan: nothing is promised any more; or what was.
_GOES = re.compile(
    r"^\W*(?:discontinu\w*|end(?:ed|s|ing)?|stop(?:ped|s)?|dropped|removed|deleted|dismissed|exit(?:ed)?"
    r"|no longer\b.*|(?:goal )?(?:was )?"
    r"(?:met|mastered|achieved)\b.*|not (?:continued|offered|needed|provided)\b.*|no (?:new )?(?:goal|service|longer)\b.*"
    r"|take[ns]? (?:out|away)|closed|completed)\W*$",
    re.IGNORECASE,
)
_AS_BEFORE = re.compile(
    r"^\W*(?:same|no change|unchanged|continue[sd]?|continuing|as before|stays|keep|kept|as is|same as (?:before"
    r"|last year))\W*$",
    re.IGNORECASE,
)


def _sorts_kinds(column: Column, lines: Sequence[Line]) -> bool:
    """Whether a column says of each row which kind of promise it is."""
    texts = [cell.text for line in lines[:40] for cell in line.filled if cell.column == column.first]
    return bool(texts) and sum(topic_of(text) is not None and is_all_heading(text) for text in texts) > 0.6 * len(texts)


def _amended(layout: Layout, topic: Topic | None) -> Layout:
    """Of the columns for the old and the new wording, the new one is read."""
    olds = [
        column
        for column in layout.columns
        if is_old(column.label.text) and not re.search(r"\bdate", column.label.text, re.IGNORECASE)
    ]
    news = [
        column
        for column in layout.columns
        if is_new(column.label.text) and column not in olds and column.label.role not in (START, END, DATES)
    ]
    if not olds or not news:
        return layout
    named = [column for column in layout.columns if column.label.role == NAME and column not in olds and column not in news]
    for column in olds:
        column.label = Label(IGNORED, column.label.text)
    if (
        named
        and SERVICE in (named[0].label.kinds or (topic.kinds if topic else ()))
        and not any(topic_of(column.label.text) for column in news)
    ):
        # "Service | Last year | This year": how much, where and by whom stand in one cell.
        for column in news:
            column.label = Label(MIXED, column.label.text)
        layout.is_amended = True
        return layout
    for column in layout.columns:
        if column in news:
            topic = topic_of(column.label.text)
            column.label = Label(NAME, column.label.text, kinds=topic.kinds if topic else (), strength=20)
        elif column.label.role == NAME:
            column.label = replace(column.label, role=TYPE)
    layout.is_amended = True
    return layout


def _role_by_content(texts: Sequence[str]) -> str:
    count = len(texts)
    if sum(bool(written_dates(text)) for text in texts) > 0.6 * count:
        return DATES if sum(len(written_dates(text)) > 1 for text in texts) > 0.5 * count else START
    if (
        sum(bool(frequencies(text)) for text in texts) > 0.5 * count
        and sum(len(text.split()) < 12 for text in texts) > 0.6 * count
    ):
        return AMOUNT
    if sum(_is_all(text, [(start, end) for _, start, end in all_roles(text)]) for text in texts) > 0.5 * count:
        return PROVIDER
    if sum(_is_all(text, [(start, end) for _, start, end in all_settings(text)]) for text in texts) > 0.5 * count:
        return SETTING
    if all(re.fullmatch(r"[#\d.,\s]*", text) for text in texts):
        return IGNORED
    return NAME


def _is_all(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    return bool(spans) and sum(end - start for start, end in spans) >= 0.75 * len(text.strip())


def _kinds_apart(given: Sequence[tuple[Words, Column]], topic: Topic | None) -> bool:
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


def _kinds(label: Label, topic: Topic | None, pairs: Sequence[tuple[Words, Column]]) -> tuple[str, ...]:
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


def _is_group(cell: Words, column: Column, line: Line) -> bool:
    """Whether a merged cell names the rows beside it, and is no promise itself."""
    return (
        len([other for other in line.own if not is_empty(other.text)]) > 1
        and bool(topic_of(cell.text))
        and is_all_heading(cell.text)
    )


def _items(text: str, kinds: tuple[str, ...], pairs: Sequence[tuple[Words, Column]], *, is_alone: bool) -> list[str]:
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


def _is_chosen(pairs: Sequence[tuple[Words, Column]]) -> bool | None:
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


_UNENDED = re.compile(
    r"(?:[,;:(/–—-]|\b(?:the|a|an|of|in|on|at|by|to|for|from|with|and|or|per|each|every|is|are|will|his|her|their))$",
    re.IGNORECASE,
)
_GAP = re.compile(r" {3,}")


def _ungapped(lines: list[Line]) -> list[Line]:
    """Columns that were taken for one, since no line parts them: their cells, headings too, hold wide gaps."""
    most: dict[int, int] = {}
    for line in lines:
        for cell in line.filled:
            if cell.columns == 1 and "\n" not in cell.text:
                most[cell.column] = max(most.get(cell.column, 1), len(_GAP.split(cell.text.strip())))
    gapped = [line for line in lines if len(line.own) > 1 and any(_GAP.search(cell.text.strip()) for cell in line.own)]
    for column in list(most):
        split = [_GAP.split(cell.text.strip()) for line in gapped for cell in line.filled if cell.column == column]
        # The heading says how many there are.
        heads = [len(parts) for parts in split if len(parts) > 1 and all(label_of(part) for part in parts)]
        most[column] = heads[0] if heads and sum(len(parts) >= heads[0] for parts in split) > 0.4 * len(split) else 1
    if not any(count > 1 for count in most.values()):
        return lines
    starts: dict[int, int] = {}
    at = 0
    for column in range(max(cell.column + cell.columns for line in lines for cell in line.cells) + 1):
        starts[column] = at
        at += most.get(column, 1)
    out: list[Line] = []
    for line in lines:
        cells: list[Words] = []
        for cell in line.cells:
            parts = _GAP.split(cell.text.strip())
            first, end = starts[cell.column], starts[cell.column + cell.columns]
            if cell.columns == 1 and len(parts) >= end - first > 1:
                parts = [*parts[: end - first - 1], "    ".join(parts[end - first - 1 :])]
                cells += [replace(cell, text=part, column=first + index) for index, part in enumerate(parts)]
            else:
                cells.append(replace(cell, column=first, columns=end - first))
        out.append(Line(cells, line.source, line.is_heading))
    return out


def _unfolded(lines: list[Line]) -> list[Line]:
    """Cells that each hold a label and its value ("Service:\\nSpeech") become a row of labels and a row of values."""
    out: list[Line] = []
    for line in lines:
        filled = line.filled
        found = [
            match
            for cell in filled
            if (match := _INNER.match(cell.text)) and label_of(match.group(1)) and not has_box(match.group(1))
        ]
        if len(filled) > 1 and len(found) == len(filled) and not line.is_heading:
            labels, values = [], []
            for cell in line.cells:
                match = _INNER.match(cell.text)
                labels.append(replace(cell, text=match.group(1) if match else ""))
                values.append(replace(cell, text=match.group(2) if match else ""))
            out += [Line(labels, line.source, True), Line(values, line.source)]
        else:
            out.append(line)
    return out


_OBJECTIVE = re.compile(r"^\W*(?:obj(?:ective)?|benchmark|baseline|short[- ]term|sto)\b", re.IGNORECASE)


def _is_rest_of(draft: Draft, line: Line) -> bool:
    """Whether a row is only the rest of the name above, which did not fit."""
    if len(line.own) != 1 or re.search(r"[.!?:;]\W*$", draft.name) or has_box(line.own[0].text):
        return False
    text = line.own[0].text.strip()
    is_of_one_case = text[:1].islower() or (text.isupper() and draft.name.isupper() and line.own[0].column > 0)
    return is_of_one_case and not topic_of(text) and not _OBJECTIVE.match(text)


def _is_label_of_line(text: str) -> bool:
    """Whether the first of two cells says what the second is."""
    said = text.strip().rstrip(":")
    return len(said) < 60 and (text.rstrip().endswith(":") or (topic_of(said) is not None and is_all_heading(said)))


def _as_list(text: str) -> str:
    return "\n".join(part if re.match(r"\s*(?:[•●▪■☒☐–-]|\d)", part) else f"• {part}" for part in text.split("\n"))


# --- Labels at the left -----------------------------------------------------------------------------------------------


def _is_about_child(line: Line) -> bool:
    """Whether a row tells of the child or of the plan's dates: "Pupil | ... | Birth date | ..."."""
    filled = line.filled
    inner = [_INNER.match(cell.text) for cell in filled]
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


def _asked_and_described(lines: Sequence[Line]) -> str:
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


def _sections_at_left(lines: Sequence[Line]) -> list[tuple[Source, Topic, str, str]] | None:
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


Field = tuple[Label, str, Source, str]


def _labels_at_left(lines: Sequence[Line]) -> list[list[Field]] | None:
    """The records of a table whose labels stand at the left, or in pairs with their values; None when it is no such table."""
    if len(lines) > 1 and _is_heading(lines[0], first=True) and not _are_labels(lines):
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
    if not first or (_is_value(cells[0].text) and not cells[0].text.rstrip().endswith(":")) or len(cells[0].text) > 90:
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
            or (cell.is_bold and not _is_value(cell.text))
            or (len(every) % 2 == 0 and at % 2 == 0 and not _is_value(cell.text))
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
                            and not _is_value(other.text)
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


def _even_labels(cells: Sequence[Words]) -> bool:
    """Whether every second cell is a label."""
    return all(not cell.text.strip() or (label_of(cell.text) is not None and not _is_value(cell.text)) for cell in cells[::2])


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
            and _CRITERION.match(plain(one[0].text))
            and one[1].lower() not in text.lower()
        ]
        draft.name = ", ".join([text.rstrip(" .,"), *parts_text])
    if kinds == (SERVICE,) and not _says_more(draft) and not frequencies(text):
        draft.sureness = GUESSED
    draft.setting = draft.setting or setting
    if mode and not any(mode in each for each in draft.modes):
        draft.modes.append(mode)
    return draft
