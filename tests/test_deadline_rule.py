"""The law's table over HTTP: every rule with its rows, narrowed by state and rule; and a check for each of them."""

from typing import Any

from domain.deadline_rules import RULES, STATE_ROWS
from tests.cast import Actor, Practice


def table(by: Actor, query: str = "") -> dict[str, dict[str, Any]]:
    page = by.get(f"/deadline-rules{query}")
    assert page["next_cursor"] is None
    return {rule["rule"]: rule for rule in page["items"]}


def test_the_table_has_every_rule_with_its_law(riverside: Practice) -> None:
    shown = table(riverside.sam)
    assert list(shown) == list(RULES)
    assert sum(len(rule["state_rows"]) for rule in shown.values()) == len(STATE_ROWS)
    for rule in shown.values():
        rows = [*rule["rows"], *rule["state_rows"]]
        assert rows
        assert all(row["citation"] and row["checked_on"] and row["status"] in ("verified", "secondary") for row in rows)
        assert rule["stands_only_in_states"] == (rule["rows"] == [])
    evaluation = shown["initial_evaluation"]
    assert evaluation["rows"][0]["offset_in_words"].startswith("60 calendar days after: the parent's consent")
    assert evaluation["rows"][0]["citation"].startswith("34 CFR 300.301(c)(1), 34 CFR 300.301(d)(1)")
    transfer = next(one for one in evaluation["inputs"] if one["name"] == "transfer")
    assert [(part["name"], part["type"]) for part in transfer["fields"]] == [
        ("agreed_on", "date"),
        ("sufficient_progress", "boolean"),
    ]
    assert shown["annual_review"]["warn_days"] == [60, 30]
    assert [row["event"] for row in shown["prior_written_notice"]["rows"]] == ["change_effective", "change_requested"]


def test_it_is_narrowed_by_state_and_by_rule(riverside: Practice) -> None:
    texas = table(riverside.ana, "?state=TX")
    assert {row["state"] for rule in texas.values() for row in rule["state_rows"]} == {"TX"}
    assert "meeting_refusal_notice" in texas, "it stands in Texas"
    assert "evaluation_plan" not in texas, "it stands in California alone"
    assert [(row["applies_from"], row["applies_to"]) for row in texas["due_process_limit"]["state_rows"]] == [
        (None, "2022-09-01"),
        ("2022-09-01", None),
    ]
    assert list(table(riverside.ana, "?rule=evaluation_plan")) == ["evaluation_plan"]
    assert table(riverside.ana, "?rule=evaluation_plan&state=OH") == {}
    [york] = table(riverside.ana, "?rule=initial_evaluation&state=NY")["initial_evaluation"]["state_rows"]
    assert (york["status"], york["confirm"]) == ("secondary", "confirm with the state")
    for query in ("?state=ZZ", "?rule=nothing", "?colour=red", "?state=TX&state=CA"):
        assert riverside.ana.ask("GET", f"/deadline-rules{query}").status_code == 422


def test_what_the_table_names_can_be_checked(riverside: Practice) -> None:
    """Every rule, event and state of the table is answered, and what a rule asks for is taken."""
    examples = {"date": "2026-10-20", "dates": ["2026-10-20"], "boolean": False, "text": "intellectual_disability"}
    for rule in table(riverside.ana).values():
        for row in [*rule["rows"], *rule["state_rows"]]:
            said = {"rule": rule["rule"], "event_on": "2022-08-01", "event": row["event"], "state": row["state"]}
            said["event_on"] = row["applies_from"] or said["event_on"]
            inputs = {one["name"]: examples[one["type"]] for one in rule["inputs"] + row["inputs"] if one["type"] in examples}
            inputs = {name: value for name, value in inputs.items() if name != "referred_on"}
            answer = riverside.ana.post("/deadline-checks", {**said, "inputs": inputs})
            assert answer["citation"] == row["citation"], said


def test_a_key_reads_it_with_its_scope(riverside: Practice) -> None:
    made = riverside.olga.post("/api-keys", {"kind": "secret", "name": "Server", "scopes": ["deadline-rules:read"]})
    key = Actor(riverside.app, made["key"])
    assert table(key) == table(riverside.sam)
    assert key.ask("GET", "/practice").status_code == 403
    assert Actor(riverside.app).ask("GET", "/deadline-rules").status_code == 401
