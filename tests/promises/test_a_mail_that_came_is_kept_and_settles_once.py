"""A mail that was answered 202 is there byte for byte, once, whoever is killed; and it settles what it answers, or what chases
that has fired before: never both, and never neither."""

import base64
import os
import random
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

import pytest
import requests
from flask import Flask

from domain.webhook_signature import sign
from models.files import Files
from scheduling.housekeeping import take_strays
from scheduling.worker import Worker
from tests.cast import HOOK_KEY, MAIL_DOMAIN, Provider, Staff
from tests.conftest import Clock, free_port
from tests.promises.conftest import Admin
from tests.promises.processes import wait_until
from tests.promises.racing import at_once
from tests.promises.test_a_document_is_kept_whole import opens_a_case, serving

ROUNDS, CASES = 25, 8
LONG_AGO = "2026-08-03T16:00:00Z"
BRINGERS, KILLS = 3, 3


def test_of_two_hundred_replies_by_mail_and_their_reminders_one_wins_each_time(
    app: Flask, ana: Staff, worker: Worker, admin: Admin, clock: Clock
) -> None:
    """Red without `lock=True` for the case in `models.receiving`, or without `with_for_update` in `Reminder.all_open`."""
    cases = [ana.opens_a_case(follow_up_policy={"offsets_days": [1]}) for _ in range(CASES)]
    for case in cases:
        ana.adds_a_team_member(case, email="terry@school.example")
    addresses = [ana.get(f"/cases/{case['id']}")["inbound_address"] for case in cases]
    for _ in range(ROUNDS):
        asked = [ana.asks_the_team(case, occurred_at=LONG_AGO) for case in cases]
        mails = [reply_to(question["id"], address) for question, address in zip(asked, addresses, strict=True)]
        hooks = [lambda raw=raw: Provider(app, clock).brings(raw)[0]["state"] for raw in mails]
        fires = [lambda: worker.fire_reminders() and None] * 2
        assert [state for state in at_once(fires[0], *hooks, fires[1]) if state] == ["recorded"] * CASES
    assert worker.fire_reminders() == 0, "what was answered fires no more"
    reminders = admin.execute(
        "select *, (select count(*) from messages where occasion like 'reminder:' || reminders.id || ':%%') as messages"
        " from reminders where case_id = any(%s)",
        [[case["id"] for case in cases]],
    ).fetchall()
    assert len(reminders) == ROUNDS * CASES
    for reminder in reminders:
        assert (reminder["state"], reminder["reason"]) == ("done", "answered")
        assert reminder["messages"] == reminder["occurrence"] in (0, 1)


def test_a_mail_that_two_hooks_bring_at_once_is_one_row_and_settles_once(app: Flask, ana: Staff, clock: Clock) -> None:
    """Red without the look behind the lock in `models.receiving`."""
    case = ana.opens_a_case()
    ana.adds_a_team_member(case, email="terry@school.example")
    asked = ana.asks_the_team(case)
    raw = reply_to(asked["id"], ana.get(f"/cases/{case['id']}")["inbound_address"])
    found = at_once(*[lambda: Provider(app, clock).brings(raw)] * 6)
    assert all(one == found[0] for one in found)
    assert len(ana.get(f"/inbound-mails?case_id={case['id']}")["items"]) == 1
    assert len(ana.get(f"/communications?thread_id={asked['id']}")["items"]) == 2


def test_reports_on_one_mail_that_come_at_once_have_one_outcome(
    app: Flask, ana: Staff, clock: Clock, worker: Worker, admin: Admin
) -> None:
    """Red without both the look at the state in `Message.hear` and at what was told already in `models.delivery.became`."""
    case = ana.opens_a_case()
    terry = ana.adds_a_team_member(case, email="terry@school.example")
    said = {"case_id": case["id"], "party": "team", "team_member_ids": [terry["id"]], "awaiting_reply": True}
    sent = ana.post("/communications/send", {**said, "subject": "Reader", "text": "Who provides the reader?"})
    worker.send_messages()
    address = ana.get(f"/cases/{case['id']}")["inbound_address"]
    report = (
        f"From: mailer-daemon@mx.example\nTo: {address}\n"
        "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; terry@school.example\nAction: failed\nStatus: 5.1.1\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{sent['id']}@practice.example>\n\n--b--\n"
    )
    # Each way that it took has left its line above.
    copies = [f"Received: by mx{number}.practice.example\n{report}".encode() for number in range(6)]
    found = at_once(*[lambda raw=raw: Provider(app, clock).brings(raw)[0]["state"] for raw in copies])
    assert found == ["recorded"] * 6
    [delivery] = ana.get(f"/communications/{sent['id']}")["deliveries"]
    assert (delivery["state"], delivery["bounce"]) == ("failed", "hard")
    [message] = admin.execute("select version from messages where id = %s", [delivery["message_id"]]).fetchall()
    assert message["version"] == 4, "written, claimed, sent, and come back once"
    assert [row["title"] for row in ana.reminders(communication_id=sent["id"]) if not row["ladder"]] == [
        "A mail did not arrive"
    ]


def reply_to(communication_id: str, address: str) -> bytes:
    lines = ("From: terry@school.example", f"To: {address}", f"Message-ID: <{secrets.token_hex(8)}@school.example>")
    return "\r\n".join((*lines, f"In-Reply-To: <{communication_id}@practice.example>", "", "Yes.")).encode()


@dataclass
class Bringers:
    """Those who bring mails to one `serve` until they are told to stop, each mail another one and again until it is taken."""

    base: str
    address: str = ""
    over: threading.Event = field(default_factory=threading.Event)
    promised: dict[str, bytes] = field(default_factory=dict)
    said: str = ""

    def run(self) -> None:
        while not self.over.is_set():
            text = secrets.token_hex(random.choice((10, 1000, 200_000)))
            raw = f"From: x@strangers.example\nTo: {self.address}\n\n{text}".encode()
            while not self.over.is_set():
                seconds = int(time.time())
                headers = {"webhook-id": "m", "webhook-timestamp": str(seconds), "Content-Type": "message/rfc822"}
                headers["webhook-signature"] = sign(HOOK_KEY, "m", seconds, raw)
                try:
                    answer = requests.post(f"{self.base}/api/v1/inbound-mail", data=raw, headers=headers, timeout=20)
                except requests.RequestException:
                    time.sleep(0.3)
                    continue
                self.said = answer.text
                if answer.status_code == 202:
                    self.promised[answer.json()["items"][0]["id"]] = raw
                    break


@pytest.fixture
def slow_rows(admin: Admin) -> Iterator[None]:
    """Between the file and its row some time goes by, so that kills meet mails there too."""
    admin.execute(
        "create function take_your_time_with_mail() returns trigger language plpgsql as"
        " $$ begin perform pg_sleep(0.03); return new; end $$"
    )
    admin.execute("create trigger slow before insert on inbound_mails for each row execute function take_your_time_with_mail()")
    yield
    admin.execute("drop function take_your_time_with_mail cascade")


def test_what_was_taken_is_there_whenever_serve_is_killed(
    settings: Mapping[str, str], admin: Admin, tmp_path: Path, worker: Worker, clock: Clock, slow_rows: None
) -> None:
    """Red with the row before the file in `models.receiving.receive`."""
    port = free_port()
    base, folder = f"http://127.0.0.1:{port}", tmp_path / "files"
    told = {**settings, "BASE_URL": base, "PORT": str(port), "PROCESSES": "1", "FILES_URL": folder.as_uri()}
    told |= {"INBOUND_MAIL_DOMAIN": MAIL_DOMAIN, "INBOUND_MAIL_SECRET": f"whsec_{base64.b64encode(HOOK_KEY).decode()}"}
    with ThreadPoolExecutor(BRINGERS) as crowd:
        bringers, running = Bringers(base), []
        try:
            for number in range(KILLS):
                with serving(told) as serve:
                    if not running:
                        token, case_id = opens_a_case(base)
                        whose = {"Authorization": f"Bearer {token}"}
                        case = requests.get(f"{base}/api/v1/cases/{case_id}", headers=whose, timeout=20).json()
                        bringers.address = case["inbound_address"]
                        running = [crowd.submit(bringers.run) for _ in range(BRINGERS)]
                    wait_until(
                        lambda number=number: len(bringers.promised) > 4 * number,
                        why=lambda serve=serve: serve.said + bringers.said,
                    )
                    time.sleep(random.random() / 10)
        finally:
            bringers.over.set()
    assert [one.exception() for one in running] == [None] * BRINGERS
    rows = admin.execute("select tenant_id, id, sha256 from inbound_mails where case_id = %s", [case_id]).fetchall()
    assert len({row["sha256"] for row in rows}) == len(rows), "what came again is the same row"
    assert bringers.promised.keys() <= {str(row["id"]) for row in rows}
    practice_id: UUID = rows[0]["tenant_id"]
    lying = {path.name: path for path in (folder / str(practice_id) / "mails").iterdir()}
    assert {name: lying[name].read_bytes() for name in bringers.promised} == bringers.promised
    for path in lying.values():
        os.utime(path, (clock().timestamp() - 7200, clock().timestamp() - 7200))
    worker = Worker(worker.engine, clock, worker.post, replace(worker.config, files=Files(str(folder))))
    while take_strays(worker, practice_id):
        pass
    assert {path.name for path in (folder / str(practice_id) / "mails").iterdir()} == {str(row["id"]) for row in rows}
