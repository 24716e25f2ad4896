"""To how many at once: alone, in a group; read from the words, and compared."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.changes.difference import Difference
from domain.changes.telling import sentence
from domain.vocabulary import spelled_out

if TYPE_CHECKING:
    from domain.changes.reading import Reading
    from domain.changes.side import Side


_RATIO_HINTS = (
    *("one", "1", "individual", "alone", "group", "pair", "shared", "students", "peers", "child", ":", "whole"),
    *("full", "dedicated", "personal", "exclusive", "sole", "own", "another", "children", "pupils"),
)


_RATIO = re.compile(
    r"\b(?P<alone>one[- ](?:to|on)[- ]one|1[- ](?:to|on)[- ]1|1:1|alone|individual(?:ly)?(?! (?:needs?|education|"
    r"health|transition|work|seat|desk|practice))"
    r"|(?:dedicated|personal|exclusive|sole|own)(?= (?:[\w-]+ ){0,2}(?:aide|para\w*|assistant|"
    r"attendant|escort|nurse|interpreter|adult|staff|teacher|tutor)\b))\b"
    r"(?: (?:student[- ]to[- ]teacher |teacher[- ]to[- ]student |"
    r"student[- ]teacher )?ratio\b)?"
    r"|\b(?:in )?(?:an? )?(?:small )?(?:groups?|pairs?)(?: size)? (?:of|with) (?:up to |no more than |not more than |"
    r"no larger than |at most |a maximum of |fewer than |about |no more than )?(?P<of>\d+)(?:\s?(?:-|to|"
    r"or)\s?(?P<of_more>\d+))?(?: or (?:fewer|less))?(?: (?:other )?(?:students?|peers|children))?"
    r"|\b(?P<two>(?:shared )?with (?:another|one other|1 other) (?:student|peer|pupil|child)|"
    r"(?:between|among) two (?:students|children))\b"
    r"|\b(?:no more than|up to|at most|with|shared with) (?P<others>\d+) (?:other )?(?:students?|peers?|children|child)\b"
    r"|\b(?:(?:(?:student|teacher|pupil|staff)[- ](?:to[- ])?(?:student|teacher|staff|"
    r"pupil)[- ])?ratio (?:of )?)?(?P<one>\d{1,2}):(?P<many>\d{1,2})(?::\d{1,2})?(?! ?[ap]\.?m)(?: ratio)?\b"
    r"|\b(?:1|one|an?) (?:teacher|adult|instructor|therapist|aide|paraprofessional|staff(?: member)?) (?:to|for|per|"
    r"with)(?: every)? "
    r"(?P<to_one>\d{1,2}) (?:students?|children|pupils)\b"
    r"|\b(?P<per_one>\d{1,2}) (?:students?|children|pupils) (?:to|for|per|with)(?: every| each)? (?:1 |one |"
    r"an? )?(?:teacher|adult|instructor|therapist|aide|"
    r"paraprofessional|staff(?: member)?)\b"
    r"|\bfor (?P<for_many>[2-9]|[1-3]\d) (?:students|children|pupils)\b"
    r"|\b(?P<pair>(?:in )?pairs)\b"
    r"|\b(?:in )?(?:an? |the )?(?P<small>small[- ]groups?)(?: (?:setting|session|instruction))?\b"
    r"|\b(?:in )?(?:an? |the )?(?P<large>(?:large|whole|full)[- ](?:groups?|class))\b"
    r"|\b(?P<shared>(?<!is )(?<!are )(?<!be )(?<!been )shared\b"
    r"(?! (?:with|by|to|via|through|in|document|drive|folder|file|doc)\b)|"
    r"(?<=aide )(?:is |will be )?shared|(?<=paraprofessional )(?:is |will be )?shared|(?<=assistant )(?:is |will be )?shared)\b"
    r"|\b(?:in )?(?:an? |the )?(?P<group>groups?)\b(?! (?:work|project|activit|discussion|assignment|norm|member))"
)


def read_ratio(reading: "Reading") -> Fraction | None:
    if reading.is_goal:
        return None
    if not reading.has(_RATIO_HINTS):
        return None
    found: list[Fraction] = []
    has_or = " or " in reading.text

    def out(match: re.Match[str]) -> str:
        found.append(_ratio_of(match))
        return " "

    reading.text = _RATIO.sub(out, reading.text)
    if not found:
        return None
    return min(found) if has_or or len(found) == 1 else max(found)


def _ratio_of(match: re.Match[str]) -> Fraction:
    if match["alone"]:
        return Fraction(100)
    for name in ("of", "others", "many", "to_one", "per_one", "for_many"):
        if match[name]:
            number = int(match["of_more"] or match[name]) if name == "of" else int(match[name]) + (name == "others")
            if name == "many" and int(match["one"]) > number:
                number = int(match["one"])
            return Fraction(100) if number <= 1 else Fraction(90) - min(number, 39)
    if match["pair"] or match["two"]:
        return Fraction(88)
    if match["small"]:
        return Fraction(50)
    return Fraction(20) if match["shared"] or match["large"] else Fraction(40)


_UNSTATED_RATIO = {"service": Fraction(45)}


# Who helps one child, where nothing else is said: less than alone, more than shared by two.
_OF_ONE_AIDE = Fraction(89)


_SHARED = Fraction(20)


_AIDE = re.compile(
    r"\A(?:[\w-]+ ){0,4}(?:aides?|para(?:professional|educator)?s?|(?:teaching |teacher |instructional |health |bus |"
    r"personal care )assistants?|attendants?|escorts?|adults?)\b"
)


def ratio_differs(before: "Side", after: "Side") -> Iterator[Difference]:
    one, other = before.terms.ratio, after.terms.ratio
    is_aide = all(_AIDE.match(spelled_out(side.plain).casefold()) for side in (before, after))
    kind = before.promise.kind if before.promise.kind == after.promise.kind else ""
    # What is shared was whole before.
    unstated = (
        _OF_ONE_AIDE
        if is_aide
        else _UNSTATED_RATIO["service"]
        if _SHARED in (one, other)
        else _UNSTATED_RATIO.get(kind, Fraction(0))
    )
    mine, theirs = (unstated if each is None else each for each in (one, other))
    if mine == theirs:
        return
    if one is None:
        is_shared = is_aide and other == _SHARED
        reason = "The help is now shared." if is_shared else f"It is now {_size(other, is_aide)}."
    elif other is None:
        reason = f"It is no longer said to be {_size(one, is_aide)}."
    else:
        reason = sentence(f"{_size(one, is_aide)} became {_size(other, is_aide)}.".replace("for a", "a"))
    yield Difference(1 if theirs > mine else -1, ("text",), reason)


def _size(ratio: Fraction | None, is_aide: bool) -> str:
    assert ratio is not None
    if ratio == 100:
        return "individual help" if is_aide else "individual"
    if ratio > 50:
        return f"for a group of {90 - ratio}"
    sizes = {50: "for a small group", 40: "for a group"}
    return sizes.get(int(ratio), "a shared aide" if is_aide else "for a large or shared group")
