"""What was read in a document: a proposal for people, made by the worker and never a provision by itself."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Delete, Index, Select, UniqueConstraint, bindparam, delete, func, select, update
from sqlalchemy.orm import Mapped

from domain.refusal import FieldError, Invalid, Refusal
from models.base import Base, among
from models.prepared import Prepared, columns_of
from models.tenancy import TenantOwned, practice_of, refers_to, unique_in_practice

STATES = ("waiting", "done")
WAITING_STATES = ("waiting",)
# Longer than to fetch a file and to read it may take.
LEASE = timedelta(minutes=3)
MOST_ATTEMPTS = 3
PAUSE = timedelta(minutes=1)
# What is read of documents that are no words.
_NO_WORDS = {"table": "table", "preview": "picture"}


class StillWaiting(Refusal):
    """What was read can be accepted once it was read."""


class NothingRead(Invalid):
    """Nothing was read that a version could be made of."""


class DocumentReading(TenantOwned, Base):
    __tablename__ = "document_readings"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("document_id"), name="uq_document_readings_document"),
        CheckConstraint("state in ('waiting', 'done')", name="state"),
        CheckConstraint("state = 'waiting' or reading is not null", name="done"),
        Index("ix_document_readings_waiting", "due_at", postgresql_where="state = 'waiting'"),
        Index("ix_document_readings_due", *unique_in_practice("due_at"), postgresql_where="state = 'waiting'"),
    )
    # What a machine made of a file; what people accepted of it is on record with their version.
    is_audited = False

    document_id: Mapped[UUID] = refers_to("documents")
    state: Mapped[str]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    lease_owner: Mapped[UUID | None]
    lease_number: Mapped[int]
    read_at: Mapped[datetime | None]
    reading: Mapped[dict[str, Any] | None]

    @classmethod
    def ask(cls, document_id: UUID, *, now: datetime) -> "DocumentReading":
        """A new document is to be read."""
        row = cls(document_id=document_id, lease_number=0)
        row.begin_anew(now=now)
        return row

    @classmethod
    def of_our_own(cls, document_id: UUID, *, now: datetime) -> "DocumentReading":
        """A letter that was written here is no IEP: there is nothing to read in it."""
        row = cls.ask(document_id, now=now)
        row.state, row.read_at = "done", now
        row.reading = {"refusal": {"reason": "not-an-iep", "detail": "This is a letter that was written here, and no IEP."}}
        return row

    @property
    def sheets(self) -> list[dict[str, Any]] | None:
        """The sheets of a table, each with its name and all its rows of cells; None of what is no table."""
        found: list[dict[str, Any]] | None = (self.reading or {}).get("table", {}).get("sheets")
        return found

    @property
    def preview(self) -> dict[str, Any] | None:
        """Of a picture: width, height, size and hash of its preview, which lies beside it (`models.files.Files.previews`)."""
        found: dict[str, Any] | None = (self.reading or {}).get("preview")
        return found

    def begin_anew(self, *, now: datetime) -> None:
        """It is to be read from now on, whatever was read before; who is at it comes too late to say."""
        self.state, self.due_at, self.attempts = "waiting", now, 0
        self.lease_owner = self.read_at = self.reading = None

    def accepted(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """What was read, for who takes it as it stands: from when to when it is in effect, and what it promises."""
        if self.reading is None:
            raise StillWaiting("This document is still being read: wait until its reading is done, or say all of it here.")
        if refusal := self.reading.get("refusal"):
            detail = f"Nothing was read in this document: {refusal['detail']}"
            raise NothingRead(detail, [FieldError(pointer="/document_id", detail=detail)])
        if other := next((called for part, called in _NO_WORDS.items() if part in self.reading), None):
            detail = f"This document is a {other}, and no IEP: no version can be made of it."
            raise NothingRead(detail, [FieldError(pointer="/document_id", detail=detail)])
        dates = _dates_in(self.reading, "effective_from", "effective_to")
        read: list[dict[str, Any]] = self.reading.get("provisions") or []
        return dates, [
            {**{name: value for name, value in line.items() if name != "confidence"}, **_dates_in(line, "starts_on", "ends_on")}
            for line in read
        ]

    @classmethod
    def of(cls, document_id: UUID) -> Select["DocumentReading"]:
        """That of a document, locked."""
        return select(cls).where(cls.document_id == document_id).with_for_update()

    @classmethod
    def all_of(cls, document_id: UUID) -> Delete:
        return delete(cls).where(cls.document_id == document_id)


def _dates_in(said: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The dates among these that were said, which JSON holds as text."""
    return {name: date.fromisoformat(said[name]) for name in names if said.get(name)}


def _claim() -> Any:
    """The one that has waited longest, leased: until the lease ends nobody else reads it, and what a reading comes to later
    than that is not written. The attempt is counted now, so that a document that ends its reader comes to an end too."""
    due = select(DocumentReading.id).where(
        among(DocumentReading.state, WAITING_STATES), DocumentReading.due_at <= bindparam("now")
    )
    due = due.order_by(DocumentReading.due_at, DocumentReading.id).limit(1).with_for_update(skip_locked=True)
    claimed = due.cte("claimed").prefix_with("materialized", dialect="postgresql")
    taken = (
        update(DocumentReading)
        .where(DocumentReading.id == claimed.c.id)
        .values(
            lease_owner=bindparam("owner"),
            lease_number=DocumentReading.lease_number + 1,
            attempts=DocumentReading.attempts + 1,
            due_at=bindparam("lease_until"),
            updated_at=bindparam("now"),
            version=DocumentReading.version + 1,
        )
    )
    return taken.returning(
        *(DocumentReading.id, DocumentReading.document_id, DocumentReading.attempts, DocumentReading.lease_number)
    )


def _while_leased(**values: Any) -> Prepared:
    """What became of an attempt: written by the holder of the lease, and by nobody else."""
    held = update(DocumentReading).where(
        DocumentReading.id == bindparam("row"),
        DocumentReading.lease_owner == bindparam("owner"),
        DocumentReading.lease_number == bindparam("lease"),
    )
    common: dict[str, Any] = {"lease_owner": None, "updated_at": bindparam("now"), "version": DocumentReading.version + 1}
    return Prepared(held.values(**common, **values).returning(DocumentReading.id))


CLAIM = Prepared(_claim())
DONE = _while_leased(state="done", read_at=bindparam("now"), reading=bindparam("said", type_=DocumentReading.reading.type))
LATER = _while_leased(due_at=bindparam("due_at"), attempts=bindparam("attempts"))
READING_OF = Prepared(select(*columns_of(DocumentReading)).where(DocumentReading.document_id == bindparam("document_id")))
PRACTICES_WITH_DOCUMENTS_TO_READ = Prepared(
    select(practice_of(DocumentReading).label("practice"))
    .where(among(DocumentReading.state, WAITING_STATES), DocumentReading.due_at <= bindparam("now"))
    .group_by(practice_of(DocumentReading))
    .order_by(func.min(DocumentReading.due_at))
    .limit(bindparam("most")),
    across_practices=True,
)
