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
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from domain.inbound_address import Addressed
from domain.inbound_mail import Attachment, Incoming
from domain.refusal import Refusal
from models import delivery
from models.base import new_id
from models.case import Case
from models.communication import Communication
from models.document import Document, plain_name
from models.document_reading import DocumentReading
from models.files import CHUNK, Files, Received
from models.inbound_mail import REMINDER_KEY, WAITS, InboundMail
from models.inbound_match import Place, heard, place_of
from models.prepared import Prepared
from models.reminder import Reminder
from models.staff import Staff
from models.throttle import HIT, INBOUND_OF_CASE
from models.transaction import NotFound, Transaction

log = logging.getLogger("followthrough.mail")
LONGEST_SUMMARY = 20_000
NO_WORDS = "(A mail without words of its own.)"
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
    said = heard(work, incoming) if direction == "inbound" else incoming
    communication = Communication.record(
        case=case,
        by=by,
        in_reply_to=place.answered,
        direction=direction,
        channel="email",
        party=place.party,
        occurred_at=said.when(work.now),
        subject=incoming.subject,
        summary=(said.own_words or incoming.text or NO_WORDS)[:LONGEST_SUMMARY],
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
    place = place_of(work, case, incoming)
    row.because = place.because
    if place.because is None:
        _, _, rows = record(work, documents, case, row, incoming, place)
        work.add(*rows, row)
        return
    if incoming.reports and (about := delivery.reported(work, case, incoming)):
        # What it says is on record with the mail that it is about: there is nothing to match.
        message, report = about
        row.report_on(message, report.in_words())
        work.add(row)
        return
    work.add(row)
    if not work.all(InboundMail.reminders_of(case.id)):
        [assignee_id] = work.all(Staff.acting_for(case.advocate_id))
        planned = Reminder.plan(case_id=case.id, assignee_id=assignee_id, key=REMINDER_KEY, title=WAITS, due_at=work.now)
        work.add(planned)


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


def _must_be_within(work: Transaction, case: Case) -> None:
    found = work.rows(HIT, **INBOUND_OF_CASE.values(f"{work.practice_id} {case.id}", work.now))[0]
    if not found.is_within:
        raise TooMuchMail("There came more mail for this case than anybody writes in a day. Send it again tomorrow.")
