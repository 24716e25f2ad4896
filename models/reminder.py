"""A reminder: what somebody has to do, and when. What is due is a row; it fires once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Index,
    Select,
    UniqueConstraint,
    Update,
    bindparam,
    case,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, aliased, column_property, mapped_column

from domain import follow_up
from domain.deadlines import GENERAL
from domain.refusal import FieldError, Invalid, Refusal
from models.base import Base, among
from models.listing import Listing
from models.message import Message
from models.practice import Practice
from models.prepared import Prepared
from models.staff import Staff
from models.state_change import StateChange
from models.tenancy import TenantOwned, practice_of, refers_to, unique_in_practice

STATES = ("scheduled", "due", "done", "snoozed", "cancelled")
OPEN_STATES = ("scheduled", "due", "snoozed")
WAITING_STATES = ("scheduled", "snoozed")
OPEN = "state in ('scheduled', 'due', 'snoozed')"
# The key of a reminder that a person made: its title is in their words.
BY_HAND = "by_hand"
# Why what was open is cancelled when its case is closed: it comes back with the case, unless it was settled meanwhile.
AT_REST = "case_at_rest"
# Why what chases an answer is cancelled when the question itself did not arrive: it goes on once it has.
UNDELIVERED = "mail_failed"
RESTS = (AT_REST, UNDELIVERED)
# Why what rested is cancelled: who is asked again is chased for that.
ASKED_AGAIN = "asked_again"

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
        # Of those that are of one alone: most reminders are of neither.
        Index(
            "uq_reminders_check_in",
            *unique_in_practice("check_in_id", "key"),
            unique=True,
            postgresql_where="check_in_id is not null",
        ),
        Index(
            "uq_reminders_deadline",
            *unique_in_practice("deadline_id", "key"),
            unique=True,
            postgresql_where="deadline_id is not null",
        ),
        Index("ix_reminders_waiting", "due_at", postgresql_where="state in ('scheduled', 'snoozed')"),
        Index("ix_reminders_due", *unique_in_practice("due_at", "id")),
        # What an agenda shows, and whether a case has anything open, however much was settled before.
        Index("ix_reminders_open", *unique_in_practice("due_at"), postgresql_where=OPEN),
        Index("ix_reminders_open_case", *unique_in_practice("case_id"), postgresql_where=OPEN),
        Index("ix_reminders_case", *unique_in_practice("case_id", "due_at")),
        Index("ix_reminders_concern", *unique_in_practice("concern_id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    concern_id: Mapped[UUID | None] = refers_to("concerns")
    communication_id: Mapped[UUID | None] = refers_to("communications")
    check_in_id: Mapped[UUID | None] = refers_to("check_ins")
    deadline_id: Mapped[UUID | None] = refers_to("deadlines")
    assignee_id: Mapped[UUID] = refers_to("staff")
    # Who gets the mail, as of the moment at which it comes due: `domain.follow_up.TELLS`.
    tells: Mapped[str] = mapped_column(server_default=text("'responsible'"))
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
    if TYPE_CHECKING:
        # What stands under it, where it tells of a deadline.
        general: Any

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
        check_in_id: UUID | None = None,
        deadline_id: UUID | None = None,
        prompts: Sequence[str] | None = None,
        tells: str = "responsible",
    ) -> "Reminder":
        row = cls(
            case_id=case_id,
            concern_id=concern_id,
            communication_id=communication_id,
            check_in_id=check_in_id,
            deadline_id=deadline_id,
            assignee_id=assignee_id,
            tells=tells,
            prompts=list(prompts) if prompts else None,
            ladder=ladder,
            key=key,
            title=title,
            note=note,
            due_at=due_at,
            state="scheduled",
            occurrence=0,
        )
        row.general = GENERAL if deadline_id else None
        return row

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def has_fired(self) -> bool:
        """Whether it was due, and has not been put off since."""
        return self.fired_at is not None and self.fired_at >= self.due_at

    @property
    def is_at_rest(self) -> bool:
        """Its case is closed, or its question did not arrive: nobody is reminded, but it still counts."""
        return self.state == "cancelled" and self.reason in RESTS

    @property
    def awaits_delivery(self) -> bool:
        """Whether it rests because the question did not arrive."""
        return self.state == "cancelled" and self.reason == UNDELIVERED

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
    def all_that_count(cls) -> Select["Reminder"]:
        """What is open, and what rests while its case is closed or its question did not arrive: what happens then settles it
        too. Locked."""
        return select(cls).where(cls._counts()).order_by(cls.id).with_for_update()

    @classmethod
    def at_rest_in(cls, case_id: UUID) -> Select["Reminder"]:
        return select(cls).where(cls.case_id == case_id, cls._rests(AT_REST)).order_by(cls.id).with_for_update()

    @classmethod
    def _counts(cls) -> ColumnElement[bool]:
        return or_(among(cls.state, OPEN_STATES), cls._rests(*RESTS))

    @classmethod
    def _rests(cls, *reasons: str) -> ColumnElement[bool]:
        return (cls.state == "cancelled") & cls.reason.in_(reasons)

    @classmethod
    def fire(cls) -> Select[Any]:
        """They have come due: all of them in one statement, each once for each occurrence; a row for each who is told, with
        what the message says. Who has left is not told."""
        due = cls.to_fire().cte("to_fire").prefix_with("materialized", dialect="postgresql")
        fire = update(cls).where(cls.id == due.c.id)
        of_it = (cls.id, cls.key, cls.title, cls.due_at, cls.case_id, cls.deadline_id)
        said = (*of_it, cls.occurrence, cls.prompts, cls.assignee_id, cls.tells)
        fired = fire.values(**FIRED, occurrence=cls.occurrence + 1, version=cls.version + 1).returning(*said).cte("fired")
        responsible = aliased(Staff)
        is_told = or_(
            Staff.id == fired.c.assignee_id,
            fired.c.tells == "everybody",
            (fired.c.tells == "responsible_and_owners") & (Staff.role == "owner"),
        )
        told = Staff.ended_at.is_(None) & is_told
        return (
            select(
                *(fired.c[column.key] for column in said),
                *(Staff.id.label("staff_id"), Staff.email, responsible.name.label("responsible")),
                *(Practice.name, Practice.slug, Practice.timezone, Practice.language),
            )
            .select_from(fired)
            .join(Practice, Practice.id == bindparam("practice"))
            .join(responsible, responsible.id == fired.c.assignee_id)
            .outerjoin(Staff, told)
            .order_by(fired.c.due_at, fired.c.id, Staff.id)
        )

    @classmethod
    def of_check_in(cls, check_in_id: UUID, since: str) -> Select["Reminder"]:
        """Those of a check-in that wait, and all whose date, which is their key, is `since` or later; locked."""
        looked_at = or_(cls.state == "scheduled", cls.key >= since)
        return select(cls).where(cls.check_in_id == check_in_id, looked_at).order_by(cls.id).with_for_update()

    def adopt(self, *, concern_id: UUID, ladder: str | None) -> None:
        """A rung of a question that turns out to be part of a concern, perhaps on another ladder."""
        self.concern_id = concern_id
        if ladder is not None and self.ladder is not None:
            self.ladder, self.title = ladder, follow_up.moved_title(self.title, self.ladder, ladder)

    @classmethod
    def hand_over(cls, case_id: UUID, *, to: UUID) -> Update:
        """What is open in a case, or rests with it, given to who is responsible for it from now on."""
        counting = (cls.case_id == case_id) & cls._counts()
        return update(cls).where(counting).values(assignee_id=to, version=cls.version + 1)

    @classmethod
    def hand_over_all(cls, assignee_id: UUID, *, to: UUID) -> Update:
        """What is open with somebody who leaves, or rests in a closed case."""
        counting = (cls.assignee_id == assignee_id) & cls._counts()
        return update(cls).where(counting).values(assignee_id=to, version=cls.version + 1)

    def settle(self, *, by: UUID | None, now: datetime, reason: str | None = None) -> None:
        """An answer came, or a step was taken: there is nothing left to chase."""
        if self.is_open or self.is_at_rest:
            self._close("done", by, now, reason)

    def complete(self, *, by: UUID, now: datetime, reason: str | None = None) -> None:
        self._must_count()
        self._close("done", by, now, reason)

    def cancel(self, *, by: UUID | None, now: datetime, reason: str) -> None:
        if by is not None and reason in RESTS:
            detail = "This is what we say ourselves of what comes back later: say it in words of yours."
            raise Invalid(detail, [FieldError(pointer="/reason", detail=detail)])
        self._must_count()
        self._close("cancelled", by, now, reason)

    def resume(self, *, assignee_id: UUID) -> None:
        """What ended it was taken back: it waits for its hour as before, or is due as it was, and fires no second time."""
        self.state, self.assignee_id = "due" if self.has_fired else "scheduled", assignee_id
        self.settled_by_id = self.settled_at = self.reason = None

    def rest(self, *, by: UUID | None, now: datetime) -> None:
        """Its case is closed."""
        if self.is_open:
            self._close("cancelled", by, now, AT_REST)

    def wake(self) -> None:
        """Its case is open again: it is due as it was, or waits for its hour; what was put off stays so."""
        if self.is_at_rest and not self.awaits_delivery:
            self.resume(assignee_id=self.assignee_id)
            if self.state == "scheduled" and self.fired_at is not None:
                self.state = "snoozed"

    def await_delivery(self, *, now: datetime) -> None:
        """Its question did not arrive: nobody is silent who was never asked."""
        if not self.awaits_delivery:
            self._must_count()
            self._close("cancelled", None, now, UNDELIVERED)

    def go_on(self, *, due_at: datetime, is_at_rest: bool, now: datetime) -> None:
        """Its question has arrived after all: it chases an answer from then on; in a closed case, once that is open again. What
        was put off further stays so."""
        self.due_at = max(self.due_at, due_at)
        if is_at_rest:
            self.reason, self.settled_at = AT_REST, now
        else:
            self.resume(assignee_id=self.assignee_id)

    def reassign(self, *, to: UUID) -> None:
        self._must_be_open()
        self.assignee_id = to

    def message_to(self, heir: Staff, *, practice: Practice, now: datetime) -> Message:
        """What has come due, told to who has it now; who was told of this occurrence before is not told again."""
        return _message(self, practice, heir, None, now)

    def move(self, *, due_at: datetime, now: datetime) -> None:
        """It is due at another instant; one that has fired fires again if that lies ahead. What was snoozed stays so."""
        if self.state == "due" and due_at > now:
            self.state = "scheduled"
        if self.state in ("scheduled", "due"):
            self.due_at = due_at

    def snooze(self, *, until: datetime, by: UUID, now: datetime) -> StateChange:
        """It will come due again, and fire again, then; gives the record of it."""
        self._must_be_open()
        if until <= now:
            detail = "A reminder is snoozed until an instant in the future."
            raise SnoozedIntoThePast(detail, [{"pointer": "/until", "detail": detail}])
        was, self.state, self.due_at = self.state, "snoozed", until
        return StateChange(
            case_id=self.case_id, reminder_id=self.id, changed_by_id=by, from_state=was, to_state=self.state, until=until
        )

    def _must_count(self) -> None:
        if not self.is_at_rest:
            self._must_be_open()

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise ReminderSettled(f"This reminder is {self.state} already.")

    def _close(self, state: str, by: UUID | None, now: datetime, reason: str | None) -> None:
        self.state, self.settled_by_id, self.settled_at, self.reason = state, by, now, reason


def message_of(fired: Any, *, now: datetime) -> Message:
    """The message to whoever has to act, or is told too, for a row that `FIRE` gave."""
    is_theirs = fired.staff_id == fired.assignee_id
    return _message(fired, fired, fired, None if is_theirs else fired.responsible, now)


def _message(reminder: Any, practice: Any, to: Any, responsible: str | None, now: datetime) -> Message:
    return Message.write(
        "reminder_due",
        to=to.email,
        now=now,
        practice=practice,
        # A title that somebody typed may name a child, and then it stands in no subject.
        facts={
            "title": reminder.title,
            "is_typed": reminder.key == BY_HAND,
            "due_at": reminder.due_at,
            "case_id": str(reminder.case_id),
            "prompts": reminder.prompts or [],
            "responsible": responsible,
            "is_of_deadline": reminder.deadline_id is not None,
        },
        # Each is told of an occurrence once, however often it is given away and back.
        occasion=f"reminder:{reminder.id}:{reminder.occurrence}:{to.id if isinstance(to, Staff) else to.staff_id}",
    )


Reminder.general = column_property(case((Reminder.deadline_id.is_not(None), GENERAL)))
FIRE = Prepared(Reminder.fire())
REMINDERS = Listing.of(
    Reminder,
    "state",
    "case_id",
    "concern_id",
    "communication_id",
    "check_in_id",
    "deadline_id",
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
