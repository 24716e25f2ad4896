"""Whether two names may be one person's, as a number from 0 to 100 and why, in words.

A name is a number of words in any order: what is given and what is family is nobody's to guess. Case, accents, hyphens and
titles do not count. A word may be the same, a short form (`domain.nicknames`), an initial, or spelled a little otherwise; words
that only one of the names has (a second surname, a maiden name) cost little. The words are paired as well as can be.

A likeness is the same from either side, and a name is like itself with 100.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import permutations

from rapidfuzz.distance import OSA

from domain.nicknames import are_related, have_one_name, may_begin_with

# Below that, two names are two people's as far as names can tell.
LEAST = 65
SAME, RELATED, ONE_NAME, INITIAL = 100, 90, 80, 70
# Of what is spelled otherwise: what still counts, and for how much; the rest rises in a line up to one edit in many letters.
LEAST_SPELLED, SPELLED_FROM, SPELLED_TO = 0.75, 60, 95
# One word in common of several, and initials alone, say little.
ONE_WORD_OF_SEVERAL, INITIALS_ALONE = 0.66, 50
# More words than that no name needs; it bounds what a comparison can cost.
MOST_WORDS = 6
SHORTEST_GLUED = 5
LEAST_DIGITS = 7

TITLES = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sr", "sra", "srta", "jr", "ii", "iii", "iv", "phd", "esq"),
        *("nee", "nacida", "formerly", "aka"),
    )
)
# Dropped where a word is left, and where two are: Van is a given name too.
PARTICLES = frozenset(("de", "del", "la", "las", "los", "von", "der", "den"))
RARER_PARTICLES = frozenset(("van", "le", "da", "do", "dos", "di", "al", "el", "bin", "ibn", "ben", "y", "born"))
GLUED_PARTICLES = re.compile(r"(dela|delos|delas|vander|vanden)(?=\w{4})")
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´"))
# Letters that are no letter with an accent, though people write them as one.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŋ": "n", "ħ": "h", "ŧ": "t"}
)
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Likeness:
    """From 0, two people, to 100, the same name; `why` is what a person reads."""

    score: int
    why: str


NOTHING = Likeness(0, "")


def likeness(one: str, other: str) -> Likeness:
    """How like two names are."""
    return Comparison().of(one, other)


def same_phone(one: str | None, other: str | None) -> bool:
    """Whether two numbers are one, with and without the code of country or area; extensions do not count."""
    shorter, longer = sorted((_digits(one), _digits(other)), key=len)
    return len(shorter) >= LEAST_DIGITS and longer.endswith(shorter)


@dataclass
class Comparison:
    """Compares many names; remembers meanwhile their words, and how like two words are."""

    _words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _alike: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def of(self, one: str, other: str) -> Likeness:
        mine, theirs = self._words_of(one), self._words_of(other)
        # From either side it is the same comparison, be there several ways to pair the words.
        if theirs < mine:
            mine, theirs = theirs, mine
        if mine == theirs:
            return Likeness(SAME, "The same name.")
        short, long = _unglued(mine, theirs)
        if not any(self._points(word, another)[0] for word in short for another in long):
            return NOTHING
        pairs = self._paired(*sorted((short, long), key=len))
        score = _score(pairs, len(short), len(long))
        return Likeness(score, _why(pairs, short, long)) if score else NOTHING

    def _paired(self, short: tuple[str, ...], long: tuple[str, ...]) -> "list[_Pair]":
        """The words of the shorter name, each with another word of the longer one, so that they are as like as can be."""
        best: dict[int, tuple[int, list[_Pair]]] = {0: (0, [])}
        for word in short:
            further = dict(best)
            for used, (total, pairs) in best.items():
                for place, other in enumerate(long):
                    points, how = self._points(word, other)
                    if not points or used & 1 << place:
                        continue
                    known = further.get(used | 1 << place)
                    if known is None or known[0] < total + points:
                        further[used | 1 << place] = total + points, [*pairs, _Pair(word, other, points, how)]
            best = further
        return max(best.values(), key=lambda found: found[0])[1]

    def _words_of(self, name: str) -> tuple[str, ...]:
        found = self._words.get(name)
        if found is None:
            found = self._words[name] = _words_of(name)
        return found

    def _points(self, one: str, other: str) -> tuple[int, str]:
        key = (one, other) if one <= other else (other, one)
        found = self._alike.get(key)
        if found is None:
            found = self._alike[key] = _points_of(*key)
        return found


@dataclass(frozen=True)
class _Pair:
    one: str
    other: str
    points: int
    how: str


def _points_of(one: str, other: str) -> tuple[int, str]:
    """How like two words are, the first of them the first in the alphabet; and as what."""
    if one == other:
        return SAME, "same"
    if min(len(one), len(other)) == 1:
        letter, word = sorted((one, other), key=len)
        return (INITIAL, "initial") if may_begin_with(word, letter) else (0, "")
    if are_related(one, other):
        return RELATED, "form"
    if have_one_name(one, other):
        return ONE_NAME, "forms"
    spelled = OSA.normalized_similarity(one, other, score_cutoff=LEAST_SPELLED)
    if spelled < LEAST_SPELLED:
        return 0, ""
    return SPELLED_FROM + int((spelled - LEAST_SPELLED) * (SPELLED_TO - SPELLED_FROM) / (1 - LEAST_SPELLED)), "spelled"


def _score(pairs: list[_Pair], one: int, other: int) -> int:
    """What the shorter name has in common with the longer one, and both with each other, half and half."""
    total = sum(pair.points for pair in pairs)
    score = total / min(one, other) / 2 + total / (one + other)
    if len(pairs) == 1 and max(one, other) > 1:
        score = min(score, pairs[0].points * ONE_WORD_OF_SEVERAL)
    if all(pair.how == "initial" for pair in pairs):
        score = min(score, INITIALS_ALONE)
    # What is not the very same name stays below it.
    return min(int(score + 0.5), SAME - 1)


_HOW = {
    "same": "{one} in both",
    "form": "{one} and {other} may be one name",
    "forms": "{one} and {other} may be forms of one name",
    "initial": "{short} may stand for {long}",
    "spelled": "{one} is spelled like {other}",
}


def _why(pairs: list[_Pair], one: tuple[str, ...], other: tuple[str, ...]) -> str:
    told = []
    for pair in sorted(pairs, key=lambda pair: sorted((pair.one, pair.other))):
        first, second = sorted((pair.one.title(), pair.other.title()))
        short, long = sorted((first, second), key=len)
        told.append(_HOW[pair.how].format(one=first, other=second, short=short, long=long))
    paired = len(pairs)
    more = sorted((len(one) - paired, len(other) - paired))
    if more == [0, 0]:
        return f"{'; '.join(told)}."
    left = "one of them has further names" if more[0] == 0 else "both have further names"
    return f"{'; '.join(told)}; {left}."


def shared_family_name(one: str, other: str) -> str | None:
    """The family name that two names have in common, folded; all but the first word of a name may be one, or what comes
    before a comma. The other parent of a child often shares nothing else."""
    return next((word for word in _family_names(one) if word in _family_names(other)), None)


@lru_cache(maxsize=16_384)
def _family_names(name: str) -> tuple[str, ...]:
    family, comma, _ = name.partition(",")
    return tuple(word for word in _in_order(family if comma else name)[0 if comma else 1 :] if len(word) > 1)


def _words_of(name: str) -> tuple[str, ...]:
    """The words that count, folded, in the order of the alphabet."""
    plain = sorted(_in_order(name), key=lambda word: (-len(word), word))
    # What has no letters at all is like itself alone.
    return tuple(sorted(plain[:MOST_WORDS])) or (name.casefold().strip(),)


def _in_order(name: str) -> list[str]:
    """The words that count, folded, as they stand."""
    folded = name.casefold()
    if not folded.isascii():
        apart = unicodedata.normalize("NFKD", folded)
        folded = "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold().translate(_LETTERS)
    every = _WORDS.findall(folded.translate(_APOSTROPHES))
    words = [word for word in every if word not in TITLES] or every
    for dropped, left in ((PARTICLES, 1), (RARER_PARTICLES, 2)):
        others = [word for word in words if word not in dropped]
        words = others if len(others) >= left else words
    return [GLUED_PARTICLES.sub("", word) for word in words]


def _unglued(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Both names, with two words of one made one where the other writes them so: Mary Ann and Maryann."""
    return _glued(one, other), _glued(other, one)


def _glued(name: tuple[str, ...], as_in: Iterable[str]) -> tuple[str, ...]:
    for word in as_in:
        if len(word) >= SHORTEST_GLUED and word not in name:
            for first, second in _halves(name, word):
                left = list(name)
                left.remove(first)
                left.remove(second)
                return tuple(sorted([*left, word]))
    return name


def _halves(name: tuple[str, ...], word: str) -> Iterator[tuple[str, str]]:
    if any(word.startswith(part) for part in name):
        yield from ((first, second) for first, second in permutations(name, 2) if first + second == word)


def _digits(phone: str | None) -> str:
    return re.sub(r"\D", "", (phone or "").partition("x")[0])
