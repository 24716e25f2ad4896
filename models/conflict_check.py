"""A conflict check: whom the practice knows already, searched before it takes somebody on, kept and signed off."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from models.base import Base
from models.tenancy import TenantOwned, refers_to, unique_in_practice

DECISIONS = ("open", "clear", "conflict", "waived")


class ConflictCheck(TenantOwned, Base):
    __tablename__ = "conflict_checks"
    __table_args__ = (
        CheckConstraint("num_nonnulls(client_id, booking_id, enquiry_id) = 1", name="subject"),
        CheckConstraint("decision in ('open', 'clear', 'conflict', 'waived')", name="decision"),
        Index("ix_conflict_checks_client", *unique_in_practice("client_id")),
        Index("ix_conflict_checks_booking", *unique_in_practice("booking_id")),
        Index("ix_conflict_checks_enquiry", *unique_in_practice("enquiry_id")),
    )

    client_id: Mapped[UUID | None] = refers_to("clients")
    booking_id: Mapped[UUID | None] = refers_to("bookings")
    enquiry_id: Mapped[UUID | None] = refers_to("enquiries")
    terms: Mapped[list[Any]]
    hits: Mapped[list[Any]]
    searched_at: Mapped[datetime]
    searched_by_id: Mapped[UUID] = refers_to("staff")
    decision: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = refers_to("staff")
    note: Mapped[str | None]
