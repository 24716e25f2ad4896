from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from domain.deadline_rules import EVENTS, RULES, STATES
from domain.deadlines import GENERAL
from models.deadline import COMPARED, STATUSES
from schemas.base import KeptAsJson, PageQuery, Patch, Resource, Schema
from schemas.deadline_check import DeadlineAnswerSchema, DeadlineInputsSchema
from schemas.fields import Boolean, Computed, Date, Id, Instant, OneOf, Prose, Text
from schemas.reminder import ReminderSchema

STATUS_IN_WORDS = (
    "`due` from `act_by` (else `due_on`) to `due_on`, `past_due` by this count after it. Without a number in the law: "
    "`due` from the day on which to look again. `not_running`: no date, or its proceeding is over."
)


class DeadlineSchema(Resource):
    """What is due in a case, by which count, by which law; and what became of it. General information, not legal advice."""

    case_id = Id(required=True)
    concern_id = Id(allow_none=True, example=None)
    proceeding_id = Id(dump_only=True, allow_none=True, example=None, description="It follows from the steps of this one.")
    document_id = Id(allow_none=True, example=None, description="The document that shows the event.")
    assignee_id = Id(description="Who is reminded; whoever is responsible for the case, unless named.")
    rule = OneOf(tuple(RULES), required=True, example="annual_review")
    event = OneOf(tuple(EVENTS), allow_none=True, example="iep_reviewed", description="Where a rule has two: which one.")
    event_on = Date(
        allow_none=True, example="2026-03-02", description="The day of the event: day 0. Of a birth the child's own is known."
    )
    state = OneOf(STATES, dump_only=True, allow_none=True, example="OR", description="Of the student, else of the practice.")
    inputs = fields.Nested(DeadlineInputsSchema, metadata={"example": {}})
    status = OneOf(STATUSES, dump_only=True, description=STATUS_IN_WORDS)
    due_on = Date(
        dump_only=True, allow_none=True, example="2027-03-02", description="What counts: the override, if there is one."
    )
    act_by = Date(dump_only=True, allow_none=True, example=None, description="Where the family acts: the last business day.")
    watch_on = Date(
        dump_only=True, allow_none=True, example=None, description="Our day to look again, where the law has no number."
    )
    earliest_on = Date(dump_only=True, allow_none=True, example=None, description="The first day of what may not come sooner.")
    override_on = Date(dump_only=True, allow_none=True, example=None)
    override_reason = Prose(dump_only=True, allow_none=True, example=None)
    overridden_by_id = Id(dump_only=True, allow_none=True, example=None)
    overridden_at = Instant(dump_only=True, allow_none=True, example=None)
    met_on = Date(dump_only=True, allow_none=True, example=None)
    is_late = Boolean(dump_only=True, example=False, description="It was met, by this count after its day.")
    waived_on = Date(dump_only=True, allow_none=True, example=None)
    ended_on = Date(
        dump_only=True, allow_none=True, example=None, description="It runs no more: its proceeding went on or ended."
    )
    note = Prose(5000, allow_none=True)
    answer = fields.Nested(
        DeadlineAnswerSchema,
        dump_only=True,
        metadata={"description": "What was counted, whatever was set in its place: the date, the sum in words, law, source."},
    )


class NewDeadline(KeptAsJson, DeadlineSchema):
    kept_as_json = ("inputs",)


class DeadlineSetSchema(Schema):
    """What somebody set, took back or accepted."""

    what = OneOf(("override_on", "met_on", "waived_on", "due_on"), example="override_on", description="`due_on`: counted anew.")
    before = Date(allow_none=True, example=None)
    after = Date(allow_none=True, example="2027-02-26", description="Null: it was taken back, or has no date.")
    reason = Prose(allow_none=True, example="The district wrote that it meets on this day.")
    by_id = Id(description="The member of staff who did it.")
    at = Instant()


class DeadlineDetailSchema(DeadlineSchema):
    """A deadline with the reminders before it, and all that was set by hand."""

    history = fields.List(
        fields.Nested(DeadlineSetSchema), dump_only=True, metadata={"description": "The first first; it is only added to."}
    )
    reminders = fields.List(fields.Nested(ReminderSchema), dump_only=True)
    general = Text(dump_only=True, example=GENERAL)


class DeadlineQuery(PageQuery):
    case_id = Id(example=None)
    concern_id = Id(example=None)
    proceeding_id = Id(example=None)
    assignee_id = Id(example=None)
    rule = OneOf(tuple(RULES), example=None)
    status = OneOf(STATUSES, example=None)
    due_before = Date(example=None, description="Due, or to be looked at, before this day.")
    due_after = Date(example=None, description="Due, or to be looked at, after this day.")


class DeadlineChange(Patch):
    assignee_id = Id()
    note = Prose(5000, allow_none=True)


class DeadlineRecountSchema(KeptAsJson, Schema):
    """What else is known now; nothing, if only the calendar or the state's law has changed."""

    kept_as_json = ("inputs",)

    event_on = Date()
    inputs = fields.Nested(DeadlineInputsSchema, metadata={"example": {}, "description": "Added; null takes one away."})
    accept = Boolean(load_default=False, example=False, description="Without it nothing changes: the difference is shown.")
    seen = Text(
        64,
        example="5f3c0a1b9d2e4f60",
        description="The `seen` of what is accepted: 409 if it counts otherwise by now.",
    )


class DeadlineDifferenceSchema(Schema):
    field = OneOf(COMPARED, example="due_on")
    before = Computed("2027-03-02", {})
    after = Computed("2027-03-09", {})


class DeadlineRecountedSchema(Schema):
    """What was counted before, what is counted now, and what differs. Accepted, it is what is kept."""

    accepted = Boolean()
    seen = Text(example="5f3c0a1b9d2e4f60", description="Stands for this `after`: send it along with `accept`.")
    before = fields.Nested(DeadlineAnswerSchema)
    after = fields.Nested(DeadlineAnswerSchema)
    differences = fields.List(fields.Nested(DeadlineDifferenceSchema))
    deadline = fields.Nested(DeadlineDetailSchema)


class DeadlineOverrideSchema(Schema):
    """Another date than the one that was counted, and why; null takes it back."""

    override_on = Date(required=True, allow_none=True, example="2027-02-26")
    reason = Prose(2000, example="The district wrote that it meets on this day.")

    @validates_schema
    def _says_why(self, said: dict[str, Any], **_: Any) -> None:
        if said["override_on"] is not None and not (said.get("reason") or "").strip():
            raise ValidationError("Say why another date counts.", "reason")


class DeadlineMetSchema(Schema):
    met_on = Date(required=True, allow_none=True, description="On which day it was done; null takes it back.")
    note = Prose(5000, example="They met, and the IEP came on the same day.")


class DeadlineWaivedSchema(Schema):
    waived_on = Date(required=True, allow_none=True, description="On which day it was done without; null takes it back.")
    note = Prose(5000, example="Both agreed in writing.")


class LimitsSchema(Schema):
    """The two limits of a concern: the earliest dates we know; exceptions exist; check with counsel."""

    since_on = Date(description="The earliest dated fact about the concern: both are counted from it.")
    state_complaint_limit = fields.Nested(DeadlineAnswerSchema, allow_none=True)
    due_process_limit = fields.Nested(DeadlineAnswerSchema, allow_none=True)
    general = Text(example=GENERAL)
