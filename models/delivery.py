"""What becomes of a mail that is a communication, and what follows for who waits for its answer.

Nobody is silent who was never asked: while a question has reached nobody whose silence counts, what chases an answer waits; and
whoever is responsible is told. Once it has, the chase goes on from the day on which it was sent.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

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


def hold(work: Transaction, message: Message) -> None:
    """Holds the case of a mail that is a communication, before anything of it changes: as whoever records something does."""
    if message.communication_id is not None:
        work.find(Case, work.find(Communication, message.communication_id).case_id, lock=True)


def became(work: Transaction, message: Message, state: str) -> None:
    """What follows from the state in which a sending, or a report on it, left a message; behind the lock of its case."""
    if message.communication_id is None or state not in ("sent", "failed"):
        return
    work.flush()
    communication = work.find(Communication, message.communication_id)
    case = work.find(Case, communication.case_id)
    mails = work.all(_mails_of(communication.id))
    told = work.all(_told_of(communication.id))
    if state == "failed":
        if not told:
            work.add(_tell(work, case, communication))
        if not any(mail.is_asked and mail.state in ("sent", *WAITING_STATES) for mail in mails):
            of_it = Reminder.communication_id == communication.id, Reminder.ladder.is_not(None)
            for rung in work.all(Reminder.all_that_count().where(*of_it)):
                rung.await_delivery(now=work.now)
        return
    if message.is_asked:
        _go_on(work, case, communication, since=_asked_at(communication, mails))
    if told and all(mail.state != "failed" for mail in mails):
        for reminder in told:
            reminder.settle(by=None, now=work.now, reason="arrived")


def asked_at(work: Transaction, communication: Communication) -> datetime:
    """Since when somebody whose silence counts has the question: when it was said, or when the first mail to such a one was
    sent that did not come back."""
    return _asked_at(communication, work.all(_mails_of(communication.id)))


def reported(work: Transaction, case: Case, incoming: Incoming) -> Message | None:
    """The mail of this case that a report is about, having heard it; None: it names none that we sent. Behind the lock of the
    case."""
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
                became(work, mail, mail.state)
        if found:
            return found[0][0]
    return None


def _go_on(work: Transaction, case: Case, communication: Communication, *, since: datetime) -> None:
    """What waited for this question to arrive chases an answer; unless somebody asked again meanwhile, and that is chased."""
    waiting = work.all(Reminder.awaiting_delivery_of(communication.id))
    if not waiting:
        return
    in_thread = work.all(Communication.open_follow_ups(communication.thread_id))
    if any(one.ladder and not one.awaits_delivery for one in in_thread):
        return
    practice = work.find(Practice, work.practice_id)
    for rung in waiting:
        planned = communication.rungs(rung.ladder, case=case, practice=practice, since=since)
        due_at = {one.key: one.due_at for one in planned}.get(rung.key, planned[-1].due_at)
        rung.go_on(due_at=due_at, is_at_rest=case.state == "closed", now=work.now)


def _asked_at(communication: Communication, mails: Sequence[Message]) -> datetime:
    arrived = [mail.sent_at for mail in mails if mail.is_asked and mail.state == "sent" and mail.sent_at]
    return max(communication.occurred_at, min(arrived, default=communication.occurred_at))


def _mails_of(communication_id: UUID) -> Select[Message]:
    return select(Message).where(Message.communication_id == communication_id).order_by(Message.id)


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
