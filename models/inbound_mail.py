"""A mail that came in to the address of a case: kept as it came, matched to its thread or waiting for staff."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice

STATES = ("recorded", "waiting", "discarded")


class InboundMail(TenantOwned, Base):
    __tablename__ = "inbound_mails"
    __table_args__ = (
        CheckConstraint("state in ('recorded', 'waiting', 'discarded')", name="state"),
        CheckConstraint("state <> 'recorded' or communication_id is not null", name="recorded"),
        UniqueConstraint(*unique_in_practice("case_id", "sha256"), name="uq_inbound_mails_content"),
        Index("ix_inbound_mails_mail_id", *unique_in_practice("mail_id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    communication_id: Mapped[UUID | None] = refers_to("communications")
    state: Mapped[str]
    # Why it waits.
    because: Mapped[str | None]
    # Its Message-ID, and those that it answers (RFC 5322 section 3.6.4).
    mail_id: Mapped[str | None]
    answers_mail_ids: Mapped[list[Any]]
    from_address: Mapped[str]
    from_name: Mapped[str | None]
    subject: Mapped[str | None]
    text: Mapped[str]
    sent_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    size_bytes: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    settled_by_id: Mapped[UUID | None] = refers_to("staff")
    reason: Mapped[str | None]


INBOUND_MAILS = Listing.of(InboundMail, "case_id", "state")
