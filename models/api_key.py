"""API keys: publishable ones for the practice's website, secret ones for a server; kept as a hash, shown once.

A key carries its practice, as the tokens of links do, so that it is looked up inside that practice. It works as long as
it is not revoked and whoever made it is an owner here.
"""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint, Update, bindparam, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.listing import Listing
from models.practice import Practice
from models.prepared import Prepared
from models.staff import Staff
from models.tenancy import TenantOwned, practice_of, refers_to, unique_in_practice

KINDS = ("publishable", "secret")
# What a secret key may read, and what it may write, each by itself. Settings, staff and keys are changed by people;
# checks change nothing.
SCOPED = (
    *("staff", "practice", "consultation-types", "availability", "time-off", "slots", "bookings", "enquiries"),
    *("conflict-checks", "clients", "students", "cases", "team-members", "iep-versions", "iep-copies", "provisions"),
    *("concerns", "communications", "inbound-mails", "reminders", "check-ins", "messages", "booking-links", "documents"),
    *("wording-checks", "agenda", "deadline-checks", "deadline-rules", "observations", "playbook", "school-calendars"),
    *("deadlines", "proceedings", "letters", "letter-templates", "statements"),
    *("service-sessions", "service-log-imports", "compensatory-claims", "packets", "packet-shares", "access-log"),
)
READ_ALONE = (
    *("staff", "practice", "consultation-types", "availability", "time-off", "slots", "wording-checks"),
    *("deadline-checks", "deadline-rules", "playbook", "agenda", "letter-templates", "access-log"),
)
SCOPES = tuple(
    f"{resource}:{act}" for resource in SCOPED for act in ("read", "write") if act == "read" or resource not in READ_ALONE
)
PREFIXES = {"publishable": "ft_pk_", "secret": "ft_sk_"}
SECRET_BYTES = 24
SHOWN = 12
# "Last used" is good to the minute: a write for each request would make the key's row the slowest of the practice.
USE_IS_KEPT_EVERY = timedelta(minutes=1)


class ApiKey(TenantOwned, Base):
    __tablename__ = "api_keys"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("key_hash"), name="uq_api_keys_key"),
        CheckConstraint("kind in ('publishable', 'secret')", name="kind"),
    )

    kind: Mapped[str]
    name: Mapped[str]
    scopes: Mapped[list[Any]]
    prefix: Mapped[str]
    key_hash: Mapped[bytes] = mapped_column(LargeBinary)
    made_by_id: Mapped[UUID] = refers_to("staff")
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    @classmethod
    def make(cls, practice_id: UUID, *, kind: str, name: str, by: UUID, scopes: Sequence[str] = ()) -> "tuple[ApiKey, str]":
        """A new key, and what is shown of it once: `ft_sk_` and base64url of 24 random bytes and the practice's id."""
        drawn = base64.urlsafe_b64encode(secrets.token_bytes(SECRET_BYTES) + practice_id.bytes).rstrip(b"=").decode()
        key = PREFIXES[kind] + drawn
        row = cls(kind=kind, name=name, scopes=list(scopes), prefix=key[:SHOWN], key_hash=hash_of(key), made_by_id=by)
        row.last_used_at = row.revoked_at = None
        return row, key

    def revoke(self, *, now: datetime) -> None:
        """Works at once, and for good."""
        if self.revoked_at is None:
            self.revoked_at = now

    @classmethod
    def revoke_all_of(cls, staff_id: UUID, *, now: datetime) -> Update:
        """Who leaves knows the keys that they made."""
        live = update(cls).where(cls.made_by_id == staff_id, cls.revoked_at.is_(None))
        return live.values(revoked_at=now, version=cls.version + 1)


class KeyRow(NamedTuple):
    """A key that works, as of this moment, and what hangs on it."""

    id: UUID
    kind: str
    scopes: Sequence[str]
    made_by_id: UUID
    last_used_at: datetime | None
    name: str
    allowed_origins: Sequence[str]


def is_key(token: str) -> bool:
    return token.startswith("ft_")


def practice_of_key(key: str) -> UUID | None:
    """The practice that a key names, if it has the form of one; whether it is genuine, its hash tells."""
    if not key.startswith(tuple(PREFIXES.values())):
        return None
    drawn = key[len(PREFIXES["secret"]) :]
    try:
        raw = base64.urlsafe_b64decode(drawn + "=" * (-len(drawn) % 4)) if drawn.isascii() else b""
    except ValueError:
        return None
    return UUID(bytes=raw[SECRET_BYTES:]) if len(raw) == SECRET_BYTES + 16 else None


def hash_of(key: str) -> bytes:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).digest()


API_KEYS = Listing.of(ApiKey, "kind")
# Read with every request that carries a key, so that a revocation holds at once.
API_KEY_BY_HASH = Prepared(
    select(ApiKey.id, ApiKey.kind, ApiKey.scopes, ApiKey.made_by_id, ApiKey.last_used_at, Staff.name, Practice.allowed_origins)
    .join(Staff, Staff.id == ApiKey.made_by_id)
    .join(Practice, Practice.id == practice_of(ApiKey))
    .where(ApiKey.key_hash == bindparam("key_hash"), ApiKey.revoked_at.is_(None))
    .where(Staff.ended_at.is_(None), Staff.role == "owner")
)
# Of all who come with a key at once, one writes it down.
KEY_USED = Prepared(
    update(ApiKey)
    .where(ApiKey.id == bindparam("id"), or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at < bindparam("before")))
    .values(last_used_at=bindparam("now"))
    .returning(ApiKey.id)
)
