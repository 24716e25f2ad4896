"""What a file is is told from its bytes; whatever is more than one thing, or not a document, is refused by name."""

import io
import struct
import zipfile

import pytest

from domain.file_type import MOST_ENTRIES, FileRefused, decoded, sniffed
from tests.walks import each
from tests.written_documents import CONTENT_TYPES, archive, docx, docx_of, paragraph, pdf, text_at
from tests.written_tables import xlsx

PDF = pdf(text_at(72, 700, "Individualized Education Program"))
DOCX = docx(paragraph("Individualized Education Program"))
XLSX = xlsx({"October": [["Date", "Minutes"], ["10/12/2026", 30]]})
with zipfile.ZipFile(io.BytesIO(XLSX)) as _opened:
    XLSX_TYPES = _opened.read("[Content_Types].xml").decode()
    XLSX_RELATIONS = _opened.read("_rels/.rels").decode().replace("xl/workbook.xml", "xl/book.xml")


def refused(content: bytes) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        sniffed(content)
    return caught.value


def with_flags(content: bytes, flags: int) -> bytes:
    """The archive with these flags on each entry."""
    changed = bytearray(content)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        begin = changed.find(sign)
        while begin >= 0:
            changed[begin + at : begin + at + 2] = struct.pack("<H", flags)
            begin = changed.find(sign, begin + 4)
    return bytes(changed)


@each(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (DOCX, "docx"),
        (XLSX, "xlsx"),
        (docx_of("word/document2.xml", paragraph("IEP")), "docx"),
        (docx_of("Text/main.xml", paragraph("IEP")), "docx"),
        (b"IEP of Kirin\n", "txt"),
        ("Años: 3 × 30 min – “daily”".encode(), "txt"),
        ("Years".encode("utf-16"), "txt"),
        ("30 min – “daily”".encode("cp1252"), "txt"),
        (b"\xef\xbb\xbfIEP\r\n\tGoals\f\r\n", "txt"),
        (b"MM - minutes of the meeting", "txt"),
        (b"BMI was talked about; 2 < 3 and <none>", "txt"),
    ],
)
def test_what_is_taken_is_known_by_its_bytes(content: bytes, kind: str) -> None:
    assert sniffed(content) == kind


@each(
    ("content", "said"),
    [
        (b"MZ\x90\0" + bytes(60), "program"),
        (b"\x7fELF" + bytes(60), "program"),
        (b"#!/bin/sh\necho\n", "script"),
        (b"{\\rtf1 Hello}", "Rich Text"),
        (b"<!DOCTYPE html><p>IEP", "web page"),
        (b"\xef\xbb\xbf \n<html><body>IEP</body></html>", "web page"),
        (b"IEP <script>alert(1)</script>", "web page"),
        (b"<?xml version='1.0'?><a/>", "web page"),
        (b"%!PS-Adobe-3.0", "PostScript"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), ".doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le"), ".xls"),
        (archive({"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.bin": "x"}), ".xlsb"),
        (archive({"[Content_Types].xml": CONTENT_TYPES, "ppt/presentation.xml": "<x/>"}), "PowerPoint"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "OpenDocument"),
        (archive({"notes.txt": "IEP"}), "archive"),
        (archive({"word/document.xml": "<x/>"}), "archive"),
        (b"IEP \0\x01\x02 of", "no text"),
        (b"\x81\x8d IEP", "no text"),
        (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "virus"),
    ],
)
def test_what_is_not_taken_is_named(content: bytes, said: str) -> None:
    why = refused(content)
    assert why.reason == "kind"
    assert said in str(why)
    assert why.extra == {"reason": "kind"}


@each("content", [b"", b"  \r\n\t", b"\xef\xbb\xbf", bytes(100)])
def test_nothing_is_no_document(content: bytes) -> None:
    assert refused(content).reason == "empty"


@each(
    "content",
    [PDF + DOCX, DOCX + PDF, b"GIF89a;" + PDF, b"\n" + PDF, b"IEP\n" + DOCX, PDF + b"\n<script>" + bytes(20) + DOCX],
)
def test_a_file_that_is_two_things_is_neither(content: bytes) -> None:
    refused(content)


@each("content", [PDF[:-200], b"%PDF-1.7\n1 0 obj\n", b"%PDF-x%%EOF", DOCX[:-30], DOCX[: len(DOCX) // 2]])
def test_half_a_file_is_damaged(content: bytes) -> None:
    assert refused(content).reason == "damaged"


@each(
    ("content", "name", "kind", "file_type"),
    [
        (b"date,minutes\n", "October.csv", "log", "csv"),
        (b"A letter\n", "OCTOBER.CSV ", "other", "csv"),
        (b"date,minutes,who\n1,2,3\n", "log.txt", "log", "csv"),
        (b"date,minutes,who\n1,2,3\n", "log.txt", "other", "txt"),
        (b"Read with Ana, 30 minutes, well.\nNobody came.\n", "notes.txt", "log", "txt"),
        (PDF, "October.csv", "log", "pdf"),
        (XLSX, "October.csv", "log", "xlsx"),
    ],
)
def test_only_of_a_text_its_name_and_kind_say_whether_it_is_a_table(
    content: bytes, name: str, kind: str, file_type: str
) -> None:
    assert sniffed(content, name=name, kind=kind) == file_type


def test_a_workbook_with_programs_or_of_another_kind_is_refused() -> None:
    assert refused(xlsx({"A": []}, more={"xl/vbaProject.bin": b"x"})).reason == "macros"
    assert refused(xlsx({"A": []}, more={"xl/macrosheets/sheet1.xml": b"x"})).reason == "macros"
    assert refused(with_flags(XLSX, 1)).reason == "encrypted"
    template = XLSX_TYPES.replace("sheet.main", "template.main").replace("/xl/workbook.xml", "/xl/book.xml")
    moved = {"xl/book.xml": "<x/>", "[Content_Types].xml": template, "_rels/.rels": XLSX_RELATIONS}
    assert ".xlsx" in str(refused(archive(moved)))
    assert sniffed(archive({**moved, "[Content_Types].xml": template.replace("template.main", "sheet.main")})) == "xlsx"


def test_a_pdf_may_end_with_blank_lines() -> None:
    assert sniffed(PDF + b"\r\n\r\n\0\0") == "pdf"


def test_a_word_document_that_is_locked_says_so() -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1200) + "EncryptedPackage".encode("utf-16-le")
    assert refused(locked).reason == "encrypted"
    assert refused(with_flags(DOCX, 1)).reason == "encrypted"


def test_macros_are_refused() -> None:
    document = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<x/>"}
    assert refused(archive({**document, "word/vbaProject.bin": b"\0"})).reason == "macros"
    types = CONTENT_TYPES.replace("wordprocessingml.document", "document.macroEnabled")
    assert refused(archive({**document, "[Content_Types].xml": types})).reason == "macros"


@each("name", ["../evil.xml", "/etc/passwd", "word\\..\\..\\evil", "C:/evil.txt"])
def test_a_part_may_not_name_a_place_outside(name: str) -> None:
    document = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<x/>"}
    assert refused(archive({**document, name: b"x"})).reason == "damaged"


def test_a_part_may_not_be_there_twice() -> None:
    document = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<x/>", "Word/Document.xml": "<y/>"}
    assert refused(archive(document)).reason == "damaged"


def test_what_unpacks_to_too_much_is_not_unpacked() -> None:
    document = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<x/>"}
    assert refused(archive({**document, "word/media/a.png": bytes(2**22)})).reason == "limits"
    many = {f"word/{number}.xml": "" for number in range(MOST_ENTRIES)}
    assert refused(archive({**document, **many})).reason == "limits"
    declared = bytearray(archive({**document, "word/a.bin": b"x" * 100}, zipfile.ZIP_STORED))
    place = declared.rfind(b"PK\x01\x02")
    declared[place + 20 : place + 28] = struct.pack("<II", 2**28, 2**28)
    assert refused(bytes(declared)).reason == "limits"


def test_parts_that_lie_upon_each_other_are_refused() -> None:
    """One packed megabyte, named by many entries, is a small file that unpacks to a large one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", CONTENT_TYPES)
        file.writestr("word/document.xml", "<x/>" * 50)
        file.filelist.append(zipfile.ZipInfo("word/again.xml"))
        for name in ("header_offset", "compress_size", "file_size", "CRC"):
            setattr(file.filelist[2], name, getattr(file.filelist[1], name))
    assert refused(out.getvalue()).reason == "damaged"


@each("head", ["%PDF-1.7\n1 0 obj", "%!PS-Adobe-3.0", "<!doctype html><p>", "<HTML>", "<script>alert(1)"])
def test_an_archive_that_begins_with_another_file_is_refused(head: str) -> None:
    """A part that is not packed stands in the archive as it is, where a reader of PDFs looks for its head."""
    parts = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": "<x/>"}
    assert refused(archive({"a.bin": head, **parts}, zipfile.ZIP_STORED)).reason == "kind"
    assert sniffed(archive({**parts, "word/media/a.bin": b"x" * 1024 + head.encode()}, zipfile.ZIP_STORED)) == "docx"


def test_the_part_that_a_package_names_has_to_be_the_text_of_a_word_document() -> None:
    with zipfile.ZipFile(io.BytesIO(docx_of("word/document2.xml", paragraph("IEP")))) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    kinds = parts["[Content_Types].xml"]
    for other in (kinds.replace(b"wordprocessingml", b"presentationml"), kinds.replace(b"document2", b"document3"), b"<x"):
        assert refused(archive({**parts, "[Content_Types].xml": other})).reason == "kind"
    del parts["word/document2.xml"]
    assert refused(archive(parts)).reason == "kind"


def test_text_is_decoded_in_the_usual_ways() -> None:
    assert decoded("\ufeffAños".encode()) == "Años"
    assert decoded("Años".encode("utf-16")) == "Años"
    assert decoded(b"A\xf1os \x96 3") == "Años – 3"
    assert decoded(b"A\0b") is None
