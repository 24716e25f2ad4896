"""How a log is laid out: which row holds the headings, and what each column is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.refusal import FieldError, Invalid
from domain.service_log.values import WEEKDAYS, Cell, is_day, plain, text_of

# What a column can be. `time` holds a beginning, or both ends of a session, or how long it took.
FIELDS = (
    *("date", "service", "minutes", "planned", "time", "starts_at", "ends_at", "outcome", "provider", "group_size"),
    *("reason", "makes_up_for", "student"),
)
# One row for a session; one for a week, with a column for each weekday; one for a service, with a column for each day.
LAYOUTS = ("list", "weeks", "days")
MOST_ROWS_ABOVE = 60
_LEAST_DAYS = 3
# A week in letters, which say their days only in their order.
_WEEKS_OF_LETTERS = (
    ("m", "t", "w", "th", "f"),
    ("m", "tu", "w", "th", "f"),
    ("m", "t", "w", "r", "f"),
    ("l", "m", "m", "j", "v"),
)
# Of two columns that could be one of these, none is taken silently; but beside a date the day is its weekday.
_DECIDING, _WEEKDAY = ("date", "minutes", "outcome"), ("day", "dia")
# The place of what is not called just so.
_UNNAMED = 1000

# What columns are called; the first that fits best is taken.
_CALLED: Mapping[str, str] = {
    "date": "date|session date|date of session|date of service|service date|dates|dos|visit date|fecha|fecha de servicio|"
    "fecha del servicio|encounter date|fecha de la sesion|fecha de sesion|day|dia",
    "service": "service|services|service type|type of service|service name|related service|discipline|therapy|area|servicio|"
    "servicios|tipo de servicio|terapia|type|tipo",
    "minutes": "minutes|mins|min|minutes provided|minutes delivered|actual minutes|minutes served|total minutes|minutes given|"
    "session minutes|service minutes|of minutes|number of minutes|duration|length|session length|length of session|time spent|"
    "hours|hrs|total hours|total time|duration min|duration minutes|duracion|minutos|minutos dados|minutos brindados|"
    "minutos impartidos|horas|duracion minutos|duracion min|actual min|actual mins|min given|mins given|"
    "min delivered|min provided|given|actual|actual duration",
    "planned": "minutes scheduled|scheduled minutes|minutes planned|planned minutes|iep minutes|required minutes|minutes owed|"
    "minutes required|scheduled|minutos programados|minutos planificados|minutos iep|sched min|sched mins|sched minutes|"
    "scheduled min|scheduled mins|planned min|planned mins|min scheduled|mins scheduled|min planned|scheduled duration|"
    "planned|sched|mandated minutes|expected minutes",
    "time": "time|times|session time|time of session|time of day|hora|horario|time in out|start end|start end time",
    "starts_at": "start|start time|begin|begin time|time in|in|from|time started|hora de inicio|hora inicio|inicio|"
    "entrada|desde",
    "ends_at": "end|end time|stop|stop time|time out|out|to|until|time ended|hora de fin|hora final|hora fin|fin|salida|hasta|"
    "hora de termino",
    "outcome": "status|outcome|attendance|attendance code|code|codes|session status|session outcome|result|att|present absent|"
    "delivered|provided|held|session held|service provided|"
    "service status|present|attended|seen|asistencia|estado|estatus|resultado|codigo|codigo de asistencia",
    "provider": "provider|provider name|service provider|therapist|clinician|staff|teacher|seen by|provided by|specialist|"
    "proveedor|proveedora|terapeuta|maestro|maestra|especialista|personal|profesional",
    "group_size": "group size|actual group size|"
    "group|size of group|number in group|in group|ind group|individual group|number of students|"
    "students in group|of students|ratio|grupo|tamano del grupo|numero de alumnos|alumnos en el grupo",
    "reason": "reason|reason missed|reason for absence|reason not delivered|reason not provided|reason if missed|comments|"
    "reason if not provided|reason if not delivered|reason cancelled|reason for cancellation|cancellation reason|"
    "comment|notes|note|remarks|explanation|session notes|progress notes|razon|motivo|comentarios|"
    "comentario|observaciones|notas|cancelled by|canceled by|missed by|by whom|who|quien",
    "makes_up_for": "make up for|makeup for|made up for|makes up for|make up of|for missed session of|missed date|date missed|"
    "date of missed session|original date|repone|reposicion de|fecha perdida|recupera",
    "student": "student|student name|name of student|child|pupil|name|alumno|alumna|estudiante|nombre|nombre del alumno|"
    "nombre del estudiante",
}
_BY_NAME = {name: (which, place) for which, names in _CALLED.items() for place, name in enumerate(names.split("|"))}
# A heading of more words is the first of these of which it has a word, unless it is about something else: the "service" of
# "service status" says of what the status is.
_BY_WORD: Mapping[str, frozenset[str]] = {
    "date": frozenset(("date", "fecha")),
    "outcome": frozenset(("status", "attendance", "outcome", "asistencia")),
    "reason": frozenset(("comments", "notes", "reason", "comentarios", "observaciones", "motivo")),
    "minutes": frozenset(("minutes", "mins", "min", "duration", "minutos", "duracion")),
    "provider": frozenset(("provider", "therapist", "terapeuta", "proveedor")),
    "service": frozenset(("service", "servicio")),
}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ABOUT_SOMETHING_ELSE = _set(
    "birth nacimiento dob place claim payment paid approval units unit rate language "
    "entered signed signature firma due billed billing id number numero makeup make iep "
    "goal goals meta parent initials cumulative running total to balance remaining restantes location lugar "
    "school escuela grade grado medicaid missed week semana end start"
)
_HOURS = _set("hours hrs hour horas")
# A column of units says how many minutes one is: "Units (15 min)".
_UNITS_OF = re.compile(r"\bunits?\b.{0,20}?\b(\d{1,2})\b|\b(\d{1,2}) ?min(?:ute)?s? units?\b")
_WEEK = _set("week weeks semana semanas")


@dataclass(frozen=True)
class Said:
    """What whoever takes a log in says of it; all else is found in the table."""

    sheet: str | None = None
    header_row: int | None = None
    # By field: the heading, or the letter of the column; None where no column is that.
    columns: Mapping[str, str | None] = field(default_factory=dict)
    # By code: one of `CHOICES`.
    outcomes: Mapping[str, str] = field(default_factory=dict)
    date_order: str | None = None
    unit: str | None = None
    school_year: int | None = None
    # Whose rows: as the column of students has it.
    student: str | None = None
    # By service, as its column has it: whether its rows are taken; None where the whole log is of one.
    services: Mapping[str, bool] | None = None
    # Rows that are left out, by number.
    leave_out: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Column:
    """A column: its letter, its heading, and which field it is, if any."""

    index: int
    name: str
    field: str | None

    @property
    def letter(self) -> str:
        return letter_of(self.index)


@dataclass(frozen=True)
class Question:
    """What has to be said before the log can be taken in: at `pointer`, one of `choices` where there are some."""

    pointer: str
    detail: str
    choices: tuple[str, ...] = ()
    likely: str | None = None


@dataclass(frozen=True)
class Layout:
    """Where everything stands in a sheet. `header` counts from 0; `days` are the columns of days, by index."""

    kind: str
    header: int
    columns: tuple[Column, ...]
    fields: Mapping[str, int]
    # The weekday of each, in `weeks`; the heading, in `days`.
    days: Mapping[int, Any]

    def cell(self, row: Sequence[Cell], which: str) -> Cell:
        index = self.fields.get(which)
        return row[index] if index is not None and index < len(row) else None

    def heading(self, which: str) -> str:
        index = self.fields.get(which)
        return "" if index is None else self.columns[index].name

    @property
    def is_in_hours(self) -> bool:
        return bool(_HOURS & set(plain(self.heading("minutes")).split()))

    @property
    def is_in_units(self) -> bool:
        """Whether minutes are counted in units, as they are billed."""
        return bool({"unit", "units"} & set(plain(self.heading("minutes")).split()))

    @property
    def minutes_of_a_unit(self) -> int | None:
        return _minutes_of_a_unit(self.heading("minutes"))

    @property
    def unclaimed(self) -> list[Column]:
        """Columns of which nothing is taken."""
        return [column for column in self.columns if column.field is None and column.index not in self.days]


def letter_of(index: int) -> str:
    """As spreadsheets call a column."""
    return chr(65 + index) if index < 26 else letter_of(index // 26 - 1) + chr(65 + index % 26)


def layout_of(rows: Sequence[Sequence[Cell]], said: Said) -> tuple[Layout | None, list[Question]]:
    """How this sheet is laid out, and what is to be asked of it; nothing where no row holds headings."""
    if said.header_row is not None:
        if not 1 <= said.header_row <= len(rows):
            raise _wrong("/header_row", "The sheet has no such row.")
        return _at(rows, said.header_row - 1, said)
    scored = [(score, -number) for number, row in enumerate(rows[:MOST_ROWS_ABOVE]) if (score := _score(row))]
    return _at(rows, -max(scored)[1], said) if scored else (None, [])


def _score(row: Sequence[Cell]) -> int:
    """How many headings this row holds; 0 where it can be no row of headings."""
    names = [text_of(cell) for cell in row]
    days = _days(row)
    fields = {field_of(name, has_days=bool(days)) for name in names} - {None}
    if days:
        return len(days) + len(fields)
    return len(fields) if "date" in fields and len(fields) >= 2 else 0


def _days(row: Sequence[Cell]) -> dict[int, Any]:
    """The columns that are days: weekdays, or days that are written out; none where it is about something else."""
    names = [plain(text_of(cell)) for cell in row]
    weekdays = {index: WEEKDAYS[name] for index, name in enumerate(names) if name in WEEKDAYS}
    for letters in _WEEKS_OF_LETTERS:
        first = next((index for index in range(len(names)) if tuple(names[index : index + len(letters)]) == letters), None)
        if first is not None:
            return {first + day: day for day in range(len(letters))}
    if len(set(weekdays.values())) >= _LEAST_DAYS and len(set(weekdays.values())) == len(weekdays):
        return weekdays
    dated: dict[int, Any] = {index: cell for index, cell in enumerate(row) if is_day(cell)}
    return dated if len(dated) >= _LEAST_DAYS else {}


def _at(rows: Sequence[Sequence[Cell]], header: int, said: Said) -> tuple[Layout, list[Question]]:
    row = rows[header]
    days = {index: day for index, day in _days(row).items() if not _named(said, index, row)}
    width = max(len(one) for one in rows[header:])
    names = [text_of(row[index]) if index < len(row) else "" for index in range(width)]
    kind = "list" if not days else "weeks" if isinstance(next(iter(days.values())), int) else "days"
    fields, questions = _guessed(names, kind, set(days), said)
    fields |= {which: _column(names, which, called) for which, called in said.columns.items() if called is not None}
    by_index = {index: which for which, index in fields.items()}
    columns = tuple(Column(index, name, by_index.get(index)) for index, name in enumerate(names))
    return Layout(kind, header, columns, fields, days), questions


def _named(said: Said, index: int, row: Sequence[Cell]) -> bool:
    """Whether somebody says what this column is."""
    name = plain(text_of(row[index]))
    return any(called is not None and (plain(called) == name or called == letter_of(index)) for called in said.columns.values())


def _guessed(names: Sequence[str], kind: str, days: set[int], said: Said) -> tuple[dict[str, int], list[Question]]:
    """What each column is by its heading; where two could be the same, that is asked."""
    found: dict[str, list[tuple[int, int]]] = {}
    for index, name in enumerate(names):
        which = None if index in days else field_of(name, has_days=kind == "weeks")
        if which and which not in said.columns:
            found.setdefault(which, []).append((_place(name), index))
    fields, questions = {}, []
    for which, those in found.items():
        (best, index), *others = sorted(those)
        fields[which] = index
        same = [
            other
            for place, other in others
            if place == best or (which in _DECIDING and (best or place < _UNNAMED) and plain(names[other]) not in _WEEKDAY)
        ]
        if same:
            letters = [letter_of(one) for one in (index, *same)]
            detail = f"More than one column could be the {which.replace('_', ' ')}: {', '.join(letters)}. Say which it is."
            questions.append(Question(f"/columns/{which}", detail, tuple(letters), letters[0]))
    return fields, questions


def _place(name: str) -> int:
    return _BY_NAME.get(plain(name), ("", _UNNAMED))[1]


def field_of(name: str, *, has_days: bool = False) -> str | None:
    """What a column with this heading is."""
    text = plain(name)
    words = text.split()
    if not words or len(words) > 8:
        return None
    if has_days and _WEEK & set(words):
        return "date"
    if text in _BY_NAME:
        return _BY_NAME[text][0]
    without = plain(re.sub(r"\([^)]{0,60}\)", " ", name[:200]))
    if without and without != text and without in _BY_NAME:
        return _BY_NAME[without][0]
    if _minutes_of_a_unit(name):
        return "minutes"
    if is_about_something_else(name):
        return None
    return next((which for which, those in _BY_WORD.items() if not those.isdisjoint(words)), None)


def is_about_something_else(name: str) -> bool:
    """Whether a heading says that this is nothing of a session."""
    return not _ABOUT_SOMETHING_ELSE.isdisjoint(plain(name).split())


def _minutes_of_a_unit(name: str) -> int | None:
    found = _UNITS_OF.search(plain(name[:200]))
    return int(found[1] or found[2]) if found else None


def _column(names: Sequence[str], which: str, called: str) -> int:
    """The column that is called this, or has this letter."""
    same = [index for index, name in enumerate(names) if name and plain(name) == plain(called)]
    if len(same) > 1:
        raise _wrong(f"/columns/{which}", "More than one column is called that: say its letter.")
    by_letter = [index for index in range(len(names)) if letter_of(index) == called.strip().upper()]
    if not (same or by_letter):
        raise _wrong(f"/columns/{which}", "The sheet has no column of that name or letter.")
    return (same or by_letter)[0]


def _wrong(pointer: str, detail: str) -> Invalid:
    return Invalid(detail, [FieldError(pointer=pointer, detail=detail)])
