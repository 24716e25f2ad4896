"""How often: `daily`, `3 times a week`, `every other day`, and for a service the occasion that recurs."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import PURPOSE, is_figure
from domain.wording.span import CONDITIONAL, DISCRETIONARY, FREQUENCY
from domain.wording.weighed import Weighed, figure_near

_LOOKS_AT_RATE = known.WEEKDAYS | listed(
    "th / a all always annually bimonthly biweekly by continuously daily days each entire every fridays full"
    " fulltime hourly mon mondays monthly nightly once per quarterly semester sessions the throughout"
    " thursdays times tuesdays twice wednesdays weekly whole x yearly"
)
_LOOKS_AT_EVENT = listed("after at before during within")
_RATES = listed("daily weekly monthly hourly quarterly annually yearly biweekly bimonthly nightly")
_AFTER_PER = known.WEEKDAYS | listed(
    "day week month year hour class period quarter semester session morning afternoon trimester cycle marking weeks"
    " lunch grading game other evening hr mtg trip ride iep assembly"
)
_COUNTS_OF_TIMES = listed("once twice times time x days minutes hours hour")
_AFTER_TIMES = listed("weekly monthly daily week wk month day year per a / each by quarter semester hour yr mo")
_AFTER_TWICE = listed("a per weekly monthly daily each every by /")
_EVENTS = listed("each every all lunch recess arrival dismissal transitions meals mealtimes")


def has_rate(weighed: Weighed) -> bool:
    words, statement = weighed.words, weighed.statement
    for place, word in weighed.spots(_LOOKS_AT_RATE):
        if not weighed.promises(place) and statement.does[place] != PURPOSE:
            continue
        span = weighed.inside.get(place)
        if span is not None and span.category in (CONDITIONAL, DISCRETIONARY, FREQUENCY):
            continue
        after = statement.word(place + 1)
        if word in _RATES:
            return True
        if word in {"per", "a", "each", "every", "/", "by", "the"} and (
            after in _AFTER_PER or (word in ("per", "each", "every") and is_figure(statement, place + 1))
        ):
            if word in ("a", "by", "the") and not (
                figure_near(weighed, place) or (word == "a" and place and words[place - 1] in _COUNTS_OF_TIMES)
            ):
                continue
            if word == "/" and not (place and (is_figure(statement, place - 1) or words[place - 1] in known.UNITS)):
                continue
            return True
        if word in ("every", "each") and (after in {"time", "school", "transition", "test"}):
            return True
        if word in ("x", "times") and is_figure(statement, place - 1) and after in _AFTER_TIMES:
            return True
        if (
            word in ("days", "times", "sessions")
            and is_figure(statement, place - 1)
            and after in {"a", "per", "/", "each", "weekly"}
        ):
            return True
        if word == "times" and statement.word(place - 1) == "all" and statement.word(place - 2) == "at":
            return True
        if (
            (
                word in {"full", "all", "entire", "whole"}
                and (after == "day" or (after in ("school", "instructional") and statement.word(place + 2) == "day"))
            )
            or word in ("always", "continuously", "fulltime")
            or (word == "full" and after == "time")
        ):
            return True
        if word == "throughout" and statement.word(place + 2) in ("day", "school") and weighed.is_service:
            return True
        if word == "th" and statement.word(place - 1) == "/":
            return True
        if word in known.WEEKDAYS:
            return True
        if (word == "once" and after in {"a", "per", "weekly", "monthly", "every", "each", "daily"}) or (
            word == "twice" and after in _AFTER_TWICE
        ):
            return True
        if word == "semester" and statement.word(place - 1) in ("per", "each", "a"):
            return True
    return weighed.is_service and _has_event(weighed)


def _has_event(weighed: Weighed) -> bool:
    """A service at an occasion that recurs: before each class, at arrival, within so many days, on a date."""
    statement = weighed.statement
    for place, word in weighed.spots(_LOOKS_AT_EVENT):
        if not weighed.promises(place):
            continue
        after = statement.word(place + 1)
        if word in {"during", "before", "after", "at"} and (
            after in _EVENTS or (after == "the" and statement.word(place + 2) in ("start", "end", "beginning"))
        ):
            return True
        if word == "within" and is_figure(statement, place + 1):
            return True
    return False
