"""How firmly a statement of an IEP is worded: the words that let a school do next to nothing, and what it does not say.

Behind everything stands one question: could the school do next to nothing and still say that it followed this sentence?
`weigh` finds the words that would let it say so, reads who, what, where, when, how and why, gives a figure, and suggests a
firmer wording with blanks to fill.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.language import NAMES, language_of
from domain.refusal import Refusal
from domain.wording.as_pasted import Pasted, as_pasted
from domain.wording.context import Statement
from domain.wording.elements import CLEAR, ELEMENTS, MISSING, NOT_APPLICABLE, VAGUE, elements
from domain.wording.findings import spans
from domain.wording.questions import by_category, why_and_question
from domain.wording.rewrite import rewritten
from domain.wording.span import CATEGORIES, Span

__all__ = ["CATEGORIES", "ELEMENTS", "HOW_CLEAR", "Finding", "OtherLanguage", "OwnTerm", "Wording", "weigh"]

# What an element can be.
HOW_CLEAR = (CLEAR, VAGUE, MISSING, NOT_APPLICABLE)
# What each half of the score is worth: the elements that are clear, and the absence of findings, each of which costs.
HALF, A_FINDING = 50, 10
# However an apostrophe was typed or corrected, it is one.
_APOSTROPHES = str.maketrans("’ʼ‘", "'''")
# Pages are weighed, but not rewritten: nobody fills in hundreds of blanks.
LONGEST_REWRITTEN = 3000


@dataclass(frozen=True)
class Finding:
    """Words that leave the school a way out. Offsets are code points, half-open: `text[start:end] == term`."""

    category: str
    term: str
    start: int
    end: int
    why: str
    question: str


@dataclass(frozen=True)
class Wording:
    """What a statement's wording is worth.

    `elements` says of each of ELEMENTS `clear`, `vague`, `missing` or `not_applicable`. `score` is 0 to 100, higher is firmer:
    50 for the elements, by the share of those that apply (a vague one counts half), plus 50 for the findings, less 10 for
    each; a text without a word has 0. `rewrite` is None where there is nothing to mend, and where the text is longer than
    LONGEST_REWRITTEN characters.
    """

    findings: tuple[Finding, ...]
    elements: Mapping[str, str]
    score: int
    rewrite: str | None


@dataclass(frozen=True)
class OwnTerm:
    """A word or phrase that a practice looks for too, whatever its case and apostrophes, as a whole word; twice is once."""

    term: str
    category: str
    why: str | None = None
    question: str | None = None


class OtherLanguage(Refusal):
    """The statement is surely not English, and the wording of another language is not weighed."""

    def __init__(self, language: str) -> None:
        name = NAMES.get(language, language)
        super().__init__(
            f"This statement seems to be in {name}; only English wording can be checked.", language=language, language_name=name
        )
        self.language = language


def weigh(text: str, kind: str | None = None, own_terms: Sequence[OwnTerm] = ()) -> Wording:
    """The findings, the elements, the score and a firmer wording of one statement.

    `kind` is service, accommodation, modification, goal or support; unknown, it is read like an accommodation. Raises
    OtherLanguage.
    """
    pasted = as_pasted(text)
    language = language_of(pasted.text)
    if language not in (None, "en"):
        raise OtherLanguage(language)
    statement = Statement(pasted.text, kind)
    found = spans(statement)
    said = elements(statement, found)
    findings = [_finding(statement, span, text, pasted) for span in found]
    if own_terms:
        findings = _longest([*findings, *_own(text, pasted, tuple(own_terms))])
    return Wording(
        findings=tuple(findings),
        elements=said,
        score=_score(statement, len(findings), said),
        rewrite=rewritten(statement, found, said) if statement.count and len(text) <= LONGEST_REWRITTEN else None,
    )


def _finding(statement: Statement, span: Span, text: str, pasted: Pasted) -> Finding:
    start, end = pasted.place(statement.starts[span.first], statement.ends[span.end - 1])
    return Finding(span.category, text[start:end], start, end, *why_and_question(statement, span))


def _score(statement: Statement, findings: int, said: Mapping[str, str]) -> int:
    if not any(kind == "word" for kind in statement.kinds):
        return 0
    states = [state for state in said.values() if state != NOT_APPLICABLE]
    halves = sum(2 if state == CLEAR else 1 if state == VAGUE else 0 for state in states)
    return (HALF * halves + len(states)) // (2 * len(states)) + max(0, HALF - A_FINDING * findings)


def _own(text: str, pasted: Pasted, own_terms: tuple[OwnTerm, ...]) -> list[Finding]:
    pattern, terms = _pattern(own_terms)
    if pattern is None:
        return []
    found = []
    for match in pattern.finditer(_straight(pasted.text)):
        start, end = pasted.place(*match.span())
        own = terms[int((match.lastgroup or "_0")[1:])]
        why, question = by_category(own.category)
        found.append(Finding(own.category, text[start:end], start, end, own.why or why, own.question or question))
    return found


def _straight(text: str) -> str:
    """With straight apostrophes, as long as before."""
    return text.translate(_APOSTROPHES)


@lru_cache(maxsize=64)
def _pattern(own_terms: tuple[OwnTerm, ...]) -> tuple[re.Pattern[str] | None, tuple[OwnTerm, ...]]:
    """One alternation, the longest term first, so that the longest wins where two begin."""
    first_of = {" ".join(_straight(own.term).lower().split()): own for own in reversed(own_terms)}
    terms = tuple(sorted((own for term, own in first_of.items() if term), key=lambda own: -len(own.term)))
    if not terms:
        return None, ()
    parts = []
    for number, own in enumerate(terms):
        words = r"\s{1,9}".join(map(re.escape, _straight(own.term).split()))
        before = r"(?<!\w)" if own.term.strip()[0].isalnum() else ""
        after = r"(?!\w)" if own.term.strip()[-1].isalnum() else ""
        parts.append(f"(?P<_{number}>{before}{words}{after})")
    return re.compile("|".join(parts), re.IGNORECASE), terms


def _longest(findings: Sequence[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda finding: (finding.start - finding.end, finding.start)):
        if all(finding.end <= other.start or other.end <= finding.start for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda finding: finding.start)
