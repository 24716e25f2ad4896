"""Who PostgreSQL takes us for: on a pool of one connection, with failures between two practices, and whatever is injected."""

import random
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import psycopg
import pytest
import sqlalchemy
from psycopg import sql
from sqlalchemy import select, text

from api.application import Config, create_app
from commands import database, embedded
from models import tenancy
from models.base import new_id
from models.client import Client
from models.database import SESSION, connect
from models.everything import METADATA
from models.listing import columns_of
from models.prepared import Prepared
from models.transaction import Transaction
from tests.cast import PASSWORD, Actor, Practice, Staff, Visitor
from tests.conftest import BASE_URL, SECRET
from tests.contracts.everything import Life, invitation_token, one_of_everything

TENANT_TABLES = sorted(name for name, table in METADATA.tables.items() if "tenant_id" in table.columns)
TABLES = sorted([*METADATA.tables, "alembic_version"])
APP, LOBBY, WORKER = "followthrough_app", "followthrough_lobby", "followthrough_worker"
ALL_CLIENTS = Prepared(select(*columns_of(Client)))
REVOKED = ("api_keys", "booking_links", "calendar_feeds", "inbound_mails")
WITHDRAWN = ("service_sessions", "service_log_imports", "compensatory_claims")
# What was recorded is added to and never rewritten.
RECORD = (
    *("audit_entries", "communications", "communication_team_members", "communication_documents", "concern_steps"),
    *("iep_version_seals", "observations", "proceeding_steps", "state_changes", "observation_documents"),
    *("statement_entries", "access_entries"),
)
# What an opening without a practice, or a role without rights, says instead of giving rows.
REFUSALS = (psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidTextRepresentation, psycopg.errors.UndefinedObject)


@dataclass(frozen=True)
class Town:
    """Two practices, each with one of everything, and a pool of one connection between them."""

    pool: sqlalchemy.Engine
    lives: dict[UUID, Life]
    now: Any

    def enter(self, practice_id: UUID) -> Transaction:
        return Transaction(self.pool, tenancy.practice(practice_id), self.now)

    def leave(self, opening: tenancy.Opening) -> Transaction:
        return Transaction(self.pool, opening, self.now)


@pytest.fixture(scope="module")
def lives(opens: Callable[[str], Practice]) -> dict[UUID, Life]:
    made = [one_of_everything(opens(name), mark) for name, mark in (("riverside", "River"), ("lakeside", "Lake"))]
    return {UUID(life.practice.olga.get("/practice")["id"]): life for life in made}


@pytest.fixture
def town(lives: dict[UUID, Life], app_url: str) -> Iterator[Town]:
    pool = connect(app_url, pool_size=1, max_overflow=0)
    yield Town(pool, lives, next(iter(lives.values())).practice.clock())
    pool.dispose()


@contextmanager
def bare(pool: sqlalchemy.Engine) -> Iterator[psycopg.Connection]:
    """The pool's connection as whoever forgets to open a transaction gets it; what is done with it is rolled back."""
    with pool.connect() as connection:
        found: Any = connection.connection.driver_connection
        yield found


def whoami(pool: sqlalchemy.Engine) -> tuple[str, str | None]:
    with bare(pool) as connection:
        row = connection.execute("select current_user, nullif(current_setting('app.tenant_id', true), '')").fetchone()
        assert row is not None
        return row[0], row[1]


def rows_of(connection: psycopg.Connection, table: str) -> list[Any] | None:
    """The rows that can be read of a table, or None where PostgreSQL refuses; the transaction goes on."""
    try:
        with connection.transaction():
            return connection.execute(sql.SQL("select * from {}").format(sql.Identifier(table))).fetchall()
    except REFUSALS:
        return None


def in_the_work(work: Transaction) -> psycopg.Connection:
    """The connection of a transaction that has come in."""
    work.open()
    found: psycopg.Connection = work._driver
    return found


def says(work: Transaction, *statements: str) -> None:
    for statement in statements:
        in_the_work(work).execute(statement)


@pytest.fixture
def somebody_was_counted(whole: psycopg.Connection, _nobody_has_failed_yet: None) -> None:
    """Counters are taken away before each test; what is empty could be read without a row being seen."""
    whole.execute("insert into throttles (key, hits, lapses_at) values ('somebody', array[now()], now())")


def commits(work: Transaction) -> None:
    with work as begun:
        assert begun.rows(ALL_CLIENTS)


def is_left_by_an_error(work: Transaction) -> None:
    with suppress(ZeroDivisionError), work as begun:
        begun.rows(ALL_CLIENTS)
        raise ZeroDivisionError


def says_nonsense(work: Transaction) -> None:
    with suppress(psycopg.Error), work as begun:
        in_the_work(begun).execute("select nonsense from clients")


def says_nonsense_first(work: Transaction) -> None:
    """The statement that fails is the one that carried the opening."""
    with suppress(psycopg.Error), work as begun:
        begun._driver.cursor().execute("select nonsense from clients")


def breaks_a_key(work: Transaction) -> None:
    with suppress(psycopg.Error, sqlalchemy.exc.DBAPIError), work as begun:
        row = Client(id=new_id(), name="Twice", email="twice@families.example")
        begun.add(row, Client(id=row.id, name="Twice", email="twice@families.example"))


def fails_at_the_commit(work: Transaction) -> None:
    """A deferred constraint says no when everything was said already."""
    with suppress(psycopg.Error, sqlalchemy.exc.DBAPIError), work as begun:
        in_the_work(begun).execute("update iep_versions set state = 'in_force'")


def is_refused_at_the_door(work: Transaction) -> None:
    def refuse(_: Any) -> None:
        raise PermissionError

    work._opening = replace(work._opening, questions=[("select 1", {})], admit=refuse)
    with suppress(PermissionError), work as begun:
        begun.rows(ALL_CLIENTS)


def loses_its_connection(work: Transaction) -> None:
    with suppress(psycopg.Error, sqlalchemy.exc.DBAPIError), work as begun:
        in_the_work(begun).execute("select pg_terminate_backend(pg_backend_pid())")


def only_begins(work: Transaction) -> None:
    with work:
        pass


FATES = (
    commits,
    is_left_by_an_error,
    says_nonsense,
    says_nonsense_first,
    breaks_a_key,
    fails_at_the_commit,
    is_refused_at_the_door,
    loses_its_connection,
    only_begins,
)


@pytest.mark.parametrize("fate", FATES, ids=lambda fate: fate.__name__)
@pytest.mark.usefixtures("somebody_was_counted")
def test_whatever_became_of_a_transaction_the_next_is_in_no_practice(town: Town, fate: Callable[[Transaction], None]) -> None:
    practice_id = next(iter(town.lives))
    fate(town.enter(practice_id))
    assert whoami(town.pool) == (APP, None)
    with bare(town.pool) as connection:
        assert {table: rows_of(connection, table) for table in TABLES} == dict.fromkeys(TABLES)


@pytest.mark.parametrize("fate", FATES, ids=lambda fate: fate.__name__)
def test_whatever_became_of_one_practice_the_next_sees_its_own_rows(town: Town, fate: Callable[[Transaction], None]) -> None:
    riverside, lakeside = town.lives
    fate(town.enter(riverside))
    with town.enter(lakeside) as work:
        assert {row.tenant_id for row in work.rows(ALL_CLIENTS)} == {lakeside}
        [(role, tenant)] = in_the_work(work).execute("select current_user, current_setting('app.tenant_id')").fetchall()
    assert (role, tenant) == (APP, str(lakeside))


def test_two_hundred_transactions_of_two_practices_with_failures_between_never_mix(town: Town) -> None:
    dice = random.Random(20261124)
    for _ in range(200):
        mine = dice.choice(list(town.lives))
        dice.choice(FATES)(town.enter(dice.choice(list(town.lives))))
        with town.enter(mine) as work:
            assert {row.tenant_id for row in work.rows(ALL_CLIENTS)} == {mine}
            mixed = [
                table for table in TENANT_TABLES if {row[0] for row in rows_of(in_the_work(work), table) or [(mine,)]} != {mine}
            ]
        assert mixed == []


@pytest.mark.parametrize(
    "opening", [tenancy.lobby(), tenancy.lobby(UUID(int=7)), tenancy.queues()], ids=["lobby", "guest", "queues"]
)
def test_a_transaction_of_another_door_leaves_no_role_behind(town: Town, opening: tenancy.Opening) -> None:
    for failing in (False, True):
        with suppress(ZeroDivisionError), town.leave(opening) as work:
            work.open()
            if failing:
                raise ZeroDivisionError
        assert whoami(town.pool) == (APP, None)


INJECTIONS = (
    "set role none",
    "set local role none",
    "set session authorization default",
    "reset role; set role none",
    f"set role {WORKER}; set role none",
    "reset all; set role none",
)


@pytest.mark.parametrize("injected", INJECTIONS)
def test_behind_the_low_role_stands_a_login_that_can_read_no_row(town: Town, injected: str) -> None:
    with town.enter(next(iter(town.lives))) as work:
        connection = in_the_work(work)
        connection.execute(injected)
        [(role,)] = connection.execute("select current_user").fetchall()
        assert role in (embedded.LOGIN, APP)
        if role == embedded.LOGIN:
            assert {table: rows_of(connection, table) for table in TABLES} == dict.fromkeys(TABLES)
        else:
            assert [
                table for table in TENANT_TABLES if {row[0] for row in rows_of(connection, table) or []} - {work.practice_id}
            ] == []


@pytest.mark.parametrize("injected", ["reset role", "reset all", "set session authorization default", f"set role {APP}"])
def test_an_injected_reset_finds_the_low_role_and_no_row_of_another_practice(town: Town, injected: str) -> None:
    mine = next(iter(town.lives))
    with town.enter(mine) as work:
        connection = in_the_work(work)
        connection.execute(injected)
        seen = {row[0] for table in TENANT_TABLES for row in rows_of(connection, table) or []}
        assert seen <= {mine}
        assert rows_of(connection, "users") is None
        assert {row[0] for row in rows_of(connection, "practices") or []} <= {mine}


@pytest.mark.parametrize(
    "injected", ["reset role", "set role none", "reset all", "set session authorization default", "select 1"]
)
@pytest.mark.usefixtures("somebody_was_counted")
def test_before_a_practice_is_entered_no_injection_reads_a_row(town: Town, injected: str) -> None:
    with bare(town.pool) as connection:
        connection.execute(injected)
        assert {table: rows_of(connection, table) for table in TABLES} == dict.fromkeys(TABLES)


@pytest.mark.parametrize(
    "injected",
    [
        f"set role {embedded.OWNER}",
        "set role postgres",
        f"set session authorization {embedded.OWNER}",
        "set role pg_read_all_data",
        "alter table clients disable row level security",
        "alter table clients no force row level security",
        "drop policy clients_of_practice on clients",
        "create policy sin on clients using (true)",
        "create or replace function enter_practice(practice uuid) returns void language sql as 'select null'",
        "create table public.sins (id uuid)",
        f"alter role {APP} bypassrls",
        "truncate clients",
        "copy clients to program 'cat'",
    ],
)
def test_neither_the_low_role_nor_the_login_behind_it_may_lift_a_lock(town: Town, injected: str) -> None:
    for before in ("select 1", "set role none"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), town.enter(next(iter(town.lives))) as work:
            says(work, before, injected)


def test_turning_row_security_off_is_an_error_and_shows_nothing(town: Town) -> None:
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"),
        town.enter(next(iter(town.lives))) as work,
    ):
        says(work, "set local row_security = off", "select * from clients")


@pytest.mark.parametrize("injected", ["set role none", "reset role", f"set role {WORKER}", f"set role {LOBBY}"])
def test_a_role_that_was_set_for_the_session_does_not_reach_into_the_next_practice(town: Town, injected: str) -> None:
    riverside, lakeside = town.lives
    with town.enter(riverside) as work:
        in_the_work(work).execute(injected)
    with town.enter(lakeside) as work:
        [(role,)] = in_the_work(work).execute("select current_user").fetchall()
        assert role == APP
        assert {row.tenant_id for row in work.rows(ALL_CLIENTS)} == {lakeside}


def test_no_row_can_be_written_into_another_practice(town: Town) -> None:
    riverside, lakeside = town.lives
    theirs = town.lives[lakeside].ids["client_id"]
    with town.enter(riverside) as work:
        connection = in_the_work(work)
        changed = connection.execute("update clients set name = 'Ours' where id = %s", [theirs])
        deleted = connection.execute("delete from student_clients where client_id = %s", [theirs])
        assert (changed.rowcount, deleted.rowcount) == (0, 0)
        for moving in (
            "update clients set tenant_id = %s",
            "insert into availabilities select %s, gen_random_uuid(), staff_id, timezone, weekly, 1, created_at, updated_at"
            " from availabilities",
            "update practices set id = %s",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(moving, [lakeside])


def test_the_database_holds_no_row_that_points_into_another_practice(town: Town) -> None:
    riverside, lakeside = town.lives
    with town.enter(riverside) as work:
        connection = in_the_work(work)
        with pytest.raises(psycopg.errors.ForeignKeyViolation), connection.transaction():
            connection.execute("update cases set client_id = %s", [town.lives[lakeside].ids["client_id"]])


def test_a_practice_sees_none_of_the_sign_ins_of_another(town: Town) -> None:
    with town.enter(next(iter(town.lives))) as work:
        seen = in_the_work(work).execute("select distinct practice_id from sign_ins").fetchall()
        assert seen == [(work.practice_id,)]


def test_who_is_refused_at_the_door_learns_nothing_of_the_statement(town: Town) -> None:
    def refuse(answers: list[list[Any]]) -> None:
        assert answers == [[(1,)]]
        raise PermissionError

    for said in ("select * from clients", "select nonsense from nowhere", "select 1/0"):
        opening = tenancy.practice(next(iter(town.lives)), [("select 1", {})], refuse)
        with pytest.raises(PermissionError), town.leave(opening) as work:
            work._driver.cursor().execute(said)


# What each role may do, in full: a right that is added has to be written down here.


def rights(admin_url: str, role: str) -> dict[str, dict[str, Any]]:
    """By table: what the role may do with the whole table, and which columns of others it may read."""
    found: dict[str, dict[str, Any]] = {}
    with psycopg.connect(admin_url) as owner:
        kinds = ("select", "insert", "update", "delete", "truncate", "references", "trigger")
        for table in TABLES:
            asked = sql.SQL(", ").join(sql.SQL("has_table_privilege({}, {}, {})").format(role, table, kind) for kind in kinds)
            row = owner.execute(sql.SQL("select {}").format(asked)).fetchone()
            assert row is not None
            whole = {kind for kind, may in zip(kinds, row, strict=True) if may}
            columns = owner.execute(
                "select attname::text, kind from pg_attribute, unnest(array['select', 'insert', 'update', 'references']) kind"
                " where attrelid = %(table)s::regclass and attnum > 0 and not attisdropped"
                " and has_column_privilege(%(role)s, attrelid, attnum, kind)"
                " and not has_table_privilege(%(role)s, attrelid, kind)",
                {"table": table, "role": role},
            ).fetchall()
            if whole or columns:
                found[table] = {"may": whole, **{f"{kind}s": {c for c, k in columns if k == kind} for _, kind in columns}}
    return found


def test_the_worker_reads_of_the_queues_when_and_whose_and_nothing_else(admin_url: str) -> None:
    when_and_whose = {"may": set(), "selects": {"tenant_id", "state", "due_at"}}
    assert rights(admin_url, WORKER) == {
        "reminders": when_and_whose,
        "messages": when_and_whose,
        "booking_reminders": when_and_whose,
        "document_readings": when_and_whose,
        "packets": when_and_whose,
        "external_calendars": {"may": set(), "selects": {"tenant_id", "next_poll_at"}},
        "check_ins": {"may": set(), "selects": {"tenant_id", "state", "next_on"}},
        "digests": {"may": set(), "selects": {"tenant_id", "due_at"}},
        # All of them are gone through, to take away what was kept for a time only.
        "practices": {"may": set(), "selects": {"id"}},
        "idempotency_keys": {"may": set(), "selects": {"tenant_id", "created_at"}},
        "heartbeats": {"may": {"select", "insert", "update", "delete"}},
    }


def test_the_lobby_knows_who_signs_in_and_which_practice_has_which_slug(admin_url: str) -> None:
    assert rights(admin_url, LOBBY) == {
        "practices": {"may": set(), "selects": {"id", "slug", "name", "allowed_origins"}},
        "staff": {"may": set(), "selects": {"tenant_id", "id", "user_id", "role", "ended_at"}},
        "users": {"may": {"select"}, "updates": {"password_hash"}},
        "sign_ins": {"may": {"select", "insert", "update"}},
        "refresh_tokens": {"may": {"select", "insert", "update", "delete"}},
        "password_resets": {"may": {"select", "insert", "update", "delete"}},
        "one_time_codes": {"may": {"select", "insert", "update", "delete"}},
        "recovery_codes": {"may": {"select", "insert", "update", "delete"}},
        "throttles": {"may": {"select", "insert", "update", "delete"}},
        "heartbeats": {"may": {"select"}},
        "alembic_version": {"may": {"select"}},
    }


def test_inside_a_practice_its_rows_are_changed_and_its_record_is_only_added_to(admin_url: str) -> None:
    found = rights(admin_url, APP)
    assert {table: found.pop(table) for table in RECORD} == {table: {"may": {"select", "insert"}} for table in RECORD}
    # What is revoked stays in the list.
    for table in REVOKED:
        assert found.pop(table) == {"may": {"select", "insert", "update"}}
    # What happened to a booking stays; the words that somebody gave for it are erased with the person.
    assert found.pop("booking_events") == {"may": {"select", "insert"}, "updates": {"reason"}}
    # What is said of a document is changed; what is in it, whose it is and who brought it, never.
    assert found.pop("documents") == {
        "may": {"select", "insert", "delete"},
        "updates": {"kind", "name", "note", "version", "updated_at"},
    }
    # Of what is kept as it was recorded it is said that it does not count, and nothing else.
    withdrawn = {"withdrawn_at", "withdrawn_by_id", "withdrawn_because", "version", "updated_at"}
    for table in WITHDRAWN:
        assert found.pop(table) == {"may": {"select", "insert"}, "updates": withdrawn}
    asked_again = {"communication_id", "asked_at", "link_hash", "expires_at"}
    assert found.pop("statements") == {"may": {"select", "insert"}, "updates": withdrawn | asked_again}
    # Mail that a visitor causes is counted with what causes it.
    assert found.pop("throttles") == {"may": {"select", "insert", "update"}}
    assert found.pop("practices") == {"may": {"select", "insert", "update"}}
    assert found.pop("users") == {"may": {"insert"}}
    assert found.pop("sign_ins") == {"may": {"select", "insert"}, "updates": {"ended_at", "ended_because"}}
    assert found.pop("refresh_tokens") == {"may": {"insert"}}
    assert set(found) == set(TENANT_TABLES) - {*RECORD, *REVOKED, *WITHDRAWN, "booking_events", "documents", "statements"}
    assert [table for table in found if found[table] != {"may": {"select", "insert", "update", "delete"}}] == []


def test_the_login_itself_may_do_nothing(admin_url: str) -> None:
    assert rights(admin_url, embedded.LOGIN) == {}


@pytest.mark.parametrize(
    "said",
    [
        "select * from users",
        "select email from users",
        "select * from one_time_codes",
        "delete from recovery_codes",
        "select * from password_resets",
        "delete from throttles",
        "delete from api_keys",
        "select setval('audit_entries_sequence', 1)",
        "update users set password_hash = 'mine'",
        "delete from users",
        "update communications set summary = 'Never said.'",
        "delete from communications",
        "update concern_steps set note = 'Never noted.'",
        "delete from concern_steps",
        "delete from communication_team_members",
        "delete from practices",
        "select * from refresh_tokens",
        "insert into sign_ins select gen_random_uuid(), user_id, gen_random_uuid(), now() from sign_ins limit 1",
        "update sign_ins set user_id = gen_random_uuid()",
        "delete from sign_ins",
        "select * from heartbeats",
    ],
)
def test_inside_a_practice_nobody_touches_users_or_rewrites_the_record(town: Town, said: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege), town.enter(next(iter(town.lives))) as work:
        in_the_work(work).execute(said)


@pytest.mark.parametrize("table", RECORD)
def test_what_was_recorded_is_rewritten_behind_no_door(town: Town, table: str) -> None:
    """Column by column: a right to one of them would be a right to rewrite it."""
    changes = [f"update {table} set {column.name} = {column.name}" for column in METADATA.tables[table].columns]
    for opening in (tenancy.practice(next(iter(town.lives))), tenancy.lobby(UUID(int=7)), tenancy.queues()):
        with town.leave(opening) as work:
            connection = in_the_work(work)
            for said in (*changes, f"delete from {table}", f"truncate {table}"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                    connection.execute(said)


def test_in_the_lobby_a_person_changes_their_own_password_and_nobody_elses(town: Town) -> None:
    practice = next(iter(town.lives.values())).practice
    ana, olga = (UUID(person.get("/me")["user"]["id"]) for person in (practice.ana, practice.olga))
    change = "update users set password_hash = password_hash where id = %s"
    with town.leave(tenancy.lobby(ana)) as work:
        assert in_the_work(work).execute(change, [ana]).rowcount == 1
        with pytest.raises(psycopg.errors.InsufficientPrivilege), in_the_work(work).transaction():
            in_the_work(work).execute(change, [olga])
        with pytest.raises(psycopg.errors.InsufficientPrivilege), in_the_work(work).transaction():
            in_the_work(work).execute("update users set email = 'ana@elsewhere.example' where id = %s", [ana])


def test_in_the_lobby_a_person_has_no_second_factor_but_their_own(town: Town) -> None:
    practice = next(iter(town.lives.values())).practice
    ana, olga = (UUID(person.get("/me")["user"]["id"]) for person in (practice.ana, practice.olga))
    practice.olga.post("/auth/otp/enroll", {"password": PASSWORD})
    with town.leave(tenancy.lobby(olga)) as work:
        assert in_the_work(work).execute("select user_id from one_time_codes").fetchall() == [(olga,)]
    with town.leave(tenancy.lobby(ana)) as work:
        assert in_the_work(work).execute("select user_id from one_time_codes").fetchall() == []
        assert in_the_work(work).execute("delete from one_time_codes").rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege), in_the_work(work).transaction():
            in_the_work(work).execute("insert into recovery_codes values (gen_random_uuid(), %s, 'x', now(), null)", [olga])


def test_the_worker_sees_when_and_whose_of_every_practice_and_no_text_of_any(town: Town) -> None:
    with town.leave(tenancy.queues()) as work:
        connection = in_the_work(work)
        for table in ("reminders", "messages"):
            seen = {row[0] for row in connection.execute(f"select tenant_id, state, due_at from {table}")}
            assert set(town.lives) <= seen
        readable = [table for table in TABLES if rows_of(connection, table) is not None]
        assert readable == ["heartbeats"]
        for secret in ("select title from reminders", "select facts from messages", "update messages set state = 'sent'"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(secret)


def test_in_the_lobby_a_person_sees_their_own_memberships_and_no_others(town: Town) -> None:
    riverside = next(iter(town.lives))
    ana = UUID(town.lives[riverside].practice.ana.get("/me")["user"]["id"])
    with town.leave(tenancy.lobby(ana)) as work:
        connection = in_the_work(work)
        assert connection.execute("select tenant_id, user_id from staff").fetchall() == [(riverside, ana)]
        known = {"alembic_version", "heartbeats", "refresh_tokens", "sign_ins", "users"}
        known |= {"one_time_codes", "password_resets", "recovery_codes", "throttles"}
        assert {table for table in TABLES if rows_of(connection, table) is not None} == known


def test_in_the_lobby_nobody_sees_no_memberships(town: Town) -> None:
    with pytest.raises(psycopg.errors.InvalidTextRepresentation), town.leave(tenancy.lobby()) as work:
        in_the_work(work).execute("select tenant_id from staff").fetchall()


def test_a_person_of_the_lobby_is_forgotten_by_the_next(town: Town) -> None:
    ana = UUID(next(iter(town.lives.values())).practice.ana.get("/me")["user"]["id"])
    with town.leave(tenancy.lobby(ana)) as work:
        work.open()
    with town.leave(tenancy.lobby()) as work:
        [(person,)] = in_the_work(work).execute("select current_setting('app.user_id')").fetchall()
        assert person == ""


# Logins that must not serve.


@pytest.fixture
def postgres(server: embedded.Embedded, database_name: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(server.url("postgres", database_name), autocommit=True) as connection:
        yield connection


@contextmanager
def login(postgres: psycopg.Connection, options: str, *more: str) -> Iterator[str]:
    """A login of its own with these options and what else is done to it (`{}` is its name)."""
    name = f"login_{secrets.token_hex(4)}"
    postgres.execute(f"create role {name} login {options}")
    try:
        for role in (APP, LOBBY, WORKER):
            postgres.execute(f"grant {role} to {name}")
        for said in more:
            postgres.execute(said.replace("{}", name))
        yield name
    finally:
        postgres.execute(f"drop owned by {name}")
        postgres.execute(f"drop role {name}")


def test_the_login_of_the_application_may_serve(app_url: str) -> None:
    database.refuse_unsafe_login(app_url)


def test_a_plain_login_may_serve(postgres: psycopg.Connection, server: embedded.Embedded, database_name: str) -> None:
    limits = [f"alter role {{}} set {setting} = '{value}'" for setting, value in SESSION.items()]
    with login(postgres, "noinherit", *limits) as name:
        database.refuse_unsafe_login(server.url(name, database_name))


@pytest.mark.parametrize("missing", SESSION)
def test_a_login_without_its_limits_may_not_serve(
    postgres: psycopg.Connection, server: embedded.Embedded, database_name: str, missing: str
) -> None:
    """Red without `_refuse_session_without_limits(connection, login[0])` in `commands.database.refuse_unsafe_login`."""
    limits = [f"alter role {{}} set {setting} = '{value}'" for setting, value in SESSION.items() if setting != missing]
    unlimited = f"alter role {{}} set {missing} = " + ("'Europe/Berlin'" if missing == "timezone" else "0")
    with login(postgres, "noinherit", *limits, unlimited) as name, pytest.raises(database.Unsafe, match=f"have {missing} = "):
        database.refuse_unsafe_login(server.url(name, database_name))


def test_a_practice_is_entered_for_one_transaction_alone(
    town: Town, postgres: psycopg.Connection, server: embedded.Embedded, database_name: str
) -> None:
    """By a login that starts in no low role, one sees that the door took it back: the usual one starts in the same role."""
    riverside, lakeside = town.lives
    with login(postgres, "noinherit") as name:
        pool = connect(server.url(name, database_name), pool_size=1, max_overflow=0)
        for opening in (tenancy.practice(riverside), tenancy.lobby(), tenancy.queues(), tenancy.practice(lakeside)):
            with Transaction(pool, opening, town.now) as work:
                assert in_the_work(work).execute("select current_user = session_user").fetchone() == (False,)
            assert whoami(pool) == (name, None)
        pool.dispose()


@pytest.mark.parametrize(
    ("options", "done", "reason"),
    [
        ("noinherit superuser", "select 1", "bypass"),
        ("noinherit bypassrls", "select 1", "bypass"),
        ("noinherit", "create table {} (); alter table {} owner to {}", "owns"),
        ("noinherit", f"grant {embedded.OWNER} to {{}}", "may become"),
        ("noinherit", f"grant {embedded.OWNER} to {{}} with inherit false, set true", "may become"),
        ("noinherit", "grant postgres to {}", "may become"),
        ("inherit", "select 1", "inherits"),
    ],
)
def test_a_login_that_could_get_past_row_security_may_not_serve(
    postgres: psycopg.Connection, server: embedded.Embedded, database_name: str, options: str, done: str, reason: str
) -> None:
    with login(postgres, options, done) as name, pytest.raises(database.Unsafe, match=reason):
        database.refuse_unsafe_login(server.url(name, database_name))


def test_a_login_that_may_become_an_owner_of_tables_may_not_serve(
    postgres: psycopg.Connection, server: embedded.Embedded, database_name: str
) -> None:
    """An owner without BYPASSRLS can still take the lock off its table."""
    with login(postgres, "noinherit") as owner, login(postgres, "noinherit", f"grant {owner} to {{}}") as name:
        postgres.execute(f"create table {owner} (); alter table {owner} owner to {owner}")
        with pytest.raises(database.Unsafe):
            database.refuse_unsafe_login(server.url(name, database_name))


@pytest.mark.parametrize("role", [embedded.OWNER, "postgres"])
def test_the_migrating_role_and_the_superuser_may_not_serve(server: embedded.Embedded, database_name: str, role: str) -> None:
    with pytest.raises(database.Unsafe):
        database.refuse_unsafe_login(server.url(role, database_name))


@pytest.mark.parametrize("role", [embedded.OWNER, APP, LOBBY, WORKER])
def test_migrating_makes_no_login_of_a_role_that_has_another_task(
    server: embedded.Embedded, admin_url: str, database_name: str, role: str
) -> None:
    with pytest.raises(database.Unsafe, match="login of its own"):
        database.migrate(admin_url, server.url(role, database_name))


def test_the_login_starts_in_the_low_role(app_url: str) -> None:
    with psycopg.connect(app_url) as connection:
        assert connection.execute("select session_user, current_user").fetchone() == (embedded.LOGIN, APP)


@pytest.fixture
def narrow(town: Town) -> Practice:
    """Riverside, served by a pool of one connection, which nobody waits for for long."""
    practice = next(iter(town.lives.values())).practice
    town.pool.pool._timeout = 0.2  # type: ignore[attr-defined]
    app = create_app(town.pool, practice.clock, Config(secret_keys=[SECRET], base_url=BASE_URL))
    return replace(practice, app=app)


def test_a_day_at_the_office_needs_one_connection_at_a_time(narrow: Practice) -> None:
    """Who holds one and waits for another waits for ever, once as many do so as there are connections."""
    person = {"email": narrow.olga.email, "password": PASSWORD}
    olga = Staff(narrow.app, Actor(narrow.app).post("/auth/login", person), narrow.clock)
    case = olga.opens_a_case()
    olga.hears(olga.asks_the_team(case))
    olga.takes("verify", olga.opens_a_concern(case), finding="Seen.", skip_reason="Seen.")
    olga.everything(f"/cases/{case['id']}/timeline")
    visitor = Visitor(narrow.app, narrow.slug)
    free = visitor.slots("2026-11-02T00:00:00Z", "2026-11-07T00:00:00Z")
    booked = visitor.books(free[0]["starts_at"])
    visitor.post(f"/public/bookings/{booked['manage_url'].rsplit('/', 1)[1]}/cancel")
    refreshed = Actor(narrow.app, olga.refresh_token).ask("POST", "/auth/refresh")
    assert refreshed.status_code == 200


def test_signing_out_needs_one_connection(narrow: Practice) -> None:
    person = {"email": narrow.olga.email, "password": PASSWORD}
    olga = Staff(narrow.app, Actor(narrow.app).post("/auth/login", person), narrow.clock)
    assert olga.ask("POST", "/auth/logout").status_code == 204


def test_accepting_an_invitation_needs_one_connection(narrow: Practice) -> None:
    address = f"{secrets.token_hex(4)}@invited.example"
    narrow.olga.post("/staff/invitations", {"email": address, "role": "assistant"})
    said = {"token": invitation_token(narrow, address), "name": "Nora", "password": PASSWORD}
    assert Actor(narrow.app).ask("POST", "/auth/invitations/accept", said).status_code == 200


def test_text_that_looks_like_a_statement_is_a_value(town: Town) -> None:
    """The name of a client that would end the statement, were it not bound."""
    wicked = "'; set role none; select * from users; --"
    riverside = next(iter(town.lives.values())).practice
    made = riverside.ana.adds_a_client(name=wicked)
    assert riverside.ana.get(f"/clients/{made['id']}")["name"] == wicked
    with town.pool.connect() as connection:
        assert connection.execute(text("select current_user")).scalar() == APP
