from marshmallow import fields

from domain.letters import FORMATS, LANGUAGES, MOST_BODY, MOST_SUBJECT, NOTICE, TEMPLATES
from domain.party import PARTIES
from models.communication import CHANNELS
from models.letter import STATES
from schemas.base import KeptAsJson, PageQuery, Patch, Resource, Schema
from schemas.fields import Boolean, Computed, Date, Id, Instant, Integer, Many, OneOf, Prose, Text

FACTS = {"spoke_on": "2026-10-05", "how": "phone", "they_said": "The reader was away in September."}
ASKED = "What this template asks for: see `fields` of `/letter-templates`. What is left out, the concern's steps answer."


class AddresseeSchema(Schema):
    """Somebody to whom a letter goes, or a copy of it, as it stands there."""

    name = Text(120, required=True, example="Terry Thompson")
    role = Text(
        120, allow_none=True, example="principal", description="A role of the IEP team, `parent`, or any other in words."
    )
    lines = Many(Text(120, least=1), 6, example=["Riverside Elementary School"], description="The lines of their address.")
    team_member_id = Id(allow_none=True, example=None)
    client_id = Id(allow_none=True, example=None)


class LetterSchema(Resource):
    """A letter: a draft, then final: frozen, numbered, and set as PDF and DOCX."""

    case_id = Id()
    concern_id = Id(allow_none=True, example=None)
    proceeding_id = Id(allow_none=True, example=None)
    provision_id = Id(allow_none=True, example=None, description="The support that it is about, as it stood then.")
    template = OneOf(list(TEMPLATES), example="follow_up_summary")
    language = OneOf(LANGUAGES)
    state = OneOf(STATES, example="draft")
    number = Integer(1, allow_none=True, example=None, description="Of final letters, 1, 2, 3 in this practice.")
    party = OneOf(PARTIES, description="On whose side the letter goes out: it chooses the follow-ups.")
    addressees = fields.List(fields.Nested(AddresseeSchema))
    copies = fields.List(fields.Nested(AddresseeSchema), metadata={"description": "Who gets a copy."})
    facts = Computed(FACTS, {"type": "object"}, description="What filled the template besides the case.")
    subject = Text(MOST_SUBJECT, example="Thank you, and what I understood on October 5, 2026")
    body = Prose(
        MOST_BODY,
        example="Dear Terry Thompson:\n\nThank you for your time.\n\n1. A reader for all tests: [who will provide it].",
        description="Plain text: a blank line ends a paragraph, `1.` or `-` begins an item of a list.",
    )
    blanks = fields.List(
        Text(example="who will provide it"),
        metadata={"description": "What nobody knew: it stands in square brackets in the text. None of it may be left."},
    )
    is_edited = Boolean(example=False, description="Whether somebody wrote in the text: then no date fills it anew.")
    dated_on = Date()
    reply_by_on = Date(allow_none=True, example="2026-10-19")
    notice = Text(allow_none=True, example=NOTICE["en"], description="Of a draft. It stands in no letter that goes out.")
    created_by_id = Id(description="Who signs it.")
    finalised_at = Instant(allow_none=True, example=None)
    finalised_by_id = Id(allow_none=True, example=None)
    document_id = Id(allow_none=True, example=None, description="Of a final letter: its PDF.")
    docx_document_id = Id(allow_none=True, example=None, description="Of a final letter: the same as a Word document.")
    sha256 = Text(allow_none=True, example=None, description="Of the PDF, in hexadecimal digits.")
    communication_ids = fields.List(Id(), metadata={"description": "By which it was sent or handed over.", "example": []})


class NewLetterSchema(KeptAsJson, Schema):
    """What to write, about what, to whom; the rest is filled in from the case."""

    kept_as_json = ("addressees", "copies")

    template = OneOf(list(TEMPLATES), required=True, example="follow_up_summary")
    case_id = Id(required=True)
    concern_id = Id(allow_none=True, example=None)
    proceeding_id = Id(allow_none=True, example=None)
    provision_id = Id(allow_none=True, example=None, description="The support; that of the concern, if it is left out.")
    language = OneOf(LANGUAGES, description="English to a school; to a client the practice's, unless said.")
    party = OneOf(PARTIES, description="One of the template's; its first, unless said.")
    team_member_ids = Many(Id(), 20, distinct=True, example=[], description="To whom; those of the party who are there.")
    to_client = Boolean(example=False, description="To the client of the case, with those who are named or alone.")
    addressees = Many(
        fields.Nested(AddresseeSchema), 20, example=[], description="Others to whom it goes: the state, for instance."
    )
    copies = Many(fields.Nested(AddresseeSchema), 20, example=[], description="Who gets a copy; the client, unless said.")
    facts = fields.Dict(keys=fields.String(), metadata={"example": FACTS, "description": ASKED})
    dated_on = Date(description="Today, unless said.")
    reply_by_on = Date(allow_none=True, description="So many business days later as the template says, unless said.")


class LetterChange(KeptAsJson, Patch):
    """A change of a draft. Its text is filled anew from dates and addressees as long as nobody wrote in it."""

    kept_as_json = ("addressees", "copies")

    subject = Text(MOST_SUBJECT, least=1, example="Thank you, and what I understood")
    body = Prose(MOST_BODY, least=1, example="Dear Terry Thompson:\n\nThank you for your time.")
    dated_on = Date()
    reply_by_on = Date(allow_none=True, example="2026-10-19")
    addressees = Many(fields.Nested(AddresseeSchema), 20, example=[{"name": "Terry Thompson", "role": "principal"}])
    copies = Many(fields.Nested(AddresseeSchema), 20, example=[])


class LetterQuery(PageQuery):
    case_id = Id(example=None)
    concern_id = Id(example=None)
    proceeding_id = Id(example=None)
    template = OneOf(list(TEMPLATES), example=None)
    state = OneOf(STATES, example=None)


class ContentQuery(Schema):
    format = OneOf(FORMATS, load_default="pdf")


class HandOverSchema(Schema):
    """How a final letter came to those to whom it goes, other than by mail from here."""

    occurred_at = Instant(description="Now, unless said.")
    channel = OneOf(CHANNELS, load_default="letter", example="letter")
    awaiting_reply = Boolean(description="Whether follow-ups are planned; as the template says, unless said.")
    note = Prose(5000, example="Given to the office of the school.")
    in_reply_to = Id(allow_none=True, example=None, description="The communication that it answers, or follows up.")
