from typing import Any

from marshmallow import ValidationError, fields, validates

from domain.calendar import CLOSURE_KINDS, WEEKDAYS, CalendarInvalid, SchoolCalendar
from domain.follow_up import TELLS, Policy, PolicyInvalid, weekdays
from domain.public_holidays import is_known
from models.consultation_type import LANGUAGES
from schemas.base import KeptAsJson, Resource, Schema, change_of, plain
from schemas.fields import (
    Boolean,
    Date,
    Integer,
    Many,
    OneOf,
    Origin,
    Patterned,
    Phone,
    PracticeSlug,
    Prose,
    Text,
    TimeZone,
    Url,
)
from schemas.follow_up import TOLD, escalates_after_days, offsets_days, quiet_days
from schemas.wording import OwnTermSchema


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


def in_order(period: dict[str, Any]) -> None:
    """Raises ValidationError unless a period ends when it begins or later."""
    if period["to"] < period["from"]:
        raise ValidationError("It ends before it begins.", "to")


class ClosureSchema(PeriodSchema):
    """`closed`: nobody is there; `no_students`: staff are at work."""

    kind = OneOf(CLOSURE_KINDS)


class SchoolCalendarSchema(Schema):
    """When school is; everything may be left out: Monday to Friday, no bounds, no closures."""

    weekdays = Many(OneOf(WEEKDAYS), 7, example=list(WEEKDAYS[:5]))
    school_years = Many(fields.Nested(PeriodSchema), example=[{"from": "2026-09-08", "to": "2027-06-18"}])
    closures = Many(fields.Nested(ClosureSchema), 500, example=[{"from": "2026-11-26", "to": "2026-11-27", "kind": "closed"}])
    grading_periods = Many(fields.Nested(PeriodSchema), example=[{"from": "2026-09-08", "to": "2026-11-13"}])


class Country(Patterned):
    """A country, ISO 3166-1 alpha-2, whose public holidays are known."""

    def __init__(self, **options: Any) -> None:
        wanted = "A country is written with two capital letters (ISO 3166-1)."
        super().__init__(r"[A-Z]{2}", wanted, "US", description="Whose public holidays close the practice.", **options)

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> str:
        code = super()._deserialize(value, *rest, **more)
        if not is_known(code):
            raise ValidationError("The public holidays of this country are not known.")
        return code


class PracticeSchema(Resource):
    """The practice: its public profile, its zone and calendar, its follow-up policy."""

    name = Text(120, example="Riverside Advocacy")
    slug = PracticeSlug()
    timezone = TimeZone()
    country = Country()
    state = Text(2, least=2, allow_none=True, example="OR", description="The state of the country, two letters.")
    about = Prose(5000, allow_none=True, example="We help families get what the IEP promises.")
    website = Url(allow_none=True)
    address = Prose(
        400, allow_none=True, example="12 Main Street\nPortland, OR 97201", description="Its lines, in the head of letters."
    )
    phone = Phone(allow_none=True, description="In the head of letters.")
    social_links = fields.Nested(SocialLinksSchema)
    follow_up_policy = offsets_days(attribute="follow_up_offsets_days")
    follow_up_quiet_days = quiet_days()
    follow_up_tells = OneOf(TELLS, description=TOLD)
    follow_up_escalates_after_days = escalates_after_days()
    school_calendar = fields.Nested(SchoolCalendarSchema)
    state_holidays = Many(Date(), 366, example=["2026-11-27"], description="Holidays of the state, besides the federal ones.")
    allowed_origins = Many(
        Origin(), 20, example=["https://www.example.org"], description="The websites whose pages may call the public API."
    )
    language = OneOf(LANGUAGES, description="Of mails to hosts, and of pages for visitors who name none.")
    closes_on_public_holidays = Boolean(
        description="Whether nobody takes consultations on public holidays of country and state, and on `state_holidays`."
    )
    booking_consent = Prose(
        2000,
        allow_none=True,
        example="I agree that you keep what I write here, to prepare our conversation.",
        description="What a visitor has to agree to; null: nothing is asked.",
    )
    retention_days = Integer(
        30, 3650, example=365, description="How long what strangers left is kept, when nothing became of it."
    )
    wording_terms = Many(
        fields.Nested(OwnTermSchema),
        100,
        distinct="term",
        example=[],
        description="What else a wording check finds for this practice and its visitors.",
    )


class PracticeChange(
    KeptAsJson,
    change_of(  # type: ignore[misc]
        PracticeSchema,
        *("name", "slug", "timezone", "country", "state", "about", "website", "address", "phone"),
        *("social_links",),
        *("follow_up_quiet_days", "follow_up_tells", "follow_up_escalates_after_days"),
        *("follow_up_policy", "school_calendar", "state_holidays", "allowed_origins", "language"),
        *("closes_on_public_holidays", "booking_consent", "retention_days", "wording_terms"),
    ),
):
    kept_as_json = ("school_calendar", "state_holidays")

    @validates("follow_up_policy")
    def _rising(self, offsets: list[int], **_: Any) -> None:
        try:
            Policy(tuple(offsets))
        except PolicyInvalid as invalid:
            raise ValidationError(str(invalid)) from None

    @validates("follow_up_quiet_days")
    def _not_always_quiet(self, days: list[str], **_: Any) -> None:
        try:
            Policy(quiet_days=weekdays(days))
        except PolicyInvalid as invalid:
            raise ValidationError(str(invalid)) from None

    @validates("school_calendar")
    def _readable(self, calendar: dict[str, Any], **_: Any) -> None:
        try:
            SchoolCalendar.parse(plain(calendar))
        except CalendarInvalid as invalid:
            raise ValidationError(str(invalid)) from None
