"""Which promise of the one version is which of the other: one to one, with the least difference in all.

They pair when they are about the same thing. Equal texts come first; then what shares the words that say what it is. How
many minutes, how surely, by whom and where only settle which of several that are about the same.
"""

import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta

from rapidfuzz import fuzz

from domain.changes.assignment import assigned
from domain.changes.lists import is_misspelt
from domain.changes.side import Side
from domain.frequency import WEEKS

# Of a million: so much must two have in common; less with a common identity, more for another kind.
LEAST, LEAST_OF_ONE_IDENTITY, LEAST_OF_OTHER_KIND = 340_000, 200_000, 750_000
LEAST_IN_ALL = 600_000
_SAME_IDENTITY = 150_000
_OTHER_KIND, _OTHER_ROW = 100_000, 120_000
Pair = tuple[int, int]


def paired(before: Sequence[Side], after: Sequence[Side]) -> list[Pair]:
    """The places of those that belong together."""
    found: list[Pair] = []
    left, free = set(range(len(before))), set(range(len(after)))
    near = _Nearness(before, after)
    # The same in everything, then the same text, then the same matter.
    for key in (_everything, _text):
        mine, theirs = _grouped(before, left, key), _grouped(after, free, key)
        for each in sorted(mine.keys() & theirs.keys()):
            pairs = _best(mine[each], theirs[each], near.of_one_text)
            found += pairs
            left -= {one for one, _ in pairs}
            free -= {other for _, other in pairs}
    alike = _Alike(before, after, left, free)
    for mine_left, theirs_left in _islands(left, free, alike):
        found += _best(mine_left, theirs_left, alike.of)
    return found


def _everything(side: Side) -> str:
    return side.everything


def _text(side: Side) -> str:
    return side.plain


def _grouped(sides: Sequence[Side], places: set[int], key: Callable[[Side], str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for place in sorted(places):
        groups[key(sides[place])].append(place)
    return groups


class _Nearness:
    """What tells promises of one text apart, and a tie-breaker that is the same from either side."""

    def __init__(self, before: Sequence[Side], after: Sequence[Side]) -> None:
        self._before, self._after = before, after

    def of_one_text(self, one: int, other: int) -> int:
        return 2_000_000 + self._nearness(one, other) << 40 | self._tie(one, other)

    def _nearness(self, one: int, other: int) -> int:
        """What does not decide, but tells the rows of one service apart."""
        before, after = self._before[one], self._after[other]
        mine, theirs = before.promise, after.promise
        near = _SAME_IDENTITY if mine.identity is not None and mine.identity == theirs.identity else 0
        near -= _OTHER_KIND * (mine.kind != theirs.kind)
        terms, their_terms = before.terms, after.terms
        near -= _OTHER_ROW * _apart(terms.ratio, their_terms.ratio)
        near -= _OTHER_ROW * (terms.contact != their_terms.contact)
        near -= _OTHER_ROW * (terms.is_extended_year != their_terms.is_extended_year)
        near -= _OTHER_ROW * (_is_summer(before) != _is_summer(after))
        if before.place and after.place:
            near -= 40_000 * len(before.place ^ after.place) // len(before.place | after.place)
        near -= 20_000 * (before.person.names != after.person.names)
        near -= _amount_apart(before, after)
        near += int(400 * fuzz.ratio(terms.plain, their_terms.plain))
        return near

    def _tie(self, one: int, other: int) -> int:
        return zlib.crc32("\n".join(sorted((self._before[one].line, self._after[other].line))).encode())


class _Alike(_Nearness):
    """How like two promises are, of a million: of those that no equal text has paired."""

    def __init__(self, before: Sequence[Side], after: Sequence[Side], left: set[int], free: set[int]) -> None:
        super().__init__(before, after)
        sides = ([(place, before[place]) for place in sorted(left)], [(place, after[place]) for place in sorted(free)])
        same = _misspelt([each for _, each in sides[0]], [each for _, each in sides[1]])
        self.words = [
            {place: {same.get(word, word): weight for word, weight in each.terms.weights} for place, each in part}
            for part in sides
        ]
        self.bags = [
            {place: {same.get(word, word): weight for word, weight in each.terms.bag} for place, each in part} for part in sides
        ]
        self._totals = [{place: sum(words.values()) for place, words in part.items()} for part in self.words]

    def of(self, one: int, other: int) -> int:
        """0 when they are not of the same matter."""
        mine, theirs = self._before[one].promise, self._after[other].promise
        shared = self._shared(one, other)
        is_one_identity = mine.identity is not None and mine.identity == theirs.identity
        is_one_kind = mine.kind == theirs.kind
        least = LEAST_OF_ONE_IDENTITY if is_one_identity else LEAST
        if shared < (least if is_one_kind else LEAST_OF_OTHER_KIND) or (not is_one_kind and "goal" in (mine.kind, theirs.kind)):
            return 0
        return max(1, shared + self._nearness(one, other)) << 40 | self._tie(one, other)

    def _shared(self, one: int, other: int) -> int:
        if self._is_of_other_subject(one, other):
            return 0
        mine, theirs = self.words[0][one], self.words[1][other]
        total = self._totals[0][one] + self._totals[1][other]
        shared = sum(min(mine[word], theirs[word]) for word in mine.keys() & theirs.keys())
        likeness = 2_000_000 * shared // total if total else 0
        if likeness < LEAST:
            # The same words with other small ones before them: "quiet room for tests", "tests in a quiet room".
            mine, theirs = self.bags[0][one], self.bags[1][other]
            total = sum(mine.values()) + sum(theirs.values())
            if 2_000_000 * sum(mine[word] for word in mine.keys() & theirs.keys()) > LEAST_IN_ALL * total:
                return LEAST
        return likeness

    def _is_of_other_subject(self, one: int, other: int) -> bool:
        """Reading is not writing, however alike the rest."""
        mine, theirs = (self._before[one].terms.subjects, self._after[other].terms.subjects)
        kinds = {self._before[one].promise.kind, self._after[other].promise.kind}
        return bool(mine and theirs and not mine & theirs and kinds <= {"service", "goal"})


def _apart(one: object, other: object) -> bool:
    """Whether one is said to be individual and the other a group."""
    return one != other and (one == 100 or other == 100)


def _is_summer(side: Side) -> bool:
    """A row whose whole span lies in the summer, for less than three months."""
    first, last = side.promise.starts_on, side.promise.ends_on
    return bool(first and last and first.month in (6, 7, 8) and last - first < timedelta(days=80))


def _amount_apart(before: Side, after: Side) -> int:
    one, other = (_a_week(each) for each in (before, after))
    if one == other:
        return 0
    return 2_000 + 8_000 * abs(one - other) // (one + other)


def _a_week(side: Side) -> int:
    minutes, times, per = side.amount
    return int((minutes or 0) * (times or 1) * 100 / WEEKS[per][1]) if per else (minutes or 0)


def _misspelt(before: Sequence[Side], after: Sequence[Side]) -> dict[str, str]:
    """The words of only one version that are those of the other, spelled otherwise; each with the first of the two."""
    mine = {word for each in before for word, _ in each.terms.weights}
    theirs = {word for each in after for word, _ in each.terms.weights}
    by_letter: dict[str, list[str]] = defaultdict(list)
    for word in sorted(theirs - mine):
        by_letter[word[0]].append(word)
    same: dict[str, str] = {}
    for word in sorted(mine - theirs):
        for other in by_letter[word[0]]:
            if is_misspelt(word, other):
                first = min(word, other)
                same[word] = same[other] = first
    return same


def _islands(left: set[int], free: set[int], alike: _Alike) -> list[tuple[list[int], list[int]]]:
    """Those that have words in common, directly or through others: small assignments instead of a large one."""
    by_word: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, places in ((0, left), (1, free)):
        for place in sorted(places):
            for word, weight in (alike.words[side][place] | alike.bags[side][place]).items():
                if weight > 1:
                    by_word[word][side].append(place)
    neighbours: dict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
    for mine, theirs in by_word.values():
        for one in mine:
            for other in theirs:
                if (1, other) not in neighbours[0, one] and alike.of(one, other):
                    neighbours[0, one].add((1, other))
                    neighbours[1, other].add((0, one))
    seen: set[tuple[int, int]] = set()
    islands = []
    for start in sorted(neighbours):
        if start in seen or not neighbours[start]:
            continue
        island, waiting = {start}, [start]
        while waiting:
            for each in neighbours[waiting.pop()] - island:
                island.add(each)
                waiting.append(each)
        seen |= island
        islands.append(
            (sorted(place for side, place in island if side == 0), sorted(place for side, place in island if side == 1))
        )
    return islands


def _best(mine: list[int], theirs: list[int], alike: Callable[[int, int], int]) -> list[Pair]:
    """The pairs that are most alike in all; no pair where there is no likeness."""
    if not mine or not theirs:
        return []
    if len(mine) == len(theirs) == 1:
        return [(mine[0], theirs[0])]
    if len(mine) <= len(theirs):
        likeness = [[alike(one, other) for other in theirs] for one in mine]
        columns = assigned([[-each for each in line] for line in likeness])
        return [(mine[row], theirs[column]) for row, column in enumerate(columns) if likeness[row][column]]
    return [(one, other) for other, one in _best(theirs, mine, lambda other, one: alike(one, other))]
