"""Calendars elsewhere: what a host has there closes times here, and nothing else of it gets in."""

import re
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
import sqlalchemy
from flask import Flask

from domain.external_calendar import CalendarUnreadable
from domain.outbound import allowed_in
from mail.post import SmtpPost
from mail.render import Sender
from models.external_calendar import EVERY, LONGEST_PAUSE, MOST_OF_ONE_MEMBER, pause_after
from models.link import Links
from scheduling.external_calendars import MOST_BYTES
from scheduling.reading import busy_in_child
from scheduling.worker import Worker
from scheduling.workplace import Config as WorkerConfig
from tests.cast import Practice, Staff, Visitor, started_anew
from tests.conftest import BASE_URL, SECRET, Clock, Sink
from tests.web_servers import WebServer, web_server

CALENDARS = Path(__file__).parent / "calendars"
GOOGLE = (CALENDARS / "google.ics").read_bytes()
EMPTY = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
DAILY = EMPTY.replace(
    b"END:", b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260105T200000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\nEND:"
)
TUESDAY = ("2026-10-06T00:00:00Z", "2026-10-07T07:00:00Z")


@pytest.fixture
def elsewhere(admin_url: str) -> Iterator[WebServer]:
    """A server with Ana's calendar. What other tests left to be looked at is left alone."""
    with psycopg.connect(admin_url) as owner:
        owner.execute("update external_calendars set next_poll_at = '2199-01-01'")
    with web_server(GOOGLE) as server:
        yield server


@pytest.fixture
def app(app: Flask, elsewhere: WebServer) -> Flask:
    return started_anew(app, egress_allow=allowed_in(elsewhere.place))


@pytest.fixture
def worker(engine: sqlalchemy.Engine, clock: Clock, sink: Sink, elsewhere: WebServer) -> Worker:
    sender = Sender(Links([SECRET], BASE_URL), "followthrough@practice.example")
    return Worker(engine, clock, SmtpPost(sink.url), WorkerConfig(sender, egress_allow=allowed_in(elsewhere.place)))


def adds(person: Staff, server: WebServer, **more: Any) -> Any:
    return person.post("/external-calendars", {"name": "Private", "url": f"{server.url}/private-5f1d/basic.ics", **more})


def seen(person: Staff, calendar: Any) -> Any:
    return person.get(f"/external-calendars/{calendar['id']}")


def clock_times(visitor: Visitor, between: tuple[str, str] = TUESDAY) -> list[str]:
    """What is offered on a day, by the clock in Los Angeles."""
    zone = ZoneInfo("America/Los_Angeles")
    return [f"{datetime.fromisoformat(slot['starts_at']).astimezone(zone):%H:%M}" for slot in visitor.slots(*between)]


def spans_of(admin_url: str, calendar: Any) -> list[tuple[datetime, datetime]]:
    with psycopg.connect(admin_url) as owner:
        owner.execute("set timezone to 'UTC'")
        asked = "select starts_at, ends_at from external_busy where external_calendar_id = %s order by starts_at"
        return owner.execute(asked, [calendar["id"]]).fetchall()


def test_what_a_host_has_elsewhere_closes_times_here(
    ana: Staff, visitor: Visitor, worker: Worker, clock: Clock, elsewhere: WebServer, riverside: Practice
) -> None:
    riverside.olga.opens_consultations(hosts=(ana,))
    assert clock_times(visitor) == ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]

    calendar = adds(ana, elsewhere)
    assert (calendar["state"], calendar["url_hint"], calendar["last_polled_at"]) == ("waiting", "127.0.0.1", None)
    assert worker.poll_calendars() == 1
    looked = seen(ana, calendar)
    assert (looked["state"], looked["last_error"]) == ("ok", None)
    assert looked["last_polled_at"] == looked["last_ok_at"] == clock().isoformat().replace("+00:00", "Z")
    # Tuesdays at ten, in the calendar of the day; and the slot that was listed no more is not booked either.
    assert clock_times(visitor) == ["09:00", "09:30", "11:00", "11:30"]
    assert visitor.tries_to_book("2026-10-06T17:00:00Z").status_code == 409
    assert visitor.tries_to_book("2026-10-06T18:00:00Z").status_code == 201

    elsewhere.manner = lambda call: call.answer(EMPTY)
    assert worker.poll_calendars() == 0
    clock.move(minutes=12)
    assert worker.poll_calendars() == 1
    assert clock_times(visitor) == ["09:00", "09:30", "10:00", "10:30", "11:30"]


def test_whole_days_are_those_of_the_hosts_clock(
    ana: Staff, olga: Staff, worker: Worker, elsewhere: WebServer, admin_url: str
) -> None:
    elsewhere.manner = lambda call: call.answer(
        EMPTY.replace(b"END:", b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261012\r\nEND:VEVENT\r\nEND:", 1)
    )
    weekly = [{"weekday": "monday", "start": "09:00", "end": "12:00"}]
    olga.put("/availability", {"staff_id": ana.id, "timezone": "America/New_York", "weekly": weekly})
    hers, mine = adds(ana, elsewhere), adds(olga, elsewhere)
    assert worker.poll_calendars() == 2
    [(starts_at, ends_at)] = spans_of(admin_url, hers)
    assert (starts_at.isoformat(), ends_at - starts_at) == ("2026-10-12T04:00:00+00:00", timedelta(days=1))
    # Olga has no hours: hers are the practice's.
    assert spans_of(admin_url, mine)[0][0].isoformat() == "2026-10-12T07:00:00+00:00"


def test_what_stays_is_not_written_again(
    ana: Staff, worker: Worker, clock: Clock, elsewhere: WebServer, admin_url: str
) -> None:
    calendar = adds(ana, elsewhere)
    worker.poll_calendars()
    before = spans_of(admin_url, calendar)
    with psycopg.connect(admin_url) as owner:
        rows = owner.execute("select id, xmin from external_busy where external_calendar_id = %s", [calendar["id"]]).fetchall()
    elsewhere.manner = lambda call: call.answer(GOOGLE.replace(b"DTSTART:20261006T223000Z", b"DTSTART:20261006T224500Z"))
    clock.move(minutes=12)
    worker.poll_calendars()
    after = spans_of(admin_url, calendar)
    assert len(set(before) - set(after)) == len(set(after) - set(before)) == 1
    assert len(after) == len(before)
    with psycopg.connect(admin_url) as owner:
        now = owner.execute("select id, xmin from external_busy where external_calendar_id = %s", [calendar["id"]]).fetchall()
    assert len(set(rows) & set(now)) == len(rows) - 1


# The address, and what is behind it.


def test_the_address_is_shown_to_nobody_and_lies_sealed(
    ana: Staff, olga: Staff, worker: Worker, elsewhere: WebServer, admin_url: str
) -> None:
    calendar = adds(ana, elsewhere)
    worker.poll_calendars()
    elsewhere.manner = lambda call: call.answer(b"private-5f1d", status=500)
    olga.post(f"/external-calendars/{calendar['id']}/poll")
    answers = [calendar, seen(olga, calendar), olga.get("/external-calendars"), olga.entries()]
    answers.append(ana.patch(f"/external-calendars/{calendar['id']}", {"name": "Mine"}))
    assert "private-5f1d" not in str(answers)
    assert all("url" not in answer for answer in answers[:2])
    with psycopg.connect(admin_url) as owner:
        row = owner.execute("select t::text, sealed_url from external_calendars t where id = %s", [calendar["id"]]).fetchone()
        busy = owner.execute("select string_agg(t::text, '') from external_busy t").fetchone()
    assert row is not None
    assert busy is not None
    assert b"private" not in row[1]
    assert "private-5f1d" not in row[0]
    # Of what was read, times alone: no title, no name, no place.
    assert not re.search("Petrov|Dentist|school|Room", busy[0])


def test_polls_leave_no_entries_and_people_do(ana: Staff, olga: Staff, worker: Worker, elsewhere: WebServer) -> None:
    calendar = adds(ana, elsewhere)
    worker.poll_calendars()
    ana.patch(f"/external-calendars/{calendar['id']}", {"name": "Mine"})
    ana.delete(f"/external-calendars/{calendar['id']}")
    entries = [(entry["action"], entry["actor"]) for entry in olga.entries(row_id=calendar["id"])]
    assert entries == [("delete", "staff"), ("update", "staff"), ("create", "staff")]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "calendar.example",
        "http://calendar.example/basic.ics",
        "webcal:calendar.example",
        "https://user:password@calendar.example/basic.ics",
        "https://calendar.example:22/basic.ics",
        "https://10.0.0.1/basic.ics",
        "https://169.254.169.254/latest",
        "https://2130706433/",
        "webcal://[::ffff:10.0.0.1]/",
        "https://calendar.example/a b",
        "https://calendar.example/" + "x" * 2000,
    ],
)
def test_an_address_that_is_never_called_is_refused_at_once(ana: Staff, url: str) -> None:
    answer = ana.ask("POST", "/external-calendars", {"name": "Private", "url": url})
    assert answer.status_code == 422, answer.get_data(as_text=True)
    assert [error["pointer"] for error in answer.get_json()["errors"]] == ["/url"]


@pytest.mark.parametrize(
    "url", ["webcal://p12-caldav.example/published/2/MTIz", "WEBCAL://P12-caldav.example/published/2/MTIz"]
)
def test_an_address_of_apple_is_read_as_https(ana: Staff, url: str) -> None:
    assert ana.post("/external-calendars", {"name": "Home", "url": url})["url_hint"] == "p12-caldav.example"


# Whose they are.


def test_each_sees_to_their_own_and_an_owner_to_anybodys(
    ana: Staff, olga: Staff, sam: Staff, lakeside: Practice, worker: Worker, elsewhere: WebServer
) -> None:
    calendar = adds(ana, elsewhere)
    at = f"/external-calendars/{calendar['id']}"
    for stranger in (sam, lakeside.olga):
        assert stranger.get("/external-calendars")["items"] == []
        assert stranger.get(f"/external-calendars?staff_id={ana.id}")["items"] == []
        acts = [("GET", at, None), ("PATCH", at, {"name": "Theirs"}), ("DELETE", at, None), ("POST", f"{at}/poll", None)]
        assert {stranger.ask(*act).status_code for act in acts} == {404}
    assert ana.ask("POST", "/external-calendars", {"name": "His", "url": elsewhere.url, "staff_id": sam.id}).status_code == 403
    assert [row["id"] for row in olga.get(f"/external-calendars?staff_id={ana.id}")["items"]] == [calendar["id"]]
    assert adds(olga, elsewhere, staff_id=sam.id)["staff_id"] == sam.id
    [his] = sam.get("/external-calendars")["items"]
    assert sam.patch(f"/external-calendars/{his['id']}", {"name": "Mine"})["name"] == "Mine"
    sam.delete(f"/external-calendars/{his['id']}")
    assert sam.get("/external-calendars")["items"] == []
    assert ana.get("/external-calendars?state=waiting")["items"][0]["id"] == calendar["id"]
    assert ana.get("/external-calendars?state=ok")["items"] == []


def test_one_member_has_only_so_many(ana: Staff, elsewhere: WebServer) -> None:
    for _ in range(MOST_OF_ONE_MEMBER):
        calendar = adds(ana, elsewhere)
    refused = ana.ask("POST", "/external-calendars", {"name": "More", "url": elsewhere.url})
    assert (refused.status_code, refused.get_json()["type"]) == (409, "/problems/conflict")
    ana.delete(f"/external-calendars/{calendar['id']}")
    adds(ana, elsewhere)


def test_a_calendar_that_is_removed_is_forgotten_and_the_times_are_free(
    ana: Staff, visitor: Visitor, worker: Worker, elsewhere: WebServer, riverside: Practice, admin_url: str
) -> None:
    riverside.olga.opens_consultations(hosts=(ana,))
    calendar = adds(ana, elsewhere)
    worker.poll_calendars()
    ana.delete(f"/external-calendars/{calendar['id']}")
    assert "10:00" in clock_times(visitor)
    assert spans_of(admin_url, calendar) == []
    assert ana.ask("GET", f"/external-calendars/{calendar['id']}").status_code == 404


def test_who_leaves_takes_their_calendars_along(
    ana: Staff, olga: Staff, worker: Worker, elsewhere: WebServer, admin_url: str
) -> None:
    calendar, mine = adds(ana, elsewhere), adds(olga, elsewhere)
    worker.poll_calendars()
    olga.delete(f"/staff/{ana.id}")
    assert [row["id"] for row in olga.get("/external-calendars")["items"]] == [mine["id"]]
    assert spans_of(admin_url, calendar) == []
    assert spans_of(admin_url, mine) != []


# When it is looked at.


def test_what_has_not_changed_is_not_sent_again_on_the_same_day(
    ana: Staff, worker: Worker, clock: Clock, elsewhere: WebServer, admin_url: str
) -> None:
    def answers(call: Any) -> None:
        if call.headers.get("if-none-match") == '"v1"':
            call.answer(status=304)
        else:
            call.answer(DAILY, ETag='"v1"', Last_Modified="Mon, 05 Oct 2026 15:00:00 GMT")

    elsewhere.manner = answers
    calendar = adds(ana, elsewhere)
    worker.poll_calendars()
    before = spans_of(admin_url, calendar)
    clock.move(minutes=12)
    worker.poll_calendars()
    assert elsewhere.calls[1].headers["if-modified-since"] == "Mon, 05 Oct 2026 15:00:00 GMT"
    assert seen(ana, calendar)["last_ok_at"] == clock().isoformat().replace("+00:00", "Z")
    assert spans_of(admin_url, calendar) == before
    # Other days lie ahead tomorrow.
    clock.move(days=1)
    worker.poll_calendars()
    assert "if-none-match" not in elsewhere.calls[2].headers
    assert spans_of(admin_url, calendar) != before
    assert len(elsewhere.calls) == 3


@pytest.mark.parametrize("etag", ["x" * 600, "\x01", "\u00e9"])
def test_a_tag_that_cannot_be_sent_back_is_not_kept(
    ana: Staff, worker: Worker, clock: Clock, elsewhere: WebServer, etag: str
) -> None:
    elsewhere.manner = lambda call: call.says(
        b"HTTP/1.1 200 OK\r\nETag: " + etag.encode("latin-1") + b"\r\nConnection: close\r\n\r\n" + GOOGLE
    )
    calendar = adds(ana, elsewhere)
    worker.poll_calendars()
    clock.move(minutes=12)
    worker.poll_calendars()
    assert seen(ana, calendar)["state"] in ("ok", "failing")
    assert "if-none-match" not in elsewhere.calls[-1].headers


def test_what_fails_is_said_in_words_and_what_was_known_holds_on(
    ana: Staff, worker: Worker, clock: Clock, elsewhere: WebServer, admin_url: str
) -> None:
    calendar = adds(ana, elsewhere)
    worker.poll_calendars()
    before, was_ok_at = spans_of(admin_url, calendar), seen(ana, calendar)["last_ok_at"]
    moved = "http://127.0.0.1:9/"
    manners: dict[str, Any] = {
        "answers 500": lambda call: call.answer(b"oops", status=500),
        "Was this address withdrawn?": lambda call: call.answer(b"gone", status=404),
        "answers 302": lambda call: call.answer(status=302, Location=moved),
        "answers 304": lambda call: call.answer(status=304),
        "answers 204": lambda call: call.answer(status=204),
        "no calendar": lambda call: call.answer(b"<html>Sign in</html>"),
        "breaks off": lambda call: call.answer(GOOGLE[:-30]),
        "larger than 5 MiB": lambda call: call.answer(EMPTY + b" " * MOST_BYTES),
        "does not speak HTTP": lambda call: call.says(b"SSH-2.0-OpenSSH\r\n"),
    }
    for number, (words, manner) in enumerate(manners.items(), start=1):
        elsewhere.manner = manner
        clock.move(hours=7)
        assert worker.poll_calendars() == 1
        looked = seen(ana, calendar)
        assert (looked["state"], looked["last_ok_at"]) == ("failing", was_ok_at)
        assert words in looked["last_error"]
        assert spans_of(admin_url, calendar) == before
        pause = datetime.fromisoformat(looked["next_poll_at"]) - clock()
        least = min(EVERY * 2**number, LONGEST_PAUSE) * 0.9
        assert least <= pause <= least / 0.9 * 1.1
    elsewhere.manner = lambda call: call.answer(GOOGLE)
    clock.move(hours=7)
    worker.poll_calendars()
    mended = seen(ana, calendar)
    assert (mended["state"], mended["last_error"]) == ("ok", None)
    assert datetime.fromisoformat(mended["next_poll_at"]) - clock() <= EVERY * 1.1


def test_events_that_cannot_be_read_are_said_so(ana: Staff, worker: Worker, elsewhere: WebServer, admin_url: str) -> None:
    elsewhere.manner = lambda call: call.answer(GOOGLE.replace(b"FREQ=WEEKLY", b"FREQ=NEVER"))
    calendar = adds(ana, elsewhere)
    worker.poll_calendars()
    looked = seen(ana, calendar)
    assert looked["state"] == "ok"
    assert looked["last_error"] == "One of its events cannot be read: you count as free then."
    assert spans_of(admin_url, calendar) != []


def test_who_asks_is_looked_at_soon_though_not_twice_in_a_minute(
    ana: Staff, worker: Worker, clock: Clock, elsewhere: WebServer
) -> None:
    calendar = adds(ana, elsewhere)
    worker.poll_calendars()
    clock.move(seconds=30)
    asked = ana.post(f"/external-calendars/{calendar['id']}/poll")
    assert datetime.fromisoformat(asked["next_poll_at"]) == clock() + timedelta(seconds=30)
    assert worker.poll_calendars() == 0
    clock.move(seconds=30)
    assert worker.poll_calendars() == 1
    clock.move(minutes=3)
    assert ana.post(f"/external-calendars/{calendar['id']}/poll")["next_poll_at"] == clock().isoformat().replace("+00:00", "Z")
    assert worker.poll_calendars() == 1
    # It never comes later for being asked for.
    clock.move(days=1)
    asked = ana.post(f"/external-calendars/{calendar['id']}/poll")
    assert datetime.fromisoformat(asked["next_poll_at"]) < clock()


def test_pauses_grow_to_six_hours_and_are_never_the_same() -> None:
    assert [pause_after(failures, 0.5) for failures in range(8)] == [
        *(timedelta(minutes=minutes) for minutes in (10, 20, 40, 80, 160, 320)),
        *[LONGEST_PAUSE] * 2,
    ]
    assert pause_after(10**6, 0.5) == LONGEST_PAUSE
    assert (pause_after(0, 0), pause_after(0, 1)) == (timedelta(minutes=9), timedelta(minutes=11))


def test_an_address_whose_secret_is_gone_is_said_so(
    ana: Staff, engine: sqlalchemy.Engine, clock: Clock, sink: Sink, elsewhere: WebServer, worker: Worker
) -> None:
    calendar = adds(ana, elsewhere)
    links = Links([secrets.token_bytes(40)], BASE_URL)
    other = Worker(engine, clock, SmtpPost(sink.url), WorkerConfig(Sender(links, "us@practice.example")))
    assert other.poll_calendars() == 1
    assert "secret that is gone" in seen(ana, calendar)["last_error"]
    assert elsewhere.connections == 0


def test_what_was_allowed_once_and_is_not_any_more_is_not_called(
    ana: Staff, engine: sqlalchemy.Engine, clock: Clock, sink: Sink, elsewhere: WebServer
) -> None:
    calendar = adds(ana, elsewhere)
    stricter = Worker(engine, clock, SmtpPost(sink.url), WorkerConfig(Sender(Links([SECRET], BASE_URL), "us@practice.example")))
    assert stricter.poll_calendars() == 1
    assert seen(ana, calendar)["state"] == "failing"
    assert elsewhere.connections == 0


# Files that want too much.


def reads(ics: bytes, clock: Clock, **more: Any) -> Any:
    now = clock()
    return busy_in_child(ics, from_at=now, until_at=now + timedelta(days=400), zone=ZoneInfo("UTC"), **more)


def test_a_file_is_read_in_a_process_that_knows_nothing(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and secrets are in the environment of the worker, and of no child of it."""
    monkeypatch.setenv("SECRET_KEY", "x" * 40)
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    assert len(reads(GOOGLE, clock).spans) == 9
    with pytest.raises(CalendarUnreadable, match="no calendar"):
        reads(b"<html>", clock)


def test_a_file_that_wants_too_much_time_is_left(clock: Clock) -> None:
    rule = b"FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30"
    endless = GOOGLE.replace(b"FREQ=WEEKLY;UNTIL=20261118T075959Z;BYDAY=TU", rule)
    with pytest.raises(CalendarUnreadable, match="too long"):
        reads(endless, clock, seconds=2)


def test_a_file_that_wants_too_much_memory_is_left(clock: Clock) -> None:
    with pytest.raises(CalendarUnreadable, match="memory"):
        reads(EMPTY[:-15] + b"X" * 200_000_000, clock)


def test_our_own_invitation_in_a_calendar_elsewhere_closes_no_time_of_ours(
    ana: Staff, olga: Staff, worker: Worker, visitor: Visitor, clock: Clock, elsewhere: WebServer
) -> None:
    """A host's provider puts it there by itself. Red without `besides` in `domain.external_calendar`."""
    olga.opens_consultations(hosts=(ana,))
    booked = visitor.books("2026-10-06T09:00:00-07:00")
    link = f"/public/bookings/{booked['manage_url'].rsplit('/', 1)[1]}"
    invitation = visitor.ask("GET", f"{link}/invite.ics").get_data()
    elsewhere.manner = lambda call: call.answer(invitation)
    adds(ana, elsewhere)
    assert worker.poll_calendars() == 1
    assert visitor.post(f"{link}/cancel")["state"] == "cancelled"
    assert "09:00" in clock_times(visitor)
    elsewhere.manner = lambda call: call.answer(invitation.replace(b"@followthrough", b"@elsewhere"))
    clock.move(minutes=12)
    worker.poll_calendars()
    assert "09:00" not in clock_times(visitor)
