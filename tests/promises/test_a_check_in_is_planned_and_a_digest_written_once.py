"""Each occasion of a check-in is one reminder and one mail, each morning one digest, after a kill -9 of any worker."""

import random
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.calendar import is_follow_up_day
from tests.cast import Practice, Staff
from tests.promises.conftest import Admin, StartsWorker
from tests.promises.mail_servers import mail_server
from tests.promises.processes import wait_until
from tests.promises.racing import at_once
from tests.promises.test_a_follow_up_fires_exactly_once import let_leases_lapse, slow_messages, slowly_taken

__all__ = ["slow_messages"]
MANY, KILLS = 30, 3
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


@pytest.fixture
def slow_reminders(admin: Admin, slow_messages: None) -> None:
    """Planning takes its time too, so that a kill meets workers in the middle of it."""
    admin.execute("create trigger slow before insert on reminders for each row execute function take_your_time()")


def rows(admin: Admin, staff: Staff, table: str) -> list[Any]:
    return admin.execute(
        f"select t.* from {table} t where t.tenant_id = (select tenant_id from staff where id = %s)", [staff.id]
    ).fetchall()


def test_however_often_workers_are_killed_each_occasion_is_planned_and_mailed_once_and_each_digest_written_once(
    riverside: Practice, olga: Staff, ana: Staff, admin: Admin, slow_reminders: None, starts_worker: StartsWorker
) -> None:
    """Red without `.with_for_update(skip_locked=True)` in `CheckIn.claimable`: workers plan the same occasions and fail; and
    without `digest.schedule` in `scheduling.digests`: what is due is due for ever."""
    case = ana.opens_a_case()
    for number in range(MANY):
        ana.post("/check-ins", {"case_id": case["id"], "party": "team", "every": "week", "weekday": DAYS[number % 5]})
    for person in (olga, ana, riverside.sam):
        person.put("/digest", {"at": "00:00"})
        due = {"case_id": case["id"], "title": "Read the file", "due_at": "2026-10-05T17:00:00Z", "assignee_id": person.id}
        ana.post("/reminders", due)
    practice = "tenant_id = (select tenant_id from staff where id = %s)"
    # Workers have the clock of this machine, whatever day it shows: nothing is planned yet, and it has been so for a while.
    now = datetime.now(tz=UTC)
    admin.execute(f"delete from reminders where check_in_id is not null and {practice}", [ana.id])
    admin.execute(
        f"update check_ins set starts_on = %s::date, next_on = %s::date, occurrence = 0 where {practice}",
        [now - timedelta(days=40), now - timedelta(days=40), ana.id],
    )
    admin.execute(f"update digests set due_at = now() - interval '1 hour' where {practice}", [ana.id])
    admin.execute("update practices set timezone = 'Etc/UTC' where id = (select tenant_id from staff where id = %s)", [ana.id])

    with mail_server(CONTENT=slowly_taken) as server:
        workers = [starts_worker(server) for _ in range(3)]
        everybody = list(workers)
        for _ in range(KILLS):
            victim = workers.pop(0)
            wait_until(lambda victim=victim: "started" in victim.said, within=120, why=lambda victim=victim: victim.said)
            time.sleep(random.uniform(0, 0.3))
            victim.kill()
            workers.append(starts_worker(server))
            everybody.append(workers[-1])
            let_leases_lapse(admin, victim)
        wait_until(lambda: is_done(admin, ana), within=120)
        for living in workers:
            living.end()

    check_ins, reminders = rows(admin, ana, "check_ins"), rows(admin, ana, "reminders")
    planned = Counter(row["check_in_id"] for row in reminders if row["check_in_id"])
    # Of the five weeks that were missed the latest; and of the next eight days the one or two that come.
    assert set(planned) == {row["id"] for row in check_ins}
    assert set(planned.values()) <= {1, 2, 3}
    assert {row["occurrence"] for row in check_ins} <= {1, 2, 3}
    assert {row["id"]: row["occurrence"] for row in check_ins} == planned
    horizon = (now + timedelta(days=8)).date()
    assert all(row["next_on"] > horizon for row in check_ins)
    fired = [row for row in reminders if row["state"] == "due"]
    assert {row["occurrence"] for row in fired} == {1}
    messages = rows(admin, ana, "messages")
    told = sorted(row["occasion"] for row in messages if row["kind"] == "reminder_due")
    assert told == sorted(f"reminder:{row['id']}:1:{row['assignee_id']}" for row in fired)
    assert len([row for row in fired if row["check_in_id"]]) == MANY
    assert all(row["due_at"] > now for row in rows(admin, ana, "digests"))
    written = Counter(row["to_address"] for row in messages if row["kind"] == "digest")
    # On a day off nobody gets one.
    assert set(written.values()) <= {1}
    assert len(written) in (0, 3)
    assert (len(written) == 3) == is_follow_up_day(now.date())
    assert not [line for program in everybody for line in program.said.splitlines() if " failed" in line]


def is_done(admin: Admin, ana: Staff) -> bool:
    waiting = admin.execute(
        "with here as (select tenant_id from staff where id = %(id)s) select"
        " (select count(*) from check_ins where tenant_id = (select * from here) and next_on <= current_date + 7)"
        " + (select count(*) from digests where tenant_id = (select * from here) and due_at <= now())"
        " + (select count(*) from reminders where tenant_id = (select * from here) and state = 'scheduled' and due_at <= now())"
        " + (select count(*) from messages where tenant_id = (select * from here) and state in ('queued', 'sending')) as many",
        {"id": ana.id},
    ).fetchone()
    return waiting is not None and waiting["many"] == 0


def test_of_two_who_record_the_same_occasion_one_settles_it(ana: Staff) -> None:
    check_in = ana.post(
        "/check-ins", {"case_id": ana.opens_a_case()["id"], "party": "teacher", "every": "week", "weekday": "tuesday"}
    )
    [first, *_] = check_in["reminders"]
    said = {"reminder_id": first["id"], "checked_on": "2026-10-05", "is_happening": "yes"}
    answers = at_once(*[lambda: ana.ask("POST", f"/check-ins/{check_in['id']}/record", said)] * 4)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert len(ana.everything(f"/observations?case_id={check_in['case_id']}")) == 1
