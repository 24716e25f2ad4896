"""Reminders that have come due: claimed, fired, and their messages written, in one transaction."""

from uuid import UUID

from models.reminder import FIRE, FIRED, PRACTICES_WITH_REMINDERS, Reminder, message_of
from scheduling.workplace import Workplace

DUE = PRACTICES_WITH_REMINDERS
AT_ONCE = 100


def fire(worker: Workplace, practice_id: UUID) -> int:
    with worker.in_practice(practice_id) as work:
        fired = work.rows(FIRE, now=work.now, most=AT_ONCE)
        for row in fired:
            work.record("update", Reminder, row.id, FIRED)
        work.add(message_of(row, now=work.now) for row in fired)
    worker.counts["fired"] += len(fired)
    return len(fired)
