from schemas.base import Schema
from schemas.fields import Id, Instant, Prose


class WithdrawSchema(Schema):
    """Why it does not count."""

    because = Prose(2000, required=True, example="It was recorded for another child.")


class Withdrawn(Schema):
    """Of what is kept as it was recorded: whether it was said not to count, by whom and why."""

    withdrawn_at = Instant(dump_only=True, allow_none=True, example=None)
    withdrawn_by_id = Id(dump_only=True, allow_none=True, example=None)
    withdrawn_because = Prose(dump_only=True, allow_none=True, example=None)
