"""What: a concrete act, thing or instruction is clear; services, strategies, changed work or unseen verbs are vague.

In a goal it is a skill that one can see; growth and qualities of it are vague.
"""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import DATE, MARK, NUMBER, PURPOSE, is_figure
from domain.wording.span import CONDITIONAL, DISCRETIONARY, OPEN, SUBJECTIVE, SUPPORT, Span
from domain.wording.weighed import Weighed, said

_VAGUE_THINGS = listed(
    "serve serves served services service accommodations accommodation modifications modification strategies strategy"
    " interventions intervention techniques supports"
)
_NAMED_BEFORE_SERVICES = listed(
    "transportation counseling nursing health therapy language interpreting interpreter vision mobility audiology"
    " psychological work speech tutoring reader scribe adult notetaking captioning o&m ot pt reading math behavior"
    " instruction braille feeding transcription hearing"
)
_CONCRETE_SERVICES = listed(
    "speech language counseling transportation nursing interpreting audiology vision mobility therapy reading math"
    " adult o&m orientation"
)
_UNSEEN = listed(
    "understand understands learn learns know knows comprehend realize appreciate understanding"
    " internalize grasp believe knowledge awareness aware"
)
_ACTS_OF_CHILD = known.VERBS | listed(
    "walks eats sits reads writes uses completes transitions works attends participates rides joins takes goes follows"
)
_GROWTH_AND_SEATING = known.GROWTH | {"preferential", "seating", "strategic", "optimal"}
# `provides José with prompts`: the prompts are what is given.
_GIVING = listed("give provide supply present furnish equip offer help assist support prompt remind cue be have")
_BEFORE_HELP = known.DETERMINERS | known.AMOUNT | known.FREQUENCY | known.UNNAMED | known.ROLE_WORDS
_AFTER_TRAINED = known.ROLE_WORDS | known.UNNAMED | known.PERSONS | {"in", "on", "to"}
_DAYS_AND_MONTHS = known.MONTHS | known.WEEKDAYS
_LOOKS_AT_WHAT = (
    _UNSEEN
    | _VAGUE_THINGS
    | listed(
        "accommodated adapt adapted adaptive adapts adjusted alter altered alternate alternative differentiate"
        " differentiated individualized inservice modified modifies modify simplified simplify specialized train"
        " trained training trains workshop"
    )
)
_CHANGED_WORK = listed(
    "modified adapted alternate alternative adjusted differentiated modify adapt modifies adapts altered alter"
    " adaptive accommodated differentiate specialized individualized"
)
_KINDS_OF_HELP = listed("verbal visual physical teacher 1 : the gestural and or ,")
_AFTER_NO_SERVICE = listed("provider providers agency dog agencies delivery plan time minutes")
_LISTS_AND_PAPERS = listed(": page list checklist sheet plan card summary in")
_BEFORE_KNOWN_ACCOMMODATIONS = listed("of about on regarding these those testing the all his her")
_GENERAL_THINGS = listed(
    "strategies strategy interventions intervention techniques supports tools materials resources opportunities"
    " methods approaches measures aids"
)
_SUBJECTS_OF_INTERVENTIONS = listed("reading math phonics writing literacy language fluency dyslexia")
_THINGS_ONE_CAN_SEE = listed("tools materials resources opportunities aids measures methods approaches")
_INDIVIDUALIZED_THINGS = listed("support services program programming materials work curriculum")
_ADAPTED_THINGS = listed(
    "physical pe p.e art music scissors keyboard paper pencil grip equipment switch chair utensils spoon stool seat desk swim"
)
_ALTERNATE_THINGS = listed("format keyboard assessment test days exit route location setting state day")
_AFTER_NO_MANNER = listed("all math science reading grade his her each every meet student english")
_TOPICS_BEFORE_TRAINING = listed(
    "toilet mobility travel vocational skills job strength discrimination auditory potty parent cpr epipen seizure"
    " safety crisis aid diabetes vision communication device braille software autism feeding behavior awareness lift"
    " transfer dyslexia sensitivity trauma gait balance allergy weight"
)
_BEFORE_A_TOPIC = listed("on in about regarding how covering : using use related")
_BEFORE_AN_UNSEEN_VERB = listed("will to and can not better also his her of student an demonstrate deeper shall by")
_SHOWING = listed("demonstrate show gain an increased deepen her his understanding")


def what(weighed: Weighed) -> str:
    words = weighed.words
    if weighed.is_goal:
        return _what_of_goal(weighed)
    vague = weighed.leaves("what") or weighed.helps
    for span in weighed.found:
        if (span.category == SUPPORT and not _is_manner(weighed, span.first)) or (
            span.category == SUBJECTIVE and words[span.first] in _GROWTH_AND_SEATING
        ):
            vague = True
    for place, word in weighed.spots(_LOOKS_AT_WHAT):
        if not weighed.promises(place):
            continue
        if (
            (word in _VAGUE_THINGS and _is_vague_thing(weighed, place))
            or (word in _CHANGED_WORK and _is_vague_work(weighed, place))
            or (
                word in {"training", "trained", "train", "trains", "inservice", "workshop"}
                and _is_training_without_topic(weighed, place)
            )
            or (word in _UNSEEN and _is_unseen(weighed, place))
        ):
            vague = True
    return said(vague, bool(words))


def _is_manner(weighed: Weighed, place: int) -> bool:
    """`eats with help`: the help is how, the eating is what, where something else is promised too."""
    statement, words = weighed.statement, weighed.words
    start = statement.sentence_starts[place]
    look = place - 1
    while look > start and (words[look] in _BEFORE_HELP or words[look] in _KINDS_OF_HELP):
        look -= 1
    if words[look] not in {"with", "given", "through", "using"} or (words[look] == "given" and not weighed.is_goal):
        return False
    return look > start + 2 and any(words[at] in _ACTS_OF_CHILD and words[at] not in _GIVING for at in range(start, look))


def _is_vague_thing(weighed: Weighed, place: int) -> bool:
    """`services`, `accommodations`, `strategies`, unless a list or a name says which."""
    words, statement = weighed.words, weighed.statement
    word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
    if place in weighed.inside and weighed.inside[place].category in (CONDITIONAL, DISCRETIONARY):
        return False
    if word in ("serve", "serves", "served"):
        return after in {"student", "him", "her", "the", "in", "by", "as", "when", ""} and after != "lunch"
    if word in ("services", "service"):
        if after in _AFTER_NO_SERVICE:
            return False
        if before in _NAMED_BEFORE_SERVICES:
            return False
        return not any(words[at] in _CONCRETE_SERVICES for at in range(max(0, place - 4), place)) and after != ":"
    if word in {"accommodations", "accommodation", "modifications", "modification"} and len(words) <= 3 and after != ":":
        return True
    if word in {"accommodations", "modifications"} and "of" in words[max(0, place - 3) : place]:
        # A summary, a list, a copy of them: a paper.
        return False
    if word in {"accommodations", "accommodation", "modifications", "modification"} and (
        after in _LISTS_AND_PAPERS or before in _BEFORE_KNOWN_ACCOMMODATIONS
    ):
        return (
            before in {"the", "all", "testing", "his", "her", "any"}
            and after not in {"list", "page", "checklist", "sheet", "in", ":", "plan"}
            and not _has_list_after(weighed, place)
        )
    if word == "accommodations" and after == "as":
        return not _has_list_after(weighed, place)
    if word in _GENERAL_THINGS:
        if word in ("interventions", "intervention") and before in _SUBJECTS_OF_INTERVENTIONS:
            return False
        if word in ("interventions", "intervention") and after in ("specialist", "plan", "teacher"):
            return False
        if word in _THINGS_ONE_CAN_SEE:
            return False
        if word == "supports":
            return place in weighed.inside
        if before in ("mnemonic", "chunking") or after in (":", "("):
            return not _has_list_after(weighed, place)
        return True
    return False


def _has_list_after(weighed: Weighed, place: int) -> bool:
    end = weighed.statement.sentence_ends[place]
    return (
        any(weighed.words[at] in (":", "(") for at in range(place + 1, min(place + 4, end))) and OPEN not in weighed.categories
    )


def _is_vague_work(weighed: Weighed, place: int) -> bool:
    """`modified work`, unless it is said how."""
    words, statement = weighed.words, weighed.statement
    word, after = words[place], statement.word(place + 1)
    if word in ("specialized", "individualized"):
        return after in _INDIVIDUALIZED_THINGS
    if word in ("adapted", "adaptive") and after in _ADAPTED_THINGS:
        return after == "equipment"
    if word in ("alternate", "alternative") and after in _ALTERNATE_THINGS:
        return False
    limit = min(statement.sentence_ends[place], place + 6)
    for at in range(place + 1, limit):
        if (
            words[at] in {"with", "by", "to", ":", "(", "in"}
            and at + 1 < limit
            and statement.kinds[at + 1] != MARK
            and words[at + 1] not in _AFTER_NO_MANNER
        ):
            if words[at] == "in":
                return True
            if word not in {"modified", "adapted", "adjusted", "modify", "adapt", "altered"}:
                return False
            following = words[at + 1]
            return not (
                words[at] in {":", "("} or following.endswith("ing") or is_figure(statement, at + 1) or words[at] == "with"
            )
    return True


def _is_training_without_topic(weighed: Weighed, place: int) -> bool:
    """`Training for staff`, `will be trained in August`."""
    words, statement = weighed.words, weighed.statement
    word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
    if word == "trained" and (after in _AFTER_TRAINED or before not in ("be", "are", "is")):
        return False
    if before in _TOPICS_BEFORE_TRAINING:
        return False
    limit = min(statement.sentence_ends[place], place + 9)
    for at in range(place + 1, limit):
        if words[at] in _BEFORE_A_TOPIC and statement.word(at + 1) not in ("service", "a"):
            return at + 1 < limit and (statement.kinds[at + 1] in (DATE, NUMBER) or statement.word(at + 1) in _DAYS_AND_MONTHS)
        if words[at] == "to" and statement.word(at + 1) in known.VERBS:
            return False
        if word in ("train", "trains") and words[at] in ("on", "to", "in"):
            return False
    return True


def _is_unseen(weighed: Weighed, place: int) -> bool:
    """What the child will understand or learn cannot be seen."""
    before = weighed.statement.word(place - 1)
    return (
        before in ("will", "to")
        and weighed.statement.word(place - 2) in known.CHILD
        and weighed.statement.does[place] != PURPOSE
    )


def _what_of_goal(weighed: Weighed) -> str:
    words = weighed.words
    vague = weighed.leaves("what", OPEN, DISCRETIONARY)
    for span in weighed.found:
        if (
            span.category == SUBJECTIVE
            and words[span.first] not in {"as", "to", "in", "within", "at"}
            and not _is_goals_measure(weighed, span)
        ) or (span.category == SUPPORT and not _is_goals_help(weighed, span.first)):
            vague = True
    vague = vague or any(weighed.promises(place) and _is_goals_unseen(weighed, place) for place, _ in weighed.spots(_UNSEEN))
    return said(vague, True)


def _is_goals_help(weighed: Weighed, place: int) -> bool:
    before = weighed.statement.word(place - 1)
    return before not in ("will", "to") or weighed.words[place] not in {
        "support",
        "help",
        "assist",
        "encourage",
        "guide",
        "facilitate",
    }


def _is_goals_measure(weighed: Weighed, span: Span) -> bool:
    """A quality of the score is how; a quality of the skill is what."""
    nouns = weighed.words[span.end : span.end + 3]
    return bool(known.SCORES & set(nouns)) and (weighed.words[span.first] not in known.GROWTH)


def _is_goals_unseen(weighed: Weighed, place: int) -> bool:
    before = weighed.statement.word(place - 1)
    if before in _BEFORE_AN_UNSEEN_VERB:
        return not (before in ("to", "by") and weighed.statement.does[place] == PURPOSE)
    return (weighed.words[place] in ("understanding", "knowledge", "awareness") and before in _SHOWING) or before.endswith("ly")
