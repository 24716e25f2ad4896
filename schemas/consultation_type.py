from schemas.base import PageQuery, Resource, Schema, change_of
from schemas.fields import Boolean, Id, Integer, Prose, QueryBoolean, Slug, Text


class ConsultationTypeSchema(Resource):
    """A kind of consultation, and the rules of the times at which it can be booked."""

    name = Text(120, required=True, example="Free consultation")
    slug = Slug(required=True, example="free-consultation")
    description = Prose(2000, allow_none=True, example="Half an hour by phone about your child's IEP.")
    minutes = Integer(5, 480, required=True, example=30)
    step_minutes = Integer(5, 480, example=30, description="From one possible start to the next; `minutes` unless given.")
    price_cents = Integer(0, 10_000_000, load_default=0, example=0)
    buffer_before_minutes = Integer(0, 240, load_default=0, example=0)
    buffer_after_minutes = Integer(0, 240, load_default=0, example=15)
    minimum_notice_minutes = Integer(0, 60 * 24 * 60, load_default=120, example=120)
    horizon_days = Integer(1, 365, load_default=60, example=60)
    daily_limit = Integer(1, 100, allow_none=True, example=4, description="Of one host, on one of the host's days.")
    is_open = Boolean(load_default=True, description="Whether visitors see it and can book it.")


class ConsultationTypeQuery(PageQuery):
    is_open = QueryBoolean(example=None)


ConsultationTypeChange = change_of(
    ConsultationTypeSchema,
    *("name", "slug", "description", "minutes", "step_minutes", "price_cents", "buffer_before_minutes"),
    *("buffer_after_minutes", "minimum_notice_minutes", "horizon_days", "daily_limit", "is_open"),
)


class OfferedTypeSchema(Schema):
    """A kind of consultation as a visitor sees it."""

    id = Id()
    name = Text(example="Free consultation")
    slug = Slug(example="free-consultation")
    description = Prose(allow_none=True, example="Half an hour by phone about your child's IEP.")
    minutes = Integer(example=30)
    price_cents = Integer(example=0)
