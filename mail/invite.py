"""The iCalendar invitation to a consultation (RFC 5545, RFC 5546): one UID for life, a sequence that rises.

Parent and host each get their own, of one event: the UID and the organizer are the same in both, and stay the same when
another host takes over, since calendars take a change only from who sent the event. That is why the organizer is the
address that all our mail comes from. Titles name nobody: they are seen over shoulders, and calendars are shared.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar, Event, vCalAddress, vText

from domain.email_address import ascii_form
from mail.letter import Letter, mailto

PRODUCT = "-//Followthrough//Consultations//EN"
METHODS = {
    **dict.fromkeys(("booked", "requested", "confirmed", "moved", "handed_over"), "REQUEST"),
    **dict.fromkeys(("declined", "cancelled", "given_away"), "CANCEL"),
}


def calendar(facts: Mapping[str, Any], letter: Letter, *, organizer: str, link: str | None, now: datetime) -> bytes:
    """The invitation, or its cancellation, from a booking's facts and the words of its mail; `now` (aware) is its DTSTAMP."""
    method = METHODS[facts["event"]]
    made = begun()
    made.add("method", method)
    event = Event()
    event.add("uid", uid(facts["uid"]))
    event.add("sequence", facts["sequence"])
    event.add("dtstamp", instant(now))
    event.add("created", instant(facts["made_at"]))
    event.add("last-modified", instant(now))
    event.add("dtstart", instant(facts["starts_at"]))
    event.add("dtend", instant(facts["ends_at"]))
    event.add("summary", vText(letter.summary or facts["consultation"]))
    event.add("status", "CANCELLED" if method == "CANCEL" else "TENTATIVE" if facts["is_tentative"] else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE")
    # Ours, as it stands in From: without a name of its own, an installation says followthrough@127.0.0.1.
    event.add("organizer", _person(organizer, CN=facts["practice"]["name"]))
    # Of the parent the address alone: no name that a visitor wrote, which might be a child's, gets into a calendar.
    for address in dict.fromkeys((facts["parent"]["email"], facts["host"]["email"])):
        # Nobody has to answer: what they decline in a calendar reaches nobody; the link in the event does.
        event.add("attendee", _person(ascii_form(address), ROLE="REQ-PARTICIPANT", PARTSTAT="ACCEPTED", RSVP="FALSE"))
    if letter.location:
        event.add("location", vText(letter.location))
    if link and letter.action:
        event.add("description", vText(f"{letter.action}:\n{link}"))
    place = facts["place"] or {}
    if place.get("kind") == "video" and letter.location:
        event.add("url", place["url"])
    made.add_component(event)
    return bytes(made.to_ical())


def begun() -> Calendar:
    """A calendar with nothing in it yet."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    return made


def uid(row_id: object) -> str:
    """The name of an event, for life."""
    return f"{row_id}@followthrough"


def instant(at: datetime | str) -> datetime:
    """As iCalendar writes it: in UTC, to the second."""
    return (datetime.fromisoformat(at) if isinstance(at, str) else at).astimezone(UTC).replace(microsecond=0)


def _person(address: str, **parameters: str) -> vCalAddress:
    person = vCalAddress(mailto(address))
    person.params.update(parameters)
    return person
