"""How much and how often: the amounts of a row, put together from its columns, or several."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.dates import written_dates
from domain.frequency import Frequency, frequencies
from domain.reading.form.label import Label
from domain.reading.form.marks import chosen, is_empty, is_none
from domain.reading.promise.weekdays import counted
from domain.reading.promise.wording import WAY
from domain.vocabulary import all_settings, spelled_out


@dataclass(frozen=True)
class Amount:
    """An amount with what its column or its neighbours say of it; `is_total`: of the period, not of a session."""

    minutes: int | None = None
    times: int | None = None
    per: str | None = None
    setting: str = ""
    mode: str = ""
    is_hedged: bool = False
    is_total: bool = False

    @property
    def says_something(self) -> bool:
        """Whether it is an amount at all."""
        return bool(self.minutes or self.times or self.per or self.is_hedged)


_BARE = re.compile(
    r"^\W*(\d{1,5}(?:\.\d{1,2})?)\s*(min(?:ute)?s?\.?|m|hours?|hrs?\.?|h|x|times?|sessions?|days?)?\W*$", re.IGNORECASE
)
_PERIOD_NAMES = {
    "day": "day",
    "daily": "day",
    "d": "day",
    "school day": "day",
    "week": "week",
    "weekly": "week",
    "wk": "week",
    "w": "week",
    "school week": "week",
    "two weeks": "two_weeks",
    "biweekly": "two_weeks",
    "month": "month",
    "monthly": "month",
    "mo": "month",
    "m": "month",
    "quarter": "quarter",
    "quarterly": "quarter",
    "grading period": "quarter",
    "trimester": "trimester",
    "semester": "semester",
    "year": "year",
    "yearly": "year",
    "annually": "year",
    "school year": "year",
    "y": "year",
}
_HEDGED = re.compile(
    r"\b(?:as needed|as necessary|up to|as required|prn|on request|if needed|as appropriate|when needed|at most"
    r"|no more than)\b",
    re.IGNORECASE,
)


def amounts(cells: Iterable[tuple[Label | None, str]]) -> list[Amount]:
    """The amounts of a row: one, put together from its columns; or several, each with the place or way it is for."""
    apart: list[Amount] = []
    parts: list[Amount] = []
    for label, text in cells:
        if is_empty(text) or is_none(text):
            continue
        found = _in_cell(label, text)
        if label and (label.setting or label.mode) and any(each.says_something for each in found):
            apart += [replace(each, setting=each.setting or label.setting, mode=each.mode or label.mode) for each in found]
        elif len(found) > 1:
            apart += found
        else:
            parts += found
    parts = [each for each in parts if each.says_something]
    if any(each.minutes and not each.is_total for each in parts):
        parts = [replace(each, minutes=None, per=None) if each.is_total else each for each in parts]
    whole = _together(parts) if parts else None
    if apart:
        zero = [each for each in apart if each.says_something]
        return [_filled(each, whole) for each in zero]
    return [whole] if whole else []


def _filled(one: Amount, other: Amount | None) -> Amount:
    if not other or one.is_hedged:
        return one
    return replace(
        one,
        minutes=one.minutes or other.minutes,
        times=one.times or (None if one.is_total else other.times),
        per=one.per or other.per,
    )


def _together(parts: Sequence[Amount]) -> Amount:
    if any(each.is_hedged for each in parts):
        return Amount(is_hedged=True)
    whole = parts[0]
    for each in parts[1:]:
        whole = replace(
            whole,
            minutes=whole.minutes or each.minutes,
            times=whole.times or each.times,
            per=whole.per or each.per,
            is_total=whole.is_total and each.is_total,
        )
    return whole


_TOTALING = re.compile(
    r",?\s*\btotal(?:ing|ling|s|ed)?\s*(?:of\b)?:?\s*[\d,]+\s*(?:min(?:ute)?s?|hours?)\b\s*(?:served\b)?\s*:?", re.IGNORECASE
)


def _in_cell(label: Label | None, text: str) -> list[Amount]:
    text = counted(chosen(re.sub(r"\b((?:per|/|a|each) ?)mon\b\.?", r"\1month", text, flags=re.IGNORECASE)))
    if (total := _TOTALING.search(text)) and frequencies(text[: total.start()]):
        # "50 min x 5 totaling 250 min served weekly": the sessions are the promise, the sum is arithmetic.
        text = _TOTALING.sub(" ", text)
    if dates := written_dates(text):
        for _, start, end in reversed(dates):
            text = text[:start] + " " * (end - start) + text[end:]
    said = " ".join(text.lower().split()).strip(" .;,")
    said = re.sub(r"^(?:per|each|every|a|/)\s+", "", said)
    if said in _PERIOD_NAMES:
        per = _PERIOD_NAMES[said]
        is_count = said.endswith("ly") and not (label and label.unit in ("minutes", "hours"))
        return [Amount(times=1 if is_count else None, per=per)]
    if bare := _BARE.match(text):
        return [_bare(float(bare.group(1)), (bare.group(2) or "").lower(), label)]
    if (
        label
        and label.unit
        and (
            lone := re.match(
                r"^\W*(\d{1,4})\s*(?:x\b)?[\s,]*(per|each|every|a|daily|weekly|monthly|quarterly|yearly|/)(?![\w])", text
            )
        )
    ):
        text = f"{lone.group(1)} {label.unit} {text[lone.start(2) :]}"
    found = [each for each in frequencies(text) if each.minutes or each.times or each.per or each.is_hedged]
    if not found:
        number = re.match(r"^\D{0,12}(\d{1,4})\D*$", text)
        if number and label and label.unit:
            return [_bare(float(number.group(1)), "", label)]
        return [Amount(is_hedged=True)] if _HEDGED.search(text) else []
    if len(found) > 1 and not _are_two(found):
        found = [merged(found)]
    out: list[Amount] = []
    for index, each in enumerate(found):
        start = found[index - 1].end if index else 0
        end = found[index + 1].start if index + 1 < len(found) else len(text)
        around = text[start:end] if len(found) > 1 else text
        if len(found) > 1:
            around = _own_part(text, found, index)
        out.append(_of(each, label, around, len(found) > 1))
    return out


def _own_part(text: str, found: Sequence[Frequency], index: int) -> str:
    """Of a cell with several amounts the part of this one: up to what parts it from its neighbours."""
    start, end = 0, len(text)
    if index:
        gap_start, gap_end = found[index - 1].end, found[index].start
        start = gap_start + _cut(text[gap_start:gap_end])
    if index + 1 < len(found):
        gap_start, gap_end = found[index].end, found[index + 1].start
        end = gap_start + _cut(text[gap_start:gap_end])
    return text[start:end]


def _cut(gap: str) -> int:
    """Where two amounts are parted, in what stands between them."""
    best = None
    for pattern in (r"\n|;", r"\bplus\b|\+|\bas well as\b", r",\s*and\b", r"\band\b|&", r",", r"/|\|"):
        matches = list(re.finditer(pattern, gap))
        if matches:
            best = matches[-1] if pattern == "," else matches[0]
            return best.end()
    # "30 minutes direct 15 minutes consult": the way stands behind; "direct 30 minutes consult 15 minutes": before.
    return len(gap)


def _are_two(found: Sequence[Frequency]) -> bool:
    """Whether several amounts stand for themselves, and are not one said in parts ("30 minutes; weekly")."""
    with_minutes = sum(each.minutes is not None for each in found)
    whole = sum(each.per is not None and (each.minutes is not None or each.times is not None) for each in found)
    return with_minutes > 1 or whole > 1


def merged(found: Sequence[Frequency]) -> Frequency:
    """An amount that is said in parts ("30 minutes; weekly"), as one."""
    whole = found[0]
    for each in found[1:]:
        whole = replace(
            whole,
            minutes=whole.minutes or each.minutes,
            times=whole.times or each.times,
            per=whole.per or each.per,
            end=each.end,
            is_hedged=whole.is_hedged or each.is_hedged,
        )
    return whole


def _of(each: Frequency, label: Label | None, around: str, is_one_of_several: bool) -> Amount:
    if each.is_hedged and each.minutes is None and each.times is None:
        return Amount(is_hedged=True)
    per = each.per or (label.per if label else "") or None
    minutes, times = each.minutes, each.times
    is_total = bool(label and label.per and label.unit in ("minutes", "hours") and not each.times and not each.per and minutes)
    setting = mode = ""
    if is_one_of_several:
        if places := all_settings(around):
            setting = spelled_out(around[places[0][1] : places[0][2]])
        mode = ", ".join(dict.fromkeys(match.group(0).lower() for match in WAY.finditer(around)))
    return Amount(minutes, times, per, setting, mode, is_total=is_total)


def _bare(number: float, unit: str, label: Label | None) -> Amount:
    if number <= 0:
        return Amount()
    per = (label.per if label else "") or None
    meant = (
        "minutes"
        if unit.startswith("m")
        else "hours"
        if unit.startswith("h")
        else "times"
        if unit
        else (label.unit if label else "")
    )
    if not meant or (meant == "times" and not unit and number >= 15 and not per):
        meant = "minutes" if number >= 10 else "times"
    if meant == "minutes":
        return Amount(minutes=round(number), per=per, is_total=bool(per))
    if meant == "hours":
        return Amount(minutes=round(number * 60), per=per, is_total=bool(per))
    return Amount(times=round(number), per=per) if number == int(number) else Amount()
