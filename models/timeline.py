"""The timeline of a case: everything that happened in it, in order, whatever kind of row holds it."""

from typing import Any

from sqlalchemy import String, bindparam, cast, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import TIMESTAMP

from models.booking import Booking
from models.case import Case
from models.communication import Communication
from models.concern import Concern, ConcernStep
from models.document import Document
from models.iep_copy import IepCopy
from models.iep_version import IepVersion
from models.listing import Listing
from models.practice import Practice
from models.reminder import Reminder
from models.team_member import TeamMember
from models.tenancy import practice_of


def _event(kind: str, model: Any, at: Any, what: Any, detail: Any) -> Any:
    return select(
        at.label("at"),
        model.id.label("id"),
        literal(kind).label("kind"),
        cast(what, String).label("what"),
        cast(detail, String).label("detail"),
    )


def _copy(what: str, on: Any) -> Any:
    """Copies of the IEP: who was given one, who acknowledged theirs, as of the beginning of that day."""
    at = func.timezone(Practice.timezone, cast(on, TIMESTAMP))
    return (
        _event("iep_copy", IepCopy, at, literal(what), TeamMember.name)
        .join(TeamMember, TeamMember.id == IepCopy.team_member_id)
        .join(Practice, Practice.id == practice_of(IepCopy))
        .where(TeamMember.case_id == _case, on.is_not(None))
    )


_case = bindparam("case_id", type_=Case.id.type)
_happened = union_all(
    _event("case", Case, Case.created_at, literal("opened"), Case.title).where(Case.id == _case),
    _event("booking", Booking, Booking.starts_at, Booking.state, literal(None)).where(Booking.case_id == _case),
    _event("iep_version", IepVersion, IepVersion.activated_at, literal("in_force"), cast(IepVersion.number, String))
    .join(Case, Case.student_id == IepVersion.student_id)
    .where(Case.id == _case, IepVersion.activated_at.is_not(None)),
    _event("document", Document, Document.created_at, Document.kind, Document.name).where(Document.case_id == _case),
    _copy("given", IepCopy.given_on),
    _copy("acknowledged", IepCopy.acknowledged_on),
    _event("concern", Concern, Concern.opened_at, Concern.kind, Concern.what_happened).where(Concern.case_id == _case),
    _event("concern_step", ConcernStep, ConcernStep.occurred_at, ConcernStep.step, ConcernStep.note)
    .join(Concern, Concern.id == ConcernStep.concern_id)
    .where(Concern.case_id == _case),
    _event("communication", Communication, Communication.occurred_at, Communication.direction, Communication.summary).where(
        Communication.case_id == _case
    ),
    _event("reminder_due", Reminder, Reminder.fired_at, literal("due"), Reminder.title).where(
        Reminder.case_id == _case, Reminder.fired_at.is_not(None)
    ),
    _event("reminder_settled", Reminder, Reminder.settled_at, Reminder.state, Reminder.title).where(
        Reminder.case_id == _case, Reminder.settled_at.is_not(None)
    ),
).subquery("happened")

TIMELINE = Listing(select(_happened), (_happened.c.at, _happened.c.kind, _happened.c.id), {})
