from marshmallow import fields

from schemas.base import Schema
from schemas.fields import Prose, Slug, Text, TimeZone, Url
from schemas.practice import SocialLinksSchema


class ProfileSchema(Schema):
    """A practice as its website shows it."""

    slug = Slug()
    name = Text(example="Riverside Advocacy")
    about = Prose(allow_none=True, example="We help families get what the IEP promises.")
    website = Url(allow_none=True)
    social_links = fields.Nested(SocialLinksSchema)
    timezone = TimeZone()
