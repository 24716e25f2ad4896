from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from models.iep_version import STATES
from schemas.base import PageQuery, Resource, change_of
from schemas.fields import Date, Id, Instant, Integer, OneOf, Prose
from schemas.provision import PromisedSchema


class IepVersionSchema(Resource):
    """A version of a student's IEP. One is in force; what is in force, or was, is kept as it is."""

    student_id = Id(required=True)
    number = Integer(dump_only=True, description="1, 2, 3 ... for each student.")
    state = OneOf(STATES, dump_only=True)
    effective_from = Date(required=True, example="2026-09-08")
    effective_to = Date(allow_none=True, example="2027-09-07")
    text = Prose(500_000, allow_none=True, example="Individualized Education Program ...")
    provisions = fields.List(
        fields.Nested(PromisedSchema),
        load_only=True,
        metadata={"description": "Recorded together with the version."},
    )
    activated_at = Instant(dump_only=True, allow_none=True)
    superseded_at = Instant(dump_only=True, allow_none=True, example=None)

    @validates_schema
    def _dates(self, said: dict[str, Any], **_: Any) -> None:
        if said.get("effective_to") and said.get("effective_from") and said["effective_to"] < said["effective_from"]:
            raise ValidationError("It ends before it begins.", "effective_to")


class IepVersionQuery(PageQuery):
    student_id = Id(example=None)
    state = OneOf(STATES, example=None)


IepVersionChange = change_of(IepVersionSchema, "effective_from", "effective_to", "text")
