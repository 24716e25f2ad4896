"""When a member of staff takes consultations: weekly hours by the clock of a zone."""

from collections.abc import Iterable
from datetime import time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.calendar import WEEKDAYS
from domain.slots import Host, Span, WeeklyHours
from models.base import Base
from models.listing import Listing
from models.staff import Staff
from models.tenancy import TenantOwned, refers_to, unique_in_practice


class Availability(TenantOwned, Base):
    __tablename__ = "availabilities"
    __table_args__ = (UniqueConstraint(*unique_in_practice("staff_id"), name="uq_availabilities_staff"),)

    staff_id: Mapped[UUID] = refers_to("staff")
    timezone: Mapped[str]
    weekly: Mapped[list[Any]]
    # With defaults, so that a release from before these columns goes on beside this one.
    summer_weekly: Mapped[list[Any] | None]
    travels: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))

    @classmethod
    def of_hosts(cls) -> Select["Availability"]:
        """The hours of everybody who is still in the practice."""
        return select(cls).where(cls.staff_id.in_(select(Staff.id).where(Staff.ended_at.is_(None)))).order_by(cls.id)

    @classmethod
    def of(cls, staff_id: UUID) -> Select["Availability"]:
        return select(cls).where(cls.staff_id == staff_id).with_for_update()

    def host(self, busy: Iterable[Span]) -> Host:
        weekly = tuple(
            WeeklyHours(WEEKDAYS.index(hours["weekday"]), time.fromisoformat(hours["start"]), time.fromisoformat(hours["end"]))
            for hours in self.weekly
        )
        return Host(id=self.staff_id, timezone=ZoneInfo(self.timezone), weekly=weekly, busy=tuple(busy))


AVAILABILITIES = Listing.of(Availability, "staff_id")


def hosts(availabilities: Iterable[Availability], in_the_way: Iterable[Any], *, besides: UUID | None = None) -> list[Host]:
    """Who takes consultations, each with the bookings in the way: all that the slot engine needs to know.

    `besides` is the booking that is about to move: it is not in its own way.
    """
    busy: dict[UUID, list[Span]] = {}
    for row in in_the_way:
        if row.id != besides:
            span = Span(row.starts_at, row.ends_at, row.buffer_before_minutes, row.buffer_after_minutes, counts=True)
            busy.setdefault(row.host_id, []).append(span)
    return [availability.host(busy.get(availability.staff_id, ())) for availability in availabilities]
