"""A form with a file (RFC 7578), read once and strictly. The file goes to a temporary file as it comes: in memory there is
never more of it than a piece."""

import hashlib
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from flask import request
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

from api.problems import Problem
from models.files import Received

MOST_FILE_BYTES = 25 * 2**20
# All that is no file: the other fields, and what stands around them.
MOST_OTHER_BYTES = 64 * 2**10
MOST_PARTS = 20
LONGEST_BOUNDARY = 70
_PIECE = 64 * 2**10
_TOO_LARGE = f"A file has at most {MOST_FILE_BYTES // 2**20} MiB, and what comes with it {MOST_OTHER_BYTES // 2**10} KiB."


def read_form() -> dict[str, Any]:
    """The fields of the request's form by name: texts, and files as `Received`."""
    if request.mimetype != "multipart/form-data":
        raise Problem("unsupported-media-type", "A file must be sent as multipart/form-data.")
    boundary = request.mimetype_params.get("boundary", "")
    if not (0 < len(boundary) <= LONGEST_BOUNDARY and boundary.isascii()):
        raise Problem("malformed-body", "The Content-Type names no boundary that could part this form.")
    if (request.content_length or 0) > MOST_FILE_BYTES + MOST_OTHER_BYTES:
        raise Problem("body-too-large", _TOO_LARGE)
    found: dict[str, Any] = {}
    try:
        for name, value in _parts(boundary.encode()):
            if name in found:
                _let_go(value)
                raise _refused(name, "This stands twice.")
            found[name] = value
    except BaseException as wrong:
        let_go(found)
        # What the decoder says of a form that breaks off, of headers that are none, or are not UTF-8.
        if isinstance(wrong, ValueError):
            raise Problem("malformed-body", "It is no well-formed multipart/form-data, or it breaks off.") from None
        raise
    return found


def let_go(form: Any) -> None:
    """Closes the temporary files of a form, with which they are gone."""
    for value in form.values() if isinstance(form, dict) else ():
        _let_go(value)


def _let_go(value: Any) -> None:
    if isinstance(value, Received):
        value.opened.close()


def _refused(name: str, detail: str) -> Problem:
    pointer = "/" + name.replace("~", "~0").replace("/", "~1")
    return Problem("validation", "Some of it is not valid.", errors=[{"pointer": pointer, "detail": detail}])


def _parts(boundary: bytes) -> Iterator[tuple[str, str | Received]]:
    left = {File: MOST_FILE_BYTES, Field: MOST_OTHER_BYTES}
    events = _events(boundary)
    for event in events:
        if isinstance(event, File | Field):
            if not event.name:
                raise ValueError("a part without a name")
            if event.headers.get("Content-Transfer-Encoding", "binary").lower() not in ("binary", "8bit", "7bit"):
                raise _refused(event.name, "This is encoded: send it as it is (RFC 7578 section 4.7).")
            yield event.name, _file(event, events, left) if isinstance(event, File) else _text(event, events, left)


def _file(part: File, events: Iterator[Any], left: dict[Any, int]) -> Received:
    opened: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  (closed by whoever has it then)
    try:
        size, digest = 0, hashlib.sha256()
        for piece in _pieces(File, events, left):
            opened.write(piece)
            digest.update(piece)
            size += len(piece)
        return Received(part.filename, size, digest.digest(), opened)
    except BaseException:
        opened.close()
        raise


def _text(part: Field, events: Iterator[Any], left: dict[Any, int]) -> str:
    return b"".join(_pieces(Field, events, left)).decode("utf-8")


def _pieces(kind: type[File] | type[Field], events: Iterator[Any], left: dict[Any, int]) -> Iterator[bytes]:
    """What one part holds, as it comes."""
    for event in events:
        left[kind] -= len(event.data)
        if left[kind] < 0:
            raise Problem("body-too-large", _TOO_LARGE)
        yield event.data
        if not event.more_data:
            return


def _events(boundary: bytes) -> Iterator[Any]:
    """What stands in the body, as it comes. Raises `ValueError` for what is no form, or breaks off."""
    decoder, taken, begun, is_over = MultipartDecoder(boundary, 2 * _PIECE), 0, 0, False
    while not is_over:
        piece = request.stream.read(_PIECE)
        taken += len(piece)
        if taken > MOST_FILE_BYTES + MOST_OTHER_BYTES:
            raise Problem("body-too-large", _TOO_LARGE)
        decoder.receive_data(piece or None)
        while not isinstance(event := decoder.next_event(), NeedData):
            if isinstance(event, File | Field):
                begun += 1
                if begun > MOST_PARTS:
                    raise Problem("body-too-large", f"A form has at most {MOST_PARTS} parts.")
            if isinstance(event, File | Field | Data):
                yield event
            if isinstance(event, Epilogue):
                is_over = True
                break
