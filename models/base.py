"""What every model stands on: names of constraints, types of columns, identity."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, MetaData, Text, Uuid, inspect, literal_column
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import DeclarativeBase
from uuid_utils.compat import uuid7

# Short and unique in the schema, since errors are told apart by them and Citus appends digits (at most 50 characters).
NAMES = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Base(DeclarativeBase):
    """The root of all models. Rows compare by identity; ids are UUIDv7 and ours, never the database's."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012
        UUID: Uuid(),
        datetime: TIMESTAMP(timezone=True),
        str: Text(),
        int: BigInteger(),
        dict[str, Any]: JSONB(none_as_null=True),
        list[Any]: JSONB(none_as_null=True),
    }

    def __init__(self, **values: Any) -> None:
        # A new row is inserted past the session: nobody has to watch its attributes, which costs more than all the rest.
        unknown = values.keys() - _attributes(type(self))
        if unknown:
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}")
        vars(self).update(values)


@cache
def _attributes(model: type[Base]) -> frozenset[str]:
    return frozenset(inspect(model).attrs.keys())


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562 section 5.7): rises with time, so that the newest is the last of an index."""
    return uuid7()


def among(column: Any, states: Iterable[str]) -> ColumnElement[bool]:
    """Whether a column has one of these states of ours, written out: so a partial index that names them is used."""
    return column.in_([literal_column(f"'{state}'") for state in states])  # type: ignore[no-any-return]
