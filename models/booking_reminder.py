"""What reminds of a booking, and when: a row for each offset and each time that the booking has had; it fires once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Select, UniqueConstraint, Update, bindparam, func, select, update
from sqlalchemy.orm import Mapped

from models.base import Base, among
from models.booking import Booking
from models.prepared import Prepared
from models.tenancy import TenantOwned, practice_of, refers_to, unique_in_practice

WAITING_STATES = ("scheduled",)


class BookingReminder(TenantOwned, Base):
    __tablename__ = "booking_reminders"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("booking_id", "sequence", "offset_minutes"), name="uq_booking_reminders_offset"),
        CheckConstraint("state in ('scheduled', 'fired', 'dropped')", name="state"),
        Index("ix_booking_reminders_waiting", "due_at", postgresql_where="state in ('scheduled')"),
        Index("ix_booking_reminders_due", *unique_in_practice("due_at"), postgresql_where="state in ('scheduled')"),
    )

    booking_id: Mapped[UUID] = refers_to("bookings")
    sequence: Mapped[int]
    offset_minutes: Mapped[int]
    due_at: Mapped[datetime]
    state: Mapped[str]
    fired_at: Mapped[datetime | None]

    @classmethod
    def plan(cls, booking: Booking, offsets_minutes: Iterable[int], *, now: datetime) -> "list[BookingReminder]":
        """The reminders of a booking that is confirmed, at the time that it has now; what would be past is not planned."""
        if booking.state != "confirmed":
            return []
        planned = ((minutes, booking.starts_at - timedelta(minutes=minutes)) for minutes in sorted(set(offsets_minutes)))
        return [
            cls(
                booking_id=booking.id,
                sequence=booking.sequence,
                offset_minutes=minutes,
                due_at=due_at,
                state="scheduled",
                fired_at=None,
            )
            for minutes, due_at in planned
            if due_at > now
        ]

    @classmethod
    def drop(cls, booking_id: UUID) -> Update:
        """What a booking still had planned: it moved, or will not be."""
        planned = (cls.booking_id == booking_id) & among(cls.state, WAITING_STATES)
        return update(cls).where(planned).values(state="dropped", version=cls.version + 1)

    @classmethod
    def claimable(cls, now: datetime, limit: int) -> Select["BookingReminder"]:
        """What has come due, oldest first, unlocked ones: of two workers, each takes others."""
        due = select(cls).where(among(cls.state, WAITING_STATES), cls.due_at <= now)
        return due.order_by(cls.due_at, cls.id).limit(limit).with_for_update(skip_locked=True)

    def fire(self, booking: Booking, *, now: datetime) -> bool:
        """It has come due; gives whether there is still something to be reminded of, now that the booking is read again."""
        if booking.state != "confirmed" or booking.sequence != self.sequence or booking.starts_at <= now:
            self.state = "dropped"
            return False
        self.state, self.fired_at = "fired", now
        return True


PRACTICES_WITH_BOOKING_REMINDERS = Prepared(
    select(practice_of(BookingReminder).label("practice"))
    .where(among(BookingReminder.state, WAITING_STATES), BookingReminder.due_at <= bindparam("now"))
    .group_by(practice_of(BookingReminder))
    .order_by(func.min(BookingReminder.due_at))
    .limit(bindparam("most")),
    across_practices=True,
)
