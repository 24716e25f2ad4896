"""What is mailed about a booking: to the parent in their language and zone, to the host in the practice's and the host's own.

Nothing that a visitor wrote goes to the address that they gave: forms are used to send spam in somebody's name. And nothing
that may name a child goes to anybody: what was written with a booking, or as a reason, is read behind a sign-in.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from models.availability import Availability
from models.booking import Booking
from models.consultation_type import ConsultationType
from models.message import Holding, Message
from models.practice import Practice
from models.prepared import Prepared
from models.staff import Staff

# To the parent and to the host: what happened.
EVENTS = ("booked", "requested", "confirmed", "declined", "moved", "handed_over", "cancelled", "reminder")
# To the parent alone: is this your address? And to the host alone who has it no more.
TO_PARENT, TO_FORMER_HOST = "verify", "given_away"
# After these there is no consultation of theirs in anybody's calendar.
ENDS = ("declined", "cancelled", TO_FORMER_HOST)


def facts(
    booking: Booking, event: str, *, kind: ConsultationType, host: Staff, host_zone: str, to: str, now: datetime
) -> dict[str, Any]:
    """What a mail or an invitation says `to` the "parent" or the "host". No child is named in any of it."""
    parent: dict[str, Any] = {"email": booking.email, "timezone": booking.timezone, "has_phone": bool(booking.phone)}
    if to == "host":
        wrote = bool(booking.message or booking.answers or booking.reason)
        parent |= {"name": booking.name, "phone": booking.phone, "initials": booking.initials, "wrote": wrote}
    return {
        "event": event,
        "consultation": kind.name,
        "is_free": kind.price_cents == 0,
        # Number, address and room are for who has a consultation.
        "location": kind.location if booking.state == "confirmed" or to == "host" else None,
        "starts_at": booking.starts_at,
        "ends_at": booking.ends_at,
        "expires_at": booking.expires_at,
        "made_at": booking.created_at or now,
        "is_tentative": booking.state == "requested",
        "uid": str(booking.id),
        "sequence": booking.sequence,
        "parent": parent,
        "host": {"name": host.name, "email": host.email, "timezone": host_zone},
    }


def messages(
    booking: Booking,
    event: str,
    *,
    kind: ConsultationType,
    host: Staff,
    practice: Practice,
    host_zone: str,
    now: datetime,
    reminder_minutes: int | None = None,
) -> list[Message]:
    """The mails of an event, with the parent's link; a reminder is one of so many minutes before."""
    who = {"parent": [TO_PARENT], "host": [TO_FORMER_HOST]}
    until = booking.expires_at if event == TO_PARENT else None if event in ENDS else booking.starts_at
    occasion = f"booking:{booking.id}:{booking.sequence}:{event}" + (f":{reminder_minutes}" if reminder_minutes else "")
    written = []
    for to, alone in who.items():
        if event not in (*EVENTS, *alone):
            continue
        # Who has left the practice hears nothing of its parents any more, but that they have it no more.
        if to == "host" and host.ended_at is not None and event != TO_FORMER_HOST:
            continue
        said = facts(booking, event, kind=kind, host=host, host_zone=host_zone, to=to, now=now)
        address, is_parent = (booking.email, True) if to == "parent" else (host.email, False)
        assert address is not None, "a time that is held for nobody is told to nobody"
        written.append(
            Message.write(
                "booking" if is_parent else "booking_host",
                to=address,
                now=now,
                practice=practice,
                facts=said,
                language=booking.language if is_parent else None,
                occasion=f"{occasion}:{to}" + (f":{host.id}" if event == TO_FORMER_HOST else ""),
                link=("bookings", booking.id, booking.link_hash) if is_parent else None,
                while_=Holding(booking.id, booking.sequence, until),
            )
        )
    return written


HOST_ZONE = Prepared(select(Availability.timezone).where(Availability.staff_id == bindparam("staff_id")))
# The booking of a mail, as long as nothing happened to it since: whatever does makes its sequence rise.
BOOKING_AS_TOLD = Prepared(select(Booking.id).where(Booking.id == bindparam("id"), Booking.sequence == bindparam("sequence")))
