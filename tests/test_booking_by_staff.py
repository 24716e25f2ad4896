"""Staff book, move and end consultations; every act is in the booking's history."""

from typing import Any

import pytest

from tests.cast import Practice, Staff, Visitor
from tests.conftest import Clock

NINE, TEN, ELEVEN = "2026-10-06T09:00:00-07:00", "2026-10-06T10:00:00-07:00", "2026-10-06T11:00:00-07:00"


@pytest.fixture
def kind(olga: Staff, ana: Staff) -> Any:
    return olga.opens_consultations(hosts=(ana, olga))


def history(staff: Staff, booking: Any) -> list[Any]:
    events: list[Any] = staff.get(f"/bookings/{booking['id']}/history")["items"]
    return events


def test_they_book_for_a_client_who_is_known(riverside: Practice, sam: Staff, kind: Any) -> None:
    client = sam.adds_a_client(email=f"petra@{riverside.slug}.example", phone="+1 503 555 0142", timezone="America/Chicago")
    said = {"consultation_type_id": kind["id"], "starts_at": NINE, "client_id": client["id"]}
    booked = sam.post("/bookings", said)
    known = {name: booked[name] for name in ("client_id", "name", "email", "phone", "timezone")}
    assert known == {"client_id": client["id"], **{name: client[name] for name in ("name", "email", "phone", "timezone")}}
    assert booked["state"] == "confirmed"
    other = sam.post("/bookings", {**said, "starts_at": TEN, "name": "Peter Petrov", "timezone": "America/Denver"})
    assert (other["name"], other["email"], other["timezone"]) == ("Peter Petrov", client["email"], "America/Denver")
    assert len(riverside.mails_to(client["email"])) == 2


def test_they_book_for_a_stranger_by_name_and_address(olga: Staff, sam: Staff, kind: Any) -> None:
    said = {"consultation_type_id": kind["id"], "starts_at": NINE}
    missing = sam.ask("POST", "/bookings", said)
    assert {error["pointer"] for error in missing.get_json()["errors"]} == {"/name", "/email"}
    assert sam.ask("POST", "/bookings", {**said, "name": " ", "email": "petra@example.org"}).status_code == 422
    booked = sam.post("/bookings", {**said, "name": "Petra", "email": "petra@example.org", "language": "es"})
    # The practice's own zone, where nothing is known of theirs.
    assert (booked["client_id"], booked["timezone"], booked["language"]) == (None, "America/Los_Angeles", "es")


def test_private_types_and_those_that_wait_for_a_yes_are_theirs_to_book(olga: Staff, sam: Staff, kind: Any) -> None:
    olga.patch(f"/consultation-types/{kind['id']}", {"is_private": True, "needs_confirmation": True, "verifies_address": True})
    said = {"consultation_type_id": kind["id"], "starts_at": NINE, "name": "Petra", "email": "petra@example.org"}
    assert sam.post("/bookings", said)["state"] == "confirmed"


def test_they_name_the_host(sam: Staff, ana: Staff, olga: Staff, kind: Any) -> None:
    said = {"consultation_type_id": kind["id"], "starts_at": NINE, "name": "Petra", "email": "petra@example.org"}
    assert [sam.post("/bookings", {**said, "host_id": host.id})["host_id"] for host in (olga, ana)] == [olga.id, ana.id]
    refused = sam.ask("POST", "/bookings", {**said, "starts_at": TEN, "host_id": sam.id})
    assert (refused.status_code, refused.get_json()["errors"][0]["pointer"]) == (422, "/host_id")


def test_the_client_of_another_practice_is_unknown(lakeside: Practice, ana: Staff, olga: Staff, kind: Any) -> None:
    theirs = lakeside.olga.adds_a_client()
    refused = ana.ask("POST", "/bookings", {"consultation_type_id": kind["id"], "starts_at": NINE, "client_id": theirs["id"]})
    assert (refused.status_code, refused.get_json()["errors"][0]["pointer"]) == (422, "/client_id")


def test_a_booking_keeps_its_history(
    riverside: Practice, ana: Staff, olga: Staff, visitor: Visitor, kind: Any, clock: Clock
) -> None:
    booked = visitor.books(NINE)
    first_host = ana.get(f"/bookings/{booked['id']}")["host_id"]
    other = olga.id if first_host == ana.id else ana.id
    link = f"/public/bookings/{booked['manage_url'].rsplit('/', 1)[1]}"
    visitor.post(f"{link}/reschedule", {"starts_at": TEN, "reason": "I work until ten."})
    clock.move(minutes=1)
    ana.post(f"/bookings/{booked['id']}/reschedule", {"starts_at": ELEVEN, "host_id": other, "reason": "Ill."})
    clock.move(days=2)
    ana.post(f"/bookings/{booked['id']}/complete")

    made, by_parent, by_staff, done = history(olga, booked)
    assert [event["kind"] for event in (made, by_parent, by_staff, done)] == ["confirmed", "moved", "moved", "completed"]
    assert [event["by"] for event in (made, by_parent, by_staff, done)] == ["visitor", "parent", "staff", "staff"]
    assert (by_parent["from_starts_at"], by_parent["starts_at"]) == ("2026-10-06T16:00:00Z", "2026-10-06T17:00:00Z")
    assert (by_parent["from_host_id"], by_parent["host_id"]) == (first_host, first_host)
    assert (by_staff["from_host_id"], by_staff["host_id"], by_staff["staff_id"]) == (first_host, other, ana.id)
    assert [event["reason"] for event in (by_parent, by_staff)] == ["I work until ten.", "Ill."]
    assert by_staff["at"] == "2026-10-05T16:01:00Z"
    # Behind the link it is still the same.
    assert visitor.get(link)["state"] == "completed"


def test_where_it_is_already_it_is_not_moved(riverside: Practice, ana: Staff, visitor: Visitor, kind: Any) -> None:
    booked = visitor.books(NINE)
    riverside.works()
    before, mails = ana.get(f"/bookings/{booked['id']}"), len(riverside.mails_to(visitor.email))
    same = {"starts_at": "2026-10-06T16:00:00Z", "host_id": before["host_id"]}
    assert ana.post(f"/bookings/{booked['id']}/reschedule", same) == before
    assert visitor.post(f"/public/bookings/{booked['manage_url'].rsplit('/', 1)[1]}/reschedule", {"starts_at": NINE})
    assert len(riverside.mails_to(visitor.email)) == mails
    assert len(history(ana, booked)) == 1


def test_a_parent_sees_to_where_she_can_move(ana: Staff, olga: Staff, visitor: Visitor, kind: Any) -> None:
    olga.patch(f"/consultation-types/{kind['id']}", {"minutes": 60, "hosts": [{"staff_id": ana.id, "weight": 1}]})
    booked = visitor.books(NINE)
    link, day = (
        f"/public/bookings/{booked['manage_url'].rsplit('/', 1)[1]}",
        "from=2026-10-06T00:00:00Z&to=2026-10-07T00:00:00Z",
    )
    free = visitor.get(f"{link}/slots?{day}")
    assert free["timezone"] == "America/New_York"
    # Half an hour later is in nobody's way but her own.
    assert [slot["starts_at"][11:16] for slot in free["items"]] == ["12:00", "12:30", "13:00", "13:30", "14:00"]
    for slot in free["items"][1:]:
        assert visitor.post(f"{link}/reschedule", {"starts_at": slot["starts_at"]})["starts_at"] == slot["starts_at"]
    assert visitor.ask("POST", f"{link}/reschedule", {"starts_at": TEN, "host_id": ana.id}).status_code == 422
    visitor.post(f"{link}/cancel")
    assert visitor.get(f"{link}/slots?{day}&timezone=America/Denver") == {"items": [], "timezone": "America/Denver"}


def test_what_is_handed_over_says_so(olga: Staff, ana: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(hosts=(ana,))
    booked = visitor.books(NINE)
    assert olga.ask("DELETE", f"/staff/{ana.id}?hand_over_to={olga.id}").get_json()["bookings"] == 1
    last = history(olga, booked)[-1]
    assert (last["kind"], last["from_host_id"], last["host_id"]) == ("handed_over", ana.id, olga.id)


def test_the_history_of_another_practices_booking_is_not_found(lakeside: Practice, visitor: Visitor, kind: Any) -> None:
    booked = visitor.books(NINE)
    for method, path in (("GET", "history"), ("POST", "confirm"), ("POST", "decline"), ("POST", "reschedule")):
        said = None if method == "GET" else {"starts_at": TEN} if path == "reschedule" else {}
        assert lakeside.olga.ask(method, f"/bookings/{booked['id']}/{path}", said).status_code == 404
