"""How a mail leaves: by SMTP, every step of it bounded in time; or kept in a folder, for the demo."""

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

STEP_SECONDS = 10
# In all: well below the lease of a message, so that nobody sends under a lease that lapsed; and below the 30 seconds
# within which a worker that is told to stop has to end what it is sending.
WHOLE_SECONDS = 24


class Undeliverable(Exception):
    """The mail was not taken; `for_good` when trying again is of no use (RFC 5321: a 5yz reply to it)."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


class Post(Protocol):
    """Sends a mail to all whom it names, or of them to one alone, or raises `Undeliverable`; returns within `WHOLE_SECONDS`.
    What says later that it did not arrive comes to `bounces_to`, or else to its sender."""

    def send(self, mail: EmailMessage, *, to: str | None = None, bounces_to: str | None = None) -> None: ...


@dataclass(frozen=True)
class SmtpPost:
    """Mail through a server: `smtp://user:pass@host:port`, STARTTLS where it is offered; `smtps://` for TLS from the start."""

    url: str

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """What a server has to prove its name by. To read it takes longer than to send a mail: once, and where there is TLS."""
        return ssl.create_default_context()

    def send(self, mail: EmailMessage, *, to: str | None = None, bounces_to: str | None = None) -> None:
        try:
            with self._connected() as server:
                server.send_message(mail, from_addr=bounces_to, to_addrs=[to] if to else None)
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(code for code, _ in refused.recipients.values())
            raise Undeliverable(f"The recipient was refused ({code}).", for_good=_is_for_good(code)) from None
        except smtplib.SMTPDataError as refused:
            code = refused.smtp_code
            raise Undeliverable(f"The mail was refused ({code}).", for_good=_is_for_good(code)) from None
        except smtplib.SMTPResponseException as refused:
            # Said to us, not to the mail: a wrong password is mended, and then the mails have to go.
            raise Undeliverable(f"The mail server answered {refused.smtp_code}.") from None
        except (smtplib.SMTPException, OSError) as failed:
            raise Undeliverable(f"The mail server could not be used ({type(failed).__name__}).") from None

    @contextlib.contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        parts = urlsplit(self.url)
        host = parts.hostname or "localhost"
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(timeout=STEP_SECONDS, context=self._trust)
        else:
            server = smtplib.SMTP(timeout=STEP_SECONDS)
        # What TLS checks the certificate against; smtplib sets it only where its constructor connects, and a greeting that
        # dribbles in there would be outside of the limit.
        server._host = host  # type: ignore[attr-defined]
        # A timeout bounds one step; a server that dribbles could still hold us longer than the lease.
        cut = threading.Timer(WHOLE_SECONDS, _cut_off, [server])
        cut.start()
        try:
            code, _ = server.connect(host, parts.port or (465 if parts.scheme == "smtps" else 25))
            if code != 220:
                raise Undeliverable(f"The mail server answered {code}.")
            if parts.scheme == "smtp" and server.ehlo()[0] == 250 and server.has_extn("starttls"):
                # A password goes only to a server that proved its name; without one, any encryption beats none.
                server.starttls(context=self._trust if parts.username else ssl._create_unverified_context())  # noqa: S323
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            yield server
            # The mail is taken by now; a farewell that fails changes nothing of that.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                server.quit()
        finally:
            cut.cancel()
            server.close()


@dataclass(frozen=True)
class KeptPost:
    """Keeps mails as files in a folder, for `/dev/mail`."""

    folder: Path

    def send(self, mail: EmailMessage, *, to: str | None = None, bounces_to: str | None = None) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = str(mail["Message-ID"]).strip("<>").partition("@")[0]
        (self.folder / f"{name}.eml").write_bytes(mail.as_bytes(policy=mail.policy.clone(linesep="\r\n")))

    def kept(self) -> list[tuple[str, EmailMessage]]:
        """Every mail with its name, the latest first."""
        if not self.folder.is_dir():
            return []
        names = sorted((path.stem for path in self.folder.glob("*.eml")), reverse=True)
        return [(name, mail) for name in names if (mail := self.read(name))]

    def read(self, name: str) -> EmailMessage | None:
        path = self.folder / f"{name}.eml"
        if path.parent != self.folder or not path.is_file():
            return None
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        return mail if isinstance(mail, EmailMessage) else None


def _is_for_good(code: int) -> bool:
    return 500 <= code < 600


def _cut_off(server: smtplib.SMTP) -> None:
    if server.sock is not None:
        with contextlib.suppress(OSError):
            server.sock.shutdown(socket.SHUT_RDWR)
