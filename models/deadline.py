"""A deadline of a case: what the rule gave, what somebody set in its place and why, and what became of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice


class Deadline(TenantOwned, Base):
    __tablename__ = "deadlines"
    __table_args__ = (
        CheckConstraint(
            "override_on is null or (override_reason is not null and overridden_by_id is not null)", name="override"
        ),
        UniqueConstraint(*unique_in_practice("proceeding_id", "rule", "event"), name="uq_deadlines_of_proceeding"),
        Index("ix_deadlines_case", *unique_in_practice("case_id", "due_on")),
        Index("ix_deadlines_due", *unique_in_practice("due_on", "id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    concern_id: Mapped[UUID | None] = refers_to("concerns")
    proceeding_id: Mapped[UUID | None] = refers_to("proceedings")
    document_id: Mapped[UUID | None] = refers_to("documents")
    assignee_id: Mapped[UUID] = refers_to("staff")
    rule: Mapped[str]
    event: Mapped[str]
    event_on: Mapped[date]
    # Of the country, as in `student.state`.
    state: Mapped[str | None]
    inputs: Mapped[dict[str, Any]]
    # All that the rule gave: date, arithmetic, source.
    answer: Mapped[dict[str, Any]]
    # What counts: the override where there is one.
    due_on: Mapped[date | None]
    act_by: Mapped[date | None]
    watch_on: Mapped[date | None]
    override_on: Mapped[date | None]
    override_reason: Mapped[str | None]
    overridden_by_id: Mapped[UUID | None] = refers_to("staff")
    overridden_at: Mapped[datetime | None]
    met_on: Mapped[date | None]
    waived_on: Mapped[date | None]
    note: Mapped[str | None]


DEADLINES = Listing.of(Deadline, "case_id", "concern_id", "proceeding_id", "rule")
