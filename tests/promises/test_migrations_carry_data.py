"""From every earlier revision, with a row in every table, to this release and back: nothing is lost, no reader waits.

A reader that takes its time is not stopped either: the migration gives up its place and comes again.
"""

import re
import secrets
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.types.json import Jsonb

from commands import database
from commands.embedded import LOGIN, OWNER, Embedded
from tests.promises.racing import at_once

REVISIONS = database.revisions()
EARLIER = REVISIONS[:-1]
# A lock is waited for a second at most; the rest is for a busy machine. Who takes their time waits until a reader came by.
LOCK_SECONDS, BEHIND_SECONDS, BLOCKED_SECONDS, HELD_SECONDS = 1, 0.5, 6, 10
Row = dict[str, Any]

COLUMNS = """
    select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated <> '' or a.attidentity <> ''
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'alembic_version'
    and a.attnum > 0 and not a.attisdropped order by c.relname, a.attnum
"""
CHECKS = """
    select c.relname, pg_get_constraintdef(k.oid) from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'c' and c.relnamespace = 'public'::regnamespace order by k.conname
"""
REFERENCES = """
    select c.relname, f.relname, array(select attname::text from unnest(k.conkey) with ordinality u (number, place)
        join pg_attribute on attrelid = c.oid and attnum = number order by place),
    array(select attname::text from unnest(k.confkey) with ordinality u (number, place)
        join pg_attribute on attrelid = f.oid and attnum = number order by place)
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
    where k.contype = 'f' and c.relnamespace = 'public'::regnamespace order by array_length(k.conkey, 1)
"""
# What no catalogue tells: the form of a text, the order of two instants, what goes without what.
SAID = {
    ("practices", "slug"): "'practice-' || {n}",
    ("bookings", "ends_at"): "timestamptz '2026-10-05 16:30Z' + {n} * interval '1 day'",
    ("bookings", "name"): "'somebody {n}'",
    ("bookings", "email"): "'somebody-{n}@example.org'",
    ("bookings", "expires_at"): "null",
    ("time_off", "ends_at"): "timestamptz '2026-10-05 16:30Z' + {n} * interval '1 day'",
    ("external_busy", "ends_at"): "timestamptz '2026-10-05 16:30Z' + {n} * interval '1 day'",
    ("conflict_checks", "booking_id"): "null",
    ("conflict_checks", "enquiry_id"): "null",
    ("documents", "is_kept"): "true",
    ("service_sessions", "outcome"): "'made_up'",
    ("service_sessions", "missed_by"): "null",
}
# What may be left out, but not here.
NEEDED = {
    ("conflict_checks", "client_id"),
    ("document_readings", "reading"),
    ("letters", "number"),
    ("letters", "document_id"),
    ("inbound_mails", "communication_id"),
    ("packets", "pdf_sha256"),
    ("packets", "zip_sha256"),
}
# What a later revision fills in where it is empty.
FILLED = {("provisions", "support_id"), ("provisions", "is_draft")}
# A value of each type that is another one for each row.
VALUES = {
    "uuid": "md5('{table}.{column}.{n}')::uuid",
    "text": "'{table} {column} {n}'",
    "bigint": "30 + {n}",
    "integer": "30 + {n}",
    "boolean": "{n} % 2 = 0",
    "bytea": "decode(md5('{table}.{column}.{n}'), 'hex')",
    "date": "date '2026-10-05' + {n}",
    "jsonb": "jsonb_build_object('n', {n})",
    "time without time zone": "time '09:00' + {n} * interval '1 hour'",
    "timestamp with time zone": "timestamptz '2026-10-05 16:00Z' + {n} * interval '1 day'",
    "timestamp with time zone[]": "array[timestamptz '2026-10-05 16:00Z' + {n} * interval '1 day']",
}


@dataclass(frozen=True)
class Column:
    name: str
    kind: str
    is_needed: bool
    is_computed: bool


@dataclass(frozen=True)
class Reference:
    to: str
    ours: list[str]
    theirs: list[str]


@dataclass(frozen=True)
class Town:
    """A database at some revision, filled by what its catalogue says, whatever its tables are."""

    server: Embedded
    name: str

    @property
    def admin_url(self) -> str:
        return self.server.url(OWNER, self.name)

    def connect(self) -> "psycopg.Connection[Any]":
        return psycopg.connect(self.admin_url, autocommit=True)

    def goes_to(self, revision: str) -> None:
        database.migrate(self.admin_url, self.server.url(LOGIN, self.name), to=revision)

    def goes_back_to(self, revision: str) -> None:
        database.downgrade(self.admin_url, revision)

    def revision(self) -> str:
        with self.connect() as admin:
            found = admin.execute("select version_num from alembic_version").fetchone()
        assert found is not None
        return str(found[0])

    def columns(self) -> dict[str, list[Column]]:
        found: dict[str, list[Column]] = {}
        with self.connect() as admin:
            for table, *column in admin.execute(COLUMNS):
                found.setdefault(table, []).append(Column(*column))
        return found

    def rows(self, like: Mapping[str, Sequence[Row]] | None = None) -> dict[str, list[Row]]:
        """Everything that is there; or only tables and columns that `like` has, so far as they are here."""
        found: dict[str, list[Row]] = {}
        with self.connect() as admin:
            for table in self.columns():
                rows = [row for (row,) in admin.execute(sql.SQL("select to_jsonb(t) from {} t").format(sql.Identifier(table)))]
                if like is None:
                    found[table] = rows
                elif table in like:
                    known = like[table][0].keys()
                    found[table] = [{name: value for name, value in row.items() if name in known} for row in rows]
        return found

    def is_filled(self, numbers: range) -> None:
        """A row in every table for each number, which refers to those of the same number. Every second is sparing."""
        columns = self.columns()
        references: dict[str, list[Reference]] = {table: [] for table in columns}
        checks: dict[str, str] = dict.fromkeys(columns, "")
        with self.connect() as admin:
            for table, *reference in admin.execute(REFERENCES):
                references[table].append(Reference(*reference))
            for table, check in admin.execute(CHECKS):
                checks[table] += check
            sorter = TopologicalSorter({table: {r.to for r in references[table]} - {table} for table in columns})
            made: dict[tuple[str, int], Row] = {}
            for table in sorter.static_order():
                for number in numbers:
                    given = {
                        our: made[reference.to, number][their]
                        for reference in references[table]
                        if reference.to != table
                        for our, their in zip(reference.ours, reference.theirs, strict=True)
                    }
                    own = {our for r in references[table] if r.to == table for our in r.ours if our != "tenant_id"}
                    values = {
                        column.name: sql.Literal(given[column.name])
                        if column.name in given and (table, column.name) not in SAID
                        else sql.SQL(
                            value(table, "id" if column.name in own else column.name, column.kind, checks[table], number)
                        )
                        for column in columns[table]
                        if not column.is_computed
                        and (column.is_needed or number % 2 == 0 or (table, column.name) in SAID.keys() | NEEDED)
                    }
                    statement = sql.SQL("insert into {table} ({names}) values ({values}) returning to_jsonb({table}.*)").format(
                        table=sql.Identifier(table),
                        names=sql.SQL(", ").join(map(sql.Identifier, values)),
                        values=sql.SQL(", ").join(values.values()),
                    )
                    found = admin.execute(statement).fetchone()
                    assert found is not None
                    made[table, number] = found[0]


def value(table: str, column: str, kind: str, checks: str, number: int) -> str:
    """An expression for a value that the table takes."""
    one_of = re.search(rf"\({column} = ANY \(ARRAY\[(.*?)\]\)\)", checks)
    if one_of and (table, column) not in SAID:
        choices = one_of[1].split(", ")
        return choices[number % len(choices)]
    return SAID.get((table, column), VALUES[kind]).format(table=table, column=column, n=number)


def holds(now: Mapping[str, list[Row]], before: Mapping[str, list[Row]]) -> None:
    """Every row of before is there, in the columns that both have; what was empty may have been filled."""
    for table, rows in before.items():
        assert len(now[table]) >= len(rows), table
        kept = [
            {name: given for name, given in row.items() if name in now[table][0] and not fills(table, row, name)}
            for row in rows
        ]
        there = {row["id"] if "id" in row else str(row): row for row in now[table]}
        lost = [row for row in kept if not row.items() <= there.get(row["id"] if "id" in row else str(row), {}).items()]
        assert lost == [], table


def fills(table: str, row: Row, column: str) -> bool:
    return row[column] is None and (table, column) in FILLED


@pytest.fixture
def town(server: Embedded, database_name: str) -> Iterator[Town]:
    """An empty database, for a test alone."""
    found = Town(server, f"{database_name}_{secrets.token_hex(4)}")
    server.create(found.name)
    yield found
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as postgres:
        postgres.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(found.name)))


@pytest.mark.parametrize("earlier", EARLIER)
def test_what_was_recorded_at_any_revision_is_there_after_it_and_after_going_back(town: Town, earlier: str) -> None:
    """Red with a `delete from staff` in the `upgrade` or `downgrade` of any later revision."""
    town.goes_to(earlier)
    town.is_filled(range(3))
    before = town.rows()
    assert all(len(rows) == 3 for rows in before.values())
    town.goes_to("head")
    assert town.revision() == REVISIONS[-1]
    holds(town.rows(like=before), before)

    town.is_filled(range(3, 6))
    after = town.rows()
    assert after.keys() >= before.keys()
    town.goes_back_to(earlier)
    assert town.revision() == earlier
    back = town.rows()
    assert {table: [*rows[0]] for table, rows in back.items()} == {table: [*rows[0]] for table, rows in before.items()}
    holds(back, before)
    assert all(len(rows) == 6 for rows in back.values())

    town.goes_to("head")
    holds(town.rows(like=before), before)


def test_all_of_it_can_be_taken_back_and_made_again(town: Town) -> None:
    town.goes_to("head")
    shape = town.columns()
    town.is_filled(range(2))
    town.goes_back_to("base")
    assert town.columns() == {}
    town.goes_to("head")
    assert town.columns() == shape


def test_what_was_told_before_there_were_words_for_it_is_told(town: Town) -> None:
    """Red without what 0011 fills in: the documents of final letters are kept, a case that was closed says so."""
    town.goes_to("0008")
    # Of four practices; in the second and the last the letters are final.
    town.is_filled(range(4))
    again = "insert into {0} select (jsonb_populate_record(t, %s)).* from {0} t where {1} returning id"
    changed = {"action": "update", "fields": ["state"]}
    with town.connect() as admin:
        docx = {"id": str(uuid4()), "name": "the second form"}
        admin.execute(again.format("documents", "name = 'documents name 1'"), [Jsonb(docx)])
        admin.execute("update letters set docx_document_id = %s where subject = 'letters subject 1'", [docx["id"]])
        for table, state in {"cases": "closed", "check_ins": "ended"}.items():
            turned = {**changed, "resource": table, "row_id": town.rows()[table][2]["id"]}
            for sequence in (1001, 1002):
                entry = {**turned, "id": str(uuid4()), "sequence": sequence}
                admin.execute(again.format("audit_entries", "resource = 'audit_entries resource 2'"), [Jsonb(entry)])
            admin.execute(f"update {table} set state = '{state}'")
    town.goes_to("head")
    with town.connect() as admin:
        kept = admin.execute("select name from documents where is_kept order by name").fetchall()
        told = admin.execute("select check_in_id is null, to_state from state_changes order by check_in_id is null, to_state")
        assert told.fetchall() == [(False, "changed"), (False, "ended"), (True, "changed"), (True, "closed")]
    assert kept == [("documents name 1",), ("documents name 3",), ("the second form",)]


def test_what_waits_for_a_mail_goes_on_before_anybody_knew_that_it_does(town: Town) -> None:
    """Red without the last statement of 0010: nobody would ever wake it."""
    town.goes_to("head")
    town.is_filled(range(3))
    with town.connect() as admin:
        admin.execute("update cases set state = case title when 'cases title 2' then 'closed' else 'open' end")
        admin.execute(
            "update reminders set state = 'cancelled', reason = 'mail_failed', settled_by_id = null, settled_at = due_at"
        )
        admin.execute("update reminders set fired_at = case title when 'reminders title 0' then due_at end")
        admin.execute("update inbound_mails set state = 'recorded' where message_id is not null")
    town.goes_back_to("0009")
    rows = town.rows()
    assert sorted((row["title"][-1], row["state"], row["reason"]) for row in rows["reminders"]) == [
        ("0", "due", None),
        ("1", "scheduled", None),
        ("2", "cancelled", "case_at_rest"),
    ]
    # A report is on record with nothing that it could name.
    assert [row["communication_id"] for row in rows["inbound_mails"] if row["state"] == "recorded"] == []


@pytest.mark.parametrize(("earlier", "later", "table"), [("0006", "0007", "provisions"), ("0008", "0009", "bookings")])
def test_a_migration_gives_way_to_a_writer_and_leaves_no_half_of_an_index(
    town: Town, earlier: str, later: str, table: str
) -> None:
    """Red without `DROP INDEX CONCURRENTLY` in `migrations.practice_table.index_beside`."""
    town.goes_to(earlier)
    writing, over = threading.Event(), threading.Event()
    half_made = "select from pg_index where not indisvalid"

    def writes() -> None:
        with town.connect() as connection, connection.transaction():
            connection.execute(sql.SQL("update {} set version = version where false").format(sql.Identifier(table)))
            writing.set()
            begun = time.monotonic()
            while connection.execute(half_made).fetchone() is None and time.monotonic() - begun < HELD_SECONDS:
                over.wait(0.02)
            over.wait(LOCK_SECONDS + BEHIND_SECONDS)

    def migrates() -> None:
        try:
            writing.wait()
            town.goes_to(later)
        finally:
            over.set()

    at_once(migrates, writes)
    assert town.revision() == later
    with town.connect() as admin:
        assert admin.execute(half_made).fetchall() == []


@dataclass
class Reader:
    """Reads every table of the revision that it knows, over and over, and remembers the longest wait."""

    town: Town
    tables: list[str]
    over: threading.Event = field(default_factory=threading.Event)
    came_by: threading.Event = field(default_factory=threading.Event)
    rounds: int = 0
    longest: float = 0

    def reads(self) -> None:
        with self.town.connect() as connection:
            while not self.over.wait(0.002):
                for table in self.tables:
                    begun = time.monotonic()
                    connection.execute(sql.SQL("select from {}").format(sql.Identifier(table)))
                    waited = time.monotonic() - begun
                    self.longest = max(self.longest, waited)
                    if waited > BEHIND_SECONDS:
                        self.came_by.set()
                self.rounds += 1


@pytest.mark.parametrize("earlier", EARLIER)
def test_a_migration_stops_no_reader_and_gives_way_to_one_that_takes_its_time(town: Town, earlier: str) -> None:
    """Red without `set lock_timeout` in `migrations/env.py`, and without the loop in `commands.database._patiently`."""
    town.goes_to(earlier)
    town.is_filled(range(2))
    tables = list(town.columns())
    reader = Reader(town, tables)

    def takes_its_time() -> None:
        with town.connect() as connection, connection.transaction():
            for table in tables:
                connection.execute(sql.SQL("select from {}").format(sql.Identifier(table)))
            holding.set()
            reader.came_by.wait(HELD_SECONDS)

    def migrates() -> None:
        try:
            holding.wait()
            town.goes_to("head")
            town.goes_back_to(earlier)
            town.goes_to("head")
        finally:
            reader.came_by.set()
            reader.over.set()

    holding = threading.Event()
    at_once(migrates, takes_its_time, reader.reads, reader.reads)
    assert town.revision() == REVISIONS[-1]
    assert reader.rounds > 10
    assert reader.longest < BLOCKED_SECONDS
    assert all(len(rows) == 2 for table, rows in town.rows().items() if table in tables)
