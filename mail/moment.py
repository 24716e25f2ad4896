"""Instants as people read them: in words, by the clock of their zone, in their language.

Two languages are a table of four lines; a library for all of them weighs more than the rest of the program.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "es": (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
}
HALVES = {"en": ("AM", "PM"), "es": ("a. m.", "p. m.")}


def in_words(at: str | datetime, zone: str, language: str) -> str:
    """Monday, October 12, 2026, 11:30 AM EDT (America/New_York); lunes, 12 de octubre de 2026, 11:30 a. m. EDT (...).

    EDT or EST, or UTC-03 where a zone has no such letters: once a year, the same hour comes twice in a day.
    """
    local = (datetime.fromisoformat(at) if isinstance(at, str) else at).astimezone(ZoneInfo(zone))
    day = day_in_words(local, language)
    letters = local.tzname() or ""
    hour = f"{local.hour % 12 or 12}:{local:%M} {HALVES[language][local.hour // 12]}"
    return f"{day}, {hour} {letters if letters.isalpha() else f'UTC{letters}'} ({zone})"


def day_in_words(on: date, language: str) -> str:
    """Monday, October 12, 2026; lunes, 12 de octubre de 2026."""
    day, month = DAYS[language][on.weekday()], MONTHS[language][on.month - 1]
    return f"{day}, {month} {on.day}, {on.year}" if language == "en" else f"{day}, {on.day} de {month} de {on.year}"
