"""What a practice keeps for a time only: the data of people who asked and did not become clients.

Ids, times and states stay, for who counts them. Names, addresses and words go, wherever they were written down: with the
booking or the enquiry, in mails, in its history, in conflict checks of theirs and of others.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Delete, Select, Update, and_, case, cast, column, delete, exists, func, or_, select, true, update
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from models.base import among
from models.booking import Booking
from models.booking_event import BookingEvent
from models.booking_link import BookingLink
from models.conflict_check import ConflictCheck
from models.enquiry import Enquiry
from models.message import WAITING_STATES, Message
from models.prepared import Prepared

# Nobody looks for what was taken for spam later than that.
SPAM_KEPT = timedelta(days=30)
# A mail about a booking that was never confirmed is of no use to anybody after that.
ORPHANS_KEPT = timedelta(days=1)
AT_ONCE = 100
# Nobody searches while something is forgotten, nor the other way round: what was found would outlive who was forgotten.
_NUMBER = func.hashtextextended(func.current_setting("app.tenant_id"), 5)
NOBODY_FORGETS = Prepared(select(func.pg_advisory_xact_lock_shared(_NUMBER).label("held")))
NOBODY_SEARCHES = Prepared(select(func.pg_advisory_xact_lock(_NUMBER).label("held")))


def bookings_to_forget(before: datetime) -> Select[UUID]:
    """Bookings of nobody's client that ended, or were cancelled, before this; locked, but for those that somebody holds."""
    is_nobodys = and_(Booking.client_id.is_(None), Booking.case_id.is_(None), Booking.erased_at.is_(None))
    ended_at = case((Booking.state == "cancelled", func.least(Booking.updated_at, Booking.ends_at)), else_=Booking.ends_at)
    old = select(Booking.id).where(is_nobodys, Booking.state != "held", ended_at < before)
    return old.order_by(Booking.starts_at).limit(AT_ONCE).with_for_update(skip_locked=True)


def enquiries_to_forget(before: datetime) -> Select[UUID]:
    """Enquiries of nobody's client with which nothing was done since then; locked, but for those that somebody holds."""
    is_nobodys = and_(Enquiry.client_id.is_(None), Enquiry.case_id.is_(None), Enquiry.erased_at.is_(None))
    old = select(Enquiry.id).where(is_nobodys, Enquiry.state != "spam", Enquiry.updated_at < before)
    return old.order_by(Enquiry.id).limit(AT_ONCE).with_for_update(skip_locked=True)


def spam_to_forget(now: datetime) -> Delete:
    old = select(Enquiry.id).where(Enquiry.state == "spam", Enquiry.updated_at < now - SPAM_KEPT)
    return delete(Enquiry).where(Enquiry.id.in_(old.limit(AT_ONCE).with_for_update(skip_locked=True)))


def forgetting(bookings: Sequence[UUID], enquiries: Sequence[UUID], now: datetime) -> list[Update]:
    """The statements that take away who these were, all in one transaction."""
    gone = dict.fromkeys(("name", "email", "phone", "message", "reason"))
    # Of the link nothing fits any more.
    by_chance = func.sha256(func.uuid_send(func.gen_random_uuid()))
    return [
        _set(
            update(Booking).where(Booking.id.in_(bookings)),
            **gone,
            answers=[],
            consent=_without_source(Booking.consent),
            link_hash=by_chance,
            source_hash=None,
            erased_at=now,
            version=Booking.version + 1,
        ),
        _set(
            update(Enquiry).where(Enquiry.id.in_(enquiries)),
            **gone,
            timezone=None,
            source_url=None,
            replies=[],
            consent=_without_source(Enquiry.consent),
            erased_at=now,
            version=Enquiry.version + 1,
        ),
        _set(update(BookingEvent).where(BookingEvent.booking_id.in_(bookings), BookingEvent.reason.is_not(None)), reason=None),
        _unaddressed(or_(Message.booking_id.in_(bookings), _is_told_of([*bookings, *enquiries]))),
        _set(
            update(ConflictCheck).where(or_(ConflictCheck.booking_id.in_(bookings), ConflictCheck.enquiry_id.in_(enquiries))),
            terms=[],
            hits=[],
            note=None,
            version=ConflictCheck.version + 1,
        ),
        _unnamed([*bookings, *enquiries]),
        # Whom a link for one use was made for.
        _set(
            update(BookingLink)
            .where(BookingLink.single_use, BookingLink.note.is_not(None))
            .where(BookingLink.id.in_(select(Booking.booking_link_id).where(Booking.id.in_(bookings)))),
            note=None,
            version=BookingLink.version + 1,
        ),
    ]


def orphans(now: datetime) -> Update:
    """Mails about bookings that are gone: of who never confirmed the address."""
    is_gone = ~exists().where(Booking.id == Message.booking_id)
    return _unaddressed(and_(Message.booking_id.is_not(None), is_gone, Message.created_at < now - ORPHANS_KEPT))


def _set(statement: Update, **values: Any) -> Update:
    return statement.values(**values).execution_options(synchronize_session=False)


def _without_source(consent: Any) -> Any:
    """When somebody agreed and to what; not on which page."""
    return consent.op("-")("source_url")


def _is_told_of(rows: Sequence[UUID]) -> Any:
    """Whether a mail is about one of these: its occasion names the row behind the kind."""
    return func.split_part(Message.occasion, ":", 2).in_([str(row_id) for row_id in rows])


def _unaddressed(which: Any) -> Update:
    """That there were mails, without what they said and to whom; what still waits is not sent."""
    state = case((among(Message.state, WAITING_STATES), "withdrawn"), else_=Message.state)
    return _set(
        update(Message).where(which, Message.to_address != ""),
        to_address="",
        facts={},
        last_error=None,
        state=state,
        version=Message.version + 1,
    )


def _unnamed(rows: Sequence[UUID]) -> Update:
    """What checks of others found of these: that there was somebody, and how like they were."""
    ids = [str(row_id) for row_id in rows]
    hit = func.jsonb_array_elements(ConflictCheck.hits).table_valued(
        column("value", JSONB()), with_ordinality="place", name="hit"
    )
    hit = hit.render_derived()
    is_theirs = hit.c.value["id"].astext.in_(ids)
    without = hit.c.value.op("||")(cast({"name": None, "why": None}, JSONB()))
    kept = select(func.jsonb_agg(aggregate_order_by(case((is_theirs, without), else_=hit.c.value), hit.c.place))).select_from(
        hit
    )
    named = select(true()).select_from(hit).where(is_theirs, hit.c.value["name"].astext.is_not(None))
    return _set(
        update(ConflictCheck).where(named.correlate(ConflictCheck).exists()),
        hits=kept.correlate(ConflictCheck).scalar_subquery(),
        version=ConflictCheck.version + 1,
    )
