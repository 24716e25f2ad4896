"""What a goal asks: with how much help, in how many of how many, at which grade."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from domain.changes.difference import Difference
from domain.changes.digits import ORDINALS
from domain.changes.figure import AT_MOST, SHARE, Figure
from domain.changes.matters import HARMS, REDUCING, WORK
from domain.changes.words import WORD, stem

if TYPE_CHECKING:
    from domain.changes.reading import Reading
    from domain.changes.terms import Terms


_OUT_OF = re.compile(
    r"\b(\d+)\s?(?:out of|of|/|in)(?: every| the| each)?\s?(\d+)\b(?! ?(?:inch|hour|cup|day week|minute|second|of))"
)


_FROM_TO = re.compile(r"\bfrom (?:a baseline of )?\$?\d+(?:\.\d+)?%?(?: (?:\w+ ){0,4}| )(?=to \$?\d)")


_GRADE = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\d{1,2}(?:st|nd|rd|"
    r"th))[- ]grade\b|\bgrade (\d{1,2})\b"
)


_NO_HARM = re.compile(r"\b(?:no|without(?: any)?|zero) (?=((?:\w+[- ])?)(\w+))")


def read_help(reading: "Reading") -> int | None:
    ranks: list[int] = []
    if reading.taken(ALONE, hints=("independent", "without", "no ", "0 ", "own", "self", "un", "spontan")):
        ranks.append(0)

    def counted(match: re.Match[str]) -> str:
        ranks.append(10 + min(int(match[1]) if match[1].isdigit() else 1, 20) + 25 * ("physical" in match[0]))
        return " "

    def by_persons(match: re.Match[str]) -> str:
        # The more people it takes, the more help it is.
        ranks.append(85 + min(int(match[1]), 5))
        return " "

    def vague(match: re.Match[str]) -> str:
        ranks.append(_help_rank(match[0]))
        return " "

    if reading.has(("person", "people", "adult", "staff")):
        reading.text = PERSONS_HELP.sub(by_persons, reading.text)
    reading.text = COUNTED_HELP.sub(counted, reading.text)
    reading.text = VAGUE_HELP.sub(vague, reading.text)
    return max(ranks, default=None)


def read_shares(reading: "Reading") -> None:
    """4 of 5: the share, and how often it is shown."""

    def out(match: re.Match[str]) -> str:
        some, all_of = int(match[1]), int(match[2])
        if not all_of or some > all_of:
            return match[0]
        if reading.is_goal:
            before = reading.text[max(0, match.start() - 200) : match.start()]
            sign = -1 if _TO_LAST.search(before) and REDUCING.search(before) else 1
        else:
            next_words = WORD.findall(reading.text[match.end() : match.end() + 40])[:3]
            sign = -1 if any(stem(word) in WORK for word in next_words) else 1
        reading.figures.append(Figure("of", Fraction(some, all_of), sign, Fraction(all_of), said=f"{some} of {all_of}"))
        return f" {SHARE} "

    reading.text = _FROM_TO.sub(" ", reading.text) if reading.is_goal else reading.text
    if reading.has(("of", "/", "in")):
        reading.text = _OUT_OF.sub(out, reading.text)


def read_grade(reading: "Reading") -> None:
    def out(match: re.Match[str]) -> str:
        word = match[1] or match[2]
        number = ORDINALS.get(word) or int(re.sub(r"\D", "", word))
        reading.figures.append(Figure("grade", Fraction(number), 1 if reading.is_goal else 0, said=f"grade {number}"))
        return " grade-level "

    if "grade" in reading.text:
        reading.text = _GRADE.sub(out, reading.text)
    if reading.is_goal and reading.has(("no ", "without ", "zero ")):
        reading.text = _NO_HARM.sub(
            lambda found: "0 " if {stem(found[2]), stem(found[1].strip(" -"))} & HARMS else found[0], reading.text
        )


_TO_LAST = re.compile(rf"(?:\bto|\bthan|{AT_MOST})\s*\Z")


def _help_rank(said: str) -> int:
    if "hand-over" in said or "hand over" in said:
        return 92
    for words, rank in (
        (("max", "total", "constant", "full"), 90),
        (("partial",), 84),
        (("physical", " hand"), 85),
        (("mod",), 80),
        (("min", "limited", "occasional", "intermittent", "faded", "fading"), 60),
    ):
        if any(word in said for word in words) and "model" not in said:
            return rank
    return 70


# Help in a goal, from none to all of it.
_HELPS: Final = (
    r"(?:prompt(?:s|ing)?|cu(?:es?|eing|ing)|help|assistance|assist|assists|supports?|reminders?|redirections?|"
    r"repetitions?|guidance|scaffolding|models?|modeling"
    r"|encouragement|supervision|intervention|hand)"
)


_SORTS: Final = (
    r"(?:(?:verbal|visual|gestural|gesture|tactile|adult's|adult|teacher's|teacher|staff|physical|indirect|direct|"
    r"written|picture|auditory|model|extra|additional|further|any|peer|or|and|of|or fewer|or less)\s){0,4}"
)


ALONE: Final = re.compile(
    rf"\bindependent(?:ly)?\b(?! (?:work|reading|living|practice|seat|writing|task|level|classwork))|\b(?:without|no|0|"
    rf"with no|with 0|zero) {_SORTS}{_HELPS}\b"
    r"|\bon (?:his|her|their) own\b|\bby (?:him|her)self\b|\bun(?:aided|assisted|prompted)\b|\bspontaneously\b"
)


COUNTED_HELP: Final = re.compile(
    rf"\b(?:(?:with|given|using|after|needing|requiring|and|in)\s)?(?:(?:no more than|fewer than|less than|at most|"
    rf"up to|a maximum of|only|just|at least)\s)?(\d+|an?|a single)\s{_SORTS}(?!models?\b|hand\b){_HELPS}\b"
)


PERSONS_HELP: Final = re.compile(
    rf"\b(?:with |using |given )?(?:an? )?([1-5])[- ](?:person|people|adult|staff)(?: {_SORTS})? ?(?:max(?:imum|imal)? |"
    rf"mod(?:erate)? |min(?:imum|imal)? |physical )?"
    r"(?:assist(?:ance|s)?|help|support|lift|transfer)\b"
)


VAGUE_HELP: Final = re.compile(
    rf"\b(?:with |and |given |using |through )?hand[- ]over[- ]hand(?: {_HELPS})?"
    rf"|\b(?:with|given|using|from|under|needing|requiring|and|through)\s(?:(?:the|her|his|their|1|an?|some|faded|"
    rf"fading)\s)?((?:minimal|minimum|min|moderate|mod|maximum|maximal|max|full|partial|total|constant|limited|"
    rf"intermittent|occasional|frequent)\s)?({_SORTS}){_HELPS}\b"
    rf"|\b(minimal|moderate|maximum|maximal|full|partial)\s({_SORTS}){_HELPS}\b"
)


# Without a word about help: little.
_UNSTATED_HELP = 5


def help_differs(before: "Terms", after: "Terms") -> Iterator[Difference]:
    one = _UNSTATED_HELP if before.help is None else before.help
    other = _UNSTATED_HELP if after.help is None else after.help
    if one != other:
        yield Difference(1 if other < one else -1, ("text",), f"The goal allows {'less' if other < one else 'more'} help.")
