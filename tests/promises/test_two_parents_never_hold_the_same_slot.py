"""Promise 1: two parents never hold the same slot, whatever the load; who comes second is shown what is free.

The lock is that of `LOCKED_HOURS` in `models.availability`. The second try is what `_may_go_better` in `api.retry` says of
`NO_OVERLAP`: where the constraint had to refuse, the whole request runs again and sees who was faster. Either is enough for
one slot; what is counted (limits, turns, links) needs the lock: test_who_races_for_consultations.py.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy
from psycopg import errors
from werkzeug.test import TestResponse

from models import tenancy
from models.booking import Booking
from models.transaction import Transaction
from tests.cast import Practice, Staff, Visitor
from tests.conftest import Clock
from tests.promises.conftest import Admin
from tests.promises.racing import at_once, problem, statuses

NINE, HALF_PAST, TEN, ELEVEN = (f"2026-10-06T{at}:00Z" for at in ("16:00", "16:30", "17:00", "18:00"))
DAY = ("2026-10-06T00:00:00Z", "2026-10-07T00:00:00Z")


def test_of_forty_visitors_who_want_one_slot_one_gets_it(ana: Staff, riverside: Practice, admin: Admin) -> None:
    """Red without both the lock and the second try: the constraint then refuses, and knows no free times."""
    riverside.olga.opens_consultations(hosts=(ana,))
    answers = at_once(*(wants(riverside, NINE) for _ in range(40)))
    assert statuses(answers) == [201] + [409] * 39
    free = starts(riverside.visitor().slots(*DAY))
    for refused in losers(answers):
        assert problem(refused) == "slot-taken"
        nearest = starts(refused.get_json()["nearest"])
        assert nearest[0] == datetime.fromisoformat(HALF_PAST)
        assert set(nearest) <= set(free)
    assert taken(admin, ana) == [(NINE, HALF_PAST)]


def test_what_the_losers_were_shown_can_be_booked(ana: Staff, riverside: Practice, admin: Admin) -> None:
    riverside.olga.opens_consultations(hosts=(ana,))
    answers = at_once(*(wants(riverside, NINE) for _ in range(6)))
    shown = losers(answers)[0].get_json()["nearest"]
    assert len(shown) == 5
    assert [riverside.visitor().tries_to_book(slot["starts_at"]).status_code for slot in shown] == [201] * 5
    assert len(taken(admin, ana)) == 6


def test_consultations_of_different_lengths_do_not_overlap(ana: Staff, riverside: Practice, admin: Admin) -> None:
    """Red without both the lock and the second try: some are then refused without free times."""
    riverside.olga.opens_consultations(hosts=(ana,))
    riverside.olga.post("/consultation-types", {"name": "Long", "slug": "long", "minutes": 90, "minimum_notice_minutes": 0})
    riverside.olga.post("/consultation-types", {"name": "Short", "slug": "short", "minutes": 15, "minimum_notice_minutes": 0})
    for day in range(6, 10):
        at = [f"2026-10-{day:02}T{hour}:00Z" for hour in ("16:00", "16:30", "16:45")]
        acts = [wants(riverside, at[0], "long"), wants(riverside, at[1]), wants(riverside, at[2], "short")] * 3
        answers = at_once(*acts)
        assert set(statuses(answers)) == {201, 409}
        assert all(refused.get_json()["nearest"] for refused in losers(answers))
    assert_none_overlap(admin, ana)


def test_who_moves_races_who_books(ana: Staff, riverside: Practice, admin: Admin) -> None:
    """Red without both the lock and the second try."""
    riverside.olga.opens_consultations(hosts=(ana,))
    petra = riverside.visitor()
    for day in range(6, 10):
        here, there = f"2026-10-{day:02}T16:00:00Z", f"2026-10-{day:02}T18:00:00Z"
        link = petra.books(here)["manage_url"].rsplit("/")[-1]
        answers = at_once(moves(riverside, link, there), *(wants(riverside, there) for _ in range(4)))
        moved, others = answers[0], answers[1:]
        assert moved.status_code in (200, 409)
        assert statuses(others) == ([409] * 4 if moved.status_code == 200 else [201, 409, 409, 409])
        assert all(refused.get_json()["nearest"] for refused in losers(answers))
        now_at = petra.get(f"/public/bookings/{link}")["starts_at"]
        assert datetime.fromisoformat(now_at) == datetime.fromisoformat(there if moved.status_code == 200 else here)
    assert_none_overlap(admin, ana)


def test_two_who_want_each_others_time_both_stay(ana: Staff, riverside: Practice, admin: Admin) -> None:
    riverside.olga.opens_consultations(hosts=(ana,))
    early, late = (riverside.visitor().books(at)["manage_url"].rsplit("/")[-1] for at in (NINE, TEN))
    answers = at_once(moves(riverside, early, TEN), moves(riverside, late, NINE))
    assert [problem(answer) for answer in answers] == ["slot-taken"] * 2
    assert [start for start, _ in taken(admin, ana)] == [NINE, TEN]


def test_with_two_hosts_exactly_two_get_the_slot(ana: Staff, olga: Staff, riverside: Practice, admin: Admin) -> None:
    """Red without both the lock and the second try: all pick the same host."""
    olga.opens_consultations(hosts=(ana, olga))
    answers = at_once(*(wants(riverside, NINE) for _ in range(12)))
    assert statuses(answers) == [201] * 2 + [409] * 10
    assert all(problem(refused) == "slot-taken" and refused.get_json()["nearest"] for refused in losers(answers))
    assert taken(admin, ana) == taken(admin, olga) == [(NINE, HALF_PAST)]


def test_what_is_cancelled_is_won_by_one(ana: Staff, riverside: Practice, admin: Admin) -> None:
    riverside.olga.opens_consultations(hosts=(ana,))
    link = riverside.visitor().books(NINE)["manage_url"].rsplit("/")[-1]
    cancel: Act = lambda: riverside.visitor().ask("POST", f"/public/bookings/{link}/cancel", {})  # noqa: E731
    answers = at_once(cancel, *(wants(riverside, NINE) for _ in range(5)))
    assert answers[0].status_code == 200
    won = statuses(answers[1:]).count(201)
    assert won <= 1
    assert taken(admin, ana) == [(NINE, HALF_PAST)] * won


@pytest.mark.parametrize("state", ["held", "requested", "confirmed"])
def test_without_any_lock_the_database_alone_refuses_the_second(
    state: str, ana: Staff, olga: Staff, engine: sqlalchemy.Engine, clock: Clock, admin: Admin
) -> None:
    """Red without `ex_bookings_no_overlap` in migration 0001, and where a state is left out of it."""
    insert = inserting(ana, engine, clock, olga.opens_consultations(hosts=(ana,)))
    outcomes = at_once(*(lambda: insert(NINE, HALF_PAST, state) for _ in range(8)))
    assert sorted(outcomes) == ["ExclusionViolation"] * 7 + ["inserted"]
    assert insert("2026-10-06T16:29:59Z", TEN, "confirmed") == "ExclusionViolation"
    assert insert("2026-10-06T15:00:00Z", ELEVEN, "confirmed") == "ExclusionViolation"
    assert taken(admin, ana) == [(NINE, HALF_PAST)]


def test_the_database_takes_neighbours_and_what_is_over(
    ana: Staff, olga: Staff, engine: sqlalchemy.Engine, clock: Clock
) -> None:
    insert = inserting(ana, engine, clock, olga.opens_consultations(hosts=(ana,)))
    assert insert(NINE, HALF_PAST, "confirmed") == "inserted"
    assert insert(HALF_PAST, TEN, "confirmed") == "inserted"
    assert insert(NINE, HALF_PAST, "cancelled") == "inserted"


@pytest.mark.parametrize("ends_at", [NINE, "2026-10-06T15:00:00Z"])
def test_the_database_takes_no_empty_span(
    ends_at: str, ana: Staff, olga: Staff, engine: sqlalchemy.Engine, clock: Clock
) -> None:
    """Red without `ck_bookings_span` in migration 0001: an empty range overlaps nothing."""
    insert = inserting(ana, engine, clock, olga.opens_consultations(hosts=(ana,)))
    assert insert(NINE, ends_at, "confirmed") in ("CheckViolation", "DataException")


# What they do, and what is then there.

Act = Callable[[], TestResponse]


def wants(practice: Practice, starts_at: str, kind: str = "free-consultation") -> Act:
    visitor: Visitor = practice.visitor()
    return lambda: visitor.tries_to_book(starts_at, kind=kind)


def moves(practice: Practice, link: str, starts_at: str) -> Act:
    visitor = practice.visitor()
    return lambda: visitor.ask("POST", f"/public/bookings/{link}/reschedule", {"starts_at": starts_at})


def inserting(ana: Staff, engine: sqlalchemy.Engine, clock: Clock, kind: Any) -> Callable[[str, str, str], str]:
    """Puts a booking in as the application's role, past every lock and rule of ours; gives what the database said."""
    practice_id = UUID(ana.get("/practice")["id"])

    def insert(starts_at: str, ends_at: str, state: str) -> str:
        booking = Booking(
            consultation_type_id=UUID(kind["id"]),
            host_id=UUID(ana.id),
            starts_at=datetime.fromisoformat(starts_at),
            ends_at=datetime.fromisoformat(ends_at),
            buffer_before_minutes=0,
            buffer_after_minutes=0,
            timezone="America/New_York",
            name="Petra Petrov",
            email="petra@example.org",
            state=state,
            sequence=0,
        )
        booking.link_hash = booking.id.bytes
        try:
            with Transaction(engine, tenancy.practice(practice_id), clock()) as work:
                work.add(booking)
        except errors.DeadlockDetected:
            # Of those that wait for one another's row the database ends one, who comes again, as a request does.
            return insert(starts_at, ends_at, state)
        except (errors.ExclusionViolation, errors.CheckViolation, errors.DataError) as refused:
            return type(refused).__name__
        return "inserted"

    return insert


def losers(answers: Sequence[TestResponse]) -> list[TestResponse]:
    return [answer for answer in answers if answer.status_code == 409]


def starts(slots: Sequence[Any]) -> list[datetime]:
    return [datetime.fromisoformat(slot["starts_at"]) for slot in slots]


def taken(admin: Admin, host: Staff) -> list[tuple[str, str]]:
    """The times that a host's bookings hold, the earliest first."""
    found = admin.execute(
        "select starts_at at time zone 'UTC' as starts_at, ends_at at time zone 'UTC' as ends_at from bookings"
        " where host_id = %s and state in ('held', 'requested', 'confirmed') order by 1",
        [host.id],
    )
    return [(f"{row['starts_at'].isoformat()}Z", f"{row['ends_at'].isoformat()}Z") for row in found]


def assert_none_overlap(admin: Admin, host: Staff) -> None:
    held = [tuple(map(datetime.fromisoformat, span)) for span in taken(admin, host)]
    assert held
    gaps = [later[0] - earlier[1] for earlier, later in pairwise(held)]
    assert all(gap >= timedelta(0) for gap in gaps)
