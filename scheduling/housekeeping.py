"""What was kept for a time only, taken away."""

from uuid import UUID

from models.idempotency_key import PRACTICES_WITH_LAPSED_KEYS, IdempotencyKey
from scheduling.workplace import Workplace

LAPSED = PRACTICES_WITH_LAPSED_KEYS


def tidy(worker: Workplace, practice_id: UUID) -> int:
    with worker.in_practice(practice_id) as work:
        return work.execute(IdempotencyKey.lapsed(work.now))
