from typing import Any

from marshmallow import ValidationError, fields

from domain.agenda import KINDS
from domain.deadlines import GENERAL
from models.agenda import MOST_DAYS
from schemas.base import Schema
from schemas.fields import Boolean, Date, Id, Instant, Many, OneOf, Prose, QueryInteger, Text, canonical_uuid

WHOSE = ("me", "practice")


class Whose(fields.String):
    """`me`, `practice`, or the id of a member of staff."""

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> str:
        said: str = super()._deserialize(value, *rest, **more)
        if said not in WHOSE and canonical_uuid(said) is None:
            raise ValidationError("This is me, practice, or the id of a member of staff.")
        return said


class AgendaQuery(Schema):
    whose = Whose(
        data_key="for",
        load_default="me",
        metadata={"example": "me", "description": "Whose: `me`, `practice`, or the id of a member of staff."},
    )
    days = QueryInteger(1, MOST_DAYS, load_default=7, example=7, description="So many days, today the first of them.")


class AgendaItemSchema(Schema):
    """Something to be done: what and when, whose it is, and why it is here."""

    kind = OneOf(KINDS)
    id = Id(description="The row that holds it.")
    case_id = Id(allow_none=True)
    case_title = Text(allow_none=True, example="Reading support, grade 4")
    concern_id = Id(allow_none=True, example=None)
    assignee_id = Id(description="Whose it is.")
    title = Text(example="Ask the team again")
    at = Instant(allow_none=True, description="When, if it is an instant.")
    on = Date(allow_none=True, example=None, description="When, if it is a day.")
    is_overdue = Boolean(example=False)
    reason = Text(example="Asked on 2026-10-05, and no answer is recorded. Due today.")
    notices = Many(Prose(1000), example=[], description="Of a deadline: what is in doubt, as by whose law it is counted.")
    general = Text(allow_none=True, example=None, description="Where it tells of a deadline: what stands under it.")


class AgendaSchema(Schema):
    """What is to be done, the earliest first; what has no date stands behind what is overdue."""

    today = Date(description="In the practice's zone.")
    until = Date(example="2026-10-18", description="The last day that is looked at.")
    items = fields.List(fields.Nested(AgendaItemSchema))
    is_complete = Boolean(description="Whether this is all; of each kind at most 500 are listed.")
    left_out = Many(OneOf(KINDS), example=[], description="The kinds of which there is more.")
    notice = Text(example=GENERAL)
