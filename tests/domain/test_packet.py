"""What a packet is for, what stands in it, and what a complaint says and lacks."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import proceedings
from domain.packet import PARTS, PURPOSES, TOLD, in_order, lines, missing, told
from domain.playbook import STEPS

COMPLETE: Mapping[str, Any] = {
    "statement": "34 CFR 300.323(c)(2): the services of the IEP are made available.",
    "facts": "On September 14 nobody read the test.",
    "signature": "Petra Petrov",
    "contact": "petra@example.org",
    "child_name": "Sasha Petrov",
    "child_address": "7 River Road",
    "school": "Alder Creek Elementary",
    "problem": "Three tests without a reader.",
    "proposed_resolution": "A reader for all tests.",
    "copy_to_school": True,
}


def said_of(purpose: str, said: Mapping[str, Any], proceeding: Any = None, known: Any = None) -> Any:
    return lines(purpose, said=said, proceeding=proceeding or {}, known=known or {})


def test_each_purpose_has_its_parts_in_one_order() -> None:
    for purpose in PURPOSES.values():
        assert in_order(purpose.parts) == purpose.parts
        assert {"summary", "delivery", "communications", "exhibits", "hashes"} <= set(purpose.parts)
    assert "complaint" in PURPOSES["state_complaint"].parts
    assert "complaint" not in PURPOSES["mediation"].parts


@given(st.lists(st.sampled_from([*PARTS, "nothing of ours"])))
def test_parts_stand_in_their_order_each_once(parts: list[str]) -> None:
    assert in_order(parts) == tuple(part for part in PARTS if part in parts)


def test_a_state_complaint_asks_for_each_part_of_the_law() -> None:
    found = said_of("state_complaint", COMPLETE)
    assert missing(found) == []
    cited = {one.citation for one in found}
    assert {f"34 CFR 300.153(b)({part})" for part in ("1", "2", "3")} <= cited
    assert {"34 CFR 300.153(b)(4)(i)", "34 CFR 300.153(b)(4)(iv)", "34 CFR 300.153(b)(4)(v)", "34 CFR 300.153(d)"} <= cited


@pytest.mark.parametrize("left_out", COMPLETE)
def test_what_lacks_is_named_with_its_paragraph(left_out: str) -> None:
    [lacking] = missing(said_of("state_complaint", {name: value for name, value in COMPLETE.items() if name != left_out}))
    assert lacking["name"] == left_out
    assert lacking["citation"].startswith("34 CFR 300.153(")


def test_a_child_without_a_home_is_reached_in_another_way() -> None:
    homeless = {**COMPLETE, "is_homeless": True, "child_address": None}
    assert [one["name"] for one in missing(said_of("state_complaint", homeless))] == ["homeless_contact"]


def test_what_is_said_for_the_packet_goes_before_what_is_on_record() -> None:
    found = {
        one.name: (one.answer, one.source)
        for one in said_of(
            "state_complaint",
            {"problem": "Ours."},
            {"problem": "Filed.", "contact": "Filed."},
            {"contact": "Known.", "school": "Known."},
        )
    }
    assert found["problem"] == ("Ours.", "said")
    assert found["contact"] == ("Filed.", "proceeding")
    assert found["school"] == ("Known.", "case")
    assert found["statement"] == (None, None)


@given(
    st.dictionaries(st.sampled_from(list(COMPLETE)), st.text(max_size=5) | st.none()),
    st.dictionaries(st.sampled_from(list(COMPLETE)), st.text(max_size=5) | st.none()),
)
def test_what_is_missing_is_said_nowhere(said: dict[str, Any], known: dict[str, Any]) -> None:
    lacking = {one["name"] for one in missing(said_of("state_complaint", said, known=known))}
    whole = {
        **{name: value for name, value in known.items() if value},
        **{name: value for name, value in said.items() if value},
    }
    assert lacking == {part.name for part in proceedings.missing("state_complaint", whole)}


def test_mediation_and_meetings_bring_no_complaint() -> None:
    assert said_of("mediation", COMPLETE) == said_of("team_meeting", COMPLETE) == ()


def test_steps_tell_what_others_may_read_and_no_notes() -> None:
    assert set(TOLD) <= set(STEPS)
    for step, names in TOLD.items():
        assert set(names) <= {field.name for field in STEPS[step].fields}
        assert not {"note", "skip_reason", "spoke_with_counsel", "cause"} & set(names)
    facts = {"finding": "Two tests.", "note": "Ours.", "skip_reason": "In haste."}
    assert told("verify", facts) == [("finding", "Two tests.")]
    assert told("hold_team_meeting", {"attendees": ["Terry", "Lee"]}) == [("attendees", "Terry; Lee")]
    assert told("escalate", {"reason": "Ours.", "route": "mediation"}) == []
