"""The playbook itself, for a frontend that draws it: the table by which steps are offered and taken."""

from typing import Any

from api.doors import StaffDoor
from domain.playbook import OPENING, STATES, STEPS, is_open, settled_titles
from domain.questions_for_the_child import questions_by_support
from domain.step import Step
from schemas.playbook import PlaybookSchema

playbooks = StaffDoor("playbook", __name__, "/playbook", description="States and steps of a concern.")


@playbooks.route("")
@playbooks.response(200, PlaybookSchema)
def show_playbook() -> dict[str, Any]:
    """The playbook

    All states, and all steps with guidance, fields, where they lead, what they plan and settle. What can be done about one
    concern, now, stands in its `next_steps`.
    """
    return _PLAYBOOK


def _row(step: Step) -> dict[str, Any]:
    is_opening = step is OPENING
    return {
        **{name: getattr(step, name) for name in ("name", "guidance", "skip_states", "expects", "ladder")},
        **{name: getattr(step, name) for name in ("parties", "in_writing")},
        "party": step.parties[0] if len(step.parties) == 1 else None,
        **{name: getattr(step, name) for name in ("at_least_one", "makes", "prompts", "letters")},
        "states": () if is_opening else step.states,
        "to": {"": OPENING.states[0]} if is_opening else step.lands(),
        "fields": step.asks if is_opening else step.fields,
        "plans": step.reminders,
        "settles": settled_titles(step),
    }


_PLAYBOOK: dict[str, Any] = {
    "states": [{"name": state, "is_open": is_open(state)} for state in STATES],
    "steps": [_row(step) for step in (OPENING, *STEPS.values())],
    "questions_for_the_child": {name: prompts for name, (_, prompts) in questions_by_support().items()},
}
