"""The law's clocks for whoever asks: when is it due, if this happened on that day? Nothing is kept of what is asked."""

from typing import Any

from api.doors import StaffDoor
from api.verbs import practice
from domain.deadline_rules import STATES
from domain.deadlines import check
from models.practice import Practice
from schemas.base import plain
from schemas.deadline_check import DeadlineAnswerSchema, DeadlineCheckSchema

deadline_checks = StaffDoor(
    "deadline-checks", __name__, "/deadline-checks", description="When something is due by law, with the sum and the source."
)
deadline_checks.keeps_answers = False
deadline_checks.only_asks = True

EXAMPLES = {
    "federal": {"value": {"rule": "initial_evaluation", "event_on": "2026-10-05", "state": None}},
    "of_a_state": {
        "value": {
            "rule": "initial_evaluation",
            "event_on": "2026-10-05",
            "state": "TX",
            "inputs": {
                "absent_on": ["2026-10-12", "2026-10-13", "2026-11-02"],
                "calendar": {
                    "school_years": [{"from": "2026-08-17", "to": "2027-05-28"}],
                    "closures": [{"from": "2026-11-23", "to": "2026-11-27"}],
                },
            },
        }
    },
    "moved_by_agreement": {
        "value": {
            "rule": "initial_evaluation",
            "event_on": "2026-10-05",
            "state": None,
            "inputs": {"transfer": {"agreed_on": "2027-01-15", "sufficient_progress": True}},
        }
    },
    "one_of_two_events": {
        "value": {"rule": "prior_written_notice", "event": "change_requested", "event_on": "2026-10-05", "state": None}
    },
    "follow_up": {
        "value": {"rule": "follow_up_1", "event_on": "2026-10-08", "inputs": {"timezone": "America/New_York"}},
    },
}


@deadline_checks.route("", methods=["POST"])
@deadline_checks.arguments(DeadlineCheckSchema, examples=EXAMPLES)
@deadline_checks.response(200, DeadlineAnswerSchema)
def check_deadline(asked: dict[str, Any]) -> dict[str, Any]:
    """Check a deadline

    The date by one rule of `/deadline-rules`, counted from the day of its event; or why there is none, with the sum in words,
    the law, the state's row if one was used, and what is in doubt. The rungs of the practice's follow-up policy, `follow_up_1`
    and so on, are answered alike, with the instant. The practice's school calendar, state holidays and time zone are used
    where `inputs` do not bring others. Where no state is said and the practice has none, a notice says that federal law alone
    was counted by. Nothing is kept. General information, not legal advice.
    """
    ours = practice()
    state = asked["state"] if "state" in asked else state_of(ours)
    answer = check(
        asked["rule"],
        asked["event_on"],
        asked.get("event"),
        state,
        plain(asked.get("inputs", {})),
        calendar=ours.calendar,
        state_holidays=ours.holidays,
        zone=ours.zone,
        policy=ours.policy,
    )
    # Who says null asks for federal law alone; who says nothing of a practice that says nothing either is told.
    return (answer if state or "state" in asked else answer.of_no_known_state()).as_json()


def state_of(ours: Practice) -> str | None:
    """The practice's state, if it is one whose law is looked at: other countries have states too."""
    state = (ours.state or "").upper()
    return state if ours.country == "US" and state in STATES else None
