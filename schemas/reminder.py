from marshmallow import fields

from domain.deadlines import GENERAL
from domain.follow_up import TELLS
from models.reminder import STATES
from schemas.base import PageQuery, Resource, Schema
from schemas.fields import Boolean, Id, Instant, Many, OneOf, Prose, Text
from schemas.follow_up import TOLD


class ReminderSchema(Resource):
    """What somebody has to do, and when."""

    case_id = Id(required=True)
    concern_id = Id(dump_only=True, allow_none=True)
    communication_id = Id(dump_only=True, allow_none=True, description="The question that waits for an answer.")
    check_in_id = Id(dump_only=True, allow_none=True, example=None, description="The check-in that it is an occasion of.")
    deadline_id = Id(dump_only=True, allow_none=True, example=None, description="The deadline that comes near.")
    assignee_id = Id(description="Who has to act, and gets the mail; whoever made it, unless named.")
    tells = OneOf(TELLS, description=TOLD)
    key = Text(60, dump_only=True, example="follow_up_1")
    ladder = Text(20, dump_only=True, allow_none=True, example="team")
    title = Text(200, required=True, example="Ask the team again", description="Names no child: it goes into a subject line.")
    note = Prose(5000, allow_none=True)
    prompts = Many(Text(500), dump_only=True, allow_none=True, example=None, description="Questions that could be asked.")
    due_at = Instant(required=True)
    state = OneOf(STATES, dump_only=True, example="scheduled")
    fired_at = Instant(dump_only=True, allow_none=True, example=None)
    settled_at = Instant(dump_only=True, allow_none=True, example=None)
    settled_by_id = Id(dump_only=True, allow_none=True, example=None)
    reason = Text(dump_only=True, allow_none=True, example=None)
    general = Text(dump_only=True, allow_none=True, example=None, description=f"Where it tells of a deadline: `{GENERAL}`")


class ReminderQuery(PageQuery):
    state = OneOf(STATES, example=None)
    case_id = Id(example=None)
    concern_id = Id(example=None)
    communication_id = Id(example=None)
    check_in_id = Id(example=None)
    deadline_id = Id(example=None)
    assignee_id = Id(example=None)
    due_before = Instant(example=None)


class CompletionSchema(Schema):
    reason = Text(500, example="She called back on Tuesday.")


class CancellationSchema(Schema):
    reason = Text(500, required=True, example="The family moved away.")


class SnoozeSchema(Schema):
    until = Instant(required=True, example="2026-10-19T13:00:00Z", description="When it comes due again; in the future.")


class ReassignmentSchema(Schema):
    assignee_id = Id(required=True, description="Who has to act from now on.")


class FollowUpRecountSchema(Schema):
    communication_id = Id(required=True, description="The question whose follow-ups are counted again.")
    accept = Boolean(load_default=False, example=False, description="Whether they move; else it is only shown how they would.")


class RecountedFollowUpSchema(Schema):
    reminder_id = Id()
    title = Text(example="Ask the team again")
    state = OneOf(STATES, example="scheduled")
    before = Instant(description="When it is due, or was.")
    after = Instant(allow_none=True, example="2026-10-13T15:30:00Z", description="When it would be, or is now; null: never.")
    moves = Boolean(description="Whether that is another instant; what was snoozed stays where it is.")


class RecountedFollowUpsSchema(Schema):
    """The open follow-ups of a question, by the zone, the calendar and the policy as they are now."""

    is_accepted = Boolean(example=False)
    items = fields.List(fields.Nested(RecountedFollowUpSchema))
