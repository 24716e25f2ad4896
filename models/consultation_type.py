"""A kind of consultation that can be booked, and the rules of its times."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, UniqueConstraint, bindparam, select, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.slots import Limit, Rules, SeasonCap
from models.base import Base
from models.listing import Listing
from models.prepared import Prepared
from models.tenancy import TenantOwned, unique_in_practice

QUESTION_KINDS = ("text", "long_text", "choice", "choices", "yes_no", "number", "date")
LOCATION_KINDS = ("phone", "video", "place")
LANGUAGES = ("en", "es")


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
    # With defaults, so that a release from before these columns goes on beside this one.
    minimum_notice_days: Mapped[int] = mapped_column(server_default=text("0"))
    bookable_until: Mapped[date | None]
    daily_limit_minutes: Mapped[int | None]
    weekly_limit: Mapped[int | None]
    weekly_limit_minutes: Mapped[int | None]
    monthly_limit: Mapped[int | None]
    monthly_limit_minutes: Mapped[int | None]
    season_caps: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    questions: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    location: Mapped[dict[str, Any] | None]
    language: Mapped[str] = mapped_column(server_default=text("'en'"))
    needs_confirmation: Mapped[bool] = mapped_column(server_default=text("false"))
    verifies_address: Mapped[bool] = mapped_column(server_default=text("false"))
    is_private: Mapped[bool] = mapped_column(server_default=text("false"))
    visitors_choose_host: Mapped[bool] = mapped_column(server_default=text("false"))
    hosts: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    reminder_offsets_minutes: Mapped[list[Any]] = mapped_column(server_default=text("'[1440, 60]'"))

    @property
    def rules(self) -> Rules:
        limits = (
            Limit("day", self.daily_limit, self.daily_limit_minutes),
            Limit("week", self.weekly_limit, self.weekly_limit_minutes),
            Limit("month", self.monthly_limit, self.monthly_limit_minutes),
        )
        return Rules(
            minutes=self.minutes,
            step_minutes=self.step_minutes,
            buffer_before_minutes=self.buffer_before_minutes,
            buffer_after_minutes=self.buffer_after_minutes,
            minimum_notice_minutes=self.minimum_notice_minutes,
            minimum_notice_days=self.minimum_notice_days,
            horizon_days=self.horizon_days,
            bookable_until=self.bookable_until,
            limits=tuple(limit for limit in limits if (limit.most_bookings, limit.most_minutes) != (None, None)),
            season_caps=tuple(_season_cap(cap) for cap in self.season_caps),
        )

    @property
    def weights(self) -> dict[UUID, int]:
        """Who holds it, each with their weight; nobody named: everybody who has hours."""
        return {UUID(host["staff_id"]): host["weight"] for host in self.hosts}

    def horizon(self, now: datetime) -> datetime:
        """An instant after which nothing is offered, in any zone."""
        return now + timedelta(days=self.horizon_days + 2)


def _season_cap(cap: dict[str, Any]) -> SeasonCap:
    first, last = date.fromisoformat(cap["from"]), date.fromisoformat(cap["to"])
    return SeasonCap(first, last, cap["limit"], ZoneInfo(cap["timezone"]))


CONSULTATION_TYPES = Listing.of(ConsultationType, "is_open")
OPEN_TYPES = select(ConsultationType).where(ConsultationType.is_open).order_by(ConsultationType.id)
CONSULTATION_TYPE_BY_SLUG = Prepared(
    select(ConsultationType.id, ConsultationType.is_private).where(
        ConsultationType.slug == bindparam("slug"), ConsultationType.is_open
    )
)
