"""Our own pages, which need no script: to book, to write, and what stands behind the link in the mail."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, House, Parent
from tests.cast import Practice


@pytest.mark.parametrize("scripts", [True, False])
def test_a_parent_moves_her_booking_and_then_cancels_it(
    parents: Callable[..., Parent], house: House, riverside: Practice, scripts: bool
) -> None:
    riverside.olga.opens_consultations()
    token = riverside.visitor().books("2026-10-06T16:30:00Z")["manage_url"].rpartition("/")[2]

    def booking() -> tuple[str, str]:
        [found] = riverside.ana.get("/bookings")["items"]
        return found["starts_at"], found["state"]

    petra = parents(java_script_enabled=scripts)
    page = petra.opens(f"{house.address}/bookings/{token}")
    petra.sees("Tuesday, October 6")
    petra.is_shown("manage-en")
    page.get_by_role("link", name="Choose another time").click()
    day = page.get_by_role("radiogroup", name="Wednesday, October 7", include_hidden=True)
    if not day.is_visible():
        page.get_by_text("Wednesday, October 7").click()
    day.get_by_role("radio", name="1:00 PM").check()
    petra.is_shown("manage-move-en")
    assert booking() == ("2026-10-06T16:30:00Z", "confirmed"), "to look and to choose is not to move"
    page.get_by_role("button", name="Move to this time").click()
    petra.sees("Done: your consultation has a new time.")
    assert booking() == ("2026-10-07T17:00:00Z", "confirmed")
    page.get_by_text("Cancel the meeting").click()
    petra.is_shown("manage-cancel-en")
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.get_by_role("link", name="Book another time")).to_be_visible()
    assert booking() == ("2026-10-07T17:00:00Z", "cancelled")
    petra.is_shown("manage-cancelled-en")
    assert petra.complaints == []


def test_a_parent_books_and_writes_without_scripts_on_a_phone(
    parents: Callable[..., Parent], house: House, riverside: Practice
) -> None:
    riverside.olga.opens_consultations()
    petra = parents(java_script_enabled=False, viewport=PHONE, has_touch=True, is_mobile=True)
    page = petra.opens(f"{house.address}/book/{riverside.slug}?lang=es")
    petra.is_shown("plain-book-es-phone")
    page.get_by_role("radio", name="9:30 a.m.").first.check()
    petra.fills_in(name="Su nombre", email="Correo electrónico")
    page.get_by_role("button", name="Reservar esta hora").click()
    expect(page).to_have_url(f"{house.address}/bookings/{page.url.rpartition('/')[2]}")
    petra.is_shown("plain-booked-es-phone")
    [booking] = riverside.ana.get("/bookings")["items"]
    assert (booking["starts_at"], booking["state"], booking["language"]) == ("2026-10-05T16:30:00Z", "confirmed", "es")
    page = petra.opens(f"{house.address}/contact/{riverside.slug}?lang=en")
    petra.fills_in()
    page.get_by_label("What would you like to tell us?").fill("Nobody reads the tests to him.")
    riverside.clock.move(seconds=5)
    petra.is_shown("plain-contact-en-phone")
    page.get_by_role("button", name="Send").click()
    petra.sees("Thank you")
    petra.is_shown("plain-contacted-en-phone")
    [enquiry] = riverside.olga.get("/enquiries")["items"]
    assert enquiry["message"] == "Nobody reads the tests to him."


def test_on_our_own_page_the_embed_takes_the_place_of_the_form(petra: Parent, house: House, riverside: Practice) -> None:
    """And with the link that opens it, what is private can be booked there, once."""
    private = riverside.olga.opens_consultations(name="Second opinion", slug="second-opinion", is_private=True)
    made = riverside.olga.post("/booking-links", {"consultation_type_id": private["id"], "single_use": True})
    key = made["url"].rpartition("link=")[2]
    page = petra.opens(f"{house.address}/book/{riverside.slug}")
    petra.sees("There is nothing to book at the moment.")
    page = petra.opens(f"{house.address}/book/{riverside.slug}?link={key}")
    petra.sees("30 free times this week")
    expect(page.get_by_role("textbox")).to_have_count(0)
    petra.is_shown("our-page-en")
    page.get_by_role("button", name="12:30 PM").click()
    petra.fills_in()
    page.get_by_role("button", name="Book this time").click()
    petra.sees("It is booked.")
    assert petra.complaints == []
    page = petra.opens(f"{house.address}/book/{riverside.slug}?link={key}")
    expect(page.get_by_role("button", name="12:30 PM")).to_have_count(0)
