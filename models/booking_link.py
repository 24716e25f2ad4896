"""A link to book what is not shown to everybody: a private type, a certain host, once or until it is revoked."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, UniqueConstraint, bindparam, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.listing import Listing
from models.prepared import Prepared
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

    @classmethod
    def make(
        cls,
        *,
        consultation_type_id: UUID,
        host_id: UUID | None = None,
        single_use: bool = True,
        expires_at: datetime | None = None,
        note: str | None = None,
    ) -> "BookingLink":
        """A new link; its token is derived from its id."""
        return cls(
            consultation_type_id=consultation_type_id,
            host_id=host_id,
            single_use=single_use,
            expires_at=expires_at,
            note=note,
            used_at=None,
            revoked_at=None,
        )

    def works(self, now: datetime) -> bool:
        """Whether somebody can book with it; a link that does not work is refused as one that never was."""
        is_over = self.revoked_at is not None or (self.expires_at is not None and self.expires_at <= now)
        return not is_over and not (self.single_use and self.used_at is not None)

    def use(self, *, now: datetime) -> None:
        self.used_at = now

    def revoke(self, *, now: datetime) -> None:
        """Works at once, and for good."""
        if self.revoked_at is None:
            self.revoked_at = now


BOOKING_LINKS = Listing.of(BookingLink, "consultation_type_id")
BOOKING_LINK_BY_TOKEN = Prepared(
    select(BookingLink.id).where(
        BookingLink.link_hash == bindparam("link_hash"),
        BookingLink.revoked_at.is_(None),
        or_(BookingLink.expires_at.is_(None), BookingLink.expires_at > bindparam("now")),
        or_(BookingLink.single_use.is_(False), BookingLink.used_at.is_(None)),
    )
)
