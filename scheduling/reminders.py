"""Reminders that have come due: claimed, fired, and their messages written, in one transaction."""

from uuid import UUID

from models.reminder import FIRE, FIRED, PRACTICES_WITH_REMINDERS, Reminder, message_of
from scheduling.workplace import Workplace

DUE = PRACTICES_WITH_REMINDERS
AT_ONCE = 100


def fire(worker: Workplace, practice_id: UUID) -> int:
    with worker.in_practice(practice_id) as work:
        # A row for each who is told of it.
        told = work.rows(FIRE, now=work.now, most=AT_ONCE)
        fired = dict.fromkeys(row.id for row in told)
        for reminder_id in fired:
            work.record("update", Reminder, reminder_id, FIRED)
        work.add(message_of(row, now=work.now) for row in told if row.staff_id is not None)
    worker.counts["fired"] += len(fired)
    return len(fired)
