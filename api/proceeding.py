"""Proceedings: mediation, state complaints and due process, moved by steps; their deadlines follow."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from api.case import taken_up
from api.deadline import counts_by, limits
from api.doors import StaffDoor
from api.problems import Problem
from api.verbs import add, caller, find, work
from domain.fact import MOST_ENTRIES
from domain.proceedings import ENDED, PLANNED
from domain.refusal import FieldError, Invalid
from domain.step import FactsInvalid
from models.case import Case, same_case
from models.concern import HISTORY, Concern, about, since
from models.deadline import DEADLINES_OF, LIMITS, Basis, Deadline
from models.document import Document
from models.proceeding import PROCEEDINGS, STEPS_OF, Followed, Proceeding
from schemas.base import plain
from schemas.fields import canonical_uuid
from schemas.proceeding import (
    STEP_EXAMPLES,
    NewProceeding,
    ProceedingChange,
    ProceedingDetailSchema,
    ProceedingQuery,
    ProceedingSchema,
    ProceedingStepTaken,
    StepOfProceedingTakenSchema,
)

proceedings = StaffDoor(
    "proceedings", __name__, "/proceedings", description="Mediation, state complaints, due process: steps, days, outcomes."
)


@proceedings.route("")
@proceedings.listing(PROCEEDINGS, ProceedingSchema, ProceedingQuery)
def list_proceedings() -> None:
    """Proceedings

    Newest first, by case, concern, kind or state.
    """


@proceedings.route("", methods=["POST"])
@proceedings.arguments(NewProceeding)
@proceedings.response(201, ProceedingDetailSchema)
def open_proceeding(said: dict[str, Any]) -> dict[str, Any]:
    """Open a proceeding

    Planned, with its time limit; with `filed_on` as one that was filed on that day. What its complaint has to say by law and
    does not say yet is `missing`: it is filed when nothing is, or with `incomplete_because`.
    """
    case = taken_up(find(Case, said.pop("case_id"), lock=True))
    concern_id = said.pop("concern_id", None)
    concern = find(Concern, concern_id) if concern_id else None
    same_case(case, concern_id=concern)
    filed_on, because = said.pop("filed_on", None), said.pop("incomplete_because", None)
    since_on = said.get("since_on")
    if since_on is not None and since_on > (filed_on or counts_by(case).today):
        detail = "What it is about lies before it is filed, and not in the future."
        raise Invalid(detail, [FieldError(pointer="/since_on", detail=detail)])
    if concern is not None and "since_on" not in said:
        said |= {"since_on": _since(case, concern, work().rows(HISTORY, concern_id=concern.id)), "follows_concern": True}
    proceeding = _opened(case, concern_id=concern_id, **said)
    if filed_on is not None:
        step = "request" if proceeding.kind == "mediation" else "file"
        asked: dict[str, Any] = {"issues": "As in the request."} if step == "request" else {"incomplete_because": because}
        try:
            _take(proceeding, case, step, {"occurred_on": filed_on.isoformat(), **asked})
        except FactsInvalid as invalid:
            _pointed("/occurred_on", "/filed_on", invalid)
            raise
    return shown(proceeding)


@proceedings.route("/<uuid:proceeding_id>")
@proceedings.response(200, ProceedingDetailSchema)
def show_proceeding(proceeding_id: UUID) -> dict[str, Any]:
    """A proceeding

    Its state, the steps that can be taken next, each with guidance and the fields of its form, its history, what its complaint
    lacks, and its deadlines. General information, not legal advice.
    """
    return shown(find(Proceeding, proceeding_id))


@proceedings.route("/<uuid:proceeding_id>", methods=["PATCH"], problems=["immutable"])
@proceedings.arguments(ProceedingChange)
@proceedings.response(200, ProceedingDetailSchema)
def change_proceeding(said: dict[str, Any], proceeding_id: UUID) -> dict[str, Any]:
    """Change a proceeding

    What its complaint says, part by part (null takes a part away, the others stay), and its number. All else moves by steps.
    Once it is filed, what it says stays (409 `immutable`), and only parts that were left out are added.
    """
    proceeding = find(Proceeding, proceeding_id)
    if "complaint" in said:
        proceeding.say(said["complaint"])
    if "reference" in said:
        proceeding.reference = said["reference"]
    return shown(proceeding)


@proceedings.route("/<uuid:proceeding_id>/steps", methods=["POST"], problems=["step-not-allowed"])
@proceedings.arguments(ProceedingStepTaken, examples=STEP_EXAMPLES)
@proceedings.response(201, StepOfProceedingTakenSchema)
def take_step_of_proceeding(said: dict[str, Any], proceeding_id: UUID) -> dict[str, Any]:
    """Take a step of a proceeding

    A step that the state does not allow answers 409 `step-not-allowed` with those that it does. The deadlines follow in the
    same moment: new ones, those that count otherwise now (`changed`), those that do not run any more.
    """
    proceeding = find(Proceeding, proceeding_id)
    case = taken_up(find(Case, proceeding.case_id, lock=True))
    named = said.get("document_ids") or []
    ids = map(canonical_uuid, named[:MOST_ENTRIES] if isinstance(named, list) else [named])
    for number, document_id in ((number, one) for number, one in enumerate(ids) if one):
        same_case(case, **{f"document_ids/{number}": find(Document, document_id)})
    followed = _take(proceeding, case, said.pop("step"), plain(said))
    return {**shown(proceeding), "changed": followed.changed}


def opened(case: Case, kind: str, *, concern: Concern, history: Iterable[Any], instead: bool = False) -> Proceeding:
    """The proceeding that a concern is escalated to, with its time limit; one of this kind that goes on is taken.

    `instead`: those of another kind that were only planned are dropped.
    """
    present = work().all(Proceeding.open_of_concern(concern.id))
    found = next((one for one in present if one.kind == kind), None)
    for one in present:
        if instead and one.kind != kind and one.state == PLANNED:
            today = counts_by(case).today.isoformat()
            _take(one, case, "drop", {"occurred_on": today, "reason": "Another way was taken."})
    since_on = _since(case, concern, history)
    return found or _opened(case, concern_id=concern.id, kind=kind, since_on=since_on, follows_concern=True)


def limits_follow(case: Case, concern: Concern, before: date, *, corrected: bool = False) -> list[str]:
    """A limit counts from what its concern knows, in whatever state its proceeding is: what is met, waived or ended may run
    again. Never later than the law, for the family: only where `before` was `corrected`, a later day counts too, and not where
    it was filed by then. Says what moved of what runs, and what did not."""
    since_on = _since(case, concern, work().rows(HISTORY, concern_id=concern.id))
    if since_on is None or (since_on >= before and not corrected):
        return []
    moved, basis, reason = [], counts_by(case), "The day was put right." if corrected else "An earlier fact was put on record."
    for one in work().all(Proceeding.of_concern(concern.id)):
        if not one.counts_otherwise(since_on, before, corrected=corrected):
            continue
        present = work().all(Deadline.of_proceeding(one.id))
        if one.is_filed_before(since_on):
            labels = [limit.answer["label"] for limit in present if limit.rule in LIMITS]
            moved += [
                f"{label}: counts as before, from what was filed on {one.filed_on}, which is earlier." for label in labels
            ]
            continue
        was_due = {row.rule: row.due_on for row in present if row.is_open}
        row, followed = one.count_from(since_on, reason, deadlines=present, case=case, basis=basis, by=caller().staff_id)
        add(row)
        _keep(one, followed, present, basis)
        moved += [
            f"{limit.answer['label']}: {was_due[limit.rule]} became {limit.due_on}."
            for limit in present
            if limit.rule in LIMITS and limit.rule in was_due and limit.is_open
        ]
    return moved + [
        f"{limit.answer['label']}: one that is kept by hand counts from {limit.event_on} still. Recount it."
        for limit in work().all(Deadline.limits_by_hand(concern.id))
        if limit.event_on > since_on or (corrected and limit.event_on == before)
    ]


@contextmanager
def limits_follow_sessions(provision_ids: Iterable[UUID]) -> Iterator[list[str]]:
    """Around whatever records, corrects or withdraws sessions of these provisions: a session that was missed is a dated fact of
    the concerns about its support, and their limits follow. Once it is left, the list says what moved.

    An earlier day counts whoever records it; a later one, where a day was put right, takes an advocate or an owner.
    """
    moved: list[str] = []
    concerns: list[Concern] = work().all(about(provision_ids))
    # Of two that move the limits of the same concern, the second sees the first.
    cases = {case_id: find(Case, case_id, lock=True) for case_id in sorted({concern.case_id for concern in concerns})}
    before = {concern.id: _earliest(concern) for concern in concerns}
    yield moved
    work().flush()
    for concern in concerns:
        was, since_on = before[concern.id], _earliest(concern)
        if since_on > was and caller().role == "assistant":
            detail = f"A limit of the law counts from {was}, by what is corrected here: an advocate or an owner corrects it."
            raise Problem("forbidden", detail)
        if since_on != was:
            moved += limits_follow(cases[concern.case_id], concern, was, corrected=since_on > was)


def _earliest(concern: Concern) -> date:
    return since(work(), concern, work().rows(HISTORY, concern_id=concern.id))


def _pointed(place: str, in_body: str, invalid: FactsInvalid) -> None:
    """Names the place in the body that holds what a step calls otherwise."""
    errors: Any = invalid.extra["errors"]
    for error in errors:
        if error["pointer"] == place:
            error["pointer"] = in_body


def _since(case: Case, concern: Concern, history: Iterable[Any]) -> date | None:
    """From where the limit of a concern counts; from nowhere, if that leaves the years that we know."""
    found = limits(case, concern, history)
    since_on: date = found["since_on"]
    return since_on if all(found[rule] for rule in LIMITS) else None


def _opened(case: Case, **said: Any) -> Proceeding:
    """A planned proceeding, with the deadlines that run from its first day."""
    proceeding = Proceeding.open(case=case, by=caller().staff_id, **said)
    basis = counts_by(case)
    followed = proceeding.follow((), {}, case=case, basis=basis, on=basis.today)
    add(proceeding)
    _keep(proceeding, followed, (), basis)
    return proceeding


def _take(proceeding: Proceeding, case: Case, step: str, facts: dict[str, Any]) -> Followed:
    basis, present = counts_by(case), work().all(Deadline.of_proceeding(proceeding.id))
    row, followed = proceeding.take(step, facts, deadlines=present, case=case, basis=basis, by=caller().staff_id)
    add(row)
    _keep(proceeding, followed, present, basis)
    return followed


def _keep(proceeding: Proceeding, followed: Followed, present: Sequence[Deadline], basis: Basis) -> None:
    """The deadlines with their reminders, which move and end with them.

    What was given up counts on only where nothing else of its kind does, from no later day.
    """
    by = caller().staff_id
    own = [one for one in (*present, *followed.added) if one.rule in LIMITS and one.is_open]
    beside = work().all(proceeding.limits_beside()) if own and proceeding.concern_id else []
    counted, given_up = (beside, own) if proceeding.state == ENDED else (own, beside)
    for limit in given_up:
        if any(one.rule == limit.rule and one.event_on <= limit.event_on for one in counted):
            limit.ended_on = basis.today
    for deadline in (*present, *beside):
        work().add(deadline.remind(work().all(deadline.reminders()), basis, by))
    for deadline in followed.added:
        add(deadline, deadline.remind((), basis, by))


def shown(proceeding: Proceeding) -> dict[str, Any]:
    """The proceeding with its steps, its checklist and its deadlines."""
    work().flush()
    rows = {"history": STEPS_OF, "deadlines": DEADLINES_OF}
    return {
        **vars(proceeding),
        "next_steps": proceeding.next_steps,
        "missing": proceeding.missing,
        **{name: work().rows(statement, proceeding_id=proceeding.id) for name, statement in rows.items()},
    }
