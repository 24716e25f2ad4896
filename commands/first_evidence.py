"""The chapter of the demo's story about evidence: the log of a school that gives less than it promised, what the child says of
it, a statement that somebody signed, and the packets that go to the state and into mediation."""

import io
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, Protocol

from PIL import Image, ImageDraw

from commands.story_days import Days, american

SPEECH_DAYS = (1, 3)
SAID = (
    "We were told in August that speech is once a month for everybody this year. Ada was in my room on Tuesdays and Thursdays."
)
ASKED = "When did the student leave your class for speech therapy this fall, and when not?"
HALF_AN_HOUR = 30
# Nobody else was meant to stand in Ada's file, and does: what a redacted edition is for.
NEIGHBOUR = "Tom Novak"


class Teller(Protocol):
    """Who tells the story, on any day of it."""

    days: Days

    def get(self, path: str) -> Any: ...
    def post(self, path: str, body: Mapping[str, Any]) -> Any: ...
    def as_visitor(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any: ...
    def days_ago(self, days: int) -> AbstractContextManager[None]: ...
    def upload(self, case_id: str, name: str, content: bytes, **said: str) -> Any: ...
    def token(self, purpose: str, row_id: str) -> str: ...


def bring_evidence(told: Teller) -> None:
    """Of the family whose complaint is with the state."""
    case = next(row for row in told.get("/cases")["items"] if row["title"] == "Speech therapy")
    version = next(row for row in told.get(f"/iep-versions?student_id={case['student_id']}")["items"])
    speech = told.get(f"/provisions?iep_version_id={version['id']}")["items"][0]
    concern = told.get(f"/concerns?case_id={case['id']}")["items"][0]
    about = {"case_id": case["id"], "concern_id": concern["id"], "provision_id": speech["id"]}
    log = list(_log(told.days))
    _write_down_the_log(told, case, speech, log)
    _hear_the_child(told, about, log)
    _ask_for_statements(told, about, case)
    _ask_for_the_packets(told, case)


def _log(days: Days) -> Iterator[tuple[date, int, str, str]]:
    """Tuesdays and Thursdays of eleven weeks: day, minutes, outcome, reason. What is not in it, nobody knows."""
    held = [days.ago(number) for number in range(56, 1, -1) if days.ago(number).weekday() in SPEECH_DAYS]
    for number, day in enumerate(held):
        if number % 8 == 1:
            yield day, HALF_AN_HOUR, "delivered", ""
        elif number % 8 == 4:
            yield day, 20, "partial", "Fire drill."
        elif number % 8 == 5:
            yield day, HALF_AN_HOUR, "student_absent", "A cold."
        elif number % 8 != 6:
            yield day, HALF_AN_HOUR, "missed", "No therapist in the building."


def _write_down_the_log(told: Teller, case: Any, speech: Any, log: list[tuple[date, int, str, str]]) -> None:
    lines = ["Date,Service,Minutes,Status,Provider,Comments"]
    lines += [
        f"{american(day)},Speech,{minutes},{outcome.replace('_', ' ')},R. Rivera SLP,{why}"
        for day, minutes, outcome, why in log
    ]
    with told.days_ago(2):
        written = "\n".join([*lines, f"{american(log[-1][0])},Group,30,delivered,R. Rivera SLP,with {NEIGHBOUR}"])
        kept = told.upload(case["id"], "Speech log.csv", written.encode(), kind="log", note="From the school, on request.")
        items = [
            {
                "provision_id": speech["id"],
                "held_on": day.isoformat(),
                "minutes": minutes,
                "outcome": outcome,
                "source": "school",
                "provider": "R. Rivera, SLP",
                "document_id": kept["id"],
                "reference": f"{day.isoformat()} {outcome}",
                **({"reason": why} if why else {}),
                **({"missed_by": "provider"} if outcome == "missed" else {}),
            }
            for day, minutes, outcome, why in log
        ]
        told.post("/service-sessions/batch", {"items": items})


def _hear_the_child(told: Teller, about: Mapping[str, Any], log: list[tuple[date, int, str, str]]) -> None:
    """On a day for which the log says that she had it; with the calendar from the kitchen door."""
    delivered = [day for day, _, outcome, _ in log if outcome == "delivered"][-1]
    with told.days_ago(1):
        picture = told.upload(about["case_id"], "Kitchen calendar.png", _calendar(delivered), kind="other")
        heard = {"observed_on": delivered.isoformat(), "author": "Ada, in her own words", "is_verbatim": True}
        answers = [{"question": "Who was in the therapy room with you today?", "answer": "Nobody. Ms. Rivera is away again."}]
        told.post(
            "/observations",
            {**about, **heard, "source": "child", "is_happening": "no", "answers": answers, "document_ids": [picture["id"]]},
        )
        claim = {"minutes": 420, "claimed_on": told.days.on(1), "note": "In the proposed resolution of the complaint."}
        told.post("/compensatory-claims", {"case_id": about["case_id"], "provision_id": about["provision_id"], **claim})


def _calendar(day: date) -> bytes:
    paper = Image.new("RGB", (900, 600), "#fffdf5")
    pen = ImageDraw.Draw(paper)
    pen.rectangle((20, 20, 880, 580), outline="#2f5d62", width=6)
    pen.text((60, 60), f"{day:%B %Y}", fill="#2f5d62", font_size=64)
    pen.text((60, 200), f"{day:%A} {day.day}", fill="black", font_size=56)
    pen.text((60, 300), "speech?  no - Ms. R. away", fill="#a33", font_size=56)
    held = io.BytesIO()
    paper.save(held, "PNG")
    return held.getvalue()


def _ask_for_statements(told: Teller, about: Mapping[str, Any], case: Any) -> None:
    """The teacher signed; the mother has the mail."""
    teacher = next(
        row for row in told.get(f"/team-members?case_id={case['id']}")["items"] if row["role"] == "general_education_teacher"
    )
    with told.days_ago(6):
        asked = told.post("/statements", {**about, "party": "teacher", "team_member_id": teacher["id"], "question": ASKED})
    with told.days_ago(4):
        signed = {"text": SAID, "signed_name": teacher["name"], "signed_on": told.days.on(4)}
        told.as_visitor("POST", f"/public/statements/{told.token('statements', asked['id'])}", signed)
    with told.days_ago(1):
        told.post("/statements", {**about, "party": "parent", "client_id": case["client_id"]})


def _ask_for_the_packets(told: Teller, case: Any) -> None:
    """The worker builds them as soon as it is there."""
    told.post("/packets", {"case_id": case["id"], "purpose": "state_complaint"})
    hidden = {"other_children": True, "addresses": True}
    told.post("/packets", {"case_id": case["id"], "purpose": "mediation", "redactions": hidden})
