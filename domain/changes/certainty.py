"""How surely something is promised, and how often: read from the words, and compared."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from domain.changes.amounts import NO_AMOUNT
from domain.changes.difference import Difference
from domain.changes.hedges import (
    ABOUT,
    CONDITION,
    DUTY,
    EXACT_OFTEN,
    FLOOR,
    HEDGE_HINTS,
    HEDGES,
    OFTEN,
    OFTEN_HINTS,
    UNSTATED_OFTEN,
)
from domain.changes.lists import unlike
from domain.changes.things import LEADS
from domain.changes.words import SILENT, SILENT_STEMS, WORD, stem
from domain.frequency import Frequency

if TYPE_CHECKING:
    from domain.changes.reading import Reading
    from domain.changes.side import Side
    from domain.changes.terms import Terms


_CONJUNCTION = re.compile(r"\A(?:only )?(?:if|when|whenever|unless|once|until|as long as|provided that) ")


_DIGIT = re.compile(r"\d")


NEGATION = re.compile(r"\b(?:not|never|cannot|no|without|nor)\b|n't\b")


ONLY = re.compile(r"\bonly\b|\bexcept\b")


def read_hedges(reading: "Reading", amounts: tuple[Frequency, ...]) -> tuple[frozenset[str], frozenset[str]]:
    found: set[str] = set()
    reading.taken(DUTY, hints=("allow", "permi", "able", "option", "let"))
    for name, pattern in HEDGES:
        if not reading.has(HEDGE_HINTS[name]):
            continue
        if reading.is_goal and name not in ("effort", "some"):
            continue
        if reading.taken(pattern):
            found.add(name)
    conditions: list[str] = []
    if not reading.is_goal:
        conditions = read_conditions(reading)
        if reading.taken(ABOUT, hints=("about", "approx", "around", "rough", "near", "almost", "~", "or so")) or any(
            each.is_hedged and each.most is None and each.amount != NO_AMOUNT for each in amounts
        ):
            found.add("about")
    reading.taken(FLOOR, hints=("or ", "least", "no fewer", "less than", "minimum"))
    return frozenset(found), stems(" ".join(conditions))


def read_conditions(reading: "Reading") -> list[str]:
    """What stands after "if" and "when"; a number in it is left to be compared as numbers are."""
    found: list[str] = []

    def out(match: re.Match[str]) -> str:
        found.append(_DIGIT.sub("", match[0]))
        return f" during {_CONJUNCTION.sub('', match[0])}" if _DIGIT.search(match[0]) else " "

    if reading.has(("if ", "when", "unless", "once ", "until", "as long", "provided that")):
        reading.text = CONDITION.sub(out, reading.text)
    return found


def read_often(reading: "Reading", amounts: tuple[Frequency, ...]) -> int | None:
    if reading.is_goal:
        return None
    ranks = [rank for rank, pattern in OFTEN if reading.taken(pattern, hints=OFTEN_HINTS[rank])]
    if ranks:
        return min(ranks)
    return EXACT_OFTEN if any(each.amount[2] for each in amounts) else None


def stems(text: str) -> frozenset[str]:
    return frozenset(
        each
        for word in WORD.findall(text)
        if word not in SILENT and (each := stem(word)) not in SILENT_STEMS and word not in LEADS
    )


# What a child is spared: a "not" before it protects.
PROTECTED: Final = re.compile(
    r"penal|grad(?:e|ing)|count|timed|deduct|mark|asked|requir|call(?:ed)? on|forced|made to|limit|punish|suspen|"
    r"expect|lose|lost|taken away|touch|restrain|seclu|withh|exclu|remov|held"
)


_HEDGED = {
    "permission": ("It is now only allowed, not promised.", "What was only allowed is now promised."),
    "condition": ("It now depends on a condition.", "It no longer depends on a condition."),
    "effort": ("It is now only an effort or advice.", "What was an effort or advice is now promised."),
    "about": ("The amount is now only approximate.", "The amount is now exact."),
    "ceiling": ("It now says at most, no longer how much.", "It now says how much, no longer at most."),
    "some": ("The amount is now vague.", "A vague amount is gone."),
}


def certainty_differs(one: "Side", other: "Side") -> Iterator[Difference]:
    before, after = one.terms, other.terms
    for hedge, (worse, better) in _HEDGED.items():
        if (hedge in before.hedges) != (hedge in after.hedges):
            yield (Difference(-1, ("text",), worse) if hedge in after.hedges else Difference(1, ("text",), better))
    if before.conditions != after.conditions:
        if not before.conditions:
            yield Difference(-1, ("text",), "It now applies only under a condition.")
        elif not after.conditions:
            yield Difference(1, ("text",), "A condition is gone.")
        else:
            yield from _condition_words(before.conditions, after.conditions)
    if before.is_only != after.is_only:
        # Less of the work that a modification asks for is better.
        is_spared = one.promise.kind == other.promise.kind == "modification"
        yield Difference(
            -1 if after.is_only != is_spared else 1, ("text",), "It is now limited." if after.is_only else "A limit is gone."
        )
    if (before.negations - after.negations) % 2:
        is_gone = before.negations > after.negations
        protects = "goal" in (one.promise.kind, other.promise.kind) or bool(
            PROTECTED.search((before if is_gone else after).plain)
        )
        yield Difference(
            -1 if is_gone == protects else 1,
            ("text",),
            "What was denied is no longer denied." if is_gone else "It is now denied.",
        )


def _condition_words(before: frozenset[str], after: frozenset[str]) -> Iterator[Difference]:
    lost, gained = unlike(before - after, after - before)
    if (lost and not gained) or gained:
        yield Difference(0, ("text",), "The condition changed.")


def often_differs(before: "Terms", after: "Terms") -> Iterator[Difference]:
    one, other = _rank(before, after), _rank(after, before)
    if one == other or {one, other} == {EXACT_OFTEN, UNSTATED_OFTEN}:
        return
    is_more = other > one
    if _ALWAYS in (one, other):
        yield Difference(1 if is_more else -1, ("text",), WITHOUT_LIMIT[is_more])
    else:
        yield Difference(1 if is_more else -1, ("text",), f"It happens {'more' if is_more else 'less'} surely or often.")


_ALWAYS = 40


WITHOUT_LIMIT = ("It no longer holds at all times.", "It now holds at all times.")


def _rank(each: "Terms", beside: "Terms") -> int:
    if each.often is not None:
        return each.often
    # Beside "frequent", a number is exact.
    is_counted = any(figure.key in ("interval", "interval of work") for figure in each.figures)
    return (
        EXACT_OFTEN if is_counted or (beside.often is not None and len(each.figures) > len(beside.figures)) else UNSTATED_OFTEN
    )
