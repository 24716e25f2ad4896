"""A file that is handed out: in pieces, as an attachment under its name, with its hash as ETag."""

import io
import logging
import unicodedata
from collections.abc import Callable, Iterator
from typing import IO, Any
from urllib.parse import quote
from uuid import UUID

from flask import Response, request
from werkzeug.utils import send_file

from api.problems import Problem
from api.verbs import work
from models.files import CHUNK

log = logging.getLogger("followthrough.api")
# What a browser is told besides: to hand it to no program of its own, and to run nothing of it.
CONTENT_HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "Cache-Control": "no-store"}
CONTENT_ETAG = {
    "ETag": {
        "description": "The SHA-256 of its bytes.",
        "schema": {"type": "string"},
        "example": '"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"',
    }
}


def known_already(sha256: str) -> Response | None:
    """The answer to who has these bytes already; refused where If-Match names others."""
    if request.if_match and not request.if_match.contains(sha256):
        raise Problem("stale", "The file has another hash than If-Match names.")
    if not request.if_none_match.contains_weak(sha256):
        return None
    response = Response(status=304, headers=CONTENT_HEADERS)
    response.set_etag(sha256)
    return response


def attachment(
    what: str, row_id: UUID, open_it: Callable[[], IO[bytes]], *, name: str, media_type: str, sha256: str, size: int
) -> Response:
    """The answer that hands out the file of a row (a document, a packet), or what `known_already` says. One that is not there,
    or not as long as it was, is written down."""
    if (known := known_already(sha256)) is not None:
        return known
    opened = _opened(what, row_id, open_it, size)
    if request.method == "HEAD":
        # Nobody will read it, and so nobody would close it.
        opened.close()
        opened = io.BytesIO()
    sent: Any = send_file(
        opened,
        request.environ,
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=name,
        conditional=False,
        etag=sha256,
        response_class=Response,
    )
    # Closed with its last piece, or when the connection ends before.
    sent.response = _pieces(opened)
    sent.call_on_close(opened.close)
    sent.headers["Content-Disposition"] = _disposition(name, sent.headers["Content-Disposition"])
    sent.headers.update({**CONTENT_HEADERS, "Content-Type": media_type})
    sent.content_length = size
    answer: Response = sent
    return answer


def _pieces(opened: IO[bytes]) -> Iterator[bytes]:
    with opened:
        while piece := opened.read(CHUNK):
            yield piece


def _opened(what: str, row_id: UUID, open_it: Callable[[], IO[bytes]], size: int) -> IO[bytes]:
    try:
        opened = open_it()
        found = opened.seek(0, io.SEEK_END)
        opened.seek(0)
    except FileNotFoundError:
        found, opened = -1, io.BytesIO()
    except OSError:
        raise Problem("unavailable", "The place for files cannot be used at this moment.") from None
    if found != size:
        opened.close()
        facts = {what: str(row_id), "practice": str(work().practice_id), "size": found}
        log.error("a file is not there, or another", facts)
        raise Problem("internal", f"The file of this {what} is not where it was kept. It was written down.")
    return opened


def _disposition(name: str, proposed: str) -> str:
    """The header as proposed; with a name for old clients where no letter of the real one is left in ASCII."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    if name.isascii() or any(sign.isalpha() for sign in plain.partition(".")[0]):
        return proposed
    ending = name.rpartition(".")[2]
    return f"attachment; filename=document.{ending}; filename*=UTF-8''{quote(name, safe='')}"
