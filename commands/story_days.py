"""On which days the demo's story happens: on business days in Portland, whichever day it is told on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import add_business_days, is_business_day
from domain.wall_clock import local_date

ZONE = ZoneInfo("America/Los_Angeles")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Days:
    """The days of a story that is told at this instant: so many business days ago, or on the next of a weekday."""

    told_at: datetime

    @property
    def today(self) -> date:
        """The day in Portland, where the practice is; it may be a Sunday."""
        return local_date(self.told_at, ZONE)

    def ago(self, days: int) -> date:
        """The business day that so many (at least one) business days lead back to; another for each number."""
        assert days > 0, "today may be none"
        return add_business_days(self.today, -days)

    def on(self, days: int) -> str:
        """The same, as it is written in a request."""
        return self.ago(days).isoformat()

    def at(self, days: int) -> datetime:
        """An hour of that day at which people are at work; later on a later day, whichever two are taken."""
        return datetime.combine(self.ago(days), time(9 + days % 7), ZONE).astimezone(UTC)

    def next(self, weekday: str, weeks: int = 0) -> date:
        """The next day of this name after today and so many weeks more, or the first after it that is a business day."""
        ahead = (_WEEKDAYS.index(weekday) - self.today.weekday()) % 7 or 7
        day = self.today + timedelta(days=ahead, weeks=weeks)
        while not is_business_day(day):
            day += timedelta(weeks=1)
        return day


def a_year_after(day: date) -> date:
    """The last business day within a year of a day: by then an IEP is reviewed."""
    return add_business_days(day + timedelta(days=366), -1)


def day_before(day: date) -> str:
    return (day - timedelta(days=1)).isoformat()


def american(day: date) -> str:
    """As a school writes it: 9/8/2027."""
    return f"{day.month}/{day.day}/{day.year}"
