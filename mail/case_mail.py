"""A mail that a person wrote out of a case: their words as they stand, to all of its addressees, with what they attached.

Nothing marks it as made by a program, since it was not. It stands in its thread: mail programs put an answer below it, and
the answer comes back to the address of the case.
"""

from collections.abc import Sequence
from datetime import UTC
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from html import escape
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from domain.email_address import ascii_form
from mail.letter import one_line
from models.communication_thread import SENT_AS
from models.message import Message

KIND = SENT_AS
MOST_ATTACHED_BYTES = 20 * 2**20
MOST_REFERENCES = 20
# Not folded at 78: what stands alone in a longer line, as many a Message-ID does, would be written in another way.
_POLICY = policy.default.clone(max_line_length=900)
_PAGE = """<!doctype html>
<html>
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>
<body><div style="white-space: pre-wrap; font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; \
font-size: 16px; line-height: 24px;">{text}</div></body>
</html>
"""


def mail_id(communication_id: UUID, domain: str) -> str:
    """The Message-ID of a communication that is a mail: the same for all to whom it goes, and however often it is tried."""
    return f"<{communication_id}@{domain}>"


def host_of(base_url: str) -> str:
    """What stands behind the @ of our Message-IDs."""
    return urlsplit(base_url).hostname or "localhost"


def references(mail_ids: Sequence[str]) -> list[str]:
    """What the header References says of a thread (RFC 5322 section 3.6.4): its beginning, and its latest."""
    known = [one for one in dict.fromkeys(mail_ids) if "=?" not in one]
    return known if len(known) <= MOST_REFERENCES else [known[0], *known[1 - MOST_REFERENCES :]]


def render(message: Message, domain: str, mail_from: str, attached: Sequence[bytes]) -> EmailMessage:
    """The mail, the same whoever of its addressees this message is for."""
    facts = message.facts
    assert message.communication_id is not None, "a mail of a case is a communication"
    mail = EmailMessage(policy=_POLICY)
    mail["Message-ID"] = mail_id(message.communication_id, domain)
    mail["Date"] = message.created_at.astimezone(UTC)
    mail["From"] = Address(one_line(facts["from_name"]), addr_spec=mail_from)
    mail["To"] = [_address(one) for one in facts["to"]]
    mail["Reply-To"] = Address(addr_spec=ascii_form(facts["reply_to"]))
    mail["Subject"] = one_line(facts["subject"])
    if before := references(facts["references"]):
        mail["In-Reply-To"] = facts["in_reply_to"] if facts["in_reply_to"] in before else before[-1]
        mail["References"] = " ".join(before)
    text: str = facts["text"]
    mail.set_content(text)
    mail.add_alternative(_PAGE.format(text=escape(text)), subtype="html")
    for told, content in zip(facts["documents"], attached, strict=True):
        main, sub = told["media_type"].split("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=one_line(told["name"]))
    return mail


def _address(named: dict[str, Any]) -> Address:
    return Address(one_line(named["name"]), addr_spec=ascii_form(named["email"]))
