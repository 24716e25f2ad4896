"""Where a mail that came in belongs: which thread of its case it answers, who says it, and whether that settles what is chased.

The rules are those of `domain.inbound_mail` and `domain.party`; here is what they are asked of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from domain.inbound_mail import Incoming, Sender, Voice, nobody_speaks
from domain.party import CHASED_PARTIES
from models.base import among
from models.case import Case
from models.communication import Communication, CommunicationTeamMember
from models.inbound_mail import InboundMail
from models.practice import Practice
from models.reminder import OPEN_STATES, Reminder
from models.staff import Staff
from models.student import clients_of
from models.team_member import TeamMember
from models.transaction import Transaction

BecauseUnsure = Literal["no_open_question", "several_open_questions"]
_said = aliased(Communication)


@dataclass(frozen=True)
class Place:
    """Where a mail belongs: what it answers, who says it, whether that settles what is chased; or why nobody can tell."""

    party: str = "other"
    answered: Communication | None = None
    members: Sequence[TeamMember] = ()
    settles: bool = False
    because: str | None = None


def place_of(work: Transaction, case: Case, incoming: Incoming) -> Place:
    """Where a mail belongs. What is not sure is left to people."""
    mail = heard(work, incoming)
    writer = mail.sender
    is_from_us = _is_ours(work, incoming.sender)
    is_by_us = is_from_us and (not writer.address or _is_ours(work, writer))
    if because := nobody_speaks(incoming, is_from_us=is_from_us, is_by_us=is_by_us):
        return Place(because=because)
    team = work.all(select(TeamMember).where(TeamMember.case_id == case.id).order_by(TeamMember.id))
    members = [member for member in team if writer.has(member.email)]
    families = [client.email for client in work.all(clients_of(case))]
    voice = Voice.of(writer, [member.role for member in members], [member.email for member in team], families)
    if answered := _answered(work, case, mail):
        if (as_whom := voice.answers_as(answered.party)) is None:
            return Place(because="unknown_sender")
        party, settles = as_whom
        return Place(party, answered, members, settles)
    if not voice.is_known:
        return Place(because="unknown_sender")
    question = _the_one_question(work, case, mail, [] if voice.is_client else members)
    if isinstance(question, str):
        return Place(because=question)
    return Place(question.party, question, members, settles=True)


def heard(work: Transaction, incoming: Incoming) -> Incoming:
    """The mail; or what one of us forwarded, as if that had come itself. Whoever else forwards says it themselves."""
    if not (incoming.is_forward and _is_ours(work, incoming.sender)):
        return incoming
    [zone] = work.all(select(Practice.timezone))
    return incoming.as_first_written(ZoneInfo(zone))


def _the_one_question(
    work: Transaction, case: Case, mail: Incoming, members: Sequence[TeamMember]
) -> Communication | BecauseUnsure:
    """The question that a mail answers which names none: of these members, or where there are none, of the family. One alone,
    and asked before it was written; of what is forwarded without a time nobody knows that."""
    if mail.answers or (mail.is_first_written and mail.sent_at is None):
        return "no_open_question"
    found = work.all(_open_questions_to_school(case)) if members else work.all(_open_questions_to_family(case))
    if members:
        found = _asked_of(work, found, members)
    threads = {question.thread_id: question for question in found if mail.is_written_after(question.occurred_at, work.now)}
    if len(threads) != 1:
        return "several_open_questions" if threads else "no_open_question"
    question: Communication = next(iter(threads.values()))
    return question


def _is_ours(work: Transaction, sender: Sender) -> bool:
    return bool(sender.address and work.all(select(Staff.id).where(func.lower(Staff.email) == sender.identity).limit(1)))


def _answered(work: Transaction, case: Case, incoming: Incoming) -> Communication | None:
    """What a mail answers by its headers: a mail of ours, or one that came in; of this case alone."""
    if ids := incoming.answered_ids:
        of_case = select(Communication).where(Communication.case_id == case.id, Communication.id.in_(ids))
        ours: dict[UUID, Communication] = {row.id: row for row in work.all(of_case)}
        if found := next((ours[one] for one in ids if one in ours), None):
            return found
    if incoming.answers:
        theirs = {row.mail_id: row for row in work.all(InboundMail.with_mail_ids(case.id, list(incoming.answers)))}
        if mail := next((theirs[one] for one in incoming.answers if one in theirs), None):
            return work.find(Communication, mail.communication_id)
    return None


def _questions(case: Case) -> Any:
    asked = select(Communication).where(Communication.case_id == case.id, Communication.direction == "outbound")
    asked = asked.where(Communication.awaiting_reply, Communication.corrected_by_id.is_(None))
    return asked.order_by(Communication.id)


def _open_questions_to_school(case: Case) -> Any:
    """What the team or a teacher was asked and is still chased for."""
    chased = select(Communication.thread_id).join(Reminder, Reminder.communication_id == Communication.id)
    chased = chased.where(Communication.case_id == case.id, among(Reminder.state, OPEN_STATES))
    return _questions(case).where(Communication.party.in_(CHASED_PARTIES), Communication.thread_id.in_(chased))


def _open_questions_to_family(case: Case) -> Any:
    """What the family was asked and nobody answered since: nobody chases a family."""
    said = select(_said.id).where(_said.thread_id == Communication.thread_id, _said.direction == "inbound")
    said = said.where(_said.id > Communication.id).correlate(Communication)
    return _questions(case).where(Communication.party == "client", ~exists(said))


def _asked_of(work: Transaction, questions: Sequence[Communication], members: Sequence[TeamMember]) -> list[Communication]:
    """Of these questions those that name one of the members; where none does, those that name nobody."""
    ids = [member.id for member in members]
    named = set(
        work.all(select(CommunicationTeamMember.communication_id).where(CommunicationTeamMember.team_member_id.in_(ids)))
    )
    theirs = [question for question in questions if question.id in named]
    return theirs or [question for question in questions if not question.team_member_ids]
