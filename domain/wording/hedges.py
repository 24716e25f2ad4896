"""Figures that a hedge takes back: a ceiling, a range or an approximation of what the school gives is a vague amount."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import MARK, Statement, is_figure
from domain.wording.senses import (
    AS_AS_WORDS,
    figure_end,
    hedged_span,
)
from domain.wording.span import AMOUNT, Span

_RANGE_UNITS = known.AMOUNT_UNITS - frozenset(
    (
        "words",
        "lines",
        "sentences",
        "paragraph",
        "paragraphs",
        "pages",
        "steps",
        "step",
        "trial",
        "trials",
        "percent",
        "points",
        "answers",
        "attempts",
        "examples",
        "grade",
        "students",
        "inches",
        "feet",
    )
)
HELP_OR_PROMPTS = known.HELP | known.PROMPTS
_TIME_AND_HELP = known.HELP | known.PROMPTS | {"time", "verbal", "visual", "physical"}
_BEFORE_ABOUT_A_TOPIC = listed("for at learn questions talk information walks turn")
_BEFORE_A_RANGE_THAT_NAMES = listed(
    "of grades grade pages page level levels chapter room group groups ages age than within least point"
)


def approximate_rule(statement: Statement, place: int) -> Span | None:
    end = statement.sentence_ends[place]
    at = place + 1
    if statement.word(at) == "." and statement.ends[place] == statement.starts[at]:
        at += 1
    if (
        statement.word(place - 1) in _BEFORE_ABOUT_A_TOPIC
        and statement.words[place] in ("around", "about")
        and not is_figure(statement, at)
    ):
        return None
    if at < end and statement.kinds[at] == "time":
        return Span(AMOUNT, place, at + 1)
    stop = figure_end(statement, at, min(end, at + 8))
    if stop is None or statement.words[place] == "some" or (statement.words[place] in ("about", "around") and stop == at):
        return None
    if statement.words[place] in ("nearly", "almost") and statement.kind == "goal":
        return None
    return Span(AMOUNT, place, stop)


def maximum_rule(statement: Statement, place: int) -> Span | None:
    """`a maximum of 2 breaks`, `max 30 minutes`, `30 minutes maximum`; `maximum support`."""
    words = statement.words
    end = statement.sentence_ends[place]
    at = place + 1
    if words[place] == "max" and statement.word(at) == "." and statement.ends[place] == statement.starts[at]:
        at += 1
    if statement.word(at) in ("of", ":"):
        at += 1
    stop = figure_end(statement, at, min(end, at + 8))
    if stop is not None:
        return hedged_span(statement, place, stop) if words[place] != "minimum" else None
    if words[place] in ("minimum", "min"):
        return Span(AMOUNT, place, place + 1) if statement.word(place + 1) in HELP_OR_PROMPTS else None
    number = next((before for before in range(place - 1, max(place - 5, -1), -1) if is_figure(statement, before)), None)
    if (
        number is not None
        and statement.kind != "goal"
        and not any(statement.kinds[each] == MARK for each in range(number, place) if words[each] not in "%(,")
    ):
        return Span(AMOUNT, number, place + 1)
    if statement.word(at) in {"extent", "score", "points", "credit"}:
        return None
    return Span(AMOUNT, place, place + 1) if statement.word(at) in _TIME_AND_HELP else None


def at_most_rule(statement: Statement, place: int) -> Span | None:
    """`at most 30 minutes`, `not to exceed 2 hours`, `between 20 and 30 minutes`, `as much as 30 minutes`, `an average of`."""
    words = statement.words
    limit = min(statement.sentence_ends[place], place + 10)
    if words[place] == "at" and statement.word(place + 1) == "most":
        stop = figure_end(statement, place + 2, limit)
        return hedged_span(statement, place, stop) if stop else None
    if words[place] == "not" and words[place + 1 : place + 3] == ["to", "exceed"]:
        stop = figure_end(statement, place + 3, limit)
        return hedged_span(statement, place, stop) if stop else None
    if words[place] == "exceed" and words[place - 1 : place] == ["to"] and statement.word(place - 2) == "not":
        stop = figure_end(statement, place + 1, limit)
        return hedged_span(statement, place - 2, stop) if stop else None
    if words[place] in ("between", "from") and is_figure(statement, place + 1):
        joiner = next((at for at in range(place + 2, min(place + 4, limit)) if words[at] in {"and", "to", "-", "–"}), None)
        if joiner is not None and is_figure(statement, joiner + 1):
            stop = figure_end(statement, joiner + 1, limit)
            if stop is not None and (words[stop - 1] in known.AMOUNT_UNITS) and statement.kind != "goal":
                return Span(AMOUNT, place, stop)
        return None
    if words[place] == "as" and statement.word(place + 1) in AS_AS_WORDS and statement.word(place + 2) == "as":
        stop = figure_end(statement, place + 3, limit)
        return hedged_span(statement, place, stop) if stop else None
    return None


def range_rule(statement: Statement, place: int) -> Span | None:
    """`2-3 times`, `20 to 30 minutes`: a range on what the school gives."""
    words, limit = statement.words, min(statement.sentence_ends[place], place + 8)
    if not is_figure(statement, place):
        return None
    hour = 1 if words[place] == "half" and statement.word(place + 1) == "hour" else 0
    if statement.word(place + hour + 1) == "or" and statement.word(place + hour + 2) == "so":
        return Span(AMOUNT, place, place + hour + 3)
    if words[place] in {"half", "third", "quarter", "single", "double"}:
        return None
    if place and (
        statement.joined[place - 1] or (words[place - 1] in {"to", "–", "between", "from"} and is_figure(statement, place - 2))
    ):
        return None
    second: int | None = None
    if statement.joined[place] and is_figure(statement, place + 1):
        second = place + 1
    elif statement.word(place + 1) in {"to", "or", "-", "–", "—"} and is_figure(statement, place + 2):
        second = place + 2
    elif (
        statement.word(place + 1) in {"minutes", "minute", "x", "times", "hours"}
        and statement.word(place + 2) in ("to", "-", "–")
        and is_figure(statement, place + 3)
    ):
        second = place + 3
    if second is None:
        stop = figure_end(statement, place, limit)
        if stop is not None and words[stop : stop + 2] == ["or", "so"]:
            return Span(AMOUNT, place, stop + 2)
        if stop is not None and words[stop : stop + 2] == ["or", "less"] and statement.kind in ("service", "accommodation"):
            return (
                Span(AMOUNT, place, stop + 2)
                if words[stop - 1] in ("minutes", "hours") and words[place - 1 : place] != ["within"]
                else None
            )
        return None
    if (statement.kind == "goal" or statement.word(place - 1) in _BEFORE_A_RANGE_THAT_NAMES) and (
        statement.word(place - 1) != "of"
        or statement.word(place - 2) in ("group", "groups", "class")
        or statement.kind == "goal"
    ):
        return None
    if words[second - 1] == "or" and statement.word(second + 1) in ("more", "fewer", "less"):
        return None
    stop = figure_end(statement, second, limit)
    if stop is None:
        return None
    if words[place] == "once" and words[stop - 1] == "twice":
        return Span(AMOUNT, place, stop)
    unit = words[stop - 1]
    if unit not in _RANGE_UNITS and unit != "%":
        return None
    if stop < limit and statement.joined[stop - 1] and words[stop] in ("step", "page"):
        return None
    if unit in {"day", "days", "week", "weeks", "hours", "period", "school"} and statement.word(place - 1) in (
        "within",
        "in",
        "after",
    ):
        return None
    return Span(AMOUNT, place, stop)
