"""An enquiry: what somebody wrote through the contact form, until it is answered, dismissed, or becomes a client's file."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, bindparam, func, or_, select
from sqlalchemy.orm import Mapped, column_property

from domain.refusal import Refusal
from models.base import Base
from models.conflict_check import ConflictCheck, latest_check
from models.listing import Listing
from models.message import Message
from models.practice import Practice
from models.prepared import Prepared
from models.staff import Staff
from models.tenancy import TenantOwned, refers_to, unique_in_practice

STATES = ("new", "answered", "dismissed", "converted", "spam")


class EnquiryOver(Refusal):
    """In this state nobody does that with an enquiry."""


class Enquiry(TenantOwned, Base):
    __tablename__ = "enquiries"
    __table_args__ = (
        CheckConstraint("state in ('new', 'answered', 'dismissed', 'converted', 'spam')", name="state"),
        CheckConstraint("language in ('en', 'es')", name="language"),
        Index("ix_enquiries_state", *unique_in_practice("state", "id")),
    )

    name: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    message: Mapped[str | None]
    language: Mapped[str]
    timezone: Mapped[str | None]
    source_url: Mapped[str | None]
    consent: Mapped[dict[str, Any] | None]
    state: Mapped[str]
    reason: Mapped[str | None]
    # What was answered: text, when (`at`), and by whom (`staff_id`).
    replies: Mapped[list[Any]]
    answered_at: Mapped[datetime | None]
    client_id: Mapped[UUID | None] = refers_to("clients")
    student_id: Mapped[UUID | None] = refers_to("students")
    case_id: Mapped[UUID | None] = refers_to("cases")
    concern_id: Mapped[UUID | None] = refers_to("concerns")
    erased_at: Mapped[datetime | None]
    if TYPE_CHECKING:
        conflict_check: Any

    @classmethod
    def write(
        cls,
        *,
        name: str,
        email: str,
        message: str,
        language: str,
        phone: str | None = None,
        timezone: str | None = None,
        source_url: str | None = None,
        consent: Mapping[str, Any] | None = None,
        spam: str | None = None,
    ) -> "Enquiry":
        """What a visitor wrote; kept apart with the reason, where it is taken for `spam`."""
        return cls(
            name=name,
            email=email,
            phone=phone,
            message=message,
            language=language,
            timezone=timezone,
            source_url=source_url,
            consent=consent,
            state="spam" if spam else "new",
            reason=spam,
            replies=[],
        )

    @property
    def own_words(self) -> str | None:
        return self.message

    def announce(self, owners: Sequence[Any], *, practice: Practice, now: datetime) -> list[Message]:
        """A mail to each owner, which says that there is one, and nothing of it: a child may be named in any of its fields."""
        return [
            Message.write(
                "enquiry",
                to=owner.email,
                now=now,
                practice=practice,
                facts={"enquiry_id": str(self.id), "at": now},
                occasion=f"enquiry:{self.id}:{owner.id}",
            )
            for owner in owners
        ]

    def answer(self, text: str, *, by: Staff, practice: Practice, now: datetime) -> Message:
        """A mail to the parent with these words; whoever answers it writes to who wrote them. May be said more than once."""
        email = self._must_be("new", "answered")
        self.replies = [*self.replies, {"text": text, "at": now.isoformat(), "staff_id": str(by.id)}]
        self.state, self.answered_at = "answered", now
        return Message.write(
            "enquiry_answer",
            to=email,
            now=now,
            practice=practice,
            facts={"text": text, "staff": {"name": by.name, "email": by.email}},
            language=self.language,
            occasion=f"enquiry:{self.id}:answer:{len(self.replies)}",
        )

    def dismiss(self, reason: str | None = None) -> None:
        self._must_be("new", "answered")
        self.state, self.reason = "dismissed", reason

    def reopen(self) -> None:
        """What was dismissed, or taken for spam, is new again."""
        self._must_be("dismissed", "spam")
        self.state, self.reason = "new", None

    def becomes_a_file(self) -> None:
        self._must_be("new", "answered")
        self.state = "converted"

    def _must_be(self, *states: str) -> str:
        """The address, where the enquiry is in one of these states."""
        if self.email is None:
            raise EnquiryOver("Who wrote this is not kept any more.")
        if self.state not in states:
            raise EnquiryOver(f"This enquiry is {self.state}.")
        return self.email


Enquiry.conflict_check = column_property(latest_check(ConflictCheck.enquiry_id, Enquiry))
ENQUIRIES = Listing.of(Enquiry, "state", besides=Enquiry.state != bindparam("besides"))
OWNERS = Prepared(select(Staff.id, Staff.email).where(Staff.role == "owner", Staff.ended_at.is_(None)).order_by(Staff.id))
SENT_AT_ONCE = Prepared(select(func.pg_advisory_xact_lock(bindparam("number", type_=BigInteger())).label("held")))
# The same words from the same address, a little ago.
SAME_ENQUIRY = Prepared(
    select(Enquiry.id)
    .where(
        func.lower(Enquiry.email) == bindparam("email_identity"),
        Enquiry.message == bindparam("message"),
        Enquiry.created_at > bindparam("since"),
        # What was taken for spam stands in the way of spam alone: whoever writes again, and better, is heard.
        or_(Enquiry.state != "spam", bindparam("is_spam", type_=Boolean())),
    )
    .limit(1)
)
