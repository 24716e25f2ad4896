"""Days of the week in short: "M-W-F", "MWF", "T/Th", "Mon-Thu" as how many they are in a week."""

import re

from domain.frequency import frequencies
from domain.frequency.weekdays import DAY_LETTER, day_number

_LONG = r"(?:mon|tues?|wed|thu(?:rs?)?|fri)(?:s?day|nesday|rsday)?s?\.?"
_RANGE = re.compile(
    rf"(?<![\w/–-])(?:(?P<first>{_LONG})\s?(?:-|–|through|thru|to)\s?(?P<last>{_LONG})(?!\s?[-–/]\s?[mtwf])"
    r"|(?P<letter>(?-i:M|T|W))\s?(?:-|–|thru|through)\s?(?P<until>(?-i:F|Th(?:u(?:rs)?)?|R))(?![\w/]|\s?[-–]\s?[A-Z]\b))",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?<![\w-])(?:(?:M|Tu?|W|Th|R|F)\b ?[-–/,&+] ?){1,4}(?:M|Tu?|W|Th|R|F)(?![\w-])|(?<![\w-])(?:MWF|MW|WF|MF|TTh"
    r"|TuTh|TR|MTWThF|MTWTF|MTWTh|MTW)(?![\w-])"
)
# "2 x week"
_TIMES_A = re.compile(r"\b(\d{1,2}) ?[xX×] (day|week|month|quarter|semester|trimester|year)\b", re.IGNORECASE)


def counted(text: str) -> str:
    """The text with "3 times a week" for "M-W-F"; without the days where it says itself how often."""
    text = _TIMES_A.sub(r"\1 times a \2", text)
    match = _RANGE.search(text) or _LIST.search(text)
    if not match:
        return text
    if match.re is _RANGE:
        first, last = match.group("first") or match.group("letter"), match.group("last") or match.group("until")
        if first.lower() == "t":
            # "T-Th" is both days for one, three for another.
            return text
        count = day_number(last) - day_number(first) + 1
    else:
        count = len({day_number(day) for day in DAY_LETTER.findall(match.group(0))})
    if count < 2:
        return text
    before, after = text[: match.start()], text[match.end() :]
    said = any(each.times and each.per == "week" for each in frequencies(before + " ; " + after))
    if said:
        before = re.sub(r"[\s,;]*(?:\bon\s*)?$", "", before)
        after = re.sub(r"^\s*\(([^()]*)\)", r", \1", after)
        return f"{before}{'' if after.lstrip()[:1] in (',', ';', '.') or not before else ','} {after.lstrip()}"
    before = re.sub(r"\bon\s*$", "", before)
    return f"{before}{count} times a week{after}"
