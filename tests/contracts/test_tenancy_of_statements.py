"""Every statement on a practice's table binds the practice: row security is the lock, the bound key is the route.

A whole life of a practice runs on record. Named exceptions: the worker's scans, and a person's own memberships in the lobby.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy import delete, select, update
from sqlalchemy.orm import aliased

from domain.outbound import allowed_in
from models import tenancy
from models.case import Case
from models.client import Client
from models.everything import METADATA
from models.prepared import Prepared
from models.reminder import Reminder
from models.student import StudentClient
from models.transaction import Transaction
from scheduling import document_readings
from scheduling.worker import Worker
from tests.cast import Actor, Practice, Provider, started_anew
from tests.contracts.acts import QUERIES, act
from tests.contracts.conftest import Record, Statement, on_record
from tests.contracts.everything import Life, one_of_everything
from tests.web_servers import web_server

OURS = {name for name, table in METADATA.tables.items() if "tenant_id" in table.columns}
_MENTION = re.compile(r"(?:\bfrom|\bjoin|\bupdate|,)\s+(?:only\s+)?(\w+)(?:\s+as\s+(\w+))?(?![\w.])", re.IGNORECASE)
_INSERT = re.compile(r"\binsert into (\w+) \(([^)]*)\)", re.IGNORECASE)
_BOUND = re.compile(r"\b(\w+)\.tenant_id = %\((\w+)\)s")


def mentions(sql: str) -> Counter[str]:
    """The tables of practices that a statement reads or changes, under the names that it gives them."""
    return Counter(alias or table for table, alias in _MENTION.findall(sql) if table in OURS)


def unbound(statement: Statement) -> list[str]:
    """The tables for which this statement does not bind the practice that its transaction is in."""
    bound = Counter(
        name for name, value in _BOUND.findall(statement.sql) if statement.values.get(value) == statement.practice_id
    )
    missing = list((mentions(statement.sql) - bound).elements())
    for table, columns in _INSERT.findall(statement.sql):
        if table in OURS and "tenant_id" not in columns.split(", "):
            missing.append(table)
    return missing


def is_exception(statement: Statement) -> bool:
    return statement.door == "queues" or (statement.door == "lobby" and set(mentions(statement.sql)) == {"staff"})


def of_practices(statements: Iterable[Statement]) -> list[Statement]:
    return [one for one in statements if mentions(one.sql) or any(table in OURS for table, _ in _INSERT.findall(one.sql))]


@pytest.fixture(scope="module")
def lived(opens: Callable[[str], Practice]) -> tuple[Record, Life]:
    """A practice that does everything there is to do, and what it said to PostgreSQL meanwhile."""
    with on_record() as record:
        riverside = opens("riverside")
        life = one_of_everything(riverside)
        everyday(life)
    return record, life


def everyday(life: Life) -> None:
    """What is done with what there is: changed, moved, listed, fired, sent, ended."""
    practice, ids, rows = life.practice, life.ids, life.rows
    olga, ana, visitor = practice.olga, practice.ana, practice.visitor()
    ana.patch(f"/clients/{ids['client_id']}", {"notes": "Prefers the evening."})
    ana.patch(f"/students/{ids['student_id']}", {"grade": "5", "client_ids": [ids["client_id"]]})
    ana.patch(f"/cases/{ids['case_id']}", {"state": "on_hold", "advocate_id": practice.sam.id})
    ana.patch(f"/team-members/{ids['team_member_id']}", {"phone": "+1 503 555 0142"})
    ana.patch(f"/iep-versions/{ids['iep_version_id']}", {"effective_to": "2027-09-01"})
    ana.patch(f"/provisions/{ids['provision_id']}", {"minutes": 30, "times": 2, "per": "week"})
    ana.patch(f"/school-calendars/{ids['school_calendar_id']}", {"district": "Alder Creek"})
    for act_of, said in (("recount", {"accept": True}), ("meet", {"met_on": "2026-10-02"}), ("meet", {"met_on": None})):
        ana.post(f"/deadlines/{ids['deadline_id']}/{act_of}", said)
    ana.post(f"/proceedings/{ids['proceeding_id']}/steps", {"step": "receive", "occurred_on": "2026-10-05"})
    olga.patch("/practice", {"follow_up_policy": [2, 4]})
    olga.patch(f"/consultation-types/{ids['consultation_type_id']}", {"minimum_notice_minutes": 60})
    ana.hears(rows["communication"])
    cause = {"cause": "misunderstanding", "teacher_said": "She thought it was for mathematics alone."}
    ana.takes("name_cause", rows["concern"], **cause)
    ana.takes("contact_team", rows["concern"], communication_id=ids["communication_id"], asks_for="clarify")

    manage = f"/public/bookings/{life.token}"
    visitor.get(f"/public/{practice.slug}/consultation-types")
    visitor.profile()
    free = visitor.slots("2026-10-12T16:00:00Z", "2026-10-16T19:00:00Z")
    visitor.get(manage)
    assert visitor.ask("GET", f"{manage}/invite.ics").status_code == 200
    visitor.post(f"{manage}/reschedule", {"starts_at": free[-1]["starts_at"]})
    ana.post(f"/bookings/{ids['booking_id']}/reschedule", {"starts_at": free[-2]["starts_at"]})
    visitor.post(f"{manage}/cancel", {"reason": "We found another time."})
    again = visitor.books(free[0]["starts_at"])
    ana.post(f"/bookings/{again['id']}/cancel")
    come_and_go(life)

    made = {"case_id": ids["case_id"], "title": "Call back", "due_at": "2026-10-06T16:00:00Z"}
    for verb, said in (("complete", {}), ("snooze", {"until": "2026-10-07T16:00:00Z"}), ("cancel", {"reason": "Moved."})):
        reminder = ana.post("/reminders", made, Idempotency_Key=f"reminder-to-{verb}-once")
        ana.post("/reminders", made, Idempotency_Key=f"reminder-to-{verb}-once")
        ana.post(f"/reminders/{reminder['id']}/{verb}", said)
    for verb, said in (("pause", {}), ("resume", {}), ("end", {"reason": "It works."}), ("resume", {})):
        ana.post(f"/check-ins/{ids['check_in_id']}/{verb}", said)
    ana.post("/reminders/recount", {"communication_id": ids["communication_id"], "accept": True})
    raw = b"From: somebody@strangers.example\nSubject: Hello\n\nHello."
    [mail] = Provider(practice.app, practice.clock).brings(raw, ana.get(f"/cases/{ids['case_id']}")["inbound_address"])
    ana.post(f"/inbound-mails/{mail['id']}/match", {"party": "client"})
    ana.post(f"/inbound-mails/{ids['inbound_mail_id']}/discard", {"reason": "An advertisement."})
    practice.clock.move(days=9)
    practice.works()
    ana.post(f"/bookings/{ids['converted_id']}/complete")
    assert ana.ask("POST", f"/bookings/{ids['booking_id']}/no-show").status_code == 409
    assert ana.ask("POST", f"/messages/{ids['message_id']}/retry").status_code == 409

    is_busy_elsewhere(life)
    is_read(life)
    read_everything(life)
    practice.worker.keep_house()
    practice.worker.beat()
    assert Actor(practice.app).ask("POST", "/auth/refresh", Authorization=f"Bearer {ana.refresh_token}").status_code == 200
    assert practice.sam.ask("POST", "/auth/logout").status_code == 204


def come_and_go(life: Life) -> None:
    """What people do about themselves and one another; it ends with who has left."""
    for name in ("login", "switch", "logout", "refresh", "forget_password", "reset_password", "change_password"):
        assert act(name, life).done().status_code < 300
    for name in ("confirm_one_time_codes", "disable_one_time_codes", "end_sign_ins", "withdraw_invitation", "revoke_api_key"):
        assert act(name, life).done().status_code < 300
    for name in ("change_staff", "remove_staff", "set_availability", "retry_message"):
        assert act(name, life).done().status_code < 300
    Actor(life.practice.app, life.rows["api_key"]["key"]).get("/cases")


def is_busy_elsewhere(life: Life) -> None:
    """A calendar elsewhere is looked at, says something else, and is removed."""
    practice, calendar = life.practice, (Path(__file__).parents[1] / "calendars" / "google.ics").read_bytes()
    with web_server(calendar) as server:
        allowed = allowed_in(server.place)
        olga = Actor(started_anew(practice.app, egress_allow=allowed), practice.olga.token)
        config = replace(practice.worker.config, egress_allow=allowed)
        worker = Worker(practice.worker.engine, practice.clock, practice.worker.post, config)
        made = olga.post("/external-calendars", {"name": "Private", "url": server.url})
        worker.poll_calendars()
        server.manner = lambda call: call.answer(calendar.replace(b"T100000", b"T110000"))
        practice.clock.move(minutes=12)
        worker.poll_calendars()
        assert olga.get(f"/external-calendars/{made['id']}")["state"] == "ok"
        olga.delete(f"/external-calendars/{made['id']}")


def is_read(life: Life) -> None:
    """A document is looked for, read, changed, read anew and deleted; its file is taken away."""
    practice = life.practice
    for name in ("change_document", "read_document_anew", "delete_document"):
        assert act(name, life).done().status_code < 300
    practice.worker._practices(document_readings.DUE, besides=set())
    practice.reads_documents()
    place = practice.worker.config.files
    assert place
    assert place.folder
    for path in (place.folder / practice.olga.get("/practice")["id"] / "documents").iterdir():
        os.utime(path, (0, 0))
    practice.worker.keep_house()


def read_everything(life: Life) -> None:
    """Every path that reads, with every filter, and a page behind a cursor."""
    reader = life.practice.olga
    values = {**life.ids, "starts_after": "2026-01-01T00:00:00Z", "starts_before": "2027-01-01T00:00:00Z"}
    values |= {"due_before": "2027-01-01T00:00:00Z", "is_open": "true", "email": "petra@example.org", "resource": "cases"}
    values |= {"district": "Alder Creek"}
    values |= {"support_id": life.rows["provision"]["support_id"], "is_present": "true"}
    values |= {"is_present": "true", "since": "2026-01-01T00:00:00Z", "before": "2027-01-01T00:00:00Z"}
    days = {"date": "2026-10-13", "date-time": "2026-10-13T00:00:00Z"}
    for path, operations in life.practice.app.extensions["openapi"]["paths"].items():
        if "get" not in operations or "/public/" in path:
            continue
        at = path.removeprefix("/api/v1").format_map(life.values(path))
        needed = QUERIES.get(operations["get"]["operationId"])
        if needed:
            reader.get(at + needed.format_map(life.ids))
            continue
        reader.get(at)
        fields = {field["name"]: field["schema"] for field in operations["get"].get("parameters", []) if field["in"] == "query"}
        for name, schema in fields.items():
            if name not in ("limit", "cursor"):
                # Several kinds of event are one word each, with commas.
                said = schema.get("enum", [schema.get("example") or "concern"])[0]
                reader.get(f"{at}?{name}={days.get(schema.get('format')) or values.get(name) or said}")
        if "cursor" in fields:
            page = reader.get(f"{at}?limit=1")
            if page["next_cursor"]:
                reader.get(f"{at}?limit=1&cursor={page['next_cursor']}")


def test_every_statement_on_a_practices_table_binds_the_practice(lived: tuple[Record, Life]) -> None:
    record, _ = lived
    faults = [(one.sql, unbound(one)) for one in of_practices(record.statements) if not is_exception(one) and unbound(one)]
    assert faults == []


def test_the_life_touched_every_table_in_every_way(lived: tuple[Record, Life]) -> None:
    record, _ = lived
    inside = [one.sql for one in of_practices(record.statements) if one.door == "practice"]
    inserted = {table for sql in inside for table, _ in _INSERT.findall(sql)}
    read = {table for sql in inside for table, _ in _MENTION.findall(sql)} & OURS
    assert OURS - inserted == set()
    # A seal is for the database alone to look at.
    assert OURS - read == {"iep_version_seals"}
    verbs = Counter(sql.split()[0].lower() for sql in inside)
    assert {"select", "insert", "update", "delete"} <= set(verbs)


def test_the_exceptions_are_the_workers_scans_and_a_persons_own_memberships(lived: tuple[Record, Life]) -> None:
    record, _ = lived
    exceptions = {one.sql for one in of_practices(record.statements) if unbound(one)}
    queues = ("reminders", "messages", "booking_reminders", "external_calendars", "document_readings", "check_ins", "digests")
    scans = {sql for sql in exceptions if sql.startswith(tuple(f"SELECT {queue}.tenant_id" for queue in queues))}
    houses = {sql for sql in exceptions if sql.startswith("SELECT DISTINCT idempotency_keys.tenant_id")}
    memberships = {sql for sql in exceptions if "FROM staff JOIN practices" in sql and "staff.user_id = %(user)s" in sql}
    assert (len(scans), len(houses), len(memberships)) == (len(queues), 1, 1)
    assert exceptions == scans | houses | memberships


def test_nothing_is_said_to_a_practices_table_before_a_door_was_taken(lived: tuple[Record, Life]) -> None:
    record, _ = lived
    assert {one.door for one in of_practices(record.statements)} <= {"practice", "lobby", "queues"}
    assert [one.sql for one in of_practices(record.statements) if one.door == "practice" and one.practice_id is None] == []


def test_no_value_is_written_into_a_statement(lived: tuple[Record, Life]) -> None:
    record, life = lived
    ids = [value for value in life.ids.values() if len(value) == 36]  # among them is the language of a template
    values = [*ids, life.practice.slug, "Everyday", "petra@example.org"]
    assert [one.sql for one in record.statements if any(value in one.sql for value in values)] == []


@pytest.fixture
def work(engine: sqlalchemy.Engine, lived: tuple[Record, Life]) -> Transaction:
    """A transaction in the practice, not yet begun."""
    _, life = lived
    practice_id = life.practice.olga.get("/practice")["id"]
    return Transaction(engine, tenancy.practice(tenancy.UUID(practice_id)), life.practice.clock())


class TakenBack(Exception):
    """So that what was tried does not last."""


def said_by(work: Transaction, act: Callable[[Transaction], object]) -> list[Statement]:
    with on_record() as record, suppress(TakenBack), work as begun:
        act(begun)
        begun.flush()
        raise TakenBack
    return of_practices(record.statements)


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("a bulk change", update(Client).values(notes=None)),
        ("a bulk change by another table", update(Client).where(Client.id.in_(select(Case.client_id))).values(notes=None)),
        ("a bulk deletion", delete(StudentClient)),
        ("a bulk deletion by a join", delete(StudentClient).where(StudentClient.client_id == Client.id)),
    ],
)
def test_bulk_changes_bind_the_practice(work: Transaction, name: str, statement: sqlalchemy.Executable) -> None:
    [said] = said_by(work, lambda begun: begun.execute(statement))
    assert unbound(said) == []


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("a select", select(Case)),
        ("two sides of a join", select(Case).join(Client, Client.id == Case.client_id)),
        ("an outer join", select(Case).outerjoin(Reminder, Reminder.case_id == Case.id)),
        ("an alias", select(aliased(Client))),
        ("a sub-select", select(Case.id).where(Case.client_id.in_(select(Client.id)))),
        ("a table beside another", select(Case.id, Client.id).where(Case.client_id == Client.id)),
    ],
)
def test_reading_binds_the_practice_whether_written_once_or_now(
    work: Transaction, name: str, statement: sqlalchemy.Select[tuple[object]]
) -> None:
    [now] = said_by(work, lambda begun: begun.all(statement))
    assert unbound(now) == []
    [once] = said_by(work, lambda begun: begun.rows(Prepared(statement)))
    assert unbound(once) == []


def test_a_row_that_is_locked_again_is_read_within_the_practice(work: Transaction, lived: tuple[Record, Life]) -> None:
    case_id = tenancy.UUID(lived[1].ids["case_id"])

    def twice(begun: Transaction) -> None:
        begun.find(Case, case_id)
        begun.find(Case, case_id, lock=True)

    said = said_by(work, twice)
    assert len(said) == 2
    assert [unbound(one) for one in said] == [[], []]


def test_a_row_that_is_deleted_is_deleted_within_the_practice(work: Transaction, lived: tuple[Record, Life]) -> None:
    def delete_a_pair(begun: Transaction) -> None:
        begun.delete(begun.all(select(StudentClient).limit(1))[0])

    said = said_by(work, delete_a_pair)
    assert [one.sql.split()[0] for one in said] == ["SELECT", "DELETE"]
    assert [unbound(one) for one in said] == [[], []]


def test_a_forgotten_practice_would_be_found() -> None:
    practice_id = tenancy.UUID(int=7)

    def said(sql: str, **values: object) -> list[str]:
        return unbound(Statement(sql, values, "practice", practice_id))

    assert said("SELECT cases.id FROM cases") == ["cases"]
    assert said("SELECT 1 FROM cases WHERE cases.tenant_id = %(t)s", t=practice_id) == []
    assert said("SELECT 1 FROM cases WHERE cases.tenant_id = %(t)s", t=tenancy.UUID(int=8)) == ["cases"]
    assert said("SELECT 1 FROM cases JOIN clients ON cases.tenant_id = clients.tenant_id") == ["cases", "clients"]
    assert said("SELECT 1 FROM cases AS c, clients WHERE clients.tenant_id = %(t)s", t=practice_id) == ["c"]
    assert said("UPDATE cases SET state = 'open'") == ["cases"]
    assert said("DELETE FROM cases WHERE id = %(id)s") == ["cases"]
    assert said("INSERT INTO cases (id) VALUES (%(id)s)") == ["cases"]
