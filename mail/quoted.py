"""What somebody wrote themselves, without the mail below that they answer.

Where the answered mail begins, mail-parser-reply knows in the words of many mail programs. Its expressions take a time that
grows with the square of a line: they are shown a few short lines at a time, and only where such a beginning can be.
"""

import re
from functools import cache

from mailparser_reply import EmailReplyParser

LONGEST = 100_000
_MOST_LINES = 5000
_MOST_LOOKS = 60
_LINES_SHOWN = 8
_LONGEST_SHOWN = 200
# How a line begins behind which an answered mail may follow, in English or Spanish; and how a ruler looks.
_BEGINNING = re.compile(r"[>* ]{0,10}(on|from|sent|el|de|enviado|-{5,}|_{10,})\b|[>* ]{0,10}[-_]{5,}", re.IGNORECASE)
_WROTE = re.compile(
    r"[> ]{0,10}(on|el)\b[^\n]{5,200}(\n[^\n]{0,200})?(wrote|escribi[oó])\s?:\s*$", re.IGNORECASE | re.MULTILINE
)
_RULER = re.compile(
    r"[> ]{0,10}(-{3,20} ?(original message|mensaje original|forwarded message) ?-{3,20}|_{30,})\s*$", re.IGNORECASE
)


@cache
def _headers() -> "re.Pattern[str]":
    found: re.Pattern[str] = EmailReplyParser(languages=["en", "es"]).read("").HEADER_REGEX
    return found


def own_words(text: str) -> str:
    """The words above, between or below what is quoted. All of the text where nothing else is left of it."""
    lines = text[:LONGEST].split("\n")[:_MOST_LINES]
    begin, end = _quoted(lines)
    above = _unquoted(lines[:begin])
    if above:
        return above
    # Answered below or between: what is not quoted, if the quote is marked.
    below = lines[end:]
    if any(line.lstrip().startswith(">") for line in below) and (between := _unquoted(below)):
        return between
    return text.strip()


def _quoted(lines: list[str]) -> tuple[int, int]:
    """From which line to which the head of the answered mail goes; both behind the last where there is none."""
    looks = 0
    for number, line in enumerate(lines):
        if not _BEGINNING.match(line):
            continue
        looks += 1
        if looks > _MOST_LOOKS:
            break
        shown = "\n".join(one[:_LONGEST_SHOWN] for one in lines[number : number + _LINES_SHOWN])
        if found := _RULER.match(shown.partition("\n")[0]) or _WROTE.match(shown) or _headers().match(shown):
            return number, number + 1 + found.group().strip("\n").count("\n")
    return len(lines), len(lines)


def _unquoted(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines if not line.lstrip().startswith(">")).strip()
