"""A packet: the evidence of a case in one PDF and one ZIP, built by the worker as of one moment."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice

PURPOSES = ("team_meeting", "mediation", "state_complaint", "due_process")
STATES = ("waiting", "done", "failed", "cancelled", "discarded")


class Packet(TenantOwned, Base):
    __tablename__ = "packets"
    __table_args__ = (
        CheckConstraint("purpose in ('team_meeting', 'mediation', 'state_complaint', 'due_process')", name="purpose"),
        CheckConstraint("state in ('waiting', 'done', 'failed', 'cancelled', 'discarded')", name="state"),
        CheckConstraint("from_on is null or to_on is null or to_on >= from_on", name="span"),
        CheckConstraint("state <> 'done' or (pdf_sha256 is not null and zip_sha256 is not null)", name="done"),
        Index("ix_packets_case", *unique_in_practice("case_id")),
        Index("ix_packets_waiting", "due_at", postgresql_where="state = 'waiting'"),
        Index("ix_packets_due", *unique_in_practice("due_at"), postgresql_where="state = 'waiting'"),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    requested_by_id: Mapped[UUID] = refers_to("staff")
    purpose: Mapped[str]
    title: Mapped[str]
    language: Mapped[str]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    parts: Mapped[list[Any]]
    exhibits: Mapped[list[Any]]
    # With these it is a redacted edition.
    redactions: Mapped[dict[str, Any] | None]
    # What only the family can say of a state complaint (34 CFR 300.153(b)).
    complaint: Mapped[dict[str, Any] | None]
    # Of what 34 CFR 300.153(b) asks for, what is not there.
    missing: Mapped[list[Any] | None]
    state: Mapped[str]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    lease_owner: Mapped[UUID | None]
    lease_number: Mapped[int]
    # How far it has come: in which stage, and so many of so many there.
    stage: Mapped[str]
    stage_done: Mapped[int]
    stage_of: Mapped[int]
    # Everything in it is as of this moment.
    as_of: Mapped[datetime | None]
    built_at: Mapped[datetime | None]
    failure: Mapped[str | None]
    # What is in it: parts and exhibits with their pages and hashes.
    contents: Mapped[dict[str, Any] | None]
    pages: Mapped[int | None]
    pdf_bytes: Mapped[int | None]
    pdf_sha256: Mapped[bytes | None] = mapped_column(LargeBinary)
    zip_bytes: Mapped[int | None]
    zip_sha256: Mapped[bytes | None] = mapped_column(LargeBinary)


PACKETS = Listing.of(Packet, "case_id", "purpose", "state")
