"""Permission instead of a promise, effort instead of an act."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.conditions import is_inverted
from domain.wording.context import MARK, NUMBER, WORD, Statement, is_figure
from domain.wording.senses import around
from domain.wording.span import INTENT, PERMISSIVE, Span

_ASSIGNMENT_WORK = listed(
    "assignment assignments homework classwork worksheet worksheets task tasks project projects computer tablet"
    " laptop floor chromebook packet packets essay paper papers test problem problems activities activity board page"
    " pages schoolwork mat table carpet desk rug bench puzzle piece seatwork mondays tuesdays friday fridays one two"
    " three ipad device"
)
_WORDS_OF_A_CONDITION = known.DECIDING | known.STATES | {"and", "or", "but"}
_PERMISSIONS = known.PERMITTED | {"optional", "option", "free", "welcome"}
_PERMISSIONS_ALONE = known.PERMITTED | {"optional"}
_SUBJECTS_OF_INTENT = known.AUXILIARY | known.CHILD | {"will"}
_CLAUSE_OPENERS = listed(
    "that which who where what until as how than whatever because all best since know shows when if before words whom"
)
_ABILITIES = listed("see hear reach read understand tolerate manage handle identify")
_BETWEEN_MODAL_AND_VERB = listed("also then still sometimes often only be have always choose at times first even just get")
_AFTER_MAY_AS_MONTH = listed("of through to and or and/or iep annual for with each every at the on")
_BEFORE_MAY_AS_MONTH = listed("in by of until through from late early mid this next since every each before after and to – or")
_SURELY_BEFORE_A_MONTH = listed("in by of until late early mid next")
_BETWEEN_SHOULD_AND_VERB = listed("also not be always still only ideally then never first often both all")
_BEFORE_A_DUTY = listed("be been not always is are being only")
_OPENERS_OF_CONDITION = listed("as if when that than unless where which")
_KINDS_OF_WORK = listed(
    "independent group seat school class written the social missing his her of when while all any each during for"
    " extra not made"
)
_COUNTED_AS = listed("a an complete proficient late absent mastered met passing as")
_VERBS_THAT_ARE_NOUNS = listed("plan plans hope aim attempt attempts wish try look seek seeks work hopes aims wishes")
_BEFORE_A_NOUN = listed(
    "the a iep 504 this his her behavior lesson care health of each every per support intervention transition education safety"
)
_OPENERS_OF_A_WISH = listed("if when whenever what that as unless who where")
_ADVISED = listed("recommended suggested preferred advised recommend recommends suggest suggests advise")
_EXPLORING = listed("explore explores investigate investigates pursue pursues exploring investigating brainstorm")
_EVERYTHING = listed("everything all whatever what best")


def modal_rule(statement: Statement, place: int) -> Span | None:
    words, word = statement.words, statement.words[place]
    before, after = around(statement, place)
    if word == "may" and _is_month(statement, place):
        return None
    if after in known.NEGATIONS:
        return None
    if after == "," and before in known.CHILD | known.ROLE_WORDS | known.UNNAMED:
        return Span(PERMISSIVE, place, place + 1)
    if not after or statement.kinds[place + 1] != WORD:
        return None
    if after == "to":
        # `the teacher can to help`, as people write who learned English late; not `everything it can to ...`
        if statement.word(place + 2) not in known.VERBS or not _EVERYTHING.isdisjoint(words[max(0, place - 4) : place]):
            return None
        return Span(PERMISSIVE, place, place + 3)
    if after in known.PREPOSITIONS and after != "like":
        return None
    if word == "can" and before in {"a", "trash", "the", "soda", "garbage", "recycling", "watering"}:
        return None
    start = statement.sentence_starts[place]
    if before in {"that", "which", "who", "what"} and word in {"may", "might", "can", "could"}:
        return None
    if word in ("can", "could"):
        for at in range(place - 1, max(place - 5, start) - 1, -1):
            if words[at] in _WORDS_OF_A_CONDITION:
                break
            if words[at] in _CLAUSE_OPENERS:
                return None
            if statement.kinds[at] == MARK:
                break
        if after in _ABILITIES:
            return None
        if statement.kind == "goal" and after != "be":
            return None
    else:
        for at in range(place - 1, max(place - 5, start) - 1, -1):
            if words[at] in {"as", "if", "when", "whenever"}:
                return None
            if statement.kinds[at] == MARK or words[at] in _WORDS_OF_A_CONDITION:
                break
    end = place + 1
    limit = min(statement.sentence_ends[place], place + 7)
    if words[end : end + 3] in (["or", "may", "not"], ["or", "might", "not"]):
        end += 3
    if after == "or" and words[end : end + 1] == ["or"]:
        return None
    while end < limit and (words[end].endswith("ly") or words[end] in _BETWEEN_MODAL_AND_VERB):
        if words[end] == "only" and words[end] == "reply":
            break
        if words[end] == "have" and statement.word(end + 1) not in ("been", "had"):
            break
        if (words[end] == "at" and statement.word(end + 1) != "times") or words[end] in ("get", "choose"):
            break
        end += 1
    if end >= limit or statement.kinds[end] != WORD:
        end -= 1
    return Span(PERMISSIVE, place, end + 1)


def _is_month(statement: Statement, place: int) -> bool:
    words = statement.words
    if statement.text[statement.starts[place]] != "M":
        return False
    after = statement.word(place + 1)
    before = statement.word(place - 1)
    if place + 1 < statement.count and (statement.kinds[place + 1] in (NUMBER, "date", "time")):
        return True
    if after in _AFTER_MAY_AS_MONTH or not after:
        return True
    if before in _BEFORE_MAY_AS_MONTH:
        return (
            statement.kinds[place + 1 : place + 2] == [MARK]
            or after in known.PREPOSITIONS
            or after in ("he", "she", "student")
            or before in _SURELY_BEFORE_A_MONTH
        )
    return words[place + 1 : place + 2] == [","]


def should_rule(statement: Statement, place: int) -> Span | None:
    if statement.words[place] == "should" and is_inverted(statement, place):
        return None
    after = statement.word(place + 1)
    if after == ",":
        return Span(INTENT, place, place + 1)
    if not after or statement.kinds[place + 1] != WORD:
        return None
    end, limit = place + 1, min(statement.sentence_ends[place], place + 8)
    if statement.words[place] == "ought":
        if after != "to":
            return None
        end += 1
    while end < limit and (
        (statement.words[end].endswith("ly") and statement.words[end] not in {"apply", "rely", "reply", "supply"})
        or statement.words[end] in _BETWEEN_SHOULD_AND_VERB
        or (statement.words[end] == "have" and statement.word(end + 1) in ("been", "had"))
    ):
        end += 1
    if end >= limit or statement.kinds[end] != WORD:
        end = max(end - 1, place + 1)
    return Span(INTENT, place, end + 1)


def permissive_guard(statement: Statement, span: Span) -> Span | None:
    words = statement.words
    before = statement.word(span.first - 1)
    if words[span.first] in {"ok", "okay"} and (
        before in known.BE or before in {"it", "an", "the", "feels", "seems"} or not before
    ):
        return None
    key = next((words[at] for at in range(span.first, span.end) if words[at] in _PERMISSIONS), "")
    if before in _BEFORE_A_DUTY and words[span.first] in _PERMISSIONS_ALONE:
        return None if before != "always" else span
    if words[span.first] in ("has", "have", "having") and before in ("will", "shall", "must"):
        return None
    if words[span.first] == "be" and before in {"will", "shall", "must", "to"}:
        return None
    if (
        words[span.first] in known.PERMITTED
        and span.end - span.first == 1
        and statement.word(span.end) in {"by", "him", "her", "student"}
    ):
        return None
    if words[span.end - 1] in known.PERMITTED and statement.word(span.end) in (":", "time", "minutes"):
        return span if statement.word(span.end) != "time" else None
    if key == "free" and statement.word(span.end - 1) != "to":
        return None
    if key == "option" and statement.word(span.first + 1) == "option":
        return span
    for at in range(span.first - 1, max(span.first - 4, statement.sentence_starts[span.first]) - 1, -1):
        if words[at] in _OPENERS_OF_CONDITION:
            return None
        if statement.kinds[at] == MARK:
            break
    return span


def intent_guard(statement: Statement, span: Span) -> Span | None:
    words = statement.words
    first, head = span.first, words[span.first]
    before, after = statement.word(first - 1), statement.word(span.end)
    if head in ("work", "works", "working"):
        if before in _KINDS_OF_WORK:
            return None
        if words[span.end - 1] == "at":
            return None
        if words[span.end - 1] == "to":
            return Span(INTENT, first, span.end) if after in known.VERBS and before in _SUBJECTS_OF_INTENT else None
        limit = min(statement.sentence_ends[first], span.end + 5)
        if after.endswith("ing") and after not in ("writing", "reading"):
            return span
        for at in range(span.end, limit):
            if words[at] in _ASSIGNMENT_WORK or is_figure(statement, at):
                return None
            if words[at] in known.PREPOSITIONS or statement.kinds[at] != WORD:
                break
        return span
    if head in {"considered", "consider", "considers", "considering", "consideration"}:
        if head == "considered" and before not in ("be", "is", "are"):
            return None
        if head == "considered" and after in _COUNTED_AS:
            return None
        if head == "considering" and after in ("his", "her", "the") and before in (",", ""):
            return None
        if head == "consideration":
            return span if before in {"under", "in", "for", "special", "given", "into"} else None
        return span
    if words[span.end - 1] == "and" and after not in known.VERBS:
        # `try and give`, not `tries and fails`
        return None
    if head in _VERBS_THAT_ARE_NOUNS and before in _BEFORE_A_NOUN:
        return None
    if head in {"want", "wants", "wish", "wishes", "hope", "hopes", "prefer"} and any(
        words[at] in _OPENERS_OF_A_WISH for at in range(max(statement.sentence_starts[first], first - 4), first)
    ):
        return None
    if head in _ADVISED:
        if before in {"as", "the", "team", "by"} and head not in {"recommends", "suggests", "recommend", "suggest"}:
            return None
        if head in ("recommended", "suggested") and ((after == "by" and before == "as") or before in ("doctor", "physician")):
            return None
        if head == "recommended" and after in ("dose", "dosage", "daily"):
            return None
        if head in ("suggest", "recommend") and statement.kind == "goal" and before in ("will", "and", "to"):
            return None
        return span
    if head in _EXPLORING:
        if head.startswith(("investigat", "pursu", "brainstorm")) and statement.kind == "goal" and before != "will":
            return None
        if before == "not":
            return None
        return span
    if head == "explored":
        return span if before == "be" else None
    if head in ("look", "looks", "looking") and words[span.end - 1] in ("toward", "towards"):
        return None
    if head == "would" and words[span.first + 1 : span.first + 2] == ["help"]:
        return None
    if head == "would" and any(
        words[at] in ("if", "that", "which") for at in range(max(statement.sentence_starts[first], first - 4), first)
    ):
        return None
    if head in ("with", "in"):
        return span
    if head == "be" and before not in {"will", "to", "should", "must", "please", "", "and", ",", "."}:
        return None
    return span
