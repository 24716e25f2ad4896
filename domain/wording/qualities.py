"""Standards on which two honest people can differ, and growth without figures for the same thing."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.amounts import has_figure_by, is_childs, is_schools
from domain.wording.context import NUMBER, Statement, is_figure
from domain.wording.senses import around, has_family, is_spelled_out
from domain.wording.span import AMOUNT, SUBJECTIVE, Span

_QUALITY_SENSES: dict[str, frozenset[str]] = {
    "good": listed("morning afternoon bye news friday standing cause"),
    "proper": listed("noun nouns fraction fractions name names adjective"),
    "effective": listed("date dates immediately from on as"),
    "positive": listed("behavior behavioral number numbers integer integers integral exponents slope test"),
    "best": listed("friend friends buddy buddies western"),
    "fair": listed("use share"),
    "quality": listed("control"),
    "acceptable": listed("use"),
    "well": listed("being known balanced lit child"),
    "better": listed("ear eye"),
}
_SEATS = listed(
    "near front next beside close center middle back left right row first second teacher teacher's board window door"
    " away aisle instruction proximity by toward speaker whiteboard desk facing side adjacent screen smartboard end"
    " corner source within"
)
_AFTER_A_COMMA_OF_PLACE = _SEATS | {"in", "the"}
_RARE_QUALITIES = listed(
    "well fair fairly nice responsible comfortable quality desirable respectfully respectful responsibly efficient"
    " efficiently productive productively beneficial enough"
)
_APPROPRIATE_TO = listed("age grade developmentally socially level culturally situationally contextually")
_ENOUGH_OF = listed("time space support room breaks notice help light practice warning")
_DONE_WELL = listed("do behave perform work write read behaves participate class others peers works")
_PAPERS_OF_PROGRESS = listed(
    "notes note report reports monitoring monitor chart charts period periods mindset data graph updates meeting"
    " reporting measure measures review checks on"
)
_BEFORE_PROGRESS_AS_THING = listed(
    "of his her student on report review reviews the track tracks about monitor monitors academic weekly reports"
    " discuss student's for goal measure in this"
)
_BEFORE_GROWTH_AS_GOAL = listed("show demonstrate make shows makes positive academic continued steady measurable")
_RARE_GROWTH = listed("raise foster boost maximize advance advances expand expands lessen better betters bettering")
_MORE_AND_LESS = listed("increase increases increasing decrease decreases decreasing reduce reduces reducing")
_PAPERS_OF_A_CHILD = listed("plan paragraph resume outline essay schedule list story budget")
_PAPERS_OF_A_SCHOOL = listed(
    "plan plans schedule outline system chart list materials program checklist contract profile guide visuals resume"
    " story stories board packet script"
)
_SHOWING = listed("make makes making made show shows demonstrate demonstrates achieve achieves")
_POSITIVE_BEHAVIOR_THINGS = listed("support supports intervention interventions plan management")


def quality_rule(statement: Statement, place: int) -> Span | None:
    word = statement.words[place]
    before, after = around(statement, place)
    if after in _QUALITY_SENSES.get(word, ()) and not (
        word == "positive" and after == "behavior" and statement.word(place + 2) not in _POSITIVE_BEHAVIOR_THINGS
    ):
        return None
    if word == "effective" and place + 1 < statement.count and statement.kinds[place + 1] in (NUMBER, "date"):
        return None
    if word == "appropriate" and (before == "free" and after == "public"):
        return None
    if word in _RARE_QUALITIES:
        span = _rare_quality(statement, place)
        return span if span is not None and not is_spelled_out(statement, place + 1) else None
    if word in ("best", "better") and before in {"his", "her", "their", "do", "does"} and word == "best":
        return Span(SUBJECTIVE, place, place + 1)
    if word == "best" and after in ("practice", "practices"):
        return Span(SUBJECTIVE, place, place + 1)
    if word == "better" and before in ("the", "his", "her") and after in {"ear", "eye", "hand", "hearing"}:
        return None
    first = place
    if word in ("appropriate", "appropriately") and before in _APPROPRIATE_TO:
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
        if words[at] in {"(", ":", "i.e.", "–", "—", "["} or (
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
        if words[at] in known.AUXILIARY or (
            words[at] in known.PREPOSITIONS and words[at] not in {"of", "for", "to", "with", "in"}
        ):
            return False
    return False


def _rare_quality(statement: Statement, place: int) -> Span | None:
    word = statement.words[place]
    before, after = around(statement, place)
    span = Span(SUBJECTIVE, place, place + 1)
    if word == "enough":
        return span if after in _ENOUGH_OF else None
    if word == "well":
        if before in ("as", "oh") or after == "as":
            return None
        return span if before in _DONE_WELL or after == "with" else None
    if word == "quality":
        if before == "high":
            return Span(SUBJECTIVE, place - 1, place + 1)
        return span if before == "good" or after in ("work", "instruction", "feedback") else None
    if word == "comfortable":
        return span if statement.kind != "goal" or after not in ("chair", "shoes") else None
    if word == "fairly" or word == "fair":
        return span if word == "fair" and before in ("a", "the", "and") else None
    if word in ("beneficial", "desirable", "nice"):
        return span if before not in {"if", "when", "as", "where", "be"} else None
    if word == "responsible":
        return span if after not in {"for", "person", "party", "adult", "staff"} else None
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
    if word in {"progress", "progresses", "progressing", "growth", "gains"}:
        if after in _PAPERS_OF_PROGRESS and not (word == "progress" and after == "on" and before in ("will", "student")):
            return None
        if before in _BEFORE_PROGRESS_AS_THING:
            return None
        if word == "growth" and before not in _BEFORE_GROWTH_AS_GOAL:
            return None
        if word == "gains" and before not in {"make", "show", "makes", "shows", "academic", "measurable", "steady"}:
            return None
        return None if has_figure_by(statement, span) else span
    if word in _RARE_GROWTH:
        if word == "better":
            return (
                span
                if before in ("will", "to", "and") and after in known.DETERMINERS and not has_figure_by(statement, span)
                else None
            )
        if (
            word == "raise"
            and after in {"his", "her", "a", "the", "their"}
            and {"hand", "hands", "card"} & set(words[place + 1 : place + 5])
        ):
            return None
        if word in ("raise", "advance", "advances") and (statement.kind != "goal" or after in ("hand", "to", "notice")):
            return None
        if (
            word in {"expand", "expands", "foster", "boost", "maximize", "lessen"}
            and statement.kind != "goal"
            and not is_childs(statement, place + 1)
        ):
            return None
        if has_figure_by(statement, span):
            return None
        return span if before in {"will", "to", "and", ""} or statement.kind == "goal" else None
    if word in {"develop", "develops", "developing", "grow", "grows", "growing"}:
        if word in ("develop", "develops", "developing") and _is_paper_object(statement, place):
            return None
        if before == "typically" or (word in ("grow", "grows", "growing") and after in {"a", "plants", "up", "seeds"}):
            return None
        return None if has_figure_by(statement, span) else span
    if word in ("increased", "decreased", "reduced"):
        return None
    if word in _MORE_AND_LESS:
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
        return bool(_PAPERS_OF_A_CHILD & set(statement.words[place + 1 : place + 6]))
    return bool(_PAPERS_OF_A_SCHOOL & set(statement.words[place + 1 : place + 7]))


def subjective_guard(statement: Statement, span: Span) -> Span | None:
    words = statement.words
    if (
        words[span.first] == "preferential"
        or words[span.first : span.first + 2] == ["seating", "preferential"]
        or words[span.first] in {"strategic", "optimal", "optimum", "advantageous"}
    ):
        return None if has_place_after(statement, span.end) else span
    if words[span.first] in _SHOWING:
        return None if has_figure_by(statement, span) else span
    if span.end < statement.count and _quality_spelled_out(statement, span.end - 1):
        return None
    if (
        words[span.first] in {"age", "grade", "developmentally", "socially", "situation"}
        and span.first
        and words[span.first - 1] == "free"
    ):
        return None
    return span


def has_place_after(statement: Statement, end: int) -> bool:
    """`preferential seating: front row`, `preferential seating near the teacher`: the place is said."""
    words = statement.words
    for at in range(end, min(statement.sentence_ends[end - 1], end + 9)):
        word = words[at]
        if word in _SEATS:
            return not (
                word == "away" and {"distractions", "distraction", "noise", "peers"} & set(words[at : at + 5])
            ) and not (word == "by" and statement.word(at + 1) in known.UNNAMED)
        if word in (",", ";") and statement.word(at + 1) not in _AFTER_A_COMMA_OF_PLACE:
            return False
        if word in {"and", "as", "when", "if", "with"}:
            return False
    return False
