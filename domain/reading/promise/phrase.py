"""A promise in running words taken apart: its name, its amount, where, by whom, from when."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from domain.frequency import frequencies
from domain.reading.form.label import is_subject
from domain.reading.form.topic import SERVICE, SUPPORT
from domain.reading.promise.amounts import Amount, merged
from domain.reading.promise.dates import dates_in
from domain.reading.promise.weekdays import counted
from domain.reading.promise.who_and_where import ROLE_NOUN, actor, only_says, place_in
from domain.reading.promise.wording import EDGES, PERSON, WAY, role_text

_DANGLING_WORD = re.compile(
    r"(?:^|[\s,;:–—(])(?:for|of|on|by|from|at|per|and|to|in|the|a|an|each|total|with|is|are|be|will|up|starting"
    r"|beginning|effective|once|or)$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:(?:the )?(?:student|child|pupil|learner)|he|she|they|the (?:school|district|team|lea))?\s*(?:will"
    r"|shall)?\s*(?:also |then |continue to )?"
    r"(?:receives?|gets?|be provided(?: with)?|be given|is provided(?: with)?|is given|be offered|are provided(?: with)?"
    r"|participates? in|attends?|qualif(?:y|ies) for|is eligible for|has|have|provides?|gives?|offers?|be seen for"
    r"|be served (?:in|with|by))\s+",
    re.IGNORECASE,
)
_PIECES = re.compile(r"\s*(?:;|\||\n|\u2003|\s{3,}|\s[–—-]\s|,\s|\s/\s|\.\s)\s*")


@dataclass
class Phrase:
    """A promise in running words, taken apart."""

    text: str
    amount: Amount | None = None
    setting: str | None = None
    provider: str | None = None
    starts: date | None = None
    ends: date | None = None


def phrase(text: str, kind: str) -> Phrase:
    """A line or sentence of a service or a support."""
    label, rest, who = _led(counted(text))
    if kind in (SERVICE, SUPPORT):
        # "Mrs. Amari, the reading teacher, teaches ...": the role says it.
        rest = PERSON.sub("", _BY_NAME.sub(r"The \1 ", rest))
    starts, ends, dates = dates_in(rest)
    without = _blanked(rest, dates, _DATE)
    amount, spans = _amount_in(without, kind)
    rest = re.sub(f"[{_DATE}{_CUT}]+", _CUT, _blanked(without, spans, _CUT))
    kept, setting, provider = _apart(rest, label, kind)
    name = ", ".join(filter(None, kept))
    if who and not name and not label:
        label, who = who, ""
    provider = provider or role_text(who)
    if label:
        between = ", " if kept and WAY.match(kept[0]) else ": "
        name = f"{label}{between}{name}" if name else label
    name = _SUBJECT.sub("", name) if kind in (SERVICE, SUPPORT) else name
    if setting is None:
        setting = place_in(name)
    if provider is None:
        provider = actor(name, kind)
    if provider is None and kind == SERVICE and len(name.split()) <= 4 and ROLE_NOUN.search(name) and only_says(name)[1]:
        provider = role_text(name)
    return Phrase(name, amount, setting, provider, starts, ends)


def _led(text: str) -> tuple[str, str, str]:
    """The label that a line begins with, the rest of it, and who is named first."""
    who = ""
    if named := _WITH_NAME.match(text):
        # "Reading with Ms. Tran (special educator): 40 minutes"
        text, who = f"{named.group(1)}: {text[named.end() :]}", named.group(2)
    label, rest = _labelled(text)
    if label and (led := _led_by(label)):
        # "Ms. Tran (special ed teacher): math, 45 min": who gives it stands first.
        return "", rest, led
    return label, rest, who


# What stands for a date, and for what was cut out of a text.
_DATE, _CUT = "\x00", "\x01"


def _blanked(text: str, spans: Iterable[tuple[int, int]], sign: str) -> str:
    """The text with a sign for each character of the spans."""
    blank = list(text)
    for start, end in spans:
        blank[start:end] = sign * (end - start)
    return "".join(blank)


def _amount_in(text: str, kind: str) -> tuple[Amount | None, list[tuple[int, int]]]:
    """The amount of a sentence, and the spans of it with the words that only lead to it."""
    found = [each for each in frequencies(text.replace(_DATE, " ")) if each.minutes or each.times or each.per or each.is_hedged]
    if kind == SUPPORT and not any(each.minutes or (each.times or 0) > 1 or each.is_hedged for each in found):
        # "ready at the start of each day" is no amount of anything.
        found = [
            each
            for each in found
            if not re.match(r"\W*(?:each|every|a|per|in each)\b", text[each.start : each.end], re.IGNORECASE)
        ]
    if not found:
        return None, []
    whole = found[0] if len(found) == 1 else merged(found)
    if whole.is_hedged and not whole.minutes and not whole.times:
        amount = Amount(is_hedged=True)
    else:
        amount = Amount(whole.minutes, whole.times, whole.per)
    is_length = amount.minutes and not amount.times and not amount.per
    if is_length and _ONE_SESSION.search(text[max(0, found[0].start - 14) : found[0].end + 14]):
        amount = replace(amount, times=1)
    spans = [span for each in found for span in _amount_spans(text, each.start, each.end)]
    return amount, [_widened(text, start, end) for start, end in spans]


def _apart(text: str, label: str, kind: str) -> tuple[list[str], str | None, str | None]:
    """The pieces of a line that name what is promised, where, and by whom: what stands behind the name alone."""
    setting = provider = None
    kept: list[str] = []
    for piece in _split(text):
        words = _bare_words(piece.replace(_CUT, " "))
        if not words:
            continue
        if not (kept or label):
            kept.append(_clean(piece))
            continue
        halves = [only_says(_bare_words(half)) for half in piece.split(": ")] if ": " in piece else []
        if halves and all(any(half) for half in halves):
            # "general education room: special education teacher"
            for place, role, _ in halves:
                setting, provider = setting or place, provider or role
            continue
        place, role, mode = only_says(words)
        talks = _TALKS.search(kept[-1] if kept else label) is not None
        both = re.match(r"^((?:with|by|from) .{3,50}?) ((?:in|at) .{3,50})$", words)
        if both and not (place or role or mode or talks):
            by, at = only_says(both.group(1))[1], only_says(both.group(2))[0]
            if by and at:
                # "with the SLP in the speech room"
                provider, setting = provider or by, setting or at
                continue
        if talks and re.match(r"with\b", words, re.IGNORECASE):
            # Whom one consults with does not give it; who does may stand in brackets.
            if behind := re.search(r"\s*\(([^()]+)\)$", words):
                provider, words = provider or only_says(behind.group(1))[1], words[: behind.start()]
            kept.append(words)
        elif role:
            provider = provider or role
        elif mode:
            kept.append(words.lower())
            if re.match(r"(?:push|pull)", words, re.IGNORECASE):
                setting = setting or mode
        elif place and not (kind == SERVICE and is_subject(words)):
            setting = setting or place
        else:
            kept.append(_clean(piece))
    return kept, setting, provider


def _led_by(label: str) -> str:
    """Who a label names, where it names nothing but a person: by the name, by the role, or both."""
    said = PERSON.sub("", label).strip(EDGES + "()")
    if PERSON.search(label) or re.search(r"\([^()]+\)$", label):
        inner = re.search(r"\(([^()]+)\)$", label)
        said = inner.group(1) if inner and PERSON.search(label) else said
        return said if said and only_says(said)[1] else ""
    return label if ROLE_NOUN.search(said) and only_says(said)[1] else ""


_WITH_NAME = re.compile(
    r"^([^:.\d]{2,60}?) (?:with|by|from) (?:Mr|Mrs|Ms|Miss|Mx"
    r"|Dr)\.?\s+[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?\s*[(,]\s*([^(),:]{2,40})\)?\s*:\s+"
)
_BY_NAME = re.compile(
    r"^(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?\s*[,(]\s*(?:(?:the|a|an|our|his|her)\s+)?([A-Za-z][^,()]{1,40})[,)]\s+"
    r"(?=will\b|shall\b|\w+s\b)"
)
# "one 30-minute session"
_ONE_SESSION = re.compile(
    r"\b(?:one|a single|1)\s+[^.;,]{1,30}\b(?:session|train|workshop|meeting|visit|in-?service|lesson)", re.IGNORECASE
)
_TALKS = re.compile(r"\b(?:consult\w*|meet\w*|collaborat\w+|confer\w*|talk\w*|share\w*|plan\w*)\b", re.IGNORECASE)


def _bare_words(text: str) -> str:
    """A piece without marks and brackets around it."""
    text = text.strip(EDGES)
    return text[1:-1].strip(EDGES) if text.startswith("(") and text.endswith(")") and ")" not in text[1:-1] else text


def _labelled(text: str) -> tuple[str, str]:
    match = re.match(r"^((?:(?:Mr|Mrs|Ms|Mx|Dr)\.?\s+[A-Z][\w'’-]+,?\s*)?[^:;,.\d]{2,80}):\s+(?=\S)", text)
    if match and not re.search(r"\bwill\b", match.group(1)):
        return match.group(1).strip(), text[match.end() :]
    return "", text


def _split(text: str) -> list[str]:
    """At what parts the fields of a line; not at commas within brackets."""
    pieces: list[str] = []
    last = 0
    depth_at = [0]
    for char in text:
        depth_at.append(max(0, depth_at[-1] + (char == "(") - (char == ")")))
    for match in _PIECES.finditer(text):
        if depth_at[match.start()]:
            continue
        pieces.append(text[last : match.start()])
        last = match.end()
    pieces.append(text[last:])
    return pieces


def _clean(piece: str) -> str:
    """A piece without its amount: the words that led to it and joined it to the rest go too."""
    parts = piece.split(_CUT)
    out = ""
    for index, part in enumerate(parts):
        if index < len(parts) - 1:
            part = _undangled(part)
        if index:
            part = (
                re.sub(r"^[\s,;]*(?:of|for|\))\s+", " ", part)
                if not out.strip()
                else re.sub(r"^[\s,;]*(?:of|\))\s+", " ", part)
            )
        out = f"{out} {part}"
    return _undangled(out).strip()


def _undangled(text: str) -> str:
    """Without the words at the end that only led to what was cut off."""
    text = text.rstrip(" \t\n,;:–—-")
    while found := _DANGLING_WORD.search(text):
        text = text[: found.start()].rstrip(" \t\n,;:–—-")
    return text


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """An amount with the words that only lead to it."""
    before = re.search(
        r"[\s,(]*\b(?:for|at|of|one|a single|a total of|a minimum of|at least|approximately|about|each|lasting|up to"
        r"|totaling)\s+$",
        text[max(0, start - 30) : start],
        re.IGNORECASE,
    )
    if before:
        start -= len(before.group(0))
    after = re.match(r"\s*(?:each|per session|a session|sessions?\b)", text[end : end + 20], re.IGNORECASE)
    return start, end + (len(after.group(0)) if after else 0)


_AMOUNT_WORDS = re.compile(
    r"(?:\b(?:\d[\d,.]*(?:\s?[x×](?=\W|\d|$))?|min(?:ute)?s?|hours?|hrs?|half|quarter|times?|sessions?|per|each|every|a"
    r"|an|day|days|daily|week|weeks|weekly|wk|month|months|monthly|mo|year|yearly|yr|quarterly|semester|trimester"
    r"|cycles?|rotation|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|"
    r"school|once|twice|thrice|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|forty-five"
    r"|sixty|ninety|total|other|x|up to|as needed|about|approximately|annually|biweekly|bi-weekly|grading|period|for|of"
    r"|to|and)\b\.?"
    r"|[/×,;:()~½¼¾&–—-]|\s)+",
    re.IGNORECASE,
)


def _amount_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Of the span of an amount what is amount: "30 minutes of speech twice a week" holds the name of the service too."""
    spans: list[tuple[int, int]] = []
    for match in _AMOUNT_WORDS.finditer(text, start, end):
        if re.search(r"\w", match.group(0)):
            spans.append((match.start(), match.end()))
    inner = "".join(text[one[1] : other[0]] for one, other in pairwise(spans))
    return spans if re.search(r"[A-Za-z]{3}", inner) else [(start, end)]


def item(name: str) -> Phrase:
    """An accommodation in a line: a length in it stays; a date, a place or a role that stands apart does not."""
    starts, ends, spans = dates_in(name)
    if not spans and not re.search(r"[;|]", name):
        return Phrase(name)
    for start, end in reversed(spans):
        name = name[:start] + "; " + name[end:]
    kept: list[str] = []
    setting = provider = None
    for piece in re.split(r"\s*[;|]\s*", name):
        words = piece.strip(EDGES + "()")
        if not words:
            continue
        place, role, _ = only_says(words) if kept else (None, None, None)
        if place:
            setting = setting or place
        elif role:
            provider = provider or role
        else:
            kept.append(piece.strip())
    return Phrase("; ".join(kept), None, setting, provider, starts, ends)
