from typing import Any

from marshmallow import fields

from domain.deadlines import GENERAL
from models.timeline import KINDS
from schemas.base import PageQuery, Resource, Schema, change_of
from schemas.fields import Date, Id, Instant, OneOf, Patterned, Prose, Text
from schemas.follow_up import FollowUpPolicySchema

STATES = ("open", "on_hold", "closed")


class CaseSchema(Resource):
    """What the practice does for one student."""

    client_id = Id(required=True)
    student_id = Id(required=True)
    title = Text(200, required=True, example="Reading support, grade 4")
    advocate_id = Id(description="Who is responsible, and is reminded; whoever opens the case, unless named.")
    state = OneOf(STATES, load_default="open")
    follow_up_policy = fields.Nested(
        FollowUpPolicySchema,
        allow_none=True,
        metadata={"description": "Where this case is chased by other rules than the practice's; null takes them back."},
    )


class CaseDetailSchema(CaseSchema):
    """A case, and where mail about it comes in."""

    inbound_address = Text(
        dump_only=True,
        allow_none=True,
        example="wg6bm4iefzfpxhhwwwbhonnr6lvjxbfj42keqdfdjp75harkgvi5mehhxvg53si@cases.practice.example",
        description="What is mailed there is kept with the case; null where this installation takes no mail in.",
    )


class CaseQuery(PageQuery):
    state = OneOf(STATES, example=None)
    client_id = Id(example=None)
    student_id = Id(example=None)
    advocate_id = Id(example=None)


class Kinds(Patterned):
    """Kinds of events, with commas between them."""

    def __init__(self, **options: Any) -> None:
        kind = "|".join(KINDS)
        super().__init__(
            rf"({kind})(,({kind})){{0,50}}", "Kinds of events, with commas between them.", options.pop("example"), **options
        )

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> Any:
        return sorted(set(super()._deserialize(value, *rest, **more).split(",")))


class EventSchema(Schema):
    """Something that happened: when, what kind of row holds it, what it was, and a line about it."""

    at = Instant(description="What is known by its day stands at the beginning of that day, in the practice's zone.")
    kind = OneOf(KINDS, example="communication")
    id = Id(description="The row that holds it.")
    path = Text(example="/api/v1/communications/0192f0c1-2345-7abc-8def-0123456789ab", description="Where it can be read.")
    concern_id = Id(allow_none=True, description="The concern that it is part of.")
    what = Text(example="outbound")
    detail = Prose(allow_none=True, example="Asked who provides the reader.")
    general = Text(allow_none=True, example=None, description=f"Where it tells of a deadline: `{GENERAL}`")


class TimelineQuery(PageQuery):
    kind = Kinds(example=None, description="Only these kinds, with commas between them.")
    concern_id = Id(example=None, description="Only what is part of this concern.")
    happened_from = Date(data_key="from", example=None, description="On this day or later, in the practice's zone.")
    happened_to = Date(data_key="to", example=None, description="On this day or earlier.")


CaseChange = change_of(CaseSchema, "title", "advocate_id", "state", "follow_up_policy")
