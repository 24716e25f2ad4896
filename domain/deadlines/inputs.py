"""What was said besides the event, read by the closed list of what a rule asks; everything wrong is named at once."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from domain.calendar import CalendarInvalid, Period, SchoolCalendar
from domain.deadline_rules import Input
from domain.refusal import FieldError, Invalid
from domain.wall_clock import FIRST_YEAR, LAST_YEAR

MOST_ENTRIES = 400
LONGEST_TEXT = 200


class Wrong(Exception):
    """A value that is not what is asked for; the pointer goes on from the place of the input."""

    def __init__(self, detail: str, pointer: str = "") -> None:
        super().__init__(detail)
        self.pointer = pointer


def invalid(errors: Sequence[FieldError]) -> Invalid:
    return Invalid("This deadline cannot be counted as asked.", errors)


def read(asked: Collection[Input], said: Mapping[str, object], at: str = "/inputs") -> tuple[dict[str, Any], list[FieldError]]:
    """The facts, typed, and what is wrong; null is as if it were left out, and what nobody asks for is wrong."""
    known = {one.name: one for one in asked}
    facts: dict[str, Any] = {}
    errors: list[FieldError] = []
    for name, value in said.items():
        place = f"{at}/{_escaped(name)}"
        if name not in known:
            errors.append({"pointer": place, "detail": f"This is not asked here: {_list(known)}."})
        elif value is not None:
            try:
                facts[name] = _READERS[known[name].type](known[name], value)
            except Wrong as wrong:
                errors.append({"pointer": place + wrong.pointer, "detail": str(wrong)})
    return facts, errors


def read_date(value: object) -> date:
    """A date, or what JSON has in its place. Raises Wrong."""
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-" and value.isascii():
        try:
            found = date.fromisoformat(value)
        except ValueError:
            found = None
    else:
        found = value if type(value) is date else None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Wrong(f"A date is written YYYY-MM-DD, from {FIRST_YEAR} to {LAST_YEAR}.")
    return found


def read_dates(value: object) -> tuple[date, ...]:
    """Dates in order, each once. Raises Wrong."""
    return tuple(sorted({*_entries(value, read_date)}))


def read_calendar(value: object) -> SchoolCalendar:
    """A school calendar, or its JSON form. Raises Wrong."""
    if isinstance(value, SchoolCalendar):
        return value
    try:
        return SchoolCalendar.parse(value)  # type: ignore[arg-type]  # it looks for itself
    except CalendarInvalid as unreadable:
        first: FieldError = unreadable.extra["errors"][0]  # type: ignore[index]
        raise Wrong(first["detail"], first["pointer"]) from None


def read_zone(value: object) -> ZoneInfo:
    """A zone, or the IANA name of one. Raises Wrong."""
    if isinstance(value, ZoneInfo):
        return value
    if not isinstance(value, str) or value not in _zone_names():
        raise Wrong("This is not the name of an IANA time zone.")
    return ZoneInfo(value)


def plain(value: Any) -> Any:
    """A fact as it is written in JSON."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Period):
        return {"from": value.from_on.isoformat(), "to": value.to_on.isoformat()}
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple):
        return [plain(inner) for inner in value]
    return value


def term(words: str) -> str:
    """A term as the table writes it: `Intellectual disability` is intellectual_disability."""
    return "_".join(words.casefold().replace("-", " ").replace("_", " ").split())


def _date(_: Input, value: object) -> date:
    return read_date(value)


def _dates(_: Input, value: object) -> tuple[date, ...]:
    return read_dates(value)


def _boolean(_: Input, value: object) -> bool:
    if type(value) is not bool:
        raise Wrong("This is true or false.")
    return value


def _integer(asked: Input, value: object) -> int:
    if type(value) is not int or not asked.least <= value <= asked.most:
        raise Wrong(f"This is a whole number from {asked.least} to {asked.most}.")
    return value


def _choice(asked: Input, value: object) -> str:
    if not isinstance(value, str) or value not in asked.choices:
        raise Wrong(f"This is one of: {_list(asked.choices)}.")
    return value


def _text(_: Input, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
        raise Wrong(f"This is a text of 1 to {LONGEST_TEXT} characters.")
    return term(value)


def _periods(_: Input, value: object) -> tuple[Period, ...]:
    return tuple(sorted(_entries(value, _period), key=lambda period: (period.from_on, period.to_on)))


def _period(value: object) -> Period:
    if isinstance(value, Period):
        return value
    if not isinstance(value, Mapping) or value.keys() != {"from", "to"}:
        raise Wrong("A period is an object with from, to.")
    ends = []
    for name in ("from", "to"):
        try:
            ends.append(read_date(value[name]))
        except Wrong as wrong:
            raise Wrong(str(wrong), f"/{name}") from None
    if ends[1] < ends[0]:
        raise Wrong("It ends before it begins.", "/to")
    return Period(*ends)


def _object(asked: Input, value: object) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise Wrong(f"This is an object with {_list(one.name for one in asked.fields)}.")
    facts, errors = read(asked.fields, value, "")
    if errors:
        raise Wrong(errors[0]["detail"], errors[0]["pointer"])
    return facts


_READERS: Mapping[str, Callable[[Input, object], Any]] = {
    "date": _date,
    "dates": _dates,
    "boolean": _boolean,
    "integer": _integer,
    "choice": _choice,
    "text": _text,
    "periods": _periods,
    "object": _object,
}


def _entries(value: object, reader: Callable[[object], Any]) -> Iterator[Any]:
    if not isinstance(value, (list, tuple, set, frozenset)) or len(value) > MOST_ENTRIES:
        raise Wrong(f"This is a list of at most {MOST_ENTRIES}.")
    for place, one in enumerate(value):
        try:
            yield reader(one)
        except Wrong as wrong:
            raise Wrong(str(wrong), f"/{place}{wrong.pointer}") from None


@cache
def _zone_names() -> frozenset[str]:
    """The zones that can really be loaded: some names of the directory are none."""
    return frozenset(name for name in available_timezones() if name not in ("localtime", "Factory"))


def _list(names: Collection[str] | Iterator[str]) -> str:
    return ", ".join(names) or "nothing"


def _escaped(name: object) -> str:
    return str(name)[:LONGEST_TEXT].replace("~", "~0").replace("/", "~1")
