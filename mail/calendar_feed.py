"""A member's calendar as iCalendar (RFC 5545), for programs that read it from an address: no METHOD, since nobody is invited.

It lies with Apple, Google or Microsoft, and on phones: a consultation is its kind and the parent's initials, a reminder says
that there is one. Who it is, and what about, is read behind a sign-in. Each event's stamp is when its row last changed, so
that a calendar in which nothing happened is the same to the byte.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from icalendar import Event, vText

from mail.invite import begun, instant, uid
from mail.letter import LANGUAGES
from models.booking import initials_of

EVERY = timedelta(hours=1)
REMINDER_LASTS = timedelta(minutes=15)
WORDS = {
    "en": {"name": "Consultations: {practice}", "reminder": "Reminder: follow up"},
    "es": {"name": "Consultas: {practice}", "reminder": "Recordatorio: seguimiento"},
}


def calendar(practice: str, language: str, consultations: Iterable[Any], reminders: Iterable[Any]) -> bytes:
    """The calendar of rows of `CONSULTATIONS_OF` and `REMINDERS_OF`."""
    words = WORDS[language if language in LANGUAGES else "en"]
    made = begun()
    name = vText(words["name"].format(practice=practice))
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", EVERY)
    for row in consultations:
        event = _event(row)
        event.add("sequence", row.sequence)
        event.add("dtstart", instant(row.starts_at))
        event.add("dtend", instant(row.ends_at))
        parent = initials_of(row.parent)
        event.add("summary", vText(f"{row.consultation} ({parent})" if parent else row.consultation))
        event.add("status", "TENTATIVE" if row.state == "requested" else "CONFIRMED")
        event.add("transp", "OPAQUE")
        made.add_component(event)
    for row in reminders:
        event = _event(row)
        event.add("sequence", row.occurrence)
        event.add("dtstart", instant(row.due_at))
        event.add("dtend", instant(row.due_at + REMINDER_LASTS))
        event.add("summary", vText(words["reminder"]))
        # Something to do is no time that is taken.
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())


def _event(row: Any) -> Event:
    event = Event()
    event.add("uid", uid(row.id))
    event.add("dtstamp", instant(row.updated_at))
    event.add("created", instant(row.created_at))
    event.add("last-modified", instant(row.updated_at))
    event.add("class", "PRIVATE")
    return event
