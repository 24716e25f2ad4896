"""Time off: from one instant to another somebody takes no consultation."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, bindparam
from sqlalchemy.orm import Mapped

from domain.refusal import Invalid
from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice


class EndsBeforeItStarts(Invalid):
    """Time off that is over before it begins."""


class TimeOff(TenantOwned, Base):
    __tablename__ = "time_off"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="span"),
        Index("ix_time_off_ends_at", *unique_in_practice("ends_at")),
    )

    staff_id: Mapped[UUID] = refers_to("staff")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    note: Mapped[str | None]

    @classmethod
    def take(cls, **said: Any) -> "TimeOff":
        row = cls(**said)
        row.must_end_after_it_starts()
        return row

    def must_end_after_it_starts(self) -> None:
        """Raises `EndsBeforeItStarts` unless there is time in between."""
        if self.ends_at <= self.starts_at:
            detail = "It ends before it starts."
            raise EndsBeforeItStarts(detail, [{"pointer": "/ends_at", "detail": detail}])


TIME_OFF = Listing.of(
    TimeOff,
    "staff_id",
    order=(TimeOff.starts_at,),
    **{"from": TimeOff.ends_at > bindparam("from"), "to": TimeOff.starts_at < bindparam("to")},
)
