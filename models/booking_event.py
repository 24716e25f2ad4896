"""What happened to a booking, kept for good: it can be inserted and read, and nothing else."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, bindparam
from sqlalchemy.orm import Mapped

from models.audit_entry import Actor
from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice

if TYPE_CHECKING:
    from models.booking import Booking

KINDS = (
    *("held", "requested", "confirmed", "verified", "declined", "moved", "handed_over", "cancelled"),
    *("completed", "no_show", "converted"),
)
BY = ("staff", "api_key", "visitor", "parent", "worker", "operator")


class BookingEvent(TenantOwned, Base):
    __tablename__ = "booking_events"
    __table_args__ = (
        CheckConstraint(
            "kind in ('held', 'requested', 'confirmed', 'verified', 'declined', 'moved', 'handed_over', 'cancelled',"
            " 'completed', 'no_show', 'converted')",
            name="kind",
        ),
        Index("ix_booking_events_booking", *unique_in_practice("booking_id", "id")),
    )
    # It is a record itself.
    is_audited = False

    booking_id: Mapped[UUID] = refers_to("bookings")
    kind: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    staff_id: Mapped[UUID | None] = refers_to("staff")
    host_id: Mapped[UUID | None] = refers_to("staff")
    starts_at: Mapped[datetime | None]
    # Where it was before, if it moved or changed hands.
    from_host_id: Mapped[UUID | None] = refers_to("staff")
    from_starts_at: Mapped[datetime | None]
    reason: Mapped[str | None]

    @classmethod
    def of(
        cls,
        booking: "Booking",
        kind: str,
        by: Actor,
        *,
        now: datetime,
        reason: str | None = None,
        was: tuple[UUID, datetime] | None = None,
    ) -> "BookingEvent":
        """What just happened to a booking: who hosts it and when, now; `was` tells both as they were before."""
        from_host_id, from_starts_at = was or (None, None)
        return cls(
            booking_id=booking.id,
            kind=kind,
            at=now,
            # Whoever holds the link of a booking is its parent.
            by="parent" if by.kind == "link" else by.kind,
            staff_id=by.staff_id,
            host_id=booking.host_id,
            starts_at=booking.starts_at,
            from_host_id=from_host_id,
            from_starts_at=from_starts_at,
            reason=reason,
        )


def _history() -> Listing:
    listing = Listing.of(BookingEvent, order=(BookingEvent.at,))
    return Listing(listing.statement.where(BookingEvent.booking_id == bindparam("booking_id")), listing.order, listing.filters)


BOOKING_HISTORY = _history()
