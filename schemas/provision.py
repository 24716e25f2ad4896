from typing import Any

from marshmallow import ValidationError, validates_schema

from models.provision import KINDS, PERIODS
from schemas.base import PageQuery, Resource, change_of
from schemas.fields import Date, Id, Integer, OneOf, Prose, Text


class PromisedSchema(Resource):
    """One support that an IEP version promises, in the words of the IEP."""

    kind = OneOf(KINDS, required=True)
    text = Prose(10_000, required=True, example="Sasha may use a reader for tests as needed.")
    minutes = Integer(1, 1440, allow_none=True, example=30)
    times = Integer(1, 1000, allow_none=True, example=2)
    per = OneOf(PERIODS, allow_none=True, example="week")
    setting = Text(200, allow_none=True, example="resource room")
    provider_role = Text(120, allow_none=True, example="speech-language pathologist")
    starts_on = Date(allow_none=True, example="2026-09-08")
    ends_on = Date(allow_none=True, example="2027-06-18")

    @validates_schema
    def _dates(self, said: dict[str, Any], **_: Any) -> None:
        if said.get("starts_on") and said.get("ends_on") and said["ends_on"] < said["starts_on"]:
            raise ValidationError("It ends before it begins.", "ends_on")


class ProvisionSchema(PromisedSchema):
    """One support, and the version that promises it."""

    iep_version_id = Id(required=True)


class ProvisionQuery(PageQuery):
    iep_version_id = Id(example=None)
    kind = OneOf(KINDS, example=None)


ProvisionChange = change_of(
    ProvisionSchema, "kind", "text", "minutes", "times", "per", "setting", "provider_role", "starts_on", "ends_on"
)
