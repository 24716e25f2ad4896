"""What a bench starts and stops: PostgreSQL, `serve` as an operator starts it, and beside it the floor."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import orjson
import psycopg

from commands import database, embedded
from commands.serving import end, end_with_parent
from commands.settings import read
from tests.bench import floor, machine, practices

HOUSE = Path(__file__).parent.parent.parent
PROCESSES = 2
# A visitor of a bench comes more often than any visitor should.
NO_LIMIT = "1000000"
STOP_SECONDS = 30


class NotStarted(Exception):
    """Something did not come up; what it said is in the message."""


@dataclass(frozen=True)
class Served:
    """Something that answers HTTP: its port, and the process that has started all of it."""

    port: int
    pid: int


@dataclass(frozen=True)
class Place:
    """A database with practices in it, our API on it, and the floor."""

    ours: Served
    floor: Served
    settings: Mapping[str, str]
    floor_settings: Mapping[str, str]
    admin_url: str
    superuser_url: str
    members: Sequence[practices.Member]

    def connect(self) -> "psycopg.Connection[Any]":
        """A connection that can do anything, for setting things up and looking at what was done."""
        return psycopg.connect(self.superuser_url, autocommit=True)


class Bench:
    """All that was started, each when it is first needed, all of it stopped by the end of the block."""

    def __init__(self, seconds: float, rounds: int) -> None:
        self.seconds, self.rounds = seconds, rounds
        self._places: dict[int, Place] = {}
        self._open = ExitStack()
        self._secret = secrets.token_urlsafe(48)

    def __enter__(self) -> "Bench":
        with ExitStack() as opened:
            data = Path(tempfile.mkdtemp(prefix="followthrough-bench-"))
            opened.callback(shutil.rmtree, data, ignore_errors=True)
            self.data = data
            self._server = opened.enter_context(embedded.running(data))
            self.postgres_pid = int((data / "postgres" / "postmaster.pid").read_text().split()[0])
            self._open = opened.pop_all()
        return self

    def __exit__(self, *failure: Any) -> None:
        self._open.close()

    @property
    def postgres_version(self) -> str:
        with psycopg.connect(self._server.url("postgres", "postgres")) as connection:
            return f"{connection.info.server_version // 10000}.{connection.info.server_version % 10000}"

    def place(self, count: int) -> Place:
        """A place with so many practices, made once."""
        if count not in self._places:
            say(f"making {count:,} practice{'s' if count > 1 else ''} of {practices.CASES} cases ...")
            self._places[count] = self._made(count)
        return self._places[count]

    def _made(self, count: int) -> Place:
        name = f"bench_{count}"
        self._server.create(name)
        admin_url = self._server.url(embedded.OWNER, name)
        app_url, superuser_url = self._server.url(embedded.LOGIN, name), self._server.url("postgres", name)
        database.migrate(admin_url, app_url)
        port = free_port()
        settings = {
            "DATABASE_URL": app_url,
            "SECRET_KEY": self._secret,
            "BASE_URL": f"http://127.0.0.1:{port}",
            "SMTP_URL": "smtp://127.0.0.1:1",
            "DATA_DIR": str(self.data / "files"),
            "PROCESSES": str(PROCESSES),
            "THREADS": threads(),
            "SIGNUP": "open",
            **dict.fromkeys(("PUBLIC_POSTS_A_MINUTE", "PUBLIC_POSTS_AN_HOUR", "PUBLIC_GETS_A_MINUTE"), NO_LIMIT),
        }
        ours = self._open.enter_context(serving(settings, port))
        with psycopg.connect(superuser_url, autocommit=True) as connection:
            members, fields = practices.make(connection, api(port), count)
            connection.execute(f"set role {embedded.OWNER}")
            floor.make_tables(connection)
            connection.execute("reset role")
            connection.execute("vacuum (analyze)")
            connection.execute("checkpoint")
        beside = {**settings, "FLOOR_DATABASE": admin_url, "FLOOR_CASE_FIELDS": ", ".join(fields)}
        floor_served = self._open.enter_context(serving_floor(beside))
        return Place(ours, floor_served, settings, beside, admin_url, superuser_url, members)


@contextmanager
def serving(settings: Mapping[str, str], port: int | None = None) -> Iterator[Served]:
    """`followthrough serve`, up and idle."""
    port = port or free_port()
    with _served(["commands", "serve"], settings, port) as served:
        yield served


@contextmanager
def serving_floor(settings: Mapping[str, str]) -> Iterator[Served]:
    """The floor, up and idle."""
    with _served(["tests.bench.floor"], settings, free_port()) as served:
        yield served


@contextmanager
def _served(module: Sequence[str], settings: Mapping[str, str], port: int) -> Iterator[Served]:
    with program(module, {**settings, "HOST": "127.0.0.1", "PORT": str(port)}) as started:
        until = time.monotonic() + STOP_SECONDS
        while not _answers(port):
            if started.poll() is not None or time.monotonic() > until:
                raise NotStarted(f"{' '.join(module)} does not answer on port {port}; see above.")
            time.sleep(0.1)
        machine.wait_until_idle(started.pid)
        yield Served(port, started.pid)


@contextmanager
def program(
    module: Sequence[str], settings: Mapping[str, str], *, spoken_to: bool = False
) -> Iterator["subprocess.Popen[str]"]:
    """A Python program of the house under these settings and no others; perhaps spoken to by its input and output. What it
    logs is shown when it ends by itself."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    # A group of its own: Ctrl-C reaches the bench alone, which then stops the others in order.
    log = tempfile.TemporaryFile("w+")  # noqa: SIM115  (open as long as the program runs)
    process = subprocess.Popen(
        [sys.executable, "-m", *module],
        env={**kept, **settings},
        cwd=HOUSE,
        stdin=subprocess.PIPE if spoken_to else subprocess.DEVNULL,
        # The table is the bench's own.
        stdout=subprocess.PIPE if spoken_to else log,
        stderr=log,
        text=True,
        start_new_session=True,
        preexec_fn=end_with_parent,
    )
    try:
        yield process
    finally:
        if process.poll():
            log.seek(0)
            sys.stderr.write(log.read()[-4000:])
        log.close()
        end(process, STOP_SECONDS)


Call = Callable[..., Any]


def api(port: int, root: str = "/api/v1") -> Call:
    """Calls the API for setting things up: `call("POST", "/cases", {...}, token=...)` gives the answer's JSON."""

    def call(method: str, path: str, body: Any = None, *, token: str | None = None) -> Any:
        request = Request(f"http://127.0.0.1:{port}{root}{path}", method=method)
        request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urlopen(request, None if body is None else orjson.dumps(body), timeout=30) as answer:
                return orjson.loads(answer.read())
        except HTTPError as refused:
            raise NotStarted(f"{method} {path}: {refused.code} {refused.read().decode()}") from None

    return call


def threads() -> str:
    """How many threads `serve` gives each process unless told."""
    return read({}, "THREADS")["THREADS"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def say(sentence: str) -> None:
    """For who waits; not part of the table."""
    print(sentence, file=sys.stderr, flush=True)


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
            return True
    except HTTPError:
        return True  # no worker runs here, and the floor knows no /health
    except (URLError, OSError):
        return False
