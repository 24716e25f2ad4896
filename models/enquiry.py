"""An enquiry: what somebody wrote through the contact form, until it is answered, dismissed, or becomes a client's file."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from models.base import Base
from models.tenancy import TenantOwned, refers_to, unique_in_practice

STATES = ("new", "answered", "dismissed", "converted", "spam")


class Enquiry(TenantOwned, Base):
    __tablename__ = "enquiries"
    __table_args__ = (
        CheckConstraint("state in ('new', 'answered', 'dismissed', 'converted', 'spam')", name="state"),
        CheckConstraint("language in ('en', 'es')", name="language"),
        Index("ix_enquiries_state", *unique_in_practice("state", "id")),
    )

    name: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    message: Mapped[str | None]
    language: Mapped[str]
    timezone: Mapped[str | None]
    source_url: Mapped[str | None]
    consent: Mapped[dict[str, Any] | None]
    state: Mapped[str]
    reason: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    client_id: Mapped[UUID | None] = refers_to("clients")
    student_id: Mapped[UUID | None] = refers_to("students")
    case_id: Mapped[UUID | None] = refers_to("cases")
    concern_id: Mapped[UUID | None] = refers_to("concerns")
    erased_at: Mapped[datetime | None]
