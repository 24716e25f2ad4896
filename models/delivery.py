"""What becomes of a mail that is a communication, and what follows for who waits for its answer.

Nobody is silent who was never asked: while what a thread asks has reached nobody whose silence counts, what chases an answer
in it waits; and whoever is responsible is told. Once it has, the chase goes on, counted from that day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import Select, select

from domain.delivery_report import Report
from domain.email_address import identity
from domain.inbound_mail import Incoming
from models.case import Case
from models.communication import Communication
from models.communication_thread import SENT_AS
from models.message import WAITING_STATES, Message
from models.practice import Practice
from models.reminder import Reminder
from models.staff import Staff
from models.transaction import Transaction

FAILED_KEY = "mail_failed"
FAILED = "A mail did not arrive"


@dataclass(frozen=True)
class Question:
    """What a thread asks, as it stands now; by its own id and those that it corrects."""

    ids: Sequence[UUID]
    # When it came to those whose silence counts, as far as it did not come back: where it was no mail, when it was said.
    arrived: Sequence[datetime]
    is_under_way: bool


def hold(work: Transaction, message: Message) -> None:
    """Holds the case of a mail that is a communication, before anything of it changes: as whoever records something does."""
    if message.communication_id is not None:
        work.find(Case, work.find(Communication, message.communication_id).case_id, lock=True)


def became(work: Transaction, message: Message) -> None:
    """What follows once a sending, or a report on it, has left a message as it now is; behind the lock of its case."""
    if message.communication_id is None:
        return
    work.flush()
    communication = work.find(Communication, message.communication_id)
    case = work.find(Case, communication.case_id)
    states = {mail.id: mail.state for mail in work.all(_mails_of([communication.id]))}
    told = work.all(_told_of(communication.id))
    if states[message.id] == "failed" and not told:
        work.add(_tell(work, case, communication))
    if states[message.id] == "sent" and "failed" not in states.values():
        for reminder in told:
            reminder.settle(by=None, now=work.now, reason="arrived")
    follow(work, case, communication.thread_id)


def follow(work: Transaction, case: Case, thread_id: UUID) -> None:
    """What chases an answer in a thread follows what became of its questions: it rests while none has reached anybody whose
    silence counts, or is on its way to them, and goes on once one has. Behind the lock of the case."""
    work.flush()
    rungs = [one for one in work.all(Communication.open_follow_ups(thread_id)) if one.ladder]
    questions = _questions(work, thread_id) if rungs else []
    for communication_id, found in groupby(sorted(rungs, key=_of), _of):
        ladder, asked = list(found), work.find(Communication, communication_id)
        if since := _since(asked, questions):
            _go_on(work, case, asked, [one for one in ladder if one.awaits_delivery], since)
        elif not any(one.is_under_way for one in questions):
            for rung in ladder:
                rung.await_delivery(now=work.now)


def asked_at(work: Transaction, communication: Communication) -> datetime:
    """Since when somebody whose silence counts is asked what this communication asks."""
    return _since(communication, _questions(work, communication.thread_id)) or communication.occurred_at


def reported(work: Transaction, case: Case, incoming: Incoming) -> tuple[Message, Report] | None:
    """The mail of this case that a report is about, having heard it, and what it says of it; None: it names none that we sent.
    Behind the lock of the case."""
    for communication_id in incoming.answered_ids:
        of_case = select(Communication.id).where(Communication.case_id == case.id, Communication.id == communication_id)
        ours = (Message.communication_id.in_(of_case)) & (Message.kind == SENT_AS)
        mails: list[Message] = work.all(select(Message).where(ours).order_by(Message.id).with_for_update())
        found = [
            (mail, report) for report in incoming.reports for mail in mails if identity(mail.to_address) in report.recipients
        ]
        if not found and len(mails) == len(incoming.reports) == 1:
            # Forwarded on its way, to an address that we never wrote to: there is nobody else whom it can be about.
            found = [(mails[0], incoming.reports[0])]
        for mail, report in found:
            if mail.hear(report, written_at=incoming.sent_at or work.now):
                became(work, mail)
        if found:
            return found[0]
    return None


def _questions(work: Transaction, thread_id: UUID) -> list[Question]:
    said: dict[UUID, Communication] = {one.id: one for one in work.all(_thread(thread_id))}
    mails: list[Message] = [mail for mail in work.all(_mails_of(list(said))) if mail.is_asked]
    corrected = {one.corrects_id for one in said.values()}
    questions = []
    for one in said.values():
        if one.is_chased and one.id not in corrected:
            ids = list(_with_corrected(one, said))
            theirs = [mail for mail in mails if mail.communication_id in ids]
            arrived = [mail.sent_at for mail in theirs if mail.state == "sent" and mail.sent_at]
            is_under_way = any(mail.state in WAITING_STATES for mail in theirs)
            questions.append(Question(ids, arrived if theirs else [one.occurred_at], is_under_way))
    return questions


def _with_corrected(communication: Communication | None, said: dict[UUID, Communication]) -> Iterator[UUID]:
    while communication is not None:
        yield communication.id
        communication = said.get(communication.corrects_id) if communication.corrects_id else None


def _since(asked: Communication, questions: Sequence[Question]) -> datetime | None:
    """Since when somebody has what is chased by the ladder of `asked`: this question, or one that came to them later. None:
    nobody has. What came before had a ladder of its own."""
    arrived = [at for one in questions for at in one.arrived if asked.id in one.ids or at >= asked.occurred_at]
    return max(asked.occurred_at, min(arrived)) if arrived else None


def _go_on(work: Transaction, case: Case, asked: Communication, waiting: Sequence[Reminder], since: datetime) -> None:
    """What waited chases an answer, on the days of the policy as it is now, and not before it would have."""
    if not waiting:
        return
    *_, last = waiting
    practice = work.find(Practice, work.practice_id)
    planned = asked.rungs(last.ladder or asked.party, case=case, practice=practice, since=since)
    days = {last.key: planned[-1].due_at, **{one.key: one.due_at for one in planned}}
    for rung in waiting:
        if rung is last or days.get(rung.key, days[last.key]) < days[last.key]:
            rung.go_on(due_at=days[rung.key], is_at_rest=case.state == "closed", now=work.now)
        else:
            # The policy has fewer rungs by now: the last one, which proposes to escalate, stays.
            rung.cancel(by=None, now=work.now, reason="fewer_follow_ups")


def _of(rung: Reminder) -> UUID:
    assert rung.communication_id is not None, "it was found by it"
    return rung.communication_id


def _thread(thread_id: UUID) -> Select[Communication]:
    return select(Communication).where(Communication.thread_id == thread_id).order_by(Communication.id)


def _mails_of(communication_ids: Sequence[UUID]) -> Select[Message]:
    return select(Message).where(Message.communication_id.in_(communication_ids)).order_by(Message.id)


def _told_of(communication_id: UUID) -> Select[Reminder]:
    """What tells that it did not arrive, locked."""
    return Reminder.all_that_count().where(Reminder.communication_id == communication_id, Reminder.key == FAILED_KEY)


def _tell(work: Transaction, case: Case, communication: Communication) -> Reminder:
    """Whoever is responsible is reminded, once for all to whom it went."""
    [assignee_id] = work.all(Staff.acting_for(case.advocate_id))
    return Reminder.plan(
        case_id=case.id,
        concern_id=communication.concern_id,
        communication_id=communication.id,
        assignee_id=assignee_id,
        key=FAILED_KEY,
        title=FAILED,
        due_at=work.now,
    )
