"""Other hours on one date, or none: what stands above the week, the summer and the public holidays."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint, bindparam
from sqlalchemy.orm import Mapped

from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice


class AvailabilityOverride(TenantOwned, Base):
    __tablename__ = "availability_overrides"
    __table_args__ = (UniqueConstraint(*unique_in_practice("staff_id", "date"), name="uq_availability_overrides_date"),)

    staff_id: Mapped[UUID] = refers_to("staff")
    date: Mapped[date]
    hours: Mapped[list[Any]]
    note: Mapped[str | None]


AVAILABILITY_OVERRIDES = Listing.of(
    AvailabilityOverride,
    "staff_id",
    order=(AvailabilityOverride.date,),
    **{"from": AvailabilityOverride.date >= bindparam("from"), "to": AvailabilityOverride.date <= bindparam("to")},
)
