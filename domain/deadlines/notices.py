"""What has to be said beside a date: what the count did not know, what may differ, and that no limit is a safe one."""

from collections.abc import Iterator
from datetime import date

from domain.calendar import WEEKDAYS
from domain.deadline_rules import READ_THE_STATES_FIRST, UNITS, shown_rows
from domain.deadlines.answer import CONFIRM
from domain.deadlines.asked import Asked
from domain.deadlines.days import LONGEST_SUMMER
from domain.deadlines.outcome import Outcome

EARLIEST_WE_KNOW = "The earliest date we know; exceptions exist; check with counsel."
NO_STATE_HOLIDAYS = "No state holidays were entered: only the federal ones were left out."
NO_SCHOOL_YEAR = "No school year was entered: school days were counted without bounds."
PAST_THE_CALENDAR = (
    "The count runs past the school years that were entered, or across a gap of more than "
    f"{LONGEST_SUMMER.days} days, in which a school year is missing. Enter the school year for a date."
)
NO_NUMBER = "The law has a standard here and no number: the date of watch_on is our day to look again."
ASK_COUNSEL = "From when the days for a decision run after a complaint of the school, nobody has checked."
READ_THE_STATE = "States have exclusions and limits of their own here that nobody has checked: read the state's law first."
SAY_WHEN_REFERRED = "Say referred_on: a referral shortly before the end of a school year has its own date."


def notices(asked: Asked, found: Outcome, act_by: date | None) -> tuple[str, ...]:
    """In the order of their weight, each once."""
    said = (*_of_the_count(asked, found), *_of_the_law(asked), *_of_the_state(asked), *found.count.notices)
    return tuple(dict.fromkeys((*said, EARLIEST_WE_KNOW) if act_by else said))


def _of_the_count(asked: Asked, found: Outcome) -> Iterator[str]:
    if found.reason == "calendar_missing":
        yield PAST_THE_CALENDAR
    if found.reason == "ask_counsel":
        yield ASK_COUNSEL
    if asked.extension_is_refused:
        grounds = " or ".join(asked.rule.grounds_of(asked.row))
        yield f"It is extended only for {grounds}: nothing moves." if grounds else "Nothing extends it: nothing moves."
    if "b" in found.count.units and not asked.days.state_holidays:
        yield NO_STATE_HOLIDAYS
    if "s" in found.count.units and not asked.days.calendar.school_years:
        yield NO_SCHOOL_YEAR
    years = asked.days.school_years
    if "s" in found.count.units and years and asked.on < years[0][0] and found.day:
        yield f"No school year before {years[0][0]} was entered: if there was school by then, the date is earlier."
    if asked.row.gives == "due_on" and found.day and found.day.weekday() > 4:
        yield f"{found.day} is a {WEEKDAYS[found.day.weekday()].capitalize()}: nothing moves it."


def _of_the_law(asked: Asked) -> Iterator[str]:
    if asked.row.gives == "watch_on":
        yield NO_NUMBER
    if asked.row.status == "secondary":
        yield f"Second-hand only: {CONFIRM}."
    if asked.row.state is None and asked.rule.key in READ_THE_STATES_FIRST:
        yield READ_THE_STATE
    for one in asked.rule.inputs:
        if one.effect == "none" and one.name in asked.facts:
            yield one.says
    if "ca_year_end" in asked.row.adjust and asked.row.inputs and "referred_on" not in asked.facts:
        yield SAY_WHEN_REFERRED


def _of_the_state(asked: Asked) -> Iterator[str]:
    if asked.state is None:
        return
    for row in shown_rows(asked.rule.key, asked.state):
        if row.when and row.is_in_force(asked.on) and row.when[0] not in asked.facts:
            name, value = row.when
            counted = f"{row.offset} {UNITS[row.unit][row.offset != 1]}"
            yield f"In {asked.state} it is {counted} where {name} is {value} ({row.citation}): say which."
    if asked.rule.key == "due_process_lookback":
        for row in shown_rows("due_process_limit", asked.state):
            reaches = row.applies_to is None or row.applies_to.year >= asked.on.year + asked.row.offset
            if reaches and row.offset < -asked.row.offset:
                yield f"In {asked.state} the limit is or was {row.offset_in_words} ({row.citation}): ask counsel how far back."
