"""The page behind the link that asks a teacher about their copy of an IEP, in a real browser."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import PHONE, House, Parent
from tests.cast import Practice
from tests.test_copy_page import asked, line_of


@pytest.mark.parametrize("scripts", [True, False])
def test_a_teacher_says_what_is_missing(
    parents: Callable[..., Parent], house: House, riverside: Practice, scripts: bool
) -> None:
    terry = parents(java_script_enabled=scripts)
    page = terry.opens(house.address + asked(riverside))
    terry.sees("Terry Thompson, do you have your copy of this IEP?")
    page.get_by_text("What the law asks").click()
    terry.sees("34 CFR 300.323(d)")
    terry.is_shown("copy-en")
    assert line_of(riverside)["answered_at"] is None, "to look is not to answer"
    for question, said in (("Do you have a copy", "Yes"), ("Do you know", "Yes"), ("Do you have what", "No")):
        page.get_by_role("group", name=question).get_by_role("radio", name=said).check()
    page.get_by_label("Since when?").fill("2026-09-10")
    page.get_by_label("Materials or tools").fill("A reader pen.")
    page.get_by_role("button", name="Send").click()
    terry.sees("Thank you. Your answer has reached")
    terry.is_shown("copy-answered-en")
    line = line_of(riverside)
    assert (line["state"], line["given_on"]) == ("acknowledged", "2026-09-10")
    assert line["needs"] == [{"kind": "material", "what": "A reader pen."}]
    assert terry.complaints == []


def test_what_is_left_open_is_said_on_a_phone_in_spanish(
    parents: Callable[..., Parent], house: House, riverside: Practice
) -> None:
    riverside.olga.patch("/practice", {"language": "es"})
    terry = parents(viewport=PHONE, has_touch=True, is_mobile=True)
    page = terry.opens(house.address + asked(riverside))
    terry.is_shown("copy-es-phone", finger=True)
    page.get_by_label("Otra cosa").fill("Un cuarto tranquilo.")
    page.get_by_role("button", name="Enviar").click()
    terry.sees("Complete este campo, por favor.")
    terry.is_shown("copy-wrong-es-phone", finger=True)
    assert page.get_by_label("Otra cosa").input_value() == "Un cuarto tranquilo."
    assert line_of(riverside)["state"] == "open"


def test_opened_with_its_scripts_it_sends_nothing(petra: Parent, house: House, riverside: Practice) -> None:
    sent: list[str] = []
    petra.page.on("request", lambda request: sent.append(request.method))
    page = petra.opens(house.address + asked(riverside))
    page.reload(wait_until="networkidle")
    assert set(sent) == {"GET"}
    assert line_of(riverside)["answered_at"] is None
