"""Who did what: an entry for every change of a practice's row, kept for good and rewritten by nobody.

An entry names the fields that changed and holds no value of any: what a child's record said before is not kept twice.
`models.transaction` writes the entries, together with the change, so that neither can be without the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, bindparam, select, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, new_id
from models.listing import Listing
from models.prepared import columns_of
from models.tenancy import TenantOwned, refers_to, unique_in_practice

ACTORS = ("staff", "api_key", "visitor", "link", "founder", "worker", "operator", "mail")
ACTIONS = ("create", "update", "delete", "reuse")
# Bookkeeping that changes with every change.
_UNTOLD = frozenset(("id", "version", "created_at", "updated_at", *unique_in_practice()))


@dataclass(frozen=True)
class Actor:
    """Who changes something: a kind, and the ids that tell which one; `request_id` finds it in the log."""

    kind: str
    staff_id: UUID | None = None
    sign_in_id: UUID | None = None
    api_key_id: UUID | None = None
    request_id: str | None = None


class AuditEntry(TenantOwned, Base):
    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_sequence", *unique_in_practice("sequence")),
        Index("ix_audit_entries_row", *unique_in_practice("row_id", "sequence")),
    )
    is_audited = False

    sequence: Mapped[int] = mapped_column(BigInteger, server_default=text("nextval('audit_entries_sequence')"))
    actor: Mapped[str]
    staff_id: Mapped[UUID | None] = refers_to("staff")
    sign_in_id: Mapped[UUID | None]
    api_key_id: Mapped[UUID | None] = refers_to("api_keys")
    request_id: Mapped[str | None]
    action: Mapped[str]
    resource: Mapped[str]
    row_id: Mapped[UUID]
    fields: Mapped[list[Any]]

    @classmethod
    def of(cls, by: Actor, action: str, resource: str, row_id: UUID, fields: Iterable[str]) -> dict[str, Any]:
        """The values of a new entry. There may be a hundred in a transaction, and nobody changes them: no entity is made."""
        return {
            "id": new_id(),
            "version": 1,
            "actor": by.kind,
            "staff_id": by.staff_id,
            "sign_in_id": by.sign_in_id,
            "api_key_id": by.api_key_id,
            "request_id": by.request_id,
            "action": action,
            "resource": resource,
            "row_id": row_id,
            "fields": sorted(name for name in fields if name not in _UNTOLD),
        }


_EQUAL = ("actor", "staff_id", "api_key_id", "resource", "row_id")
AUDIT_ENTRIES = Listing(
    select(*columns_of(AuditEntry)),
    (AuditEntry.sequence, AuditEntry.id),
    {
        **{name: getattr(AuditEntry, name) == bindparam(name) for name in _EQUAL},
        "since": AuditEntry.created_at >= bindparam("since"),
        "before": AuditEntry.created_at < bindparam("before"),
    },
    newest_first=True,
)
