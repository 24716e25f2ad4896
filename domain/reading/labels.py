"""What the headings and labels of the states' forms say: of a section, of a column, of a line of a form."""

import re
from dataclasses import dataclass
from functools import lru_cache

from domain.reading.marks import listed

SERVICE, ACCOMMODATION, MODIFICATION, GOAL, SUPPORT = "service", "accommodation", "modification", "goal", "support"
LONGEST_HEADING = 160


@dataclass(frozen=True)
class Topic:
    """What stands below a heading: promises of one of `kinds`; without any, nothing that is promised.

    `said`: what the heading adds to the words of each promise ("extended school year"). `is_part`: a part of what
    stands above (an objective, a baseline of its goal), which the next such part ends.
    `is_past`: of another time, or a mere wish.
    """

    kinds: tuple[str, ...]
    said: str = ""
    is_part: bool = False
    is_past: bool = False


NOTHING = Topic(())
PART = Topic((), is_part=True)
PAST = Topic((), is_past=True)


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(words) + r")\b")


_NUMBERING = re.compile(
    r"^\W*(?:(?:section|part|page|step|item|box|area|form|q|question|component)\s{0,2}#?\s{0,2})?"
    r"(?:\d{1,2}(?:\.\d{1,2}){0,2}|[ivx]{1,5}|[a-z])(?:\s?[.):\-–—]{1,2}\s+|[.):])(?=\S)",
    re.IGNORECASE,
)
_WORDED_NUMBERING = re.compile(
    r"^\W*(?:section|part|step)\s+(?:\d{1,2}|[ivx]{1,5}|[a-z])(?:\s?[.:)\-–—]{1,2}\s*|\s+)(?=\S)", re.IGNORECASE
)
_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LAW = re.compile(r"\b(?:34\s*)?c\.?f\.?r\.?\s*(?:§+|part)?\s*[\d.()a-z]+|§+\s*[\d.()a-z]+", re.IGNORECASE)


@lru_cache(4096)
def plain(text: str) -> str:
    """A heading without its number, brackets and marks, in lower case."""
    text = text[: LONGEST_HEADING * 2].strip()
    text = _NUMBERING.sub("", _NUMBERING.sub("", _WORDED_NUMBERING.sub("", text)))
    text = _PARENTHESES.sub(" ", _LAW.sub(" ", text)).lower()
    text = text.replace("’", "'").replace("&", " and ").replace("_", " ").replace("\u00ad", "")
    return " ".join(re.sub(r"[^a-z0-9'/%?#+.\- ]+", " ", text).split()).strip(" .-/")


# --- Sections ---------------------------------------------------------------------------------------------------------

_WISHED = _any(
    r"consider(?:ed|ing)",
    r"reject(?:ed|ions?)?",
    r"declin(?:ed|es)",
    "refus(?:ed|als?)",
    r"request(?:s|ed)?",
    r"asked(?: for)?",
    r"not (?:been )?(?:agreed|chosen|selected|recommended|accepted|adopted|included|provided|needed|offered|approved|taken)",
    "turned down",
    r"(?:did|do|does|could|can) not agree",
    "disagree\\w*",
    "not proposed",
    "wish(?:es)?",
    r"wants?(?! (?:\w+ )?to (?:learn|get better|be able|work on))",
    "denied",
    "proposals? not",
    "alternatives?",
    r"options? (?:discussed|that)",
    "other options",
    "discussed",
    "replaced",
    "removed",
    "deleted",
    "taken out",
    "withdrawn",
    r"(?:won't|will not) (?:do|get|have|use|be)",
    r"decid(?:e|ed|ing) against",
    r"do not (?:use|do|give|offer)",
    r"(?:did|does)(?:n't| not) (?:work|help)",
    r"tried (?:before|already|and)",
    "said no",
    "turn(?:ed)? down",
    "ruled out",
    r"(?:talked|(?:did|do) (?:we|you|the team) talk|we talk) (?:over|about)",
    "not part of",
)
_PAST = _any(
    "previous(?:ly)?",
    "prior(?! written)",
    "past",
    r"last (?:school )?year(?:'s|s)?",
    "last iep",
    "former",
    r"expir(?:ed|ing) (?:iep|goals?|services?)",
    r"(?:services?|goals?|supports?|accommodations?) (?:that )?(?:ended|discontinued|received to date|to date"
    r"|provided (?:to date|so far))",
    "discontinued",
    "ended",
    "histor(?:y|ical)",
    "no longer",
    r"(?:that|which) (?:is|are|was|were|has|have|will) (?:now )?(?:ending|end|ends|ended|expiring|stop(?:s|ped)?)",
    r"(?:that|which) (?:ends?|stops?|stopped|expires?)",
    r"(?:ending|expiring|finishing|stopping) (?:iep|plan|services?|goals?|accommodations?|supports?)",
    r"(?:iep|plan|services?|goals?|accommodations?|supports?) (?:now )?(?:ending|expiring|stopping|we (?:stop|end)\w*)",
    r"(?:for|in) comparison",
    "for reference only",
    "before this iep",
    r"(?:19|20)\d\d ?[-/–] ?(?:20)?\d\d (?:services|goals)",
    "old iep",
    "old goals?",
    "old services?",
    r"review of (?:the )?(?:current|annual|last)? ?goals?",
    "until now",
    "so far",
    "up to now",
)
_PARTS = _any(
    r"short[- ]term$",
    r"how (?:we|you|i|they) (?:will )?know",
    r"obj\.?(?: ?\w{1,3})?$",
    r"step on the way",
    r"(?:short[ -]?term )?(?:instructional )?objectives?(?! functioning)",
    "benchmarks?",
    "stos?",
    "baselines?(?: data)?",
    "milestones?",
    r"(?:criteri(?:a|on)|evaluation|measurement)(?: (?:for|of) (?:mastery|success))?",
    r"progress",
    r"(?:how|when|method|means|schedule|procedures?).{0,40}(?:measur|report|evaluat|monitor|progress)\w*",
    "data collection",
    "mastery",
    r"steps? (?:toward|to|on the way|along the way)",
    "checkpoints?",
    "where .{0,30} now",
    "starting point",
    "current(?: level| performance| status)?",
    r"standards?(?: addressed)?",
)
_NOTHING = _any(
    r"present levels?",
    "plaafps?",
    "plafps?",
    "plops?",
    "paffs?",
    "plps?",
    "pleps?",
    r"levels? of (?:academic|performance|educational|functional)\w*",
    r"baselines?",
    r"strengths?",
    r"concerns?",
    r"areas? of need",
    r"needs? (?:of|that|resulting)",
    "educational needs?",
    "needs?$",
    r"interests?",
    r"preferences?",
    "vision",
    "dreams?",
    "profile",
    "background",
    r"evaluations?",
    r"assessment (?:results|data|information|summary)",
    r"(?:test|assessment|evaluation) (?:scores?|results?|data)",
    "eligibility",
    r"disabilit(?:y|ies)",
    "impact",
    "special factors?",
    r"special considerations?",
    "considerations? of",
    "lre",
    r"least restrictive",
    r"placement",
    r"participat(?:ion|e|es|ing)",
    "non ?-?participation",
    r"general education with(?:out)? (?:no )?supplementary",
    r"percent(?:age|ages)?",
    "%",
    r"removal",
    "justification",
    "rationale",
    "reasons?",
    "why",
    "continuum",
    "harmful effects?",
    r"post ?-?secondary (?:goals?|outcomes?|plans?)",
    r"post ?-?school (?:goals?|outcomes?)",
    "measurable post ?-?secondary",
    r"goals? (?:for )?after (?:high )?school",
    "after (?:high )?school",
    r"age of majority",
    r"transfer of rights",
    r"rights?",
    r"safeguards?",
    "consent",
    r"signatures?",
    "signed",
    "attend(?:ance|ees|ed)",
    "who was there",
    r"participants?",
    r"team members?",
    "members of the (?:iep )?team",
    "excusals?",
    r"meeting",
    r"notes",
    "minutes of",
    "comments",
    "remarks",
    r"prior written notice",
    "pwn",
    "notice",
    "medicaid",
    r"(?:student|child|pupil|family|parent|contact|demographic|identifying|general|personal|school) (?:information|data)",
    "demographics?",
    "cover (?:page|sheet)",
    r"examples?",
    r"instructions (?:for|to)",
    "directions for",
    "how to (?:fill|complete|use)",
    r"course of study",
    r"courses of study",
    r"graduation",
    "diploma",
    "credits?",
    r"progress",
    r"report(?:s|ing)?(?: (?:to|of|card).*)?",
    r"measur(?:ed|ing|ement)",
    r"objectives?",
    r"benchmarks?",
    r"agenda",
    "discussion",
    r"documentation",
    "distribution",
    "copies",
    "contacts?",
    "glossary",
    "abbreviations",
    "key",
    "legend",
    "totals?",
    "sums?",
    "summary of (?:minutes|time|hours)",
    "parent(?:al|s)? (?:input|concerns|comments|participation|statement)",
    "student input",
    "academic(?: achievement| performance)",
    r"functional performance",
    "developmental performance",
    r"health (?:information|history|status)",
    "medical (?:information|history|status|conditions?)",
    "vision and hearing",
    "attendance",
    "discipline",
    "what .{0,40} (?:can|does|do) (?:do )?(?:now|today|already|well)",
    "how .{0,40} doing",
    "who (?:met|came|took part|was|attended)",
    "where .{0,30} now",
    "what .{0,30} likes",
    "before you sign",
    "for office use",
    "office use",
    "effects? of",
    r"target(?:ed)? behaviou?rs?",
    "triggers?",
    "antecedents?",
    "consequences?",
    r"(?:the )?functions?(?: of (?:the )?behaviou?r)?$",
    r"emergency (?:information|contacts?|numbers?)",
    "physician",
    "doctor",
    "diagnos(?:is|es)",
    "allerg(?:y|ies)",
    "good to know",
)
_BESIDE = _any(
    r"(?:medical |health |student )?needs?",
    "placement",
    "lre",
    r"least restrictive(?: environment)?",
    "participation",
    r"disabilit(?:y|ies)",
    "documentation",
)
# A heading that names both ("goals and progress", "services and placement") is about the promises.
_FIRST_OF_TWO = re.compile(
    r"^(?:the |his |her |their |my |measurable |annual |iep |academic |functional |academic and functional )*"
    r"(?:goals?|services|accommodations?|modifications?|supplementary aids|related services|special education)\b"
    r"(?: statements?)?(?: and| /|/| (?:benchmarks|objectives|short)|$)(?! ?progress$)"
)
_GOAL = _any(
    r"(?:measurable |annual |measurable annual |iep |yearly |academic |functional |instructional "
    r"|year )?goals?(?: statements?)?",
    "mags?",
    r"(?:learn|achieve|accomplish|reach|be able to|able to do|master|do) (?:.{0,20} )?(?:in|by|within|over|after|at"
    r"|during|this|next) (?:a|one|the|this|next|the next|the end|the coming)?\s?(?:year|twelve months|12 months)",
    r"(?:working on|work on|will learn|is to learn|should learn|be able to (?:do)?|aims?)",
    r"expected (?:growth|outcomes?)(?: this year| in a year)?",
    "targets? for the year",
)
_SERVICE = _any(
    r"services?",
    r"special education(?: instruction)?",
    r"special(?:ly)? designed (?:instruction|physical education)",
    r"specially[ -]designed",
    r"special(?:ized)? (?:instruction|teaching|classes|help)",
    r"sdi",
    r"related service",
    r"therap(?:y|ies)",
    r"extended school year",
    r"esy",
    r"transport(?:ation)?",
    r"(?:special |school )?bus$",
    "summer$",
    r"transition (?:services?|activities|activity|plan(?:ning)?|supports?)",
    r"adapted physical education",
    "rides?$",
    "ape",
    r"instruction(?:al)?(?: (?:delivery|program|minutes|time))",
    r"service (?:delivery|matrix|grid|page|minutes|time|summary|table|plan|chart|schedule)",
    r"counseling",
    r"travel training",
    r"nursing",
    r"who (?:will )?(?:help|teach|work)\w*",
    "how much and where",
    "busing",
    "summer (?:program|services|school)",
    r"delivery of services",
    r"how (?:much|often) help",
    r"schedule of (?:services|instruction)",
    "interventions",
    "consultation",
)
_ACCOMMODATION = _any(
    r"accommodations?",
    r"accomodations?",
    r"accommodated",
    r"adaptations?",
    r"testing (?:conditions|supports|aids|arrangements)",
    r"classroom (?:supports|adjustments|aids|helps?|changes)",
    r"adjustments?",
    r"(?:universal|designated) (?:supports|tools|features)",
    r"how .{0,40} (?:help|helped|support|supported) .{0,20}(?:in (?:the )?(?:class|classroom|lessons|tests))",
    r"(?:help|helps|support) in (?:the )?(?:class|classroom|lessons|tests|regular class)",
    r"instructional strategies",
    "access to the (?:curriculum|work|lesson)",
    "made easier to (?:reach|get at)",
    r"changes to how .{0,40}",
)
_MODIFICATION = _any(
    r"modifications?",
    r"modified",
    r"(?:taught|graded|expected|learned) differently(?: in content)?",
    r"curriculum (?:changes|adjustments)",
    r"changes (?:to|in|of) (?:the )?(?:content|curriculum|what|expectations?|grading)",
    r"alternate (?:curriculum|grading|expectations|standards)",
    "alternative (?:curriculum|grading|expectations|standards)",
)
_SUPPORT = _any(
    r"supports? (?:and training )?(?:for|to|provided to|given to|of) (?:the )?(?:all )?(?:school |other |teaching "
    r"|classroom )?(?:personnel|staff|teachers?|adults|team)(?: and staff)?",
    r"(?:staff|personnel|teacher|teachers|adults|school personnel|school staff|program) (?:supports?|training"
    r"|development|needs?|gets?|receives?|consultation|help|aids)",
    r"training (?:for|of) (?:school )?(?:staff|personnel|teachers)",
    r"(?:do|does|will|what|how) (?:.{0,20} )?(?:staff|teachers?|adults|personnel|the school team"
    r"|school people) (?:.{0,20} )?(?:get|gets|need|needs|receive|have|learn|be helped|be supported|do)",
    r"(?:help|supports?|training) (?:for|to) (?:the |our |his |her |their )?(?:people|adults|those|staff|teachers?"
    r"|personnel|school)\b.{0,30}",
    r"supplementa(?:ry|l) (?:aids?|supports?|services)",
    r"aids? and (?:services|supports)",
    r"school personnel",
    r"personnel supports?",
    r"assistive technolog(?:y|ies)",
    r"assistive devices?",
    r"at (?:devices?|services)",
    r"(?:behavior(?:al)?|classroom|positive behavior(?:al)?|other|program|student|individual|additional|health"
    r"|physical) (?:interventions? and )?supports?",
    "supports?",
    r"equipment",
    "aids?",
)
_AID = re.compile(r"\bsupplementa(?:ry|l)\b|\baids?\b")
_ESY = re.compile(r"\b(?:extended school year|esy|extended year|summer(?: (?:program|services|school))?)\b")
_TRANSPORT = re.compile(r"\b(?:transport(?:ation)?|busing|bus|rides?)\b")
_TRANSITION = re.compile(r"\btransition (?:services?|activities|activity|plan|planning|supports?)\b")

# Whose paper it is: "Committee on Special Education", "Department of Special Services".
_OFFICE = re.compile(
    r"\b(?:committee|department|dept|office|division|bureau|director|district of|cooperative|board of education"
    r"|public schools|school district)\b"
)

_FILLERS = listed(
    """
    a an the and or of for to in on at by from with this that his her their its as is are be will would does do did which
    what who how when where why student student's students child child's pupil learner person iep individualized individual
    education educational program plan school schools year annual yearly measurable statement statements list listing page
    part section summary description describe needed need needs required provided provide provider all other additional any
    general regular classroom class classes daily state district statewide districtwide wide local test testing tests
    assessment assessments instructional instruction related special service services accommodation accommodations
    modification modifications goal goals support supports supplementary supplemental aids aid personnel staff teacher
    teachers extended transition transportation specially designed designated programs academic functional behavior
    behavioral social emotional communication health physical life skills delivery matrix grid table schedule time minutes
    offer offered fape free appropriate public proposed recommended current new amended revised changed change changes
    number no us we it he she they get gets give given so can able order attachment continued cont cont'd environmental
    environment environments participation nonacademic extracurricular activities activity technology assistive device
    devices equipment esy adapted curriculum content domain area areas setting settings presentation response timing
    scheduling materials assignments grading organization organizational strategies intervention interventions positive pbis
    bip home adult adults people team my our your person's 's up into through about both each every under per type types
    kind kinds during while not more than only short term objective objectives benchmark benchmarks obj progress measured
    reported report reports monitoring baseline data plaafp present level levels achievement performance strengths concerns
    parent parents guardian signature signatures meeting notes rights safeguards procedural attendance participants members
    placement lre least restrictive percentage percent considered rejected requested declined refused agreed chosen past
    previous prior last former ended history information demographic eligibility evaluation evaluations results
    postsecondary post-secondary outcomes vision consent age majority transfer notice written considerations consideration
    factors removal justification example examples behalf bus summer help helps helped other's coordinated set linguistic
    cultural language within outside inside out benefit necessary based options discussed asked replaced old expiring until
    now far
    """
)


@lru_cache(4096)
def topic_of(text: str) -> Topic | None:
    """What a heading announces; None when it says nothing that we know."""
    said = plain(text)
    if not said or len(said) > LONGEST_HEADING:
        return None
    found = _topic(said)
    if found is None and (inner := re.search(r"\(([^()]{4,80})\)\W*$", text)):
        # "What the school will do (special education and related services)".
        return _topic(plain(inner.group(1)))
    return found


def _topic(said: str) -> Topic | None:
    if _OFFICE.search(said) and not re.search(r"\b(?:services|instruction|goals|accommodations|supports? for)\b", said):
        return None
    kinds = _kinds_in(said)
    if _WISHED.search(said) or _PAST.search(said):
        return PAST if kinds or _NOTHING.search(said) or len(said.split()) <= 9 else None
    if re.search(r"^(?:iep )?(?:team|conference|meeting)\b.{0,30}\b(?:notes|minutes|summary)\b", said):
        return NOTHING
    if re.search(r"\bpost ?-?(?:secondary|school) (?:goals?|outcomes?)\b.*\btransition services\b", said):
        return Topic((SERVICE,), _said(said))
    without = _TRANSITION.sub(" ", said)
    if (
        kinds
        and (_ACCOMMODATION.search(said) or _MODIFICATION.search(said))
        and not re.search(r"\b(?:progress|justification|rationale|rights|signatures?|examples?)\b", said)
    ):
        return Topic(kinds, _said(said))
    if kinds and (_FIRST_OF_TWO.match(said) or (_TRANSITION.search(said) and SERVICE in kinds and "goal" not in without)):
        return Topic(kinds, _said(said))
    if _PARTS.search(said) and not re.search(r"present level|report card|accommodations?|postsecondary|post-secondary", said):
        return PART
    if match := _NOTHING.search(said):
        # "Educational services and placement": what follows is still what is promised.
        is_beside = bool(kinds) and _BESIDE.sub(" ", said) != said and not _NOTHING.search(_BESIDE.sub(" ", said))
        return Topic(kinds, _said(said)) if is_beside and match.start() > 0 else NOTHING
    return Topic(kinds, _said(said)) if kinds else None


def _said(said: str) -> str:
    if _ESY.search(said):
        return "extended school year"
    if _TRANSPORT.search(said):
        return "transportation"
    return "transition" if _TRANSITION.search(said) else ""


def _kinds_in(said: str) -> tuple[str, ...]:
    found: list[tuple[int, str]] = []
    rest = said
    if match := re.search(
        r"\b(?:program )?modifications? (?:and|or|/|,) supports?\b.{0,20}\bpersonnel|\bprogram modifications?\b", said
    ):
        found.append((match.start(), MODIFICATION))
    for kind, pattern in (
        (SUPPORT, _SUPPORT),
        (ACCOMMODATION, _ACCOMMODATION),
        (MODIFICATION, _MODIFICATION),
        (GOAL, _GOAL),
        (SERVICE, _SERVICE),
    ):
        if kind == SERVICE:
            # The services of "supplementary aids and services" are no services of their own.
            rest = re.sub(
                r"\bsupplementa(?:ry|l) (?:aids?(?: (?:and|or|/) | ?/ ?|, ))?(?:and )?(?:services|supports)\b", " ", said
            )
            rest = re.sub(r"\baids?,? (?:and|or) services\b|\bat services\b|\bservice provider\b", " ", rest)
            rest = re.sub(r"\bassistive technology(?: devices?)?(?: (?:and ?/ ?or|and|or|/) ?services)?", " ", rest)
            rest = re.sub(r"\b(?:special education|sped) (?:teacher|student|department|program plan)\b", " ", rest)
        if match := pattern.search(rest):
            found.append((match.start(), kind))
    kinds = tuple(dict.fromkeys(kind for _, kind in sorted(found)))
    if kinds and len(kinds) > 1 and kinds[0] == SUPPORT and not _AID.search(said) and re.match(r"supports?\b", said):
        kinds = (*kinds[1:], SUPPORT)
    if (
        GOAL in kinds
        and len(kinds) > 1
        and re.search(r"\b(?:to|toward|towards|for|supporting) (?:the |his |her |their )?(?:annual )?goals?\b", said)
    ):
        kinds = tuple(kind for kind in kinds if kind != GOAL)
    return kinds


_TITLED = re.compile(
    r"\b(?:accommodations?|modifications?|services?|goals?|supports?|aids?|instruction|transportation|technology"
    r"|activities|year)$"
)


def is_titled(text: str) -> bool:
    """Whether a line is written as a title that ends with what it is about: "Linguistic and Cultural Accommodations"."""
    words = re.findall(r"[A-Za-z][\w'’-]*", text)
    significant = [word for word in words if len(word) > 3]
    return (
        1 < len(words) <= 9
        and all(word[0].isupper() for word in significant)
        and not re.search(r"[.;:!]$|\d", text.strip())
        and bool(_TITLED.search(plain(text)))
    )


@lru_cache(4096)
def is_all_heading(text: str) -> bool:
    """Whether every word is one that headings consist of, so that the line can hardly be a promise itself."""
    words = plain(text).replace("/", " ").replace("-", " ").split()
    known = sum(word.strip("'?.#") in _FILLERS or word.isdigit() or not word.strip("'?.#-–") for word in words)
    return 0 < len(words) <= 18 and known == len(words)


# --- Columns and lines of forms ---------------------------------------------------------------------------------------

NAME, AMOUNT, SETTING, PROVIDER, START, END, DATES, MODE = (
    "name",
    "amount",
    "setting",
    "provider",
    "start",
    "end",
    "dates",
    "mode",
)
YES, NO, STATUS, SUBJECT, IGNORED, AREA, TYPE, GOAL_PART, DETAIL, MIXED = (
    "yes",
    "no",
    "status",
    "subject",
    "ignored",
    "area",
    "type",
    "goal part",
    "detail",
    "mixed",
)
# Old and new wording, in amendments.
OLD, NEW = "old", "new"


@dataclass(frozen=True)
class Label:
    """What a column, or a line of a form, holds.

    `unit` of a bare number ("minutes", "hours", "times") and `per` its period; `setting`, `mode`: what the label itself says of
    every amount in it; `kinds`: what the name in it is; `strength`: how surely it is the name, of several.
    """

    role: str
    text: str
    unit: str = ""
    per: str = ""
    setting: str = ""
    mode: str = ""
    kinds: tuple[str, ...] = ()
    strength: int = 0
    topic: Topic | None = None


_MPW = {"mpw": "week", "mpd": "day", "mpm": "month", "min/wk": "week", "mins/wk": "week", "min/week": "week"}
_PERIOD_WORDS = (
    (r"\b(?:per|each|every|a|/|x|in a|one)\s?day\b|\bdaily\b|/ ?day\b", "day"),
    (r"\b(?:two weeks|bi-?weekly|every other week|fortnight(?:ly)?)\b", "two_weeks"),
    (r"\b(?:per|each|every|a|in a|one)\s?(?:school )?w(?:ee)?k(?:ly)?\b|\bweekly\b|/ ?w(?:ee)?k\b", "week"),
    (r"\b(?:per|each|every|a|in a|one)\s?(?:school )?mo(?:nth)?\b|\bmonthly\b|/ ?mo(?:nth)?\b", "month"),
    (
        r"\b(?:per|each|every|a|in a|one)\s?(?:grading )?(?:quarter|qtr)\b|\bquarterly\b|/ ?(?:quarter|qtr)\b|\b(?:9"
        r"|nine) ?weeks\b",
        "quarter",
    ),
    (r"\b(?:per|each|every|a|in a)\s?trimester\b|/ ?trimester\b", "trimester"),
    (r"\b(?:per|each|every|a|in a)\s?semester\b|/ ?semester\b", "semester"),
    (r"\b(?:per|each|every|a|in a)\s?(?:school |iep )?(?:year|yr)\b|\b(?:yearly|annually)\b|/ ?(?:year|yr)\b", "year"),
)
_PERIODS = tuple((re.compile(pattern), name) for pattern, name in _PERIOD_WORDS)
_MINUTES = re.compile(r"\b(?:min(?:ute)?s?|mins)\b|#? ?min\b")
_HOURS = re.compile(r"\b(?:hours?|hrs?)\b")
_TIMES = re.compile(r"\b(?:times|sessions?|visits?|frequency|freq|days|occurrences|how often|x)\b")
_SETTING_WORDS = re.compile(
    r"\b(?:(?:outside(?: of)?|out of|inside|within|in|away from)\s+(?:of\s+)?)?(?:the |a )?"
    r"(?:general ed(?:ucation)?(?: class(?:room)?s?| settings?| environments?)?|gen\.? ?ed\.?(?: class(?:room)?| setting)?"
    r"|reg(?:ular|\.)? ed(?:ucation)?(?: class(?:room)?s?| settings?)?|regular class(?:room)?s?"
    r"|special ed(?:ucation)?(?: class(?:room)?s?| settings?| room)?|sp\.? ?ed\.?(?: class(?:room)?| setting| room)?"
    r"|sped(?: class(?:room)?| setting| room)?"
    r"|resource room|separate (?:class(?:room)?|setting)|class(?:room)?|community|home|therapy room|pull-?out|push-?in"
    r"|other settings?|gre|ge|rce|it|non-?academic settings?)\b"
    r"|\b(?:gre|ge|rce|se)\b"
)
_MODES = re.compile(
    r"\b(?:direct|indirect|consult(?:ation|ative)?|individual(?:ly)?|(?:small )?group|1:1|one[- ]on[- ]one|push-?in"
    r"|pull-?out|collaborat(?:ion|ive)"
    r"|integrated|co-?teach(?:ing)?|monitoring)\b"
)
_SUBJECTS = re.compile(
    r"^(?:all(?: (?:classes|subjects|areas|settings))?|every class|(?:english )?language arts"
    r"|english(?: / language arts)?|ela|e\.l\.a|la|reading|writing|"
    r"spelling|math(?:ematics)?|maths|science|sci|social studies|ss|history|civics|geography|art|arts|music|p\.?e"
    r"|physical education|gym|health|"
    r"specials?|electives?|lunch|recess|library|computers?|technology|stem|world language|foreign language|spanish"
    r"|french|band|choir|"
    r"homeroom|vocational|cte|career(?: and technical)?|homework|classwork|tests?|quizzes|testing|assessments?|"
    r"(?:class(?:room)?|district|state|statewide|local|standardi[sz]ed)(?: ?/ ?district)?(?: tests?| testing"
    r"| assessments?| instruction)?|"
    r"field trips?|bus|cafeteria|algebra(?: [i1-2]+)?|geometry|biology|chemistry|physics|other"
    r"|gen(?:eral)?\.? ed(?:ucation)?|special ed(?:ucation)?|sped|"
    r"instruction(?:al)?|non-?academics?|hallways?|assemblies|extracurriculars?|(?:period|block|hour) ?\d|(?:english"
    r"|math|social|state|science)[\w ]{0,20})$"
)
_YES = re.compile(
    r"^(?:yes|y|✓|x|needed|required|selected|applies|applicable|check|checked|chosen|accepted|agreed|in use|provided"
    r"|mark|tick|is needed|"
    r"(?:check|mark|x|tick) (?:if|all|those|when|the|here)[\w ]*|to be provided|student needs|needs|approved|adopted"
    r"|included|recommended)$"
)
_NO = re.compile(
    r"^(?:no|n|not needed|not required|n/a|na|not applicable|declined|rejected|considered|not selected|not provided"
    r"|not chosen|not accepted|"
    r"does not apply|refused|requested|discussed|not agreed|not adopted|considered only|considered,? not (?:selected"
    r"|needed|accepted|adopted)|tried before|used before|discontinued|dismissed|ruled out|withdrawn|denied|removed"
    r"|stopped|ended|tried|not used|turned down)$"
)
_STATUS = re.compile(
    r"\b(?:status|decision|outcome of (?:the )?discussion|team's? (?:decision|response|answer)|accepted ?/ ?rejected"
    r"|result|action|disposition|agreed\?|accepted\?)\b"
)
_NOT_AGREED = re.compile(
    r"\b(?:reject|declin|refus|discontinu|not |no\b|n/a|consider|request|ended|end of|past|previous|denied|withdrawn"
    r"|deleted?|removed?|tabled|replaced|dropped|expired|pending|closed|stopped|completed|met\b|mastered|achieved)",
)
_START = re.compile(
    r"\b(?:start(?:s|ing|ed)?|begin(?:s|ning)?|began|initiat(?:ion|ed|ing|e)|from|commence\w*|implementation|effective"
    r"|first day|projected date|since|opens?|1st day)\b"
)
_END = re.compile(
    r"(?<!-)\b(?:end(?:s|ing|ed)?|through|thru|until|till|to(?!-)|stop(?:s|ping)?|complet(?:ion|ed|e)|expir\w*"
    r"|terminat\w*|last day"
    r"|finish|ceases?|anticipated duration|projected duration|projected length|closes?|exit)\b"
)
_DATE = re.compile(r"\b(?:dates?|m/d/y|mm/dd/y+|month/day/year|mo/day/yr|day|when)\b|\bdd\b")
_PROVIDER = re.compile(
    r"\b(?:provid(?:er|ers|ed by|es it)|deliver(?:ed|er) by|responsib\w+|implement(?:er|ers|ed by|or|ors)|personnel"
    r"|staff|who|whom|position|title|"
    r"given by|done by|taught by|agency|therapist|teacher|professional|practitioner|led by|person|persons|by)\b"
)
_SETTING = re.compile(
    r"\b(?:locations?|settings?|where|place|placement|environments?|site|building|room|classes|class(?:room)?|subjects?|loc)\b"
)
_FREQUENCY = re.compile(
    r"\b(?:freq(?:uency)?|how often|how much|how long|amount|time|times|minutes|mins?|hours?|hrs?|sessions?|length"
    r"|weekly|per week|duration|quantity|intensity|total|units?|days)\b"
)
_IGNORED = re.compile(
    r"\b(?:monitor(?:s|ed by)?|case ?load|goals? (?:#|no|nos|number|numbers|addressed|supported|ref\w*|area|areas|code"
    r"|met|status)|for goals?|related goals?|related to goals?|supports goals?|goals? \(s\) (?:#|addressed)|"
    r"progress|baselines?|objectives?|benchmarks?|present|current level|evaluation|criteri(?:a|on)|mastery|schedule for"
    r"|methods?|"
    r"measure(?:d|ment)?s?(?! annual)|comments?|remarks?|rationale|reasons?|justification|initials|signature|reviewed"
    r"|achieved|percent\w*|cpt|code|codes|"
    r"funding|bill\w*|date discussed|date reviewed|review|date of (?:mastery|review)|standards?|report\w*|row|id|no|#"
    r"|number|line|priority|data|participation|page|goal|conditions?(?! / ))\b|%"
)
_DETAIL = re.compile(
    r"\b(?:details?|specif(?:y|ics|ications?)|describe|description|explanation|explain|if yes|list|which|notes?"
    r"|what kind|example use)\b"
)
_NAME_WORDS = re.compile(
    r"\b(?:services?|accommodations?|accomodations?|modifications?|supports?|goals?|aids?|instruction|descriptions?"
    r"|activit(?:y|ies)|programs?|types?|items?|what|"
    r"strateg(?:y|ies)|interventions?|skills?|sdi|adaptations?|statements?|therapy|training|needs?|areas?|domain|subject"
    r"|category|help|promise|provision|discipline|"
    r"course|equipment|device|topic|element|change|measurable|outcome|focus|name|adjustments?|tool|feature)\b"
)
_AREA = re.compile(
    r"^(?:(?:goal |need |skill |academic |instructional )?(?:areas?|domain|subject|category|focus|content area"
    r"|categories|discipline|course)(?: (?:of|for) .{0,30})?|area\(s\)|content|subject area|curriculum area)$"
)
_CATEGORY = re.compile(
    r"^(?:presentation|response|timing|scheduling|materials?|organi[sz]ation\w*|behaviou?r\w*|environment\w*"
    r"|assignments?|grading|test(?:ing|s)?|instruction\w*|content|student output|output|curriculum|assessments?|pacing"
    r"|self-?management|"
    r"motivation|technology|communication|social\w*|sensory|other|equipment|homework|classroom|reinforcement"
    r"|setting)(?:(?: ?/ ?| and | of | & )(?:presentation|response|timing|scheduling|materials?|environment\w*"
    r"|instruction\w*|grading|"
    r"setting|assignments?|work|reinforcement|support|follow through|curriculum|content|tests?|testing|supports?))?$"
)
_GOAL_PARTS = re.compile(
    r"^(?:conditions?|givens?|given what|under what conditions?|the student|student|name|who|behaviou?rs?|will(?: do)?"
    r"|will do what|observable behaviou?r|action|performance|skill|criteri(?:a|on)(?: for (?:mastery|success))?|"
    r"(?:to what |level of )?(?:extent|degree|proficiency|mastery)|accuracy|how well|by when|time ?frame|timeline"
    r"|target date|by what date|target|measurable criteria)$"
)
_OLD = re.compile(
    r"\b(?:current(?:ly)?|previous(?:ly)?|old|existing|prior|before|original(?:ly)?|was|from|now (?:reads|says)|(?:reads"
    r"|says) now|currently (?:reads|says)|to be removed|deleted?|remove[ds]?|as written|former(?:ly)?|replac(?:ed|es)"
    r"|present|in place of|instead of|until now|struck|last (?:school )?year(?:'s)?|(?:plan|iep"
    r"|year) (?:that is )?(?:ending|expiring|ended)"
    r"|(?:ending|expiring) (?:plan|iep|year))\b"
)
_NEW = re.compile(
    r"\b(?:amend(?:ed|ment|ments)|new|revised|proposed|changed? to|after|to read|will read|shall read|updated?|added"
    r"|addition|add|replacement|replaced by|replaced with|instead|now will|change to|to|(?:this|next|coming"
    r"|new) (?:school )?year(?:'s)?"
    r"|(?:plan|iep|year) (?:that is )?(?:starting|beginning)|this (?:iep|plan)|next (?:iep|plan))\b"
)


# "Last year", "This IEP", "Plan ending 10/18/2026": of a table that shows both side by side.
_OF_A_YEAR = re.compile(
    r"(?:the )?(?:this|last|next|coming|new|old|current|previous|prior|former) (?:school )?(?:year|iep"
    r"|plan)(?:'s)?(?: [\d/ .-]+)?"
    r"|(?:the )?(?:plan|iep|year) (?:that is )?(?:ending|expiring|ended|starting|beginning)(?: (?:on )?[\w/ .-]{4,20})?"
    r"|before|after|now|old|new|until now|from now on"
)


def _per(said: str) -> str:
    return next((name for pattern, name in _PERIODS if pattern.search(said)), "")


_AN_AMOUNT = re.compile(r"\b\d+\s?(?:-\s?)?(?:min|minutes|hours?|hrs?|x\b|times)\b", re.IGNORECASE)
_WORDING = re.compile(
    r"\b(?:says?|reads?|wording|text|language|iep|plan|amended|revised|changed?|new|added|provision|statement)\b"
)
_EXPLAINED = re.compile(
    r"\b(?:include|includes|including|describe|list|specify|what|which|i\.e|e\.g|example|must|should)\b|[:?;.](?=\s)",
    re.IGNORECASE,
)


@lru_cache(4096)
def label_of(text: str) -> Label | None:
    """What a column under this heading, or a line after this label, holds; None when it is no label that we know."""
    given = re.sub(r"\s*\([^()]{3,80}\?\)$", "", " ".join(text.split()[:60]).strip(" :"))
    if not given or len(given) > 140 or _AN_AMOUNT.search(given):
        return None
    with_brackets = " ".join(
        re.sub(r"[^a-z0-9'/%?#+.&\- ]+", " ", given.lower().replace("’", "'").replace("&", " and ")).split()
    )
    said = plain(given) or with_brackets.strip(" .-/")
    if (
        len(said.split()) > 6
        and (head := _EXPLAINED.split(given, maxsplit=1)[0].strip(" :(-–—"))
        and head != given
        and (short := label_of(head))
    ):
        # "Measurable annual goal. Include: condition, name, behavior": what follows explains it.
        return short
    return _label(given, said, with_brackets) if said else None


def _label(given: str, said: str, whole: str) -> Label | None:
    words = said.split()
    if len(words) > 22:
        return None
    if _YES.match(said):
        return Label(YES, given)
    if _NO.match(said):
        return Label(NO, given)
    topic = topic_of(given)
    kinds = topic.kinds if topic else ()
    if topic and topic.is_past and len(words) <= 8 and not _START.search(said):
        return Label(IGNORED, given, topic=topic)
    if re.fullmatch(
        r"(?:iep )?(?:section|part|component|page|item)s?(?: of (?:the )?iep)?(?: (?:changed|amended|affected))?", said
    ):
        return Label(TYPE, given, strength=4)
    if _OF_A_YEAR.fullmatch(said):
        return Label(IGNORED, given)
    if re.search(r"\b(?:says?|reads?|wording)\b", said) and (is_old(given) or is_new(given)) and len(words) <= 9:
        return Label(IGNORED, given)
    if said in _MPW:
        return Label(AMOUNT, given, unit="minutes", per=_MPW[said])
    if re.search(r"\b(?:implementation )?recommendations?$", said) and len(words) <= 4 and not kinds:
        return Label(DETAIL, given, strength=4)
    if re.search(r"\bdelivery recommendations?$", said):
        return Label(TYPE, given, strength=4)
    per, unit = _per(whole), ""
    if _MINUTES.search(whole):
        unit = "minutes"
    elif _HOURS.search(whole):
        unit = "hours"
    elif _TIMES.search(whole):
        unit = "times"
    has_start, has_end, has_date = bool(_START.search(said)), bool(_END.search(said)), bool(_DATE.search(whole))
    is_amount = bool(_FREQUENCY.search(said)) or (bool(per) and unit != "")
    if re.search(
        r"\b(?:percent|percentage)\b|%|\b(?:measured|evaluated|assessed|monitored|reported|reviewed) (?:by|how|when|with)\b",
        whole,
    ):
        return Label(IGNORED, given)
    if re.fullmatch(r"(?:from|start\w*|begin\w*)(?: dates?)? ?(?:-|/|to|and|through) ?(?:to|end\w*|stop)(?: dates?)?", said):
        return Label(DATES, given)
    if not kinds or re.search(
        r"\bdates?\b|^(?:service|services|goal|program)s? (?:begin|start|end)"
        r"|^(?:projected |anticipated )?(?:initiation|start|beginning|end|ending|duration|length"
        r"|completion) of (?:the )?(?:services?|program)s?$",
        said,
    ):
        if (has_start and has_end and (has_date or len(words) <= 7)) or re.fullmatch(
            r"(?:service )?dates?(?: of services?)?|(?:projected )?dates? of services?|when", said
        ):
            return Label(DATES, given)
        if re.search(r"\b(?:responsible|personnel|staff|person|provider)\b", said) and not has_date:
            return Label(PROVIDER, given)
        if re.fullmatch(r"date to (?:begin|start)(?: services?)?", said):
            return Label(START, given)
        if has_start and not is_amount and (has_date or len(words) <= 4):
            return Label(START, given)
        if (
            has_end
            and (has_date or len(words) <= 4)
            and not re.search(r"\b(?:freq|minutes|per)\b", said)
            and said != "to what extent"
        ):
            return Label(END, given)
        if re.search(r"\bduration\b", said) and re.search(r"\bm/d/y|\bmm/dd|\bdates?\b", whole):
            return Label(DATES, given)
    if _STATUS.search(said) and len(words) <= 6 and not kinds:
        return Label(STATUS, given)
    roles = [
        *([AMOUNT] if re.search(r"\b(?:freq(?:uency)?|amount|duration|minutes|how often|time)\b", said) else []),
        *([SETTING] if re.search(r"\b(?:locations?|settings?|where|place|environment)\b", said) else []),
        *([PROVIDER] if re.search(r"\b(?:providers?|personnel|staff|responsible|who|by whom|implementers?)\b", said) else []),
    ]
    if len(roles) > 1 and unit != "minutes" and not re.search(r"\bpersonnel\b.*\bsupport|\bsupports? for\b", said):
        return Label(MIXED, given, unit=unit, per=per)
    if is_amount and (
        unit
        or re.search(
            r"\b(?:freq|frequency|amount|duration|how much|how long|length|time|intensity|weekly|daily|monthly)\b", said
        )
    ):
        if re.search(r"\b(?:total|sum)\b", said) and not per and "session" not in said:
            return Label(IGNORED, given)
        if re.search(r"\b(?:report\w*|progress|review\w*|measur\w+)\b", said):
            return Label(IGNORED, given)
        if kinds and not unit and not per and not re.search(r"freq|amount|how often|how much|duration|\btime\b", said):
            return Label(NAME, given, kinds=kinds, strength=9)
        if (
            re.search(
                r"\bper session|/ ?session|each session|session length|length of (?:each )?session|(?:duration"
                r"|length)(?: of (?:service|each))?",
                said,
            )
            and not per
        ):
            unit = (
                unit
                if unit in ("minutes", "hours")
                else "minutes"
                if "session" in said and "number" not in said and "#" not in said
                else ""
            )
        if unit == "minutes" and re.search(r"(?:sessions?|times|frequency|freq)\b.*\b(?:min)", said):
            unit = ""
        mode = match.group(0) if (match := _MODES.search(said)) else ""
        return Label(AMOUNT, given, unit=unit, per=per, setting=setting_of(given), mode=mode)
    if re.fullmatch(r"(?:(?:service|frequency) )?(?:per|period|unit|units?|interval|cycle|per what)(?: \w+){0,3}", said):
        return Label(AMOUNT, given, unit="", per="")
    if kinds and topic and not re.search(r"\b(?:location|provider|provided by|responsible|who|where|setting)\b", said):
        if re.fullmatch(
            r"(?:for )?goals? ?(?:#|no\.?|nos\.?|number|numbers|addressed|supported|area|areas)?(?: addressed)?", said
        ) and not re.fullmatch(r"goals?(?: statements?)?", said):
            return Label(IGNORED if not said.endswith(("area", "areas")) else AREA, given)
        if re.search(
            r"\bgoals? (?:#|(?:no|nos|number|numbers|addressed|supported|served)\b)|\b(?:focus|based) on goals?\b"
            r"|\b(?:for|related|addressed|supports?) goals?\b|\bgoals?'? status\b",
            said,
        ):
            return Label(IGNORED, given)
        if re.search(r"^type of (?:service|delivery)$|\bservice (?:type|delivery|model|mode)\b|\bdelivery\b", said):
            return Label(TYPE, given, kinds=kinds, strength=5)
        return Label(NAME, given, kinds=kinds, strength=10 if len(words) <= 6 else 8, topic=topic)
    if _PROVIDER.search(said) and not re.search(r"\b(?:supports?|training) (?:for|of|to)\b", said):
        return Label(PROVIDER, given) if not re.search(r"\bmonitor", said) else Label(IGNORED, given)
    if re.fullmatch(
        r"(?:delivery|model|mode|method of delivery|grouping|group size|ratio|group ?(?:/|or|and) ?individual"
        r"|individual ?(?:/|or|and) ?(?:small )?group|i ?/ ?g|ind ?/ ?grp|direct ?/ ?(?:indirect|consult\w*)|d ?/ ?i"
        r"|d ?/ ?c|(?:type of )?(?:delivery|contact)(?: model| method| type)?|student ?/ ?staff ratio|format|size)",
        said,
    ):
        return Label(MODE, given)
    if _MODES.fullmatch(said):
        return Label(SUBJECT, given, mode=said)
    if _GOAL_PARTS.match(said):
        return Label(GOAL_PART, given, strength=1)
    if _AREA.match(said):
        return Label(AREA, given, strength=3)
    if topic and topic.is_part:
        return Label(IGNORED, given, topic=topic)
    if _CATEGORY.match(said) and not _SUBJECTS.match(said) and said not in ("setting", "environment", "classroom"):
        return Label(AREA, given, strength=2)
    if _SETTING.search(said) and not _SUBJECTS.match(said) and len(words) <= 8:
        return Label(SETTING, given)
    if _SUBJECTS.match(said):
        return Label(SUBJECT, given)
    if re.fullmatch(r"(?:service )?types?(?: of (?:service|support|delivery))?|kinds?|category of support", said):
        return Label(TYPE, given, strength=4)
    if topic and not topic.kinds:
        return Label(IGNORED, given, topic=topic)
    if _IGNORED.search(said) and len(words) <= 9:
        return Label(IGNORED, given)
    if _DETAIL.search(said) and len(words) <= 8:
        return Label(DETAIL, given, strength=4)
    if (is_old(given) or is_new(given)) and _WORDING.search(said) and len(words) <= 9:
        return Label(IGNORED, given)
    if _NAME_WORDS.search(said) and len(words) <= 8:
        return Label(NAME, given, strength=5)
    return None


def setting_of(given: str) -> str:
    """The place that the heading of an amount names: "Minutes per week outside the general education class"."""
    said = " ".join(given.lower().replace("-", " ").split())
    for match in _SETTING_WORDS.finditer(said):
        words = match.group(0).strip()
        if words in ("class", "home", "it", "se", "ge") and not re.search(
            r"\b(?:in|outside|out of|inside|at) $", said[: match.start()] + " "
        ):
            continue
        return re.sub(r"^(?:in|inside|within) (?:of )?(?:the |a )?", "", words)
    return ""


_LABEL_WORDS = listed(
    """
    service services provider providers provided by title position staff responsible person persons personnel implementer
    implementing implementation who where when what how often much long location locations setting settings place room
    building frequency freq amount time times minutes mins min hours hrs session sessions per week day month weekly daily
    monthly duration length number of the and or a an in for to is are be will each total start starts starting begin begins
    beginning end ends ending date dates initiation projected anticipated effective from through until type delivery model
    mode method group individual ratio size direct indirect consult consultation name description accommodation
    accommodations modification modifications support supports goal goals annual measurable related special education
    specially designed instruction program area domain focus addressed baseline objective objectives criteria criterion
    condition behavior skill evaluation procedure procedures schedule progress measured status decision comments notes
    details detail specify describe explain agency role school year supplementary aid aids activity transition subject class
    classes timeframe frame timeline need needs provision first last stop completion intensity unit units list if yes other
    statement target mastery performance level methods nature scope
    """
)


@lru_cache(4096)
def is_all_label(text: str) -> bool:
    """Whether every word is one that labels of a form's fields consist of."""
    words = plain(text).replace("/", " ").replace("-", " ").split()
    return 0 < len(words) <= 9 and all(
        word.strip("'?.#") in _LABEL_WORDS or word.strip("#.").isdigit() or not word.strip("#.") for word in words
    )


_SCHOOL_SUBJECT = re.compile(
    r"^(?:english|reading|writing|math(?:ematics)?|spelling|science|social studies|history|language arts"
    r"|english language arts|ela|algebra|geometry|biology)$",
    re.IGNORECASE,
)


def is_subject(text: str) -> bool:
    """Whether a word is a subject that is taught, which may be what a service is in."""
    return bool(_SCHOOL_SUBJECT.match(text.strip()))


def is_category(text: str) -> bool:
    """Whether a label only sorts what is promised: "Presentation", "Timing and scheduling"."""
    return bool(_CATEGORY.match(plain(text)))


def is_not_agreed(text: str) -> bool:
    """Whether a column of decisions says that the row is no promise."""
    return bool(_NOT_AGREED.search(text.lower()))


def is_old(text: str) -> bool:
    """Whether a label of an amendment announces the wording that goes."""
    said = plain(text)
    return bool(_OLD.search(said)) and not re.search(r"\b(?:amended|new|revised|proposed|changed? to)\b", said)


def is_new(text: str) -> bool:
    """Whether a label of an amendment announces the wording that comes."""
    return bool(_NEW.search(plain(text))) and not is_old(text)
