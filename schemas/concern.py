from collections.abc import Mapping

from marshmallow import INCLUDE, fields

from domain.fact import Field
from domain.playbook import KINDS, STATES, STEPS
from domain.step import CORRECT, Step
from schemas.base import PageQuery, Resource, Schema
from schemas.communication import SaidSchema
from schemas.deadline import LimitsSchema
from schemas.delivered import ContradictionSchema
from schemas.fields import Boolean, Computed, Date, Id, Instant, OneOf, Prose, Text
from schemas.reminder import ReminderSchema


class FieldSchema(Schema):
    """One thing that a step asks for: everything a form needs to know."""

    name = Computed("teacher_said", {"type": "string"})
    type = Computed("text", {"type": "string"})
    label = Computed("What the teacher said", {"type": "string"})
    required = Boolean()
    choices = Computed([], {"type": "array", "items": {"type": "string"}})
    fields_ = Computed([], {"type": "array", "items": {"type": "object"}}, data_key="fields", attribute="fields")
    when = Computed(
        None,
        {"type": ["array", "null"], "items": {"type": "string"}},
        description="Asked only when another field has this value: its name, the value.",
    )


class NextStepSchema(Schema):
    """A step that can be taken now: what to do, in words, and what is asked."""

    name = OneOf(tuple(STEPS))
    guidance = Prose(example="Find out if the suspicion is right. Ask about this support, casually.")
    fields_ = fields.List(fields.Nested(FieldSchema), data_key="fields", attribute="fields")
    at_least_one = Computed([], {"type": "array", "items": {"type": "string"}}, description="Of these, one is required.")
    needs_skip_reason = Boolean(example=False, description="Out of turn here: `skip_reason` has to say why.")
    prompts = Computed(
        ["Who read it to you?", "Does it happen every day?"],
        {"type": "array", "items": {"type": "string"}},
        description="What to ask or say: of the child, questions that fit the support.",
    )
    letters = Computed(
        ["follow_up_summary"],
        {"type": "array", "items": {"type": "string"}},
        description="Templates of letters that fit the step.",
    )


class ConcernStepSchema(Schema):
    """A step that was taken; it is never rewritten."""

    id = Id()
    step = OneOf((*STEPS, CORRECT), description=f"Of the playbook, or `{CORRECT}`: when it was noticed was put right.")
    from_state = OneOf(STATES)
    to_state = OneOf(STATES)
    occurred_at = Instant()
    recorded_at = Instant(attribute="created_at")
    by_id = Id(attribute="taken_by_id", description="The member of staff who recorded it.")
    note = Prose(allow_none=True)
    skip_reason = Prose(allow_none=True, example=None)
    facts = Computed({"supports_suspicion": "yes"}, {"type": "object"}, description="What the step asked for.")


class ConcernSchema(Resource):
    """One support that is not provided, or not as written, and how far the playbook has come."""

    case_id = Id(required=True)
    provision_id = Id(allow_none=True, description="Which support of the IEP.")
    kind = OneOf(KINDS, required=True)
    what_happened = Prose(required=True, example="Sasha took the science test without a reader.")
    noticed_on = Date(required=True)
    occurred_at = Instant(attribute="opened_at", description="When the suspicion arose; now, unless it is recorded late.")
    opened_by_id = Id(dump_only=True)
    state = OneOf(STATES, dump_only=True)


class ConcernDetailSchema(ConcernSchema):
    """A concern with what can be done next, and all that was done."""

    next_steps = fields.List(fields.Nested(NextStepSchema), dump_only=True)
    history = fields.List(fields.Nested(ConcernStepSchema), dump_only=True)
    limits = fields.Nested(LimitsSchema, dump_only=True)
    contradictions = fields.List(
        fields.Nested(ContradictionSchema),
        dump_only=True,
        metadata={"description": "What the service log and others say of its support, since its earliest fact, and differ in."},
    )


class ConcernQuery(PageQuery):
    case_id = Id(example=None)
    state = OneOf(STATES, example=None)
    kind = OneOf(KINDS, example=None)
    provision_id = Id(example=None)


class StepSchema(Schema):
    """A step of the playbook, with what it asks for beside its name (see `next_steps`).

    `communication` records one in the same moment and stands for `communication_id`.
    """

    class Meta:
        unknown = INCLUDE

    step = OneOf(tuple(STEPS), required=True, example="read_wording")
    communication = fields.Nested(SaidSchema, load_only=True)


def _example_of(field: Field, facts: Mapping[str, object]) -> object:
    if field.name == "communication_id":
        return None
    plain: dict[str, object] = {
        "text": "In a sentence that a stranger understands.",
        "date": "2026-10-05",
        "instant": "2026-10-05T10:00:00-07:00",
        "uuid": "0192f0c1-2345-7abc-8def-0123456789ab",
    }
    if field.type == "choice":
        return field.choices[0]
    if field.type == "objects":
        return [{inner.name: _example_of(inner, {}) for inner in field.fields if inner.required}]
    return [plain[field.type.removesuffix("_list")]] if field.type.endswith("_list") else plain[field.type]


def _step_example(step: Step) -> dict[str, object]:
    """What can be sent to take a step out of turn: all that it requires, and why."""
    facts: dict[str, object] = {}
    for field in step.fields:
        if field.required and field.is_asked(facts):
            facts[field.name] = _example_of(field, facts)
    if facts.pop("communication_id", ...) is None:
        said = {"direction": "outbound", "channel": "email", "party": next(iter(step.parties), "team"), "awaiting_reply": True}
        facts["communication"] = {**said, "occurred_at": "2026-10-05T10:00:00-07:00", "summary": "Who provides the reader?"}
    return {"step": step.name, **facts, "skip_reason": "Why this step is taken out of turn, where it is."}


STEP_EXAMPLES = {
    name: {"summary": step.guidance, "value": _step_example(step)} for name, step in STEPS.items() if not step.at_least_one
}


class NoticeSchema(Schema):
    """Where an answer and what is on record do not go together. It refuses nothing."""

    pointer = Text(200, example="/every_teacher_has_copy")
    detail = Prose(example="The ledger of copies has 1 open line, not acknowledged by Terry Thompson.")


class ConcernCorrectionSchema(Schema):
    """The day on which it was noticed, as it is known now, and how."""

    noticed_on = Date(required=True, example="2026-09-14", description="Not in the future, and another day than stands there.")
    reason = Prose(2000, required=True, example="The teacher's log has it on that day.")


class ConcernCorrectedSchema(ConcernDetailSchema):
    """The concern by the right day, and which limits of its proceedings moved."""

    notices = fields.List(fields.Nested(NoticeSchema), dump_only=True)


class StepTakenSchema(ConcernDetailSchema):
    """The concern after the step, the reminders that the step settled and planned, and what to look at again."""

    settled = fields.List(fields.Nested(ReminderSchema), dump_only=True)
    planned = fields.List(fields.Nested(ReminderSchema), dump_only=True)
    notices = fields.List(fields.Nested(NoticeSchema), dump_only=True)
