"""What a file is: told from its bytes, never from its name or from what the sender calls it."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import Literal, get_args
from xml.parsers import expat

from domain.delimited import is_delimited
from domain.media import AnotherMedium, BrokenMedium, Picture, Sound, medium
from domain.refusal import Refusal

Words = Literal["pdf", "docx", "txt"]
Table = Literal["csv", "xlsx"]
FileType = Literal[Words, Table, Picture, Sound]
Package = Literal["docx", "xlsx"]
TABLES, PICTURES, SOUNDS = get_args(Table), get_args(Picture), get_args(Sound)
TAKEN = (
    "Taken are PDF, Word (.docx), plain text, tables (.xlsx, .csv), pictures (JPEG, PNG, WebP, GIF, HEIC) and sound recordings"
    " (MP3, M4A, WAV, OGG)."
)
_TABLE_NAMES = (".csv", ".tsv", ".tab")
Reason = Literal["empty", "kind", "damaged", "limits", "encrypted", "macros"]
MOST_UNPACKED_BYTES = 200 * 2**20
MOST_ENTRIES = 2_000
MOST_RATIO = 100
# Below this size a part may be packed as tightly as it likes: it is small either way.
_SMALL = 2**20
_MOST_TYPES = 2**20
_TAIL = 1024
# How the directory at an archive's end begins.
_END = b"PK\x05\x06"
# Where the main part of a package usually lies, and what its type ends in.
_MAIN: dict[Package, tuple[str, str]] = {
    "docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
}

_KINDS: Sequence[tuple[bytes, str]] = (
    (b"{\\rtf", "a document in the Rich Text Format"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"#!", "a script"),
    (b"%!PS", "a PostScript file"),
    (b"Rar!", "an archive (RAR)"),
    (b"7z\xbc\xaf", "an archive (7-Zip)"),
    (b"\x1f\x8b", "an archive (gzip)"),
    (b"BZh", "an archive (bzip2)"),
    (b"\xfd7zXZ", "an archive (xz)"),
    (b"SQLite format 3", "a database"),
    (b"wOFF", "a font"),
)
_MARKUP = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype|html|head|body|script|svg|\?xml|\?php|iframe|img|meta|style)\b",
    re.IGNORECASE | re.DOTALL,
)
_SCRIPT = re.compile(rb"<\s*script\b|<\s*iframe\b|javascript:", re.IGNORECASE)
# What its readers look for anywhere in the first KiB, and so would find in an archive whose first part is not packed.
_FOUND_LATER = re.compile(rb"%PDF-|%!PS-|<!doctype html|<html\b|<script\b", re.IGNORECASE)
# Archives that are opened wherever they begin, as long as nothing asks how the file begins.
_HIDDEN = re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c")
_DRAWING = re.compile(rb"<svg\b", re.IGNORECASE)
_TEST_VIRUS = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
_MACROS = "This document has macros, which are programs: save it as .docx or .xlsx."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Control signs that no text holds; form feeds part its pages, and an old editor ends it with the one of CP/M.
_CONTROL = re.compile("[\0-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]")
_CONTROL_BYTES = re.compile(rb"[\0-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]")


class FileRefused(Refusal):
    """This file is not taken; `reason` is for programs."""

    def __init__(self, sentence: str, reason: Reason) -> None:
        super().__init__(sentence, reason=reason)
        self.reason = reason


def sniffed(content: bytes, *, name: str = "", kind: str = "") -> FileType:
    """What the bytes are. Raises `FileRefused`, which says what they seem to be instead.

    A table that is a text (csv) is a text by its bytes: it is one if its sender calls it so (.csv, .tsv, .tab), or if it is
    of kind `log` and looks like one (`domain.delimited.is_delimited`). Nothing else is told from name or kind.
    """
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise FileRefused("This file is empty.", "empty")
    if _TEST_VIRUS in content:
        raise FileRefused("This file holds the test pattern of virus scanners.", "kind")
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith((b"PK\x03\x04", _END, b"PK\x07\x08")):
        if _FOUND_LATER.search(content, 0, _TAIL):
            raise FileRefused("This seems to be an archive with something else at its beginning: it is not taken.", "kind")
        archive, package = checked_archive(content)
        archive.close()
        return package
    if content.startswith(_OLE):
        raise FileRefused(*_of_ole(content))
    if (found := _medium(content)) is not None:
        return found
    for begin, what in _KINDS:
        # Two letters may begin a text as well.
        if content.startswith(begin) and (len(begin) > 2 or begin == b"#!" or _CONTROL_BYTES.search(content[:4096])):
            raise _other(what)
    if b"%PDF-" in content[:2048]:
        raise FileRefused("This seems to be a PDF with something else before it: it is not taken.", "kind")
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise FileRefused("This seems to be an archive hidden in something else: it is not taken.", "kind")
    text = _text(content)
    is_table = name.lower().rstrip().endswith(_TABLE_NAMES) or (kind == "log" and is_delimited(text))
    return "csv" if is_table else "txt"


def _other(kind: str) -> FileRefused:
    return FileRefused(f"This seems to be {kind}. {TAKEN}", "kind")


def _medium(content: bytes) -> Picture | Sound | None:
    """The picture or sound that it is, and nothing besides."""
    try:
        found = medium(content)
    except AnotherMedium as why:
        raise _other(str(why)) from None
    except BrokenMedium as why:
        raise FileRefused(str(why), "damaged") from None
    if found is None:
        return None
    if _FOUND_LATER.search(content, 0, 2 * _TAIL) or _HIDDEN.search(content) or zipfile.is_zipfile(io.BytesIO(content)):
        raise FileRefused("This seems to be a picture or sound with something else in it: it is not taken.", "kind")
    return found


def _of_ole(content: bytes) -> tuple[str, Reason]:
    """Old Office files, and new ones that are locked, come in the same wrapping."""
    head = content[: 2**20] + content[-(2**16) :]
    if "EncryptedPackage".encode("utf-16-le") in head:
        return "This document is locked with a password: save a copy without one.", "encrypted"
    if "WordDocument".encode("utf-16-le") in head:
        return "This is a document of an old Word (.doc): save it as .docx or PDF.", "kind"
    if "Workbook".encode("utf-16-le") in head:
        return "This is a spreadsheet of an old Excel (.xls): save it as .xlsx.", "kind"
    return str(_other("a file of an old Office, or an e-mail of Outlook")), "kind"


def _pdf(content: bytes) -> FileType:
    if not re.match(rb"%PDF-[12]\.\d", content):
        raise FileRefused("This file is damaged: it begins as a PDF of no known version.", "damaged")
    end = content.rfind(b"%%EOF")
    if end < 0 or b"obj" not in content:
        raise FileRefused("This PDF is damaged: its end is missing.", "damaged")
    after = content[end + 5 :].strip(b"\0 \t\r\n")
    is_archive = _END in after or zipfile.is_zipfile(io.BytesIO(content))
    if len(after) > _TAIL and not is_archive:
        raise FileRefused("This PDF is damaged: it ends in the middle, or something else stands behind it.", "damaged")
    if is_archive:
        raise FileRefused("This seems to be a PDF with something else behind it: it is not taken.", "kind")
    return "pdf"


def checked_archive(content: bytes) -> tuple[zipfile.ZipFile, Package]:
    """The DOCX or XLSX, opened and not unpacked, and which it is. Raises `FileRefused` for what it declares."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError, UnicodeDecodeError) as why:
        raise FileRefused("This file is damaged: it cannot be opened.", "damaged") from why
    try:
        _check_entries(content, archive.infolist())
        return archive, _package(archive)
    except BaseException:
        archive.close()
        raise


def _check_entries(content: bytes, entries: Sequence[zipfile.ZipInfo]) -> None:
    """What the archive says about its parts before any is unpacked."""
    if len(entries) > MOST_ENTRIES:
        raise FileRefused(f"This file has more than {MOST_ENTRIES} parts.", "limits")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise FileRefused(f"This file unpacks to more than {MOST_UNPACKED_BYTES // 2**20} MiB.", "limits")
    if any(entry.flag_bits & 0x41 for entry in entries):
        raise FileRefused("This file is locked with a password: save a copy without one.", "encrypted")
    if any(entry.file_size > max(_SMALL, MOST_RATIO * entry.compress_size) for entry in entries):
        raise FileRefused("A part of this file is packed more tightly than a document's ever is.", "limits")
    names = [entry.filename.replace("\\", "/").lower() for entry in entries]
    if len(set(names)) < len(names):
        raise FileRefused("This file holds a part twice: no program of an office writes that.", "damaged")
    if any(name.startswith("/") or ":" in name or ".." in name.split("/") or "\0" in name for name in names):
        raise FileRefused("This file names parts outside of itself: no program of an office writes that.", "damaged")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise FileRefused("This file is packed in a way that no program of an office uses.", "damaged")
    # What stands before or behind the parts would be another file to another reader.
    if content.rfind(_END) + 22 != len(content) or (entries and min(entry.header_offset for entry in entries)):
        raise FileRefused("This seems to be a Word or Excel document with something else around it: it is not taken.", "kind")
    # Parts that lie one upon the other make a small file a large one.
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end or entry.header_offset + entry.compress_size > len(content):
            raise FileRefused("This file is damaged: its parts overlap.", "damaged")
        end = entry.header_offset + 30 + entry.compress_size


def _package(archive: zipfile.ZipFile) -> Package:
    """Whether it is a document of Word or of Excel, and one without programs."""
    names = {name.lower() for name in archive.namelist()}
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in name for name in names):
        raise FileRefused(_MACROS, "macros")
    types = _part(archive, "[Content_Types].xml")
    if b"macroEnabled" in types.replace(b"\0", b""):
        raise FileRefused(_MACROS, "macros")
    for package in _MAIN:
        if types and main_part(archive, package):
            return package
    if "xl/workbook.bin" in names:
        raise FileRefused("This is a binary spreadsheet of Excel (.xlsb): save it as .xlsx.", "kind")
    if "xl/workbook.xml" in names:
        raise _other("a template or an add-in of Excel")
    if "ppt/presentation.xml" in names:
        raise _other("a presentation (PowerPoint)")
    kind = _part(archive, "mimetype")
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        raise _other("an OpenDocument file (LibreOffice)")
    if kind.startswith(b"application/epub"):
        raise _other("an electronic book")
    raise _other("an archive (ZIP)")


def main_part(archive: zipfile.ZipFile, package: Package) -> str | None:
    """The part with the text or the list of sheets: the one that the package names, which need not be the usual one."""
    usual, main = _MAIN[package]
    named = related_parts(archive, "", "officeDocument")[:1] or _named(archive, [usual])
    if not named or named[0].lower() == usual:
        return next(iter(named), None)
    types = _elements(_part(archive, "[Content_Types].xml"), "Override")
    is_main = any(
        each.get("PartName", "").lower() == f"/{named[0].lower()}" and each.get("ContentType", "").endswith(main)
        for each in types
    )
    return named[0] if is_main else None


def related_parts(archive: zipfile.ZipFile, part: str, kind: str) -> list[str]:
    """The parts of a kind ("styles") that a part relates to, or the whole package (""), as far as they are there."""
    folder, _, name = part.rpartition("/")
    [relations] = _named(archive, [posixpath.join(folder, "_rels", f"{name}.rels")]) or [""]
    targets = [
        each.get("Target", "")
        for each in _elements(_part(archive, relations), "Relationship")
        if each.get("Type", "").endswith(f"/{kind}") and each.get("TargetMode") != "External"
    ]
    return _named(archive, [posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") for target in targets])


def _named(archive: zipfile.ZipFile, names: Sequence[str]) -> list[str]:
    """Those of the names that the archive has, in its own spelling: capitals make no difference."""
    held = {name.lower(): name for name in archive.namelist()}
    return [held[name.lower()] for name in names if name.lower() in held]


def _elements(content: bytes, name: str) -> list[dict[str, str]]:
    """The attributes of all elements of this name; none where it is no XML, or declares a document type."""
    found: list[dict[str, str]] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(" ")[2] == name:
            found.append(attributes)

    def refused(*_: object) -> None:
        raise ValueError("a document type")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = start, refused
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError):
        return []
    return found


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of a part; empty where there is none, or it cannot be unpacked."""
    if name not in archive.namelist():
        return b""
    try:
        with archive.open(name) as part:
            return part.read(_MOST_TYPES)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as why:
        raise FileRefused("This file is damaged: a part of it cannot be unpacked.", "damaged") from why


def _text(content: bytes) -> str:
    """The text that the bytes are. Raises `FileRefused`."""
    text = decoded(content)
    if text is None:
        raise FileRefused("This is no text, and none of the other documents that are taken either.", "kind")
    plain = text[:4096].encode("utf-8", "replace")
    if _MARKUP.match(plain) and _DRAWING.search(plain):
        raise _other("a drawing (SVG), which can hold programs: save it as PNG")
    if _MARKUP.match(plain) or _SCRIPT.search(plain):
        raise _other("a web page")
    if plain.lstrip().startswith(b"{\\rtf"):
        raise _other("a document in the Rich Text Format")
    return text


def decoded(content: bytes) -> str | None:
    """The text in the usual ways to encode one (UTF-8, UTF-16 that says so, Windows' Western); None where it is none."""
    for begin, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"), (b"", "cp1252")):
        if not content.startswith(begin):
            continue
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None
