"""A reminder of a consultation fires exactly once, after a kill -9 of any worker; and is not sent of what is not any more."""

import random
import time
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy

from mail.post import SmtpPost
from mail.render import Sender
from models.link import Links
from scheduling import booking_reminders
from scheduling.worker import Worker
from scheduling.workplace import Config
from tests.cast import Practice, Staff, Visitor
from tests.conftest import BASE_URL, SECRET, Clock, free_port
from tests.promises.conftest import Admin, StartsWorker
from tests.promises.mail_servers import mail_server
from tests.promises.processes import wait_until
from tests.promises.racing import at_once
from tests.promises.test_a_follow_up_fires_exactly_once import let_leases_lapse, slow_messages, slowly_taken
from tests.test_booking_mail import subject_of

__all__ = ["slow_messages"]
MANY, KILLS = 20, 4
EARLY = "2026-10-08T09:00:00-07:00"
HOST = BASE_URL.removeprefix("https://")


def bookings_of(olga: Staff, visitor: Visitor, many: int) -> list[Any]:
    """So many consultations, one after the other, from half a day ahead."""
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    weekly = [{"weekday": day, "start": "00:00", "end": "23:59"} for day in days]
    olga.opens_consultations(minutes=5, step_minutes=5)
    olga.put("/availability", {"staff_id": olga.id, "timezone": "Etc/UTC", "weekly": weekly})
    begins = datetime.fromisoformat("2026-10-07T12:00:00+00:00")
    times = [(begins + timedelta(minutes=5 * number)).isoformat() for number in range(many)]
    return [visitor.books(at, email=f"petra-{number}@{visitor.slug}.example") for number, at in enumerate(times)]


def rows(admin: Admin, olga: Staff, table: str) -> list[Any]:
    return admin.execute(
        f"select t.* from {table} t where t.tenant_id = (select tenant_id from staff where id = %s)", [olga.id]
    ).fetchall()


def test_every_reminder_is_one_mail_to_each_however_often_workers_are_killed(
    riverside: Practice,
    olga: Staff,
    visitor: Visitor,
    admin: Admin,
    slow_messages: None,
    starts_worker: StartsWorker,
) -> None:
    """Red without `with_for_update(skip_locked=True)` in `BookingReminder.claimable`, or without `self.state = "fired"`."""
    bookings_of(olga, visitor, MANY)
    riverside.works()
    practice = "tenant_id = (select tenant_id from staff where id = %s)"
    # A worker of its own process has the clock of this machine: what was planned for October is moved to it.
    admin.execute(
        f"update bookings set starts_at = starts_at + interval '10 years', ends_at = ends_at + interval '10 years'"
        f" where {practice}",
        [olga.id],
    )
    admin.execute(f"update booking_reminders set due_at = now() - interval '1 minute' where {practice}", [olga.id])

    with mail_server(CONTENT=slowly_taken) as server:
        workers = [starts_worker(server) for _ in range(3)]
        everybody, lapsed = list(workers), set[str]()
        for _ in range(KILLS):
            victim = workers.pop(0)
            wait_until(lambda victim=victim: "started" in victim.said, why=lambda victim=victim: victim.said)
            time.sleep(random.uniform(0, 0.5))
            victim.kill()
            workers.append(starts_worker(server))
            everybody.append(workers[-1])
            lapsed |= let_leases_lapse(admin, victim)

        def reminded() -> list[Any]:
            mails = [row for row in rows(admin, olga, "messages") if row["facts"].get("event") == "reminder"]
            return mails if len([row for row in mails if row["state"] == "sent"]) >= MANY * 4 else []

        messages = wait_until(reminded, within=60, why=lambda: [one.said[-500:] for one in everybody])
        for living in workers:
            living.end()
        taken = Counter(server.ids(f"{visitor.slug}.example"))

    reminders = rows(admin, olga, "booking_reminders")
    assert Counter(row["state"] for row in reminders) == {"fired": MANY * 2}
    assert len(messages) == MANY * 4, "of each, one to the parent and one to the host"
    assert len({row["occasion"] for row in messages}) == len(messages)
    sent = {f"<{row['id']}@{HOST}>" for row in messages}
    assert sent <= set(taken)
    twice = {message_id.strip("<>").split("@")[0] for message_id, times in taken.items() if times > 1}
    assert twice <= lapsed, "what was sent again belonged to a worker that was killed"
    assert not [line for program in everybody for line in program.said.splitlines() if " failed" in line]


@pytest.fixture
def practice_id(olga: Staff) -> UUID:
    return UUID(olga.get("/practice")["id"])


def test_workers_that_fire_at_once_fire_each_once(
    riverside: Practice, olga: Staff, visitor: Visitor, admin: Admin, clock: Clock, practice_id: UUID
) -> None:
    """Red without `with_for_update(skip_locked=True)` in `BookingReminder.claimable`."""
    bookings_of(olga, visitor, 20)
    riverside.works()
    clock.move(days=1, hours=19, minutes=30)
    done = at_once(*(lambda: booking_reminders.fire(riverside.worker, practice_id) for _ in range(6)))
    due = [row for row in rows(admin, olga, "booking_reminders") if row["due_at"] <= clock()]
    assert sum(done) == len(due) >= 20
    assert {row["state"] for row in due} == {"fired"}
    mails = [row for row in rows(admin, olga, "messages") if row["facts"].get("event") == "reminder"]
    assert len(mails) == 2 * len(due)


def changes(visitor: Visitor, token: str, how: str) -> None:
    body = {"starts_at": "2026-10-09T10:00:00-07:00"} if how == "reschedule" else {}
    visitor.post(f"/public/bookings/{token}/{how}", body)


@pytest.mark.parametrize("how", ["cancel", "reschedule"])
def test_a_reminder_that_waits_for_a_mail_server_is_not_sent_once_it_is_wrong(
    engine: sqlalchemy.Engine, riverside: Practice, olga: Staff, visitor: Visitor, clock: Clock, how: str
) -> None:
    """Red without `_is_overtaken` in `scheduling.messages`: the mail server was away when it was cancelled, or moved."""
    olga.opens_consultations()
    booked = visitor.books(EARLY, email=f"petra@{visitor.slug}.example")
    riverside.works()
    clock.move(days=2)
    away = SmtpPost(f"smtp://127.0.0.1:{free_port()}")
    unlucky = Worker(engine, clock, away, Config(Sender(Links([SECRET], BASE_URL), "us@practice.example")))
    unlucky.fire_booking_reminders()
    unlucky.send_messages()
    waiting = [row for row in olga.get("/messages?state=queued")["items"] if row["kind"].startswith("booking")]
    assert [row["attempts"] for row in waiting] == [1, 1]
    changes(visitor, booked["manage_url"].rsplit("/", 1)[1], how)
    clock.move(minutes=2)
    riverside.works()
    assert {olga.get(f"/messages/{row['id']}")["state"] for row in waiting} == {"withdrawn"}
    told = [subject_of(mail) for mail in riverside.mails_to(f"petra@{visitor.slug}.example")]
    assert [subject for subject in told if subject.startswith("Reminder")] == []
    assert len(told) == 2, "the booking, and what became of it"


@pytest.mark.parametrize("how", ["cancel", "reschedule"])
def test_a_change_that_comes_between_planning_and_firing_wins(
    riverside: Practice, olga: Staff, visitor: Visitor, admin: Admin, clock: Clock, how: str
) -> None:
    """Red without the look at the booking in `BookingReminder.fire`: as when what drops reminders had forgotten one. And
    without `BookingReminder.drop` in `api.booking_mail.told`."""
    olga.opens_consultations()
    booked = visitor.books(EARLY)
    changes(visitor, booked["manage_url"].rsplit("/", 1)[1], how)
    assert {row["state"] for row in rows(admin, olga, "booking_reminders") if row["sequence"] == 0} == {"dropped"}
    admin.execute("update booking_reminders set state = 'scheduled' where booking_id = %s and sequence = 0", [booked["id"]])
    clock.move(days=2)
    assert riverside.worker.fire_booking_reminders() == 1
    states = Counter(row["state"] for row in rows(admin, olga, "booking_reminders") if row["sequence"] == 0)
    assert states == {"dropped": 1, "scheduled": 1}
    assert [row for row in rows(admin, olga, "messages") if row["facts"].get("event") == "reminder"] == []


def test_a_reminder_that_comes_after_the_beginning_is_dropped(
    riverside: Practice, olga: Staff, visitor: Visitor, admin: Admin, clock: Clock
) -> None:
    """Red without `booking.starts_at <= now` in `BookingReminder.fire`: no worker ran for two days."""
    olga.opens_consultations()
    visitor.books(EARLY)
    riverside.works()
    clock.move(days=4)
    riverside.works()
    assert {row["state"] for row in rows(admin, olga, "booking_reminders")} == {"dropped"}
