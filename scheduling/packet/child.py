"""How the worker asks the children of a packet: it gives them words and open files, and gets one line of JSON and a PDF."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any

import orjson

from scheduling.child_process import Ended, Limits, pieces_of

_LONGEST_LINE = 16 << 20


@dataclass(frozen=True)
class Answer:
    """What a child says, and the PDF that follows, piece by piece. Whether it did its work is known at the end of that."""

    said: dict[str, Any]
    pieces: Iterator[bytes]


@contextmanager
def asked(
    module: str, said: Mapping[str, Any], files: Sequence[IO[bytes]] = (), *, limits: Limits, watch: Callable[[], None]
) -> Iterator[Answer]:
    """Asks the child of this module of ours. Raises what `pieces_of` raises, some of it while the pieces are taken."""
    with closing(pieces_of(module, said, files, seconds=limits.whole_seconds, watch=watch)) as pieces:
        line = b""
        for piece in pieces:
            line += piece
            if b"\n" in piece or len(line) > _LONGEST_LINE:
                break
        line, end, rest = line.partition(b"\n")
        if not end:
            raise Ended("it said nothing that ends")
        yield Answer(orjson.loads(line), chain([rest], pieces))
