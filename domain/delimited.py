"""A table that is a text: which sign parts its cells, and what stands in them. Pure: text comes in, rows go out."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

# In the order in which they are preferred where two part a text alike: a comma stands within cells too.
DELIMITERS = ("\t", ";", "|", ",")
_SAMPLE, _SAMPLE_ROWS = 2**16, 100
# What Excel writes above a table, for itself.
_SAID = re.compile(r"sep=([\t;|,])\r?\n", re.IGNORECASE)


class NotParted(Exception):
    """A cell has no end: longer than any cell is."""


def delimiter_of(text: str) -> str | None:
    """The sign that parts most of the rows into the same number of cells, as many as can be; None where none parts any."""
    if said := _SAID.match(text):
        return said[1]
    counted = {one: _score(text, one) for one in DELIMITERS}
    best = max(DELIMITERS, key=lambda one: counted[one])
    return best if counted[best] else None


def is_delimited(text: str) -> bool:
    """Whether a text is a table, whatever it is called: two rows or more, and nine of ten have the same three cells or more."""
    delimiter = delimiter_of(text)
    if delimiter is None:
        return False
    widths = _widths(text, delimiter)
    width, many = Counter(widths).most_common(1)[0]
    return width >= 3 and many >= 2 and many >= 0.9 * len(widths)


def rows_of(text: str, *, most: int, strictly: bool = True) -> Sequence[Sequence[str]]:
    """The rows, blank ones too, so that each keeps its number; no more than `most`.

    Raises `csv.Error` where a quotation mark is not closed, unless not `strictly`; `NotParted`.
    """
    delimiter = delimiter_of(text) or ","
    said = _SAID.match(text)
    rest = text[said.end() :] if said else text
    # The line that Excel wrote for itself is a row of the file too: numbers stay those that an editor shows.
    first: list[list[str]] = [[]] if said else []
    try:
        return first + list(islice(_parted(rest, delimiter, strictly), most - len(first)))
    except csv.Error as why:
        if "limit" in str(why):
            raise NotParted from why
        raise


def _parted(text: str, delimiter: str, strictly: bool) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strictly)


def _score(text: str, delimiter: str) -> int:
    """In how many places rows that are alike are parted."""
    widths = _widths(text, delimiter)
    if not widths:
        return 0
    width, many = max(Counter(widths).items(), key=lambda one: one[1] * (one[0] - 1))
    return many * (width - 1)


def _widths(text: str, delimiter: str) -> list[int]:
    """How many cells each of the first rows has, blank ones left out."""
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample.rpartition("\n")[0] or sample
    try:
        rows = list(islice(_parted(sample, delimiter, False), _SAMPLE_ROWS))
    except csv.Error:
        return []
    return [len(row) for row in rows if any(cell.strip() for cell in row)]
