"""When a goal is to be met: a date, the end of a term or after graduation is clear; `eventually` is vague."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import DATE, NUMBER, PAST, QUOTED, REASON, UNCHECKED, is_figure, whole_number
from domain.wording.weighed import CLEAR, MISSING, VAGUE, Weighed

_MONTHS_WITH_MAY = known.MONTHS | {"may"}
_LOOKS_AT_DATE = _MONTHS_WITH_MAY | listed(
    "after annually at before by during eventually following future gradually graduation in may over someday"
    " sometime this throughout until upon within"
)
_BEFORE_A_MONTH = listed("by in of until late early mid before end")
_BEFORE_A_DATE = listed("by within before after until at upon in")
_LEAVING_SCHOOL = listed("graduation graduating exiting exit completing completion leaving")
_TERMS = listed(
    "year years semester quarter trimester iep annual annually weeks months month week review graduation break grading"
    " marking period term winter spring fall summer thanksgiving christmas school january june midyear cycle duration"
    " age grade"
)


def when_of_goal(weighed: Weighed) -> str:
    words, statement = weighed.words, weighed.statement
    vague = False
    for place, word in weighed.spots(_LOOKS_AT_DATE, DATE):
        if statement.does[place] in (REASON, QUOTED, UNCHECKED, PAST):
            continue
        after = statement.word(place + 1)
        if statement.kinds[place] == DATE:
            return CLEAR
        if (
            word in _MONTHS_WITH_MAY
            and place
            and ((place + 1 < statement.count and statement.kinds[place + 1] == NUMBER) or words[place - 1] in _BEFORE_A_MONTH)
        ):
            if (
                word == "may"
                and not (place + 1 < statement.count and statement.kinds[place + 1] == NUMBER)
                and words[place - 1] not in {"by", "in", "of", "until"}
            ):
                continue
            return CLEAR
        if word in ("by", "before", "until") and 2000 < whole_number(after) < 2200:
            return CLEAR
        if word in _BEFORE_A_DATE:
            window = words[place + 1 : place + 9]
            stop = next(
                (at for at, each in enumerate(window) if each in (",", ".", ";") or each in known.AUXILIARY), len(window)
            )
            window = window[:stop]
            inside = set(window)
            if word == "after" and {"high", "school"} <= inside:
                return CLEAR
            if word in ("after", "upon", "following") and inside & {"graduation", "graduating"}:
                return CLEAR
            if word in ("after", "upon") and inside & _LEAVING_SCHOOL and (inside & {"graduation", "graduating", "school"}):
                return CLEAR
            if word in {"by", "before", "at", "within", "until", "in"}:
                if word == "at" and not ({"end", "close", "conclusion"} & inside):
                    continue
                if word == "in" and not (
                    is_figure(statement, place + 1)
                    and inside & {"weeks", "months", "week", "year", "month"}
                    and not inside & {"out", "of"}
                ):
                    if inside & {"future", "time"} and ("near" in inside or after == "time"):
                        vague = True
                    continue
                if inside & _TERMS and after not in ("using", "asking"):
                    if word == "within" and not (is_figure(statement, place + 1) or after in {"a", "the", "this", "one", "an"}):
                        continue
                    if word == "by" and after.endswith("ing") and after not in ("spring", "evening", "morning"):
                        continue
                    if (
                        inside & {"period", "week", "day"}
                        and not inside & {"iep", "grading", "marking", "semester", "annual", "school", "year"}
                        and after in ("class", "the")
                        and "class" in inside
                    ):
                        continue
                    if after in {"sometime", "about", "around", "approximately"} or "eventually" in inside:
                        vague = True
                        continue
                    return CLEAR
        if (
            word in {"eventually", "gradually", "sometime", "someday"}
            or (word == "over" and after == "time")
            or word == "future"
        ):
            vague = True
        if word == "this" and after in ("year", "semester"):
            return CLEAR
        if word == "throughout" and "year" in words[place + 1 : place + 5]:
            vague = True
        if word == "annually":
            return CLEAR
        if word == "graduation" and statement.word(place - 1) in {"after", "upon", "following", "school"}:
            return CLEAR
    return VAGUE if vague else MISSING
