"""What got better and what got worse from one promise to the next, rule by rule. Turned round, every rule says the reverse."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from rapidfuzz.distance import OSA

from domain.changes import words as known
from domain.changes.promise import Promise
from domain.changes.terms import NO_AMOUNT, NOBODY, Amount, Figure, Person, Terms, Thing, person, place, plain, terms, things_in
from domain.frequency import WEEKS, said

# Dates that keep their distance from the first day of their version so nearly are the same.
LEEWAY = timedelta(days=14)


@dataclass(frozen=True)
class Difference:
    """One thing that differs: 1 better, -1 worse, 0 neither; the fields that say so, and what is read aloud."""

    sign: int
    fields: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Side:
    """A promise in its version, read."""

    promise: Promise
    starts: date

    @cached_property
    def terms(self) -> Terms:
        return terms(self.promise.kind, self.promise.text)

    @cached_property
    def amount(self) -> Amount:
        """What is owed, by the fields or else by the words."""
        fields = (self.promise.minutes, self.promise.times, self.promise.per)
        if fields == NO_AMOUNT:
            return self.text_amount
        spoken = self.text_amount
        if fields[0] is None and spoken[0] is not None and spoken[2] in (None, fields[2]) and fields[2] is not None:
            return spoken[0], fields[1], fields[2]
        return fields

    @cached_property
    def text_amount(self) -> Amount:
        exact = [each.amount for each in self.terms.amounts if not each.most]
        return max(exact, key=_fullness) if exact else NO_AMOUNT

    @cached_property
    def most(self) -> Amount:
        """What "up to" allows."""
        return next((each.most for each in self.terms.amounts if each.most), NO_AMOUNT)

    @cached_property
    def person(self) -> Person:
        return person(self.promise.provider_role) or self.terms.person

    @cached_property
    def place(self) -> frozenset[str]:
        return place(self.promise.setting) | frozenset(known.stem(word) for word in self.terms.place)

    @cached_property
    def scope(self) -> frozenset[Thing]:
        if self.promise.kind == "service":
            return self.terms.scope
        return self.terms.scope | things_in(self.promise.setting)


def _fullness(amount: Amount) -> tuple[bool, bool, bool, int]:
    minutes, times, per = amount
    return (minutes is not None, per is not None, times is not None, (minutes or 0) * (times or 1))


def differences(before: Side, after: Side) -> list[Difference]:
    """All that differs between two versions of one promise."""
    spoken = dict(after.terms.spoken) | dict(before.terms.spoken)
    return [
        Difference(each.sign, each.fields, _STEM.sub(lambda found: spoken.get(found[1], found[1]), each.reason))
        for each in _all(before, after)
    ]


# A stem in a sentence, until it is spoken.
_STEM = re.compile(r"<([^<>]*)>")


def _all(before: Side, after: Side) -> Iterator[Difference]:
    yield from _kind(before, after)
    yield from _contact(before.terms, after.terms)
    yield from _ratio(before, after)
    yield from _person(before, after)
    yield from _span(before, after)
    yield from _help(before.terms, after.terms)
    yield from _moment(before, after)
    surely = [*_certainty(before, after), *_often(before.terms, after.terms)]
    yield from surely
    amounts = [*_time(before, after), *_figures(before, after), *_things(before, after)]
    # At any time, without limit: whatever is said instead is less.
    limits = [each.sign for each in surely if each.reason in _WITHOUT_LIMIT]
    yield from (each for each in amounts if not limits or each.sign != -limits[0])


def _kind(before: Side, after: Side) -> Iterator[Difference]:
    if before.promise.kind != after.promise.kind:
        yield Difference(0, ("kind",), f"It was a {before.promise.kind} and is now a {after.promise.kind}.")


# Time


def _time(before: Side, after: Side) -> Iterator[Difference]:
    if before.promise.kind == "goal" and before.amount == NO_AMOUNT == after.amount:
        return
    both = _interval(before, after)
    if both:
        yield from _amounts(*both)
        return
    one, other = before.amount, after.amount
    if one == NO_AMOUNT == other:
        one, other = before.most, after.most
    elif (one == NO_AMOUNT and before.most != NO_AMOUNT) or (other == NO_AMOUNT and after.most != NO_AMOUNT):
        # An exact amount against a ceiling: a matter of certainty.
        return
    yield from _amounts(one, other)
    if _normal(one) == _normal(other) and before.amount != NO_AMOUNT and before.text_amount != NO_AMOUNT != after.text_amount:
        yield from _amounts(before.text_amount, after.text_amount)


# A school day has about six hours.
_SCHOOL_DAY_MINUTES = 360


def _interval(before: Side, after: Side) -> tuple[Amount, Amount] | None:
    """ "Every 30 minutes" beside "daily": how often both are, in a period."""
    every = [
        next((figure.value for figure in side.terms.figures if figure.key == "interval"), None) for side in (before, after)
    ]
    if (every[0] is None) == (every[1] is None):
        return None
    amounts = []
    for side, minutes in zip((before, after), every, strict=True):
        amount = (
            side.amount
            if minutes is None
            else (None, max(1, round(_SCHOOL_DAY_MINUTES / minutes)), "day")
            if minutes
            else NO_AMOUNT
        )
        if amount[2] is None or amount[0] is not None:
            return None
        amounts.append(amount)
    return amounts[0], amounts[1]


def _normal(amount: Amount) -> Amount:
    minutes, times, per = amount
    return (minutes, 1 if times is None and (minutes is not None or per is not None) else times, per)


def _amounts(one: Amount, other: Amount) -> Iterator[Difference]:
    one, other = _normal(one), _normal(other)
    if one == other:
        return
    fields = tuple(name for name, a, b in zip(("minutes", "times", "per"), one, other, strict=True) if a != b)
    sign = _more(one, other)
    if sign is None:
        yield Difference(0, fields, f"The same total, otherwise divided: {_told(one)} became {_told(other)}.")
    elif NO_AMOUNT in (one, other):
        words = (f"It now says how much: {_told(other)}.", f"It no longer says how much ({_told(one)}).")
        yield Difference(sign, fields, words[sign < 0])
    else:
        yield Difference(sign, fields, f"{_owed(one, other)} became {_owed(other, one)}.".replace("  ", " "))


def _more(one: Amount, other: Amount) -> int | None:
    """1 when the other is more, -1 when it is less, None when the total is the same."""
    minutes, their_minutes = one[0], other[0]
    if (minutes is None) != (their_minutes is None):
        return 1 if minutes is None else -1
    if (one[2] is None) != (other[2] is None):
        return 1 if one[2] is None else -1
    total, their_total = ((minutes or 1) * (one[1] or 1), (their_minutes or 1) * (other[1] or 1))
    if one[2] == other[2]:
        return None if total == their_total else 1 if their_total > total else -1
    assert one[2] is not None
    assert other[2] is not None
    low, high = total / WEEKS[one[2]][1], total / WEEKS[one[2]][0]
    their_low, their_high = (their_total / WEEKS[other[2]][1], their_total / WEEKS[other[2]][0])
    if low <= their_high and their_low <= high:
        return None
    return 1 if their_low > high else -1


def _told(amount: Amount) -> str:
    return said(*amount) or "no amount"


def _owed(amount: Amount, beside: Amount) -> str:
    """In minutes a week where both are of weeks, else as it is written."""
    minutes, times, per = amount
    if minutes is not None and per == beside[2] and per is not None and (times or 1) * minutes != minutes:
        return f"{minutes * (times or 1)} minutes a {per.replace('two_weeks', 'two weeks')} ({_told(amount)})"
    return _told(amount)


# Certainty


_HEDGED = {
    "permission": ("It is now only allowed, not promised.", "What was only allowed is now promised."),
    "condition": ("It now depends on a condition.", "It no longer depends on a condition."),
    "effort": ("It is now only an effort or advice.", "What was an effort or advice is now promised."),
    "about": ("The amount is now only approximate.", "The amount is now exact."),
    "ceiling": ("It now says at most, no longer how much.", "It now says how much, no longer at most."),
    "some": ("The amount is now vague.", "A vague amount is gone."),
}


def _certainty(one: Side, other: Side) -> Iterator[Difference]:
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
            known.PROTECTED.search((before if is_gone else after).plain)
        )
        yield Difference(-1 if is_gone == protects else 1, ("text",), "A 'not' is gone." if is_gone else "A 'not' was added.")


def _condition_words(before: frozenset[str], after: frozenset[str]) -> Iterator[Difference]:
    lost, gained = _unlike(before - after, after - before)
    if (lost and not gained) or gained:
        yield Difference(0, ("text",), "The condition changed.")


def _often(before: Terms, after: Terms) -> Iterator[Difference]:
    one, other = _rank(before, after), _rank(after, before)
    if one == other or {one, other} == {known.EXACT_OFTEN, known.UNSTATED_OFTEN}:
        return
    is_more = other > one
    if _ALWAYS in (one, other):
        yield Difference(1 if is_more else -1, ("text",), _WITHOUT_LIMIT[is_more])
    else:
        yield Difference(1 if is_more else -1, ("text",), f"It happens {'more' if is_more else 'less'} surely or often.")


_ALWAYS = 40
_WITHOUT_LIMIT = ("It no longer holds at all times.", "It now holds at all times.")


def _rank(each: Terms, beside: Terms) -> int:
    if each.often is not None:
        return each.often
    # Beside "frequent", a number is exact.
    is_counted = any(figure.key in ("interval", "interval of work") for figure in each.figures)
    return (
        known.EXACT_OFTEN
        if is_counted or (beside.often is not None and len(each.figures) > len(beside.figures))
        else known.UNSTATED_OFTEN
    )


# Who, how many, how near


_CONTACTS = {
    0: "consultation alone",
    2: "not said to be direct",
    3: "given, with consultation",
    4: "direct",
    6: "direct, with consultation",
}


def _contact(before: Terms, after: Terms) -> Iterator[Difference]:
    one, other = before.contact, after.contact
    if one != other:
        yield Difference(
            1 if other > one else -1, ("text",), f"The contact was {_CONTACTS[one]} and is now {_CONTACTS[other]}."
        )


_UNSTATED_RATIO = {"service": Fraction(45)}


def _ratio(before: Side, after: Side) -> Iterator[Difference]:
    unstated = _UNSTATED_RATIO.get(before.promise.kind if before.promise.kind == after.promise.kind else "", Fraction(0))
    one, other = (unstated if each.terms.ratio is None else each.terms.ratio for each in (before, after))
    if one != other:
        yield Difference(
            1 if other > one else -1, ("text",), f"{_size(before.terms.ratio)} became {_size(after.terms.ratio).lower()}."
        )


def _size(ratio: Fraction | None) -> str:
    if ratio is None:
        return "No size of group"
    if ratio == 100:
        return "Individual"
    if ratio > 50:
        return f"A group of {90 - ratio}"
    return {50: "A small group", 40: "A group"}.get(int(ratio), "A shared setting")


def _person(before: Side, after: Side) -> Iterator[Difference]:
    yield from _persons(before.person, after.person, bool(before.promise.provider_role or after.promise.provider_role))
    roles = person(before.promise.provider_role), person(after.promise.provider_role)
    if roles[0] is not None and roles[0] == roles[1]:
        yield from _persons(before.terms.person, after.terms.person, False)


def _persons(one: Person, other: Person, is_field: bool) -> Iterator[Difference]:
    fields = ("provider_role",) if is_field else ("text",)
    if one.rank != other.rank:
        if other == NOBODY:
            yield Difference(-1, fields, f"The {one.said} is no longer named.")
        elif one == NOBODY:
            yield Difference(1, fields, f"It now says who: the {other.said}.")
        else:
            yield Difference(
                1 if other.rank > one.rank else -1, fields, f"The {one.said} became the {other.said}{_anybody(other)}."
            )
    elif one.names != other.names and one.names and other.names:
        is_choice = one.is_choice or other.is_choice
        sign = 0 if is_choice else 1 if one.names < other.names else -1 if other.names < one.names else 0
        yield Difference(sign, fields, f"The {one.said} became the {other.said}.")


def _anybody(each: Person) -> str:
    return " or anybody" if each.rank == 10 and each.names else ""


# When


def _span(before: Side, after: Side) -> Iterator[Difference]:
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
    yield from _ends(before, after)
    yield from _due(before, after)


def _ends(before: Side, after: Side) -> Iterator[Difference]:
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


def _due(before: Side, after: Side) -> Iterator[Difference]:
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


def _moment(before: Side, after: Side) -> Iterator[Difference]:
    one, other = before.terms, after.terms
    if before.promise.kind == "goal" or one.moment == other.moment:
        return
    if one.moment is not None and other.moment is not None:
        yield Difference(
            1 if other.moment < one.moment else -1, ("text",), f"It comes {'sooner' if other.moment < one.moment else 'later'}."
        )
    elif one.is_moment_exact or other.is_moment_exact:
        yield Difference(
            1 if other.is_moment_exact else -1,
            ("text",),
            f"It {'now' if other.is_moment_exact else 'no longer'} says how soon.",
        )


# Numbers and help


def _figures(before: Side, after: Side) -> Iterator[Difference]:
    skipped = {"interval"} if _interval(before, after) else set[str]()
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
    for one, other in pairs:
        if (one.value, one.more) == (other.value, other.more):
            continue
        is_more = (other.value, other.more) > (one.value, one.more)
        sign = (1 if is_more else -1) * one.better if one.better == other.better else 0
        yield Difference(sign, ("text",), f"{one.said} became {other.said}.")
    # "Up to" so much is a limit: whether it is one, certainty says.
    mine, theirs = ([figure for figure in figures if not figure.is_ceiling] for figures in (mine, theirs))
    for figure in mine:
        yield Difference(-1 if figure.better else 0, ("text",), f"'{figure.said}' is no longer said.")
    for figure in theirs:
        yield Difference(1 if figure.better else 0, ("text",), f"'{figure.said}' is new.")


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


# Without a word about help: little.
_UNSTATED_HELP = 5


def _help(before: Terms, after: Terms) -> Iterator[Difference]:
    one = _UNSTATED_HELP if before.help is None else before.help
    other = _UNSTATED_HELP if after.help is None else after.help
    if one != other:
        yield Difference(1 if other < one else -1, ("text",), f"The goal allows {'less' if other < one else 'more'} help.")


# What it is, and of what


_AIDS = frozenset(
    map(
        known.stem,
        known.listed(
            "chart card organizer calculator list template frame visual model bank checklist timer picture "
            "manipulative line device starter rail walker schedule cue prompt example sample outline guide note "
            "dictionary computer tablet keyboard software highlighter ruler support aid help story board script "
            "reminder glossary audio recording peer adult partner choice grid counter table brace strip sheet "
            "communication aac"
        ),
    )
)


def _things(before: Side, after: Side) -> Iterator[Difference]:
    one, other = before.terms, after.terms
    mine, theirs = _all_words(before), _all_words(after)
    lost, gained = _unlike(mine - theirs, theirs - mine)
    # "10 extra minutes", then "extra minutes": only the number is another.
    lost, gained = lost - _figure_words(other, one), gained - _figure_words(one, other)
    kind = before.promise.kind if before.promise.kind == after.promise.kind else "support"
    ors = other.ors - one.ors
    found: list[Difference] = []
    found += _list_differs(one.what, other.what, lost, gained, is_scope=False)
    scoped = _list_differs(before.scope, after.scope, lost, gained, is_scope=True)
    if one.moment != other.moment and {each.sign for each in scoped} >= {1, -1}:
        scoped = []
    for difference in scoped:
        fields = ("setting",) if before.promise.setting != after.promise.setting and one.scope == other.scope else ("text",)
        found.append(Difference(difference.sign, fields, difference.reason))
    if lost or gained:
        found += _of_all(before, after, found)
    if kind == "modification" and any(
        thing.is_all and thing.head in known.WORK for thing in one.what | before.scope | other.what | after.scope
    ):
        found = [Difference(-each.sign, each.fields, each.reason) if each.reason in _OF_ALL else each for each in found]
    if one.is_only != other.is_only:
        # "Except on tests": what is named after it is no gain.
        found = [each for each in found if each.sign != (1 if other.is_only else -1)]
    for sign in (1, -1):
        # "On all handouts", then "on handouts in science": what is new only narrows it.
        if any(each.sign == sign and each.reason in _OF_ALL for each in found):
            found = [each for each in found if each.sign != -sign]
    if ors:
        # One of several is less than each of them: what "or" adds is no gain, what it takes away no loss.
        found = [each for each in found if each.sign == 0 or (each.sign > 0) != (ors > 0)]
        found.append(
            Difference(
                -1 if ors > 0 else 1, ("text",), "'And' became 'or'." if ors > 0 else "'Or' is gone: all of it is promised."
            )
        )
    yield from found
    if kind == "service" and _unlike(before.place - after.place, after.place - before.place) != (frozenset(), frozenset()):
        yield Difference(0, ("setting",), "The place is another.")
    if one.measure != other.measure and _unlike(one.measure - other.measure, other.measure - one.measure) != (
        frozenset(),
        frozenset(),
    ):
        yield Difference(0, ("text",), "It is measured otherwise.")
    yield from _means(one, other, lost, gained, kind)


def _figure_words(of: Terms, beside: Terms) -> frozenset[str]:
    """The words that stood with a number that the other has not."""
    keys = {figure.key for figure in beside.figures}
    gone = [figure.said for figure in of.figures if figure.key not in keys and figure.better]
    return frozenset(known.stem(word) for said in gone for word in said.split()[1:] if word.isalpha())


def _means(one: Terms, other: Terms, lost: frozenset[str], gained: frozenset[str], kind: str) -> Iterator[Difference]:
    gone, come = (one.means | one.given) & lost, (other.means | other.given) & gained
    if not gone and not come:
        return
    if kind != "goal" or (gone and come):
        yield Difference(0, ("text",), f"The way it is done differs ({_names(gone | come)}).")
        return
    words = gone or come
    is_help = bool(words & _AIDS) or bool(words & (one.given | other.given))
    yield Difference(
        (1 if gone else -1) * (1 if is_help else -1), ("text",), f"'{_names(words)}' is {'no longer said' if gone else 'new'}."
    )


def _all_words(side: Side) -> frozenset[str]:
    each = side.terms
    words = {word for thing in each.what | side.scope for word in thing.words}
    return frozenset(words) | each.means | each.given | each.place | each.counted


def _unlike(lost: frozenset[str], gained: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
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


def _list_differs(
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
        found.append(Difference(0, ("text",), f"'{_told_things(gone)}' became '{_told_things(come)}'."))
    else:
        if gone:
            found.append(Difference(-1, ("text",), f"'{_told_things(gone)}' is no longer said."))
        if come:
            found.append(Difference(1, ("text",), f"'{_told_things(come)}' is new."))
    return found


_NO_LONGER_ALL, _NOW_ALL = "It no longer holds for all.", "It now holds for all."
_OF_ALL = frozenset((_NO_LONGER_ALL, _NOW_ALL))


def _of_all(before: Side, after: Side, found: Sequence[Difference]) -> Iterator[Difference]:
    """ "A copy of all notes", then "of key notes"."""
    if any(each.reason in _OF_ALL for each in found):
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
    return thing.is_all and thing.head in known.UNIVERSAL | {"all"} and thing.more <= known.GENERIC


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
        yield Difference(0, ("text",), f"'{_names(less)}' became '{_names(more)}'.")
        return
    wider = bool(less) if is_scope else bool(more)
    if sign and (sign > 0) != wider and is_scope:
        return
    yield Difference(1 if wider else -1, ("text",), f"'{_names(less | more)}' is {'no longer said' if less else 'new'}.")


def _ordered(thing: Thing) -> tuple[str, list[str], bool]:
    return thing.head, sorted(thing.more), thing.is_all


def _told_things(things: Sequence[Thing]) -> str:
    return ", ".join(
        " ".join(f"<{word}>" for word in [*sorted(thing.more), thing.head]) for thing in sorted(things, key=_ordered)
    )


def _names(words: frozenset[str]) -> str:
    return ", ".join(f"<{word}>" for word in sorted(words))


def is_spelled_alike(before: Side, after: Side) -> bool:
    """Whether nothing but spaces, capitals and typographic marks sets them apart."""
    one, other = before.promise, after.promise
    if plain(one.text) != plain(other.text):
        return False
    pairs = ((one.setting, other.setting), (one.provider_role, other.provider_role))
    return all(not mine or not theirs or plain(mine) == plain(theirs) for mine, theirs in pairs)
