"""A forgotten password: a link by mail, which works once, for an hour; a new one kills the old.

Asking is the same act for a known and an unknown address: a row. Who it is, if anybody, the worker finds out later.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Delete, ForeignKey, Index, LargeBinary, Select, bindparam, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from domain.refusal import Refusal
from models.base import Base, new_id
from models.message import Message
from models.practice import Practice
from models.prepared import Prepared

LIFETIME = timedelta(hours=1)


class ResetGone(Refusal):
    """The link was used, replaced by a newer one, or has lapsed."""


class PasswordReset(Base):
    __tablename__ = "password_resets"
    __table_args__ = (Index("ix_password_resets_waiting", "created_at", postgresql_where="mailed_at IS NULL"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email_identity: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", name="fk_password_resets_user"), index=True)
    link_hash: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    mailed_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]

    @classmethod
    def ask(cls, email_identity: str, *, now: datetime) -> "PasswordReset":
        return cls(id=new_id(), email_identity=email_identity, created_at=now, expires_at=now + LIFETIME)

    @classmethod
    def waiting(cls, now: datetime, besides: Collection[UUID] = ()) -> Select["PasswordReset"]:
        """The oldest that nobody has looked into yet and whose link would still work, unless somebody is at it."""
        asked = select(cls).where(cls.mailed_at.is_(None), cls.expires_at > now, cls.id.not_in(besides))
        return asked.order_by(cls.created_at, cls.id).limit(1).with_for_update(skip_locked=True)

    @classmethod
    def others_of(cls, user_id: UUID, besides: UUID) -> Delete:
        return delete(cls).where(cls.user_id == user_id, cls.id != besides)

    @classmethod
    def lapsed(cls, now: datetime) -> Delete:
        return delete(cls).where(cls.expires_at < now)

    def mail(self, user_id: UUID, link_hash: bytes, *, now: datetime) -> None:
        self.user_id, self.link_hash, self.mailed_at = user_id, link_hash, now

    @property
    def occasion(self) -> str:
        return f"password-reset:{self.id}"

    def message(self, email: str, practice: Practice, link_hash: bytes, *, now: datetime) -> Message:
        """The mail with the link; written twice for one reset, it is still one (`occasion`)."""
        return Message.write(
            "password_reset",
            to=email,
            now=now,
            practice=practice,
            facts={"expires_at": self.expires_at},
            occasion=self.occasion,
            link=("password", self.id, link_hash),
        )

    def use(self, *, now: datetime) -> UUID:
        """Works once, while it lives; gives whose password it is."""
        if self.used_at is not None or self.expires_at <= now or self.user_id is None:
            raise ResetGone("This link was used, replaced by a newer one, or has lapsed. Ask for a new one.")
        self.used_at = now
        return self.user_id


RESET_BY_LINK = Prepared(
    select(PasswordReset.id, PasswordReset.user_id).where(
        PasswordReset.link_hash == bindparam("link_hash"),
        PasswordReset.used_at.is_(None),
        PasswordReset.expires_at > bindparam("now"),
    )
)
