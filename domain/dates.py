"""Dates as they are written in American documents: month before day, two-digit years in this century."""

import re
from collections.abc import Iterator
from datetime import date

# Two-digit years are of this century, and an IEP is of our time: "3/4 of 2017" is none.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}>\d{{4}}|'\d\d|’\d\d)"
_DATE = re.compile(
    r"(?<![\d./])(?P<iso_year>\d{4})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)(?!\d)"
    r"|(?<![\d./])(?P<month>[01]?\d)(?P<mark>[/.-])(?P<day>[0-3]?\d)(?P=mark)(?P<year>\d{4}|\d\d)(?![\d/]|[.]\d)"
    r"|(?<![\d./])(?P<spaced_month>[01]?\d) ?/ ?(?P<spaced_day>[0-3]?\d) ?/ ?(?P<spaced_year>\d{4}|\d\d)(?![\d/])"
    r"|\b" + _MONTH.format("named_month") + r"\s{0,3}" + _DAY.format("named_day") + r"(?!\d)"
    r"\s{0,2},?\s{0,3}" + _YEAR.format("named_year") + r"(?!\d)"
    r"|(?<!\d)" + _DAY.format("led_day") + r"(?:\s{1,3}(?:of\s{1,3})?|-)" + _MONTH.format("led_month") + r"[\s,-]{1,3}"
    r"(?P<led_year>\d{4}|'?\d\d)(?!\d)",
    re.IGNORECASE,
)


# Without one of these there is no date: it saves the search.
_MAY_BE_DATED = re.compile(
    r"\d\s?[/.-]\s?\d|\d{4}|['’]\d\d|\d[\s-](?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE
)


def written_dates(text: str) -> list[tuple[date, int, int]]:
    """Every date that is written in full, with its span; both ends of a range ("8/25/25-8/24/26") are there.

    A date that no calendar has (2/30/26) is none.
    """
    return list(_written(text))


def date_written(text: str) -> date | None:
    """The first of them."""
    return next((day for day, _, _ in _written(text)), None)


def _written(text: str) -> Iterator[tuple[date, int, int]]:
    if not _MAY_BE_DATED.search(text):
        return
    for found in _DATE.finditer(text):
        day = _date(found)
        if day:
            yield day, found.start(), found.end()


def _date(found: re.Match[str]) -> date | None:
    for name in ("iso_", "", "spaced_", "named_", "led_"):
        if found[f"{name}year"]:
            year, month, day = found[f"{name}year"].lstrip("'’"), found[f"{name}month"], found[f"{name}day"]
            number = _MONTHS.index(month[:3].casefold()) + 1 if month.isalpha() else int(month)
            full = int(year) + (2000 if len(year) == 2 else 0)
            if not _FIRST_YEAR <= full <= _LAST_YEAR:
                return None
            try:
                return date(full, number, int(day))
            except ValueError:
                return None
    return None
