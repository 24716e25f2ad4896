"""One-time codes as a second factor: set up, asked for, each taken once; and no way round them."""

import psycopg
from flask import Flask

from tests.cast import PASSWORD, Actor, Practice, Staff, started_anew, text_of
from tests.conftest import SECRET, Clock

NEXT = b"the next secret of this installation, long enough"


def test_codes_are_asked_for_once_a_first_one_has_confirmed_them(app: Flask, riverside: Practice, clock: Clock) -> None:
    ana = riverside.ana
    given = ana.post("/auth/otp/enroll", {"password": PASSWORD})
    assert given["uri"].startswith("otpauth://totp/Followthrough:")
    assert given["secret"] in given["uri"]
    assert riverside.signs_in(ana.email).is_in(), "nothing is asked for yet"
    assert ana.ask("POST", "/auth/otp/confirm", {"otp": "000000"}).status_code == 401
    phone = ana.sets_up_codes()
    assert phone.secret != given["secret"], "whoever begins anew gets a new secret"
    asked = Actor(app).tries_to_sign_in(ana.email)
    assert (asked.status_code, asked.get_json()["type"]) == (401, "/problems/otp-required")
    assert Actor(app).tries_to_sign_in(ana.email, "not the one").get_json()["type"] == "/problems/unauthenticated"
    assert Actor(app).tries_to_sign_in(ana.email, otp=phone.code()).status_code == 401, "confirming has used it"
    clock.move(seconds=30)
    assert riverside.signs_in(ana.email, otp=phone.code()).id == ana.id
    assert riverside.signs_in(riverside.sam.email).is_in(), "nobody else is asked"


def test_a_code_is_taken_once_and_none_from_before_it(app: Flask, riverside: Practice, clock: Clock) -> None:
    phone, email = riverside.ana.sets_up_codes(), riverside.ana.email
    clock.move(minutes=5)
    # The phone's clock may be half a minute off, either way.
    for steps, status in (
        (-2, 401),
        (2, 401),
        (-1, 200),
        (-1, 401),
        (0, 200),
        (0, 401),
        (1, 200),
        (0, 401),
        (-1, 401),
        (1, 401),
    ):
        assert Actor(app).tries_to_sign_in(email, otp=phone.code(steps)).status_code == status, steps
    for nonsense in ("000000 ", "abcdef", "１２３４５６", "a" * 41, "12345"):
        assert Actor(app).tries_to_sign_in(email, otp=nonsense).status_code in (401, 422)


def test_a_recovery_code_stands_in_for_the_phone_once(app: Flask, riverside: Practice) -> None:
    phone, email = riverside.ana.sets_up_codes(), riverside.ana.email
    assert len(set(phone.recovery_codes)) == 10
    first, second = phone.recovery_codes[:2]
    assert riverside.signs_in(email, otp=first).is_in()
    assert Actor(app).tries_to_sign_in(email, otp=first).status_code == 401
    # As somebody types it from paper.
    assert riverside.signs_in(email, otp=f" {second.upper()}").is_in()
    # It is Ana's alone, and her password is asked for all the same.
    assert Actor(app).tries_to_sign_in(email, "not the one", otp=phone.recovery_codes[2]).status_code == 401
    riverside.sam.sets_up_codes()
    assert Actor(app).tries_to_sign_in(riverside.sam.email, otp=phone.recovery_codes[2]).status_code == 401
    assert riverside.signs_in(email, otp=phone.recovery_codes[2]).is_in()


def test_who_guesses_codes_is_told_to_wait(app: Flask, riverside: Practice, clock: Clock) -> None:
    phone, email = riverside.ana.sets_up_codes(), riverside.ana.email
    clock.move(minutes=1)
    thief = Actor(app)
    assert [thief.tries_to_sign_in(email).status_code for _ in range(12)] == [401] * 12, "who is asked has not guessed"
    told = [thief.tries_to_sign_in(email, otp=f"{number:06}").status_code for number in range(11)]
    assert told == [401] * 10 + [429]
    assert thief.tries_to_sign_in(email, otp=phone.code()).status_code == 429
    assert riverside.signs_in(email, otp=phone.code()).is_in(), "from elsewhere she comes in"


def test_codes_on_or_off_end_the_other_sign_ins_and_she_is_told(
    app: Flask, riverside: Practice, lakeside: Practice, clock: Clock
) -> None:
    ana = riverside.ana
    other, elsewhere = riverside.signs_in(ana.email), lakeside.takes_on(ana.email)
    phone = ana.sets_up_codes()
    assert (ana.is_in(), other.is_in(), elsewhere.is_in()) == (True, False, False)
    clock.move(minutes=1)
    other = riverside.signs_in(ana.email, otp=phone.code())
    assert (ana.is_in(), other.is_in()) == (True, True)
    clock.move(minutes=1)
    assert ana.ask("POST", "/auth/otp/disable", {"password": PASSWORD, "otp": "000000"}).status_code == 401
    assert ana.ask("POST", "/auth/otp/disable", {"password": "not the one", "otp": phone.code()}).status_code == 401
    assert ana.ask("POST", "/auth/otp/disable", {"password": PASSWORD, "otp": phone.code()}).status_code == 204
    assert (ana.is_in(), other.is_in()) == (True, False)
    assert riverside.signs_in(ana.email).is_in()
    assert Actor(app).tries_to_sign_in(ana.email, otp=phone.recovery_codes[0]).status_code == 200, "no code is asked for"
    told = [text_of(mail) for mail in riverside.mails_to(ana.email) if mail["Subject"] == "Your account was changed"]
    assert ["turned on" in told[0], "turned off" in told[1], len(told)] == [True, True, 2]


def test_codes_are_turned_off_before_they_are_set_up_anew(ana: Staff, clock: Clock) -> None:
    assert ana.ask("POST", "/auth/otp/confirm", {"otp": "123456"}).get_json()["type"] == "/problems/conflict"
    assert ana.ask("POST", "/auth/otp/disable", {"password": PASSWORD, "otp": "123456"}).status_code == 409
    phone = ana.sets_up_codes()
    clock.move(minutes=1)
    assert ana.ask("POST", "/auth/otp/enroll", {"password": "not the one"}).status_code == 401
    assert ana.ask("POST", "/auth/otp/enroll", {"password": PASSWORD}).status_code == 409
    assert ana.ask("POST", "/auth/otp/confirm", {"otp": phone.code()}).status_code == 409


def test_an_invitation_is_no_way_round_the_code(app: Flask, riverside: Practice, lakeside: Practice, clock: Clock) -> None:
    phone = riverside.ana.sets_up_codes()
    clock.move(minutes=1)
    lakeside.olga.post("/staff/invitations", {"email": riverside.ana.email, "role": "owner"})
    said = {"token": lakeside.invitation_of(riverside.ana.email), "name": "Ana", "password": PASSWORD}
    asked = Actor(app).ask("POST", "/auth/invitations/accept", said)
    assert (asked.status_code, asked.get_json()["type"]) == (401, "/problems/otp-required")
    assert Actor(app).ask("POST", "/auth/invitations/accept", {**said, "otp": "000000"}).status_code == 401
    session = Actor(app).post("/auth/invitations/accept", {**said, "otp": phone.code()})
    assert session["practice"]["slug"] == lakeside.slug


def test_what_is_kept_of_secrets_and_codes_nobody_can_use(riverside: Practice, admin_url: str) -> None:
    phone = riverside.ana.sets_up_codes()
    user_id = riverside.ana.get("/me")["user"]["id"]
    with psycopg.connect(admin_url) as admin:
        [(secret,)] = admin.execute("select secret from one_time_codes where user_id = %s", [user_id]).fetchall()
        hashes = admin.execute("select code_hash from recovery_codes where user_id = %s", [user_id]).fetchall()
        kept = admin.execute("select string_agg(m::text, '') from messages m").fetchone()
    assert phone.secret.encode() not in bytes(secret)
    assert {len(code_hash) for (code_hash,) in hashes} == {32}
    assert kept
    assert phone.secret not in kept[0]


def test_codes_go_on_after_the_secret_of_the_installation_was_changed(app: Flask, riverside: Practice, clock: Clock) -> None:
    phone, said = riverside.ana.sets_up_codes(), {"email": riverside.ana.email, "password": PASSWORD}
    clock.move(minutes=1)
    rotated, alone = started_anew(app, secret_keys=[NEXT, SECRET]), started_anew(app, secret_keys=[NEXT])
    # Without the one before it the secret is unreadable; recovery codes are for such days.
    assert Actor(alone).ask("POST", "/auth/login", {**said, "otp": phone.code()}).status_code == 401
    assert Actor(rotated).ask("POST", "/auth/login", {**said, "otp": phone.code()}).status_code == 200
    assert Actor(alone).ask("POST", "/auth/login", {**said, "otp": phone.recovery_codes[0]}).status_code == 200


def test_a_key_has_no_account(olga: Staff, app: Flask) -> None:
    key = Actor(app, olga.makes_a_key("cases:read")["key"])
    for method, path in (("POST", "/auth/otp/enroll"), ("GET", "/auth/practices"), ("GET", "/auth/sign-ins"), ("GET", "/me")):
        assert key.ask(method, path).status_code == 403
