"""A sign-in: one person on one device in one practice, kept alive by refresh tokens that each work once."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, Update, update
from sqlalchemy.orm import Mapped, mapped_column

from domain.refusal import Refusal
from models.base import Base, new_id

REFRESH_LIFETIME = timedelta(days=30)
# Two tabs of one browser refresh at the same moment: the loser is told to try again, it is no theft.
RACE_GRACE = timedelta(seconds=10)


class TokenRevoked(Refusal):
    """The sign-in behind this token has ended."""


class SignIn(Base):
    __tablename__ = "sign_ins"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", name="fk_sign_ins_user"), index=True)
    practice_id: Mapped[UUID] = mapped_column(ForeignKey("practices.id", name="fk_sign_ins_practice"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str | None]

    @classmethod
    def start(cls, *, user_id: UUID, practice_id: UUID) -> "SignIn":
        return cls(id=new_id(), user_id=user_id, practice_id=practice_id)

    def end(self, because: str, *, now: datetime) -> None:
        if self.ended_at is None:
            self.ended_at, self.ended_because = now, because


class RefreshToken(Base):
    __tablename__ = "refresh_tokens"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sign_in_id: Mapped[UUID] = mapped_column(ForeignKey("sign_ins.id", name="fk_refresh_tokens_sign_in"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    @classmethod
    def issue(cls, *, sign_in_id: UUID, now: datetime) -> "RefreshToken":
        return cls(id=new_id(), sign_in_id=sign_in_id, expires_at=now + REFRESH_LIFETIME)

    @classmethod
    def use(cls, token_id: UUID, *, now: datetime) -> Update:
        """Of all who come with one token, one changes a row."""
        return update(cls).where(cls.id == token_id, cls.used_at.is_(None), cls.expires_at > now).values(used_at=now)
