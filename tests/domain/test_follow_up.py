"""When an unanswered question is asked again."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import SchoolCalendar
from domain.follow_up import LADDERS, Policy, PolicyInvalid, after, plan

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


@pytest.mark.parametrize("ladder", LADDERS)
@pytest.mark.parametrize("rungs", range(1, 7))
def test_however_long_the_ladder_its_last_rung_proposes_and_those_between_ask_once_more(ladder, rungs):
    first, middle, last = LADDERS[ladder]
    titles = [rung.title for rung in plan(ladder, TUESDAY, CHICAGO, policy=Policy(tuple(range(1, rungs + 1))))]
    asking = [first, middle, middle, middle, middle]
    assert titles == [*asking[: rungs - 1], last]


def test_what_was_recorded_late_is_counted_from_its_own_date():
    assert local(plan("teacher", datetime(2020, 1, 6, 16, tzinfo=UTC), CHICAGO))[0] == "2020-01-09 09:00"


@pytest.mark.parametrize(
    "offsets", [(), (3, 3), (7, 3), (0, 1), (-1,), (1, 2, 3, 4, 5, 6, 7), (1.5,), (True,), ("3",), (10**9,)]
)
def test_a_policy_is_one_to_six_rising_numbers(offsets):
    with pytest.raises(PolicyInvalid):
        Policy(offsets)


def test_a_practice_may_choose_another_hour():
    [only] = plan("team", TUESDAY, CHICAGO, policy=Policy((1,), at=time(7, 30)))
    assert local([only]) == ["2026-11-25 07:30"]
    assert only.title == "No answer from the team: escalate?"
