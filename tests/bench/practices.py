"""The practices of a bench: founded and signed in over the API, then filled with copies of what the API made.

What the API makes is copied column by column, whatever columns there are, so that rows of a bench are real rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

CASES = 200
MEMBERS = 16
PASSWORD = "a sentence that only I know"
ZONE = "America/New_York"
Connection = psycopg.Connection[Any]
Call = Callable[..., Any]


@dataclass(frozen=True)
class Member:
    """The owner of a practice, who can sign in; and the practice's rows, newest first."""

    email: str
    slug: str
    practice_id: str
    staff_id: str
    client_id: str
    student_id: str
    case_ids: Sequence[str]

    def signs_in(self, call: Call) -> str:
        """A fresh access token: each lives 15 minutes."""
        token: str = call("POST", "/auth/login", {"email": self.email, "password": PASSWORD})["access_token"]
        return token


def make(connection: Connection, call: Call, count: int) -> tuple[list[Member], list[str]]:
    """So many practices with their cases: the members of the first of them, and the fields of a case as the API answers."""
    founded = [_founded(call, number) for number in range(1, min(count, MEMBERS) + 1)]
    token = founded[0]["access_token"]
    client = call("POST", "/clients", {"name": "Petra Petrov", "email": "petra@example.org"}, token=token)
    student = call("POST", "/students", {"client_ids": [client["id"]], "name": "Sasha Petrov"}, token=token)
    asked = {"client_id": client["id"], "student_id": student["id"], "title": "Reading support, grade 4"}
    case = call("POST", "/cases", asked, token=token)
    # Foreign keys are not checked row by row while copies are made: they are right, and there are many.
    connection.execute("set session_replication_role = replica")
    _make_places(connection, founded, count)
    _fill(connection, founded[0], client["id"], student["id"], case["id"])
    connection.execute("set session_replication_role = origin")
    columns = _columns(connection, "cases")
    return [_member(connection, each) for each in founded], [name for name in case if name in columns]


def copy(connection: Connection, table: str, kept: object, source: str, values: Sequence[object] = (), **columns: str) -> None:
    """Inserts copies of the row whose id is `kept`: one for each row of `source`, with the named columns as told there."""
    names = _columns(connection, table)
    missing = columns.keys() - names
    if missing:
        raise LookupError(f"{table} has no column {missing}.")
    said = ", ".join(columns.get(name, f"kept.{name}") for name in names)
    # In the order of the source: rows of many practices come in turn, as they do in life.
    ordered = f"(select row_number() over () as row_number, source.* from ({source}) source) made"
    connection.execute(
        f"insert into {table} ({', '.join(names)}) select {said} from {table} kept, {ordered}"
        " where kept.id = %s order by made.row_number",
        [*values, kept],
    )


def _columns(connection: Connection, table: str) -> list[str]:
    found = connection.execute(
        "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped"
        " and attgenerated = '' order by attnum",
        [table],
    )
    return [name for (name,) in found.fetchall()]


def _founded(call: Call, number: int) -> Any:
    slug = f"bench-{number}"
    person = {"name": "Olga Owens", "email": f"olga-{number}@bench.example.org", "password": PASSWORD}
    return call("POST", "/auth/register", {"practice_name": "Bench Advocacy", "slug": slug, "timezone": ZONE, **person})


def _make_places(connection: Connection, founded: Sequence[Any], count: int) -> None:
    """A list of all practices with who owns each: those that were founded, and further ones to be copied."""
    connection.execute(
        "create temp table places (number int, founded bool, practice uuid, person uuid, staff uuid, client uuid, student uuid)"
    )
    for number, each in enumerate(founded, 1):
        connection.execute(
            "insert into places select %s, true, tenant_id, user_id, id, uuidv7(), uuidv7() from staff where tenant_id = %s",
            [number, each["practice"]["id"]],
        )
    connection.execute(
        "insert into places select number, false, uuidv7(), uuidv7(), uuidv7(), uuidv7(), uuidv7()"
        " from generate_series(%s::int, %s::int) number",
        [len(founded) + 1, count],
    )


def _fill(connection: Connection, first: Any, client_id: str, student_id: str, case_id: str) -> None:
    new, others = "select * from places where not founded", "select * from places where number > 1"
    connection.execute("update places set client = %s, student = %s where number = 1", [client_id, student_id])
    staff = connection.execute("select id from staff where tenant_id = %s", [first["practice"]["id"]]).fetchone()
    pair = connection.execute("select id from student_clients where student_id = %s", [student_id]).fetchone()
    assert staff is not None
    assert pair is not None
    copy(connection, "practices", first["practice"]["id"], new, id="made.practice", slug="'bench-' || made.number")
    email = "'olga-' || made.number || '@bench.example.org'"
    copy(connection, "users", first["user"]["id"], new, id="made.person", email=email, email_identity=email)
    copy(connection, "staff", staff[0], new, tenant_id="made.practice", id="made.staff", user_id="made.person", email=email)
    copy(connection, "clients", client_id, others, tenant_id="made.practice", id="made.client")
    copy(connection, "students", student_id, others, tenant_id="made.practice", id="made.student")
    keys = {"student_id": "made.student", "client_id": "made.client"}
    copy(connection, "student_clients", pair[0], others, tenant_id="made.practice", id="uuidv7()", **keys)
    ago = "make_interval(mins => -made.age)"
    copy(
        connection,
        "cases",
        case_id,
        "select places.*, age from generate_series(%s::int, 1, -1) age, places"
        " where number > 1 or age > 1 order by age desc, number",
        [CASES],
        tenant_id="made.practice",
        id=f"uuidv7({ago})",
        advocate_id="made.staff",
        **keys,
        title="'Reading support, number ' || made.age",
        created_at=f"now() + {ago}",
        updated_at=f"now() + {ago}",
    )


def _member(connection: Connection, founded: Any) -> Member:
    practice_id = founded["practice"]["id"]
    rows: list[tuple[UUID, ...]] = connection.execute(
        "select id, advocate_id, client_id, student_id from cases where tenant_id = %s order by id desc", [practice_id]
    ).fetchall()
    staff_id, client_id, student_id = map(str, rows[0][1:])
    ids = [str(row[0]) for row in rows]
    return Member(founded["user"]["email"], founded["practice"]["slug"], practice_id, staff_id, client_id, student_id, ids)
