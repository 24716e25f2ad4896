"""What was put off, put on hold or paused, and taken up again: the rows themselves hold only how they stand now."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from models.base import Base
from models.tenancy import TenantOwned, refers_to, unique_in_practice


class StateChange(TenantOwned, Base):
    """That a case, a check-in of it, or a reminder of it came to stand otherwise; it is never rewritten."""

    __tablename__ = "state_changes"
    __table_args__ = (Index("ix_state_changes_case", *unique_in_practice("case_id", "id")),)
    # It is a record itself.
    is_audited = False

    case_id: Mapped[UUID] = refers_to("cases")
    check_in_id: Mapped[UUID | None] = refers_to("check_ins")
    reminder_id: Mapped[UUID | None] = refers_to("reminders")
    # Nobody, where the worker saw that it was over.
    changed_by_id: Mapped[UUID | None] = refers_to("staff")
    from_state: Mapped[str]
    to_state: Mapped[str]
    # Of what was put off: until when.
    until: Mapped[datetime | None]
    reason: Mapped[str | None]
