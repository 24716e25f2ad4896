"""Callers of a real `serve`, over HTTP: what they were answered, how long that took, and what is kept of it."""

import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any

from tests.cast import PASSWORD


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: Any
    seconds: float

    @property
    def is_unavailable(self) -> bool:
        """Whether it is the one answer that an outage allows."""
        is_problem = self.headers.get("content-type") == "application/problem+json"
        return self.status == 503 and is_problem and self.headers.get("retry-after", "").isdigit()


class Caller:
    """One client with one line that is kept open; it does not try again by itself."""

    def __init__(self, port: int, token: str | None = None) -> None:
        self.port, self.token = port, token
        self._line = HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            sent["Content-Type"] = "application/json"
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        begun = time.monotonic()
        self._line.request(method, path, json.dumps(body) if body is not None else None, sent)
        answer = self._line.getresponse()
        said = answer.read()
        return Answer(
            answer.status,
            {name.lower(): value for name, value in answer.getheaders()},
            json.loads(said) if said else None,
            time.monotonic() - begun,
        )

    def post(self, path: str, body: Any) -> Any:
        answer = self.ask("POST", f"/api/v1{path}", body)
        assert answer.status in (200, 201), answer
        return answer.body

    def everything(self, path: str) -> list[Any]:
        rows: list[Any] = []
        cursor: str | None = ""
        while cursor is not None:
            page = self.ask("GET", f"/api/v1{path}?limit=200" + (f"&cursor={cursor}" if cursor else "")).body
            rows += page["items"]
            cursor = page["next_cursor"]
        return rows

    def close(self) -> None:
        self._line.close()


def founder(port: int) -> Caller:
    """The owner of a new practice."""
    name = f"practice-{secrets.token_hex(4)}"
    firm = {"practice_name": name, "slug": name, "timezone": "America/Los_Angeles"}
    owner = {"name": "Olga Owens", "email": f"olga@{name}.example", "password": PASSWORD}
    stranger = Caller(port)
    token = stranger.post("/auth/register", {**firm, **owner})["access_token"]
    stranger.close()
    return Caller(port, token)


@dataclass
class Crowd:
    """Callers who read and write until they are told to stop."""

    owner: Caller
    over: threading.Event = field(default_factory=threading.Event)
    answers: list[tuple[str, Answer]] = field(default_factory=list)
    promised: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)

    @property
    def acts(self) -> list[Callable[[], None]]:
        """One for each thread."""
        return [self._careful, self._careful, self._careless, self._careless, self._reader, self._reader, self._watcher]

    def _careful(self) -> None:
        """Writes under a key, and sends the same again until it is done, be it after the end."""
        caller = Caller(self.owner.port, self.owner.token)
        while not self.over.wait(0.01):
            name, key = f"careful {secrets.token_hex(8)}", secrets.token_hex(16)
            body = {"name": name, "email": "petra@example.org"}
            while self._note("careful", caller.ask("POST", "/api/v1/clients", body, Idempotency_Key=key)).status != 201:
                time.sleep(0.05)
            self.promised.append(name)
        caller.close()

    def _careless(self) -> None:
        """Writes without a key, once: what was answered 201 is there, what was not may be."""
        caller = Caller(self.owner.port, self.owner.token)
        while not self.over.wait(0.01):
            name = f"careless {secrets.token_hex(8)}"
            answer = self._note("careless", caller.ask("POST", "/api/v1/clients", {"name": name, "email": "p@example.org"}))
            (self.promised if answer.status == 201 else self.doubtful).append(name)
        caller.close()

    def _reader(self) -> None:
        caller = Caller(self.owner.port, self.owner.token)
        while not self.over.wait(0.01):
            self._note("reader", caller.ask("GET", "/api/v1/clients"))
        caller.close()

    def _watcher(self) -> None:
        caller = Caller(self.owner.port)
        while not self.over.wait(0.05):
            answer = caller.ask("GET", "/health")
            if answer.body.get("status") != "no_worker":
                self._note("watcher", answer)
        caller.close()

    def _note(self, who: str, answer: Answer) -> Answer:
        self.answers.append((who, answer))
        return answer

    def check(self, *, slowest: float) -> None:
        """Each was answered well, or that it is unavailable, soon; what was promised is there once, and nothing twice."""
        well = {"careful": (201, 409), "careless": (201,), "reader": (200,), "watcher": (200,)}
        wrong = [(who, said) for who, said in self.answers if said.status not in well[who] and not said.is_unavailable]
        assert wrong == []
        assert max(said.seconds for _, said in self.answers) < slowest
        names = Counter(client["name"] for client in self.owner.everything("/clients"))
        assert [name for name in self.promised if names[name] != 1] == []
        assert [name for name in self.doubtful if names[name] > 1] == []
        assert names.keys() <= {*self.promised, *self.doubtful, "Petra"}

    @property
    def outage(self) -> int:
        """How many were told that it is unavailable."""
        return sum(said.status == 503 for _, said in self.answers)
