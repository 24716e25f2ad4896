"""Bookings that are not settled at once: the practice says yes first, or the parent confirms the address."""

from typing import Any

import pytest

from tests.cast import Practice, Staff, Visitor, text_of, token_in
from tests.conftest import Clock

DAY = ("2026-10-06T00:00:00Z", "2026-10-07T00:00:00Z")
NINE, TEN = "2026-10-06T09:00:00-07:00", "2026-10-06T10:00:00-07:00"


def starts(visitor: Visitor) -> list[str]:
    return [slot["starts_at"] for slot in visitor.slots(*DAY)]


def kinds(staff: Staff, booking_id: str) -> list[str]:
    return [event["kind"] for event in staff.get(f"/bookings/{booking_id}/history")["items"]]


def test_a_request_keeps_its_time_until_the_practice_says_yes(
    riverside: Practice, olga: Staff, sam: Staff, visitor: Visitor
) -> None:
    olga.opens_consultations(needs_confirmation=True)
    booked = visitor.books(NINE)
    token = booked["manage_url"].rsplit("/", 1)[1]
    assert booked["state"] == "requested"
    assert NINE not in starts(visitor)
    assert visitor.get(f"/public/bookings/{token}")["needs_confirmation"] is True
    assert sam.post(f"/bookings/{booked['id']}/confirm")["state"] == "confirmed"
    assert kinds(sam, booked["id"]) == ["requested", "confirmed"]
    # What is decided is decided.
    for again in ("confirm", "decline"):
        assert sam.ask("POST", f"/bookings/{booked['id']}/{again}").status_code == 409


def test_who_is_declined_is_told_and_the_time_is_free(riverside: Practice, olga: Staff, sam: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(needs_confirmation=True)
    booked = visitor.books(NINE)
    riverside.works()
    declined = sam.post(f"/bookings/{booked['id']}/decline", {"reason": "We do not work in your state."})
    assert (declined["state"], declined["reason"]) == ("cancelled", "We do not work in your state.")
    assert NINE in starts(visitor)
    assert kinds(sam, booked["id"]) == ["requested", "declined"]
    assert len(riverside.mails_to(visitor.email)) == 2


def test_a_request_that_moves_stays_one(olga: Staff, sam: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(needs_confirmation=True)
    booked = visitor.books(NINE)
    link = f"/public/bookings/{booked['manage_url'].rsplit('/', 1)[1]}"
    assert visitor.post(f"{link}/reschedule", {"starts_at": TEN, "reason": "Work."})["state"] == "requested"
    assert sam.post(f"/bookings/{booked['id']}/reschedule", {"starts_at": NINE})["state"] == "requested"
    assert TEN in starts(visitor)
    assert visitor.post(f"{link}/cancel")["state"] == "cancelled"


def test_what_is_confirmed_is_not_decided_and_what_is_over_is_not_confirmed(
    olga: Staff, visitor: Visitor, clock: Clock
) -> None:
    kind = olga.opens_consultations()
    booked = visitor.books(NINE)
    assert olga.ask("POST", f"/bookings/{booked['id']}/confirm").status_code == 409
    olga.patch(f"/consultation-types/{kind['id']}", {"needs_confirmation": True})
    late = visitor.books(TEN)
    clock.move(days=2)
    assert olga.ask("POST", f"/bookings/{late['id']}/confirm").status_code == 409
    # It took place all the same.
    # Nobody missed what was never agreed.
    assert olga.ask("POST", f"/bookings/{late['id']}/no-show").status_code == 409
    # It took place all the same.
    assert olga.post(f"/bookings/{late['id']}/complete")["state"] == "completed"


def test_no_can_be_said_to_a_request_whose_time_has_passed(olga: Staff, visitor: Visitor, clock: Clock) -> None:
    olga.opens_consultations(needs_confirmation=True)
    late = visitor.books(TEN)
    clock.move(days=2)
    assert olga.post(f"/bookings/{late['id']}/decline")["state"] == "cancelled"


@pytest.mark.parametrize(("needs", "becomes"), [(False, "confirmed"), (True, "requested")])
def test_who_confirms_the_address_has_booked(
    riverside: Practice, olga: Staff, visitor: Visitor, needs: bool, becomes: str
) -> None:
    olga.opens_consultations(verifies_address=True, needs_confirmation=needs)
    before = len(riverside.mails_to(olga.email))
    booked = visitor.books(NINE, message="Buy pills at pills.example!")
    assert (booked["state"], booked["expires_at"]) == ("held", "2026-10-05T16:30:00Z")
    # The way on is in the mail alone: who may read it is who confirms.
    assert booked["manage_url"] is None
    assert NINE not in starts(visitor)
    [mail] = riverside.mails_to(visitor.email)
    assert "pills" not in text_of(mail)
    assert len(riverside.mails_to(olga.email)) == before

    link = f"/public/bookings/{token_in(mail)}"
    assert visitor.get(link)["can_confirm"] is True
    assert visitor.ask("POST", f"{link}/cancel").status_code == 409
    assert visitor.post(f"{link}/confirm")["state"] == becomes
    assert visitor.post(f"{link}/confirm")["state"] == becomes
    assert kinds(olga, booked["id"]) == ["verified", becomes]
    assert len(riverside.mails_to(olga.email)) == before + 1
    assert len(riverside.mails_to(visitor.email)) == 2


def test_an_address_that_nobody_confirms_books_nothing(
    riverside: Practice, olga: Staff, visitor: Visitor, clock: Clock
) -> None:
    olga.opens_consultations(verifies_address=True)
    booked = visitor.books(NINE)
    link = f"/public/bookings/{token_in(riverside.mails_to(visitor.email)[0])}"
    clock.move(minutes=30)
    assert visitor.ask("GET", link).status_code == visitor.ask("POST", f"{link}/confirm").status_code == 404
    assert NINE in starts(visitor)
    assert riverside.visitor().tries_to_book(NINE).status_code == 201
    assert olga.ask("GET", f"/bookings/{booked['id']}").status_code == 404


def test_staff_see_who_has_yet_to_confirm_and_leave_it_to_them(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(verifies_address=True)
    booked = visitor.books(NINE)
    assert [(row["id"], row["name"]) for row in olga.get("/bookings?state=held")["items"]] == [(booked["id"], "Petra Petrov")]
    verbs: dict[str, Any] = {"confirm": {}, "cancel": {}, "reschedule": {"starts_at": TEN}, "conflict-checks": {}}
    for verb, said in verbs.items():
        assert olga.ask("POST", f"/bookings/{booked['id']}/{verb}", said).status_code == 409
    said = {"student": {"name": "Sasha"}, "title": "Reading"}
    assert olga.ask("POST", f"/bookings/{booked['id']}/convert", said).status_code == 409


def test_nobodys_mail_box_is_filled_by_others(riverside: Practice, lakeside: Practice, olga: Staff, clock: Clock) -> None:
    """Twenty a day to one address, all practices together, and however it is spelled. Red without the count in `_told`."""
    olga.opens_consultations(minutes=5, step_minutes=5)
    lakeside.olga.opens_consultations()
    victim, times = riverside.visitor(), [f"2026-10-06T{16 + n // 12}:{n % 12 * 5:02}:00Z" for n in range(20)]
    booked = [victim.books(at, email=victim.email.upper() if n % 2 else victim.email) for n, at in enumerate(times[:18])]
    # What fails is not counted.
    assert victim.tries_to_book(times[0]).status_code == 409
    link = f"/public/bookings/{booked[0]['manage_url'].rsplit('/', 1)[1]}"
    victim.post(f"{link}/reschedule", {"starts_at": "2026-10-06T18:00:00Z"})
    victim.post(f"{link}/reschedule", {"starts_at": "2026-10-06T18:05:00Z"})
    refused = [
        victim.ask("POST", f"{link}/reschedule", {"starts_at": "2026-10-06T18:10:00Z"}),
        lakeside.visitor().tries_to_book(NINE, email=victim.email),
    ]
    assert [answer.status_code for answer in refused] == [429, 429]
    assert int(refused[0].headers["Retry-After"]) > 80_000
    assert lakeside.olga.get("/bookings")["items"] == []
    # She may always say that she does not come; staff may always write; others have their own.
    assert victim.post(f"{link}/cancel")["state"] == "cancelled"
    assert olga.ask("POST", f"/bookings/{booked[1]['id']}/reschedule", {"starts_at": "2026-10-06T18:20:00Z"}).status_code == 200
    assert lakeside.visitor().tries_to_book(NINE).status_code == 201
    clock.move(hours=24, seconds=1)
    assert lakeside.visitor().tries_to_book("2026-10-07T09:00:00-07:00", email=victim.email).status_code == 201


def test_an_address_is_asked_to_confirm_itself_once_in_ten_minutes(olga: Staff, visitor: Visitor, clock: Clock) -> None:
    olga.opens_consultations(verifies_address=True)
    visitor.books(NINE)
    assert visitor.tries_to_book(TEN).status_code == 429
    clock.move(minutes=10)
    assert visitor.tries_to_book(TEN).status_code == 201
