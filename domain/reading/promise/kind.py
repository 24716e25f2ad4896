"""Of which kind a promise is, where its section is for several."""

import re

from domain.frequency import frequencies
from domain.reading.form.topic import ACCOMMODATION, GOAL, MODIFICATION, SERVICE, SUPPORT, Topic

_LESS = re.compile(
    r"\b(?:fewer|reduc\w+|short(?:er|en\w*)|modif\w+|alternate|alternative (?:curriculum|assignment|grading|assessment"
    r"|text)|simplif\w+|lower(?:ed)? (?:grade|level|reading)|half (?:of )?the|"
    r"only (?:the )?(?:odd|even|half|\w+ (?:of|items|problems))|below grade|grading|graded (?:on|only|for)|pass/fail"
    r"|adapted (?:text|curriculum|content|assignment\w*)|"
    r"different (?:content|standard|expectation)s?|instead of (?:the )?(?:full|all|whole|grade)|no penalty for"
    r"|not graded|partial credit|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:of|out of) (?:the )?(?:\w+ ){0,2}(?:words|items"
    r"|problems|questions|answers|choices)|(?:spelling|vocabulary) lists? of)\b",
    re.IGNORECASE,
)
_FOR_STAFF = re.compile(
    r"\b(?:(?:teachers?|staff|personnel|paraprofessionals?|aides?|team|bus drivers?|adults|para)\b.{0,60}\b(?:receive"
    r"|get|gets|receives|trained|training|consult\w*|coach\w*|attend|in-?service|learn|are given|are taught|is trained"
    r"|workshop|meet)"
    r"|(?:training|consult\w*|coaching|in-?service|workshop|professional development|collaborat\w+|instructs?|meets?"
    r"|planning time|supports?)\b.{0,60}\b(?:teachers?|staff|personnel|paraprofessionals?|aides?|team|drivers?|adults)"
    r"|(?:staff|teacher|personnel|paraprofessional) (?:training|consultation|in-?service|development))",
    re.IGNORECASE,
)
_AID = re.compile(
    r"\b(?:aide|paraprofessional|one-to-one|1:1 (?:aide|para)|behaviou?r (?:plan|intervention)|equipment|device|software"
    r"|interpreter|fm system|adult (?:support|assistance|supervision))\b",
    re.IGNORECASE,
)
_OWN_KIND = re.compile(
    r"^\W*(accommodations?|modifications?|supports?(?: for (?:school )?(?:staff|personnel|teachers))?|services?"
    r"|supplementary aids?|aids?|goals?|related services?"
    r"|specially designed instruction)\s*[:–—]\s*",
    re.IGNORECASE,
)
_KIND_WORDS = {
    "acco": ACCOMMODATION,
    "modi": MODIFICATION,
    "supp": SUPPORT,
    "serv": SERVICE,
    "aid": SUPPORT,
    "aids": SUPPORT,
    "goal": GOAL,
    "rela": SERVICE,
    "spec": SERVICE,
}


def own_kind(text: str) -> tuple[str | None, str]:
    """The kind that a line gives itself ("Modification: ..."), and the rest of it."""
    match = _OWN_KIND.match(text)
    if not match:
        return None, text
    return _KIND_WORDS.get(match.group(1).lower()[:4]), text[match.end() :]


def kind_of(topic: Topic, text: str) -> str:
    """Of a section for several kinds, the one of which the words are."""
    kinds = topic.kinds or (SERVICE,)
    if len(kinds) == 1:
        return kinds[0]
    if (
        SERVICE in kinds
        and frequencies(text)
        and any(each.minutes and each.per for each in frequencies(text))
        and not _FOR_STAFF.search(text)
    ):
        return SERVICE
    if SUPPORT in kinds and _FOR_STAFF.search(text):
        return SUPPORT
    if MODIFICATION in kinds and _LESS.search(text):
        return MODIFICATION
    if SUPPORT in kinds and kinds[0] == SUPPORT and _AID.search(text):
        return SUPPORT
    if ACCOMMODATION in kinds:
        return ACCOMMODATION
    if GOAL in kinds and re.search(r"\bwill\b", text):
        return GOAL
    return kinds[0]
