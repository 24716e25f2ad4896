"""The agenda: what is due and overdue, whose it is, and what nobody has planned anything for.

A constant number of statements, however much there is; each gives so many rows at most, the earliest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import String, bindparam, cast, exists, func, or_, select

from domain import agenda
from domain.agenda import NOTHING_PLANNED, Item, in_order
from domain.deadline_rules import RULES
from domain.deadlines import FEDERAL_ONLY, GENERAL
from domain.playbook import OPEN_STATES as OPEN_CONCERNS
from domain.wall_clock import instant, local_date
from models.base import among
from models.booking import AGREED_STATES, Booking
from models.case import Case
from models.check_in import CheckIn
from models.communication import Communication
from models.concern import Concern
from models.consultation_type import ConsultationType
from models.deadline import Deadline
from models.inbound_mail import REMINDER_KEY, InboundMail
from models.practice import Practice
from models.prepared import Prepared
from models.reminder import OPEN_STATES, Reminder
from models.transaction import Transaction

MOST_DAYS = 60
MOST_OF_A_KIND = 500
# What is put off for longer is no plan: an annual review comes sooner.
LONGEST_PLAN = timedelta(days=366)
# What began before that is over.
LONGEST_MEETING = timedelta(days=2)


@dataclass(frozen=True)
class Agenda:
    """What is to be done by the end of `until`, in order; `left_out` names the kinds of which there is more."""

    today: date
    until: date
    items: list[Item]
    left_out: list[str]

    @property
    def is_complete(self) -> bool:
        return not self.left_out


def agenda_of(work: Transaction, practice: Practice, staff_id: UUID | None, *, days: int) -> Agenda:
    """Of somebody, or of everybody: today and the days after it, `days` in all, and what is overdue."""
    zone, now = practice.zone, work.now
    today = local_date(now, zone)
    until = today + timedelta(days=days - 1)
    asked: dict[str, Any] = {
        "staff_id": staff_id,
        "until": instant(until + timedelta(days=1), time(0), zone),
        "until_on": until,
        "too_far": now + LONGEST_PLAN,
        "not_before": now - LONGEST_MEETING,
        "most": MOST_OF_A_KIND + 1,
    }
    read = {kind: work.rows(statement, **asked) for kind, statement in _STATEMENTS.items()}
    found: list[Item] = []
    for kind, rows in read.items():
        for row in rows[:MOST_OF_A_KIND]:
            found += _ITEMS[kind](row, today, until, now, practice)
    # A case for which nothing is planned stands for its concerns.
    bare = {item.case_id for item in found if item.kind == "case"}
    found = [item for item in found if item.kind != "concern" or item.case_id not in bare]
    left_out = [kind for kind, rows in read.items() if len(rows) > MOST_OF_A_KIND]
    return Agenda(today, until, in_order(found, now, zone), left_out)


def _reminder(row: Any, today: date, until: date, now: datetime, practice: Practice) -> Iterator[Item]:
    reason = agenda.why_reminded(
        key=row.key,
        ladder=row.ladder,
        asked_at=row.asked_at,
        check_in_every=row.every,
        is_of_deadline=row.deadline_id is not None,
        is_of_concern=row.concern_id is not None,
        due_at=row.due_at,
        now=now,
        zone=practice.zone,
    )
    told = _of_deadline(row.state_of_law) if row.deadline_id else {}
    yield _item("reminder", row, title=row.title, reason=reason, at=row.due_at, is_overdue=row.due_at <= now, **told)


def _deadline(row: Any, today: date, until: date, now: datetime, practice: Practice) -> Iterator[Item]:
    on = row.act_by or row.due_on or row.watch_on
    if on is None or on > until:
        return
    answer = row.answer
    reason = agenda.why_counted(
        event_in_words=str(answer.get("event_in_words", row.event)),
        event_on=row.event_on,
        citation=str(answer.get("citation", "")),
        act_by=row.act_by is not None and row.act_by != row.due_on,
        on=on,
        today=today,
    )
    label = RULES[row.rule].label if row.rule in RULES else row.rule
    told = _of_deadline(row.state_of_law)
    yield _item("deadline", row, title=label, reason=reason, on=on, is_overdue=on < today, **told)


def _of_deadline(state_of_law: str | None) -> dict[str, Any]:
    """What stands under whatever tells of a deadline; and that it may be another one where nobody knows whose law holds."""
    return {"notices": () if state_of_law else (FEDERAL_ONLY,), "general": GENERAL}


def _booking(row: Any, today: date, until: date, now: datetime, practice: Practice) -> Iterator[Item]:
    yield _item("booking", row, title=row.title, reason=agenda.why_meeting(row.state), at=row.starts_at, is_overdue=False)


def _mail(row: Any, today: date, until: date, now: datetime, practice: Practice) -> Iterator[Item]:
    title = f"Mail from {row.from_name or row.from_address}"
    yield _item("inbound_mail", row, title=title, reason=agenda.why_waiting(row.because), at=row.received_at, is_overdue=True)


def _undated(kind: str) -> Any:
    def item(row: Any, today: date, until: date, now: datetime, practice: Practice) -> Iterator[Item]:
        yield _item(kind, row, title=row.title, reason=NOTHING_PLANNED)

    return item


def _item(kind: str, row: Any, **said: Any) -> Item:
    concern_id = getattr(row, "concern_id", None)
    return Item(kind, row.id, row.case_id, row.case_title, concern_id, row.assignee_id, **said)


_ITEMS = {
    "reminder": _reminder,
    "deadline": _deadline,
    "booking": _booking,
    "inbound_mail": _mail,
    "case": _undated("case"),
    "concern": _undated("concern"),
}


def _of(column: Any) -> Any:
    """Of the one who is asked for, or of everybody."""
    staff_id = bindparam("staff_id", type_=Reminder.assignee_id.type)
    return or_(staff_id.is_(None), column == staff_id)


def _most(statement: Any) -> Prepared:
    return Prepared(statement.limit(bindparam("most")))


_OPEN_REMINDER = among(Reminder.state, OPEN_STATES)
_SOON = Reminder.due_at < bindparam("too_far")
_OPEN_DEADLINE = Deadline.met_on.is_(None) & Deadline.waived_on.is_(None) & Deadline.ended_on.is_(None)
_AHEAD = (
    among(Booking.state, AGREED_STATES) & (Booking.ends_at > bindparam("now")) & (Booking.starts_at > bindparam("not_before"))
)
# Where no occasion is left, it only waits to be ended.
_GOING = (CheckIn.state == "active") & (CheckIn.ends_on.is_(None) | (CheckIn.next_on <= CheckIn.ends_on))
# Whoever is reminded of the mails that wait in a case: it may have been given to somebody, or the case be one of who has left.
_LOOKS_AT_MAIL = func.coalesce(
    select(Reminder.assignee_id)
    .where(Reminder.case_id == InboundMail.case_id, Reminder.key == REMINDER_KEY, _OPEN_REMINDER)
    .limit(1)
    .correlate(InboundMail)
    .scalar_subquery(),
    Case.advocate_id,
)
_ACTS_ON = func.coalesce(Deadline.act_by, Deadline.due_on, Deadline.watch_on)


def _nothing(model: Any, *belonging: Any) -> Any:
    return ~exists(select(1).select_from(model).where(*belonging))


_STATEMENTS = {
    "reminder": _most(
        select(
            *(Reminder.id, Reminder.case_id, Reminder.concern_id, Reminder.assignee_id, Reminder.deadline_id, Reminder.key),
            *(Reminder.ladder, Reminder.title, Reminder.due_at, Reminder.state, Case.title.label("case_title")),
            *(Communication.occurred_at.label("asked_at"), CheckIn.every, Deadline.state.label("state_of_law")),
        )
        .join(Case, Case.id == Reminder.case_id)
        .outerjoin(Communication, Communication.id == Reminder.communication_id)
        .outerjoin(CheckIn, CheckIn.id == Reminder.check_in_id)
        .outerjoin(Deadline, Deadline.id == Reminder.deadline_id)
        # A mail that waits is listed itself.
        .where(_OPEN_REMINDER, Reminder.due_at < bindparam("until"), _of(Reminder.assignee_id), Reminder.key != REMINDER_KEY)
        .order_by(Reminder.due_at, Reminder.id)
    ),
    "deadline": _most(
        select(
            *(Deadline.id, Deadline.case_id, Deadline.concern_id, Deadline.assignee_id, Deadline.rule, Deadline.event),
            *(Deadline.event_on, Deadline.answer, Deadline.due_on, Deadline.act_by, Deadline.watch_on),
            *(Deadline.state.label("state_of_law"), Case.title.label("case_title")),
        )
        .join(Case, Case.id == Deadline.case_id)
        # A parent's day is the last working day before it.
        .where(_OPEN_DEADLINE, bindparam("until_on") >= _ACTS_ON, _of(Deadline.assignee_id), Case.state != "closed")
        .order_by(_ACTS_ON, Deadline.id)
    ),
    "booking": _most(
        select(
            *(Booking.id, Booking.case_id, Booking.concern_id, Booking.host_id.label("assignee_id"), Booking.starts_at),
            *(Booking.state, ConsultationType.name.label("title"), Case.title.label("case_title")),
        )
        .join(ConsultationType, ConsultationType.id == Booking.consultation_type_id)
        .outerjoin(Case, Case.id == Booking.case_id)
        .where(_AHEAD, Booking.starts_at < bindparam("until"), _of(Booking.host_id))
        .order_by(Booking.starts_at, Booking.id)
    ),
    "inbound_mail": _most(
        select(
            *(InboundMail.id, InboundMail.case_id, InboundMail.from_name, InboundMail.from_address, InboundMail.because),
            *(InboundMail.received_at, _LOOKS_AT_MAIL.label("assignee_id"), Case.title.label("case_title")),
        )
        .join(Case, Case.id == InboundMail.case_id)
        .where(InboundMail.state == "waiting", _of(_LOOKS_AT_MAIL))
        .order_by(InboundMail.received_at, InboundMail.id)
    ),
    "case": _most(
        select(
            Case.id,
            Case.id.label("case_id"),
            Case.advocate_id.label("assignee_id"),
            *(Case.title, Case.title.label("case_title")),
        )
        .where(
            Case.state == "open",
            _of(Case.advocate_id),
            _nothing(Reminder, Reminder.case_id == Case.id, _OPEN_REMINDER, _SOON),
            _nothing(Deadline, Deadline.case_id == Case.id, _OPEN_DEADLINE),
            _nothing(Booking, Booking.case_id == Case.id, _AHEAD),
            _nothing(CheckIn, CheckIn.case_id == Case.id, _GOING),
            _nothing(InboundMail, InboundMail.case_id == Case.id, InboundMail.state == "waiting"),
        )
        .order_by(Case.id)
    ),
    # Of a case in which something is planned, but not about this.
    "concern": _most(
        select(
            *(Concern.id, Concern.case_id, Concern.id.label("concern_id"), Case.advocate_id.label("assignee_id")),
            (cast("Concern: ", String) + func.replace(Concern.state, "_", " ")).label("title"),
            Case.title.label("case_title"),
        )
        .join(Case, Case.id == Concern.case_id)
        .where(
            Case.state == "open",
            among(Concern.state, OPEN_CONCERNS),
            _of(Case.advocate_id),
            _nothing(Reminder, Reminder.concern_id == Concern.id, _OPEN_REMINDER, _SOON),
            _nothing(Deadline, Deadline.concern_id == Concern.id, _OPEN_DEADLINE),
            _nothing(CheckIn, CheckIn.concern_id == Concern.id, _GOING),
            _nothing(Booking, Booking.concern_id == Concern.id, _AHEAD),
        )
        .order_by(Concern.id)
    ),
}
