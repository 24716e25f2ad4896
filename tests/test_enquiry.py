"""What comes through the contact form: read by staff, answered, dismissed, and kept apart where no person wrote it."""

from typing import Any

import psycopg
import pytest
from werkzeug.test import TestResponse

from tests.cast import Practice, Staff, Visitor, started_anew, text_of
from tests.conftest import Clock

WORDS = "My son does not get his reader. Can you help?"


def writes(visitor: Visitor, message: str = WORDS, **more: Any) -> TestResponse:
    said = {"name": "Petra Petrov", "email": f"petra@{visitor.slug}.example", "message": message}
    return visitor.ask("POST", f"/public/{visitor.slug}/enquiries", {**said, **more})


def enquiries(staff: Staff, state: str | None = None) -> list[Any]:
    return staff.everything("/enquiries" + (f"?state={state}" if state else ""))


def test_she_writes_and_the_owners_are_told_that_there_is_something_to_read(riverside: Practice, visitor: Visitor) -> None:
    answer = writes(visitor, phone="+1 503 555 0142", timezone="America/Denver", source_url="https://www.example.org/contact")
    assert (answer.status_code, answer.get_json()) == (202, {})
    [enquiry] = enquiries(riverside.ana)
    told = {name: enquiry[name] for name in ("name", "message", "phone", "timezone", "language", "state", "replies")}
    assert told == {
        "name": "Petra Petrov",
        "message": WORDS,
        "phone": "+1 503 555 0142",
        "timezone": "America/Denver",
        "language": "en",
        "state": "new",
        "replies": [],
    }
    assert riverside.ana.get(f"/enquiries/{enquiry['id']}") == {**enquiry}
    [mail] = [mail for mail in riverside.mails_to(riverside.olga.email) if mail["Subject"] == "A new enquiry"]
    whole = mail.as_string() + text_of(mail)
    assert enquiry["id"] in whole
    assert [word for word in ("Petra", "petra@", "reader", "son") if word in whole] == [], "it is read behind a sign-in"
    assert [mail for mail in riverside.mails_to(riverside.ana.email) if mail["Subject"] == "A new enquiry"] == []
    assert riverside.mails_to(f"petra@{riverside.slug}.example") == [], "who wrote has not confirmed the address"


def test_the_answer_is_the_same_whatever_becomes_of_it(riverside: Practice, visitor: Visitor) -> None:
    answers = [
        writes(visitor),
        writes(visitor),  # the same again
        writes(visitor, website="https://spam.example/", message="Buy."),
        writes(visitor, message="https://spam.example/ http://more.example/"),
        writes(visitor, form_token="never one of ours", message="With a token."),
        *(writes(visitor, message=f"Again, {number}.") for number in range(6)),
    ]
    assert {(answer.status_code, answer.get_data()) for answer in answers} == {(202, b"{}")}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"website": "https://spam.example/"}, "The field that people do not see was filled in."),
        ({"message": "Look: https://spam.example/a?b=c"}, "It holds links and nothing else."),
        ({"message": "[url=https://spam.example/] www.spam.example [/url]"}, "It holds links and nothing else."),
        ({"form_token": "made up"}, "The form was a day old, or none of ours."),
    ],
)
def test_what_is_no_persons_is_kept_apart(riverside: Practice, visitor: Visitor, more: dict[str, str], why: str) -> None:
    writes(visitor, **more)
    assert enquiries(riverside.ana) == []
    [spam] = enquiries(riverside.ana, "spam")
    assert spam["reason"] == why
    assert not [mail for mail in riverside.mails_to(riverside.olga.email) if mail["Subject"] == "A new enquiry"]


def test_a_message_with_a_link_in_it_is_a_message(riverside: Practice, visitor: Visitor) -> None:
    writes(visitor, message="This is our school: https://school.example/ - they have no reader for him.")
    assert [enquiry["state"] for enquiry in enquiries(riverside.ana)] == ["new"]


@pytest.mark.parametrize(("seconds", "state"), [(1, "spam"), (5, "new"), (3600, "new"), (25 * 3600, "spam")])
def test_a_form_takes_a_person_some_time_and_less_than_a_day(
    riverside: Practice, visitor: Visitor, clock: Clock, seconds: int, state: str
) -> None:
    token = visitor.get(f"/public/{visitor.slug}/form-token")["form_token"]
    clock.move(seconds=seconds)
    writes(visitor, form_token=token)
    # A day later Ana signs in anew.
    ana = riverside.signs_in(riverside.ana.email)
    assert [enquiry["state"] for enquiry in [*enquiries(ana), *enquiries(ana, "spam")]] == [state]


def test_a_token_of_another_practices_form_is_none_of_ours(
    riverside: Practice, lakeside: Practice, visitor: Visitor, clock: Clock
) -> None:
    token = lakeside.visitor().get(f"/public/{lakeside.slug}/form-token")["form_token"]
    clock.move(seconds=60)
    writes(visitor, form_token=token)
    assert [enquiry["state"] for enquiry in enquiries(riverside.ana, "spam")] == ["spam"]


def test_what_is_sent_twice_is_there_once(riverside: Practice, visitor: Visitor, clock: Clock) -> None:
    writes(visitor)
    writes(visitor)
    writes(visitor, email=f"PETRA@{riverside.slug}.example")
    assert len(enquiries(riverside.ana)) == 1
    clock.move(days=2)
    writes(visitor)
    assert len(enquiries(riverside.signs_in(riverside.ana.email))) == 2


def test_of_one_address_five_a_day_are_read_and_nothing_is_lost(riverside: Practice, visitor: Visitor) -> None:
    for number in range(7):
        writes(visitor, message=f"This is my question number {number}.")
    writes(visitor, email=f"pavel@{riverside.slug}.example")
    assert len(enquiries(riverside.ana)) == 6
    spam = enquiries(riverside.ana, "spam")
    assert {one["reason"] for one in spam} == {"So many came from this address since yesterday."}
    assert [one["message"] for one in spam] == ["This is my question number 6.", "This is my question number 5."]
    again = riverside.ana.post(f"/enquiries/{spam[0]['id']}/reopen")
    assert (again["state"], again["reason"]) == ("new", None)


def test_owners_are_told_of_so_many_in_an_hour_and_of_the_rest_by_the_list(riverside: Practice) -> None:
    for number in range(33):
        writes(riverside.visitor(), email=f"parent-{number}@{riverside.slug}.example")
    told = [mail for mail in riverside.mails_to(riverside.olga.email) if mail["Subject"] == "A new enquiry"]
    assert (len(told), len(enquiries(riverside.ana))) == (30, 33)


def test_public_requests_have_their_limit_here_too(riverside: Practice) -> None:
    visitor = Visitor(started_anew(riverside.app, posts_a_minute=2), riverside.slug)
    assert [writes(visitor).status_code for _ in range(4)] == [202, 202, 429, 429]


def test_what_is_missing_is_said(visitor: Visitor) -> None:
    answer = visitor.ask("POST", f"/public/{visitor.slug}/enquiries", {"name": " ", "email": "petra", "language": "de"})
    pointers = sorted(error["pointer"] for error in answer.get_json()["errors"])
    assert (answer.status_code, pointers) == (422, ["/email", "/language", "/message", "/name"])


def test_ana_answers_in_the_parents_language_and_the_parent_writes_back_to_her(riverside: Practice, visitor: Visitor) -> None:
    writes(visitor, language="es", message="Mi hijo no tiene lector en clase.")
    [enquiry] = enquiries(riverside.ana)
    answered = riverside.ana.post(f"/enquiries/{enquiry['id']}/answer", {"text": "Con gusto.\n¿Cuándo podemos llamarle?"})
    assert (answered["state"], answered["replies"][0]["text"]) == ("answered", "Con gusto.\n¿Cuándo podemos llamarle?")
    assert (answered["replies"][0]["staff_id"], answered["answered_at"]) == (riverside.ana.id, "2026-10-05T16:00:00Z")
    [mail] = riverside.mails_to(f"petra@{riverside.slug}.example")
    assert "Con gusto.\n¿Cuándo podemos llamarle?" in text_of(mail).replace("\r\n", "\n")
    assert "lector" not in text_of(mail), "forms are used to have us send what somebody else wrote"
    assert riverside.ana.email in mail["Reply-To"]
    assert "Usted nos escribió" in text_of(mail)

    riverside.sam.post(f"/enquiries/{enquiry['id']}/answer", {"text": "Le llamamos mañana."})
    assert len(riverside.mails_to(f"petra@{riverside.slug}.example")) == 2
    assert len(riverside.ana.get(f"/enquiries/{enquiry['id']}")["replies"]) == 2


def test_what_was_dismissed_is_not_answered_and_can_be_reopened(riverside: Practice, visitor: Visitor) -> None:
    ana = riverside.ana
    writes(visitor)
    place = f"/enquiries/{enquiries(ana)[0]['id']}"
    assert ana.post(f"{place}/dismiss", {"reason": "They look for a lawyer."})["state"] == "dismissed"
    assert ana.ask("POST", f"{place}/answer", {"text": "Hello."}).status_code == 409
    assert ana.ask("POST", f"{place}/dismiss", {}).status_code == 409
    assert ana.get(f"{place}")["reason"] == "They look for a lawyer."
    assert ana.post(f"{place}/reopen")["state"] == "new"
    assert ana.ask("POST", f"{place}/reopen").status_code == 409
    assert ana.post(f"{place}/answer", {"text": "Hello."})["state"] == "answered"


def test_what_she_agreed_to_is_kept_as_it_was_worded(riverside: Practice, visitor: Visitor, admin_url: str) -> None:
    with psycopg.connect(admin_url, autocommit=True) as whole:
        riverside.olga.patch("/practice", {"booking_consent": "You may write to me."})
        writes(visitor, consent=True, source_url="https://www.example.org/contact")
        [(consent,)] = whole.execute(
            "select consent from enquiries where tenant_id = (select id from practices where slug = %s)", [riverside.slug]
        ).fetchall()
    assert (consent["wording"], consent["source_url"]) == ("You may write to me.", "https://www.example.org/contact")


def test_another_practice_sees_none_of_it(riverside: Practice, lakeside: Practice, visitor: Visitor) -> None:
    writes(visitor)
    [enquiry] = enquiries(riverside.ana)
    assert enquiries(lakeside.olga) == []
    for verb in ("answer", "dismiss", "reopen"):
        body = {"text": "Hello."} if verb == "answer" else {}
        assert lakeside.olga.ask("POST", f"/enquiries/{enquiry['id']}/{verb}", body).status_code == 404


def test_who_was_taken_for_spam_is_heard_when_they_write_again(riverside: Practice, visitor: Visitor) -> None:
    """Red without `Enquiry.state != "spam"` in `SAME_ENQUIRY`: the better try would be dropped for the sake of the worse."""
    writes(visitor, website="filled in by the browser")
    assert enquiries(riverside.ana, "new") == []
    writes(visitor)
    assert [enquiry["message"] for enquiry in enquiries(riverside.ana, "new")] == [WORDS]
