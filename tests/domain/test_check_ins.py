"""When somebody is asked again, and what."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import NO_CALENDAR, SchoolCalendar, is_follow_up_day
from domain.check_ins import PARTIES, Rule, next_open_day, questions

LOS_ANGELES, NEW_YORK, SAO_PAULO = ZoneInfo("America/Los_Angeles"), ZoneInfo("America/New_York"), ZoneInfo("America/Sao_Paulo")
MONDAY, TUESDAY, WEDNESDAY, FRIDAY, SUNDAY = 0, 1, 2, 4, 6


def days(rule, since, many, calendar=NO_CALENDAR, holidays=()):
    return [f"{o.on:%m-%d}" for o in islice(rule.occasions(since, LOS_ANGELES, calendar, holidays), many)]


def closed(*spans):
    return SchoolCalendar.parse({"closures": [{"from": first, "to": last} for first, last in spans]})


def test_every_tuesday_or_every_second_one_from_the_first_day_on():
    assert days(Rule("week", TUESDAY, starts_on=date(2026, 10, 7)), date(2026, 10, 1), 3) == ["10-13", "10-20", "10-27"]
    two_weeks = Rule("two_weeks", TUESDAY, starts_on=date(2026, 10, 6))
    assert days(two_weeks, date(2026, 10, 1), 3) == ["10-06", "10-20", "11-03"]
    # From whichever day one looks: the weeks stay the same ones.
    assert days(two_weeks, date(2026, 10, 7), 2) == ["10-20", "11-03"]
    assert days(two_weeks, date(2026, 10, 20), 1) == ["10-20"]


def test_nine_stays_nine_over_both_changes_of_the_clocks_and_a_years_end():
    rule = Rule("week", MONDAY, time(9), date(2026, 10, 26))
    instants = [occasion.at.hour for occasion in islice(rule.occasions(date(2026, 10, 26), LOS_ANGELES), 24)]
    assert instants == [16, *[17] * 19, *[16] * 4]  # PDT until 1 November, PST, PDT from 14 March on
    over = Rule("week", WEDNESDAY, starts_on=date(2026, 12, 16))
    assert days(over, date(2026, 12, 16), 5) == ["12-16", "12-23", "12-30", "01-06", "01-13"]


def test_a_time_that_the_clocks_skip_is_the_first_after_it_and_one_that_comes_twice_is_the_first():
    """A Sunday's check-in moves to Monday; where clocks change on a working day, the wall clock still rules."""
    cairo = ZoneInfo("Africa/Cairo")  # Friday 24 April 2026, midnight: the clocks go to one
    rule = Rule("week", FRIDAY, time(0, 30), date(2026, 4, 17))
    first, second = islice(rule.occasions(date(2026, 4, 17), cairo), 2)
    assert first.at == datetime(2026, 4, 16, 22, 30, tzinfo=UTC)
    assert second.at.astimezone(cairo) == datetime(2026, 4, 24, 1, 0, tzinfo=cairo)
    thursday = Rule("week", 3, time(23, 30), date(2026, 10, 29))  # and back at midnight of 29 October: 23:30 comes twice
    assert next(thursday.occasions(date(2026, 10, 29), cairo)).at == datetime(2026, 10, 29, 20, 30, tzinfo=UTC)
    assert days(Rule("week", SUNDAY, starts_on=date(2026, 11, 1)), date(2026, 11, 1), 1) == ["11-02"]


def test_a_closed_day_moves_it_to_the_next_follow_up_day():
    thanksgiving = closed(("2026-11-27", "2026-11-27"))
    thursdays = Rule("week", 3, starts_on=date(2026, 11, 19))
    assert days(thursdays, date(2026, 11, 19), 3, thanksgiving) == ["11-19", "11-30", "12-03"]
    assert days(thursdays, date(2026, 11, 19), 2, thanksgiving, {date(2026, 11, 30)}) == ["11-19", "12-01"]


def test_a_break_that_swallows_several_leaves_one_on_the_first_day_after_it():
    winter = closed(("2026-12-21", "2027-01-08"))
    assert days(Rule("week", WEDNESDAY, starts_on=date(2026, 12, 16)), date(2026, 12, 16), 4, winter) == [
        *("12-16", "01-11", "01-13", "01-20")
    ]
    mondays = Rule("week", MONDAY, starts_on=date(2026, 12, 14))
    assert days(mondays, date(2026, 12, 14), 3, winter) == ["12-14", "01-11", "01-19"]  # King's birthday on the 18th


def test_nothing_comes_after_the_last_day_not_even_what_a_closed_day_moves_behind_it():
    rule = Rule("week", MONDAY, starts_on=date(2026, 10, 5), ends_on=date(2026, 10, 12))
    assert days(rule, date(2026, 10, 1), 9) == ["10-05"]  # Columbus Day moves the second behind the end


def test_a_calendar_that_never_opens_again_ends_it_at_once():
    never = closed(("2026-10-10", "2199-12-31"))
    assert days(Rule("week", MONDAY, starts_on=date(2026, 10, 5)), date(2026, 10, 1), 9, never) == ["10-05"]


def test_another_zone_moves_the_instant_and_not_the_day():
    rule = Rule("two_weeks", TUESDAY, time(7, 30), date(2026, 10, 6))
    here, there = (next(rule.occasions(date(2026, 10, 6), zone)) for zone in (LOS_ANGELES, NEW_YORK))
    assert here.on == there.on
    assert here.at - there.at == timedelta(hours=3)


DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
RULES = st.builds(Rule, st.sampled_from(["week", "two_weeks"]), st.integers(0, 6), st.times(), DAYS, st.one_of(st.none(), DAYS))
CLOSURES = st.lists(st.tuples(DAYS, st.integers(0, 40)), max_size=6)
ZONES = st.sampled_from([LOS_ANGELES, NEW_YORK, SAO_PAULO, ZoneInfo("Pacific/Apia"), ZoneInfo("Australia/Lord_Howe")])


@given(RULES, DAYS, CLOSURES, ZONES)
def test_whatever_is_closed_each_is_on_an_open_day_of_its_own_and_none_is_lost(rule, since, spans, zone):
    calendar = closed(*[(str(first), str(first + timedelta(days=length))) for first, length in spans])
    found = list(islice(rule.occasions(since, zone, calendar), 30))
    for occasion in found:
        assert is_follow_up_day(occasion.on, calendar)
        assert since <= occasion.by_rule <= occasion.on
        assert rule.starts_on <= occasion.by_rule
        assert rule.ends_on is None or occasion.on <= rule.ends_on
        assert occasion.by_rule.weekday() == rule.weekday
        assert (occasion.on - occasion.by_rule).days < rule.days_apart
        shown = occasion.at.astimezone(zone)
        assert shown.date() == occasion.on
        assert shown.time() == rule.at or shown.time() > rule.at  # later only where the clocks skip it
    assert all(left.on < right.on and left.at < right.at for left, right in pairwise(found))
    # None is lost: every date of the rule has its day among them.
    dates = (since + timedelta(days=n) for n in range(200))
    by_rule = [
        day for day in dates if day.weekday() == rule.weekday and day >= rule.starts_on and found and day <= found[-1].by_rule
    ]
    if rule.every == "week":
        assert {next_open_day(day, calendar) for day in by_rule} <= {occasion.on for occasion in found}


@given(RULES, DAYS, st.integers(0, 80), ZONES)
def test_from_wherever_one_looks_the_occasions_are_the_same(rule, since, later, zone):
    all_of_them = list(islice(rule.occasions(since, zone), 40))
    day = since + timedelta(days=later)
    rest = [occasion for occasion in all_of_them if occasion.by_rule >= day]
    assert list(islice(rule.occasions(day, zone), len(rest))) == rest


SUPPORTS = (
    None,
    "Extra time, 50 percent more, on all tests.",
    "30 minutes, 2 times per week, speech therapy in the resource room.",
    "A reader for all tests, and notes before class.",
    "A break of five minutes every hour in the sensory room.",
    "Preferential seating near the board, and a tablet.",
    "A one-to-one aide at lunch and on the bus.",
    "Tests in a small group with a calculator; fewer items.",
)


@pytest.mark.parametrize("party", PARTIES)
@pytest.mark.parametrize("text", SUPPORTS)
def test_questions_vary_and_none_comes_twice_in_a_row(party, text):
    asked = [questions(party, number, text) for number in range(12)]
    assert all(2 <= len(each) <= 3 for each in asked)
    assert all(len(set(each)) == len(each) for each in asked)
    assert not any(set(before) & set(after) for before, after in pairwise(asked))
    assert len({question for each in asked for question in each}) >= 4
    assert all(question.endswith(("?", ".")) for each in asked for question in each)


def test_the_teacher_is_asked_about_this_support_first():
    first = questions("teacher", 0, "30 minutes, 2 times per week, speech therapy in the resource room.")
    assert first[0] == "Which sessions took place since we last spoke?"
    assert questions("teacher", 0) == questions("teacher", 2)
