"""Types of consultations: what they ask, where they are held, who holds them, and what visitors see of all that."""

from typing import Any

import pytest

from tests.cast import Practice, Staff, Visitor

QUESTIONS = [
    {"key": "grade", "label": "Which grade?", "kind": "text", "required": True},
    {"key": "worry", "label": "What worries you?", "kind": "long_text", "required": False},
    {"key": "plan", "label": "Which plan is there?", "kind": "choice", "required": True, "choices": ["IEP", "504", "None yet"]},
    {"key": "help_so_far", "label": "Who helps?", "kind": "choices", "required": False, "choices": ["School", "Doctor"]},
    {"key": "has_reports", "label": "Are there reports?", "kind": "yes_no", "required": False},
    {"key": "children", "label": "How many children?", "kind": "number", "required": False},
    {"key": "next_meeting", "label": "When is the next meeting?", "kind": "date", "required": False},
]
EVERYTHING: dict[str, Any] = {
    "name": "Review of an IEP",
    "slug": "iep-review",
    "description": "We read it together.",
    "minutes": 60,
    "step_minutes": 30,
    "price_cents": 9500,
    "buffer_before_minutes": 10,
    "buffer_after_minutes": 20,
    "minimum_notice_minutes": 240,
    "minimum_notice_days": 2,
    "horizon_days": 90,
    "bookable_until": "2026-12-18",
    "daily_limit": 2,
    "daily_limit_minutes": 120,
    "weekly_limit": 6,
    "weekly_limit_minutes": 360,
    "monthly_limit": 20,
    "monthly_limit_minutes": 1200,
    "season_caps": [{"from": "2026-11-01", "to": "2026-11-30", "limit": 12, "timezone": "America/New_York"}],
    "questions": QUESTIONS,
    "location": {"kind": "video", "url": "https://meet.example.org/olga"},
    "language": "es",
    "needs_confirmation": True,
    "verifies_address": True,
    "is_open": True,
    "is_private": False,
    "visitors_choose_host": True,
    "reminder_offsets_minutes": [10080, 1440, 30],
}


def test_everything_that_was_said_comes_back(olga: Staff, ana: Staff) -> None:
    said = {**EVERYTHING, "hosts": [{"staff_id": olga.id, "weight": 2}, {"staff_id": ana.id, "weight": 1}]}
    made = olga.post("/consultation-types", said)
    for answer in (made, olga.get(f"/consultation-types/{made['id']}"), olga.get("/consultation-types")["items"][0]):
        assert {name: answer[name] for name in said} == said


def test_each_field_can_be_changed_by_itself(olga: Staff, ana: Staff) -> None:
    made = olga.post("/consultation-types", {"name": "Plain", "slug": "plain", "minutes": 30})
    said = {**EVERYTHING, "hosts": [{"staff_id": ana.id, "weight": 3}]}
    for name, value in said.items():
        olga.patch(f"/consultation-types/{made['id']}", {name: value})
    changed = olga.get(f"/consultation-types/{made['id']}")
    assert {name: changed[name] for name in said} == said


def test_what_is_left_out_is_as_simple_as_it_can_be(olga: Staff) -> None:
    made = olga.post("/consultation-types", {"name": "Plain", "slug": "plain", "minutes": 45})
    plain = {"step_minutes": 45, "price_cents": 0, "questions": [], "location": None, "language": "en", "hosts": []}
    plain |= {"season_caps": [], "reminder_offsets_minutes": [1440, 60], "minimum_notice_days": 0, "bookable_until": None}
    plain |= {"weekly_limit": None, "needs_confirmation": False, "is_private": False, "visitors_choose_host": False}
    assert {name: made[name] for name in plain} == plain


def test_the_dates_of_a_season_are_those_of_the_practice_unless_another_zone_is_named(olga: Staff) -> None:
    cap = {"from": "2027-03-01", "to": "2027-05-31", "limit": 40}
    made = olga.post("/consultation-types", {"name": "Plain", "slug": "plain", "minutes": 30, "season_caps": [cap]})
    assert made["season_caps"] == [{**cap, "timezone": "America/Los_Angeles"}]


CHOICE = {"key": "plan", "label": "Which plan?", "kind": "choice"}


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"questions": [{**CHOICE}]}, "/questions/0/choices"),
        ({"questions": [{**CHOICE, "choices": []}]}, "/questions/0/choices"),
        ({"questions": [{**CHOICE, "choices": ["IEP", "IEP"]}]}, "/questions/0/choices/1"),
        ({"questions": [{**CHOICE, "choices": ["IEP", "  "]}]}, "/questions/0/choices"),
        ({"questions": [{**CHOICE, "kind": "text", "choices": ["IEP"]}]}, "/questions/0/choices"),
        ({"questions": [{**CHOICE, "kind": "essay"}]}, "/questions/0/kind"),
        ({"questions": [{"key": "Grade", "label": "Grade?", "kind": "text"}]}, "/questions/0/key"),
        ({"questions": [{"key": "grade-now", "label": "Grade?", "kind": "text"}]}, "/questions/0/key"),
        ({"questions": [{"key": "a" * 41, "label": "Grade?", "kind": "text"}]}, "/questions/0/key"),
        ({"questions": [QUESTIONS[0], QUESTIONS[1], QUESTIONS[0]]}, "/questions/2/key"),
        ({"questions": [{**QUESTIONS[0], "key": f"key_{n}"} for n in range(31)]}, "/questions"),
        ({"location": {"kind": "phone"}}, "/location/who_calls"),
        ({"location": {"kind": "phone", "who_calls": "parent"}}, "/location/number"),
        ({"location": {"kind": "phone", "who_calls": "host", "url": "https://a.example/"}}, "/location/url"),
        ({"location": {"kind": "video"}}, "/location/url"),
        ({"location": {"kind": "video", "url": "http://meet.example/"}}, "/location/url"),
        ({"location": {"kind": "place"}}, "/location/address"),
        ({"location": {"kind": "place", "address": " "}}, "/location/address"),
        ({"location": {"kind": "place", "address": "1 Main Street", "number": "+1 503 555 0142"}}, "/location/number"),
        ({"reminder_offsets_minutes": [60, 60]}, "/reminder_offsets_minutes/1"),
        ({"reminder_offsets_minutes": [4]}, "/reminder_offsets_minutes/0"),
        ({"reminder_offsets_minutes": [60 * 24 * 60 + 1]}, "/reminder_offsets_minutes/0"),
        ({"reminder_offsets_minutes": list(range(60, 71))}, "/reminder_offsets_minutes"),
        ({"season_caps": [{"from": "2027-05-31", "to": "2027-03-01", "limit": 4}]}, "/season_caps/0/to"),
        ({"season_caps": [{"from": "2027-03-01", "to": "2027-05-31", "limit": -1}]}, "/season_caps/0/limit"),
        ({"weekly_limit": 0}, "/weekly_limit"),
        ({"monthly_limit_minutes": 4}, "/monthly_limit_minutes"),
        ({"language": "fr"}, "/language"),
        ({"minimum_notice_days": 61}, "/minimum_notice_days"),
        ({"questions": None}, "/questions"),
        ({"hosts": [{"staff_id": "0192f0c1-2345-7abc-8def-0123456789ab"}]}, "/hosts/0/staff_id"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_place(olga: Staff, said: dict[str, Any], pointer: str) -> None:
    made = olga.post("/consultation-types", {"name": "Plain", "slug": "plain", "minutes": 30})
    before = olga.get(f"/consultation-types/{made['id']}")
    for answer in (
        olga.ask("POST", "/consultation-types", {"name": "Other", "slug": "other", "minutes": 30, **said}),
        olga.ask("PATCH", f"/consultation-types/{made['id']}", said),
    ):
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.get_json()["errors"]] == [pointer]
    assert olga.get(f"/consultation-types/{made['id']}") == before
    assert len(olga.get("/consultation-types")["items"]) == 1


@pytest.mark.parametrize("weight", [0, 11])
def test_a_weight_is_one_to_ten(olga: Staff, weight: int) -> None:
    said = {"name": "Plain", "slug": "plain", "minutes": 30, "hosts": [{"staff_id": olga.id, "weight": weight}]}
    answer = olga.ask("POST", "/consultation-types", said)
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/hosts/0/weight")


def test_nobody_is_named_as_a_host_twice(olga: Staff) -> None:
    said = {"name": "Plain", "slug": "plain", "minutes": 30, "hosts": [{"staff_id": olga.id}, {"staff_id": olga.id}]}
    answer = olga.ask("POST", "/consultation-types", said)
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/hosts/1/staff_id")


def test_who_has_left_or_works_elsewhere_is_no_host(olga: Staff, sam: Staff, lakeside: Practice) -> None:
    gone, elsewhere = sam.id, lakeside.ana.id
    assert olga.ask("DELETE", f"/staff/{gone}").status_code == 200
    said = {"name": "Plain", "slug": "plain", "minutes": 30}
    answers = [
        olga.ask("POST", "/consultation-types", {**said, "hosts": [{"staff_id": olga.id}, {"staff_id": somebody}]})
        for somebody in (gone, elsewhere, "0192f0c1-2345-7abc-8def-0123456789ab")
    ]
    assert [answer.status_code for answer in answers] == [422] * 3
    assert [answer.get_json()["errors"] for answer in answers] == [
        [{"pointer": "/hosts/1/staff_id", "detail": "There is nothing with this id."}]
    ] * 3


def test_who_owns_no_practice_changes_no_settings(olga: Staff, ana: Staff, sam: Staff) -> None:
    kind = olga.opens_consultations()
    for person in (ana, sam):
        assert person.ask("PATCH", f"/consultation-types/{kind['id']}", {"is_private": True}).status_code == 403
        assert person.ask("POST", "/consultation-types", {"name": "A", "slug": "a-b", "minutes": 30}).status_code == 403
        assert person.get(f"/consultation-types/{kind['id']}")["is_private"] is False


def offered(visitor: Visitor) -> list[Any]:
    found: list[Any] = visitor.get(f"/public/{visitor.slug}/consultation-types")["items"]
    return found


def test_a_visitor_sees_what_she_needs_to_book_and_no_more(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(**{**EVERYTHING, "visitors_choose_host": False})
    assert offered(visitor) == [
        {
            "id": offered(visitor)[0]["id"],
            "name": "Review of an IEP",
            "slug": "iep-review",
            "description": "We read it together.",
            "minutes": 60,
            "price_cents": 9500,
            "is_free": False,
            "language": "es",
            "location": {"kind": "video"},
            "needs_confirmation": True,
            "verifies_address": True,
            "questions": QUESTIONS,
            "visitors_choose_host": False,
            "hosts": [],
        }
    ]


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        (None, None),
        ({"kind": "phone", "who_calls": "host"}, {"kind": "phone", "who_calls": "host"}),
        ({"kind": "phone", "who_calls": "parent", "number": "+1 503 555 0142"}, {"kind": "phone", "who_calls": "parent"}),
        ({"kind": "video", "url": "https://meet.example.org/olga"}, {"kind": "video"}),
        ({"kind": "place", "address": "1 Main Street"}, {"kind": "place"}),
    ],
)
def test_where_exactly_it_is_held_is_told_to_who_has_booked(olga: Staff, visitor: Visitor, location: Any, shown: Any) -> None:
    olga.opens_consultations(location=location)
    assert offered(visitor)[0]["location"] == shown


def test_what_costs_nothing_is_shown_as_free(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations()
    assert (offered(visitor)[0]["price_cents"], offered(visitor)[0]["is_free"]) == (0, True)


def test_visitors_choose_among_those_who_hold_it_and_have_hours(riverside: Practice, olga: Staff, visitor: Visitor) -> None:
    ana, sam = riverside.ana, riverside.sam
    kind = olga.opens_consultations(hosts=(olga, ana), visitors_choose_host=True)
    everybody = [{"id": ana.id, "name": "Ana"}, {"id": olga.id, "name": "Olga Owens"}]
    assert offered(visitor)[0]["hosts"] == everybody
    olga.patch(f"/consultation-types/{kind['id']}", {"hosts": [{"staff_id": ana.id}, {"staff_id": sam.id}]})
    assert offered(visitor)[0]["hosts"] == [{"id": ana.id, "name": "Ana"}]
    olga.patch(f"/consultation-types/{kind['id']}", {"visitors_choose_host": False})
    assert offered(visitor)[0]["hosts"] == []


def test_who_has_left_cannot_be_chosen(riverside: Practice, olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(hosts=(olga, riverside.ana), visitors_choose_host=True)
    assert olga.ask("DELETE", f"/staff/{riverside.ana.id}").status_code == 200
    assert [host["id"] for host in offered(visitor)[0]["hosts"]] == [olga.id]


def test_a_private_type_is_in_no_list_of_visitors(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(is_private=True)
    assert offered(visitor) == []
    assert len(olga.get("/consultation-types")["items"]) == 1
