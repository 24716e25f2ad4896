"""Registering, signing in, staying signed in, signing out."""

import secrets
from datetime import timedelta

import jwt
import pytest
from flask import Flask

from tests.cast import PASSWORD, ZONE, Actor, Practice, Staff, token_in
from tests.conftest import SECRET, Clock


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
    unsigned = jwt.encode(claims, None, "none")
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
