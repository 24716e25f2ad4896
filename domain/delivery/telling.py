"""The rule by which minutes are owed, in words, for who reads the sum."""

from domain.delivery.owed import BY_GRADING_PERIOD, GRADING_PERIODS_MISSING, NOT_QUANTIFIED, Owing
from domain.frequency import said

_PERIODS = {
    "day": "day",
    "week": "week, Monday to Sunday",
    "two_weeks": "two weeks, from the Monday of the week in which it begins",
    "month": "calendar month",
    "quarter": "grading period of the calendar",
    "trimester": "grading period of the calendar",
    "semester": "grading period of the calendar",
    "year": "span of the provision",
}
NOTHING_OWED = {
    NOT_QUANTIFIED: "It says no number of minutes or no period, so nothing can be owed in minutes; what was given is summed.",
    GRADING_PERIODS_MISSING: "It is promised by grading period, and none is entered in the school calendar.",
}


def rule_in_words(owing: Owing) -> str:
    """How what is owed of this promise is counted; the shares of its periods show the numbers."""
    promised = owing.promised
    amount = said(promised.minutes, promised.times, promised.per)
    told = [f"Promised: {amount}."] if amount else []
    if owing.reason:
        return " ".join([*told, NOTHING_OWED[owing.reason]])
    bounds = "in the window and in the dates of the provision"
    if owing.calendar.school_years and not owing.is_extended_year:
        bounds = "in the window, in the dates of the provision and in a school year"
    told.append(
        f"For each {_PERIODS[promised.per or '']}: N are the weekdays of the school calendar, D those of them in no closure, "
        f"W those of D {bounds}. Owed is minutes x min(times, k x D) x W / D, with k = times / N rounded up, the sessions a "
        "day that it takes; nothing where D is 0. The fractions of all periods are added, and the sum is rounded once, half up."
    )
    if promised.per in (*BY_GRADING_PERIOD, "year") and owing.calendar.school_years and not owing.is_extended_year:
        told.append("N and D count only days in a school year.")
    if owing.is_extended_year:
        told.append("It lies outside of the school years that are entered: no school year bounds it, federal holidays close.")
    elif not owing.calendar.school_years:
        told.append("No school year is entered in the calendar: there are no bounds.")
    told.append(
        "A closed day excuses no session while enough open days are left for it; a district may count otherwise, so each "
        "period is listed. Short is what is owed without what was delivered, over the whole window; of it, first what the log "
        "has as the student's absence, then as missed, and the rest is unaccounted for: no entry says why."
    )
    return " ".join(told)
