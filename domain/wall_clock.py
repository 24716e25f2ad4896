"""Wall-clock time in a zone, turned into an instant date by date: today's offset is never used for another day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NINE = time(9)
FIRST_YEAR, LAST_YEAR = 1900, 2199


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant, aware and in UTC, at which the clocks of `zone` show `at` on `day`.

    When the clocks skip that time: the first instant after the gap. When they show it twice: the first of the two.
    """
    shown = datetime.combine(day, at.replace(fold=0, tzinfo=None))
    found = shown.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == shown:
        return found
    return _end_of_gap(shown.replace(tzinfo=zone, fold=1).astimezone(UTC), found, zone)


def local_date(at: datetime, zone: ZoneInfo) -> date:
    """The date that a calendar in `zone` shows at the instant `at`, which must be aware."""
    return at.astimezone(zone).date()


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    # zoneinfo does not tell its transitions; halving finds the second at which the offset changes.
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after
