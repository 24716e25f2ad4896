"""When consultations can be had."""

from typing import Any

from api.doors import StaffDoor
from api.verbs import add, as_it_was_read, change, colleague, work
from models.availability import AVAILABILITIES, Availability
from schemas.availability import AvailabilityQuery, AvailabilitySchema

availabilities = StaffDoor(
    "availability", __name__, "/availability", description="Weekly hours of those who take consultations."
)


@availabilities.route("")
@availabilities.listing(AVAILABILITIES, AvailabilitySchema, AvailabilityQuery)
def list_availability() -> None:
    """Weekly hours

    Of everybody who takes consultations, or of one.
    """


@availabilities.route("", methods=["PUT"], role="owner")
@availabilities.arguments(AvailabilitySchema)
@availabilities.response(200, AvailabilitySchema)
def set_availability(said: dict[str, Any]) -> Availability:
    """Set somebody's weekly hours

    Replaces all of them. Hours are kept as the clock shows them, so that nine stays nine when the clocks change.
    """
    # The member's row is held, so that two who set hours at once come one after the other.
    member = colleague(said["staff_id"], lock=True)
    present = work().all(Availability.of(member.id))
    return change(as_it_was_read(present[0]), said) if present else add(Availability(**said))
