"""An archive: one zip whose manifest says what is in it. It is there whole or not at all, and checked before it is believed.

The zip ends with a comment: the SHA-256 of every byte before it. So one byte that is wrong, anywhere, is found before
anything is read. Inside, the manifest has size and SHA-256 of each part, so that what was unpacked can be checked too.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import sys
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import click

from models.files import CHUNK, Files, is_plain, unfinished

FORMAT = 1
# No row is longer: a request has 1 MiB, and bytes take twice their number in JSON. Longer lines are no work of ours.
LONGEST_LINE = 64 << 20
_SEAL = 64
_MANIFEST = "manifest.json"


class Refused(Exception):
    """It is not done: the sentence says why."""


class Measured:
    """Takes bytes, and knows how many they were, how many lines, and their SHA-256."""

    def __init__(self, onward: IO[bytes] | None = None) -> None:
        self._onward, self._hash = onward, hashlib.sha256()
        self.size = self.lines = 0

    def write(self, data: bytes) -> None:
        self._hash.update(data)
        self.size += len(data)
        self.lines += data.count(b"\n")
        if self._onward is not None:
            self._onward.write(data)

    @property
    def facts(self) -> dict[str, Any]:
        """What the manifest says of a part."""
        return {"size": self.size, "sha256": self._hash.hexdigest()}


class Writer:
    """An archive that is being written, part by part; the manifest is the last of them."""

    def __init__(self, zipped: zipfile.ZipFile, at: datetime) -> None:
        self._zip, self._at = zipped, at

    @contextlib.contextmanager
    def part(self, name: str) -> Iterator[Measured]:
        entry = zipfile.ZipInfo(name, date_time=self._at.timetuple()[:6])
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        with self._zip.open(entry, "w", force_zip64=True) as opened:
            yield Measured(opened)

    def document(self, name: str, said: object) -> dict[str, Any]:
        """Writes a part that is one JSON document; gives its facts."""
        with self.part(name) as part:
            part.write(json.dumps(said, indent=1, ensure_ascii=False).encode() + b"\n")
        return part.facts

    def files(self, files: Files, label: str) -> tuple[dict[str, Any], int]:
        """Writes what lies there, by its path; gives the facts of each, and how many vanished since they were listed."""
        kept, vanished = {}, 0
        listed = files.list()
        with progress(label, sum(listed.values())) as bar:
            for path, size in listed.items():
                _must_be_plain(path)
                try:
                    opened = files.open(path)
                except FileNotFoundError:
                    vanished += 1
                    continue
                with opened, self.part(f"files/{path}") as part:
                    # No more than was listed: what grows meanwhile, as fast as it is read, would have no end.
                    while chunk := _read(opened, min(CHUNK, size - part.size), path):
                        part.write(chunk)
                        bar.update(len(chunk))
                kept[path] = part.facts
        return kept, vanished

    def manifest(self, kind: str, **said: object) -> None:
        head = {"kind": kind, "format": FORMAT, "release": version("followthrough"), "taken_at": self._at.isoformat()}
        self.document(_MANIFEST, {**head, **said})


@contextlib.contextmanager
def writing(path: Path, at: datetime) -> Iterator[Writer]:
    """A new archive, for its owner's eyes alone. It has its name once it is whole, sealed and on the disk."""
    if path.exists():
        raise Refused(f"{path} is there already, and is not written over: name another file.")
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Refused(f"{unfinished} is being written by somebody else.") from None
            try:
                os.fchmod(file.fileno(), 0o600)
                file.truncate()
                with zipfile.ZipFile(file, "w") as zipped:
                    zipped.comment = b"-" * _SEAL
                    yield Writer(zipped, at)
                _seal(file)
                os.fsync(file.fileno())
            except BaseException:
                unfinished.unlink(missing_ok=True)
                raise
            unfinished.rename(path)
    except OSError as failed:
        # A disk that is full may be noticed only when the file is closed.
        failed.filename = failed.filename or str(unfinished)
        raise
    # The name has to survive the machine too.
    folder = os.open(path.absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Reader:
    """An archive that was checked."""

    def __init__(self, zipped: zipfile.ZipFile, manifest: Mapping[str, Any], suffix: str) -> None:
        self.manifest = manifest
        self._zip, self._suffix = zipped, suffix

    @property
    def tables(self) -> dict[str, Any]:
        return dict(self.manifest["tables"])

    @property
    def files(self) -> dict[str, Any]:
        return dict(self.manifest["files"])

    def chunks(self, name: str) -> Iterator[bytes]:
        with self._zip.open(name) as opened:
            while chunk := opened.read(CHUNK):
                yield chunk

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a part, without their ends."""
        with self._zip.open(name) as opened:
            while line := opened.readline(LONGEST_LINE):
                if not line.endswith(b"\n"):
                    raise Refused(f"The archive holds a line in {name} that is too long.")
                yield line[:-1]

    def document(self, name: str) -> Any:
        return json.loads(b"".join(self.chunks(name)))

    def check(self) -> None:
        """Every part is there, none besides, and each is what the manifest says. Raises `Refused`."""
        rows = {f"tables/{name}.{self._suffix}": facts for name, facts in self.tables.items()}
        parts = {**rows, **{f"files/{path}": facts for path, facts in self.files.items()}, **self.manifest["documents"]}
        if sorted(self._zip.namelist()) != sorted([*parts, _MANIFEST]):
            raise Refused("The archive does not hold what its manifest says.")
        for path in self.files:
            _must_be_plain(path)
        with progress("Checking the archive", sum(facts["size"] for facts in parts.values())) as bar:
            for name, facts in parts.items():
                read = Measured()
                for chunk in self.chunks(name):
                    read.write(chunk)
                    bar.update(len(chunk))
                if read.facts != {"size": facts["size"], "sha256": facts["sha256"]} or (
                    name in rows and read.lines != facts["rows"]
                ):
                    raise Refused(f"The archive is damaged: {name} is not what its manifest says.")


@contextlib.contextmanager
def reading(path: Path, kind: str, suffix: str) -> Iterator[Reader]:
    """An archive of this kind, checked to the last byte. Raises `Refused` for any other, before anything is made of it."""
    with path.open("rb") as file:
        _check_seal(file, path)
        try:
            zipped = zipfile.ZipFile(file)
            reader = Reader(zipped, json.loads(zipped.read(_MANIFEST)), suffix)
            known = (reader.manifest["kind"], reader.manifest["format"])
            if known != (kind, FORMAT):
                raise Refused(f"{path} is a {known[0]} of format {known[1]}: here a {kind} of format {FORMAT} is needed.")
            reader.check()
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, LookupError, TypeError, AttributeError, RuntimeError):
            raise Refused(f"{path} is no archive of ours.") from None
        with zipped:
            yield reader


def must_be_there(files: Files, *, or_missing: bool = False) -> None:
    """Raises `Refused` for what is no folder: a place that was named and is not there would be an archive without files."""
    folder = files.folder
    if folder is not None and not folder.is_dir() and (folder.exists() or not or_missing):
        raise Refused(f"FILES_URL: {folder} is no folder.")


def must_not_hold(files: Files, file: Path) -> None:
    """Raises `Refused` for an archive among the files: it would hold itself."""
    folder = files.folder
    if folder is not None and (file.absolute().parent.resolve() / file.name).is_relative_to(folder.resolve()):
        raise Refused(f"{file} would lie among the files that it is to hold, in {folder}: name another place.")


def already_there(files: Files, reader: Reader) -> set[str]:
    """Which files of an archive are here, as a restore that was cut off left them. Raises `Refused` if others are."""
    there, halves = files.list(), {unfinished(Path(path)).as_posix() for path in reader.files}
    strange = there.keys() - reader.files.keys() - halves
    if strange:
        raise Refused(f"FILES_URL: there are files already, such as {min(strange)}. Restore into an empty place.")
    same = there.keys() & reader.files.keys()
    for path in sorted(same):
        if there[path] != reader.files[path]["size"] or _facts(files, path) != reader.files[path]:
            raise Refused(f"FILES_URL: there is another {path} already. Restore into an empty place.")
    return same


def take_files(files: Files, reader: Reader, label: str, *, besides: Collection[str] = ()) -> None:
    """Writes the files of an archive, and reads back what lies there then. Raises `Refused` if it is not the same."""
    with progress(label, len(reader.files)) as bar:
        for path, facts in reader.files.items():
            if path not in besides:
                files.write(path, reader.chunks(f"files/{path}"))
            if _facts(files, path) != facts:
                raise Refused(f"The file {path} is not what was written.")
            bar.update(1)


def _facts(files: Files, path: str) -> dict[str, Any]:
    read = Measured()
    with files.open(path) as opened:
        while chunk := _read(opened, CHUNK, path):
            read.write(chunk)
    return read.facts


def _read(opened: IO[bytes], most: int, path: str) -> bytes:
    try:
        return opened.read(most)
    except OSError as failed:
        if failed.filename is None:
            failed.filename = path
        raise


def progress(label: str, length: int) -> Any:
    """A bar for who watches; in a log, nothing."""
    return click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())


def _must_be_plain(path: str) -> None:
    """A path that stays where it is put, on every system and in every zip."""
    if not is_plain(path):
        raise Refused(f"An archive cannot hold a file of this name: {path!r}.")


def _digest(file: IO[bytes]) -> bytes:
    """The SHA-256, in hexadecimal digits, of all but the seal itself."""
    left = file.seek(0, os.SEEK_END) - _SEAL
    file.seek(0)
    digest = hashlib.sha256()
    while left > 0 and (chunk := file.read(min(left, CHUNK))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest().encode()


def _seal(file: IO[bytes]) -> None:
    seal = _digest(file)
    file.seek(-_SEAL, os.SEEK_END)
    file.write(seal)
    file.flush()


def _check_seal(file: IO[bytes], path: Path) -> None:
    seal = _digest(file)
    if file.read() != seal:
        raise Refused(f"{path} is damaged, or no archive of ours: it is not as it was written.")
