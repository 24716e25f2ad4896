"""The address of a member's own calendar: who has it reads their consultations and due reminders, until it is revoked."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from domain.refusal import Refusal
from models.base import Base, among
from models.booking import Booking
from models.consultation_type import ConsultationType
from models.listing import Listing
from models.practice import Practice
from models.prepared import Prepared
from models.reminder import OPEN_STATES, Reminder
from models.staff import Staff
from models.tenancy import TenantOwned, practice_of, refers_to, unique_in_practice

BACK, AHEAD = timedelta(days=30), timedelta(days=366)
# A calendar program reads it anew every hour or so: no more rows than a person has in a year.
MOST_EVENTS = 2000
MOST_FEEDS = 10
SHOWN_STATES = ("requested", "confirmed", "completed", "no_show")


class TooManyFeeds(Refusal):
    """A member has a few programs that show a calendar, not many."""


class CalendarFeed(TenantOwned, Base):
    __tablename__ = "calendar_feeds"
    __table_args__ = (UniqueConstraint(*unique_in_practice("link_hash"), name="uq_calendar_feeds_link_hash"),)

    staff_id: Mapped[UUID] = refers_to("staff")
    link_hash: Mapped[bytes] = mapped_column(LargeBinary)
    revoked_at: Mapped[datetime | None]

    @classmethod
    def make(cls, staff_id: UUID, live: int) -> "CalendarFeed":
        """A feed of somebody who has so many `live` ones; its hash is set when its link is made."""
        if live >= MOST_FEEDS:
            raise TooManyFeeds(f"You have {live} feeds already. Revoke one that you do not use any more.")
        return cls(staff_id=staff_id, revoked_at=None)

    def revoke(self, *, now: datetime) -> None:
        """From the next request on it is read by nobody."""
        if self.revoked_at is None:
            self.revoked_at = now


def window(now: datetime) -> Mapping[str, Any]:
    """What `CONSULTATIONS_OF` and `REMINDERS_OF` need to know of the moment."""
    return {"since": now - BACK, "until": now + AHEAD, "most": MOST_EVENTS}


def _own() -> Listing:
    listing = Listing.of(CalendarFeed)
    own = listing.statement.where(CalendarFeed.staff_id == bindparam("staff_id"))
    return Listing(own, listing.order, listing.filters, newest_first=True)


OWN_FEEDS = _own()
LIVE_FEEDS_OF = Prepared(
    select(CalendarFeed.id).where(CalendarFeed.staff_id == bindparam("staff_id"), CalendarFeed.revoked_at.is_(None))
)
# Read with every request, so that who was removed, or revoked it, is out at once.
FEED_BY_LINK = Prepared(
    select(CalendarFeed.staff_id, Practice.name, Practice.timezone, Practice.language)
    .join(Staff, Staff.id == CalendarFeed.staff_id)
    .join(Practice, Practice.id == practice_of(CalendarFeed))
    .where(CalendarFeed.link_hash == bindparam("link_hash"), CalendarFeed.revoked_at.is_(None), Staff.ended_at.is_(None))
)
CONSULTATIONS_OF = Prepared(
    select(
        *(Booking.id, Booking.starts_at, Booking.ends_at, Booking.state, Booking.sequence, Booking.name.label("parent")),
        *(Booking.created_at, Booking.updated_at, ConsultationType.name.label("consultation")),
    )
    .join(ConsultationType, ConsultationType.id == Booking.consultation_type_id)
    .where(Booking.host_id == bindparam("staff_id"), among(Booking.state, SHOWN_STATES))
    .where(Booking.ends_at >= bindparam("since"), Booking.starts_at < bindparam("until"))
    .order_by(Booking.starts_at, Booking.id)
    .limit(bindparam("most"))
)
# No title: people type them, and what they type may name a child.
REMINDERS_OF = Prepared(
    select(Reminder.id, Reminder.due_at, Reminder.occurrence, Reminder.created_at, Reminder.updated_at)
    .where(Reminder.assignee_id == bindparam("staff_id"), among(Reminder.state, OPEN_STATES))
    # However long ago it was due: it is open.
    .where(Reminder.due_at < bindparam("until"))
    .order_by(Reminder.due_at, Reminder.id)
    .limit(bindparam("most"))
)
