"""Reads the numbers of a promise: how many, of what, and whether more of it is better."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.changes.figure import AT_MOST, SHARE, Figure
from domain.changes.matters import BURDENS, DISTANCES, HARMS, HOLDS, LENGTHS, REDUCING, WORK
from domain.changes.relief import LATE, SCHOOLWORK, TIME_UNITS
from domain.changes.things import LEADS
from domain.changes.words import listed, stem

if TYPE_CHECKING:
    from domain.changes.reading import Reading


_TIME_STEMS = {stem(unit): length for unit, length in TIME_UNITS.items()}


_FILLERS = (
    frozenset(
        map(
            stem,
            listed(
                "extra additional more other different separate consecutive consequtive straight full short brief "
                "verbal visual gestural physical tactile adult teacher school business instructional calendar "
                "correct complete weekly daily scheduled sensory movement rest long new math reading spelling "
                "random given successive class individual whole separate sight total written homework movement "
                "practice minute data multiple vocabulary comprehension fewer less"
            ),
        )
    )
    - _TIME_STEMS.keys()
)


_FEWER = frozenset(("fewer", "less"))


_EVERY = frozenset(("every", "each"))


_WITHIN = frozenset(("within", "under"))


_AHEAD = frozenset(("before", "prior", "advance", "ahead", "notice", "warning", "early", "beforehand"))


# So far to both sides the words may say what a number means.
_AROUND = 40


def is_number(piece: str) -> bool:
    return piece[0].isdigit() or piece[0] == "$"


def read_figure(reading: "Reading", pieces: list[str], place: int) -> set[int]:
    """The number at that place, with what it counts; gives the places of all words that belong to it."""
    reading, said = reading, pieces[place]
    value = _value(said)
    taken = {place}
    if value is None:
        return taken
    before = pieces[max(0, place - 5) : place]
    after = pieces[place + 1 : place + 5]
    noun_at = place + 1
    while noun_at < len(pieces) and (pieces[noun_at] in ("-", SHARE) or stem(pieces[noun_at]) in _FILLERS):
        noun_at += 1
    noun = stem(pieces[noun_at]) if noun_at < len(pieces) and pieces[noun_at].isalpha() and noun_at - place <= 4 else ""
    last = before[-1] if before else ""
    has_cap = bool(_CAP_BEFORE.search(" ".join(before)))
    is_ceiling = AT_MOST in before[-2:] or (AT_MOST in after and not any(map(is_number, after)))
    is_fewer = any(word in _FEWER for word in after[:2])
    words = " ".join(pieces[max(0, place - 4) : place + 6])
    if not noun and not reading.is_goal:
        noun = next((each for each in map(stem, reversed(before)) if each in WORK), "")
    better, key = 1, noun
    if said.endswith("%"):
        key = "percent"
        if reading.is_goal:
            better = aim(reading, pieces, place, "", has_cap and _harms(pieces[max(0, place - _AROUND) : place + _AROUND]))
        elif re.search(
            r"\b(?:reduc|short|cut|less|decreas|lower|fewer|trim)\w*",
            " ".join(pieces[max(0, place - _AROUND) : place + _AROUND]),
        ):
            better = -1 if last in ("to", "of") or (after[:1] == ["of"] and last != "by") else 1
        elif (after[:1] == ["of"] and reading.kind == "modification") or any(
            stem(word) in BURDENS for word in after[: 4 if after[:1] == ["of"] else 3]
        ):
            better = -1
    elif noun in _TIME_STEMS:
        taken.add(noun_at)
        taken.update(range(place + 1, noun_at))
        value *= _TIME_STEMS[noun]
        key, better = figure_of_time(reading, pieces, place, noun_at, has_cap)
    elif said.startswith("$"):
        key = "money"
    elif _POINT.search(words):
        key = "size"
    elif (_OVER.search(" ".join(before)) and (last != "over" or noun in LENGTHS)) or (
        last == "than" and any(word in ("longer", "more", "over") for word in before)
    ):
        key, better = "threshold", (1 if reading.is_goal else -1)
        value *= LENGTHS.get(noun, 1)
        taken.add(noun_at)
    elif last in _EVERY:
        key, better = "interval of work", -1
    elif reading.is_goal:
        better = aim(reading, pieces, place, noun, has_cap)
        value, unit_at = in_a_week(pieces, noun_at, value)
        taken |= unit_at
    elif last in _WITHIN or "within" in before[-2:]:
        key, better = "distance", -1
    elif before[-2:] == ["choice", "of"]:
        key = "choice"
    elif before[-2:] == ["instead", "of"]:
        better = 0
    elif noun in WORK or "instead" in after[:3] or (is_ceiling and noun in BURDENS):
        better = 1 if (is_fewer or last == "by") and not has_cap else -1
        value *= LENGTHS.get(noun, 1)
        key = "less work" if better == 1 else "work text" if noun in LENGTHS else "work"
    if (
        is_ceiling
        and not reading.is_goal
        and key not in ("work", "work text", "time of work", "threshold", "distance")
        and not (key == "percent" and better < 0)
    ):
        # A ceiling on what the school gives, not on what it asks.
        reading.more_hedges.add("ceiling")
    is_ceiling &= "ceiling" in reading.more_hedges
    reading.figures.append(Figure(key, value, better, said=figure_said(pieces, place, noun_at), is_ceiling=is_ceiling))
    return taken


def figure_of_time(reading: "Reading", pieces: list[str], place: int, noun_at: int, has_cap: bool) -> tuple[str, int]:
    before, after = (pieces[max(0, place - 4) : place], pieces[noun_at + 1 : noun_at + 5])
    text = " ".join(pieces[max(0, place - _AROUND) : place + _AROUND])
    if before and before[-1] in _EVERY:
        return "interval", -1
    if " ".join(before[-2:]) in ("more than", "longer than") and not reading.is_goal:
        return "threshold", -1
    if any(word in _AHEAD for word in after[:3]):
        return "ahead", 1
    if "within" in before[-3:] or " ".join(before[-2:]) in ("less than", "in under") or before[-1:] == ["under"]:
        return "within", 1 if LATE.search(text) and not reading.is_goal else -1
    if reading.is_goal:
        is_fast = before[-1:] == ["in"] or has_cap
        is_harm = bool(REDUCING.search(text)) or any(stem(word) in HARMS for word in pieces[max(0, place - _AROUND) : place])
        return "time", -1 if is_fast or (is_harm and before[-1:] != ["by"] and before[-1:] != ["for"]) else 1
    if LATE.search(text) or _EXTRA in map(stem, pieces[place + 1 : noun_at]):
        return "time", 1
    if before[-1:] == ["after"] and not {"day", "week"} & set(after):
        return "interval", -1
    if (has_cap or re.search(r"\b(?:shorten|reduc|cut|limit)", text)) and SCHOOLWORK.search(text) and before[-1:] != ["by"]:
        return "time of work", -1
    return "time", 1


def aim(reading: "Reading", pieces: list[str], place: int, noun: str, has_cap: bool) -> int:
    """Whether more of it is the higher aim: not of what a goal reduces, and not of a cap."""
    near = {stem(word) for word in pieces[place : place + 5] if word.isalpha()}
    last = pieces[place - 1] if place else ""
    if last == "by":
        return 1
    if (last in _WITHIN or "within" in pieces[max(0, place - 2) : place]) and noun in DISTANCES:
        return -1
    if has_cap or (last in ("using", "with", "holding") and noun in HOLDS):
        return -1
    if noun in HARMS or near & HARMS:
        return -1
    return (
        -1
        if last in ("to", "than", "below", "under") and REDUCING.search(" ".join(pieces[max(0, place - _AROUND) : place]))
        else 1
    )


_EXTRA = stem("extra")


_CAP_BEFORE = re.compile(rf"(?:{AT_MOST}|fewer than|less than|under|below|limit \w+ to|only)\s?(?:about |the )?\Z")


_OVER = re.compile(r"(?:longer than|more than|greater than|over|exceeding)\s?\Z")


_POINT = re.compile(r"\d[\s-]*(?:point|pt|font)\b|\bfont(?: size)?(?: of)? \d")


def in_a_week(pieces: Sequence[str], noun_at: int, value: Fraction) -> tuple[Fraction, set[int]]:
    """ "2 outbursts per day" in a week, and the places of the words that say it."""
    for place in range(max(noun_at - 1, 0), min(noun_at + 3, len(pieces) - 1)):
        if pieces[place] in ("per", "a", "each", "every", "/") and pieces[place + 1] in _RATES:
            return value * _RATES[pieces[place + 1]], {place, place + 1}
    return value, set()


_RATES = {
    "hour": Fraction(30),
    "day": Fraction(5),
    "week": Fraction(1),
    "month": Fraction(1, 4),
    "quarter": Fraction(1, 11),
    "semester": Fraction(1, 22),
    "year": Fraction(1, 44),
}


def _harms(pieces: Sequence[str]) -> bool:
    return any(stem(word) in HARMS for word in pieces) or bool(REDUCING.search(" ".join(pieces)))


def _value(said: str) -> Fraction | None:
    said = said.strip("$%")
    if said.isascii() and said.isdigit():
        return Fraction(int(said))
    try:
        return Fraction(said)
    except (ValueError, ZeroDivisionError):
        return None


def figure_said(pieces: list[str], place: int, noun_at: int) -> str:
    if pieces[noun_at : noun_at + 1] and pieces[noun_at] in LEADS:
        noun_at -= 1
    return " ".join(piece for piece in pieces[place : noun_at + 1] if piece not in ("-", SHARE))[:60]
