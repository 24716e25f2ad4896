"""How a row of the law's table becomes a date, and the sum in words that leads there."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from domain.calendar import Period
from domain.deadline_rules import UNITS, Row
from domain.deadlines.days import ONE, CalendarMissing, Days, joined, nth

MOST_NAMED = 8
# California: so many days or less before the school year ends, the count is as many days from the next first day (ours: 10
# and 30 of the table).
CA_YEAR_END: Mapping[str, int] = {"evaluation_plan": 10, "initial_evaluation": 30}
TX_FEWEST_LEFT, TX_DAYS, TX_ABSENCES = 35, 45, 3
MA_FEWEST_LEFT, MA_DAYS, MA_AFTER_THE_YEAR = 30, 45, 14
LONGEST_SCHOOL_YEAR = timedelta(days=365)


class NotReached(Exception):
    """Fewer days have come together than the rule speaks of."""


@dataclass
class Count:
    """One count of a row: the facts it looks at, the sum in words so far, and what has to be said of it."""

    row: Row
    facts: Mapping[str, Any]
    days: Days
    sums: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    # Which units it took: what is said of holidays and school years hangs on that.
    units: set[str] = field(default_factory=set)

    def counted(self, start: date) -> date:
        """The date of the row, counted from `start`. Raises CalendarMissing, NotReached, OutOfRange."""
        how = next((_HOW[name] for name in (self.row.method, *self.row.adjust) if name in _HOW), None)
        return how(self, start) if how else self.plus(start, self.row.offset, self.row.unit, self.row.adjust)

    def plus(self, start: date, number: int, unit: str, adjust: Collection[str] = ()) -> date:
        """So many units on (or back), which the sum then says."""
        adjust = [name for name in adjust if name in ("long_breaks", "summer")]
        self.units |= {unit, "s"} if adjust else {unit}
        found = self.days.plus(start, number, unit, adjust)
        first, last = (start + ONE, found) if number >= 0 else (found, start - ONE)
        left_out = list(self.days.left_out(first, last, unit, adjust))
        more = f", and {len(left_out) - MOST_NAMED} more" if len(left_out) > MOST_NAMED else ""
        skipped = f" (not counted: {', '.join(left_out[:MOST_NAMED])}{more})" if left_out else ""
        if unit == "y" and (start.month, start.day) != (found.month, found.day):
            skipped = f" ({found.year} has no 29 February)"
        sign = "+" if number >= 0 else "-"
        self.sums.append(f"{start} {sign} {abs(number)} {UNITS[unit][abs(number) != 1]} = {found}{skipped}")
        return found

    def says(self, sentence: str, day: date) -> date:
        self.sums.append(sentence)
        return day


def _span(count: Count, start: date) -> date:
    """The last school day of a span whose first day is day 1."""
    count.units.add("s")
    row = count.row
    last = nth(count.days.school_days(start - ONE), row.offset, start)
    left_out = count.days.left_out(start, last, "s", ())
    skipped = f" (not counted: {', '.join(left_out[:MOST_NAMED])})" if left_out else ""
    return count.says(f"from {start}, the first school day counting as day 1: school day {row.offset} = {last}{skipped}", last)


def _removed_days(count: Count, start: date) -> date:
    """The nth school day on which the child was removed, in the school year of the first removal."""
    count.units.add("s")
    removals, wanted, calendar = count.facts.get("removals", ()), count.row.offset, count.days.calendar
    if calendar.school_years:
        year = calendar.school_year_of(start) or count.days.next_school_year(start)
    else:
        # Where no school year is known: the first removal of one begins it, and none is longer than this.
        year = Period(start, start + LONGEST_SCHOOL_YEAR)
    removals = [
        Period(max(one.from_on, year.from_on), min(one.to_on, year.to_on))
        for one in removals
        if one.from_on <= year.to_on and one.to_on >= year.from_on
    ]
    if removals and min(one.from_on for one in removals) != start:
        count.notices.append(f"The first of the removals does not begin on {start}: all that they hold is counted.")
    days = []
    for day in count.days.school_days_in(removals):
        days.append(day)
        if len(days) == wanted:
            return count.says(f"the {wanted}th school day removed = {day}, in: {_spans(removals)}", day)
    count.sums.append(f"{len(days)} school days removed, fewer than {wanted}")
    raise NotReached


def _majority(count: Count, start: date) -> date:
    age = count.facts["age_of_majority"]
    count.sums.append(f"age of majority {age} - 1 year = {age - 1} years")
    return count.plus(start, age - 1, "y")


def _hearing_decision(count: Count, start: date) -> date:
    """The days to resolve it, then those for the decision, which begin at the first of the law's events that applies."""
    end = count.plus(start, count.row.offset, "c")
    facts = count.facts
    begins = [
        (facts[name], why)
        for name, why in (
            ("waived_on", "both did without the resolution meeting"),
            ("no_agreement_on", "both wrote that no agreement is possible"),
        )
        if name in facts and start <= facts[name] <= end
    ]
    if "mediation_ended_on" in facts and facts["mediation_ended_on"] > end:
        begins.append((facts["mediation_ended_on"], "the mediation that went on after the period ended"))
    used = {day for day, _ in begins}
    for name in ("waived_on", "no_agreement_on", "mediation_ended_on"):
        if name in facts and facts[name] not in used:
            count.notices.append(
                f"{name} {facts[name]} does not begin the {count.row.then} days: {_STAGE[name].format(start, end)}."
            )
    if begins:
        begin, why = min(begins)
        count.sums.append(f"the {count.row.then} days begin on {begin}: {why}")
        end = begin
    return count.plus(end, count.row.then, "c")


_STAGE = {
    "waived_on": "it does not lie from {} to {}",
    "no_agreement_on": "it does not lie from {} to {}",
    "mediation_ended_on": "it does not lie after {1}",
}


def _tx_evaluation(count: Count, start: date) -> date:
    """TEC 29.004: the 45th school day, later by three or more absences; 30 June near the year's end."""
    count.units.add("s")
    year = count.days.calendar.school_year_of(start)
    absent = [day for day in count.facts.get("absent_on", ()) if day > start and count.days.is_school_day(day)]
    if year:
        left = count.days.school_days_between(start + ONE, year.to_on, TX_DAYS)
        missed = sum(day <= year.to_on for day in absent)
        if TX_FEWEST_LEFT <= left < TX_DAYS and missed < TX_ABSENCES:
            june = date(start.year + (start > date(start.year, 6, 30)), 6, 30)
            said = f"{left} school days after {start} until the school year's last day {year.to_on}, {missed} absences"
            return count.says(f"{said}: 30 June = {june}", june)
    due = count.plus(start, TX_DAYS, "s")
    missed = sum(day <= due for day in absent)
    if missed < TX_ABSENCES:
        return due
    count.sums.append(f"{missed} absences up to then: {TX_DAYS} + {missed} school days")
    return count.plus(start, TX_DAYS + missed, "s")


def _ma_year_end(count: Count, start: date) -> date:
    """603 CMR 28.05(1): the 45th school day, or 14 days after a school year that ends soon, whichever is earlier."""
    count.units.add("s")
    year = count.days.calendar.school_year_of(start)
    left = count.days.school_days_between(start + ONE, year.to_on, MA_DAYS + 1) if year else 0
    if year is None or not MA_FEWEST_LEFT <= left <= MA_DAYS:
        return count.plus(start, MA_DAYS, "s")
    count.sums.append(f"{left} school days after {start} until the school year's last day {year.to_on}")
    last = count.plus(year.to_on, MA_AFTER_THE_YEAR, "c")
    try:
        due = min(last, count.plus(start, MA_DAYS, "s"))
    except CalendarMissing:
        return last
    return count.says(f"the earlier one = {due}", due)


def _ca_year_end(count: Count, start: date) -> date:
    """Ed. Code 56321(a), 56344(a): what is asked shortly before the year's end is due so many days into the next one."""
    count.units.add("s")
    most = CA_YEAR_END[count.row.rule]
    asked = count.facts.get("referred_on") if count.row.rule == "initial_evaluation" else start
    year = count.days.calendar.school_year_of(asked) if asked else None
    if asked and year and (year.to_on - asked).days <= most:
        first = count.days.next_school_year(year.to_on).from_on
        due = first + timedelta(days=most)
        if due >= start:
            what = "referred" if "referred_on" in count.facts else "requested"
            count.sums.append(
                f"{what} on {asked}, {(year.to_on - asked).days} days before the school year's last day {year.to_on}"
            )
            return count.plus(first, most, "c")
    return count.plus(start, count.row.offset, "c", count.row.adjust)


_HOW: Mapping[str, Callable[[Count, date], date]] = {
    "span": _span,
    "removed_days": _removed_days,
    "majority": _majority,
    "hearing_decision": _hearing_decision,
    "tx_evaluation": _tx_evaluation,
    "ma_year_end": _ma_year_end,
    "ca_year_end": _ca_year_end,
}


def _spans(periods: Collection[Period]) -> str:
    spans = joined(periods)
    more = f", and {len(spans) - MOST_NAMED} more" if len(spans) > MOST_NAMED else ""
    return ", ".join(f"{first} to {last}" if first != last else f"{first}" for first, last in spans[:MOST_NAMED]) + more
