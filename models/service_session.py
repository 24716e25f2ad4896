"""A service session: an entry of the service log, which says that a service was given or was not (DOMAIN section 7)."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, bindparam, select
from sqlalchemy.orm import Mapped, aliased, column_property, mapped_column

from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice
from models.withdrawn import Withdrawable

OUTCOMES = ("delivered", "partial", "made_up", "missed", "student_absent", "school_closed")
MISSED_BY = ("provider", "school", "unknown")
# Who says so.
SOURCES = ("school", "provider", "parent", "child", "practice")


class ServiceSession(TenantOwned, Withdrawable, Base):
    __tablename__ = "service_sessions"
    __table_args__ = (
        CheckConstraint("minutes between 1 and 1440", name="minutes"),
        CheckConstraint(
            "outcome in ('delivered', 'partial', 'made_up', 'missed', 'student_absent', 'school_closed')", name="outcome"
        ),
        CheckConstraint("missed_by is null or outcome = 'missed'", name="missed_by"),
        CheckConstraint("makes_up_for_id is null or outcome = 'made_up'", name="makes_up"),
        CheckConstraint("source in ('school', 'provider', 'parent', 'child', 'practice')", name="source"),
        Index("ix_service_sessions_provision", *unique_in_practice("provision_id", "held_on")),
        Index("ix_service_sessions_student", *unique_in_practice("student_id", "held_on")),
        Index("ix_service_sessions_import", *unique_in_practice("import_id")),
        Index("ix_service_sessions_corrects", *unique_in_practice("corrects_id")),
        Index("ix_service_sessions_makes_up_for", *unique_in_practice("makes_up_for_id")),
        Index(
            "uq_service_sessions_fingerprint",
            *unique_in_practice("student_id", "fingerprint"),
            unique=True,
            postgresql_where="fingerprint is not null and withdrawn_at is null",
        ),
    )

    provision_id: Mapped[UUID] = refers_to("provisions")
    student_id: Mapped[UUID] = refers_to("students")
    held_on: Mapped[date]
    # Wall time, HH:MM, where the log says it.
    starts_at: Mapped[str | None]
    # Given; of what was not given, those that had been planned.
    minutes: Mapped[int]
    outcome: Mapped[str]
    missed_by: Mapped[str | None]
    makes_up_for_id: Mapped[UUID | None] = refers_to("service_sessions")
    reason: Mapped[str | None]
    provider: Mapped[str | None]
    group_size: Mapped[int | None]
    source: Mapped[str]
    document_id: Mapped[UUID | None] = refers_to("documents")
    import_id: Mapped[UUID | None] = refers_to("service_log_imports")
    row_number: Mapped[int | None]
    # Of a row of a log: the same row comes in once.
    fingerprint: Mapped[bytes | None] = mapped_column(LargeBinary)
    corrects_id: Mapped[UUID | None] = refers_to("service_sessions")
    recorded_by_id: Mapped[UUID] = refers_to("staff")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = refers_to("staff")
    withdrawn_because: Mapped[str | None]
    if TYPE_CHECKING:
        corrected_by_id: Any


_correction = aliased(ServiceSession)
ServiceSession.corrected_by_id = column_property(
    select(_correction.id)
    .where(_correction.corrects_id == ServiceSession.id, _correction.withdrawn_at.is_(None))
    .limit(1)
    .correlate(ServiceSession.__table__)
    .scalar_subquery()
)

SERVICE_SESSIONS = Listing.of(
    ServiceSession,
    *("provision_id", "student_id", "outcome", "source", "import_id"),
    held_from=ServiceSession.held_on >= bindparam("held_from"),
    held_to=ServiceSession.held_on <= bindparam("held_to"),
)
