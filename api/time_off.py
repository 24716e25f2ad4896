"""Time off: when somebody takes no consultation at all."""

from typing import Any
from uuid import UUID

from api.availability import BY_PEOPLE, member_with_hours, seen_to
from api.doors import StaffDoor
from api.verbs import add, change, find, work
from models.time_off import TIME_OFF, TimeOff
from schemas.time_off import TimeOffChange, TimeOffQuery, TimeOffSchema

time_off = StaffDoor(
    "time-off", __name__, "/time-off", description="When somebody takes no consultation, whatever their hours."
)


@time_off.route("")
@time_off.listing(TIME_OFF, TimeOffSchema, TimeOffQuery)
def list_time_off() -> None:
    """Time off

    Of everybody or of one, by when it starts, the earliest first.
    """


@time_off.route("", methods=["POST"], security=BY_PEOPLE)
@time_off.arguments(TimeOffSchema)
@time_off.response(201, TimeOffSchema)
def take_time_off(said: dict[str, Any]) -> TimeOff:
    """Take time off

    One's own; an owner enters anybody's. Bookings that exist stay as they were made.
    """
    return add(TimeOff.take(**{**said, "staff_id": member_with_hours(said["staff_id"]).id}))


@time_off.route("/<uuid:time_off_id>")
@time_off.response(200, TimeOffSchema)
def show_time_off(time_off_id: UUID) -> TimeOff:
    """One time off

    With the ETag of its version.
    """
    return find(TimeOff, time_off_id)


@time_off.route("/<uuid:time_off_id>", methods=["PATCH"], security=BY_PEOPLE)
@time_off.arguments(TimeOffChange)
@time_off.response(200, TimeOffSchema)
def change_time_off(said: dict[str, Any], time_off_id: UUID) -> TimeOff:
    """Change time off

    One's own; an owner changes anybody's.
    """
    changed = change(seen_to(find(TimeOff, time_off_id)), said)
    changed.must_end_after_it_starts()
    return changed


@time_off.route("/<uuid:time_off_id>", methods=["DELETE"], role="assistant", security=BY_PEOPLE)
@time_off.response(204)
def delete_time_off(time_off_id: UUID) -> None:
    """Take time off back

    The hours hold again.
    """
    work().delete(seen_to(find(TimeOff, time_off_id)))
