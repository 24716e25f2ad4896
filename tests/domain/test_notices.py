"""What a step is told where its answers and what is on record do not go together."""

from datetime import date

from domain.notices import Copy, notices

TODAY = date(2026, 10, 14)
YES = dict.fromkeys(("every_teacher_has_copy", "each_knows_their_part", "each_has_what_they_need"), "yes")


def told(step: str, facts: dict[str, object], **more: object) -> dict[str, str]:
    return {notice.pointer: notice.detail for notice in notices(step, facts, today=TODAY, **more)}  # type: ignore[arg-type]


def test_all_yes_is_held_against_the_ledger_of_copies() -> None:
    copies = [Copy("Terry Thompson", False, None, None), Copy("Nora New", True, "no", "no"), Copy("Kit", True, "yes", "yes")]
    found = told("resolve", YES, copies=copies)
    assert found["/every_teacher_has_copy"].endswith("1 open line, not acknowledged by Terry Thompson.")
    assert found["/each_knows_their_part"].endswith("2 open lines, not known to know their part: Terry Thompson, Nora New.")
    assert found["/each_has_what_they_need"].endswith("1 open line, said to lack something: Nora New.")
    assert told("resolve", dict.fromkeys(YES, "no"), copies=copies) == {}
    assert told("resolve", YES, copies=[copies[-1]]) == {}


def test_an_excusal_is_held_against_what_the_law_wants_in_writing() -> None:
    aside = {"member": "Principal", "area_discussed": "no"}
    speech = {"member": "SLP", "area_discussed": "yes"}
    assert set(told("hold_team_meeting", {"held_on": "2026-10-12", "excusals": [aside, speech]})) == {
        "/excusals/0/agreed_in_writing_on",
        "/excusals/1/parent_consent_on",
        "/excusals/1/written_input_on",
    }
    written = [
        {**aside, "agreed_in_writing_on": "2026-10-10"},
        {**speech, "parent_consent_on": "2026-10-10", "written_input_on": "2026-10-11"},
    ]
    assert told("hold_team_meeting", {"held_on": "2026-10-12", "excusals": written}) == {}
    assert set(told("hold_team_meeting", {"held_on": "2026-10-11", "excusals": written})) == {"/excusals/1/written_input_on"}


def test_a_clear_wording_in_which_the_check_finds_something_is_read_again() -> None:
    assert told("read_wording", {"is_clear": "yes"}, findings=2) == {
        "/is_clear": "The wording check finds 2 places where it leaves a way out."
    }
    assert told("read_wording", {"is_clear": "no"}, findings=2) == told("read_wording", {"is_clear": "yes"}) == {}


def test_an_amendment_that_holds_before_it_was_agreed_is_seen() -> None:
    agreed = {"fix": "amendment", "effective_on": "2026-10-12", "agreed_by_parent_on": "2026-10-12"}
    assert told("agree_fix", {**agreed, "agreed_by_agency_on": "2026-10-12"}) == {}
    late = told("agree_fix", {**agreed, "agreed_by_agency_on": "2026-10-14"})
    assert late == {"/agreed_by_agency_on": "It is to hold from 2026-10-12, before the school agreed."}


def test_what_has_happened_does_not_lie_in_the_future() -> None:
    asked = {"asked_on": "2026-10-15", "supports_suspicion": "yes"}
    assert told("ask_child", asked) == {"/asked_on": "This lies in the future."}
    assert told("ask_child", {**asked, "asked_on": "2026-10-14"}) == {}
