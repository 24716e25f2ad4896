"""The agenda: today and this week, for oneself, a colleague or the practice."""

from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.verbs import caller, find, practice, work
from domain.deadlines import GENERAL
from models.agenda import agenda_of
from models.staff import Staff
from schemas.agenda import AgendaQuery, AgendaSchema

agenda = StaffDoor("agenda", __name__, "/agenda", description="What is to be done, in order, each with its reason.")


@agenda.route("")
@agenda.arguments(AgendaQuery, location="query")
@agenda.response(200, AgendaSchema)
def show_agenda(asked: dict[str, Any]) -> dict[str, Any]:
    """The agenda

    Due and overdue reminders, deadlines, consultations, mails that wait, and cases and concerns for which nothing is planned:
    nothing should be waiting for nobody. Today and the days after it, by the practice's zone.
    """
    whose = {"me": caller().staff_id, "practice": None}.get(asked["whose"], asked["whose"])
    staff_id = find(Staff, UUID(whose)).id if isinstance(whose, str) else whose
    found = agenda_of(work(), practice(), staff_id, days=asked["days"])
    return {**vars(found), "is_complete": found.is_complete, "notice": GENERAL}
