from typing import Any

from marshmallow import fields

from domain.deadline_rules import EVENTS, RULES, STATES, WHO_ACTS, Input
from domain.deadlines import CONFIRM, GENERAL, REASONS, REFUSED
from domain.deadlines.inputs import LONGEST_TEXT, MOST_ENTRIES
from domain.follow_up import MOST_OFFSETS
from schemas.base import Schema
from schemas.fields import Boolean, Date, Instant, Integer, Many, OneOf, Prose, Text, TimeZone
from schemas.practice import PeriodSchema, SchoolCalendarSchema

FOLLOW_UPS = tuple(f"follow_up_{rung}" for rung in range(1, MOST_OFFSETS + 1))
_ONE_EACH: dict[str, Input] = {
    one.name: one for rule in RULES.values() for row in (*rule.rows, *rule.state_rows) for one in rule.inputs_of(row)
}


def _field(asked: Input) -> fields.Field[Any]:
    said: dict[str, Any] = {"allow_none": True, "description": asked.says}
    if asked.type == "date":
        return Date(**said)
    if asked.type == "dates":
        return Many(Date(), MOST_ENTRIES, **said)
    if asked.type == "boolean":
        return Boolean(**said)
    if asked.type == "integer":
        return Integer(asked.least, asked.most, **said)
    if asked.type == "choice":
        return OneOf(asked.choices, **said)
    if asked.type == "periods":
        return Many(fields.Nested(PeriodSchema), MOST_ENTRIES, example=[{"from": "2026-10-05", "to": "2026-10-07"}], **said)
    if asked.type == "object":
        inner = Schema.from_dict({one.name: _field(one) for one in asked.fields}, name=f"{asked.name.capitalize()}Schema")
        return fields.Nested(inner, allow_none=True, metadata={"description": asked.says})
    return Text(LONGEST_TEXT, example="intellectual_disability" if asked.name == "disability" else "party_request", **said)


class DeadlineInputsSchema(Schema.from_dict({name: _field(one) for name, one in _ONE_EACH.items()})):  # type: ignore[misc]
    """What else a date may hang on. Each rule asks for some of it (`/deadline-rules`); the rest is refused."""

    calendar = fields.Nested(
        SchoolCalendarSchema, allow_none=True, metadata={"description": "In place of the practice's school calendar."}
    )
    state_holidays = Many(Date(), 366, allow_none=True, description="In place of those that the practice entered.")
    timezone = TimeZone(allow_none=True, description="In place of the practice's, for the hour of a follow-up.")


class DeadlineCheckSchema(Schema):
    """A question: when is it due by this rule, if this happened on that day?"""

    rule = OneOf((*RULES, *FOLLOW_UPS), required=True, example="initial_evaluation")
    event_on = Date(required=True, example="2026-10-05", description="The day of the event: day 0.")
    event = OneOf(tuple(EVENTS), allow_none=True, example="evaluation_consent_received", description="Where a rule has two.")
    state = OneOf(STATES, allow_none=True, example="TX", description="Left out: the practice's own. Null: federal law alone.")
    inputs = fields.Nested(DeadlineInputsSchema)


class StateRowSchema(Schema):
    """The row of a state's law that was counted by, in place of the federal one."""

    state = OneOf(STATES, example="TX")
    event = OneOf(tuple(EVENTS), example="evaluation_consent_received")
    event_in_words = Text(example="the parent's consent to the evaluation was received")
    offset = Integer(-3650, 3650, example=45)
    unit = OneOf(("c", "b", "s", "w", "y"), example="s", description="Calendar, business, school day, weekday, year.")
    offset_in_words = Text(500, example="45 school days after: the parent's consent to the evaluation was received")
    gives = OneOf(("due_on", "watch_on", "earliest_on"))
    adjust = Many(Text(40), example=["tx_evaluation"], description="Ways of counting that are this state's own.")
    when = fields.Dict(
        keys=Text(40),
        values=Text(80),
        allow_none=True,
        metadata={"example": None, "description": "For whom alone it holds."},
    )
    applies_from = Date(allow_none=True, example=None, description="For events from this day on.")
    applies_to = Date(allow_none=True, example=None, description="For events before this day.")
    notes = Many(Prose(1000), example=["The written report."])
    citation = Text(example="TEC 29.004; 19 TAC 89.1011")
    source = Text(example="the state's rule, or a copy of it")
    checked_on = Date(example="2026-11-24")
    status = OneOf(("verified", "secondary"))
    confirm = Text(allow_none=True, example=None, description=f"`{CONFIRM}` where nobody has read the rule itself.")


class DeadlineAnswerSchema(Schema):
    """When it is due, by which sum, by which law; or why there is no date. It moves nothing and keeps nothing."""

    rule = OneOf((*RULES, *FOLLOW_UPS), example="initial_evaluation")
    label = Text(example="Initial evaluation")
    by = OneOf(tuple(WHO_ACTS), allow_none=True, description="Who has to act.")
    event = OneOf(tuple(EVENTS), example="evaluation_consent_received")
    event_in_words = Text(example="the parent's consent to the evaluation was received")
    event_on = Date(example="2026-10-05")
    state = OneOf(STATES, allow_none=True, example="TX")
    due_on = Date(allow_none=True, example="2026-12-08")
    reason = OneOf(REASONS, allow_none=True, example=None, description="Why there is no date.")
    act_by = Date(allow_none=True, example=None, description="Where the family acts: the last business day until then.")
    earliest_on = Date(allow_none=True, example=None, description="The first day of what may not come sooner.")
    watch_on = Date(
        allow_none=True, example=None, description="Where the law has a standard and no number: our day to look again."
    )
    ordinary_due_on = Date(allow_none=True, example=None, description="The date without what moved or stopped it.")
    may_be_later = Boolean(example=False, description="An exception may make it later; the date stands.")
    may_be_later_because = Text(500, allow_none=True, example=None)
    refused = OneOf((REFUSED,), allow_none=True, example=None)
    due_at = Instant(allow_none=True, example=None, description="The instant, of a follow-up.")
    inputs = fields.Dict(keys=Text(40), metadata={"example": {"absent_on": ["2026-10-12"]}, "description": "As understood."})
    sum = Prose(20_000, example="2026-10-05 + 45 school days = 2026-12-08 (not counted: 2026-11-26 to 2026-11-27)")
    citation = Text(allow_none=True, example="TEC 29.004; 19 TAC 89.1011")
    source = Text(example="the state's rule, or a copy of it")
    status = OneOf(("verified", "secondary"), allow_none=True)
    checked_on = Date(allow_none=True, example="2026-11-24")
    state_row = fields.Nested(StateRowSchema, allow_none=True)
    notes = Many(Prose(1000), example=["Breaks and holidays do not stop the count.", "The written report."])
    notices = Many(Prose(1000), example=["No school year was entered: school days were counted without bounds."])
    general = Text(example=GENERAL)
