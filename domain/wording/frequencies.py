"""How often, where it is not said: `frequent`, `regularly`, `ongoing`; a rate beside it settles it."""

from domain.listed import listed
from domain.wording.context import Statement
from domain.wording.span import FREQUENCY, Span

_REGULAR_EVENTS = listed(
    "breaks break check checks checkin checkins contact communication meetings meeting feedback reminders"
    " reminder opportunities updates update review reviews practice consultation monitoring movement sensory"
    " intervals times conferences emails reports progress visits supervision prompts cues observation observations"
    " access praise reinforcement home collaboration support rest snack bathroom parent exercise motor stretch"
)
_ADVERBS_OF_CUSTOM = listed("frequently commonly often typically generally usually normally")
_CUSTOMARY = listed("misspelled used confused occurring missed asked accepted available known encountered misread")
_RATE_WORDS = listed("every each per daily hourly weekly once twice times x monthly")


def frequency_guard(statement: Statement, span: Span) -> Span | None:
    words = statement.words
    before, after = statement.word(span.first - 1), statement.word(span.end)
    word = words[span.first]
    if span.end - span.first == 1:
        if statement.joined[span.first] and after not in ("breaks", "check", "scheduled"):
            return None
        if span.first and statement.joined[span.first - 1] and before not in ("semi", "non", "on"):
            return None
        if word == "periodic" and after in {"table", "chart", "element", "elements", "function"}:
            return None
        if word in ("typically", "normally") and after in {"developing", "achieving", "developed", "functioning"}:
            return None
        if word == "regularly" and after in ("scheduled", "assigned"):
            return None
        if word in _ADVERBS_OF_CUSTOM and (after in _CUSTOMARY and before not in ("is", "are", "be")):
            return None
        if word in ("more", "most"):
            return None
        if word in ("often", "frequently") and before == "how":
            return None
        if word in {"mostly", "hardly", "continuous", "continuously", "consistently"}:
            return None if word == "hardly" or word == "mostly" else _not_settled_frequency(statement, span)
    if words[span.first : span.end] == ["in", "general"] and after in {"ed", "education", "classes", "class"}:
        return None
    if before in ("how", "high") or (before == "most" and word in ("frequent", "often")):
        return None
    return _not_settled_frequency(statement, span)


def _not_settled_frequency(statement: Statement, span: Span) -> Span | None:
    """`frequent breaks: 5 minutes every 20`, `frequently (every 10 minutes)`; the length alone settles nothing."""
    words = statement.words
    limit = min(statement.sentence_ends[span.first], span.end + 8)
    for at in range(span.end, limit):
        word = words[at]
        if word in {":", "(", "-", "–", "—", "[", "i.e."} or (
            word == "," and words[at + 1 : at + 2] in (["that"], ["i.e."], ["every"], ["at"], ["once"])
        ):
            closing = min(statement.sentence_ends[span.first], at + 12)
            inside = words[at + 1 : closing]
            if ")" in inside and word == "(":
                inside = inside[: inside.index(")")]
            has_rate = any(each in _RATE_WORDS for each in inside)
            if has_rate and not {"needed", "approximately", "about", "determined"} & set(inside):
                return None
            if word != ",":
                return span
        if word in ("and", "but", ";"):
            return span
    return span


def regular_rule(statement: Statement, place: int) -> Span | None:
    after = statement.word(place + 1)
    if after in _REGULAR_EVENTS and not statement.joined[place]:
        return _not_settled_frequency(statement, Span(FREQUENCY, place, place + 1))
    return None


def frequency_rule(statement: Statement, place: int) -> Span | None:
    if statement.word(place - 1) == "as" and "as" in statement.words[place + 1 : place + 3]:
        # `as often as grades are posted`: the second half says how often, or it is a phrase of its own.
        return None
    return frequency_guard(statement, Span(FREQUENCY, place, place + 1))
