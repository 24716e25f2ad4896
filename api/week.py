"""A week of free times as a page shows it: by day, in one zone, with the way to the weeks around it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from api.inside import Answer
from api.words import Say
from schemas.fields import zones

WEEK = timedelta(days=7)
# So far a page looks ahead for a time that is free.
AHEAD = 5 * WEEK
# Nothing is bookable later than a year from now.
LAST = timedelta(days=366)
REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@dataclass(frozen=True)
class Time:
    value: str
    label: str


@dataclass
class Day:
    on: date
    label: str
    times: list[Time] = field(default_factory=list)

    @property
    def is_long(self) -> bool:
        return len(self.times) > 12


@dataclass(frozen=True)
class Week:
    """`earlier` and `later` are the Mondays of the weeks beside it; `next_free` that of the next one with free times."""

    label: str
    monday: date
    days: Sequence[Day]
    earlier: date | None
    later: date | None
    next_free: date | None


def look(asks: Callable[[dict[str, str]], Answer], say: Say, now: datetime, wished: str | None) -> Week | Answer:
    """The wished week, or the first one with free times; or what was answered instead of times.

    `asks` is given `from`, `to` and `timezone`; a week is wished for by any of its dates.
    """
    today = say.local(now).date()
    on = _date(wished, today)
    monday = _monday(on or today)
    window = {"from": max(_midnight(monday, say), now).isoformat(), "to": _midnight(monday + AHEAD, say).isoformat()}
    answer = asks({**window, "timezone": say.zone.key})
    if not answer.ok:
        return answer
    found = _by_day(answer.body["items"], say)
    if on is None and found:
        monday = _monday(found[0].on)
    shown = [day for day in found if day.on < monday + WEEK]
    beyond = next((day for day in found if day.on >= monday + WEEK), None)
    return Week(
        label=say.span(monday, monday + timedelta(days=6)),
        monday=monday,
        days=shown,
        earlier=monday - WEEK if monday > today else None,
        later=monday + WEEK if monday < today + LAST else None,
        next_free=_monday(beyond.on) if beyond else None,
    )


def labelled(slots: Sequence[Mapping[str, Any]], say: Say) -> list[Time]:
    """Times of several days, each said in full; those of an hour that comes twice are told apart, as in the week."""
    return [Time(slot["starts_at"], say.moment(slot["starts_at"])) for slot in slots]


@cache
def zones_by_region() -> Mapping[str, Sequence[str]]:
    """The zones that one can choose."""
    named = sorted(name for name in zones() if name.partition("/")[0] in REGIONS)
    return {region: [name for name in named if name.startswith(f"{region}/")] for region in REGIONS}


def _by_day(slots: Sequence[Mapping[str, Any]], say: Say) -> list[Day]:
    days: dict[date, Day] = {}
    for slot in slots:
        on = say.local(slot["starts_at"]).date()
        day = days.setdefault(on, Day(on, say.day(on)))
        day.times.append(Time(slot["starts_at"], say.time(slot["starts_at"])))
    return list(days.values())


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _midnight(on: date, say: Say) -> datetime:
    return datetime.combine(on, time(), say.zone)


def _date(wished: str | None, today: date) -> date | None:
    try:
        on = date.fromisoformat(wished or "")
    except ValueError:
        return None
    return min(max(on, today), today + LAST)
