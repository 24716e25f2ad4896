"""What a packet says of a case: everything that is on record in its period, and nothing that is somebody's own."""

from datetime import date
from typing import Any
from uuid import UUID

import orjson
import pytest
from sqlalchemy import Engine

from domain.packet import PARTS
from domain.packet_facts import PacketFacts
from mail.packet import typeset
from models import tenancy
from models.base import new_id
from models.packet import Packet
from models.packet_facts import gathered
from models.transaction import Transaction
from tests.cast import Practice, Staff
from tests.packets import some_exhibits

SPEECH = {
    "kind": "service",
    "text": "30 minutes of speech therapy, 2 times per week.",
    "minutes": 30,
    "times": 2,
    "per": "week",
}
READER = {"kind": "accommodation", "text": "A reader for tests as needed."}
CALENDAR = {
    "school_years": [{"from": "2026-09-08", "to": "2027-06-18"}],
    "closures": [{"from": "2026-10-12", "to": "2026-10-12"}],
}
SECRET = "a-word-that-nobody-else-may-read"


def the_facts(who: Staff, engine: Engine, case: Any, **said: Any) -> PacketFacts:
    """The facts of a packet about September and October 2026, unless said otherwise."""
    asked: dict[str, Any] = {
        "purpose": "state_complaint",
        "title": "Speech and reading",
        "language": "en",
        "parts": list(PARTS),
        "exhibits": [],
        "redactions": None,
        "complaint": None,
        "from_on": date(2026, 9, 8),
        "to_on": date(2026, 10, 31),
        **said,
    }
    packet = Packet(id=new_id(), case_id=UUID(case["id"]), requested_by_id=UUID(who.id), **asked)
    with Transaction(engine, tenancy.practice(UUID(who.get("/practice")["id"])), who.clock()) as work:
        return gathered(work, packet)


@pytest.fixture
def case(ana: Staff, riverside: Practice) -> Any:
    """Speech therapy is short; a reader is asked for; the family and Ana talk, and in mediation somebody says something."""
    riverside.olga.patch("/practice", {"school_calendar": CALENDAR})
    case = ana.opens_a_case()
    ana.patch(f"/students/{case['student_id']}", {"school": "Alder Creek Elementary"})
    version = ana.puts_in_force(ana.drafts_an_iep(case, provisions=[SPEECH, READER]))
    return {**case, "provisions": {row["kind"]: row for row in ana.provisions_of(version)}}


def test_minutes_are_those_that_the_delivery_says(ana: Staff, engine: Engine, case: Any) -> None:
    speech = case["provisions"]["service"]
    for held_on, outcome in (("2026-09-15", "delivered"), ("2026-09-17", "missed"), ("2026-10-06", "delivered")):
        ana.post(
            "/service-sessions", {"provision_id": speech["id"], "held_on": held_on, "outcome": outcome, "source": "school"}
        )
    found = the_facts(ana, engine, case).delivery
    # Week 1 of 4 days owes 48; eight more owe 60 each, that of October 26 to 31 (W 5 of D 5) among them.
    [one, reader] = found["supports"]
    assert (one["owed"], one["delivered"], one["short"]) == (48 + 7 * 60, 60, 408)
    assert one["short_by"] == {"student_absent": 0, "missed": 30, "unaccounted": 378}
    assert [(month["owed"], month["delivered"]) for month in one["by_month"]] == [(204, 30), (264, 30)]
    assert one["sources"] == ["school"]
    assert (reader["owed"], reader["reason"]) == (None, "not_quantified")
    assert found["totals"] == {"owed": 468, "delivered": 60, "made_up": 0, "short": 408, "short_by": one["short_by"]}


def test_what_is_private_or_confidential_is_nowhere(ana: Staff, engine: Engine, case: Any) -> None:
    concern = ana.opens_a_concern(case, provision_id=case["provisions"]["accommodation"]["id"])
    ana.takes("verify", concern, finding="Two tests without a reader.", skip_reason=SECRET, note=SECRET)
    ana.tells(case, SECRET, party="client")
    talk = {"case_id": case["id"], "source": "team", "observed_on": "2026-10-02"}
    ana.post("/observations", {**talk, "text": SECRET, "is_confidential": True})
    # First nobody knew that it was said in mediation: its correction says so of both.
    told = ana.post("/observations", {**talk, "text": SECRET})
    ana.post("/observations", {**talk, "text": SECRET, "is_confidential": True, "corrects_id": told["id"]})
    ana.post("/observations", {**talk, "text": "There is no reader in the building."})
    facts = the_facts(ana, engine, case)
    assert SECRET.encode() not in orjson.dumps(facts.as_json())
    assert [one["text"] for one in facts.observations] == ["There is no reader in the building."]
    [known] = facts.concerns
    assert [(step["step"], step["told"]) for step in known["steps"]] == [
        ("verify", [["finding", "Two tests without a reader."]])
    ]


def test_what_corrects_decides_for_what_it_corrects(ana: Staff, engine: Engine, case: Any) -> None:
    """Whether it may be read by others, and whether it is of the period; in the exhibits that nobody named, too. Red where
    each row is asked for itself."""
    sent, seen, shown = (ana.uploads(case, f"{name}\n".encode(), f"{name}.txt") for name in ("sent", "seen", "shown"))
    told = ana.tells(case, SECRET, party="team", document_ids=[sent["id"]], occurred_at="2026-10-02T17:00:00Z")
    ana.tells(case, "With the family.", party="client", corrects_id=told["id"], occurred_at="2026-10-02T17:00:00Z")
    talk = {"case_id": case["id"], "source": "team", "text": "No reader."}
    first = ana.post("/observations", {**talk, "observed_on": "2026-10-02", "text": SECRET, "document_ids": [seen["id"]]})
    ana.post("/observations", {**talk, "observed_on": "2026-08-02", "corrects_id": first["id"]})
    other = ana.post("/observations", {**talk, "observed_on": "2026-08-02", "document_ids": [shown["id"]]})
    ana.post("/observations", {**talk, "observed_on": "2026-10-03", "text": "A reader.", "corrects_id": other["id"]})
    facts = the_facts(ana, engine, case)
    assert SECRET.encode() not in orjson.dumps(facts.as_json())
    assert facts.communications == []
    assert [(one["on"], one["is_correction"], bool(one["corrected_on"])) for one in facts.observations] == [
        ("2026-08-02", False, True),
        ("2026-10-03", True, False),
    ]
    happened = [(one["on"], one["detail"]) for one in facts.timeline["events"] if one["kind"] == "observation"]
    assert happened == [("2026-10-03", "A reader.")]
    period = {"from": "2026-09-08", "to": "2026-10-05"}
    packet = ana.post("/packets", {"case_id": case["id"], "purpose": "team_meeting", **period})
    assert [one["document_id"] for one in packet["exhibits"]] == [shown["id"]]


def test_a_concern_that_was_none_is_none(ana: Staff, engine: Engine, case: Any) -> None:
    ana.takes("find_unfounded", ana.opens_a_concern(case), reason="The aide reads.")
    facts = the_facts(ana, engine, case)
    assert facts.concerns == []
    assert {one["kind"] for one in facts.timeline["events"]} == {"iep_version"}


def test_a_period_holds_what_happened_in_it(ana: Staff, engine: Engine, case: Any) -> None:
    for on in ("2026-09-01", "2026-09-30", "2026-10-01"):
        # Late in the evening where the practice is: in London it is the next day already.
        ana.tells(case, f"On {on}.", occurred_at=f"{on}T22:30:00-07:00")
        ana.post("/observations", {"case_id": case["id"], "source": "visit", "observed_on": on, "text": f"Seen on {on}."})
    facts = the_facts(ana, engine, case, to_on=date(2026, 9, 30))
    assert [one["summary"] for one in facts.communications] == ["On 2026-09-30."]
    assert [one["text"] for one in facts.observations] == ["Seen on 2026-09-30."]
    assert "2026-10-01" not in orjson.dumps(facts.timeline).decode()
    everything = the_facts(ana, engine, case, from_on=None, to_on=None)
    assert len(everything.communications) == 3
    assert (everything.from_on, everything.to_on) == (None, None)


def test_communications_name_who_took_part_and_what_they_answer(ana: Staff, engine: Engine, case: Any) -> None:
    terry, sheet = ana.adds_a_team_member(case), ana.uploads(case, filename="Test.txt")
    question = ana.asks_the_team(case, team_member_ids=[terry["id"]], document_ids=[sheet["id"]], subject="Reader")
    wrong = ana.hears(question, "The aide dose.")
    ana.tells(case, "The aide does.", direction="inbound", corrects_id=wrong["id"])
    first, second, third = the_facts(ana, engine, case).communications
    assert (first["with"], first["awaiting_reply"], first["answers"]) == (["Terry Thompson"], True, None)
    assert first["attachments"] == [{"document_id": sheet["id"], "name": "Test.txt", "sha256": sheet["sha256"]}]
    assert (second["answers"], second["corrected"], second["corrects"]) == (1, 3, None)
    assert (third["answers"], third["corrects"], third["summary"]) == (1, 2, "The aide does.")


def test_what_changed_and_how_it_is_worded(ana: Staff, engine: Engine, case: Any) -> None:
    less = {**SPEECH, "text": "20 minutes of speech therapy, 2 times per week.", "minutes": 20}
    ana.puts_in_force(ana.drafts_an_iep(case, provisions=[less, READER], effective_from="2026-10-05"))
    facts = the_facts(ana, engine, case)
    [step] = facts.changes
    weakened = next(one for one in step["items"] if one["change"] == "weakened")
    assert (step["before"], step["after"], weakened["week_before"], weakened["week_after"]) == (1, 2, "60", "40")
    assert facts.wording
    assert facts.wording["version"] == 2
    assert [one["term"] for one in facts.wording["provisions"][0]["findings"]] == ["as needed"]
    assert the_facts(ana, engine, case, to_on=date(2026, 10, 4)).changes == []


def test_a_complaint_knows_what_is_on_record_and_names_what_lacks(ana: Staff, engine: Engine, case: Any) -> None:
    ana.opens_a_concern(case, provision_id=case["provisions"]["accommodation"]["id"], noticed_on="2026-09-14")
    ana.post("/proceedings", {"case_id": case["id"], "kind": "state_complaint", "complaint": {"signature": "Petra Petrov"}})
    said = {"statement": "The services of the IEP were not made available.", "is_homeless": False}
    facts = the_facts(ana, engine, case, complaint=said)
    lines = {one["name"]: one for one in facts.complaint}
    assert (lines["statement"]["source"], lines["signature"]["source"], lines["school"]["source"]) == (
        "said",
        "proceeding",
        "case",
    )
    assert lines["contact"]["answer"] == "Petra Petrov, petra@example.org"
    assert lines["facts"]["answer"] == "September 14, 2026: No reader in science."
    assert [one["name"] for one in facts.missing] == ["child_address", "proposed_resolution", "copy_to_school"]
    [concern] = facts.concerns
    # By when a hearing may be asked for is nothing that a state complaint tells the other side.
    [limit] = concern["limits"]
    assert (limit["due_on"], limit["citation"]) == ("2027-09-14", "34 CFR 300.153(c), 34 CFR 300.153(d)")
    assert the_facts(ana, engine, case, purpose="mediation", parts=["summary"]).complaint == []


def test_facts_survive_being_kept_and_are_set(ana: Staff, engine: Engine, case: Any) -> None:
    ana.opens_a_concern(case, provision_id=case["provisions"]["accommodation"]["id"])
    facts = the_facts(ana, engine, case)
    again = PacketFacts.from_json(orjson.loads(orjson.dumps(facts.as_json())))
    assert again == facts
    made = typeset(again, some_exhibits())
    assert made.standards == ("ua-1",)
    assert set(made.parts) == set(PARTS)


def test_the_other_practice_has_none_of_it(ana: Staff, lakeside: Practice, engine: Engine, case: Any) -> None:
    theirs = lakeside.ana.opens_a_case()
    ana.tells(case, SECRET)
    assert SECRET.encode() not in orjson.dumps(the_facts(lakeside.ana, engine, theirs).as_json())
