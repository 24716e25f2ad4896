from itertools import pairwise
from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from domain.calendar import WEEKDAYS
from schemas.base import KeptAsJson, PageQuery, Resource, Schema
from schemas.fields import Id, Many, OneOf, TimeOfDay, TimeZone
from schemas.practice import PeriodSchema, in_order

TRAVEL = {"from": "2026-12-20", "to": "2027-01-03", "timezone": "Europe/Madrid"}


class DayHoursSchema(Schema):
    """Hours of one day by the clock of the zone; an end of 00:00 is the midnight that ends the day."""

    start = TimeOfDay(required=True)
    end = TimeOfDay(required=True, example="12:00")

    @validates_schema
    def _ends_after_it_starts(self, said: dict[str, Any], **_: Any) -> None:
        if said["end"] <= said["start"] and said["end"] != "00:00":
            raise ValidationError("Hours end after they start.", "end")


class HoursSchema(DayHoursSchema):
    """Hours on one weekday by the clock of the zone; an end of 00:00 is the midnight that ends the day."""

    weekday = OneOf(WEEKDAYS, required=True)


class TravelSchema(PeriodSchema):
    """Dates on which the hours are those of another clock: where the host is then."""

    timezone = TimeZone(required=True, example="Europe/Madrid")

    @validates_schema
    def _begins_before_it_ends(self, said: dict[str, Any], **_: Any) -> None:
        in_order(said)


class AvailabilitySchema(KeptAsJson, Resource):
    """When a member of staff takes consultations, week by week."""

    kept_as_json = ("travels",)

    staff_id = Id(required=True)
    timezone = TimeZone(required=True)
    weekly = Many(
        fields.Nested(HoursSchema), 70, required=True, example=[{"weekday": "monday", "start": "09:00", "end": "12:00"}]
    )
    summer_weekly = Many(
        fields.Nested(HoursSchema),
        70,
        load_default=None,
        allow_none=True,
        example=None,
        description="On dates outside of the school years of the practice's calendar; null: the same hours all year.",
    )
    travels = Many(fields.Nested(TravelSchema), load_default=list, example=[TRAVEL])

    # Of the whole, since that is asked only when each travel by itself is well.
    @validates_schema
    def _one_place_at_a_time(self, said: dict[str, Any], **_: Any) -> None:
        travels = said["travels"]
        in_order_of_time = sorted(range(len(travels)), key=lambda place: travels[place]["from"])
        for before, after in pairwise(in_order_of_time):
            if travels[after]["from"] <= travels[before]["to"]:
                raise ValidationError({"travels": {after: {"from": ["Another travel has not ended by then."]}}})


class AvailabilityQuery(PageQuery):
    staff_id = Id(example=None)
