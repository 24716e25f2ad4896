"""Time that is owed, compared in minutes a week."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from domain.changes.amounts import NO_AMOUNT, Amount
from domain.changes.difference import Difference
from domain.changes.telling import sentence
from domain.frequency import WEEKS, said

if TYPE_CHECKING:
    from domain.changes.side import Side


def time_differs(before: "Side", after: "Side") -> Iterator[Difference]:
    if before.promise.kind == "goal" and before.amount == NO_AMOUNT == after.amount:
        return
    both = interval(before, after)
    if both:
        yield from _amounts_differ(*both)
        return
    one, other = before.amount, after.amount
    if _is_each_time(before, after) or _is_each_time(after, before):
        return
    if one == NO_AMOUNT == other:
        one, other = before.most, after.most
    elif (one == NO_AMOUNT and before.most != NO_AMOUNT) or (other == NO_AMOUNT and after.most != NO_AMOUNT):
        # An exact amount against a ceiling: a matter of certainty.
        return
    yield from _amounts_differ(one, other)
    if _normal(one) == _normal(other) and before.amount != NO_AMOUNT and before.text_amount != NO_AMOUNT != after.text_amount:
        yield from _amounts_differ(before.text_amount, after.text_amount)


# A school day has about six hours.
_SCHOOL_DAY_MINUTES = 360


def interval(before: "Side", after: "Side") -> tuple[Amount, Amount] | None:
    """ "Every 30 minutes" beside "daily": how often both are, in a period."""
    every = [
        next((figure.value for figure in side.terms.figures if figure.key == "interval"), None) for side in (before, after)
    ]
    if (every[0] is None) == (every[1] is None):
        return None
    amounts = []
    for side, minutes in zip((before, after), every, strict=True):
        amount = (
            side.amount
            if minutes is None
            else (None, max(1, round(_SCHOOL_DAY_MINUTES / minutes)), "day")
            if minutes
            else NO_AMOUNT
        )
        if amount[2] is None or amount[0] is not None:
            return None
        amounts.append(amount)
    return amounts[0], amounts[1]


def _is_each_time(each: "Side", beside: "Side") -> bool:
    """ "At the start of each class" beside "each day": there are several in a day."""
    minutes, times, per = beside.amount
    if each.amount != NO_AMOUNT or minutes is not None or per is None or (times or 1) > 2:
        return False
    return any(thing.is_all for thing in each.scope) and not any(thing.is_all for thing in beside.scope)


def _normal(amount: Amount) -> Amount:
    minutes, times, per = amount
    return (minutes, 1 if times is None and (minutes is not None or per is not None) else times, per)


def _amounts_differ(one: Amount, other: Amount) -> Iterator[Difference]:
    one, other = _normal(one), _normal(other)
    if one == other:
        return
    fields = tuple(name for name, a, b in zip(("minutes", "times", "per"), one, other, strict=True) if a != b)
    sign = _more(one, other)
    if sign is None:
        yield Difference(0, fields, f"The same total, otherwise divided: {_amount_said(one)} became {_amount_said(other)}.")
    elif NO_AMOUNT in (one, other):
        words = (f"It now says how much: {_amount_said(other)}.", f"It no longer says how much ({_amount_said(one)}).")
        yield Difference(sign, fields, words[sign < 0])
    else:
        yield Difference(sign, fields, sentence(f"{_owed(one, other)} became {_owed(other, one)}.".replace("  ", " ")))


def _more(one: Amount, other: Amount) -> int | None:
    """1 when the other is more, -1 when it is less, None when the total is the same."""
    minutes, their_minutes = one[0], other[0]
    if (minutes is None) != (their_minutes is None):
        return 1 if minutes is None else -1
    if (one[2] is None) != (other[2] is None):
        return 1 if one[2] is None else -1
    total, their_total = ((minutes or 1) * (one[1] or 1), (their_minutes or 1) * (other[1] or 1))
    if one[2] == other[2]:
        return None if total == their_total else 1 if their_total > total else -1
    assert one[2] is not None
    assert other[2] is not None
    low, high = total / WEEKS[one[2]][1], total / WEEKS[one[2]][0]
    their_low, their_high = (their_total / WEEKS[other[2]][1], their_total / WEEKS[other[2]][0])
    if low <= their_high and their_low <= high:
        return None
    return 1 if their_low > high else -1


_RATES = {
    "day": "daily",
    "week": "weekly",
    "two_weeks": "every two weeks",
    "month": "monthly",
    "quarter": "quarterly",
    "trimester": "once a trimester",
    "semester": "once a semester",
    "year": "yearly",
}


def _amount_said(amount: Amount) -> str:
    if amount[:2] == (None, 1) and amount[2] in _RATES:
        return _RATES[amount[2]]
    minutes, times, per = amount
    if minutes is not None and times == 1 and per not in (None, "day"):
        times = None
    return said(minutes, times, per) or "no amount"


def _owed(amount: Amount, beside: Amount) -> str:
    """In minutes a week where both are of weeks, else as it is written."""
    minutes, times, per = amount
    if minutes is not None and per == beside[2] and per is not None and (times or 1) * minutes != minutes:
        return f"{minutes * (times or 1)} minutes a {per.replace('two_weeks', 'two weeks')} ({_amount_said(amount)})"
    return _amount_said(amount)
