"""A sign-in: one person on one device in one practice, kept alive by refresh tokens that each work once."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Delete, ForeignKey, Update, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from domain.refusal import Refusal
from models.base import Base, new_id
from models.practice import Practice
from models.prepared import Prepared

REFRESH_LIFETIME = timedelta(days=30)
# However often it was refreshed, the password is asked for again after so long (OWASP ASVS 5, 7.3.2).
SIGN_IN_LIFETIME = timedelta(days=90)
# Two tabs of one browser refresh at the same moment: the loser is told to try again, it is no theft.
RACE_GRACE = timedelta(seconds=10)


class TokenRevoked(Refusal):
    """The sign-in behind this token has ended."""


class SignIn(Base):
    __tablename__ = "sign_ins"
    is_audited = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", name="fk_sign_ins_user"), index=True)
    practice_id: Mapped[UUID] = mapped_column(ForeignKey("practices.id", name="fk_sign_ins_practice"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_because: Mapped[str | None]
    # The one that it came of, by going on in another practice; none where a password was asked for.
    family_id: Mapped[UUID | None]

    @classmethod
    def start(
        cls, *, user_id: UUID, practice_id: UUID, since: datetime | None = None, family_id: UUID | None = None
    ) -> "SignIn":
        """A new one; where no password was asked for, it counts `since` when one was, and is of that one's family."""
        return cls(id=new_id(), user_id=user_id, practice_id=practice_id, created_at=since, family_id=family_id)

    def end(self, because: str, *, now: datetime) -> None:
        if self.ended_at is None:
            self.ended_at, self.ended_because = now, because

    @classmethod
    def end_all(
        cls, user_id: UUID, because: str, *, now: datetime, besides: UUID | None = None, practice_id: UUID | None = None
    ) -> Update:
        """Every sign-in of a person, but the one that does this; or those in one practice."""
        ended = update(cls).where(cls.user_id == user_id, cls.ended_at.is_(None))
        if besides is not None:
            ended = ended.where(cls.id != besides)
        if practice_id is not None:
            ended = ended.where(cls.practice_id == practice_id)
        return ended.values(ended_at=now, ended_because=because)

    @classmethod
    def end_one(cls, user_id: UUID, sign_in_id: UUID, *, now: datetime) -> Update:
        return cls.end_all(user_id, "ended by the person", now=now).where(cls.id == sign_in_id)

    @classmethod
    def end_family(cls, user_id: UUID, family_id: UUID, *, now: datetime) -> Update:
        """A sign-in and all that came of it."""
        return cls.end_all(user_id, "refresh token reused", now=now).where(or_(cls.id == family_id, cls.family_id == family_id))

    def is_over(self, now: datetime) -> bool:
        return self.ended_at is not None or self.created_at + SIGN_IN_LIFETIME <= now


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
    def lapsed(cls, now: datetime) -> Delete:
        return delete(cls).where(cls.expires_at < now)

    @classmethod
    def use(cls, token_id: UUID, *, now: datetime) -> Update:
        """Of all who come with one token, one changes a row."""
        return update(cls).where(cls.id == token_id, cls.used_at.is_(None), cls.expires_at > now).values(used_at=now)


OWN_SIGN_IN = Prepared(
    select(SignIn.id, SignIn.created_at, SignIn.family_id).where(
        SignIn.id == bindparam("id"), SignIn.user_id == bindparam("user"), SignIn.ended_at.is_(None)
    )
)
# What keeps somebody signed in: not ended, and refreshed within the lifetime of a refresh token.
OWN_SIGN_INS = Prepared(
    select(SignIn.id, SignIn.created_at, func.max(RefreshToken.created_at).label("refreshed_at"), Practice.name, Practice.slug)
    .join(RefreshToken, RefreshToken.sign_in_id == SignIn.id)
    .join(Practice, Practice.id == SignIn.practice_id)
    .where(SignIn.user_id == bindparam("user"), SignIn.ended_at.is_(None), RefreshToken.expires_at > bindparam("now"))
    .where(SignIn.created_at > bindparam("now") - SIGN_IN_LIFETIME)
    .group_by(SignIn.id, Practice.name, Practice.slug)
    .order_by(SignIn.id.desc())
)
