"""What got better and what got worse from one promise to the next, rule by rule. Turned round, every rule says the "
"reverse."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from domain.changes.certainty import WITHOUT_LIMIT, certainty_differs, often_differs
from domain.changes.contact import contact_differs
from domain.changes.difference import Difference
from domain.changes.digits import HAS_DIGIT
from domain.changes.goal import help_differs
from domain.changes.numbers import figures_differ
from domain.changes.person import person_differs
from domain.changes.ratio import ratio_differs
from domain.changes.relief import moment_differs
from domain.changes.scope import things_differ
from domain.changes.span import span_differs
from domain.changes.spelling import plain
from domain.changes.telling import Telling
from domain.changes.time import time_differs
from domain.dates import written_dates

if TYPE_CHECKING:
    from domain.changes.side import Side


def differences(before: "Side", after: "Side") -> list[Difference]:
    """All that differs between two versions of one promise."""
    found = list(_all(before, after))
    if any(each.is_place for each in found):
        found = [each for each in found if not each.is_place or all(each.sign * other.sign >= 0 for other in found)]
    if not any(each.lost or each.gained for each in found):
        return found
    telling, is_goal = Telling(before, after), before.promise.kind == "goal"
    told = [
        replace(each, reason=telling.of(each.lost, each.gained, each.sign, is_goal=is_goal) or each.reason)
        if each.lost or each.gained
        else each
        for each in found
    ]
    quotes = [quote for each in told for quote in _QUOTED.findall(each.reason)]
    # A number within words that are told is told.
    return [
        replace(each, reason="")
        if (number := _NUMBER_SAID.match(each.reason)) and any(number[1] in quote for quote in quotes)
        else each
        for each in told
    ]


_QUOTED = re.compile("“([^”]*)”")


_NUMBER_SAID = re.compile(r"It (?:now|no longer) says (.+)\.\Z")


def _all(before: "Side", after: "Side") -> Iterator[Difference]:
    yield from _kind(before, after)
    yield from contact_differs(before.terms, after.terms)
    yield from ratio_differs(before, after)
    yield from person_differs(before, after)
    yield from span_differs(before, after)
    yield from help_differs(before.terms, after.terms)
    yield from moment_differs(before, after)
    surely = [*certainty_differs(before, after), *often_differs(before.terms, after.terms)]
    yield from surely
    amounts = [*time_differs(before, after), *figures_differ(before, after), *things_differ(before, after)]
    # At any time, without limit: whatever is said instead is less.
    limits = [each.sign for each in surely if each.reason in WITHOUT_LIMIT]
    yield from (each for each in amounts if not limits or each.sign != -limits[0])


def _kind(before: "Side", after: "Side") -> Iterator[Difference]:
    if before.promise.kind != after.promise.kind:
        yield Difference(0, ("kind",), f"It was a {before.promise.kind} and is now a {after.promise.kind}.")


def is_the_same(before: "Side", after: "Side") -> bool:
    """Whether nothing that is compared differs at all."""
    if before.everything != after.everything:
        return False
    # A date in the words stands still, while the version moves.
    return before.starts == after.starts or not HAS_DIGIT.search(before.plain) or not written_dates(before.promise.text)


def is_spelled_alike(before: "Side", after: "Side") -> bool:
    """Whether nothing but spaces, capitals and typographic marks sets them apart."""
    one, other = before.promise, after.promise
    if plain(one.text) != plain(other.text):
        return False
    pairs = ((one.setting, other.setting), (one.provider_role, other.provider_role))
    return all(not mine or not theirs or plain(mine) == plain(theirs) for mine, theirs in pairs)
