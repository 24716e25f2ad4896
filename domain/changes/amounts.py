"""Lengths and counts in a period, as the words say them."""

import re
from typing import TYPE_CHECKING

from domain.frequency import Frequency, frequencies

if TYPE_CHECKING:
    from domain.changes.reading import Reading


Amount = tuple[int | None, int | None, str | None]


NO_AMOUNT: Amount = (None, None, None)


def read_amounts(reading: "Reading") -> tuple[Frequency, ...]:
    """Lengths and counts that come in a period; outside of services a bare length is a figure like others."""
    if not (_HAS_AMOUNT if reading.kind == "service" else _HAS_PERIOD).search(reading.text):
        return ()
    found = [
        each
        for each in frequencies(reading.text)
        if reading.kind == "service" or (each.most or each.amount)[2] is not None or (each.is_hedged and not each.most)
    ]
    times_as_much = [match.span() for match in _TIMES_AS_MUCH.finditer(reading.text)]
    found = [each for each in found if not any(each.start < end and start < each.end for start, end in times_as_much)]
    if reading.kind != "goal" and not any((each.most or each.amount)[2] for each in found):
        rates = [*_RATE.finditer(reading.text)]
        if len(rates) == 1:
            found.append(Frequency(None, 1, _RATE_PERIODS[rates[0][1]], rates[0].start(), rates[0].end(1)))
    kept = []
    for each in found:
        if each.most and each.most[:2] == (None, None):
            # "Up to 3 breaks per day": the breaks are what is capped, and a day is a day.
            kept.append(Frequency(None, None, each.most[2], each.start, each.end))
            period = _PERIOD_WORDS.sub(lambda found: " " * len(found[0]), reading.text[each.start : each.end])
            reading.text = reading.text[: each.start] + period + reading.text[each.end :]
        elif each.most or each.amount != NO_AMOUNT:
            kept.append(each)
    nouns = (
        " ".join(_COUNTED_NOUN.findall(" ".join(reading.text[each.start : each.end] for each in kept)))
        if reading.kind != "service"
        else ""
    )
    reading.blank([(each.start, each.end) for each in kept if not each.most and each in found])
    reading.text = f"{nouns} {reading.text}" if nouns else reading.text
    for each in kept:
        if each.most:
            # What it is hedged by stays for the hedges to find.
            hedge = " as needed" if _NEEDED.search(reading.text, each.start, each.end) else " up to"
            width = each.end - each.start
            reading.text = reading.text[: each.start] + hedge[:width].ljust(width) + reading.text[each.end :]
            if hedge == " up to":
                reading.more_hedges.add("ceiling")
    return tuple(kept)


# "Extended time (2x)" is no frequency.
_TIMES_AS_MUCH = re.compile(
    r"\b(?:extended|extra|additional|more) time\W{1,3}(?:of |at |by )?\d(?:\.\d{1,2})? ?(?:x|times)\b"
    r"(?! \d| per| an? | each| daily| weekly)"
)


# "A monthly progress email" comes once a month.
_RATE = re.compile(
    r"\b(daily|weekly|biweekly|bi-weekly|monthly|quarterly|yearly|annual)\b(?! (?:tests?|quiz\w*|probes?|spelling|living|life|"
    r"routines?|schedule|agenda|planner|tasks?|work|assignments?|activit\w+|reading|data|goals?))"
)


_RATE_PERIODS = {
    "daily": "day",
    "weekly": "week",
    "biweekly": "two_weeks",
    "bi-weekly": "two_weeks",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annual": "year",
}


# What comes so often stays, where it is not only a session.
_COUNTED_NOUN = re.compile(
    r"\b(?:check-?ins?|visits?|meetings?|observations?|trips?|trainings?|conferences?|lessons?|appointments?|contacts?)\b"
)


_NEEDED = re.compile(r"need|necess|prn|appropriate|warranted")


_PERIOD_WORDS = re.compile(r"\b(?:per|each|every) (?:school )?\w+\b|\b(?:daily|weekly|monthly|quarterly|annually|yearly)\b")


_HAS_PERIOD = re.compile(
    r"da(?:y|ily)|week|month|quarter|trimester|semester|year|annual|period|cycle|needed|necessary|prn|up to"
)


_HAS_AMOUNT = re.compile(
    r"\d|minute|hour|daily|week|month|quarter|year|semester|day|once|twice|times|session|period|half|needed"
)
