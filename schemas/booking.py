from marshmallow import fields

from models.booking import STATES
from schemas.base import PageQuery, Resource, Schema
from schemas.fields import (
    Boolean,
    Date,
    Email,
    Id,
    Instant,
    Integer,
    LocalInstant,
    OneOf,
    Phone,
    Prose,
    Slug,
    Text,
    TimeZone,
    Url,
)


class BookingSchema(Resource):
    """A consultation at one time with one host."""

    consultation_type_id = Id(required=True)
    host_id = Id(dump_only=True)
    starts_at = Instant(required=True)
    ends_at = Instant(dump_only=True)
    timezone = TimeZone(required=True, description="The parent's zone, for the mails.")
    name = Text(120, required=True, example="Petra Petrov")
    email = Email(required=True)
    phone = Phone(allow_none=True)
    message = Prose(5000, allow_none=True, example="My son does not get his reader.")
    state = OneOf(STATES, dump_only=True, example="confirmed")
    reason = Text(dump_only=True, allow_none=True, example=None)
    client_id = Id(dump_only=True, allow_none=True)
    student_id = Id(dump_only=True, allow_none=True)
    case_id = Id(dump_only=True, allow_none=True)


class BookingQuery(PageQuery):
    state = OneOf(STATES, example=None)
    host_id = Id(example=None)
    starts_after = Instant(example=None, description="Those that start at this instant or later.")
    starts_before = Instant(example=None)


class RescheduleSchema(Schema):
    starts_at = Instant(required=True)


class CancelSchema(Schema):
    reason = Text(500, example="We found another time.")


class ChildSchema(Schema):
    name = Text(120, required=True, example="Sasha Petrov")
    birth_date = Date(example="2017-03-21")
    grade = Text(20, example="4")
    school = Text(120, example="Alder Creek Elementary")
    district = Text(120, example="Alder Creek School District")
    state = Text(2, least=2, example="OR")


class ConversionSchema(Schema):
    """What a booking does not know yet."""

    student = fields.Nested(ChildSchema, required=True)
    title = Text(200, required=True, example="Reading support, grade 4")
    advocate_id = Id(description="Who is responsible; the host of the consultation, unless named.")


class ConvertedSchema(Schema):
    """The client, student and case that a booking became."""

    booking_id = Id()
    client_id = Id()
    student_id = Id()
    case_id = Id()


class VisitorBookingSchema(Schema):
    """A visitor's booking."""

    consultation_type = Slug(required=True, example="free-consultation")
    starts_at = Instant(required=True)
    timezone = TimeZone(required=True)
    name = Text(120, required=True, example="Petra Petrov")
    email = Email(required=True)
    phone = Phone(allow_none=True)
    message = Prose(5000, allow_none=True, example="My son does not get his reader.")


class BookedSchema(Schema):
    """What a visitor has booked, and the link to manage it, which is in the mail too."""

    id = Id()
    state = OneOf(STATES, example="confirmed")
    starts_at = LocalInstant()
    ends_at = LocalInstant(example="2026-10-12T12:00:00-04:00")
    timezone = TimeZone()
    manage_url = Url(example="https://practice.example/bookings/AZLwwSNFerze8BI0VniavQ0b3x1Q2v9sWm4kT8uYpLrC7dEaFgHjKl")


class SlotSchema(Schema):
    starts_at = LocalInstant()
    ends_at = LocalInstant(example="2026-10-12T12:00:00-04:00")


class SlotsSchema(Schema):
    """Free times, in the zone that was asked for."""

    items = fields.List(fields.Nested(SlotSchema))
    timezone = TimeZone()


class SlotsQuery(Schema):
    consultation_type = Slug(required=True, example="free-consultation")
    from_ = Instant(data_key="from", required=True)
    to = Instant(required=True, example="2026-10-19T15:30:00Z")
    timezone = TimeZone(required=True)


class KindSchema(Schema):
    name = Text(example="Free consultation")
    slug = Slug(example="free-consultation")
    minutes = Integer(example=30)


class HouseSchema(Schema):
    name = Text(example="Riverside Advocacy")
    slug = Slug()
    website = Url(allow_none=True)


class ManagedSchema(Schema):
    """A booking as its parent sees it behind the link: the first name only."""

    state = OneOf(STATES, example="confirmed")
    starts_at = LocalInstant()
    ends_at = LocalInstant(example="2026-10-12T12:00:00-04:00")
    timezone = TimeZone()
    first_name = Text(example="Petra")
    consultation_type = fields.Nested(KindSchema)
    practice = fields.Nested(HouseSchema)
    can_cancel = Boolean()
    can_reschedule = Boolean()
