"""The connection to PostgreSQL: an engine whose transactions open in the same trip as their first statement."""

from collections.abc import Sequence
from typing import Any, cast

import orjson
import psycopg
import sqlalchemy
from psycopg.abc import Params, PQGen
from psycopg.pq.abc import PGresult
from psycopg.types.json import set_json_dumps, set_json_loads

from models.tenancy import Opening

set_json_loads(orjson.loads)
set_json_dumps(orjson.dumps)

# Every session of ours is under these, by its login (`alter role ... set`): a pooler refuses options at the start. Nothing
# of ours runs longer; whoever waits longer waits for somebody who died.
SESSION = {"timezone": "UTC", "statement_timeout": "10s", "idle_in_transaction_session_timeout": "60s"}
# Longer than any statement may take: who is silent for so many seconds is not there any more, whatever the line says.
SILENCE_SECONDS = 12
# The line broke; admin_shutdown, crash_shutdown, idle_session_timeout; what PgBouncer says when it has lost its server.
LOST = (None, "57P01", "57P02", "57P05", "08P01")


class Connection(psycopg.Connection[Any]):
    """A psycopg connection that knows which opening its next statement has to carry.

    It is in autocommit mode: the pipeline that carries an opening is a transaction by itself (so are the statements of one
    that is only `reading`), unless the opening begins one that goes on until it is committed.
    """

    # Takes the results that nobody reads.
    unread: "Unread"
    opening: Opening | None = None
    reading = False
    # Whether somebody has come in.
    is_open = False

    def begin_with(self, opening: Opening, *, reading: bool) -> None:
        self.opening, self.reading, self.is_open = opening, reading, False

    def together(self, statements: "Sequence[Queued]") -> None:
        """Sends statements in one pipeline, in one write, and takes their results when it is left: one trip for all. The
        first that fails is raised; those behind it are not run."""
        try:
            with self.lock:
                self.wait(self._together(statements))
        except psycopg.errors.PipelineAborted as aborted:
            # What came behind the failure, which was read before it: as the answers arrived in one piece, or in two.
            raise aborted.__context__ or aborted from None

    def _together(self, statements: "Sequence[Queued]") -> PQGen[None]:
        # What psycopg's `pipeline()` and `execute` do, but as one act that waits once: each wait is a turn of the loop and
        # a write of its own.
        pipeline = self._pipeline = psycopg.Pipeline(self)
        failure = None
        try:
            yield from pipeline._enter_gen()
            try:
                for cursor, sql, params in statements:
                    yield from cursor.queue(sql, params)
            finally:
                yield from pipeline._exit_gen()
        except BaseException as error:
            failure = error
            raise
        finally:
            self._pipeline = None
            pipeline._exit(failure)
        yield from self._prepared.maintain_gen(self)

    def end(self) -> None:
        """Leaves the transaction, undone unless it was committed."""
        self.opening, self.is_open = None, False
        if not self.closed and self.pgconn.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            try:
                self.rollback()
            except psycopg.Error as error:
                # A server that is lost at this moment has undone it by itself.
                if not is_lost(error):
                    raise

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        """Waits for the server, but not for ever. Once it is lost, the connection is closed: nobody shall go on with it."""
        try:
            return super().wait(gen, interval, timeout or SILENCE_SECONDS)
        except psycopg.Error as error:
            if is_lost(error):
                self.pgconn.finish()
            raise


class Cursor(psycopg.Cursor[Any]):
    """Sends a pending opening and its own statement in one pipeline: one trip instead of three."""

    def queue(self, query: str, params: Params | None) -> PQGen[None]:
        """Leaves a statement to the pipeline, as psycopg's own `_executemany_gen_pipeline` does: nothing is sent yet."""
        yield from self._start_query(query)
        yield from self._maybe_prepare_gen(self._convert_query(query, params))
        self._last_query = query

    def execute(
        self, query: Any, params: Params | None = None, *, prepare: bool | None = None, binary: bool | None = None
    ) -> "Cursor":
        connection = cast(Connection, self.connection)
        opening, reading, is_open = connection.opening, connection.reading, connection.is_open
        if opening is None or (is_open and not reading):
            return super().execute(query, params, prepare=prepare, binary=binary)
        asked = [] if is_open else [(Cursor(connection), *question) for question in opening.questions]
        statements: list[Queued] = [(connection.unread, *opening.entering), *asked, (self, query, params)]
        if not reading:
            statements.insert(0, (connection.unread, "BEGIN", None))
        try:
            connection.together(statements)
        except psycopg.Error:
            # Who may not come in learns that, and nothing of what the database thought of the statement.
            if asked and all(cursor.pgresult and cursor.description for cursor, *_ in asked):
                opening.admit([cursor.fetchall() for cursor, *_ in asked])
            raise
        if asked:
            opening.admit([cursor.fetchall() for cursor, *_ in asked])
        connection.is_open = True
        return self

    def executemany(self, query: Any, params_seq: Any, *, returning: bool = False) -> None:
        if not cast(Connection, self.connection).is_open:
            self.execute("select")
        super().executemany(query, params_seq, returning=returning)


class Unread(Cursor):
    """For any number of statements of which nobody reads more than that they were done."""

    def _set_results(self, results: list[PGresult]) -> None:
        pass


# A cursor, and the statement whose results it will hold.
Queued = tuple[Cursor, str, Params | None]


def connect(url: str, *, pool_size: int = 5, prepares: bool = True, **options: Any) -> sqlalchemy.Engine:
    """An engine on `url` (`postgresql://...`, as libpq takes it), for `models.transaction`.

    Without `prepares`, no statement is prepared on the server: behind a pooler, the next one meets another server.
    """

    def new_connection() -> Connection:
        connection = Connection.connect(
            url,
            autocommit=True,
            cursor_factory=Cursor,
            prepare_threshold=5 if prepares else None,
            connect_timeout=3,
            application_name="followthrough",
            tcp_user_timeout=20000,
        )
        # More than there are statements of ours: one that is prepared stays so.
        connection.prepared_max = 500
        connection.unread = Unread(connection)
        return connection

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


def is_lost(error: BaseException | None) -> bool:
    """Whether this is the end of the connection, and not the answer to a statement."""
    if isinstance(error, psycopg.InternalError):
        # Two answers to one question: the server's farewell, and PgBouncer's, which has lost it.
        return error.sqlstate is None
    return isinstance(error, psycopg.OperationalError) and error.sqlstate in LOST
