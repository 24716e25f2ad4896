"""One transaction: one practice, one moment, and the one way to read a row, to read a list, to insert.

What is read or inserted often goes around the session: its SQL is written once by SQLAlchemy and sent as text from then
on, the first statement together with the opening. What is changed goes through a session, which knows what was changed
and guards the version.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from types import TracebackType
from typing import Any, TypeVar, cast
from uuid import UUID

import orjson
import sqlalchemy
from psycopg.rows import namedtuple_row
from sqlalchemy import Column, Executable, Text, Update, bindparam, column, event, func, insert, inspect, select
from sqlalchemy import cast as cast_as
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session, make_transient_to_detached

from domain.refusal import Refusal
from models.audit_entry import Actor, AuditEntry
from models.base import Base
from models.database import Connection, Queued
from models.prepared import Prepared, columns_of
from models.tenancy import Opening, PracticeSession, TenantOwned, identity, stamp

Model = TypeVar("Model", bound=Base)
# Commands and the demo: whoever runs them has the database itself.
OPERATOR = Actor("operator")


class NotFound(Refusal):
    """There is nothing here with this id: unknown, gone, or another practice's, and nobody learns which."""


class Transaction:
    """A database transaction in one practice (or before one), at one `now`. Commits unless left by an exception.

    One that is `reading` changes nothing: each of its statements carries the opening and is a transaction by itself, so
    that a list or a row is one trip. What is kept of who looked is all that it may add, in one more trip at its end. Any
    other begins with its first statement and ends with the last of its inserts, the audit entries of all that it changed,
    and the commit, in one trip.
    """

    def __init__(
        self, engine: sqlalchemy.Engine, opening: Opening, now: datetime, *, by: Actor = OPERATOR, reading: bool = False
    ) -> None:
        self.now = now
        # Who changes what is changed here; the door that learns it later says it.
        self.by = by
        # While the commit is under way: a connection that breaks here leaves unknown whether it was done.
        self.in_doubt = False
        self._engine = engine
        self._opening = opening
        self._reading = reading
        self._added: list[Base] = []
        self._entries: list[AuditEntry] = []
        self._last: list[Queued] = []
        self._session: Session | None = None
        self._read: dict[tuple[type[Base], UUID], Base] = {}

    def __enter__(self) -> "Transaction":
        self._pooled = self._engine.raw_connection()
        self._driver = cast(Connection, self._pooled.driver_connection)
        self._driver.begin_with(self._opening, reading=self._reading)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._commit()
        finally:
            if self._session is not None:
                self._session.close()
            self._driver.end()
            if self._driver.closed and self._pooled.is_valid:
                # The server ended it, and with it most likely all that lie in the pool: each is closed when it is taken next.
                self._engine.pool._invalidate(self._pooled, _checkin=False)
                self._pooled.invalidate()
            self._pooled.close()

    def _commit(self) -> None:
        if self._session is not None:
            self.flush()
        self.open()
        last = [*self._inserts(self._added), *self._inserts(self._entries), *self._last]
        if self._reading:
            assert not self._entries, "a transaction that reads changes nothing that is on record"
            if last:
                self._driver.together([(self._driver.unread, *self._opening.entering), *last])
            return
        self.in_doubt = True
        self._driver.together([*last, (self._driver.unread, "COMMIT", None)])
        self.in_doubt = False

    def open(self) -> None:
        """Comes in now, if no statement has carried the opening yet: who may not come in learns it here."""
        if not self._driver.is_open:
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
            bind = sqlalchemy.Connection(self._engine, self._pooled)
            self._session = kind(bind=bind, expire_on_commit=False)
            self._session.info.update(practice_id=self._opening.practice_id, transaction=self)
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
        return self._entity(model, rows[0]._asdict())

    def rows(self, statement: Prepared, **values: object) -> list[Any]:
        """The rows (named tuples) of a statement written once; what was added before is sent along."""
        self._insert()
        cursor = self._driver.cursor(row_factory=namedtuple_row)
        values.setdefault("now", self.now)
        if self._opening.practice_id is not None:
            values["practice"] = self._opening.practice_id
        cursor.execute(statement.sql, statement.values(values))
        return cursor.fetchall()

    def at_the_end(self, statement: Prepared, **values: object) -> None:
        """Runs a statement as the last one, in one trip with the commit; what it gives, nobody reads."""
        given = {"now": self.now, "practice": self.practice_id, **values}
        self._last.append((self._driver.unread, statement.sql, statement.values(given)))

    def all(self, statement: Executable) -> list[Any]:
        """The entities or values of a select, kept track of: what a verb changes on them is saved."""
        self._insert()
        return list(self.session.scalars(statement))

    def execute(self, statement: Executable) -> int:
        """Runs a bulk UPDATE or DELETE; gives the number of rows that it changed."""
        self.flush()
        model: type[Base] = statement.entity_description["entity"]  # type: ignore[attr-defined]
        if not self.keeps_record_of(model):
            return int(self.session.execute(statement).rowcount)  # type: ignore[attr-defined]
        changed = self.session.scalars(statement.returning(model.id)).all()  # type: ignore[attr-defined]
        is_update = isinstance(statement, Update)
        fields = [getattr(column, "key", column) for column in statement._values or ()] if is_update else []  # type: ignore[attr-defined]
        for row_id in changed:
            self.record("update" if is_update else "delete", model, row_id, fields)
        return len(changed)

    def add(self, *rows: Base | Iterable[Base]) -> None:
        """Inserts these rows, in this order, at the latest when the transaction ends. Their ids and times are ours."""
        for row in rows:
            if isinstance(row, Base):
                self._stamp(row)
                self._added.append(row)
                if self.keeps_record_of(type(row)):
                    given = [name for name, value in vars(row).items() if value is not None and not name.startswith("_")]
                    self.record("create", type(row), row.id, given)  # type: ignore[attr-defined]
            else:
                self.add(*row)

    def delete(self, row: Base) -> None:
        self.session.delete(row)

    def keeps_record_of(self, model: type[Base]) -> bool:
        """Whether an entry is kept of every change: of what is a practice's, and of the practice itself."""
        return self._opening.practice_id is not None and getattr(model, "is_audited", False)

    def record(self, action: str, model: type[Base], row_id: UUID, fields: Iterable[str] = ()) -> None:
        """Keeps on record who did this. What the verbs above change, they record themselves."""
        entry = self._new_instance(AuditEntry, AuditEntry.of(self.by, action, model.__tablename__, row_id, fields))
        stamp(entry, self.practice_id)
        vars(entry).update(created_at=self.now, updated_at=self.now)
        self._entries.append(entry)

    def flush(self) -> None:
        """Sends what was changed, and before it what was added; what was added alone may wait for the commit."""
        if self._session is not None and (self._session.dirty or self._session.deleted):
            self._insert()
            self._session.flush()

    def _stamp(self, row: Base) -> None:
        if isinstance(row, TenantOwned):
            stamp(row, self.practice_id)
        for time in _times(type(row)):
            if vars(row).get(time) is None:
                vars(row)[time] = self.now

    def _insert(self) -> None:
        """What was added is there from here on, for the statements that follow, and kept track of."""
        if self._reading or not self._added:
            return
        added, self._added = self._added, []
        self.open()
        self._driver.together(self._inserts(added))
        for row in added:
            make_transient_to_detached(row)
            self.session.add(row)

    def _inserts(self, rows: Sequence[Base]) -> list[Queued]:
        """One statement for all that follow one another in one table."""
        statements: list[Queued] = []
        for (model, given), group in groupby(rows, _shape):
            # Past SQLAlchemy's watch over each attribute, which costs as much as all the rest of this.
            alike, names = [vars(row) for row in group], [stored.key for stored in _stored(model, given)]
            if len(alike) == 1:
                statement, values = _insert_of(model, given), {name: alike[0].get(name) for name in names}
            else:
                rows_of = [{name: row.get(name) for name in names} for row in alike]
                statement, values = _insert_many_of(model, given), {"rows": orjson.dumps(rows_of, default=_bytes).decode()}
            statements.append((self._driver.unread, statement.sql, statement.values(values)))
        return statements

    def _known(self, model: type[Model], row_id: UUID) -> Model | None:
        if self._reading:
            return cast("Model | None", self._read.get((model, row_id)))
        if self._session is None:
            return None
        key = inspect(model).identity_key_from_primary_key(self._key(model, row_id))
        return cast("Model | None", self._session.identity_map.get(key))

    def _key(self, model: type[Base], row_id: UUID) -> tuple[UUID, ...]:
        return identity(self.practice_id, row_id) if issubclass(model, TenantOwned) else (row_id,)

    def _entity(self, model: type[Model], values: Mapping[str, Any]) -> Model:
        """The entity of these values, as if the session itself had loaded it; where nothing changes, without one."""
        row = self._new_instance(model, values)
        if self._reading:
            self._read[model, values["id"]] = row
        else:
            make_transient_to_detached(row)
            self.session.add(row)
        return row

    @staticmethod
    def _new_instance(model: type[Model], values: Mapping[str, Any]) -> Model:
        row = cast(Model, inspect(model).class_manager.new_instance())
        row.__dict__.update(values)
        return row


@event.listens_for(Session, "before_flush")
def _mark_changes(session: Session, *_: object) -> None:
    work: Transaction = session.info["transaction"]
    for row in session.dirty:
        changed = [attribute.key for attribute in inspect(row).attrs if attribute.history.has_changes()]
        if not changed:
            continue
        if "updated_at" in row.__mapper__.columns:
            row.updated_at = work.now
        if work.keeps_record_of(type(row)):
            work.record("update", type(row), row.id, changed)
    for row in session.deleted:
        if work.keeps_record_of(type(row)):
            work.record("delete", type(row), row.id)


@cache
def _times(model: type[Base]) -> list[str]:
    return [name for name in ("created_at", "updated_at") if name in model.__mapper__.columns]


def _shape(row: Base) -> tuple[type[Base], tuple[str, ...]]:
    """The table of a row, and what was said of the columns that the database fills in where nothing is said."""
    model, values = type(row), vars(row)
    return model, tuple(name for name in _filled_in(model) if values.get(name) is not None)


@cache
def _filled_in(model: type[Base]) -> tuple[str, ...]:
    columns = [(attribute, attribute.columns[0]) for attribute in inspect(model).column_attrs]
    return tuple(attribute.key for attribute, column in columns if getattr(column, "server_default", None) is not None)


@cache
def _stored(model: type[Base], given: tuple[str, ...]) -> list[Any]:
    """The attributes that we store: not what the database computes, nor what it fills in, unless that was given."""
    columns = [attribute for attribute in inspect(model).column_attrs if isinstance(attribute.columns[0], Column)]
    return [one for one in columns if one.key in given or one.key not in _filled_in(model)]


@cache
def _by_id(model: type[Base], lock: bool) -> Prepared:
    statement = select(*columns_of(model)).where(model.id == bindparam("id"))  # type: ignore[attr-defined]
    return Prepared(statement.with_for_update(of=model) if lock else statement)


@cache
def _insert_of(model: type[Base], given: tuple[str, ...]) -> Prepared:
    values = {stored.columns[0]: bindparam(stored.key, type_=stored.columns[0].type) for stored in _stored(model, given)}
    return Prepared(insert(model).values(values))


@cache
def _insert_many_of(model: type[Base], filled: tuple[str, ...]) -> Prepared:
    """Any number of rows in one statement, as one JSON: an array for each column takes ten times as long to write."""
    stored = _stored(model, filled)
    rows = func.jsonb_to_recordset(cast_as(bindparam("rows", type_=Text()), JSONB))
    given = rows.table_valued(*(column(one.key, one.columns[0].type) for one in stored), name="given").render_derived(
        with_types=True
    )
    return Prepared(
        insert(model).from_select([one.columns[0].name for one in stored], select(*(given.c[one.key] for one in stored)))
    )


def _bytes(value: object) -> str:
    """Bytes as PostgreSQL reads them out of text."""
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    raise TypeError(f"{type(value).__name__} cannot be inserted")
