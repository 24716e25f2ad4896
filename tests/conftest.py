"""One PostgreSQL for the run, one database for each process of it; every test opens its own practice in there.

Nothing is rolled back and nothing is mocked: tests commit, as production does, and tenancy keeps them apart.
"""

import gc
import os
import secrets
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message as Mail
from pathlib import Path
from typing import Any
from uuid import UUID

import hypothesis
import psycopg
import pytest
import sqlalchemy
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MailHandler
from argon2 import PasswordHasher
from flask import Flask

from api.application import create_app
from api.config import Config
from commands import database, embedded
from mail.post import SmtpPost
from mail.render import Sender
from models import tenancy, user
from models.database import connect
from models.files import Files
from models.link import Links
from models.practice import PRACTICES
from scheduling.worker import Worker
from scheduling.workplace import Config as WorkerConfig
from scheduling.workplace import Workplace
from tests.cast import HOOK_KEY, MAIL_DOMAIN, Practice, Staff, Visitor, found_practice

# A property says what holds, not how fast: speed is no test's business. Each run draws others; FOLLOWTHROUGH_EXAMPLES=1000
# draws so many of each.
EXAMPLES = int(os.environ.get("FOLLOWTHROUGH_EXAMPLES", "30"))
hypothesis.settings.register_profile("house", deadline=None, print_blob=True, max_examples=EXAMPLES)
hypothesis.settings.load_profile("house")

# A hash is dear to whoever guesses passwords, and to whoever founds a practice for every test. In this process it is cheap;
# the programs that tests start, and `true_cost_of_passwords`, pay what production pays.
TRUE_COST = {"_hasher": user._hasher, "_nobody": user._nobody}
user._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
user._nobody = user.hash_password("nobody has this password either")

SERVER = "FOLLOWTHROUGH_TEST_SERVER"
SECRET = b"a secret for tests, of more than thirty-two bytes"
BASE_URL = "https://practice.example"
# Mail about cases comes in everywhere.
MAIL_IN: Any = {"inbound_mail_domain": MAIL_DOMAIN, "inbound_mail_keys": [HOOK_KEY]}
# Every test of a run comes from one address: the limits on addresses have tests of their own, with an application of their own.
ANY_NUMBER = 10**9
_run = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """The first process of the run starts the server and makes a database for each of the others."""
    gc.disable()
    if hasattr(config, "workerinput"):
        return
    server = _run.enter_context(embedded.running(Path(tempfile.mkdtemp(prefix="followthrough-tests-"))))
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as postgres:
        for fast in ("fsync = off", "full_page_writes = off", "max_connections = 300"):
            postgres.execute(f"alter system set {fast}")
        postgres.execute("select pg_reload_conf()")
    os.environ[SERVER] = str(server.socket_dir)
    for process in range(max(1, getattr(config.option, "numprocesses", None) or 0)):
        name = f"gw{process}"
        server.create(name)
        database.migrate(server.url(embedded.OWNER, name), server.url(embedded.LOGIN, name))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first, in whatever order: at the end, all other processes would wait for it."""
    items.sort(key=lambda item: item.path.parent.name not in ("promises", "browser"))


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: nobody looks through it again and again for what can go."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        _run.close()


@dataclass
class Clock:
    """A clock that tests move. It starts on a Monday morning in term: 2026-10-05, 9:00 in Los Angeles."""

    at: datetime = datetime(2026, 10, 5, 16, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Sink(MailHandler):
    """A real SMTP server that takes everything and shows it by recipient."""

    mails: list[Mail] = field(default_factory=list)
    host: str = "127.0.0.1"
    port: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_message(self, message: Mail) -> None:
        self.mails.append(message)

    def to(self, address: str) -> list[Mail]:
        return [mail for mail in self.mails if mail["To"] == address]

    @property
    def url(self) -> str:
        return f"smtp://{self.host}:{self.port}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server() -> embedded.Embedded:
    return embedded.Embedded(Path(os.environ[SERVER]))


@pytest.fixture(scope="session")
def database_name() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "gw0")


@pytest.fixture(scope="session")
def app_url(server: embedded.Embedded, database_name: str) -> str:
    return server.url(embedded.LOGIN, database_name)


@pytest.fixture(scope="session")
def admin_url(server: embedded.Embedded, database_name: str) -> str:
    return server.url(embedded.OWNER, database_name)


@pytest.fixture(scope="session")
def engine(app_url: str) -> Iterator[sqlalchemy.Engine]:
    engine = connect(app_url, pool_size=20, max_overflow=40)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def shared_clock() -> Clock:
    return Clock()


@pytest.fixture
def clock(shared_clock: Clock) -> Clock:
    shared_clock.at = Clock.at
    return shared_clock


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Where the files of all practices of this process lie."""
    return Files(str(tmp_path_factory.mktemp("files")))


@pytest.fixture(scope="session")
def app(engine: sqlalchemy.Engine, shared_clock: Clock, store: Files) -> Flask:
    limits = {"posts_a_minute": ANY_NUMBER, "posts_an_hour": ANY_NUMBER, "gets_a_minute": ANY_NUMBER}
    return create_app(engine, shared_clock, Config(secret_keys=[SECRET], base_url=BASE_URL, files=store, **limits, **MAIL_IN))


@pytest.fixture(scope="session")
def sink() -> Iterator[Sink]:
    sink = Sink()
    sink.port = free_port()
    controller = Controller(sink, hostname=sink.host, port=sink.port)
    controller.start()
    yield sink
    controller.stop()


@pytest.fixture(scope="session")
def past_all_doors(admin_url: str) -> Iterator[psycopg.Connection]:
    """The owner's connection, to take away what tests leave behind."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        yield connection


def leave_nothing_to_do(past_all_doors: psycopg.Connection) -> None:
    """What a test left in the queues would be work for the workers of the next one."""
    for statement in (
        "update messages set state = 'sent' where state in ('queued', 'sending')",
        "update reminders set state = 'cancelled' where state in ('scheduled', 'snoozed')",
        "update booking_reminders set state = 'dropped' where state = 'scheduled'",
        "update document_readings set state = 'done', reading = '{}' where state = 'waiting'",
        "update packets set state = 'cancelled' where state = 'waiting'",
        "update external_calendars set next_poll_at = '2199-01-01' where next_poll_at < '2199-01-01'",
        "update check_ins set next_on = '2199-01-01' where next_on < '2199-01-01'",
        "update digests set due_at = '2199-01-01' where due_at < '2199-01-01'",
    ):
        past_all_doors.execute(statement)


class WorkerOfATest(Worker):
    """What it does in every practice, it does in those of its test: there are hundreds of others by then."""

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        with self.transaction(tenancy.queues(), reading=True) as queues:
            self._others = {row.id for row in queues.rows(PRACTICES)}

    def _apart(self, work: Callable[[Workplace, UUID], int], practice_id: UUID) -> int | None:
        return 0 if practice_id in self._others else super()._apart(work, practice_id)


@pytest.fixture
def worker(
    engine: sqlalchemy.Engine, clock: Clock, sink: Sink, store: Files, past_all_doors: psycopg.Connection
) -> WorkerOfATest:
    """A worker whose ticks the test runs by hand."""
    leave_nothing_to_do(past_all_doors)
    sender = Sender(Links([SECRET], BASE_URL), "followthrough@practice.example")
    return WorkerOfATest(engine, clock, SmtpPost(sink.url), WorkerConfig(sender, files=store))


@pytest.fixture
def true_cost_of_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is hashed from here on costs what it costs in production."""
    for name, ours in TRUE_COST.items():
        monkeypatch.setattr(user, name, ours)


@pytest.fixture
def riverside(app: Flask, clock: Clock, worker: Worker, sink: Sink) -> Practice:
    """The practice of the story: Olga owns it, Ana is an advocate, Sam an assistant."""
    return found_practice(app, clock, worker, sink, f"riverside-{secrets.token_hex(4)}")


@pytest.fixture
def lakeside(app: Flask, clock: Clock, worker: Worker, sink: Sink) -> Practice:
    """Another practice, which must never learn that riverside exists."""
    return found_practice(app, clock, worker, sink, f"lakeside-{secrets.token_hex(4)}")


@pytest.fixture
def olga(riverside: Practice) -> Staff:
    return riverside.olga


@pytest.fixture
def ana(riverside: Practice) -> Staff:
    return riverside.ana


@pytest.fixture
def sam(riverside: Practice) -> Staff:
    return riverside.sam


@pytest.fixture
def visitor(riverside: Practice) -> Visitor:
    return riverside.visitor()
