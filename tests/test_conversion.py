"""A booking or an enquiry becomes a client's file, with the parent's own words as its first concern."""

from typing import Any

import pytest

from tests.cast import Practice, Staff, Visitor
from tests.conftest import Clock
from tests.test_booking import TUESDAY_NINE

WORDS = "He took the science test without a reader. His IEP says that he gets one."
CHILD = {"student": {"name": "Sasha Petrov", "grade": "4"}, "title": "Reading support, grade 4"}
PARENT = {"name": "Petra Petrov", "email": "petra@example.org", "phone": "+1 503 555 0142"}


@pytest.fixture(params=["booking", "enquiry"])
def asked(request: pytest.FixtureRequest, riverside: Practice, visitor: Visitor) -> str:
    """The path of what a parent sent through the website."""
    return asks(request.param, riverside, visitor, message=WORDS)


def asks(how: str, riverside: Practice, visitor: Visitor, **more: str) -> str:
    said = {**PARENT, **more}
    if how == "booking":
        riverside.olga.opens_consultations(hosts=(riverside.ana,))
        return f"/bookings/{visitor.books(TUESDAY_NINE, **said)['id']}"
    visitor.post(f"/public/{visitor.slug}/enquiries", said)
    return f"/enquiries/{riverside.ana.get('/enquiries')['items'][0]['id']}"


def lists(staff: Staff) -> dict[str, int]:
    return {name: len(staff.everything(f"/{name}")) for name in ("clients", "students", "cases", "concerns")}


def test_one_call_makes_the_file(riverside: Practice, asked: str) -> None:
    ana = riverside.ana
    made = ana.post(f"{asked}/convert", CHILD)
    assert made["conflict_check"] is None, "nobody has searched, and it is said"
    client, case = ana.get(f"/clients/{made['client_id']}"), ana.get(f"/cases/{made['case_id']}")
    assert {name: client[name] for name in PARENT} == PARENT
    assert (case["client_id"], case["student_id"], case["advocate_id"]) == (made["client_id"], made["student_id"], ana.id)
    assert ana.get(f"/students/{made['student_id']}")["client_ids"] == [made["client_id"]]
    concern = ana.get(f"/concerns/{made['concern_id']}")
    told = (concern["what_happened"], concern["kind"], concern["noticed_on"], concern["state"], concern["case_id"])
    assert told == (WORDS, "not_provided", "2026-10-05", "suspected", case["id"])
    assert {"ask_child", "read_wording"} <= {step["name"] for step in concern["next_steps"]}
    # As when somebody opens one by hand: the first reminder of the playbook.
    assert [row["concern_id"] for row in riverside.sam.reminders(case_id=case["id"])] == [made["concern_id"]]
    now = ana.get(asked)
    assert {name: now[name] for name in ("client_id", "student_id", "case_id", "concern_id")} == {
        name: made[name] for name in ("client_id", "student_id", "case_id", "concern_id")
    }


def test_a_second_call_answers_with_what_the_first_made(riverside: Practice, asked: str) -> None:
    made = riverside.ana.post(f"{asked}/convert", CHILD)
    before = lists(riverside.ana)
    again = riverside.sam.post(f"{asked}/convert", {"student": {"name": "Somebody Else"}, "title": "Another"})
    assert again == made
    assert lists(riverside.ana) == before == {"clients": 1, "students": 1, "cases": 1, "concerns": 1}


def test_a_client_who_is_there_already_is_not_made_again(riverside: Practice, asked: str) -> None:
    ana = riverside.ana
    client = ana.adds_a_client(name="Petra Petrova", email="petra@elsewhere.example")
    made = ana.post(f"{asked}/convert", {**CHILD, "client_id": client["id"]})
    assert made["client_id"] == client["id"]
    assert ana.get(f"/clients/{client['id']}") == client, "what the practice knew of her stays"
    assert lists(ana)["clients"] == 1


def test_a_client_of_another_practice_is_nobody(riverside: Practice, lakeside: Practice, asked: str) -> None:
    theirs = lakeside.ana.adds_a_client()
    answer = riverside.ana.ask("POST", f"{asked}/convert", {**CHILD, "client_id": theirs["id"]})
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/client_id")
    assert lakeside.ana.ask("POST", f"{asked}/convert", CHILD).status_code == 404
    assert lists(riverside.ana)["clients"] == 0


def test_the_first_concern_is_as_the_advocate_words_it(riverside: Practice, asked: str) -> None:
    said = {"kind": "provided_incorrectly", "what_happened": "The reader came late.", "noticed_on": "2026-09-30"}
    made = riverside.ana.post(f"{asked}/convert", {**CHILD, "concern": said})
    concern = riverside.ana.get(f"/concerns/{made['concern_id']}")
    assert {name: concern[name] for name in said} == said


def test_no_concern_is_opened_where_none_is_wanted(riverside: Practice, asked: str) -> None:
    made = riverside.ana.post(f"{asked}/convert", {**CHILD, "concern": None})
    assert (made["concern_id"], lists(riverside.ana)["concerns"]) == (None, 0)


def test_without_words_there_is_no_concern(riverside: Practice, visitor: Visitor) -> None:
    asked = asks("booking", riverside, visitor)
    refused = riverside.ana.ask("POST", f"{asked}/convert", {**CHILD, "concern": {"kind": "not_provided"}})
    assert (refused.status_code, refused.get_json()["errors"][0]["pointer"]) == (422, "/concern/what_happened")
    assert lists(riverside.ana) == {"clients": 0, "students": 0, "cases": 0, "concerns": 0}
    assert riverside.ana.post(f"{asked}/convert", CHILD)["concern_id"] is None


def test_the_day_on_which_she_wrote_is_the_practices(riverside: Practice, visitor: Visitor, clock: Clock) -> None:
    """In Greenwich it is tomorrow already."""
    clock.move(hours=10)
    asked = asks("enquiry", riverside, visitor, message=WORDS)
    clock.move(hours=1)
    made = riverside.signs_in(riverside.ana.email).post(f"{asked}/convert", CHILD)
    ana = riverside.signs_in(riverside.ana.email)
    assert ana.get(f"/concerns/{made['concern_id']}")["noticed_on"] == "2026-10-05"


def test_the_answer_shows_whether_somebody_searched(riverside: Practice, asked: str) -> None:
    check = riverside.ana.post(f"{asked}/conflict-checks", {"also": ["Sasha Petrov"]})
    riverside.ana.post(f"/conflict-checks/{check['id']}/sign-off", {"decision": "clear"})
    made = riverside.ana.post(f"{asked}/convert", CHILD)
    assert made["conflict_check"] == {"id": check["id"], "decision": "clear", "hits": 0}


def test_who_is_responsible_is_the_host_or_who_is_named(riverside: Practice, visitor: Visitor) -> None:
    asked = asks("booking", riverside, visitor)
    made = riverside.sam.post(f"{asked}/convert", CHILD)
    assert riverside.sam.get(f"/cases/{made['case_id']}")["advocate_id"] == riverside.ana.id
    enquiry = asks("enquiry", riverside, visitor, message=WORDS)
    made = riverside.sam.post(f"{enquiry}/convert", {**CHILD, "advocate_id": riverside.olga.id})
    assert riverside.sam.get(f"/cases/{made['case_id']}")["advocate_id"] == riverside.olga.id


def test_it_stands_in_the_history_of_the_booking(riverside: Practice, visitor: Visitor) -> None:
    asked = asks("booking", riverside, visitor)
    riverside.sam.post(f"{asked}/convert", CHILD)
    riverside.sam.post(f"{asked}/convert", CHILD)
    history: list[Any] = riverside.ana.get(f"{asked}/history")["items"]
    assert [(row["kind"], row["by"]) for row in history if row["kind"] == "converted"] == [("converted", "staff")]


def test_an_enquiry_that_was_dismissed_is_reopened_first(riverside: Practice, visitor: Visitor) -> None:
    asked = asks("enquiry", riverside, visitor, message=WORDS)
    riverside.ana.post(f"{asked}/dismiss", {})
    assert riverside.ana.ask("POST", f"{asked}/convert", CHILD).status_code == 409
    riverside.ana.post(f"{asked}/reopen")
    riverside.ana.post(f"{asked}/convert", CHILD)
    assert riverside.ana.get(asked)["state"] == "converted"
    assert riverside.ana.ask("POST", f"{asked}/answer", {"text": "Hello."}).status_code == 409
