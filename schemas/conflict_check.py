from marshmallow import fields

from models.conflict_check import DECISIONS
from models.people import KINDS
from schemas.base import Resource, Schema
from schemas.fields import Id, Instant, Integer, Many, OneOf, Prose, Text


class FoundSchema(Schema):
    """The newest conflict check of somebody, in short."""

    id = Id()
    decision = OneOf(DECISIONS, example="open")
    hits = Integer(example=1, description="How many people of the practice were like them.")


class TermSchema(Schema):
    kind = OneOf(("name", "email", "phone"))
    value = Text(example="Petra Petrov")


class HitSchema(Schema):
    """Somebody whom the practice knows: how like they are, from 0 to 100, and why. Without a name once that was erased."""

    kind = OneOf(KINDS)
    id = Id()
    name = Text(allow_none=True, example="P. Petrov")
    score = Integer(example=85)
    why = Text(allow_none=True, example="P may stand for Petra; Petrov in both.")


class SearchSchema(Schema):
    """Who else is looked for, besides whom the check is about."""

    also = Many(
        Text(120, required=True, example="Sasha Petrov"),
        10,
        example=["Sasha Petrov", "Pavel Petrov"],
        description="The child, the other parent, an earlier name, somebody of the school.",
    )


class ConflictCheckSchema(Resource):
    """Whom the practice knew when it was searched, and who answered for it."""

    client_id = Id(dump_only=True, allow_none=True)
    booking_id = Id(dump_only=True, allow_none=True, example=None)
    enquiry_id = Id(dump_only=True, allow_none=True, example=None)
    terms = fields.List(fields.Nested(TermSchema), dump_only=True)
    hits = fields.List(fields.Nested(HitSchema), dump_only=True)
    searched_at = Instant(dump_only=True)
    searched_by_id = Id(dump_only=True)
    decision = OneOf(DECISIONS, dump_only=True, example="open")
    decided_at = Instant(dump_only=True, allow_none=True, example=None)
    decided_by_id = Id(dump_only=True, allow_none=True, example=None)
    note = Prose(dump_only=True, allow_none=True, example=None)


class SignOffSchema(Schema):
    decision = OneOf(
        DECISIONS[1:], required=True, description="`waived`: there is one, and all who are concerned know and agree."
    )
    note = Prose(5000, example="Another family of that name.")
