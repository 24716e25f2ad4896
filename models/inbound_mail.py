"""A mail that came in to the address of a case: kept as it came, matched to its thread or waiting for staff.

The mail itself lies in a file under the id of its row, byte for byte: it is the evidence. What stands in the row was read out
of it, and whom it says it is from is no proof.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, LargeBinary, Select, UniqueConstraint, Uuid, any_, bindparam, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

from domain.refusal import Refusal
from models.base import Base, among
from models.communication import Communication
from models.listing import Listing
from models.message import Message
from models.prepared import Prepared
from models.reminder import OPEN_STATES, Reminder
from models.tenancy import TenantOwned, refers_to, unique_in_practice

STATES = ("recorded", "waiting", "discarded")
# Why a mail waits for somebody to look at it.
BECAUSE = (
    # It is larger, deeper or more broken than any person's mail.
    "unreadable",
    # A program wrote it: that it was not delivered, that somebody is away.
    *("bounce", "automatic"),
    # Somebody of the practice wrote it, or forwarded it, and it does not say from whom.
    *("from_us", "forwarded_by_us"),
    # Nobody of the team or the family writes from this address.
    "unknown_sender",
    # It names nothing of this case that it answers, and of what was asked before none waits, or more than one; or it names
    # something else.
    *("no_open_question", "several_open_questions"),
)
WAITS = "A mail waits to be matched"
REMINDER_KEY = "inbound_mail"


class MailSettled(Refusal):
    """A mail that was recorded or discarded stays so."""


class InboundMail(TenantOwned, Base):
    __tablename__ = "inbound_mails"
    __table_args__ = (
        CheckConstraint("state in ('recorded', 'waiting', 'discarded')", name="state"),
        CheckConstraint("state <> 'recorded' or communication_id is not null", name="recorded"),
        UniqueConstraint(*unique_in_practice("case_id", "sha256"), name="uq_inbound_mails_content"),
        Index("ix_inbound_mails_mail_id", *unique_in_practice("mail_id")),
        Index("ix_inbound_mails_communication", *unique_in_practice("communication_id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    communication_id: Mapped[UUID | None] = refers_to("communications")
    # Of a report: the mail of ours on whose way it reports, to one of those it went to.
    message_id: Mapped[UUID | None] = refers_to("messages")
    state: Mapped[str]
    # Why it waits, or waited; a report says that it is one.
    because: Mapped[str | None]
    # Its Message-ID, and those that it answers (RFC 5322 section 3.6.4).
    mail_id: Mapped[str | None]
    answers_mail_ids: Mapped[list[Any]]
    from_address: Mapped[str]
    from_name: Mapped[str | None]
    subject: Mapped[str | None]
    text: Mapped[str]
    # What was attached: {name, media_type, size_bytes, document_id, why_not}.
    attachments: Mapped[list[Any]]
    # What the mail servers on its way found of its sender (RFC 8601): a hint for people, and no proof.
    authentication_results: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    size_bytes: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(LargeBinary)
    settled_by_id: Mapped[UUID | None] = refers_to("staff")
    # Why it was discarded; of a report, what it says.
    reason: Mapped[str | None]
    if TYPE_CHECKING:
        digest: Any

    def become(self, communication: Communication, *, by: UUID | None) -> None:
        """What somebody said by it is on record."""
        self.must_wait()
        self.state, self.communication_id, self.settled_by_id = "recorded", communication.id, by

    def report_on(self, message: Message, says: str) -> None:
        """What it reports of a mail of ours is on record there."""
        self.must_wait()
        self.state, self.communication_id, self.message_id, self.reason = "recorded", message.communication_id, message.id, says

    def discard(self, *, by: UUID, reason: str) -> None:
        """It says nothing about the case; the mail itself stays."""
        self.must_wait()
        self.state, self.settled_by_id, self.reason = "discarded", by, reason

    def must_wait(self) -> None:
        if self.state != "waiting":
            raise MailSettled(f"This mail is {self.state} already.")

    @classmethod
    def of_content(cls, case_id: UUID, sha256: bytes) -> Select["InboundMail"]:
        """The row of this very mail, if it came before."""
        return select(cls).where(cls.case_id == case_id, cls.sha256 == sha256)

    @classmethod
    def with_mail_ids(cls, case_id: UUID, mail_ids: list[str]) -> Select["InboundMail"]:
        """Mails of a case that are on record under these Message-IDs: who answers one of them answers their communication."""
        named = cls.mail_id.in_(mail_ids), cls.communication_id.is_not(None), cls.message_id.is_(None)
        return select(cls).where(cls.case_id == case_id, *named).order_by(cls.id.desc()).limit(50)

    @classmethod
    def waiting_in(cls, case_id: UUID) -> Select[int]:
        return select(func.count(cls.id)).where(cls.case_id == case_id, cls.state == "waiting")

    @classmethod
    def reminders_of(cls, case_id: UUID) -> Select[Reminder]:
        """What says that mails of this case wait: one for all of them, locked."""
        is_open = among(Reminder.state, OPEN_STATES)
        return select(Reminder).where(Reminder.case_id == case_id, Reminder.key == REMINDER_KEY, is_open).with_for_update()


InboundMail.digest = column_property(func.encode(InboundMail.sha256, "hex"))
INBOUND_MAILS = Listing.of(InboundMail, "case_id", "state", "communication_id")
MAILS_AMONG = Prepared(select(InboundMail.id).where(InboundMail.id == any_(bindparam("ids", type_=ARRAY(Uuid())))))
