"""When a consultation can be held. One engine decides what is offered, what is accepted and why a time is missing.

Inside, an instant is a whole second since 1970: integers make 60 days of 10 hosts a matter of milliseconds.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.wall_clock import instant, local_date

MIDNIGHT = time(0)


@dataclass(frozen=True)
class WeeklyHours:
    """Hours on one weekday (0 is Monday) in the host's wall time; an `end` of 00:00 is the midnight that ends the day.

    Each stands by itself: no meeting runs from one into another. Raises ValueError when they end before they start.
    """

    weekday: int
    start: time
    end: time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError("A weekday is 0 (Monday) to 6 (Sunday).")
        if self.end <= self.start and self.end != MIDNIGHT:
            raise ValueError("Hours end after they start, or at 00:00, the end of the day.")


@dataclass(frozen=True)
class Span:
    """Time that is taken, from an aware instant to a later one, with the buffers it asks for around itself.

    A span that `counts` is a booking, which the daily limit counts. Raises ValueError for an empty span.
    """

    starts_at: datetime
    ends_at: datetime
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    counts: bool = False

    def __post_init__(self) -> None:
        if self.ends_at <= self.starts_at:
            raise ValueError("A span ends after it starts.")


@dataclass(frozen=True)
class Host:
    """Who can hold a consultation: weekly hours, other hours on single dates (none: a day off), and what is taken."""

    id: UUID
    timezone: ZoneInfo
    weekly: tuple[WeeklyHours, ...]
    busy: tuple[Span, ...] = ()
    overrides: Mapping[date, tuple[tuple[time, time], ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """What a type of consultation asks for; slots begin every `step_minutes`, counted from the opening of the hours.

    The horizon is the end of the host's day that comes `horizon_days` after today. Raises ValueError.
    """

    minutes: int
    step_minutes: int
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    minimum_notice_minutes: int = 0
    horizon_days: int = 60
    daily_limit: int | None = None

    def __post_init__(self) -> None:
        if self.minutes < 1 or self.step_minutes < 1:
            raise ValueError("A consultation and the step between starts last at least a minute.")


class Slot(NamedTuple):
    """A time that can be booked, in UTC, and who is free then: the least busy first, equals by id."""

    starts_at: datetime
    ends_at: datetime
    host_ids: tuple[UUID, ...]


class Candidate(NamedTuple):
    """A start within a host's hours, and the rules that removed it: notice, horizon, daily_limit, busy. None: free."""

    host_id: UUID
    starts_at: datetime
    ends_at: datetime
    removed_by: tuple[str, ...]


def free(rules: Rules, hosts: Sequence[Host], now: datetime, start: datetime, end: datetime) -> list[Slot]:
    """The slots that start from `start` on and before `end`, in order; all instants are aware.

    "Least busy" counts the spans each host was given, so that the order is the same however the window is cut.
    """
    in_turn = sorted(hosts, key=lambda host: (len(host.busy), host.id))
    free_at: dict[int, int] = {}
    for place, host in enumerate(in_turn):
        for starts in _free_starts(rules, host, now, start, end):
            for second in starts:
                free_at[second] = free_at.get(second, 0) | 1 << place
    # Hosts are gathered as bits: few sets of hosts occur, and each is spelled out once.
    ids = {bits: tuple(host.id for place, host in enumerate(in_turn) if bits >> place & 1) for bits in {*free_at.values()}}
    length = timedelta(minutes=rules.minutes)
    return [
        Slot(starts_at, starts_at + length, ids[bits])
        for second, bits in sorted(free_at.items())
        for starts_at in (_at(second),)
    ]


def is_free(rules: Rules, hosts: Sequence[Host], now: datetime, starts_at: datetime) -> Slot | None:
    """The slot that starts exactly at `starts_at`, if it would be offered."""
    slots = free(rules, hosts, now, starts_at, starts_at + timedelta(seconds=1))
    return slots[0] if slots and slots[0].starts_at == starts_at else None


def nearest(rules: Rules, hosts: Sequence[Host], now: datetime, wanted: datetime, count: int = 5) -> list[Slot]:
    """At most `count` free slots, the nearest to `wanted` first, the earlier of two equals first."""
    last = now + timedelta(days=rules.horizon_days + 2)
    middle = min(max(wanted, now), last)
    slots: list[Slot] = []
    for days in (1, 7, rules.horizon_days + 2):
        around = timedelta(days=days)
        slots = free(rules, hosts, now, middle - around, middle + around)
        if len(slots) >= count:
            break
    return sorted(slots, key=lambda slot: (abs(slot.starts_at - middle), slot.starts_at))[:count]


def explain(rules: Rules, hosts: Sequence[Host], now: datetime, day: date) -> list[Candidate]:
    """Every start within each host's hours of `day` (a date of the host), with the rules that removed it."""
    length = timedelta(minutes=rules.minutes)
    return [
        Candidate(host.id, _at(second), _at(second) + length, tuple(sorted(_removers(blocks, second))))
        for host in hosts
        for blocks in (_blocks(rules, host, now),)
        for opens, closes in _openings(host, day, day)
        for second in range(opens, closes - rules.minutes * 60 + 1, rules.step_minutes * 60)
    ]


class _Block(NamedTuple):
    """No slot may start after `begins` and before `ends`; at either of them it may."""

    begins: int
    ends: int
    rule: str


_NEVER, _FOR_EVER = -(1 << 62), 1 << 62


def _free_starts(rules: Rules, host: Host, now: datetime, start: datetime, end: datetime) -> Iterator[range]:
    # Clipped before any loop: a window of a thousand years costs no more than the horizon.
    first = max(_second(start), _earliest(rules, now))
    last = min(_second(end), _horizon(rules, host, now)) - 1
    if first > last:
        return
    step, length = rules.step_minutes * 60, rules.minutes * 60
    begins, ends = _joined(_blocks(rules, host, now))
    first_day = local_date(_at(first), host.timezone)
    # A day more: where the clocks fall back over midnight, some of a day's hours pass under the date before it.
    last_day = local_date(_at(last), host.timezone) + timedelta(days=1)
    for opens, closes in _openings(host, first_day, last_day):
        latest = min(closes - length, last)
        second = _next_on_grid(opens, step, max(opens, first))
        while second <= latest:
            block = bisect_right(ends, second)
            if begins[block] < second:
                second = _next_on_grid(opens, step, ends[block])
                continue
            starts = range(second, min(latest, begins[block]) + 1, step)
            yield starts
            second = starts[-1] + step


def _openings(host: Host, first: date, last: date) -> Iterator[tuple[int, int]]:
    weekly: dict[int, list[tuple[time, time]]] = {}
    for hours in host.weekly:
        weekly.setdefault(hours.weekday, []).append((hours.start, hours.end))
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        for start, end in host.overrides.get(day, weekly.get(day.weekday(), ())):
            yield _opening(day, start, end, host.timezone)


@lru_cache(maxsize=16_384)
def _opening(day: date, start: time, end: time, zone: ZoneInfo) -> tuple[int, int]:
    closes_on = day + timedelta(days=1) if end == MIDNIGHT else day
    return _second(instant(day, start, zone)), _second(instant(closes_on, end, zone))


def _blocks(rules: Rules, host: Host, now: datetime) -> list[_Block]:
    """Every rule but the hours, as times at which a slot may not start."""
    return [
        _Block(_NEVER, _earliest(rules, now), "notice"),
        _Block(_horizon(rules, host, now) - 1, _FOR_EVER, "horizon"),
        *(_full_day(day, host.timezone) for day in _full_days(rules, host)),
        *(_taken(rules, span) for span in host.busy),
    ]


def _taken(rules: Rules, span: Span) -> _Block:
    # Neighbours share the larger of their two buffers: each has its peace, and none is kept twice.
    before = max(rules.buffer_after_minutes, span.buffer_before_minutes)
    after = max(rules.buffer_before_minutes, span.buffer_after_minutes)
    begins = _floor(span.starts_at) - (before + rules.minutes) * 60
    return _Block(begins, _second(span.ends_at) + after * 60, "busy")


def _full_days(rules: Rules, host: Host) -> list[date]:
    if rules.daily_limit is None:
        return []
    booked: dict[date, int] = {}
    for span in host.busy:
        if span.counts:
            day = local_date(span.starts_at, host.timezone)
            booked[day] = booked.get(day, 0) + 1
    return [day for day, bookings in booked.items() if bookings >= rules.daily_limit]


def _full_day(day: date, zone: ZoneInfo) -> _Block:
    begins, ends = _opening(day, MIDNIGHT, MIDNIGHT, zone)
    return _Block(begins - 1, ends, "daily_limit")


def _joined(blocks: Sequence[_Block]) -> tuple[list[int], list[int]]:
    """The blocks in order, overlaps joined; the horizon's comes last and never ends."""
    begins: list[int] = []
    ends: list[int] = []
    for block in sorted(blocks):
        if ends and block.begins < ends[-1]:
            ends[-1] = max(ends[-1], block.ends)
        else:
            begins.append(block.begins)
            ends.append(block.ends)
    return begins, ends


def _removers(blocks: Sequence[_Block], second: int) -> set[str]:
    return {block.rule for block in blocks if block.begins < second < block.ends}


def _earliest(rules: Rules, now: datetime) -> int:
    return _second(now) + rules.minimum_notice_minutes * 60


def _horizon(rules: Rules, host: Host, now: datetime) -> int:
    last_day = local_date(now, host.timezone) + timedelta(days=rules.horizon_days)
    return _opening(last_day, MIDNIGHT, MIDNIGHT, host.timezone)[1]


def _next_on_grid(opens: int, step: int, second: int) -> int:
    return opens + -(-(second - opens) // step) * step


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def _second(at: datetime) -> int:
    """The first whole second at or after `at`: since slots start on whole seconds, rounding up loses nothing."""
    return -((_EPOCH - at) // _SECOND)


def _floor(at: datetime) -> int:
    return (at - _EPOCH) // _SECOND


def _at(second: int) -> datetime:
    return _EPOCH + timedelta(seconds=second)
