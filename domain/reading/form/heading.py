"""What a heading of a form announces, and whether a line is nothing but a heading."""

import re
from functools import lru_cache

from domain.listed import listed
from domain.reading.form.heading_words import (
    ACCOMMODATIONS,
    AIDS,
    BESIDE,
    ESY,
    FIRST_OF_TWO,
    GOALS,
    MODIFICATIONS,
    NO_PROMISE,
    OF_THE_PAST,
    OFFICE,
    PARTS,
    SERVICES,
    SUPPORTS,
    TRANSITION,
    TRANSPORT,
    WISHED,
)
from domain.reading.form.plain import LONGEST_HEADING, plain
from domain.reading.form.topic import ACCOMMODATION, GOAL, MODIFICATION, NOTHING, PART, PAST, SERVICE, SUPPORT, Topic

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
    if OFFICE.search(said) and not re.search(r"\b(?:services|instruction|goals|accommodations|supports? for)\b", said):
        return None
    kinds = _kinds_in(said)
    if WISHED.search(said) or OF_THE_PAST.search(said):
        return PAST if kinds or NO_PROMISE.search(said) or len(said.split()) <= 9 else None
    if re.search(r"^(?:iep )?(?:team|conference|meeting)\b.{0,30}\b(?:notes|minutes|summary)\b", said):
        return NOTHING
    if re.search(r"\bpost ?-?(?:secondary|school) (?:goals?|outcomes?)\b.*\btransition services\b", said):
        return Topic((SERVICE,), _said(said))
    without = TRANSITION.sub(" ", said)
    if (
        kinds
        and (ACCOMMODATIONS.search(said) or MODIFICATIONS.search(said))
        and not re.search(r"\b(?:progress|justification|rationale|rights|signatures?|examples?)\b", said)
    ):
        return Topic(kinds, _said(said))
    if kinds and (FIRST_OF_TWO.match(said) or (TRANSITION.search(said) and SERVICE in kinds and "goal" not in without)):
        return Topic(kinds, _said(said))
    if PARTS.search(said) and not re.search(r"present level|report card|accommodations?|postsecondary|post-secondary", said):
        return PART
    if match := NO_PROMISE.search(said):
        # "Educational services and placement": what follows is still what is promised.
        is_beside = bool(kinds) and BESIDE.sub(" ", said) != said and not NO_PROMISE.search(BESIDE.sub(" ", said))
        return Topic(kinds, _said(said)) if is_beside and match.start() > 0 else NOTHING
    return Topic(kinds, _said(said)) if kinds else None


def _said(said: str) -> str:
    if ESY.search(said):
        return "extended school year"
    if TRANSPORT.search(said):
        return "transportation"
    return "transition" if TRANSITION.search(said) else ""


def _kinds_in(said: str) -> tuple[str, ...]:
    found: list[tuple[int, str]] = []
    rest = said
    if match := re.search(
        r"\b(?:program )?modifications? (?:and|or|/|,) supports?\b.{0,20}\bpersonnel|\bprogram modifications?\b", said
    ):
        found.append((match.start(), MODIFICATION))
    for kind, pattern in (
        (SUPPORT, SUPPORTS),
        (ACCOMMODATION, ACCOMMODATIONS),
        (MODIFICATION, MODIFICATIONS),
        (GOAL, GOALS),
        (SERVICE, SERVICES),
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
    if kinds and len(kinds) > 1 and kinds[0] == SUPPORT and not AIDS.search(said) and re.match(r"supports?\b", said):
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
