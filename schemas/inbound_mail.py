from marshmallow import fields

from domain.party import PARTIES
from models.communication import DIRECTIONS
from models.inbound_mail import BECAUSE, STATES
from schemas.base import PageQuery, Resource, Schema
from schemas.communication import RecordedSchema
from schemas.fields import Email, Id, Instant, Integer, Many, OneOf, Prose, Text


class InboundAttachmentSchema(Schema):
    """A file that came with a mail."""

    name = Text(example="Answer.pdf")
    media_type = Text(example="application/pdf", description="As the mail says.")
    size_bytes = Integer(example=48_211)
    document_id = Id(allow_none=True, description="The document of the case that it became, once the mail is on record.")
    why_not = Text(allow_none=True, example=None, description="Why it becomes none: it stays in the mail.")


class InboundMailSchema(Resource):
    """A mail that came to the address of a case. Whom it says it is from is no proof: the mail itself is the evidence."""

    case_id = Id()
    communication_id = Id(allow_none=True, description="What it became, once it is on record; of a report, what it is about.")
    message_id = Id(allow_none=True, example=None, description="Of a report: the outgoing message on whose way it reports.")
    state = OneOf(STATES)
    because = OneOf(BECAUSE, allow_none=True, example=None, description="Why it waits, or waited; `bounce` of every report.")
    mail_id = Text(allow_none=True, example="<CAF3k2h7@mail.example>", description="Its Message-ID.")
    answers_mail_ids = Many(Text(), example=["<0192f0c1-2345-7abc-8def-0123456789ab@practice.example>"])
    from_address = Text(example="terry@school.example", description="As it says; empty where it says nothing that can be read.")
    from_name = Text(allow_none=True, example="Terry Thompson")
    subject = Text(allow_none=True, example="Re: Reader for tests")
    text = Prose(example="The aide does, from Monday on.", description="All of it, the quoted words too; 200,000 at most.")
    attachments = fields.List(fields.Nested(InboundAttachmentSchema))
    authentication_results = Prose(
        allow_none=True,
        example="mx.example; spf=pass smtp.mailfrom=school.example; dkim=pass header.d=school.example",
        description="What mail servers on its way found of its sender; whoever sends a mail can write this too.",
    )
    sent_at = Instant(allow_none=True, description="As it says.")
    received_at = Instant()
    size_bytes = Integer(example=5_211)
    sha256 = Text(attribute="digest", example="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
    settled_by_id = Id(allow_none=True, example=None, description="Who matched or discarded it; null: nobody had to.")
    reason = Text(allow_none=True, example=None, description="Why it was discarded; of a report, what it says.")


class InboundMailQuery(PageQuery):
    case_id = Id(example=None)
    state = OneOf(STATES, example=None)
    communication_id = Id(example=None)


class MatchSchema(Schema):
    """Where a mail belongs."""

    party = OneOf(PARTIES, required=True)
    direction = OneOf(DIRECTIONS, load_default="inbound", description="`outbound`: a copy of what one of us wrote.")
    in_reply_to = Id(allow_none=True, description="What it answers: that is settled then.")
    concern_id = Id(allow_none=True, example=None)
    team_member_ids = Many(Id(), 50, load_default=list, distinct=True, example=[], description="Who of the team wrote it.")


class MatchedSchema(InboundMailSchema):
    """The mail, and what it became."""

    communication = fields.Nested(RecordedSchema)


class DiscardSchema(Schema):
    reason = Text(500, required=True, example="An advertisement.")


class RecipientQuery(Schema):
    recipient = Email(
        example=None, description="To whom it was delivered; unless said, whoever of ours stands in its To, Cc or Delivered-To."
    )


class BroughtForCaseSchema(Schema):
    """What became of a mail for one case."""

    id = Id()
    state = OneOf(STATES)


class BroughtMailSchema(Schema):
    """The rows of a mail, one for each case that it was for; none where none of its recipients is a case of ours."""

    items = fields.List(fields.Nested(BroughtForCaseSchema))
