"""From when to when a promise is kept."""

import re
from datetime import date

from domain.dates import written_dates
from domain.reading.promise.draft import Draft

_UNTIL = re.compile(
    r"(?:\b(?:by|before|until|till|through|thru|to|no later than|end(?:s|ing)?(?: on| date)?|ends?:|not later than)"
    r"|[-–—])\s*(?:the )?:?\s*$",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:from|start(?:s|ing|ed)?(?: on| date)?|begin(?:s|ning)?(?: on| date)?|effective(?: on)?|as of|on or after"
    r"|since|initiat\w+|on|dates?|between|after)\s*:?\s*$",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(
    r"(?:[\s,;(–—-]*\b(?:by|before|until|till|through|thru|to|no later than|not later than|from|starting|starts"
    r"|beginning|begins|ending|ends|effective|as of|on or after|since|on|between|and|dates?|"
    r"start date|end date|initiation|after|the|start|end)\b[\s:]*){0,3}[\s,;(–—-]*$",
    re.IGNORECASE,
)


def dates_in(text: str) -> tuple[date | None, date | None, list[tuple[int, int]]]:
    """From when to when, and the spans of it with the words that lead to it."""
    found = written_dates(text)
    starts = ends = None
    spans: list[tuple[int, int]] = []
    for index, (day, start, end) in enumerate(found):
        floor = spans[-1][1] if spans else 0
        lead = text[max(floor, start - 40) : start]
        if _UNTIL.search(lead) and (index or not re.search(r"[-–—]\s*$", lead)):
            ends = ends or day
        elif starts is None and (_SINCE.search(lead) or len(found) > 1 or index == 0):
            starts = day
        elif ends is None:
            ends = day
        before = _BEFORE_DATE.search(lead)
        spans.append((start - (len(lead) - before.start() if before else 0), end))
    if starts and ends and ends < starts:
        starts, ends = None, None
    return starts, ends, spans


def dates_of(draft: Draft) -> tuple[date | None, date | None]:
    """From when to when, by the columns of a row."""
    starts, ends, _ = dates_in(draft.dates)
    if draft.starts:
        first = written_dates(draft.starts)
        if first and starts and not ends and starts > first[0][0]:
            # "Initiation: 9/1/26   Duration: 8/31/27": the lone date is the end.
            ends = starts
        starts = first[0][0] if first else starts
        ends = ends or (first[1][0] if len(first) > 1 else None)
    if draft.ends:
        last = written_dates(draft.ends)
        if len(last) > 1 and not starts:
            starts = last[0][0]
        ends = last[-1][0] if last else ends
    return starts, ends
