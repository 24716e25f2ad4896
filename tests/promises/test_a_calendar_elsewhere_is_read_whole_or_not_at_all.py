"""A calendar elsewhere is read whole or not at all: whoever is killed, or comes too late, leaves what was known, and the next
look is made. While a server takes its time, no transaction is open."""

import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy
from flask import Flask

from domain.outbound import allowed_in
from mail.post import SmtpPost
from mail.render import Sender
from models.external_calendar import LEASE
from models.link import Links
from scheduling.worker import Worker
from scheduling.workplace import Config as WorkerConfig
from tests.cast import Staff, started_anew
from tests.conftest import BASE_URL, SECRET, Clock, Sink
from tests.promises.conftest import Admin
from tests.promises.mail_servers import mail_server
from tests.promises.processes import program, wait_until
from tests.web_servers import Call, WebServer, web_server

MANY = 300
START = datetime(2026, 10, 6, tzinfo=UTC)


def calendar_of(hour: int) -> bytes:
    """Many events, all of them at one hour of their days."""
    days = [START + timedelta(days=number, hours=hour) for number in range(MANY)]
    events = [
        f"BEGIN:VEVENT\r\nUID:{number}\r\nDTSTART:{day:%Y%m%dT%H%M%SZ}\r\nDURATION:PT30M\r\nEND:VEVENT\r\n"
        for number, day in enumerate(days)
    ]
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(events)}END:VCALENDAR\r\n".encode()


EARLY, LATE = calendar_of(15), calendar_of(20)


@pytest.fixture
def elsewhere() -> Iterator[WebServer]:
    with web_server(EARLY) as server:
        yield server


@pytest.fixture
def app(app: Flask, elsewhere: WebServer) -> Flask:
    return started_anew(app, egress_allow=allowed_in(elsewhere.place))


def another(engine: sqlalchemy.Engine, clock: Clock, sink: Sink, server: WebServer) -> Worker:
    sender = Sender(Links([SECRET], BASE_URL), "us@practice.example")
    return Worker(engine, clock, SmtpPost(sink.url), WorkerConfig(sender, egress_allow=allowed_in(server.place)))


@pytest.fixture
def worker(engine: sqlalchemy.Engine, clock: Clock, sink: Sink, elsewhere: WebServer) -> Worker:
    return another(engine, clock, sink, elsewhere)


def adds(person: Staff, server: WebServer) -> Any:
    return person.post("/external-calendars", {"name": "Private", "url": f"{server.url}/basic.ics"})


def hours_of(admin: Admin, calendar: Any) -> dict[int, int]:
    """How many spans begin at which hour (UTC)."""
    found = admin.execute(
        "select extract(hour from starts_at at time zone 'UTC')::int as hour, count(*) as many from external_busy"
        " where external_calendar_id = %s group by 1",
        [calendar["id"]],
    )
    return {row["hour"]: row["many"] for row in found}


def row_of(admin: Admin, calendar: Any) -> dict[str, Any]:
    return admin.execute("select * from external_calendars where id = %s", [calendar["id"]]).fetchall()[0]


def test_who_comes_too_late_writes_nothing(
    ana: Staff, worker: Worker, clock: Clock, elsewhere: WebServer, admin: Admin
) -> None:
    """Red without `lease_number` in `models.external_calendar._while_leased`: it is one worker that looks twice at a time."""
    calendar = adds(ana, elsewhere)
    may_answer = [threading.Event(), threading.Event()]

    def answers(call: Call) -> None:
        number = len(elsewhere.calls) - 1
        may_answer[number].wait(8)
        call.answer((EARLY, LATE)[number])

    elsewhere.manner = answers
    with ThreadPoolExecutor() as both:
        late = both.submit(worker.poll_calendars)
        wait_until(lambda: len(elsewhere.calls) == 1)
        assert worker.poll_calendars() == 0, "the lease holds"
        clock.move(seconds=LEASE.total_seconds())
        heir = both.submit(worker.poll_calendars)
        wait_until(lambda: len(elsewhere.calls) == 2)
        before = row_of(admin, calendar)
        may_answer[0].set()
        assert late.result() == 1
        assert (row_of(admin, calendar), hours_of(admin, calendar)) == (before, {})
        may_answer[1].set()
        assert heir.result() == 1
    assert hours_of(admin, calendar) == {20: MANY}
    after = row_of(admin, calendar)
    assert (after["state"], after["lease_number"], after["lease_owner"]) == ("ok", 2, None)


def test_of_many_who_look_at_once_one_does(
    ana: Staff, engine: sqlalchemy.Engine, clock: Clock, sink: Sink, elsewhere: WebServer, admin: Admin
) -> None:
    """Red without the lease (`next_poll_at` in `models.external_calendar._claim`)."""
    calendars = [adds(ana, elsewhere) for _ in range(5)]
    workers = [another(engine, clock, sink, elsewhere) for _ in range(6)]
    with ThreadPoolExecutor(len(workers)) as all_of_them:
        assert sum(all_of_them.map(lambda one: one.poll_calendars(), workers)) == 5
    assert len(elsewhere.calls) == 5
    assert [hours_of(admin, calendar) for calendar in calendars] == [{15: MANY}] * 5


def test_no_transaction_is_open_while_a_server_takes_its_time(
    ana: Staff, worker: Worker, elsewhere: WebServer, superuser: Admin, admin: Admin
) -> None:
    calendar, may_answer = adds(ana, elsewhere), threading.Event()
    elsewhere.manner = lambda call: (may_answer.wait(8), call.answer(EARLY))[1]
    with ThreadPoolExecutor() as apart:
        slow = apart.submit(worker.poll_calendars)
        wait_until(lambda: elsewhere.calls)
        open_ones = superuser.execute(
            "select state, query from pg_stat_activity where datname = current_database() and xact_start is not null"
            " and application_name = 'followthrough'"
        ).fetchall()
        # Meanwhile its owner renames it: nothing waits for the server.
        assert ana.patch(f"/external-calendars/{calendar['id']}", {"name": "Mine"})["name"] == "Mine"
        may_answer.set()
        assert slow.result() == 1
    assert open_ones == []
    assert hours_of(admin, calendar) == {15: MANY}
    assert row_of(admin, calendar)["name"] == "Mine"


def test_a_calendar_that_is_removed_while_it_is_looked_at_stays_removed(
    ana: Staff, worker: Worker, elsewhere: WebServer, admin: Admin
) -> None:
    calendar, may_answer = adds(ana, elsewhere), threading.Event()
    elsewhere.manner = lambda call: (may_answer.wait(8), call.answer(EARLY))[1]
    with ThreadPoolExecutor() as apart:
        slow = apart.submit(worker.poll_calendars)
        wait_until(lambda: elsewhere.calls)
        ana.delete(f"/external-calendars/{calendar['id']}")
        may_answer.set()
        assert slow.result() == 1
    assert hours_of(admin, calendar) == {}


@pytest.fixture
def slow_spans(admin: Admin) -> Iterator[None]:
    """Writing what was read takes a second or two, so that a kill meets a worker in the middle of it."""
    admin.execute(
        "create function take_your_time() returns trigger as $$ begin perform pg_sleep(0.005); return new; end $$"
        " language plpgsql"
    )
    admin.execute("create trigger slow before insert on external_busy for each row execute function take_your_time()")
    yield
    admin.execute("drop function take_your_time cascade")


def test_who_is_killed_leaves_what_was_known_and_the_next_one_reads_it(
    ana: Staff,
    worker: Worker,
    clock: Clock,
    elsewhere: WebServer,
    admin: Admin,
    superuser: Admin,
    settings: Mapping[str, str],
    slow_spans: None,
) -> None:
    """Killed while the server takes its time, and while the spans are written: by then all of them are on their way to the
    database, in one transaction."""
    calendar = adds(ana, elsewhere)
    worker.poll_calendars()
    assert hours_of(admin, calendar) == {15: MANY}
    with mail_server() as post:
        told = {**settings, "SMTP_URL": post.url, "EGRESS_ALLOW": elsewhere.place}
        for is_in_the_middle, manner in (
            (lambda: len(elsewhere.calls) > 1, lambda call: call.hangs()),
            (lambda: is_writing(superuser), lambda call: call.answer(LATE)),
        ):
            elsewhere.manner = manner
            admin.execute("update external_calendars set next_poll_at = now() where id = %s", [calendar["id"]])
            with program("worker", told) as victim:
                wait_until(is_in_the_middle, why=lambda victim=victim: victim.said)
                assert hours_of(admin, calendar) == {15: MANY}
                victim.kill()
            wait_until(lambda: not is_writing(superuser))
            assert len(hours_of(admin, calendar)) == 1, "what was known, or what was read, and nothing of both"
            assert row_of(admin, calendar)["next_poll_at"] <= datetime.now(UTC) + timedelta(minutes=11)
        admin.execute("update external_calendars set next_poll_at = now() where id = %s", [calendar["id"]])
        with program("worker", told) as heir:
            wait_until(lambda: '"outcome":"read"' in heir.said, why=lambda: heir.said)
            assert hours_of(admin, calendar).keys() == {20}
            assert heir.end() == 0
            assert elsewhere.url not in heir.said


def is_writing(superuser: Admin) -> bool:
    found = superuser.execute(
        "select 1 from pg_stat_activity where query ilike 'insert into external_busy%' and state <> 'idle'"
    )
    return found.fetchone() is not None
