"""The digest: a mail on working mornings that says what is due, for whoever wants it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Select, UniqueConstraint, bindparam, func, select
from sqlalchemy.orm import Mapped

from domain.agenda import Item
from domain.calendar import NoSuchDay
from domain.check_ins import next_open_day
from domain.wall_clock import instant, local_date
from models.base import Base
from models.message import Message
from models.practice import Practice
from models.prepared import Prepared
from models.staff import Staff
from models.tenancy import TenantOwned, practice_of, refers_to, unique_in_practice

# What a case or a concern lacks is for the agenda: it would stand in each mail.
TOLD = ("reminder", "deadline", "booking", "inbound_mail")
MOST_LINES = 50
# Where the calendar opens no more, it is looked at again so much later.
LOOK_AGAIN = timedelta(days=30)


class Digest(TenantOwned, Base):
    __tablename__ = "digests"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("staff_id"), name="uq_digests_staff"),
        Index("ix_digests_waiting", "due_at"),
        Index("ix_digests_due", *unique_in_practice("due_at")),
    )

    staff_id: Mapped[UUID] = refers_to("staff")
    # By the clock of the practice's zone.
    at: Mapped[str]
    due_at: Mapped[datetime]

    @classmethod
    def of(cls, staff_id: UUID) -> "Select[Digest]":
        return select(cls).where(cls.staff_id == staff_id).with_for_update()

    @classmethod
    def all_of_them(cls) -> "Select[Digest]":
        return select(cls).order_by(cls.id).with_for_update()

    @classmethod
    def claimable(cls, now: datetime, limit: int) -> "Select[Digest]":
        """What is due, the oldest first, unlocked ones."""
        return select(cls).where(cls.due_at <= now).order_by(cls.due_at, cls.id).limit(limit).with_for_update(skip_locked=True)

    @classmethod
    def want(cls, staff_id: UUID, *, at: str, practice: Practice, now: datetime) -> "Digest":
        row = cls(staff_id=staff_id, at=at)
        row.schedule(practice, now=now)
        return row

    def schedule(self, practice: Practice, *, now: datetime) -> None:
        """The next working morning, by the zone and the calendar as they are now."""
        self.due_at = next_morning(now, time.fromisoformat(self.at), practice)

    def occasion(self, now: datetime, practice: Practice) -> str:
        """One for each person and day."""
        return f"digest:{self.staff_id}:{local_date(now, practice.zone)}"

    def message(self, items: Sequence[Item], *, to: Staff, practice: Practice, now: datetime) -> Message:
        """What is due by the end of today: titles and times, no case by name and no child."""
        lines = [
            {
                "kind": item.kind,
                "title": item.title if item.kind != "inbound_mail" else "",
                "at": item.at.isoformat() if item.at else None,
                "on": item.on.isoformat() if item.on else None,
                "is_overdue": item.is_overdue,
            }
            for item in items[:MOST_LINES]
        ]
        facts: dict[str, Any] = {"name": to.name, "lines": lines, "more": max(0, len(items) - MOST_LINES)}
        occasion = self.occasion(now, practice)
        return Message.write("digest", to=to.email, now=now, practice=practice, facts=facts, occasion=occasion)


def next_morning(now: datetime, at: time, practice: Practice) -> datetime:
    """The first instant after `now` at which the practice's clock shows `at` on a follow-up day."""
    day = local_date(now, practice.zone)
    try:
        while True:
            day = next_open_day(day, practice.calendar, practice.holidays)
            if (due_at := instant(day, at, practice.zone)) > now:
                return due_at
            day += timedelta(days=1)
    except NoSuchDay:
        return now + LOOK_AGAIN


PRACTICES_WITH_DIGESTS = Prepared(
    select(practice_of(Digest).label("practice"))
    .where(Digest.due_at <= bindparam("now"))
    .group_by(practice_of(Digest))
    .order_by(func.min(Digest.due_at))
    .limit(bindparam("most")),
    across_practices=True,
)
DIGEST_OF = Prepared(select(Digest.id).where(Digest.staff_id == bindparam("staff_id")))
