"""Counting days, as DOMAIN sections 3 and 4 count them."""

from datetime import date, timedelta

import holidays
import pytest

from domain.calendar import (
    CalendarInvalid,
    NoSuchDay,
    SchoolCalendar,
    add_business_days,
    add_follow_up_days,
    federal_holidays,
    is_business_day,
    is_follow_up_day,
    is_school_day,
)
from tests.walks import each

YEAR = SchoolCalendar.parse(
    {
        "school_years": [{"from": "2026-09-08", "to": "2027-06-18"}],
        "closures": [
            {"from": "2026-10-12", "to": "2026-10-12", "kind": "no_students"},
            {"from": "2026-11-26", "to": "2026-11-27"},
            {"from": "2026-12-21", "to": "2027-01-01"},
        ],
    }
)


@each("year", range(1986, 2100))
def test_our_federal_holidays_are_those_of_an_independent_list(year):
    assert federal_holidays(year) == frozenset(holidays.country_holidays("US", years=year))


def test_a_holiday_on_saturday_closes_the_friday_before_even_in_the_old_year():
    assert date(2026, 7, 3) in federal_holidays(2026)
    assert date(2027, 7, 5) in federal_holidays(2027)
    assert date(2027, 12, 31) in federal_holidays(2027)


def test_holidays_are_known_to_the_end_of_the_calendar():
    assert date(2199, 12, 25) in federal_holidays(2199)


def test_school_breaks_are_business_days_and_state_holidays_are_not():
    assert is_business_day(date(2026, 12, 22))
    assert not is_business_day(date(2026, 12, 22), {date(2026, 12, 22)})
    assert not is_business_day(date(2026, 12, 25))
    assert not is_business_day(date(2026, 12, 26))


def test_staff_can_answer_when_only_the_children_are_away_and_in_summer():
    training = SchoolCalendar.parse({"closures": [{"from": "2026-10-13", "to": "2026-10-13", "kind": "no_students"}]})
    assert is_follow_up_day(date(2026, 10, 13), training)
    assert not is_school_day(date(2026, 10, 13), training)
    assert is_follow_up_day(date(2026, 7, 15), YEAR)
    assert not is_follow_up_day(date(2026, 12, 22), YEAR)


def test_a_closed_day_stays_closed_whatever_else_is_entered_for_it():
    both = {"from": "2026-10-13", "to": "2026-10-13"}
    calendar = SchoolCalendar.parse({"closures": [both | {"kind": "no_students"}, both]})
    assert not is_follow_up_day(date(2026, 10, 13), calendar)


def test_closures_may_overlap_and_stand_in_any_order():
    days = [("2026-12-24", "2026-12-24"), ("2026-12-21", "2026-12-31"), ("2026-12-22", "2027-01-08")]
    calendar = SchoolCalendar.parse({"closures": [{"from": first, "to": last} for first, last in days]})
    closed = [day for n in range(31) if calendar.is_closed(day := date(2026, 12, 15) + timedelta(days=n))]
    assert (closed[0], closed[-1], len(closed)) == (date(2026, 12, 21), date(2027, 1, 8), 19)


def test_school_days_come_from_the_calendar_alone():
    assert is_school_day(date(2026, 9, 8), YEAR)
    assert not is_school_day(date(2026, 9, 7), YEAR)
    assert is_school_day(date(2027, 6, 18), YEAR)
    assert is_school_day(date(2026, 11, 11), YEAR), "a federal holiday is open unless listed"
    assert not is_school_day(date(2026, 11, 27), YEAR)
    assert is_school_day(date(2026, 7, 4), SchoolCalendar.parse({"weekdays": ["saturday"]}))


def test_the_first_day_does_not_count_and_backward_is_the_same_the_other_way():
    assert add_business_days(date(2026, 11, 24), 3) == date(2026, 11, 30)
    assert add_business_days(date(2026, 11, 30), -3) == date(2026, 11, 24)
    assert add_business_days(date(2026, 11, 28), 0) == date(2026, 11, 28)


def test_a_count_goes_round_holidays_closures_and_weekends():
    assert add_follow_up_days(date(2026, 11, 24), 3, YEAR) == date(2026, 12, 1)
    assert add_follow_up_days(date(2026, 12, 18), 1, YEAR) == date(2027, 1, 4)


@each("days", [1, -1])
def test_a_calendar_that_never_opens_is_refused_and_not_counted_for_ever(days):
    shut = SchoolCalendar.parse({"closures": [{"from": "1900-01-01", "to": "2199-12-31"}] * 1000})
    with pytest.raises(NoSuchDay):
        add_follow_up_days(date(2026, 11, 24), days, shut)


@each("form", [None, {}, {"weekdays": None}])
def test_no_calendar_is_monday_to_friday_without_bounds(form):
    calendar = SchoolCalendar.parse(form)
    week = [date(2026, 11, 23) + timedelta(days=n) for n in range(7)]
    assert [is_school_day(day, calendar) for day in week] == [True] * 5 + [False] * 2


@each(
    ("form", "pointer"),
    [
        ([], ""),
        ({"holidays": []}, "/holidays"),
        ({"weekdays": []}, "/weekdays"),
        ({"weekdays": ["Monday"]}, "/weekdays"),
        ({"weekdays": [{}]}, "/weekdays"),
        ({"closures": {}}, "/closures"),
        ({"closures": [{"from": "2026-10-12"}]}, "/closures/0"),
        ({"closures": [{"from": "2026-10-12", "to": "2026-10-11"}]}, "/closures/0/to"),
        ({"closures": [{"from": "2026-10-12", "to": "2026-10-12", "kind": "snow"}]}, "/closures/0/kind"),
        ({"school_years": [{"from": "20260908", "to": "2027-06-18"}]}, "/school_years/0/from"),
        ({"school_years": [{"from": "2026-W10-1", "to": "2027-06-18"}]}, "/school_years/0/from"),
        ({"school_years": [{"from": "2026-02-30", "to": "2027-06-18"}]}, "/school_years/0/from"),
        ({"school_years": [{"from": "2026-09-08", "to": "9999-12-31"}]}, "/school_years/0/to"),
        ({"grading_periods": [{"from": "2026-09-08", "to": "2026-11-13", "kind": "closed"}]}, "/grading_periods/0"),
        ({"grading_periods": [{"from": 1, "to": 2}]}, "/grading_periods/0/from"),
    ],
)
def test_a_calendar_that_cannot_be_read_says_where_and_why(form, pointer):
    with pytest.raises(CalendarInvalid) as refused:
        SchoolCalendar.parse(form)
    assert isinstance(refused.value, ValueError)
    assert [error["pointer"] for error in refused.value.extra["errors"]] == [pointer]
