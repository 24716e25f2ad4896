"""A link to book what is not shown to everybody: a private type, a certain host, once or until it is revoked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.tenancy import TenantOwned, refers_to, unique_in_practice


class BookingLink(TenantOwned, Base):
    __tablename__ = "booking_links"
    __table_args__ = (UniqueConstraint(*unique_in_practice("link_hash"), name="uq_booking_links_link_hash"),)

    consultation_type_id: Mapped[UUID] = refers_to("consultation_types")
    host_id: Mapped[UUID | None] = refers_to("staff")
    single_use: Mapped[bool]
    expires_at: Mapped[datetime | None]
    note: Mapped[str | None]
    link_hash: Mapped[bytes] = mapped_column(LargeBinary)
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
