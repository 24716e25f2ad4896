"""A forgotten password, a changed one, and what a password may be. Nobody learns who has an account."""

import re
from typing import Any
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mail.post import SmtpPost
from models.link import hash_of
from models.password import PasswordReset
from scheduling.worker import Worker
from tests.cast import PASSWORD, ZONE, Actor, Practice, Staff, text_of, token_in
from tests.conftest import Clock
from tests.contracts.conftest import on_record

NEW = "another sentence that only I know"
SUBJECT = "Set a new password"


@pytest.fixture(autouse=True)
def nothing_waits(riverside: Practice) -> None:
    """Resets belong to no practice: what other stories asked for and left is done before it is counted here."""
    riverside.worker.mail_resets()
    riverside.worker.send_messages()


# Forgotten.


def test_who_asks_learns_nothing_of_who_has_an_account(app: Flask, riverside: Practice) -> None:
    known, unknown, spelled = riverside.ana.email, f"nobody@{riverside.slug}.example", riverside.sam.email.upper()
    answers, asked = [], []
    for address in (known, unknown, spelled):
        with on_record() as record:
            answers.append(forgets(app, address, X_Request_ID="one-for-all"))
        asked.append([(one.sql, one.door) for one in record.statements])
    for answer in answers:
        assert (answer.status_code, answer.data) == (202, b"")
        assert [header for header in answer.headers if header[0] != "Date"] == [
            header for header in answers[0].headers if header[0] != "Date"
        ]
    assert asked[0] == asked[1] == asked[2] != []
    assert len(resets_to(riverside, known)) == 1
    assert len(resets_to(riverside, riverside.sam.email)) == 1
    assert resets_to(riverside, unknown) == []


def test_asking_itself_sends_nothing(app: Flask, riverside: Practice, admin_url: str) -> None:
    """Who it is, if anybody, the worker finds out; of an address that nobody has, nothing is kept."""
    forgets(app, f"nobody@{riverside.slug}.example")
    forgets(app, riverside.ana.email)
    assert riverside.worker.send_messages() == 0
    assert riverside.worker.mail_resets() == 2
    assert riverside.worker.send_messages() == 1
    with psycopg.connect(admin_url) as admin:
        kept = admin.execute(
            "select email_identity from password_resets where email_identity like %s", [f"%{riverside.slug}%"]
        ).fetchall()
    assert kept == [(riverside.ana.email,)]


def test_an_address_gets_one_such_mail_in_ten_minutes_and_three_in_a_day(app: Flask, riverside: Practice, clock: Clock) -> None:
    begun, mails, sent_at = clock.at, 0, []
    for minute in (0, 1, 9, 10, 11, 19, 21, 32, 200, 1400, 1441):
        clock.at = begun
        clock.move(minutes=minute)
        # However the address is spelled, it is one.
        forgets(app, riverside.ana.email.title() if minute % 2 else riverside.ana.email)
        if len(resets_to(riverside, riverside.ana.email)) > mails:
            mails += 1
            sent_at.append(minute)
    # Who asks again and again within the ten minutes uses up none of the three.
    assert sent_at == [0, 10, 21, 1441]
    assert len(resets_to(riverside, riverside.ana.email)) == 4


def test_the_link_works_once_for_an_hour_and_a_newer_one_kills_it(app: Flask, riverside: Practice, clock: Clock) -> None:
    first = asks_and_reads(riverside, riverside.ana.email)
    clock.move(minutes=11)
    second = asks_and_reads(riverside, riverside.ana.email)
    assert resets(app, first).status_code == 404
    clock.move(minutes=59)
    answer = resets(app, second)
    assert (answer.status_code, answer.data) == (204, b"")
    assert resets(app, second, "yet another sentence").status_code == 404
    assert riverside.signs_in(riverside.ana.email, NEW).id == riverside.ana.id

    clock.move(minutes=11)
    lapsed = asks_and_reads(riverside, riverside.ana.email)
    clock.move(minutes=60)
    answer = resets(app, lapsed, "yet another sentence")
    assert (answer.status_code, answer.get_json()["type"]) == (404, "/problems/not-found")
    # A link for a person's password opens no other door.
    assert Actor(app).ask("GET", f"/public/bookings/{lapsed}").status_code == 404


def test_a_reset_ends_every_sign_in_in_every_practice(app: Flask, riverside: Practice, lakeside: Practice) -> None:
    elsewhere = lakeside.takes_on(riverside.ana.email)
    phone = riverside.signs_in(riverside.ana.email)
    token = asks_and_reads(riverside, riverside.ana.email)
    assert (riverside.ana.is_in(), phone.is_in(), elsewhere.is_in()) == (True, True, True)
    assert resets(app, token).status_code == 204
    assert (riverside.ana.is_in(), phone.is_in(), elsewhere.is_in()) == (False, False, False)
    assert Actor(app, phone.refresh_token).ask("POST", "/auth/refresh").status_code == 401
    assert Actor(app).tries_to_sign_in(riverside.ana.email).status_code == 401
    for practice in (riverside, lakeside):
        assert practice.signs_in(riverside.ana.email, NEW).is_in()
    # Nobody else was signed out, and nobody else's password changed.
    assert (riverside.olga.is_in(), lakeside.olga.is_in()) == (True, True)
    assert riverside.signs_in(riverside.olga.email).is_in()


def test_a_reset_is_no_way_round_the_one_time_code(app: Flask, riverside: Practice, clock: Clock) -> None:
    phone = riverside.ana.sets_up_codes()
    assert resets(app, asks_and_reads(riverside, riverside.ana.email)).status_code == 204
    asked = Actor(app).tries_to_sign_in(riverside.ana.email, NEW)
    assert (asked.status_code, asked.get_json()["type"]) == (401, "/problems/otp-required")
    clock.move(minutes=1)
    assert riverside.signs_in(riverside.ana.email, NEW, otp=phone.code()).is_in()


def test_no_practice_sees_more_of_it_than_that_a_mail_went_out(app: Flask, riverside: Practice, lakeside: Practice) -> None:
    """Ana works in two practices: the mail is the first one's, and the link is nobody's but hers."""
    lakeside.takes_on(riverside.ana.email)
    before = lakeside.olga.everything("/messages")
    told = lakeside.olga.entries()
    token = asks_and_reads(riverside, riverside.ana.email)
    rows = [row for row in riverside.olga.everything("/messages") if row["kind"] == "password_reset"]
    assert [(row["to"], row["state"]) for row in rows] == [(riverside.ana.email, "sent")]
    seen = [riverside.olga.ask("GET", f"/messages/{rows[0]['id']}"), riverside.olga.ask("GET", "/audit-entries")]
    for answer in seen:
        assert token not in answer.get_data(as_text=True)
        assert not re.search("/password/", answer.get_data(as_text=True))
    resets(app, token)
    assert lakeside.olga.everything("/messages") == before
    assert lakeside.olga.entries() == told
    assert lakeside.olga.ask("GET", f"/messages/{rows[0]['id']}").status_code == 404


def test_a_worker_that_dies_between_its_two_commits_sends_one_mail(
    app: Flask, riverside: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red without `if not inside.rows(MESSAGE_OF_OCCASION, ...)` in `scheduling.passwords`: the reset would never be done."""
    forgets(app, riverside.ana.email)
    dying = Worker(riverside.worker.engine, riverside.clock, SmtpPost(riverside.sink.url), riverside.worker.config)
    with monkeypatch.context() as patch:
        patch.setattr(PasswordReset, "mail", dies)
        with pytest.raises(KeyboardInterrupt):
            dying.mail_resets()
    assert riverside.worker.mail_resets() == 1
    assert riverside.worker.mail_resets() == 0
    mails = resets_to(riverside, riverside.ana.email)
    assert len(mails) == 1
    assert resets(app, token_in(mails[0])).status_code == 204


def test_who_works_nowhere_any_more_gets_no_mail(app: Flask, riverside: Practice) -> None:
    riverside.olga.delete(f"/staff/{riverside.ana.id}")
    forgets(app, riverside.ana.email)
    assert resets_to(riverside, riverside.ana.email) == []


def test_links_that_were_never_made_are_counted(app: Flask, riverside: Practice, clock: Clock) -> None:
    guesser = Actor(app)
    answers = [guesser.ask("POST", "/auth/password/reset", {"token": f"x{number}", "password": NEW}) for number in range(31)]
    assert [answer.status_code for answer in answers] == [404] * 30 + [429]
    assert resets(app, asks_and_reads(riverside, riverside.ana.email)).status_code == 204, "from elsewhere it works"


# The page behind the link.


def test_the_page_behind_the_link_changes_nothing_until_its_button_is_pressed(app: Flask, riverside: Practice) -> None:
    token = asks_and_reads(riverside, riverside.ana.email)
    scanner = Actor(app)
    for _ in range(3):
        page = scanner.opens(f"/password/{token}")
        assert (page.status_code, page.mimetype) == (200, "text/html")
    html = page.get_data(as_text=True)
    assert 'type="password"' in html
    assert 'autocomplete="new-password"' in html
    assert 'minlength="8"' in html
    assert token not in html, "the script reads it from the address"
    script = re.search(r'src="(/static/\w+\.js)"', html)
    assert script
    said = scanner.opens(script[1]).get_data(as_text=True)
    assert "/auth/password/reset" in said
    assert "onSubmit" in said, "it waits for a person"
    # For an unknown link the page is the same: whether it works is told by the button alone.
    assert scanner.opens("/password/unknown").data == page.data
    assert riverside.ana.is_in()
    assert resets(app, token).status_code == 204


# Changed.


def test_who_changes_the_password_stays_and_everybody_else_is_out(app: Flask, riverside: Practice, lakeside: Practice) -> None:
    elsewhere = lakeside.takes_on(riverside.ana.email)
    ana, thief = riverside.ana, riverside.signs_in(riverside.ana.email)
    wrong = ana.ask("POST", "/auth/password/change", {"password": "not the one", "new_password": NEW})
    assert (wrong.status_code, wrong.get_json()["type"]) == (401, "/problems/unauthenticated")
    assert ana.ask("POST", "/auth/password/change", {"password": PASSWORD, "new_password": NEW}).status_code == 204
    assert (ana.is_in(), thief.is_in(), elsewhere.is_in()) == (True, False, False)
    assert ana.again().is_in()
    assert Actor(app).tries_to_sign_in(ana.email).status_code == 401
    assert riverside.signs_in(ana.email, NEW).is_in()
    [told] = [mail for mail in riverside.mails_to(ana.email) if mail["Subject"] == "Your account was changed"]
    assert "password of your account was changed" in text_of(told)
    assert lakeside.olga.is_in()


def test_a_thief_of_a_session_cannot_guess_the_password_for_long(app: Flask, ana: Staff) -> None:
    thief = Actor(app, ana.token)
    said = {"password": "not the one", "new_password": NEW}
    answers = [thief.ask("POST", "/auth/password/change", said) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert thief.ask("POST", "/auth/password/change", {**said, "password": PASSWORD}).status_code == 429
    assert ana.ask("POST", "/auth/password/change", {**said, "password": PASSWORD}).status_code == 204


# What it may be.


@pytest.mark.parametrize("password", ["password", "{name}", "{name}123", "short", "x" * 257])
def test_what_a_password_may_not_be_is_the_same_at_every_door(app: Flask, riverside: Practice, password: str) -> None:
    name = riverside.slug.partition("-")[0].title()
    said = password.format(name=name)
    newcomer = f"{name.lower()}@{riverside.slug}.example"
    invited = f"nina.{name}@{riverside.slug}.example"
    riverside.olga.post("/staff/invitations", {"email": invited, "role": "assistant"})
    riverside.takes_on(newcomer) if "{" in password else None
    whose = newcomer if "{" in password else riverside.ana.email
    firm = {"practice_name": f"{name} Too", "slug": f"{riverside.slug}-too", "timezone": ZONE}
    signed_in = riverside.signs_in(whose)
    answers = {
        "/password": [
            Actor(app).ask("POST", "/auth/register", {**firm, "name": name, "email": f"x{newcomer}", "password": said}),
            Actor(app).ask(
                "POST",
                "/auth/invitations/accept",
                {"token": riverside.invitation_of(invited), "name": name, "password": said},
            ),
            resets(app, asks_and_reads(riverside, whose), said),
        ],
        "/new_password": [
            signed_in.ask("POST", "/auth/password/change", {"password": PASSWORD, "new_password": said}),
        ],
    }
    for pointer, refused in answers.items():
        for answer in refused:
            assert answer.status_code == 422, answer.get_data(as_text=True)
            assert [error["pointer"] for error in answer.get_json()["errors"]] == [pointer]
            assert said not in answer.get_data(as_text=True) or said == "password"
    # None of it changed anything.
    assert signed_in.is_in()
    assert Actor(app).ask("GET", f"/public/{firm['slug']}").status_code == 404


@pytest.mark.parametrize(
    "password",
    ["  two spaces, kept as typed  ", "мой пароль знаю только я", "zażółć gęślą jaźń 🦊", "x7" * 128, "12-45 aB"],
)
def test_a_password_is_taken_as_it_is_typed(app: Flask, riverside: Practice, password: str) -> None:
    riverside.ana.ask("POST", "/auth/password/change", {"password": PASSWORD, "new_password": password})
    assert riverside.signs_in(riverside.ana.email, password).is_in()
    for other in (password.strip(), password.upper(), password[:-1], password + " "):
        if other != password:
            assert Actor(app).tries_to_sign_in(riverside.ana.email, other).status_code in (401, 422)


def test_what_is_too_long_is_refused_before_it_is_hashed(app: Flask, riverside: Practice) -> None:
    """A hash of a megabyte would be a cheap way to keep the server busy: no failure is counted either, none was tried."""
    guesser, email = Actor(app), riverside.ana.email
    with on_record() as record:
        for _ in range(12):
            assert guesser.tries_to_sign_in(email, "x" * 257).status_code == 422
    assert record.statements == []
    assert guesser.tries_to_sign_in(riverside.ana.email).status_code == 200


# What they do.


def forgets(app: Flask, email: str, **headers: str) -> TestResponse:
    answer = Actor(app).ask("POST", "/auth/password/forgot", {"email": email}, **headers)
    assert answer.status_code == 202, answer.get_data(as_text=True)
    return answer


def resets(app: Flask, token: str, password: str = NEW) -> TestResponse:
    return Actor(app).ask("POST", "/auth/password/reset", {"token": token, "password": password})


def resets_to(practice: Practice, address: str) -> list[Any]:
    return [mail for mail in practice.mails_to(address) if mail["Subject"] == SUBJECT]


def asks_and_reads(practice: Practice, email: str) -> str:
    """The token of the link that the newest mail to them holds."""
    before = len(resets_to(practice, email))
    forgets(practice.app, email)
    mails = resets_to(practice, email)
    assert len(mails) == before + 1
    return token_in(mails[-1])


def dies(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_reset_that_cannot_be_mailed_holds_up_no_other(
    app: Flask, riverside: Practice, lakeside: Practice, worker: Worker, admin_url: str
) -> None:
    """Red without `seen.add(reset.id)` in `scheduling.passwords`: the oldest would be looked into for ever."""
    forgets(app, riverside.ana.email)
    practice_id = UUID(riverside.ana.get("/practice")["id"])
    with psycopg.connect(admin_url, autocommit=True) as admin:
        [[stuck]] = admin.execute("select id from password_resets where email_identity = %s", [riverside.ana.email]).fetchall()
        # Another has the hash that its link will have, as no code of ours would have it.
        taken = hash_of(worker.config.sender.links.token("password", practice_id, stuck))
        admin.execute(
            "insert into password_resets select gen_random_uuid(), 'x@example.org', created_at, expires_at, user_id, %s,"
            " created_at, used_at from password_resets where id = %s",
            [taken, stuck],
        )
    forgets(app, lakeside.ana.email)
    try:
        assert worker.mail_resets() == 2
        assert len(resets_to(lakeside, lakeside.ana.email)) == 1
    finally:
        # It belongs to no practice, and would be in the way of the next test.
        with psycopg.connect(admin_url, autocommit=True) as admin:
            admin.execute("delete from password_resets where id = %s or link_hash = %s", [stuck, taken])


def test_a_reset_whose_hour_passed_while_no_worker_ran_is_not_mailed(app: Flask, riverside: Practice, clock: Clock) -> None:
    forgets(app, riverside.ana.email)
    clock.move(hours=1, minutes=1)
    riverside.worker.mail_resets()
    assert resets_to(riverside, riverside.ana.email) == []
