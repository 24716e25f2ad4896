"""An outgoing message: a row of the transaction that causes it, sent later by a worker that holds its lease.

It holds its kind and its facts; `mail` renders it when it is sent, so that a repeat sends the same text under the same
Message-ID. A link is not kept: it is derived again from the secret when the message is rendered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Index,
    LargeBinary,
    Select,
    UniqueConstraint,
    Update,
    bindparam,
    case,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from domain.delivery_report import Report
from domain.inbound_mail import CLOCKS_DIFFER
from domain.refusal import Refusal
from models.base import Base, among
from models.listing import Listing
from models.prepared import Prepared
from models.tenancy import TenantOwned, practice_of, refers_to, unique_in_practice

STATES = ("queued", "sending", "sent", "failed", "withdrawn")
WAITING_STATES = ("queued", "sending")
# Longer than any one sending may take, so that a lease that lapsed belongs to nobody who is still sending.
LEASE = timedelta(minutes=3)
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
MOST_ATTEMPTS = len(BACK_OFF) + 1


class Named(Protocol):
    """What mails say of a practice."""

    @property
    def name(self) -> str: ...

    @property
    def slug(self) -> str: ...

    @property
    def timezone(self) -> str: ...

    @property
    def language(self) -> str: ...


@dataclass(frozen=True)
class Holding:
    """How long a mail about a booking holds true: while the booking is as it was, and until there is no use in it."""

    booking_id: UUID
    sequence: int
    until: datetime | None


class NotRetryable(Refusal):
    """Only a message that failed can be tried again."""


class Message(TenantOwned, Base):
    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("state in ('queued', 'sending', 'sent', 'failed', 'withdrawn')", name="state"),
        CheckConstraint("bounce in ('hard', 'soft')", name="bounce"),
        UniqueConstraint(*unique_in_practice("occasion"), name="uq_messages_occasion"),
        Index("ix_messages_waiting", "due_at", postgresql_where="state in ('queued', 'sending')"),
        Index("ix_messages_communication", *unique_in_practice("communication_id")),
        Index("ix_messages_due", *unique_in_practice("due_at"), postgresql_where="state in ('queued', 'sending')"),
    )

    kind: Mapped[str]
    to_address: Mapped[str]
    facts: Mapped[dict[str, Any]]
    occasion: Mapped[str | None]
    link_path: Mapped[str | None]
    link_id: Mapped[UUID | None]
    link_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    lease_owner: Mapped[UUID | None]
    lease_number: Mapped[int]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    # How it came back after it was sent: `domain.delivery_report`.
    bounce: Mapped[str | None]
    # When somebody had it tried again, last: what was reported before was about another try.
    retried_at: Mapped[datetime | None]
    # The booking that it tells of, as it then was, and when there is no use in it any more: `Holding`.
    booking_id: Mapped[UUID | None]
    booking_sequence: Mapped[int | None]
    useless_at: Mapped[datetime | None]
    # The communication that it is, to one of those it went to.
    communication_id: Mapped[UUID | None] = refers_to("communications")

    @classmethod
    def write(
        cls,
        kind: str,
        *,
        to: str,
        now: datetime,
        practice: Named,
        facts: Mapping[str, object],
        occasion: str | None = None,
        link: tuple[str, UUID, bytes] | None = None,
        language: str | None = None,
        while_: Holding | None = None,
        communication_id: UUID | None = None,
    ) -> "Message":
        """A message to be sent from `now` on, in `language` or else the practice's.

        `occasion` names what can happen once: a second message for it cannot be. `while_` says what it tells of: it is
        withdrawn instead of being sent late and wrong.
        """
        plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
        path, row_id, link_hash = link or (None, None, None)
        return cls(
            kind=kind,
            to_address=to,
            facts={
                "practice": {"name": practice.name, "slug": practice.slug, "timezone": practice.timezone},
                "language": language or practice.language,
                **plain,
            },
            occasion=occasion,
            link_path=path,
            link_id=row_id,
            link_hash=link_hash,
            state="queued",
            due_at=now,
            attempts=0,
            lease_number=0,
            booking_id=while_.booking_id if while_ else None,
            booking_sequence=while_.sequence if while_ else None,
            useless_at=while_.until if while_ else None,
            communication_id=communication_id,
        )

    @classmethod
    def claimable(cls, now: datetime, limit: int) -> Select["Message"]:
        """What waits, and what somebody began to send and did not end while the lease ran; oldest first, unlocked ones."""
        waiting = among(cls.state, WAITING_STATES) & (cls.due_at <= now)
        return select(cls).where(waiting).order_by(cls.due_at, cls.id).limit(limit).with_for_update(skip_locked=True)

    @property
    def is_spent(self) -> bool:
        """Whether it was claimed as often as may be, and no sender came back to say what became of it."""
        return self.attempts >= MOST_ATTEMPTS

    def surrender(self) -> Update:
        """Nobody tries it any more."""
        return self._while_leased(state="failed", last_error="It was begun as often as may be, and never ended.")

    def claim(self, owner: UUID, *, now: datetime) -> None:
        """Leases the message. The attempt counts from here on, so that a message that crashes its sender ends too."""
        self.state, self.bounce = "sending", None
        self.attempts += 1
        self.lease_owner = owner
        self.lease_number += 1
        self.due_at = now + LEASE

    def becomes(self, error: str | None, *, for_good: bool = False) -> str:
        """The state in which the sending leaves it."""
        if error is None:
            return "sent"
        return "failed" if for_good or self.is_spent else "queued"

    def outcome(self, *, now: datetime, error: str | None = None, for_good: bool = False) -> Update:
        """What became of the sending, written only by the holder of the lease. What came back before this is written has
        failed."""
        state = self.becomes(error, for_good=for_good)
        if state == "sent":
            came_back = Message.bounce.is_not(None)
            left = case((came_back, "failed"), else_=state)
            return self._while_leased(state=left, sent_at=now, last_error=case((came_back, Message.last_error)))
        if state == "failed":
            return self._while_leased(state=state, last_error=error)
        again = now + BACK_OFF[min(self.attempts, len(BACK_OFF)) - 1]
        return self._while_leased(state=state, due_at=again, last_error=error)

    def withdrawal(self) -> Update:
        """What it tells is not so any more: it is not sent."""
        return self._while_leased(state="withdrawn", last_error="What it told was overtaken before it could be sent.")

    @classmethod
    def withdraw(cls, link_path: str, link_hashes: Iterable[bytes]) -> Update:
        """What waits to be sent with a link that leads nowhere any more."""
        waiting = (cls.state == "queued") & (cls.link_path == link_path) & cls.link_hash.in_(list(link_hashes))
        said = "Its link led nowhere any more before it could be sent."
        return update(cls).where(waiting).values(state="withdrawn", last_error=said, version=cls.version + 1)

    def release(self, *, now: datetime) -> Update:
        """Gives back a lease under which nothing was sent: a worker that stops leaves nothing waiting."""
        return self._while_leased(state="queued", due_at=now, attempts=Message.attempts - 1)

    def _while_leased(self, **values: object) -> Update:
        return (
            update(Message)
            .where(Message.id == self.id, Message.state == "sending")
            .where(Message.lease_owner == self.lease_owner, Message.lease_number == self.lease_number)
            .values(version=Message.version + 1, **values)
        )

    def retry(self, *, now: datetime) -> None:
        if self.state != "failed":
            raise NotRetryable("Only a message that failed can be tried again.")
        self.state, self.due_at, self.attempts, self.bounce = "queued", now, 0, None
        self.retried_at = now

    @property
    def is_asked(self) -> bool:
        """Whether whom it goes to is asked something, where others get a copy of it."""
        return bool(self.facts.get("is_asked", True))

    def hear(self, report: Report, *, written_at: datetime) -> bool:
        """What a mail server reports, at the instant `written_at`, of its way; whether it failed by that. What is tried anew
        meanwhile, or has failed already, is not what the report is about. While it is sent, the sending ends with it."""
        is_of_another_try = self.retried_at is not None and self.retried_at > written_at + CLOCKS_DIFFER
        if self.state not in ("sending", "sent") or is_of_another_try:
            return False
        outcome = report.outcome
        if outcome == "none":
            return False
        self.last_error = report.in_words()
        if outcome == "delayed":
            return False
        self.bounce = outcome
        if self.state == "sent":
            self.state = "failed"
        return self.state == "failed"


MESSAGE_OF_OCCASION = Prepared(select(Message.id).where(Message.occasion == bindparam("occasion")))
LANGUAGE_OF_OCCASION = Prepared(
    select(func.jsonb_extract_path_text(Message.facts, literal_column("'language'")).label("language")).where(
        Message.occasion == bindparam("occasion")
    )
)
MESSAGES = Listing.of(Message, "state", "kind")
PRACTICES_WITH_MESSAGES = Prepared(
    select(practice_of(Message).label("practice"))
    .where(among(Message.state, WAITING_STATES), Message.due_at <= bindparam("now"))
    .group_by(practice_of(Message))
    .order_by(func.min(Message.due_at))
    .limit(bindparam("most")),
    across_practices=True,
)
