"""Cases, and the timeline of each."""

from typing import Any
from uuid import UUID

from api.copy_lines import case_closed, case_reopened
from api.doors import StaffDoor
from api.verbs import add, caller, change, colleague, find, work
from models.case import CASES, Case
from models.iep_copy import IepCopy
from models.reminder import Reminder
from models.staff import Staff
from models.timeline import TIMELINE
from schemas.case import CaseChange, CaseQuery, CaseSchema, EventSchema

cases = StaffDoor("cases", __name__, "/cases", description="What the practice does for a student, and what happened.")


@cases.route("")
@cases.listing(CASES, CaseSchema, CaseQuery)
def list_cases() -> None:
    """Cases

    Newest first, by state, client, student or advocate.
    """


@cases.route("", methods=["POST"])
@cases.arguments(CaseSchema)
@cases.response(201, CaseSchema)
def open_case(said: dict[str, Any]) -> Case:
    """Open a case

    Whoever opens it is responsible, unless `advocate_id` names another.
    """
    if "advocate_id" in said:
        colleague(said["advocate_id"])
    return add(Case.open(**{"advocate_id": caller().staff_id, **said}))


@cases.route("/<uuid:case_id>")
@cases.response(200, CaseSchema)
def show_case(case_id: UUID) -> Case:
    """A case

    With the ETag of its version.
    """
    return find(Case, case_id)


@cases.route("/<uuid:case_id>", methods=["PATCH"])
@cases.arguments(CaseChange)
@cases.response(200, CaseSchema)
def change_case(said: dict[str, Any], case_id: UUID) -> Case:
    """Change a case

    Its title, state, or who is responsible: what is open in the case is handed over to them. In a closed case nobody is asked
    about a copy of the IEP, nor chased; once it is open again that goes on, and everybody without a line of the version in
    force gets one.
    """
    # Before the case: whoever asks about a copy holds the line, and then the case.
    lines = work().all(IepCopy.of_case(case_id)) if said.get("state") == "closed" else []
    case = find(Case, case_id)
    was = case.state
    if said.get("state", "closed") != "closed":
        taken_up(case)
    if "advocate_id" in said:
        work().execute(Reminder.hand_over(case.id, to=colleague(said["advocate_id"]).id))
    change(case, said)
    if case.state == "closed" and was != "closed":
        case_closed(lines)
    elif was == "closed" and case.state != "closed":
        case_reopened(case)
    return case


@cases.route("/<uuid:case_id>/timeline")
@cases.listing(TIMELINE, EventSchema)
def show_timeline(case_id: UUID) -> dict[str, UUID]:
    """The timeline of a case

    Everything that happened, in order: bookings, IEP versions in force and who has a copy of them, concerns and their steps,
    communications, reminders that came due and were settled.
    """
    return {"case_id": find(Case, case_id).id}


def taken_up(case: Case) -> Case:
    """A case in which something happens: one that was closed by somebody who has left is the caller's from now on."""
    if case.state == "closed" and find(Staff, case.advocate_id).ended_at is not None:
        case.advocate_id = caller().staff_id
    return case
