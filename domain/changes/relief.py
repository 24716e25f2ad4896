"""Relief in time: extended time, and how soon something is done; read from the words, and compared."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.changes.difference import Difference
from domain.changes.digits import HAS_DIGIT
from domain.changes.figure import Figure

if TYPE_CHECKING:
    from domain.changes.reading import Reading
    from domain.changes.side import Side


_UP_TO = re.compile(r"\b(?:up to|at most|no more than|max(?:imum)?(?: of)?)\s\Z")


_MOMENTS = (
    (0, re.compile(r"\b(?:immediately|right away|at once)\b")),
    (480, re.compile(r"\b(?:by|at|before) the end of (?:the|each|every) (?:school )?day\b")),
    (7200, re.compile(r"\b(?:by|at|before) the end of (?:the|each|every) (?:school )?week\b")),
    (43200, re.compile(r"\b(?:by|at|before) the end of (?:the|each|every) month\b")),
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


SCHOOLWORK = re.compile(r"\b(?:homework|assignments?|work|reading|writing|task|desk|sitting|seat|workload)\b")


_CUT = re.compile(r"\b(?:shorten|reduc|cut|limit|homework|≤)")


LATE = re.compile(r"\b(?:late|turn(?:ed)? in|submit\w*|accepted|hand(?:ed)? in|make[- ]?up|due)\b")


_EXTRA_TIME = re.compile(
    r"(?P<plain>\b(?:time (?:and|&) (?:a|1|one)[- ](?:half|50%)|time and 50%|1\.5(?: ?x)?(?: (?:the )?(?:times?|"
    r"normal time|regular time))?(?! (?:hour|h\b|inch|page|spac))|1 and a half times|time[- ]and[- ]a[- ]half)\b)"
    r"|(?P<double>\b(?:double(?:d)?(?: the)? time|twice (?:the|as much)(?: \w+)? ?time|2x (?:the )?time|time x ?2|"
    r"2 times the (?:\w+ )?time|(?:extended|extra|additional) time\W{1,3}double)\b)"
    r"|(?P<unlimited>\b(?:untimed|unlimited (?:extra )?time|no time limits?|as much time as (?:is )?(?:he |she |"
    r"they )?needs?(?:ed)?)\b)"
    r"|(?P<triple>\btriple time\b)"
    r"|(?P<part>(?P<part_number>\d+)% (?:of )?(?:extra|more|additional|extended|longer)(?: time)?|(?:extra|additional|"
    r"extended) time\W{1,3}(?:of )?(?P<late_number>\d+)%|(?P<whole_number>1\d\d|2\d\d|"
    r"300)% (?:of (?:the )?)?(?:\w+ )?time)"
    r"|(?P<factor>(?:extended|extra|additional|more) time\W{1,3}(?:of |at |by )?"
    r"(?P<late_factor>[1-9](?:\.\d{1,2})?) ?(?:x|times)\b|"
    r"(?<![\d.])(?P<early_factor>[1-9](?:\.\d{1,2})?) ?(?:x|times) (?:the )?(?:extended |extra |additional |normal |usual |"
    r"regular |standard |allotted )?time\b)"
)


_MORE_TIME = re.compile(
    r"\b(?:extra|extended|additional|more|increased|added|prolonged) time\b|\bextension of time\b|\btime extensions?\b"
)


TIME_UNITS = {
    "second": Fraction(1, 60),
    "minute": Fraction(1),
    "hour": Fraction(60),
    "day": Fraction(1440),
    "week": Fraction(1440 * 7),
    "month": Fraction(1440 * 30),
}


_EXTRA_TIME_SAID = {
    50: "one and a half times the time",
    100: "twice the time",
    200: "three times the time",
    1000: "unlimited time",
}


def read_extra_time(reading: "Reading") -> None:
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
        elif match["factor"]:
            value = round((Fraction(match["late_factor"] or match["early_factor"]) - 1) * 100)
        elif match["whole_number"]:
            value = int(match["whole_number"]) - 100
        else:
            value = int(match["part_number"] or match["late_number"])
        is_ceiling = bool(_UP_TO.search(reading.text[max(0, match.start() - 20) : match.start()]))
        if is_ceiling:
            reading.more_hedges.add("ceiling")
        reading.figures.append(
            Figure(
                "extra time",
                Fraction(value),
                1,
                said=_EXTRA_TIME_SAID.get(value, f"{value}% extra time"),
                is_ceiling=is_ceiling,
            )
        )
        return " extra-time "

    if reading.is_goal or not reading.has(("time", "double", "%", "1.5")):
        return
    reading.text = _EXTRA_TIME.sub(out, reading.text)
    reading.text = _MORE_TIME.sub(" extra-time ", reading.text)
    reading.text = re.sub(r"(?:extra-time\W*){1,4}(?:time\b)?(?:\W+extra-time)?", " extratime ", reading.text)


def read_moment(reading: "Reading") -> tuple[Fraction | None, bool]:
    """When it is done: "within 24 hours", "two days before", "after the lesson"; of two the later."""
    if reading.is_goal or LATE.search(reading.text):
        return None, False
    found: list[Fraction] = []

    def within(match: re.Match[str]) -> str:
        found.append(int(match[1]) * TIME_UNITS[match[2]])
        return " "

    def ahead(match: re.Match[str]) -> str:
        found.append(-int(match[1] or match[3]) * TIME_UNITS[match[2] or match[4]])
        return " notice " if match[3] else " "

    has_digit = HAS_DIGIT.search(reading.text) is not None
    if reading.has(("within", "no later than", "in under")):
        reading.text, has_digit = _WITHIN_ONE.sub(r"\1 1 ", reading.text), True
    if reading.has(("ahead", "before", "early", "in advance", "prior", "late")):
        reading.text, has_digit = _ONE_AHEAD.sub("1 ", reading.text), True
    if has_digit and not (SCHOOLWORK.search(reading.text) and _CUT.search(reading.text)):
        reading.text = _WITHIN_TIME.sub(within, reading.text)
    if has_digit:
        reading.text = _AHEAD_TIME.sub(ahead, reading.text)
        reading.text = _AFTER_TIME.sub(within, reading.text)
    for minutes, pattern in _MOMENTS:
        if reading.taken(pattern, hints=("day", "week", "immediately", "at once", "right away")):
            found.append(Fraction(minutes))
    for month, day in _BY_DAY.findall(reading.text) if reading.has(("by ", "before ", "later than ")) else ():
        # Without a year it is of the school year, which begins in August.
        found.append(Fraction(((_MONTHS.index(month[:3]) - 7) % 12 * 30 + int(day or 1)) * 1440))
    reading.taken(_BY_DAY, hints=("by ", "before ", "later than "))
    if found:
        return max(found), True
    if not reading.has(
        ("prior", "before", "ahead", "advance", "preview", "at the ", "by the ", "during", "after", "following")
    ):
        return None, False
    loose = [(Fraction(minutes), pattern) for minutes, pattern in _LOOSE_MOMENTS if pattern.search(reading.text)]
    for _, pattern in loose:
        reading.taken(pattern, " during ")
    return max((minutes for minutes, _ in loose), default=None), False


def moment_differs(before: "Side", after: "Side") -> Iterator[Difference]:
    one, other = before.terms, after.terms
    if before.promise.kind == "goal" or one.moment == other.moment:
        return
    if one.moment is not None and other.moment is not None:
        yield Difference(
            1 if other.moment < one.moment else -1, ("text",), f"It comes {'sooner' if other.moment < one.moment else 'later'}."
        )
    elif one.is_moment_exact or other.is_moment_exact:
        yield Difference(
            1 if other.is_moment_exact else -1,
            ("text",),
            f"It {'now' if other.is_moment_exact else 'no longer'} says how soon.",
        )
