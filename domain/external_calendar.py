"""When somebody is busy by an iCalendar file (RFC 5545): spans of time, and nothing of what they are for.

The file is a stranger's. Of each event no line is even looked at that does not say when it is; what is over, and what comes
too late to matter, is left out before anything is parsed. Rules of recurrence can still be made to run for ages, so whoever
calls this bounds its time and memory from outside (`scheduling.reading`).
"""

import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any, cast
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr
from icalendar import Event, Timezone
from icalendar.timezone import tzp
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from domain import wall_clock

Span = tuple[datetime, datetime]
# In the time that is asked for: more than twenty a day, for more than a year, is no person's calendar.
MOST_OCCURRENCES = 10_000
# No zone is further from UTC; and a rule may end long before its last occurrence does.
_A_ZONE, _LONG = timedelta(days=2), timedelta(days=40)
_KEPT = frozenset(
    ("UID", "SEQUENCE", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS", "TRANSP")
) | {"X-MICROSOFT-CDO-BUSYSTATUS"}
# Every so many seconds or minutes: nobody's appointment, and the cheapest way to keep us counting.
_TOO_OFTEN = ("SECONDLY", "MINUTELY")
_FREE_IN_OUTLOOK = ("FREE", "WORKINGELSEWHERE")


class CalendarUnreadable(Exception):
    """What came is no calendar, or too much of one; `str(error)` is a sentence for its owner."""


@dataclass(frozen=True)
class Busy:
    """Spans in UTC, in order, none touching another; and how many events could not be read."""

    spans: Sequence[Span]
    unread: int


def busy(ics: bytes, *, from_at: datetime, until_at: datetime, zone: ZoneInfo, besides: Collection[str] = frozenset()) -> Busy:
    """When its owner, who lives in `zone`, is busy between two instants (aware). Raises `CalendarUnreadable`.

    `besides` are UIDs of what its owner is known to do: our own invitations come back in the calendar that they were sent to.
    All-day events take whole days of `zone`. Times without a zone are those of the calendar's X-WR-TIMEZONE, or of `zone`.
    """
    written = _Written.of(ics)
    tzp.use_default()  # what an earlier calendar called by some name is forgotten
    with warnings.catch_warnings():
        # A guess at a zone's name, a limit that a rule states twice.
        warnings.simplefilter("ignore")
        unread = sum(not _learn_zone(lines) for lines in written.zones)
        floating = tzp.timezone(written.zone) if written.zone else None
        reading = _Reading(from_at, until_at, zone, floating or zone, besides)
        spans, events_unread = reading.spans(written.events)
    return Busy(_merged(spans), unread + events_unread)


@dataclass
class _Written:
    """A file taken apart line by line: zones whole, of events the lines that say when."""

    zones: list[list[str]] = field(default_factory=list)
    events: list[dict[str, list[str]]] = field(default_factory=list)
    zone: str = ""
    # Google names a person's own calendar by their address.
    owner: str = ""

    @classmethod
    def of(cls, ics: bytes) -> "_Written":
        found, inside = cls(), list[str]()
        is_calendar = False
        lines = ics.decode("utf-8-sig", "replace").replace("\r\n", "\n")
        for line in lines.replace("\n ", "").replace("\n\t", "").split("\n"):
            name = re.split("[:;]", line, maxsplit=1)[0].strip().upper()
            if name == "BEGIN":
                inside.append(line.partition(":")[2].strip().upper())
                if not is_calendar and inside != ["VCALENDAR"]:
                    break
                is_calendar = True
                if inside == ["VCALENDAR", "VTIMEZONE"]:
                    found.zones.append([])
                elif inside == ["VCALENDAR", "VEVENT"]:
                    found.events.append({})
            if inside[:2] == ["VCALENDAR", "VTIMEZONE"]:
                found.zones[-1].append(line)
            elif inside == ["VCALENDAR", "VEVENT"]:
                found._keep(name, line)
            elif inside == ["VCALENDAR"] and name in ("X-WR-TIMEZONE", "X-WR-CALNAME"):
                value = line.partition(":")[2].strip()
                if name == "X-WR-TIMEZONE":
                    found.zone = value
                elif "@" in value:
                    found.owner = value.lower()
            if name == "END" and (not inside or inside.pop() != line.partition(":")[2].strip().upper()):
                raise CalendarUnreadable("This calendar is written in a way that cannot be read.")
        if not is_calendar:
            raise CalendarUnreadable("What is at this address is no calendar. Is it the address of a page?")
        if inside:
            raise CalendarUnreadable("This calendar breaks off in the middle.")
        return found

    def _keep(self, name: str, line: str) -> None:
        if name in _KEPT:
            self.events[-1].setdefault(name, []).append(line)
        elif name == "ATTENDEE" and self._says_no(line):
            self.events[-1]["X-DECLINED"] = ["X-DECLINED:TRUE"]

    def _says_no(self, line: str) -> bool:
        return bool(self.owner) and "PARTSTAT=DECLINED" in line.upper() and line.lower().endswith(f"mailto:{self.owner}")


@dataclass(frozen=True)
class _Time:
    """A time as it is written: by a clock on the wall of a zone; or a whole day."""

    wall: datetime
    zone: tzinfo
    is_day: bool

    @property
    def instant(self) -> datetime:
        if self.is_day and isinstance(self.zone, ZoneInfo):
            return wall_clock.instant(self.wall.date(), time(), self.zone)
        # Where the clocks skip it, by the offset from before (RFC 5545, 3.3.5); where they show it twice, the first.
        return self.wall.replace(tzinfo=self.zone, fold=0).astimezone(UTC)

    def at(self, wall: datetime) -> "_Time":
        return _Time(wall, self.zone, self.is_day)


@dataclass(frozen=True)
class _Length:
    """How long: so many days by the clock on the wall, and so much by any clock."""

    days: timedelta
    exact: timedelta

    def end_of(self, start: _Time) -> datetime:
        return start.at(start.wall + self.days).instant + self.exact


@dataclass(frozen=True)
class _Times:
    """Occurrences that are named one by one: by their instants, and by their dates."""

    instants: frozenset[datetime]
    days: frozenset[date]
    # Of those that are instants, for events that take whole days.
    days_of_instants: frozenset[date]

    @classmethod
    def of(cls, times: Iterable[_Time]) -> "_Times":
        known = list(times)
        exact, whole = [one for one in known if not one.is_day], [one for one in known if one.is_day]
        return cls(
            frozenset(one.instant for one in exact),
            frozenset(one.wall.date() for one in whole),
            frozenset(one.wall.date() for one in exact),
        )

    def __contains__(self, one: _Time) -> bool:
        day = one.wall.date()
        return day in self.days or (day in self.days_of_instants if one.is_day else one.instant in self.instants)


@dataclass(frozen=True)
class _Entry:
    """One VEVENT: a single event, a series, or what became of one occurrence of a series."""

    uid: str
    sequence: int
    start: _Time
    length: _Length
    is_free: bool
    rules: Sequence[Any] = ()
    more: Sequence[tuple[_Time, _Length]] = ()
    left_out: Sequence[_Time] = ()
    stands_for: _Time | None = None
    # And for all that come after it (RANGE=THISANDFUTURE).
    and_on: bool = False


class _Reading:
    """The events of one file, read for the time between two instants."""

    def __init__(
        self, from_at: datetime, until_at: datetime, zone: ZoneInfo, floating: tzinfo, besides: Collection[str]
    ) -> None:
        self._from, self._until, self._zone, self._floating = from_at, until_at, zone, floating
        self._besides = besides
        self._occurrences = 0

    def spans(self, events: Sequence[dict[str, list[str]]]) -> tuple[list[Span], int]:
        """When they are, and how many of them cannot be read."""
        series: dict[str, list[_Entry]] = {}
        unread = 0
        for number, lines in enumerate(events):
            if self._is_elsewhere(lines):
                continue
            try:
                entry = self._entry(lines, number)
            except Exception:
                # The libraries have their own ways to say that something is wrong with what a stranger wrote.
                unread += 1
                continue
            if entry.uid not in self._besides:
                series.setdefault(entry.uid, []).append(entry)
        found: list[Span] = []
        for entries in series.values():
            try:
                found += self._of_series(_latest(entries))
            except CalendarUnreadable:
                raise
            except Exception:
                unread += 1
        return found, unread

    def _is_elsewhere(self, lines: dict[str, list[str]]) -> bool:
        """Whether it is surely over, or surely too late, by the dates that are written: most of a long history."""
        if "DTSTART" not in lines or "RDATE" in lines or any("RANGE=" in line for line in lines.get("RECURRENCE-ID", ())):
            return False
        earliest, latest = ((at + by).strftime("%Y%m%d") for at, by in ((self._from, -_A_ZONE), (self._until, _A_ZONE)))
        starts = _days(lines, "DTSTART", "RECURRENCE-ID")
        if all(day > latest for day in starts):
            return bool(starts)
        if rules := lines.get("RRULE"):
            ends = [ended[1] for rule in rules if (ended := re.search(r"UNTIL=(\d{8})", rule.upper()))]
            return len(ends) == len(rules) and all(day < (self._from - _LONG).strftime("%Y%m%d") for day in ends)
        return "DURATION" not in lines and bool(starts) and all(day < earliest for day in (*starts, *_days(lines, "DTEND")))

    def _entry(self, lines: dict[str, list[str]], number: int) -> _Entry:
        written = ["BEGIN:VEVENT", *(line for kept in lines.values() for line in kept), "END:VEVENT", ""]
        event: Any = Event.from_ical("\r\n".join(written))
        if event.errors:
            raise ValueError(event.errors[0])
        start = self._time(event["DTSTART"].dt)
        stands_for = event.get("RECURRENCE-ID")
        rules = _listed(event.get("RRULE"))
        if any(str(rule["FREQ"][0]).upper() in _TOO_OFTEN or rule.get("INTERVAL", [1])[0] < 1 for rule in rules):
            raise ValueError("too often")
        length = self._length(start, event)
        is_free = (
            str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
            or str(event.get("STATUS", "")).upper() == "CANCELLED"
            or "X-DECLINED" in event
            or str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() in _FREE_IN_OUTLOOK
        )
        return _Entry(
            uid=str(event.get("UID", f"event {number}")),
            sequence=int(event.get("SEQUENCE", 0)),
            start=start,
            length=length,
            is_free=is_free,
            rules=() if stands_for else rules,
            more=[self._named(value.dt, start, length) for given in _listed(event.get("RDATE")) for value in given.dts],
            left_out=[self._time(value.dt) for given in _listed(event.get("EXDATE")) for value in given.dts],
            stands_for=self._time(stands_for.dt) if stands_for else None,
            and_on=bool(stands_for) and str(stands_for.params.get("RANGE", "")).upper() == "THISANDFUTURE",
        )

    def _time(self, value: Any) -> _Time:
        if not isinstance(value, datetime):
            return _Time(datetime.combine(value, time()), self._zone, True)
        return _Time(value.replace(tzinfo=None), value.tzinfo or self._floating, False)

    def _length(self, start: _Time, event: Any) -> _Length:
        if "DTEND" in event:
            return self._until_end(start, event["DTEND"].dt)
        if "DURATION" in event:
            return _lasting(event["DURATION"].dt)
        # A day without an end is one day; an instant without one takes no time.
        return _Length(timedelta(days=int(start.is_day)), timedelta())

    def _until_end(self, start: _Time, end: Any) -> _Length:
        ends = self._time(end)
        if start.is_day:
            return _Length(max(ends.wall - start.wall, timedelta(days=1)), timedelta())
        # The exact duration, which every occurrence has (RFC 5545, 3.8.5.3).
        return _Length(timedelta(), ends.instant - start.instant)

    def _named(self, value: Any, start: _Time, length: _Length) -> tuple[_Time, _Length]:
        """An occurrence that RDATE names: a time, or a period that has its own end."""
        if not isinstance(value, tuple):
            return self._time(value), length
        begins, ends = self._time(value[0]), value[1]
        return begins, _lasting(ends) if isinstance(ends, timedelta) else self._until_end(begins, ends)

    def _of_series(self, entries: Sequence[_Entry]) -> Iterator[Span]:
        """The spans of all entries with one UID. What stands for an occurrence takes its place."""
        changes = [entry for entry in entries if entry.stands_for]
        changed = _Times.of(entry.stands_for for entry in changes if entry.stands_for)
        moves = sorted(
            ((entry.stands_for, entry) for entry in changes if entry.stands_for and entry.and_on),
            key=lambda one: one[0].instant,
        )
        for entry in changes:
            if not entry.is_free:
                yield from self._span(entry.start, entry.length)
        for entry in entries:
            if entry.stands_for:
                continue
            left_out = _Times.of(entry.left_out)
            for start, length in self._occurrences_of(entry):
                if start in left_out or start in changed:
                    continue
                move = next(((was, now) for was, now in reversed(moves) if was.instant <= start.instant), None)
                if move:
                    was, now = move
                    if not now.is_free:
                        yield from self._span(now.start.at(start.wall + (now.start.wall - was.wall)), now.length)
                elif not entry.is_free:
                    yield from self._span(start, length)

    def _occurrences_of(self, entry: _Entry) -> Iterator[tuple[_Time, _Length]]:
        yield entry.start, entry.length
        yield from entry.more
        # Moved occurrences of a series may come from a little beyond.
        last = (self._until + _LONG).replace(tzinfo=None)
        for rule in entry.rules:
            until = [self._end_of(value, entry.start) for value in rule.get("UNTIL", ())]
            plain = type(rule)({name: value for name, value in rule.items() if name not in ("UNTIL", "COUNT")})
            walls = cast(rrule, rrulestr(plain.to_ical().decode(), dtstart=entry.start.wall))
            for wall in islice(walls.replace(until=min([last, *until])), *rule.get("COUNT", (None,))[:1]):
                if wall != entry.start.wall:
                    yield entry.start.at(wall), entry.length

    def _end_of(self, value: Any, start: _Time) -> datetime:
        """Until when a rule goes on, by the clock that its events go by; a date includes that day."""
        if not isinstance(value, datetime):
            return datetime.combine(value, time.max)
        return value.astimezone(self._floating if start.is_day else start.zone).replace(tzinfo=None) if value.tzinfo else value

    def _span(self, start: _Time, length: _Length) -> Iterator[Span]:
        starts_at, ends_at = max(start.instant, self._from), min(length.end_of(start), self._until)
        if starts_at < ends_at:
            self._occurrences += 1
            if self._occurrences > MOST_OCCURRENCES:
                raise CalendarUnreadable(f"This calendar has more than {MOST_OCCURRENCES} events in the coming year.")
            yield starts_at, ends_at


def _learn_zone(lines: Sequence[str]) -> bool:
    """Takes note of a zone that the file describes. What the whole world knows by a name is not described anew."""
    named = next((line.partition(":")[2].strip() for line in lines if line.upper().startswith("TZID")), "")
    if named in WINDOWS_TO_OLSON:
        return True
    try:
        Timezone.from_ical("\r\n".join([*lines, ""]))
    except Exception:
        return False
    return True


def _lasting(duration: timedelta) -> _Length:
    days = timedelta(days=duration.days)
    return _Length(days, duration - days)


def _days(lines: dict[str, list[str]], *names: str) -> list[str]:
    """The days that these lines begin with, as they are written; none if one of them begins otherwise."""
    found = [re.search(r":(\d{8})[^:]*$", line) for name in names for line in lines.get(name, ())]
    return [day[1] for day in found if day] if all(found) else []


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _latest(entries: Sequence[_Entry]) -> list[_Entry]:
    """Of several versions of the same, those with the highest SEQUENCE."""
    best: dict[datetime | None, int] = {}
    for entry in entries:
        key = entry.stands_for.instant if entry.stands_for else None
        best[key] = max(best.get(key, 0), entry.sequence)
    return [one for one in entries if one.sequence == best[one.stands_for.instant if one.stands_for else None]]


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for starts_at, ends_at in sorted(spans):
        if merged and starts_at <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], ends_at)
        else:
            merged.append((starts_at, ends_at))
    return merged
