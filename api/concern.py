"""Concerns: opened on a support, moved by the steps of the playbook."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from api.case import taken_up
from api.communication import recorded
from api.deadline import limits
from api.doors import StaffDoor
from api.problems import unknown_reference
from api.proceeding import limits_follow, opened
from api.verbs import add, caller, find, now, practice, work
from api.wording_check import own_terms, weighed
from domain import playbook
from domain.fact import MOST_ENTRIES
from domain.frequency import said as frequency_said
from domain.notices import Copy, Notice
from domain.step import FactsInvalid
from models.case import Case, CaseClosed, same_case
from models.check_in import CheckIn
from models.communication import Communication
from models.concern import CONCERNS, HISTORY, STEP_IDS, Concern, Ground, Taken, observations_of, since
from models.copy_ledger import OPEN_LINES
from models.document import Document
from models.iep_version import IepVersion, same_student
from models.observation import Observation
from models.provision import Provision
from models.reminder import Reminder
from models.support_record import contradictions_about
from models.team_member import TeamMember
from schemas.concern import (
    STEP_EXAMPLES,
    ConcernCorrectedSchema,
    ConcernCorrectionSchema,
    ConcernDetailSchema,
    ConcernQuery,
    ConcernSchema,
    StepSchema,
    StepTakenSchema,
)
from schemas.fields import canonical_uuid

concerns = StaffDoor(
    "concerns",
    __name__,
    "/concerns",
    description="Supports that are not provided, or not as written, and the playbook.",
)
# No note of a check-in is longer.
MOST_OF_NOTE = 5000
Evidence = TypeVar("Evidence", Observation, Document)


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
    case = find(Case, said.pop("case_id"), lock=True)
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

    Its state, the steps that can be taken next, each with guidance, what to ask or say, and the fields of its form; its
    history; and the two limits of the law, counted from its earliest dated fact.
    """
    return shown(find(Concern, concern_id))


@concerns.route("/<uuid:concern_id>/steps", methods=["POST"], problems=["step-not-allowed", "conflict", "case-closed"])
@concerns.arguments(StepSchema, examples=STEP_EXAMPLES)
@concerns.response(201, StepTakenSchema)
def take_step(said: dict[str, Any], concern_id: UUID) -> dict[str, Any]:
    """Take a step of the playbook

    A step that the state does not allow answers 409 `step-not-allowed` with those that it does; one that somebody took with
    the same answers at the same moment, 409 `conflict`. A step out of turn needs `skip_reason`. What a step settles, plans and
    makes happens in the same moment. `notices` say where the answers and what is on record do not go together; they refuse
    nothing.
    """
    # Read before the locks: what is there after them and was not before, was done while this request waited.
    seen = {row.id for row in work().rows(STEP_IDS, concern_id=concern_id)}
    concern = find(Concern, concern_id)
    case = taken_up(find(Case, concern.case_id, lock=True))
    taken = stepped(concern, case, said.pop("step"), said, seen=seen)
    return {**shown(concern), "settled": taken.settled, "planned": taken.planned, "notices": taken.notices}


@concerns.route("/<uuid:concern_id>/correct", methods=["POST"], role="advocate")
@concerns.arguments(ConcernCorrectionSchema)
@concerns.response(200, ConcernCorrectedSchema)
def correct_concern(said: dict[str, Any], concern_id: UUID) -> dict[str, Any]:
    """Put right when a concern was noticed

    The limits of the law count from it: they are counted anew, and what counted from the wrong day in a proceeding moves along,
    which `notices` say, and what does not. As a limit may move to a later day, only an advocate or an owner does it. What was
    said before stays in the history, as `correct_date`, with the reason and who knew better.
    """
    concern = find(Concern, concern_id)
    case = taken_up(find(Case, concern.case_id, lock=True))
    before = since(work(), concern, work().rows(HISTORY, concern_id=concern.id))
    add(concern.correct(**said, practice=practice(), by=caller().staff_id, now=now()))
    moved = limits_follow(case, concern, before, corrected=True)
    return {**shown(concern), "notices": [Notice("/noticed_on", detail) for detail in moved]}


def stepped(concern: Concern, case: Case, step: str, said: dict[str, Any], *, seen: Collection[UUID] | None = None) -> Taken:
    """Takes a step, of a case that is held, with all that comes with it: what it names, makes, keeps, and ends.

    `seen` is what its history held when the request came.
    """
    communication, members = _communication(case, concern, said)
    history = work().rows(HISTORY, concern_id=concern.id)
    provision, ground = _look_up_what_is_named(case, concern, step, said, history)
    chased = work().all(Communication.open_follow_ups(communication.thread_id)) if communication else []
    before = since(work(), concern, history)
    taken = concern.take(
        step,
        said,
        done=[row.step for row in history],
        open_reminders=work().all(concern.open_reminders()),
        communication=communication,
        chased=chased,
        meanwhile=[row for row in history if seen is not None and row.id not in seen],
        ground=ground,
        kept={"wording": _wording(provision)} if provision and "wording" in playbook.STEPS[step].keeps else None,
        copies=_copies(case) if step == "resolve" else (),
        case=case,
        practice=practice(),
        by=caller().staff_id,
        now=now(),
    )
    if communication and communication.is_new:
        add(communication, members)
    if taken.observation:
        add(taken.observation)
    begun = _begun_and_ended(concern, case, taken, history)
    add(taken.step, taken.planned)
    taken.planned.extend(begun)
    moved = limits_follow(case, concern, before)
    at = next((f"/{name}" for name in _EARLIER if name in taken.step.facts), "")
    return replace(taken, notices=(*taken.notices, *(Notice(at, detail) for detail in moved)))


# Where a step may say that something was so earlier than was known.
_EARLIER = ("noticed_on", "since_on", "asked_on", "checked_on", "observation_ids")


def _begun_and_ended(concern: Concern, case: Case, taken: Taken, history: Sequence[Any]) -> list[Reminder]:
    """The check-ins and the proceeding that come with a step, which is told their ids; gives what the check-ins planned."""
    facts, makes = taken.step.facts, playbook.STEPS[taken.step.step].makes
    if concern.ends_check_ins(taken.step.step, facts):
        for check_in in work().all(CheckIn.of_concern(concern.id)):
            add(check_in.end(reason=taken.step.step, by=caller().staff_id))
    if "proceeding" in makes:
        instead = taken.step.step == "change_route"
        proceeding = opened(case, facts["route"], concern=concern, history=[*history, taken.step], instead=instead)
        facts["proceeding_id"] = str(proceeding.id)
    return _begin_check_ins(concern, case, facts) if "check_ins" in makes else []


def _begin_check_ins(concern: Concern, case: Case, facts: dict[str, Any]) -> list[Reminder]:
    """Those that were agreed; one that goes on already, as often and with the same party, goes on."""
    if case.state == "closed":
        raise CaseClosed("This case is closed: nobody is asked in it.")
    going_on = {(check_in.party, check_in.every): check_in for check_in in work().all(CheckIn.of_concern(concern.id))}
    provision = find(Provision, concern.provision_id) if concern.provision_id else None
    planned: list[Reminder] = []
    begun, note = [], facts["look_for"][:MOST_OF_NOTE]
    for party, every in dict.fromkeys((asked["party"], asked["every"]) for asked in facts["check_ins"]):
        check_in = going_on.get((party, every))
        if check_in is not None:
            check_in.note = note
        else:
            about = {"concern": concern, "provision": provision, "note": note}
            check_in, reminders = CheckIn.begin(case=case, practice=practice(), now=now(), party=party, every=every, **about)
            add(check_in, reminders)
            planned += reminders
        begun.append(str(check_in.id))
    facts["check_in_ids"] = begun
    return planned


def _communication(case: Case, concern: Concern, said: dict[str, Any]) -> tuple[Communication | None, list[Any]]:
    """The communication that comes with a step: told with it, or recorded before."""
    if told := said.pop("communication", None):
        return recorded(case, concern, told)
    before = canonical_uuid(said.get("communication_id"))
    return (find(Communication, before) if before else None), []


def _look_up_what_is_named(
    case: Case, concern: Concern, step: str, said: dict[str, Any], history: Sequence[Any]
) -> tuple[Provision | None, Ground | None]:
    """What the facts of a step name has to be there, and of this case: the support, and what the step rests on."""
    provision = None
    if named := canonical_uuid(said.get("provision_id")):
        provision = find(Provision, named)
        same_student(case, find(IepVersion, provision.iep_version_id))
    if named := canonical_uuid(said.get("owner_id")):
        same_case(case, owner_id=find(TeamMember, named))
    if named := canonical_uuid(said.get("document_id")):
        same_case(case, document_id=find(Document, named))
    if named := canonical_uuid(said.get("check_in_id")):
        check_in = find(CheckIn, named)
        same_case(case, check_in_id=check_in)
        if check_in.concern_id not in (None, concern.id) or check_in.party != said.get("party", check_in.party):
            detail = "This check-in is of another concern, or with somebody else."
            raise FactsInvalid(detail, [{"pointer": "/check_in_id", "detail": detail}])
    observations = _evidence(Observation, case, "observation_ids", said)
    documents = _evidence(Document, case, "document_ids", said)
    if step != "verify":
        return provision, None
    standing = work().all(observations_of(concern.id, [row.id for row in observations]))
    shown_before = any(row.facts.get("document_ids") for row in history)
    return provision, Ground(standing, has_document=bool(documents) or shown_before)


def _evidence(model: type[Evidence], case: Case, name: str, said: dict[str, Any]) -> list[Evidence]:
    """The rows that a list of ids names, in one look; each has to be there, and of this case. What is no list of ids is left
    to the playbook, which says so."""
    named = said.get(name)
    ids = [canonical_uuid(one) for one in named] if isinstance(named, list) else [canonical_uuid(named)]
    if len(ids) > MOST_ENTRIES or None in ids:
        return []
    found = {row.id: row for row in work().all(select(model).where(model.id.in_(ids)))}
    for number, row_id in enumerate(ids):
        if row_id not in found:
            raise unknown_reference(f"/{name}/{number}" if isinstance(named, list) else f"/{name}")
    same_case(case, **{f"{name}/{number}": found[row_id] for number, row_id in enumerate(ids) if row_id})
    return list(found.values())


def _wording(provision: Provision) -> dict[str, Any]:
    """What the wording check finds in a support at this moment, beside its words: neither the list of the check nor, in a
    draft, the words have to stay as they are."""
    frequency = frequency_said(provision.minutes, provision.times, provision.per) or None
    found = weighed(provision.text, provision.kind, own_terms(), frequency, provision.setting, provision.provider_role)
    kept: dict[str, Any] = {"text": provision.text, "score": None, "elements": None, "findings": []}
    if found is not None:
        findings = [
            {"category": one.category, "term": one.term, "why": one.why, "question": one.question} for one in found.findings
        ]
        kept |= {"score": found.score, "elements": dict(found.elements), "findings": findings}
    return kept


def _copies(case: Case) -> list[Copy]:
    return [
        Copy(line.name, line.acknowledged_on is not None, line.knows_their_part, line.has_what_they_need)
        for line in work().rows(OPEN_LINES, case_id=case.id)
    ]


def shown(concern: Concern) -> dict[str, Any]:
    """The concern with its steps: those that were taken, and those that can be."""
    work().flush()
    history = work().rows(HISTORY, concern_id=concern.id)
    provision = find(Provision, concern.provision_id) if concern.provision_id else None
    steps = concern.next_steps([row.step for row in history], provision)
    case = find(Case, concern.case_id)
    counted, found = limits(case, concern, history), []
    if provision:
        support_id = provision.support_id or provision.id
        found = contradictions_about(work(), case.student_id, support_id, counted["since_on"])
    return {**vars(concern), "next_steps": steps, "history": history, "limits": counted, "contradictions": found}
