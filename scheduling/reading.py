"""The calendar of somebody else, read in a child process."""

import sys
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import orjson

from domain.external_calendar import Busy, CalendarUnreadable, busy
from scheduling.child_process import Limits, OutOfTime, answer_of, limit_this

LIMITS = Limits(whole_seconds=15, processor_seconds=10, memory_bytes=512 * 2**20)
# How the child says that it is no calendar, in a sentence.
_UNREADABLE = 3


def busy_in_child(
    ics: bytes,
    *,
    from_at: datetime,
    until_at: datetime,
    zone: ZoneInfo,
    besides: Sequence[str] = (),
    seconds: float = LIMITS.whole_seconds,
) -> Busy:
    """`domain.external_calendar.busy`, whatever the file does. Raises `CalendarUnreadable`, within so many `seconds`."""
    asked = orjson.dumps(besides) + b"\n" + ics
    try:
        code, said = answer_of(
            "scheduling.reading", from_at.isoformat(), until_at.isoformat(), zone.key, given=asked, seconds=seconds
        )
    except OutOfTime:
        raise CalendarUnreadable("Reading this calendar takes too long.") from None
    if code == _UNREADABLE:
        raise CalendarUnreadable(said.decode())
    if code != 0:
        raise CalendarUnreadable("Reading this calendar takes too long, or too much memory.")
    unread, spans = orjson.loads(said)
    return Busy([(datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at)) for starts_at, ends_at in spans], unread)


def _main(from_at: str, until_at: str, zone: str) -> int:
    limit_this(LIMITS)
    until = datetime.fromisoformat(until_at)
    try:
        besides, since = frozenset(orjson.loads(sys.stdin.buffer.readline())), datetime.fromisoformat(from_at)
        found = busy(sys.stdin.buffer.read(), from_at=since, until_at=until, zone=ZoneInfo(zone), besides=besides)
    except CalendarUnreadable as why:
        sys.stdout.write(str(why))
        return _UNREADABLE
    told: tuple[int, Sequence[object]] = (found.unread, found.spans)
    sys.stdout.buffer.write(orjson.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
