"""The queues as one sees them from outside: how much is due, and for how long. When and how many, never whose or what."""

from datetime import datetime
from typing import Any

from sqlalchemy import TIMESTAMP, ColumnElement, bindparam, cast, func, select, true

from models import booking_reminder, document_reading, message, packet, reminder
from models.base import among
from models.booking_reminder import BookingReminder
from models.check_in import AHEAD, CheckIn
from models.digest import Digest
from models.document_reading import DocumentReading
from models.message import Message
from models.packet import Packet
from models.prepared import Prepared
from models.reminder import Reminder

Queued = type[Message] | type[Reminder] | type[BookingReminder] | type[DocumentReading] | type[Digest] | type[Packet]

# From when on an occasion is to be planned: the beginning of its day, less so many days as are planned ahead.
_PLANNED_FROM = func.timezone("UTC", cast(CheckIn.next_on, TIMESTAMP) - AHEAD)


def _due(model: Queued, waits: ColumnElement[bool]) -> Prepared:
    return _counted(model.due_at, waits)


def _counted(due_at: Any, waits: ColumnElement[bool]) -> Prepared:
    counted = func.count().label("due"), func.min(due_at).label("oldest")
    return Prepared(select(*counted).where(waits, due_at <= bindparam("now")), across_practices=True)


QUEUES = {
    "reminders": _due(Reminder, among(Reminder.state, reminder.WAITING_STATES)),
    "booking_reminders": _due(BookingReminder, among(BookingReminder.state, booking_reminder.WAITING_STATES)),
    "document_readings": _due(DocumentReading, among(DocumentReading.state, document_reading.WAITING_STATES)),
    "packets": _due(Packet, among(Packet.state, packet.WAITING_STATES)),
    "check_ins": _counted(_PLANNED_FROM, CheckIn.state == "active"),
    "digests": _due(Digest, true()),
    "messages": _due(Message, among(Message.state, message.WAITING_STATES)),
}
# Those that wait alone: what was sent is the whole history of all practices, which nobody should read to count it.
WAITING_MESSAGES = Prepared(
    select(Message.state, func.count().label("many"))
    .where(among(Message.state, message.WAITING_STATES))
    .group_by(Message.state),
    across_practices=True,
)


def seconds_since(instant: datetime | None, now: datetime) -> float | None:
    """For how long; zero where another machine's clock is ahead of ours, and None where it never was."""
    return None if instant is None else max(0.0, round((now - instant).total_seconds(), 1))
