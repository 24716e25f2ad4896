from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from domain.delivery_report import BOUNCES
from domain.party import PARTIES
from models.communication import CHANNELS, DELIVERIES, DIRECTIONS
from models.message import STATES as MESSAGE_STATES
from schemas.base import PageQuery, Resource, Schema
from schemas.fields import Boolean, Email, Id, Instant, Many, OneOf, Prose, Text
from schemas.follow_up import FollowUpPolicySchema
from schemas.message import BOUNCE
from schemas.reminder import ReminderSchema

AWAITS = "An outbound one to team or teacher then plans follow-ups."
POLICY = "Where this one is followed up by other rules than the case, or the practice; each field that is named wins."
ATTACHED = "Documents of the case."


class SaidSchema(Resource):
    """What was said to or by the school or the family. It is not rewritten; a correction is another one."""

    direction = OneOf(DIRECTIONS, required=True)
    channel = OneOf(CHANNELS, required=True)
    party = OneOf(PARTIES, required=True)
    team_member_ids = Many(Id(), 50, load_default=list, example=[], description="Who of the IEP team took part.")
    occurred_at = Instant(required=True)
    subject = Text(300, allow_none=True, example="Reader for tests")
    summary = Prose(required=True, example="Asked who provides the reader, and since when.")
    awaiting_reply = Boolean(load_default=False, description=AWAITS)
    in_reply_to = Id(allow_none=True, example=None, description="The communication that this one answers.")
    document_ids = Many(Id(), 20, load_default=list, distinct=True, example=[], description=ATTACHED)
    letter_id = Id(allow_none=True, example=None, description="The final letter that it handed over.")
    follow_up_policy = fields.Nested(FollowUpPolicySchema, allow_none=True, metadata={"description": POLICY, "example": None})
    recorded_by_id = Id(
        dump_only=True, allow_none=True, description="Null: somebody said it by a link, or by a mail that came in."
    )

    @validates_schema
    def _waits_outbound(self, said: dict[str, Any], **_: Any) -> None:
        if said.get("awaiting_reply") and said.get("direction") == "inbound":
            raise ValidationError("Only what we said ourselves awaits a reply.", "awaiting_reply")


class DeliverySchema(Schema):
    """What became of a mail on its way to one of its addressees."""

    message_id = Id(description="The outgoing message: see `/messages/{message_id}`, and its `retry`.")
    to = Email()
    state = OneOf(MESSAGE_STATES, example="sent")
    last_error = Text(allow_none=True, example=None)
    bounce = OneOf(BOUNCES, allow_none=True, example=None, description=BOUNCE)


class CommunicationSchema(SaidSchema):
    """What was said, in which case."""

    case_id = Id(required=True)
    concern_id = Id(allow_none=True, example=None)
    corrects_id = Id(
        allow_none=True,
        example=None,
        description="What it corrects, of the same case and direction: both stay, and the older one names this one.",
    )
    corrected_by_id = Id(dump_only=True, allow_none=True, example=None, description="What corrected it since.")
    thread_id = Id(dump_only=True, description="The communication with which its thread began: list by it.")
    delivery = OneOf(
        DELIVERIES,
        dump_only=True,
        allow_none=True,
        example=None,
        description="Of a mail sent from here, the worst of its `deliveries`; null where it is none.",
    )
    deliveries = fields.List(fields.Nested(DeliverySchema), dump_only=True)


class RecordedSchema(CommunicationSchema):
    """The communication, and the reminders that it planned or settled."""

    reminders = fields.List(fields.Nested(ReminderSchema), dump_only=True)


class SendingSchema(Schema):
    """A mail to members of the IEP team, to the client, or to both: each sees who else gets it."""

    case_id = Id(required=True)
    concern_id = Id(allow_none=True, example=None)
    party = OneOf(
        PARTIES, required=True, description="Whom it is to, and whose silence counts; it goes to them, and copies to anybody."
    )
    team_member_ids = Many(Id(), 50, load_default=list, distinct=True, description="Each needs an address, and has not left.")
    to_client = Boolean(load_default=False, description="To the client of the case too.")
    subject = Text(200, required=True, example="Reader for tests", description="Names neither the child nor a disability.")
    text = Prose(required=True, example="Dear Ms. Thompson,\n\nwho provides the reader, and since when?\n\nAna")
    document_ids = Many(Id(), 20, load_default=list, distinct=True, example=[], description="Attached; 20 MiB in all.")
    letter_id = Id(allow_none=True, example=None, description="A final letter: its PDF is attached.")
    awaiting_reply = Boolean(description=f"{AWAITS} False unless said, or as the letter is.")
    in_reply_to = Id(allow_none=True, example=None, description="The communication that it answers, or follows up.")
    follow_up_policy = fields.Nested(FollowUpPolicySchema, allow_none=True, metadata={"description": POLICY, "example": None})


class CommunicationQuery(PageQuery):
    case_id = Id(example=None)
    concern_id = Id(example=None)
    thread_id = Id(example=None, description="All of one exchange.")
    team_member_id = Id(example=None, description="Those in which this member of the team took part.")
    letter_id = Id(example=None)
    party = OneOf(PARTIES, example=None)
    direction = OneOf(DIRECTIONS, example=None)
    channel = OneOf(CHANNELS, example=None)
    since = Instant(example=None, description="Said at or after this instant.")
    until = Instant(example=None, description="Said before this instant.")
