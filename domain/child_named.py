"""Whether words that leave the house name the child: a subject is read by whoever passes by a screen."""

import re
import unicodedata
from collections.abc import Iterable

# Shorter parts of a name are words of every language: Al, Ed, de, Jo.
SHORTEST_PART = 3
_BETWEEN_PARTS = re.compile(r"[\s,.;()/\"-]+")


def named(text: str, name: str, disabilities: Iterable[str] = ()) -> list[str]:
    """What in a text names a child: the full name, or a part of it of three letters or more, standing there as a word and in
    the same capitals ("Will" is named by "Will", and not by "will"); a disability of theirs in any capitals.
    """
    plain = _plain(text)
    parts = [part.strip("'’") for part in _BETWEEN_PARTS.split(_plain(name))]
    found = [part for part in dict.fromkeys([_plain(name), *parts]) if _counts(part) and _stands_in(plain, part)]
    folded = plain.casefold()
    return found + [one for one in disabilities if _counts(one) and _stands_in(folded, _plain(one).casefold())]


def _counts(part: str) -> bool:
    return sum(sign.isalpha() for sign in part) >= SHORTEST_PART


def _stands_in(text: str, words: str) -> bool:
    """Whether the words stand in the text, with no letter or digit right before or behind them."""
    begin = text.find(words)
    while begin >= 0:
        end = begin + len(words)
        if not (text[begin - 1 : begin].isalnum() or text[end : end + 1].isalnum()):
            return True
        begin = text.find(words, begin + 1)
    return False


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
