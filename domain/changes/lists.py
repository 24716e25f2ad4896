"""Two lists of things, compared: what is gone, what is new, what is all of it no longer."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from domain.changes.difference import Difference
from domain.changes.matters import GENERIC, UNIVERSAL
from domain.changes.things import Thing

if TYPE_CHECKING:
    from domain.changes.side import Side


def unlike(lost: frozenset[str], gained: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The same without words that are only spelled otherwise."""
    if not lost or not gained:
        return lost, gained
    mine, theirs = set(lost), set(gained)
    for word in sorted(lost):
        for other in sorted(theirs):
            if is_misspelt(word, other):
                mine.discard(word)
                theirs.discard(other)
                break
    return frozenset(mine), frozenset(theirs)


def is_misspelt(one: str, other: str) -> bool:
    """Whether two words are one, with a slip of the pen."""
    if one[0] != other[0] or abs(len(one) - len(other)) > 2 or min(len(one), len(other)) < 5:
        return one == other
    most = 1 if min(len(one), len(other)) < 8 else 2
    return OSA.distance(one, other, score_cutoff=most) <= most


def list_differs(
    mine: frozenset[Thing], theirs: frozenset[Thing], lost: frozenset[str], gained: frozenset[str], *, is_scope: bool
) -> list[Difference]:
    gone = list(mine - theirs)
    come = list(theirs - mine)
    found: list[Difference] = []
    # "In every class", then "in English": whatever is named, it is less than all.
    everywhere = [
        any(_is_everywhere(thing) for thing in things) or (any(thing.is_all for thing in part) and not _has_twin(gone, come))
        for things, part in ((mine, gone), (theirs, come))
    ]
    if everywhere[0] != everywhere[1] and gone and come:
        return [
            Difference(
                -1 if everywhere[0] else 1,
                ("text",),
                "It no longer holds for all of them." if everywhere[0] else "It now holds for all of them.",
            )
        ]
    for thing in sorted(gone, key=_ordered):
        twin = next(
            (other for other in sorted(come, key=_ordered) if other.head == thing.head and _is_twin(thing, other)), None
        )
        if twin is None:
            continue
        gone.remove(thing)
        come.remove(twin)
        found += _twins(thing, twin, lost, gained, is_scope=is_scope)
    gone = [thing for thing in gone if thing.words & lost or (thing.is_all and thing.words <= {"all"})]
    come = [thing for thing in come if thing.words & gained or (thing.is_all and thing.words <= {"all"})]
    if gone and come and not is_scope:
        found.append(Difference(0, ("text",), "It says something else.", _stems(gone, lost), _stems(come, gained)))
    else:
        if gone:
            found.append(Difference(-1, ("text",), "A part of it is no longer said.", _stems(gone, lost)))
        if come:
            found.append(Difference(1, ("text",), "It says more than before.", gained=_stems(come, gained)))
    return found


_NO_LONGER_ALL, _NOW_ALL = "It no longer holds for all.", "It now holds for all."


OF_ALL = frozenset((_NO_LONGER_ALL, _NOW_ALL))


def of_all(before: "Side", after: "Side", found: Sequence[Difference]) -> Iterator[Difference]:
    """ "A copy of all notes", then "of key notes"."""
    if any(each.reason in OF_ALL for each in found):
        return
    all_of = [{thing.head for thing in side.terms.what | side.scope if thing.is_all} for side in (before, after)]
    heads = [{thing.head for thing in side.terms.what | side.scope} for side in (before, after)]
    if (all_of[0] - all_of[1]) & heads[1]:
        yield Difference(-1, ("text",), _NO_LONGER_ALL)
    if (all_of[1] - all_of[0]) & heads[0]:
        yield Difference(1, ("text",), _NOW_ALL)


def _has_twin(gone: Sequence[Thing], come: Sequence[Thing]) -> bool:
    return any(thing.head == other.head for thing in gone for other in come)


def _is_everywhere(thing: Thing) -> bool:
    return thing.is_all and thing.head in UNIVERSAL | {"all"} and thing.more <= GENERIC


def _is_twin(one: Thing, other: Thing) -> bool:
    return one.more <= other.more or other.more <= one.more or one.is_all != other.is_all


def _twins(one: Thing, other: Thing, lost: frozenset[str], gained: frozenset[str], *, is_scope: bool) -> Iterator[Difference]:
    """Of the same thing: all of it or part of it; described more narrowly or more widely."""
    sign = 0
    if one.is_all != other.is_all:
        sign = 1 if other.is_all else -1
        yield Difference(sign, ("text",), _NOW_ALL if other.is_all else _NO_LONGER_ALL)
    less, more = one.more - other.more & one.more, other.more - one.more
    less, more = less & lost, more & gained
    if not less and not more:
        return
    if less and more:
        yield Difference(0, ("text",), "It is described otherwise.", less, more)
        return
    wider = bool(less) if is_scope else bool(more)
    if sign and (sign > 0) != wider and is_scope:
        return
    yield Difference(
        1 if wider else -1, ("text",), "It is described more widely." if wider else "It is described more narrowly.", less, more
    )


def _ordered(thing: Thing) -> tuple[str, list[str], bool]:
    return thing.head, sorted(thing.more), thing.is_all


def _stems(things: Sequence[Thing], differing: frozenset[str]) -> frozenset[str]:
    words = frozenset(word for thing in things for word in thing.words)
    return words & differing or words
