"""When consultations can be had: everybody's weekly hours, and other hours on single dates."""

from typing import Any, TypeVar
from uuid import UUID

from api.doors import StaffDoor
from api.problems import Problem
from api.verbs import add, as_it_was_read, caller, change, colleague, find, work
from models.availability import AVAILABILITIES, Availability
from models.availability_override import AVAILABILITY_OVERRIDES, AvailabilityOverride
from models.staff import Staff
from models.time_off import TimeOff
from schemas.availability import AvailabilityQuery, AvailabilitySchema
from schemas.availability_override import (
    AvailabilityOverrideChange,
    AvailabilityOverrideQuery,
    AvailabilityOverrideSchema,
)

Hours = TypeVar("Hours", AvailabilityOverride, TimeOff)
# Hours are seen to by people: everybody their own, an owner anybody's.
BY_PEOPLE: Any = ({"access_token": ()},)

availabilities = StaffDoor(
    "availability", __name__, "/availability", description="Hours of those who take consultations, by the week and by the date."
)


@availabilities.route("")
@availabilities.listing(AVAILABILITIES, AvailabilitySchema, AvailabilityQuery)
def list_availability() -> None:
    """Weekly hours

    Of everybody who takes consultations, or of one.
    """


@availabilities.route("", methods=["PUT"], security=BY_PEOPLE)
@availabilities.arguments(AvailabilitySchema)
@availabilities.response(200, AvailabilitySchema)
def set_availability(said: dict[str, Any]) -> Availability:
    """Set weekly hours

    One's own; an owner sets anybody's. Replaces all of them, those of the summer and travels too. Hours are kept as the
    clock shows them, so that nine stays nine when the clocks change.
    """
    # The member's row is held, so that two who set hours at once come one after the other.
    member = member_with_hours(said["staff_id"])
    present = work().all(Availability.of(member.id))
    return change(as_it_was_read(present[0]), said) if present else add(Availability(**said))


@availabilities.route("/overrides")
@availabilities.listing(AVAILABILITY_OVERRIDES, AvailabilityOverrideSchema, AvailabilityOverrideQuery)
def list_availability_overrides() -> None:
    """Hours of single dates

    By date, the earliest first.
    """


@availabilities.route("/overrides", methods=["POST"], security=BY_PEOPLE)
@availabilities.arguments(AvailabilityOverrideSchema)
@availabilities.response(201, AvailabilityOverrideSchema)
def create_availability_override(said: dict[str, Any]) -> AvailabilityOverride:
    """Set the hours of one date

    One's own; an owner sets anybody's. They hold instead of those of the week, of the summer, and of a public holiday. A
    second one for the same date answers 409: change the first.
    """
    return add(AvailabilityOverride(**{**said, "staff_id": member_with_hours(said["staff_id"]).id}))


@availabilities.route("/overrides/<uuid:override_id>")
@availabilities.response(200, AvailabilityOverrideSchema)
def show_availability_override(override_id: UUID) -> AvailabilityOverride:
    """The hours of one date

    With the ETag of its version.
    """
    return find(AvailabilityOverride, override_id)


@availabilities.route("/overrides/<uuid:override_id>", methods=["PATCH"], security=BY_PEOPLE)
@availabilities.arguments(AvailabilityOverrideChange)
@availabilities.response(200, AvailabilityOverrideSchema)
def change_availability_override(said: dict[str, Any], override_id: UUID) -> AvailabilityOverride:
    """Change the hours of one date

    Bookings that exist stay as they were made.
    """
    return change(seen_to(find(AvailabilityOverride, override_id)), said)


@availabilities.route("/overrides/<uuid:override_id>", methods=["DELETE"], role="assistant", security=BY_PEOPLE)
@availabilities.response(204)
def delete_availability_override(override_id: UUID) -> None:
    """Take the hours of one date away

    The usual ones hold again.
    """
    work().delete(seen_to(find(AvailabilityOverride, override_id)))


def member_with_hours(staff_id: UUID) -> Staff:
    """Who is still here, locked, if the caller sees to their hours."""
    must_see_to_hours_of(staff_id)
    return colleague(staff_id, lock=True)


def must_see_to_hours_of(staff_id: UUID) -> None:
    """Refuses who is neither the one whose hours these are, nor an owner."""
    who = caller()
    if who.staff_id != staff_id and who.role != "owner":
        raise Problem("forbidden", "These hours are somebody else's: this takes the role owner.")


def seen_to(row: Hours) -> Hours:
    """The row, if the caller sees to the hours of its member."""
    must_see_to_hours_of(row.staff_id)
    return row
