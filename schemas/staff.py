from models.staff import ROLES
from schemas.base import Resource
from schemas.fields import Email, Id, Instant, OneOf, Text


class StaffSchema(Resource):
    """Somebody who works in the practice."""

    user_id = Id()
    name = Text(example="Ana Alvarez")
    email = Email(example="ana@example.org")
    role = OneOf(ROLES[::-1])
    ended_at = Instant(allow_none=True, example=None)


class InvitationSchema(Resource):
    """An invitation by e-mail; the link in it works once, for seven days."""

    email = Email(required=True, example="ana@example.org")
    role = OneOf(ROLES[::-1], required=True, example="advocate")
    state = OneOf(("open", "accepted", "withdrawn"), dump_only=True)
    expires_at = Instant(dump_only=True)
