"""A text while words are taken out of it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from domain.changes.amounts import read_amounts
from domain.changes.asides import MEASURE, MEASURE_HINTS, PURPOSE, REASON
from domain.changes.certainty import NEGATION, ONLY, read_hedges, read_often, stems
from domain.changes.contact import read_contact
from domain.changes.digits import HAS_DIGIT, in_digits
from domain.changes.figure import AT_MOST, Figure
from domain.changes.goal import read_grade, read_help, read_shares
from domain.changes.hedges import CEILING, CEILING_HINTS
from domain.changes.parts import Parts, weights_of_words
from domain.changes.person import NOBODY, SUPERVISED, read_person
from domain.changes.place import place, read_places, read_service_names
from domain.changes.ratio import read_ratio
from domain.changes.relief import read_extra_time, read_moment
from domain.changes.span import PART_OF_YEAR, PARTS_OF_YEAR, SCHOOL_YEAR, YEAR
from domain.changes.spelling import BOTH_WAYS, MARKS, both_ways, corrected, joined, plain
from domain.changes.terms import Opening, Terms
from domain.dates import written_dates
from domain.vocabulary import spelled_out


@lru_cache(maxsize=4096)
def opened(kind: str, text: str) -> Opening:
    """The words and the amounts of a text, before the rest of it is read."""
    return Reading(kind, text).opening()


@lru_cache(maxsize=8192)
def terms(kind: str, text: str) -> "Terms":
    """The promise in the text of a provision of that kind."""
    return Reading(kind, text).terms()


_DAY_NAME = re.compile(r"mon|tues|wednes|thurs|fri")


_WEEKDAYS = re.compile(
    r"\b(?:(?:every|each) (?:mon|tues|wednes|thurs|fri)day|on (?:mon|tues|wednes|thurs|fri)days)"
    r"(?:(?:,| and|, and| &) (?:mon|tues|wednes|thurs|fri)days?){0,4}\b"
)


# "Two a week" is two per week; "in a week", "for a day" is not.
_A_WEEK = re.compile(
    r"\b(?!(?:in|within|for|of|after|before|over|take|takes|such|half|is|at|as|on|with|than|by|from|to|and|or|"
    r"through)\b)([a-z0-9]+) an? (?=(?:school )?(?:day|week|month|quarter|semester|year|night)\b"
    r"(?! (?:ahead|before|early|in advance|prior|later|late|off|after)))"
)


_SCHOOL_DAY = re.compile(r"\bschool[- ](?=days?\b|weeks?\b)|\boff[- ](?=task\b)")


# "Is provided with a chart" promises the chart; "asks if he understands" asks no condition.
_PROVIDED_WITH = re.compile(
    r"\b((?:provid|suppl|furnish|equip|present)(?:e|es|ed|ied|ped|y|ing)?(?: (?:the )?student| him| her)?) with\b"
)


_WHETHER = re.compile(r"\b((?:ask|see|check|determine)(?:s|ing)?(?: (?:the )?student| him| her)?) if\b")


_LONG_WORD = re.compile(r"[a-z]{6,}")


_RANGE = re.compile(r"(?<![\d/:.])(\d+)\s?(?:-|to|or)\s?(\d+)(?=%|\b)(?!\s?(?:grade|/))")


_BOTH_WAYS_MARK = re.compile(r"\bbothways\b")


class Reading:
    """One text, while words are taken out of it."""

    def __init__(self, kind: str, text: str) -> None:
        self.kind, self.is_goal = kind, kind == "goal"
        self.said, self.plain, self.text = text, "", ""
        self.figures: list[Figure] = []
        self.more_hedges: set[str] = set()
        self.places: set[str] = set()
        self.who = ""
        self.is_consult = False

    def opening(self) -> "Opening":
        """The words as they are read, and the amounts taken out of them."""
        self.plain = plain(self.said)
        self.text = spelled_out(" ".join(self.said.translate(MARKS).split())).casefold()
        self.text = _LONG_WORD.sub(lambda found: corrected(found[0]), self.text)
        if self.has(("school", "off")):
            self.text = _SCHOOL_DAY.sub(lambda found: "off" if found[0].startswith("off") else "", self.text)
        if " with" in self.text:
            self.text = _PROVIDED_WITH.sub(r"\1", self.text)
        if " if " in self.text:
            self.text = _WHETHER.sub(r"\1 whether", self.text)
        self.text = self.text.replace(" as well as ", " and ")
        if self.has((" a ", " an ")):
            self.text = _A_WEEK.sub(r"\1 per ", self.text)
        self.text = joined(self.text)
        if self.has((" and ", " & ", "both", "round")):
            self.text = BOTH_WAYS.sub(both_ways, self.text)
        if "day" in self.text:
            self.text = _WEEKDAYS.sub(_weekly, self.text)
        whole = self.text
        dated = written_dates(self.text) if HAS_DIGIT.search(self.text) else []
        self.blank([(start, end) for _, start, end in dated])
        amounts = () if self.is_goal else read_amounts(self)
        days = tuple(day for day, _, _ in dated)
        return Opening(self.plain, self.text, whole, amounts, days, frozenset(self.more_hedges))

    def terms(self) -> "Terms":
        opening = opened(self.kind, self.said)
        self.plain, self.text, amounts = opening.plain, opening.text, opening.amounts
        self.more_hedges = set(opening.hedges)
        self.text = in_digits(self.text)
        is_both_ways = bool(self.taken(_BOTH_WAYS_MARK, hints=("bothways",)))
        measure = self.taken(MEASURE, hints=MEASURE_HINTS)
        self.taken(REASON, hints=("so ", "because", "due", "since", "given h", "result"))
        is_extended_year, is_school_year = (
            bool(self.taken(YEAR, hints=("esy", "extended", "summer"))),
            bool(self.taken(SCHOOL_YEAR, hints=("year",))),
        )
        part_of_year = " ".join(sorted(self.taken(PART_OF_YEAR, hints=PARTS_OF_YEAR))) if not self.is_goal else ""
        contact = read_contact(self, amounts)
        ratio = read_ratio(self)
        read_extra_time(self)
        helps = read_help(self) if self.is_goal else None
        self.taken(CEILING, hints=CEILING_HINTS, into=f" {AT_MOST} ")
        hedges, conditions = read_hedges(self, amounts)
        often = read_often(self, amounts)
        self.taken(SUPERVISED, hints=("supervis", "direction of"))
        if self.kind == "service":
            read_service_names(self)
        who = NOBODY if self.is_goal else read_person(self)
        self.taken(PURPOSE, hints=(" to ", "to ", "purpose"))
        if self.kind == "service":
            read_places(self)
        if HAS_DIGIT.search(self.text):
            read_shares(self)
            self.text = _RANGE.sub(lambda found: str(min(int(found[1]), int(found[2]))), self.text)
        moment, is_exact = read_moment(self)
        read_grade(self)
        is_only = not self.is_goal and self.has(("only", "except")) and bool(ONLY.search(self.text))
        negations = len(NEGATION.findall(self.text)) if self.has(("no", "never", "without", "n't")) else 0
        parts = Parts(self)
        weights = parts.weights() or weights_of_words(_BOTH_WAYS_MARK.sub(" ", opening.whole))
        bag = parts.bag() or weights
        return Terms(
            plain=self.plain,
            amounts=amounts,
            hedges=hedges | frozenset(self.more_hedges),
            conditions=conditions,
            often=often,
            contact=contact,
            ratio=ratio,
            person=who,
            help=helps,
            figures=tuple(sorted(self.figures, key=lambda figure: (figure.key, figure.value, figure.more))),
            what=parts.things("what"),
            scope=parts.things("scope") if self.kind == "service" else parts.things("scope") | parts.things("place"),
            place=parts.stems("place") | place(" ".join(sorted(self.places))) if self.kind == "service" else frozenset(),
            means=parts.stems("means"),
            given=parts.stems("given"),
            measure=stems(" ".join(measure)),
            counted=frozenset(parts.counted),
            ors=parts.ors,
            moment=moment,
            is_moment_exact=is_exact,
            is_extended_year=is_extended_year,
            is_school_year=is_school_year,
            part_of_year=part_of_year.strip(),
            negations=negations,
            is_only=is_only,
            is_both_ways=is_both_ways,
            places=parts.things("place"),
            due=opening.due,
            weights=weights,
            bag=bag,
            whole=opening.whole,
            subjects=parts.subjects(),
        )

    def taken(self, pattern: re.Pattern[str], into: str = " ", hints: tuple[str, ...] = ()) -> list[str]:
        """What the pattern finds, taken out of the text; nothing, when none of the hints is there."""
        found: list[str] = []
        if hints and not self.has(hints):
            return found

        def out(match: re.Match[str]) -> str:
            found.append(match[0])
            return into

        self.text = pattern.sub(out, self.text)
        return found

    def has(self, hints: tuple[str, ...]) -> bool:
        text = self.text
        for hint in hints:  # noqa: SIM110 - asked a hundred times a text, and twice as fast as any()
            if hint in text:
                return True
        return False

    def blank(self, spans: Sequence[tuple[int, int]]) -> None:
        for start, end in spans:
            self.text = self.text[:start] + " " * (end - start) + self.text[end:]


def _weekly(match: re.Match[str]) -> str:
    """ "Every Friday" is weekly, "on Mondays and Wednesdays" twice a week."""
    days = len(set(_DAY_NAME.findall(match[0])))
    return " weekly " if days == 1 else f" {days} times per week "
