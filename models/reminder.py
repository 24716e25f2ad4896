"""A reminder: what somebody has to do, and when. What is due is a row; it fires once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Select, UniqueConstraint, Update, bindparam, func, select, text, update
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.dml import ReturningUpdate

from domain import follow_up
from domain.refusal import Invalid, Refusal
from models.base import Base, among
from models.listing import Listing
from models.message import Message
from models.practice import Practice
from models.prepared import Prepared
from models.staff import Staff
from models.tenancy import TenantOwned, practice_of, refers_to, unique_in_practice

STATES = ("scheduled", "due", "done", "snoozed", "cancelled")
OPEN_STATES = ("scheduled", "due", "snoozed")
WAITING_STATES = ("scheduled", "snoozed")
# The key of a reminder that a person made: its title is in their words.
BY_HAND = "by_hand"


# What firing sets; a reminder that was snoozed keeps when it fired last.
FIRED: Mapping[str, Any] = {"state": "due", "fired_at": bindparam("now"), "updated_at": bindparam("now")}


class ReminderSettled(Refusal):
    """A reminder that is done or cancelled stays so."""


class SnoozedIntoThePast(Invalid):
    """Snoozing moves a reminder into the future."""


class Reminder(TenantOwned, Base):
    __tablename__ = "reminders"
    __table_args__ = (
        CheckConstraint("state in ('scheduled', 'due', 'done', 'snoozed', 'cancelled')", name="state"),
        UniqueConstraint(*unique_in_practice("communication_id", "ladder", "key"), name="uq_reminders_rung"),
        Index("uq_reminders_check_in", *unique_in_practice("check_in_id", "key"), unique=True),
        Index("uq_reminders_deadline", *unique_in_practice("deadline_id", "key"), unique=True),
        Index("ix_reminders_waiting", "due_at", postgresql_where="state in ('scheduled', 'snoozed')"),
        Index("ix_reminders_due", *unique_in_practice("due_at", "id")),
        Index("ix_reminders_case", *unique_in_practice("case_id", "due_at")),
        Index("ix_reminders_concern", *unique_in_practice("concern_id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    concern_id: Mapped[UUID | None] = refers_to("concerns")
    communication_id: Mapped[UUID | None] = refers_to("communications")
    check_in_id: Mapped[UUID | None] = refers_to("check_ins")
    deadline_id: Mapped[UUID | None] = refers_to("deadlines")
    assignee_id: Mapped[UUID] = refers_to("staff")
    # Who else gets the mail.
    also_tells: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    ladder: Mapped[str | None]
    key: Mapped[str]
    title: Mapped[str]
    note: Mapped[str | None]
    # Questions to ask, where it is a check-in.
    prompts: Mapped[list[Any] | None]
    due_at: Mapped[datetime]
    state: Mapped[str]
    occurrence: Mapped[int]
    fired_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[UUID | None] = refers_to("staff")
    reason: Mapped[str | None]

    @classmethod
    def plan(
        cls,
        *,
        case_id: UUID,
        assignee_id: UUID,
        key: str,
        title: str,
        due_at: datetime,
        concern_id: UUID | None = None,
        communication_id: UUID | None = None,
        ladder: str | None = None,
        note: str | None = None,
    ) -> "Reminder":
        return cls(
            case_id=case_id,
            concern_id=concern_id,
            communication_id=communication_id,
            assignee_id=assignee_id,
            ladder=ladder,
            key=key,
            title=title,
            note=note,
            also_tells=[],
            due_at=due_at,
            state="scheduled",
            occurrence=0,
        )

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @classmethod
    def to_fire(cls) -> Select[UUID]:
        """What has come due and has not fired, oldest first, unlocked ones: a reply that settles it holds the same lock."""
        return (
            select(cls.id)
            .where(among(cls.state, WAITING_STATES), cls.due_at <= bindparam("now"))
            .order_by(cls.due_at, cls.id)
            .limit(bindparam("most"))
            .with_for_update(skip_locked=True)
        )

    @classmethod
    def all_open(cls) -> Select["Reminder"]:
        return select(cls).where(among(cls.state, OPEN_STATES)).order_by(cls.id).with_for_update()

    @classmethod
    def fire(cls) -> ReturningUpdate[*tuple[Any, ...]]:
        """They have come due: all of them in one statement, each once for each occurrence, with what its message says."""
        due = cls.to_fire().cte("to_fire").prefix_with("materialized", dialect="postgresql")
        of_staff = (cls.assignee_id == Staff.id, practice_of(Staff) == bindparam("practice"))
        fired = update(cls).where(cls.id == due.c.id, *of_staff, practice_of(cls) == Practice.id)
        return fired.values(**FIRED, occurrence=cls.occurrence + 1, version=cls.version + 1).returning(
            *(cls.id, cls.key, cls.title, cls.due_at, cls.case_id, cls.occurrence),
            *(Staff.email, Practice.name, Practice.slug, Practice.timezone, Practice.language),
        )

    def adopt(self, *, concern_id: UUID, ladder: str | None, rungs: int) -> None:
        """A rung of a question that turns out to be part of a concern, perhaps on another ladder of `rungs` rungs."""
        self.concern_id = concern_id
        if ladder is not None and self.ladder is not None:
            self.ladder, self.title = ladder, follow_up.title(ladder, self.key, rungs)

    @classmethod
    def hand_over(cls, case_id: UUID, *, to: UUID) -> Update:
        """What is open in a case, given to who is responsible for it from now on."""
        open_ones = (cls.case_id == case_id) & among(cls.state, OPEN_STATES)
        return update(cls).where(open_ones).values(assignee_id=to, version=cls.version + 1)

    @classmethod
    def hand_over_all(cls, assignee_id: UUID, *, to: UUID) -> Update:
        """What is open with somebody who leaves."""
        open_ones = (cls.assignee_id == assignee_id) & among(cls.state, OPEN_STATES)
        return update(cls).where(open_ones).values(assignee_id=to, version=cls.version + 1)

    def settle(self, *, by: UUID | None, now: datetime, reason: str | None = None) -> None:
        """An answer came, or a step was taken: there is nothing left to chase."""
        if self.is_open:
            self._close("done", by, now, reason)

    def complete(self, *, by: UUID, now: datetime, reason: str | None = None) -> None:
        self._must_be_open()
        self._close("done", by, now, reason)

    def cancel(self, *, by: UUID | None, now: datetime, reason: str) -> None:
        self._must_be_open()
        self._close("cancelled", by, now, reason)

    def resume(self, *, assignee_id: UUID) -> None:
        """What ended it was taken back: it waits for its hour as before, or is due as it was, and fires no second time."""
        has_fired = self.fired_at is not None and self.fired_at >= self.due_at
        self.state, self.assignee_id = "due" if has_fired else "scheduled", assignee_id
        self.settled_by_id = self.settled_at = self.reason = None

    def snooze(self, *, until: datetime, now: datetime) -> None:
        """It will come due again, and fire again, then."""
        self._must_be_open()
        if until <= now:
            detail = "A reminder is snoozed until an instant in the future."
            raise SnoozedIntoThePast(detail, [{"pointer": "/until", "detail": detail}])
        self.state, self.due_at = "snoozed", until

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise ReminderSettled(f"This reminder is {self.state} already.")

    def _close(self, state: str, by: UUID | None, now: datetime, reason: str | None) -> None:
        self.state, self.settled_by_id, self.settled_at, self.reason = state, by, now, reason


def message_of(fired: Any, *, now: datetime) -> Message:
    """The message to whoever has to act, for a row that `FIRE` gave."""
    return Message.write(
        "reminder_due",
        to=fired.email,
        now=now,
        practice=fired,
        # A title that somebody typed may name a child, and then it stands in no subject.
        facts={
            "title": fired.title,
            "is_typed": fired.key == BY_HAND,
            "due_at": fired.due_at,
            "case_id": str(fired.case_id),
        },
        occasion=f"reminder:{fired.id}:{fired.occurrence}",
    )


FIRE = Prepared(Reminder.fire())
REMINDERS = Listing.of(
    Reminder,
    "state",
    "case_id",
    "concern_id",
    "communication_id",
    "assignee_id",
    order=(Reminder.due_at,),
    due_before=Reminder.due_at < bindparam("due_before"),
)
PRACTICES_WITH_REMINDERS = Prepared(
    select(practice_of(Reminder).label("practice"))
    .where(among(Reminder.state, WAITING_STATES), Reminder.due_at <= bindparam("now"))
    .group_by(practice_of(Reminder))
    .order_by(func.min(Reminder.due_at))
    .limit(bindparam("most")),
    across_practices=True,
)
