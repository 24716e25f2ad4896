"""Backup and restore: every row of every practice, every file, and a manifest of counts and hashes that a restore proves.

It goes past row security, as its owner may, and knows so: what a role under row security would read is nothing, without
an error. The tables are those of the catalogue, whether a model knows them or not.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from graphlib import TopologicalSorter
from importlib import resources
from pathlib import Path
from typing import Any

import psycopg
from alembic.script import ScriptDirectory
from psycopg import sql

from commands import archive, database
from commands.archive import Measured, Refused, progress
from models.files import Files

KIND, SUFFIX = "followthrough backup", "copy"
# The text of a row must not depend on who asks: it is hashed here, and again on another server.
SESSION = {
    "row_security": "off",  # what row security would hide is an error
    "timezone": "UTC",
    "datestyle": "ISO, YMD",
    "intervalstyle": "iso_8601",
    "extra_float_digits": "3",
    "bytea_output": "hex",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
}
TABLES = """
    select c.relname, c.relrowsecurity and c.relforcerowsecurity,
        array(select a.attname::text from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum),
        array(select a.attname::text from pg_index i cross join unnest(i.indkey::int2[]) with ordinality k(number, place)
              join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
              where i.indrelid = c.oid and i.indisprimary order by k.place),
        array(select a.attname::text from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and a.attcollation <> 0 and not a.attisdropped),
        array(select f.relname::text from pg_constraint r join pg_class f on f.oid = r.confrelid
              where r.conrelid = c.oid and r.contype = 'f' and f.oid <> c.oid)
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname <> 'alembic_version'
        and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
    order by c.relname
"""
SEQUENCES = """
    select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
        and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
    order by c.relname
"""


@dataclass(frozen=True)
class Table:
    """A table as the catalogue has it; `key` is its primary key, `refers_to` the other tables that its rows need."""

    name: str
    is_forced: bool
    columns: Sequence[str]
    key: Sequence[str]
    texts: Sequence[str]
    refers_to: Sequence[str]

    @property
    def identifier(self) -> sql.Identifier:
        return sql.Identifier("public", self.name)

    @property
    def columns_sql(self) -> sql.Composed:
        return sql.SQL(", ").join(map(sql.Identifier, self.columns))

    @property
    def order_sql(self) -> sql.Composed:
        """The order of its key; texts by their bytes, since the rules of a language are not the same everywhere."""
        columns = [
            sql.SQL('{} collate "C"' if name in self.texts else "{}").format(sql.Identifier(name))
            for name in self.key or self.columns
        ]
        return sql.SQL(", ").join(columns)


@dataclass(frozen=True)
class Told:
    """What was done, in numbers."""

    tables: int
    rows: int
    files: int
    revision: str
    vanished: int = 0


def backup(admin_url: str, files: Files, path: Path, now: datetime) -> Told:
    """Writes everything into a new file. Raises `Refused`, and then there is no such file.

    The rows are those of one moment. The files are read after them, so that each file that a row names is there.
    """
    archive.must_not_hold(files, path)
    with archive.writing(path, now) as written, _connection(admin_url) as connection:
        with _one_moment(connection) as tables:
            revision = _revision(connection)
            rows = {table.name: _write(connection, table, written) for table in tables}
            sequences = _sequences(connection)
        kept, vanished = written.files(files, "Files")
        written.manifest(KIND, revision=revision, tables=rows, sequences=sequences, files=kept, vanished=vanished, documents={})
    return Told(len(rows), sum(facts["rows"] for facts in rows.values()), len(kept), revision, vanished)


def restore(admin_url: str, app_url: str | None, files: Files, path: Path) -> Told:
    """Brings an empty database, and an empty place for files, to what a backup holds, and proves it. Raises `Refused`.

    The database changes in one transaction, which is committed after everything was read back and found the same.
    """
    with archive.reading(path, KIND, SUFFIX) as reader:
        revision = str(reader.manifest["revision"])
        if not _is_known(revision):
            release = reader.manifest["release"]
            raise Refused(f"This backup is at revision {revision}, which this release does not know: use release {release}.")
        with _connection(admin_url) as connection:
            _must_be_empty(connection)
        already = archive.already_there(files, reader)
        database.migrate(admin_url, app_url, to=revision)
        with _connection(admin_url) as connection:
            with connection.transaction():
                _load(connection, reader)
                _prove(connection, reader)
                archive.take_files(files, reader, "Files", besides=already)
            connection.execute("analyze")
        rows = sum(facts["rows"] for facts in reader.tables.values())
        return Told(len(reader.tables), rows, len(reader.files), revision, reader.manifest["vanished"])


@contextlib.contextmanager
def _connection(admin_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(admin_url, autocommit=True, client_encoding="utf8") as connection:
        role = connection.execute(
            "select rolname, rolsuper or rolbypassrls from pg_roles where rolname = current_user"
        ).fetchone()
        assert role is not None
        if not role[1]:
            raise Refused(f"The role {role[0]} of DATABASE_ADMIN_URL is subject to row security: it would see no rows.")
        for setting, value in SESSION.items():
            connection.execute("select set_config(%s, %s, false)", [setting, value])
        yield connection


@contextlib.contextmanager
def _one_moment(connection: psycopg.Connection) -> Iterator[list[Table]]:
    """A transaction that sees one moment, and the tables, which nobody can change meanwhile."""
    seen = _tables(connection)
    if not seen or connection.execute("select to_regclass('public.alembic_version')").fetchone() == (None,):
        raise Refused("There is nothing to back up: this database holds no tables of ours.")
    connection.isolation_level, connection.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
    with connection.transaction():
        # Before anything is read: a moment that is older than the locks could see a table that a migration then changed.
        names = sql.SQL(", ").join(table.identifier for table in seen)
        connection.execute(sql.SQL("lock table {} in access share mode").format(names))
        tables = _tables(connection)
        if tables != seen:
            raise Refused("The tables are being changed: let the migration end, and try again.")
        yield tables


def _tables(connection: psycopg.Connection) -> list[Table]:
    return [Table(*row) for row in connection.execute(TABLES)]


def _revision(connection: psycopg.Connection) -> str:
    row = connection.execute("select version_num from public.alembic_version").fetchone()
    return str(row[0]) if row else "base"


def _count(connection: psycopg.Connection, table: Table) -> int:
    row = connection.execute(sql.SQL("select count(*) from {}").format(table.identifier)).fetchone()
    assert row is not None
    return int(row[0])


def _copy_out(connection: psycopg.Connection, table: Table, into: Measured, label: str) -> int:
    """Reads a table in the order of its key; gives how many rows a count of its own found. Raises `Refused` if it was other."""
    ordered = sql.SQL("copy (select {} from {} order by {}) to stdout")
    rows = ordered.format(table.columns_sql, table.identifier, table.order_sql)
    counted = _count(connection, table)
    with progress(f"{label} {table.name}", counted) as bar, connection.cursor().copy(rows) as copied:
        for data in copied:
            before = into.lines
            into.write(bytes(data))
            bar.update(into.lines - before)
    if into.lines != counted:
        raise Refused(f"{table.name} has {counted} rows, and {into.lines} were read: this is no backup.")
    return counted


def _write(connection: psycopg.Connection, table: Table, written: archive.Writer) -> dict[str, Any]:
    with written.part(f"tables/{table.name}.{SUFFIX}") as part:
        rows = _copy_out(connection, table, part, "Reading")
    return {"rows": rows, **part.facts, "columns": table.columns, "row_security_forced": table.is_forced}


def _sequences(connection: psycopg.Connection) -> dict[str, Any]:
    """Where each sequence stands. They are in no transaction, so they are at least where the rows need them."""
    names = [row[0] for row in connection.execute(SEQUENCES)]
    found = {}
    for name in names:
        query = sql.SQL("select last_value, is_called from {}").format(sql.Identifier("public", name))
        row = connection.execute(query).fetchone()
        assert row is not None
        found[name] = {"last_value": row[0], "is_called": row[1]}
    return found


def _is_known(revision: str) -> bool:
    scripts = ScriptDirectory(str(resources.files("migrations")))
    return any(script.revision == revision for script in scripts.walk_revisions())


def _must_be_empty(connection: psycopg.Connection) -> None:
    for table in _tables(connection):
        if connection.execute(sql.SQL("select from {} limit 1").format(table.identifier)).fetchone() is not None:
            raise Refused(f"The database is not empty, there are rows in {table.name}: restore into an empty one.")


def _load(connection: psycopg.Connection, reader: archive.Reader) -> None:
    tables = {table.name: table for table in _tables(connection)}
    names = sql.SQL(", ").join(table.identifier for table in tables.values())
    connection.execute(sql.SQL("lock table {} in share row exclusive mode").format(names))
    _must_be_empty(connection)
    revision = _revision(connection)
    if revision != reader.manifest["revision"] or _shape(tables.values()) != _shape_said(reader.tables):
        raise Refused(f"The database is at revision {revision}, the backup is not: take a database without tables.")
    needs = {name: table.refers_to for name, table in tables.items()}
    with progress("Writing rows", sum(facts["rows"] for facts in reader.tables.values())) as bar:
        for name in TopologicalSorter(needs).static_order():
            into = sql.SQL("copy {} ({}) from stdin").format(tables[name].identifier, tables[name].columns_sql)
            with connection.cursor().copy(into) as copied:
                for chunk in reader.chunks(f"tables/{name}.{SUFFIX}"):
                    copied.write(chunk)
                    bar.update(chunk.count(b"\n"))
    for name, stood in reader.manifest["sequences"].items():
        sequence = sql.Identifier("public", name).as_string(connection)
        connection.execute("select setval(%s::regclass, %s, %s)", [sequence, stood["last_value"], stood["is_called"]])
    connection.execute("set constraints all immediate")


def _shape(tables: Iterable[Table]) -> dict[str, Any]:
    return {table.name: (list(table.columns), table.is_forced) for table in tables}


def _shape_said(tables: Mapping[str, Any]) -> dict[str, Any]:
    return {name: (facts["columns"], facts["row_security_forced"]) for name, facts in tables.items()}


def _prove(connection: psycopg.Connection, reader: archive.Reader) -> None:
    """Reads everything back: a backup is what a restore proved. Raises `Refused` where anything is other."""
    for table in _tables(connection):
        read, facts = Measured(), reader.tables[table.name]
        rows = _copy_out(connection, table, read, "Proving")
        if {"rows": rows, **read.facts} != {name: facts[name] for name in ("rows", "size", "sha256")}:
            raise Refused(f"{table.name} did not come back as it was: nothing was restored.")
    if _sequences(connection) != reader.manifest["sequences"]:
        raise Refused("The sequences did not come back as they were: nothing was restored.")
