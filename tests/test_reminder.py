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
    first, second, third = ana.asks_the_team(case)["reminders"]
    done = ana.post(f"/reminders/{first['id']}/complete", {"reason": "They called."})
    assert (done["state"], done["reason"], done["settled_by_id"]) == ("done", "They called.", ana.id)
    assert ana.ask("POST", f"/reminders/{second['id']}/cancel", {}).status_code == 422
    assert ana.post(f"/reminders/{second['id']}/cancel", {"reason": "Moved away."})["state"] == "cancelled"
    # What we say ourselves of what comes back is nobody's reason.
    for ours in ("case_at_rest", "mail_failed"):
        refused = ana.ask("POST", f"/reminders/{third['id']}/cancel", {"reason": ours})
        assert (refused.status_code, refused.get_json()["errors"][0]["pointer"]) == (422, "/reason")
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
            " 'reminder:' || id || ':1:' || assignee_id, 'failed', due_at, 0, 0, 1, created_at, created_at from reminders"
            " where id = %s",
            [stuck["id"]],
        )
    clock.move(minutes=1)
    lakeside.ana.asks_the_team(lakeside.ana.opens_a_case())
    monkeypatch.setattr("scheduling.worker.PRACTICES_AT_ONCE", 1)
    clock.move(days=4)
    riverside.worker.fire_reminders()
    assert lakeside.ana.due() == ["Ask the team again"]
    assert riverside.ana.due() == []


def test_who_is_told_is_the_policy_s_and_each_once(riverside: Practice, ana: Staff, clock: Clock) -> None:
    olga, sam = riverside.olga, riverside.sam
    olga.patch("/practice", {"follow_up_tells": "responsible_and_owners"})
    ana.asks_the_team(ana.opens_a_case())
    everybody = ana.opens_a_case(follow_up_policy={"tells": "everybody", "offsets_days": [4]})
    ana.asks_the_team(everybody)
    ana.asks_the_team(ana.opens_a_case(follow_up_policy={"tells": "responsible", "offsets_days": [3]}))
    clock.move(days=3)
    for _ in range(2):
        riverside.works()
    asked = [mail for mail in riverside.mails_to(olga.email) if mail["Subject"] == "Ask the team again"]
    assert len(asked) == 1
    assert "With: Ana" in text_of(asked[0])
    own = [mail for mail in riverside.mails_to(ana.email) if mail["Subject"].endswith(("again", "escalate?"))]
    assert len(own) == 2
    assert "With:" not in text_of(own[0])
    olga.ask("DELETE", f"/staff/{sam.id}")
    clock.move(days=1)
    proposal = "No answer from the team: escalate?"
    assert [mail["Subject"] for mail in riverside.mails_to(olga.email)].count(proposal) == 1
    assert proposal not in [mail["Subject"] for mail in riverside.mails_to(sam.email)]


def test_quiet_days_and_the_day_to_escalate_are_the_practice_s_to_say(riverside: Practice, ana: Staff) -> None:
    olga = riverside.olga
    olga.patch("/practice", {"follow_up_quiet_days": ["thursday"], "follow_up_escalates_after_days": 5})
    planned = ana.asks_the_team(ana.opens_a_case())["reminders"]
    assert [(one["due_at"][:10], one["title"][-9:]) for one in planned] == [
        ("2026-10-09", "eam again"),
        ("2026-10-16", "escalate?"),
        ("2026-10-20", "escalate?"),
    ]
    always = ["monday", "tuesday", "wednesday", "thursday", "friday"]
    refused = olga.ask("PATCH", "/practice", {"follow_up_quiet_days": always})
    assert refused.get_json()["errors"][0]["pointer"] == "/follow_up_quiet_days"
    case = ana.opens_a_case(follow_up_policy={"escalates_after_days": None, "quiet_days": []})
    assert ana.asks_the_team(case)["reminders"][1]["title"] == "Ask once more, copy the LEA representative"
    back = ana.patch(f"/cases/{case['id']}", {"follow_up_policy": None})
    assert back["follow_up_policy"] is None
    wrong = ana.ask("PATCH", f"/cases/{case['id']}", {"follow_up_policy": {"quiet_days": always}})
    assert wrong.get_json()["errors"][0]["pointer"] == "/follow_up_policy/quiet_days"


def test_a_recount_shows_old_and_new_dates_and_moves_them_once_accepted(
    riverside: Practice, lakeside: Practice, ana: Staff, clock: Clock
) -> None:
    asked = ana.asks_the_team(ana.opens_a_case())
    first, second, third = asked["reminders"]
    ana.post(f"/reminders/{third['id']}/snooze", {"until": "2026-11-02T17:00:00Z"})
    clock.move(days=4)
    riverside.works()  # the first is due
    closed = {"closures": [{"from": "2026-10-08", "to": "2026-10-14"}]}
    riverside.olga.patch("/practice", {"school_calendar": closed})
    told = {"communication_id": asked["id"]}
    shown = ana.post("/reminders/recount", told)
    assert [(one["before"][:10], one["after"][:10], one["moves"]) for one in shown["items"]] == [
        ("2026-10-08", "2026-10-15", True),
        ("2026-10-15", "2026-10-21", True),
        ("2026-11-02", "2026-10-26", False),
    ]
    assert ana.get(f"/reminders/{second['id']}")["due_at"] == second["due_at"]
    ana.post("/reminders/recount", {**told, "accept": True})
    moved = [ana.get(f"/reminders/{one['id']}") for one in (first, second, third)]
    assert [(one["due_at"][:10], one["state"]) for one in moved] == [
        ("2026-10-15", "scheduled"),
        ("2026-10-21", "scheduled"),
        ("2026-11-02", "snoozed"),
    ]
    assert [one["moves"] for one in ana.post("/reminders/recount", told)["items"]] == [False, False, False]
    assert lakeside.ana.ask("POST", "/reminders/recount", told).status_code == 422


def test_a_reminder_is_given_to_somebody_else_who_hears_of_it(riverside: Practice, ana: Staff, clock: Clock) -> None:
    [first, *_] = ana.asks_the_team(ana.opens_a_case())["reminders"]
    clock.move(days=4)
    riverside.works()
    given = ana.post(f"/reminders/{first['id']}/reassign", {"assignee_id": riverside.sam.id})
    assert (given["assignee_id"], given["state"]) == (riverside.sam.id, "due")
    assert [mail["Subject"] for mail in riverside.mails_to(riverside.sam.email)][-1] == "Ask the team again"
    ana.post(f"/reminders/{first['id']}/complete", {})
    body = {"assignee_id": ana.id}
    assert ana.ask("POST", f"/reminders/{first['id']}/reassign", body).status_code == 409


def test_a_closed_case_chases_nobody_and_what_still_counts_comes_back(riverside: Practice, ana: Staff, clock: Clock) -> None:
    """Red without `put_to_rest` in `api.case`, or with `all_open` in `Communication.open_follow_ups`."""
    case = ana.opens_a_case()
    asked, answered = ana.asks_the_team(case), ana.asks_the_team(case)
    here = {"case_id": case["id"]}
    put_off = ana.post("/reminders", {**here, "title": "Put off", "due_at": "2026-10-05T15:00:00Z"})
    riverside.works()
    ana.post(f"/reminders/{put_off['id']}/snooze", {"until": "2026-10-30T15:00:00Z"})
    kept = {**here, "rule": "annual_review", "event_on": "2026-01-20", "event": "iep_reviewed"}
    deadline = ana.post("/deadlines", kept)
    check_in = ana.post("/check-ins", {**here, "party": "teacher", "every": "week", "weekday": "monday"})
    clock.move(days=4)
    riverside.works()
    assert ana.due() == ["Ask the team again"] * 2
    mails = len(riverside.mails_to(ana.email))

    ana.patch(f"/cases/{case['id']}", {"state": "closed"})
    assert {(row["state"], row["reason"]) for row in ana.reminders(case_id=case["id"])} == {
        ("cancelled", "case_at_rest"),
        ("cancelled", "check_in_paused"),
    }
    clock.move(days=7)
    riverside.works()
    assert (len(riverside.mails_to(ana.email)), ana.get("/agenda")["items"]) == (mails, [])
    # What begins something is refused; what happened is recorded, and settles what rests.
    for path, body in (
        ("/reminders", {**here, "title": "Call", "due_at": "2026-10-20T15:00:00Z"}),
        ("/check-ins", {**here, "party": "team", "every": "week"}),
        (f"/check-ins/{check_in['id']}/resume", None),
        ("/communications/send", {**here, "party": "client", "to_client": True, "subject": "Reader", "text": "Hello."}),
    ):
        refused = ana.ask("POST", path, body).get_json()
        assert (path, refused["type"]) == (path, "/problems/case-closed")
    assert ana.asks_the_team(case)["reminders"] == []
    assert ana.opens_a_concern(case)["state"] == "suspected"
    assert len(ana.hears(answered)["reminders"]) == 3
    heard = {"checked_on": "2026-10-15", "is_happening": "yes"}
    assert ana.post(f"/check-ins/{check_in['id']}/record", heard)["planned"] == []
    recounted = ana.post(f"/deadlines/{deadline['id']}/recount", {"accept": True})
    assert [row for row in ana.reminders(case_id=case["id"]) if row["state"] in ("scheduled", "due", "snoozed")] == []
    assert recounted["deadline"]["status"] == "upcoming"

    ana.patch(f"/cases/{case['id']}", {"state": "open"})
    back = {(row["communication_id"], row["key"]): row["state"] for row in ana.reminders(case_id=case["id"])}
    of_asked = [back[asked["id"], f"follow_up_{number}"] for number in (1, 2, 3)]
    assert of_asked == ["due", "scheduled", "scheduled"]
    assert {state for (said, _), state in back.items() if said == answered["id"]} == {"done"}
    assert ana.get(f"/reminders/{put_off['id']}")["state"] == "snoozed"
    assert {row["state"] for row in ana.reminders(deadline_id=deadline["id"])} == {"scheduled"}
    riverside.works()
    told = [mail["Subject"] for mail in riverside.mails_to(ana.email)[mails:]]
    assert told == ["Ask once more, copy the LEA representative"], "what was told before is not told again"


def test_a_reminder_that_is_given_away_and_back_is_told_once(riverside: Practice, ana: Staff, clock: Clock) -> None:
    """Red without the reader's id in the occasion of `models.reminder._message`."""
    made = ana.post("/reminders", {"case_id": ana.opens_a_case()["id"], "title": "Call", "due_at": "2026-10-05T15:00:00Z"})
    riverside.works()
    for heir in (riverside.sam, ana, riverside.sam, ana):
        riverside.olga.post(f"/reminders/{made['id']}/reassign", {"assignee_id": heir.id})
    riverside.works()
    for reader in (ana, riverside.sam):
        assert [mail["Subject"] for mail in riverside.mails_to(reader.email)].count("A reminder is due") == 1
