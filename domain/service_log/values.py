"""What stands in a cell: days, minutes, times of day. Each is read as it is written, or refused with a sentence."""

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

Cell = str | int | float | bool | None
# How days are written in numbers, where the year does not come first.
ORDERS = ("mdy", "dmy")
UNITS = ("minutes", "hours")
MOST_CHARACTERS = 2_000
MINUTES_OF_A_DAY = 1440
# No value that is read is longer.
_LONGEST = 60
# Days that a spreadsheet counted from 1899-12-30, of this century.
_EPOCH, _SERIALS = date(1899, 12, 30), range(36_526, 73_051)
_FIRST_YEAR = 2000
# Whoever writes 1:30 of a school day means the afternoon.
_AFTERNOON = range(1, 7)
# "11:30-12:15" has noon within it; "9:30-9:00" is no session to the evening.
_LONGEST_PAST_NOON = 240

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january ene enero",
            "feb february febrero",
            "mar march marzo",
            "apr april abr abril",
            "may mayo",
            "jun june junio",
            "jul july julio",
            "aug august ago agosto",
            "sep sept september set septiembre setiembre",
            "oct october octubre",
            "nov november noviembre",
            "dec december dic diciembre",
        ),
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "mon monday lun lunes",
            "tue tues tuesday mar martes",
            "wed weds wednesday mie mier miercoles",
            "thu thur thurs thursday jue jueves",
            "fri friday vie viernes",
            "sat saturday sab sabado",
            "sun sunday dom domingo",
        )
    )
    for name in names.split()
}
_NO_LETTERS, _ACCENTS = re.compile("[^a-z0-9]+"), re.compile("[\u0300-\u036f]+")
_WEEKDAY = re.compile(r"([a-z]+)[ .,]+(?=\S)")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}|\d{2}))?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ ./-]?(?:de )?([a-z]{3,10})[ ./,-]{0,2}(?:del? )?(\d{4}|\d{2})?")
_MONTH_FIRST = re.compile(r"([a-z]{3,10})[ ./-]{0,2}(\d{1,2})(?:st|nd|rd|th)?(?:[ ./,-]{1,2}(\d{4}|\d{2}))?")
_TIME_BEHIND = re.compile(r"[ t]\d{1,2}:\d\d(:\d\d)?(\.\d{1,6})?( ?[ap]\.?m\.?)?$")
_SPAN = re.compile(r"pt(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:\d{1,2}s)?")
_COLON = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?")
_AMOUNT = re.compile(
    r"(?:(\d{1,3}(?:[.,]\d{1,2})?|[.,]\d{1,2}) ?(?:h|hr|hrs|hour|hours|hora|horas)\.?)?[ ,]{0,2}"
    r"(?:(\d{1,4}(?:[.,]\d{1,4})?|[.,]\d{1,4}) ?(m|min|mins|minute|minutes|minuto|minutos|'|′)?\.?)?"
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d\d)(?::\d\d)?)? ?([ap])?\.?(?: ?m\.?)?")
_FROM_TO = re.compile(r"[-–—]| to | a | hasta ")


class NotRead(ValueError):
    """What stands there is not what should: `str` says so in a sentence."""


def text_of(cell: Cell) -> str:
    """A cell as a line of text, as a person sees it; empty where nothing stands."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell)[:MOST_CHARACTERS].split())


@lru_cache(4096)
def plain(text: str) -> str:
    """A text as it is compared: small letters without accents, digits, single spaces."""
    return _NO_LETTERS.sub(" ", _without_accents(text)).strip()


def key_of(text: str) -> str:
    """What a value is known by, however it is spaced and spelt large."""
    return " ".join(text.casefold().split())


def day_of(cell: Cell, order: str, *, latest: date, school_year: int | None = None) -> date:
    """The day that is written here, its numbers in this order: none behind `latest`. Raises `NotRead`."""
    found = _day(cell, order, school_year)
    if found.year < _FIRST_YEAR:
        raise NotRead(f"{found.isoformat()} is before this century.")
    if found > latest:
        raise NotRead(f"{found.isoformat()} is too far ahead.")
    return found


def looks_like_day(cell: Cell) -> bool:
    """Whether a day may be written here, rightly or wrongly."""
    said = text_of(cell)
    if not said or len(said) > _LONGEST:
        return False
    return (_ISO.search(said) or _NUMBERS.search(said)) is not None or (not said.isdigit() and is_day(said))


def is_day(cell: Cell) -> bool:
    """Whether a day is written here in either order, with or without its year."""
    for order in ORDERS:
        try:
            _day(cell, order, _FIRST_YEAR)
        except _AnotherWeekday:
            pass
        except NotRead:
            continue
        return not isinstance(cell, int | float)
    return False


def has_year(cell: Cell) -> bool:
    try:
        _day(cell, ORDERS[0], None)
    except _NoYear:
        return False
    except NotRead:
        return True
    return True


class _NoYear(NotRead):
    pass


class _AnotherWeekday(NotRead):
    pass


@lru_cache(4096, typed=True)
def _day(cell: Cell, order: str, school_year: int | None) -> date:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _serial(cell)
    said = text_of(cell)
    if not said:
        raise NotRead("There is no date.")
    written = _plain_day(said)
    if written.isdigit() and len(written) == 5:
        return _serial(int(written))
    weekday = None
    if (before := _WEEKDAY.match(written)) and (weekday := WEEKDAYS.get(before[1])) is not None:
        # "mar" is March, and Tuesday in Spanish: what follows tells.
        rest = written[before.end() :]
        weekday, written = (None, written) if before[1] == "mar" and not _NUMBERS.fullmatch(rest) else (weekday, rest)
    year, month, day = _parts(written, order, said)
    if year is None:
        if school_year is None:
            raise _NoYear(f"“{_cut(said)}” has no year: say in `school_year` in which year that school year begins.")
        year = school_year if month >= 7 else school_year + 1
    try:
        found = date(year if year >= 100 else 2000 + year, month, day)
    except ValueError:
        raise NotRead(f"“{_cut(said)}” is no day.") from None
    if weekday is not None and found.weekday() != weekday:
        raise _AnotherWeekday(f"“{_cut(said)}”: {found.isoformat()} is another weekday.")
    return found


def _parts(written: str, order: str, said: str) -> tuple[int | None, int, int]:
    """Year, month and day as numbers."""
    if match := _ISO.fullmatch(written) or _COMPACT.fullmatch(written):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMBERS.fullmatch(written):
        first, second, year = int(match[1]), int(match[2]), int(match[3]) if match[3] else None
        return (year, first, second) if order == "mdy" else (year, second, first)
    if (match := _DAY_FIRST.fullmatch(written)) and match[2] in MONTHS:
        return int(match[3]) if match[3] else None, MONTHS[match[2]], int(match[1])
    if (match := _MONTH_FIRST.fullmatch(written)) and match[1] in MONTHS:
        return int(match[3]) if match[3] else None, MONTHS[match[1]], int(match[2])
    raise NotRead(f"“{_cut(said)}” is no date.")


def _plain_day(said: str) -> str:
    return _TIME_BEHIND.sub("", _without_accents(said[: _LONGEST + 1])).strip(" .,")


def _without_accents(text: str) -> str:
    """In small letters."""
    return text.lower() if text.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def _serial(number: float) -> date:
    if int(number) not in _SERIALS:
        raise NotRead(f"“{_cut(text_of(number))}” is no date.")
    return _EPOCH + timedelta(days=int(number))


def week_of(cell: Cell, order: str, *, heading: str, latest: date, school_year: int | None) -> date:
    """The Monday of the week that is named here: by its first day, by its last, or by both ("10/12 - 10/16/2026").

    A week that is named by a Sunday begins with it, unless the heading says that it ends with it.
    """
    said = text_of(cell)
    named, is_ending = plain(heading), False
    if not is_day(cell):
        ends = [end for part in _FROM_TO.split(said[: 2 * _LONGEST]) if (end := part.strip())]
        if len(ends) == 6:
            # The sign between the days stands within them too.
            ends = ["-".join(ends[:3]), "-".join(ends[3:])]
        if len(ends) == 2:
            year = re.search(r"\d{4}$", ends[1])
            cell = ends[0] if year is None or re.search(r"\d{4}", ends[0]) else f"{ends[0]}/{year[0]}"
    is_ending = any(word in named.split() for word in ("ending", "ends", "termina", "hasta"))
    day = day_of(cell, order, latest=latest, school_year=school_year)
    if day.weekday() == 6 and not is_ending:
        day += timedelta(days=1)
    return day - timedelta(days=day.weekday())


@lru_cache(4096, typed=True)
def minutes_of(cell: Cell, unit: str = "minutes") -> int | None:
    """The minutes that are written here; None where nothing is. Raises `NotRead`."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _whole(float(cell) * (60 if unit == "hours" else 1), text_of(cell), is_rounded=unit == "hours")
    said = text_of(cell)
    if not said:
        return None
    written = said[: _LONGEST + 1].casefold()
    if match := _SPAN.fullmatch(written):
        return _whole(60 * int(match[1] or 0) + int(match[2] or 0), said)
    if match := _COLON.fullmatch(written):
        if int(match[1]) >= 7:
            raise NotRead(f"“{_cut(said)}” is a time of day, and no number of minutes.")
        return _whole(60 * int(match[1]) + int(match[2]), said)
    if match := _AMOUNT.fullmatch(written):
        hours, minutes, named = match[1], match[2], match[3]
        if hours is not None or minutes is not None:
            in_hours = unit == "hours" and hours is None and not named
            number = float((minutes or "0").replace(",", ".")) * (60 if in_hours else 1)
            whole = 60 * float((hours or "0").replace(",", ".")) + number
            return _whole(whole, said, is_rounded=in_hours or hours is not None)
    raise NotRead(f"“{_cut(said)}” is no number of minutes.")


def _whole(minutes: float, said: str, *, is_rounded: bool = False) -> int:
    if not 0 <= minutes <= MINUTES_OF_A_DAY:
        raise NotRead(f"“{_cut(said)}” is more than a day, or less than nothing.")
    if not is_rounded and abs(minutes - round(minutes)) > 0.001:
        raise NotRead(f"“{_cut(said)}” is no whole number of minutes: if these are hours, say so in `unit`.")
    return int(minutes + 0.5)


@lru_cache(4096, typed=True)
def clock_of(cell: Cell) -> int | None:
    """A time of day, in minutes from midnight; from one to six without a word it is the afternoon. None where nothing is."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 < cell < 1:
        return round(cell * MINUTES_OF_A_DAY) % MINUTES_OF_A_DAY
    said = text_of(cell)
    if not said:
        return None
    match = _clock_in(said)
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59 or (match[2] is None and not match[3]):
        raise NotRead(f"“{_cut(said)}” is no time of day.")
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3] and hour <= 12:
        hour = hour % 12 + (12 if match[3] == "p" else 0)
    elif hour in _AFTERNOON:
        hour += 12
    return 60 * hour + minute


def _clock_in(said: str) -> re.Match[str] | None:
    written = said[: _LONGEST + 1].casefold()
    return _CLOCK.fullmatch(written.partition("t")[2] or written)


def span_of(cell: Cell) -> tuple[int | None, int | None]:
    """What a column of times says: when it began and how long it took ("9:00-9:30"), when it began, or how long."""
    said = text_of(cell)
    ends = [end.strip() for end in _FROM_TO.split(f"{said[:_LONGEST]}")]
    if len(ends) == 2 and all(ends):
        # "1-1:30": the hour alone is a time of day here.
        first, last = (f"{one}:00" if one.isdigit() and len(one) <= 2 else one for one in ends)
        return clock_of(first), between(first, last)
    try:
        return None, minutes_of(cell)
    except NotRead:
        return clock_of(cell), None


def between(first: Cell, last: Cell) -> int | None:
    """Minutes from one time of day to another; where they do not both say which half of the day, noon may lie between. Raises
    `NotRead` where it would end before it starts, or hours later than any session."""
    begin, end = clock_of(first), clock_of(last)
    if begin is None or end is None:
        return None
    minutes = (end - begin) % (MINUTES_OF_A_DAY if _says_half(first) and _says_half(last) else MINUTES_OF_A_DAY // 2)
    if minutes == 0:
        raise NotRead("It begins and ends at the same time.")
    if end < begin and minutes > _LONGEST_PAST_NOON:
        raise NotRead(f"It ends before it starts: {text_of(first)} to {text_of(last)}.")
    return minutes


def _says_half(cell: Cell) -> bool:
    """Whether a time of day says that it is before or after noon: by a word, or as an hour of 24."""
    match = _clock_in(text_of(cell))
    return match is not None and (bool(match[3]) or int(match[1]) > 12)


def as_clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _cut(said: str) -> str:
    return said if len(said) <= 40 else f"{said[:39]}…"
