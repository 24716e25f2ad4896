from typing import Any

from marshmallow import ValidationError, validates_schema

from schemas.base import PageQuery, Resource
from schemas.fields import Date, Id, Integer, Prose
from schemas.withdrawn import Withdrawn


class CompensatoryClaimSchema(Withdrawn, Resource):
    """Minutes that a family has asked back: how many, when, for which time, in which writing. Nobody here says how many that
    ought to be. It is kept as it was recorded; what does not count is withdrawn."""

    case_id = Id(required=True)
    provision_id = Id(required=True, description="For which support; in whichever version of the student's IEP.")
    student_id = Id(dump_only=True)
    minutes = Integer(1, 1_000_000, required=True, example=240, description="As the family claimed them.")
    claimed_on = Date(required=True, example="2026-10-02")
    from_on = Date(data_key="from", allow_none=True, example="2026-09-08", description="For which time: its first day.")
    to_on = Date(data_key="to", allow_none=True, example="2026-09-30", description="Its last day.")
    communication_id = Id(allow_none=True, example=None, description="In which communication it was claimed.")
    letter_id = Id(allow_none=True, example=None, description="In which letter.")
    proceeding_id = Id(allow_none=True, example=None, description="In which proceeding.")
    note = Prose(5000, allow_none=True, example="In the letter of the second of October.")
    recorded_by_id = Id(dump_only=True)

    @validates_schema
    def _in_order(self, said: dict[str, Any], **_: Any) -> None:
        first, last = said.get("from_on"), said.get("to_on")
        if first and last and last < first:
            raise ValidationError("It ends before it begins.", "to")


class CompensatoryClaimQuery(PageQuery):
    case_id = Id(example=None)
    student_id = Id(example=None)
    provision_id = Id(example=None)
