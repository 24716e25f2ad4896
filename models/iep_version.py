"""A version of a student's IEP: a draft, then in force and immutable, then superseded by the next."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, Select, UniqueConstraint, bindparam, column, func, select
from sqlalchemy import text as sql_text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.calendar import must_be_in_order
from domain.refusal import FieldError, Refusal
from models.base import Base
from models.case import Case, OtherCase
from models.listing import Listing
from models.prepared import Prepared
from models.tenancy import TenantOwned, refers_to, unique_in_practice

STATES = ("draft", "in_force", "superseded")


class Immutable(Refusal):
    """What was recorded is not rewritten; a correction is a new version."""


class NotADraft(Refusal):
    """Only a draft can be put in force."""


class IepVersion(TenantOwned, Base):
    __tablename__ = "iep_versions"
    __table_args__ = (
        CheckConstraint("state in ('draft', 'in_force', 'superseded')", name="state"),
        CheckConstraint("effective_to >= effective_from", name="effective"),
        UniqueConstraint(*unique_in_practice("student_id", "number"), name="uq_iep_versions_number"),
        # Checked at the commit, since one version is superseded and the other put in force in one transaction.
        ExcludeConstraint(
            *((column(name), "=") for name in unique_in_practice("student_id")),
            using="btree",
            where="state = 'in_force'",
            deferrable=True,
            initially="DEFERRED",
            name="ex_iep_versions_one_in_force",
        ),
    )

    student_id: Mapped[UUID] = refers_to("students")
    number: Mapped[int]
    state: Mapped[str]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    text: Mapped[str | None]
    document_id: Mapped[UUID | None] = refers_to("documents")
    based_on_id: Mapped[UUID | None] = refers_to("iep_versions")
    amended_on: Mapped[date | None]
    agreed_by: Mapped[list[Any]] = mapped_column(server_default=sql_text("'[]'"))
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary)
    activated_at: Mapped[datetime | None]
    activated_by_id: Mapped[UUID | None] = refers_to("staff")
    superseded_at: Mapped[datetime | None]

    @classmethod
    def draft(
        cls,
        *,
        student_id: UUID,
        number: int,
        effective_from: date,
        effective_to: date | None = None,
        text: str | None = None,
    ) -> "IepVersion":
        return cls(
            student_id=student_id,
            number=number,
            state="draft",
            effective_from=effective_from,
            effective_to=effective_to,
            text=text,
        )

    @classmethod
    def in_force(cls, student_id: UUID) -> Select["IepVersion"]:
        return select(cls).where(cls.student_id == student_id, cls.state == "in_force").with_for_update()

    def edit(self, **said: Any) -> None:
        """Changes a draft."""
        self.must_be_draft()
        for name, value in said.items():
            setattr(self, name, value)
        must_be_in_order(self.effective_from, self.effective_to, "/effective_to")

    def must_be_draft(self) -> None:
        """Whoever changes a version, or a provision of it, asks here first."""
        if self.state != "draft":
            raise Immutable(f"Version {self.number} is {self.state.replace('_', ' ')}: record a new version instead.")

    def activate(self, *, instead_of: "list[IepVersion]", by: UUID, now: datetime) -> None:
        """Puts the draft in force; what was in force is superseded in the same transaction."""
        if self.state != "draft":
            raise NotADraft(f"Version {self.number} is {self.state.replace('_', ' ')} already.")
        for version in instead_of:
            version.state, version.superseded_at = "superseded", now
        self.state, self.activated_at, self.activated_by_id = "in_force", now, by


def same_student(case: Case, version: IepVersion | None, pointer: str = "/provision_id") -> None:
    """Raises `OtherCase` unless the version is of the case's student; no version is fine."""
    if version is not None and version.student_id != case.student_id:
        detail = "This belongs to the IEP of another student."
        raise OtherCase(detail, [FieldError(pointer=pointer, detail=detail)])


IEP_VERSIONS = Listing.of(IepVersion, "student_id", "state")
LAST_NUMBER = Prepared(
    select(func.coalesce(func.max(IepVersion.number), 0).label("number")).where(
        IepVersion.student_id == bindparam("student_id")
    )
)
