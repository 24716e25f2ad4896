"""Stretches of a page: lines below one another that leave the same gaps free, and so may be columns."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.reading.page.items import Table
from domain.reading.page.lines import Phrase, Printed

Element = Printed | Table
Span = tuple[float, float]
_MOST_OF_A_STRETCH = 300


@dataclass
class Stretch:
    """Elements below one another that leave the same gaps free; `spanning` are the lines that cross some of them."""

    elements: list[Element]
    gaps: list[Span]
    spanning: set[int]

    def column_of(self, left: float, right: float) -> int:
        """Between which gaps something stands."""
        middle = (left + right) / 2
        return sum(1 for begin, end in self.gaps if middle > (begin + end) / 2)

    def sides(self, element: Element) -> list[list[Phrase]]:
        """The phrases of a line by column."""
        sides: list[list[Phrase]] = [[] for _ in range(len(self.gaps) + 1)]
        if isinstance(element, Printed):
            for phrase in element.phrases:
                sides[self.column_of(phrase.left, phrase.right)].append(phrase)
        return sides


def _taken(element: Element) -> list[Span]:
    if isinstance(element, Table):
        return [(element.left, element.right)]
    return [(phrase.left, phrase.right) for phrase in element.phrases]


def _size(element: Element) -> float:
    return element.size if isinstance(element, Printed) else 10.0


def _parts_stretches(elements: Sequence[Element], at: int, here: int) -> bool:
    """Whether this line is the heading of what stands below, and not of some rows of one table."""
    one = elements[here]
    # Without bold type, what stands after a blank line is one as well.
    is_apart = one.top - max(each.bottom for each in elements[at:here]) > 0.9 * _size(one)
    if not isinstance(one, Printed) or len(one.phrases) > 1 or not (one.is_bold or is_apart):
        return False
    above = [each for each in elements[at:here] if isinstance(each, Printed) and len(each.phrases) > 1]
    if above and one.size > 1.07 * max(each.size for each in above):
        return True
    below = next(
        (each for each in elements[here + 1 : here + 6] if not isinstance(each, Printed) or len(each.phrases) > 1), None
    )
    if not isinstance(below, Printed):
        return below is not None
    usual = Counter(len(each.phrases) for each in above).most_common(1)
    return bool(usual) and (below.is_bold or not one.is_bold) and len(below.phrases) != usual[0][0]


def _is_bold(element: Element) -> bool:
    return isinstance(element, Printed) and element.is_bold


def _left_free(gaps: Sequence[Span], taken: Sequence[Span], least: float) -> list[Span]:
    """What of each gap the element leaves free: the widest piece, where it is wide enough."""
    left: list[Span] = []
    for gap in gaps:
        pieces = [gap]
        for begin, end in taken:
            pieces = [
                piece
                for low, high in pieces
                for piece in ((low, min(high, begin)), (max(low, end), high))
                if piece[1] > piece[0]
            ]
        widest = max(pieces, key=lambda piece: piece[1] - piece[0], default=None)
        if widest is not None and widest[1] - widest[0] >= least:
            left.append(widest)
    return left


def stretch_at(elements: Sequence[Element], at: int) -> Stretch | None:
    """The longest run of elements from here that leaves the gaps of its beginning free."""
    first = elements[at]
    taken, end = sorted(_taken(first)), at + 1
    if len(taken) == 1:
        if end >= len(elements) or elements[end].top > first.bottom - 0.2 * _size(first):
            return None
        taken, end = sorted([*taken, *_taken(elements[end])]), end + 1
    gaps = [(before[1], after[0]) for before, after in pairwise(taken) if after[0] - before[1] > 0.22 * _size(first)]
    if not gaps:
        return None
    several = 1
    spanning: set[int] = set()
    bottom = max(one.bottom for one in elements[at:end])
    while end < min(len(elements), at + _MOST_OF_A_STRETCH):
        one = elements[end]
        if one.top - bottom > 2.2 * min(_size(one), _size(first)):
            break
        if end > at + 1 and _parts_stretches(elements, at, end):
            break
        # A heading over all columns begins another table, and so does a row of many more.
        if several > 1 and len(_taken(one)) > len(gaps) + 2:
            break
        # Labels with their values above a table are no row of it.
        if _is_of_labels(first) and len(_taken(one)) > len(gaps) + 1 and not _is_of_labels(one):
            break
        if several > 1 and len(_taken(one)) > len(gaps) and _is_bold(one) and not _is_bold(elements[end - 1]):
            break
        now = _left_free(gaps, _taken(one), max(3.0, 0.3 * _size(one)))
        if len(now) < len(gaps):
            if _spans(elements, end, gaps):
                spanning.add(end - at)
            elif not now or several > 1:
                break
            else:
                gaps = now
        else:
            gaps = now
        several += len(_taken(one)) > 1
        bottom = max(bottom, one.bottom)
        end += 1
    while spanning and end - 1 - at in spanning:
        end -= 1
        spanning.discard(end - at)
    return Stretch(list(elements[at:end]), gaps, spanning)


def _is_of_labels(element: Element) -> bool:
    """Whether a line holds labels with their values."""
    phrases = element.phrases if isinstance(element, Printed) else []
    return len(phrases) > 1 and sum(":" in phrase.text for phrase in phrases) * 2 >= len(phrases)


def _spans(elements: Sequence[Element], at: int, gaps: Sequence[Span]) -> bool:
    """Whether this is a line across columns that go on below it."""
    one = elements[at]
    if not isinstance(one, Printed) or len(one.phrases) > 1 or at + 1 >= len(elements):
        return False
    below = elements[at + 1]
    if not isinstance(below, Printed) or len(below.phrases) < 2 or below.top - one.bottom > 1.5 * one.size:
        return False
    return len(_left_free(gaps, _taken(below), max(3.0, 0.3 * below.size))) == len(gaps)
