"""A document is read in a child process: whatever it does, there is an answer in time, and no process is left."""

import os
import subprocess
import sys
import zlib

import pytest

from scheduling.document_reading import read_in_child
from tests.written_documents import CONTENT_TYPES, archive, docx, grid, paragraph, pdf, pdf_of, stream, text_at

TEXT = (
    text_at(72, 740, "Individualized Education Program", 14, "F2")
    + text_at(72, 720, "Student: Ana Quill    IEP start date: 09/08/2025    IEP end date: 09/07/2026")
    + text_at(72, 690, "Accommodations", 12, "F2")
    + text_at(72, 675, "- Large print in all classes")
)
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def form(draws: bytes, of: int) -> bytes:
    return stream(draws, b"/Type/XObject/Subtype/Form/BBox[0 0 600 700]/Resources<</XObject<</X %d 0 R>>>>" % of)


def flate(megabytes: int) -> bytes:
    packs = zlib.compressobj(9)
    return stream(b"".join(packs.compress(b" " * 2**20) for _ in range(megabytes)) + packs.flush(), b"/Filter/FlateDecode")


def entities() -> bytes:
    declared = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 9))
    document = f'<!DOCTYPE w [<!ENTITY e0 "ten letters">{declared}]><w:document xmlns:w="w">&e8;</w:document>'
    return archive({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": document})


HOSTILE = {
    "nothing": b"",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "a web page": b"<!doctype html><p>IEP",
    "half a PDF": pdf(TEXT)[:-300],
    "a PDF and a ZIP": pdf(TEXT) + docx(paragraph("IEP")),
    "noise": b"%PDF-1.7\n1 0 obj" + bytes(range(256)) * 400 + b"%%EOF",
    "pages that hold themselves": pdf_of([CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>"]),
    "a billion pages": pdf_of([CATALOG, PAGES.replace(b"Count 1", b"Count 1000000000"), PAGE, stream(b""), stream(b"")]),
    "a drawing that draws itself": pdf_of([CATALOG, PAGES, PAGE, stream(b"/X Do"), form(b"/X Do /X Do", 5)]),
    "drawings of drawings": pdf_of(
        [CATALOG, PAGES, PAGE, stream(b"/X Do"), *(form(b"/X Do " * 9, 6 + at) for at in range(20)), stream(b"")]
    ),
    "a page of a gigabyte": pdf_of([CATALOG, PAGES, PAGE, flate(1500), stream(b"")]),
    "entities of entities": entities(),
    "paragraphs without end": docx("".join(paragraph(str(at)) for at in range(45_000))),
    "lists in lists": pdf_of(
        [CATALOG.replace(b">>", b"/X " + b"[" * 50_000 + b"]" * 50_000 + b">>"), PAGES.replace(b"1>>", b"0>>")]
    ),
}


def children() -> list[str]:
    """The processes that read documents for us now."""
    command = ["ps", "--ppid", str(os.getpid()), "-o", "args="]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return [line for line in told.splitlines() if "scheduling.document_reading" in line]


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_file_does_it_is_refused_in_time(name: str) -> None:
    reading = read_in_child(HOSTILE[name], seconds=8)
    assert reading["refusal"]["reason"] in ("unreadable", "no-text")
    assert reading["refusal"]["detail"].endswith(".")
    assert reading["provisions"] == []
    assert children() == []


def test_a_child_that_takes_too_long_is_ended() -> None:
    endless = HOSTILE["a drawing that draws itself"]
    assert "too long" in read_in_child(endless, seconds=0.5)["refusal"]["detail"]
    assert children() == []


def test_a_locked_document_says_that_it_is_locked() -> None:
    locked = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"41" * 32, b"42" * 32)
    content = pdf(TEXT).replace(b"/Root 1 0 R", b"/Root 1 0 R" + locked)
    assert read_in_child(content)["refusal"]["reason"] == "password"
    word = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1200) + "EncryptedPackage".encode("utf-16-le")
    assert read_in_child(word)["refusal"]["reason"] == "password"


def test_a_document_is_read_as_what_its_bytes_are() -> None:
    body = paragraph("Individualized Education Program") + paragraph("Student: Ana Quill, in effect from 09/08/2025")
    text = b"Individualized Education Program\n\nAccommodations\n- Large print in all classes\n"
    for content in (pdf(TEXT), docx(body + paragraph("Accommodations") + paragraph("- Large print in all classes")), text):
        reading = read_in_child(content)
        assert reading["refusal"] is None
        assert reading["document_kind"] == "iep"
        assert [one["kind"] for one in reading["provisions"]] == ["accommodation"]


def test_many_lines_and_boxes_are_no_burden() -> None:
    ruled = grid([at * 0.9 for at in range(600)], [at * 0.9 for at in range(600)])
    squares = b"".join(b"%d %d 8 8 re S\n" % (at % 60 * 10, at // 60 * 9) for at in range(4000))
    for drawn in (ruled, squares):
        assert read_in_child(pdf(TEXT, drawn))["document_kind"] == "iep"


CHILD = """
import socket
from scheduling.child_process import limit_this
from scheduling.document_reading import LIMITS
limit_this(LIMITS)
refused = []
for attempt in (
    lambda: open("/tmp/never", "wb", 0).write(b"x"),
    lambda: socket.create_connection(("127.0.0.1", 9), 0.2),
    lambda: [open("/dev/null") for _ in range(40)],
    lambda: bytearray(3 * 2**30),
):
    try:
        attempt()
    except (OSError, MemoryError) as why:
        refused.append(type(why).__name__)
print(refused)
"""


def test_the_child_may_not_write_nor_call_out_nor_grow() -> None:
    told = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=False, env={"PATH": ""})
    assert told.stdout.count("Error") == 4, told.stderr
