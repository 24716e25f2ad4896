"""A hold keeps a time for one visitor while the form is filled in.

It is a row of `bookings` that is nobody's yet, so that the constraint by which no two bookings overlap holds for it too. A
constraint cannot look at the clock: what has lapsed is deleted before another row is inserted.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, or_, select

from domain.slots import Host
from models.booking import Booking
from models.consultation_type import ConsultationType
from models.prepared import Prepared

LIFETIME = timedelta(minutes=10)
# Of one address in one practice, at one time: more would be somebody who closes a calendar.
MOST_FROM_ONE_SOURCE = 3
# What began longer ago is over, however long it was.
LONGEST = timedelta(days=1)


def source_hash(address: str) -> bytes:
    """What is kept of where a hold comes from, as long as it is one."""
    return sha256(f"hold|{address}".encode()).digest()


def take(
    kind: ConsultationType,
    hosts: Sequence[Host],
    *,
    starts_at: datetime,
    timezone: str,
    source: bytes,
    now: datetime,
    host_id: UUID | None = None,
    booking_link_id: UUID | None = None,
    present: Booking | None = None,
) -> Booking:
    """Keeps a time that is offered, for ten minutes; the `present` hold of who asks moves there. `SlotTaken` otherwise."""
    nobody = ("name", "email", "phone", "message", "consent", "client_id")
    values: dict[str, Any] = {
        **Booking.place(kind, hosts, starts_at, timezone, now, host_id=host_id),
        **dict.fromkeys(nobody),
        "answers": [],
        "language": kind.language,
        "booking_link_id": booking_link_id,
        "state": "held",
        "is_verification": False,
        "keeps_host": host_id is not None,
        "expires_at": now + LIFETIME,
        "source_hash": source,
    }
    return Booking.made(present, values)


_is_hold = (Booking.state == "held", Booking.is_verification.is_(False))
HOLD_BY_TOKEN = Prepared(
    select(Booking.id).where(Booking.link_hash == bindparam("link_hash"), *_is_hold, Booking.expires_at > bindparam("now"))
)
# Locked: of two who come with one hold, the second finds that it is none any more.
LOCKED_HOLD_BY_TOKEN = Prepared(
    select(Booking.id)
    .where(Booking.link_hash == bindparam("link_hash"), *_is_hold, Booking.expires_at > bindparam("now"))
    .with_for_update()
)
# How many somebody has, besides the one that moves, and when the first of them lapses; what waits for its address counts too.
HOLDS_OF_SOURCE = Prepared(
    select(func.count().label("holds"), func.min(Booking.expires_at).label("first")).where(
        Booking.state == "held",
        Booking.source_hash == bindparam("source"),
        Booking.expires_at > bindparam("now"),
        or_(bindparam("besides", type_=Booking.id.type).is_(None), Booking.id != bindparam("besides")),
    )
)
# What could stand in the way of a time that is ahead; the worker sees to the rest.
LET_LAPSE = Prepared(
    delete(Booking)
    .where(Booking.state == "held", Booking.expires_at <= bindparam("now"), Booking.starts_at > bindparam("since"))
    .returning(Booking.id)
)
