"""Members' calendars elsewhere, which the worker looks at."""

import re
from typing import Any
from uuid import UUID

from flask import current_app

from api.config import current_config
from api.doors import StaffDoor
from api.problems import Problem
from api.verbs import add, caller, change, colleague, find, now, work
from domain.outbound import NotCallable, target
from domain.refusal import Invalid
from models.external_calendar import CALENDARS_OF, EXTERNAL_CALENDARS, ExternalBusy, ExternalCalendar
from models.transaction import NotFound
from schemas.external_calendar import (
    ExternalCalendarChange,
    ExternalCalendarQuery,
    ExternalCalendarSchema,
    NewExternalCalendarSchema,
)

external_calendars = StaffDoor(
    "external-calendars",
    __name__,
    "/external-calendars",
    description="Calendars elsewhere that say when you are busy: at those times no consultation is offered.",
    takes_keys=False,
)


@external_calendars.route("")
@external_calendars.listing(EXTERNAL_CALENDARS, ExternalCalendarSchema, ExternalCalendarQuery)
def list_external_calendars() -> dict[str, Any]:
    """External calendars

    Your own, newest first; an owner sees everybody's.
    """
    return {} if caller().role == "owner" else {"only_of": caller().staff_id}


@external_calendars.route("", methods=["POST"])
@external_calendars.arguments(NewExternalCalendarSchema)
@external_calendars.response(201, ExternalCalendarSchema)
def add_external_calendar(said: dict[str, Any]) -> ExternalCalendar:
    """Add a calendar

    Your own; an owner adds anybody's. It is looked at within seconds, and then about every ten minutes: `state` says how
    that went. Of its events only the times are kept, neither titles nor people. Ten a member.
    """
    # Held, so that of two who add the tenth one waits for the other.
    member = colleague(said.pop("staff_id", caller().staff_id), lock=True)
    if member.id != caller().staff_id and caller().role != "owner":
        raise Problem("forbidden", "A member adds their own calendars; an owner anybody's.")
    url = re.sub(r"^webcals?://", "https://", said.pop("url"), flags=re.IGNORECASE)
    try:
        found = target(url, current_config().egress_allow)
    except NotCallable as why:
        raise Invalid("Some of it is not valid.", [{"pointer": "/url", "detail": str(why)}]) from None
    hidden = current_app.extensions["seal"].hide(url.encode())
    count = len(work().rows(CALENDARS_OF, staff_id=member.id))
    mine = {"staff_id": member.id, "hidden_url": hidden, "url_hint": found.host}
    return add(ExternalCalendar.subscribe(count, **said, **mine, now=now()))


@external_calendars.route("/<uuid:external_calendar_id>")
@external_calendars.response(200, ExternalCalendarSchema)
def show_external_calendar(external_calendar_id: UUID) -> ExternalCalendar:
    """A calendar

    How the last look went, in words where it failed. Never its address.
    """
    return _seen(external_calendar_id)


@external_calendars.route("/<uuid:external_calendar_id>", methods=["PATCH"])
@external_calendars.arguments(ExternalCalendarChange)
@external_calendars.response(200, ExternalCalendarSchema)
def change_external_calendar(said: dict[str, Any], external_calendar_id: UUID) -> ExternalCalendar:
    """Rename a calendar

    For another address, add another calendar.
    """
    return change(_seen(external_calendar_id), said)


@external_calendars.route("/<uuid:external_calendar_id>", methods=["DELETE"], role="assistant")
@external_calendars.response(204)
def remove_external_calendar(external_calendar_id: UUID) -> None:
    """Remove a calendar

    Its address is forgotten, and its busy times are free again at once.
    """
    forget(_seen(external_calendar_id))


@external_calendars.route("/<uuid:external_calendar_id>/poll", methods=["POST"])
@external_calendars.response(200, ExternalCalendarSchema)
def poll_external_calendar(external_calendar_id: UUID) -> ExternalCalendar:
    """Look now

    Within seconds, though not twice in a minute; `last_polled_at` changes when it is done.
    """
    calendar = _seen(external_calendar_id)
    calendar.ask(now=now())
    return calendar


def forget(calendar: ExternalCalendar) -> None:
    """Takes a calendar away, that is locked, and with it what it said."""
    work().execute(ExternalBusy.all_of_calendar(calendar.id))
    work().delete(calendar)


def _seen(calendar_id: UUID) -> ExternalCalendar:
    """One's own calendar; for an owner anybody's."""
    calendar = find(ExternalCalendar, calendar_id)
    if caller().role != "owner" and calendar.staff_id != caller().staff_id:
        raise NotFound("There is nothing here with this id.")
    return calendar
