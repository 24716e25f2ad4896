"""Dates as American documents write them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as some

from domain.dates import written_dates
from tests.walks import each

DAY = date(2025, 8, 25)


@each(
    "text",
    [
        *("8/25/25", "08/25/2025", "8-25-25", "8.25.2025", "2025-08-25", "8 / 25 / 2025"),
        *(
            "Aug. 25, 2025",
            "August 25 2025",
            "August 25th, 2025",
            "Aug 25 '25",
            "25 August 2025",
            "25-Aug-25",
            "AUGUST 25, 2025",
        ),
    ],
)
def test_a_date_is_read_wherever_it_stands(text):
    assert written_dates(text) == [(DAY, 0, len(text))]
    assert written_dates(f"from {text}, at the latest") == [(DAY, 5, 5 + len(text))]


@each("text", ["8/25/25-8/24/26", "8/25/25 - 8/24/26", "2025-08-25-2026-08-24", "08/25/2025–08/24/2026"])
def test_a_range_has_two_ends(text):
    assert [day for day, _, _ in written_dates(text)] == [DAY, date(2026, 8, 24)]


@each("text", ["2/30/26", "13/13/2026", "1/2 hour", "3/4/5", "May 12", "5/5 trials", "4 of 5", "room 12-14-3", "1.2.3", ""])
def test_what_no_calendar_has_is_no_date(text):
    assert written_dates(text) == []


@given(
    some.dates(date(2000, 1, 1), date(2099, 12, 31)),
    some.sampled_from(["%m/%d/%y", "%m/%d/%Y", "%Y-%m-%d", "%B %d, %Y", "%d %b %Y"]),
)
def test_every_day_is_read_back(day, form):
    assert [found for found, _, _ in written_dates(day.strftime(form))] == [day]
