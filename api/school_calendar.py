"""School calendars of districts that keep another one than the practice's."""

from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.verbs import add, change, find, work
from models.school_calendar import SCHOOL_CALENDARS, DistrictCalendar
from schemas.school_calendar import DistrictCalendarChange, DistrictCalendarQuery, DistrictCalendarSchema

school_calendars = StaffDoor(
    "school-calendars", __name__, "/school-calendars", description="When the schools of a district are open."
)


@school_calendars.route("")
@school_calendars.listing(SCHOOL_CALENDARS, DistrictCalendarSchema, DistrictCalendarQuery)
def list_school_calendars() -> None:
    """School calendars

    Newest first, by district or state.
    """


@school_calendars.route("", methods=["POST"])
@school_calendars.arguments(DistrictCalendarSchema)
@school_calendars.response(201, DistrictCalendarSchema)
def create_school_calendar(said: dict[str, Any]) -> DistrictCalendar:
    """Add a school calendar

    In the same form as the practice's own. Students name theirs as `school_calendar_id`.
    """
    return add(DistrictCalendar(**said))


@school_calendars.route("/<uuid:school_calendar_id>")
@school_calendars.response(200, DistrictCalendarSchema)
def show_school_calendar(school_calendar_id: UUID) -> DistrictCalendar:
    """A school calendar

    With the ETag of its version.
    """
    return find(DistrictCalendar, school_calendar_id)


@school_calendars.route("/<uuid:school_calendar_id>", methods=["PATCH"])
@school_calendars.arguments(DistrictCalendarChange)
@school_calendars.response(200, DistrictCalendarSchema)
def change_school_calendar(said: dict[str, Any], school_calendar_id: UUID) -> DistrictCalendar:
    """Change a school calendar

    It moves no deadline by itself: `/deadlines/{deadline_id}/recount` shows what would differ, and accepts it when told to.
    """
    return change(find(DistrictCalendar, school_calendar_id), said)


@school_calendars.route("/<uuid:school_calendar_id>", methods=["DELETE"])
@school_calendars.response(204)
def delete_school_calendar(school_calendar_id: UUID) -> None:
    """Delete a school calendar

    409 while a student names it.
    """
    calendar = find(DistrictCalendar, school_calendar_id)
    calendar.must_not_be_in_use(work().all(calendar.students()))
    work().delete(calendar)
