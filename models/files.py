"""Where files lie: a folder of this machine, or `s3://bucket/prefix`. Each practice has a folder of its own there, named by
its id; in it a document's file is `documents/{id}`, a mail that came in `mails/{id}`, what is made of a packet
`packets/{id}/...`.

A file has its name once it is whole and on the disk: whoever finds it finds all of it. Nobody is told of it before that, and
what nobody was told of in the end is a stray, which the worker takes away (`scheduling/housekeeping.py`).
"""

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import fsspec
from fsspec.implementations.local import LocalFileSystem

CHUNK = 1 << 20
# What the client of a store far away raises.
_OF_THE_NETWORK = ("botocore", "aiobotocore", "aiohttp", "fsspec")
# A store that hangs is given up while whoever waits, and the transaction that waits with them, is still there.
_SECONDS = 30
# What is larger than this goes to a store far away in parts of this size, from a file of this machine: for each of them the
# store has so long again. Nobody waits for it with a transaction: only the worker makes files that large.
_PART = 16 << 20
_PATIENCE = {"config_kwargs": {"connect_timeout": 5, "read_timeout": 10, "retries": {"total_max_attempts": 2}}}


class Unusable(Exception):
    """This is no place for files: the sentence says why."""


@dataclass(frozen=True)
class Received:
    """A file that came with a request: in a temporary file without a name, under the name that its sender gives it."""

    name: str
    size: int
    sha256: bytes
    opened: IO[bytes]

    def read(self) -> bytes:
        """All of it, from the beginning, however often it is asked for."""
        self.opened.seek(0)
        return self.opened.read()


class Files:
    """A place for files, each under a path of ours that stays inside of it."""

    def __init__(self, url: str) -> None:
        is_far_away = url.startswith("s3:")
        try:
            self._fs, self._root = fsspec.core.url_to_fs(url, **(_PATIENCE if is_far_away else {}))
        except ImportError:
            raise Unusable("FILES_URL: s3:// needs the package s3fs: pip install followthrough[s3].") from None
        if is_far_away:
            self._fs.retries = 1

    def of(self, practice_id: object) -> "Files":
        """The files of one practice."""
        theirs = object.__new__(Files)
        theirs._fs, theirs._root = self._fs, f"{self._root}/{practice_id}"
        return theirs

    def documents(self, practice_id: object) -> "Files":
        """The documents of one practice, each under its id."""
        return self.of(f"{practice_id}/documents")

    def previews(self, practice_id: object) -> "Files":
        """The previews of pictures of one practice, each under the id of its document."""
        return self.of(f"{practice_id}/previews")

    def mails(self, practice_id: object) -> "Files":
        """The mails that came in to one practice, as they came, each under its id."""
        return self.of(f"{practice_id}/mails")

    def packets(self, practice_id: object) -> "Files":
        """The packets of one practice, and what they are made of while they are built, each below its id."""
        return self.of(f"{practice_id}/packets")

    @property
    def folder(self) -> Path | None:
        """The folder of this machine, if it is one."""
        return Path(self._root) if isinstance(self._fs, LocalFileSystem) else None

    def list(self) -> dict[str, int]:
        """The size of each file by its path, in the order of paths. Raises `Unusable` where anything is no regular file."""
        return {path: size for path, size, _ in self._found()}

    def older_than(self, instant: datetime) -> Sequence[str]:
        """The paths of the files that were written before this."""
        return [path for path, _, written_at in self._found() if written_at < instant]

    def open(self, path: str) -> IO[bytes]:
        """A file, to be read. Raises `FileNotFoundError`."""
        if self.folder is not None:
            return os.fdopen(os.open(self.folder / _plain(path), os.O_RDONLY | os.O_NOFOLLOW), "rb")
        with _failures_of_the_network():
            opened: IO[bytes] = self._fs.open(f"{self._root}/{_plain(path)}", "rb")
            return opened

    @contextlib.contextmanager
    def at_hand(self, path: str) -> Iterator[IO[bytes]]:
        """A file of this machine with its bytes, to be read: a child process can be given it. Raises `FileNotFoundError`."""
        with self.open(path) as opened:
            if self.folder is not None:
                yield opened
                return
            with tempfile.TemporaryFile() as copy:
                with _failures_of_the_network():
                    shutil.copyfileobj(opened, copy, CHUNK)
                copy.flush()
                copy.seek(0)
                yield copy

    def write(self, path: str, chunks: Iterable[bytes]) -> None:
        """Writes a file; where that fails, nothing of it stays. It has its name once it is whole."""
        if self.folder is not None:
            _write_whole(self.folder / _plain(path), chunks)
            return
        # All that there is to keep has come by then, and it goes there in one piece, or in parts that are a file when the last
        # of them is there. The client has a time for each answer, but none for the word to go on, for which it waits before it
        # sends a body.
        far = f"{self._root}/{_plain(path)}"
        with tempfile.NamedTemporaryFile(buffering=CHUNK) as held:
            for chunk in chunks:
                held.write(chunk)
            held.flush()
            size = held.tell()
            held.seek(0)
            with _failures_of_the_network():
                if size <= _PART:
                    self._fs.pipe_file(far, held.read(), timeout=_SECONDS)
                else:
                    self._fs.put_file(
                        held.name, far, chunksize=_PART, max_concurrency=2, timeout=_SECONDS * (1 + size // _PART)
                    )

    def remove(self, path: str) -> None:
        with _failures_of_the_network():
            self._fs.rm_file(f"{self._root}/{_plain(path)}")

    def _found(self) -> Iterator[tuple[str, int, datetime]]:
        """Path, size and time of each file, in the order of paths."""
        if self.folder is not None:
            yield from sorted(_regular_files(self.folder))
            return
        with _failures_of_the_network():
            self._fs.invalidate_cache()
            found = self._fs.find(self._root, detail=True)
        for path, row in sorted(found.items()):
            yield path.removeprefix(self._root).lstrip("/"), row["size"], row.get("LastModified") or row["created"]


def is_plain(path: str) -> bool:
    """Whether a path stays where it is put, on every system."""
    return path.isprintable() and "\\" not in path and all(part not in ("", ".", "..") for part in path.split("/"))


def unfinished(path: Path) -> Path:
    """The name of a file until it is whole; of one length, since a name may be as long as names can be."""
    return path.with_name(f".{hashlib.sha256(path.name.encode()).hexdigest()[:24]}.unfinished")


def _plain(path: str) -> str:
    if not is_plain(path):
        raise ValueError("a path that could lead anywhere")
    return path


def _regular_files(folder: Path, before: str = "") -> Iterator[tuple[str, int, datetime]]:
    """Path, size and time of each file under a folder. What vanishes meanwhile is none; a link would lead anywhere."""
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _regular_files(Path(entry.path), f"{before}{entry.name}/")
            elif entry.is_file(follow_symlinks=False):
                with contextlib.suppress(FileNotFoundError):
                    seen = entry.stat(follow_symlinks=False)
                    yield f"{before}{entry.name}", seen.st_size, datetime.fromtimestamp(seen.st_mtime, UTC)
            else:
                raise Unusable(f"FILES_URL: {entry.path} is no regular file (a link, perhaps), and no archive holds it.")


def _write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    """A file for its owner alone, in folders for their owner alone; on the disk, and its name too, when this returns."""
    made = [folder for folder in path.parents if not folder.exists()]
    for folder in reversed(made):
        folder.mkdir(mode=0o700, exist_ok=True)
    part = unfinished(path)
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            for chunk in chunks:
                opened.write(chunk)
            opened.flush()
            os.fsync(opened.fileno())
        part.rename(path)
        # Whoever made these folders may not have come so far yet; their names have to survive the machine too.
        for folder in dict.fromkeys([*path.parents[:3], *(folder.parent for folder in made)]):
            _sync_folder(folder)
    except BaseException as failed:
        part.unlink(missing_ok=True)
        if isinstance(failed, OSError) and failed.filename is None:
            failed.filename = str(path)
        raise


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextlib.contextmanager
def _failures_of_the_network() -> Iterator[None]:
    """What the client of a store far away raises, as what a disk raises: nobody above knows which of them it is."""
    try:
        yield
    except Exception as failed:
        if type(failed).__module__.partition(".")[0] not in _OF_THE_NETWORK:
            raise
        raise OSError(f"the place for files cannot be used ({type(failed).__name__})") from failed
