"""What visitors are offered: which types, of which hosts, behind which link; and what they may answer and have to agree to."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from api.limits import client_address, too_many
from api.problems import unknown_reference
from api.verbs import find, now, practice, work
from domain.refusal import FieldError, Invalid
from domain.slots import Host
from models.booking_link import BOOKING_LINK_BY_TOKEN, BookingLink
from models.consultation_type import CONSULTATION_TYPE_BY_SLUG, ConsultationType
from models.hold import HOLD_BY_TOKEN, HOLDS_OF_SOURCE, MOST_FROM_ONE_SOURCE, source_hash
from models.link import hash_of
from models.staff import Staff
from models.transaction import NotFound


def booking_link(token: str | None) -> BookingLink | None:
    """The link that a visitor came by, if any; one that works no more is as one that never was: 404."""
    if token is None:
        return None
    found = work().rows(BOOKING_LINK_BY_TOKEN, link_hash=hash_of(token), now=now())
    if not found:
        raise NotFound("This link does not work any more.")
    link = find(BookingLink, found[0].id)
    if link.host_id is not None and find(Staff, link.host_id).ended_at is not None:
        raise NotFound("This link does not work any more.")
    return link


def offered_type(slug: str, link: BookingLink | None) -> ConsultationType:
    """The type that a visitor names, if it is open: a private one to who has its link alone."""
    found = work().rows(CONSULTATION_TYPE_BY_SLUG, slug=slug)
    if not found or (link is None and found[0].is_private):
        raise NotFound("There is no consultation of this kind.")
    if link is not None and link.consultation_type_id != found[0].id:
        raise NotFound("This link does not work any more.")
    return find(ConsultationType, found[0].id)


def chosen_host(kind: ConsultationType, link: BookingLink | None, wanted: UUID | None) -> UUID | None:
    """Whom a visitor comes to: the host of the link, or whoever they name where the type lets them."""
    whose = link.host_id if link else None
    if wanted is not None and wanted != whose and (whose is not None or not kind.visitors_choose_host):
        raise unknown_reference("/host_id")
    return wanted or whose


def must_host(hosts: list[Host], host_id: UUID | None) -> None:
    """Raises 422 for who does not hold consultations of this type: unknown, gone, another practice's, or busy otherwise."""
    if host_id is not None and all(host.id != host_id for host in hosts):
        raise unknown_reference("/host_id")


def own_hold(token: str | None) -> UUID | None:
    """The hold of who looks: its time is not in their way. One that has lapsed is none."""
    found = work().rows(HOLD_BY_TOKEN, link_hash=hash_of(token), now=now()) if token else []
    return found[0].id if found else None


def source_that_may_hold(*, besides: UUID | None) -> bytes:
    """Where this visitor comes from, as it is kept; 429 where three times are held from there already.

    Behind the lock on the hosts: of many who come from one address at once, three get one.
    """
    source = source_hash(client_address())
    theirs = work().rows(HOLDS_OF_SOURCE, source=source, now=now(), besides=besides)[0]
    if theirs.holds >= MOST_FROM_ONE_SOURCE:
        raise too_many((theirs.first - now()).total_seconds())
    return source


def agreed(consent: bool | None, source_url: str | None) -> dict[str, Any] | None:
    """What a visitor agreed to, where the practice asks for it: in its words of today, and when."""
    wording = practice().booking_consent
    if wording is None:
        return None
    if consent is not True:
        error = FieldError(pointer="/consent", detail="This practice needs your consent to book.")
        raise Invalid("Some of it is not valid.", [error])
    return {"wording": wording, "at": now().isoformat().replace("+00:00", "Z"), "source_url": source_url}


def local(row: Any, zone: ZoneInfo) -> dict[str, Any]:
    """When it starts and ends, by the clock of a zone."""
    return {"starts_at": row.starts_at.astimezone(zone), "ends_at": row.ends_at.astimezone(zone)}
