"""A token of an amount: what is written, as minutes, times and a period."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from domain.frequency.numbers import FRACTIONS, number_of
from domain.frequency.pattern import ADVERBS, PERIOD

# Nobody is served longer than that in one go; a figure above is no length or count.
MOST_MINUTES, MOST_TIMES = 200_000, 2_000
COUNT_NOUN = re.compile(
    r"\s?(?:individual |group |small group )?(?:sessions?|times|visits?|periods?|blocks?|lessons?|meetings?)\b", re.IGNORECASE
)
_DAYS = re.compile(r"days?\Z", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri)", re.IGNORECASE)
_LONG_WEEKS = {9: "quarter", 10: "quarter", 12: "trimester", 18: "semester", 36: "year", 2: "two_weeks", 1: "week"}


@dataclass(frozen=True)
class Token:
    """What stands in one place of a text and is a part of an amount, or says how firm one is."""

    kind: str
    start: int
    end: int
    minutes: int | None = None
    times: int | None = None
    per: str | None = None
    # "weekly", "each week": it happens once in it. "per week": a mere total.
    is_once: bool = False


# The groups of the pattern, as it tries them.
KINDS = (
    *("none", "hedge", "about", "pair", "label", "half", "quarter", "three_quarters", "mixed", "mpw", "clock", "hours"),
    *("minutes", "short", "adverb_count", "of_days", "glued", "count", "x_count", "cycle", "other", "nth", "two_weeks"),
    *("semi", "unclear", "weeks", "per", "often", "weekdays", "bare", "lone"),
)


def token_of(kind: str, found: re.Match[str], text: str) -> Token | None:
    """What a group of the pattern found; None when it is no part of an amount after all."""
    start, end, words = found.start(), found.end(), found[0].casefold()

    def length(minutes: Fraction | int | None, times: int | None = None) -> Token | None:
        return None if minutes is None else Token("length", start, end, minutes=_within(minutes, MOST_MINUTES), times=times)

    def count(value: Fraction | int | None, kind: str = "count") -> Token | None:
        return None if value is None else Token(kind, start, end, times=_within(value, MOST_TIMES))

    def period(per: str | None, is_once: bool, times: int | None = None, minutes: int | None = None) -> Token:
        return Token("period" if times is None else "count_and_period", start, end, minutes, times, per, is_once)

    if kind == "hedge":
        is_ceiling = words.startswith(("up", "max", "no", "at most", "or "))
        return Token("ceiling" if is_ceiling else "needed", start, end)
    if kind == "about":
        return Token("about", start, end)
    if kind == "pair":
        return _pair(found)
    if kind == "label":
        per = _PERIOD_OF.get((found["label_period"] or "").casefold())
        value = number_of(found["label_number"])
        if value is None:
            return None
        is_length = words.startswith("m")
        figure = _within(value, MOST_MINUTES if is_length else MOST_TIMES)
        label = Token("label_and_period" if per else "length", start, end, per=per)
        return replace(label, minutes=figure) if is_length else replace(label, times=figure)
    if kind in ("half", "quarter", "three_quarters"):
        return length({"half": 30, "quarter": 15, "three_quarters": 45}[kind])
    if kind == "mixed":
        whole, part = (number_of(found["mixed_whole"]), (found["mixed_part"] or found["mixed_slash"]).casefold())
        return length(60 * ((whole or 0) + (Fraction(1, 2) if part == "half" else FRACTIONS[part])))
    if kind == "mpw":
        value, per = (number_of(found["mpw_number"]), _LETTER_PERIODS[found["mpw_per"].casefold()])
        length_of = (value or 0) * (60 if found["mpw_unit"].casefold() == "h" else 1)
        return Token("label_and_period", start, end, _within(length_of, MOST_MINUTES), None, per)
    if kind == "clock":
        return length(60 * int(found["clock_hours"]) + int(found["clock_minutes"]))
    if kind == "short":
        return Token("bare pair", start, end, minutes=int(found["short_number"]))
    if kind == "hours":
        hours, more, minutes_more = (_least(found, "hours"), (found["hours_more"] or "").casefold(), found["hours_minutes"])
        extra = (
            number_of(minutes_more) if minutes_more else 30 if "half" in more or "½" in more else 15 if "quarter" in more else 0
        )
        return length(None if hours is None else hours * 60 + (extra or 0))
    if kind == "minutes":
        minutes, top = number_of(found["minutes_number"]), number_of(found["minutes_again"])
        if minutes and top and minutes <= 5 and top >= 15 and COUNT_NOUN.match(text, end):
            return length(top, int(minutes))
        return length(_least(found, "minutes"))
    if kind == "adverb_count":
        return count({"once": 1, "twice": 2, "thrice": 3}[words])
    if kind == "count":
        return count(_least(found, "count"), "days" if _DAYS.search(words) else "count")
    if kind == "x_count":
        return count(number_of(found["x_number"]), "x_count")
    if kind == "glued":
        return period(_PERIOD_OF[found["glued_period"]], False, int(found["glued_number"]))
    if kind == "of_days":
        some_days = number_of(found["of_days_number"])
        per = "week" if found["of_days_all"].casefold() in ("5", "five") else None
        return Token("weekdays", start, end, None, int(some_days), per) if some_days and some_days >= 1 else None
    if kind == "cycle":
        return period(
            "week" if found["cycle_days"] and found["cycle_days"].casefold() in ("5", "five") else None, "e" in words[:1]
        )
    if kind == "other":
        unit = found["other_period"].casefold()
        return period(
            "two_weeks" if unit.startswith(("w", "t", "f")) or (unit.startswith("mon") and "th" not in unit) else None, True
        )
    if kind == "nth":
        ordinal = found["nth_number"]
        nth = _ORDINALS.get(ordinal) or int(ordinal.rstrip("rdth"))
        return period(_so_many(nth, found["weeks_nth"].removeprefix("school ")), True)
    if kind == "two_weeks":
        return period("two_weeks", True)
    if kind == "semi":
        unit = (found["semi_unit"] or "annually").casefold()
        return period({"monthly": "month", "weekly": "week"}.get(unit, "year"), False, 2)
    if kind == "unclear":
        return period(None, True)
    if kind == "weeks":
        return period(_weeks(found), words.startswith("e"))
    if kind == "per":
        per = next(name for name in PERIOD if found[f"per_{name}"])
        return period(per, "each" in words or "every" in words)
    if kind == "often":
        return period(ADVERBS[words], True)
    if kind == "bare":
        return (
            period(_PERIOD_OF[found["bare_period"].casefold()], False)
            if re.search(
                r"\d\s?[x×]\s?\Z" if found["bare_wide"] is not None else r"[\dxse×]\s?\Z",
                text[max(0, start - 4) : start],
                re.IGNORECASE,
            )
            else None
        )
    if kind == "weekdays":
        days = len(_WEEKDAY.findall(words))
        return (
            Token("weekdays", start, end, None, days, "week") if days > 1 or "days" in words or words.startswith("e") else None
        )
    return None


_PERIOD_OF = {
    "day": "day",
    "week": "week",
    "wk": "week",
    "month": "month",
    "mo": "month",
    "quarter": "quarter",
    "year": "year",
    "yr": "year",
}
_ORDINALS = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "ninth": 9, "tenth": 10, "twelfth": 12}
_LETTER_PERIODS = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}
PERIODIC = frozenset(("period", "count_and_period", "label_and_period", "weekdays"))


def _pair(found: re.Match[str]) -> Token | None:
    """2 x 30: twice half an hour; but 30 x 2, too."""
    one, other, unit = (number_of(found["pair_one"]), number_of(found["pair_two"]), found["pair_unit"] or "")
    if one is None or other is None or not one or not other:
        return None
    if "h" in unit.casefold():
        other *= 60
    if not unit and one >= 15 and other <= 10:
        one, other = other, one
    is_amount = unit or (one <= 10 and other >= 10) or one <= 5 <= other
    if not is_amount or one > MOST_TIMES or not 1 <= other <= MOST_MINUTES or one < 1:
        return None
    return Token("pair" if unit else "bare pair", found.start(), found.end(), int(other), int(one))


def _weeks(found: re.Match[str]) -> str | None:
    return _so_many(int(number_of(found["weeks_number"]) or 0), found["weeks_unit"].casefold())


def _so_many(number: int, unit: str) -> str | None:
    """The period that is so many days, weeks or months; None where none is."""
    if unit.startswith("d"):
        return {1: "day", 5: "week", 10: "two_weeks"}.get(number)
    if unit.startswith("m"):
        return {1: "month", 3: "quarter", 12: "year"}.get(number)
    return _LONG_WEEKS.get(number)


def _within(value: Fraction | int, most: int) -> int:
    """The figure, or 0 where none is so small or so large: an amount that holds it is none, rather than what is left of it."""
    return int(value) if 1 <= value <= most else 0


def _least(found: re.Match[str], name: str) -> Fraction | None:
    """Of a range the lower number."""
    numbers = [
        number for number in (number_of(found[f"{name}_number"]), number_of(found[f"{name}_again"])) if number is not None
    ]
    return min(numbers, default=None)
