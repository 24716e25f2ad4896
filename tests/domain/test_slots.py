"""When a consultation can be held, told rule by rule. That it is so in every zone is in test_slots_properties.py."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import Period
from domain.slots import Host, Limit, Rules, SeasonCap, Span, Travel, WeeklyHours, explain, free, is_free, nearest
from tests.walks import each

CHICAGO, BERLIN, NEW_YORK = ZoneInfo("America/Chicago"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
UTC_ZONE = ZoneInfo("UTC")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday, six in the morning in Chicago
HALF_HOUR = Rules(minutes=30, step_minutes=30)
WEEK = timedelta(days=7)
ANA, OLGA = UUID(int=1), UUID(int=2)


def week(hours=((time(9), time(11)),), days=range(5)):
    return tuple(WeeklyHours(day, start, end) for day in days for start, end in hours)


def host(id=ANA, zone=CHICAGO, hours=((time(9), time(11)),), days=range(5), busy=(), **more):
    return Host(id, zone, week(hours, days), tuple(busy), **more)


def span(starts, minutes=30, zone=CHICAGO, **more):
    starts_at = datetime.fromisoformat(f"2026-{starts}").replace(tzinfo=zone).astimezone(UTC)
    return Span(starts_at, starts_at + timedelta(minutes=minutes), **more)


def booking(starts, minutes=30, **more):
    return span(starts, minutes, counts=True, same_type=True, **more)


def offered(rules, *hosts, now=NOW, days=1, zone=CHICAGO, host_id=None):
    slots = free(rules, hosts, now, now, now + timedelta(days=days), host_id=host_id)
    return [f"{slot.starts_at.astimezone(zone):%m-%d %H:%M}" for slot in slots]


def told(rules, *hosts, day, now=NOW, zone=CHICAGO):
    return {f"{each.starts_at.astimezone(zone):%H:%M}": " ".join(each.removed_by) for each in explain(rules, hosts, now, day)}


def whose_turn(rules, *hosts, starts, now=NOW):
    return is_free(rules, hosts, now, span(starts).starts_at).host_ids


def at(text, zone=UTC):
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def test_a_morning_is_offered_in_half_hours_and_the_last_ends_when_it_closes():
    assert offered(HALF_HOUR, host()) == ["11-23 09:00", "11-23 09:30", "11-23 10:00", "11-23 10:30"]
    assert offered(Rules(minutes=45, step_minutes=30), host())[-1] == "11-23 10:00"


def test_the_step_between_starts_is_apart_from_how_long_it_lasts():
    assert offered(Rules(60, 20), host()) == ["11-23 09:00", "11-23 09:20", "11-23 09:40", "11-23 10:00"]
    assert offered(Rules(20, 60), host()) == ["11-23 09:00", "11-23 10:00"]


def test_what_is_taken_is_not_offered_and_its_neighbours_are():
    assert offered(HALF_HOUR, host(busy=[span("11-23 09:30")])) == ["11-23 09:00", "11-23 10:00", "11-23 10:30"]


def test_a_gap_that_fits_exactly_is_offered():
    busy = [span("11-23 09:00"), span("11-23 10:00", minutes=60)]
    assert offered(HALF_HOUR, host(busy=busy)) == ["11-23 09:30"]


def test_a_time_a_moment_beside_an_offered_one_is_not_offered():
    nine, moment = span("11-23 09:00").starts_at, timedelta(microseconds=1)
    assert is_free(HALF_HOUR, [host()], NOW, nine)
    assert [is_free(HALF_HOUR, [host()], NOW, at) for at in (nine - moment, nine + moment)] == [None, None]
    assert offered(HALF_HOUR, host(), now=nine)[0] == "11-23 09:00"
    assert offered(HALF_HOUR, host(), now=nine + moment)[0] == "11-23 09:30", "it has begun"


def test_hours_may_end_at_midnight_and_not_before_they_start():
    assert offered(HALF_HOUR, host(hours=[(time(23), time(0))])) == ["11-23 23:00", "11-23 23:30"]
    with pytest.raises(ValueError, match="end after they start"):
        WeeklyHours(0, time(9), time(9))
    with pytest.raises(ValueError, match="ends after it starts"):
        Span(NOW, NOW)


def test_what_makes_no_sense_is_refused_when_it_is_said():
    with pytest.raises(ValueError, match="at least a minute"):
        Rules(minutes=0, step_minutes=30)
    with pytest.raises(ValueError, match="A weekday is"):
        WeeklyHours(7, time(9), time(10))
    with pytest.raises(ValueError, match="weight of 1"):
        host(weight=0)


# Buffers


def test_neighbours_share_the_larger_of_their_buffers():
    rules = Rules(minutes=30, step_minutes=5, buffer_before_minutes=10, buffer_after_minutes=5)
    booked = span("11-23 10:00", buffer_before_minutes=15, buffer_after_minutes=5)
    times = offered(rules, host(busy=[booked]))
    assert times == ["11-23 09:00", "11-23 09:05", "11-23 09:10", "11-23 09:15"], "15 before, and nothing from 10:40 fits"
    longer = host(hours=[(time(9), time(11, 15))], busy=[booked])
    assert offered(rules, longer)[4:] == ["11-23 10:40", "11-23 10:45"], "10 after, not 5 and not 15"


def test_a_buffer_holds_against_another_calendar_and_time_off_too():
    rules = Rules(30, 30, buffer_after_minutes=10)
    for rule in ("external_calendar", "time_off"):
        assert offered(rules, host(busy=[span("11-23 10:00", 60, rule=rule)])) == ["11-23 09:00"]


# Notice and horizon


def test_notice_and_horizon_bound_what_is_offered():
    assert offered(Rules(30, 30, minimum_notice_minutes=4 * 60), host())[0] == "11-23 10:00"
    assert offered(Rules(30, 30, horizon_days=1), host(), days=30)[-1] == "11-24 10:30"
    assert offered(Rules(30, 30, horizon_days=0), host(), days=30)[-1] == "11-23 10:30"


def test_notice_in_days_means_not_today_and_not_24_hours():
    just_before_midnight = at("2026-11-23 23:55", CHICAGO)
    early = host(hours=[(time(0), time(9))])
    assert offered(Rules(30, 30, minimum_notice_days=1), early)[0] == "11-24 00:00"
    assert offered(Rules(30, 30, minimum_notice_days=1), early, now=just_before_midnight)[0] == "11-24 00:00"
    assert offered(Rules(30, 30, minimum_notice_days=3), early, days=9)[0] == "11-26 00:00"


def test_of_two_notices_the_later_holds():
    assert offered(Rules(30, 30, minimum_notice_minutes=28 * 60, minimum_notice_days=1), host(), days=3)[0] == "11-24 10:00"
    assert offered(Rules(30, 30, minimum_notice_minutes=60, minimum_notice_days=1), host(), days=3)[0] == "11-24 09:00"


def test_notice_of_a_day_is_a_day_of_the_host_and_not_of_the_parent():
    # It is Monday evening in Chicago, Tuesday morning in Berlin.
    evening = at("2026-11-23 20:00", CHICAGO)
    tomorrow = Rules(30, 30, minimum_notice_days=1)
    assert offered(tomorrow, host(), now=evening, days=3)[0] == "11-24 09:00"
    assert offered(tomorrow, host(zone=BERLIN), now=evening, days=3, zone=BERLIN)[0] == "11-25 09:00"


def test_a_notice_of_24_hours_that_ends_on_a_change_day_has_24_hours():
    sunday = host(days=[6], hours=[(time(9), time(15))])
    day_before = Rules(60, 60, minimum_notice_minutes=24 * 60)
    assert offered(day_before, sunday, now=at("2026-03-07 12:00", CHICAGO), days=2) == ["03-08 13:00", "03-08 14:00"]
    assert offered(day_before, sunday, now=at("2026-10-31 12:00", CHICAGO), days=2)[0] == "11-01 11:00"


def test_a_notice_of_a_day_ends_at_midnight_on_a_change_day_too():
    night = host(days=range(7), hours=[(time(0), time(4))])
    for saturday, first in (("2026-03-07", "03-08 00:00"), ("2026-10-31", "11-01 00:00")):
        assert offered(Rules(60, 60, minimum_notice_days=1), night, now=at(f"{saturday} 12:00", CHICAGO))[0] == first


def test_booking_ends_with_a_date_or_with_the_horizon_whichever_is_earlier():
    until_wednesday = Rules(30, 30, bookable_until=date(2026, 11, 25))
    assert offered(until_wednesday, host(), days=30)[-1] == "11-25 10:30"
    assert offered(Rules(30, 30, horizon_days=1, bookable_until=date(2026, 11, 25)), host(), days=30)[-1] == "11-24 10:30"
    assert offered(Rules(30, 30, bookable_until=date(2026, 11, 20)), host(), days=30) == []
    assert offered(Rules(30, 30, horizon_days=2, bookable_until=date.max), host(), days=30)[-1] == "11-25 10:30"


def test_the_last_bookable_date_is_the_hosts_east_and_west_of_utc():
    last = Rules(60, 60, bookable_until=date(2026, 11, 24))
    for zone in (ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Niue"), UTC_ZONE):
        always = host(zone=zone, days=range(7), hours=[(time(0), time(0))])
        assert offered(last, always, days=9, zone=zone)[-1] == "11-24 23:00"


# Hours on single dates


def test_other_hours_on_a_date_take_the_place_of_the_weekly_ones():
    away = host(overrides={date(2026, 11, 23): (), date(2026, 11, 24): ((time(18), time(19)),)})
    assert offered(HALF_HOUR, away, days=2) == ["11-24 18:00", "11-24 18:30"]


def test_hours_on_a_date_stay_on_it_whatever_zone_looks_at_them():
    # In Kiritimati it is 14 hours later than in UTC, in Niue 11 earlier: most of a date there is another one in UTC.
    for zone in (ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Niue")):
        once = host(zone=zone, days=(), overrides={date(2026, 11, 25): ((time(0), time(0)),)})
        times = offered(Rules(60, 60), once, days=9, zone=zone)
        assert times == [f"11-25 {hour:02}:00" for hour in range(24)]


def test_nobody_works_on_a_public_holiday_unless_hours_of_that_date_say_so():
    thanksgiving, friday = date(2026, 11, 26), date(2026, 11, 27)
    closed = host(holidays=frozenset({thanksgiving, friday}), overrides={friday: ((time(14), time(15)),)})
    assert [each for each in offered(HALF_HOUR, closed, days=6) if each >= "11-25 10:30"] == [
        "11-25 10:30",
        "11-27 14:00",
        "11-27 14:30",
    ]


def test_summer_hours_hold_outside_of_the_terms():
    year = Period(date(2026, 8, 24), date(2027, 5, 28))
    summer = host(summer_weekly=week([(time(13), time(14))], days=[0, 4]), terms=(year,))
    assert offered(HALF_HOUR, summer, now=at("2026-08-21 06:00", CHICAGO), days=4) == [
        *("08-21 13:00", "08-21 13:30"),
        *("08-24 09:00", "08-24 09:30", "08-24 10:00", "08-24 10:30"),
    ]


def test_without_summer_hours_or_without_terms_the_week_is_the_same_all_year():
    july, year = at("2026-07-06 06:00", CHICAGO), Period(date(2026, 8, 24), date(2027, 5, 28))
    assert offered(HALF_HOUR, host(terms=(year,)), now=july) == offered(HALF_HOUR, host(), now=july)
    assert offered(HALF_HOUR, host(summer_weekly=()), now=july) == offered(HALF_HOUR, host(), now=july)
    assert offered(HALF_HOUR, host(summer_weekly=(), terms=(year,)), now=july, days=30) == []


# Changes of clocks


def test_a_host_in_berlin_keeps_her_hours_and_a_parent_in_new_york_sees_them_move():
    afternoon = host(zone=BERLIN, days=range(7), hours=[(time(15), time(16))])
    in_spring = offered(Rules(60, 60), afternoon, now=at("2026-03-07 00:00"), days=23, zone=NEW_YORK)
    assert in_spring[:2] == ["03-07 09:00", "03-08 10:00"], "New York changed, Berlin did not"
    assert in_spring[21:] == ["03-28 10:00", "03-29 09:00"], "now Berlin has too"
    in_autumn = offered(Rules(60, 60), afternoon, now=at("2026-10-24 00:00"), days=9, zone=NEW_YORK)
    assert in_autumn[:2] == ["10-24 09:00", "10-25 10:00"]
    assert in_autumn[7:] == ["10-31 10:00", "11-01 09:00"]


def test_a_parent_books_by_the_time_that_she_was_shown_on_both_change_days():
    afternoon = host(zone=BERLIN, days=range(7), hours=[(time(0), time(0))])
    for day in ("2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01"):
        now = at(f"{day} 00:00")
        slots = free(HALF_HOUR, [afternoon], now, now, now + timedelta(days=2))
        shown = [slot.starts_at.astimezone(NEW_YORK).isoformat() for slot in slots]
        assert len(set(shown)) == len(shown) == 96
        assert [is_free(HALF_HOUR, [afternoon], now, datetime.fromisoformat(each)) for each in shown] == slots


def test_the_hour_that_comes_twice_is_offered_twice_and_the_one_that_is_skipped_never():
    night = host(hours=[(time(0), time(3))], days=[6])
    autumn = datetime(2026, 11, 1, tzinfo=UTC)
    assert offered(Rules(60, 60), night, now=autumn) == ["11-01 00:00", "11-01 01:00", "11-01 01:00", "11-01 02:00"]
    spring = datetime(2026, 3, 8, tzinfo=UTC)
    assert offered(Rules(60, 60), night, now=spring) == ["03-08 00:00", "03-08 01:00"]


def test_hours_that_lie_in_the_missing_hour_are_no_hours():
    spring = datetime(2026, 3, 8, tzinfo=UTC)
    assert offered(HALF_HOUR, host(hours=[(time(2), time(3))], days=[6]), now=spring) == []
    assert offered(HALF_HOUR, host(hours=[(time(2, 30), time(4))], days=[6]), now=spring) == ["03-08 03:00", "03-08 03:30"]


def test_days_of_23_and_25_hours_have_as_many():
    always = host(hours=[(time(0), time(0))], days=range(7))
    for day, hours in (("2026-03-08", 23), ("2026-03-09", 24), ("2026-11-01", 25)):
        assert len(explain(Rules(60, 60), [always], NOW, date.fromisoformat(day))) == hours


def test_a_step_goes_on_evenly_over_the_change():
    night = host(hours=[(time(0, 30), time(4))], days=[6])
    spring = datetime(2026, 3, 8, tzinfo=UTC)
    assert offered(Rules(40, 40), night, now=spring) == ["03-08 00:30", "03-08 01:10", "03-08 01:50"]


def test_a_limit_of_a_day_holds_for_all_25_hours_of_it():
    night = host(hours=[(time(0), time(0))], days=range(7), busy=[booking("11-01 12:00")])
    once_a_day = Rules(60, 60, limits=(Limit("day", 1),))
    assert offered(once_a_day, night, now=at("2026-11-01 00:00", CHICAGO), days=2)[0] == "11-02 00:00"


def test_a_day_that_begins_twice_is_offered_under_both_dates():
    # St. John's, 29 October 2006: at 00:01 the clocks went back to 23:01 of the 28th.
    newfoundland = ZoneInfo("America/St_Johns")
    sunday = host(zone=newfoundland, hours=[(time(0), time(1))], days=[6])
    again = datetime(2006, 10, 28, 23, 30, tzinfo=newfoundland, fold=1).astimezone(UTC)
    slots = free(HALF_HOUR, [sunday], again - WEEK, again - timedelta(minutes=10), again + timedelta(minutes=10))
    assert [slot.starts_at.astimezone(newfoundland).day for slot in slots] == [28]
    assert is_free(HALF_HOUR, [sunday], again - WEEK, again) == slots[0]


def test_a_date_that_an_island_skipped_has_no_times():
    # Samoa went from 29 to 31 December 2011.
    apia = ZoneInfo("Pacific/Apia")
    islander = host(zone=apia, hours=[(time(9), time(10))], days=range(7))
    times = offered(Rules(60, 60), islander, now=at("2011-12-28 12:00", apia), days=2, zone=apia)
    assert times == ["12-29 09:00", "12-31 09:00"]


# Travel


def test_hours_of_a_journey_are_by_the_clock_of_the_place():
    away = host(travels=(Travel(date(2026, 11, 24), date(2026, 11, 25), BERLIN),))
    times = offered(Rules(60, 60), away, days=4)
    assert times == [
        *("11-23 09:00", "11-23 10:00"),
        *("11-24 02:00", "11-24 03:00", "11-25 02:00", "11-25 03:00"),
        *("11-26 09:00", "11-26 10:00"),
    ]


def test_where_zones_meet_a_date_is_what_the_hosts_clock_of_that_date_says():
    # On the 23rd by Chicago until midnight, which is seven in the morning of the 24th in Berlin.
    late = host(hours=[(time(22), time(0))], days=[0], overrides={date(2026, 11, 24): ((time(6), time(9)),)})
    away = replace(late, travels=(Travel(date(2026, 11, 24), date(2026, 11, 24), BERLIN),))
    assert offered(Rules(60, 60), away, days=2, zone=BERLIN) == ["11-24 05:00", "11-24 06:00", "11-24 07:00", "11-24 08:00"]
    # Both dates hold what lies in both: a booking at six counts on the 23rd and on the 24th.
    taken = replace(away, busy=(booking("11-24 06:00", 60, zone=BERLIN),))
    assert offered(Rules(60, 60, limits=(Limit("day", 1),)), taken, days=2) == []


def test_a_limit_of_a_day_goes_by_the_clock_of_the_place():
    # 23:00 in Chicago is the next day in Berlin, where the host is.
    away = host(days=range(7), travels=(Travel(date(2026, 11, 24), date(2026, 11, 30), BERLIN),), busy=[booking("11-24 23:00")])
    times = offered(Rules(60, 60, limits=(Limit("day", 1),)), away, now=at("2026-11-24 00:00", BERLIN), days=3, zone=BERLIN)
    assert times == ["11-24 09:00", "11-24 10:00", "11-26 09:00", "11-26 10:00"]


def test_over_the_date_line_two_dates_can_be_one_day():
    # From Honolulu to Kiritimati, 24 hours ahead: when the 23rd begins in Honolulu, the 24th begins in Kiritimati.
    honolulu, kiritimati = ZoneInfo("Pacific/Honolulu"), ZoneInfo("Pacific/Kiritimati")
    away = host(zone=honolulu, travels=(Travel(date(2026, 11, 24), date(2026, 11, 30), kiritimati),))
    now = at("2026-11-22 12:00", honolulu)
    slots = free(Rules(60, 60), [away], now, now, now + timedelta(days=1))
    assert [f"{slot.starts_at.astimezone(honolulu):%d %H}" for slot in slots] == ["23 09", "23 10"]
    assert [f"{slot.starts_at.astimezone(kiritimati):%d %H}" for slot in slots] == ["24 09", "24 10"]


# Limits and seasons


def test_a_full_day_is_full_and_what_is_no_booking_does_not_fill_it():
    rules = Rules(30, 30, limits=(Limit("day", 1),))
    assert offered(rules, host(busy=[span("11-23 15:00", counts=True)]), days=2)[0] == "11-24 09:00"
    assert offered(rules, host(busy=[span("11-23 15:00")]), days=2)[0] == "11-23 09:00"


def test_a_limit_in_minutes_leaves_out_what_would_exceed_it():
    busy = [booking("11-23 15:00", minutes=45)]
    for most, first in ((75, "11-23 09:00"), (74, "11-24 09:00")):
        assert offered(Rules(30, 30, limits=(Limit("day", most_minutes=most),)), host(busy=busy), days=2)[0] == first


def test_a_limit_shorter_than_the_consultation_leaves_nothing():
    assert offered(Rules(30, 30, limits=(Limit("week", most_minutes=29),)), host(), days=30) == []
    assert offered(Rules(30, 30, limits=(Limit("month", most_bookings=0),)), host(), days=30) == []


def test_a_full_week_goes_from_monday_to_sunday_of_the_host():
    weekly = Rules(60, 60, limits=(Limit("week", 1),))
    # Sunday evening in Chicago, where it is still the week before; in UTC it is Monday.
    before, within = booking("11-22 23:00"), booking("11-29 23:00")
    assert offered(weekly, host(busy=[before]), days=7)[0] == "11-23 09:00"
    assert offered(weekly, host(busy=[within]), days=9)[0] == "11-30 09:00"


def test_a_full_month_goes_from_the_first_to_the_last_of_the_host():
    monthly = Rules(60, 60, limits=(Limit("month", most_minutes=89),))
    before, within = booking("10-31 23:00"), booking("11-30 23:00")
    assert offered(monthly, host(busy=[before]), days=30)[0] == "11-23 09:00"
    assert offered(monthly, host(busy=[within]), days=30)[0] == "12-01 09:00"


def test_every_limit_holds_for_itself():
    limits = (Limit("day", 1), Limit("week", most_minutes=120), Limit("month", 3))
    busy = [booking("11-23 12:00", minutes=60), booking("11-24 12:00", minutes=60), booking("11-02 12:00")]
    reasons = {
        day: told(Rules(60, 60, limits=limits), host(busy=busy), day=date(2026, 11, day))["10:00"] for day in (24, 25, 30)
    }
    assert reasons == {24: "daily_limit monthly_limit weekly_limit", 25: "monthly_limit weekly_limit", 30: "monthly_limit"}


def test_a_season_has_room_for_so_many_of_all_hosts_and_other_types_do_not_count():
    spring = SeasonCap(date(2026, 11, 24), date(2026, 11, 25), 2, CHICAGO)
    rules = Rules(60, 60, season_caps=(spring,))
    ana, olga = host(busy=[booking("11-24 12:00")]), host(OLGA, busy=[booking("11-25 12:00")])
    assert offered(rules, ana, olga, days=4) == ["11-23 09:00", "11-23 10:00", "11-26 09:00", "11-26 10:00"]
    another = host(OLGA, busy=[span("11-25 12:00", counts=True)])
    assert "11-24 09:00" in offered(rules, ana, another, days=4)


def test_a_parent_who_chose_a_host_finds_the_season_full_too():
    season = SeasonCap(date(2026, 11, 23), date(2026, 11, 24), 1, CHICAGO)
    ana, olga = host(), host(OLGA, hours=[(time(14), time(15))], busy=[booking("11-24 12:00")])
    assert offered(Rules(60, 60), ana, olga, host_id=OLGA) == ["11-23 14:00"]
    assert offered(Rules(60, 60, season_caps=(season,)), ana, olga, days=2, host_id=ANA) == []


def test_the_dates_of_a_season_are_the_practices():
    # 23:00 in Chicago on the last day, when it is the next day in Berlin, where the host lives.
    season = SeasonCap(date(2026, 11, 23), date(2026, 11, 24), 1, CHICAGO)
    late = host(zone=BERLIN, days=range(7), hours=[(time(5), time(8))], busy=[booking("11-23 12:00")])
    assert offered(Rules(60, 60, season_caps=(season,)), late, days=2, zone=BERLIN) == ["11-25 07:00"]


# Who hosts


def test_who_has_fewest_that_week_hosts_however_the_window_is_cut():
    ana = host(busy=[booking("11-24 09:00"), booking("11-25 09:00")])
    olga = host(OLGA, busy=[booking("11-24 10:00")])
    first = free(HALF_HOUR, [ana, olga], NOW, NOW, NOW + WEEK)[0]
    assert first.host_ids == (OLGA, ANA)
    assert is_free(HALF_HOUR, [ana, olga], NOW, first.starts_at) == first
    assert free(HALF_HOUR, [host(OLGA), host(ANA)], NOW, NOW, NOW + WEEK)[0].host_ids == (ANA, OLGA)


def test_another_week_is_another_turn():
    ana = host(busy=[booking(f"12-0{day} 09:00") for day in (1, 2, 3)])
    olga = host(OLGA, busy=[booking("11-24 09:00"), booking("11-25 09:00")])
    assert whose_turn(HALF_HOUR, ana, olga, starts="11-26 09:00") == (ANA, OLGA)
    assert whose_turn(HALF_HOUR, ana, olga, starts="12-03 09:30") == (OLGA, ANA)
    assert whose_turn(HALF_HOUR, ana, olga, starts="12-08 09:00") == (OLGA, ANA), "nobody has any: fewest of all"
    slots = free(HALF_HOUR, [ana, olga], NOW, NOW, NOW + 3 * WEEK)
    assert all(is_free(HALF_HOUR, [ana, olga], NOW, slot.starts_at) == slot for slot in slots)


def test_a_week_of_turns_begins_on_monday():
    ana = host(busy=[booking(f"11-29 {hour}:00") for hour in (12, 13, 14)])
    olga = host(OLGA, busy=[booking("11-30 09:00")])
    assert whose_turn(HALF_HOUR, ana, olga, starts="12-01 09:00") == (ANA, OLGA)


def test_what_is_no_booking_gives_nobody_a_turn():
    ana = host(busy=[span("11-24 09:00", 240, rule="external_calendar")])
    assert whose_turn(HALF_HOUR, ana, host(OLGA), starts="11-26 09:00") == (ANA, OLGA)


def test_who_weighs_twice_as_much_hosts_twice_in_a_round():
    before = [booking(f"11-1{day} 09:00") for day in (6, 7, 8)]
    olga = host(OLGA, busy=[booking("11-24 10:00")])
    has_one = host(busy=[*before, booking("11-24 09:00")], weight=2)
    assert whose_turn(HALF_HOUR, has_one, olga, starts="11-26 09:00") == (ANA, OLGA)
    has_two = host(busy=[booking("11-24 09:00"), booking("11-24 09:30")], weight=2)
    assert whose_turn(HALF_HOUR, has_two, host(OLGA), starts="11-26 09:00") == (OLGA, ANA)


def test_of_all_that_was_booked_weight_makes_less():
    ana = host(busy=[booking(f"11-1{day} 09:00") for day in (6, 7, 8)], weight=2)
    olga = host(OLGA, busy=[booking(f"11-1{day} 10:00") for day in (6, 7)])
    assert whose_turn(HALF_HOUR, ana, olga, starts="11-26 09:00") == (ANA, OLGA)


def test_a_long_consultation_counts_as_long_as_it_is():
    one_long, two_short = booking("11-24 09:00", minutes=90), [booking("11-24 09:00"), booking("11-24 09:30")]
    assert whose_turn(HALF_HOUR, host(busy=[one_long]), host(OLGA, busy=two_short), starts="11-26 09:00")[0] == OLGA


def test_who_was_chosen_hosts_or_nobody():
    ana, olga = host(busy=[booking("11-23 09:00")]), host(OLGA)
    nine = span("11-23 09:00").starts_at
    assert is_free(HALF_HOUR, [ana, olga], NOW, nine).host_ids == (OLGA,)
    assert is_free(HALF_HOUR, [ana, olga], NOW, nine, host_id=ANA) is None
    assert {each.host_ids for each in nearest(HALF_HOUR, [ana, olga], NOW, nine, host_id=ANA)} == {(ANA,)}
    assert {each.host_id for each in explain(HALF_HOUR, [ana, olga], NOW, date(2026, 11, 23), host_id=ANA)} == {ANA}


# The nearest


def test_a_parent_whose_time_is_gone_hears_of_the_nearest_free_ones():
    gone = span("11-24 09:30")
    slots = nearest(HALF_HOUR, [host(busy=[gone])], NOW, gone.starts_at, count=4)
    assert [f"{slot.starts_at.astimezone(CHICAGO):%m-%d %H:%M}" for slot in slots] == [
        "11-24 09:00",
        "11-24 10:00",
        "11-24 10:30",
        "11-23 10:30",
    ]


@each("wanted", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_even_an_absurd_wish_is_answered_within_the_horizon(wanted):
    assert len(nearest(HALF_HOUR, [host()], NOW, wanted)) == 5
    assert nearest(HALF_HOUR, [host(days=())], NOW, wanted) == []


def test_a_window_of_all_time_is_clipped_to_the_horizon():
    everything = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    rules = Rules(30, 30, horizon_days=7)
    assert free(rules, [host()], NOW, *everything) == free(rules, [host()], NOW, NOW, NOW + 2 * WEEK)
    assert free(rules, [host()], NOW, NOW + WEEK, NOW) == []


# Why there is no time


def test_staff_are_told_every_rule_that_removed_a_time():
    rules = Rules(30, 30, minimum_notice_minutes=3 * 60 + 15, horizon_days=10, limits=(Limit("day", 2),))
    ana = host(busy=[span("11-23 10:00"), booking("11-24 09:00"), booking("11-24 15:00")])
    today, tomorrow, far = (told(rules, ana, day=day) for day in (date(2026, 11, 23), date(2026, 11, 24), date(2026, 12, 4)))
    assert today == {"09:00": "notice", "09:30": "", "10:00": "busy", "10:30": ""}
    assert tomorrow == {"09:00": "busy daily_limit", **dict.fromkeys(("09:30", "10:00", "10:30"), "daily_limit")}
    assert set(far.values()) == {"horizon"}


def test_a_span_is_told_by_its_own_name():
    rules = ("busy", "held", "time_off", "external_calendar")
    busy = [span(f"11-23 {9 + half // 2:02}:{half % 2 * 30:02}", rule=rule) for half, rule in enumerate(rules)]
    assert tuple(told(HALF_HOUR, host(busy=busy), day=date(2026, 11, 23)).values()) == rules


def test_a_closed_date_tells_of_the_times_that_it_would_have_had():
    monday, tuesday, wednesday = (date(2026, 11, day) for day in (23, 24, 25))
    ana = host(holidays=frozenset({monday, wednesday}), overrides={tuesday: (), wednesday: ()}, busy=[span("11-23 09:00")])
    assert told(Rules(60, 60), ana, day=monday) == {"09:00": "busy public_holiday", "10:00": "public_holiday"}
    assert told(Rules(60, 60), ana, day=tuesday) == {"09:00": "override", "10:00": "override"}
    assert told(Rules(60, 60), ana, day=wednesday) == {"09:00": "override", "10:00": "override"}


def test_other_hours_on_a_date_tell_of_the_usual_ones_too():
    monday = date(2026, 11, 23)
    later = host(overrides={monday: ((time(10), time(12)),)})
    assert told(Rules(60, 60), later, day=monday) == {"09:00": "override", "10:00": "", "11:00": ""}


def test_a_date_without_hours_has_nothing_to_tell_and_neither_has_the_end_of_time():
    assert told(HALF_HOUR, host(), day=date(2026, 11, 22)) == {}
    always = host(days=range(7))
    assert [told(HALF_HOUR, always, day=day) for day in (date.min, date.max)] == [{}, {}]


def test_a_time_within_two_hours_of_one_day_is_told_once():
    twice = host(hours=[(time(9), time(11)), (time(10), time(12))])
    assert list(told(Rules(60, 60), twice, day=date(2026, 11, 23))) == ["09:00", "10:00", "11:00"]
    assert len(explain(Rules(60, 60), [twice], NOW, date(2026, 11, 23))) == 3
