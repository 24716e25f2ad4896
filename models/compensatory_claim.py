"""What a family has asked back in minutes. How much that ought to be is nobody's sum here (DOMAIN section 12)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice
from models.withdrawn import Withdrawable


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


COMPENSATORY_CLAIMS = Listing.of(CompensatoryClaim, "case_id", "student_id", "provision_id")
