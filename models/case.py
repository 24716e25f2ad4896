"""A case: what the practice does for one student, for one client, and everything that happened in it."""

from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Update, update
from sqlalchemy.orm import Mapped

from domain.refusal import FieldError, Invalid, Refusal
from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, refers_to, unique_in_practice


class Case(TenantOwned, Base):
    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("state in ('open', 'on_hold', 'closed')", name="state"),
        Index("ix_cases_student", *unique_in_practice("student_id")),
        Index("ix_cases_client", *unique_in_practice("client_id")),
    )

    client_id: Mapped[UUID] = refers_to("clients")
    student_id: Mapped[UUID] = refers_to("students")
    advocate_id: Mapped[UUID] = refers_to("staff")
    title: Mapped[str]
    state: Mapped[str]
    # Where this case is chased on other days than the practice's.
    follow_up_policy: Mapped[dict[str, Any] | None]

    @classmethod
    def open(
        cls,
        *,
        client_id: UUID,
        student_id: UUID,
        title: str,
        advocate_id: UUID,
        state: str = "open",
        follow_up_policy: dict[str, Any] | None = None,
    ) -> "Case":
        return cls(
            client_id=client_id,
            student_id=student_id,
            title=title,
            advocate_id=advocate_id,
            state=state,
            follow_up_policy=follow_up_policy,
        )

    @classmethod
    def hand_over_all(cls, advocate_id: UUID, *, to: UUID) -> Update:
        """What somebody who leaves is responsible for; closed cases keep the name of who closed them."""
        theirs = update(cls).where(cls.advocate_id == advocate_id, cls.state != "closed")
        return theirs.values(advocate_id=to, version=cls.version + 1)


class OtherCase(Invalid):
    """What belongs to one case cannot be part of another: files of children are never mixed."""


class CaseClosed(Refusal):
    """From a case that is closed nothing is sent."""


class OfCase(Protocol):
    """A row that is part of one case."""

    @property
    def id(self) -> UUID: ...

    @property
    def case_id(self) -> UUID: ...


def same_case(case: Case, **parts: OfCase | None) -> None:
    """Raises `OtherCase` for each named part that is of another case; absent parts are fine."""
    detail = "This belongs to another case."
    errors = [FieldError(pointer=f"/{name}", detail=detail) for name, part in parts.items() if part and part.case_id != case.id]
    if errors:
        raise OtherCase(detail, errors)


CASES = Listing.of(Case, "state", "client_id", "student_id", "advocate_id")
