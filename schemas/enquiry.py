from typing import Any

from marshmallow import fields, post_load

from models.enquiry import STATES
from models.practice import LANGUAGES
from schemas.base import PageQuery, Resource, Schema
from schemas.conflict_check import FoundSchema
from schemas.fields import Boolean, Email, Id, Instant, OneOf, Phone, Prose, Text, TimeZone, Url


class ReplySchema(Schema):
    """What was answered, when, and by whom."""

    text = Prose(example="Thank you for writing. When can we call you?")
    at = Instant()
    staff_id = Id()


class EnquirySchema(Resource):
    """What somebody wrote through the contact form. Who wrote it is null once that was erased."""

    name = Text(120, dump_only=True, allow_none=True, example="Petra Petrov")
    email = Email(dump_only=True, allow_none=True)
    phone = Phone(dump_only=True, allow_none=True)
    message = Prose(dump_only=True, allow_none=True, example="My son does not get his reader. Can you help?")
    language = OneOf(LANGUAGES, dump_only=True)
    timezone = TimeZone(dump_only=True, allow_none=True)
    source_url = Url(dump_only=True, allow_none=True, description="The page on which the form stood.")
    state = OneOf(STATES, dump_only=True)
    reason = Text(dump_only=True, allow_none=True, example=None, description="Why it was dismissed, or taken for spam.")
    replies = fields.List(fields.Nested(ReplySchema), dump_only=True)
    answered_at = Instant(dump_only=True, allow_none=True, example=None)
    conflict_check = fields.Nested(FoundSchema, dump_only=True, allow_none=True)
    client_id = Id(dump_only=True, allow_none=True, example=None)
    student_id = Id(dump_only=True, allow_none=True, example=None)
    case_id = Id(dump_only=True, allow_none=True, example=None)
    concern_id = Id(dump_only=True, allow_none=True, example=None)
    erased_at = Instant(dump_only=True, allow_none=True, example=None)


class EnquiryQuery(PageQuery):
    state = OneOf(STATES, example=None, description="All but spam, unless named.")

    @post_load
    def _spam_is_kept_apart(self, asked: dict[str, Any], **_: Any) -> dict[str, Any]:
        return asked if "state" in asked else {**asked, "besides": "spam"}


class ReplyTextSchema(Schema):
    text = Prose(10_000, required=True, example="Thank you for writing. When can we call you?")


class DismissSchema(Schema):
    reason = Text(500, example="They look for a lawyer.")


class VisitorEnquirySchema(Schema):
    """What the contact form sends."""

    name = Text(120, required=True, example="Petra Petrov")
    email = Email(required=True)
    phone = Phone(allow_none=True)
    message = Prose(5000, required=True, example="My son does not get his reader. Can you help?")
    language = OneOf(LANGUAGES, load_default="en", description="In which the parent is answered.")
    timezone = TimeZone(allow_none=True)
    source_url = Url(allow_none=True, description="The page on which the form stands.")
    consent = Boolean(description="That the parent agreed to the practice's wording, where it asks for that.")
    website = Prose(load_default="", example="", description="A field that people do not see. Who fills it in is no person.")
    form_token = Prose(2000, allow_none=True, description="What `/form-token` gave when the form was shown; may be left out.")


class ReceivedSchema(Schema):
    """The same for everybody: nothing is said of what becomes of it."""


class FormTokenSchema(Schema):
    form_token = Text(example="c2lnbmVkIGFuZCBzZWFsZWQ", description="Says when the form was shown; good for a day.")
