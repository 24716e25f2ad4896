"""Why a finding matters, in one sentence, and what to ask the team about it; by category, and better by the word itself."""

from collections.abc import Mapping

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import Statement
from domain.wording.span import (
    AMOUNT,
    CONDITIONAL,
    DISCRETIONARY,
    FREQUENCY,
    INTENT,
    OPEN,
    PERMISSIVE,
    SUBJECTIVE,
    SUPPORT,
    UNNAMED,
    Span,
)

_BY_CATEGORY: Mapping[str, tuple[str, str]] = {
    CONDITIONAL: (
        "Nobody can check whether the condition is met, so the school may say that it never was.",
        "Who notices that, by which sign that anyone can see, and what happens then?",
    ),
    PERMISSIVE: (
        "It allows and does not promise: the school follows the sentence without ever doing it.",
        "Will it be done, yes or no, and by whom?",
    ),
    FREQUENCY: (
        "It does not say how often, so once a month keeps the promise as well as once an hour.",
        "How often exactly: how many times a day or a week, or at which moments?",
    ),
    AMOUNT: (
        "It does not say how much, so the smallest amount keeps the promise.",
        "How much exactly: how many, how many minutes, or what part?",
    ),
    SUPPORT: (
        "It names help and nothing about it, so any help at all keeps the promise.",
        "What exactly does the helper do, when, and for how long?",
    ),
    SUBJECTIVE: (
        "Two honest people can differ on whether it was reached, so nobody can show that it was not.",
        "What would one see or hear, or which figure says, that it is so?",
    ),
    DISCRETIONARY: (
        "It leaves the decision to a person and a later day, so nothing is decided yet.",
        "What does the team decide now, and by which rule that all can read?",
    ),
    UNNAMED: (
        "Nobody in particular has to act, so nobody can be asked why it was not done.",
        "Which role does it, and who stands in when that person is away?",
    ),
    OPEN: (
        "The list has no end and the choice is not made, so any one thing on it may do.",
        "Which ones exactly will be given, all of them or which?",
    ),
    INTENT: (
        "It speaks of effort or advice instead of an act: trying keeps the promise.",
        "What will be done, by whom and by when?",
    ),
}
_PROMPTS = (
    "Prompts without a number or a moment can be one a year or one a minute.",
    "Who prompts, how often, and what happens when it does not help?",
)
_TIME = (
    "Without a figure one more minute is extended time.",
    "How much time: how many minutes, or how many times the usual time?",
)
_HEDGED = (
    "A ceiling or an estimate promises nothing: zero is within it, or near enough.",
    "What is the least that will be given each time?",
)
_SEATING = (
    "Each teacher prefers another seat, so any seat will do.",
    "Which seat or row, near whom or away from what?",
)
_GROWTH = (
    "Without figures the smallest step is progress, and none can be measured.",
    "From which figure today to which figure, by when, and measured how?",
)
_SOON = (
    "Without a number of days any day is soon.",
    "Within how many school days or hours?",
)
_STAFF_TIME = (
    "It depends on time, staff or money, and so on the school alone.",
    "What will be done on the days when there is no time or nobody free?",
)
_STATE = (
    "A state within the child is for others to guess, and nobody can check the guess.",
    "Which signs show it, who looks for them, and what is done then?",
)
_ENCOURAGE = (
    "Encouraging is words at most: it can be one sentence in a year.",
    "Who says or does what, how often, and what happens when the child does not respond?",
)
_AND_OR = (
    "The choice is not made, so the lesser of the two will do.",
    "Both, or which of the two?",
)
_CONSIDER = (
    "It promises to think about it, not to do it.",
    "Who decides, by which date, and what happens until then?",
)
_CHANGES = (
    "How much less is asked is not said, so next to nothing may change.",
    "Less by how much: how many items, pages or minutes remain?",
)
_CHANGED = known.AMOUNT_VERBS | listed("reduced shortened decreased fewer less limited reduce increase increased lowered")
_SCARCE = listed("time staffing staff schedule availability available resources funding permitting permits permit allows")
_WORDS_OF_TIME = listed("promptly timely asap soon prompt time timeframe delay")


def why_and_question(statement: Statement, span: Span) -> tuple[str, str]:
    """One sentence why it matters, and one question."""
    words = statement.words[span.first : span.end]
    return _special(span.category, words) or _BY_CATEGORY[span.category]


def by_category(category: str) -> tuple[str, str]:
    """For a practice's own word; a category of its own gets the most general pair."""
    return _BY_CATEGORY.get(category, _BY_CATEGORY[SUBJECTIVE])


def _special(category: str, words: list[str]) -> tuple[str, str] | None:
    head, last, inside = words[0], words[-1], frozenset(words)
    if category == SUPPORT:
        if head.startswith("encourag"):
            return _ENCOURAGE
        return _PROMPTS if head in known.PROMPTS else None
    if category == AMOUNT:
        if any(word[0].isdigit() or word in known.NUMBER_WORDS for word in words) and len(words) > 1:
            return _HEDGED
        if last == "time":
            return _TIME
        return _CHANGES if head in _CHANGED else None
    if category == SUBJECTIVE:
        if inside & {"preferential", "seating"}:
            return _SEATING
        if inside & _WORDS_OF_TIME:
            return _SOON
        return _GROWTH if inside & known.GROWTH and not inside & {"better"} else None
    if category == CONDITIONAL:
        if inside & _SCARCE:
            return _STAFF_TIME
        return _STATE if inside & known.STATES else None
    if category == OPEN:
        return _AND_OR if "/" in inside else None
    if category == INTENT:
        return _CONSIDER if head.startswith(("consider", "explor", "look")) else None
    return None
