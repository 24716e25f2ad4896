"""When a consultation can be held: what is offered is what is accepted, in every zone and on every change of clocks."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.slots import Host, Rules, Span, WeeklyHours, explain, free, is_free, nearest

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday, six in the morning in Chicago
HALF_HOUR = Rules(minutes=30, step_minutes=30)
WEEK = timedelta(days=7)
ANA, OLGA = UUID(int=1), UUID(int=2)


def host(id=ANA, zone=CHICAGO, hours=((time(9), time(11)),), days=range(5), busy=(), overrides=None):
    weekly = tuple(WeeklyHours(day, start, end) for day in days for start, end in hours)
    return Host(id, zone, weekly, tuple(busy), overrides or {})


def span(starts, minutes=30, **more):
    starts_at = datetime.fromisoformat(f"2026-{starts}").replace(tzinfo=CHICAGO).astimezone(UTC)
    return Span(starts_at, starts_at + timedelta(minutes=minutes), **more)


def offered(rules, *hosts, now=NOW, days=1):
    slots = free(rules, hosts, now, now, now + timedelta(days=days))
    return [f"{slot.starts_at.astimezone(CHICAGO):%m-%d %H:%M}" for slot in slots]


def test_a_morning_is_offered_in_half_hours_and_the_last_ends_when_it_closes():
    assert offered(HALF_HOUR, host()) == ["11-23 09:00", "11-23 09:30", "11-23 10:00", "11-23 10:30"]
    assert offered(Rules(minutes=45, step_minutes=30), host())[-1] == "11-23 10:00"


def test_what_is_taken_is_not_offered_and_its_neighbours_are():
    assert offered(HALF_HOUR, host(busy=[span("11-23 09:30")])) == ["11-23 09:00", "11-23 10:00", "11-23 10:30"]


def test_a_gap_that_fits_exactly_is_offered():
    busy = [span("11-23 09:00"), span("11-23 10:00", minutes=60)]
    assert offered(HALF_HOUR, host(busy=busy)) == ["11-23 09:30"]


def test_neighbours_share_the_larger_of_their_buffers():
    rules = Rules(minutes=30, step_minutes=5, buffer_before_minutes=10, buffer_after_minutes=5)
    booked = span("11-23 10:00", buffer_before_minutes=15, buffer_after_minutes=5)
    times = offered(rules, host(busy=[booked]))
    assert times == ["11-23 09:00", "11-23 09:05", "11-23 09:10", "11-23 09:15"], "15 before, and nothing from 10:40 fits"
    longer = host(hours=[(time(9), time(11, 15))], busy=[booked])
    assert offered(rules, longer)[-2:] == ["11-23 10:40", "11-23 10:45"], "10 after, not 5 and not 15"


def test_notice_and_horizon_bound_what_is_offered():
    assert offered(Rules(30, 30, minimum_notice_minutes=4 * 60), host())[0] == "11-23 10:00"
    assert offered(Rules(30, 30, horizon_days=1), host(), days=30)[-1] == "11-24 10:30"
    assert offered(Rules(30, 30, horizon_days=0), host(), days=30)[-1] == "11-23 10:30"


def test_a_full_day_is_full_and_what_is_no_booking_does_not_fill_it():
    rules = Rules(30, 30, daily_limit=1)
    assert offered(rules, host(busy=[span("11-23 15:00", counts=True)]), days=2)[0] == "11-24 09:00"
    assert offered(rules, host(busy=[span("11-23 15:00")]), days=2)[0] == "11-23 09:00"


def test_other_hours_on_a_date_take_the_place_of_the_weekly_ones():
    away = host(overrides={date(2026, 11, 23): (), date(2026, 11, 24): ((time(18), time(19)),)})
    assert offered(HALF_HOUR, away, days=2) == ["11-24 18:00", "11-24 18:30"]


def test_hours_may_end_at_midnight_and_not_before_they_start():
    assert offered(HALF_HOUR, host(hours=[(time(23), time(0))])) == ["11-23 23:00", "11-23 23:30"]
    with pytest.raises(ValueError, match="end after they start"):
        WeeklyHours(0, time(9), time(9))
    with pytest.raises(ValueError, match="ends after it starts"):
        Span(NOW, NOW)


def test_the_hour_that_comes_twice_is_offered_twice_and_the_one_that_is_skipped_never():
    night = host(hours=[(time(0), time(3))], days=[6])
    autumn = datetime(2026, 11, 1, tzinfo=UTC)
    assert offered(Rules(60, 60), night, now=autumn) == ["11-01 00:00", "11-01 01:00", "11-01 01:00", "11-01 02:00"]
    spring = datetime(2026, 3, 8, tzinfo=UTC)
    assert offered(Rules(60, 60), night, now=spring) == ["03-08 00:00", "03-08 01:00"]


def test_a_day_that_begins_twice_is_offered_under_both_dates():
    # St. John's, 29 October 2006: at 00:01 the clocks went back to 23:01 of the 28th.
    newfoundland = ZoneInfo("America/St_Johns")
    sunday = host(zone=newfoundland, hours=[(time(0), time(1))], days=[6])
    again = datetime(2006, 10, 28, 23, 30, tzinfo=newfoundland, fold=1).astimezone(UTC)
    slots = free(HALF_HOUR, [sunday], again - WEEK, again - timedelta(minutes=10), again + timedelta(minutes=10))
    assert [slot.starts_at.astimezone(newfoundland).day for slot in slots] == [28]
    assert is_free(HALF_HOUR, [sunday], again - WEEK, again) == slots[0]


def test_the_least_busy_host_comes_first_however_the_window_is_cut():
    ana, olga = host(ANA, busy=[span("11-24 09:00"), span("11-25 09:00")]), host(OLGA, busy=[span("11-24 10:00")])
    first = free(HALF_HOUR, [ana, olga], NOW, NOW, NOW + WEEK)[0]
    assert first.host_ids == (OLGA, ANA)
    assert is_free(HALF_HOUR, [ana, olga], NOW, first.starts_at) == first
    assert free(HALF_HOUR, [host(OLGA), host(ANA)], NOW, NOW, NOW + WEEK)[0].host_ids == (ANA, OLGA)


def test_a_parent_whose_time_is_gone_hears_of_the_nearest_free_ones():
    gone = span("11-24 09:30")
    slots = nearest(HALF_HOUR, [host(busy=[gone])], NOW, gone.starts_at, count=4)
    assert [f"{slot.starts_at.astimezone(CHICAGO):%m-%d %H:%M}" for slot in slots] == [
        "11-24 09:00",
        "11-24 10:00",
        "11-24 10:30",
        "11-23 10:30",
    ]


@pytest.mark.parametrize("wanted", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_even_an_absurd_wish_is_answered_within_the_horizon(wanted):
    assert len(nearest(HALF_HOUR, [host()], NOW, wanted)) == 5
    assert nearest(HALF_HOUR, [host(days=())], NOW, wanted) == []


def test_a_window_of_all_time_is_clipped_to_the_horizon():
    everything = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    rules = Rules(30, 30, horizon_days=7)
    assert free(rules, [host()], NOW, *everything) == free(rules, [host()], NOW, NOW, NOW + 2 * WEEK)
    assert free(rules, [host()], NOW, NOW + WEEK, NOW) == []


def test_staff_are_told_which_rule_removed_a_time():
    rules = Rules(30, 30, minimum_notice_minutes=3 * 60 + 15, horizon_days=10, daily_limit=2)
    busy = [span("11-23 10:00"), span("11-24 09:00", counts=True), span("11-24 15:00", counts=True)]
    told = {
        f"{told.starts_at.astimezone(CHICAGO):%m-%d %H:%M}": told.removed_by
        for day in (date(2026, 11, 23), date(2026, 11, 24), date(2026, 12, 4))
        for told in explain(rules, [host(busy=busy)], NOW, day)
    }
    assert told["11-23 09:00"] == ("notice",)
    assert told["11-23 09:30"] == ()
    assert told["11-23 10:00"] == ("busy",)
    assert told["11-24 09:00"] == ("busy", "daily_limit")
    assert told["12-04 09:00"] == ("horizon",)
    assert len(told) == 12


# Properties: many zones, and days around the changes of the clocks.

ZONES = [
    "America/Chicago",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "America/Havana",
    "Asia/Beirut",
    "Pacific/Apia",
    "UTC",
]
DAYS = [date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 4), date(2026, 11, 1), date(2026, 7, 1)]
quarters = some.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
hours = some.tuples(some.integers(0, 6), quarters, quarters).filter(lambda h: h[1] < h[2] or h[2] == time(0))
buffers = some.sampled_from([0, 5, 10, 30])
rules = some.builds(
    Rules,
    minutes=some.sampled_from([15, 20, 30, 60]),
    step_minutes=some.sampled_from([5, 15, 20, 60]),
    buffer_before_minutes=buffers,
    buffer_after_minutes=buffers,
    minimum_notice_minutes=some.sampled_from([0, 7, 120, 1440]),
    horizon_days=some.integers(0, 3),
    daily_limit=some.none() | some.integers(1, 3),
)


@some.composite
def practices(draw):
    day = draw(some.sampled_from(DAYS))
    now = datetime.combine(day, time(0), UTC) - timedelta(minutes=draw(some.integers(0, 1440)))
    spans = some.builds(
        lambda begins, lasts, before, after, counts: Span(
            now + timedelta(minutes=begins), now + timedelta(minutes=begins + lasts), before, after, counts
        ),
        some.integers(-600, 4000),
        some.integers(1, 300),
        buffers,
        buffers,
        some.booleans(),
    )
    hosts = [
        Host(
            UUID(int=number),
            ZoneInfo(draw(some.sampled_from(ZONES))),
            tuple(WeeklyHours(*h) for h in draw(some.lists(hours, max_size=8))),
            tuple(draw(some.lists(spans, max_size=6))),
        )
        for number in range(draw(some.integers(1, 3)))
    ]
    return draw(rules), hosts, now


@given(practices())
def test_every_slot_on_offer_is_accepted_and_no_other_time_is(practice):
    rules, hosts, now = practice
    start = now.replace(minute=0) - timedelta(hours=2)
    slots = {slot.starts_at: slot for slot in free(rules, hosts, now, start, start + timedelta(days=2))}
    assert list(slots) == sorted(slots)
    for five_minutes in range(0, 2 * 24 * 60, 5):
        at = start + timedelta(minutes=five_minutes)
        assert is_free(rules, hosts, now, at) == slots.pop(at, None)
        assert is_free(rules, hosts, now, at + timedelta(microseconds=1)) is None
    assert not slots, "hours begin on quarters and steps are fives"


@given(practices())
def test_a_slot_keeps_its_hours_its_notice_its_buffers_and_its_day(practice):
    rules, hosts, now = practice
    by_id = {host.id: host for host in hosts}
    for slot in free(rules, hosts, now, now, now + WEEK):
        assert slot.ends_at - slot.starts_at == timedelta(minutes=rules.minutes)
        assert slot.starts_at >= now + timedelta(minutes=rules.minimum_notice_minutes)
        for holder in map(by_id.__getitem__, slot.host_ids):
            local = slot.starts_at.astimezone(holder.timezone)
            today = now.astimezone(holder.timezone).date()
            assert (local.date() - today).days <= rules.horizon_days
            assert any(h.weekday == local.weekday() for h in holder.weekly)
            same_day = [s for s in holder.busy if s.starts_at.astimezone(holder.timezone).date() == local.date()]
            assert rules.daily_limit is None or sum(s.counts for s in same_day) < rules.daily_limit
            for taken in holder.busy:
                before = timedelta(minutes=max(rules.buffer_after_minutes, taken.buffer_before_minutes))
                after = timedelta(minutes=max(rules.buffer_before_minutes, taken.buffer_after_minutes))
                assert slot.ends_at + before <= taken.starts_at or taken.ends_at + after <= slot.starts_at


@given(practices(), some.data())
def test_booking_after_booking_no_two_of_a_host_ever_meet(practice, data):
    rules, hosts, now = practice
    booked = []
    while (slots := free(rules, hosts, now, now, now + WEEK)) and len(booked) < 6:
        slot = data.draw(some.sampled_from(slots))
        taken = Span(slot.starts_at, slot.ends_at, rules.buffer_before_minutes, rules.buffer_after_minutes, True)
        booked.append((slot.host_ids[0], taken))
        hosts = [Host(h.id, h.timezone, h.weekly, (*h.busy, taken)) if h.id == slot.host_ids[0] else h for h in hosts]
        assert is_free(rules, [h for h in hosts if h.id == slot.host_ids[0]], now, slot.starts_at) is None
    apart = timedelta(minutes=max(rules.buffer_before_minutes, rules.buffer_after_minutes))
    for holder in hosts:
        theirs = sorted((t for id, t in booked if id == holder.id), key=lambda t: t.starts_at)
        assert all(one.ends_at + apart <= next_one.starts_at for one, next_one in pairwise(theirs))


@given(practices(), some.integers(0, 3))
def test_what_is_explained_as_free_is_what_is_offered(practice, days):
    rules, hosts, now = practice
    for holder in hosts:
        day = now.astimezone(holder.timezone).date() + timedelta(days=days)
        told = explain(rules, [holder], now, day)
        for candidate in told:
            accepted = is_free(rules, [holder], now, candidate.starts_at)
            assert (accepted is None) == bool(candidate.removed_by)
        starts = {slot.starts_at for slot in free(rules, [holder], now, now, now + WEEK)}
        on_day = {at for at in starts if at.astimezone(holder.timezone).date() == day}
        assert on_day <= {candidate.starts_at for candidate in told}
