"""One-time codes (RFC 6238) as a second factor: enrolled, confirmed by a first code, and recovery codes for a lost phone."""

import secrets
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from uuid import UUID

import pyotp
from sqlalchemy import Delete, ForeignKey, LargeBinary, UniqueConstraint, Update, bindparam, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from domain.refusal import Refusal
from models.base import Base, new_id
from models.prepared import Prepared, columns_of

# A phone's clock may be a step of 30 seconds off.
STEPS_AROUND = (-1, 0, 1)
RECOVERY_CODES = 10
Show = Callable[[bytes], bytes | None]


class CodeWrong(Refusal):
    """This code is not the present one, or was used before."""


class CodeNeeded(Refusal):
    """The password is right, and a one-time code is asked for too."""


class AlreadyEnrolled(Refusal):
    """One-time codes are on already; they are turned off before they are set up anew."""


class NotEnrolled(Refusal):
    """One-time codes are not set up."""


class OneTimeCode(Base):
    """`secret` is encrypted; `last_step` is the last time step whose code was taken: none is taken twice."""

    __tablename__ = "one_time_codes"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", name="fk_one_time_codes_user"), primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int]

    @classmethod
    def enroll(cls, user_id: UUID, hidden_secret: bytes) -> "OneTimeCode":
        return cls(user_id=user_id, secret=hidden_secret, last_step=0)

    @classmethod
    def of(cls, user_id: UUID) -> Delete:
        return delete(cls).where(cls.user_id == user_id)

    @classmethod
    def take(cls, user_id: UUID, step: int) -> Update:
        """Of all who come with one code, one changes a row."""
        return update(cls).where(cls.user_id == user_id, cls.last_step < step).values(last_step=step)

    @classmethod
    def rehide(cls, user_id: UUID, hidden_secret: bytes) -> Update:
        """The same secret, hidden under another key."""
        return update(cls).where(cls.user_id == user_id).values(secret=hidden_secret)

    @classmethod
    def confirm(cls, user_id: UUID, step: int, *, now: datetime) -> Update:
        """Turns it on, by a first code, which is used by that."""
        waiting = update(cls).where(cls.user_id == user_id, cls.confirmed_at.is_(None))
        return waiting.values(confirmed_at=now, last_step=step)


class RecoveryCode(Base):
    """A code for who has lost the phone; it works once, and is kept as a hash."""

    __tablename__ = "recovery_codes"
    __table_args__ = (UniqueConstraint("user_id", "code_hash", name="uq_recovery_codes_code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", name="fk_recovery_codes_user"))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    @classmethod
    def issue(cls, user_id: UUID, code: str) -> "RecoveryCode":
        return cls(id=new_id(), user_id=user_id, code_hash=recovery_hash(code))

    @classmethod
    def of(cls, user_id: UUID) -> Delete:
        return delete(cls).where(cls.user_id == user_id)

    @classmethod
    def use(cls, user_id: UUID, code: str, *, now: datetime) -> Update:
        unused = update(cls).where(cls.user_id == user_id, cls.code_hash == recovery_hash(code), cls.used_at.is_(None))
        return unused.values(used_at=now)


def new_secret() -> str:
    return pyotp.random_base32()


def enrolment_uri(secret: str, email: str) -> str:
    """What an authenticator app reads from a QR code (otpauth://totp/...)."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Followthrough")


def step_of(code: str, secret: str, *, now: datetime) -> int | None:
    """The time step whose code this is, around now; None if it is of none."""
    totp = pyotp.TOTP(secret)
    steps = [totp.timecode(now) + around for around in STEPS_AROUND]
    return next((step for step in steps if compare_digest(totp.generate_otp(step).encode(), code.encode())), None)


def new_recovery_codes() -> list[str]:
    """Ten codes of 120 bits, in groups that one can type: abcd-efgh-ijkm-nopq-rstu-vwxy. Of less than 112, a plain hash
    would not do (OWASP ASVS 5, 6.5.2)."""
    alphabet = "abcdefghijkmnopqrstuvwxyz2345679"
    drawn = ["".join(secrets.choice(alphabet) for _ in range(24)) for _ in range(RECOVERY_CODES)]
    return ["-".join(code[at : at + 4] for at in range(0, 24, 4)) for code in drawn]


def recovery_hash(code: str) -> bytes:
    return sha256("".join(code.split()).replace("-", "").lower().encode()).digest()


ONE_TIME_CODE = Prepared(select(*columns_of(OneTimeCode)).where(OneTimeCode.user_id == bindparam("user")))
