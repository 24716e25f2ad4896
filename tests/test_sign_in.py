"""Where somebody is signed in, and how they end it from afar."""

from flask import Flask

from tests.cast import PASSWORD, Actor, Practice
from tests.conftest import Clock


def test_she_sees_where_she_is_signed_in_and_nobody_elses(riverside: Practice, lakeside: Practice, clock: Clock) -> None:
    ana = riverside.ana
    clock.move(hours=1)
    phone = riverside.signs_in(ana.email)
    elsewhere = lakeside.takes_on(ana.email)
    clock.move(hours=1)
    phone = phone.again()
    found = ana.get("/auth/sign-ins")["items"]
    assert [row["practice"] for row in found] == [lakeside.slug, riverside.slug, riverside.slug]
    assert [row["is_this_one"] for row in found] == [False, False, True]
    assert found[1]["refreshed_at"] == clock.at.isoformat().replace("+00:00", "Z")
    assert [row["is_this_one"] for row in elsewhere.get("/auth/sign-ins")["items"]] == [True, False, False]
    assert len(riverside.olga.get("/auth/sign-ins")["items"]) == 1


def test_she_ends_the_one_on_the_phone_that_she_lost(app: Flask, riverside: Practice) -> None:
    ana, phone, tablet = riverside.ana, riverside.signs_in(riverside.ana.email), riverside.signs_in(riverside.ana.email)
    lost = next(row["id"] for row in phone.get("/auth/sign-ins")["items"] if row["is_this_one"])
    assert ana.ask("POST", "/auth/sign-ins/end", {"password": "not the one", "sign_in_id": lost}).status_code == 401
    assert ana.ask("POST", "/auth/sign-ins/end", {"password": PASSWORD, "sign_in_id": lost}).status_code == 204
    assert (ana.is_in(), phone.is_in(), tablet.is_in()) == (True, False, True)
    assert Actor(app, phone.refresh_token).ask("POST", "/auth/refresh").status_code == 401
    assert ana.ask("POST", "/auth/sign-ins/end", {"password": PASSWORD}).status_code == 204
    assert (ana.is_in(), tablet.is_in()) == (True, False)
    assert len(ana.get("/auth/sign-ins")["items"]) == 1


def test_nobody_ends_what_is_not_theirs(riverside: Practice, lakeside: Practice) -> None:
    hers = riverside.ana.get("/auth/sign-ins")["items"][0]["id"]
    unknown = "0192f0c1-2345-7abc-8def-0123456789ab"
    for other in (lakeside.olga, riverside.olga):
        answers = [
            other.ask("POST", "/auth/sign-ins/end", {"password": PASSWORD, "sign_in_id": one}, X_Request_ID="one-for-both")
            for one in (hers, unknown)
        ]
        assert answers[0].status_code == answers[1].status_code == 422
        assert answers[0].data == answers[1].data
    assert riverside.ana.is_in()


def test_a_sign_in_that_nobody_used_for_a_month_is_over(app: Flask, riverside: Practice, clock: Clock) -> None:
    riverside.signs_in(riverside.ana.email)
    clock.move(days=31)
    ana = riverside.signs_in(riverside.ana.email)
    assert len(ana.get("/auth/sign-ins")["items"]) == 1
    assert Actor(app, riverside.ana.refresh_token).ask("POST", "/auth/refresh").status_code == 401
