"""A link to a packet, for one person: it expires, opens with a code that is told apart from it, and can be withdrawn."""

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Index, LargeBinary, Select, UniqueConstraint, bindparam, case, func, literal_column, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models.access_entry import AccessEntry
from models.base import Base
from models.case import Case
from models.listing import Listing
from models.packet import Packet
from models.prepared import Prepared, columns_of
from models.tenancy import TenantOwned, refers_to, unique_in_practice
from models.user import hash_password

# Letters and digits that nobody takes for one another, on the phone or on paper.
ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
CODE_LENGTH = 8
MOST_FAILURES = 5
STATES = ("active", "expired", "withdrawn", "locked", "discarded")


class PacketShare(TenantOwned, Base):
    __tablename__ = "packet_shares"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("link_hash"), name="uq_packet_shares_link_hash"),
        Index("ix_packet_shares_packet", *unique_in_practice("packet_id")),
    )

    packet_id: Mapped[UUID] = refers_to("packets")
    case_id: Mapped[UUID] = refers_to("cases")
    shared_by_id: Mapped[UUID] = refers_to("staff")
    name: Mapped[str]
    email: Mapped[str]
    organization: Mapped[str | None]
    purpose: Mapped[str | None]
    link_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    code_hash: Mapped[str]
    # Codes that were tried and were none; one that is being tried counts until it turns out right.
    failures: Mapped[int]
    expires_at: Mapped[datetime]
    first_opened_at: Mapped[datetime | None]
    last_opened_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = refers_to("staff")

    @classmethod
    def of(cls, packet: Packet, *, by: UUID, code: str, days: int, now: datetime, **said: Any) -> "PacketShare":
        """A share of a packet that is there; of its code a hash is kept, as of a password."""
        packet.must_be_there()
        return cls(
            packet_id=packet.id,
            case_id=packet.case_id,
            shared_by_id=by,
            code_hash=hash_password(plain(code)),
            failures=0,
            expires_at=now + timedelta(days=days),
            **{"organization": None, "purpose": None, **said},
            **dict.fromkeys(("link_hash", "first_opened_at", "last_opened_at", "withdrawn_at", "withdrawn_by_id")),
        )

    @property
    def occasion(self) -> str:
        """Of the mail with its link, which knows in which language they were written to."""
        return f"packet-share:{self.id}"

    @property
    def whom(self) -> str:
        """Who has it, as the record of disclosures says."""
        return f"{self.name}, {self.organization} ({self.email})" if self.organization else f"{self.name} ({self.email})"

    def opened(self, *, now: datetime) -> None:
        """With the right code, which is no failure."""
        self.failures = max(self.failures - 1, 0)
        self.first_opened_at, self.last_opened_at = self.first_opened_at or now, now

    def withdraw(self, *, by: UUID, now: datetime) -> bool:
        """From now on its link is dead; whether it was alive before."""
        if self.withdrawn_at is not None:
            return False
        self.withdrawn_at, self.withdrawn_by_id = now, by
        return True


def new_code() -> str:
    """Eight letters and digits (37 bits, five tries), in two groups that one can say."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return f"{drawn[:4]}-{drawn[4:]}"


def plain(code: str) -> str:
    """A code as it is compared: in whatever case, with whatever between its letters."""
    return "".join(code.split()).replace("-", "").upper()


_packet_is_there = PacketShare.packet_id.in_(select(Packet.id).where(Packet.state == literal_column("'done'")))
_state = case(
    (PacketShare.withdrawn_at.is_not(None), literal_column("'withdrawn'")),
    (~_packet_is_there, literal_column("'discarded'")),
    (PacketShare.failures >= MOST_FAILURES, literal_column("'locked'")),
    (PacketShare.expires_at <= bindparam("now"), literal_column("'expired'")),
    else_=literal_column("'active'"),
)
_child = select(Case.student_id).where(Case.id == PacketShare.case_id).correlate(PacketShare).scalar_subquery()
_opens = (
    select(func.count())
    .select_from(AccessEntry)
    .where(AccessEntry.student_id == _child, AccessEntry.packet_share_id == PacketShare.id)
    .where(AccessEntry.kind == literal_column("'share_opened'"))
    .correlate(PacketShare)
    .scalar_subquery()
)
_read: Select[Any] = select(*columns_of(PacketShare), _state.label("state"), _opens.label("opens"))
PACKET_SHARES = Listing(
    _read,
    (PacketShare.id,),
    {
        "packet_id": PacketShare.packet_id == bindparam("packet_id"),
        "case_id": PacketShare.case_id == bindparam("case_id"),
        "state": _state == bindparam("state"),
    },
    newest_first=True,
)
PACKET_SHARE = Prepared(_read.where(PacketShare.id == bindparam("id")))
_is_alive = (
    PacketShare.link_hash == bindparam("link_hash"),
    PacketShare.withdrawn_at.is_(None),
    PacketShare.failures < MOST_FAILURES,
    PacketShare.expires_at > bindparam("now"),
    _packet_is_there,
)
# A link is dead when it has expired, was withdrawn or is locked, and when its packet was discarded; nobody is told which.
SHARE_BY_LINK = Prepared(select(PacketShare.id).where(*_is_alive))
# Of many who try at once, no more than may.
TRY = Prepared(
    update(PacketShare)
    .where(*_is_alive)
    .values(failures=PacketShare.failures + 1, version=PacketShare.version + 1)
    .returning(PacketShare.id, PacketShare.code_hash)
)
