"""What every answer says to browsers, page or not, good or bad: it is one list, and every address is walked."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Flask

from api.headers import ALWAYS, API, HTTPS, PAGES
from tests.cast import Actor, Practice, Staff, started_anew


def test_every_page_carries_the_headers_of_pages(app: Flask, tmp_path: Path) -> None:
    """Those of the demo too, and those that are not there."""
    there = started_anew(app, kept_mail=str(tmp_path), demo_slug="nowhere", metrics_token="m" * 32)
    walked = [*addresses(there, lambda path: not path.startswith("/api/")), "/nowhere", "/password/", "/static/nowhere.js"]
    assert len(walked) > 12
    for path in walked:
        answer = Actor(there).opens(path)
        said = {**ALWAYS, **PAGES, **HTTPS}
        if path.startswith("/static/") and answer.status_code == 200:
            said["Cache-Control"] = "public, max-age=300"
        if path == "/embed.js":
            said |= {"Cache-Control": "public, max-age=300", "Cross-Origin-Resource-Policy": "cross-origin"}
        assert {name: answer.headers.get(name) for name in said} == said, path
        assert answer.headers["X-Request-ID"]
        assert "Set-Cookie" not in answer.headers


def test_every_answer_of_the_api_carries_its_own(app: Flask, olga: Staff) -> None:
    walked = addresses(app, lambda path: path.startswith("/api/"))
    count = 0
    for path in [*walked, "/api/v1/nowhere"]:
        for who in (Actor(app), olga):
            answer = who.ask("GET", path.removeprefix("/api/v1"))
            said = {**ALWAYS, **API, **HTTPS}
            if path == "/api/v1/openapi.json":
                said.pop("Cache-Control", None)
            assert {name: answer.headers.get(name) for name in said} == said, path
            assert answer.mimetype in ("application/json", "application/problem+json", "text/calendar")
            count += 1
    assert count > 60


def test_what_the_list_says(app: Flask) -> None:
    """The wishes of OWASP, word by word: so that a change of the list is seen here."""
    page, answer = Actor(app).opens("/docs").headers, Actor(app).ask("GET", "/me").headers
    for headers in (page, answer):
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_https_is_asked_for_where_people_come_by_https(app: Flask) -> None:
    plain = started_anew(app, base_url="http://practice.example")
    for path in ("/", "/api/v1/me", "/nowhere"):
        assert "Strict-Transport-Security" not in Actor(plain).opens(path).headers
        assert "Strict-Transport-Security" in Actor(app).opens(path).headers


def test_no_page_holds_a_script_or_a_style_of_its_own(app: Flask, riverside: Practice) -> None:
    """The policy lets none run; a page that needs one would be broken."""
    there = started_anew(app, demo_slug=riverside.slug)
    riverside.olga.opens_consultations()
    link = riverside.visitor().books("2026-10-06T17:00:00Z")["manage_url"].removeprefix("https://practice.example")
    own = [f"/{page}/{riverside.slug}" for page in ("book", "contact", "wording")]
    of_visitors = (*own, f"{link}?move=1", "/bookings/x", "/demo")
    for path in ("/", "/docs", "/problems", "/invitations/x", "/password/x", *of_visitors):
        html = Actor(there).opens(path).get_data(as_text=True)
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|javascript:", html), path
        for source in re.findall(r'(?:src|href)="([^"]*)"', html):
            assert source.startswith(("/", "#", "mailto:", "https://")), source
        loaded = re.findall(r'<(?:script|img|link(?! rel="alternate"))[^>]*(?:src|href)="([^"]*)"', html)
        assert all(source.startswith("/static/") or source == "/embed.js" for source in loaded), path


def addresses(app: Flask, wanted: Callable[[str], bool]) -> list[str]:
    """Every address that answers a GET; what stands in its path is nothing in particular."""

    def made() -> Iterator[str]:
        for rule in app.url_map.iter_rules():
            path = re.sub(r"<uuid:\w+>", "0192f0c1-2345-7abc-8def-0123456789ab", str(rule))
            path = re.sub(r"<path:name>", "base.css", re.sub(r"<\w+>", "conflict", path))
            if "GET" in (rule.methods or ()) and wanted(path):
                yield path

    return sorted(set(made()))
