"""A new school year: everybody in a team must have the IEP in force anew, and know their part of it."""

from uuid import UUID

from domain.wall_clock import local_date
from models.copy_ledger import close, outdated, still_chased, without_line
from models.iep_copy import IepCopy
from models.iep_version import IepVersion
from models.practice import Practice
from scheduling.workplace import Workplace

VERSIONS_AT_ONCE = 50


def open_for_the_year(worker: Workplace, practice_id: UUID) -> int:
    """Lines of the school year that has begun, also if it did so while no worker ran; gives how many.

    Whose last day came by itself is chased no more.
    """
    with worker.in_practice(practice_id) as work:
        practice = work.find(Practice, practice_id)
        today = local_date(work.now, practice.zone)
        close(work, work.all(still_chased(today)), by=None, reason="left")
        year = practice.calendar.school_year_of(today)
        if year is None:
            return 0
        opened = 0
        for version in work.all(outdated(year.from_on, today, VERSIONS_AT_ONCE)):
            # Asked behind the lock: what another worker has opened meanwhile is seen.
            members = work.all(without_line(year.from_on, today).where(IepVersion.id == version.id))
            named = {member.id for member in members}
            before = [line for line in work.all(IepCopy.of_versions([version.id])) if line.team_member_id in named]
            so_far = work.all(IepCopy.of_members(named))
            lines = IepCopy.opened_by(version, members, because="new_year", on=year.from_on, before=so_far)
            close(work, before, by=None, reason="new_year")
            work.add(lines)
            opened += len(lines)
    return opened
