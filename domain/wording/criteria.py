"""A goal's criterion is its number; a method without a number is vague, and a postsecondary goal needs none."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import NEGATED, NUMBER, is_figure, whole_number
from domain.wording.span import CONDITIONAL
from domain.wording.weighed import Weighed

_BEFORE_ANOTHER_FIGURE_IN_GOALS = known.MONTHS | listed("may nearest grade room level table week unit age step goal chapter")
_LOOKS_AT_METHOD = listed(
    "assessed assessments checklist checklists demonstrated determined documented evidenced indicated judgment"
    " measured monitored observation observations portfolio probes recorded reported rubric rubrics samples shown"
)
_BEFORE_ONE_AS_ARTICLE = listed("within at any which each this no the")
_JOINED_TO_FIGURES = listed("step grade digit year syllable letter word paragraph on to")
_ALWAYS_JOINED_TO_FIGURES = listed("step digit year syllable on to grade dimensional")
_MEASURED = listed("measured evidenced shown demonstrated assessed recorded documented determined indicated reported monitored")
_METHODS = listed("observation observations rubric rubrics checklist checklists samples portfolio probes assessments judgment")
_BEFORE_A_METHOD = listed("teacher by work staff classroom using on informal a writing per through via based")


def has_criterion(weighed: Weighed) -> bool:
    """A number that says when the goal is met: no date, no grade, no `one-step`, no `within one year`."""
    statement, words = weighed.statement, weighed.words
    figures = sum(1 for place in range(statement.count) if is_figure(statement, place))
    for place in range(statement.count):
        if not (is_figure(statement, place) or words[place] == "all"):
            continue
        if not weighed.promises(place) and statement.does[place] != NEGATED:
            continue
        after, before = statement.word(place + 1), statement.word(place - 1)
        if words[place] == "all":
            if after in {"trials", "opportunities", "attempts", "occasions"}:
                return True
            continue
        if before in _BEFORE_ANOTHER_FIGURE_IN_GOALS or after in ("grade", "th", "grader"):
            continue
        if statement.kinds[place] == NUMBER and 1900 < whole_number(words[place]) < 2200:
            continue
        if (
            words[place] in {"one", "once", "single", "half", "third", "quarter"}
            and before in _BEFORE_ONE_AS_ARTICLE
            and after in {"year", "another", "calendar", "school", "end", "semester"}
        ) or (words[place] == "one" and before in {"this", "each", "another", "no", "which", "any", "at"}):
            continue
        if (before == "within" and after in {"year", "calendar", "iep", "months", "weeks", "school"}) or (
            before == "in" and after in ("weeks", "months") and "of" not in words[place + 2 : place + 4]
        ):
            continue
        if words[place] == "once" and after not in {"a", "per", "each", "every", "daily", "weekly", "during"}:
            continue
        if statement.joined[place] and after in _JOINED_TO_FIGURES and figures > 1:
            continue
        if statement.joined[place] and after in _ALWAYS_JOINED_TO_FIGURES:
            continue
        if place in weighed.inside and weighed.inside[place].category == CONDITIONAL:
            continue
        if before in ("by", "end") and after in ("semester", "quarter"):
            continue
        return True
    return False


def has_method(weighed: Weighed) -> bool:
    """`as measured by`, `teacher observation`: how it is measured, but not how much is enough."""
    for place, word in weighed.spots(_LOOKS_AT_METHOD):
        if word in _MEASURED and weighed.statement.word(place + 1) in {"by", "through", "on", "in", "using", "with", "via"}:
            return True
        if word in _METHODS and weighed.statement.word(place - 1) in _BEFORE_A_METHOD:
            return True
    return False


def is_postsecondary(weighed: Weighed) -> bool:
    """A goal for after school."""
    words = set(weighed.words)
    return (
        "postsecondary" in words
        or bool({"graduation", "graduating", "graduates"} & words and {"after", "upon", "following", "once", "when"} & words)
        or ("school" in words and bool({"exiting", "leaving"} & words))
        or ({"high", "school"} <= words and bool({"after", "completing", "completion"} & words))
    )
