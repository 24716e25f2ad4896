"""The one client for calls to addresses that users name, against real servers with bad manners.

Red without the line that each test is about: `must_be_callable` in `Outbound._line`; `settimeout` before `recv`, the share of
an address, the limit on the resolver; the limits in `_Kept.take`; `HEAD_BYTES`, `SLACK_BYTES`; `server_hostname`.
"""

import gzip
import socket
import ssl
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import trustme

from domain.outbound import NotCallable, allowed_in
from scheduling.outbound import HEAD_BYTES, KEPT_BYTES, RESOLVERS, Outbound, Unreachable
from tests.web_servers import Call, Manner, WebServer, web_server

SHORT = 0.5


def caller(*servers: WebServer, **more: object) -> Outbound:
    """A client that may call these servers."""
    return Outbound(allowed_in(",".join(server.place for server in servers)), **more)  # type: ignore[arg-type]


@contextmanager
def soon() -> Iterator[None]:
    """What is done in here ends within the client's time, and little more."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < SHORT + 1


def test_a_page_is_fetched_with_nothing_of_ours_in_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with web_server(lambda call: call.answer(b"BEGIN:VCALENDAR", ETag='"v1"')) as server:
        answer = caller(server).send("GET", f"{server.url}/x?y=1", headers={"If-None-Match": '"v0"'})
    assert (answer.status, answer.body, answer.is_whole) == (200, b"BEGIN:VCALENDAR", True)
    assert answer.headers["etag"] == '"v1"'
    [call] = server.calls
    assert (call.method, call.path) == ("GET", "/x?y=1")
    names = {"host": server.place, "user-agent": "Followthrough", "accept-encoding": "gzip", "connection": "close"}
    assert call.headers == {**names, "if-none-match": '"v0"'}


def test_a_body_is_sent_and_whatever_is_answered_is_an_answer() -> None:
    with web_server(lambda call: call.answer(b"no", status=500)) as server:
        answer = caller(server).send("POST", f"{server.url}/hook", headers={"Content-Type": "text/plain"}, body=b"it happened")
        caller(server).send("POST", f"{server.url}/hook")
    assert (answer.status, answer.body) == (500, b"no")
    assert [call.body for call in server.calls] == [b"it happened", b""]
    assert server.calls[1].headers["content-length"] == "0"


# Where.


def test_nothing_is_called_on_this_machine_unless_it_is_allowed() -> None:
    with web_server(b"secret") as server, web_server(b"other") as other:
        for url in (server.url, f"https://{server.place}", f"http://localhost:{server.port}", f"http://[::1]:{server.port}"):
            with pytest.raises(NotCallable):
                caller(other).send("GET", url)
            with pytest.raises(NotCallable):
                Outbound().send("GET", url)
    assert server.connections == 0


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    with web_server(b"secret") as hidden:
        moved: Manner = lambda call: call.answer(status=302, Location=hidden.url)  # noqa: E731
        with web_server(moved) as server:
            answer = caller(server, hidden).send("GET", server.url)
    assert (answer.status, answer.headers["location"]) == (302, hidden.url)
    assert hidden.connections == 0


@pytest.mark.parametrize(
    "addresses",
    [
        ["8.8.8.8", "127.0.0.1"],
        ["127.0.0.1", "8.8.8.8"],
        ["2600::1", "::ffff:127.0.0.1"],
        ["::1"],
        ["64:ff9b::7f00:1"],
        ["8.8.8.8", "169.254.169.254"],
    ],
)
def test_a_name_with_one_address_that_is_not_public_is_not_called(addresses: list[str]) -> None:
    with web_server(b"secret") as server:
        # As if the server listened on an usual port: what is dialled at all is refused by its address alone.
        client = Outbound(resolve=lambda host, port: addresses)
        with pytest.raises(NotCallable):
            client.send("GET", "https://calendar.example/x")
    assert server.connections == 0


def test_what_was_looked_at_is_what_is_dialled_though_the_name_leads_elsewhere_by_then() -> None:
    """A name is asked once: an answer that changes between the look and the call changes nothing."""
    asked: list[str] = []

    def answers(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    with web_server(b"mine") as server:
        answer = caller(server, resolve=answers).send("GET", f"http://calendar.example:{server.port}/x")
    assert answer.body == b"mine"
    assert server.calls[0].headers["host"] == f"calendar.example:{server.port}"
    assert asked == ["calendar.example"]


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    with web_server(b"mine") as server:
        allowed = allowed_in(f"{server.place},127.0.0.2:{server.port}")
        client = Outbound(allowed, resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"])
        assert client.send("GET", f"http://calendar.example:{server.port}").body == b"mine"


def test_a_name_that_leads_nowhere_is_said_so() -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise socket.gaierror

    for resolve in (nowhere, lambda host, port: []):
        with pytest.raises(Unreachable, match="leads nowhere"):
            Outbound(resolve=resolve).send("GET", "https://calendar.example/x")


# How long.


def test_a_resolver_that_hangs_is_not_waited_for() -> None:
    with soon(), pytest.raises(Unreachable, match="did not answer"):
        Outbound(seconds=SHORT, resolve=lambda host, port: time.sleep(SHORT + 1) or []).send("GET", "https://calendar.example/")


def test_resolvers_that_hang_are_few() -> None:
    """However many calls: those beyond wait for their turn, and not longer than they have."""
    ended: list[int] = []

    def hangs(host: str, port: int) -> list[str]:
        time.sleep(0.3)
        ended.append(1)
        return []

    for _ in range(RESOLVERS + 2):
        with pytest.raises(Unreachable):
            Outbound(seconds=0.05, resolve=hangs).send("GET", "https://calendar.example/")
    assert len(ended) >= 2


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"


@pytest.mark.parametrize(
    "manner",
    [
        lambda call: call.hangs(),
        lambda call: call.dribbles(HEAD),
        lambda call: (call.says(HEAD), call.dribbles(b"x" * 1000)),
        lambda call: (call.says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"), call.dribbles(b"1\r\nx\r\n" * 99)),
        lambda call: call.dribbles(b"HTTP/1.1 100 Go on\r\n\r\n" * 99, 0.01),
    ],
    ids=["hangs", "dribbles the head", "dribbles the body", "dribbles chunks", "says go on again and again"],
)
def test_a_server_that_takes_its_time_is_left(manner: Manner) -> None:
    with web_server(manner) as server, soon(), pytest.raises(Unreachable, match="did not answer"):
        caller(server, seconds=SHORT).send("GET", server.url)


def test_a_server_that_never_takes_the_call_is_left() -> None:
    with socket.socket() as deaf:
        # Its queue of one is full: the kernel drops whoever comes then.
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        port = deaf.getsockname()[1]
        with socket.socket() as first, socket.socket() as second:
            for waiting in (first, second):
                waiting.setblocking(False)
                waiting.connect_ex(("127.0.0.1", port))
            with soon(), pytest.raises(Unreachable, match="did not answer"):
                Outbound(allowed_in(f"127.0.0.1:{port}"), SHORT).send("GET", f"http://127.0.0.1:{port}/")


def test_a_server_that_is_silent_in_the_handshake_is_left() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        place = f"127.0.0.1:{silent.getsockname()[1]}"
        with soon(), pytest.raises(Unreachable, match="did not answer"):
            Outbound(allowed_in(place), SHORT).send("GET", f"https://{place}/")


# How much.


def chunked(body: bytes, size: int) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


BODIES: dict[str, Callable[[bytes], bytes]] = {
    "with its length": lambda body: b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body),
    "until it hangs up": lambda body: b"HTTP/1.0 200 OK\r\n\r\n" + body,
    "in chunks": lambda body: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(body, 5000),
}


@pytest.mark.parametrize("way", BODIES)
@pytest.mark.parametrize(
    ("sent", "is_whole"), [(0, True), (1, True), (KEPT_BYTES, True), (KEPT_BYTES + 1, False), (10**7, False)]
)
def test_so_much_is_kept_and_no_more(way: str, sent: int, is_whole: bool) -> None:
    with web_server(lambda call: call.says(BODIES[way](b"x" * sent))) as server:
        answer = caller(server).send("GET", server.url)
    assert (len(answer.body), answer.is_whole) == (min(sent, KEPT_BYTES), is_whole)


def test_more_is_kept_where_more_is_asked_for() -> None:
    with web_server(b"x" * 5_000_000) as server:
        assert len(caller(server).send("GET", server.url, most=5 * 2**20).body) == 5_000_000


def test_what_is_packed_is_unpacked() -> None:
    with web_server(lambda call: call.answer(gzip.compress(b"words " * 1000), Content_Encoding="gzip")) as server:
        assert caller(server).send("GET", server.url).body == b"words " * 1000


def test_a_bomb_is_unpacked_as_far_as_it_is_kept() -> None:
    bomb = gzip.compress(b"\0" * 300_000_000, 9)
    with web_server(lambda call: call.answer(bomb, Content_Encoding="gzip")) as server:
        client = caller(server)
        tracemalloc.start()
        answer = client.send("GET", server.url)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        # The first 16 KiB that are read hold 16 MiB.
        assert most < 2**21
    assert (len(answer.body), answer.is_whole) == (KEPT_BYTES, False)


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (b"not packed", "gzip"),
        (gzip.compress(b"words")[:-4], "gzip"),
        (gzip.compress(b"words") + b"more", "gzip"),
        (gzip.compress(gzip.compress(b"words")), "gzip, gzip"),
        (b"words", "br"),
        (b"words", "deflate"),
    ],
    ids=["none", "cut short", "more behind it", "twice", "brotli", "deflate"],
)
def test_what_cannot_be_unpacked_is_no_answer(body: bytes, encoding: str) -> None:
    with web_server(lambda call: call.answer(body, Content_Encoding=encoding)) as server, pytest.raises(Unreachable):
        caller(server).send("GET", server.url)


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 2 * HEAD_BYTES + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * HEAD_BYTES + b"\r\n",
        b"HTTP/1.1 200 " + b"x" * 2 * HEAD_BYTES,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"x" * 2 * HEAD_BYTES,
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        b"<html>",
        b"",
        b"\0" * 100,
        b"SSH-2.0-OpenSSH_9.9\r\n",
    ],
)
def test_what_is_no_http_or_too_much_of_it_is_no_answer(said: bytes) -> None:
    with web_server(lambda call: call.says(said)) as server, soon(), pytest.raises(Unreachable):
        caller(server, seconds=SHORT).send("GET", server.url)


@pytest.mark.parametrize("said", [b"HTTP/1.1 100 Go on\r\n\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"])
def test_what_is_little_in_much_is_not_read_to_its_end(said: bytes) -> None:
    """Heads without end, and chunks of a byte each: what is kept of it would never be too much."""

    def talks(call: Call) -> None:
        call.says(said)
        while not call.closing.is_set():
            try:
                call.line.sendall((said if b" 100 " in said else b"1\r\nx\r\n") * 1000)
            except OSError:
                return

    with web_server(talks) as server, pytest.raises(Unreachable, match="more than"):
        caller(server).send("GET", server.url)


def test_a_port_where_nobody_is_cannot_be_reached() -> None:
    with web_server(b"") as server:
        gone = caller(server)
    with pytest.raises(Unreachable, match="cannot be reached"):
        gone.send("GET", server.url)


# TLS.


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def proving(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*names).configure_cert(context)
    return context


def calling(server: WebServer, context: ssl.SSLContext | None, name: str = "calendar.example") -> bytes:
    more = {"trust": context} if context else {}
    client = caller(server, seconds=5, resolve=lambda host, port: ["127.0.0.1"], **more)
    return client.send("GET", f"https://{name}:{server.port}/x").body


def test_a_server_proves_its_name_and_not_its_address(authority: trustme.CA, trusting: ssl.SSLContext) -> None:
    asked: list[str | None] = []
    names = ["calendar.example", "other.example"]
    for name in names:
        context = proving(authority, name)
        context.sni_callback = lambda line, name, _: asked.append(name)
        with web_server(b"mine", context) as server:
            assert calling(server, trusting, name) == b"mine"
        assert server.calls[0].headers["host"] == f"{name}:{server.port}"
    assert asked == names


@pytest.mark.parametrize("names", [["other.example"], ["127.0.0.1"], ["*.other.example"]])
def test_a_server_with_another_name_is_told_nothing(authority: trustme.CA, trusting: ssl.SSLContext, names: list[str]) -> None:
    with web_server(b"theirs", proving(authority, *names)) as server, pytest.raises(Unreachable, match="prove its name"):
        calling(server, trusting)
    assert server.calls == []


def test_a_server_that_vouches_for_itself_is_told_nothing(authority: trustme.CA) -> None:
    own = proving(authority, "calendar.example")
    with web_server(b"theirs", own) as server, pytest.raises(Unreachable, match="prove its name"):
        calling(server, None)
    assert server.calls == []


def test_a_server_that_speaks_no_tls_is_told_nothing() -> None:
    with web_server(b"theirs") as server, pytest.raises(Unreachable, match="TLS"):
        caller(server).send("GET", f"https://{server.place}/")
    assert server.calls == []
