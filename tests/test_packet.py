"""A packet: asked for, built by the worker, handed out; its pages, its numbers and its hashes are true."""

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from scheduling import packets
from scheduling.housekeeping import take_strays
from scheduling.worker import Worker
from tests.cast import Practice, Staff
from tests.conftest import Clock
from tests.written_packets import a_pdf, a_picture


@pytest.fixture
def case(ana: Staff) -> Any:
    return ana.opens_a_case()


def built(practice: Practice, packet: Mapping[str, Any]) -> Any:
    """The packet once the worker has come by."""
    practice_id = UUID(practice.olga.get("/practice")["id"])
    while packets.build(practice.worker, practice_id):
        pass
    return practice.ana.get(f"/packets/{packet['id']}")


def content(staff: Staff, packet: Mapping[str, Any], form: str = "pdf") -> bytes:
    answer = staff.ask("GET", f"/packets/{packet['id']}/content?format={form}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return bytes(answer.get_data())


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_a_packet_is_asked_for_built_and_handed_out(riverside: Practice, ana: Staff, case: Any) -> None:
    log = ana.uploads(case, a_pdf("The log of October", pages=3), "log.pdf", kind="log")
    letter = ana.uploads(case, b"Dear team,\n\nthe reader was not there.\n", "letter.txt", kind="letter")
    asked = ana.post(
        "/packets",
        {
            "case_id": case["id"],
            "purpose": "mediation",
            "from": "2026-09-08",
            "to": "2026-12-18",
            "exhibits": [{"document_id": log["id"], "title": "Service log"}, {"document_id": letter["id"], "note": "As sent."}],
        },
    )
    assert (asked["state"], asked["stage"], asked["contents"], asked["title"]) == ("waiting", "facts", None, "Packet for mediation")
    early = ana.ask("GET", f"/packets/{asked['id']}/content")
    assert (early.status_code, early.get_json()["type"]) == (409, "/problems/conflict")

    packet = built(riverside, asked)
    assert (packet["state"], packet["stage"], packet["failure"]) == ("done", "done", None)
    pdf, zipped = content(ana, packet), content(ana, packet, "zip")
    assert (len(pdf), hashlib.sha256(pdf).hexdigest()) == (packet["pdf_bytes"], packet["pdf_sha256"])
    assert (len(zipped), hashlib.sha256(zipped).hexdigest()) == (packet["zip_bytes"], packet["zip_sha256"])
    pages = pages_of(pdf)
    assert len(pages) == packet["pages"]
    first, second = packet["contents"]["exhibits"]
    assert (first["title"], first["pages"], first["sha256"]) == ("Service log", 3, log["sha256"])
    for number in range(3):
        page = pages[first["page"] + number]
        assert f"The log of October, page {number + 1}" in page
        assert f"Exhibit 1 · page {number + 1} of 3 · packet page {first['page'] + number + 1}" in page
    assert "Exhibit 2" in pages[second["page"] - 1]
    assert "the reader was not there" in "".join(pages[second["page"] - 1 :])

    answer = ana.ask("GET", f"/packets/{packet['id']}/content")
    assert answer.headers["ETag"] == f'"{packet["pdf_sha256"]}"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Disposition"] == "attachment; filename=packet-mediation-2026-10-05.pdf"
    same = ana.ask("GET", f"/packets/{packet['id']}/content", **{"If-None-Match": answer.headers["ETag"]})
    assert (same.status_code, same.get_data()) == (304, b"")
