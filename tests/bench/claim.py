"""Claims: reminders that are due become messages, five in each of 1,000 practices; by one worker, and by two at once.

Run as a program, it is one such worker, ours or the floor's: for each line that it reads it does all that is due, and
writes how many that were and when it began and ended.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import psycopg
from psycopg.rows import dict_row
from uuid_utils.compat import uuid7

from tests.bench.floor import INSERT_MESSAGE
from tests.bench.practices import Connection, copy
from tests.bench.report import Result
from tests.bench.rounds import watched
from tests.bench.started import Bench, NotStarted, Place, api, program

IN_A_PRACTICE = 5
MOST_ROUNDS = 3
WAITING = "state in ('scheduled', 'snoozed')"


def claim(bench: Bench) -> Result:
    """The floor claims a practice in one statement, reads whom to tell, and inserts the messages: three trips and a commit."""
    place = bench.place(1000)
    pattern = _pattern(place)
    rates: dict[tuple[str, int], list[float]] = {}
    used: dict[tuple[str, int], list[float]] = {}
    with ExitStack() as opened:
        workers = {who: [opened.enter_context(_worker(bench, place, who)) for _ in range(2)] for who in ("ours", "floor")}
        for number in range(min(bench.rounds, MOST_ROUNDS) + 1):
            for who, at_once in (("ours", 1), ("floor", 1), ("ours", 2), ("floor", 2)):
                due = _make_due(place, pattern)
                with watched(bench, *(worker.pid for worker in workers[who])) as computed:
                    a_second = _fired(workers[who][:at_once], due)
                _look(place, who, due)
                # The first round makes them warm.
                if number:
                    rates.setdefault((who, at_once), []).append(a_second)
                    used.setdefault((who, at_once), []).append((computed.server + computed.postgres) / due * 1000)
    rate = {key: statistics.median(found) for key, found in rates.items()}
    cpu = {key: statistics.median(found) for key, found in used.items()}
    two = {who: rate[who, 2] / rate[who, 1] for who in ("ours", "floor")}
    return Result(
        name="claim",
        ours=rate["ours", 1],
        floor=rate["floor", 1],
        ratio=rate["ours", 1] / rate["floor", 1],
        unit="/s",
        should_be="1,000/s",
        remarks=[
            f"two workers: ours {rate['ours', 2]:,.0f}/s, {two['ours']:.2f} times one (>= 1.4);"
            f" floor {rate['floor', 2]:,.0f}/s, {two['floor']:.2f} times",
            f"CPU of a reminder, worker + PostgreSQL: ours {cpu['ours', 1]:.2f} ms, floor {cpu['floor', 1]:.2f} ms",
        ],
        more={
            "two_workers": round(rate["ours", 2]),
            "two_workers_ratio": round(two["ours"], 3),
            "floor_two_workers_ratio": round(two["floor"], 3),
            "ours_cpu_ms": round(cpu["ours", 1], 3),
            "floor_cpu_ms": round(cpu["floor", 1], 3),
        },
    )


def _pattern(place: Place) -> str:
    """A reminder as the API makes it, never due."""
    member, call = place.members[0], api(place.ours.port)
    said = {"case_id": member.case_ids[0], "title": "Ask the team again", "due_at": "2199-01-01T00:00:00Z"}
    made: str = call("POST", "/reminders", said, token=member.signs_in(call))["id"]
    return made


def _make_due(place: Place, pattern: str) -> int:
    """Five reminders due in each practice, and no other message; gives how many reminders those are."""
    with place.connect() as connection:
        connection.execute("delete from reminders where id <> %s", [pattern])
        connection.execute("delete from messages where kind = 'reminder_due'")
        connection.execute("truncate floor.messages")
        copy(
            connection,
            "reminders",
            pattern,
            "select cases.*, age from generate_series(%s::int, 1, -1) age, (select distinct on (tenant_id) tenant_id, id,"
            " advocate_id from cases order by tenant_id, id) cases order by age desc",
            [IN_A_PRACTICE],
            tenant_id="made.tenant_id",
            id="uuidv7()",
            case_id="made.id",
            assignee_id="made.advocate_id",
            due_at="now() - make_interval(mins => made.age)",
        )
        connection.execute("vacuum (analyze) reminders, messages")
        connection.execute("checkpoint")
        return _count(connection, f"select count(*) from reminders where {WAITING} and due_at <= now()")


def _fired(workers: Sequence[Any], due: int) -> float:
    """Reminders a second, from the first worker's beginning to the last one's end."""
    for worker in workers:
        worker.stdin.write("\n")
        worker.stdin.flush()
    answers = [orjson.loads(worker.stdout.readline()) for worker in workers]
    fired = sum(answer["fired"] for answer in answers)
    if fired != due:
        raise NotStarted(f"Of {due} reminders that were due, {fired} were fired.")
    seconds = max(answer["ended"] for answer in answers) - min(answer["began"] for answer in answers)
    return float(fired / seconds)


def _look(place: Place, who: str, due: int) -> None:
    """Each of them became a message, whatever the workers say."""
    table = "messages" if who == "ours" else "floor.messages"
    with place.connect() as connection:
        messages = _count(connection, f"select count(*) from {table} where kind = 'reminder_due'")
    if messages != due:
        raise NotStarted(f"{due} reminders were due, and there are {messages} messages.")


def _count(connection: Connection, statement: str) -> int:
    row = connection.execute(statement).fetchone()
    assert row is not None
    return int(row[0])


@contextmanager
def _worker(bench: Bench, place: Place, who: str) -> Iterator[Any]:
    settings = {**place.settings, "FLOOR_DATABASE": place.admin_url, "KEPT_MAIL": str(bench.data / "mail")}
    with program(["tests.bench.claim", who], settings, spoken_to=True) as worker:
        yield worker


# What runs in a worker's process.


def _ours() -> Callable[[], int]:
    from commands.settings import read
    from commands.working import WORKER_NEEDS, work

    return work(read(os.environ, *WORKER_NEEDS), kept_mail=Path(os.environ["KEPT_MAIL"])).fire_reminders


def _floor() -> Callable[[], int]:
    connection = psycopg.connect(os.environ["FLOOR_DATABASE"], autocommit=True, row_factory=dict_row)
    return lambda: sum(_claim(connection, practice) for practice in _practices(connection))


def _practices(connection: "psycopg.Connection[dict[str, Any]]") -> list[UUID]:
    """Fifty of those in which something is due."""
    found = connection.execute(
        f"select tenant_id from reminders where {WAITING} and due_at <= %s group by tenant_id order by min(due_at) limit 50",
        [datetime.now(UTC)],
    )
    practices = [row["tenant_id"] for row in found.fetchall()]
    random.shuffle(practices)
    return practices


def _claim(connection: "psycopg.Connection[dict[str, Any]]", practice: UUID) -> int:
    now = datetime.now(UTC)
    with connection.transaction():
        due = connection.execute(
            "update reminders set state = 'due', occurrence = occurrence + 1, fired_at = %(now)s, updated_at = %(now)s,"
            " version = version + 1 where tenant_id = %(practice)s and id in (select id from reminders where"
            f" tenant_id = %(practice)s and {WAITING} and due_at <= %(now)s order by due_at, id limit 100"
            " for update skip locked) returning id, title, due_at, case_id, occurrence, assignee_id",
            {"practice": practice, "now": now},
        ).fetchall()
        people = connection.execute(
            "select staff.id, email, practices.name, slug, timezone from staff join practices on practices.id = tenant_id"
            " where tenant_id = %s and staff.id = any(%s)",
            [practice, [row["assignee_id"] for row in due]],
        ).fetchall()
        to = {row["id"]: row for row in people}
        with connection.cursor() as cursor:
            cursor.executemany(INSERT_MESSAGE, [_message(row, to[row["assignee_id"]], practice, now) for row in due])
    return len(due)


def _message(reminder: dict[str, Any], to: dict[str, Any], practice: UUID, now: datetime) -> dict[str, Any]:
    facts = {
        "practice": {"name": to["name"], "slug": to["slug"], "timezone": to["timezone"]},
        **{name: reminder[name] for name in ("title", "due_at", "case_id")},
    }
    fixed = {"kind": "reminder_due", "state": "queued", "attempts": 0, "lease_number": 0, "version": 1}
    occasion = f"reminder:{reminder['id']}:{reminder['occurrence']}:{reminder['assignee_id']}"
    times = dict.fromkeys(("due_at", "created_at", "updated_at"), now)
    ids = {"tenant_id": practice, "id": uuid7(), "to_address": to["email"], "occasion": occasion}
    return {**ids, **times, **fixed, "facts": orjson.dumps(facts).decode()}


def main(who: str) -> None:
    tick = {"ours": _ours, "floor": _floor}[who]()
    for _ in sys.stdin:
        began, fired = time.time(), 0
        # As often as there is something: a worker that finds nothing waits for its next second.
        while more := tick():
            fired += more
        sys.stdout.write(orjson.dumps({"fired": fired, "began": began, "ended": time.time()}).decode() + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
