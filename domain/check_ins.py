"""When somebody is asked again whether a support is provided, and what is asked (DOMAIN section 8).

A check-in recurs by wall-clock time: a weekday, every week or every second, at a time of day. Each date of the rule is turned
into its own instant; a closed day moves to the next follow-up day.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.calendar import NO_CALENDAR, NoSuchDay, SchoolCalendar, add_follow_up_days, is_follow_up_day
from domain.questions_for_the_child import kinds_of_support, prompts_for
from domain.wall_clock import LAST_YEAR, NINE, instant

PARTIES = ("teacher", "child", "team")
# Every so many days.
EVERY = {"week": 7, "two_weeks": 14}
TITLES = {
    "teacher": "Check in with the teacher",
    "child": "Check in with the child",
    "team": "Check in with the team",
}
# A child tires of more than two.
QUESTIONS_AT_ONCE = {"teacher": 3, "child": 2, "team": 3}


class Occasion(NamedTuple):
    """One time of many: the date by the rule, which is its key; the day on which it is, and its instant in UTC."""

    by_rule: date
    on: date
    at: datetime


@dataclass(frozen=True)
class Rule:
    """Every `week` or `two_weeks` on a `weekday` (0 is Monday) at a wall time, from a first day on, perhaps to a last."""

    every: str
    weekday: int
    at: time = NINE
    starts_on: date = date(1900, 1, 1)
    ends_on: date | None = None

    @property
    def days_apart(self) -> int:
        return EVERY[self.every]

    def occasions(
        self, since: date, zone: ZoneInfo, calendar: SchoolCalendar = NO_CALENDAR, state_holidays: Collection[date] = ()
    ) -> Iterator[Occasion]:
        """The occasions of the rule's dates from `since` on, in order, no two of them on one day.

        One that a closed day moves as far as the next date of the rule falls away: that one stands for both. None is later
        than `ends_on`, and none comes where the calendar never opens again.
        """
        day, step = self._first(since), timedelta(days=self.days_apart)
        last = self.ends_on or date(LAST_YEAR, 12, 31)
        while day <= last:
            try:
                on = next_open_day(day, calendar, state_holidays)
            except NoSuchDay:
                return
            # Between them nobody is there: every date of the rule up to `on` moves to it too.
            day += (on - day) // step * step
            if on <= last:
                yield Occasion(day, on, instant(on, self.at, zone))
            day += step

    def _first(self, since: date) -> date:
        """The first date of the rule from `since` on."""
        first = self.starts_on + timedelta(days=(self.weekday - self.starts_on.weekday()) % 7)
        gone = max(0, -((first - since).days // self.days_apart))
        return first + timedelta(days=gone * self.days_apart)


def next_open_day(day: date, calendar: SchoolCalendar = NO_CALENDAR, state_holidays: Collection[date] = ()) -> date:
    """The day itself if it is a follow-up day, else the next one. Raises NoSuchDay for a calendar that never opens."""
    return day if is_follow_up_day(day, calendar, state_holidays) else add_follow_up_days(day, 1, calendar, state_holidays)


def questions(
    party: str,
    number: int,
    text: str | None = None,
    kind: str | None = None,
    provider_role: str | None = None,
    setting: str | None = None,
) -> tuple[str, ...]:
    """What to ask on the occasion with this number: of the questions for this support, those whose turn it is.

    None comes twice in a row while others are left.
    """
    pool = _pool(party, text, kind, provider_role, setting)
    many = min(QUESTIONS_AT_ONCE[party], max(1, len(pool) // 2))
    return tuple(pool[(number * many + place) % len(pool)] for place in range(many))


def _pool(party: str, text: str | None, kind: str | None, provider_role: str | None, setting: str | None) -> Sequence[str]:
    if party == "child":
        return prompts_for(text, kind, provider_role, setting) if text else _FOR_THE_CHILD
    supports = kinds_of_support(text, kind, provider_role, setting) if text else ()
    asked = _FOR_THE_TEACHER if party == "teacher" else _FOR_THE_TEAM
    # Those about the support first, mixed with what can always be asked: so each occasion has something of both.
    about = [question for support in supports for question in asked[support]]
    return _mixed(about, asked["any"])


def _mixed(about: Sequence[str], always: Sequence[str]) -> tuple[str, ...]:
    """The questions of two lists, one of the second after every two of the first."""
    mixed: list[str] = []
    rest = list(always)
    for place, question in enumerate(about, 1):
        mixed.append(question)
        if place % 2 == 0 and rest:
            mixed.append(rest.pop(0))
    return (*mixed, *rest)


# Where it is about no support in particular.
_FOR_THE_CHILD = (
    "What went well at school this week?",
    "When did somebody help you, and how?",
    "What was hard this week?",
    "What would help more?",
    "Show me something that you made or wrote this week.",
    "What was different from last week?",
)
# Open, in good faith: what they see, what they need, what works. Never whether they do their duty.
_FOR_THE_TEACHER: dict[str, tuple[str, ...]] = {
    "extra_time": (
        "How does the extra time work out in your lesson?",
        "When was it last used, and was it enough?",
        "What happens with work that is not finished when the lesson ends?",
        "Where does extra time collide with what comes next in the day?",
    ),
    "service": (
        "Which sessions took place since we last spoke?",
        "What was worked on, and how did it go?",
        "What happens when a session falls on an assembly, a trip or a day of absence?",
        "Who takes over when the provider is away?",
        "Could you share the service log for these weeks?",
    ),
    "reader": (
        "How do reading aloud, writing down or the notes work out in class?",
        "Who does it, and who steps in when that person is away?",
        "Does the student have to ask for it, or does it come by itself?",
        "When do the notes reach the student?",
    ),
    "breaks": (
        "How do the breaks, or the plan, work out during the day?",
        "What does the student do to ask for a break, and what happens then?",
        "What have you noticed shortly before things get difficult?",
        "What helped to come back to work?",
    ),
    "seating": (
        "How do the seat, or the device, work out in your room?",
        "When was the device last used, and did it do what it should?",
        "Who sees to charging, updates and repairs?",
        "In which lessons or rooms is it harder to use?",
    ),
    "aide": (
        "How does the help of the aide, or the ride, work out?",
        "Who is there at lunch, at recess and between lessons?",
        "What happens on days when that person is away?",
        "What does the student manage alone by now?",
    ),
    "tests": (
        "How did the last test or assignment go with the changes?",
        "Where was it taken, and with whom?",
        "How is the work prepared so that it is ready in time?",
        "Is what is asked too easy, too hard, about right?",
    ),
    "any": (
        "What works well with this support at the moment?",
        "What makes it hard to give it every time?",
        "What would make it easier for you?",
        "What have you seen change for the student?",
        "Is there anything in how it is written that could be clearer?",
        "What do you have, and what is still missing?",
    ),
}
_FOR_THE_TEAM: dict[str, tuple[str, ...]] = {
    "extra_time": (
        "In which lessons is the extra time in place, and in which not yet?",
        "How do substitutes learn of it?",
    ),
    "service": (
        "How many sessions took place as planned, and which are to be made up?",
        "Who provides the service at the moment, and who stands in?",
        "When may we see the service log?",
    ),
    "reader": (
        "Who reads, writes or takes notes in each lesson?",
        "How is it arranged for tests and for days when that person is away?",
    ),
    "breaks": (
        "Does everybody who teaches the student know the plan and use the same words?",
        "What do the records of these weeks show?",
    ),
    "seating": (
        "Is the equipment there, in working order, and at home too if the IEP says so?",
        "Who shows new staff how it is used?",
    ),
    "aide": (
        "Who is with the student through the day, and who stands in?",
        "How is the ride arranged on early days and trips?",
    ),
    "tests": (
        "Which tests are coming, and what is arranged for them?",
        "Who prepares the changed work, and when?",
    ),
    "any": (
        "Has everybody who teaches the student the IEP, and do they know their part?",
        "What of what we agreed is in place, and what is still open?",
        "Who does what next, and by when?",
        "What does the team need, and who could bring it?",
        "What has changed for the student since we last spoke?",
        "Is there anything that the IEP should say more clearly?",
    ),
}
