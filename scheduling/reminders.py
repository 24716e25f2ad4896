"""Reminders that have come due: claimed, fired, and their messages written, in one transaction."""

from uuid import UUID

from models.practice import Practice
from models.reminder import PRACTICES_WITH_REMINDERS, Reminder
from models.staff import Staff
from scheduling.workplace import Workplace

DUE = PRACTICES_WITH_REMINDERS
AT_ONCE = 100


def fire(worker: Workplace, practice_id: UUID) -> int:
    with worker.in_practice(practice_id) as work:
        due = work.all(Reminder.to_fire(work.now, AT_ONCE))
        if due:
            practice = work.find(Practice, practice_id)
            for reminder in due:
                assignee = work.find(Staff, reminder.assignee_id)
                work.add(reminder.fire(to=assignee.email, practice=practice, now=work.now))
    worker.counts["fired"] += len(due)
    return len(due)
