"""A message as it is sent: rendered from its kind and facts, so that a repeat is the same text under the same Message-ID."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.email_address import ascii_form
from mail import invite
from models.link import Links
from models.message import Message

# Plain text: nothing is escaped, and nothing is ever read as markup. An HTML template would have to escape.
_templates = Environment(  # noqa: S701
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)

# Whoever answers a mail about a consultation writes to the other side, not to us.
_ANSWERS_TO = {"booking": "host", "booking_host": "parent"}


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
        return urlsplit(self.links.base_url).hostname or "localhost"


def render(message: Message, practice_id: Any, sender: Sender) -> EmailMessage:
    """The mail of a message: a subject that names no child, plain text, an invitation where the kind has one.

    The template's first line is the subject. Raises when facts are missing: such a message fails alone.
    """
    facts: dict[str, Any] = dict(message.facts)
    link = None
    if message.link_path and message.link_id:
        link = sender.links.url(message.link_path, practice_id, message.link_id, hashed=message.link_hash)
    text = _templates.get_template(f"{message.kind}.txt").render(**facts, link=link, local=_local)
    subject, _, body = text.partition("\n")
    mail = EmailMessage()
    mail["Message-ID"] = f"<{message.id}@{sender.domain}>"
    mail["Date"] = message.created_at.astimezone(UTC)
    mail["From"] = Address(_one_line(facts["practice"]["name"]), addr_spec=sender.mail_from)
    mail["To"] = Address(addr_spec=ascii_form(message.to_address))
    mail["Subject"] = _one_line(subject)
    mail["Auto-Submitted"] = "auto-generated"
    if answers_to := _ANSWERS_TO.get(message.kind):
        mail["Reply-To"] = Address(addr_spec=ascii_form(facts[answers_to]["email"]))
    mail.set_content(body.lstrip("\n"))
    if message.kind.startswith("booking"):
        _attach_invitation(mail, message, facts)
    return mail


def _attach_invitation(mail: EmailMessage, message: Message, facts: Mapping[str, Any]) -> None:
    method = "CANCEL" if facts["event"] == "cancelled" else "REQUEST"
    calendar = invite.calendar(facts["practice"]["name"], facts, message.created_at).decode()
    # An alternative, not only a file: that is what mail programs turn into an event (RFC 6047).
    mail.add_alternative(calendar, subtype="calendar", params={"method": method})
    mail.add_attachment(calendar, subtype="calendar", filename="consultation.ics", params={"method": method})


def _local(at: str, zone: str) -> str:
    """An instant as a person reads it, in their zone: Monday, October 12, 2026, 11:30 AM (America/New_York)."""
    local = datetime.fromisoformat(at).astimezone(ZoneInfo(zone))
    hour = local.strftime("%I:%M %p").lstrip("0")
    return f"{local:%A, %B} {local.day}, {local.year}, {hour} ({zone})"


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]
