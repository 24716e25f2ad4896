from marshmallow import fields

from models.consultation_type import LANGUAGES
from schemas.base import Schema
from schemas.fields import OneOf, Prose, Slug, Text, TimeZone, Url
from schemas.practice import SocialLinksSchema


class ProfileSchema(Schema):
    """A practice as its website shows it."""

    slug = Slug()
    name = Text(example="Riverside Advocacy")
    about = Prose(allow_none=True, example="We help families get what the IEP promises.")
    website = Url(allow_none=True)
    social_links = fields.Nested(SocialLinksSchema)
    timezone = TimeZone()
    language = OneOf(LANGUAGES, description="Of its pages, for visitors who name none.")
    booking_consent = Prose(
        allow_none=True,
        example="I agree that you keep what I write here, to prepare our conversation.",
        description="What a visitor agrees to with a booking or an enquiry; null: nothing is asked.",
    )
