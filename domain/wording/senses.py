"""What the words around say of a word: that it is spelled out, and so settled, or that a figure stands for it."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import MARK, NUMBER, WORD, Statement, is_figure
from domain.wording.span import AMOUNT, Span

_EXAMPLE_STARTS = listed("e.g. such like etc if as when ex for per see")
_MEASURES = listed("double triple half percent % x hour hours minute minutes day days week weeks third quarter twice")
_UNSETTLING_HEDGES = listed("to about approximately around roughly maximum max nearly almost")
BOUNDS = listed("no fewer less at under over above below zero none")
_REDUCERS = known.AMOUNT | known.AMOUNT_VERBS | known.GROWTH
NP_STOPS = (
    known.PREPOSITIONS | known.CONJUNCTIONS | known.AUXILIARY | {"that", "which", "who", "if", "when", "as", "to", "because"}
)
APPROXIMATES = listed("approximately about around roughly nearly almost circa ~ ≈ some")
_BEFORE_TO_A_FIGURE = _REDUCERS | {"equal", "up"}
_WORDS_OF_FAMILIES = listed("needed necessary appropriate discretion determined tbd staff possible")
_OPENERS_OF_A_FIGURE = listed("( [ : - – — = , by of to at equal up totaling i.e.")
_BEFORE_A_SETTLING_FIGURE = listed("( a an only to the is i.e. one equal at least of by")
_FIGURES_AFTER_AN_ARTICLE = listed("half third quarter hour minute total additional dozen extra")
_FIGURES_IN_WORDS = listed("half double third quarter twice triple hour minute")
BRACKET_WORDS = listed(": - – — =")
AS_AS_WORDS = listed("much many long little few")


def around(statement: Statement, place: int) -> tuple[str, str]:
    return statement.word(place - 1), statement.word(place + 1)


def bracket(statement: Statement, place: int, most: int = 16) -> tuple[int, int] | None:
    """The places inside of what explains: `( ... )`, `: ...`, `, that is, ...`, `, i.e. ...`, a dash."""
    words, opening = statement.words, statement.word(place)
    end = min(statement.sentence_ends[place - 1] if place else statement.count, place + most)
    if opening in ("(", "["):
        close = ")" if opening == "(" else "]"
        closing = next((at for at in range(place + 1, end) if words[at] == close), end)
        return place + 1, closing
    if opening in BRACKET_WORDS:
        return place + 1, next((at for at in range(place + 1, end) if words[at] == ";"), end)
    if opening == ",":
        place += 1
    if statement.word(place) == "i.e." or (statement.word(place), statement.word(place + 1)) in (
        ("that", "is"),
        ("which", "means"),
        ("defined", "as"),
        ("meaning", "that"),
        ("in", "other"),
        ("as", "defined"),
        ("as", "evidenced"),
        ("as", "shown"),
        ("evidenced", "by"),
        ("shown", "by"),
        ("as", "indicated"),
        ("indicated", "by"),
        ("as", "demonstrated"),
        ("as", "measured"),
    ):
        return place + 1, end
    if statement.word(place) in ("meaning", "namely", "specifically"):
        return place + 1, end
    return None


def is_spelled_out(statement: Statement, end: int) -> bool:
    """What follows says what the word means, and is neither an example nor another condition."""
    inside = bracket(statement, end)
    if inside is None:
        return False
    first, last = inside
    if last <= first or (statement.word(end) in {":", "-", "–", "—"} and last - first < 2):
        return False
    opening = statement.words[first]
    if opening in ("when", "if") and statement.word(first + 1) not in known.DECIDING:
        return not has_family(statement, first, last)
    return opening not in _EXAMPLE_STARTS and not _has_open(statement, first, last) and not has_family(statement, first, last)


def _has_open(statement: Statement, first: int, last: int) -> bool:
    return any(statement.words[at] in {"etc", "e.g.", "such", "various", "similar"} for at in range(first, last))


def has_family(statement: Statement, first: int, last: int) -> bool:
    return any(statement.words[at] in _WORDS_OF_FAMILIES for at in range(first, last))


def settled_amount(statement: Statement, span: Span, *, is_time: bool) -> bool:
    """A figure for the same thing: `extended time (time and a half)`, `30 minutes of extra time`, `reduced by half`."""
    words, end = statement.words, statement.sentence_ends[span.first]
    # Before: "two days of added time", "50% extended time".
    before = span.first - 1
    while before >= 0 and words[before] in {"of", "an", "a", "in", "the"}:
        before -= 1
    if before >= 0 and words[before] in _MEASURES and is_time:
        number = before - 1
        if (
            words[before] in {"double", "triple", "half", "twice"}
            or is_figure(statement, number)
            or words[number] in ("a", "an")
        ):
            hedge = statement.word(number - 1)
            return hedge not in _UNSETTLING_HEDGES
    if is_time and is_figure(statement, span.end) and _is_measure(statement, span.end, is_time=True):
        return True
    # After: brackets, a colon, "by", "of", "to" and the figure.
    at = span.end
    most = min(end, at + 14)
    while at < most:
        word = words[at]
        if word == ";" or (word == "and" and not _is_time_and(statement, at)):
            return False
        if word in _OPENERS_OF_A_FIGURE:
            if word == "up":
                return False
            if word == "to" and words[at - 1] not in _BEFORE_TO_A_FIGURE and at > span.end + 5:
                at += 1
                continue
            look = at + 1
            while look < most and words[look] in _BEFORE_A_SETTLING_FIGURE:
                if words[look] == "one" or (words[look] == "to" and words[look - 1] == "up"):
                    break
                look += 1
            if look < most and _is_measure(statement, look, is_time=is_time):
                return True
            if word == "," and not (look < most and is_figure(statement, look)):
                return False
            if word == "to" and not is_time and is_figure(statement, at + 1) and words[at - 1] in _REDUCERS:
                return True
        at += 1
    return False


def _is_time_and(statement: Statement, at: int) -> bool:
    return (
        statement.word(at - 1) in ("time", "one")
        and statement.word(at + 1) in ("a", "one")
        and statement.word(at + 2) == "half"
    )


def _is_measure(statement: Statement, place: int, *, is_time: bool) -> bool:
    words = statement.words
    word, after, third = words[place], statement.word(place + 1), statement.word(place + 2)
    if word in {"double", "triple", "twice", "unlimited"}:
        return True
    if (word == "time" and after in ("and", "&")) or (word == "time" and statement.joined[place]):
        return True
    if word == "half" or (word in ("third", "quarter")):
        return True
    if is_figure(statement, place):
        if not is_time:
            return after != "th"
        return (
            after in _MEASURES
            or third in _MEASURES
            or "." in word
            or (statement.kinds[place] == NUMBER and not after.strip(").;,"))
        )
    return False


def noun_phrase_end(statement: Statement, place: int, limit: int) -> int:
    at = place
    while at < limit and statement.words[at] not in NP_STOPS and statement.kinds[at] != MARK:
        at += 1
    return at


def figure_end(statement: Statement, place: int, limit: int) -> int | None:
    """The end of a figure with its unit that begins there: `30 minutes`, `two 5-minute breaks`, `time and a half`, `2x`."""
    words, at = statement.words, place
    if at >= limit:
        return None
    if words[at] in {"a", "an", "the", "one"} and statement.word(at + 1) in _FIGURES_AFTER_AN_ARTICLE:
        at += 1
        if words[at] in ("total", "additional", "extra"):
            at += 1 if statement.word(at + 1) != "of" else 2
    if words[at] == "time" and statement.word(at + 1) == "and":
        return min(at + 4, limit)
    if words[at] in _FIGURES_IN_WORDS:
        return at + 1
    if not is_figure(statement, at):
        return None
    if at + 1 < limit and statement.words[at + 1] == "/" and is_figure(statement, at + 2):
        at += 2
    at += 1
    if (
        at < limit
        and (words[at] in {"to", "or", "-", "–", "and"} or statement.joined[at - 1])
        and is_figure(statement, at + (0 if statement.joined[at - 1] else 1))
    ):
        at += 1 if statement.joined[at - 1] else 2
    if at < limit and words[at] == "and" and statement.word(at + 1) in ("a", "one") and statement.word(at + 2) == "half":
        at += 3
    if at < limit and words[at] == "%":
        return at + 1
    look = at
    while look < min(limit, at + 4):
        if words[look] in known.UNITS:
            if (
                words[look] in ("minute", "hour", "second")
                and (statement.joined[look - 1])
                and look + 1 < limit
                and statement.kinds[look + 1] == WORD
            ):
                look += 1
                continue
            return look + 1
        if statement.kinds[look] == MARK or words[look] in NP_STOPS:
            break
        look += 1
    return at


def hedged_span(statement: Statement, first: int, end: int) -> Span | None:
    """A ceiling or an estimate on what the school gives; a measure of the child in a goal's criterion is none."""
    words = statement.words
    if statement.kind == "goal" and words[first] in {"up", "max", "maximum", "at"}:
        return None
    if "grade" in words[end : end + 1] or words[end - 1] in ("grade", "page") or statement.word(end) in ("grade", "graders"):
        return None
    return Span(AMOUNT, first, end)
