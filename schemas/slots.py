from marshmallow import fields

from models.availability import REASONS, RULES
from schemas.availability import DayHoursSchema
from schemas.base import Schema
from schemas.fields import Boolean, Date, Id, Instant, LocalInstant, Many, OneOf, Slug, Text, TimeZone


class StaffSlotSchema(Schema):
    """A time that can be booked, and who is free then: whoever's turn it is comes first."""

    starts_at = LocalInstant()
    ends_at = LocalInstant(example="2026-10-12T12:00:00-04:00")
    host_ids = fields.List(Id())


class StaffSlotsSchema(Schema):
    """Free times, in the zone that was asked for."""

    items = fields.List(fields.Nested(StaffSlotSchema))
    timezone = TimeZone()


class StaffSlotsQuery(Schema):
    consultation_type_id = Id(required=True)
    from_ = Instant(data_key="from", required=True)
    to = Instant(required=True, example="2026-10-19T15:30:00Z")
    timezone = TimeZone(description="The practice's, unless given.")
    host_id = Id(example=None, description="Only when this host is free.")


class ExplainQuery(Schema):
    date = Date(required=True, description="A date of each host's own calendar.")
    consultation_type_id = Id(example=None, description="All that are open, unless given.")
    host_id = Id(example=None)


class CandidateSchema(Schema):
    """A time at which a consultation could start within the hours, and every rule that takes it away; none: it is free."""

    starts_at = Instant()
    ends_at = Instant(example="2026-10-12T16:00:00Z")
    removed_by = Many(OneOf(RULES), example=["notice", "busy"])


class HostDaySchema(Schema):
    """The day of one host: the hours that hold, and why these, by the clock of `timezone`."""

    host_id = Id()
    timezone = TimeZone()
    is_travelling = Boolean(example=False)
    hours = fields.List(fields.Nested(DayHoursSchema))
    hours_are = OneOf(
        REASONS,
        description="Where these hours come from: an `override` of the date; none on a `public_holiday`; the `summer` or the "
        "`weekly` ones; `none`, where that week has none on this weekday.",
    )
    candidates = fields.List(fields.Nested(CandidateSchema))


class TypeDaySchema(Schema):
    """A type on that day: all that takes part in it. Without hosts nobody who holds this type has hours."""

    consultation_type_id = Id()
    name = Text(example="Free consultation")
    slug = Slug(example="free-consultation")
    is_open = Boolean()
    is_private = Boolean(example=False)
    hosts = fields.List(fields.Nested(HostDaySchema))


class ExplanationSchema(Schema):
    date = Date()
    items = fields.List(fields.Nested(TypeDaySchema))
