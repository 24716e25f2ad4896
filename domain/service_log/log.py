"""A log, row by row: what is taken, what is wrong and why, what is left out."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from domain.refusal import FieldError, Invalid
from domain.service_log.layout import Layout, Question, Said, field_of, is_about_something_else, layout_of, letter_of
from domain.service_log.outcomes import (
    CHOICES,
    LONGEST_CODE,
    LONGEST_LEGEND,
    Meaning,
    denies,
    is_bare,
    is_cancelled,
    legend_in,
    likely,
    meaning_of,
    meaning_of_reason,
    speaks_of_none,
)
from domain.service_log.values import (
    MONTHS,
    ORDERS,
    UNITS,
    Cell,
    NotRead,
    as_clock,
    between,
    clock_of,
    day_of,
    has_year,
    key_of,
    looks_like_day,
    minutes_of,
    plain,
    span_of,
    text_of,
    week_of,
)

Rows = Sequence[Sequence[Cell]]
# More different values are no codes.
_MOST_CODES = 60
_SUMS = frozenset(["total", "totals", "totales", "subtotal", "sum", "suma"])
# What a sum in between may be called, beside months and years; of what the foot of a page speaks.
_PERIODS = frozenset(("ytd", "month", "mes", "quarter", "trimester", "semester", "year", "q1", "q2", "q3", "q4"))
_FOOT = frozenset(("signature", "signed", "firma", "page", "pagina", "printed", "confidential"))
_LEGEND = frozenset(("legend", "key", "code", "codes", "meaning", "leyenda", "clave", "claves", "codigo"))
_LONGEST_FOOT = 30
_GIVEN = ("delivered", "partial", "made_up")
# What a code says of these, its comment may say better.
_DOUBTFUL = ("missed", None)
# A day at the end of a code, as in "MU 10/12".
_DAY_AT_THE_END = re.compile(r"(?<=[ (:-])(\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?)\)?$")
_GROUP = re.compile(r"(?:1 (?:to )?|g|grp|group |group of |grupo |grupo de )?(\d{1,2})(?: (?:students|alumnos|to 1))?")
# What says that something took place, or did not.
_TELLING = ("outcome", "minutes", "time", "starts_at", "ends_at", "reason")
_PRESENTABLE = 40
# What follows a name in the same cell: "Student: Sasha Petrov  Grade: 4".
_NEXT_LABEL = re.compile(r"\s+[^\s:]+:")


@dataclass(frozen=True)
class Session:
    """An entry, as a row says it; `minutes` is None where it does not say how many."""

    held_on: date
    outcome: str
    missed_by: str | None = None
    minutes: int | None = None
    starts_at: str | None = None
    provider: str | None = None
    group_size: int | None = None
    reason: str | None = None
    # As the column of services has it.
    service: str | None = None
    # The day whose session is made up.
    makes_up_for: date | None = None


@dataclass(frozen=True)
class Row:
    """A row that can be taken: one session, or those of a week or a month."""

    number: int
    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class Bad:
    """A row that cannot be taken: in which column, and why."""

    number: int
    column: str | None
    detail: str


@dataclass(frozen=True)
class LeftOut:
    """A row that is no entry: above the headings, blank, a heading, a sum, no entry, another student's, another service's, or
    somebody said so."""

    number: int
    why: str


@dataclass(frozen=True)
class Log:
    """What was found in a table. Every row of the sheet is in exactly one of `taken`, `bad`, `left_out`."""

    sheet: str
    layout: Layout | None
    date_order: str = ORDERS[0]
    unit: str = UNITS[0]
    # By code, as the log writes it: what it is taken for, or None where that has to be said.
    outcomes: Mapping[str, str | None] = field(default_factory=dict)
    services: Mapping[str, int] = field(default_factory=dict)
    students: Mapping[str, int] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    taken: tuple[Row, ...] = ()
    bad: tuple[Bad, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    rows: Rows = field(default=(), repr=False)

    def samples(self, index: int, most: int) -> list[str]:
        """The first different values of a column, below its heading."""
        found: dict[str, None] = {}
        below = self.rows[self.layout.header + 1 :] if self.layout else ()
        for row in below:
            if index < len(row) and (said := text_of(row[index])):
                found.setdefault(said[:_PRESENTABLE])
            if len(found) == most:
                break
        return list(found)


class _Wrong(NotRead):
    """What is wrong with a row, and in which column."""

    def __init__(self, detail: str, column: int | None) -> None:
        super().__init__(detail)
        self.column = None if column is None else letter_of(column)


class _NoEntry(Exception):
    """The row is no entry."""


def read(sheets: Sequence[tuple[str, Rows]], said: Said, *, latest: date, child: str | None = None) -> Log:
    """What a log says, as whoever takes it in says that it is to be read; `sheets` are names and rows, no entry is behind
    `latest`. Whether a log that names one student is this `child`'s is asked unless that is sure.

    Raises `Invalid` where what is said of the table does not fit it.
    """
    name, rows, layout, questions = _sheet(sheets, said)
    if layout is None:
        detail = "No row of headings was found. Say in which row they stand, and which columns hold the date and the rest."
        nothing = tuple(LeftOut(number, "no_headings") for number in range(1, len(rows) + 1))
        return Log(name, None, questions=(*questions, Question("/header_row", detail)), left_out=nothing)
    if beyond := [number for number in said.leave_out if number > len(rows)]:
        raise _invalid("/leave_out", f"The sheet has no row {min(beyond)}.")
    reading = _Reading(rows, layout, said, latest, child)
    return reading.log(name, questions)


def _sheet(sheets: Sequence[tuple[str, Rows]], said: Said) -> tuple[str, Rows, Layout | None, list[Question]]:
    """The sheet that holds the log: the one that is named, else the first that has headings."""
    if said.sheet is not None:
        named = [rows for name, rows in sheets if name == said.sheet]
        if not named:
            detail = "There is no sheet of this name."
            raise Invalid(detail, [FieldError(pointer="/sheet", detail=detail)])
        return (said.sheet, named[0], *layout_of(named[0], said))
    if said.header_row is not None and len(sheets) == 1:
        return (*sheets[0], *layout_of(sheets[0][1], said))
    found = [(name, rows, *layout_of(rows, replace(said, header_row=None))) for name, rows in sheets]
    logs = [one for one in found if one[2] is not None] or found[:1]
    if not logs:
        return "", (), None, []
    name, rows, layout, questions = logs[0]
    if said.header_row is not None:
        layout, questions = layout_of(rows, said)
    if len(logs) > 1:
        names = tuple(one[0] for one in logs)
        questions = [Question("/sheet", "More than one sheet holds a log: say which; each is taken in by itself.", names, name)]
    return name, rows, layout, questions


class _Reading:
    """One sheet, read by its layout."""

    def __init__(self, rows: Rows, layout: Layout, said: Said, latest: date, child: str | None) -> None:
        self.rows, self.layout, self.said, self.latest, self.child = rows, layout, said, latest, child
        self.body = list(enumerate(rows))[layout.header + 1 :]
        self.asked: list[Question] = []
        self.headings = {column.index: key_of(column.name) for column in layout.columns if column.name}
        self.legend = legend_in(self._legends(), self._legend_beside())
        self.outcomes = {key_of(code): choice for code, choice in said.outcomes.items()}
        self.services = None if said.services is None else {key_of(name): taken for name, taken in said.services.items()}
        self.meanings: dict[str, str | None] = {}
        # Codes that were met, each as it is written first.
        self.met: set[str] = set()
        # The first row that says just this.
        self.seen: dict[tuple[Cell, ...], int] = {}
        self.gives = False
        self.order = self._order()
        self.is_in_units = layout.is_in_units
        self.unit = said.unit or ("hours" if layout.is_in_hours else "minutes")

    def log(self, name: str, questions: Sequence[Question]) -> Log:
        taken, bad, left_out = [], [], [LeftOut(number + 1, "above") for number in range(self.layout.header + 1)]
        services, students = self._values("service"), self._values("student")
        self._ask_for_columns()
        self.gives = self._gives()
        for number, row in self.body:
            try:
                found = Row(number + 1, tuple(self._sessions(number, row)))
                self._must_not_be_again(number, row, found)
                taken.append(found)
            except _NoEntry as why:
                left_out.append(LeftOut(number + 1, str(why)))
            except NotRead as why:
                bad.append(Bad(number + 1, getattr(why, "column", None), str(why)))
        self._ask_for_values(services, students)
        return Log(
            *(name, self.layout, self.order, self.unit, self.meanings, services, students),
            questions=(*questions, *self.asked),
            taken=tuple(taken),
            bad=tuple(bad),
            left_out=tuple(left_out),
            rows=self.rows,
        )

    def _legends(self) -> Iterator[str]:
        """What may explain codes: all above the headings, and below them what is no entry."""
        last = self.body[-_LONGEST_FOOT:]
        below = (row for _, row in last if not (any(self._cells(row)) or looks_like_day(self.layout.cell(row, "date"))))
        for row in (*self.rows[: self.layout.header], *below):
            yield from (said for cell in row if (said := text_of(cell)))

    def _legend_beside(self) -> Iterator[tuple[str, str]]:
        """Codes and words in two columns of their own, above the headings or beside the entries."""
        free = {one.index for one in self.layout.unclaimed if not one.name or _LEGEND & set(plain(one.name).split())}
        beside = sorted(index for index in free if index + 1 in free)
        for number, row in enumerate(self.rows):
            for index in range(len(row) - 1) if number < self.layout.header else beside:
                code = text_of(row[index]) if index + 1 < len(row) else ""
                if 0 < len(code) <= LONGEST_LEGEND:
                    yield code, text_of(row[index + 1])

    def _gives(self) -> bool:
        """Whether this log has a word for sessions that were held: without one, "A" may be "attended"."""
        if self.layout.kind == "list":
            codes = {text_of(self.layout.cell(row, "outcome")) for _, row in self.body}
        else:
            cells = {said for _, row in self.body for _, _, said in self._cells(row)}
            codes = {code for said in cells if (code := _code_of(said, self.unit)) is not None}
            if "" in codes:
                return True
        return any(self._choice(code) in _GIVEN for code in codes if code)

    # What has to be asked.

    def _order(self) -> str:
        """Day and month in which order: as it is said, or as the days themselves prove."""
        if self.said.date_order:
            return self.said.date_order
        proofs: Counter[str] = Counter()
        is_open = False
        for cell, many in Counter(self._dates()).items():
            days = {order: day for order in ORDERS if (day := self._tried(cell, order))}
            if len(days) == 1:
                proofs.update(dict.fromkeys(days, many))
            elif len(set(days.values())) > 1:
                is_open = True
        first, second = sorted(ORDERS, key=lambda order: -proofs[order])
        if proofs[first] > proofs[second] or not (is_open or proofs[first]):
            return first
        detail = "Is 10/12 the 12th of October (mdy), or the 10th of December (dmy)? The days of this log do not tell."
        spanish = {"fecha", "semana", "dia", "minutos", "asistencia", "duracion"}
        heading = set(plain(" ".join(column.name for column in self.layout.columns)).split())
        assumed = "dmy" if heading & spanish else "mdy"
        self.asked.append(Question("/date_order", detail, ORDERS, assumed))
        return assumed

    def _dates(self) -> Iterator[Cell]:
        if self.layout.kind == "days":
            yield from self.layout.days.values()
        for _, row in self.body:
            if (cell := self.layout.cell(row, "date")) is not None:
                yield cell

    def _tried(self, cell: Cell, order: str) -> date | None:
        try:
            return self._week(cell, order) if self.layout.kind == "weeks" else self._day(cell, order)
        except NotRead:
            return None

    def _values(self, which: str) -> dict[str, int]:
        """The values of a column, each as it is written first, and how many rows have it."""
        counted: Counter[str] = Counter()
        shown: dict[str, str] = {}
        for number, row in self.body:
            said = text_of(self.layout.cell(row, which))
            if said and number + 1 not in self.said.leave_out and not self._is_aside(row):
                counted[key_of(said)] += 1
                shown.setdefault(key_of(said), said)
        return {shown[key]: many for key, many in counted.items()}

    def _is_aside(self, row: Sequence[Cell]) -> bool:
        """A heading, a sum, a blank row: what stands in its columns is no value of theirs."""
        if self.layout.kind == "days":
            return not any(self._cells(row))
        return self.layout.cell(row, "date") is None or self._is_heading_again(row)

    def _is_heading_again(self, row: Sequence[Cell]) -> bool:
        """The headings once more, as at the top of each page."""
        many = 0
        for index, cell in enumerate(row):
            if cell is not None and (said := text_of(cell)):
                if self.headings.get(index) != key_of(said):
                    return False
                many += 1
        return many > 1

    def _ask_for_columns(self) -> None:
        if self.layout.kind != "days" and "date" not in self.layout.fields:
            self.asked.append(Question("/columns/date", "No column was found that holds the day: say which it is."))
        is_open = self.said.school_year is None
        if is_open and not all(has_year(cell) for cell in set(self._dates()) if looks_like_day(cell)):
            detail = "Days of this log have no year: say in which year its school year begins, such as 2026."
            self.asked.append(Question("/school_year", detail))
        if self.layout.kind == "list":
            self._ask_for("outcome", "whether the session took place", ("outcome",), _may_be_code)
            self._ask_for("minutes", "how many minutes were given", ("minutes", "time", "ends_at"), _may_be_minutes)

    def _ask_for(self, which: str, says: str, fields: Sequence[str], may_be: Callable[[Cell], bool]) -> None:
        """Where no column that was found says this, and others may: which of them does."""
        if which in self.said.columns or any(one in self.layout.fields for one in fields):
            return
        letters = []
        for column in self.layout.unclaimed:
            cells = [row[column.index] for _, row in self.body if column.index < len(row) and not self._is_aside(row)]
            filled = [cell for cell in cells if text_of(cell)]
            if filled and column.name and not is_about_something_else(column.name) and all(map(may_be, filled)):
                letters.append(column.letter)
        if letters:
            detail = f"No column is called so that it surely says {says}: say which does, or null."
            self.asked.append(Question(f"/columns/{which}", detail, tuple(letters), letters[0]))

    def _ask_for_values(self, services: Mapping[str, int], students: Mapping[str, int]) -> None:
        open_codes = [code for code, choice in self.meanings.items() if choice is None]
        if len(open_codes) > _MOST_CODES:
            detail = f"It has {len(open_codes)} different values that are no codes: say which column has the outcome."
            self.asked.append(Question("/columns/outcome", detail))
        else:
            self.asked += [
                Question(f"/outcomes/{_escaped(code)}", _what_is_asked(code), tuple(CHOICES), likely(code))
                for code in open_codes
            ]
        self._ask_for_student(students)
        self._ask_for_services(services)

    def _ask_for_student(self, students: Mapping[str, int]) -> None:
        if len(students) > 1 and self.said.student is None:
            # Their names are other children's: they are counted, and never told.
            detail = f"This log is of {len(students)} students: say the name of this one as it stands there."
            self.asked.append(Question("/student", detail))
            return
        names = [*students] or self._titled()
        if self.said.student is not None and key_of(self.said.student) not in map(key_of, names):
            raise _invalid("/student", "No row of this log is of a student of that name.")
        if self.said.student is None and self.child and not all(_is_surely(self.child, name) for name in names):
            detail = "This log names a student who may be another child: if it is this one, say the name as it stands there."
            self.asked.append(Question("/student", detail))

    def _titled(self) -> list[str]:
        """Whom the rows above the headings call the student: "Student: Sasha Petrov", in one cell or in two."""
        found = []
        for row in self.rows[: self.layout.header]:
            said = [text for cell in row if (text := text_of(cell))]
            for one, beside in zip(said, [*said[1:], ""], strict=False):
                label, _, rest = one.partition(":")
                if field_of(label) == "student" and (name := _NEXT_LABEL.split(rest.strip() or beside)[0].strip()):
                    found.append(name)
        return found

    def _ask_for_services(self, services: Mapping[str, int]) -> None:
        if self.services is None:
            if len(services) > 1:
                detail = "This log is of more than one service: say for each of which provision its rows are, or null."
                self.asked += [Question(f"/provisions/{_escaped(one)}", detail) for one in services]
            return
        missing = [one for one in services if key_of(one) not in self.services]
        self.asked += [
            Question(f"/provisions/{_escaped(one)}", "Say of which provision its rows are, or null.") for one in missing
        ]
        if not services:
            self.asked.append(Question("/provision_id", "No column of this log names a service: say of which provision it is."))

    # A row.

    def _sessions(self, number: int, row: Sequence[Cell]) -> Iterator[Session]:
        """What a row comes to. Raises `_NoEntry`, `NotRead`."""
        layout = self.layout
        said = [text for cell in row if (text := text_of(cell))]
        if not said:
            raise _NoEntry("blank")
        if number + 1 in self.said.leave_out:
            raise _NoEntry("as_said")
        if self._is_heading_again(row):
            raise _NoEntry("heading")
        may_be_sum = layout.kind == "days" or not looks_like_day(layout.cell(row, "date"))
        if may_be_sum and self._is_sum(row, said):
            raise _NoEntry("sum")
        if len(said) > 1:
            self._must_be_of(row, "student", "another_student")
        found = list(self._of_list(row, said) if layout.kind == "list" else self._of_days(row))
        self._must_be_of(row, "service", "another_service")
        if not found:
            raise _NoEntry("as_said")
        return iter(found)

    def _is_sum(self, row: Sequence[Cell], said: Sequence[str]) -> bool:
        """A row that is called a sum, where rows are called something; or minutes of a month or a year, and no outcome."""
        first, comment = plain(said[0][:300]).split(), text_of(self.layout.cell(row, "reason"))
        called = [plain(one).split() for one in said if one != comment]
        if not _SUMS.isdisjoint(first) or any(len(words) <= 3 and not _SUMS.isdisjoint(words) for words in called):
            return True
        is_period = (
            bool(first)
            and all(word in _PERIODS or word in MONTHS or word.isdigit() for word in first)
            and not said[0].isdigit()
        )
        date_is_first = text_of(self.layout.cell(row, "date")) == said[0]
        return is_period and date_is_first and len(said) > 1 and self.layout.cell(row, "outcome") is None

    def _must_not_be_again(self, number: int, row: Sequence[Cell], found: Row) -> None:
        """The same row once more, at the same time of day, is the same session: it would count twice."""
        if not any(session.starts_at for session in found.sessions):
            return
        first = self.seen.setdefault(tuple(row), number)
        if first != number:
            detail = f"It says the same as row {first + 1}, at the same time of day: leave one out in `leave_out`."
            raise NotRead(detail)

    def _must_be_of(self, row: Sequence[Cell], which: str, otherwise: str) -> None:
        value = text_of(self.layout.cell(row, which))
        if which == "student":
            if value and self.said.student is not None and key_of(value) != key_of(self.said.student):
                raise _NoEntry(otherwise)
        elif self.services is not None and "service" in self.layout.fields:
            if not value:
                raise _Wrong("There is no service.", self.layout.fields["service"])
            if not self.services.get(key_of(value), True):
                raise _NoEntry(otherwise)

    def _of_list(self, row: Sequence[Cell], said: Sequence[str]) -> Iterator[Session]:
        layout = self.layout
        telling = [which for which in _TELLING if which in layout.fields]
        cell = layout.cell(row, "date")
        if not looks_like_day(cell) and not isinstance(cell, int | float):
            if not _FOOT.isdisjoint(plain(text_of(cell)).split()):
                raise _NoEntry("heading")
            filled = [which for which in telling if layout.cell(row, which) is not None]
            if len(said) == 1 or not filled or (cell is None and _is_bare_sum(row, layout, said)):
                raise _NoEntry("sum" if cell is None and _is_bare_sum(row, layout, said) else "heading")
        if telling and all(layout.cell(row, which) is None for which in telling):
            raise _NoEntry("no_entry")
        held_on = self._at("date", lambda: self._day(cell, self.order))
        begins, minutes = self._times(row)
        planned = self._at("planned", lambda: minutes_of(layout.cell(row, "planned"), self.unit))
        meaning, made_up = self._told(row, held_on, minutes, planned)
        if meaning.outcome is None:
            return
        amount = self._amount(row, meaning, minutes, planned)
        yield self._session(row, held_on, meaning, amount, begins, makes_up_for=made_up)

    def _told(
        self, row: Sequence[Cell], held_on: date, minutes: int | None, planned: int | None
    ) -> tuple[Meaning, date | None]:
        """What became of a session, by its code, its comment, and minutes given against minutes planned; of a make-up whose
        code says it, the day that it is for."""
        column, code = self.layout.fields.get("outcome"), text_of(self.layout.cell(row, "outcome"))
        comment = text_of(self.layout.cell(row, "reason"))
        if not code:
            if planned and minutes and "minutes" in self.layout.fields:
                return CHOICES["delivered" if minutes >= planned else "partial"], None
            # Where no column says what became of it, a comment may: "student absent".
            says_why = comment and (speaks_of_none(comment) or (minutes == 0 and planned))
            return self._meaning(comment if says_why else "", column), None
        code, made_up = self._made_up_in(code, held_on) if code.rstrip(")")[-1:].isdigit() else (code, None)
        choice = self._choice(code)
        if choice == "delivered" and denies(comment):
            return self._asked_together(f"{code}: {comment}"[:LONGEST_CODE], column), None
        if comment and (choice in _DOUBTFUL or (choice == "student_absent" and is_bare(code) and speaks_of_none(comment))):
            about, together = meaning_of_reason(code, comment), f"{code}: {comment}"[:LONGEST_CODE]
            if about and (choice == "missed" or (choice is None and is_cancelled(code))):
                self._meet(code if choice else together, choice or about)
                return CHOICES[about], None
            is_open = choice == "missed" and speaks_of_none(comment) and meaning_of(f"{code} {comment}") is None
            if is_open or (choice == "student_absent" and about not in (None, choice)):
                return self._asked_together(together, column), None
        meaning = self._meaning(code, column)
        if planned and minutes is not None and minutes != planned:
            if choice == "delivered" and 0 < minutes < planned:
                return CHOICES["partial"], None
            if minutes and meaning.outcome not in (*_GIVEN, None):
                detail = "It says that it was not given, and minutes that were: say which column holds which, or leave it out."
                raise _Wrong(detail, self.layout.fields.get("minutes"))
        return meaning, made_up

    def _made_up_in(self, code: str, held_on: date) -> tuple[str, date | None]:
        """A code that says for which day it makes up ("MU 10/12"), without that day; one without a year is the nearest."""
        words, found = code.rstrip(" )"), _DAY_AT_THE_END.search(code)
        if found is None or not (bare := words[: found.start()].strip(" -–:(")):
            return code, None
        bare = bare.removesuffix(" for").removesuffix(" de").removesuffix(" del").strip()
        if self._choice(bare) != "made_up":
            return code, None
        days = []
        for year in (held_on.year - 1, held_on.year):
            try:
                days.append(day_of(found[1], self.order, latest=self.latest, school_year=year))
            except NotRead:
                continue
        return (bare, min(days, key=lambda day: abs(day - held_on))) if days else (code, None)

    def _amount(self, row: Sequence[Cell], meaning: Meaning, minutes: int | None, planned: int | None) -> int | None:
        """How many minutes count: given; of what was not given, those that were planned, where the log says them."""
        given = meaning.outcome in _GIVEN
        if given and minutes == 0:
            raise _Wrong("It says that it was given, and no minutes.", self.layout.fields.get("minutes"))
        if meaning.outcome == "partial" and minutes is None:
            raise _Wrong("It says that a part was given, and not how many minutes.", self.layout.fields.get("minutes"))
        return (minutes if given else planned or minutes) or (
            planned if given and "minutes" not in self.layout.fields else None
        )

    def _session(
        self,
        row: Sequence[Cell],
        held_on: date,
        meaning: Meaning,
        minutes: int | None,
        begins: int | None,
        *,
        makes_up_for: date | None = None,
    ) -> Session:
        layout = self.layout
        assert meaning.outcome is not None, "what is no entry is left out before"
        if meaning.outcome == "made_up" and (cell := layout.cell(row, "makes_up_for")) is not None:
            makes_up_for = self._at("makes_up_for", lambda: self._day(cell, self.order))
        return Session(
            held_on=held_on,
            outcome=meaning.outcome,
            missed_by=meaning.missed_by,
            minutes=minutes,
            starts_at=None if begins is None else as_clock(begins),
            provider=text_of(layout.cell(row, "provider"))[:200] or None,
            group_size=_group_size(layout.cell(row, "group_size")),
            reason=text_of(layout.cell(row, "reason")) or None,
            service=text_of(layout.cell(row, "service")) or None,
            makes_up_for=makes_up_for,
        )

    def _times(self, row: Sequence[Cell]) -> tuple[int | None, int | None]:
        """When it began, and how many minutes it took; minutes that are said count before those that are worked out."""
        cell = self.layout.cell
        begins = self._at("starts_at", lambda: clock_of(cell(row, "starts_at")))
        self._at("ends_at", lambda: clock_of(cell(row, "ends_at")))
        spanned, took = (None, None) if cell(row, "time") is None else self._at("time", lambda: span_of(cell(row, "time")))
        minutes = self._at("minutes", lambda: self._minutes(cell(row, "minutes")))
        if minutes is None:
            first, last = cell(row, "starts_at"), cell(row, "ends_at")
            minutes = took if took is not None else self._at("ends_at", lambda: between(first, last))
        return begins if begins is not None else spanned, minutes

    def _minutes(self, cell: Cell) -> int | None:
        if not self.is_in_units:
            return minutes_of(cell, self.unit)
        units, each = minutes_of(cell), self.layout.minutes_of_a_unit
        if units is not None and each is None:
            raise NotRead("These are units, and the heading does not say of how many minutes.")
        return minutes_of(units * each) if units and each else units

    def _choice(self, code: str) -> str | None:
        """What a code means: as it is said, as the log explains it, as it can only mean."""
        key = key_of(code)
        if key in self.outcomes or key in self.legend:
            return self.outcomes.get(key) or self.legend[key]
        if key == "a" and not self.gives:
            return None
        return meaning_of(code) if code else None

    def _meaning(self, code: str, column: int | None) -> Meaning:
        choice = self._choice(code)
        if choice is None and len(code) > LONGEST_CODE:
            raise _Wrong(f"“{code[:_PRESENTABLE]}…” is too long for a code.", column)
        self._meet(code, choice)
        if choice is None:
            raise _Wrong(_unknown(code), column)
        return CHOICES[choice]

    def _asked_together(self, together: str, column: int | None) -> Meaning:
        """A code that its comment makes doubtful: both are one code, never taken for what they may mean."""
        choice = self.outcomes.get(key_of(together))
        self._meet(together, choice)
        if choice is None:
            raise _Wrong(_unknown(together), column)
        return CHOICES[choice]

    def _meet(self, code: str, choice: str | None) -> None:
        if (key := key_of(code)) not in self.met:
            self.met.add(key)
            self.meanings[code] = choice

    # Weeks and months.

    def _cells(self, row: Sequence[Cell]) -> Iterator[tuple[int, Any, str]]:
        """The entries of a row that has a column for each day: column, day, words."""
        for index, day in self.layout.days.items():
            said = text_of(row[index]) if index < len(row) else ""
            if said:
                yield index, day, said

    def _of_days(self, row: Sequence[Cell]) -> Iterator[Session]:
        cells = list(self._cells(row))
        if not cells:
            raise _NoEntry("no_entry")
        monday = None
        if self.layout.kind == "weeks":
            cell = self.layout.cell(row, "date")
            if cell is None:
                raise _Wrong("There is no date that says which week this is.", self.layout.fields.get("date"))
            monday = self._at("date", lambda: self._week(cell, self.order))
        for index, day, said in cells:
            try:
                held_on = monday + timedelta(days=day) if monday else self._day(day, self.order)
                if held_on > self.latest:
                    raise NotRead(f"{held_on.isoformat()} is too far ahead.")
                minutes, code = _amount_and_code(said, self.unit)
            except NotRead as why:
                raise _Wrong(str(why), index) from None
            meaning = self._meaning(code, index)
            if minutes == 0 and meaning.outcome in ("delivered", "partial", "made_up"):
                raise _Wrong("It says that it was given, and no minutes.", index)
            if meaning.outcome == "partial" and minutes is None:
                raise _Wrong("It says that a part was given, and not how many minutes.", index)
            if meaning.outcome is not None:
                yield self._session(row, held_on, meaning, minutes or None, None)

    def _week(self, cell: Cell, order: str) -> date:
        about: dict[str, Any] = {"heading": self.layout.heading("date"), "latest": self.latest}
        return week_of(cell, order, **about, school_year=self.said.school_year)

    def _day(self, cell: Cell, order: str) -> date:
        return day_of(cell, order, latest=self.latest, school_year=self.said.school_year)

    def _at(self, which: str, reading: Any) -> Any:
        """What is read in the column of a field; what is wrong there is told of that column."""
        try:
            return reading()
        except NotRead as why:
            raise _Wrong(str(why), self.layout.fields.get(which)) from None


def _is_bare_sum(row: Sequence[Cell], layout: Layout, said: Sequence[str]) -> bool:
    """A number below the minutes, and nothing beside it."""
    return len(said) == 1 and layout.cell(row, "minutes") is not None


def _is_surely(child: str, name: str) -> bool:
    """Whether this name can only be the child's: all of it, in either order, some of it or initials, and nothing else."""
    parts = plain(child).split()
    words = [word for word in plain(re.sub(r"\([^)]{0,60}\)", " ", name)).split() if not word.isdigit()]
    if not (parts and words):
        return key_of(child) == key_of(name)
    is_part = all(word in parts or (len(word) == 1 and any(part[0] == word for part in parts)) for word in words)
    return is_part or set(parts) <= set(words) or words == ["".join(part[0] for part in parts)]


def _group_size(cell: Cell) -> int | None:
    """How many children: "3", "1:3" (of one adult), "Group (3)", "G3"; None where it does not say."""
    said = plain(text_of(cell))
    if said in ("i", "ind", "individual"):
        return 1
    found = _GROUP.fullmatch(said)
    return int(found[1]) or None if found else None


def _code_of(said: str, unit: str) -> str | None:
    """The code of a cell that may hold minutes too; None where it cannot be read."""
    try:
        return _amount_and_code(said, unit)[1]
    except NotRead:
        return None


def _may_be_code(cell: Cell) -> bool:
    said = text_of(cell)
    return not said.isdigit() and (meaning_of(said) or likely(said)) is not None


def _may_be_minutes(cell: Cell) -> bool:
    for unit in UNITS:
        try:
            return minutes_of(cell, unit) is not None
        except NotRead:
            continue
    return False


def _amount_and_code(said: str, unit: str) -> tuple[int | None, str]:
    """Minutes and code of one cell: "30", "P", "30 P", "P-30", "P (30 min)"."""
    try:
        return minutes_of(said, unit), ""
    except NotRead:
        pass
    parts = [part for part in said.replace("(", " ").replace(")", " ").replace("/", " ").split() if part.strip("-–:,")]
    for number, code in ((parts[:1], parts[1:]), (parts[-1:], parts[:-1]), (parts[:2], parts[2:]), (parts[-2:], parts[:-2])):
        try:
            if number and code and number[0][0].isdigit():
                return minutes_of(" ".join(number), unit), " ".join(code).strip(" -–:,")
        except NotRead:
            continue
    letters = said.rstrip("0123456789").rstrip(" -–:")
    if letters != said and said[len(letters) :].strip(" -–:").isdigit():
        return minutes_of(said[len(letters) :].strip(" -–:"), unit), letters
    return None, said


def _unknown(code: str) -> str:
    if not code:
        return "It does not say whether the session took place: say in `outcomes` what a row without a code means."
    shown = code if len(code) <= _PRESENTABLE else f"{code[: _PRESENTABLE - 1]}…"
    return f"“{shown}” may mean one thing or another: say in `outcomes` what it means."


def _what_is_asked(code: str) -> str:
    return _unknown(code).replace("say in `outcomes` what", "say what")


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _invalid(pointer: str, detail: str) -> Invalid:
    return Invalid(detail, [FieldError(pointer=pointer, detail=detail)])


def pointers(bad: Iterable[Bad]) -> list[FieldError]:
    """Bad rows as errors of a request."""
    return [
        FieldError(pointer=f"/rows/{one.number}", detail=f"Column {one.column}: {one.detail}" if one.column else one.detail)
        for one in bad
    ]
