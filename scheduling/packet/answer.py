"""How the children of a packet hear what to do, and answer: the worker's end of this is `scheduling.packet.child`."""

import sys
from collections.abc import Callable
from typing import Any, BinaryIO

import orjson
import pikepdf

from scheduling.child_process import Limits, limit_this

Made = pikepdf.Pdf | bytes | None


def answer(limits: Limits, work: Callable[[dict[str, Any]], tuple[dict[str, Any], Made]]) -> int:
    """Called in the child: does the work with what was said, and writes what came of it."""
    limit_this(limits)
    said, made = work(orjson.loads(sys.stdin.buffer.read()))
    out = sys.stdout.buffer
    out.write(orjson.dumps(said) + b"\n")
    if isinstance(made, pikepdf.Pdf):
        save(made, out)
    elif made is not None:
        out.write(made)
    out.flush()
    return 0


def save(made: pikepdf.Pdf, into: BinaryIO) -> None:
    """Writes a PDF, the same whenever and wherever it is made."""
    made.save(
        into,
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
