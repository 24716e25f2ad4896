"""A firmer statement with blanks to fill: what is known stays, what is vague is asked for in brackets, nothing is invented.

`[which role]`, `[how many minutes]`: a blank begins with its question word, and the analysis passes over it. What the statement
does not say at all is asked after it.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from domain.listed import listed
from domain.wording import words as known
from domain.wording.amounts import has_figure_by
from domain.wording.context import WORD, Statement, is_figure, object_end
from domain.wording.findings import spans
from domain.wording.help import help_rule, prompt_rule
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
_STOPS = frozenset((".", "!", "?"))
_CLOSING = frozenset((")", "”", '"'))
# What cannot wait for days.
_URGENT = listed(
    "seizure seizures inhaler epipen epinephrine 911 medication medicine medical allergic allergy anaphylaxis glucose insulin"
    " sugar hypoglycemia bleeding choking chokes breathing asthma emergency diastat ambulance elopes elopement runs injury"
    " injured fever vomits vomiting faints restraint toileting diaper suicidal"
)
_EFFORTS = listed("do does doing try tries trying make makes making made give gives use uses every reasonable best all good")
_NO_NOUNS = known.PROMPTS | known.HELP | known.AMOUNT | known.FREQUENCY | known.SUBJECTIVE | known.GROWTH | known.UNNAMED
_PARTICIPLES = listed("reduced shortened extended limited decreased increased lowered trimmed lengthened abbreviated enlarged")
_LENGTHS = listed("short brief longer shorter quick prolonged abbreviated")
_UNCOUNTED = listed("support assistance help guidance prompting cueing supervision adult homework practice work time")
_MANY = listed("some several many most multiple few fewer additional numerous a extra number countless")
_HELP_BASES = ("support", "assist", "help", "aid", "guid", "scaffold", "facilitate", "encourage")
_BEFORE_VERBS = listed("will shall must to and also")
_ANY_FAMILY = _NO_NOUNS | known.AMOUNT_VERBS | {"various", "etc", "other", "and", "such", "variety", "like", "e.g."}
_PROMISING = listed("will shall must also to always still and")
_GROWTH_AS_AMOUNT = listed("increase decrease reduce maximize increases decreases reduces")
_DECIDING_VERBS = listed("decide decides determine determines choose chooses select selects")


class _Edit(NamedTuple):
    start: int
    end: int
    new: str
    answers: str


def rewritten(statement: Statement, found: Sequence[Span], elements: Mapping[str, str]) -> str | None:
    """The statement with its vague words replaced and its missing elements asked for; None where it needs neither."""
    edits = [_edit(statement, span) for span in _together(found)]
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


def _together(found: Sequence[Span]) -> list[Span]:
    """`the teacher decides` and `as he sees fit` are one decision."""
    spans: list[Span] = []
    for span in found:
        if spans and span.category == spans[-1].category == DISCRETIONARY and spans[-1].end == span.first:
            spans[-1] = spans[-1]._replace(end=span.end)
        else:
            spans.append(span)
    return spans


def _with_questions(text: str, asked: Sequence[str]) -> str:
    """What the statement does not say at all, asked after it."""
    if not asked:
        return text
    questions = "; ".join(asked)
    text = text.rstrip(" ;,:")
    last = text[-2:-1] if text[-1:] in _CLOSING else text[-1:]
    stop = "" if last in _STOPS else "."
    return f"{text}{stop} {questions[:1].upper()}{questions[1:]}."


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
    return _said_as_is(statement, span).lower()


def _said_as_is(statement: Statement, span: Span) -> str:
    return statement.text[statement.starts[span.first] : statement.ends[span.end - 1]]


def _conditional(statement: Statement, span: Span) -> _Edit:
    degree, rest = _middle(statement, span) if statement.words[span.first] == "as" else ("", "")
    if rest and statement.words[span.end - 1] == "possible":
        # `as far from the door as possible`
        return _whole(statement, span, f"{degree} {rest} ([how {degree}, in figures])", "how")
    return _whole(statement, span, _WHEN, "when")


def _permissive(statement: Statement, span: Span) -> _Edit:
    words = statement.words[span.first : span.end]
    if words[0] in known.MODALS:
        rest = [word for word in words[1:] if word not in {"or", "may", "might", "not"} and word not in known.FREQUENCY_ADVERBS]
        return _will(statement, span, rest)
    if words[-1] in {"optional", "optionally"}:
        if words[0] in known.BE or statement.kinds[span.end : span.end + 1] != [WORD]:
            return _whole(statement, span, "will be provided", "")
        follows = statement.text[statement.starts[span.end] : statement.ends[span.end]]
        return _Edit(statement.starts[span.first], statement.ends[span.end], follows, "")
    if words[-1] in known.PERMITTED and words[0] in known.PERMITTED:
        return _whole(statement, span, f"will be {words[-1]}", "")
    if "permitted" in words:
        return _whole(statement, span, "will be permitted" + (" to" if words[-1] == "to" else ""), "")
    return _whole(statement, span, "will be allowed" + (" to" if words[-1] in {"to", "of"} else ""), "")


def _will(statement: Statement, span: Span, rest: Sequence[str]) -> _Edit:
    """The act promised; where it is help or a smaller amount, with a blank for what that leaves open."""
    verb = rest[-1] if rest else ""
    promise = " ".join(["will", *rest])
    act = span._replace(first=span.end - 1)
    if (verb in _PARTICIPLES or verb in known.AMOUNT_VERBS) and not has_figure_by(statement, act):
        # `shorten the homework by [how much]`
        end = span.end if statement.word(span.end) in known.PREPOSITIONS else _noun_end(statement, span.end)
        rest_said = statement.text[statement.ends[span.end - 1] : statement.ends[end - 1]]
        return _Edit(statement.starts[span.first], statement.ends[end - 1], f"{promise}{rest_said} by [how much]", "how")
    rule = prompt_rule if verb in known.PROMPTS else help_rule
    if (verb in known.PROMPTS or verb in known.HELP) and rule(statement, span.end - 1) is not None:
        return _after_whom(statement, span, promise, verb)
    return _whole(statement, span, promise, "")


def _noun_end(statement: Statement, place: int) -> int:
    """The end of the noun phrase there, if it holds no other vague word."""
    first = place
    while first < min(place + 3, statement.count) and (statement.words[first] in known.DETERMINERS or statement.joined[first]):
        # `on-task behavior`: a compound is one word, whatever it begins with.
        first += 1
    limit = min(statement.sentence_ends[place - 1], first + 5)
    end = noun_phrase_end(statement, first, limit) if first < limit else place
    return end if first < end and _is_clean(statement, place, end) else place


def _after_whom(statement: Statement, span: Span, said: str, word: str) -> _Edit:
    """The blank stands behind the one who is helped: `prompt him ([how many, ...])`."""
    blank, answers = ("how many, and at which moments", "how") if _is_prompt(word) else ("what exactly is done", "what")
    end = object_end(statement, span.end)
    whom = statement.text[statement.ends[span.end - 1] : statement.ends[end - 1]]
    return _Edit(statement.starts[span.first], statement.ends[end - 1], f"{said}{whom} ([{blank}])", answers)


def _is_prompt(word: str) -> bool:
    return word in known.PROMPTS and not word.startswith("encourag")


def _middle(statement: Statement, span: Span) -> tuple[str, str]:
    """`close` and `to the board` of `as close to the board as possible`."""
    words = statement.words
    first = next((at + 1 for at in range(span.first, span.end) if words[at] == "as"), span.end)
    second = next((at for at in range(first + 1, span.end) if words[at] == "as"), span.end)
    if first + 1 >= second:
        return statement.word(first), ""
    return statement.word(first), statement.text[statement.starts[first + 1] : statement.ends[second - 1]]


def _noun_follows(statement: Statement, span: Span) -> int | None:
    """The end of the one noun that an adjective belongs to."""
    end = noun_phrase_end(statement, span.end, min(statement.sentence_ends[span.first], span.end + 2))
    if end == span.end + 1 and statement.kinds[span.end] == WORD and statement.words[span.end] not in _NO_NOUNS:
        return end
    return None


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
    if "as" in words[:2] and len(words) > 2:
        degree, rest = _middle(statement, span)
        lead = "for " if head == "for" else ""
        return _whole(statement, span, f"{lead}[how {degree}] {rest}".rstrip(), "how")
    figures = [place for place in range(span.first, span.end) if is_figure(statement, place)]
    if figures and len(words) > 1:
        unit = statement.text[statement.ends[figures[-1]] : statement.ends[span.end - 1]].strip(" -–")
        if unit.lower() in {"or so", "or less", "maximum", "max"}:
            unit = ""
        return _whole(statement, span, f"[how many exactly] {unit}".strip(), "how")
    if words[-1] == "time":
        return _after(statement, span, "[how many minutes, or what part of the usual time]", "how")
    if head in known.AMOUNT_VERBS or head in _GROWTH_AS_AMOUNT:
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


def _support(statement: Statement, span: Span) -> _Edit:
    word = statement.words[span.first]
    if _is_prompt(word):
        asked = _asked_before(statement, span.first)
        if asked == AMOUNT:
            return _after(statement, span, _WHEN, "when")
        if asked == FREQUENCY:
            return _after(statement, span, "[how many each time]", "how")
        return _after_whom(statement, span, _said_as_is(statement, span), word)
    before = statement.word(span.first - 1)
    base = next((each for each in _HELP_BASES if word.startswith(each)), word)
    if word == base and before in _BEFORE_VERBS:
        return _whole(statement, span, f"[what exactly is done to {base}]", "what")
    return _after_whom(statement, span, _said_as_is(statement, span), word)


def _asked_before(statement: Statement, place: int) -> str | None:
    """Whether a word before it, kinds between them, asks already how many or how often."""
    for at in range(place - 1, max(place - 5, statement.sentence_starts[place] - 1), -1):
        word = statement.words[at]
        if word in known.AMOUNT:
            return AMOUNT
        if word in known.FREQUENCY or word in ("frequent", "regular"):
            return FREQUENCY
        if statement.kinds[at] != WORD or word in known.PREPOSITIONS or word in known.AUXILIARY:
            return None
    return None


def _subjective(statement: Statement, span: Span) -> _Edit:
    words = statement.words[span.first : span.end]
    inside = frozenset(words)
    said = _said(statement, span)
    if inside & {"preferential"} or (inside & {"seating", "placement"}):
        seat = "seat" if "seat" in inside else "seating"
        return _whole(statement, span, f"{seat}: [which seat or row]", "where")
    if inside & {"promptly", "timely", "asap", "soon", "delay"} or inside & {"time", "timeframe", "period"}:
        if "intervals" in inside:
            return _whole(statement, span, "[how often]", "when")
        days = "" if not _URGENT.isdisjoint(statement.vocabulary) else " or school days"
        return _whole(statement, span, f"[within how many minutes{days}]", "when")
    if "intervals" in inside or "times" in inside:
        return _whole(statement, span, _WHEN, "when")
    if words[0] == "as":
        degree, rest = _middle(statement, span)
        blank = f"[how {degree}, in figures]"
        return _whole(statement, span, f"{degree} {rest} ({blank})" if rest else blank, "how")
    if inside & known.GROWTH and not inside & {"better", "well"}:
        end = _noun_end(statement, span.end)
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


def _discretionary(statement: Statement, span: Span) -> _Edit:
    words = frozenset(statement.words[span.first : span.end])
    before = frozenset(statement.words[max(0, span.first - 4) : span.first])
    if before & {"frequency"}:
        return _whole(statement, span, "[how often]", "when")
    if before & {"length", "amount", "number", "size", "duration", "time"}:
        return _whole(statement, span, "[how much, decided now]", "how")
    if words & {"choice", "choosing"}:
        return _whole(statement, span, "[which one, decided now]", "who")
    if words & _DECIDING_VERBS:
        first = span.first
        if statement.word(first - 1) in known.ARTICLES and first > statement.sentence_starts[first]:
            first -= 1
        end = statement.ends[span.end - 1]
        colon = ":" if statement.kinds[span.end : span.end + 1] == [WORD] else ""
        return _Edit(statement.starts[first], end, f"[what is decided now, and not later]{colon}", "what")
    return _whole(statement, span, _WHEN, "when")


def _unnamed(statement: Statement, span: Span) -> _Edit:
    first, end = span.first, span.end
    if statement.word(first - 1) in known.ARTICLES and first > statement.sentence_starts[span.first]:
        first -= 1
    if statement.words[span.first] == "whoever":
        end = _whoever_ends(statement, end)
    return _Edit(statement.starts[first], statement.ends[end - 1], "[which role]", "who")


def _whoever_ends(statement: Statement, place: int) -> int:
    """`whoever is free reads`: the clause that says no name goes, up to the verb of what is done."""
    if statement.word(place) not in known.BE:
        return place
    for at in range(place + 2, min(place + 8, statement.sentence_ends[place])):
        word = statement.words[at]
        if word in known.AUXILIARY or (word.endswith("s") and (word[:-1] in known.VERBS or word[:-2] in known.VERBS)):
            return at
    return place


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
        return _will(statement, span, rest)
    if head in {"ideally", "preferably", "hopefully"}:
        end = statement.ends[span.end - 1]
        return _Edit(statement.starts[span.first], end + (statement.text[end : end + 1] == ","), "", "")
    if head.startswith(("recommend", "suggest", "advis", "preferred", "prefer")):
        return _whole(statement, span, "requires" if head.endswith("s") else "required", "")
    if head == "would":
        return _whole(statement, span, "will receive" if words[-1] == "from" else "will", "")
    if (words[-1] == "made" or head == "it") and statement.word(span.end) == "to":
        return _Edit(statement.starts[span.first], statement.ends[span.end], "[which role] will", "who")
    tried = head in _EFFORTS or words[-1] in {"effort", "efforts", "attempt"}
    if words[-1] in {"to", "and"} or (tried and statement.word(span.end) == "to"):
        end = span.end + (words[-1] not in {"to", "and"})
        if before in _PROMISING:
            return _Edit(statement.starts[span.first], statement.ends[end - 1], "", "")
        return _Edit(statement.starts[span.first], statement.ends[end - 1], "will", "")
    if before in {"be", "is", "are"}:
        return _whole(statement, span, "[what is decided now]", "what")
    return _whole(statement, span, "[what exactly is done about]", "what")


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
