"""Lines of pages as lines of text: their numbers, the levels of headings, and whether one goes on with the next."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from domain.reading import boxes
from domain.reading.block import Line, Source
from domain.reading.page.items import Item, TextLine
from domain.reading.page.laid import Laid
from domain.reading.page.lines import Printed, begins_item, is_wrapped

_POINTS_PER_CHARACTER = 5.0


def continues(above: TextLine, line: TextLine) -> bool:
    """Whether the line is the rest of the one above, also over a page or column."""
    upper, lower = above.printed, line.printed
    if lower.baseline > upper.baseline:
        if (
            abs(above.left - line.left) > 60
            or lower.left > upper.left + 60
            or lower.baseline - upper.baseline > 1.7 * upper.size
        ):
            return False
        wide = above.right - above.left
        if upper.text.endswith("-") and lower.text[:1].islower() and upper.text[-2:-1].isalpha():
            return True
        reads = (
            lower.text[:1].islower()
            and not upper.text.endswith((".", ":", ";", "!", "?"))
            and upper.right > above.left + 0.7 * wide
        )
        same = abs(upper.size - lower.size) < 0.12 * upper.size
        return is_wrapped(upper, lower, above.right) or (reads and same and not begins_item(lower.text))
    moved = replace(lower, baseline=upper.baseline + 1.2 * upper.size)
    return (
        is_wrapped(upper, moved, above.right)
        and not upper.text.endswith((".", "!", "?", ":"))
        and (lower.text[:1].islower() or upper.text[-1:] in (",", "-", "–"))
    )


def number_lines(page: Laid, count: int) -> None:
    """Numbers the printed lines of the page in reading order, after so many above them."""

    def number(items: Sequence[Item]) -> None:
        nonlocal count
        for item in items:
            if isinstance(item, TextLine):
                count += 1
                item.number = count
                continue
            for at, row in enumerate(item.rows):
                row.number = count + 1
                count += (
                    max((len(cell.lines) for cell in row.cells if not cell.is_from_above and cell.rows == 1), default=1) or 1
                )
                number(item.inner.get(at, ()))

    number(page.items)


def text_line(page: int, item: TextLine, levels: dict[float, int], goes_on: bool) -> Line:
    """A line of a page as a line of the document."""
    printed = item.printed
    level = levels.get(_rounded(printed.size))
    return Line(
        boxes.without_leaders(printed.text),
        Source(page, item.number),
        heading=level if level is not None else None if printed.is_bold else 0,
        is_bold=printed.is_bold,
        indent=max(round((printed.left - item.left) / _POINTS_PER_CHARACTER), 0),
        continues=goes_on,
    )


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def lines_of(item: Item) -> list[Printed]:
    """The printed lines of a piece of a page."""
    if isinstance(item, TextLine):
        return [item.printed]
    return [line for row in item.rows for cell in row.cells if not cell.is_from_above for line in cell.lines]


def body_size(pages: Sequence[Laid]) -> float:
    """The size that most of the text has."""
    counts: Counter[float] = Counter()
    for page in pages:
        for item in page.items:
            for line in lines_of(item):
                counts[_rounded(line.size)] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 10.0


def levels_of(pages: Sequence[Laid], body: float) -> dict[float, int]:
    """Sizes bigger than the text's, in tables and outside of them, as levels of headings."""
    counts: Counter[float] = Counter()
    for page in pages:
        for item in page.items:
            if isinstance(item, TextLine):
                counts[_rounded(item.printed.size)] += len(item.printed.text)
    running = max(counts, key=lambda size: (counts[size], -size), default=body)
    bigger = sorted((size for size in counts if size > 1.07 * max(body, running)), reverse=True)
    return {size: min(at, 4) for at, size in enumerate(bigger, start=1)}
