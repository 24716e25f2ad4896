"""When something is due by law, over HTTP: with the practice's state, calendar, holidays and zone, or with others."""

from typing import Any

import pytest

from tests.cast import Actor, Practice

CALENDAR = {
    "school_years": [{"from": "2026-09-08", "to": "2027-06-18"}],
    "closures": [{"from": "2026-10-12", "to": "2026-10-12"}, {"from": "2026-11-26", "to": "2026-11-27"}],
}
GENERAL = "General information, not legal advice. Rules differ by state and change. Check with counsel."


def checked(by: Actor, rule: str, event_on: str = "2026-10-05", **more: Any) -> dict[str, Any]:
    answer = by.ask("POST", "/deadline-checks", {"rule": rule, "event_on": event_on, **more})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return dict(answer.get_json())


def refused(by: Actor, **said: Any) -> list[str]:
    answer = by.ask("POST", "/deadline-checks", said)
    assert answer.status_code == 422, answer.get_data(as_text=True)
    problem = answer.get_json()
    assert problem["type"] == "/problems/validation"
    return [error["pointer"] for error in problem["errors"]]


def test_an_answer_says_the_date_the_sum_the_law_and_that_it_is_no_advice(riverside: Practice) -> None:
    answer = checked(riverside.sam, "settlement_void", "2026-11-23", state=None)
    assert {
        name: answer[name]
        for name in (
            "due_on",
            "act_by",
            "by",
            "event",
            "reason",
            "refused",
            "may_be_later",
            "state_row",
            "checked_on",
            "general",
        )
    } == {
        "due_on": "2026-11-27",
        "act_by": "2026-11-25",
        "by": "both",
        "event": "settlement_executed",
        "reason": None,
        "refused": None,
        "may_be_later": False,
        "state_row": None,
        "checked_on": "2026-11-24",
        "general": GENERAL,
    }
    assert answer["citation"] == "34 CFR 300.510(e)"
    assert answer["sum"].startswith("2026-11-23 + 3 business days = 2026-11-27")
    assert any("No state holidays" in notice for notice in answer["notices"])


def test_the_practice_brings_its_state_calendar_holidays_and_zone_and_inputs_bring_others(
    riverside: Practice, lakeside: Practice
) -> None:
    riverside.olga.patch(
        "/practice",
        {"state": "tx", "timezone": "America/New_York", "school_calendar": CALENDAR, "state_holidays": ["2026-10-14"]},
    )
    ana, other = riverside.ana, lakeside.ana
    # Texas: 6 to 9 (4), 13 to 16 (8), 19 to 23 (13), 26, 27. Elsewhere the 12th is open, and no state was named.
    assert checked(ana, "evaluation_request_response")["due_on"] == "2026-10-27"
    assert checked(ana, "evaluation_request_response")["state_row"]["citation"] == "19 TAC 89.1011(b)"
    assert refused(other, rule="evaluation_request_response", event_on="2026-10-05") == ["/state"]
    assert checked(other, "evaluation_request_response", state="TX")["due_on"] == "2026-10-26"
    assert checked(ana, "evaluation_request_response", inputs={"calendar": {}})["due_on"] == "2026-10-26"
    # Null is federal law alone, and another state is its own.
    assert checked(ana, "transition_plan", "2012-10-05")["due_on"] == "2026-10-05"
    assert checked(ana, "transition_plan", "2012-10-05", state=None)["due_on"] == "2028-10-05"
    assert checked(ana, "initial_evaluation", state="NJ")["due_on"] == "2027-01-03"
    # 6 to 9 (4), Columbus Day, 13, the state's holiday, 15, 16 (7), 19, 20, 21.
    assert checked(ana, "iee_response")["watch_on"] == "2026-10-21"
    assert checked(ana, "iee_response", inputs={"state_holidays": []})["watch_on"] == "2026-10-20"
    assert checked(other, "iee_response", inputs={"state_holidays": ["2026-10-14"]})["watch_on"] == "2026-10-21"
    # Who says no state, in a practice that says none, is told by whose law it is counted; who says null has asked for that.
    assert checked(other, "initial_evaluation")["notices"][0].startswith("Counted by federal law only")
    for asked in (
        checked(other, "initial_evaluation", state=None),
        checked(ana, "annual_review"),
        checked(other, "follow_up_1"),
    ):
        assert not any("federal law only" in notice for notice in asked["notices"])
    # Of another country the state is none of ours.
    riverside.olga.patch("/practice", {"country": "CA", "state": "NC"})
    assert checked(ana, "due_process_limit")["due_on"] == "2028-10-05"


def test_follow_ups_are_answered_by_the_practices_policy(riverside: Practice) -> None:
    riverside.olga.patch("/practice", {"timezone": "America/New_York", "follow_up_policy": [1, 4]})
    first = checked(riverside.ana, "follow_up_1", "2026-10-09")
    assert (first["due_on"], first["due_at"]) == ("2026-10-13", "2026-10-13T13:00:00Z")
    there = {"timezone": "America/Los_Angeles", "calendar": {"closures": [{"from": "2026-10-13", "to": "2026-10-14"}]}}
    second = checked(riverside.ana, "follow_up_2", "2026-10-09", inputs=there)
    assert (second["due_on"], second["due_at"]) == ("2026-10-20", "2026-10-20T16:00:00Z")
    assert refused(riverside.ana, rule="follow_up_3", event_on="2026-10-09") == ["/rule"]


def test_what_moves_a_date_shows_the_ordinary_one(riverside: Practice) -> None:
    extension = {"to_on": "2027-02-01", "because": "party_request"}
    moved = checked(riverside.ana, "hearing_decision", inputs={"extension": extension})
    assert (moved["due_on"], moved["ordinary_due_on"], moved["refused"]) == ("2027-02-01", "2026-12-19", None)
    stands = checked(riverside.ana, "expedited_hearing", inputs={"extension": extension, "calendar": CALENDAR})
    assert (stands["due_on"], stands["refused"]) == ("2026-11-03", "extension_not_allowed")
    removals = [{"from": "2026-10-05", "to": "2026-10-16"}, {"from": "2026-10-19", "to": "2026-10-23"}]
    eleventh = checked(riverside.ana, "removal_services", inputs={"removals": removals, "calendar": CALENDAR})
    assert eleventh["due_on"] == "2026-10-20"
    assert eleventh["inputs"] == {"removals": removals}


def test_what_is_malformed_is_refused_where_it_stands(riverside: Practice) -> None:
    fine = {"rule": "annual_review", "event_on": "2026-10-05"}
    wrong: list[tuple[dict[str, Any], list[str]]] = [
        ({"event_on": "2026-10-05"}, ["/rule"]),
        ({"rule": "annual_review"}, ["/event_on"]),
        ({**fine, "rule": "annual_revue"}, ["/rule"]),
        ({**fine, "event_on": "2026-02-30"}, ["/event_on"]),
        ({**fine, "event": "birth"}, ["/event"]),
        ({**fine, "event": "a party"}, ["/event"]),
        ({**fine, "state": "ZZ"}, ["/state"]),
        ({**fine, "colour": "red"}, ["/colour"]),
        ({**fine, "inputs": []}, ["/inputs"]),
        ({**fine, "inputs": {"colour": "red"}}, ["/inputs/colour"]),
        ({**fine, "inputs": {"waived_on": "2026-10-06"}}, ["/inputs/waived_on"]),
        ({**fine, "inputs": {"amended_on": 7}}, ["/inputs/amended_on"]),
        ({**fine, "inputs": {"calendar": {"weekdays": []}}}, ["/inputs/calendar/weekdays"]),
        (
            {**fine, "inputs": {"calendar": {"closures": [{"from": "2026-10-12", "to": "2026-10-11"}]}}},
            ["/inputs/calendar/closures/0/to"],
        ),
        ({**fine, "inputs": {"timezone": "Mars"}}, ["/inputs/timezone"]),
        ({**fine, "rule": "resolution_meeting", "inputs": {"amended_on": "2026-10-01"}}, ["/inputs/amended_on"]),
        ({**fine, "rule": "evaluation_plan"}, ["/state"]),
        ({**fine, "rule": "iep_services_start", "event": "iep_developed", "state": "MI"}, ["/event"]),
    ]
    assert [refused(riverside.ana, **said) for said, _ in wrong] == [pointers for _, pointers in wrong]


def test_a_key_that_may_read_may_ask_and_nothing_is_kept(riverside: Practice) -> None:
    def with_scope(scope: str) -> Actor:
        made = riverside.olga.post("/api-keys", {"kind": "secret", "name": "Server", "scopes": [scope]})
        return Actor(riverside.app, made["key"])

    said = {"rule": "annual_review", "event_on": "2026-10-05"}
    key = "a key for one check, and for another"
    assert with_scope("deadline-checks:read").ask("POST", "/deadline-checks", said).status_code == 200
    assert with_scope("deadline-rules:read").ask("POST", "/deadline-checks", said).status_code == 403
    assert Actor(riverside.app).ask("POST", "/deadline-checks", said).status_code == 401
    for event_on, due_on in (("2026-10-05", "2027-10-05"), ("2026-10-06", "2027-10-06")):
        answer = riverside.ana.ask("POST", "/deadline-checks", {**said, "event_on": event_on}, Idempotency_Key=key)
        assert answer.get_json()["due_on"] == due_on
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("role", ["sam", "ana", "olga"])
def test_everybody_in_the_practice_may_ask(riverside: Practice, role: str) -> None:
    assert checked(getattr(riverside, role), "annual_review")["due_on"] == "2027-10-05"
