"""Occasions: a kind of work, a meal, a lesson, a ride, an event of the day, and what triggers a promise."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import MARK, NUMBER, TIME
from domain.wording.weighed import Weighed, is_any

_PREPOSITIONS_OF_OCCASION = listed("for on in during with before after at when")
_TESTS_AND_HOMEWORK = listed(
    "test tests benchmark benchmarks staar psat nwea testing quiz quizzes exam exams homework assessments assessment"
    " examinations finals midterms midterm"
)
_THINGS_OF_HOMEWORK = listed("folder planner notebook log binder agenda club help")
_ASSIGNMENTS = listed(
    "assignment assignments essay essays classwork seatwork project projects report reports presentation"
    " presentations lecture lectures paper papers"
)
_KINDS_OF_WORK = listed(
    "written independent group seat class partner lab missing makeup morning school late graded board desk table"
    " individual incomplete academic all"
)
_THINGS_OF_WORK = listed("area space station sample folder completion box on load")
_KINDS_OF_TASKS = listed(
    "writing reading math written group each every all timed graded motor table listening classroom typing"
    " cutting independent new academic lab physical pe outdoor class between learning speaking handwriting"
    " drawing preferred fine"
)
_BEFORE_A_WORKSHEET = listed("each every all per math homework on any")
_BEFORE_A_PERIOD = listed("each every class per testing lunch work of last first passing the")
_BEFORE_A_LESSON = listed("each every all new the a during before projected group per of")
_THINGS_OF_TRANSITION = listed(
    "plan services planning coordinator specialist goals program assessment skills to meeting object cards warning warnings :"
)
_EVENTS_OF_THE_DAY = listed(
    "recess lunch breakfast snack arrival dismissal assembly assemblies rally rallies meals meal mealtime"
    " mealtimes drill drills concert concerts"
)
_THINGS_OF_AN_EVENT = listed("monitor box money aide supervisor duty bag menu number tray detention")
_ACTIVITIES_AND_INCIDENTS = listed(
    "discussion discussions instruction dictation conversation seizure seizures fire writing reading notetaking"
    " speaking warm screening evaluation recital practice games game meeting meetings notes note"
)
_KINDS_OF_INSTRUCTION = listed("group class during direct whole academic all independent small in")
_BEFORE_A_MEETING = listed("each every at iep morning before the team class")
_AROUND_THE_BELL = listed("before after at when until with to minutes")
_AROUND_A_CHANGE = listed("before of prior for to about when any")
_PARTS_OF_WORK = listed(
    "direction directions answer answers item items problem problems question questions step steps sentence response"
    " responses word words text texts passage passages book books essay material materials handout handouts"
)
_BEFORE_A_PART_OF_WORK = listed("each every per test math homework all quiz word any")
_DURING = listed("during before after in at for when throughout prior while between")
_CONJUNCTIONS_OF_TRIGGER = listed("when whenever if once unless until as while should")
_PREPOSITIONS_OF_TRIGGER = listed("before after at during upon prior between following")
_AFTER_BETWEEN = listed("classes periods tasks activities items sections subjects")
_ON_THE_BUS = listed("on during from to off onto while")


def is_occasion(weighed: Weighed, place: int) -> bool:
    words, statement = weighed.words, weighed.statement
    word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
    if word in _TESTS_AND_HOMEWORK:
        if word == "homework" and after in _THINGS_OF_HOMEWORK:
            return False
        return not (word in ("testing", "test") and before in ("drug", "hearing"))
    if word in _ASSIGNMENTS:
        if word == "assignment" and after in {"notebook", "book", "sheet", "pad", "planner"}:
            return False
        if word in ("report", "reports") and before == "progress":
            return False
        if word in ("papers", "paper"):
            return before in ("research", "term")
        if word == "presentation" and before == "of":
            return False
        return not (word == "reports" and before == "oral")
    if word in {"draft", "drafts", "composition", "compositions"}:
        return before not in ("first", "a") or _follows_during(weighed, place)
    if word in ("prompt", "prompts"):
        return before in ("writing", "essay", "journal")
    if word == "work":
        return before in _KINDS_OF_WORK and after not in _THINGS_OF_WORK
    if word in {"task", "tasks", "activity", "activities"}:
        return before in _KINDS_OF_TASKS
    if word in {"worksheet", "worksheets", "packet", "packets", "page"}:
        return (before in _BEFORE_A_WORKSHEET and word != "page") or (word == "page" and before in ("homework", "per", "each"))
    if word in ("period", "periods"):
        return before in _BEFORE_A_PERIOD
    if word in {"lesson", "lessons", "unit", "units", "chapter"}:
        return before in _BEFORE_A_LESSON or before in known.SUBJECTS or (word == "lessons" and after not in ("plan", "plans"))
    if word in ("lab", "labs"):
        return after not in {"partner", "coat", "routine"} or before in ("each", "every")
    if word in ("transition", "transitions"):
        if after in _THINGS_OF_TRANSITION:
            return after in ("warning", "warnings", "to") and word == "transitions"
        return before != "school"
    if word in _EVENTS_OF_THE_DAY:
        return after not in _THINGS_OF_AN_EVENT or before in ("at", "during")
    if word in {"trip", "trips", "ride", "rides"}:
        return True
    if word in _ACTIVITIES_AND_INCIDENTS:
        if word in ("seizure", "fire"):
            return before in {"during", "after", "a", "every", "each"} or (word == "fire" and after in ("drill", "drills"))
        if word in ("instruction", "practice"):
            return (
                before in _KINDS_OF_INSTRUCTION
                and not (before in ("direct", "small") and statement.word(place - 2) in ("given", "receive"))
                and _follows_during(weighed, place)
            )
        if word in ("meeting", "meetings"):
            return (
                before in _BEFORE_A_MEETING
                and after != "notes"
                and not (before in ("team", "iep") and statement.word(place - 2) in ("a", "one"))
            )
        if word in ("notes", "note"):
            return after == "taking" and _follows_during(weighed, place)
        if before == "lip":
            return False
        if word in ("writing", "reading"):
            return _follows_during(weighed, place) or after in {
                "assignments",
                "tasks",
                "tests",
                "assignment",
                "task",
                "activities",
            }
        if word == "warm":
            return after == "up"
        if word in {"game", "games", "practice", "evaluation", "screening"}:
            return _follows_during(weighed, place)
        return _follows_during(weighed, place) or before in {"each", "every", "all", "class", "group", "whole"}
    if word in {"bell", "morning", "afternoon", "evening"}:
        if word == "bell":
            return before in {"first", "the", "last", "late", "final", "warning"} and is_any(
                words, max(0, place - 4), place, _AROUND_THE_BELL
            )
        return before in {"each", "every", "the", "in", "this"} and not (word == "morning" and before == "good")
    if word in ("change", "changes"):
        return before in {"schedule", "routine", "each", "every", "class", "room"} and is_any(
            words, max(0, place - 5), place, _AROUND_A_CHANGE
        )
    if word in _PARTS_OF_WORK:
        if word in {"answer", "answers", "response", "responses"} and before == "written":
            return True
        if before == "math" and word not in {"problem", "problems", "question", "questions"}:
            return False
        return before in _BEFORE_A_PART_OF_WORK and not (before == "all" and word == "words")
    return False


def _follows_during(weighed: Weighed, place: int) -> bool:
    words = weighed.words
    for at in range(place - 1, max(place - 6, -1), -1):
        if words[at] in _DURING:
            return True
        if (weighed.statement.kinds[at] == MARK and words[at] not in (",", "/")) or words[at] in known.AUXILIARY:
            return False
    return False


def is_each_occasion(weighed: Weighed, place: int) -> bool:
    """`for every video`, `with each order`: whatever comes again and again."""
    before, after = weighed.statement.word(place - 1), weighed.statement.word(place + 1)
    return before in _PREPOSITIONS_OF_OCCASION and not (
        after in known.ROLE_WORDS or after in known.UNNAMED or after in known.CHILD or after in known.PERSONS
    )


def is_trigger(weighed: Weighed, place: int) -> bool:
    """Anyone can check: `when the timer rings`, `after 2 absences`, `before each transition`, `at the start of`."""
    words, statement = weighed.words, weighed.statement
    word, after = words[place], statement.word(place + 1)
    span = weighed.inside.get(place)
    if span is not None:
        return False
    if word in _CONJUNCTIONS_OF_TRIGGER:
        if word == "as":
            return after in {"he", "she", "students", "student"} and statement.word(place + 2) in {
                "enters",
                "arrives",
                "leaves",
                "works",
                "finishes",
                "enter",
            }
        if word == "while" and after == "a":
            return False
        if word == "once":
            return after in {"he", "she", "the", "student", "per", "a"}
        if word == "should":
            return (
                after in known.DETERMINERS and weighed.inside.get(place) is None and place == statement.sentence_starts[place]
            )
        if word in ("until", "unless"):
            return word == "unless"
        return True
    if word in _PREPOSITIONS_OF_TRIGGER:
        if (
            word == "at"
            and after in ("the", "each")
            and statement.word(place + 2) in {"start", "end", "beginning", "conclusion", "close"}
        ):
            return True
        if word == "at" and (
            after in {"arrival", "dismissal", "all", "lunch", "recess", "noon"}
            or (place + 1 < statement.count and statement.kinds[place + 1] == TIME)
        ):
            return True
        if word == "at":
            return (
                place + 1 < statement.count
                and statement.kinds[place + 1] == NUMBER
                and statement.word(place + 2) in {"am", "pm", "a.m.", "p.m."}
            )
        if word == "during":
            return not is_any(words, place + 1, place + 3, ("times",)) and after != ""
        if word == "between":
            return after in _AFTER_BETWEEN
        if word in {"before", "after", "prior", "following"}:
            return after not in ("", "and")
        return True
    return word in ("start", "end", "beginning") and statement.word(place - 1) == "the" and after == "of"


def is_ride(weighed: Weighed, place: int) -> bool:
    words, statement = weighed.words, weighed.statement
    if words[place] == "bus":
        return (
            statement.word(place - 1) in {"the", "on", "school", "each"}
            and is_any(words, max(0, place - 4), place, _ON_THE_BUS)
            and statement.word(place + 1) not in {"driver", "aide", "monitor", "stop"}
        )
    return True
