"""No request, key or link of one practice reads or changes a row of another.

This is the promise in short. The contracts walk every path, field, filter and cursor (`test_isolation_over_http`), every
statement (`test_tenancy_of_statements`), every table (`test_tenancy_of_the_schema`) and every role of the database
(`test_tenancy_of_roles`).
"""

import pytest
from psycopg import sql

from models.base import new_id
from tests.cast import Actor, Practice
from tests.contracts.acts import OPERATIONS
from tests.contracts.everything import Life, one_of_everything
from tests.contracts.test_isolation_over_http import ID_PATHS, said, valid_body
from tests.promises.conftest import Admin
from tests.promises.digests import tables

MARK = "Kestrel"


@pytest.fixture
def theirs(riverside: Practice) -> Life:
    return one_of_everything(riverside, MARK)


@pytest.fixture
def ours(lakeside: Practice) -> Life:
    return one_of_everything(lakeside, "Dunlin")


# What has to be asked for.
NEEDED = {"/iep-versions/{iep_version_id}/changes": "?since={iep_version_id}"}


def rows_of(admin: Admin, practice_id: str) -> dict[str, list[str]]:
    """All that a practice has, row by row."""
    found: dict[str, list[str]] = {}
    for table in tables(admin):
        asked = sql.SQL("select t::text as row from {} t where strpos(t::text, %s) > 0 order by 1").format(
            sql.Identifier(table)
        )
        found[table] = [row["row"] for row in admin.execute(asked, [practice_id])]
    return found


def test_with_every_id_of_another_practice_one_hears_what_one_hears_of_no_row(ours: Life, theirs: Life, admin: Admin) -> None:
    """Red when `find` in `api.verbs` answers for what is not there with the id that was asked for."""
    practice_id = theirs.practice.olga.get("/practice")["id"]
    before = rows_of(admin, practice_id)
    assert sum(map(len, before.values())) > 50
    key = Actor(ours.practice.app, ours.rows["api_key"]["key"])
    for by in (ours.practice.olga, key):
        for method, path in ID_PATHS:
            body = None if method == "GET" else valid_body(method, path, ours)
            asked = path + NEEDED.get(path, "")
            known = by.ask(method, asked.format_map(theirs.ids), body)
            unknown = by.ask(method, asked.format_map(dict.fromkeys(theirs.ids, str(new_id()))), body)
            assert said(known) == said(unknown), (method, path)
            assert known.status_code in (403, 404) if by is key else known.status_code == 404, (method, path)
            assert MARK not in known.get_data(as_text=True)
    assert rows_of(admin, practice_id) == before


def test_a_token_and_a_key_and_a_link_show_their_own_practice_alone(ours: Life, theirs: Life) -> None:
    olga, key = ours.practice.olga, Actor(ours.practice.app, ours.rows["api_key"]["key"])
    for name, (method, path, operation) in OPERATIONS.items():
        is_for_staff = any("access_token" in option for option in operation["security"])
        if method == "GET" and "{" not in path and is_for_staff:
            for by in (olga, key):
                assert MARK not in by.ask("GET", path).get_data(as_text=True), name
    link = Actor(ours.practice.app).ask("GET", f"/public/bookings/{ours.token}")
    assert link.status_code == 200
    assert MARK not in link.get_data(as_text=True)
