"""What a step asks for: fields that a form can be drawn from, and the same fields held against what was answered."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal
from uuid import UUID

from domain.refusal import FieldError
from domain.wall_clock import FIRST_YEAR, LAST_YEAR

MOST_CHARACTERS = 10_000
MOST_ENTRIES = 100
YES_NO = ("yes", "no")
YES_NO_UNCLEAR = ("yes", "no", "unclear")

FieldType = Literal["text", "date", "instant", "uuid", "choice", "text_list", "date_list", "uuid_list", "objects"]


@dataclass(frozen=True)
class Field:
    """One fact; a choice has `choices`, a list of objects `fields`, a conditional one the (field, value) of `when`."""

    name: str
    type: FieldType
    label: str
    required: bool = False
    choices: tuple[str, ...] = ()
    fields: "tuple[Field, ...]" = ()
    when: tuple[str, str] | None = None

    def is_asked(self, facts: Mapping[str, object]) -> bool:
        """Whether the other answers leave this question open."""
        return self.when is None or facts.get(self.when[0]) == self.when[1]


def ask(name: str, label: str, type: FieldType = "text", when: tuple[str, str] | None = None) -> Field:
    """A field that is required."""
    return Field(name, type, label, required=True, when=when)


def choose(name: str, label: str, *choices: str, required: bool = True) -> Field:
    return Field(name, "choice", label, required, choices)


def tidy(fields: Sequence[Field], facts: Mapping[str, object]) -> dict[str, object]:
    """The facts without nulls, and with a lone value where a list is asked turned into a list of one."""
    lists = {field.name for field in fields if field.type in _ENTRY_TYPES}
    given = {name: value for name, value in facts.items() if value is not None}
    return {name: [value] if name in lists and not isinstance(value, list) else value for name, value in given.items()}


def errors(fields: Sequence[Field], facts: Mapping[str, object], at: str = "") -> Iterator[FieldError]:
    """Everything that is wrong with `facts`, which are JSON values, as `tidy` leaves them; pointers begin with `at`."""
    known = {field.name: field for field in fields}
    for name in facts:
        if name not in known:
            yield _error(_pointer(at, name), "This is not asked here.")
    for field in fields:
        place = _pointer(at, field.name)
        if not field.is_asked(facts):
            if field.name in facts:
                yield _error(place, "This is asked only when {} is {}.".format(*field.when or ()))
        elif field.name in facts:
            yield from _value_errors(field, facts[field.name], place)
        elif field.required:
            yield _error(place, "This is required.")


def _value_errors(field: Field, value: object, place: str) -> Iterator[FieldError]:
    if field.type == "choice":
        if value not in field.choices:
            yield _error(place, f"This is one of {', '.join(field.choices)}.")
    elif field.type in _ENTRY_TYPES:
        yield from _list_errors(field, value, place)
    elif not (isinstance(value, str) and _CHECKS[field.type](value)):
        yield _error(place, _WANTED[field.type])


def _list_errors(field: Field, value: object, place: str) -> Iterator[FieldError]:
    if not isinstance(value, list) or len(value) > MOST_ENTRIES:
        yield _error(place, f"This is a list of at most {MOST_ENTRIES}.")
    elif field.required and not value:
        yield _error(place, "At least one is required.")
    else:
        for row, entry in enumerate(value):
            yield from _entry_errors(field, entry, f"{place}/{row}")


def _entry_errors(field: Field, entry: object, place: str) -> Iterator[FieldError]:
    if field.type != "objects":
        yield from _value_errors(Field(field.name, _ENTRY_TYPES[field.type], field.label), entry, place)
    elif isinstance(entry, Mapping):
        yield from errors(field.fields, tidy(field.fields, entry), place)
    else:
        yield _error(place, f"This is an object with {', '.join(inner.name for inner in field.fields)}.")


def _error(pointer: str, detail: str) -> FieldError:
    return {"pointer": pointer, "detail": detail}


def _pointer(at: str, name: str) -> str:
    return f"{at}/{name.replace('~', '~0').replace('/', '~1')}"


def _is_text(value: str) -> bool:
    return len(value) <= MOST_CHARACTERS and value.strip() != "" and not _UNPRINTABLE.search(value)


def _is_date(value: str) -> bool:
    try:
        # fromisoformat alone takes 20260908 and 2026-W10-1 too.
        return bool(_DATE.fullmatch(value)) and FIRST_YEAR <= date.fromisoformat(value).year <= LAST_YEAR
    except ValueError:
        return False


def _is_instant(value: str) -> bool:
    try:
        at = datetime.fromisoformat(value) if _INSTANT.fullmatch(value) else None
        return at is not None and FIRST_YEAR <= at.astimezone(UTC).year <= LAST_YEAR
    except (ValueError, OverflowError):
        return False


def _is_uuid(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False


# What PostgreSQL cannot hold, or a reader cannot see: controls but tab and line ends, and lone surrogates.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})")

_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "text": _is_text,
    "date": _is_date,
    "instant": _is_instant,
    "uuid": _is_uuid,
}
_WANTED: Mapping[str, str] = {
    "text": f"This is text of 1 to {MOST_CHARACTERS} characters, without control characters.",
    "date": f"This is a date, YYYY-MM-DD, from {FIRST_YEAR} to {LAST_YEAR}.",
    "instant": f"This is an instant with its offset (RFC 3339), from {FIRST_YEAR} to {LAST_YEAR}.",
    "uuid": "This is a UUID.",
}
_ENTRY_TYPES: Mapping[str, FieldType] = {
    "text_list": "text",
    "date_list": "date",
    "uuid_list": "uuid",
    "objects": "objects",
}
