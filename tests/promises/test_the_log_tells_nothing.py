"""The log tells what happened, and nothing of whom: ids, never names, addresses, passwords, tokens or words.

The mark stands in every text that somebody wrote in these stories; none of it may stand in a line, at the chattiest level.
"""

import io
import json
import logging
import secrets
import sys
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
import sqlalchemy
from flask import Flask

from api.application import create_app
from api.config import Config
from commands import log
from mail.post import SmtpPost
from scheduling.worker import Worker
from tests.cast import PASSWORD, Actor, Practice, found_practice
from tests.conftest import BASE_URL, SECRET, Clock, Sink, free_port
from tests.contracts.everything import invitation_token, one_of_everything
from tests.promises.conftest import Admin
from tests.promises.mail_servers import mail_server
from tests.promises.processes import program, wait_until

MARK = "Zebrawren"
WRONG_PASSWORD = f"{MARK} is not the password"
BROKEN = (
    (f'{{"name": "{MARK}"', "malformed-body"),
    (f'{{"name": "{MARK}", "email": "{MARK}"}}', "validation"),
    (f'{{"{MARK}": "{MARK}", "name": 1}}', "validation"),
)
Line = dict[str, Any]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What our log writes at the chattiest level; afterwards, all is as it was."""
    loggers = [logging.getLogger(), *map(logging.getLogger, log.OURS)]
    before = [(logger, logger.level, list(logger.handlers)) for logger in loggers]
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning
    stream = io.StringIO()
    log.start("debug", "json", stream)
    yield stream
    for logger, level, handlers in before:
        logger.setLevel(level)
        logger.handlers[:] = handlers
    sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning = hooks


def lines(said: str, *secrets: str) -> list[Line]:
    """The lines, each of them what a line has to be, and without any of these secrets."""
    found = said.splitlines()
    for secret in (MARK, PASSWORD, WRONG_PASSWORD, SECRET.decode(), "Bearer", "eyJ", "@", "%40", *secrets):
        telling = [line for line in found if secret.lower() in line.lower()]
        assert telling == [], f"{secret} stands in the log"
    assert [line for line in found if len(line) > log.LONGEST or not line.isascii() or not line.isprintable()] == []
    events: list[Line] = [json.loads(line) for line in found]
    assert [event for event in events if not event.keys() >= {"time", "level", "logger", "event"}] == []
    assert [event for event in events if datetime.fromisoformat(event["time"]).tzinfo != UTC] == []
    return events


def of_request(events: list[Line], request_id: str) -> list[Line]:
    return [event for event in events if event.get("request_id") == request_id]


# In this process, where every path can be gone.


@pytest.fixture
def practice(app: Flask, clock: Clock, worker: Worker, sink: Sink, written: io.StringIO) -> Practice:
    return found_practice(app, clock, worker, sink, f"{MARK.lower()}-{secrets.token_hex(4)}")


def test_a_whole_life_of_a_practice_leaves_no_word_of_it_in_the_log(
    practice: Practice, written: io.StringIO, admin: Admin
) -> None:
    """Red with `"path": request.path` among the facts of `api.watch`, or with `str(error)` in `api.problems.translate`."""
    olga, app = practice.olga, practice.app
    life = one_of_everything(practice, MARK)
    practice.works()
    invited = invitation_token(practice, f"{MARK.lower()}@invited.example")
    somebody, visitor = Actor(app), practice.visitor()
    answers = [
        somebody.ask("POST", "/auth/login", {"email": olga.email, "password": PASSWORD}),
        somebody.ask("POST", "/auth/login", {"email": olga.email, "password": WRONG_PASSWORD}),
        somebody.ask("POST", "/auth/login", {"email": f"{MARK}@nobody.example", "password": WRONG_PASSWORD}),
        somebody.ask("POST", "/auth/refresh", Authorization=f"Bearer {olga.refresh_token}"),
        somebody.ask("GET", "/clients", Authorization=f"Bearer {MARK}.{MARK}.{MARK}"),
        somebody.ask("GET", f"/clients?jwt={olga.token}"),
        olga.ask("GET", f"/clients?{MARK}={MARK}"),
        olga.ask("GET", f"/clients/{MARK}"),
        olga.ask("GET", "/clients", X_Request_ID=f"{MARK} is no id"),
        olga.ask("GET", "/clients", User_Agent=MARK, Referer=f"https://{MARK}.example/", X_Forwarded_For=MARK),
        visitor.ask("GET", f"/public/bookings/{life.token}"),
        visitor.ask("GET", f"/public/bookings/{life.token[:-2]}AA"),
        visitor.ask("GET", f"/public/{MARK}"),
        visitor.ask("POST", "/auth/invitations/accept", {"token": f"{MARK}-{invited}", "name": MARK, "password": PASSWORD}),
        olga.ask("POST", "/clients", {"name": f"{MARK} again", "email": f"{MARK}@x.example"}, Idempotency_Key=MARK * 3),
    ]
    client = app.test_client()
    headers = {"Authorization": f"Bearer {olga.token}", "Content-Type": "application/json"}
    for body, name in BROKEN:
        answers.append(client.post("/api/v1/clients", data=body, headers=headers, base_url=BASE_URL))
        assert answers[-1].get_json()["type"] == f"/problems/{name}"
    answers.append(client.open("/api/v1/clients", method=MARK.upper(), headers=headers, base_url=BASE_URL))
    answers.append(client.get(f"/{MARK}", headers={"Host": f"{MARK}.example"}))
    failed = [breaks(practice, admin, kind) for kind in ("clients", "students")]

    tokens = [olga.token, olga.refresh_token, life.token, invited]
    events = lines(written.getvalue(), *(str(token) for token in tokens), practice.slug, "Owens", "reader", "nobody.example")
    for answer in (*answers, *failed):
        about = of_request(events, answer.headers["X-Request-ID"])
        assert about, "the id of the answer stands in the log"
        assert (about[-1]["event"], about[-1]["status"]) == ("request", answer.status_code)
        assert (answer.get_json(silent=True) or {}).get("request_id", about[-1]["request_id"]) == about[-1]["request_id"]
    for answer in failed:
        [cause, request] = of_request(events, answer.headers["X-Request-ID"])
        assert (cause["event"], cause["level"], cause["sqlstate"]) == ("database error", "error", "42703")
        assert (request["operation"], request["staff"]) == (f"create_{request['operation'].split('_')[1]}", olga.id)
    assert {event["outcome"] for event in events if event["event"] == "message"} == {"sent"}


def breaks(practice: Practice, admin: Admin, table: str) -> Any:
    """A request that fails in the database, with an error that quotes the statement and all that it was told."""
    said: dict[str, Any] = {"name": f"{MARK} who breaks"}
    if table == "clients":
        said["email"] = f"{MARK}@breaks.example"
    else:
        said["client_ids"] = [practice.olga.everything("/clients")[0]["id"]]
    admin.execute(f"alter table {table} rename column name to lost")
    try:
        answer = practice.olga.ask("POST", f"/{table}", said)
    finally:
        admin.execute(f"alter table {table} rename column lost to name")
    assert answer.status_code == 500
    return answer


def test_a_mail_that_is_refused_is_told_by_its_id(practice: Practice, written: io.StringIO, clock: Clock) -> None:
    """Red with the words of the server in `mail.post.Undeliverable`."""
    practice.olga.post("/staff/invitations", {"email": f"{MARK}@refused.example", "role": "advocate"})
    practice.olga.post("/staff/invitations", {"email": f"{MARK}@later.example", "role": "advocate"})
    with mail_server(RCPT=lambda: f"550 there is no <{MARK}@refused.example> here") as server:
        Worker(practice.worker.engine, clock, SmtpPost(server.url), practice.worker.config).send_messages()
    practice.olga.post("/staff/invitations", {"email": f"{MARK}@again.example", "role": "advocate"})
    with mail_server(CONTENT=lambda: f"451 {MARK} is asked to come again") as server:
        Worker(practice.worker.engine, clock, SmtpPost(server.url), practice.worker.config).send_messages()
    told = [event for event in lines(written.getvalue(), practice.slug) if event["event"] == "message"]
    assert [event["outcome"] for event in told][-3:] == ["failed", "failed", "retried"]
    assert [event["why"] for event in told[-2:]] == ["The recipient was refused (550).", "The mail was refused (451)."]
    assert {event["practice"] for event in told} == {practice.olga.get("/practice")["id"]}


def test_what_breaks_beyond_every_handler_is_told_without_its_words(engine: sqlalchemy.Engine, written: io.StringIO) -> None:
    """Red without `log_exception` in `api.application`: Flask writes the path, in which tokens stand, and what was said."""
    app = create_app(engine, Clock(), Config(secret_keys=[SECRET], base_url=BASE_URL))

    @app.after_request
    def breaks(_: Any) -> Any:
        raise LookupError(f"{MARK}\n{MARK}")

    answer = app.test_client().get(f"/api/v1/public/bookings/{MARK}", base_url=BASE_URL)
    assert answer.status_code == 500
    told = [event for event in lines(written.getvalue()) if event.get("error")]
    assert {event["error"] for event in told} == {"LookupError"}
    assert all("breaks" in event["at"] for event in told)


# What others say.


def test_a_line_is_one_line_and_no_longer_than_it_may_be(written: io.StringIO) -> None:
    """Red without `for cut in CUTS` in `commands.log`, or without `line.isascii()` there."""
    ours = logging.getLogger("followthrough.test")
    ours.info("long", {"why": "x" * 10_000, "number": 3})
    ours.info("wide", {"why": "\u2028\u0085\ud800\n" * 3000})
    ours.info("many", {f"field{number}": "x" * 100 for number in range(500)})
    ours.info("lines\r\n\u2028\x1b[31m", {"why": "a\nb\x00", "none": None})
    events = lines(written.getvalue())
    assert [event["event"] for event in events] == ["long", "wide", "too long", "lines\r\n\u2028\x1b[31m"]
    assert (events[0]["number"], events[3]["why"]) == (3, "a\nb\x00")
    assert "none" not in events[3]


def test_a_library_is_told_of_without_what_it_quotes(written: io.StringIO) -> None:
    """Red with `record.getMessage()` for loggers that are not ours, or with the root at `least` in `commands.log.start`."""
    library = logging.getLogger("a.library.of.others")
    library.debug("All that passes: %s", MARK)
    library.warning("Unicode value %r", MARK)
    library.warning(f"Unicode value {MARK}")
    try:
        raise ValueError(f"{MARK}\n{MARK}")
    except ValueError:
        library.exception("Could not reset %s", MARK)
        logging.getLogger("_granian").error(f"Application callable raised an exception\nValueError: {MARK}")  # noqa: G004
    with warnings.catch_warnings(action="always"):
        warnings.warn(f"{MARK} is deprecated", DeprecationWarning, stacklevel=1)
    thread = threading.Thread(target=lambda: {}[MARK])
    thread.start()
    thread.join()
    first, second, third, server, warned, died = lines(written.getvalue())
    assert (first["said"], second.get("said"), third["said"]) == ("Unicode value %r", None, "Could not reset %s")
    assert {first["event"], second["event"], third["event"]} == {"a library says"}
    assert (third["error"], server["event"]) == ("ValueError", "Application callable raised an exception")
    assert (warned["event"], warned["error"], died["event"], died["error"]) == (
        "warning",
        "DeprecationWarning",
        "uncaught",
        "KeyError",
    )


def test_for_people_it_is_text(written: io.StringIO) -> None:
    handler = logging.getLogger().handlers[0]
    handler.setFormatter(log.Text())
    logging.getLogger("followthrough.test").info("something happened\n", {"number": 3, "why": "two words\u2028", "id": "a-b"})
    [line] = written.getvalue().splitlines()
    assert line.endswith(r' info "something happened\n" logger=followthrough.test number=3 why="two words\u2028" id=a-b'), line


# As an operator starts it: what the processes say, whatever else they are made of.


def test_serve_and_worker_tell_nothing_either(settings: Mapping[str, str], admin: Admin) -> None:
    """Red with a `log_access=True` for the server, or without `log.start` in `commands`."""
    port = str(free_port())
    base = f"http://127.0.0.1:{port}"
    told = {**settings, "BASE_URL": base, "LOG_LEVEL": "debug", "METRICS_TOKEN": f"{MARK}-may-read-metrics"}
    api, slug = f"{base}/api/v1", f"{MARK.lower()}-{port}"
    firm = {"practice_name": f"{MARK} Advocacy", "slug": slug, "timezone": "America/New_York"}
    owner = {"name": f"{MARK} Owens", "email": f"olga@{slug}.example", "password": PASSWORD}
    with (
        mail_server(RCPT=lambda: f"550 there is no {MARK}@refused.example here") as refusing,
        program("serve", {**told, "PORT": port, "PROCESSES": "2"}) as serve,
        program("worker", {**told, "SMTP_URL": refusing.url.replace("//", f"//{MARK}:{MARK}@")}) as worker,
    ):
        wait_until(lambda: serve.said.count("Started worker") == 2, why=lambda: serve.said)
        founded = requests.post(f"{api}/auth/register", json={**firm, **owner}, timeout=10)
        session = founded.json()
        assert founded.status_code == 201, session
        signed_in = {"Authorization": f"Bearer {session['access_token']}"}
        answers = [
            founded,
            requests.post(f"{api}/auth/login", json={"email": owner["email"], "password": WRONG_PASSWORD}, timeout=10),
            requests.post(
                f"{api}/staff/invitations",
                json={"email": f"{MARK}@refused.example", "role": "advocate"},
                headers=signed_in,
                timeout=10,
            ),
            requests.get(f"{api}/public/bookings/{MARK}?{MARK}={MARK}", timeout=10),
            requests.get(f"{base}/invitations/{MARK}", timeout=10),
            requests.get(f"{base}/metrics", headers={"Authorization": f"Bearer {MARK}"}, timeout=10),
            requests.get(f"{base}/metrics", headers={"Authorization": f"Bearer {told['METRICS_TOKEN']}"}, timeout=10),
            *(
                requests.post(
                    f"{api}/clients", data=body, headers={**signed_in, "Content-Type": "application/json"}, timeout=10
                )
                for body, _ in BROKEN
            ),
        ]
        admin.execute("alter table clients rename column name to lost")
        try:
            person = {"name": f"{MARK} Petrov", "email": f"{MARK}@breaks.example"}
            answers.append(requests.post(f"{api}/clients", json=person, headers=signed_in, timeout=10))
        finally:
            admin.execute("alter table clients rename column lost to name")
        assert [answer.status_code for answer in answers] == [201, 401, 201, 404, 200, 401, 200, 400, 422, 422, 500]
        with suppress(requests.ConnectionError):
            requests.request(MARK, f"{base}/{MARK}", timeout=10)
        wait_until(lambda: '"outcome"' in worker.said, why=lambda: worker.said)
        assert (serve.end(), worker.end()) == (0, 0)
        secrets = slug, session["access_token"], session["refresh_token"], told["METRICS_TOKEN"]
        served, worked = lines(serve.said, *secrets), lines(worker.said, *secrets)
    for answer in answers:
        [access] = [event for event in of_request(served, answer.headers["X-Request-ID"]) if event["event"] == "request"]
        assert access["status"] == answer.status_code
    assert {event["event"] for event in worked} >= {"worker started", "message", "worker stopped"}
    assert "The mail server" in next(event["why"] for event in worked if event["event"] == "message")
