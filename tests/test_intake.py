"""What is asked of who books: questions of the type, consent to the practice's wording, a host where one may choose."""

from typing import Any

import pytest

from domain.questions import answered
from domain.refusal import Invalid
from tests.cast import Practice, Staff, Visitor

NINE, TEN = "2026-10-06T09:00:00-07:00", "2026-10-06T10:00:00-07:00"
QUESTIONS = [
    {"key": "grade", "label": "Which grade?", "kind": "text", "required": True},
    {"key": "story", "label": "What happened?", "kind": "long_text", "required": False},
    {"key": "plan", "label": "Which plan?", "kind": "choice", "required": True, "choices": ["IEP", "504", "none"]},
    {"key": "help", "label": "Help with what?", "kind": "choices", "required": False, "choices": ["reading", "writing"]},
    {"key": "meeting", "label": "Is a meeting planned?", "kind": "yes_no", "required": False},
    {"key": "children", "label": "How many children?", "kind": "number", "required": False},
    {"key": "since", "label": "Since when?", "kind": "date", "required": False},
]
GOOD = {"grade": "4", "plan": "IEP", "help": ["reading"], "meeting": False, "children": 2, "since": "2026-09-08"}


def test_answers_are_kept_with_the_words_of_their_questions(olga: Staff, visitor: Visitor) -> None:
    kind = olga.opens_consultations(questions=QUESTIONS)
    booked = visitor.books(NINE, answers=GOOD)
    olga.patch(f"/consultation-types/{kind['id']}", {"questions": []})
    kept = olga.get(f"/bookings/{booked['id']}")["answers"]
    assert kept[:2] == [
        {"key": "grade", "question": "Which grade?", "answer": "4"},
        {"key": "plan", "question": "Which plan?", "answer": "IEP"},
    ]
    assert {one["key"]: one["answer"] for one in kept} == GOOD


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("shoe", "42"),
        ("a/b~c", "42"),
        ("grade", None),
        ("grade", "  "),
        ("grade", 4),
        ("grade", "4\n5"),
        ("grade", "4" * 501),
        ("story", "x" * 5001),
        ("story", ["x"]),
        ("plan", "IEPs"),
        ("plan", ["IEP"]),
        ("help", "reading"),
        ("help", ["reading", "maths"]),
        ("help", ["reading", "reading"]),
        ("help", [{}]),
        ("meeting", "yes"),
        ("meeting", 1),
        ("children", "two"),
        ("children", True),
        ("children", 10**13),
        ("since", "2026-9-8"),
        ("since", "20260908"),
        ("since", "1899-12-31"),
        ("since", 7),
    ],
)
def test_what_was_not_asked_or_is_no_answer_is_refused_at_its_place(
    olga: Staff, visitor: Visitor, key: str, answer: object
) -> None:
    olga.opens_consultations(questions=QUESTIONS)
    refused = visitor.tries_to_book(NINE, answers={**GOOD, key: answer})
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.get_json()["errors"]] == [
        f"/answers/{key.replace('~', '~0').replace('/', '~1')}"
    ]
    assert olga.get("/bookings")["items"] == []


def test_what_has_to_be_answered_is_missed_in_one_go(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(questions=QUESTIONS)
    refused = visitor.tries_to_book(NINE)
    assert [error["pointer"] for error in refused.get_json()["errors"]] == ["/answers/grade", "/answers/plan"]
    # Staff write down what they know.
    kind = olga.get("/consultation-types")["items"][0]
    said = {"consultation_type_id": kind["id"], "starts_at": NINE, "name": "Petra", "email": visitor.email}
    assert olga.post("/bookings", {**said, "answers": {"children": 3}})["answers"][0]["answer"] == 3
    assert olga.ask("POST", "/bookings", {**said, "starts_at": TEN, "answers": {"plan": "IEPs"}}).status_code == 422


def test_infinity_is_no_number() -> None:
    with pytest.raises(Invalid):
        answered(QUESTIONS, {"children": float("inf")}, by_visitor=False)


def test_consent_is_kept_in_the_words_of_the_day(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations()
    assert olga.get(f"/bookings/{visitor.books(TEN, consent=True)['id']}")["consent"] is None
    olga.patch("/practice", {"booking_consent": "I agree that you keep this."})
    said: list[dict[str, Any]] = [{}, {"consent": False}]
    for missing in said:
        refused = visitor.tries_to_book(NINE, **missing)
        assert (refused.status_code, refused.get_json()["errors"][0]["pointer"]) == (422, "/consent")
    booked = visitor.books(NINE, consent=True, source_url="https://www.example.org/help")
    olga.patch("/practice", {"booking_consent": "Other words."})
    assert olga.get(f"/bookings/{booked['id']}")["consent"] == {
        "wording": "I agree that you keep this.",
        "at": "2026-10-05T16:00:00Z",
        "source_url": "https://www.example.org/help",
    }


def test_who_fills_in_what_nobody_sees_is_told_so(olga: Staff, visitor: Visitor) -> None:
    """A made-up success would be a lie to a person whose browser fills in everything."""
    olga.opens_consultations()
    refused = visitor.tries_to_book(NINE, website="https://pills.example/")
    assert (refused.status_code, refused.get_json()["errors"][0]["pointer"]) == (422, "/website")
    assert visitor.tries_to_book(NINE, website="").status_code == 201


def test_a_visitor_chooses_a_host_where_she_may(riverside: Practice, olga: Staff, ana: Staff, visitor: Visitor) -> None:
    kind = olga.opens_consultations(hosts=(olga, ana))
    refused = visitor.tries_to_book(NINE, host_id=ana.id)
    assert (refused.status_code, refused.get_json()["errors"][0]["pointer"]) == (422, "/host_id")
    olga.patch(f"/consultation-types/{kind['id']}", {"visitors_choose_host": True})
    day = ("2026-10-06T00:00:00Z", "2026-10-07T00:00:00Z")
    for host in (ana, olga):
        assert olga.get(f"/bookings/{visitor.books(NINE, host_id=host.id)['id']}")["host_id"] == host.id
    visitor.books(TEN, host_id=ana.id)
    assert TEN not in [slot["starts_at"] for slot in visitor.slots(*day, host_id=ana.id)]
    assert TEN in [slot["starts_at"] for slot in visitor.slots(*day, host_id=olga.id)]
    taken = visitor.tries_to_book(TEN, host_id=ana.id).get_json()
    assert taken["type"] == "/problems/slot-taken"
    # The nearest are hers, not those of others.
    assert taken["nearest"][0]["starts_at"] == "2026-10-06T12:30:00-04:00"
    # Sam holds none.
    assert visitor.tries_to_book(TEN, host_id=riverside.sam.id).status_code == 422


def test_mails_come_in_the_language_of_the_parent(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(language="es")
    assert olga.get(f"/bookings/{visitor.books(NINE)['id']}")["language"] == "es"
    assert olga.get(f"/bookings/{visitor.books(TEN, language='en')['id']}")["language"] == "en"
