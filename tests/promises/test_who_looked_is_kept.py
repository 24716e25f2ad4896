"""Who looked at a child's record is written before the answer: neither the end of the program behind it, nor that of the
database, takes it away."""

from collections.abc import Callable, Mapping

import psycopg
import requests

from tests.conftest import SECRET, free_port
from tests.promises.conftest import Admin
from tests.promises.test_a_document_is_kept_whole import opens_a_case, serving
from tests.promises.test_the_database_goes_away import OwnServer, own

__all__ = ["own"]
KEPT = "select 1 as found from access_entries where row_id = %s and resource = 'cases/timeline' and kind = 'read'"


def looks(base: str, behind_the_answer: Callable[[], None]) -> str:
    """Reads a timeline, and as soon as the answer is there, that happens; gives the case."""
    token, case_id = opens_a_case(base)
    answer = requests.get(f"{base}/api/v1/cases/{case_id}/timeline", headers={"Authorization": f"Bearer {token}"}, timeout=20)
    behind_the_answer()
    assert answer.status_code == 200
    return case_id


def told(settings: Mapping[str, str]) -> dict[str, str]:
    port = str(free_port())
    return {**settings, "BASE_URL": f"http://127.0.0.1:{port}", "PORT": port, "PROCESSES": "1", "LOG_LEVEL": "warning"}


def test_whoever_was_answered_is_in_the_log_though_the_program_was_killed(settings: Mapping[str, str], admin: Admin) -> None:
    """kill -9, of all its processes. Red with the look written behind the answer."""
    here = told(settings)
    with serving(here) as serve:
        case_id = looks(here["BASE_URL"], serve.close)
    assert admin.execute(KEPT, [case_id]).fetchall()


def test_whoever_was_answered_is_in_the_log_though_the_database_died(own: OwnServer) -> None:
    """Red with `synchronous_commit = off`: what was committed last is then gone."""
    here = told({"DATABASE_URL": own.app_url, "SECRET_KEY": SECRET.decode()})
    with serving(here):
        case_id = looks(here["BASE_URL"], own.dies)
    own.starts()
    with psycopg.connect(own.server.url("postgres")) as postgres:
        assert postgres.execute(KEPT, [case_id]).fetchall()
