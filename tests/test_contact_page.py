"""Writing to the practice without a script."""

import pytest

from tests.cast import Practice
from tests.plain_browser import ORIGIN, PlainBrowser


def enquiries(practice: Practice, state: str = "new") -> list[dict[str, str]]:
    found: list[dict[str, str]] = practice.ana.get(f"/enquiries?state={state}")["items"]
    return found


def test_a_visitor_writes_and_is_thanked(riverside: Practice) -> None:
    page = PlainBrowser(riverside.app).opens(f"/contact/{riverside.slug}")
    page.fills("Your name", "Petra Petrov")
    page.fills("E-mail", page.email)
    page.fills("What would you like to tell us?", "My son does not get his reader.\nCan you help?")
    riverside.clock.move(seconds=30)
    page.presses("Send")
    assert page.status == 200
    assert "Thank you. Your message has reached us." in page.text
    [enquiry] = enquiries(riverside)
    assert enquiry["message"] == "My son does not get his reader.\nCan you help?"
    assert enquiry["language"] == "en"


def test_what_comes_back_sooner_than_anybody_types_is_kept_apart(riverside: Practice) -> None:
    """Red without the token that the page takes along: how long it was open would not be known."""
    page = PlainBrowser(riverside.app).opens(f"/contact/{riverside.slug}")
    page.fills("Your name", "Petra Petrov")
    page.fills("E-mail", page.email)
    page.fills("What would you like to tell us?", "Hello, I sell chairs.")
    page.presses("Send")
    assert "Your message has reached us." in page.text, "nobody is told what became of it"
    assert enquiries(riverside) == []
    assert len(enquiries(riverside, "spam")) == 1


def test_the_field_that_no_person_sees_gives_programs_away(riverside: Practice) -> None:
    page = PlainBrowser(riverside.app).opens(f"/contact/{riverside.slug}")
    page.fills("Your name", "Petra Petrov")
    page.fills("E-mail", page.email)
    page.fills("What would you like to tell us?", "Hello.")
    page.fills("Please leave this empty", "https://pills.example")
    riverside.clock.move(seconds=30)
    page.presses("Send")
    assert "Your message has reached us." in page.text
    assert enquiries(riverside) == []


def test_what_was_typed_is_kept(riverside: Practice) -> None:
    page = PlainBrowser(riverside.app, languages="es").opens(f"/contact/{riverside.slug}")
    page.fills("Correo electrónico", "petra@")
    page.fills("¿Qué le gustaría contarnos?", "«Nadie» lee & <él> no pasa.")
    riverside.clock.move(seconds=30)
    page.presses("Enviar")
    assert page.status == 422
    assert page.language == "es"
    assert page.wrong("Su nombre") == "Complete este campo, por favor."
    assert page.wrong("Correo electrónico") == "Escriba una sola dirección, como nombre@example.org."
    assert page.value("¿Qué le gustaría contarnos?") == "«Nadie» lee & <él> no pasa."
    page.fills("Su nombre", "Petra Petrov")
    page.fills("Correo electrónico", page.email)
    page.presses("Enviar")
    assert "Gracias. Hemos recibido su mensaje." in page.text
    assert [row["language"] for row in enquiries(riverside)] == ["es"]


def test_a_form_that_a_website_copied_writes_from_another_origin(riverside: Practice, lakeside: Practice) -> None:
    said = {"name": "Petra Petrov", "email": "petra@example.org", "message": "Please call me."}
    elsewhere = {"Origin": "https://www.riverside.example", "Sec-Fetch-Site": "cross-site"}
    client = riverside.app.test_client()
    answer = client.post(f"/contact/{riverside.slug}", data=said, headers=elsewhere, base_url=ORIGIN)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/contact/{riverside.slug}?done=sent&lang=en")
    assert len(enquiries(riverside)) == 1
    assert enquiries(lakeside) == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_practice_that_is_none_has_no_page(riverside: Practice, method: str) -> None:
    data = {"name": "Petra"} if method == "post" else None
    answer = riverside.app.test_client().open("/contact/nowhere", method=method, data=data, base_url=ORIGIN)
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
