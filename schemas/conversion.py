from marshmallow import fields

from domain.playbook import KINDS
from schemas.base import Schema
from schemas.conflict_check import FoundSchema
from schemas.fields import Date, Id, OneOf, Prose, Text


class ChildSchema(Schema):
    name = Text(120, required=True, example="Sasha Petrov")
    birth_date = Date(example="2017-03-21")
    grade = Text(20, example="4")
    school = Text(120, example="Alder Creek Elementary")
    district = Text(120, example="Alder Creek School District")
    state = Text(2, least=2, example="OR")


class FirstConcernSchema(Schema):
    """What is said of the first concern, where it is not as the parent wrote it."""

    kind = OneOf(KINDS, description="`not_provided`, unless it is said.")
    what_happened = Prose(
        example="He took the science test without a reader.", description="The parent's own words, unless said."
    )
    noticed_on = Date(description="The day on which the parent wrote, unless it is said.")


class ConversionSchema(Schema):
    """What a booking or an enquiry does not know yet."""

    student = fields.Nested(ChildSchema, required=True)
    title = Text(200, required=True, example="Reading support, grade 4")
    client_id = Id(
        allow_none=True,
        example=None,
        description="A client who is there already; a new one is made of who wrote, unless named.",
    )
    advocate_id = Id(description="Who is responsible; the host of the consultation, or whoever converts, unless named.")
    concern = fields.Nested(
        FirstConcernSchema,
        allow_none=True,
        metadata={"description": "Opened in the parent's own words where there are any; null opens none."},
    )


class ConvertedSchema(Schema):
    """What a booking became; the same whenever it is asked for."""

    booking_id = Id()
    client_id = Id()
    student_id = Id()
    case_id = Id()
    concern_id = Id(allow_none=True, description="Null where the parent wrote nothing.")
    conflict_check = fields.Nested(FoundSchema, allow_none=True)


class ConvertedEnquirySchema(Schema):
    """What an enquiry became; the same whenever it is asked for."""

    enquiry_id = Id()
    client_id = Id()
    student_id = Id()
    case_id = Id()
    concern_id = Id(allow_none=True)
    conflict_check = fields.Nested(FoundSchema, allow_none=True)
