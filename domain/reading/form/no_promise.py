"""What the form itself says, or says about the child, where a promise might be looked for: no promise in any section."""

import re

from domain.listed import listed
from domain.reading.form.topic import ACCOMMODATION, GOAL, MODIFICATION, SERVICE, SUPPORT

# Only sorts what stands below it: "Timing and scheduling", "Presentation of instruction", "Setting / environment".
_SORTS = listed(
    """
    presentation response responding timing schedule scheduling setting settings environment environmental instruction
    instructional material materials equipment assignment assignments test tests testing assessment assessments assistive
    technology behavior behavioral behaviour organization organizational pacing grading classroom format formats method methods
    strategy strategies intervention interventions accommodation accommodations modification modifications support supports
    physical sensory academic academics books quizzes time curriculum content and or of in for the
    """
)
# The form tells those who fill it in, or those who read it, how it works.
_TELLS = re.compile(
    r"^\W*(?:check|mark|tick|select|choose|circle|initial)\s+(?:what|which|whichever|only|those|as|the ones|any)\b"
    r"|^\W*(?:only|just) (?:the |those |such )?(?:boxes|items|ones|rows|columns|those|needed|necessary|accommodations"
    r"|modifications|services|supports)\b[^.]{0,90}\b(?:apply|applies|checked|marked|ticked|written|listed|filled|entered"
    r"|needed)\b"
    r"|\b(?:accommodations?|modifications?|services?|supports?|aids|boxes|items|those)\b[^.;]{0,30}\b(?:checked|marked"
    r"|ticked|indicated|selected|listed|shown|written)\b[^.;]{0,20}\b(?:below|above|here|apply|applies|are needed)\b"
    r"|\b(?:boxes|items|rows) (?:that are |which are )?(?:not )?(?:checked|marked|ticked|left blank)\b"
    # "X = accommodation will be provided", "R = regular class, S = special class".
    r"|^\W*(?:[A-Z][\w ]{2,30}:\s*)?[A-Z*✓]{1,3}\s?=(?:\s|$)|:\s[A-Z]{1,2}\s=(?:\s|$)"
    r"|^\W*(?:the |this )?(?:student|child|learner|he|she|they) (?:will|shall|needs?(?: to)?|may|is to|requires?)"
    r" ?(?:have|be given|be provided(?: with)?|receive|use|get|need)?\W*$"
    r"|\b(?:participates?|takes? part|(?:will|shall) (?:participate|take part))\b[^.]{0,40}\b(?:no|without)"
    r" (?:any )?(?:accommodations?|modifications?|supports?)\b"
    r"|^\W*(?:with|without) (?:any )?(?:accommodations?|modifications?)\W*$"
    # The column's own words, or the title of the section.
    r"|^\W*(?:modifications|accommodations|supports|supplementary aids|aids)\b[^.]{0,80}\bso that the (?:student|child)\b"
    r"|^\W*(?:sites?|activities|location|setting)\b[^.]{0,40}\b(?:where|when) (?:required|needed|used)\b"
    r"|\bare (?:the )?(?:supports|changes|aids|tools) that\b",
    re.IGNORECASE,
)
# A field of the child's own data, or an answer among the special factors.
_OF_CHILD = re.compile(
    r"\b(?:exceptionality|primary disability|disability category|eligibility|category of (?:disability|eligibility)"
    r"|(?:building|school) of (?:service|attendance|residence)|home school|corporation|native language|home language"
    r"|interpreter needed|race|ethnicity|gender)\s*:\s*\S"
    r"|^\W*(?:language|behaviou?r|communication|vision|hearing|blind(?:ness)?|braille|assistive technology|health|english"
    r" (?:learner|proficiency)|limited english(?: proficiency)?|deaf[\w ]{0,20})\s*:\s*(?:yes|no|n/?a|english|spanish|none"
    r"|normal|age[- ]appropriate|not (?:a concern|applicable|needed)|does not apply)\W*$",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"^\W*(?:anticipated|expected|projected|target|estimated)\b[^:.]{0,30}\b(?:date|achievement|completion|mastery)\b[^:.]{0,30}:"
    r"|^\W*(?:date (?:of|for)|evaluation|procedure|method|schedule|reported?|reporting|monitored)\b[^:.]{0,40}:",
    re.IGNORECASE,
)
# The child reads, knows, leaves now: where the child stands.
_STANDS = re.compile(
    r"^\W*(?:(?:in|on|at|as of|since)\b[^,;]{2,40},\s+)?(?:(?!(?:when|if|given|after|by|with|while)\b)[\w.’'-]+\s+){0,3}?"
    r"(?:now |currently |presently |often |usually |still |independently )?"
    r"(?:reads|writes|leaves|has|is|can|uses|needs|knows|scores?d?|met|names|solves|answers|makes|does|was|were|earned|could"
    r"|gets|spells|counts|speaks|walks|takes|gives|loses|forgets|completes|completed|shows|produces|identifies|says"
    r"|read|wrote|struggles|performs|works|starts|follows)\b",
    re.IGNORECASE,
)
_INTENDS = re.compile(r"\b(?:will|shall|going to|by the end|given|increase|improve|decrease|reduce|maintain)\b", re.IGNORECASE)
_TITLE = re.compile(r"^\W*(?:measurable )?annual goals?\b", re.IGNORECASE)
_FIGURES = re.compile(r"^\W*\d+(?:\.\d+)? (?:%|percent|words?|correct|of|out)\b", re.IGNORECASE)
# "Interest inventory (12/2026): health care", "WIAT-4 (3/2026): standard score 84".
_RESULT = re.compile(
    r"^[^:.]{3,80}\((?:\d{1,2}/)?(?:\d{1,2}/)?\d{2,4}\)\s*:|\b(?:standard score|percentile|scored \d|scaled score|grade"
    r" equivalent|interest (?:inventory|survey|profiler))\b",
    re.IGNORECASE,
)
_WITH_PEERS = re.compile(
    r"\b(?:participates?|takes? part|be|is|educated|removed|spend|spends)\b[^.]{0,40}\b(?:with|from) (?:(?:his|her|their|the"
    r"|other|same[- ]age) ){0,2}(?:non-?disabled|typical(?:ly developing)?|general education|without disabilities)"
    r"[\w ]{0,12}(?:peers|students|children|classmates)"
    r"|\bwith (?:peers|children|students) (?:who are not disabled|without disabilities)\b",
    re.IGNORECASE,
)
_PLACED = listed(
    """
    special regular adapted separate resource general self contained inclusion office home homebound hospital residential
    related service room community based classroom school class day education bus required shorter longer eligible completed
    """
)
_AS_OTHERS = re.compile(
    r"^\W*(?:physical education|transportation|p\.?e\.?)\s*:\s*(?:regular|general|standard)\W*$", re.IGNORECASE
)
_CALENDAR = re.compile(
    r"\b(?:minutes|services|sessions|times?|schedules?) [^.]{0,60}\b(?:follow|vary|varies|depend|are counted|are averaged)\b"
    r"|^\W*(?:weeks?|days?|months?) (?:with|of|without|in which)\b[^.]{0,60}\b(?:have|has|are|is|fewer|less|count)\b",
    re.IGNORECASE,
)


def is_no_promise(kind: str, text: str) -> bool:
    """Whether words that stand in a section of promises are the form's own, or tell of the child as it is."""
    said = " ".join(text.split())
    if not said or len(said) > 600:
        return False
    if kind == GOAL:
        if _DATED.match(said) or (_TITLE.match(said) and not _INTENDS.search(said)):
            return True
        return not _INTENDS.search(said[:400]) and bool(_STANDS.match(said) or _FIGURES.match(said) or _RESULT.search(said))
    words = set(re.findall(r"[a-z]+", said.lower()))
    if kind in (ACCOMMODATION, MODIFICATION, SUPPORT) and words <= _SORTS and len(said.split()) <= 6:
        return is_sorting(said)
    if _TELLS.search(said) or _OF_CHILD.search(said):
        return True
    if kind == SERVICE:
        return words <= _PLACED or any(form.search(said) for form in (_WITH_PEERS, _AS_OTHERS, _RESULT, _CALENDAR))
    return False


def is_sorting(text: str) -> bool:
    """Whether words are only a kind of help, none of it: "Response", not "Assistive technology"."""
    said = text.lower()
    return not re.search(r"\b(?:books|assistive|technology|time|equipment)\b", said) or bool(re.search(r"/|\band\b", said))
