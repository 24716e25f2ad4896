"""Every change of a practice's row leaves an entry: who, by which sign-in or key, in which request; and no value of anything.

The operations are those of the document, each done once and well (acts.py). Red without the calls of `record` in
`models.transaction`: in `add`, in `execute`, and for changes and deletions in `_mark_changes`.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest
import sqlalchemy
from sqlalchemy import inspect

from models import tenancy
from models.base import Base
from models.client import Client
from models.transaction import Transaction
from tests.cast import PASSWORD, Actor, Practice, Staff
from tests.contracts.acts import FOR_STAFF, OPERATIONS, QUESTIONS, READS, WRITES, Act, act, newcomer
from tests.contracts.conftest import on_record, rows_of
from tests.contracts.everything import Life, one_of_everything
from tests.walks import each

CANARY = "Kingfisher"
# What changes without an entry, and why. All others are walked.
WITHOUT_ENTRY = {
    "refresh": "A refresh token is a secret of the person's, turned every quarter of an hour.",
    "forget_password": "Nobody is signed in, and whose address it is, if anybody's, is found out by the worker.",
    "enroll_one_time_codes": "A person's second factor belongs to no practice; nothing is asked for until it is confirmed.",
    "end_sign_ins": "A person's sign-ins may be in several practices; each row tells when it ended and why.",
}
# Tables whose rows change without an entry, and why.
NOT_AUDITED = {
    "audit_entries": "The entries themselves.",
    "access_entries": "A record itself: who looked.",
    "idempotency_keys": "An answer that is kept for a day, for the sake of the line.",
    "users": "A person belongs to no practice. They are told of changes by mail.",
    "password_resets": "As users.",
    "one_time_codes": "As users.",
    "recovery_codes": "As users.",
    "refresh_tokens": "A secret that turns every quarter of an hour; its reuse is recorded at the sign-in.",
    "booking_events": "A record itself: what happened to a booking, and by whom.",
    "state_changes": "A record itself: what was put off, on hold, paused; the row that it is of has its entry.",
    "document_readings": "What a machine makes of a file; what people accept of it is on record with their version.",
    "iep_version_seals": "A record itself, made in the act that puts a version in force; that act is on record.",
    "external_busy": "What a calendar elsewhere says, and nobody here did.",
    "throttles": "Counts what strangers try, as hashes; gone within the day.",
    "heartbeats": "A worker's, every few seconds.",
}


@pytest.fixture(scope="module")
def life(opens: Callable[[str], Practice]) -> Life:
    return one_of_everything(opens("riverside"), CANARY)


@pytest.fixture
def practice_id(life: Life) -> str:
    return str(life.practice.olga.get("/practice")["id"])


def entries(whole: psycopg.Connection, request_id: str) -> list[Any]:
    asked = "select actor, staff_id::text, sign_in_id::text, api_key_id::text, action, resource, row_id::text, fields"
    return whole.execute(f"{asked} from audit_entries where request_id = %s order by sequence", [request_id]).fetchall()


def count(whole: psycopg.Connection) -> int:
    [(number,)] = whole.execute("select count(*) from audit_entries").fetchall()
    return int(number)


def sign_in_of(person: Staff) -> str:
    return next(row["id"] for row in person.get("/auth/sign-ins")["items"] if row["is_this_one"])


# Every operation.


def test_what_leaves_no_entry_is_an_operation_and_has_its_reason() -> None:
    assert set(WITHOUT_ENTRY) <= set(WRITES)
    assert [name for name in WITHOUT_ENTRY if name in FOR_STAFF and not OPERATIONS[name][1].startswith("/auth/")] == []


@each("name", WRITES)
def test_what_is_refused_leaves_no_entry_and_a_change_leaves_one_that_says_who_by_what_and_in_which_request(
    life: Life, whole: psycopg.Connection, practice_id: str, name: str
) -> None:
    good = act(name, life)
    leaves_nothing_where_it_is_refused(good, name, whole, practice_id)
    who = sign_in_of(good.by) if isinstance(good.by, Staff) else None
    before = count(whole)
    answer = good.done(X_Request_ID=f"change-{name}")
    assert answer.status_code < 300, answer.get_data(as_text=True)
    told = entries(whole, f"change-{name}")
    # All that was recorded meanwhile was recorded for this request.
    assert count(whole) - before == len(told)
    if name in WITHOUT_ENTRY:
        assert told == []
        return
    assert told != []
    for actor, staff_id, sign_in_id, api_key_id, *_ in told:
        assert api_key_id is None
        if name in FOR_STAFF:
            assert actor == "staff"
            assert isinstance(good.by, Staff)
            # Who sees to their account is in no practice by it, and is known by the sign-in.
            assert staff_id == good.by.id or (staff_id is None and OPERATIONS[name][1].startswith("/auth/"))
            assert sign_in_id == who or name == "switch"
        elif name == "login":
            assert (actor, sign_in_id is not None) == ("staff", True)
        else:
            visitors = ("book_consultation", "hold_time", "send_enquiry")
            others = {"register": "founder", "receive_mail": "mail"}
            assert actor == {**dict.fromkeys(visitors, "visitor"), **others}.get(name, "link")


@each("name", [*READS, *QUESTIONS])
def test_reading_leaves_none(life: Life, whole: psycopg.Connection, practice_id: str, name: str) -> None:
    def present() -> dict[str, str]:
        """All but who looked: that is what reading leaves."""
        return rows_of(whole, practice_id, besides=("access_entries",))

    before, rows = count(whole), present()
    assert act(name, life).done().status_code == 200
    assert (count(whole), present()) == (before, rows)


def leaves_nothing_where_it_is_refused(good: Act, name: str, whole: psycopg.Connection, practice_id: str) -> None:
    """With another body, and, where nobody comes in without a token, by one who is not signed in."""
    before, rows = count(whole), rows_of(whole, practice_id)
    broken = [Act(good.by, good.method, good.path, {"nonsense": 1})]
    if name in FOR_STAFF or name == "refresh":
        broken.append(Act(Actor(good.by.app, "x"), good.method, good.path, good.body))
    for each_of_them in broken:
        answer = each_of_them.done()
        assert answer.status_code in (401, 404, 415, 422), answer.get_data(as_text=True)
        assert count(whole) == before
    assert rows_of(whole, practice_id) == rows


# What an entry says.


def test_an_entry_names_the_row_the_act_and_the_fields(life: Life, whole: psycopg.Connection) -> None:
    olga = life.practice.olga
    made = olga.ask("POST", "/clients", {"name": "Petra", "email": "petra@example.org"}, X_Request_ID="one-client").get_json()
    olga.ask("PATCH", f"/clients/{made['id']}", {"notes": "Evenings."}, X_Request_ID="its-notes")
    olga.ask("PATCH", f"/clients/{made['id']}", {"notes": "Evenings."}, X_Request_ID="as-they-were")
    [created], [updated] = entries(whole, "one-client"), entries(whole, "its-notes")
    assert created[4:7] == ("create", "clients", made["id"])
    assert {"name", "email"} <= set(created[7])
    assert updated[4:] == ("update", "clients", made["id"], ["notes"])
    assert entries(whole, "as-they-were") == []


def test_all_rows_of_one_change_are_named(life: Life, whole: psycopg.Connection) -> None:
    """A question: itself, who took part, and three follow-ups; then its answer, which settles them."""
    ana, ids = life.practice.ana, life.ids
    said = {"case_id": ids["case_id"], "direction": "outbound", "channel": "email", "party": "team", "summary": "Who?"}
    said |= {"occurred_at": life.practice.clock().isoformat(), "team_member_ids": [ids["team_member_id"]]}
    asked = ana.ask("POST", "/communications", {**said, "awaiting_reply": True}, X_Request_ID="a-question").get_json()
    told = [(entry[4], entry[5]) for entry in entries(whole, "a-question")]
    assert sorted(told) == sorted(
        [("create", "communications"), ("create", "communication_team_members"), *[("create", "reminders")] * 3]
    )
    answer = {**said, "direction": "inbound", "in_reply_to": asked["id"]}
    ana.ask("POST", "/communications", answer, X_Request_ID="its-answer")
    settled = {entry[6] for entry in entries(whole, "its-answer") if entry[4:6] == ("update", "reminders")}
    assert settled == {reminder["id"] for reminder in asked["reminders"]}


def test_rows_changed_by_one_statement_are_named_each(life: Life, whole: psycopg.Connection) -> None:
    """Who leaves: the membership, every sign-in, every key, every case, each by its id."""
    olga, person = life.practice.olga, newcomer(life, "owner")
    key = person.post("/api-keys", {"kind": "publishable", "name": "Website"})
    cases = [person.opens_a_case() for _ in range(2)]
    sign_in = sign_in_of(person)
    olga.ask("DELETE", f"/staff/{person.id}", X_Request_ID="she-left")
    told = {(entry[4], entry[5], entry[6]) for entry in entries(whole, "she-left")}
    wanted = {("update", "staff", person.id), ("update", "sign_ins", sign_in), ("update", "api_keys", key["id"])}
    assert wanted | {("update", "cases", case["id"]) for case in cases} <= told


def test_a_row_that_is_deleted_is_named(life: Life, whole: psycopg.Connection) -> None:
    """Who speaks for a child is said anew: pairs are deleted, others made."""
    ana = life.practice.ana
    student = ana.adds_a_student()
    other = ana.adds_a_client()
    ana.ask("PATCH", f"/students/{student['id']}", {"client_ids": [other["id"]]}, X_Request_ID="another-parent")
    told = {(entry[4], entry[5]) for entry in entries(whole, "another-parent")}
    assert told >= {("delete", "student_clients"), ("create", "student_clients")}


def test_the_worker_says_that_it_was_the_worker(life: Life, whole: psycopg.Connection, practice_id: str) -> None:
    life.practice.ana.post(
        "/reminders", {"case_id": life.ids["case_id"], "title": "Call", "due_at": life.practice.clock().isoformat()}
    )
    [(last,)] = whole.execute("select max(sequence) from audit_entries").fetchall()
    life.practice.works()
    told = whole.execute(
        "select distinct actor, staff_id, request_id from audit_entries where sequence > %s and tenant_id = %s",
        [last, practice_id],
    ).fetchall()
    assert told == [("worker", None, None)]


def test_a_refresh_token_that_comes_again_is_on_record(life: Life, whole: psycopg.Connection) -> None:
    person = newcomer(life)
    sign_in = sign_in_of(person)
    Actor(life.practice.app).post("/auth/refresh", Authorization=f"Bearer {person.refresh_token}")
    life.practice.clock.move(minutes=1)
    thief = Actor(life.practice.app, person.refresh_token)
    assert thief.ask("POST", "/auth/refresh", X_Request_ID="the-thief").status_code == 401
    told = entries(whole, "the-thief")
    assert [(entry[4], entry[5], entry[6]) for entry in told] == [
        ("reuse", "sign_ins", sign_in),
        ("update", "sign_ins", sign_in),
    ]


def test_entries_hold_no_value_of_any_field(life: Life, whole: psycopg.Connection, practice_id: str) -> None:
    """All that was written in this practice, in this file's tests too, and all that it wrote into entries."""
    said = whole.execute("select t::text from audit_entries t where tenant_id = %s", [practice_id]).fetchall()
    everything = "\n".join(row[0] for row in said).lower()
    assert len(said) > 100
    values = [CANARY, PASSWORD, life.practice.slug, "@", "petra", "sasha", "no reader", *secrets_of(life)]
    assert [value for value in values if value.lower() in everything] == []


def secrets_of(life: Life) -> list[str]:
    tokens = [token for token in (life.practice.olga.token, life.practice.olga.refresh_token, life.token) if token]
    return [*tokens, life.rows["api_key"]["key"]]


def test_fields_are_named_as_the_model_names_them(life: Life, whole: psycopg.Connection, practice_id: str) -> None:
    """So that no text of anybody's can stand where a name is."""
    said = whole.execute("select distinct resource, fields from audit_entries where tenant_id = %s", [practice_id]).fetchall()
    known = {model.__tablename__: set(inspect(model).attrs.keys()) for model in models()}
    assert [(resource, name) for resource, fields in said for name in fields if name not in known[resource]] == []


# Which tables.


def models() -> Iterator[type[Base]]:
    for mapper in Base.registry.mappers:
        yield mapper.class_


def test_every_table_is_audited_or_has_its_reason() -> None:
    audited = {model.__tablename__ for model in models() if getattr(model, "is_audited", False)}
    assert {model.__tablename__ for model in models()} - audited == set(NOT_AUDITED)
    assert all(NOT_AUDITED.values())


def test_the_walk_has_left_an_entry_on_every_audited_table(life: Life, whole: psycopg.Connection, practice_id: str) -> None:
    """The walk of the test above, if it was here; else another."""
    audited = {model.__tablename__ for model in models() if getattr(model, "is_audited", False)}

    def told() -> set[str]:
        said = whole.execute("select distinct resource from audit_entries where tenant_id = %s", [practice_id])
        return {row[0] for row in said}

    for name in WRITES if told() != audited else ():
        act(name, life).done()
    assert told() == audited


# Together with the change, or not at all.


@pytest.fixture
def work(engine: sqlalchemy.Engine, life: Life, practice_id: str) -> Transaction:
    return Transaction(engine, tenancy.practice(tenancy.UUID(practice_id)), life.practice.clock())


def test_what_is_rolled_back_leaves_none(work: Transaction, life: Life, whole: psycopg.Connection) -> None:
    before = count(whole)
    with suppress(ZeroDivisionError), work as begun:
        begun.add(Client(name="Never", email="never@example.org"))
        begun.find(Client, tenancy.UUID(life.ids["client_id"]), lock=True).notes = "Never."
        begun.flush()
        raise ZeroDivisionError
    assert count(whole) == before


def test_a_change_that_fails_at_its_end_leaves_none(life: Life, whole: psycopg.Connection) -> None:
    """Two who come to the same row: the second is refused by the database, after its rows were sent."""
    olga, slug = life.practice.olga, "taken-by-another"
    other = Actor(life.practice.app)
    firm = {"practice_name": "X", "slug": slug, "timezone": "UTC", "name": "X", "password": PASSWORD}
    assert other.ask("POST", "/auth/register", {**firm, "email": "x@taken.example"}).status_code == 201
    before = count(whole)
    assert olga.ask("PATCH", "/practice", {"slug": slug}).status_code == 409
    assert other.ask("POST", "/auth/register", {**firm, "email": "y@taken.example"}).status_code == 409
    assert count(whole) == before


def test_entries_are_sent_between_the_rows_and_the_commit(work: Transaction) -> None:
    with on_record() as record, work as begun:
        begun.add(Client(name="Petra", email="petra@example.org"))
    said = [statement.sql.split("(")[0].strip().lower() for statement in record.statements]
    assert said[-3:] == ["insert into clients", "insert into audit_entries", "commit"]


def test_a_request_that_is_answered_again_from_its_key_leaves_none(life: Life, whole: psycopg.Connection) -> None:
    said = {"name": "Petra", "email": "petra@example.org"}
    first = life.practice.ana.ask("POST", "/clients", said, Idempotency_Key="a client, once and for all")
    before = count(whole)
    again = life.practice.ana.ask("POST", "/clients", said, Idempotency_Key="a client, once and for all")
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.get_json() == first.get_json()
    assert count(whole) == before
