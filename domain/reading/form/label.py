"""What a column under a heading holds, or a line after a label."""

import re
from dataclasses import dataclass
from functools import lru_cache

from domain.listed import listed
from domain.reading.form.heading import topic_of
from domain.reading.form.label_words import (
    AN_AMOUNT,
    EXPLAINED,
    SAYS_AREA,
    SAYS_CATEGORY,
    SAYS_DATE,
    SAYS_DETAIL,
    SAYS_END,
    SAYS_FREQUENCY,
    SAYS_GOAL_PART,
    SAYS_HOURS,
    SAYS_MINUTES,
    SAYS_MODE,
    SAYS_NAME,
    SAYS_NO,
    SAYS_NOTHING,
    SAYS_PROVIDER,
    SAYS_SETTING,
    SAYS_START,
    SAYS_STATUS,
    SAYS_TIMES,
    SAYS_WORDING,
    SAYS_YES,
    SHORT_AMOUNTS,
    SUBJECTS,
    period_in,
)
from domain.reading.form.old_and_new import OF_A_YEAR, is_new, is_old
from domain.reading.form.plain import plain
from domain.reading.form.topic import Topic

# What a column or a line holds, by its label.
NAME, AMOUNT, SETTING, PROVIDER, START, END, DATES, MODE, AREA = (
    *("name", "amount", "setting", "provider", "start", "end", "dates", "mode", "area"),
)
YES, NO, STATUS, SUBJECT, IGNORED, TYPE, GOAL_PART, DETAIL, MIXED = (
    *("yes", "no", "status", "subject", "ignored", "type", "goal part", "detail", "mixed"),
)


@dataclass(frozen=True)
class Label:
    """What a column, or a line of a form, holds.

    `unit` of a bare number ("minutes", "hours", "times") and `per` its period; `setting`, `mode`: what the label itself says of
    every amount in it; `kinds`: what the name in it is; `strength`: how surely it is the name, of several.
    """

    role: str
    text: str
    unit: str = ""
    per: str = ""
    setting: str = ""
    mode: str = ""
    kinds: tuple[str, ...] = ()
    strength: int = 0
    topic: Topic | None = None


def a_name(kinds: tuple[str, ...]) -> Label:
    """As if a label had said that this is the name of a promise of such a kind."""
    return Label(NAME, "", kinds=kinds, strength=5)


@lru_cache(4096)
def label_of(text: str) -> Label | None:
    """What a column under this heading, or a line after this label, holds; None when it is no label that we know."""
    given = re.sub(r"\s*\([^()]{3,80}\?\)$", "", " ".join(text.split()[:60]).strip(" :"))
    if not given or len(given) > 140 or AN_AMOUNT.search(given):
        return None
    with_brackets = " ".join(
        re.sub(r"[^a-z0-9'/%?#+.&\- ]+", " ", given.lower().replace("’", "'").replace("&", " and ")).split()
    )
    said = plain(given) or with_brackets.strip(" .-/")
    if (
        len(said.split()) > 6
        and (head := EXPLAINED.split(given, maxsplit=1)[0].strip(" :(-–—"))
        and head != given
        and (short := label_of(head))
    ):
        # "Measurable annual goal. Include: condition, name, behavior": what follows explains it.
        return short
    if not said or len(said.split()) > 22:
        return None
    words = _Words(
        given, said, with_brackets, len(said.split()), topic_of(given), period_in(with_brackets), _unit(with_brackets)
    )
    # The order decides: "Start date of services" is a date, though it names services.
    return next(
        (label for ask in (_of_choices, _of_dates, _of_amounts, _of_promises, _of_other) if (label := ask(words))), None
    )


@dataclass(frozen=True)
class _Words:
    """A label as it is `given`, in plain words (`said`), those in brackets too (`whole`); what it would be as a heading."""

    given: str
    said: str
    whole: str
    count: int
    topic: Topic | None
    per: str
    unit: str

    @property
    def kinds(self) -> tuple[str, ...]:
        """Of which kinds the promises are that it announces."""
        return self.topic.kinds if self.topic else ()

    @property
    def is_amount(self) -> bool:
        """Whether it says how much or how often."""
        return bool(SAYS_FREQUENCY.search(self.said)) or bool(self.per and self.unit)


def _unit(whole: str) -> str:
    if SAYS_MINUTES.search(whole):
        return "minutes"
    if SAYS_HOURS.search(whole):
        return "hours"
    return "times" if SAYS_TIMES.search(whole) else ""


def _of_choices(words: _Words) -> Label | None:
    """Yes and no, and what sorts the rows by old and new, or by a part of the plan."""
    given, said, topic = words.given, words.said, words.topic
    if SAYS_YES.match(said):
        return Label(YES, given)
    if SAYS_NO.match(said):
        return Label(NO, given)
    if topic and topic.is_past and words.count <= 8 and not SAYS_START.search(said):
        return Label(IGNORED, given, topic=topic)
    if re.fullmatch(
        r"(?:iep )?(?:section|part|component|page|item)s?(?: of (?:the )?iep)?(?: (?:changed|amended|affected))?", said
    ):
        return Label(TYPE, given, strength=4)
    if OF_A_YEAR.fullmatch(said):
        return Label(IGNORED, given)
    if re.search(r"\b(?:says?|reads?|wording)\b", said) and (is_old(given) or is_new(given)) and words.count <= 9:
        return Label(IGNORED, given)
    if said in SHORT_AMOUNTS:
        return Label(AMOUNT, given, unit="minutes", per=SHORT_AMOUNTS[said])
    if re.search(r"\b(?:implementation )?recommendations?$", said) and words.count <= 4 and not words.kinds:
        return Label(DETAIL, given, strength=4)
    return Label(TYPE, given, strength=4) if re.search(r"\bdelivery recommendations?$", said) else None


def _of_dates(words: _Words) -> Label | None:
    """From when to when; and how it is measured, which is no field of ours."""
    given, said = words.given, words.said
    if re.search(
        r"\b(?:percent|percentage)\b|%|\b(?:measured|evaluated|assessed|monitored|reported|reviewed) (?:by|how|when|with)\b",
        words.whole,
    ):
        return Label(IGNORED, given)
    if re.fullmatch(r"(?:from|start\w*|begin\w*)(?: dates?)? ?(?:-|/|to|and|through) ?(?:to|end\w*|stop)(?: dates?)?", said):
        return Label(DATES, given)
    if words.kinds and not re.search(
        r"\bdates?\b|^(?:service|services|goal|program)s? (?:begin|start|end)"
        r"|^(?:projected |anticipated )?(?:initiation|start|beginning|end|ending|duration|length"
        r"|completion) of (?:the )?(?:services?|program)s?$",
        said,
    ):
        return None
    has_start, has_end = bool(SAYS_START.search(said)), bool(SAYS_END.search(said))
    has_date = bool(SAYS_DATE.search(words.whole))
    if (has_start and has_end and (has_date or words.count <= 7)) or re.fullmatch(
        r"(?:service )?dates?(?: of services?)?|(?:projected )?dates? of services?|when", said
    ):
        return Label(DATES, given)
    if re.search(r"\b(?:responsible|personnel|staff|person|provider)\b", said) and not has_date:
        return Label(PROVIDER, given)
    if re.fullmatch(r"date to (?:begin|start)(?: services?)?", said):
        return Label(START, given)
    is_short = has_date or words.count <= 4
    if has_start and not words.is_amount and is_short:
        return Label(START, given)
    if has_end and is_short and not re.search(r"\b(?:freq|minutes|per)\b", said) and said != "to what extent":
        return Label(END, given)
    is_dated = re.search(r"\bduration\b", said) and re.search(r"\bm/d/y|\bmm/dd|\bdates?\b", words.whole)
    return Label(DATES, given) if is_dated else None


def _of_amounts(words: _Words) -> Label | None:
    """How much and how often, alone or with where and by whom in one column; and what was decided."""
    given, said, per, unit = words.given, words.said, words.per, words.unit
    if SAYS_STATUS.search(said) and words.count <= 6 and not words.kinds:
        return Label(STATUS, given)
    roles = sum(bool(re.search(pattern, said)) for pattern in _SEVERAL)
    if roles > 1 and unit != "minutes" and not re.search(r"\bpersonnel\b.*\bsupport|\bsupports? for\b", said):
        return Label(MIXED, given, unit=unit, per=per)
    if words.is_amount and (
        unit
        or re.search(
            r"\b(?:freq|frequency|amount|duration|how much|how long|length|time|intensity|weekly|daily|monthly)\b", said
        )
    ):
        if re.search(r"\b(?:total|sum)\b", said) and not per and "session" not in said:
            return Label(IGNORED, given)
        if re.search(r"\b(?:report\w*|progress|review\w*|measur\w+)\b", said):
            return Label(IGNORED, given)
        if words.kinds and not unit and not per and not re.search(r"freq|amount|how often|how much|duration|\btime\b", said):
            return Label(NAME, given, kinds=words.kinds, strength=9)
        if not per and unit not in ("minutes", "hours") and _OF_A_SESSION.search(said):
            unit = "minutes" if "session" in said and "number" not in said and "#" not in said else ""
        if unit == "minutes" and re.search(r"(?:sessions?|times|frequency|freq)\b.*\b(?:min)", said):
            unit = ""
        mode = match.group(0) if (match := SAYS_MODE.search(said)) else ""
        return Label(AMOUNT, given, unit=unit, per=per, setting=setting_of(given), mode=mode)
    if re.fullmatch(r"(?:(?:service|frequency) )?(?:per|period|unit|units?|interval|cycle|per what)(?: \w+){0,3}", said):
        return Label(AMOUNT, given)
    return None


# How much, where, by whom: two of them in one heading.
_SEVERAL = (
    r"\b(?:freq(?:uency)?|amount|duration|minutes|how often|time)\b",
    r"\b(?:locations?|settings?|where|place|environment)\b",
    r"\b(?:providers?|personnel|staff|responsible|who|by whom|implementers?)\b",
)
_OF_A_SESSION = re.compile(
    r"\bper session|/ ?session|each session|session length|length of (?:each )?session|(?:duration"
    r"|length)(?: of (?:service|each))?"
)


def _of_promises(words: _Words) -> Label | None:
    """What is promised, by its kind."""
    given, said, kinds = words.given, words.said, words.kinds
    if not kinds or re.search(r"\b(?:location|provider|provided by|responsible|who|where|setting)\b", said):
        return None
    if re.fullmatch(
        r"(?:for )?goals? ?(?:#|no\.?|nos\.?|number|numbers|addressed|supported|area|areas)?(?: addressed)?", said
    ) and not re.fullmatch(r"goals?(?: statements?)?", said):
        return Label(IGNORED if not said.endswith(("area", "areas")) else AREA, given)
    if re.search(
        r"\bgoals? (?:#|(?:no|nos|number|numbers|addressed|supported|served)\b)|\b(?:focus|based) on goals?\b"
        r"|\b(?:for|related|addressed|supports?) goals?\b|\bgoals?'? status\b",
        said,
    ):
        return Label(IGNORED, given)
    if re.search(r"^type of (?:service|delivery)$|\bservice (?:type|delivery|model|mode)\b|\bdelivery\b", said):
        return Label(TYPE, given, kinds=kinds, strength=5)
    return Label(NAME, given, kinds=kinds, strength=10 if words.count <= 6 else 8, topic=words.topic)


def _of_other(words: _Words) -> Label | None:
    """By whom, in which way, where; for which subjects; a part of a goal; what sorts or explains; else maybe a name."""
    given, said, topic = words.given, words.said, words.topic
    if SAYS_PROVIDER.search(said) and not re.search(r"\b(?:supports?|training) (?:for|of|to)\b", said):
        return Label(PROVIDER, given) if not re.search(r"\bmonitor", said) else Label(IGNORED, given)
    if re.fullmatch(
        r"(?:delivery|model|mode|method of delivery|grouping|group size|ratio|group ?(?:/|or|and) ?individual"
        r"|individual ?(?:/|or|and) ?(?:small )?group|i ?/ ?g|ind ?/ ?grp|direct ?/ ?(?:indirect|consult\w*)|d ?/ ?i"
        r"|d ?/ ?c|(?:type of )?(?:delivery|contact)(?: model| method| type)?|student ?/ ?staff ratio|format|size)",
        said,
    ):
        return Label(MODE, given)
    if SAYS_MODE.fullmatch(said):
        return Label(SUBJECT, given, mode=said)
    if SAYS_GOAL_PART.match(said):
        return Label(GOAL_PART, given, strength=1)
    if SAYS_AREA.match(said):
        return Label(AREA, given, strength=3)
    if topic and topic.is_part:
        return Label(IGNORED, given, topic=topic)
    is_subject = SUBJECTS.match(said) is not None
    if SAYS_CATEGORY.match(said) and not is_subject and said not in ("setting", "environment", "classroom"):
        return Label(AREA, given, strength=2)
    if SAYS_SETTING.search(said) and not is_subject and words.count <= 8:
        return Label(SETTING, given)
    if is_subject:
        return Label(SUBJECT, given)
    if re.fullmatch(r"(?:service )?types?(?: of (?:service|support|delivery))?|kinds?|category of support", said):
        return Label(TYPE, given, strength=4)
    if topic and not topic.kinds:
        return Label(IGNORED, given, topic=topic)
    if SAYS_NOTHING.search(said) and words.count <= 9:
        return Label(IGNORED, given)
    if SAYS_DETAIL.search(said) and words.count <= 8:
        return Label(DETAIL, given, strength=4)
    if (is_old(given) or is_new(given)) and SAYS_WORDING.search(said) and words.count <= 9:
        return Label(IGNORED, given)
    return Label(NAME, given, strength=5) if SAYS_NAME.search(said) and words.count <= 8 else None


_SETTING_WORDS = re.compile(
    r"\b(?:(?:outside(?: of)?|out of|inside|within|in|away from)\s+(?:of\s+)?)?(?:the |a )?"
    r"(?:general ed(?:ucation)?(?: class(?:room)?s?| settings?| environments?)?|gen\.? ?ed\.?(?: class(?:room)?| setting)?"
    r"|reg(?:ular|\.)? ed(?:ucation)?(?: class(?:room)?s?| settings?)?|regular class(?:room)?s?"
    r"|special ed(?:ucation)?(?: class(?:room)?s?| settings?| room)?|sp\.? ?ed\.?(?: class(?:room)?| setting| room)?"
    r"|sped(?: class(?:room)?| setting| room)?"
    r"|resource room|separate (?:class(?:room)?|setting)|class(?:room)?|community|home|therapy room|pull-?out|push-?in"
    r"|other settings?|gre|ge|rce|it|non-?academic settings?)\b"
    r"|\b(?:gre|ge|rce|se)\b"
)


def setting_of(given: str) -> str:
    """The place that the heading of an amount names: "Minutes per week outside the general education class"."""
    said = " ".join(given.lower().replace("-", " ").split())
    for match in _SETTING_WORDS.finditer(said):
        words = match.group(0).strip()
        if words in ("class", "home", "it", "se", "ge") and not re.search(
            r"\b(?:in|outside|out of|inside|at) $", said[: match.start()] + " "
        ):
            continue
        return re.sub(r"^(?:in|inside|within) (?:of )?(?:the |a )?", "", words)
    return ""


_LABEL_WORDS = listed(
    """
    service services provider providers provided by title position staff responsible person persons personnel implementer
    implementing implementation who where when what how often much long location locations setting settings place room
    building frequency freq amount time times minutes mins min hours hrs session sessions per week day month weekly daily
    monthly duration length number of the and or a an in for to is are be will each total start starts starting begin begins
    beginning end ends ending date dates initiation projected anticipated effective from through until type delivery model
    mode method group individual ratio size direct indirect consult consultation name description accommodation
    accommodations modification modifications support supports goal goals annual measurable related special education
    specially designed instruction program area domain focus addressed baseline objective objectives criteria criterion
    condition behavior skill evaluation procedure procedures schedule progress measured status decision comments notes
    details detail specify describe explain agency role school year supplementary aid aids activity transition subject class
    classes timeframe frame timeline need needs provision first last stop completion intensity unit units list if yes other
    statement target mastery performance level methods nature scope
    """
)


@lru_cache(4096)
def is_all_label(text: str) -> bool:
    """Whether every word is one that labels of a form's fields consist of."""
    words = plain(text).replace("/", " ").replace("-", " ").split()
    return 0 < len(words) <= 9 and all(
        word.strip("'?.#") in _LABEL_WORDS or word.strip("#.").isdigit() or not word.strip("#.") for word in words
    )


def is_category(text: str) -> bool:
    """Whether a label only sorts what is promised: "Presentation", "Timing and scheduling"."""
    return bool(SAYS_CATEGORY.match(plain(text)))


_NOT_AGREED = re.compile(
    r"\b(?:reject|declin|refus|discontinu|not |no\b|n/a|consider|request|ended|end of|past|previous|denied|withdrawn"
    r"|deleted?|removed?|tabled|replaced|dropped|expired|pending|closed|stopped|completed|met\b|mastered|achieved)",
)


def is_not_agreed(text: str) -> bool:
    """Whether a column of decisions says that the row is no promise."""
    return bool(_NOT_AGREED.search(text.lower()))


_SCHOOL_SUBJECT = re.compile(
    r"^(?:english|reading|writing|math(?:ematics)?|spelling|science|social studies|history|language arts"
    r"|english language arts|ela|algebra|geometry|biology)$",
    re.IGNORECASE,
)


def is_subject(text: str) -> bool:
    """Whether a word is a subject that is taught, which may be what a service is in."""
    return bool(_SCHOOL_SUBJECT.match(text.strip()))
