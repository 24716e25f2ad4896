"""Concerns: opened on a support, moved by the steps of the playbook."""

from typing import Any
from uuid import UUID

from api.case import taken_up
from api.communication import recorded
from api.doors import StaffDoor
from api.problems import unknown_reference
from api.verbs import add, caller, find, now, practice, work
from models.case import Case, same_case
from models.communication import Communication
from models.concern import CONCERNS, HISTORY, Concern
from models.iep_version import IepVersion, same_student
from models.provision import Provision
from models.team_member import TeamMember
from schemas.concern import STEP_EXAMPLES, ConcernDetailSchema, ConcernQuery, ConcernSchema, StepSchema, StepTakenSchema
from schemas.fields import canonical_uuid

concerns = StaffDoor(
    "concerns",
    __name__,
    "/concerns",
    description="Supports that are not provided, or not as written, and the playbook.",
)


@concerns.route("")
@concerns.listing(CONCERNS, ConcernSchema, ConcernQuery)
def list_concerns() -> None:
    """Concerns

    Newest first, by case, state, kind or support.
    """


@concerns.route("", methods=["POST"])
@concerns.arguments(ConcernSchema)
@concerns.response(201, ConcernDetailSchema)
def open_concern(said: dict[str, Any]) -> dict[str, Any]:
    """Open a concern

    A suspicion about one support. Plans the reminder to ask the child and to read the wording.
    """
    case = find(Case, said.pop("case_id"))
    provision_id = said.pop("provision_id", None)
    provision = find(Provision, provision_id) if provision_id else None
    version = find(IepVersion, provision.iep_version_id) if provision else None
    concern, reminders = Concern.open(
        case=case, practice=practice(), by=caller().staff_id, now=now(), provision=provision, version=version, **said
    )
    add(concern, reminders)
    return shown(concern)


@concerns.route("/<uuid:concern_id>")
@concerns.response(200, ConcernDetailSchema)
def show_concern(concern_id: UUID) -> dict[str, Any]:
    """A concern

    Its state, the steps that can be taken next, each with guidance and the fields of its form, and its history.
    """
    return shown(find(Concern, concern_id))


@concerns.route("/<uuid:concern_id>/steps", methods=["POST"], problems=["step-not-allowed"])
@concerns.arguments(StepSchema, examples=STEP_EXAMPLES)
@concerns.response(201, StepTakenSchema)
def take_step(said: dict[str, Any], concern_id: UUID) -> dict[str, Any]:
    """Take a step of the playbook

    A step that the state does not allow answers 409 `step-not-allowed` with those that it does. A step out of turn needs
    `skip_reason`. What a step settles and plans happens in the same moment.
    """
    concern = find(Concern, concern_id)
    case = taken_up(find(Case, concern.case_id, lock=True))
    communication, members = _communication(case, concern, said)
    _look_up_what_is_named(case, said)
    chased = work().all(Communication.open_follow_ups(communication.thread_id)) if communication else []
    taken = concern.take(
        said.pop("step"),
        said,
        done=[step.step for step in work().rows(HISTORY, concern_id=concern.id)],
        open_reminders=work().all(concern.open_reminders()),
        communication=communication,
        chased=chased,
        case=case,
        practice=practice(),
        by=caller().staff_id,
        now=now(),
    )
    if communication and communication.is_new:
        add(communication, members)
    add(taken.step, taken.planned)
    return {**shown(concern), "settled": taken.settled, "planned": taken.planned}


def _communication(case: Case, concern: Concern, said: dict[str, Any]) -> tuple[Communication | None, list[Any]]:
    """The communication that comes with a step: told with it, or recorded before."""
    if told := said.pop("communication", None):
        return recorded(case, concern, told)
    before = canonical_uuid(said.get("communication_id"))
    return (find(Communication, before) if before else None), []


def _look_up_what_is_named(case: Case, said: dict[str, Any]) -> None:
    """What the facts of a step name has to be there, and of this case."""
    if named := canonical_uuid(said.get("provision_id")):
        same_student(case, find(IepVersion, find(Provision, named).iep_version_id))
    if named := canonical_uuid(said.get("owner_id")):
        same_case(case, owner_id=find(TeamMember, named))
    # Observations are not kept yet, and no step holds on to a document: there is nothing that these could name.
    for name in ("observation_ids", "document_ids", "document_id"):
        if said.get(name):
            raise unknown_reference(f"/{name}")


def shown(concern: Concern) -> dict[str, Any]:
    """The concern with its steps: those that were taken, and those that can be."""
    work().flush()
    history = work().rows(HISTORY, concern_id=concern.id)
    steps = concern.next_steps([row.step for row in history])
    return {**vars(concern), "next_steps": steps, "history": history}
