"""What is offered is what is accepted, whatever the rules, in every zone of the world and over ten years of dates.

Half of all days are ones on which some zone changes its clocks. `Oracle` decides each minute by itself, slowly and in other
words than the engine.
"""

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import chain, pairwise
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import example, given, settings
from hypothesis import strategies as some

from domain.calendar import Period
from domain.seconds import DAY, moment, opening
from domain.slots import Host, Limit, Rules, SeasonCap, Span, Travel, WeeklyHours, explain, free, is_free
from domain.wall_clock import instant, local_date

FIRST, LAST = date(2020, 1, 1), date(2029, 12, 31)
ZONES = sorted(available_timezones())
MOVING = [name for name in ZONES if len({datetime(2026, month, 1, tzinfo=ZoneInfo(name)).utcoffset() for month in (1, 7)}) == 2]
ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)
STATE = ZoneInfo("America/Chicago")


def minutes(number):
    return timedelta(minutes=number)


# Practices of all kinds


@cache
def change_days(zone):
    """The dates on which the clocks of the zone change."""
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days)]
    offsets = [datetime.combine(day, time(0), zone).utcoffset() for day in [*days, LAST]]
    return [day for day, (before, after) in zip(days, pairwise(offsets), strict=True) if before != after]


zones = (some.sampled_from(ZONES) | some.sampled_from(MOVING)).map(ZoneInfo)
any_day = some.dates(FIRST, LAST)
quarters = some.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
times = some.tuples(quarters, quarters | some.just(time(0))).filter(lambda ends: ends[0] < ends[1] or ends[1] == time(0))
hours = some.builds(lambda day, ends: WeeklyHours(day, *ends), some.integers(0, 6), times)
weeks = some.lists(hours, min_size=4, max_size=12).map(tuple)
buffers = some.sampled_from([0, 5, 10, 30])
limits = some.builds(
    Limit,
    some.sampled_from(["day", "week", "month"]),
    some.none() | some.integers(0, 4),
    some.none() | some.sampled_from([20, 60, 100, 240, 600]),
)


def around(day, before=2, after=4):
    return some.integers(-before, after).map(lambda days: day + timedelta(days=days))


def periods(kind, day, *more):
    days = some.integers(0, 3)
    return some.builds(lambda first, days, *more: kind(first, first + days * ONE_DAY, *more), around(day), days, *more)


@some.composite
def rules_around(draw, day):
    return Rules(
        minutes=draw(some.sampled_from([15, 20, 30, 60])),
        step_minutes=draw(some.sampled_from([5, 15, 20, 60])),
        buffer_before_minutes=draw(buffers),
        buffer_after_minutes=draw(buffers),
        minimum_notice_minutes=draw(some.sampled_from([0, 0, 7, 120, 1440])),
        minimum_notice_days=draw(some.sampled_from([0, 0, 1, 2])),
        horizon_days=draw(some.sampled_from([0, 1, 2, 3, 6])),
        bookable_until=draw(some.sampled_from([None, None, None, day, day + 3 * ONE_DAY])),
        limits=tuple(draw(some.lists(limits, max_size=2))),
        season_caps=tuple(draw(some.lists(periods(SeasonCap, day, some.integers(1, 3), zones), max_size=1))),
    )


@some.composite
def practices(draw, *, booked=True):
    """Rules, one to three hosts, and a `now` within the day before one that is drawn; that day."""
    zone = draw(zones)
    day = draw(some.sampled_from(change_days(zone) or [LAST]) | any_day)
    now = datetime.combine(day, time(0), UTC) - minutes(draw(some.integers(0, 1440)))
    spans = some.builds(
        lambda begins, lasts, *more: Span(now + minutes(begins), now + minutes(begins + lasts), *more),
        some.integers(-600, 4000),
        some.integers(1, 300),
        buffers,
        buffers,
        some.booleans(),
        some.sampled_from(["busy", "held", "time_off", "external_calendar"]),
        some.booleans(),
    )

    def drawn_host(number, zone):
        return Host(
            UUID(int=number),
            zone,
            draw(weeks),
            tuple(draw(some.lists(spans, max_size=6))) if booked else (),
            overrides=draw(some.dictionaries(around(day), some.lists(times, max_size=2).map(tuple), max_size=2)),
            weight=draw(some.integers(1, 3)),
            summer_weekly=draw(some.none() | weeks),
            terms=tuple(draw(some.lists(periods(Period, day), max_size=2))),
            holidays=draw(some.frozensets(around(day), max_size=2)),
            travels=tuple(draw(some.lists(periods(Travel, day, zones), max_size=1))),
        )

    others = draw(some.lists(some.just(zone) | zones, max_size=2))
    return draw(rules_around(day)), [drawn_host(*each) for each in enumerate([zone, *others])], now, day


def all_of(rules, hosts, now, **more):
    return free(rules, hosts, now, now - ONE_DAY, now + 9 * ONE_DAY, **more)


# The oracle: minute by minute, in wall clocks and dates.


@cache
def first_shown(shown, zone):
    """The first minute at which the clocks of the zone show this time, or have skipped it."""
    ahead = max(datetime.combine(shown.date() + timedelta(days=days), time(12), zone).utcoffset() for days in (-2, 2))
    at = shown.replace(tzinfo=UTC) - ahead
    while at.astimezone(zone).replace(tzinfo=None) < shown:
        at += minutes(1)
    return at


class Oracle:
    """One host by one set of rules."""

    def __init__(self, rules, hosts, host, now):
        self.rules, self.hosts, self.host, self.now = rules, hosts, host, now
        self.length = minutes(rules.minutes)
        # The last date that has begun, and when it and others are over.
        self.today = max(day for day in self.dates(now) if first_shown(datetime.combine(day, time(0)), self.zone(day)) <= now)

    def dates(self, at):
        return [at.date() + timedelta(days=days) for days in (-1, 0, 1)]

    def zone(self, day):
        return next((trip.timezone for trip in self.host.travels if trip.from_on <= day <= trip.to_on), self.host.timezone)

    def over(self, day):
        return first_shown(datetime.combine(day + ONE_DAY, time(0)), self.zone(day))

    def usual(self, day):
        on_holiday = self.host.terms and not any(term.from_on <= day <= term.to_on for term in self.host.terms)
        week = self.host.weekly if self.host.summer_weekly is None or not on_holiday else self.host.summer_weekly
        return [(hours.start, hours.end) for hours in week if hours.weekday == day.weekday()]

    def starts(self, day, hours):
        """Every start of a meeting within `hours` of `day`."""
        for opens, closes in hours:
            at = first_shown(datetime.combine(day, opens), self.zone(day))
            ends_on = day + ONE_DAY if closes == time(0) else day
            until = first_shown(datetime.combine(ends_on, closes), self.zone(day))
            while at + self.length <= until:
                yield at
                at += minutes(self.rules.step_minutes)

    def candidates(self, day):
        """The starts of a day and what closed them."""
        usual = set(self.starts(day, self.usual(day)))
        if day in self.host.overrides:
            other = set(self.starts(day, self.host.overrides[day]))
            return {**{at: {"override"} for at in usual}, **{at: set() for at in other}}
        return {at: {"public_holiday"} if day in self.host.holidays else set() for at in usual}

    def removers(self, at):
        """Every rule but the hours."""
        rules, ends = self.rules, at + self.length
        if at < self.now + minutes(rules.minimum_notice_minutes):
            yield "notice"
        if rules.minimum_notice_days and at < self.over(self.today + timedelta(days=rules.minimum_notice_days - 1)):
            yield "notice"
        if at >= self.over(min(self.today + timedelta(days=rules.horizon_days), rules.bookable_until or date.max)):
            yield "horizon"
        for span in self.host.busy:
            ahead, behind = span.starts_at - ends, at - span.ends_at
            if ahead < minutes(max(rules.buffer_after_minutes, span.buffer_before_minutes)) and behind < minutes(
                max(rules.buffer_before_minutes, span.buffer_after_minutes)
            ):
                yield span.rule
        for limit in rules.limits:
            if any(self.is_full(limit, *period) for period in self.periods(limit, at)):
                yield {"day": "daily_limit", "week": "weekly_limit", "month": "monthly_limit"}[limit.per]
        for cap in rules.season_caps:
            started = [s.starts_at for host in self.hosts for s in host.busy if s.same_type]
            if local_date(at, cap.zone) in cap and sum(local_date(each, cap.zone) in cap for each in started) >= cap.most:
                yield "season_cap"

    def is_full(self, limit, first, last):
        booked = [span for span in self.host.busy if span.counts and self.is_within(span.starts_at, first, last)]
        lasting = sum((span.ends_at - span.starts_at for span in booked), self.length)
        too_many = limit.most_bookings is not None and len(booked) >= limit.most_bookings
        return too_many or (limit.most_minutes is not None and lasting > minutes(limit.most_minutes))

    def periods(self, limit, at):
        """The dates from and to which a day, week or month goes that holds the time, by the clocks of those dates."""
        for day in self.dates(at):
            monday, length = day - timedelta(days=day.weekday()), monthrange(day.year, day.month)[1]
            first, last = {
                "day": (day, day),
                "week": (monday, monday + timedelta(days=6)),
                "month": (day.replace(day=1), day.replace(day=length)),
            }[limit.per]
            if self.is_within(at, first, last):
                yield first, last

    def is_within(self, at, first, last):
        return local_date(at, self.zone(first)) >= first and local_date(at, self.zone(last)) <= last

    def share(self, at):
        """Rounds taken in the week of `at`, all bookings by weight, id."""
        booked = [span for span in self.host.busy if span.counts]
        this_week = [span for span in booked if self.monday(span.starts_at) == self.monday(at)]
        rounds, everything = (sum((s.ends_at - s.starts_at for s in some_of), minutes(0)) for some_of in (this_week, booked))
        return rounds // (self.length * self.host.weight), everything / self.host.weight, self.host.id

    def monday(self, at):
        days = [at.date() + timedelta(days=days) for days in range(-8, 3)]
        mondays = [day for day in days if day.weekday() == 0]
        return max(day for day in mondays if first_shown(datetime.combine(day, time(0)), self.zone(day)) <= at)


# What holds


def test_the_clock_of_every_zone_is_read_right_on_every_day_of_ten_years():
    """A day's times are counted from its beginning where no clock changes; all 600 zones, change days above all."""
    draw = Random(2026)
    for zone in map(ZoneInfo, ZONES):
        days = [*change_days(zone), *(FIRST + timedelta(days=draw.randrange(3650)) for _ in range(10))]
        for day in days:
            hour = draw.randrange(24)
            opens, closes = opening(day, hour * 3600, DAY, zone)
            assert moment(opens) == instant(day, time(hour), zone)
            assert moment(closes) == instant(day + ONE_DAY, time(0), zone)


@given(practices())
def test_every_slot_on_offer_is_accepted_and_every_time_that_is_not_is_refused(practice):
    rules, hosts, now, _ = practice
    slots = all_of(rules, hosts, now)
    assert slots == sorted(slots)
    for slot in slots[:100]:
        assert is_free(rules, hosts, now, slot.starts_at) == slot
        assert is_free(rules, hosts, now, slot.starts_at + timedelta(microseconds=1)) is None
        assert all(is_free(rules, hosts, now, slot.starts_at, host_id=id).host_ids == (id,) for id in slot.host_ids)
    start, offered = now.replace(minute=0), {slot.starts_at for slot in slots}
    for number in range(0, 26 * 60, 5):
        at = start + minutes(number)
        assert (is_free(rules, hosts, now, at) is not None) == (at in offered)


@given(practices(), some.integers(-1, 3))
def test_the_engine_says_of_every_minute_what_the_oracle_says(practice, days):
    rules, hosts, now, day = practice
    oracles = [Oracle(rules, hosts, host, now) for host in hosts]
    start = datetime.combine(day + timedelta(days=days), time(0), UTC)
    slots = {slot.starts_at: slot.host_ids for slot in free(rules, hosts, now, start, start + ONE_DAY)}
    around_start = [start.date() + timedelta(days=number) for number in range(-2, 4)]
    open_at = {
        oracle.host.id: {at for day in around_start for at, closed_by in oracle.candidates(day).items() if not closed_by}
        for oracle in oracles
    }
    for number in range(24 * 60):
        at = start + minutes(number)
        who = [oracle for oracle in oracles if at in open_at[oracle.host.id] and not any(oracle.removers(at))]
        assert slots.pop(at, ()) == tuple(oracle.host.id for oracle in sorted(who, key=lambda oracle: oracle.share(at)))
    assert not slots, "nothing starts within a minute"


@given(practices(), some.integers(-1, 4))
def test_staff_are_told_every_rule_that_the_oracle_finds(practice, days):
    rules, hosts, now, day = practice
    told = explain(rules, hosts, now, day + timedelta(days=days))
    found = [
        (host.id, at, at + minutes(rules.minutes), tuple(sorted({*closed_by, *oracle.removers(at)})))
        for host in hosts
        for oracle in (Oracle(rules, hosts, host, now),)
        for at, closed_by in sorted(oracle.candidates(day + timedelta(days=days)).items())
    ]
    assert told == found


@given(practices())
def test_what_no_rule_removed_is_what_is_free(practice):
    rules, hosts, now, day = practice
    days = [day + timedelta(days=number) for number in range(-3, 12)]
    told = chain.from_iterable(explain(rules, hosts, now, each) for each in days)
    not_removed = {(candidate.host_id, candidate.starts_at) for candidate in told if not candidate.removed_by}
    assert not_removed == {(id, slot.starts_at) for slot in all_of(rules, hosts, now) for id in slot.host_ids}


@given(practices(), some.lists(some.integers(-1440, 9 * 1440), max_size=4))
def test_slots_and_turns_are_the_same_however_the_window_is_cut(practice, cuts):
    rules, hosts, now, _ = practice
    ends = [now - ONE_DAY, *sorted(now + minutes(cut) for cut in cuts), now + 9 * ONE_DAY]
    assert all_of(rules, hosts, now) == [slot for ends in pairwise(ends) for slot in free(rules, hosts, now, *ends)]


@given(practices(), zones)
def test_a_parent_in_any_zone_books_the_time_that_she_was_shown(practice, hers):
    rules, hosts, now, _ = practice
    slots = all_of(rules, hosts, now)[:200]
    shown = [slot.starts_at.astimezone(hers).isoformat() for slot in slots]
    assert len(set(shown)) == len(shown), "the hour that comes twice is two hours"
    for slot, text in zip(slots[:40], shown, strict=False):
        assert is_free(rules, hosts, now, datetime.fromisoformat(text)) == slot


@given(practices(booked=False), some.randoms(use_true_random=False))
def test_booking_what_is_offered_never_makes_an_overlap_and_never_breaks_a_limit(practice, chance):
    rules, hosts, now, _ = practice
    booked = []
    while (slots := all_of(rules, hosts, now)) and len(booked) < 6:
        slot = is_free(rules, hosts, now, chance.choice(slots).starts_at)
        who, buffers = slot.host_ids[0], (rules.buffer_before_minutes, rules.buffer_after_minutes)
        taken = Span(slot.starts_at, slot.ends_at, *buffers, counts=True, same_type=True)
        hosts = [replace(host, busy=(*host.busy, taken)) if host.id == who else host for host in hosts]
        booked.append(taken)
        assert is_free(rules, hosts, now, slot.starts_at, host_id=who) is None
    apart = minutes(max(rules.buffer_before_minutes, rules.buffer_after_minutes))
    for host in hosts:
        in_order = sorted(host.busy, key=lambda span: span.starts_at)
        assert all(one.ends_at + apart <= another.starts_at for one, another in pairwise(in_order))
        oracle = Oracle(rules, hosts, host, now)
        for limit in rules.limits:
            for period in {period for span in host.busy for period in oracle.periods(limit, span.starts_at)}:
                held = [span for span in host.busy if oracle.is_within(span.starts_at, *period)]
                assert limit.most_bookings is None or len(held) <= limit.most_bookings
                assert limit.most_minutes is None or len(held) * rules.minutes <= limit.most_minutes
    for cap in rules.season_caps:
        assert sum(local_date(span.starts_at, cap.zone) in cap for span in booked) <= cap.most


@given(*[buffers] * 4, some.sampled_from([15, 30]), some.sampled_from([10, 45]))
def test_neighbours_are_as_far_apart_as_the_larger_buffer_asks(before, after, theirs_before, theirs_after, own, theirs):
    middle = datetime(2026, 11, 25, 18, tzinfo=UTC)
    taken = Span(middle, middle + minutes(theirs), theirs_before, theirs_after)
    always = Host(UUID(int=1), STATE, tuple(WeeklyHours(day, time(0), time(0)) for day in range(7)), (taken,))
    slots = free(Rules(own, 5, before, after), [always], middle - ONE_DAY, middle - ONE_DAY, middle + ONE_DAY)
    last_before = max(slot.ends_at for slot in slots if slot.starts_at < middle)
    first_after = min(slot.starts_at for slot in slots if slot.starts_at > middle)
    assert middle - last_before == minutes(max(after, theirs_before))
    assert first_after - taken.ends_at == minutes(max(before, theirs_after))


# Whose turn


MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
HALF_HOUR = Rules(30, 30, horizon_days=3000)


def always_open(number, weight=1, busy=()):
    week = tuple(WeeklyHours(day, time(0), time(0)) for day in range(7))
    return Host(UUID(int=number), ZoneInfo("UTC"), week, busy, weight=weight)


def half_hours(a_week, number, seed):
    """So many different half hours, spread over as many weeks as it takes."""
    for week in range(-(-number // a_week)):
        for half in Random(seed + week).sample(range(7 * 48), min(a_week, number - week * a_week)):
            yield MONDAY + week * WEEK + minutes(30 * half)


def booked(hosts, times):
    """How many each host has in the end, when one time after the other is booked."""
    for at in times:
        slot = is_free(HALF_HOUR, hosts, MONDAY, at)
        taken = Span(slot.starts_at, slot.ends_at, counts=True)
        hosts = [replace(host, busy=(*host.busy, taken)) if host.id == slot.host_ids[0] else host for host in hosts]
    return [len(host.busy) for host in hosts]


@settings(max_examples=10)
@given(some.lists(some.integers(1, 10), min_size=2, max_size=4), some.sampled_from([1, 2, 5, 20, 100, 300]), some.integers())
@example(weights=[2, 1], a_week=2, seed=1)
def test_300_bookings_are_shared_by_weight_be_they_few_a_week_or_many(weights, a_week, seed):
    hosts = [always_open(number, weight) for number, weight in enumerate(weights)]
    for weight, share in zip(weights, booked(hosts, half_hours(a_week, 300, seed)), strict=True):
        assert abs(share - 300 * weight / sum(weights)) <= max(weights)


@settings(max_examples=20)
@given(some.integers(1, 3), some.integers(1, 40), some.integers())
def test_a_new_host_is_not_flooded(weight, a_week, seed):
    before = [MONDAY - WEEK + minutes(30 * number) for number in range(200)]
    busy = tuple(Span(at, at + minutes(30), counts=True) for at in before)
    hosts = [always_open(1, busy=busy), always_open(2, busy=busy), always_open(3, weight)]
    new = booked(hosts, half_hours(a_week, a_week, seed))[2]
    assert new <= a_week * weight / (2 + weight) + weight, "no more than a round ahead of their share"
