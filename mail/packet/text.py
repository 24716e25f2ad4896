"""What somebody wrote, as it stands on paper: in one line or in paragraphs, with places to break what is too wide."""

import re

from mail.typeset import printable

Paragraphs = list[list[str]]

_WIDE = re.compile(r"\S{30}(?=\S)")
_LINES = re.compile(r"\r\n|[\n\r\x0b\x0c\u2028\u2029]")


def one_line(text: str) -> str:
    """In one line, printable and breakable."""
    return breakable(printable(" ".join(_LINES.sub(" ", text).split())))


def titled(text: str) -> str:
    """A line that a heading can be: there is always something in it."""
    return one_line(text) or "–"


def breakable(text: str) -> str:
    """With places to break a word that is wider than the column."""
    return _WIDE.sub("\\g<0>\u200b", text)


def paragraphs(text: str) -> Paragraphs:
    """Paragraphs of lines, as somebody wrote them."""
    found: Paragraphs = [[]]
    for line in _LINES.split(text):
        if line.strip():
            found[-1].append(breakable(printable(line).rstrip()))
        elif found[-1]:
            found.append([])
    return [lines for lines in found if lines]


def shortened(text: str, most: int) -> str:
    said = " ".join(printable(text).split())
    return said if len(said) <= most else f"{said[: most - 1].rstrip()}…"
