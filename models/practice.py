"""A practice: the firm of advocates whose families, cases and calendar everything else belongs to."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, bindparam, select, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.calendar import SchoolCalendar
from domain.follow_up import Policy, weekdays
from domain.public_holidays import public_holidays
from domain.refusal import Refusal
from models.base import Base
from models.prepared import Prepared, columns_of

# In which mails and pages are written.
LANGUAGES = ("en", "es")


class SlugTaken(Refusal):
    """Another practice has this slug."""


class Practice(Base):
    __tablename__ = "practices"
    __table_args__ = (CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="slug"),)
    is_audited = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    timezone: Mapped[str]
    state: Mapped[str | None]
    about: Mapped[str | None]
    website: Mapped[str | None]
    social_links: Mapped[dict[str, Any]]
    follow_up_offsets_days: Mapped[list[Any]]
    school_calendar: Mapped[dict[str, Any]]
    state_holidays: Mapped[list[Any]]
    # With a default, so that a release from before this column goes on beside this one.
    allowed_origins: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    country: Mapped[str] = mapped_column(server_default=text("'US'"))
    language: Mapped[str] = mapped_column(server_default=text("'en'"))
    closes_on_public_holidays: Mapped[bool] = mapped_column(server_default=text("true"))
    retention_days: Mapped[int] = mapped_column(server_default=text("365"))
    booking_consent: Mapped[str | None]
    # Besides the offsets: on which weekdays nobody is chased, who is told, and from which day on to propose escalation.
    follow_up_quiet_days: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    follow_up_tells: Mapped[str] = mapped_column(server_default=text("'responsible'"))
    follow_up_escalates_after_days: Mapped[int | None]
    wording_terms: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    # In the head of a letter.
    address: Mapped[str | None]
    phone: Mapped[str | None]
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @classmethod
    def found(cls, *, id: UUID, name: str, slug: str, timezone: str) -> "Practice":
        """A new practice with the usual follow-ups, Monday to Friday, no closures."""
        return cls(
            id=id,
            name=name,
            slug=slug,
            timezone=timezone,
            social_links={},
            follow_up_offsets_days=list(Policy().offsets),
            school_calendar={},
            state_holidays=[],
            country="US",
            language="en",
            closes_on_public_holidays=True,
            retention_days=365,
            wording_terms=[],
            follow_up_quiet_days=[],
            follow_up_tells="responsible",
            version=1,
        )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def calendar(self) -> SchoolCalendar:
        return SchoolCalendar.parse(self.school_calendar)

    @property
    def holidays(self) -> frozenset[date]:
        """The state holidays that the practice entered."""
        return frozenset(date.fromisoformat(day) for day in self.state_holidays)

    def closed_on(self, first: int, last: int) -> frozenset[date]:
        """The days from the year `first` to the year `last` on which nobody takes consultations, unless they say so."""
        if not self.closes_on_public_holidays:
            return frozenset()
        return public_holidays(self.country, self.state, first, last) | self.holidays

    @property
    def policy(self) -> Policy:
        return Policy(
            tuple(self.follow_up_offsets_days),
            quiet_days=weekdays(self.follow_up_quiet_days),
            tells=self.follow_up_tells,
            escalates_after=self.follow_up_escalates_after_days,
        )


PRACTICES = Prepared(select(Practice.id), across_practices=True)
PRACTICE = Prepared(select(*columns_of(Practice)).where(Practice.id == bindparam("id")))
PRACTICE_BY_SLUG = Prepared(select(Practice.id, Practice.allowed_origins).where(Practice.slug == bindparam("slug")))
ALLOWED_ORIGINS = Prepared(select(Practice.allowed_origins).where(Practice.id == bindparam("practice")))
