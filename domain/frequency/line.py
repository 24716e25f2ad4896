"""A service in a line of plain words, taken apart: its name, how much, where, by whom, from when."""

import re
from dataclasses import dataclass
from datetime import date

from domain.dates import written_dates
from domain.frequency.clusters import frequency
from domain.frequency.spans import without
from domain.vocabulary import all_roles, all_services, all_settings, spelled_out


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
    for part in _parts(without(text, spans)):
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
