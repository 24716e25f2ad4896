"""The wording of a statement: for staff, for visitors, with the practice's own terms; and nothing of it is kept."""

import logging
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from commands import embedded
from models.everything import METADATA
from tests.cast import Actor, Practice, started_anew

STATEMENT = "Sasha may use a reader for tests as needed."
ELEMENTS = {"who", "what", "where", "when", "how", "why"}
TERM = {"term": "while the grant lasts", "category": "conditional"}


def checks(by: Actor, practice: Practice, text: str, **more: Any) -> Any:
    """What staff hear, or what a visitor hears who has no token."""
    path = "/wording-checks" if by.token else f"/public/{practice.slug}/wording-checks"
    return by.ask(
        "POST", path, {"text": text, **{name: said for name, said in more.items() if name.islower()}}, **headers(more)
    )


def headers(more: dict[str, Any]) -> dict[str, str]:
    return {name: said for name, said in more.items() if not name.islower()}


def found(by: Actor, practice: Practice, text: str, **more: Any) -> dict[str, str]:
    answer = checks(by, practice, text, **more)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return {finding["term"]: finding["category"] for finding in answer.get_json()["findings"]}


def test_staff_and_visitors_hear_the_same(riverside: Practice) -> None:
    heard = [checks(by, riverside, STATEMENT, kind="accommodation") for by in (riverside.sam, riverside.visitor())]
    assert [answer.status_code for answer in heard] == [200, 200]
    wording = heard[0].get_json()
    assert wording == heard[1].get_json()
    assert {finding["term"]: finding["category"] for finding in wording["findings"]} == {
        "may use": "permissive",
        "as needed": "conditional",
    }
    for finding in wording["findings"]:
        assert STATEMENT[finding["start"] : finding["end"]] == finding["term"]
        assert finding["why"].strip().endswith(".")
        assert finding["question"].strip().endswith("?")
    assert set(wording["elements"]) == ELEMENTS
    assert 0 <= wording["score"] < 100
    assert "[" in wording["rewrite"], "what nobody said is a blank"


def test_places_count_code_points(riverside: Practice) -> None:
    text = "👩‍🏫 “Naïve” Sasha may use a reader as needed."
    for finding in checks(riverside.visitor(), riverside, text).get_json()["findings"]:
        assert text[finding["start"] : finding["end"]] == finding["term"]


def test_the_terms_of_a_practice_are_found_for_it_and_its_visitors_alone(riverside: Practice, lakeside: Practice) -> None:
    text = "The SLP meets Sasha while the grant lasts."
    said = {**TERM, "why": "Grants end.", "question": "Who pays when it ends?"}
    assert TERM["term"] not in found(riverside.ana, riverside, text)
    riverside.olga.patch("/practice", {"wording_terms": [said]})
    for by in (riverside.ana, riverside.sam, riverside.visitor()):
        findings = checks(by, riverside, text).get_json()["findings"]
        assert {name: next(f for f in findings if f["term"] == TERM["term"])[name] for name in said} == said
    for by in (lakeside.ana, lakeside.visitor()):
        assert TERM["term"] not in found(by, lakeside, text)
    [provision] = riverside.ana.provisions_of(riverside.ana.drafts_an_iep(riverside.ana.opens_a_case(), text))
    assert TERM["term"] in [finding["term"] for finding in provision["wording"]["findings"]]
    riverside.olga.patch("/practice", {"wording_terms": []})
    assert TERM["term"] not in found(riverside.ana, riverside, text), "it holds from the next check on"


def test_a_term_without_its_own_words_still_says_why_and_what_to_ask(riverside: Practice) -> None:
    riverside.olga.patch("/practice", {"wording_terms": [TERM]})
    [finding] = [
        finding
        for finding in checks(riverside.ana, riverside, "Speech while the Grant lasts.").get_json()["findings"]
        if finding["term"].lower() == TERM["term"]
    ]
    assert finding["why"].strip()
    assert finding["question"].strip().endswith("?")


def test_own_terms_are_settings_of_owners_and_have_bounds(riverside: Practice) -> None:
    assert riverside.ana.ask("PATCH", "/practice", {"wording_terms": [TERM]}).status_code == 403
    many = [{**TERM, "term": f"term {number}"} for number in range(101)]
    for wrong in ([{**TERM, "category": "rude"}], [{**TERM, "term": " "}], [{**TERM, "term": "x" * 101}], [TERM, TERM], many):
        assert riverside.olga.ask("PATCH", "/practice", {"wording_terms": wrong}).status_code == 422
    assert riverside.olga.get("/practice")["wording_terms"] == []


def test_a_statement_in_another_language_is_refused_politely(riverside: Practice) -> None:
    for by in (riverside.ana, riverside.visitor()):
        answer = checks(by, riverside, "El maestro le lee los exámenes al niño cuando lo necesita para que los entienda.")
        assert answer.status_code == 422
        problem = answer.get_json()
        assert problem["type"] == "/problems/validation"
        assert problem["language"] == "es"
        assert [error["pointer"] for error in problem["errors"]] == ["/text"]


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"text": "a " * 5001}, "/text"),
        ({"text": " \n "}, "/text"),
        ({"kind": "goal"}, "/text"),
        ({"text": 7}, "/text"),
        ({"text": STATEMENT, "kind": "wish"}, "/kind"),
        ({"text": STATEMENT, "case_id": "x"}, "/case_id"),
    ],
)
def test_what_is_no_statement_is_refused(riverside: Practice, said: dict[str, Any], pointer: str) -> None:
    for by, path in ((riverside.ana, "/wording-checks"), (riverside.visitor(), f"/public/{riverside.slug}/wording-checks")):
        answer = by.ask("POST", path, said)
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.get_json()["errors"]] == [pointer]


def test_a_long_statement_is_weighed_to_its_end(riverside: Practice) -> None:
    text = "The aide reads tests aloud. " * 355 + "Sasha may use a reader."
    assert len(text) <= 10_000
    assert found(riverside.visitor(), riverside, text) == {"may use": "permissive"}


def test_visitors_are_counted_by_where_they_come_from(riverside: Practice) -> None:
    there = started_anew(riverside.app, posts_a_minute=3)
    visitor = Actor(there)
    said = [checks(visitor, riverside, STATEMENT) for _ in range(4)]
    assert [answer.status_code for answer in said] == [200, 200, 200, 429]
    assert 1 <= int(said[-1].headers["Retry-After"]) <= 61
    assert checks(Actor(there), riverside, STATEMENT).status_code == 200, "somebody elsewhere is not told to wait"


def test_a_key_that_may_read_may_ask(riverside: Practice) -> None:
    def with_scope(scope: str) -> Actor:
        made = riverside.olga.post("/api-keys", {"kind": "secret", "name": "Server", "scopes": [scope]})
        return Actor(riverside.app, made["key"])

    assert found(with_scope("wording-checks:read"), riverside, STATEMENT) != {}
    assert checks(with_scope("provisions:write"), riverside, STATEMENT).status_code == 403
    assert Actor(riverside.app).ask("POST", "/wording-checks", {"text": STATEMENT}).status_code == 401


# Nothing is kept.


@pytest.fixture
def whole(server: embedded.Embedded, database_name: str) -> Iterator[psycopg.Connection]:
    """The database, without row security."""
    with psycopg.connect(server.url("postgres", database_name), autocommit=True) as connection:
        yield connection


@pytest.fixture
def holding(whole: psycopg.Connection) -> Callable[[str], list[str]]:
    """In which tables some text stands, as text or as bytes."""

    def tables(text: str) -> list[str]:
        told = psycopg.sql.SQL("select count(*) from {} t where t::text ilike any(%s)")
        patterns = [f"%{text}%", f"%{text.encode().hex()}%"]
        counts = {
            name: whole.execute(told.format(psycopg.sql.Identifier(name)), [patterns]).fetchall()[0][0]
            for name in METADATA.tables
        }
        return sorted(name for name, count in counts.items() if count)

    return tables


def test_of_what_is_checked_nothing_is_kept(
    riverside: Practice, holding: Callable[[str], list[str]], whole: psycopg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    """Red without `keeps_answers` in `api.door.Door._transact`: the answer would be kept for the key."""
    mark = f"Zebrawren{secrets.token_hex(4)}"
    riverside.ana.adds_a_client(name=f"{mark} is in the database")
    assert holding(f"{mark} is") == ["clients"], "what is kept is found"
    text, spanish = f"{mark}ling may use a reader as needed.", f"El maestro le lee los exámenes al niño {mark}ling para él."
    numbers = "select count(*) from audit_entries", "select count(*) from idempotency_keys"
    before = [whole.execute(number).fetchall() for number in numbers]
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    for by in (riverside.ana, riverside.visitor()):
        assert "may use" in found(by, riverside, text, Idempotency_Key="a key for one check, and for another")
        other = checks(by, riverside, f"{text} Again.", Idempotency_Key="a key for one check, and for another")
        assert (other.status_code, "Idempotency-Replayed" in other.headers) == (200, False), "the key means nothing here"
        assert other.headers["Cache-Control"] == "no-store"
        assert checks(by, riverside, spanish).status_code == 422
        assert checks(by, riverside, f"{mark}ling" * 1000).status_code == 422
        assert checks(by, riverside, text, kind=f"{mark}ling").status_code == 422
    assert caplog.records != []
    assert [record for record in caplog.records if mark.lower() in str(vars(record)).lower()] == []
    assert [whole.execute(number).fetchall() for number in numbers] == before
    assert holding(f"{mark}ling") == []
