"""What a visitor of a practice's website can do, and a parent behind a link in a mail."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Response

from api import booking as staff_bookings
from api.doors import LinkDoor, WebsiteDoor
from api.verbs import find, links, now, practice, work
from domain import slots
from mail import invite
from models.availability import Availability, hosts
from models.booking import BOOKING_BY_LINK, IN_THE_WAY, Booking
from models.consultation_type import CONSULTATION_TYPE_BY_SLUG, OPEN_CONSULTATION_TYPES, ConsultationType
from models.link import hash_of
from models.practice import Practice
from models.staff import Staff
from models.transaction import NotFound
from schemas.booking import (
    BookedSchema,
    CancelSchema,
    ManagedSchema,
    RescheduleSchema,
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
@public.listing(OPEN_CONSULTATION_TYPES, OfferedTypeSchema)
def list_offered_types() -> None:
    """What can be booked

    Only what is open to visitors.
    """


@public.route("/<slug>/slots")
@public.arguments(SlotsQuery, location="query")
@public.response(200, SlotsSchema)
def list_slots(asked: dict[str, Any]) -> dict[str, Any]:
    """Free times

    Those that start at `from` or later and before `to`, given in `timezone`. Every time that is listed can be booked;
    no other can. Who hosts is not shown.
    """
    kind, zone = _open_type(asked["consultation_type"]), ZoneInfo(asked["timezone"])
    start, end = max(asked["from_"], now()), min(asked["to"], kind.horizon(now()))
    available, in_the_way = work().all(Availability.of_hosts()), work().rows(IN_THE_WAY, since=start, until=end)
    free = slots.free(kind.rules, hosts(available, in_the_way), now(), start, end)
    return {"items": [_local(slot, zone) for slot in free], "timezone": asked["timezone"]}


@public.route("/<slug>/bookings", methods=["POST"], problems=["slot-taken"])
@public.arguments(VisitorBookingSchema)
@public.response(201, BookedSchema)
def book_consultation(said: dict[str, Any]) -> dict[str, Any]:
    """Book a consultation

    Sends a confirmation with an iCalendar invitation and the link to manage it. A time that is gone answers 409
    `slot-taken` with the nearest free ones.
    """
    booked = staff_bookings.book(_open_type(said.pop("consultation_type")), said)
    return {
        **vars(booked),
        **_local(booked, ZoneInfo(booked.timezone)),
        "manage_url": links().url("bookings", work().practice_id, booked.id),
    }


@bookings.route("/<token>")
@bookings.response(200, ManagedSchema)
def show_managed_booking(token: str) -> dict[str, Any]:
    """A booking, behind its link

    What its parent sees: the first name only.
    """
    return _managed(_by_link(token))


@bookings.route("/<token>/reschedule", methods=["POST"], problems=["slot-taken"])
@bookings.arguments(RescheduleSchema)
@bookings.response(200, ManagedSchema)
def reschedule_managed_booking(said: dict[str, Any], token: str) -> dict[str, Any]:
    """Move a booking, behind its link

    To another time that is offered; parent and host get the changed invitation.
    """
    return _managed(staff_bookings.reschedule(_by_link(token, lock=True), said))


@bookings.route("/<token>/cancel", methods=["POST"])
@bookings.arguments(CancelSchema)
@bookings.response(200, ManagedSchema)
def cancel_managed_booking(said: dict[str, Any], token: str) -> dict[str, Any]:
    """Cancel a booking, behind its link

    The time is free again; parent and host are told.
    """
    return _managed(staff_bookings.cancel(_by_link(token, lock=True), said))


@bookings.route("/<token>/invite.ics")
@bookings.example("text/calendar", EXAMPLE_ICS)
@bookings.response(200)
def show_invitation(token: str) -> Response:
    """The invitation as iCalendar

    The same event as in the mail (RFC 5545), for calendars that take no mail.
    """
    booking = _by_link(token)
    kind, host = find(ConsultationType, booking.consultation_type_id), find(Staff, booking.host_id)
    event = "cancelled" if booking.state == "cancelled" else "booked"
    facts = booking.facts(event, kind=kind, host=host)
    return Response(invite.calendar(practice().name, facts, now()), mimetype="text/calendar")


def _open_type(slug: str) -> ConsultationType:
    found = work().rows(CONSULTATION_TYPE_BY_SLUG, slug=slug)
    if not found:
        raise NotFound("There is no consultation of this kind.")
    return find(ConsultationType, found[0].id)


def _by_link(token: str, *, lock: bool = False) -> Booking:
    found = work().rows(BOOKING_BY_LINK, link_hash=hash_of(token))
    if not found:
        raise NotFound("This link does not work any more.")
    return find(Booking, found[0].id, lock=lock)


def _local(row: Any, zone: ZoneInfo) -> dict[str, Any]:
    return {"starts_at": row.starts_at.astimezone(zone), "ends_at": row.ends_at.astimezone(zone)}


def _managed(booking: Booking) -> dict[str, Any]:
    can_change = booking.can_change(now())
    return {
        **_local(booking, ZoneInfo(booking.timezone)),
        "state": booking.state,
        "timezone": booking.timezone,
        "first_name": booking.first_name,
        "consultation_type": find(ConsultationType, booking.consultation_type_id),
        "practice": practice(),
        "can_cancel": can_change,
        "can_reschedule": can_change,
    }
