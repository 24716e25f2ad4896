"""The chapter of the demo's story about consultations: when two advocates can be met, and who has booked or written."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol

from commands.story_days import ZONE, Days

PHONE = {"kind": "phone", "who_calls": "host"}
VIDEO = {"kind": "video", "url": "https://meet.riverside-advocacy.example/consultation"}
QUESTIONS = [
    {
        "key": "grade",
        "label": "Which grade is your child in?",
        "kind": "choice",
        "required": True,
        "choices": ["Preschool", "Kindergarten to 2", "3 to 5", "6 to 8", "High school", "After high school"],
    },
    {"key": "has_iep", "label": "Is there an IEP or a 504 plan?", "kind": "yes_no", "required": True},
    {
        "key": "about",
        "label": "What is it about?",
        "kind": "choices",
        "required": False,
        "choices": ["A promise that is not kept", "The next meeting", "A first evaluation", "Something else"],
    },
]
PREGUNTAS = [
    {
        "key": "grado",
        "label": "¿En qué grado está su hijo o hija?",
        "kind": "choice",
        "required": True,
        "choices": ["Preescolar", "Kínder a 2.º", "3.º a 5.º", "6.º a 8.º", "Secundaria superior", "Después de la secundaria"],
    },
    {"key": "tiene_iep", "label": "¿Hay un IEP o un plan 504?", "kind": "yes_no", "required": True},
]


class Teller(Protocol):
    """Who tells the story: as somebody of the staff, or as a visitor."""

    days: Days

    def get(self, path: str) -> Any: ...
    def post(self, path: str, body: Mapping[str, Any]) -> Any: ...
    def say(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any: ...
    def as_visitor(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any: ...


def open_consultations(told: Teller, olga: str, ana: str) -> None:
    """Hours by two clocks, with days that are different; four kinds of consultation, one of them behind a link."""
    told.say("PATCH", "/practice", {"school_calendar": {"school_years": _school_years(told.days.today)}})
    mornings = _hours(("monday", "tuesday", "wednesday", "thursday"), ("09:00", "12:00"), ("15:00", "18:00"))
    told.say("PUT", "/availability", {"staff_id": olga, "timezone": "America/Los_Angeles", "weekly": mornings})
    leaves = told.days.next("monday", 5)
    told.say(
        "PUT",
        "/availability",
        {
            "staff_id": ana,
            "timezone": "America/Denver",
            "weekly": _hours(("tuesday", "wednesday", "thursday", "friday"), ("10:00", "13:00"), ("16:30", "19:30")),
            "summer_weekly": _hours(("tuesday", "thursday"), ("09:00", "13:00")),
            "travels": [
                {"from": leaves.isoformat(), "to": (leaves + timedelta(days=4)).isoformat(), "timezone": "America/Mexico_City"}
            ],
        },
    )
    late = {"hours": [{"start": "18:00", "end": "20:30"}], "note": "Evening hours for parents who work."}
    told.post("/availability/overrides", {"staff_id": olga, "date": told.days.next("thursday", 1).isoformat(), **late})
    conference = {"hours": [], "note": "State conference on inclusion."}
    told.post("/availability/overrides", {"staff_id": ana, "date": told.days.next("friday", 2).isoformat(), **conference})
    off = datetime.combine(told.days.next("wednesday", 1), time(14), ZONE)
    span = {"starts_at": _at(off), "ends_at": _at(off + timedelta(hours=4))}
    told.post("/time-off", {"staff_id": olga, **span, "note": "Dentist."})
    _open_kinds(told, olga, ana)


def hear_from_families(told: Teller, slug: str) -> None:
    """Two who booked, two who wrote; what is asked before a family is taken on."""
    start, end = _at(told.days.told_at + timedelta(days=2)), _at(told.days.told_at + timedelta(days=16))

    def book(kind: str, timezone: str, **more: Any) -> Any:
        query = f"consultation_type={kind}&from={start}&to={end}&timezone=UTC"
        slot = told.as_visitor("GET", f"/public/{slug}/slots?{query}")["items"][2]
        said = {"consultation_type": kind, "starts_at": slot["starts_at"], "timezone": timezone, **more}
        return told.as_visitor("POST", f"/public/{slug}/bookings", said)

    father = book(
        "free-consultation",
        "America/New_York",
        name="Pavel Petrov",
        email="pavel@example.org",
        phone="+1 212 555 0177",
        message="I hear that you are helping with the reading support. I would like to understand the plan too.",
        answers={"grade": "3 to 5", "has_iep": True, "about": ["A promise that is not kept"]},
    )
    book("iep-review", "America/Denver", name="Tom Tanaka", email="tom@example.org", message="The meeting is on the 14th.")
    for family in (
        {
            "name": "Nadia Novak",
            "email": "nadia@example.org",
            "message": "Our district cannot find a speech therapist. Since August there was no session. What can I do?",
            "language": "en",
            "timezone": "America/Chicago",
        },
        {
            "name": "Lucía Herrera",
            "email": "lucia@example.org",
            "message": "Me dieron el IEP solo en inglés y tengo que firmarlo el viernes. ¿Me pueden ayudar a leerlo?",
            "language": "es",
            "timezone": "America/Los_Angeles",
        },
    ):
        told.as_visitor("POST", f"/public/{slug}/enquiries", family)
    # He shares a name with a family that is here already: somebody looks, and answers for it.
    check = told.post(f"/bookings/{father['id']}/conflict-checks", {"also": ["Sasha Petrov"]})
    note = "Both parents share custody. Petra knows that he calls, and agrees."
    told.post(f"/conflict-checks/{check['id']}/sign-off", {"decision": "waived", "note": note})


def _open_kinds(told: Teller, olga: str, ana: str) -> None:
    kinds: list[dict[str, Any]] = [
        {
            "name": "Free consultation",
            "slug": "free-consultation",
            "description": "Half an hour by phone. Tell us what worries you; if you can, have the IEP at hand.",
            "minutes": 30,
            "buffer_after_minutes": 15,
            "minimum_notice_minutes": 240,
            "daily_limit": 4,
            "questions": QUESTIONS,
            "location": PHONE,
            "hosts": [{"staff_id": olga, "weight": 1}, {"staff_id": ana, "weight": 2}],
        },
        {
            "name": "Consulta gratuita en español",
            "slug": "consulta-gratuita",
            "description": "Media hora por teléfono con Ana. Cuéntenos qué le preocupa; si puede, tenga el IEP a mano.",
            "minutes": 30,
            "buffer_after_minutes": 15,
            "minimum_notice_minutes": 240,
            "language": "es",
            "questions": PREGUNTAS,
            "location": PHONE,
            "hosts": [{"staff_id": ana}],
        },
        {
            "name": "IEP review",
            "slug": "iep-review",
            "description": "An hour by video over the whole plan, sentence by sentence. We confirm it once we have your copy.",
            "minutes": 60,
            "step_minutes": 30,
            "price_cents": 12_000,
            "buffer_before_minutes": 15,
            "buffer_after_minutes": 15,
            "minimum_notice_days": 2,
            "weekly_limit": 6,
            "needs_confirmation": True,
            "visitors_choose_host": True,
            "location": VIDEO,
            "hosts": [{"staff_id": olga}, {"staff_id": ana}],
        },
    ]
    # The newest stand last in the list of what is offered.
    for kind in kinds:
        told.post("/consultation-types", kind)
    private = {"name": "Follow-up for our families", "slug": "follow-up", "minutes": 20, "is_private": True, "location": PHONE}
    made = told.post("/consultation-types", private)
    note = {"note": "For the Petrov family.", "single_use": False}
    told.post("/booking-links", {"consultation_type_id": made["id"], "host_id": ana, **note})


def _hours(days: tuple[str, ...], *spans: tuple[str, str]) -> list[dict[str, str]]:
    return [{"weekday": day, "start": start, "end": end} for day in days for start, end in spans]


def _school_years(today: date) -> list[dict[str, str]]:
    first = today.year if today.month >= 8 else today.year - 1
    return [{"from": f"{year}-09-02", "to": f"{year + 1}-06-12"} for year in (first, first + 1)]


def _at(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
