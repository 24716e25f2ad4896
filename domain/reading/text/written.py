"""The lines of a plain text as they were written: without tabs, leaders, and frames around them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from domain.reading import boxes
from domain.reading.block import CHECKED

_RULE = re.compile(r"[\s\-=_*~+|#.:·•─━═│┃║┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬—–]*")
_DRAWN = dict.fromkeys(range(0x2500, 0x2580), "+") | str.maketrans("│┃║╎╏┆┇┊┋─━═┄┅┈┉╌╍", "|" * 9 + "-" * 9)
# "I E P   A T   A   G L A N C E".
_SPACED_OUT = re.compile(r"(?:[A-Z&] {1,5}){4,40}[A-Z]")
# "1 * Ana will ...": a number and a bullet.
_STARRED = re.compile(r"^( {0,12})(\d{1,2}) ?[*•–-](?= +[A-Z])")


class Written(NamedTuple):
    """A line of the file: its number from 1, its text without tabs, how it stands there, and if a page begins with it."""

    number: int
    text: str
    raw: str
    begins_page: bool
    # With its tabs, where it has any between words.
    tabbed: str = ""

    @property
    def indent(self) -> int:
        """Its leading blanks."""
        return len(self.text) - len(self.text.lstrip())


def written_lines(text: str) -> list[Written]:
    """The lines of a file."""
    lines: list[Written] = []
    # Short leaders are such only among long ones.
    short = boxes.leaders_in(text) > 2
    in_columns = sum(boxes.leaders_in(line) > 1 for line in text.splitlines()) > 1
    for number, line in enumerate(re.split("\r\n|\n|\r", text), start=1):
        begins_page = "\f" in line
        plain = re.sub("[\u200b-\u200f\u2060\ufeff\u00ad]", "", line.replace("\f", "")).replace("\u00a0", " ").translate(_DRAWN)
        tabbed = plain.rstrip() if "\t" in plain.strip() else ""
        plain = plain.expandtabs(8).rstrip()
        said = boxes.in_columns_of_leaders(plain) if in_columns else plain
        if not is_rule(plain):
            said = _STARRED.sub(r"\1\2.", boxes.without_leaders(said, short))
        if _SPACED_OUT.fullmatch(said.strip(" |")):
            said = re.sub(r"(?<=\w) (?=\w)", "", said)
        lines.append(Written(number, said, plain.strip(), begins_page, tabbed))
    return lines


def unframed(lines: Sequence[Written]) -> list[Written]:
    """The lines without the frame around them: a bar before and behind, and none between in the whole box."""
    kept = list(lines)
    begin = 0
    while begin < len(kept):
        end = begin
        while end < len(kept) and kept[end].text.strip().startswith(("|", "+")):
            end += 1
            # One box ends where the next begins.
            if end < len(kept) and is_rule(kept[end - 1].text) and is_rule(kept[end].text):
                break
        inside = [at for at in range(begin, end) if not is_rule(kept[at].text)]
        if inside and end - begin > len(inside) and all(_FRAMED.fullmatch(kept[at].text.strip()) for at in inside):
            for at in range(begin, end):
                text = kept[at].text.replace("|", " ").rstrip() if at in inside else ""
                kept[at] = kept[at]._replace(text=text, raw=text.strip())
        begin = max(end, begin + 1)
    return kept


_FRAMED = re.compile(r"\|[^|]*\|")


def is_rule(text: str) -> bool:
    """Whether a line is drawn, and holds no words."""
    stripped = text.strip()
    return (
        len(stripped) > 2
        and _RULE.fullmatch(stripped) is not None
        and boxes.with_boxes(stripped, boxes.Style()).strip("|").strip() != CHECKED
    )
