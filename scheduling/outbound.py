"""The one client for calls to addresses that users name: bounded in where, how long and how much.

h11 reads and writes HTTP; the socket is ours, since the address that was looked at has to be the one that is dialled.
`domain.outbound` says which addresses are called at all.
"""

import queue
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address

import h11

from domain.outbound import Address, Allowed, NotCallable, Target, must_be_callable, target

# In all, from the name to the last byte; far below the lease of whatever is fetched.
WHOLE_SECONDS = 10.0
KEPT_BYTES = 256 * 1024
HEAD_BYTES = 32 * 1024
READ_BYTES = 16 * 1024
# What a body may cost beyond what is kept of it: heads, chunks, and what compresses badly.
SLACK_BYTES = 64 * 1024
# A resolver that hangs holds its thread until it gives up by itself; so many at once, and no more.
RESOLVERS = 16
_resolvers = threading.BoundedSemaphore(RESOLVERS)

Resolve = Callable[[str, int], Sequence[str]]


class Unreachable(Exception):
    """There was no answer; `str(error)` is a sentence for a person, and quotes nothing of what the other side said."""


@dataclass(frozen=True)
class Answer:
    """What came back: names of headers in lower case, the body unpacked, `is_whole` unless there was more than is kept."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_whole: bool


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, in the order in which the system would try them. Raises OSError or ValueError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def trust() -> ssl.SSLContext:
    """TLS as it is on this system, speaking HTTP/1.1."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


@dataclass(frozen=True)
class Outbound:
    """Calls once, without redirects, cookies, or any proxy of the environment; each call is a connection of its own."""

    allowed: Allowed = ()
    seconds: float = WHOLE_SECONDS
    resolve: Resolve = resolve
    trust: ssl.SSLContext = field(default_factory=trust)

    def send(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes = b"", most: int = KEPT_BYTES
    ) -> Answer:
        """The answer, of which at most `most` bytes are kept. Raises `NotCallable` or `Unreachable`, within `seconds`."""
        called = target(url, self.allowed)
        deadline = _Deadline(self.seconds)
        try:
            with self._line(called, deadline) as line:
                return _converse(line, deadline, called, method, dict(headers or {}), body, most)
        except TimeoutError:
            raise Unreachable(f"It did not answer within {self.seconds:g} seconds.") from None
        except ssl.SSLCertVerificationError:
            raise Unreachable("Its certificate does not prove its name.") from None
        except ssl.SSLError:
            raise Unreachable("It does not speak TLS as it should.") from None
        except OSError:
            raise Unreachable("It cannot be reached.") from None
        except h11.RemoteProtocolError:
            raise Unreachable("It does not speak HTTP as it should.") from None

    def _line(self, called: Target, deadline: "_Deadline") -> socket.socket:
        """A connection to one of its addresses, after all of them were looked at."""
        addresses = self._addresses(called, deadline)
        must_be_callable(called, addresses, self.allowed)
        for number, address in enumerate(addresses):
            # An address that swallows everything leaves time for the others.
            share = deadline.left() / (len(addresses) - number)
            try:
                line = socket.create_connection((str(address), called.port), timeout=share)
                break
            except OSError:
                if number == len(addresses) - 1:
                    raise
        if called.scheme == "http":
            return line
        try:
            line.settimeout(deadline.left())
            return self.trust.wrap_socket(line, server_hostname=called.host)
        except BaseException:
            line.close()
            raise

    def _addresses(self, called: Target, deadline: "_Deadline") -> list[Address]:
        """All that the name stands for, asked once. The system's resolver knows no time limit, so a thread waits for it."""
        answer: queue.SimpleQueue[Sequence[str]] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answer.put(self.resolve(called.host, called.port))
            except (OSError, ValueError):
                answer.put(())
            finally:
                _resolvers.release()

        if not _resolvers.acquire(timeout=deadline.left()):
            raise TimeoutError
        threading.Thread(target=ask, name="resolver", daemon=True).start()
        try:
            found = answer.get(timeout=deadline.left())
        except queue.Empty:
            raise TimeoutError from None
        if not found:
            raise Unreachable("Its name leads nowhere.")
        return [ip_address(address) for address in dict.fromkeys(found)]


class _Deadline:
    """One limit for everything: each step gets what the steps before it have left."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def _converse(
    line: socket.socket, deadline: _Deadline, called: Target, method: str, headers: dict[str, str], body: bytes, most: int
) -> Answer:
    spoken = h11.Connection(h11.CLIENT, max_incomplete_event_size=HEAD_BYTES)
    sent = {"Host": called.authority, "User-Agent": "Followthrough", "Accept-Encoding": "gzip", "Connection": "close"}
    if body or method == "POST":
        sent["Content-Length"] = str(len(body))
    request = h11.Request(method=method, target=called.path, headers=list({**sent, **headers}.items()))
    written = [spoken.send(request), *([spoken.send(h11.Data(data=body))] if body else []), spoken.send(h11.EndOfMessage())]
    line.settimeout(deadline.left())
    line.sendall(b"".join(part or b"" for part in written))

    came, response, kept = 0, None, None
    while True:
        event = spoken.next_event()
        if event is h11.NEED_DATA:
            line.settimeout(deadline.left())
            read = line.recv(READ_BYTES)
            came += len(read)
            if came > 2 * most + SLACK_BYTES:
                raise Unreachable("It sends more than a page of this size can need.")
            spoken.receive_data(read)
        elif isinstance(event, h11.Response):
            response = event
            named = {name.decode("ascii").lower(): value.decode("latin-1") for name, value in event.headers}
            kept = _Kept(most, named.get("content-encoding", ""))
        elif isinstance(event, h11.Data) and kept is not None:
            kept.take(bytes(event.data))
            if kept.is_full:
                break
        elif isinstance(event, h11.EndOfMessage | h11.ConnectionClosed):
            break
    if response is None or kept is None:
        raise Unreachable("It does not speak HTTP as it should.")
    return Answer(response.status_code, named, kept.whole(), not kept.is_full)


class _Kept:
    """A body as far as it is kept; what is packed is unpacked no further than that."""

    def __init__(self, most: int, encoding: str) -> None:
        if encoding.strip().lower() not in ("", "identity", "gzip", "x-gzip"):
            raise Unreachable("It packs its answer in a way that was not asked for.")
        self._most = most
        self._body = bytearray()
        # 16 + 15: a gzip head, and the largest window.
        self._unpacking = zlib.decompressobj(31) if "gzip" in encoding.lower() else None

    @property
    def is_full(self) -> bool:
        return len(self._body) > self._most

    def take(self, part: bytes) -> None:
        if self._unpacking is None:
            self._body += part
            return
        try:
            self._body += self._unpacking.decompress(part, self._most + 1 - len(self._body))
        except zlib.error:
            raise Unreachable("What it sends cannot be unpacked.") from None
        if self._unpacking.unused_data:
            raise Unreachable("What it sends cannot be unpacked.")

    def whole(self) -> bytes:
        if self._unpacking is not None and self._body and not self.is_full and not self._unpacking.eof:
            raise Unreachable("What it sends cannot be unpacked.")
        return bytes(self._body[: self._most])


__all__ = ["KEPT_BYTES", "WHOLE_SECONDS", "Answer", "NotCallable", "Outbound", "Unreachable"]
