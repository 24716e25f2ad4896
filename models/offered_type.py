"""What visitors see of the types of consultations that they can book."""

from typing import Any

from sqlalchemy import String, bindparam, case, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from models.availability import Availability
from models.consultation_type import ConsultationType
from models.listing import Listing
from models.prepared import columns_of
from models.staff import Staff


def _hosts_to_choose() -> Any:
    """Who can be chosen, as [{id, name}], by name; nobody where visitors do not choose."""
    nobody = literal([], JSONB)
    named = ConsultationType.hosts.contains(
        func.jsonb_build_array(func.jsonb_build_object("staff_id", cast(Staff.id, String)), type_=JSONB)
    )
    shown = func.jsonb_build_object("id", Staff.id, "name", Staff.name)
    found = (
        select(func.jsonb_agg(aggregate_order_by(shown, Staff.name, Staff.id)))
        .join(Availability, Availability.staff_id == Staff.id)
        .where(Staff.ended_at.is_(None), or_(ConsultationType.hosts == nobody, named))
        .correlate(ConsultationType)
        .scalar_subquery()
    )
    return case((ConsultationType.visitors_choose_host, func.coalesce(found, nobody)), else_=nobody)


def _shown_location() -> Any:
    """How it is held; where exactly, only who has booked is told: the address of a call, a number, a place."""
    told = [part for name in ("kind", "who_calls") for part in (name, ConsultationType.location[name])]
    shown = func.jsonb_strip_nulls(func.jsonb_build_object(*told), type_=JSONB)
    return case((ConsultationType.location.is_not(None), shown))


_offered = select(
    *(column for column in columns_of(ConsultationType) if column.key not in ("location", "hosts")),
    (ConsultationType.price_cents == 0).label("is_free"),
    _shown_location().label("location"),
    _hosts_to_choose().label("hosts"),
).where(ConsultationType.is_open)
# No visitor learns of types that cannot be booked, or only by those who have a link.
OPEN_CONSULTATION_TYPES = Listing(_offered.where(ConsultationType.is_private.is_(False)), (ConsultationType.id,), {})
# Behind a link: the one type that it is for, private or not. Binds `linked_id`.
LINKED_CONSULTATION_TYPES = Listing(_offered.where(ConsultationType.id == bindparam("linked_id")), (ConsultationType.id,), {})
