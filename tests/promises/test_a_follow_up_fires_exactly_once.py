"""Promise 2: a follow-up fires exactly once, after a kill -9 of any worker at any moment."""

import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from flask import Flask

from scheduling.worker import Worker
from tests.cast import Practice, Staff, found_practice
from tests.conftest import BASE_URL, Clock, Sink
from tests.promises.conftest import Admin, StartsWorker
from tests.promises.mail_servers import mail_server
from tests.promises.processes import Program, wait_until

EACH, KILLS = 100, 6
HOST = BASE_URL.removeprefix("https://")


@pytest.fixture
def slow_messages(admin: Admin) -> Iterator[None]:
    """Writing a message takes 5 ms, so that a kill meets workers in the middle of a transaction."""
    admin.execute(
        "create function take_your_time() returns trigger as $$ begin perform pg_sleep(0.005); return new; end $$"
        " language plpgsql"
    )
    admin.execute("create trigger slow before insert on messages for each row execute function take_your_time()")
    yield
    admin.execute("drop function take_your_time cascade")


def test_three_hundred_follow_ups_fire_once_each_however_often_workers_are_killed(
    app: Flask,
    clock: Clock,
    worker: Worker,
    sink: Sink,
    riverside: Practice,
    lakeside: Practice,
    admin: Admin,
    slow_messages: None,
    starts_worker: StartsWorker,
) -> None:
    """Red without `.with_for_update(skip_locked=True)` in `Reminder.to_fire` (workers fail on one another's rows) and
    without `self.state = "due"` in `Reminder.fire`.
    """
    hillside = found_practice(app, clock, worker, sink, f"hillside-{riverside.slug[-8:]}")
    practices = (riverside, lakeside, hillside)
    for practice in practices:
        plan_what_is_past(practice.ana)
    domains = [f"{practice.slug}.example" for practice in practices]

    with mail_server(CONTENT=slowly_taken) as server:
        workers = [starts_worker(server) for _ in range(3)]
        everybody, lapsed = list(workers), set[str]()
        for _ in range(KILLS):
            victim = workers.pop(0)
            wait_until(lambda victim=victim: "started" in victim.said, why=lambda victim=victim: victim.said)
            time.sleep(random.uniform(0, 0.5))  # the moment of the kill is what is random
            victim.kill()
            workers.append(starts_worker(server))
            everybody.append(workers[-1])
            lapsed |= let_leases_lapse(admin, victim)
        wait_until(lambda: all_are_sent(admin, domains), within=60)
        for living in workers:
            living.end()
        taken = Counter(server.ids(*domains))

    reminders = rows(
        admin, "select id, state, occurrence, assignee_id from reminders where assignee_id = any(%s)", staff(practices)
    )
    assert len(reminders) == EACH * len(practices)
    assert {(row["state"], row["occurrence"]) for row in reminders} == {("due", 1)}
    messages = rows(admin, "select * from messages where kind = 'reminder_due' and to_address = any(%s)", emails(practices))
    assert sorted(row["occasion"] for row in messages) == sorted(
        f"reminder:{row['id']}:1:{row['assignee_id']}" for row in reminders
    )
    assert {row["state"] for row in messages} == {"sent"}
    assert set(taken) == {f"<{row['id']}@{HOST}>" for row in messages}
    twice = {message_id.strip("<>").split("@")[0] for message_id, times in taken.items() if times > 1}
    assert twice <= lapsed, "what was sent again belonged to a worker that was killed"
    assert not [line for program in everybody for line in program.said.splitlines() if " failed" in line]


def plan_what_is_past(ana: Staff) -> None:
    case = ana.opens_a_case()
    for minute in range(EACH):
        due_at = f"2026-10-01T{minute // 60:02}:{minute % 60:02}:00Z"
        ana.post("/reminders", {"case_id": case["id"], "title": "Ask the team again", "due_at": due_at})


def slowly_taken() -> str:
    time.sleep(0.02)
    return "250 taken"


def let_leases_lapse(admin: Admin, dead: Program) -> set[str]:
    """Stands for the three minutes of a lease passing: what a dead worker held is moved into the past."""
    started = re.search(r'"worker started","worker":"([^"]+)"', dead.said)
    if not started:
        return set()
    lapsed = admin.execute(
        "update messages set due_at = now() - interval '1 second' where state = 'sending' and lease_owner = %s returning id",
        [started[1]],
    )
    return {str(row["id"]) for row in lapsed}


def all_are_sent(admin: Admin, domains: Sequence[str]) -> bool:
    found = admin.execute(
        "select count(*) filter (where state = 'sent') as sent from messages"
        " where kind = 'reminder_due' and split_part(to_address, '@', 2) = any(%s)",
        [list(domains)],
    ).fetchone()
    return found is not None and found["sent"] >= EACH * len(domains)


def rows(admin: Admin, statement: str, values: list[str]) -> list[dict[str, object]]:
    return admin.execute(statement, [values]).fetchall()


def staff(practices: Sequence[Practice]) -> list[str]:
    return [practice.ana.id for practice in practices]


def emails(practices: Sequence[Practice]) -> list[str]:
    return [practice.ana.email for practice in practices]
