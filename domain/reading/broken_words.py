"""Words and lines that the end of a line broke, made whole: by the other words of the document, where they tell."""

import re
from collections import Counter
from collections.abc import Container, Sequence

from domain.listed import listed

# Words before a hyphen that keep it when the line ends there.
_COMPOUND = listed(
    """
    self well non co half full part one two three four five six seven eight nine ten high low small large text speech push
    pull check follow peer paper multi cross end grade age noise home school short long whole first second third twenty
    thirty forty fifty sixty seventy eighty ninety hand eye step time evidence language word read level pre post bi semi mid
    inter anti real open closed student teacher adult up down in out on off by to
    """
)
SOFT_HYPHEN = "\u00ad"


def joined(parts: Sequence[str], between: str = " ") -> str:
    """Lines as one text: a space between them, none after a hyphen, and no hyphen that is there because the line ends."""
    text = ""
    for part in parts:
        if not part:
            continue
        if text.endswith(SOFT_HYPHEN):
            text = text[:-1] + part
        elif text.endswith("-") and len(text) > 1 and text[-2].isalpha() and part[0].isalpha():
            text += part
        else:
            text = text + between + part if text else part
    return text


def hyphenated(upper: str, lower: str, words: Container[str]) -> str:
    """The upper line, its last hyphen a soft one when the two halves are one of the document's `words`, or look like one."""
    if not upper.endswith("-") or len(upper) < 3 or not lower[:1].islower():
        return upper
    first, second = upper[:-1].rsplit(None, 1)[-1].strip("(\"'“").lower(), _letters(lower)
    if "-" in first or not first.isalpha():
        return upper
    if first + second in words or (f"{first}-{second}" not in words and first not in _COMPOUND):
        return upper[:-1] + SOFT_HYPHEN
    return upper


def _letters(text: str) -> str:
    end = 0
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[:end].lower()


# Where a word was broken: anywhere, and behind a hyphen. The words of the whole document say which it is.
CUT, HYPHENATED = "\x02", "\x03"


def made_whole(text: str, words: Counter[str]) -> str:
    """The text with the words whole that the page broke."""
    if CUT not in text and HYPHENATED not in text:
        return text
    parts = re.split(f"([{CUT}{HYPHENATED}])", text)
    made = parts[0]
    for sign, part in zip(parts[1::2], parts[2::2], strict=True):
        if sign == HYPHENATED:
            made = joined([hyphenated(made, part, words), part])
            continue
        first, second = _LETTERS.findall(made.lower())[-1:] or [""], _LETTERS.findall(part.lower())[:1] or [""]
        made += part if _is_one_word(first[0], second[0], words) else " " + part
    return made


_LETTERS = re.compile(r"[a-z]+")
# Words that a line of a narrow cell may begin with, and so no second halves.
_OWN = listed(
    """
    a an and as at by for from in of on or per the to via with when day aide area areas class classes classroom classrooms
    center content date dates daily direct education environment group hour hours indirect instruction lab language level
    math mathematics min minutes month monthly needs nurse office only pathologist plan program provider reading room school
    science service services session sessions setting skills social special specialist staff strategies student studies
    support supports teacher teachers team test tests therapist therapy time times training use week weekly work worker
    writing year yearly individual general additional assistant psychologist counselor
    """
)


def _is_one_word(first: str, second: str, words: Counter[str]) -> bool:
    """Whether the two are halves of a word. Each was counted once where it stands."""
    whole = first + second
    if whole in words or (len(second) < 3 and second not in _OWN):
        return True
    if any(whole.endswith(ending) and len(second) < len(ending) for ending in _ENDINGS):
        return True
    if second in _OWN or words[second] > 1:
        return False
    return len(second) < 4 or (len(second) < 7 and first not in _OWN and words[first] < 2)


_ENDINGS = ("tion", "tions", "sion", "ment", "ments", "ness", "ance", "ence", "able", "ible", "ical", "ally", "ities", "ative")
