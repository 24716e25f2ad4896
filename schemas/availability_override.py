from marshmallow import fields

from schemas.availability import DayHoursSchema
from schemas.base import PageQuery, Resource, change_of
from schemas.fields import Date, Id, Many, Text


class AvailabilityOverrideSchema(Resource):
    """Other hours on one date, or none: instead of those of the week, of the summer, and of a public holiday."""

    staff_id = Id(required=True)
    date = Date(required=True)
    hours = Many(
        fields.Nested(DayHoursSchema),
        20,
        required=True,
        example=[{"start": "13:00", "end": "16:00"}],
        description="By the clock of that date; an empty list is a day without hours.",
    )
    note = Text(500, allow_none=True, example="Training in the morning.", description="For staff alone.")


AvailabilityOverrideChange = change_of(AvailabilityOverrideSchema, "date", "hours", "note")


class AvailabilityOverrideQuery(
    PageQuery.from_dict(  # type: ignore[misc]  # `from` is no name for an attribute of a class
        {
            "from": Date(example=None, description="Those on this date or later."),
            "to": Date(example=None, description="Those on this date or earlier."),
        }
    )
):
    staff_id = Id(example=None)
