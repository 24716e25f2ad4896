"""When: how often for a service; for others an occasion, a time, a frequency or a trigger anyone can check.

Conditions, open frequencies, work named by its quality and a hedged number of times are vague.
"""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import DATE, NEGATED, NUMBER, PURPOSE, TIME, WORD, is_figure
from domain.wording.goal_dates import when_of_goal
from domain.wording.occasions import is_each_occasion, is_occasion, is_ride, is_trigger
from domain.wording.places import is_place
from domain.wording.rates import has_rate
from domain.wording.span import AMOUNT, CONDITIONAL, DISCRETIONARY, FREQUENCY, OPEN, SUPPORT
from domain.wording.subjects import is_subject_place
from domain.wording.weighed import VAGUE, Weighed, counts_times, is_time_to, said
from domain.wording.where import is_all

_WORK_QUALITIES = listed(
    "long longer lengthy difficult complex challenging large big bigger larger hard harder novel unfamiliar step"
    " demanding nonpreferred stressful unstructured major important significant dense advanced busy noisy loud"
)
_OCCASION_WORDS = known.OCCASIONS | listed(
    "papers paper packet packets page direction directions answer answers item items problem problems"
    " question questions step steps sentence word words text texts passage passages book books change changes"
    " notes note warm meals evening speaking material materials handout handouts period draft drafts"
    " composition compositions prompt prompts response responses"
)
_TRIGGERS = listed(
    "when whenever if once unless as while before after at during upon prior between following should start end beginning"
)
_CLASSES = known.SUBJECTS - {"library", "gym", "kindergarten"} | {"classes", "class", "subjects"}
_WORK_WITH_QUALITIES = known.OCCASIONS | listed(
    "texts text passages directions problems material concepts content words transitions situations skills paper"
    " papers instructions vocabulary books moments times"
)
_BEFORE_A_CLASS_AS_OCCASION = known.SUBJECTS | listed(
    "each every all in during academic core studies arts his her after before the to of between per"
)
_LOOKS_AT_VAGUE_WORK = _WORK_QUALITIES | listed("large throughout times")
_LOOKS_AT_OCCASION = (
    _OCCASION_WORDS
    | _TRIGGERS
    | known.MONTHS
    | known.SUBJECTS
    | listed(
        "each every always areas bus cafeteria class classes day days gym immediately library may per request"
        " ride settings subjects throughout times trip trips upon within"
    )
)
_WHAT_RECURS = listed(
    "breaks break check checks prompts reminders cues monitor monitoring praise movement feedback checkins"
    " support opportunities reinforcement redirection supervision encouragement rest water snacks activities"
    " stretch input diet help assistance prompting cueing"
)
_SPANS_OF_TIME = listed("day days school hours minutes hour business week weeks minute calendar")
_DECIDED_PER = listed("teacher the iep student his her group need page doctor")
_BEFORE_A_MONTH = listed("by in every each until of during before after this next early late mid through")
_BEFORE_A_DAY = listed("testing test school field first last same next rainy pe gym each every")


def when(weighed: Weighed) -> str:
    if weighed.is_goal:
        return when_of_goal(weighed)
    vague = (
        CONDITIONAL in weighed.categories
        or FREQUENCY in weighed.categories
        or weighed.leaves("when")
        or (not weighed.is_service and weighed.leaves("where", OPEN) and not weighed.statement.vocabulary.isdisjoint(_CLASSES))
    )
    for span in weighed.found:
        if span.category == AMOUNT and counts_times(weighed, span):
            vague = True
    vague = vague or _is_at_vague_work(weighed)
    if vague:
        return VAGUE
    return said(False, has_rate(weighed) if weighed.is_service else _has_occasion(weighed))


def _is_at_vague_work(weighed: Weighed) -> bool:
    """`for longer assignments`, `lengthy tasks`, `throughout the day` for what recurs."""
    words, statement = weighed.words, weighed.statement
    throughout = False
    for place, word in weighed.spots(_LOOKS_AT_VAGUE_WORK):
        if not weighed.promises(place):
            continue
        if (
            word in _WORK_QUALITIES
            and place not in weighed.inside
            and not statement.joined[place]
            and not (word == "large" and statement.word(place + 1) in ("print", "group"))
        ):
            for at in range(place + 1, min(place + 4, statement.sentence_ends[place])):
                if words[at] in _WORK_WITH_QUALITIES:
                    return True
                if statement.kinds[at] != WORD or words[at] in known.PREPOSITIONS:
                    break
        if word == "throughout" and (
            statement.word(place + 1) == "day"
            or statement.word(place + 2) in {"day", "school", "year", "instructional", "week", "class"}
        ):
            throughout = True
        if word == "times" and statement.word(place - 1) in {"various", "different", "varying", "appropriate"}:
            return True
    return throughout and not has_rate(weighed) and _recurs(weighed)


def _recurs(weighed: Weighed) -> bool:
    """Breaks, checks, prompts: what comes again and again, so that `throughout the day` does not say when."""
    return SUPPORT in weighed.categories or not weighed.statement.vocabulary.isdisjoint(_WHAT_RECURS)


def _has_occasion(weighed: Weighed) -> bool:
    """A time, a frequency, an occasion or a trigger that anyone can check."""
    statement = weighed.statement
    if has_rate(weighed):
        return True
    for place, word in weighed.spots(_LOOKS_AT_OCCASION, DATE, TIME):
        if (
            statement.kinds[place] in (DATE, TIME)
            and weighed.promises(place)
            and statement.word(place - 1) not in ("dated", "plan", "report")
        ):
            return True
        does = statement.does[place]
        if does and does not in (PURPOSE, NEGATED):
            continue
        if place in weighed.inside and weighed.inside[place].category in (DISCRETIONARY, CONDITIONAL):
            continue
        if does == PURPOSE and not is_time_to(weighed, place):
            continue
        if word in _OCCASION_WORDS and is_occasion(weighed, place):
            return True
        if word in {"each", "every"} and is_each_occasion(weighed, place):
            return True
        if (
            word in known.SUBJECTS
            and is_subject_place(weighed, place)
            and statement.word(place + 1) not in {"room", "classroom", "wing"}
            and not (word in ("library", "gym", "cafeteria") and statement.word(place - 1) in known.DETERMINERS)
        ):
            return True
        if word in _TRIGGERS and is_trigger(weighed, place):
            return True
        if word in ("class", "classes") and is_place(weighed, place):
            return statement.word(place - 1) in _BEFORE_A_CLASS_AS_OCCASION
        if word in ("subjects", "classes", "areas") and is_all(weighed, place):
            return True
        if word in known.MONTHS and (
            (place + 1 < statement.count and statement.kinds[place + 1] == NUMBER)
            or statement.word(place - 1) in _BEFORE_A_MONTH
        ):
            return True
        if word == "may" and place + 1 < statement.count and statement.kinds[place + 1] == NUMBER:
            return True
        if word in {"bus", "trip", "trips", "ride"} and is_ride(weighed, place):
            return True
        if word == "within" and is_figure(statement, place + 1) and statement.word(place + 2) in _SPANS_OF_TIME:
            return True
        if word in ("immediately", "upon", "always"):
            return True
        if word == "per" and statement.word(place + 1) not in _DECIDED_PER:
            return True
        if (word == "times" and statement.word(place - 1) == "all") or (word == "time" and statement.word(place - 1) == "any"):
            return True
        if word in ("day", "days") and statement.word(place - 1) in _BEFORE_A_DAY:
            return not is_figure(statement, place - 2)
        if word == "throughout" and statement.word(place + 2) in ("day", "school"):
            return not _recurs(weighed)
        if word == "request" and statement.word(place - 1) in ("on", "upon"):
            return True
    return False
