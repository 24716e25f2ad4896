"""A text as its words: by their bare letters, and where each stands in the text.

What nobody sees takes no part: accents, signs without a width, soft hyphens, wide letters. Words part at apostrophes, hyphens
and underscores, where letters meet digits, and at a capital within ("SashaPetrov"). Of scripts that leave no space between
words, each sign is a word.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

# Accents, vowels that are signs on a letter, and what has no width.
_MARKS = frozenset(sign for sign in map(chr, range(0x80, 0x20000)) if unicodedata.category(sign) in ("Mn", "Mc", "Cf"))
# Two apostrophes are letters to Unicode.
_LETTER = r"[^\W_ʼʻ]"
_TOKEN = re.compile(rf"{_LETTER}(?:{_LETTER}|[{''.join(sorted(_MARKS))}])*")
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR", "BOPOMOFO")
# What has an accent of its own kind, which no form of Unicode takes away.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t", "ς": "σ", "ـ": ""}
)
# What a capital within a word may follow: "McDonald" is one word.
_JOINED = frozenset(("mc", "mac", "fitz", "de", "di", "la", "le"))
# More of one word than that nobody writes; it bounds what is remembered.
_LONGEST = 64


class Word(NamedTuple):
    """`letters` are its own, small and without accents; `begins` and `ends` are places in the text. `is_first` and `is_last` of
    what stands between two signs that are no letters.
    """

    letters: str
    begins: int
    ends: int
    is_first: bool
    is_last: bool
    is_lower: bool
    is_upper: bool
    is_unspaced: bool


def words(text: str) -> Iterator[Word]:
    """Each word of a text, in order."""
    for found in _TOKEN.finditer(text):
        token, at = found.group(), found.start()
        for begins in range(0, len(token), _LONGEST):
            for word in _parted(token[begins : begins + _LONGEST]):
                yield word._replace(begins=at + begins + word.begins, ends=at + begins + word.ends)


@lru_cache(maxsize=32_768)
def _parted(token: str) -> tuple[Word, ...]:
    """The words of what stands between two signs that are no letters, with places in it."""
    if token.isascii() and (token.islower() or token.isdigit() or (token.isalpha() and (token.isupper() or token.istitle()))):
        is_lower, is_upper = token == token.lower(), token.isupper()
        return (Word(token.lower(), 0, len(token), True, True, is_lower, is_upper, False),)
    edges = _edges(token)
    pieces = [token[begin:end] for begin, end in pairwise(edges)]
    made = [
        Word(
            letters,
            begins,
            begins + len(piece),
            begins == 0,
            begins + len(piece) == len(token),
            piece == piece.lower(),
            piece == piece.upper() != piece.lower(),
            _is_unspaced(piece[0]),
        )
        for begins, piece in zip(edges, pieces, strict=False)
        if (letters := folded(piece))
    ]
    return tuple(made)


def _edges(token: str) -> list[int]:
    """Where its words begin, and where the last one ends."""
    seen = [at for at, sign in enumerate(token) if sign not in _MARKS]
    edges = [0]
    for before, at in pairwise(seen):
        last, here, after = token[before], token[at], token[at + 1 : at + 2]
        is_camel = here.isupper() and (last.islower() or (last.isupper() and after.islower()))
        if is_camel and folded(token[edges[-1] : at]) in _JOINED:
            is_camel = False
        if is_camel or last.isdigit() != here.isdigit() or _is_unspaced(last) or _is_unspaced(here):
            edges.append(at)
    return [*edges, len(token)]


def folded(text: str) -> str:
    """Its letters and digits alone, small and without accents."""
    if text.isascii():
        return "".join(sign for sign in text.lower() if sign.isalnum())
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in apart.translate(_PLAIN_LETTERS) if sign.isalnum())


@lru_cache(maxsize=4096)
def _is_unspaced(sign: str) -> bool:
    """Whether it is of a script that leaves no space between words, or joins words to others."""
    return not sign.isascii() and unicodedata.name(sign, "").startswith(_UNSPACED)
