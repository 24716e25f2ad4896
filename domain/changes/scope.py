"""Of what and for what it is: the things, places and means of two promises, compared."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from domain.changes.difference import Difference
from domain.changes.lists import OF_ALL, list_differs, of_all, unlike
from domain.changes.matters import WORK
from domain.changes.numbers import figure_words
from domain.changes.things import things_in
from domain.changes.whole import parts_of
from domain.changes.words import listed, stem

if TYPE_CHECKING:
    from domain.changes.side import Side
    from domain.changes.terms import Terms


_AIDS = frozenset(
    map(
        stem,
        listed(
            "chart card organizer calculator list template frame visual model bank checklist timer picture "
            "manipulative line device starter rail walker schedule cue prompt example sample outline guide note "
            "dictionary computer tablet keyboard software highlighter ruler support aid help story board script "
            "reminder glossary audio recording peer adult partner choice grid counter table brace strip sheet "
            "communication aac"
        ),
    )
)


def things_differ(before: "Side", after: "Side") -> Iterator[Difference]:
    one, other = before.terms, after.terms
    mine, theirs = _all_words(before), _all_words(after)
    lost, gained = unlike(mine - theirs, theirs - mine)
    # "10 extra minutes", then "extra minutes": only the number is another.
    lost, gained = lost - figure_words(other, one), gained - figure_words(one, other)
    kind = before.promise.kind if before.promise.kind == after.promise.kind else "support"
    ors = other.ors - one.ors
    found: list[Difference] = []
    if one.is_both_ways != other.is_both_ways:
        lost, gained = lost - _DESTINATIONS, gained - _DESTINATIONS
    # A part of the whole, or the whole instead of a part.
    wholes, parts = parts_of(other, one) & lost, parts_of(one, other) & gained
    if bool(wholes) != bool(parts):
        found.append(Difference(-1 if parts else 1, ("text",), _PART[not parts], wholes, parts))
        lost, gained = lost - wholes, gained - parts
    found += list_differs(one.what, other.what, lost, gained, is_scope=False)
    scoped = list_differs(before.scope, after.scope, lost, gained, is_scope=True)
    if _is_place_alone(before, after):
        scoped = [replace(each, is_place=True) for each in scoped]
    if one.moment != other.moment and {each.sign for each in scoped} >= {1, -1}:
        scoped = []
    for difference in scoped:
        fields = ("setting",) if before.promise.setting != after.promise.setting and one.scope == other.scope else ("text",)
        found.append(replace(difference, fields=fields))
    if lost or gained:
        found += of_all(before, after, found)
    if kind == "modification" and any(
        thing.is_all and thing.head in WORK for thing in one.what | before.scope | other.what | after.scope
    ):
        found = [replace(each, sign=-each.sign) if each.reason in OF_ALL else each for each in found]
    if one.is_only != other.is_only:
        # "Except on tests": what is named after it is no gain.
        found = [each for each in found if each.sign != (1 if other.is_only else -1)]
    for sign in (1, -1):
        # "On all handouts", then "on handouts in science": what is new only narrows it.
        if any(each.sign == sign and each.reason in OF_ALL for each in found):
            found = [each for each in found if each.sign != -sign]
    if ors and _is_choice_of_scope(found, scoped, lost if ors < 0 else gained, ors):
        # "On tests or quizzes", then "on tests"; "oral or written", then "written": one of two was taken away.
        ors = 0
    if ors:
        # One of several is less than each of them: what "or" adds is no gain, what it takes away no loss.
        found = [each for each in found if each.sign == 0 or (each.sign > 0) != (ors > 0)]
        found.append(
            Difference(
                -1 if ors > 0 else 1,
                ("text",),
                "It is now one or the other." if ors > 0 else "It is no longer one or the other: all of it is promised.",
            )
        )
    yield from found
    if kind == "service" and unlike(before.place - after.place, after.place - before.place) != (frozenset(), frozenset()):
        yield Difference(0, ("setting",), "The place is another.")
    if one.measure != other.measure and unlike(one.measure - other.measure, other.measure - one.measure) != (
        frozenset(),
        frozenset(),
    ):
        yield Difference(0, ("text",), "It is measured otherwise.")
    yield from _means(one, other, lost, gained, kind)


_PART = ("It now holds for a part only.", "It now holds for the whole, no longer for a part only.")


_DESTINATIONS = frozenset(map(stem, ("school", "home", "way")))


def _is_place_alone(before: "Side", after: "Side") -> bool:
    """Whether all that sets the scopes apart is a place that one of them has and the other has none."""
    for one, other in ((before, after), (after, before)):
        extra = other.scope - one.scope
        if not one.scope and extra and extra <= other.terms.places | things_in(other.promise.setting):
            return not any(thing.is_all for thing in extra)
    return False


# In what form it is given: a choice of forms is the child's.
_FORMS = frozenset(
    map(
        stem,
        listed(
            "oral written visual verbal auditory tactile picture pictorial digital electronic print printed braille "
            "audio typed "
            "handwritten gestural signed physical online paper"
        ),
    )
)


def _is_choice_of_scope(found: Sequence[Difference], scoped: Sequence[Difference], words: frozenset[str], ors: int) -> bool:
    """Whether "or" stands between places, occasions or forms of which one came or went."""
    is_scope = any(each.sign == (-1 if ors < 0 else 1) for each in scoped)
    return is_scope or (bool(words) and words <= _FORMS and any(each.sign == (-1 if ors < 0 else 1) for each in found))


_LISTED = ("A part of it is no longer said.", "It says more than before.")


def _means(one: "Terms", other: "Terms", lost: frozenset[str], gained: frozenset[str], kind: str) -> Iterator[Difference]:
    gone, come = (one.means | one.given) & lost, (other.means | other.given) & gained
    if not gone and not come:
        return
    if kind != "goal" and one.means & other.means and bool(gone) != bool(come):
        # A list that lost an item: "with vocabulary and definitions", then "with vocabulary".
        yield Difference(-1 if gone else 1, ("text",), _LISTED[bool(come)], gone, come)
        return
    if kind != "goal" or (gone and come):
        yield Difference(0, ("text",), "The way it is done differs.", gone, come)
        return
    words = gone or come
    is_help = bool(words & _AIDS) or bool(words & (one.given | other.given))
    yield Difference((1 if gone else -1) * (1 if is_help else -1), ("text",), _LISTED[bool(come)], gone, come)


def _all_words(side: "Side") -> frozenset[str]:
    each = side.terms
    words = {word for thing in each.what | side.scope for word in thing.words}
    return frozenset(words) | each.means | each.given | each.place | each.counted
