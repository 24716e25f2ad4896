"""Amounts as people write them, and as we print them."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from domain.frequency import PERIODS, WEEKS, frequencies, frequency, said, service, weekly_minutes
from tests.walks import each

WRITTEN = [
    ("30 minutes, 2 times per week", (30, 2, "week")),
    ("2x30/wk", (30, 2, "week")),
    ("2 x 30 min/wk", (30, 2, "week")),
    ("30x2/wk", (30, 2, "week")),
    ("1x45/wk", (45, 1, "week")),
    ("30 min x 2/wk", (30, 2, "week")),
    ("30 min. 3x weekly", (30, 3, "week")),
    ("30 min 2xweek", (30, 2, "week")),
    ("5x week 60 min", (60, 5, "week")),
    ("2x/wk for 30 min", (30, 2, "week")),
    ("2 x 25 min per wk", (25, 2, "week")),
    ("30 min 5/week", (30, 5, "week")),
    ("30 Minutes / 4 Times Weekly", (30, 4, "week")),
    ("30 min., 1x/wk, indiv.", (30, 1, "week")),
    ("30 minutes, individual, in the speech room, 2 times per week", (30, 2, "week")),
    ("2 sessions per week at 30 minutes each", (30, 2, "week")),
    ("45 min/session, 2 sessions/month", (45, 2, "month")),
    ("Frequency: 2x weekly Duration: 30 min", (30, 2, "week")),
    ("minutes per week: 150", (150, None, "week")),
    ("150 mpw", (150, None, "week")),
    ("1:1 30 min 2x/wk", (30, 2, "week")),
    # Numbers in words.
    ("half an hour, twice a week", (30, 2, "week")),
    ("an hour and a half per month", (90, None, "month")),
    ("1 1/2 hours weekly", (90, 1, "week")),
    ("½ hr weekly", (30, 1, "week")),
    ("1/2 hour 2x/week", (30, 2, "week")),
    ("0.5 hr/day", (30, None, "day")),
    ("1 hr/mo", (60, None, "month")),
    ("2 hours 15 minutes per week", (135, None, "week")),
    ("four 45-minute sessions per month", (45, 4, "month")),
    ("two 30 minute sessions weekly", (30, 2, "week")),
    ("(2) 30-minute sessions per week", (30, 2, "week")),
    ("2-30 minute sessions per week", (30, 2, "week")),
    ("thirty (30) minutes two (2) times per week", (30, 2, "week")),
    ("forty-five minutes, four times a month", (45, 4, "month")),
    ("ninety minutes per week", (90, None, "week")),
    # Ranges: the lower.
    ("20-30 minutes, 2-3 times per week", (20, 2, "week")),
    ("one to two hours per month", (60, None, "month")),
    # Periods.
    ("20 min daily", (20, 1, "day")),
    ("daily for 20 minutes", (20, 1, "day")),
    ("once a day, 10 minutes", (10, 1, "day")),
    ("two times daily for 10 minutes", (10, 2, "day")),
    ("2 hours per day", (120, None, "day")),
    ("2 hours per day, 5 days a week", (120, 5, "week")),
    ("20 min/day, 4 days/week", (20, 4, "week")),
    ("5 days a week, 20 min", (20, 5, "week")),
    ("Mondays and Wednesdays for 30 minutes", (30, 2, "week")),
    ("Mon/Wed/Fri 20 min", (20, 3, "week")),
    ("30 minutes every other week", (30, 1, "two_weeks")),
    ("30 min biweekly", (30, 1, "two_weeks")),
    ("30 min 1x every 2 weeks", (30, 1, "two_weeks")),
    ("60 min/month", (60, None, "month")),
    ("120 minutes a month", (120, None, "month")),
    ("Consult 15 min monthly", (15, 1, "month")),
    ("15 min once a month", (15, 1, "month")),
    ("30 minutes twice monthly", (30, 2, "month")),
    ("150 minutes per quarter", (150, None, "quarter")),
    ("60 minutes once a quarter", (60, 1, "quarter")),
    ("30 min each marking period", (30, 1, "quarter")),
    ("2 times per grading period", (None, 2, "quarter")),
    ("8 sessions of 30 minutes per 9 weeks", (30, 8, "quarter")),
    ("8 per 9 weeks", (None, 8, "quarter")),
    ("30 minutes once every nine weeks", (30, 1, "quarter")),
    ("3 hrs per trimester", (180, None, "trimester")),
    ("600 minutes per semester", (600, None, "semester")),
    ("360 min per 18 weeks", (360, None, "semester")),
    ("60 min semi-annually", (60, 2, "year")),
    ("120 min annually", (120, 1, "year")),
    ("1800 min/yr", (1800, None, "year")),
    ("1,800 minutes per year", (1800, None, "year")),
    ("10 hours per school year", (600, None, "year")),
    ("30 min 2x per 5-day cycle", (30, 2, "week")),
    ("30 min 2x per 6-day cycle", (30, 2, None)),
    ("30 min on 2 of 6 days", (30, 2, None)),
    ("30 min every other day", (30, None, None)),
    # Slashes, signs for "times", capitals, short units.
    ("30min/2x/wk", (30, 2, "week")),
    ("2x/30min/week", (30, 2, "week")),
    ("30 min/twice/wk", (30, 2, "week")),
    ("30min/2/wk", (30, 2, "week")),
    ("30 min/5 days/week", (30, 5, "week")),
    ("1/2 hr/2x/wk", (30, 2, "week")),
    ("30 minutes 2 × per week", (30, 2, "week")),
    ("2/wk×30min", (30, 2, "week")),
    ("1 x per week x 30 minutes", (30, 1, "week")),
    ("1x/wk x 30", (30, 1, "week")),
    ("30 min x2-3/wk", (30, 2, "week")),
    ("30 MIN/ 2 X WK", (30, 2, "week")),
    ("2x week individual 30 min", (30, 2, "week")),
    ("2/wk for 30'", (30, 2, "week")),
    ("1x/week 45m", (45, 1, "week")),
    ("1h30 per week", (90, None, "week")),
    ("1h 30m weekly", (90, 1, "week")),
    ("1 hour 30 per week", (90, None, "week")),
    ("2h/wk", (120, None, "week")),
    # Days of the week.
    ("30 min M/W/F", (30, 3, "week")),
    ("MWF 30 min", (30, 3, "week")),
    ("T/Th 30 min", (30, 2, "week")),
    ("M-F 30 min", (30, 5, "week")),
    ("Monday through Thursday, 45 minutes", (45, 4, "week")),
    ("45 min, Mon-Thu (4x a week)", (45, 4, "week")),
    ("M/W 2x/wk 30 min", (30, 2, "week")),
    ("MT 30 minutes weekly", (30, 1, "week")),
    # No period of ours.
    ("every third week 30 min", (30, None, None)),
    ("30 min every 4th week", (30, None, None)),
    ("60 min every third month", (60, 1, "quarter")),
    # A dash is no minus.
    ("OT -30 min weekly", (30, 1, "week")),
    ("- 30 min weekly", (30, 1, "week")),
    # Not stated.
    ("one class period daily", (None, 1, "day")),
    ("30 min", (30, None, None)),
    ("9/1/2026-6/15/2027 30 min 2x/wk", (30, 2, "week")),
    ("a break of 5 minutes every 30 minutes", (5, None, None)),
]
NO_AMOUNT = (
    *("daily living skills", "reads 90 words per minute", "grade 5 at 9:30", "no more than 3 students", "4 of 5 trials"),
    *("an 8 x 11 sheet", "one at a time", "seat in the second row", "weekly spelling test", "within 5 days", ""),
    # What nobody gives is no amount, and nothing of it is left.
    *(
        "0 minutes per week",
        "30 minutes, 0 times per week",
        "minutes per week: 0",
        "-30 minutes per week",
        "Speech: −30 min weekly",
    ),
    *("999999 min per week", "1000000000 minutes per week", "5000 sessions of 1 minute per day", "sit 5' from the board"),
)


@each(("text", "amount"), WRITTEN)
def test_an_amount_is_read(text, amount):
    found = frequency(text)
    assert found is not None
    assert found.amount == amount
    assert not found.is_hedged


@each("text", NO_AMOUNT)
def test_what_is_no_amount_is_left(text):
    assert frequency(text) is None


@each(
    ("text", "most"),
    [
        ("as needed", None),
        ("30 minutes as needed", (30, None, None)),
        ("prn", None),
        ("up to 30 minutes per week", (30, None, "week")),
        ("no more than 60 minutes monthly", (60, 1, "month")),
        ("30 minutes maximum per week", (30, None, "week")),
    ],
)
def test_up_to_and_as_needed_promise_nothing(text, most):
    found = frequency(text)
    assert found is not None
    assert found.amount == (None, None, None)
    assert found.is_hedged
    assert found.most == most


def test_about_is_hedged_and_keeps_its_amount():
    found = frequency("approximately 30 minutes per week")
    assert (found.amount, found.is_hedged) == ((30, None, "week"), True)


@each(
    ("text", "amounts"),
    [
        ("10 min direct 2x/wk; 30 min 1x/mo consult", [(10, 2, "week"), (30, 1, "month")]),
        ("30 minutes direct and 15 minutes consult monthly", [(30, 1, "month"), (15, 1, "month")]),
        ("Twice a week for 30 minutes; once a month for 15 minutes", [(30, 2, "week"), (15, 1, "month")]),
        ("Individual 1x30/wk, group 2x30/wk", [(30, 1, "week"), (30, 2, "week")]),
        ("60 minutes per week inside and 30 minutes per week outside", [(60, None, "week"), (30, None, "week")]),
    ],
)
def test_two_amounts_stay_two(text, amounts):
    assert [found.amount for found in frequencies(text)] == amounts


def test_the_span_holds_the_amount():
    text = "Speech: 2 x 25 min per wk, individual, pull-out"
    found = frequency(text)
    assert text[found.start : found.end] == "2 x 25 min per wk"


@each(
    ("text", "parts"),
    [
        ("Speech 2x30 min/wk, pull-out, SLP", ("Speech", 30, 2, "week", "pull-out", "speech-language pathologist")),
        (
            "Study skills: 40 min 3x/wk; learning lab; special ed teacher; 8/25/25-8/24/26",
            ("Study skills", 40, 3, "week", "learning lab", "special education teacher"),
        ),
        (
            "PT consult w/ PE teacher: 60 min per quarter; gym; PT",
            ("physical therapy consult with physical education teacher", 60, None, "quarter", "gym", "physical therapist"),
        ),
        (
            "Reading 45 min daily in the resource room with the special education teacher",
            ("Reading", 45, 1, "day", "resource room", "special education teacher"),
        ),
        ("OT 30 min weekly", ("occupational therapy", 30, 1, "week", None, None)),
        (
            "Counseling, 30 min/wk, counseling office, school counselor",
            ("Counseling", 30, None, "week", "counseling office", "school counselor"),
        ),
    ],
)
def test_a_line_of_plain_words_is_taken_apart(text, parts):
    found = service(text)
    assert (found.name, found.minutes, found.times, found.per, found.setting, found.provider_role) == parts


def test_a_line_has_its_dates():
    found = service(
        "30 minutes, 2 times per week, in the resource room, by a speech-language pathologist, 09/01/2026-06/15/2027"
    )
    assert (found.starts_on, found.ends_on) == (date(2026, 9, 1), date(2027, 6, 15))
    assert (found.setting, found.provider_role) == ("resource room", "speech-language pathologist")
    assert service("Counseling 30 min weekly until 1/23/2026").ends_on == date(2026, 1, 23)


@each(
    ("amount", "printed"),
    [
        ((30, 2, "week"), "30 minutes, 2 times per week"),
        ((120, None, "month"), "120 minutes per month"),
        ((20, 1, "day"), "20 minutes daily"),
        ((1, 1, "two_weeks"), "1 minute, once per two weeks"),
        ((None, 3, "week"), "3 times per week"),
        ((None, None, None), ""),
    ],
)
def test_an_amount_is_printed(amount, printed):
    assert said(*amount) == printed


@given(some.none() | some.integers(1, 2000), some.none() | some.integers(1, 99), some.none() | some.sampled_from(PERIODS))
def test_what_is_printed_is_read_again(minutes, times, per):
    found = frequency(said(minutes, times, per))
    assert (found.amount if found else (None, None, None)) == (minutes, times, per)


@given(some.text(alphabet="0123456789 xmintueshorwk/-,.:;()½andperdaily", max_size=80))
def test_whatever_is_typed_the_spans_lie_in_the_text_in_order(text):
    last = 0
    for found in frequencies(text):
        assert last <= found.start < found.end <= len(text)
        last = found.end
        assert found.minutes is None or found.minutes >= 1
        assert found.times is None or found.times >= 1
        assert found.per is None or found.per in WEEKS


def test_minutes_a_week_are_a_span_where_periods_are_longer():
    assert weekly_minutes(30, 2, "week") == (60, 60)
    assert weekly_minutes(20, None, "day") == (100, 100)
    assert weekly_minutes(60, 1, "month") == (Fraction(6000, 435), 15)
    assert weekly_minutes(None, 2, "week") is None
    assert weekly_minutes(30, 2, None) is None
