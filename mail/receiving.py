"""A mail to the address of a case is taken in: the file first, then the row; on record in its thread, or waiting for staff.

The hook of a mail provider and the command of a local mail server both end here. The same mail is one row, however often it
comes. Nothing is ever answered by itself: two programs that answer each other never end.
"""

import hashlib
import io
import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from domain.email_address import EmailInvalid, identity, is_of_a_public_provider
from domain.inbound_address import Addressed
from domain.refusal import Refusal
from mail.incoming import Attachment, Incoming, Sender
from models.base import among, new_id
from models.case import Case
from models.client import Client
from models.communication import CHASED_PARTIES, Communication, CommunicationTeamMember
from models.document import Document, plain_name
from models.document_reading import DocumentReading
from models.files import CHUNK, Files, Received
from models.inbound_mail import REMINDER_KEY, WAITS, InboundMail
from models.practice import Practice
from models.prepared import Prepared
from models.reminder import OPEN_STATES, Reminder
from models.staff import Staff
from models.student import StudentClient
from models.team_member import TeamMember
from models.throttle import HIT, INBOUND_OF_CASE
from models.transaction import NotFound, Transaction

log = logging.getLogger("followthrough.mail")
LONGEST_SUMMARY = 20_000
CLOCKS_DIFFER = timedelta(minutes=10)
BecauseUnsure = Literal["no_open_question", "several_open_questions"]
NO_WORDS = "(A mail without words of its own.)"
TEACHERS = ("general_education_teacher", "special_education_teacher", "related_service_provider")
_said = aliased(Communication)
_BEFORE = Prepared(
    select(InboundMail.id, InboundMail.state).where(
        InboundMail.case_id == bindparam("case_id"), InboundMail.sha256 == bindparam("sha256")
    )
)
# A transaction in a practice; it may be told that it only reads.
Enter = Callable[[UUID, bool], Transaction]


class TooMuchMail(Refusal):
    """More mail for one case than people write in a day: the rest is to come again later."""


@dataclass(frozen=True)
class TakenIn:
    """What became of a mail for one case."""

    id: UUID
    state: str


@dataclass(frozen=True)
class Place:
    """Where a mail belongs: what it answers, who says it, whether that settles what is chased; or why nobody can tell."""

    party: str = "other"
    answered: Communication | None = None
    members: Sequence[TeamMember] = ()
    settles: bool = False
    because: str | None = None


def for_each(addressed: Iterable[Addressed], take: Callable[[Addressed], TakenIn | None]) -> list[TakenIn]:
    """What became of a mail for each case. Where one has had too much mail the others have theirs all the same; then it has to
    come again (`TooMuchMail`), and is the same to them."""
    found, too_much = [], None
    for one in addressed:
        try:
            found.append(take(one))
        except TooMuchMail as refused:
            too_much = refused
    if too_much:
        raise too_much
    return [one for one in found if one]


def receive(enter: Enter, files: Files, raw: bytes, incoming: Incoming, addressed: Addressed) -> TakenIn | None:
    """Takes in a mail for the case that it is addressed to; None where there is no such case any more. Raises `OSError` where
    it cannot be kept, and `TooMuchMail`: in both cases it has to come again."""
    practice_id, case_id = addressed
    sha256 = hashlib.sha256(raw).digest()
    with enter(practice_id, True) as looking:
        try:
            looking.find(Case, case_id)
        except NotFound:
            return None
        before = looking.rows(_BEFORE, case_id=case_id, sha256=sha256)
    if before:
        return TakenIn(before[0].id, before[0].state)
    mail_id = new_id()
    mails = files.mails(practice_id)
    mails.write(str(mail_id), pieces(raw))
    try:
        known = _taken_in(enter, files, raw, incoming, addressed, mail_id, sha256)
    except TooMuchMail:
        _let_go(mails, mail_id)
        raise
    if known.id != mail_id:
        _let_go(mails, mail_id)
    facts = {"practice": str(practice_id), "mail": str(known.id), "state": known.state, "because": known.because}
    log.info("inbound mail", facts)
    return TakenIn(known.id, known.state)


def _taken_in(
    enter: Enter, files: Files, raw: bytes, incoming: Incoming, addressed: Addressed, mail_id: UUID, sha256: bytes
) -> InboundMail:
    with enter(addressed.practice_id, False) as work:
        # Whoever records something of a case holds it: an answer and its reminder meet behind this lock, and so do two that
        # bring the same mail.
        case = work.find(Case, addressed.case_id, lock=True)
        known: InboundMail | None = next(iter(work.all(InboundMail.of_content(case.id, sha256))), None)
        if known is None:
            known = _row(mail_id, case, raw, sha256, incoming, work.now)
            _must_be_within(work, case)
            _take_in(work, files.documents(addressed.practice_id), case, known, incoming)
        return known


def _let_go(mails: Files, mail_id: UUID) -> None:
    """A file that no row will ever name; where that fails, housekeeping takes it."""
    with suppress(OSError):
        mails.remove(str(mail_id))


def pieces(content: bytes) -> Iterable[bytes]:
    return (content[begin : begin + CHUNK] for begin in range(0, len(content), CHUNK))


def record(
    work: Transaction,
    documents: Files,
    case: Case,
    row: InboundMail,
    incoming: Incoming,
    place: Place,
    *,
    by: UUID | None = None,
    concern_id: UUID | None = None,
    direction: str = "inbound",
) -> tuple[Communication, list[Reminder], list[Any]]:
    """What a mail says, as a communication: what it settled, and the rows to add, the communication first."""
    kept = [_kept(work, documents, case, attachment, by) for attachment in incoming.attachments if attachment.file_type]
    heard = _heard(work, incoming) if direction == "inbound" else incoming
    communication = Communication.record(
        case=case,
        by=by,
        in_reply_to=place.answered,
        direction=direction,
        channel="email",
        party=place.party,
        occurred_at=heard.when(work.now),
        subject=incoming.subject,
        summary=(heard.own_words or incoming.text or NO_WORDS)[:LONGEST_SUMMARY],
        awaiting_reply=False,
    )
    communication.concern_id = concern_id or (place.answered.concern_id if place.answered else None)
    chased = work.all(Communication.open_follow_ups(communication.thread_id)) if place.settles else []
    settled = communication.settle(chased, by=by, now=work.now)
    row.attachments = _told(incoming.attachments, [document.id for document, _ in kept])
    row.become(communication, by=by)
    found = [*(both for pair in kept for both in pair), communication, *communication.between(case, place.members)]
    return communication, settled, [*found, *communication.attach(case, [document for document, _ in kept])]


def nothing_waits(work: Transaction, case: Case, *, by: UUID | None, reason: str) -> None:
    """Where no mail of a case waits any more, nobody is reminded of them. Behind the lock of the case."""
    work.flush()
    [waiting] = work.all(InboundMail.waiting_in(case.id))
    if not waiting:
        for reminder in work.all(InboundMail.reminders_of(case.id)):
            reminder.settle(by=by, now=work.now, reason=reason)


def _row(mail_id: UUID, case: Case, raw: bytes, sha256: bytes, incoming: Incoming, now: datetime) -> InboundMail:
    return InboundMail(
        id=mail_id,
        case_id=case.id,
        state="waiting",
        mail_id=incoming.mail_id,
        answers_mail_ids=list(incoming.answers),
        from_address=incoming.sender.address,
        from_name=incoming.sender.name,
        subject=incoming.subject,
        text=incoming.text,
        attachments=_told(incoming.attachments, []),
        authentication_results=incoming.authentication_results,
        sent_at=incoming.sent_at,
        received_at=now,
        size_bytes=len(raw),
        sha256=sha256,
    )


def _told(attachments: Sequence[Attachment], document_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """What is said of what is attached; which documents were made of it, in their order."""
    ids = iter(document_ids)
    return [
        {
            "name": one.name,
            "media_type": one.media_type,
            "size_bytes": len(one.content),
            "document_id": str(found) if one.file_type and (found := next(ids, None)) else None,
            "why_not": one.why_not,
        }
        for one in attachments
    ]


def _take_in(work: Transaction, documents: Files, case: Case, row: InboundMail, incoming: Incoming) -> None:
    place = _place(work, case, incoming)
    row.because = place.because
    if place.because is None:
        _, _, rows = record(work, documents, case, row, incoming, place)
        work.add(*rows, row)
        return
    work.add(row)
    if not work.all(InboundMail.reminders_of(case.id)):
        work.add(
            Reminder.plan(
                case_id=case.id,
                assignee_id=responsible(work, case),
                key=REMINDER_KEY,
                title=WAITS,
                due_at=work.now,
            )
        )


def responsible(work: Transaction, case: Case) -> UUID:
    """Who is responsible for the case; for one that was closed by somebody who has left, an owner."""
    if work.find(Staff, case.advocate_id).ended_at is None:
        return case.advocate_id
    owner: UUID = work.all(select(Staff.id).where(Staff.role == "owner", Staff.ended_at.is_(None)).order_by(Staff.id).limit(1))[
        0
    ]
    return owner


def _kept(
    work: Transaction, documents: Files, case: Case, attachment: Attachment, by: UUID | None
) -> tuple[Document, DocumentReading]:
    """A document of what is attached, by the way that uploads take: the file, then the row, then somebody reads it."""
    content = attachment.content
    received = Received(attachment.name, len(content), hashlib.sha256(content).digest(), io.BytesIO(content))
    assert attachment.file_type is not None, "what may be no document is not kept as one"
    document = Document.of(
        received,
        file_type=attachment.file_type,
        case_id=case.id,
        kind="other",
        by=by,
        name=plain_name(attachment.name),
        note="It came by mail.",
    )
    documents.write(str(document.id), pieces(content))
    return document, DocumentReading.ask(document.id, now=work.now)


def _place(work: Transaction, case: Case, incoming: Incoming) -> Place:
    """Where a mail belongs. What is not sure is left to people: what settles a question by mistake is never asked again."""
    if not incoming.is_readable:
        return Place(because="unreadable")
    if incoming.automatic:
        return Place(because=incoming.automatic)
    heard = _heard(work, incoming)
    writer = heard.sender
    if _is_ours(work, incoming.sender) and (not writer.address or _is_ours(work, writer)):
        return Place(because="forwarded_by_us" if incoming.is_forward else "from_us")
    team = work.all(select(TeamMember).where(TeamMember.case_id == case.id).order_by(TeamMember.id))
    members = [member for member in team if _same(member.email, writer)]
    families = [client.email for client in work.all(_clients(case))]
    is_client = any(_same(address, writer) for address in families)
    # A parent is of the IEP team by law, and answers nothing for the school.
    is_of_school = not is_client and (bool(members) or _is_of_school(writer, team, families))
    if answered := _answered(work, case, heard):
        if not (is_of_school or is_client):
            return Place(because="unknown_sender")
        asked_school = answered.party in CHASED_PARTIES
        party = "client" if is_client else answered.party if asked_school else _party(members)
        return Place(party, answered, members, settles=is_of_school or not asked_school)
    if not (members or is_client):
        return Place(because="unknown_sender")
    question = _the_one_question(work, case, heard, [] if is_client else members)
    if isinstance(question, str):
        return Place(because=question)
    return Place(question.party, question, members, settles=True)


def _heard(work: Transaction, incoming: Incoming) -> Incoming:
    """The mail; or what one of us forwarded, as if that had come itself. Whoever else forwards says it themselves."""
    if not (incoming.is_forward and _is_ours(work, incoming.sender)):
        return incoming
    [zone] = work.all(select(Practice.timezone))
    return incoming.as_first_written(ZoneInfo(zone))


def _the_one_question(
    work: Transaction, case: Case, heard: Incoming, members: Sequence[TeamMember]
) -> Communication | BecauseUnsure:
    """The question that a mail answers which names none: of these members, or where there are none, of the family. One alone,
    and asked before it was written; of what is forwarded without a time nobody knows that."""
    if heard.answers or (heard.is_first_written and heard.sent_at is None):
        return "no_open_question"
    found = work.all(_open_questions_to_school(case)) if members else work.all(_open_questions_to_family(case))
    if members:
        found = _asked_of(work, found, members)
    # Clocks of mail programs go wrong by minutes.
    written = heard.sent_at + CLOCKS_DIFFER if heard.sent_at else work.now
    threads = {question.thread_id: question for question in found if question.occurred_at <= written}
    if len(threads) != 1:
        return "several_open_questions" if threads else "no_open_question"
    question: Communication = next(iter(threads.values()))
    return question


def _is_ours(work: Transaction, sender: Sender) -> bool:
    return bool(sender.address and work.all(select(Staff.id).where(func.lower(Staff.email) == sender.identity).limit(1)))


def _same(address: str | None, sender: Sender) -> bool:
    try:
        return bool(address and sender.address) and identity(address or "") == sender.identity
    except EmailInvalid:
        return False


def _is_of_school(sender: Sender, team: Iterable[TeamMember], families: Iterable[str]) -> bool:
    """Whether somebody who is not in the team writes from where its members do, and no parent nor anybody else does: the
    principal's office."""

    def domain(address: str) -> str:
        return address.rpartition("@")[2].lower()

    theirs = {domain(member.email) for member in team if member.email}
    if not sender.address or is_of_a_public_provider(sender.address):
        return False
    return domain(sender.address) in theirs - {domain(address) for address in families}


def _party(members: Sequence[TeamMember]) -> str:
    return "teacher" if any(member.role in TEACHERS for member in members) else "team" if members else "other"


def _clients(case: Case) -> Any:
    theirs = select(StudentClient.client_id).where(StudentClient.student_id == case.student_id)
    return select(Client).where(or_(Client.id == case.client_id, Client.id.in_(theirs)))


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


def _must_be_within(work: Transaction, case: Case) -> None:
    found = work.rows(HIT, **INBOUND_OF_CASE.values(f"{work.practice_id} {case.id}", work.now))[0]
    if not found.is_within:
        raise TooMuchMail("There came more mail for this case than anybody writes in a day. Send it again tomorrow.")
