from marshmallow import fields

from domain.wording import CATEGORIES, ELEMENTS, HOW_CLEAR
from models.provision import KINDS
from schemas.base import Schema
from schemas.fields import Boolean, Id, Integer, OneOf, Prose, Text


class FindingSchema(Schema):
    """Words that would let a school do next to nothing and still say that it followed the sentence."""

    category = OneOf(CATEGORIES, example="conditional")
    term = Text(10_000, example="as needed")
    start = Integer(0, description="Where it begins in the text: in Unicode code points, from 0.", example=32)
    end = Integer(0, description="Where it ends: the place of the first character behind it.", example=41)
    why = Text(1000, example="Nobody can check when it is needed, so it can be left out each time.")
    question = Text(1000, example="Who decides that it is needed, and by which sign?")


ElementsSchema = Schema.from_dict({name: OneOf(HOW_CLEAR, example="missing") for name in ELEMENTS}, name="ElementsSchema")


class WordingSchema(Schema):
    """How firmly a statement is worded: what is weak in it, what it says and leaves open, how to write it instead."""

    findings = fields.List(fields.Nested(FindingSchema))
    elements = fields.Nested(ElementsSchema)
    score = Integer(0, 100, example=38, description="0 to 100: the higher, the firmer.")
    rewrite = Prose(
        20_000,
        allow_none=True,
        example="Sasha will use a reader for tests [when, in words anyone can check].",
        description="A firmer sentence with blanks to fill; null where nothing is to be mended. It invents no facts.",
    )


class WordingCheckSchema(Schema):
    """A statement of an IEP, or of a draft of one."""

    text = Prose(10_000, required=True, example="Sasha may use a reader for tests as needed.")
    kind = OneOf(KINDS, allow_none=True, description="What it promises, if that is known.", example="accommodation")


class OwnTermSchema(Schema):
    """A word or phrase that this practice wants to be found, besides those that are found anyway."""

    term = Text(100, required=True, example="at the district's convenience")
    category = OneOf(CATEGORIES, required=True, example="discretionary")
    why = Text(300, allow_none=True, example="The district decides alone.")
    question = Text(300, allow_none=True, example="On which day of the week?")


class WeighedSchema(WordingSchema):
    """The wording of one provision; what is not in English is not weighed."""

    elements = fields.Nested(ElementsSchema, allow_none=True)
    score = Integer(0, 100, allow_none=True, example=38)

    provision_id = Id()
    support_id = Id()
    kind = OneOf(KINDS)
    text = Prose(10_000, example="Sasha may use a reader for tests as needed.")
    frequency = Text(
        200, allow_none=True, example=None, description="What its fields say of amount, place and provider counts."
    )
    setting = Text(200, allow_none=True, example=None)
    provider_role = Text(120, allow_none=True, example=None)
    is_english = Boolean(example=True, description="False where it is in another language: then it is not weighed.")


class WordingReportSchema(Schema):
    """The wording of a whole version, the weakest provision first."""

    iep_version_id = Id()
    number = Integer(1, example=2)
    score = Integer(0, 100, allow_none=True, example=61, description="The mean of its provisions'; null without any.")
    findings_by_category = fields.Dict(
        keys=OneOf(CATEGORIES), values=Integer(0), metadata={"example": {"conditional": 2, "permissive": 1}}
    )
    provisions = fields.List(fields.Nested(WeighedSchema))
