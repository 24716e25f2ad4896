"""Time off: from one instant to another somebody takes no consultation."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from models.base import Base
from models.tenancy import TenantOwned, refers_to, unique_in_practice


class TimeOff(TenantOwned, Base):
    __tablename__ = "time_off"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="span"),
        Index("ix_time_off_ends_at", *unique_in_practice("ends_at")),
    )

    staff_id: Mapped[UUID] = refers_to("staff")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    note: Mapped[str | None]
