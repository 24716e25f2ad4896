"""A deadline of a case: what the rule gave, what somebody set in its place and why, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    TIMESTAMP,
    CheckConstraint,
    Computed,
    Date,
    Index,
    Select,
    UniqueConstraint,
    Update,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from domain.calendar import NoSuchDay, SchoolCalendar, add_business_days, is_business_day
from domain.deadline_rules import RULES, STATES, shown_rows
from domain.deadlines import Answer, check
from domain.deadlines.inputs import term
from domain.proceedings import governed
from domain.refusal import FieldError, Invalid, Refusal
from domain.wall_clock import NINE, instant, local_date
from models.base import Base
from models.case import Case
from models.listing import Listing
from models.practice import Practice
from models.prepared import Prepared, columns_of
from models.reminder import AT_REST, Reminder
from models.school_calendar import DistrictCalendar
from models.student import Student
from models.tenancy import TenantOwned, refers_to, unique_in_practice
from models.transaction import Transaction

STATUSES = ("upcoming", "due", "past_due", "met", "waived", "paused", "not_running")
# So many days ahead there is a reminder, where the rule names no others.
WARN_DAYS = (14, 3)
# Why we settled a reminder ourselves: it is planned anew when that is taken back.
MOVED, SETTLED = "deadline_moved", "deadline_settled"
OURS = (MOVED, SETTLED, AT_REST)
# What a recount shows when it differs.
COMPARED = ("event_on", "state", "due_on", "reason", "act_by", "watch_on", "earliest_on", "citation", "sum", "inputs")
LIMITS = ("state_complaint_limit", "due_process_limit")
LAST_PLACE = "2199-12-31"


class AlreadySettled(Refusal):
    """A deadline that is met or waived is not settled in another way before that is taken back."""


class CountsOtherwise(Refusal):
    """What is accepted is not what was seen: a calendar, a state or a birth was changed in between."""


class FollowsFromProceeding(Invalid):
    """The days of a proceeding are said in its steps; its deadlines follow."""


@dataclass(frozen=True)
class Basis:
    """What the deadlines of a case count by: the state's law, the district's calendar or else the practice's, the zone."""

    state: str | None
    calendar: SchoolCalendar
    holidays: frozenset[date]
    zone: ZoneInfo
    now: datetime
    birth_date: date | None = None
    disabilities: tuple[str, ...] = ()
    # The case is closed: what is counted is kept, and nobody is reminded.
    rests: bool = False

    @classmethod
    def of(
        cls, practice: Practice, student: Student, district: DistrictCalendar | None, now: datetime, *, rests: bool = False
    ) -> "Basis":
        named = (student.state, district.state if district else None, practice.state)
        state = next((name.upper() for name in named if name), "")
        return cls(
            # Other countries have states too, and none of this law.
            state=state if practice.country == "US" and state in STATES else None,
            calendar=district.days if district else practice.calendar,
            holidays=(district.holidays if district else None) or practice.holidays,
            zone=practice.zone,
            now=now,
            birth_date=student.birth_date,
            disabilities=tuple(term(str(said)) for said in student.disabilities),
            rests=rests,
        )

    @property
    def today(self) -> date:
        return local_date(self.now, self.zone)

    def count(
        self,
        rule: str,
        event_on: date | None,
        event: str | None = None,
        state: str | None = None,
        inputs: Mapping[str, Any] | None = None,
    ) -> Answer:
        """The engine's answer; the child's birth and disability are known already, and it says so where the state is not.
        Raises `Invalid`."""
        known = self._known(rule, state)
        if event_on is None:
            event_on = self.born(rule)
        if event_on is None:
            detail = "On which day did it happen?"
            raise Invalid(detail, [FieldError(pointer="/event_on", detail=detail)])
        answer = check(
            rule,
            event_on,
            event,
            state,
            {**known, **(inputs or {})},
            calendar=self.calendar,
            state_holidays=self.holidays,
            zone=self.zone,
        )
        return answer if state else answer.of_no_known_state()

    def born(self, rule: str) -> date | None:
        """The child's birth, as it is known now, of a rule that counts from it."""
        return self.birth_date if rule in RULES and all(row.event == "birth" for row in RULES[rule].rows) else None

    def _known(self, rule: str, state: str | None) -> dict[str, str]:
        """The child's disability, where a row of the state is for those with it alone."""
        narrowed = [row.when for row in shown_rows(rule, state) if row.when] if rule in RULES and state else []
        return {name: value for name, value in narrowed if name == "disability" and value in self.disabilities}

    def business_day_until(self, day: date) -> date:
        return day if is_business_day(day, self.holidays) else add_business_days(day, -1, self.holidays)


class Deadline(TenantOwned, Base):
    __tablename__ = "deadlines"
    __table_args__ = (
        CheckConstraint(
            "override_on is null or (override_reason is not null and overridden_by_id is not null)", name="override"
        ),
        UniqueConstraint(*unique_in_practice("proceeding_id", "rule", "event"), name="uq_deadlines_of_proceeding"),
        Index("ix_deadlines_case", *unique_in_practice("case_id", "sorts_on")),
        Index("ix_deadlines_due", *unique_in_practice("sorts_on", "id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    concern_id: Mapped[UUID | None] = refers_to("concerns")
    proceeding_id: Mapped[UUID | None] = refers_to("proceedings")
    document_id: Mapped[UUID | None] = refers_to("documents")
    assignee_id: Mapped[UUID] = refers_to("staff")
    rule: Mapped[str]
    event: Mapped[str]
    event_on: Mapped[date]
    # Of the country, as in `student.state`.
    state: Mapped[str | None]
    inputs: Mapped[dict[str, Any]]
    # All that the rule gave: date, arithmetic, source.
    answer: Mapped[dict[str, Any]]
    # What counts: the override where there is one.
    due_on: Mapped[date | None]
    act_by: Mapped[date | None]
    watch_on: Mapped[date | None]
    earliest_on: Mapped[date | None]
    # Where it stands in lists: what has no day comes last.
    sorts_on: Mapped[date | None] = mapped_column(
        Computed(f"coalesce(due_on, watch_on, earliest_on, '{LAST_PLACE}'::date)", persisted=True)
    )
    override_on: Mapped[date | None]
    override_reason: Mapped[str | None]
    overridden_by_id: Mapped[UUID | None] = refers_to("staff")
    overridden_at: Mapped[datetime | None]
    met_on: Mapped[date | None]
    waived_on: Mapped[date | None]
    # Its proceeding is over, or has come to where this does not run any more.
    ended_on: Mapped[date | None]
    note: Mapped[str | None]
    # What people set and took back, the first first; it is only added to.
    history: Mapped[list[Any]]

    @classmethod
    def keep(
        cls,
        answer: Answer,
        *,
        case: Case,
        basis: Basis,
        inputs: Mapping[str, Any],
        assignee_id: UUID | None = None,
        concern_id: UUID | None = None,
        proceeding_id: UUID | None = None,
        document_id: UUID | None = None,
        note: str | None = None,
    ) -> "Deadline":
        """A deadline as it was counted, given to whoever is responsible for the case unless another is named."""
        deadline = cls(
            case_id=case.id,
            concern_id=concern_id,
            proceeding_id=proceeding_id,
            document_id=document_id,
            assignee_id=assignee_id or case.advocate_id,
            rule=answer.rule,
            event=answer.event,
            note=note,
            history=[],
        )
        for name in ("override_on", "override_reason", "overridden_by_id", "overridden_at", "met_on", "waived_on", "ended_on"):
            setattr(deadline, name, None)
        deadline.accept(answer, inputs, basis)
        return deadline

    @property
    def is_open(self) -> bool:
        return self.met_on is None and self.waived_on is None and self.ended_on is None

    def recounted(self, basis: Basis, event_on: date | None = None, inputs: Mapping[str, Any] | None = None) -> Answer:
        """What the rule gives now: the calendar, the state or what is said here may have changed. Changes nothing.

        An input that is null is one no more.
        """
        if self.proceeding_id is not None:
            self._must_not_follow(event_on, inputs or {})
        counts_from = event_on or basis.born(self.rule) or self.event_on
        return basis.count(self.rule, counts_from, self._event_said(basis), basis.state, self.inputs_with(inputs))

    def inputs_with(self, said: Mapping[str, Any] | None) -> dict[str, Any]:
        return {name: value for name, value in {**self.inputs, **(said or {})}.items() if value is not None}

    def _event_said(self, basis: Basis) -> str | None:
        """The event is named where the rule has two; else another state may count from another one."""
        events = {row.event for row in RULES[self.rule].rows}
        return self.event if len(events) > 1 and self.event in events else None

    def _must_not_follow(self, event_on: date | None, inputs: Mapping[str, Any]) -> None:
        said = [*(["event_on"] if event_on else []), *(f"inputs/{name}" for name in inputs if name in governed(self.rule))]
        if said:
            detail = "This follows from the proceeding: take its step, or correct_date."
            raise FollowsFromProceeding(detail, [FieldError(pointer=f"/{name}", detail=detail) for name in said])

    def differences(self, after: Answer) -> list[dict[str, Any]]:
        """What another count would change, field by field."""
        before, then = self.answer, after.as_json()
        return [
            {"field": name, "before": before.get(name), "after": then.get(name)}
            for name in COMPARED
            if before.get(name) != then.get(name)
        ]

    def accept(self, answer: Answer, inputs: Mapping[str, Any], basis: Basis) -> None:
        """From here on the deadline is what was counted; an override stays, and its computed date moves beside it."""
        self.event, self.event_on, self.state = answer.event, answer.event_on, answer.state
        self.inputs, self.answer = dict(inputs), answer.as_json()
        self._settle_dates(basis)

    def override(self, on: date | None, reason: str | None, *, by: UUID, basis: Basis) -> None:
        """Somebody who knows better sets the date; null takes it back. What was counted stays beside it."""
        self._must_follow_the_event(on, "/override_on")
        if (on, reason if on else None) != (self.override_on, self.override_reason):
            self._record("override_on", self.override_on, on, reason, by=by, basis=basis)
        self.override_on, self.override_reason = on, reason if on else None
        self.overridden_by_id, self.overridden_at = (by, basis.now) if on else (None, None)
        self._settle_dates(basis)

    def _settle_dates(self, basis: Basis) -> None:
        counted = {name: _date(self.answer[name]) for name in ("due_on", "act_by", "watch_on", "earliest_on")}
        if self.override_on is not None:
            acts = self.answer["by"] in ("parent", "both")
            counted["due_on"] = self.override_on
            try:
                counted["act_by"] = basis.business_day_until(self.override_on) if acts else None
            except NoSuchDay as none:
                raise Invalid(str(none), [FieldError(pointer="/override_on", detail=str(none))]) from None
        for name, day in counted.items():
            setattr(self, name, day)

    def meet(self, on: date | None, *, by: UUID, basis: Basis, note: str | None = None) -> None:
        """What was due was done on that day; null takes it back."""
        self._must_be_settled_once(self.waived_on, "waived", on)
        _not_in_the_future(on, basis.today, "/met_on")
        self._must_follow_the_event(on, "/met_on")
        if on != self.met_on:
            self._record("met_on", self.met_on, on, note, by=by, basis=basis)
        self.met_on = on

    def waive(self, on: date | None, *, by: UUID, basis: Basis, note: str | None = None) -> None:
        """Whoever could ask for it does without; null takes it back."""
        self._must_be_settled_once(self.met_on, "met", on)
        _not_in_the_future(on, basis.today, "/waived_on")
        if on != self.waived_on:
            self._record("waived_on", self.waived_on, on, note, by=by, basis=basis)
        self.waived_on = on

    def recount(self, answer: Answer, inputs: Mapping[str, Any], *, by: UUID, basis: Basis) -> None:
        """What somebody saw counted anew and accepted."""
        before = _date(self.answer["due_on"])
        if self.differences(answer):
            self._record("due_on", before, answer.due_on, None, by=by, basis=basis)
        self.accept(answer, inputs, basis)

    def _record(
        self, what: str, before: date | None, after: date | None, reason: str | None, *, by: UUID, basis: Basis
    ) -> None:
        """Keeps what was set, by whom and why: what is replaced or taken back is not forgotten."""
        said = {"what": what, "before": before and before.isoformat(), "after": after and after.isoformat(), "reason": reason}
        self.history = [*self.history, {**said, "by_id": str(by), "at": basis.now.isoformat()}]

    def _must_follow_the_event(self, on: date | None, pointer: str) -> None:
        """Nothing is done, or due, before what it follows; what is due before its event is another thing."""
        counted = _date(self.answer["due_on"])
        if on is not None and counted is not None and counted >= self.event_on > on:
            detail = f"This lies before the event that it is counted from, {self.event_on}."
            raise Invalid(detail, [FieldError(pointer=pointer, detail=detail)])

    @staticmethod
    def _must_be_settled_once(other: date | None, word: str, on: date | None) -> None:
        if other is not None and on is not None:
            raise AlreadySettled(f"It is {word} already: take that back first.")

    def reminders(self) -> Select[Reminder]:
        return select(Reminder).where(Reminder.deadline_id == self.id).order_by(Reminder.id).with_for_update()

    def remind(self, present: Sequence[Reminder], basis: Basis, by: UUID | None) -> list[Reminder]:
        """Its reminders as they should be: those that are there are moved or settled; the new ones are given back.

        A title names the day: what has another one is of a day that counts no more. What somebody settled stays settled, as
        long as the day is the same. In a closed case nothing is planned; once it is open again, what is still to come is.
        """
        title, wanted = self._title, self._warnings(basis) if self.is_open and not basis.rests else {}
        for reminder in present:
            due_at = wanted.pop(reminder.key, None)
            is_as_it_was = reminder.title == title and reminder.reason not in OURS
            if due_at is not None and not is_as_it_was:
                reminder.title, reminder.due_at, reminder.state = title, due_at, "scheduled"
                reminder.settled_at = reminder.settled_by_id = reminder.reason = None
            elif due_at is None and (not self.is_open or reminder.title != title):
                reminder.settle(by=by, now=basis.now, reason=MOVED if self.is_open else SETTLED)
            if reminder.is_open:
                reminder.assignee_id = self.assignee_id
        return [self._reminder(key, due_at) for key, due_at in wanted.items()]

    def _reminder(self, key: str, due_at: datetime) -> Reminder:
        return Reminder.plan(
            case_id=self.case_id,
            deadline_id=self.id,
            concern_id=self.concern_id,
            assignee_id=self.assignee_id,
            key=key,
            title=self._title,
            due_at=due_at,
        )

    @property
    def _lacks_calendar(self) -> bool:
        return self.due_on is None and self.answer["reason"] == "calendar_missing"

    @property
    def _title(self) -> str:
        """Names the rule and the day, and no child."""
        if self._lacks_calendar:
            return f"{self.answer['label']}: no date before the next school year is in the calendar"
        if self.due_on is None:
            return f"{self.answer['label']}: look again on {self.watch_on or self.earliest_on}"
        return f"{self.answer['label']}: " + (f"act by {self.act_by}" if self.act_by else f"due on {self.due_on}")

    def _warnings(self, basis: Basis) -> dict[str, datetime]:
        """Key and instant of the reminders that are still to come."""
        today = basis.today
        if self._lacks_calendar:
            return {"calendar_missing": instant(today, NINE, basis.zone)}
        if self.due_on is None:
            day = self.watch_on or self.earliest_on
            return {"on_the_day": instant(day, NINE, basis.zone)} if day and day >= today else {}
        last = self.act_by or self.due_on
        if last < today:
            return {}
        days = RULES[self.rule].warn_days or WARN_DAYS
        to_come = [ahead for ahead in days if last - timedelta(days=ahead) >= today]
        # What is recorded late is said once, now.
        return {f"before_{ahead}": instant(last - timedelta(days=ahead), NINE, basis.zone) for ahead in to_come or days[-1:]}

    @classmethod
    def of_proceeding(cls, proceeding_id: UUID) -> Select["Deadline"]:
        return select(cls).where(cls.proceeding_id == proceeding_id).order_by(cls.id).with_for_update()

    @classmethod
    def limits_by_hand(cls, concern_id: UUID) -> Select["Deadline"]:
        """Limits of a concern that follow nothing: somebody keeps them beside its proceedings."""
        kept = (cls.concern_id == concern_id, cls.proceeding_id.is_(None), cls.rule.in_(LIMITS), is_open())
        return select(cls).where(*kept).order_by(cls.id)

    @classmethod
    def open_in(cls, case_id: UUID) -> Select["Deadline"]:
        return select(cls).where(cls.case_id == case_id, is_open()).order_by(cls.id).with_for_update()

    @classmethod
    def hand_over(cls, case_id: UUID, *, to: UUID) -> Update:
        """What is open in a case, given to who is responsible for it from now on."""
        return update(cls).where(cls.case_id == case_id, is_open()).values(assignee_id=to, version=cls.version + 1)

    @classmethod
    def hand_over_all(cls, assignee_id: UUID, *, to: UUID) -> Update:
        """What is open with somebody who leaves."""
        return update(cls).where(cls.assignee_id == assignee_id, is_open()).values(assignee_id=to, version=cls.version + 1)


def basis_of(work: Transaction, case: Case, practice: Practice) -> Basis:
    """What the deadlines of a case count by: the student's school calendar or else the practice's, and the student's state."""
    student = work.find(Student, case.student_id)
    calendar_id = student.school_calendar_id
    district = work.find(DistrictCalendar, calendar_id) if calendar_id else None
    return Basis.of(practice, student, district, work.now, rests=case.state == "closed")


def limits_of(since_on: date, basis: Basis) -> dict[str, dict[str, Any]]:
    """The two limits of a concern, from the earliest dated fact about it: the earliest dates we know, and no safe ones."""
    return {rule: basis.count(rule, since_on, state=basis.state).as_json() for rule in LIMITS}


def is_open() -> Any:
    return and_(Deadline.met_on.is_(None), Deadline.waived_on.is_(None), Deadline.ended_on.is_(None))


def _date(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)


def _not_in_the_future(on: date | None, today: date, pointer: str) -> None:
    if on is not None and on > today:
        detail = "This lies in the future."
        raise Invalid(detail, [FieldError(pointer=pointer, detail=detail)])


# Today, where the practice is.
_TODAY = cast(
    func.timezone(
        select(Practice.timezone).where(Practice.id == bindparam("practice")).scalar_subquery(),
        bindparam("now", type_=TIMESTAMP(timezone=True)),
    ),
    Date,
)
_LOOK_ON = func.coalesce(Deadline.watch_on, Deadline.earliest_on)
STATUS: Any = case(
    (Deadline.met_on.is_not(None), "met"),
    (Deadline.waived_on.is_not(None), "waived"),
    (Deadline.ended_on.is_not(None), "not_running"),
    (and_(Deadline.due_on.is_(None), Deadline.answer["reason"].astext == "waived"), "waived"),
    (and_(Deadline.due_on.is_(None), Deadline.answer["reason"].astext == "paused"), "paused"),
    (Deadline.due_on < _TODAY, "past_due"),
    (func.coalesce(Deadline.act_by, Deadline.due_on) <= _TODAY, "due"),
    (or_(Deadline.due_on.is_not(None), _LOOK_ON > _TODAY), "upcoming"),
    # How far back a complaint may reach is no day to come.
    (Deadline.earliest_on < Deadline.event_on, "not_running"),
    # The law has no number here: nothing is past due by our own day.
    (_LOOK_ON <= _TODAY, "due"),
    else_="not_running",
)
# What was met after its day is met, and is no day that was kept.
_IS_LATE = func.coalesce(Deadline.met_on > Deadline.due_on, False)
_SHOWN = (*columns_of(Deadline), STATUS.label("status"), _IS_LATE.label("is_late"))
DEADLINES = Listing(
    select(*_SHOWN),
    (Deadline.sorts_on, Deadline.id),
    {
        **{name: getattr(Deadline, name) == bindparam(name) for name in ("case_id", "concern_id", "proceeding_id", "rule")},
        "assignee_id": Deadline.assignee_id == bindparam("assignee_id"),
        "status": bindparam("status") == STATUS,
        "due_before": Deadline.sorts_on < bindparam("due_before"),
        "due_after": Deadline.sorts_on > bindparam("due_after"),
    },
)
DEADLINE = Prepared(select(*_SHOWN).where(Deadline.id == bindparam("id")))
DEADLINES_OF = Prepared(
    select(*_SHOWN).where(Deadline.proceeding_id == bindparam("proceeding_id")).order_by(Deadline.sorts_on, Deadline.id)
)
REMINDERS_OF = Prepared(
    select(*columns_of(Reminder)).where(Reminder.deadline_id == bindparam("deadline_id")).order_by(Reminder.due_at, Reminder.id)
)
