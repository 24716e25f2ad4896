"""Of many who act on one line of the ledger at once, each finds what the others have done."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from scheduling.worker import Worker
from tests.cast import Actor, Practice, Staff, token_in
from tests.conftest import Clock
from tests.promises.conftest import Admin
from tests.promises.racing import at_once, statuses

ROUNDS = 12
YES = {"has_copy": "yes", "knows_their_part": "yes", "has_what_they_need": "yes"}


def asked(practice: Practice, *, ask: bool = True) -> tuple[Any, Any, str]:
    """A case with one member, the member's line of the version in force, and the token of their link."""
    ana, address = practice.ana, f"terry-{secrets.token_hex(4)}@school.example"
    case = ana.opens_a_case()
    ana.adds_a_team_member(case, email=address)
    version = ana.puts_in_force(ana.drafts_an_iep(case))
    [line] = ana.get(f"/iep-versions/{version['id']}/copies")["items"]
    if not ask:
        return case, line, ""
    ana.post(f"/iep-copies/{line['id']}/ask")
    return case, line, token_in(practice.mails_to(address)[0])


def rows(admin: Admin, statement: str, *values: object) -> list[dict[str, Any]]:
    return admin.execute(statement, list(values)).fetchall()


def test_a_reminder_that_races_the_teachers_answer_fires_before_it_or_never(
    app: Flask, riverside: Practice, worker: Worker, admin: Admin, clock: Clock
) -> None:
    """Red without `.with_for_update()` in `Reminder.all_open`."""
    lines = [asked(riverside) for _ in range(ROUNDS)]
    clock.move(days=10)
    for _, _, token in lines:
        replies = at_once(
            lambda: worker.fire_reminders() and None,
            lambda token=token: Actor(app).ask("POST", f"/public/copies/{token}", YES),
            lambda: worker.fire_reminders() and None,
        )
        assert [reply.status_code for reply in replies if reply] == [200]
    worker.fire_reminders()
    for case, _, _ in lines:
        for reminder in rows(admin, "select * from reminders where case_id = %s", case["id"]):
            assert (reminder["state"], reminder["reason"]) == ("done", "answered")
            assert reminder["version"] == 2 + reminder["occurrence"], "no change wrote over another"


def test_of_many_who_ask_at_once_one_sends_a_mail(app: Flask, ana: Staff, riverside: Practice, admin: Admin) -> None:
    """Red without the lock on the row that a request is about, in `api.verbs.find`."""
    for _ in range(ROUNDS // 3):
        case, line, _ = asked(riverside, ask=False)
        path = f"/iep-copies/{line['id']}/ask"
        answers = at_once(*[lambda path=path: Actor(app, ana.token).ask("POST", path, {})] * 6)
        assert statuses(answers) == [200] + [409] * 5
        assert len(rows(admin, "select id from messages where link_id = %s", line["id"])) == 1
        assert len(rows(admin, "select id from reminders where case_id = %s", case["id"])) == 3


def test_whoever_asks_while_a_version_is_superseded_leaves_nothing_that_chases(
    app: Flask, ana: Staff, riverside: Practice, admin: Admin
) -> None:
    """Red without `.with_for_update()` in `IepCopy.of_versions`: it then does not wait for who asks."""
    for _ in range(ROUNDS):
        case, line, _ = asked(riverside, ask=False)
        draft = ana.drafts_an_iep(case)
        asking, activating = at_once(
            lambda line=line: Actor(app, ana.token).ask("POST", f"/iep-copies/{line['id']}/ask", {}),
            lambda draft=draft: Actor(app, ana.token).ask("POST", f"/iep-versions/{draft['id']}/activate", {}),
        )
        assert activating.status_code == 200
        assert asking.status_code in (200, 409)
        left = rows(admin, "select state, reason from reminders where case_id = %s", case["id"])
        assert {(row["state"], row["reason"]) for row in left} <= {("cancelled", "superseded")}
        assert len(left) == (3 if asking.status_code == 200 else 0)
        mails = rows(admin, "select state from messages where link_id = %s", line["id"])
        assert {row["state"] for row in mails} <= {"withdrawn"}


def test_an_answer_that_waited_while_its_line_closed_finds_a_dead_link(app: Flask, riverside: Practice, admin: Admin) -> None:
    """Red without the second look in `api.copy_link._by_link`."""
    _, line, token = asked(riverside)
    with ThreadPoolExecutor(1) as threads:
        with admin.transaction():
            rows(admin, "select id from iep_copies where id = %s for update", line["id"])
            answering = threads.submit(lambda: Actor(app).ask("POST", f"/public/copies/{token}", YES))
            while not rows(admin, "select pid from pg_locks where not granted"):
                assert not answering.done()
            admin.execute("update team_members set left_on = '2026-10-05' where id = %s", [line["team_member_id"]])
        assert answering.result().status_code == 404
    assert riverside.ana.get(f"/iep-copies/{line['id']}")["acknowledged_on"] is None


def test_whoever_joins_while_a_version_is_put_in_force_must_have_a_copy_of_it(
    app: Flask, ana: Staff, riverside: Practice
) -> None:
    """Red without the lock on the student in `api.copy_lines._in_force`."""
    for _ in range(ROUNDS):
        case, _, _ = asked(riverside, ask=False)
        draft = ana.drafts_an_iep(case)
        joins = {"case_id": case["id"], "name": "Nora New", "role": "principal"}
        joining, activating = at_once(
            lambda joins=joins: Actor(app, ana.token).ask("POST", "/team-members", joins),
            lambda draft=draft: Actor(app, ana.token).ask("POST", f"/iep-versions/{draft['id']}/activate", {}),
        )
        assert (joining.status_code, activating.status_code) == (201, 200)
        lines = ana.get(f"/iep-versions/{draft['id']}/copies")["items"]
        assert sorted(line["name"] for line in lines) == ["Nora New", "Terry Thompson"]


def test_however_many_workers_see_the_new_year_each_line_is_opened_once(
    riverside: Practice, ana: Staff, worker: Worker, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """Red without `with_for_update` in `outdated` (`models.copy_ledger`): all but one then fail on the unique key."""
    riverside.olga.patch("/practice", {"school_calendar": {"school_years": [{"from": "2026-09-08", "to": "2027-06-18"}]}})
    clock.move(days=-60)
    lines = [asked(riverside, ask=False)[1] for _ in range(6)]
    clock.move(days=60)
    at_once(*[worker.open_ledgers] * 6)
    worker.open_ledgers()
    assert "tick failed" not in caplog.text
    for line in lines:
        found = ana.get(f"/iep-copies?team_member_id={line['team_member_id']}")["items"]
        assert [(row["opened_because"], row["state"]) for row in found] == [("activation", "closed"), ("new_year", "open")]


def test_whoever_asks_while_the_case_is_closed_leaves_nothing_that_chases(
    app: Flask, ana: Staff, riverside: Practice, admin: Admin
) -> None:
    """Red without `.with_for_update()` in `IepCopy.of_case`, and without the second look at the case in `api.iep_copy._ask`."""
    for _ in range(ROUNDS):
        case, line, _ = asked(riverside, ask=False)
        asking, closing = at_once(
            lambda line=line: Actor(app, ana.token).ask("POST", f"/iep-copies/{line['id']}/ask", {}),
            lambda case=case: Actor(app, ana.token).ask("PATCH", f"/cases/{case['id']}", {"state": "closed"}),
        )
        assert closing.status_code == 200
        assert asking.status_code in (200, 409)
        left = rows(admin, "select state, reason from reminders where case_id = %s", case["id"])
        assert {(row["state"], row["reason"]) for row in left} <= {("cancelled", "case_closed")}
        assert len(left) == (3 if asking.status_code == 200 else 0)


def test_whoever_joins_while_a_case_is_taken_up_again_must_have_a_copy(app: Flask, ana: Staff, riverside: Practice) -> None:
    """Red without the lock on the case in `api.team_member.create_team_member`."""
    for _ in range(ROUNDS):
        case, line, _ = asked(riverside, ask=False)
        ana.patch(f"/cases/{case['id']}", {"state": "closed"})
        joins = {"case_id": case["id"], "name": "Nora New", "role": "principal"}
        joining, opening = at_once(
            lambda joins=joins: Actor(app, ana.token).ask("POST", "/team-members", joins),
            lambda case=case: Actor(app, ana.token).ask("PATCH", f"/cases/{case['id']}", {"state": "open"}),
        )
        assert (joining.status_code, opening.status_code) == (201, 200)
        lines = ana.get(f"/iep-versions/{line['iep_version_id']}/copies")["items"]
        assert sorted(line["name"] for line in lines) == ["Nora New", "Terry Thompson"]
