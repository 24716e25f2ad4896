from marshmallow import fields

from domain.letters import LANGUAGES, MOST_SUBJECT, MOST_WORDING, NOTICE, TEMPLATES
from domain.party import PARTIES
from schemas.base import Patch, Resource, Schema
from schemas.concern import FieldSchema
from schemas.fields import Boolean, Computed, Id, Instant, Integer, OneOf, Prose, Text
from schemas.letter import ASKED, FACTS

BODY = 'Dear {{ salutation | or_blank: "whom" }}\n\nWe spoke on {{ spoke_on | or_blank: "the date" }}.'


class LetterTemplateSchema(Resource):
    """A template in one language: the words in use, and ours where they are the practice's own."""

    id = Id(dump_only=True, allow_none=True, example=None, description="Null: the practice has no wording of its own.")
    created_at = Instant(dump_only=True, allow_none=True, example=None)
    updated_at = Instant(dump_only=True, allow_none=True, example=None)
    template = OneOf(list(TEMPLATES), dump_only=True, example="follow_up_summary")
    language = OneOf(LANGUAGES, dump_only=True)
    title = Text(dump_only=True, example="Letter of understanding")
    parties = fields.List(OneOf(PARTIES), dump_only=True, metadata={"description": "To whom it goes; the first by default."})
    law = Text(dump_only=True, allow_none=True, example=None)
    ladder = Text(dump_only=True, allow_none=True, example=None, description="Which follow-ups are planned when it is sent.")
    reply_within = Integer(1, dump_only=True, example=5, description="Business days until an answer is asked for (ours).")
    fields_ = fields.List(
        fields.Nested(FieldSchema), dump_only=True, data_key="fields", attribute="fields", metadata={"description": ASKED}
    )
    variables = Computed(
        {"student": ["name", "grade", "school", "district"]}, {"type": "object"}, description="What its words may name."
    )
    is_own = Boolean(dump_only=True, example=False)
    subject = Text(
        MOST_SUBJECT, required=True, example="Thank you", description="One line in Liquid, which names nothing of the child."
    )
    body = Prose(MOST_WORDING, required=True, example=BODY, description="In Liquid, sandboxed.")
    standard_subject = Text(dump_only=True, example="Thank you, and what I understood")
    standard_body = Prose(dump_only=True, example=BODY)


class LetterTemplateListSchema(Schema):
    """All templates in all languages."""

    items = fields.List(fields.Nested(LetterTemplateSchema))


class WordingOfLetterSchema(Schema):
    """The practice's own words of a template. Every name in them must be known; they are tried on a made-up case."""

    subject = Text(MOST_SUBJECT, required=True, example="Thank you")
    body = Prose(MOST_WORDING, required=True, example=BODY)


class WordingOfLetterChange(Patch):
    """A change of the words in use."""

    subject = Text(MOST_SUBJECT, least=1, example="Thank you")
    body = Prose(MOST_WORDING, least=1, example=BODY)


class LetterPreviewSchema(Schema):
    """Words to try: on a made-up case, or on one of the practice's. Nothing is kept."""

    template = OneOf(list(TEMPLATES), required=True, example="follow_up_summary")
    language = OneOf(LANGUAGES, load_default="en")
    subject = Text(MOST_SUBJECT, least=1, example="Thank you", description="The words in use, unless said.")
    body = Prose(MOST_WORDING, least=1, example=BODY)
    case_id = Id(allow_none=True, example=None)
    concern_id = Id(allow_none=True, example=None)
    facts = fields.Dict(keys=fields.String(), metadata={"example": FACTS, "description": ASKED})


class PreviewedLetterSchema(Schema):
    """What the words come to."""

    subject = Text(example="Thank you")
    body = Prose(example="Dear Terry Thompson:\n\nWe spoke on October 5, 2026.")
    blanks = fields.List(Text(example="the date"))
    notice = Text(example=NOTICE["en"])
