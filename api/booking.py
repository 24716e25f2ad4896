"""Bookings as staff see them: listed, made for somebody, moved, cancelled, ended, turned into a client's file."""

from typing import Any
from uuid import UUID

from api.booking_mail import told
from api.conversion import converted
from api.doors import StaffDoor
from api.limits import count_with_the_work
from api.offer import must_host, source_that_may_hold
from api.verbs import add, caller, find, now, practice, work
from domain.email_address import identity
from domain.questions import answered
from domain.slots import Host
from models.availability import Diary
from models.base import Base
from models.booking import BOOKINGS, Booking
from models.booking_event import BOOKING_HISTORY, BookingEvent
from models.booking_link import BookingLink
from models.client import Client
from models.consultation_type import ConsultationType
from models.hold import LET_LAPSE, LOCKED_HOLD_BY_TOKEN, LONGEST
from models.link import hash_of
from models.staff import Staff
from models.throttle import BOOKING_MAIL_IN_A_DAY, MAIL_IN_A_DAY, MAIL_SOON
from models.transaction import NotFound
from schemas.booking import (
    BookingEventSchema,
    BookingQuery,
    BookingSchema,
    CancelSchema,
    NewBookingSchema,
    RescheduleSchema,
)
from schemas.conversion import ConversionSchema, ConvertedSchema

bookings = StaffDoor("bookings", __name__, "/bookings", description="Consultations that were booked.")


@bookings.route("")
@bookings.listing(BOOKINGS, BookingSchema, BookingQuery)
def list_bookings() -> None:
    """Bookings

    By when they start, the earliest first; by state, host, or time. A time that is only held for a form is none yet.
    """


@bookings.route("", methods=["POST"], problems=["slot-taken"])
@bookings.arguments(NewBookingSchema)
@bookings.response(201, BookingSchema)
def create_booking(said: dict[str, Any]) -> Booking:
    """Book for somebody

    For a client, or for whoever is named, at a time that is offered; private types too. It is confirmed at once, and both get
    the mails. A time that is gone answers 409 `slot-taken`.
    """
    kind = find(ConsultationType, said.pop("consultation_type_id"))
    client = find(Client, said["client_id"]) if "client_id" in said else None
    known = {name: getattr(client, name) for name in ("name", "email", "phone", "timezone")} if client else {}
    answers = answered(kind.questions, said.pop("answers", {}), by_visitor=False)
    whom = {**known, **said, "answers": answers}
    return book(kind, {**whom, "timezone": whom.get("timezone") or practice().timezone})


@bookings.route("/<uuid:booking_id>")
@bookings.response(200, BookingSchema)
def show_booking(booking_id: UUID) -> Booking:
    """A booking

    With the ETag of its version.
    """
    return find(Booking, booking_id)


@bookings.route("/<uuid:booking_id>/history")
@bookings.listing(BOOKING_HISTORY, BookingEventSchema)
def list_booking_events(booking_id: UUID) -> dict[str, Any]:
    """What happened to a booking

    In order: by whom, where it was then and where before. It is kept for good.
    """
    return {"booking_id": find(Booking, booking_id).id}


@bookings.route("/<uuid:booking_id>/confirm", methods=["POST"])
@bookings.response(200, BookingSchema)
def confirm_booking(booking_id: UUID) -> Booking:
    """Say yes to a request

    Both get the invitation. What is decided already answers 409.
    """
    booking = find(Booking, booking_id)
    add(booking.confirm(by=work().by, now=now()), _told("confirmed", booking))
    return booking


@bookings.route("/<uuid:booking_id>/decline", methods=["POST"])
@bookings.arguments(CancelSchema)
@bookings.response(200, BookingSchema)
def decline_booking(said: dict[str, Any], booking_id: UUID) -> Booking:
    """Say no to a request

    The time is free again; the parent is told.
    """
    booking = find(Booking, booking_id)
    add(booking.decline(by=work().by, now=now(), **said), _told("declined", booking))
    return booking


@bookings.route("/<uuid:booking_id>/reschedule", methods=["POST"], problems=["slot-taken"])
@bookings.arguments(RescheduleSchema)
@bookings.response(200, BookingSchema)
def reschedule_booking(said: dict[str, Any], booking_id: UUID) -> Booking:
    """Move a booking

    To another time that is offered, or to another host; both get the changed invitation, and who hosts it no more is told. To
    where it is already, it is not moved, and nobody is told.
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
    add(booking.complete(by=work().by, now=now()))
    return booking


@bookings.route("/<uuid:booking_id>/no-show", methods=["POST"])
@bookings.response(200, BookingSchema)
def miss_booking(booking_id: UUID) -> Booking:
    """The parent did not come

    Once it has begun.
    """
    booking = find(Booking, booking_id)
    add(booking.miss(by=work().by, now=now()))
    return booking


@bookings.route("/<uuid:booking_id>/convert", methods=["POST"])
@bookings.arguments(ConversionSchema)
@bookings.response(201, ConvertedSchema)
def convert_booking(said: dict[str, Any], booking_id: UUID) -> dict[str, Any]:
    """Make client, student, case and a first concern of a booking

    In one transaction; the concern is what the parent wrote. A second call answers with what the first made.
    """
    booking = find(Booking, booking_id)
    host = find(Staff, booking.host_id)
    is_new = booking.case_id is None
    made = converted(booking, said, advocate_id=host.id if host.ended_at is None else caller().staff_id)
    if is_new:
        add(BookingEvent.of(booking, "converted", work().by, now=now()))
    return {"booking_id": booking.id, **made}


# What a visitor and a parent do too.

# What is told of a booking that has just been made, by its state.
MADE = {"held": "verify", "requested": "requested", "confirmed": "booked"}


def book(
    kind: ConsultationType,
    said: dict[str, Any],
    *,
    state: str = "confirmed",
    hold: str | None = None,
    link: BookingLink | None = None,
) -> Booking:
    """Takes a time; racers come one after the other, and the database's constraint stands behind that.

    The `hold` with this token becomes the booking, if it has not lapsed. A `link` is used, once if it is for once.
    """
    hosts, present = locked_hosts(kind, hold=hold, host_id=said.get("host_id"))
    if link is not None:
        # Locked, so that of two who come by a link for once, the second finds that it is used up.
        if not find(BookingLink, link.id, lock=True).works(now()):
            raise NotFound("This link does not work any more.")
        link.use(now=now())
        said = {**said, "booking_link_id": link.id}
    # What waits for its address holds a time as a hold does.
    source = source_that_may_hold(besides=present.id if present else None) if state == "held" else None
    booking = Booking.book(kind, hosts, now=now(), state=state, hold=present, source=source, **said)
    # Of what is held nobody knows yet: it can lapse, and leave nothing.
    events = [] if state == "held" else [BookingEvent.of(booking, state, work().by, now=now())]
    rows = [*events, *_told(MADE[state], booking)]
    if present is None:
        work().add(booking)
    work().add(rows)
    return booking


def verify(booking: Booking) -> Booking:
    """The address is the parent's; again, it changes nothing."""
    kind = find(ConsultationType, booking.consultation_type_id)
    events = booking.verify(kind, by=work().by, now=now())
    if events:
        work().add(events, _told(MADE[booking.state], booking))
    return booking


def reschedule(booking: Booking, said: dict[str, Any]) -> Booking:
    booking.must_be_changeable(now())
    if booking.is_at(said["starts_at"], said.get("host_id")):
        return booking
    kind, host_id = find(ConsultationType, booking.consultation_type_id), booking.host_id
    hosts, _ = locked_hosts(kind, besides=booking.id, host_id=said.get("host_id"))
    event = booking.reschedule(kind, hosts, by=work().by, now=now(), **said)
    add(event, _told("moved", booking, former_host_id=host_id))
    return booking


def cancel(booking: Booking, said: dict[str, Any]) -> Booking:
    event = booking.cancel(by=work().by, now=now(), **said)
    add(event, _told("cancelled", booking))
    return booking


def hand_over(host: Staff, to: Staff) -> tuple[list[Booking], list[Booking]]:
    """Gives what somebody has yet to hold to a colleague, who is told, as the parent is; gives what was handed over, and
    what stays because the colleague is not free."""
    ahead = work().all(Booking.ahead_of([host.id, to.id], now()))
    # Behind the locks: who moves a booking holds it and waits for the hosts, behind whom somebody else does this too.
    _let_lapse()
    # What they hold just now stays theirs, and is in the way of what they would be given.
    theirs = [one for one in ahead if one.host_id == host.id and one.starts_at > now()]
    kept = [one for one in ahead if one.host_id == to.id]
    handed, left = [], []
    for booking in theirs:
        event = booking.hand_over(to.id, kept, by=work().by, now=now())
        if event is not None:
            kept.append(booking)
        # What is held is nobody's yet: nobody is told.
        if booking.state == "held":
            continue
        if event is None:
            left.append(booking)
        else:
            handed.append(booking)
            add(event, _told("handed_over", booking, former_host_id=host.id))
    return handed, left


def locked_hosts(
    kind: ConsultationType, *, besides: UUID | None = None, hold: str | None = None, host_id: UUID | None = None
) -> tuple[list[Host], Booking | None]:
    """Who takes consultations of this type, locked until this request is done, with all that decides; and the hold that has
    this token. Neither the hold nor the booking `besides` is in the way. Raises 422 if `host_id` is none of them."""
    # All that is ahead: whose time is gone is offered the nearest free ones.
    diary = Diary.read(work(), [kind], now(), kind.horizon(now()), lock=True)
    _let_lapse()
    found = work().rows(LOCKED_HOLD_BY_TOKEN, link_hash=hash_of(hold), now=now()) if hold else []
    present = find(Booking, found[0].id) if found else None
    hosts = diary.hosts(kind, besides=present.id if present else besides)
    must_host(hosts, host_id)
    return hosts, present


def _let_lapse() -> None:
    """A constraint cannot look at the clock: what has lapsed is taken away before something takes its place."""
    for row in work().rows(LET_LAPSE, now=now(), since=now() - LONGEST):
        work().record("delete", Booking, row.id)


def _told(event: str, booking: Booking, *, former_host_id: UUID | None = None) -> list[Base]:
    """Who is told of it; what a visitor causes is counted by whom it goes to, all practices together."""
    by = work().by.kind
    if by == "visitor" or (by == "link" and event == "moved"):
        whose = identity(booking.email or "")
        # The shortest time first. To confirm an address is asked of no address often.
        asked = [(MAIL_SOON, whose), (MAIL_IN_A_DAY, whose)] if event == "verify" else []
        count_with_the_work(*asked, (BOOKING_MAIL_IN_A_DAY, whose))
    return told(event, booking, find(ConsultationType, booking.consultation_type_id), former_host_id=former_host_id)
