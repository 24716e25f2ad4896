"""Who has a copy of the IEP, and knows their part of it (34 CFR 300.323(d)): a ledger, one line for each version and member."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.tenancy import TenantOwned, refers_to, unique_in_practice


class IepCopy(TenantOwned, Base):
    __tablename__ = "iep_copies"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("iep_version_id", "team_member_id", "opened_on"), name="uq_iep_copies_line"),
        UniqueConstraint(*unique_in_practice("link_hash"), name="uq_iep_copies_link_hash"),
        Index("ix_iep_copies_team_member", *unique_in_practice("team_member_id")),
    )

    iep_version_id: Mapped[UUID] = refers_to("iep_versions")
    team_member_id: Mapped[UUID] = refers_to("team_members")
    opened_on: Mapped[date]
    opened_because: Mapped[str]
    given_on: Mapped[date | None]
    given_by: Mapped[str | None]
    how: Mapped[str | None]
    asked_at: Mapped[datetime | None]
    communication_id: Mapped[UUID | None] = refers_to("communications")
    link_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    acknowledged_on: Mapped[date | None]
    acknowledged_how: Mapped[str | None]
    knows_their_part: Mapped[str | None]
    has_what_they_need: Mapped[str | None]
    needs: Mapped[str | None]
    note: Mapped[str | None]
    concern_id: Mapped[UUID | None] = refers_to("concerns")
