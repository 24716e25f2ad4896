"""The ledger of copies as it is read: each line with whose it is, how it stands, and what still follows it up."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Integer, Select, and_, bindparam, case, cast, exists, func, literal_column, or_, select
from sqlalchemy.orm import aliased

from models import delivery
from models.base import among
from models.case import Case
from models.communication import Communication
from models.iep_copy import IepCopy
from models.iep_version import IepVersion
from models.listing import Listing
from models.message import Message
from models.prepared import Prepared, columns_of
from models.reminder import OPEN_STATES, Reminder
from models.team_member import TeamMember, has_left

if TYPE_CHECKING:
    from models.transaction import Transaction

STATES = ("open", "given", "acknowledged", "closed")
CLOSED_BECAUSE = ("superseded", "left", "renewed", "case_closed")
# What may be taken back: they come back, the case is taken up again.
ENDED_FOR_NOW = ("left", "case_closed")
ACKNOWLEDGED = ("acknowledged", "answered")

_later = aliased(IepCopy)
_asked, _said = aliased(Communication), aliased(Communication)
# Nobody writes down that a line is closed: what closed it stands elsewhere, and may be taken back.
_is_renewed = exists(
    select(_later.id).where(
        _later.iep_version_id == IepCopy.iep_version_id,
        _later.team_member_id == IepCopy.team_member_id,
        _later.opened_on > IepCopy.opened_on,
    )
).correlate(IepCopy)
_is_latest = and_(~has_left(), ~_is_renewed)
_is_of_open_case = Case.state != literal_column("'closed'")
_closed_because = case(
    (IepVersion.state != literal_column("'in_force'"), literal_column("'superseded'")),
    (has_left(), literal_column("'left'")),
    (_is_renewed, literal_column("'renewed'")),
    (~_is_of_open_case, literal_column("'case_closed'")),
)
_state = case(
    (_closed_because.is_not(None), literal_column("'closed'")),
    (IepCopy.acknowledged_on.is_not(None), literal_column("'acknowledged'")),
    (IepCopy.given_on.is_not(None), literal_column("'given'")),
    else_=literal_column("'open'"),
)
# All that was said since the line first asked: asking again and answers are one thread.
_answered_at = (
    select(func.max(_said.occurred_at))
    .join(_asked, _asked.thread_id == _said.thread_id)
    .where(_asked.id == IepCopy.communication_id, _said.direction == "inbound")
    .correlate(IepCopy)
    .scalar_subquery()
)
_next_reminder_at = (
    select(func.min(Reminder.due_at))
    .join(_said, _said.id == Reminder.communication_id)
    .join(_asked, _asked.thread_id == _said.thread_id)
    .where(_asked.id == IepCopy.communication_id, among(Reminder.state, OPEN_STATES))
    .correlate(IepCopy)
    .scalar_subquery()
)
_lines: Select[Any] = (
    select(
        *columns_of(IepCopy),
        *(TeamMember.name.label("name"), TeamMember.role.label("role"), TeamMember.email.label("email")),
        TeamMember.case_id.label("case_id"),
        IepVersion.number.label("number"),
        _state.label("state"),
        _closed_because.label("closed_because"),
        _answered_at.label("answered_at"),
        _next_reminder_at.label("next_reminder_at"),
        _next_reminder_at.is_not(None).label("is_followed_up"),
    )
    .join(TeamMember, TeamMember.id == IepCopy.team_member_id)
    .join(Case, Case.id == TeamMember.case_id)
    .join(IepVersion, IepVersion.id == IepCopy.iep_version_id)
)

IEP_COPIES = Listing(
    _lines,
    (IepCopy.id,),
    {
        "iep_version_id": IepCopy.iep_version_id == bindparam("iep_version_id"),
        "team_member_id": IepCopy.team_member_id == bindparam("team_member_id"),
        "case_id": TeamMember.case_id == bindparam("case_id"),
        "state": _state == bindparam("state"),
    },
)
LINE = Prepared(_lines.where(IepCopy.id == bindparam("id")))
# Of a case: who must have a copy today.
OPEN_LINES = Prepared(
    _lines.where(TeamMember.case_id == bindparam("case_id"), _closed_because.is_(None)).order_by(TeamMember.name, IepCopy.id)
)


def _count(condition: Any, name: str) -> Any:
    return cast(func.count(IepCopy.id).filter(condition), Integer).label(name)


# Of a version that was superseded, or of a closed case: how it stood at its end.
SUMMARY = Prepared(
    select(
        _count(_is_latest, "members"),
        _count(and_(_is_latest, or_(IepCopy.given_on.is_not(None), IepCopy.acknowledged_on.is_not(None))), "given"),
        _count(and_(_is_latest, IepCopy.acknowledged_on.is_not(None)), "acknowledged"),
        _count(and_(_is_latest, or_(IepCopy.needs.is_not(None), IepCopy.has_what_they_need == "no")), "missing_something"),
    )
    .select_from(IepCopy)
    .join(TeamMember, TeamMember.id == IepCopy.team_member_id)
    .where(IepCopy.iep_version_id == bindparam("iep_version_id"))
)
_occasion = func.concat(literal_column("'copy:'"), IepCopy.id, literal_column("':'"), IepCopy.communication_id)
_went_elsewhere = exists(
    select(Message.id).where(Message.occasion == _occasion, func.lower(Message.to_address) != func.lower(TeamMember.email))
).correlate(IepCopy, TeamMember)
# A link dies with its purpose, and where it was mailed to an address that is not theirs.
COPY_BY_LINK = Prepared(
    select(IepCopy.id)
    .join(TeamMember, TeamMember.id == IepCopy.team_member_id)
    .join(Case, Case.id == TeamMember.case_id)
    .join(IepVersion, IepVersion.id == IepCopy.iep_version_id)
    .where(IepCopy.link_hash == bindparam("link_hash"), IepVersion.state == "in_force", _is_latest, _is_of_open_case)
    .where(~_went_elsewhere)
)
# The mail that asked last.
LAST_MAIL = Prepared(
    select(Message.to_address, Message.link_id, Message.state).where(Message.occasion == bindparam("occasion"))
)
# The latest that somebody of the school said in the thread of a line.
LATEST_ANSWER = Prepared(
    select(_said.id)
    .join(_asked, _asked.thread_id == _said.thread_id)
    .where(_asked.id == bindparam("communication_id"), _said.direction == "inbound")
    .order_by(_said.occurred_at.desc(), _said.id.desc())
    .limit(1)
)
# The same in the threads of a member's lines up to this one: where they said what is still missing.
LATEST_ANSWER_SO_FAR = Prepared(
    select(_said.id)
    .join(_asked, _asked.thread_id == _said.thread_id)
    .join(IepCopy, IepCopy.communication_id == _asked.id)
    .where(IepCopy.team_member_id == bindparam("team_member_id"), IepCopy.id <= bindparam("id"), _said.direction == "inbound")
    .order_by(_said.occurred_at.desc(), _said.id.desc())
    .limit(1)
)


def members_of(student_id: UUID, today: date) -> Select[TeamMember]:
    """Who is in the teams of a student's cases that are not closed, and has not left."""
    ours = select(TeamMember).join(Case, Case.id == TeamMember.case_id)
    ours = ours.where(Case.student_id == student_id, Case.state != "closed", ~has_left(today))
    return ours.order_by(TeamMember.id)


def open_cases_of(student_id: UUID) -> Select[UUID]:
    return select(Case.id).where(Case.student_id == student_id, Case.state != "closed")


def without_copy(version_id: UUID, case_id: UUID, today: date) -> Select[TeamMember]:
    """Who is in the team of a case, and has no line of a version at all."""
    has_line = select(IepCopy.id).where(IepCopy.team_member_id == TeamMember.id, IepCopy.iep_version_id == version_id)
    found = select(TeamMember).where(TeamMember.case_id == case_id, ~has_left(today), ~exists(has_line.correlate(TeamMember)))
    return found.order_by(TeamMember.id)


def waiting_for(version_id: UUID, today: date) -> Select[IepCopy]:
    """The lines of a version that are neither acknowledged nor closed, locked."""
    found = select(IepCopy).join(TeamMember, TeamMember.id == IepCopy.team_member_id)
    found = found.join(Case, Case.id == TeamMember.case_id).where(Case.state != "closed", ~has_left(today), ~_is_renewed)
    found = found.where(IepCopy.iep_version_id == version_id, IepCopy.acknowledged_on.is_(None))
    return found.order_by(IepCopy.id).with_for_update(of=IepCopy)


def still_chased(today: date) -> Select[IepCopy]:
    """Lines of who has left that something still follows up: the day came on which they were to leave. Locked."""
    found = select(IepCopy).join(TeamMember, TeamMember.id == IepCopy.team_member_id)
    found = found.where(has_left(today), IepCopy.communication_id.is_not(None), _next_reminder_at.is_not(None))
    return found.order_by(IepCopy.id).with_for_update(of=IepCopy, skip_locked=True)


def outdated(first_day: date, today: date, most: int) -> Select[IepVersion]:
    """Versions in force of which somebody who must have a copy has no line since `first_day`; locked, those that nobody has."""
    return (
        select(IepVersion)
        .where(IepVersion.state == "in_force", exists(without_line(first_day, today).correlate(IepVersion)))
        .order_by(IepVersion.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )


def without_line(first_day: date, today: date) -> Select[TeamMember]:
    """Who must have a copy of a version (which the statement around this names) and has no line since `first_day`."""
    line = aliased(IepCopy)
    has_line = select(line.id).where(
        line.team_member_id == TeamMember.id, line.iep_version_id == IepVersion.id, line.opened_on >= first_day
    )
    return (
        select(TeamMember)
        .join(Case, Case.id == TeamMember.case_id)
        .where(Case.student_id == IepVersion.student_id, Case.state != "closed", ~has_left(today))
        .where(~exists(has_line.correlate(TeamMember, IepVersion)))
        .order_by(TeamMember.id)
    )


def close(work: "Transaction", lines: Sequence[IepCopy], *, by: UUID | None, reason: str) -> None:
    """What was under way about lines that close with this transaction: nobody is chased for what they need not do any more."""
    asked = [line for line in lines if line.communication_id]
    if not asked:
        return
    for reminder in work.all(IepCopy.chased(asked)):
        reminder.cancel(by=by, now=work.now, reason=reason)
    work.execute(Message.withdraw("copies", [line.link_hash for line in asked if line.link_hash]))


def resume(work: "Transaction", lines: Sequence[IepCopy], case: Case, reasons: Sequence[str]) -> None:
    """Lines are open again, by the act of this transaction: who was asked and has not acknowledged is chased as before.

    The rungs keep their hours. Only what ended with the latest of what is taken back goes on.
    """
    for line in lines:
        if line.communication_id is None or line.acknowledged_on is not None:
            continue
        if work.all(IepCopy.chased([line])):
            continue
        ended = work.all(IepCopy.no_longer_chased([line], reasons))
        latest = max((reminder.settled_at for reminder in ended), default=None)
        for reminder in ended:
            if reminder.settled_at == latest:
                reminder.resume(assignee_id=case.advocate_id)
        delivery.follow(work, case, work.find(Communication, line.communication_id).thread_id)
