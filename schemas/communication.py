from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from models.communication import CHANNELS, DIRECTIONS, PARTIES
from schemas.base import PageQuery, Resource
from schemas.fields import Boolean, Id, Instant, Many, OneOf, Prose, Text
from schemas.reminder import ReminderSchema


class SaidSchema(Resource):
    """What was said to or by the school or the family. It is not rewritten; a correction is another one."""

    direction = OneOf(DIRECTIONS, required=True)
    channel = OneOf(CHANNELS, required=True)
    party = OneOf(PARTIES, required=True)
    team_member_ids = Many(Id(), 50, load_default=list, example=[], description="Who of the IEP team took part.")
    occurred_at = Instant(required=True)
    subject = Text(300, allow_none=True, example="Reader for tests")
    summary = Prose(required=True, example="Asked who provides the reader, and since when.")
    awaiting_reply = Boolean(
        load_default=False, description="An outbound one to team or teacher then plans the practice's follow-ups."
    )
    in_reply_to = Id(allow_none=True, example=None, description="The communication that this one answers.")
    recorded_by_id = Id(dump_only=True, allow_none=True, description="Null: somebody of the school said it by a link.")

    @validates_schema
    def _waits_outbound(self, said: dict[str, Any], **_: Any) -> None:
        if said.get("awaiting_reply") and said.get("direction") == "inbound":
            raise ValidationError("Only what we said ourselves awaits a reply.", "awaiting_reply")


class CommunicationSchema(SaidSchema):
    """What was said, in which case."""

    case_id = Id(required=True)
    concern_id = Id(allow_none=True, example=None)


class RecordedSchema(CommunicationSchema):
    """The communication, and the reminders that it planned or settled."""

    reminders = fields.List(fields.Nested(ReminderSchema), dump_only=True)


class CommunicationQuery(PageQuery):
    case_id = Id(example=None)
    concern_id = Id(example=None)
    party = OneOf(PARTIES, example=None)
    direction = OneOf(DIRECTIONS, example=None)
    channel = OneOf(CHANNELS, example=None)
