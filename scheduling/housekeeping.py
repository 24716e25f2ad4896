"""What was kept for a time only, taken away."""

from typing import TYPE_CHECKING
from uuid import UUID

from models.idempotency_key import PRACTICES_WITH_LAPSED_KEYS, IdempotencyKey

if TYPE_CHECKING:
    from scheduling.worker import Worker

LAPSED = PRACTICES_WITH_LAPSED_KEYS


def tidy(worker: "Worker", practice_id: UUID) -> int:
    with worker.in_practice(practice_id) as work:
        return work.execute(IdempotencyKey.lapsed(work.now))
