"""A firmer statement with blanks to fill: what is known stays, what is vague is asked for in brackets, nothing is invented.

`[which role]`, `[how many minutes]`: a blank begins with its question word, and the analysis passes over it. What the statement
does not say at all is asked after it.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from domain.wording import words as known
from domain.wording.context import WORD, Statement, is_figure
from domain.wording.findings import spans
from domain.wording.senses import noun_phrase_end
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
    Span,
)
from domain.wording.words import listed

_WHEN = "[when, in words anyone can check]"
_ASKED: Mapping[str, tuple[str, str]] = {
    "who": ("who", "[which role]"),
    "what": ("what exactly", "[which acts, materials or services]"),
    "where": ("where", "[which class or place]"),
    "when": ("when", _WHEN),
    "how": ("how much", "[how much or how many]"),
    "why": ("why", "[which need of the student]"),
}
_ASKED_OF: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "service": {"when": ("how often", "[how often]"), "how": ("how long", "[how many minutes each time]")},
    "goal": {"when": ("by", "[which date]"), "how": ("measured by", "[which figure, out of how many, measured how]")},
}
# Rarely a new wording meets another rule: what is left then becomes a blank as it stands.
_ROUNDS = 4


class _Edit(NamedTuple):
    start: int
    end: int
    new: str
    answers: str


def rewritten(statement: Statement, found: Sequence[Span], elements: Mapping[str, str]) -> str | None:
    """The statement with its vague words replaced and its missing elements asked for; None where it needs neither."""
    edits = [_edit(statement, span) for span in found]
    answered = {edit.answers for edit in edits}
    kind = _ASKED_OF.get(statement.kind or "", {})
    asked = []
    for element, (label, blank) in _ASKED.items():
        label, blank = kind.get(element, (label, blank))
        if (
            elements[element] in ("missing", "vague")
            and element not in answered
            and f"{label}: {blank}" not in statement.text.lower()
        ):
            asked.append(f"{label}: {blank}")
    if not edits and not asked:
        return None
    text = _with_questions(_applied(statement, edits), asked)
    for _ in range(_ROUNDS if edits or statement.boxed else 0):
        again = Statement(text, statement.kind)
        left = spans(again)
        if not left:
            break
        text = _applied(again, [_last_resort(again, span) for span in left])
    return text


def _with_questions(text: str, asked: Sequence[str]) -> str:
    """What the statement does not say at all, asked after it."""
    if not asked:
        return text
    questions = "; ".join(asked)
    text = text.rstrip(" ;,:")
    stop = "" if text[-1:] in _STOPS else "."
    return f"{text}{stop} {questions[:1].upper()}{questions[1:]}."


_STOPS = frozenset((".", "!", "?", ")", "”", '"'))


def _applied(statement: Statement, edits: Sequence[_Edit]) -> str:
    text, done, parts = statement.text, 0, []
    for edit in sorted(edits):
        if edit.start < done:
            continue
        parts += [text[done : edit.start], edit.new]
        done = edit.end
        if not edit.new:
            # What was dropped takes one of its two blanks along.
            while text[done : done + 1] == " " and (not parts[-2] or parts[-2][-1:] in {" ", "("}):
                done += 1
    parts.append(text[done:])
    return "".join(parts)


def _last_resort(statement: Statement, span: Span) -> _Edit:
    start, end = statement.starts[span.first], statement.ends[span.end - 1]
    return _Edit(start, end, "[what exactly]", "what")


def _edit(statement: Statement, span: Span) -> _Edit:
    edit = _EDITS[span.category](statement, span)
    if edit.start != statement.starts[span.first] and not edit.new.startswith("["):
        return edit
    # A sentence still begins with a capital.
    first = statement.text[edit.start : edit.start + 1]
    opens = (
        span.first == statement.sentence_starts[span.first]
        or edit.start == statement.starts[statement.sentence_starts[span.first]]
    )
    if opens and first.isupper() and not statement.text.isupper() and edit.new:
        at = 1 if edit.new[0] == "[" else 0
        return edit._replace(new=edit.new[:at] + edit.new[at : at + 1].upper() + edit.new[at + 1 :])
    return edit


def _whole(statement: Statement, span: Span, new: str, answers: str) -> _Edit:
    return _Edit(statement.starts[span.first], statement.ends[span.end - 1], new, answers)


def _after(statement: Statement, span: Span, blank: str, answers: str) -> _Edit:
    """The word stays, the blank explains it: `extended time ([how many minutes])`."""
    said = statement.text[statement.starts[span.first] : statement.ends[span.end - 1]]
    return _whole(statement, span, f"{said} ({blank})", answers)


def _said(statement: Statement, span: Span) -> str:
    return statement.text[statement.starts[span.first] : statement.ends[span.end - 1]].lower()


def _conditional(statement: Statement, span: Span) -> _Edit:
    return _whole(statement, span, _WHEN, "when")


def _permissive(statement: Statement, span: Span) -> _Edit:
    words = statement.words[span.first : span.end]
    if words[0] in known.MODALS:
        rest = [word for word in words[1:] if word not in {"or", "may", "might", "not"} and word not in known.FREQUENCY_ADVERBS]
        return _whole(statement, span, " ".join(["will", *rest]), "")
    if words[0] in {"optional", "optionally"}:
        return _whole(statement, span, "[which: given or not]", "what")
    if words[-1] in known.PERMITTED and words[0] in known.PERMITTED:
        return _whole(statement, span, f"will be {words[-1]}", "")
    if "permitted" in words:
        return _whole(statement, span, "will be permitted" + (" to" if words[-1] == "to" else ""), "")
    return _whole(statement, span, "will be allowed" + (" to" if words[-1] in {"to", "of"} else ""), "")


def _noun_follows(statement: Statement, span: Span) -> int | None:
    """The end of the one noun that an adjective belongs to."""
    end = noun_phrase_end(statement, span.end, min(statement.sentence_ends[span.first], span.end + 2))
    if end == span.end + 1 and statement.kinds[span.end] == WORD and statement.words[span.end] not in _NO_NOUNS:
        return end
    return None


_NO_NOUNS = known.PROMPTS | known.HELP | known.AMOUNT | known.FREQUENCY | known.SUBJECTIVE | known.GROWTH | known.UNNAMED


def _frequency(statement: Statement, span: Span) -> _Edit:
    word = statement.words[span.first]
    end = _noun_follows(statement, span) if span.end - span.first == 1 and word not in known.FREQUENCY_ADVERBS else None
    if end is None:
        return _whole(statement, span, "[how often]", "when")
    noun = statement.text[statement.starts[span.end] : statement.ends[end - 1]]
    return _Edit(statement.starts[span.first], statement.ends[end - 1], f"{noun} [how often]", "when")


def _amount(statement: Statement, span: Span) -> _Edit:
    words = statement.words[span.first : span.end]
    head = words[0]
    figures = [place for place in range(span.first, span.end) if is_figure(statement, place)]
    if figures and len(words) > 1:
        unit = statement.text[statement.ends[figures[-1]] : statement.ends[span.end - 1]].strip(" -–")
        if unit.lower() in {"or so", "or less", "maximum", "max"}:
            unit = ""
        return _whole(statement, span, f"[how many exactly] {unit}".strip(), "how")
    if words[-1] == "time":
        return _after(statement, span, "[how many minutes, or what part of the usual time]", "how")
    if head in known.AMOUNT_VERBS or head in _AMOUNT_HERE:
        said = statement.text[statement.starts[span.first] : statement.ends[span.end - 1]]
        return _whole(statement, span, f"{said} by [how much]", "how")
    if head in _PARTICIPLES and statement.word(span.first - 1) in known.BE:
        said = statement.text[statement.starts[span.first] : statement.ends[span.end - 1]]
        return _whole(statement, span, f"{said} by [how much]", "how")
    if head in _LENGTHS:
        end = _noun_follows(statement, span)
        if end is not None:
            noun = statement.text[statement.starts[span.end] : statement.ends[end - 1]]
            return _Edit(
                statement.starts[span.first], statement.ends[end - 1], f"{noun} of [how many minutes or how long]", "how"
            )
        return _whole(statement, span, "[how long]", "how")
    is_counted = head in _MANY and statement.word(span.end) not in _UNCOUNTED
    return _whole(statement, span, "[how many]" if is_counted else "[how much]", "how")


_PARTICIPLES = listed("reduced shortened extended limited decreased increased lowered trimmed lengthened abbreviated enlarged")
_LENGTHS = listed("short brief longer shorter quick prolonged abbreviated")
_UNCOUNTED = listed("support assistance help guidance prompting cueing supervision adult homework practice work time")
_MANY = listed("some several many most multiple few fewer additional numerous a extra number countless")


def _support(statement: Statement, span: Span) -> _Edit:
    word = statement.words[span.first]
    if word in known.PROMPTS and not word.startswith("encourag"):
        return _after(statement, span, "[how many, and at which moments]", "how")
    before = statement.word(span.first - 1)
    base = next((each for each in _HELP_BASES if word.startswith(each)), word)
    if word == base and before in _BEFORE_VERBS:
        return _whole(statement, span, f"[what exactly is done to {base}]", "what")
    return _after(statement, span, "[what exactly is done]", "what")


_HELP_BASES = ("support", "assist", "help", "aid", "guid", "scaffold", "facilitate", "encourage")
_BEFORE_VERBS = listed("will shall must to and also")


def _subjective(statement: Statement, span: Span) -> _Edit:
    words = statement.words[span.first : span.end]
    inside = frozenset(words)
    said = _said(statement, span)
    if inside & {"preferential"} or (inside & {"seating", "placement"}):
        seat = "seat" if "seat" in inside else "seating"
        return _whole(statement, span, f"{seat}: [which seat or row]", "where")
    if inside & {"promptly", "timely", "asap", "soon", "delay"} or inside & {"time", "timeframe", "period"}:
        return _whole(statement, span, "[within how many school days]" if "intervals" not in inside else "[how often]", "when")
    if "intervals" in inside or "times" in inside:
        return _whole(statement, span, _WHEN, "when")
    if words[0] == "as":
        return _whole(statement, span, f"[how {' '.join(words[1:2])}, in figures]", "how")
    if inside & known.GROWTH and not inside & {"better", "well"}:
        end = noun_phrase_end(statement, span.end, min(statement.sentence_ends[span.first], span.end + 5))
        if not _is_clean(statement, span.end, end):
            end = span.end
        kept = statement.text[statement.starts[span.first] : statement.ends[end - 1]]
        return _Edit(
            statement.starts[span.first], statement.ends[end - 1], f"{kept} from [which figure today] to [which figure]", "how"
        )
    if words[-1].endswith("ly") or words[0] == "to":
        return _whole(statement, span, "[how, in words anyone can check]", "how")
    return _whole(statement, span, f"[what exactly counts as {said}]", "what")


def _is_clean(statement: Statement, first: int, end: int) -> bool:
    """No word of a family stands there, so nothing else is to be replaced."""
    return not any(statement.words[at] in _ANY_FAMILY for at in range(first, end))


_ANY_FAMILY = _NO_NOUNS | known.AMOUNT_VERBS | {"various", "etc", "other", "and", "such", "variety", "like", "e.g."}


def _discretionary(statement: Statement, span: Span) -> _Edit:
    words = frozenset(statement.words[span.first : span.end])
    before = frozenset(statement.words[max(0, span.first - 4) : span.first])
    if before & {"frequency"}:
        return _whole(statement, span, "[how often]", "when")
    if before & {"length", "amount", "number", "size", "duration", "time"}:
        return _whole(statement, span, "[how much, decided now]", "how")
    if words & {"choice", "choosing"}:
        return _whole(statement, span, "[which one, decided now]", "who")
    if words & _DISCRETIONARY_WORDS:
        return _whole(statement, span, "[what is decided now, and not later]:", "what")
    return _whole(statement, span, _WHEN, "when")


def _unnamed(statement: Statement, span: Span) -> _Edit:
    first = span.first
    if statement.word(first - 1) in known.ARTICLES and first > statement.sentence_starts[span.first]:
        first -= 1
    return _Edit(statement.starts[first], statement.ends[span.end - 1], "[which role]", "who")


def _open(statement: Statement, span: Span) -> _Edit:
    words = statement.words[span.first : span.end]
    if "/" in words:
        return _whole(statement, span, "[which: and, or or]", "what")
    if words[-1] in {"as", "like", "to", "example", "instance", "e.g."} or words[0] in {"including", "includes", "like", "ex"}:
        return _whole(statement, span, "namely", "")
    if words[-1] == "of" or words[0] in {"various", "varying", "varied", "assorted", "miscellaneous", "whatever"}:
        return _whole(statement, span, "[which]", "what")
    if (
        words[0] in {"and", "or"}
        and words[-1] in {"other", "others", "another"}
        and statement.kinds[span.end : span.end + 1] == [WORD]
    ):
        return _whole(statement, span, f"{words[0]} [which other]", "what")
    return _whole(statement, span, "[what else, or nothing]", "what")


def _intent(statement: Statement, span: Span) -> _Edit:
    words = statement.words[span.first : span.end]
    before = statement.word(span.first - 1)
    head = words[0]
    if head in {"should", "ought"}:
        rest = [word for word in words[1:] if word not in {"to", "ideally"}]
        return _whole(statement, span, " ".join(["will", *rest]), "")
    if head in {"ideally", "preferably", "hopefully"}:
        end = statement.ends[span.end - 1]
        return _Edit(statement.starts[span.first], end + (statement.text[end : end + 1] == ","), "", "")
    if head.startswith(("recommend", "suggest", "advis", "preferred", "prefer")):
        return _whole(statement, span, "requires" if head.endswith("s") else "required", "")
    if head == "would":
        return _whole(statement, span, "will receive" if words[-1] == "from" else "will", "")
    if words[-1] in {"to"} or (words[-1] in {"effort", "efforts", "attempt"} and statement.word(span.end) == "to"):
        end = span.end + (words[-1] != "to")
        if before in _PROMISING:
            return _Edit(statement.starts[span.first], statement.ends[end - 1], "", "")
        return _Edit(statement.starts[span.first], statement.ends[end - 1], "will", "")
    if before in {"be", "is", "are"}:
        return _whole(statement, span, "[what is decided now]", "what")
    return _whole(statement, span, "[what exactly is done about]", "what")


_PROMISING = listed("will shall must also to always still and")
_EDITS = {
    CONDITIONAL: _conditional,
    PERMISSIVE: _permissive,
    FREQUENCY: _frequency,
    AMOUNT: _amount,
    SUPPORT: _support,
    SUBJECTIVE: _subjective,
    DISCRETIONARY: _discretionary,
    UNNAMED: _unnamed,
    OPEN: _open,
    INTENT: _intent,
}


# Words around a word that decide its sense, by the rule that asks for them.
_AMOUNT_HERE = listed("increase decrease reduce maximize increases decreases reduces")
_DISCRETIONARY_WORDS = listed("decide decides determine determines choose chooses select selects")
