from models.staff import ROLES
from schemas.base import Resource, Schema, change_of
from schemas.fields import Email, Id, Instant, Integer, Many, OneOf, Text


class StaffSchema(Resource):
    """Somebody who works in the practice."""

    user_id = Id()
    name = Text(example="Ana Alvarez")
    email = Email(example="ana@example.org")
    role = OneOf(ROLES[::-1])
    ended_at = Instant(allow_none=True, example=None)


StaffChange = change_of(StaffSchema, "name", "role")


class LeavingQuery(Schema):
    hand_over_to = Id(example=None, description="Who takes over; who removes them, unless named.")


class LeavingSchema(Schema):
    """What somebody who left handed over; and the consultations that found no other host."""

    handed_over_to = Id()
    cases = Integer(description="Open cases that they were responsible for.")
    reminders = Integer()
    check_ins = Integer()
    deadlines = Integer()
    bookings = Integer()
    bookings_left = Many(Id(), 1000)


class InvitationSchema(Resource):
    """An invitation by e-mail; the link in it works once, for seven days."""

    email = Email(required=True, example="ana@example.org")
    role = OneOf(ROLES[::-1], required=True, example="advocate")
    state = OneOf(("open", "accepted", "withdrawn"), dump_only=True)
    expires_at = Instant(dump_only=True)
