"""Three ways through the playbook, from the parent's suspicion to support that is provided, by the API alone."""

from typing import Any

from tests.cast import Practice, Staff
from tests.conftest import Clock

YES = dict.fromkeys(("every_teacher_has_copy", "each_knows_their_part", "each_has_what_they_need"), "yes")


def suspects(ana: Staff, case: Any, words: str) -> Any:
    """What the parent says, asked of the child and held against the words of the IEP."""
    [provision] = ana.provisions_of(ana.puts_in_force(ana.drafts_an_iep(case, words)))
    concern = ana.opens_a_concern(case, provision_id=provision["id"])
    ask = next(step for step in concern["next_steps"] if step["name"] == "ask_child")
    answers = [{"question": ask["prompts"][0], "answer": "No. Then I guess."}]
    ana.takes("ask_child", concern, asked_on="2026-10-05", asked_by="parent", answers=answers, supports_suspicion="yes")
    ana.takes("read_wording", concern, provision_id=provision["id"], is_clear="no")
    return ana.takes("verify", concern, finding="A reader is promised for all tests; in science there was none.")


def says(clock: Clock, party: str, summary: str, **more: Any) -> dict[str, Any]:
    said = {"direction": "outbound", "channel": "email", "party": party, "summary": summary}
    return {**said, "occurred_at": clock().isoformat(), **more}


def talks_to_the_teacher(ana: Staff, concern: Any, clock: Clock, cause: str, said: str, **more: Any) -> Any:
    ana.takes(
        "talk_to_teacher",
        concern,
        communication=says(clock, "teacher", "Asked how reading aloud goes in science.", channel="phone"),
        our_understanding="As we read it, a reader for every test, in every subject.",
        why_we_ask="Sasha says that nobody read the science test.",
    )
    return ana.takes("name_cause", concern, cause=cause, teacher_said=said, **more)


def states(concern: Any) -> list[str]:
    """Where it came to stand, step by step that moved it."""
    return [step["to_state"] for step in concern["history"] if step["to_state"] != step["from_state"]]


def kinds(ana: Staff, concern: Any, **filters: str) -> list[str]:
    query = "&".join(f"{name}={value}" for name, value in {"concern_id": concern["id"], **filters}.items())
    return [event["kind"] for event in ana.everything(f"/cases/{concern['case_id']}/timeline?{query}")]


def test_a_misunderstanding_is_settled_by_one_call(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    concern = suspects(ana, case, "A reader for tests as needed.")
    assert concern["limits"]["state_complaint_limit"]["due_on"] == "2027-10-02"
    cleared = talks_to_the_teacher(ana, concern, clock, "misunderstanding", "I thought it was for reading lessons only.")
    offered = {step["name"]: step["needs_skip_reason"] for step in cleared["next_steps"]}
    assert offered["contact_team"] is False
    assert offered["call_team_meeting"] is True, "no meeting where none is needed"

    asked = ana.takes(
        "contact_team",
        concern,
        communication=says(clock, "team", "Could we write: a reader for every test?", awaiting_reply=True),
        asks_for="amend",
        proposed_wording="A reader reads every test to Sasha, in every subject.",
    )
    assert [row["title"] for row in asked["planned"]][-1] == "No answer from the team: escalate?"
    question = ana.get(f"/communications?concern_id={concern['id']}&party=team")["items"][0]
    assert len(ana.hears(question, "Yes, we agree.")["reminders"]) == 3
    ana.takes(
        "agree_fix",
        concern,
        fix="amendment",
        effective_on="2026-10-12",
        agreed_by_parent_on="2026-10-05",
        agreed_by_agency_on="2026-10-05",
        agreed_with="Robin Reyes",
    )
    ana.takes("confirm_in_writing", concern, communication=says(clock, "team", "Thank you. This is what we agreed."))
    ana.takes("start_monitoring", concern, look_for="A reader in science.", check_ins=[{"party": "child", "every": "week"}])
    done = ana.takes("resolve", concern, outcome="It is read.", resolved_on="2026-10-05", **YES, keep_check_ins="no")
    assert states(done) == [
        *("verified", "teacher_contacted", "misunderstanding", "team_contacted", "agreed", "monitoring", "resolved")
    ]
    assert "call_team_meeting" not in {step["step"] for step in done["history"]}
    open_ones = [row["title"] for row in ana.reminders(concern_id=concern["id"], state="scheduled")]
    assert open_ones == ["Quiet check: is it still happening?"]
    assert {row["state"] for row in ana.everything(f"/check-ins?concern_id={concern['id']}")} == {"ended"}
    told = kinds(ana, concern)
    assert set(told) == {*("concern", "concern_step", "observation", "communication", "check_in", "reminder_settled")}
    assert told.count("communication") == 4
    assert kinds(ana, concern, kind="observation,concern") == ["observation", "concern"]


def test_a_missing_resource_is_agreed_monitored_and_comes_back(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    member = ana.adds_a_team_member(case, email="terry@school.example")
    concern = suspects(ana, case, "An aide reads every test to Sasha.")
    needs = [{"kind": "staffing", "what": "An aide in science", "who": "Terry Thompson", "by_on": "2026-10-16"}]
    talks_to_the_teacher(ana, concern, clock, "missing_resource", "I have no aide in third period.", needs=needs)
    ana.takes("contact_team", concern, communication=says(clock, "team", "Who could read?"), asks_for="resource")
    resource = {"fix": "resource", "what": "An aide in science", "owner_id": member["id"]}
    agreed = ana.takes("agree_fix", concern, **resource, effective_on="2026-10-19", by_on="2026-10-16")
    kept = next(row for row in agreed["planned"] if row["title"] == "Is what was promised in place?")
    assert kept["due_at"] == "2026-10-16T16:00:00Z"
    ana.takes("confirm_in_writing", concern, communication=says(clock, "team", "Terry brings an aide by October 16."))
    parties = [{"party": "child", "every": "week"}, {"party": "teacher", "every": "two_weeks"}]
    watched = ana.takes("start_monitoring", concern, look_for="An aide in science.", check_ins=parties)
    begun = watched["history"][-1]["facts"]["check_in_ids"]
    check_ins = {row["id"]: row for row in ana.everything(f"/check-ins?concern_id={concern['id']}")}
    assert set(begun) == set(check_ins)

    clock.move(days=8)
    child = next(row for row in check_ins.values() if row["party"] == "child")
    said = {"checked_on": "2026-10-13", "answers": [{"question": "Who read it to you?", "answer": "Ms. Kim did."}]}
    heard = ana.post(f"/check-ins/{child['id']}/record", {**said, "is_happening": "yes"})
    assert (heard["observation"]["source"], heard["observation"]["is_happening"]) == ("child", "yes")
    assert "Is it happening? Ask the child and the teacher" in {row["title"] for row in heard["settled"]}
    history = ana.get(f"/concerns/{concern['id']}")["history"]
    assert (history[-1]["step"], history[-1]["facts"]["observation_id"]) == ("check_in", heard["observation"]["id"])

    clock.move(days=13)
    ana.takes("report_not_working", concern, what_happens="No aide since the 20th.", since_on="2026-10-20")
    assert ana.reminders(concern_id=concern["id"], state="scheduled") == []
    again = ana.takes("agree_fix", concern, **resource, effective_on="2026-11-02", by_on="2026-11-02")
    step = next(step for step in again["next_steps"] if step["name"] == "start_monitoring")
    assert step["needs_skip_reason"] is True, "the second agreement is not confirmed yet"
    ana.takes("confirm_in_writing", concern, communication=says(clock, "team", "Again: an aide, by November 2."))
    assert ana.takes("start_monitoring", concern, look_for="An aide.", check_ins=parties)["history"][-1]["facts"][
        "check_in_ids"
    ] == [*begun], "who is asked already goes on being asked"

    clock.move(days=30)
    resolved = ana.takes("resolve", concern, outcome="An aide reads.", resolved_on="2026-11-20", **YES, keep_check_ins="yes")
    assert [notice["pointer"] for notice in resolved["notices"]] == ["/every_teacher_has_copy", "/each_knows_their_part"]
    assert {row["state"] for row in ana.everything(f"/check-ins?concern_id={concern['id']}")} == {"active"}
    relapse = ana.takes("reopen", concern, reason="The aide has left.", noticed_on="2026-11-24")
    assert relapse["state"] == "verified"
    assert [row["title"] for row in relapse["planned"]] == ["Talk to the teacher"]
    assert len(relapse["history"]) == len(resolved["history"]) + 1, "the history stays"
    assert relapse["limits"]["since_on"] == "2026-10-02", "so do the days of the law"


def test_a_refusal_ends_in_a_state_complaint(riverside: Practice, ana: Staff, clock: Clock) -> None:
    case = ana.opens_a_case()
    concern = suspects(ana, case, "A reader for all tests.")
    talks_to_the_teacher(ana, concern, clock, "refusal", "We do not do that in science.")
    called = ana.takes(
        "call_team_meeting",
        concern,
        communication=says(clock, "team", "Please set a meeting.", awaiting_reply=True),
        agenda="A reader in every subject.",
        proposed_dates=["2026-10-13", "2026-10-14", "2026-10-15"],
    )
    assert called["planned"][0]["title"] == "Has the meeting been set?"
    clock.move(days=8)
    held = ana.takes(
        "hold_team_meeting",
        concern,
        held_on="2026-10-13",
        attendees=["Terry Thompson", "Petra Petrov"],
        what_was_said="Terry: no reader in science, that is our policy.",
        outcome="refused",
    )
    assert {row["ladder"] for row in held["settled"]} == {"meeting"}
    clock.move(days=1)
    asked = ana.takes(
        "request_policy",
        concern,
        communication=says(clock, "team", "Please send the written policy.", channel="letter", awaiting_reply=True),
        refusal_in_their_words="No reader in science, that is our policy.",
        policy_asked_for="The written policy or law on which it rests",
    )
    assert asked["planned"][0]["title"] == "Has the written policy come?"
    policy = ana.uploads(case, b"Policy 7: readers are for reading lessons.\n", "policy.txt", kind="policy")
    received = {"received_on": "2026-10-13", "document_id": policy["id"], "supports_refusal": "no"}
    assert {row["ladder"] for row in ana.takes("receive_policy", concern, **received)["settled"]} == {"policy"}

    escalated = ana.takes(
        "escalate",
        concern,
        route="state_complaint",
        client_decided_on="2026-10-13",
        reason="A policy is no reason to leave out what the IEP promises.",
        document_ids=[policy["id"]],
    )
    assert [row["title"] for row in escalated["planned"]] == ["Gather data, service logs, statements"]
    proceeding = ana.get(f"/proceedings/{escalated['history'][-1]['facts']['proceeding_id']}")
    limit = escalated["limits"]["state_complaint_limit"]
    assert (limit["due_on"], limit["rule"]) == ("2027-10-02", "state_complaint_limit")
    assert [row["due_on"] for row in proceeding["deadlines"] if row["rule"] == "state_complaint_limit"] == ["2027-10-02"]

    place = f"/proceedings/{proceeding['id']}"
    early = ana.ask("POST", f"{place}/steps", {"step": "file", "occurred_on": "2026-10-14"})
    assert early.status_code == 422
    lacking = {error["pointer"].removeprefix("/complaint/") for error in early.get_json()["errors"]}
    assert lacking >= {"statement", "facts", "signature", "contact", "child_name", "school", "copy_to_school"}
    parts = {part["part"]: "As in the letter." for part in proceeding["missing"]}
    said = {name: True if name.startswith("copy_to") else words for name, words in parts.items()}
    complete = ana.patch(place, {"complaint": said})
    assert complete["missing"] == []
    ana.post(f"{place}/steps", {"step": "file", "occurred_on": "2026-10-14"})
    clock.move(days=2)
    got = ana.post(f"{place}/steps", {"step": "receive", "occurred_on": "2026-10-16"})
    assert {row["rule"]: row["due_on"] for row in got["deadlines"]}["state_complaint_decision"] == "2026-12-15"
    clock.move(days=60)
    ana.post(f"{place}/steps", {"step": "decide", "occurred_on": "2026-12-10", "finding": "noncompliance_found"})

    closed = ana.takes("close", concern, reason="decision", note="The state found for the parent; a reader is in science.")
    assert states(closed) == [
        *("verified", "teacher_contacted", "refusal", "team_meeting", "policy_requested", "escalated", "closed")
    ]
    told = ana.everything(f"/cases/{case['id']}/timeline?concern_id={concern['id']}")
    assert [event["at"] for event in told] == sorted(event["at"] for event in told)
    assert {event["kind"] for event in told} >= {
        *("concern", "concern_step", "communication", "observation", "document", "deadline", "proceeding", "proceeding_step"),
        "reminder_settled",
    }
    for path in {event["path"].removeprefix("/api/v1") for event in told}:
        assert ana.ask("GET", path).status_code == 200, path
