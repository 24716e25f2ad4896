"""Which element a finding makes vague: the one that it leaves open: of a standard, a list, a decision, a condition."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import Statement
from domain.wording.span import CONDITIONAL, DISCRETIONARY, OPEN, SUBJECTIVE, Span

_LISTED_PLACES = listed(
    "classroom classrooms cafeteria lunchroom hallway hallways bus library gym playground office room rooms settings"
    " specials recess lunch community classes math art music pe science hall halls restroom bathroom auditorium"
    " kitchen"
)
_LISTED_OCCASIONS = listed(
    "test tests quiz quizzes exam exams assemblies assembly lunch recess trips trip drills homework projects essays"
    " assignments dismissal"
)
_PLACES_LEFT_OF_AND_OR = known.HARD_PLACES | {"education", "ed", "in", "out"}
_PLACES_RIGHT_OF_AND_OR = known.HARD_PLACES | {"education", "ed", "pull", "push"}
_MEASURED_NOUNS = listed("time notice warning breaks spacing wait amount number length font size distance pace space")
_PLACE_NOUNS = listed("setting settings location locations place environment seat placement area room spot space")
_PEOPLE = listed("staff adults personnel people teachers adult person")


def left_open(statement: Statement, span: Span) -> str:
    """The element that the finding makes vague; `none` if it changes none."""
    if span.category == SUBJECTIVE:
        return _by_standard(statement, span)
    if span.category == OPEN:
        return _by_list(statement, span)
    if span.category == DISCRETIONARY:
        return _by_decision(statement, span)
    if span.category == CONDITIONAL:
        return "how" if statement.kind == "goal" else "when"
    return "none"


def _around(statement: Statement, span: Span) -> tuple[list[str], list[str]]:
    """Up to six words before it in its sentence, and the four after it."""
    words = statement.words
    return words[max(statement.sentence_starts[span.first], span.first - 6) : span.first], words[span.end : span.end + 4]


def _by_standard(statement: Statement, span: Span) -> str:
    """`adequate time`: how; `in an appropriate setting`: where; `as soon as possible`: when."""
    words = statement.words
    _, after = _around(statement, span)
    head = words[span.first]
    phrase = words[span.first : span.end]
    if head in {"promptly", "timely", "asap", "without"} or {"timely", "prompt", "soon", "intervals", "times"} & set(phrase):
        return "how" if statement.kind == "goal" else "when"
    if {"time", "timeframe", "period"} & set(phrase):
        return "how" if statement.kind == "goal" else "when"
    noun = after[:2]
    if _MEASURED_NOUNS & set(noun):
        return "how"
    if _PLACE_NOUNS & set(noun):
        return "where"
    if {"times", "intervals", "moments"} & set(noun):
        return "when"
    if {"staff", "person", "personnel", "adult", "aide"} & set(noun):
        return "who"
    if phrase[0] == "preferential" or phrase[-1] == "preferential" or "seating" in phrase:
        return "where"
    if known.SCORES & set(noun) and statement.kind == "goal":
        return "how"
    if head == "to" or head == "as" or head in ("in", "within"):
        return "how"
    return "what"


def _by_list(statement: Statement, span: Span) -> str:
    """`aide and/or teacher`: who; `various locations`: where; `tests, quizzes, etc.`: when; else what."""
    words = statement.words
    around, after = _around(statement, span)
    nearby = set(around[-4:]) | set(after)
    if statement.kind == "goal" and "will" in words[span.end :]:
        return "none"
    if {"locations", "settings", "places", "environments", "rooms", "areas"} & (set(after[:2]) | set(around[-3:])):
        return "where"
    if {"times", "days", "occasions"} & set(after[:2]):
        return "when"
    if _PEOPLE & set(after[:2]):
        return "who"
    if words[span.first : span.end] == ["and", "/", "or"]:
        left, right = statement.word(span.first - 1), after
        if left in known.ACTING and set(right) & known.ACTING:
            return "who"
        if left in known.OCCASIONS and set(right) & known.OCCASIONS:
            return "none"
        if left in _PLACES_LEFT_OF_AND_OR and set(right) & _PLACES_RIGHT_OF_AND_OR:
            return "where"
        return "what"
    if (
        around[-2:]
        and set(around[-4:]) & known.ACTING
        and words[span.first] in ("etc", "and", "or")
        and (around[-1] in known.ROLE_WORDS or (around[-2:-1] and around[-2] in known.ROLE_WORDS))
    ):
        return "who"
    if words[span.end - 1] in {"etc", "on", "forth", "more", "like"} and words[span.first] != "like":
        # What stands before it is the list.
        after = []
    if nearby & _LISTED_PLACES and (set(after[:3]) & _LISTED_PLACES or set(around[-2:]) & _LISTED_PLACES):
        return "where"
    if set(around[-1:] if words[span.first] != "etc" else around[-2:]) & _LISTED_OCCASIONS:
        return "when"
    return "what"


def _by_decision(statement: Statement, span: Span) -> str:
    """`length up to the nurse`: how; `an aide of the principal's choice`: who; if the sentence does not say which: when."""
    words = statement.words
    around, _ = _around(statement, span)
    context = set(around)
    phrase = words[span.first : span.end]
    if {"choice", "choosing"} & set(phrase) and phrase[0] == "of" and set(around[-2:]) & known.ACTING:
        return "who"
    if {"length", "amount", "number", "size", "duration", "quantity"} & context:
        return "how"
    if {"frequency"} & context:
        return "when"
    if {"location", "setting", "place", "where", "seat"} & context | (
        {"out", "classroom"} & set(around[-2:]) if statement.kind == "service" else set()
    ):
        return "where"
    if {"provider", "person"} & set(around[-2:]):
        return "who"
    if statement.kind == "goal":
        return "how"
    return "when"
