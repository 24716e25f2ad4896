"""The law's deadlines as a table to read: what is due, counted how, from what, by which law, checked when."""

from typing import Any

from api.doors import StaffDoor
from domain.deadline_rules import RULES, Input, Row, Rule
from domain.deadlines import GENERAL, row_as_json
from schemas.base import page_of
from schemas.deadline_rule import DeadlineRuleQuery, DeadlineRuleSchema

deadline_rules = StaffDoor(
    "deadline-rules", __name__, "/deadline-rules", description="The deadlines of IDEA and of the states, with their sources."
)


@deadline_rules.route("")
@deadline_rules.arguments(DeadlineRuleQuery, location="query")
@deadline_rules.response(200, page_of(DeadlineRuleSchema))
def list_deadline_rules(asked: dict[str, Any]) -> dict[str, Any]:
    """The law's deadlines

    All of them on one page: who has to act, the events and offsets, what else a date may hang on, the law, and when that was
    checked. Of rows that are `secondary` only somebody's account was read: confirm them with the state.
    """
    state, only = asked.get("state"), asked.get("rule")
    shown = [_shown(rule, state) for rule in RULES.values() if only in (None, rule.key)]
    return {"items": [rule for rule in shown if rule["rows"] or rule["state_rows"]], "next_cursor": None}


def _shown(rule: Rule, state: str | None) -> dict[str, Any]:
    return {
        "rule": rule.key,
        "label": rule.label,
        "general": GENERAL,
        "by": rule.by,
        "stands_only_in_states": rule.stands_only_in_states,
        "inputs": [_input(one) for one in rule.inputs],
        "notes": list(rule.notes),
        "warn_days": list(rule.warn_days),
        "rows": [_row(rule, row) for row in rule.rows if row.is_shown],
        "state_rows": [_row(rule, row) for row in rule.state_rows if state in (None, row.state)],
    }


def _row(rule: Rule, row: Row) -> dict[str, Any]:
    return {**row_as_json(row), "inputs": [_input(one) for one in row.inputs], "grounds": list(rule.grounds_of(row))}


def _input(one: Input) -> dict[str, Any]:
    is_number = one.type == "integer"
    return {
        "name": one.name,
        "type": one.type,
        "says": one.says,
        "effect": one.effect,
        "reason": one.reason,
        "choices": list(one.choices),
        "least": one.least if is_number else None,
        "most": one.most if is_number else None,
        "fields": [{"name": part.name, "type": part.type, "says": part.says} for part in one.fields],
    }
