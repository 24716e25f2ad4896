"""Check-ins whose next occasions are to be planned: claimed, and their reminders written, in one transaction."""

from uuid import UUID

from domain.wall_clock import local_date
from models.check_in import OVER, PRACTICES_WITH_CHECK_INS, CheckIn, arrange, horizon
from models.practice import Practice
from scheduling.workplace import Workplace

DUE = PRACTICES_WITH_CHECK_INS
AT_ONCE = 50


def plan(worker: Workplace, practice_id: UUID) -> int:
    """Gives how many reminders it planned, and check-ins it ended."""
    with worker.in_practice(practice_id) as work:
        practice = work.find(Practice, practice_id)
        today, done = local_date(work.now, practice.zone), 0
        for check_in in work.all(CheckIn.claimable(horizon(work.now), AT_ONCE)):
            if check_in.ends_on is not None and check_in.ends_on < today:
                work.add(check_in.end(reason=OVER, by=None))
            else:
                arrange(work, check_in, practice, since=check_in.next_on)
            done += 1
    return done
