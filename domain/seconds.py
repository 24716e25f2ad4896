"""Instants as whole seconds since 1970: the slot engine counts in integers, so that 60 days of 10 hosts are milliseconds."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.wall_clock import FIRST_YEAR, LAST_YEAR, instant

MIDNIGHT = time(0)
DAY = 24 * 60 * 60
NEVER, FOR_EVER = -(1 << 62), 1 << 62

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_FIRST, _LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


def at_or_after(at: datetime) -> int:
    """The first whole second at or after `at`: since slots start on whole seconds, rounding up loses nothing."""
    return -((_EPOCH - at) // _SECOND)


def at_or_before(at: datetime) -> int:
    """The last whole second at or before `at`."""
    return (at - _EPOCH) // _SECOND


def moment(second: int) -> datetime:
    """The instant that is `second`, in UTC."""
    return datetime.fromtimestamp(second, UTC)


@lru_cache(maxsize=65_536)
def ends_of(day: date, zone: ZoneInfo) -> tuple[int, int]:
    """When `day` begins by the clocks of `zone`, and when it is over; dates beyond 1900 to 2199 are cut to these years."""
    day = min(max(day, _FIRST), _LAST)
    return at_or_after(instant(day, MIDNIGHT, zone)), at_or_after(instant(day + timedelta(days=1), MIDNIGHT, zone))


def since_midnight(at: time) -> int:
    """How far the hand of a clock that shows `at` has come."""
    return at.hour * 3600 + at.minute * 60 + at.second


def opening(day: date, start: int, end: int, zone: ZoneInfo) -> tuple[int, int]:
    """When the clocks of `zone` show `start` and `end` on `day`, both counted since midnight; an `end` of `DAY` ends it."""
    begins, ends = ends_of(day, zone)
    if ends - begins == DAY:
        # No change of clocks: counting is far cheaper than asking the zone.
        return begins + start, begins + end
    return _shown(day, start, zone), ends if end == DAY else _shown(day, end, zone)


def _shown(day: date, at: int, zone: ZoneInfo) -> int:
    return at_or_after(instant(day, time(at // 3600, at // 60 % 60, at % 60), zone))
