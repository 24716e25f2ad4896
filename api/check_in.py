"""Check-ins: who is asked every week or two whether a support is provided, and what they said."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from api.case import taken_up
from api.doors import StaffDoor
from api.observation import heard_at_check_in
from api.problems import unknown_reference
from api.verbs import add, caller, colleague, find, now, practice, work
from domain import playbook
from domain.refusal import Invalid
from domain.wall_clock import local_date
from models.case import Case, CaseClosed, same_case
from models.check_in import (
    CHECK_INS,
    ENDED,
    PAUSED,
    REMINDERS_OF_CHECK_IN,
    CheckIn,
    NeverHappens,
    arrange,
    withdraw,
)
from models.concern import OPEN_ABOUT, Concern
from models.iep_version import IepVersion, same_student
from models.observation import HEARD_ON
from models.provision import Provision
from models.reminder import Reminder
from models.team_member import TeamMember
from schemas.check_in import (
    CheckedSchema,
    CheckInChange,
    CheckInDetailSchema,
    CheckInHeardSchema,
    CheckInQuery,
    CheckInSchema,
    EndSchema,
    PauseSchema,
)

SHOWN = 5
# What says when there is an occasion.
RULED = frozenset(("every", "weekday", "at", "starts_on", "ends_on"))

check_ins = StaffDoor(
    "check-ins",
    __name__,
    "/check-ins",
    description="Who is asked every week or two whether a support is provided, and what is asked.",
)


@check_ins.route("")
@check_ins.listing(CHECK_INS, CheckInSchema, CheckInQuery)
def list_check_ins() -> None:
    """Check-ins

    Newest first; by case, concern, support, assignee, state or party.
    """


@check_ins.route("", methods=["POST"], problems=["case-closed"])
@check_ins.arguments(CheckInSchema)
@check_ins.response(201, CheckInDetailSchema)
def begin_check_in(said: dict[str, Any]) -> dict[str, Any]:
    """Begin a check-in

    Every week or two on a weekday, at a time by the clock of the practice's zone. The occasions of the next eight days stand as
    reminders at once, each with two or three questions about the support; the worker plans those that follow.
    """
    case = find(Case, said.pop("case_id"), lock=True)
    if case.state == "closed":
        raise CaseClosed("This case is closed: nobody is asked in it.")
    named = {"concern": Concern, "provision": Provision, "team_member": TeamMember}
    parts: dict[str, Any] = {
        name: find(model, row_id) for name, model in named.items() if (row_id := said.pop(f"{name}_id", None))
    }
    _must_be_of_student(case, parts.get("provision"))
    assignee = colleague(said.pop("assignee_id", case.advocate_id))
    check_in, reminders = CheckIn.begin(
        case=taken_up(case), practice=practice(), now=now(), assignee_id=assignee.id, **parts, **said
    )
    add(check_in, reminders)
    return _shown(check_in)


@check_ins.route("/<uuid:check_in_id>")
@check_ins.response(200, CheckInDetailSchema)
def show_check_in(check_in_id: UUID) -> dict[str, Any]:
    """A check-in

    Its rule, the next five occasions, and the reminders of those that are planned or wait.
    """
    return _shown(find(CheckIn, check_in_id))


@check_ins.route("/<uuid:check_in_id>", methods=["PATCH"])
@check_ins.arguments(CheckInChange)
@check_ins.response(200, CheckInDetailSchema)
def change_check_in(said: dict[str, Any], check_in_id: UUID) -> dict[str, Any]:
    """Change a check-in

    Other days, another hour, somebody else: what is planned moves along. What has come due stays to be done. 422 where there
    would be no occasion any more: end it instead.
    """
    check_in, case = _held(check_in_id)
    if said.get("assignee_id"):
        colleague(said["assignee_id"])
    if said.get("team_member_id"):
        same_case(case, team_member_id=find(TeamMember, said["team_member_id"]))
    if said.get("provision_id"):
        _must_be_of_student(case, find(Provision, said["provision_id"]))
    check_in.change(**said)
    if check_in.state == "active":
        if RULED & said.keys() and not check_in.upcoming(practice(), now(), 1):
            raise NeverHappens
        arrange(work(), check_in, practice())
    return _shown(check_in)


@check_ins.route("/<uuid:check_in_id>/pause", methods=["POST"])
@check_ins.arguments(PauseSchema)
@check_ins.response(200, CheckInDetailSchema)
def pause_check_in(said: dict[str, Any], check_in_id: UUID) -> dict[str, Any]:
    """Pause a check-in

    Nothing comes due until it is resumed. One that is not active answers 409.
    """
    check_in = find(CheckIn, check_in_id)
    add(check_in.pause(reason=said.get("reason"), by=caller().staff_id))
    withdraw(work(), check_in, PAUSED, by=caller().staff_id)
    return _shown(check_in)


@check_ins.route("/<uuid:check_in_id>/resume", methods=["POST"], problems=["case-closed"])
@check_ins.response(200, CheckInDetailSchema)
def resume_check_in(check_in_id: UUID) -> dict[str, Any]:
    """Resume a check-in

    It goes on with the next occasion; what fell into the pause is not made up for. One that has ended may be resumed too.
    """
    check_in, case = _held(check_in_id)
    if case.state == "closed":
        raise CaseClosed("This case is closed: nobody is asked in it.")
    add(check_in.resume(today=local_date(now(), practice().zone), by=caller().staff_id))
    arrange(work(), check_in, practice())
    return _shown(check_in)


@check_ins.route("/<uuid:check_in_id>/end", methods=["POST"])
@check_ins.arguments(EndSchema)
@check_ins.response(200, CheckInDetailSchema)
def end_check_in(said: dict[str, str], check_in_id: UUID) -> dict[str, Any]:
    """End a check-in

    What is planned will not come due; the reason is kept.
    """
    check_in = find(CheckIn, check_in_id)
    add(check_in.end(**said, by=caller().staff_id))
    withdraw(work(), check_in, ENDED, by=caller().staff_id)
    return _shown(check_in)


@check_ins.route("/<uuid:check_in_id>/record", methods=["POST"])
@check_ins.arguments(CheckedSchema)
@check_ins.response(201, CheckInHeardSchema)
def record_check_in(said: dict[str, Any], check_in_id: UUID) -> dict[str, Any]:
    """Record a check-in

    In one call: what was heard becomes an observation, the reminder of the occasion is settled, and of a concern that is
    watched it is the step `check_in`. In a closed case too, where nothing is planned by it. Where the support is not provided,
    or partly, and no concern is open about it, the answer suggests one.
    """
    check_in, case = _held(check_in_id)
    taken_up(case)
    concern = find(Concern, check_in.concern_id, lock=True) if check_in.concern_id else None
    _must_be_past(said)
    settled = _settled(check_in, said)
    observation, taken = heard_at_check_in(
        case,
        concern,
        check_in,
        checked_on=said["checked_on"],
        is_happening=said["is_happening"],
        answers=said.get("answers", ()),
        text=said.get("text"),
    )
    return {
        "observation": observation,
        "settled": [*settled, *(one for one in (taken.settled if taken else ()) if one not in settled)],
        "planned": taken.planned if taken else [],
        "concern_state": concern.state if concern else None,
        "suggests_concern": _suggestion(check_in, concern, observation),
    }


def _held(check_in_id: UUID) -> tuple[CheckIn, Case]:
    """A check-in and its case, taken in the order of whoever closes a case."""
    case = find(Case, work().find(CheckIn, check_in_id).case_id, lock=True)
    return find(CheckIn, check_in_id), case


def _must_be_past(said: dict[str, Any]) -> None:
    # Who checks in on the other side of the world may be a day ahead of the practice's zone.
    if said["checked_on"] > local_date(now(), practice().zone) + timedelta(days=1):
        detail = "This lies ahead."
        raise Invalid(detail, [{"pointer": "/checked_on", "detail": detail}])


def _settled(check_in: CheckIn, said: dict[str, Any]) -> list[Reminder]:
    """The reminders that this answers: the named one; else what is due by then, or the next one if it is near."""
    open_ones: list[Reminder] = work().all(Reminder.all_that_count().where(Reminder.check_in_id == check_in.id))
    if named := said.get("reminder_id"):
        reminder = find(Reminder, named)
        if reminder.check_in_id != check_in.id:
            raise unknown_reference("/reminder_id")
        reminder.complete(by=caller().staff_id, now=now())
        return [reminder]
    zone, on = practice().zone, said["checked_on"]
    # What was put off is of the day by the rule, which is its key.
    days = {
        one.id: date.fromisoformat(one.key) if one.state == "snoozed" else local_date(one.due_at, zone) for one in open_ones
    }
    answered = [reminder for reminder in open_ones if days[reminder.id] <= on]
    # What is said a second time on one day is no answer to the next one.
    if not answered and not work().rows(HEARD_ON, check_in_id=check_in.id, observed_on=on):
        near = on + timedelta(days=check_in.rule.days_apart // 2)
        answered = sorted((one for one in open_ones if days[one.id] <= near), key=lambda one: one.due_at)[:1]
    for reminder in answered:
        reminder.settle(by=caller().staff_id, now=now())
    return answered


def _suggestion(check_in: CheckIn, concern: Concern | None, observation: Any) -> dict[str, Any] | None:
    if observation.is_happening == "yes" or (concern is not None and playbook.is_open(concern.state)):
        return None
    if work().rows(OPEN_ABOUT, case_id=check_in.case_id, provision_id=check_in.provision_id):
        return None
    return {
        "case_id": check_in.case_id,
        "provision_id": check_in.provision_id,
        "kind": "not_provided" if observation.is_happening == "no" else "provided_incorrectly",
        "what_happened": observation.text,
        "noticed_on": observation.observed_on,
        "reopens_id": concern.id if concern else None,
    }


def _must_be_of_student(case: Case, provision: Provision | None) -> None:
    if provision is not None:
        same_student(case, find(IepVersion, provision.iep_version_id))


def _shown(check_in: CheckIn) -> dict[str, Any]:
    work().flush()
    return {
        **vars(check_in),
        "next_occasions": check_in.upcoming(practice(), now(), SHOWN),
        "reminders": work().rows(REMINDERS_OF_CHECK_IN, check_in_id=check_in.id),
    }
