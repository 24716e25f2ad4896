"""The page behind the link that asks a teacher about their copy: it works without a script, and opening it only looks."""

import secrets
from typing import Any

import pytest

from tests.cast import Practice, token_in
from tests.plain_browser import ORIGIN, PlainBrowser

HAVE = "Do you have a copy of this version"
KNOW = "Do you know your own part"
NEED = "Do you have what you need"


@pytest.fixture
def link(riverside: Practice) -> str:
    """Where Terry's mail leads."""
    return asked(riverside)


def asked(practice: Practice) -> str:
    ana, address = practice.ana, f"terry-{secrets.token_hex(4)}@school.example"
    case = ana.opens_a_case()
    ana.adds_a_team_member(case, email=address)
    version = ana.puts_in_force(ana.drafts_an_iep(case, effective_to="2027-09-07"))
    ana.post(f"/iep-versions/{version['id']}/copies/ask")
    return f"/copies/{token_in(practice.mails_to(address)[0])}"


def line_of(practice: Practice) -> dict[str, Any]:
    [line] = practice.ana.get("/iep-copies")["items"]
    return dict(line)


def test_it_says_who_is_asked_about_which_iep_and_what_the_law_asks(riverside: Practice, link: str) -> None:
    page = PlainBrowser(riverside.app).opens(link)
    assert "Terry Thompson, do you have your copy of this IEP?" in page.text
    assert "version 1, in effect from September 8, 2026 to September 7, 2027" in page.text
    assert "S. P. (initials only)" in page.text
    assert "34 CFR 300.323(d)" in page.text
    assert "Petrov" not in page.answer.get_data(as_text=True)
    assert not list(page.page.every("script")), "nothing runs that could act"
    assert "noindex" in page.answer.get_data(as_text=True)
    assert page.answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_teacher_says_what_is_missing_and_later_that_it_has_come(riverside: Practice, link: str) -> None:
    page = PlainBrowser(riverside.app).opens(link)
    page.ticks("Yes", under=HAVE)
    page.fills("Since when?", "2026-09-10")
    page.ticks("Yes", under=KNOW)
    page.ticks("No", under=NEED)
    page.fills("Materials or tools", "A reader pen.")
    page.fills("Time", "A period to prepare.")
    before = page.page
    page.presses("Send")
    assert (page.status, page.path) == (200, f"{link}?done=answered&lang=en")
    assert "Thank you. Your answer has reached" in page.text
    assert "You answered on October 5, 2026." in page.text
    line = line_of(riverside)
    assert (line["state"], line["given_on"], line["has_what_they_need"]) == ("acknowledged", "2026-09-10", "no")
    needs = [{"kind": "material", "what": "A reader pen."}, {"kind": "time", "what": "A period to prepare."}]
    assert line["needs"] == needs
    page.page = before
    page.presses("Send")
    assert len(riverside.ana.get("/communications?direction=inbound")["items"]) == 1, "pressed twice, said once"
    assert page.value("Materials or tools") == "A reader pen.", "what they said stands in the form"
    page.fills("Materials or tools", "")
    page.fills("Time", "")
    page.ticks("Yes", under=NEED)
    page.presses("Send")
    assert (line_of(riverside)["needs"], line_of(riverside)["has_what_they_need"]) == (None, "yes")


def test_what_is_left_open_is_asked_for_and_nothing_that_was_typed_is_lost(riverside: Practice, link: str) -> None:
    page = PlainBrowser(riverside.app).opens(link)
    page.ticks("Yes", under=HAVE)
    page.fills("Something else", "A quiet room.")
    page.presses("Send")
    assert page.status == 422
    assert page.text.count("Please fill this in.") == 4, "two questions, each in the list and at its place"
    assert page.value("Something else") == "A quiet room."
    assert page.chosen() == ["Yes"]
    assert line_of(riverside)["state"] == "open"


def test_in_the_language_of_the_practice(riverside: Practice) -> None:
    riverside.olga.patch("/practice", {"language": "es"})
    page = PlainBrowser(riverside.app, languages="en-US").opens(asked(riverside))
    assert page.language == "es"
    assert "Terry Thompson, ¿tiene su copia de este IEP?" in page.text
    assert "versión 1, vigente del 8 de septiembre de 2026 al 7 de septiembre de 2027" in page.text
    page.ticks("No", under="¿Tiene una copia")
    page.ticks("No", under="¿Conoce su propia parte")
    page.ticks("Sí", under="¿Tiene lo que necesita")
    page.presses("Enviar")
    assert "Gracias. Su respuesta ha llegado a" in page.text
    assert page.follows("In English").language == "en"
    assert line_of(riverside)["state"] == "open"


def test_looking_changes_nothing_however_often(riverside: Practice, link: str) -> None:
    before, client = line_of(riverside), riverside.app.test_client()
    for method in ("GET", "HEAD"):
        for query in ("", "?done=answered", "?has_copy=yes&knows_their_part=yes&has_what_they_need=yes"):
            assert client.open(f"{link}{query}", method=method, base_url=ORIGIN).status_code == 200
    assert line_of(riverside) == before


def test_a_link_whose_purpose_is_over_says_so(riverside: Practice, lakeside: Practice, link: str) -> None:
    browser = PlainBrowser(riverside.app)
    page = browser.opens(link)
    for question in (HAVE, KNOW, NEED):
        page.ticks("Yes", under=question)
    member = riverside.ana.get("/team-members")["items"][0]
    riverside.ana.patch(f"/team-members/{member['id']}", {"left_on": "2026-10-05"})
    page.presses("Send")
    assert page.status == 404
    assert "This link no longer works" in page.text
    for wrong in ("nonsense", link.rpartition("/")[2][:-1] + "_", lakeside.olga.get("/practice")["id"]):
        assert PlainBrowser(riverside.app).opens(f"/copies/{wrong}").status == 404
    assert line_of(riverside)["acknowledged_on"] is None


def test_what_is_still_missing_from_before_stands_in_the_form(riverside: Practice) -> None:
    ana, address = riverside.ana, f"terry-{secrets.token_hex(4)}@school.example"
    case = ana.opens_a_case()
    ana.adds_a_team_member(case, email=address)
    first = ana.puts_in_force(ana.drafts_an_iep(case))
    [line] = ana.get(f"/iep-versions/{first['id']}/copies")["items"]
    ana.patch(f"/iep-copies/{line['id']}", {"needs": [{"kind": "material", "what": "A reader pen."}]})
    second = ana.puts_in_force(ana.drafts_an_iep(case))
    ana.post(f"/iep-versions/{second['id']}/copies/ask")
    page = PlainBrowser(riverside.app).opens(f"/copies/{token_in(riverside.mails_to(address)[0])}")
    assert page.value("Materials or tools") == "A reader pen."
    assert page.chosen() == ["No"], "whether they have what they need; the rest is theirs to say"
    page.ticks("Yes", under=HAVE)
    page.ticks("Yes", under=KNOW)
    page.ticks("Yes", under=NEED)
    page.presses("Send")
    assert page.status == 422, "nothing can be missing of what they have"
    assert page.value("Materials or tools") == "A reader pen."
    page.fills("Materials or tools", "")
    page.presses("Send")
    assert "Thank you. Your answer has reached" in page.text
    [line] = ana.get(f"/iep-versions/{second['id']}/copies")["items"]
    assert (line["state"], line["needs"]) == ("acknowledged", None)
