"""A statement that is written once: its SQL by SQLAlchemy, sent as text from then on."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

from models.base import Base
from models.tenancy import of_practice

DIALECT = PGDialect_psycopg()  # type: ignore[no-untyped-call]


class Prepared:
    """A statement that SQLAlchemy wrote once; `:practice` and further values are bound when it is sent."""

    def __init__(self, statement: Any, *, across_practices: bool = False) -> None:
        compiled = (statement if across_practices else of_practice(statement)).compile(dialect=DIALECT)
        self.sql = str(compiled)
        if "POSTCOMPILE" in self.sql:
            raise TypeError("A statement that is written once cannot hold a list of values: see models.base.among.")
        self._fixed = {name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required}
        self._convert = dict(compiled._bind_processors)

    def values(self, given: Mapping[str, object]) -> dict[str, object]:
        bound = {**self._fixed, **given}
        for name, convert in self._convert.items():
            if bound.get(name) is not None:
                bound[name] = convert(bound[name])
        return bound


def columns_of(model: type[Base]) -> list[Any]:
    """What is read of a row: its columns and what the database computes for it, under the names of its attributes."""
    return [getattr(model, attribute.key).label(attribute.key) for attribute in inspect(model).column_attrs]
