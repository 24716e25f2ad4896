"""Subjects as places: `in science` is where, `science tests` is when, and a service's subject is what it gives."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.weighed import Weighed

_GOAL_PLACES = listed("lunch recess pe gym music art library specials homeroom breakfast snack choir band cafeteria electives")
_SUBJECTS_AND_ARTICLES = known.SUBJECTS | known.ARTICLES
_BEFORE_EDUCATION = listed("gen general phys reg regular special sp sped")
_AFTER_EDUCATION_AS_THING = listed(
    "teacher teachers aide services instruction tchr staff support para director program provider curriculum"
)
_THINGS_OF_A_MEAL = listed(
    "choices detention bunch bag box money tray number card menu aide count line table period supervisor duty monitor"
)
_BEFORE_A_MEAL = listed("at during in to and or , every each including / for lunch of from his her the daily")
_THINGS_OF_PE = listed("teacher teachers uniform clothes coach shoes locker")
_THINGS_OF_A_SUBJECT = listed(
    "teacher teachers tests test homework skills goals instruction facts problems assignments worksheets quizzes"
    " fluency intervention specialist passages comprehension tasks workbook software prompt prompts group groups"
    " support level log goal essays papers projects labs lab coach aide vocabulary text texts books book"
)
_WORK_IN_A_SUBJECT = listed("tests test quizzes homework assignments labs projects worksheets lab group instruction")
_PLACES_EVEN_OF_SERVICES = listed("lunch recess gym cafeteria homeroom library specials ed education breakfast snack")
_BETWEEN_IN_AND_SUBJECT = listed(
    "and or , / & studies arts language general gen regular special both his her all every each tech grade world us"
    " physical the ap honors adapted"
)
_INTO_A_SUBJECT = listed("in during at for from to throughout into across")
_SKILLS_NOT_PLACES = listed("reading writing spelling ed education phonics swimming")
_SUBJECTS_TO_GO_TO = listed("lunch recess pe gym music art library specials homeroom math science")
_PUT_IN_A_LANGUAGE = listed("instructions directions written put answers given skills progress improvement")


def is_subject_place(weighed: Weighed, place: int) -> bool:
    """A subject, meal or setting where something takes place."""
    words, statement = weighed.words, weighed.statement
    word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
    if word == "social":
        return after == "studies" and _follows_in(weighed, place) and not _is_service_subject(weighed, place)
    if word in ("ed", "education"):
        return (
            before in _BEFORE_EDUCATION
            and after not in _AFTER_EDUCATION_AS_THING
            and (_follows_in(weighed, place - 1) or weighed.is_service)
        )
    if after in {"class", "classroom", "classes", "room"}:
        return True
    if word == "arts":
        return before in {"language", "practical", "fine"} and not weighed.is_service and _follows_in(weighed, place - 1)
    if word in {"lunch", "recess", "breakfast", "snack"}:
        if after in _THINGS_OF_A_MEAL:
            return after in ("line", "table", "period")
        return (
            before in _BEFORE_A_MEAL
            and before not in ("before", "after")
            and statement.word(place - 2) not in ("before", "after")
        )
    if word in ("pe", "homeroom") and after not in _THINGS_OF_PE and not weighed.is_service:
        return True
    if _is_service_subject(weighed, place):
        return False
    if after in _THINGS_OF_A_SUBJECT:
        return (
            after in _WORK_IN_A_SUBJECT
            and word not in {"reading", "writing", "spelling", "library", "kindergarten", "drama"}
            and not weighed.is_goal
        )
    if (
        weighed.is_goal
        and word not in _GOAL_PLACES
        and _lead(weighed, place) in {"in", "for", "to", "from", "across"}
        and not _opens(weighed, place)
    ):
        return False
    return _follows_in(weighed, place)


def _lead(weighed: Weighed, place: int) -> str:
    at = place - 1
    while at >= max(0, place - 12) and (weighed.words[at] in _SUBJECTS_AND_ARTICLES or weighed.words[at] in ("and", "or", ",")):
        at -= 1
    return weighed.statement.word(at)


def _opens(weighed: Weighed, place: int) -> bool:
    """`In science, Student will ...`"""
    start = weighed.statement.sentence_starts[place]
    return place - start <= 3 and weighed.words[start] == "in"


def _is_service_subject(weighed: Weighed, place: int) -> bool:
    """A service's subject says what it is, not where."""
    if not weighed.is_service:
        return False
    words = weighed.words
    word, after = words[place], weighed.statement.word(place + 1)
    if after in ("class", "classroom", "room"):
        return False
    return word not in _PLACES_EVEN_OF_SERVICES


def _follows_in(weighed: Weighed, place: int) -> bool:
    """`in science`, `during PE and art`, `all math and science classes`."""
    words, statement = weighed.words, weighed.statement
    look = place - 1
    start = max(statement.sentence_starts[place], place - 12)
    while look >= start and (words[look] in _SUBJECTS_AND_ARTICLES or words[look] in _BETWEEN_IN_AND_SUBJECT):
        look -= 1
    lead = words[look] if look >= start else ""
    if lead in _INTO_A_SUBJECT:
        if lead == "for" and words[place] in _SKILLS_NOT_PLACES:
            return False
        if lead in ("to", "from"):
            return words[place] in _SUBJECTS_TO_GO_TO
        if words[place] in ("writing", "reading", "spelling") and (
            statement.word(place - 1) == "of" or statement.word(place + 1) in known.DETERMINERS
        ):
            return False
        return not (
            lead == "in"
            and words[place] in {"writing", "spanish", "french", "english"}
            and statement.word(look - 1) in _PUT_IN_A_LANGUAGE
        )
    return False
