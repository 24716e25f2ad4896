"""Free times over HTTP: what is offered is what is accepted, and every time that is missing has its reason."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy

from domain.slots import Limit
from models import tenancy
from models.availability import RULES
from models.external_calendar import ExternalBusy, ExternalCalendar
from models.transaction import Transaction
from tests.cast import ZONE, Practice, Staff, Visitor
from tests.conftest import Clock
from tests.test_availability import WEEKLY, hours_of, starts

LOS_ANGELES = ZoneInfo(ZONE)
WEEK = (datetime(2026, 10, 25, 7, tzinfo=UTC), datetime(2026, 11, 2, 8, tzinfo=UTC))
FREE = "free-consultation"


def free_for(person: Staff, kind: Any, start: str, end: str, **more: str) -> list[Any]:
    query = {"consultation_type_id": kind["id"], "from": start, "to": end, **more}
    return list(person.get("/slots?" + "&".join(f"{name}={value}" for name, value in query.items()))["items"])


def explained(person: Staff, day: str, **more: str) -> list[Any]:
    """The types of a day, each with its hosts and their candidates."""
    query = {"date": day, **more}
    found = person.get("/slots/explain?" + "&".join(f"{name}={value}" for name, value in query.items()))
    assert found["date"] == day
    return list(found["items"])


def removed(person: Staff, day: str, host: Staff | None = None, **more: str) -> dict[str, list[str]]:
    """By which rules each time of a day was taken away, of one host, by the clock of Los Angeles."""
    [kind] = explained(person, day, **more)
    [theirs] = [one for one in kind["hosts"] if host is None or one["host_id"] == host.id]
    return {local(one["starts_at"]): one["removed_by"] for one in theirs["candidates"]}


def local(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone(LOS_ANGELES):%H:%M}"


# What staff can book.


def test_staff_see_free_times_and_who_is_free_in_each(olga: Staff, ana: Staff) -> None:
    kind = olga.opens_consultations(hosts=(olga, ana))
    olga.post("/time-off", {"staff_id": ana.id, "starts_at": "2026-10-06T16:00:00Z", "ends_at": "2026-10-06T17:00:00Z"})
    found = free_for(ana, kind, "2026-10-06T00:00:00Z", "2026-10-07T07:00:00Z")
    assert [slot["starts_at"][11:16] for slot in found] == ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]
    assert {slot["starts_at"][-6:] for slot in found} == {"-07:00"}
    assert [set(slot["host_ids"]) for slot in found] == [{olga.id}] * 2 + [{olga.id, ana.id}] * 4
    assert free_for(ana, kind, "2026-10-06T00:00:00Z", "2026-10-06T17:00:00Z", host_id=ana.id) == []
    abroad = free_for(ana, kind, "2026-10-06T17:00:00Z", "2026-10-06T17:01:00Z", timezone="Europe/Madrid", host_id=ana.id)
    assert abroad == [{"starts_at": "2026-10-06T19:00:00+02:00", "ends_at": "2026-10-06T19:30:00+02:00", "host_ids": [ana.id]}]


def test_whoever_has_least_to_do_comes_first_by_weight(olga: Staff, ana: Staff, visitor: Visitor) -> None:
    kind = olga.opens_consultations(hosts=(olga, ana))
    olga.patch(
        f"/consultation-types/{kind['id']}",
        {"hosts": [{"staff_id": olga.id, "weight": 2}, {"staff_id": ana.id, "weight": 1}]},
    )
    booked = [visitor.books(f"2026-10-{day:02}T{hour:02}:00:00-07:00")["id"] for day in (6, 7) for hour in (9, 10, 11)]
    held = [olga.get(f"/bookings/{booking}")["host_id"] for booking in booked]
    assert (held.count(olga.id), held.count(ana.id)) == (4, 2)
    first = free_for(olga, kind, "2026-10-08T16:00:00Z", "2026-10-08T16:01:00Z")[0]["host_ids"]
    assert visitor.tries_to_book("2026-10-08T16:00:00Z").status_code == 201
    [last] = [row for row in olga.get("/bookings")["items"] if row["starts_at"] == "2026-10-08T16:00:00Z"]
    assert last["host_id"] == first[0]


def test_the_past_is_remembered_when_it_is_somebodys_turn(olga: Staff, ana: Staff, visitor: Visitor, clock: Clock) -> None:
    """One consultation in three weeks goes from one to the other, not to the same one each time."""
    kind = olga.opens_consultations(hosts=(olga, ana))
    held = []
    for turn in range(4):
        at = datetime(2026, 10, 6, 9, tzinfo=LOS_ANGELES) + timedelta(weeks=3 * turn)
        [slot, *_] = free_for(olga, kind, at.astimezone(UTC).isoformat()[:19] + "Z", "2027-03-31T00:00:00Z")
        booking = olga.get(f"/bookings/{visitor.books(slot['starts_at'])['id']}")
        held.append(booking["host_id"])
        clock.move(days=21)
        olga = olga.again()
    assert all(one != other for one, other in pairwise(held))


def test_only_those_who_hold_a_type_are_offered_for_it(olga: Staff, ana: Staff, visitor: Visitor) -> None:
    kind = olga.opens_consultations(hosts=(olga, ana))
    olga.patch(f"/consultation-types/{kind['id']}", {"hosts": [{"staff_id": ana.id}]})
    found = free_for(olga, kind, "2026-10-06T00:00:00Z", "2026-10-07T07:00:00Z")
    assert {tuple(slot["host_ids"]) for slot in found} == {(ana.id,)}
    assert free_for(olga, kind, "2026-10-06T00:00:00Z", "2026-10-07T07:00:00Z", host_id=olga.id) == []
    assert olga.get(f"/bookings/{visitor.books(found[0]['starts_at'])['id']}")["host_id"] == ana.id
    assert visitor.tries_to_book(found[0]["starts_at"]).status_code == 409


def test_staff_see_times_of_types_that_visitors_do_not(olga: Staff, sam: Staff) -> None:
    kind = olga.opens_consultations(is_open=False)
    assert len(free_for(sam, kind, "2026-10-06T00:00:00Z", "2026-10-07T07:00:00Z")) == 6


@pytest.mark.parametrize(
    ("path", "name"), [("/slots", "consultation_type_id"), ("/slots", "host_id"), ("/slots/explain", "host_id")]
)
def test_a_type_or_host_of_another_practice_is_none_of_here(olga: Staff, lakeside: Practice, path: str, name: str) -> None:
    ours, theirs = olga.opens_consultations(), lakeside.olga.opens_consultations()
    ids = {"consultation_type_id": theirs["id"], "host_id": lakeside.olga.id}
    asked = {"consultation_type_id": ours["id"], "from": "2026-10-06T00:00:00Z", "to": "2026-10-07T00:00:00Z"}
    asked = asked if path == "/slots" else {"date": "2026-10-06"}

    def ask(row_id: str) -> Any:
        return olga.ask("GET", f"{path}?" + "&".join(f"{key}={value}" for key, value in {**asked, name: row_id}.items()))

    known, unknown = ask(ids[name]), ask("0192f0c1-2345-7abc-8def-0123456789ab")
    assert (known.status_code, known.get_json()["errors"]) == (unknown.status_code, unknown.get_json()["errors"])
    assert (known.status_code, known.get_json()["errors"][0]["pointer"]) == (422, f"/{name}")


# Limits.


def days_with_times(visitor: Visitor, start: str, end: str) -> list[str]:
    return sorted({slot["starts_at"][:10] for slot in visitor.slots(start, end)})


def test_a_week_that_is_full_is_offered_no_more(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(weekly_limit=2)
    visitor.books("2026-10-06T09:00:00-07:00")
    assert "2026-10-05" in days_with_times(visitor, "2026-10-05T16:00:00Z", "2026-10-19T07:00:00Z")
    visitor.books("2026-10-08T09:00:00-07:00")
    # Columbus Day is the Monday of the next week.
    assert days_with_times(visitor, "2026-10-05T16:00:00Z", "2026-10-19T07:00:00Z") == [
        f"2026-10-{day}" for day in (13, 14, 15, 16)
    ]
    # Asked for the Friday alone: what fills the week lies before the window.
    assert starts(visitor, "2026-10-09") == []
    assert visitor.tries_to_book("2026-10-09T09:00:00-07:00").status_code == 409
    assert set(map(tuple, removed(olga, "2026-10-09").values())) == {("weekly_limit",)}


def test_a_month_that_is_full_is_offered_no_more(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(monthly_limit_minutes=60)
    visitor.books("2026-10-06T09:00:00-07:00")
    visitor.books("2026-10-27T09:00:00-07:00")
    assert starts(visitor, "2026-10-30") == []
    assert days_with_times(visitor, "2026-10-05T16:00:00Z", "2026-11-04T08:00:00Z") == ["2026-11-02", "2026-11-03"]
    assert visitor.tries_to_book("2026-10-16T09:00:00-07:00").status_code == 409
    assert visitor.tries_to_book("2026-11-02T09:00:00-08:00").status_code == 201


def test_minutes_of_a_day_are_counted_over_all_types(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(daily_limit_minutes=75)
    olga.post("/consultation-types", {"name": "Long", "slug": "long", "minutes": 60, "minimum_notice_minutes": 0})
    visitor.books("2026-10-06T09:00:00-07:00", kind="long")
    assert starts(visitor, "2026-10-06") == []
    assert len(visitor.slots("2026-10-06T07:00:00Z", "2026-10-07T07:00:00Z", kind="long")) == 2


def test_a_season_has_room_for_so_many_of_all_hosts_together(
    riverside: Practice, olga: Staff, ana: Staff, visitor: Visitor
) -> None:
    cap = {"from": "2026-10-06", "to": "2026-10-30", "limit": 2}
    kind = olga.opens_consultations(hosts=(olga, ana), season_caps=[cap])
    visitor.books("2026-10-06T09:00:00-07:00")
    visitor.books("2026-10-29T09:00:00-07:00")
    assert days_with_times(visitor, "2026-10-05T16:00:00Z", "2026-11-04T08:00:00Z") == [
        "2026-10-05",
        "2026-11-02",
        "2026-11-03",
    ]
    assert starts(visitor, "2026-10-15") == []
    assert visitor.tries_to_book("2026-10-15T09:00:00-07:00").status_code == 409
    # What somebody holds who holds this type no more counts as before.
    held = {row["host_id"] for row in olga.get("/bookings")["items"]}
    assert held == {olga.id, ana.id}
    olga.patch(f"/consultation-types/{kind['id']}", {"hosts": [{"staff_id": ana.id}]})
    assert starts(visitor, "2026-10-15") == []
    [narrowed] = explained(olga, "2026-10-15")
    assert [host["host_id"] for host in narrowed["hosts"]] == [ana.id]
    assert {tuple(one["removed_by"]) for one in narrowed["hosts"][0]["candidates"]} == {("season_cap",)}
    # One who cancels makes room for another.
    olga.post(f"/bookings/{olga.get('/bookings')['items'][0]['id']}/cancel")
    assert len(starts(visitor, "2026-10-15")) == 6


def test_not_today_means_the_hosts_today(olga: Staff, visitor: Visitor) -> None:
    # It is Monday, nine o'clock in Los Angeles, and already Tuesday in Auckland.
    olga.opens_consultations(minimum_notice_days=1)
    assert starts(visitor, "2026-10-05") == []
    assert len(starts(visitor, "2026-10-06")) == 6
    olga.put("/availability", hours_of(olga, timezone="Pacific/Auckland"))
    first = visitor.slots("2026-10-05T00:00:00Z", "2026-10-09T00:00:00Z", timezone="Pacific/Auckland")[0]
    assert first["starts_at"] == "2026-10-07T09:00:00+13:00"


def test_the_earlier_of_horizon_and_last_day_holds(olga: Staff, visitor: Visitor) -> None:
    kind = olga.opens_consultations(horizon_days=10, bookable_until="2026-10-08")

    def last() -> str:
        return str(visitor.slots("2026-10-05T00:00:00Z", "2026-12-31T00:00:00Z")[-1]["starts_at"][:10])

    assert last() == "2026-10-08"
    assert visitor.tries_to_book("2026-10-09T09:00:00-07:00").status_code == 409
    olga.patch(f"/consultation-types/{kind['id']}", {"bookable_until": None})
    assert last() == "2026-10-15"


# Why there is no time.


def test_a_time_that_is_missing_has_its_reasons(olga: Staff, visitor: Visitor) -> None:
    olga.opens_consultations(buffer_after_minutes=15, minimum_notice_minutes=26 * 60)
    visitor.books("2026-10-06T11:00:00-07:00")
    olga.post("/time-off", {"staff_id": olga.id, "starts_at": "2026-10-06T16:00:00Z", "ends_at": "2026-10-06T17:00:00Z"})
    assert removed(olga, "2026-10-06") == {
        "09:00": ["notice", "time_off"],
        "09:30": ["notice", "time_off"],
        "10:00": ["notice"],
        "10:30": ["busy", "notice"],
        "11:00": ["busy"],
        "11:30": ["busy"],
    }
    assert set(map(tuple, removed(olga, "2026-12-08").values())) == {("horizon",)}


def test_what_is_held_is_in_the_way_until_it_lapses(riverside: Practice, olga: Staff, visitor: Visitor, clock: Clock) -> None:
    olga.opens_consultations(daily_limit=2)
    visitor.books("2026-10-06T09:00:00-07:00")
    held = visitor.holds("2026-10-06T10:00:00-07:00")
    assert removed(olga, "2026-10-06")["10:00"] == ["daily_limit", "held"]
    # It counts as well: whoever holds a time is not refused later.
    assert starts(riverside.visitor(), "2026-10-06") == []
    assert riverside.visitor().tries_to_book("2026-10-06T11:00:00-07:00").status_code == 409
    clock.at = datetime.fromisoformat(held["expires_at"])
    assert removed(olga, "2026-10-06")["10:00"] == []
    assert visitor.tries_to_book("2026-10-06T10:00:00-07:00").status_code == 201


def test_a_calendar_elsewhere_closes_times_of_its_owner_alone(
    engine: sqlalchemy.Engine, clock: Clock, olga: Staff, ana: Staff, visitor: Visitor
) -> None:
    olga.opens_consultations(hosts=(olga, ana))
    busy_elsewhere(engine, olga, clock(), "2026-10-06T16:15:00Z", "2026-10-06T17:15:00Z")
    assert [time for time, by in removed(olga, "2026-10-06", olga).items() if by == ["external_calendar"]] == [
        "09:00",
        "09:30",
        "10:00",
    ]
    assert set(map(tuple, removed(olga, "2026-10-06", ana).values())) == {()}
    assert olga.get(f"/bookings/{visitor.books('2026-10-06T16:30:00Z')['id']}")["host_id"] == ana.id
    assert visitor.tries_to_book("2026-10-06T16:30:00Z").status_code == 409


def busy_elsewhere(engine: sqlalchemy.Engine, host: Staff, now: datetime, starts_at: str, ends_at: str) -> None:
    """As the worker leaves it when it has looked."""
    with Transaction(engine, tenancy.practice(UUID(host.get("/practice")["id"])), now) as work:
        calendar = ExternalCalendar(
            staff_id=UUID(host.id),
            name="Private",
            sealed_url=b"sealed",
            url_hint="calendar.example",
            state="ok",
            next_poll_at=now,
            lease_number=0,
            failures=0,
        )
        span = {"starts_at": datetime.fromisoformat(starts_at), "ends_at": datetime.fromisoformat(ends_at)}
        work.add(calendar, ExternalBusy(external_calendar_id=calendar.id, **span))


@pytest.mark.parametrize(
    ("day", "are", "hours"),
    [
        ("2026-10-06", "weekly", [{"start": "09:00", "end": "12:00"}]),
        ("2026-10-10", "none", []),
        ("2026-10-12", "public_holiday", []),
        ("2026-10-13", "override", []),
        ("2026-10-14", "override", [{"start": "13:00", "end": "00:00"}]),
        ("2026-10-27", "summer", [{"start": "10:00", "end": "11:00"}]),
        ("2026-10-26", "none", []),
    ],
)
def test_a_day_without_times_is_explained_by_its_hours(olga: Staff, sam: Staff, day: str, are: str, hours: list[Any]) -> None:
    olga.patch("/practice", {"school_calendar": {"school_years": [{"from": "2026-09-08", "to": "2026-10-23"}]}})
    olga.opens_consultations(minutes=60)
    summer = [{"weekday": "tuesday", "start": "10:00", "end": "11:00"}]
    travel = {"from": "2026-10-06", "to": "2026-10-06", "timezone": "America/New_York"}
    olga.put("/availability", hours_of(olga, summer_weekly=summer, travels=[travel]))
    for date_, its in (("2026-10-13", []), ("2026-10-14", [{"start": "13:00", "end": "00:00"}])):
        olga.post("/availability/overrides", {"staff_id": olga.id, "date": date_, "hours": its})
    [kind] = explained(sam, day)
    [host] = kind["hosts"]
    abroad = day == "2026-10-06"
    assert (host["host_id"], host["hours_are"], host["hours"]) == (olga.id, are, hours)
    assert (host["timezone"], host["is_travelling"]) == ("America/New_York" if abroad else ZONE, abroad)
    # What an override or a holiday closed is listed under its name; what was never open is not.
    closed = {"2026-10-12": "public_holiday", "2026-10-13": "override"}.get(day)
    if closed:
        assert {one["removed_by"][0] for one in host["candidates"]} == {closed}
        assert len(host["candidates"]) == 3
    elif are == "none":
        assert host["candidates"] == []


def test_a_type_that_nobody_has_hours_for_has_no_hosts(olga: Staff) -> None:
    olga.post("/consultation-types", {"name": "Lonely", "slug": "lonely", "minutes": 30})
    [kind] = explained(olga, "2026-10-06")
    assert (kind["slug"], kind["is_open"], kind["hosts"]) == ("lonely", True, [])


def test_a_date_alone_asks_about_every_open_type(olga: Staff, ana: Staff) -> None:
    first = olga.opens_consultations(hosts=(olga, ana))
    olga.post("/consultation-types", {"name": "Long", "slug": "long", "minutes": 60, "hosts": [{"staff_id": ana.id}]})
    closed = olga.post("/consultation-types", {"name": "Closed", "slug": "closed", "minutes": 60, "is_open": False})
    found = explained(ana, "2026-10-07")
    assert [(kind["slug"], {host["host_id"] for host in kind["hosts"]}) for kind in found] == [
        (FREE, {olga.id, ana.id}),
        ("long", {ana.id}),
    ]
    [one] = explained(ana, "2026-10-07", consultation_type_id=first["id"], host_id=olga.id)
    assert [host["host_id"] for host in one["hosts"]] == [olga.id]
    [hidden] = explained(ana, "2026-10-07", consultation_type_id=closed["id"])
    assert (hidden["slug"], hidden["is_open"]) == ("closed", False)


def test_every_rule_of_the_engine_is_documented(olga: Staff, riverside: Practice) -> None:
    document = riverside.app.extensions["openapi"]
    removed_by = document["components"]["schemas"]["Candidate"]["properties"]["removed_by"]
    assert tuple(removed_by["items"]["enum"]) == RULES
    assert {Limit(per).rule for per in ("day", "week", "month")} < set(RULES)
    assert all(f"`{rule}`" in document["paths"]["/api/v1/slots/explain"]["get"]["description"] for rule in RULES)


# Offered is accepted; what is not offered is refused; and the explanation agrees with both.


def grid(first: date, days: int) -> Iterator[datetime]:
    """Every quarter of an hour of some days in Los Angeles."""
    at = datetime(first.year, first.month, first.day, tzinfo=LOS_ANGELES).astimezone(UTC)
    while at.astimezone(LOS_ANGELES).date() < first + timedelta(days=days):
        yield at
        at += timedelta(minutes=15)


def test_a_week_with_every_rule_switched_on_is_accepted_as_it_is_offered(
    riverside: Practice, olga: Staff, ana: Staff, visitor: Visitor
) -> None:
    """The last week of October: the clocks change on 1 November, school is over on Wednesday, a cap begins on Thursday."""
    olga.patch(
        "/practice",
        {
            "school_calendar": {"school_years": [{"from": "2026-09-08", "to": "2026-10-28"}]},
            "state_holidays": ["2026-10-27"],
        },
    )
    kind = olga.opens_consultations(
        hosts=(olga, ana),
        minutes=45,
        step_minutes=15,
        buffer_before_minutes=5,
        buffer_after_minutes=15,
        minimum_notice_days=1,
        minimum_notice_minutes=60,
        horizon_days=27,
        bookable_until="2026-10-31",
        daily_limit=3,
        daily_limit_minutes=120,
        weekly_limit=9,
        weekly_limit_minutes=600,
        monthly_limit=12,
        monthly_limit_minutes=700,
        season_caps=[{"from": "2026-10-29", "to": "2026-10-31", "limit": 4}],
    )
    named = {"hosts": [{"staff_id": olga.id, "weight": 1}, {"staff_id": ana.id, "weight": 2}]}
    olga.patch(f"/consultation-types/{kind['id']}", named)
    weekend = [*WEEKLY, {"weekday": "saturday", "start": "22:00", "end": "00:00"}]
    summer = [
        {"weekday": "thursday", "start": "13:00", "end": "16:00"},
        {"weekday": "saturday", "start": "20:00", "end": "00:00"},
    ]
    travel = [{"from": "2026-10-30", "to": "2026-10-31", "timezone": "America/New_York"}]
    olga.put("/availability", hours_of(olga, weekly=weekend, summer_weekly=summer))
    olga.put("/availability", hours_of(ana, weekly=weekend, travels=travel))
    olga.post(
        "/availability/overrides", {"staff_id": ana.id, "date": "2026-10-27", "hours": [{"start": "15:00", "end": "17:00"}]}
    )
    olga.post("/availability/overrides", {"staff_id": olga.id, "date": "2026-10-26", "hours": []})
    olga.post("/time-off", {"staff_id": ana.id, "starts_at": "2026-10-28T16:00:00Z", "ends_at": "2026-10-28T17:20:00Z"})
    for at in ("2026-10-26T09:15:00-07:00", "2026-10-28T11:00:00-07:00", "2026-10-29T13:00:00-07:00"):
        visitor.books(at)

    week = (date(2026, 10, 25), 8)
    booked = {datetime.fromisoformat(row["starts_at"]) for row in olga.get("/bookings")["items"]}
    offered = offered_in(visitor)
    assert len(offered) > 20
    rules = assert_explained(olga, ana, offered, week)
    rounds = 0
    while offered:
        # Takes the middle one, after which fewer are offered; all that is not offered is refused meanwhile.
        refused = [at for at in grid(*week) if at not in offered]
        for at in refused[:: max(1, len(refused) // 25)]:
            assert visitor.tries_to_book(at.isoformat()).status_code == 409, at
        chosen = sorted(offered)[len(offered) // 2]
        assert visitor.tries_to_book(chosen.isoformat()).status_code == 201, chosen
        booked.add(chosen)
        offered = offered_in(visitor)
        rounds += 1
    rules |= assert_explained(olga, ana, offered, week)
    assert rules >= {"busy", "time_off", "override", "public_holiday", "horizon", "daily_limit", "season_cap"}
    assert rounds > 3
    # A time may be taken twice, by two hosts: what was booked is all there is.
    assert {datetime.fromisoformat(row["starts_at"]) for row in olga.everything("/bookings")} == booked
    for at in list(grid(*week))[::7]:
        assert visitor.tries_to_book(at.isoformat()).status_code == 409


def offered_in(visitor: Visitor) -> set[datetime]:
    found = visitor.slots("2026-10-25T07:00:00Z", "2026-11-02T08:00:00Z", timezone="Pacific/Auckland")
    return {datetime.fromisoformat(slot["starts_at"]).astimezone(UTC) for slot in found}


def assert_explained(olga: Staff, ana: Staff, offered: set[datetime], week: tuple[date, int]) -> set[str]:
    """What is explained as free is what is offered, and to staff with the same hosts; gives the rules that were named."""
    first, days = week
    free: dict[datetime, set[str]] = {}
    rules: set[str] = set()
    for number in range(-1, days + 1):
        [kind] = explained(olga, (first + timedelta(days=number)).isoformat())
        for host in kind["hosts"]:
            for one in host["candidates"]:
                rules |= set(one["removed_by"])
                if not one["removed_by"]:
                    free.setdefault(datetime.fromisoformat(one["starts_at"]), set()).add(host["host_id"])
    free = {at: hosts for at, hosts in free.items() if WEEK[0] <= at < WEEK[1]}
    assert set(free) == offered
    [kind] = olga.get("/consultation-types")["items"]
    listed = free_for(ana, kind, "2026-10-25T07:00:00Z", "2026-11-02T08:00:00Z")
    assert {datetime.fromisoformat(slot["starts_at"]).astimezone(UTC): set(slot["host_ids"]) for slot in listed} == free
    return rules
