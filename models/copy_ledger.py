"""The ledger of copies as it is read: each line with whose it is, how it stands, and what still follows it up."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Integer, Select, and_, bindparam, case, cast, exists, func, literal_column, or_, select
from sqlalchemy.orm import aliased

from models.base import among
from models.case import Case
from models.communication import Communication
from models.iep_copy import IepCopy
from models.iep_version import IepVersion
from models.listing import Listing
from models.message import Message
from models.prepared import Prepared, columns_of
from models.reminder import OPEN_STATES, Reminder
from models.team_member import TeamMember

if TYPE_CHECKING:
    from models.transaction import Transaction

STATES = ("open", "given", "acknowledged", "closed")
CLOSED_BECAUSE = ("superseded", "left", "renewed")

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
_is_latest = and_(TeamMember.left_on.is_(None), ~_is_renewed)
_closed_because = case(
    (IepVersion.state != literal_column("'in_force'"), literal_column("'superseded'")),
    (TeamMember.left_on.is_not(None), literal_column("'left'")),
    (_is_renewed, literal_column("'renewed'")),
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


def _count(condition: Any, name: str) -> Any:
    return cast(func.count(IepCopy.id).filter(condition), Integer).label(name)


# Of a version that was superseded: how it stood at its end.
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
# A link dies with its purpose.
COPY_BY_LINK = Prepared(
    select(IepCopy.id)
    .join(TeamMember, TeamMember.id == IepCopy.team_member_id)
    .join(IepVersion, IepVersion.id == IepCopy.iep_version_id)
    .where(IepCopy.link_hash == bindparam("link_hash"), IepVersion.state == "in_force", _is_latest)
)
# The latest that somebody of the school said in the thread of a line.
LATEST_ANSWER = Prepared(
    select(_said.id)
    .join(_asked, _asked.thread_id == _said.thread_id)
    .where(_asked.id == bindparam("communication_id"), _said.direction == "inbound")
    .order_by(_said.occurred_at.desc(), _said.id.desc())
    .limit(1)
)


def members_of(student_id: UUID) -> Select[TeamMember]:
    """Who is in the teams of a student's cases that are not closed, and has not left."""
    ours = select(TeamMember).join(Case, Case.id == TeamMember.case_id)
    ours = ours.where(Case.student_id == student_id, Case.state != "closed", TeamMember.left_on.is_(None))
    return ours.order_by(TeamMember.id)


def waiting_for(version_id: UUID) -> Select[IepCopy]:
    """The lines of a version that are neither acknowledged nor closed, locked."""
    found = select(IepCopy).join(TeamMember, TeamMember.id == IepCopy.team_member_id)
    found = found.where(IepCopy.iep_version_id == version_id, IepCopy.acknowledged_on.is_(None), _is_latest)
    return found.order_by(IepCopy.id).with_for_update(of=IepCopy)


def outdated(first_day: date, most: int) -> Select[IepVersion]:
    """Versions in force of which somebody who must have a copy has no line since `first_day`; locked, those that nobody has."""
    return (
        select(IepVersion)
        .where(IepVersion.state == "in_force", exists(without_line(first_day).correlate(IepVersion)))
        .order_by(IepVersion.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )


def without_line(first_day: date) -> Select[TeamMember]:
    """Who must have a copy of a version (which the statement around this names) and has no line since `first_day`."""
    line = aliased(IepCopy)
    has_line = select(line.id).where(
        line.team_member_id == TeamMember.id, line.iep_version_id == IepVersion.id, line.opened_on >= first_day
    )
    return (
        select(TeamMember)
        .join(Case, Case.id == TeamMember.case_id)
        .where(Case.student_id == IepVersion.student_id, Case.state != "closed", TeamMember.left_on.is_(None))
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
    work.execute(Message.withdraw("copies", [line.id for line in asked]))
