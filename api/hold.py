"""Holds: a time is kept for a visitor while the form is filled in."""

from typing import Any
from zoneinfo import ZoneInfo

from api.booking import locked_hosts
from api.doors import LinkDoor, WebsiteDoor
from api.offer import booking_link, chosen_host, local, offered_type, source_that_may_hold
from api.verbs import add, find, links, now, work
from models import hold
from models.booking import Booking
from models.link import hash_of
from models.transaction import NotFound
from schemas.booking import HeldSchema, HoldSchema

public_holds = WebsiteDoor("public-holds", __name__, "/public", tag="public")
own_holds = LinkDoor("public-own-holds", __name__, "/public/holds", tag="public")


@public_holds.route("/<slug>/holds", methods=["POST"], problems=["slot-taken", "rate-limited"])
@public_holds.arguments(HoldSchema)
@public_holds.response(201, HeldSchema)
def hold_time(said: dict[str, Any]) -> dict[str, Any]:
    """Keep a time

    For ten minutes, while the form is filled in; a booking with this `hold` takes its place. Who has a hold and sends it along
    moves it. Three at a time from one address; booking works without one.
    """
    link, token, zone = booking_link(said.get("link")), said.get("hold"), ZoneInfo(said["timezone"])
    kind = offered_type(said["consultation_type"], link)
    host_id = chosen_host(kind, link, said.get("host_id"))
    hosts, present = locked_hosts(kind, hold=token, host_id=host_id)
    source = source_that_may_hold(besides=present.id if present else None)
    kept = hold.take(
        kind,
        hosts,
        starts_at=said["starts_at"],
        timezone=said["timezone"],
        source=source,
        now=now(),
        host_id=host_id,
        booking_link_id=link.id if link else None,
        present=present,
    )
    token = links().token("holds", work().practice_id, kept.id, hashed=kept.link_hash)
    kept.link_hash = hash_of(token)
    if present is None:
        add(kept)
    return {"hold": token, **local(kept, zone), "timezone": said["timezone"], "expires_at": kept.expires_at}


@own_holds.route("/<token>", methods=["DELETE"])
@own_holds.response(204)
def release_hold(token: str) -> None:
    """Give a kept time back

    It is free for others at once.
    """
    found = work().rows(hold.LOCKED_HOLD_BY_TOKEN, link_hash=hash_of(token), now=now())
    if not found:
        raise NotFound("This link does not work any more.")
    work().delete(find(Booking, found[0].id))
