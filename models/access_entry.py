"""Who looked at a child's record, and to whom it was disclosed (34 CFR 300.614, 99.32): kept for good, rewritten by nobody."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.audit_entry import Actor
from models.base import Base
from models.tenancy import TenantOwned, refers_to, unique_in_practice

READ, EXPORTED = "read", "exported"
# What takes the record, or a part of it, out of the practice, and what becomes of that.
DISCLOSURES = (
    *("packet_made", "packet_downloaded", "packet_shared", "share_opened", "share_withdrawn", "packet_discarded"),
    EXPORTED,
)
KINDS = (READ, *DISCLOSURES)
# How a row of an answer names the child whom it is about: the first of these that it has.
NAMES = ("student_id", "case_id", "iep_version_id", "provision_id")
# Addresses and states, and no word of what was written.
_NOT_THE_RECORD = frozenset(("messages",))


class AccessEntry(TenantOwned, Base):
    __tablename__ = "access_entries"
    __table_args__ = (
        Index("ix_access_entries_student", *unique_in_practice("student_id", "sequence")),
        Index(
            "uq_access_entries_read",
            *unique_in_practice("student_id", "reader_id", "resource", "hour"),
            unique=True,
            postgresql_where="hour is not null",
        ),
    )
    # It is a record itself.
    is_audited = False

    sequence: Mapped[int] = mapped_column(BigInteger, server_default=text("nextval('access_entries_sequence')"))
    student_id: Mapped[UUID] = refers_to("students")
    kind: Mapped[str]
    # What was read, as its path calls it; which one, where it was one.
    resource: Mapped[str]
    row_id: Mapped[UUID | None]
    actor: Mapped[str]
    staff_id: Mapped[UUID | None] = refers_to("staff")
    sign_in_id: Mapped[UUID | None]
    api_key_id: Mapped[UUID | None] = refers_to("api_keys")
    packet_share_id: Mapped[UUID | None] = refers_to("packet_shares")
    disclosed_to: Mapped[str | None]
    purpose: Mapped[str | None]
    # Of what was read: by which sign-in or key, and in which hour; the same within it is read once.
    reader_id: Mapped[UUID | None]
    hour: Mapped[datetime | None]
    request_id: Mapped[str | None]

    @classmethod
    def disclosed(
        cls,
        kind: str,
        *,
        by: Actor,
        student_id: UUID,
        resource: str,
        row_id: UUID | None,
        to: str | None = None,
        purpose: str | None = None,
        packet_share_id: UUID | None = None,
    ) -> "AccessEntry":
        """What left the practice, or was made to: to be added in the transaction of the effect, of one that reads too.

        `kind` is one of DISCLOSURES; `to` says in words who has it, `purpose` why.
        """
        assert kind in DISCLOSURES, kind
        return cls(
            kind=kind,
            student_id=student_id,
            resource=resource,
            row_id=row_id,
            actor=by.kind,
            staff_id=by.staff_id,
            sign_in_id=by.sign_in_id,
            api_key_id=by.api_key_id,
            request_id=by.request_id,
            packet_share_id=packet_share_id,
            disclosed_to=to,
            purpose=purpose,
        )
