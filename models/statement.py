"""A statement: what somebody was asked to write by a link, and what they signed, which stays as it is."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice
from models.withdrawn import Withdrawable

PARTIES = ("teacher", "therapist", "parent", "other")


class Statement(TenantOwned, Withdrawable, Base):
    """What was asked: of whom, by which link, until when."""

    __tablename__ = "statements"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("link_hash"), name="uq_statements_link_hash"),
        CheckConstraint("party in ('teacher', 'therapist', 'parent', 'other')", name="party"),
        Index("ix_statements_case", *unique_in_practice("case_id")),
        Index("ix_statements_concern", *unique_in_practice("concern_id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    concern_id: Mapped[UUID | None] = refers_to("concerns")
    provision_id: Mapped[UUID | None] = refers_to("provisions")
    asked_by_id: Mapped[UUID] = refers_to("staff")
    name: Mapped[str]
    email: Mapped[str]
    party: Mapped[str]
    language: Mapped[str]
    question: Mapped[str]
    about_from: Mapped[date | None]
    about_to: Mapped[date | None]
    # The latest mail that asked.
    communication_id: Mapped[UUID | None] = refers_to("communications")
    asked_at: Mapped[datetime]
    link_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = refers_to("staff")
    withdrawn_because: Mapped[str | None]


class StatementEntry(TenantOwned, Base):
    """What was signed, with its hash: the first is the statement, those that follow add to it."""

    __tablename__ = "statement_entries"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("statement_id", "number"), name="uq_statement_entries_number"),
        Index("ix_statement_entries_case", *unique_in_practice("case_id")),
    )

    statement_id: Mapped[UUID] = refers_to("statements")
    case_id: Mapped[UUID] = refers_to("cases")
    # 1 is the statement.
    number: Mapped[int]
    text: Mapped[str]
    signed_name: Mapped[str]
    # As they dated it.
    signed_on: Mapped[date]
    # The words of which this is the hash, all of them, with the hash of the entry before.
    canonical: Mapped[str]
    sha256: Mapped[bytes] = mapped_column(LargeBinary)


STATEMENTS = Listing.of(Statement, "case_id", "concern_id", "provision_id", "party")
