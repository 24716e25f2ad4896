"""For which part of the year it holds, from when until when: read from the words, and compared."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.changes.difference import LEEWAY, Difference
from domain.changes.words import stem

if TYPE_CHECKING:
    from domain.changes.side import Side


# What says it.
WAYS = frozenset(map(stem, ("to", "from", "after", "both", "ways", "back", "home", "round", "trip", "there", "round-trip")))


YEAR = re.compile(r"\b(?:the )?(?:extended[- ]school[- ]year|esy|summer(?: school| program| session)?)\b(?: services?)?")


SCHOOL_YEAR = re.compile(r"\b(?:the )?(?:regular |current |20\d\d[-–/](?:20)?\d\d )?school[- ]year\b")


PARTS_OF_YEAR = (
    *("semester", "quarter", "trimester", "marking", "grading", "half", "until", "through", "for the ", "ber"),
    *("ary", "april", "march", "break"),
)


PART_OF_YEAR = re.compile(
    r"\b(?:(?:for|during|in|through|until|by the end of) )?(?:the )?(?:first|second|third|fourth|fall|spring|winter|"
    r"1st|2nd|3rd|4th) (?:semester|quarter|trimester|marking period|grading period|"
    r"half(?: of the (?:school )?year)?)(?: only)?\b"
    r"|\b(?:for|until|through) (?:the (?:first|next) \d{1,2} weeks|(?:january|february|march|april|november|december|"
    r"winter break|spring break|thanksgiving))\b(?! \d)"
)


def span_differs(before: "Side", after: "Side") -> Iterator[Difference]:
    one, other = before.terms, after.terms
    if one.is_extended_year != other.is_extended_year:
        better = other.is_extended_year
        yield Difference(
            1 if better else -1, ("text",), f"The extended school year is {'now' if better else 'no longer'} included."
        )
    if one.part_of_year != other.part_of_year:
        sign = -1 if not one.part_of_year else 1 if not other.part_of_year else 0
        words = f"({other.part_of_year or one.part_of_year})"
        yield Difference(
            sign,
            ("text",),
            f"It holds for another part of the year {words}."
            if not sign
            else f"It is {'now' if sign < 0 else 'no longer'} limited to a part of the year {words}.",
        )
    if one.is_both_ways != other.is_both_ways:
        yield Difference(
            1 if other.is_both_ways else -1,
            ("text",),
            "It now holds both ways." if other.is_both_ways else "It no longer holds both ways.",
            *((frozenset(), WAYS) if other.is_both_ways else (WAYS, frozenset())),
        )
    yield from _ends(before, after)
    yield from _due(before, after)


def _ends(before: "Side", after: "Side") -> Iterator[Difference]:
    for name, later_is_better in (("starts_on", False), ("ends_on", True)):
        mine: date | None = getattr(before.promise, name)
        theirs: date | None = getattr(after.promise, name)
        what = "start" if name == "starts_on" else "end"
        if mine is None and theirs is None:
            continue
        if mine is None or theirs is None:
            known_day, version = (theirs, after.starts) if theirs else (mine, before.starts)
            assert known_day is not None
            if name == "starts_on" and abs(known_day - version) <= LEEWAY:
                continue
            sign = 1 if theirs else -1
            if name == "starts_on":
                # Without a start it runs from the first day.
                sign = (-1 if known_day > version else 1) * sign
            yield Difference(sign, (name,), f"It {'now' if theirs else 'no longer'} says its {what} ({known_day:%m/%d/%Y}).")
            continue
        moved = (theirs - after.starts) - (mine - before.starts)
        if abs(moved) > LEEWAY:
            is_later = moved > timedelta(0)
            yield Difference(
                1 if is_later == later_is_better else -1,
                (name,),
                f"It {what}s {'later' if is_later else 'earlier'}: {mine:%m/%d/%Y} became {theirs:%m/%d/%Y}.",
            )


def _due(before: "Side", after: "Side") -> Iterator[Difference]:
    one, other = before.terms.due, after.terms.due
    if len(one) == len(other):
        for mine, theirs in zip(one, other, strict=True):
            moved = (theirs - after.starts) - (mine - before.starts)
            if abs(moved) > LEEWAY:
                is_later = moved > timedelta(0)
                yield Difference(
                    -1 if is_later else 1,
                    ("text",),
                    f"It is due {'later' if is_later else 'sooner'}: {mine:%m/%d/%Y} became {theirs:%m/%d/%Y}.",
                )
    elif not one or not other:
        yield Difference(1 if other else -1, ("text",), f"It {'now' if other else 'no longer'} says by when.")
