from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from models.booking import STATES
from models.booking_event import BY as EVENTS_BY
from models.booking_event import KINDS as EVENT_KINDS
from models.consultation_type import LANGUAGES
from schemas.base import PageQuery, Resource, Schema
from schemas.conflict_check import FoundSchema
from schemas.consultation_type import LocationSchema
from schemas.fields import (
    Boolean,
    Email,
    Id,
    Instant,
    Integer,
    LinkToken,
    LocalInstant,
    OneOf,
    Phone,
    Prose,
    Slug,
    Text,
    TimeZone,
    Url,
)


class Answers(fields.Dict):
    """Answers, each by the key of its question; what may stand there, the question says."""

    def __init__(self, **options: Any) -> None:
        about = "By the keys of the type's questions: text, a choice, a list of choices, true or false, a number, or a date."
        shown = {"example": {"grade": "4"}, "description": about}
        super().__init__(fields.String(), fields.Raw(allow_none=True), metadata=shown, **options)


class AnswerSchema(Schema):
    """What was answered, with the words in which it was asked."""

    key = Text(40, example="grade")
    question = Text(200, example="Which grade is your child in?")
    answer = fields.Raw(metadata={"example": "4"})


class ConsentSchema(Schema):
    """What a visitor agreed to, in the words of that day."""

    wording = Prose(example="I agree that you keep what I write here, to prepare our conversation.")
    at = Instant()
    source_url = Url(allow_none=True, description="The page on which the form stood.")


class BookingSchema(Resource):
    """A consultation at one time with one host. Who it is for is null once that was erased."""

    consultation_type_id = Id(dump_only=True)
    host_id = Id(dump_only=True)
    starts_at = Instant(dump_only=True)
    ends_at = Instant(dump_only=True)
    timezone = TimeZone(dump_only=True, description="The parent's zone, for the mails.")
    name = Text(120, dump_only=True, allow_none=True, example="Petra Petrov")
    email = Email(dump_only=True, allow_none=True)
    phone = Phone(dump_only=True, allow_none=True)
    message = Prose(5000, dump_only=True, allow_none=True, example="My son does not get his reader.")
    language = OneOf(LANGUAGES, dump_only=True, description="Of the mails to the parent.")
    answers = fields.List(fields.Nested(AnswerSchema), dump_only=True)
    consent = fields.Nested(ConsentSchema, dump_only=True, allow_none=True)
    state = OneOf(
        STATES,
        dump_only=True,
        example="confirmed",
        description="`requested` waits for the practice; `held` for the parent to confirm the address, until `expires_at`.",
    )
    expires_at = Instant(dump_only=True, allow_none=True, example=None)
    reason = Text(dump_only=True, allow_none=True, example=None)
    booking_link_id = Id(dump_only=True, allow_none=True, example=None)
    client_id = Id(dump_only=True, allow_none=True)
    student_id = Id(dump_only=True, allow_none=True)
    case_id = Id(dump_only=True, allow_none=True)
    concern_id = Id(dump_only=True, allow_none=True)
    conflict_check = fields.Nested(FoundSchema, dump_only=True, allow_none=True)
    erased_at = Instant(dump_only=True, allow_none=True, example=None)


class NewBookingSchema(Schema):
    """A booking by staff: for a client, or for somebody with name and e-mail address. No question has to be answered."""

    consultation_type_id = Id(required=True)
    starts_at = Instant(required=True)
    client_id = Id(description="For whom; name, email, phone and timezone are the client's, unless given.")
    name = Text(120, least=1, example="Petra Petrov", description="Needed without `client_id`, as `email` is.")
    email = Email()
    timezone = TimeZone(description="The parent's zone, for the mails; the client's or the practice's, unless given.")
    phone = Phone(allow_none=True)
    message = Prose(5000, allow_none=True, example="My son does not get his reader.")
    host_id = Id(description="Who hosts it; whose turn it is, unless named.")
    language = OneOf(LANGUAGES, description="Of the mails to the parent; the type's, unless given.")
    answers = Answers()

    @validates_schema
    def _for_somebody(self, said: dict[str, Any], **_: Any) -> None:
        missing = [] if "client_id" in said else [name for name in ("name", "email") if name not in said]
        if missing:
            raise ValidationError({name: ["Missing data for required field."] for name in missing})
        if not said.get("name", "somebody").strip():
            raise ValidationError("This must not be blank.", "name")


class BookingQuery(PageQuery):
    state = OneOf(STATES, example=None)
    host_id = Id(example=None)
    starts_after = Instant(example=None, description="Those that start at this instant or later.")
    starts_before = Instant(example=None)


class MoveSchema(Schema):
    starts_at = Instant(required=True)
    reason = Text(500, example="We found another time.")


class RescheduleSchema(MoveSchema):
    host_id = Id(description="Who hosts it from now on; who hosts it now, if free then, unless named.")


class CancelSchema(Schema):
    reason = Text(500, example="We found another time.")


class BookingEventSchema(Schema):
    """What happened to a booking, by whom; where it was afterwards and, if it moved, before."""

    id = Id()
    kind = OneOf(EVENT_KINDS, example="moved")
    at = Instant()
    by = OneOf(EVENTS_BY)
    staff_id = Id(allow_none=True)
    starts_at = Instant(allow_none=True)
    host_id = Id(allow_none=True)
    from_starts_at = Instant(allow_none=True)
    from_host_id = Id(allow_none=True)
    reason = Text(allow_none=True)


class VisitorBookingSchema(Schema):
    """A visitor's booking."""

    consultation_type = Slug(required=True, example="free-consultation")
    starts_at = Instant(required=True)
    timezone = TimeZone(required=True)
    name = Text(120, required=True, example="Petra Petrov")
    email = Email(required=True)
    phone = Phone(allow_none=True)
    message = Prose(5000, allow_none=True, example="My son does not get his reader.")
    answers = Answers()
    language = OneOf(LANGUAGES, description="Of the mails; the type's, unless given.")
    host_id = Id(description="Where the type lets visitors choose.")
    hold = LinkToken(description="What `/holds` gave: the booking takes its place. One that has lapsed does no harm.")
    link = LinkToken(description="What stands behind `link=` in the address of a private page.")
    consent = Boolean(description="That the visitor agrees to the practice's wording, where it asks for that.")
    source_url = Url(allow_none=True, description="The page on which the form stands; kept with the consent.")
    website = Text(0, load_default="", example="", description="A field that people do not see. It stays empty.")


class BookedSchema(Schema):
    """What a visitor has booked, and the link to manage it, which is in the mail too."""

    id = Id()
    state = OneOf(STATES, example="confirmed", description="`requested` waits for the practice, `held` for the mail's link.")
    expires_at = Instant(allow_none=True, example=None, description="Until when a held one waits.")
    starts_at = LocalInstant()
    ends_at = LocalInstant(example="2026-10-12T12:00:00-04:00")
    timezone = TimeZone()
    manage_url = Url(
        allow_none=True,
        example="https://practice.example/bookings/AZLwwSNFerze8BI0VniavQ0b3x1Q2v9sWm4kT8uYpLrC7dEaFgHjKl",
        description="Null while the address has to be confirmed: then it is in the mail alone.",
    )


class HoldSchema(Schema):
    """A wish to keep a time."""

    consultation_type = Slug(required=True, example="free-consultation")
    starts_at = Instant(required=True)
    timezone = TimeZone(required=True)
    host_id = Id(description="Where the type lets visitors choose.")
    link = LinkToken()
    hold = LinkToken(description="The hold that one has: it moves here.")


class HeldSchema(Schema):
    """A time that is kept until `expires_at`. `hold` is shown this once."""

    hold = LinkToken()
    starts_at = LocalInstant()
    ends_at = LocalInstant(example="2026-10-12T12:00:00-04:00")
    timezone = TimeZone()
    expires_at = Instant()


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
    host_id = Id(example=None, description="Of one host, where the type lets visitors choose.")
    hold = LinkToken(example=None, description="The hold that one has: its time is shown to who has it.")
    link = LinkToken(example=None)


class ManagedSlotsQuery(Schema):
    from_ = Instant(data_key="from", required=True)
    to = Instant(required=True, example="2026-10-19T15:30:00Z")
    timezone = TimeZone(description="The booking's, unless given.")


class OfferedTypesQuery(PageQuery):
    link = LinkToken(example=None, description="What stands behind `link=` in the address of a private page.")


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
    language = OneOf(LANGUAGES)
    first_name = Text(example="Petra")
    needs_confirmation = Boolean(example=False, description="Whether the practice has yet to say yes.")
    can_confirm = Boolean(example=False, description="Whether it waits until its parent confirms the address.")
    expires_at = Instant(allow_none=True, example=None, description="Until when it waits for that.")
    location = fields.Nested(LocationSchema, allow_none=True, metadata={"example": {"kind": "phone", "who_calls": "host"}})
    consultation_type = fields.Nested(KindSchema)
    practice = fields.Nested(HouseSchema)
    can_cancel = Boolean()
    can_reschedule = Boolean()
