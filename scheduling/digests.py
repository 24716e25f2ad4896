"""Digests that are due: claimed, written and moved to the next working morning, in one transaction."""

from uuid import UUID

from domain.calendar import is_follow_up_day
from domain.wall_clock import local_date
from models.agenda import agenda_of
from models.digest import PRACTICES_WITH_DIGESTS, TOLD, Digest
from models.message import MESSAGE_OF_OCCASION
from models.practice import Practice
from models.staff import Staff
from scheduling.workplace import Workplace

DUE = PRACTICES_WITH_DIGESTS
AT_ONCE = 20


def mail(worker: Workplace, practice_id: UUID) -> int:
    """Gives how many were looked at; who has left gets none, and neither does who has nothing to do."""
    with worker.in_practice(practice_id) as work:
        practice, due = work.find(Practice, practice_id), work.all(Digest.claimable(work.now, AT_ONCE))
        today = local_date(work.now, practice.zone)
        is_working_day = bool(due) and is_follow_up_day(today, practice.calendar, practice.holidays)
        for digest in due:
            member = work.find(Staff, digest.staff_id)
            if member.ended_at is not None:
                work.delete(digest)
                continue
            digest.schedule(practice, now=work.now)
            # Who moved it to later today after it was written gets no second one.
            if not is_working_day or work.rows(MESSAGE_OF_OCCASION, occasion=digest.occasion(work.now, practice)):
                continue
            items = agenda_of(work, practice, member.id, days=1).items
            told = [item for item in items if item.kind in TOLD]
            if told:
                work.add(digest.message(told, to=member, practice=practice, now=work.now))
    return len(due)
