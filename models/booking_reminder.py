"""What reminds of a booking, and when: a row for each offset and each time that the booking has had; it fires once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from models.base import Base
from models.tenancy import TenantOwned, refers_to, unique_in_practice


class BookingReminder(TenantOwned, Base):
    __tablename__ = "booking_reminders"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("booking_id", "sequence", "offset_minutes"), name="uq_booking_reminders_offset"),
        CheckConstraint("state in ('scheduled', 'fired', 'dropped')", name="state"),
        Index("ix_booking_reminders_waiting", "due_at", postgresql_where="state in ('scheduled')"),
        Index("ix_booking_reminders_due", *unique_in_practice("due_at"), postgresql_where="state in ('scheduled')"),
    )

    booking_id: Mapped[UUID] = refers_to("bookings")
    sequence: Mapped[int]
    offset_minutes: Mapped[int]
    due_at: Mapped[datetime]
    state: Mapped[str]
    fired_at: Mapped[datetime | None]
