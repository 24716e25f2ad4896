"""A thread as mail programs see it: which of its communications are mails, and under which Message-ID each went or came."""

from typing import Any

from sqlalchemy import and_, bindparam, exists, or_, select

from models.communication import Communication
from models.inbound_mail import InboundMail
from models.message import Message
from models.prepared import Prepared

# What else is a message of a communication went out under an id of its own.
SENT_AS = "case_mail"
# More is in no header: the first and the latest are what programs put a mail in its thread by.
MOST = 200


def _mails() -> Any:
    """Communications that are mails: of those that came in the Message-ID that they came with, of ours none, since it follows
    from the id."""
    theirs = and_(InboundMail.communication_id == Communication.id, InboundMail.message_id.is_(None))
    sent = select(Message.id).where(Message.communication_id == Communication.id, Message.kind == SENT_AS)
    went_out = exists(sent).correlate(Communication)
    found = select(Communication.id, InboundMail.mail_id).outerjoin(InboundMail, theirs)
    return found.where(or_(InboundMail.mail_id.is_not(None), went_out))


MAILS_OF_THREAD = Prepared(
    _mails()
    .where(Communication.thread_id == bindparam("thread_id"))
    .order_by(Communication.occurred_at, Communication.id)
    .limit(MOST)
)
MAIL_OF = Prepared(_mails().where(Communication.id == bindparam("id")).limit(1))
