"""The address of a member's own calendar: who has it reads their consultations and due reminders, until it is revoked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.tenancy import TenantOwned, refers_to, unique_in_practice


class CalendarFeed(TenantOwned, Base):
    __tablename__ = "calendar_feeds"
    __table_args__ = (UniqueConstraint(*unique_in_practice("link_hash"), name="uq_calendar_feeds_link_hash"),)

    staff_id: Mapped[UUID] = refers_to("staff")
    link_hash: Mapped[bytes] = mapped_column(LargeBinary)
    last_read_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
