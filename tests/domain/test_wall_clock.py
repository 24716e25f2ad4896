"""Wall-clock times on the days when the clocks change."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as some

from domain.wall_clock import instant, local_date
from tests.walks import each

ZONES = [
    "America/Chicago",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Havana",
    "Europe/Dublin",
]


@each(
    ("zone", "day", "at", "expected"),
    [
        ("America/Chicago", date(2026, 1, 15), time(9), datetime(2026, 1, 15, 15, tzinfo=UTC)),
        ("America/Chicago", date(2026, 7, 15), time(9), datetime(2026, 7, 15, 14, tzinfo=UTC)),
        ("America/Chicago", date(2026, 3, 8), time(2, 30), datetime(2026, 3, 8, 8, tzinfo=UTC)),
        ("America/Chicago", date(2026, 3, 8), time(2), datetime(2026, 3, 8, 8, tzinfo=UTC)),
        ("America/Chicago", date(2026, 3, 8), time(3), datetime(2026, 3, 8, 8, tzinfo=UTC)),
        ("America/Chicago", date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),
        ("America/Chicago", date(2026, 11, 1), time(1, 30, fold=1), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
        ("America/Havana", date(2026, 3, 8), time(0, 30), datetime(2026, 3, 8, 5, tzinfo=UTC)),
        ("Pacific/Apia", date(2011, 12, 30), time(9), datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ],
)
def test_a_skipped_time_is_the_first_after_the_gap_and_a_doubled_one_the_first_of_two(zone, day, at, expected):
    assert instant(day, at, ZoneInfo(zone)) == expected


@given(some.dates(date(1990, 1, 1), date(2037, 12, 31)), some.times(), some.sampled_from(ZONES).map(ZoneInfo))
def test_the_clocks_show_what_was_asked_or_have_just_jumped_over_it(day, at, zone):
    wanted = datetime.combine(day, at.replace(fold=0))
    shown = instant(day, at, zone).astimezone(zone).replace(tzinfo=None)
    assert shown == wanted or (shown > wanted and shown.microsecond == shown.second == 0)


def test_an_evening_in_chicago_belongs_to_its_own_date():
    assert local_date(datetime(2026, 11, 25, 3, tzinfo=UTC), ZoneInfo("America/Chicago")) == date(2026, 11, 24)
