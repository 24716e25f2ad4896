"""Reminders of consultations: claimed, looked into, and mailed to parent and host, in one transaction."""

from uuid import UUID

from models.base import Base
from models.booking import Booking
from models.booking_mail import HOST_ZONE, messages
from models.booking_reminder import PRACTICES_WITH_BOOKING_REMINDERS, BookingReminder
from models.consultation_type import ConsultationType
from models.link import hash_of
from models.practice import Practice
from models.staff import Staff
from models.transaction import Transaction
from scheduling.workplace import Workplace

DUE = PRACTICES_WITH_BOOKING_REMINDERS
AT_ONCE = 50


def fire(worker: Workplace, practice_id: UUID) -> int:
    with worker.in_practice(practice_id) as work:
        due = work.all(BookingReminder.claimable(work.now, AT_ONCE))
        # The booking is read again: it may have moved, or been cancelled, since this was planned.
        fired = [one for one in due if one.fire(work.find(Booking, one.booking_id), now=work.now)]
        mails = [mail for one in fired for mail in _mails(worker, work, one)]
        work.add(mails)
    worker.counts["reminded"] += len(fired)
    return len(due)


def _mails(worker: Workplace, work: Transaction, reminder: BookingReminder) -> list[Base]:
    booking, practice = work.find(Booking, reminder.booking_id), work.find(Practice, work.practice_id)
    kind, host = work.find(ConsultationType, booking.consultation_type_id), work.find(Staff, booking.host_id)
    # A link that no present secret makes any more is renewed, so that no mail holds a dead one.
    links = worker.config.sender.links
    booking.link_hash = hash_of(links.token("bookings", work.practice_id, booking.id, hashed=booking.link_hash))
    zones = work.rows(HOST_ZONE, staff_id=host.id)
    return [
        *messages(
            booking,
            "reminder",
            kind=kind,
            host=host,
            host_zone=zones[0].timezone if zones else practice.timezone,
            practice=practice,
            now=work.now,
            reminder_minutes=reminder.offset_minutes,
        )
    ]
