from marshmallow import fields

from domain.access_words import PURPOSES
from models.packet import FORMATS
from models.packet_share import STATES
from models.practice import LANGUAGES
from schemas.base import PageQuery, Resource, Schema
from schemas.booking import HouseSchema
from schemas.fields import Boolean, Email, Id, Instant, Integer, OneOf, Text

CODE = "K7QM-3XWD"


class NewPacketShareSchema(Schema):
    """With whom a packet is shared, and for how long."""

    packet_id = Id(required=True)
    name = Text(120, required=True, example="Dana Torres")
    email = Email(required=True, example="d.torres@mediation.example")
    organization = Text(200, example="Office of Dispute Resolution")
    purpose = Text(200, example="Mediation on November 3")
    expires_in_days = Integer(1, 90, load_default=14, example=14)
    language = OneOf(
        LANGUAGES, example="en", description="Of the mail, and of the page that its link opens; the practice's, unless named."
    )


class PacketShareSchema(Resource):
    """A packet that was shared with one person: how it stands, and how often it was opened."""

    packet_id = Id()
    case_id = Id()
    shared_by_id = Id()
    name = Text(example="Dana Torres")
    email = Email(example="d.torres@mediation.example")
    organization = Text(allow_none=True, example="Office of Dispute Resolution")
    purpose = Text(allow_none=True, example="Mediation on November 3")
    state = OneOf(STATES, description="`locked` after five wrong codes: share it anew; `discarded` as its packet is.")
    expires_at = Instant(example="2026-10-19T16:00:00Z")
    opens = Integer(example=1, description="How often it was downloaded with the right code.")
    failures = Integer(example=0, description="How many wrong codes were tried.")
    first_opened_at = Instant(allow_none=True)
    last_opened_at = Instant(allow_none=True)
    withdrawn_at = Instant(allow_none=True, example=None)
    withdrawn_by_id = Id(allow_none=True, example=None)


class MadePacketShareSchema(PacketShareSchema):
    """A share just made, with its code: it is shown this once."""

    code = Text(example=CODE, description="Shown this once, and kept as a hash.")
    tell = Text(400, example="Tell Dana Torres this code by another way than the mail with the link: by phone, say.")


class PacketShareQuery(PageQuery):
    packet_id = Id(example=None)
    case_id = Id(example=None)
    state = OneOf(STATES, example=None)


class SharedPacketSchema(Schema):
    """A packet, behind its link: whose it is and how large; nothing of what is in it."""

    practice = fields.Nested(HouseSchema)
    language = OneOf(LANGUAGES, description="Of the mail that the link came with.")
    purpose = OneOf(tuple(PURPOSES["en"]), example="mediation")
    title = Text(example="Packet of evidence: mediation", description="It names no child.")
    is_redacted = Boolean(example=False)
    pages = Integer(example=64)
    pdf_bytes = Integer(example=1843200)
    zip_bytes = Integer(example=5242880)
    expires_at = Instant(example="2026-10-19T16:00:00Z")


class OpeningSchema(Schema):
    code = Text(40, required=True, example=CODE, description="In whatever case, with or without the hyphen.")
    format = OneOf(tuple(FORMATS), load_default="pdf")
