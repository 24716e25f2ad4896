"""An answer kept for 24 hours, so that a request that is sent again under its key is answered, not done, again."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Delete, Index, LargeBinary, UniqueConstraint, bindparam, delete, func, select, true
from sqlalchemy.orm import Mapped, mapped_column

from domain.refusal import Refusal
from models.base import Base
from models.prepared import Prepared
from models.tenancy import TenantOwned, practice_of, unique_in_practice

KEPT = timedelta(hours=24)


class IdempotencyInProgress(Refusal):
    """The first request with this key is still being answered."""


class IdempotencyMismatch(Refusal):
    """This key was used for another request."""


class IdempotencyKey(TenantOwned, Base):
    """`request_hash` names caller, method, path and key; `answer` is encrypted, since it may hold a link."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("request_hash"), name="uq_idempotency_keys_request"),
        Index("ix_idempotency_keys_created_at", "created_at"),
    )
    is_audited = False

    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    body_hash: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int]
    headers: Mapped[dict[str, Any]]
    answer: Mapped[bytes] = mapped_column(LargeBinary)

    @classmethod
    def forget(cls, row_id: UUID) -> Delete:
        return delete(cls).where(cls.id == row_id)

    @classmethod
    def lapsed(cls, now: datetime) -> Delete:
        return delete(cls).where(cls.created_at < now - KEPT)


# One row always: whether the key is ours for this transaction, and beside it the answer that was kept, if any.
_kept = select(IdempotencyKey).where(IdempotencyKey.request_hash == bindparam("request_hash")).subquery()
_lock = select(func.pg_try_advisory_xact_lock(bindparam("number", type_=BigInteger())).label("mine")).subquery()
KEPT_ANSWER = Prepared(
    select(
        *(_lock.c.mine, _kept.c.id, _kept.c.created_at),
        *(_kept.c.body_hash, _kept.c.status, _kept.c.headers, _kept.c.answer),
    ).select_from(_lock.outerjoin(_kept, true()))
)
PRACTICES_WITH_LAPSED_KEYS = Prepared(
    select(practice_of(IdempotencyKey).label("practice"))
    .where(IdempotencyKey.created_at < bindparam("now") - KEPT)
    .distinct()
    .limit(bindparam("most")),
    across_practices=True,
)
