"""What is left of a text when every rule has taken its words: things, by the small words that lead to them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from domain.changes.digits import in_digits
from domain.changes.figure import SHARE
from domain.changes.figures import is_number, read_figure
from domain.changes.matters import SUBJECTS
from domain.changes.things import CAN_LEAD_ALL, LEADS, LIST, TOKEN, Thing, listed_things
from domain.changes.words import OCCASION_STEMS, SILENT, SILENT_STEMS, WORD, listed, stem

if TYPE_CHECKING:
    from domain.changes.reading import Reading


_OCCASION_WEIGHT, _ROLE_WEIGHT, _COMMON_WEIGHT = 3, 5, 10


@lru_cache(maxsize=8192)
def weights_of_words(text: str) -> tuple[tuple[str, int], ...]:
    """The words that say what it is about, each with how much it says."""
    found: dict[str, int] = {}
    for word in WORD.findall(in_digits(text)):
        if word in SILENT or word in LEADS or word in _UNPAIRING:
            continue
        each = stem(word)
        if each not in SILENT_STEMS:
            found[each] = _OCCASION_WEIGHT if each in OCCASION_STEMS else _COMMON_WEIGHT
    if found and max(found.values()) < _COMMON_WEIGHT:
        found = dict.fromkeys(found, _COMMON_WEIGHT)
    return tuple(sorted(found.items()))


_UNPAIRING = frozenset(
    listed(
        "may can could might if when needed available possible appropriate request up least more most than "
        "no not only times time once twice weekly daily monthly week per minutes minute hours hour always "
        "sometimes often about or and"
    )
)


_PLACE_WORDS = frozenset(
    (
        *(
            *("room", "class", "classroom", "classrooms", "classes", "gym", "gymnasium", "setting", "settings"),
            *("school", "center", "lab", "library", "office", "home"),
        ),
        *(
            *("community", "hall", "hallway", "pool", "area", "corner", "cafeteria", "lunchroom", "playground"),
            *("site", "sites", "environment", "building"),
        ),
        *(
            *("campus", "clinic", "hospital", "bus", "kitchen", "auditorium", "cottage", "space", "park"),
            *("store", "workplace", "suite", "stage", "garden"),
        ),
        *(
            *("preschool", "daycare", "kindergarten", "house", "apartment", "online", "recess", "lunch", "town"),
            *("elsewhere", "portable", "trailer", "annex"),
        ),
    )
)


# A share says it already.
_CORRECT = stem("correct")


_UNPAIRING_STEMS = frozenset(map(stem, _UNPAIRING)) | {"all"}


_PART_WEIGHTS = {"what": 10, "scope": 3, "place": 1, "means": 6, "given": 6}


_SUBJECTS_OF_GOALS = frozenset(("student", "he", "she", "they", "will", "shall", "must", "may", "should"))


_ARTICLES = frozenset(("the", "an", "a", "his", "her", "their"))


_ENDS = frozenset((".", ";", ":", "(", ")"))


_BY_MEANS = frozenset(
    (
        "using",
        "utilizing",
        "following",
        "referring",
        "consulting",
        "applying",
        "looking",
        "pointing",
        "receiving",
        "having",
        "being",
    )
)


def _is_subject(pieces: Sequence[str], place: int) -> bool:
    """Whether a sentence begins there: "before a test, the student will"."""
    place += place < len(pieces) and pieces[place] in _ARTICLES
    return place < len(pieces) and pieces[place] in _SUBJECTS_OF_GOALS


class Parts:
    """What is left of the text: numbers, and the things by the small words that lead to them."""

    def __init__(self, reading: "Reading") -> None:
        self._reading = reading
        self._parts: dict[str, list[list[str]]] = {}
        self.ors = 0
        self.counted: set[str] = set()
        self._things: dict[str, frozenset[Thing]] = {}
        self._read()

    def things(self, part: str) -> frozenset[Thing]:
        found = self._things.get(part)
        if found is None:
            found = self._things[part] = self._listed(part)
        return found

    def _listed(self, part: str) -> frozenset[Thing]:
        return frozenset(thing for segment in self._parts.get(part, []) for thing in listed_things(segment, part))

    def stems(self, part: str) -> frozenset[str]:
        return frozenset(word for thing in self.things(part) for word in thing.words)

    def weights(self) -> tuple[tuple[str, int], ...]:
        """The words that say what it is about, each with how much it says: what it is most, where and when little."""
        found: dict[str, int] = {}
        for part, most in _PART_WEIGHTS.items():
            for thing in self.things(part):
                is_common = thing.head in OCCASION_STEMS and not (part == "what" and thing.head in SUBJECTS)
                for word in thing.words - _UNPAIRING_STEMS:
                    is_subject = part == "what" and word in SUBJECTS
                    usual = _OCCASION_WEIGHT if word in OCCASION_STEMS and not is_subject else _COMMON_WEIGHT
                    # What only describes the thing says half as much; unless the thing is said by it: "music therapy".
                    usual = usual // 2 if word != thing.head and not is_common and self._reading.kind != "goal" else usual
                    found[word] = max(found.get(word, 0), min(most, usual))
        if self._reading.is_consult:
            found.setdefault("consult", _OCCASION_WEIGHT)
        for word in WORD.findall(self._reading.who):
            if (each := stem(word)) not in SILENT_STEMS:
                found.setdefault(each, _ROLE_WEIGHT)
        if "extratime" in self._reading.text:
            found[stem("extratime")] = 2 * _COMMON_WEIGHT
        if found and max(found.values()) < _COMMON_WEIGHT:
            strong = (
                self.stems("what") - _UNPAIRING_STEMS
                or {word for word, weight in found.items() if weight == _ROLE_WEIGHT}
                or found.keys()
            )
            found |= {word: _COMMON_WEIGHT for word in strong if word in found}
        return tuple(sorted(found.items()))

    def subjects(self) -> frozenset[str]:
        """The school subjects that it is about."""
        words = self.stems("what") | (
            self.stems("place") | self.stems("scope") if self._reading.kind == "service" else frozenset()
        )
        return words & SUBJECTS

    def bag(self) -> tuple[tuple[str, int], ...]:
        words = {word for part in _PART_WEIGHTS for word in self.stems(part)} - _UNPAIRING_STEMS
        return tuple(sorted((word, _OCCASION_WEIGHT if word in OCCASION_STEMS else _COMMON_WEIGHT) for word in words))

    def _read(self) -> None:
        pieces = TOKEN.findall(self._reading.text)
        beside: set[int] = set()
        for place, piece in enumerate(pieces):
            if is_number(piece):
                beside |= read_figure(self._reading, pieces, place)
        part, segment = "what", list[str]()
        for place, piece in enumerate(pieces):
            is_lead = (
                piece in LEADS
                and not (piece in CAN_LEAD_ALL and not segment and part == "scope")
                and not self._goes_on(pieces, place)
            )
            is_over = piece == "," and (part == "given" or _is_subject(pieces, place + 1))
            if is_lead or piece in _ENDS or is_over:
                self._close(part, segment)
                segment = []
                if is_lead:
                    part = "what" if self._is_deed(pieces, place) else LEADS[piece]
                    if piece in CAN_LEAD_ALL or piece == "throughout":
                        segment.append("all")
                elif piece in (".", ";", ","):
                    part = "what"
            elif is_number(piece) or piece == SHARE:
                segment.append(SHARE)
            elif place not in beside and not (self._reading.is_goal and stem(piece) == _CORRECT):
                segment.append("all" if piece in CAN_LEAD_ALL else piece)
                self.ors += piece == "or" and pieces[place + 1 : place + 2] not in (["fewer"], ["less"], ["under"], ["below"])
        self._close(part, segment)

    def _is_deed(self, pieces: list[str], place: int) -> bool:
        """ "Will improve by greeting peers": what a goal asks, and no help."""
        following = pieces[place + 1] if place + 1 < len(pieces) else ""
        return self._reading.is_goal and pieces[place] == "by" and following.endswith("ing") and following not in _BY_MEANS

    def _goes_on(self, pieces: list[str], place: int) -> bool:
        """ "Is given" and "will be shown" lead to nothing."""
        return (pieces[place] == "from" and pieces[place - 1 : place] == ["away"]) or (
            LEADS[pieces[place]] == "given" and place > 0 and pieces[place - 1] not in (",", ";", ".", "when", "and")
        )

    def _close(self, part: str, segment: list[str]) -> None:
        if part == "place" and self._reading.kind == "service" and not _PLACE_WORDS & set(segment):
            # "Instruction in written expression" says what, not where.
            part = "what"
        kept: list[str] = []
        item: list[str] = []
        for piece in [*segment, ","]:
            if piece not in LIST:
                item.append(piece)
                continue
            if SHARE in item and part != "what":
                # "In 4 of 5 trials", "with 80% accuracy": the number says it.
                self.counted |= {stem(word) for word in item}
            else:
                kept += [each for each in item if each != SHARE]
            kept.append(piece)
            item = []
        if any(piece not in LIST for piece in kept):
            self._parts.setdefault(part, []).append(kept)
