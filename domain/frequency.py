"""How much of a service, how often: read from a line as people write it, and printed back (34 CFR 300.320(a)(7)).

A line is cut into tokens: a length, a count, a period, a hedge. Neighbours make one amount, until one of a kind comes
twice. Of a range the lower number counts; a mere total ("120 minutes a month") has no `times`; "up to" and "as needed"
promise nothing, so all of it is None.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from domain.dates import written_dates
from domain.vocabulary import all_roles, all_services, all_settings, spelled_out

PERIODS = ("day", "week", "two_weeks", "month", "quarter", "trimester", "semester", "year")
# Weeks in a period, fewest and most; a school day is a fifth of a week.
WEEKS: dict[str, tuple[Fraction, Fraction]] = {
    "day": (Fraction(1, 5), Fraction(1, 5)),
    "week": (Fraction(1), Fraction(1)),
    "two_weeks": (Fraction(2), Fraction(2)),
    "month": (Fraction(4), Fraction(435, 100)),
    "quarter": (Fraction(9), Fraction(13)),
    "trimester": (Fraction(12), Fraction(18)),
    "semester": (Fraction(18), Fraction(26)),
    "year": (Fraction(36), Fraction(52)),
}
# Nobody is served longer than that in one go; a figure above is no length or count.
MOST_MINUTES, MOST_TIMES = 200_000, 2_000


@dataclass(frozen=True)
class Frequency:
    """An amount and where it stands. `is_hedged`: up to, as needed, about.

    `most`: what "up to" and "as needed" allow at most, as (minutes, times, per); the amount itself is then None.
    """

    minutes: int | None
    times: int | None
    per: str | None
    start: int
    end: int
    is_hedged: bool = False
    most: tuple[int | None, int | None, str | None] | None = None

    @property
    def amount(self) -> tuple[int | None, int | None, str | None]:
        return self.minutes, self.times, self.per


@dataclass(frozen=True)
class Service:
    """A service in a line of plain words, taken apart; `name` is what no other field says, abbreviations spelled out."""

    name: str
    minutes: int | None = None
    times: int | None = None
    per: str | None = None
    setting: str | None = None
    provider_role: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None


_ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBER_WORDS: dict[str, int] = {
    **{word: value for value, word in enumerate(_ONES) if value},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    **{f"{ten}-{one}": 10 * tens + value for tens, ten in enumerate(_TENS, 2) for value, one in enumerate(_ONES[:10]) if value},
    **{f"{ten} {one}": 10 * tens + value for tens, ten in enumerate(_TENS, 2) for value, one in enumerate(_ONES[:10]) if value},
    "a": 1,
    "an": 1,
    "single": 1,
    "couple": 2,
    "dozen": 12,
    "hundred": 100,
    "one hundred": 100,
    "ninty": 90,
    "fourty": 40,
    "one hundred twenty": 120,
    "one hundred fifty": 150,
    "one hundred eighty": 180,
    "one hundred and twenty": 120,
    "one hundred and fifty": 150,
    "two hundred": 200,
    "three hundred": 300,
    "two hundred forty": 240,
}
_FRACTIONS = {
    "½": Fraction(1, 2),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "1/2": Fraction(1, 2),
    "1/4": Fraction(1, 4),
    "3/4": Fraction(3, 4),
}

_WORDS = "|".join(re.escape(each).replace(r"\ ", " ") for each in sorted(NUMBER_WORDS, key=lambda each: -len(each)))
_DIGITS = r"\d{1,3}(?:,\d{3}){1,4}|\d{0,6}\.\d{1,2}|\d{1,12}"
_NUMBER = rf"(?:{_DIGITS}|\b(?:{_WORDS})\b)"
# "A time" is no count.
_COUNTED = _NUMBER.replace("|an|", "|").replace("|a)", ")")
# "20-30", "20 to 30", "30 (thirty)", "thirty (30)": the second is the top of a range, or the same again.


def _again(name: str) -> str:
    return rf"(?:\s?(?:-|–|—|to\b|or\b)\s?(?P<{name}>{_NUMBER})|\s?\((?:{_NUMBER})\))?"


_MINUTE = r"(?:minutes?|mins?\b|min\b|minuets?|m(?=/))\.?"
_HOUR = r"(?:hours?|hrs?\b|h(?=/)|(?<=\d)h\b|(?<=\d\s)h(?=\s(?:per|a|each|every|daily|weekly|monthly)\b))\.?"
_SESSION = (
    r"(?:times?|sessions?|sess\b|visits?|meetings?|periods?|blocks?|classes|class\b|lessons?|consults?|consultations?|"
    r"contacts?|treatments?"
    r"|check-?ins?|check ins?|observations?|days?|x|trips?|appointments?|groups\b|slots?|occasions?|conferences?|trainings?)"
)
_PERIOD = {
    "day": r"(?:instructional |school )?days?",
    "week": r"(?:school |calendar |instructional )?(?:weeks?|wks?\b\.?|wk\b\.?)",
    "month": r"(?:calendar |school )?(?:months?|mos?\b\.?|mths?\b\.?)",
    "quarter": r"(?:academic |school )?(?:quarters?|qtrs?\b\.?|qrtrs?\b\.?|(?:marking|grading|reporting|progress reporting|"
    r"report card) periods?)",
    "trimester": r"trimesters?|tri\b",
    "semester": r"(?:semesters?|sem\b\.?)",
    "year": r"(?:iep |school |academic |calendar |instructional )?(?:years?|yrs?\b\.?)",
}
_LONG_WEEKS = {9: "quarter", 10: "quarter", 12: "trimester", 18: "semester", 36: "year", 2: "two_weeks", 1: "week"}
_ADVERBS = {
    "daily": "day",
    "every day": "day",
    "weekly": "week",
    "wkly": "week",
    "monthly": "month",
    "mthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
}

_TOKEN = re.compile(
    # Nothing begins within a word.
    r"(?:(?<![A-Za-z])|(?=/))(?:"
    # What looks like an amount, and is none.
    r"(?P<none>\b\d{1,2}\s?:\s?\d{1,2}(?!\d)(?:\s?[ap]\.?m\b\.?)?|\b1[- ]on[- ]1\b|\b(?:one|1)[- ](?:on|to)[- ](?:one|1)\b"
    r"|\bdaily (?:living|schedule|agenda|planner|routines?|work|report|log|assignments?|life|tasks?|reading|activit\w+|"
    r"behavior)"
    r"|\b(?:weekly|monthly|quarterly|daily|annual|yearly) (?:tests?|quiz\w*|probes?|spelling|checks\b|reviews?|"
    r"newsletters?|data|progress|charts?"
    r"|reports?|planner|agenda|schedule)|\bday[- ]to[- ]day\b|\btime and (?:a|one) half|\b(?:half|full)[- ]days?\b|\bsame day\b"
    rf"|\b(?:within|after) {_NUMBER} (?:school |business |calendar |instructional )?(?:day|week|month|hour|minute)s?\b(?! of)"
    rf"|\bevery (?:{_NUMBER}[- ])?{_MINUTE}|\bevery (?:hour|period|class)\b)"
    rf"|(?P<hedge>\b(?:as needed|as necessary|when needed|if needed|prn|as appropriate|as warranted|"
    rf"on an as[- ]needed basis|as[- ]needed)\b"
    r"|\bup to\b|\bmaximum(?: of)?\b|\bmax\b\.?(?: of)?|\bno more than\b|\bnot to exceed\b|\bat most\b|\bor less\b|"
    r"\bor fewer\b)"
    r"|(?P<about>\b(?:about|approximately|approx\b\.?|roughly|around|nearly)\s?|~\s?)"
    # 2x30, 2 x 30 min, 1 x 45.
    rf"|"
    rf"(?P<pair>\b(?P<pair_one>{_DIGITS})(?:-\d{{1,2}})?\s?(?P<pair_mark>[x×*])\s?(?P<pair_two>{_DIGITS})"
    rf"(?:-\d{{1,3}})?(?![\d.,]\d|:)"
    rf"(?P<pair_unit>[\s-]?(?:{_MINUTE}|{_HOUR}|m\b)|['’′](?!\w))?)"
    # min/wk: 150
    rf"|(?P<label>\b(?:{_MINUTE}|times|sessions)(?:(?: ?/ ?| per | a | each )(?P<label_period>day|week|wk|month|mo|"
    rf"quarter|year)\b)?"
    rf"\s?[:=]\s?(?P<label_number>{_DIGITS}))(?![\d:/])"
    # 30-minute; half an hour; an hour and a half; 1 1/2 hours.
    r"|(?P<half>\b(?:an? |one )?half(?:[- ]an?)?[- ](?:hours?|hrs?\b\.?)|(?<![\d.])(?:0?\.5|1/2|½)[\s-]?(?:an? )?"
    + _HOUR
    + r")"
    r"|(?P<quarter>\b(?:a |one )?quarter(?: of)?(?:[- ]an?)?[- ]hours?|(?<![\d.])(?:0?\.25|1/4|¼)[\s-]?(?:of an )?"
    + _HOUR
    + r")"
    r"|(?P<three_quarters>\bthree[- ]quarters of an hour|(?<![\d.])(?:0?\.75|3/4|¾)[\s-]?(?:of an )?" + _HOUR + r")"
    rf"|(?P<mixed>\b(?P<mixed_whole>\d{{1,2}}|one|two|three|four|five)(?:\s?(?P<mixed_part>[½¼¾])|(?:\s|-|"
    rf"\sand\s)(?:an?\s)?(?P<mixed_slash>1/2|1/4|3/4|half))[\s-]?{_HOUR})"
    rf"|(?P<mpw>\b(?P<mpw_number>{_DIGITS})\s?(?P<mpw_unit>[mh])(?:ins?)?p(?P<mpw_per>[dwmqy])\b)"
    # 1h30; 1 hour 30 per week.
    rf"|(?P<clock>(?<![\d.:])(?<!\d/)(?P<clock_hours>\d{{1,2}})"
    rf"(?:\s?h\s?|\s?hrs?\.?|\s?hours?|\s?(?:hrs?\.?|hours?)\s(?=[1-5][05]\s(?:per|each|every|a)\b))(?P<clock_minutes>[0-5]?\d)"
    rf"(?:\s?(?:{_MINUTE}|m\b|['’′]))?(?![\w:]|\s?(?:x|times?|sessions?)\b))"
    rf"|"
    rf"(?P<hours>(?<![\d.:])(?<!\d/)(?P<hours_number>{_NUMBER}){_again('hours_again')}[\s-]?{_HOUR}(?P<hours_more>\s?(?:and "
    rf")?(?:a half\b|a quarter\b|½|(?P<hours_minutes>\d{{1,2}}|fifteen|thirty|forty-five)[\s-]?{_MINUTE}))?)"
    rf"|(?P<minutes>(?<![\d.:])(?<!\d/)(?P<minutes_number>{_NUMBER}){_again('minutes_again')}[\s-]?{_MINUTE})"
    # 30', 45m: feet and metres, too, so that they need a period beside them.
    r"|(?P<short>(?<![\d.:'])(?<!\d/)(?P<short_number>\d{1,2}[05]|5)\s?(?:['’′](?![\w'’])|m\b(?!['’])))"
    # Counts.
    r"|(?P<adverb_count>\b(?P<adverb>once|twice|thrice)(?![\w-]))"
    rf"|(?P<glued>(?<![\d.:])(?<!\d/)(?P<glued_number>\d{{1,2}})\s?[x×](?P<glued_period>day|week|wk|month|mo|year|yr|quarter)\b)"
    rf"|(?P<of_days>(?<![\d.:/])(?P<of_days_number>{_COUNTED}) (?:out )?of (?:the |every |"
    rf"each )?(?P<of_days_all>\d{{1,2}}|five|six|ten) (?:school )?days\b)"
    rf"|(?P<count>(?<![\d.:%$#])(?<!\d/)(?P<count_number>{_COUNTED}){_again('count_again')}(?:[\s-]?|\s(?:individual|group|"
    rf"separate|direct|weekly|total|full|class|school|therapy|consult|small group)\s)"
    rf"{_SESSION}\b(?!\s?[-/]?\s?cycle|\s?rotation))"
    rf"|(?P<x_count>\bx\s?(?P<x_number>\d{{1,3}})\b"
    rf"(?!(?:\s?[-–]\s?\d{{1,3}})?[\s-]?(?:{_MINUTE}|{_HOUR}|m\b|['’′])))"
    # Periods.
    r"|(?P<cycle>(?:(?:\b(?:per|in an?|each|every|in each|a|of an?|out of)\s|/\s?)(?:a )?)?\b(?P<cycle_days>\d{1,2}|"
    r"five|six|four|seven|eight|ten|a/b|rotating)?[\s-]?(?:school[- ])?(?:day)?[\s-]?\b(?:cycle|rotation)s?)"
    rf"|(?P<other>\b(?:(?:every|each) (?:other|second|2nd)|alternat(?:e|ing)) (?P<other_period>days?|weeks?|wks?|"
    rf"months?|(?:mon|tues|wednes|thurs|fri)days?))"
    r"|(?P<nth>\b(?:every|each) (?P<nth_number>third|fourth|fifth|sixth|ninth|tenth|twelfth|\d{1,2}(?:rd|th))"
    r"[\s-](?P<weeks_nth>weeks?|wks?\b|(?:school )?days?|months?))"
    r"|(?P<two_weeks>\bbi-?weekly|\bfortnight(?:ly)?)"
    r"|(?P<semi>\bsemi-?(?P<semi_unit>monthly|annually|annual|weekly)|\bbi-?annually)"
    r"|(?P<unclear>\bbi-?monthly|\bper term\b)"
    rf"|(?P<weeks>(?:\b(?:per|every|each|a|in|over|in a|in each|over a)\s|"
    rf"/\s?)(?P<weeks_number>\d{{1,2}}|{_WORDS})[\s-](?P<weeks_unit>weeks?|wks?\b|days?\b"
    rf"(?!\s?(?:/|per|a|each|every)\s?(?:school )?w)|months?)(?:[\s-](?:marking |"
    rf"grading |reporting )?(?:period|quarter|term|cycle|session)s?)?)"
    rf"|(?P<per>(?:\b(?:per|a|an|each|every|in a|in each|during each|over the|out of each|in one|during the|"
    rf"throughout the|for the)\s|/\s?|\bp\.?\s?/?\s?)(?:"
    + "|".join(f"(?P<per_{name}>{form})" for name, form in _PERIOD.items())
    + r")\b)"
    r"|(?P<often>\b(?P<often_word>" + "|".join(_ADVERBS) + r")\b)"
    r"|(?P<weekdays>\b(?:every |on |each )?(?:(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri)(?:days?|nesdays?|sdays?|"
    r"rsdays?|urdays?)?\b\.?(?:\s?(?:,|/|and|&|, and)\s?)?){1,5})"
    r"|(?P<bare>\b(?P<bare_period>week|wk|month|mo|year|yr|quarter|day)\b(?=\s?(?:[,;.)\d]|\Z|for|at|in|x)|(?P<bare_wide>)(?=\s?(?:[-–/:(a-z]))))"
    r"|(?P<lone>(?<![\d.:%$#-])(?<!\d/)(?P<lone_number>"
    + _DIGITS
    + r"|"
    + "|".join(w for w in _ONES[2:13])
    + r")(?![\d%:.-]|\w)))"
)


@dataclass(frozen=True)
class _Token:
    kind: str
    start: int
    end: int
    minutes: int | None = None
    times: int | None = None
    per: str | None = None
    # "weekly", "each week": it happens once in it. "per week": a mere total.
    is_once: bool = False


def frequencies(text: str) -> list[Frequency]:
    """Every amount in the text, in order; "30 min" alone has minutes only."""
    return [cluster.frequency for cluster in _clusters(text) if cluster.says_something]


def frequency(text: str) -> Frequency | None:
    """The amount of a line such as "2x30 min/wk, pull-out, SLP": the one that says most, the first of equals."""
    return max(frequencies(text), key=_fullness, default=None)


def said(minutes: int | None, times: int | None, per: str | None) -> str:
    """The amount printed: "30 minutes, 2 times per week", "120 minutes per month", "20 minutes daily"; "" for none."""
    length = f"{minutes} minute{'s' * (minutes != 1)}" if minutes is not None else ""
    if times == 1 and per == "day":
        return f"{length} daily".strip()
    period = f"per {per}".replace("two_weeks", "two weeks") if per else ""
    count = "" if times is None else f"{times} time{'s' * (times != 1)}" if times != 1 or not per else "once"
    often = " ".join(filter(None, (count, period)))
    return f"{length}, {often}" if length and count else " ".join(filter(None, (length, often)))


def weekly_minutes(minutes: int | None, times: int | None, per: str | None) -> tuple[Fraction, Fraction] | None:
    """The least and the most minutes in a week that the amount comes to; None when it is none."""
    if minutes is None or per is None:
        return None
    fewest, most = WEEKS[per]
    total = minutes * (1 if times is None else times)
    return total / most, total / fewest


def service(text: str) -> Service:
    """A line that says it all, taken apart: "Speech 2x30 min/wk, pull-out, SLP, 8/25/25-6/5/26"."""
    dates = written_dates(text)
    amount = frequency(text)
    spans = [(start, end) for _, start, end in dates]
    if amount:
        spans.append((amount.start, amount.end))
    setting = role = None
    names: list[str] = []
    # A line that begins with its amount names no service; what stands there is where it is given.
    is_named = amount is None or bool(text[: amount.start].strip(_EDGES))
    for part in _parts(_without(text, spans)):
        words = _LEADING.sub("", part)
        if names and _WITH.match(part) and _TALKS.search(names[-1]):
            # Whom one consults with does not give the service.
            names[-1] = f"{names[-1]} {spelled_out(part)}"
            continue
        last = all_roles(words)[-1:]
        if role is None and last and last[0][2] == len(words) and last[0][1] > 0 and words[: last[0][1]].strip(_EDGES):
            before = words[: last[0][1]].strip(_EDGES)
            if not _is_service_too(words) and not _SMALL.search(words[: last[0][1]].rstrip()):
                role, words = spelled_out(words[last[0][1] :], as_role=True), before
                part = before
        if (
            role is None
            and _is_all(words, [(start, end) for _, start, end in all_roles(words)])
            and (names or not _is_service_too(words))
        ):
            role = spelled_out(words, as_role=True)
        elif (
            setting is None
            and (names or words != part or not is_named)
            and _is_all(words, [(start, end) for _, start, end in all_settings(words)])
        ) or (setting is None and names and _PLACE.match(part)):
            setting = spelled_out(words)
        elif words:
            names.append(spelled_out(part))
    minutes, times, per = amount.amount if amount else (None, None, None)
    starts_on, ends_on = _span_of(text, dates)
    return Service(", ".join(names), minutes, times, per, setting, role, starts_on, ends_on)


# Between two tokens of one amount there is little: "30 minutes, individual, 2 times a week".
_WIDEST_GAP = 60
_PER_ONLY = re.compile(r"(?:per\b|/|every|each)", re.IGNORECASE)
_AND = re.compile(r"[^.;\n]{0,40}(?:\band\b|[+&,])[^.;\n]{0,40}", re.IGNORECASE)
_COUNT_NOUN = re.compile(
    r"\s?(?:individual |group |small group )?(?:sessions?|times|visits?|periods?|blocks?|lessons?|meetings?)\b", re.IGNORECASE
)
_DAYS = re.compile(r"days?\Z", re.IGNORECASE)
_SAYS_TIMES = re.compile(r"(?:times?|x|sessions?|visits?|twice|thrice|\d)\Z", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri)", re.IGNORECASE)


def _fullness(found: Frequency) -> int:
    minutes, times, per = found.most or found.amount
    return 4 * (minutes is not None) + 2 * (per is not None) + (times is not None) + 3 * (found.most is not None)


class _Cluster:
    """Tokens that make one amount."""

    def __init__(self, start: int) -> None:
        self.start = self.end = start
        self.minutes: int | None = None
        self.times: int | None = None
        self.per: str | None = None
        self.has_per = self.is_once = self.is_said = self.is_ceiling = self.is_about = self.is_needed = False
        self.was_daily = self.is_of_days = self.is_bare_pair = False

    @property
    def frequency(self) -> Frequency:
        times = 1 if self.times is None and self.is_once and self.per else self.times
        amount = (self.minutes, times, self.per)
        if self.was_daily and not self.has_per:
            amount = (self.minutes, times, "week")
        if self.is_ceiling or self.is_needed:
            most = amount if any(each is not None for each in amount) else None
            return Frequency(None, None, None, self.start, self.end, is_hedged=True, most=most)
        return Frequency(*amount, self.start, self.end, is_hedged=self.is_about)

    @property
    def says_something(self) -> bool:
        if self.minutes == 0 or self.times == 0:
            return False
        if (self.is_of_days and self.minutes is None) or (self.is_bare_pair and not self.has_per):
            return False
        is_amount = self.minutes is not None or (self.times is not None and (self.has_per or self.is_said))
        return is_amount or (self.has_per and (self.is_once or self.is_said)) or self.is_needed

    def takes(self, token: _Token) -> bool:
        """Whether it can be of this amount; a second length, count or period is of the next."""
        if token.minutes is not None and self.minutes is not None:
            return False
        if token.times is not None and self.times is not None and not self._is_days_of_daily(token):
            return False
        return not (token.kind in _PERIODIC and self.has_per)

    def takes_weekdays(self) -> bool:
        return self.minutes is not None and self.times is None and not self.has_per

    def says_days_again(self, token: _Token) -> bool:
        """Whether it says in figures what the days of the week have said: "Mon-Thu (4x a week)"."""
        is_same = token.times in (None, self.times) and token.per in (None, self.per)
        return self.is_of_days and is_same and token.minutes is None and not token.is_once and token.kind != "weekdays"

    def take(self, token: _Token, text: str) -> None:
        if self._is_days_of_daily(token):
            # "30 minutes daily, 4 days a week" is four times a week.
            self.times, self.has_per, self.was_daily = ((token.times or 1) * (self.times or 1), False, True)
            self.is_once = False
        elif token.times is not None:
            self.times = token.times
            self.is_said |= bool(_SAYS_TIMES.search(text, token.start, token.end))
        if token.minutes is not None:
            self.minutes = token.minutes
            self.is_bare_pair = token.kind == "bare pair"
        if token.kind in _PERIODIC:
            self.per, self.has_per, self.is_once = token.per, True, token.is_once
            self.is_said |= bool(_PER_ONLY.match(text, token.start))
            self.is_of_days |= token.kind == "weekdays"
        self.end = token.end

    def _is_days_of_daily(self, token: _Token) -> bool:
        return token.kind == "days" and self.per == "day" and self.has_per and token.times is not None


_PERIODIC = frozenset(("period", "count_and_period", "label_and_period", "weekdays"))


def _clusters(text: str) -> list[_Cluster]:
    found: list[_Cluster] = []
    current: _Cluster | None = None
    ceiling: _Token | None = None
    about: _Token | None = None
    for token in _tokens(text):
        gap = text[current.end : token.start] if current else ""
        is_near = current is not None and len(gap) <= _WIDEST_GAP and "\n\n" not in gap
        if token.kind == "x_count":
            # "1x/week x 30" is no second count.
            is_length = bool(is_near and current and current.minutes is None and current.times and (token.times or 0) >= 10)
            token = (
                replace(token, kind="bare pair", minutes=token.times, times=None) if is_length else replace(token, kind="count")
            )
        if token.kind == "needed":
            if not (current and is_near and ";" not in gap and not _ends_sentence(gap)):
                current = _Cluster(token.start)
                found.append(current)
            current.is_needed, current.end = True, token.end
        elif token.kind == "ceiling":
            if current and len(gap) <= 3 and not text[token.start : token.end].casefold().startswith(("up", "no", "not")):
                current.is_ceiling, current.end = True, token.end
            else:
                ceiling = token
        elif token.kind == "about":
            about = token
        elif current and is_near and len(gap) <= 12 and current.says_days_again(token):
            current.end = token.end
        elif token.kind == "weekdays" and is_near and current and not current.takes_weekdays():
            continue
        else:
            if (
                current is None
                or not is_near
                or not current.takes(token)
                or (current.is_needed and ";" in gap)
                or _is_apart(current, token, gap)
            ):
                current = _Cluster(token.start)
                found.append(current)
            is_first = current.minutes is None and current.times is None and not current.has_per
            if is_first and not current.is_needed:
                current.start = token.start
            current.take(token, text)
            for mark, is_ceiling in ((ceiling, True), (about, False)):
                if mark and 0 <= token.start - mark.end <= 12:
                    current.is_ceiling |= is_ceiling
                    current.is_about |= not is_ceiling
                    current.start = min(current.start, mark.start)
            ceiling = about = None
    _share_periods(text, found)
    return found


def _ends_sentence(gap: str) -> bool:
    return bool(re.search(r"[a-z]\.\s", gap))


def _is_apart(current: _Cluster, token: _Token, gap: str) -> bool:
    """A complete amount takes nothing from beyond the end of a sentence."""
    return current.has_per and current.minutes is not None and (_ends_sentence(gap) or "\n" in gap)


def _share_periods(text: str, found: list[_Cluster]) -> None:
    """ "30 minutes direct and 15 minutes consult monthly": both are monthly."""
    for one, other in pairwise(found):
        is_open = one.minutes is not None and not one.has_per and other.has_per and other.minutes is not None
        if is_open and _AND.fullmatch(text, one.end, other.start):
            one.per, one.has_per, one.is_once = other.per, True, other.is_once


def _tokens(text: str) -> Iterator[_Token]:
    """The tokens of the text; dates are none, and a bare number counts only before a length or a period."""
    days = _days_named(text)
    for token in _written_tokens(_without(text, [(day.start, day.end) for day in days]) if days else text):
        while days and days[0].start < token.start:
            yield days.pop(0)
        if (token.minutes is not None or token.times is not None) and _NEGATIVE.search(
            text, max(0, token.start - 4), token.start
        ):
            token = replace(token, minutes=token.minutes and 0, times=token.times and 0)
        yield token
    yield from days


# "-30" after nothing, or after a colon; after a word it is a dash.
_NEGATIVE = re.compile(r"(?:\A\s*|[:=(]\s*)-\Z|−\s?\Z")
_DAY_NAME = (
    r"(?:[Mm]on|[Tt]ues?|[Ww]eds?|[Tt]hu(?:rs?)?|[Ff]ri|MON|TUES?|WED|THU(?:RS?)?|FRI)"
    r"(?:day|nesday|sday|rsday|DAY|NESDAY|SDAY|RSDAY)?s?\.?"
)
_DAY_RANGE = re.compile(
    rf"(?<![\w/–-])(?P<first>{_DAY_NAME}|M|T|W)\s?(?:-|–|\bthrough\b|\bthru\b|\bto\b)\s?(?P<last>{_DAY_NAME}|Th|R|F)(?![\w/]|\s?[-–]\s?[A-Z]\b)"
)
_DAY_LETTERS = re.compile(
    r"(?<![\w/-])(?:(?:M|Tu?|W|Th|R|F)\b\s?[-–/,&+]\s?){1,4}(?:Tu?|W|Th|R|F)(?![\w/-])"
    r"|(?<![\w/-])(?:MW|WF|TR|TTh|TuTh|(?=[MTW][uhTWRF])M?(?:Tu?)?W?(?:Th|R)?F?)(?![\w/'’-])"
)
_LETTER = re.compile(r"M|Tu|Th|T|W|R|F")
# Music therapy, male or female, true or false.
_NOT_DAYS = frozenset(("MF", "TF", "MT", "MR", "TW", "WR", "RF", "MTh", "WTh", "ThF", "TuF", "MTu", "TuW", "Th", "Tu"))
_WEEK_LETTERS = ("m", "t", "w", "r", "f")


def _days_named(text: str) -> list[_Token]:
    """ "M/W/F", "MWF", "M-F", "Monday through Thursday": how many days of a week."""
    found: list[_Token] = []
    for match in _DAY_RANGE.finditer(text):
        first, last = _day_number(match["first"]), _day_number(match["last"])
        # "T-Th" is both days for one, three for another.
        if first < last and match["first"] != "T":
            found.append(_Token("weekdays", match.start(), match.end(), None, last - first + 1, "week"))
    for match in _DAY_LETTERS.finditer(text):
        days = [_day_number(day) for day in _LETTER.findall(match[0])]
        is_plain = len(days) > 1 and days == sorted(set(days)) and _NOT_LETTERS.sub("", match[0]) not in _NOT_DAYS
        is_listed = is_plain or match[0].replace(" ", "") in ("M,F", "T,F", "M&F", "T&F", "W/Th", "M/T", "M/Th", "T/W")
        if is_listed and not any(one.start < match.end() and match.start() < one.end for one in found):
            found.append(_Token("weekdays", match.start(), match.end(), None, len(days), "week"))
    return sorted(found, key=lambda one: one.start)


_NOT_LETTERS = re.compile(r"[^A-Za-z]")


def _day_number(day: str) -> int:
    name = day.lower()
    return 3 if name.startswith(("th", "r")) else _WEEK_LETTERS.index(name[0])


def _written_tokens(text: str) -> Iterator[_Token]:
    lone: re.Match[str] | None = None
    dates = [(start, end) for _, start, end in written_dates(text)]
    for found in _TOKEN.finditer(_lower(_without(text, dates) if dates else text)):
        kind = found.lastgroup or ""
        kind = next(each for each in _KINDS if found[each] is not None)
        if kind == "lone":
            lone = found
            continue
        token = _token(kind, found, text)
        if token is None:
            lone = None
            continue
        if lone and token.times is None and (times := _count_before(lone, token, text)):
            yield _Token("count", lone.start(), lone.end(), times=times)
        lone = None
        if kind == "minutes" and token.times is not None:
            yield _Token("count", token.start, token.start, times=token.times)
            token = _Token("length", token.start, token.end, minutes=token.minutes)
        yield token


def _lower(text: str) -> str:
    """In small letters, each where it stood."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(each.lower() if len(each.lower()) == 1 else each for each in text)
    return _TIMES_SIGN.sub("x", _GLUED_TIMES.sub(" ", lower))


_TIMES_SIGN = re.compile("[×✕х⨯]")
# "2/wk×30min", "30minx2".
_GLUED_TIMES = re.compile(r"(?:(?<=min)|(?<=mins)|(?<=min\.)|(?<=hr)|(?<=/wk)|(?<=/week)|(?<=/mo)|(?<=/month))[x×](?=\s?\d)")


def _count_before(lone: re.Match[str], token: _Token, text: str) -> int | None:
    """ "2/wk", "8 per 9 weeks", "two 30-minute sessions", "(2) 30 min"."""
    value, gap = _number(lone["lone_number"]), text[lone.end() : token.start].casefold().replace("×", "x")
    if value is None or value > 60 or len(gap) > 12:
        return None
    if token.minutes is not None:
        is_counted = not gap.strip(" ()-x") and (bool(_COUNT_NOUN.match(text, token.end)) or value <= 10)
        return int(value) if is_counted and value <= 60 else None
    return int(value) if token.kind in _PERIODIC and not gap.strip(" ()") and token.kind == "period" else None


_KINDS = (
    *(
        "none",
        "hedge",
        "about",
        "pair",
        "label",
        "half",
        "quarter",
        "three_quarters",
        "mixed",
        "mpw",
        "clock",
        "hours",
        "minutes",
        "short",
    ),
    *(
        *("adverb_count", "of_days", "glued", "count", "x_count", "cycle", "other", "nth", "two_weeks", "semi"),
        *("unclear", "weeks", "per", "often"),
    ),
    *("weekdays", "bare", "lone"),
)


def _token(kind: str, found: re.Match[str], text: str) -> _Token | None:
    start, end, words = found.start(), found.end(), found[0].casefold()

    def length(minutes: Fraction | int | None, times: int | None = None) -> _Token | None:
        return None if minutes is None else _Token("length", start, end, minutes=_within(minutes, MOST_MINUTES), times=times)

    def count(value: Fraction | int | None, kind: str = "count") -> _Token | None:
        return None if value is None else _Token(kind, start, end, times=_within(value, MOST_TIMES))

    def period(per: str | None, is_once: bool, times: int | None = None, minutes: int | None = None) -> _Token:
        return _Token("period" if times is None else "count_and_period", start, end, minutes, times, per, is_once)

    if kind == "hedge":
        is_ceiling = words.startswith(("up", "max", "no", "at most", "or "))
        return _Token("ceiling" if is_ceiling else "needed", start, end)
    if kind == "about":
        return _Token("about", start, end)
    if kind == "pair":
        return _pair(found)
    if kind == "label":
        per = _PERIOD_OF.get((found["label_period"] or "").casefold())
        value = _number(found["label_number"])
        if value is None:
            return None
        is_length = words.startswith("m")
        figure = _within(value, MOST_MINUTES if is_length else MOST_TIMES)
        label = _Token("label_and_period" if per else "length", start, end, per=per)
        return replace(label, minutes=figure) if is_length else replace(label, times=figure)
    if kind in ("half", "quarter", "three_quarters"):
        return length({"half": 30, "quarter": 15, "three_quarters": 45}[kind])
    if kind == "mixed":
        whole, part = (_number(found["mixed_whole"]), (found["mixed_part"] or found["mixed_slash"]).casefold())
        return length(60 * ((whole or 0) + (Fraction(1, 2) if part == "half" else _FRACTIONS[part])))
    if kind == "mpw":
        value, per = (_number(found["mpw_number"]), _LETTER_PERIODS[found["mpw_per"].casefold()])
        length_of = (value or 0) * (60 if found["mpw_unit"].casefold() == "h" else 1)
        return _Token("label_and_period", start, end, _within(length_of, MOST_MINUTES), None, per)
    if kind == "clock":
        return length(60 * int(found["clock_hours"]) + int(found["clock_minutes"]))
    if kind == "short":
        return _Token("bare pair", start, end, minutes=int(found["short_number"]))
    if kind == "hours":
        hours, more, minutes_more = (_least(found, "hours"), (found["hours_more"] or "").casefold(), found["hours_minutes"])
        extra = (
            _number(minutes_more) if minutes_more else 30 if "half" in more or "½" in more else 15 if "quarter" in more else 0
        )
        return length(None if hours is None else hours * 60 + (extra or 0))
    if kind == "minutes":
        minutes, top = _number(found["minutes_number"]), _number(found["minutes_again"])
        if minutes and top and minutes <= 5 and top >= 15 and _COUNT_NOUN.match(text, end):
            return length(top, int(minutes))
        return length(_least(found, "minutes"))
    if kind == "adverb_count":
        return count({"once": 1, "twice": 2, "thrice": 3}[words])
    if kind == "count":
        return count(_least(found, "count"), "days" if _DAYS.search(words) else "count")
    if kind == "x_count":
        return count(_number(found["x_number"]), "x_count")
    if kind == "glued":
        return period(_PERIOD_OF[found["glued_period"]], False, int(found["glued_number"]))
    if kind == "of_days":
        some_days = _number(found["of_days_number"])
        per = "week" if found["of_days_all"].casefold() in ("5", "five") else None
        return _Token("weekdays", start, end, None, int(some_days), per) if some_days and some_days >= 1 else None
    if kind == "cycle":
        return period(
            "week" if found["cycle_days"] and found["cycle_days"].casefold() in ("5", "five") else None, "e" in words[:1]
        )
    if kind == "other":
        unit = found["other_period"].casefold()
        return period(
            "two_weeks" if unit.startswith(("w", "t", "f")) or (unit.startswith("mon") and "th" not in unit) else None, True
        )
    if kind == "nth":
        ordinal = found["nth_number"]
        nth = _ORDINALS.get(ordinal) or int(ordinal.rstrip("rdth"))
        return period(_so_many(nth, found["weeks_nth"].removeprefix("school ")), True)
    if kind == "two_weeks":
        return period("two_weeks", True)
    if kind == "semi":
        unit = (found["semi_unit"] or "annually").casefold()
        return period({"monthly": "month", "weekly": "week"}.get(unit, "year"), False, 2)
    if kind == "unclear":
        return period(None, True)
    if kind == "weeks":
        return period(_weeks(found), words.startswith("e"))
    if kind == "per":
        per = next(name for name in _PERIOD if found[f"per_{name}"])
        return period(per, "each" in words or "every" in words)
    if kind == "often":
        return period(_ADVERBS[words], True)
    if kind == "bare":
        return (
            period(_PERIOD_OF[found["bare_period"].casefold()], False)
            if re.search(
                r"\d\s?[x×]\s?\Z" if found["bare_wide"] is not None else r"[\dxse×]\s?\Z",
                text[max(0, start - 4) : start],
                re.IGNORECASE,
            )
            else None
        )
    if kind == "weekdays":
        days = len(_WEEKDAY.findall(words))
        return (
            _Token("weekdays", start, end, None, days, "week") if days > 1 or "days" in words or words.startswith("e") else None
        )
    return None


_PERIOD_OF = {
    "day": "day",
    "week": "week",
    "wk": "week",
    "month": "month",
    "mo": "month",
    "quarter": "quarter",
    "year": "year",
    "yr": "year",
}
_ORDINALS = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "ninth": 9, "tenth": 10, "twelfth": 12}
_LETTER_PERIODS = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}


def _pair(found: re.Match[str]) -> _Token | None:
    """2 x 30: twice half an hour; but 30 x 2, too."""
    one, other, unit = (_number(found["pair_one"]), _number(found["pair_two"]), found["pair_unit"] or "")
    if one is None or other is None or not one or not other:
        return None
    if "h" in unit.casefold():
        other *= 60
    if not unit and one >= 15 and other <= 10:
        one, other = other, one
    is_amount = unit or (one <= 10 and other >= 10) or one <= 5 <= other
    if not is_amount or one > MOST_TIMES or not 1 <= other <= MOST_MINUTES or one < 1:
        return None
    return _Token("pair" if unit else "bare pair", found.start(), found.end(), int(other), int(one))


def _weeks(found: re.Match[str]) -> str | None:
    return _so_many(int(_number(found["weeks_number"]) or 0), found["weeks_unit"].casefold())


def _so_many(number: int, unit: str) -> str | None:
    """The period that is so many days, weeks or months; None where none is."""
    if unit.startswith("d"):
        return {1: "day", 5: "week", 10: "two_weeks"}.get(number)
    if unit.startswith("m"):
        return {1: "month", 3: "quarter", 12: "year"}.get(number)
    return _LONG_WEEKS.get(number)


def _within(value: Fraction | int, most: int) -> int:
    """The figure, or 0 where none is so small or so large: an amount that holds it is none, rather than what is left of it."""
    return int(value) if 1 <= value <= most else 0


def _number(said: str | None) -> Fraction | None:
    if not said:
        return None
    word = " ".join(said.casefold().split())
    if word in NUMBER_WORDS:
        return Fraction(NUMBER_WORDS[word])
    try:
        return Fraction(word.replace(",", ""))
    except ValueError:
        return None


def _least(found: re.Match[str], name: str) -> Fraction | None:
    """Of a range the lower number."""
    numbers = [number for number in (_number(found[f"{name}_number"]), _number(found[f"{name}_again"])) if number is not None]
    return min(numbers, default=None)


_PARTS = re.compile(
    r"[,;|:\t\n]|\s[-–—]\s|\.\s|\.\Z|(?=\b(?:by|from|with|in|at|within|inside|outside|provided|delivered)\s)", re.IGNORECASE
)
_LEADING = re.compile(
    r"\A(?:(?:provided|delivered|given|services?|setting|location|provider|where|in|at|by|from|with|of|within|"
    r"inside of|the|an?|his|her|their)\b[\s:]*){1,6}",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\A(?:in|at|within|inside)\s(?:the\s|an?\s)?\w", re.IGNORECASE)
_JOINING = re.compile(
    r"\A(?:[\s/,&()]|and\b|or\b|the\b|an?\b|classes|class\b|room|setting|school|licensed|certified|district|bilingual|"
    r"qualified|local|\bs\b|special|general)*\Z",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?:with|to)\b", re.IGNORECASE)
_TALKS = re.compile(r"(?:consult|meet|collaborat|confer|train|plan|communicat)\w{0,8}(?:\sservices?)?\Z", re.IGNORECASE)
_SMALL = re.compile(r"(?:\b(?:the|an?|to|for|with|of|and|or|w/|her|his|by|from|between|her)|[/&+])\Z", re.IGNORECASE)
_EDGES = " \t\n-–—/.,;:|"


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with blanks in the place of the spans."""
    for start, end in spans:
        text = text[:start] + ";" + " " * (end - start - 1) + text[end:]
    return text


def _parts(text: str) -> list[str]:
    return [
        part
        for part in (each.strip(_EDGES).removesuffix(" to").removesuffix(" for").strip(_EDGES) for each in _PARTS.split(text))
        if part
    ]


def _is_all(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether nothing but small words stands beside the spans."""
    rest, last = [], 0
    for start, end in spans:
        rest.append(text[last:start])
        last = end
    return bool(spans) and all(_JOINING.match(each) for each in [*rest, text[last:]])


def _is_service_too(text: str) -> bool:
    return any(start == 0 and end == len(text) for _, start, end in all_services(text))


def _span_of(text: str, dates: list[tuple[date, int, int]]) -> tuple[date | None, date | None]:
    """From when to when; a date after "until", "through" or "by" is an end."""
    if not dates:
        return None, None
    if len(dates) == 1:
        is_end = re.search(
            r"(?:until|till|through|thru|by|to|ends?|ending|before)\s*:?\s*\Z", text[: dates[0][1]][-16:], re.IGNORECASE
        )
        return (None, dates[0][0]) if is_end else (dates[0][0], None)
    return dates[0][0], dates[1][0]
