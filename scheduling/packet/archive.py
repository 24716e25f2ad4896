"""The ZIP of a packet, written piece by piece: the same bytes whenever it is written, and never all of them in memory.

It ends with `index.csv`, which lists the exhibits, and `hashes.txt`, which `sha256sum -c` reads.
"""

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, cast

from models.document import plain_name
from models.files import CHUNK

_INDEX = ("exhibit", "title", "file", "kind", "packet_page", "pages", "size_bytes", "sha256_of_the_original")
# What a spreadsheet takes for a formula, in any width.
_FORMULA = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
_NOT_IN_A_FILE_NAME = re.compile(r"[^\w .,()-]")
_LONGEST_NAME = 90
# These are packed already.
_PACKED = ("pdf", "jpeg", "png", "webp", "gif", "heic", "mp3", "m4a", "ogg", "docx", "xlsx")


@dataclass(frozen=True)
class Part:
    """A file in the archive."""

    name: str
    size: int
    sha256: bytes

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "size_bytes": self.size, "sha256": self.sha256.hex()}


class _Sink:
    """What a ZIP is written to that nobody can go back in; taken away in pieces."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """There is nothing behind it."""

    def taken(self) -> bytes:
        held, self._held = b"".join(self._held), []
        return held


class Archive:
    """An archive whose files are all of one time; `parts` are those that were written, in their order."""

    def __init__(self, at: datetime) -> None:
        self._at = max(at.timetuple()[:6], (1980, 1, 1, 0, 0, 0))
        self.parts: list[Part] = []

    def pieces(
        self, files: Iterable[tuple[str, AbstractContextManager[IO[bytes]] | bytes]], exhibits: Iterable[Mapping[str, Any]]
    ) -> Iterator[bytes]:
        """The archive of these files, each opened when its turn comes, and of what is said of the exhibits."""
        sink = _Sink()
        with zipfile.ZipFile(cast(IO[bytes], sink), "w") as zipped:
            for name, file in files:
                if isinstance(file, bytes):
                    yield from self._part(zipped, sink, name, io.BytesIO(file))
                else:
                    with file as opened:
                        yield from self._part(zipped, sink, name, opened)
            yield from self._part(zipped, sink, "index.csv", io.BytesIO(_index(exhibits)))
            yield from self._part(zipped, sink, "hashes.txt", io.BytesIO(self._hashes()))
        yield sink.taken()

    def _part(self, zipped: zipfile.ZipFile, sink: _Sink, name: str, opened: IO[bytes]) -> Iterator[bytes]:
        about = zipfile.ZipInfo(name, self._at)
        about.external_attr = 0o644 << 16
        about.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
        digest, size = hashlib.sha256(), 0
        with zipped.open(about, "w", force_zip64=True) as part:
            while chunk := opened.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                part.write(chunk)
                yield sink.taken()
        self.parts.append(Part(name, size, digest.digest()))
        yield sink.taken()

    def _hashes(self) -> bytes:
        return "".join(f"{part.sha256.hex()}  {part.name}\n" for part in self.parts).encode()


def safe_name(name: str, ending: str) -> str:
    """A name that every system takes, with the ending of what it is."""
    stem = _NOT_IN_A_FILE_NAME.sub("-", plain_name(name)).removesuffix(f".{ending}")[:_LONGEST_NAME].strip(" .-")
    return f"{stem or 'exhibit'}.{ending}"


def _index(exhibits: Iterable[Mapping[str, Any]]) -> bytes:
    held = io.StringIO()
    rows = csv.writer(held, quoting=csv.QUOTE_ALL)
    rows.writerow(_INDEX)
    for one in exhibits:
        names = ("number", "title", "file", "file_type", "page", "pages", "size_bytes", "sha256")
        rows.writerow(_neutral(one[name]) for name in names)
    # Spreadsheets take a text for UTF-8 where it says so.
    return held.getvalue().encode("utf-8-sig")


def _neutral(value: object) -> str:
    said = "" if value is None else str(value)
    return f"'{said}" if said.startswith(tuple(_FORMULA)) else said
