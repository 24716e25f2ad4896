"""A communication: what was said to or by the school or the family. What was recorded is not rewritten."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Index,
    Select,
    UniqueConstraint,
    Uuid,
    bindparam,
    case,
    cast,
    func,
    inspect,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, array
from sqlalchemy.orm import Mapped, aliased, column_property

from domain import follow_up
from domain.follow_up import FollowUp, policy_of
from domain.party import CHASED_PARTIES
from domain.refusal import FieldError, Invalid, Refusal
from models.base import Base, among
from models.case import Case, OfCase, same_case
from models.listing import Listing
from models.message import WAITING_STATES, Message
from models.practice import Practice
from models.prepared import Prepared
from models.reminder import ASKED_AGAIN, Reminder
from models.team_member import TeamMember
from models.tenancy import TenantOwned, refers_to, unique_in_practice

DIRECTIONS = ("outbound", "inbound")
CHANNELS = ("email", "phone", "meeting", "letter", "in_person", "message")
# What can be held in the hand afterwards.
IN_WRITING = ("email", "letter", "message")
# What became of a mail that it is, all its addressees together: the worst of them.
DELIVERIES = ("failed", "queued", "withdrawn", "sent")


class CorrectedAlready(Refusal):
    """What was corrected is corrected further where it now stands: in its correction."""


class WrongCorrection(Invalid):
    """A correction says what was said better; it does not turn it around."""


class CommunicationTeamMember(TenantOwned, Base):
    """Who of the IEP team took part."""

    __tablename__ = "communication_team_members"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("communication_id", "team_member_id"), name="uq_communication_team_members_pair"),
    )

    communication_id: Mapped[UUID] = refers_to("communications")
    team_member_id: Mapped[UUID] = refers_to("team_members")


class CommunicationDocument(TenantOwned, Base):
    """What was attached to it."""

    __tablename__ = "communication_documents"
    __table_args__ = (
        UniqueConstraint(*unique_in_practice("communication_id", "document_id"), name="uq_communication_documents_pair"),
        Index("ix_communication_documents_document", *unique_in_practice("document_id")),
    )

    communication_id: Mapped[UUID] = refers_to("communications")
    document_id: Mapped[UUID] = refers_to("documents")


class Communication(TenantOwned, Base):
    __tablename__ = "communications"
    __table_args__ = (
        CheckConstraint("direction in ('outbound', 'inbound')", name="direction"),
        Index("ix_communications_case", *unique_in_practice("case_id", "occurred_at")),
        Index("ix_communications_thread", *unique_in_practice("thread_id")),
        Index("ix_communications_letter", *unique_in_practice("letter_id")),
        Index("ix_communications_corrects", *unique_in_practice("corrects_id")),
    )

    case_id: Mapped[UUID] = refers_to("cases")
    concern_id: Mapped[UUID | None] = refers_to("concerns")
    in_reply_to: Mapped[UUID | None] = refers_to("communications")
    thread_id: Mapped[UUID] = refers_to("communications")
    # Nobody here recorded what a teacher says by a link.
    recorded_by_id: Mapped[UUID | None] = refers_to("staff")
    direction: Mapped[str]
    channel: Mapped[str]
    party: Mapped[str]
    occurred_at: Mapped[datetime]
    subject: Mapped[str | None]
    summary: Mapped[str]
    awaiting_reply: Mapped[bool]
    # What it corrects: the older one stays, and is shown with what corrected it.
    corrects_id: Mapped[UUID | None] = refers_to("communications")
    # The letter that it sent or handed over.
    letter_id: Mapped[UUID | None] = refers_to("letters")
    # Where other days than the practice's, or the case's, chase an answer.
    follow_up_policy: Mapped[dict[str, Any] | None]
    if TYPE_CHECKING:
        team_member_ids: Any
        document_ids: Any
        corrected_by_id: Any
        delivery: Any
        deliveries: Any

    @classmethod
    def record(
        cls,
        *,
        case: Case,
        by: UUID | None,
        in_reply_to: "Communication | None" = None,
        concern: OfCase | None = None,
        corrects: "Communication | None" = None,
        **said: object,
    ) -> "Communication":
        """What was said, in its thread: a reply belongs to the thread of what it answers. `by` nobody: said by a link, or by
        a mail that came in. A correction stays in the thread of what it corrects, unless it says what was answered."""
        same_case(case, in_reply_to=in_reply_to, concern_id=concern, corrects_id=corrects)
        row = cls(case_id=case.id, recorded_by_id=by, concern_id=concern.id if concern else None, **said)
        row.in_reply_to = in_reply_to.id if in_reply_to else corrects.in_reply_to if corrects else None
        thread = in_reply_to or corrects
        row.thread_id = thread.thread_id if thread else row.id
        if corrects:
            row._correct(corrects)
        # What the database works out of it whenever it is read.
        row.team_member_ids, row.document_ids, row.deliveries = [], [], []
        row.corrected_by_id = row.delivery = None
        return row

    def _correct(self, corrected: "Communication") -> None:
        if corrected.corrected_by_id is not None:
            raise CorrectedAlready(
                "This was corrected already: correct its correction.", corrected_by_id=corrected.corrected_by_id
            )
        if corrected.direction != self.direction:
            detail = f"What is corrected is {corrected.direction}: a correction says it better, and does not turn it around."
            raise WrongCorrection(detail, [FieldError(pointer="/direction", detail=detail)])
        self.corrects_id = corrected.id

    def between(self, case: Case, team_members: Iterable[TeamMember]) -> list[CommunicationTeamMember]:
        members = list(team_members)
        same_case(case, **{f"team_member_ids/{number}": member for number, member in enumerate(members)})
        self.team_member_ids = [member.id for member in members]
        return [CommunicationTeamMember(communication_id=self.id, team_member_id=member.id) for member in members]

    def attach(self, case: Case, documents: Iterable[OfCase]) -> list[CommunicationDocument]:
        """What came with it: documents of the same case."""
        attached = list(documents)
        same_case(case, **{f"document_ids/{number}": document for number, document in enumerate(attached)})
        self.document_ids = [document.id for document in attached]
        return [CommunicationDocument(communication_id=self.id, document_id=document.id) for document in attached]

    @property
    def is_new(self) -> bool:
        """Whether it is recorded in this very transaction."""
        return not inspect(self).persistent

    @property
    def is_chased(self) -> bool:
        return self.direction == "outbound" and self.awaiting_reply and self.party in CHASED_PARTIES

    def follow_ups(
        self,
        *,
        case: Case,
        practice: Practice,
        now: datetime,
        asked_already: Sequence[Reminder] = (),
        ladder: str | None = None,
    ) -> list[Reminder]:
        """The reminders that chase an answer, counted from when it was said: by its own policy, else the case's, else the
        practice's.

        `asked_already` are the reminders that count in its thread: asking again restarts no clock, else "escalate?"
        would never come; but for those whose question did not arrive, which give way to these. Late recording plans from its
        own date; what is past is due at once.
        """
        rungs = [one for one in asked_already if one.ladder]
        asked = [one for one in rungs if not one.awaits_delivery or one.communication_id == self.id]
        if not self.is_chased or asked or case.state == "closed":
            return []
        for rung in rungs:
            rung.cancel(by=None, now=now, reason=ASKED_AGAIN)
        ladder = ladder or self.party
        policy = self._policy(case, practice)
        return [
            Reminder.plan(
                case_id=self.case_id,
                concern_id=self.concern_id,
                communication_id=self.id,
                assignee_id=case.advocate_id,
                ladder=ladder,
                key=rung.key,
                title=rung.title,
                due_at=rung.due_at,
                tells=policy.tells,
            )
            for rung in self.rungs(ladder, case=case, practice=practice, since=self.occurred_at)
        ]

    def rungs(self, ladder: str, *, case: Case, practice: Practice, since: datetime) -> tuple[FollowUp, ...]:
        """When an answer is chased on this ladder, where it was asked at the instant `since`."""
        policy = self._policy(case, practice)
        return follow_up.plan(ladder, since, practice.zone, practice.calendar, practice.holidays, policy)

    def _policy(self, case: Case, practice: Practice) -> follow_up.Policy:
        return policy_of(practice.policy, case.follow_up_policy, self.follow_up_policy)

    @property
    def is_answer(self) -> bool:
        return self.direction == "inbound" and self.in_reply_to is not None

    def settle(self, open_reminders: Iterable[Reminder], *, by: UUID | None, now: datetime) -> list[Reminder]:
        """An answer from the other side settles all that its thread still has open; asking again settles nothing."""
        settled = list(open_reminders) if self.is_answer else []
        for reminder in settled:
            reminder.settle(by=by, now=now, reason="answered")
        return settled

    @classmethod
    def open_follow_ups(cls, thread_id: UUID) -> Select["Reminder"]:
        """What is still chased in a thread, locked: an answer and a firing reminder meet here, and one of them wins."""
        in_thread = select(cls.id).where(cls.thread_id == thread_id)
        return Reminder.all_that_count().where(Reminder.communication_id.in_(in_thread))


def _ids(column: Any, of: Any) -> Any:
    """The ids that a table of pairs has for a communication."""
    found = select(func.coalesce(func.array_agg(column), cast(array([]), ARRAY(Uuid())))).where(of == Communication.id)
    return column_property(found.correlate(Communication.__table__).scalar_subquery())


def _of_messages(what: Any) -> Any:
    """What the messages of a communication say together."""
    found = select(what).where(Message.communication_id == Communication.id)
    return column_property(found.correlate(Communication.__table__).scalar_subquery())


_later = aliased(Communication)
Communication.team_member_ids = _ids(CommunicationTeamMember.team_member_id, CommunicationTeamMember.communication_id)
Communication.document_ids = _ids(CommunicationDocument.document_id, CommunicationDocument.communication_id)
Communication.corrected_by_id = column_property(
    select(_later.id)
    .where(_later.corrects_id == Communication.id)
    .order_by(_later.id)
    .limit(1)
    .correlate(Communication.__table__)
    .scalar_subquery()
)
Communication.delivery = _of_messages(
    case(
        (func.bool_or(Message.state == literal_column("'failed'")), literal_column("'failed'")),
        (func.bool_or(among(Message.state, WAITING_STATES)), literal_column("'queued'")),
        (func.bool_or(Message.state == literal_column("'withdrawn'")), literal_column("'withdrawn'")),
        (func.count(Message.id) > 0, literal_column("'sent'")),
    )
)
_delivered = func.jsonb_build_object(
    *(literal_column("'message_id'"), Message.id, literal_column("'to'"), Message.to_address),
    *(literal_column("'state'"), Message.state, literal_column("'last_error'"), Message.last_error),
    *(literal_column("'bounce'"), Message.bounce),
)
Communication.deliveries = _of_messages(
    func.coalesce(
        func.jsonb_agg(aggregate_order_by(_delivered, Message.id)),
        literal_column("'[]'::jsonb"),
    )
)

# Whether somebody answered in a thread, and nobody took that back.
ANSWERED = Prepared(
    select(Communication.id)
    .where(
        Communication.thread_id == bindparam("id"),
        Communication.direction == "inbound",
        ~select(_later.id).where(_later.corrects_id == Communication.id).exists(),
    )
    .limit(1)
)
COMMUNICATIONS = Listing.of(
    Communication,
    *("case_id", "concern_id", "thread_id", "letter_id", "party", "direction", "channel"),
    team_member_id=Communication.id.in_(
        select(CommunicationTeamMember.communication_id).where(
            CommunicationTeamMember.team_member_id == bindparam("team_member_id")
        )
    ),
    since=Communication.occurred_at >= bindparam("since"),
    until=Communication.occurred_at < bindparam("until"),
)
