"""Who did what: every change of the practice's rows, by whom, from where; and nobody rewrites it."""

import re
from collections.abc import Mapping
from typing import Any

import psycopg
import pytest
from flask import Flask

from tests.cast import PASSWORD, Actor, Practice, Staff
from tests.conftest import Clock


def test_an_entry_says_who_when_from_where_and_which_fields(app: Flask, riverside: Practice, clock: Clock) -> None:
    ana, begun = riverside.ana, clock.at
    client = ana.adds_a_client(phone="+1 503 555 0142")
    clock.move(minutes=3)
    answer = ana.ask("PATCH", f"/clients/{client['id']}", {"name": "Petra Pavlova", "notes": "Calls at noon."})
    changed, made = riverside.olga.entries(row_id=client["id"])
    mine = next(row["id"] for row in ana.get("/auth/sign-ins")["items"] if row["is_this_one"])
    for entry in (changed, made):
        assert {name: entry[name] for name in ("actor", "staff_id", "sign_in_id", "api_key_id", "resource")} == {
            "actor": "staff",
            "staff_id": ana.id,
            "sign_in_id": mine,
            "api_key_id": None,
            "resource": "clients",
        }
    assert (made["action"], made["fields"]) == ("create", ["email", "name", "phone"])
    assert (changed["action"], changed["fields"]) == ("update", ["name", "notes"])
    assert (made["at"], changed["at"]) == (as_said(begun), as_said(clock.at))
    assert changed["request_id"] == answer.headers["X-Request-ID"]
    assert changed["sequence"] > made["sequence"]


def test_what_changes_nothing_leaves_no_entry(riverside: Practice, sam: Staff) -> None:
    case = riverside.ana.opens_a_case()
    before = riverside.olga.entries()
    riverside.ana.patch(f"/cases/{case['id']}", {"title": case["title"]})
    assert riverside.ana.ask("PATCH", f"/cases/{case['id']}", {"title": ""}).status_code == 422
    assert sam.ask("PATCH", "/practice", {"about": "X"}).status_code == 403
    for path in ("/cases", f"/cases/{case['id']}", f"/cases/{case['id']}/timeline", "/practice"):
        riverside.ana.get(path)
    assert riverside.olga.entries() == before


def test_a_request_sent_again_under_its_key_leaves_one_entry(riverside: Practice) -> None:
    said = {"name": "Petra", "email": "petra@example.org"}
    first, again = (riverside.ana.post("/clients", said, Idempotency_Key="one client and not two") for _ in range(2))
    assert first == again
    assert len(riverside.olga.entries(resource="clients")) == 1


def test_everybody_who_changes_something_has_a_name(app: Flask, riverside: Practice, clock: Clock) -> None:
    olga, slug = riverside.olga, riverside.slug
    [founded] = olga.entries(resource="practices")
    assert (founded["actor"], founded["action"]) == ("founder", "create")

    olga.opens_consultations()
    booked = riverside.visitor().ask(
        "POST",
        f"/public/{slug}/bookings",
        {"consultation_type": "free-consultation", "starts_at": "2026-10-06T16:00:00Z", "timezone": "UTC", **PETRA},
        X_Request_ID="petra-books-a-time",
    )
    booking = booked.get_json()
    [entry] = olga.entries(row_id=booking["id"])
    assert (entry["actor"], entry["staff_id"], entry["request_id"]) == ("visitor", None, "petra-books-a-time")
    link = booking["manage_url"].rpartition("/")[2]
    riverside.visitor().post(f"/public/bookings/{link}/cancel", {"reason": "We are ill."})
    entry = olga.entries(row_id=booking["id"])[0]
    assert (entry["actor"], entry["action"]) == ("link", "update")
    assert {"state", "reason"} <= set(entry["fields"])

    made = olga.makes_a_key("clients:write")
    client = Actor(app, made["key"]).post("/clients", PETRA)
    [entry] = olga.entries(row_id=client["id"])
    assert (entry["actor"], entry["api_key_id"], entry["staff_id"], entry["sign_in_id"]) == (
        "api_key",
        made["id"],
        olga.id,
        None,
    )

    case = riverside.ana.opens_a_case()
    reminder = riverside.ana.asks_the_team(case)["reminders"][0]
    clock.move(days=7)
    riverside.works()
    entry = riverside.olga.entries(row_id=reminder["id"])[0]
    assert (entry["actor"], entry["action"], entry["staff_id"]) == ("worker", "update", None)
    assert {entry["actor"] for entry in olga.entries(resource="messages", actor="worker")} == {"worker"}

    [joined] = olga.entries(row_id=riverside.ana.id)
    assert (joined["actor"], joined["resource"], joined["action"]) == ("link", "staff", "create")


def test_signing_in_and_out_and_what_is_done_to_accounts_is_in_the_trail(app: Flask, riverside: Practice) -> None:
    phone = riverside.signs_in(riverside.ana.email)
    sign_in = next(row["id"] for row in phone.get("/auth/sign-ins")["items"] if row["is_this_one"])
    phone.ask("POST", "/auth/logout")
    out, came = riverside.olga.entries(row_id=sign_in)
    assert (came["action"], came["staff_id"], came["sign_in_id"]) == ("create", riverside.ana.id, sign_in)
    assert (out["action"], out["staff_id"], out["fields"]) == ("update", riverside.ana.id, ["ended_at", "ended_because"])
    riverside.olga.patch(f"/staff/{riverside.sam.id}", {"role": "advocate"})
    riverside.olga.delete(f"/staff/{riverside.sam.id}")
    left, changed = riverside.olga.entries(row_id=riverside.sam.id)[:2]
    assert (left["fields"], changed["fields"]) == (["ended_at"], ["role"])
    key = riverside.olga.makes_a_key("cases:read")
    riverside.olga.delete(f"/api-keys/{key['id']}")
    assert riverside.olga.entries(row_id=key["id"])[0]["fields"] == ["revoked_at"]


def test_no_value_stands_in_it_and_no_child_least_of_all(riverside: Practice, admin_url: str, clock: Clock) -> None:
    ana = riverside.ana
    child = {"name": "Sasha Kingfisher", "birth_date": "2017-03-21", "school": "Alder Creek", "grade": "4"}
    client = ana.adds_a_client(name="Petra Kingfisher")
    student = ana.adds_a_student(client, **child)
    case = ana.opens_a_case(title="Kingfisher, reading")
    ana.opens_a_concern(case, what_happened="Kingfisher had no reader.")
    ana.asks_the_team(case, "Who reads to Kingfisher?")
    ana.patch(f"/students/{student['id']}", {"name": "Sasha Kingfisher-Petrov", "birth_date": "2017-03-22"})
    with psycopg.connect(admin_url) as admin:
        kept = admin.execute("select string_agg(a::text, E'\\n'), count(*) from audit_entries a").fetchone()
    assert kept
    assert kept[1] > 10
    for value in ("Kingfisher", "2017-03", "Alder", "reader.", "Petra", "example.org", PASSWORD):
        assert value not in kept[0], value
    entry = riverside.olga.entries(row_id=student["id"])[0]
    assert entry["fields"] == ["birth_date", "name"]
    for entry in riverside.olga.entries():
        assert all(re.fullmatch("[a-z_]+", name) for name in entry["fields"]), entry


def test_only_owners_read_it_and_only_of_their_own_practice(riverside: Practice, lakeside: Practice) -> None:
    case = riverside.ana.opens_a_case()
    for person in (riverside.ana, riverside.sam):
        assert person.ask("GET", "/audit-entries").status_code == 403
    ours = {entry["id"] for entry in riverside.olga.entries()}
    assert len(ours) > 5
    assert ours & {entry["id"] for entry in lakeside.olga.entries()} == set()
    for name, value in (("row_id", case["id"]), ("staff_id", riverside.ana.id)):
        assert riverside.olga.entries(**{name: value})
        assert lakeside.olga.entries(**{name: value}) == []
    for method in ("POST", "PATCH", "PUT", "DELETE"):
        assert riverside.olga.ask(method, "/audit-entries", {}).status_code == 405


def test_it_is_read_by_who_what_and_when_page_by_page(riverside: Practice, clock: Clock) -> None:
    olga, ana, noon = riverside.olga, riverside.ana, clock.at
    clock.move(hours=1)
    one = clock.at
    clients = [ana.adds_a_client(name=f"Parent {number}") for number in range(5)]
    clock.move(hours=1)
    riverside.sam.adds_a_client()

    def rows(**filters: Any) -> list[str]:
        return [entry["row_id"] for entry in olga.entries(**filters)]

    hers = [client["id"] for client in reversed(clients)]
    assert rows(staff_id=ana.id, resource="clients") == hers
    assert rows(resource="clients", since=as_said(one), before=as_said(clock.at)) == hers
    assert rows(resource="clients", before=as_said(noon)) == []
    assert len(rows(resource="clients", since=as_said(noon))) == 6
    assert rows(actor="visitor") == rows(actor="operator") == []
    paged: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = olga.get(f"/audit-entries?resource=clients&staff_id={ana.id}&limit=2" + (f"&cursor={cursor}" if cursor else ""))
        paged += [entry["row_id"] for entry in page["items"]]
        cursor = page["next_cursor"]
    assert paged == hers
    sequences = [entry["sequence"] for entry in olga.entries()]
    assert sequences == sorted(sequences, reverse=True)
    for query in ("actor=nobody", "row_id=x", "since=yesterday", "nonsense=1"):
        assert olga.ask("GET", f"/audit-entries?{query}").status_code == 422


@pytest.mark.parametrize(
    "act", ["update audit_entries set actor = 'nobody'", "delete from audit_entries", "truncate audit_entries"]
)
def test_nobody_rewrites_it(riverside: Practice, app_url: str, act: str) -> None:
    """Not even somebody who got hold of the application's own login."""
    practice_id = riverside.olga.get("/practice")["id"]
    before = riverside.olga.entries()
    for door in ("enter_practice(%s)", "enter_lobby(%s)"):
        with psycopg.connect(app_url) as connection:
            connection.execute(f"select {door}", [practice_id])
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(act)
    assert riverside.olga.entries() == before


PETRA: Mapping[str, str] = {"name": "Petra Petrov", "email": "petra@example.org"}


def as_said(at: Any) -> str:
    return str(at.isoformat()).replace("+00:00", "Z")
