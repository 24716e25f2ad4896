"""A document that was answered 201 is there byte for byte, whoever is killed and whenever; what came to nothing leaves nothing.

Red with the row before the file in `api.document.upload_document`, or without the rename in `models.files._write_whole`.
"""

import hashlib
import json
import os
import random
import secrets
import signal
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import requests

from models.files import Files
from scheduling.housekeeping import STRAYS_AT_ONCE, take_strays
from scheduling.worker import Worker
from tests.cast import IEP_TEXT, PASSWORD, Practice, Staff
from tests.conftest import Clock, free_port
from tests.promises.conftest import Admin
from tests.promises.mail_servers import mail_server
from tests.promises.processes import Program, program, wait_until

UPLOADERS = 4
KILLS = 6


@dataclass
class Uploads:
    """Those who upload to one `serve` until they are told to stop, each file another one."""

    base: str
    token: str
    case_id: str
    over: threading.Event = field(default_factory=threading.Event)
    promised: dict[str, bytes] = field(default_factory=dict)
    tried: int = 0

    def run(self) -> None:
        while not self.over.is_set():
            content = IEP_TEXT + secrets.token_hex(random.choice((10, 1000, 200_000))).encode()
            said = {"data": {"case_id": self.case_id}, "files": {"file": ("iep.txt", content)}}
            headers = {"Authorization": f"Bearer {self.token}"}
            self.tried += 1
            try:
                answer = requests.post(f"{self.base}/api/v1/documents", **said, headers=headers, timeout=20)
            except requests.RequestException:
                time.sleep(0.3)
                continue
            if answer.status_code == 201:
                self.promised[answer.json()["id"]] = content


@pytest.fixture
def slow_rows(admin: Admin) -> Iterator[None]:
    """Between the file and its row some time goes by, so that kills meet uploads there too."""
    slowly = "begin perform pg_sleep(0.03); return new; end"
    admin.execute(f"create function take_your_time() returns trigger language plpgsql as $$ {slowly} $$")
    admin.execute("create trigger slow before insert on documents for each row execute function take_your_time()")
    yield
    admin.execute("drop function take_your_time cascade")


def test_what_was_promised_is_there_whenever_serve_is_killed(
    settings: Mapping[str, str], admin: Admin, tmp_path: Path, worker: Worker, clock: Clock, slow_rows: None
) -> None:
    port = free_port()
    base, folder = f"http://127.0.0.1:{port}", tmp_path / "files"
    told = {**settings, "BASE_URL": base, "PORT": str(port), "PROCESSES": "1", "FILES_URL": folder.as_uri()}
    with serving(told):
        uploads = Uploads(base, *opens_a_case(base))
    with ThreadPoolExecutor(UPLOADERS) as crowd:
        running = [crowd.submit(uploads.run) for _ in range(UPLOADERS)]
        for number in range(KILLS):
            with serving(told) as serve:
                wait_until(lambda number=number: len(uploads.promised) > 5 * number, why=lambda serve=serve: serve.said)
                time.sleep(random.random() / 10)
        uploads.over.set()
    assert [one.exception() for one in running] == [None] * UPLOADERS
    with serving(told):
        assert there(uploads) == {name: digest(content) for name, content in uploads.promised.items()}
    rows = admin.execute("select tenant_id, id, sha256 from documents where case_id = %s", [uploads.case_id]).fetchall()
    practice_id = rows[0]["tenant_id"]
    documents = folder / str(practice_id) / "documents"
    hashes = {str(row["id"]): row["sha256"] for row in rows}
    assert uploads.promised.keys() <= hashes.keys()
    lying = {path.name: path for path in documents.iterdir()}
    assert {name: hashlib.sha256(lying[name].read_bytes()).digest() for name in hashes} == hashes
    assert len(lying) < uploads.tried + 1
    # What is left over is an hour old in the end, and is taken away then.
    for path in lying.values():
        os.utime(path, (clock().timestamp() - 7200, clock().timestamp() - 7200))
    worker = Worker(worker.engine, clock, worker.post, replace(worker.config, files=Files(str(folder))))
    while take_strays(worker, practice_id):
        pass
    assert {path.name for path in documents.iterdir()} == hashes.keys()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def there(uploads: Uploads) -> dict[str, str]:
    """What is handed out of all that was promised."""
    headers = {"Authorization": f"Bearer {uploads.token}"}
    answers = {
        name: requests.get(f"{uploads.base}/api/v1/documents/{name}/content", headers=headers, timeout=20)
        for name in list(uploads.promised)
    }
    return {name: digest(answer.content) if answer.status_code == 200 else answer.text for name, answer in answers.items()}


@contextmanager
def serving(told: Mapping[str, str]) -> Iterator[Program]:
    """A `serve` that answers, and is killed in the end with all that it started: kill -9."""

    def is_up() -> bool:
        with suppress(requests.RequestException):
            return requests.get(f"{told['BASE_URL']}/health/ready", timeout=2).status_code == 200
        return False

    with program("serve", told) as serve:
        wait_until(is_up, why=lambda: serve.said)
        yield serve


def opens_a_case(base: str) -> tuple[str, str]:
    """The token of somebody who founded a practice, and a case of theirs."""
    name = f"kept-{secrets.token_hex(4)}"
    firm = {"practice_name": name, "slug": name, "timezone": "America/Los_Angeles"}
    owner = {"name": "Olga Owens", "email": f"olga@{name}.example", "password": PASSWORD}
    token: str = requests.post(f"{base}/api/v1/auth/register", json={**firm, **owner}, timeout=10).json()["access_token"]

    def post(path: str, body: Mapping[str, Any]) -> Any:
        return requests.post(f"{base}/api/v1{path}", json=body, headers={"Authorization": f"Bearer {token}"}, timeout=10).json()

    client = post("/clients", {"name": "Petra Petrov", "email": "petra@example.org"})
    student = post("/students", {"name": "Sasha Petrov", "client_ids": [client["id"]]})
    case = post("/cases", {"client_id": client["id"], "student_id": student["id"], "title": "Reading"})
    return token, case["id"]


# Strays and who brings files along.


def test_what_is_being_taken_in_is_no_stray(
    ana: Staff, riverside: Practice, worker: Worker, clock: Clock, store: Files, admin: Admin
) -> None:
    """An import writes its files before its rows are committed, and may take hours. Red without `NOBODY_TAKES_IN`."""
    practice_id = UUID(riverside.olga.get("/practice")["id"])
    ana.uploads(ana.opens_a_case())
    folder = store.documents(practice_id).folder
    assert folder is not None
    for _ in range(STRAYS_AT_ONCE + 5):
        (folder / secrets.token_hex(8)).write_bytes(b"a file whose row is not committed yet")
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    with admin.transaction():
        admin.execute("select 1 from practices where id = %s for update", [practice_id])
        assert take_strays(worker, practice_id) == 0
    assert take_strays(worker, practice_id) == STRAYS_AT_ONCE + 5
    assert len(list(folder.iterdir())) == 1


# A child that hangs.


def children_of(program: Program) -> list[int]:
    """The processes that read a document for this worker."""
    found = []
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            said = (folder / "cmdline").read_bytes().split(b"\0")
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if b"scheduling.document_reading" in said and parent == program.pid:
                found.append(int(folder.name))
    return found


def test_a_document_that_hangs_its_reader_leaves_the_others_read(
    ana: Staff, settings: Mapping[str, str], admin: Admin, riverside: Practice
) -> None:
    """The reader of the first is stopped, as by a file in which a parser goes round for ever; it is ended in its time."""
    case = ana.opens_a_case()
    first = ana.uploads(case, IEP_TEXT + b"the first")
    admin.execute("update document_readings set due_at = now()")
    with mail_server() as post, program("worker", {**settings, "SMTP_URL": post.url}) as worker:
        [hanging] = wait_until(lambda: children_of(worker), why=lambda: worker.said)
        os.kill(hanging, signal.SIGSTOP)
        others = [ana.uploads(case, IEP_TEXT + bytes([65 + number])) for number in range(3)]
        admin.execute("update document_readings set due_at = now() where state = 'waiting' and lease_owner is null")

        def states(documents: Sequence[Any]) -> set[str]:
            return {ana.get(f"/documents/{one['id']}")["reading_state"] for one in documents}

        wait_until(lambda: states(others) == {"done"}, why=lambda: worker.said)
        assert states([first]) == {"waiting"}
        wait_until(lambda: states([first]) == {"done"}, within=40, why=lambda: worker.said)
        assert worker.end() == 0
    assert ana.get(f"/documents/{first['id']}/reading")["refusal"]["reason"] == "unreadable"
    assert {json.dumps(ana.get(f"/documents/{one['id']}/reading")["refusal"]) for one in others} == {"null"}


def test_a_document_that_ends_its_worker_comes_to_an_end_too(
    ana: Staff, settings: Mapping[str, str], admin: Admin, riverside: Practice
) -> None:
    """Its attempts are counted when they begin. Red with `attempts` counted in the outcome."""
    made = ana.uploads(ana.opens_a_case())
    with mail_server() as post:
        told = {**settings, "SMTP_URL": post.url}
        for number in range(1, 4):
            admin.execute("update document_readings set due_at = now() where state = 'waiting'")
            with program("worker", told) as victim:
                wait_until(lambda: children_of(victim), why=lambda victim=victim: victim.said)
                victim.kill()
            row = admin.execute("select * from document_readings where document_id = %s", [made["id"]]).fetchall()[0]
            assert (row["state"], row["attempts"]) == ("waiting", number)
        admin.execute("update document_readings set due_at = now() where state = 'waiting'")
        with program("worker", told) as heir:
            wait_until(lambda: '"outcome":"refused"' in heir.said, why=lambda: heir.said)
            assert heir.end() == 0
    assert ana.get(f"/documents/{made['id']}/reading")["refusal"]["reason"] == "unreadable"
