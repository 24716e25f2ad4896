"""The connection to PostgreSQL: an engine whose transactions open in the same trip as their first statement."""

from typing import Any, cast

import orjson
import psycopg
import sqlalchemy
from psycopg.abc import Params
from psycopg.types.json import set_json_dumps, set_json_loads

from models.tenancy import Opening

set_json_loads(orjson.loads)
set_json_dumps(orjson.dumps)

# Nothing of ours runs longer; whoever waits longer waits for somebody who died.
OPTIONS = "-c timezone=UTC -c statement_timeout=20s -c idle_in_transaction_session_timeout=60s"


class Connection(psycopg.Connection[Any]):
    """A psycopg connection that knows the opening which its next statement has to carry."""

    opening: Opening | None = None


class Cursor(psycopg.Cursor[Any]):
    """Sends a pending opening and its own statement in one pipeline: one trip instead of three."""

    def execute(
        self, query: Any, params: Params | None = None, *, prepare: bool | None = None, binary: bool | None = None
    ) -> "Cursor":
        connection = cast(Connection, self.connection)
        opening, connection.opening = connection.opening, None
        if opening is None:
            return super().execute(query, params, prepare=prepare, binary=binary)
        asked = [psycopg.Cursor(connection) for _ in opening.questions]
        try:
            # Results are taken after the pipeline is left: taking them within costs a trip each.
            with connection.pipeline():
                psycopg.Cursor(connection).execute(*opening.entering)
                for cursor, question in zip(asked, opening.questions, strict=True):
                    cursor.execute(*question)
                super().execute(query, params, prepare=prepare, binary=binary)
        except psycopg.Error:
            # Who may not come in learns that, and nothing of what the database thought of the statement.
            if asked and all(cursor.pgresult and cursor.description for cursor in asked):
                opening.admit([cursor.fetchall() for cursor in asked])
            raise
        opening.admit([cursor.fetchall() for cursor in asked])
        return self

    def executemany(self, query: Any, params_seq: Any, *, returning: bool = False) -> None:
        if cast(Connection, self.connection).opening is not None:
            self.execute("select")
        super().executemany(query, params_seq, returning=returning)


def connect(url: str, *, pool_size: int = 5, **options: Any) -> sqlalchemy.Engine:
    """An engine on `url` (`postgresql://...`, as libpq takes it), instants in UTC, for `models.transaction`."""

    def new_connection() -> Connection:
        return Connection.connect(
            url,
            cursor_factory=Cursor,
            connect_timeout=5,
            options=OPTIONS,
            application_name="followthrough",
            tcp_user_timeout=20000,
        )

    # No pre-ping (it costs a trip a request): a connection that died is found by its first statement, and the door
    # begins anew.
    return sqlalchemy.create_engine(
        "postgresql+psycopg://",
        creator=new_connection,
        pool_size=pool_size,
        max_overflow=options.pop("max_overflow", pool_size),
        pool_timeout=10,
        pool_recycle=1800,
        **options,
    )


def driver(connection: sqlalchemy.Connection) -> Connection:
    """The psycopg connection under a SQLAlchemy connection."""
    return cast(Connection, connection.connection.driver_connection)
