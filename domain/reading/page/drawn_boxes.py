"""Check boxes that a page draws, or has as fields of a form: each becomes a word of its line."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from domain.reading.block import CHECKED, UNCHECKED
from domain.reading.page.signs import Rule, Shape, Sheet
from domain.reading.page.words import Word

_SMALLEST_BOX, _BIGGEST_BOX = 4.5, 22.0
_MARKS = frozenset("xX×✓✔✗✘✕✖√☒☑●•■⨯╳")


def with_marks(sheet: Sheet, words: Sequence[Word]) -> tuple[list[Word], list[Rule]]:
    """The words with each box that is drawn, or is a field of the form, as a word; and the rules that draw no box."""
    found = [Shape(*one[:4], True, bool(one.is_marked), True) for one in sheet.fields if one.is_marked is not None]
    state: list[bool] = [bool(one.is_marked) for one in sheet.fields if one.is_marked is not None]
    known = len(found)
    drawn = [one for one in sheet.shapes if one.is_box and (one.is_filled or one.is_stroked) and _is_square(one)]
    drawn += _squares_of_rules(sheet.rules)
    near = _Nearby(found)
    # More than that are a pattern, and no form.
    for one in sorted(
        drawn if len(drawn) < _MOST_BOXES else (), key=lambda one: (one.left - one.right) * (one.bottom - one.top)
    ):
        if not any(_overlap(one, other) for other in near.of(one)):
            found.append(one)
            state.append(False)
            near.add(one)
    words_near = _Nearby([Shape(*word[1:5], False, False, False) for word in words])
    shapes_near = _Nearby(sheet.shapes)
    rules_near = _Nearby([Shape(*one, False, False, False) for one in sheet.rules])
    made: list[Word] = []
    removed: set[int] = set()
    boxes: list[Shape] = []
    for position, box in enumerate(found):
        around = [at for at in words_near.positions(box) if at not in removed]
        inside = [at for at in around if _contains(box, words[at].across, words[at].down, 1.5)]
        texts = "".join(words[at].text for at in inside)
        if position >= known:
            if len(texts) > 2 or (texts and not set(texts) <= _MARKS) or _is_cell(box, rules_near.of(box)):
                continue
            state[position] = bool(texts) or any(_is_mark_in(box, one) for one in shapes_near.of(box))
            # What is filled and has no line around it is a box only with a mark upon it.
            if not box.is_stroked and not state[position]:
                continue
        elif len(texts) > 2:
            inside = []
        removed.update(inside)
        boxes.append(box)
        made.append(_word_of_box(box, state[position], [words[at] for at in words_near.positions(box) if at not in removed]))
    boxes_near = _Nearby(boxes)
    rules = [
        one
        for one in sheet.rules
        if not any(
            _contains(box, one.left, one.top, 1.2) and _contains(box, one.right, one.bottom, 1.2)
            for box in boxes_near.of(Shape(*one, False, False, False))
        )
    ]
    return [*(word for at, word in enumerate(words) if at not in removed), *made], rules


class _Nearby:
    """Shapes by the stripes of the page that they touch."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        self.shapes = list(shapes)
        self.stripes: dict[int, list[int]] = defaultdict(list)
        for at, one in enumerate(self.shapes):
            self._put(at, one)

    def _put(self, at: int, one: Shape) -> None:
        for stripe in range(int(one.top // _STRIPE), min(int(one.bottom // _STRIPE), int(one.top // _STRIPE) + 200) + 1):
            self.stripes[stripe].append(at)

    def add(self, one: Shape) -> None:
        """One more."""
        self.shapes.append(one)
        self._put(len(self.shapes) - 1, one)

    def positions(self, box: Shape) -> list[int]:
        """Which touch the same stripes, or the next ones."""
        first, last = int((box.top - 2) // _STRIPE), int((box.bottom + 2) // _STRIPE)
        return list(dict.fromkeys(at for stripe in range(first, min(last, first + 200) + 1) for at in self.stripes[stripe]))

    def of(self, box: Shape) -> list[Shape]:
        """The shapes themselves."""
        return [self.shapes[at] for at in self.positions(box)]


_STRIPE = 24.0
_MOST_BOXES = 1_500


def _word_of_box(box: Shape, is_marked: bool, words: Sequence[Word]) -> Word:
    """The box on the line of what stands beside it."""
    middle = (box.top + box.bottom) / 2
    best: tuple[float, Word] | None = None
    for word in words:
        if not word.top - 2 <= middle <= word.bottom + 2:
            continue
        away = (
            word.left - box.right
            if word.left >= box.right - 2
            else 2 * (box.left - word.right)
            if word.right <= box.left + 2
            else 999.0
        )
        if -3 < away < 900 and (best is None or away < best[0]):
            best = (away, word)
    high = box.bottom - box.top
    size = best[1].size if best else max(high, 7.0)
    baseline = best[1].baseline if best else middle + 0.35 * high
    return Word(CHECKED if is_marked else UNCHECKED, box.left, box.top, box.right, box.bottom, baseline, size)


def _is_square(one: Shape) -> bool:
    wide, high = one.right - one.left, one.bottom - one.top
    return _SMALLEST_BOX <= wide <= _BIGGEST_BOX and _SMALLEST_BOX <= high <= _BIGGEST_BOX and 0.7 < wide / high < 1.43


def _squares_of_rules(rules: Sequence[Rule]) -> list[Shape]:
    """Squares that are drawn as four lines."""
    short = [one for one in rules if max(one.right - one.left, one.bottom - one.top) <= _BIGGEST_BOX + 1]
    across: dict[tuple[int, int], list[Rule]] = defaultdict(list)
    upright: set[tuple[int, int]] = set()
    for one in short:
        if one.right - one.left >= _SMALLEST_BOX:
            across[round(one.left), round(one.right)].append(one)
        elif one.bottom - one.top >= _SMALLEST_BOX:
            for x in (-1, 0, 1):
                upright.update((round(one.left) + x, round(one.top) + y) for y in (-1, 0, 1))
    found: list[Shape] = []
    for (left, right), lines in across.items():
        lines.sort(key=lambda one: one.top)
        for upper, lower in pairwise(lines):
            box = Shape(upper.left, upper.top, upper.right, lower.top, True, False, True)
            if _is_square(box) and (left, round(upper.top)) in upright and (right, round(upper.top)) in upright:
                found.append(box)
    return found


def _contains(box: Shape, x: float, y: float, slack: float = 0.0) -> bool:
    return box.left - slack <= x <= box.right + slack and box.top - slack <= y <= box.bottom + slack


def _overlap(one: Shape, other: Shape) -> bool:
    return (
        min(one.right, other.right) - max(one.left, other.left) > 1
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 1
    )


def _is_mark_in(box: Shape, one: Shape) -> bool:
    """Whether the shape is a tick, a cross or a dot in the box, and not the box itself or one of its sides."""
    wide, high = one.right - one.left, one.bottom - one.top
    if wide < 1.5 or high < 1.5 or not _contains(box, (one.left + one.right) / 2, (one.top + one.bottom) / 2):
        return False
    if one.is_box and (not one.is_filled or not box.is_stroked):
        return False
    same = abs(wide - (box.right - box.left)) < 1.2 and abs(high - (box.bottom - box.top)) < 1.2
    return not (one.is_box and same)


def _is_cell(box: Shape, rules: Sequence[Shape]) -> bool:
    """Whether its sides go on beyond it, as those of a table's cell do."""
    across = down = 0
    for one in rules:
        if one.bottom - one.top < 1 and (abs(one.top - box.top) < 1 or abs(one.top - box.bottom) < 1):
            across += (one.left < box.right + 1 and one.right > box.right + 3) or (
                one.right > box.left - 1 and one.left < box.left - 3
            )
        elif one.right - one.left < 1 and (abs(one.left - box.left) < 1 or abs(one.left - box.right) < 1):
            down += (one.top < box.bottom + 1 and one.bottom > box.bottom + 3) or (
                one.bottom > box.top - 1 and one.top < box.top - 3
            )
    return across > 0 and down > 0
