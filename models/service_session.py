"""A service session: an entry of the service log, which says that a service was given or was not (DOMAIN section 7)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, LargeBinary, Update, Uuid, any_, bindparam, select, update
from sqlalchemy.orm import Mapped, aliased, column_property, mapped_column

from domain.refusal import FieldError, Invalid
from domain.service_log import Session
from models.base import Base
from models.case import Case
from models.communication import CorrectedAlready
from models.document import Document
from models.iep_version import IepVersion
from models.listing import Listing
from models.prepared import Prepared, columns_of
from models.provision import Provision
from models.student import Student
from models.tenancy import TenantOwned, refers_to, unique_in_practice
from models.withdrawn import Withdrawable, WithdrawnAlready

if TYPE_CHECKING:
    from models.transaction import Transaction

OUTCOMES = ("delivered", "partial", "made_up", "missed", "student_absent", "school_closed")
MISSED_BY = ("provider", "school", "unknown")
# Who says so.
SOURCES = ("school", "provider", "parent", "child", "practice")
# A log of the whole year may be entered ahead.
MOST_DAYS_AHEAD = 366
# What can be made up.
NOT_GIVEN = ("missed", "student_absent")
# What a correction keeps of what it corrects, unless it says otherwise.
_KEPT = (
    *("starts_at", "minutes", "missed_by", "makes_up_for_id", "reason", "provider", "group_size", "source", "document_id"),
    *("import_id", "row_number"),
)
_NOTHING = "There is nothing with this id."


class ServiceSession(TenantOwned, Withdrawable, Base):
    __tablename__ = "service_sessions"
    __table_args__ = (
        CheckConstraint("minutes between 1 and 1440", name="minutes"),
        CheckConstraint(
            "outcome in ('delivered', 'partial', 'made_up', 'missed', 'student_absent', 'school_closed')", name="outcome"
        ),
        CheckConstraint("missed_by is null or outcome = 'missed'", name="missed_by"),
        CheckConstraint("makes_up_for_id is null or outcome = 'made_up'", name="makes_up"),
        CheckConstraint("source in ('school', 'provider', 'parent', 'child', 'practice')", name="source"),
        Index("ix_service_sessions_provision", *unique_in_practice("provision_id", "held_on")),
        Index("ix_service_sessions_student", *unique_in_practice("student_id", "held_on")),
        Index("ix_service_sessions_import", *unique_in_practice("import_id")),
        Index("ix_service_sessions_corrects", *unique_in_practice("corrects_id")),
        Index("ix_service_sessions_makes_up_for", *unique_in_practice("makes_up_for_id")),
        Index(
            "uq_service_sessions_fingerprint",
            *unique_in_practice("student_id", "fingerprint"),
            unique=True,
            postgresql_where="fingerprint is not null and withdrawn_at is null",
        ),
    )

    provision_id: Mapped[UUID] = refers_to("provisions")
    student_id: Mapped[UUID] = refers_to("students")
    held_on: Mapped[date]
    # Wall time, HH:MM, where the log says it.
    starts_at: Mapped[str | None]
    # Given; of what was not given, those that had been planned.
    minutes: Mapped[int]
    outcome: Mapped[str]
    missed_by: Mapped[str | None]
    makes_up_for_id: Mapped[UUID | None] = refers_to("service_sessions")
    reason: Mapped[str | None]
    provider: Mapped[str | None]
    group_size: Mapped[int | None]
    source: Mapped[str]
    document_id: Mapped[UUID | None] = refers_to("documents")
    import_id: Mapped[UUID | None] = refers_to("service_log_imports")
    row_number: Mapped[int | None]
    # Of a row of a log: the same row comes in once.
    fingerprint: Mapped[bytes | None] = mapped_column(LargeBinary)
    corrects_id: Mapped[UUID | None] = refers_to("service_sessions")
    recorded_by_id: Mapped[UUID] = refers_to("staff")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = refers_to("staff")
    withdrawn_because: Mapped[str | None]
    if TYPE_CHECKING:
        corrected_by_id: Any

    @classmethod
    def record(cls, named: "Named", *, by: UUID, today: date, held_on: date, outcome: str, **said: Any) -> "ServiceSession":
        """An entry, whose every id is among `named`. Raises `Invalid` with all that is wrong with it."""
        provision = named.provision(said.pop("provision_id"))
        corrects = named.corrected(said.get("corrects_id"), provision.student_id)
        kept = {name: getattr(corrects, name) if corrects else None for name in _KEPT}
        kept["missed_by"] = kept["missed_by"] if outcome == "missed" else None
        kept["makes_up_for_id"] = kept["makes_up_for_id"] if outcome == "made_up" else None
        row = cls(
            provision_id=provision.id,
            student_id=provision.student_id,
            held_on=held_on,
            outcome=outcome,
            recorded_by_id=by,
            **{"corrects_id": None, "fingerprint": None, **kept, **said},
        )
        row.minutes, row.source = row.minutes or provision.minutes, row.source or "practice"
        row.withdrawn_at = row.withdrawn_by_id = row.withdrawn_because = row.corrected_by_id = None
        # What a correction keeps was looked at when it was recorded.
        wrong: dict[str, str | None] = {
            "held_on": f"This is more than {MOST_DAYS_AHEAD} days ahead." if row.held_on > latest(today) else None,
            "minutes": minutes_are_wrong(row.minutes),
            "document_id": named.document_is_wrong(said.get("document_id"), row),
            "makes_up_for_id": named.make_up_is_wrong(said.get("makes_up_for_id"), row, provision),
        }
        errors = [FieldError(pointer=f"/{name}", detail=detail) for name, detail in wrong.items() if detail]
        if errors:
            raise Invalid("Some of it is not valid.", errors)
        return row

    @classmethod
    def brought(
        cls, provision: Any, session: Session, *, by: UUID, minutes: int, mark: bytes, source: str, row_number: int
    ) -> "ServiceSession":
        """An entry as a row of a log says it, known by its mark; which import it is of and what it makes up is said later."""
        said = {name: getattr(session, name) for name in ("held_on", "outcome", "missed_by", "starts_at", "reason", "provider")}
        row = cls(
            provision_id=provision.id,
            student_id=provision.student_id,
            minutes=minutes,
            group_size=session.group_size,
            source=source,
            row_number=row_number,
            fingerprint=mark,
            recorded_by_id=by,
            **said,
        )
        row.makes_up_for_id = row.document_id = row.import_id = row.corrects_id = None
        row.withdrawn_at = row.withdrawn_by_id = row.withdrawn_because = row.corrected_by_id = None
        return row

    @classmethod
    def withdraw_all(cls, import_id: UUID, *, by: UUID, because: str, now: datetime) -> Update:
        """What an import brought, and what corrects any of it; all that still counts."""
        theirs = update(cls).where(cls.import_id == import_id, cls.withdrawn_at.is_(None))
        said: dict[str, Any] = {"withdrawn_at": now, "withdrawn_by_id": by, "withdrawn_because": because, "updated_at": now}
        return theirs.values(**said, version=cls.version + 1)

    def must_stand(self) -> None:
        """Raises unless it counts: neither withdrawn nor corrected."""
        if self.withdrawn_at is not None:
            raise WithdrawnAlready("This was withdrawn: record it anew.")
        ServiceSession.must_be_newest(self, "This was corrected already: correct what corrected it.")

    def must_be_newest(self, detail: str) -> None:
        """Raises with this sentence where another entry corrects it: a session counts once, in the newest of its entries."""
        if self.corrected_by_id is not None:
            raise CorrectedAlready(detail, corrected_by_id=str(self.corrected_by_id))

    def says(self, said: Mapping[str, Any]) -> bool:
        """Whether it says what is said here, of all that is said here."""
        return all(getattr(self, name) == value for name, value in said.items())


_correction = aliased(ServiceSession)
ServiceSession.corrected_by_id = column_property(
    select(_correction.id)
    .where(_correction.corrects_id == ServiceSession.id, _correction.withdrawn_at.is_(None))
    .limit(1)
    .correlate(ServiceSession.__table__)
    .scalar_subquery()
)


def counting(student_id: Any) -> tuple[Any, ...]:
    """Of a student's entries, those that count. What corrects any of them is read once: looked up entry by entry, a log that
    has just come in takes the square of its length, until the database has counted its rows."""
    corrected = select(_correction.corrects_id).where(
        _correction.student_id == student_id, _correction.corrects_id.is_not(None), _correction.withdrawn_at.is_(None)
    )
    return ServiceSession.withdrawn_at.is_(None), ServiceSession.id.not_in(corrected)


@dataclass(frozen=True)
class Named:
    """What entries name by id, read at once however many they are; what is not found here is nobody's."""

    provisions: Mapping[UUID, Any]
    sessions: Mapping[UUID, Any]
    documents: Mapping[UUID, Any]

    @classmethod
    def by(cls, work: "Transaction", said: Sequence[Mapping[str, Any]], *, hold: bool = False) -> "Named":
        """What these bodies name; with their students held, where the second of two has to see what the first did."""

        def among(statement: Prepared, *fields: str) -> dict[UUID, Any]:
            ids = sorted({one[field] for one in said for field in fields if one.get(field)})
            return {row.id: row for row in work.rows(statement, ids=ids)} if ids else {}

        provisions = among(PROVISIONS_NAMED, "provision_id")
        if hold:
            for student_id in sorted({row.student_id for row in provisions.values()}):
                work.find(Student, student_id, lock=True)
        sessions = among(SESSIONS_NAMED, "makes_up_for_id", "corrects_id")
        return cls(provisions, sessions, among(DOCUMENTS_NAMED, "document_id"))

    def provision(self, provision_id: UUID) -> Any:
        found = self.provisions.get(provision_id)
        if found is None:
            raise _refused("provision_id", _NOTHING)
        return found

    def corrected(self, session_id: UUID | None, student_id: UUID) -> Any:
        if session_id is None:
            return None
        found = self.sessions.get(session_id)
        if found is None:
            raise _refused("corrects_id", _NOTHING)
        if found.student_id != student_id:
            raise _refused("corrects_id", "This is about another student.")
        ServiceSession.must_stand(found)
        return found

    def document_is_wrong(self, document_id: UUID | None, row: ServiceSession) -> str | None:
        if document_id is None:
            return None
        found = self.documents.get(document_id)
        if found is None:
            return _NOTHING
        return None if found.student_id == row.student_id else "This document is of another student."

    def make_up_is_wrong(self, session_id: UUID | None, row: ServiceSession, provision: Any) -> str | None:
        """What a make-up is given for was not given: of the same support, and it counts."""
        if session_id is None:
            return None
        missed = self.sessions.get(session_id)
        if missed is None:
            return _NOTHING
        if (missed.student_id, missed.support_id) != (row.student_id, provision.support_id):
            return "This is an entry of another support."
        if missed.outcome not in NOT_GIVEN:
            return "This was neither missed nor was the student absent: there is nothing to make up."
        if missed.withdrawn_at is not None or missed.corrected_by_id is not None:
            return "This does not count any more: it was corrected or withdrawn."
        if missed.held_on > row.held_on and not row.reason:
            return "It was missed later than it was made up: say in `reason` why it was given ahead."
        return None


def _refused(field: str, detail: str) -> Invalid:
    return Invalid(detail, [FieldError(pointer=f"/{field}", detail=detail)])


def minutes_are_wrong(minutes: int | None) -> str | None:
    if minutes is None:
        return "The provision says no minutes: say how many."
    return None if minutes <= 1440 else "The provision says minutes of more than a day: say how many."


def latest(today: date) -> date:
    """The last day of which an entry is taken."""
    return today + timedelta(days=MOST_DAYS_AHEAD)


def fingerprint(*parts: str) -> bytes:
    """What a row of a log, or an entry of another system, is known by: each part by itself, so that none can pass for two."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{len(part)}:{part}".encode())
    return digest.digest()


def reference_fingerprint(reference: str) -> bytes:
    return fingerprint("reference", reference)


SERVICE_SESSIONS = Listing.of(
    ServiceSession,
    *("provision_id", "student_id", "outcome", "source", "import_id"),
    held_from=ServiceSession.held_on >= bindparam("held_from"),
    held_to=ServiceSession.held_on <= bindparam("held_to"),
)
_ids = any_(bindparam("ids", type_=ARRAY(Uuid())))
PROVISIONS_NAMED = Prepared(
    select(Provision.id, Provision.minutes, Provision.support_id, Provision.text, IepVersion.student_id)
    .join(IepVersion, IepVersion.id == Provision.iep_version_id)
    .where(Provision.id == _ids)
)
SESSIONS_NAMED = Prepared(
    select(*columns_of(ServiceSession), Provision.support_id.label("support_id"))
    .join(Provision, Provision.id == ServiceSession.provision_id)
    .where(ServiceSession.id == _ids)
)
DOCUMENTS_NAMED = Prepared(
    select(Document.id, Case.student_id).join(Case, Case.id == Document.case_id).where(Document.id == _ids)
)
