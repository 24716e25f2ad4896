"""Whoever installs it is told what is missing, in a sentence; whoever tries it gets all of it, and nothing is left behind."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
import psycopg
import pytest
from click.testing import CliRunner

from api.application import create_app
from api.config import Config
from api.tokens import Seal
from commands.command_line import main
from commands.database import revisions
from commands.embedded import LOGIN, OWNER, Embedded
from commands.settings import SETTINGS, read
from models.database import connect
from tests.cast import PASSWORD, ZONE, Actor
from tests.conftest import BASE_URL, free_port
from tests.promises.processes import HOUSE, Program, Said, commanded, program, wait_until

# What is missing or wrong is said in a sentence.

GOOD = {
    "DATABASE_URL": "postgresql://followthrough@/followthrough?host=/nonexistent",
    "DATABASE_ADMIN_URL": "postgresql://owner@/followthrough?host=/nonexistent",
    "SECRET_KEY": "a secret of more than thirty-two bytes",
    "BASE_URL": "https://practice.example",
    "SMTP_URL": "smtp://mail.example:587",
}
MISSING = [
    ("serve", "DATABASE_URL"),
    ("serve", "SECRET_KEY"),
    ("serve", "BASE_URL"),
    ("worker", "DATABASE_URL"),
    ("worker", "SMTP_URL"),
    ("migrate", "DATABASE_ADMIN_URL"),
]
WRONG = [
    ("serve", "SECRET_KEY", "hush"),
    ("serve", "SECRET_KEY_PREVIOUS", "hush"),
    ("serve", "EGRESS_ALLOW", "10.9.9.9"),
    ("worker", "EGRESS_ALLOW", "nextcloud.internal:443"),
    ("serve", "BASE_URL", "practice.example"),
    ("serve", "BASE_URL", "https://[practice.example"),
    ("serve", "BASE_URL", "https://practice.example:99999"),
    ("serve", "BASE_URL", "https://practice.example:0"),
    ("serve", "BASE_URL", "https://the practice.example"),
    ("serve", "BASE_URL", "https://practice.example/a path"),
    ("serve", "BASE_URL", "https://practice_@.example"),
    ("serve", "BASE_URL", "https://olga:secret@practice.example"),
    ("serve", "BASE_URL", "https://practice.example/?page=1"),
    ("serve", "BASE_URL", "https://practice.example/#top"),
    ("serve", "BASE_URL", "https://*.practice.example"),
    ("serve", "ALLOWED_HOSTS", "http://foo"),
    ("serve", "ALLOWED_HOSTS", "foo.example,*"),
    ("serve", "ALLOWED_HOSTS", ".,."),
    ("serve", "ALLOWED_HOSTS", "foo.example:8000"),
    ("serve", "RATE_LIMIT_URL", "http://cache.example"),
    ("serve", "RATE_LIMIT_URL", "redis://cache.example:99999"),
    ("serve", "DATABASE_URL", "mysql://followthrough@db.example/followthrough"),
    ("serve", "PORT", "65536"),
    ("serve", "PROCESSES", "0"),
    ("serve", "THREADS", "many"),
    ("serve", "SIGNUP", "perhaps"),
    ("serve", "LOG_LEVEL", "loud"),
    ("worker", "LOG_FORMAT", "yaml"),
    ("serve", "METRICS_TOKEN", "hush"),
    ("worker", "SMTP_URL", "mail.example"),
    ("migrate", "DATABASE_ADMIN_URL", "sqlite:///practice.db"),
    ("migrate", "DATABASE_URL", "garbage"),
    ("demo", "PORT", "http"),
]
UNREADABLE = [
    ("serve", "DATABASE_URL", "postgresql://followthrough:per%cent@db.example/followthrough"),
    ("worker", "SMTP_URL", "smtp://mail.example:99999"),
    ("worker", "MAIL_FROM", "the practice"),
    ("migrate", "DATABASE_ADMIN_URL", "postgresql://owner:per%cent@db.example/followthrough"),
]
NAMES = [setting.name for setting in SETTINGS]
Case = tuple[str, str, str]
CASES: list[Case] = [*((command, name, "") for command, name in MISSING), *WRONG, *UNREADABLE]


def run(command: str, settings: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/tmp"), **settings}
    arguments = [sys.executable, "-m", "commands", *command.split()]
    return subprocess.run(arguments, env=environment, cwd=HOUSE, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_what_is_missing_or_wrong_is_said_in_one_sentence(case: Case) -> None:
    """Red without `_CHECKS[name](value)` in `commands.settings.read`."""
    command, name, value = case
    settings = {**dict.fromkeys(NAMES), **GOOD, name: value or None}
    answer = CliRunner().invoke(main, [command], env=settings)
    [sentence] = answer.stderr.splitlines()
    assert sentence.startswith(f"{name} ")
    assert sentence.endswith(".")
    assert ("is missing:" in sentence) == (not value)
    assert not value or value not in sentence, "a secret is not repeated"
    assert (answer.exit_code, answer.stdout) == (2, "")


def test_counting_in_redis_without_its_package_is_said_before_anything_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Red without `find_spec("redis")` in `commands.settings`: each process would break by itself, and start again."""
    monkeypatch.setitem(sys.modules, "redis", None)
    settings = {**dict.fromkeys(NAMES), **GOOD, "RATE_LIMIT_URL": "redis://cache.example:6379"}
    answer = CliRunner().invoke(main, ["serve"], env=settings)
    [sentence] = answer.stderr.splitlines()
    assert sentence.startswith("RATE_LIMIT_URL needs a package that is not installed (install followthrough[redis]): ")
    assert (answer.exit_code, answer.stdout) == (2, "")


@pytest.mark.parametrize(
    "value", ["http://localhost:8000", "https://192.0.2.1", "http://[::1]:8000", "https://practice.example/desk/"]
)
def test_an_address_that_works_is_taken(value: str) -> None:
    settings = read({"BASE_URL": value, "ALLOWED_HOSTS": "Foo.example, localhost,::1,my_app"}, "BASE_URL", "ALLOWED_HOSTS")
    assert settings.base_url == value.rstrip("/")
    assert settings.allowed_hosts == ["foo.example", "localhost", "::1", "my_app"]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    answer = commanded("worker", SECRET_KEY="short", SMTP_URL="http://mail.example")
    names = [sentence.split()[0] for sentence in answer.stderr.splitlines()]
    assert names == ["DATABASE_URL", "SECRET_KEY", "BASE_URL", "SMTP_URL"]
    assert answer.returncode == 2


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("serve", ["DATABASE_URL", "SECRET_KEY", "BASE_URL", "SIGTERM"]),
        ("worker", ["SMTP_URL", "as many as you like", "SIGTERM"]),
        ("migrate", ["DATABASE_ADMIN_URL", "BYPASSRLS", "--down", "--sql"]),
        ("demo", ["embedded", "/dev/mail", "DATA_DIR", "Ctrl-C"]),
    ],
)
def test_help_teaches(command: str, words: list[str]) -> None:
    answer = commanded(command, "--help")
    assert (answer.returncode, answer.stderr) == (0, "")
    flat = " ".join(answer.stdout.split())
    assert [word for word in words if word not in flat] == []


# Who may sign in to the database.


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_the_owner_of_the_tables_may_not_serve(command: str, admin_url: str) -> None:
    """Red without `_refuse_unsafe_login(settings)` in `commands.command_line`."""
    answer = run(command, {**GOOD, "DATABASE_URL": admin_url})
    assert answer.returncode != 0
    [sentence] = answer.stderr.splitlines()
    assert sentence.startswith("Error: DATABASE_URL: The role followthrough_owner can bypass row security: ")


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_a_database_that_is_away_is_said_so(command: str) -> None:
    answer = run(command, GOOD)
    assert answer.returncode != 0
    [sentence] = answer.stderr.splitlines()
    assert sentence.startswith("Error: DATABASE_URL: the database cannot be reached")


# Which revision a database goes to.

FIRST, LAST = revisions()[0], revisions()[-1]


@dataclass
class Fresh:
    """A database of its own, and the settings that migrate it."""

    admin_url: str
    app_url: str

    def migrates(self, *words: str, **settings: str) -> Said:
        said = {"DATABASE_ADMIN_URL": self.admin_url, "DATABASE_URL": self.app_url, **settings}
        return commanded("migrate", *words, **said)

    def refuses(self, *words: str, **settings: str) -> str:
        """The sentence with which it refuses to migrate; the database is where it was."""
        before, answer = self.is_at(), self.migrates(*words, **settings)
        assert (answer.returncode, answer.stdout, self.is_at()) == (1, "", before)
        [sentence] = answer.stderr.splitlines()
        return sentence

    def is_at(self) -> str:
        with psycopg.connect(self.admin_url) as owner, suppress(psycopg.errors.UndefinedTable):
            return str([*owner.execute("select version_num from alembic_version"), ("base",)][0][0])
        return "base"


@pytest.fixture
def fresh(server: Embedded) -> Iterator[Fresh]:
    name = f"fresh_{secrets.token_hex(4)}"
    server.create(name)
    yield Fresh(server.url(OWNER, name), server.url(LOGIN, name))
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as postgres:
        postgres.execute(f"drop database {name} with (force)")


def test_migrate_says_where_the_database_is_then(fresh: Fresh) -> None:
    """Red without either comparison of `_place` in `commands.database`."""
    assert "behind" in fresh.refuses("--down", "--to", FIRST)
    for words, revision in (([], LAST), (["--down", "--to", FIRST], FIRST), (["--to", LAST], LAST), (["--to", "head"], LAST)):
        answer = fresh.migrates(*words)
        assert (answer.returncode, answer.stdout) == (0, f"The database is at {revision}.\n"), answer.stderr
        assert fresh.is_at() == revision
    said = f"The database is at revision {LAST}, beyond {FIRST}: only `migrate --down --to {FIRST}` goes back."
    assert fresh.refuses("--to", FIRST) == f"Error: {said}"
    answer = fresh.migrates("--down")
    assert (answer.returncode, fresh.is_at()) == (2, LAST)
    assert "--down needs --to" in answer.stderr


def test_revisions_that_this_release_does_not_know_are_refused(fresh: Fresh) -> None:
    """Red without `if revision not in known` in `commands.database._place`."""
    assert "knows no revision nonsense" in fresh.refuses("--to", "nonsense")
    assert "knows no revision nonsense" in fresh.refuses("--down", "--to", "nonsense")
    fresh.migrates()
    with psycopg.connect(fresh.admin_url) as owner:
        owner.execute("update alembic_version set version_num = '9999'")
    assert "knows no revision 9999" in fresh.refuses()
    assert "knows no revision 9999" in fresh.refuses("--down", "--to", FIRST)


def test_a_login_may_be_told_for_several_hosts(fresh: Fresh) -> None:
    several = f"postgresql://{LOGIN}:y@one:5432,two:5433/db?target_session_attrs=read-write"
    assert fresh.migrates(DATABASE_URL=several).returncode == 0
    assert "must name a login of its own" in fresh.refuses(DATABASE_URL="postgresql://followthrough_app@one:5432,two:5433/db")


def test_who_may_not_migrate_is_told_so_before_anything_is_done(fresh: Fresh, server: Embedded) -> None:
    """Red without `_refuse_blind_owner` in `commands.database.downgrade`, and without `_refuse_who_makes_no_roles`."""
    role = f"roleless_{secrets.token_hex(4)}"
    name = fresh.admin_url.split("/")[3].split("?")[0]
    with psycopg.connect(server.url("postgres", name), autocommit=True) as postgres:
        postgres.execute(f"create role {role} login bypassrls")
        try:
            roleless = server.url(role, name)
            assert "may make no roles" in fresh.refuses(DATABASE_ADMIN_URL=roleless)
            denied = fresh.refuses(DATABASE_ADMIN_URL=roleless, DATABASE_URL="")
            assert denied == "Error: DATABASE_ADMIN_URL: permission denied for schema public."
        finally:
            postgres.execute(f"drop role {role}")
    assert fresh.migrates().returncode == 0
    assert "is subject to row security" in fresh.refuses("--down", "--to", "base", DATABASE_ADMIN_URL=fresh.app_url)


def test_a_database_that_is_away_is_not_migrated_down() -> None:
    answer = commanded("migrate", "--down", "--to", "base", **GOOD)
    assert answer.returncode == 1
    [sentence] = answer.stderr.splitlines()
    assert sentence.startswith("Error: DATABASE_ADMIN_URL: the database cannot be reached")


# The secret is changed.


def test_what_no_secret_reads_is_counted_and_is_no_success(fresh: Fresh) -> None:
    """Red without `Found.UNREADABLE` in `commands.command_line.reseal`."""
    first, other, new = ("the first secret of this installation" + " again" * times for times in range(3))
    fresh.migrates()
    with psycopg.connect(fresh.admin_url) as owner:
        owner.execute(
            "with made as (insert into users values (gen_random_uuid(), 'a@b.example', 'a@b.example', 'Ana', '', now())"
            " returning id) insert into one_time_codes select id, %s, now(), null, 0 from made",
            [Seal([first.encode()]).hide(b"hidden")],
        )
    settings = {"DATABASE_URL": fresh.app_url, "SECRET_KEY": new}
    alone = commanded("reseal", **settings)
    assert (alone.returncode, alone.stdout) == (2, "")
    assert alone.stderr.startswith("SECRET_KEY_PREVIOUS is missing: ")
    wrong = commanded("reseal", **settings, SECRET_KEY_PREVIOUS=other)
    assert wrong.returncode == 1
    assert "The one-time codes of 1 people are read by neither secret" in wrong.stderr
    right = commanded("reseal", **settings, SECRET_KEY_PREVIOUS=first)
    assert (right.returncode, right.stdout.splitlines()[-1]) == (0, "Resealed the one-time codes of 1 people.")
    with psycopg.connect(fresh.admin_url) as owner:
        [(secret,)] = owner.execute("select secret from one_time_codes").fetchall()
    assert Seal([new.encode()]).show(secret) == b"hidden"


def test_addresses_of_calendars_are_hidden_again_in_every_practice(fresh: Fresh) -> None:
    """Red without `reseal_calendars_of` in `commands.command_line.reseal`, and without its `UNREADABLE`."""
    first, other, new = ("the first secret of this installation" + " again" * times for times in range(3))
    fresh.migrates()
    engine, address = connect(fresh.app_url), "https://calendar.example/private-5f1d/basic.ics"
    app = create_app(engine, lambda: datetime.now(UTC), Config(secret_keys=[first.encode()], base_url=BASE_URL))
    for slug in ("riverside", "lakeside"):
        firm = {"practice_name": slug, "slug": slug, "timezone": ZONE, "name": "Olga", "email": f"olga@{slug}.example"}
        token = Actor(app).post("/auth/register", {**firm, "password": PASSWORD})["access_token"]
        Actor(app, token).post("/external-calendars", {"name": "Private", "url": address})
    engine.dispose()
    settings = {"DATABASE_URL": fresh.app_url, "SECRET_KEY": new}
    wrong = commanded("reseal", **settings, SECRET_KEY_PREVIOUS=other)
    assert wrong.returncode == 1
    assert "The addresses of 2 calendars are read by neither secret" in wrong.stderr
    right = commanded("reseal", **settings, SECRET_KEY_PREVIOUS=first)
    assert (right.returncode, right.stdout.splitlines()[-2]) == (0, "Resealed the addresses of 2 calendars."), right.stderr
    with psycopg.connect(fresh.admin_url) as owner:
        sealed = [row[0] for row in owner.execute("select sealed_url from external_calendars")]
    assert [Seal([new.encode()]).show(one) for one in sealed] == [address.encode()] * 2


# A port that somebody listens on.


def test_a_second_serve_on_the_same_port_is_refused(settings: Mapping[str, str]) -> None:
    port = str(free_port())
    serving = {**settings, "PORT": port, "PROCESSES": "1"}
    with program("serve", serving) as first:
        wait_until(lambda: "Started worker" in first.said)
        with program("serve", serving) as second:
            wait_until(lambda: "Started worker" in second.said or not second.runs)
            assert not second.runs
            assert port in second.said


def test_a_port_that_a_stranger_listens_on_is_said_so_in_one_sentence(settings: Mapping[str, str]) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = str(stranger.getsockname()[1])
        answer = run("serve", {**settings, "PORT": port, "PROCESSES": "1", "LOG_LEVEL": "warning"})
    assert answer.returncode not in (0, None)
    assert "Traceback" not in answer.stderr
    assert port in answer.stderr.splitlines()[-1]


# The demo.


@dataclass
class Demo:
    """`followthrough demo` with a folder and a port of its own."""

    data_dir: Path
    port: int
    program: Program

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def is_up(self) -> bool:
        return "Ctrl-C ends it." in self.program.said

    def wait(self) -> float:
        """Waits until it says that it runs; gives how long that took."""
        begun = time.monotonic()
        wait_until(lambda: self.is_up() or not self.program.runs, why=lambda: self.program.said)
        assert self.program.runs, self.program.said
        return time.monotonic() - begun

    def gets(self, path: str, token: str | None = None, body: Any = None) -> tuple[int, str]:
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
        asked = Request(f"{self.url}{path}", headers=headers, data=json.dumps(body).encode() if body else None)
        try:
            with urlopen(asked, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    def lists(self, path: str, who: str = "ana") -> list[Any]:
        signing_in = {"email": f"{who}@riverside.example", "password": "a sentence that only I know"}
        status, session = self.gets("/api/v1/auth/login", body=signing_in)
        assert status == 200, session
        items: list[Any] = json.loads(self.gets(f"/api/v1{path}", token=json.loads(session)["access_token"])[1])["items"]
        return items

    def processes(self) -> list[psutil.Process]:
        """Every process that works for this folder: of the program, and of the database."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                ours = process.environ().get("DATA_DIR") == str(self.data_dir) or str(self.data_dir) in " ".join(
                    process.cmdline()
                )
                if ours and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
        return found


@contextmanager
def demo(data_dir: Path, port: int | None = None) -> Iterator[Demo]:
    """Starts a demo; whatever it leaves behind is ended by its id."""
    port = port or free_port()
    with program("demo", {"DATA_DIR": str(data_dir), "PORT": str(port)}) as running:
        started = Demo(data_dir, port, running)
        try:
            yield started
        finally:
            with suppress(TimeoutError):
                running.end()
            left = started.processes()
            for process in left:
                with suppress(psutil.Error):
                    process.terminate()
            _, stubborn = psutil.wait_procs(left, timeout=5)
            for process in stubborn:
                process.kill()
            psutil.wait_procs(stubborn, timeout=5)


@contextmanager
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="followthrough-demo-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="module")
def told() -> Iterator[tuple[Path, float]]:
    """A folder in which the demo has been once, and how long its first start took."""
    with folder() as data_dir:
        with demo(data_dir) as first:
            seconds = first.wait()
            assert first.program.end(signal.SIGTERM) == 0
        yield data_dir, seconds


def test_the_demo_answers_starts_again_fast_tells_its_story_once_and_leaves_nothing_behind(told: tuple[Path, float]) -> None:
    """Red without `if client.get(...).status_code == 404` in `commands.story.tell`; without `process.terminate()` in
    `commands.serving.end`, and, with the two below, without each signal of `ENDINGS` there."""
    data_dir, first_took = told
    with demo(data_dir) as second:
        assert second.wait() < first_took
        for path in ("/", "/health", "/demo", "/docs", "/dev/mail", "/api/v1/openapi.json"):
            assert second.gets(path)[0] == 200, path
        assert json.loads(second.gets("/health")[1])["status"] == "ok"
        assert "riverside-advocacy" in second.gets("/demo")[1]
        assert sorted(member["role"] for member in second.lists("/staff", "olga")) == ["advocate", "assistant", "owner"]
        assert len(second.lists("/cases")) == len(second.lists("/concerns")) == 4
        # The story's mails were sent, once each, by the worker.
        wait_until(lambda: {m["state"] for m in second.lists("/messages")} == {"sent"})
        assert second.gets("/dev/mail")[1].count("You are invited to Riverside Advocacy") == 2
        leaves_nothing_behind(second, signal.SIGTERM)


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGHUP])
def test_the_demo_leaves_nothing_behind(name: signal.Signals, told: tuple[Path, float]) -> None:
    with demo(told[0]) as running:
        running.wait()
        leaves_nothing_behind(running, name)


def leaves_nothing_behind(running: Demo, name: signal.Signals) -> None:
    commands = [" ".join(process.cmdline()) for process in running.processes()]
    assert all(any(word in command for command in commands) for word in ("postgres", "serve", "worker"))
    assert running.program.end(name) == 0
    assert running.processes() == []


def test_a_demo_that_was_killed_does_not_keep_the_next_one_from_ending(told: tuple[Path, float]) -> None:
    """The embedded database counts its users in a file; one that was killed cannot take itself off."""
    users = told[0] / "postgres" / ".handle_pids.json"
    before = users.read_text()
    users.write_text(json.dumps([died(), *json.loads(before)]))
    with demo(told[0]) as running:
        running.wait()
        assert running.program.end() == 0
        left = running.processes()
    users.write_text(before)
    assert left == []


def test_a_demo_that_is_stopped_while_it_starts_leaves_nothing_behind() -> None:
    with folder() as data_dir, demo(data_dir) as starting:
        wait_until(lambda: any("postgres" in " ".join(process.cmdline()) for process in starting.processes()))
        starting.program.end(within=60)
        assert starting.processes() == []


def test_a_demo_that_is_stopped_while_it_tells_its_story_tells_all_of_it_next_time() -> None:
    """Red without `pthread_sigmask(SIG_BLOCK, ...)` in `commands.demo.run`: half a story is then taken for a whole one."""
    with folder() as data_dir:
        with demo(data_dir) as first:
            wait_until(lambda: has_begun_its_story(data_dir))
            first.program.end(within=90)
            assert first.processes() == []
        with demo(data_dir) as second:
            second.wait()
            assert len(second.lists("/staff", "olga")) == 3
            assert len(second.lists("/concerns")) == 4


def died() -> int:
    """The id of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def has_begun_its_story(data_dir: Path) -> bool:
    with suppress(psycopg.Error):
        url = f"postgresql://postgres@/followthrough?host={data_dir}/postgres"
        with psycopg.connect(url, connect_timeout=2) as connection:
            return connection.execute("select from practices").fetchone() is not None
    return False
