from schemas.base import PageQuery, Resource, change_of
from schemas.fields import Email, OneOf, Phone, Prose, Text, TimeZone

CHANNELS = ("email", "phone", "message")


class ClientSchema(Resource):
    """A parent or guardian for whom the practice works."""

    name = Text(120, required=True, example="Petra Petrov")
    email = Email(required=True)
    phone = Phone(allow_none=True)
    timezone = TimeZone(allow_none=True)
    preferred_channel = OneOf(CHANNELS, allow_none=True)
    notes = Prose(allow_none=True, example="Prefers calls after five.")


class ClientQuery(PageQuery):
    email = Email(example=None)


ClientChange = change_of(ClientSchema, "name", "email", "phone", "timezone", "preferred_channel", "notes")
