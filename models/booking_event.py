"""What happened to a booking, kept for good: it can be inserted and read, and nothing else."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from models.base import Base
from models.tenancy import TenantOwned, refers_to, unique_in_practice


class BookingEvent(TenantOwned, Base):
    __tablename__ = "booking_events"
    __table_args__ = (
        CheckConstraint(
            "kind in ('held', 'requested', 'confirmed', 'verified', 'declined', 'moved', 'handed_over', 'cancelled',"
            " 'completed', 'no_show', 'converted')",
            name="kind",
        ),
        Index("ix_booking_events_booking", *unique_in_practice("booking_id", "id")),
    )
    # It is a record itself.
    is_audited = False

    booking_id: Mapped[UUID] = refers_to("bookings")
    kind: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    staff_id: Mapped[UUID | None] = refers_to("staff")
    host_id: Mapped[UUID | None] = refers_to("staff")
    starts_at: Mapped[datetime | None]
    reason: Mapped[str | None]
