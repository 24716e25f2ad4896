"""A time is kept for a visitor while she fills in the form: for ten minutes, hers to see, nobody else's to take."""

import psycopg
import pytest

from tests.cast import Practice, Staff, Visitor
from tests.conftest import Clock

DAY = ("2026-10-06T00:00:00Z", "2026-10-07T00:00:00Z")
NINE, TEN, ELEVEN = "2026-10-06T09:00:00-07:00", "2026-10-06T10:00:00-07:00", "2026-10-06T11:00:00-07:00"


def starts(visitor: Visitor, **more: str) -> list[str]:
    return [slot["starts_at"] for slot in visitor.slots(*DAY, **more)]


def test_what_one_holds_nobody_else_sees_or_takes(riverside: Practice, ana: Staff, visitor: Visitor) -> None:
    riverside.olga.opens_consultations(hosts=(ana,))
    held = visitor.holds(NINE)
    assert (held["starts_at"], held["expires_at"]) == ("2026-10-06T12:00:00-04:00", "2026-10-05T16:10:00Z")
    other = riverside.visitor()
    assert NINE not in starts(other)
    assert NINE in starts(visitor, hold=held["hold"])
    assert other.tries_to_book(NINE).status_code == other.tries_to_hold(NINE).status_code == 409
    assert "Petra" not in str(held)


def test_the_hold_itself_becomes_the_booking(riverside: Practice, ana: Staff, olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(hosts=(ana,))
    held = visitor.holds(NINE)
    assert olga.get("/bookings")["items"] == []
    booked = visitor.books(NINE, hold=held["hold"])
    [booking] = olga.get("/bookings")["items"]
    assert (booking["id"], booking["state"], booking["expires_at"]) == (booked["id"], "confirmed", None)
    # From here on it has the link of a booking, and none of a hold.
    assert visitor.ask("DELETE", f"/public/holds/{held['hold']}").status_code == 404
    token = booked["manage_url"].rsplit("/", 1)[1]
    assert visitor.get(f"/public/bookings/{token}")["first_name"] == "Petra"
    assert [event["kind"] for event in olga.get(f"/bookings/{booked['id']}/history")["items"]] == ["confirmed"]


def test_who_holds_another_time_gives_the_first_back(riverside: Practice, ana: Staff, visitor: Visitor) -> None:
    riverside.olga.opens_consultations(hosts=(ana,))
    held = visitor.holds(NINE)
    moved = visitor.holds(TEN, hold=held["hold"])
    assert moved["hold"] == held["hold"]
    assert (NINE in starts(riverside.visitor()), TEN in starts(riverside.visitor())) == (True, False)
    # A little later is half her own time: it is not in its own way.
    assert visitor.books(ELEVEN, hold=held["hold"])["starts_at"] == "2026-10-06T14:00:00-04:00"
    assert TEN in starts(riverside.visitor())


def test_what_is_given_back_is_free_at_once(riverside: Practice, ana: Staff, visitor: Visitor) -> None:
    riverside.olga.opens_consultations(hosts=(ana,))
    held = visitor.holds(NINE)
    assert visitor.ask("DELETE", f"/public/holds/{held['hold']}").status_code == 204
    assert riverside.visitor().tries_to_book(NINE).status_code == 201
    assert visitor.ask("DELETE", f"/public/holds/{held['hold']}").status_code == 404


def test_after_ten_minutes_a_hold_is_in_nobodys_way(
    riverside: Practice, ana: Staff, visitor: Visitor, clock: Clock, admin_url: str
) -> None:
    """Red without `_let_lapse()` in `api.booking.locked_hosts`: the row is still there, and in the constraint."""
    riverside.olga.opens_consultations(hosts=(ana,))
    held = visitor.holds(NINE)
    clock.move(minutes=10)
    other = riverside.visitor()
    assert NINE in starts(other)
    assert other.tries_to_book(NINE).status_code == 201
    # She comes too late, with a hold that is none any more.
    assert visitor.tries_to_book(NINE, hold=held["hold"]).status_code == 409
    assert visitor.tries_to_book(TEN, hold=held["hold"]).status_code == 201
    with psycopg.connect(admin_url) as admin:
        left = admin.execute("select count(*) from bookings where host_id = %s and state = 'held'", [ana.id]).fetchone()
    assert left == (0,)


def test_a_form_that_took_too_long_still_books_what_is_still_free(
    riverside: Practice, ana: Staff, visitor: Visitor, clock: Clock
) -> None:
    riverside.olga.opens_consultations(hosts=(ana,))
    held = visitor.holds(NINE)
    clock.move(minutes=25)
    assert visitor.tries_to_book(NINE, hold=held["hold"]).status_code == 201


def test_the_worker_takes_away_what_has_lapsed(
    riverside: Practice, ana: Staff, visitor: Visitor, clock: Clock, admin_url: str
) -> None:
    riverside.olga.opens_consultations(hosts=(ana,))
    visitor.holds(NINE)
    clock.move(minutes=11)
    riverside.worker.keep_house()
    with psycopg.connect(admin_url) as admin:
        left = admin.execute("select count(*) from bookings where host_id = %s", [ana.id]).fetchone()
    assert left == (0,)


def test_nobody_closes_a_calendar_from_one_address(riverside: Practice, ana: Staff, visitor: Visitor, clock: Clock) -> None:
    """Red without the refusal in `api.hold.hold_time`."""
    riverside.olga.opens_consultations(hosts=(ana,))
    first, *_ = [visitor.holds(at) for at in (NINE, TEN, ELEVEN)]
    refused = visitor.tries_to_hold("2026-10-07T09:00:00-07:00")
    assert (refused.status_code, refused.get_json()["type"]) == (429, "/problems/rate-limited")
    assert 590 <= int(refused.headers["Retry-After"]) <= 601
    # To move one is not to have more; from elsewhere, and ten minutes later, there is room.
    assert visitor.tries_to_hold("2026-10-07T09:00:00-07:00", hold=first["hold"]).status_code == 201
    assert riverside.visitor().tries_to_hold(NINE).status_code == 201
    clock.move(minutes=10)
    assert visitor.tries_to_hold(TEN).status_code == 201


def test_a_held_time_counts_so_that_who_holds_it_can_book_it(riverside: Practice, ana: Staff, visitor: Visitor) -> None:
    riverside.olga.opens_consultations(hosts=(ana,), daily_limit=1)
    held = visitor.holds(NINE)
    assert riverside.visitor().tries_to_book(TEN).status_code == 409
    assert visitor.tries_to_book(TEN, hold=held["hold"]).status_code == 201


def test_a_hold_is_no_booking_behind_a_link_and_no_booking_is_a_hold(riverside: Practice, ana: Staff, visitor: Visitor) -> None:
    riverside.olga.opens_consultations(hosts=(ana,))
    held, booked = visitor.holds(NINE), visitor.books(TEN)
    token = booked["manage_url"].rsplit("/", 1)[1]
    for method, path in (("GET", ""), ("GET", "/invite.ics"), ("POST", "/cancel"), ("POST", "/confirm")):
        assert visitor.ask(method, f"/public/bookings/{held['hold']}{path}").status_code == 404
    assert visitor.ask("DELETE", f"/public/holds/{token}").status_code == 404
    assert visitor.tries_to_book(ELEVEN, hold=token).status_code == 201
    assert visitor.get(f"/public/bookings/{token}")["state"] == "confirmed"


def test_a_hold_of_another_practice_holds_nothing_here(riverside: Practice, lakeside: Practice) -> None:
    riverside.olga.opens_consultations()
    lakeside.olga.opens_consultations()
    theirs = riverside.visitor().holds(NINE)
    here = lakeside.visitor()
    assert here.holds(TEN, hold=theirs["hold"])["hold"] != theirs["hold"]
    assert here.tries_to_book(NINE, hold=theirs["hold"]).status_code == 201
    assert NINE not in starts(riverside.visitor())


@pytest.mark.parametrize("never", ["2026-10-06T09:10:00-07:00", "2026-10-10T09:00:00-07:00", "2026-10-05T08:00:00-07:00"])
def test_only_what_is_offered_can_be_held(riverside: Practice, visitor: Visitor, never: str) -> None:
    riverside.olga.opens_consultations()
    refused = visitor.tries_to_hold(never)
    assert (refused.status_code, refused.get_json()["type"]) == (409, "/problems/slot-taken")
    assert refused.get_json()["nearest"] != []


def test_who_leaves_hands_over_what_is_held_too(riverside: Practice, olga: Staff, ana: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(hosts=(ana,))
    held = visitor.holds(NINE)
    left = olga.ask("DELETE", f"/staff/{ana.id}?hand_over_to={olga.id}").get_json()
    assert (left["bookings"], left["bookings_left"]) == (0, [])
    olga.put(
        "/availability",
        {
            "staff_id": olga.id,
            "timezone": "America/Los_Angeles",
            "weekly": [{"weekday": "tuesday", "start": "09:00", "end": "12:00"}],
        },
    )
    booked = visitor.books(NINE, hold=held["hold"])
    assert olga.get(f"/bookings/{booked['id']}")["host_id"] == olga.id


def test_what_waits_for_its_address_holds_a_time_as_a_hold_does(riverside: Practice, ana: Staff, olga: Staff) -> None:
    """Red without `source_that_may_hold` in `api.booking.book`: made-up addresses would close a calendar from one place."""
    olga.opens_consultations(hosts=(ana,), verifies_address=True)
    stranger = riverside.visitor()
    tried = [
        stranger.tries_to_book(at, email=f"made-up-{number}@example.org").status_code
        for number, at in enumerate((NINE, "2026-10-06T09:30:00-07:00", TEN, ELEVEN))
    ]
    assert tried == [201, 201, 201, 429]
    assert stranger.tries_to_hold(ELEVEN).status_code == 429
    assert ELEVEN in starts(riverside.visitor())
