"""Whose row it is: the only file in which tenancy is written.

Three locks hold a practice's rows. The keys: every table of a practice has the primary key `(tenant_id, id)`, and what
refers to such a row carries both columns, so that the database cannot hold a row that points into another practice. Row
security, forced, for the low role that `enter_practice` takes. And the route: every statement of a transaction binds
`tenant_id`, here and nowhere else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, bindparam, event
from sqlalchemy.orm import (
    Mapped,
    MappedColumn,
    ORMExecuteState,
    Session,
    declared_attr,
    mapped_column,
    with_loader_criteria,
)

from models.base import new_id

APP_ROLE = "followthrough_app"
LOBBY_ROLE = "followthrough_lobby"
WORKER_ROLE = "followthrough_worker"

Statement = tuple[str, Mapping[str, object]]


class TenantOwned:
    """A row that belongs to one practice, has one id, and counts its versions."""

    # Whether its changes are kept on record; not for what is itself a record, or lives for a day only.
    is_audited = True

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-3)
    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-2)
    version: Mapped[int] = mapped_column(sort_order=90)
    created_at: Mapped[datetime] = mapped_column(sort_order=91)
    updated_at: Mapped[datetime] = mapped_column(sort_order=92)

    def __init_subclass__(cls, **options: Any) -> None:
        constraints: tuple[Any, ...] = cls.__dict__.get("__table_args__", ())
        table_name: str = cls.__tablename__  # type: ignore[attr-defined]
        practice = ForeignKeyConstraint(("tenant_id",), ("practices.id",), name=f"fk_{table_name}_practice")
        references = tuple(
            ForeignKeyConstraint(
                ("tenant_id", column.column.name or name),
                (f"{table}.tenant_id", f"{table}.id"),
                name=f"fk_{table_name}_{name}",
            )
            for name, column in vars(cls).items()
            if isinstance(column, MappedColumn) and (table := column.column.info.get("refers_to"))
        )
        cls.__table_args__ = (*constraints, practice, *references)  # type: ignore[attr-defined]
        super().__init_subclass__(**options)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        # One number is ETag, If-Match and the guard against lost updates: UPDATE ... WHERE version = :read.
        return {"version_id_col": cls.version}

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"id": new_id(), "version": 1, **values})


def refers_to(table: str, **options: Any) -> Any:
    """A column that names a row of another table of the same practice: the foreign key carries the practice."""
    return mapped_column(info={"refers_to": table}, **options)


def unique_in_practice(*columns: str) -> tuple[str, ...]:
    """The columns of a key that is unique within one practice: a global key would tell what another practice holds."""
    return ("tenant_id", *columns)


@dataclass(frozen=True)
class Opening:
    """How a transaction begins: the statements that take its role and practice, sent with its first statement in one trip.

    `admit` sees the rows of `questions` before anybody sees a row of the first statement, and raises who may not.
    """

    entering: Statement
    practice_id: UUID | None = None
    questions: Sequence[Statement] = ()
    admit: Callable[[list[list[Any]]], None] = field(default=lambda rows: None)


def practice(
    practice_id: UUID,
    questions: Sequence[Statement] = (),
    admit: Callable[[list[list[Any]]], None] = lambda rows: None,
) -> Opening:
    """The opening of a transaction inside one practice; `questions` may use %(practice)s."""
    asked = [(sql, {"practice": practice_id, **values}) for sql, values in questions]
    return Opening(("select enter_practice(%(practice)s)", {"practice": practice_id}), practice_id, asked, admit)


def lobby(person: UUID | None = None) -> Opening:
    """The opening of a transaction before any practice is known; with a person, who sees their own memberships."""
    return Opening(("select enter_lobby(%(person)s)", {"person": person}))


def queues() -> Opening:
    """The opening of the worker's look across practices: when and whose, in the queue tables alone."""
    return Opening(("select enter_queues()", {}))


def at_one_moment(opening: Opening) -> Opening:
    """The same door for who reads much: every statement sees the moment of the first, and none can change anything."""
    entering: Statement = ("set transaction isolation level repeatable read, read only", {})
    questions = (opening.entering, *opening.questions)
    return replace(opening, entering=entering, questions=questions, admit=lambda rows: opening.admit(rows[1:]))


def of_practice(statement: Any) -> Any:
    """The statement, bound to the practice (`:practice`) wherever it touches a practice's table."""
    return statement.options(
        with_loader_criteria(TenantOwned, lambda row: row.tenant_id == bindparam("practice"), include_aliases=True)
    )


def stamp(row: TenantOwned, practice_id: UUID) -> None:
    """Makes a new row the practice's."""
    vars(row)["tenant_id"] = practice_id


def practice_of(model: type[TenantOwned]) -> Any:
    """The column of a practice's rows that names the practice: for what is read across practices."""
    return model.tenant_id


def identity(practice_id: UUID, row_id: UUID) -> tuple[UUID, UUID]:
    """The primary key of a practice's row."""
    return practice_id, row_id


class PracticeSession(Session):
    """A session whose every statement, load and bulk change is bound to one practice."""


@event.listens_for(PracticeSession, "do_orm_execute")
def _bind_to_practice(state: ORMExecuteState) -> None:
    practice_id = state.session.info["practice_id"]
    state.statement = state.statement.options(
        with_loader_criteria(TenantOwned, lambda row: row.tenant_id == practice_id, include_aliases=True)
    )
