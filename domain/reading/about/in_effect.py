"""From when to when an IEP is in effect."""

import re
from datetime import date

from domain.dates import written_dates
from domain.reading.about.kind import AMENDMENT
from domain.reading.about.texts import contexts
from domain.reading.block import Pages
from domain.reading.form.heading import is_all_heading, topic_of

_NOT_IN_EFFECT = re.compile(
    r"\b(?:birth|born|d\.?o\.?b|meeting|met|conference|evaluat\w*|re-?evaluat\w*|eligib\w*|review(?:ed)?|report\w*"
    r"|sign(?:ed|ature)\w*|printed|print date|consent|notice|sent|received|parent|held|"
    r"determin\w*|assess\w*|tested|written|created|developed|notif\w*|last|previous|prior|next|transition|graduat\w*"
    r"|exit|enroll\w*|refer\w*|progress|goal|copy|provided to|age|three|annual)\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\b(?:implement\w*|initiat\w*|effective|in effect|start\w*|begin\w*|commenc\w*|from|(?:iep|plan|program) dates?"
    r"|dates(?= ?:)|dates of (?:the )?(?:iep|plan|program)|duration|iep period|period covered|valid|takes? effect"
    r"|in force|(?:iep|plan) year|runs|applies|covers)\b",
    re.IGNORECASE,
)
_CEASES = re.compile(
    r"(?:\b(?:end(?:s|ing)?|expir\w*|through|thru|until|till|to|termination|stop\w*|concludes?"
    r"|last day|is over|and)\b|[-–—]\s*$)",
    re.IGNORECASE,
)
_OF_THE_IEP = re.compile(
    r"\b(?:iep|i\.e\.p\.?|plan|programs?|effective|implement\w*|initiat\w*|in effect|amend\w*|duration|addendum"
    r"|takes? effect|in force)\b",
    re.IGNORECASE,
)
_SURELY_OF_THE_IEP = re.compile(r"\b(?:iep|i\.e\.p\.?|plan|amend\w*|addendum)\b", re.IGNORECASE)
_OF_THE_AMENDMENT = re.compile(r"\b(?:amend\w*|addendum|change\w*|revis\w*)\b", re.IGNORECASE)
_OF_A_SERVICE = re.compile(r"\b(?:service|services|minutes|therapy|frequency|transport\w*|esy|extended)\b", re.IGNORECASE)


def in_effect(pages: Pages, kind: str) -> tuple[date | None, date | None]:
    """From when to when the IEP is in effect; of an amendment, its own first day."""
    starts: list[tuple[float, int, date, date | None]] = []
    ends: list[tuple[float, int, date]] = []
    is_below_head = False
    for index, text in enumerate(contexts(pages)):
        if index > 800:
            break
        found = written_dates(text)
        topic = topic_of(text) if len(text) < 100 else None
        is_below_head = is_below_head or bool(topic and topic.kinds and not found and is_all_heading(text))
        last_end = 0
        previous: str | None = None
        for at, (day, begin, end) in enumerate(found):
            context = _label_before(text, last_end, begin)
            last_end = end
            said = context.lower()
            bare = re.fullmatch(
                r"[\s\-–—:;,(]*(?:to|through|thru|until|till|and|ending|ends?)?[\s\-–—:;,(]*(?:on)?[\s:]*", said
            )
            if at and bare and previous == "start" and re.search(r"[-–—a-z]", said):
                score, place, first, _ = starts[-1]
                starts[-1] = (score, place, first, day)
                previous = None
                continue
            excluded = _NOT_IN_EFFECT.search(said)
            strong = bool(_OF_THE_IEP.search(said))
            if excluded and not (
                re.search(r"\b(?:implement\w*|initiat\w*|effective|start date|begin\w* date|in effect)\b", said)
                and not re.search(r"birth|meeting|evaluat|eligib", said)
            ):
                previous = None
                continue
            score = 3.0 if strong else 1.0
            if is_below_head and not _SURELY_OF_THE_IEP.search(said):
                score -= 2
            if _OF_A_SERVICE.search(said):
                score -= 0.7
            if kind == AMENDMENT and _OF_THE_AMENDMENT.search(said):
                score += 3
            is_lone_duration = (
                (len(found) == 1 or (at == len(found) - 1 and previous == "start"))
                and re.search(r"\b(?:duration|length)\b", said)
                and not re.search(r"\b(?:from|begin|start|initiat)", said)
            )
            is_end = bool(is_lone_duration) or (
                _CEASES.search(said) and not re.search(r"\b(?:start|begin|effective|initiat|implement|from)", said)
            )
            if is_end or (re.search(r"\bend(?:s|ing)? date\b|\bexpir", said)):
                ends.append((score, index, day))
                previous = None
            elif _BEGINS.search(said):
                starts.append((score, index, day, None))
                previous = "start"
            elif kind == AMENDMENT and _OF_THE_AMENDMENT.search(said):
                starts.append((1.5, index, day, None))
                previous = "start"
            else:
                previous = None
    begins = max((one for one in starts if one[0] > -0.5), key=lambda one: (one[0], one[3] is not None, -one[1]), default=None)
    if begins is None:
        last_only = max((one for one in ends if one[0] >= 1), key=lambda one: (one[0], -one[1]), default=None)
        return None, last_only[2] if last_only else None
    score, at, since, until = begins
    if until is None:
        near = [one for one in ends if one[0] > min(-0.5, score - 2.5) and one[2] > since]
        best = max(near, key=lambda one: (one[0], -abs(one[1] - at)), default=None)
        until = best[2] if best else None
    return since, until if until is None or until >= since else None


def _label_before(text: str, start: int, end: int) -> str:
    """What stands before a date and says what it is."""
    between = text[start:end]
    gap = re.split(r"\s{3,}", between.rstrip())
    said = gap[-1] if len(gap[-1].split()) > 0 and re.search(r"[A-Za-z]", gap[-1]) else " ".join(gap[-2:])
    return " ".join(said.split()[-22:])
