from typing import Any

from marshmallow import ValidationError, fields, validates

from domain.calendar import CalendarInvalid, SchoolCalendar
from domain.deadline_rules import STATES
from schemas.base import KeptAsJson, PageQuery, Resource, change_of, plain
from schemas.fields import Date, Many, OneOf, Text
from schemas.practice import SchoolCalendarSchema


class Readable(KeptAsJson):
    """Of a schema: its calendar is one that can be read."""

    kept_as_json = ("calendar", "state_holidays")

    @validates("calendar")
    def _readable(self, calendar: dict[str, Any], **_: Any) -> None:
        try:
            SchoolCalendar.parse(plain(calendar))
        except CalendarInvalid as invalid:
            raise ValidationError(str(invalid)) from None


class DistrictCalendarSchema(Readable, Resource):
    """When the schools of a district are open. Deadlines of the students who name it count by it, not by the practice's."""

    name = Text(120, required=True, example="Alder Creek 2026-27")
    district = Text(120, allow_none=True, example="Alder Creek School District")
    state = OneOf(STATES, allow_none=True, example="OR", description="The state that the district lies in.")
    calendar = fields.Nested(SchoolCalendarSchema, required=True)
    state_holidays = Many(
        Date(), 366, load_default=list, example=["2026-11-27"], description="Holidays of the state, besides the federal ones."
    )


class DistrictCalendarQuery(PageQuery):
    district = Text(120, example=None)
    state = OneOf(STATES, example=None)


class DistrictCalendarChange(
    Readable,
    change_of(DistrictCalendarSchema, "name", "district", "state", "calendar", "state_holidays"),  # type: ignore[misc]
):
    pass
