"""A check-in: every week or two, somebody is asked whether the support is provided."""

from datetime import date, time
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped

from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice

PARTIES = ("teacher", "child", "team")
EVERY = ("week", "two_weeks")
STATES = ("active", "paused", "ended")


class CheckIn(TenantOwned, Base):
    __tablename__ = "check_ins"
    __table_args__ = (
        CheckConstraint("party in ('teacher', 'child', 'team')", name="party"),
        CheckConstraint("every in ('week', 'two_weeks')", name="every"),
        CheckConstraint("state in ('active', 'paused', 'ended')", name="state"),
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="span"),
        Index("ix_check_ins_case", *unique_in_practice("case_id")),
        Index("ix_check_ins_concern", *unique_in_practice("concern_id")),
        Index("ix_check_ins_waiting", "next_on", postgresql_where="state = 'active'"),
        Index("ix_check_ins_due", *unique_in_practice("next_on"), postgresql_where="state = 'active'"),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    concern_id: Mapped[UUID | None] = refers_to("concerns")
    provision_id: Mapped[UUID | None] = refers_to("provisions")
    team_member_id: Mapped[UUID | None] = refers_to("team_members")
    assignee_id: Mapped[UUID] = refers_to("staff")
    party: Mapped[str]
    every: Mapped[str]
    weekday: Mapped[str]
    at: Mapped[time]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    state: Mapped[str]
    # The date, by the rule of the recurrence, of the next occasion that has no reminder yet.
    next_on: Mapped[date | None]
    occurrence: Mapped[int]
    reason: Mapped[str | None]


CHECK_INS = Listing.of(CheckIn, "case_id", "concern_id", "state", "party")
