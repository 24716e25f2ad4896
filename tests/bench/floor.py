"""The floor: the same work with nothing in between. Flask, psycopg, orjson; no tenancy, no authentication, no contract.

It is served by the same server with the same processes and threads, on the same database, and answers with the same
rows. It is what our API is measured against, so it should be as fast as a small honest program can be.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import psycopg
from flask import Flask, Response, request
from psycopg import sql
from psycopg.rows import RowFactory, dict_row, tuple_row
from uuid_utils.compat import uuid7

from commands.serving import server
from commands.settings import read

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CASE = ("tenant_id", "id", "client_id", "student_id", "advocate_id", "title", "state", "version", "created_at", "updated_at")
MESSAGE = (
    *("tenant_id", "id", "kind", "to_address", "facts", "occasion", "state", "due_at", "attempts", "lease_number"),
    *("version", "created_at", "updated_at"),
)


def insert(table: str, columns: Sequence[str]) -> str:
    return f"insert into floor.{table} ({', '.join(columns)}) values ({', '.join(f'%({name})s' for name in columns)})"


INSERT_CASE, INSERT_MESSAGE = insert("cases", CASE), insert("messages", MESSAGE)
HOURS = "select staff_id::text, timezone, weekly from availabilities where tenant_id = %s"
# Instants as seconds since 1970, which is what a loop counts in.
BOOKINGS = (
    "select host_id::text, extract(epoch from starts_at)::bigint, extract(epoch from ends_at)::bigint, buffer_before_minutes,"
    " buffer_after_minutes from bookings where tenant_id = %s and state <> 'cancelled' and starts_at < %s and ends_at > %s"
)
DAY = timedelta(days=1)
NEVER = (1 << 62, 1 << 62)


def make_tables(connection: "psycopg.Connection[Any]") -> None:
    """The tables that the floor writes to: columns, indexes and checks as ours, no foreign keys, no row security."""
    connection.execute("create schema floor")
    for table, columns in (("cases", CASE), ("messages", MESSAGE)):
        name = sql.Identifier(table)
        connection.execute(sql.SQL("create table floor.{0} (like public.{0} including all)").format(name))
        # What ours may have learned to hold since then, the floor leaves empty.
        for (column,) in connection.execute(
            "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and attnotnull and not atthasdef"
            " and attname <> all(%s)",
            [f"floor.{table}", list(columns)],
        ).fetchall():
            connection.execute(
                sql.SQL("alter table floor.{} alter column {} drop not null").format(name, sql.Identifier(column))
            )


def make() -> Flask:
    """The application; each thread has a connection of its own."""
    url, fields = os.environ["FLOOR_DATABASE"], os.environ["FLOOR_CASE_FIELDS"]
    newest = f"select {fields} from cases where tenant_id = %s order by id desc limit 50"
    by_id = f"select {fields} from cases where tenant_id = %s and id = %s"
    mine = threading.local()
    app = Flask(__name__, static_folder=None)

    def run(statement: str, values: Any, rows: RowFactory[Any] = dict_row) -> "psycopg.Cursor[Any]":
        if not hasattr(mine, "connection"):
            mine.connection = psycopg.connect(url, autocommit=True, options="-c timezone=UTC")
        cursor: psycopg.Cursor[Any] = mine.connection.cursor(row_factory=rows)
        return cursor.execute(statement, values)

    def answer(found: object, status: int = 200) -> Response:
        return Response(orjson.dumps(found, option=orjson.OPT_UTC_Z), status, mimetype="application/json")

    @app.get("/<practice>/cases")
    def list_cases(practice: str) -> Response:
        return answer({"items": run(newest, [practice]).fetchall()})

    @app.get("/<practice>/cases/<case_id>")
    def show_case(practice: str, case_id: str) -> Response:
        found = run(by_id, [practice, case_id]).fetchone()
        return answer(found, 200 if found else 404)

    @app.post("/<practice>/cases")
    def open_case(practice: str) -> Response:
        now = datetime.now(UTC)
        case = {"id": uuid7(), **orjson.loads(request.get_data()), "state": "open", "created_at": now, "updated_at": now}
        run(INSERT_CASE, {**case, "tenant_id": practice, "version": 1})
        return answer(case, 201)

    @app.get("/<practice>/slots")
    def list_slots(practice: str) -> Response:
        asked = request.args
        since, until, zone = (read(asked[name]) for name, read in _READ)
        room = timedelta(days=2)
        hours = run(HOURS, [practice], tuple_row).fetchall()
        bookings = run(BOOKINGS, [practice, until + room, since - room], tuple_row).fetchall()
        starts = free(
            hours, bookings, since, until, minutes=int(asked["minutes"]), buffer_after_minutes=int(asked["buffer_after"])
        )
        return answer({"items": [_slot(start, int(asked["minutes"]) * 60, zone) for start in starts], "timezone": zone.key})

    return app


_READ: Any = (("from", datetime.fromisoformat), ("to", datetime.fromisoformat), ("timezone", ZoneInfo))


def free(
    hours: Sequence[tuple[str, str, Sequence[dict[str, str]]]],
    bookings: Sequence[tuple[str, int, int, int, int]],
    since: datetime,
    until: datetime,
    *,
    minutes: int,
    buffer_after_minutes: int,
) -> list[int]:
    """The bare loop over hosts, days and starts: seconds since 1970 at which somebody is free, in order."""
    length, first, last = minutes * 60, since.timestamp(), until.timestamp()
    busy: dict[str, list[tuple[int, int]]] = {}
    for host, begins, ends, buffer_before, buffer_after in bookings:
        # After the first of these no consultation may start, and from the second on one may again.
        taken = begins - max(buffer_after_minutes, buffer_before) * 60 - length, ends + buffer_after * 60
        busy.setdefault(host, []).append(taken)
    openings: dict[tuple[str, int, str, str], tuple[int, int]] = {}
    starts = set()
    for host, zone, weekly in hours:
        taken_times = [*sorted(busy.get(host, ())), NEVER]
        place, (begins, ends) = 0, taken_times[0]
        for day, opens_at, closes_at in _days(weekly, since.date() - DAY, until.date() + DAY):
            key = zone, day, opens_at, closes_at
            if key not in openings:
                openings[key] = _second(day, opens_at, zone), _second(day, closes_at, zone)
            opens, closes = openings[key]
            for start in range(opens, closes - length + 1, length):
                while ends <= start:
                    place += 1
                    begins, ends = taken_times[place]
                if start <= begins and first <= start < last:
                    starts.add(start)
    return sorted(starts)


def _days(weekly: Sequence[dict[str, str]], first: date, last: date) -> Iterator[tuple[int, str, str]]:
    hours = [[(each["start"], each["end"]) for each in weekly if each["weekday"] == name] for name in WEEKDAYS]
    for day in range(first.toordinal(), last.toordinal() + 1):
        for start, end in hours[(day + 6) % 7]:
            yield day, start, end


def _second(day: int, at: str, zone: str) -> int:
    return int(datetime.combine(date.fromordinal(day), time.fromisoformat(at), ZoneInfo(zone)).timestamp())


def _slot(start: int, length: int, zone: ZoneInfo) -> dict[str, datetime]:
    return {"starts_at": datetime.fromtimestamp(start, zone), "ends_at": datetime.fromtimestamp(start + length, zone)}


def main() -> None:
    server(read(os.environ, "HOST", "PORT", "PROCESSES", "THREADS", "LOG_LEVEL"), "tests.bench.floor:make").serve()


if __name__ == "__main__":
    main()
