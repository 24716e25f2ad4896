"""Where: a place, a class, a setting or all of them is clear; `a quiet place`, `various locations` are vague."""

from domain.listed import listed
from domain.wording import words as known
from domain.wording.context import NEGATED, PURPOSE, WORD
from domain.wording.places import is_named_school, is_open_place, is_place
from domain.wording.qualities import has_place_after
from domain.wording.span import CONDITIONAL, DISCRETIONARY, OPEN
from domain.wording.subjects import is_subject_place
from domain.wording.weighed import MISSING, NOT_APPLICABLE, Weighed, has_preposition, is_any, is_time_to, said

_VAGUE_PLACES = listed(
    "location locations place places area areas space spaces spot environment environments setting settings room"
    " classroom corner office class"
)
_SCHOOLS = listed("school academy elementary")
# Who sits in an office of that name.
_GONE_TO = listed("nurse counselor psychologist principal dean librarian")
_GOING = listed(
    "go goes going walk walks walked sent send escort escorts escorted taken take takes brought report reports come comes"
)
_LOOKS_AT_WHERE = (
    known.HARD_PLACES
    | _SCHOOLS
    | _GONE_TO
    | _VAGUE_PLACES
    | known.SUBJECTS
    | listed(
        "areas class classes close environments floor homebound inclusion indoors inside locations"
        " mainstream outdoors outside proximity pull pullout push pushin ride rides seat seated seating"
        " settings sit sits stand subjects telehealth trip trips virtual virtually"
    )
)
_SEATED = listed("seat seated seating sit sits stand close proximity")
_SETTINGS_BY_NAME = listed("push pull pullout pushin homebound inclusion mainstream indoors outdoors outside inside")
_AFTER_ALL = listed("subjects classes class settings areas environments locations")
_GENERAL_PLACES = listed(
    "location locations place places area areas space spaces spot environment environments setting settings"
)
_SETTINGS_OF_EDUCATION = listed(
    "general education special ed pull out in resource classroom school gen sped inclusive taught regular home"
    " setting inclusion self contained"
)
_ROOM_ON_PAPER = listed("personal extra more work white parking between answer blank enough desk writing wide")
_SPACES_TO_BE = listed(
    "quiet separate private designated calm safe alternate alternative different work small free reduced sensory calming low"
)
_ROOMS_WITH_QUALITIES = listed(
    "quiet separate another different other alternate alternative calm private smaller small free distraction"
)
_BETWEEN_ALL_AND_CLASSES = listed(
    "school academic core content educational general education instructional learning subject of his her the"
    " elective other special and classroom areas"
)
_SETTINGS = listed("settings setting environments environment areas locations")


def where(weighed: Weighed) -> str:
    statement = weighed.statement
    vague = weighed.leaves("where")
    clear = False
    for place, word in weighed.spots(_LOOKS_AT_WHERE):
        if not weighed.promises(place) and statement.does[place] not in (PURPOSE, NEGATED):
            continue
        if statement.does[place] == PURPOSE and not is_time_to(weighed, place) and not has_preposition(weighed, place):
            continue
        span = weighed.inside.get(place)
        if span is not None and span.category in (DISCRETIONARY, CONDITIONAL):
            continue
        if word in _VAGUE_PLACES and _is_vague_place(weighed, place):
            vague = True
        elif word in _SCHOOLS and is_named_school(weighed, place):
            clear = True
        elif word in known.HARD_PLACES and is_place(weighed, place):
            if is_open_place(weighed, place):
                vague = True
            else:
                clear = True
        elif (
            (word in known.SUBJECTS and is_subject_place(weighed, place))
            or (word in _SEATED and has_place_after(statement, place + 1) and (word == "proximity" or not weighed.is_goal))
            or (word in _SETTINGS_BY_NAME and _is_setting(weighed, place))
            or (
                word in {"trip", "trips", "ride", "rides", "floor"}
                and (word != "floor" or statement.word(place - 1) in {"first", "second", "third", "ground", "main", "top"})
            )
            or (word in _AFTER_ALL and is_all(weighed, place))
            or (word in _GONE_TO and _is_gone_to(weighed, place))
        ):
            clear = True
    return said(vague, clear, NOT_APPLICABLE if weighed.is_goal else MISSING)


def _is_gone_to(weighed: Weighed, place: int) -> bool:
    """`goes to the nurse`, `is sent to his counselor`."""
    words, at = weighed.words, place - 1
    while at > 0 and (words[at] in known.DETERMINERS or words[at] in ("school", "guidance")):
        at -= 1
    return (
        weighed.statement.word(at) == "to"
        and not weighed.statement.owners[place]
        and any(word in _GOING for word in words[max(0, at - 3) : at])
    )


def _is_vague_place(weighed: Weighed, place: int) -> bool:
    """`a quiet place`, `separate location`, `across settings`."""
    words, statement = weighed.words, weighed.statement
    word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
    if word in ("environment", "environments") and not {"in", "within", "across", "into"} & set(
        words[max(0, place - 5) : place]
    ):
        return before in ("quiet", "calm", "structured", "free", "reduced", "distraction")
    if word in _GENERAL_PLACES:
        if (
            word in {"place", "space", "spaces", "spot"}
            and before in {"to", "will", "and", "or"}
            and statement.kinds[place] == WORD
        ):
            return False
        if word == "place" and (
            before in {"in", "his", "her", "loses", "take", "takes", "work"}
            or after in {"value", "of", "to", "holder", "keeper"}
        ):
            return after == "to" and before not in {"in", "his", "her", "loses"}
        if word in ("areas", "area") and before in {"academic", "all", "content", "core", "subject", "skill"}:
            return False
        if word in ("setting", "settings") and before == "group":
            return False
        if word in _SETTINGS and (is_all(weighed, place) or before in _SETTINGS_OF_EDUCATION):
            if before == "school" and statement.word(place - 2) != "all":
                return word in ("settings", "environments")
            return False
        if word in ("space", "spaces", "spot") and before in _ROOM_ON_PAPER:
            return before == "work" and word in ("space", "spaces")
        if word == "space" and before not in _SPACES_TO_BE:
            return False
        if statement.word(place + 1) == "near" and has_place_after(statement, place + 1):
            return False
        if word in {"location", "locations", "place", "area", "setting", "spot"} and (after == "(" or after == ":"):
            return not has_place_after(statement, place + 2) and not is_any(words, place + 2, place + 6, known.HARD_PLACES)
        return True
    if word in {"room", "classroom", "corner", "office", "class"}:
        if word == "classroom" and before == "separate":
            return False
        return (before in _ROOMS_WITH_QUALITIES or (before == "a" and word == "room" and after in ("", ".", ","))) and not (
            before in ("small", "smaller") and word != "room"
        )
    return False


def _is_setting(weighed: Weighed, place: int) -> bool:
    """`push-in`, `in inclusion`, `outside the general education classroom`."""
    words, statement = weighed.words, weighed.statement
    word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
    if word in ("push", "pull"):
        return after in ("in", "out")
    if word in ("inclusion", "mainstream"):
        return after in {"class", "classroom", "setting", "classes"} or before == "in"
    if word == "outside":
        return (
            after in {"the", "of", "general", "gen", "regular"}
            and not (after == "of" and statement.word(place + 2) == "school")
        ) or (after in ("", ".", ",") and before not in ("the", "an"))
    if word == "inside":
        return after in {"the", "general", "gen", "regular", ""}
    return weighed.is_service or word in ("homebound", "indoors", "outdoors")


def is_all(weighed: Weighed, place: int) -> bool:
    """`all core academic classes`, `every setting`; not with an open list behind it."""
    words = weighed.words
    for at in range(place - 1, max(place - 5, -1), -1):
        if words[at] in ("all", "every"):
            return not (OPEN in weighed.categories and weighed.leaves("where"))
        if words[at] not in _BETWEEN_ALL_AND_CLASSES:
            return False
    return False
