"""Minutes owed, delivered and short: DOMAIN's worked rows, and what holds for every promise, calendar and log."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import WEEKDAYS, Period, SchoolCalendar, federal_holidays
from domain.delivery import (
    OUTCOMES,
    Entry,
    Owing,
    Promised,
    Said,
    Support,
    contradictions,
    is_consult,
    rounded,
    rule_in_words,
)
from tests.walks import each

YEAR = {"from": "2026-09-08", "to": "2027-06-18"}
CLOSED = [
    *(("2026-10-12", "2026-10-12"), ("2026-11-11", "2026-11-11"), ("2026-11-26", "2026-11-27")),
    *(("2026-12-21", "2027-01-01"), ("2027-04-05", "2027-04-09")),
]
FORM: dict[str, Any] = {
    "school_years": [YEAR],
    "closures": [{"from": first, "to": last} for first, last in CLOSED],
    "grading_periods": [{"from": "2026-09-08", "to": "2026-11-13"}],
}
CALENDAR = SchoolCalendar.parse(FORM)
FIRST, LAST = date(2026, 9, 8), date(2027, 6, 18)


def window(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def promised(
    minutes: int | None,
    times: int | None,
    per: str | None,
    *,
    calendar: SchoolCalendar = CALENDAR,
    span: tuple[date, date | None] = (FIRST, LAST),
) -> Owing:
    return Owing(Promised(minutes, times, per, *span), calendar)


WORKED = [
    (30, 2, "week", "2026-10-12", "2026-10-18", 60),
    (30, 5, "week", "2026-10-12", "2026-10-18", 120),
    (30, 2, "week", "2026-12-21", "2027-01-03", 0),
    (30, 2, "week", "2026-09-16", "2026-09-18", 36),
    (30, 2, "week", "2026-09-07", "2026-09-13", 48),
    (60, 1, "month", "2026-12-01", "2026-12-31", 60),
    (60, 1, "month", "2026-09-01", "2026-09-30", Fraction(60 * 17, 22)),
    (45, 1, "two_weeks", "2026-09-08", "2026-10-04", Fraction(171, 2)),
    (20, 1, "day", "2026-11-23", "2026-11-29", 60),
    (150, 1, "quarter", "2026-09-08", "2026-10-09", Fraction(150 * 24, 47)),
]


@each("minutes, times, per, first, last, owed", WORKED)
def test_the_worked_rows(minutes: int, times: int, per: str, first: str, last: str, owed: Fraction) -> None:
    assert promised(minutes, times, per).owed(window(first, last)) == owed
    if times == 1:
        assert promised(minutes, None, per).owed(window(first, last)) == owed, "times left out is one"


def test_a_year_is_the_span_of_the_provision_and_counts_days_of_school() -> None:
    year = promised(600, 1, "year", span=(date(2026, 10, 1), date(2027, 9, 30)))
    [share] = year.periods(window("2026-10-01", "2026-12-31"))
    assert (share.from_on, share.to_on, share.d, share.w) == (date(2026, 10, 1), date(2027, 9, 30), 168, 53)
    assert rounded(share.owed) == 189
    assert year.owed(window("2026-01-01", "2028-01-01")) == 600


def test_a_year_without_an_end_is_a_year_at_a_time() -> None:
    open_end = promised(600, 1, "year", calendar=SchoolCalendar(), span=(date(2024, 2, 29), None))
    periods = list(open_end.periods(window("2024-02-29", "2026-12-31")))
    assert [(one.from_on, one.to_on) for one in periods][:2] == [
        (date(2024, 2, 29), date(2025, 2, 27)),
        (date(2025, 2, 28), date(2026, 2, 27)),
    ]
    assert open_end.owed(window("2024-02-29", "2026-02-27")) == 1200


def test_each_period_shows_its_counts() -> None:
    [share] = promised(30, 5, "week").periods(window("2026-10-12", "2026-10-18"))
    assert (share.from_on, share.to_on) == (date(2026, 10, 12), date(2026, 10, 18))
    assert (share.n, share.d, share.w, share.k) == (5, 4, 4, 1)
    assert share.owed == 120
    [share] = promised(10, 7, "week").periods(window("2026-10-12", "2026-10-18"))
    assert share.k == 2, "of seven sessions in five days, some days have two"
    assert share.owed == 70
    [share] = promised(30, 2, "week").periods(window("2026-12-28", "2026-12-28"))
    assert (share.n, share.d, share.w) == (5, 0, 0)
    assert share.owed == 0


def test_what_is_promised_outside_of_every_school_year_is_extended_school_year() -> None:
    summer = promised(60, 3, "week", span=(date(2027, 6, 28), date(2027, 7, 16)))
    assert summer.is_extended_year
    week_of_the_fourth = window("2027-07-05", "2027-07-11")
    [share] = summer.periods(week_of_the_fourth)
    assert date(2027, 7, 5) in federal_holidays(2027), "the Fourth is a Sunday"
    assert (share.n, share.d, share.w) == (5, 4, 4)
    assert share.owed == 180
    assert promised(60, 3, "week").owed(week_of_the_fourth) == 0
    overlapping = promised(60, 3, "week", span=(date(2027, 6, 18), date(2027, 7, 16)))
    assert not overlapping.is_extended_year
    assert overlapping.owed(week_of_the_fourth) == 0
    assert "federal holidays close" in rule_in_words(summer)
    daily = promised(20, 1, "day", span=(date(2027, 7, 1), date(2027, 7, 31)))
    assert daily.owed(window("2027-07-03", "2027-07-06")) == 20


def test_without_a_school_year_there_are_no_bounds() -> None:
    bare = SchoolCalendar()
    always = promised(30, 2, "week", calendar=bare, span=(date(2026, 7, 6), None))
    assert not always.is_extended_year
    assert always.owed(window("2026-07-06", "2026-07-12")) == 60
    assert "no bounds" in rule_in_words(always)


def test_what_cannot_be_counted_says_why() -> None:
    week = window("2026-10-12", "2026-10-18")
    for owing in (promised(None, 2, "week"), promised(30, 2, None), promised(None, None, None)):
        assert (owing.owed(week), owing.reason, list(owing.periods(week))) == (None, "not_quantified", [])
    no_marks = SchoolCalendar(school_years=CALENDAR.school_years)
    for per in ("quarter", "trimester", "semester"):
        assert promised(150, 1, per, calendar=no_marks).reason == "grading_periods_missing"
        assert promised(150, 1, per).owed(window("2026-11-14", "2027-06-18")) == 0, "outside of them nothing is owed"


def test_grading_periods_count_days_of_school_years_alone() -> None:
    calendar = SchoolCalendar.parse({**FORM, "grading_periods": [{"from": "2026-08-31", "to": "2026-11-13"}]})
    [share] = promised(150, 1, "quarter", calendar=calendar).periods(window("2026-09-08", "2026-10-09"))
    assert (share.d, share.w) == (47, 24)


def test_direct_time_is_told_from_consultation() -> None:
    assert is_consult("service", "Consult 15 min monthly")
    assert is_consult("service", "Occupational therapy", "consultation")
    assert not is_consult("service", "Speech therapy, direct", "consultation room")
    assert not is_consult("service", "Speech therapy", "speech room")


# What is short, and by what.


def log(*entries: tuple[str, int, str]) -> list[Entry]:
    return [Entry(date.fromisoformat(on), minutes, outcome) for on, minutes, outcome in entries]


THE_WEEK = window("2026-10-12", "2026-10-18")


def test_the_worked_logs() -> None:
    first = Support([promised(30, 2, "week")], log(("2026-10-13", 30, "delivered"), ("2026-10-15", 30, "student_absent")))
    sums = first.sums(THE_WEEK)
    assert sums.short_by is not None
    assert (sums.owed, sums.delivered, sums.short) == (60, 30, 30)
    assert (sums.short_by.student_absent, sums.short_by.missed, sums.short_by.unaccounted) == (30, 0, 0)
    entries = (("2026-10-13", 60, "delivered"), ("2026-10-14", 20, "partial"), ("2026-10-14", 10, "missed"))
    sums = Support([promised(30, 5, "week")], log(*entries)).sums(THE_WEEK)
    assert sums.short_by is not None
    assert (sums.owed, sums.delivered, sums.short) == (120, 80, 40)
    assert (sums.short_by.student_absent, sums.short_by.missed, sums.short_by.unaccounted) == (0, 10, 30)


def test_absence_comes_first_and_missed_is_never_overstated() -> None:
    entries = (("2026-10-13", 45, "student_absent"), ("2026-10-14", 45, "missed"))
    by = Support([promised(30, 2, "week")], log(*entries)).sums(THE_WEEK).short_by
    assert by is not None
    assert (by.student_absent, by.missed, by.unaccounted) == (45, 15, 0)


def test_a_make_up_counts_in_full_and_where_it_is_given_even_on_a_closed_day() -> None:
    entries = (("2026-10-12", 90, "made_up"), ("2026-10-13", 30, "school_closed"), ("2026-10-06", 30, "missed"))
    support = Support([promised(30, 2, "week")], log(*entries))
    both = support.sums(window("2026-10-05", "2026-10-18"))
    assert (both.owed, both.delivered, both.made_up, both.short) == (120, 90, 90, 30)
    before, after = support.by_week(window("2026-10-05", "2026-10-18"))
    assert (before.short, before.delivered) == (60, 0)
    assert (after.short, after.delivered, after.made_up) == (0, 90, 90)


def test_before_it_began_and_after_it_ended_is_outside() -> None:
    entries = (("2026-09-04", 30, "delivered"), ("2027-06-21", 20, "made_up"), ("2027-06-21", 30, "missed"))
    sums = Support([promised(30, 2, "week")], log(*entries)).sums(window("2026-08-01", "2027-08-01"))
    assert (sums.delivered, sums.made_up, sums.outside) == (0, 0, 50)
    assert sums.logged["missed"].entries == 0
    assert Support([promised(30, 2, "week")], log(*entries)).sums(THE_WEEK).outside == 0, "what is not asked for is not told"


def test_what_is_not_quantified_is_summed_all_the_same() -> None:
    sums = Support([promised(None, None, None)], log(("2026-10-13", 30, "delivered"))).sums(THE_WEEK)
    assert (sums.owed, sums.short, sums.short_by) == (None, None, None)
    assert (sums.delivered, sums.reason) == (30, "not_quantified")


def test_a_change_in_the_middle_of_a_week_owes_each_its_days() -> None:
    until, since = date(2026, 10, 20), date(2026, 10, 21)
    before = Owing(Promised(30, 2, "week", FIRST, LAST), CALENDAR, to_on=until)
    after = Owing(Promised(45, 2, "week", FIRST, LAST), CALENDAR, from_on=since)
    week = window("2026-10-19", "2026-10-25")
    assert Support([before, after], ()).sums(week).owed == 60 * 2 // 5 + 90 * 3 // 5
    as_before = Owing(Promised(30, 2, "week", FIRST, LAST), CALENDAR, from_on=since)
    assert Support([before, as_before], ()).sums(week).owed == 60, "what is carried over owes what it owed"


def test_a_window_without_bounds_is_answered_at_once() -> None:
    began = perf_counter()
    ever = Period(date(1900, 1, 1), date(2199, 12, 31))
    for per in ("day", "week", "month", "year"):
        support = Support([promised(30, 2, per), promised(30, 2, per, span=(FIRST, None))], ())
        assert len(support.by_week(ever)) < 60
        assert sum(len(list(version.periods(ever))) for version in support.versions) < 600
    assert perf_counter() - began < 2


# What does not go together.

TUESDAY, FRIDAY = date(2026, 10, 13), date(2026, 10, 16)


def kinds(entries: list[Entry], *said: Said) -> list[tuple[str, date]]:
    return [(one.kind, one.on) for one in contradictions(entries, said)]


SAME_DAY = [
    ("delivered", "no", "log_says_given"),
    ("delivered", "partly", "log_says_given"),
    ("delivered", "yes", None),
    ("made_up", "no", "log_says_given"),
    ("partial", "no", "log_says_given"),
    ("partial", "partly", None),
    ("partial", "yes", None),
    ("missed", "yes", "log_says_not_given"),
    ("missed", "partly", "log_says_not_given"),
    ("missed", "no", None),
    ("student_absent", "yes", "log_says_not_given"),
    ("school_closed", "yes", "log_says_not_given"),
]


@each("outcome, is_happening, kind", SAME_DAY)
def test_what_was_said_on_a_day_beside_the_log_of_the_day(outcome: str, is_happening: str, kind: str | None) -> None:
    entries = [Entry(TUESDAY, 30, outcome)]
    said = Said(TUESDAY, is_happening, "child", "In their words.")
    assert kinds(entries, said) == ([(kind, TUESDAY)] if kind else [])
    assert kinds(entries, Said(FRIDAY, is_happening, "child", "Of another day.")) == []


def test_a_check_in_is_about_its_week_up_to_its_day() -> None:
    entries = log(("2026-10-12", 30, "delivered"), ("2026-10-15", 30, "delivered"), ("2026-10-17", 30, "delivered"))
    entries += log(("2026-10-09", 30, "delivered"))
    heard = Said(FRIDAY, "no", "teacher", "No.", is_of_week=True)
    assert kinds(entries, heard) == [("log_says_given", date(2026, 10, 12)), ("log_says_given", date(2026, 10, 15))]
    some = log(("2026-10-13", 30, "delivered"), ("2026-10-15", 30, "missed"))
    for is_happening in ("yes", "partly"):
        assert kinds(some, Said(FRIDAY, is_happening, "child", "", is_of_week=True)) == []


def test_two_sources_of_one_day_are_held_against_each_other() -> None:
    def by(source: str, minutes: int, outcome: str) -> Entry:
        return Entry(TUESDAY, minutes, outcome, source)

    differs, both = [("sources_differ", TUESDAY)], [("both_sources_counted", TUESDAY)]
    assert kinds([by("school", 30, "delivered"), by("parent", 30, "missed")]) == differs
    assert kinds([by("school", 30, "delivered"), by("parent", 20, "partial")]) == differs
    assert kinds([by("school", 30, "student_absent"), by("parent", 30, "missed")]) == differs
    assert kinds([by("school", 30, "delivered"), by("parent", 30, "delivered")]) == both
    assert kinds([by("school", 30, "missed"), by("parent", 30, "missed")]) == []
    assert kinds([by("school", 20, "partial"), by("school", 10, "missed")]) == [], "one source tells of both parts"


# What holds whatever is promised.

DAYS = st.dates(date(2026, 8, 1), date(2027, 8, 31))


@st.composite
def some_periods(draw: st.DrawFn, most: int, longest: int) -> list[dict[str, str]]:
    starts = draw(st.lists(DAYS, max_size=most))
    return [{"from": str(day), "to": str(day + timedelta(days=draw(st.integers(0, longest))))} for day in starts]


@st.composite
def calendars(draw: st.DrawFn) -> SchoolCalendar:
    weekdays = draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True))
    marks = sorted(draw(st.lists(DAYS, max_size=6, unique=True)))
    grading = [{"from": str(one), "to": str(next_ - timedelta(days=1))} for one, next_ in pairwise(marks)]
    return SchoolCalendar.parse(
        {
            "weekdays": weekdays,
            "school_years": draw(some_periods(3, 300)),
            "closures": draw(some_periods(8, 15)),
            "grading_periods": grading,
        }
    )


@st.composite
def owings(draw: st.DrawFn) -> Owing:
    first = draw(DAYS)
    last = draw(st.one_of(st.none(), st.integers(0, 500).map(lambda days: first + timedelta(days=days))))
    per = draw(st.sampled_from(["day", "week", "two_weeks", "month", "quarter", "year"]))
    amount = (draw(st.integers(1, 90)), draw(st.one_of(st.none(), st.integers(1, 12))), per)
    return Owing(Promised(*amount, first, last), draw(calendars()))


WINDOWS = st.tuples(DAYS, DAYS).map(lambda ends: Period(min(ends), max(ends)))


@given(owings(), WINDOWS, st.data())
def test_windows_add_up_wherever_they_are_parted(owing: Owing, asked: Period, data: st.DataObject) -> None:
    whole = owing.owed(asked)
    cut = data.draw(st.dates(asked.from_on, asked.to_on))
    if whole is not None and cut < asked.to_on:
        parts = Period(asked.from_on, cut), Period(cut + timedelta(days=1), asked.to_on)
        assert sum((owing.owed(part) or Fraction(0) for part in parts), Fraction(0)) == whole


@given(owings(), WINDOWS)
def test_the_parts_add_up_and_none_is_more_than_is_promised(owing: Owing, asked: Period) -> None:
    periods = list(owing.periods(asked))
    assert sum((one.owed for one in periods), Fraction(0)) == (owing.owed(asked) or 0)
    for one in periods:
        assert 0 <= one.w <= one.d <= one.n
        assert 0 <= one.owed <= (owing.promised.minutes or 0) * (owing.promised.times or 1)
        assert one.from_on <= asked.to_on
        assert asked.from_on <= one.to_on


def by_walking(owing: Owing, asked: Period) -> Fraction:
    """The same rule, day by day."""
    calendar, wanted = owing.calendar, owing.promised
    in_years = not calendar.school_years or owing.is_extended_year

    def is_open(day: date) -> bool:
        closed = owing.is_extended_year and day in federal_holidays(day.year)
        return calendar.has_students(day) and not closed

    def in_year(day: date) -> bool:
        return in_years or any(day in year for year in calendar.school_years)

    total = Fraction(0)
    for one in owing.periods(asked):
        days = [one.from_on + timedelta(days=number) for number in range((one.to_on - one.from_on).days + 1)]
        weekdays = [day for day in days if day.weekday() in calendar.weekdays]
        if wanted.per in ("quarter", "year"):
            weekdays = [day for day in weekdays if in_year(day)]
        open_days = [day for day in weekdays if is_open(day)]
        counted = [day for day in open_days if day in asked and day in owing and in_year(day)]
        if open_days:
            k = -((wanted.times or 1) // -len(weekdays))
            sessions = min(wanted.times or 1, k * len(open_days))
            total += Fraction((wanted.minutes or 0) * sessions * len(counted), len(open_days))
    return total


@given(owings(), WINDOWS)
def test_it_is_what_walking_from_day_to_day_gives(owing: Owing, asked: Period) -> None:
    assert (owing.owed(asked) or 0) == by_walking(owing, asked)


@given(owings(), WINDOWS)
def test_nothing_is_owed_outside_of_the_dates(owing: Owing, asked: Period) -> None:
    clipped = Period(max(asked.from_on, owing.promised.starts_on), min(asked.to_on, owing.promised.ends_on or asked.to_on))
    within = owing.owed(clipped) if clipped.from_on <= clipped.to_on else Fraction(0)
    assert (owing.owed(asked) or 0) == (within or 0)


LOGS = st.lists(st.builds(Entry, DAYS, st.integers(1, 120), st.sampled_from(OUTCOMES)), max_size=12)


@given(owings(), LOGS, WINDOWS, st.randoms())
def test_the_order_of_a_log_never_matters_and_what_is_short_is_split_whole(
    owing: Owing, entries: list[Entry], asked: Period, random: Any
) -> None:
    sums = Support([owing], entries).sums(asked)
    random.shuffle(entries)
    assert Support([owing], entries).sums(asked) == sums
    assert sums.made_up <= sums.delivered
    if sums.owed is not None:
        assert sums.short_by is not None
        by = sums.short_by
        assert sums.short == max(0, sums.owed - sums.delivered) == by.student_absent + by.missed + by.unaccounted
        assert by.missed <= sums.logged["missed"].minutes
        assert min(by.student_absent, by.missed, by.unaccounted) >= 0
    no_log = Support([owing], ()).sums(asked)
    assert no_log.owed == sums.owed, "the log never changes what is owed"


@given(owings(), LOGS, WINDOWS)
def test_weeks_and_months_hold_all_that_was_given(owing: Owing, entries: list[Entry], asked: Period) -> None:
    support = Support([owing], entries)
    whole = support.sums(asked)
    for parts in (support.by_week(asked), support.by_month(asked)):
        for name in ("delivered", "made_up", "outside"):
            assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
        assert all(one.to_on < other.from_on for one, other in pairwise(parts))
        if whole.owed is not None:
            assert abs(sum(part.owed or 0 for part in parts) - whole.owed) <= (len(parts) + 1) / 2


def test_a_half_is_rounded_up() -> None:
    assert [rounded(Fraction(numerator, 2)) for numerator in (1, 2, 3, 171)] == [1, 1, 2, 86]


@pytest.mark.parametrize("per", ["day", "week", "two_weeks", "month", "quarter", "trimester", "semester", "year"])
def test_every_rule_is_told_in_words(per: str) -> None:
    told = rule_in_words(promised(30, 2, per))
    assert "30 minutes, 2 times per" in told
    assert "rounded once, half up" in told
