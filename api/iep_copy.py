"""Who has a copy of the IEP: the ledger of a version, who is asked by mail, and what is missing."""

from typing import Any
from uuid import UUID

from api.concern import shown
from api.copy_concern import concern_of
from api.copy_lines import read_line, today
from api.doors import StaffDoor
from api.limits import count_with_the_work
from api.verbs import add, caller, find, links, now, practice, work
from domain.email_address import identity
from domain.refusal import FieldError, Invalid
from models.case import Case
from models.communication import Communication
from models.copy_ledger import ACKNOWLEDGED, IEP_COPIES, LAST_MAIL, SUMMARY, close, open_cases_of, resume, waiting_for
from models.iep_copy import AskedLately, IepCopy, LineClosed, LineOpen, NoAddress, NotInForce
from models.iep_version import IepVersion
from models.link import hash_of
from models.message import Message
from models.staff import Staff
from models.team_member import TeamMember
from models.throttle import COPY_MAIL_IN_A_DAY
from schemas.concern import ConcernDetailSchema
from schemas.iep_copy import (
    AskedSchema,
    ByHandSchema,
    IepCopyChange,
    IepCopyQuery,
    IepCopySchema,
    LedgerQuery,
    MissingSchema,
    SummarySchema,
)

CASE_CLOSED = "This case is closed: nobody is asked in it."

iep_copies = StaffDoor("iep-copies", __name__, description="Who has a copy of the IEP, knows their part, and what they need.")


@iep_copies.route("/iep-copies")
@iep_copies.listing(IEP_COPIES, IepCopySchema, IepCopyQuery)
def list_iep_copies() -> None:
    """Copies of IEPs

    In the order in which they were opened; by case, team member or state. Those of a version are at its `copies`.
    """


@iep_copies.route("/iep-versions/<uuid:iep_version_id>/copies")
@iep_copies.listing(IEP_COPIES, IepCopySchema, LedgerQuery)
def list_copies_of_version(iep_version_id: UUID) -> dict[str, UUID]:
    """Who has a copy of a version

    Everybody who must have one (34 CFR 300.323(d)). No line is no proof that somebody has none: schools and families give
    copies, and they are recorded here.
    """
    return {"iep_version_id": find(IepVersion, iep_version_id).id}


@iep_copies.route("/iep-versions/<uuid:iep_version_id>/copies/summary")
@iep_copies.response(200, SummarySchema)
def count_copies_of_version(iep_version_id: UUID) -> Any:
    """How many have a copy of a version

    Of those who must have one; of a version that was superseded, how it stood at its end.
    """
    return work().rows(SUMMARY, iep_version_id=find(IepVersion, iep_version_id).id)[0]


@iep_copies.route("/iep-versions/<uuid:iep_version_id>/copies", methods=["POST"])
@iep_copies.arguments(ByHandSchema)
@iep_copies.response(201, IepCopySchema)
def open_iep_copy(said: dict[str, Any], iep_version_id: UUID) -> Any:
    """Open a line by hand

    For a team member without one, or who must have a copy anew. One whose line waits for them has it already (409).
    """
    version, member = find(IepVersion, iep_version_id), find(TeamMember, said.pop("team_member_id"))
    if member.is_gone(today()) or find(Case, member.case_id).student_id != version.student_id:
        detail = "They have left." if member.is_gone(today()) else "This team member is of another student's team."
        raise Invalid(detail, [FieldError(pointer="/team_member_id", detail=detail)])
    before = work().all(IepCopy.of_member(member.id, version.id))
    if any(line.acknowledged_on is None for line in before):
        raise LineOpen("This team member has a line of this version that waits for them.")
    so_far = work().all(IepCopy.of_members([member.id]))
    [copy] = IepCopy.opened_by(version, [member], because="by_hand", on=today(), before=so_far)
    close(work(), before, by=caller().staff_id, reason="renewed")
    copy.record(said, today=today())
    return read_line(add(copy))


@iep_copies.route("/iep-versions/<uuid:iep_version_id>/copies/ask", methods=["POST"])
@iep_copies.response(200, AskedSchema)
def ask_all(iep_version_id: UUID) -> dict[str, Any]:
    """Ask everybody who has not acknowledged their copy

    Each gets a mail with a link of their own. Who has no address, or was asked within the last 24 hours, is named instead.
    Nobody is asked in a closed case (409 if there is no other).
    """
    version = find(IepVersion, iep_version_id)
    if version.state != "in_force":
        raise NotInForce(f"Version {version.number} is {version.state.replace('_', ' ')}: nobody must have a copy of it.")
    if not work().all(open_cases_of(version.student_id)):
        raise LineClosed(CASE_CLOSED)
    asked, not_asked = [], []
    for copy in work().all(waiting_for(version.id, today())):
        line = read_line(copy)
        # Behind the lock: they may have left meanwhile, or the case been closed.
        if line.state == "closed":
            continue
        try:
            _ask(copy, line)
            asked.append(read_line(copy))
        except LineClosed:
            continue
        except (NoAddress, AskedLately) as refused:
            reason = "no_address" if isinstance(refused, NoAddress) else "asked_lately"
            not_asked.append({"id": copy.id, "name": line.name, "reason": reason})
    return {"asked": asked, "not_asked": not_asked}


@iep_copies.route("/iep-copies/<uuid:iep_copy_id>")
@iep_copies.response(200, IepCopySchema)
def show_iep_copy(iep_copy_id: UUID) -> Any:
    """A line of the ledger

    With the ETag of its version.
    """
    return read_line(find(IepCopy, iep_copy_id))


@iep_copies.route("/iep-copies/<uuid:iep_copy_id>", methods=["PATCH"])
@iep_copies.arguments(IepCopyChange)
@iep_copies.response(200, IepCopySchema)
def change_iep_copy(said: dict[str, Any], iep_copy_id: UUID) -> Any:
    """Record what is known of a copy

    That it was given, when, by whom and how; that it was acknowledged; what is missing. An acknowledgement settles what
    follows the question up; taken back (`acknowledged_on` null), what followed it up goes on.
    """
    copy, line = open_line(iep_copy_id)
    if copy.record(said, today=today()) and copy.communication_id:
        for reminder in work().all(IepCopy.chased([copy])):
            reminder.settle(by=caller().staff_id, now=now(), reason="acknowledged")
    elif line.acknowledged_on and not copy.acknowledged_on:
        resume(work(), [copy], find(Case, line.case_id), ACKNOWLEDGED)
    return read_line(copy)


@iep_copies.route("/iep-copies/<uuid:iep_copy_id>/ask", methods=["POST"])
@iep_copies.response(200, IepCopySchema)
def ask_for_acknowledgement(iep_copy_id: UUID) -> Any:
    """Ask a team member about their copy

    By a mail with a link, which opens without an account; nothing of the IEP is in it, nor the child's name. It is recorded as
    a communication that awaits a reply, so that the practice's follow-ups are planned. Asking again, after 24 hours at the
    earliest (409 before), sends the same link and restarts no clock that runs. Where the mail was withdrawn, failed, or went to
    another address than the present one, they may be asked again at once; from another address the old link opens nothing.
    """
    copy, line = open_line(iep_copy_id)
    _ask(copy, line)
    return read_line(copy)


@iep_copies.route("/iep-copies/<uuid:iep_copy_id>/concern", methods=["POST"])
@iep_copies.arguments(MissingSchema)
@iep_copies.response(201, ConcernDetailSchema)
def open_concern_of_copy(said: dict[str, Any], iep_copy_id: UUID) -> dict[str, Any]:
    """Make a concern of what is missing

    Opened in the team member's case, with the steps that are taken already: they were talked to, since they answered, and the
    cause is a missing resource, in their words. Once (409); of a closed line too, since what is missing is still missing.
    """
    copy = find(IepCopy, iep_copy_id)
    return shown(concern_of(copy, read_line(copy), said))


def open_line(iep_copy_id: UUID) -> tuple[IepCopy, Any]:
    """The line, locked, and as it is read; what closed it meanwhile is seen."""
    copy = find(IepCopy, iep_copy_id)
    line = read_line(copy)
    if line.state == "closed":
        raise LineClosed(f"This line is closed ({line.closed_because}), and kept as it is.")
    return copy, line


def _ask(copy: IepCopy, line: Any) -> None:
    # Who asks again holds the case, as with every communication: the second sees what the first has planned.
    case = find(Case, line.case_id, lock=True)
    if case.state == "closed":
        raise LineClosed(CASE_CLOSED)
    last = next(iter(work().rows(LAST_MAIL, occasion=copy.occasion)), None)
    went_elsewhere = bool(last and line.email and identity(last.to_address) != identity(line.email))
    has_reached_them = not went_elsewhere and not (last and last.state in ("withdrawn", "failed"))
    copy.ask(email=line.email, now=now(), zone=practice().zone, has_reached_them=has_reached_them)
    before = find(Communication, copy.communication_id) if copy.communication_id else None
    asked = Communication.record(
        case=case,
        by=caller().staff_id,
        in_reply_to=before,
        direction="outbound",
        channel="email",
        party="teacher",
        occurred_at=now(),
        subject="Your copy of the IEP",
        summary=f"Asked {line.name}, by a link, whether they have their copy of version {line.number} of the IEP, know their"
        " part, and have what they need.",
        awaiting_reply=True,
    )
    chased = work().all(Communication.open_follow_ups(asked.thread_id)) if before else []
    planned = asked.follow_ups(case=case, practice=practice(), now=now(), asked_already=chased)
    link_id = last.link_id if last else copy.id
    if went_elsewhere and copy.link_hash:
        # Whoever got it is not who is asked: a link of its own, so that theirs opens nothing ever again.
        work().execute(Message.withdraw("copies", [copy.link_hash]))
        link_id, copy.link_hash = asked.id, None
    token = links().token("copies", work().practice_id, link_id, hashed=copy.link_hash)
    copy.link_hash = hash_of(token)
    count_with_the_work((COPY_MAIL_IN_A_DAY, identity(line.email)))
    add(
        asked,
        asked.between(case, [find(TeamMember, copy.team_member_id)]),
        planned,
        _mail(copy, line, asked, link_id, is_again=before is not None and not went_elsewhere),
    )
    copy.communication_id = asked.id


def _mail(copy: IepCopy, line: Any, asked: Communication, link_id: UUID, *, is_again: bool) -> Message:
    asks = find(Staff, caller().staff_id)
    assert copy.link_hash is not None, "who is asked has a link"
    return Message.write(
        "copy_request",
        to=line.email,
        now=now(),
        practice=practice(),
        facts={"name": line.name, "is_again": is_again, "staff": {"name": asks.name, "email": asks.email}},
        occasion=f"copy:{copy.id}:{asked.id}",
        link=("copies", link_id, copy.link_hash),
        communication_id=asked.id,
    )
