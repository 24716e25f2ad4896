"""Promise 1, where the time alone does not decide: holds, limits, seasons, links for once, requests, turns. One at a time.

Each says which line keeps it. The lock is that of `LOCKED_HOURS` in `models.availability`; the second try is what
`_may_go_better` in `api.retry` says of `NO_OVERLAP`.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import psycopg
import pytest
from werkzeug.test import TestResponse

from tests.cast import Practice, Staff, Visitor, token_in
from tests.promises.conftest import Admin
from tests.promises.racing import at_once, problem, statuses

Act = Callable[[], TestResponse]
NINE, TEN = "2026-10-06T16:00:00Z", "2026-10-06T17:00:00Z"
DAY = ("2026-10-06T00:00:00Z", "2026-10-07T00:00:00Z")


def times(count: int, minutes: int = 15, first: str = "2026-10-06T13:00:00Z") -> list[str]:
    """So many starts of a Tuesday, one after the other, from six in the morning on."""
    return [(datetime.fromisoformat(first) + timedelta(minutes=minutes * n)).isoformat() for n in range(count)]


def all_day(olga: Staff, *hosts: Staff, **more: Any) -> Any:
    """A quarter of an hour, at any time of any day."""
    kind = olga.opens_consultations(hosts=hosts, **{"minutes": 15, "step_minutes": 15, **more})
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    weekly = [{"weekday": day, "start": "00:00", "end": "00:00"} for day in days]
    for host in hosts:
        olga.put("/availability", {"staff_id": host.id, "timezone": "America/Los_Angeles", "weekly": weekly})
    return kind


def wants(practice: Practice, starts_at: str, kind: str = "free-consultation", **more: Any) -> Act:
    visitor: Visitor = practice.visitor()
    return lambda: visitor.tries_to_book(starts_at, kind=kind, **more)


def decides(who: Staff, booked: Any, verb: str) -> Act:
    return lambda: who.ask("POST", f"/bookings/{booked['id']}/{verb}")


def taken(admin: Admin, *hosts: Staff) -> list[Any]:
    """Host and time of every booking that keeps its time."""
    found = admin.execute(
        "select host_id::text, tstzrange(starts_at, ends_at) as span, state from bookings"
        " where host_id::text = any(%s) and state in ('held', 'requested', 'confirmed') order by starts_at",
        [[host.id for host in hosts]],
    )
    return list(found)


def test_of_forty_who_want_overlapping_times_of_two_types_one_gets_hers(ana: Staff, riverside: Practice, admin: Admin) -> None:
    """Half an hour or an hour, from nine. Red without both the lock and the second try (some hear no free times), and without
    both the lock and the constraint (several get it)."""
    riverside.olga.opens_consultations(hosts=(ana,))
    hour = {"name": "Long", "slug": "long", "minutes": 60, "step_minutes": 30, "minimum_notice_minutes": 0}
    riverside.olga.post("/consultation-types", hour)
    acts = [wants(riverside, NINE, "long") for _ in range(20)] + [wants(riverside, NINE) for _ in range(20)]
    answers = at_once(*acts)
    assert statuses(answers) == [201] + [409] * 39
    assert all(
        problem(answer) == "slot-taken" and answer.get_json()["nearest"] for answer in answers if answer.status_code == 409
    )
    assert len(taken(admin, ana)) == 1


def test_of_those_who_hold_and_those_who_book_one_gets_the_time(ana: Staff, riverside: Practice, admin: Admin) -> None:
    """Red without both the lock and the constraint."""
    riverside.olga.opens_consultations(hosts=(ana,))
    holders = [riverside.visitor() for _ in range(15)]
    holds: list[Act] = [lambda one=one: one.tries_to_hold(NINE) for one in holders]  # type: ignore[misc]
    answers = at_once(*holds, *(wants(riverside, NINE) for _ in range(15)))
    assert statuses(answers) == [201] + [409] * 29
    assert len(taken(admin, ana)) == 1


def test_a_hold_becomes_one_booking_however_often_it_is_sent(ana: Staff, riverside: Practice, admin: Admin) -> None:
    """A form that is sent in six windows, for different times. Red without both the lock and that of `LOCKED_HOLD_BY_TOKEN`."""
    riverside.olga.opens_consultations(hosts=(ana,), daily_limit=1)
    petra = riverside.visitor()
    held = petra.holds(NINE)["hold"]
    answers = at_once(*(wants(riverside, at, hold=held) for at in times(6, 30, NINE)))
    assert statuses(answers) == [201] + [409] * 5
    assert len(taken(admin, ana)) == 1


def test_from_one_address_three_times_are_held_however_many_come(ana: Staff, riverside: Practice, admin: Admin) -> None:
    """Red without the lock."""
    all_day(riverside.olga, ana)
    petra = riverside.visitor()
    acts: list[Act] = [lambda at=at: petra.tries_to_hold(at) for at in times(12)]  # type: ignore[misc]
    assert statuses(at_once(*acts)) == [201] * 3 + [429] * 9
    assert len(taken(admin, ana)) == 3


@pytest.mark.parametrize(
    "limit",
    [{"daily_limit": 1}, {"weekly_limit": 1}, {"monthly_limit": 1}, {"daily_limit_minutes": 20}, {"weekly_limit_minutes": 29}],
    ids=lambda limit: next(iter(limit)),
)
def test_a_limit_of_one_is_one_however_many_want_different_times(
    ana: Staff, riverside: Practice, admin: Admin, limit: dict[str, int]
) -> None:
    """Forty, of whom no two are in each other's way. Red without the lock."""
    all_day(riverside.olga, ana, **limit)
    answers = at_once(*(wants(riverside, at) for at in times(40)))
    assert statuses(answers) == [201] + [409] * 39
    assert len(taken(admin, ana)) == 1


def test_a_season_is_full_for_all_hosts_together(ana: Staff, olga: Staff, riverside: Practice, admin: Admin) -> None:
    """Red without the lock."""
    cap = {"from": "2026-10-01", "to": "2026-10-31", "limit": 3}
    all_day(olga, ana, olga, season_caps=[cap])
    answers = at_once(*(wants(riverside, at) for at in times(20)))
    assert statuses(answers) == [201] * 3 + [409] * 17
    assert len(taken(admin, ana, olga)) == 3


def test_who_moves_into_a_day_races_who_books_it(ana: Staff, riverside: Practice, admin: Admin) -> None:
    """A daily limit of one, and different times. Red without the lock."""
    all_day(riverside.olga, ana, daily_limit=1)
    petra = riverside.visitor()
    link = petra.books("2026-10-08T17:00:00Z")["manage_url"].rsplit("/")[-1]
    move: Act = lambda: petra.ask("POST", f"/public/bookings/{link}/reschedule", {"starts_at": NINE})  # noqa: E731
    answers = at_once(move, *(wants(riverside, at) for at in times(10, first=TEN)))
    assert sum(answer.status_code < 300 for answer in answers) == 1
    on_tuesday = [row for row in taken(admin, ana) if row["span"].lower < datetime(2026, 10, 7, 7, tzinfo=UTC)]
    assert len(on_tuesday) == 1


def test_a_link_for_once_is_used_once(ana: Staff, riverside: Practice, admin: Admin) -> None:
    """Twenty who come by it, for different times. Red without `lock=True` for the link in `api.booking.book`: it was read
    before the lock on the hosts was there."""
    kind = all_day(riverside.olga, ana, is_private=True)
    made = riverside.olga.post("/booking-links", {"consultation_type_id": kind["id"]})
    link = made["url"].partition("?link=")[2]
    answers = at_once(*(wants(riverside, at, link=link) for at in times(20)))
    assert statuses(answers) == [201] + [404] * 19
    assert len(taken(admin, ana)) == 1


def test_turns_are_fair_in_a_rush(ana: Staff, olga: Staff, sam: Staff, riverside: Practice, admin: Admin) -> None:
    """Twelve different times, at all of which all three are free; Ana holds as many as the others together. Red without the
    lock: all are given to whose turn it was before."""
    weights = [{"staff_id": ana.id, "weight": 2}, {"staff_id": olga.id}, {"staff_id": sam.id}]
    kind = all_day(olga, ana, olga, sam)
    olga.patch(f"/consultation-types/{kind['id']}", {"hosts": weights})
    assert statuses(at_once(*(wants(riverside, at) for at in times(12)))) == [201] * 12
    shares = Counter(row["host_id"] for row in taken(admin, ana, olga, sam))
    assert shares == {ana.id: 6, olga.id: 3, sam.id: 3}


@pytest.mark.parametrize("second", ["confirm", "decline"])
def test_a_request_is_decided_once(ana: Staff, olga: Staff, sam: Staff, riverside: Practice, second: str) -> None:
    """Red without the look at the state in `_must_be_requested`. That the row is locked, and that a stale version changes
    nothing, are enough each by itself."""
    olga.opens_consultations(hosts=(ana,), needs_confirmation=True)
    for at in times(4, 30, NINE):
        booked = riverside.visitor().books(at)
        answers = at_once(*(decides(who, booked, verb) for who in (ana, olga, sam) for verb in ("confirm", second)))
        assert statuses(answers) == [200] + [409] * 5
        events = [event["kind"] for event in olga.get(f"/bookings/{booked['id']}/history")["items"]]
        assert len(events) == 2


def test_an_address_is_confirmed_once_however_often_the_button_is_pressed(ana: Staff, olga: Staff, riverside: Practice) -> None:
    olga.opens_consultations(hosts=(ana,), verifies_address=True)
    petra = riverside.visitor()
    booked = petra.books(NINE)
    [mail] = riverside.mails_to(petra.email)
    press: Act = lambda: petra.ask("POST", f"/public/bookings/{token_in(mail)}/confirm")  # noqa: E731
    assert statuses(at_once(*[press] * 6)) == [200] * 6
    events = [event["kind"] for event in olga.get(f"/bookings/{booked['id']}/history")["items"]]
    assert events == ["verified", "confirmed"]
    assert len(riverside.mails_to(petra.email)) == 2


def test_twenty_mails_a_day_are_twenty_in_a_rush(ana: Staff, riverside: Practice, lakeside: Practice, admin: Admin) -> None:
    """Two practices at once, one address. Red without `BOOKING_MAIL_IN_A_DAY` in `api.booking._told`."""
    for practice in (riverside, lakeside):
        all_day(practice.olga, practice.ana)
    address = riverside.visitor().email
    acts = [wants(practice, at, email=address) for at in times(15) for practice in (riverside, lakeside)]
    assert statuses(at_once(*acts)) == [201] * 20 + [429] * 10
    assert len(taken(admin, ana, lakeside.ana)) == 20


# Past the lock.


@pytest.fixture
def by_hand(admin_url: str) -> Iterator[psycopg.Connection]:
    """Somebody who takes no lock of ours, and has not committed yet."""
    with psycopg.connect(admin_url) as connection:
        yield connection


def waits_for(superuser: Admin, connection: psycopg.Connection) -> bool:
    asked = "select count(*) as waiting from pg_stat_activity where %s = any(pg_blocking_pids(pid))"
    [row] = superuser.execute(asked, [connection.info.backend_pid]).fetchall()
    return bool(row["waiting"])


@pytest.mark.parametrize("they", ["book", "hold", "move"])
def test_who_comes_second_past_every_lock_is_told_what_is_free(
    ana: Staff, riverside: Practice, admin: Admin, superuser: Admin, by_hand: psycopg.Connection, they: str
) -> None:
    """The constraint makes them wait for who takes the time by hand, and refuses. Red without the second try: the free times
    are missing; and without the constraint, or (a hold) with `held` left out of it: both get in."""
    riverside.olga.opens_consultations(hosts=(ana,))
    petra = riverside.visitor()
    mine = petra.books(TEN)
    link = mine["manage_url"].rsplit("/")[-1]
    insert = """insert into bookings (tenant_id, id, consultation_type_id, host_id, starts_at, ends_at, buffer_before_minutes,
            buffer_after_minutes, timezone, name, email, state, sequence, link_hash, version, created_at, updated_at)
        select tenant_id, gen_random_uuid(), consultation_type_id, host_id, starts_at - interval '45 minutes',
            ends_at - interval '45 minutes', 0, 0, timezone, name, email, state, 0, sha256(id::text::bytea), 1, created_at,
            updated_at from bookings where id = %s"""
    by_hand.execute(insert, [UUID(mine["id"])])
    acts: dict[str, Act] = {
        "book": wants(riverside, NINE),
        "hold": lambda: petra.tries_to_hold(NINE),
        "move": lambda: petra.ask("POST", f"/public/bookings/{link}/reschedule", {"starts_at": NINE}),
    }
    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(acts[they])
        while not waits_for(superuser, by_hand):
            assert not asked.done(), asked.result().get_data(as_text=True)
            time.sleep(0.01)
        by_hand.commit()
        answer = asked.result()
    assert (answer.status_code, problem(answer)) == (409, "slot-taken")
    assert answer.get_json()["nearest"]
    assert_none_overlap(taken(admin, ana))
    assert len(taken(admin, ana)) == 2


def assert_none_overlap(rows: Sequence[Any]) -> None:
    for earlier, later in pairwise(rows):
        assert earlier["span"].upper <= later["span"].lower
