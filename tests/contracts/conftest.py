"""What the contracts share: practices that last for a module, in a time of their own, and every statement on record."""

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
import sqlalchemy
from psycopg import sql

from api.application import Config, create_app
from mail.post import SmtpPost
from mail.render import Sender
from models.everything import METADATA
from models.files import Files
from models.link import Links
from scheduling.worker import Worker
from scheduling.workplace import Config as WorkerConfig
from tests import walks
from tests.cast import Practice, found_practice
from tests.conftest import ANY_NUMBER, BASE_URL, MAIL_IN, SECRET, Clock, Sink

LIMITS = dict.fromkeys(("posts_a_minute", "posts_an_hour", "gets_a_minute", "key_requests_a_minute"), ANY_NUMBER)


@pytest.fixture(scope="module")
def opens(engine: sqlalchemy.Engine, sink: Sink, store: Files) -> Callable[[str], Practice]:
    """Opens a practice that lasts for the module. Its application, clock and worker are the module's own."""
    clock = Clock()
    app = create_app(engine, clock, Config(secret_keys=[SECRET], base_url=BASE_URL, files=store, **LIMITS, **MAIL_IN))
    sender = Sender(Links([SECRET], BASE_URL), "ft@practice.example")
    worker = Worker(engine, clock, SmtpPost(sink.url), WorkerConfig(sender, files=store))
    return lambda name: found_practice(app, clock, worker, sink, f"{name}-{secrets.token_hex(4)}")


@pytest.fixture(scope="session")
def whole(admin_url: str) -> Iterator[psycopg.Connection]:
    """The database as its owner sees it: every row of every practice."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        yield connection


@pytest.fixture(autouse=True)
def _nobody_has_failed_yet(whole: psycopg.Connection) -> Iterator[None]:
    """All tests come from one address, at one moment: what one of them guesses would be counted against the next, and what
    one case of a walk guesses against the next case."""

    def forget() -> None:
        whole.execute("delete from throttles")

    forget()
    walks.before_each.append(forget)
    yield
    walks.before_each.remove(forget)


def rows_of(whole: psycopg.Connection, practice_id: str, *, besides: Collection[str] = ()) -> dict[str, str]:
    """All that a practice has, each table as one hash."""
    tables = sorted(name for name, table in METADATA.tables.items() if "tenant_id" in table.columns and name not in besides)
    hashed = [
        sql.SQL("select {}, md5(string_agg(t::text, '|' order by id)) from {} t where tenant_id = {}").format(
            table, sql.Identifier(table), practice_id
        )
        for table in tables
    ]
    firm = sql.SQL("select 'practices', md5(t::text) from practices t where id = {}").format(practice_id)
    return dict(whole.execute(sql.SQL(" union all ").join([firm, *hashed])).fetchall())


@dataclass(frozen=True)
class Statement:
    """What was sent, on which side of which door."""

    sql: str
    values: Mapping[str, Any]
    door: str
    practice_id: object


@dataclass
class Record:
    """Every statement that psycopg sends, and how often it waits for the server."""

    statements: list[Statement] = field(default_factory=list)
    trips: int = 0
    _doors: dict[int, tuple[str, object]] = field(default_factory=dict)

    def note(self, cursor: Any, query: Any, values: Any) -> None:
        sql = " ".join(query.split()) if isinstance(query, str) else str(query)
        connection = id(cursor.connection)
        if sql.startswith("select enter_"):
            practice_id = values.get("practice") if values else None
            self._doors[connection] = (sql.removeprefix("select enter_").split("(")[0], practice_id)
        door, practice_id = self._doors.get(connection, ("none", None))
        self.statements.append(Statement(sql, values if isinstance(values, Mapping) else {}, door, practice_id))


@contextmanager
def on_record() -> Iterator[Record]:
    """Everything that goes to PostgreSQL meanwhile, the opening of a transaction and its questions too."""
    record = Record()
    # Where all ways to send a statement meet, our own too: each becomes what the server takes.
    convert, executemany, wait = psycopg.Cursor._convert_query, psycopg.Cursor.executemany, psycopg.Connection.wait

    def noted_convert(cursor: Any, query: Any, params: Any = None) -> Any:
        record.note(cursor, query, params)
        return convert(cursor, query, params)

    def noted_executemany(cursor: Any, query: Any, params_seq: Any, **options: Any) -> None:
        rows = list(params_seq)
        for params in rows[1:]:
            record.note(cursor, query, params)
        executemany(cursor, query, rows, **options)

    def counted_wait(connection: Any, *args: Any, **options: Any) -> Any:
        record.trips += 1
        return wait(connection, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.Cursor, "_convert_query", noted_convert)
        patch.setattr(psycopg.Cursor, "executemany", noted_executemany)
        patch.setattr(psycopg.Connection, "wait", counted_wait)
        yield record
