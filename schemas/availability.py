from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from domain.calendar import WEEKDAYS
from schemas.base import PageQuery, Resource, Schema
from schemas.fields import Id, Many, OneOf, TimeOfDay, TimeZone


class HoursSchema(Schema):
    """Hours on one weekday by the clock of the zone; an end of 00:00 is the midnight that ends the day."""

    weekday = OneOf(WEEKDAYS, required=True)
    start = TimeOfDay(required=True)
    end = TimeOfDay(required=True, example="12:00")

    @validates_schema
    def _ends_after_it_starts(self, said: dict[str, Any], **_: Any) -> None:
        if said["end"] <= said["start"] and said["end"] != "00:00":
            raise ValidationError("Hours end after they start.", "end")


class AvailabilitySchema(Resource):
    """When a member of staff takes consultations, week by week."""

    staff_id = Id(required=True)
    timezone = TimeZone(required=True)
    weekly = Many(
        fields.Nested(HoursSchema), 70, required=True, example=[{"weekday": "monday", "start": "09:00", "end": "12:00"}]
    )


class AvailabilityQuery(PageQuery):
    staff_id = Id(example=None)
