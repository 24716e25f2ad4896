"""Places: rooms, buildings, seats and stops; a place if one is put or goes there, not if it only names a thing."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import NUMBER, WORD, is_figure
from domain.wording.span import OPEN
from domain.wording.weighed import Weighed, has_preposition

_THINGS_OF_A_CLASS = listed(
    "work notes discussion discussions period time size list schedule rules periods assignments material materials"
    " set lecture lectures participation project projects average president note website rule agenda routine text"
    " activities activity teacher textbook novel"
)
_BEFORE_A_CLASS = listed(
    "each every all in to during his her the special day education ed of after before academic core between this self"
    " contained taught life skills arts studies per from general regular leave leaves entering resource elective"
    " inclusion"
)
_BEFORE_A_SCHOOL = listed("at in from to elementary middle high day")
_THINGS_OF_A_SCHOOL = listed(
    "day days year week success work hours rules supplies breaks psychologist counselor nurse personnel staff calendar"
)
_SPOTS = listed(
    "desk table seat board wall shelf rug carpet mat line row field court bench van window windows door doors locker"
    " lockers front back corner center side store station resource track wing bus cart booth carrel aisle stage"
    " wheelchair"
)
_CAN_BE_LEFT = listed("room rooms classroom classrooms office building hall class school")
_BEFORE_NO_CERTAIN_ROOM = listed(
    "make more enough reduced quiet separate another different alternate alternative calm private smaller small a"
)
_THINGS_OF_A_CLASSROOM = listed(
    "management teacher teachers rules aide supports support routines routine staff materials expectations"
    " assignments aides jobs job tests discussions behavior activities instruction work library assistant para"
    " paraprofessional schedule aid assessments strategies observation observations help accommodations tasks calm"
)
_ROOMS_BY_NAME = listed("gym pool kitchen library cafeteria auditorium lunchroom hallway hallways playground bathroom restroom")
_THINGS_OF_A_ROOM = listed(
    "teacher pass monitor monitors uniform book books rules staff card clothes duty breaks break schedule aide"
    " supervisor director passes"
)
_BUILDINGS_AND_PARTS = listed(
    "campus hospital clinic building stairs stairwell ramp elevator lobby entrance exit curb courtyard theater"
    " homeroom hall halls lab worksite jobsite studio yard garden foyer doorway cubicle cubby"
)
_THINGS_OF_A_LAB = listed("report reports sheet partner manual routine coat notebook work safety")
_LEAVING = listed("leave leaves leaving exit exits left redirect redirects")
_THINGS_OF_A_BUS = listed(
    "driver drivers aide monitor stop pass evacuation company attendant behavior rules schedule harness safety number"
    " riding seat transportation"
)
_BEFORE_A_SEAT = listed("front aisle window bus corner back first second")
_PARTS_OF_A_ROOM = listed("board window windows door doors center corner side back locker lockers aisle")
_BEFORE_A_PART = listed("the learning white front media left right career smart")
_TOWARDS_A_WINDOW = listed("near away from by at next to beside and facing")
_BEFORE_A_TABLE = listed("kidney front back lunch peanut free horseshoe sensory")
_TOWARDS_A_DESK = listed("near next beside close by facing adjacent sit sits seated seat")
_STATIONS = listed("line wing station store field court stage rug carpet bench booth track van carrel wall")
_BEFORE_A_STATION = listed("the study in his her grocery school tennis basketball reading an a on wheelchair district")


def is_named_school(weighed: Weighed, place: int) -> bool:
    """`at Oak School`, `from Lincoln Elementary`: a preposition, and then a name."""
    words, statement = weighed.words, weighed.statement
    if statement.word(place + 1) in _THINGS_OF_A_SCHOOL:
        return False
    at = place
    while at > max(place - 6, 0) and (
        statement.text[statement.starts[at]].isupper() or (words[at] == "." and at < place and len(words[at - 1]) < 3)
    ):
        at -= 1
    return at < place - 1 and words[at] in ("at", "in", "from", "to")


def is_place(weighed: Weighed, place: int) -> bool:
    """A certain place, if it is one in this sense and somebody is there or goes there."""
    words, statement = weighed.words, weighed.statement
    word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
    if (after in known.ROLE_WORDS or after in ("worker", "workers", "crew")) and not (
        before == "in" or (before in known.ARTICLES and statement.word(place - 2) == "in")
    ):
        # `cafeteria workers`: people named after their place; but `in the gym aides stand by`.
        return False
    if word in ("class", "classes"):
        if _is_left(weighed, place):
            return False
        if (after in _THINGS_OF_A_CLASS or after in known.PAPERS) and not (
            before in {"in", "during", "every", "each"} and after in ("period", "periods", "time")
        ):
            return False
        return before in known.SUBJECTS or (
            before in _BEFORE_A_CLASS and before not in {"between", "after", "before", "of", "per", "leave"}
        )
    if (
        word == "school"
        and before == "high"
        and {"after", "completing", "leaving", "of", "finishing", "exiting"} & set(words[max(0, place - 3) : place])
    ):
        return False
    if word == "school":
        return (
            before in _BEFORE_A_SCHOOL
            and not (
                before in ("high", "middle", "elementary")
                and after in {"diploma", "credit", "credits", "level", "year", "transition"}
            )
            and after not in _THINGS_OF_A_SCHOOL
        )
    if word in ("home", "community", "college"):
        if word == "home":
            return (
                before in {"at", "in", "to", "from", ",", "the", "his", "her", ""}
                and after not in {"school", "communication", "language", "log", "contact"}
            ) or before == "ride"
        return before in {"in", "the", "at", "technical", "to", "community"} and after not in {
            "helpers",
            "agencies",
            "service",
            "partners",
            "credit",
            "applications",
        }
    if word in _SPOTS:
        return _is_spot(weighed, place)
    if word in _CAN_BE_LEFT and _is_left(weighed, place):
        return False
    if word in ("room", "rooms"):
        return before not in _BEFORE_NO_CERTAIN_ROOM or (before == "a" and after in ("with", "next", "near"))
    if word in ("classroom", "classrooms"):
        if before in ("another", "different", "other"):
            return False
        if (
            not weighed.is_service
            and not has_preposition(weighed, place)
            and before not in ("education", "kindergarten", "resource")
        ):
            return False
        return after not in _THINGS_OF_A_CLASSROOM or (
            before in {"in", "education", "kindergarten", "the"}
            and after in {"activities", "instruction", "library", "work", "calm"}
        )
    if word == "office":
        return weighed.is_service or has_preposition(weighed, place)
    if word in _ROOMS_BY_NAME:
        return after not in _THINGS_OF_A_ROOM and before != "classroom" and not (word == "kitchen" and after == "timer")
    if word in known.WORKPLACES:
        return has_preposition(weighed, place) and statement.kinds[place - 1] == WORD
    if word in {"exit", "exits", "site", "sites"}:
        if word in ("site", "sites"):
            return (before in {"the", "work", "job", "his", "her"} and word == "site") or (
                has_preposition(weighed, place) and before in ("work", "job", "the")
            )
        return before in ("the", "near") and word == "exit" and has_preposition(weighed, place)
    if word in _BUILDINGS_AND_PARTS:
        if word == "lab":
            return (
                before in {"computer", "science", "the", "in", "chemistry", "biology"}
                and after not in _THINGS_OF_A_LAB
                and statement.word(place - 2) != "of"
            )
        if word in ("elevator", "ramp"):
            return after not in {"key", "pass", "card", "access"}
        if word == "hall" and after in ("pass", "passes", "monitor"):
            return False
        if word == "building" and (
            after in {"blocks", "principal", "staff", "administrator", "skills"} or before in ("in", "relationship")
        ):
            return before == "in" and after != "skills"
        return not (word == "homeroom" and after == "teacher")
    return True


def _is_left(weighed: Weighed, place: int) -> bool:
    """`leave the room`: where one goes is not said; `redirect to class` neither."""
    words = weighed.words
    around = words[max(0, place - 3) : place]
    return bool(_LEAVING & set(around) or {"out", "of"} <= set(around)) and not {
        "for",
        "in",
        "and",
        "each",
        "every",
        "all",
    } & set(around)


def _is_spot(weighed: Weighed, place: int) -> bool:
    """A seat, a row, a door: a place if one is put or moves there, not if a thing is only kept on it."""
    words, statement = weighed.words, weighed.statement
    word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
    if word == "bus":
        return after not in _THINGS_OF_A_BUS
    if word == "resource":
        return (before in ("to", "in") and after not in {"officer", "guide", "teacher", "teachers"}) or after in {
            "room",
            "class",
            "classroom",
            "setting",
        }
    if word == "front":
        return before in {"the", "at", "near", "in"} or after in {"row", "of", "center", "seat"}
    if word in ("row", "seat"):
        if word == "seat":
            return before in _BEFORE_A_SEAT
        return before in {"front", "first", "second", "back", "middle", "last", "third"}
    if word in _PARTS_OF_A_ROOM:
        if word == "center" and has_preposition(weighed, place):
            return True
        if word in {"board", "center", "side", "back"} and before not in _BEFORE_A_PART:
            return False
        look = words[max(0, place - 5) : place]
        if (
            word == "board"
            and before == "the"
            and {"on", "copy", "from", "write", "writes", "off"} & set(look)
            and not {"near", "close", "front", "facing"} & set(look)
        ):
            return False
        if word == "back":
            return before == "the" and after in {"of", "row", "door", "table"}
        if word == "side":
            return before in ("left", "right") and bool({"seat", "seated", "seating", "sit", "sits"} & set(look))
        if word in ("locker", "lockers"):
            return before in {"his", "her", "at", "the", "to"} and {"at", "to", "near"} & set(look) != set()
        if word in {"door", "doors"} and is_figure(statement, place + 1):
            return True
        return not (word in {"window", "windows", "door", "doors"} and not _TOWARDS_A_WINDOW & set(look))
    if word in ("desk", "table"):
        look = words[max(0, place - 5) : place]
        if (word == "table" and after and statement.kinds[place + 1] == NUMBER) or before in _BEFORE_A_TABLE:
            return True
        if before in ("his", "her", "student") or statement.owners[place - 1] or (before in ("the", "a") and word == "desk"):
            return bool({"on", "at", "near", "by", "beside", "next"} & set(look)) and not {"placed", "is"} <= set(look)
        if is_figure(statement, place + 1):
            return True
        return bool(_TOWARDS_A_DESK & set(look)) and (statement.owners[place - 1] or before in ("teacher", "the", "teacher's"))
    if word in _STATIONS:
        if word == "line":
            return before in {"lunch", "cafeteria", "bus", "carpool", "car"}
        if word == "wall":
            return {"along", "against", "near", "by"} & set(words[max(0, place - 4) : place]) != set()
        if word == "track":
            return before in ("the", "running")
        if word == "station":
            return after != "teacher"
        if word == "field":
            return before in {"the", "soccer", "football", "ball"} and after not in ("trip", "trips", "day")
        return before in _BEFORE_A_STATION
    return False


def is_open_place(weighed: Weighed, place: int) -> bool:
    """A list of places without an end: `all settings including but not limited to the cafeteria`."""
    return any(span.category == OPEN and weighed.left_open.get(span) == "where" for span in weighed.found)
