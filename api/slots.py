"""Free times as staff see them: who is free in each, and why a time is missing. The engine is the one that visitors ask."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from api.doors import StaffDoor
from api.offer import local
from api.verbs import find, now, practice, work
from domain import slots
from domain.slots import Host
from models.availability import Diary, reason
from models.availability import hosts as hosts_of
from models.consultation_type import OPEN_TYPES, ConsultationType
from models.staff import Staff
from schemas.slots import ExplainQuery, ExplanationSchema, StaffSlotsQuery, StaffSlotsSchema

free_times = StaffDoor(
    "slots", __name__, "/slots", description="Times at which consultations can be booked, and why others cannot."
)


@free_times.route("")
@free_times.arguments(StaffSlotsQuery, location="query")
@free_times.response(200, StaffSlotsSchema)
def list_staff_slots(asked: dict[str, Any]) -> dict[str, Any]:
    """Free times, and who is free

    Those that start at `from` or later and before `to`, of any type, open to visitors or not. `host_ids` names whoever's turn
    it is first.
    """
    kind, host_id = find(ConsultationType, asked["consultation_type_id"]), _host(asked)
    name = asked.get("timezone", practice().timezone)
    start, end = max(asked["from_"], now()), min(asked["to"], kind.horizon(now()))
    hosts = hosts_of(work(), kind, start, end)
    found = slots.free(kind.rules, hosts, now(), start, end, host_id=host_id)
    zone = ZoneInfo(name)
    return {
        "items": [{**local(slot, zone), "host_ids": slot.host_ids} for slot in found],
        "timezone": name,
    }


@free_times.route("/explain")
@free_times.arguments(ExplainQuery, location="query")
@free_times.response(200, ExplanationSchema)
def explain_slots(asked: dict[str, Any]) -> dict[str, Any]:
    """Why there is no time on a day

    For each type and host: the hours that hold on that date and why these, and each time at which a consultation could start,
    with every rule that takes it away. A time without rules is offered. Times outside of the hours are no candidates, except
    where an override or a public holiday closed the usual hours.

    The rules: `notice`, too soon; `horizon`, too far ahead; `daily_limit`, `weekly_limit`, `monthly_limit`, the host has
    enough; `season_cap`, the practice has enough of this type; `busy`, a booking or its buffer; `held`, somebody is filling in
    the form; `time_off`; `external_calendar`, the host's calendar elsewhere; `public_holiday`; `override`, other hours on this
    date.
    """
    day, host_id = asked["date"], _host(asked)
    if "consultation_type_id" in asked:
        kinds = [find(ConsultationType, asked["consultation_type_id"])]
    else:
        kinds = work().all(OPEN_TYPES)
    around = datetime.combine(day, time(0), ZoneInfo("UTC"))
    diary = Diary.read(work(), kinds, around - timedelta(days=1), around + timedelta(days=2), in_turn=False)
    return {"date": day, "items": [_explained(diary, kind, day, host_id) for kind in kinds]}


def _host(asked: dict[str, Any]) -> UUID | None:
    return find(Staff, asked["host_id"]).id if "host_id" in asked else None


def _explained(diary: Diary, kind: ConsultationType, day: date, host_id: UUID | None) -> dict[str, Any]:
    hosts, holding = diary.hosts(kind), {row.staff_id for row in diary.members(kind)}
    candidates: dict[UUID, list[dict[str, Any]]] = {}
    for one in slots.explain(kind.rules, hosts, now(), day, host_id=host_id):
        candidates.setdefault(one.host_id, []).append(one._asdict())
    return {
        "consultation_type_id": kind.id,
        "name": kind.name,
        "slug": kind.slug,
        "is_open": kind.is_open,
        "is_private": kind.is_private,
        "hosts": [
            {**_day_of(host, day), "candidates": candidates.get(host.id, [])}
            for host in hosts
            if host.id in holding and host_id in (None, host.id)
        ],
    }


def _day_of(host: Host, day: date) -> dict[str, Any]:
    travel = next((one for one in host.travels if day in one), None)
    zone = travel.timezone if travel else host.timezone
    return {
        "host_id": host.id,
        "timezone": zone.key,
        "is_travelling": travel is not None,
        "hours": [{"start": _shown(start), "end": _shown(end)} for start, end in host.hours(day)],
        "hours_are": reason(host, day),
    }


def _shown(second: int) -> str:
    """A second of a day as its clock shows it, HH:MM."""
    return f"{second // 3600 % 24:02}:{second % 3600 // 60:02}"
