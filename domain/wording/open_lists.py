"""Lists that have no end and choices that are not made: `etc.`, `such as`, `or other`, `tools like fidgets`."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import MARK, WORD, Statement, is_figure
from domain.wording.senses import around
from domain.wording.span import OPEN, Span

_BEFORE_LIKE_AS_VERB = (
    known.AUXILIARY
    | known.PRONOUNS
    | listed(
        "would look looks feel sound sounds feels much just not to do does behave student more seem seems act"
        " students and is others work"
    )
)
_AFTER_LIKE_AS_COMPARISON = known.OWNERS | listed("terms fractions a the to other that this him her everyone denominators")
_NEVER_EXAMPLES = listed("terms fractions denominators peers his her their other")
_GENERAL_NOUNS = listed(
    "equipment technology software furniture something work support material seating input feedback reinforcement"
    " stuff language"
)


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
        if is_figure(statement, span.first - 1) or before in known.UNITS or after not in {"", ".", ",", ")"}:
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
    if before in _BEFORE_LIKE_AS_VERB:
        return None
    if after in _AFTER_LIKE_AS_COMPARISON and not before.endswith("s"):
        return None
    if after in _NEVER_EXAMPLES:
        return None
    if before.endswith("s") or (statement.kinds[place - 1] == MARK and before == ",") or before in _GENERAL_NOUNS:
        return Span(OPEN, place, place + 1)
    return None
