"""Registering, signing in, staying signed in, going from practice to practice, signing out."""

import secrets
from datetime import timedelta
from uuid import UUID

import jwt
import pytest
from argon2 import PasswordHasher
from flask import Flask

from api import tokens
from mail.post import SmtpPost
from mail.render import Sender
from models.link import Links
from scheduling.worker import Worker
from scheduling.workplace import Config as WorkerConfig
from tests.cast import PASSWORD, ZONE, Actor, Practice, Staff, started_anew, token_in
from tests.conftest import BASE_URL, SECRET, Clock
from tests.contracts.conftest import on_record
from tests.promises.racing import problem

NEXT = b"the next secret of this installation, long enough"


def test_a_firm_registers_and_its_owner_is_signed_in(app: Flask, riverside: Practice) -> None:
    me = riverside.olga.get("/me")
    assert me["practice"]["slug"] == riverside.slug
    assert me["practice"]["role"] == "owner"
    assert me["user"]["email"] == riverside.olga.email


def test_an_owner_signs_in_with_her_password(app: Flask, riverside: Practice) -> None:
    session = Actor(app).post("/auth/login", {"email": riverside.olga.email.upper(), "password": PASSWORD})
    assert session["expires_in"] == 900
    assert Actor(app, session["access_token"]).get("/practice")["slug"] == riverside.slug


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(app: Flask, riverside: Practice) -> None:
    somebody, nobody = riverside.olga.email, f"nobody@{riverside.slug}.example"
    wrong, unknown = (
        Actor(app).ask("POST", "/auth/login", {"email": email, "password": "not the one"}, X_Request_ID="one-for-both")
        for email in (somebody, nobody)
    )
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.data == unknown.data
    assert wrong.headers["WWW-Authenticate"] == "Bearer"


def test_an_unknown_address_costs_what_a_wrong_password_costs(app: Flask, riverside: Practice) -> None:
    """The same statements, and a password is hashed either way: nobody learns by asking, or by a watch, who has an account."""
    asked = []
    for email in (riverside.olga.email, f"nobody@{riverside.slug}.example", riverside.olga.email.upper()):
        with on_record() as record:
            assert Actor(app).tries_to_sign_in(email, "not the one").status_code == 401
        asked.append(([(one.door, one.sql) for one in record.statements], record.trips))
    assert asked[0] == asked[1] == asked[2]
    assert len(asked[0][0]) > 4


@pytest.mark.usefixtures("true_cost_of_passwords")
def test_an_unknown_address_is_checked_against_a_hash_of_the_same_cost(
    app: Flask, riverside: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red without `or _nobody` in `models.user.check_password`."""
    checked: list[str] = []
    verify = PasswordHasher.verify

    def noted(hasher: PasswordHasher, kept: str, password: str) -> bool:
        checked.append(kept)
        return verify(hasher, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", noted)
    for email in (riverside.olga.email, f"nobody@{riverside.slug}.example"):
        Actor(app).tries_to_sign_in(email, "not the one")
    costs = [kept.rpartition("$")[0].rpartition("$")[0] for kept in checked]
    assert costs == ["$argon2id$v=19$m=19456,t=2,p=1"] * 2


def test_an_address_registers_once(app: Flask, riverside: Practice) -> None:
    firm = {"practice_name": "Another", "slug": f"another-{riverside.slug}", "timezone": ZONE}
    owner = {"name": "Olga", "email": riverside.olga.email.title(), "password": PASSWORD}
    answer = Actor(app).ask("POST", "/auth/register", {**firm, **owner})
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/email-taken")
    # Nothing of it was written: the slug is free for somebody else.
    assert Actor(app).ask("GET", f"/public/{firm['slug']}").status_code == 404


def test_a_refresh_token_works_once(app: Flask, olga: Staff) -> None:
    first = Actor(app, olga.refresh_token).post("/auth/refresh")
    assert Actor(app, first["access_token"]).get("/me")["staff_id"] == olga.id
    again = Actor(app, olga.refresh_token).ask("POST", "/auth/refresh")
    assert (again.status_code, again.get_json()["type"]) == (401, "/problems/token-revoked")
    # Two tabs at the same moment are no theft: the sign-in goes on.
    assert Actor(app, first["refresh_token"]).post("/auth/refresh")


def test_a_refresh_token_that_comes_again_later_ends_the_sign_in(app: Flask, olga: Staff, clock: Clock) -> None:
    first = Actor(app, olga.refresh_token).post("/auth/refresh")
    clock.move(minutes=1)
    assert Actor(app, olga.refresh_token).ask("POST", "/auth/refresh").status_code == 401
    assert Actor(app, first["refresh_token"]).ask("POST", "/auth/refresh").status_code == 401
    assert Actor(app, first["access_token"]).ask("GET", "/me").get_json()["type"] == "/problems/token-revoked"


def test_signing_out_holds_at_once(app: Flask, olga: Staff) -> None:
    assert olga.ask("POST", "/auth/logout").status_code == 204
    assert olga.ask("GET", "/me").status_code == 401
    assert Actor(app, olga.refresh_token).ask("POST", "/auth/refresh").status_code == 401


@pytest.mark.parametrize("missing", ["exp", "jti", "iss", "aud", "sub", "practice", "sign_in", "type"])
def test_a_token_without_a_claim_is_no_token(app: Flask, olga: Staff, missing: str) -> None:
    assert olga.token
    claims = jwt.decode(olga.token, options={"verify_signature": False})
    del claims[missing]
    forged = jwt.encode(claims, SECRET.decode(), "HS256", headers=jwt.get_unverified_header(olga.token))
    assert Actor(app, forged).ask("GET", "/me").status_code == 401


def test_a_token_of_another_kind_or_key_is_refused(app: Flask, olga: Staff) -> None:
    assert olga.token
    assert Actor(app, olga.refresh_token).ask("GET", "/me").status_code == 401
    assert Actor(app, olga.token).ask("POST", "/auth/refresh").status_code == 401
    claims = jwt.decode(olga.token, options={"verify_signature": False})
    other_key = jwt.encode(claims, "another secret of more than thirty-two bytes", "HS256")
    unsigned = jwt.encode(claims, "", "none")
    for forged in (other_key, unsigned, "x", "a.b.c", olga.token + "x"):
        assert Actor(app, forged).ask("GET", "/me").status_code == 401


def test_an_expired_token_says_so(app: Flask, olga: Staff) -> None:
    assert olga.token
    claims = jwt.decode(olga.token, options={"verify_signature": False})
    claims["exp"] -= int(timedelta(hours=1).total_seconds())
    expired = jwt.encode(claims, SECRET.decode(), "HS256", headers=jwt.get_unverified_header(olga.token))
    assert Actor(app, expired).ask("GET", "/me").get_json()["type"] == "/problems/token-expired"


def test_an_invitation_works_once_and_a_new_one_replaces_the_old(app: Flask, riverside: Practice, olga: Staff) -> None:
    address = f"newcomer@{riverside.slug}.example"
    olga.post("/staff/invitations", {"email": address, "role": "assistant"})
    olga.post("/staff/invitations", {"email": address, "role": "advocate"})
    first, second = [token_in(mail) for mail in riverside.mails_to(address)]
    said = {"name": "Nina", "password": PASSWORD}
    assert Actor(app).ask("POST", "/auth/invitations/accept", {"token": first, **said}).status_code == 404
    session = Actor(app).post("/auth/invitations/accept", {"token": second, **said})
    assert session["practice"]["role"] == "advocate"
    assert Actor(app).ask("POST", "/auth/invitations/accept", {"token": second, **said}).status_code == 404
    states = {row["state"] for row in olga.get("/staff/invitations")["items"] if row["email"] == address}
    assert states == {"accepted", "withdrawn"}


def test_an_invitation_lapses(app: Flask, riverside: Practice, olga: Staff, clock: Clock) -> None:
    address = f"late@{riverside.slug}.example"
    olga.post("/staff/invitations", {"email": address, "role": "assistant"})
    token = token_in(riverside.mails_to(address)[0])
    clock.move(days=8)
    said = {"token": token, "name": "Lea", "password": PASSWORD}
    assert Actor(app).ask("POST", "/auth/invitations/accept", said).status_code == 404


def test_an_invitation_never_sets_the_password_of_somebody_who_has_one(
    app: Flask, riverside: Practice, lakeside: Practice
) -> None:
    lakeside.olga.post("/staff/invitations", {"email": riverside.ana.email, "role": "advocate"})
    token = token_in(riverside.mails_to(riverside.ana.email)[-1])
    taking_over = {"token": token, "name": "Mallory", "password": "a password of my own choosing"}
    assert Actor(app).ask("POST", "/auth/invitations/accept", taking_over).status_code == 401
    session = Actor(app).post("/auth/invitations/accept", {"token": token, "name": "Ana", "password": PASSWORD})
    assert session["practice"]["slug"] == lakeside.slug
    # Now she works in both, and says which one when she signs in.
    for practice in (riverside, lakeside):
        said = {"email": riverside.ana.email, "password": PASSWORD, "practice": practice.slug}
        assert Actor(app).post("/auth/login", said)["practice"]["slug"] == practice.slug
    assert Actor(app).ask("POST", "/auth/login", {**said, "practice": "elsewhere"}).status_code == 403


def test_registering_twice_under_one_key_is_registering_once(app: Flask, clock: Clock) -> None:
    slug = f"keyed-{secrets.token_hex(4)}"
    firm = {"practice_name": "Keyed", "slug": slug, "timezone": ZONE}
    said = {**firm, "name": "Kim", "email": f"kim@{slug}.example", "password": PASSWORD}
    first, again = [Actor(app).ask("POST", "/auth/register", said, Idempotency_Key=f"register-{slug}") for _ in range(2)]
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Actor(app, again.get_json()["access_token"]).get("/practice")["slug"] == slug
    other = Actor(app).ask("POST", "/auth/register", {**said, "name": "Kai"}, Idempotency_Key=f"register-{slug}")
    assert other.get_json()["type"] == "/problems/idempotency-mismatch"


@pytest.mark.parametrize("slug", ["bookings", "subscriptions"])
def test_no_practice_takes_a_name_that_stands_in_its_place(app: Flask, olga: Staff, slug: str) -> None:
    said = {"practice_name": "X", "slug": slug, "timezone": ZONE, "name": "X", "email": "x@example.org", "password": PASSWORD}
    for answer in (Actor(app).ask("POST", "/auth/register", said), olga.ask("PATCH", "/practice", {"slug": slug})):
        assert answer.get_json()["errors"] == [{"pointer": "/slug", "detail": "This slug is reserved."}]


def test_reuse_of_a_refresh_token_stands_in_the_trail(
    app: Flask, riverside: Practice, lakeside: Practice, clock: Clock
) -> None:
    ana = riverside.ana
    mine = ana.get("/auth/sign-ins")["items"][0]["id"]
    after = ana.again()
    clock.move(seconds=11)
    stolen = Actor(app, ana.refresh_token).ask("POST", "/auth/refresh", X_Request_ID="the-request-of-a-thief")
    assert (stolen.status_code, after.is_in()) == (401, False)
    [entry] = [entry for entry in riverside.olga.entries(resource="sign_ins") if entry["action"] == "reuse"]
    assert (entry["row_id"], entry["sign_in_id"], entry["request_id"]) == (mine, mine, "the-request-of-a-thief")
    assert entry["at"] == clock.at.isoformat().replace("+00:00", "Z")
    assert "reuse" not in {entry["action"] for entry in lakeside.olga.entries()}
    assert riverside.signs_in(ana.email).is_in(), "her password is good"


def test_however_often_it_was_refreshed_the_password_is_asked_for_again_after_ninety_days(
    app: Flask, riverside: Practice, lakeside: Practice, clock: Clock
) -> None:
    elsewhere = lakeside.takes_on(riverside.ana.email)
    ana = elsewhere
    for _ in range(3):
        clock.move(days=29)
        ana = ana.again()
    assert ana.is_in()
    # Going over to another practice asks for no password: it is no way to stay longer.
    there = Staff(app, ana.post("/auth/switch", {"practice": riverside.slug}), clock)
    clock.move(days=3)
    for token in (ana.refresh_token, there.refresh_token):
        answer = Actor(app, token).ask("POST", "/auth/refresh")
        assert (answer.status_code, answer.get_json()["type"]) == (401, "/problems/token-revoked")
    assert riverside.signs_in(ana.email).is_in()


# In several practices.


def test_who_works_in_two_practices_sees_both_and_goes_from_one_to_the_other(
    app: Flask, riverside: Practice, lakeside: Practice, clock: Clock
) -> None:
    ana = riverside.ana
    lakeside.takes_on(ana.email, "owner")
    case = ana.opens_a_case()
    listed = {(row["slug"], row["role"]) for row in ana.get("/auth/practices")["items"]}
    assert listed == {(riverside.slug, "advocate"), (lakeside.slug, "owner")}
    there = Staff(app, ana.post("/auth/switch", {"practice": lakeside.slug}), clock)
    assert there.get("/me")["practice"] == {**there.get("/me")["practice"], "slug": lakeside.slug, "role": "owner"}
    assert there.get("/cases")["items"] == []
    assert there.ask("GET", f"/cases/{case['id']}").status_code == 404
    assert ana.is_in(), "who has both open side by side keeps both"
    # What she is in one practice she is there alone; and a practice that is not hers is like one that is not.
    assert ana.ask("GET", "/audit-entries").status_code == 403
    assert there.ask("GET", "/audit-entries").status_code == 200
    answers = [
        riverside.sam.ask("POST", "/auth/switch", {"practice": slug}, X_Request_ID="one-for-both")
        for slug in (lakeside.slug, "nowhere")
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert answers[0].data == answers[1].data
    assert [row["slug"] for row in riverside.sam.get("/auth/practices")["items"]] == [riverside.slug]
    # Signing in without naming one leads to the one that was founded first.
    assert Actor(app).post("/auth/login", {"email": ana.email, "password": PASSWORD})["practice"]["slug"] in (
        riverside.slug,
        lakeside.slug,
    )


def test_who_was_removed_is_out_at_the_next_request_everywhere(
    app: Flask, riverside: Practice, lakeside: Practice, clock: Clock
) -> None:
    ana = riverside.ana
    elsewhere, phone = lakeside.takes_on(ana.email), riverside.signs_in(ana.email)
    switched = Staff(app, elsewhere.post("/auth/switch", {"practice": riverside.slug}), clock)
    riverside.olga.delete(f"/staff/{ana.id}")
    for who in (ana, phone, switched):
        assert problem_of(who, "GET", "/cases") == "token-revoked"
        assert problem_of(who, "GET", "/auth/practices") == "token-revoked"
        assert problem_of(who, "POST", "/auth/switch", {"practice": lakeside.slug}) == "token-revoked"
        assert problem_of(Actor(app, who.refresh_token), "POST", "/auth/refresh") == "token-revoked"
    # In the other practice nothing has changed, and nobody there learns of it.
    assert elsewhere.again().is_in()
    assert [row["slug"] for row in elsewhere.get("/auth/practices")["items"]] == [lakeside.slug]
    assert problem_of(elsewhere, "POST", "/auth/switch", {"practice": riverside.slug}) == "forbidden"
    assert Actor(app).tries_to_sign_in(ana.email, practice=riverside.slug).status_code == 403
    assert Actor(app).post("/auth/login", {"email": ana.email, "password": PASSWORD})["practice"]["slug"] == lakeside.slug


def test_who_works_nowhere_any_more_does_not_come_in(app: Flask, riverside: Practice) -> None:
    riverside.olga.delete(f"/staff/{riverside.sam.id}")
    answer = Actor(app).tries_to_sign_in(riverside.sam.email)
    assert (answer.status_code, answer.get_json()["type"]) == (403, "/problems/forbidden")
    assert Actor(app).tries_to_sign_in(riverside.sam.email, "not the one").status_code == 401


# A new secret.


def test_tokens_go_on_under_a_new_secret_while_the_one_before_it_is_named(app: Flask, riverside: Practice) -> None:
    rotated, alone = started_anew(app, secret_keys=[NEXT, SECRET]), started_anew(app, secret_keys=[NEXT])
    ana, sam = riverside.ana, riverside.sam
    assert Actor(rotated, ana.token).get("/me")["staff_id"] == ana.id
    session = Actor(rotated, ana.refresh_token).post("/auth/refresh")
    # What the new secret has signed holds when the old one is gone; what the old one signed does not.
    assert Actor(alone, session["access_token"]).get("/me")["staff_id"] == ana.id
    assert Actor(alone, session["refresh_token"]).ask("POST", "/auth/refresh").status_code == 200
    for token, method, path in ((sam.token, "GET", "/me"), (sam.refresh_token, "POST", "/auth/refresh")):
        assert problem_of(Actor(alone, token), method, path) == "unauthenticated"
    # One that has not been restarted yet does not know the new secret.
    assert problem_of(Actor(app, session["access_token"]), "GET", "/me") == "unauthenticated"
    assert Actor(alone).tries_to_sign_in(sam.email).status_code == 200, "passwords hang on no secret"


def test_cursors_go_on_under_a_new_secret(app: Flask, riverside: Practice) -> None:
    for name in ("Petra", "Paul"):
        riverside.ana.adds_a_client(name=name)
    cursor = riverside.ana.get("/clients?limit=1")["next_cursor"]
    for keys, status in (([NEXT, SECRET], 200), ([NEXT], 422)):
        there = started_anew(app, secret_keys=keys)
        signed_in = Actor(
            there, Actor(there).post("/auth/login", {"email": riverside.ana.email, "password": PASSWORD})["access_token"]
        )
        assert signed_in.ask("GET", f"/clients?limit=1&cursor={cursor}").status_code == status


def test_what_was_done_under_a_key_is_not_done_again_under_a_new_secret(app: Flask, riverside: Practice) -> None:
    rotated, alone = started_anew(app, secret_keys=[NEXT, SECRET]), started_anew(app, secret_keys=[NEXT])
    slug, key = f"keyed-{secrets.token_hex(4)}", "a key from before the change"
    said = {
        "practice_name": "Keyed",
        "slug": slug,
        "timezone": ZONE,
        "name": "Kim",
        "email": f"kim@{slug}.example",
        "password": PASSWORD,
    }
    first, again = (Actor(each).ask("POST", "/auth/register", said, Idempotency_Key=key) for each in (app, rotated))
    assert (first.status_code, again.status_code, again.headers.get("Idempotency-Replayed")) == (201, 201, "true")
    assert first.data == again.data
    client = {"name": "Petra", "email": "petra@example.org"}
    first, again = (
        Actor(each, riverside.ana.token).ask("POST", "/clients", client, Idempotency_Key=key) for each in (app, rotated)
    )
    assert (again.data, again.headers["Idempotency-Replayed"]) == (first.data, "true")
    token = Actor(alone).post("/auth/login", {"email": riverside.ana.email, "password": PASSWORD})["access_token"]
    # It was done, and nobody can read any more what was answered.
    assert problem_of(Actor(alone, token), "POST", "/clients", client, Idempotency_Key=key) == "idempotency-mismatch"
    assert len(riverside.ana.everything("/clients")) == 1


def test_a_mail_that_waits_while_the_secret_changes_holds_a_link_that_works(riverside: Practice, clock: Clock) -> None:
    """A link is not kept, but made again when its mail is sent; what is kept is its hash, whichever secret made it."""
    worker = riverside.worker

    def sent(keys: list[bytes], address: str) -> str:
        riverside.olga.post("/staff/invitations", {"email": address, "role": "assistant"})
        config = WorkerConfig(Sender(Links(keys, BASE_URL), "followthrough@practice.example"))
        Worker(worker.engine, clock, SmtpPost(riverside.sink.url), config).send_messages()
        return token_in(riverside.sink.to(address)[-1])

    tokens = {
        name: sent(keys, f"{name}@{riverside.slug}.example") for name, keys in (("with", [NEXT, SECRET]), ("without", [NEXT]))
    }
    said = {"name": "Nina", "password": PASSWORD}
    alone = started_anew(riverside.app, secret_keys=[NEXT])
    assert Actor(alone).ask("POST", "/auth/invitations/accept", {"token": tokens["with"], **said}).status_code == 200
    assert Actor(alone).ask("POST", "/auth/invitations/accept", {"token": tokens["without"], **said}).status_code == 404


def problem_of(who: Actor, method: str, path: str, body: object = None, **headers: str) -> str:
    return str(who.ask(method, path, body, **headers).get_json()["type"]).removeprefix("/problems/")


def test_reuse_of_a_token_ends_what_came_of_it_in_other_practices_too(
    app: Flask, riverside: Practice, lakeside: Practice, clock: Clock
) -> None:
    """Red without `SignIn.end_family` in `api.auth`: a thief would only have to go on elsewhere in time."""
    ana = riverside.ana
    lakeside.takes_on(ana.email)
    gone_on = Staff(app, ana.post("/auth/switch", {"practice": lakeside.slug}), clock)
    further = Staff(app, gone_on.post("/auth/switch", {"practice": riverside.slug}), clock)
    by_password = riverside.signs_in(ana.email)
    ana.again()
    clock.move(seconds=11)
    assert Actor(app, ana.refresh_token).ask("POST", "/auth/refresh").status_code == 401
    assert [who.is_in() for who in (ana, gone_on, further, by_password)] == [False, False, False, True]


def test_a_refresh_token_of_another_life_of_the_database_is_refused(app: Flask, riverside: Practice) -> None:
    made_up = UUID("0192f0c1-2345-7abc-8def-0123456789ab")
    practice_id = UUID(riverside.olga.get("/practice")["id"])
    with app.test_request_context():
        issued = tokens.issue(user_id=made_up, practice_id=practice_id, sign_in_id=made_up, refresh_id=made_up)
    answer = Actor(app, str(issued["refresh_token"])).ask("POST", "/auth/refresh")
    assert (answer.status_code, problem(answer)) == (401, "token-revoked")
