"""What a column under a heading holds, or a line after a label."""

import re
from dataclasses import dataclass
from functools import lru_cache

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
from domain.reading.listed import listed

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
    return _label(given, said, with_brackets) if said else None


def _label(given: str, said: str, whole: str) -> Label | None:
    words = said.split()
    if len(words) > 22:
        return None
    if SAYS_YES.match(said):
        return Label(YES, given)
    if SAYS_NO.match(said):
        return Label(NO, given)
    topic = topic_of(given)
    kinds = topic.kinds if topic else ()
    if topic and topic.is_past and len(words) <= 8 and not SAYS_START.search(said):
        return Label(IGNORED, given, topic=topic)
    if re.fullmatch(
        r"(?:iep )?(?:section|part|component|page|item)s?(?: of (?:the )?iep)?(?: (?:changed|amended|affected))?", said
    ):
        return Label(TYPE, given, strength=4)
    if OF_A_YEAR.fullmatch(said):
        return Label(IGNORED, given)
    if re.search(r"\b(?:says?|reads?|wording)\b", said) and (is_old(given) or is_new(given)) and len(words) <= 9:
        return Label(IGNORED, given)
    if said in SHORT_AMOUNTS:
        return Label(AMOUNT, given, unit="minutes", per=SHORT_AMOUNTS[said])
    if re.search(r"\b(?:implementation )?recommendations?$", said) and len(words) <= 4 and not kinds:
        return Label(DETAIL, given, strength=4)
    if re.search(r"\bdelivery recommendations?$", said):
        return Label(TYPE, given, strength=4)
    per, unit = period_in(whole), ""
    if SAYS_MINUTES.search(whole):
        unit = "minutes"
    elif SAYS_HOURS.search(whole):
        unit = "hours"
    elif SAYS_TIMES.search(whole):
        unit = "times"
    has_start, has_end, has_date = bool(SAYS_START.search(said)), bool(SAYS_END.search(said)), bool(SAYS_DATE.search(whole))
    is_amount = bool(SAYS_FREQUENCY.search(said)) or (bool(per) and unit != "")
    if re.search(
        r"\b(?:percent|percentage)\b|%|\b(?:measured|evaluated|assessed|monitored|reported|reviewed) (?:by|how|when|with)\b",
        whole,
    ):
        return Label(IGNORED, given)
    if re.fullmatch(r"(?:from|start\w*|begin\w*)(?: dates?)? ?(?:-|/|to|and|through) ?(?:to|end\w*|stop)(?: dates?)?", said):
        return Label(DATES, given)
    if not kinds or re.search(
        r"\bdates?\b|^(?:service|services|goal|program)s? (?:begin|start|end)"
        r"|^(?:projected |anticipated )?(?:initiation|start|beginning|end|ending|duration|length"
        r"|completion) of (?:the )?(?:services?|program)s?$",
        said,
    ):
        if (has_start and has_end and (has_date or len(words) <= 7)) or re.fullmatch(
            r"(?:service )?dates?(?: of services?)?|(?:projected )?dates? of services?|when", said
        ):
            return Label(DATES, given)
        if re.search(r"\b(?:responsible|personnel|staff|person|provider)\b", said) and not has_date:
            return Label(PROVIDER, given)
        if re.fullmatch(r"date to (?:begin|start)(?: services?)?", said):
            return Label(START, given)
        if has_start and not is_amount and (has_date or len(words) <= 4):
            return Label(START, given)
        if (
            has_end
            and (has_date or len(words) <= 4)
            and not re.search(r"\b(?:freq|minutes|per)\b", said)
            and said != "to what extent"
        ):
            return Label(END, given)
        if re.search(r"\bduration\b", said) and re.search(r"\bm/d/y|\bmm/dd|\bdates?\b", whole):
            return Label(DATES, given)
    if SAYS_STATUS.search(said) and len(words) <= 6 and not kinds:
        return Label(STATUS, given)
    roles = [
        *([AMOUNT] if re.search(r"\b(?:freq(?:uency)?|amount|duration|minutes|how often|time)\b", said) else []),
        *([SETTING] if re.search(r"\b(?:locations?|settings?|where|place|environment)\b", said) else []),
        *([PROVIDER] if re.search(r"\b(?:providers?|personnel|staff|responsible|who|by whom|implementers?)\b", said) else []),
    ]
    if len(roles) > 1 and unit != "minutes" and not re.search(r"\bpersonnel\b.*\bsupport|\bsupports? for\b", said):
        return Label(MIXED, given, unit=unit, per=per)
    if is_amount and (
        unit
        or re.search(
            r"\b(?:freq|frequency|amount|duration|how much|how long|length|time|intensity|weekly|daily|monthly)\b", said
        )
    ):
        if re.search(r"\b(?:total|sum)\b", said) and not per and "session" not in said:
            return Label(IGNORED, given)
        if re.search(r"\b(?:report\w*|progress|review\w*|measur\w+)\b", said):
            return Label(IGNORED, given)
        if kinds and not unit and not per and not re.search(r"freq|amount|how often|how much|duration|\btime\b", said):
            return Label(NAME, given, kinds=kinds, strength=9)
        if (
            re.search(
                r"\bper session|/ ?session|each session|session length|length of (?:each )?session|(?:duration"
                r"|length)(?: of (?:service|each))?",
                said,
            )
            and not per
        ):
            unit = (
                unit
                if unit in ("minutes", "hours")
                else "minutes"
                if "session" in said and "number" not in said and "#" not in said
                else ""
            )
        if unit == "minutes" and re.search(r"(?:sessions?|times|frequency|freq)\b.*\b(?:min)", said):
            unit = ""
        mode = match.group(0) if (match := SAYS_MODE.search(said)) else ""
        return Label(AMOUNT, given, unit=unit, per=per, setting=setting_of(given), mode=mode)
    if re.fullmatch(r"(?:(?:service|frequency) )?(?:per|period|unit|units?|interval|cycle|per what)(?: \w+){0,3}", said):
        return Label(AMOUNT, given, unit="", per="")
    if kinds and topic and not re.search(r"\b(?:location|provider|provided by|responsible|who|where|setting)\b", said):
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
        return Label(NAME, given, kinds=kinds, strength=10 if len(words) <= 6 else 8, topic=topic)
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
    if SAYS_CATEGORY.match(said) and not SUBJECTS.match(said) and said not in ("setting", "environment", "classroom"):
        return Label(AREA, given, strength=2)
    if SAYS_SETTING.search(said) and not SUBJECTS.match(said) and len(words) <= 8:
        return Label(SETTING, given)
    if SUBJECTS.match(said):
        return Label(SUBJECT, given)
    if re.fullmatch(r"(?:service )?types?(?: of (?:service|support|delivery))?|kinds?|category of support", said):
        return Label(TYPE, given, strength=4)
    if topic and not topic.kinds:
        return Label(IGNORED, given, topic=topic)
    if SAYS_NOTHING.search(said) and len(words) <= 9:
        return Label(IGNORED, given)
    if SAYS_DETAIL.search(said) and len(words) <= 8:
        return Label(DETAIL, given, strength=4)
    if (is_old(given) or is_new(given)) and SAYS_WORDING.search(said) and len(words) <= 9:
        return Label(IGNORED, given)
    if SAYS_NAME.search(said) and len(words) <= 8:
        return Label(NAME, given, strength=5)
    return None


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
