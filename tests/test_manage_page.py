"""The page behind the link in the mails about a booking: it works without a script, and opening it only looks."""

import pytest

from tests.cast import Practice
from tests.plain_browser import ORIGIN, PlainBrowser


@pytest.fixture
def link(riverside: Practice) -> str:
    """Where Petra's mail leads: Tuesday at ten, in Los Angeles."""
    riverside.olga.opens_consultations(hosts=(riverside.ana,))
    booked = riverside.visitor().books("2026-10-06T17:00:00Z", timezone="America/Los_Angeles")
    path: str = booked["manage_url"].removeprefix(ORIGIN)
    return path


def booking(practice: Practice) -> dict[str, str]:
    [found] = practice.ana.get("/bookings")["items"]
    return dict(found)


def test_it_shows_what_was_booked_and_names_the_parent_by_her_first_name_alone(riverside: Practice, link: str) -> None:
    page = PlainBrowser(riverside.app).opens(link)
    assert "Petra, your consultation is booked" in page.text
    assert "Petrov" not in page.text
    assert "Tuesday, October 6, 2026, 10:00 AM to 10:30 AM" in page.text
    assert not list(page.page.every("script")), "nothing runs that could act"
    assert "noindex" in page.answer.get_data(as_text=True)
    assert riverside.app.test_client().get(page.link("Add to my calendar"), base_url=ORIGIN).mimetype == "text/calendar"


def test_she_moves_it(riverside: Practice, link: str) -> None:
    page = PlainBrowser(riverside.app).opens(link).follows("Choose another time")
    page.fills("Times are shown for", "Eastern Time (New York)")
    page.presses("Show these times")
    page.follows("Later week")
    page.ticks("12:30 PM", under="Tuesday, October 13")
    page.presses("Move to this time")
    assert page.status == 200
    assert "Done: your consultation has a new time." in page.text
    assert "Tuesday, October 13, 2026, 9:30 AM to 10:00 AM" in page.text
    assert booking(riverside)["starts_at"] == "2026-10-13T16:30:00Z"


def test_her_own_time_is_not_in_her_way(riverside: Practice, link: str) -> None:
    page = PlainBrowser(riverside.app).opens(link).follows("Choose another time")
    page.ticks("10:00 AM", under="Tuesday, October 6")


def test_a_time_that_is_gone_is_said_beside_the_nearest_ones(riverside: Practice, link: str) -> None:
    page = PlainBrowser(riverside.app).opens(link).follows("Choose another time")
    page.ticks("9:30 AM", under="Wednesday, October 7")
    riverside.visitor().books("2026-10-07T16:30:00Z")
    page.presses("Move to this time")
    assert page.status == 409
    assert "That time has just been taken" in page.text
    page.ticks("Wednesday, October 7 at 10:00 AM")
    page.presses("Move to this time")
    assert "Wednesday, October 7, 2026, 10:00 AM" in page.text


def test_moving_to_no_time_says_what_is_missing(riverside: Practice, link: str) -> None:
    page = PlainBrowser(riverside.app).opens(link).follows("Choose another time")
    page.presses("Move to this time")
    assert page.status == 422
    assert "Please choose a time." in page.text


def test_she_cancels_it_and_a_second_press_does_no_harm(riverside: Practice, link: str) -> None:
    page = PlainBrowser(riverside.app).opens(link)
    page.fills("Would you like to tell us why?", "We found help at school.")
    before = page.page
    page.presses("Yes, cancel it")
    assert "Petra, your consultation is cancelled" in page.text
    assert (booking(riverside)["state"], booking(riverside)["reason"]) == ("cancelled", "We found help at school.")
    page.page = before
    page.presses("Yes, cancel it")
    assert page.status == 200
    assert "Petra, your consultation is cancelled" in page.text
    with pytest.raises(AssertionError, match="no button"):
        page.presses("Yes, cancel it")


@pytest.mark.parametrize("ends", ["cancelled", "over"])
def test_where_it_is_held_is_said_only_while_it_is_ahead(riverside: Practice, ends: str) -> None:
    riverside.olga.opens_consultations(location={"kind": "place", "address": "12 River Street"})
    made = riverside.visitor().books("2026-10-06T17:00:00Z")
    page = PlainBrowser(riverside.app).opens(made["manage_url"].removeprefix(ORIGIN))
    assert "Where" in page.text
    assert "12 River Street" in page.text
    if ends == "over":
        riverside.clock.move(days=3)
    page.presses("Yes, cancel it")
    assert ("your consultation is cancelled" if ends == "cancelled" else "this time has passed") in page.text
    assert "Where" not in page.text
    assert "12 River Street" not in page.text


def test_what_was_written_is_kept_when_it_is_too_long(riverside: Practice, link: str) -> None:
    page = PlainBrowser(riverside.app).opens(link)
    page.fills("Would you like to tell us why?", "x" * 501)
    page.presses("Yes, cancel it")
    assert page.status == 422
    assert page.value("Would you like to tell us why?") == "x" * 501
    assert booking(riverside)["state"] == "confirmed"


def test_in_the_language_in_which_it_was_booked(riverside: Practice) -> None:
    riverside.olga.opens_consultations(hosts=(riverside.ana,))
    made = riverside.visitor().books("2026-10-06T17:00:00Z", timezone="America/Chicago", language="es")
    page = PlainBrowser(riverside.app, languages="en-US").opens(made["manage_url"].removeprefix(ORIGIN))
    assert page.language == "es"
    assert "martes, 6 de octubre de 2026, de 12:00 p.m. a 12:30 p.m." in page.text
    page.follows("Elegir otra hora")
    page.ticks("11:00 a.m.", under="miércoles, 7 de octubre")
    page.presses("Cambiar a esta hora")
    assert "Listo: su consulta tiene una nueva hora." in page.text
    assert page.follows("In English").language == "en"


def test_when_it_is_over_it_can_be_changed_no_more(riverside: Practice, link: str) -> None:
    browser = PlainBrowser(riverside.app)
    page = browser.opens(link)
    riverside.clock.move(days=3)
    page.presses("Yes, cancel it")
    assert page.status == 200
    assert "this time has passed" in page.text
    assert booking(riverside)["state"] == "confirmed"
    assert page.link("Book another time") == f"/book/{riverside.slug}?lang=en"


@pytest.mark.parametrize("act", ["", "/cancel", "/reschedule", "/confirm"])
def test_a_link_that_fits_nothing_says_what_to_do(riverside: Practice, lakeside: Practice, link: str, act: str) -> None:
    """Nor does the token of one practice's booking open anything under another's."""
    token = link.rpartition("/")[2]
    strangers = ("nonsense", token[:-1] + ("A" if token[-1] != "A" else "B"), lakeside.olga.get("/practice")["id"])
    client = riverside.app.test_client()
    for wrong in strangers:
        said = {"starts_at": "2026-10-07T17:00:00Z"} if act == "/reschedule" else {"lang": "en"}
        answer = client.open(
            f"/bookings/{wrong}{act}", method="POST" if act else "GET", data=said if act else None, base_url=ORIGIN
        )
        assert (answer.status_code, answer.mimetype) == (404, "text/html")
        assert "This link no longer works" in answer.get_data(as_text=True)
    assert booking(riverside)["state"] == "confirmed"


def test_looking_changes_nothing_however_the_page_is_asked_for(riverside: Practice, link: str) -> None:
    before = riverside.ana.get(f"/bookings/{booking(riverside)['id']}")
    client = riverside.app.test_client()
    for act in ("", "/cancel", "/reschedule", "/confirm"):
        for method in ("GET", "HEAD"):
            for query in ("", "?move=1&week=2026-10-12&zone=Europe/Madrid", "?done=moved", "?starts_at=2026-10-07T17:00:00Z"):
                answer = client.open(f"{link}{act}{query}", method=method, base_url=ORIGIN)
                assert answer.status_code == (303 if act else 200)
                assert answer.headers.get("Location") == (link if act else None)
    assert riverside.ana.get(f"/bookings/{before['id']}") == before
