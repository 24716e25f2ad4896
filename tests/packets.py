"""Packets made up for tests of the paper: nobody's case, in which everything is known."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from domain.packet import PARTS
from domain.packet_facts import PacketFacts
from mail.packet import Exhibit

MONTHS = (
    ("2026-09-08", "2026-09-30", 216, 180, 0),
    ("2026-10-01", "2026-10-31", 264, 120, 30),
    ("2026-11-01", "2026-11-30", 216, 210, 0),
)
SPEECH = "30 minutes, 2 times per week, in the resource room, by a speech-language pathologist."
READER = "A reader for tests as needed."


def some_facts(**said: Any) -> PacketFacts:
    """A state complaint about a child who has speech therapy and a reader; what is `said` stands instead."""
    facts = PacketFacts(
        purpose="state_complaint",
        title="Sasha Petrov: reading and speech support",
        language="en",
        parts=list(PARTS),
        reference="P-2026-0192",
        as_of="2026-11-30T17:05:00Z",
        today="2026-11-30",
        timezone="America/Los_Angeles",
        from_on="2026-09-08",
        to_on="2026-11-30",
        is_redacted=False,
        practice={
            "name": "Riverside Advocacy",
            "address": "12 Main Street, Portland, OR 97201",
            "phone": "+1 503 555 0100",
            "website": None,
        },
        prepared_by={"name": "Ana Alvarez", "email": "ana@riverside.example"},
        child={
            "name": "Sasha Petrov",
            "birth_date": "2017-03-21",
            "grade": "4",
            "school": "Alder Creek Elementary",
            "district": "Alder Creek School District",
            "state": "OR",
        },
        family=[{"name": "Petra Petrov"}],
        iep={"number": 2, "effective_from": "2026-09-08", "effective_to": "2027-06-18", "sha256": "ab" * 32},
        complaint=[
            {
                "name": "statement",
                "label": "That the agency did not meet a requirement of Part B of IDEA, and which one",
                "citation": "34 CFR 300.153(b)(1)",
                "answer": "34 CFR 300.323(c)(2): the services of the IEP are made available.",
                "source": "said",
                "is_missing": False,
            },
            {
                "name": "signature",
                "label": "Who signs it",
                "citation": "34 CFR 300.153(b)(3)",
                "answer": None,
                "source": None,
                "is_missing": True,
            },
            {
                "name": "child_name",
                "label": "The child's name",
                "citation": "34 CFR 300.153(b)(4)(i)",
                "answer": "Sasha Petrov",
                "source": "case",
                "is_missing": False,
            },
            {
                "name": "copy_to_school",
                "label": "A copy goes to the school at the same time",
                "citation": "34 CFR 300.153(d)",
                "answer": True,
                "source": "proceeding",
                "is_missing": False,
            },
        ],
        missing=[{"name": "signature", "label": "Who signs it", "citation": "34 CFR 300.153(b)(3)"}],
        concerns=[a_concern()],
        delivery=some_delivery(),
        timeline={
            "is_shortened": False,
            "events": [
                {"on": "2026-09-08", "kind": "iep_version", "what": "in_force", "detail": "2"},
                {
                    "on": "2026-10-05",
                    "kind": "concern",
                    "what": "not_provided",
                    "detail": "Sasha took two science tests without a reader.",
                },
                {"on": "2026-10-07", "kind": "concern_step", "what": "ask_child", "detail": ""},
                {
                    "on": "2026-10-12",
                    "kind": "communication",
                    "what": "outbound",
                    "detail": "Asked who provides the reader, and since when.",
                },
            ],
        },
        proceedings=[
            {
                "kind": "state_complaint",
                "reference": "OR-26-044",
                "filed_on": None,
                "state": "planned",
                "steps": [{"step": "file", "on": "2026-11-25"}],
                "deadlines": [a_deadline()],
            }
        ],
        deadlines=[{**a_deadline(), "label": "Annual review", "due_on": "2027-09-08", "met_on": None}],
        wording={
            "version": 2,
            "provisions": [
                {
                    "text": READER,
                    "score": 23,
                    "is_english": True,
                    "open": ["who", "where", "when"],
                    "findings": [
                        {
                            "term": "as needed",
                            "start": 19,
                            "end": 28,
                            "why": "Nobody can tell when this is.",
                            "question": "When exactly is a reader needed?",
                        }
                    ],
                    "rewrite": "A reader [who] for tests [where], [when].",
                },
                {"text": SPEECH, "score": 92, "is_english": True, "open": [], "findings": [], "rewrite": None},
            ],
        },
        changes=[
            {
                "before": 1,
                "after": 2,
                "before_from": "2025-09-08",
                "after_from": "2026-09-08",
                "items": [
                    {
                        "change": "weakened",
                        "before": "A reader for all tests.",
                        "after": READER,
                        "reason": "It is only given as needed now.",
                        "week_before": None,
                        "week_after": None,
                    },
                    {
                        "change": "weakened",
                        "before": "45 minutes, 2 times per week, of speech therapy.",
                        "after": SPEECH,
                        "reason": "Fewer minutes are promised.",
                        "week_before": "90",
                        "week_after": "60",
                    },
                    {
                        "change": "unchanged",
                        "before": "A seat near the board.",
                        "after": "A seat near the board.",
                        "reason": "The same as before.",
                        "week_before": None,
                        "week_after": None,
                    },
                ],
            }
        ],
        communications=[a_communication(number) for number in range(1, 4)],
        observations=[
            {
                "on": "2026-10-07",
                "recorded_at": "2026-10-07T20:00:00Z",
                "source": "child",
                "author": "Sasha",
                "weight": "first_hand",
                "is_verbatim": True,
                "text": "",
                "is_correction": False,
                "answers": [{"question": "Who read the test to you?", "answer": "Nobody. I did it alone."}],
                "is_happening": None,
                "support": READER,
                "attachments": [],
                "corrected_on": None,
            },
            {
                "on": "2026-10-09",
                "recorded_at": "2026-10-09T20:00:00Z",
                "source": "document",
                "author": None,
                "weight": "record",
                "is_verbatim": False,
                "text": "The test of October 5, with the box for a reader not ticked.",
                "is_correction": False,
                "answers": [],
                "is_happening": "no",
                "support": None,
                "attachments": [{"name": "Science test.pdf", "document_id": "d1"}],
                "corrected_on": None,
            },
        ],
        statements=[
            {
                "name": "Terry Thompson",
                "party": "teacher",
                "question": "What did you see of the reader in September?",
                "asked_on": "2026-11-02",
                "about_from": "2026-09-08",
                "about_to": "2026-10-31",
                "entries": [
                    {
                        "number": 1,
                        "text": "I did not see a reader in my room in September.\n\nThe aide was in another class.",
                        "signed_name": "Terry Thompson",
                        "signed_on": "2026-11-04",
                        "recorded_at": "2026-11-04T21:00:00Z",
                        "sha256": "cd" * 32,
                    },
                    {
                        "number": 2,
                        "text": "Since November 9 there is one.",
                        "signed_name": "T. Thompson",
                        "signed_on": "2026-11-12",
                        "recorded_at": "2026-11-12T21:00:00Z",
                        "sha256": "ef" * 32,
                    },
                ],
            }
        ],
    )
    return replace(facts, **said)


def a_concern(number: int = 1) -> dict[str, Any]:
    return {
        "number": number,
        "kind": "not_provided",
        "what_happened": "Sasha took two science tests without a reader.",
        "noticed_on": "2026-10-05",
        "since_on": "2026-09-14",
        "state": "team_contacted",
        "support": {"support_id": "Speech-language pathologist", "text": READER, "version": 2, "page": 7},
        "steps": [
            {"step": "ask_child", "on": "2026-10-07", "to": "suspected", "told": []},
            {
                "step": "verify",
                "on": "2026-10-09",
                "to": "verified",
                "told": [["finding", "A reader was promised, and two tests were taken without one."]],
            },
            {
                "step": "talk_to_teacher",
                "on": "2026-10-12",
                "to": "teacher_contacted",
                "told": [["our_understanding", "All tests are read aloud."]],
            },
            {
                "step": "name_cause",
                "on": "2026-10-16",
                "to": "missing_resource",
                "told": [["teacher_said", "There is no reader in the building in the morning."]],
            },
            {"step": "contact_team", "on": "2026-10-20", "to": "team_contacted", "told": []},
        ],
        "limits": [
            {
                "label": "State complaint: received within a year",
                "due_on": "2027-09-14",
                "sum": "2026-09-14 + 1 year = 2027-09-14",
                "citation": "34 CFR 300.153(c)",
            }
        ],
    }


def a_deadline() -> dict[str, Any]:
    return {
        "label": "Decision of the state complaint",
        "due_on": "2027-01-24",
        "met_on": "2027-01-20",
        "sum": "2026-11-25 + 60 days = 2027-01-24",
        "citation": "34 CFR 300.152(a)",
    }


def some_delivery(months: Any = MONTHS) -> dict[str, Any]:
    speech = a_support("Speech-language pathologist", SPEECH, months)
    math = a_support(
        "Specially designed instruction in math",
        "45 minutes daily of specially designed instruction in math.",
        [(a, b, o * 4, d * 6, 0) for a, b, o, d, _ in months],
    )
    reader = {
        **a_support("Reader", READER, ()),
        "owed": None,
        "short": None,
        "short_by": None,
        "reason": "not_quantified",
        "by_month": [],
    }
    counted = (speech, math)
    return {
        "from_on": "2026-09-08",
        "to_on": "2026-11-30",
        "ends_in_future": False,
        "totals": {
            **{name: sum(one[name] for one in counted) for name in ("owed", "delivered", "made_up", "short")},
            "short_by": {name: sum(one["short_by"][name] for one in counted) for name in counted[0]["short_by"]},
        },
        "supports": [speech, math, reader],
    }


def a_support(label: str, text: str, months: Any) -> dict[str, Any]:
    by_month = [
        {
            "from_on": first,
            "to_on": last,
            "owed": owed,
            "delivered": delivered,
            "made_up": made_up,
            "short": max(0, owed - delivered),
        }
        for first, last, owed, delivered, made_up in months
    ]
    owed, delivered = (sum(month[name] for month in by_month) for name in ("owed", "delivered"))
    short = max(0, owed - delivered)
    return {
        "support_id": label,
        "label": label,
        "text": text,
        "versions": [2],
        "owed": owed,
        "delivered": delivered,
        "made_up": sum(month["made_up"] for month in by_month),
        "short": short,
        "short_by": {"student_absent": 0, "missed": min(short, 90), "unaccounted": max(0, short - 90)},
        "outside": 0,
        "reason": None,
        "logged": {
            "delivered": {"entries": 17, "minutes": 480},
            "made_up": {"entries": 1, "minutes": 30},
            "missed": {"entries": 3, "minutes": 90},
        }
        if months
        else {},
        "sources": ["school", "provider"] if months else [],
        "by_month": by_month,
        "claims": [
            {
                "minutes": 150,
                "claimed_on": "2026-11-16",
                "from_on": "2026-09-08",
                "to_on": "2026-10-31",
                "note": "In the letter of November 16.",
            }
        ]
        if months
        else [],
        "contradictions": [
            {
                "on": "2026-10-12",
                "kind": "log_says_given",
                "log": [{"source": "school", "outcome": "delivered", "minutes": 30}],
                "said": {"source": "child", "on": "2026-10-12", "text": "I did not go that day."},
            }
        ]
        if months
        else [],
        "frequency": "30 minutes, 2 times per week",
        "contact": "direct",
        "rule": "Promised: 30 minutes, 2 times per week. For each week, Monday to Sunday: N are weekdays.",
        "periods": [{"from_on": "2026-09-07", "to_on": "2026-09-13", "n": 5, "d": 5, "w": 4, "owed": 48.0}] * 12
        if months
        else [],
    }


def a_communication(number: int, summary: str = "", **said: Any) -> dict[str, Any]:
    at = date(2026, 10, 1) + timedelta(days=number)
    return {
        "number": number,
        "at": f"{at}T21:05:00Z",
        "recorded_at": f"{at}T21:30:00Z",
        "direction": "outbound" if number % 2 else "inbound",
        "channel": "email",
        "party": "team",
        "with": ["Terry Thompson", "Robin Reyes"],
        "subject": "Reader for tests",
        "summary": summary or "Dear all,\n\nwho provides the reader for tests, and since when?\nThank you.\n\nPetra",
        "answers": number - 1 if number > 1 else None,
        "corrects": None,
        "corrected": None,
        "awaiting_reply": number == 1,
        "mail": {
            "from": "robin.reyes@alder-creek.example",
            "sent_at": f"{at}T21:00:00Z",
            "received_at": f"{at}T21:05:00Z",
            "mail_id": f"<{number}@alder-creek.example>",
            "sha256": f"{number:064x}",
        }
        if number % 2 == 0
        else None,
        "deliveries": [{"to": "robin.reyes@alder-creek.example", "state": "sent"}] if number % 2 else [],
        "attachments": [{"name": "Science test.pdf", "document_id": "d1"}] if number == 1 else [],
        "shortened": None,
        **said,
    }


def some_exhibits(many: int = 3, pages: int = 4) -> list[Exhibit]:
    """The first is a file that is put in behind its sheet, the second a text, the third a recording."""
    made = []
    for number in range(1, many + 1):
        kind = number % 3
        made.append(
            Exhibit(
                number=number,
                title=("A recording of the meeting", "Science test of October 5", "Log of the aide, as text")[kind],
                source=("parent", "school", "provider")[kind],
                observed_on=date(2026, 10, 5) + timedelta(days=number),
                file_type=("mp3", "pdf", "txt")[kind],
                pages=pages if kind == 1 else 0,
                sha256=hashlib.sha256(str(number).encode()).hexdigest(),
                size_bytes=1234 * number,
                note="Came by mail." if kind == 1 else None,
                text="09/08 no\n09/10 no\n\n09/14 yes" if kind == 2 else None,
                document_id=f"d{number}",
            )
        )
    return made
