"""Conditions that no one can check: need, fitness, resources, a feeling or state that must be judged."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import MARK, WORD, Statement, is_figure
from domain.wording.decisions import decider_at, through_fit
from domain.wording.senses import (
    BRACKET_WORDS,
    NP_STOPS,
    bracket,
    is_spelled_out,
    noun_phrase_end,
)
from domain.wording.span import CONDITIONAL, DISCRETIONARY, Span

CONJUNCTIONS = listed("if when whenever where wherever once until unless after before anytime while should during till")
_ENDS = frozenset((",", ";", ":", "(", ")", ".", "\n", "–", "—", '"', "“", "”"))
_OCCURRENCES = listed(
    "moments moment times time situations situation days day cases case instances event events occasions instance"
)
_NEEDING = listed("needs need requires require needing")
_SCARCE = listed("time need space staff staffing availability openings concern concerns problem problems issue issues")
_STATE_NOUNS = listed(
    "dysregulation frustration anxiety distress stress fatigue agitation escalation crisis overstimulation sleepiness"
)
_STATES_AND_DECIDING = known.STATES | known.DECIDING
_BEFORE_AN_OCCURRENCE = known.DETERMINERS | {"school"}
_WHAT_MAY_BE_AVAILABLE = known.RESOURCES | known.UNNAMED | known.ROLE_WORDS
_AFTER_DEPENDING_ON = known.DETERMINERS | {"how"}
_DEGREES = listed("not too so very feeling getting becoming more")
_SEEMING_OF_A_STATE = listed("feels feel seems seem appears appear looks look")
_TIMES_IN_A_STATE = listed("day days time times moment moments morning mood")
_OPENERS_OF_A_MOMENT = listed("when whenever if once after every at that i.e.")
_BEFORE_A_DECIDING_WORD = listed("as deemed if when or and not otherwise")
_VERBS_OF_A_STATE = listed("struggles struggle struggled hurts aches hurt shuts")
_HARD_THINGS = listed("tests assignments work tasks students assignment task test text")
_BEFORE_A_STATE = listed("or and too very more feeling getting becoming has calmed of showing shows")
_BEFORE_TROUBLE = listed("has have having is with experiences experiencing shows any some great of")
_CHANGES_OF_A_STATE = listed("escalates deteriorates worsens struggling calms calming escalate wanders drifts")


def condition_rule(statement: Statement, place: int) -> Span | None:
    """`if he becomes upset`, `when frustrated`, `once calm`, `as the need arises`: up to the deciding word."""
    words = statement.words
    end = statement.sentence_ends[place]
    first, at = place, place + 1
    if words[place] == "should":
        if not is_inverted(statement, place):
            return None
        at = place + 2 if words[place + 1] not in known.DETERMINERS else place + 3
    limit = min(end, place + 14)
    if words[place] == "only" and at < end:
        at += 1
    subject = at
    decider = decider_at(statement, subject, limit) if words[place] not in {"before", "after", "during", "while"} else None
    seeming = False
    while at < limit:
        word = words[at]
        if word in _ENDS or (word in CONJUNCTIONS and at > subject):
            break
        if statement.kinds[at] == MARK and word not in "/":
            break
        if decider is not None and word in known.JUDGES and at >= decider:
            return Span(DISCRETIONARY, first, through_fit(statement, at + 1))
        if word in {"will", "shall", "must", "may"} and at > subject + 1:
            break
        if (
            decider is not None
            and word in {"says", "say", "indicates", "specified", "stated"}
            and statement.word(at + 1) in {"otherwise", "so"}
        ):
            return Span(DISCRETIONARY, first, at + 2)
        if word in known.SEEMING:
            seeming = True
        if word in _DEGREES:
            seeming = seeming or at == place + 1
        settles = _deciding_word(statement, at, place, seeming=seeming)
        if settles:
            stop = at + 1
            if statement.word(stop) in {"it", "them", "one", "this"}:
                stop += 1
            elif word in _NEEDING and statement.word(stop) == "to":
                stop = min(stop + 2, limit)
            elif word in {"needs", "need", "requires", "require", "needing"}:
                stop = min(noun_phrase_end(statement, stop, limit), at + 5)
            elif word in _SEEMING_OF_A_STATE:
                stop = min(noun_phrase_end(statement, stop, limit), at + 4)
            else:
                while stop + 1 < limit and words[stop] in ("or", "and", "/") and words[stop + 1] in _STATES_AND_DECIDING:
                    stop += 2
            if statement.word(stop) in _TIMES_IN_A_STATE and statement.kinds[stop - 1] == WORD:
                stop += 1
            if is_settled_condition(statement, stop):
                return None
            return Span(CONDITIONAL, first, stop)
        at += 1
    return None


def in_the_event_rule(statement: Statement, place: int) -> Span | None:
    """`in the moments that he needs it`, `on days when she is tired`, `in case he becomes upset`."""
    words, limit = statement.words, min(statement.sentence_ends[place], place + 5)
    noun = next((at for at in range(place + 1, limit) if words[at] in _OCCURRENCES), None)
    if noun is None or any(words[at] not in _BEFORE_AN_OCCURRENCE for at in range(place + 1, noun)):
        return None
    opener = noun + 1 if statement.word(noun + 1) in {"that", "when", "where", "which"} else noun
    found = condition_rule(statement, opener)
    return Span(found.category, place, found.end) if found else None


def is_settled_condition(statement: Statement, end: int) -> bool:
    inside = bracket(statement, end)
    if inside is None:
        return False
    if statement.word(end) in BRACKET_WORDS and not (
        statement.word(inside[0]) in _OPENERS_OF_A_MOMENT or is_figure(statement, inside[0])
    ):
        # A heading: what is given follows, not when.
        return False
    return is_spelled_out(statement, end)


def _deciding_word(statement: Statement, at: int, conjunction: int, *, seeming: bool) -> bool:
    """Whether nobody can check what the conjunction leads to."""
    words = statement.words
    word, before, after = words[at], words[at - 1], statement.word(at + 1)
    opener = words[conjunction] if words[conjunction] in CONJUNCTIONS else "when"
    direct = at == conjunction + 1
    if opener == "during":
        return word in _STATE_NOUNS and (direct or before in {"of", "great", "extreme", "his", "her"})
    if opener in ("before", "after", "while") and word not in known.STATES and word not in ("needed", "calming"):
        return opener == "while" and word == "calming"
    if word in {"needed", "needs", "need", "needing"}:
        if word == "need" and before in ("no", "any"):
            return before == "any"
        return True
    if word in ("requires", "require") and direct is False:
        return after not in ("a", "an", "the") or opener in ("if", "when", "as")
    if word in known.DECIDING:
        if word in ("able", "ready", "unable") and (seeming or direct):
            return True
        if direct or seeming or before in _BEFORE_A_DECIDING_WORD:
            return word != "need"
        return word in ("available", "needed") and before in _WHAT_MAY_BE_AVAILABLE
    if word in known.ALLOWING and word not in {"need", "needs", "require", "requires"}:
        subject = words[max(conjunction + 1, at - 3) : at]
        return any(each in known.RESOURCES for each in subject)
    if word in known.STATES:
        if word in _VERBS_OF_A_STATE:
            return True
        if word in {"hard", "tough", "rough", "bad", "difficult", "challenging"} and after in {
            "day",
            "time",
            "moment",
            "morning",
            "days",
        }:
            return True
        if direct or seeming:
            return not (direct and after in _HARD_THINGS)
        return before in _BEFORE_A_STATE
    if word in ("understand", "comprehend") and before in ("not", "doesn't"):
        return True
    if word in _SCARCE and "there" in words[conjunction + 1 : at]:
        return words[conjunction] in ("if", "when", "whenever", "where", "once", "unless")
    if word in ("trouble", "difficulty", "difficulties"):
        return before in _BEFORE_TROUBLE
    if word in {"feels", "seems", "appears", "looks", "feel", "seem", "appear"}:
        return True
    if word in _CHANGES_OF_A_STATE:
        return True
    if word == "loses" and after in {"focus", "control", "interest", "patience", "attention"}:
        return True
    if word in ("helps", "help") and before in {"it", "that", "would", "this", "will"}:
        return True
    if word == "arises" or word == "arise":
        return True
    if word == "sense" and before in ("makes", "make"):
        return True
    return word == "down" and before in ("calmed", "calms", "calm")


def to_extent_rule(statement: Statement, place: int) -> Span | None:
    """`to the extent that the schedule allows`."""
    words, limit = statement.words, min(statement.sentence_ends[place], place + 8)
    first = next((at for at in range(place - 1, max(place - 4, -1), -1) if words[at] == "to"), None)
    end = next((at for at in range(place + 1, limit) if words[at] in known.ALLOWING or words[at] in known.DECIDING), None)
    return Span(CONDITIONAL, first, end + 1) if first is not None and end is not None else None


def provided_rule(statement: Statement, place: int) -> Span | None:
    """`provided that he is willing`, `assuming an aide is available`."""
    opener = place + 1 if statement.word(place + 1) == "that" else place
    if opener == place and statement.words[place] == "provided":
        return None
    found = condition_rule(statement, opener)
    return Span(found.category, place, found.end) if found else None


def is_inverted(statement: Statement, place: int) -> bool:
    """`Should the need arise`: an if."""
    if place > statement.sentence_starts[place] and statement.words[place - 1] not in {",", "and", "or", "but"}:
        return False
    after = statement.word(place + 1)
    return (
        after in known.DETERMINERS
        or after in known.CHILD
        or after in known.PRONOUNS
        or after in known.ROLE_WORDS
        or (after in {"there", "problems", "staff", "behavior", "behaviors"})
    )


def depending_rule(statement: Statement, place: int) -> Span | None:
    """`depending on the day`: the whole phrase."""
    words, at = statement.words, place + 1
    if statement.word(at) not in ("on", "upon"):
        return None
    limit = min(statement.sentence_ends[place], at + 9)
    end = at + 1
    while end < limit and words[end] in _AFTER_DEPENDING_ON:
        end += 1
    while end < limit and (words[end] not in NP_STOPS or words[end] in ("of", "or")) and statement.kinds[end] != MARK:
        end += 1
    if any(words[i] in known.DISCRETION for i in range(at, end)):
        return Span(DISCRETIONARY, place, end)
    if words[place] in ("contingent", "dependent") or words[place].startswith("depend"):
        return Span(CONDITIONAL, place, end)
    return None


def based_rule(statement: Statement, place: int) -> Span | None:
    """`based on need`, `based on teacher judgment`; not what a paper or a measure says."""
    if statement.word(place + 1) not in ("on", "upon"):
        return None
    words, limit = statement.words, min(statement.sentence_ends[place], place + 9)
    end = place + 2
    while end < limit and (words[end] not in NP_STOPS or words[end] in ("of", "'s", "and")) and statement.kinds[end] != MARK:
        end += 1
    inside = words[place + 2 : end]
    if any(word in known.DISCRETION or word in ("decision", "recommendation") for word in inside):
        return Span(DISCRETIONARY, place, end)
    if any(word in known.PAPERS or word in ("grade", "results") for word in inside):
        return None
    for at in range(place + 2, end):
        if words[at] in known.NEED_HEADS:
            stop = at + 1
            return Span(CONDITIONAL, place, stop if words[stop - 1] in ("need", "needs", "availability") else end)
    if any(word in known.STATES for word in inside):
        return Span(CONDITIONAL, place, end)
    return None
