"""A person who signs in. Users belong to no practice: none reads or changes another's password or memberships."""

import threading
from datetime import datetime
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Update, bindparam, select, update
from sqlalchemy.orm import Mapped, mapped_column

from domain.email_address import identity
from domain.refusal import Refusal
from models.base import Base, new_id
from models.prepared import Prepared, columns_of

# OWASP Password Storage: argon2id, 19 MiB, two passes, one lane. A hash holds its memory for its whole run, so the
# number that run at once in a process is bounded.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_at_once = threading.BoundedSemaphore(4)


UNIQUE_EMAIL = "uq_users_email_identity"


class EmailTaken(Refusal):
    """Somebody has already registered with this e-mail address."""


class WrongPassword(Refusal):
    """E-mail address or password is wrong; which of them, nobody is told."""


class User(Base):
    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str]
    email_identity: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    created_at: Mapped[datetime]

    @classmethod
    def register(cls, *, name: str, email: str, password: str) -> "User":
        return cls(id=new_id(), email=email, email_identity=identity(email), name=name, password_hash=hash_password(password))

    @classmethod
    def set_password(cls, user_id: UUID, password_hash: str) -> Update:
        return update(cls).where(cls.id == user_id).values(password_hash=password_hash)


def hash_password(password: str) -> str:
    with _at_once:
        return _hasher.hash(password)


def check_password(password: str, password_hash: str | None) -> None:
    """Raises `WrongPassword` unless the password is the one; takes as long when there is no such user."""
    try:
        with _at_once:
            _hasher.verify(password_hash or _nobody, password)
    except (VerificationError, InvalidHashError):
        raise WrongPassword("E-mail address or password is wrong.") from None
    if password_hash is None:
        raise WrongPassword("E-mail address or password is wrong.")


_nobody = hash_password("nobody has this password, and its hash costs as much as any")
USER_BY_EMAIL = Prepared(select(*columns_of(User)).where(User.email_identity == bindparam("email_identity")))
USERS = Prepared(select(User.id).order_by(User.id))
# Held against whoever would change it, or by whoever does: who signs in at that moment waits, and looks again.
USER_HELD = Prepared(select(*columns_of(User)).where(User.id == bindparam("id")).with_for_update(read=True))
USER_TO_CHANGE = Prepared(select(User.id).where(User.id == bindparam("id")).with_for_update())
USER = Prepared(select(*columns_of(User)).where(User.id == bindparam("id")))
