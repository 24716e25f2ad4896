"""Web servers as one meets them: HTTP on a real socket, whose answer a test writes byte by byte if it likes."""

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

Manner = Callable[["Call"], None]


@dataclass
class Call:
    """A request that arrived, and the line on which to answer it."""

    line: socket.socket
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    closing: threading.Event

    def answer(self, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """A plain answer, with its length."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in named.items())]
        if status != 304:
            lines.append(f"Content-Length: {len(body)}")
        self.says("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    def says(self, raw: bytes) -> None:
        # Who has heard enough hangs up.
        with suppress(OSError):
            self.line.sendall(raw)

    def dribbles(self, raw: bytes, every: float = 0.1) -> None:
        """A byte now and then, until the test is over or nobody listens any more."""
        for byte in raw:
            if self.closing.wait(every):
                return
            try:
                self.line.sendall(bytes([byte]))
            except OSError:
                return

    def hangs(self) -> None:
        self.closing.wait()


class WebServer(socketserver.ThreadingTCPServer):
    """Answers every request as `manner` does, which a test may change; keeps what was asked."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, manner: Manner, context: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.manner, self.context = manner, context
        self.calls: list[Call] = []
        # Every connection counts, also one on which nothing was said.
        self.connections = 0
        self.closing = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def place(self) -> str:
        """As EGRESS_ALLOW names it."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http{'s' if self.context else ''}://{self.place}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that hangs up, or refuses a certificate, is what some tests are about."""


class _Conversation(socketserver.BaseRequestHandler):
    server: WebServer

    def handle(self) -> None:
        self.server.connections += 1
        line: socket.socket = self.request
        if self.server.context:
            line = self.server.context.wrap_socket(line, server_side=True)
        read = line.makefile("rb")
        first = read.readline().decode().split()
        if len(first) != 3:
            return
        headers = {}
        while (said := read.readline().decode().strip()) != "":
            name, _, value = said.partition(":")
            headers[name.lower()] = value.strip()
        body = read.read(int(headers.get("content-length", "0")))
        call = Call(line, first[0], first[1], headers, body, self.server.closing)
        self.server.calls.append(call)
        self.server.manner(call)
        with suppress(OSError):
            line.close()


@contextmanager
def web_server(manner: Manner | bytes, context: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    """A server with this manner, or that always answers these bytes of a body, for as long as the block lasts."""
    answers = manner if callable(manner) else lambda call: call.answer(manner)
    with WebServer(answers, context) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()
