"""The words that would let a school do next to nothing and still say that it followed the sentence.

Each word that may begin a finding names the rule that looks at it; a rule gives the category and the words from and to. Of
findings that overlap the longest stays, so that a phrase takes the words inside it.
"""

from collections.abc import Callable, Iterable

from domain.listed import listed
from domain.wording import words as known
from domain.wording.amounts import amount_guard, amount_rule, amount_verb_rule
from domain.wording.as_clauses import as_rule
from domain.wording.conditions import (
    CONJUNCTIONS,
    based_rule,
    condition_rule,
    depending_rule,
    in_the_event_rule,
    is_settled_condition,
    provided_rule,
    to_extent_rule,
)
from domain.wording.context import BLANK, MARK, NEGATED, NUMBER, PURPOSE, Statement, object_end
from domain.wording.decisions import decides_rule, determined_rule, discretion_rule, per_rule, up_to_rule
from domain.wording.frequencies import frequency_guard, frequency_rule, regular_rule
from domain.wording.hedges import approximate_rule, at_most_rule, maximum_rule, range_rule
from domain.wording.help import help_rule, prompt_rule
from domain.wording.open_lists import like_rule, open_guard
from domain.wording.people import person_rule, team_member_rule, unnamed_rule
from domain.wording.phrases import PHRASES
from domain.wording.promises import intent_guard, modal_rule, permissive_guard, should_rule
from domain.wording.qualities import growth_rule, quality_rule, subjective_guard
from domain.wording.senses import APPROXIMATES
from domain.wording.span import (
    AMOUNT,
    CONDITIONAL,
    DISCRETIONARY,
    FREQUENCY,
    INTENT,
    OPEN,
    PERMISSIVE,
    SUBJECTIVE,
    SUPPORT,
    UNNAMED,
    Rule,
    Span,
)

# What ends a name or follows it.
_NAMED = listed(
    "hospital clinic center school academy institute college university church camp club league foundation association"
    " society agency program programs curriculum series system project"
)
# Before a name, not a word: "Ms. Good".
_TITLES = listed("ms mr mrs mx dr")
_AMOUNT_BUT_MAXIMUM = known.AMOUNT - {"maximum", "minimum"}
_AMOUNT_VERBS_BUT_REDUCE = known.AMOUNT_VERBS - {"reduce", "reducing"}
_HEADS_OF_EVENTS = listed("in at on during for")
_DEPENDING = listed("depending dependent contingent depends depend")
_HEADS_OF_BOUNDS = listed("at not exceed between from as")


def spans(statement: Statement) -> list[Span]:
    """All findings in order, none overlapping."""
    found: list[Span] = []
    words = statement.words
    for place, word in enumerate(words):
        rules = _RULES.get(word)
        if rules and not (place and words[place - 1] in _TITLES and not statement.joined[place - 1]):
            for rule in rules:
                span = rule(statement, place)
                if span is not None and _counts(statement, span, place):
                    found.append(span)
        elif statement.kinds[place] == NUMBER:
            span = range_rule(statement, place)
            if span is not None and _counts(statement, span, place):
                found.append(span)
    return _longest(found)


def _counts(statement: Statement, span: Span, place: int) -> bool:
    does = statement.does[place]
    if does == BLANK or _is_asked(statement, span) or _is_in_name(statement, span):
        return False
    if does == PURPOSE:
        # What is done in order to help is a purpose; that it is done only `as needed` is not.
        return span.category in (CONDITIONAL, DISCRETIONARY, UNNAMED, PERMISSIVE) and statement.words[place] not in (
            "can",
            "could",
        )
    if does == NEGATED:
        return span.category == INTENT and statement.words[place] in ("should", "ought")
    return not does


def _is_asked(statement: Statement, span: Span) -> bool:
    """A blank beside it asks for what it leaves open: `prompts ([how many])`, `reduced by [how much]`."""
    blanks = statement.blanks
    if not blanks:
        return False
    if span.category == SUPPORT and object_end(statement, span.end) + 1 in blanks:
        # `prompt him ([how many])`
        return True
    if span.end in blanks or (span.end + 1 in blanks and statement.words[span.end] in {"(", "by", "to", "of", "from", ":"}):
        return True
    return span.first in statement.blank_ends


def _is_in_name(statement: Statement, span: Span) -> bool:
    """Part of a name within a sentence: `Good Shepherd Hospital`, `the Positive Action program`; headings are no names."""
    first, end = span.first, span.end
    start, stop = statement.sentence_starts[first], statement.sentence_ends[first]
    if first == start or statement.kinds[first - 1] == MARK or not all(_has_capital(statement, at) for at in range(first, end)):
        return False
    while first - 1 > start and _has_capital(statement, first - 1):
        first -= 1
    while end < stop and (
        _has_capital(statement, end) or (statement.words[end] in ("of", "for", "the") and _has_capital(statement, end + 1))
    ):
        end += 1
    if end - first < 2 or not (statement.words[end - 1] in _NAMED or (end < stop and statement.words[end] in _NAMED)):
        return False
    return not all(_has_capital(statement, at) for at in range(start, stop) if len(statement.words[at]) > 3)


def _has_capital(statement: Statement, place: int) -> bool:
    said = statement.text[statement.starts[place] : statement.ends[place]] if place < statement.count else ""
    return said[:1].isupper() and not said[1:].isupper()


def _longest(found: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    taken: set[int] = set()
    for span in sorted(found, key=lambda span: (span.first - span.end, span.first)):
        if taken.isdisjoint(range(span.first, span.end)):
            kept.append(span)
            taken.update(range(span.first, span.end))
    return sorted(kept, key=lambda span: span.first)


def _phrase(statement: Statement, place: int) -> Span | None:
    """The longest fixed phrase that begins there."""
    words, node, best = statement.words, PHRASES, None
    for at in range(place, statement.sentence_ends[place]):
        following = node.following.get(words[at])
        if following is None:
            break
        node = following
        if node.category is not None:
            best = Span(node.category, place, at + 1)
    if best is None:
        return None
    guard = _GUARDS.get(best.category)
    return guard(statement, best) if guard else best


_GUARDS: dict[str, Callable[[Statement, Span], Span | None]] = {
    PERMISSIVE: permissive_guard,
    INTENT: intent_guard,
    FREQUENCY: frequency_guard,
    AMOUNT: amount_guard,
    SUBJECTIVE: subjective_guard,
    OPEN: open_guard,
}


def _conditional_guard(statement: Statement, span: Span) -> Span | None:
    if is_settled_condition(statement, span.end) or (
        statement.word(span.end) in (",", "(")
        and statement.word(span.end + 1) == "that"
        and statement.word(span.end + 2) == "is"
    ):
        return None
    words = statement.words
    if words[span.first] == "as" and words[span.end - 1] == "able" and statement.word(span.end) == "to":
        return span
    if words[span.end - 1] == "need" and span.end - span.first == 2 and words[span.first] in {"in", "at", "on", "for"}:
        return span if words[span.first] == "at" and statement.word(span.end) != "of" else None
    if words[span.first] == "per" and words[span.end - 1] in ("need", "needs", "availability"):
        return span
    return span


_GUARDS[CONDITIONAL] = _conditional_guard


def _tables() -> dict[str, tuple[Rule, ...]]:
    rules: dict[str, list[Rule]] = {}

    def add(words: Iterable[str], rule: Rule) -> None:
        for word in words:
            rules.setdefault(word, []).append(rule)

    add(PHRASES.following, _phrase)
    add(CONJUNCTIONS, condition_rule)
    add(_HEADS_OF_EVENTS, in_the_event_rule)
    add(_DEPENDING, depending_rule)
    add(("based", "according"), based_rule)
    add(("as",), as_rule)
    add(("per",), per_rule)
    add(known.DECIDED, determined_rule)
    add(known.DISCRETION, discretion_rule)
    add(
        known.DECIDES & listed("decide decides determine determines choose chooses select selects judge judges"),
        decides_rule,
    )
    add(("up", "left"), up_to_rule)
    add(known.MODALS, modal_rule)
    add(("should", "ought"), should_rule)
    add(known.FREQUENCY, frequency_rule)
    add(("regular", "routine"), regular_rule)
    add(("extent", "degree"), to_extent_rule)
    add(("provided", "providing", "assuming"), provided_rule)
    add(_AMOUNT_BUT_MAXIMUM, amount_rule)
    add(("maximum", "max", "minimum"), maximum_rule)
    add(APPROXIMATES, approximate_rule)
    add(_HEADS_OF_BOUNDS, at_most_rule)
    add(known.NUMBER_WORDS, range_rule)
    add(_AMOUNT_VERBS_BUT_REDUCE, amount_verb_rule)
    add(known.PROMPTS, prompt_rule)
    add(known.HELP, help_rule)
    add(known.UNNAMED, unnamed_rule)
    add(("team", "faculty"), team_member_rule)
    add(known.PERSONS, person_rule)
    add(known.SUBJECTIVE, quality_rule)
    add(known.GROWTH, growth_rule)
    add(("like",), like_rule)
    return {word: tuple(dict.fromkeys(each)) for word, each in rules.items()}


# What looks at each word.
_RULES: dict[str, tuple[Rule, ...]] = _tables()
