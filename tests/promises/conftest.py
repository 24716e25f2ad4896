"""What the promises need beside the cast: the owner's view of the database, and real workers."""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
import sqlalchemy
from psycopg.rows import dict_row

from commands.embedded import Embedded
from models.files import Files
from tests.conftest import BASE_URL, SECRET, leave_nothing_to_do
from tests.promises.mail_servers import MailServer
from tests.promises.processes import Program, program

Admin = psycopg.Connection[dict[str, Any]]
StartsWorker = Callable[[MailServer], Program]
CutsLines = Callable[[], None]


@pytest.fixture
def admin(admin_url: str) -> Iterator[Admin]:
    """The owner's connection: sees every practice, and can bend what no door of ours would bend."""
    with psycopg.connect(admin_url, autocommit=True, row_factory=dict_row) as connection:
        yield connection


@pytest.fixture(autouse=True)
def nothing_left_to_do(past_all_doors: psycopg.Connection) -> Iterator[None]:
    """For real workers, who know nothing of tests."""
    leave_nothing_to_do(past_all_doors)
    yield
    leave_nothing_to_do(past_all_doors)


@pytest.fixture
def superuser(server: Embedded, database_name: str) -> Iterator[Admin]:
    """The operator: sees what every backend does, and can end it."""
    with psycopg.connect(server.url("postgres", database_name), autocommit=True, row_factory=dict_row) as connection:
        yield connection


@pytest.fixture
def cut_every_line(superuser: Admin, engine: sqlalchemy.Engine) -> Iterator[CutsLines]:
    """Ends every connection of the application to this database, of the API and of the workers."""

    def cut() -> None:
        superuser.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and application_name = 'followthrough'"
        )

    yield cut
    # The next test shall not be the one that finds the dead ones.
    engine.dispose()
    gc.collect()


@pytest.fixture
def settings(app_url: str, store: Files) -> Mapping[str, str]:
    """The settings of an installation on the test database, and with the files of the tests."""
    assert store.folder is not None
    known = {"DATABASE_URL": app_url, "SECRET_KEY": SECRET.decode(), "BASE_URL": BASE_URL}
    return {**known, "FILES_URL": store.folder.as_uri()}


@pytest.fixture
def starts_worker(settings: Mapping[str, str]) -> Iterator[StartsWorker]:
    """Starts real worker processes; none of them outlives the test."""
    with ExitStack() as running:
        yield lambda mail_server: running.enter_context(program("worker", {**settings, "SMTP_URL": mail_server.url}))
