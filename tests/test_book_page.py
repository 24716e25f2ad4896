"""Booking without a script: a page of plain forms, which takes what the API takes and says what the API says."""

import re
from typing import Any

import pytest

from tests.cast import Actor, Practice, started_anew, text_of
from tests.invitations import invitation_in
from tests.plain_browser import ORIGIN, PlainBrowser

QUESTIONS = [
    {"key": "grade", "label": "Which grade is your child in?", "kind": "number", "required": True},
    {"key": "topics", "label": "What is it about?", "kind": "choices", "choices": ["Reading", "Speech"]},
    {"key": "has_iep", "label": "Is there an IEP?", "kind": "yes_no", "required": True},
    {"key": "since", "label": "Since when?", "kind": "date"},
    {"key": "school", "label": "Which kind of school?", "kind": "choice", "choices": ["Public", "Charter"]},
]


@pytest.fixture
def petra(riverside: Practice) -> PlainBrowser:
    riverside.olga.opens_consultations(hosts=(riverside.ana,))
    return PlainBrowser(riverside.app)


def booked(practice: Practice) -> list[Any]:
    found: list[Any] = practice.ana.get("/bookings")["items"]
    return found


def test_a_visitor_books_and_stands_before_the_page_that_manages_it(petra: PlainBrowser, riverside: Practice) -> None:
    page = petra.opens(f"/book/{riverside.slug}")
    assert page.status == 200
    assert "30 minutes · free" in page.text
    assert "October 5 to 11" in page.text
    page.ticks("10:30 AM", under="Tuesday, October 6")
    page.fills("Your name", "Petra Petrov")
    page.fills("E-mail", page.email)
    page.fills("What is on your mind?", "No reader.\nSince September.")
    page.presses("Book this time")
    assert page.status == 200
    assert page.path.startswith("/bookings/")
    assert "Petra, your consultation is booked" in page.text
    assert "Tuesday, October 6, 2026, 10:30 AM to 11:00 AM" in page.text
    [booking] = booked(riverside)
    assert booking["starts_at"] == "2026-10-06T17:30:00Z"
    assert booking["timezone"] == "America/Los_Angeles"
    assert booking["message"] == "No reader.\nSince September."
    assert len(riverside.mails_to(page.email)) == 1


def test_what_was_typed_is_kept_and_what_is_wrong_stands_at_its_field(petra: PlainBrowser, riverside: Practice) -> None:
    page = petra.opens(f"/book/{riverside.slug}")
    page.ticks("9:30 AM", under="Wednesday, October 7")
    page.fills("E-mail", "petra@")
    page.fills("Phone", "call me")
    page.fills("What is on your mind?", "Nobody reads the test & <he> fails.")
    page.presses("Book this time")
    assert page.status == 422
    assert page.title.startswith("Please check: Book a consultation")
    assert page.wrong("Your name") == "Please fill this in."
    assert page.wrong("E-mail") == "Please write one address, like name@example.org."
    assert page.wrong("Phone") == "Please write a number, like +1 503 555 0142."
    assert page.value("E-mail") == "petra@"
    assert page.value("Phone") == "call me"
    assert page.value("What is on your mind?") == "Nobody reads the test & <he> fails."
    assert page.chosen() == ["9:30 AM"]
    assert page.link("Your name") == "#name"
    assert booked(riverside) == []
    page.fills("Your name", "Petra Petrov")
    page.fills("E-mail", page.email)
    page.fills("Phone", "503 555 0142")
    page.presses("Book this time")
    assert "your consultation is booked" in page.text


def test_a_form_without_a_time_says_so(petra: PlainBrowser, riverside: Practice) -> None:
    page = petra.opens(f"/book/{riverside.slug}")
    page.fills("Your name", "Petra Petrov")
    page.fills("E-mail", page.email)
    page.presses("Book this time")
    assert page.status == 422
    assert "Please choose a time." in page.text
    assert page.value("Your name") == "Petra Petrov"


def test_who_was_too_late_is_offered_the_nearest_times_and_has_to_type_nothing_again(
    petra: PlainBrowser, riverside: Practice
) -> None:
    page = petra.opens(f"/book/{riverside.slug}")
    page.ticks("10:00 AM", under="Tuesday, October 6")
    page.fills("Your name", "Petra Petrov")
    page.fills("E-mail", page.email)
    riverside.visitor().books("2026-10-06T17:00:00Z")
    page.presses("Book this time")
    assert page.status == 409
    assert "That time has just been taken" in page.text
    assert page.chosen() == []
    assert page.value("Your name") == "Petra Petrov"
    page.ticks("Tuesday, October 6 at 10:30 AM")
    page.presses("Book this time")
    assert "your consultation is booked" in page.text
    assert sorted(row["starts_at"] for row in booked(riverside)) == ["2026-10-06T17:00:00Z", "2026-10-06T17:30:00Z"]


def test_the_questions_of_the_type_are_asked_and_answered_as_the_api_takes_them(riverside: Practice) -> None:
    riverside.olga.opens_consultations(questions=QUESTIONS)
    page = PlainBrowser(riverside.app).opens(f"/book/{riverside.slug}")
    page.ticks("9:00 AM", under="Tuesday, October 6")
    page.fills("Your name", "Petra Petrov")
    page.fills("E-mail", page.email)
    page.fills("Which grade is your child in?", "fourth")
    page.ticks("Speech")
    page.fills("Which kind of school?", "Charter")
    page.presses("Book this time")
    assert page.status == 422
    assert page.wrong("Which grade is your child in?") == "This is a number."
    assert page.link("Is there an IEP?") == "#answers-has_iep"
    assert page.chosen() == ["9:00 AM", "Speech"]
    assert page.value("Which kind of school?") == "Charter"
    page.fills("Which grade is your child in?", "4,5")
    page.ticks("No", under="Is there an IEP?")
    page.fills("Since when?", "2026-09-08")
    page.presses("Book this time")
    [booking] = booked(riverside)
    assert {answer["key"]: answer["answer"] for answer in booking["answers"]} == {
        "grade": 4.5,
        "topics": ["Speech"],
        "has_iep": False,
        "since": "2026-09-08",
        "school": "Charter",
    }


def test_consent_is_asked_for_in_the_practices_words(petra: PlainBrowser, riverside: Practice) -> None:
    wording = "I agree that you keep what I write."
    riverside.olga.patch("/practice", {"booking_consent": wording})
    page = petra.opens(f"/book/{riverside.slug}")
    page.ticks("9:00 AM", under="Tuesday, October 6")
    page.fills("Your name", "Petra Petrov")
    page.fills("E-mail", page.email)
    page.presses("Book this time")
    assert page.status == 422
    assert "Please agree first, so that we may go on." in page.text
    page.ticks(wording)
    page.presses("Book this time")
    [booking] = booked(riverside)
    assert booking["consent"]["wording"] == wording


def test_another_zone_another_week_another_type(petra: PlainBrowser, riverside: Practice) -> None:
    riverside.olga.opens_consultations(name="Long talk", slug="long-talk", minutes=60)
    page = petra.opens(f"/book/{riverside.slug}?utm_source=letter&week=nonsense&zone=nowhere&type=none")
    assert page.status == 200, "what others put behind the address does no harm"
    page.follows("Long talk")
    page.fills("Times are shown for", "Eastern Time (New York)")
    page.presses("Show these times")
    page.follows("Later week")
    assert "October 12 to 18" in page.text
    page.ticks("2:00 PM", under="Wednesday, October 14")
    page.fills("Your name", "Petra Petrov")
    page.fills("E-mail", page.email)
    page.presses("Book this time")
    assert "2:00 PM to 3:00 PM" in page.text
    assert "Eastern Time (New York)" in page.text
    [booking] = booked(riverside)
    assert (booking["starts_at"], booking["timezone"]) == ("2026-10-14T18:00:00Z", "America/New_York")


def test_a_host_is_chosen_where_the_practice_allows_that(riverside: Practice) -> None:
    riverside.olga.opens_consultations(hosts=(riverside.ana, riverside.olga), visitors_choose_host=True)
    page = PlainBrowser(riverside.app).opens(f"/book/{riverside.slug}")
    page.fills("With whom?", "Olga Owens")
    page.presses("Show these times")
    page.ticks("9:00 AM", under="Tuesday, October 6")
    page.fills("Your name", "Petra Petrov")
    page.fills("E-mail", page.email)
    page.presses("Book this time")
    [booking] = booked(riverside)
    assert booking["host_id"] == riverside.olga.id


def test_a_private_type_is_booked_behind_its_link(riverside: Practice) -> None:
    kind = riverside.olga.opens_consultations(name="Second meeting", is_private=True)
    made = riverside.ana.post("/booking-links", {"consultation_type_id": kind["id"]})
    assert "There is nothing to book" in PlainBrowser(riverside.app).opens(f"/book/{riverside.slug}").text
    page = PlainBrowser(riverside.app).opens(made["url"].removeprefix(ORIGIN))
    page.ticks("9:00 AM", under="Tuesday, October 6")
    page.fills("Your name", "Petra Petrov")
    page.fills("E-mail", page.email)
    page.presses("Book this time")
    assert "your consultation is booked" in page.text


def test_an_address_that_has_to_be_confirmed_is_confirmed_by_a_button(riverside: Practice) -> None:
    riverside.olga.opens_consultations(verifies_address=True)
    page = PlainBrowser(riverside.app).opens(f"/book/{riverside.slug}")
    page.ticks("9:00 AM", under="Tuesday, October 6")
    page.fills("Your name", "Petra Petrov")
    page.fills("E-mail", page.email)
    page.presses("Book this time")
    assert "please confirm your address" in page.text
    assert "/bookings/" not in str(page.answer.get_data(as_text=True)), "the link comes by mail alone"
    [mail] = riverside.mails_to(page.email)
    link = re.search(r"/bookings/[\w-]+", text_of(mail))
    assert link
    page.opens(link[0])
    assert "Petra, please confirm your address" in page.text
    assert booked(riverside)[0]["state"] == "held", "looking confirms nothing"
    page.presses("Yes, this is my address")
    assert "your consultation is booked" in page.text
    assert booked(riverside)[0]["state"] == "confirmed"


def test_in_spanish(riverside: Practice) -> None:
    riverside.olga.opens_consultations(name="Consulta gratuita", language="es")
    page = PlainBrowser(riverside.app, languages="es-MX,es;q=0.9,en;q=0.5").opens(f"/book/{riverside.slug}")
    assert page.language == "es"
    assert "30 minutos · gratis" in page.text
    page.ticks("9:00 a.m.", under="martes, 6 de octubre")
    page.fills("Correo electrónico", "petra@")
    page.presses("Reservar esta hora")
    assert page.language == "es"
    assert page.wrong("Su nombre") == "Complete este campo, por favor."
    assert page.wrong("Correo electrónico") == "Escriba una sola dirección, como nombre@example.org."
    page.fills("Su nombre", "Petra Petrov")
    page.fills("Correo electrónico", page.email)
    page.presses("Reservar esta hora")
    assert "Petra, su consulta está reservada" in page.text
    assert booked(riverside)[0]["language"] == "es"
    assert page.follows("In English").language == "en"


def test_a_button_that_is_pressed_twice_books_once(petra: PlainBrowser, riverside: Practice) -> None:
    """Red without the `key` that `book` sends along: her own booking would be in her way."""
    page = petra.opens(f"/book/{riverside.slug}")
    page.ticks("9:00 AM", under="Tuesday, October 6")
    page.fills("Your name", "Petra Petrov")
    page.fills("E-mail", page.email)
    before = page.page
    page.presses("Book this time")
    first = page.path
    page.page, page.path = before, f"/book/{riverside.slug}"
    page.presses("Book this time")
    assert (page.path, page.status) == (first, 200)
    assert len(booked(riverside)) == 1


def test_what_a_program_fills_in_books_nothing(petra: PlainBrowser, riverside: Practice) -> None:
    page = petra.opens(f"/book/{riverside.slug}")
    page.ticks("9:00 AM", under="Tuesday, October 6")
    page.fills("Your name", "Petra Petrov")
    page.fills("E-mail", page.email)
    page.fills("Please leave this empty", "https://pills.example")
    page.presses("Book this time")
    assert page.status == 422
    assert booked(riverside) == []
    # A person whose browser filled it in is told what to do, and it works.
    assert "Please press the button once more." in page.text
    assert "website" not in page.text
    assert page.value("Please leave this empty") == ""
    page.presses("Book this time")
    assert "your consultation is booked" in page.text


@pytest.mark.parametrize("name", ["website", "timezone", "source_url"])
def test_what_is_wrong_where_nobody_can_see_it_is_said_in_the_readers_language(
    petra: PlainBrowser, riverside: Practice, name: str
) -> None:
    said = {"starts_at": "2026-10-06T17:00:00Z", "name": "Petra Petrov", "email": petra.email, "language": "es"}
    data = {**said, name: "nowhere"}
    answer = riverside.app.test_client().post(f"/book/{riverside.slug}", data=data, base_url=ORIGIN)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "<li>Pulse el botón otra vez, por favor.</li>" in text
    assert f"{name}:" not in text


def test_what_an_address_holds_becomes_nothing_else_in_the_hosts_mail(riverside: Practice) -> None:
    riverside.olga.patch("/practice", {"language": "es"})
    riverside.olga.opens_consultations(location={"kind": "phone", "who_calls": "host"})
    riverside.visitor().books("2026-10-06T17:00:00Z", email="victim?bcc=evil@example.org")
    mail = riverside.mails_to(riverside.olga.email)[-1]
    html = next(part for part in mail.walk() if part.get_content_type() == "text/html").get_payload(decode=True).decode()
    assert 'href="mailto:victim%3Fbcc%3Devil@example.org"' in html
    assert "usted llama; no dieron ningún número" in text_of(mail)
    guests = {person.value for person in invitation_in(mail).vevent.attendee_list}
    assert guests == {"mailto:victim%3Fbcc%3Devil@example.org", f"mailto:{riverside.olga.email}"}


def test_a_form_that_a_website_copied_books_from_another_origin(petra: PlainBrowser, riverside: Practice) -> None:
    """It leaves out what the page would add: kind, zone, language, number."""
    said = {"starts_at": "2026-10-06T17:00:00Z", "name": "Petra Petrov", "email": petra.email}
    client = riverside.app.test_client()
    elsewhere = {"Origin": "https://www.riverside.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    answer = client.post(f"/book/{riverside.slug}", data=said, headers=elsewhere, base_url=ORIGIN)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/bookings/")
    [booking] = booked(riverside)
    assert (booking["timezone"], booking["language"]) == ("America/Los_Angeles", "en")


def test_what_is_no_form_is_refused(riverside: Practice) -> None:
    client = riverside.app.test_client()
    for content_type in ("application/json", "text/plain", "multipart/form-data"):
        answer = client.post(f"/book/{riverside.slug}", data=b"{}", content_type=content_type, base_url=ORIGIN)
        assert answer.status_code == 415


@pytest.mark.parametrize("slug", ["nowhere", "bookings", "no%2Fslash", "%00", "x" * 300])
def test_a_practice_that_is_none_has_no_page(riverside: Practice, slug: str) -> None:
    answer = riverside.app.test_client().get(f"/book/{slug}", base_url=ORIGIN)
    assert answer.status_code == 404


def test_one_practice_shows_and_books_nothing_of_another(petra: PlainBrowser, riverside: Practice, lakeside: Practice) -> None:
    lakeside.olga.opens_consultations(name="Lakeside talk", slug="lakeside-talk", minutes=60)
    page = petra.opens(f"/book/{riverside.slug}?type=lakeside-talk&host={lakeside.ana.id}")
    assert "Lakeside talk" not in page.text
    host = {"host_id": lakeside.ana.id, "starts_at": "2026-10-06T17:00:00Z", "name": "Petra", "email": petra.email}
    client = riverside.app.test_client()
    for said in (host, {**host, "consultation_type": "lakeside-talk"}):
        assert client.post(f"/book/{riverside.slug}", data=said, base_url=ORIGIN).status_code in (404, 422)
    assert booked(riverside) == booked(lakeside) == []


def test_forms_count_as_the_api_does(riverside: Practice) -> None:
    """Red without the REMOTE_ADDR that `api.inside.ask` sends along."""
    riverside.olga.opens_consultations(hosts=(riverside.ana,))
    strict = started_anew(riverside.app, posts_a_minute=3)
    browser = PlainBrowser(strict)
    for _ in range(3):
        assert browser.opens(f"/book/{riverside.slug}").presses("Book this time").status == 422
    browser.opens(f"/book/{riverside.slug}")
    browser.fills("Your name", "Petra Petrov")
    browser.presses("Book this time")
    assert browser.status == 429
    assert browser.value("Your name") == "Petra Petrov"
    assert "Please try again in a little while." in browser.text
    assert int(browser.answer.headers["Retry-After"]) > 0
    by_api = Actor(strict, address=browser.address)
    assert by_api.ask("POST", f"/public/{riverside.slug}/bookings", {}).status_code == 429


def test_the_first_type_in_the_readers_language_is_offered_first(riverside: Practice) -> None:
    riverside.olga.opens_consultations(name="Free consultation")
    riverside.olga.opens_consultations(name="Consulta gratuita", slug="consulta", language="es")
    page = PlainBrowser(riverside.app, languages="es").opens(f"/book/{riverside.slug}")
    page.ticks("9:30 a.m.", under="martes, 6 de octubre")
    page.fills("Su nombre", "Petra Petrov")
    page.fills("Correo electrónico", page.email)
    page.presses("Reservar esta hora")
    assert "Consulta gratuita, 30 minutos" in page.text


def test_on_the_day_the_clocks_go_back_both_hours_are_told_apart(riverside: Practice) -> None:
    night = [{"weekday": "sunday", "start": "00:00", "end": "04:00"}]
    riverside.olga.opens_consultations()
    riverside.olga.put("/availability", {"staff_id": riverside.olga.id, "timezone": "America/New_York", "weekly": night})
    page = PlainBrowser(riverside.app).opens(f"/book/{riverside.slug}?week=2026-11-01&zone=America/New_York")
    page.ticks("1:30 AM EDT", under="Sunday, November 1")
    page.ticks("1:30 AM EST", under="Sunday, November 1")
    page.fills("Your name", "Petra Petrov")
    page.fills("E-mail", page.email)
    riverside.visitor().books("2026-11-01T06:30:00Z")
    page.presses("Book this time")
    assert "That time has just been taken" in page.text
    page.ticks("Sunday, November 1 at 1:30 AM EDT")
    page.ticks("Sunday, November 1 at 1:00 AM EST")
    page.presses("Book this time")
    assert "Sunday, November 1, 2026, 1:00 AM EST to 1:30 AM EST" in page.text
    assert sorted(row["starts_at"] for row in booked(riverside)) == ["2026-11-01T06:00:00Z", "2026-11-01T06:30:00Z"]


def test_programs_read_how_to_book(petra: PlainBrowser, riverside: Practice) -> None:
    """And what they read is enough to do it."""
    riverside.olga.patch("/practice", {"booking_consent": "I agree."})
    client = riverside.app.test_client()
    general = client.get("/llms.txt", base_url=ORIGIN)
    assert general.mimetype == "text/plain"
    assert "/book/{slug}/llms.txt" in general.get_data(as_text=True)
    told = client.get(f"/book/{riverside.slug}/llms.txt", base_url=ORIGIN).get_data(as_text=True)
    assert "Free consultation (`free-consultation`): 30 minutes, free" in told
    [search] = re.findall(r"GET https://practice\.example(/api/v1/public/\S+/slots\S*)`", told)
    for name, value in (("SLUG", "free-consultation"), ("ZONE", "UTC")):
        search = search.replace(name, value)
    search = search.replace("INSTANT", "2026-10-06T00:00:00Z", 1).replace("INSTANT", "2026-10-07T00:00:00Z")
    slot = client.get(search, base_url=ORIGIN).get_json()["items"][0]
    [book] = re.findall(r"POST https://practice\.example(/api/v1/public/\S+/bookings)`", told)
    said = {"consultation_type": "free-consultation", "starts_at": slot["starts_at"], "timezone": "UTC", "consent": True}
    answer = client.post(book, json={**said, "name": "Petra Petrov", "email": petra.email}, base_url=ORIGIN)
    assert answer.status_code == 201
