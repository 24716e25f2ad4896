"""Promise 8 in a browser: mail scanners open links and run what is there. No page acts before somebody presses a button."""

from playwright.sync_api import Request

from tests.browser.conftest import House, Parent
from tests.cast import Practice, token_in


def test_pages_that_are_opened_with_their_scripts_send_nothing_but_questions(
    petra: Parent, house: House, riverside: Practice
) -> None:
    riverside.olga.opens_consultations(verifies_address=True)
    riverside.visitor().books("2026-10-06T16:30:00Z")
    held = riverside.visitor()
    held.books("2026-10-07T16:30:00Z")
    token = token_in(riverside.mails_to(held.email)[0])
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(request.method)

    own = [f"{page}/{riverside.slug}" for page in ("book", "contact", "wording")]
    for path in (f"bookings/{token}", f"bookings/{token}?move=1", *own):
        page = petra.opens(f"{house.address}/{path}")
        page.on("request", note)
        page.reload(wait_until="networkidle")
        shown = {"contact": "E-mail", "book": "free times", "wording": "What is it?"}.get(path.split("/")[0])
        assert petra.sees(shown or "please confirm your address")
    assert set(sent) == {"GET"}
    assert {row["state"] for row in riverside.ana.get("/bookings")["items"]} == {"held"}
    assert riverside.ana.get("/enquiries")["items"] == []
