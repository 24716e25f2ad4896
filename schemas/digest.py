from schemas.base import Resource
from schemas.fields import Id, Instant, TimeOfDay


class DigestSchema(Resource):
    """A mail on working mornings with what is due and overdue."""

    staff_id = Id(dump_only=True)
    at = TimeOfDay(required=True, example="07:00", description="By the clock of the practice's zone.")
    due_at = Instant(dump_only=True, example="2026-10-13T14:00:00Z", description="When the next one is written.")
