"""Uploaded documents taken apart. The libraries that do it are imported by the child process alone."""

from collections.abc import Callable

from domain.file_type import FileRefused, FileType, sniffed
from domain.reading.block import Pages
from domain.reading.text import plain_text
from domain.reading.unreadable import Unreadable
from scheduling.extraction import docx, pdf

_READERS: dict[FileType, Callable[[bytes], Pages]] = {
    "pdf": pdf.taken_apart,
    "docx": docx.taken_apart,
    "txt": plain_text.taken_apart,
}


def taken_apart(content: bytes) -> tuple[FileType, Pages]:
    """What the bytes are, and the document's blocks. Raises `Unreadable`, which says why not in a sentence."""
    try:
        kind = sniffed(content)
    except FileRefused as why:
        raise Unreadable(str(why), "password" if why.reason == "encrypted" else "unreadable") from None
    return kind, _READERS[kind](content)
