"""An uploaded document, read in a child process: its bytes come in, the reading goes out."""

import sys
from typing import Any

import orjson

from domain.reading import Reading, Refusal
from domain.reading.unreadable import Unreadable
from scheduling.child_process import Limits, OutOfTime, answer_of, limit_this

LIMITS = Limits(whole_seconds=20, processor_seconds=18, memory_bytes=2**30, is_alone=True)
_TOO_LONG = "Reading this document takes too long."
_TOO_MUCH = "This document is damaged, or reading it takes too long or too much memory."


def read_in_child(content: bytes, file_type: str = "", *, seconds: float = LIMITS.whole_seconds) -> dict[str, Any]:
    """The reading of a document, whatever its bytes do; raises nothing for them.

    Of words it is `domain.reading.Reading.as_json`, of a table and of a picture what `scheduling.extraction.table` and
    `.picture` give. `file_type` says as what it was taken in: a text and a table of text have the same bytes. Refused as
    `unreadable` is also what takes too long or too much.
    """
    try:
        code, said = answer_of("scheduling.document_reading", file_type, given=content, seconds=seconds)
    except OutOfTime:
        return _refused("unreadable", _TOO_LONG)
    if code != 0:
        return _refused("unreadable", _TOO_MUCH)
    read: dict[str, Any] = orjson.loads(said)
    return read


def _refused(reason: str, detail: str) -> dict[str, Any]:
    return Reading("other", refusal=Refusal(reason, detail)).as_json()


def _main() -> int:
    # Imported before the limits: it takes long, and opens more files than a document ever needs.
    from scheduling.extraction import read_bytes

    limit_this(LIMITS)
    try:
        told = read_bytes(sys.stdin.buffer.read(), sys.argv[1])
    except Unreadable as why:
        told = _refused(why.reason, str(why))
    except RecursionError:
        told = _refused("unreadable", "This document nests too deep.")
    sys.stdout.buffer.write(orjson.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(_main())
