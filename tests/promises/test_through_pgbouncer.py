"""Many clients share a few connections: PgBouncer in transaction mode hands each transaction another server.

What one transaction leaves behind, the next one finds, be it another practice's. So nothing may be left behind.
"""

import os
import random
import secrets
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

import psycopg
import pytest
import sqlalchemy
from flask import Flask
from werkzeug.test import TestResponse

from api.application import create_app
from api.config import Config
from commands.database import Unsafe, refuse_unsafe_login
from commands.embedded import Embedded
from models.database import connect, is_lost
from models.tenancy import APP_ROLE
from tests.cast import Actor, Practice, Staff
from tests.conftest import BASE_URL, SECRET, Clock, free_port
from tests.promises.conftest import Admin
from tests.promises.mail_servers import mail_server
from tests.promises.pooler import FOUND, Pooler, answers, pooler
from tests.promises.processes import Stillness, program, wait_until
from tests.promises.racing import at_once, problem

SERVERS, CLIENTS, ROUNDS = 4, 48, 42
QUIET = 1000  # requests before the first server ends: what is prepared by then would be missed on another
PAST = "2026-10-01T16:00:00Z"

pytestmark = pytest.mark.skipif(FOUND is None, reason="PgBouncer is not installed; on Debian: apt-get install pgbouncer")


@pytest.fixture
def pool(server: Embedded, database_name: str) -> Iterator[Pooler]:
    with pooler(server.socket_dir, database_name, SERVERS) as found:
        yield found


@pytest.fixture
def engine_through(pool: Pooler) -> Iterator[sqlalchemy.Engine]:
    engine = connect(pool.url, prepares=False, pool_size=CLIENTS, max_overflow=0)
    yield engine
    engine.dispose()


@pytest.fixture
def app_through(engine_through: sqlalchemy.Engine, clock: Clock) -> Flask:
    return create_app(engine_through, clock, Config(secret_keys=[SECRET], base_url=BASE_URL))


@pytest.fixture
def settings_through(settings: Mapping[str, str], pool: Pooler) -> Mapping[str, str]:
    return {**settings, "DATABASE_URL": pool.url, "DATABASE_POOLER": "transaction"}


@dataclass
class Load:
    """What the clients of one practice do, over and over, and which writes they were promised."""

    practice: Practice
    app: Flask
    case: Any
    foreign: Any
    seen: list[tuple[str, int]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """What the names of all of its clients begin with."""
        return self.practice.slug

    def over_and_over(self) -> None:
        ana, olga = Actor(self.app, self.practice.ana.token), Actor(self.app, self.practice.olga.token)
        acts: list[Callable[[Actor, Actor], None]] = [
            self.writes,
            self.writes,
            self.lists,
            self.looks_next_door,
            self.is_refused_a_form,
            self.is_refused_a_key,
            self.changes,
            self.visits,
        ]
        for number in range(ROUNDS):
            acts[(number + random.randrange(2)) % len(acts)](ana, olga)

    def writes(self, ana: Actor, olga: Actor) -> None:
        """As a careful client: under a key, again until it is answered."""
        name = f"{self.mark} {secrets.token_hex(8)}"
        key = secrets.token_hex(16)
        for _ in range(50):
            answer = ana.ask("POST", "/clients", {"name": name, "email": "petra@example.org"}, Idempotency_Key=key)
            if self.count("write", answer, 201, 409) == 201:
                self.kept.append(name)
                return
            time.sleep(0.02)
        raise AssertionError("it never went through")

    def lists(self, ana: Actor, olga: Actor) -> None:
        answer = ana.ask("GET", f"/clients?limit={random.choice((1, 50, 200))}")
        if self.count("list", answer, 200) == 200:
            names = [client["name"] for client in answer.get_json()["items"]]
            assert names
            assert all(name.startswith(self.mark) for name in names), "never a row of the other practice"

    def looks_next_door(self, ana: Actor, olga: Actor) -> None:
        self.count("next door", ana.ask("GET", f"/cases/{self.foreign['id']}"), 404)

    def is_refused_a_form(self, ana: Actor, olga: Actor) -> None:
        self.count("form", ana.ask("POST", "/clients", {"name": f"{self.mark} nobody", "email": "no address"}), 422)

    def is_refused_a_key(self, ana: Actor, olga: Actor) -> None:
        kind = {"name": "Again", "slug": "free-consultation", "minutes": 30}
        self.count("unique", olga.ask("POST", "/consultation-types", kind), 409)

    def changes(self, ana: Actor, olga: Actor) -> None:
        title = {"title": f"{self.mark} case {secrets.token_hex(4)}"}
        self.count("change", ana.ask("PATCH", f"/cases/{self.case['id']}", title), 200, 409)

    def visits(self, ana: Actor, olga: Actor) -> None:
        answer = Actor(self.app).ask("GET", f"/public/{self.practice.slug}")
        if self.count("visit", answer, 200) == 200:
            assert answer.get_json()["slug"] == self.practice.slug

    def count(self, what: str, answer: TestResponse, *usual: int) -> int:
        """Notes what was answered. Servers end meanwhile: 503 is an answer too, nothing else is."""
        status = answer.status_code
        assert status in (*usual, 503), (what, status, answer.get_data(as_text=True))
        if status == 503:
            assert (problem(answer), answer.headers["Retry-After"]) == ("unavailable", "2")
        self.seen.append((what, status))
        return status


def test_two_practices_share_four_connections_and_never_a_row(
    app_through: Flask, riverside: Practice, lakeside: Practice, pool: Pooler, superuser: Admin
) -> None:
    """Red without `prepare_threshold=5 if prepares else None` in `models.database.connect`; without the answer for an
    `InternalError` in `is_lost` there; with `_engine.dispose(close=False)` for `_invalidate` in `Transaction.__exit__`.
    """
    cases = {practice.slug: practice.ana.opens_a_case() for practice in (riverside, lakeside)}
    for practice in (riverside, lakeside):
        practice.olga.opens_consultations()
        [first] = practice.ana.everything("/clients")
        practice.ana.patch(f"/clients/{first['id']}", {"name": f"{practice.slug} first"})
    loads = [
        Load(riverside, app_through, cases[riverside.slug], cases[lakeside.slug]),
        Load(lakeside, app_through, cases[lakeside.slug], cases[riverside.slug]),
    ]
    over = threading.Event()
    held: list[int] = []
    ended: list[bool] = []

    def all_clients() -> None:
        try:
            at_once(*(load.over_and_over for load in loads for _ in range(CLIENTS // 2)))
        finally:
            over.set()

    def ends_servers() -> None:
        while not over.wait(0.1):
            pids = pool.servers()
            held.append(len(pids))
            if sum(len(load.seen) for load in loads) < QUIET:
                continue
            for pid in random.sample(pids, min(1, len(pids))):
                found = superuser.execute("select pg_terminate_backend(%s) as ended", [pid]).fetchone()
                ended.append(bool(found and found["ended"]))

    def clients_die() -> None:
        while not over.wait(0.05):
            die_within(pool.url)

    def somebody_looks() -> None:
        while not over.wait(0.01):
            look_for_what_was_left(pool.url)

    at_once(all_clients, ends_servers, clients_die, somebody_looks)
    assert max(held) == SERVERS
    assert sum(ended) >= 10
    seen = Counter(loads[0].seen + loads[1].seen)
    assert seen.total() >= CLIENTS * ROUNDS > 2000
    assert sum(many for (_, status), many in seen.items() if status == 503) < seen.total() / 10, seen
    for load in loads:
        names = Counter(client["name"] for client in load.practice.ana.everything("/clients"))
        assert names == Counter([f"{load.mark} first", *load.kept]), "every write is kept once"


def test_two_workers_fire_and_send_each_reminder_once(
    ana: Staff, admin: Admin, superuser: Admin, pool: Pooler, settings_through: Mapping[str, str]
) -> None:
    case = ana.opens_a_case()
    many = 30
    with mail_server() as server, ExitStack() as running:
        through = {**settings_through, "SMTP_URL": server.url}
        workers = [running.enter_context(program("worker", through)) for _ in range(2)]
        wait_until(lambda: all("started" in worker.said for worker in workers), why=lambda: workers[0].said)
        for number in range(many):
            ana.post("/reminders", {"case_id": case["id"], "title": f"Number {number}", "due_at": PAST})
            if number % 10 == 0:
                for pid in pool.servers():
                    superuser.execute("select pg_terminate_backend(%s)", [pid])
        message = "from messages where to_address = %s and kind = 'reminder_due'"

        no_more_is_sent = Stillness(lambda: len(server.mails))

        def all_are_sent() -> bool:
            # Stands for the time that passes until a lease lapses: a server may have ended between mail and outcome.
            if no_more_is_sent():
                lapsed = f"id in (select id {message} and state = 'sending')"
                admin.execute(f"update messages set due_at = now() - interval '1 s' where {lapsed}", [ana.email])
            sent = admin.execute(f"select count(*) as many {message} and state = 'sent'", [ana.email]).fetchone()
            return sent is not None and sent["many"] == many

        wait_until(all_are_sent, why=lambda: workers[0].said)
        ids = {f"<{row['id']}@practice.example>" for row in admin.execute(f"select id {message}", [ana.email])}
        assert len(ids) == many
        assert set(server.ids(ana.email.split("@")[1])) == ids
        fired = admin.execute("select occurrence from reminders where assignee_id = %s", [ana.id]).fetchall()
        assert [row["occurrence"] for row in fired] == [1] * many
        assert [worker.end() for worker in workers] == [0, 0]


def test_serve_says_that_there_is_a_pooler_and_serves_through_it(
    settings_through: Mapping[str, str], admin: Admin, pool: Pooler
) -> None:
    """Red without `_refuse_unknown_pooler(connection, pooler)` in `commands.database.refuse_unsafe_login`."""
    port = str(free_port())
    serving = {**settings_through, "PORT": port, "PROCESSES": "2", "THREADS": "3", "BASE_URL": f"http://127.0.0.1:{port}"}
    with pytest.raises(Unsafe, match="a pooler in front of the database: set DATABASE_POOLER to transaction"):
        refuse_unsafe_login(pool.url, pooler="none")
    with program("serve", serving) as running:
        wait_until(lambda: answers(int(port)), why=lambda: running.said)

        def looks_often() -> list[int]:
            line = HTTPConnection("127.0.0.1", int(port), timeout=10)
            found = []
            for _ in range(20):
                line.request("GET", "/api/v1/public/nobody")
                answer = line.getresponse()
                answer.read()
                found.append(answer.status)
            line.close()
            return found

        assert at_once(*(looks_often for _ in range(12))) == [[404] * 20] * 12
        assert 1 <= pool.clients() <= 2 * 3, "a connection for each thread at most"
        assert running.end() == 0


def die_within(url: str) -> None:
    with suppress_loss(), psycopg.connect(url, prepare_threshold=None) as connection:
        connection.execute("select set_config('app.tenant_id', gen_random_uuid()::text, true)")
        connection.execute("select enter_lobby(gen_random_uuid())")
        with socket.socket(fileno=os.dup(connection.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)


def look_for_what_was_left(url: str) -> None:
    with suppress_loss(), psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
        for _ in range(20):
            found = connection.execute(
                "select current_user, current_setting('app.tenant_id', true), current_setting('app.user_id', true),"
                " current_setting('timezone'), current_setting('statement_timeout')"
            ).fetchone()
            assert found is not None
            assert (found[0], found[1] or "", found[2] or "", *found[3:]) == (APP_ROLE, "", "", "UTC", "10s")


@contextmanager
def suppress_loss() -> Iterator[None]:
    """Servers end at every moment, on purpose."""
    try:
        yield
    except psycopg.Error as error:
        if not is_lost(error):
            raise
