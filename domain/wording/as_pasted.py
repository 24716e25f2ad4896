"""A statement as it was meant, out of what was pasted: broken lines in one, invisible characters gone, ligatures as letters.

Whoever pastes from a page or a PDF brings its line ends along. A line end counts as a blank where the sentence goes on after
it; where an item or a sentence ends it stays, since it ends one.
"""

import re
from dataclasses import dataclass

from domain.listed import listed

_SHY = "\u00ad"
_JOINER = "\u200d"
_INVISIBLE = frozenset((_SHY, "\u200b", "\u200c", _JOINER, "\u2060", "\ufeff"))
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LINE_ENDS = "\r\n\x0b\x0c\x85\u2028\u2029"
_PASTED = re.compile(rf"[{''.join(sorted(_INVISIBLE))}]|[{''.join(_LIGATURES)}]|[{_LINE_ENDS}]\s*")
# "1.", "b)", "-": what follows is an item of a list.
_ITEM = re.compile(r"(?:\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)](?=\s)|(?:[-–—*•·▪●○◦‣>]|o(?=\s\s?\S))\s)")
# What goes on with the line before: more than a small letter or a figure, what opens or closes around one.
_OPENS = "\"'“”‘’([$#<≤≥~"
_MARKS_WITHIN = ",;.)]%/&+="
_CHECKBOX = re.compile(r"[(\[]\s?[xXvV✓✔]?\s?[)\]]")
# A line that ends with one of these is not at its end, whatever follows.
_UNFINISHED = listed(
    "a an the and or but nor of in on at to for with from by per as if when where while than that which who whose during"
    " before after between into onto under over until unless because since through within without about near upon"
    " is are was were be been will shall must may might can could should would has have had not no his her their its"
    " this these those each every any mr. mrs. ms. dr."
)
# How far back the last word of a line is looked for.
_LOOK = 24


@dataclass(frozen=True)
class Pasted:
    """The text to read, and where in the original each of its characters comes from (None: nothing was moved)."""

    text: str
    origins: tuple[int, ...] | None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters `start` to `end` stand in the original."""
        if self.origins is None:
            return start, end
        return self.origins[start], self.origins[end - 1] + 1


def as_pasted(text: str) -> Pasted:
    """The text with every broken line made whole."""
    parts: list[str] = []
    origins: list[int] = []
    done, begins = 0, len(text) - len(text.lstrip())
    for found in _PASTED.finditer(text):
        start, end = found.span()
        new = _instead(text, start, end) if start >= begins or text[start] not in _LINE_ENDS else " "
        parts += [text[done:start], new]
        origins += range(done, start)
        origins += [start] * len(new)
        done = end
    if not parts:
        return Pasted(text, None)
    parts.append(text[done:])
    origins += range(done, len(text))
    return Pasted("".join(parts), tuple(origins))


def _instead(text: str, start: int, end: int) -> str:
    first = text[start]
    if first in _LIGATURES:
        return _LIGATURES[first]
    if first == _JOINER and not (_is_letter(text, start - 1) or _is_letter(text, end)):
        # It ties the parts of a picture.
        return first
    if first in _INVISIBLE:
        return ""
    if _goes_on(text, start, end):
        before = text[start - 1 : start]
        # A word broken at its hyphen, or a blank that stands there already.
        return "" if before == _SHY or (before in ("-", "‐") and _is_letter(text, start - 2)) else " "
    return "\n"


def _is_letter(text: str, place: int) -> bool:
    return 0 <= place < len(text) and (text[place].isalnum() or text[place].isspace())


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether the sentence before a line end goes on after it."""
    if end == len(text):
        return True
    if _ITEM.match(text, end) or _CHECKBOX.match(text, end):
        return False
    first = end
    while first < end + 2 and text[first : first + 1] in _OPENS and first + 1 < len(text):
        first += 1
    if text[first].islower() or text[first].isdigit() or text[end] in _MARKS_WITHIN:
        return True
    line = text[max(0, start - _LOOK) : start].split()
    return bool(line) and text[end].isalnum() and (line[-1].lower() in _UNFINISHED or line[-1].endswith(","))
