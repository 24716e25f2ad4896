"""A kind of consultation that can be booked, and the rules of its times."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped

from domain.slots import Rules
from models.base import Base
from models.listing import Listing
from models.prepared import Prepared, columns_of
from models.tenancy import TenantOwned, unique_in_practice


class ConsultationType(TenantOwned, Base):
    __tablename__ = "consultation_types"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("slug"), name="uq_consultation_types_slug"),
        CheckConstraint("minutes between 5 and 480 and step_minutes between 5 and 480", name="minutes"),
    )

    name: Mapped[str]
    slug: Mapped[str]
    description: Mapped[str | None]
    minutes: Mapped[int]
    step_minutes: Mapped[int]
    price_cents: Mapped[int]
    buffer_before_minutes: Mapped[int]
    buffer_after_minutes: Mapped[int]
    minimum_notice_minutes: Mapped[int]
    horizon_days: Mapped[int]
    daily_limit: Mapped[int | None]
    is_open: Mapped[bool]

    @property
    def rules(self) -> Rules:
        return Rules(
            minutes=self.minutes,
            step_minutes=self.step_minutes,
            buffer_before_minutes=self.buffer_before_minutes,
            buffer_after_minutes=self.buffer_after_minutes,
            minimum_notice_minutes=self.minimum_notice_minutes,
            horizon_days=self.horizon_days,
            daily_limit=self.daily_limit,
        )

    def horizon(self, now: datetime) -> datetime:
        """An instant after which nothing is offered, in any zone."""
        return now + timedelta(days=self.horizon_days + 2)


CONSULTATION_TYPES = Listing.of(ConsultationType, "is_open")
# What a visitor sees: no visitor learns of types that cannot be booked.
OPEN_CONSULTATION_TYPES = Listing(
    select(*columns_of(ConsultationType)).where(ConsultationType.is_open), (ConsultationType.id,), {}
)
CONSULTATION_TYPE_BY_SLUG = Prepared(
    select(ConsultationType.id).where(ConsultationType.slug == bindparam("slug"), ConsultationType.is_open)
)
