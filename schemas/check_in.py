from typing import Any

from marshmallow import fields

from domain.calendar import WEEKDAYS
from domain.check_ins import EVERY, PARTIES
from models.check_in import STATES
from schemas.base import KeptAsJson, PageQuery, Resource, Schema, change_of
from schemas.fields import Computed, Date, Id, Instant, Many, OneOf, Prose, Text, TimeOfDay
from schemas.observation import ObservationSchema, QuestionAndAnswerSchema
from schemas.reminder import ReminderSchema


class OccasionSchema(Schema):
    """One time of many: the date by the rule, the day on which it is, and its instant."""

    by_rule = Date(example="2026-10-12")
    on = Date(example="2026-10-13", description="Another day where nobody is there on the date by the rule.")
    at = Instant(example="2026-10-13T16:00:00Z")


class CheckInSchema(Resource):
    """Every week or two, somebody is asked whether the support is provided."""

    case_id = Id(required=True)
    concern_id = Id(allow_none=True)
    provision_id = Id(allow_none=True, description="Which support of the IEP it asks about: the questions are about it.")
    team_member_id = Id(allow_none=True, description="Who is asked.")
    assignee_id = Id(description="Who asks, and is reminded; who is responsible for the case, unless named.")
    party = OneOf(PARTIES, required=True)
    every = OneOf(tuple(EVERY), required=True)
    weekday = OneOf(WEEKDAYS, example="tuesday", description="A day on which nobody is there moves to the next follow-up day.")
    at = TimeOfDay(description="By the clock of the practice's zone; 09:00, unless said.")
    starts_on = Date(description="Not before this day; tomorrow, unless said.")
    ends_on = Date(allow_none=True, example=None, description="Not after this day.")
    note = Prose(5000, allow_none=True, example="Watch for Fridays.", description="What to look for.")
    state = OneOf(STATES, dump_only=True)
    reason = Text(500, dump_only=True, allow_none=True, example=None, description="Why it was paused or has ended.")


class CheckInDetailSchema(CheckInSchema):
    next_occasions = fields.List(
        fields.Nested(OccasionSchema), dump_only=True, metadata={"description": "If nothing changes before: the next five."}
    )
    reminders = fields.List(
        fields.Nested(ReminderSchema), dump_only=True, metadata={"description": "Of the next days, and those that wait."}
    )


CheckInChange = change_of(
    CheckInSchema, "team_member_id", "assignee_id", "provision_id", "every", "weekday", "at", "starts_on", "ends_on", "note"
)


class CheckInQuery(PageQuery):
    case_id = Id(example=None)
    concern_id = Id(example=None)
    provision_id = Id(example=None)
    assignee_id = Id(example=None)
    state = OneOf(STATES, example=None)
    party = OneOf(PARTIES, example=None)


class PauseSchema(Schema):
    reason = Text(500, example="She is on leave until November.")


class EndSchema(Schema):
    reason = Text(500, required=True, example="It has worked for two months.")


class CheckedSchema(KeptAsJson, Schema):
    """What was asked and heard at a check-in."""

    kept_as_json = ("answers",)

    reminder_id = Id(description="Which occasion; unless named, all that is due, else the next one if it is near.")
    checked_on = Date(required=True)
    is_happening = OneOf(("yes", "partly", "no"), required=True, description="Whether the support is provided.")
    answers = Many(
        fields.Nested(QuestionAndAnswerSchema), 100, example=[{"question": "Who read it to you?", "answer": "Mr. Lee."}]
    )
    text = Prose(10_000, example="The reader was there on both days.")


SUGGESTION: dict[str, Any] = {
    "type": ["object", "null"],
    "properties": {
        "case_id": {"type": "string", "format": "uuid"},
        "provision_id": {"type": ["string", "null"], "format": "uuid"},
        "kind": {"type": "string"},
        "what_happened": {"type": "string"},
        "noticed_on": {"type": "string", "format": "date"},
        "reopens_id": {"type": ["string", "null"], "format": "uuid"},
    },
    "description": "Trouble, and no open concern about it: what to open one with, or which one to reopen. Null otherwise.",
}


class CheckInHeardSchema(Schema):
    """The observation that was made of it, what it settled and planned, and whether there is something to take up."""

    observation = fields.Nested(ObservationSchema)
    settled = fields.List(fields.Nested(ReminderSchema))
    planned = fields.List(fields.Nested(ReminderSchema))
    concern_state = Text(allow_none=True, example="monitoring", description="Of the concern that it belongs to.")
    suggests_concern = Computed(None, SUGGESTION)
