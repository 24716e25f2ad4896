"""Reminders: chased, answered, snoozed, done."""

import psycopg
import pytest

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
    assert "Thursday, October 8, 2026, 9:00 AM PDT (America/Los_Angeles)" in text_of(mail)

    clock.move(days=14)
    riverside.works()
    assert ana.due()[-1] == "No answer from the team: escalate?"


def test_a_snoozed_reminder_comes_again_and_is_mailed_again(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    made = ana.post("/reminders", {"case_id": case["id"], "title": "Read the file", "due_at": "2026-10-05T15:00:00Z"})
    riverside.works()
    assert ana.get(f"/reminders/{made['id']}")["state"] == "due"
    past = ana.ask("POST", f"/reminders/{made['id']}/snooze", {"until": "2026-10-05T15:30:00Z"})
    assert past.get_json()["errors"][0]["pointer"] == "/until"
    ana.post(f"/reminders/{made['id']}/snooze", {"until": "2026-10-06T15:00:00Z"})
    riverside.works()
    assert ana.due() == []
    clock.move(days=1)
    riverside.works()
    assert ana.due() == ["Read the file"]
    # In no subject, since whoever typed it may have named a child.
    told = [text_of(mail) for mail in riverside.mails_to(ana.email) if mail["Subject"] == "A reminder is due"]
    assert ["Read the file" in text for text in told] == [True, True]


def test_what_is_done_or_cancelled_stays_so(ana: Staff) -> None:
    case = ana.opens_a_case()
    first, second, _ = ana.asks_the_team(case)["reminders"]
    done = ana.post(f"/reminders/{first['id']}/complete", {"reason": "They called."})
    assert (done["state"], done["reason"], done["settled_by_id"]) == ("done", "They called.", ana.id)
    assert ana.ask("POST", f"/reminders/{second['id']}/cancel", {}).status_code == 422
    assert ana.post(f"/reminders/{second['id']}/cancel", {"reason": "Moved away."})["state"] == "cancelled"
    for reminder in (first, second):
        for verb, body in (("complete", {}), ("cancel", {"reason": "x"}), ("snooze", {"until": "2027-01-01T00:00:00Z"})):
            assert ana.ask("POST", f"/reminders/{reminder['id']}/{verb}", body).status_code == 409


def test_reminders_are_listed_by_when_they_are_due(ana: Staff) -> None:
    case = ana.opens_a_case()
    ana.post("/reminders", {"case_id": case["id"], "title": "Later", "due_at": "2026-12-01T17:00:00Z"})
    ana.asks_the_team(case)
    titles = [row["title"] for row in ana.reminders(case_id=case["id"])]
    assert titles[0] == "Ask the team again"
    assert titles[-1] == "Later"
    assert [row["key"] for row in ana.reminders(case_id=case["id"], due_before="2026-10-16T00:00:00Z")] == [
        "follow_up_1",
        "follow_up_2",
    ]


def test_a_reminder_names_no_child_in_its_subject_line(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    ana.opens_a_concern(case)
    ana.asks_the_team(case)
    clock.move(days=20)
    for mail in riverside.mails_to(ana.email):
        assert "Sasha" not in mail.as_string()
        assert "Petrov" not in mail.as_string()


def test_a_practice_whose_reminders_cannot_fire_holds_up_no_other(
    riverside: Practice, lakeside: Practice, admin_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red without `failed |= fresh` in `Worker._in_each_practice`: the oldest due row would be looked at for ever."""
    stuck = riverside.ana.asks_the_team(riverside.ana.opens_a_case())["reminders"][0]
    with psycopg.connect(admin_url, autocommit=True) as admin:
        # A message for its next occasion is there already, as no code of ours would have it.
        admin.execute(
            "insert into messages (tenant_id, id, kind, to_address, facts, occasion, state, due_at, attempts, lease_number,"
            " version, created_at, updated_at) select tenant_id, gen_random_uuid(), 'reminder_due', 'x@example.org', '{}',"
            " 'reminder:' || id || ':1', 'failed', due_at, 0, 0, 1, created_at, created_at from reminders where id = %s",
            [stuck["id"]],
        )
    clock.move(minutes=1)
    lakeside.ana.asks_the_team(lakeside.ana.opens_a_case())
    monkeypatch.setattr("scheduling.worker.PRACTICES_AT_ONCE", 1)
    clock.move(days=4)
    riverside.worker.fire_reminders()
    assert lakeside.ana.due() == ["Ask the team again"]
    assert riverside.ana.due() == []
