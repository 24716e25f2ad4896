"""Everybody whom a practice knows by name, whatever kind of row holds them: clients, also of closed cases, and children;
who booked or enquired and is not forgotten yet; people of schools; the practice's own."""

from typing import Any

from sqlalchemy import bindparam, literal, null, select, union_all

from models.booking import Booking
from models.client import Client
from models.enquiry import Enquiry
from models.prepared import Prepared
from models.staff import Staff
from models.student import Student, StudentClient
from models.team_member import TeamMember

KINDS = ("client", "student", "booking", "enquiry", "team_member", "staff")


def _person(kind: str, model: Any, *, client: Any) -> Any:
    """A row's kind, id, name, email, phone, and the client whose row it is."""
    reached = [getattr(model, name, null()).label(name) for name in ("email", "phone")]
    return select(
        literal(kind).label("kind"), model.id.label("id"), model.name.label("name"), *reached, client.label("client_id")
    )


PEOPLE = Prepared(
    union_all(
        _person("client", Client, client=Client.id),
        _person("student", Student, client=null()),
        _person("booking", Booking, client=Booking.client_id).where(Booking.name.is_not(None)),
        _person("enquiry", Enquiry, client=Enquiry.client_id).where(Enquiry.name.is_not(None), Enquiry.state != "spam"),
        _person("team_member", TeamMember, client=null()),
        _person("staff", Staff, client=null()),
    )
)
# The children for whom a client speaks.
CHILDREN = Prepared(
    select(Student.id, Student.name)
    .join(StudentClient, StudentClient.student_id == Student.id)
    .where(StudentClient.client_id == bindparam("client_id"))
    .order_by(Student.id)
)
