"""The practice's own settings."""

import pytest

from tests.cast import Staff, Visitor

CALENDAR = {
    "weekdays": ["monday", "tuesday", "wednesday", "thursday", "friday"],
    "school_years": [{"from": "2026-09-08", "to": "2027-06-18"}],
    "closures": [{"from": "2026-10-07", "to": "2026-10-08"}, {"from": "2026-10-09", "to": "2026-10-09", "kind": "no_students"}],
}


def test_the_owner_writes_the_profile_that_visitors_see(olga: Staff, visitor: Visitor) -> None:
    profile = {
        "about": "We help families.\n\nAsk us.",
        "website": "https://www.riverside.example/",
        "social_links": {"facebook": "https://www.facebook.com/riverside"},
    }
    olga.patch("/practice", profile)
    seen = visitor.profile()
    assert {name: seen[name] for name in profile} == profile
    assert "school_calendar" not in seen


def test_what_visitors_agree_to_and_in_which_language_is_told_to_them(olga: Staff, visitor: Visitor) -> None:
    assert (visitor.profile()["language"], visitor.profile()["booking_consent"]) == ("en", None)
    said = {"language": "es", "booking_consent": "Estoy de acuerdo.\n\nDe verdad.", "retention_days": 30}
    olga.patch("/practice", said)
    assert {name: olga.get("/practice")[name] for name in said} == said
    assert (visitor.profile()["language"], visitor.profile()["booking_consent"]) == ("es", said["booking_consent"])
    assert "retention_days" not in visitor.profile()
    olga.patch("/practice", {"booking_consent": None})
    assert visitor.profile()["booking_consent"] is None


def test_a_practice_is_in_the_united_states_unless_it_says_otherwise(olga: Staff) -> None:
    found = olga.get("/practice")
    usual = {"country": "US", "closes_on_public_holidays": True, "retention_days": 365, "language": "en"}
    assert {name: found[name] for name in usual} == usual


def test_a_calendar_comes_back_as_it_was_sent(olga: Staff) -> None:
    said = {"school_calendar": CALENDAR, "state_holidays": ["2026-11-27"], "follow_up_policy": [2, 4]}
    olga.patch("/practice", said)
    kept = olga.get("/practice")
    assert {name: kept[name] for name in said} == said


def test_the_follow_up_policy_and_the_calendar_decide_when_to_ask_again(olga: Staff) -> None:
    olga.patch("/practice", {"school_calendar": CALENDAR, "follow_up_policy": [1, 2, 3, 4]})
    asked = olga.asks_the_team(olga.opens_a_case())
    # Tuesday; Wednesday and Thursday are closed; Friday staff are there; then Columbus Day.
    assert [(r["due_at"][:10], r["title"]) for r in asked["reminders"]] == [
        ("2026-10-06", "Ask the team again"),
        ("2026-10-09", "Ask once more, copy the LEA representative"),
        ("2026-10-13", "Ask once more, copy the LEA representative"),
        ("2026-10-14", "No answer from the team: escalate?"),
    ]


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"follow_up_policy": [7, 3]}, "/follow_up_policy"),
        ({"follow_up_policy": []}, "/follow_up_policy"),
        ({"follow_up_policy": [1, 2, 3, 4, 5, 6, 7]}, "/follow_up_policy"),
        ({"school_calendar": {"closures": [{"from": "2026-10-08", "to": "2026-10-07"}]}}, "/school_calendar"),
        ({"school_calendar": {"weekdays": ["someday"]}}, "/school_calendar/weekdays/0"),
        ({"timezone": "America"}, "/timezone"),
        ({"website": "https://user:secret@www.riverside.example/"}, "/website"),
        ({"website": "javascript:alert(1)"}, "/website"),
        ({"slug": "Not A Slug"}, "/slug"),
        ({"country": "USA"}, "/country"),
        ({"country": "us"}, "/country"),
        ({"country": "XX"}, "/country"),
        ({"country": None}, "/country"),
        ({"retention_days": 29}, "/retention_days"),
        ({"retention_days": 3651}, "/retention_days"),
        ({"language": "fr"}, "/language"),
        ({"booking_consent": "a" * 2001}, "/booking_consent"),
        ({}, ""),
    ],
)
def test_settings_that_make_no_sense_are_refused_with_their_place(olga: Staff, said: dict[str, object], pointer: str) -> None:
    answer = olga.ask("PATCH", "/practice", said)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.get_json()["errors"]] == [pointer]


def test_a_slug_belongs_to_one_practice(olga: Staff, lakeside: object) -> None:
    answer = olga.ask("PATCH", "/practice", {"slug": lakeside.slug})  # type: ignore[attr-defined]
    assert (answer.status_code, answer.get_json()["detail"]) == (409, "Another practice has this slug.")


def test_a_change_of_the_practice_is_held_against_the_version_that_was_read(olga: Staff) -> None:
    read = olga.ask("GET", "/practice").headers["ETag"]
    olga.patch("/practice", {"about": "First."}, If_Match=read)
    stale = olga.ask("PATCH", "/practice", {"about": "Second."}, If_Match=read)
    assert (stale.status_code, olga.get("/practice")["about"]) == (412, "First.")
