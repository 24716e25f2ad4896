"""Of many who act on one statement at once, each finds what the others have done."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask

from scheduling.worker import Worker
from tests.cast import Actor, Practice, Staff
from tests.conftest import Clock
from tests.promises.conftest import Admin
from tests.promises.racing import at_once, statuses
from tests.test_statement import SIGNED, WORDS, asks, token_of

ROUNDS = 6


def asked(practice: Practice) -> tuple[Any, str]:
    statement = asks(practice.ana, practice.ana.opens_a_case())
    return statement, f"/public/statements/{token_of(practice, statement)}"


def entries(ana: Staff, statement: Any) -> list[Any]:
    return list(ana.get(f"/statements/{statement['id']}")["entries"])


def test_pressed_by_many_at_once_it_is_signed_once(app: Flask, riverside: Practice, ana: Staff) -> None:
    """Red without `lock=True` in `api.statement_link._by_link`: some then get a 409, or none of them."""
    for _ in range(ROUNDS):
        statement, link = asked(riverside)
        answers = at_once(*[lambda link=link: Actor(app).ask("POST", link, SIGNED)] * 5)
        assert statuses(answers) == [200] * 5
        assert len(entries(ana, statement)) == 1
        heard = ana.get(f"/communications?case_id={statement['case_id']}&direction=inbound")["items"]
        assert len(heard) == 1


def test_different_words_at_once_are_one_chain(app: Flask, riverside: Practice, ana: Staff) -> None:
    """Red without `lock=True` in `api.statement_link._by_link`: two then want to be the same number."""
    for _ in range(ROUNDS):
        statement, link = asked(riverside)
        said = [{**SIGNED, "text": f"{WORDS} {number}"} for number in range(4)]
        answers = at_once(*[lambda body=body, link=link: Actor(app).ask("POST", link, body) for body in said])
        assert statuses(answers) == [200] * 4
        found = entries(ana, statement)
        assert [entry["number"] for entry in found] == [1, 2, 3, 4]
        before = ["none", *(entry["sha256"] for entry in found)]
        for entry, named in zip(found, before, strict=False):
            assert f"sha256 of the entry before: {named}\n" in entry["canonical"]


def test_whoever_waited_while_it_was_withdrawn_finds_a_dead_link(app: Flask, riverside: Practice, admin: Admin) -> None:
    """Red without the second look in `api.statement_link._by_link`."""
    statement, link = asked(riverside)
    with ThreadPoolExecutor(1) as threads:
        with admin.transaction():
            admin.execute("select id from statements where id = %s for update", [statement["id"]])
            signing = threads.submit(lambda: Actor(app).ask("POST", link, SIGNED))
            while not admin.execute("select pid from pg_locks where not granted").fetchall():
                assert not signing.done()
            admin.execute("update statements set withdrawn_at = now() where id = %s", [statement["id"]])
        assert signing.result().status_code == 404
    assert entries(riverside.ana, statement) == []


def test_a_reminder_that_races_a_signature_fires_before_it_or_never(
    app: Flask, riverside: Practice, worker: Worker, admin: Admin, clock: Clock
) -> None:
    found = [asked(riverside) for _ in range(ROUNDS)]
    clock.move(days=10)
    for _, link in found:
        replies = at_once(
            lambda: worker.fire_reminders() and None,
            lambda link=link: Actor(app).ask("POST", link, {**SIGNED, "signed_on": "2026-10-15"}),
            lambda: worker.fire_reminders() and None,
        )
        assert [reply.status_code for reply in replies if reply] == [200]
    worker.fire_reminders()
    for statement, _ in found:
        for reminder in admin.execute("select * from reminders where case_id = %s", [statement["case_id"]]).fetchall():
            assert (reminder["state"], reminder["reason"]) == ("done", "answered")


def test_of_many_who_ask_again_at_once_one_sends_a_mail(app: Flask, riverside: Practice, ana: Staff, clock: Clock) -> None:
    statement, _ = asked(riverside)
    clock.move(days=2)
    path = f"/statements/{statement['id']}/ask-again"
    assert statuses(at_once(*[lambda: Actor(app, ana.token).ask("POST", path, {})] * 5)) == [200] + [409] * 4
    assert len(riverside.mails_to(statement["email"])) == 2
