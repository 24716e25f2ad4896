from marshmallow import fields

from models.staff import ROLES
from schemas.base import Schema
from schemas.fields import Code, Email, Id, Integer, OneOf, PracticeSlug, Secret, Slug, Text, TimeZone


class MembershipSchema(Schema):
    """A practice that somebody works in."""

    id = Id()
    slug = Slug()
    name = Text(example="Riverside Advocacy")
    role = OneOf(ROLES[::-1])


class UserSchema(Schema):
    id = Id()
    name = Text(example="Olga Owens")
    email = Email()


class SessionSchema(Schema):
    """Signed in: an access token for 15 minutes, a refresh token for 30 days that works once."""

    access_token = Text(2000, example="eyJhbGciOiJIUzI1NiIsImtpZCI6IjRmM2EifQ.e30.c2ln")
    refresh_token = Text(2000, example="eyJhbGciOiJIUzI1NiIsImtpZCI6IjRmM2EifQ.e30.c2ln")
    expires_in = Integer(example=900, description="Seconds until the access token expires.")
    practice = fields.Nested(MembershipSchema)
    user = fields.Nested(UserSchema)


class RegistrationSchema(Schema):
    practice_name = Text(120, required=True, example="Riverside Advocacy")
    slug = PracticeSlug(required=True)
    timezone = TimeZone(required=True)
    name = Text(120, required=True, example="Olga Owens")
    email = Email(required=True, example="olga@example.org")
    password = Secret(required=True)


class LoginSchema(Schema):
    email = Email(required=True, example="olga@example.org")
    password = Secret(1, required=True)
    otp = Code()
    practice = Slug(description="Which practice, where a person works in several.")


class SwitchSchema(Schema):
    practice = Slug(required=True, description="The practice to go on in.")


class MembershipsSchema(Schema):
    items = fields.List(fields.Nested(MembershipSchema))


class AcceptanceSchema(Schema):
    """For a new person: name and password are set. For one who has an account: its password is asked, never changed."""

    token = Text(200, required=True, example="AZLwwSNFerze8BI0VniavQ0b3x1Q2v9sWm4kT8uYpLrC7dEaFgHjKl")
    name = Text(120, required=True, example="Ana Alvarez")
    password = Secret(required=True)
    otp = Code()


class MeSchema(Schema):
    """Who is signed in, where, and as what."""

    user = fields.Nested(UserSchema)
    practice = fields.Nested(MembershipSchema)
    staff_id = Id()
