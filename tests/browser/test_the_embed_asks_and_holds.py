"""What the embed asks a parent before it books, and how it keeps a time for her while she answers."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Parent, Website

BOOK = "<ft-book-consultation></ft-book-consultation>"
SLOTS = "2026-10-05T16:00:00Z", "2026-10-05T20:00:00Z"
QUESTIONS: list[dict[str, Any]] = [
    {"key": "grade", "label": "Grade", "kind": "text", "required": True},
    {"key": "children", "label": "How many children?", "kind": "number", "required": False},
    {"key": "plan", "label": "Which plan is there?", "kind": "choice", "required": True, "choices": ["IEP", "504", "None yet"]},
    {"key": "worries", "label": "What worries you?", "kind": "choices", "required": True, "choices": ["Reading", "Speech"]},
    {"key": "met", "label": "Did the team meet this year?", "kind": "yes_no", "required": True},
    {"key": "since", "label": "Since when?", "kind": "date", "required": False},
    {"key": "story", "label": "What happened?", "kind": "long_text", "required": False},
]


def test_the_practices_questions_and_its_consent(parents: Callable[..., Parent], website: Website) -> None:
    practice, wording = website.practice, "I agree that you keep what I write here until we have talked."
    practice.olga.patch("/practice", {"booking_consent": wording})
    location = {"kind": "phone", "who_calls": "host"}
    practice.olga.opens_consultations(questions=QUESTIONS, location=location, needs_confirmation=True)
    website.body = BOOK
    petra = parents(viewport=PHONE, has_touch=True, is_mobile=True)
    page = petra.opens(website.address)
    petra.sees("30 minutes · free · by phone: we call you")
    page.get_by_role("button", name="12:30 PM").click()
    ask = page.get_by_role("button", name="Ask for this time")
    ask.click()
    expect(page.get_by_text("Please fill this in.")).to_have_count(4)  # name, e-mail, phone, grade
    expect(page.get_by_text("Please choose.")).to_have_count(3)
    expect(page.get_by_text("Please agree first, so that we may go on.")).to_be_visible()
    petra.is_shown("questions-en-phone", finger=True)
    petra.fills_in()
    page.get_by_label("Phone").fill("call me")
    page.get_by_label("Grade").fill("4")
    page.get_by_label("How many children?").fill("two")
    page.get_by_label("Which plan is there?").select_option("504")
    page.get_by_label("Speech").check()
    page.get_by_label("Yes").check()
    page.get_by_label("Since when?").fill("2026-09-08")
    page.get_by_label(wording).check()
    ask.click()
    expect(page.get_by_label("Phone")).to_be_focused()
    expect(page.get_by_label("How many children?")).to_have_accessible_description("Please check this.")
    page.get_by_label("Phone").fill("+1 503 555 0142")
    page.get_by_label("How many children?").fill("2")
    ask.click()
    petra.sees("Thank you, we have your wish.")
    petra.is_shown("requested-en-phone", finger=True)
    [booking] = practice.ana.get("/bookings")["items"]
    assert (booking["state"], booking["phone"]) == ("requested", "+1 503 555 0142")
    answers = {answer["key"]: answer["answer"] for answer in booking["answers"]}
    assert answers == {
        "grade": "4",
        "children": 2,
        "plan": "504",
        "worries": ["Speech"],
        "met": True,
        "since": "2026-09-08",
    }


def test_a_time_is_kept_while_the_form_is_filled_in_and_stays_visible_to_whom_it_is_kept_for(
    petra: Parent, website: Website
) -> None:
    """Red without the `hold` that `#own` in web/static/book_consultation.js gives along."""
    website.practice.olga.opens_consultations()
    website.body = BOOK
    page, others = petra.opens(website.address), website.practice.visitor()
    page.get_by_role("button", name="12:30 PM").click()
    petra.sees("We keep this time for you for 10 minutes.")
    petra.is_shown("held-en")
    assert starts(others.slots(*SLOTS)) == ["09:00", "10:00", "10:30", "11:00", "11:30"]
    assert others.tries_to_book("2026-10-05T16:30:00Z", email="paul@example.org").status_code == 409
    page.get_by_label("Your name").fill("Petra Petrov")
    with page.expect_response("**/slots?*"):
        page.get_by_role("button", name="Choose another time").click()
    petra.sees("30 free times this week")
    expect(page.get_by_role("button", name="12:30 PM")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="1:30 PM").click()
    petra.sees("Monday, October 5 at 1:30 PM")
    assert starts(others.slots(*SLOTS)) == ["09:00", "09:30", "10:00", "11:00", "11:30"]
    expect(page.get_by_label("Your name")).to_have_value("Petra Petrov")
    petra.fills_in()
    page.get_by_role("button", name="Book this time").click()
    petra.sees("It is booked.")
    assert starts(others.slots(*SLOTS)) == ["09:00", "09:30", "10:00", "11:00", "11:30"]


def test_who_takes_long_is_told_kindly_and_who_leaves_gives_the_time_back(
    parents: Callable[..., Parent], website: Website
) -> None:
    website.practice.olga.opens_consultations()
    website.body = BOOK
    petra, others = parents(flows=True), website.practice.visitor()
    page = petra.opens(website.address)
    page.get_by_role("button", name="12:30 PM").click()
    petra.sees("We keep this time for you for 10 minutes.")
    website.practice.clock.move(minutes=11)
    page.clock.fast_forward("11:00")
    petra.sees("Take your time.")
    petra.is_shown("lapsed-en")
    petra.fills_in()
    page.get_by_role("button", name="Book this time").click()
    petra.sees("It is booked.")
    page = petra.opens(website.address)
    page.get_by_role("button", name="1:30 PM").click()
    petra.sees("We keep this time for you for 10 minutes.")
    assert "10:30" not in starts(others.slots(*SLOTS))
    petra.opens("about:blank")
    page.wait_for_timeout(300)
    assert "10:30" in starts(others.slots(*SLOTS))


def test_whom_to_talk_to_and_an_address_that_has_to_be_confirmed(petra: Parent, website: Website) -> None:
    practice = website.practice
    practice.olga.opens_consultations(
        hosts=(practice.olga, practice.ana),
        visitors_choose_host=True,
        verifies_address=True,
        language="es",
        location={"kind": "video", "url": "https://video.example/room"},
    )
    website.body = BOOK
    page = petra.opens(website.address)
    petra.sees("30 minutes · free · by video · in Spanish")
    page.get_by_label("With whom?").select_option("Ana")
    petra.sees("30 free times this week")
    petra.is_shown("whom-en")
    page.get_by_role("button", name="12:30 PM").click()
    petra.fills_in()
    page.get_by_role("button", name="Book this time").click()
    petra.sees("One more step: please confirm your address.")
    petra.is_shown("confirm-en")
    [booking] = practice.ana.get("/bookings")["items"]
    assert (booking["state"], booking["host_id"]) == ("held", practice.ana.id)


def starts(found: list[Any]) -> list[str]:
    return [slot["starts_at"][11:16] for slot in found]
