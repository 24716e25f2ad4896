"""Browsers that do not know where they are, nights with an hour too many, and fields filled in that nobody saw."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Parent, Website

BOOK = '<ft-book-consultation><a href="/book">Book on our page</a></ft-book-consultation>'
# What Chromium says on a machine whose TZ is no place: a name that its own Intl refuses.
LOST = """const own = Intl.DateTimeFormat.prototype.resolvedOptions;
Intl.DateTimeFormat.prototype.resolvedOptions = function () { return { ...own.call(this), timeZone: "Etc/Unknown" }; };"""
BROKEN = 'Intl.DateTimeFormat.prototype.formatToParts = () => { throw new RangeError("no parts") };'


def test_a_browser_that_does_not_know_its_zone_shows_the_times_of_the_practice(petra: Parent, website: Website) -> None:
    website.practice.olga.opens_consultations()
    website.body = BOOK
    petra.context.add_init_script(LOST)
    page = petra.opens(website.address)
    petra.sees("Pacific Daylight Time")
    page.get_by_role("button", name="9:30 AM").click()
    petra.fills_in()
    page.get_by_role("button", name="Book this time").click()
    petra.sees("It is booked.")
    [booking] = website.practice.ana.get("/bookings")["items"]
    assert (booking["starts_at"], booking["timezone"]) == ("2026-10-05T16:30:00Z", "America/Los_Angeles")
    assert petra.complaints == []


def test_a_zone_that_only_the_browser_knows_gives_way_to_that_of_the_practice(petra: Parent, website: Website) -> None:
    website.practice.olga.opens_consultations()
    website.body = BOOK.replace(">", ' timezone="+05:30">', 1)
    page = petra.opens(website.address)
    petra.sees("30 free times this week")
    petra.sees("Pacific Daylight Time")
    expect(page.get_by_label("Times are shown for")).to_have_value("America/Los_Angeles")
    page.get_by_role("button", name="9:30 AM").click()
    petra.sees("Monday, October 5 at 9:30 AM Pacific Daylight Time")


def test_a_message_arrives_though_only_the_browser_knows_its_zone(parents: Callable[..., Parent], website: Website) -> None:
    practice, website.body = website.practice, '<ft-contact timezone="+05:30"></ft-contact>'
    petra = parents(flows=True)
    page = petra.opens(website.address)
    petra.fills_in()
    page.get_by_label("What would you like to tell us?").fill("He has no reader.")
    practice.clock.move(seconds=5)
    page.clock.fast_forward(5000)
    page.get_by_role("button", name="Send").click()
    petra.sees("Thank you.")
    [enquiry] = practice.olga.get("/enquiries")["items"]
    assert (enquiry["state"], enquiry["timezone"]) == ("new", None)


def test_where_our_own_script_cannot_go_on_it_says_so_and_shows_the_way_of_the_author(petra: Parent, website: Website) -> None:
    website.practice.olga.opens_consultations()
    website.body = BOOK
    petra.context.add_init_script(BROKEN)
    page = petra.opens(website.address)
    petra.sees("Something went wrong on our side.")
    expect(page.get_by_role("link", name="Book on our page")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def test_a_time_that_comes_twice_in_one_night_says_which_it_is(parents: Callable[..., Parent], website: Website) -> None:
    olga = website.practice.olga
    olga.opens_consultations()
    weekly = [{"weekday": "saturday", "start": "16:30", "end": "19:30"}]
    olga.put("/availability", {"staff_id": olga.id, "timezone": "America/Los_Angeles", "weekly": weekly})
    website.body = BOOK
    petra = parents(zone="Europe/London")
    page = petra.opens(website.address)
    night = page.get_by_role("button", name="Sunday, October 25")
    petra.sees("this week")
    for _ in range(4):
        if night.count():
            break
        with page.expect_response("**/slots?*"):
            page.get_by_role("button", name="Later week").click()
    night.click()
    times = [said.replace("\u202f", " ") for said in page.locator("button.time").all_text_contents()]
    assert times == ["12:30 AM", "1:00 AM GMT+1", "1:30 AM GMT+1", "1:00 AM GMT", "1:30 AM GMT", "2:00 AM"]
    too_long = "every => every.filter((it) => it.scrollWidth > it.clientWidth).map((it) => it.textContent)"
    assert page.locator("button.time").evaluate_all(too_long) == []
    petra.is_shown("twice-en")
    page.get_by_role("button", name="1:00 AM GMT", exact=True).click()
    petra.sees("Sunday, October 25 at 1:00 AM Greenwich Mean Time")


@pytest.mark.parametrize(
    ("lang", "name", "email", "book", "once_more", "booked"),
    [
        ("en", "Your name", "E-mail", "Book this time", "Please press the button once more.", "It is booked."),
        (
            "es",
            "Su nombre",
            "Correo electrónico",
            "Reservar esta hora",
            "Pulse el botón una vez más, por favor.",
            "Está reservado.",
        ),
    ],
    ids=["en", "es"],
)
def test_a_browser_that_fills_in_the_hidden_field_costs_one_press_more(
    petra: Parent, website: Website, lang: str, name: str, email: str, book: str, once_more: str, booked: str
) -> None:
    website.practice.olga.opens_consultations()
    website.body, website.lang = BOOK, lang
    page = petra.opens(website.address)
    page.locator("button.time").first.click()
    petra.fills_in(name=name, email=email)
    page.locator("[name=website]").fill("https://petra.example", force=True)
    page.get_by_role("button", name=book).click()
    expect(page.get_by_role("alert").filter(visible=True)).to_have_text(once_more)
    page.get_by_role("button", name=book).click()
    petra.sees(booked)
    assert len(website.practice.ana.get("/bookings")["items"]) == 1


def test_what_is_wrong_where_nobody_sees_it_is_said_without_its_name(petra: Parent, website: Website) -> None:
    website.practice.olga.opens_consultations()
    website.body, website.lang = BOOK, "es"
    page = petra.opens(website.address)
    page.locator("button.time").first.click()
    petra.fills_in(name="Su nombre", email="Correo electrónico")
    error = {"pointer": "/source_url", "detail": "This is no address."}
    problem = {"status": 422, "detail": "Some of it is not valid.", "errors": [error]}
    headers = {"Access-Control-Allow-Origin": website.address}
    page.route("**/bookings", lambda route: route.fulfill(status=422, json=problem, headers=headers))
    page.get_by_role("button", name="Reservar esta hora").click()
    refused = "No se pudo aceptar. Vuelva a cargar la página e inténtelo de nuevo."
    expect(page.get_by_role("alert").filter(visible=True)).to_have_text(refused)
