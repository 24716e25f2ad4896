"""A member's calendar elsewhere: an address that the worker reads now and then, and when its owner is busy by it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.tenancy import TenantOwned, refers_to, unique_in_practice


class ExternalCalendar(TenantOwned, Base):
    __tablename__ = "external_calendars"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'ok', 'failing')", name="state"),
        Index("ix_external_calendars_waiting", "next_poll_at"),
        Index("ix_external_calendars_next_poll_at", *unique_in_practice("next_poll_at")),
    )

    staff_id: Mapped[UUID] = refers_to("staff")
    name: Mapped[str]
    sealed_url: Mapped[bytes] = mapped_column(LargeBinary)
    url_hint: Mapped[str]
    state: Mapped[str]
    next_poll_at: Mapped[datetime]
    lease_owner: Mapped[UUID | None]
    lease_number: Mapped[int]
    failures: Mapped[int]
    last_polled_at: Mapped[datetime | None]
    last_ok_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]


class ExternalBusy(TenantOwned, Base):
    __tablename__ = "external_busy"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="span"),
        Index("ix_external_busy_calendar", *unique_in_practice("external_calendar_id")),
        Index("ix_external_busy_ends_at", *unique_in_practice("ends_at")),
    )
    # What a calendar elsewhere says, replaced at each look.
    is_audited = False

    external_calendar_id: Mapped[UUID] = refers_to("external_calendars")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
