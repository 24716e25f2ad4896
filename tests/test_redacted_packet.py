"""A redacted edition, end to end: a name that stands in everything that staff can write is in nothing that is handed out."""

import csv
import io
import zipfile
from collections.abc import Iterator

import docx
import pikepdf

from tests.cast import Practice, Staff
from tests.test_packet import built, content
from tests.test_redacted import extracted, pdf, plain, text_at
from tests.written_packets import a_picture

NAME = "Quillon Varga"


def a_word_file() -> bytes:
    made, held = docx.Document(), io.BytesIO()
    made.core_properties.title = made.core_properties.author = NAME
    made.add_paragraph(f"Beside {NAME} sat nobody.")
    made.add_table(1, 2).rows[0].cells[0].text = NAME
    made.sections[0].header.paragraphs[0].text = NAME
    made.save(held)
    return held.getvalue()


def a_table() -> bytes:
    held = io.StringIO()
    csv.writer(held).writerows(
        [["Date", "Child", NAME], ["10/05/2026", NAME.upper(), "30"], ["10/06/2026", "Varga, Quillon", "30"]]
    )
    return held.getvalue().encode()


def files_of(archive: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        yield "", opened.comment
        for part in opened.infolist():
            yield part.filename, opened.read(part) + part.comment + part.extra


def says_the_name(name: str, data: bytes) -> bool:
    texts = list(extracted(data)) if data.startswith(b"%PDF") else [data.decode(code, "ignore") for code in ("utf-8", "utf-16")]
    return any(word in text.lower() for text in (name, *texts) for word in ("quillon", "varga"))


def test_a_name_that_is_everywhere_is_in_nothing_that_goes_out(riverside: Practice, ana: Staff) -> None:
    case = ana.opens_a_case()
    ana.adds_a_student(name=NAME)
    version = ana.drafts_an_iep(case, f"A reader beside {NAME}, 30 minutes a day")
    ana.puts_in_force(version)
    provision = ana.provisions_of(version)[0]
    concern = ana.opens_a_concern(case, what_happened=f"{NAME} got the reader.", provision_id=provision["id"])
    ana.tells(case, f"{NAME.upper()} and Quillon's mother: Varga, Q.", party="team", subject=f"About {NAME}")
    ana.post(
        "/observations",
        {
            "case_id": case["id"],
            "concern_id": concern["id"],
            "source": "teacher",
            "text": f"Qui-\nllon Var\u00adga took it. {NAME.replace(' ', chr(0xA0))}!",
            "observed_on": "2026-10-05",
        },
    )
    files = {
        f"{NAME}.pdf": plain(NAME),
        f"{NAME}'s notes.txt": f"{NAME}\n{NAME[:4]}-\n{NAME[4:]}".encode(),
        f"log of {NAME}.csv": a_table(),
        "QUILLON_VARGA.docx": a_word_file(),
        "quillonvarga.jpg": a_picture(exif=b"Exif\0\0" + NAME.encode()),
    }
    exhibits = [
        {"document_id": ana.uploads(case, data, name)["id"], "title": f"{number}: {NAME}", "note": f"Of {NAME}"}
        for number, (name, data) in enumerate(files.items())
    ]
    exhibits += [{"document_id": ana.uploads(case, pdf(text_at(72, 700, NAME.upper(), 12)), f"{NAME} 2.pdf")["id"]}]
    riverside.reads_documents()
    packet = ana.post(
        "/packets",
        {
            "case_id": case["id"],
            "purpose": "mediation",
            "title": f"Without {NAME}",
            "exhibits": exhibits,
            "redactions": {"other_children": True},
        },
    )
    packet = built(riverside, packet)
    assert packet["state"] == "done", packet
    for form in ("pdf", "zip"):
        answer = ana.ask("GET", f"/packets/{packet['id']}/content?format={form}")
        assert not says_the_name(str(answer.headers), b"")
    out = [("", content(ana, packet)), *files_of(content(ana, packet, "zip"))]
    assert [name for name, data in out if says_the_name(name, data)] == []
    with pikepdf.open(io.BytesIO(out[0][1])) as opened:
        assert all("uillon" not in str(one) for one in opened.objects)
