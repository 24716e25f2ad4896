"""What was kept for a time only, taken away."""

from datetime import timedelta
from uuid import UUID

from models import retention
from models.booking import Booking
from models.idempotency_key import PRACTICES_WITH_LAPSED_KEYS, IdempotencyKey
from models.password import PasswordReset
from models.practice import Practice
from models.sign_in import RefreshToken
from models.throttle import Throttle
from models.transaction import Transaction
from scheduling.workplace import Workplace

LAPSED = PRACTICES_WITH_LAPSED_KEYS


def tidy(worker: Workplace, practice_id: UUID) -> int:
    with worker.in_practice(practice_id) as work:
        return work.execute(IdempotencyKey.lapsed(work.now))


def forget(worker: Workplace, practice_id: UUID) -> int:
    """Some of the people whom this practice has kept for long enough, each with everything that was written of them at once;
    and times that were held for a form. Gives how many rows went: none means that there are no more."""
    with worker.in_practice(practice_id) as work:
        before = work.now - timedelta(days=work.find(Practice, practice_id).retention_days)
        went = work.execute(Booking.lapsed(work.now)) + work.execute(retention.spam_to_forget(work.now))
        went += work.execute(retention.orphans(work.now))
        bookings, enquiries = work.all(retention.bookings_to_forget(before)), work.all(retention.enquiries_to_forget(before))
        if bookings or enquiries:
            work.rows(retention.NOBODY_SEARCHES)
            for statement in retention.forgetting(bookings, enquiries, work.now):
                work.execute(statement)
        return went + len(bookings) + len(enquiries)


def tidy_lobby(lobby: Transaction) -> None:
    """What belongs to no practice: counters that count nothing any more, resets and tokens that nobody can use."""
    lobby.execute(Throttle.lapsed(lobby.now))
    lobby.execute(PasswordReset.lapsed(lobby.now))
    lobby.execute(RefreshToken.lapsed(lobby.now))
