"""An amount: how long, how often, in which period; what it comes to in a week, and how it is printed."""

from dataclasses import dataclass
from fractions import Fraction

PERIODS = ("day", "week", "two_weeks", "month", "quarter", "trimester", "semester", "year")
# Weeks in a period, fewest and most; a school day is a fifth of a week.
WEEKS: dict[str, tuple[Fraction, Fraction]] = {
    "day": (Fraction(1, 5), Fraction(1, 5)),
    "week": (Fraction(1), Fraction(1)),
    "two_weeks": (Fraction(2), Fraction(2)),
    "month": (Fraction(4), Fraction(435, 100)),
    "quarter": (Fraction(9), Fraction(13)),
    "trimester": (Fraction(12), Fraction(18)),
    "semester": (Fraction(18), Fraction(26)),
    "year": (Fraction(36), Fraction(52)),
}


@dataclass(frozen=True)
class Frequency:
    """An amount and where it stands. `is_hedged`: up to, as needed, about.

    `most`: what "up to" and "as needed" allow at most, as (minutes, times, per); the amount itself is then None.
    """

    minutes: int | None
    times: int | None
    per: str | None
    start: int
    end: int
    is_hedged: bool = False
    most: tuple[int | None, int | None, str | None] | None = None

    @property
    def amount(self) -> tuple[int | None, int | None, str | None]:
        """Minutes, times, per."""
        return self.minutes, self.times, self.per


def said(minutes: int | None, times: int | None, per: str | None) -> str:
    """The amount printed: "30 minutes, 2 times per week", "120 minutes per month", "20 minutes daily"; "" for none."""
    length = f"{minutes} minute{'s' * (minutes != 1)}" if minutes is not None else ""
    if times == 1 and per == "day":
        return f"{length} daily".strip()
    period = f"per {per}".replace("two_weeks", "two weeks") if per else ""
    count = "" if times is None else f"{times} time{'s' * (times != 1)}" if times != 1 or not per else "once"
    often = " ".join(filter(None, (count, period)))
    return f"{length}, {often}" if length and count else " ".join(filter(None, (length, often)))


def weekly_minutes(minutes: int | None, times: int | None, per: str | None) -> tuple[Fraction, Fraction] | None:
    """The least and the most minutes in a week that the amount comes to; None when it is none."""
    if minutes is None or per is None:
        return None
    fewest, most = WEEKS[per]
    total = minutes * (1 if times is None else times)
    return total / most, total / fewest
