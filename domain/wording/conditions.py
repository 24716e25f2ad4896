"""Conditions that no one can check, and decisions that a person takes later."""

from domain.wording import words as known
from domain.wording.context import MARK, WORD, Statement, is_figure
from domain.wording.senses import (
    AS_AS_WORDS,
    BRACKET_WORDS,
    NP_STOPS,
    bracket,
    figure_end,
    hedged_span,
    is_spelled_out,
    noun_phrase_end,
)
from domain.wording.span import AMOUNT, CONDITIONAL, DISCRETIONARY, FREQUENCY, SUBJECTIVE, Span
from domain.wording.words import listed

CONJUNCTIONS = listed("if when whenever where wherever once until unless after before anytime while should during till")


_ENDS = frozenset((",", ";", ":", "(", ")", ".", "\n", "–", "—", '"', "“", "”"))


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
    decider = _decider_at(statement, subject, limit) if words[place] not in {"before", "after", "during", "while"} else None
    seeming = False
    while at < limit:
        word = words[at]
        if word in _ENDS or (word in CONJUNCTIONS and at > subject):
            break
        if statement.kinds[at] == MARK and word not in "/":
            break
        if decider is not None and word in known.JUDGES and at >= decider:
            return Span(DISCRETIONARY, first, _through_fit(statement, at + 1))
        if word in {"will", "shall", "must", "may"} and at > subject + 1:
            break
        if decider is not None and word in _CONDITION_HERE_3 and statement.word(at + 1) in {"otherwise", "so"}:
            return Span(DISCRETIONARY, first, at + 2)
        if word in known.SEEMING:
            seeming = True
        if word in _CONDITION_HERE:
            seeming = seeming or at == place + 1
        settles = _deciding_word(statement, at, place, seeming=seeming)
        if settles:
            stop = at + 1
            if statement.word(stop) in _CONDITION_WORDS_2:
                stop += 1
            elif word in _NEEDING and statement.word(stop) == "to":
                stop = min(stop + 2, limit)
            elif word in _CONDITION_HERE_4:
                stop = min(noun_phrase_end(statement, stop, limit), at + 5)
            elif word in _CONDITION_HERE_2:
                stop = min(noun_phrase_end(statement, stop, limit), at + 4)
            else:
                while stop + 1 < limit and words[stop] in ("or", "and", "/") and words[stop + 1] in _STATES_OR_DECIDING:
                    stop += 2
            if statement.word(stop) in _CONDITION_WORDS and statement.kinds[stop - 1] == WORD:
                stop += 1
            if is_settled_condition(statement, stop):
                return None
            return Span(CONDITIONAL, first, stop)
        at += 1
    return None


_OCCURRENCES = listed(
    "moments moment times time situations situation days day cases case instances event events occasions instance"
)


def in_the_event_rule(statement: Statement, place: int) -> Span | None:
    """`in the moments that he needs it`, `on days when she is tired`, `in case he becomes upset`."""
    words, limit = statement.words, min(statement.sentence_ends[place], place + 5)
    noun = next((at for at in range(place + 1, limit) if words[at] in _OCCURRENCES), None)
    if noun is None or any(words[at] not in _DETERMINERS_OR_THOSE for at in range(place + 1, noun)):
        return None
    opener = noun + 1 if statement.word(noun + 1) in {"that", "when", "where", "which"} else noun
    found = condition_rule(statement, opener)
    return Span(found.category, place, found.end) if found else None


def is_settled_condition(statement: Statement, end: int) -> bool:
    inside = bracket(statement, end)
    if inside is None:
        return False
    if statement.word(end) in BRACKET_WORDS and not (
        statement.word(inside[0]) in _SETTLED_CONDITION_WORDS or is_figure(statement, inside[0])
    ):
        # A heading: what is given follows, not when.
        return False
    return is_spelled_out(statement, end)


def _through_fit(statement: Statement, stop: int) -> int:
    """`see fit`, `deem it necessary`: the verb's own complement belongs to the phrase."""
    if statement.word(stop) == "it" and statement.word(stop + 1) in _FIT:
        return stop + 2
    return stop + 1 if statement.word(stop) in _FIT or statement.word(stop) == "so" else stop


_FIT = listed("fit necessary appropriate")


def _deciding_word(statement: Statement, at: int, conjunction: int, *, seeming: bool) -> bool:
    """Whether nobody can check what the conjunction leads to."""
    words = statement.words
    word, before, after = words[at], words[at - 1], statement.word(at + 1)
    opener = words[conjunction] if words[conjunction] in CONJUNCTIONS else "when"
    direct = at == conjunction + 1
    if opener == "during":
        return word in _STATE_NOUNS and (direct or before in _DECIDING_WORD_BEFORE_4)
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
        if direct or seeming or before in _DECIDING_WORD_BEFORE:
            return word != "need"
        return word in ("available", "needed") and before in _RESOURCES_OR_UNNAMED_OR_ROLE_WORDS
    if word in known.ALLOWING and word not in {"need", "needs", "require", "requires"}:
        subject = words[max(conjunction + 1, at - 3) : at]
        return any(each in known.RESOURCES for each in subject)
    if word in known.STATES:
        if word in _DECIDING_WORD_HERE:
            return True
        if word in _DECIDING_WORD_HERE_5 and after in _DECIDING_WORD_AFTER_2:
            return True
        if direct or seeming:
            return not (direct and after in _DECIDING_WORD_AFTER)
        return before in _DECIDING_WORD_BEFORE_2
    if word in ("understand", "comprehend") and before in ("not", "doesn't"):
        return True
    if word in _SCARCE and "there" in words[conjunction + 1 : at]:
        return words[conjunction] in ("if", "when", "whenever", "where", "once", "unless")
    if word in ("trouble", "difficulty", "difficulties"):
        return before in _DECIDING_WORD_BEFORE_3
    if word in _DECIDING_WORD_HERE_2:
        return True
    if word in _DECIDING_WORD_HERE_3:
        return word in _DECIDING_WORD_HERE_4
    if word == "loses" and after in _DECIDING_WORD_AFTER_3:
        return True
    if word in ("helps", "help") and before in _DECIDING_WORD_BEFORE_5:
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


_NEEDING = listed("needs need requires require needing")


_SCARCE = listed("time need space staff staffing availability openings concern concerns problem problems issue issues")


_STATE_NOUNS = listed(
    "dysregulation frustration anxiety distress stress fatigue agitation escalation crisis overstimulation sleepiness"
)


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
        or (after in _INVERTED_AFTER)
    )


def _decider_at(statement: Statement, first: int, limit: int) -> int | None:
    """Where the verb of one who decides may begin: a role, a body, nobody in particular, "they"; never the child."""
    words = statement.words
    last: int | None = None
    for at in range(first, min(first + 7, limit)):
        word = words[at]
        if (
            (word in known.ROLE_WORDS and word not in known.FAMILY_PEOPLE and word not in ("peer", "peers"))
            or (word in known.UNNAMED or word in known.BODIES or word in ("members", "member", "it's_deemed"))
        ) or (word == "they" and at == first):
            last = at
        elif word in ("deemed", "judged") or (word in ("determined", "decided", "felt") and words[at - 1] in ("is", "it's")):
            return at
        elif last is not None or not (word in known.DETERMINERS or statement.kinds[at] == WORD):
            break
        elif word in _CHILD_BUT_STUDENT or (word == "student" and words[at + 1 : at + 2] != ["support"]):
            return None
    return last


def depending_rule(statement: Statement, place: int) -> Span | None:
    """`depending on the day`: the whole phrase."""
    words, at = statement.words, place + 1
    if words[place] == "dependent" and statement.word(place - 1) in ("is", "are"):
        place -= 0
    if statement.word(at) not in ("on", "upon"):
        return None
    limit = min(statement.sentence_ends[place], at + 9)
    end = at + 1
    while end < limit and words[end] in _DETERMINERS_OR_HIS:
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


def as_rule(statement: Statement, place: int) -> Span | None:
    """`as staffing allows`, `as determined by the team`, `as often as needed`, `as staff see fit`."""
    words = statement.words
    limit = min(statement.sentence_ends[place], place + 9)
    after = statement.word(place + 1)
    if after == "as":
        return None
    if after in known.DECIDED and statement.word(place + 2) in {"by", "with", "between", "among"}:
        return determined_rule(statement, place + 1)
    if after in known.DECIDED and statement.word(place + 2) in _AS_AFTER_2:
        for at in range(place + 2, min(place + 6, limit)):
            if words[at] in ("by", "with"):
                return determined_rule(statement, place + 1)
        if after in ("deemed", "judged", "agreed"):
            return Span(DISCRETIONARY, place, place + 3)
    if "as" in words[place + 3 : place + 6] and (found := _as_as(statement, place)):
        return found
    if after in _AS_AFTER or after.endswith("ly"):
        return _as_as(statement, place)
    if statement.word(place + 2) == "as" and statement.kinds[place + 1] == WORD:
        return _as_as(statement, place)
    if after == "needs" or after == "need":
        return Span(CONDITIONAL, place, place + 3) if statement.word(place + 2) in known.ALLOWING else None
    decider = _decider_at(statement, place + 1, limit)
    for at in range(place + 2, min(place + 7, limit)):
        word = words[at]
        if statement.kinds[at] == MARK or (word in _AS_HERE and word != "of"):
            break
        if decider is not None and decider < at and word in known.DECIDES:
            return Span(DISCRETIONARY, place, _through_fit(statement, at + 1))
        if word in known.ALLOWING and word != "need":
            subject = words[place + 1 : at]
            if any(each in known.RESOURCES for each in subject) or word in _AS_HERE_3:
                return Span(CONDITIONAL, place, at + 1)
        if word in _AS_HERE_2 and words[at - 1] in _SEEMING_OR_AS:
            return Span(CONDITIONAL, place, at + 1)
        if word in {"needs", "needed", "requires", "tolerates"} and words[at - 1] in _CHILD_OR_SEEMING:
            stop = at + 2 if statement.word(at + 1) in ("it", "them", "one") else at + 1
            return Span(CONDITIONAL, place, stop)
        if word in {"see", "sees", "feel", "feels"} and statement.word(at + 1) in ("fit", "necessary"):
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
        if word in known.DECIDING and (at == second + 1 or words[at - 1] in _SEEMING_OR_CHILD_OR_IS or word == "needed"):
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
        if what == "long" and before != "for" and words[second + 1] in _CHILD_OR_STAFF and second == place + 2:
            return Span(CONDITIONAL, place, end)
        return Span(AMOUNT, place, end)
    if what in ("far", "well") and end == second + 2:
        return Span(CONDITIONAL if what == "far" else SUBJECTIVE, place, end)
    return Span(SUBJECTIVE, place, end)


def _is_paper(statement: Statement, first: int, end: int) -> bool:
    """A paper, a measure or a doctor decides, or the child and parents."""
    words = statement.words
    for at in range(first, end):
        word = words[at]
        if (
            word in known.ROLE_WORDS
            and word not in known.PAPERS
            and not (statement.owners[at] and statement.word(at + 1) in known.PAPERS)
        ):
            return statement.word(at + 1) in known.PAPERS and not known.UNNAMED & {word}
        if word in known.UNNAMED or word in known.DISCRETION:
            return False
        if word in known.BODIES and word != "state" and statement.word(at + 1) not in known.PAPERS:
            return False
    return any(words[at] in known.PAPERS for at in range(first, end)) or not any(
        statement.kinds[at] == WORD and words[at] not in known.DETERMINERS for at in range(first, end)
    )


def _decider_end(statement: Statement, place: int, limit: int) -> int:
    """The end of the noun phrase that names who decides; `and`, `or` go on with it."""
    words, at = statement.words, place
    while at < limit:
        word = words[at]
        if word in {"and", "or", "/", "&"}:
            after = statement.word(at + 1)
            if not (_is_decider_word(after) or (after in known.DETERMINERS and _is_decider_word(statement.word(at + 2)))):
                break
        elif statement.kinds[at] == MARK or word in NP_STOPS:
            if word != "of" and not (word == "at" and statement.word(at + 1) in {"team", "specialist", "consultant"}):
                break
        elif at > place and words[at - 1] in _UNNAMED_OR_ROLE_WORDS and word in known.VERBS:
            break
        at += 1
    return at


def _is_decider_word(word: str) -> bool:
    return word in known.ROLE_WORDS or word in known.UNNAMED or word in known.BODIES or word in _DECIDER_WORD_HERE


def determined_rule(statement: Statement, place: int) -> Span | None:
    """`as determined by the team`, `to be decided by the counselor`, `chosen by the teacher`."""
    words = statement.words
    limit = min(statement.sentence_ends[place], place + 12)
    by = next((at for at in range(place + 1, min(place + 5, limit)) if words[at] in ("by", "with", "between")), None)
    if by is None:
        return None
    end = _decider_end(statement, by + 1, limit)
    if end == by + 1 or _is_paper(statement, by + 1, end):
        return None
    if not any(_is_decider_word(words[at]) for at in range(by + 1, end)):
        return None
    first = place
    while first > statement.sentence_starts[place] and words[first - 1] in _DETERMINED_BEFORE:
        first -= 1
    if words[place] in _DETERMINED_WORDS and (
        words[place - 1] not in {"as", "be", "if", "when"}
        or (words[place] in {"set", "instructed", "assigned", "scheduled"} and words[place - 1] == "be")
    ):
        return None
    if words[place] in ("considered", "felt", "seen") and first == place:
        return None
    if words[first] in ("is", "are", "will"):
        first = next((at for at in range(first, place) if words[at] not in {"is", "are", "will", "be"}), place)
    return Span(DISCRETIONARY, first, end)


def per_rule(statement: Statement, place: int) -> Span | None:
    """`per case manager`, and no word after it: who decides, not how many for each."""
    limit = min(statement.sentence_ends[place], place + 6)
    end = _decider_end(statement, place + 1, limit)
    inside = statement.words[place + 1 : end]
    follows = statement.word(end)
    if not inside or not all(_is_decider_word(word) or word in known.DETERMINERS for word in inside) or inside == ["iep"]:
        return None
    if _is_paper(statement, place + 1, end) or (follows and statement.kinds[end] == WORD) or inside[-1] in ("special", "case"):
        return None
    return Span(DISCRETIONARY, place, end)


def discretion_rule(statement: Statement, place: int) -> Span | None:
    """`at the teacher's discretion`, `per teacher judgment`, `with permission of the nurse`, `of the principal's choice`."""
    words, start = statement.words, statement.sentence_starts[place]
    word = words[place]
    first = place
    while first > start and place - first < 7:
        before = words[first - 1]
        if before in _DISCRETION_BEFORE:
            first -= 1
            break
        if (
            before in ("and", "or")
            or before in known.DETERMINERS
            or _is_decider_word(before)
            or before in _DISCRETION_BEFORE_2
            or statement.owners[first - 1]
        ):
            first -= 1
            continue
        break
    head = words[first]
    limit = min(statement.sentence_ends[place], place + 9)
    end = place + 1
    if statement.word(end) in ("of", "from", "by"):
        end = _decider_end(statement, end + 1, limit)
    whose = {words[at] for at in range(first, end)}
    someone = any(_is_decider_word(words[at]) for at in range(first, end))
    if not someone and whose & (_CHILD_OR_FAMILY_PEOPLE_OR_STUDENT):
        return None
    if whose & (_FAMILY_PEOPLE_OR_PARENTAL) and not whose & (_UNNAMED_OR_BODIES_OR_ROLE_WORDS_BUT_FAMILY_PEOPLE):
        return None
    if whose & _PAPERS_BUT_STUDENT and not someone:
        return None
    if head == "without":
        return None
    if word in {"discretion", "discretionary", "discression", "discresion"}:
        return Span(DISCRETIONARY, first if head not in known.DETERMINERS else first + 1, end)
    if not someone and not (word in {"judgment", "judgement", "permission", "approval"} and head in _DISCRETION_HERE):
        return None
    if word in _DISCRETION_HERE_2:
        if head not in _DISCRETION_HERE_3 and not statement.owners[place - 1]:
            return None
        if word == "request":
            return None
        if word == "choice" and statement.word(place - 1) == "multiple":
            return None
    elif head in known.VERBS:
        return None
    if statement.word(end) == "to" and word in ("permission", "opinion"):
        pass
    if head in known.DETERMINERS:
        first += 1
    if head == "to" and statement.word(first - 1) in ("subject", "according", "up"):
        first -= 1
    return Span(DISCRETIONARY, first, end)


def decides_rule(statement: Statement, place: int) -> Span | None:
    """`the teacher will decide`, `the team decides`: with the decider."""
    words, start = statement.words, statement.sentence_starts[place]
    at = place - 1
    if statement.kind == "goal":
        return None
    while at >= start and words[at] in _DECIDES_WORDS:
        at -= 1
    if at < start or statement.owners[at]:
        return None
    if words[at] not in _ROLE_WORDS_OR_UNNAMED_OR_BODIES_OR_MEMBER or words[at] in known.FAMILY_PEOPLE:
        return None
    if words[place] in _DECIDES_WORDS_2 and statement.word(place + 1) not in _DECIDES_AFTER:
        return None
    if words[place] in _DECIDES_WORDS_3 and statement.word(place + 1) in (
        "the",
        "a",
        "an",
    ):
        return None
    first = at
    while first > start and at - first < 5 and (words[first - 1] in _DECIDES_BEFORE):
        first -= 1
    return Span(DISCRETIONARY, first, place + 1)


def up_to_rule(statement: Statement, place: int) -> Span | None:
    """`up to the teacher`, `left to the nurse`, `up to 30 minutes`."""
    words = statement.words
    if statement.word(place + 1) == "to" and statement.word(place) in {"up", "left", "leave", "subject"}:
        at = place + 2
        limit = min(statement.sentence_ends[place], at + 8)
        if words[place] == "up":
            hedged = figure_end(statement, at, limit)
            if hedged is not None:
                return hedged_span(statement, place, hedged)
        while at < limit and (words[at] in known.DETERMINERS):
            at += 1
        for look in range(at, min(at + 4, limit)):
            if words[look] in _ROLE_WORDS_OR_UNNAMED_OR_BODIES:
                if words[look] in known.FAMILY_PEOPLE or words[place] == "subject":
                    return None
                end = look + 1
                while end < limit and words[end] in _ROLE_WORDS_OR_UNNAMED_OR_BODIES_OR_DISCRETION:
                    end += 1
                return Span(DISCRETIONARY, place, end)
            if words[look] in NP_STOPS or statement.kinds[look] == MARK:
                break
    return None


_STATES_OR_DECIDING = known.STATES | known.DECIDING


_DETERMINERS_OR_THOSE = known.DETERMINERS | {"those", "any", "school"}


_RESOURCES_OR_UNNAMED_OR_ROLE_WORDS = known.RESOURCES | known.UNNAMED | known.ROLE_WORDS


_CHILD_BUT_STUDENT = known.CHILD - {"student", "student's"}


_DETERMINERS_OR_HIS = known.DETERMINERS | {"his", "her", "how"}


_SEEMING_OR_AS = known.SEEMING | {"as"}


_CHILD_OR_SEEMING = known.CHILD | known.SEEMING


_SEEMING_OR_CHILD_OR_IS = known.SEEMING | known.CHILD | {"is", "be"}


_CHILD_OR_STAFF = known.CHILD | {"staff", "it"}


_UNNAMED_OR_ROLE_WORDS = known.UNNAMED | known.ROLE_WORDS


_CHILD_OR_FAMILY_PEOPLE_OR_STUDENT = known.CHILD | known.FAMILY_PEOPLE | {"student", "parental", "own"}


_FAMILY_PEOPLE_OR_PARENTAL = known.FAMILY_PEOPLE | {"parental"}


_UNNAMED_OR_BODIES_OR_ROLE_WORDS_BUT_FAMILY_PEOPLE = known.UNNAMED | known.BODIES | (known.ROLE_WORDS - known.FAMILY_PEOPLE)


_PAPERS_BUT_STUDENT = known.PAPERS - {"student", "parent", "parents", "iep", "chart", "plan"}


_ROLE_WORDS_OR_UNNAMED_OR_BODIES_OR_MEMBER = known.ROLE_WORDS | known.UNNAMED | known.BODIES | {"member", "members"}


_ROLE_WORDS_OR_UNNAMED_OR_BODIES = known.ROLE_WORDS | known.UNNAMED | known.BODIES


_ROLE_WORDS_OR_UNNAMED_OR_BODIES_OR_DISCRETION = (
    known.ROLE_WORDS
    | known.UNNAMED
    | known.BODIES
    | {"discretion", "judgment", "decide", "determine", "member", "members", "to"}
)


_CONDITION_HERE = listed("not too so very feeling getting becoming more")


_CONDITION_HERE_2 = listed("feels feel seems seem appears appear looks look")


_CONDITION_WORDS = listed("day days time times moment moments morning mood")


_SETTLED_CONDITION_WORDS = listed("when whenever if once after every at that i.e.")


_DECIDING_WORD_BEFORE = listed("as deemed if when or and not otherwise")


_DECIDING_WORD_HERE = listed("struggles struggle struggled hurts aches hurt shuts")


_DECIDING_WORD_AFTER = listed("tests assignments work tasks students assignment task test text")


_DECIDING_WORD_BEFORE_2 = listed("or and too very more feeling getting becoming has calmed of showing shows")


_DECIDING_WORD_BEFORE_3 = listed("has have having is with experiences experiencing shows any some great of")


_DECIDING_WORD_HERE_2 = listed("feels seems appears looks feel seem appear")


_DECIDING_WORD_HERE_3 = listed("escalates deteriorates worsens struggling calms escalate calming increases wanders drifts")


_DECIDING_WORD_HERE_4 = listed("escalates deteriorates worsens struggling calms calming escalate wanders drifts")


_AS_AFTER = listed("far soon close much many long little often frequently few")


_AS_HERE = listed("will shall must to for with of")


_AS_HERE_2 = listed("available able ready needed possible necessary appropriate")


_DETERMINED_BEFORE = listed("as be to is if when jointly otherwise mutually where it will are")


_DETERMINED_WORDS = listed(
    "set seen allowed permitted defined discussed instructed scheduled assigned arranged specified established"
)


_DISCRETION_BEFORE = listed(
    "at per with in by on upon under of using without pending for to from through only subject after via"
)


_DISCRETION_BEFORE_2 = listed(
    "professional prior education classroom ed best own sole 's student parent parental parents explicit verbal"
    " written advance gen sped"
)


_DISCRETION_HERE = listed("with per upon pending by using subject after")


_DISCRETION_HERE_2 = listed(
    "option choice choosing preference convenience decision opinion recommendation recommendations request consent say-so"
)


_DISCRETION_HERE_3 = listed("at per of by in on upon with under pending to")


_DECIDES_WORDS = listed("will shall may can must to jointly then would also should")


_DECIDES_WORDS_2 = listed("choose chooses select selects pick picks judge judges")


_DECIDES_AFTER = listed("which what when whether how if where the an a appropriate")


_DECIDES_BEFORE = listed(
    "iep case school general special education ed gen sped classroom support service building assistant occupational"
    " physical speech language team class individual related homeroom math reading"
)


_CONDITION_HERE_3 = listed("says say indicates specified stated")


_CONDITION_WORDS_2 = listed("it them one this")


_CONDITION_HERE_4 = listed("needs need requires require needing")


_DECIDING_WORD_BEFORE_4 = listed("of great extreme his her")


_DECIDING_WORD_HERE_5 = listed("hard tough rough bad difficult challenging")


_DECIDING_WORD_AFTER_2 = listed("day time moment morning days")


_DECIDING_WORD_AFTER_3 = listed("focus control interest patience attention")


_DECIDING_WORD_BEFORE_5 = listed("it that would this will")


_INVERTED_AFTER = listed("there problems staff behavior behaviors")


_AS_AFTER_2 = listed("upon to necessary appropriate needed on")


_AS_HERE_3 = listed("permits permit allows allow arises arise")


_DECIDER_WORD_HERE = listed("iep general special case member")


_DECIDES_WORDS_3 = listed("choose chooses select selects pick picks")
