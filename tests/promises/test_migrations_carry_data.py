"""From every earlier revision, with a row in every table, to this release and back: nothing is lost, no reader waits.

A reader that takes its time is not stopped either: the migration gives up its place and comes again.
"""

import itertools
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from psycopg import sql

from commands import database
from commands.embedded import LOGIN, OWNER, Embedded

REVISIONS = database.revisions()
EARLIER = REVISIONS[:-1]
BLOCKED_SECONDS = 1.5  # a lock is waited for a second at most; the rest is for a busy machine
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
# What no catalogue tells: a text has a form, a period an order.
SAID: dict[tuple[str, str], str] = {
    ("practices", "slug"): "'practice-' || %(n)s::text",
    ("bookings", "ends_at"): "timestamptz '2026-10-05 16:30Z' + %(n)s::int * interval '1 day'",
}


@dataclass
class Town:
    """A database at some revision, filled by what its catalogue says, whatever its tables are."""

    server: Embedded
    name: str
    columns: dict[str, list[tuple[str, str, bool, bool]]] = field(default_factory=dict)

    @property
    def admin_url(self) -> str:
        return self.server.url(OWNER, self.name)

    def connect(self, **options: Any) -> "psycopg.Connection[Any]":
        return psycopg.connect(self.admin_url, autocommit=True, **options)

    def goes_to(self, revision: str) -> None:
        database.migrate(self.admin_url, self.server.url(LOGIN, self.name), to=revision)

    def goes_back_to(self, revision: str) -> None:
        database.downgrade(self.admin_url, revision)

    def revision(self) -> str:
        with self.connect() as admin:
            found = admin.execute("select version_num from alembic_version").fetchone()
        assert found is not None
        return str(found[0])

    def rows(self, columns: "dict[str, list[str]] | None" = None) -> dict[str, list[Row]]:
        """Everything that is there, or these columns of it."""
        wanted = columns or {table: [name for name, *_ in of_table] for table, of_table in self.read_columns().items()}
        with self.connect() as admin:
            return {
                table: sorted(
                    (
                        row[0]
                        for row in admin.execute(
                            sql.SQL("select to_jsonb(row) from (select {} from {}) row").format(
                                sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(table)
                            )
                        )
                    ),
                    key=lambda row: json.dumps(row, sort_keys=True),
                )
                for table, names in wanted.items()
            }

    def read_columns(self) -> dict[str, list[tuple[str, str, bool, bool]]]:
        found: dict[str, list[tuple[str, str, bool, bool]]] = {}
        with self.connect() as admin:
            for table, *column in admin.execute(COLUMNS):
                found.setdefault(table, []).append(tuple(column))
        return found

    def is_filled(self, many: int = 3) -> None:
        """Rows in every table, in the order of what refers to what; what may be empty is so in every second row."""
        columns = self.read_columns()
        with self.connect() as admin:
            references: dict[str, list[tuple[str, list[str], list[str]]]] = {}
            for table, other, ours, theirs in admin.execute(REFERENCES):
                references.setdefault(table, []).append((other, ours, theirs))
            allowed: dict[str, list[str]] = {}
            for table, check in admin.execute(CHECKS):
                allowed.setdefault(table, []).append(check)
            made: dict[str, list[Row]] = {}
            while len(made) < len(columns):
                free = [
                    table
                    for table in columns
                    if table not in made and all(o in made or o == table for o, *_ in references.get(table, []))
                ]
                assert free, f"these refer to one another in a circle: {columns.keys() - made.keys()}"
                for table in free:
                    made[table] = [
                        insert(admin, table, columns[table], references.get(table, []), allowed.get(table, []), made, number)
                        for number in range(many)
                    ]


def insert(
    admin: "psycopg.Connection[Any]",
    table: str,
    columns: list[tuple[str, str, bool, bool]],
    references: list[tuple[str, list[str], list[str]]],
    checks: list[str],
    made: dict[str, list[Row]],
    number: int,
) -> Row:
    given: dict[str, Any] = {}
    for other, ours, theirs in references:
        if other in made:
            row = made[other][number % len(made[other])]
            given.update(zip(ours, (row[name] for name in theirs), strict=True))
    names, values = [], []
    for name, kind, is_needed, is_computed in columns:
        if is_computed or (not is_needed and (number % 2 or refers_within(table, name, references))):
            continue
        names.append(sql.Identifier(name))
        if name in given:
            values.append(sql.Literal(given[name]))
        else:
            values.append(sql.SQL(value(table, name, kind, checks, number)))
    statement = sql.SQL("insert into {} ({}) values ({}) returning to_jsonb({}.*)").format(
        sql.Identifier(table), sql.SQL(", ").join(names), sql.SQL(", ").join(values), sql.Identifier(table)
    )
    found = admin.execute(statement).fetchone()
    assert found is not None
    return dict(found[0])


def refers_within(table: str, name: str, references: list[tuple[str, list[str], list[str]]]) -> bool:
    return any(other == table and name in ours for other, ours, _ in references)
