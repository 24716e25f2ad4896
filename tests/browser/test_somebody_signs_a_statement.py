"""The page behind the link that asks for a statement, in a real browser."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import PHONE, House, Parent
from tests.cast import Practice
from tests.test_statement import WORDS
from tests.test_statement_page import CHANGE, LOOK, SIGN, asked, statement_of


@pytest.mark.parametrize("scripts", [True, False])
def test_a_teacher_writes_looks_and_signs_by_the_keyboard_alone(
    parents: Callable[..., Parent], house: House, riverside: Practice, scripts: bool
) -> None:
    terry = parents(java_script_enabled=scripts)
    page = terry.opens(house.address + asked(riverside))
    terry.sees("Terry Thompson, would you write down what you know?")
    terry.is_shown("statement-en")
    page.get_by_label("In your own words").focus()
    page.keyboard.type(f"{WORDS}\nNot once.")
    page.keyboard.press("Tab")
    page.keyboard.type("Terry Thompson")
    # Enter in a field is not a signature.
    page.keyboard.press("Enter")
    terry.sees("Is this what you want to sign?")
    terry.is_shown("statement-look-en")
    assert statement_of(riverside)["entries"] == []
    page.get_by_role("button", name=CHANGE).press("Enter")
    assert page.get_by_label("In your own words").input_value() == f"{WORDS}\nNot once."
    page.get_by_role("button", name=LOOK).press("Enter")
    page.get_by_role("button", name=SIGN).press("Enter")
    terry.sees("Thank you. Your statement is signed and has reached")
    terry.is_shown("statement-signed-en")
    [entry] = statement_of(riverside)["entries"]
    assert entry["text"] == f"{WORDS}\nNot once."
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take a copy").click()
    assert taken.value.suggested_filename == "statement-1.txt"
    assert taken.value.path().read_text() == entry["canonical"]
    assert terry.complaints == []


def test_what_is_left_open_is_said_on_a_phone_in_spanish(
    parents: Callable[..., Parent], house: House, riverside: Practice
) -> None:
    petra = parents(viewport=PHONE, has_touch=True, is_mobile=True)
    page = petra.opens(house.address + asked(riverside, language="es", party="parent"))
    petra.is_shown("statement-es-phone", finger=True)
    page.get_by_label("Con sus propias palabras").fill("Nadie le leyó en los exámenes.")
    page.get_by_label("Su nombre").fill("Petra Petrov")
    page.get_by_label("Fecha de hoy").fill("2026-12-24")
    page.get_by_role("button", name="Revisarla antes de firmar").click()
    petra.is_shown("statement-look-es-phone", finger=True)
    page.get_by_role("button", name="Firmar").click()
    petra.sees("Ponga la fecha del día en que firma")
    petra.is_shown("statement-wrong-es-phone", finger=True)
    page.get_by_label("Fecha de hoy").fill("2026-10-05")
    page.get_by_role("button", name="Revisarla antes de firmar").click()
    page.get_by_role("button", name="Firmar").click()
    petra.sees("Gracias. Su declaración está firmada")
    petra.is_shown("statement-signed-es-phone", finger=True)
    assert statement_of(riverside)["state"] == "signed"


def test_opened_with_its_scripts_it_sends_nothing(petra: Parent, house: House, riverside: Practice) -> None:
    sent: list[str] = []
    petra.page.on("request", lambda request: sent.append(request.method))
    page = petra.opens(house.address + asked(riverside))
    page.reload(wait_until="networkidle")
    assert set(sent) == {"GET"}
    assert statement_of(riverside)["entries"] == []
