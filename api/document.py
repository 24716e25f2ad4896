"""Documents of a case: uploaded, handed out again, read."""

import hashlib
import logging
from typing import Any
from uuid import UUID

from flask import Response

from api.attachment import CONTENT_ETAG, CONTENT_HEADERS, attachment, known_already
from api.doors import StaffDoor
from api.problems import Problem
from api.verbs import add, caller, change, files, find, now, place_for_files, work
from domain.file_type import PICTURES, FileRefused, FileType, sniffed
from models.case import Case
from models.document import DOCUMENTS, MEDIA_TYPES, Document
from models.document_reading import READING_OF, DocumentReading, StillWaiting
from models.document_use import RESTING_ON, in_words
from models.files import CHUNK, Received
from models.transaction import NotFound
from schemas.document import DocumentChange, DocumentQuery, DocumentReadingSchema, DocumentSchema, NewDocumentSchema

log = logging.getLogger("followthrough.api")
documents = StaffDoor("documents", __name__, "/documents", description="Files of a case, and what was read in them.")

# So many of a table's rows show what is in it.
SAMPLE_ROWS = 20
NOTHING_READ: dict[str, Any] = {
    **dict.fromkeys(("document_kind", "language", "student_initials", "effective_from", "effective_to", "preview", "refusal")),
    "provisions": [],
    "warnings": [],
}


@documents.route("")
@documents.listing(DOCUMENTS, DocumentSchema, DocumentQuery)
def list_documents() -> None:
    """Documents

    Newest first, by case or kind.
    """


@documents.route("", methods=["POST"], problems=["file-refused"])
@documents.arguments(NewDocumentSchema, location="files")
@documents.response(201, DocumentSchema)
def upload_document(said: dict[str, Any]) -> Document:
    """Upload a document

    A form (multipart/form-data) with the file and what is said of it. What the file is, its bytes say: PDF, Word (.docx),
    plain text, a table (.xlsx, .csv), a picture (JPEG, PNG, WebP, GIF, HEIC) or a sound recording (MP3, M4A, WAV, OGG), else
    422 `file-refused`. It is kept as it came, and read within seconds: see its reading.
    """
    received: Received = said.pop("file")
    case = find(Case, said["case_id"])
    content = received.read()
    document = Document.of(
        received, file_type=_sniffed(content, received.name, said["kind"]), **{**said, "case_id": case.id}, by=caller().staff_id
    )
    # The file first: a row that names no file would be a document that is lost, a file that no row names is but a stray.
    try:
        pieces = (content[begin : begin + CHUNK] for begin in range(0, len(content), CHUNK))
        files().write(str(document.id), pieces)
    except OSError as failed:
        log.error("document not kept", {"practice": str(work().practice_id), "error": type(failed).__name__})
        raise Problem("unavailable", "The place for files cannot be used at this moment. Nothing was done.") from None
    return add(document, DocumentReading.ask(document.id, now=now()))


@documents.route("/<uuid:document_id>")
@documents.response(200, DocumentSchema)
def show_document(document_id: UUID) -> Document:
    """A document

    What is known of it; not what is in it.
    """
    return find(Document, document_id)


@documents.route("/<uuid:document_id>", methods=["PATCH"], problems=["immutable"])
@documents.arguments(DocumentChange)
@documents.response(200, DocumentSchema)
def change_document(said: dict[str, Any], document_id: UUID) -> Document:
    """Say something else of a document

    Its kind, its name, its note. What is in it stays: for another file, upload another document. Those of a final letter stay
    as they are (409 `immutable`).
    """
    return change(find(Document, document_id), said)


@documents.route("/<uuid:document_id>", methods=["DELETE"], problems=["immutable"])
@documents.response(204)
def delete_document(document_id: UUID) -> None:
    """Delete a document

    409 while something that was recorded rests on it (an IEP version, an observation, a service log, a communication, a
    deadline), and for those of a final letter. The file goes with the next housekeeping, within two hours.
    """
    document = find(Document, document_id)
    [resting] = work().rows(RESTING_ON, document_id=document.id)
    document.must_not_be_in_use(in_words(resting))
    work().execute(DocumentReading.all_of(document.id))
    work().delete(document)


@documents.route("/<uuid:document_id>/content")
@documents.example("%PDF-1.7 ...", *MEDIA_TYPES.values(), headers=CONTENT_ETAG)
@documents.response(200)
def show_document_content(document_id: UUID) -> Response:
    """The file

    As it came, byte for byte, as an attachment under its name. Its ETag is its hash.
    """
    # Its ETag is of its bytes: If-Match names those, and not the version of the row.
    document = work().find(Document, document_id)
    return attachment(
        "document",
        document.id,
        lambda: files().open(str(document.id)),
        name=document.download_name,
        media_type=document.media_type,
        sha256=document.digest,
        size=document.size_bytes,
    )


@documents.route("/<uuid:document_id>/preview", problems=["conflict"])
@documents.example("(a JPEG)", "image/jpeg", headers=CONTENT_ETAG)
@documents.response(200)
def show_document_preview(document_id: UUID) -> Response:
    """A picture to look at

    Of a JPEG, PNG, WebP or GIF: its first frame as a JPEG, its longest side at most 1,600 pixels, the right way up, without
    where, when and on which device it was taken. 409 while it waits to be made; 404 where there is none: see the reading.
    """
    document = work().find(Document, document_id)
    reading = _there(work().rows(READING_OF, document_id=document.id))
    if document.file_type in PICTURES and reading.state == "waiting":
        raise StillWaiting("The preview of this picture is still being made.")
    preview = (reading.reading or {}).get("preview")
    if preview is None:
        raise NotFound("There is no preview of this document.")
    if (known := known_already(preview["sha256"])) is not None:
        return known
    response = Response(_preview_of(document, preview["sha256"]), mimetype="image/jpeg", headers=CONTENT_HEADERS)
    response.headers["Content-Disposition"] = "inline; filename=preview.jpg"
    response.set_etag(preview["sha256"])
    return response


@documents.route("/<uuid:document_id>/reading")
@documents.response(200, DocumentReadingSchema)
def show_document_reading(document_id: UUID) -> dict[str, Any]:
    """What was read

    Of an IEP a proposal, with the place of each line: a person looks at it beside the document, corrects and accepts it with
    `POST /iep-versions`. Of a table its sheets, each with its first rows; of a picture its preview. `waiting` for some seconds
    after an upload; `refusal` says why nothing was read.
    """
    document = find(Document, document_id)
    return _shown(_there(work().rows(READING_OF, document_id=document.id)))


@documents.route("/<uuid:document_id>/reading", methods=["POST"], problems=["immutable"])
@documents.response(200, DocumentReadingSchema)
def read_document_anew(document_id: UUID) -> dict[str, Any]:
    """Read it anew

    After a release that reads better, for instance. What was read before is gone; versions that were made of it stay. What we
    wrote ourselves, nobody reads (409 `immutable`).
    """
    document = find(Document, document_id)
    reading = _there(work().all(DocumentReading.of(document.id)))
    reading.begin_anew(now=now())
    # What a machine reads is on nobody's record; that somebody asked for it is.
    work().record("update", Document, document.id, ["reading_state"])
    return _shown(reading)


def _preview_of(document: Document, digest: str) -> bytes:
    """The preview, which has this hash: whole, and so small that it goes out in one piece."""
    try:
        with place_for_files().previews(work().practice_id).open(str(document.id)) as opened:
            jpeg = opened.read()
    except FileNotFoundError:
        jpeg = b""
    except OSError:
        raise Problem("unavailable", "The place for files cannot be used at this moment.") from None
    if hashlib.sha256(jpeg).hexdigest() != digest:
        log.error("a preview has no file, or another", {"document": str(document.id), "practice": str(work().practice_id)})
        raise NotFound("The preview is not where it was kept. Ask for the reading anew: it is made again.")
    return jpeg


def _sniffed(content: bytes, name: str, kind: str) -> FileType:
    try:
        return sniffed(content, name=name, kind=kind)
    except FileRefused as why:
        raise Problem("file-refused", str(why), errors=[{"pointer": "/file", "detail": str(why)}], reason=why.reason) from None


def _there(readings: list[Any]) -> Any:
    """The reading of a document; 404 where somebody has deleted both since the document was found."""
    if not readings:
        raise NotFound("There is nothing here with this id.")
    return readings[0]


def _shown(reading: Any) -> dict[str, Any]:
    about = {"document_id": reading.document_id, "state": reading.state, "read_at": reading.read_at}
    read = reading.reading or {}
    sheets = [_summary(sheet) for sheet in read["table"]["sheets"]] if "table" in read else None
    return {**NOTHING_READ, **read, **about, "sheets": sheets}


def _summary(sheet: dict[str, Any]) -> dict[str, Any]:
    """A sheet with its first rows: all of them are many, and nobody reads them here."""
    rows = sheet["rows"]
    columns = max((len(row) for row in rows), default=0)
    return {"name": sheet["name"], "row_count": len(rows), "columns": columns, "sample": rows[:SAMPLE_ROWS]}
