"""A district's school calendar, for the students whose district keeps another one than the practice's."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from domain.calendar import SchoolCalendar
from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned


class DistrictCalendar(TenantOwned, Base):
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


SCHOOL_CALENDARS = Listing.of(DistrictCalendar, "district", "state")
