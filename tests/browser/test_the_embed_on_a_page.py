"""What the embed is to the page that it stands on: a guest, that takes its colours and language and leaves nothing behind."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.conftest import HEARD, PHONE, Parent, Website

DARK = "<style>:root { color-scheme: dark } body { background: #101514; color: #eee; font-family: sans-serif }</style>"
THEME = """<style>
  body { font-family: Georgia, serif }
  ft-book-consultation { --ft-accent: #7a2e5d; --ft-radius: 4px; --ft-background: #fffafc }
  ft-book-consultation::part(heading) { letter-spacing: .02em }
</style>"""


def test_two_elements_of_two_languages_and_a_contact_form_on_one_page(petra: Parent, website: Website) -> None:
    website.practice.olga.opens_consultations()
    website.head = THEME
    website.body = (
        '<ft-book-consultation timezone="America/Denver"></ft-book-consultation>'
        '<section lang="es"><ft-book-consultation></ft-book-consultation></section>'
        "<ft-contact></ft-contact><ft-subscribe>Join our list</ft-subscribe>"
    )
    page = petra.opens(website.address)
    english, spanish = page.locator("ft-book-consultation").all()
    expect(english.get_by_text("Mountain Daylight Time")).to_be_visible()
    expect(spanish.get_by_text("hora de verano oriental")).to_be_visible()
    expect(page.locator("ft-subscribe")).to_be_hidden()
    petra.is_shown("together")
    english.get_by_role("button", name="10:30 AM").click()
    expect(english.get_by_label("Your name")).to_be_visible()
    expect(spanish.get_by_label("Su nombre")).to_be_hidden()
    accent = english.get_by_role("button", name="Book this time").evaluate("it => getComputedStyle(it).backgroundColor")
    assert accent == "rgb(122, 46, 93)"
    assert petra.complaints == []


def test_a_parent_writes_to_the_practice(parents: Callable[..., Parent], website: Website) -> None:
    practice = website.practice
    website.head, website.body = HEARD, "<div lang='es'><ft-contact></ft-contact></div>"
    petra = parents(flows=True, viewport=PHONE, has_touch=True, is_mobile=True)
    page = petra.opens(website.address)
    send = page.get_by_role("button", name="Enviar")
    send.click()
    expect(page.get_by_label("Su nombre")).to_be_focused()
    petra.fills_in(name="Su nombre", email="Correo electrónico")
    send.click()
    expect(page.get_by_label("¿Qué le gustaría contarnos?")).to_be_focused()
    petra.is_shown("contact-es-phone", finger=True)
    page.get_by_label("¿Qué le gustaría contarnos?").fill("No le leen los exámenes.")
    # Who is too quick is taken for a program: the page waits for her.
    practice.clock.move(seconds=5)
    page.clock.fast_forward(5000)
    send.click()
    petra.sees("Gracias. Hemos recibido su mensaje.")
    petra.is_shown("contacted-es-phone", finger=True)
    [enquiry] = practice.olga.get("/enquiries")["items"]
    assert (enquiry["name"], enquiry["message"], enquiry["language"]) == ("Petra Petrov", "No le leen los exámenes.", "es")
    assert (enquiry["state"], enquiry["timezone"]) == ("new", "America/New_York")
    assert page.evaluate("heard") == [["ft-contacted", {}]]
    assert petra.complaints == []


def test_who_is_quick_is_not_taken_for_a_program(parents: Callable[..., Parent], website: Website) -> None:
    """Red without the wait in `#token` of web/static/contact.js: what comes within three seconds is taken for spam."""
    practice, website.body = website.practice, "<ft-contact></ft-contact>"
    petra = parents(flows=True)
    petra.page.clock.pause_at(practice.clock() + timedelta(seconds=1))
    page = petra.opens(website.address)
    petra.fills_in()
    page.get_by_label("What would you like to tell us?").fill("He has no reader.")
    with page.expect_request("**/enquiries") as sent:
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("button", name="Send")).to_have_attribute("aria-busy", "true")
        practice.clock.move(seconds=4)
        page.clock.fast_forward(4000)
    assert "form_token" in sent.value.post_data_json
    petra.sees("Thank you.")
    [enquiry] = practice.olga.get("/enquiries")["items"]
    assert enquiry["state"] == "new"


def test_a_program_that_fills_in_what_nobody_sees_is_found_out(parents: Callable[..., Parent], website: Website) -> None:
    website.body = "<ft-contact></ft-contact>"
    petra = parents(flows=True)
    page = petra.opens(website.address)
    petra.fills_in()
    trap = page.locator("ft-contact").locator("[name=website]")
    assert page.get_by_role("textbox", name="Website").count() == 0, "a screen reader does not find it"
    trap.fill("https://spam.example", force=True)
    page.get_by_label("What would you like to tell us?").fill("Buy now.")
    website.practice.clock.move(seconds=5)
    page.clock.fast_forward(5000)
    page.get_by_role("button", name="Send").click()
    petra.sees("Thank you.")
    assert website.practice.olga.get("/enquiries")["items"] == []


def test_dark_follows_the_page(petra: Parent, website: Website) -> None:
    website.practice.olga.opens_consultations()
    website.head, website.body = DARK, "<ft-book-consultation></ft-book-consultation>"
    page = petra.opens(website.address)
    petra.sees("30 free times this week")
    petra.is_shown("when-dark")
    page.get_by_role("button", name="12:30 PM").click()
    petra.sees("How can we reach you?")
    page.get_by_role("button", name="Book this time").click()
    petra.sees("Almost there")
    petra.is_shown("missing-dark")
    petra.fills_in()
    page.get_by_role("button", name="Book this time").click()
    petra.sees("It is booked.")
    petra.is_shown("booked-dark")


def test_on_the_narrowest_phone_and_in_a_narrow_column(parents: Callable[..., Parent], website: Website) -> None:
    petra = parents(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    website.practice.olga.opens_consultations()
    website.body = "<div style='width: 270px'><ft-book-consultation></ft-book-consultation></div><ft-contact></ft-contact>"
    petra.opens(website.address)
    petra.sees("30 free times this week")
    petra.is_shown("narrow", finger=True)


def test_a_strict_website_lets_it_in_and_it_leaves_nothing_behind(petra: Parent, website: Website) -> None:
    """The policy that docs/integrators.md names is enough: not a style of ours needs a word of its own."""
    website.practice.olga.opens_consultations()
    server = website.house.address
    policy = f"default-src 'none'; script-src {server}; connect-src {server}; require-trusted-types-for 'script'"
    website.headers = {"Content-Security-Policy": policy, "Cross-Origin-Embedder-Policy": "require-corp"}
    website.body = "<ft-book-consultation></ft-book-consultation>"
    page = petra.opens(website.address)
    page.get_by_role("button", name="12:30 PM").click()
    petra.sees("How can we reach you?")
    expect(page.get_by_role("button", name="Book this time")).to_have_css("border-top-left-radius", "999px")
    assert petra.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert petra.complaints == []


def test_without_scripts_and_without_the_server_the_page_shows_what_its_author_wrote(
    parents: Callable[..., Parent], website: Website
) -> None:
    website.practice.olga.opens_consultations()
    website.body = (
        f'<ft-book-consultation><a href="{website.house.address}/book/{website.practice.slug}">Book on our page</a>'
        "</ft-book-consultation>"
    )
    plain = parents(java_script_enabled=False)
    plain.opens(website.address)
    plain.sees("Book on our page")
    # Its script came, and then nothing more: it says so, offers to try again, and shows the link.
    petra = parents(viewport=PHONE)
    petra.context.route("**/api/v1/**", lambda route: route.abort())
    page = petra.opens(website.address)
    petra.sees("We could not reach the server.")
    petra.sees("Book on our page")
    petra.is_shown("away-en-phone")
    assert any("allowed_origins" in said for said in petra.complaints), "whoever builds the page is told where to look"
    petra.context.unroute("**/api/v1/**")
    page.get_by_role("button", name="Try again").click()
    petra.sees("30 free times this week")
    website.house.closes()
    cut_off = parents()
    cut_off.opens(website.address)
    cut_off.sees("Book on our page")


def test_what_its_author_changes_is_followed(petra: Parent, website: Website) -> None:
    website.practice.olga.opens_consultations()
    website.practice.olga.opens_consultations(name="Long talk", slug="long-talk", minutes=60)
    website.body = '<ft-book-consultation practice="nowhere"></ft-book-consultation>'
    page = petra.opens(website.address)
    petra.sees("We could not reach the server.")
    page.locator("ft-book-consultation").evaluate("(it, slug) => it.setAttribute('practice', slug)", website.practice.slug)
    petra.sees("What kind of conversation?")
    petra.is_shown("types-en")
    page.get_by_label("Long talk").check()
    petra.sees("15 free times this week")
    page.locator("ft-book-consultation").evaluate("it => it.setAttribute('lang', 'es')")
    petra.sees("¿Qué tipo de conversación?")
    page.locator("ft-book-consultation").evaluate("it => it.setAttribute('consultation-type', 'long-talk')")
    expect(page.get_by_text("¿Qué tipo de conversación?")).to_be_hidden()
    petra.sees("15 horas libres esta semana")
    page.locator("ft-book-consultation").evaluate("it => it.setAttribute('consultation-type', 'none')")
    petra.sees("En este momento no hay nada que reservar.")


def test_both_languages_have_the_same_words(petra: Parent, website: Website) -> None:
    page = petra.opens(f"{website.house.address}/problems")
    keys = """async (address) => {
      const walk = (words, at) => Object.entries(words).flatMap(([name, said]) =>
        typeof said === "object" ? walk(said, `${at}.${name}`) : [`${at}.${name} ${typeof said}`]);
      return walk((await import(address)).default, "").sort();
    }"""
    english, spanish = (page.evaluate(keys, f"{website.house.address}/embed/x/{name}.js") for name in ("english", "spanish"))
    assert english == spanish
    assert len(english) > 60
