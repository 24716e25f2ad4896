"""What all parts of a packet are set with: facts, exhibits, our words in its language, and how days and numbers are written.

A part is a module with a function of its name. From a `Paper` it makes what `packet.typ` draws, in plain values: every text of
it is in the reader's language, or as somebody wrote it. None: nothing is on record.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from domain.letters import date_in_words
from domain.packet_facts import PacketFacts
from mail.packet.text import one_line

PAPERS = Path(__file__).parents[1] / "papers"

Words = Mapping[str, Any]


@dataclass(frozen=True)
class Exhibit:
    """An exhibit of a packet. `pages` of its own are put behind its sheet later; `text` is set by the paper itself, and then
    there are none. `sha256` (hexadecimal) and `size_bytes` are those of the file as it came."""

    number: int
    title: str
    source: str | None
    observed_on: date | None
    file_type: str
    pages: int
    sha256: str
    size_bytes: int
    note: str | None = None
    text: str | None = None
    document_id: str | None = None


@cache
def words_of(language: str) -> Words:
    """All that is ours to say in a packet."""
    found: Words = orjson.loads((PAPERS / language / "packet.json").read_bytes())
    return found


class Paper:
    """The paper of these facts; `exhibit_of` has the numbers of documents that are exhibits."""

    def __init__(self, facts: PacketFacts, exhibits: Sequence[Exhibit]) -> None:
        self.facts, self.exhibits = facts, exhibits
        self.words = words_of(facts.language)
        self.zone = ZoneInfo(facts.timezone)
        self.exhibit_of = {one.document_id: one.number for one in exhibits if one.document_id}

    def day(self, on: str | date | None) -> str:
        if on is None:
            return ""
        return date_in_words(on if isinstance(on, date) else date.fromisoformat(on), self.facts.language)

    def at(self, instant: str) -> str:
        """The day and the wall time, where the practice is."""
        local = self._local(instant)
        clock = f"{local:%H:%M}" if self.facts.language == "es" else f"{local:%I:%M %p}".lstrip("0")
        return f"{self.day(local.date())}, {clock}"

    def local_day(self, instant: str) -> str:
        """The day there, as it is written in facts."""
        return self._local(instant).date().isoformat()

    def _local(self, instant: str) -> datetime:
        return datetime.fromisoformat(instant).astimezone(self.zone)

    def month(self, on: str) -> str:
        """`Oct 2026`, of a month that begins or is cut on that day."""
        day = date.fromisoformat(on)
        return f"{self.day(day).split(' ')[2 if self.facts.language == 'es' else 0][:3].capitalize()} {day.year}"

    def number(self, value: int | float | None) -> str:
        return "–" if value is None else f"{value:,}"

    def count(self, words: Words, number: int, **said: str) -> str:
        """`1 page`, `4 pages`, `none`."""
        name = "one" if number == 1 else "many" if number or "none" not in words else "none"
        return str(words[name]).format(number=self.number(number), **said)

    def span(self, words: Words, from_on: str | None, to_on: str | None) -> str:
        name = "from_to" if from_on and to_on else "from" if from_on else "to" if to_on else "all"
        return str(words[name]).format(**{"from": self.day(from_on), "to": self.day(to_on)})

    def attached(self, documents: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Names of files; those that are exhibits lead there."""
        found = []
        for one in documents:
            number = self.exhibit_of.get(str(one["document_id"]))
            known = f"{self.words['exhibit'].format(number=number)}: " if number else ""
            found.append({"exhibit": number, "text": one_line(known + str(one["name"]))})
        return found
