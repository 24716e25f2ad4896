"""What strangers wrote is read in a child process, which has so much time and memory and is ended when it wants more.

The child gets bytes and gives spans. It has no settings, no secrets and no connection to the database, and it may open no
file for writing.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import orjson

from domain.external_calendar import Busy, CalendarUnreadable, busy

WHOLE_SECONDS = 15
PROCESSOR_SECONDS = 10
MEMORY_BYTES = 512 * 2**20
# How the child says that it is no calendar, in a sentence.
_UNREADABLE = 3


def busy_in_child(
    ics: bytes,
    *,
    from_at: datetime,
    until_at: datetime,
    zone: ZoneInfo,
    besides: Sequence[str] = (),
    seconds: float = WHOLE_SECONDS,
) -> Busy:
    """`domain.external_calendar.busy`, whatever the file does. Raises `CalendarUnreadable`, within so many `seconds`."""
    command = [sys.executable, "-m", "scheduling.reading", from_at.isoformat(), until_at.isoformat(), zone.key]
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
    if "PYTHONTZPATH" in os.environ:
        environment["PYTHONTZPATH"] = os.environ["PYTHONTZPATH"]
    try:
        asked = orjson.dumps(besides) + b"\n" + ics
        # A session of its own: what ends the worker ends it with its work.
        child = subprocess.run(  # noqa: S603
            command, input=asked, capture_output=True, timeout=seconds, env=environment, start_new_session=True, check=False
        )
    except subprocess.TimeoutExpired:
        raise CalendarUnreadable("Reading this calendar takes too long.") from None
    if child.returncode == _UNREADABLE:
        raise CalendarUnreadable(child.stdout.decode())
    if child.returncode != 0:
        raise CalendarUnreadable("Reading this calendar takes too long, or too much memory.")
    unread, spans = orjson.loads(child.stdout)
    return Busy([(datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at)) for starts_at, ends_at in spans], unread)


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _main(from_at: str, until_at: str, zone: str) -> int:
    _limit()
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
