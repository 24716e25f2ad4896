"""One transaction: one practice, one moment, and the one way to read a row, to read a list, to insert.

What is read or inserted often goes around the session: its SQL is written once by SQLAlchemy and sent as text from then
on, the first statement together with the opening. What is changed goes through a session, which knows what was changed
and guards the version.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from types import TracebackType
from typing import Any, TypeVar, cast
from uuid import UUID

import sqlalchemy
from psycopg.rows import namedtuple_row
from sqlalchemy import Column, Executable, bindparam, event, insert, inspect, select
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.orm import Session, make_transient_to_detached

from domain.refusal import Refusal
from models.base import Base
from models.database import driver
from models.tenancy import Opening, PracticeSession, TenantOwned, identity, of_practice, stamp

Model = TypeVar("Model", bound=Base)
DIALECT = PGDialect_psycopg()  # type: ignore[no-untyped-call]


class NotFound(Refusal):
    """There is nothing here with this id: unknown, gone, or another practice's, and nobody learns which."""


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


class Transaction:
    """A database transaction in one practice (or before one), at one `now`. Commits unless left by an exception."""

    def __init__(self, engine: sqlalchemy.Engine, opening: Opening, now: datetime) -> None:
        self.now = now
        # While the commit is under way: a connection that breaks here leaves unknown whether it was done.
        self.in_doubt = False
        self._engine = engine
        self._opening = opening
        self._added: list[Base] = []
        self._session: Session | None = None

    def __enter__(self) -> "Transaction":
        self._connection = self._engine.connect()
        self._begun = self._connection.begin()
        self._driver = driver(self._connection)
        self._driver.opening = self._opening
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self.flush()
                self.open()
                self.in_doubt = True
                self._begun.commit()
                self.in_doubt = False
        finally:
            if self._session is not None:
                self._session.close()
            self._driver.opening = None
            if self._driver.closed:
                # The server ended it, and with it most likely all that lie in the pool: the next gets a new one.
                self._connection.invalidate()
                self._engine.dispose(close=False)
            self._connection.close()

    def open(self) -> None:
        """Comes in now, if no statement has carried the opening yet: who may not come in learns it here."""
        if self._driver.opening is not None:
            self._driver.cursor().execute("select")

    @property
    def practice_id(self) -> UUID:
        assert self._opening.practice_id is not None, "before a practice is entered, nothing is anybody's"
        return self._opening.practice_id

    @property
    def session(self) -> Session:
        """Rows that change: SQLAlchemy knows what was changed, and a stale version changes nothing."""
        if self._session is None:
            kind = Session if self._opening.practice_id is None else PracticeSession
            self._session = kind(bind=self._connection, expire_on_commit=False)
            self._session.info.update(practice_id=self._opening.practice_id, now=self.now)
        return self._session

    def find(self, model: type[Model], row_id: UUID, *, lock: bool = False) -> Model:
        """The practice's row with this id, locked for the rest of the transaction if asked; else `NotFound`."""
        known = self._known(model, row_id)
        if known is not None:
            if lock:
                self.session.refresh(known, with_for_update=True)
            return known
        rows = self.rows(_by_id(model, lock), id=row_id)
        if not rows:
            raise NotFound("There is nothing here with this id.")
        return self._tracked(model, rows[0]._asdict())

    def rows(self, statement: Prepared, **values: object) -> list[Any]:
        """The rows (named tuples) of a statement written once; what was added before is sent along."""
        self._insert()
        cursor = self._driver.cursor(row_factory=namedtuple_row)
        if self._opening.practice_id is not None:
            values["practice"] = self._opening.practice_id
        cursor.execute(statement.sql, statement.values(values))
        return cursor.fetchall()

    def all(self, statement: Executable) -> list[Any]:
        """The entities or values of a select, kept track of: what a verb changes on them is saved."""
        self._insert()
        return list(self.session.scalars(statement))

    def execute(self, statement: Executable) -> int:
        """Runs a bulk UPDATE or DELETE; gives the number of rows that it changed."""
        self.flush()
        return int(self.session.execute(statement).rowcount)  # type: ignore[attr-defined]

    def add(self, *rows: Base | Iterable[Base]) -> None:
        """Inserts these rows, in this order, at the latest when the transaction ends. Their ids and times are ours."""
        for row in rows:
            if isinstance(row, Base):
                self._stamp(row)
                self._added.append(row)
            else:
                self.add(*row)

    def delete(self, row: Base) -> None:
        self.session.delete(row)

    def flush(self) -> None:
        """Sends what was added, then what was changed."""
        self._insert()
        if self._session is not None:
            self._session.flush()

    def _stamp(self, row: Base) -> None:
        if isinstance(row, TenantOwned):
            stamp(row, self.practice_id)
        for column in ("created_at", "updated_at"):
            if column in row.__mapper__.columns and getattr(row, column) is None:
                setattr(row, column, self.now)

    def _insert(self) -> None:
        if not self._added:
            return
        added, self._added = self._added, []
        self.open()
        with self._driver.pipeline():
            for row in added:
                statement = _insert_of(type(row))
                values = {column.key: getattr(row, column.key) for column in _stored(type(row))}
                self._driver.cursor().execute(statement.sql, statement.values(values))
        for row in added:
            make_transient_to_detached(row)
            self.session.add(row)

    def _known(self, model: type[Model], row_id: UUID) -> Model | None:
        if self._session is None:
            return None
        key = inspect(model).identity_key_from_primary_key(self._key(model, row_id))
        return cast("Model | None", self._session.identity_map.get(key))

    def _key(self, model: type[Base], row_id: UUID) -> tuple[UUID, ...]:
        return identity(self.practice_id, row_id) if issubclass(model, TenantOwned) else (row_id,)

    def _tracked(self, model: type[Model], values: Mapping[str, object]) -> Model:
        """The entity of these values, as if the session itself had loaded it."""
        row = cast(Model, inspect(model).class_manager.new_instance())
        row.__dict__.update(values)
        make_transient_to_detached(row)
        self.session.add(row)
        return row


@event.listens_for(Session, "before_flush")
def _mark_time_of_change(session: Session, *_: object) -> None:
    for row in session.dirty:
        if "updated_at" in row.__mapper__.columns and session.is_modified(row):
            row.updated_at = session.info["now"]


def columns_of(model: type[Base]) -> list[Any]:
    """What is read of a row: its columns and what the database computes for it, under the names of its attributes."""
    return [getattr(model, attribute.key).label(attribute.key) for attribute in inspect(model).column_attrs]


def _stored(model: type[Base]) -> list[Any]:
    return [attribute for attribute in inspect(model).column_attrs if isinstance(attribute.columns[0], Column)]


@cache
def _by_id(model: type[Base], lock: bool) -> Prepared:
    statement = select(*columns_of(model)).where(model.id == bindparam("id"))  # type: ignore[attr-defined]
    return Prepared(statement.with_for_update(of=model) if lock else statement)


@cache
def _insert_of(model: type[Base]) -> Prepared:
    values = {stored.columns[0]: bindparam(stored.key, type_=stored.columns[0].type) for stored in _stored(model)}
    return Prepared(insert(model).values(values))
