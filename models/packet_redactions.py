"""What the redacted edition of a packet may not say: names of this practice's other children, addresses, what staff marked."""

from uuid import UUID

from sqlalchemy import bindparam, select, union

from domain.redaction import Redactions
from models.case import Case
from models.client import Client
from models.packet import Packet
from models.prepared import Prepared
from models.staff import Staff
from models.student import Student, StudentClient
from models.team_member import TeamMember
from models.transaction import Transaction

_CHILDREN = Prepared(select(Student.id, Student.name).order_by(Student.id))
_ADULTS = Prepared(
    union(
        select(Staff.name),
        select(TeamMember.name).where(TeamMember.case_id == bindparam("case_id")),
        select(Client.name)
        .join(StudentClient, StudentClient.client_id == Client.id)
        .where(StudentClient.student_id == bindparam("student_id")),
        select(Client.name).where(Client.id == bindparam("client_id")),
    ).order_by("name")
)


def redactions_of(work: Transaction, packet: Packet) -> Redactions | None:
    """None for an edition that is not redacted."""
    asked = packet.redactions
    if asked is None:
        return None
    case = work.find(Case, packet.case_id)
    about: dict[str, UUID] = {"case_id": case.id, "student_id": case.student_id, "client_id": case.client_id}
    children = {row.id: row.name for row in work.rows(_CHILDREN)}
    child = children.pop(case.student_id)
    others = list(children.values()) if asked["other_children"] else []
    return Redactions(
        names=(*others, *asked["names"]),
        terms=tuple(asked["terms"]),
        addresses=asked["addresses"],
        child=child,
        adults=tuple(row.name for row in work.rows(_ADULTS, **about)),
    )
