"""Conflict checks: whom the practice knows already, searched and signed off before the call."""

from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.verbs import add, caller, find, now, work
from models.booking import Booking
from models.client import Client
from models.conflict_check import CONFLICT_CHECKS, NEWEST_CHECK, ConflictCheck, NobodyToSearch, Terms
from models.enquiry import Enquiry
from models.people import CHILDREN, PEOPLE
from models.retention import NOBODY_FORGETS
from schemas.base import PageQuery
from schemas.conflict_check import ConflictCheckSchema, SearchSchema, SignOffSchema

conflict_checks = StaffDoor(
    "conflict-checks", __name__, description="Whether somebody is known to the practice already, and who answers for it."
)


@conflict_checks.route("/clients/<uuid:client_id>/conflict-checks")
@conflict_checks.listing(CONFLICT_CHECKS, ConflictCheckSchema, PageQuery)
def list_checks_of_client(client_id: UUID) -> dict[str, UUID]:
    """Conflict checks of a client

    Newest first: the first of them counts.
    """
    return {"client_id": find(Client, client_id).id}


@conflict_checks.route("/clients/<uuid:client_id>/conflict-checks", methods=["POST"])
@conflict_checks.arguments(SearchSchema)
@conflict_checks.response(201, ConflictCheckSchema)
def check_client(said: dict[str, Any], client_id: UUID) -> ConflictCheck:
    """Search for who is like a client

    Or like the client's children, or whom `also` names; among clients, children, bookings, enquiries, people of schools, staff.
    """
    client = find(Client, client_id)
    children = work().rows(CHILDREN, client_id=client.id)
    names, own = [client.name, *(child.name for child in children)], frozenset(child.id for child in children)
    return _searched(said, {"client_id": client.id}, Terms(names, client.email, client.phone, own, client.id))


@conflict_checks.route("/bookings/<uuid:booking_id>/conflict-checks")
@conflict_checks.listing(CONFLICT_CHECKS, ConflictCheckSchema, PageQuery)
def list_checks_of_booking(booking_id: UUID) -> dict[str, UUID]:
    """Conflict checks of a booking

    Newest first: the first of them counts.
    """
    return {"booking_id": find(Booking, booking_id).id}


@conflict_checks.route("/bookings/<uuid:booking_id>/conflict-checks", methods=["POST"])
@conflict_checks.arguments(SearchSchema)
@conflict_checks.response(201, ConflictCheckSchema)
def check_booking(said: dict[str, Any], booking_id: UUID) -> ConflictCheck:
    """Search for who is like who booked

    Or like whom `also` names (the child, the other parent); among clients, children, bookings, enquiries, people of schools,
    staff. The booking shows how it stands.
    """
    return _searched_for(find(Booking, booking_id), "booking_id", said)


@conflict_checks.route("/enquiries/<uuid:enquiry_id>/conflict-checks")
@conflict_checks.listing(CONFLICT_CHECKS, ConflictCheckSchema, PageQuery)
def list_checks_of_enquiry(enquiry_id: UUID) -> dict[str, UUID]:
    """Conflict checks of an enquiry

    Newest first: the first of them counts.
    """
    return {"enquiry_id": find(Enquiry, enquiry_id).id}


@conflict_checks.route("/enquiries/<uuid:enquiry_id>/conflict-checks", methods=["POST"])
@conflict_checks.arguments(SearchSchema)
@conflict_checks.response(201, ConflictCheckSchema)
def check_enquiry(said: dict[str, Any], enquiry_id: UUID) -> ConflictCheck:
    """Search for who is like who enquired

    Or like whom `also` names (the child, the other parent); among clients, children, bookings, enquiries, people of schools,
    staff. The enquiry shows how it stands. What is taken for spam is reopened first.
    """
    enquiry = find(Enquiry, enquiry_id)
    if enquiry.state == "spam":
        raise NobodyToSearch("This is taken for spam: reopen it first.")
    return _searched_for(enquiry, "enquiry_id", said)


@conflict_checks.route("/conflict-checks/<uuid:conflict_check_id>")
@conflict_checks.response(200, ConflictCheckSchema)
def show_conflict_check(conflict_check_id: UUID) -> ConflictCheck:
    """A conflict check

    As it was searched; it is not searched again.
    """
    return find(ConflictCheck, conflict_check_id)


@conflict_checks.route("/conflict-checks/<uuid:conflict_check_id>/sign-off", methods=["POST"], role="advocate")
@conflict_checks.arguments(SignOffSchema)
@conflict_checks.response(200, ConflictCheckSchema)
def sign_off_conflict_check(said: dict[str, Any], conflict_check_id: UUID) -> ConflictCheck:
    """Sign off a conflict check

    Once, and the newest only: whoever comes to see it otherwise makes a new one.
    """
    check = find(ConflictCheck, conflict_check_id)
    [(about, row_id)] = check.subject.items()
    newest = work().rows(NEWEST_CHECK[about], **{about: row_id})[0].id
    check.sign_off(**said, newest=newest, by=caller().staff_id, now=now())
    return check


def _searched_for(asked: Booking | Enquiry, about: str, said: dict[str, Any]) -> ConflictCheck:
    if asked.name is None or asked.state == "held":
        raise NobodyToSearch("Who this is about is not known yet, or not kept any more.")
    terms = Terms([asked.name], asked.email, asked.phone, frozenset([asked.id]), asked.client_id)
    return _searched(said, {about: asked.id}, terms)


def _searched(said: dict[str, Any], subject: dict[str, UUID], terms: Terms) -> ConflictCheck:
    named = terms.besides(said.get("also", ()))
    work().rows(NOBODY_FORGETS)
    people = work().rows(PEOPLE)
    return add(ConflictCheck.search(named, people, subject=subject, by=caller().staff_id, now=now()))
