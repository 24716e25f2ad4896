"""A message as it is sent: rendered from its kind and facts, so that a repeat is the same text under the same Message-ID."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from domain.email_address import ascii_form
from mail import case_mail, invite
from mail.letter import Letter, letter, one_line
from models.link import Links
from models.message import Message

# Whoever answers such a mail writes to the other side, not to us.
_ANSWERS_TO = {
    "booking": "host",
    "booking_host": "parent",
    **dict.fromkeys(("enquiry_answer", "copy_request", "statement_request", "packet_share"), "staff"),
}


@dataclass(frozen=True)
class Sender:
    """What a rendered mail needs to know of this installation."""

    links: Links
    mail_from: str

    def __post_init__(self) -> None:
        # A sender that cannot be is no message's fault: it is said at the start.
        Address(addr_spec=self.mail_from)

    @property
    def domain(self) -> str:
        return case_mail.host_of(self.links.base_url)


def render(message: Message, practice_id: Any, sender: Sender, attached: Sequence[bytes] = ()) -> EmailMessage:
    """The mail of a message: a subject that names no child, text and HTML, an invitation where the event has one; `attached`
    are the files that its facts name.

    Raises when facts are missing: such a message fails alone.
    """
    if message.kind == case_mail.KIND:
        written = case_mail.render(message, sender.domain, sender.mail_from, attached)
        _name_the_boundaries(written, message.communication_id or message.id)
        _must_be_of_whole_headers(written)
        return written
    facts = _completed(message.kind, message.facts, message.created_at)
    link = None
    if message.link_path and message.link_id:
        link = sender.links.url(message.link_path, practice_id, message.link_id, hashed=message.link_hash)
    words = letter(message.kind, facts)
    signed = facts["practice"]["name"]
    mail = EmailMessage()
    mail["Message-ID"] = f"<{message.id}@{sender.domain}>"
    mail["Date"] = message.created_at.astimezone(UTC)
    mail["From"] = Address(one_line(signed), addr_spec=sender.mail_from)
    mail["To"] = Address(addr_spec=ascii_form(message.to_address))
    mail["Subject"] = words.subject
    mail["Auto-Submitted"] = "auto-generated"
    if (answers_to := _ANSWERS_TO.get(message.kind)) and facts.get("event") != "verify":
        mail["Reply-To"] = Address(addr_spec=ascii_form(facts[answers_to]["email"]))
    mail.set_content(words.as_text(signed, link))
    mail.add_alternative(words.as_html(signed, link), subtype="html")
    if facts.get("event") in invite.METHODS:
        _attach(mail, invited(facts, words, sender, link, message.created_at), invite.METHODS[facts["event"]])
    # At the end: what is said of the content before goes to its first part.
    mail["Content-Language"] = words.language
    _name_the_boundaries(mail, message.id)
    _must_be_of_whole_headers(mail)
    return mail


def invitation(facts: Mapping[str, Any], link: str, sender: Sender, now: datetime) -> tuple[bytes, str]:
    """The parent's invitation by itself, for calendars that take no mail, and its method."""
    complete = _completed("booking", facts, now)
    return invited(complete, letter("booking", complete), sender, link, now), invite.METHODS[facts["event"]]


def invited(facts: Mapping[str, Any], words: Letter, sender: Sender, link: str | None, now: datetime) -> bytes:
    return invite.calendar(facts, words, organizer=sender.mail_from, link=link, now=now)


def _attach(mail: EmailMessage, calendar: bytes, method: str) -> None:
    parameters = {"method": method, "charset": "utf-8"}
    # An alternative, not only a file: that is what mail programs turn into an event (RFC 6047). As bytes: its lines end
    # with CR LF, whatever a mail does with the ends of its own.
    mail.add_alternative(calendar, maintype="text", subtype="calendar", params=parameters)
    mail.add_attachment(calendar, maintype="text", subtype="calendar", filename="consultation.ics", params=parameters)


def _name_the_boundaries(mail: EmailMessage, message_id: UUID) -> None:
    """A boundary that is drawn anew would make of a repeat another text."""
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=_{message_id.hex}_{number}")


def _must_be_of_whole_headers(mail: EmailMessage) -> None:
    """Whatever people wrote into a header, no line of it begins another one. Raises `ValueError`."""
    for part in mail.walk():
        for name, value in part.items():
            lines = part.policy.fold(name, value).splitlines()
            if any(not line.startswith((" ", "\t")) for line in lines[1:]):
                raise ValueError(f"the header {name} would begin another one")


def _completed(kind: str, told: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The facts, with what follows from them; and what the release before this one did not write down yet."""
    facts = {"language": "en", **told}
    if not kind.startswith("booking"):
        return facts
    practice = facts["practice"]
    facts = {"is_free": False, "location": None, "expires_at": None, "made_at": now, "is_tentative": False, **facts}
    facts["place"] = facts.pop("location")
    facts["minutes"] = int((invite.instant(facts["ends_at"]) - invite.instant(facts["starts_at"])).total_seconds() // 60)
    facts["parent"] = {"has_phone": False, "initials": "", "wrote": False, **facts["parent"]}
    facts["host"] = {"timezone": practice["timezone"], **facts["host"]}
    return facts
