"""A list of many costs as many statements, and as many trips to PostgreSQL, as a list of one."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from commands.document import document as documented
from tests.cast import Actor, Practice, Provider
from tests.contracts.acts import signs_in
from tests.contracts.conftest import on_record
from tests.contracts.everything import HOURS, Life, enquires, one_of_everything
from tests.walks import each

LISTS = [
    path.removeprefix("/api/v1")
    for path, methods in documented()["paths"].items()
    if any(parameter["name"] == "cursor" for parameter in methods.get("get", {}).get("parameters", []))
]
# What costs more for each row is seen at twenty of them.
MANY = 20
# Staff come by invitation and password; these few say as much.
OWN = {"/external-calendars", "/calendar-feeds"}
FEW = {"/staff": 6, "/availability": 6, "/external-calendars": 8, "/calendar-feeds": 8}


@pytest.fixture(scope="module")
def life(opens: Callable[[str], Practice]) -> Life:
    """A practice with many of everything that is listed."""
    life = one_of_everything(opens("riverside"))
    practice, ids = life.practice, life.ids
    olga, ana = practice.olga, practice.ana
    case = life.rows["case"]
    kinds = []
    for number in range(MANY):
        client = ana.adds_a_client(name=f"Parent {number}")
        student = ana.adds_a_student(client, name=f"Child {number}", client_ids=[client["id"], ids["client_id"]])
        ana.post("/cases", {"client_id": client["id"], "student_id": student["id"], "title": f"Case {number}"})
        ana.adds_a_team_member(case, name=f"Teacher {number}")
        ana.drafts_an_iep(case, f"Reader {number}.")
        ana.post("/provisions", {"iep_version_id": ids["iep_version_id"], "kind": "goal", "text": f"Goal {number}"})
        ana.opens_a_concern(case, what_happened=f"Again {number}.")
        seen = {"source": "parent", "observed_on": "2026-10-02", "text": f"Seen again, {number}."}
        ana.post("/observations", {"case_id": case["id"], **seen})
        asked = {"party": "teacher", "name": "Terry Thompson", "email": f"teacher-{number}@{practice.slug}.example"}
        ana.post("/statements", {"case_id": case["id"], **asked})
        given = {"held_on": "2026-10-01", "outcome": "delivered", "minutes": 30}
        provision_id = life.rows["service_session"]["provision_id"]
        ana.post("/service-sessions", {"provision_id": provision_id, **given})
        taken_in = {"case_id": case["id"], "document_id": life.rows["log"]["id"], "provision_id": provision_id}
        ana.post("/service-log-imports", taken_in)
        claimed = {"minutes": 30, "claimed_on": "2026-10-02"}
        ana.post("/compensatory-claims", {"case_id": case["id"], "provision_id": provision_id, **claimed})
        ana.post("/packets", {"case_id": case["id"], "purpose": "team_meeting"})
        shared = {"name": f"Mediator {number}", "email": f"mediator-{number}@mediation.example"}
        ana.post("/packet-shares", {"packet_id": ids["packet_id"], **shared})
        ana.post("/school-calendars", {"name": f"District {number}", "calendar": {}})
        ana.post("/deadlines", {"case_id": case["id"], "rule": "annual_review", "event_on": "2026-03-02"})
        ana.post("/proceedings", {"case_id": case["id"], "kind": "mediation"})
        ana.post("/letters", {"case_id": case["id"], "template": "thank_you"})
        ana.post("/check-ins", {"case_id": case["id"], "party": "team", "every": "week"})
        ana.uploads(case, f"Document {number}.".encode())
        mail = f"From: somebody@strangers.example\nSubject: Mail {number}\n\nHello.".encode()
        Provider(practice.app, practice.clock).brings(mail, ana.get(f"/cases/{case['id']}")["inbound_address"])
        ana.asks_the_team(case, f"Question {number}?", team_member_ids=[ids["team_member_id"]])
        kinds.append(olga.post("/consultation-types", {"name": f"Kind {number}", "slug": f"kind-{number}", "minutes": 30}))
        olga.post("/staff/invitations", {"email": f"invited-{number}@families.example", "role": "assistant"})
        enquires(practice, f"Parent {number}", f"Question {number}.", email=f"parent-{number}@enquirers.example")
        for name in ("client", "booking", "enquiry"):
            kind = {"enquiry": "enquiries"}.get(name, f"{name}s")
            ana.post(f"/{kind}/{ids[f'{name}_id']}/conflict-checks", {})
        day = (date(2027, 3, 1) + timedelta(days=number)).isoformat()
        olga.post("/availability/overrides", {"staff_id": ana.id, "date": day, "hours": []})
        off = {"starts_at": f"{day}T16:00:00Z", "ends_at": f"{day}T17:00:00Z"}
        olga.post("/time-off", {"staff_id": ana.id, **off})
        olga.post("/api-keys", {"kind": "publishable", "name": f"Website {number}"})
        olga.post("/booking-links", {"consultation_type_id": ids["consultation_type_id"]})
        elsewhere = "2026-10-13T18:30:00Z" if number % 2 else "2026-10-13T18:00:00Z"
        olga.post(f"/bookings/{ids['booking_id']}/reschedule", {"starts_at": elsewhere})
    for number in range(7):
        olga.post("/external-calendars", {"name": f"Calendar {number}", "url": "https://localhost/basic.ics"})
        olga.post("/calendar-feeds")
    for host in (olga, practice.sam):
        olga.put("/availability", {"staff_id": host.id, "timezone": "America/Denver", "weekly": HOURS})
    free = practice.visitor().slots("2026-10-12T00:00:00Z", "2026-12-12T00:00:00Z")
    said = {"consultation_type_id": ids["consultation_type_id"], "timezone": "America/Denver", "name": "Petra"}
    for slot in free[:MANY]:
        ana.post("/bookings", {**said, "starts_at": slot["starts_at"], "email": "petra@example.org"})
    return life


def cost(life: Life, path: str, query: str) -> tuple[int, list[str], int]:
    """How many rows an answer held, what was asked of PostgreSQL for it, in how many trips: of the second that asks, since the
    first writes statements that are written once, and that it has looked."""
    place = path.format_map(life.values(path))
    life.practice.olga.get(f"{place}?{query}")
    with on_record() as record:
        items = life.practice.olga.get(f"{place}?{query}")["items"]
    return len(items), [one.sql for one in record.statements], record.trips


@each("path", LISTS)
def test_a_list_of_many_costs_as_much_as_a_list_of_one(life: Life, path: str) -> None:
    one, of_one, trips_of_one = cost(life, path, "limit=1")
    many, of_many, trips_of_many = cost(life, path, f"limit={MANY}")
    assert one == 1
    assert many >= FEW.get(path, MANY) // 2
    assert of_many == of_one
    assert trips_of_many == trips_of_one
    # The opening, its question, and the list; where a slug or a case is looked for, or whose own it is, one look-up more.
    assert len(of_many) <= (5 if "{" in path or path in OWN else 3)


@each("path", LISTS)
def test_a_page_behind_a_cursor_costs_as_much_as_the_first(life: Life, path: str) -> None:
    place = path.format_map(life.values(path))
    cursor = life.practice.olga.get(f"{place}?limit=1")["next_cursor"]
    assert cursor
    _, first, trips_of_first = cost(life, path, "limit=1")
    _, second, trips_of_second = cost(life, path, f"limit={MANY}&cursor={cursor}")
    assert (len(second), trips_of_second) == (len(first), trips_of_first)


def test_whom_a_list_shows_is_written_down_in_one_statement_and_one_trip_and_then_no_more(life: Life) -> None:
    life.practice.clock.move(hours=1)
    reader = signs_in(life.practice, life.practice.olga)

    def asked() -> tuple[int, int]:
        with on_record() as record:
            assert len(reader.get(f"/students?limit={MANY}")["items"]) == MANY
        return len([one for one in record.statements if "INSERT INTO access_entries" in one.sql]), record.trips

    first, second, third = asked(), asked(), asked()
    assert first == (1, second[1] + 1)
    assert (second, third) == ((0, third[1]), (0, second[1]))


def test_free_times_cost_the_same_for_a_day_and_for_a_month(life: Life) -> None:
    def asked(end: str) -> tuple[int, int, int]:
        with on_record() as record:
            found = life.practice.visitor().slots("2026-11-20T00:00:00Z", end)
        return len(found), len(record.statements), record.trips

    day, month = asked("2026-11-24T00:00:00Z"), asked("2026-12-20T00:00:00Z")
    assert month[0] > day[0] > 0
    assert month[1:] == day[1:]


def test_the_agenda_costs_the_same_for_little_and_for_much(life: Life) -> None:
    def asked(query: str) -> tuple[int, int, int]:
        life.practice.olga.get(f"/agenda?{query}")
        with on_record() as record:
            found = life.practice.olga.get(f"/agenda?{query}")["items"]
        return len(found), len(record.statements), record.trips

    little, much = asked("for=me&days=1"), asked("for=practice&days=60")
    assert much[0] > little[0] + 50
    assert much[1:] == little[1:]
    assert much[2] <= 9


def test_a_statement_more_for_each_row_would_be_found(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    """A view that looks something up for each of its rows, as none should."""
    app = life.practice.app
    listed = app.view_functions["clients.list_clients"]

    def looks_up_each(**path: Any) -> Any:
        answer = listed(**path)
        for row in answer.get_json()["items"]:
            reader.get(f"/clients/{row['id']}")
        return answer

    reader = Actor(app, life.practice.ana.token)
    monkeypatch.setitem(app.view_functions, "clients.list_clients", looks_up_each)
    assert len(cost(life, "/clients", f"limit={MANY}")[1]) > len(cost(life, "/clients", "limit=1")[1])
