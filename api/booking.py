"""Bookings as staff see them: listed, made for somebody, moved, cancelled, ended, turned into a client's file."""

from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.verbs import add, caller, colleague, find, links, now, practice, work
from domain.slots import Host
from models.availability import Availability, hosts
from models.booking import BOOKINGS, IN_THE_WAY, Booking
from models.consultation_type import ConsultationType
from models.link import hash_of
from models.staff import Staff
from schemas.booking import (
    BookingQuery,
    BookingSchema,
    CancelSchema,
    ConversionSchema,
    ConvertedSchema,
    RescheduleSchema,
)

bookings = StaffDoor("bookings", __name__, "/bookings", description="Consultations that were booked.")


@bookings.route("")
@bookings.listing(BOOKINGS, BookingSchema, BookingQuery)
def list_bookings() -> None:
    """Bookings

    By when they start, the earliest first; by state, host, or time.
    """


@bookings.route("", methods=["POST"], problems=["slot-taken"])
@bookings.arguments(BookingSchema)
@bookings.response(201, BookingSchema)
def create_booking(said: dict[str, Any]) -> Booking:
    """Book for somebody

    As a visitor would, at a time that is offered; both get the mails. A time that is gone answers 409 `slot-taken`.
    """
    return book(find(ConsultationType, said.pop("consultation_type_id")), said)


@bookings.route("/<uuid:booking_id>")
@bookings.response(200, BookingSchema)
def show_booking(booking_id: UUID) -> Booking:
    """A booking

    With the ETag of its version.
    """
    return find(Booking, booking_id)


@bookings.route("/<uuid:booking_id>/reschedule", methods=["POST"], problems=["slot-taken"])
@bookings.arguments(RescheduleSchema)
@bookings.response(200, BookingSchema)
def reschedule_booking(said: dict[str, Any], booking_id: UUID) -> Booking:
    """Move a booking

    To another time that is offered; both get the changed invitation.
    """
    return reschedule(find(Booking, booking_id), said)


@bookings.route("/<uuid:booking_id>/cancel", methods=["POST"])
@bookings.arguments(CancelSchema)
@bookings.response(200, BookingSchema)
def cancel_booking(said: dict[str, Any], booking_id: UUID) -> Booking:
    """Cancel a booking

    The time is free again; both are told.
    """
    return cancel(find(Booking, booking_id), said)


@bookings.route("/<uuid:booking_id>/complete", methods=["POST"])
@bookings.response(200, BookingSchema)
def complete_booking(booking_id: UUID) -> Booking:
    """The consultation took place

    Once it has begun.
    """
    booking = find(Booking, booking_id)
    booking.complete(now=now())
    return booking


@bookings.route("/<uuid:booking_id>/no-show", methods=["POST"])
@bookings.response(200, BookingSchema)
def miss_booking(booking_id: UUID) -> Booking:
    """The parent did not come

    Once it has begun.
    """
    booking = find(Booking, booking_id)
    booking.miss(now=now())
    return booking


@bookings.route("/<uuid:booking_id>/convert", methods=["POST"])
@bookings.arguments(ConversionSchema)
@bookings.response(201, ConvertedSchema)
def convert_booking(said: dict[str, Any], booking_id: UUID) -> dict[str, Any]:
    """Make client, student and case of a booking

    In one transaction. A second call answers with what the first made.
    """
    booking = find(Booking, booking_id)
    if booking.case_id is None:
        host = find(Staff, booking.host_id)
        advocate = colleague(said.pop("advocate_id", host.id if host.ended_at is None else caller().staff_id))
        client, student, case = booking.convert(**said, advocate_id=advocate.id)
        add(client, student, student.spoken_for_by([client]), case)
    made = {name: getattr(booking, name) for name in ("client_id", "student_id", "case_id")}
    return {"booking_id": booking.id, **made}


# What a visitor and a parent do too.


def book(kind: ConsultationType, said: dict[str, Any]) -> Booking:
    """Takes a time; racers come one after the other, and the database's constraint stands behind that."""
    booking = Booking.book(kind, _locked_hosts(kind), now=now(), **said)
    _tell("booked", booking, kind)
    return add(booking)


def reschedule(booking: Booking, said: dict[str, Any]) -> Booking:
    kind = find(ConsultationType, booking.consultation_type_id)
    booking.reschedule(kind, _locked_hosts(kind, besides=booking.id), now=now(), **said)
    _tell("moved", booking, kind)
    return booking


def cancel(booking: Booking, said: dict[str, Any]) -> Booking:
    booking.cancel(now=now(), **said)
    _tell("cancelled", booking, find(ConsultationType, booking.consultation_type_id))
    return booking


def hand_over(host: Staff, to: Staff) -> tuple[list[Booking], list[Booking]]:
    """Gives what somebody has yet to hold to a colleague, who is told, as the parent is; gives what was handed over, and
    what stays because the colleague is not free."""
    ahead = work().all(Booking.ahead_of([host.id, to.id], now()))
    theirs, kept = [one for one in ahead if one.host_id == host.id], [one for one in ahead if one.host_id == to.id]
    handed, left = [], []
    for booking in theirs:
        if booking.hand_over(to.id, kept):
            kept.append(booking)
            handed.append(booking)
            _tell("moved", booking, find(ConsultationType, booking.consultation_type_id))
        else:
            left.append(booking)
    return handed, left


def _locked_hosts(kind: ConsultationType, besides: UUID | None = None) -> list[Host]:
    available = work().all(Availability.of_hosts().with_for_update())
    # All that is ahead: whose time is gone is offered the nearest free ones.
    ahead = work().rows(IN_THE_WAY, since=now(), until=kind.horizon(now()))
    return hosts(available, ahead, besides=besides)


def _tell(event: str, booking: Booking, kind: ConsultationType) -> None:
    # A link that no present secret makes any more is renewed, so that no mail holds a dead one.
    token = links().token("bookings", work().practice_id, booking.id, hashed=booking.link_hash)
    booking.link_hash = hash_of(token)
    add(*booking.messages(event, kind=kind, host=find(Staff, booking.host_id), practice=practice(), now=now()))
