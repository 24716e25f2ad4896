"""A case and its timeline."""

from uuid import UUID

import pytest
from sqlalchemy import Engine, UniqueConstraint

from models import tenancy
from models.everything import METADATA
from models.timeline import TIMELINE
from models.transaction import Transaction
from tests.cast import Practice, Staff
from tests.conftest import Clock


def test_the_timeline_tells_everything_in_order(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    clock.move(minutes=1)
    version = ana.puts_in_force(ana.drafts_an_iep(case))
    clock.move(minutes=1)
    concern = ana.opens_a_concern(case)
    clock.move(minutes=1)
    ana.takes("read_wording", concern, provision_id=ana.provisions_of(version)[0]["id"], is_clear="no")
    asked = ana.asks_the_team(case)
    clock.move(days=4)
    riverside.works()
    ana.hears(asked)
    told = [(event["kind"], event["what"]) for event in ana.everything(f"/cases/{case['id']}/timeline")]
    assert told[:4] == [
        ("case", "opened"),
        ("iep_version", "in_force"),
        ("concern", "not_provided"),
        ("communication", "outbound"),
    ]
    assert ("concern_step", "read_wording") in told
    assert ("reminder_due", "due") in told
    assert told[-1][0] == "reminder_settled"
    times = [event["at"] for event in ana.everything(f"/cases/{case['id']}/timeline")]
    assert times == sorted(times)


def test_a_timeline_comes_page_by_page_and_holds_one_case(ana: Staff) -> None:
    case, other = ana.opens_a_case(), ana.opens_a_case(title="Another")
    ana.tells(other)
    for number in range(5):
        ana.tells(case, f"Call {number}")
    whole = ana.everything(f"/cases/{case['id']}/timeline")
    paged = []
    path = f"/cases/{case['id']}/timeline?limit=2"
    page = ana.get(path)
    while page["next_cursor"]:
        paged += page["items"]
        page = ana.get(f"{path}&cursor={page['next_cursor']}")
    assert paged + page["items"] == whole
    assert len(whole) == 6


def test_cases_are_found_by_state_and_by_whom(riverside: Practice, ana: Staff) -> None:
    case = ana.opens_a_case()
    theirs = ana.opens_a_case(advocate_id=riverside.olga.id)
    ana.patch(f"/cases/{case['id']}", {"state": "closed"})
    assert [row["id"] for row in ana.get("/cases?state=closed")["items"]] == [case["id"]]
    assert [row["id"] for row in ana.get(f"/cases?advocate_id={riverside.olga.id}")["items"]] == [theirs["id"]]
    assert [row["id"] for row in ana.get("/cases")["items"]] == [theirs["id"], case["id"]]


def test_a_timeline_is_filtered_by_kind_concern_and_day(ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    concern, other = ana.opens_a_concern(case), ana.opens_a_concern(case)
    told, seen = ana.asks_the_team(case), {"case_id": case["id"], "source": "parent", "text": "No reader."}
    answer = ana.hears(told)
    ana.takes("contact_team", concern, communication_id=told["id"], asks_for="amend", skip_reason="In a hurry.")
    early = ana.post("/observations", {**seen, "observed_on": "2026-09-30"})
    late = ana.post("/observations", {**seen, "observed_on": "2026-10-04", "concern_id": other["id"]})
    ana.takes("add_evidence", concern, observation_ids=[early["id"]])
    document = ana.uploads(case)

    def found(query: str) -> list[tuple[str, str]]:
        return [(event["kind"], event["id"]) for event in ana.everything(f"/cases/{case['id']}/timeline?{query}")]

    assert found("kind=observation,document") == [
        *(("observation", early["id"]), ("observation", late["id"]), ("document", document["id"]))
    ]
    of_concern = found(f"concern_id={concern['id']}&kind=communication,observation,concern")
    assert of_concern == [
        *(("observation", early["id"]), ("communication", told["id"]), ("communication", answer["id"])),
        ("concern", concern["id"]),
    ], "with what its steps named, and what was answered"
    assert found("from=2026-10-01&to=2026-10-04") == [("observation", late["id"])]
    assert ana.ask("GET", f"/cases/{case['id']}/timeline?kind=gossip").status_code == 422


def test_a_timeline_forgets_nothing_that_was_set_and_taken_back(ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    kept = ana.post("/deadlines", {"case_id": case["id"], "rule": "annual_review", "event_on": "2026-03-01"})
    place = f"/deadlines/{kept['id']}"
    for path, said in (
        ("recount", {"event_on": "2026-02-01", "accept": True}),
        ("override", {"override_on": "2027-01-11", "reason": "They meet early."}),
        ("override", {"override_on": "2027-01-12", "reason": "A day later."}),
        ("override", {"override_on": None}),
        ("meet", {"met_on": "2026-10-05"}),
        ("meet", {"met_on": None}),
    ):
        clock.move(minutes=1)
        ana.post(f"{place}/{path}", said)
    for state in ("on_hold", "open"):
        clock.move(minutes=1)
        ana.patch(f"/cases/{case['id']}", {"state": state})
    told = [
        (event["what"], event["detail"].partition(": ")[2])
        for event in ana.everything(f"/cases/{case['id']}/timeline?kind=deadline,case")
    ]
    assert told[1:] == [
        ("kept", "2027-03-01"),
        ("recounted", "2027-03-01 → 2027-02-01"),
        ("overridden", "2027-01-11: They meet early."),
        ("overridden", "2027-01-11 → 2027-01-12: A day later."),
        ("overridden_taken_back", "2027-01-12"),
        ("met", "2026-10-05"),
        ("met_taken_back", "2026-10-05"),
        *(("on_hold", ""), ("open", "")),
    ]


def test_a_timeline_tells_what_was_put_off_paused_and_on_hold(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    review = {"case_id": case["id"], "rule": "initial_iep_meeting", "event_on": "2026-09-08"}
    [warning] = ana.post("/deadlines", review)["reminders"]
    concern = ana.opens_a_concern(case)
    [planned] = ana.reminders(concern_id=concern["id"])
    asked = {"case_id": case["id"], "party": "teacher", "every": "week", "concern_id": concern["id"]}
    check_in = ana.post("/check-ins", {**asked, "ends_on": "2026-10-16"})
    for verb, place, said in (
        ("POST", f"/reminders/{planned['id']}/snooze", {"until": "2026-10-07T16:00:00Z"}),
        ("POST", f"/reminders/{planned['id']}/snooze", {"until": "2026-10-20T16:30:00Z"}),
        ("POST", f"/reminders/{warning['id']}/snooze", {"until": "2026-10-06T16:00:00Z"}),
        ("POST", f"/check-ins/{check_in['id']}/pause", {"reason": "The teacher is away."}),
        ("POST", f"/check-ins/{check_in['id']}/resume", None),
        ("PATCH", f"/cases/{case['id']}", {"state": "on_hold"}),
        ("PATCH", f"/cases/{case['id']}", {"title": "Reading, grade 4"}),
        ("PATCH", f"/cases/{case['id']}", {"state": "closed"}),
        ("PATCH", f"/cases/{case['id']}", {"state": "open"}),
        ("POST", f"/check-ins/{check_in['id']}/end", {"reason": "All is well."}),
        ("POST", f"/check-ins/{check_in['id']}/resume", None),
    ):
        clock.move(minutes=1)
        assert ana.ask(verb, place, said).status_code == 200, place
    clock.move(days=14)
    riverside.works()
    told = riverside.signs_in(ana.email).everything(f"/cases/{case['id']}/timeline?kind=case,check_in,reminder_snoozed")
    assert [(event["kind"], event["what"], event["detail"]) for event in told[2:]] == [
        ("reminder_snoozed", "snoozed", f"{planned['title']}, until 2026-10-07 09:00"),
        ("reminder_snoozed", "snoozed", f"{planned['title']}, until 2026-10-20 09:30"),
        ("reminder_snoozed", "snoozed", f"{warning['title']}, until 2026-10-06 09:00"),
        ("check_in", "paused", "teacher: The teacher is away."),
        ("check_in", "resumed", "teacher"),
        ("case", "on_hold", "open → on_hold"),
        ("case", "closed", "on_hold → closed"),
        ("check_in", "paused", "teacher: case_closed"),
        ("case", "open", "closed → open"),
        ("check_in", "resumed", "teacher"),
        ("check_in", "ended", "teacher: All is well."),
        ("check_in", "resumed", "teacher"),
        ("check_in", "ended", "teacher: over"),
    ], "each of them, whatever came of it since; the last by the worker"
    of_concern = {event["kind"] for event in told if event["concern_id"] == concern["id"]}
    assert of_concern == {"check_in", "reminder_snoozed"}
    assert {event["path"] for event in told} == {
        f"/api/v1/{place}/{row['id']}"
        for place, row in (("cases", case), ("check-ins", check_in), ("reminders", planned), ("reminders", warning))
    }


def test_in_a_timeline_the_line_of_the_law_stands_under_what_tells_of_a_deadline(ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    kept = ana.post("/deadlines", {"case_id": case["id"], "rule": "annual_review", "event_on": "2026-03-01"})
    ana.post(f"/deadlines/{kept['id']}/override", {"override_on": "2027-01-11", "reason": "They meet early."})
    first, second = kept["reminders"]
    ana.post(f"/reminders/{first['id']}/snooze", {"until": "2026-10-06T16:00:00Z"})
    ana.post(f"/reminders/{second['id']}/complete", {})
    ana.post(f"/deadlines/{kept['id']}/meet", {"met_on": "2026-10-05"})
    ana.asks_the_team(case)
    told = ana.everything(f"/cases/{case['id']}/timeline")
    general = "General information, not legal advice. Rules differ by state and change. Check with counsel."
    assert {(event["kind"], event["general"]) for event in told} == {
        *(("case", None), ("communication", None)),
        *(("deadline", general), ("reminder_snoozed", general), ("reminder_settled", general)),
    }


def test_what_lies_on_one_day_is_on_one_page_or_the_next(ana: Staff) -> None:
    case = ana.opens_a_case()
    ana.adds_a_team_member(case)
    version = ana.puts_in_force(ana.drafts_an_iep(case))
    [line] = ana.get(f"/iep-versions/{version['id']}/copies")["items"]
    ana.patch(f"/iep-copies/{line['id']}", {"given_on": "2026-10-05", "acknowledged_on": "2026-10-05"})
    for number in range(4):
        seen = {"case_id": case["id"], "source": "visit", "observed_on": "2026-10-05", "text": f"Visit {number}."}
        ana.post("/observations", seen)
    path = f"/cases/{case['id']}/timeline"
    whole, pieces, cursor = ana.everything(path), [], ""
    while cursor is not None:
        page = ana.get(f"{path}?limit=1" + (f"&cursor={cursor}" if cursor else ""))
        pieces += page["items"]
        cursor = page["next_cursor"]
    assert pieces == whole
    assert [event["what"] for event in whole if event["kind"] == "iep_copy"] == ["acknowledged", "given"]


def test_a_timeline_is_found_by_indexes_alone(ana: Staff, engine: Engine) -> None:
    case, practice_id = ana.opens_a_case(), UUID(ana.get("/practice")["id"])
    prepared = TIMELINE._prepared(frozenset({"concern_id"}), continued=False)
    values = {"case_id": UUID(case["id"]), "concern_id": UUID(case["id"]), "page_limit": 51}
    with Transaction(engine, tenancy.practice(practice_id), ana.clock()) as work:
        work.open()
        cursor = work._driver.cursor()
        # So small a database is read from end to end, unless that is made dear.
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(f"explain {prepared.sql}", prepared.values({**values, "practice": practice_id}))
        plan = [row[0] for row in cursor.fetchall()]
    assert [line for line in plan if "Seq Scan" in line] == []


OF_A_CASE = (
    *("bookings", "communications", "observations", "concerns", "documents", "inbound_mails"),
    *("letters", "check_ins", "deadlines", "proceedings", "reminders", "team_members"),
)


@pytest.mark.parametrize("table", OF_A_CASE)
def test_what_stands_in_a_timeline_is_found_by_the_case(table: str) -> None:
    led = [[column.name for column in index.columns][:2] for index in METADATA.tables[table].indexes]
    led += [
        [column.name for column in constraint.columns][:2]
        for constraint in METADATA.tables[table].constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    assert ["tenant_id", "case_id"] in led
