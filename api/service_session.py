"""Service sessions: the log of what was given of a service and what was not; kept as it was recorded."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from api.copy_lines import today
from api.doors import StaffDoor
from api.proceeding import limits_follow_sessions
from api.verbs import add, caller, find, work
from api.withdrawn import withdrawn
from domain.refusal import FieldError, Invalid
from models.service_log_import import known
from models.service_session import (
    SERVICE_SESSIONS,
    SESSIONS_NAMED,
    Named,
    ServiceSession,
    reference_fingerprint,
)
from models.student import Student
from schemas.service_session import (
    RecordedBatchSchema,
    ServiceSessionBatchSchema,
    ServiceSessionQuery,
    ServiceSessionSchema,
)
from schemas.withdrawn import WithdrawSchema

service_sessions = StaffDoor(
    "service-sessions", __name__, "/service-sessions", description="The service log: what was given, and what was not."
)


@service_sessions.route("")
@service_sessions.listing(SERVICE_SESSIONS, ServiceSessionSchema, ServiceSessionQuery)
def list_service_sessions() -> None:
    """Service sessions

    The latest recorded first; by support, student, outcome, who says so, import, and the days on which they were held. What
    was corrected or withdrawn is among them, and says so: it does not count.
    """


@service_sessions.route("", methods=["POST"])
@service_sessions.arguments(ServiceSessionSchema)
@service_sessions.response(201, ServiceSessionSchema)
def record_service_session(said: dict[str, Any]) -> ServiceSession:
    """Record a service session

    What was given, or was not, of a support that an IEP promises. It is kept as it was recorded: what was wrong is
    corrected by another entry with `corrects_id`, or withdrawn. One that was corrected already: 409.
    """
    with limits_follow_sessions(_provisions([said])):
        return add(_recorded(said, Named.by(work(), [said], hold=bool(said.get("corrects_id")))))


@service_sessions.route("/batch", methods=["POST"])
@service_sessions.arguments(ServiceSessionBatchSchema)
@service_sessions.response(201, RecordedBatchSchema)
def record_service_sessions(said: dict[str, Any]) -> dict[str, Any]:
    """Record many service sessions

    All of them or none: what is wrong with which is told by its place, such as `/items/3/minutes`. Sent again under its
    Idempotency-Key, the first answer comes again. Without one, an item whose `reference` the child's log has already is not
    recorded twice: it is answered as it stands, and counted as `known`. A reference that stands for something else is refused.
    """
    items: list[dict[str, Any]] = said["items"]
    references = [item.pop("reference", None) for item in items]
    with limits_follow_sessions(_provisions(items)) as notices:
        rows = _many(items, references)
        new = [row for row in rows if isinstance(row, ServiceSession)]
        work().add(new)
    return {"items": rows, "recorded": len(new), "known": len(rows) - len(new), "notices": notices}


@service_sessions.route("/<uuid:service_session_id>")
@service_sessions.response(200, ServiceSessionSchema)
def show_service_session(service_session_id: UUID) -> ServiceSession:
    """A service session

    As it was recorded, and what corrects it.
    """
    return find(ServiceSession, service_session_id)


@service_sessions.route("/<uuid:service_session_id>/withdraw", methods=["POST"], role="advocate")
@service_sessions.arguments(WithdrawSchema)
@service_sessions.response(200, ServiceSessionSchema)
def withdraw_service_session(said: dict[str, Any], service_session_id: UUID) -> ServiceSession:
    """Withdraw a service session

    It stays, with the reason, and does not count. What it corrected counts again. One that was withdrawn already, or that
    another one corrects: 409.
    """
    row = work().find(ServiceSession, service_session_id)
    with limits_follow_sessions([row.provision_id]):
        # It may be corrected at this moment: whoever does so holds the student too.
        work().find(Student, row.student_id, lock=True)
        [now_there] = work().rows(SESSIONS_NAMED, ids=[row.id])
        ServiceSession.must_be_newest(now_there, "This was corrected: withdraw what corrected it.")
        return withdrawn(ServiceSession, service_session_id, said["because"])


def _provisions(said: Sequence[Mapping[str, Any]]) -> set[UUID]:
    """Whose log changes: of what these bodies name, and of what they correct."""
    corrected = sorted({one["corrects_id"] for one in said if one.get("corrects_id")})
    before = work().rows(SESSIONS_NAMED, ids=corrected) if corrected else []
    return {one["provision_id"] for one in said} | {row.provision_id for row in before}


def _many(items: Sequence[Mapping[str, Any]], references: Sequence[str | None]) -> list[Any]:
    """What each item of a batch comes to. Raises `Invalid` with all that is wrong, each at its place."""
    hold = any(references) or any(item.get("corrects_id") for item in items)
    named = Named.by(work(), items, hold=hold)
    there = _known(named, items, references)
    rows, errors, taken = [], [], set[tuple[UUID, bytes]]()
    for number, (item, reference) in enumerate(zip(items, references, strict=True)):
        try:
            rows.append(_one_of_many(item, reference, named, there, taken))
        except Invalid as wrong:
            found: Sequence[FieldError] = wrong.extra["errors"]  # type: ignore[assignment]
            errors += [FieldError(pointer=f"/items/{number}{one['pointer']}", detail=one["detail"]) for one in found]
    if errors:
        raise Invalid("Some of it is not valid. Nothing was recorded.", errors)
    return rows


def _recorded(said: Mapping[str, Any], named: Named) -> ServiceSession:
    return ServiceSession.record(named, by=caller().staff_id, today=today(), **said)


def _known(named: Named, items: Sequence[Mapping[str, Any]], references: Sequence[str | None]) -> dict[tuple[UUID, bytes], Any]:
    """What is there of those that have a reference, by student and fingerprint."""
    by_student: dict[UUID, list[bytes]] = {}
    for item, reference in zip(items, references, strict=True):
        provision = named.provisions.get(item["provision_id"])
        if reference and provision:
            by_student.setdefault(provision.student_id, []).append(reference_fingerprint(reference))
    return {
        (student_id, mark): row
        for student_id, marks in by_student.items()
        for mark, row in known(work(), student_id, marks).items()
    }


def _one_of_many(
    item: Mapping[str, Any],
    reference: str | None,
    named: Named,
    there: Mapping[tuple[UUID, bytes], Any],
    taken: set[tuple[UUID, bytes]],
) -> Any:
    """What an item of a batch comes to: an entry that is new, or the one that its reference stands for."""
    if reference is None:
        return _recorded(item, named)
    key = named.provision(item["provision_id"]).student_id, reference_fingerprint(reference)
    if key in taken:
        raise _wrong_reference("This reference stands twice.")
    taken.add(key)
    if key not in there:
        return _recorded({**item, "fingerprint": key[1]}, named)
    if not ServiceSession.says(there[key], item):
        raise _wrong_reference("The entry with this reference says something else: correct it by `corrects_id`.")
    return there[key]


def _wrong_reference(detail: str) -> Invalid:
    return Invalid(detail, [FieldError(pointer="/reference", detail=detail)])
