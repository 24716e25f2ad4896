"""What a child gained and lost from one version of an IEP to the next: a comparison of promises, not of spellings.

Every promise of both versions stands in exactly one change. Turned round, what was removed is added and what was weakened is
strengthened; the order of the lines never matters.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from domain.changes.difference import Difference
from domain.changes.judgement import differences, is_spelled_alike, is_the_same
from domain.changes.pairing import paired
from domain.changes.promise import FIELDS, ORDER, Change, Owed, Promise, canonical
from domain.changes.side import Side
from domain.changes.telling import named
from domain.frequency import WEEKS, weekly_minutes

__all__ = ["CHANGES", "FIELDS", "Change", "Owed", "Promise", "changes"]

CHANGES = ORDER


def changes(before: Sequence[Promise], after: Sequence[Promise], *, before_from: date, after_from: date) -> list[Change]:
    """All changes, the weakened ones first. `before_from`, `after_from`: the first days of the versions."""
    mine, theirs = (
        [Side(each, starts) for each in _ordered(promises)] for promises, starts in ((before, before_from), (after, after_from))
    )
    pairs = paired(mine, theirs)
    totals = _Totals(mine, theirs)
    found = [_judged(mine[one], theirs[other]) for one, other in pairs]
    left = set(range(len(mine))) - {one for one, _ in pairs}
    free = set(range(len(theirs))) - {other for _, other in pairs}
    found += [_alone("removed", mine[one], totals) for one in left]
    found += [_alone("added", theirs[other], totals) for other in free]
    return sorted(found, key=_place)


def _ordered(promises: Sequence[Promise]) -> list[Promise]:
    return sorted(promises, key=canonical)


def _place(change: Change) -> tuple[int, str, str]:
    before, after = (canonical(each) if each else "" for each in (change.before, change.after))
    return ORDER.index(change.change), before, after


def _judged(before: Side, after: Side) -> Change:
    found = [] if is_the_same(before, after) else differences(before, after)
    worse = [each for each in found if each.sign < 0]
    better = [each for each in found if each.sign > 0]
    if before.promise.kind != after.promise.kind and found:
        # What counts as owed differs by kind: what either of the two ways finds counts in both, so that turning them round
        # turns better into worse and nothing else.
        back = {each.sign for each in differences(after, before)}
        worse += [_KIND_WORSE] if 1 in back and not worse else []
        better += [_KIND_BETTER] if -1 in back and not better else []
    if worse or better:
        # Beside something better or worse, what is neither does not count.
        change = "changed" if worse and better else "weakened" if worse else "strengthened"
        told = [*worse, *better]
    elif found:
        change, told = "changed", found
    elif is_spelled_alike(before, after):
        change, told = "unchanged", []
    else:
        change, told = "reworded", []
    reason = " ".join(dict.fromkeys(each.reason for each in told if each.reason)) or _SAME[change]
    return Change(change, before.promise, after.promise, _fields(told), reason, _owed(before), _owed(after))


_KIND_WORSE = Difference(-1, ("kind",), "It is promised as something else, which asks for less.")
_KIND_BETTER = Difference(1, ("kind",), "It is promised as something else, which asks for more.")
_SAME = {"reworded": "Other words for the same promise.", "unchanged": "The same as before."}


def _fields(told: Iterable[Difference]) -> tuple[str, ...]:
    named = {field for each in told for field in each.fields}
    return tuple(field for field in FIELDS if field in named)


def _alone(change: str, side: Side, totals: "_Totals") -> Change:
    owed = _owed(side)
    is_gone = change == "removed"
    reason = " ".join(
        filter(None, (f"{named(side.promise.text)} is {'no longer' if is_gone else 'newly'} promised.", totals.told(side)))
    )
    if is_gone:
        return Change(change, side.promise, None, (), reason, owed, None)
    return Change(change, None, side.promise, (), reason, None, owed)


def _owed(side: Side) -> Owed | None:
    week = weekly_minutes(*side.amount)
    if week is None:
        return None
    low, high = WEEKS["month"]
    fewest, most = week
    if side.amount[2] == "month":
        total = Fraction(side.amount[0] or 0) * (side.amount[1] or 1)
        return {"week": week, "month": (total, total)}
    return {"week": week, "month": (fewest * low, most * high)}


class _Totals:
    """What rows of one service come to, where a service was split or merged."""

    def __init__(self, before: Sequence[Side], after: Sequence[Side]) -> None:
        self._sides = before, after
        # By kind: only what has minutes and stands alone is asked for its like.
        self._rows: dict[str, dict[frozenset[str], tuple[list[Side], list[Side]]]] = {}

    def told(self, side: Side) -> str:
        if weekly_minutes(*side.amount) is None:
            return ""
        kind = side.promise.kind
        if kind not in self._rows:
            self._rows[kind] = self._of_kind(kind)
        rows = self._rows[kind][_matter(side)]
        if not all(rows) or len(rows[0]) == len(rows[1]):
            return ""
        sums = [_sum(each) for each in rows]
        return f"In all, {sums[0]} minutes a week became {sums[1]}." if all(sums) else ""

    def _of_kind(self, kind: str) -> dict[frozenset[str], tuple[list[Side], list[Side]]]:
        rows: dict[frozenset[str], tuple[list[Side], list[Side]]] = defaultdict(lambda: ([], []))
        for number, sides in enumerate(self._sides):
            for side in sides:
                if side.promise.kind == kind:
                    rows[_matter(side)][number].append(side)
        return rows


def _matter(side: Side) -> frozenset[str]:
    return frozenset(word for word, weight in side.terms.weights if weight >= 10)


def _sum(sides: Sequence[Side]) -> str:
    weeks = [weekly_minutes(*side.amount) for side in sides]
    if any(week is None for week in weeks):
        return ""
    low, high = (sum(week[end] for week in weeks if week) for end in (0, 1))
    return f"{float(low):.0f}" if low == high else f"{float(low):.0f} to {float(high):.0f}"
