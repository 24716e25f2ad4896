"""A member of the IEP team (34 CFR 300.321): somebody at the school, with no account here."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Date, DateTime, Index, and_, bindparam, cast, func, select
from sqlalchemy.orm import Mapped

from models.base import Base
from models.listing import Listing
from models.practice import Practice
from models.tenancy import TenantOwned, refers_to, unique_in_practice

ROLES = (
    "general_education_teacher",
    "special_education_teacher",
    "related_service_provider",
    "lea_representative",
    "school_psychologist",
    "principal",
    "other",
)


class TeamMember(TenantOwned, Base):
    __tablename__ = "team_members"
    __table_args__ = (Index("ix_team_members_case", *unique_in_practice("case_id")),)

    case_id: Mapped[UUID] = refers_to("cases")
    name: Mapped[str]
    role: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    # Who has left is asked and reminded of nothing; what was said with them stays. They may be about to leave.
    left_on: Mapped[date | None]

    def is_gone(self, today: date) -> bool:
        """A day to come does nothing until it comes."""
        return self.left_on is not None and self.left_on <= today


_zone = select(Practice.timezone).where(Practice.id == bindparam("practice")).scalar_subquery()
# The day that it is where the practice is, in a statement that is written once.
TODAY = cast(func.timezone(_zone, bindparam("now", type_=DateTime(timezone=True))), Date)


def has_left(today: Any = TODAY) -> Any:
    """The same as a condition, which is never unknown."""
    return and_(TeamMember.left_on.is_not(None), TeamMember.left_on <= today)


TEAM_MEMBERS = Listing.of(TeamMember, "case_id", "role", is_present=has_left() != bindparam("is_present", type_=Boolean()))
