"""Who looked at a child's record, and to whom it was disclosed (34 CFR 300.614, 99.32): kept for good, rewritten by nobody."""

from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, Select, Uuid, any_, bindparam, func, inspect, literal, select, text, true
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import Mapped, mapped_column

from models.api_key import ApiKey
from models.audit_entry import Actor
from models.base import Base, new_id
from models.listing import Listing
from models.practice import Practice
from models.prepared import Prepared, columns_of
from models.staff import Staff
from models.student import Student
from models.tenancy import TenantOwned, practice_of, refers_to, unique_in_practice

READ, EXPORTED = "read", "exported"
# What takes the record, or a part of it, out of the practice, and what becomes of that.
DISCLOSURES = (
    *("packet_made", "packet_downloaded", "packet_shared", "share_opened", "share_withdrawn", "packet_discarded"),
    EXPORTED,
)
KINDS = (READ, *DISCLOSURES)


class AccessEntry(TenantOwned, Base):
    __tablename__ = "access_entries"
    __table_args__ = (
        Index("ix_access_entries_student", *unique_in_practice("student_id", "sequence")),
        Index(
            "uq_access_entries_read",
            *unique_in_practice("student_id", "reader_id", "resource", "hour"),
            unique=True,
            postgresql_where="hour is not null",
        ),
    )
    # It is a record itself.
    is_audited = False

    sequence: Mapped[int] = mapped_column(BigInteger, server_default=text("nextval('access_entries_sequence')"))
    student_id: Mapped[UUID] = refers_to("students")
    kind: Mapped[str]
    # What was read, as its path calls it; which one, where it was one.
    resource: Mapped[str]
    row_id: Mapped[UUID | None]
    actor: Mapped[str]
    staff_id: Mapped[UUID | None] = refers_to("staff")
    sign_in_id: Mapped[UUID | None]
    api_key_id: Mapped[UUID | None] = refers_to("api_keys")
    packet_share_id: Mapped[UUID | None] = refers_to("packet_shares")
    disclosed_to: Mapped[str | None]
    purpose: Mapped[str | None]
    # Of what was read: by which sign-in or key, and in which hour; the same within it is read once.
    reader_id: Mapped[UUID | None]
    hour: Mapped[datetime | None]
    request_id: Mapped[str | None]

    @classmethod
    def disclosed(
        cls,
        kind: str,
        *,
        by: Actor,
        student_id: UUID,
        resource: str,
        row_id: UUID | None,
        to: str | None = None,
        purpose: str | None = None,
        packet_share_id: UUID | None = None,
    ) -> "AccessEntry":
        """What left the practice, or was made to: to be added in the transaction of the effect, of one that reads too.

        `kind` is one of DISCLOSURES; `to` says in words who has it, `purpose` why.
        """
        assert kind in DISCLOSURES, kind
        return cls(
            kind=kind,
            student_id=student_id,
            resource=resource,
            row_id=row_id,
            packet_share_id=packet_share_id,
            disclosed_to=to,
            purpose=purpose,
            **_of(by),
        )


def read_by(by: Actor, now: datetime, *, row_ids: list[UUID], resource: str, row_id: UUID | None) -> dict[str, object]:
    """The values for `of_children`: who read these rows, and as what."""
    return {
        **_of(by),
        "row_ids": row_ids,
        "new_ids": [new_id() for _ in row_ids],
        "kind": READ,
        "resource": resource,
        "row_id": row_id,
        "reader_id": by.api_key_id or by.sign_in_id,
        "hour": now.replace(minute=0, second=0, microsecond=0),
    }


@cache
def of_children(model: type[Base]) -> Prepared:
    """An entry for each child whom these rows of this table are about; none where the same was read within the hour.

    Child and reader are held before: who is changing them is waited for with nothing in hand that they could want.
    """
    ids = bindparam("row_ids", type_=ARRAY(Uuid()))
    are_meant = Student.id == any_(ids) if model is Student else Student.id.in_(_children_of(model, ids))
    held = (
        select(practice_of(Student), Student.id)
        .join(Staff, Staff.id == bindparam("staff_id"))
        .where(are_meant)
        .order_by(Student.id)
        .with_for_update(read=True, key_share=True)
        .cte("held")
    )
    drawn = select(bindparam("new_ids", type_=ARRAY(Uuid())).label("ids")).cte("drawn")
    told = ("kind", "resource", "row_id", "reader_id", "hour", *_of(Actor("staff")))
    columns = inspect(AccessEntry).columns
    values = {name: bindparam(name, type_=columns[name].type) for name in told}
    values |= {name: bindparam("now", type_=columns[name].type) for name in ("created_at", "updated_at")}
    practice, child = held.columns
    new = select(practice, child, drawn.c.ids[func.row_number().over()], literal(1), *values.values())
    names = [practice_of(AccessEntry), AccessEntry.student_id, AccessEntry.id, AccessEntry.version, *values]
    once = [practice_of(AccessEntry), *unique_in_practice("student_id", "reader_id", "resource", "hour")[1:]]
    statement = insert(AccessEntry).from_select(names, new.select_from(held.join(drawn, true())))
    return Prepared(statement.on_conflict_do_nothing(index_elements=once, index_where=AccessEntry.hour.is_not(None)))


@cache
def about_children(table: str) -> type[Base] | None:
    """The model of a table whose rows are each about a child; None of any other."""
    model = _models().get(table)
    return model if model and _way_to_child(model) is not None else None


def _children_of(model: type[Base], ids: Any) -> Select[Any]:
    first, *further = _way_to_child(model) or ()
    found, last = select(model).where(model.id == any_(ids)), first  # type: ignore[attr-defined]
    for column in further:
        found, last = found.join(column.class_, column.class_.id == last), column
    return found.with_only_columns(last)


@cache
def _way_to_child(model: type[Base]) -> tuple[Any, ...] | None:
    """The columns to follow from a row to its child, each of which must name something; the shortest way."""
    ways: list[tuple[type[Base], tuple[Any, ...]]] = [(model, ())]
    seen = {model}
    for at, way in ways:
        if at is Student:
            return way
        for attribute in inspect(at).column_attrs:
            column = attribute.columns[0]
            named = None if getattr(column, "nullable", True) else _models().get(column.info.get("refers_to", ""))
            if named and named not in seen:
                seen.add(named)
                ways.append((named, (*way, getattr(at, attribute.key))))
    return None


@cache
def _models() -> dict[str, type[Base]]:
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}


def _of(by: Actor) -> dict[str, object]:
    """Who it is, as the columns call it."""
    return {
        "actor": by.kind,
        "staff_id": by.staff_id,
        "sign_in_id": by.sign_in_id,
        "api_key_id": by.api_key_id,
        "request_id": by.request_id,
    }


ACCESS_ENTRIES = Listing(
    select(
        *columns_of(AccessEntry),
        Staff.name.label("staff_name"),
        Staff.role.label("staff_role"),
        ApiKey.name.label("api_key_name"),
        # In whose words it is told, unless others are asked for.
        select(Practice.language).where(Practice.id == bindparam("practice")).scalar_subquery().label("language"),
    )
    .outerjoin(Staff, Staff.id == AccessEntry.staff_id)
    .outerjoin(ApiKey, ApiKey.id == AccessEntry.api_key_id),
    (AccessEntry.sequence, AccessEntry.id),
    {
        "student_id": AccessEntry.student_id == bindparam("student_id"),
        "kind": AccessEntry.kind == bindparam("kind"),
        "staff_id": AccessEntry.staff_id == bindparam("staff_id"),
        "since": AccessEntry.created_at >= bindparam("since"),
        "before": AccessEntry.created_at < bindparam("before"),
        "is_disclosure": AccessEntry.kind != READ,
    },
    newest_first=True,
)
