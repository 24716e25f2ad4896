from typing import Any

from marshmallow import ValidationError, validates_schema

from models.api_key import KINDS, SCOPES
from schemas.base import PageQuery, Resource
from schemas.fields import Instant, Many, OneOf, Text


class ApiKeySchema(Resource):
    """A key of the practice; the key itself is shown once, when it is made."""

    kind = OneOf(KINDS, required=True, example="secret")
    name = Text(120, required=True, example="Accounting server")
    scopes = Many(OneOf(SCOPES), len(SCOPES), example=["cases:read", "clients:read"], description="What a secret key may do.")
    prefix = Text(dump_only=True, example="ft_sk_Zm9vYm", description="How it begins, to tell keys apart.")
    last_used_at = Instant(dump_only=True, allow_none=True, description="To the minute.")
    revoked_at = Instant(dump_only=True, allow_none=True, example=None)

    @validates_schema
    def _scopes_are_for_secrets(self, said: dict[str, Any], **_: Any) -> None:
        if said["kind"] == "secret" and not said.get("scopes"):
            raise ValidationError("A secret key needs at least one scope.", "scopes")
        if said["kind"] == "publishable" and said.get("scopes"):
            raise ValidationError("A publishable key does what a visitor may; it takes no scopes.", "scopes")


class MadeKeySchema(ApiKeySchema):
    """With the key, which is shown this once."""

    key = Text(dump_only=True, example="ft_sk_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4AZLwwSNFerze8BI0VniavQ")


class ApiKeyQuery(PageQuery):
    kind = OneOf(KINDS, example=None)
