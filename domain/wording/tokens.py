"""A statement as words: where each stands, and which word it is meant to be, however it is spelt or shortened."""

import re
from functools import lru_cache

from domain.language import SPANISH
from domain.listed import listed
from domain.wording.spelling import ABBREVIATIONS, DOTLESS, FAMILY_WORDS, LOOKALIKES, PLAIN_WORDS, SPANISH_ENDINGS

WORD, NUMBER, DATE, TIME, MARK = "word", "number", "date", "time", "mark"
# Latin abbreviations, and English ones with a slash, are one word: their dots and slashes end nothing.
_TOKEN = re.compile(
    r"(?P<special>(?:[eE]\.?[gG]\.?|[eE]\. [gG]\.|[iI]\. ?[eE]\.?|[wW]/[oOiI]|[nN]/[aA]|[bB]/[cC]|[oO] ?& ?[mM]|[aApP]\.[mM]\.?"
    r"|[pP]\.[eEtT]\.?|[oO]\.[tT]\.?|[pP]\.[rR]\.[nN]\.?)(?![^\W_])|[wW]/)"
    r"|(?P<word>[^\W\d_]+(?:['’ʼ][^\W\d_]+)*)"
    r"|(?P<date>\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}/(?:19|20)\d\d)(?!\d)"
    r"|(?P<time>\d{1,2}:\d\d)(?!\d)"
    r"|(?P<number>\d{1,9}(?:,\d{3}){0,3}(?:\.\d{1,4})?)"
    r"|(?P<mark>\n|_+|([^\s\w])\7{3,}|[^\s\w])"
)
_SPECIALS = {"e.g": "e.g.", "eg": "e.g.", "i.e": "i.e.", "p.r.n": "prn", "p.e": "pe", "o.t": "ot", "p.t": "pt"}
_SPECIALS |= {"w/o": "without", "w/i": "within", "w/": "with", "b/c": "because", "n/a": "n/a", "a.m": "am", "p.m": "pm"}
_IS = frozenset(("let's", "it's", "he's", "she's", "that's"))
_APOSTROPHES = frozenset(("'", "’"))
_ALWAYS_DOTTED = frozenset(("etc", "ect"))
# These end sentences often.
_AT_ENDS = listed("asap prn min mins hr hrs wk wks mo mos yr yrs hw rm sped max")
_HYPHENS = frozenset("-‐‑‒–—−")


class Tokens:
    """The words, numbers and marks of a text, as lists beside each other; hyphens within a word only set `joined`.

    `words` are in lower case and as meant, `joined[i]` says that a hyphen and no blank ties word i to the next one.
    """

    __slots__ = ("count", "ends", "joined", "kinds", "owners", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.kinds: list[str] = []
        self.joined: list[bool] = []
        self.owners: list[bool] = []
        self._read(text)
        self.count = len(self.words)

    def _read(self, text: str) -> None:
        words, starts, ends, kinds = self.words, self.starts, self.ends, self.kinds
        joined, owners = self.joined, self.owners
        done = 0
        for found in _TOKEN.finditer(text):
            start, end = found.span()
            if start < done:
                # The dot of an abbreviation is taken already.
                continue
            said, kind, owner = found[0], found.lastgroup or MARK, False
            if kind == WORD:
                said, owner, end = self._meant(said, end)
                if said == "pt" and kinds and kinds[-1] == NUMBER:
                    said = "point"
            elif kind == "special":
                said = said.lower().replace(" ", "")
                said, kind = _SPECIALS.get(said.rstrip("."), said), WORD
            elif kind == MARK and said in _HYPHENS and done == start and words and text[end : end + 1].isalnum():
                joined[-1] = True
                done = end
                continue
            words.append(said)
            starts.append(start)
            ends.append(end)
            kinds.append(kind)
            joined.append(False)
            owners.append(owner)
            done = end

    def _meant(self, said: str, end: int) -> tuple[str, bool, int]:
        word = said.lower().replace("’", "'").replace("ʼ", "'")
        owner = False
        if "'" in word and word.endswith("'s") and word not in _IS:
            word, owner = word[:-2], True
        after = self.text[end : end + 1]
        if after == "." and word in DOTLESS and (word in _ALWAYS_DOTTED or self._goes_on(end + 1, word)):
            end += 1
        return canonical(word), owner or after in _APOSTROPHES, end

    def _goes_on(self, after: int, word: str) -> bool:
        """Whether the dot there ends an abbreviation and no sentence."""
        follows = self.text[after : after + 2].lstrip()[:1]
        return bool(follows) and not (follows.isupper() and word in _AT_ENDS)

    def word(self, place: int) -> str:
        """The word there; nothing before the first and after the last."""
        return self.words[place] if 0 <= place < self.count else ""


@lru_cache(maxsize=16384)
def canonical(word: str) -> str:
    """The word as the families spell it: abbreviations in full, a slip of one letter (two in a long word) mended."""
    known = ABBREVIATIONS.get(word)
    if known is not None:
        return known
    if len(word) < 5 or len(word) > 18 or word in FAMILY_WORDS or word in PLAIN_WORDS or word in LOOKALIKES:
        return word
    if word in SPANISH or word.endswith(SPANISH_ENDINGS):
        return word
    return _mended(word)


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


def _mended(word: str) -> str:
    length, bits = len(word), _letters(word)
    slips = 2 if length >= 9 else 1
    best, least = word, slips + 1
    for family, family_bits in _BY_FIRST.get(word[0], ()):
        if abs(len(family) - length) < least and (bits ^ family_bits).bit_count() <= 2 * slips:
            cost = _slips(word, family, least - 1)
            if cost < least:
                best, least = family, cost
    return best


def _slips(left: str, right: str, most: int) -> int:
    """How many letters were left out, added, changed or swapped with their neighbour (Damerau and Levenshtein)."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for place, letter in enumerate(left, 1):
        before, last, row = row, before, [place]
        for other_place, other in enumerate(right, 1):
            cost = min(before[other_place] + 1, row[-1] + 1, before[other_place - 1] + (letter != other))
            if place > 1 and other_place > 1 and letter == right[other_place - 2] and left[place - 2] == other:
                cost = min(cost, last[other_place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


_BY_FIRST: dict[str, tuple[tuple[str, int], ...]] = {}
for _family in sorted(FAMILY_WORDS):
    if len(_family) >= 5:
        _BY_FIRST[_family[0]] = (*_BY_FIRST.get(_family[0], ()), (_family, _letters(_family)))
