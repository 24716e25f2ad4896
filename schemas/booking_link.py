from schemas.base import PageQuery, Resource
from schemas.fields import Boolean, Id, Instant, Text, Url


class BookingLinkSchema(Resource):
    """A link by which one type of consultation can be booked, private or not; the link itself is shown once."""

    consultation_type_id = Id(required=True)
    host_id = Id(allow_none=True, description="Whose times it offers; everybody's, unless named.")
    single_use = Boolean(load_default=True, description="Whether one booking uses it up.")
    expires_at = Instant(allow_none=True, example="2026-11-12T15:30:00Z", description="Never, unless given.")
    note = Text(200, allow_none=True, example="For the Petrov family.", description="For the practice; visitors do not see it.")
    used_at = Instant(dump_only=True, allow_none=True, example=None, description="When somebody last booked with it.")
    revoked_at = Instant(dump_only=True, allow_none=True, example=None)


class MadeBookingLinkSchema(BookingLinkSchema):
    """With the address, which is shown this once."""

    url = Url(
        dump_only=True,
        example="https://practice.example/book/riverside-advocacy?link=AZLwwSNFerze8BI0VniavQ0b3x1Q2v9sWm4kT8uYpLrC7dEaFgHjKl",
    )


class BookingLinkQuery(PageQuery):
    consultation_type_id = Id(example=None)
