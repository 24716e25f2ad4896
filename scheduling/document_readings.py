"""Documents that were uploaded: read one by one, each under a lease, in a child process and outside of any transaction; what
was read is a proposal, and takes the place of what was read before."""

import base64
import hashlib
import logging
from typing import Any
from uuid import UUID

from models.document import Document
from models.document_reading import CLAIM, DONE, LATER, LEASE, MOST_ATTEMPTS, PAUSE, PRACTICES_WITH_DOCUMENTS_TO_READ
from scheduling.document_reading import read_in_child
from scheduling.workplace import Workplace

log = logging.getLogger("followthrough.worker")
DUE = PRACTICES_WITH_DOCUMENTS_TO_READ


class _NotThere(Exception):
    """The file is not where it was kept, or it is another one."""


def read(worker: Workplace, practice_id: UUID) -> int:
    """Reads the document of this practice that has waited longest; gives how many."""
    with worker.in_practice(practice_id) as claiming:
        claimed = claiming.rows(CLAIM, now=claiming.now, owner=worker.id, lease_until=claiming.now + LEASE)
        documents = [claiming.find(Document, row.document_id) for row in claimed]
    for reading, document in zip(claimed, documents, strict=True):
        outcome = _attempt(worker, practice_id, reading, document)
        log.info("document", {"document": str(document.id), "practice": str(practice_id), "outcome": outcome})
    return len(claimed)


def _attempt(worker: Workplace, practice_id: UUID, reading: Any, document: Document) -> str:
    """What became of an attempt: `read`, `refused`, `later`, or `lost_lease` where it came too late to say."""
    facts = {"document": str(document.id), "practice": str(practice_id)}
    try:
        if reading.attempts > MOST_ATTEMPTS:
            # Whoever began these attempts did not come back from them.
            said = _unreadable("Reading this document was begun several times, and never came to an end.")
        else:
            said = read_in_child(_content(worker, practice_id, document), document.file_type)
            _keep_preview(worker, practice_id, document, said)
    except _NotThere as why:
        log.error("a document has no file, or another", facts)
        said = _unreadable(str(why))
    except OSError as failed:
        # That is no fault of the document: its attempt does not count.
        log.error("the place for files cannot be used", {**facts, "error": type(failed).__name__})
        return _later(worker, practice_id, reading, reading.attempts - 1)
    except Exception as wrong:
        log.error("document not read", {**facts, "error": type(wrong).__name__})
        if reading.attempts < MOST_ATTEMPTS:
            return _later(worker, practice_id, reading, reading.attempts)
        said = _unreadable("This document could not be read.")
    with worker.in_practice(practice_id) as writing:
        written = writing.rows(DONE, **_held(worker, reading), now=writing.now, said=said)
    return ("refused" if said.get("refusal") else "read") if written else "lost_lease"


def _content(worker: Workplace, practice_id: UUID, document: Document) -> bytes:
    assert worker.config.files is not None
    try:
        with worker.config.files.documents(practice_id).open(str(document.id)) as opened:
            content = opened.read()
    except FileNotFoundError:
        raise _NotThere(
            "The file of this document is not where it was kept. Its operator can bring it back from a backup."
        ) from None
    if hashlib.sha256(content).digest() != document.sha256:
        raise _NotThere("The file of this document is not the one that was uploaded. Upload it again.")
    return content


def _keep_preview(worker: Workplace, practice_id: UUID, document: Document, said: dict[str, Any]) -> None:
    """The preview of a picture becomes a file, before anybody is told that there is one; its row has what is said of it."""
    if preview := said.get("preview"):
        assert worker.config.files is not None
        jpeg = base64.b64decode(preview.pop("jpeg"))
        worker.config.files.previews(practice_id).write(str(document.id), [jpeg])


def _later(worker: Workplace, practice_id: UUID, reading: Any, attempts: int) -> str:
    with worker.in_practice(practice_id) as writing:
        due_at = writing.now + PAUSE
        written = writing.rows(LATER, **_held(worker, reading), now=writing.now, due_at=due_at, attempts=attempts)
    return "later" if written else "lost_lease"


def _held(worker: Workplace, reading: Any) -> dict[str, Any]:
    """The lease under which something is written."""
    return {"row": reading.id, "owner": worker.id, "lease": reading.lease_number}


def _unreadable(detail: str) -> dict[str, Any]:
    return {"refusal": {"reason": "unreadable", "detail": detail}}
