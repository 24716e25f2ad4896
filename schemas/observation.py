from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from models.observation import SOURCES, WEIGHTS
from schemas.base import KeptAsJson, PageQuery, Resource, Schema
from schemas.fields import Boolean, Date, Id, Instant, Many, OneOf, Prose, Text


class QuestionAndAnswerSchema(Schema):
    """A question, and the answer in the words in which it was given."""

    question = Text(2000, required=True, example="Who read it to you?")
    answer = Prose(10_000, required=True, example="Nobody. I guessed.")


class ObservationSchema(KeptAsJson, Resource):
    """What somebody said, saw or wrote about a support. It is not rewritten; a correction is another one that names it."""

    kept_as_json = ("answers",)

    case_id = Id(required=True)
    concern_id = Id(allow_none=True)
    provision_id = Id(allow_none=True, description="Which support of the IEP it is about.")
    source = OneOf(SOURCES, required=True)
    author = Text(200, allow_none=True, example="Petra Petrov", description="Who saw, said or wrote it.")
    observed_on = Date(required=True)
    recorded_at = Instant(dump_only=True, attribute="created_at")
    text = Prose(
        allow_none=True,
        description="What was seen, heard or read; without one, the answers are.",
        example="No reader in science.",
    )
    answers = Many(fields.Nested(QuestionAndAnswerSchema), 100, allow_none=True, least=1, example=None)
    is_verbatim = Boolean(description="Whether these are somebody's very words; false unless it is said.")
    weight = OneOf(
        WEIGHTS,
        allow_none=True,
        example="first_hand",
        description="`record`: made by the school at the time. `first_hand`: who saw it. `second_hand`: told by another, a "
        "lead. Unless it is said: a document is a record; what a child said, retold, is second-hand; else first-hand.",
    )
    is_confidential = Boolean(
        example=False,
        description="Said in mediation: no evidence later (34 CFR 300.506(b)(8)). False unless it is said.",
    )
    document_id = Id(allow_none=True, example=None, description="The document that shows it.")
    document_ids = Many(
        Id(),
        20,
        distinct=True,
        example=[],
        description="What shows it besides: documents of the case, pictures and sound recordings too. A correction that does "
        "not say it keeps those of what it corrects; an empty list takes them away.",
    )
    corrects_id = Id(allow_none=True, example=None, description="What this one corrects; what it does not say anew is kept.")
    corrected_by_id = Id(dump_only=True, allow_none=True, example=None, description="What corrects this one.")
    check_in_id = Id(dump_only=True, allow_none=True, example=None, description="The check-in at which it was heard.")
    is_happening = OneOf(
        ("yes", "partly", "no"), allow_none=True, example=None, description="What was said of whether the support is provided."
    )
    recorded_by_id = Id(dump_only=True)

    @validates_schema
    def _says_something(self, said: dict[str, Any], **_: Any) -> None:
        if not (said.get("text") or "").strip() and not said.get("answers"):
            raise ValidationError("Say what was observed, or what was asked and answered.", "text")


class ObservationQuery(PageQuery):
    case_id = Id(example=None)
    concern_id = Id(example=None)
    provision_id = Id(example=None)
    source = OneOf(SOURCES, example=None)
    weight = OneOf(WEIGHTS, example=None)
    observed_from = Date(data_key="from", example=None, description="Observed on this day or later.")
    observed_to = Date(data_key="to", example=None, description="Observed on this day or earlier.")
