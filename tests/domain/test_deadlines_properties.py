"""The law's clocks, drawn at random: counts against counts by hand, day by day; and what holds of every answer."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Closure, Period, SchoolCalendar, is_business_day, is_school_day
from domain.deadline_rules import EVENTS, RULES, STATE_ROWS, STATES, Input, Row, Rule
from domain.deadlines import REASONS, Answer, check
from domain.deadlines.days import CalendarMissing, Days, OutOfRange, weekdays_in
from domain.refusal import Invalid

ONE = timedelta(days=1)
days_of_ten_years = st.dates(date(2020, 1, 1), date(2030, 1, 1))
HOLIDAYS = frozenset({date(2026, 7, 24), date(2027, 4, 19)})
KNOWN = SchoolCalendar(
    school_years=tuple(Period(date(year, 8, 24), date(year + 1, 6, 11)) for year in range(2015, 2035)),
    closures=tuple(Closure(date(year, 12, 20), date(year + 1, 1, 3)) for year in range(2015, 2035)),
)


@st.composite
def calendars(draw: st.DrawFn) -> SchoolCalendar:
    """School years with summers between them, and closures of all lengths; or no school years at all."""
    years, first = [], date(2019, 8, 1) + timedelta(days=draw(st.integers(0, 60)))
    for _ in range(draw(st.integers(0, 12))):
        last = first + timedelta(days=draw(st.integers(200, 300)))
        years.append(Period(first, last))
        first = last + timedelta(days=draw(st.integers(1, 110)))
    closures = draw(
        st.lists(st.tuples(days_of_ten_years, st.integers(0, 20), st.sampled_from(["closed", "no_students"])), max_size=60)
    )
    return SchoolCalendar(
        weekdays=frozenset(draw(st.sets(st.integers(0, 6), min_size=1))),
        school_years=tuple(years),
        closures=tuple(Closure(start, start + timedelta(days=length), kind) for start, length, kind in closures),
    )


def walked(start: date, number: int, counts: Any, stop: date) -> date | None:
    """The `number`-th day after `start`, day by day; None where it is not to be found up to `stop`."""
    day, step = start, ONE if number > 0 else -ONE
    left = abs(number)
    while left:
        day += step
        if (day > stop) if number > 0 else (day < stop):
            return None
        left -= bool(counts(day))
    return day


@given(calendars(), days_of_ten_years, st.integers(1, 60), st.booleans())
def test_school_days_are_those_of_the_calendar_one_by_one(
    calendar: SchoolCalendar, start: date, number: int, back: bool
) -> None:
    number = -number if back else number
    years = calendar.school_years
    end = (years[0].from_on if back else years[-1].to_on) if years else (date(1900, 1, 1) if back else date(2199, 12, 31))
    by_hand = walked(start, number, lambda day: is_school_day(day, calendar), end)
    try:
        counted = Days(calendar).plus(start, number, "s")
    except CalendarMissing:
        outside = years and (start < years[0].from_on - timedelta(days=100) or start > years[-1].to_on + timedelta(days=100))
        assert by_hand is None or outside, by_hand
    else:
        assert counted == by_hand


@given(calendars(), days_of_ten_years, st.integers(1, 60))
def test_long_breaks_stop_calendar_days_from_their_first_day_until_school_resumes(
    calendar: SchoolCalendar, start: date, number: int
) -> None:
    def stopped(day: date) -> bool:
        if calendar.school_years and not any(day in year for year in calendar.school_years):
            return True
        for closure in calendar.closures:
            if weekdays_in(closure.from_on, closure.to_on) > 5 and closure.from_on <= day:
                between = (closure.to_on + ONE * past for past in range(1, (day - closure.to_on).days + 1))
                if day <= closure.to_on or not any(is_school_day(other, calendar) for other in between):
                    return True
        return False

    end = calendar.school_years[-1].to_on if calendar.school_years else date(2199, 12, 31)
    try:
        counted = Days(calendar).plus(start, number, "c", ("long_breaks",))
    except CalendarMissing:
        first = calendar.school_years[0].from_on if calendar.school_years else start
        assert first - start > timedelta(days=100) or walked(start, number, lambda day: not stopped(day), end) is None
    else:
        assert counted == walked(start, number, lambda day: not stopped(day), end)


@given(days_of_ten_years, st.integers(1, 70), st.sampled_from("bw"))
def test_business_days_and_weekdays_come_back_to_where_they_began(start: date, number: int, unit: str) -> None:
    days = Days(SchoolCalendar(), HOLIDAYS)
    counts = (lambda day: is_business_day(day, HOLIDAYS)) if unit == "b" else (lambda day: day.weekday() < 5)
    there = days.plus(start, number, unit)
    assert there == walked(start, number, counts, date(2199, 12, 31))
    back = days.plus(there, -number, unit)
    assert back <= start
    assert back == start or not counts(start)


@given(st.dates(date(1905, 1, 1), date(2190, 1, 1)), st.dates(date(1905, 1, 1), date(2190, 1, 1)), st.integers(1, 3))
def test_years_forward_and_back_agree(happened: date, filed: date, years: int) -> None:
    """What lies on the first day that one may look back to, or later, is within the limit, and nothing else is."""
    days = Days(SchoolCalendar())
    assert (days.plus(happened, years, "y") >= filed) == (happened >= days.plus(filed, -years, "y"))


def plain_rows() -> Iterator[tuple[Rule, Row]]:
    """The rows whose date can only grow with the day of the event: no year's end makes it jump."""
    for rule in RULES.values():
        for row in (*rule.rows, *rule.state_rows):
            if row.method in ("plain", "span", "majority", "hearing_decision") and not {*row.adjust} - {
                "long_breaks",
                "summer",
            }:
                yield rule, row


def date_of(answer: Answer) -> date | None:
    return answer.due_on or answer.watch_on or answer.earliest_on


@given(st.sampled_from(list(plain_rows())), days_of_ten_years, st.integers(0, 400))
def test_what_happens_later_is_never_due_earlier(counted: tuple[Rule, Row], on: date, later: int) -> None:
    rule, row = counted

    def asked(day: date) -> Answer:
        disability = {row.when[0]: row.when[1]} if row.when else {}
        return check(rule.key, day, row.event, row.state, disability, calendar=KNOWN, state_holidays=HOLIDAYS)

    first, second = asked(on), asked(on + timedelta(days=later))
    if first.state_row == second.state_row:
        a, b = date_of(first), date_of(second)
        assert a is not None
        assert b is not None
        assert a <= b
        assert first.act_by is None or second.act_by is None or first.act_by <= second.act_by


def values_of(asked: Input) -> st.SearchStrategy[Any]:
    texts = st.sampled_from(["party_request", "mediation_agreed", "parent_agreed", "intellectual_disability", "weather"])
    periods = st.tuples(days_of_ten_years, st.integers(0, 30)).map(
        lambda one: {"from": f"{one[0]}", "to": f"{one[0] + timedelta(days=one[1])}"}
    )
    return {
        "date": days_of_ten_years.map(str),
        "dates": st.lists(days_of_ten_years.map(str), max_size=8),
        "boolean": st.booleans(),
        "integer": st.integers(asked.least, asked.most),
        "choice": st.sampled_from(asked.choices or ("none",)),
        "text": texts,
        "periods": st.lists(periods, max_size=8),
        "object": st.fixed_dictionaries({}, optional={one.name: values_of(one) for one in asked.fields})
        if asked.fields
        else texts,
    }[asked.type]


@st.composite
def questions(draw: st.DrawFn) -> tuple[Rule, Row, dict[str, Any]]:
    rule = RULES[draw(st.sampled_from(list(RULES)))]
    row = draw(st.sampled_from([*rule.rows, *rule.state_rows]))
    said = draw(st.fixed_dictionaries({}, optional={one.name: values_of(one) for one in rule.inputs_of(row)}))
    return rule, row, {**({row.when[0]: row.when[1]} if row.when else {}), **said}


@given(questions(), days_of_ten_years, calendars(), st.sampled_from([frozenset(), HOLIDAYS]))
def test_every_answer_is_whole(
    question: tuple[Rule, Row, dict[str, Any]], on: date, calendar: SchoolCalendar, holidays: frozenset[date]
) -> None:
    rule, row, said = question
    try:
        answer = check(rule.key, on, None, row.state, said, calendar=calendar, state_holidays=holidays)
    except Invalid as refused:
        errors: Any = refused.extra["errors"]
        assert errors
        assert all(error["pointer"].startswith(("/inputs/", "/event_on")) and error["detail"] for error in errors)
        return
    shown = json.loads(json.dumps(answer.as_json()))
    assert shown["rule"] == rule.key
    assert answer.event in EVENTS
    assert answer.sum
    assert answer.citation
    assert answer.status in ("verified", "secondary")
    assert answer.reason is None or answer.reason in REASONS
    # A date, or the reason why there is none; a day that is no deadline has neither.
    gives = (answer.state_row or next(row for row in rule.rows if row.event == answer.event)).gives
    assert (answer.due_on is not None) == (gives == "due_on" and answer.reason is None)
    assert (answer.reason == "standard") == (gives == "watch_on")
    assert gives == "watch_on" or answer.watch_on is None
    assert gives == "earliest_on" or answer.earliest_on is None
    assert answer.ordinary_due_on is None or (gives == "due_on" and answer.ordinary_due_on != answer.due_on)
    # Who acts for the family has a business day until then.
    assert (answer.act_by is not None) == (answer.due_on is not None and answer.by in ("parent", "both"))
    if answer.act_by and answer.due_on:
        assert answer.act_by <= answer.due_on
        assert is_business_day(answer.act_by, holidays)
    # What is in doubt moves nothing.
    doubtful = {
        name: value for name, value in said.items() if name in ("exception",) or (name == "extension" and answer.refused)
    }
    certain = {name: value for name, value in said.items() if name not in doubtful}
    again = check(rule.key, on, None, row.state, certain, calendar=calendar, state_holidays=holidays)
    assert (again.due_on, again.act_by, again.watch_on, again.reason) == (
        *(answer.due_on, answer.act_by, answer.watch_on, answer.reason),
    )


@given(days_of_ten_years, st.lists(days_of_ten_years, max_size=6))
def test_a_meeting_makes_records_due_earlier_and_never_before_they_were_asked_for(on: date, meetings: list[date]) -> None:
    for state in (None, "CA"):
        answer = check("records_access", on, state=state, inputs={"meetings": meetings})
        usual = check("records_access", on, state=state)
        assert answer.due_on is not None
        assert usual.due_on is not None
        assert on <= answer.due_on <= usual.due_on
        assert not any(on < meeting <= answer.due_on for meeting in meetings)


@given(
    st.one_of(st.sampled_from([*RULES, "follow_up_1"]), st.text(max_size=20)),
    st.one_of(days_of_ten_years, st.dates(), st.text(max_size=12), st.none(), st.integers()),
    st.one_of(st.none(), st.sampled_from(STATES), st.text(max_size=3)),
    st.dictionaries(
        st.one_of(st.text(max_size=8), st.sampled_from(["calendar", "timezone", "state_holidays", "extension", "amended_on"])),
        st.recursive(
            st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
            lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
            max_leaves=6,
        ),
        max_size=4,
    ),
)
def test_whatever_is_asked_is_answered_or_refused(rule: str, on: Any, state: str | None, said: dict[str, Any]) -> None:
    try:
        heard: Any = check(rule, on, None, state, said).as_json()
    except Invalid as refused:
        heard = refused.extra["errors"]
    assert heard


def test_a_count_leaves_no_range() -> None:
    for rule in RULES.values():
        for row in (*rule.rows, *rule.state_rows):
            for on in (date(1900, 1, 1), date(2199, 12, 31)):
                facts = {row.when[0]: row.when[1]} if row.when else {}
                try:
                    answer = check(rule.key, on, row.event, row.state if row.is_in_force(on) else None, facts)
                except Invalid:
                    continue
                found = date_of(answer)
                assert found is None or 1900 <= found.year <= 2199
    with pytest.raises(OutOfRange):
        Days(SchoolCalendar()).plus(date(2199, 12, 31), 1, "c")
    assert len(STATE_ROWS) == 33
