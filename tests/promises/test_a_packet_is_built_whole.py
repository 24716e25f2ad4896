"""A packet is built to its end from the facts of one moment, whoever is killed and whenever; it is disclosed once.

Red with the row before the file in `scheduling.packets`, without `attempts=1` in `models.packet.GONE_ON`, or without the lease
in `models.packet._while_leased`.
"""

import hashlib
import random
import signal
import time
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import UUID

import pypdfium2

from models.files import Files
from models.packet import LEASE
from scheduling import packets
from scheduling.worker import Worker
from tests.cast import Practice, Staff
from tests.conftest import Clock
from tests.promises.conftest import Admin
from tests.promises.mail_servers import mail_server
from tests.promises.processes import program, wait_until
from tests.written_packets import a_pdf

KILLS, PACKETS = 10, 2


def asked_for(ana: Staff, case: Mapping[str, Any], documents: int = 2) -> Any:
    """A small one: every stage is gone through, and none takes long."""
    made = [ana.uploads(case, a_pdf(f"Log {number}"), f"log {number}.pdf") for number in range(documents)]
    exhibits = [{"document_id": one["id"]} for one in made]
    said = {"case_id": case["id"], "purpose": "mediation", "parts": ["summary", "exhibits"], "exhibits": exhibits}
    return ana.post("/packets", said)


def rows(admin: Admin, case: Mapping[str, Any]) -> list[dict[str, Any]]:
    return admin.execute("select * from packets where case_id = %s order by id", [case["id"]]).fetchall()


def how_far(admin: Admin, case: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    return [(row["state"], row["stage"], row["stage_done"]) for row in rows(admin, case)]


def is_done(admin: Admin, case: Mapping[str, Any]) -> bool:
    return {row["state"] for row in rows(admin, case)} == {"done"}


def test_packets_are_whole_whoever_was_killed_while_they_were_built(
    ana: Staff, settings: Mapping[str, str], admin: Admin, store: Files
) -> None:
    case = ana.opens_a_case()
    asked = [asked_for(ana, case) for _ in range(PACKETS)]
    seen: dict[Any, Any] = {}
    with mail_server() as post:
        told = {**settings, "SMTP_URL": post.url}
        for _ in range(KILLS):
            # Whoever was killed holds a lease for some minutes.
            admin.execute("update packets set due_at = now() where state = 'waiting'")
            with program("worker", told) as victim:
                before = how_far(admin, case)
                wait_until(
                    lambda before=before: how_far(admin, case) != before or is_done(admin, case), why=lambda v=victim: v.said
                )
                time.sleep(random.random() / 2)
                victim.kill()
            for row in rows(admin, case):
                assert seen.setdefault(row["id"], row["as_of"]) == row["as_of"] or seen[row["id"]] is None
                seen[row["id"]] = row["as_of"]
        # There is something left to do, so that the heir is there when it is told to stop.
        asked.append(asked_for(ana, case))
        admin.execute("update packets set due_at = now() where state = 'waiting'")
        with program("worker", told) as heir:
            wait_until(lambda: is_done(admin, case), why=lambda: (heir.said, rows(admin, case)))
            assert heir.end() == 0
    made = admin.execute(
        "select row_id, count(*) as many from access_entries where kind = 'packet_made' group by row_id"
    ).fetchall()
    assert {str(row["row_id"]): row["many"] for row in made if str(row["row_id"]) in {one["id"] for one in asked}} == {
        one["id"]: 1 for one in asked
    }
    lying = store.packets(rows(admin, case)[0]["tenant_id"]).list()
    assert sorted(path.rpartition("/")[2] for path in lying) == sorted(["packet.pdf", "packet.zip"] * len(asked))
    for one in asked:
        packet = ana.get(f"/packets/{one['id']}")
        pdf, zipped = (
            bytes(ana.ask("GET", f"/packets/{one['id']}/content?format={form}").get_data()) for form in ("pdf", "zip")
        )
        assert hashlib.sha256(pdf).hexdigest() == packet["pdf_sha256"]
        assert hashlib.sha256(zipped).hexdigest() == packet["zip_sha256"]
        with zipfile.ZipFile(BytesIO(zipped)) as archive:
            assert archive.testzip() is None
            assert archive.read("packet.pdf") == pdf
        with pypdfium2.PdfDocument(pdf) as document:
            stamped = "".join(page.get_textpage().get_text_bounded() for page in document)
        assert [stamped.count(f"Exhibit {number} · page 1 of 1") for number in (1, 2)] == [1, 1]


def test_a_worker_that_is_told_to_stop_hands_its_packet_back(ana: Staff, settings: Mapping[str, str], admin: Admin) -> None:
    """Red without `self._watch` in `scheduling.packets._Building._ask`: a child may take minutes."""
    case = ana.opens_a_case()
    asked_for(ana, case, documents=1)
    with mail_server() as post, program("worker", {**settings, "SMTP_URL": post.url}) as worker:
        wait_until(lambda: how_far(admin, case)[0][1] != "facts", why=lambda: worker.said)
        began = time.monotonic()
        assert worker.end(signal.SIGTERM) == 0
        assert time.monotonic() - began < 20
    [row] = rows(admin, case)
    assert (row["state"], row["lease_owner"], row["attempts"]) in (("waiting", None, 0), ("done", None, 1))


def test_a_step_that_ends_its_worker_comes_to_an_end_too(
    ana: Staff, admin: Admin, riverside: Practice, worker: Worker, clock: Clock
) -> None:
    """Its attempts are counted when they begin. Red with `attempts` counted in the outcome."""
    case = ana.opens_a_case()
    packet = asked_for(ana, case, documents=0)
    practice_id = UUID(riverside.olga.get("/practice")["id"])
    for _ in range(3):
        with worker.in_practice(practice_id) as claiming:
            [row] = claiming.rows(packets.CLAIM, now=clock(), owner=worker.id, lease_until=clock() + LEASE)
        assert str(row.id) == packet["id"]
        assert packets.build(worker, practice_id) == 0, "it is leased"
        clock.move(minutes=3)
    assert packets.build(worker, practice_id) == 1
    found = ana.get(f"/packets/{packet['id']}")
    assert found["state"] == "failed"
    assert found["failure"].startswith("A step of building this packet was begun several times")


def test_who_comes_late_changes_nothing(ana: Staff, riverside: Practice, worker: Worker, clock: Clock) -> None:
    """A worker that was away for longer than its lease writes neither row nor log. Red without the lease in `_while_leased`."""
    case = ana.opens_a_case()
    packet = asked_for(ana, case, documents=0)
    practice_id = UUID(riverside.olga.get("/practice")["id"])
    with worker.in_practice(practice_id) as claiming:
        [late] = claiming.rows(packets.CLAIM, now=clock(), owner=worker.id, lease_until=clock() + LEASE)
    clock.move(seconds=LEASE.total_seconds() + 1)
    other = Worker(worker.engine, clock, worker.post, replace(worker.config))
    assert packets.build(other, practice_id) == 1
    done = ana.get(f"/packets/{packet['id']}")
    assert done["state"] == "done"
    clock.move(seconds=1)
    assert packets._attempt(worker, practice_id, late) == "lost_lease"
    assert ana.get(f"/packets/{packet['id']}") == done
    cancelled = asked_for(ana, case, documents=0)
    with worker.in_practice(practice_id) as claiming:
        [row] = claiming.rows(packets.CLAIM, now=clock(), owner=worker.id, lease_until=clock() + LEASE)
    ana.post(f"/packets/{cancelled['id']}/cancel")
    assert packets._attempt(worker, practice_id, row) == "lost_lease"
    assert ana.get(f"/packets/{cancelled['id']}")["state"] == "cancelled"
