"""The digest: a mail on working mornings that says what is due, for whoever wants it."""

from datetime import datetime, time
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from models.base import Base
from models.tenancy import TenantOwned, refers_to, unique_in_practice


class Digest(TenantOwned, Base):
    __tablename__ = "digests"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("staff_id"), name="uq_digests_staff"),
        Index("ix_digests_waiting", "due_at"),
        Index("ix_digests_due", *unique_in_practice("due_at")),
    )

    staff_id: Mapped[UUID] = refers_to("staff")
    # By the clock of the practice's zone.
    at: Mapped[time]
    due_at: Mapped[datetime]
