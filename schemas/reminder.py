from models.reminder import STATES
from schemas.base import PageQuery, Resource, Schema
from schemas.fields import Id, Instant, OneOf, Prose, Text


class ReminderSchema(Resource):
    """What somebody has to do, and when."""

    case_id = Id(required=True)
    concern_id = Id(dump_only=True, allow_none=True)
    communication_id = Id(dump_only=True, allow_none=True, description="The question that waits for an answer.")
    assignee_id = Id(description="Who has to act, and gets the mail; whoever made it, unless named.")
    key = Text(60, dump_only=True, example="follow_up_1")
    ladder = Text(20, dump_only=True, allow_none=True, example="team")
    title = Text(200, required=True, example="Ask the team again", description="Names no child: it goes into a subject line.")
    note = Prose(5000, allow_none=True)
    due_at = Instant(required=True)
    state = OneOf(STATES, dump_only=True, example="scheduled")
    fired_at = Instant(dump_only=True, allow_none=True, example=None)
    settled_at = Instant(dump_only=True, allow_none=True, example=None)
    settled_by_id = Id(dump_only=True, allow_none=True, example=None)
    reason = Text(dump_only=True, allow_none=True, example=None)


class ReminderQuery(PageQuery):
    state = OneOf(STATES, example=None)
    case_id = Id(example=None)
    concern_id = Id(example=None)
    communication_id = Id(example=None)
    assignee_id = Id(example=None)
    due_before = Instant(example=None)


class CompletionSchema(Schema):
    reason = Text(500, example="She called back on Tuesday.")


class CancellationSchema(Schema):
    reason = Text(500, required=True, example="The family moved away.")


class SnoozeSchema(Schema):
    until = Instant(required=True, example="2026-10-19T13:00:00Z", description="When it comes due again; in the future.")
