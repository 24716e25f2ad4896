"""The link that asks a teacher about their copy of the IEP: no account, and nothing of the child but initials."""

from typing import Any

from api.doors import LinkDoor
from api.verbs import add, find, now, practice, work
from domain.wall_clock import local_date
from models.booking import initials_of
from models.case import Case
from models.communication import Communication
from models.copy_ledger import COPY_BY_LINK, LINE
from models.iep_copy import IepCopy, in_words, must_agree_with_itself
from models.iep_version import IepVersion
from models.link import hash_of
from models.student import Student
from models.team_member import TeamMember
from models.transaction import NotFound
from schemas.iep_copy import CopyAnswerSchema, LinkedCopySchema

public_copies = LinkDoor("public-copies", __name__, "/public/copies", tag="public")


@public_copies.route("/<token>")
@public_copies.response(200, LinkedCopySchema)
def show_linked_copy(token: str) -> dict[str, Any]:
    """A teacher's copy of an IEP, behind its link

    Which version, and what they have said; of the child, the initials alone.
    """
    return _shown(_by_link(token))


@public_copies.route("/<token>", methods=["POST"])
@public_copies.arguments(CopyAnswerSchema)
@public_copies.response(200, LinkedCopySchema)
def acknowledge_copy(said: dict[str, Any], token: str) -> dict[str, Any]:
    """Acknowledge a copy, behind its link

    Whether they have it, know their part, have what they need, and what is missing. Kept as a communication, which settles what
    follows the question up. It may be said again; the latest counts. The link works until the version is superseded, they leave
    the team, the case is closed, or their address becomes another.
    """
    copy = _by_link(token, lock=True)
    today = local_date(now(), practice().zone)
    must_agree_with_itself(said, version=find(IepVersion, copy.iep_version_id), today=today)
    line = work().rows(LINE, id=copy.id)[0]
    if copy.communication_id and not (copy.has_heard(said) and not said.get("note") and line.next_reminder_at is None):
        heard = Communication.record(
            case=find(Case, line.case_id),
            by=None,
            in_reply_to=find(Communication, copy.communication_id),
            direction="inbound",
            channel="message",
            party="teacher",
            occurred_at=now(),
            subject=None,
            summary=in_words(said),
            awaiting_reply=False,
        )
        heard.settle(work().all(Communication.open_follow_ups(heard.thread_id)), by=None, now=now())
        add(heard, heard.between(find(Case, line.case_id), [find(TeamMember, copy.team_member_id)]))
        copy.hear(said, today=today)
        work().flush()
    return _shown(copy)


def _by_link(token: str, *, lock: bool = False) -> IepCopy:
    found = work().rows(COPY_BY_LINK, link_hash=hash_of(token))
    if found and lock:
        # Once more behind the lock: it may have been closed while this waited.
        copy = find(IepCopy, found[0].id, lock=True)
        if work().rows(COPY_BY_LINK, link_hash=hash_of(token)):
            return copy
    elif found:
        return find(IepCopy, found[0].id)
    raise NotFound("This link does not work any more.")


def _shown(copy: IepCopy) -> dict[str, Any]:
    line, version = work().rows(LINE, id=copy.id)[0], find(IepVersion, copy.iep_version_id)
    answered_on = local_date(line.answered_at, practice().zone) if line.answered_at else None
    return {
        "name": line.name,
        "student_initials": initials_of(find(Student, version.student_id).name),
        "iep_version": version,
        "practice": practice(),
        "language": practice().language,
        "answered_on": answered_on,
        "has_copy": ("yes" if line.acknowledged_on else "no") if answered_on else None,
        "received_on": line.given_on,
        "knows_their_part": line.knows_their_part,
        "has_what_they_need": line.has_what_they_need,
        "needs": line.needs or [],
    }
