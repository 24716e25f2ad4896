"""No GET changes anything: mail scanners open links, browsers fetch ahead. What acts is a POST.

And who reads the database can follow no link: of its token, only a hash is kept.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from psycopg import sql

from models.everything import METADATA
from tests.cast import Actor, Practice, started_anew, text_of
from tests.contracts.acts import READS, act
from tests.contracts.everything import Life, copy_token, one_of_everything, packet_token, statement_token
from tests.promises.conftest import Admin
from tests.promises.digests import changed, digest, tables

OURS = {name for name, table in METADATA.tables.items() if "tenant_id" in table.columns}
# What went out last; before it lies the mail of all other tests.
MAILS_OF_A_LIFE = 200
LINK = re.compile(r"https://practice\.example/(bookings|invitations|password|copies)/([\w-]+)")


@pytest.fixture
def life(riverside: Practice) -> Life:
    """A whole life, and one link of each kind that waits to be opened."""
    found = one_of_everything(riverside, "Plover")
    Actor(riverside.app).post("/auth/password/forgot", {"email": riverside.ana.email})
    riverside.works()
    return found


def links_of(practice: Practice) -> dict[str, set[str]]:
    """The tokens that stand in the mails of the practice, by the page that they open."""
    found: dict[str, set[str]] = {"bookings": set(), "invitations": set(), "password": set(), "copies": set()}
    for mail in practice.sink.mails[-MAILS_OF_A_LIFE:]:
        for page, token in LINK.findall(text_of(mail)):
            found[page].add(token)
    return found


def pages(app: Flask, life: Life) -> Iterator[str]:
    """Every address that answers a GET and is none of the document."""
    links = links_of(life.practice)
    values = {
        "bookings": [life.token, f"{life.token}?move=1"],
        "book": [life.practice.slug],
        "contact": [life.practice.slug],
        "wording": [life.practice.slug],
        "invitations": sorted(links["invitations"]),
        "calendar": [life.rows["calendar_feed"]["url"].rpartition("/")[2].removesuffix(".ics")],
        "password": sorted(links["password"]),
        "copies": [copy_token(life.practice, life.rows["iep_copy"])],
        "statements": [statement_token(life.practice, life.rows["statement"])],
        "packets": [packet_token(life.practice, life.rows["packet_share"])],
        "problems": ["not-found"],
        "static": ["invitation.js"],
        "embed": ["slots.js"],
        "dev": ["nothing"],
    }
    for rule in app.url_map.iter_rules():
        is_page = "GET" in (rule.methods or ()) and (not rule.rule.startswith("/api/v1/") or rule.rule.endswith(".json"))
        if is_page and "<" not in rule.rule:
            yield rule.rule
        elif is_page:
            for value in values[rule.rule.split("/")[1]]:
                yield re.sub("<.*?>", value, rule.rule)


def test_no_read_of_the_document_and_no_page_changes_a_row(life: Life, admin: Admin, tmp_path: Path) -> None:
    """But for who looked, which is all that reading leaves.

    Red with what `cancel_managed_booking` does in `api.public.show_managed_booking`; of the tables, without the `only_reads` of
    `api.verbs` too: what only reads cannot write, whatever its view does.
    """
    practice = life.practice
    app = started_anew(practice.app, demo_slug=practice.slug, kept_mail=str(tmp_path))
    visitor = Actor(app)
    opened = sorted(set(pages(app, life)))
    assert {page.split("/")[1] for page in opened} >= {
        "bookings",
        "invitations",
        "password",
        "copies",
        "statements",
        "packets",
        "docs",
        "problems",
        "health",
        "demo",
    }
    before = digest(admin)
    seen: list[tuple[str, str, int]] = []
    for name in READS:
        read = act(name, life)
        for method in ("GET", "HEAD"):
            seen.append((method, read.path, read.by.ask(method, read.path).status_code))
    assert [told for told in seen if told[2] != 200] == []
    for page in opened:
        visitor.opens(page)
        visitor._client.head(page, base_url="https://practice.example").close()
    assert changed(before, digest(admin)) == ["access_entries"]
    assert visitor.ask("GET", f"/public/bookings/{life.token}").get_json()["state"] == "confirmed"


def test_a_read_by_a_key_keeps_when_the_key_was_used_and_nothing_else(life: Life, admin: Admin) -> None:
    """The one exception besides who looked, named here."""

    def keys() -> list[Any]:
        rows = admin.execute("select to_jsonb(k) - 'last_used_at' as key from api_keys k order by id").fetchall()
        return [row["key"] for row in rows]

    life.practice.clock.move(days=1)
    before, keys_before = digest(admin), keys()
    by_key = Actor(life.practice.app, life.rows["api_key"]["key"])
    for path in ("/cases", f"/cases/{life.ids['case_id']}", "/clients", "/reminders"):
        assert by_key.ask("GET", path).status_code == 200
    assert changed(before, digest(admin)) == ["access_entries", "api_keys"]
    assert keys() == keys_before


def test_no_link_can_be_read_from_the_database(life: Life, admin: Admin) -> None:
    """Red with `token.encode()` alone in `models.link.hash_of`."""
    links = links_of(life.practice)
    assert all(links.values()), "a link of each kind was mailed"
    tokens = [token for kind in links.values() for token in kind]
    written = [form for token in tokens for form in (token, token.encode().hex())]
    practice_id = life.practice.olga.get("/practice")["id"]
    for table in tables(admin):
        ours = "t.tenant_id = %(practice)s and" if table in OURS else ""
        holds = sql.SQL(
            f"select count(*) as many from {{}} t where {ours} exists"
            " (select from unnest(%(written)s::text[]) w where strpos(t::text, w) > 0)"
        )
        said = {"practice": practice_id, "written": written}
        found = admin.execute(holds.format(sql.Identifier(table)), said).fetchone()
        assert found == {"many": 0}, table
