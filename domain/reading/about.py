"""What a document is and whose: its kind, the child's name, from when to when it is in effect."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.dates import written_dates
from domain.reading.block import Line, Pages
from domain.reading.child import Child, child_of
from domain.reading.labels import is_all_heading, topic_of
from domain.reading.marks import listed
from domain.reading.passages import passages, unfilled
from domain.vocabulary import all_roles

IEP, AMENDMENT, SECTION_504, OTHER = "iep", "iep_amendment", "section_504_plan", "other"
# The head of a document: its title stands there, if anywhere.
LINES_OF_HEAD = 14

_IEP = re.compile(
    r"\bindividuali[sz]ed education(?:al)? (?:program|plan)|\bindividual education(?:al)? (?:program|plan)|\bi\.?e\.?p\b\.?",
    re.IGNORECASE,
)
_AMENDMENT = re.compile(
    r"\b(?:iep|i\.e\.p\.|program|plan)\b.{0,40}\b(?:amendment|addendum|amended|modification form|revision)\b"
    r"|\b(?:amendment|addendum|revision)\b.{0,40}\b(?:iep|individuali[sz]ed|program)\b|^\W*(?:amendment|addendum)\W*$",
    re.IGNORECASE,
)
_504 = re.compile(
    r"\b(?:section )?504 (?:accommodation |service |student |education(?:al)? )?(?:plan|accommodations?|services?)\b"
    r"|\bsection 504\b",
    re.IGNORECASE,
)
_OTHERS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (what, re.compile(pattern, re.IGNORECASE))
    for what, pattern in (
        ("an individualized family service plan", r"\bindividuali[sz]ed family service plan|\bifsp\b"),
        (
            "a progress report",
            r"\bprogress report|\breport (?:of|on) (?:student )?progress|\breport card|\bgoal progress\b"
            r"|\bprogress (?:on|toward) (?:annual |iep )?goals\b",
        ),
        (
            "an evaluation report",
            r"\b(?:psycho-?educational|psychological|neuropsychological|speech.{0,14}language|occupational therapy"
            r"|physical therapy|multidisciplinary|educational|initial|re-?)? ?evaluation (?:team )?report"
            r"|\b(?:psycho-?educational|psychological|neuropsychological|multidisciplinary|educational"
            r"|functional behavior(?:al)?|comprehensive) (?:evaluation|assessment|report)|\breport of (?:evaluation"
            r"|assessment)|\bassessment report\b|\beligibility (?:determination|report)\b"
            r"|\bfull and individual evaluation\b|\bevaluation summary\b|\breevaluation\b",
        ),
        (
            "a prior written notice",
            r"\bprior written notice|\bnotice of (?:proposed|recommended|refus)"
            r"|\bnotice of (?:recommended )?educational placement",
        ),
        (
            "a notice of a meeting",
            r"\b(?:notice|invitation) (?:of|to|for) (?:an? |the )?(?:iep |team |iep team )?(?:meeting|conference)"
            r"|\bmeeting (?:notice|invitation)|\binvitation\b",
        ),
        (
            "minutes of a meeting",
            r"\bmeeting (?:minutes|notes|summary)\b|\bminutes of (?:the )?(?:\w+ )?meeting|\bconference notes\b",
        ),
        (
            "a consent form",
            r"\bconsent (?:for|to|form)|\bparental consent|\bpermission to evaluate|\bauthori[sz]ation (?:for|to) release",
        ),
        ("a behavior intervention plan", r"\bbehaviou?r(?:al)? (?:intervention|support|improvement) plan"),
        (
            "a health plan",
            r"\b(?:individual(?:ized)? )?(?:health ?care|health|emergency|medical|seizure|asthma|allergy) (?:action )?plan",
        ),
        ("a notice of procedural safeguards", r"\bprocedural safeguards|\bparents?'? rights\b|\bparental rights\b"),
        ("a summary of performance", r"\bsummary of (?:academic |functional )?performance"),
        ("a transcript", r"\btranscript\b"),
        ("a service log", r"\bservice (?:log|record)\b|\battendance (?:record|log)\b|\btherapy log\b"),
        ("a plan of services of a private school", r"\b(?:individual )?services? plan\b"),
        ("an invoice", r"\binvoice\b"),
        ("a manifestation determination", r"\bmanifestation (?:determination|review)"),
    )
)
_LETTER = re.compile(r"^\W*(?:dear\b|to whom it may concern|re:\s)", re.IGNORECASE)
_CLOSING = re.compile(
    r"^\W*(?:sincerely|respectfully|best regards|kind regards|regards|yours (?:truly|sincerely)|thank you"
    r"|very truly yours|best,|warmly)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Kind:
    """What a document is; `seems`: in words, where it is no IEP."""

    name: str
    seems: str = ""


def texts(pages: Pages) -> Iterator[str]:
    """Every line and cell."""
    for block in pages.blocks:
        if isinstance(block, Line):
            yield block.text
        else:
            yield from (cell.text for cell in block.cells if cell.text.strip() and not cell.is_from_above)


def kind_of_document(pages: Pages) -> Kind:
    """What it says it is, in its head and its headings, and whether it has the sections of an IEP."""
    head: list[tuple[str, int]] = []
    letter = closing = False
    sections: set[str] = set()
    for index, block in enumerate(pages.blocks):
        found = [block.text] if isinstance(block, Line) else [cell.text for cell in block.cells if cell.text.strip()]
        level = (
            3
            if isinstance(block, Line) and (block.heading or 0) == 1
            else 2
            if isinstance(block, Line) and ((block.heading or 0) > 0 or block.is_bold)
            else 1
        )
        for text in found:
            if index < LINES_OF_HEAD:
                head.append((text[:200], level + (1 if text.isupper() and level < 3 else 0) + (2 if index < 3 else 0)))
            letter = letter or (index < 30 and bool(_LETTER.match(text)))
            closing = closing or bool(_CLOSING.match(text))
            if len(text) < 120 and (topic := topic_of(text)):
                sections |= set(topic.kinds)
                if "present level" in text.lower() or "plaafp" in text.lower():
                    sections.add("present")
    head += [(text[:200], 2) for text in pages.margins[:6]]
    whole = list(texts(pages))
    says_iep = max((weight for text, weight in head if _IEP.search(text)), default=0)
    says_504 = max((weight for text, weight in head if _504.search(text) and not _mentions(text)), default=0)
    says_amendment = max((weight for text, weight in head if _AMENDMENT.search(text) and len(text) < 120), default=0)
    other = max(
        ((weight, what) for text, weight in head if len(text) < 110 for what, pattern in _OTHERS if pattern.search(text)),
        default=(0, ""),
        key=lambda one: one[0],
    )
    iep_anywhere = sum(bool(_IEP.search(text)) for text in whole[:400])
    has_sections = len(sections & {"service", "accommodation", "goal", "modification", "support"})
    if letter and closing and has_sections < 3:
        return Kind(OTHER, "a letter")
    if (
        says_504
        and not any(_full(text) for text, _ in head)
        and (says_504 >= says_iep or not iep_anywhere)
        and "goal" not in sections
    ):
        return Kind(SECTION_504, "a Section 504 plan")
    if (
        not says_iep
        and not iep_anywhere
        and (
            any(_504.search(text) for text in whole[:400])
            or any(re.search(r"\baccommodations? plan\b", text, re.IGNORECASE) for text, _ in head)
        )
    ):
        return Kind(SECTION_504, "a Section 504 plan")
    if says_504 > says_iep and not any(_full(text) for text, _ in head):
        return Kind(SECTION_504, "a Section 504 plan")
    is_other = other[0] and other[0] >= says_iep and not _is_iep_in_full(head, other[0])
    if is_other and (has_sections < 3 or other[0] > says_iep or other[1] == "a progress report"):
        return Kind(OTHER, other[1])
    if letter and has_sections < 2:
        return Kind(OTHER, "a letter")
    if says_amendment and (says_iep or iep_anywhere):
        return Kind(AMENDMENT)
    if says_iep or (iep_anywhere and has_sections >= 1) or has_sections >= 2:
        return Kind(IEP)
    return Kind(OTHER, other[1] or ("a letter" if letter or closing else ""))


def _full(text: str) -> bool:
    return bool(
        re.search(
            r"individuali[sz]ed education(?:al)? (?:program|plan)|individual education(?:al)? (?:program|plan)",
            text,
            re.IGNORECASE,
        )
    ) and not _mentions(text)


def _is_iep_in_full(head: Iterable[tuple[str, int]], weight: int) -> bool:
    return any(_full(text) and each > weight and not any(pattern.search(text) for _, pattern in _OTHERS) for text, each in head)


def _mentions(text: str) -> bool:
    """Whether it is a sentence about the thing, not its title."""
    return len(text.split()) > 14 or (
        bool(re.search(r"\b(?:has|have|was|not|had|eligible|is|may|if|you|we)\b", text, re.IGNORECASE))
        and len(text.split()) > 7
    )


_SAYS_DRAFT = listed("draft copy only iep version document not final for discussion review purposes the a this is")
_A_DRAFT = re.compile(
    r"\bDRAFT\b|^\W*[Dd]raft\b|\b[Dd]raft (?:IEP|iep|copy|only|document|version|for|[Ii]ndividuali[sz]ed|\d)"
    r"|[(\[–—-] ?[Dd]raft\b"
    r"|\b[Dd]raft\W*$|\b[Pp]roposed [Dd]raft\b"
)
_DRAFT_OF_WORK = re.compile(
    r"\b(?:first|rough|final|second|writ\w*|essay|paragraph|not a|no longer a|will|edit\w*)\b.{0,20}\bdrafts?\b"
    r"|\bdrafts?\b.{0,25}\b(?:of (?:a|the|his|her) |paragraph|essay)",
    re.IGNORECASE,
)


def is_draft(pages: Pages) -> bool:
    """Whether it says of itself that it is a draft: a watermark, a header, its title."""
    stands = [*pages.margins, *(text for _, text in zip(range(12), texts(pages), strict=False))]
    for text in stands:
        said = " ".join(text[:300].split())
        words = re.findall(r"[a-z]+", said.lower())
        if "draft" in words and set(words) <= _SAYS_DRAFT:
            return True
        if _A_DRAFT.search(said) and not _DRAFT_OF_WORK.search(said):
            return True
    return False


# --- The child --------------------------------------------------------------------------------------------------------

_NAME_LABEL = re.compile(
    r"(?:^|[\s(|])(?P<label>(?:legal )?(?:student|child|pupil|learner)(?:'s|’s)?(?: legal"
    r"| full)?(?: name)?(?: ?\([^)]*\))?|name of (?:the )?(?:student|child|pupil|learner)|(?:full "
    r"|legal )?name(?: of student)?(?: ?\([^)]*\))?|"
    r"who is this (?:plan |iep )?for\??|this (?:plan|iep) is for|prepared for|i\.?e\.?p\.? (?:of|for)"
    r"|individuali[sz]ed education(?:al)? (?:program|plan) (?:of|for)|(?:program|plan) (?:of|for)|(?:written|prepared"
    r"|made|drawn up|developed) for|for(?=\s{0,3}:)|of(?=:)|re)\s*(?:[:|#–—]|\s{2,}|(?<=\?)|(?<=\bof)|(?<=\bfor))\s*(?=[A-Z])",
    re.IGNORECASE,
)
_PART_OF_NAME = re.compile(
    r"\b(?:(?P<first>first|given)|(?P<last>last|family|sur))[ -]?name\s*[:|]?\s+(?P<name>[A-Z][\w'’-]+)", re.IGNORECASE
)
_OTHERS_NAME = re.compile(
    r"\b(?:parent|guardian|teacher|manager|school|district|mother|father|contact|case|doctor|physician|building|agency"
    r"|provider|signature|principal|service|goal|program|file|form)\b",
    re.IGNORECASE,
)


def child_in(pages: Pages) -> Child:
    """The child whom the document is about."""
    candidates: list[tuple[int, Child]] = []
    first = last = ""
    for index, text in enumerate(_contexts(pages)):
        if index > 400:
            break
        for match in _PART_OF_NAME.finditer(text):
            if not _OTHERS_NAME.search(text[: match.start()][-25:]):
                first = first or (match.group("name") if match.group("first") else "")
                last = last or (match.group("name") if match.group("last") else "")
        candidates += [(weight - (2 if index > 60 else 0), child) for weight, child in _named(text)]
    for index, block in enumerate(pages.blocks[:60]):
        # A line by itself: no words of the line below are taken for the family's name.
        if isinstance(block, Line) and index < 60:
            candidates += [(weight + bool(child.family), child) for weight, child in _named(block.text)]
    if first and last:
        candidates.append((7, Child((first,), (last,))))
    for text in pages.margins:
        named = re.match(r"^\W*([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?, [A-Z][\w'’-]+)", text)
        child = child_of(named.group(1)) if named else None
        if child:
            candidates.append((3, child))
    best = max(candidates, key=lambda one: one[0], default=None)
    return best[1] if best else _child_in_goals(pages)


def _named(text: str) -> Iterator[tuple[int, Child]]:
    """Who stands behind a label for the child's name, and how surely it is one."""
    at = 0
    while match := _NAME_LABEL.search(text, at):
        label = match.group("label").lower()
        # "IEP for Student: Ana": the next label may begin where this one ends.
        at = max(match.end("label"), at + 1)
        if _OTHERS_NAME.search(text[max(0, match.start() - 18) : match.start()]) and label.startswith(
            ("name", "full", "legal", "re")
        ):
            continue
        rest = text[match.end() :]
        if not rest[:1].isupper():
            continue
        child = child_of(rest)
        if child and child.given:
            weight = (
                5
                if label.startswith(("student", "child", "pupil", "learner", "name of", "who"))
                else 4
                if re.match(r"(?:i\.?e|indiv|this|prog|plan|prepared)", label)
                else 2
            )
            yield weight + bool(child.family), child


_ACTING = re.compile(r"(?:^|[.,:;]\s|\d[.)]\s)([A-Z][a-z'’-]{1,20}) (?:will|shall|is able|can|has|needs|reads|writes)\b")
_NO_CHILD = listed(
    """
    He She They It Student Students Teacher Teachers Staff Parent Parents Team School District The This That Services
    Progress Data Child We You There Who Which What Therapist Psychologist Nurse Paraprofessional Aide Learner Pupil Speech
    Mother Father Family Everyone Each All Both Transportation Therapy Instruction
    """
)


def _child_in_goals(pages: Pages) -> Child:
    """Of whom the goals speak, where no label names the child: a word that acts more than once, or in a goal."""
    counts: dict[str, int] = {}
    for text in texts(pages):
        for match in _ACTING.finditer(text[:2000]):
            if match.group(1) not in _NO_CHILD and not all_roles(match.group(1)):
                counts[match.group(1)] = counts.get(match.group(1), 0) + 1
    name = max(counts, key=lambda word: counts[word], default="")
    return Child((name,), (), is_guessed=True) if name else Child()


def _contexts(pages: Pages) -> Iterator[str]:
    """Texts in which a label stands beside its value: lines, and cells with the cell to the left or above."""
    above: dict[int, str] = {}
    table = -1
    lines: list[Line] = []
    for block in [*pages.blocks, None]:
        if isinstance(block, Line):
            lines.append(block)
            continue
        if lines:
            yield from _in_lines(lines)
            lines = []
        if block is None:
            break
        if block.table != table:
            above, table = {}, block.table
        left = ""
        for cell in block.cells:
            text = unfilled(cell.text).replace("\n", "  ").strip()
            if not text:
                continue
            yield text
            if left and len(left) < 80:
                yield f"{left.rstrip(' :')}: {text}"
            if (head := above.get(cell.column)) and len(head) < 80 and not left.rstrip().endswith(":"):
                yield f"{head.rstrip(' :')}: {text}"
            left = text
            above[cell.column] = text
    for index, text in enumerate(pages.margins):
        if index < 8:
            yield text


def _in_lines(lines: Sequence[Line]) -> Iterator[str]:
    found = [passage.text for passage in passages(lines)]
    for text, following in zip(found, [*found[1:], ""], strict=True):
        yield f"{text} {following}" if text.endswith((":", "?")) and len(text) < 100 else text


# --- From when to when ------------------------------------------------------------------------------------------------

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
    for index, text in enumerate(_contexts(pages)):
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


def said_language(pages: Pages) -> str:
    """The running text, to tell its language."""
    out: list[str] = []
    length = 0
    for text in texts(pages):
        out.append(text)
        length += len(text)
        if length > 20_000:
            break
    return "\n".join(out)
