"""A school's log that was taken into the service log: of which file, by which reading of its columns."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ARRAY, Date, Index, LargeBinary, any_, bindparam, or_, select
from sqlalchemy.orm import Mapped

from domain.refusal import FieldError
from domain.service_log import Log, Row, Session, key_of, pointers
from models.base import Base, among
from models.listing import Listing
from models.prepared import Prepared, columns_of
from models.provision import Provision
from models.service_session import NOT_GIVEN, ServiceSession, counting, fingerprint, minutes_are_wrong
from models.tenancy import TenantOwned, refers_to, unique_in_practice
from models.withdrawn import Withdrawable

if TYPE_CHECKING:
    from models.transaction import Transaction


class ServiceLogImport(TenantOwned, Withdrawable, Base):
    __tablename__ = "service_log_imports"
    __table_args__ = (Index("ix_service_log_imports_case", *unique_in_practice("case_id")),)

    case_id: Mapped[UUID] = refers_to("cases")
    document_id: Mapped[UUID] = refers_to("documents")
    imported_by_id: Mapped[UUID] = refers_to("staff")
    mapping: Mapped[dict[str, Any]]
    rows_taken: Mapped[int]
    # Those that an earlier import had taken in.
    rows_known: Mapped[int]
    # Empty lines, sums, headings.
    rows_left_out: Mapped[int]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = refers_to("staff")
    withdrawn_because: Mapped[str | None]

    @classmethod
    def take(
        cls, brought: "Brought", *, case_id: UUID, document_id: UUID, by: UUID, mapping: dict[str, Any]
    ) -> "ServiceLogImport":
        """The import of what a log brings that was not known, with its entries as `brought.new`."""
        row = cls(
            case_id=case_id,
            document_id=document_id,
            imported_by_id=by,
            mapping=mapping,
            rows_taken=brought.rows_taken,
            rows_known=brought.rows_known,
            rows_left_out=len(brought.log.left_out),
        )
        row.withdrawn_at = row.withdrawn_by_id = row.withdrawn_because = None
        for session in brought.new:
            session.import_id, session.document_id = row.id, document_id
        return row


@dataclass(frozen=True)
class Entry:
    """An entry that a log brings, and whether it was there already."""

    row: ServiceSession
    service: str | None
    is_known: bool


@dataclass(frozen=True)
class Brought:
    """What a log brings to a child's service log."""

    log: Log
    entries: Sequence[Entry] = ()
    # Bad rows, by their numbers.
    errors: Sequence[FieldError] = ()
    remarks: Sequence[str] = ()
    rows_taken: int = 0
    rows_known: int = 0
    new: Sequence[ServiceSession] = field(default_factory=list)


def brought(
    work: "Transaction", log: Log, provisions: Mapping[str, Any], *, student_id: UUID, source: str, by: UUID, today: date
) -> Brought:
    """What this log brings: by service, as its column has it, the provision; under "" that of all.

    The same row of the same log is known by what it says, whatever file it comes in; of rows that say the same, each by its
    place among them.
    """
    errors, marked = list(pointers(log.bad)), list[tuple[Row, Session, ServiceSession]]()
    equals: Counter[bytes] = Counter()
    for row in log.taken:
        for session in row.sessions:
            provision = provisions.get(key_of(session.service or "")) or provisions.get("")
            if provision is None:
                # It has to be asked of which provision these rows are.
                continue
            minutes = session.minutes or provision.minutes
            if wrong := minutes_are_wrong(minutes):
                errors.append(FieldError(pointer=f"/rows/{row.number}", detail=wrong))
                continue
            said = (provision.support_id, session.held_on, session.outcome, minutes, session.starts_at, session.provider)
            base = fingerprint(*(str(part) for part in said))
            mark = fingerprint(base.hex(), str(equals[base]))
            equals[base] += 1
            about: dict[str, Any] = {"by": by, "minutes": minutes, "mark": mark, "source": source, "row_number": row.number}
            marked.append((row, session, ServiceSession.brought(provision, session, **about)))
    there = {bytes(row.fingerprint) for row in _known(work, KNOWN_MARKS, student_id, [one.fingerprint for *_, one in marked])}
    entries = [Entry(one, session.service, one.fingerprint in there) for _, session, one in marked]
    new = [entry.row for entry in entries if not entry.is_known]
    numbers = {row.number for row, _, _ in marked}
    taken = {one.row_number for one in new}
    supports = {row.id: row.support_id for row in provisions.values() if row is not None}
    remarks = [
        *_made_up(work, student_id, marked, supports),
        *_beside(work, student_id, new, supports),
        *_ahead(new, today),
    ]
    errors.sort(key=lambda error: int(error["pointer"].rpartition("/")[2]))
    return Brought(log, entries, errors, remarks, len(taken), len(numbers) - len(taken & numbers), new)


def known(work: "Transaction", student_id: UUID, fingerprints: Iterable[bytes]) -> dict[bytes, Any]:
    """The student's entries with these fingerprints, by them: what came in before. What was withdrawn by itself does not come
    back with the next file; what was withdrawn with its whole import does."""
    return {bytes(row.fingerprint): row for row in _known(work, KNOWN, student_id, fingerprints)}


def _known(work: "Transaction", statement: Prepared, student_id: UUID, fingerprints: Iterable[bytes | None]) -> list[Any]:
    asked = sorted({one for one in fingerprints if one})
    return work.rows(statement, student_id=student_id, fingerprints=asked) if asked else []


def _made_up(
    work: "Transaction",
    student_id: UUID,
    marked: Sequence[tuple[Row, Session, ServiceSession]],
    supports: Mapping[UUID, UUID],
) -> list[str]:
    """Tells each make-up for what it was given, where the log says the day: what was missed then, in it or before it."""
    made_up = [(session.makes_up_for, one) for _, session, one in marked if session.makes_up_for]
    if not made_up:
        return []
    missed: dict[tuple[UUID, date], list[UUID]] = {}
    there = work.rows(MISSED_ON, student_id=student_id, days=sorted({day for day, _ in made_up}))
    for support_id, held_on, row_id in (
        *((row.support_id, row.held_on, row.id) for row in there),
        *((supports[one.provision_id], one.held_on, one.id) for _, _, one in marked if one.outcome in NOT_GIVEN),
    ):
        missed.setdefault((support_id, held_on), []).append(row_id)
    open_ = 0
    for day, one in made_up:
        for_these = missed.get((supports[one.provision_id], day), [])
        one.makes_up_for_id = for_these[0] if len(for_these) == 1 else None
        open_ += one.makes_up_for_id is None
    return [f"Make-ups for a day of which not one missed session is known: {open_}."] if open_ else []


def _beside(work: "Transaction", student_id: UUID, new: Sequence[ServiceSession], supports: Mapping[UUID, UUID]) -> list[str]:
    """Entries that others wrote of the same day: they may be of the same session, which then counts twice."""
    if not new:
        return []
    rows = work.rows(HELD_ON, student_id=student_id, days=sorted({one.held_on for one in new}))
    there = {(row.support_id, row.held_on) for row in rows}
    many = sum((supports[one.provision_id], one.held_on) in there for one in new)
    detail = f"Entries of a day of which another entry of this support is there: {many}. One session would count twice."
    return [detail] if many else []


def _ahead(new: Sequence[ServiceSession], today: date) -> list[str]:
    many = sum(one.held_on > today for one in new)
    return [f"Entries of days to come: {many}."] if many else []


SERVICE_LOG_IMPORTS = Listing.of(ServiceLogImport, "case_id")
_counts = counting(bindparam("student_id"))
_of_student = ServiceSession.student_id == bindparam("student_id")
_on_these = ServiceSession.held_on == any_(bindparam("days", type_=ARRAY(Date())))
_is_known = (
    _of_student,
    ServiceSession.fingerprint == any_(bindparam("fingerprints", type_=ARRAY(LargeBinary()))),
    or_(ServiceSession.withdrawn_at.is_(None), ServiceLogImport.withdrawn_at.is_(None)),
)
_of_import = ServiceLogImport.id == ServiceSession.import_id
KNOWN = Prepared(select(*columns_of(ServiceSession)).outerjoin(ServiceLogImport, _of_import).where(*_is_known))
# Of a log of thousands of rows, the marks alone.
KNOWN_MARKS = Prepared(
    select(ServiceSession.fingerprint).select_from(ServiceSession).outerjoin(ServiceLogImport, _of_import).where(*_is_known)
)
MISSED_ON = Prepared(
    select(ServiceSession.id, ServiceSession.held_on, Provision.support_id)
    .join(Provision, Provision.id == ServiceSession.provision_id)
    .where(_of_student, _on_these, *_counts, among(ServiceSession.outcome, NOT_GIVEN))
)
HELD_ON = Prepared(
    select(ServiceSession.held_on, Provision.support_id)
    .join(Provision, Provision.id == ServiceSession.provision_id)
    .where(_of_student, _on_these, *_counts)
    .distinct()
)
PROVISIONS_OF_IMPORT = Prepared(
    select(ServiceSession.provision_id).where(ServiceSession.import_id == bindparam("import_id")).distinct()
)
