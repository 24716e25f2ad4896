"""Days of the week in short: "M/W/F", "MWF", "M-F", and how many they are."""

import re

from domain.frequency.token import Token

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
DAY_LETTER = re.compile(r"M|Tu|Th|T|W|R|F")
# Music therapy, male or female, true or false.
_NOT_DAYS = frozenset(("MF", "TF", "MT", "MR", "TW", "WR", "RF", "MTh", "WTh", "ThF", "TuF", "MTu", "TuW", "Th", "Tu"))
_WEEK_LETTERS = ("m", "t", "w", "r", "f")
_NOT_LETTERS = re.compile(r"[^A-Za-z]")


def days_named(text: str) -> list[Token]:
    """ "M/W/F", "MWF", "M-F", "Monday through Thursday": how many days of a week."""
    found: list[Token] = []
    for match in _DAY_RANGE.finditer(text):
        first, last = day_number(match["first"]), day_number(match["last"])
        # "T-Th" is both days for one, three for another.
        if first < last and match["first"] != "T":
            found.append(Token("weekdays", match.start(), match.end(), None, last - first + 1, "week"))
    for match in _DAY_LETTERS.finditer(text):
        days = [day_number(day) for day in DAY_LETTER.findall(match[0])]
        is_plain = len(days) > 1 and days == sorted(set(days)) and _NOT_LETTERS.sub("", match[0]) not in _NOT_DAYS
        is_listed = is_plain or match[0].replace(" ", "") in ("M,F", "T,F", "M&F", "T&F", "W/Th", "M/T", "M/Th", "T/W")
        if is_listed and not any(one.start < match.end() and match.start() < one.end for one in found):
            found.append(Token("weekdays", match.start(), match.end(), None, len(days), "week"))
    return sorted(found, key=lambda one: one.start)


def day_number(day: str) -> int:
    """Which day of the school week it is, from 0."""
    name = day.lower()
    return 3 if name.startswith(("th", "r")) else _WEEK_LETTERS.index(name[0])
