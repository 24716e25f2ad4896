"""Numbers as digits: "two", "by half", "a third of"."""

import re
from typing import Final

from domain.frequency import NUMBER_WORDS

# Numbers as digits.
_WORDY = {
    word: number for word, number in NUMBER_WORDS.items() if word not in ("a", "an", "single", "couple", "dozen", "hundred")
}


NUMBER_WORD: Final = re.compile(
    r"(?<![-\w])(?:" + "|".join(sorted(map(re.escape, _WORDY), key=len, reverse=True)) + r")\b(?!-(?:on|"
    r"to)-one)(?! another\b)"
)


ORDINALS: Final = {
    word: number
    for number, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"],
        1,
    )
}


def in_digits(text: str) -> str:
    """Numbers of words as digits, parts of a whole as percent: "two", "by half", "a third of"."""
    if "hour" in text:
        text = _HOUR_AND_HALF.sub("90 minutes", text)
        text = _HALF_HOUR.sub("30 minutes", text)
        text = _AN_HOUR.sub("1 hour", text)
        text = _EVERY_HOUR.sub(lambda found: "every 30 minutes" if "half" in found[0] else "every 1 hour", text)
    if "every other" in text or "even" in text or "odd" in text:
        text = _EVERY_OTHER.sub("50% of the ", text)
    if "twice" in text or "once" in text:
        text = _ONCE.sub(lambda found: "2 times" if found[0] == "twice" else "1 time", text)
    has_digit = HAS_DIGIT.search(text) is not None
    if has_digit:
        text = _NTH.sub(lambda found: _ORDINAL_WORDS.get(int(found[1]), found[0]), text)
    if any(share in text for share in ("half", "third", "quarter", "fourth", "fifth", "tenth")):
        text = _SHARE_SAID.sub(_share, text)
    if not _NUMBER_WORDS.isdisjoint(_SPLIT.split(text)):
        text, has_digit = NUMBER_WORD.sub(lambda found: str(_WORDY[found[0]]), text), True
    if not has_digit:
        return text
    if "per" in text or "pct" in text:
        text = _PERCENT.sub(r"\1%", text)
    if "(" in text:
        text = _TWICE_SAID.sub(r"\1", text)
    return _THOUSANDS.sub("", text) if "," in text else text


HAS_DIGIT: Final = re.compile(r"\d")


_EVERY_OTHER: Final = re.compile(
    r"\bevery other (?=(?:math |spelling )?(?:problem|question|item|word|line|row)s?\b)|\b(?:only (?:the )?)?(?:even|"
    r"odd)(?:[- ]numbered)? (?=(?:math )?(?:problem|question|item|row)s?\b)"
)


_HOUR_AND_HALF: Final = re.compile(r"\b(?:an|one|1) hour and (?:a|one) half\b|\b(?:one|1) and (?:a|one) half hours\b")


_HALF_HOUR: Final = re.compile(r"(?<!every )(?<!each )(?<!per )\b(?:a |one )?half[- ](?:an? )?hour\b")


_AN_HOUR: Final = re.compile(
    r"(?<!per )(?<!every )(?<!each )\ban hour\b(?=\s*(?:[.,;)]|\Z|of|for|before|after|early|later|per|each|every|daily|"
    r"weekly|monthly))"
)


_ONCE: Final = re.compile(
    r"\btwice\b(?! (?:as|the))|\bonce\b(?= (?:an?|per|each|every|daily|weekly|monthly|in)\b|\s*(?:[.,;)]|\Z))"
)


_SPLIT: Final = re.compile(r"[^a-z]+")


_NUMBER_WORDS: Final = frozenset(word for phrase in _WORDY for word in _SPLIT.split(phrase))


_PERCENT: Final = re.compile(r"(\d)\s?(?:percent|per cent|pct)\b")


_TWICE_SAID: Final = re.compile(r"\b(\d+)\s?\(\s?\1\s?\)")


_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}\b)")


_EVERY_HOUR: Final = re.compile(r"\b(?:every|each|per|once an?) (?:half[- ](?:an? )?)?hour\b|\bhourly\b")


_NTH: Final = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")


_ORDINAL_WORDS: Final = {number: word for word, number in ORDINALS.items()}


def _share(found: re.Match[str]) -> str:
    word = (found[1] or found[2]).replace("-", " ").removeprefix("a ").removeprefix("an ").removeprefix("one ").strip()
    return f" {_SHARES[word]}% "


_SHARES: Final = {
    "half": 50,
    "third": 33,
    "quarter": 25,
    "fourth": 25,
    "two thirds": 67,
    "three quarters": 75,
    "three fourths": 75,
    "fifth": 20,
    "tenth": 10,
}


_SHARE_WORD: Final = (
    r"(?:(?:an? |one[ -])?(?:half|third|quarter|fourth|fifth|tenth)|two[- ]thirds|three[- ](?:quarters|fourths))"
)


_SHARE_SAID: Final = re.compile(
    rf"(?:(?<=\()|(?<=\bby )|(?<=\bto )|(?<=\bin )|(?<=cut )|(?<=\bonly )|(?<=\bat ))(?:about )?({_SHARE_WORD})(?! (?:hour|"
    rf"an? hour|day|grade|inch))(?!-)\b"
    rf"|\b({_SHARE_WORD})(?= (?:of (?!an? (?:hour|day|inch|page))|the |as many|as much|fewer|less))"
)
