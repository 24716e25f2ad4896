"""A reply and its reminder meet at one row: it fired before it was settled, or it was settled and never fires."""

from itertools import cycle

from flask import Flask

from scheduling.worker import Worker
from tests.cast import Actor, Staff
from tests.conftest import Clock
from tests.promises.conftest import Admin
from tests.promises.racing import at_once, statuses

ROUNDS = 40
LONG_AGO = "2026-08-03T16:00:00Z"


def test_a_reminder_that_races_its_answer_fires_before_it_or_never(
    app: Flask, ana: Staff, worker: Worker, admin: Admin
) -> None:
    """Red without `.with_for_update()` in `Reminder.all_open`: the answer then writes over what has fired, and is refused."""
    case = ana.opens_a_case()
    for _ in range(ROUNDS):
        question = ana.asks_the_team(case, occurred_at=LONG_AGO)
        answer = {**what_was_heard(question), "occurred_at": ana.clock().isoformat()}
        replies = at_once(
            lambda: worker.fire_reminders() and None,
            lambda answer=answer: Actor(app, ana.token).ask("POST", "/communications", answer),
            lambda: worker.fire_reminders() and None,
        )
        assert [reply.status_code for reply in replies if reply] == [201]

    assert worker.fire_reminders() == 0, "what was answered fires no more"
    reminders = of_case(admin, case["id"])
    assert len(reminders) == 3 * ROUNDS
    for reminder in reminders:
        fired = reminder["occurrence"]
        assert (reminder["state"], reminder["reason"]) == ("done", "answered")
        assert fired in (0, 1)
        assert reminder["messages"] == fired, "a message for each firing, and none without"
        assert reminder["version"] == 2 + fired, "no change wrote over another"


def test_many_answers_and_many_workers_at_once_leave_every_reminder_settled(
    app: Flask, ana: Staff, worker: Worker, admin: Admin
) -> None:
    """Red without `.with_for_update()` in `Reminder.all_open`."""
    case = ana.opens_a_case()
    questions = [ana.asks_the_team(case, occurred_at=LONG_AGO) for _ in range(12)]
    answers = [{**what_was_heard(question), "occurred_at": ana.clock().isoformat()} for question in questions]
    acts = [lambda answer=answer: Actor(app, ana.token).ask("POST", "/communications", answer) for answer in answers]
    firing = cycle([lambda: worker.fire_reminders() and None])
    replies = at_once(*(act for pair in zip(acts, firing, strict=False) for act in pair))

    assert statuses([reply for reply in replies if reply]) == [201] * len(questions)
    worker.fire_reminders()
    assert all(r["state"] == "done" and r["messages"] == r["occurrence"] <= 1 for r in of_case(admin, case["id"]))


def test_a_reminder_that_is_snoozed_while_it_fires_comes_again_once(
    app: Flask, ana: Staff, worker: Worker, admin: Admin, clock: Clock
) -> None:
    """Red without `cls.due_at <= now` in `Reminder.to_fire`: what was snoozed into the future then fires now."""
    case = ana.opens_a_case()
    until = {"until": "2026-10-06T16:00:00Z"}
    for _ in range(12):
        reminder = ana.post("/reminders", {"case_id": case["id"], "title": "Call the school", "due_at": LONG_AGO})
        path = f"/reminders/{reminder['id']}/snooze"
        answers = at_once(
            lambda path=path: Actor(app, ana.token).ask("POST", path, until), lambda: worker.fire_reminders() and None
        )
        assert answers[0].status_code == 200
    snoozed = of_case(admin, case["id"])
    assert {reminder["state"] for reminder in snoozed} == {"snoozed"}

    clock.move(days=2)
    worker.fire_reminders()
    again = {reminder["id"]: reminder for reminder in of_case(admin, case["id"])}
    for before in snoozed:
        after = again[before["id"]]
        assert (after["state"], after["occurrence"]) == ("due", before["occurrence"] + 1)
        assert after["messages"] == after["occurrence"] <= 2


def what_was_heard(question: dict[str, str]) -> dict[str, str]:
    said = {"direction": "inbound", "channel": "email", "party": "team", "summary": "The aide does, from Monday on."}
    return {"case_id": question["case_id"], "in_reply_to": question["id"], **said}


def of_case(admin: Admin, case_id: str) -> list[dict[str, object]]:
    """The reminders of a case, each with how many messages were written for it."""
    return admin.execute(
        "select *, (select count(*) from messages where occasion like 'reminder:' || reminders.id || ':%%') as messages"
        " from reminders where case_id = %s",
        [case_id],
    ).fetchall()
