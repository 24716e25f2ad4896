"""A provision: one support that an IEP version promises, in the words of the IEP."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Select, bindparam, select
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, column_property, mapped_column

from domain.calendar import must_be_in_order
from domain.changes import Promise, changes
from domain.refusal import FieldError, Invalid
from models.base import Base
from models.iep_version import PROMISED, IepVersion
from models.listing import Listing
from models.practice import Practice
from models.prepared import Prepared, columns_of
from models.tenancy import TenantOwned, practice_of, refers_to, unique_in_practice

KINDS = ("service", "accommodation", "modification", "goal", "support")
PERIODS = ("day", "week", "two_weeks", "month", "quarter", "trimester", "semester", "year")


class Provision(TenantOwned, Base):
    __tablename__ = "provisions"
    __table_args__ = (
        CheckConstraint("minutes > 0 and times > 0", name="amount"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        Index("ix_provisions_iep_version", *unique_in_practice("iep_version_id")),
        ForeignKeyConstraint(
            unique_in_practice("iep_version_id", "is_draft"),
            [f"iep_versions.{column}" for column in unique_in_practice("id", "is_draft")],
            name="fk_provisions_draft",
            onupdate="CASCADE",
        ),
        Index("uq_provisions_support", *unique_in_practice("iep_version_id", "support_id"), unique=True),
    )

    iep_version_id: Mapped[UUID] = refers_to("iep_versions")
    kind: Mapped[str]
    text: Mapped[str]
    minutes: Mapped[int | None]
    times: Mapped[int | None]
    per: Mapped[str | None]
    setting: Mapped[str | None]
    provider_role: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    # The same support in another version has the same one.
    support_id: Mapped[UUID | None]
    # Where in the document it was read: page, line, and the words as they stand there.
    source: Mapped[dict[str, Any] | None]
    # As long as its version is one; the database changes it along with that, and then keeps this row.
    is_draft: Mapped[bool] = mapped_column(server_default=sql_text("true"))

    if TYPE_CHECKING:
        # What the practice wants to be found in its wording: read with it, since every answer weighs it.
        wording_terms: Any

    @classmethod
    def promise(cls, version: IepVersion, **said: Any) -> "Provision":
        """A support of a draft; a version in force takes no more. It is a support of its own until it is known to be another
        version's."""
        version.must_be_draft()
        fields = {name: said.get(name) for name in PROMISED if name != "id"}
        row = cls(iep_version_id=version.id, is_draft=True, **fields)
        row.support_id = row.support_id or row.id
        return row

    @classmethod
    def carried_over(cls, version: IepVersion, earlier: Iterable[Any]) -> "list[Provision]":
        """The supports of an earlier version, in this one: each is still the same support."""
        names = [name for name in PROMISED if name not in ("id", "source")]
        return [cls.promise(version, **{name: getattr(row, name) for name in names}) for row in earlier]

    @classmethod
    def of(cls, version_id: UUID) -> Select["Provision"]:
        """Those of a version, locked."""
        return select(cls).where(cls.iep_version_id == version_id).order_by(cls.id).with_for_update()

    def edit(self, version: IepVersion, **said: object) -> None:
        """Changes a support of a draft."""
        version.must_be_draft()
        for name, value in said.items():
            setattr(self, name, value)
        # A support of its own again, and of no other version.
        self.support_id = self.support_id or self.id
        must_be_in_order(self.starts_on, self.ends_on, "/ends_on")


Provision.wording_terms = column_property(
    select(Practice.wording_terms).where(Practice.id == practice_of(Provision)).correlate(Provision.__table__).scalar_subquery()
)


def promises(rows: Iterable[Any]) -> list[Promise]:
    """Provisions as they are compared; each `key` is the row."""
    names = [name for name in PROMISED if name not in ("id", "support_id", "source")]
    return [Promise(**{name: getattr(row, name) for name in names}, key=row, identity=_identity(row)) for row in rows]


def _identity(row: Any) -> str | None:
    return str(row.support_id) if row.support_id else None


def amended(version: IepVersion, earlier: Iterable[Any], promised: Iterable[Mapping[str, Any]]) -> list[Provision]:
    """The provisions of an amendment: those of the version that it amends, but for the lines that it says anew."""
    before, new = list(earlier), [Provision.promise(version, **line) for line in promised]
    dates = {"before_from": version.effective_from, "after_from": version.effective_from}
    replaced = {
        id(change.before.key): change.after.key
        for change in changes(promises(before), promises(new), **dates)
        if change.before and change.after
    }
    kept = Provision.carried_over(version, (row for row in before if id(row) not in replaced))
    for row in before:
        if id(row) in replaced:
            line: Any = replaced[id(row)]
            line.support_id = row.support_id
    return [*kept, *new]


def same_supports(before: Iterable[Any], after: Sequence[Provision], *, before_from: date, after_from: date) -> None:
    """Gives those of a draft that are nobody's yet the identity of the support of the earlier version that they go on."""
    taken = {row.support_id for row in after}
    for change in changes(promises(before), promises(after), before_from=before_from, after_from=after_from):
        earlier: Any = change.before and change.before.key
        later: Any = change.after and change.after.key
        if earlier and later and later.support_id == later.id and earlier.support_id not in taken:
            later.support_id = earlier.support_id
            taken.add(later.support_id)


def must_be_supports(named: Mapping[str, UUID | None], known: Iterable[UUID]) -> None:
    """Raises `Invalid` unless each support that is named, by its pointer, is one of the student's."""
    supports, detail = set(known), "No version of this student's IEP has this support."
    errors = [FieldError(pointer=at, detail=detail) for at, support in named.items() if support and support not in supports]
    if errors:
        raise Invalid(detail, errors)


# Every support of a student's IEP, whichever version it stands in.
SUPPORTS_OF = Prepared(
    select(Provision.support_id)
    .join(IepVersion, IepVersion.id == Provision.iep_version_id)
    .where(IepVersion.student_id == bindparam("student_id"))
    .distinct()
)
PROVISIONS = Listing.of(Provision, "iep_version_id", "kind", "support_id")
# All of one version, in the order in which they were recorded.
PROVISIONS_OF = Prepared(
    select(*columns_of(Provision)).where(Provision.iep_version_id == bindparam("iep_version_id")).order_by(Provision.id)
)
