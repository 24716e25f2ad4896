"""A version of a student's IEP: a draft, then in force and immutable, then superseded by the next."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKeyConstraint,
    Select,
    UniqueConstraint,
    bindparam,
    column,
    func,
    select,
)
from sqlalchemy import text as sql_text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.calendar import must_be_in_order
from domain.refusal import FieldError, Invalid, Refusal
from models.base import Base
from models.case import Case, OtherCase
from models.listing import Listing
from models.prepared import Prepared
from models.tenancy import TenantOwned, refers_to, unique_in_practice

STATES = ("draft", "in_force", "superseded")
# Who has to agree to an amendment made without a meeting (34 CFR 300.324(a)(4)).
PARTIES = ("parent", "agency")


# Dates as days, since how a date is written is a setting; each part by itself, so that none can pass for two.
_PARTS = (
    *("(state = 'draft')::text", "student_id::text", "number::text", "(effective_from - date '2000-01-01')::text"),
    *("(effective_to - date '2000-01-01')::text", "md5(text)", "document_id::text", "based_on_id::text"),
    *("(amended_on - date '2000-01-01')::text", "md5(agreed_by::text)"),
)
DIGEST = "md5(" + " || '|' || ".join(f"coalesce({part}, '')" for part in _PARTS) + ")"
# What is hashed of a version, and of each of its provisions.
KEPT = ("id", "student_id", "number", "effective_from", "effective_to", "text", "document_id", "amended_on", "agreed_by")
PROMISED = (
    *("id", "support_id", "kind", "text", "minutes", "times", "per", "setting", "provider_role", "starts_on", "ends_on"),
    "source",
)


class Immutable(Refusal):
    """What was recorded is not rewritten; a correction is a new version."""


class NotADraft(Refusal):
    """Only a draft can be put in force."""


class NothingPromised(Refusal):
    """A version in force without a provision would leave the child with nothing that the school owes."""


class NotAgreed(Refusal):
    """An amendment changes the version in force, once parent and agency have agreed to it."""


class NotOfStudent(Invalid):
    """The IEP of one child says nothing about another's."""


class IepVersion(TenantOwned, Base):
    __tablename__ = "iep_versions"
    __table_args__ = (
        CheckConstraint("state in ('draft', 'in_force', 'superseded')", name="state"),
        CheckConstraint("effective_to >= effective_from", name="effective"),
        UniqueConstraint(*unique_in_practice("student_id", "number"), name="uq_iep_versions_number"),
        UniqueConstraint(*unique_in_practice("id", "is_draft"), name="uq_iep_versions_is_draft"),
        UniqueConstraint(*unique_in_practice("id", "content_digest"), name="uq_iep_versions_content_digest"),
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
    sha256: Mapped[str | None]
    # The database works these out: whether its provisions may change, and all that it says as one value (`IepVersionSeal`).
    is_draft: Mapped[bool | None] = mapped_column(Computed("state = 'draft'", persisted=True))
    content_digest: Mapped[str | None] = mapped_column(Computed(DIGEST, persisted=True))
    activated_at: Mapped[datetime | None]
    activated_by_id: Mapped[UUID | None] = refers_to("staff")
    superseded_at: Mapped[datetime | None]

    @classmethod
    def draft(
        cls,
        *,
        student_id: UUID,
        number: int,
        effective_from: date | None = None,
        effective_to: date | None = None,
        text: str | None = None,
        document_id: UUID | None = None,
        based_on: "IepVersion | None" = None,
        amended_on: date | None = None,
        agreed_by: Sequence[Mapping[str, Any]] = (),
    ) -> "IepVersion":
        """A draft, made of nothing or `based_on` an earlier version; with `amended_on` an amendment of that one."""
        if amended_on:
            _amended(based_on)
        if based_on is not None and based_on.student_id != student_id:
            raise of_another_student("/based_on_id")
        if effective_from is None:
            detail = "The document does not say from when it is in effect: say it here."
            raise Invalid(detail, [FieldError(pointer="/effective_from", detail=detail)])
        must_be_in_order(effective_from, effective_to, "/effective_to")
        return cls(
            student_id=student_id,
            number=number,
            state="draft",
            effective_from=effective_from,
            effective_to=effective_to,
            text=text,
            document_id=document_id,
            based_on_id=based_on.id if based_on else None,
            amended_on=amended_on,
            agreed_by=list(agreed_by),
            sha256=None,
            activated_at=None,
            superseded_at=None,
        )

    @classmethod
    def in_force(cls, student_id: UUID) -> Select["IepVersion"]:
        return select(cls).where(cls.student_id == student_id, cls.state == "in_force").with_for_update()

    def edit(self, *, amends: "IepVersion | None" = None, **said: Any) -> None:
        """Changes a draft. One that becomes an amendment goes on from the version in force, `amends`."""
        self.must_be_draft()
        for name, value in said.items():
            setattr(self, name, value)
        if self.amended_on is None and said.get("agreed_by"):
            detail = "Say on which day it was amended."
            raise Invalid(detail, [FieldError(pointer="/amended_on", detail=detail)])
        if self.amended_on is None:
            self.agreed_by = []
        elif self.based_on_id is None:
            self.based_on_id = _amended(amends).id
        must_be_in_order(self.effective_from, self.effective_to, "/effective_to")

    def must_be_draft(self) -> None:
        """Whoever changes a version, or a provision of it, asks here first."""
        if self.state != "draft":
            raise Immutable(f"Version {self.number} is {self.state.replace('_', ' ')}: record a new version instead.")

    def activate(
        self, *, instead_of: "Sequence[IepVersion]", promised: Sequence[Mapping[str, Any]], by: UUID, now: datetime
    ) -> None:
        """Puts the draft in force; what was in force is superseded in the same transaction.

        `promised` are its provisions as they stand. What is kept of them all is hashed, so that nobody has to believe that
        a version is still what it was.
        """
        if self.state != "draft":
            raise NotADraft(f"Version {self.number} is {self.state.replace('_', ' ')} already.")
        if not promised:
            raise NothingPromised(
                f"Version {self.number} has no provisions: it would put nothing in the place of what the child has. "
                "Record what it promises, or accept what was read in its document, and put it in force then."
            )
        if self.amended_on is not None:
            self._must_be_agreed(instead_of)
        for version in instead_of:
            version.state, version.superseded_at = "superseded", now
        self.state, self.activated_at, self.activated_by_id = "in_force", now, by
        self.sha256 = self.digest(promised)

    def _must_be_agreed(self, in_force: "Sequence[IepVersion]") -> None:
        if self.based_on_id not in {version.id for version in in_force}:
            raise NotAgreed("The version that this amends is not in force any more: amend the one that is.")
        missing = [party for party in PARTIES if party not in {agreed["party"] for agreed in self.agreed_by}]
        if missing:
            raise NotAgreed(
                "An amendment without a meeting is in force when parent and agency have agreed to it (34 CFR 300.324(a)(4)): "
                f"name in agreed_by who agreed for the {' and the '.join(missing)}."
            )

    def digest(self, promised: Iterable[Mapping[str, Any]]) -> str:
        """SHA-256 over what the version says and what it promises, in an order and a form that never change."""
        said = {name: getattr(self, name) for name in KEPT}
        lines = sorted(({name: line[name] for name in PROMISED} for line in promised), key=lambda line: str(line["id"]))
        return hashlib.sha256(orjson.dumps({**said, "provisions": lines}, option=orjson.OPT_SORT_KEYS)).hexdigest()


class IepVersionSeal(TenantOwned, Base):
    """What was put in force, once and for good: while a seal names what its version says, the database lets nobody say it
    otherwise, nor make a draft of it again."""

    __tablename__ = "iep_version_seals"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("iep_version_id"), name="uq_iep_version_seals_version"),
        ForeignKeyConstraint(
            unique_in_practice("iep_version_id", "content_digest"),
            [f"iep_versions.{column}" for column in unique_in_practice("id", "content_digest")],
            name="fk_iep_version_seals_content",
        ),
    )
    is_audited = False

    iep_version_id: Mapped[UUID]
    content_digest: Mapped[str]


def same_student(case: Case, version: IepVersion | None, pointer: str = "/provision_id") -> None:
    """Raises `OtherCase` unless the version is of the case's student; no version is fine."""
    if version is not None and version.student_id != case.student_id:
        detail = "This belongs to the IEP of another student."
        raise OtherCase(detail, [FieldError(pointer=pointer, detail=detail)])


def _amended(version: IepVersion | None) -> IepVersion:
    if version is None:
        detail = "There is no version in force that this could amend."
        raise Invalid(detail, [FieldError(pointer="/amended_on", detail=detail)])
    return version


def of_another_student(pointer: str) -> NotOfStudent:
    detail = "This belongs to the IEP of another student."
    return NotOfStudent(detail, [FieldError(pointer=pointer, detail=detail)])


IEP_VERSIONS = Listing.of(IepVersion, "student_id", "state")
LAST_NUMBER = Prepared(
    select(func.coalesce(func.max(IepVersion.number), 0).label("number")).where(
        IepVersion.student_id == bindparam("student_id")
    )
)
