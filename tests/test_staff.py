"""Roles hold everywhere: owners settle how the practice works, assistants run the day."""

import pytest

from tests.cast import Practice, Staff

OWNERS_ONLY = [
    ("PATCH", "/practice", {"about": "New words."}),
    ("POST", "/staff/invitations", {"email": "x@example.org", "role": "owner"}),
    ("POST", "/consultation-types", {"name": "Long", "slug": "long", "minutes": 60}),
    ("PUT", "/availability", {"staff_id": "0192f0c1-2345-7abc-8def-0123456789ab", "timezone": "UTC", "weekly": []}),
]


@pytest.mark.parametrize(("method", "path", "body"), OWNERS_ONLY)
def test_only_the_owner_changes_settings(riverside: Practice, method: str, path: str, body: dict[str, object]) -> None:
    for person in (riverside.ana, riverside.sam):
        answer = person.ask(method, path, body)
        assert (answer.status_code, answer.get_json()["type"]) == (403, "/problems/forbidden")
        # Who may not learns that before what is wrong with what was sent.
        assert person.ask(method, path, {"nonsense": 1}).status_code == 403
    assert riverside.olga.ask(method, path, body).status_code < 300 or path == "/availability"


def test_an_assistant_runs_the_day(sam: Staff) -> None:
    case = sam.opens_a_case()
    asked = sam.asks_the_team(case)
    assert len(asked["reminders"]) == 3
    assert sam.post(f"/reminders/{asked['reminders'][0]['id']}/complete")["state"] == "done"


def test_everybody_sees_who_works_here(riverside: Practice) -> None:
    for person in (riverside.olga, riverside.ana, riverside.sam):
        assert [(row["email"], row["role"]) for row in person.get("/staff")["items"]] == [
            (riverside.olga.email, "owner"),
            (riverside.ana.email, "advocate"),
            (riverside.sam.email, "assistant"),
        ]
    assert riverside.sam.get(f"/staff/{riverside.ana.id}")["name"] == "Ana"
