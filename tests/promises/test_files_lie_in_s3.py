"""`FILES_URL=s3://...`: what lies in a folder elsewhere lies in a bucket here, whole or not at all; strays are taken away."""

import hashlib
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import fsspec
import pytest
import sqlalchemy

from api.application import create_app
from api.config import Config
from mail.post import SmtpPost
from mail.render import Sender
from models.files import Files
from models.link import Links
from scheduling import document_readings, packets
from scheduling.housekeeping import take_strays
from scheduling.worker import Worker
from scheduling.workplace import Config as WorkerConfig
from tests.cast import IEP_TEXT, Actor, Staff
from tests.conftest import BASE_URL, SECRET, Clock, free_port
from tests.promises.processes import wait_until
from tests.written_packets import a_pdf, a_picture


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a server that answers as S3 does, with a bucket in it."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: made_a_bucket(address))
        yield address
    finally:
        server.terminate()
        server.wait(10)


def made_a_bucket(address: str) -> bool:
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{address}/bucket", method="PUT"), timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.fixture
def bucket(s3: str, monkeypatch: pytest.MonkeyPatch) -> Files:
    """As an operator says it: the address and the keys in the environment, as for any client."""
    said = {"AWS_ENDPOINT_URL": s3, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1"}
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    forget_whom_we_know()
    return Files(f"s3://bucket/{uuid4()}")


def forget_whom_we_know() -> None:
    """A client is kept for the next who asks with the same words: it would go to where the last one went."""
    fsspec.get_filesystem_class("s3").clear_instance_cache()


def at_an_office_that_keeps_in(files: Files, ana: Staff, engine: sqlalchemy.Engine) -> Staff:
    app = create_app(engine, ana.clock, Config(secret_keys=[SECRET], base_url=BASE_URL, files=files))
    return Staff(app, Actor(app, ana.refresh_token).post("/auth/refresh"), ana.clock)


def worker_config(files: Files) -> WorkerConfig:
    return WorkerConfig(Sender(Links([SECRET], BASE_URL), "followthrough@practice.example"), files=files)


def test_a_document_in_s3_is_uploaded_read_handed_out_and_taken_away_and_so_is_a_stray(
    bucket: Files, engine: sqlalchemy.Engine, ana: Staff
) -> None:
    case = ana.opens_a_case()
    ana = at_an_office_that_keeps_in(bucket, ana, engine)
    practice_id = UUID(ana.get("/practice")["id"])
    place = bucket.documents(practice_id)
    large = b"A log.\n" + b"Read aloud in the resource room.\n" * 100_000
    stays, goes = ana.uploads(case), ana.uploads(case, large, kind="log")
    assert place.list() == {stays["id"]: len(IEP_TEXT), goes["id"]: len(large)}
    for document, content in ((stays, IEP_TEXT), (goes, large)):
        assert ana.ask("GET", f"/documents/{document['id']}/content").get_data() == content

    later = Clock(datetime.now(UTC) + timedelta(minutes=50))
    worker = Worker(engine, later, SmtpPost("smtp://127.0.0.1:1"), worker_config(bucket))
    while document_readings.read(worker, practice_id):
        pass
    assert ana.get(f"/documents/{stays['id']}/reading")["provisions"] != []

    place.write("half-written-somewhere", [b"A stray."])
    ana.delete(f"/documents/{goes['id']}")
    assert ana.ask("GET", f"/documents/{goes['id']}/content").status_code == 404
    assert take_strays(worker, practice_id) == 0, "not yet"
    later.move(minutes=20)
    assert take_strays(worker, practice_id) == 2
    assert place.list() == {stays["id"]: len(IEP_TEXT)}
    assert ana.ask("GET", f"/documents/{stays['id']}/content").get_data() == IEP_TEXT


def test_a_packet_in_s3_is_built_there_and_what_is_large_goes_there_in_parts(
    bucket: Files, engine: sqlalchemy.Engine, ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red with `b"".join(chunks)` in `models.files.Files.write` by its memory alone: what is asked of the store is parts."""
    monkeypatch.setattr("models.files._PART", 5 << 20)
    case = ana.opens_a_case()
    ana = at_an_office_that_keeps_in(bucket, ana, engine)
    practice_id = UUID(ana.get("/practice")["id"])
    large = ana.uploads(case, a_pdf("Photos", picture=a_picture((3000, 2400), quality=95)), "photos.pdf")
    assert large["size_bytes"] > 5 << 20
    said = {"case_id": case["id"], "purpose": "mediation", "parts": ["exhibits"], "exhibits": [{"document_id": large["id"]}]}
    packet = ana.post("/packets", said)
    worker = Worker(engine, ana.clock, SmtpPost("smtp://127.0.0.1:1"), worker_config(bucket))
    assert packets.build(worker, practice_id) == 1
    packet = ana.get(f"/packets/{packet['id']}")
    assert (packet["state"], packet["failure"]) == ("done", None)
    lying = bucket.packets(practice_id).list()
    assert sorted(lying.values()) == sorted([packet["pdf_bytes"], packet["zip_bytes"]])
    for form in ("pdf", "zip"):
        content = bytes(ana.ask("GET", f"/packets/{packet['id']}/content?format={form}").get_data())
        assert hashlib.sha256(content).hexdigest() == packet[f"{form}_sha256"]


def test_what_is_large_and_breaks_off_while_it_goes_to_s3_is_never_there(
    bucket: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.files._PART", 5 << 20)

    def breaks_off() -> Iterator[bytes]:
        yield b"." * (12 << 20)
        raise RuntimeError("a worker that was told to stop")

    with pytest.raises(RuntimeError, match="told to stop"):
        bucket.write("large", breaks_off())
    assert bucket.list() == {}
    bucket.write("large", [b"." * (12 << 20), b"end"])
    assert bucket.list() == {"large": (12 << 20) + 3}
    with bucket.at_hand("large") as opened:
        opened.seek(-3, 2)
        assert opened.read() == b"end"


def test_what_breaks_off_while_it_is_written_to_s3_is_never_there(bucket: Files) -> None:
    """Red with a file that is opened there and closed in the end: half of it has the name of a whole one."""
    seen: list[Any] = []

    def breaks_off() -> Iterator[bytes]:
        yield b"The first half."
        seen.append(bucket.list())
        raise RuntimeError("a reader that went away")

    with pytest.raises(RuntimeError, match="went away"):
        bucket.write("a", breaks_off())
    assert (seen, bucket.list()) == ([{}], {})
    with pytest.raises(FileNotFoundError):
        bucket.open("a")


def test_a_bucket_that_is_not_there_is_a_place_that_cannot_be_used(
    bucket: Files, engine: sqlalchemy.Engine, ana: Staff
) -> None:
    case = ana.opens_a_case()
    answer = at_an_office_that_keeps_in(Files("s3://nowhere/files"), ana, engine).tries_to_upload(case)
    assert (answer.status_code, answer.get_json()["type"]) == (503, "/problems/unavailable")
    assert ana.get("/documents")["items"] == []


def test_a_store_that_takes_what_comes_and_says_nothing_is_given_up(
    bucket: Files, engine: sqlalchemy.Engine, ana: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red without `timeout` in `models.files`: the client waits for the word to go on for ever."""
    monkeypatch.setattr("models.files._SECONDS", 1)
    case = ana.opens_a_case()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        forget_whom_we_know()
        answer = at_an_office_that_keeps_in(Files("s3://silent/files"), ana, engine).tries_to_upload(case)
    assert (answer.status_code, answer.get_json()["type"]) == (503, "/problems/unavailable")
    assert ana.get("/documents")["items"] == []
