"""Keys: a publishable one for the practice's website, a secret one for its servers."""

from datetime import datetime, timedelta

import psycopg
import pytest
from flask import Flask

from tests.cast import Actor, Practice, Staff, started_anew
from tests.conftest import Clock

WEBSITE = "https://www.riverside.example"
NEXT = b"the next secret of this installation, long enough"


def test_a_key_is_shown_once_and_kept_as_a_hash(olga: Staff, admin_url: str) -> None:
    made = olga.makes_a_key("cases:read", "clients:read")
    key = made["key"]
    assert key.startswith("ft_sk_")
    assert len(key) > 50
    assert (made["prefix"], made["scopes"], made["last_used_at"]) == (key[:12], ["cases:read", "clients:read"], None)
    shown = [olga.ask("GET", path) for path in ("/api-keys", f"/api-keys/{made['id']}", "/audit-entries")]
    for answer in shown:
        assert answer.status_code == 200
        assert key[12:] not in answer.get_data(as_text=True)
    assert olga.get("/api-keys")["items"][0]["prefix"] == key[:12]
    with psycopg.connect(admin_url) as admin:
        [(row,)] = admin.execute("select k::text from api_keys k where id = %s", [made["id"]]).fetchall()
    assert key not in row
    assert key[12:] not in row
    assert olga.makes_a_key("cases:read")["key"] != key


def test_sent_again_a_key_is_made_once_and_its_answer_is_kept_unreadable(olga: Staff, admin_url: str) -> None:
    said = {"kind": "publishable", "name": "The website"}
    first, again = (olga.post("/api-keys", said, Idempotency_Key="one key and not two") for _ in range(2))
    assert first == again
    assert len(olga.everything("/api-keys")) == 1
    with psycopg.connect(admin_url) as admin:
        kept = admin.execute("select string_agg(encode(answer, 'escape'), '') from idempotency_keys").fetchone()
    assert kept
    assert first["key"] not in kept[0]


def test_a_secret_key_does_what_its_scopes_name_and_nothing_else(app: Flask, riverside: Practice) -> None:
    case = riverside.ana.opens_a_case()
    key = Actor(app, riverside.olga.makes_a_key("cases:read", "clients:write")["key"])
    assert key.get(f"/cases/{case['id']}")["title"] == case["title"]
    assert key.post("/clients", {"name": "Paul", "email": "paul@example.org"})["name"] == "Paul"
    refused = [
        ("GET", "/clients", None),  # writing is not reading
        ("PATCH", f"/cases/{case['id']}", {"title": "X"}),  # reading is not writing
        ("GET", "/students", None),
        ("GET", "/staff", None),
    ]
    for method, path, body in refused:
        answer = key.ask(method, path, body)
        assert (answer.status_code, answer.get_json()["type"]) == (403, "/problems/forbidden"), path


def test_a_key_never_does_what_is_for_owners_or_for_people(app: Flask, riverside: Practice) -> None:
    every = ("staff:read", "practice:read", "consultation-types:read", "availability:read", "cases:write", "messages:write")
    key = Actor(app, riverside.olga.makes_a_key(*every)["key"])
    assert key.get("/practice")["slug"] == riverside.slug
    assert [person["role"] for person in key.get("/staff")["items"]] == ["owner"]
    for method, path, body in (
        ("PATCH", "/practice", {"about": "X"}),
        ("POST", "/staff/invitations", {"email": "x@example.org", "role": "owner"}),
        ("DELETE", f"/staff/{riverside.sam.id}", None),
        ("PATCH", f"/staff/{riverside.sam.id}", {"role": "owner"}),
        ("GET", "/api-keys", None),
        ("POST", "/api-keys", {"kind": "publishable", "name": "X"}),
        ("GET", "/audit-entries", None),
        ("GET", "/me", None),
        ("POST", "/auth/logout", None),
        ("POST", "/auth/password/change", {"password": "x", "new_password": "another sentence"}),
    ):
        answer = key.ask(method, path, body)
        assert (answer.status_code, answer.get_json()["type"]) == (403, "/problems/forbidden"), path
    assert riverside.sam.is_in()


def test_what_a_key_may_name(olga: Staff) -> None:
    for said, pointer in (
        ({"kind": "secret"}, "/scopes"),
        ({"kind": "secret", "scopes": []}, "/scopes"),
        ({"kind": "secret", "scopes": ["api-keys:write"]}, "/scopes/0"),
        ({"kind": "secret", "scopes": ["*"]}, "/scopes/0"),
        ({"kind": "secret", "scopes": ["cases:read", "practice:write"]}, "/scopes/1"),
        ({"kind": "publishable", "scopes": ["cases:read"]}, "/scopes"),
        ({"kind": "other"}, "/kind"),
    ):
        answer = olga.ask("POST", "/api-keys", {"name": "X", **said})
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.get_json()["errors"]] == [pointer]


def test_only_owners_see_to_keys(riverside: Practice, lakeside: Practice) -> None:
    made = riverside.olga.makes_a_key("cases:read")
    for person in (riverside.ana, riverside.sam):
        for method, path in (("GET", ""), ("POST", ""), ("GET", f"/{made['id']}"), ("DELETE", f"/{made['id']}")):
            assert person.ask(method, f"/api-keys{path}").status_code == 403
    assert lakeside.olga.get("/api-keys")["items"] == []
    for method in ("GET", "DELETE"):
        assert lakeside.olga.ask(method, f"/api-keys/{made['id']}").status_code == 404
    assert riverside.olga.get(f"/api-keys/{made['id']}")["revoked_at"] is None


def test_a_key_opens_its_own_practice_and_no_other(app: Flask, riverside: Practice, lakeside: Practice) -> None:
    case = riverside.ana.opens_a_case()
    theirs = Actor(app, lakeside.olga.makes_a_key("cases:read", "cases:write")["key"])
    assert theirs.get("/cases")["items"] == []
    unknown = "0192f0c1-2345-7abc-8def-0123456789ab"
    answers = [theirs.ask("GET", f"/cases/{one}", X_Request_ID="one-for-both") for one in (case["id"], unknown)]
    assert answers[0].status_code == 404
    assert answers[0].data == answers[1].data
    website = riverside.olga.makes_a_key(kind="publishable")["key"]
    answer = Actor(app, website).ask("GET", f"/public/{lakeside.slug}")
    assert (answer.status_code, answer.get_json()["type"]) == (401, "/problems/unauthenticated")


def test_a_revoked_key_is_dead_at_once_and_stays_in_the_list(app: Flask, riverside: Practice) -> None:
    made, site = riverside.olga.makes_a_key("cases:read"), riverside.olga.makes_a_key(kind="publishable")
    server, website = Actor(app, made["key"]), Actor(app, site["key"])
    public = f"/public/{riverside.slug}"
    assert (server.ask("GET", "/cases").status_code, website.ask("GET", public).status_code) == (200, 200)
    for key in (made, site):
        riverside.olga.delete(f"/api-keys/{key['id']}")
        riverside.olga.delete(f"/api-keys/{key['id']}")  # twice is once
    for answer in (server.ask("GET", "/cases"), website.ask("GET", public)):
        assert (answer.status_code, answer.get_json()["type"]) == (401, "/problems/token-revoked")
    assert [bool(row["revoked_at"]) for row in riverside.olga.get("/api-keys")["items"]] == [True, True]
    assert Actor(app).ask("GET", public).status_code == 200


@pytest.mark.parametrize("leaves", ["is removed", "becomes an advocate"])
def test_keys_die_with_the_ownership_of_who_made_them(app: Flask, riverside: Practice, leaves: str) -> None:
    zoe = riverside.takes_on(f"zoe@{riverside.slug}.example", "owner")
    hers, olgas = Actor(app, zoe.makes_a_key("cases:read")["key"]), Actor(app, riverside.olga.makes_a_key("cases:read")["key"])
    assert hers.ask("GET", "/cases").status_code == 200
    if leaves == "is removed":
        riverside.olga.delete(f"/staff/{zoe.id}")
    else:
        riverside.olga.patch(f"/staff/{zoe.id}", {"role": "advocate"})
    assert (hers.ask("GET", "/cases").status_code, olgas.ask("GET", "/cases").status_code) == (401, 200)
    if leaves == "is removed":
        # Coming back does not bring back the keys of then.
        riverside.takes_on(zoe.email, "owner")
        assert hers.ask("GET", "/cases").status_code == 401


# On the website.


def test_a_publishable_key_does_what_a_visitor_may_from_the_websites_of_the_practice(app: Flask, riverside: Practice) -> None:
    riverside.olga.patch("/practice", {"allowed_origins": [WEBSITE]})
    riverside.olga.opens_consultations()
    website = Actor(app, riverside.olga.makes_a_key(kind="publishable")["key"])
    public = f"/public/{riverside.slug}"
    answer = website.ask("GET", public, Origin=WEBSITE)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, WEBSITE)
    assert website.ask("GET", public).status_code == 200, "no browser, no origin"
    said = {"consultation_type": "free-consultation", "starts_at": "2026-10-06T16:00:00Z", "timezone": "UTC"}
    booked = website.post(f"{public}/bookings", {**said, "name": "Petra", "email": "petra@example.org"}, Origin=WEBSITE)
    assert booked["state"] == "confirmed"
    for origin in ("https://www.lakeside.example", f"{WEBSITE}.evil.example", WEBSITE.upper(), "null", f"{WEBSITE}:443"):
        answer = website.ask("GET", public, Origin=origin)
        assert (answer.status_code, answer.get_json()["type"]) == (403, "/problems/forbidden")
        assert "Access-Control-Allow-Origin" not in answer.headers
    for method, path in (("GET", "/cases"), ("GET", "/bookings"), ("GET", "/practice"), ("POST", "/clients"), ("GET", "/me")):
        assert website.ask(method, path, {} if method == "POST" else None).status_code == 403
    [entry] = [entry for entry in riverside.olga.entries(resource="bookings") if entry["action"] == "create"]
    assert (entry["actor"], entry["api_key_id"]) == ("visitor", riverside.olga.get("/api-keys")["items"][0]["id"])


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_a_secret_key_has_no_place_on_a_website(app: Flask, riverside: Practice, scheme: str) -> None:
    key = riverside.olga.makes_a_key("cases:read")["key"]
    for headers in ({}, {"Origin": WEBSITE}):
        answer = Actor(app).ask("GET", f"/public/{riverside.slug}", Authorization=f"{scheme} {key}", **headers)
        assert (answer.status_code, answer.get_json()["type"]) == (403, "/problems/forbidden")


def test_a_key_is_taken_from_the_header_and_from_nowhere_else(app: Flask, riverside: Practice) -> None:
    key = riverside.olga.makes_a_key("cases:read")["key"]
    somebody = Actor(app)
    for name in ("key", "api_key", "access_token", "authorization"):
        assert somebody.ask("GET", f"/cases?{name}={key}").status_code == 401
        assert Actor(app, riverside.ana.token).ask("GET", f"/cases?{name}={key}").status_code == 422
    assert somebody.ask("GET", "/cases", X_API_Key=key).status_code == 401
    assert somebody.ask("GET", "/cases", Authorization=f"Basic {key}").status_code == 401
    assert somebody.ask("GET", "/cases", Cookie=f"key={key}").status_code == 401


def test_what_looks_like_a_key_and_is_none_is_refused(app: Flask, riverside: Practice) -> None:
    key = riverside.olga.makes_a_key("cases:read")["key"]
    other = key[:-1] + ("A" if key[-1] != "A" else "B")
    for forged in ("ft_", "ft_sk_", "ft_xk_" + key[6:], key[:-4], key + "A", key.lower(), "ft_pk_" + key[6:], other, "ft_sk_é"):
        for path in ("/cases", f"/public/{riverside.slug}"):
            assert Actor(app).ask("GET", path, Authorization=f"Bearer {forged}").status_code == 401, forged


# Its use.


def test_when_it_was_used_last_is_shown_to_the_minute(app: Flask, riverside: Practice, clock: Clock) -> None:
    made = riverside.olga.makes_a_key("cases:read")
    key, path = Actor(app, made["key"]), f"/api-keys/{made['id']}"

    def last_used() -> datetime:
        return datetime.fromisoformat(riverside.olga.get(path)["last_used_at"])

    begun = clock.at
    # What was refused, or failed, was a use too: it may be a thief who tries.
    assert key.ask("GET", "/cases/0192f0c1-2345-7abc-8def-0123456789ab").status_code == 404
    assert last_used() == begun
    clock.move(seconds=59)
    key.get("/cases")
    assert last_used() == begun
    clock.move(seconds=2)
    key.get("/cases")
    assert last_used() == begun + timedelta(seconds=61)
    tag = riverside.olga.ask("GET", path).headers["ETag"]
    clock.move(minutes=5)
    key.get("/cases")
    assert riverside.olga.ask("GET", path).headers["ETag"] == tag, "being used is no change"
    assert {entry["action"] for entry in riverside.olga.entries(row_id=made["id"])} == {"create"}


def test_requests_of_one_key_are_counted(app: Flask, riverside: Practice) -> None:
    few = started_anew(app, key_requests_a_minute=5)
    one, other = (Actor(few, riverside.olga.makes_a_key("cases:read")["key"]) for _ in range(2))
    assert [one.ask("GET", "/cases").status_code for _ in range(6)] == [200] * 5 + [429]
    refused = one.ask("GET", "/cases")
    assert refused.get_json()["type"] == "/problems/rate-limited"
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert Actor(few, one.token).ask("GET", "/cases").status_code == 429, "from wherever it comes"
    assert other.ask("GET", "/cases").status_code == 200
    assert Actor(few, riverside.olga.token).ask("GET", "/cases").status_code == 200


def test_a_key_outlives_a_change_of_the_secret(app: Flask, riverside: Practice) -> None:
    made = riverside.olga.makes_a_key("cases:read")
    assert Actor(started_anew(app, secret_keys=[NEXT]), made["key"]).ask("GET", "/cases").status_code == 200
