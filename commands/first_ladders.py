"""The chapter of the demo's story about the playbook: a misunderstanding that one call settled, a resource that was missing
and is watched now, and a refusal that ended in a state complaint; what the law's clocks say, and a letter."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from flask.testing import FlaskClient

from commands.story_days import Days, a_year_after, day_before

BREAKS = "A break of five minutes after each half hour of work, in the calm corner."
AIDE = "An aide reads every test aloud to Marco in a quiet room."
HISTORY_TEST = "Marco took the history test with the class, and nobody read it."
ONE_SESSION = "Ada had one session of speech therapy in four weeks."
SPEECH = {
    "kind": "service",
    "text": "Speech therapy in the therapy room, by the speech-language pathologist.",
    "frequency": "30 minutes, 2 times per week",
    "setting": "therapy room",
    "provider_role": "speech-language pathologist",
}

COMPLAINT = {
    "statement": "Services have not been made available in accordance with the child's IEP (34 CFR 300.323(c)(2)).",
    "facts": "The IEP in effect states speech therapy, 30 minutes, 2 times per week. The school's log shows most sessions as"
    " not held. The district was asked on three days in writing, and sent a policy about groups.",
    "signature": "Dana Diaz, mother",
    "contact": "Dana Diaz, 18 Heron Lane, Portland, OR 97203, (503) 555-0188",
    "child_name": "Ada Diaz",
    "child_address": "18 Heron Lane, Portland, OR 97203",
    "school": "Birch Street School, Alder Creek School District",
    "problem": "Ada had one session of speech therapy in the first four weeks, and few since.",
    "proposed_resolution": "Speech therapy as the IEP states it, from now on; and the minutes that were not given, made up.",
    "copy_to_school": True,
}


class Teller(Protocol):
    """Who tells the story, on any day of it."""

    _client: FlaskClient
    days: Days

    def get(self, path: str) -> Any: ...
    def post(self, path: str, body: Mapping[str, Any]) -> Any: ...
    def say(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any: ...
    def days_ago(self, days: int) -> AbstractContextManager[None]: ...


def climb(told: Teller) -> None:
    """Three more families, each as far up the ladder as it took."""
    _a_misunderstanding(told)
    _a_missing_resource(told)
    _a_refusal(told)
    told.say("PUT", "/digest", {"at": "07:00"})


def keep_the_clocks(told: Teller, case: Mapping[str, Any]) -> None:
    """What the law sets for the child of a case: the next review, and records that were asked for."""
    for rule, days_ago in (("annual_review", 214), ("reevaluation", 486), ("records_access", 8)):
        told.post("/deadlines", {"case_id": case["id"], "rule": rule, "event_on": told.days.on(days_ago)})


def write_down_the_talk(told: Teller, concern: Mapping[str, Any]) -> None:
    """The letter of understanding after the talk with the teacher, handed over; and one that is still a draft."""
    about = {"case_id": concern["case_id"], "concern_id": concern["id"]}
    with told.days_ago(9):
        said = {
            "spoke_on": told.days.on(10),
            "how": "phone",
            "they_said": "You understood the reader to be for reading lessons, and would gladly have one for tests.",
            "with_whom": "Terry Thompson",
            "we_said": "We understand the support as a reader for every test, in all subjects.",
            "agreed": [
                {"what": "We ask the team together who can read the tests", "who": "Ana Alvarez", "by": told.days.on(7)}
            ],
            "open_points": ["Who reads the tests until then"],
        }
        _final(told, {"template": "follow_up_summary", "party": "teacher", **about, "facts": said})
    with told.days_ago(1):
        told.post("/letters", {"template": "amendment_request", **about})


def _final(told: Teller, asked: Mapping[str, Any]) -> None:
    letter = told.post("/letters", asked)
    if letter["blanks"]:
        # What nobody knew is taken out by whoever signs: here, somebody who has read it.
        kept = [line for line in letter["body"].split("\n") if not any(f"[{blank}]" in line for blank in letter["blanks"])]
        told.say("PATCH", f"/letters/{letter['id']}", {"body": "\n".join(kept)})
    told.post(f"/letters/{letter['id']}/finalise", {})
    told.post(f"/letters/{letter['id']}/hand-over", {"channel": "letter", "awaiting_reply": False})


def _a_misunderstanding(told: Teller) -> None:
    with told.days_ago(50):
        case, _, provisions = _family(told, "Nia Novak", "Tom Novak", "Breaks in class", [BREAKS])
    happened = "Tom worked through the whole morning on two days."
    concern = _suspected(told, case, provisions[0], 48, happened, "Not this week.")
    with told.days_ago(47):
        _step(
            told,
            concern,
            "talk_to_teacher",
            communication=_said("teacher", "Called about the breaks: they were taken for a reward.", "phone"),
            our_understanding="A break after each half hour, whatever was done in it.",
            why_we_ask="Tom worked through the morning on two days.",
        )
        said = "I thought that he had to earn it. From tomorrow on he has it each half hour."
        _step(told, concern, "name_cause", cause="misunderstanding", teacher_said=said)
    with told.days_ago(46):
        look_for = {"look_for": "A break after each half hour.", "check_ins": [{"party": "child", "every": "week"}]}
        _step(told, concern, "start_monitoring", **look_for, skip_reason="One call settled it; the letter thanks for it.")
    with told.days_ago(41):
        heard = {"answers": [{"question": "When did you take a break?", "answer": "After reading, and after math."}]}
        _step(told, concern, "check_in", checked_on=told.days.on(41), party="child", is_happening="yes", **heard)
    with told.days_ago(31):
        yes = dict.fromkeys(("every_teacher_has_copy", "each_knows_their_part", "each_has_what_they_need"), "yes")
        _step(told, concern, "resolve", outcome="He has his breaks.", resolved_on=told.days.on(46), keep_check_ins="no", **yes)


def _a_missing_resource(told: Teller) -> None:
    with told.days_ago(43):
        case, members, provisions = _family(told, "Maria Moreno", "Marco Moreno", "Tests in a quiet room", [AIDE])
    aide = provisions[0]
    concern = _suspected(told, case, aide, 41, HISTORY_TEST, "Nobody. I read it myself.")
    with told.days_ago(39):
        _step(
            told,
            concern,
            "talk_to_teacher",
            communication=_said("teacher", "Asked how the reading of tests goes in history.", "phone"),
            our_understanding="An aide for every test, in a quiet room.",
            why_we_ask="Marco said that he took the test with the class.",
        )
        needs = [{"kind": "staffing", "what": "An aide in third period", "who": "Avery Adams", "by_on": told.days.on(27)}]
        _step(told, concern, "name_cause", cause="missing_resource", teacher_said="No aide is free in my hour.", needs=needs)
    with told.days_ago(37):
        asked = _said("team", "Could an aide of the fourth grade come for tests?", "email", awaiting_reply=True)
        _step(told, concern, "contact_team", communication=asked, asks_for="resource")
    with told.days_ago(35):
        question = told.get(f"/communications?concern_id={concern['id']}&party=team")["items"][0]
        told.post(
            "/communications",
            {
                **_said("team", "Yes, from next Monday on. Avery brings her along.", "email"),
                "direction": "inbound",
                "case_id": case["id"],
                "concern_id": concern["id"],
                "in_reply_to": question["id"],
                "occurred_at": told.days.at(35).isoformat(),
            },
        )
        brought = {"what": "An aide for tests in third period", "owner_id": members[0]["id"], "by_on": told.days.on(27)}
        _step(told, concern, "agree_fix", fix="resource", effective_on=told.days.on(27), **brought)
    with told.days_ago(34):
        _step(told, concern, "confirm_in_writing", communication=_said("team", "Thank you. This is what we agreed.", "letter"))
        asked_of = [{"party": "child", "every": "week"}, {"party": "teacher", "every": "two_weeks"}]
        _step(told, concern, "start_monitoring", look_for="An aide at each test in history.", check_ins=asked_of)
    child = next(row for row in told.get(f"/check-ins?concern_id={concern['id']}")["items"] if row["party"] == "child")
    for days_ago, words, is_happening in ((14, "Ms. Kim read it. It was quiet.", "yes"), (9, "She came late.", "partly")):
        with told.days_ago(days_ago):
            answers = [{"question": "Who read it to you?", "answer": words}]
            heard = {"checked_on": told.days.on(days_ago), "answers": answers, "is_happening": is_happening}
            told.post(f"/check-ins/{child['id']}/record", heard)


def _a_refusal(told: Teller) -> None:
    with told.days_ago(57):
        case, _, provisions = _family(told, "Dana Diaz", "Ada Diaz", "Speech therapy", [SPEECH])
    speech = provisions[0]
    concern = _suspected(told, case, speech, 55, ONE_SESSION, "No, not this week.")
    with told.days_ago(53):
        _step(
            told,
            concern,
            "talk_to_teacher",
            communication=_said("teacher", "Asked when speech therapy takes place.", "phone"),
            our_understanding="Twice a week, thirty minutes each.",
            why_we_ask="Ada remembers one session.",
        )
        _step(told, concern, "name_cause", cause="refusal", teacher_said="We give it once a month to everybody now.")
    with told.days_ago(51):
        invited = _said("team", "Please set a meeting about speech therapy.", "email", awaiting_reply=True)
        dates = {"proposed_dates": [told.days.on(47), told.days.on(46), told.days.on(45)]}
        _step(told, concern, "call_team_meeting", communication=invited, agenda="Speech therapy as written.", **dates)
    with told.days_ago(46):
        held = {"held_on": told.days.on(46), "attendees": ["Avery Adams", "Dana Diaz"], "outcome": "refused"}
        _step(told, concern, "hold_team_meeting", what_was_said="Avery: once a month is the district's policy.", **held)
    with told.days_ago(45):
        _step(
            told,
            concern,
            "request_policy",
            communication=_said("team", "Please send the written policy.", "letter", awaiting_reply=True),
            refusal_in_their_words="Once a month is the district's policy.",
            policy_asked_for="The written policy or law on which it rests",
        )
    with told.days_ago(32):
        _step(told, concern, "receive_policy", received_on=told.days.on(32), supports_refusal="no")
    with told.days_ago(29):
        # What the ladder passed by is taken off by whoever passed it.
        for left in told.get(f"/reminders?concern_id={concern['id']}&state=scheduled")["items"]:
            told.post(f"/reminders/{left['id']}/complete", {})
    with told.days_ago(28):
        decided = {"client_decided_on": told.days.on(28), "reason": "The policy speaks of groups, not of this IEP."}
        _step(told, concern, "escalate", route="state_complaint", **decided)
    with told.days_ago(21):
        proceeding = told.get(f"/proceedings?concern_id={concern['id']}")["items"][0]
        place = f"/proceedings/{proceeding['id']}"
        told.say("PATCH", place, {"complaint": COMPLAINT})
        told.post(f"{place}/steps", {"step": "file", "occurred_on": told.days.on(21)})
    with told.days_ago(19):
        told.post(f"{place}/steps", {"step": "receive", "occurred_on": told.days.on(19)})


def _family(told: Teller, parent: str, child: str, title: str, promised: list[Any]) -> Any:
    address = f"{parent.split()[0].lower()}@example.org"
    client = told.post("/clients", {"name": parent, "email": address, "timezone": "America/Los_Angeles"})
    school = {"school": "Birch Street School", "district": "Alder Creek School District", "state": "OR"}
    student = told.post("/students", {"client_ids": [client["id"]], "name": child, "grade": "5", **school})
    case = told.post("/cases", {"client_id": client["id"], "student_id": student["id"], "title": title})
    members = [
        told.post("/team-members", {"case_id": case["id"], "name": name, "role": role, "email": f"{box}@birch.example"})
        for name, role, box in (
            ("Avery Adams", "lea_representative", "adams"),
            ("Morgan Mills", "general_education_teacher", "mills"),
        )
    ]
    provisions = [row if isinstance(row, dict) else {"kind": "accommodation", "text": row} for row in promised]
    begins = told.days.ago(120)
    dates = {"effective_from": begins.isoformat(), "effective_to": day_before(a_year_after(begins))}
    version = told.post("/iep-versions", {"student_id": student["id"], **dates, "provisions": provisions})
    told.post(f"/iep-versions/{version['id']}/activate", {})
    return case, members, told.get(f"/provisions?iep_version_id={version['id']}")["items"]


def _suspected(told: Teller, case: Any, provision: Any, days_ago: int, happened: str, the_child: str) -> Any:
    with told.days_ago(days_ago):
        noticed = {"kind": "not_provided", "what_happened": happened, "noticed_on": told.days.on(days_ago + 2)}
        concern = told.post("/concerns", {"case_id": case["id"], "provision_id": provision["id"], **noticed})
        ask = next(step for step in concern["next_steps"] if step["name"] == "ask_child")
        answers = [{"question": ask["prompts"][0], "answer": the_child}]
        asked = {"asked_on": told.days.on(days_ago), "asked_by": "parent", "supports_suspicion": "yes"}
        _step(told, concern, "ask_child", answers=answers, **asked)
        _step(told, concern, "read_wording", provision_id=provision["id"], is_clear="yes")
        _step(told, concern, "verify", finding=happened)
    return concern


def _said(party: str, summary: str, channel: str, **more: Any) -> dict[str, Any]:
    return {"direction": "outbound", "channel": channel, "party": party, "summary": summary, **more}


def _step(told: Teller, concern: Any, name: str, **facts: Any) -> None:
    if "communication" in facts:
        facts["communication"] = {**facts["communication"], "occurred_at": _moment(told)}
    told.post(f"/concerns/{concern['id']}/steps", {"step": name, **facts})


def _moment(told: Teller) -> str:
    return str(told._client.application.extensions["clock"]().isoformat())
