"""A statement with its findings, as each of the six elements looks at it: where its words stand and what they promise."""

from collections.abc import Sequence, Set

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import (
    BLANK,
    MARK,
    NEGATED,
    PAST,
    PURPOSE,
    QUOTED,
    REASON,
    RIGHT,
    UNCHECKED,
    Statement,
    is_figure,
)
from domain.wording.help import help_rule, prompt_rule
from domain.wording.left_open import left_open
from domain.wording.span import CONDITIONAL, DISCRETIONARY, INTENT, OPEN, PERMISSIVE, SUBJECTIVE, Span

ELEMENTS = ("who", "what", "where", "when", "how", "why")
CLEAR, VAGUE, MISSING, NOT_APPLICABLE = "clear", "vague", "missing", "not_applicable"

_PROMISES_NOTHING = frozenset((BLANK, REASON, PURPOSE, QUOTED, UNCHECKED, PAST, RIGHT, NEGATED))
_INTO_A_PLACE = listed("in at to from inside outside near into within throughout across of between through during")
_COUNTED_TIMES = listed("times time x sessions session visits meetings checks breaks break")


class Weighed:
    """A statement with its findings: each word is looked at once, each sign remembered."""

    def __init__(self, statement: Statement, found: Sequence[Span]) -> None:
        self.statement = statement
        self.words = statement.words
        self.found = found
        self.kind = statement.kind or "accommodation"
        self.categories = {span.category for span in found}
        self.places: dict[str, list[int]] = {}
        for place, word in enumerate(statement.words):
            self.places.setdefault(word, []).append(place)
        # The place of every finding's words: who is inside of one that leaves it to somebody only decides.
        self.inside: dict[int, Span] = {place: span for span in found for place in range(span.first, span.end)}
        # `may help`, `should prompt`: permission or advice, and help that is not described all the same.
        self.helps = any(_is_help(statement, span.end - 1) for span in found if span.category in (PERMISSIVE, INTENT))
        self.left_open = {
            span: left_open(statement, span)
            for span in found
            if span.category in (SUBJECTIVE, OPEN, DISCRETIONARY, CONDITIONAL)
        }

    @property
    def is_goal(self) -> bool:
        return self.kind == "goal"

    @property
    def is_service(self) -> bool:
        return self.kind == "service"

    def spots(self, wanted: Set[str], *kinds: str) -> list[tuple[int, str]]:
        """Where one of the words, or something of that kind, stands; in order."""
        spots = [(place, word) for word in self.statement.vocabulary & wanted for place in self.places[word]]
        if kinds:
            words = self.words
            spots += [
                (place, words[place])
                for place, kind in enumerate(self.statement.kinds)
                if kind in kinds and words[place] not in wanted
            ]
        spots.sort()
        return spots

    def promises(self, place: int) -> bool:
        return self.statement.does[place] not in _PROMISES_NOTHING

    def leaves(self, element: str, *categories: str) -> bool:
        return any(self.left_open.get(span) == element for span in self.found if not categories or span.category in categories)


def _is_help(statement: Statement, place: int) -> bool:
    word = statement.words[place]
    return (word in known.PROMPTS and prompt_rule(statement, place) is not None) or (
        word in known.HELP and help_rule(statement, place) is not None
    )


def said(is_vague: bool, is_clear: bool, otherwise: str = MISSING) -> str:
    return VAGUE if is_vague else CLEAR if is_clear else otherwise


def is_any(words: list[str], first: int, end: int, wanted: Sequence[str] | frozenset[str]) -> bool:
    return any(word in wanted for word in words[max(first, 0) : max(end, 0)])


def has_preposition(weighed: Weighed, place: int) -> bool:
    """`in her office`, `to the general education classroom`."""
    words = weighed.words
    for at in range(place - 1, max(place - 6, -1), -1):
        if words[at] in _INTO_A_PLACE:
            return True
        if (weighed.statement.kinds[at] == MARK and words[at] not in "/'") or words[at] in known.AUXILIARY:
            return False
    return False


def is_time_to(weighed: Weighed, place: int) -> bool:
    """`time to copy homework` names the occasion; `as needed` may stand between."""
    words = weighed.words
    for at in range(place, max(place - 8, -1), -1):
        if words[at] == "to":
            before = at - 1
            while before > 0 and at - before < 4 and words[before] in {"as", "if", "needed", "necessary", ")", "minutes"}:
                before -= 1
            return weighed.statement.word(before) in {"time", "minutes", "days", "day"}
    return False


def figure_near(weighed: Weighed, place: int) -> bool:
    return any(
        is_figure(weighed.statement, at) or weighed.words[at] in ("once", "twice") for at in range(max(0, place - 4), place)
    )


def counts_times(weighed: Weighed, span: Span) -> bool:
    """`2-3 times`, `max 2 breaks`: a hedged figure that counts times is about when, not how."""
    words = weighed.words
    last = words[span.end - 1]
    if last in _COUNTED_TIMES and span.end - span.first > 1 and last != "time":
        return any(is_figure(weighed.statement, at) for at in range(span.first, span.end)) or last == "times"
    after = weighed.statement.word(span.end)
    if span.end - span.first <= 2 and after in {"times", "sessions", "visits", "meetings", "days"}:
        return after != "days" or weighed.is_service
    return weighed.is_service and last == "days"
