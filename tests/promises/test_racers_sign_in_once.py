"""Of all who come with one password, one code, one token or one key at the same moment, no more get in than may."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from uuid import UUID

import pytest
import sqlalchemy
from flask import Flask
from werkzeug.test import TestResponse

from models import tenancy
from models.api_key import KEY_USED, USE_IS_KEPT_EVERY
from models.transaction import Transaction
from tests.cast import PASSWORD, Actor, Practice, an_address, started_anew, token_in
from tests.conftest import Clock
from tests.promises.conftest import Admin
from tests.promises.processes import wait_until
from tests.promises.racing import at_once, problem, statuses
from tests.promises.test_racers_leave_one_history import held, waiting


def test_forty_guesses_at_once_are_ten_guesses(app: Flask, riverside: Practice) -> None:
    """Red without `where (select count(*) ...) < :most` in `models.throttle.HIT`; and if `failures_counted` in `api.limits`
    counted behind the attempt instead of before it. Half of them ask another process."""
    thief, servers = an_address(), (app, started_anew(app))
    guessers = [Actor(servers[number % 2], address=thief) for number in range(40)]
    answers = at_once(*(lambda who=who: who.tries_to_sign_in(riverside.ana.email, "not the one") for who in guessers))
    assert statuses(answers) == [401] * 10 + [429] * 30
    assert {problem(answer) for answer in answers if answer.status_code == 429} == {"rate-limited"}
    assert guessers[0].tries_to_sign_in(riverside.ana.email).status_code == 429
    assert Actor(app).tries_to_sign_in(riverside.ana.email).status_code == 200


def test_twenty_right_passwords_at_once_use_nothing_up(app: Flask, riverside: Practice) -> None:
    """They count while they are under way, so that some may have to wait; but when all is over, nothing is counted."""
    address = an_address()
    answers = at_once(*(lambda: Actor(app, address=address).tries_to_sign_in(riverside.ana.email) for _ in range(20)))
    assert set(statuses(answers)) <= {200, 429}
    assert statuses(answers)[0] == 200
    told = [Actor(app, address=address).tries_to_sign_in(riverside.ana.email, "not the one").status_code for _ in range(11)]
    assert told == [401] * 10 + [429]


def test_of_twenty_who_come_with_one_code_one_gets_in(app: Flask, riverside: Practice, clock: Clock) -> None:
    """Red without `cls.last_step < step` in `OneTimeCode.take`."""
    phone = riverside.ana.sets_up_codes()
    for _ in range(2):
        clock.move(minutes=20)  # the guesses of a round are forgotten in the next
        code = phone.code()
        answers = at_once(*(lambda code=code: Actor(app).tries_to_sign_in(riverside.ana.email, otp=code) for _ in range(20)))
        assert statuses(answers) == [200] + [401] * 19


def test_of_twenty_who_come_with_one_recovery_code_one_gets_in(app: Flask, riverside: Practice) -> None:
    """Red without `cls.used_at.is_(None)` in `RecoveryCode.use`."""
    code = riverside.ana.sets_up_codes().recovery_codes[0]
    answers = at_once(*(lambda: Actor(app).tries_to_sign_in(riverside.ana.email, otp=code) for _ in range(20)))
    assert statuses(answers) == [200] + [401] * 19


def test_of_ten_who_come_with_one_reset_one_sets_the_password(app: Flask, riverside: Practice) -> None:
    """Red without `lock=True` in `api.password.reset_password`."""
    Actor(app).post("/auth/password/forgot", {"email": riverside.ana.email})
    token = token_in(riverside.mails_to(riverside.ana.email)[-1])
    chosen = [f"the sentence of number {number}" for number in range(10)]
    answers = at_once(
        *(
            lambda said=said: Actor(app).ask("POST", "/auth/password/reset", {"token": token, "password": said})
            for said in chosen
        )
    )
    assert statuses(answers) == [204] + [404] * 9
    winner = chosen[[answer.status_code for answer in answers].index(204)]
    assert riverside.signs_in(riverside.ana.email, winner).is_in()


def test_of_twenty_who_ask_for_a_reset_at_once_one_is_mailed(app: Flask, riverside: Practice) -> None:
    """Red without `where (select count(*) ...) < :most` in `models.throttle.HIT`."""
    said = {"email": riverside.ana.email}
    answers = at_once(*(lambda: Actor(app).ask("POST", "/auth/password/forgot", said) for _ in range(20)))
    assert statuses(answers) == [202] * 20
    at_once(*[riverside.worker.mail_resets] * 4)
    subjects = [mail["Subject"] for mail in riverside.mails_to(riverside.ana.email)]
    assert subjects.count("Set a new password") == 1


@pytest.mark.parametrize("act", ["demotes", "removes"])
def test_two_owners_who_push_each_other_out_leave_one(act: str, riverside: Practice, admin_url: str, superuser: Admin) -> None:
    """Red without both of its guards: `.with_for_update()` in `Staff.owners`, and `lock=lock or (is_subject and ...)` in
    `api.verbs.find`, by which the two meet again in the references of their audit entries, and one is tried anew."""
    olga, zoe = riverside.olga, riverside.takes_on(f"zoe@{riverside.slug}.example", "owner")
    method, body = {"demotes": ("PATCH", {"role": "advocate"}), "removes": ("DELETE", None)}[act]
    with ThreadPoolExecutor(2) as threads:
        with held(admin_url, "staff", olga.id), held(admin_url, "staff", zoe.id):
            pushes = [threads.submit(who.ask, method, f"/staff/{whom.id}", body) for who, whom in ((olga, zoe), (zoe, olga))]
            wait_until(lambda: waiting(superuser) == 2)
        answers = [push.result() for push in pushes]
    # Who comes second is no owner any more, or would push out the last one.
    assert statuses(answers)[0] == 200
    assert statuses(answers)[1] in (401, 403, 409)
    remaining = olga if answers[0].status_code == 200 else zoe
    owners = [row["id"] for row in remaining.everything("/staff") if row["role"] == "owner" and row["ended_at"] is None]
    assert owners == [remaining.id]


def test_forty_uses_of_a_key_at_once_are_written_down_once(
    app: Flask, riverside: Practice, engine: sqlalchemy.Engine, clock: Clock
) -> None:
    """Red without `or_(ApiKey.last_used_at.is_(None), ...)` in `models.api_key.KEY_USED`: its row would be written forty
    times, one after the other."""
    made = riverside.olga.makes_a_key("cases:read")
    practice = tenancy.practice(UUID(riverside.olga.get("/practice")["id"]))

    def writes() -> int:
        with Transaction(engine, practice, clock.at) as work:
            return len(work.rows(KEY_USED, id=UUID(made["id"]), now=work.now, before=work.now - USE_IS_KEPT_EVERY))

    for _ in range(3):
        assert sum(at_once(*[writes] * 40)) == 1
        clock.move(minutes=2)
    answers = at_once(*(lambda: Actor(app, made["key"]).ask("GET", "/cases") for _ in range(40)))
    assert statuses(answers) == [200] * 40


def test_of_a_key_that_is_revoked_nothing_goes_on_behind_the_answer(app: Flask, riverside: Practice) -> None:
    """Whatever was under way at that moment, what comes after the answer is refused."""
    made = riverside.olga.makes_a_key("cases:read")

    def uses() -> int:
        return Actor(app, made["key"]).ask("GET", "/cases").status_code

    def revokes() -> int:
        return riverside.olga.ask("DELETE", f"/api-keys/{made['id']}").status_code

    told = at_once(revokes, *[uses] * 10)
    assert told[0] == 204
    assert set(told[1:]) <= {200, 401}
    assert [uses() for _ in range(10)] == [401] * 10


def test_two_who_set_up_codes_at_once_end_with_one_secret(app: Flask, riverside: Practice, clock: Clock) -> None:
    """The primary key of `one_time_codes` is the guard: one of two secrets is told, and it is the one that counts."""
    answers = at_once(
        *(lambda: Actor(app, riverside.ana.token).ask("POST", "/auth/otp/enroll", {"password": PASSWORD}) for _ in range(6))
    )
    assert set(statuses(answers)) <= {200, 409}
    phone = riverside.ana.sets_up_codes()
    clock.move(minutes=1)
    assert riverside.signs_in(riverside.ana.email, otp=phone.code()).is_in()


CHANGES = ("password changed", "password reset", "codes turned on")


@pytest.mark.parametrize("how", CHANGES)
def test_no_session_of_the_old_password_outlives_its_change(app: Flask, riverside: Practice, how: str) -> None:
    """Red without `if not holds()` in `api.auth._signed_in`: a sign-in that is not there yet cannot be ended."""
    ana, address = riverside.ana, an_address()
    phone = ana.begins_to_set_up_codes() if how == "codes turned on" else None
    token = riverside.reset_of(ana.email) if how == "password reset" else ""
    begun, over = Barrier(5), Event()

    def change() -> TestResponse:
        begun.wait()
        if how == "password changed":
            said = {"password": PASSWORD, "new_password": "quite another sentence"}
            answer = ana.ask("POST", "/auth/password/change", said)
        elif how == "password reset":
            said = {"token": token, "password": "quite another sentence"}
            answer = Actor(app).ask("POST", "/auth/password/reset", said)
        else:
            assert phone is not None
            answer = ana.ask("POST", "/auth/otp/confirm", {"otp": phone.code()})
        over.set()
        return answer

    def thief() -> list[Actor]:
        begun.wait()
        found = []
        while not over.is_set():
            answer = Actor(app, address=address).tries_to_sign_in(ana.email, PASSWORD)
            if answer.status_code == 200:
                found.append(Actor(app, answer.get_json()["access_token"]))
        return found

    with ThreadPoolExecutor() as pool:
        thieves = [pool.submit(thief) for _ in range(4)]
        assert pool.submit(change).result().status_code < 300
    stolen = [who for each in thieves for who in each.result()]
    assert [who for who in stolen if who.ask("GET", "/me").status_code != 401] == []


@pytest.mark.parametrize("made_up", [{}, {"otp": "000000"}], ids=["no code", "a made-up code"])
def test_who_is_on_the_way_in_when_codes_are_turned_on_stays_outside(
    app: Flask, riverside: Practice, admin_url: str, superuser: Admin, made_up: dict[str, str]
) -> None:
    """Red without `proven.by_code or not is_on` in `api.credentials.password_holds`; and, with a made-up code, if having
    sent one were taken for having shown one."""
    phone = riverside.ana.begins_to_set_up_codes()
    practice_id = riverside.ana.get("/practice")["id"]
    with ThreadPoolExecutor() as pool:
        # The row of the practice is held: who has proven the password waits before the sign-in is there.
        with held(admin_url, "practices", practice_id):
            thief = pool.submit(lambda: Actor(app).tries_to_sign_in(riverside.ana.email, PASSWORD, **made_up))
            wait_until(lambda: waiting(superuser) == 1)
            confirmed = pool.submit(lambda: riverside.ana.ask("POST", "/auth/otp/confirm", {"otp": phone.code()}))
            # Codes are on; the mail about it waits for the same row.
            wait_until(lambda: waiting(superuser) == 2)
        assert confirmed.result().status_code == 200
        assert (thief.result().status_code, problem(thief.result())) == (401, "token-revoked")
    ended = [row for row in riverside.ana.get("/auth/sign-ins")["items"] if not row["is_this_one"]]
    assert ended == []
