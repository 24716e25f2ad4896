from typing import Any

from marshmallow import ValidationError, validates_schema

from domain.calendar import WEEKDAYS
from domain.follow_up import LARGEST_OFFSET, MOST_OFFSETS, TELLS, Policy, PolicyInvalid
from schemas.base import Schema
from schemas.fields import Integer, Many, OneOf

QUIET = "Weekdays on which nothing is due: it moves to the next follow-up day that is not quiet."
TOLD = "Who gets the mail of a reminder, besides who has to act: nobody, the owners, everybody here."
ESCALATES = "From which follow-up day on to propose to escalate; null: the last one does."


def offsets_days(**options: Any) -> Many:
    """On which follow-up days to ask again."""
    said = "On which follow-up days after a question that waits for an answer to ask again; rising, 1 to 6."
    return Many(Integer(1, LARGEST_OFFSET), MOST_OFFSETS, least=1, example=[3, 7, 10], description=said, **options)


def quiet_days(**options: Any) -> Many:
    return Many(OneOf(WEEKDAYS), 6, distinct=True, example=["friday"], description=QUIET, **options)


def escalates_after_days(**options: Any) -> Integer:
    return Integer(1, LARGEST_OFFSET, allow_none=True, example=10, description=ESCALATES, **options)


class FollowUpPolicySchema(Schema):
    """Where follow-ups go by other rules than the practice's: each field that is named wins, the others stay."""

    offsets_days = offsets_days()
    quiet_days = quiet_days()
    tells = OneOf(TELLS, description=TOLD)
    escalates_after_days = escalates_after_days()

    @validates_schema(skip_on_field_errors=True)
    def _can_be_followed(self, said: dict[str, Any], **_: Any) -> None:
        must_be_a_policy(said)


def must_be_a_policy(said: dict[str, Any]) -> None:
    """Raises ValidationError, at the name of the field, for what nobody could follow."""
    for name, value in said.items():
        try:
            Policy().but({name: value})
        except PolicyInvalid as invalid:
            raise ValidationError(str(invalid), name) from None
