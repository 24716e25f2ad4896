"""Links to book what is not shown to everybody: a private type, a certain host, once."""

from typing import Any

import pytest

from tests.cast import Practice, Staff, Visitor
from tests.conftest import Clock

DAY = ("2026-10-06T00:00:00Z", "2026-10-07T00:00:00Z")
NINE, TEN, ELEVEN = "2026-10-06T09:00:00-07:00", "2026-10-06T10:00:00-07:00", "2026-10-06T11:00:00-07:00"


@pytest.fixture
def kind(riverside: Practice, ana: Staff, olga: Staff) -> Any:
    return olga.opens_consultations(hosts=(ana, olga), is_private=True)


def makes_a_link(staff: Staff, kind: Any, **more: Any) -> str:
    made = staff.post("/booking-links", {"consultation_type_id": kind["id"], **more})
    return str(made["url"].partition("?link=")[2])


def test_a_private_type_is_there_for_who_has_its_link_alone(
    riverside: Practice, sam: Staff, visitor: Visitor, kind: Any
) -> None:
    types = f"/public/{visitor.slug}/consultation-types"
    assert visitor.get(types)["items"] == []
    for unknown in (visitor.tries_to_book(NINE), visitor.tries_to_hold(NINE)):
        assert unknown.status_code == 404

    made = sam.post("/booking-links", {"consultation_type_id": kind["id"], "note": "For the Petrovs."})
    link = made["url"].partition("?link=")[2]
    assert made["url"] == f"https://practice.example/book/{riverside.slug}?link={link}"
    assert [row["slug"] for row in visitor.get(f"{types}?link={link}")["items"]] == [kind["slug"]]
    assert NINE in [slot["starts_at"] for slot in visitor.slots(*DAY, link=link)]
    held = visitor.holds(NINE, link=link)
    booked = visitor.books(NINE, link=link, hold=held["hold"])
    assert sam.get(f"/bookings/{booked['id']}")["booking_link_id"] == made["id"]
    # The link itself is shown this once.
    assert "url" not in sam.get(f"/booking-links/{made['id']}")
    assert link not in str(sam.get("/booking-links"))


def test_a_link_for_once_books_once(sam: Staff, visitor: Visitor, kind: Any, clock: Clock) -> None:
    link = makes_a_link(sam, kind)
    visitor.books(NINE, link=link)
    assert visitor.tries_to_book(TEN, link=link).status_code == 404
    assert visitor.ask("GET", f"/public/{visitor.slug}/consultation-types?link={link}").status_code == 404
    assert sam.get("/booking-links")["items"][0]["used_at"] == "2026-10-05T16:00:00Z"


def test_what_was_refused_uses_no_link_up(sam: Staff, visitor: Visitor, kind: Any) -> None:
    link = makes_a_link(sam, kind)
    assert visitor.tries_to_book("2026-10-10T09:00:00-07:00", link=link).status_code == 409
    assert visitor.tries_to_book(TEN, link=link).status_code == 201


def test_a_link_for_many_books_until_it_ends(sam: Staff, olga: Staff, visitor: Visitor, kind: Any, clock: Clock) -> None:
    until = makes_a_link(sam, kind, single_use=False, expires_at="2026-10-05T18:00:00Z")
    revoked = olga.post("/booking-links", {"consultation_type_id": kind["id"], "single_use": False})
    token = revoked["url"].partition("?link=")[2]
    for at in (NINE, TEN):
        assert visitor.tries_to_book(at, link=until).status_code == 201
    assert visitor.tries_to_book(ELEVEN, link=token).status_code == 201
    assert olga.ask("DELETE", f"/booking-links/{revoked['id']}").status_code == 204
    clock.move(hours=2)
    unknown = visitor.tries_to_book(ELEVEN, link="A" * 54)
    for over in (visitor.tries_to_book(ELEVEN, link=until), visitor.tries_to_book(ELEVEN, link=token)):
        assert over.status_code == 404
        assert over.get_json()["detail"] == unknown.get_json()["detail"]


def test_a_link_may_be_for_one_host(sam: Staff, olga: Staff, visitor: Visitor, kind: Any) -> None:
    link = makes_a_link(sam, kind, host_id=olga.id, single_use=False)
    assert olga.get(f"/bookings/{visitor.books(NINE, link=link)['id']}")["host_id"] == olga.id
    # Ana is free then, and not whom this link is for.
    assert NINE not in [slot["starts_at"] for slot in visitor.slots(*DAY, link=link)]
    assert visitor.tries_to_book(NINE, link=link).status_code == 409
    assert visitor.tries_to_book(TEN, link=link, host_id=sam.id).status_code == 422


def test_a_link_is_for_its_type_alone(sam: Staff, olga: Staff, visitor: Visitor, kind: Any) -> None:
    other = olga.post("/consultation-types", {"name": "Other", "slug": "other", "minutes": 30, "is_private": True})
    link = makes_a_link(sam, other)
    assert visitor.tries_to_book(NINE, link=link).status_code == 404
    olga.patch(f"/consultation-types/{other['id']}", {"is_open": False})
    assert visitor.tries_to_book(NINE, kind="other", link=link).status_code == 404


def test_a_link_of_another_practice_opens_nothing_here(sam: Staff, lakeside: Practice, kind: Any) -> None:
    lakeside.olga.opens_consultations(is_private=True)
    link = makes_a_link(sam, kind)
    assert lakeside.visitor().tries_to_book(NINE, link=link).status_code == 404
    foreign = {"consultation_type_id": kind["id"]}
    assert lakeside.olga.ask("POST", "/booking-links", foreign).status_code == 422
    assert lakeside.olga.get("/booking-links")["items"] == []


def test_who_has_a_link_for_once_need_not_confirm_the_address(sam: Staff, olga: Staff, visitor: Visitor, kind: Any) -> None:
    olga.patch(f"/consultation-types/{kind['id']}", {"verifies_address": True})
    assert visitor.books(NINE, link=makes_a_link(sam, kind))["state"] == "confirmed"
    many = makes_a_link(sam, kind, single_use=False)
    assert visitor.books(TEN, link=many)["state"] == "held"
