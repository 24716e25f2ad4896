"""A packet: asked for, built by the worker, handed out; its pages, its numbers and its hashes are true."""

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
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
from tests.written_packets import a_pdf, a_picture, written


@pytest.fixture
def case(ana: Staff) -> Any:
    return ana.opens_a_case()


def built(practice: Practice, packet: Mapping[str, Any]) -> Any:
    """The packet once the worker has come by."""
    practice.builds_packets()
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
    assert (asked["state"], asked["stage"], asked["contents"], asked["title"]) == (
        "waiting",
        "facts",
        None,
        "Packet for mediation",
    )
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


# Exhibits of every kind.


def test_what_cannot_be_shown_says_so_and_goes_along_in_the_zip(riverside: Practice, ana: Staff, case: Any) -> None:
    """One packet with all of it; `=1+1` would be a formula in the list of a spreadsheet."""
    lying = ana.uploads(case, a_pdf("A table", size=(792, 612), rotate=180), "lying.pdf")
    noted = ana.uploads(case, with_a_note_and_a_script(), "noted.pdf")
    locked = ana.uploads(case, written(pikepdf.open(io.BytesIO(a_pdf())), encryption=LOCK), "locked.pdf")
    photo = ana.uploads(case, a_picture((1200, 800), exif=where_it_was_taken()), "photo.jpg")
    sheet = ana.uploads(case, b"Date,Minutes\n2026-10-01,30\n2026-10-02,0\n", "log.csv", kind="log")
    # As a picture of a long talk on a telephone is: a page that keeps its shape would be too narrow to be one.
    talk = ana.uploads(case, a_picture((20, 9000)), "talk.jpg")
    exhibits = [{"document_id": one["id"]} for one in (lying, noted, locked, photo, sheet, talk)]
    exhibits[0]["title"] = "=1+1/../of October"
    packet = built(riverside, asked_for(ana, case, exhibits))
    pdf, zipped = content(ana, packet), content(ana, packet, "zip")
    pages, listed = pages_of(pdf), packet["contents"]["exhibits"]
    assert [one["pages"] for one in listed] == [1, 1, 0, 1, 0, 1]
    assert [one["why_not"] for one in listed] == [None, None, "locked", None, None, None]
    assert "locked with a password" in pages[listed[2]["page"] - 1]
    assert "2026-10-01 | 30" in "".join(pages[listed[4]["page"] - 1 :])

    with pikepdf.open(io.BytesIO(pdf)) as document:
        lies = document.pages[listed[0]["page"]]
        assert list(lies.mediabox) == [0, 0, 792, 612]
        for page in document.pages[listed[0]["page"] : listed[0]["page"] + 1]:
            assert "/Annots" not in page.obj
        raw = document.Root
        assert not {"/Names", "/OpenAction", "/AA", "/AcroForm"} & set(raw.keys()) or "/JavaScript" not in raw.get("/Names", {})
        assert str(raw.Lang) == "en"
        assert "/Producer" not in document.docinfo
        tagged = [page.obj.get("/StructParents") for page in document.pages]
        assert None not in tagged
        assert len(set(tagged)) == len(tagged)
        with document.open_outline() as outline:
            ours = [child.title for child in outline.root[-1].children]
        assert [title.partition(" – ")[0] for title in ours] == [f"Exhibit {number}" for number in range(1, 7)]
    assert "Read in class" in pages[listed[1]["page"]], "a note is drawn where it is seen"
    for secret in (b"app.alert", b"secret attachment", b"GPS"):
        assert secret not in unpacked(pdf)

    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        names = archive.namelist()
        assert names == [one["name"] for one in packet["contents"]["files"]]
        assert {info.date_time for info in archive.infolist()} == {(2026, 10, 5, 16, 0, 0)}
        assert archive.read("packet.pdf") == pdf
        assert all(re.fullmatch(r"[\w .,()/-]+", name) and ".." not in name for name in names)
        originals = [archive.read(one["file"]) for one in listed]
        assert [hashlib.sha256(one).hexdigest() for one in originals] == [one["sha256"] for one in listed]
        for line in archive.read("hashes.txt").decode().splitlines():
            said, _, name = line.partition("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == said
        rows = list(csv.reader(io.StringIO(archive.read("index.csv").decode("utf-8-sig"))))
        assert rows[1][:2] == ["1", "'=1+1/../of October"]


def test_the_numbers_of_the_contents_are_those_of_the_pages(riverside: Practice, ana: Staff, case: Any) -> None:
    """Each part begins, and each exhibit's sheet stands, on the page that is said; each page says which it is."""
    documents = [ana.uploads(case, a_pdf(f"Log {number}", pages=number), f"log {number}.pdf") for number in (3, 1, 2)]
    packet = built(riverside, asked_for(ana, case, [{"document_id": one["id"]} for one in documents], language="es"))
    pages = pages_of(content(ana, packet))
    heads = {"summary": "Resumen", "exhibits": "Lista de anexos"}
    for one in packet["contents"]["parts"]:
        if one["part"] in heads:
            assert heads[one["part"]] in pages[one["page"] - 1]
    inside = [page for one in packet["contents"]["exhibits"] for page in range(one["page"], one["page"] + one["pages"])]
    assert len(inside) == 6
    for index, page in enumerate(pages):
        if index in inside:
            assert f"página {index + 1} del expediente" in page
        elif index:
            assert f"Página {index + 1} de {len(pages)}" in page


def test_a_redacted_edition_holds_no_redacted_word_and_no_original(riverside: Practice, ana: Staff, case: Any) -> None:
    ana.adds_a_student(name="Milo Parkington")
    ana.tells(case, "Milo Parkington took the place of the reader.", party="team")
    pdf = ana.uploads(case, a_pdf("Milo Parkington read aloud"), "Milo Parkington.pdf")
    text = ana.uploads(case, b"Quokka and Milo Parkington went home.\n", "notes of Milo.txt")
    exhibits = [{"document_id": pdf["id"]}, {"document_id": text["id"]}]
    redactions = {"terms": ["Quokka"]}
    packet = built(riverside, asked_for(ana, case, exhibits, redactions=redactions))
    assert packet["state"] == "done"
    with zipfile.ZipFile(io.BytesIO(content(ana, packet, "zip"))) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert packet["contents"]["exhibits"][0]["title"].startswith("█")
    for name, data in held.items():
        shown = unpacked(data) if name.endswith(".pdf") else data
        text_of_it = "".join(pages_of(data)) if name.endswith(".pdf") else data.decode("utf-8")
        for word in ("Parkington", "Quokka"):
            assert word not in name
            assert word not in text_of_it
            assert word.encode() not in shown
    assert sorted(name.rpartition(".")[2] for name in held if name.startswith("exhibits/")) == ["pdf", "txt"]
    assert pdf["sha256"] not in {hashlib.sha256(data).hexdigest() for data in held.values()}
    assert "read aloud" not in "".join(pages_of(held["packet.pdf"])), "its pages are pictures"


# What goes along unless somebody says so.


def test_the_exhibits_are_those_of_the_period_unless_somebody_names_them(ana: Staff, case: Any) -> None:
    sent, private, old, loose, log = (ana.uploads(case, f"{name}\n".encode(), f"{name}.txt") for name in "abcde")
    told = {"case_id": case["id"], "direction": "outbound", "channel": "email", "summary": "As agreed."}
    for one, party, at in (
        (sent, "team", "2026-10-02T16:00:00Z"),
        (private, "client", "2026-10-02T16:00:00Z"),
        (old, "team", "2026-05-02T16:00:00Z"),
    ):
        ana.post("/communications", {**told, "party": party, "occurred_at": at, "document_ids": [one["id"]]})
    speech = {"kind": "service", "text": "Speech therapy.", "minutes": 30, "times": 2, "per": "week"}
    [speech] = ana.provisions_of(ana.puts_in_force(ana.drafts_an_iep(case, provisions=[speech])))
    for held_on, document in (("2026-10-02", log), ("2026-05-04", loose)):
        given = {"provision_id": speech["id"], "held_on": held_on, "outcome": "delivered", "document_id": document["id"]}
        ana.post("/service-sessions", given)
    period = {"from": "2026-09-08", "to": "2026-12-18"}
    packet = ana.post("/packets", {"case_id": case["id"], "purpose": "team_meeting", **period})
    assert [one["document_id"] for one in packet["exhibits"]] == [sent["id"], log["id"]]
    packet = asked_for(ana, case, [{"document_id": loose["id"]}])
    assert [one["document_id"] for one in packet["exhibits"]] == [loose["id"]]


def test_what_does_not_fit_is_said_at_its_place(ana: Staff, riverside: Practice, lakeside: Practice, case: Any) -> None:
    elsewhere = lakeside.ana.uploads(lakeside.ana.opens_a_case())
    of_another_case = ana.uploads(ana.opens_a_case())
    ours = ana.uploads(case)
    area = {"page": 1, "x": 0, "y": 0, "width": 10, "height": 10}
    for said, pointer in (
        ({"exhibits": [{"document_id": elsewhere["id"]}]}, "/exhibits/0/document_id"),
        ({"exhibits": [{"document_id": of_another_case["id"]}]}, "/exhibits/0/document_id"),
        ({"exhibits": [{"document_id": ours["id"]}, {"document_id": ours["id"]}]}, "/exhibits/1/document_id"),
        ({"from": "2026-10-02", "to": "2026-10-01"}, "/to"),
        (
            {"exhibits": [], "redactions": {"areas": [{"document_id": ours["id"], **area}]}},
            "/redactions/areas/0/document_id",
        ),
        ({"parts": ["summary", "summary"]}, "/parts/1"),
    ):
        answer = ana.ask("POST", "/packets", {"case_id": case["id"], "purpose": "mediation", **said})
        assert answer.status_code == 422, said
        assert [error["pointer"] for error in answer.get_json()["errors"]] == [pointer]
    assert lakeside.ana.ask("GET", f"/packets/{asked_for(ana, case, [])['id']}").status_code == 404
    assert riverside.sam.ask("POST", "/packets", {"case_id": case["id"], "purpose": "mediation"}).status_code == 403


# Its life.


def test_it_is_cancelled_tried_again_and_discarded_and_its_files_go(
    riverside: Practice, ana: Staff, case: Any, worker: Worker, clock: Clock
) -> None:
    document = ana.uploads(case)
    practice_id = UUID(riverside.olga.get("/practice")["id"])
    packet = asked_for(ana, case, [{"document_id": document["id"]}], parts=["exhibits"])
    assert ana.post(f"/packets/{packet['id']}/cancel")["state"] == "cancelled"
    assert packets.build(worker, practice_id) == 0
    assert problem(ana.ask("POST", f"/packets/{packet['id']}/cancel")) == (409, "/problems/conflict")
    assert ana.post(f"/packets/{packet['id']}/retry")["state"] == "waiting"
    assert built(riverside, packet)["state"] == "done"
    assert riverside.sam.ask("GET", f"/packets/{packet['id']}/content").status_code == 403
    assert worker.config.files is not None
    place = worker.config.files.packets(practice_id)
    assert sorted(path.rpartition("/")[2] for path in place.list()) == ["packet.pdf", "packet.zip"]
    place.write(f"{packet['id']}/20200101T000000000000/facts.json", [b"{}"])
    content(ana, packet)
    ana.delete(f"/documents/{document['id']}")
    assert content(ana, packet), "what was made of a document stays"

    clock.at = datetime.now(UTC) + timedelta(hours=2)
    take_strays(worker, practice_id)
    assert len(place.list()) == 2, "what no row names goes"
    discarded = ana.post(f"/packets/{packet['id']}/discard")
    assert (discarded["state"], discarded["pdf_sha256"]) == ("discarded", ana.get(f"/packets/{packet['id']}")["pdf_sha256"])
    assert problem(ana.ask("GET", f"/packets/{packet['id']}/content")) == (409, "/problems/conflict")
    take_strays(worker, practice_id)
    assert place.list() == {}
    logged = [one["kind"] for one in ana.get(f"/students/{case['student_id']}/disclosures")["items"]]
    assert sorted(logged) == ["packet_discarded", "packet_downloaded", "packet_downloaded", "packet_made"]


def test_a_file_that_is_not_the_one_that_was_uploaded_fails_it_in_words(
    riverside: Practice, ana: Staff, case: Any, worker: Worker
) -> None:
    document = ana.uploads(case)
    assert worker.config.files is not None
    practice_id = UUID(riverside.olga.get("/practice")["id"])
    worker.config.files.documents(practice_id).write(document["id"], [b"something else"])
    packet = built(riverside, asked_for(ana, case, [{"document_id": document["id"]}]))
    assert (packet["state"], packet["contents"]) == ("failed", None)
    assert packet["failure"] == "The file of exhibit 1 is not the one that was uploaded. Upload it again."
    assert worker.config.files.packets(practice_id).list() == {}


def test_an_exhibit_that_ends_its_reader_each_time_is_one_that_cannot_be_shown(
    riverside: Practice, ana: Staff, case: Any, worker: Worker, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind one that is done already, which forgets no attempt. Red with `_go_on` writing what the row says already: then it
    is tried for ever. Its reader has no time here: of what makes it end, the row knows nothing."""
    first, second = ana.uploads(case, a_pdf("Before"), "before.pdf"), ana.uploads(case, a_pdf("Behind"), "behind.pdf")
    packet = asked_for(ana, case, [{"document_id": one["id"]} for one in (first, second)], parts=["exhibits"])
    ask, limits = packets._Building._ask, packets._LIMITS

    def without_time_for_the_second(self: Any, child: str, said: Mapping[str, Any], files: Sequence[Any] = ()) -> Any:
        is_second = child == "exhibit" and self._stage_done == 1
        monkeypatch.setattr(packets, "_LIMITS", replace(limits, whole_seconds=0.01) if is_second else limits)
        return ask(self, child, said, files)

    monkeypatch.setattr(packets._Building, "_ask", without_time_for_the_second)
    for _ in range(4):
        riverside.builds_packets()
        clock.move(minutes=1)
    packet = ana.get(f"/packets/{packet['id']}")
    assert (packet["state"], packet["failure"]) == ("done", None)
    shown, not_shown = packet["contents"]["exhibits"]
    assert [(one["pages"], one["why_not"]) for one in (shown, not_shown)] == [(1, None), (0, "failed")]
    assert "could not be made ready for paper" in pages_of(content(ana, packet))[not_shown["page"] - 1]
    with zipfile.ZipFile(io.BytesIO(content(ana, packet, "zip"))) as archive:
        assert hashlib.sha256(archive.read(not_shown["file"])).hexdigest() == second["sha256"]


def test_a_step_that_fails_each_time_ends_its_packet(
    riverside: Practice, ana: Staff, case: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red with attempts that are forgotten where a step begins."""
    packet = asked_for(ana, case, [], parts=["exhibits"])
    monkeypatch.setattr(packets, "_LIMITS", replace(packets._LIMITS, whole_seconds=0.01))
    for _ in range(3):
        assert ana.get(f"/packets/{packet['id']}")["state"] == "waiting"
        riverside.builds_packets()
        clock.move(minutes=1)
    packet = ana.get(f"/packets/{packet['id']}")
    assert (packet["state"], packet["stage"]) == ("failed", "paper")
    assert packet["failure"] == "Building this packet takes too long or too much memory: name fewer exhibits."


def test_a_document_of_a_packet_that_waits_stays_and_may_go_once_that_is_cancelled(
    riverside: Practice, ana: Staff, case: Any
) -> None:
    exhibit = ana.uploads(case, b"A page of the log.\n", "log.txt")
    packet = asked_for(ana, case, [{"document_id": exhibit["id"]}])
    refused = ana.ask("DELETE", f"/documents/{exhibit['id']}")
    assert problem(refused) == (409, "/problems/conflict")
    assert "A packet that is to be built" in refused.get_json()["detail"]
    ana.post(f"/packets/{packet['id']}/cancel")
    assert ana.ask("DELETE", f"/documents/{exhibit['id']}").status_code == 204


# What it is made of.


LOCK = pikepdf.Encryption(owner="of the school", user="of the school")


def asked_for(staff: Staff, case: Mapping[str, Any], exhibits: Sequence[Mapping[str, Any]], **more: Any) -> Any:
    return staff.post("/packets", {"case_id": case["id"], "purpose": "mediation", "exhibits": list(exhibits), **more})


def problem(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["type"]


def unpacked(pdf: bytes) -> bytes:
    """All that a PDF holds, with nothing packed."""
    held = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(held, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=False)
    return held.getvalue()


def with_a_note_and_a_script() -> bytes:
    """A page with a stamp on it, a script that runs when it is opened, and a file inside."""
    made = pikepdf.open(io.BytesIO(a_pdf()))
    face = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    shown = made.make_stream(b"BT /F 12 Tf 4 4 Td (Read in class) Tj ET")
    shown.Type, shown.Subtype, shown.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 200, 20]
    shown.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=face))
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Stamp,
        Rect=[72, 500, 272, 520],
        F=4,
        AP=pikepdf.Dictionary(N=shown),
        A=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('hello')"),
    )
    made.pages[0].obj.Annots = [made.make_indirect(note)]
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('hello')")
    made.attachments["secret.txt"] = b"secret attachment"
    return written(made)


def where_it_was_taken() -> Any:
    exif = Image.Exif()
    exif[0x010E] = "GPS of the yard"
    return exif
