"""The page behind the link that asks for a statement: it works without a script, opening it only looks, and nothing is signed
that was not shown once more."""

from typing import Any

import pytest

from tests.cast import Practice
from tests.plain_browser import ORIGIN, PlainBrowser
from tests.promises.racing import at_once
from tests.test_statement import WORDS, asks, token_of

LOOK, SIGN, CHANGE = "Look at it before you sign", "Sign it", "Change something"


@pytest.fixture
def link(riverside: Practice) -> str:
    """Where Terry's mail leads."""
    return asked(riverside)


def asked(practice: Practice, **more: Any) -> str:
    statement = asks(practice.ana, practice.ana.opens_a_case(), about_from="2026-09-08", about_to="2026-10-02", **more)
    return f"/statements/{token_of(practice, statement)}"


def statement_of(practice: Practice) -> dict[str, Any]:
    [statement] = practice.ana.get("/statements")["items"]
    return dict(statement)


def fills(page: PlainBrowser, text: str = WORDS) -> None:
    page.fills("In your own words", text)
    page.fills("Your name", "Terry Thompson")


def test_it_says_what_is_asked_who_reads_it_and_that_it_stays(riverside: Practice, link: str) -> None:
    page = PlainBrowser(riverside.app).opens(link)
    assert "Terry Thompson, would you write down what you know?" in page.text
    assert "What can you say, from your own work with this student" in page.text
    assert "S. P. (initials only)" in page.text
    assert "September 8, 2026 to October 2, 2026" in page.text
    for said in ("nobody can change it", "the student's family may", "in mediation", "at a hearing", "is up to you"):
        assert said in page.text
    assert page.value("Today's date") == "2026-10-05"
    assert page.value("Your name") == "", "a signature is written by whoever signs"
    html = page.answer.get_data(as_text=True)
    assert "Petrov" not in html
    assert not list(page.page.every("script")), "nothing runs that could act"
    assert "noindex" in html
    assert page.answer.headers["Referrer-Policy"] == "no-referrer"


def test_what_is_written_is_shown_once_more_changed_and_then_signed_once(riverside: Practice, link: str) -> None:
    page = PlainBrowser(riverside.app).opens(link)
    fills(page, f"{WORDS}\n\n<b>Not once.</b>")
    page.presses(LOOK)
    assert "Is this what you want to sign?" in page.text
    assert "<b>Not once.</b>" in page.text
    assert "Signed by Terry Thompson on October 5, 2026" in page.text
    assert statement_of(riverside)["entries"] == [], "to look is not to sign"
    page.presses(CHANGE)
    assert page.value("In your own words").startswith(WORDS)
    page.fills("In your own words", f"{WORDS}\n\nNot once.")
    page.presses(LOOK)
    before = page.page
    page.presses(SIGN)
    assert (page.status, page.path) == (200, f"{link}?done=signed&lang=en")
    assert "Thank you. Your statement is signed and has reached" in page.text
    [entry] = statement_of(riverside)["entries"]
    assert entry["text"] == f"{WORDS}\n\nNot once."
    assert entry["sha256"] in page.text
    page.page = before
    page.presses(SIGN)
    assert len(statement_of(riverside)["entries"]) == 1, "pressed twice, signed once"
    assert page.follows("Take a copy").answer.get_data(as_text=True) == entry["canonical"]


def test_pressed_twice_at_once_both_say_that_it_is_signed(riverside: Practice) -> None:
    for _ in range(4):
        link = asked(riverside)
        pages = [PlainBrowser(riverside.app).opens(link) for _ in range(2)]
        fills(pages[0])
        pages[0].presses(LOOK)
        pages[1].page, pages[1].path = pages[0].page, pages[0].path
        shown = at_once(*[lambda page=page: page.presses(SIGN) for page in pages])
        assert [(page.status, page.path) for page in shown] == [(200, f"{link}?done=signed&lang=en")] * 2
        [statement, *_] = riverside.ana.get("/statements")["items"]
        assert len(statement["entries"]) == 1


def test_it_is_added_to_below_what_was_signed(riverside: Practice, link: str) -> None:
    page = PlainBrowser(riverside.app).opens(link)
    fills(page)
    page.presses(LOOK)
    page.presses(SIGN)
    page.fills("What would you like to add?", "It was September 15.")
    page.fills("Your name", "Terry Thompson")
    page.presses(LOOK)
    page.presses(SIGN)
    assert "Addition 1" in page.text
    assert [entry["text"] for entry in statement_of(riverside)["entries"]] == [WORDS, "It was September 15."]


def test_what_is_left_open_or_cannot_be_is_asked_for_and_nothing_is_lost(riverside: Practice, link: str) -> None:
    page = PlainBrowser(riverside.app).opens(link)
    page.fills("In your own words", WORDS)
    page.presses(LOOK)
    assert page.status == 422
    assert page.wrong("Your name") == "Please fill this in."
    assert page.value("In your own words") == WORDS
    page.fills("Your name", "Terry Thompson")
    for day in ("2026-12-24", "yesterday"):
        page.fills("Today's date", day)
        page.presses(LOOK)
        page.presses(SIGN)
        assert page.status == 422
        assert page.wrong("Today's date").startswith("Please date it as of the day on which you sign")
        assert page.value("In your own words") == WORDS
    assert statement_of(riverside)["entries"] == []


def test_in_spanish(riverside: Practice) -> None:
    page = PlainBrowser(riverside.app, languages="en-US").opens(asked(riverside, language="es"))
    assert page.language == "es"
    assert "Terry Thompson, ¿pondría por escrito lo que sabe?" in page.text
    assert "del 8 de septiembre de 2026 al 2 de octubre de 2026" in page.text
    page.fills("Con sus propias palabras", "Nadie le leyó.")
    page.presses("Revisarla antes de firmar")
    assert page.wrong("Su nombre") == "Complete este campo, por favor."
    page.fills("Su nombre", "Terry Thompson")
    page.presses("Revisarla antes de firmar")
    assert "¿Es esto lo que quiere firmar?" in page.text
    page.presses("Firmar")
    assert "Gracias. Su declaración está firmada y ha llegado a" in page.text
    assert page.follows("In English").language == "en"
    assert statement_of(riverside)["entries"][0]["text"] == "Nadie le leyó."


def test_looking_changes_nothing_however_often(riverside: Practice, link: str) -> None:
    before, client = statement_of(riverside), riverside.app.test_client()
    for method in ("GET", "HEAD"):
        for query in ("", "?done=signed", "?act=sign&text=No&signed_name=Nobody&signed_on=2026-10-05"):
            assert client.open(f"{link}{query}", method=method, base_url=ORIGIN).status_code == 200
    assert statement_of(riverside) == before


def test_a_link_whose_purpose_is_over_says_so(riverside: Practice, lakeside: Practice, link: str) -> None:
    page = PlainBrowser(riverside.app).opens(link)
    fills(page)
    page.presses(LOOK)
    riverside.ana.post(f"/statements/{statement_of(riverside)['id']}/withdraw", {"because": "Another teacher."})
    page.presses(SIGN)
    assert page.status == 404
    assert "This link no longer works" in page.text
    for wrong in ("nonsense", link.rpartition("/")[2][:-1] + "_", lakeside.olga.get("/practice")["id"]):
        assert PlainBrowser(riverside.app).opens(f"/statements/{wrong}").status == 404
    assert statement_of(riverside)["entries"] == []
