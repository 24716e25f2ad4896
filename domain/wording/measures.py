"""Measures of what is given: a number, a size, a length, a fraction; and whether a thing comes in amounts at all."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import (
    BLANK,
    NEGATED,
    NUMBER,
    PAST,
    PURPOSE,
    QUOTED,
    REASON,
    UNCHECKED,
    is_figure,
    whole_number,
)
from domain.wording.span import AMOUNT, CONDITIONAL, DISCRETIONARY, SUPPORT
from domain.wording.weighed import Weighed, is_any

_AMOUNTS = listed(
    "time break breaks support supports help assistance prompts reminders cues check checks checkin checkins"
    " sessions session meeting meetings meets meet training trainings train trains trained workload distance"
    " warning warnings wait notice repetition repetitions extension extensions consultation consult consults"
    " consulted tutoring"
)
_BEFORE_A_FIGURE_THAT_NAMES = known.MONTHS | listed(
    "may room row doors rows desks rooms desk seat locker grade level table unit page chapter section step part"
    " age over than grades form door bus route tier box card zone period lane"
)
_LOOKS_AT_MEASURE = frozenset(known.NUMBER_WORDS) | listed(
    "1 double half once one other single third time triple twice unlimited"
)
_LOOKS_AT_AMOUNTS = _AMOUNTS | listed(
    "ahead assignment assignments assistance break breaks check checks class consult consultation consults"
    " cues directions distance early extension extensions font group help homework instructions late meet"
    " meeting meetings meets notice print prompts reconvene reconvenes reminders repeat repeated repeating"
    " repeats repetition repetitions reread rereads session sessions small smaller support supports time train"
    " trained training trains wait warning warnings work workload"
)
_AFTER_EVERY_OTHER_OF_TIME = known.WEEKDAYS | listed("day week month class period session")
_AFTER_A_GRADE_OR_HOUR = listed("grade th am pm a.m. p.m. st nd rd")
_BEFORE_A_LIMIT = listed("within every under above below after before absent at")
_JOINED_TO_A_MEASURE = listed("step grade digit on to year paragraph")
_BEFORE_ONE_AS_ANY = listed("at no each any which this of per")
_AFTER_ONE_AS_ANY = listed("of another on spoken written time side to at")
_AFTER_TIMES_OF_RATE = listed("a per daily weekly / each every week day monthly wk month during by")
_BEFORE_TIME_AS_OCCASION = listed(
    "at one each every same any class lunch quiet circle a first this study center on story part full of"
)
_BEFORE_MEETING_AS_OCCASION = listed("iep morning at during before the each class")
_FINDINGS_OF_SUPPORT = listed("support supports help assistance prompts reminders cues")
_LESS_WORK = listed("modified reduced shortened shorten reduce modify adjusted less fewer adjust limit")
_LEAVING_CLASS = listed("leave leaves dismiss dismissed released leaving release transition")


def has_measure(weighed: Weighed) -> bool:
    """A number, a size, a length or a fraction of what is given."""
    statement, words = weighed.statement, weighed.words
    for place, word in weighed.spots(_LOOKS_AT_MEASURE, NUMBER):
        if statement.does[place] in (REASON, QUOTED, UNCHECKED, PAST, PURPOSE):
            continue
        if statement.does[place] == NEGATED and not (word in known.NUMBER_WORDS or statement.kinds[place] == NUMBER):
            continue
        span = weighed.inside.get(place)
        if span is not None and span.category in (CONDITIONAL, DISCRETIONARY, AMOUNT):
            continue
        before, after = statement.word(place - 1), statement.word(place + 1)
        if word == "other" and before == "every" and after not in _AFTER_EVERY_OTHER_OF_TIME:
            return True
        if word in {"half", "double", "twice", "triple", "third", "unlimited", "single"} and not (
            word == "third" and (before == "the" or after == "grade")
        ):
            return not (word == "twice" and after in {"daily", "a", "weekly", "per", "each"})
        if (
            word == "time"
            and after == "and"
            and statement.word(place + 2) in ("a", "one")
            and "half" in words[place : place + 5]
        ):
            return True
        if word == "once" and before in ("repeat", "repeated", "repeats"):
            return True
        if not is_figure(statement, place) or word == "once":
            continue
        if (
            before in {"and", ",", "-", "through", "to", "or"}
            and is_figure(statement, place - 2)
            and statement.word(place - 3) in _BEFORE_A_FIGURE_THAT_NAMES
        ):
            continue
        if before in _BEFORE_A_FIGURE_THAT_NAMES and not (
            before == "than" and statement.word(place - 2) in ("more", "fewer", "less") and statement.word(place - 3) == "no"
        ):
            continue
        if after in _AFTER_A_GRADE_OR_HOUR or after in known.MONTHS:
            continue
        if statement.kinds[place] == NUMBER and 1900 < whole_number(word) < 2200:
            continue
        if before in _BEFORE_A_LIMIT and not (before == "at" and after == "point") and after not in {"feet", "foot", "inches"}:
            continue
        if statement.joined[place] and after in _JOINED_TO_A_MEASURE:
            continue
        if ((word in ("one", "1") and before in _BEFORE_ONE_AS_ANY) or (word == "one" and after in _AFTER_ONE_AS_ANY)) and (
            after in ("on", "to") or before != "at" or after != "time"
        ):
            continue
        if word == "1" and after in (":", "to", "on"):
            continue
        if (before == ":" and statement.word(place - 2) == "1") or (
            before in ("to", "on") and statement.word(place - 2) in ("1", "one")
        ):
            continue
        if after in {"days", "day", "school", "weeks", "week", "hours"} and before in {
            "in",
            "within",
            "absent",
            "last",
            "first",
        }:
            continue
        if after in ("times", "x", "time") and statement.word(place + 2) in _AFTER_TIMES_OF_RATE:
            # `3 times a day` says when.
            continue
        if after in ("days", "day") and statement.word(place + 2) in {"a", "per", "/", "each"}:
            continue
        if _is_condition_number(weighed, place):
            continue
        return True
    return False


def _is_condition_number(weighed: Weighed, place: int) -> bool:
    """The figure of a trigger: `if absent 2 days`, `when the meter reads under 70`."""
    words = weighed.words
    for at in range(place - 1, max(place - 7, weighed.statement.sentence_starts[place]) - 1, -1):
        if words[at] in {"if", "when", "whenever", "after", "unless"}:
            return True
        if words[at] in {",", "will", "then", ":", "gives"}:
            return False
    return False


def _is_amount(weighed: Weighed, place: int) -> bool:
    """Whether the word there is meant in the sense that comes in amounts: no `break card`, no `spell check`."""
    statement, span = weighed.statement, weighed.inside.get(place)
    word, before, after = weighed.words[place], statement.word(place - 1), statement.word(place + 1)
    if word == "time" and (before in _BEFORE_TIME_AS_OCCASION or statement.joined[place]):
        return False
    if word in ("break", "breaks") and (
        before in ("winter", "spring", "summer") or after in {"room", "card", "area", "down", "cards", "space", "pass"}
    ):
        return False
    if word in ("check", "checks") and (
        not (after in ("in", "ins", "out") or before in ("daily", "weekly")) or after in ("list", "mark") or before == "spell"
    ):
        return False
    if word in {"meeting", "meetings", "meets", "meet"} and (
        (before in _BEFORE_MEETING_AS_OCCASION and word in ("meeting", "meetings"))
        or after in ("his", "her", "their")
        or (word in ("meet", "meets") and (before == "to" or after in {"student", "him", "bus", "the"}))
    ):
        return False
    if word in {"training", "train", "trains", "trained"} and (
        (word == "trained" and before not in ("be", "are", "is")) or before == "toilet"
    ):
        return False
    if word in _FINDINGS_OF_SUPPORT and (span is None or span.category != SUPPORT):
        return False
    if word == "distance" and before in ("long", "social"):
        return False
    if word == "wait" and after != "time":
        return False
    return not (word == "notice" and before in ("to", "a") and after in ("when", "that"))


def comes_in_amounts(weighed: Weighed) -> bool:
    """Time, breaks, prompts, sessions, workload, sizes: what a school can give much or little of."""
    words, statement = weighed.words, weighed.statement
    for place, word in weighed.spots(_LOOKS_AT_AMOUNTS):
        if not weighed.promises(place) and statement.does[place] != BLANK:
            continue
        span = weighed.inside.get(place)
        if span is not None and span.category in (CONDITIONAL, DISCRETIONARY):
            continue
        before, after = statement.word(place - 1), statement.word(place + 1)
        if word in _AMOUNTS:
            if _is_amount(weighed, place):
                return True
            continue
        if word in {"assignments", "homework", "assignment", "work"} and before in _LESS_WORK:
            return True
        if word in {"repeat", "repeats", "repeated", "repeating", "reread", "rereads"} and before != "student":
            return True
        if word in ("directions", "instructions") and after in ("repeated", "are") and "repeated" in words[place : place + 4]:
            return True
        if word in ("small", "smaller") and after in ("group", "groups"):
            return True
        if word in ("print", "font") and before in ("large", "enlarged", "bigger"):
            return True
        if word in ("group", "class") and after == "size":
            return True
        if word == "early" and (before == "minutes" or is_any(words, place - 6, place, _LEAVING_CLASS)):
            return True
        if word in ("reconvene", "reconvenes"):
            return True
    return False
