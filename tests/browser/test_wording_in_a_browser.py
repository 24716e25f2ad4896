"""Checking a sentence of the IEP in a browser: the embed, our own page, and the paper for the meeting."""

from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, House, Parent, Website
from tests.cast import Practice
from tests.test_wording_report import FIRM, WEAK, drafted

SENTENCE = "👩‍🏫 Staff may read tests aloud as needed."
SPANISH = "El maestro le lee los exámenes al niño cuando lo necesita para que los entienda."
HEARD = '<script>window.heard = []; addEventListener("ft-wording-checked", (event) => heard.push(event.detail));</script>'
DARK = "<style>:root { color-scheme: dark } body { background: #101514; color: #eee; font-family: sans-serif }</style>"


def marks(page: Page) -> list[str]:
    return [mark.evaluate("it => it.firstChild.textContent") for mark in page.locator("blockquote mark:has(sup)").all()]


def test_a_sentence_is_checked_with_the_keyboard_alone(petra: Parent, website: Website) -> None:
    website.head, website.body = HEARD, "<ft-wording-check></ft-wording-check>"
    website.practice.olga.patch("/practice", {"wording_terms": [{"term": "aloud", "category": "vague_support"}]})
    page = petra.opens(website.address)
    petra.sees("A sentence of the IEP")
    petra.is_shown("wording-empty-en")
    petra.walks_to("A sentence of the IEP")
    page.keyboard.insert_text(SENTENCE)
    petra.walks_to("Check this sentence")
    page.keyboard.press("Enter")
    petra.sees("4 weak places")
    assert petra.focused() == "4 weak places", "a screen reader goes on from here"
    assert marks(page) == ["Staff", "may read", "aloud", "as needed"], "own terms too, and counted in characters"
    petra.sees("weak place 2")
    petra.sees("How it could be written")
    petra.is_shown("wording-found-en")
    petra.walks_to("Talk it over with us")
    href = page.get_by_role("link", name="Talk it over with us").get_attribute("href")
    assert href == f"{website.house.address}/book/{website.practice.slug}?lang=en"
    [heard] = page.evaluate("heard")
    assert set(heard) == {"findings", "score"}
    assert heard["findings"] == 4
    assert SENTENCE[4:] not in page.url
    assert petra.complaints == []


def test_it_says_what_is_wrong_at_the_field(petra: Parent, website: Website) -> None:
    website.body = "<ft-wording-check></ft-wording-check>"
    page = petra.opens(website.address)
    page.get_by_role("button", name="Check this sentence").click()
    field = page.get_by_label("A sentence of the IEP")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    petra.sees("Please fill this in.")
    field.fill(SENTENCE)
    page.get_by_role("button", name="Check this sentence").click()
    petra.sees("3 weak places")
    field.fill(SPANISH)
    page.get_by_role("button", name="Check this sentence").click()
    petra.sees("So far we can check English alone.")
    expect(field).to_be_focused()
    expect(page.get_by_text("3 weak places")).to_have_count(0)
    petra.is_shown("wording-other-language-en")


def test_on_a_phone_in_spanish_and_in_the_dark(parents: Callable[..., Parent], website: Website) -> None:
    website.head, website.body = DARK, '<div lang="es"><ft-wording-check></ft-wording-check></div>'
    petra = parents(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    page = petra.opens(website.address)
    page.get_by_label("Una frase del IEP").fill(SENTENCE)
    page.get_by_label("¿De qué se trata?").select_option("Una adaptación")
    with page.expect_request("**/wording-checks") as sent:
        page.get_by_role("button", name="Revisar esta frase").click()
    assert sent.value.post_data_json == {"text": SENTENCE, "kind": "accommodation"}
    petra.sees("3 puntos débiles")
    petra.sees("Pregunte al equipo:")
    assert page.locator("blockquote").first.get_attribute("lang") == "en"
    petra.is_shown("wording-found-es-phone-dark", finger=True)
    assert petra.complaints == []


def test_the_link_inside_is_there_without_the_server_and_without_scripts(
    parents: Callable[..., Parent], website: Website
) -> None:
    address = f"{website.house.address}/wording/{website.practice.slug}"
    website.body = f'<ft-wording-check><a href="{address}">Check it on our page</a></ft-wording-check>'
    plain = parents(java_script_enabled=False)
    plain.opens(website.address)
    plain.sees("Check it on our page")
    petra = parents()
    petra.context.route("**/api/v1/**", lambda route: route.abort())
    petra.opens(website.address)
    petra.sees("We could not reach the server.")
    petra.sees("Check it on our page")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_plain_page_answers_on_a_phone(
    parents: Callable[..., Parent], house: House, riverside: Practice, scripts: bool
) -> None:
    """With scripts but without the embed, axe looks at what the plain form answers."""
    petra = parents(java_script_enabled=scripts, viewport=PHONE, has_touch=True, is_mobile=True)
    petra.context.route("**/embed.js", lambda route: route.abort())
    page = petra.opens(f"{house.address}/wording/{riverside.slug}")
    page.get_by_label("The sentence").fill(SENTENCE)
    petra.is_shown(f"plain-wording-en-phone-{scripts}")
    page.get_by_role("button", name="Check this sentence").click()
    petra.sees("3 weak places")
    assert page.url == f"{house.address}/wording/{riverside.slug}"
    assert marks(page) == ["Staff", "may read", "as needed"]
    petra.is_shown(f"plain-wording-found-en-phone-{scripts}")
    page.get_by_label("The sentence").fill(SPANISH)
    page.get_by_role("button", name="Check this sentence").click()
    petra.sees("So far we can check English alone")
    petra.is_shown(f"plain-wording-other-language-en-phone-{scripts}")


def test_on_our_own_page_the_embed_takes_the_place_of_the_form(petra: Parent, house: House, riverside: Practice) -> None:
    riverside.olga.patch("/practice", {"website": "https://riverside.example/"})
    page = petra.opens(f"{house.address}/wording/{riverside.slug}?lang=es")
    petra.sees("No se guarda nada. Es información general")
    expect(page.get_by_role("textbox")).to_have_count(1)
    page.get_by_role("textbox").fill("La maestra: " + SENTENCE)
    page.get_by_role("button", name="Revisar esta frase").click()
    petra.sees("3 puntos débiles")
    petra.is_shown("our-wording-page-es")
    assert petra.complaints == []


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_paper_for_the_meeting_breaks_no_provision(petra: Parent, riverside: Practice, paper: str) -> None:
    provisions = [("accommodation", f"Room {number}: {WEAK}") for number in range(8)] + [("service", FIRM)]
    version = drafted(riverside.ana, *provisions)
    answer = riverside.ana.ask("GET", f"/iep-versions/{version['id']}/wording.html")
    kept = {name: answer.headers[name] for name in ("Content-Type", "Content-Security-Policy")}
    petra.page.route("https://report.example/", lambda route: route.fulfill(body=answer.get_data(), headers=kept))
    page = petra.opens("https://report.example/")
    assert page.locator("body").evaluate("it => getComputedStyle(it).backgroundColor") == "rgb(255, 255, 255)", "styled"
    petra.is_shown(f"wording-report-{paper}")
    document = pypdfium2.PdfDocument(page.pdf(format=paper))
    pages = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in document]
    assert len(pages) > 3
    for number in range(8):
        [sheet] = [text for text in pages if f"Room {number}:" in text]
        after = sheet.partition(f"Room {number}:")[2]
        assert "Answer:" in after
        assert "Proposal" in after, "its last words are on the same sheet as its first"
    assert all(f"Page {number} of {len(pages)}" in text for number, text in enumerate(pages, 1))
    assert petra.complaints == []
