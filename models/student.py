"""A student: the child whose IEP it is, with the clients who speak for the child."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Delete, Index, Select, UniqueConstraint, Uuid, bindparam, cast, delete, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.orm import Mapped, column_property

from models.base import Base
from models.case import Case
from models.client import Client
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice


class StudentClient(TenantOwned, Base):
    """Which client speaks for which student."""

    __tablename__ = "student_clients"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("student_id", "client_id"), name="uq_student_clients_pair"),
        Index("ix_student_clients_client", *unique_in_practice("client_id")),
    )

    student_id: Mapped[UUID] = refers_to("students")
    client_id: Mapped[UUID] = refers_to("clients")

    @classmethod
    def of(cls, student_id: UUID) -> Delete:
        """Takes away all who speak for a student, before others are named."""
        return delete(cls).where(cls.student_id == student_id)


class Student(TenantOwned, Base):
    __tablename__ = "students"

    name: Mapped[str]
    birth_date: Mapped[date | None]
    grade: Mapped[str | None]
    school: Mapped[str | None]
    district: Mapped[str | None]
    state: Mapped[str | None]
    disabilities: Mapped[list[Any]]
    # Its district's, where that is not the practice's.
    school_calendar_id: Mapped[UUID | None] = refers_to("school_calendars")
    if TYPE_CHECKING:
        client_ids: Any

    def spoken_for_by(self, clients: Iterable[Client]) -> list[StudentClient]:
        self.client_ids = list(dict.fromkeys(client.id for client in clients))
        return [StudentClient(student_id=self.id, client_id=client_id) for client_id in self.client_ids]


def clients_of(case: Case) -> Select[Client]:
    """The family of a case: whom the practice works for in it, and who else speaks for the child."""
    theirs = select(StudentClient.client_id).where(StudentClient.student_id == case.student_id)
    return select(Client).where(or_(Client.id == case.client_id, Client.id.in_(theirs))).order_by(Client.id)


Student.client_ids = column_property(
    select(func.coalesce(func.array_agg(StudentClient.client_id), cast(array([]), ARRAY(Uuid()))))
    .where(StudentClient.student_id == Student.id)
    .correlate(Student.__table__)
    .scalar_subquery()
)

STUDENTS = Listing.of(
    Student,
    client_id=Student.id.in_(select(StudentClient.student_id).where(StudentClient.client_id == bindparam("client_id"))),
)
