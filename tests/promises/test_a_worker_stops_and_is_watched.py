"""A worker that is told to stop loses nothing; one that died is seen; a database that goes away comes back by itself."""

import gc
import random
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from api.application import Config, create_app
from commands.embedded import Embedded
from models.database import connect
from scheduling.worker import Worker
from tests.cast import Actor, Practice, Staff
from tests.conftest import BASE_URL, SECRET, Clock
from tests.promises.conftest import Admin, CutsLines, StartsWorker
from tests.promises.cut_lines import Line, line
from tests.promises.mail_servers import HANG, mail_server
from tests.promises.processes import wait_until
from tests.promises.racing import at_once, problem

PAST = "2026-10-01T16:00:00Z"


# Told to stop.


def test_a_worker_that_is_told_to_stop_ends_its_mail_and_gives_back_the_rest(
    ana: Staff, admin: Admin, starts_worker: StartsWorker
) -> None:
    """Red without `worker.stopping.is_set()` in `scheduling.messages._send_one`, or without the `release` there."""
    many = 30
    plan(ana, many)

    def slowly() -> str:
        time.sleep(0.2)
        return "250 taken"

    with mail_server(CONTENT=slowly) as server:
        program = starts_worker(server)
        wait_until(lambda: len(server.to(ana.email)) >= 2, why=lambda: program.said)
        assert program.end(signal.SIGTERM) == 0
        taken = server.ids(domain(ana))
        left = counted(admin, ana)
        assert left["sending", 1] == 0
        assert left["sent", 1] == len(taken) < 20
        assert left["queued", 0] == many - len(taken), "what was not begun costs no attempt"

    with mail_server() as server:
        starts_worker(server)
        wait_until(lambda: counted(admin, ana)["sent", 1] == many)
        assert sorted(taken + server.ids(domain(ana))) == sorted(message_ids(admin, ana))


def test_a_worker_whose_mail_server_hangs_stops_within_thirty_seconds(
    ana: Staff, admin: Admin, starts_worker: StartsWorker
) -> None:
    """Red without `timeout=STEP_SECONDS` and `cut.start()` in `mail.post` (each alone still ends it in time)."""
    admin.execute("delete from heartbeats")
    plan(ana, 5)
    with mail_server(EHLO=HANG) as stuck:
        program = starts_worker(stuck)
        wait_until(lambda: counted(admin, ana)["sending", 1] == 5, why=lambda: program.said)
        first = beats(admin)
        assert wait_until(lambda: beats(admin) > first, within=8), "it lives, and shows it"
        assert program.end(within=30) == 0
    left = counted(admin, ana)
    assert left["sending", 1] == 0
    assert left["queued", 1] <= 1, "one was tried"
    assert left["queued", 0] >= 4


# Watched.


def test_health_tells_how_long_ago_a_worker_beat(app: Flask, admin: Admin, worker: Worker, clock: Clock) -> None:
    """Red without `newest < SILENT_SECONDS` in `api.health`."""
    admin.execute("delete from heartbeats")
    assert health(app) == (503, "no_worker", None)
    worker.beat()
    assert health(app) == (200, "ok", 0)
    clock.move(seconds=59)
    assert health(app) == (200, "ok", 59)
    clock.move(seconds=2)
    assert health(app) == (503, "no_worker", 61)
    worker.beat()
    assert health(app) == (200, "ok", 0)


def test_without_its_database_the_api_says_that_it_is_unavailable(clock: Clock) -> None:
    engine = connect("postgresql://nobody@/nothing?host=/nonexistent")
    api = create_app(engine, clock, Config(secret_keys=[SECRET], base_url=BASE_URL))
    try:
        for path in ("/health", "/api/v1/public/riverside"):
            answer = api.test_client().get(path, base_url=BASE_URL)
            assert (answer.status_code, problem(answer), answer.headers["Retry-After"]) == (503, "unavailable", "2")
    finally:
        engine.dispose()


# The database goes away, and comes back.

# A pool that is given up with `dispose(close=False)` leaves its connections to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*was deleted while still open:ResourceWarning")


def test_a_worker_whose_connections_are_cut_goes_on_by_itself(
    ana: Staff, admin: Admin, starts_worker: StartsWorker, cut_every_line: CutsLines
) -> None:
    """Red without `if self._driver.closed` in `Transaction.__exit__` only by slowness: every tick may find one dead line."""
    with mail_server() as server:
        program = starts_worker(server)
        wait_until(lambda: "started" in program.said)
        for number in range(12):
            plan_patiently(ana, f"Number {number}")
            time.sleep(random.uniform(0, 0.2))  # the moment of the cut is what is random
            cut_every_line()
        wait_until(lambda: counted(admin, ana).total() == 12, why=lambda: program.said)
        wait_until(lambda: lapse(admin, ana) or counted(admin, ana, "sent").total() == 12, why=lambda: program.said)
        assert program.runs
        assert set(server.ids(domain(ana))) == set(message_ids(admin, ana))
        assert program.end() == 0
    assert [
        row["occurrence"] for row in admin.execute("select occurrence from reminders where assignee_id = %s", [ana.id])
    ] == [1] * 12


def test_while_its_connections_are_cut_the_api_succeeds_or_says_that_it_is_unavailable(
    app: Flask, ana: Staff, olga: Staff, riverside: Practice, worker: Worker, cut_every_line: CutsLines
) -> None:
    """Red without the states 57 and 08 in `api.problems._of_database`: the end of a connection is then a 500."""
    worker.beat()
    olga.opens_consultations(hosts=(ana,))
    case = ana.opens_a_case()
    asked = ana.asks_the_team(case)
    made: list[str] = []
    cut = threading.Event()

    def over_and_over(ask: Callable[[], TestResponse]) -> Counter[int]:
        seen: Counter[int] = Counter()
        while not cut.is_set():
            answer = ask()
            seen[answer.status_code] += 1
            if answer.status_code >= 500:
                assert (answer.status_code, problem(answer)) == (503, "unavailable"), answer.get_data(as_text=True)
        return seen

    def adds_a_client() -> TestResponse:
        name = f"Client {len(made)} {random.random()}"
        made.append(name)
        return ana.ask("POST", "/clients", {"name": name, "email": "petra@example.org"})

    def cuts() -> Counter[int]:
        for number in range(50):
            cut_every_line()
            time.sleep(random.uniform(0, number / 100))  # the slower the machine, the later a request fits between two
        cut.set()
        return Counter()

    profile, slots = f"/public/{riverside.slug}", "consultation_type=free-consultation&timezone=UTC"
    between = "from=2026-10-06T00:00:00Z&to=2026-10-07T00:00:00Z"
    reply = {"direction": "inbound", "channel": "email", "party": "team", "summary": "Yes.", "in_reply_to": asked["id"]}
    seen = at_once(
        cuts,
        *(
            lambda ask=ask: over_and_over(ask)
            for ask in (
                adds_a_client,
                adds_a_client,
                lambda: ana.ask("GET", "/reminders"),
                lambda: ana.ask("PATCH", f"/cases/{case['id']}", {"title": f"Case {random.random()}"}),
                lambda: ana.ask("POST", "/communications", {"case_id": case["id"], "occurred_at": PAST, **reply}),
                lambda: riverside.visitor().ask("GET", f"{profile}/slots?{slots}&{between}"),
                lambda: Actor(app, olga.refresh_token).ask("POST", "/auth/refresh"),
                lambda: health_answer(app),
            )
        ),
    )
    assert all(answers[200] + answers[201] for answers in seen[1:7]), "in between, it works"
    names = Counter(client["name"] for client in ana.everything("/clients"))
    assert max(names.values()) <= 1, "nothing was done twice"
    assert [ana.ask("GET", "/cases").status_code for _ in range(3)] == [200] * 3


@pytest.fixture
def cut_line(server: Embedded) -> Iterator[Line]:
    with (
        tempfile.TemporaryDirectory() as folder,
        line(Path(folder), server.socket_dir / ".s.PGSQL.5432") as found,
    ):
        yield found


@pytest.fixture
def api_behind_the_line(cut_line: Line, database_name: str, clock: Clock) -> Iterator[Flask]:
    engine = connect(Embedded(cut_line.folder).url("followthrough", database_name))
    yield create_app(engine, clock, Config(secret_keys=[SECRET], base_url=BASE_URL))
    engine.dispose()
    gc.collect()


def test_a_commit_whose_answer_was_lost_is_not_done_again(cut_line: Line, api_behind_the_line: Flask, ana: Staff) -> None:
    """Red without `self.in_doubt = True` in `Transaction.__exit__`: nobody knows whether it was done, and again makes two."""
    through = Actor(api_behind_the_line, ana.token)
    assert through.ask("GET", "/clients").status_code == 200
    cut_line.loses(1)
    answer = through.ask("POST", "/clients", {"name": "Quinn", "email": "quinn@example.org"})
    assert cut_line.lost
    assert [client["name"] for client in ana.everything("/clients")] == ["Quinn"]
    assert answer.status_code in (201, 503)


def test_a_booking_whose_commit_was_lost_is_not_called_taken(
    cut_line: Line, api_behind_the_line: Flask, riverside: Practice
) -> None:
    """Red without `self.in_doubt = True` in `Transaction.__exit__`: the parent is then refused the slot that they have."""
    riverside.olga.opens_consultations()
    through = replace(riverside, app=api_behind_the_line).visitor()
    assert through.profile()
    cut_line.loses(1)
    answer = through.tries_to_book("2026-10-06T16:00:00Z")
    assert cut_line.lost
    assert answer.status_code in (201, 503), answer.get_data(as_text=True)


def test_with_a_key_a_commit_whose_answer_was_lost_is_answered_as_it_was(
    cut_line: Line, api_behind_the_line: Flask, ana: Staff
) -> None:
    through = Actor(api_behind_the_line, ana.token)
    assert through.ask("GET", "/clients").status_code == 200
    cut_line.loses(1)
    said = ("POST", "/clients", {"name": "Quinn", "email": "quinn@example.org"})
    first = through.ask(*said, Idempotency_Key="lost-but-not-forgotten")
    assert cut_line.lost
    assert first.status_code in (201, 503)
    again = through.ask(*said, Idempotency_Key="lost-but-not-forgotten")
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    assert len(ana.everything("/clients")) == 1


# What they do, and what is then there.


def plan(ana: Staff, many: int) -> None:
    case = ana.opens_a_case()
    for number in range(many):
        ana.post("/reminders", {"case_id": case["id"], "title": f"Number {number}", "due_at": PAST})


def plan_patiently(ana: Staff, title: str) -> None:
    """As a client does whose request may be answered 503: again, under the same key."""
    key = f"as a careful client: {title}"

    def ask(path: str, body: dict[str, Any]) -> Any:
        answers: list[TestResponse] = []

        def done() -> bool:
            answers.append(ana.ask("POST", path, body, Idempotency_Key=key))
            assert answers[-1].status_code in (201, 503)
            return answers[-1].status_code == 201

        wait_until(done)
        return answers[-1].get_json()

    client = ask("/clients", {"name": "Petra", "email": "petra@example.org"})
    student = ask("/students", {"client_ids": [client["id"]], "name": "Sasha"})
    case = ask("/cases", {"client_id": client["id"], "student_id": student["id"], "title": "Reading"})
    ask("/reminders", {"case_id": case["id"], "title": title, "due_at": PAST})


def lapse(admin: Admin, ana: Staff) -> None:
    """Stands for the time that passes until a lease lapses, or a message is tried again."""
    admin.execute(
        "update messages set due_at = now() - interval '1 second'"
        " where to_address = %s and state in ('sending', 'queued') and due_at > now()",
        [ana.email],
    )


def counted(admin: Admin, ana: Staff, state: str = "%") -> Counter[tuple[str, int]]:
    """How many of the reminders' mails are in which state, after how many attempts."""
    found = admin.execute(
        "select state, attempts from messages where to_address = %s and kind = 'reminder_due' and state like %s",
        [ana.email, state],
    )
    return Counter((row["state"], row["attempts"]) for row in found)


def message_ids(admin: Admin, ana: Staff) -> list[str]:
    found = admin.execute("select id from messages where to_address = %s and kind = 'reminder_due'", [ana.email])
    return [f"<{row['id']}@practice.example>" for row in found]


def domain(ana: Staff) -> str:
    return ana.email.split("@")[1]


def beats(admin: Admin) -> list[Any]:
    return [row["beat_at"] for row in admin.execute("select beat_at from heartbeats")]


def health_answer(app: Flask) -> TestResponse:
    return app.test_client().get("/health", base_url=BASE_URL)


def health(app: Flask) -> tuple[int, str, float | None]:
    answer = health_answer(app)
    said = answer.get_json()
    return answer.status_code, said["status"], said["worker_heartbeat_age_seconds"]
