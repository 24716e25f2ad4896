"""Lines of the ledger of copies open and close with what happens elsewhere: to a version, a member of the team, a case."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from api.verbs import caller, find, now, practice, work
from domain.wall_clock import local_date
from models.case import Case
from models.copy_ledger import ENDED_FOR_NOW, LINE, close, members_of, resume, without_copy
from models.iep_copy import IepCopy
from models.iep_version import IepVersion
from models.student import Student
from models.team_member import TeamMember


def opened_anew(version: IepVersion, instead_of: Sequence[IepVersion]) -> None:
    """The ledger of a version that is put in force; nobody is chased about those that it supersedes any more."""
    if instead_of:
        superseded = work().all(IepCopy.of_versions(one.id for one in instead_of))
        close(work(), superseded, by=caller().staff_id, reason="superseded")
    members = work().all(members_of(version.student_id, today()))
    add_lines(version, members, because="activation")


def opened_for(member: TeamMember, case: Case) -> list[IepCopy]:
    """Who joins the team must have a copy of the version in force."""
    if case.state == "closed" or member.is_gone(today()):
        return []
    return [line for one in _in_force(case) for line in IepCopy.opened_by(one, [member], because="new_member", on=today())]


def left(member: TeamMember) -> None:
    """Who has left is not chased."""
    close(work(), work().all(IepCopy.of_member(member.id)), by=caller().staff_id, reason="left")


def came_back(member: TeamMember) -> None:
    """Whoever had not left after all is chased as before, and has a line of what was put in force meanwhile."""
    case = find(Case, member.case_id)
    if case.state != "closed":
        _opened_again(case, "new_member", IepCopy.of_member(member.id))


def case_closed(lines: Sequence[IepCopy]) -> None:
    """In a closed case nobody is asked."""
    close(work(), lines, by=caller().staff_id, reason="case_closed")


def case_reopened(case: Case) -> None:
    """Who was asked is chased as before; who came meanwhile, or whose version is another now, must have a copy of it."""
    _opened_again(case, "reopened", IepCopy.of_case(case.id))


def add_lines(version: IepVersion, members: Sequence[TeamMember], *, because: str) -> None:
    before = work().all(IepCopy.of_members(member.id for member in members))
    work().add(IepCopy.opened_by(version, members, because=because, on=today(), before=before))


def read_line(copy: IepCopy) -> Any:
    """The line as it is read, after what was changed."""
    work().flush()
    return work().rows(LINE, id=copy.id)[0]


def today() -> date:
    return local_date(now(), practice().zone)


def _opened_again(case: Case, because: str, theirs: Any) -> None:
    work().flush()
    for version in _in_force(case):
        add_lines(version, work().all(without_copy(version.id, case.id, today())), because=because)
    lines: Iterable[IepCopy] = work().all(theirs)
    resume(work(), [line for line in lines if read_line(line).state != "closed"], case, ENDED_FOR_NOW)


def _in_force(case: Case) -> list[IepVersion]:
    # The student's row is held by who puts a version in force: one of the two sees what the other has done.
    return work().all(IepVersion.in_force(find(Student, case.student_id, lock=True).id))
