"""The lines of a text by the columns in which their words stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.reading.form.label import is_all_label, label_of

_PHRASE = re.compile(r"\S+(?: \S+)*")
_RUN = re.compile(r"-{2,}|={2,}|_{3,}|~{2,}|─{2,}")
_BOXED = re.compile(r"(?:\[[ xX✓]{0,3}\]|\([ xX✓]?\)|[☒☐]|\b_[xX]?_+)\s*\w")
# What stands in a cell as a value of its own, and never as the rest of a wrapped text.
VALUE = re.compile(
    r"[$]?[\d½¼¾⅓]|[xX✓✔√☒☐]$|\[[ xX✓]?\]$|\([ xX]\)$|[-–—]{1,3}$|n/?a$|none$|as needed|daily|weekly|monthly|quarterly|yearly"
    r"|annually|once\b|twice\b|yes$|no$",
    re.IGNORECASE,
)
Span = tuple[int, int]


@dataclass
class InColumns:
    """A line of a table: what stands in each column, or across them."""

    line: int
    cells: list[str]
    across: str = ""
    is_apart: bool = False
    # How far from the edge it begins.
    indent: int = 0

    @property
    def filled(self) -> list[int]:
        """The columns in which something stands."""
        return [at for at, cell in enumerate(self.cells) if cell]


def phrases_in(text: str) -> list[tuple[int, int, str]]:
    """Words with single blanks between them, and where they stand."""
    return [(one.start(), one.end(), one[0]) for one in _PHRASE.finditer(text)]


def is_of_dashes(text: str) -> bool:
    """Whether a line shows with dashes how wide each column is."""
    runs = text.split()
    return len(runs) > 1 and all(run[0] in "-=_~" and len(set(run)) == 1 for run in runs) and max(map(len, runs)) > 2


def is_drawn(text: str) -> bool:
    """Whether a line is drawn, and holds no words."""
    return len(text.strip()) > 2 and not any(sign.isalnum() for sign in text) and _RUN.search(text) is not None


def in_columns(line: int, text: str, columns: Sequence[Span]) -> InColumns:
    """What of a line stands in which column; across, where words go on over the room between them."""
    cells: list[list[str]] = [[] for _ in columns]
    phrases = phrases_in(text)
    across = 0
    indent = phrases[0][0] if phrases else 0
    for left, right, said in phrases:
        touched = [at for at in range(len(columns)) if _shared(left, right, columns, at) > 0]
        if len(touched) < 2:
            cells[touched[0] if touched else 0].append(said)
            continue
        # One blank may part two cells that are both full.
        place = left
        split: dict[int, list[str]] = {}
        is_split = False
        for word in said.split(" "):
            _, column = max((_shared(place, place + len(word), columns, at), -at) for at in touched)
            is_split = is_split or (place == columns[-column][0] and column < 0)
            split.setdefault(-column, []).append(word)
            place += len(word) + 1
        if len(split) > 1 and (not is_split or len(phrases) == 1):
            across += 1
            cells[touched[0]].append(said)
            continue
        for column, words in split.items():
            cells[column].append(" ".join(words))
    return InColumns(
        line, [" ".join(cell) for cell in cells], text.strip() if across and len(phrases) == 1 else "", indent=indent
    )


def _shared(left: int, right: int, columns: Sequence[Span], at: int) -> int:
    """How much of a stretch stands in a column, which reaches to the next one."""
    end = columns[at + 1][0] if at + 1 < len(columns) else right
    return min(right, end) - max(left, columns[at][0] if at else 0)


def is_sub_heading(lines: Sequence[str], at: int, end: int, columns: Sequence[Span]) -> bool:
    """Whether a line across the columns stands above a row of them, and reads as no sentence."""
    text = lines[at].strip()
    if at + 1 >= end or text.endswith((".", ",")) or len(text) > 90:
        return False
    below = in_columns(at + 1, lines[at + 1], columns)
    return not below.across and len(below.filled) > 1


def next_part(lines: Sequence[str], at: int, columns: Sequence[Span]) -> list[InColumns] | None:
    """The lines behind a blank one that are rows of the same table."""
    begin = at
    while begin < len(lines) and begin - at < 2 and not lines[begin].strip():
        begin += 1
    if begin == at or begin >= len(lines) or not lines[begin].strip() or is_drawn(lines[begin]):
        return None
    found: list[InColumns] = []
    while begin < len(lines) and lines[begin].strip() and len(found) < MOST_OF_TABLE:
        one = in_columns(begin, lines[begin], columns)
        if one.across or is_drawn(lines[begin]):
            return None
        if not found:
            places = [left for left, _, _ in phrases_in(lines[begin])]
            stands = sum(any(abs(place - left) < 2 for left, _ in columns) for place in places)
            known = sum(label_of(cell) is not None and is_all_label(cell) for cell in one.cells if cell)
            is_row = len(one.filled) > 2 or (len(one.filled) > 1 and len(columns) < 4)
            if not is_row or stands * 3 < len(places) * 2 or known > 1 or not one.cells[0] or is_form(lines[begin]):
                return None
            one.is_apart = True
        found.append(one)
        begin += 1
    return found


def is_form(text: str) -> bool:
    """Whether a line holds labels with their values, or boxes with their labels."""
    phrases = phrases_in(text)
    marked = sum(":" in said[:-1] or said.endswith(":") for _, _, said in phrases)
    return marked * 2 >= len(phrases) or len(_BOXED.findall(text)) > 1


MOST_OF_HEADING, MOST_OF_TABLE = 4, 400


def has_value(one: InColumns) -> bool:
    """Whether a value stands in a column besides the first."""
    return any(VALUE.match(cell) for cell in one.cells[1:] if cell)
