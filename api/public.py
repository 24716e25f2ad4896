"""What a visitor of a practice's website can do, and a parent behind a link in a mail."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response

from api import booking as staff_bookings
from api.booking_mail import invitation_of
from api.doors import LinkDoor, WebsiteDoor
from api.offer import agreed, booking_link, chosen_host, local, must_host, offered_type, own_hold
from api.verbs import find, links, listed, now, practice, work
from domain import slots
from domain.questions import answered
from models.availability import hosts
from models.booking import BOOKING_BY_LINK, Booking
from models.consultation_type import ConsultationType
from models.link import hash_of
from models.offered_type import LINKED_CONSULTATION_TYPES, OPEN_CONSULTATION_TYPES
from models.practice import Practice
from models.staff import Staff
from models.transaction import NotFound
from schemas.base import page_of
from schemas.booking import (
    BookedSchema,
    CancelSchema,
    ManagedSchema,
    ManagedSlotsQuery,
    MoveSchema,
    OfferedTypesQuery,
    SlotsQuery,
    SlotsSchema,
    VisitorBookingSchema,
)
from schemas.consultation_type import OfferedTypeSchema
from schemas.public import ProfileSchema

EXAMPLE_ICS = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n...\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

public = WebsiteDoor(
    "public",
    __name__,
    "/public",
    description="For visitors of a practice's website, and for a parent behind the link in a mail; no sign-in.",
)
bookings = LinkDoor("public-bookings", __name__, "/public/bookings", tag="public")


@public.route("/<slug>")
@public.response(200, ProfileSchema)
def show_profile() -> Practice:
    """A practice's profile

    What its website shows.
    """
    return practice()


@public.route("/<slug>/consultation-types")
@public.arguments(OfferedTypesQuery, location="query")
@public.response(200, page_of(OfferedTypeSchema))
def list_offered_types(asked: dict[str, Any]) -> dict[str, Any]:
    """What can be booked

    Only what is open to visitors; with a `link`, what that is for, private or not.
    """
    link = booking_link(asked.get("link"))
    listing = LINKED_CONSULTATION_TYPES if link else OPEN_CONSULTATION_TYPES
    filters = {"linked_id": link.consultation_type_id} if link else {}
    return listed(listing, filters, asked["limit"], asked.get("cursor"))


@public.route("/<slug>/slots")
@public.arguments(SlotsQuery, location="query")
@public.response(200, SlotsSchema)
def list_slots(asked: dict[str, Any]) -> dict[str, Any]:
    """Free times

    Those that start at `from` or later and before `to`, given in `timezone`. Every time that is listed can be booked;
    no other can. Who hosts is not shown. With `hold`, one's own held time is among them.
    """
    link = booking_link(asked.get("link"))
    kind = offered_type(asked["consultation_type"], link)
    host_id = chosen_host(kind, link, asked.get("host_id"))
    return _free(kind, asked, asked["timezone"], besides=own_hold(asked.get("hold")), host_id=host_id)


@public.route("/<slug>/bookings", methods=["POST"], problems=["slot-taken"])
@public.arguments(VisitorBookingSchema)
@public.response(201, BookedSchema)
def book_consultation(said: dict[str, Any]) -> dict[str, Any]:
    """Book a consultation

    Sends a confirmation with an iCalendar invitation and the link to manage it. Where the practice says yes first, it is
    `requested` until then; where the address has to be confirmed, it is `held` until the link in the mail was followed, for 30
    minutes. A time that is gone answers 409 `slot-taken` with the nearest free ones. An address gets twenty mails a day.
    """
    said.pop("website")
    link, hold = booking_link(said.pop("link", None)), said.pop("hold", None)
    kind = offered_type(said.pop("consultation_type"), link)
    said["host_id"] = chosen_host(kind, link, said.get("host_id"))
    said["answers"] = answered(kind.questions, said.get("answers", {}))
    said["consent"] = agreed(said.get("consent"), said.pop("source_url", None))
    # Who has a link for once is somebody whom the practice knows.
    state = Booking.first_state(kind, is_known=link is not None and link.single_use)
    booked = staff_bookings.book(kind, said, state=state, hold=hold, link=link)
    url = None if state == "held" else links().url("bookings", work().practice_id, booked.id)
    return {**vars(booked), **local(booked, ZoneInfo(booked.timezone)), "manage_url": url}


@bookings.route("/<token>")
@bookings.response(200, ManagedSchema)
def show_managed_booking(token: str) -> dict[str, Any]:
    """A booking, behind its link

    What its parent sees: the first name only.
    """
    return _managed(_by_link(token))


@bookings.route("/<token>/slots")
@bookings.arguments(ManagedSlotsQuery, location="query")
@bookings.response(200, SlotsSchema)
def list_managed_slots(asked: dict[str, Any], token: str) -> dict[str, Any]:
    """Free times for a booking, behind its link

    Those to which it can be moved; its own time is not in its way. None, if it can not be moved any more.
    """
    booking = _by_link(token)
    timezone = asked.get("timezone", booking.timezone)
    if not booking.can_change(now()):
        return {"items": [], "timezone": timezone}
    kind = find(ConsultationType, booking.consultation_type_id)
    return _free(kind, asked, timezone, besides=booking.id, host_id=_kept_host(booking))


@bookings.route("/<token>/confirm", methods=["POST"])
@bookings.response(200, ManagedSchema)
def confirm_managed_booking(token: str) -> dict[str, Any]:
    """Confirm the address, behind the link

    For what is held until then; it may be said twice. From here on it is booked, or requested where the practice says yes
    first.
    """
    return _managed(staff_bookings.verify(_by_link(token, lock=True)))


@bookings.route("/<token>/reschedule", methods=["POST"], problems=["slot-taken"])
@bookings.arguments(MoveSchema)
@bookings.response(200, ManagedSchema)
def reschedule_managed_booking(said: dict[str, Any], token: str) -> dict[str, Any]:
    """Move a booking, behind its link

    To another time that is offered, of the same host where that one was chosen; parent and host get the changed invitation.
    A request stays one; what the practice has confirmed stays confirmed.
    """
    booking = _by_link(token, lock=True)
    return _managed(staff_bookings.reschedule(booking, {**said, "host_id": _kept_host(booking)}))


@bookings.route("/<token>/cancel", methods=["POST"])
@bookings.arguments(CancelSchema)
@bookings.response(200, ManagedSchema)
def cancel_managed_booking(said: dict[str, Any], token: str) -> dict[str, Any]:
    """Cancel a booking, behind its link

    The time is free again; parent and host are told.
    """
    return _managed(staff_bookings.cancel(_by_link(token, lock=True), said))


@bookings.route("/<token>/invite.ics")
@bookings.example(EXAMPLE_ICS, "text/calendar")
@bookings.response(200)
def show_invitation(token: str) -> Response:
    """The invitation as iCalendar

    The same event as in the mail (RFC 5545), for calendars that take no mail.
    """
    return invitation_of(_by_link(token))


def _free(
    kind: ConsultationType, asked: dict[str, Any], timezone: str, *, besides: UUID | None, host_id: UUID | None = None
) -> dict[str, Any]:
    start, end = max(asked["from_"], now()), min(asked["to"], kind.horizon(now()))
    found = hosts(work(), kind, start, end, besides=besides, in_turn=False)
    must_host(found, host_id)
    free = slots.free(kind.rules, found, now(), start, end, host_id=host_id)
    zone = ZoneInfo(timezone)
    return {"items": [local(slot, zone) for slot in free], "timezone": timezone}


def _by_link(token: str, *, lock: bool = False) -> Booking:
    found = work().rows(BOOKING_BY_LINK, link_hash=hash_of(token), now=now())
    if not found:
        raise NotFound("This link does not work any more.")
    return find(Booking, found[0].id, lock=lock)


def _kept_host(booking: Booking) -> UUID | None:
    """The host who was chosen, as long as they are there."""
    return booking.host_id if booking.keeps_host and find(Staff, booking.host_id).ended_at is None else None


def _managed(booking: Booking) -> dict[str, Any]:
    can_change, kind = booking.can_change(now()), find(ConsultationType, booking.consultation_type_id)
    return {
        **local(booking, ZoneInfo(booking.timezone)),
        "state": booking.state,
        "timezone": booking.timezone,
        "language": booking.language,
        "first_name": booking.first_name,
        "needs_confirmation": booking.state == "requested",
        "can_confirm": booking.state == "held",
        "expires_at": booking.expires_at,
        # Number, address and room are for who has a consultation, and as long as they have.
        "location": kind.location if booking.state == "confirmed" else None,
        "consultation_type": kind,
        "practice": practice(),
        "can_cancel": can_change,
        "can_reschedule": can_change,
    }
