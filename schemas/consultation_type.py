from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from models.consultation_type import LANGUAGES, LOCATION_KINDS, QUESTION_KINDS
from schemas.base import KeptAsJson, PageQuery, Resource, Schema, change_of
from schemas.fields import (
    Boolean,
    Date,
    Id,
    Integer,
    Many,
    OneOf,
    Patterned,
    Phone,
    Prose,
    QueryBoolean,
    Slug,
    Text,
    TimeZone,
    Url,
)
from schemas.practice import PeriodSchema, in_order

CALLERS = ("host", "parent")
QUESTION = {"key": "grade", "label": "Which grade is your child in?", "kind": "text", "required": True}


class QuestionKey(Patterned):
    def __init__(self, **options: Any) -> None:
        wanted = "A key has lower-case letters and digits, and single underscores between them; at most 40."
        options = {"validate": validate.Length(1, 40), "description": wanted, **options}
        super().__init__(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", wanted, "grade", **options)


class QuestionSchema(Schema):
    """What is asked of who books. `choice` is one of the `choices`, `choices` any of them."""

    key = QuestionKey(required=True)
    label = Text(200, required=True, example="Which grade is your child in?")
    kind = OneOf(QUESTION_KINDS, required=True)
    required = Boolean(load_default=False)
    choices = Many(Text(120, least=1), 50, least=1, distinct=True, example=["Reading", "Mathematics"])

    @validates_schema
    def _choices_where_there_is_a_choice(self, said: dict[str, Any], **_: Any) -> None:
        if said["kind"] in ("choice", "choices"):
            if "choices" not in said:
                raise ValidationError("A question of this kind has choices.", "choices")
            if any(not choice.strip() for choice in said["choices"]):
                raise ValidationError("A choice must not be blank.", "choices")
        elif "choices" in said:
            raise ValidationError("A question of this kind has no choices.", "choices")


class LocationSchema(Schema):
    """Where it is held: by `phone` (`who_calls`; the `number`, where the parent calls), `video` (`url`), or at a `place`
    (`address`)."""

    kind = OneOf(LOCATION_KINDS, required=True)
    who_calls = OneOf(CALLERS)
    number = Phone()
    url = Url(example="https://video.example.org/room/7")
    address = Prose(500, least=1, example="12 Mill Street, Portland")

    @validates_schema
    def _what_its_kind_needs(self, said: dict[str, Any], **_: Any) -> None:
        needed, allowed = {
            "phone": (("who_calls", "number") if said.get("who_calls") == "parent" else ("who_calls",), ("number",)),
            "video": (("url",), ()),
            "place": (("address",), ()),
        }[said["kind"]]
        wrong = {name: ["This location needs it."] for name in needed if not str(said.get(name, "")).strip()}
        others = said.keys() - {"kind", *needed, *allowed}
        wrong |= {name: ["This is no part of a location of this kind."] for name in sorted(others)}
        if wrong:
            raise ValidationError(wrong)


class TypeHostSchema(Schema):
    """Who holds it, and how much of it next to the others: of two with weights 2 and 1, the first gets two of three."""

    staff_id = Id(required=True)
    weight = Integer(1, 10, load_default=1, example=1)


class SeasonCapSchema(PeriodSchema):
    """At most `limit` bookings of this type, of all hosts together, start on these dates of `timezone`."""

    limit = Integer(0, 10_000, required=True, example=40)
    timezone = TimeZone(description="The practice's, unless given.")

    @validates_schema
    def _begins_before_it_ends(self, said: dict[str, Any], **_: Any) -> None:
        in_order(said)


_PER_HOST = "Of one host, by the host's own clock; whatever the types of the bookings."


class ConsultationTypeSchema(KeptAsJson, Resource):
    """A kind of consultation, and the rules of the times at which it can be booked."""

    kept_as_json = ("season_caps", "questions", "location", "hosts")

    name = Text(120, required=True, example="Free consultation")
    slug = Slug(required=True, example="free-consultation")
    description = Prose(2000, allow_none=True, example="Half an hour by phone about your child's IEP.")
    minutes = Integer(5, 480, required=True, example=30)
    step_minutes = Integer(5, 480, example=30, description="From one possible start to the next; `minutes` unless given.")
    price_cents = Integer(0, 10_000_000, load_default=0, example=0, description="0 is shown as free.")
    buffer_before_minutes = Integer(0, 240, load_default=0, example=0)
    buffer_after_minutes = Integer(0, 240, load_default=0, example=15)
    minimum_notice_minutes = Integer(0, 60 * 24 * 60, load_default=120, example=120)
    minimum_notice_days = Integer(
        0, 60, load_default=0, example=0, description="Whole days of the host's calendar; 1: not today."
    )
    horizon_days = Integer(1, 365, load_default=60, example=60, description="So many days of the host's calendar ahead.")
    bookable_until = Date(
        load_default=None, allow_none=True, example=None, description="The last day, where it comes before the horizon."
    )
    daily_limit = Integer(1, 100, load_default=None, allow_none=True, example=4, description=_PER_HOST)
    daily_limit_minutes = Integer(5, 24 * 60, load_default=None, allow_none=True, example=None, description=_PER_HOST)
    weekly_limit = Integer(1, 700, load_default=None, allow_none=True, example=None, description=f"{_PER_HOST} From Monday on.")
    weekly_limit_minutes = Integer(5, 7 * 24 * 60, load_default=None, allow_none=True, example=None, description=_PER_HOST)
    monthly_limit = Integer(1, 3100, load_default=None, allow_none=True, example=None, description=_PER_HOST)
    monthly_limit_minutes = Integer(5, 31 * 24 * 60, load_default=None, allow_none=True, example=None, description=_PER_HOST)
    season_caps = Many(
        fields.Nested(SeasonCapSchema),
        20,
        load_default=list,
        example=[{"from": "2027-03-01", "to": "2027-05-31", "limit": 40, "timezone": "America/New_York"}],
    )
    questions = Many(fields.Nested(QuestionSchema), 30, distinct="key", load_default=list, example=[QUESTION])
    location = fields.Nested(
        LocationSchema, load_default=None, allow_none=True, metadata={"example": {"kind": "phone", "who_calls": "host"}}
    )
    language = OneOf(LANGUAGES, load_default="en", description="In which it is held.")
    needs_confirmation = Boolean(
        load_default=False, example=False, description="Whether a booking is a request that staff confirm; it keeps its time."
    )
    verifies_address = Boolean(
        load_default=False, example=False, description="Whether a visitor confirms their e-mail address before it counts."
    )
    is_open = Boolean(load_default=True, description="Whether visitors see it and can book it.")
    is_private = Boolean(load_default=False, example=False, description="Whether it takes a link to see it (`/booking-links`).")
    visitors_choose_host = Boolean(load_default=False, example=False)
    hosts = Many(
        fields.Nested(TypeHostSchema),
        50,
        distinct="staff_id",
        load_default=list,
        example=[],
        description="Who holds it; nobody named: everybody who has hours.",
    )
    reminder_offsets_minutes = Many(
        Integer(5, 60 * 24 * 60),
        10,
        distinct=True,
        load_default=lambda: [1440, 60],
        example=[1440, 60],
        description="How long before it starts both are reminded.",
    )


class ConsultationTypeQuery(PageQuery):
    is_open = QueryBoolean(example=None)


class ConsultationTypeChange(
    KeptAsJson,
    change_of(  # type: ignore[misc]
        ConsultationTypeSchema,
        *("name", "slug", "description", "minutes", "step_minutes", "price_cents", "buffer_before_minutes"),
        *("buffer_after_minutes", "minimum_notice_minutes", "minimum_notice_days", "horizon_days", "bookable_until"),
        *("daily_limit", "daily_limit_minutes", "weekly_limit", "weekly_limit_minutes", "monthly_limit"),
        *("monthly_limit_minutes", "season_caps", "questions", "location", "language", "needs_confirmation"),
        *("verifies_address", "is_open", "is_private", "visitors_choose_host", "hosts", "reminder_offsets_minutes"),
    ),
):
    kept_as_json = ConsultationTypeSchema.kept_as_json


class OfferedLocationSchema(Schema):
    """Where it is held. The number, the address of the call, or the place is told to who has booked."""

    kind = OneOf(LOCATION_KINDS)
    who_calls = OneOf(CALLERS)


class OfferedHostSchema(Schema):
    """Who can be chosen as the host."""

    id = Id()
    name = Text(example="Ana Alvarez")


class OfferedTypeSchema(Schema):
    """A kind of consultation as a visitor sees it."""

    id = Id()
    name = Text(example="Free consultation")
    slug = Slug(example="free-consultation")
    description = Prose(allow_none=True, example="Half an hour by phone about your child's IEP.")
    minutes = Integer(example=30)
    price_cents = Integer(example=0)
    is_free = Boolean()
    language = OneOf(LANGUAGES, description="In which it is held.")
    location = fields.Nested(
        OfferedLocationSchema, allow_none=True, metadata={"example": {"kind": "phone", "who_calls": "host"}}
    )
    needs_confirmation = Boolean(example=False, description="Whether a booking is a request that staff confirm.")
    verifies_address = Boolean(example=False, description="Whether a booking waits until its e-mail address is confirmed.")
    questions = fields.List(fields.Nested(QuestionSchema), metadata={"example": [QUESTION]})
    visitors_choose_host = Boolean(example=False)
    hosts = fields.List(
        fields.Nested(OfferedHostSchema), metadata={"example": [], "description": "Empty, unless visitors choose."}
    )
