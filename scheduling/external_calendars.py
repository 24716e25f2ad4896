"""Members' calendars elsewhere: looked at one by one, each under a lease, outside of any transaction; what they say of when
somebody is busy takes the place of what they said before, all of it at once."""

import logging
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select

from domain.external_calendar import Busy, CalendarUnreadable
from mail.invite import uid
from models.availability import Availability
from models.booking import BOOKINGS_SINCE
from models.external_calendar import (
    AHEAD,
    BEHIND,
    BUSY_NO_MORE,
    BUSY_OF,
    CLAIM,
    FAILED,
    LEASE,
    PRACTICES_WITH_CALENDARS,
    READ,
    UNCHANGED,
    ExternalBusy,
    pause_after,
    tag,
)
from models.practice import Practice
from models.prepared import Prepared
from models.transaction import Transaction
from scheduling.outbound import Answer, NotCallable, Unreachable
from scheduling.reading import busy_in_child
from scheduling.workplace import Workplace

log = logging.getLogger("followthrough.worker")
DUE = PRACTICES_WITH_CALENDARS
MOST_BYTES = 5 * 2**20
# Whole days are those of the host: where no hours say in which zone, those of the practice.
ZONE_OF = Prepared(
    select(
        func.coalesce(
            select(Availability.timezone).where(Availability.staff_id == bindparam("staff_id")).scalar_subquery(),
            Practice.timezone,
        ).label("timezone")
    ).where(Practice.id == bindparam("practice"))
)


def poll(worker: Workplace, practice_id: UUID) -> int:
    """Looks at the calendar of this practice that has waited longest; gives how many."""
    with worker.in_practice(practice_id) as claiming:
        claimed = claiming.rows(CLAIM, now=claiming.now, owner=worker.id, lease_until=claiming.now + LEASE)
        zones = claiming.rows(ZONE_OF, staff_id=claimed[0].staff_id) if claimed else []
        ours = [uid(row.id) for row in claiming.rows(BOOKINGS_SINCE, since=claiming.now - BEHIND)] if claimed else []
    for calendar in claimed:
        outcome = _look(worker, practice_id, calendar, ZoneInfo(zones[0].timezone), ours)
        log.info("calendar", {"calendar": str(calendar.id), "practice": str(practice_id), "outcome": outcome})
    return len(claimed)


def _look(worker: Workplace, practice_id: UUID, calendar: Any, zone: ZoneInfo, ours: Sequence[str]) -> str:
    """What became of a look: `read`, `unchanged`, `failed`, or `lost_lease` where it came too late to say."""
    now = worker.clock()
    try:
        answer = _fetched(worker, calendar, now)
        found = None if answer.status == 304 else _read(answer, now, zone, ours)
    except (NotCallable, Unreachable, CalendarUnreadable) as why:
        return _fail(worker, practice_id, calendar, str(why))
    except Exception as wrong:
        return _fail(worker, practice_id, calendar, f"It could not be read ({type(wrong).__name__}).")
    with worker.in_practice(practice_id) as writing:
        if found is None:
            return "unchanged" if writing.rows(UNCHANGED, **_held(worker, calendar, writing)) else "lost_lease"
        tags = {
            name: tag(answer.headers.get(header)) for name, header in (("etag", "etag"), ("last_modified", "last-modified"))
        }
        if not writing.rows(READ, **_held(worker, calendar, writing), **tags, error=_not_read(found.unread)):
            return "lost_lease"
        _replace(writing, calendar.id, found)
    return "read"


def _fetched(worker: Workplace, calendar: Any, now: datetime) -> Answer:
    """What the server says: a calendar, or that it is the one that was read last time."""
    address = worker.config.seal.show(calendar.sealed_url)
    if address is None:
        raise CalendarUnreadable("Its address was hidden under a secret that is gone. Remove it, and add it again.")
    # Once a day it is read even if it has not changed: other days lie ahead by then.
    is_fresh = calendar.last_ok_at is not None and calendar.last_ok_at.astimezone(UTC).date() == now.date()
    known = (("If-None-Match", calendar.etag), ("If-Modified-Since", calendar.last_modified))
    headers = {"Accept": "text/calendar", **{name: value for name, value in known if value and is_fresh}}
    answer = worker.outbound.send("GET", address.decode(), headers=headers, most=MOST_BYTES)
    if answer.status == 304 and len(headers) > 1:
        return answer
    if answer.status in (401, 403, 404, 410):
        raise CalendarUnreadable(f"The server answers {answer.status}. Was this address withdrawn?")
    if answer.status != 200:
        raise CalendarUnreadable(f"The server answers {answer.status} where it should answer 200.")
    return answer


def _read(answer: Answer, now: datetime, zone: ZoneInfo, ours: Sequence[str]) -> Busy:
    if not answer.is_whole:
        raise CalendarUnreadable(f"This calendar is larger than {MOST_BYTES // 2**20} MiB.")
    return busy_in_child(answer.body, from_at=now - BEHIND, until_at=now + AHEAD, zone=zone, besides=ours)


def _replace(writing: Transaction, calendar_id: UUID, found: Busy) -> None:
    """Its spans are these from now on. Most are there already; the rows that stay are not written again."""
    there = {(row.starts_at, row.ends_at): row.id for row in writing.rows(BUSY_OF, calendar=calendar_id)}
    spans = dict.fromkeys(found.spans)
    gone = [row_id for span, row_id in there.items() if span not in spans]
    if gone:
        writing.rows(BUSY_NO_MORE, ids=gone)
    fresh = [span for span in spans if span not in there]
    writing.add(
        ExternalBusy(external_calendar_id=calendar_id, starts_at=starts_at, ends_at=ends_at) for starts_at, ends_at in fresh
    )


def _fail(worker: Workplace, practice_id: UUID, calendar: Any, why: str) -> str:
    """What it said before holds on: who was busy then may be busy still."""
    failures = calendar.failures + 1
    with worker.in_practice(practice_id) as writing:
        written = writing.rows(FAILED, **_held(worker, calendar, writing, failures), failures=failures, error=why)
    return "failed" if written else "lost_lease"


def _held(worker: Workplace, calendar: Any, writing: Transaction, failures: int = 0) -> dict[str, Any]:
    """The lease under which something is written, and when the next look is."""
    next_poll_at = writing.now + pause_after(failures, random.random())  # noqa: S311
    lease = {"calendar": calendar.id, "owner": worker.id, "lease": calendar.lease_number}
    return {**lease, "now": writing.now, "next_poll_at": next_poll_at}


def _not_read(events: int) -> str | None:
    if events == 0:
        return None
    which = "One of its events" if events == 1 else f"{events} of its events"
    return f"{which} cannot be read: you count as free then."
