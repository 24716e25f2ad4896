"""Who: a role that acts or gives is clear; nobody in particular, a body or a service without a person is vague.

One who only decides or receives does not count. In a goal it is the child.
"""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import PURPOSE
from domain.wording.span import CONDITIONAL, DISCRETIONARY, UNNAMED
from domain.wording.weighed import CLEAR, Weighed, is_any, said

_ROLE_ADJECTIVES = listed(
    "general special education ed gen sped classroom school regular licensed certified bilingual kindergarten"
    " math science reading english art music pe physical occupational speech language sign behavior vision autism"
    " bus guidance case job assistant building instructional guest mental health social hearing one adaptive"
    " adapted first second third fourth fifth grade new substitute her trained his history assigned same lunch"
    " cafeteria lunchroom homeroom resource co their each all every both other transition technology assistive"
    " mobility itinerant teaching head full time part dedicated personal inclusion literacy two 1 study hall"
    " library office front attendance playground care private feeding district community wilson"
)
_GIVES = listed(
    "give gives giving provide provides tell tells show shows send sends hand hands email emails mail ask asks"
    " train trains inform informs notify notifies meet meets remind reminds teach teaches coach coaches consult"
    " see sees face faces call calls text texts assign assigned assigns have has use uses need needs require"
    " requires receive receives help helps observe observes alert alerts contact contacts update updates advise"
    " brief share join watch signal signals approach pay answer find greet thank follow hear leave interrupt"
    " ensure"
)
_VERBS_OF_THE_ACTING = (
    listed("turns carries pushes signs picks opens holds passes pulls helps")
    | frozenset(
        verb + ending for verb in known.VERBS for ending in ("s", "es") if verb not in ("support", "work", "plan", "play")
    )
    | listed(
        "intends tries attempts hopes strives aims wants commits suggests recommends encourages supplies"
        " hires pays seeks places"
    )
)
_VERBS_AFTER_OT = (
    known.AUXILIARY
    | known.VERBS
    | {"to", "/", "or", "provides", "gives", "checks", "meets", "consults", "reviews", "sets", "works", "trains"}
)
_VERBS_OF_SCHOOLS = (
    known.AUXILIARY
    | _VERBS_OF_THE_ACTING
    | listed(
        "provides gives sends pays to arranges makes offers keeps and supplies transports shall ensures will holds"
        " buys lends administration team"
    )
)
_VERBS_OF_TEAMS = (
    known.AUXILIARY
    | _VERBS_OF_THE_ACTING
    | listed(
        "suggests recommends provides meets reviews holds sends gives to agrees plans considers shares explores"
        " discusses decides monitors works looks makes updates"
    )
)
_LOOKS_AT_WHO = known.BODIES | known.NAMED_SERVICES | known.ROLE_WORDS
_SERVICE_OF_ABBREVIATION = listed("services therapy room consult eval support sessions minutes consultation session")
_PEERS = listed("peer peers partner partners classmate classmates buddy")
_AFTER_AN_ACTING_PEER = listed("reads takes will carries tutor helper buddy note")
_ROLES_THAT_ARE_VERBS = listed("monitor coach escort guard cook signer writer agent substitute")
_THINGS_OF_A_ROLE = listed("preference choice edition discretion made manual guide copy permission approval")
_JOINED_TO_ROLES = listed("made led directed selected created student prepared to")
_GIVEN_BY_OWNERS = listed("help support assistance supervision guidance check reminder prompt prompts aide")
_ROOMS_AND_PAPERS_OF_A_ROLE = listed(
    "desk office station room table lounge board area schedule request report notes observation observations training"
    " trainings website email education edition"
)
_HELP_OF_SOMEBODY = listed("help support assistance guidance supervision direction aid presence consult services use")
_SHARED_WITH = listed("share shared shares reviewed sharing communicate communicates review reviews discussed plan seat near")
_BESIDE = listed("near beside behind next facing at in on around toward towards about than per without as regarding")
_PROVIDES = listed(
    "provide assign assigned provides have has assigns use uses need needs require requires receive receives ensure"
)
_RECEIVED_THINGS = listed("training copy copies information instruction consultation inservice")
_BODIES_AND_PLACES = listed("school district county state agency program office board academy")
_BEFORE_A_SCHOOL_AS_PLACE = listed("in at from to after before during of for middle high elementary")
_BEFORE_OTHER_TEAMS = listed("of to with for inform cooking sports basketball")
_AFTER_SPEECH_AS_THING = listed(
    "room to device sounds output or teacher pathologist therapist recognition clarity software synthesizer"
    " generating in contest"
)


def who(weighed: Weighed) -> str:
    if weighed.is_goal:
        return CLEAR
    vague = UNNAMED in weighed.categories or weighed.leaves("who")
    clear = False
    service_named = False
    for place, word in weighed.spots(_LOOKS_AT_WHO):
        if not weighed.promises(place) and weighed.statement.does[place] != PURPOSE:
            continue
        span = weighed.inside.get(place)
        if span is not None and span.category in (DISCRETIONARY, CONDITIONAL):
            continue
        if word in known.ROLE_WORDS and _acts(weighed, place):
            clear = True
        elif word in known.BODIES and _body_acts(weighed, place):
            vague = True
        elif word in known.NAMED_SERVICES and _is_named_service(weighed, place):
            service_named = True
    if service_named and not clear:
        vague = True
    return said(vague, clear)


def _acts(weighed: Weighed, place: int) -> bool:
    """A role that acts or gives: not one who only receives, decides or owns a thing."""
    words, statement = weighed.words, weighed.statement
    word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
    start = statement.sentence_starts[place]
    if statement.does[place] == PURPOSE or (before in {"he", "she", "student", "they"} and word.endswith("s")):
        return False
    if word in ("mother", "father") or word in known.FAMILY_PEOPLE:
        return False
    if word in {"ot", "pt", "ots", "pts"}:
        if (
            not (after in _VERBS_AFTER_OT or before in {"by", "the", "an", "school", "from"})
            or after in _SERVICE_OF_ABBREVIATION
        ):
            return False
        if after == "/" and statement.word(place + 2) not in ("ot", "pt", "slp"):
            return False
    if word == "substitute" and after in ("folder", "plan", "plans", "binder", "notes"):
        return False
    if word in _PEERS and after in known.AUXILIARY and statement.word(place + 3) in known.INFORMED:
        return False
    if word in _PEERS:
        return (
            before in ("by", "from")
            or after in _AFTER_AN_ACTING_PEER
            or after in _VERBS_OF_THE_ACTING
            or (before in ("a", "peer") and word == "buddy")
        )
    if word in ("reader", "readers"):
        return after in {"(", "reads", "will", "/"} and place == start
    if word in ("scribe", "scribes"):
        return after == "writes" or (after == "will" and place - start < 2)
    if word in _ROLES_THAT_ARE_VERBS and (
        before in known.AUXILIARY
        or before in ("to", "and")
        or (place == start and after in {"his", "her", "the", "student", "progress", "for"})
    ):
        return False
    if after in {"services", "service"}:
        return False
    if word in ("aide", "aides") and before in ("visual", "hearing"):
        return False
    if word in {"interpreter", "teacher", "nurse", "counselor"} and after in _THINGS_OF_A_ROLE:
        return False
    if statement.joined[place] and after in _JOINED_TO_ROLES:
        return after not in ("made", "student", "to")
    if statement.owners[place] and after not in _GIVEN_BY_OWNERS:
        return False
    if after in _ROOMS_AND_PAPERS_OF_A_ROLE:
        return bool(after == "notes" and statement.word(place + 2) in {"the", "his", "each", "down", "when"})
    start = max(start, place - 12)
    look = _before_role(weighed, place, start)
    lead = words[look] if look >= start else ""
    if lead == "of":
        return statement.word(look - 1) in _HELP_OF_SOMEBODY
    if lead in {"by", "from", "under", "through", "via"}:
        return True
    if lead == "between":
        # `consultation between SLP and teacher`: both act; one sits between others.
        return not {"sit", "sits", "seat", "seated", "seating", "stand", "stands"} & set(words[max(look - 5, start) : look])
    if lead == "with":
        verbs = set(words[max(look - 5, start) : look])
        return not verbs & _SHARED_WITH
    if lead in _BESIDE or lead in ("to", "for"):
        return False
    if lead in _GIVES:
        # "gives the teacher a copy": the teacher receives, if somebody gives; an order ("Provide an aide") names who.
        return lead in _PROVIDES
    if after in {"will", "shall", "must", "should", "are", "is"} and statement.word(place + 2) in {
        "be",
        "also",
        "been",
        "get",
        "receive",
    }:
        verb = place + 2
        while statement.word(verb) in ("be", "also", "all"):
            verb += 1
        if statement.word(verb) in known.INFORMED or (
            statement.word(verb) in ("receive", "get", "attend") and is_any(words, verb, verb + 6, _RECEIVED_THINGS)
        ):
            return False
    return not (after in {"receive", "receives", "attend", "attends"} and is_any(words, place + 2, place + 8, _RECEIVED_THINGS))


def _before_role(weighed: Weighed, place: int, start: int) -> int:
    """The place before the phrase that ends with the role there: `with` in `with the SLP or a trained aide`."""
    words, statement = weighed.words, weighed.statement
    look, determined = place - 1, False
    while look >= start and statement.does[look] == statement.does[place]:
        each = words[look]
        if each in known.DETERMINERS:
            determined = True
        elif each in {"and", "or", "/", "&"} or (
            each == "," and words[look - 1 : look] != [] and words[look - 1] in known.ROLE_WORDS
        ):
            if each == "," and not (
                statement.word(place + 1) in (",", "and", "or") or {"and", "or", "/"} & set(words[look:place])
            ):
                break
            determined = False
        elif determined or not (each in _ROLE_ADJECTIVES or each in known.ROLE_WORDS):
            break
        look -= 1
    return look


def _body_acts(weighed: Weighed, place: int) -> bool:
    """The school, the district, the team as the one who acts."""
    words, statement = weighed.words, weighed.statement
    word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
    if statement.does[place] == PURPOSE:
        return False
    if (
        statement.owners[place]
        or after in ("member", "members")
        or after in known.ROLE_WORDS
        or statement.word(place + 2) in known.ROLE_WORDS
    ):
        return False
    if word in _BODIES_AND_PLACES:
        subject = after in _VERBS_OF_SCHOOLS
        passive = before == "by" or statement.word(place - 2) == "by"
        if after == "to" and word == "school":
            return before not in ("from", "to", "after") and place == statement.sentence_starts[place] + (
                1 if before in known.ARTICLES else 0
            )
        if word == "school" and after == "and":
            return False
        return (subject and before not in _BEFORE_A_SCHOOL_AS_PLACE) or passive
    subject = after in _VERBS_OF_TEAMS
    if "by" in words[max(0, place - 3) : place] or (word == "team" and "from" in words[max(0, place - 3) : place]):
        return True
    if after == "meeting" or after == "meetings" or before in _BEFORE_OTHER_TEAMS:
        return False
    return subject


def _is_named_service(weighed: Weighed, place: int) -> bool:
    """`speech therapy`, `OT`: named after a profession, with no person."""
    words, statement = weighed.words, weighed.statement
    word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
    if statement.does[place] == PURPOSE:
        return False
    if word == "social":
        return after == "work" and statement.word(place + 2) not in known.ROLE_WORDS
    if word in {"pe", "education"}:
        return before in {"adapted", "adaptive"} or (
            before == "physical" and statement.word(place - 2) in {"adapted", "adaptive"}
        )
    if word == "interpreter":
        return after in {"services", "service"}
    if word == "speech":
        return (
            after not in _AFTER_SPEECH_AS_THING
            and not (statement.joined[place] and after in ("to", "generating", "recognition"))
            and not (weighed.kind not in ("service", "support") and after not in {"therapy", "services", "language", "/"})
        )
    if word in ("occupational", "physical", "language"):
        return after == "therapy"
    if word == "counseling":
        return after not in {"office", "center", "room", "department", "suite"}
    if word in ("ot", "pt"):
        return not _acts(weighed, place) and after not in ("room", "gym")
    return not (word == "nursing" and after == "home")
