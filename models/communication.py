"""A communication: what was said to or by the school or the family. What was recorded is not rewritten."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Select, UniqueConstraint, Uuid, cast, func, inspect, select
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.orm import Mapped, column_property

from domain import follow_up
from models.base import Base
from models.case import Case, OfCase, same_case
from models.listing import Listing
from models.practice import Practice
from models.reminder import Reminder
from models.team_member import TeamMember
from models.tenancy import TenantOwned, refers_to, unique_in_practice

DIRECTIONS = ("outbound", "inbound")
CHANNELS = ("email", "phone", "meeting", "letter", "in_person", "message")
PARTIES = ("team", "teacher", "client", "other")
# Whose silence is chased (DOMAIN section 3).
CHASED_PARTIES = ("team", "teacher")


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
    )

    communication_id: Mapped[UUID] = refers_to("communications")
    document_id: Mapped[UUID] = refers_to("documents")


class Communication(TenantOwned, Base):
    __tablename__ = "communications"
    __table_args__ = (
        CheckConstraint("direction in ('outbound', 'inbound')", name="direction"),
        Index("ix_communications_case", *unique_in_practice("case_id", "occurred_at")),
        Index("ix_communications_thread", *unique_in_practice("thread_id")),
        Index("ix_communications_message", *unique_in_practice("message_id")),
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
    # The letter that it sent or handed over, and the mail that it is.
    letter_id: Mapped[UUID | None] = refers_to("letters")
    message_id: Mapped[UUID | None] = refers_to("messages")
    # Where other days than the practice's, or the case's, chase an answer.
    follow_up_policy: Mapped[dict[str, Any] | None]
    if TYPE_CHECKING:
        team_member_ids: Any

    @classmethod
    def record(
        cls,
        *,
        case: Case,
        by: UUID | None,
        in_reply_to: "Communication | None" = None,
        concern: OfCase | None = None,
        **said: object,
    ) -> "Communication":
        """What was said, in its thread: a reply belongs to the thread of what it answers. `by` nobody: said by a link."""
        same_case(case, in_reply_to=in_reply_to, concern_id=concern)
        row = cls(case_id=case.id, recorded_by_id=by, concern_id=concern.id if concern else None, **said)
        row.in_reply_to = in_reply_to.id if in_reply_to else None
        row.thread_id = in_reply_to.thread_id if in_reply_to else row.id
        return row

    def between(self, case: Case, team_members: Iterable[TeamMember]) -> list[CommunicationTeamMember]:
        members = list(team_members)
        same_case(case, **{f"team_member_ids/{number}": member for number, member in enumerate(members)})
        self.team_member_ids = [member.id for member in members]
        return [CommunicationTeamMember(communication_id=self.id, team_member_id=member.id) for member in members]

    @property
    def is_new(self) -> bool:
        """Whether it is recorded in this very transaction."""
        return not inspect(self).persistent

    @property
    def is_chased(self) -> bool:
        return self.direction == "outbound" and self.awaiting_reply and self.party in CHASED_PARTIES

    def follow_ups(
        self, *, case: Case, practice: Practice, asked_already: Sequence[Reminder] = (), ladder: str | None = None
    ) -> list[Reminder]:
        """The reminders that chase an answer, by the practice's policy, counted from when it was said.

        `asked_already` are the open reminders of its thread: asking again restarts no clock, else "escalate?"
        would never come. Late recording plans from its own date; what is past is due at once.
        """
        if not self.is_chased or asked_already:
            return []
        ladder = ladder or self.party
        planned = follow_up.plan(ladder, self.occurred_at, practice.zone, practice.calendar, practice.holidays, practice.policy)
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
            )
            for rung in planned
        ]

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
        return Reminder.all_open().where(Reminder.communication_id.in_(in_thread))


Communication.team_member_ids = column_property(
    select(func.coalesce(func.array_agg(CommunicationTeamMember.team_member_id), cast(array([]), ARRAY(Uuid()))))
    .where(CommunicationTeamMember.communication_id == Communication.id)
    .correlate(Communication.__table__)
    .scalar_subquery()
)

COMMUNICATIONS = Listing.of(Communication, "case_id", "concern_id", "party", "direction", "channel")
