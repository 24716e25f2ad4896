"""The iCalendar invitation to a consultation (RFC 5545, RFC 5546): one UID for life, a sequence that rises."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar, Event, vCalAddress

PRODUCT = "-//Followthrough//Consultations//EN"


def calendar(practice: str, facts: Mapping[str, Any], now: datetime) -> bytes:
    """The invitation, or its cancellation, from a booking's facts; `now` (aware) is its DTSTAMP. Names no child."""
    cancelled = facts["event"] == "cancelled"
    event = Event()
    event.add("uid", f"{facts['uid']}@followthrough")
    event.add("sequence", facts["sequence"])
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", _instant(facts["starts_at"]))
    event.add("dtend", _instant(facts["ends_at"]))
    event.add("summary", f"{facts['consultation']} with {practice}")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE")
    organizer = vCalAddress(f"mailto:{facts['host']['email']}")
    organizer.params["CN"] = facts["host"]["name"]
    event.add("organizer", organizer)
    # The address alone: nothing that a visitor wrote goes to an address that nobody confirmed.
    attendee = vCalAddress(f"mailto:{facts['parent']['email']}")
    attendee.params.update({"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    event.add("attendee", attendee)
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "CANCEL" if cancelled else "REQUEST")
    made.add_component(event)
    return bytes(made.to_ical())


def _instant(at: datetime | str) -> datetime:
    return (datetime.fromisoformat(at) if isinstance(at, str) else at).astimezone(UTC)
