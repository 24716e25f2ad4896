"""What a promise says, taken apart: how much, how surely, by whom, to how many, of what and where.

Each rule takes its words out of the text; what is left are the things themselves, by the small words that lead to them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from domain.changes import words as known
from domain.changes.words import stem
from domain.dates import written_dates
from domain.frequency import WEEKS, Frequency, frequencies
from domain.vocabulary import Role, all_roles, all_services, all_settings, spelled_out

Amount = tuple[int | None, int | None, str | None]
NO_AMOUNT: Amount = (None, None, None)


@dataclass(frozen=True)
class Figure:
    """A number and what it counts. `better`: 1 when more of it is better, -1 when less is; a second value settles a tie."""

    key: str
    value: Fraction
    better: int
    more: Fraction = Fraction(0)
    said: str = ""
    # "Up to" so much.
    is_ceiling: bool = False


@dataclass(frozen=True)
class Person:
    """Who acts: the least of those that are allowed to. 30 is a professional, 20 an assistant or aide, 10 anybody; said to be
    qualified, a little more.
    """

    rank: int
    names: frozenset[str]
    is_choice: bool = False

    @property
    def said(self) -> str:
        return " or ".join(sorted(self.names)) or "nobody in particular"


# "Up to", "no more than", whatever the words.
CEILING = "≤"
NOBODY = Person(10, frozenset())


@dataclass(frozen=True)
class Thing:
    """One of a list: the word it is about, what describes it, and whether it is all of them."""

    head: str
    more: frozenset[str] = frozenset()
    is_all: bool = False

    @property
    def words(self) -> frozenset[str]:
        return self.more | {self.head}


@dataclass(frozen=True)
class Terms:
    """The words of a promise, read."""

    plain: str
    amounts: tuple[Frequency, ...] = ()
    hedges: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    often: int | None = None
    # How near: consultation alone 0, not said 2, with consultation besides 3, direct 4, both 6.
    contact: int = 2
    # 100 for one child alone down to 0 for a class; None when it is not said.
    ratio: Fraction | None = None
    person: Person = NOBODY
    # In a goal: 0 when alone, then as much as is given; None when it is not said.
    help: int | None = None
    figures: tuple[Figure, ...] = ()
    what: frozenset[Thing] = frozenset()
    scope: frozenset[Thing] = frozenset()
    place: frozenset[str] = frozenset()
    means: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    measure: frozenset[str] = frozenset()
    # Words beside a number, which says it already.
    counted: frozenset[str] = frozenset()
    ors: int = 0
    # When it is done, in minutes from the lesson or the event; before it is negative.
    moment: Fraction | None = None
    is_moment_exact: bool = False
    is_extended_year: bool = False
    is_school_year: bool = False
    part_of_year: str = ""
    negations: int = 0
    is_only: bool = False
    due: tuple[date, ...] = ()
    # For pairing: the words with how much each says.
    weights: tuple[tuple[str, int], ...] = ()
    # The same wherever they stand.
    bag: tuple[tuple[str, int], ...] = ()
    # Each stem as it stands in the text.
    spoken: tuple[tuple[str, str], ...] = ()
    subjects: frozenset[str] = frozenset()


def plain(text: str) -> str:
    """The text without what only typesetting adds: spaces, capitals, kinds of quotes and dashes, a bullet, the last stop."""
    return " ".join(_BULLET.sub("", text.translate(_MARKS)).casefold().split()).rstrip(".;, ")


@lru_cache(maxsize=8192)
def terms(kind: str, text: str) -> Terms:
    """The promise in the text of a provision of that kind."""
    return _Reading(kind, text).terms()


@lru_cache(maxsize=4096)
def person(role: str | None) -> Person | None:
    """Who is named in the field for it; None when it is empty."""
    if not role or not role.strip():
        return None
    full = spelled_out(role, as_role=True)
    return _person(full, all_roles(full), bool(known.UNNAMED.search(full.casefold()))) or Person(30, frozenset({plain(full)}))


@lru_cache(maxsize=4096)
def place(setting: str | None) -> frozenset[str]:
    """The words of the field for the place, as far as they tell places apart."""
    if not setting:
        return frozenset()
    full = spelled_out(setting).casefold()
    return frozenset(
        stem(_PLACES.get(word, word)) for word in _WORD.findall(full) if word not in known.SILENT and word not in _SMALL
    )


_MARKS = {
    **dict.fromkeys(map(ord, "‘’ʼ`´‛"), "'"),
    **dict.fromkeys(map(ord, "“”„«»″"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—−"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2009\u200a\t\n\r"), " "),
    **dict.fromkeys(map(ord, "\u200b\ufeff\u00ad®™"), ""),
    ord("…"): "...",
    ord("×"): "x",
}
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
_CONJUNCTION = re.compile(r"\A(?:only )?(?:if|when|whenever|unless|once|until|as long as|provided that) ")
_DIGIT = re.compile(r"\d")
_LONG_WORD = re.compile(r"[a-z]{6,}")
_BULLET = re.compile(r"\A\s*[•▪◦●*·-]\s*")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_PLACES = {
    "regular": "general",
    "rm": "room",
    "classroom": "class",
    "gymnasium": "gym",
    "setting": "class",
    "environment": "class",
}
_SMALL = frozenset(("in", "at", "on", "within", "inside", "and", "or", "education"))
_TOKEN = re.compile(r"\$?\d+(?:\.\d+)?(?:/\d+)?%?|[a-z]+(?:'[a-z]+)?|/[a-z]{1,2}/|[^\s\w]")
_YEAR = re.compile(r"\b(?:the )?(?:extended[- ]school[- ]year|esy|summer(?: school| program| session)?)\b(?: services?)?")
_SCHOOL_YEAR = re.compile(r"\b(?:the )?(?:regular |current |20\d\d[-–/](?:20)?\d\d )?school[- ]year\b")
_PARTS_OF_YEAR = (
    *("semester", "quarter", "trimester", "marking", "grading", "half", "until", "through", "for the ", "ber"),
    *("ary", "april", "march", "break"),
)
_PART_OF_YEAR = re.compile(
    r"\b(?:(?:for|during|in|through|until|by the end of) )?(?:the )?(?:first|second|third|fourth|fall|spring|winter|"
    r"1st|2nd|3rd|4th) (?:semester|quarter|trimester|marking period|grading period|"
    r"half(?: of the (?:school )?year)?)(?: only)?\b"
    r"|\b(?:for|until|through) (?:the (?:first|next) \d{1,2} weeks|(?:january|february|march|april|november|december|"
    r"winter break|spring break|thanksgiving))\b(?! \d)"
)
_CONSULT = re.compile(
    r"\b(?:consult(?:s|ation|ations|ative|ing)?|indirect(?:ly)?|collaborat(?:ion|es|ive|e))\b(?: only\b)?(?: services?\b)?"
    r"(?: (?:to|with|for) (?:the |his |her |all )?(?:\w+ ){0,2}(?:teachers?|staff|team|aides?|paraprofessionals?|"
    r"parents?|personnel)\b)?"
)
_CONSULT_ROLE = re.compile(r"\bconsultant\b")
_BESIDES = re.compile(
    r"(?:[;,.]|\bplus|\band|\bas well as|\binclud(?:es|ing)|&|\+) (?:\w+ )?(?:consult(?:ation)?|indirect)\b|"
    r"\bconsult(?:ation)? and\b"
)
_DIRECT = re.compile(r"\bdirect(?:ly)?\b(?! instruction\b)(?: services?\b)?")
_RATIO_HINTS = (
    *("one", "1", "individual", "alone", "group", "pair", "shared", "students", "peers", "child", ":", "whole"),
    *("full",),
)
_RATIO = re.compile(
    r"\b(?P<alone>one[- ](?:to|on)[- ]one|1[- ](?:to|on)[- ]1|1:1|alone|individual(?:ly)?(?! (?:needs?|education|"
    r"health|transition|work|seat|desk|practice)))\b(?: (?:student[- ]to[- ]teacher |teacher[- ]to[- ]student |"
    r"student[- ]teacher )?ratio\b)?"
    r"|\b(?:in )?(?:an? )?(?:small )?(?:groups?|pairs?)(?: size)? (?:of|with) (?:up to |no more than |not more than |"
    r"no larger than |at most |a maximum of |fewer than |about |no more than )?(?P<of>\d+)(?:\s?(?:-|to|"
    r"or)\s?(?P<of_more>\d+))?(?: or (?:fewer|less))?(?: (?:other )?(?:students?|peers|children))?"
    r"|\b(?:no more than|up to|at most|with|shared with) (?P<others>\d+) (?:other )?(?:students?|peers?|children|child)\b"
    r"|\b(?:(?:(?:student|teacher|pupil|staff)[- ](?:to[- ])?(?:student|teacher|staff|"
    r"pupil)[- ])?ratio (?:of )?)?(?P<one>\d{1,2}):(?P<many>\d{1,2})(?::\d{1,2})?(?! ?[ap]\.?m)(?: ratio)?\b"
    r"|\b(?:1|one|an?) (?:teacher|adult|instructor|therapist|aide|paraprofessional|staff(?: member)?) (?:to|for|per|with)(?: every)? "
    r"(?P<to_one>\d{1,2}) (?:students?|children|pupils)\b"
    r"|\b(?P<per_one>\d{1,2}) (?:students?|children|pupils) (?:to|for|per|with)(?: every| each)? (?:1 |one |an? )?(?:teacher|adult|instructor|therapist|aide|"
    r"paraprofessional|staff(?: member)?)\b"
    r"|\b(?P<pair>(?:in )?pairs)\b"
    r"|\b(?:in )?(?:an? |the )?(?P<small>small[- ]groups?)(?: (?:setting|session|instruction))?\b"
    r"|\b(?:in )?(?:an? |the )?(?P<large>(?:large|whole|full)[- ](?:groups?|class))\b"
    r"|\b(?P<shared>shared)\b"
    r"|\b(?:in )?(?:an? |the )?(?P<group>groups?)\b(?! (?:work|project|activit|discussion|assignment|norm|member))"
)
_MOMENTS = (
    (0, re.compile(r"\b(?:immediately|right away|at once)\b")),
    (480, re.compile(r"\b(?:the |on the |by the )?same (?:school )?day\b")),
    (1440, re.compile(r"\b(?:the |on the |by the )?(?:next|following) (?:school )?day\b")),
    (-1440, re.compile(r"\b(?:the|a|1) (?:school )?day (?:before|in advance|ahead|prior)\b")),
    (0, re.compile(r"\b(?:on )?the day of\b")),
    (10080, re.compile(r"\b(?:the )?(?:next|following) week\b")),
    (-10080, re.compile(r"\b(?:the|a|1) week (?:before|in advance|ahead|prior)\b")),
)
_LOOSE_MOMENTS = (
    (-60, re.compile(r"\b(?:prior to|before|ahead of(?: time)?|in advance(?: of)?|beforehand|previewed?)\b")),
    (-5, re.compile(r"\b(?:at the (?:start|beginning) of)\b")),
    (0, re.compile(r"\bduring\b")),
    (30, re.compile(r"\b(?:at|by) the end of\b")),
    (60, re.compile(r"\b(?:after|following)\b(?! (?:every |each )?\d)")),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BY_DAY = re.compile(
    r"\b(?:by|before|no later than) (?:the end of )?(january|february|march|april|may|june|july"
    r"|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
    r"\.?(?: (\d{1,2})(?:st|nd|rd|th)?\b)?"
)
_ONE_AHEAD = re.compile(r"\ban? (?=(?:school )?(?:day|hour|week|minute) (?:ahead|before|early|in advance|prior|later|late)\b)")
_WITHIN_ONE = re.compile(r"\b(within|no later than|in under) an? ")
_WITHIN_TIME = re.compile(
    r"\b(?:within|in under|in less than|no later than|no more than|≤)\s(\d+)[\s-](?:school |business |calendar |"
    r"working |instructional )?(minute|hour|day|week|month)s?(?: (?:of|after|following))?\b(?! of (?:home|class)?work)"
)
_AHEAD_TIME = re.compile(
    r"\b(\d+)[\s-](?:school |business |calendar |working )?(minute|hour|day|week)s?\s?(?:before|prior to|prior|"
    r"in advance(?: of)?|ahead(?: of time| of)?|early)\b|\b(\d+)[\s-](minute|hour|day)s?'? (?:advance )?(?:notice|"
    r"warning)s?\b"
)
_AFTER_TIME = re.compile(r"\b(\d+) (?:school |business )?(minute|hour|day|week)s?\s(?:later|afterwards?)\b")
_SCHOOLWORK = re.compile(r"\b(?:homework|assignments?|work|reading|writing|task|desk|sitting|seat|workload)\b")
_CUT = re.compile(r"\b(?:shorten|reduc|cut|limit|homework|≤)")
_LATE = re.compile(r"\b(?:late|turn(?:ed)? in|submit\w*|accepted|hand(?:ed)? in|make[- ]?up|due)\b")
_EXTRA_TIME = re.compile(
    r"(?P<plain>\b(?:time (?:and|&) (?:a|1|one)[- ](?:half|50%)|time and 50%|1\.5 ?x?(?: (?:the )?(?:time|times|"
    r"normal time|regular time))?(?! (?:hour|h\b|inch|page|spac))|1 and a half times|time[- ]and[- ]a[- ]half)\b)"
    r"|(?P<double>\b(?:double(?:d)?(?: the)? time|twice (?:the|as much)(?: \w+)? ?time|2x (?:the )?time|time x ?2|"
    r"2 times the (?:\w+ )?time|(?:extended|extra|additional) time\W{1,3}double)\b)"
    r"|(?P<unlimited>\b(?:untimed|unlimited (?:extra )?time|no time limits?|as much time as (?:is )?(?:he |she |"
    r"they )?needs?(?:ed)?)\b)"
    r"|(?P<triple>\btriple time\b)"
    r"|(?P<part>(?P<part_number>\d+)% (?:of )?(?:extra|more|additional|extended|longer)(?: time)?|(?:extra|additional|"
    r"extended) time\W{1,3}(?:of )?(?P<late_number>\d+)%|(?P<whole_number>1\d\d|2\d\d|"
    r"300)% (?:of (?:the )?)?(?:\w+ )?time)"
)
_TIME = re.compile(
    r"\b(?:extra|extended|additional|more|increased|added|prolonged) time\b|\bextension of time\b|\btime extensions?\b"
)
_OUT_OF = re.compile(
    r"\b(\d+)\s?(?:out of|of|/|in)(?: every| the| each)?\s?(\d+)\b(?! ?(?:inch|hour|cup|day week|minute|second|of))"
)
_RANGE = re.compile(r"(?<![\d/:.])(\d+)\s?(?:-|to|or)\s?(\d+)(?=%|\b)(?!\s?(?:grade|/))")
_FROM_TO = re.compile(r"\bfrom (?:a baseline of )?\$?\d+(?:\.\d+)?%?(?: (?:\w+ ){0,4}| )(?=to \$?\d)")
_GRADE = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\d{1,2}(?:st|nd|rd|"
    r"th))[- ]grade\b|\bgrade (\d{1,2})\b"
)
_STEP = re.compile(r"\b(\d+)[- ](step|part|digit|syllable|sentence|paragraph|word|point|minute|item|question)\b")
_NO_HARM = re.compile(r"\b(?:no|without(?: any)?|zero) (?=((?:\w+[- ])?)(\w+))")
_NEGATION = re.compile(r"\b(?:not|never|cannot|no|without|nor)\b|n't\b")
_ONLY = re.compile(r"\bonly\b|\bexcept\b")
_LIST = frozenset((",", ";", "/", "&", "+", "and", "or", "plus"))
_TIME_UNITS = {
    "second": Fraction(1, 60),
    "minute": Fraction(1),
    "hour": Fraction(60),
    "day": Fraction(1440),
    "week": Fraction(1440 * 7),
    "month": Fraction(1440 * 30),
}
_TIME_STEMS = {stem(unit): length for unit, length in _TIME_UNITS.items()}
_FILLERS = (
    frozenset(
        map(
            stem,
            known.listed(
                "extra additional more other different separate consecutive consequtive straight full short brief "
                "verbal visual gestural physical tactile adult teacher school business instructional calendar "
                "correct complete weekly daily scheduled sensory movement rest long new math reading spelling "
                "random given successive class individual whole separate sight total written homework movement "
                "practice minute data multiple vocabulary comprehension fewer less"
            ),
        )
    )
    - _TIME_STEMS.keys()
)
_FEWER = frozenset(("fewer", "less"))
_CAPS = frozenset(
    ("than", "exceed", "exceeding", "to", "most", "maximum", "max", "under", "below", "limit", "limited", "only", "of")
)
_EVERY = frozenset(("every", "each"))
_WITHIN = frozenset(("within", "under"))
_AHEAD = frozenset(("before", "prior", "advance", "ahead", "notice", "warning", "early", "beforehand"))

# Small words that lead to a part of the promise.
_LEADS: dict[str, str] = {
    **dict.fromkeys(("in", "at", "inside", "outside", "into", "within"), "place"),
    **dict.fromkeys(
        (
            *("on", "during", "for", "across", "throughout", "while", "before", "after", "between", "over"),
            *("every", "each", "all", "any", "until"),
        ),
        "scope",
    ),
    **dict.fromkeys(("with", "using", "via", "through", "by", "from", "without", "except", "following"), "means"),
    **dict.fromkeys(("given", "shown"), "given"),
}
_CAN_LEAD_ALL = frozenset(("every", "each", "all", "any"))


class _Reading:
    """One text, while words are taken out of it."""

    def __init__(self, kind: str, text: str) -> None:
        self.kind, self.is_goal = kind, kind == "goal"
        self.plain = plain(text)
        self.text = spelled_out(" ".join(text.translate(_MARKS).split())).casefold()
        self.figures: list[Figure] = []
        self.more_hedges: set[str] = set()
        self.places: set[str] = set()
        self.who = ""
        self.is_consult = False

    def terms(self) -> Terms:
        self.text = _LONG_WORD.sub(lambda found: known.corrected(found[0]), self.text)
        self.text = _SCHOOL_DAY.sub(lambda found: "off" if found[0].startswith("off") else "", self.text)
        self.text = _A_WEEK.sub(r"\1 per ", self.text.replace(" as well as ", " and "))
        self.text = _joined(self.text)
        self.text = known.BOTH_WAYS.sub(" bothways ", self.text)
        self.text = _WEEKDAYS.sub(_weekly, self.text)
        whole = self.text
        dated = written_dates(self.text)
        self._blank([(start, end) for _, start, end in dated])
        amounts = () if self.is_goal else self._amounts()
        self.text = known.in_digits(self.text)
        measure = self._taken(known.MEASURE, hints=known.MEASURE_HINTS)
        self._taken(known.REASON, hints=("so ", "because", "due", "since", "given h", "result"))
        is_extended_year, is_school_year = (
            bool(self._taken(_YEAR, hints=("esy", "extended", "summer"))),
            bool(self._taken(_SCHOOL_YEAR, hints=("year",))),
        )
        part_of_year = " ".join(sorted(self._taken(_PART_OF_YEAR, hints=_PARTS_OF_YEAR))) if not self.is_goal else ""
        contact = self._contact(amounts)
        ratio = self._ratio()
        self._extra_time()
        helps = self._help() if self.is_goal else None
        self._taken(known.CEILING, hints=known.CEILING_HINTS, into=f" {CEILING} ")
        hedges, conditions = self._hedges(amounts)
        often = self._often(amounts)
        self._taken(_SUPERVISED, hints=("supervis", "direction of"))
        if self.kind == "service":
            self._one_name()
        who = NOBODY if self.is_goal else self._person()
        self._taken(known.PURPOSE, hints=(" to ", "to ", "purpose"))
        if self.kind == "service":
            self._places()
        self._out_of()
        self.text = _RANGE.sub(lambda found: str(min(int(found[1]), int(found[2]))), self.text)
        moment, is_exact = self._moment()
        self._grade()
        is_only = bool(_ONLY.search(self.text)) and not self.is_goal
        negations = len(_NEGATION.findall(self.text))
        parts = _Parts(self)
        weights = parts.weights() or _weights(whole)
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
            measure=_stems(" ".join(measure)),
            counted=frozenset(parts.counted),
            ors=parts.ors,
            moment=moment,
            is_moment_exact=is_exact,
            is_extended_year=is_extended_year,
            is_school_year=is_school_year,
            part_of_year=part_of_year.strip(),
            negations=negations,
            is_only=is_only,
            due=tuple(day for day, _, _ in dated),
            weights=weights,
            bag=bag,
            spoken=_spoken(whole),
            subjects=parts.subjects(),
        )

    def _taken(self, pattern: re.Pattern[str], into: str = " ", hints: tuple[str, ...] = ()) -> list[str]:
        """What the pattern finds, taken out of the text; nothing, when none of the hints is there."""
        found: list[str] = []
        if hints and not self._has(hints):
            return found

        def out(match: re.Match[str]) -> str:
            found.append(match[0])
            return into

        self.text = pattern.sub(out, self.text)
        return found

    def _has(self, hints: tuple[str, ...]) -> bool:
        text = self.text
        for hint in hints:  # noqa: SIM110 - asked a hundred times a text, and twice as fast as any()
            if hint in text:
                return True
        return False

    def _blank(self, spans: Sequence[tuple[int, int]]) -> None:
        for start, end in spans:
            self.text = self.text[:start] + " " * (end - start) + self.text[end:]

    def _amounts(self) -> tuple[Frequency, ...]:
        """Lengths and counts that come in a period; outside of services a bare length is a figure like others."""
        if not (_HAS_AMOUNT if self.kind == "service" else _HAS_PERIOD).search(self.text):
            return ()
        found = [
            each
            for each in frequencies(self.text)
            if self.kind == "service" or (each.most or each.amount)[2] is not None or (each.is_hedged and not each.most)
        ]
        kept = []
        for each in found:
            if each.most and each.most[:2] == (None, None):
                # "Up to 3 breaks per day": the breaks are what is capped, and a day is a day.
                kept.append(Frequency(None, None, each.most[2], each.start, each.end))
                period = _PERIOD_WORDS.sub(lambda found: " " * len(found[0]), self.text[each.start : each.end])
                self.text = self.text[: each.start] + period + self.text[each.end :]
            elif each.most or each.amount != NO_AMOUNT:
                kept.append(each)
        nouns = (
            " ".join(_COUNTED_NOUN.findall(" ".join(self.text[each.start : each.end] for each in kept)))
            if self.kind != "service"
            else ""
        )
        self._blank([(each.start, each.end) for each in kept if not each.most and each in found])
        self.text = f"{nouns} {self.text}" if nouns else self.text
        for each in kept:
            if each.most:
                # What it is hedged by stays for the hedges to find.
                hedge = " as needed" if _NEEDED.search(self.text, each.start, each.end) else " up to"
                width = each.end - each.start
                self.text = self.text[: each.start] + hedge[:width].ljust(width) + self.text[each.end :]
                if hedge == " up to":
                    self.more_hedges.add("ceiling")
        return tuple(kept)

    def _contact(self, amounts: tuple[Frequency, ...]) -> int:
        if self.is_goal:
            return 2
        if not self._has(("consult", "direct", "collaborat")):
            return 2
        besides = _BESIDES.search(self.text)
        # "; consult" is besides where something else has its amount.
        is_besides = besides is not None and (
            besides[0][0] not in ";,." or "plus" in besides[0] or "and" in besides[0] or len(amounts) > 1
        )
        is_consult = not _CONSULT_ROLE.search(self.text) and bool(self._taken(_CONSULT))
        is_direct = bool(self._taken(_DIRECT))
        self.is_consult = is_consult
        if is_direct:
            return 6 if is_consult else 4
        return 2 if not is_consult else 3 if is_besides else 0

    def _ratio(self) -> Fraction | None:
        if self.is_goal:
            return None
        if not self._has(_RATIO_HINTS):
            return None
        found: list[Fraction] = []
        has_or = " or " in self.text

        def out(match: re.Match[str]) -> str:
            found.append(_ratio_of(match))
            return " "

        self.text = _RATIO.sub(out, self.text)
        if not found:
            return None
        return min(found) if has_or or len(found) == 1 else max(found)

    def _extra_time(self) -> None:
        """Extended time, as the percent that is added."""

        def out(match: re.Match[str]) -> str:
            if match["plain"]:
                value = 50
            elif match["double"]:
                value = 100
            elif match["unlimited"]:
                value = 1000
            elif match["triple"]:
                value = 200
            elif match["whole_number"]:
                value = int(match["whole_number"]) - 100
            else:
                value = int(match["part_number"] or match["late_number"])
            self.figures.append(Figure("extra time", Fraction(value), 1, said=f"{value}% extra time"))
            return " extra-time "

        if self.is_goal or not self._has(("time", "double", "%", "1.5")):
            return
        self.text = _EXTRA_TIME.sub(out, self.text)
        self.text = _TIME.sub(" extra-time ", self.text)
        self.text = re.sub(r"(?:extra-time\W*){1,4}(?:time\b)?(?:\W+extra-time)?", " extratime ", self.text)

    def _places(self) -> None:
        """Places that stand alone between commas: "SDI, 150 minutes a week, resource room"."""
        for setting, start, end in reversed(all_settings(self.text)):
            if (
                setting.name not in _SUBJECT_ROOMS
                and _ALONE_BEFORE.search(self.text[max(0, start - 20) : start])
                and _ALONE_AFTER.match(self.text, end)
            ):
                self.places.add(self.text[start:end])
                self.text = f"{self.text[:start]} {self.text[end:]}"
        self.places.update(_ROOM.findall(self.text))
        self._taken(_ROOM)

    def _one_name(self) -> None:
        """A service by the one name that all its names have."""
        roles = [(start, end) for _, start, end in all_roles(self.text)]
        for service, start, end in reversed(all_services(self.text)):
            # "Speech-language" of the pathologist is no service; "school nurse services" is no nurse.
            if (
                service.name in _ONE_NAME
                and not _ROOM_NEXT.match(self.text, end)
                and not any(first <= start and end <= last for first, last in roles)
            ):
                self.text = f"{self.text[:start]} {re.sub('[^a-z]', '', service.name.casefold())} {self.text[end:]}"

    def _help(self) -> int | None:
        ranks: list[int] = []
        if self._taken(known.ALONE):
            ranks.append(0)

        def counted(match: re.Match[str]) -> str:
            ranks.append(10 + min(int(match[1]) if match[1].isdigit() else 1, 20) + 25 * ("physical" in match[0]))
            return " "

        def by_persons(match: re.Match[str]) -> str:
            # The more people it takes, the more help it is.
            ranks.append(85 + min(int(match[1]), 5))
            return " "

        def vague(match: re.Match[str]) -> str:
            ranks.append(_help_rank(match[0]))
            return " "

        self.text = known.PERSONS_HELP.sub(by_persons, self.text)
        self.text = known.COUNTED_HELP.sub(counted, self.text)
        self.text = known.VAGUE_HELP.sub(vague, self.text)
        return max(ranks, default=None)

    def _hedges(self, amounts: tuple[Frequency, ...]) -> tuple[frozenset[str], frozenset[str]]:
        found: set[str] = set()
        self._taken(known.DUTY, hints=("allow", "permi", "able", "option", "let"))
        for name, pattern in known.HEDGES:
            if not self._has(known.HEDGE_HINTS[name]):
                continue
            if self.is_goal and name not in ("effort", "some"):
                continue
            if self._taken(pattern):
                found.add(name)
        conditions: list[str] = []
        if not self.is_goal:
            conditions = self._conditions()
            if self._taken(known.ABOUT, hints=("about", "approx", "around", "rough", "near", "almost", "~", "or so")) or any(
                each.is_hedged and each.most is None and each.amount != NO_AMOUNT for each in amounts
            ):
                found.add("about")
        self._taken(known.FLOOR, hints=("least", "no fewer", "less than", "minimum"))
        return frozenset(found), _stems(" ".join(conditions))

    def _conditions(self) -> list[str]:
        """What stands after "if" and "when"; a number in it is left to be compared as numbers are."""
        found: list[str] = []

        def out(match: re.Match[str]) -> str:
            found.append(_DIGIT.sub("", match[0]))
            return f" during {_CONJUNCTION.sub('', match[0])}" if _DIGIT.search(match[0]) else " "

        if self._has(("if ", "when", "unless", "once ", "until", "as long", "provided that")):
            self.text = known.CONDITION.sub(out, self.text)
        return found

    def _often(self, amounts: tuple[Frequency, ...]) -> int | None:
        if self.is_goal:
            return None
        ranks = [rank for rank, pattern in known.OFTEN if self._taken(pattern, hints=known.OFTEN_HINTS[rank])]
        if ranks:
            return min(ranks)
        return known.EXACT_OFTEN if any(each.amount[2] for each in amounts) else None

    def _moment(self) -> tuple[Fraction | None, bool]:
        """When it is done: "within 24 hours", "two days before", "after the lesson"; of two the later."""
        if self.is_goal or _LATE.search(self.text):
            return None, False
        found: list[Fraction] = []

        def within(match: re.Match[str]) -> str:
            found.append(int(match[1]) * _TIME_UNITS[match[2]])
            return " "

        def ahead(match: re.Match[str]) -> str:
            found.append(-int(match[1] or match[3]) * _TIME_UNITS[match[2] or match[4]])
            return " notice " if match[3] else " "

        self.text = _ONE_AHEAD.sub("1 ", _WITHIN_ONE.sub(r"\1 1 ", self.text))
        if not (_SCHOOLWORK.search(self.text) and _CUT.search(self.text)):
            self.text = _WITHIN_TIME.sub(within, self.text)
        self.text = _AHEAD_TIME.sub(ahead, self.text)
        self.text = _AFTER_TIME.sub(within, self.text)
        for minutes, pattern in _MOMENTS:
            if self._taken(pattern, hints=("day", "week", "immediately", "at once", "right away")):
                found.append(Fraction(minutes))
        for month, day in _BY_DAY.findall(self.text):
            # Without a year it is of the school year, which begins in August.
            found.append(Fraction(((_MONTHS.index(month[:3]) - 7) % 12 * 30 + int(day or 1)) * 1440))
        self._taken(_BY_DAY)
        if found:
            return max(found), True
        loose = [(Fraction(minutes), pattern) for minutes, pattern in _LOOSE_MOMENTS if pattern.search(self.text)]
        for _, pattern in loose:
            self._taken(pattern, " during ")
        return max((minutes for minutes, _ in loose), default=None), False

    def _person(self) -> Person:
        acting: list[tuple[Role, int, int]] = []
        spans: list[tuple[int, int]] = []
        text = self.text
        for role, start, end in all_roles(text):
            if _receives(text, start, end):
                continue
            acting.append((role, start, end))
            qualified, who = _QUALIFIED.search(text[max(0, start - 30) : start]), _WHO.match(text, end)
            first = start - len(qualified[0]) if qualified else start
            led = _LED_BY.search(text[max(0, first - 10) : first])
            spans.append((first - len(led[0]) if led else first, who.end() if who else end))
        unnamed = [found.span() for found in known.UNNAMED.finditer(text) if not _receives(text, *found.span())]
        unnamed = [span for span in unnamed if not any(start < span[1] and span[0] < end for start, end in spans)]
        found = _person(text, acting, bool(unnamed)) or NOBODY
        self.who = " ".join(text[start:end] for start, end in spans)
        self._blank_out([*spans, *unnamed])
        return found

    def _blank_out(self, spans: list[tuple[int, int]]) -> None:
        # The "or" and "and" between two who act are theirs.
        ordered = sorted(spans)
        joined: list[tuple[int, int]] = []
        for start, end in ordered:
            if joined and re.fullmatch(
                r"[\s,/&]*(?:(?:and|or|and/or)\s(?:an?\s|the\s)?(?:trained\s|qualified\s|certified\s)?)?",
                self.text[joined[-1][1] : start],
            ):
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        self._blank(joined)

    def _out_of(self) -> None:
        """4 of 5: the share, and how often it is shown."""

        def out(match: re.Match[str]) -> str:
            some, all_of = int(match[1]), int(match[2])
            if not all_of or some > all_of:
                return match[0]
            if self.is_goal:
                before = self.text[max(0, match.start() - 200) : match.start()]
                sign = -1 if _TO_LAST.search(before) and known.REDUCING.search(before) else 1
            else:
                next_words = _WORD.findall(self.text[match.end() : match.end() + 40])[:3]
                sign = -1 if any(stem(word) in known.WORK for word in next_words) else 1
            self.figures.append(Figure("of", Fraction(some, all_of), sign, Fraction(all_of), said=f"{some} of {all_of}"))
            return f" {_SHARE} "

        self.text = _FROM_TO.sub(" ", self.text) if self.is_goal else self.text
        if self._has(("of", "/", "in")):
            self.text = _OUT_OF.sub(out, self.text)

    def _grade(self) -> None:
        def out(match: re.Match[str]) -> str:
            word = match[1] or match[2]
            number = known.ORDINALS.get(word) or int(re.sub(r"\D", "", word))
            self.figures.append(Figure("grade", Fraction(number), 1 if self.is_goal else 0, said=f"grade {number}"))
            return " grade-level "

        self.text = _GRADE.sub(out, self.text)
        if self.is_goal:
            self.text = _NO_HARM.sub(
                lambda found: "0 " if {stem(found[2]), stem(found[1].strip(" -"))} & known.HARMS else found[0], self.text
            )


# What comes so often stays, where it is not only a session.
_COUNTED_NOUN = re.compile(
    r"\b(?:check-?ins?|visits?|meetings?|observations?|trips?|trainings?|conferences?|lessons?|appointments?|contacts?)\b"
)
_NEEDED = re.compile(r"need|necess|prn|appropriate|warranted")
_TO_LAST = re.compile(rf"(?:\bto|\bthan|{CEILING})\s*\Z")
_PERIOD_WORDS = re.compile(r"\b(?:per|each|every) (?:school )?\w+\b|\b(?:daily|weekly|monthly|quarterly|annually|yearly)\b")
_HAS_PERIOD = re.compile(
    r"da(?:y|ily)|week|month|quarter|trimester|semester|year|annual|period|cycle|needed|necessary|prn|up to"
)
_HAS_AMOUNT = re.compile(
    r"\d|minute|hour|daily|week|month|quarter|year|semester|day|once|twice|times|session|period|half|needed"
)


def _joined(text: str) -> str:
    """ "Work site" as "worksite"."""
    return known.COMPOUNDS.sub(lambda found: "".join(filter(None, found.groups())), text)


def _weekly(match: re.Match[str]) -> str:
    """ "Every Friday" is weekly, "on Mondays and Wednesdays" twice a week."""
    days = len(set(_DAY_NAME.findall(match[0])))
    return " weekly " if days == 1 else f" {days} times per week "


def _ratio_of(match: re.Match[str]) -> Fraction:
    if match["alone"]:
        return Fraction(100)
    for name in ("of", "others", "many", "to_one", "per_one"):
        if match[name]:
            number = int(match["of_more"] or match[name]) if name == "of" else int(match[name]) + (name == "others")
            if name == "many" and int(match["one"]) > number:
                number = int(match["one"])
            return Fraction(100) if number <= 1 else Fraction(90) - min(number, 39)
    if match["pair"]:
        return Fraction(88)
    if match["small"]:
        return Fraction(50)
    return Fraction(20) if match["shared"] or match["large"] else Fraction(40)


def _help_rank(said: str) -> int:
    if "hand-over" in said or "hand over" in said:
        return 92
    for words, rank in (
        (("max", "total", "constant", "full"), 90),
        (("partial",), 84),
        (("physical", " hand"), 85),
        (("mod",), 80),
        (("min", "limited", "occasional", "intermittent", "faded", "fading"), 60),
    ):
        if any(word in said for word in words) and "model" not in said:
            return rank
    return 70


_RECEIVES_BEFORE = re.compile(
    r"(?:\b(?:to|for|near|beside|of|between|facing|behind|tells?|asks?|trains?|teach(?:es)?|shows?|like|informs?|"
    r"notif(?:y|ies)|helps?|supports?|reminds?|gives?|sends?|alerts?|contacts?|around|than|assists?|coach(?:es)?|remind|"
    r"provides?|inform|offers?|instructs?)"
    r"|next to|close to|(?:sits?|seated|seat|stands?) by|away from|(?:consult\w*|meet\w*|collaborat\w*|confer\w*|"
    r"coordinat\w*|communicat\w*|plan\w*|train\w*|shared?) with)(?: (?:the|an?|all|his|her|their|each|every|other|new|"
    r"classroom|general education|special education|any|some|several|most|many|both|relevant|current|involved|substitute|core|"
    r"\d+|of))*\s\Z"
)
_RECEIVES_AFTER = re.compile(
    r"\A(?:s)?\s(?:(?:will|shall|must|may|should|can)\s)?(?:gets?|receives?|(?:is|are|be)\s(?:given|trained|told|"
    r"informed|notified|shown|provided (?:with|an?|the)\b)|has|have|training|attends?)\b|\A's (?:desk|seat|table|room|"
    r"lounge|notes)\b|\A (?:desk|table|room|training)\b"
)


def _receives(text: str, start: int, end: int) -> bool:
    """Whether the promise is done to that person, not by them."""
    before = f"{' '.join(text[max(0, start - 60) : start].split())} "
    return bool(_RECEIVES_BEFORE.search(before) or _RECEIVES_AFTER.match(text[end : end + 40]))


def _person(text: str, acting: Sequence[tuple[Role, int, int]], is_unnamed: bool) -> Person | None:
    if not acting:
        is_trained = is_unnamed and bool(_TRAINED_STAFF.search(text.casefold()))
        return Person(15, frozenset()) if is_trained else NOBODY if is_unnamed else None
    ranks = [
        (30 if role.is_professional else 20) + 5 * bool(_QUALIFIED.search(text[max(0, start - 30) : start]))
        for role, start, _ in acting
    ]
    names = frozenset(_SAME_ROLE.get(role.name, role.name) for role, _, _ in acting)
    between = [text[one[2] : other[1]] for one, other in pairwise(acting)]
    is_choice = any(re.search(r"\bor\b|/", gap) for gap in between) or (is_unnamed and bool(re.search(r"\bor\b|/", text)))
    if is_unnamed and is_choice:
        return Person(10, names, True)
    return Person(min(ranks) if is_choice else max(ranks), names, is_choice)


_SUBJECT_ROOMS = frozenset(("English class", "math class", "science class", "social studies class", "specials"))
_ALONE_BEFORE = re.compile(r"[,;:/(-]\s*(?:(?:in|at|inside) )?(?:the |an? )?\Z")
_ALONE_AFTER = re.compile(r"\s*(?:[,;:/).]|\Z)")
_ROOM_NEXT = re.compile(r"\s(?:room|office|area|space|gym|rm)\b")
_ROOM = re.compile(r"[,;]\s*((?:\w+ ){0,5}(?:room|office|classroom|gym|lab|center|library))\s*(?=[,;.]|\Z)")
_ONE_NAME = frozenset(
    (
        *("speech-language therapy", "occupational therapy", "physical therapy", "counseling", "orientation and mobility"),
        *(
            "adapted physical education",
            "audiology",
            "social work services",
            "psychological services",
            "school health services",
        ),
    )
)
_TRAINED_STAFF = re.compile(
    r"\b(?:qualified|certified|licensed|trained|experienced) (?:\w+ )?(?:staff|adults?|personnel|persons?|individuals?|"
    r"employees?)\b"
)
_LED_BY = re.compile(r"\b(?:by|from) (?:an? |the )?\Z")
_SUPERVISED = re.compile(r"\b(?:under (?:the )?(?:supervision|direction) of|supervised by)\b[^.;,]*")
_WHO = re.compile(r"\s(?:who|that) (?:can |is |has )?\w+(?: in \w+)?")
_QUALIFIED = re.compile(r"\b(?:qualified|certified|licensed|credentialed|trained|experienced|registered|highly qualified)\s\Z")
_SAME_ROLE = {"school nurse": "nurse", "classroom teacher": "general education teacher"}


def _harm_before(text: str) -> bool:
    return any(stem(word) in known.HARMS for word in _WORD.findall(text))


def _stems(text: str) -> frozenset[str]:
    return frozenset(
        each
        for word in _WORD.findall(text)
        if word not in known.SILENT and (each := stem(word)) not in known.SILENT_STEMS and word not in _LEADS
    )


_OCCASION_WEIGHT, _ROLE_WEIGHT, _COMMON_WEIGHT = 3, 5, 10


@lru_cache(maxsize=8192)
def _weights(text: str) -> tuple[tuple[str, int], ...]:
    """The words that say what it is about, each with how much it says."""
    found: dict[str, int] = {}
    for word in _WORD.findall(known.in_digits(text)):
        if word in known.SILENT or word in _LEADS or word in _UNPAIRING:
            continue
        each = stem(word)
        if each not in known.SILENT_STEMS:
            found[each] = _OCCASION_WEIGHT if each in known.OCCASION_STEMS else _COMMON_WEIGHT
    if found and max(found.values()) < _COMMON_WEIGHT:
        found = dict.fromkeys(found, _COMMON_WEIGHT)
    return tuple(sorted(found.items()))


def _spoken(text: str) -> tuple[tuple[str, str], ...]:
    return tuple({stem(word): word for word in reversed(_WORD.findall(text))}.items())


_UNPAIRING = frozenset(
    known.listed(
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


_SHARE = "§"
# So far to both sides the words may say what a number means.
_AROUND = 40
_SUBJECTS_OF_GOALS = frozenset(("student", "he", "she", "they", "will", "shall", "must", "may", "should"))
_ARTICLES = frozenset(("the", "an", "a", "his", "her", "their"))
_ENDS = frozenset((".", ";", ":", "(", ")"))


def _is_number(piece: str) -> bool:
    return piece[0].isdigit() or piece[0] == "$"


_BY_MEANS = frozenset(
    ("using", "utilizing", "following", "referring", "consulting", "applying", "looking", "pointing", "receiving", "having", "being")
)


def _is_subject(pieces: Sequence[str], place: int) -> bool:
    """Whether a sentence begins there: "before a test, the student will"."""
    place += place < len(pieces) and pieces[place] in _ARTICLES
    return place < len(pieces) and pieces[place] in _SUBJECTS_OF_GOALS


class _Parts:
    """What is left of the text: numbers, and the things by the small words that lead to them."""

    def __init__(self, reading: _Reading) -> None:
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
        return frozenset(thing for segment in self._parts.get(part, []) for thing in _things(segment, part))

    def stems(self, part: str) -> frozenset[str]:
        return frozenset(word for thing in self.things(part) for word in thing.words)

    def weights(self) -> tuple[tuple[str, int], ...]:
        """The words that say what it is about, each with how much it says: what it is most, where and when little."""
        found: dict[str, int] = {}
        for part, most in _PART_WEIGHTS.items():
            for thing in self.things(part):
                is_common = thing.head in known.OCCASION_STEMS and not (part == "what" and thing.head in known.SUBJECTS)
                for word in thing.words - _UNPAIRING_STEMS:
                    is_subject = part == "what" and word in known.SUBJECTS
                    usual = _OCCASION_WEIGHT if word in known.OCCASION_STEMS and not is_subject else _COMMON_WEIGHT
                    # What only describes the thing says half as much; unless the thing is said by it: "music therapy".
                    usual = usual // 2 if word != thing.head and not is_common and self._reading.kind != "goal" else usual
                    found[word] = max(found.get(word, 0), min(most, usual))
        if self._reading.is_consult:
            found.setdefault("consult", _OCCASION_WEIGHT)
        for word in _WORD.findall(self._reading.who):
            if (each := stem(word)) not in known.SILENT_STEMS:
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
        return words & known.SUBJECTS

    def bag(self) -> tuple[tuple[str, int], ...]:
        words = {word for part in _PART_WEIGHTS for word in self.stems(part)} - _UNPAIRING_STEMS
        return tuple(sorted((word, _OCCASION_WEIGHT if word in known.OCCASION_STEMS else _COMMON_WEIGHT) for word in words))

    def _read(self) -> None:
        pieces = _TOKEN.findall(self._reading.text)
        beside: set[int] = set()
        for place, piece in enumerate(pieces):
            if _is_number(piece):
                beside |= self._figure(pieces, place)
        part, segment = "what", list[str]()
        for place, piece in enumerate(pieces):
            is_lead = (
                piece in _LEADS
                and not (piece in _CAN_LEAD_ALL and not segment and part == "scope")
                and not self._goes_on(pieces, place)
            )
            is_over = piece == "," and (part == "given" or _is_subject(pieces, place + 1))
            if is_lead or piece in _ENDS or is_over:
                self._close(part, segment)
                segment = []
                if is_lead:
                    part = "what" if self._is_deed(pieces, place) else _LEADS[piece]
                    if piece in _CAN_LEAD_ALL or piece == "throughout":
                        segment.append("all")
                elif piece in (".", ";", ","):
                    part = "what"
            elif _is_number(piece) or piece == _SHARE:
                segment.append(_SHARE)
            elif place not in beside and not (self._reading.is_goal and stem(piece) == _CORRECT):
                segment.append("all" if piece in _CAN_LEAD_ALL else piece)
                self.ors += piece == "or"
        self._close(part, segment)

    def _is_deed(self, pieces: list[str], place: int) -> bool:
        """ "Will improve by greeting peers": what a goal asks, and no help."""
        following = pieces[place + 1] if place + 1 < len(pieces) else ""
        return self._reading.is_goal and pieces[place] == "by" and following.endswith("ing") and following not in _BY_MEANS

    def _goes_on(self, pieces: list[str], place: int) -> bool:
        """ "Is given" and "will be shown" lead to nothing."""
        return (pieces[place] == "from" and pieces[place - 1 : place] == ["away"]) or (
            _LEADS[pieces[place]] == "given" and place > 0 and pieces[place - 1] not in (",", ";", ".", "when", "and")
        )

    def _close(self, part: str, segment: list[str]) -> None:
        if part == "place" and self._reading.kind == "service" and not _PLACE_WORDS & set(segment):
            # "Instruction in written expression" says what, not where.
            part = "what"
        kept: list[str] = []
        item: list[str] = []
        for piece in [*segment, ","]:
            if piece not in _LIST:
                item.append(piece)
                continue
            if _SHARE in item and part != "what":
                # "In 4 of 5 trials", "with 80% accuracy": the number says it.
                self.counted |= {stem(word) for word in item}
            else:
                kept += [each for each in item if each != _SHARE]
            kept.append(piece)
            item = []
        if any(piece not in _LIST for piece in kept):
            self._parts.setdefault(part, []).append(kept)

    def _figure(self, pieces: list[str], place: int) -> set[int]:
        """The number at that place, with what it counts; gives the places of all words that belong to it."""
        reading, said = self._reading, pieces[place]
        value = _value(said)
        taken = {place}
        if value is None:
            return taken
        before = pieces[max(0, place - 5) : place]
        after = pieces[place + 1 : place + 5]
        noun_at = place + 1
        while noun_at < len(pieces) and (pieces[noun_at] in ("-", _SHARE) or stem(pieces[noun_at]) in _FILLERS):
            noun_at += 1
        noun = stem(pieces[noun_at]) if noun_at < len(pieces) and pieces[noun_at].isalpha() and noun_at - place <= 4 else ""
        last = before[-1] if before else ""
        has_cap = bool(_CAP_BEFORE.search(" ".join(before)))
        is_ceiling = CEILING in before[-2:] or (CEILING in after and not any(map(_is_number, after)))
        is_fewer = any(word in _FEWER for word in after[:2])
        words = " ".join(pieces[max(0, place - 4) : place + 6])
        if not noun and not reading.is_goal:
            noun = next((each for each in map(stem, reversed(before)) if each in known.WORK), "")
        better, key = 1, noun
        if said.endswith("%"):
            key = "percent"
            if reading.is_goal:
                better = self._aim(pieces, place, "", has_cap and _harms(pieces[max(0, place - _AROUND) : place + _AROUND]))
            elif re.search(
                r"\b(?:reduc|short|cut|less|decreas|lower|fewer|trim)\w*",
                " ".join(pieces[max(0, place - _AROUND) : place + _AROUND]),
            ):
                better = -1 if last in ("to", "of") or (after[:1] == ["of"] and last != "by") else 1
            elif after[:1] == ["of"] or any(stem(word) in known.WORK for word in after[:3]):
                better = -1
        elif noun in _TIME_STEMS:
            taken.add(noun_at)
            taken.update(range(place + 1, noun_at))
            value *= _TIME_STEMS[noun]
            key, better = self._time(pieces, place, noun_at, has_cap)
        elif said.startswith("$"):
            key = "money"
        elif _POINT.search(words):
            key = "size"
        elif (_OVER.search(" ".join(before)) and (last != "over" or noun in known.LENGTHS)) or (
            last == "than" and any(word in ("longer", "more", "over") for word in before)
        ):
            key, better = "threshold", (1 if reading.is_goal else -1)
            value *= known.LENGTHS.get(noun, 1)
            taken.add(noun_at)
        elif last in _EVERY:
            key, better = "interval of work", -1
        elif reading.is_goal:
            better = self._aim(pieces, place, noun, has_cap)
            value, unit_at = _a_week(pieces, noun_at, value)
            taken |= unit_at
        elif last in _WITHIN or "within" in before[-2:]:
            key, better = "distance", -1
        elif pieces[max(0, place - 2) : place] == ["instead", "of"]:
            better = 0
        elif noun in known.WORK or "instead" in after[:3] or (is_ceiling and noun in known.BURDENS):
            better = 1 if (is_fewer or last == "by") and not has_cap else -1
            value *= known.LENGTHS.get(noun, 1)
            key = "less work" if better == 1 else "work text" if noun in known.LENGTHS else "work"
        if (
            is_ceiling
            and not reading.is_goal
            and key not in ("work", "work text", "time of work", "threshold", "distance")
            and not (key == "percent" and better < 0)
        ):
            # A ceiling on what the school gives, not on what it asks.
            reading.more_hedges.add("ceiling")
        is_ceiling &= "ceiling" in reading.more_hedges
        self._reading.figures.append(Figure(key, value, better, said=_told(pieces, place, noun_at), is_ceiling=is_ceiling))
        return taken

    def _time(self, pieces: list[str], place: int, noun_at: int, has_cap: bool) -> tuple[str, int]:
        before, after = (pieces[max(0, place - 4) : place], pieces[noun_at + 1 : noun_at + 5])
        text = " ".join(pieces[max(0, place - _AROUND) : place + _AROUND])
        if before and before[-1] in _EVERY:
            return "interval", -1
        if " ".join(before[-2:]) in ("more than", "longer than") and not self._reading.is_goal:
            return "threshold", -1
        if any(word in _AHEAD for word in after[:3]):
            return "ahead", 1
        if "within" in before[-3:] or " ".join(before[-2:]) in ("less than", "in under") or before[-1:] == ["under"]:
            return "within", 1 if _LATE.search(text) and not self._reading.is_goal else -1
        if self._reading.is_goal:
            is_fast = before[-1:] == ["in"] or has_cap
            is_harm = bool(known.REDUCING.search(text)) or any(
                stem(word) in known.HARMS for word in pieces[max(0, place - _AROUND) : place]
            )
            return "time", -1 if is_fast or (is_harm and before[-1:] != ["by"] and before[-1:] != ["for"]) else 1
        if _LATE.search(text):
            return "time", 1
        if before[-1:] == ["after"] and not {"day", "week"} & set(after):
            return "interval", -1
        if (
            (has_cap or re.search(r"\b(?:shorten|reduc|cut|limit)", text))
            and _SCHOOLWORK.search(text)
            and before[-1:] != ["by"]
        ):
            return "time of work", -1
        return "time", 1

    def _aim(self, pieces: list[str], place: int, noun: str, has_cap: bool) -> int:
        """Whether more of it is the higher aim: not of what a goal reduces, and not of a cap."""
        near = {stem(word) for word in pieces[place : place + 5] if word.isalpha()}
        last = pieces[place - 1] if place else ""
        if last == "by":
            return 1
        if (last in _WITHIN or "within" in pieces[max(0, place - 2) : place]) and noun in known.DISTANCES:
            return -1
        if has_cap or noun in known.HARMS or near & known.HARMS:
            return -1
        return (
            -1
            if last in ("to", "than", "below", "under")
            and known.REDUCING.search(" ".join(pieces[max(0, place - _AROUND) : place]))
            else 1
        )


_CAP_BEFORE = re.compile(rf"(?:{CEILING}|fewer than|less than|under|below|limit \w+ to|only)\s?(?:about |the )?\Z")
_OVER = re.compile(r"(?:longer than|more than|greater than|over|exceeding)\s?\Z")
_POINT = re.compile(r"\d[\s-]*(?:point|pt|font)\b|\bfont(?: size)?(?: of)? \d")
_PROOF = re.compile(r"\b(?:over|on|across|in|for)\b")


def _a_week(pieces: Sequence[str], noun_at: int, value: Fraction) -> tuple[Fraction, set[int]]:
    """ "2 outbursts per day" in a week, and the places of the words that say it."""
    for place in range(max(noun_at - 1, 0), min(noun_at + 3, len(pieces) - 1)):
        if pieces[place] in ("per", "a", "each", "every", "/") and pieces[place + 1] in _RATES:
            return value * _RATES[pieces[place + 1]], {place, place + 1}
    return value, set()


_RATES = {
    "hour": Fraction(30),
    "day": Fraction(5),
    "week": Fraction(1),
    "month": Fraction(1, 4),
    "quarter": Fraction(1, 11),
    "semester": Fraction(1, 22),
    "year": Fraction(1, 44),
}


def _harms(pieces: Sequence[str]) -> bool:
    return any(stem(word) in known.HARMS for word in pieces) or bool(known.REDUCING.search(" ".join(pieces)))


def _value(said: str) -> Fraction | None:
    said = said.strip("$%")
    try:
        return Fraction(said)
    except (ValueError, ZeroDivisionError):
        return None


def _told(pieces: list[str], place: int, noun_at: int) -> str:
    return " ".join(piece for piece in pieces[place : noun_at + 1] if piece not in ("-", _SHARE))[:60]


def _things(segment: list[str], part: str) -> Iterator[Thing]:
    """The things of a list. "All tests and quizzes" are all quizzes, too; "math and science tests" are math tests."""
    found: list[tuple[list[str], bool]] = []
    is_all = False
    current: list[str] = []
    done: list[str] = []
    for piece in [*segment, ","]:
        if piece in _LIST:
            if current or done:
                # "Notes printed" are notes: what is done to them comes before the head.
                found.append(([*done, *current], is_all))
            current, done = [], []
            continue
        if piece == "all":
            is_all = True
            continue
        if piece in known.SILENT or not (piece[0].isalpha() or piece[0] == "/"):
            continue
        each = stem(piece)
        if each not in known.SILENT_STEMS and piece != "extra-time":
            if current and piece.endswith("ed") and len(piece) > 4:
                done.append(each)
            else:
                current.append(each)
    if found and part == "scope":
        shared = found[-1][0][1:]
        last_is_of_subject = found[-1][0][0] in known.SUBJECTS and shared
        for words, _ in found[:-1]:
            if last_is_of_subject and all(word in known.SUBJECTS for word in words):
                words.extend(shared)
    for words, of_all in found:
        if part in ("scope", "place") and all(word in known.SUBJECTS for word in words):
            words = [*words, stem("class")]
        yield Thing(words[-1], frozenset(words[:-1]), of_all)
    if not found and is_all:
        yield Thing("all", is_all=True)


def weekly_times(amount: Amount) -> tuple[Fraction, Fraction] | None:
    """How many times a week, fewest and most."""
    _, times, per = amount
    if times is None or per is None:
        return None
    fewest, most = WEEKS[per]
    return times / most, times / fewest


@lru_cache(maxsize=4096)
def things_in(setting: str | None) -> frozenset[Thing]:
    """The places and occasions that a field names."""
    if not setting:
        return frozenset()
    pieces = [
        "all" if piece in _CAN_LEAD_ALL else piece
        for piece in _TOKEN.findall(_joined(spelled_out(setting).casefold()))
        if piece not in _LEADS or piece in _CAN_LEAD_ALL
    ]
    return frozenset(_things(pieces, "place"))
