"""What was kept for a time only, taken away."""

from uuid import UUID

from models.idempotency_key import PRACTICES_WITH_LAPSED_KEYS, IdempotencyKey
from models.password import PasswordReset
from models.sign_in import RefreshToken
from models.throttle import Throttle
from models.transaction import Transaction
from scheduling.workplace import Workplace

LAPSED = PRACTICES_WITH_LAPSED_KEYS


def tidy(worker: Workplace, practice_id: UUID) -> int:
    with worker.in_practice(practice_id) as work:
        return work.execute(IdempotencyKey.lapsed(work.now))


def tidy_lobby(lobby: Transaction) -> None:
    """What belongs to no practice: counters that count nothing any more, resets and tokens that nobody can use."""
    lobby.execute(Throttle.lapsed(lobby.now))
    lobby.execute(PasswordReset.lapsed(lobby.now))
    lobby.execute(RefreshToken.lapsed(lobby.now))
