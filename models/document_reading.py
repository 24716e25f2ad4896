"""What was read in a document: a proposal for people, made by the worker and never a provision by itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from models.base import Base
from models.tenancy import TenantOwned, refers_to, unique_in_practice

STATES = ("waiting", "done")


class DocumentReading(TenantOwned, Base):
    __tablename__ = "document_readings"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("document_id"), name="uq_document_readings_document"),
        CheckConstraint("state in ('waiting', 'done')", name="state"),
        CheckConstraint("state = 'waiting' or reading is not null", name="done"),
        Index("ix_document_readings_waiting", "due_at", postgresql_where="state = 'waiting'"),
        Index("ix_document_readings_due", *unique_in_practice("due_at"), postgresql_where="state = 'waiting'"),
    )
    # What a machine made of a file; what people accepted of it is on record with their version.
    is_audited = False

    document_id: Mapped[UUID] = refers_to("documents")
    state: Mapped[str]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    lease_owner: Mapped[UUID | None]
    lease_number: Mapped[int]
    read_at: Mapped[datetime | None]
    reading: Mapped[dict[str, Any] | None]
