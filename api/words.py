"""The words of pages in the reader's language, and instants as people say them. The words stand in `web/words`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import request

WORDS = Path(__file__).parent.parent / "web" / "words"
FILES = {"en": "english", "es": "spanish"}


def language(*wishes: str | None) -> str:
    """In which language to answer: the first wish that we can fulfil, or English."""
    return next((wish for wish in wishes if wish in FILES), "en")


def said_by_address() -> str | None:
    """The wish of the address, `?lang=`."""
    return request.args.get("lang")


def said_by_browser() -> str | None:
    """What the browser asks for that we have (RFC 9110, section 12.5.4)."""
    return request.accept_languages.best_match(FILES)


@cache
def words(code: str, prefix: str = "") -> Mapping[str, Any]:
    """All words of a language: of the pages, or of those with this prefix."""
    return tomllib.loads((WORDS / f"{prefix}{FILES[code]}.toml").read_text())


@dataclass(frozen=True)
class Say:
    """Says instants and dates in one language, and in one zone."""

    code: str
    zone: ZoneInfo

    @property
    def _when(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = words(self.code)["when"]
        return found

    def local(self, instant: str | datetime) -> datetime:
        at = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
        return at.astimezone(self.zone)

    def day(self, on: date, form: str = "day") -> str:
        """Tuesday, October 6; with the year as `year_day`."""
        when = self._when
        named = {"weekday": when["weekdays"][on.weekday()], "month": when["months"][on.month - 1], "day": on.day}
        return str(when[form].format(**named, year=on.year))

    def span(self, first: date, last: date) -> str:
        """October 5 to 11"""
        months, form = self._when["months"], "span_in_month" if first.month == last.month else "span"
        until = {"until_month": months[last.month - 1], "until_day": last.day}
        return str(self._when[form].format(month=months[first.month - 1], day=first.day, **until))

    def time(self, instant: str | datetime, *, with_letters: bool = False) -> str:
        """9:30 AM, with a space that no line ends at; 1:30 AM EST where the clocks show that twice, or with the letters."""
        at = self.local(instant)
        half = self._when["before_noon" if at.hour < 12 else "after_noon"]
        said = f"{at.hour % 12 or 12}:{at:%M}\N{NO-BREAK SPACE}{half}"
        return f"{said} {_letters(at)}" if with_letters or _comes_twice(at) else said

    def moment(self, instant: str | datetime) -> str:
        """Tuesday, October 6 at 9:30 AM"""
        said = self._when["moment"].format(day=self.day(self.local(instant).date()), time=self.time(instant))
        return str(said)

    def from_to(self, start: str, end: str) -> str:
        """9:30 AM to 10:00 AM; 1:30 AM EST to 3:00 AM EDT where the clocks change meanwhile."""
        changes = self.local(start).utcoffset() != self.local(end).utcoffset()
        said = {name: self.time(at, with_letters=changes) for name, at in (("start", start), ("end", end))}
        return str(self._when["from_to"].format(**said))

    def zone_name(self, zone: str | None = None) -> str:
        """Eastern Time (New York); of zones elsewhere, the city."""
        name = zone or self.zone.key
        known: Mapping[str, str] = words(self.code)["zones"]
        return known.get(name) or name.rpartition("/")[2].replace("_", " ")


def _comes_twice(local: datetime) -> bool:
    """Whether the clocks show this time twice that day, because they go back."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _letters(local: datetime) -> str:
    """EDT or EST; UTC-03 where a zone has no such letters."""
    letters = local.tzname() or ""
    return letters if letters.isalpha() else f"UTC{letters}"
