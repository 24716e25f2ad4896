"""A closed case chases nobody: what is open in it rests, and what still counts comes back once it is open again.

Taken in this order, as whoever changes a deadline or a check-in takes them: deadlines, check-ins, reminders.
"""

from uuid import UUID

from models import check_in
from models.case import Case
from models.deadline import Deadline, basis_of
from models.inbound_mail import REMINDER_KEY
from models.practice import Practice
from models.reminder import Reminder
from models.transaction import Transaction


def put_to_rest(work: Transaction, case: Case, *, by: UUID) -> None:
    """Nobody is asked or reminded. A mail that waits goes on waiting for somebody: it is no act of ours."""
    check_in.case_closed(work, case.id, by=by)
    for reminder in work.all(Reminder.all_open().where(Reminder.case_id == case.id, Reminder.key != REMINDER_KEY)):
        reminder.rest(by=by, now=work.now)


def brought_back(work: Transaction, case: Case, practice: Practice, *, by: UUID) -> None:
    """What rests waits for its hour again, or is due as it was; of a deadline, what is still to come of its warnings."""
    deadlines = work.all(Deadline.open_in(case.id))
    check_in.case_reopened(work, case.id, practice, by=by)
    for reminder in work.all(Reminder.at_rest_in(case.id)):
        if reminder.deadline_id is None or reminder.has_fired or reminder.due_at > work.now:
            reminder.wake()
    basis = basis_of(work, case, practice)
    for deadline in deadlines:
        work.add(deadline.remind(work.all(deadline.reminders()), basis, by))
