"""Deadlines that are kept: counted by the law's table, overridden with a reason, met, waived, counted anew."""

import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson

from api.case import taken_up
from api.doors import StaffDoor
from api.verbs import add, caller, colleague, find, practice, work
from domain.deadlines import GENERAL, Answer
from domain.refusal import Invalid
from models.case import Case, same_case
from models.concern import Concern, since
from models.deadline import DEADLINE, DEADLINES, LIMITS, REMINDERS_OF, Basis, CountsOtherwise, Deadline, basis_of, limits_of
from models.document import Document
from schemas.deadline import (
    DeadlineChange,
    DeadlineDetailSchema,
    DeadlineMetSchema,
    DeadlineOverrideSchema,
    DeadlineQuery,
    DeadlineRecountedSchema,
    DeadlineRecountSchema,
    DeadlineSchema,
    DeadlineWaivedSchema,
    NewDeadline,
)

deadlines = StaffDoor("deadlines", __name__, "/deadlines", description="What is due in a case by law, kept and watched.")


@deadlines.route("")
@deadlines.listing(DEADLINES, DeadlineSchema, DeadlineQuery)
def list_deadlines() -> None:
    """Deadlines

    In the order of their days; by case, concern, proceeding, assignee, rule, status, or due before or after a day.
    """


@deadlines.route("", methods=["POST"])
@deadlines.arguments(NewDeadline)
@deadlines.response(201, DeadlineDetailSchema)
def keep_deadline(said: dict[str, Any]) -> dict[str, Any]:
    """Keep a deadline

    Counted by a rule of `/deadline-rules` from the day of its event, by the school calendar of the child's district or else the
    practice's, and by the law of the student's state. Plans its reminders. General information, not legal advice.
    """
    case = taken_up(find(Case, said.pop("case_id"), lock=True))
    concern_id, document_id = said.get("concern_id"), said.get("document_id")
    same_case(
        case,
        concern_id=find(Concern, concern_id) if concern_id else None,
        document_id=find(Document, document_id) if document_id else None,
    )
    if assignee_id := said.get("assignee_id"):
        colleague(assignee_id)
    basis, inputs = counts_by(case), {name: value for name, value in said.get("inputs", {}).items() if value is not None}
    answer = basis.count(said["rule"], said.get("event_on"), said.get("event"), basis.state, inputs)
    named = {name: said.get(name) for name in ("assignee_id", "concern_id", "document_id", "note")}
    deadline = Deadline.keep(answer, case=case, basis=basis, inputs=inputs, **named)
    add(deadline, deadline.remind((), basis, caller().staff_id))
    return shown(deadline)


@deadlines.route("/<uuid:deadline_id>")
@deadlines.response(200, DeadlineDetailSchema)
def show_deadline(deadline_id: UUID) -> dict[str, Any]:
    """A deadline

    With the rule, the event, what went into the count, the sum in words, the citation and its source, and its reminders.
    """
    return shown(find(Deadline, deadline_id))


@deadlines.route("/<uuid:deadline_id>", methods=["PATCH"])
@deadlines.arguments(DeadlineChange)
@deadlines.response(200, DeadlineDetailSchema)
def change_deadline(said: dict[str, Any], deadline_id: UUID) -> dict[str, Any]:
    """Change a deadline

    Who is reminded, and the note. Its day is counted: see `recount` and `override`.
    """
    deadline = find(Deadline, deadline_id)
    if "assignee_id" in said:
        deadline.assignee_id = colleague(said["assignee_id"]).id
    if "note" in said:
        deadline.note = said["note"]
    return reminded(deadline)


@deadlines.route("/<uuid:deadline_id>/recount", methods=["POST"], problems=["conflict"])
@deadlines.arguments(DeadlineRecountSchema)
@deadlines.response(200, DeadlineRecountedSchema)
def recount_deadline(said: dict[str, Any], deadline_id: UUID) -> dict[str, Any]:
    """Count a deadline anew

    With what is known now: another day of the event, further inputs, a school calendar or a state's law that changed. Shows
    what would differ; with `accept` it is kept so, and its reminders move. An override stays. With the `seen` of an answer,
    what was seen is what is accepted: 409 where it counts otherwise by now, as a calendar may have changed.
    """
    deadline = find(Deadline, deadline_id)
    basis = counts_by(find(Case, deadline.case_id))
    inputs = said.get("inputs")
    after = deadline.recounted(basis, said.get("event_on"), inputs)
    before, differences, seen = deadline.answer, deadline.differences(after), _seen(after)
    if said["accept"]:
        if said.get("seen") not in (None, seen):
            raise CountsOtherwise("It counts otherwise by now than what was seen: look at it again.")
        deadline.recount(after, deadline.inputs_with(inputs), by=caller().staff_id, basis=basis)
    kept = reminded(deadline, basis) if said["accept"] else shown(deadline)
    return {
        "accepted": said["accept"],
        "seen": seen,
        "before": before,
        "after": after.as_json(),
        "differences": differences,
        "deadline": kept,
    }


@deadlines.route("/<uuid:deadline_id>/override", methods=["POST"], role="advocate")
@deadlines.arguments(DeadlineOverrideSchema)
@deadlines.response(200, DeadlineDetailSchema)
def override_deadline(said: dict[str, Any], deadline_id: UUID) -> dict[str, Any]:
    """Override a deadline

    Another date counts, for a reason that is kept with who set it and when; what was counted stays beside it. Null takes it
    back. In the place of a date of the law only an advocate or an owner sets another one.
    """
    deadline = find(Deadline, deadline_id)
    basis = counts_by(find(Case, deadline.case_id))
    deadline.override(said["override_on"], said.get("reason"), by=caller().staff_id, basis=basis)
    return reminded(deadline, basis)


@deadlines.route("/<uuid:deadline_id>/meet", methods=["POST"], problems=["conflict"])
@deadlines.arguments(DeadlineMetSchema)
@deadlines.response(200, DeadlineDetailSchema)
def meet_deadline(said: dict[str, Any], deadline_id: UUID) -> dict[str, Any]:
    """Say that a deadline was met

    Its reminders are settled. Null takes it back, and those that are still to come are planned again.
    """
    deadline = find(Deadline, deadline_id)
    basis = counts_by(find(Case, deadline.case_id))
    deadline.meet(said["met_on"], by=caller().staff_id, basis=basis, note=said.get("note"))
    return _noted(deadline, said, basis)


@deadlines.route("/<uuid:deadline_id>/waive", methods=["POST"], problems=["conflict"], role="advocate")
@deadlines.arguments(DeadlineWaivedSchema)
@deadlines.response(200, DeadlineDetailSchema)
def waive_deadline(said: dict[str, Any], deadline_id: UUID) -> dict[str, Any]:
    """Say that a deadline was waived

    Whoever could ask for it does without, which an advocate or an owner hears from them. Its reminders are settled. Null takes
    it back.
    """
    deadline = find(Deadline, deadline_id)
    basis = counts_by(find(Case, deadline.case_id))
    deadline.waive(said["waived_on"], by=caller().staff_id, basis=basis, note=said.get("note"))
    return _noted(deadline, said, basis)


def _seen(answer: Answer) -> str:
    """Stands for all that was counted."""
    return hashlib.sha256(orjson.dumps(answer.as_json(), option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def _noted(deadline: Deadline, said: dict[str, Any], basis: Basis) -> dict[str, Any]:
    if "note" in said:
        deadline.note = said["note"]
    return reminded(deadline, basis)


def reminded(deadline: Deadline, basis: Basis | None = None) -> dict[str, Any]:
    """The deadline after a change, its reminders moved with it."""
    basis = basis or counts_by(find(Case, deadline.case_id))
    work().add(deadline.remind(work().all(deadline.reminders()), basis, caller().staff_id))
    return shown(deadline)


def shown(deadline: Deadline) -> dict[str, Any]:
    """The deadline with its status as of today, and its reminders."""
    work().flush()
    [row] = work().rows(DEADLINE, id=deadline.id)
    return {**row._asdict(), "reminders": work().rows(REMINDERS_OF, deadline_id=deadline.id), "general": GENERAL}


def counts_by(case: Case) -> Basis:
    """What the deadlines of a case count by: the student's school calendar or else the practice's, and the student's state."""
    return basis_of(work(), case, practice())


def limits(case: Case, concern: Concern, history: Iterable[Any]) -> dict[str, Any]:
    """The two limits of a concern, as `LimitsSchema` shows them; null where the count leaves the years that we know."""
    since_on = since(work(), concern, history)
    try:
        found: dict[str, Any] = dict(limits_of(since_on, counts_by(case)))
    except Invalid:
        found = dict.fromkeys(LIMITS)
    return {"since_on": since_on, **found, "general": GENERAL}
