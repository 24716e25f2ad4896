"""Messages that wait: leased and committed, sent outside of any transaction, their outcome written under the lease."""

import logging
from uuid import UUID

from sqlalchemy import Update

from domain.email_address import ascii_form
from mail import case_mail
from mail.post import WHOLE_SECONDS, Undeliverable
from mail.render import render
from models import delivery
from models.booking_mail import BOOKING_AS_TOLD
from models.message import PRACTICES_WITH_MESSAGES, Message
from scheduling.workplace import Workplace

log = logging.getLogger("followthrough.worker")
WAITING = PRACTICES_WITH_MESSAGES
AT_ONCE = 20
# What the next state of a message is called when it is counted.
OUTCOMES = {"sent": "sent", "queued": "retried", "failed": "failed"}


def send(worker: Workplace, practice_id: UUID) -> int:
    with worker.in_practice(practice_id) as claiming:
        waiting = claiming.all(Message.claimable(claiming.now, AT_ONCE))
        spent = [message for message in waiting if message.is_spent]
        for message in waiting:
            if message not in spent:
                message.claim(worker.id, now=claiming.now)
    for message in waiting:
        if message in spent:
            # By itself: its case is held first, as by all who change what is of it.
            _end(worker, practice_id, message, message.surrender(), "failed", "It was never ended.")
        else:
            _send_one(worker, practice_id, message)
    return len(waiting)


def _send_one(worker: Workplace, practice_id: UUID, message: Message) -> None:
    # What cannot be sent before its lease ends is left to whoever claims it next.
    time_left = (message.due_at - worker.clock()).total_seconds()
    if worker.stopping.is_set() or time_left < WHOLE_SECONDS:
        with worker.in_practice(practice_id) as releasing:
            releasing.execute(message.release(now=releasing.now))
        return
    if _is_overtaken(worker, practice_id, message):
        with worker.in_practice(practice_id) as writing:
            written = writing.execute(message.withdrawal())
        _note(worker, practice_id, message, "withdrawn" if written else "lost_lease", None)
        return
    error, for_good = _attempt(worker, practice_id, message)
    became = OUTCOMES[message.becomes(error, for_good=for_good)]
    outcome = message.outcome(now=worker.clock(), error=error, for_good=for_good)
    _end(worker, practice_id, message, outcome, became, error)


def _end(worker: Workplace, practice_id: UUID, message: Message, outcome: Update, became: str, why: str | None) -> None:
    """Writes what became of a message, if its lease is still the one that was taken, with what follows from that."""
    with worker.in_practice(practice_id) as writing:
        delivery.hold(writing, message)
        written = writing.execute(outcome)
        if written:
            delivery.became(writing, message)
    _note(worker, practice_id, message, became if written else "lost_lease", why)


def _is_overtaken(worker: Workplace, practice_id: UUID, message: Message) -> bool:
    """Whether what it tells is not so any more. Asked at the last moment: it may have waited long for its mail server."""
    if message.useless_at is not None and message.useless_at <= worker.clock():
        return True
    if message.booking_id is None:
        return False
    with worker.in_practice(practice_id) as asking:
        return not asking.rows(BOOKING_AS_TOLD, id=message.booking_id, sequence=message.booking_sequence)


def _note(worker: Workplace, practice_id: UUID, message: Message, became: str, why: str | None) -> None:
    """Counts what became of a message, and writes it to the log."""
    worker.counts[became] += 1
    facts = {"message": str(message.id), "practice": str(practice_id), "attempt": message.attempts, "why": why}
    log.info("message", {**facts, "outcome": became})


def _attempt(worker: Workplace, practice_id: UUID, message: Message) -> tuple[str | None, bool]:
    try:
        attached = _attached(worker, practice_id, message)
    except FileNotFoundError:
        return "A file that it attaches is not there any more.", True
    except OSError as failed:
        return f"The files that it attaches cannot be read ({type(failed).__name__}).", False
    try:
        mail = render(message, practice_id, worker.config.sender, attached)
    except Exception as wrong:
        # Its facts do not fit its template: no repeat mends that, and the others must not wait for it.
        return f"It could not be written ({type(wrong).__name__}).", True
    # What is a communication goes to several, and is tried for each by itself; what says later that it failed goes to the case.
    to = ascii_form(message.to_address) if message.kind == case_mail.KIND else None
    bounces_to = message.facts.get("bounces_to") if to else None
    try:
        worker.post.send(mail, to=to, bounces_to=bounces_to)
    except Undeliverable as failed:
        return str(failed), failed.for_good
    except Exception as wrong:
        return f"It could not be sent ({type(wrong).__name__}).", False
    return None, False


def _attached(worker: Workplace, practice_id: UUID, message: Message) -> list[bytes]:
    """The files that a message attaches, whole. Raises `FileNotFoundError` for one that is gone, or another than it was."""
    found = []
    for told in message.facts.get("documents", ()):
        if worker.config.files is None:
            raise OSError("this worker was given no place for files")
        with worker.config.files.documents(practice_id).open(told["id"]) as opened:
            content = opened.read(case_mail.MOST_ATTACHED_BYTES + 1)
        if len(content) != told["size_bytes"]:
            raise FileNotFoundError(told["id"])
        found.append(content)
    return found
