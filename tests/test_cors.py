"""Which websites see an answer: those that the practice named, to the letter; on public paths alone."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import Actor, Practice, started_anew

WEBSITE, SHOP = "https://www.riverside.example", "https://riverside.example:8443"
ALMOST = [
    "https://www.riverside.example.evil.example",
    "https://evil-www.riverside.example",
    "https://riverside.example",
    "https://WWW.riverside.example",
    "https://www.riverside.example/",
    "https://www.riverside.example:443",
    "https://www.riverside.example:8443",
    "http://www.riverside.example",
    "https://www.riverside.example https://evil.example",
    "null",
    "*",
    "",
]

TOO_DEEP: Any = {}
for _ in range(40):
    TOO_DEEP = {"deeper": TOO_DEEP}


@pytest.fixture
def public(riverside: Practice) -> str:
    riverside.olga.patch("/practice", {"allowed_origins": [WEBSITE, SHOP]})
    riverside.olga.opens_consultations()
    return f"/public/{riverside.slug}"


def test_the_websites_of_the_practice_see_the_answer(app: Flask, public: str) -> None:
    for origin in (WEBSITE, SHOP):
        answer = Actor(app).ask("GET", public, Origin=origin)
        assert answer.status_code == 200
        assert answer.headers.getlist("Access-Control-Allow-Origin") == [origin]
        assert {"Retry-After", "ETag", "X-Request-ID"} <= set(answer.headers["Access-Control-Expose-Headers"].split(", "))
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        says_nothing_of_credentials(answer)


@pytest.mark.parametrize("origin", ALMOST)
def test_what_only_looks_like_one_does_not(app: Flask, public: str, origin: str) -> None:
    for method in ("GET", "OPTIONS"):
        answer = Actor(app).ask(method, public, Origin=origin, Access_Control_Request_Method="GET")
        assert_is_closed(answer)
        assert "Origin" in answer.headers["Vary"]


def test_the_answer_varies_with_the_website_even_when_none_is_named(app: Flask, public: str, riverside: Practice) -> None:
    """Otherwise a cache would hand what one website may see to another."""
    token = riverside.visitor().books("2026-10-06T16:00:00Z")["manage_url"].rpartition("/")[2]
    for path in (
        public,
        f"{public}/consultation-types",
        f"/public/bookings/{token}",
        "/public/bookings/unknown",
        "/public/nowhere",
    ):
        answer = Actor(app).ask("GET", path)
        assert "Origin" in answer.headers["Vary"], path
        assert_is_closed(answer)


def test_a_browser_asks_first(app: Flask, public: str, riverside: Practice, lakeside: Practice) -> None:
    token = riverside.visitor().books("2026-10-06T16:00:00Z")["manage_url"].rpartition("/")[2]
    lakeside.olga.patch("/practice", {"allowed_origins": ["https://www.lakeside.example"]})
    for path in (f"{public}/bookings", f"/public/bookings/{token}/cancel"):
        asked = preflight(app, path, WEBSITE)
        assert (asked.status_code, asked.data) == (204, b"")
        assert asked.headers["Access-Control-Allow-Origin"] == WEBSITE
        assert {"GET", "POST"} <= set(asked.headers["Access-Control-Allow-Methods"].split(", "))
        allowed = asked.headers["Access-Control-Allow-Headers"].lower().split(", ")
        assert {"content-type", "authorization", "idempotency-key"} <= set(allowed)
        assert int(asked.headers["Access-Control-Max-Age"]) <= 7200
        says_nothing_of_credentials(asked)
        for other in ("https://www.lakeside.example", "null"):
            refused = preflight(app, path, other)
            assert_is_closed(refused)
            assert "Access-Control-Allow-Methods" not in refused.headers
    assert_is_closed(preflight(app, "/public/nowhere/bookings", WEBSITE))
    assert_is_closed(preflight(app, "/public/bookings/unknown/cancel", WEBSITE))


def test_what_goes_wrong_is_seen_by_the_website_too(app: Flask, public: str, riverside: Practice) -> None:
    """Without the headers a browser would tell the page nothing but that something failed."""
    petra = riverside.visitor()
    token = petra.books("2026-10-06T16:00:00Z")["manage_url"].rpartition("/")[2]
    here = started_anew(app, key_requests_a_minute=1)
    key = riverside.olga.makes_a_key(kind="publishable")["key"]
    Actor(here, key).ask("GET", public)
    gone = {"consultation_type": "free-consultation", "starts_at": "2026-10-06T16:00:00Z", "timezone": "UTC"}
    answers = {
        422: petra.ask("POST", f"{public}/bookings", {"nonsense": 1}, Origin=WEBSITE),
        404: petra.ask(
            "GET",
            f"{public}/slots?consultation_type=none&from=2026-10-06T00:00:00Z&to=2026-10-07T00:00:00Z&timezone=UTC",
            Origin=WEBSITE,
        ),
        409: petra.ask("POST", f"{public}/bookings", {**gone, "name": "Paul", "email": "paul@example.org"}, Origin=WEBSITE),
        400: petra.ask("POST", f"{public}/bookings", TOO_DEEP, Origin=WEBSITE),
        429: Actor(here, key).ask("GET", public, Origin=WEBSITE),
    }
    for status, answer in answers.items():
        assert_is_open(answer, status)
    # Behind a link the same: whatever is wrong with the request, and at whatever moment that is found.
    link = f"/public/bookings/{token}"
    assert_is_open(petra.ask("GET", link, Origin=WEBSITE), 200)
    assert_is_open(petra.ask("GET", f"{link}?nonsense=1", Origin=WEBSITE), 422)
    assert_is_open(petra.ask("POST", f"{link}/cancel", {"nonsense": 1}, Origin=WEBSITE), 422)
    assert_is_open(petra.ask("POST", f"{link}/cancel", TOO_DEEP, Origin=WEBSITE), 400)
    assert_is_open(petra.ask("GET", f"{link[:-4]}AAAA", Origin=WEBSITE), 404)


def test_a_link_is_for_the_websites_of_its_own_practice(
    app: Flask, public: str, riverside: Practice, lakeside: Practice
) -> None:
    lakeside.olga.patch("/practice", {"allowed_origins": ["https://www.lakeside.example"]})
    token = riverside.visitor().books("2026-10-06T16:00:00Z")["manage_url"].rpartition("/")[2]
    assert_is_open(Actor(app).ask("GET", f"/public/bookings/{token}", Origin=WEBSITE), 200)
    assert_is_closed(Actor(app).ask("GET", f"/public/bookings/{token}", Origin="https://www.lakeside.example"))
    assert_is_closed(Actor(app).ask("GET", f"/public/{lakeside.slug}", Origin=WEBSITE))


def test_what_is_for_staff_is_open_to_no_website(app: Flask, public: str, riverside: Practice) -> None:
    for method, path in (
        ("GET", "/cases"),
        ("GET", "/me"),
        ("POST", "/auth/login"),
        ("POST", "/auth/register"),
        ("GET", "/practice"),
    ):
        for asked in (method, "OPTIONS"):
            answer = riverside.olga.ask(asked, path, {} if asked == "POST" else None, Origin=WEBSITE)
            assert "Access-Control" not in str(answer.headers)
    for page in ("/", "/docs", "/bookings/x", "/health", "/nowhere"):
        assert "Access-Control-Allow-Origin" not in Actor(app).opens(page, Origin=WEBSITE).headers


def test_what_an_owner_may_name(riverside: Practice) -> None:
    olga = riverside.olga
    for origin in [
        *ALMOST[3:6],
        *ALMOST[7:],
        "https://",
        "https://user@riverside.example",
        "https://a.example/b",
        "ftp://a.example",
        "https://*.a.example",
    ]:
        if origin in ("https://www.riverside.example:443", "https://www.riverside.example:8443"):
            continue
        answer = olga.ask("PATCH", "/practice", {"allowed_origins": [origin]})
        assert answer.status_code == 422, origin
    assert olga.patch("/practice", {"allowed_origins": [WEBSITE, "http://localhost:3000"]})["allowed_origins"] == [
        WEBSITE,
        "http://localhost:3000",
    ]
    assert olga.patch("/practice", {"allowed_origins": []})["allowed_origins"] == []
    assert_is_closed(riverside.visitor().ask("GET", f"/public/{riverside.slug}", Origin=WEBSITE))


def preflight(app: Flask, path: str, origin: str) -> TestResponse:
    asked: dict[str, Any] = {"Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "content-type"}
    return Actor(app).ask("OPTIONS", path, Origin=origin, **asked)


def assert_is_open(answer: TestResponse, status: int) -> None:
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.headers.get("Access-Control-Allow-Origin") == WEBSITE, answer.get_data(as_text=True)
    assert "Origin" in answer.headers["Vary"]
    says_nothing_of_credentials(answer)


def assert_is_closed(answer: TestResponse) -> None:
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    says_nothing_of_credentials(answer)


def says_nothing_of_credentials(answer: TestResponse) -> None:
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Set-Cookie" not in answer.headers
