from models.external_calendar import STATES
from schemas.base import PageQuery, Resource, change_of
from schemas.fields import Id, Instant, OneOf, Secret, Text

LONGEST_ADDRESS = 2000


class ExternalCalendarSchema(Resource):
    """A calendar elsewhere. Its address is a secret, and not shown again."""

    staff_id = Id(description="Whose it is: yours, unless an owner names a colleague.")
    name = Text(120, required=True, example="Private calendar")
    url_hint = Text(dump_only=True, example="calendar.example", description="The host of the address, to tell them apart.")
    state = OneOf(
        STATES,
        dump_only=True,
        example="ok",
        description="`waiting`: not looked at yet. `failing`: what it said last holds on.",
    )
    last_polled_at = Instant(dump_only=True, allow_none=True)
    last_ok_at = Instant(dump_only=True, allow_none=True, description="Your busy times are those of this moment.")
    last_error = Text(dump_only=True, allow_none=True, example=None, description="What is wrong with it, in words.")
    next_poll_at = Instant(dump_only=True)


class NewExternalCalendarSchema(ExternalCalendarSchema):
    """With its address, which is sent this once."""

    url = Secret(
        1,
        LONGEST_ADDRESS,
        required=True,
        example="https://calendar.example/ical/private-5f1d/basic.ics",
        description="The secret address in iCalendar format, as Google, Outlook and Apple give it: https://, or webcal://.",
    )


ExternalCalendarChange = change_of(ExternalCalendarSchema, "name")


class ExternalCalendarQuery(PageQuery):
    staff_id = Id(example=None)
    state = OneOf(STATES, example=None)
