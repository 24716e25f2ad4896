"""A packet: the evidence of a case in one PDF and one ZIP, built by the worker as of one moment."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Date,
    Index,
    LargeBinary,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    func,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column

from domain.packet import PURPOSES as _PURPOSES
from domain.packet import in_order, with_corrections
from domain.refusal import Refusal
from models.base import Base, among
from models.case import Case
from models.communication import Communication, CommunicationDocument
from models.document import Document
from models.iep_version import IepVersion
from models.listing import Listing
from models.observation import Observation, ObservationDocument
from models.prepared import Prepared, columns_of
from models.service_log_import import ServiceLogImport
from models.service_session import ServiceSession
from models.tenancy import TenantOwned, practice_of, refers_to, unique_in_practice
from models.transaction import Transaction

PURPOSES = tuple(_PURPOSES)
STATES = ("waiting", "done", "failed", "cancelled", "discarded")
WAITING_STATES = ("waiting",)
# In this order; what each makes lies in the place for files before the next begins.
STAGES = ("facts", "exhibits", "paper", "together", "archive", "done")
FORMATS = {"pdf": "application/pdf", "zip": "application/zip"}
# It is renewed while the work goes on, and far longer than the time between two renewals.
LEASE = timedelta(minutes=2)
# Of one step: whoever gets one done begins to count anew.
MOST_ATTEMPTS = 3
PAUSE = timedelta(seconds=20)
MOST_EXHIBITS = 200
_TITLES = {
    "en": {
        "team_meeting": "Packet for the team meeting",
        "mediation": "Packet for mediation",
        "state_complaint": "Packet for a state complaint",
        "due_process": "Packet for due process",
    },
    "es": {
        "team_meeting": "Expediente para la reunión del equipo",
        "mediation": "Expediente para la mediación",
        "state_complaint": "Expediente para una queja estatal",
        "due_process": "Expediente para el debido proceso",
    },
}


class NotThere(Refusal):
    """It has no content: it is not built yet, or not any more."""


class NotNow(Refusal):
    """In this state that cannot be done with it."""


class Packet(TenantOwned, Base):
    __tablename__ = "packets"
    __table_args__ = (
        CheckConstraint("purpose in ('team_meeting', 'mediation', 'state_complaint', 'due_process')", name="purpose"),
        CheckConstraint("state in ('waiting', 'done', 'failed', 'cancelled', 'discarded')", name="state"),
        CheckConstraint("from_on is null or to_on is null or to_on >= from_on", name="span"),
        CheckConstraint("state <> 'done' or (pdf_sha256 is not null and zip_sha256 is not null)", name="done"),
        Index("ix_packets_case", *unique_in_practice("case_id")),
        Index("ix_packets_waiting", "due_at", postgresql_where="state = 'waiting'"),
        Index("ix_packets_due", *unique_in_practice("due_at"), postgresql_where="state = 'waiting'"),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    requested_by_id: Mapped[UUID] = refers_to("staff")
    purpose: Mapped[str]
    title: Mapped[str]
    language: Mapped[str]
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    parts: Mapped[list[Any]]
    # In their order: {document_id, title, note}.
    exhibits: Mapped[list[Any]]
    # With these it is a redacted edition.
    redactions: Mapped[dict[str, Any] | None]
    # What only the family can say of a state complaint (34 CFR 300.153(b)).
    complaint: Mapped[dict[str, Any] | None]
    # Of what 34 CFR 300.153(b) asks for, what is not there.
    missing: Mapped[list[Any] | None]
    state: Mapped[str]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    lease_owner: Mapped[UUID | None]
    lease_number: Mapped[int]
    # How far it has come: in which stage, and so many of so many there.
    stage: Mapped[str]
    stage_done: Mapped[int]
    stage_of: Mapped[int]
    # Everything in it is as of this moment.
    as_of: Mapped[datetime | None]
    built_at: Mapped[datetime | None]
    failure: Mapped[str | None]
    # What is in it: parts and exhibits with their pages and hashes.
    contents: Mapped[dict[str, Any] | None]
    pages: Mapped[int | None]
    pdf_bytes: Mapped[int | None]
    pdf_sha256: Mapped[bytes | None] = mapped_column(LargeBinary)
    zip_bytes: Mapped[int | None]
    zip_sha256: Mapped[bytes | None] = mapped_column(LargeBinary)
    if TYPE_CHECKING:
        pdf_digest: Any
        zip_digest: Any

    @classmethod
    def ask(
        cls,
        case: Case,
        *,
        by: UUID,
        purpose: str,
        now: datetime,
        exhibits: Sequence[Mapping[str, Any]],
        title: str | None = None,
        language: str = "en",
        from_on: date | None = None,
        to_on: date | None = None,
        parts: Sequence[str] | None = None,
        redactions: Mapping[str, Any] | None = None,
        complaint: Mapping[str, Any] | None = None,
    ) -> "Packet":
        """One that is to be built. Parts stand in their order, whichever they were named in."""
        row = cls(
            case_id=case.id,
            requested_by_id=by,
            purpose=purpose,
            title=title or _TITLES[language][purpose],
            language=language,
            from_on=from_on,
            to_on=to_on,
            parts=list(in_order(parts) if parts else _PURPOSES[purpose].parts),
            exhibits=[dict(one) for one in exhibits],
            redactions=dict(redactions) if redactions is not None else None,
            complaint=dict(complaint) if complaint is not None else None,
            lease_number=0,
        )
        row._begin(now)
        return row

    @property
    def download_name(self) -> str:
        """The name of its files, without an ending: it names no child."""
        made = self.as_of or self.created_at
        return f"packet-{self.purpose.replace('_', '-')}-{made:%Y-%m-%d}"

    def cancel(self) -> None:
        """It is not to be built any more; whoever is at it stops at the next step."""
        self._must_be("waiting", said="cancelled")
        self.state, self.lease_owner = "cancelled", None

    def retry(self, *, now: datetime) -> None:
        """It is built anew, as of another moment."""
        self._must_be("failed", "cancelled", said="tried again")
        self._begin(now)

    def discard(self) -> None:
        """Its files go; that it was there, and what was in it, stays."""
        self._must_be("done", "failed", "cancelled", said="discarded")
        self.state = "discarded"

    def must_be_there(self) -> None:
        """Raises `NotThere` where there is nothing to hand out."""
        if self.state == "waiting":
            raise NotThere("This packet is still being built: wait until it is done.")
        if self.state != "done":
            raise NotThere(f"This packet has no content: it is {self.state}.")

    def _must_be(self, *states: str, said: str) -> None:
        if self.state not in states:
            raise NotNow(f"A packet that is {self.state} cannot be {said}.")

    def _begin(self, now: datetime) -> None:
        self.state, self.due_at, self.attempts = "waiting", now, 0
        self.stage, self.stage_done, self.stage_of = STAGES[0], 0, 1
        self.lease_owner = self.as_of = self.built_at = self.failure = self.contents = None
        self.missing = self.pages = self.pdf_bytes = self.pdf_sha256 = self.zip_bytes = self.zip_sha256 = None
        # What the database works out of it whenever it is read.
        vars(self).update(pdf_digest=None, zip_digest=None)


Packet.pdf_digest = column_property(func.encode(Packet.pdf_sha256, "hex"))
Packet.zip_digest = column_property(func.encode(Packet.zip_sha256, "hex"))


def folder_of(packet_id: UUID, as_of: datetime) -> str:
    """Where its files lie among those of its practice: of another moment, they are others."""
    return f"{packet_id}/{as_of:%Y%m%dT%H%M%S%f}"


def needs(packet: Any, path: str) -> bool:
    """Whether a packet (its `id`, `state`, `as_of`) needs this file: all of its folder while it is built, two in the end."""
    if packet.as_of is None or packet.state not in ("waiting", "done"):
        return False
    folder, _, name = path.rpartition("/")
    if packet.state == "waiting":
        return path.startswith(f"{folder_of(packet.id, packet.as_of)}/")
    return folder == folder_of(packet.id, packet.as_of) and name in [f"packet.{form}" for form in FORMATS]


def _claim() -> Any:
    """The one that has waited longest, leased: until the lease ends nobody else builds it, and what is made of it later than
    that is not written. The attempt is counted now, so that a packet that ends its worker comes to an end too."""
    due = select(Packet.id).where(among(Packet.state, WAITING_STATES), Packet.due_at <= bindparam("now"))
    due = due.order_by(Packet.due_at, Packet.id).limit(1).with_for_update(skip_locked=True)
    claimed = due.cte("claimed").prefix_with("materialized", dialect="postgresql")
    taken = (
        update(Packet)
        .where(Packet.id == claimed.c.id)
        .values(
            lease_owner=bindparam("owner"),
            lease_number=Packet.lease_number + 1,
            attempts=Packet.attempts + 1,
            due_at=bindparam("lease_until"),
            updated_at=bindparam("now"),
            version=Packet.version + 1,
        )
    )
    return taken.returning(*columns_of(Packet))


def _while_leased(**values: Any) -> Prepared:
    """What the holder of the lease writes, and nobody else; nor who holds it of a packet that was cancelled."""
    held = update(Packet).where(
        Packet.id == bindparam("row"),
        Packet.state == "waiting",
        Packet.lease_owner == bindparam("owner"),
        Packet.lease_number == bindparam("lease"),
    )
    common: dict[str, Any] = {"updated_at": bindparam("now"), "version": Packet.version + 1}
    return Prepared(held.values(**common, **values).returning(Packet.id))


def _json(name: str) -> Any:
    return bindparam(name, type_=getattr(Packet, name).type)


CLAIM = Prepared(_claim())
RENEW = _while_leased(due_at=bindparam("lease_until"))
# A step that was done: the attempts before it are forgotten.
GONE_ON = _while_leased(
    due_at=bindparam("lease_until"),
    attempts=1,
    stage=bindparam("stage"),
    stage_done=bindparam("stage_done"),
    stage_of=bindparam("stage_of"),
)
GATHERED = _while_leased(
    due_at=bindparam("lease_until"),
    attempts=1,
    as_of=bindparam("as_of"),
    missing=_json("missing"),
    stage="exhibits",
    stage_done=0,
    stage_of=bindparam("stage_of"),
)
DONE = _while_leased(
    lease_owner=None,
    state="done",
    stage="done",
    stage_done=1,
    stage_of=1,
    built_at=bindparam("now"),
    contents=_json("contents"),
    **{name: bindparam(name) for name in ("pages", "pdf_bytes", "pdf_sha256", "zip_bytes", "zip_sha256")},
)
LATER = _while_leased(lease_owner=None, due_at=bindparam("due_at"), attempts=bindparam("attempts"))
FAILED = _while_leased(lease_owner=None, state="failed", failure=bindparam("failure"))
PRACTICES_WITH_PACKETS_TO_BUILD = Prepared(
    select(practice_of(Packet).label("practice"))
    .where(among(Packet.state, WAITING_STATES), Packet.due_at <= bindparam("now"))
    .group_by(practice_of(Packet))
    .order_by(func.min(Packet.due_at))
    .limit(bindparam("most")),
    across_practices=True,
)
PACKETS_AMONG = Prepared(
    select(Packet.id, Packet.state, Packet.as_of).where(Packet.id == any_(bindparam("ids", type_=ARRAY(Uuid()))))
)
DOCUMENTS_NAMED = Prepared(
    select(Document.id, Document.case_id, Document.name, Document.file_type, Document.size_bytes, Document.sha256).where(
        Document.id == any_(bindparam("ids", type_=ARRAY(Uuid())))
    )
)
PACKETS = Listing.of(Packet, "case_id", "purpose", "state")

_TOLD = Prepared(
    select(
        *(Communication.id, Communication.corrects_id, (Communication.party == "client").label("is_private")),
        cast(func.timezone(bindparam("zone", type_=Text()), Communication.occurred_at), Date).label("day"),
    ).where(Communication.case_id == bindparam("case_id"))
)
_SEEN = Prepared(
    select(
        *(Observation.id, Observation.corrects_id, Observation.is_confidential.label("is_private")),
        Observation.observed_on.label("day"),
    ).where(Observation.case_id == bindparam("case_id"))
)


def rows_for_others(work: Transaction, case_id: UUID, zone: str, first: date, last: date) -> tuple[set[UUID], set[UUID]]:
    """Of a case, the communications and the observations of these days that others may read, beside what corrects them: not
    what family and practice say to each other, nor what was said in mediation. And of these, the ones that were corrected."""
    shown: list[Any] = []
    for statement, asked in ((_TOLD, {"zone": zone}), (_SEEN, {})):
        rows = work.rows(statement, case_id=case_id, **asked)
        shown += with_corrections(
            rows, is_private=lambda row: row.is_private, is_in_period=lambda row: first <= row.day <= last
        )
    return {row.id for row in shown}, {row.corrects_id for row in shown if row.corrects_id}


def _documents_of_the_period() -> Any:
    """The documents of a case that belong to what happened in a period, oldest first: of `rows`, communications and
    observations that others may read; logs that were taken in, or from which an entry was; the IEP versions in force."""
    begin, end = bindparam("from_on", type_=Date()), bindparam("to_on", type_=Date())
    rows = bindparam("rows", type_=ARRAY(Uuid()))
    told = select(CommunicationDocument.document_id).where(CommunicationDocument.communication_id == any_(rows))
    attached = select(ObservationDocument.document_id).where(ObservationDocument.observation_id == any_(rows))
    observed = select(Observation.document_id).where(Observation.id == any_(rows), Observation.document_id.is_not(None))
    logs = select(ServiceLogImport.document_id).where(
        ServiceLogImport.case_id == bindparam("case_id"), ServiceLogImport.withdrawn_at.is_(None)
    )
    # The log that an entry was written down from.
    entered = (
        select(ServiceSession.document_id)
        .join(Case, Case.student_id == ServiceSession.student_id)
        .where(
            *(Case.id == bindparam("case_id"), ServiceSession.document_id.is_not(None), ServiceSession.withdrawn_at.is_(None)),
            *(ServiceSession.held_on >= begin, ServiceSession.held_on <= end),
        )
    )
    versions = (
        select(IepVersion.document_id)
        .join(Case, Case.student_id == IepVersion.student_id)
        .where(
            Case.id == bindparam("case_id"),
            IepVersion.document_id.is_not(None),
            IepVersion.state != "draft",
            IepVersion.effective_from <= end,
            or_(IepVersion.effective_to.is_(None), IepVersion.effective_to >= begin),
        )
    )
    found = union(told, attached, observed, logs, entered, versions).subquery("found")
    return (
        select(Document.id, Document.name)
        .where(Document.case_id == bindparam("case_id"), Document.id.in_(select(found.c.document_id)))
        .order_by(Document.created_at, Document.id)
        .limit(bindparam("most"))
    )


DOCUMENTS_OF_THE_PERIOD = Prepared(_documents_of_the_period())
