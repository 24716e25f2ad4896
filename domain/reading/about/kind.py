"""What a document is: an IEP, its amendment, a Section 504 plan, or something else; and whether it is a draft."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from domain.listed import listed
from domain.reading.about.texts import texts
from domain.reading.block import Line, Pages
from domain.reading.form.heading import topic_of

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
