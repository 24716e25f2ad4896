"""What a mail says, in one language, as words alone: how it looks, as text and as HTML, is the two layouts' business.

A template of words sets `subject` and `lead`, and where it wants to, `rows` (what stands in a table: label, value, and an
address if it is one), `action` (what the link does), `closing`, and for an invitation `summary` and `location`. It is plain
text in both languages and both layouts: nothing in it is ever read as markup.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from domain.deadlines import GENERAL
from mail.moment import day_in_words, in_words

LANGUAGES = ("en", "es")
_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    undefined=StrictUndefined,
    autoescape=select_autoescape(enabled_extensions=("html",), default_for_string=True),
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_templates.globals["GENERAL"] = GENERAL


def mailto(address: str) -> str:
    """The address as a link (RFC 6068): nothing in it is read as a further header, as `?bcc=` would be.

    What stands for itself there and is common in addresses is left alone, since calendars compare these links letter by letter.
    """
    return "mailto:" + quote(address, safe="@+'")


_templates.filters["mailto"] = mailto


@dataclass(frozen=True)
class Letter:
    """The words of a mail, and of the invitation that may come with it."""

    language: str
    subject: str
    lead: str
    rows: tuple[tuple[str, ...], ...] = ()
    action: str | None = None
    closing: str | None = None
    summary: str | None = None
    location: str | None = None

    def as_text(self, signed: str, link: str | None) -> str:
        return self._laid_out("layout.txt", signed, link)

    def as_html(self, signed: str, link: str | None) -> str:
        return self._laid_out("layout.html", signed, link)

    def _laid_out(self, layout: str, signed: str, link: str | None) -> str:
        return _templates.get_template(layout).render(letter=self, signed=signed, link=link if self.action else None)


def letter(kind: str, facts: Mapping[str, Any]) -> Letter:
    """The words of a kind of mail, from its facts. Raises where they do not fit."""
    language = facts["language"] if facts["language"] in LANGUAGES else "en"

    def when(at: str, zone: str) -> str:
        return in_words(at, zone, language)

    def day(on: str) -> str:
        return day_in_words(date.fromisoformat(on), language)

    said: Any = _templates.get_template(f"{language}/{kind}.txt").make_module({**facts, "when": when, "day": day})
    optional = ("action", "closing", "summary", "location")
    return Letter(
        language=language,
        subject=one_line(said.subject),
        lead=said.lead,
        rows=tuple(tuple(row) for row in getattr(said, "rows", ())),
        **{name: getattr(said, name, None) for name in optional},
    )


def one_line(text: str) -> str:
    """What may stand in a header: one line, and in it no encoded word (RFC 2047) of whoever wrote it. `EmailMessage` would take
    it apart, and an end of line that stood within would end the header."""
    return " ".join(text.split()).replace("=?", "= ?")[:200]
