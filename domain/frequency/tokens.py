"""A text as tokens of amounts, in order."""

import re
from collections.abc import Iterator
from dataclasses import replace

from domain.dates import written_dates
from domain.frequency.numbers import number_of
from domain.frequency.pattern import TOKEN
from domain.frequency.spans import without
from domain.frequency.token import COUNT_NOUN, KINDS, Token, token_of
from domain.frequency.weekdays import days_named

# "-30" after nothing, or after a colon; after a word it is a dash.
_NEGATIVE = re.compile(r"(?:\A\s*|[:=(]\s*)-\Z|−\s?\Z")
_TIMES_SIGN = re.compile("[×✕х⨯]")
# "2/wk×30min", "30minx2".
_GLUED_TIMES = re.compile(r"(?:(?<=min)|(?<=mins)|(?<=min\.)|(?<=hr)|(?<=/wk)|(?<=/week)|(?<=/mo)|(?<=/month))[x×](?=\s?\d)")


def tokens(text: str) -> Iterator[Token]:
    """The tokens of the text; dates are none, and a bare number counts only before a length or a period."""
    days = days_named(text)
    for token in _written_tokens(without(text, [(day.start, day.end) for day in days]) if days else text):
        while days and days[0].start < token.start:
            yield days.pop(0)
        if (token.minutes is not None or token.times is not None) and _NEGATIVE.search(
            text, max(0, token.start - 4), token.start
        ):
            token = replace(token, minutes=token.minutes and 0, times=token.times and 0)
        yield token
    yield from days


def _written_tokens(text: str) -> Iterator[Token]:
    lone: re.Match[str] | None = None
    dates = [(start, end) for _, start, end in written_dates(text)]
    for found in TOKEN.finditer(_lower(without(text, dates) if dates else text)):
        kind = next(each for each in KINDS if found[each] is not None)
        if kind == "lone":
            lone = found
            continue
        token = token_of(kind, found, text)
        if token is None:
            lone = None
            continue
        if lone and token.times is None and (times := _count_before(lone, token, text)):
            yield Token("count", lone.start(), lone.end(), times=times)
        lone = None
        if kind == "minutes" and token.times is not None:
            yield Token("count", token.start, token.start, times=token.times)
            token = Token("length", token.start, token.end, minutes=token.minutes)
        yield token


def _lower(text: str) -> str:
    """In small letters, each where it stood."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(each.lower() if len(each.lower()) == 1 else each for each in text)
    return _TIMES_SIGN.sub("x", _GLUED_TIMES.sub(" ", lower))


def _count_before(lone: re.Match[str], token: Token, text: str) -> int | None:
    """ "2/wk", "8 per 9 weeks", "two 30-minute sessions", "(2) 30 min"."""
    value, gap = number_of(lone["lone_number"]), text[lone.end() : token.start].casefold().replace("×", "x")
    if value is None or value > 60 or len(gap) > 12:
        return None
    if token.minutes is not None:
        is_counted = not gap.strip(" ()-x") and (bool(COUNT_NOUN.match(text, token.end)) or value <= 10)
        return int(value) if is_counted and value <= 60 else None
    return int(value) if token.kind == "period" and not gap.strip(" ()") else None
