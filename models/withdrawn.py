"""What is kept as it was recorded, and can be said not to count: by whom, when and why."""

from datetime import datetime
from uuid import UUID

from domain.refusal import Refusal


class WithdrawnAlready(Refusal):
    """It was withdrawn before."""


class Withdrawable:
    """A row of which nothing can be said afterwards but that it does not count; the database keeps the rest of it."""

    withdrawn_at: datetime | None
    withdrawn_by_id: UUID | None
    withdrawn_because: str | None

    def withdraw(self, *, by: UUID, because: str, now: datetime) -> None:
        if self.withdrawn_at is not None:
            raise WithdrawnAlready("This was withdrawn already.")
        self.withdrawn_at, self.withdrawn_by_id, self.withdrawn_because = now, by, because
