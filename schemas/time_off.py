from schemas.base import PageQuery, Resource, change_of
from schemas.fields import Id, Instant, Text


class TimeOffSchema(Resource):
    """From one instant to another a member of staff takes no consultation."""

    staff_id = Id(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True, example="2026-10-16T15:30:00Z")
    note = Text(500, allow_none=True, example="Family.", description="For staff alone.")


TimeOffChange = change_of(TimeOffSchema, "starts_at", "ends_at", "note")


class TimeOffQuery(
    PageQuery.from_dict(  # type: ignore[misc]  # `from` is no name for an attribute of a class
        {
            "from": Instant(example=None, description="Those that end after this instant."),
            "to": Instant(example=None, description="Those that start before this instant."),
        }
    )
):
    staff_id = Id(example=None)
