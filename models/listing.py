"""One way to read a list: in an order that cannot skip or repeat, filtered by named conditions, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, bindparam, select, tuple_

from models.base import Base
from models.prepared import Prepared, columns_of

if TYPE_CHECKING:
    from models.transaction import Transaction


@dataclass(frozen=True)
class Page:
    """A part of a list, and the values of the order at its last row when more follows."""

    rows: Sequence[Any]
    after: Sequence[Any] | None


@dataclass(frozen=True)
class Listing:
    """What can be listed: a select, the columns of its order (the last of them unique), its filters by name.

    A filter is a condition that binds its own name: `{"state": Case.state == bindparam("state")}`.
    """

    statement: Select[Any]
    order: tuple[Any, ...]
    filters: Mapping[str, ColumnElement[bool]]
    newest_first: bool = False
    _written: dict[Any, Prepared] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, model: type[Base], *equal: str, order: tuple[Any, ...] = (), **filters: ColumnElement[bool]) -> "Listing":
        """The rows of a model, newest first unless another order is named, each field of `equal` a filter."""
        named = {name: getattr(model, name) == bindparam(name) for name in equal}
        row_id: Any = model.id  # type: ignore[attr-defined]
        return cls(select(*columns_of(model)), (*order, row_id), {**named, **filters}, newest_first=not order)

    def page(
        self, transaction: "Transaction", filters: Mapping[str, object], limit: int, after: Sequence[Any] | None = None
    ) -> Page:
        """At most `limit` rows that meet all `filters`, behind the row whose order was `after`."""
        # What is no filter is bound by the statement itself: whose list it is.
        statement = self._prepared(frozenset(name for name in filters if name in self.filters), after is not None)
        position = {f"after_{number}": value for number, value in enumerate(after or ())}
        rows = transaction.rows(statement, **filters, **position, page_limit=limit + 1)
        if len(rows) <= limit:
            return Page(rows, None)
        last = rows[limit - 1]
        return Page(rows[:limit], [getattr(last, column.key) for column in self.order])

    def _prepared(self, filters: frozenset[str], continued: bool) -> Prepared:
        key = (filters, continued)
        if key not in self._written:
            statement = self.statement.where(*(self.filters[name] for name in sorted(filters)))
            if continued:
                here = tuple_(*(bindparam(f"after_{number}", type_=c.type) for number, c in enumerate(self.order)))
                place = tuple_(*self.order)
                statement = statement.where(place < here if self.newest_first else place > here)
            direction = [column.desc() if self.newest_first else column.asc() for column in self.order]
            self._written[key] = Prepared(statement.order_by(*direction).limit(bindparam("page_limit")))
        return self._written[key]
