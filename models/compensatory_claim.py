"""What a family has asked back in minutes. How much that ought to be is nobody's sum here (DOMAIN section 12)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from domain.refusal import FieldError, Invalid
from models.base import Base
from models.case import Case, OfCase, same_case
from models.iep_version import IepVersion, same_student
from models.listing import Listing
from models.provision import Provision
from models.tenancy import TenantOwned, refers_to, unique_in_practice
from models.withdrawn import Withdrawable

# In what it can have been claimed.
WRITINGS = ("communication_id", "letter_id", "proceeding_id")


class CompensatoryClaim(TenantOwned, Withdrawable, Base):
    __tablename__ = "compensatory_claims"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("from_on is null or to_on is null or to_on >= from_on", name="span"),
        Index("ix_compensatory_claims_case", *unique_in_practice("case_id")),
        Index("ix_compensatory_claims_student", *unique_in_practice("student_id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    provision_id: Mapped[UUID] = refers_to("provisions")
    student_id: Mapped[UUID] = refers_to("students")
    minutes: Mapped[int]
    claimed_on: Mapped[date]
    # For which time.
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    # In which writing.
    communication_id: Mapped[UUID | None] = refers_to("communications")
    letter_id: Mapped[UUID | None] = refers_to("letters")
    proceeding_id: Mapped[UUID | None] = refers_to("proceedings")
    note: Mapped[str | None]
    recorded_by_id: Mapped[UUID] = refers_to("staff")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = refers_to("staff")
    withdrawn_because: Mapped[str | None]

    @classmethod
    def record(
        cls,
        *,
        case: Case,
        provision: Provision,
        version: IepVersion,
        writings: Mapping[str, OfCase],
        by: UUID,
        today: date,
        claimed_on: date,
        **said: Any,
    ) -> "CompensatoryClaim":
        """What was claimed of a `provision` of a `version`; each of the `writings` stands under its field."""
        same_student(case, version)
        same_case(case, **writings)
        if claimed_on > today:
            detail = "This lies in the future: it is recorded once it was claimed."
            raise Invalid(detail, [FieldError(pointer="/claimed_on", detail=detail)])
        left_out = dict.fromkeys(
            ("from_on", "to_on", "note", *WRITINGS, "withdrawn_at", "withdrawn_by_id", "withdrawn_because")
        )
        given = {**left_out, **said, **{name: writing.id for name, writing in writings.items()}}
        return cls(
            case_id=case.id,
            provision_id=provision.id,
            student_id=case.student_id,
            claimed_on=claimed_on,
            recorded_by_id=by,
            **given,
        )


COMPENSATORY_CLAIMS = Listing.of(CompensatoryClaim, "case_id", "student_id", "provision_id")
