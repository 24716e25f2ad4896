"""One spelling for what is written in several: typesetting, slips of the pen, one word or two."""

import re
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from domain.changes.words import WORD, listed, stem


def plain(text: str) -> str:
    """The text without what only typesetting adds: spaces, capitals, kinds of quotes and dashes, a bullet, the last stop."""
    return " ".join(_without_bullet(text.translate(MARKS)).casefold().split()).rstrip(".;, ")


def _without_bullet(text: str) -> str:
    bullet = _BULLET.match(text)
    return text[bullet.end() :] if bullet else text


MARKS = {
    **dict.fromkeys(map(ord, "‘’ʼ`´‛"), "'"),
    **dict.fromkeys(map(ord, "“”„«»″"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—−"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009\u200a\t\n\r"), " "),
    **dict.fromkeys(map(ord, "\u200b\ufeff\u00ad®™"), ""),
    ord("…"): "...",
    ord("×"): "x",
}


_BULLET = re.compile(r"\A\s*[•▪◦●*·-]\s*")


def joined(text: str) -> str:
    """ "Work site" as "worksite"."""
    if "-" not in text and COMPOUND_FIRSTS.isdisjoint(text.split()):
        return text
    return COMPOUNDS.sub(lambda found: "".join(filter(None, found.groups())), text)


def spoken(text: str) -> dict[str, str]:
    """Each stem as it stands in the text."""
    return {stem(word): word for word in reversed(WORD.findall(text))}


# Words that decide, and are misspelt often enough.
DECISIVE: Final = listed(
    "frequent frequently available necessary appropriate possible individual individually consultation consult "
    "paraprofessional teacher assistant occasionally"
    " sometimes independently independent accuracy extended additional specialist pathologist therapist psychologist "
    "counselor occupational physical"
    " speech language quarterly monthly weekly minutes direct indirect small group preferential seating separate "
    "reduced shortened assignments homework"
    " quizzes permitted allowed encouraged request consecutive opportunities percent prompts reminders classroom "
    "regularly periodically needed"
)


@lru_cache(maxsize=8192)
def corrected(word: str) -> str:
    """A decisive word that is misspelt by a letter, as it should be; any other word as it is."""
    if len(word) < 6 or word in DECISIVE or stem(word) in _DECISIVE_STEMS:
        return word
    for other in _DECISIVE_BY_LETTER.get(word[0], ()):
        if word[:-1] == other[:-1] and word.endswith("es"):
            # "Teaches" is no slip of "teacher".
            return word
        if abs(len(other) - len(word)) <= 1 and OSA.distance(word, other, score_cutoff=1) == 1:
            return word if word in (f"{other}s", other[:-1]) or other == f"{word}s" else other
    return word


_DECISIVE_STEMS: Final = frozenset(map(stem, DECISIVE))


_DECISIVE_BY_LETTER: Final = {
    letter: tuple(sorted(word for word in DECISIVE if word[0] == letter and len(word) >= 6))
    for letter in {word[0] for word in DECISIVE}
}


# Written as one word or two, they are one; and their small words lead to nothing.
COMPOUNDS: Final = re.compile(
    r"\b(?:(check|push|pull|call|note)(?:s|ing|ed)?[- ](ins?|outs?|takers?|taking)|(cool|calm|wind)(?:s|ing|"
    r"ed)?[- ](downs?)|(time)[- ](outs?)|(follow|catch|clean|warm)[- ](ups?)|(?!one-)([a-z]{3,})-(ins?|outs?|"
    r"downs?|ups?|offs?|on)"
    r"|(home|class|seat|team)[- ](work)|(text|work|note|story|hand|flash|key|white|black|ear|head|back|lunch|bath|rest|"
    r"class|check|time|play|score|audio|e|smart|lap|desk|touch|wheel|foot|arm|web|day|feed|clip|cross|door)[- ](books?|"
    r"pads?|sheets?|phones?|plugs?|boards?"
    r"|rooms?|cards?|lists?|lines?|packs?|grounds?|sets?|writing|tops?|screens?|chairs?|rests?|sites?|backs?|ways?|"
    r"walks?))\b(?! (?:(?:the|an?|his|her|their|all|each|every)\b|\d))"
)


# Without one of these, or a hyphen, there is no compound.
COMPOUND_FIRSTS: Final = frozenset(
    first + ending
    for first in listed(
        "check push pull call note cool calm wind time follow catch clean warm home class seat team text work story "
        "hand flash "
        "key white black ear head back lunch bath rest play score audio e smart lap desk touch wheel foot arm web day feed "
        "clip cross door"
    )
    for ending in ("", "s", "ing", "ed")
)


BOTH_WAYS: Final = re.compile(
    r"\b(?:both )?(?:(?P<to>to and from|from and to|to (?:and|&) from|going to and coming from)|(?P<before>before and after|"
    r"before (?:and|&) after))\b"
    r"|\b(?:both (?:ways|directions)|round[- ]trips?|there and back)\b"
    r"|(?P<back>\bto (?:the )?school) and (?:from (?:the )?school|(?:back )?(?:to )?home|back)\b"
)


def both_ways(match: re.Match[str]) -> str:
    """Two ways, or before and after: the first of them, marked."""
    return f" bothways {'to' if match['to'] else 'before' if match['before'] else match['back'] or ''} "
