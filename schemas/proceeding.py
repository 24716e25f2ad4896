from collections.abc import Mapping

from marshmallow import INCLUDE, ValidationError, fields, validates_schema

from domain.fact import Field
from domain.proceedings import FILED_BY, KINDS, OUTCOMES, PARTS, STATES, STEP_NAMES, STEPS, YES_OR_NO_PARTS
from schemas.base import PageQuery, Resource, Schema, change_of
from schemas.concern import FieldSchema
from schemas.deadline import DeadlineDifferenceSchema, DeadlineSchema
from schemas.fields import Boolean, Computed, Date, Id, Instant, OneOf, Prose, Text


def _part(name: str, label: str, citation: str) -> fields.Field[bool] | fields.Field[str]:
    described = {"description": f"{label} ({citation}).", "allow_none": True}
    if name in YES_OR_NO_PARTS:
        return Boolean(**described)
    return Prose(10_000, example="In plain words, with dates.", **described)


ComplaintSchema = Schema.from_dict(
    {
        "is_homeless": Boolean(allow_none=True, example=False, description="The child has no home at this time."),
        "is_systemic": Boolean(
            allow_none=True, example=False, description="Of a state complaint: it is about no child by name (300.153(b)(4))."
        ),
        **{part.name: _part(part.name, part.label, part.citation) for parts in PARTS.values() for part in parts},
    },
    name="ComplaintSchema",
)


class ComplaintPartSchema(Schema):
    """A part of the complaint that is not there yet."""

    part = Text(40, attribute="name", example="proposed_resolution")
    label = Text(200, example="A resolution, as far as it is known and available at the time")
    citation = Text(60, example="34 CFR 300.153(b)(4)(v)")


class ProceedingStepSchema(Schema):
    """A step that was taken; it is never rewritten."""

    id = Id()
    step = OneOf(STEP_NAMES, example="file")
    from_state = OneOf(STATES, example="planned")
    to_state = OneOf(STATES, example="filed")
    occurred_on = Date()
    recorded_at = Instant(attribute="created_at")
    by_id = Id(attribute="taken_by_id", description="The member of staff who recorded it.")
    note = Prose(allow_none=True)
    facts = Computed({"sent_by": "Certified mail"}, {"type": "object"}, description="What the step asked for.")


class NextProceedingStepSchema(Schema):
    """A step that can be taken now: what to know, in words, and what is asked."""

    name = OneOf(STEP_NAMES, example="file")
    guidance = Prose(example="Anybody may file: in writing, signed, with the facts.")
    fields_ = fields.List(fields.Nested(FieldSchema), data_key="fields", attribute="fields")


class ProceedingSchema(Resource):
    """Mediation, a state complaint or due process: how far it has come. Its deadlines follow from its steps."""

    case_id = Id(required=True)
    concern_id = Id(allow_none=True, example=None)
    kind = OneOf(KINDS, required=True, example="state_complaint")
    is_expedited = Boolean(example=False, description="Due process in discipline (34 CFR 300.532).")
    filed_by = OneOf(FILED_BY, description="Who files it, or filed it.")
    state = OneOf(STATES, dump_only=True)
    reference = Text(120, allow_none=True, example="24-061", description="The number that the office gave it.")
    complaint = fields.Nested(
        ComplaintSchema, metadata={"description": "What it says, part by part: the law names what has to be there."}
    )
    filed_on = Date(allow_none=True, example="2026-10-01", description="On which day it was filed.")
    facts = Computed(
        {"since_on": "2026-10-02"},
        {"type": "object"},
        description="Its days so far, by what happened on them; `stood`: where, before its end.",
    )
    outcome = OneOf(OUTCOMES, dump_only=True, allow_none=True, example=None)
    ended_on = Date(dump_only=True, allow_none=True, example=None)


class NewProceeding(ProceedingSchema):
    since_on = Date(
        load_only=True,
        example="2026-10-02",
        description="The first day of what it is about: its time limit counts from there; else the concern's earliest fact.",
    )
    incomplete_because = Prose(
        2000,
        load_only=True,
        example="The parent sent it before we came.",
        description="With `filed_on`: why it was filed although parts of it are missing.",
    )

    @validates_schema
    def _filed_at_all(self, said: dict[str, object], **_: object) -> None:
        if said.get("incomplete_because") and not said.get("filed_on"):
            raise ValidationError("This is said of what was filed.", "incomplete_because")


class ProceedingDetailSchema(ProceedingSchema):
    """A proceeding with what can be done next, what was done, what its complaint lacks, and its deadlines."""

    next_steps = fields.List(fields.Nested(NextProceedingStepSchema), dump_only=True)
    history = fields.List(fields.Nested(ProceedingStepSchema), dump_only=True)
    missing = fields.List(
        fields.Nested(ComplaintPartSchema),
        dump_only=True,
        metadata={"description": "What the law asks a complaint to say, and this one does not say yet."},
    )
    deadlines = fields.List(fields.Nested(DeadlineSchema), dump_only=True)


class ProceedingQuery(PageQuery):
    case_id = Id(example=None)
    concern_id = Id(example=None)
    kind = OneOf(KINDS, example=None)
    state = OneOf(STATES, example=None)


ProceedingChange = change_of(ProceedingSchema, "complaint", "reference")


class ProceedingStepTaken(Schema):
    """A step of a proceeding, with what it asks for beside its name (see `next_steps`)."""

    class Meta:
        unknown = INCLUDE

    step = OneOf(STEP_NAMES, required=True, example="receive")
    occurred_on = Date(required=True)


class ChangedDeadlineSchema(Schema):
    """A deadline that counts otherwise since the step."""

    deadline_id = Id()
    rule = Text(60, example="hearing_decision")
    differences = fields.List(fields.Nested(DeadlineDifferenceSchema))


class StepOfProceedingTakenSchema(ProceedingDetailSchema):
    """The proceeding after the step, and what the step changed in deadlines that were there before."""

    changed = fields.List(fields.Nested(ChangedDeadlineSchema), dump_only=True)


def _example_of(field: Field) -> object:
    plain: dict[str, object] = {"text": "In a sentence that a stranger understands.", "date": "2026-12-01"}
    if field.type == "choice":
        return field.choices[0]
    return [plain["text"]] if field.type == "text_list" else plain[field.type]


def _examples() -> Mapping[str, Mapping[str, object]]:
    """What can be sent for each step: all that it requires."""
    shown = {}
    for kind, steps in STEPS.items():
        for name, step in steps.items():
            facts = {asked.name: _example_of(asked) for asked in step.fields if asked.required}
            facts["occurred_on"] = "2026-10-05"
            shown[f"{kind}_{name}"] = {"summary": step.guidance[:200], "value": {"step": name, **facts}}
    return shown


STEP_EXAMPLES = _examples()
