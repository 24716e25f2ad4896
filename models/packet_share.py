"""A link to a packet, for one person: it expires, opens with a code that is told apart from it, and can be withdrawn."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice


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
    failures: Mapped[int]
    expires_at: Mapped[datetime]
    first_opened_at: Mapped[datetime | None]
    last_opened_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = refers_to("staff")


PACKET_SHARES = Listing.of(PacketShare, "packet_id", "case_id")
