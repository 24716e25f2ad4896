"""A member's own calendar, for the calendar program on their phone: addresses to make and revoke, and what they show."""

import hashlib
from typing import Any
from uuid import UUID

from flask import Response, request

from api.doors import StaffDoor
from api.limits import client_address, count, public_limits
from api.retry import again
from api.verbs import add, caller, find, links, now, transaction, work
from mail.calendar_feed import calendar
from models import tenancy
from models.calendar_feed import CONSULTATIONS_OF, FEED_BY_LINK, LIVE_FEEDS_OF, OWN_FEEDS, REMINDERS_OF, CalendarFeed, window
from models.link import hash_of, practice_of_token
from models.throttle import LINKS_FROM_ADDRESS
from models.transaction import NotFound
from schemas.calendar_feed import CalendarFeedSchema, MadeCalendarFeedSchema

calendar_feeds = StaffDoor(
    "calendar-feeds",
    __name__,
    "/calendar-feeds",
    description="Addresses at which your calendar program reads your consultations and reminders.",
    takes_keys=False,
)


@calendar_feeds.route("")
@calendar_feeds.listing(OWN_FEEDS, CalendarFeedSchema)
def list_calendar_feeds() -> dict[str, Any]:
    """Your calendar feeds

    Newest first, the revoked ones too; their addresses are not shown again.
    """
    return {"staff_id": caller().staff_id}


@calendar_feeds.route("", methods=["POST"])
@calendar_feeds.response(201, MadeCalendarFeedSchema)
def make_calendar_feed() -> dict[str, Any]:
    """Make a calendar feed

    The answer holds `url`, this once. Whoever has it reads your consultations, without names, and that there are reminders.
    """
    feed = CalendarFeed.make(caller().staff_id, len(work().rows(LIVE_FEEDS_OF, staff_id=caller().staff_id)))
    token = links().token("calendar", work().practice_id, feed.id)
    feed.link_hash = hash_of(token)
    return {**vars(add(feed)), "url": f"{links().base_url}/calendar/{token}.ics"}


@calendar_feeds.route("/<uuid:calendar_feed_id>")
@calendar_feeds.response(200, CalendarFeedSchema)
def show_calendar_feed(calendar_feed_id: UUID) -> CalendarFeed:
    """A calendar feed

    One of your own.
    """
    return _own(calendar_feed_id)


@calendar_feeds.route("/<uuid:calendar_feed_id>", methods=["DELETE"], role="assistant")
@calendar_feeds.response(204)
def revoke_calendar_feed(calendar_feed_id: UUID) -> None:
    """Revoke a calendar feed

    From the next request on its address shows nothing. It stays in the list.
    """
    _own(calendar_feed_id).revoke(now=now())


def _own(feed_id: UUID) -> CalendarFeed:
    feed = find(CalendarFeed, feed_id)
    if feed.staff_id != caller().staff_id:
        raise NotFound("There is nothing here with this id.")
    return feed


def calendar_feed(token: str) -> Response:
    """The page: the calendar behind its address. Reading it leaves no trace: a GET changes nothing."""
    public_limits().count_address("link")
    shown = again(lambda: _calendar(token))
    if shown is None:
        # As with every link: who tries tokens out is soon told to wait.
        count((LINKS_FROM_ADDRESS, client_address()))
        raise NotFound("This calendar is not shown any more.")
    response = Response(shown, content_type="text/calendar; charset=utf-8")
    response.set_etag(hashlib.sha256(shown).hexdigest()[:32])
    response.make_conditional(request)
    return response


def _calendar(token: str) -> bytes | None:
    practice_id = practice_of_token(token)
    if practice_id is None:
        return None
    with transaction(tenancy.practice(practice_id), reading=True) as inside:
        found = inside.rows(FEED_BY_LINK, link_hash=hash_of(token))
        if not found:
            return None
        [feed] = found
        span = {"staff_id": feed.staff_id, **window(inside.now)}
        consultations, reminders = inside.rows(CONSULTATIONS_OF, **span), inside.rows(REMINDERS_OF, **span)
    return calendar(feed.name, feed.language, consultations, reminders)
