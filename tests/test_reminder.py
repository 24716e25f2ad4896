"""Reminders: chased, answered, snoozed, done."""

from tests.cast import Practice, Staff, text_of
from tests.conftest import Clock


def test_an_unanswered_team_contact_is_chased_and_then_escalated(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    asked = ana.asks_the_team(case)
    assert [(r["key"], r["due_at"]) for r in asked["reminders"]] == [
        ("follow_up_1", "2026-10-08T16:00:00Z"),
        ("follow_up_2", "2026-10-15T16:00:00Z"),  # Columbus Day does not count
        ("follow_up_3", "2026-10-20T16:00:00Z"),
    ]

    clock.move(days=4)
    riverside.works()
    assert ana.due() == ["Ask the team again"]
    [mail] = riverside.mails_to(ana.email)[-1:]
    assert mail["Subject"] == "Ask the team again"
    assert "Thursday, October 8, 2026, 9:00 AM (America/Los_Angeles)" in text_of(mail)

    clock.move(days=14)
    riverside.works()
    assert ana.due()[-1] == "No answer from the team: escalate?"
