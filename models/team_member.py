"""A member of the IEP team (34 CFR 300.321): somebody at the school, with no account here."""

from datetime import date
from uuid import UUID

from sqlalchemy import Boolean, Index, bindparam
from sqlalchemy.orm import Mapped

from models.base import Base
from models.listing import Listing
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
    # Who has left is asked and reminded of nothing; what was said with them stays.
    left_on: Mapped[date | None]


TEAM_MEMBERS = Listing.of(
    TeamMember, "case_id", "role", is_present=TeamMember.left_on.is_(None) == bindparam("is_present", type_=Boolean())
)
