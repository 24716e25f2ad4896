"""When an unanswered question is asked again."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import SchoolCalendar, is_follow_up_day
from domain.follow_up import LADDERS, Policy, PolicyInvalid, after, moved_title, plan, policy_of
from tests.walks import each

CHICAGO = ZoneInfo("America/Chicago")
TUESDAY = datetime(2026, 11, 24, 16, tzinfo=UTC)


def local(follow_ups):
    return [f"{follow_up.due_at.astimezone(CHICAGO):%Y-%m-%d %H:%M}" for follow_up in follow_ups]


def test_an_unanswered_team_is_asked_after_3_7_and_10_days_at_nine_thanksgiving_left_out():
    planned = plan("team", TUESDAY, CHICAGO)
    assert [rung.key for rung in planned] == ["follow_up_1", "follow_up_2", "follow_up_3"]
    assert [rung.title for rung in planned] == [
        "Ask the team again",
        "Ask once more, copy the LEA representative",
        "No answer from the team: escalate?",
    ]
    assert local(planned) == ["2026-11-30 09:00", "2026-12-04 09:00", "2026-12-09 09:00"]


def test_a_closed_friday_and_a_state_holiday_put_it_off_a_day_each():
    closed = SchoolCalendar.parse({"closures": [{"from": "2026-11-27", "to": "2026-11-27"}]})
    first, *_ = plan("team", TUESDAY, CHICAGO, closed, {date(2026, 11, 25)})
    assert local([first]) == ["2026-12-02 09:00"]


def test_day_zero_is_the_practices_date_and_not_that_of_greenwich():
    late_monday = datetime(2026, 11, 24, 5, 30, tzinfo=UTC)
    assert local(plan("team", late_monday, CHICAGO)) == [
        "2026-11-27 09:00",
        "2026-12-03 09:00",
        "2026-12-08 09:00",
    ]


def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change():
    friday = datetime(2026, 10, 30, 16, tzinfo=UTC)
    assert [rung.due_at.hour for rung in plan("team", friday, CHICAGO, policy=Policy((1, 2)))] == [15, 15]
    assert after(1, datetime(2026, 10, 28, 16, tzinfo=UTC), CHICAGO).hour == 14


@each("ladder", LADDERS)
@each("rungs", range(1, 7))
def test_however_long_the_ladder_its_last_rung_proposes_and_those_between_ask_once_more(ladder, rungs):
    first, middle, last = LADDERS[ladder]
    titles = [rung.title for rung in plan(ladder, TUESDAY, CHICAGO, policy=Policy(tuple(range(1, rungs + 1))))]
    asking = [first, middle, middle, middle, middle]
    assert titles == [*asking[: rungs - 1], last]


def test_what_was_recorded_late_is_counted_from_its_own_date():
    assert local(plan("teacher", datetime(2020, 1, 6, 16, tzinfo=UTC), CHICAGO))[0] == "2020-01-09 09:00"


@each("offsets", [(), (3, 3), (7, 3), (0, 1), (-1,), (1, 2, 3, 4, 5, 6, 7), (1.5,), (True,), ("3",), (10**9,)])
def test_a_policy_is_one_to_six_rising_numbers(offsets):
    with pytest.raises(PolicyInvalid):
        Policy(offsets)


def test_a_practice_may_choose_another_hour():
    [only] = plan("team", TUESDAY, CHICAGO, policy=Policy((1,), at=time(7, 30)))
    assert local([only]) == ["2026-11-25 07:30"]
    assert only.title == "No answer from the team: escalate?"


def test_on_a_quiet_day_nothing_is_due_and_two_rungs_never_share_a_day():
    quiet = Policy((1, 2, 3), quiet_days=frozenset({4, 0}))  # Fridays and Mondays
    wednesday = datetime(2026, 10, 14, 16, tzinfo=UTC)
    # Thursday; Friday is quiet, and so is Monday; and what is of Monday stays behind it.
    assert local(plan("team", wednesday, CHICAGO, policy=quiet)) == [
        *("2026-10-15 09:00", "2026-10-20 09:00", "2026-10-21 09:00")
    ]
    assert after(2, wednesday, CHICAGO, policy=quiet) == datetime(2026, 10, 20, 14, tzinfo=UTC)
    assert after(1, wednesday, CHICAGO, policy=quiet) == datetime(2026, 10, 15, 14, tzinfo=UTC)


def test_a_quiet_day_moves_to_a_follow_up_day_and_not_into_a_holiday():
    quiet = Policy((1,), quiet_days=frozenset({2}))  # Wednesdays; Thanksgiving is a Thursday
    assert local(plan("team", TUESDAY, CHICAGO, policy=quiet)) == ["2026-11-27 09:00"]


@pytest.mark.parametrize(
    ("escalates_after", "titles"),
    [
        (None, ["Ask the team again", "Ask once more, copy the LEA representative", "No answer from the team: escalate?"]),
        (7, ["Ask the team again", *["No answer from the team: escalate?"] * 2]),
        (1, ["No answer from the team: escalate?"] * 3),
        (
            15,
            [
                "Ask the team again",
                *["Ask once more, copy the LEA representative"] * 2,
                "No answer from the team: escalate?",
            ],
        ),
    ],
)
def test_from_which_day_on_it_proposes_to_escalate(escalates_after, titles):
    planned = plan("team", TUESDAY, CHICAGO, policy=Policy(escalates_after=escalates_after))
    assert [rung.title for rung in planned] == titles
    assert [rung.key for rung in planned] == [f"follow_up_{number}" for number in range(1, len(titles) + 1)]


def test_the_communication_wins_over_the_case_and_the_case_over_the_practice_field_by_field():
    practice = Policy((3, 7, 10), quiet_days=frozenset({4}), tells="everybody", escalates_after=7)
    case = {"offsets_days": [2, 5], "quiet_days": ["monday", "friday"], "escalates_after_days": None}
    communication = {"offsets_days": [1], "tells": "responsible"}
    assert policy_of(practice, case, communication) == Policy((1,), quiet_days=frozenset({0, 4}))
    assert policy_of(practice, None, {}) == practice
    assert policy_of(practice, case).escalates_after is None


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"quiet_days": ["monday", "tuesday", "wednesday", "thursday", "friday"]}, "/follow_up_policy/quiet_days"),
        ({"tells": "nobody"}, "/follow_up_policy/tells"),
        ({"escalates_after_days": 0}, "/follow_up_policy/escalates_after_days"),
        ({"offsets_days": [7, 3]}, "/follow_up_policy"),
    ],
)
def test_a_policy_that_nobody_could_follow_says_where(said, pointer):
    with pytest.raises(PolicyInvalid) as refused:
        policy_of(Policy(), said)
    assert refused.value.extra["errors"][0]["pointer"] == pointer


def test_a_rung_says_the_same_thing_on_another_ladder():
    assert moved_title("Ask the team again", "team", "meeting") == "Has the meeting been set?"
    assert moved_title("No answer from the team: escalate?", "team", "policy") == "No policy shown: escalate?"
    assert moved_title("In somebody's own words", "team", "policy") == "In somebody's own words"


OFFSETS = st.lists(st.integers(1, 60), min_size=1, max_size=6, unique=True).map(sorted).map(tuple)
QUIET = st.frozensets(st.integers(0, 6), max_size=6).filter(lambda days: not set(range(5)) <= days)


@given(OFFSETS, QUIET, st.one_of(st.none(), st.integers(1, 60)), st.dates(date(2024, 1, 1), date(2029, 12, 31)))
def test_every_rung_is_on_an_open_day_that_is_not_quiet_and_behind_the_one_before(offsets, quiet, escalates, sent):
    policy = Policy(offsets, quiet_days=quiet, escalates_after=escalates)
    planned = plan("teacher", datetime.combine(sent, time(16), UTC), CHICAGO, policy=policy)
    days = [rung.due_at.astimezone(CHICAGO).date() for rung in planned]
    assert days == sorted(set(days))
    assert all(is_follow_up_day(day) and day.weekday() not in quiet for day in days)
    assert planned[-1].title == LADDERS["teacher"].last
    proposing = [rung.title == LADDERS["teacher"].last for rung in planned]
    assert proposing == sorted(proposing)
