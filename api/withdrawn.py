"""To say of what is kept as it was recorded that it does not count."""

from typing import Any, TypeVar
from uuid import UUID

from api.verbs import as_it_was_read, caller, now, work
from models.base import Base

Row = TypeVar("Row", bound=Base)


def withdrawn(model: type[Row], row_id: UUID, because: str) -> Row:
    """The row, which is kept and does not count from now on; 409 where that was said before.

    It is not locked: of a row that was withdrawn, the database gives nobody anything to change. Of two at once, the second
    finds another version than it read.
    """
    row: Any = as_it_was_read(work().find(model, row_id))
    row.withdraw(by=caller().staff_id, because=because, now=now())
    work().flush()
    found: Row = row
    return found
