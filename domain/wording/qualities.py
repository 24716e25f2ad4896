"""Standards on which two honest people can differ, growth without figures, and lists without an end."""

from domain.wording import words as known
from domain.wording.amounts import has_figure_by, is_childs, is_schools
from domain.wording.context import FINITE, MARK, NUMBER, WORD, Statement, is_figure
from domain.wording.senses import around, has_family, is_spelled_out
from domain.wording.span import AMOUNT, OPEN, SUBJECTIVE, Span
from domain.wording.words import listed

_QUALITY_SENSES: dict[str, frozenset[str]] = {
    "good": listed("morning afternoon bye news friday standing cause"),
    "proper": listed("noun nouns fraction fractions name names adjective"),
    "effective": listed("date dates immediately from on as"),
    "positive": listed("behavior behavioral number numbers integer integers integral exponents slope and_negative test"),
    "best": listed("friend friends buddy buddies western"),
    "fair": listed("use share"),
    "quality": listed("control of_life"),
    "acceptable": listed("use"),
    "well": listed("being known balanced lit child"),
    "better": listed("ear eye"),
}


def quality_rule(statement: Statement, place: int) -> Span | None:
    _words, word = statement.words, statement.words[place]
    before, after = around(statement, place)
    if after in _QUALITY_SENSES.get(word, ()) and not (
        word == "positive" and after == "behavior" and statement.word(place + 2) not in _QUALITY_AFTER
    ):
        return None
    if word == "effective" and place + 1 < statement.count and statement.kinds[place + 1] in (NUMBER, "date"):
        return None
    if word == "appropriate" and ((before == "free" and after == "public") or (False)):
        return None
    if word in _QUALITY_HERE:
        span = _rare_quality(statement, place)
        return span if span is not None and not is_spelled_out(statement, place + 1) else None
    if word in ("best", "better") and before in _QUALITY_BEFORE_2 and word == "best":
        return Span(SUBJECTIVE, place, place + 1)
    if word == "best" and after in ("practice", "practices"):
        return Span(SUBJECTIVE, place, place + 1)
    if word == "better" and before in ("the", "his", "her") and after in {"ear", "eye", "hand", "hearing"}:
        return None
    first = place
    if word in ("appropriate", "appropriately") and before in _QUALITY_BEFORE:
        first = place - 1
        if before == "level" and statement.word(place - 2) == "grade":
            first = place - 2
    if word == "good" and before in ("a", "") and after == "":
        return None
    if statement.joined[place] and word in {"good", "well", "best", "better"}:
        return None
    if _quality_spelled_out(statement, place):
        return None
    return Span(SUBJECTIVE, first, place + 1)


def _quality_spelled_out(statement: Statement, place: int) -> bool:
    """`appropriate voice (level 2)`, `appropriate behavior: hands down, eyes on the speaker`."""
    words = statement.words
    for at in range(place + 1, min(place + 6, statement.sentence_ends[place])):
        if words[at] in _QUALITY_SPELLED_OUT_WORDS or (
            words[at] == "," and words[at + 1 : at + 2] in (["i.e."], ["that"], ["defined"], ["as"], ["meaning"])
        ):
            if (
                words[at] == ","
                and words[at + 1 : at + 2] == ["as"]
                and words[at + 2 : at + 3] not in (["defined"], ["described"], ["listed"])
            ):
                return False
            return is_spelled_out(statement, at)
        if (
            words[at : at + 2] == ["as", "defined"]
            or words[at : at + 2] == ["as", "described"]
            or words[at : at + 2] == ["as", "listed"]
        ):
            return not has_family(statement, at, min(at + 8, statement.count))
        if words[at] in FINITE or (words[at] in known.PREPOSITIONS and words[at] not in _QUALITY_SPELLED_OUT_WORDS_2):
            return False
    return False


def _rare_quality(statement: Statement, place: int) -> Span | None:
    words, word = statement.words, statement.words[place]
    before, after = around(statement, place)
    span = Span(SUBJECTIVE, place, place + 1)
    if word == "enough":
        return span if after in _RARE_QUALITY_AFTER else None
    if word == "well":
        if before in ("as", "oh") or after == "as" or False:
            return None
        return span if before in _RARE_QUALITY_BEFORE or after == "with" else None
    if word == "quality":
        if before == "high":
            return Span(SUBJECTIVE, place - 1, place + 1)
        return span if before == "good" or after in ("work", "instruction", "feedback") else None
    if word == "comfortable":
        return span if statement.kind != "goal" or (True and after not in ("chair", "shoes")) else None
    if word == "fairly" or word == "fair":
        return span if word == "fair" and before in ("a", "the", "and") else None
    if word in ("beneficial", "desirable", "nice"):
        return span if before not in _RARE_QUALITY_BEFORE_2 else None
    if word == "responsible":
        return span if after not in _RARE_QUALITY_AFTER_2 else None
    del words
    return span


def growth_rule(statement: Statement, place: int) -> Span | None:
    """Growth without figures for the same thing; of what the school gives or asks it is an amount."""
    words, word = statement.words, statement.words[place]
    before, after = around(statement, place)
    span = Span(SUBJECTIVE, place, place + 1)
    if before == "school" and word == "improvement":
        return None
    if place and statement.joined[place - 1]:
        return None
    if word in _GROWTH_HERE_3:
        if after in _GROWTH_AFTER and not (word == "progress" and after == "on" and before in ("will", "student")):
            return None
        if before in _GROWTH_BEFORE:
            return None
        if word == "growth" and before not in _GROWTH_BEFORE_2:
            return None
        if word == "gains" and before not in _GROWTH_BEFORE_3:
            return None
        return None if has_figure_by(statement, span) else span
    if word in _GROWTH_HERE:
        if word == "better":
            return (
                span
                if before in ("will", "to", "and") and after in _OWNERS_OR_DETERMINERS and not has_figure_by(statement, span)
                else None
            )
        if word == "raise" and after in _GROWTH_AFTER_2 and {"hand", "hands", "card"} & set(words[place + 1 : place + 5]):
            return None
        if word in ("raise", "advance", "advances") and (statement.kind != "goal" or after in ("hand", "to", "notice")):
            return None
        if word in _GROWTH_HERE_4 and statement.kind != "goal" and not is_childs(statement, place + 1):
            return Span(AMOUNT, place, place + 1) if False else None
        if has_figure_by(statement, span):
            return None
        return span if before in {"will", "to", "and", ""} or statement.kind == "goal" else None
    if word in _GROWTH_HERE_5:
        if word in ("develop", "develops", "developing") and _is_paper_object(statement, place):
            return None
        if before == "typically" or (word in ("grow", "grows", "growing") and after in {"a", "plants", "up", "seeds"}):
            return None
        return None if has_figure_by(statement, span) else span
    if word in ("increased", "decreased", "reduced"):
        return None
    if word in _GROWTH_HERE_2:
        if has_figure_by(statement, span) or any(
            is_figure(statement, at) and statement.word(at + 1) in {"%", "percent", "fewer", "more"}
            for at in range(place + 1, min(place + 4, statement.sentence_ends[place]))
        ):
            return None
        if word in ("increasing", "decreasing") and after in {"order", "difficulty", "length", "complexity"}:
            return None
        if statement.kind == "goal":
            return Span(AMOUNT, place, place + 1) if is_schools(statement, place + 1) and before != "will" else span
        if is_childs(statement, place + 1):
            return span
        return Span(AMOUNT, place, place + 1)
    if word in ("improved", "enhanced", "strengthened") and before == "an":
        return span
    return None if has_figure_by(statement, span) else span


def _is_paper_object(statement: Statement, place: int) -> bool:
    """`develop a behavior plan`, `develop a graph`: something is made."""
    if statement.kind == "goal":
        return bool(_PAPER_OBJECT_WORDS & set(statement.words[place + 1 : place + 6]))
    return bool(_PAPER_OBJECT_WORDS_2 & set(statement.words[place + 1 : place + 7]))


def subjective_guard(statement: Statement, span: Span) -> Span | None:
    words = statement.words
    if (
        words[span.first] == "preferential"
        or words[span.first : span.first + 2] == ["seating", "preferential"]
        or words[span.first] in {"strategic", "optimal", "optimum", "advantageous"}
    ):
        return None if has_place_after(statement, span.end) else span
    if words[span.first] in _SUBJECTIVE_GUARD_WORDS:
        return None if has_figure_by(statement, span) else span
    if span.end < statement.count and _quality_spelled_out(statement, span.end - 1):
        return None
    if words[span.first] in _SUBJECTIVE_GUARD_WORDS_2 and span.first and words[span.first - 1] == "free":
        return None
    return span


_SEATS = listed(
    "near front next beside close center middle back left right row first second teacher teacher's board window door"
    " away aisle instruction proximity by toward speaker whiteboard desk facing side adjacent screen smartboard end"
    " corner source within"
)


def has_place_after(statement: Statement, end: int) -> bool:
    """`preferential seating: front row`, `preferential seating near the teacher`: the place is said."""
    words = statement.words
    for at in range(end, min(statement.sentence_ends[end - 1], end + 9)):
        word = words[at]
        if word in _SEATS:
            return not (
                word == "away" and {"distractions", "distraction", "noise", "peers"} & set(words[at : at + 5])
            ) and not (word == "by" and statement.word(at + 1) in known.UNNAMED)
        if word in (",", ";") and statement.word(at + 1) not in _SEATS_OR_IN:
            return False
        if word in _PLACE_AFTER_HERE:
            return False
    return False


def open_guard(statement: Statement, span: Span) -> Span | None:
    words = statement.words
    head, last, after = words[span.first], words[span.end - 1], statement.word(span.end)
    before = statement.word(span.first - 1)
    if last == "etc" or head == "etc":
        return span
    if last in ("other", "others", "another"):
        if head == "and" and after in ("students", "children", "peers", "classmates"):
            return None
        if head in ("or", "and") and after in ("than", "words", "hand"):
            return None
        if (before == "one" and head in ("or", "and")) or statement.does[span.first] == "unchecked":
            return None
        if last == "another" and (head == "and" or after in known.UNNAMED or after in known.PERSONS):
            return None
        if last == "another" and before in ("way", "one", "another"):
            return None
        return span
    if head in ("and", "or") and last == "more":
        if is_figure(statement, span.first - 1) or before in _UNITS_OR_TIME_UNITS or after not in {"", ".", ",", ")"}:
            return None
        return span if head == "and" else None
    if head in ("and", "or") and last in {"similar", "comparable", "equivalent", "related"}:
        return span if head == "or" or last == "similar" else None
    if head in ("and", "or") and last == "such":
        return span if after in {"", ".", ",", ")"} else None
    if head == "varied":
        return span if statement.kinds[span.first + 1 : span.first + 2] == [WORD] else None
    if head == "a" and last == "of" and words[span.first + 1] == "range" and before == "within":
        return None
    if head == "ex":
        return span if statement.word(span.first + 1) in (":", ".") else None
    return span


def like_rule(statement: Statement, place: int) -> Span | None:
    """`tools like fidgets`; not `would like`, `like his peers`, `looks like`."""
    before, after = around(statement, place)
    if not before or not after or statement.kinds[place + 1] != WORD:
        return None
    if before in _FINITE_OR_PRONOUNS_OR_WOULD:
        return None
    if after in _OWNERS_OR_TERMS and not before.endswith("s"):
        return None
    if after in _LIKE_AFTER:
        return None
    if before.endswith("s") or (statement.kinds[place - 1] == MARK and before == ",") or before in _LIKE_BEFORE:
        return Span(OPEN, place, place + 1)
    return None


_OWNERS_OR_DETERMINERS = known.OWNERS | known.DETERMINERS


_SEATS_OR_IN = _SEATS | {"in", "the"}


_UNITS_OR_TIME_UNITS = known.UNITS | known.TIME_UNITS


_FINITE_OR_PRONOUNS_OR_WOULD = (
    FINITE
    | known.PRONOUNS
    | listed(
        "would look looks feel sound sounds feels much just not to do does behave student more seem seems act"
        " students and is others work"
    )
)


_OWNERS_OR_TERMS = known.OWNERS | listed("terms fractions a the to other that this him her everyone denominators")


_QUALITY_HERE = listed(
    "well fair fairly nice responsible comfortable quality desirable respectfully respectful responsibly efficient"
    " efficiently productive productively beneficial enough"
)


_QUALITY_BEFORE = listed("age grade developmentally socially level culturally situationally contextually")


_RARE_QUALITY_AFTER = listed("time space support room breaks notice help light practice warning")


_RARE_QUALITY_BEFORE = listed("do behave perform work write read behaves participate class others peers works")


_GROWTH_AFTER = listed(
    "notes note report reports monitoring monitor chart charts period periods mindset data graph updates meeting"
    " reporting measure measures review checks on toward_goals"
)


_GROWTH_BEFORE = listed(
    "of his her student on report review reviews the track tracks about monitor monitors academic weekly reports"
    " discuss student's for goal measure in this"
)


_GROWTH_BEFORE_2 = listed("show demonstrate make shows makes positive academic continued steady measurable")


_GROWTH_BEFORE_3 = listed("make show makes shows academic measurable steady")


_GROWTH_HERE = listed("raise foster boost maximize advance advances expand expands lessen better betters bettering")


_GROWTH_HERE_2 = listed("increase increases increasing decrease decreases decreasing reduce reduces reducing")


_PAPER_OBJECT_WORDS = listed("plan paragraph resume outline essay schedule list story budget")


_PAPER_OBJECT_WORDS_2 = listed(
    "plan plans schedule outline system chart list materials program checklist contract profile guide visuals resume"
    " story stories board packet script"
)


_SUBJECTIVE_GUARD_WORDS = listed("make makes making made show shows demonstrate demonstrates achieve achieves")


_LIKE_AFTER = listed("terms fractions denominators peers his her their other")


_LIKE_BEFORE = listed(
    "equipment technology software furniture something work support material seating input feedback reinforcement"
    " stuff language"
)


_QUALITY_AFTER = listed("support supports intervention interventions plan management")


_QUALITY_BEFORE_2 = listed("his her their do does")


_QUALITY_SPELLED_OUT_WORDS = listed("( : i.e. – — [")


_QUALITY_SPELLED_OUT_WORDS_2 = listed("of for to with in")


_RARE_QUALITY_BEFORE_2 = listed("if when as where be")


_RARE_QUALITY_AFTER_2 = listed("for person party adult staff")


_GROWTH_HERE_3 = listed("progress progresses progressing growth gains")


_GROWTH_AFTER_2 = listed("his her a the their")


_GROWTH_HERE_4 = listed("expand expands foster boost maximize lessen")


_GROWTH_HERE_5 = listed("develop develops developing grow grows growing")


_SUBJECTIVE_GUARD_WORDS_2 = listed("age grade developmentally socially situation")


_PLACE_AFTER_HERE = listed("and as when if with")
