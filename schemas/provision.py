from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from domain.frequency import service
from models.provision import KINDS, PERIODS
from schemas.base import PageQuery, Resource, Schema, change_of
from schemas.fields import Date, Id, Integer, OneOf, Prose, Text
from schemas.wording import WordingSchema

MINUTES_OF_A_DAY = 1440


class SourceSchema(Schema):
    """Where in its document a provision was read."""

    page = Integer(1, allow_none=True, example=2, description="Of a PDF.")
    line = Integer(1, allow_none=True, example=14, description="Of a text; in DOCX the paragraph or row.")
    quote = Prose(10_000, allow_none=True, example="Reader | as needed | tests", description="The words as they stand there.")


class PromisedSchema(Resource):
    """One support that an IEP version promises, in the words of the IEP."""

    kind = OneOf(KINDS, required=True)
    text = Prose(10_000, required=True, example="Sasha may use a reader for tests as needed.")
    frequency = Text(
        300,
        allow_none=True,
        example="30 minutes, 2 times per week",
        description="How much and how often. In plain words (`2x30 min/wk, pull-out, SLP`) it fills the fields below that are "
        "not given; an answer prints back what they say.",
    )
    minutes = Integer(
        1, 100_000, allow_none=True, example=30, description="Of one session, a day long at most; in all where `times` is null."
    )
    times = Integer(1, 1000, allow_none=True, example=2)
    per = OneOf(PERIODS, allow_none=True, example="week")
    setting = Text(200, allow_none=True, example="resource room")
    provider_role = Text(120, allow_none=True, example="speech-language pathologist")
    starts_on = Date(allow_none=True, example="2026-09-08")
    ends_on = Date(allow_none=True, example="2027-06-18")
    support_id = Id(
        allow_none=True,
        description="The same support has the same one in every version of the IEP. Left out, it is found by comparison.",
    )
    source = fields.Nested(SourceSchema, allow_none=True)
    confidence = fields.Float(
        load_only=True,
        allow_none=True,
        validate=validate.Range(0, 1),
        metadata={
            "example": 0.93,
            "description": "As in a reading, whose lines can be sent back as they are; not kept.",
        },
    )

    @validates_schema
    def _dates(self, said: dict[str, Any], **_: Any) -> None:
        if said.get("starts_on") and said.get("ends_on") and said["ends_on"] < said["starts_on"]:
            raise ValidationError("It ends before it begins.", "ends_on")
        if said.get("times") and (said.get("minutes") or 0) > MINUTES_OF_A_DAY:
            raise ValidationError("A session has at most 1440 minutes.", "minutes")

    @post_load
    def _in_plain_words(self, said: dict[str, Any], **_: Any) -> dict[str, Any]:
        return with_frequency(said)


class ProvisionSchema(PromisedSchema):
    """One support, the version that promises it, and how firmly it is worded."""

    iep_version_id = Id(required=True)
    wording = fields.Nested(
        WordingSchema, dump_only=True, allow_none=True, metadata={"description": "Null where it is not in English."}
    )


def with_frequency(said: dict[str, Any]) -> dict[str, Any]:
    """What was said, with the frequency in plain words read into its fields. Raises ValidationError where it says no amount,
    or another one than the fields beside it."""
    is_named, words = "frequency" in said, said.pop("frequency", None)
    said.pop("confidence", None)
    if words is None:
        return {"minutes": None, "times": None, "per": None, **said} if is_named else said
    read = service(words)
    if (read.minutes, read.times, read.per) == (None, None, None):
        raise ValidationError("Say how much and how often, such as: 30 minutes, 2 times per week.", "frequency")
    for name in ("minutes", "times", "per"):
        if said.get(name) is not None and said[name] != getattr(read, name):
            raise ValidationError(f"This says another number than `{name}` does.", "frequency")
    amount = {name: getattr(read, name) for name in ("minutes", "times", "per")}
    beside = {name: getattr(read, name) for name in ("setting", "provider_role", "starts_on", "ends_on")}
    return {**{name: value for name, value in beside.items() if value is not None}, **said, **amount}


class ProvisionQuery(PageQuery):
    iep_version_id = Id(example=None)
    kind = OneOf(KINDS, example=None)
    support_id = Id(example=None)


class ProvisionChange(
    change_of(  # type: ignore[misc]
        ProvisionSchema,
        *("kind", "text", "frequency", "minutes", "times", "per", "setting", "provider_role", "starts_on", "ends_on"),
        *("support_id", "source"),
    )
):
    @post_load
    def _in_plain_words(self, said: dict[str, Any], **_: Any) -> dict[str, Any]:
        return with_frequency(said)
