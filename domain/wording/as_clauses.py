"""`as needed`, `as staffing allows`, `as determined by the team`, `as often as possible`: what the clause says decides."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.conditions import condition_rule
from domain.wording.context import MARK, WORD, Statement
from domain.wording.decisions import decider_at, determined_rule, through_fit
from domain.wording.senses import (
    AS_AS_WORDS,
)
from domain.wording.span import AMOUNT, CONDITIONAL, DISCRETIONARY, FREQUENCY, SUBJECTIVE, Span

_AS_AND_SEEMING = known.SEEMING | {"as"}
_CHILD_AND_SEEMING = known.SEEMING | known.CHILD | {"is", "be"}
_THOSE_IN_A_STATE = known.CHILD | {"staff", "it"}
_AS_AS_HEADS = listed("far soon close much many long little often frequently few")
_DECIDING_AFTER_AS = listed("available able ready needed possible necessary appropriate")


def as_rule(statement: Statement, place: int) -> Span | None:
    """`as staffing allows`, `as determined by the team`, `as often as needed`, `as staff see fit`."""
    words = statement.words
    limit = min(statement.sentence_ends[place], place + 9)
    after = statement.word(place + 1)
    if after == "as":
        return None
    if after in known.DECIDED and statement.word(place + 2) in {"by", "with", "between", "among"}:
        return determined_rule(statement, place + 1)
    if after in known.DECIDED and statement.word(place + 2) in {"upon", "to", "necessary", "appropriate", "needed", "on"}:
        for at in range(place + 2, min(place + 6, limit)):
            if words[at] in ("by", "with"):
                return determined_rule(statement, place + 1)
        if after in ("deemed", "judged", "agreed"):
            return Span(DISCRETIONARY, place, place + 3)
    if "as" in words[place + 3 : place + 6] and (found := _as_as(statement, place)):
        return found
    if after in _AS_AS_HEADS or after.endswith("ly"):
        return _as_as(statement, place)
    if statement.word(place + 2) == "as" and statement.kinds[place + 1] == WORD:
        return _as_as(statement, place)
    if after == "needs" or after == "need":
        return Span(CONDITIONAL, place, place + 3) if statement.word(place + 2) in known.ALLOWING else None
    decider = decider_at(statement, place + 1, limit)
    for at in range(place + 2, min(place + 7, limit)):
        word = words[at]
        if statement.kinds[at] == MARK or (word in {"will", "shall", "must", "to", "for", "with", "of"} and word != "of"):
            break
        if decider is not None and decider < at and word in known.DECIDES:
            return Span(DISCRETIONARY, place, through_fit(statement, at + 1))
        if word in known.ALLOWING and word != "need":
            subject = words[place + 1 : at]
            if any(each in known.RESOURCES for each in subject) or word in {
                "permits",
                "permit",
                "allows",
                "allow",
                "arises",
                "arise",
            }:
                return Span(CONDITIONAL, place, at + 1)
        if word in _DECIDING_AFTER_AS and words[at - 1] in _AS_AND_SEEMING:
            return Span(CONDITIONAL, place, at + 1)
        if word in {"needs", "needed", "requires", "tolerates"} and words[at - 1] in _CHILD_AND_SEEMING:
            stop = at + 2 if statement.word(at + 1) in ("it", "them", "one") else at + 1
            return Span(CONDITIONAL, place, stop)
        if word in {"see", "sees", "feel", "feels"} and statement.word(at + 1) in ("fit", "necessary"):
            if words[at - 1] in known.CHILD:
                # The child decides.
                return None
            return Span(DISCRETIONARY, place, at + 2)
    return None


def _as_as(statement: Statement, place: int) -> Span | None:
    """`as X as possible` goes by its X; `as often as grades are posted` anyone can check."""
    words = statement.words
    what = statement.word(place + 1)
    limit = min(statement.sentence_ends[place], place + 10)
    second = next((at for at in range(place + 2, min(place + 6, limit)) if words[at] == "as"), None)
    if second is None:
        return None
    end: int | None = None
    for at in range(second + 1, min(second + 6, limit)):
        word = words[at]
        if word in ("can", "could") and (
            statement.word(at + 1) in {"", ".", ",", "be"} or statement.word(at + 1) in known.PREPOSITIONS
        ):
            end = at + 1
            break
        if word in known.DECIDING and (at == second + 1 or words[at - 1] in _CHILD_AND_SEEMING or word == "needed"):
            end = at + 1
            if statement.word(end) in ("it", "them"):
                end += 1
            break
        if word in known.ALLOWING and any(each in known.RESOURCES for each in words[second + 1 : at]):
            end = at + 1
            break
        if word in {"needs", "need", "requires", "tolerates"}:
            end = at + 1
            break
    if end is None:
        if what != "long":
            return None
        # `as long as he is calm`: an if.
        found = condition_rule(statement, second)
        return Span(found.category, place, found.end) if found else None
    if what in {"often", "frequently", "regularly", "consistently"}:
        return Span(FREQUENCY, place, end)
    if what in AS_AS_WORDS:
        before = statement.word(place - 1)
        if what == "long" and before != "for" and words[second + 1] in _THOSE_IN_A_STATE and second == place + 2:
            return Span(CONDITIONAL, place, end)
        return Span(AMOUNT, place, end)
    if what in ("far", "well") and end == second + 2:
        return Span(CONDITIONAL if what == "far" else SUBJECTIVE, place, end)
    return Span(SUBJECTIVE, place, end)
