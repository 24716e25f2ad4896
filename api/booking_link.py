"""Links to book what is not shown to everybody."""

from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.verbs import add, colleague, find, links, now, practice, work
from models.booking_link import BOOKING_LINKS, BookingLink
from models.consultation_type import ConsultationType
from models.link import hash_of
from schemas.booking_link import BookingLinkQuery, BookingLinkSchema, MadeBookingLinkSchema

booking_links = StaffDoor(
    "booking-links", __name__, "/booking-links", description="Links to book what is not shown to everybody."
)


@booking_links.route("")
@booking_links.listing(BOOKING_LINKS, BookingLinkSchema, BookingLinkQuery)
def list_booking_links() -> None:
    """Booking links

    Newest first, those that were used up or revoked too.
    """


@booking_links.route("", methods=["POST"])
@booking_links.arguments(BookingLinkSchema)
@booking_links.response(201, MadeBookingLinkSchema)
def make_booking_link(said: dict[str, Any]) -> dict[str, Any]:
    """Make a booking link

    The answer holds `url`, this once: a page on which this type can be booked, even if it is private. A `single_use` link
    works for one booking, any other until it expires or is revoked; who has a single-use link need not confirm their address.
    """
    find(ConsultationType, said["consultation_type_id"])
    if said.get("host_id"):
        colleague(said["host_id"])
    link = BookingLink.make(**said)
    token = links().token("booking_links", work().practice_id, link.id)
    link.link_hash = hash_of(token)
    return {**vars(add(link)), "url": f"{links().base_url}/book/{practice().slug}?link={token}"}


@booking_links.route("/<uuid:booking_link_id>")
@booking_links.response(200, BookingLinkSchema)
def show_booking_link(booking_link_id: UUID) -> BookingLink:
    """A booking link

    What it is for, and whether it was used; never the link.
    """
    return find(BookingLink, booking_link_id)


@booking_links.route("/<uuid:booking_link_id>", methods=["DELETE"])
@booking_links.response(204)
def revoke_booking_link(booking_link_id: UUID) -> None:
    """Revoke a booking link

    From the next request on it is as one that never was. What was booked with it stays.
    """
    find(BookingLink, booking_link_id).revoke(now=now())
