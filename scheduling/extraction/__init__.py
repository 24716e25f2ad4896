"""Uploaded documents taken apart. The libraries that do it are imported by the child process alone."""

from collections.abc import Callable
from typing import Any

from domain.file_type import PICTURES, SOUNDS, TABLES, FileRefused, FileType, sniffed
from domain.reading import read
from domain.reading.block import Pages
from domain.reading.text import plain_text
from domain.reading.unreadable import Unreadable
from scheduling.extraction import docx, pdf, picture, table

_READERS: dict[FileType, Callable[[bytes], Pages]] = {
    "pdf": pdf.taken_apart,
    "docx": docx.taken_apart,
    "txt": plain_text.taken_apart,
}


def read_bytes(content: bytes, taken_as: str = "") -> dict[str, Any]:
    """What is read of a document, as JSON knows it: the words of an IEP, a table, the preview of a picture.

    A text that was taken in as a table (`csv`) is read as one. Raises `Unreadable`, which says why not in a sentence.
    """
    kind = kind_of(content)
    if kind == "txt" and taken_as == "csv":
        kind = "csv"
    if kind in TABLES:
        return table.taken_apart(content, kind)
    if kind in PICTURES:
        return picture.taken_apart(content, kind)
    if kind in SOUNDS:
        raise Unreadable(
            "This is a sound recording, and no IEP: it is kept as it came, and nobody plays it here.", "not-an-iep"
        )
    return read(_READERS[kind](content), kind).as_json()


def taken_apart(content: bytes) -> tuple[FileType, Pages]:
    """What the bytes are, and the blocks of a document of words. Raises `Unreadable`, which says why not in a sentence."""
    kind = kind_of(content)
    if kind not in _READERS:
        raise Unreadable("This document has no words to be read as an IEP.")
    return kind, _READERS[kind](content)


def kind_of(content: bytes) -> FileType:
    """What the bytes are. Raises `Unreadable`."""
    try:
        return sniffed(content)
    except FileRefused as why:
        raise Unreadable(str(why), "password" if why.reason == "encrypted" else "unreadable") from None
