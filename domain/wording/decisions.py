"""Decisions that a person takes later, as distinct from what a paper, a measure or the family decides."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import MARK, WORD, Statement
from domain.wording.senses import (
    NP_STOPS,
    figure_end,
    hedged_span,
)
from domain.wording.span import DISCRETIONARY, Span

_FIT = listed("fit necessary appropriate best needed helpful proper suitable reasonable advisable warranted right wise useful")
_BEFORE_FIT = listed("it them this that is are to be")
_DEEMING = listed("see sees deem deems think thinks feel feels find finds judge judges consider considers believe believes")
_ACTING_PEOPLE = (known.ROLE_WORDS - known.FAMILY_PEOPLE - {"peer", "peers"}) | known.UNNAMED | known.BODIES
_CHILD_NAMED = known.CHILD - {"him", "her", "his", "hers", "they", "them", "their", "himself", "herself"}
_CHILD_BUT_STUDENT = known.CHILD - {"student", "student's"}
_CHILD_AND_FAMILY = known.CHILD | known.FAMILY_PEOPLE | {"student", "parental", "own"}
_FAMILY = known.FAMILY_PEOPLE | {"parental"}
_SCHOOLS_DECIDERS = known.UNNAMED | known.BODIES | (known.ROLE_WORDS - known.FAMILY_PEOPLE)
_PAPERS_BUT_STUDENT = known.PAPERS - {"student", "parent", "parents", "iep", "chart", "plan"}
_DECIDERS_AND_MEMBERS = known.ROLE_WORDS | known.UNNAMED | known.BODIES | {"member", "members"}
_DECIDERS = known.ROLE_WORDS | known.UNNAMED | known.BODIES
_WORDS_OF_A_DECIDER = (
    known.ROLE_WORDS
    | known.UNNAMED
    | known.BODIES
    | {"discretion", "judgment", "decide", "determine", "member", "members", "to"}
)
_BEFORE_DETERMINED = listed("as be to is if when jointly otherwise mutually where it will are")
_DECIDED_IN_THE_PAST_TOO = listed(
    "set seen allowed permitted defined discussed instructed scheduled assigned arranged specified established"
)
_HEADS_OF_DISCRETION = listed(
    "at per with in by on upon under of using without pending for to from through only subject after via"
)
_KINDS_OF_DISCRETION = listed(
    "professional prior education classroom ed best own sole 's student parent parental parents explicit verbal"
    " written advance gen sped"
)
_HEADS_WITHOUT_DECIDER = listed("with per upon pending by using subject after")
_WEAK_DISCRETION = listed(
    "option choice choosing preference convenience decision opinion recommendation recommendations request consent"
)
_HEADS_OF_WEAK_DISCRETION = listed("at per of by in on upon with under pending to")
_BEFORE_DECIDES = listed("will shall may can must to jointly then would also should")
_CHOOSES = listed("choose chooses select selects pick picks judge judges")
_OPEN_CHOICES = listed("which what when whether how if where the an a appropriate")
_KINDS_OF_DECIDERS = listed(
    "iep case school general special education ed gen sped classroom support service building assistant occupational"
    " physical speech language team class individual related homeroom math reading"
)


def through_fit(statement: Statement, stop: int) -> int:
    """`see fit`, `deem it necessary`: the verb's own complement belongs to the phrase."""
    at = stop
    while at < stop + 3 and statement.word(at) in _BEFORE_FIT:
        at += 1
    if at > stop and statement.word(at) in _FIT:
        return at + 1
    return stop + 1 if statement.word(stop) in _FIT or statement.word(stop) == "so" else stop


def deems_fit(statement: Statement, place: int) -> bool:
    """`she sees fit`, `he deems it necessary`, of one who acts for the school: who acts in the sentence is who decides."""
    if statement.word(place) not in ("he", "she", "they") or statement.word(place + 1) not in _DEEMING:
        return False
    fit = through_fit(statement, place + 2)
    if fit == place + 2 or statement.word(fit - 1) == "so":
        return False
    first = statement.sentence_starts[place]
    for at in range(first, place):
        if statement.words[at] in _ACTING_PEOPLE:
            return True
        if statement.words[at] in _CHILD_NAMED and not statement.owners[at]:
            return False
    return True


def decider_at(statement: Statement, first: int, limit: int) -> int | None:
    """Where the verb of one who decides may begin: a role, a body, nobody in particular, "they"; never the child."""
    words = statement.words
    last: int | None = first if deems_fit(statement, first) else None
    for at in range(first if last is None else first + 1, min(first + 7, limit)):
        word = words[at]
        if (
            (word in known.ROLE_WORDS and word not in known.FAMILY_PEOPLE and word not in ("peer", "peers"))
            or (word in known.UNNAMED or word in known.BODIES or word in ("members", "member"))
        ) or (word == "they" and at == first):
            last = at
        elif word in ("deemed", "judged") or (word in ("determined", "decided", "felt") and words[at - 1] in ("is", "it's")):
            return at
        elif last is not None or not (word in known.DETERMINERS or statement.kinds[at] == WORD):
            break
        elif word in _CHILD_BUT_STUDENT or (word == "student" and words[at + 1 : at + 2] != ["support"]):
            return None
    return last


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
        elif at > place and words[at - 1] in known.ACTING and word in known.VERBS:
            break
        at += 1
    return at


def _is_decider_word(word: str) -> bool:
    return (
        word in known.ROLE_WORDS
        or word in known.UNNAMED
        or word in known.BODIES
        or word in {"iep", "general", "special", "case", "member"}
    )


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
    while first > statement.sentence_starts[place] and words[first - 1] in _BEFORE_DETERMINED:
        first -= 1
    if words[place] in _DECIDED_IN_THE_PAST_TOO and (
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
        if before in _HEADS_OF_DISCRETION:
            first -= 1
            break
        if (
            before in ("and", "or")
            or before in known.DETERMINERS
            or _is_decider_word(before)
            or before in _KINDS_OF_DISCRETION
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
    if not someone and whose & (_CHILD_AND_FAMILY):
        return None
    if whose & (_FAMILY) and not whose & (_SCHOOLS_DECIDERS):
        return None
    if whose & _PAPERS_BUT_STUDENT and not someone:
        return None
    if head == "without":
        return None
    if word in {"discretion", "discretionary", "discression", "discresion"}:
        return Span(DISCRETIONARY, first if head not in known.DETERMINERS else first + 1, end)
    if not someone and not (word in {"judgment", "judgement", "permission", "approval"} and head in _HEADS_WITHOUT_DECIDER):
        return None
    if word in _WEAK_DISCRETION:
        if head not in _HEADS_OF_WEAK_DISCRETION and not statement.owners[place - 1]:
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
    while at >= start and words[at] in _BEFORE_DECIDES:
        at -= 1
    if at < start or statement.owners[at]:
        return None
    if words[at] not in _DECIDERS_AND_MEMBERS or words[at] in known.FAMILY_PEOPLE:
        return None
    if words[place] in _CHOOSES and statement.word(place + 1) not in _OPEN_CHOICES:
        return None
    if words[place] in {"choose", "chooses", "select", "selects", "pick", "picks"} and statement.word(place + 1) in (
        "the",
        "a",
        "an",
    ):
        return None
    first = at
    while first > start and at - first < 5 and (words[first - 1] in _KINDS_OF_DECIDERS):
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
            if words[look] in _DECIDERS:
                if words[look] in known.FAMILY_PEOPLE or words[place] == "subject":
                    return None
                end = look + 1
                while end < limit and words[end] in _WORDS_OF_A_DECIDER:
                    end += 1
                return Span(DISCRETIONARY, place, end)
            if words[look] in NP_STOPS or statement.kinds[look] == MARK:
                break
    return None
