"""Cases, and the timeline of each."""

from typing import Any
from uuid import UUID

from api.config import current_config
from api.copy_lines import case_closed, case_reopened
from api.doors import StaffDoor
from api.verbs import add, caller, change, colleague, find, links, practice, work
from domain import inbound_address
from models.case import CASES, Case
from models.case_at_rest import brought_back, put_to_rest
from models.check_in import CheckIn
from models.deadline import Deadline
from models.iep_copy import IepCopy
from models.reminder import Reminder
from models.staff import Staff
from models.state_change import StateChange
from models.timeline import TIMELINE
from schemas.case import CaseChange, CaseDetailSchema, CaseQuery, CaseSchema, EventSchema, TimelineQuery

cases = StaffDoor("cases", __name__, "/cases", description="What the practice does for a student, and what happened.")


@cases.route("")
@cases.listing(CASES, CaseSchema, CaseQuery)
def list_cases() -> None:
    """Cases

    Newest first, by state, client, student or advocate.
    """


@cases.route("", methods=["POST"])
@cases.arguments(CaseSchema)
@cases.response(201, CaseDetailSchema)
def open_case(said: dict[str, Any]) -> dict[str, Any]:
    """Open a case

    Whoever opens it is responsible, unless `advocate_id` names another.
    """
    if "advocate_id" in said:
        colleague(said["advocate_id"])
    return shown(add(Case.open(**{"advocate_id": caller().staff_id, **said})))


@cases.route("/<uuid:case_id>")
@cases.response(200, CaseDetailSchema)
def show_case(case_id: UUID) -> dict[str, Any]:
    """A case

    With the ETag of its version.
    """
    return shown(find(Case, case_id))


@cases.route("/<uuid:case_id>", methods=["PATCH"])
@cases.arguments(CaseChange)
@cases.response(200, CaseDetailSchema)
def change_case(said: dict[str, Any], case_id: UUID) -> dict[str, Any]:
    """Change a case

    Its title, state, or who is responsible: what is open in the case is handed over to them.

    Closing a case puts to rest what is open in it: reminders are cancelled (`case_at_rest`), check-ins pause, nobody is asked
    about a copy of the IEP. What happens in it is still recorded, and settles what rests; nothing new is planned, and what
    would begin something (a reminder, a check-in, a mail) answers 409 `case-closed`. Once it is open again, what still counts
    goes on, and everybody without a line of the version in force gets one.
    """
    # Before the case: whoever asks about a copy holds the line, and then the case.
    lines = work().all(IepCopy.of_case(case_id)) if said.get("state") == "closed" else []
    case = find(Case, case_id)
    was = case.state
    if said.get("state", "closed") != "closed":
        taken_up(case)
    if "advocate_id" in said:
        heir = colleague(said["advocate_id"])
        # In this order, as whoever changes a deadline or a check-in takes them.
        work().execute(Deadline.hand_over(case.id, to=heir.id))
        work().execute(CheckIn.hand_over(case.id, to=heir.id))
        work().execute(Reminder.hand_over(case.id, to=heir.id))
    change(case, said)
    if case.state != was:
        add(StateChange(case_id=case.id, changed_by_id=caller().staff_id, from_state=was, to_state=case.state))
    if case.state == "closed" and was != "closed":
        case_closed(lines)
        put_to_rest(work(), case, by=caller().staff_id)
    elif was == "closed" and case.state != "closed":
        case_reopened(case)
        brought_back(work(), case, practice(), by=caller().staff_id)
    work().flush()
    return shown(case)


@cases.route("/<uuid:case_id>/timeline")
@cases.listing(TIMELINE, EventSchema, TimelineQuery)
def show_timeline(case_id: UUID) -> dict[str, UUID]:
    """The timeline of a case

    Everything that happened, in order, each with the row that holds it: bookings, IEP versions in force and who has a copy
    of them, documents, concerns and their steps, observations, statements that were signed, the service log, communications
    and their corrections, mail that waits, letters, check-ins, begun, paused, resumed and ended; deadlines, with what was
    overridden, and proceedings; reminders that came due, were put off and were settled; the case itself, on hold, closed
    and open again. By kind, concern and day. Under what tells of a deadline stands `general`.
    """
    return {"case_id": find(Case, case_id).id}


def shown(case: Case) -> dict[str, Any]:
    return {**vars(case), "inbound_address": inbound_address_of(case)}


def inbound_address_of(case: Case) -> str | None:
    """Where mail about a case comes in, if this installation takes any."""
    domain = current_config().inbound_mail_domain
    return inbound_address.make(links().keys[0], work().practice_id, case.id, domain) if domain else None


def taken_up(case: Case) -> Case:
    """A case in which something happens: one that was closed by somebody who has left is the caller's from now on."""
    if case.state == "closed" and find(Staff, case.advocate_id).ended_at is not None:
        case.advocate_id = caller().staff_id
    return case
