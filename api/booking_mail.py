"""Who is told of what happens to a booking, and reminded of it."""

from uuid import UUID

from flask import Response

from api.config import current_config
from api.verbs import find, links, now, practice, work
from mail.render import Sender, invitation
from models.base import Base
from models.booking import Booking
from models.booking_mail import HOST_ZONE, TO_FORMER_HOST, facts, messages
from models.booking_reminder import BookingReminder
from models.consultation_type import ConsultationType
from models.link import hash_of
from models.staff import Staff
from models.transaction import NotFound


def told(event: str, booking: Booking, kind: ConsultationType, *, former_host_id: UUID | None = None) -> list[Base]:
    """The rows to insert after a booking: its mails, and the reminders of the time that it has now.

    Those of the time that it had are dropped. `former_host_id` is who had it before: the event goes from their calendar.
    """
    # A link that no present secret makes any more is renewed, so that no mail holds a dead one.
    token = links().token("bookings", work().practice_id, booking.id, hashed=booking.link_hash)
    booking.link_hash = hash_of(token)
    # A booking that nothing has happened to has no reminders of an earlier time.
    if booking.sequence > 0:
        work().execute(BookingReminder.drop(booking.id))
    rows: list[Base] = [
        *_mails(event, booking, kind, booking.host_id),
        *BookingReminder.plan(booking, kind.reminder_offsets_minutes, now=now()),
    ]
    if former_host_id not in (None, booking.host_id):
        assert former_host_id is not None
        rows += _mails(TO_FORMER_HOST, booking, kind, former_host_id)
    return rows


def invitation_of(booking: Booking) -> Response:
    """The event as it is now, as in the parent's mail: to be read by calendars that take no mail."""
    if booking.state == "held" or booking.email is None:
        raise NotFound("There is no invitation before the address is confirmed, or when nobody is known any more.")
    kind, host = find(ConsultationType, booking.consultation_type_id), find(Staff, booking.host_id)
    event = "cancelled" if booking.state == "cancelled" else "booked"
    said = facts(booking, event, kind=kind, host=host, host_zone=host_zone(host.id), to="parent", now=now())
    firm = {"name": practice().name, "timezone": practice().timezone}
    token = links().url("bookings", work().practice_id, booking.id, hashed=booking.link_hash)
    sender = Sender(links(), current_config().sender_address)
    calendar, method = invitation({**said, "practice": firm, "language": booking.language}, token, sender, now())
    return Response(calendar, content_type=f"text/calendar; charset=utf-8; method={method}")


def host_zone(host_id: UUID) -> str:
    """Where a host keeps hours; else where the practice is."""
    found = work().rows(HOST_ZONE, staff_id=host_id)
    return str(found[0].timezone) if found else practice().timezone


def _mails(event: str, booking: Booking, kind: ConsultationType, host_id: UUID) -> list[Base]:
    host = find(Staff, host_id)
    return [*messages(booking, event, kind=kind, host=host, host_zone=host_zone(host_id), practice=practice(), now=now())]
