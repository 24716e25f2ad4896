"""A district's school calendar, for the students whose district keeps another one than the practice's."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Mapped

from domain.calendar import SchoolCalendar
from domain.refusal import Refusal
from models.base import Base
from models.listing import Listing
from models.student import Student
from models.tenancy import TenantOwned


class CalendarInUse(Refusal):
    """Students are counted by it."""


class DistrictCalendar(TenantOwned, Base):
    """Changing it moves no deadline that is kept: a recount shows what would differ."""

    __tablename__ = "school_calendars"

    name: Mapped[str]
    district: Mapped[str | None]
    state: Mapped[str | None]
    calendar: Mapped[dict[str, Any]]
    state_holidays: Mapped[list[Any]]

    @property
    def days(self) -> SchoolCalendar:
        return SchoolCalendar.parse(self.calendar)

    @property
    def holidays(self) -> frozenset[date]:
        return frozenset(date.fromisoformat(day) for day in self.state_holidays)

    def students(self) -> Select[int]:
        return select(func.count()).select_from(Student).where(Student.school_calendar_id == self.id)

    @staticmethod
    def must_not_be_in_use(students: Collection[int]) -> None:
        count = sum(students)
        if count:
            raise CalendarInUse(
                f"{count} student{'s are' if count > 1 else ' is'} counted by this calendar: name another first."
            )


SCHOOL_CALENDARS = Listing.of(DistrictCalendar, "district", "state")
