"""Slots: the free times of 60 days, of 10 hosts with 1,000 bookings, as a visitor of a practice's website asks."""

from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from tests.bench import report
from tests.bench.cases import CONNECTIONS, message
from tests.bench.load import Ask
from tests.bench.practices import ZONE, Connection, Member, copy
from tests.bench.report import Result
from tests.bench.rounds import Target, in_turns
from tests.bench.started import Bench, NotStarted, Place, api

HOSTS, BOOKINGS, DAYS = 10, 1000, 60
MINUTES, BUFFER_AFTER = 30, 15
OPENS, CLOSES = "09:00", "17:00"
KIND = "free-consultation"
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")


def slots(bench: Bench) -> Result:
    """The floor reads hours and bookings, and counts in a bare loop over hosts, days and starts."""
    place = bench.place(1000)
    member, since = place.members[0], (datetime.now(UTC) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    _take_hours(place, member, since)
    window = {"from": _iso(since), "to": _iso(since + timedelta(days=DAYS)), "timezone": "America/Chicago"}
    ours = f"/public/{member.slug}/slots?{urlencode({'consultation_type': KIND, **window})}"
    floor = f"/{member.practice_id}/slots?{urlencode({'minutes': MINUTES, 'buffer_after': BUFFER_AFTER, **window})}"
    found = _same_slots(place, ours, floor)
    asks = {"ours": (place.ours, f"/api/v1{ours}"), "floor": (place.floor, floor)}
    figures = in_turns(
        bench,
        {
            who: Target(served, [cycle([Ask(message("GET", path))]) for _ in range(CONNECTIONS)])
            for who, (served, path) in asks.items()
        },
    )
    remark = f"{found} free times in {DAYS} days; at least 25 req/s"
    return report.served("slots", figures["ours"], figures["floor"], ">= 0.05", remark)


def _take_hours(place: Place, member: Member, since: datetime) -> None:
    """Hours of 10 hosts, and bookings spread evenly over them and the days; once for a place."""
    call, token = api(place.ours.port), member.signs_in(api(place.ours.port))
    if call("GET", "/consultation-types", token=token)["items"]:
        return
    # The floor knows no holidays.
    call("PATCH", "/practice", {"closes_on_public_holidays": False}, token=token)
    rules = {"minutes": MINUTES, "buffer_after_minutes": BUFFER_AFTER, "minimum_notice_minutes": 0, "horizon_days": DAYS + 5}
    call("POST", "/consultation-types", {"name": "Free consultation", "slug": KIND, **rules}, token=token)
    weekly = [{"weekday": day, "start": OPENS, "end": CLOSES} for day in WEEK]
    hours = call("PUT", "/availability", {"staff_id": member.staff_id, "timezone": ZONE, "weekly": weekly}, token=token)
    booked_times = _booked(since)
    visitor = {"name": "Petra Petrov", "email": "petra@example.org", "timezone": ZONE, "starts_at": _iso(booked_times[0][1])}
    booked = call("POST", f"/public/{member.slug}/bookings", {"consultation_type": KIND, **visitor})
    # The pattern of the others; cancelled, it takes nobody's time.
    call("POST", f"/bookings/{booked['id']}/cancel", {"reason": "It was the pattern."}, token=token)
    with place.connect() as connection:
        _copy_hosts(connection, member, hours["id"])
        _copy_bookings(connection, member, booked["id"], booked_times)
        connection.execute("vacuum (analyze) bookings, availabilities, staff")


def _booked(since: datetime) -> list[tuple[int, datetime]]:
    """Which host is booked when: evenly over hosts and days, each host at other hours than the one before."""
    zone, found = ZoneInfo(ZONE), []
    for times in range(3):
        for day in range(DAYS):
            for host in range(1, HOSTS + 1):
                hour = 9 + (day + host + 3 * times) % 8
                at = (since + timedelta(days=day)).replace(tzinfo=zone, hour=hour, minute=30 * (host % 2))
                if at.weekday() < len(WEEK):
                    found.append((host, at))
    return found[:BOOKINGS]


def _copy_hosts(connection: Connection, member: Member, hours_id: str) -> None:
    connection.execute(
        "create temp table hosts as select uuidv7() person, uuidv7() staff, uuidv7() hours,"
        " 'host-' || number || '@bench.example.org' email from generate_series(2, %s::int) number",
        [HOSTS],
    )
    owner = connection.execute("select user_id from staff where id = %s", [member.staff_id]).fetchone()
    assert owner is not None
    copy(
        connection, "users", owner[0], "select * from hosts", id="made.person", email="made.email", email_identity="made.email"
    )
    copy(
        connection, "staff", member.staff_id, "select * from hosts", id="made.staff", user_id="made.person", email="made.email"
    )
    copy(connection, "availabilities", hours_id, "select * from hosts", id="made.hours", staff_id="made.staff")


def _copy_bookings(connection: Connection, member: Member, booking_id: str, times: list[tuple[int, datetime]]) -> None:
    copy(
        connection,
        "bookings",
        booking_id,
        "select staff, starts_at from unnest(%s::int[], %s::timestamptz[]) booked (host, starts_at)"
        " join (select staff_id staff, row_number() over (order by id) host from availabilities where tenant_id = %s) hosts"
        " using (host) order by starts_at",
        [*(list(each) for each in zip(*times, strict=True)), member.practice_id],
        id="uuidv7()",
        host_id="made.staff",
        starts_at="made.starts_at",
        ends_at=f"made.starts_at + interval '{MINUTES} minutes'",
        state="'confirmed'",
        reason="null",
        link_hash="sha256(uuid_send(uuidv7()))",
    )


def _same_slots(place: Place, ours: str, floor: str) -> int:
    """Ours and the floor have to find the same times; gives how many."""
    found: Any = api(place.ours.port)("GET", ours)
    if found != api(place.floor.port, root="")("GET", floor) or not found["items"]:
        raise NotStarted("The floor finds other free times than ours.")
    return len(found["items"])


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
