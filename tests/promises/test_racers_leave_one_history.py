"""Promise 6, under load: of all who change one thing at the same moment, one history comes out, and the others are told."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import PASSWORD, Actor, Practice, Staff, token_in
from tests.conftest import Clock
from tests.promises.conftest import Admin
from tests.promises.processes import wait_until
from tests.promises.racing import at_once, problem, statuses

Act = Callable[[], TestResponse]


# The playbook.


def test_of_those_who_take_the_same_step_at_once_one_takes_it(ana: Staff, sam: Staff) -> None:
    """Red without `lock=lock or (is_subject and ...)` in `api.verbs.find`."""
    case = ana.opens_a_case()
    for _ in range(8):
        concern = ana.opens_a_concern(case)
        step = {"step": "find_unfounded", "reason": "The aide was there."}
        answers = at_once(*(posts(who, f"/concerns/{concern['id']}/steps", step) for who in (ana, sam) * 2))
        assert statuses(answers) == [201, 409, 409, 409]
        assert {problem(answer) for answer in answers if answer.status_code == 409} == {"step-not-allowed"}
        assert [row["step"] for row in history(ana, concern)] == ["find_unfounded"]


def test_steps_that_race_form_one_chain(ana: Staff, sam: Staff) -> None:
    """Red without `lock=lock or (is_subject and ...)` in `api.verbs.find`."""
    case = ana.opens_a_case()
    asked = {"step": "ask_child", "asked_on": "2026-10-02", "asked_by": "parent", "supports_suspicion": "yes"}
    steps = (
        {**asked, "answers": [{"question": "Who read the test?", "answer": "Nobody."}]},
        {"step": "verify", "finding": "A reader is promised; there was none.", "skip_reason": "The teacher said so."},
        {"step": "find_unfounded", "reason": "The aide was there."},
    )
    for _ in range(8):
        concern = ana.opens_a_concern(case)
        answers = at_once(*(posts(who, f"/concerns/{concern['id']}/steps", step) for step in steps for who in (ana, sam)))
        taken = [answer for answer in answers if answer.status_code == 201]
        assert {problem(answer) for answer in answers if answer.status_code != 201} <= {"step-not-allowed", "conflict"}
        rows = history(ana, concern)
        assert len(rows) == len(taken)
        states = ["suspected", *(row["to_state"] for row in rows)]
        assert [row["from_state"] for row in rows] == states[:-1]
        assert ana.get(f"/concerns/{concern['id']}")["state"] == states[-1]
        assert Counter(row["step"] for row in rows if row["step"] != "ask_child").total() <= 2


def test_of_those_who_take_the_same_step_that_keeps_the_state_one_takes_it(
    ana: Staff, sam: Staff, admin_url: str, superuser: Admin
) -> None:
    """Red without `_must_not_be_taken_twice` in `Concern.take`."""
    case = ana.opens_a_case()
    concern, document = ana.opens_a_concern(case), ana.uploads(case)
    asked = {"step": "ask_child", "asked_on": "2026-10-02", "asked_by": "parent", "supports_suspicion": "yes"}
    ask = {**asked, "answers": [{"question": "Who read the test?", "answer": "Nobody."}]}
    add = {"step": "add_evidence", "document_ids": [document["id"]]}
    place = f"/concerns/{concern['id']}/steps"
    for step, others in ((ask, {**ask, "asked_on": "2026-10-01"}), (add, ask)):
        with ThreadPoolExecutor(5) as threads:
            with held(admin_url, "concerns", concern["id"]):
                waits = [threads.submit(posts(who, place, step)) for who in (ana, sam) * 2]
                waits.append(threads.submit(posts(ana, place, others)))
                wait_until(lambda: waiting(superuser) == 5)
            answers = [one.result() for one in waits]
        assert statuses(answers) == [201, 201, 409, 409, 409]
        assert answers[-1].status_code == 201, "other answers are another step"
        assert {problem(answer) for answer in answers if answer.status_code == 409} == {"conflict"}
    assert ana.ask("POST", place, add).status_code == 201, "who comes afterwards knows of the first"
    assert Counter(row["step"] for row in history(ana, concern)) == {"ask_child": 3, "add_evidence": 2}
    assert len(ana.everything(f"/observations?concern_id={concern['id']}")) == 3


# Deadlines and proceedings.


def test_of_those_who_set_a_deadline_that_they_read_at_once_one_sets_it(ana: Staff, olga: Staff) -> None:
    """Red without `as_it_was_read` in `api.verbs.find`, or without its lock."""
    case = ana.opens_a_case()
    for _ in range(6):
        kept = ana.post("/deadlines", {"case_id": case["id"], "rule": "annual_review", "event_on": "2026-03-02"})
        place = f"/deadlines/{kept['id']}"
        acts = [
            *(
                partial(olga.ask, "POST", f"{place}/override", {"override_on": day, "reason": "They meet."}, If_Match='"v1"')
                for day in ("2027-02-25", "2027-02-26")
            ),
            *(
                partial(ana.ask, "POST", f"{place}/recount", {"event_on": day, "accept": True}, If_Match='"v1"')
                for day in ("2026-03-09", "2026-03-10")
            ),
        ]
        answers = at_once(*acts)
        assert statuses(answers) == [200, 412, 412, 412]
        [won] = [answer.get_json() for answer in answers if answer.status_code == 200]
        now = ana.get(place)
        assert won.get("deadline", won) == now
        assert {one["title"].rpartition(" ")[2] for one in now["reminders"]} == {now["due_on"]}
        assert [one["key"] for one in now["reminders"]] == ["before_60", "before_30"]


def test_of_those_who_take_a_step_of_a_proceeding_at_once_one_takes_it(ana: Staff, sam: Staff) -> None:
    """Red without the lock of `api.verbs.find`: the deadlines would follow twice."""
    case, because = ana.opens_a_case(), "The parent sent it before we came."
    said = {"case_id": case["id"], "kind": "state_complaint", "filed_on": "2026-10-01", "incomplete_because": because}
    for _ in range(6):
        filed = ana.post("/proceedings", said)
        place = f"/proceedings/{filed['id']}"
        receive = {"step": "receive", "occurred_on": "2026-10-05"}
        answers = at_once(*(posts(who, f"{place}/steps", receive) for who in (ana, sam) * 2))
        assert statuses(answers) == [201, 409, 409, 409]
        assert {problem(answer) for answer in answers if answer.status_code == 409} == {"step-not-allowed"}
        now = ana.get(place)
        assert [row["step"] for row in now["history"]] == ["file", "receive"]
        assert [one["rule"] for one in now["deadlines"]] == ["state_complaint_decision"]


# The IEP.


def test_ten_drafts_recorded_at_once_are_numbered_without_gaps(ana: Staff, sam: Staff) -> None:
    """Red without `lock=True` in `api.iep_version.draft_iep_version`."""
    case = ana.opens_a_case()
    draft = {"student_id": case["student_id"], "effective_from": "2026-09-08"}
    answers = at_once(*(posts(who, "/iep-versions", draft) for who in (ana, sam) * 5))
    assert sorted(answer.get_json().get("number") for answer in answers) == list(range(1, 11))


def test_of_two_versions_put_in_force_at_once_one_is_in_force(ana: Staff, sam: Staff) -> None:
    """Red without `lock=True` in `api.iep_version.activate_iep_version`."""
    case = ana.opens_a_case()
    ana.puts_in_force(ana.drafts_an_iep(case))
    for _ in range(6):
        drafts = [ana.drafts_an_iep(case) for _ in range(2)]
        answers = at_once(*(activates(who, draft) for who, draft in zip((ana, sam), drafts, strict=True)))
        assert statuses(answers) == [200, 200]
        assert sorted(states_of(ana, case, *drafts)) == ["in_force", "superseded"]
    every = Counter(version["state"] for version in ana.everything(f"/iep-versions?student_id={case['student_id']}"))
    assert every == {"in_force": 1, "superseded": 12}


def test_a_version_is_put_in_force_once(ana: Staff, sam: Staff) -> None:
    """Red without `if self.state != "draft"` in `IepVersion.activate`; of two guards, the lock and the version, one does."""
    case = ana.opens_a_case()
    for _ in range(4):
        draft = ana.drafts_an_iep(case)
        answers = at_once(*(activates(who, draft) for who in (ana, sam) * 2))
        assert statuses(answers) == [200, 409, 409, 409]
        assert states_of(ana, case, draft) == ["in_force"]


def test_no_provision_comes_into_a_version_that_is_in_force(ana: Staff, sam: Staff) -> None:
    """Red without `lock=True` in `api.provision.create_provision`."""
    case = ana.opens_a_case()
    for _ in range(6):
        draft = ana.drafts_an_iep(case)
        support = {"iep_version_id": draft["id"], "kind": "accommodation", "text": "Extra time."}
        seen: list[list[str]] = []

        def activate_and_look(draft: Any = draft, seen: list[list[str]] = seen) -> TestResponse:
            answer = activates(ana, draft)()
            seen.append(ids(ana.provisions_of(draft)))
            return answer

        answers = at_once(activate_and_look, *(posts(sam, "/provisions", support) for _ in range(6)))
        assert answers[0].status_code == 200, answers[0].get_json()
        added = [answer for answer in answers[1:] if answer.status_code == 201]
        assert {problem(answer) for answer in answers[1:] if answer.status_code != 201} <= {"immutable"}
        assert ids(ana.provisions_of(draft)) == seen[0], "what was in force did not change"
        assert len(seen[0]) == 1 + len(added)


@pytest.mark.parametrize("act", ["adds", "changes"])
def test_who_comes_behind_an_activation_is_refused(act: str, ana: Staff, sam: Staff, admin_url: str, superuser: Admin) -> None:
    """Red without `lock=True` in `api.provision.create_provision`, or in `change_provision`: each waits for its turn."""
    case = ana.opens_a_case()
    draft = ana.drafts_an_iep(case)
    [provision] = ana.provisions_of(draft)
    support = {"kind": "accommodation", "text": "Extra time."}
    late: Act = {
        "adds": posts(sam, "/provisions", {"iep_version_id": draft["id"], **support}),
        "changes": lambda: sam.ask("PATCH", f"/provisions/{provision['id']}", {"text": "Extra time."}),
    }[act]
    with ThreadPoolExecutor(2) as threads:
        with held(admin_url, "iep_versions", draft["id"]):
            first = threads.submit(activates(ana, draft))
            wait_until(lambda: waiting(superuser) == 1)
            second = threads.submit(late)
            wait_until(lambda: waiting(superuser) == 2)
        assert first.result().status_code == 200
        assert problem(second.result()) == "immutable"
    assert ana.provisions_of(draft) == [provision]


# Who is who.


def test_of_twenty_who_come_with_one_refresh_token_one_gets_a_session(app: Flask, olga: Staff, clock: Clock) -> None:
    """Red without `cls.used_at.is_(None)` in `RefreshToken.use`."""
    answers = at_once(*(refreshes(app, olga.refresh_token) for _ in range(20)))
    assert statuses(answers) == [200] + [401] * 19
    assert {problem(answer) for answer in answers if answer.status_code == 401} == {"token-revoked"}
    winner = next(answer.get_json() for answer in answers if answer.status_code == 200)
    assert Actor(app, winner["access_token"]).get("/me"), "a race is no theft"

    clock.move(seconds=9)
    assert refreshes(app, olga.refresh_token)().status_code == 401
    assert Actor(app, winner["access_token"]).get("/me")


def test_a_refresh_token_that_comes_again_later_ends_the_whole_sign_in(app: Flask, olga: Staff, clock: Clock) -> None:
    """Red without `sign_in.end(...)` in `api.auth.refresh`."""
    winner = refreshes(app, olga.refresh_token)().get_json()
    clock.move(seconds=11)
    assert refreshes(app, olga.refresh_token)().status_code == 401
    assert problem(Actor(app, winner["access_token"]).ask("GET", "/me")) == "token-revoked"
    assert problem(refreshes(app, winner["refresh_token"])()) == "token-revoked"
    assert problem(olga.ask("GET", "/me")) == "token-revoked"


def test_of_ten_who_accept_one_invitation_one_joins(app: Flask, riverside: Practice, olga: Staff) -> None:
    """Red without `lock=True` in `api.auth._invitation`."""
    address = f"nora@{riverside.slug}.example"
    olga.post("/staff/invitations", {"email": address, "role": "advocate"})
    accepted = {"token": token_in(riverside.mails_to(address)[0]), "name": "Nora North", "password": PASSWORD}
    answers = at_once(*(lambda: Actor(app).ask("POST", "/auth/invitations/accept", accepted) for _ in range(10)))
    assert statuses(answers) == [200] + [404] * 9
    assert [member["email"] for member in olga.everything("/staff")].count(address) == 1


# One key, one row.


def test_ten_identical_requests_with_one_key_make_one_row(ana: Staff) -> None:
    """Red without both of its guards: `if not found.mine` in `api.idempotency`, and `uq_idempotency_keys_request` in migration
    0001, which refuses whoever looked before the first committed and got the lock after that (once in hundreds of rounds).
    """
    for number in range(12):
        name, key = f"Petra {number}", {"Idempotency_Key": f"one key for all ten: {number}"}
        asked = ("POST", "/clients", {"name": name, "email": "petra@example.org"})
        answers = at_once(*(lambda asked=asked, key=key: ana.ask(*asked, **key) for _ in range(10)))
        made = [answer for answer in answers if answer.status_code == 201]
        assert len({answer.get_json()["id"] for answer in made}) == 1
        assert [answer.headers.get("Idempotency-Replayed") for answer in made].count(None) == 1
        assert {problem(answer) for answer in answers if answer.status_code != 201} <= {"idempotency-in-progress"}
        assert ana.ask(*asked, **key).headers["Idempotency-Replayed"] == "true"
        assert [client["name"] for client in ana.everything("/clients")].count(name) == 1


def test_a_key_works_again_once_its_day_is_over(ana: Staff, clock: Clock) -> None:
    """What is kept for 24 hours is not in the way afterwards, whether or not the housekeeping came by."""
    asked = ("POST", "/clients", {"name": "Petra", "email": "petra@example.org"})
    first = ana.ask(*asked, Idempotency_Key="the key of yesterday")
    clock.move(hours=25)
    again = ana.ask(*asked, Idempotency_Key="the key of yesterday")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json()["id"] != again.get_json()["id"]


def test_of_those_who_change_one_version_of_a_row_one_does(ana: Staff, sam: Staff) -> None:
    """Red without `request.if_match and not request.if_match.contains(...)` in `api.verbs.find`."""
    case = ana.opens_a_case()
    change = ("PATCH", f"/cases/{case['id']}")
    for number in range(4):
        tag = ana.ask("GET", f"/cases/{case['id']}").headers["ETag"]
        titles = [f"Title {number} {racer}" for racer in range(4)]
        answers = at_once(
            *(
                lambda who=who, title=title, tag=tag: who.ask(*change, {"title": title}, If_Match=tag)
                for title in titles
                for who in (ana, sam)
            )
        )
        assert statuses(answers) == [200] + [412] * 7
        winner = next(answer.get_json() for answer in answers if answer.status_code == 200)
        assert ana.get(f"/cases/{case['id']}")["title"] == winner["title"]


# What they do, and what is then there.


def posts(who: Staff, path: str, body: Any) -> Act:
    return lambda: who.ask("POST", path, body)


def activates(who: Staff, version: Any) -> Act:
    return posts(who, f"/iep-versions/{version['id']}/activate", {})


def refreshes(app: Flask, token: str) -> Act:
    return lambda: Actor(app, token).ask("POST", "/auth/refresh")


def history(ana: Staff, concern: Any) -> list[Any]:
    found: list[Any] = ana.get(f"/concerns/{concern['id']}")["history"]
    return found


def states_of(ana: Staff, case: Any, *versions: Any) -> list[str]:
    found = {row["id"]: row["state"] for row in ana.everything(f"/iep-versions?student_id={case['student_id']}")}
    return [found[version["id"]] for version in versions]


def ids(rows: list[Any]) -> list[str]:
    return sorted(row["id"] for row in rows)


@contextmanager
def held(admin_url: str, table: str, row_id: str) -> Iterator[None]:
    """Somebody holds this row: whoever wants it queues behind, in the order of coming."""
    with psycopg.connect(admin_url) as holder:
        holder.execute(f"select from {table} where id = %s for update", [row_id])
        yield


def waiting(superuser: Admin) -> int:
    """How many of this database's backends wait for a row that another holds."""
    found = superuser.execute(
        "select count(*) as many from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    ).fetchone()
    return int(found["many"]) if found else 0
