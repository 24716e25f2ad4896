"""When a consultation can be held. One engine decides what is offered, what is accepted and why a time is missing.

Every rule but the hours says at which times a slot may not start (`_Block`). What is free lies between the blocks; what
removed a time is the names of the blocks around it.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from domain.host import Host, Span, Travel, WeeklyHours
from domain.limits import Limit, SeasonCap
from domain.seconds import FOR_EVER, NEVER, at_or_after, moment
from domain.turn import Share
from domain.wall_clock import FIRST_YEAR, LAST_YEAR

__all__ = [
    "Candidate",
    "Host",
    "Limit",
    "Rules",
    "SeasonCap",
    "Slot",
    "Span",
    "Travel",
    "WeeklyHours",
    "explain",
    "free",
    "is_free",
    "nearest",
]


@dataclass(frozen=True)
class Rules:
    """What a type of consultation asks for; slots begin every `step_minutes`, counted from the opening of the hours.

    Notice of 1 day is "not today". The horizon is the end of the host's day that comes `horizon_days` after today, or the
    end of `bookable_until` if that is earlier. Raises ValueError.
    """

    minutes: int
    step_minutes: int
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    minimum_notice_minutes: int = 0
    minimum_notice_days: int = 0
    horizon_days: int = 60
    bookable_until: date | None = None
    limits: tuple[Limit, ...] = ()
    season_caps: tuple[SeasonCap, ...] = ()

    def __post_init__(self) -> None:
        if self.minutes < 1 or self.step_minutes < 1:
            raise ValueError("A consultation and the step between starts last at least a minute.")


class Slot(NamedTuple):
    """A time that can be booked, in UTC, and who is free then: whoever's turn it is comes first."""

    starts_at: datetime
    ends_at: datetime
    host_ids: tuple[UUID, ...]


class Candidate(NamedTuple):
    """A start within a host's hours, or within those that the day would have, and every rule that removed it.

    The rules are notice, horizon, daily_limit, weekly_limit, monthly_limit, season_cap, public_holiday, override, and
    those of spans. None: it is free.
    """

    host_id: UUID
    starts_at: datetime
    ends_at: datetime
    removed_by: tuple[str, ...]


def free(
    rules: Rules, hosts: Sequence[Host], now: datetime, start: datetime, end: datetime, *, host_id: UUID | None = None
) -> list[Slot]:
    """The slots that start from `start` on and before `end`, in order; all instants are aware.

    With `host_id` only those of that host: the others are still needed, since a season's cap counts all bookings. Slots and
    turns are the same however the window is cut.
    """
    seasons = _full_seasons(rules, hosts)
    # Hosts are gathered as bits: few sets of hosts occur, and each is spelled out once.
    free_at: dict[int, int] = defaultdict(int)
    for place, host in enumerate(hosts):
        if host_id in (None, host.id):
            bit = 1 << place
            for second in chain.from_iterable(_free_starts(rules, host, seasons, now, start, end)):
                free_at[second] |= bit
    return list(_in_turn(rules, hosts, free_at))


def is_free(
    rules: Rules, hosts: Sequence[Host], now: datetime, starts_at: datetime, *, host_id: UUID | None = None
) -> Slot | None:
    """The slot that starts exactly at `starts_at`, if it would be offered."""
    slots = free(rules, hosts, now, starts_at, starts_at + timedelta(seconds=1), host_id=host_id)
    return slots[0] if slots and slots[0].starts_at == starts_at else None


def nearest(
    rules: Rules, hosts: Sequence[Host], now: datetime, wanted: datetime, count: int = 5, *, host_id: UUID | None = None
) -> list[Slot]:
    """At most `count` free slots, the nearest to `wanted` first, the earlier of two equals first."""
    last = now + timedelta(days=rules.horizon_days + 2)
    middle = min(max(wanted, now), last)
    slots: list[Slot] = []
    for days in (1, 7, rules.horizon_days + 2):
        around = timedelta(days=days)
        slots = free(rules, hosts, now, middle - around, middle + around, host_id=host_id)
        if len(slots) >= count:
            break
    return sorted(slots, key=lambda slot: (abs(slot.starts_at - middle), slot.starts_at))[:count]


def explain(rules: Rules, hosts: Sequence[Host], now: datetime, day: date, *, host_id: UUID | None = None) -> list[Candidate]:
    """Every start on `day`, a date of each host, with the rules that removed it; none outside of 1900 to 2199."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return []
    length, seasons = timedelta(minutes=rules.minutes), _full_seasons(rules, hosts)
    return [
        Candidate(host.id, moment(second), moment(second) + length, tuple(sorted({*closed_by, *_removers(blocks, second)})))
        for host in hosts
        if host_id in (None, host.id)
        for blocks in (_blocks(rules, host, seasons, now),)
        for second, closed_by in sorted(_candidates(rules, host, day).items())
    ]


class _Block(NamedTuple):
    """No slot may start after `begins` and before `ends`; at either of them it may."""

    begins: int
    ends: int
    rule: str


def _free_starts(
    rules: Rules, host: Host, seasons: Iterable[_Block], now: datetime, start: datetime, end: datetime
) -> Iterator[range]:
    # Clipped before any loop: a window of a thousand years costs no more than the horizon.
    first = max(at_or_after(start), _earliest(rules, host, now))
    last = min(at_or_after(end), _horizon(rules, host, now)) - 1
    if first > last:
        return
    step, length = rules.step_minutes * 60, rules.minutes * 60
    begins, ends = _joined(_blocks(rules, host, seasons, now))
    for opens, closes in host.openings(first, last):
        latest = min(closes - length, last)
        second = _next_on_grid(opens, step, max(opens, first))
        block = bisect_right(ends, second)
        while second <= latest:
            yield range(second, min(latest, begins[block]) + 1, step)
            second = _next_on_grid(opens, step, ends[block])
            block += 1


def _candidates(rules: Rules, host: Host, day: date) -> dict[int, tuple[str, ...]]:
    """The starts within the hours of `day` and within its usual ones, and what closed the latter."""

    def starts(openings: Iterable[tuple[int, int]]) -> Iterator[int]:
        for opens, closes in openings:
            yield from range(opens, closes - rules.minutes * 60 + 1, rules.step_minutes * 60)

    closed_by = ("override" if day in host.overrides else "public_holiday",)
    usual, held = host.usual_hours(day), host.hours(day)
    return {
        **dict.fromkeys(starts(host.openings_on(day, usual)), closed_by),
        **dict.fromkeys(starts(host.openings_on(day, held)), ()),
    }


def _blocks(rules: Rules, host: Host, seasons: Iterable[_Block], now: datetime) -> list[_Block]:
    """Every rule but the hours, as times at which a slot may not start."""
    return [
        _Block(NEVER, _earliest(rules, host, now), "notice"),
        _Block(_horizon(rules, host, now) - 1, FOR_EVER, "horizon"),
        *seasons,
        *(_during(*period, limit.rule) for limit in rules.limits for period in limit.full(host, rules.minutes)),
        *_taken(rules, host),
    ]


def _earliest(rules: Rules, host: Host, now: datetime) -> int:
    earliest = at_or_after(now) + rules.minimum_notice_minutes * 60
    if not rules.minimum_notice_days:
        return earliest
    last_of_notice = host.today(now) + timedelta(days=rules.minimum_notice_days - 1)
    return max(earliest, host.ends_of(last_of_notice)[1])


def _horizon(rules: Rules, host: Host, now: datetime) -> int:
    last = host.today(now) + timedelta(days=rules.horizon_days)
    return host.ends_of(min(last, rules.bookable_until or last))[1]


def _taken(rules: Rules, host: Host) -> list[_Block]:
    # Neighbours share the larger of their two buffers: each has its peace, and none is kept twice.
    length, before, after = rules.minutes, rules.buffer_before_minutes, rules.buffer_after_minutes
    return [
        _Block(
            begins - (max(after, span.buffer_before_minutes) + length) * 60,
            ends + max(before, span.buffer_after_minutes) * 60,
            span.rule,
        )
        for begins, ends, span in host.taken
    ]


def _full_seasons(rules: Rules, hosts: Sequence[Host]) -> list[_Block]:
    return [_during(*cap.ends, "season_cap") for cap in rules.season_caps if cap.is_full(hosts)]


def _during(begins: int, ends: int, rule: str) -> _Block:
    """No slot may start at `begins` or after it, until `ends`."""
    return _Block(begins - 1, ends, rule)


def _joined(blocks: Iterable[_Block]) -> tuple[list[int], list[int]]:
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


def _removers(blocks: Iterable[_Block], second: int) -> set[str]:
    return {block.rule for block in blocks if block.begins < second < block.ends}


def _next_on_grid(opens: int, step: int, second: int) -> int:
    return opens + -(-(second - opens) // step) * step


def _in_turn(rules: Rules, hosts: Sequence[Host], free_at: Mapping[int, int]) -> Iterator[Slot]:
    """The slots in order, each with those who are free then, as its bits say; turns change with the weeks of the hosts."""
    starts, length = sorted(free_at), timedelta(minutes=rules.minutes)
    shares = [Share(host, rules.minutes, starts[0], starts[-1]) for host in hosts] if starts else []
    until, in_turn, known = NEVER, list(range(len(hosts))), dict[int, tuple[UUID, ...]]()
    for second in starts:
        if second >= until:
            until, known = min(share.week_ends(second) for share in shares), {}
            in_turn.sort(key=lambda place: shares[place].turn(second))
        bits = free_at[second]
        if bits not in known:
            known[bits] = tuple(hosts[place].id for place in in_turn if bits >> place & 1)
        starts_at = moment(second)
        yield Slot(starts_at, starts_at + length, known[bits])
