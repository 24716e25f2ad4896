"""Mail servers as one meets them: an SMTP server of our own whose manners a test chooses."""

import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message as Mail

CUT, HANG, DRIBBLE, LOSE_THE_ANSWER = "cut the line", "say nothing", "a byte now and then", "take it and cut the line"
Manner = str | Callable[[], str]


class MailServer(socketserver.ThreadingTCPServer):
    """Takes every mail, unless its manners say what it answers to a verb instead: a reply, or one of the words above.

    `GREETING` and `CONTENT` (what follows DATA) count as verbs. A reply that ends with `CUT` is the last one.
    """

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, **manners: Manner) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.manners: Mapping[str, Manner] = manners
        self.mails: list[Mail] = []
        self.calls: list[float] = []
        self.closing = threading.Event()
        self._lines: set[socket.socket] = set()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def to(self, address: str) -> list[Mail]:
        return [mail for mail in self.mails if mail["To"] == address]

    def ids(self, *domains: str) -> list[str]:
        """The Message-IDs of what was taken for these domains, as often as it was taken."""
        return [mail["Message-ID"] for mail in list(self.mails) if not domains or mail["To"].split("@")[1] in domains]

    def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
        self.calls.append(time.monotonic())
        self._lines.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        self._lines.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        self.closing.set()
        for line in list(self._lines):
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class _Session(socketserver.StreamRequestHandler):
    """One connection, as RFC 5321 wants it, as far as the manners let it."""

    server: MailServer

    def handle(self) -> None:
        try:
            self._converse()
        except (OSError, _OverError):
            return

    def _converse(self) -> None:
        self._say("GREETING", "220 ready")
        while line := self.rfile.readline().decode():
            verb = line.split()[0].upper() if line.split() else ""
            self._say(verb, {"EHLO": "250 hello", "DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 ok"))
            if verb == "DATA" and "DATA" not in self.server.manners:
                self._take()
            if verb == "QUIT":
                return

    def _take(self) -> None:
        content = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise _OverError
            content += line
        self._say("CONTENT", "250 taken", content)

    def _say(self, verb: str, usual: str, content: bytes | None = None) -> None:
        manner = self.server.manners.get(verb, usual)
        answer = manner() if callable(manner) else manner
        if answer == HANG:
            self.server.closing.wait()
        if answer == DRIBBLE:
            self._dribble()
        if answer == LOSE_THE_ANSWER and content is not None:
            self.server.mails.append(message_from_bytes(content))
        if answer in (HANG, DRIBBLE, CUT, LOSE_THE_ANSWER):
            raise _OverError
        reply, cut = answer.removesuffix(f", {CUT}"), answer.endswith(CUT)
        if content is not None and reply.startswith("250"):
            self.server.mails.append(message_from_bytes(content))
        self.wfile.write(f"{reply}\r\n".encode())
        if cut:
            raise _OverError

    def _dribble(self) -> None:
        self.wfile.write(b"220-")
        while not self.server.closing.wait(0.1):
            self.wfile.write(b".")


class _OverError(Exception):
    """This conversation is over."""


@contextmanager
def mail_server(**manners: Manner) -> Iterator[MailServer]:
    """A server with these manners, for as long as the block lasts."""
    with MailServer(**manners) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            server.hang_up()
            thread.join()
