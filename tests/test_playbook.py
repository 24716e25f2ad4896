"""The playbook itself, as a page and as a resource: both are the table."""

from pathlib import Path

from commands.playbook_page import page
from domain.playbook import OPENING, STATES, STEPS
from tests.cast import Staff

PAGE = Path(__file__).parent.parent / "docs" / "playbook.md"


def test_the_page_is_what_the_table_says() -> None:
    assert PAGE.read_text() == page(), "followthrough playbook --write docs/playbook.md"


def test_the_page_tells_all_of_every_step() -> None:
    told = page()
    for step in (OPENING, *STEPS.values()):
        assert " ".join(step.guidance.split()) in " ".join(told.replace("\n> ", " ").split())
        for field in step.asks:
            assert f"| `{field.name}` | {field.label} |" in told
        for row in step.reminders:
            assert f"“{row.title}”" in " ".join(told.split())


def test_a_frontend_can_draw_the_playbook(ana: Staff) -> None:
    playbook = ana.get("/playbook")
    assert [state["name"] for state in playbook["states"]] == list(STATES)
    steps = {step["name"]: step for step in playbook["steps"]}
    assert list(steps) == ["open", *STEPS]
    assert steps["verify"]["to"] == {"suspected": "verified"}
    assert steps["reopen"]["to"] == {"unfounded": "suspected", "closed": "suspected", "resolved": "verified"}
    assert steps["agree_fix"]["settles"] == ["ladder team", "ladder teacher", "ladder meeting", "ladder policy"]
    assert {row["title"]: row["on"] for row in steps["agree_fix"]["plans"]}["Is what was promised in place?"] == "by_on"
    assert "any" in playbook["questions_for_the_child"]
