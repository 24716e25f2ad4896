"""The timeline of a case: everything that happened in it, in order, whatever kind of row holds it."""

from typing import Any

from sqlalchemy import String, bindparam, cast, literal, select, union_all

from models.booking import Booking
from models.case import Case
from models.communication import Communication
from models.concern import Concern, ConcernStep
from models.iep_version import IepVersion
from models.listing import Listing
from models.reminder import Reminder


def _event(kind: str, model: Any, at: Any, what: Any, detail: Any) -> Any:
    return select(
        at.label("at"),
        model.id.label("id"),
        literal(kind).label("kind"),
        cast(what, String).label("what"),
        cast(detail, String).label("detail"),
    )


_case = bindparam("case_id", type_=Case.id.type)
_happened = union_all(
    _event("case", Case, Case.created_at, literal("opened"), Case.title).where(Case.id == _case),
    _event("booking", Booking, Booking.starts_at, Booking.state, literal(None)).where(Booking.case_id == _case),
    _event("iep_version", IepVersion, IepVersion.activated_at, literal("in_force"), cast(IepVersion.number, String))
    .join(Case, Case.student_id == IepVersion.student_id)
    .where(Case.id == _case, IepVersion.activated_at.is_not(None)),
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
