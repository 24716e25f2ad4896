"""Who looked at a child's record, and to whom it was disclosed (34 CFR 300.614, 99.32): kept for good, rewritten by nobody."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.tenancy import TenantOwned, refers_to, unique_in_practice


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
