from typing import Any

import orjson
from marshmallow import ValidationError, fields, post_load, validates

from domain.calendar import CLOSURE_KINDS, WEEKDAYS, CalendarInvalid, SchoolCalendar
from domain.follow_up import Policy, PolicyInvalid
from schemas.base import Resource, Schema, change_of
from schemas.fields import Date, Integer, Many, OneOf, Origin, PracticeSlug, Prose, Text, TimeZone, Url


class SocialLinksSchema(Schema):
    facebook = Url(example="https://www.facebook.com/riversideadvocacy")
    instagram = Url(example="https://www.instagram.com/riversideadvocacy")
    linkedin = Url(example="https://www.linkedin.com/company/riversideadvocacy")
    youtube = Url(example="https://www.youtube.com/@riversideadvocacy")
    x = Url(example="https://x.com/riversideadvoc")


class PeriodSchema(
    Schema.from_dict(  # type: ignore[misc]  # `from` is no name for an attribute of a class
        {"from": Date(required=True, example="2026-09-08"), "to": Date(required=True, example="2027-06-18")}
    )
):
    """From one date to another, both included."""


class ClosureSchema(PeriodSchema):
    """`closed`: nobody is there; `no_students`: staff are at work."""

    kind = OneOf(CLOSURE_KINDS)


class SchoolCalendarSchema(Schema):
    """When school is; everything may be left out: Monday to Friday, no bounds, no closures."""

    weekdays = Many(OneOf(WEEKDAYS), 7, example=list(WEEKDAYS[:5]))
    school_years = Many(fields.Nested(PeriodSchema), example=[{"from": "2026-09-08", "to": "2027-06-18"}])
    closures = Many(fields.Nested(ClosureSchema), 500, example=[{"from": "2026-11-26", "to": "2026-11-27", "kind": "closed"}])
    grading_periods = Many(fields.Nested(PeriodSchema), example=[{"from": "2026-09-08", "to": "2026-11-13"}])


class PracticeSchema(Resource):
    """The practice: its public profile, its zone and calendar, its follow-up policy."""

    name = Text(120, example="Riverside Advocacy")
    slug = PracticeSlug()
    timezone = TimeZone()
    state = Text(2, least=2, allow_none=True, example="OR", description="The US state, two letters.")
    about = Prose(5000, allow_none=True, example="We help families get what the IEP promises.")
    website = Url(allow_none=True)
    social_links = fields.Nested(SocialLinksSchema)
    follow_up_policy = Many(
        Integer(1, 365),
        6,
        least=1,
        attribute="follow_up_offsets_days",
        example=[3, 7, 10],
        description="On which follow-up days after a question that waits for an answer to ask again; rising, 1 to 6.",
    )
    school_calendar = fields.Nested(SchoolCalendarSchema)
    state_holidays = Many(Date(), 366, example=["2026-11-27"], description="Holidays of the state, besides the federal ones.")
    allowed_origins = Many(
        Origin(), 20, example=["https://www.example.org"], description="The websites whose pages may call the public API."
    )


class PracticeChange(
    change_of(  # type: ignore[misc]
        PracticeSchema,
        *("name", "slug", "timezone", "state", "about", "website", "social_links"),
        *("follow_up_policy", "school_calendar", "state_holidays", "allowed_origins"),
    )
):
    @validates("follow_up_policy")
    def _rising(self, offsets: list[int], **_: Any) -> None:
        try:
            Policy(tuple(offsets))
        except PolicyInvalid as invalid:
            raise ValidationError(str(invalid)) from None

    @validates("school_calendar")
    def _readable(self, calendar: dict[str, Any], **_: Any) -> None:
        try:
            SchoolCalendar.parse(_plain(SchoolCalendarSchema().dump(calendar)))
        except CalendarInvalid as invalid:
            raise ValidationError(str(invalid)) from None

    @post_load
    def _as_kept(self, said: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Calendars and dates as they are kept: as they stand in JSON."""
        if "school_calendar" in said:
            said["school_calendar"] = _plain(SchoolCalendarSchema().dump(said["school_calendar"]))
        if "state_holidays" in said:
            said["state_holidays"] = _plain(said["state_holidays"])
        return said


def _plain(value: Any) -> Any:
    return orjson.loads(orjson.dumps(value))
