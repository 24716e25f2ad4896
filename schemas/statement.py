from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from domain.statement import PARTIES
from models.practice import LANGUAGES
from models.statement import STATES
from schemas.base import PageQuery, Resource, Schema
from schemas.booking import HouseSchema
from schemas.fields import Date, Email, Id, Instant, Integer, OneOf, Prose, Text
from schemas.withdrawn import Withdrawn

MOST_WORDS = 20_000
EXAMPLE = "On Tuesdays and Thursdays nobody read to the student in my class. I asked for a reader on September 14."
SHA256 = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c"


class SignatureSchema(Schema):
    """What somebody writes and signs. It is kept as it is written, in Unicode's form NFC and with lines that end with a line
    feed alone, nothing blank before or after it."""

    text = Prose(MOST_WORDS, required=True, example=EXAMPLE)
    signed_name = Text(200, required=True, example="Terry Thompson")
    signed_on = Date(
        required=True, example="2026-10-06", description="As they date it: no future day, and none long before they were asked."
    )


class EntrySchema(Schema):
    """What was signed. The first entry is the statement; those that follow add to it."""

    number = Integer(1)
    text = Prose(MOST_WORDS, example=EXAMPLE)
    signed_name = Text(200, example="Terry Thompson")
    signed_on = Date(example="2026-10-06", description="As they dated it.")
    signed_at = Instant(example="2026-10-06T16:20:05.123456Z", description="When it came.")
    sha256 = Text(64, example=SHA256, description="Of the bytes of `canonical` in UTF-8, in hexadecimal digits.")


class EntryDetailSchema(EntrySchema):
    canonical = Prose(
        example="statement, form 1\npractice: Riverside Advocacy\n...",
        description="All that is signed, as a text: practice, case, statement, number, what was asked, the words, name and "
        "date, when it came, and the hash of the entry before. Nothing else is needed to check the hash.",
    )


class NewStatementSchema(Schema):
    """Whom to ask for a statement, what, and of which days."""

    case_id = Id(required=True)
    concern_id = Id(allow_none=True)
    provision_id = Id(allow_none=True, example=None, description="Which support of the IEP it is about.")
    party = OneOf(PARTIES, required=True)
    team_member_id = Id(
        allow_none=True, description="Somebody of the IEP team: their name and address, unless others are said."
    )
    client_id = Id(
        allow_none=True, example=None, description="Somebody of the family: their name and address, unless others are said."
    )
    name = Text(120, least=1, example="Terry Thompson", description="As the mail greets them: it does not name the child.")
    email = Email(example="t.thompson@school.example")
    question = Prose(
        2000,
        example="What can you say of the reading support in your class in September?",
        description="What is asked; an open question of ours for the party unless it is said. It names neither the child nor a "
        "disability of their record: behind the link stand the initials.",
    )
    about_from = Date(allow_none=True, example="2026-09-08", description="The first day that it is about.")
    about_to = Date(allow_none=True, example="2026-10-02", description="The last one.")
    language = OneOf(LANGUAGES, description="Of the mail and the page; the practice's unless it is said.")
    expires_in_days = Integer(
        1, 365, load_default=30, example=30, description="How long the link works: to the end of that day."
    )

    @validates_schema
    def _one_person(self, said: dict[str, Any], **_: Any) -> None:
        if said.get("team_member_id") and said.get("client_id"):
            raise ValidationError("Somebody of the team, or of the family.", "client_id")


class AskAgainSchema(Schema):
    expires_in_days = Integer(1, 365, load_default=30, example=30, description="How long the link works from now, at least.")


class StatementSchema(Resource, Withdrawn):
    """A statement: what was asked of whom, and what they signed, which nobody changes."""

    case_id = Id()
    concern_id = Id(allow_none=True)
    provision_id = Id(allow_none=True, example=None)
    asked_by_id = Id()
    name = Text(120, example="Terry Thompson")
    email = Email(example="t.thompson@school.example")
    party = OneOf(PARTIES)
    language = OneOf(LANGUAGES)
    question = Prose(2000, example="What can you say of the reading support in your class in September?")
    about_from = Date(allow_none=True, example="2026-09-08")
    about_to = Date(allow_none=True, example="2026-10-02")
    state = OneOf(
        STATES,
        example="signed",
        description="`expired` is what was asked and not signed until `expires_at`. What was signed stays in `entries`, in "
        "every state.",
    )
    asked_at = Instant(description="When a link was mailed to them, last.")
    expires_at = Instant(
        example="2026-11-05T08:00:00Z", description="Until then the link works, for adding to it too: to the end of a day."
    )
    communication_id = Id(description="The mail that asked, last, among the communications.")
    entries = fields.List(fields.Nested(EntryDetailSchema))


class StatementQuery(PageQuery):
    case_id = Id(example=None)
    concern_id = Id(example=None)
    provision_id = Id(example=None)
    party = OneOf(PARTIES, example=None)
    state = OneOf(STATES, example=None)


class LinkedStatementSchema(Schema):
    """A statement as its writer sees it behind the link: of the child, the initials alone."""

    name = Text(120, example="Terry Thompson")
    party = OneOf(PARTIES)
    student_initials = Text(20, example="S. P.")
    question = Prose(2000, example="What can you say of the reading support in your class in September?")
    about_from = Date(allow_none=True, example="2026-09-08")
    about_to = Date(allow_none=True, example="2026-10-02")
    practice = fields.Nested(HouseSchema)
    language = OneOf(LANGUAGES)
    today = Date(example="2026-10-06", description="Where the practice is.")
    expires_on = Date(example="2026-11-04", description="The last day on which the link works.")
    entries = fields.List(fields.Nested(EntrySchema))
