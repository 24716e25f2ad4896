from marshmallow import fields

from domain.deadline_rules import RULES, STATES, WHO_ACTS
from domain.deadlines import GENERAL
from schemas.base import Schema
from schemas.deadline_check import StateRowSchema
from schemas.fields import Boolean, Integer, Many, OneOf, Prose, Text


class DeadlineRuleQuery(Schema):
    state = OneOf(STATES, example="TX", description="The rules that hold there, with the rows of this state alone.")
    rule = OneOf(tuple(RULES), example="initial_evaluation")


class DeadlineInputFieldSchema(Schema):
    """A part of an input that is an object."""

    name = Text(example="agreed_on")
    type = OneOf(("date", "boolean", "text"))
    says = Text(500, example="The date that the parent and the new district agreed on.")


class DeadlineInputSchema(Schema):
    """What a date may hang on besides the event."""

    name = Text(example="sld_extension_on")
    type = OneOf(("date", "dates", "boolean", "integer", "choice", "text", "periods", "object"))
    says = Text(500, example="The date agreed on in writing with the parent; for a specific learning disability only.")
    effect = OneOf(
        ("none", "restarts", "stops", "sets", "extends", "moves", "may_be_later", "counts"),
        example="extends",
        description="What it does to the date.",
    )
    reason = Text(allow_none=True, example=None, description="Why there is no date where it stops the count.")
    choices = Many(Text(80), example=[])
    least = Integer(0, allow_none=True, example=None)
    most = Integer(0, allow_none=True, example=None)
    fields_ = fields.List(fields.Nested(DeadlineInputFieldSchema), data_key="fields", attribute="fields")


class DeadlineRowSchema(StateRowSchema):
    """A way to count: federal where `state` is null."""

    state = OneOf(STATES, allow_none=True, example=None)
    citation = Text(example="34 CFR 300.301(c)(1), 34 CFR 300.301(d)")
    inputs = fields.List(
        fields.Nested(DeadlineInputSchema), metadata={"description": "What this row asks for besides the rule."}
    )
    grounds = Many(Text(80), example=[], description="On which grounds an extension moves the date.")


class DeadlineRuleSchema(Schema):
    """Something that the law makes due: by whom, counted how, from what."""

    rule = OneOf(tuple(RULES), example="initial_evaluation")
    label = Text(example="Initial evaluation")
    general = Text(example=GENERAL)
    by = OneOf(tuple(WHO_ACTS), allow_none=True)
    stands_only_in_states = Boolean(example=False, description="It has no federal row: a check needs the state.")
    inputs = fields.List(fields.Nested(DeadlineInputSchema))
    notes = Many(Prose(1000), example=["Breaks and holidays do not stop the count."])
    warn_days = Many(Integer(1), example=[60, 30], description="How many days ahead to warn.")
    rows = fields.List(
        fields.Nested(DeadlineRowSchema), metadata={"description": "The federal rows, of which an event picks one."}
    )
    state_rows = fields.List(
        fields.Nested(DeadlineRowSchema), metadata={"description": "The rows of states, each in place of the federal one."}
    )
