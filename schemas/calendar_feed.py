from schemas.base import Resource
from schemas.fields import Instant, Url


class CalendarFeedSchema(Resource):
    """An address at which a calendar program reads your consultations and reminders; it is shown once, when it is made."""

    revoked_at = Instant(dump_only=True, allow_none=True, example=None)


class MadeCalendarFeedSchema(CalendarFeedSchema):
    """With the address, which is shown this once."""

    url = Url(
        dump_only=True, example="https://practice.example/calendar/AZLwwSNFerze8BI0VniavQ0b3x1Q2v9sWm4kT8uYpLrC7dEaFgHjKl.ics"
    )
