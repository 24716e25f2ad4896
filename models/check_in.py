"""A check-in: every week or two, somebody is asked whether the support is provided.

Its occasions of the next days stand as reminders, each under the date by the rule: so one is planned once, however many
workers plan.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Index, Select, Update, bindparam, cast, func, select, update
from sqlalchemy.orm import Mapped

from domain import check_ins
from domain.calendar import WEEKDAYS, must_be_in_order
from domain.check_ins import EVERY, TITLES, Occasion, Rule
from domain.refusal import Invalid, Refusal
from domain.wall_clock import NINE, local_date
from models.base import Base, among
from models.case import Case, OfCase, same_case
from models.listing import Listing
from models.practice import Practice
from models.prepared import Prepared, columns_of
from models.provision import Provision
from models.reminder import OPEN_STATES, WAITING_STATES, Reminder
from models.state_change import StateChange
from models.tenancy import TenantOwned, practice_of, refers_to, unique_in_practice
from models.transaction import Transaction

STATES = ("active", "paused", "ended")
# How far ahead occasions are planned: a week and a day, so that the next one of a weekly rule always stands.
AHEAD = timedelta(days=8)
# Why we cancelled the reminder of an occasion, which may so come back.
MOVED, PAUSED, ENDED = "check_in_moved", "check_in_paused", "check_in_ended"
OURS = (MOVED, PAUSED, ENDED)
# What ends a check-in by itself, and what pauses it until the case is open again.
OVER, CASE_CLOSED = "over", "case_closed"


class NotInThisState(Refusal):
    """What is paused or ended cannot be paused; what is ended stays so until it is resumed."""


class NeverHappens(Invalid):
    """Between its first and its last day there is no occasion."""

    def __init__(self) -> None:
        detail = "There is no occasion between now, its first day and its last."
        super().__init__(detail, [{"pointer": "/ends_on", "detail": detail}])


class Asked(Protocol):
    """The support that is asked about."""

    @property
    def text(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def provider_role(self) -> str | None: ...

    @property
    def setting(self) -> str | None: ...


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
    # By the clock of the practice's zone, whatever that is on the day.
    at: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    state: Mapped[str]
    # The date, by the rule, of the next occasion that has no reminder yet; behind the last day: when to see that it is over.
    next_on: Mapped[date | None]
    # How many occasions were planned: whose turn it is among the questions.
    occurrence: Mapped[int]
    # What to look for; it stands with each reminder.
    note: Mapped[str | None]
    reason: Mapped[str | None]

    @classmethod
    def begin(
        cls,
        *,
        case: Case,
        practice: Practice,
        now: datetime,
        party: str,
        every: str,
        assignee_id: UUID | None = None,
        concern: OfCase | None = None,
        provision: Provision | None = None,
        team_member: OfCase | None = None,
        weekday: str | None = None,
        at: str | None = None,
        starts_on: date | None = None,
        ends_on: date | None = None,
        note: str | None = None,
    ) -> "tuple[CheckIn, list[Reminder]]":
        """A check-in, and the reminders of its first days. Where nothing else is said: from tomorrow on, at nine, on the
        weekday of today, or Mondays."""
        same_case(case, concern_id=concern, team_member_id=team_member)
        today = local_date(now, practice.zone)
        starts_on = starts_on or today + timedelta(days=1)
        must_be_in_order(starts_on, ends_on, "/ends_on")
        row = cls(
            case_id=case.id,
            concern_id=concern.id if concern else None,
            provision_id=provision.id if provision else None,
            team_member_id=team_member.id if team_member else None,
            assignee_id=assignee_id or case.advocate_id,
            party=party,
            every=every,
            weekday=weekday or WEEKDAYS[today.weekday() % 5 if today.weekday() < 5 else 0],
            at=at or f"{NINE:%H:%M}",
            starts_on=starts_on,
            ends_on=ends_on,
            state="active",
            occurrence=0,
            note=note,
            reason=None,
        )
        if not row.upcoming(practice, now, 1):
            raise NeverHappens
        return row, row.arranged((), practice, provision, now=now, since=None)

    @property
    def rule(self) -> Rule:
        return Rule(self.every, WEEKDAYS.index(self.weekday), time.fromisoformat(self.at), self.starts_on, self.ends_on)

    @classmethod
    def of_concern(cls, concern_id: UUID) -> "Select[CheckIn]":
        """Those of a concern that have not ended, locked."""
        return cls._living().where(cls.concern_id == concern_id)

    @classmethod
    def of_case(cls, case_id: UUID) -> "Select[CheckIn]":
        return cls._living().where(cls.case_id == case_id)

    @classmethod
    def active(cls) -> "Select[CheckIn]":
        return cls._living().where(cls.state == "active")

    @classmethod
    def _living(cls) -> "Select[CheckIn]":
        return select(cls).where(among(cls.state, ("active", "paused"))).order_by(cls.id).with_for_update()

    @classmethod
    def claimable(cls, until: date, limit: int) -> "Select[CheckIn]":
        """Those that have an occasion to plan, unlocked ones."""
        waiting = among(cls.state, ("active",)) & (cls.next_on <= until)
        return select(cls).where(waiting).order_by(cls.next_on, cls.id).limit(limit).with_for_update(skip_locked=True)

    @classmethod
    def hand_over(cls, case_id: UUID, *, to: UUID) -> Update:
        """Those of a case, given to who is responsible for it from now on."""
        return update(cls).where(cls.case_id == case_id, cls.state != "ended").values(assignee_id=to, version=cls.version + 1)

    @classmethod
    def hand_over_all(cls, assignee_id: UUID, *, to: UUID) -> Update:
        """What somebody who leaves had to do."""
        theirs = update(cls).where(cls.assignee_id == assignee_id, cls.state != "ended")
        return theirs.values(assignee_id=to, version=cls.version + 1)

    def upcoming(self, practice: Practice, now: datetime, most: int) -> list[Occasion]:
        """The next occasions, if nothing changes before them."""
        if self.state != "active":
            return []
        return list(islice(self._from(practice, now), most))

    def arranged(
        self,
        planned: Sequence[Reminder],
        practice: Practice,
        provision: Asked | None,
        *,
        now: datetime,
        since: date | None,
    ) -> list[Reminder]:
        """Brings what is planned in line with the rule, the calendar and the zone as they are now; gives the new reminders.

        What lies ahead and is no occasion any more is cancelled, what is one stands at its instant. Without `since`, nothing
        that is past is planned; with it, of all that was missed from that date on the latest.
        """
        until = horizon(now)
        known = {reminder.key: reminder for reminder in planned}
        # What was still to come is, even where its new hour is past already: it is asked late, not never.
        to_come = {key for key, reminder in known.items() if reminder.state == "scheduled" and reminder.due_at > now}
        wanted = {str(occasion.by_rule): occasion for occasion in self._wanted(practice, now, since, until, to_come)}
        for key, reminder in known.items():
            if key not in wanted and reminder.state == "scheduled" and reminder.due_at > now:
                reminder.cancel(by=None, now=now, reason=MOVED)
        new = []
        for key, occasion in wanted.items():
            before = known.get(key)
            if before is None:
                new.append(self._reminder(key, occasion, provision))
                self.occurrence += 1
            elif before.state == "scheduled" or (before.state == "cancelled" and before.reason in OURS):
                if before.state == "cancelled":
                    before.resume(assignee_id=self.assignee_id)
                before.due_at, before.assignee_id, before.note = occasion.at, self.assignee_id, self.note
        self.next_on = self._next_on(practice, now, until)
        return new

    def pause(self, *, reason: str | None, by: UUID) -> StateChange:
        """Nobody is asked until it is resumed; gives the record of it, as the next two do."""
        self._must_be("active")
        return self._turn("paused", reason, by)

    def resume(self, *, today: date, by: UUID) -> StateChange:
        """It goes on from now: what fell into the pause is not made up for."""
        self._must_be("paused", "ended")
        if self.ends_on is not None and self.ends_on < today:
            raise NeverHappens
        return self._turn("active", None, by)

    def end(self, *, reason: str, by: UUID | None) -> StateChange:
        self._must_be("active", "paused")
        self.next_on = None
        return self._turn("ended", reason, by)

    def _turn(self, state: str, reason: str | None, by: UUID | None) -> StateChange:
        was, self.state, self.reason = self.state, state, reason
        return StateChange(
            case_id=self.case_id, check_in_id=self.id, changed_by_id=by, from_state=was, to_state=state, reason=reason
        )

    def change(self, **said: Any) -> None:
        """Other days, another hour, another person: `arranged` moves what is planned."""
        for name, value in said.items():
            setattr(self, name, value)
        must_be_in_order(self.starts_on, self.ends_on, "/ends_on" if "ends_on" in said else "/starts_on")

    def _must_be(self, *states: str) -> None:
        if self.state not in states:
            raise NotInThisState(f"This check-in is {self.state}.")

    def _from(self, practice: Practice, now: datetime, to_come: Collection[str] = ()) -> Any:
        """The occasions that lie ahead; one that a closed day moved may be of a date before today. Of today, those of which it
        is said that they were still to come."""
        today = local_date(now, practice.zone)
        since = today - timedelta(days=self.rule.days_apart)
        found = self.rule.occasions(since, practice.zone, practice.calendar, practice.holidays)
        return (
            occasion
            for occasion in found
            if occasion.at > now or (str(occasion.by_rule) in to_come and local_date(occasion.at, practice.zone) == today)
        )

    def _wanted(
        self, practice: Practice, now: datetime, since: date | None, until: date, to_come: Collection[str]
    ) -> list[Occasion]:
        wanted: list[Occasion] = []
        if since is not None:
            for occasion in self.rule.occasions(since, practice.zone, practice.calendar, practice.holidays):
                if occasion.at > now or occasion.by_rule > until:
                    break
                wanted = [occasion]
        for occasion in self._from(practice, now, to_come):
            if occasion.by_rule > until:
                break
            wanted.append(occasion)
        return wanted

    def _next_on(self, practice: Practice, now: datetime, until: date) -> date:
        for occasion in self.rule.occasions(until + timedelta(days=1), practice.zone, practice.calendar, practice.holidays):
            return occasion.by_rule
        # Two days behind its last one, wherever on earth that ends; or, where no calendar opens again, another look tomorrow.
        return (
            max(until + timedelta(days=1), self.ends_on + AHEAD + timedelta(days=2))
            if self.ends_on
            else until + timedelta(days=1)
        )

    def _reminder(self, key: str, occasion: Occasion, provision: Asked | None) -> Reminder:
        about = (provision.text, provision.kind, provision.provider_role, provision.setting) if provision else ()
        return Reminder.plan(
            case_id=self.case_id,
            concern_id=self.concern_id,
            check_in_id=self.id,
            assignee_id=self.assignee_id,
            key=key,
            title=TITLES[self.party],
            note=self.note,
            due_at=occasion.at,
            prompts=check_ins.questions(self.party, self.occurrence, *about),
        )


def horizon(now: datetime) -> date:
    """The last date up to which occasions are planned now: the same for every practice and worker, so in UTC."""
    return (now.astimezone(UTC) + AHEAD).date()


def arrange(work: Transaction, check_in: CheckIn, practice: Practice, *, since: date | None = None) -> list[Reminder]:
    """Plans and moves the reminders of an active check-in, in this transaction; gives the new ones."""
    first = (since or local_date(work.now, practice.zone)) - timedelta(days=2 * EVERY[check_in.every])
    planned = work.all(Reminder.of_check_in(check_in.id, first.isoformat()))
    provision = work.find(Provision, check_in.provision_id) if check_in.provision_id else None
    new = check_in.arranged(planned, practice, provision, now=work.now, since=since)
    work.flush()
    work.add(new)
    return new


def arrange_all(work: Transaction, practice: Practice) -> None:
    """What is planned moves along when the practice's zone or calendar does."""
    for check_in in work.all(CheckIn.active()):
        arrange(work, check_in, practice)


def withdraw(
    work: Transaction, check_in: CheckIn, reason: str, *, by: UUID | None = None, states: Sequence[str] = WAITING_STATES
) -> None:
    """What is planned or put off of a check-in that does not go on for now will not come due; what is due stays to be done."""
    for reminder in work.all(Reminder.all_open().where(Reminder.check_in_id == check_in.id)):
        if reminder.state in states:
            reminder.cancel(by=by, now=work.now, reason=reason)


def case_closed(work: Transaction, case_id: UUID, *, by: UUID) -> None:
    """In a closed case nobody is asked."""
    for check_in in work.all(CheckIn.of_case(case_id)):
        if check_in.state == "active":
            work.add(check_in.pause(reason=CASE_CLOSED, by=by))
            # What has come due rests with the case.
            withdraw(work, check_in, PAUSED, by=by, states=("scheduled",))


def case_reopened(work: Transaction, case_id: UUID, practice: Practice, *, by: UUID) -> None:
    """A case that is open again goes on asking whom it asked before."""
    today = local_date(work.now, practice.zone)
    for check_in in work.all(CheckIn.of_case(case_id)):
        if (check_in.state, check_in.reason) != ("paused", CASE_CLOSED):
            continue
        if check_in.ends_on is not None and check_in.ends_on < today:
            work.add(check_in.end(reason=OVER, by=by))
        else:
            work.add(check_in.resume(today=today, by=by))
            arrange(work, check_in, practice)


CHECK_INS = Listing.of(CheckIn, "case_id", "concern_id", "provision_id", "assignee_id", "state", "party")
REMINDERS_OF_CHECK_IN = Prepared(
    select(*columns_of(Reminder))
    .where(Reminder.check_in_id == bindparam("check_in_id"), among(Reminder.state, OPEN_STATES))
    .order_by(Reminder.due_at, Reminder.id)
)
PRACTICES_WITH_CHECK_INS = Prepared(
    select(practice_of(CheckIn).label("practice"))
    .where(
        among(CheckIn.state, ("active",)),
        CheckIn.next_on <= cast(func.timezone("UTC", bindparam("now", type_=Reminder.due_at.type)), Date) + AHEAD.days,
    )
    .group_by(practice_of(CheckIn))
    .order_by(func.min(CheckIn.next_on))
    .limit(bindparam("most")),
    across_practices=True,
)
