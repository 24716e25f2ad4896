"""The website of a practice, on an empty page of another origin: how a parent books there, in a real browser."""

from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.browser.conftest import HEARD, PHONE, Parent, Website

BOOK = '<ft-book-consultation><a href="/book">Book on our page</a></ft-book-consultation>'


def test_a_parent_books_on_the_website_of_the_practice(petra: Parent, website: Website) -> None:
    website.practice.olga.opens_consultations(description="By phone.\nHave the sentence of the IEP at hand that worries you.")
    website.head, website.body = HEARD, BOOK
    page = petra.opens(website.address)
    petra.sees("30 free times this week")
    petra.is_shown("when-en")
    page.get_by_role("button", name="12:30 PM").click()
    expect(page.get_by_role("heading", name="How can we reach you?")).to_be_focused()
    petra.sees("Monday, October 5 at 12:30 PM Eastern Daylight Time")
    petra.is_shown("details-en")
    # What is missing is said at its field, in the page's words, before anything is sent.
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_label("Your name")).to_be_focused()
    expect(page.get_by_label("Your name")).to_have_accessible_description("Please fill this in.")
    petra.is_shown("missing-en")
    petra.fills_in()
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("heading", name="It is booked.")).to_be_focused()
    petra.is_shown("booked-en")
    [booking] = website.practice.ana.get("/bookings")["items"]
    assert (booking["name"], booking["email"], booking["state"]) == ("Petra Petrov", "petra@example.org", "confirmed")
    assert (booking["starts_at"], booking["timezone"]) == ("2026-10-05T16:30:00Z", "America/New_York")
    # The website's own counting hears that, and nothing about whom.
    assert page.evaluate("heard") == [["ft-booked", {"consultation_type": "free-consultation", "state": "confirmed"}]]
    with page.expect_download() as invitation:
        page.get_by_role("link", name="Add to my calendar").click()
    assert b"METHOD:REQUEST" in invitation.value.path().read_bytes()
    page.get_by_role("link", name="Move or cancel it").click()
    expect(page).to_have_url(f"{website.house.address}/bookings/{page.url.rpartition('/')[2]}")
    petra.sees("Monday, October 5")
    assert petra.complaints == []


def test_a_parent_books_with_the_keyboard_alone(petra: Parent, website: Website) -> None:
    website.practice.olga.opens_consultations()
    website.body = BOOK
    page = petra.opens(website.address)
    petra.sees("30 free times this week")
    press = page.keyboard.press
    petra.walks_to("Tuesday, October 6, 6 free")
    press("Enter")
    petra.walks_to("1:00 PM")
    press("Space")
    petra.sees("Tuesday, October 6 at 1:00 PM")
    assert petra.focused() == "How can we reach you?"
    petra.walks_to("Your name")
    page.keyboard.type("Petra Petrov")
    petra.walks_to("E-mail", most=1)
    page.keyboard.type("petra@example.org")
    petra.walks_to("Book this time")
    press("Enter")
    petra.sees("It is booked.")
    assert petra.focused().startswith("It is booked.")
    [booking] = website.practice.ana.get("/bookings")["items"]
    assert booking["starts_at"] == "2026-10-06T17:00:00Z"


def test_in_spanish_in_another_zone_on_a_phone(parents: Callable[..., Parent], website: Website) -> None:
    petra = parents(zone="America/New_York", viewport=PHONE, has_touch=True, is_mobile=True)
    website.practice.olga.opens_consultations(name="Consulta gratuita")
    website.body, website.lang = BOOK, "es-MX"
    page = petra.opens(website.address)
    petra.sees("30 horas libres esta semana")
    petra.is_shown("when-es-phone", finger=True)
    page.get_by_label("Horas según la zona horaria de").select_option("America/Los_Angeles")
    page.get_by_role("button", name="9:30 a.m.").click()
    petra.sees("Lunes, 5 de octubre, 9:30 a.m., hora de verano del Pacífico")
    page.get_by_role("button", name="Reservar esta hora").click()
    expect(page.get_by_label("Su nombre")).to_have_accessible_description("Complete este campo, por favor.")
    petra.is_shown("missing-es-phone", finger=True)
    petra.fills_in(name="Su nombre", email="Correo electrónico")
    page.get_by_role("button", name="Reservar esta hora").click()
    petra.sees("Está reservado.")
    petra.is_shown("booked-es-phone", finger=True)
    [booking] = website.practice.ana.get("/bookings")["items"]
    assert (booking["starts_at"], booking["timezone"]) == ("2026-10-05T16:30:00Z", "America/Los_Angeles")


def test_a_time_that_somebody_else_takes_meanwhile(petra: Parent, website: Website) -> None:
    website.practice.olga.opens_consultations()
    website.body = BOOK
    page = petra.opens(website.address)
    petra.sees("30 free times this week")
    website.practice.visitor().books("2026-10-05T16:30:00Z", email="paul@example.org")
    page.get_by_role("button", name="12:30 PM").click()
    petra.sees("That time has just been taken. These are free:")
    petra.is_shown("taken-en")
    page.get_by_role("button", name="Monday, October 5 at 1:00 PM").click()
    petra.fills_in()
    page.get_by_role("button", name="Book this time").click()
    petra.sees("It is booked.")


def test_when_the_server_is_away_the_page_says_what_to_do_and_going_on_works(petra: Parent, website: Website) -> None:
    website.practice.olga.opens_consultations()
    website.body = BOOK
    page = petra.opens(website.address)
    petra.sees("30 free times this week")
    website.house.closes()
    page.get_by_role("button", name="Later week").click()
    petra.sees("We could not reach the server. Please check that you are online, and try again.")
    petra.is_shown("times-away-en")
    website.house.opens()
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("button", name="12:30 PM").click()
    petra.fills_in()
    website.house.closes()
    page.get_by_role("button", name="Book this time").click()
    petra.sees("Nothing that you have written is lost.")
    petra.is_shown("booking-away-en")
    website.house.opens()
    page.get_by_role("button", name="Book this time").click()
    petra.sees("It is booked.")


def test_a_booking_whose_answer_was_lost_is_made_once(petra: Parent, website: Website) -> None:
    """Red without the key that `once` in web/static/api.js keeps: her own booking would be in her way."""
    website.practice.olga.opens_consultations()
    website.body = BOOK
    page = petra.opens(website.address)
    page.get_by_role("button", name="12:30 PM").click()
    petra.fills_in()

    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/bookings", lose)
    page.get_by_role("button", name="Book this time").click()
    petra.sees("We could not reach the server.")
    page.unroute("**/bookings")
    page.get_by_role("button", name="Book this time").click()
    petra.sees("It is booked.")
    assert len(website.practice.ana.get("/bookings")["items"]) == 1
