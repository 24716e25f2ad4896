"""The load generator: one process that keeps a number of connections busy and writes down how long each answer took."""

import re
import selectors
import socket
import time
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

PATIENCE_SECONDS = 20
# Which process of a server gets a connection is chance, and 16 of them fall 11 to 5 as often as not: each is made anew
# twice a second, so that chance is the same for everybody.
RENEWED_AFTER_NS = 500_000_000
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Failed(Exception):
    """An answer that should not be: a bench of refusals would be a fast one."""


class Ask(NamedTuple):
    """A request as it goes over the wire, and the status that it has to be answered with."""

    request: bytes
    status: bytes = b"200"


class Run(NamedTuple):
    """What came of a run: how long each answer took, in nanoseconds; its seconds; those the generator itself computed."""

    latencies: "array[int]"
    seconds: float
    own_seconds: float


class _Connection:
    """A connection on which one request is under way at a time (HTTP/1.1, kept alive)."""

    __slots__ = ("asks", "begun", "left", "port", "renew_at", "sent_at", "socket", "status", "wrong")

    def __init__(self, port: int, asks: Iterator[Ask], renew_at: int) -> None:
        self.port, self.asks = port, asks
        self.open(renew_at)

    def open(self, renew_at: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.begun, self.left, self.wrong, self.renew_at = b"", 0, False, renew_at

    def send(self) -> None:
        request, self.status = next(self.asks)
        self.sent_at = time.perf_counter_ns()
        if self.socket.send(request) != len(request):
            raise Failed("A request did not fit into the socket: requests of a bench are small.")

    def receive(self) -> bool:
        """Reads what is there; whether the answer is complete. `begun` holds it, or of a long one the beginning."""
        chunk = self.socket.recv(262_144)
        if not chunk:
            raise Failed("The server closed a connection.")
        if self.left:
            self.left -= len(chunk)
            return self.left == 0
        self.begun += chunk
        end = self.begun.find(b"\r\n\r\n")
        if end < 0:
            return False
        length = LENGTH.search(self.begun, 0, end + 2)
        if length is None:
            raise Failed(f"An answer without a length: {self.begun[:200]!r}")
        self.wrong = self.begun[9:12] != self.status
        self.left = int(length[1]) - (len(self.begun) - end - 4)
        return self.left == 0


def run(port: int, asks: Sequence[Iterator[Ask]], *, seconds: float = 1e9, count: int = 1 << 62) -> Run:
    """Keeps a connection busy with each of `asks` for so many seconds, or so many requests in all. Raises `Failed`."""
    latencies, wrong, first_wrong = array("q"), Counter[bytes](), b""
    began, own_began = time.perf_counter_ns(), time.process_time()
    in_turn = RENEWED_AFTER_NS // len(asks)
    connections = [_Connection(port, each, began + in_turn * number) for number, each in enumerate(asks, 1)]
    until, to_send = began + int(seconds * 1e9), count - len(connections)
    with selectors.DefaultSelector() as selector:
        try:
            for connection in connections:
                selector.register(connection.socket, selectors.EVENT_READ, connection)
                connection.send()
            busy = len(connections)
            while busy:
                ready = selector.select(PATIENCE_SECONDS)
                if not ready:
                    raise Failed(f"No answer in {PATIENCE_SECONDS} s.")
                for key, _ in ready:
                    connection = key.data
                    if not connection.receive():
                        continue
                    at = time.perf_counter_ns()
                    latencies.append(at - connection.sent_at)
                    if connection.wrong:
                        wrong[connection.begun[9:12]] += 1
                        first_wrong = first_wrong or connection.begun[:2000]
                    connection.begun = b""
                    if at >= until or to_send <= 0:
                        busy -= 1
                        continue
                    if at >= connection.renew_at:
                        selector.unregister(connection.socket)
                        connection.socket.close()
                        connection.open(at + RENEWED_AFTER_NS)
                        selector.register(connection.socket, selectors.EVENT_READ, connection)
                    to_send -= 1
                    connection.send()
            ended, own_ended = time.perf_counter_ns(), time.process_time()
        finally:
            for connection in connections:
                connection.socket.close()
    if wrong:
        counted = ", ".join(f"{number} times {status.decode()}" for status, number in wrong.items())
        raise Failed(f"Of {len(latencies)} answers, {counted}. The first of them:\n{first_wrong.decode(errors='replace')}")
    return Run(latencies, (ended - began) / 1e9, own_ended - own_began)
