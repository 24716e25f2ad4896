"""To how many at once: alone, in a group; read from the words, and compared."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.changes.difference import Difference

if TYPE_CHECKING:
    from domain.changes.reading import Reading
    from domain.changes.side import Side


_RATIO_HINTS = (
    *("one", "1", "individual", "alone", "group", "pair", "shared", "students", "peers", "child", ":", "whole"),
    *("full",),
)


_RATIO = re.compile(
    r"\b(?P<alone>one[- ](?:to|on)[- ]one|1[- ](?:to|on)[- ]1|1:1|alone|individual(?:ly)?(?! (?:needs?|education|"
    r"health|transition|work|seat|desk|practice)))\b(?: (?:student[- ]to[- ]teacher |teacher[- ]to[- ]student |"
    r"student[- ]teacher )?ratio\b)?"
    r"|\b(?:in )?(?:an? )?(?:small )?(?:groups?|pairs?)(?: size)? (?:of|with) (?:up to |no more than |not more than |"
    r"no larger than |at most |a maximum of |fewer than |about |no more than )?(?P<of>\d+)(?:\s?(?:-|to|"
    r"or)\s?(?P<of_more>\d+))?(?: or (?:fewer|less))?(?: (?:other )?(?:students?|peers|children))?"
    r"|\b(?:no more than|up to|at most|with|shared with) (?P<others>\d+) (?:other )?(?:students?|peers?|children|child)\b"
    r"|\b(?:(?:(?:student|teacher|pupil|staff)[- ](?:to[- ])?(?:student|teacher|staff|"
    r"pupil)[- ])?ratio (?:of )?)?(?P<one>\d{1,2}):(?P<many>\d{1,2})(?::\d{1,2})?(?! ?[ap]\.?m)(?: ratio)?\b"
    r"|\b(?:1|one|an?) (?:teacher|adult|instructor|therapist|aide|paraprofessional|staff(?: member)?) (?:to|for|per|"
    r"with)(?: every)? "
    r"(?P<to_one>\d{1,2}) (?:students?|children|pupils)\b"
    r"|\b(?P<per_one>\d{1,2}) (?:students?|children|pupils) (?:to|for|per|with)(?: every| each)? (?:1 |one |"
    r"an? )?(?:teacher|adult|instructor|therapist|aide|"
    r"paraprofessional|staff(?: member)?)\b"
    r"|\b(?P<pair>(?:in )?pairs)\b"
    r"|\b(?:in )?(?:an? |the )?(?P<small>small[- ]groups?)(?: (?:setting|session|instruction))?\b"
    r"|\b(?:in )?(?:an? |the )?(?P<large>(?:large|whole|full)[- ](?:groups?|class))\b"
    r"|\b(?P<shared>shared)\b"
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
    for name in ("of", "others", "many", "to_one", "per_one"):
        if match[name]:
            number = int(match["of_more"] or match[name]) if name == "of" else int(match[name]) + (name == "others")
            if name == "many" and int(match["one"]) > number:
                number = int(match["one"])
            return Fraction(100) if number <= 1 else Fraction(90) - min(number, 39)
    if match["pair"]:
        return Fraction(88)
    if match["small"]:
        return Fraction(50)
    return Fraction(20) if match["shared"] or match["large"] else Fraction(40)


_UNSTATED_RATIO = {"service": Fraction(45)}


def ratio_differs(before: "Side", after: "Side") -> Iterator[Difference]:
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
