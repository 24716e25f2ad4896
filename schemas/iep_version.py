from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from domain.changes import CHANGES, FIELDS
from models.iep_version import PARTIES, STATES
from schemas.base import PageQuery, Resource, Schema, change_of
from schemas.fields import Computed, Date, Id, Instant, Integer, Many, OneOf, Prose, Text
from schemas.provision import PromisedSchema


class AgreedSchema(Schema):
    """Who agreed to an amendment without a meeting, and for whom (34 CFR 300.324(a)(4))."""

    name = Text(120, required=True, example="Petra Petrov")
    party = OneOf(PARTIES, required=True, example="parent")


class IepVersionSchema(Resource):
    """A version of a student's IEP. One is in force; what is in force, or was, is kept as it is."""

    student_id = Id(required=True)
    number = Integer(dump_only=True, description="1, 2, 3 ... for each student.")
    state = OneOf(STATES, dump_only=True)
    effective_from = Date(example="2026-09-08", description="May be left out where the document says it.")
    effective_to = Date(allow_none=True, example="2027-09-07")
    text = Prose(500_000, allow_none=True, example="Individualized Education Program ...")
    document_id = Id(
        allow_none=True,
        example=None,
        description="The document that it is. Without `provisions`, what was read there is taken as it was read.",
    )
    based_on_id = Id(
        allow_none=True,
        example=None,
        description="The version that it goes on from. Without `provisions`, it begins with those of that one. An amendment "
        "goes on from the version in force unless another is named.",
    )
    amended_on = Date(
        allow_none=True, example=None, description="It is an amendment without a meeting (34 CFR 300.324(a)(4)), of this date."
    )
    agreed_by = Many(
        fields.Nested(AgreedSchema),
        20,
        example=[],
        description="Who agreed to the amendment: at least one for the parent and one for the agency, before it is in force.",
    )
    provisions = Many(
        fields.Nested(PromisedSchema),
        500,
        load_only=True,
        example=[{"kind": "accommodation", "text": "Sasha may use a reader for tests as needed."}],
        description="Recorded together with the version.",
    )
    activated_at = Instant(dump_only=True, allow_none=True)
    superseded_at = Instant(dump_only=True, allow_none=True, example=None)
    sha256 = Text(
        64,
        dump_only=True,
        allow_none=True,
        example=None,
        description="Of what the version says and promises, as it was when it was put in force.",
    )

    @validates_schema
    def _dates(self, said: dict[str, Any], **_: Any) -> None:
        if said.get("effective_to") and said.get("effective_from") and said["effective_to"] < said["effective_from"]:
            raise ValidationError("It ends before it begins.", "effective_to")
        if not said.get("effective_from") and not said.get("document_id"):
            raise ValidationError("Missing data for required field.", "effective_from")
        if said.get("agreed_by") and not said.get("amended_on"):
            raise ValidationError("Say on which day it was amended.", "amended_on")


class IepVersionQuery(PageQuery):
    student_id = Id(example=None)
    state = OneOf(STATES, example=None)


IepVersionChange = change_of(
    IepVersionSchema, "effective_from", "effective_to", "text", "document_id", "amended_on", "agreed_by"
)


class ChangesQuery(Schema):
    since = Id(required=True, description="The version to compare with, of the same student.", example=None)


# Minutes that are owed, at least and at most: a month has 4 weeks or a little more.
MinutesSchema = Schema.from_dict(
    {
        period: Computed([60, 60], {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2})
        for period in ("week", "month")
    },
    name="MinutesSchema",
)
ChangeSchema = Schema.from_dict(
    {
        "change": OneOf(CHANGES, example="weakened"),
        "before": fields.Nested(PromisedSchema, allow_none=True),
        "after": fields.Nested(PromisedSchema, allow_none=True),
        "fields": Many(OneOf(FIELDS), example=["times"], description="What differs."),
        "minutes_before": fields.Nested(MinutesSchema, allow_none=True, metadata={"description": "Owed, least and most."}),
        "minutes_after": fields.Nested(MinutesSchema, allow_none=True, metadata={"description": "Owed, least and most."}),
        "reason": Text(1000, example="60 minutes a week became 30."),
    },
    name="ChangeSchema",
)


class ChangesSchema(Schema):
    """What a child gained and lost from one version to another: weakened and removed first."""

    before_id = Id()
    after_id = Id()
    counts = fields.Dict(keys=OneOf(CHANGES), values=Integer(0), metadata={"example": {"weakened": 1, "unchanged": 11}})
    items = fields.List(fields.Nested(ChangeSchema))
