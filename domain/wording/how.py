"""How: a service's minutes, a goal's criterion, the measure of what is given; open amounts and help are vague.

Where nothing comes in amounts, and for a postsecondary goal, it does not apply.
"""

from domain.listed import listed
from domain.wording.amounts import has_figure_by
from domain.wording.context import NEGATED, PAST, QUOTED, REASON, TIME, UNCHECKED, is_figure
from domain.wording.criteria import has_criterion, has_method, is_postsecondary
from domain.wording.measures import comes_in_amounts, has_measure
from domain.wording.span import AMOUNT, CONDITIONAL, DISCRETIONARY, FREQUENCY, INTENT, PERMISSIVE, SUPPORT
from domain.wording.weighed import MISSING, NOT_APPLICABLE, Weighed, counts_times, figure_near, said

_UNITS_OF_LENGTH = frozenset(("minutes", "minute", "hour", "hours", "second", "seconds", "hr"))
_SHORTENED = listed(
    "shortened reduced extended limited lowered decreased increased lengthened shorten reduce lower decrease lengthen"
)
_LOOKS_AT_LENGTH = _UNITS_OF_LENGTH | listed(
    "% all block blocks entire full fulltime half hour hours minute period periods throughout whole"
)
_LARGE = listed("big bigger enlarged large")
_TRANSPORT = listed("bus transportation van transported ride rides curb transport taxi")
_MANNERS_OF_TRANSPORT = listed(
    "lift door curb wheelchair harness aide monitor seat taxi van attendant belt booster vest small air car"
)
_PRINTED = listed("print font type text printed copies copy worksheets")


def how(weighed: Weighed) -> str:
    words = weighed.words
    vague = weighed.leaves("how") or (weighed.helps and not weighed.is_service)
    for span in weighed.found:
        if (
            (span.category == AMOUNT and not counts_times(weighed, span))
            or (span.category == SUPPORT and not weighed.is_service)
            or (
                span.category in {PERMISSIVE, INTENT}
                and words[span.end - 1] in _SHORTENED
                and not has_figure_by(weighed.statement, span)
            )
            or (weighed.is_goal and span.category in (CONDITIONAL, FREQUENCY))
        ):
            vague = True
    if weighed.is_goal:
        clear = has_criterion(weighed)
        postsecondary = is_postsecondary(weighed)
        method = not clear and has_method(weighed)
        return said(vague or method, clear, NOT_APPLICABLE if postsecondary else MISSING)
    if weighed.is_service:
        return said(vague, _has_length(weighed))
    if _is_large_print_without_size(weighed):
        vague = True
    clear = has_measure(weighed)
    return said(vague, clear, MISSING if comes_in_amounts(weighed) else NOT_APPLICABLE)


def _has_length(weighed: Weighed) -> bool:
    """Minutes per session or period, a full day; for transport the manner."""
    statement, words = weighed.statement, weighed.words
    for place, word in weighed.spots(_LOOKS_AT_LENGTH, TIME):
        if statement.does[place] in (REASON, QUOTED, UNCHECKED, PAST, NEGATED):
            continue
        if place in weighed.inside and weighed.inside[place].category in (CONDITIONAL, DISCRETIONARY):
            continue
        if statement.kinds[place] == TIME and statement.joined[place] and statement.kinds[place + 1] == TIME:
            # `1:00-1:30`
            return True
        if word in _UNITS_OF_LENGTH and (
            is_figure(statement, place - 1)
            or statement.word(place - 1) in {"an", "a", "one", "half", "per", "minute"}
            or (
                statement.word(place - 1) in {"of", "clock", "instructional", "service", "direct"}
                and figure_near(weighed, place)
            )
        ):
            if (
                statement.word(place - 1) == "per"
                or statement.word(place - 2) == "within"
                or (statement.word(place - 1) == "a" and word != "hour")
            ):
                continue
            if word in ("minute", "hour", "hours") and statement.word(place - 2) == "every":
                continue
            return True
        if (
            (
                word in ("full", "entire", "whole")
                and statement.word(place + 1) in {"day", "period", "time", "school", "class", "session", "instructional"}
            )
            or (word == "all" and "day" in words[place + 1 : place + 3])
            or word == "fulltime"
            or (word == "half" and statement.word(place + 1) == "day")
        ):
            return True
        if word in {"period", "periods", "block", "blocks"} and (
            is_figure(statement, place - 1)
            or statement.word(place - 1) in {"class", "a", "one", "entire", "whole", "every", "each"}
        ):
            return statement.word(place - 1) not in ("every", "each") or "entire" in words
        if word == "%" and is_figure(statement, place - 1):
            return True
    return not (statement.vocabulary.isdisjoint(_TRANSPORT) or statement.vocabulary.isdisjoint(_MANNERS_OF_TRANSPORT))


def _is_large_print_without_size(weighed: Weighed) -> bool:
    words, statement = weighed.words, weighed.statement
    for place, _ in weighed.spots(_LARGE):
        if statement.word(place + 1) in _PRINTED and weighed.promises(place):
            around = words[max(0, place - 4) : place + 12]
            return not any(
                each in {"point", "pt", "%", "percent", "size"} and any(near.isdigit() for near in around) for each in around
            )
    return False
