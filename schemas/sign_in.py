from marshmallow import fields

from schemas.base import Schema
from schemas.fields import Boolean, Id, Instant, Secret, Slug, Text


class SignInSchema(Schema):
    """Somebody signed in on a device, in a practice."""

    id = Id()
    practice = Slug()
    practice_name = Text(example="Riverside Advocacy")
    created_at = Instant()
    refreshed_at = Instant(description="When it was used last, to within the life of an access token.")
    is_this_one = Boolean()


class SignInsSchema(Schema):
    items = fields.List(fields.Nested(SignInSchema))


class EndingSchema(Schema):
    """Which sign-in to end; without an id, all but this one."""

    password = Secret(1, required=True)
    sign_in_id = Id()
