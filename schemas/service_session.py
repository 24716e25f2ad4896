from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from models.service_session import MISSED_BY, OUTCOMES, SOURCES
from schemas.base import PageQuery, Resource, Schema
from schemas.fields import Date, Id, Instant, Integer, Many, OneOf, Prose, Text, TimeOfDay
from schemas.withdrawn import Withdrawn

MOST_AT_ONCE = 500
ITEM = {
    "provision_id": "0192f0c1-2345-7abc-8def-0123456789ab",
    "held_on": "2026-10-02",
    "minutes": 30,
    "outcome": "delivered",
    "reference": "visit-20931",
}
MOVED = "State complaint: 2027-10-02 became 2027-09-15."


class ServiceSessionSchema(Withdrawn, Resource):
    """An entry of the service log: that a service was given, or was not. It is not rewritten: a correction is another one."""

    provision_id = Id(required=True, description="Which support of the IEP; of the version that was in force on that day.")
    student_id = Id(dump_only=True)
    held_on = Date(required=True, example="2026-10-02", description="At most 366 days ahead.")
    starts_at = TimeOfDay(allow_none=True, description="Wall time of the school.")
    minutes = Integer(
        1,
        1440,
        allow_none=True,
        example=30,
        description="Given; of what was not given, those that had been planned. Left out: the provision's.",
    )
    outcome = OneOf(
        OUTCOMES,
        required=True,
        description="`partial`: the rest of the session is another entry, `missed`. `made_up`: given for another day. "
        "`missed`: the service was not there. `student_absent`: it was, and the child was not.",
    )
    missed_by = OneOf(MISSED_BY, allow_none=True, example=None, description="Of what was `missed`.")
    makes_up_for_id = Id(
        allow_none=True,
        example=None,
        description="Of what was `made_up`: the entry of the same support that was `missed`, or `student_absent`.",
    )
    reason = Prose(2000, allow_none=True, example="The therapist was at a meeting.")
    provider = Text(200, allow_none=True, example="Terry Thompson, SLP")
    group_size = Integer(1, 100, allow_none=True, example=3, description="How many children, this one counted.")
    source = OneOf(SOURCES, example="practice", description="Who says so; `practice` unless it is said.")
    document_id = Id(allow_none=True, example=None, description="The document that shows it.")
    corrects_id = Id(
        allow_none=True,
        example=None,
        description="The entry that this one corrects. What is left out here is kept from it; null takes it away.",
    )
    corrected_by_id = Id(dump_only=True, allow_none=True, example=None, description="What corrects this one.")
    import_id = Id(
        dump_only=True, allow_none=True, example=None, description="The import that brought it, or what it corrects."
    )
    row_number = Integer(1, dump_only=True, allow_none=True, example=None, description="Which row of the log.")
    recorded_by_id = Id(dump_only=True)
    recorded_at = Instant(dump_only=True, attribute="created_at")

    @validates_schema
    def _goes_together(self, said: dict[str, Any], **_: Any) -> None:
        if said.get("missed_by") and said.get("outcome") != "missed":
            raise ValidationError("This is said of what was missed.", "missed_by")
        if said.get("makes_up_for_id") and said.get("outcome") != "made_up":
            raise ValidationError("This is said of what was made up.", "makes_up_for_id")


class ServiceSessionQuery(PageQuery):
    provision_id = Id(example=None)
    student_id = Id(example=None)
    outcome = OneOf(OUTCOMES, example=None)
    source = OneOf(SOURCES, example=None)
    import_id = Id(example=None)
    held_from = Date(data_key="from", example=None, description="Held on this day or later.")
    held_to = Date(data_key="to", example=None, description="Held on this day or earlier.")


class BatchItemSchema(ServiceSessionSchema):
    """An entry of many."""

    reference = Text(
        200,
        least=1,
        load_only=True,
        allow_none=True,
        example="visit-20931",
        description="What your system calls it: an entry of the same child with the same one is not recorded again.",
    )


class ServiceSessionBatchSchema(Schema):
    """Many entries at once: all of them, or none."""

    items = Many(fields.Nested(BatchItemSchema), MOST_AT_ONCE, least=1, required=True, example=[ITEM])


class RecordedBatchSchema(Schema):
    """The entries, each in the place of its item."""

    items = fields.List(fields.Nested(ServiceSessionSchema))
    recorded = Integer(dump_only=True, example=1, description="How many are new.")
    known = Integer(dump_only=True, example=0, description="How many were there already, by their `reference`.")
    notices = fields.List(Text(example=MOVED), metadata={"description": "Which limits of the law count otherwise now."})
