"""Who, what, where, when, how and why: whether a statement says each of them clearly, vaguely or not at all.

A vague sign outweighs a clear one. What the words do not say is missing; nothing is taken for granted. Findings decide first:
each makes that element vague which it leaves open.
"""

from collections.abc import Sequence, Set

from domain.wording import words as known
from domain.wording.context import (
    BLANK,
    DATE,
    FINITE,
    MARK,
    NEGATED,
    NUMBER,
    PAST,
    PURPOSE,
    QUOTED,
    REASON,
    RIGHT,
    TIME,
    UNCHECKED,
    WORD,
    Statement,
    is_figure,
)
from domain.wording.qualities import has_place_after
from domain.wording.span import (
    AMOUNT,
    CONDITIONAL,
    DISCRETIONARY,
    FREQUENCY,
    INTENT,
    OPEN,
    PERMISSIVE,
    SUBJECTIVE,
    SUPPORT,
    UNNAMED,
    Span,
)
from domain.wording.words import listed

ELEMENTS = ("who", "what", "where", "when", "how", "why")
CLEAR, VAGUE, MISSING, NOT_APPLICABLE = "clear", "vague", "missing", "not_applicable"


def elements(statement: Statement, found: Sequence[Span]) -> dict[str, str]:
    """The six elements of the statement, given its findings."""
    reading = _Reading(statement, found)
    return {
        "who": reading.who(),
        "what": reading.what(),
        "where": reading.where(),
        "when": reading.when(),
        "how": reading.how(),
        "why": reading.why(),
    }


def _said(is_vague: bool, is_clear: bool, otherwise: str = MISSING) -> str:
    return VAGUE if is_vague else CLEAR if is_clear else otherwise


_SILENT = frozenset((BLANK, REASON, PURPOSE, QUOTED, UNCHECKED, PAST, RIGHT, NEGATED))
_UNIT_SINGLE = frozenset(("minutes", "minute", "hour", "hours", "second", "seconds", "hr"))


class _Reading:
    """One statement, read for its elements: each word is looked at once, each sign remembered."""

    def __init__(self, statement: Statement, found: Sequence[Span]) -> None:
        self.statement = statement
        self.words = statement.words
        self.found = found
        self.kind = statement.kind or "accommodation"
        self.categories = {span.category for span in found}
        self.places: dict[str, list[int]] = {}
        for place, word in enumerate(statement.words):
            self.places.setdefault(word, []).append(place)
        # The place of every finding's words: who is inside of one that leaves it to somebody only decides.
        self.inside: dict[int, Span] = {place: span for span in found for place in range(span.first, span.end)}
        self.leaves = {
            span: _left_open(statement, span)
            for span in found
            if span.category in (SUBJECTIVE, OPEN, DISCRETIONARY, CONDITIONAL)
        }

    @property
    def is_goal(self) -> bool:
        return self.kind == "goal"

    @property
    def is_service(self) -> bool:
        return self.kind == "service"

    def _spots(self, wanted: Set[str], *kinds: str) -> list[tuple[int, str]]:
        """Where one of the words, or something of that kind, stands; in order."""
        spots = [(place, word) for word in self.statement.vocabulary & wanted for place in self.places[word]]
        if kinds:
            words = self.words
            spots += [
                (place, words[place])
                for place, kind in enumerate(self.statement.kinds)
                if kind in kinds and words[place] not in wanted
            ]
        spots.sort()
        return spots

    def _promises(self, place: int) -> bool:
        return self.statement.does[place] not in _SILENT

    def _leaves(self, element: str, *categories: str) -> bool:
        return any(self.leaves.get(span) == element for span in self.found if not categories or span.category in categories)

    # Who

    def who(self) -> str:
        if self.is_goal:
            return CLEAR
        vague = UNNAMED in self.categories or self._leaves("who")
        clear = False
        service_named = False
        for place, word in self._spots(_LOOKS_AT_WHO):
            if not self._promises(place) and self.statement.does[place] not in (PURPOSE,):
                continue
            span = self.inside.get(place)
            if span is not None and span.category in (DISCRETIONARY, CONDITIONAL):
                continue
            if word in known.ROLE_WORDS and self._acts(place):
                clear = True
            elif word in known.BODIES and self._body_acts(place):
                vague = True
            elif word in known.NAMED_SERVICES and self._is_named_service(place):
                service_named = True
        if service_named and not clear:
            vague = True
        return _said(vague, clear)

    def _acts(self, place: int) -> bool:
        words, statement = self.words, self.statement
        word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
        start = statement.sentence_starts[place]
        if statement.does[place] == PURPOSE or (before in {"he", "she", "student", "they"} and word.endswith("s")):
            return False
        if word in ("mother", "father") or word in known.FAMILY_PEOPLE:
            return False
        if word in {"ot", "pt", "ots", "pts"}:
            if not (after in _FINITE_OR_VERBS_OR_TO or before in _ACTS_BEFORE_4) or after in _ACTS_AFTER:
                return False
            if after == "/" and statement.word(place + 2) not in ("ot", "pt", "slp"):
                return False
        if word == "substitute" and after in ("folder", "plan", "plans", "binder", "notes"):
            return False
        if word in _ACTS_HERE and after in known.AUXILIARY and statement.word(place + 3) in _RECEIVED:
            return False
        if word in _ACTS_HERE:
            return (
                before in ("by", "from")
                or after in _ACTS_AFTER_2
                or after in _ACTS_S
                or (before in ("a", "peer") and word == "buddy")
            )
        if word in ("reader", "readers"):
            return after in {"(", "reads", "will", "/"} and place == start
        if word in ("scribe", "scribes"):
            return not (after != "writes" and not (after == "will" and place - start < 2))
        if word in _ACTS_HERE_2 and (
            before in FINITE or before in ("to", "and") or (place == start and after in _ACTS_AFTER_7)
        ):
            return False
        if after in {"services", "service"}:
            return False
        if word in ("aide", "aides") and before in ("visual", "hearing"):
            return False
        if word in {"interpreter", "teacher", "nurse", "counselor"} and after in _ACTS_AFTER_3:
            return False
        if statement.joined[place] and after in _ACTS_AFTER_4:
            return after not in ("made", "student", "to")
        if statement.owners[place] and after not in _ACTS_AFTER_5:
            return False
        if after in _ACTS_AFTER_6:
            return bool(after == "notes" and statement.word(place + 2) in _ACTS_AFTER_8)
        look = place - 1
        determined, start = False, max(start, place - 12)
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
        lead = words[look] if look >= start else ""
        if lead == "of":
            return statement.word(look - 1) in _ACTS_BEFORE
        if lead in _ACTS_BEFORE_5:
            return True
        if lead == "with":
            verbs = set(words[max(look - 5, start) : look])
            return not verbs & _ACTS_WORDS
        if lead in _ACTS_BEFORE_2:
            return False
        if lead in ("to", "for"):
            return False
        if lead in _GIVES:
            # "gives the teacher a copy": the teacher receives, if somebody gives; an order ("Provide an aide") names who.
            return lead in _ACTS_BEFORE_3
        if after in _ACTS_AFTER_9 and statement.word(place + 2) in _ACTS_AFTER_10:
            verb = place + 2
            while statement.word(verb) in ("be", "also", "all"):
                verb += 1
            if statement.word(verb) in _RECEIVED or (
                statement.word(verb) in ("receive", "get", "attend")
                and _is_any(
                    words,
                    verb,
                    verb + 6,
                    _ACTS_WORDS_2,
                )
            ):
                return False
        return not (
            after in {"receive", "receives", "attend", "attends"} and _is_any(words, place + 2, place + 8, _ACTS_WORDS_3)
        )

    def _body_acts(self, place: int) -> bool:
        words, statement = self.words, self.statement
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
        if word in _BODY_ACTS_HERE:
            subject = after in _FINITE_OR_ACTS_S_OR_PROVIDES
            passive = before == "by" or statement.word(place - 2) == "by"
            if after == "to" and word == "school":
                return before not in ("from", "to", "after") and place == statement.sentence_starts[place] + (
                    1 if before in known.ARTICLES else 0
                )
            if word == "school" and after == "and":
                return False
            return (subject and before not in _BODY_ACTS_BEFORE) or passive
        subject = after in _FINITE_OR_ACTS_S_OR_SUGGESTS
        if "by" in words[max(0, place - 3) : place] or (word == "team" and "from" in words[max(0, place - 3) : place]):
            return True
        if after == "meeting" or after == "meetings" or before in _BODY_ACTS_BEFORE_2:
            return False
        return subject

    def _is_named_service(self, place: int) -> bool:
        words, statement = self.words, self.statement
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
                after not in _NAMED_SERVICE_AFTER
                and not (statement.joined[place] and after in ("to", "generating", "recognition"))
                and not (self.kind not in ("service", "support") and after not in {"therapy", "services", "language", "/"})
            )
        if word in ("occupational", "physical", "language"):
            return after == "therapy"
        if word == "counseling":
            return after not in _NAMED_SERVICE_AFTER_2
        if word in ("ot", "pt"):
            return not self._acts(place) and after not in ("room", "gym")
        if word in _NAMED_SERVICE_HERE:
            return True
        if word == "nursing":
            return after != "home"
        del before
        return True

    # What

    def what(self) -> str:
        words, _statement = self.words, self.statement
        if self.is_goal:
            return self._what_of_goal()
        vague = self._leaves("what")
        for span in self.found:
            if (
                (span.category == SUPPORT and not self._is_manner(span.first))
                or (span.category == SUBJECTIVE and words[span.first] in _GROWTH_OR_PREFERENTIAL)
                or (span.category == SUBJECTIVE and words[span.first] in {"preferential", "seating", "strategic", "optimal"})
            ):
                vague = True
        for place, word in self._spots(_LOOKS_AT_WHAT):
            if not self._promises(place):
                continue
            if (
                (word in _VAGUE_THINGS and self._is_vague_thing(place))
                or (word in _WHAT_HERE and self._is_vague_work(place))
                or (word in _WHAT_HERE_2 and self._is_training_without_topic(place))
                or (word in _UNSEEN and self._is_unseen(place))
            ):
                vague = True
        return _said(vague, bool(words))

    def _is_manner(self, place: int) -> bool:
        """`eats with help`: the help is how, the eating is what, where something else is promised too."""
        statement, words = self.statement, self.words
        start = statement.sentence_starts[place]
        look = place - 1
        while look > start and (
            words[look] in _DETERMINERS_OR_AMOUNT_OR_FREQUENCY_OR_UNNAMED_OR_ROLE_WORDS or words[look] in _MANNER_WORDS
        ):
            look -= 1
        if words[look] not in {"with", "given", "through", "using"} or (words[look] == "given" and not self.is_goal):
            return False
        return look > start + 2 and any(words[at] in _ACTS for at in range(start, look))

    def _is_vague_thing(self, place: int) -> bool:
        words, statement = self.words, self.statement
        word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
        if place in self.inside and self.inside[place].category in (CONDITIONAL, DISCRETIONARY):
            return False
        if word in ("serve", "serves", "served"):
            return (
                after in {"student", "him", "her", "the", "in", "by", "as", "when", ""} and statement.word(place + 1) != "lunch"
            )
        if word in ("services", "service"):
            if after in _VAGUE_THING_AFTER:
                return False
            if before in _NAMED_BEFORE_SERVICES or (before == "adult"):
                return False
            if before == "instruction" or before in _VAGUE_THING_BEFORE:
                return False
            return (
                not any(words[at] in _CONCRETE_SERVICES for at in range(max(0, place - 4), place))
                and statement.word(place + 1) != ":"
            )
        if word in {"accommodations", "accommodation", "modifications", "modification"} and len(words) <= 3 and after != ":":
            return True
        if word in {"accommodations", "modifications"} and "of" in words[max(0, place - 3) : place]:
            # A summary, a list, a copy of them: a paper.
            return False
        if word in {"accommodations", "accommodation", "modifications", "modification"} and (
            (after in _VAGUE_THING_AFTER_2 and (after != "as")) or before in _VAGUE_THING_BEFORE_2
        ):
            return (
                before in _VAGUE_THING_BEFORE_4
                and after not in _VAGUE_THING_AFTER_3
                and statement.word(place - 1) != "of"
                and not self._has_list_after(place)
            )
        if word == "accommodations" and after == "as":
            return not self._has_list_after(place)
        if word in _VAGUE_THING_HERE:
            if word in ("interventions", "intervention") and before in _VAGUE_THING_BEFORE_3:
                return False
            if word in ("interventions", "intervention") and after in ("specialist", "plan", "teacher"):
                return False
            if word in _VAGUE_THING_HERE_2:
                return False
            if word == "supports":
                return place in self.inside
            if before in ("mnemonic", "chunking", "calming_") or after in (":", "("):
                return not self._has_list_after(place)
            return True
        return False

    def _has_list_after(self, place: int) -> bool:
        end = self.statement.sentence_ends[place]
        return any(self.words[at] in (":", "(") for at in range(place + 1, min(place + 4, end))) and OPEN not in self.categories

    def _is_vague_work(self, place: int) -> bool:
        words, statement = self.words, self.statement
        word, after = words[place], statement.word(place + 1)
        if word in ("specialized", "individualized"):
            return after in _VAGUE_WORK_AFTER
        if word in ("adapted", "adaptive") and after in _VAGUE_WORK_AFTER_2:
            return after == "equipment"
        if word in ("alternate", "alternative") and after in _VAGUE_WORK_AFTER_3:
            return False
        limit = min(statement.sentence_ends[place], place + 6)
        for at in range(place + 1, limit):
            if (
                words[at] in _VAGUE_WORK_WORDS
                and at + 1 < limit
                and (statement.kinds[at + 1] != MARK)
                and words[at + 1] not in _VAGUE_WORK_AFTER_4
            ):
                if words[at] == "in":
                    return True
                if word not in _VAGUE_WORK_HERE:
                    return False
                following = words[at + 1]
                return not (
                    words[at] in {":", "("} or following.endswith("ing") or is_figure(statement, at + 1) or words[at] == "with"
                )
        return True

    def _is_training_without_topic(self, place: int) -> bool:
        words, statement = self.words, self.statement
        word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
        if word == "trained" and (after in _ROLE_WORDS_OR_UNNAMED_OR_PERSONS_OR_IN or before not in ("be", "are", "is")):
            return False
        if before in _TRAINING_WITHOUT_TOPIC_BEFORE:
            return False
        limit = min(statement.sentence_ends[place], place + 9)
        for at in range(place + 1, limit):
            if words[at] in _TRAINING_WITHOUT_TOPIC_WORDS and statement.word(at + 1) not in _TRAINING_WITHOUT_TOPIC_AFTER:
                return at + 1 < limit and (
                    statement.kinds[at + 1] in (DATE, NUMBER) or statement.word(at + 1) in _MONTHS_OR_WEEKDAYS
                )
            if words[at] == "to" and statement.word(at + 1) in known.VERBS:
                return False
            if word in ("train", "trains") and words[at] in ("on", "to", "in"):
                return False
        return True

    def _is_unseen(self, place: int) -> bool:
        if self.is_goal:
            return True
        before = self.statement.word(place - 1)
        return (
            before in ("will", "to") and self.statement.word(place - 2) in known.CHILD and self.statement.does[place] != PURPOSE
        )

    def _what_of_goal(self) -> str:
        words, _statement = self.words, self.statement
        vague = self._leaves("what", OPEN, DISCRETIONARY)
        for span in self.found:
            if (
                span.category == SUBJECTIVE
                and words[span.first] not in _WHAT_OF_GOAL_WORDS
                and not self._is_goals_measure(span)
            ) or (span.category == SUPPORT and not self._is_goals_help(span.first)):
                vague = True
        for place, word in self._spots(_LOOKS_AT_WHAT_OF_GOAL):
            if self._promises(place) and word in _UNSEEN and self._is_goals_unseen(place):
                vague = True
        return _said(vague, True)

    def _is_goals_help(self, place: int) -> bool:
        before = self.statement.word(place - 1)
        return before not in ("will", "to") or self.words[place] not in _GOALS_HELP_WORDS

    def _is_goals_measure(self, span: Span) -> bool:
        """A quality of the score is how; a quality of the skill is what."""
        nouns = self.words[span.end : span.end + 3]
        return bool(_GOALS_MEASURE_WORDS & set(nouns)) and (self.words[span.first] not in known.GROWTH)

    def _is_goals_unseen(self, place: int) -> bool:
        before = self.statement.word(place - 1)
        if before in _GOALS_UNSEEN_BEFORE:
            return not (before in ("to", "by") and self.statement.does[place] == PURPOSE)
        return (
            self.words[place] in ("understanding", "knowledge", "awareness") and before in _GOALS_UNSEEN_BEFORE_2
        ) or before.endswith("ly")

    # Where

    def where(self) -> str:
        _words, statement = self.words, self.statement
        vague = self._leaves("where")
        clear = False
        for place, word in self._spots(_LOOKS_AT_WHERE):
            if not self._promises(place) and statement.does[place] not in (PURPOSE, NEGATED):
                continue
            if statement.does[place] == PURPOSE and not self._is_time_to(place) and not self._has_preposition(place):
                continue
            span = self.inside.get(place)
            if span is not None and span.category in (DISCRETIONARY, CONDITIONAL):
                continue
            if word in _VAGUE_PLACES and self._is_vague_place(place):
                vague = True
            elif word in _HARD_PLACES and self._is_place(place):
                if self._is_open_place(place):
                    vague = True
                else:
                    clear = True
            elif (
                (word in known.SUBJECTS and self._is_subject_place(place))
                or (
                    word in _WHERE_HERE and has_place_after(statement, place + 1) and not (self.is_goal and word != "proximity")
                )
                or (word in _WHERE_HERE_2 and self._is_setting(place))
                or (word in _WHERE_HERE_4 and (word != "floor" or statement.word(place - 1) in _WHERE_BEFORE))
                or (word in _WHERE_HERE_3 and self._is_all(place))
            ):
                clear = True
        return _said(vague, clear, NOT_APPLICABLE if self.is_goal else MISSING)

    def _is_vague_place(self, place: int) -> bool:
        words, statement = self.words, self.statement
        word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
        if word in ("environment", "environments") and not {"in", "within", "across", "into"} & set(
            words[max(0, place - 5) : place]
        ):
            return before in ("quiet", "calm", "structured", "free", "reduced", "distraction")
        if word in _VAGUE_PLACE_HERE:
            if (
                word in {"place", "space", "spaces", "spot"}
                and before in {"to", "will", "and", "or"}
                and statement.kinds[place] == WORD
            ):
                return False
            if word == "place" and (before in _VAGUE_PLACE_BEFORE or after in _VAGUE_PLACE_AFTER):
                return after == "to" and before not in {"in", "his", "her", "loses"}
            if word in ("areas", "area") and before in _VAGUE_PLACE_BEFORE_6:
                return False
            if word in ("setting", "settings") and before == "group":
                return False
            if word in _VAGUE_PLACE_HERE_2 and (self._is_all(place) or before in _VAGUE_PLACE_BEFORE_2):
                if before == "school" and statement.word(place - 2) != "all":
                    return word in ("settings", "environments")
                return False
            if word in ("space", "spaces", "spot") and before in _VAGUE_PLACE_BEFORE_3:
                return before == "work" and word in ("space", "spaces")
            if word == "space" and before not in _VAGUE_PLACE_BEFORE_4:
                return False
            if statement.word(place + 1) == "near" and has_place_after(statement, place + 1):
                return False
            if word in _VAGUE_PLACE_HERE_3 and (after == "(" or after == ":"):
                return not has_place_after(statement, place + 2) and not _is_any(words, place + 2, place + 6, _HARD_PLACES)
            return True
        if word in _VAGUE_PLACE_HERE_4:
            if word == "classroom" and before == "separate":
                return False
            return (before in _VAGUE_PLACE_BEFORE_5 or (before == "a" and word == "room" and after in ("", ".", ","))) and not (
                before in ("small", "smaller") and word != "room"
            )
        return False

    def _is_place(self, place: int) -> bool:
        words, statement = self.words, self.statement
        word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
        if word in ("class", "classes") and self._is_left(place):
            return False
        if word in ("class", "classes"):
            if after in _PLACE_AFTER and not (
                before in {"in", "during", "every", "each"} and after in ("period", "periods", "time")
            ):
                return False
            return before in known.SUBJECTS or (
                before in _PLACE_BEFORE
                and not (False)
                and not (before in _PLACE_BEFORE_2 and word in ("classes", "class") and before != "the")
            )
        if word == "school" and before == "high" and _PLACE_WORDS & set(words[max(0, place - 3) : place]):
            return False
        if word == "school":
            return (
                before in _PLACE_BEFORE_3
                and not (before in ("high", "middle", "elementary") and after in _PLACE_AFTER_6)
                and after not in _PLACE_AFTER_2
                and not (False)
            )
        if word in ("home", "community", "college"):
            if word == "home":
                return (
                    before in {"at", "in", "to", "from", ",", "the", "his", "her", ""} and after not in _PLACE_AFTER_7
                ) or before == "ride"
            return before in _PLACE_BEFORE_5 and after not in _PLACE_AFTER_8
        if word in _PLACE_HERE:
            return self._is_spot(place)
        if word in _PLACE_HERE_2 and self._is_left(place):
            return False
        if word in ("room", "rooms"):
            return before not in _PLACE_BEFORE_4 or (before == "a" and after in ("with", "next", "near"))
        if word in ("classroom", "classrooms"):
            if before in ("another", "different", "other"):
                return False
            if (
                not self.is_service
                and not self._has_preposition(place)
                and before not in ("education", "kindergarten", "resource")
            ):
                return False
            return after not in _PLACE_AFTER_3 or (
                before in {"in", "education", "kindergarten", "the"} and after in _PLACE_AFTER_9
            )
        if word == "office":
            return self.is_service or self._has_preposition(place)
        if word in _PLACE_HERE_3:
            return after not in _PLACE_AFTER_4 and before != "classroom" and not (word == "kitchen" and after == "timer")
        if word in _WORKPLACES:
            return self._has_preposition(place) and statement.kinds[place - 1] == WORD
        if word in {"exit", "exits", "site", "sites"}:
            if word in ("site", "sites"):
                return (before in _PLACE_BEFORE_6 and word == "site") or (
                    self._has_preposition(place) and before in ("work", "job", "the")
                )
            return before in ("the", "near") and word == "exit" and self._has_preposition(place)
        if word in _PLACE_HERE_4:
            if word == "lab":
                return (
                    before in _PLACE_BEFORE_7
                    and after not in _PLACE_AFTER_5
                    and statement.word(place - 2) != "of"
                    and before != "each"
                )
            if word in ("elevator", "ramp"):
                return after not in {"key", "pass", "card", "access"}
            if word == "hall" and after in ("pass", "passes", "monitor"):
                return False
            if word == "building" and (after in _PLACE_AFTER_10 or before in ("in", "relationship")):
                return before == "in" and after != "skills"
            return not (word == "homeroom" and after == "teacher")
        return True

    def _is_left(self, place: int) -> bool:
        """`leave the room`: where one goes is not said; `redirect to class` neither."""
        words = self.words
        around = words[max(0, place - 3) : place]
        return bool(_LEFT_WORDS & set(around) or {"out", "of"} <= set(around)) and not _LEFT_WORDS_2 & set(around)

    def _has_preposition(self, place: int) -> bool:
        """`in her office`, `to the general education classroom`."""
        words = self.words
        for at in range(place - 1, max(place - 6, -1), -1):
            if words[at] in _PREPOSITION_WORDS:
                return True
            if (self.statement.kinds[at] == MARK and words[at] not in "/'") or words[at] in FINITE:
                return False
        return False

    def _is_spot(self, place: int) -> bool:
        """A seat, a row, a door: a place if one is put or moves there, not if a thing is only kept on it."""
        words, statement = self.words, self.statement
        word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
        if word == "bus":
            return after not in _SPOT_AFTER and not (False)
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
                return before in _SPOT_BEFORE and not (False)
            return before in _SPOT_BEFORE_2
        if word in _SPOT_HERE:
            if word == "center" and self._has_preposition(place):
                return True
            if word in {"board", "center", "side", "back"} and before not in _SPOT_BEFORE_3:
                return False
            look = words[max(0, place - 5) : place]
            if (
                word == "board"
                and before == "the"
                and _SPOT_WORDS_3 & set(look)
                and not {"near", "close", "front", "facing"} & set(look)
            ):
                return False
            if word == "back":
                return before == "the" and after in {"of", "row", "door", "table"}
            if word == "side":
                return before in ("left", "right") and "seat" in " ".join(look)
            if word in ("locker", "lockers"):
                return before in _SPOT_BEFORE_6 and {"at", "to", "near"} & set(look) != set()
            if word in {"door", "doors"} and is_figure(statement, place + 1):
                return True
            return not (word in {"window", "windows", "door", "doors"} and not _SPOT_WORDS & set(look))
        if word in ("desk", "table"):
            look = words[max(0, place - 5) : place]
            if (word == "table" and after and statement.kinds[place + 1] == NUMBER) or before in _SPOT_BEFORE_4:
                return True
            if (
                before in ("his", "her", "student")
                or statement.owners[place - 1]
                or (before in ("the", "a") and word == "desk")
            ):
                return bool(_SPOT_WORDS_4 & set(look)) and not {"placed", "is"} <= set(look) | {"is_"}
            if is_figure(statement, place + 1):
                return True
            return bool(_SPOT_WORDS_2 & set(look)) and (
                statement.owners[place - 1] or before in ("teacher", "the", "teacher's")
            )
        if word == "wheelchair":
            return False
        if word in _SPOT_HERE_2:
            if word == "line":
                return before in _SPOT_BEFORE_7
            if word == "wall":
                return {"along", "against", "near", "by"} & set(words[max(0, place - 4) : place]) != set()
            if word in ("shelf", "mat", "cart"):
                return False
            if word == "track":
                return before in ("the", "running")
            if word == "station":
                return after != "teacher"
            if word == "field":
                return before in {"the", "soccer", "football", "ball"} and after not in ("trip", "trips", "day")
            return before in _SPOT_BEFORE_5
        return False

    def _is_open_place(self, place: int) -> bool:
        """A list of places without an end: `all settings including but not limited to the cafeteria`."""
        return any(span.category == OPEN and self.leaves.get(span) == "where" for span in self.found)

    def _is_subject_place(self, place: int) -> bool:
        words, statement = self.words, self.statement
        word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
        if word == "social":
            return after == "studies" and self._follows_in(place) and not self.is_service_subject(place)
        if word in ("ed", "education"):
            return (
                before in _SUBJECT_PLACE_BEFORE
                and after not in _SUBJECT_PLACE_AFTER
                and (self._follows_in(place - 1) or self.is_service)
            )
        if after in {"class", "classroom", "classes", "room"}:
            return True
        if word == "arts":
            return before in {"language", "practical", "fine"} and not self.is_service and self._follows_in(place - 1)
        if word in {"lunch", "recess", "breakfast", "snack"}:
            if after in _SUBJECT_PLACE_AFTER_2:
                return after in ("line", "table", "period") and True
            return (
                before in _SUBJECT_PLACE_BEFORE_2
                and before not in ("before", "after")
                and statement.word(place - 2) not in ("before", "after", "start_")
            )
        if word in ("pe", "homeroom") and after not in _SUBJECT_PLACE_AFTER_3 and not self.is_service:
            return True
        if self.is_service_subject(place):
            return False
        if after in _SUBJECT_PLACE_AFTER_4:
            return after in _SUBJECT_PLACE_AFTER_5 and word not in _SUBJECT_PLACE_HERE and not self.is_goal
        if self.is_goal and word not in _GOAL_PLACES and self._lead(place) in _SUBJECT_PLACE_WORDS and not self._opens(place):
            return False
        return self._follows_in(place)

    def _lead(self, place: int) -> str:
        at = place - 1
        while at >= max(0, place - 12) and (self.words[at] in _SUBJECTS_OR_ARTICLES or self.words[at] in ("and", "or", ",")):
            at -= 1
        return self.statement.word(at)

    def _opens(self, place: int) -> bool:
        """`In science, Student will ...`"""
        start = self.statement.sentence_starts[place]
        return place - start <= 3 and self.words[start] == "in"

    def is_service_subject(self, place: int) -> bool:
        """A service's subject says what it is, not where."""
        if not self.is_service:
            return False
        words = self.words
        word, after = words[place], self.statement.word(place + 1)
        if after in ("class", "classroom", "room"):
            return False
        return word not in _SERVICE_SUBJECT_HERE

    def _follows_in(self, place: int) -> bool:
        """`in science`, `during PE and art`, `all math and science classes`."""
        words, statement = self.words, self.statement
        look = place - 1
        start = max(statement.sentence_starts[place], place - 12)
        while look >= start and (words[look] in _SUBJECTS_OR_ARTICLES or words[look] in _FOLLOWS_IN_WORDS):
            look -= 1
        lead = words[look] if look >= start else ""
        if lead in _FOLLOWS_IN_BEFORE:
            if lead == "for" and words[place] in _FOLLOWS_IN_WORDS_2:
                return False
            if lead in ("to", "from"):
                return words[place] in _FOLLOWS_IN_WORDS_3
            if words[place] in ("writing", "reading", "spelling") and (
                statement.word(place - 1) == "of" or statement.word(place + 1) in known.DETERMINERS
            ):
                return False
            return not (
                lead == "in"
                and words[place] in {"writing", "spanish", "french", "english"}
                and statement.word(look - 1) in _FOLLOWS_IN_BEFORE_2
            )
        return False

    def _is_setting(self, place: int) -> bool:
        words, statement = self.words, self.statement
        word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
        if word in ("push", "pull"):
            return after in ("in", "out")
        if word in ("inclusion", "mainstream"):
            return after in {"class", "classroom", "setting", "classes"} or before == "in"
        if word == "outside":
            return (after in _SETTING_AFTER and not (after == "of" and statement.word(place + 2) == "school")) or (
                after in ("", ".", ",") and before not in ("the", "an")
            )
        if word in ("inside", "anywhere"):
            return word == "inside" and after in {"the", "general", "gen", "regular", ""}
        return self.is_service or word in ("homebound", "indoors", "outdoors")

    def _is_all(self, place: int) -> bool:
        words = self.words
        for at in range(place - 1, max(place - 5, -1), -1):
            if words[at] in ("all", "every"):
                return not (OPEN in self.categories and self._leaves("where"))
            if words[at] not in _ALL_WORDS:
                return False
        return False

    # When

    def when(self) -> str:
        if self.is_goal:
            return self._when_of_goal()
        vague = (
            CONDITIONAL in self.categories
            or FREQUENCY in self.categories
            or self._leaves("when")
            or (
                not self.is_service
                and self._leaves("where", OPEN)
                and _is_any(words := self.words, 0, len(words), _CLASS_WORDS)
            )
        )
        for span in self.found:
            if span.category == AMOUNT and self._counts_times(span):
                vague = True
        vague = vague or self._is_at_vague_work()
        if vague:
            return VAGUE
        return _said(False, self._has_rate() if self.is_service else self._has_occasion())

    def _counts_times(self, span: Span) -> bool:
        words = self.words
        last = words[span.end - 1]
        if last in _COUNTS_TIMES_WORDS and span.end - span.first > 1 and last != "time":
            return any(is_figure(self.statement, at) for at in range(span.first, span.end)) or last == "times"
        after = self.statement.word(span.end)
        if span.end - span.first <= 2 and after in _COUNTS_TIMES_AFTER:
            return after != "days" or self.is_service
        return bool(self.is_service and (last in {"hours", "minutes", "days", "times"} and last == "days"))

    def _is_at_vague_work(self) -> bool:
        """`for longer assignments`, `lengthy tasks`, `throughout the day` for what recurs."""
        words, statement = self.words, self.statement
        for place, word in self._spots(_LOOKS_AT_AT_VAGUE_WORK):
            if not self._promises(place):
                continue
            if (
                word in _WORK_QUALITIES
                and place not in self.inside
                and not statement.joined[place]
                and not (word == "large" and statement.word(place + 1) in ("print", "group"))
            ):
                for at in range(place + 1, min(place + 4, statement.sentence_ends[place])):
                    if words[at] in _OCCASIONS_OR_TEXTS:
                        return True
                    if statement.kinds[at] != WORD or words[at] in known.PREPOSITIONS:
                        break
            if (
                (
                    (word == "throughout" and statement.word(place + 2) in _AT_VAGUE_WORK_AFTER)
                    or (word == "throughout" and statement.word(place + 1) == "day")
                )
                and not self._has_rate()
                and self._recurs()
            ):
                return True
            if word == "times" and statement.word(place - 1) in {"various", "different", "varying", "appropriate"}:
                return True
        return False

    def _recurs(self) -> bool:
        return _is_any(
            self.words,
            0,
            len(self.words),
            _RECURS_WORDS,
        ) or bool(self.categories & {SUPPORT})

    def _has_rate(self) -> bool:
        words, statement = self.words, self.statement
        for place, word in self._spots(_LOOKS_AT_RATE):
            if not self._promises(place) and statement.does[place] != PURPOSE:
                continue
            span = self.inside.get(place)
            if span is not None and span.category in (CONDITIONAL, DISCRETIONARY, FREQUENCY):
                continue
            after = statement.word(place + 1)
            if word in _RATE_HERE:
                return True
            if word in _RATE_HERE_2 and after in _RATE_AFTER:
                if word in ("a", "by", "the") and not (
                    self._figure_near(place) or (word == "a" and place and words[place - 1] in _RATE_BEFORE)
                ):
                    continue
                if word == "/" and not (place and (is_figure(statement, place - 1) or words[place - 1] in known.UNITS)):
                    continue
                return True
            if word in ("every", "each") and (is_figure(statement, place + 1) or after in _RATE_AFTER_5):
                return True
            if word in ("x", "times") and is_figure(statement, place - 1) and after in _RATE_AFTER_2:
                return True
            if word in ("days", "times", "sessions") and is_figure(statement, place - 1) and after in _RATE_AFTER_6:
                return True
            if word == "times" and statement.word(place - 1) == "all" and self.statement.word(place - 2) == "at":
                return True
            if (
                (
                    word in {"full", "all", "entire", "whole"}
                    and (after == "day" or (after in ("school", "instructional") and statement.word(place + 2) == "day"))
                )
                or word in ("always", "continuously", "fulltime")
                or (word == "full" and after == "time")
            ):
                return True
            if (
                word == "throughout"
                and statement.word(place + 2) in ("day", "school")
                and self.is_service
                and self.kind == "service"
            ):
                return True
            if word == "th" and statement.word(place - 1) == "/":
                return True
            if word in known.WEEKDAYS and word != "mon":
                return True
            if (word == "once" and statement.word(place + 1) in _RATE_AFTER_3) or (word == "twice" and after in _RATE_AFTER_4):
                return True
            if word == "semester" and statement.word(place - 1) in ("per", "each", "a"):
                return True
        return self.is_service and self._has_event()

    def _has_event(self) -> bool:
        """A service at an occasion that recurs: before each class, at arrival, within so many days, on a date."""
        _words, statement = self.words, self.statement
        for place, word in self._spots(_LOOKS_AT_EVENT):
            if not self._promises(place):
                continue
            after = statement.word(place + 1)
            if word in {"during", "before", "after", "at"} and (
                after in _EVENT_AFTER or (after == "the" and statement.word(place + 2) in ("start", "end", "beginning"))
            ):
                return True
            if word == "within" and is_figure(statement, place + 1):
                return True
        return False

    def _figure_near(self, place: int) -> bool:
        return any(
            is_figure(self.statement, at) or self.words[at] in ("once", "twice") for at in range(max(0, place - 4), place)
        )

    def _has_occasion(self) -> bool:
        _words, statement = self.words, self.statement
        if self._has_rate():
            return True
        for place, word in self._spots(_LOOKS_AT_OCCASION, DATE, TIME):
            if (
                statement.kinds[place] in (DATE, TIME)
                and self._promises(place)
                and statement.word(place - 1) not in ("dated", "plan", "report")
            ):
                return True
            does = statement.does[place]
            if does and does not in (PURPOSE, NEGATED):
                continue
            if place in self.inside and self.inside[place].category in (DISCRETIONARY, CONDITIONAL):
                continue
            if does == PURPOSE and not self._is_time_to(place):
                continue
            if word in _OCCASION_WORDS and self._is_occasion(place):
                return True
            if word in {"each", "every"} and self._is_each_occasion(place):
                return True
            if (
                word in known.SUBJECTS
                and self._is_subject_place(place)
                and statement.word(place + 1) not in {"room", "classroom", "wing"}
                and not (word in ("library", "gym", "cafeteria") and statement.word(place - 1) in known.DETERMINERS)
            ):
                return True
            if word in _TRIGGERS and self._is_trigger(place):
                return True
            if word in ("class", "classes", "classroom_") and self._is_place(place) and statement.word(place - 1) != "in_":
                return statement.word(place - 1) in _SUBJECTS_OR_EACH
            if (
                word in {"subjects", "classes", "settings", "areas"}
                and self._is_all(place)
                and word in ("subjects", "classes", "areas")
            ):
                return True
            if (
                word in known.MONTHS
                and (
                    (place + 1 < statement.count and statement.kinds[place + 1] == NUMBER)
                    or statement.word(place - 1) in _OCCASION_BEFORE_10
                )
                and word != "jan_"
            ):
                return True
            if word == "may" and place + 1 < statement.count and statement.kinds[place + 1] == NUMBER:
                return True
            if word in {"bus", "trip", "trips", "ride"} and self._is_ride(place):
                return True
            if word == "within" and is_figure(statement, place + 1) and statement.word(place + 2) in _OCCASION_AFTER:
                return True
            if word in ("immediately", "upon", "always"):
                return True
            if word == "per" and statement.word(place + 1) not in _OCCASION_AFTER_2:
                return True
            if (word == "times" and statement.word(place - 1) == "all") or (
                word == "time" and statement.word(place - 1) == "any"
            ):
                return True
            if word in ("day", "days") and statement.word(place - 1) in _OCCASION_BEFORE:
                return statement.word(place - 2) not in ("5", "2", "two")
            if word == "throughout" and statement.word(place + 2) in ("day", "school"):
                return not self._recurs()
            if word == "request" and statement.word(place - 1) in ("on", "upon"):
                return True
        return False

    def _is_each_occasion(self, place: int) -> bool:
        """`for every video`, `with each order`: whatever comes again and again."""
        before, after = self.statement.word(place - 1), self.statement.word(place + 1)
        return before in _PREPOSITIONS_OF_OCCASION and not (
            after in known.ROLE_WORDS or after in known.UNNAMED or after in known.CHILD or after in known.PERSONS
        )

    def _is_time_to(self, place: int) -> bool:
        """`time to copy homework` names the occasion; `as needed` may stand between."""
        words = self.words
        for at in range(place, max(place - 8, -1), -1):
            if words[at] == "to":
                before = at - 1
                while before > 0 and at - before < 4 and words[before] in _TIME_TO_WORDS:
                    before -= 1
                return self.statement.word(before) in {"time", "minutes", "days", "day"}
        return False

    def _is_occasion(self, place: int) -> bool:
        words, statement = self.words, self.statement
        word, before, after = words[place], statement.word(place - 1), statement.word(place + 1)
        if word in _OCCASION_HERE:
            if word == "homework" and after in _OCCASION_AFTER_3:
                return False
            if word in ("testing", "test") and before in ("drug", "hearing"):
                return False
            return not (False)
        if word in _OCCASION_HERE_2:
            if word == "assignment" and after in _OCCASION_AFTER_7:
                return False
            if word in ("report", "reports") and before in ("progress", "written", "oral") and before == "progress":
                return False
            if word in ("papers", "paper"):
                return before in ("research", "term", "written_")
            if word == "presentation" and before == "of":
                return False
            return not (word == "reports" and before == "oral")
        if word in {"draft", "drafts", "composition", "compositions"}:
            return before not in ("first", "a", "rough") or self._follows_during(place) or before == "rough"
        if word in ("prompt", "prompts"):
            return before in ("writing", "essay", "journal")
        if word == "work":
            return before in _OCCASION_BEFORE_2 and after not in _OCCASION_AFTER_4
        if word in {"task", "tasks", "activity", "activities"}:
            if before in _OCCASION_BEFORE_3:
                return not (before == "the" and self._is_thing_here(place))
            return False
        if word in _OCCASION_HERE_6:
            return (before in _OCCASION_BEFORE_4 and word != "page") or (
                word == "page" and before in ("homework", "per", "each")
            )
        if word == "class":
            return False
        if word in ("period", "periods"):
            return before in _OCCASION_BEFORE_5
        if word in _OCCASION_HERE_7:
            return (
                before in _OCCASION_BEFORE_6
                or before in known.SUBJECTS
                or (word == "lessons" and after not in ("plan", "plans"))
            )
        if word in ("lab", "labs"):
            return after not in {"partner", "coat", "routine"} or before in ("each", "every")
        if word in ("transition", "transitions"):
            if after in _OCCASION_AFTER_5:
                return after in ("warning", "warnings", "to") and word == "transitions"
            return before not in ("post-school", "school")
        if word in _OCCASION_HERE_3:
            return after not in _OCCASION_AFTER_6 or before in ("at", "during")
        if word in {"trip", "trips", "ride", "rides"}:
            return True
        if word in _OCCASION_HERE_4:
            if word in ("seizure", "fire"):
                return before in _OCCASION_BEFORE_11 or (word == "fire" and after in ("drill", "drills"))
            if word in ("instruction", "practice"):
                return (
                    before in _OCCASION_BEFORE_7
                    and not (before in ("direct", "small") and statement.word(place - 2) in ("given", "receive"))
                    and self._follows_during(place)
                )
            if word in ("meeting", "meetings"):
                return (
                    before in _OCCASION_BEFORE_8
                    and after != "notes"
                    and not (before in ("team", "iep") and statement.word(place - 2) in ("a", "one"))
                )
            if word in ("notes", "note"):
                return after == "taking" and self._follows_during(place)
            if before == "lip":
                return False
            if word in ("writing", "reading"):
                return self._follows_during(place) or after in _OCCASION_AFTER_8
            if word == "warm":
                return after == "up"
            if word in _OCCASION_HERE_8:
                return self._follows_during(place)
            return self._follows_during(place) or before in _OCCASION_BEFORE_12
        if word in {"bell", "morning", "afternoon", "evening"}:
            if word == "bell":
                return before in _OCCASION_BEFORE_13 and _is_any(words, max(0, place - 4), place, _OCCASION_WORDS_2)
            return before in _OCCASION_BEFORE_14 and not (word == "morning" and before == "good")
        if word in ("change", "changes"):
            return before in _OCCASION_BEFORE_15 and _is_any(words, max(0, place - 5), place, _OCCASION_WORDS_3)
        if word in _OCCASION_HERE_5:
            if word in {"answer", "answers", "response", "responses"} and before == "written":
                return True
            if before == "math" and word not in {"problem", "problems", "question", "questions"}:
                return False
            return before in _OCCASION_BEFORE_9 and not (before == "all" and word in ("words", "items_")) and not (False)
        if word in ("day", "days"):
            return False
        return False

    def _is_thing_here(self, place: int) -> bool:
        del place
        return True

    def _follows_during(self, place: int) -> bool:
        words = self.words
        for at in range(place - 1, max(place - 6, -1), -1):
            if words[at] in _FOLLOWS_DURING_WORDS:
                return True
            if (self.statement.kinds[at] == MARK and words[at] not in (",", "/")) or words[at] in FINITE:
                return False
        return False

    def _is_trigger(self, place: int) -> bool:
        """Anyone can check: `when the timer rings`, `after 2 absences`, `before each transition`, `at the start of`."""
        words, statement = self.words, self.statement
        word, after = words[place], statement.word(place + 1)
        span = self.inside.get(place)
        if span is not None:
            return False
        if word in _TRIGGER_HERE:
            if word == "as":
                return after in {"he", "she", "students", "student"} and statement.word(place + 2) in _TRIGGER_AFTER_2
            if word == "while" and after == "a":
                return False
            if word == "once":
                return after in _TRIGGER_AFTER_3
            if word == "should":
                return (
                    after in known.DETERMINERS and self.inside.get(place) is None and place == statement.sentence_starts[place]
                )
            if word in ("until", "unless"):
                return word == "unless"
            return True
        if word in _TRIGGER_HERE_2:
            if word == "at" and after in ("the", "each") and statement.word(place + 2) in _TRIGGER_AFTER_4:
                return True
            if word == "at" and (
                after in _TRIGGER_AFTER_5 or (place + 1 < statement.count and statement.kinds[place + 1] == TIME)
            ):
                return True
            if word == "at":
                return (
                    place + 1 < statement.count
                    and statement.kinds[place + 1] == NUMBER
                    and statement.word(place + 2) in {"am", "pm", "a.m.", "p.m."}
                )
            if word == "during":
                return not _is_any(words, place + 1, place + 3, ("times",)) and after != ""
            if word == "between":
                return after in _TRIGGER_AFTER
            if word in {"before", "after", "prior", "following"}:
                return after not in ("", "and") and not (False)
            return True
        return word in ("start", "end", "beginning") and statement.word(place - 1) == "the" and after == "of"

    def _is_ride(self, place: int) -> bool:
        words, statement = self.words, self.statement
        if words[place] == "bus":
            return (
                statement.word(place - 1) in {"the", "on", "school", "each"}
                and _is_any(words, max(0, place - 4), place, _RIDE_WORDS)
                and statement.word(place + 1) not in {"driver", "aide", "monitor", "stop"}
            )
        return True

    def _when_of_goal(self) -> str:
        words, statement = self.words, self.statement
        vague = False
        for place, word in self._spots(_LOOKS_AT_WHEN_OF_GOAL, DATE):
            if statement.does[place] in (REASON, QUOTED, UNCHECKED, PAST):
                continue
            after = statement.word(place + 1)
            if statement.kinds[place] == DATE:
                return CLEAR
            if (
                word in _MONTHS_OR_MAY
                and place
                and (
                    (place + 1 < statement.count and statement.kinds[place + 1] == NUMBER)
                    or words[place - 1] in _WHEN_OF_GOAL_BEFORE
                )
            ):
                if (
                    word == "may"
                    and not (place + 1 < statement.count and statement.kinds[place + 1] == NUMBER)
                    and words[place - 1] not in {"by", "in", "of", "until"}
                ):
                    continue
                return CLEAR
            if word in _WHEN_OF_GOAL_HERE:
                window = words[place + 1 : place + 9]
                stop = next((at for at, each in enumerate(window) if each in (",", ".", ";") or each in FINITE), len(window))
                window = window[:stop]
                inside = set(window)
                if word == "after" and {"high", "school"} <= inside:
                    return CLEAR
                if (
                    word in ("after", "upon", "following")
                    and inside & {"graduation", "graduating"}
                    and "high" not in inside - {"high"}
                ):
                    return CLEAR
                if (
                    word in ("after", "upon")
                    and inside & _WHEN_OF_GOAL_WORDS
                    and (inside & {"graduation", "graduating", "school"})
                ):
                    return CLEAR
                if word in _WHEN_OF_GOAL_HERE_2:
                    if word == "at" and not ({"end", "close", "conclusion"} & inside):
                        continue
                    if word == "in" and not (
                        is_figure(statement, place + 1) and inside & _WHEN_OF_GOAL_WORDS_5 and not inside & {"out", "of"}
                    ):
                        if inside & {"future", "time"} and ("near" in inside or after == "time"):
                            vague = True
                        continue
                    if inside & _WHEN_OF_GOAL_WORDS_2 and after not in ("using", "asking"):
                        if word == "within" and not (is_figure(statement, place + 1) or after in _WHEN_OF_GOAL_AFTER):
                            continue
                        if word == "by" and after.endswith("ing") and after not in ("spring", "evening", "morning"):
                            continue
                        if (
                            inside & {"period", "week", "day"}
                            and not inside & _WHEN_OF_GOAL_WORDS_3
                            and after in ("class", "the")
                            and "class" in inside
                        ):
                            continue
                        if after in {"sometime", "about", "around", "approximately"} or inside & {"eventually"} or (False):
                            vague = True
                            continue
                        return CLEAR
            if (
                word in {"eventually", "gradually", "sometime", "someday"}
                or (word == "over" and after == "time")
                or word == "future"
            ):
                vague = True
            if word == "this" and after in ("year", "semester"):
                return CLEAR
            if word == "throughout" and {"year"} & set(words[place + 1 : place + 5]):
                vague = True
            if word == "annually":
                return CLEAR
            if word == "graduation" and statement.word(place - 1) in {"after", "upon", "following", "school"}:
                return CLEAR
        return VAGUE if vague else MISSING

    # How

    def how(self) -> str:
        _statement, words = self.statement, self.words
        vague = self._leaves("how")
        for span in self.found:
            if (
                (span.category == AMOUNT and not self._counts_times(span))
                or (span.category == SUPPORT and not self.is_service)
                or (span.category in {PERMISSIVE, INTENT} and words[span.end - 1] in _SHORTENED)
                or (self.is_goal and span.category in (CONDITIONAL, FREQUENCY))
            ):
                vague = True
        if self.is_goal:
            clear = self._has_criterion()
            postsecondary = self._is_postsecondary()
            method = not clear and self._has_method()
            return _said(vague or method, clear, NOT_APPLICABLE if postsecondary else MISSING)
        if self.is_service:
            return _said(vague, self._has_length())
        if self._is_large_print_without_size():
            vague = True
        clear = self._has_measure()
        return _said(vague, clear, MISSING if self._comes_in_amounts() else NOT_APPLICABLE)

    def _has_criterion(self) -> bool:
        statement, words = self.statement, self.words
        for place in range(statement.count):
            if not (is_figure(statement, place) or words[place] == "all"):
                continue
            if not self._promises(place) and statement.does[place] != NEGATED:
                continue
            after, before = statement.word(place + 1), statement.word(place - 1)
            if words[place] == "all":
                if after in _CRITERION_AFTER_4 and after != "of":
                    return True
                continue
            if before in _MONTHS_OR_MAY_2 or after in ("grade", "th", "grader"):
                continue
            if statement.kinds[place] == NUMBER and 1900 < _int(words[place]) < 2200:
                continue
            if (words[place] in _CRITERION_WORDS and before in _CRITERION_BEFORE and after in _CRITERION_AFTER_5) or (
                words[place] == "one" and before in _CRITERION_BEFORE_2
            ):
                continue
            if (before == "within" and after in _CRITERION_AFTER_6) or (
                before == "in" and after in ("weeks", "months") and "of" not in words[place + 2 : place + 4]
            ):
                continue
            if words[place] == "once" and after not in _CRITERION_AFTER:
                continue
            if statement.joined[place] and after in _CRITERION_AFTER_2 and self._figures() > 1:
                continue
            if statement.joined[place] and after in _CRITERION_AFTER_3:
                continue
            if words[place] in ("second", "first"):
                continue
            if place in self.inside and self.inside[place].category in (CONDITIONAL,):
                continue
            if before in ("by", "end") and after in ("semester", "quarter"):
                continue
            if words[place] in ("two", "2") and after == "or":
                return True
            return True
        return False

    def _figures(self) -> int:
        return sum(1 for place in range(self.statement.count) if is_figure(self.statement, place))

    def _has_method(self) -> bool:
        for place, word in self._spots(_LOOKS_AT_METHOD):
            if word in _METHOD_HERE and self.statement.word(place + 1) in _METHOD_AFTER:
                return True
            if word in _METHOD_HERE_2 and self.statement.word(place - 1) in _METHOD_BEFORE:
                return True
        return False

    def _is_postsecondary(self) -> bool:
        words = set(self.words)
        after = {"graduation", "graduating", "graduates"} & words and _POSTSECONDARY_WORDS & words
        return (
            bool(after)
            or "postsecondary" in words
            or ("exiting" in words and "school" in words)
            or ({"after", "completing"} <= words and "school" in words and "high" in words)
            or ({"leaving", "school"} <= words)
            or ({"after", "high", "school"} <= words)
            or ({"completing", "high", "school"} <= words)
            or ({"completion", "high", "school"} <= words)
        )

    def _has_length(self) -> bool:
        """Minutes per session or period, a full day; for transport the manner."""
        statement, words = self.statement, self.words
        for place, word in self._spots(_LOOKS_AT_LENGTH, TIME):
            if statement.does[place] in (REASON, QUOTED, UNCHECKED, PAST, NEGATED):
                continue
            if place in self.inside and self.inside[place].category in (CONDITIONAL, DISCRETIONARY):
                continue
            if statement.kinds[place] == TIME and self.statement.joined[place] and statement.kinds[place + 1] == TIME:
                # `1:00-1:30`
                return True
            if word in _UNIT_SINGLE and (
                is_figure(statement, place - 1)
                or statement.word(place - 1) in _LENGTH_BEFORE
                or (statement.word(place - 1) in _LENGTH_BEFORE_3 and self._figure_near(place))
            ):
                if (
                    statement.word(place - 1) == "per"
                    or statement.word(place - 2) == "within"
                    or (statement.word(place - 1) == "a" and word != "hour")
                ):
                    continue
                if word in ("minute", "hour", "hours") and statement.word(place - 2) == "every":
                    continue
                return True
            if (
                (word in ("full", "entire", "whole") and statement.word(place + 1) in _LENGTH_AFTER)
                or (word == "all" and "day" in words[place + 1 : place + 3])
                or word == "fulltime"
                or (word == "half" and statement.word(place + 1) == "day")
            ):
                return True
            if word in {"period", "periods", "block", "blocks"} and (
                is_figure(statement, place - 1) or statement.word(place - 1) in _LENGTH_BEFORE_2
            ):
                return statement.word(place - 1) not in ("every", "each") or "entire" in words
            if (
                word == "throughout"
                and statement.word(place + 1) in ("the", "entire")
                and statement.word(place + 2) in ("entire", "full", "school")
                and "entire" in words
            ):
                return True
            if word == "%" and is_figure(statement, place - 1):
                return True
        if _is_any(words, 0, len(words), _LENGTH_WORDS):
            return _is_any(
                words,
                0,
                len(words),
                _LENGTH_WORDS_2,
            )
        return False

    def _is_large_print_without_size(self) -> bool:
        words, statement = self.words, self.statement
        for place, word in self._spots(_LOOKS_AT_LARGE_PRINT_WITHOUT_SIZE):
            if (
                word in {"large", "enlarged", "bigger", "big"}
                and statement.word(place + 1) in _LARGE_PRINT_WITHOUT_SIZE_AFTER
                and self._promises(place)
            ):
                around = words[max(0, place - 4) : place + 12]
                return not any(
                    each in _LARGE_PRINT_WITHOUT_SIZE_WORDS and any(each_.isdigit() for each_ in around) for each in around
                )
        return False

    def _has_measure(self) -> bool:
        """A number, a size, a length or a fraction of what is given."""
        statement, words = self.statement, self.words
        for place, word in self._spots(_LOOKS_AT_MEASURE, NUMBER):
            if statement.does[place] in (REASON, QUOTED, UNCHECKED, PAST, PURPOSE):
                continue
            if statement.does[place] == NEGATED and not (word in known.NUMBER_WORDS or statement.kinds[place] == NUMBER):
                continue
            span = self.inside.get(place)
            if span is not None and span.category in (CONDITIONAL, DISCRETIONARY, AMOUNT):
                continue
            before, after = statement.word(place - 1), statement.word(place + 1)
            if word == "other" and before == "every" and after not in _MEASURE_AFTER:
                return True
            if word in _MEASURE_HERE and not (word == "third" and (before == "the" or after == "grade")):
                return not (word == "twice" and after in _MEASURE_AFTER_5 and True)
            if (
                word == "time"
                and after == "and"
                and statement.word(place + 2) in ("a", "one")
                and "half" in words[place : place + 5]
            ):
                return True
            if word == "once" and before in ("repeat", "repeated", "repeats"):
                return True
            if word in ("one-sided", "all_") or word == "twice":
                return True
            if not is_figure(statement, place) or word == "once":
                continue
            if (
                before in _MEASURE_BEFORE_3
                and is_figure(statement, place - 2)
                and statement.word(place - 3) in _MONTHS_OR_MAY_3
            ):
                continue
            if before in _MONTHS_OR_MAY_3 and not (
                before == "than"
                and statement.word(place - 2) in ("more", "fewer", "less")
                and statement.word(place - 3) == "no"
            ):
                continue
            if after in _MEASURE_AFTER_2:
                continue
            if statement.kinds[place] == NUMBER and 1900 < _int(word) < 2200:
                continue
            if (
                before in _MEASURE_BEFORE
                and not (False)
                and not (before == "at" and after == "point")
                and after not in {"feet", "foot", "inches"}
            ):
                continue
            if statement.joined[place] and after in _MEASURE_AFTER_3 and after != "page":
                continue
            if after in _MONTHS_OR_MARKS and after != "/":
                continue
            if ((word in ("one", "1") and before in _MEASURE_BEFORE_2) or (word == "one" and after in _MEASURE_AFTER_4)) and (
                after in ("on", "to") or before != "at" or after != "time"
            ):
                continue
            if word == "1" and (after == ":" or after in ("to", "on")):
                continue
            if (before == ":" and statement.word(place - 2) == "1") or (
                before in ("to", "on") and statement.word(place - 2) in ("1", "one")
            ):
                continue
            if after in _MEASURE_AFTER_6 and before in _MEASURE_BEFORE_4:
                continue
            if after in ("times", "x", "time") and self._is_rate_of_check(place):
                continue
            if after in ("days", "day") and statement.word(place + 2) in {"a", "per", "/", "each"}:
                continue
            if self._is_condition_number(place):
                continue
            return True
        return False

    def _is_rate_of_check(self, place: int) -> bool:
        """`3 times a day` says when."""
        return self.statement.word(place + 2) in _RATE_OF_CHECK_AFTER

    def _is_condition_number(self, place: int) -> bool:
        """The figure of a trigger: `if absent 2 days`, `when the meter reads under 70`."""
        words = self.words
        for at in range(place - 1, max(place - 7, self.statement.sentence_starts[place]) - 1, -1):
            if words[at] in _CONDITION_NUMBER_WORDS:
                return True
            if words[at] in _CONDITION_NUMBER_WORDS_2:
                return False
        return False

    def _comes_in_amounts(self) -> bool:
        words, statement = self.words, self.statement
        for place, word in self._spots(_LOOKS_AT_COMES_IN_AMOUNTS):
            if statement.does[place] in (REASON, QUOTED, UNCHECKED, PAST, RIGHT, NEGATED) or (statement.does[place] == PURPOSE):
                continue
            span = self.inside.get(place)
            if span is not None and span.category in (CONDITIONAL, DISCRETIONARY):
                continue
            before, after = statement.word(place - 1), statement.word(place + 1)
            if word in _AMOUNTS:
                if word == "time" and (before in _COMES_IN_AMOUNTS_BEFORE or statement.joined[place]):
                    continue
                if word in ("break", "breaks") and (
                    before in ("winter", "spring", "summer") or after in _COMES_IN_AMOUNTS_AFTER
                ):
                    if after not in ("card", "cards", "pass"):
                        continue
                    continue
                if word in ("check", "checks") and (
                    not (after in ("in", "ins", "out") or before in ("daily", "weekly"))
                    or after in ("list", "mark")
                    or before == "spell"
                ):
                    continue
                if word in {"meeting", "meetings", "meets", "meet"} and (
                    (before in _COMES_IN_AMOUNTS_BEFORE_2 and word in ("meeting", "meetings"))
                    or after in ("his", "her", "their")
                    or (word in ("meet", "meets") and (before == "to" or after in {"student", "him", "bus", "the"}))
                ):
                    continue
                if word in {"training", "train", "trains", "trained"} and (
                    (word == "trained" and before not in ("be", "are", "is")) or before == "toilet"
                ):
                    continue
                if word in _COMES_IN_AMOUNTS_HERE and (span is None or span.category != SUPPORT):
                    continue
                if word == "distance" and before in ("long", "social"):
                    continue
                if word == "wait" and after != "time":
                    continue
                if word in _COMES_IN_AMOUNTS_HERE_2:
                    if word == "notice" and (before in ("to", "a") and after in ("when", "that")):
                        continue
                    return True
                return True
            if word in {"assignments", "homework", "assignment", "work"} and before in _COMES_IN_AMOUNTS_BEFORE_3:
                return True
            if word in _COMES_IN_AMOUNTS_HERE_3 and before != "student":
                return True
            if (
                word in ("directions", "instructions")
                and after in ("repeated", "are")
                and "repeated" in words[place : place + 4]
            ):
                return True
            if (
                word in ("small", "smaller")
                and after in ("group", "groups")
                and not _is_any(words, place + 2, place + 4, ("instruction_",))
            ):
                return True
            if word in ("print", "font") and before in ("large", "enlarged", "bigger"):
                return True
            if (word == "group" and after == "size") or (word == "class" and after == "size"):
                return True
            if (
                word in ("late", "ahead", "early")
                and self.kind
                and ((word == "early" and before == "minutes") or (word == "ahead" and statement.word(place - 1) == "time_"))
            ):
                return True
            if word == "early" and _is_any(
                words,
                max(0, place - 6),
                place,
                _COMES_IN_AMOUNTS_WORDS,
            ):
                return True
            if word in ("reconvene", "reconvenes"):
                return True
        return False

    # Why

    def why(self) -> str:
        statement, words = self.statement, self.words
        vague = clear = False
        for first, end in statement.reasons:
            content = [
                words[at]
                for at in range(first, end)
                if statement.kinds[at] == WORD
                and statement.does[at] not in (QUOTED, UNCHECKED, PAST)
                and words[at] not in _EMPTY_REASON
            ]
            if self._is_time_to(min(first + 1, end - 1)) and words[first] == "to":
                continue
            if statement.does[first] == UNCHECKED:
                continue
            if not content or (words[first] == "to" and not self._answers_why(first, end)):
                if (words[first] != "to" and not content and end > first) or (
                    words[first] == "to" and not content and self._answers_why(first, end)
                ):
                    vague = True
                continue
            if all(word in _GENERAL_REASON for word in content):
                vague = True
            else:
                clear = True
        if clear:
            return CLEAR
        if vague:
            return VAGUE
        return NOT_APPLICABLE if self.is_goal or self.is_service else MISSING

    def _answers_why(self, first: int, end: int) -> bool:
        """A purpose, not the content of what is done: `tools to fix`, `a form to sign`."""
        verb = first + 1
        while verb < end and self.words[verb].endswith("ly"):
            verb += 1
        return self.statement.word(verb) not in _PLAIN_PURPOSES


def _int(word: str) -> int:
    digits = word.replace(",", "").split(".")[0]
    return int(digits) if digits.isdigit() else 0


def _is_any(words: list[str], first: int, end: int, wanted: Sequence[str] | frozenset[str]) -> bool:
    return any(word in wanted for word in words[max(first, 0) : max(end, 0)])


_EMPTY_REASON = listed(
    "to so that because of due the a an his her their its he she they student students can is be will in order for"
    " and or as with since given by this it each all more at on from which are in will may could also better best"
    " purpose goal help support make ensure provide promote increase improve allow have has facilitate assist foster"
    " meet enable encourage maximize ensure enhance give get become achieve gain show"
    " successfully in within school full fully overall him them general him herself himself student's child child's"
    " own any own order helps allows supports being were was"
)
_GENERAL_REASON = listed(
    "need needs success successful successfully succeed access accessing learning learn participation participate"
    " participating disability disabilities progress progressing education educational academic academically"
    " curriculum school achievement individual unique growth grow opportunity opportunities environment"
    " fape benefit benefits goals goal inclusion class classroom instruction general performance potential possible"
    " best better appropriate program instructional special ability abilities development material content setting"
    " equal lesson lessons activities grade level advance overall environment functioning educationally effective"
    " effectively improve improvement enhance meaningful work do well accommodate diagnosis eligibility"
    " condition student experience progress day outcomes outcome good"
    " positive quality"
)
# After these, "to" says what is done with a thing.
_PLAIN_PURPOSES = listed("deliver discuss review share plan give go take use do talk read")
_PREFERENTIAL = frozenset(("preferential", "improve", "increase", "develop", "enhance"))
_ROLE_ADJECTIVES = listed(
    "general special education ed gen sped classroom school regular licensed certified bilingual kindergarten math"
    " science reading english art music pe physical occupational speech language sign behavior vision autism bus"
    " guidance case job assistant building instructional guest long-term mental health social hearing one adaptive"
    " adapted first second third fourth fifth grade new substitute her trained his history assigned same lunch"
    " cafeteria lunchroom homeroom resource co his their each all every both other transition technology assistive"
    " mobility itinerant teaching head full time part dedicated personal inclusion literacy two 1 study hall library"
    " office front attendance playground personal care private feeding district community wilson"
)
_GIVES = listed(
    "give gives giving provide provides tell tells show shows send sends hand hands email emails mail ask asks train"
    " trains inform informs notify notifies meet meets remind reminds teach teaches coach coaches consult see sees"
    " face faces call calls text texts assign assigned assigns have has use uses need needs require requires receive"
    " receives e-mail e-mails help helps observe observes alert alerts contact contacts update updates advise brief"
    " share join watch signal signals approach pay answer find greet thank follow hear leave interrupt ensure give"
    " tells"
)
_RECEIVED = listed(
    "trained informed notified given provided told briefed updated sent shown taught reminded advised alerted"
    " e-mailed emailed oriented instructed"
)
_VAGUE_THINGS = listed(
    "serve serves served services service accommodations accommodation modifications modification strategies strategy"
    " interventions intervention techniques supports"
)
_NAMED_BEFORE_SERVICES = listed(
    "transportation counseling nursing health therapy language interpreting interpreter vision mobility audiology"
    " psychological work speech tutoring reader scribe adult notetaking captioning o&m ot pt reading math behavior"
    " instruction braille feeding adult transcription hearing"
)
_CONCRETE_SERVICES = listed(
    "speech language counseling transportation nursing interpreting audiology vision mobility therapy reading math"
    " adult o&m orientation"
)
_UNSEEN = listed(
    "understand understands learn learns know knows comprehend realize appreciate understanding"
    " internalize grasp believe knowledge awareness aware"
)
_ACTS = known.VERBS | listed(
    "walks eats sits reads writes uses completes transitions works attends participates rides joins takes goes follows"
)
_ACTS_S = (
    listed("turns carries pushes signs picks opens holds passes pulls helps")
    | frozenset(
        verb + ending for verb in known.VERBS for ending in ("s", "es") if verb not in ("support", "work", "plan", "play")
    )
    | listed(
        "intends tries attempts hopes strives aims wants commits suggests recommends encourages supplies"
        " hires pays seeks places"
    )
)
_WORKPLACES = listed(
    "shelter restaurant bakery company farm garage salon bank hotel daycare warehouse factory zoo museum park mall"
    " church airport dealership nursery pharmacy stadium rink laundromat diner cafe plant firm business market"
    " supermarket greenhouse stable barn apartment dorm workplace facility"
)
_HARD_PLACES = _WORKPLACES | known.PLACES - {"seat_"} | {"rooms", "halls", "tables"}
_VAGUE_PLACES = listed(
    "location locations place places area areas space spaces spot environment environments setting settings room"
    " classroom corner office class"
)
_WORK_QUALITIES = listed(
    "long longer lengthy difficult complex challenging large big bigger larger hard harder novel unfamiliar multi-"
    " step demanding nonpreferred non-preferred high-stakes stressful unstructured major important significant"
    " dense advanced busy noisy loud"
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
_AMOUNTS = listed(
    "time break breaks support supports help assistance prompts reminders cues check checks checkin checkins sessions"
    " session meeting meetings meets meet training trainings train trains trained workload distance warning warnings"
    " wait notice repetition repetitions extension extensions consultation consult consults consulted meets"
    " checkins extensions tutoring"
)


_LISTED_PLACES = listed(
    "classroom classrooms cafeteria lunchroom hallway hallways bus library gym playground office room rooms settings"
    " specials recess lunch community classes math art music pe science hall halls restroom bathroom auditorium"
    " kitchen"
)
_LISTED_OCCASIONS = listed(
    "test tests quiz quizzes exam exams assemblies assembly lunch recess trips trip drills homework projects essays"
    " assignments dismissal"
)
_SHORTENED = listed("shortened reduced extended limited lowered decreased increased lengthened")
_PREPOSITIONS_OF_OCCASION = listed("for on in during with before after at when")
_CLASS_WORDS = known.SUBJECTS - {"library", "gym", "kindergarten"} | {"classes", "class", "subjects"}
_GOAL_PLACES = listed("lunch recess pe gym music art library specials homeroom breakfast snack choir band cafeteria electives")


# What a finding leaves open


def _left_open(statement: Statement, span: Span) -> str:
    """The element that the finding makes vague."""
    words = statement.words
    around = words[max(statement.sentence_starts[span.first], span.first - 6) : span.first]
    after = words[span.end : span.end + 4]
    if span.category == SUBJECTIVE:
        head = words[span.first]
        phrase = words[span.first : span.end]
        if head in {"promptly", "timely", "asap", "without"} or _LEFT_OPEN_WORDS_5 & set(phrase):
            return "how" if statement.kind == "goal" else "when"
        if {"time", "timeframe", "period"} & set(phrase):
            return "how" if statement.kind == "goal" else "when"
        noun = after[:2]
        if _LEFT_OPEN_WORDS & set(noun):
            return "how"
        if _LEFT_OPEN_WORDS_2 & set(noun):
            return "where"
        if {"times", "intervals", "moments"} & set(noun):
            return "when"
        if _LEFT_OPEN_WORDS_6 & set(noun):
            return "who"
        if phrase[0] == "preferential" or phrase[-1] == "preferential" or "seating" in phrase:
            return "where"
        if _LEFT_OPEN_WORDS_3 & set(noun) and statement.kind == "goal":
            return "how"
        if head == "to" or head == "as" or head in ("in", "within"):
            return "how"
        return "what"
    if span.category == OPEN:
        nearby = set(around[-4:]) | set(after)
        if statement.kind == "goal" and "will" in words[span.end :]:
            return "none"
        if _LEFT_OPEN_WORDS_7 & (set(after[:2]) | set(around[-3:])):
            return "where"
        if {"times", "days", "occasions"} & set(after[:2]):
            return "when"
        if _LEFT_OPEN_WORDS_4 & set(after[:2]):
            return "who"
        if words[span.first : span.end] == ["and", "/", "or"]:
            left, right = statement.word(span.first - 1), after
            if left in _ROLE_WORDS_OR_UNNAMED and set(right) & (_ROLE_WORDS_OR_UNNAMED):
                return "who"
            if left in known.OCCASIONS and set(right) & known.OCCASIONS:
                return "none"
            if left in _HARD_PLACES_OR_EDUCATION and set(right) & (_HARD_PLACES_OR_EDUCATION_2):
                return "where"
            return "what"
        if (
            around[-2:]
            and set(around[-4:]) & (_ROLE_WORDS_OR_UNNAMED)
            and words[span.first] in ("etc", "and", "or")
            and (around[-1] in known.ROLE_WORDS or (around[-2:-1] and around[-2] in known.ROLE_WORDS))
        ):
            return "who"
        if words[span.end - 1] in _LEFT_OPEN_AFTER and words[span.first] != "like":
            # What stands before it is the list.
            after = []
        if nearby & _LISTED_PLACES and (set(after[:3]) & _LISTED_PLACES or set(around[-2:]) & _LISTED_PLACES):
            return "where"
        if set(around[-1:] if words[span.first] != "etc" else around[-2:]) & _LISTED_OCCASIONS:
            return "when"
        return "what"
    if span.category == DISCRETIONARY:
        context = set(around)
        phrase = words[span.first : span.end]
        if {"choice", "choosing"} & set(phrase) and phrase[0] == "of" and set(around[-2:]) & (_ROLE_WORDS_OR_UNNAMED):
            return "who"
        if _LEFT_OPEN_WORDS_8 & context:
            return "how"
        if {"frequency"} & context:
            return "when"
        if _LEFT_OPEN_WORDS_9 & context | ({"out", "classroom"} & set(around[-2:]) if statement.kind == "service" else set()):
            return "where"
        if {"provider", "person"} & set(around[-2:]):
            return "who"
        if statement.kind == "goal":
            return "how"
        return "when"
    if span.category == CONDITIONAL:
        return "how" if statement.kind == "goal" else "when"
    return "none"


# Unions that are asked word by word, made once.
_FINITE_OR_VERBS_OR_TO = (
    FINITE
    | known.VERBS
    | {"to", "/", "or", "provides", "gives", "checks", "meets", "consults", "reviews", "sets", "works", "trains"}
)
_FINITE_OR_ACTS_S_OR_PROVIDES = (
    FINITE
    | _ACTS_S
    | listed(
        "provides gives sends pays to arranges makes offers keeps and supplies transports shall ensures will holds"
        " buys lends administration team"
    )
)
_FINITE_OR_ACTS_S_OR_SUGGESTS = (
    FINITE
    | _ACTS_S
    | listed(
        "suggests recommends provides meets reviews holds sends gives to agrees plans considers shares explores"
        " discusses decides monitors works looks makes updates"
    )
)
_GROWTH_OR_PREFERENTIAL = known.GROWTH | _PREFERENTIAL
_DETERMINERS_OR_CHILD_OR_FINITE_OR_PREPOSITIONS = known.DETERMINERS | known.CHILD | FINITE | known.PREPOSITIONS
_DETERMINERS_OR_AMOUNT_OR_FREQUENCY_OR_UNNAMED_OR_ROLE_WORDS = (
    known.DETERMINERS | known.AMOUNT | known.FREQUENCY | known.UNNAMED | known.ROLE_WORDS
)
_ROLE_WORDS_OR_UNNAMED_OR_PERSONS_OR_IN = known.ROLE_WORDS | known.UNNAMED | known.PERSONS | {"in", "on", "to"}
_MONTHS_OR_WEEKDAYS = known.MONTHS | known.WEEKDAYS
_SUBJECTS_OR_ARTICLES = known.SUBJECTS | known.ARTICLES
_OCCASIONS_OR_TEXTS = known.OCCASIONS | listed(
    "texts text passages directions problems material concepts content words transitions situations skills paper"
    " papers instructions vocabulary books moments times"
)
_SUBJECTS_OR_EACH = known.SUBJECTS | listed(
    "each every all in during academic core studies arts his her after before the to of between per"
)
_MONTHS_OR_MAY = known.MONTHS | {"may"}
_MONTHS_OR_MAY_2 = known.MONTHS | listed("may nearest grade room level table week unit age step goal chapter")
_MONTHS_OR_MAY_3 = known.MONTHS | listed(
    "may room row doors rows desks rooms desk seat locker grade level table unit page chapter section step part"
    " age over than grades form door bus route tier box card zone period lane"
)
_MONTHS_OR_MARKS = known.MONTHS | {"/"}
_ROLE_WORDS_OR_UNNAMED = known.ROLE_WORDS | known.UNNAMED
_HARD_PLACES_OR_EDUCATION = _HARD_PLACES | {"education", "ed", "in", "out"}
_HARD_PLACES_OR_EDUCATION_2 = _HARD_PLACES | {"education", "ed", "pull", "push", "pull-out"}


# The words that each element looks at; all others are passed over.
_LOOKS_AT_WHO = known.BODIES | known.NAMED_SERVICES | known.ROLE_WORDS
_LOOKS_AT_WHAT = (
    _UNSEEN
    | _VAGUE_THINGS
    | listed(
        "accommodated adapt adapted adaptive adapts adjusted alter altered alternate alternative"
        " differentiate differentiated in-service individualized inservice modified modifies modify simplified"
        " simplify specialized train trained training trains workshop"
    )
)
_LOOKS_AT_WHAT_OF_GOAL = _UNSEEN
_LOOKS_AT_WHERE = (
    _HARD_PLACES
    | _VAGUE_PLACES
    | known.SUBJECTS
    | listed(
        "anywhere areas class classes close environments floor homebound inclusion indoors inside locations"
        " mainstream outdoors outside proximity pull pullout push pushin ride rides seat seated seating"
        " settings sit sits stand subjects telehealth trip trips virtual virtually"
    )
)
_LOOKS_AT_AT_VAGUE_WORK = _WORK_QUALITIES | listed("large throughout times")
_LOOKS_AT_RATE = known.WEEKDAYS | listed(
    "th / a all always annually bimonthly biweekly by continuously daily days each entire every fridays full"
    " fulltime hourly mon mondays monthly nightly once per quarterly semester sessions the throughout"
    " thursdays times tuesdays twice wednesdays weekly whole x yearly"
)
_LOOKS_AT_EVENT = listed("after at before during within")
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
_LOOKS_AT_WHEN_OF_GOAL = _MONTHS_OR_MAY | listed(
    "after annually at before by during eventually following future gradually graduation in may over someday"
    " sometime this throughout until upon within"
)
_LOOKS_AT_METHOD = listed(
    "assessed assessments checklist checklists demonstrated determined documented evidenced indicated judgment"
    " measured monitored observation observations portfolio probes recorded reported rubric rubrics samples shown"
)
_LOOKS_AT_LENGTH = _UNIT_SINGLE | listed(
    "% all block blocks entire full fulltime half hour hours minute period periods throughout whole"
)
_LOOKS_AT_LARGE_PRINT_WITHOUT_SIZE = listed("big bigger enlarged large")
_LOOKS_AT_MEASURE = frozenset(known.NUMBER_WORDS) | listed(
    "1 double half once one one-sided other single third time triple twice unlimited"
)
_LOOKS_AT_COMES_IN_AMOUNTS = _AMOUNTS | listed(
    "ahead assignment assignments assistance break breaks check checks class consult consultation consults"
    " cues directions distance early extension extensions font group help homework instructions late meet"
    " meeting meetings meets notice print prompts reconvene reconvenes reminders repeat repeated repeating"
    " repeats repetition repetitions reread rereads session sessions small smaller support supports time train"
    " trained training trains wait warning warnings work workload"
)


# Words around a word that decide its sense, by the rule that asks for them.
_ACTS_AFTER = listed("services therapy room consult eval support sessions minutes consultation session")
_ACTS_HERE = listed("peer peers partner partners classmate classmates buddy")
_ACTS_AFTER_2 = listed("reads takes will carries tutor helper buddy note")
_ACTS_HERE_2 = listed("monitor coach escort guard cook signer writer agent substitute")
_ACTS_AFTER_3 = listed("preference choice edition discretion made manual guide copy permission approval")
_ACTS_AFTER_4 = listed("made led directed selected created student prepared to")
_ACTS_AFTER_5 = listed("help support assistance supervision guidance check reminder prompt prompts aide")
_ACTS_AFTER_6 = listed(
    "desk office station room table lounge board area schedule request report notes observation observations training"
    " trainings website email education edition"
)
_ACTS_BEFORE = listed("help support assistance guidance supervision direction aid presence consult services use")
_ACTS_WORDS = listed("share shared shares reviewed sharing communicate communicates review reviews discussed plan seat near")
_ACTS_BEFORE_2 = listed(
    "near beside behind next facing at in on between around toward towards about than per without as regarding"
)
_ACTS_BEFORE_3 = listed(
    "provide assign assigned provides have has assigns use uses need needs require requires receive receives ensure"
)
_ACTS_WORDS_2 = listed("training copy copies information instruction consultation inservice")
_BODY_ACTS_HERE = listed("school district county state agency program office board academy")
_BODY_ACTS_BEFORE = listed("in at from to after before during of for middle high elementary")
_BODY_ACTS_BEFORE_2 = listed("of to with for inform cooking sports basketball")
_NAMED_SERVICE_AFTER = listed(
    "room to device sounds output or teacher pathologist therapist recognition clarity software synthesizer"
    " generating in contest"
)
_NAMED_SERVICE_HERE = listed("o&m audiology audiological interpreting psychological ape dape slt speech-language st")
_WHAT_HERE = listed(
    "modified adapted alternate alternative adjusted differentiated modify adapt modifies adapts altered alter"
    " adaptive accommodated differentiate specialized individualized"
)
_WHAT_HERE_2 = listed("training trained train trains inservice workshop in-service")
_MANNER_WORDS = listed("verbal visual physical teacher 1 : the gestural and or ,")
_VAGUE_THING_AFTER = listed("provider providers agency dog agencies delivery plan time minutes")
_VAGUE_THING_BEFORE = listed(
    "speech language therapy transportation counseling nursing health interpreting audiology vision mobility work"
)
_VAGUE_THING_AFTER_2 = listed(": as page list checklist sheet plan card summary in")
_VAGUE_THING_BEFORE_2 = listed("of about on regarding these those testing the all his her")
_VAGUE_THING_AFTER_3 = listed("list page checklist sheet in : plan")
_VAGUE_THING_HERE = listed(
    "strategies strategy interventions intervention techniques supports tools materials resources opportunities"
    " methods approaches measures aids"
)
_VAGUE_THING_BEFORE_3 = listed("reading math phonics writing literacy language fluency dyslexia")
_VAGUE_THING_HERE_2 = listed("tools materials resources opportunities aids measures methods approaches")
_VAGUE_WORK_AFTER = listed("support services program programming materials work curriculum")
_VAGUE_WORK_AFTER_2 = listed(
    "physical pe p.e physical_education art music scissors keyboard paper pencil grip equipment switch chair utensils"
    " spoon stool seat desk swim"
)
_VAGUE_WORK_AFTER_3 = listed("format keyboard assessment test days exit route location setting state day")
_VAGUE_WORK_AFTER_4 = listed("all math science reading grade his her each every meet student english")
_TRAINING_WITHOUT_TOPIC_BEFORE = listed(
    "toilet mobility travel vocational skills job strength discrimination auditory potty parent cpr epipen seizure"
    " safety crisis aid diabetes vision communication device braille software autism feeding behavior awareness lift"
    " transfer dyslexia sensitivity trauma gait balance allergy weight"
)
_TRAINING_WITHOUT_TOPIC_WORDS = listed("on in about regarding how covering : using use related")
_TRAINING_WITHOUT_TOPIC_AFTER = listed("august september october january the_fall service a")
_GOALS_MEASURE_WORDS = listed("score scores accuracy grade grades rate mastery marks level pace")
_GOALS_UNSEEN_BEFORE = listed("will to and can not better also his her of student an demonstrate deeper shall by")
_GOALS_UNSEEN_BEFORE_2 = listed("demonstrate show gain an increased deepen her his understanding")
_WHERE_HERE = listed("seat seated seating sit sits stand close proximity")
_WHERE_HERE_2 = listed("push pull pullout pushin homebound inclusion mainstream indoors outdoors outside inside anywhere")
_WHERE_HERE_3 = listed("subjects classes class settings areas environments locations")
_VAGUE_PLACE_HERE = listed(
    "location locations place places area areas space spaces spot environment environments setting settings"
)
_VAGUE_PLACE_BEFORE = listed("in his her loses take takes work")
_VAGUE_PLACE_BEFORE_2 = listed(
    "general education special ed pull out in resource classroom school gen sped inclusive co-taught taught regular"
    " home setting inclusion self contained"
)
_VAGUE_PLACE_BEFORE_3 = listed("personal extra more work white parking between answer blank enough desk writing wide")
_VAGUE_PLACE_BEFORE_4 = listed(
    "quiet separate private designated calm safe alternate alternative different work small distraction-free free"
    " reduced sensory calming low"
)
_VAGUE_PLACE_BEFORE_5 = listed(
    "quiet separate another different other alternate alternative calm private smaller small free distraction"
)
_PLACE_AFTER = listed(
    "work notes discussion discussions period time size list schedule rules periods assignments material materials"
    " set lecture lectures participation project projects average president note website rule agenda routine text"
    " activities activity teacher textbook novel"
)
_PLACE_BEFORE = listed(
    "each every all in to during his her the special day education ed of after before academic core between this self"
    " contained taught life skills arts studies per from general regular leave leaves entering resource elective"
    " inclusion"
)
_PLACE_BEFORE_2 = listed("between after before of per leave the")
_PLACE_BEFORE_3 = listed("at in from to elementary middle high day")
_PLACE_AFTER_2 = listed(
    "day days year week success work hours rules supplies breaks psychologist counselor nurse personnel staff calendar"
)
_PLACE_HERE = listed(
    "desk table seat board wall shelf rug carpet mat line row field court bench van window windows door doors locker"
    " lockers front back corner center side store station resource track wing bus cart booth carrel aisle stage"
    " wheelchair"
)
_PLACE_HERE_2 = listed("room rooms classroom classrooms office building hall class school")
_PLACE_BEFORE_4 = listed(
    "make more enough reduced quiet separate another different alternate alternative calm private smaller small a"
)
_PLACE_AFTER_3 = listed(
    "management teacher teachers rules aide supports support routines routine staff materials expectations"
    " assignments aides jobs job tests discussions behavior activities instruction work library assistant para"
    " paraprofessional schedule aid assessments strategies observation observations help accommodations tasks calm"
)
_PLACE_HERE_3 = listed("gym pool kitchen library cafeteria auditorium lunchroom hallway hallways playground bathroom restroom")
_PLACE_AFTER_4 = listed(
    "teacher pass monitor monitors uniform book books rules staff card clothes duty breaks break schedule aide"
    " supervisor director passes"
)
_PLACE_HERE_4 = listed(
    "campus hospital clinic building stairs stairwell ramp elevator lobby entrance exit curb courtyard theater"
    " homeroom hall halls lab worksite jobsite studio yard garden foyer doorway cubicle cubby"
)
_PLACE_AFTER_5 = listed("report reports sheet partner manual routine coat notebook work safety")
_LEFT_WORDS = listed("leave leaves leaving exit exits left redirect redirects")
_PREPOSITION_WORDS = listed("in at to from inside outside near into within throughout across of between through during")
_SPOT_AFTER = listed(
    "driver drivers aide monitor stop pass evacuation company attendant behavior rules schedule harness safety number"
    " riding seat transportation"
)
_SPOT_BEFORE = listed("front aisle window bus corner back first second")
_SPOT_BEFORE_2 = listed("front first second back middle last third")
_SPOT_HERE = listed("board window windows door doors center corner side back locker lockers aisle")
_SPOT_BEFORE_3 = listed("the learning white front media left right career dry-erase smart")
_SPOT_WORDS = listed("near away from by at next to beside and facing")
_SPOT_BEFORE_4 = listed("kidney front back lunch u-shaped small-group peanut-free peanut free horseshoe sensory")
_SPOT_WORDS_2 = listed("near next beside close by facing adjacent sit sits seated seat")
_SPOT_HERE_2 = listed("line wing station store field court stage rug carpet mat bench booth track van cart carrel shelf wall")
_SPOT_BEFORE_5 = listed("the study in his her grocery school tennis basketball reading an a on wheelchair district")
_SUBJECT_PLACE_BEFORE = listed("gen general phys reg regular special sp sped")
_SUBJECT_PLACE_AFTER = listed(
    "teacher teachers aide services instruction tchr staff support para director program provider curriculum"
)
_SUBJECT_PLACE_AFTER_2 = listed(
    "choices detention bunch bag box money tray number card menu aide count line table period supervisor duty monitor"
)
_SUBJECT_PLACE_BEFORE_2 = listed("at during in to and or , every each including / for lunch of from his her the daily")
_SUBJECT_PLACE_AFTER_3 = listed("teacher teachers uniform clothes coach shoes locker")
_SUBJECT_PLACE_AFTER_4 = listed(
    "teacher teachers tests test homework skills goals instruction facts problems assignments worksheets quizzes"
    " fluency intervention specialist passages comprehension tasks workbook software prompt prompts group groups"
    " support level log goal essays papers projects labs lab coach aide vocabulary text texts books book"
)
_SUBJECT_PLACE_AFTER_5 = listed("tests test quizzes homework assignments labs projects worksheets lab group instruction")
_SERVICE_SUBJECT_HERE = listed("lunch recess gym cafeteria homeroom library specials ed education breakfast snack")
_FOLLOWS_IN_WORDS = listed(
    "and or , / & studies arts language general gen regular special both his her all every each tech grade world us"
    " physical the ap honors adapted"
)
_FOLLOWS_IN_BEFORE = listed("in during at for from to throughout into across")
_FOLLOWS_IN_WORDS_2 = listed("reading writing spelling ed education phonics swimming")
_FOLLOWS_IN_WORDS_3 = listed("lunch recess pe gym music art library specials homeroom math science")
_FOLLOWS_IN_BEFORE_2 = listed("instructions directions written directions, put answers given skills progress improvement")
_ALL_WORDS = listed(
    "school academic core content educational general education instructional learning subject of his her the"
    " elective other special and non-academic classroom areas"
)
_COUNTS_TIMES_WORDS = listed("times time x sessions session visits meetings checks breaks break")
_RECURS_WORDS = listed(
    "breaks break check checks prompts reminders cues monitor monitoring praise movement feedback checkins support"
    " opportunities reinforcement redirection supervision encouragement rest water snacks activities stretch input"
    " diet help assistance prompting cueing breaks,"
)
_RATE_HERE = listed(
    "daily weekly monthly hourly quarterly annually yearly biweekly bimonthly nightly mondays tuesdays wednesdays"
    " thursdays fridays"
)
_RATE_HERE_2 = listed("per a each every / by the")
_RATE_AFTER = listed(
    "day week month year hour class period quarter semester session morning afternoon monday tuesday wednesday"
    " thursday friday trimester cycle marking weeks lunch grading game other evening hr mtg trip ride iep 9 six nine"
    " assembly"
)
_RATE_BEFORE = listed("once twice times time x days minutes hours hour")
_RATE_AFTER_2 = listed("weekly monthly daily week wk month day year per a / each by quarter semester hour yr mo")
_RATE_AFTER_3 = listed("a per weekly monthly every each daily")
_RATE_AFTER_4 = listed("a per weekly monthly daily each every by /")
_EVENT_AFTER = listed("each every all lunch recess arrival dismissal transitions meals mealtimes")
_OCCASION_AFTER = listed("day days school hours minutes hour business week weeks minute calendar")
_OCCASION_AFTER_2 = listed("teacher the iep student his her group need page doctor")
_OCCASION_BEFORE = listed("testing test school field first last same next rainy pe gym each every")
_OCCASION_HERE = listed(
    "test tests benchmark benchmarks staar psat nwea testing quiz quizzes exam exams homework assessments assessment"
    " examinations finals midterms midterm"
)
_OCCASION_AFTER_3 = listed("folder planner notebook log binder agenda club help")
_OCCASION_HERE_2 = listed(
    "assignment assignments essay essays classwork seatwork project projects report reports presentation"
    " presentations lecture lectures paper papers"
)
_OCCASION_BEFORE_2 = listed(
    "written independent group seat class partner lab missing make-up makeup morning school late graded small-group"
    " board desk table individual incomplete academic all independent,"
)
_OCCASION_AFTER_4 = listed("area space station sample folder completion box on load")
_OCCASION_BEFORE_3 = listed(
    "writing reading math written group each every all timed graded motor table listening classroom typing cutting"
    " independent new academic lab physical pe outdoor class between the learning speaking handwriting drawing non-"
    " preferred preferred fine"
)
_OCCASION_BEFORE_4 = listed("each every all per math homework on any")
_OCCASION_BEFORE_5 = listed("each every class per testing lunch work of last first passing the")
_OCCASION_BEFORE_6 = listed("each every all new the a during before projected whole-group group per of of_new")
_OCCASION_AFTER_5 = listed(
    "plan services planning coordinator specialist goals program assessment skills to meeting object cards warning warnings :"
)
_OCCASION_HERE_3 = listed(
    "recess lunch breakfast snack arrival dismissal assembly assemblies rally rallies meals meal mealtime mealtimes"
    " drill drills concert concerts warm-up"
)
_OCCASION_AFTER_6 = listed("monitor box money aide supervisor duty bag menu number tray detention")
_OCCASION_HERE_4 = listed(
    "discussion discussions instruction dictation conversation seizure seizures fire instruction, writing reading"
    " notetaking speaking warm screening evaluation recital practice games game meeting meetings notes note"
)
_OCCASION_BEFORE_7 = listed("group class during direct whole-group whole academic all independent small in")
_OCCASION_BEFORE_8 = listed("each every at iep morning before the team class")
_OCCASION_WORDS_2 = listed("before after at when until with to minutes")
_OCCASION_WORDS_3 = listed("before of prior for to about when any")
_OCCASION_HERE_5 = listed(
    "direction directions answer answers item items problem problems question questions step steps sentence response"
    " responses word words text texts passage passages book books essay material materials handout handouts"
)
_OCCASION_BEFORE_9 = listed("each every per test math homework all quiz word any")
_FOLLOWS_DURING_WORDS = listed("during before after in at for when throughout prior while between")
_TRIGGER_HERE = listed("when whenever if once unless until as while should")
_TRIGGER_HERE_2 = listed("before after at during upon prior between following")
_TRIGGER_AFTER = listed("classes periods tasks activities items sections subjects")
_RIDE_WORDS = listed("on during from to off onto while")
_WHEN_OF_GOAL_BEFORE = listed("by in of until late early mid before end")
_WHEN_OF_GOAL_HERE = listed("by within before after until at upon in")
_WHEN_OF_GOAL_WORDS = listed("graduation graduating exiting exit completing completion leaving")
_WHEN_OF_GOAL_WORDS_2 = listed(
    "year semester quarter trimester iep annual weeks months month week review graduation break grading marking"
    " period term winter spring fall summer thanksgiving christmas school 20 years january june 9 age grade annually"
    " midyear cycle duration"
)
_WHEN_OF_GOAL_WORDS_3 = listed("iep grading marking semester annual school year")
_WHEN_OF_GOAL_WORDS_4 = listed("spring summer fall winter next the year")
_CRITERION_BEFORE = listed("within at any which each this no the")
_CRITERION_BEFORE_2 = listed("this each another no which any at")
_CRITERION_AFTER = listed("a per each every daily weekly during")
_CRITERION_AFTER_2 = listed("step grade digit year syllable letter word paragraph on to")
_CRITERION_AFTER_3 = listed("step digit year syllable on to grade dimensional")
_METHOD_HERE = listed(
    "measured evidenced shown demonstrated assessed recorded documented determined indicated reported monitored"
)
_METHOD_AFTER = listed("by through on in using with via")
_METHOD_HERE_2 = listed(
    "observation observations rubric rubrics checklist checklists samples portfolio probes assessments judgment"
)
_METHOD_BEFORE = listed(
    "teacher by work staff classroom using on informal a writing curriculum-based per through via progress-monitoring based"
)
_LENGTH_BEFORE = listed("an a one half per minute an,")
_LENGTH_AFTER = listed("day period time school class session instructional")
_LENGTH_BEFORE_2 = listed("class a one entire whole every each")
_LENGTH_WORDS = listed("bus transportation van transported ride rides curb transport taxi")
_LENGTH_WORDS_2 = listed(
    "lift door curb wheelchair harness aide monitor seat taxi van attendant air-conditioned belt booster"
    " vest small air tie-downs car"
)
_LARGE_PRINT_WITHOUT_SIZE_AFTER = listed("print font type text printed copies copy worksheets")
_MEASURE_AFTER = listed("day week month tuesday friday monday class period")
_MEASURE_HERE = listed("half double twice triple third unlimited single")
_MEASURE_AFTER_2 = listed("grade th am pm a.m. p.m. st nd rd or_more")
_MEASURE_BEFORE = listed("within every under above below after before absent at of_the")
_MEASURE_AFTER_3 = listed("step grade digit on to page year paragraph")
_MEASURE_BEFORE_2 = listed("at no each any which this of per")
_MEASURE_AFTER_4 = listed("of another on spoken written time side to at")
_RATE_OF_CHECK_AFTER = listed("a per daily weekly / each every week day monthly wk month during by")
_COMES_IN_AMOUNTS_BEFORE = listed(
    "at one each every same any class lunch quiet circle a first this study center on story part full of"
)
_COMES_IN_AMOUNTS_AFTER = listed("room card area down cards space pass")
_COMES_IN_AMOUNTS_BEFORE_2 = listed("iep morning at during before the each class")
_COMES_IN_AMOUNTS_HERE = listed("support supports help assistance prompts reminders cues")
_COMES_IN_AMOUNTS_HERE_2 = listed(
    "session sessions warning warnings notice repetition repetitions workload extension extensions consultation"
    " consult consults"
)
_COMES_IN_AMOUNTS_BEFORE_3 = listed("modified reduced shortened shorten reduce modify adjusted less fewer adjust limit")
_COMES_IN_AMOUNTS_WORDS = listed("leave leaves dismiss dismissed released leaving release transition")
_LEFT_OPEN_WORDS = listed("time notice warning breaks spacing wait amount number length font size distance pace space")
_LEFT_OPEN_WORDS_2 = listed("setting settings location locations place environment seat placement area room spot space")
_LEFT_OPEN_WORDS_3 = listed("score scores accuracy grade grades rate mastery marks level")
_LEFT_OPEN_WORDS_4 = listed("staff adults personnel people teachers adult person")


# Words around a word that decide its sense, by the rule that asks for them.
_ACTS_BEFORE_4 = listed("by the an school from")
_ACTS_AFTER_7 = listed("his her the student progress for")
_ACTS_AFTER_8 = listed("the his each down when")
_ACTS_BEFORE_5 = listed("by from under through via")
_ACTS_AFTER_9 = listed("will shall must should are is")
_ACTS_AFTER_10 = listed("be also been get receive")
_ACTS_WORDS_3 = listed("training copy copies consultation inservice")
_NAMED_SERVICE_AFTER_2 = listed("office center room department suite")
_VAGUE_THING_BEFORE_4 = listed("the all testing his her any")
_VAGUE_WORK_AFTER_5 = listed("directions instructions language text texts vocabulary")
_VAGUE_WORK_WORDS = listed("with by to : ( in")
_VAGUE_WORK_HERE = listed("modified adapted adjusted modify adapt altered")
_WHAT_OF_GOAL_WORDS = listed("as to in within at")
_GOALS_HELP_WORDS = listed("support help assist encourage guide facilitate")
_WHERE_HERE_4 = listed("trip trips ride rides floor")
_WHERE_BEFORE = listed("first second third ground main top")
_VAGUE_PLACE_AFTER = listed("value of to holder keeper")
_VAGUE_PLACE_BEFORE_6 = listed("academic all content core subject skill")
_VAGUE_PLACE_HERE_2 = listed("settings setting environments environment areas locations")
_VAGUE_PLACE_HERE_3 = listed("location locations place area setting spot")
_VAGUE_PLACE_HERE_4 = listed("room classroom corner office class")
_PLACE_WORDS = listed("after completing leaving of finishing exiting")
_PLACE_AFTER_6 = listed("diploma credit credits level year transition")
_PLACE_AFTER_7 = listed("school communication language log contact")
_PLACE_BEFORE_5 = listed("in the at technical to community")
_PLACE_AFTER_8 = listed("helpers agencies service partners credit applications")
_PLACE_AFTER_9 = listed("activities instruction library work calm")
_PLACE_BEFORE_6 = listed("the work job his her")
_PLACE_BEFORE_7 = listed("computer science the in chemistry biology")
_PLACE_AFTER_10 = listed("blocks principal staff administrator skills")
_LEFT_WORDS_2 = listed("for in and each every all")
_SPOT_WORDS_3 = listed("on copy from write writes off")
_SPOT_BEFORE_6 = listed("his her at the to")
_SPOT_WORDS_4 = listed("on at near by beside next")
_SPOT_BEFORE_7 = listed("lunch cafeteria bus carpool car")
_SUBJECT_PLACE_HERE = listed("reading writing spelling library kindergarten drama")
_SUBJECT_PLACE_WORDS = listed("in for to from across")
_SETTING_AFTER = listed("the of general gen regular")
_COUNTS_TIMES_AFTER = listed("times sessions visits meetings days")
_AT_VAGUE_WORK_AFTER = listed("day school year instructional week class")
_RATE_AFTER_5 = listed("other time school transition test")
_RATE_AFTER_6 = listed("a per / each weekly")
_OCCASION_BEFORE_10 = listed("by in every until of")
_TIME_TO_WORDS = listed("as if needed necessary ) minutes")
_OCCASION_AFTER_7 = listed("notebook book sheet pad planner")
_OCCASION_HERE_6 = listed("worksheet worksheets packet packets page")
_OCCASION_HERE_7 = listed("lesson lessons unit units chapter")
_OCCASION_BEFORE_11 = listed("during after a every each")
_OCCASION_AFTER_8 = listed("assignments tasks tests assignment task activities")
_OCCASION_HERE_8 = listed("game games practice evaluation screening")
_OCCASION_BEFORE_12 = listed("each every all class group whole")
_OCCASION_BEFORE_13 = listed("first the last late final warning")
_OCCASION_BEFORE_14 = listed("each every the in this")
_OCCASION_BEFORE_15 = listed("schedule routine each every class room")
_TRIGGER_AFTER_2 = listed("enters arrives leaves works finishes enter")
_TRIGGER_AFTER_3 = listed("he she the student per a")
_TRIGGER_AFTER_4 = listed("start end beginning conclusion close")
_TRIGGER_AFTER_5 = listed("arrival dismissal all lunch recess noon")
_WHEN_OF_GOAL_HERE_2 = listed("by before at within until in")
_WHEN_OF_GOAL_WORDS_5 = listed("weeks months week year month")
_WHEN_OF_GOAL_AFTER = listed("a the this one an")
_CRITERION_AFTER_4 = listed("trials opportunities attempts of occasions")
_CRITERION_WORDS = listed("one once single half third quarter")
_CRITERION_AFTER_5 = listed("year another calendar school end semester")
_CRITERION_AFTER_6 = listed("year calendar iep months weeks school")
_POSTSECONDARY_WORDS = listed("after upon following once when")
_LENGTH_BEFORE_3 = listed("of clock instructional service direct")
_LARGE_PRINT_WITHOUT_SIZE_WORDS = listed("point pt font_size % percent size")
_MEASURE_AFTER_5 = listed("daily a weekly per each")
_MEASURE_BEFORE_3 = listed("and , - through to or")
_MEASURE_AFTER_6 = listed("days day school weeks week hours")
_MEASURE_BEFORE_4 = listed("in within absent last first")
_CONDITION_NUMBER_WORDS = listed("if when whenever after unless")
_CONDITION_NUMBER_WORDS_2 = listed(", will then : gives")
_COMES_IN_AMOUNTS_HERE_3 = listed("repeat repeats repeated repeating reread rereads")
_LEFT_OPEN_WORDS_5 = listed("timely prompt soon intervals times")
_LEFT_OPEN_WORDS_6 = listed("staff person personnel adult aide")
_LEFT_OPEN_WORDS_7 = listed("locations settings places environments rooms areas")
_LEFT_OPEN_AFTER = listed("etc on forth more like")
_LEFT_OPEN_WORDS_8 = listed("length amount number size duration quantity")
_LEFT_OPEN_WORDS_9 = listed("location setting place where seat")
