"""What repeats at the edges of the pages of a document: heads, feet, numbers and watermarks."""

import re
from collections import Counter
from collections.abc import Sequence

from domain.reading.page.lines import Printed, printed_lines
from domain.reading.page.prepared import Prepared
from domain.reading.page.words import Word
from domain.reading.text.margins import without_digits

_EDGE = 0.11
_PAGE_NUMBER = re.compile(r"(?:page\s*)?#(?:\s*(?:of|/)\s*#)?|[-–—|\s]*#[-–—|\s]*|.*\bpage\s*#.*")


def without_margins(pages: Sequence[Prepared]) -> tuple[list[str], list[list[Word]], list[int]]:
    """What repeats at the edges of the pages, each text once; the words that are left; how many lines stood above them."""
    left_out: list[str] = []
    lines: list[list[Printed]] = []
    for page in pages:
        watermarks = _watermarks(page)
        left_out += [word.text for word in watermarks]
        held = {id(word) for word in watermarks}
        lines.append(printed_lines([word for word in page.words if id(word) not in held]))
    above = [0] * len(pages)
    for is_foot in (False, True):
        # How often which text stands on which height, in steps that overlap.
        seen: Counter[tuple[str, int]] = Counter()
        for page, here in zip(pages, lines, strict=True):
            seen.update(
                {(without_digits(line.text), _step(line, page, is_foot) + shift) for line in here for shift in (-1, 0, 1)}
            )

        def repeats(line: Printed, page: Prepared, is_foot: bool = is_foot, seen: Counter[tuple[str, int]] = seen) -> int:
            return seen[without_digits(line.text), _step(line, page, is_foot)]

        for at, page in enumerate(pages):
            here = lines[at]
            while here:
                line = here[-1] if is_foot else here[0]
                alone = is_foot and len(pages) == 1 and len(here) > 1 and _is_lone_foot(line, here[-2], page)
                if not alone and not _is_margin(line, page, len(pages), repeats(line, page), is_foot):
                    break
                if not all(2 * repeats(one, page) > len(pages) for one in _of_one_table(line, page, here)):
                    break
                left_out.append(line.text)
                here.pop(-1 if is_foot else 0)
                above[at] += not is_foot
    by_pattern: dict[str, str] = {}
    for text in left_out:
        by_pattern.setdefault(without_digits(text), text)
    kept = [[word for line in here for phrase in line.phrases for word in phrase.words] for here in lines]
    return list(by_pattern.values()), kept, above


def _is_margin(line: Printed, page: Prepared, count: int, repeats: int, is_foot: bool) -> bool:
    """Whether the outermost line is a head or foot."""
    height = page.sheet.height
    away = height - line.bottom if is_foot else line.top
    said = without_digits(line.text)
    # A lone page number is one on a single page too.
    if (away < 0.08 * height and len(said) < 60 and _PAGE_NUMBER.fullmatch(said)) or re.fullmatch(
        r"\W*page #(?: of #)?\W*", said
    ):
        return True
    often = repeats > 1 and repeats * 2 >= count - (count > 2)
    far = count > 2 and repeats >= count - 1 and away < 0.2 * height
    return often and (away < _EDGE * height or far)


def _is_lone_foot(line: Printed, above: Printed, page: Prepared) -> bool:
    """Whether the last line of the only page is a foot: it has nothing to repeat, but stands far below the rest."""
    height = page.sheet.height
    is_small = line.size <= 1.02 * above.size and not line.is_bold
    return is_small and height - line.bottom < 0.08 * height and line.top - above.bottom > 3 * line.size


def _of_one_table(line: Printed, page: Prepared, lines: Sequence[Printed]) -> list[Printed]:
    """The lines of the ruled table that the line stands in: a table goes as a whole or stays."""
    middle = (line.top + line.bottom) / 2
    for grid in page.grids:
        if grid.top < middle < grid.bottom and line.right > grid.left and line.left < grid.right:
            return [one for one in lines if grid.top < (one.top + one.bottom) / 2 < grid.bottom]
    return []


def _step(line: Printed, page: Prepared, is_foot: bool) -> int:
    return round((page.sheet.height - line.bottom if is_foot else line.top) / 8)


def _watermarks(page: Prepared) -> list[Word]:
    """Big words that lie upon other text."""
    sizes = sorted(word.size for word in page.words)
    usual = sizes[len(sizes) // 2] if sizes else 10.0
    return [
        word
        for word in page.words
        if word.size >= max(30, 2.6 * usual)
        and any(
            other.size < 0.6 * word.size
            and min(word.right, other.right) > max(word.left, other.left)
            and word.top + 0.2 * word.size < other.down < word.baseline
            for other in page.words
        )
    ]
