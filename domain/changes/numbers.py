"""Numbers of two promises, matched and compared."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from domain.changes.difference import Difference
from domain.changes.figure import Figure
from domain.changes.telling import Telling, sentence
from domain.changes.time import interval
from domain.changes.whole import parts_of
from domain.changes.words import WORD, stem

if TYPE_CHECKING:
    from domain.changes.side import Side
    from domain.changes.terms import Terms


def figures_differ(before: "Side", after: "Side") -> Iterator[Difference]:
    skipped = {"interval"} if interval(before, after) else set[str]()
    mine, theirs = ([figure for figure in side.terms.figures if figure.key not in skipped] for side in (before, after))
    pairs: list[tuple[Figure, Figure]] = []
    for key in sorted({figure.key for figure in mine} & {figure.key for figure in theirs}):
        pairs += _paired([figure for figure in mine if figure.key == key], [figure for figure in theirs if figure.key == key])
    _take(mine, theirs, pairs)
    # The same number of something that is called otherwise, and the only ones that are left.
    same = [(one, other) for one in mine for other in theirs if one.value == other.value and one.more == other.more]
    for one, other in same:
        if one in mine and other in theirs:
            mine.remove(one)
            theirs.remove(other)
    if {figure.key for figure in mine} == {figure.key for figure in theirs} ^ {"percent", "of"} and len(mine) == len(
        theirs
    ) == 1:
        pairs += _as_shares(mine.pop(), theirs.pop())
    if len(mine) == len(theirs) == 1 and mine[0].better == theirs[0].better and not {mine[0].key, theirs[0].key} & _OWN_KEYS:
        pairs.append((mine.pop(), theirs.pop()))
    telling: Telling | None = None
    for one, other in pairs:
        if (one.value, one.more) == (other.value, other.more):
            continue
        is_more = (other.value, other.more) > (one.value, one.more)
        sign = (1 if is_more else -1) * one.better if one.better == other.better else 0
        telling = telling or Telling(before, after)
        yield Difference(sign, ("text",), sentence(f"{telling.figure(one.said, 0)} became {telling.figure(other.said, 1)}."))
    # "Up to" so much is a limit: whether it is one, certainty says.
    mine, theirs = ([figure for figure in figures if not figure.is_ceiling] for figures in (mine, theirs))
    telling = telling or Telling(before, after) if mine or theirs else None
    parts = parts_of(after.terms, before.terms), parts_of(before.terms, after.terms)
    for figures, side, words in ((mine, 0, "It no longer says {}."), (theirs, 1, "It now says {}.")):
        for figure in figures:
            said = telling.figure(figure.said, side) if telling else figure.said
            # "On one section of the test" is less than on tests.
            is_part = any(stem(word) in parts[side] for word in WORD.findall(figure.said))
            yield Difference((-1 if is_part else _stated(figure)) * (1 if side else -1), ("text",), words.format(said))


def _stated(figure: Figure) -> int:
    """What it is worth that a number is said: "assignments over one page" are fewer than assignments."""
    return -1 if figure.key == "threshold" and figure.better < 0 else 1 if figure.better else 0


def _as_shares(one: Figure, other: Figure) -> list[tuple[Figure, Figure]]:
    """80% is 4 of 5."""
    shares = [
        Figure("of", figure.value / (100 if figure.key == "percent" else 1), figure.better, said=figure.said)
        for figure in (one, other)
    ]
    return [(shares[0], shares[1])]


_OWN_KEYS = frozenset(
    ("percent", "of", "time", "interval", "interval of work", "grade", "money", "extra time", "size", "threshold")
)


def _paired(mine: list[Figure], theirs: list[Figure]) -> list[tuple[Figure, Figure]]:
    """Of the same key: the equal ones first, the others by their order."""
    pairs = []
    for one in list(mine):
        if one in theirs:
            mine.remove(one)
            theirs.remove(one)
            pairs.append((one, one))
    return pairs + list(zip(mine, theirs, strict=False))


def _take(mine: list[Figure], theirs: list[Figure], pairs: Sequence[tuple[Figure, Figure]]) -> None:
    for one, other in pairs:
        mine.remove(one)
        theirs.remove(other)


def figure_words(of: "Terms", beside: "Terms") -> frozenset[str]:
    """The words that stood with a number that the other has not."""
    keys = {figure.key for figure in beside.figures}
    gone = [figure.said for figure in of.figures if figure.key not in keys and figure.better]
    words = {stem(word) for said in gone for word in said.split()[1:] if word.isalpha()}
    is_time = any(figure.key == "time" for figure in of.figures) and "extra time" not in keys
    return frozenset(words | ({stem("extratime")} if is_time and "time" not in keys else set()))
